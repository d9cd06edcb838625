/* What stands beside the stage: the prose, or in its place the transcript. */

#include "text-side.h"

#include <glib/gi18n-lib.h>

#include "compat.h"
#include "transcript.h"

struct _PwTextSide {
  GtkWidget *stack, *prose, *transcript; /* the page's */
  GSimpleAction *toggle;
  char *id; /* of the lesson */
};

static gboolean
shows_transcript (PwTextSide *side)
{
  return gtk_stack_get_visible_child (GTK_STACK (side->stack))
         == side->transcript;
}

static void
show_transcript (PwTextSide *side, gboolean shown)
{
  gtk_stack_set_visible_child (GTK_STACK (side->stack),
                               shown ? side->transcript : side->prose);
  g_simple_action_set_state (side->toggle, g_variant_new_boolean (shown));
}

/* While presenting there is no text beside the stage. */
static gboolean
is_there (PwTextSide *side)
{
  return gtk_widget_get_child_visible (side->stack);
}

static void
on_toggle (PwTextSide *side)
{
  gboolean shown = !shows_transcript (side);

  if (!is_there (side))
    return;
  show_transcript (side, shown);
  if (shown)
    pw_transcript_focus (PW_TRANSCRIPT (side->transcript));
  else
    gtk_widget_child_focus (side->prose, GTK_DIR_TAB_FORWARD);
}

static void
on_save_chosen (const char *path, gpointer data)
{
  PwTextSide *side = data;
  PwTranscript *transcript = PW_TRANSCRIPT (side->transcript);
  g_autofree char *text = pw_transcript_get_text (transcript);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (path, text, -1, &error))
    pw_transcript_complain (transcript, error->message);
}

static void
on_save (PwTextSide *side)
{
  GtkRoot *root = gtk_widget_get_root (side->stack);
  g_autofree char *name = g_strdup_printf ("%s.txt", side->id);

  pw_compat_save_file (GTK_WINDOW (root), _ ("Save the transcript"), name,
                       on_save_chosen, side);
}

PwTextSide *
pw_text_side_new (GActionMap *actions)
{
  PwTextSide *side = g_new0 (PwTextSide, 1);
  g_autoptr (GSimpleAction) save
      = g_simple_action_new ("save-transcript", NULL);

  side->stack = gtk_stack_new ();
  side->prose = pw_prose_new ();
  side->transcript = pw_transcript_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (side->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (side->stack), FALSE);
  gtk_stack_add_child (GTK_STACK (side->stack), side->prose);
  gtk_stack_add_child (GTK_STACK (side->stack), side->transcript);

  side->toggle = g_simple_action_new_stateful ("transcript", NULL,
                                               g_variant_new_boolean (FALSE));
  g_signal_connect_swapped (side->toggle, "activate", G_CALLBACK (on_toggle),
                            side);
  g_signal_connect_swapped (save, "activate", G_CALLBACK (on_save), side);
  g_action_map_add_action (actions, G_ACTION (side->toggle));
  g_action_map_add_action (actions, G_ACTION (save));
  return side;
}

void
pw_text_side_free (PwTextSide *side)
{
  g_signal_handlers_disconnect_by_data (side->toggle, side);
  g_object_unref (side->toggle);
  g_free (side->id);
  g_free (side);
}

GtkWidget *
pw_text_side_get_widget (PwTextSide *side)
{
  return side->stack;
}

PwProse *
pw_text_side_get_prose (PwTextSide *side)
{
  return PW_PROSE (side->prose);
}

void
pw_text_side_set_lesson (PwTextSide *side, LessonPlay *play, PwPlayhead *head,
                         const char *id)
{
  pw_prose_set_lesson (PW_PROSE (side->prose), play);
  pw_transcript_set_lesson (PW_TRANSCRIPT (side->transcript), play, head);
  g_free (side->id);
  side->id = g_strdup (id);
}

void
pw_text_side_search (PwTextSide *side)
{
  if (!is_there (side))
    return;
  show_transcript (side, TRUE);
  pw_transcript_search (PW_TRANSCRIPT (side->transcript));
}
