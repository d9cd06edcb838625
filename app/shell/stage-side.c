/* The stage with its caption below. */

#include "stage-side.h"

#include <glib/gi18n-lib.h>

#include "sentence.h"

static GtkWidget *
new_scrolled (GtkWidget *stage)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (scrolled),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Stage"),
                                  -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), stage);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

PwStageSide
pw_stage_side_new (void)
{
  PwStageSide side = {.box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0),
                      .stage = pw_stage_new (),
                      .caption = pw_caption_new ()};

  gtk_widget_add_css_class (side.box, "pw-stage-side");
  gtk_box_append (GTK_BOX (side.box), new_scrolled (side.stage));
  gtk_box_append (GTK_BOX (side.box), side.caption);
  return side;
}

static void
reserve_caption (PwStageSide *side, LessonPlay *play)
{
  g_auto (GStrv) mores = NULL;
  g_auto (GStrv) sentences = pw_sentences (play, &mores);

  pw_caption_reserve (PW_CAPTION (side->caption),
                      (const char *const *) sentences,
                      (const char *const *) mores);
}

void
pw_stage_side_set_lesson (PwStageSide *side, LessonPlay *play, PwPlayhead *head)
{
  pw_stage_set_lesson (PW_STAGE (side->stage), play, head);
  if (play != NULL)
    reserve_caption (side, play);
}
