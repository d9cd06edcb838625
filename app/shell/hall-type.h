/* The size of a window's type, which follows the window's size. */
#ifndef PW_HALL_TYPE_H
#define PW_HALL_TYPE_H

#include <gtk/gtk.h>

typedef struct _PwHallType PwHallType;

/* For all that is in windows of a style class; `pixels` is the type on 1920 x
 * 1080. To be made before the window is realized, which must live longer. Free
 * with pw_hall_type_free. */
PwHallType *pw_hall_type_new (GtkWindow *window, const char *style_class,
                              double pixels);
void pw_hall_type_free (PwHallType *type);

/* A factor on it. */
void pw_hall_type_set_zoom (PwHallType *type, double zoom);

#endif
