/* The card: what an item of the stage is, and the way to what changed it. */
#ifndef PW_CARD_H
#define PW_CARD_H

#include <gtk/gtk.h>

#include "datum.h"
#include "scene.h"

#define PW_TYPE_CARD (pw_card_get_type ())
G_DECLARE_FINAL_TYPE (PwCard, pw_card, PW, CARD, GtkWidget)

/* Its buttons activate "item.why" and "item.next". */
GtkWidget *pw_card_new (void);

/* Says what a datum is. A pinned card shows its buttons and takes the pointer;
 * another lets it through to what is below. */
void pw_card_set (PwCard *card, const PwDatum *datum, gboolean pinned);

/* A rectangle of the stage in the coordinates of a widget around it. */
GdkRectangle pw_card_rect (GtkWidget *area, GtkWidget *stage,
                           const SceneRect *rect);

/* Puts the card beside a rectangle of the stage, for its parent's allocation;
 * hides it while that is scrolled out of sight. */
void pw_card_allocate (PwCard *card, GtkWidget *stage, const SceneRect *rect);

/* Where to put a card of a size: beside `item`, or else below or above it,
 * inside an area of width times height and never over the item. The height is
 * reduced where there is not that much room. */
GdkRectangle pw_card_place (GdkRectangle item, int card_width, int card_height,
                            int width, int height);

#endif
