/* "My progress": what the reader has done in each lesson, which mistakes they
 * made most often, and what can be done with all that. */
#ifndef PW_PROGRESS_PAGE_H
#define PW_PROGRESS_PAGE_H

#include <gtk/gtk.h>

#include "catalog.h"
#include "store.h"

#define PW_TYPE_PROGRESS_PAGE (pw_progress_page_get_type ())
G_DECLARE_FINAL_TYPE (PwProgressPage, pw_progress_page, PW, PROGRESS_PAGE,
                      GtkWidget)

/* Rows activate "win.lesson"; buttons "win.export-answers", "win.write-result"
 * and "win.forget" (the lesson's identity, "" for all). */
GtkWidget *pw_progress_page_new (void);

/* What the page shows from now on, read from the store whenever it is shown;
 * both must live longer. */
void pw_progress_page_set (PwProgressPage *page, ProgressStore *store,
                           const LessonCatalog *catalog);

/* Reads it once more, as it has changed. */
void pw_progress_page_update (PwProgressPage *page);

#endif
