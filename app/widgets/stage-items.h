/* The named items of a still as children of the stage, for screen readers.
 *
 * They are never painted and never in the way of the pointer. One is made for
 * an item when it first appears; after that it is moved, and renamed only
 * where its name has changed. */
#ifndef PW_STAGE_ITEMS_H
#define PW_STAGE_ITEMS_H

#include <gtk/gtk.h>

#include "scene.h"

typedef struct _PwStageItems PwStageItems;

/* The items of a PwStage, which must live longer. Free with
 * pw_stage_items_free. */
PwStageItems *pw_stage_items_new (GtkWidget *stage);
void pw_stage_items_free (PwStageItems *items);

/* The stage has another still, or none: the children follow it before long. */
void pw_stage_items_follow (PwStageItems *items);

/* Puts the children where their items are; for the stage's allocation. */
void pw_stage_items_allocate (PwStageItems *items);

/* The child that stands for an item of the present still, or NULL. */
GtkWidget *pw_stage_items_find (PwStageItems *items, SceneId id);

#endif
