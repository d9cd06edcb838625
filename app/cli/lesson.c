/* pagewalk-cli lesson: finds lessons and loads them for its commands. */
#include "lesson.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "command.h"

static const CliCommand commands[] = {
    {"check", cli_lesson_check,
     N_ ("Check lessons and recompute what they claim")},
    {"export", cli_lesson_export, N_ ("Write pictures of a lesson's steps")},
    {"list", cli_lesson_list, N_ ("List the lessons")},
    {"new", cli_lesson_new, N_ ("Make a lesson to begin from")},
    {"preview", cli_lesson_preview,
     N_ ("Look at a lesson, in a window or as pictures")},
    {"reference", cli_lesson_reference,
     N_ ("List what lessons can ask, and their limits")},
    {"run", cli_lesson_run, N_ ("Play a lesson in the terminal")},
    {NULL, NULL, NULL},
};

static char *
path_of_id (const char *id, LessonProblems *problems)
{
  g_autoptr (LessonCatalog) catalog = lesson_catalog_load (NULL, problems);

  if (catalog == NULL)
    return NULL;
  const LessonEntry *entry = lesson_catalog_find (catalog, id);
  return entry != NULL ? g_strdup (entry->path) : NULL;
}

char *
cli_lesson_path (const char *word)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  char *path = strchr (word, '/') == NULL ? path_of_id (word, problems) : NULL;

  if (path != NULL)
    return path;
  if (g_file_test (word, G_FILE_TEST_EXISTS))
    return g_strdup (word);

  /* It may be one of those that could not be read. */
  cli_lesson_tell (problems);
  cli_fail (_ ("There is no lesson “%s”; “lesson list” shows those that there "
               "are"),
            word);
  return NULL;
}

void
cli_lesson_tell (const LessonProblems *problems)
{
  cli_flush ();
  for (guint i = 0; i < problems->list->len; i++) {
    g_autofree char *text
        = lesson_problem_to_string (g_ptr_array_index (problems->list, i));
    fprintf (stderr, "%s\n", text);
  }
  if (problems->dropped > 0) {
    fprintf (stderr,
             g_dngettext (GETTEXT_PACKAGE, "… and %u more\n", "… and %u more\n",
                          problems->dropped),
             problems->dropped);
  }
}

static CliLesson *
load (const char *path, LessonProblems *problems)
{
  g_autoptr (CliLesson) lesson = g_new0 (CliLesson, 1);

  lesson->document = lesson_document_load (path, problems);
  if (lesson->document == NULL)
    return NULL;
  lesson->play = lesson_play_new (lesson->document, problems);
  if (lesson->play == NULL)
    return NULL;
  return g_steal_pointer (&lesson);
}

CliLesson *
cli_lesson_open (const char *word)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autofree char *path = cli_lesson_path (word);

  if (path == NULL)
    return NULL;
  CliLesson *lesson = load (path, problems);
  if (lesson == NULL)
    cli_lesson_tell (problems);
  return lesson;
}

void
cli_lesson_free (CliLesson *lesson)
{
  if (lesson == NULL)
    return;
  lesson_play_free (lesson->play);
  lesson_document_free (lesson->document);
  g_free (lesson);
}

CliStatus
cli_lesson (CliArgs *args)
{
  return cli_dispatch ("lesson", commands, args);
}
