/* The lessons that a window can open: the book's, and any file. */
#ifndef PW_BOOK_H
#define PW_BOOK_H

#include "catalog.h"
#include "course.h"
#include "run.h"

typedef struct {
  LessonCatalog *catalog;
  LessonProblems *damaged; /* of lessons that the catalog left out */
  LessonCourse *course;    /* that is followed, or NULL */
} PwBook;

/* Reads the catalog. Free with pw_book_free. */
PwBook *pw_book_new (void);
void pw_book_free (PwBook *book);

/* Whether a file says that it is a course, be it a good one or not. */
gboolean pw_book_is_course (const char *path);

/* Follows the course of a file from now on; NULL: none. False, and the reasons
 * in `problems`, if it cannot be read; then the one before stays. Lessons that
 * the book does not have are problems, too, but do not stop it. */
gboolean pw_book_follow (PwBook *book, const char *path,
                         LessonProblems *problems);

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
