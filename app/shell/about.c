/* The window that says what Pagewalk is, and who wrote it. */

#include "about.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "config.h"

static GtkWidget *
new_text (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
new_content (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (PAGEWALK_APP_ID);
  g_autofree char *version
      = g_strdup_printf (_ ("Version %s"), PAGEWALK_VERSION);

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 96);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), new_text ("Pagewalk", "title-1"));
  gtk_box_append (GTK_BOX (box), new_text (version, "pw-number"));
  gtk_box_append (
      GTK_BOX (box),
      new_text (_ ("A textbook of virtual memory that runs: every address, "
                   "picture and answer is computed by the machine inside."),
                NULL));
  gtk_box_append (GTK_BOX (box),
                  new_text (_ ("Program and lessons were written by software: "
                               "by language models that were asked to."),
                            NULL));
  gtk_box_append (GTK_BOX (box),
                  new_text (_ ("Free software under the GNU General Public "
                               "License, version 3 or later. The lessons are "
                               "under CC BY-SA 4.0."),
                            "pw-small"));
  gtk_widget_add_css_class (box, "pw-about");
  return box;
}

void
pw_about_show (GtkWindow *parent)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkEventController *escape = gtk_shortcut_controller_new ();

  gtk_window_set_title (GTK_WINDOW (window), _ ("About Pagewalk"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_resizable (GTK_WINDOW (window), FALSE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (escape),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Escape"),
                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, escape);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new ("", ""));
  gtk_widget_add_css_class (header, "flat");
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), new_content ());
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}
