/* "Traces": every memory access of a recorded program through TLB, page tables
 * and replacement, several policies beside each other. */
#ifndef PW_TRACES_PAGE_H
#define PW_TRACES_PAGE_H

#include <gtk/gtk.h>

#include "palette.h"

#define PW_TYPE_TRACES_PAGE (pw_traces_page_get_type ())
G_DECLARE_FINAL_TYPE (PwTracesPage, pw_traces_page, PW, TRACES_PAGE, GtkWidget)

/* An access that is to be seen step by step becomes a lesson's file, which
 * "win.lesson" opens. */
GtkWidget *pw_traces_page_new (void);

/* What curves are painted with. */
void pw_traces_page_set_palette (PwTracesPage *page,
                                 const ScenePalette *palette);

/* Replays a file, as if the reader had chosen it. */
void pw_traces_page_open (PwTracesPage *page, const char *path);

#endif
