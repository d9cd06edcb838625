/* Outlines over the figures, which are not painted anew for them. */
#ifndef PW_OUTLINE_H
#define PW_OUTLINE_H

#include <gtk/gtk.h>

#include "palette.h"
#include "scene.h"

/* Whether two items are one datum: they show the same bytes of the machine, or
 * one of them a part of what the other shows; or their numbers mean the same.
 * Two fields of one entry are not, though both are the entry. */
gboolean pw_outline_same_datum (const SceneItem *a, const SceneItem *b);

/* Around an item and all that show the same datum; an id that the still does
 * not have outlines nothing. */
void pw_outline_datum (GtkSnapshot *snapshot, const ScenePalette *palette,
                       const SceneStill *still, SceneId id);

/* Around the item that the keys have come to: two lines, light and dark, so
 * that it is seen on any ground. */
void pw_outline_cursor (GtkSnapshot *snapshot, const ScenePalette *palette,
                        const SceneStill *still, SceneId id);

#endif
