/* What stands beside the stage: the prose, or in its place another page. */

#include "text-side.h"

#include <glib/gi18n-lib.h>

#include "compat.h"
#include "teaching.h"
#include "transcript.h"

struct _PwTextSide {
  GtkWidget *stack, *prose, *transcript, *teaching; /* the page's */
  GSimpleAction *to_transcript, *to_teaching; /* from the prose, and back */
  char *id;                                   /* of the lesson */
};

static gboolean
shows (PwTextSide *side, GtkWidget *page)
{
  return gtk_stack_get_visible_child (GTK_STACK (side->stack)) == page;
}

static void
show (PwTextSide *side, GtkWidget *page)
{
  gtk_stack_set_visible_child (GTK_STACK (side->stack), page);
  g_simple_action_set_state (side->to_transcript,
                             g_variant_new_boolean (page == side->transcript));
  g_simple_action_set_state (side->to_teaching,
                             g_variant_new_boolean (page == side->teaching));
}

/* While presenting there is no text beside the stage. */
static gboolean
is_there (PwTextSide *side)
{
  return gtk_widget_get_child_visible (side->stack);
}

static void
toggle (PwTextSide *side, GtkWidget *page)
{
  GtkWidget *next = shows (side, page) ? side->prose : page;

  if (!is_there (side))
    return;
  show (side, next);
  if (next == side->transcript)
    pw_transcript_focus (PW_TRANSCRIPT (side->transcript));
  else
    gtk_widget_child_focus (next, GTK_DIR_TAB_FORWARD);
}

static void
on_transcript (PwTextSide *side)
{
  toggle (side, side->transcript);
}

static void
on_teacher (PwTextSide *side)
{
  toggle (side, side->teaching);
}

/* A link of the teacher's page leads into the text. */
static void
on_see (PwTextSide *side, const char *uri)
{
  show (side, side->prose);
  pw_prose_follow (PW_PROSE (side->prose), uri);
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

static GSimpleAction *
add_toggle (PwTextSide *side, GActionMap *actions, const char *name,
            void (*on_toggle) (PwTextSide *side))
{
  GSimpleAction *action = g_simple_action_new_stateful (
      name, NULL, g_variant_new_boolean (FALSE));

  g_signal_connect_swapped (action, "activate", G_CALLBACK (on_toggle), side);
  g_action_map_add_action (actions, G_ACTION (action));
  return action;
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
  side->teaching = pw_teaching_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (side->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (side->stack), FALSE);
  gtk_stack_add_child (GTK_STACK (side->stack), side->prose);
  gtk_stack_add_child (GTK_STACK (side->stack), side->transcript);
  gtk_stack_add_child (GTK_STACK (side->stack), side->teaching);
  g_signal_connect_swapped (side->teaching, "see", G_CALLBACK (on_see), side);

  side->to_transcript = add_toggle (side, actions, "transcript", on_transcript);
  side->to_teaching = add_toggle (side, actions, "teacher", on_teacher);
  g_signal_connect_swapped (save, "activate", G_CALLBACK (on_save), side);
  g_action_map_add_action (actions, G_ACTION (save));
  return side;
}

void
pw_text_side_free (PwTextSide *side)
{
  g_signal_handlers_disconnect_by_data (side->to_transcript, side);
  g_signal_handlers_disconnect_by_data (side->to_teaching, side);
  g_object_unref (side->to_transcript);
  g_object_unref (side->to_teaching);
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
pw_text_side_set_catalog (PwTextSide *side, const LessonCatalog *catalog)
{
  pw_prose_set_catalog (PW_PROSE (side->prose), catalog);
  pw_teaching_set_catalog (PW_TEACHING (side->teaching), catalog);
}

void
pw_text_side_set_lesson (PwTextSide *side, LessonPlay *play, PwPlayhead *head,
                         const char *id)
{
  pw_prose_set_lesson (PW_PROSE (side->prose), play);
  pw_transcript_set_lesson (PW_TRANSCRIPT (side->transcript), play, head);
  pw_teaching_set_lesson (PW_TEACHING (side->teaching), play, head);
  gboolean needed = play != NULL && pw_teaching_is_needed (play->document);
  g_simple_action_set_enabled (side->to_teaching, needed);
  if (play != NULL && !needed && shows (side, side->teaching))
    show (side, side->prose);
  g_free (side->id);
  side->id = g_strdup (id);
}

void
pw_text_side_search (PwTextSide *side)
{
  if (!is_there (side))
    return;
  show (side, side->transcript);
  pw_transcript_search (PW_TRANSCRIPT (side->transcript));
}
