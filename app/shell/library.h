/* The library: every part of the book, and where to go on. */
#ifndef PW_LIBRARY_H
#define PW_LIBRARY_H

#include <adwaita.h>

#include "catalog.h"
#include "memory.h"

#define PW_TYPE_LIBRARY (pw_library_get_type ())
G_DECLARE_FINAL_TYPE (PwLibrary, pw_library, PW, LIBRARY, AdwBin)

GtkWidget *pw_library_new (void);

/* Shows a catalog, which must live longer. `damaged` lessons could not be
 * read; a click there activates "win.problems". */
void pw_library_set_catalog (PwLibrary *library, const LessonCatalog *catalog,
                             guint damaged);

/* Marks what is finished and offers to go on. */
void pw_library_set_progress (PwLibrary *library, const PwMemory *memory);

/* Puts the focus on the way on, or where lessons are searched. */
void pw_library_focus (PwLibrary *library);
void pw_library_search (PwLibrary *library);
void pw_library_show_menu (PwLibrary *library);

/* How much larger than usual text is: cards get as much more room. */
void pw_library_set_zoom (PwLibrary *library, double text);

/* For a narrow window: the search leaves the header bar. */
void pw_library_set_narrow (PwLibrary *library, gboolean narrow);

#endif
