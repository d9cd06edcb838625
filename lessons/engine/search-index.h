/* The texts of the book that search looks through. For search.c; others use
 * search.h. */
#ifndef LESSON_SEARCH_INDEX_H
#define LESSON_SEARCH_INDEX_H

#include "search.h"

/* One text of the book. */
typedef struct {
  const char *lesson, *title, *place, *section, *term;
  LessonRole role;
  gboolean planned; /* its lesson is not written yet */
  char *shown;      /* in the reader's language */
  char *folded;     /* the same, and the English, as they are compared */
} LessonSearchText;

struct _LessonSearch {
  GStringChunk *strings;
  GArray *entries; /* of LessonSearchText, in the book's order */

  const LessonCatalog *catalog; /* as long as it grows */
  guint part, number;           /* of the lesson that comes next */
};

/* Appends a letter, or a text, as it is compared: small, without accents. */
void lesson_search_fold_letter (GString *folded, gunichar letter);
void lesson_search_fold (GString *folded, const char *text);

#endif
