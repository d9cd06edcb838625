/* A step as a small picture: what a stage would show, painted small. */
#ifndef PW_PICTURE_H
#define PW_PICTURE_H

#include "stage-view.h"

#define PW_TYPE_PICTURE (pw_picture_get_type ())
G_DECLARE_FINAL_TYPE (PwPicture, pw_picture, PW, PICTURE, GtkWidget)

/* Of a stage, which may show another step, and of which it keeps the shape. */
GtkWidget *pw_picture_new (PwStage *stage);

/* Whether it must be as high as suits its width; else it may be lower. */
void pw_picture_set_whole (PwPicture *picture, gboolean whole);

/* Its step; -1 for none. */
void pw_picture_set_step (PwPicture *picture, int step);

int pw_picture_get_step (PwPicture *picture);

/* Where a place in the widget lies in the picture, as parts of its width and
 * height; false if it lies outside. */
gboolean pw_picture_find (PwPicture *picture, double *x, double *y);

#endif
