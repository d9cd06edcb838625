/* Shows what a question says to an answer. */

#include "feedback.h"

#include "verdict.h"

static void
clear_looks (const PwFeedback *feedback)
{
  const LessonMark marks[]
      = {LESSON_MARK_RIGHT, LESSON_MARK_WRONG, LESSON_MARK_UNREADABLE};

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    const char *style = pw_verdict_look (marks[i]).style;
    gtk_widget_remove_css_class (feedback->box, style);
    gtk_widget_remove_css_class (feedback->card, style);
  }
}

static void
clear_parts (const PwFeedback *feedback)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (feedback->parts)) != NULL)
    gtk_box_remove (GTK_BOX (feedback->parts), child);
  gtk_widget_set_visible (feedback->parts, FALSE);
}

static void
show_parts (const PwFeedback *feedback, const LessonVerdict *verdict)
{
  clear_parts (feedback);
  for (guint i = 0; i < verdict->parts->len; i++) {
    const LessonAnswerPart *part = g_ptr_array_index (verdict->parts, i);
    if (part->mark == LESSON_MARK_RIGHT || part->why == NULL)
      continue;
    gtk_box_append (GTK_BOX (feedback->parts), pw_verdict_part_new (part));
    gtk_widget_set_visible (feedback->parts, TRUE);
  }
}

void
pw_feedback_show (const PwFeedback *feedback, const LessonVerdict *verdict,
                  const char *markup)
{
  PwVerdictLook look = pw_verdict_look (verdict->mark);

  clear_looks (feedback);
  gtk_image_set_from_icon_name (GTK_IMAGE (feedback->sign), look.icon);
  gtk_label_set_markup (GTK_LABEL (feedback->text), markup);
  gtk_widget_add_css_class (feedback->box, look.style);
  gtk_widget_add_css_class (feedback->card, look.style);
  gtk_widget_set_visible (feedback->box, TRUE);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (feedback->box), GTK_ACCESSIBLE_PROPERTY_LABEL,
      gtk_label_get_text (GTK_LABEL (feedback->text)), -1);
  show_parts (feedback, verdict);
}

void
pw_feedback_hide (const PwFeedback *feedback)
{
  clear_looks (feedback);
  clear_parts (feedback);
  gtk_widget_set_visible (feedback->box, FALSE);
}
