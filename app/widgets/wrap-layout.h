/* Lays children out in rows of equal cells, as many in a row as fit. */
#ifndef PW_WRAP_LAYOUT_H
#define PW_WRAP_LAYOUT_H

#include <gtk/gtk.h>

#define PW_TYPE_WRAP_LAYOUT (pw_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (PwWrapLayout, pw_wrap_layout, PW, WRAP_LAYOUT,
                      GtkLayoutManager)

/* A layout manager; spacing is in pixels, between cells. */
GtkLayoutManager *pw_wrap_layout_new (int spacing);

#endif
