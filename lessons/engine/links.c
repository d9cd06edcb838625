/* Follows what points from one place of a lesson to another. */
#include "links.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "texts.h"

/* Goes through a lesson's runs with what each needs to be looked up. */
typedef struct {
  const LessonDocument *document;
  const LessonCatalog *catalog;
  LessonPlay *play;
  LessonProblems *problems;
} Links;

static void G_GNUC_PRINTF (3, 4)
    complain (const Links *links, LessonPlace place, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  lesson_problems_add (links->problems, links->document->file, place.line,
                       place.column, "%s", what);
}

/* Inside the lesson ------------------------------------------------------- */

static void
check_inside (const LessonText *text, LessonRole role G_GNUC_UNUSED,
              gpointer data)
{
  const Links *links = data;

  for (guint i = 0; i < text->runs->len; i++) {
    const LessonRun *run = text->runs->pdata[i];
    const LessonSee *see = run->see;
    if (see == NULL || see->lesson != NULL)
      continue;
    if (see->section != NULL
        && lesson_document_section (links->document, see->section) == NULL)
      complain (links, see->place, _ ("there is no section “%s”"),
                see->section);
    if (see->beat != NULL
        && lesson_document_beat (links->document, see->beat) == NULL)
      complain (links, see->place, _ ("there is no beat “%s”"), see->beat);
  }
}

void
lesson_links_check (const LessonDocument *document, LessonProblems *problems)
{
  Links links = {.document = document, .problems = problems};

  lesson_document_each_text (document, check_inside, &links);
}

static void
check_steps (const LessonText *text, LessonRole role G_GNUC_UNUSED,
             gpointer data)
{
  const Links *links = data;
  guint64 cursor;

  for (guint i = 0; i < text->runs->len; i++) {
    const LessonSee *see = ((LessonRun *) text->runs->pdata[i])->see;
    if (see == NULL || see->step == NULL
        || lesson_play_find_see (links->play, see, &cursor))
      continue;
    complain (links, see->place, _ ("the beat “%s” has no such step: %s%s%s"),
              see->beat, see->step, see->where != NULL ? " " : "",
              see->where != NULL ? see->where : "");
  }
}

void
lesson_links_check_steps (LessonPlay *play, LessonProblems *problems)
{
  Links links
      = {.document = play->document, .play = play, .problems = problems};

  lesson_document_each_text (play->document, check_steps, &links);
}

/* To other lessons -------------------------------------------------------- */

static gboolean
is_among (char *const *ids, const char *id)
{
  return id == NULL || g_strv_contains ((const char *const *) ids, id);
}

static void
check_other_lesson (const Links *links, const LessonSee *see)
{
  const LessonEntry *entry = lesson_catalog_find (links->catalog, see->lesson);

  if (entry == NULL)
    complain (links, see->place, _ ("there is no lesson “%s”"), see->lesson);
  else if (see->section == NULL && see->beat == NULL)
    return;
  else if (entry->sections == NULL)
    complain (links, see->place,
              _ ("the lesson “%s” is planned, not written; name it alone"),
              see->lesson);
  else if (!is_among (entry->sections, see->section))
    complain (links, see->place, _ ("the lesson “%s” has no section “%s”"),
              see->lesson, see->section);
  else if (!is_among (entry->beats, see->beat))
    complain (links, see->place, _ ("the lesson “%s” has no beat “%s”"),
              see->lesson, see->beat);
}

static void
check_outside (const LessonText *text, LessonRole role G_GNUC_UNUSED,
               gpointer data)
{
  const Links *links = data;

  for (guint i = 0; i < text->runs->len; i++) {
    const LessonRun *run = text->runs->pdata[i];
    if (run->see != NULL && run->see->lesson != NULL)
      check_other_lesson (links, run->see);
    if (run->term != NULL
        && lesson_document_definition (links->document, run->term) == NULL
        && lesson_catalog_term (links->catalog, run->term) == NULL)
      complain (links, run->place,
                _ ("nobody defines “%s”; add a <definition> to <glossary>"),
                run->term);
  }
}

static void
check_prerequisites (const Links *links)
{
  const GPtrArray *prerequisites = links->document->prerequisites;

  for (guint i = 0; i < prerequisites->len; i++)
    if (lesson_catalog_find (links->catalog, prerequisites->pdata[i]) == NULL)
      complain (
          links,
          g_array_index (links->document->prerequisite_places, LessonPlace, i),
          _ ("there is no lesson “%s” to come before it"),
          (const char *) prerequisites->pdata[i]);
}

/* Words are the whole book's: two lessons that define the same one would say
 * two things. */
static void
check_definitions (const Links *links)
{
  const GPtrArray *definitions = links->document->definitions;

  for (guint i = 0; i < definitions->len; i++) {
    const LessonDefinition *definition = definitions->pdata[i];
    const LessonTerm *term
        = lesson_catalog_term (links->catalog, definition->id);
    if (term == NULL || strcmp (term->lesson, links->document->id) == 0)
      continue;
    complain (links, definition->place,
              _ ("the lesson “%s” defines “%s” already; refer to it with "
                 "<term id=\"%s\">"),
              term->lesson, definition->id, definition->id);
  }
}

/* The way back to a lesson through those that come before it ------------- */

/* Appends the lessons from `id` to `goal`; false if no way leads there. `seen`
 * keeps it from going round in another circle. */
static gboolean
find_way (const LessonCatalog *catalog, const char *id, const char *goal,
          GHashTable *seen, GPtrArray *way)
{
  const LessonEntry *entry = lesson_catalog_find (catalog, id);

  g_ptr_array_add (way, (gpointer) id);
  if (strcmp (id, goal) == 0)
    return TRUE;
  if (entry != NULL && entry->prerequisites != NULL
      && g_hash_table_add (seen, (gpointer) id))
    for (guint i = 0; entry->prerequisites[i] != NULL; i++)
      if (find_way (catalog, entry->prerequisites[i], goal, seen, way))
        return TRUE;
  g_ptr_array_remove_index (way, way->len - 1);
  return FALSE;
}

static void
check_circle (const Links *links, guint i)
{
  const LessonDocument *document = links->document;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) way = g_ptr_array_new ();

  if (!find_way (links->catalog, document->prerequisites->pdata[i],
                 document->id, seen, way))
    return;
  g_ptr_array_add (way, NULL);
  g_autofree char *list = g_strjoinv (" → ", (char **) way->pdata);
  complain (
      links, g_array_index (document->prerequisite_places, LessonPlace, i),
      _ ("this goes round in a circle: %s → %s; a lesson cannot come before "
         "itself"),
      document->id, list);
}

/* The readers' own lessons stand in a part behind the book's. */
static gboolean
is_of_book (const LessonPart *part)
{
  return part->lessons->len == 0
         || !((const LessonEntry *) part->lessons->pdata[0])->own;
}

/* A lesson belongs to a part of the book; one of the book's own to that in
 * which the book has it. */
static void
check_part (const Links *links)
{
  const LessonDocument *document = links->document;
  const LessonEntry *entry = lesson_catalog_find (links->catalog, document->id);
  int last = 0;

  for (guint i = 0; i < links->catalog->parts->len; i++) {
    const LessonPart *part = links->catalog->parts->pdata[i];
    if (is_of_book (part))
      last = MAX (last, part->number);
  }
  if (last > 0 && document->part > last)
    complain (links, document->part_place,
              _ ("the book has no part %d; its parts are 1 to %d"),
              document->part, last);
  else if (entry != NULL && !entry->own && entry->path != NULL
           && entry->part != document->part)
    complain (links, document->part_place,
              _ ("the book has this lesson in part %d"), entry->part);
}

void
lesson_links_check_book (const LessonDocument *document,
                         const LessonCatalog *catalog, LessonProblems *problems)
{
  Links links
      = {.document = document, .catalog = catalog, .problems = problems};

  check_part (&links);
  check_prerequisites (&links);
  for (guint i = 0; i < document->prerequisites->len; i++)
    check_circle (&links, i);
  lesson_document_each_text (document, check_outside, &links);
  check_definitions (&links);
}
