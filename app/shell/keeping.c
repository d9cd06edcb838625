/* What can be done with what a reader has done. */

#include "keeping.h"

#include <glib/gi18n-lib.h>

#include "ask.h"
#include "compat.h"
#include "csv.h"
#include "result.h"

struct _PwKeeping {
  AdwApplicationWindow *window;
  PwRecorder *recorder;
  PwMemory *memory;
  PwRecorderTell tell;
  PwKeepingChanged changed;
  gpointer data;
  char *salt;
  char *lesson; /* that is to be forgotten; "" for all */
};

static ProgressStore *
store_of (PwKeeping *keeping)
{
  return pw_recorder_get_store (keeping->recorder);
}

static void
tell (PwKeeping *keeping, const char *message)
{
  keeping->tell (message, keeping->data);
}

/* Exporting -----------------------------------------------------------------
 */

static void
tell_written (PwKeeping *keeping, const char *path, const GError *error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *message
      = error != NULL ? g_strdup (error->message)
                      /* Translators: a file. */
                      : g_strdup_printf (_ ("“%s” was written."), name);

  tell (keeping, message);
}

static void
on_export_chosen (const char *path, gpointer data)
{
  PwKeeping *keeping = data;
  g_autoptr (GPtrArray) answers
      = progress_store_answers (store_of (keeping), NULL);
  g_autofree char *csv = progress_csv (answers);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, csv, -1, &error);
  tell_written (keeping, path, error);
}

static void
on_export (PwKeeping *keeping)
{
  pw_compat_save_file (GTK_WINDOW (keeping->window), _ ("Export answers"),
                       "pagewalk-answers.csv", on_export_chosen, keeping);
}

/* Handing in ----------------------------------------------------------------
 */

static void
on_result_chosen (const char *path, gpointer data)
{
  PwKeeping *keeping = data;
  g_autoptr (GPtrArray) answers
      = progress_store_answers (store_of (keeping), NULL);
  g_autoptr (GError) error = NULL;

  progress_result_write (path, keeping->memory->student, keeping->salt, answers,
                         &error);
  tell_written (keeping, path, error);
}

static void
choose_result (PwKeeping *keeping)
{
  g_autofree char *name = g_strdup_printf (
      "%s.pagewalk-result",
      g_strcanon (g_strdup (keeping->memory->student),
                  G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.", '_'));

  pw_compat_save_file (GTK_WINDOW (keeping->window), _ ("Write a result file"),
                       name, on_result_chosen, keeping);
}

static void
on_student (const char *text, gpointer data)
{
  PwKeeping *keeping = data;

  pw_memory_set_student (keeping->memory, text);
  choose_result (keeping);
}

static void
on_result (PwKeeping *keeping)
{
  const PwAsk ask = {
      .title = _ ("Who are you?"),
      .body = _ ("A result file says whose it is. Give the student ID that "
                 "your teacher knows; it can be changed in the preferences."),
      .entry = _ ("Student ID"),
      .verb = _ ("Go on"),
  };

  if (keeping->memory->student[0] != '\0')
    choose_result (keeping);
  else
    pw_ask (GTK_WINDOW (keeping->window), &ask, on_student, keeping);
}

/* Forgetting ----------------------------------------------------------------
 */

static void
on_forget_confirmed (const char *text, gpointer data)
{
  PwKeeping *keeping = data;
  const char *lesson = keeping->lesson[0] != '\0' ? keeping->lesson : NULL;
  g_autoptr (GError) error = NULL;

  if (!progress_store_reset (store_of (keeping), lesson, &error)) {
    tell (keeping, error->message);
    return;
  }
  tell (keeping,
        progress_store_path (store_of (keeping)) != NULL
            ? _ ("Deleted. A copy lies beside the file of your progress.")
            : _ ("Deleted."));
  keeping->changed (keeping->data);
}

static void
on_forget (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PwKeeping *keeping = data;
  PwAsk ask = {
      .title = _ ("Delete all progress?"),
      .body = _ ("Steps seen, answers and times of all lessons are forgotten. "
                 "A copy is kept beside the file."),
      .verb = _ ("Delete"),
      .destroys = TRUE,
  };

  g_free (keeping->lesson);
  keeping->lesson = g_variant_dup_string (parameter, NULL);
  if (keeping->lesson[0] != '\0') {
    ask.title = _ ("Delete the progress of this lesson?");
    ask.body = _ ("Its steps, answers and times are forgotten. A copy is kept "
                  "beside the file.");
  }
  pw_ask (GTK_WINDOW (keeping->window), &ask, on_forget_confirmed, keeping);
}

static void
add_action (PwKeeping *keeping, const char *name, GCallback function)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);

  g_signal_connect_swapped (action, "activate", function, keeping);
  g_action_map_add_action (G_ACTION_MAP (keeping->window), G_ACTION (action));
}

PwKeeping *
pw_keeping_new (AdwApplicationWindow *window, PwRecorder *recorder,
                PwMemory *memory, PwRecorderTell say, PwKeepingChanged changed,
                gpointer data)
{
  PwKeeping *keeping = g_new0 (PwKeeping, 1);
  g_autoptr (GSimpleAction) forget
      = g_simple_action_new ("forget", G_VARIANT_TYPE_STRING);

  keeping->window = window;
  keeping->recorder = recorder;
  keeping->memory = memory;
  keeping->tell = say;
  keeping->changed = changed;
  keeping->data = data;
  add_action (keeping, "export-answers", G_CALLBACK (on_export));
  add_action (keeping, "write-result", G_CALLBACK (on_result));
  g_signal_connect (forget, "activate", G_CALLBACK (on_forget), keeping);
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (forget));
  return keeping;
}

void
pw_keeping_free (PwKeeping *keeping)
{
  if (keeping == NULL)
    return;
  g_action_map_remove_action (G_ACTION_MAP (keeping->window), "export-answers");
  g_action_map_remove_action (G_ACTION_MAP (keeping->window), "write-result");
  g_action_map_remove_action (G_ACTION_MAP (keeping->window), "forget");
  g_free (keeping->salt);
  g_free (keeping->lesson);
  g_free (keeping);
}

void
pw_keeping_set_salt (PwKeeping *keeping, const char *salt)
{
  g_autofree char *old = g_steal_pointer (&keeping->salt);

  keeping->salt = g_strdup (salt);
}
