/* The presenter's pointer: a dot, or a spotlight that dims all around it. */
#ifndef PW_SPOT_H
#define PW_SPOT_H

#include <gtk/gtk.h>

typedef enum { PW_SPOT_NONE, PW_SPOT_POINTER, PW_SPOT_LIGHT } PwSpotKind;

#define PW_TYPE_SPOT (pw_spot_get_type ())
G_DECLARE_FINAL_TYPE (PwSpot, pw_spot, PW, SPOT, GtkWidget)

/* Lies over what it points at and lets every click through. */
GtkWidget *pw_spot_new (void);

void pw_spot_set_kind (PwSpot *spot, PwSpotKind kind);
PwSpotKind pw_spot_get_kind (PwSpot *spot);

/* Where it points, as parts of its width and height, 0 to 1. Before the first
 * call nothing is pointed at. */
void pw_spot_point (PwSpot *spot, double x, double y);

#endif
