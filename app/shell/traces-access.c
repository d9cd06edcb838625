/* Where an access of a trace is named that is to be seen step by step. */

#include "traces-access.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "policies.h"
#include "traces-combo.h"

/* With the group that it belongs to. */
typedef struct {
  TraceSession *session;
  GtkWidget *row;    /* AdwEntryRow */
  GtkWidget *policy; /* AdwComboRow: in the order of the session's */
} Access;

/* Keeps a story where the window can open it. */
static char *
write_story (const char *story)
{
  g_autofree char *folder
      = g_build_filename (g_get_user_cache_dir (), "pagewalk", "access", NULL);
  char *file = g_build_filename (folder, "lesson.xml", NULL);

  if (g_mkdir_with_parents (folder, 0700) == 0
      && g_file_set_contents (file, story, -1, NULL))
    return file;
  g_free (file);
  return NULL;
}

static void
on_show (Access *access)
{
  const char *where = gtk_editable_get_text (GTK_EDITABLE (access->row));
  AdwPreferencesRow *row = ADW_PREFERENCES_ROW (access->row);
  g_autofree char *problem = NULL;
  guint policy = adw_combo_row_get_selected (ADW_COMBO_ROW (access->policy));
  g_autofree char *story
      = trace_session_story (access->session, policy, where, &problem);
  g_autofree char *file = story != NULL ? write_story (story) : NULL;

  gtk_widget_remove_css_class (access->row, "error");
  if (file != NULL) {
    adw_preferences_row_set_title (row, _ ("Access"));
    gtk_widget_activate_action (access->row, "win.lesson", "s", file);
    return;
  }
  if (problem == NULL)
    problem = g_strdup (_ ("The file for it cannot be written"));
  gtk_widget_add_css_class (access->row, "error");
  adw_preferences_row_set_title (row, problem);
}

static GtkWidget *
row_new (Access *access)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *show = gtk_button_new_with_mnemonic (_ ("S_how"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Access"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (row), "next eviction");
  gtk_widget_set_valign (show, GTK_ALIGN_CENTER);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), show);
  g_signal_connect_swapped (show, "clicked", G_CALLBACK (on_show), access);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (on_show),
                            access);
  return row;
}

static GtkWidget *
policy_row_new (const GArray *policies)
{
  GtkWidget *row = pw_traces_combo_new (_ ("As this policy has it"));
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < policies->len; i++)
    gtk_string_list_append (
        list, scene_policy_title (g_array_index (policies, enum vm_policy, i)));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  return row;
}

GtkWidget *
pw_traces_access_new (TraceSession *session, const GArray *policies)
{
  Access *access = g_new0 (Access, 1);
  GtkWidget *group = adw_preferences_group_new ();

  access->session = session;
  access->row = row_new (access);
  access->policy = policy_row_new (policies);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group),
                                   _ ("One access, step by step"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("From there on: its number, or “next eviction”, “20th writeback”, "
         "“100th conflict miss”."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), access->policy);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), access->row);
  g_object_set_data_full (G_OBJECT (group), "access", access, g_free);
  return group;
}
