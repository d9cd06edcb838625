/* What was found in the book for the words that are being typed. */
#ifndef PW_FINDER_H
#define PW_FINDER_H

#include <gtk/gtk.h>

#include "search.h"

#define PW_TYPE_FINDER (pw_finder_get_type ())
G_DECLARE_FINAL_TYPE (PwFinder, pw_finder, PW, FINDER, GtkWidget)

/* Rows activate "win.lesson" with the address of the place, or "win.word" with
 * the id of a word. */

GtkWidget *pw_finder_new (void);

/* The book to search, which must live longer. It is read bit by bit whenever
 * there is nothing else to do. */
void pw_finder_set_catalog (PwFinder *finder, const LessonCatalog *catalog);

/* Shows what is found for it, at once. */
void pw_finder_set_query (PwFinder *finder, const char *query);

/* Opens the best hit, if there is one. */
void pw_finder_open_first (PwFinder *finder);

/* Puts the focus on the best hit. */
void pw_finder_focus (PwFinder *finder);

/* The hits that are shown, best first; of LessonHit. NULL before the first
 * query. */
const GPtrArray *pw_finder_get_hits (PwFinder *finder);

#endif
