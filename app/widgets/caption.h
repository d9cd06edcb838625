/* The caption: what the present step is, in one sentence and a quieter one. */
#ifndef PW_CAPTION_H
#define PW_CAPTION_H

#include <gtk/gtk.h>

#include "scene.h"

#define PW_TYPE_CAPTION (pw_caption_get_type ())
G_DECLARE_FINAL_TYPE (PwCaption, pw_caption, PW, CAPTION, GtkWidget)

GtkWidget *pw_caption_new (void);

/* more may be NULL. The role colours the edge. */
void pw_caption_set (PwCaption *caption, const char *sentence, const char *more,
                     SceneRole role);

/* Every sentence and every second line that it will have to show, so that it
 * can keep one height and nothing around it moves. Copied. Where the window is
 * narrow, room is dearer than rest: then it is as high as it must be. */
void pw_caption_reserve (PwCaption *caption, const char *const *sentences,
                         const char *const *mores);
void pw_caption_set_narrow (PwCaption *caption, gboolean narrow);

#endif
