/* The window of preferences. */

#include "preferences.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "language.h"

static const double speeds[] = {0.25, 0.5, 1, 2, 4};

typedef struct {
  GtkWidget *window, *parent;
  GtkWidget *zoom, *motion, *speed, *every;
  PwMemory *memory;
  PwPreferred preferred;
  gpointer data;
} Preferences;

static GtkWidget *
new_group (GtkWidget *page, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (group));
  return group;
}

static GtkWidget *
add_row (GtkWidget *group, GtkWidget *row, const char *title,
         const char *subtitle)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static GtkWidget *
add_choice (GtkWidget *group, const char *title, const char *subtitle,
            const char *const *choices, guint selected)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (choices);

  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  return add_row (group, row, title, subtitle);
}

/* Language ------------------------------------------------------------------
 */

static void
on_language (Preferences *preferences, GParamSpec *pspec, AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);
  const char *code = selected > 0 ? pw_languages ()[selected - 1].code
                                  : "system";

  if (g_strcmp0 (preferences->memory->language, code) == 0)
    return;
  pw_memory_set_language (preferences->memory, code);
  preferences->preferred (PW_PREFERENCE_LANGUAGE, preferences->data);
}

static void
add_language (Preferences *preferences, GtkWidget *page)
{
  GtkWidget *group = new_group (page, _ ("Language"));
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint selected = 0;
  GtkWidget *row;

  g_ptr_array_add (names, _ ("As the desktop"));
  for (const PwLanguage *language = pw_languages (); language->code != NULL;
       language++) {
    if (g_strcmp0 (preferences->memory->language, language->code) == 0)
      selected = names->len;
    g_ptr_array_add (names, (gpointer) language->name);
  }
  g_ptr_array_add (names, NULL);
  row = add_choice (group, _ ("Language"),
                    _ ("Of the program and of the lessons"),
                    (const char *const *) names->pdata, selected);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (on_language),
                            preferences);
}

/* Appearance ----------------------------------------------------------------
 */

static const char *const schemes[] = {"system", "light", "dark"};

static void
on_scheme (Preferences *preferences, GParamSpec *pspec, AdwComboRow *row)
{
  gtk_widget_activate_action (preferences->parent, "win.color-scheme", "s",
                              schemes[adw_combo_row_get_selected (row)]);
}

static void
show_zoom (Preferences *preferences)
{
  g_autofree char *text = g_strdup_printf (
      "%d %%", (int) (preferences->memory->text_scale * 100 + 0.5));

  gtk_label_set_text (GTK_LABEL (preferences->zoom), text);
}

static void
on_zoom (GtkWidget *button, Preferences *preferences)
{
  gtk_widget_activate_action (preferences->parent, gtk_widget_get_name (button),
                              NULL);
  show_zoom (preferences);
}

static GtkWidget *
new_zoom_button (Preferences *preferences, const char *icon, const char *name,
                 const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_name (button, action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_zoom), preferences);
  return button;
}

static void
add_zoom (Preferences *preferences, GtkWidget *group)
{
  GtkWidget *row = add_row (group, adw_action_row_new (), _ ("Zoom"),
                            _ ("Text and figures"));

  preferences->zoom = gtk_label_new (NULL);
  gtk_widget_add_css_class (preferences->zoom, "numeric");
  adw_action_row_add_suffix (
      ADW_ACTION_ROW (row),
      new_zoom_button (preferences, "list-remove-symbolic", _ ("Smaller"),
                       "win.text-smaller"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), preferences->zoom);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             new_zoom_button (preferences, "list-add-symbolic",
                                              _ ("Larger"), "win.text-larger"));
  show_zoom (preferences);
}

static void
add_appearance (Preferences *preferences, GtkWidget *page)
{
  GtkWidget *group = new_group (page, _ ("Appearance"));
  const char *const names[]
      = {_ ("As the desktop"), _ ("Light"), _ ("Dark"), NULL};
  guint selected = 0;
  GtkWidget *row;

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_strcmp0 (preferences->memory->color_scheme, schemes[i]) == 0)
      selected = i;
  row = add_choice (group, _ ("Colours"), NULL, names, selected);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (on_scheme),
                            preferences);
  add_zoom (preferences, group);
}

/* Motion --------------------------------------------------------------------
 */

static void
on_motion (Preferences *preferences)
{
  preferences->memory->reduce_motion
      = gtk_switch_get_active (GTK_SWITCH (preferences->motion));
  pw_preferences_apply_motion (preferences->memory);
  preferences->preferred (PW_PREFERENCE_MOTION, preferences->data);
}

static void
on_speed (Preferences *preferences)
{
  preferences->memory->speed
      = speeds[adw_combo_row_get_selected (ADW_COMBO_ROW (preferences->speed))];
  preferences->preferred (PW_PREFERENCE_SPEED, preferences->data);
}

static void
on_every_step (Preferences *preferences)
{
  preferences->memory->every_step
      = gtk_switch_get_active (GTK_SWITCH (preferences->every));
  preferences->preferred (PW_PREFERENCE_STEPS, preferences->data);
}

static guint
nearest_speed (double speed)
{
  guint nearest = 0;

  for (guint i = 1; i < G_N_ELEMENTS (speeds); i++)
    if (ABS (speeds[i] - speed) < ABS (speeds[nearest] - speed))
      nearest = i;
  return nearest;
}

static GtkWidget *
add_switch (GtkWidget *group, const char *title, const char *subtitle,
            gboolean active)
{
  GtkWidget *row = add_row (group, adw_action_row_new (), title, subtitle);
  GtkWidget *toggle = gtk_switch_new ();

  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (toggle), active);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  return toggle;
}

static void
add_motion (Preferences *preferences, GtkWidget *page)
{
  GtkWidget *group = new_group (page, _ ("Steps and motion"));
  const char *const names[] = {"0.25×", "0.5×", "1×", "2×", "4×", NULL};

  preferences->every
      = add_switch (group, _ ("Every step of the machine"),
                    _ ("Otherwise Step goes to the next one that the lesson "
                       "speaks of"),
                    preferences->memory->every_step);
  g_signal_connect_swapped (preferences->every, "notify::active",
                            G_CALLBACK (on_every_step), preferences);
  preferences->motion
      = add_switch (group, _ ("Reduce motion"),
                    _ ("Steps are cuts, and what changed is outlined"),
                    preferences->memory->reduce_motion);
  g_signal_connect_swapped (preferences->motion, "notify::active",
                            G_CALLBACK (on_motion), preferences);
  preferences->speed = add_choice (group, _ ("Speed of playback"), NULL, names,
                                   nearest_speed (preferences->memory->speed));
  g_signal_connect_swapped (preferences->speed, "notify::selected",
                            G_CALLBACK (on_speed), preferences);
}

/* Progress ------------------------------------------------------------------
 */

static void
on_student (Preferences *preferences, AdwEntryRow *row)
{
  g_autofree char *text
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  pw_memory_set_student (preferences->memory, text);
  preferences->preferred (PW_PREFERENCE_STUDENT, preferences->data);
}

static void
on_forget (Preferences *preferences)
{
  GtkWidget *parent = preferences->parent;

  gtk_window_close (GTK_WINDOW (preferences->window));
  gtk_widget_activate_action (parent, "win.forget", "s", "");
}

static void
add_progress (Preferences *preferences, GtkWidget *page)
{
  GtkWidget *group = new_group (page, _ ("Progress"));
  GtkWidget *student = adw_entry_row_new ();
  GtkWidget *forget = adw_action_row_new ();

  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("The ID goes into result files, and gives exercises numbers of your "
         "own."));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (student),
                                 _ ("Student ID"));
  gtk_editable_set_text (GTK_EDITABLE (student), preferences->memory->student);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (student), TRUE);
  g_signal_connect_swapped (student, "apply", G_CALLBACK (on_student),
                            preferences);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), student);
  add_row (group, forget, _ ("Delete all progress…"), _ ("A copy is kept"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (forget), TRUE);
  g_signal_connect_swapped (forget, "activated", G_CALLBACK (on_forget),
                            preferences);
}

/* The window ----------------------------------------------------------------
 */

static GtkWidget *
new_page (Preferences *preferences)
{
  GtkWidget *page = adw_preferences_page_new ();

  add_language (preferences, page);
  add_appearance (preferences, page);
  add_motion (preferences, page);
  add_progress (preferences, page);
  gtk_widget_set_vexpand (page, TRUE);
  return page;
}

static void
set_up_window (GtkWidget *window, GtkWindow *parent)
{
  GtkEventController *escape = gtk_shortcut_controller_new ();

  gtk_window_set_title (GTK_WINDOW (window), _ ("Preferences"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 520, 640);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (escape),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Escape"),
                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, escape);
}

void
pw_preferences_show (GtkWindow *parent, PwMemory *memory, PwPreferred preferred,
                     gpointer data)
{
  Preferences *preferences = g_new0 (Preferences, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  preferences->window = adw_window_new ();
  preferences->parent = GTK_WIDGET (parent);
  preferences->memory = memory;
  preferences->preferred = preferred;
  preferences->data = data;
  g_object_set_data_full (G_OBJECT (preferences->window), "preferences",
                          preferences, g_free);
  set_up_window (preferences->window, parent);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), new_page (preferences));
  adw_window_set_content (ADW_WINDOW (preferences->window), box);
  gtk_window_present (GTK_WINDOW (preferences->window));
}

void
pw_preferences_apply_motion (const PwMemory *memory)
{
  GtkSettings *settings = gtk_settings_get_default ();

  if (memory->reduce_motion)
    g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  else
    gtk_settings_reset_property (settings, "gtk-enable-animations");
}
