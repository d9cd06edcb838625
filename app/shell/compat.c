/* The few things that GTK 4.8 and its successors do in different ways. */

#include "compat.h"

#include <glib/gi18n-lib.h>
#include <gmodule.h>

/* From 4.16 on the switch has another name. */
#define GL_SWITCH_RENAMED 16

typedef struct {
  PwChosen chosen;
  gpointer data;
} Waiting;

static void
on_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  Waiting *waiting = data;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    path = g_file_get_path (file);
  if (path != NULL)
    waiting->chosen (path, waiting->data);
  g_object_unref (dialog);
}

static void
waiting_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
show (GtkFileChooserNative *dialog, PwChosen chosen, gpointer data)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->chosen = chosen;
  waiting->data = data;
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), waiting,
                         waiting_free, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* A sandbox hands over what was chosen and nothing beside it: with a lesson's
 * folder come its translations, and every version that an editor puts there. */
static void
open_folder (GtkWindow *parent, PwChosen chosen, gpointer data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Open the lesson's folder, so that Pagewalk sees what you save there"),
      parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Open"),
      _ ("_Cancel"));

  show (dialog, chosen, data);
}

void
pw_compat_open_file (GtkWindow *parent, PwChosen chosen, gpointer data)
{
  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS)) {
    open_folder (parent, chosen, data);
    return;
  }

  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Open a lesson"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"),
      _ ("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Lessons (lesson.xml)"));
  gtk_file_filter_add_pattern (filter, "*.xml");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  show (dialog, chosen, data);
}

void
pw_compat_open_trace (GtkWindow *parent, PwChosen chosen, gpointer data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Open a trace"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"),
      _ ("_Cancel"));

  show (dialog, chosen, data);
}

void
pw_compat_open_program (GtkWindow *parent, PwChosen chosen, gpointer data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Open a program"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"),
      _ ("_Cancel"));

  show (dialog, chosen, data);
}

void
pw_compat_choose_root (GtkWindow *parent, PwChosen chosen, gpointer data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("The folder that holds lib and usr/lib"), parent,
      GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Choose"), _ ("_Cancel"));

  show (dialog, chosen, data);
}

void
pw_compat_choose_folder (GtkWindow *parent, const char *title, PwChosen chosen,
                         gpointer data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      title, parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Choose"),
      _ ("_Cancel"));

  show (dialog, chosen, data);
}

void
pw_compat_save_file (GtkWindow *parent, const char *title, const char *name,
                     PwChosen chosen, gpointer data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  show (dialog, chosen, data);
}

/* gtk_accessible_announce, with a priority of 1: in the reader's own time. */
typedef void (*Announce) (GtkAccessible *accessible, const char *text,
                          int priority);

void
pw_compat_announce (GtkWidget *widget, const char *text)
{
  static gsize looked;
  static gpointer symbol;

  if (g_once_init_enter (&looked)) {
    GModule *program = g_module_open (NULL, G_MODULE_BIND_LAZY);

    if (program == NULL
        || !g_module_symbol (program, "gtk_accessible_announce", &symbol))
      symbol = NULL;
    g_once_init_leave (&looked, 1);
  }
  if (symbol != NULL)
    ((Announce) symbol) (GTK_ACCESSIBLE (widget), text, 1);
}

void
pw_compat_choose_renderer (void)
{
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  if (g_strcmp0 (g_getenv ("GSK_RENDERER"), "cairo") != 0)
    return;
  if (gtk_get_minor_version () >= GL_SWITCH_RENAMED)
    g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);
  else
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
}
