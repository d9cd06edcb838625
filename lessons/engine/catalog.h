/* Which lessons there are: the book's, and the reader's own. */
#ifndef LESSON_CATALOG_H
#define LESSON_CATALOG_H

#include "document.h"

typedef struct {
  char *id;
  char *path;       /* folder; NULL for a lesson that is planned, not written */
  int part, number; /* number: position in the book, from 1 */
  int minutes;
  gboolean own;             /* the reader's, not the book's */
  char *title, *summary;    /* translated; summary may be NULL if planned */
  char **prerequisites;     /* ids of lessons; NULL if planned */
  char **sections, **beats; /* their ids; NULL if planned */
} LessonEntry;

/* A word of the glossary. */
typedef struct {
  char *id;
  char *title, *text; /* translated; paragraphs are parted by a blank line */
  const char *lesson; /* id of the lesson that defines it */
  GPtrArray *lessons; /* of const char *: ids of those that use it */
} LessonTerm;

typedef struct {
  int number;
  char *title;        /* translated */
  GPtrArray *lessons; /* of LessonEntry */
} LessonPart;

typedef struct {
  GPtrArray *parts; /* of LessonPart, the book's seven and "Your lessons" */
  guint total;      /* lessons in the book, planned ones included */
  GPtrArray *terms; /* of LessonTerm, in the order of their titles */
} LessonCatalog;

/* Reads lessons/content/book.xml below `root` (NULL: the installed place, or
 * the directory in $PAGEWALK_LESSONS) and the reader's own lessons. A damaged
 * lesson is left out and reported. Whether what it refers to exists is not
 * looked at; see links.h. */
LessonCatalog *lesson_catalog_load (const char *root, LessonProblems *problems);
void lesson_catalog_free (LessonCatalog *catalog);

/* The entry with that id, or NULL. */
const LessonEntry *lesson_catalog_find (const LessonCatalog *catalog,
                                        const char *id);

/* The word with that id, or NULL. */
const LessonTerm *lesson_catalog_term (const LessonCatalog *catalog,
                                       const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LessonCatalog, lesson_catalog_free)

#endif
