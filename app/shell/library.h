/* The library: every part of the book, and where to go on; beside it the
 * glossary; and what is found for words that are typed. */
#ifndef PW_LIBRARY_H
#define PW_LIBRARY_H

#include <adwaita.h>

#include "catalog.h"
#include "course.h"
#include "standing.h"

#define PW_TYPE_LIBRARY (pw_library_get_type ())
G_DECLARE_FINAL_TYPE (PwLibrary, pw_library, PW, LIBRARY, AdwBin)

GtkWidget *pw_library_new (void);

/* Shows a catalog, which must live longer. `damaged` lessons could not be
 * read; a click there activates "win.problems". */
void pw_library_set_catalog (PwLibrary *library, const LessonCatalog *catalog,
                             guint damaged);

/* Shows a course, which must live as long, in place of the book; NULL: the
 * whole book. Progress is to be set anew. */
void pw_library_set_course (PwLibrary *library, const LessonCourse *course);

/* Says how far each lesson is and offers to go on. */
void pw_library_set_progress (PwLibrary *library, const PwStandings *standings);

/* Adds a page behind the others; its name is for pw_library_show_page. */
void pw_library_add_page (PwLibrary *library, GtkWidget *page, const char *name,
                          const char *title, const char *icon);

/* Shows a page, "lessons", "glossary" or one that was added, and no search. */
void pw_library_show_page (PwLibrary *library, const char *name);

/* Shows a word in the glossary. */
void pw_library_show_word (PwLibrary *library, const char *id);

/* Puts the focus on the way on, or where the book is searched. */
void pw_library_focus (PwLibrary *library);
void pw_library_search (PwLibrary *library);
void pw_library_show_menu (PwLibrary *library);

/* How much larger than usual text is: cards get as much more room. */
void pw_library_set_zoom (PwLibrary *library, double text);

/* For a narrow window: the search leaves the header bar. */
void pw_library_set_narrow (PwLibrary *library, gboolean narrow);

#endif
