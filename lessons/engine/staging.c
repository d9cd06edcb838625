/* The stage of a lesson: which figures it shows, and how they stand. */
#include "staging.h"

#include <glib/gi18n-lib.h>

/* The scene layer has a figure for each; a test compares. */
static const char *const figure_kinds[]
    = {"cpu",         "address",  "tlb",          "tables",      "entry",
       "physical",    "memory",   "space",        "counters",    "cost",
       "bytes",       "decision", "trend",        "processes",   "ruler",
       "tree",        "history",  "actors",       "tlbs",        "shootdown",
       "cycles",      "roots",    "replacement",  "bare-memory", "handler",
       "segments",    "regions",  "mm",           "frames",      "physical-map",
       "faults",      "lists",    "swap",         "elf-file",    "elf-rounding",
       "elf-symbols", "execve",   "first-stack",  "page-cache",  "time",
       "working-set", "pressure", "kernel-ruler", "vmalloc",     "kmap",
       "buddy",       "slab",     "running",      "clone",       NULL};

static const LessonAttributeRule no_attributes[] = {{NULL}};

/* Where the next figure goes. */
typedef struct {
  LessonLoader *loader;
  GPtrArray *figures;
  guint row, cell, share;
} Staging;

static gboolean
is_named (const GPtrArray *figures, const char *kind)
{
  for (guint i = 0; i < figures->len; i++)
    if (g_strcmp0 (((const LessonFigure *) figures->pdata[i])->kind, kind) == 0)
      return TRUE;
  return FALSE;
}

static guint
load_share (Staging *s, const xmlAttr *share)
{
  return (guint) lesson_loader_number (s->loader, share, 1, LESSON_MAX_SHARE,
                                       1);
}

/* Only in a row of its own a figure has a share; in a column that has it. */
static void
load_figure (Staging *s, xmlNode *element, gboolean shares)
{
  const LessonAttributeRule rules[]
      = {{"kind", TRUE}, {shares ? "share" : NULL, FALSE}, {NULL}};
  LessonFigure *figure = g_new0 (LessonFigure, 1);
  xmlAttr *found[2] = {NULL};

  lesson_loader_attributes (s->loader, element, rules, found);
  lesson_loader_empty (s->loader, element);
  lesson_loader_word (s->loader, found[0], figure_kinds);
  figure->kind = lesson_loader_string (found[0]);
  figure->place = lesson_xml_place (s->loader->xml, element);
  figure->row = s->row;
  figure->cell = s->cell;
  figure->share = shares ? load_share (s, found[1]) : s->share;
  if (figure->kind != NULL && is_named (s->figures, figure->kind)
      && g_strv_contains (figure_kinds, figure->kind))
    lesson_loader_problem (s->loader,
                           lesson_xml_value_place (s->loader->xml, found[0], 0),
                           _ ("“%s” is named twice"), figure->kind);
  g_ptr_array_add (s->figures, figure);
}

static void
load_column (Staging *s, xmlNode *element)
{
  static const LessonAttributeRule attributes[] = {{"share", FALSE}, {NULL}};
  static const LessonChildRule rules[] = {{"figure", 0, 1}, {NULL}};
  xmlAttr *share;

  lesson_loader_attributes (s->loader, element, attributes, &share);
  lesson_loader_children (s->loader, element, rules);
  s->share = load_share (s, share);
  for (xmlNode *n = lesson_loader_first (element, rules); n != NULL;
       n = lesson_loader_next (n, rules))
    load_figure (s, n, FALSE);
}

static void
load_row (Staging *s, xmlNode *element)
{
  static const LessonChildRule rules[]
      = {{"figure", 0, 0}, {"column", 0, 0}, {NULL}};
  xmlNode *first = lesson_loader_first (element, rules);

  lesson_loader_attributes (s->loader, element, no_attributes, NULL);
  lesson_loader_children (s->loader, element, rules);
  if (first == NULL)
    lesson_loader_problem (s->loader,
                           lesson_xml_place (s->loader->xml, element),
                           _ ("<row> needs a <figure> or a <column>"));
  s->row++;
  s->cell = 0;
  for (xmlNode *n = first; n != NULL; n = lesson_loader_next (n, rules)) {
    if (lesson_loader_named (n, "figure"))
      load_figure (s, n, TRUE);
    else
      load_column (s, n);
    s->cell++;
  }
}

const char *const *
lesson_figure_kinds (void)
{
  return figure_kinds;
}

void
lesson_stage_load (LessonLoader *loader, xmlNode *element, GPtrArray *figures)
{
  static const LessonChildRule either[]
      = {{"figure", 0, 0}, {"row", 0, 0}, {NULL}};
  static const LessonChildRule needed[]
      = {{"figure", 0, 1}, {"row", 0, 0}, {NULL}};
  Staging s = {.loader = loader, .figures = figures, .share = 1};
  xmlNode *first = lesson_loader_first (element, either);
  gboolean rows = first != NULL && lesson_loader_named (first, "row");

  lesson_loader_attributes (loader, element, no_attributes, NULL);
  lesson_loader_children (loader, element, rows ? either : needed);
  for (xmlNode *n = first; n != NULL; n = lesson_loader_next (n, either)) {
    if (lesson_loader_named (n, "row") != rows)
      lesson_loader_problem (loader, lesson_xml_place (loader->xml, n),
                             _ ("a stage holds figures or rows, not both"));
    else if (rows)
      load_row (&s, n);
    else
      load_figure (&s, n, FALSE);
  }
}

void
lesson_figure_free (gpointer figure)
{
  LessonFigure *f = figure;

  g_free (f->kind);
  g_free (f);
}
