/* What can be done with an item of the stage: go to the steps that change it,
 * copy what it says. As actions "item.why", "item.next", "item.copy-value" and
 * "item.copy-sentence", and as a menu of them. */
#ifndef PW_ITEM_ACTIONS_H
#define PW_ITEM_ACTIONS_H

#include <gtk/gtk.h>

#include "datum.h"
#include "playhead.h"

typedef struct _PwItemActions PwItemActions;

/* The actions and the menu of a widget, which must call
 * pw_item_actions_present from its allocation. Free with
 * pw_item_actions_free. */
PwItemActions *pw_item_actions_new (GtkWidget *owner);
void pw_item_actions_free (PwItemActions *actions);

/* What they act on; the datum may be NULL, and must live until the next. */
void pw_item_actions_set (PwItemActions *actions, LessonPlay *play,
                          PwPlayhead *head, const PwDatum *datum);

/* Opens the menu beside a rectangle of the widget. */
void pw_item_actions_pop_up (PwItemActions *actions, const GdkRectangle *at);
gboolean pw_item_actions_is_open (PwItemActions *actions);
void pw_item_actions_present (PwItemActions *actions);

#endif
