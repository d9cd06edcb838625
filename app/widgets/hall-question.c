/* A question as a hall sees it: what is asked, the answers with their hands,
 * and once it is revealed which of them is right. */

#include "hall-question.h"

#include <glib/gi18n-lib.h>

struct _PwHallQuestion {
  GtkWidget parent_instance;
  PwPoll *poll;
  GtkWidget *answers, *told;
  GPtrArray *rows; /* one an answer, owned by the tree */
};

enum { COUNTED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PwHallQuestion, pw_hall_question, GTK_TYPE_WIDGET)

/* An answer: its letter, its text, its hands, and a bar of them. */
static GtkWidget *
part_of (GtkWidget *row, const char *name)
{
  return g_object_get_data (G_OBJECT (row), name);
}

static void
keep (GtkWidget *row, const char *name, GtkWidget *part)
{
  g_object_set_data (G_OBJECT (row), name, part);
}

static void
set_style (GtkWidget *widget, const char *style, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, style);
  else
    gtk_widget_remove_css_class (widget, style);
}

static void
show_hands (PwHallQuestion *question, guint i)
{
  const PwPollAnswer *answer = question->poll->answers->pdata[i];
  GtkWidget *row = question->rows->pdata[i];
  guint total = pw_poll_total (question->poll);
  g_autofree char *number = g_strdup_printf ("%u", answer->hands);
  g_autofree char *hands = g_strdup_printf (
      ngettext ("%u hand", "%u hands", answer->hands), answer->hands);
  g_autofree char *name = g_strdup_printf ("%s: %s", answer->plain, hands);

  gtk_label_set_text (GTK_LABEL (part_of (row, "hands")),
                      total > 0 ? number : "");
  gtk_level_bar_set_value (GTK_LEVEL_BAR (part_of (row, "bar")),
                           total > 0 ? (double) answer->hands / total : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_answer (PwHallQuestion *question, guint i)
{
  const PwPoll *poll = question->poll;
  const PwPollAnswer *answer = poll->answers->pdata[i];
  GtkWidget *row = question->rows->pdata[i];
  GtkWidget *sign = part_of (row, "sign");

  show_hands (question, i);
  gtk_image_set_from_icon_name (GTK_IMAGE (sign), answer->right
                                                      ? "pw-right-symbolic"
                                                      : "pw-wrong-symbolic");
  gtk_widget_set_visible (sign, poll->revealed);
  set_style (row, "right", poll->revealed && answer->right);
  set_style (row, "wrong", poll->revealed && !answer->right);
  set_style (row, "counting", !poll->revealed && poll->counting == i);
}

void
pw_hall_question_update (PwHallQuestion *question)
{
  const PwPoll *poll = question->poll;
  g_autofree char *key = g_markup_escape_text (poll->key, -1);
  /* Translators: the answer to a question, then why it is so. */
  g_autofree char *told
      = g_strdup_printf (_ ("<b>Answer: %s</b>  %s"), key, poll->why);

  for (guint i = 0; i < question->rows->len; i++)
    show_answer (question, i);
  gtk_label_set_markup (GTK_LABEL (question->told), told);
  gtk_widget_set_visible (question->told, poll->revealed);
}

static void
on_click (GtkGestureClick *click, int presses, double x, double y,
          PwHallQuestion *question)
{
  GtkWidget *row
      = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click));
  guint button
      = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click));
  guint answer;

  if (!g_ptr_array_find (question->rows, row, &answer))
    return;
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (question, signals[COUNTED], 0, answer,
                 button == GDK_BUTTON_SECONDARY ? -1 : 1);
}

static GtkWidget *
new_head (GtkWidget *row, guint i)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *letter = g_strdup_printf ("%c", 'A' + (int) i);
  GtkWidget *letters = gtk_label_new (letter);
  GtkWidget *hands = gtk_label_new (NULL), *sign = gtk_image_new ();

  gtk_widget_add_css_class (head, "pw-hall-answer-head");
  gtk_widget_add_css_class (letters, "pw-hall-letter");
  gtk_widget_add_css_class (hands, "pw-number");
  gtk_widget_set_hexpand (letters, TRUE);
  gtk_label_set_xalign (GTK_LABEL (letters), 0);
  gtk_box_append (GTK_BOX (head), letters);
  gtk_box_append (GTK_BOX (head), sign);
  gtk_box_append (GTK_BOX (head), hands);
  keep (row, "hands", hands);
  keep (row, "sign", sign);
  return head;
}

static GtkWidget *
new_row (PwHallQuestion *question, guint i)
{
  const PwPollAnswer *answer = question->poll->answers->pdata[i];
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "orientation",
                                 GTK_ORIENTATION_VERTICAL, "accessible-role",
                                 GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *text = gtk_label_new (NULL), *bar = gtk_level_bar_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_add_css_class (row, "pw-hall-answer");
  gtk_label_set_markup (GTK_LABEL (text), answer->markup);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_yalign (GTK_LABEL (text), 0);
  gtk_widget_set_vexpand (text, TRUE);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), NULL);
  keep (row, "bar", bar);
  gtk_box_append (GTK_BOX (row), new_head (row, i));
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (GTK_BOX (row), bar);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (on_click), question);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  return row;
}

static void
pw_hall_question_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (pw_hall_question_parent_class)->dispose (object);
}

static void
pw_hall_question_finalize (GObject *object)
{
  g_ptr_array_unref (PW_HALL_QUESTION (object)->rows);
  G_OBJECT_CLASS (pw_hall_question_parent_class)->finalize (object);
}

static void
pw_hall_question_class_init (PwHallQuestionClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_hall_question_dispose;
  G_OBJECT_CLASS (class)->finalize = pw_hall_question_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pwhallquestion");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_STATUS);
  signals[COUNTED] = g_signal_new ("counted", PW_TYPE_HALL_QUESTION,
                                   G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT);
}

static void
pw_hall_question_init (PwHallQuestion *question)
{
  GtkLayoutManager *layout
      = gtk_widget_get_layout_manager (GTK_WIDGET (question));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout),
                                  GTK_ORIENTATION_VERTICAL);
  question->rows = g_ptr_array_new ();
  question->answers = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (question->answers), TRUE);
  gtk_widget_add_css_class (question->answers, "pw-hall-answers");
  question->told = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (question->told), TRUE);
  gtk_label_set_xalign (GTK_LABEL (question->told), 0);
}

GtkWidget *
pw_hall_question_new (PwPoll *poll)
{
  PwHallQuestion *question = g_object_new (PW_TYPE_HALL_QUESTION, NULL);
  GtkWidget *ask = gtk_label_new (NULL);

  question->poll = poll;
  gtk_label_set_markup (GTK_LABEL (ask), poll->ask);
  gtk_label_set_wrap (GTK_LABEL (ask), TRUE);
  gtk_label_set_xalign (GTK_LABEL (ask), 0);
  gtk_widget_add_css_class (ask, "pw-hall-ask");
  gtk_widget_set_parent (ask, GTK_WIDGET (question));
  gtk_widget_set_parent (question->answers, GTK_WIDGET (question));
  gtk_widget_set_parent (question->told, GTK_WIDGET (question));
  gtk_widget_set_visible (question->answers, poll->answers->len > 0);
  for (guint i = 0; i < poll->answers->len; i++) {
    GtkWidget *row = new_row (question, i);

    gtk_box_append (GTK_BOX (question->answers), row);
    g_ptr_array_add (question->rows, row);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (question),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (ask)), -1);
  pw_hall_question_update (question);
  return GTK_WIDGET (question);
}
