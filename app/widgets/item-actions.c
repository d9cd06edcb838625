/* What can be done with an item of the stage: go to the steps that change it,
 * copy what it says. */

#include "item-actions.h"

#include <glib/gi18n-lib.h>

struct _PwItemActions {
  GtkWidget *owner, *menu;
  GtkWidget *focus; /* what had it before the menu; weak */
  GSimpleActionGroup *group;
  LessonPlay *play;
  PwPlayhead *head;
  const PwDatum *datum;
};

static void
go (PwItemActions *actions, guint64 cursor)
{
  pw_playhead_show (actions->head,
                    (guint) (cursor - actions->play->first_step));
}

static void
on_why (PwItemActions *actions)
{
  go (actions, actions->datum->why);
}

static void
on_next (PwItemActions *actions)
{
  go (actions, actions->datum->next);
}

static void
copy (PwItemActions *actions, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (actions->owner), text);
}

static void
on_copy_value (PwItemActions *actions)
{
  g_autofree char *text = pw_datum_value (actions->datum);

  copy (actions, text);
}

static void
on_copy_sentence (PwItemActions *actions)
{
  g_autofree char *text = pw_datum_sentence (actions->datum);

  copy (actions, text);
}

static void
add_action (PwItemActions *actions, const char *name, GCallback function)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);

  g_simple_action_set_enabled (action, FALSE);
  g_signal_connect_swapped (action, "activate", function, actions);
  g_action_map_add_action (G_ACTION_MAP (actions->group), G_ACTION (action));
}

static void
enable (PwItemActions *actions, const char *name, gboolean enabled)
{
  GAction *action
      = g_action_map_lookup_action (G_ACTION_MAP (actions->group), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* The focus would go on to the next widget of the window. */
static void
on_closed (PwItemActions *actions)
{
  if (actions->focus != NULL)
    gtk_widget_grab_focus (actions->focus);
  g_clear_weak_pointer (&actions->focus);
}

static GtkWidget *
new_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) ways = g_menu_new ();
  g_autoptr (GMenu) copies = g_menu_new ();

  g_menu_append (ways, _ ("Why?"), "item.why");
  g_menu_append (ways, _ ("Next change"), "item.next");
  g_menu_append (copies, _ ("Copy value"), "item.copy-value");
  g_menu_append (copies, _ ("Copy sentence"), "item.copy-sentence");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (ways));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copies));
  return gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
}

PwItemActions *
pw_item_actions_new (GtkWidget *owner)
{
  PwItemActions *actions = g_new0 (PwItemActions, 1);

  actions->owner = owner;
  actions->group = g_simple_action_group_new ();
  add_action (actions, "why", G_CALLBACK (on_why));
  add_action (actions, "next", G_CALLBACK (on_next));
  add_action (actions, "copy-value", G_CALLBACK (on_copy_value));
  add_action (actions, "copy-sentence", G_CALLBACK (on_copy_sentence));
  gtk_widget_insert_action_group (owner, "item",
                                  G_ACTION_GROUP (actions->group));
  actions->menu = new_menu ();
  gtk_widget_set_parent (actions->menu, owner);
  g_signal_connect_swapped (actions->menu, "closed", G_CALLBACK (on_closed),
                            actions);
  return actions;
}

void
pw_item_actions_free (PwItemActions *actions)
{
  g_signal_handlers_disconnect_by_data (actions->menu, actions);
  g_clear_weak_pointer (&actions->focus);
  gtk_widget_unparent (actions->menu);
  gtk_widget_insert_action_group (actions->owner, "item", NULL);
  g_object_unref (actions->group);
  g_free (actions);
}

void
pw_item_actions_set (PwItemActions *actions, LessonPlay *play, PwPlayhead *head,
                     const PwDatum *datum)
{
  actions->play = play;
  actions->head = head;
  actions->datum = datum;
  enable (actions, "why", datum != NULL && datum->why != 0);
  enable (actions, "next", datum != NULL && datum->next != 0);
  enable (actions, "copy-value", datum != NULL);
  enable (actions, "copy-sentence", datum != NULL);
}

void
pw_item_actions_pop_up (PwItemActions *actions, const GdkRectangle *at)
{
  GtkRoot *root = gtk_widget_get_root (actions->owner);

  g_set_weak_pointer (&actions->focus, gtk_root_get_focus (root));
  gtk_popover_set_pointing_to (GTK_POPOVER (actions->menu), at);
  gtk_popover_popup (GTK_POPOVER (actions->menu));
}

gboolean
pw_item_actions_is_open (PwItemActions *actions)
{
  return gtk_widget_get_visible (actions->menu);
}

void
pw_item_actions_present (PwItemActions *actions)
{
  gtk_popover_present (GTK_POPOVER (actions->menu));
}
