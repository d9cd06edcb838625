/* A small window that asks before something is done. */

#include "ask.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct {
  GtkWidget *window, *entry, *button;
  PwAsked asked;
  gpointer data;
} Asking;

static void
on_changed (Asking *asking)
{
  g_autofree char *text = g_strstrip (
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (asking->entry))));

  gtk_widget_set_sensitive (asking->button, *text != '\0');
}

static void
on_confirmed (Asking *asking)
{
  g_autofree char *text
      = asking->entry != NULL ? g_strstrip (
            g_strdup (gtk_editable_get_text (GTK_EDITABLE (asking->entry))))
                              : NULL;

  if (text != NULL && *text == '\0')
    return;
  gtk_window_close (GTK_WINDOW (asking->window));
  asking->asked (text, asking->data);
}

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 38);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
new_entry (Asking *asking, const char *name)
{
  asking->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (asking->entry), name);
  gtk_entry_set_max_length (GTK_ENTRY (asking->entry), 64);
  gtk_accessible_update_property (GTK_ACCESSIBLE (asking->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (asking->entry, "changed", G_CALLBACK (on_changed),
                            asking);
  g_signal_connect_swapped (asking->entry, "activate",
                            G_CALLBACK (on_confirmed), asking);
  return asking->entry;
}

static GtkWidget *
new_buttons (Asking *asking, const PwAsk *ask)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  asking->button = gtk_button_new_with_label (ask->verb);
  gtk_widget_add_css_class (asking->button, ask->destroys ? "destructive-action"
                                                          : "suggested-action");
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_widget_set_hexpand (cancel, TRUE);
  gtk_box_append (GTK_BOX (box), cancel);
  gtk_box_append (GTK_BOX (box), asking->button);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close),
                            asking->window);
  g_signal_connect_swapped (asking->button, "clicked",
                            G_CALLBACK (on_confirmed), asking);
  return box;
}

static GtkWidget *
new_content (Asking *asking, const PwAsk *ask)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);

  gtk_widget_add_css_class (box, "pw-ask");
  gtk_box_append (GTK_BOX (box), new_label (ask->title, "pw-heading"));
  gtk_box_append (GTK_BOX (box), new_label (ask->body, "pw-more"));
  if (ask->entry != NULL)
    gtk_box_append (GTK_BOX (box), new_entry (asking, ask->entry));
  gtk_box_append (GTK_BOX (box), new_buttons (asking, ask));
  if (ask->entry != NULL)
    on_changed (asking);
  return box;
}

void
pw_ask (GtkWindow *parent, const PwAsk *ask, PwAsked asked, gpointer data)
{
  Asking *asking = g_new0 (Asking, 1);
  GtkEventController *escape = gtk_shortcut_controller_new ();

  asking->window = adw_window_new ();
  asking->asked = asked;
  asking->data = data;
  g_object_set_data_full (G_OBJECT (asking->window), "asking", asking, g_free);
  gtk_window_set_title (GTK_WINDOW (asking->window), ask->title);
  gtk_window_set_transient_for (GTK_WINDOW (asking->window), parent);
  gtk_window_set_modal (GTK_WINDOW (asking->window), TRUE);
  gtk_window_set_resizable (GTK_WINDOW (asking->window), FALSE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (asking->window), TRUE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (escape),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Escape"),
                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (asking->window, escape);
  adw_window_set_content (ADW_WINDOW (asking->window),
                          new_content (asking, ask));
  gtk_window_present (GTK_WINDOW (asking->window));
}
