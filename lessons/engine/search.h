/* Finding a place in the book by words, in the reader's language and in
 * English.
 *
 * A text is found if it holds every word of what was typed; capitals and
 * accents do not count, and a word may be the beginning or the middle of a
 * longer one, as Chinese has no spaces. What gives answers away, and what is
 * for teachers and presenters, is not searched. */
#ifndef LESSON_SEARCH_H
#define LESSON_SEARCH_H

#include "catalog.h"
#include "texts.h"

typedef struct _LessonSearch LessonSearch;

/* One place that was found. Strings belong to the index but for the snippet. */
typedef struct {
  const char *lesson;  /* id */
  const char *title;   /* of the lesson */
  const char *place;   /* id of a section or beat; "" for the beginning */
  const char *section; /* title of the section it stands in; "" for none */
  const char *term;    /* id of the word that is defined there, or NULL */
  LessonRole role;     /* of the text that was found */
  char *snippet;       /* a piece of it, round the first word */
  guint start, end;    /* bytes of the snippet that are the first word */
  guint score;
} LessonHit;

/* An index of the lessons of a catalog, planned ones by their titles. Reads
 * every written lesson again; what is damaged is left out. Free with
 * lesson_search_free. */
LessonSearch *lesson_search_new (const LessonCatalog *catalog);

/* The same without haste: an empty index, which each call of
 * lesson_search_grow adds a lesson to; false when it has all. The catalog must
 * live as long as it grows. */
LessonSearch *lesson_search_begin (const LessonCatalog *catalog);
gboolean lesson_search_grow (LessonSearch *search);
void lesson_search_free (LessonSearch *search);

/* The places found for what was typed, best first, at most `limit` and at most
 * five a lesson; of LessonHit, to be freed with g_ptr_array_unref before the
 * index is. Nothing is found for an empty query. */
GPtrArray *lesson_search_find (const LessonSearch *search, const char *query,
                               guint limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LessonSearch, lesson_search_free)

#endif
