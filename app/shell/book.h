/* The lessons that a window can open: the book's, and any file. */
#ifndef PW_BOOK_H
#define PW_BOOK_H

#include "catalog.h"
#include "run.h"

typedef struct {
  LessonCatalog *catalog;
  LessonProblems *damaged; /* of lessons that the catalog left out */
} PwBook;

/* Reads the catalog. Free with pw_book_free. */
PwBook *pw_book_new (void);
void pw_book_free (PwBook *book);

/* A lesson that was opened, and where it stands in the book. */
typedef struct {
  LessonDocument *document;
  LessonPlay *play; /* of the document */
  char *subtitle;
} PwOpened;

/* Opens a lesson by its identity, or by its path. False, and the reasons in
 * `problems`, if it cannot be; else what is in *opened is the caller's. */
gboolean pw_book_open (const PwBook *book, const char *lesson, PwOpened *opened,
                       LessonProblems *problems);

/* The file of a lesson that the reader may change, to be followed; NULL if they
 * may not, as with the lessons that are installed. To be freed. */
char *pw_book_file (const PwBook *book, const char *lesson);

#endif
