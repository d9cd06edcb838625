/* The stage of a lesson: which figures it shows. */
#include "staging.h"

/* The scene layer has a figure for each; a test compares. */
static const char *const figure_kinds[]
    = {"cpu",    "address",   "tlb",      "tables", "entry", "physical",
       "memory", "space",     "counters", "cost",   "bytes", "decision",
       "trend",  "processes", "ruler",    "tree",   NULL};

static LessonFigure *
load_figure (LessonLoader *loader, xmlNode *element)
{
  static const LessonAttributeRule rules[] = {{"kind", TRUE}, {NULL}};
  LessonFigure *figure = g_new0 (LessonFigure, 1);
  xmlAttr *found[1];

  lesson_loader_attributes (loader, element, rules, found);
  lesson_loader_empty (loader, element);
  lesson_loader_word (loader, found[0], figure_kinds);
  figure->kind = lesson_loader_string (found[0]);
  figure->place = lesson_xml_place (loader->xml, element);
  return figure;
}

const char *const *
lesson_figure_kinds (void)
{
  return figure_kinds;
}

void
lesson_stage_load (LessonLoader *loader, xmlNode *element, GPtrArray *figures)
{
  static const LessonAttributeRule no_attributes[] = {{NULL}};
  static const LessonChildRule rules[] = {{"figure", 0, 1}, {NULL}};

  lesson_loader_attributes (loader, element, no_attributes, NULL);
  lesson_loader_children (loader, element, rules);
  for (xmlNode *n = lesson_loader_first (element, rules); n != NULL;
       n = lesson_loader_next (n, rules))
    g_ptr_array_add (figures, load_figure (loader, n));
}

void
lesson_figure_free (gpointer figure)
{
  LessonFigure *f = figure;

  g_free (f->kind);
  g_free (f);
}
