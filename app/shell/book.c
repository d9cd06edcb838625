/* The lessons that a window can open: the book's, and any file. */

#include "book.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The root element stands this near to the beginning, behind a comment. */
#define HEAD 2048

static const LessonPart *
part_of (const PwBook *book, const LessonEntry *entry)
{
  for (guint i = 0; i < book->catalog->parts->len; i++) {
    const LessonPart *part = g_ptr_array_index (book->catalog->parts, i);

    if (g_ptr_array_find (part->lessons, entry, NULL))
      return part;
  }
  return NULL;
}

/* Where a lesson stands in the book. */
static char *
subtitle_of (const PwBook *book, const LessonEntry *entry)
{
  const LessonPart *part = entry != NULL ? part_of (book, entry) : NULL;

  if (part == NULL || part->number == 0)
    return g_strdup (_ ("A lesson of your own"));
  /* Translators: part's number and title, then the lesson's place. */
  return g_strdup_printf (_ ("Part %d · %s — lesson %d of %u"), part->number,
                          part->title, entry->number, book->catalog->total);
}

/* A lesson of the book was checked when the book was made; one of the
 * reader's own is checked now, so that its author sees what is wrong. */
static LessonPlay *
load_play (const LessonDocument *document, gboolean own,
           LessonProblems *problems)
{
  g_autoptr (LessonPlay) play = lesson_play_new (document, problems);

  if (play == NULL || (own && !lesson_play_check (play, problems)))
    return NULL;
  return g_steal_pointer (&play);
}

PwBook *
pw_book_new (void)
{
  PwBook *book = g_new0 (PwBook, 1);

  book->damaged = lesson_problems_new ();
  book->catalog = lesson_catalog_load (NULL, book->damaged);
  return book;
}

void
pw_book_free (PwBook *book)
{
  if (book == NULL)
    return;
  lesson_catalog_free (book->catalog);
  lesson_problems_free (book->damaged);
  lesson_course_free (book->course);
  g_free (book);
}

gboolean
pw_book_is_course (const char *path)
{
  char head[HEAD + 1];
  FILE *file = g_file_test (path, G_FILE_TEST_IS_REGULAR) ? fopen (path, "r")
                                                          : NULL;
  gsize length;

  if (file == NULL)
    return FALSE;
  length = fread (head, 1, HEAD, file);
  fclose (file);
  head[length] = '\0';
  return strstr (head, "<course") != NULL;
}

gboolean
pw_book_follow (PwBook *book, const char *path, LessonProblems *problems)
{
  g_autoptr (LessonCourse) course = NULL;

  if (path != NULL) {
    course = lesson_course_load (path, problems);
    if (course == NULL)
      return FALSE;
    lesson_course_check (course, book->catalog, problems);
  }
  g_clear_pointer (&book->course, lesson_course_free);
  book->course = g_steal_pointer (&course);
  return TRUE;
}

gboolean
pw_book_open (const PwBook *book, const char *lesson, PwOpened *opened,
              LessonProblems *problems)
{
  const LessonEntry *entry = lesson_catalog_find (book->catalog, lesson);
  gboolean written = entry != NULL && entry->path != NULL;
  g_autoptr (LessonDocument) document
      = lesson_document_load (written ? entry->path : lesson, problems);

  *opened = (PwOpened){0};
  if (document == NULL)
    return FALSE;
  opened->play = load_play (document, !written, problems);
  if (opened->play == NULL)
    return FALSE;
  opened->document = g_steal_pointer (&document);
  opened->subtitle = subtitle_of (book, entry);
  return TRUE;
}

char *
pw_book_file (const PwBook *book, const char *lesson)
{
  const LessonEntry *entry = lesson_catalog_find (book->catalog, lesson);
  const char *path = entry != NULL && entry->path != NULL ? entry->path
                                                          : lesson;
  g_autofree char *file = g_file_test (path, G_FILE_TEST_IS_DIR)
                              ? g_build_filename (path, "lesson.xml", NULL)
                              : g_strdup (path);

  return g_access (file, W_OK) == 0 ? g_steal_pointer (&file) : NULL;
}
