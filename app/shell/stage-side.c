/* The stage with what stands above and below it: title, caption. */

#include "stage-side.h"

#include <glib/gi18n-lib.h>

#include "sentence.h"

/* Lines of the title's size on a screen that shows it. */
#define TITLE_FROM 26

static GtkWidget *
new_title (void)
{
  GtkWidget *title = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_visible (title, FALSE);
  gtk_widget_add_css_class (title, "pw-present-title");
  return title;
}

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
                      .title = new_title (),
                      .stage = pw_stage_new (),
                      .caption = pw_caption_new ()};

  gtk_widget_add_css_class (side.box, "pw-stage-side");
  gtk_box_append (GTK_BOX (side.box), side.title);
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
pw_stage_side_set_lesson (PwStageSide *side, LessonPlay *play, PwPlayhead *head,
                          const char *title)
{
  pw_stage_set_lesson (PW_STAGE (side->stage), play, head);
  gtk_label_set_text (GTK_LABEL (side->title), title != NULL ? title : "");
  if (play != NULL)
    reserve_caption (side, play);
}

/* Whether the screen has lines to spare: on a small one the figures need them
 * more than the title does. */
static gboolean
has_room_for_title (PwStageSide *side)
{
  GtkNative *native = gtk_widget_get_native (side->box);
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;
  GdkMonitor *monitor;
  GdkRectangle screen;
  int line;

  if (surface == NULL)
    return FALSE;
  monitor = gdk_display_get_monitor_at_surface (
      gdk_surface_get_display (surface), surface);
  gdk_monitor_get_geometry (monitor, &screen);
  gtk_widget_measure (side->title, GTK_ORIENTATION_VERTICAL, -1, &line, NULL,
                      NULL, NULL);
  return screen.height > TITLE_FROM * line;
}

void
pw_stage_side_set_presenting (PwStageSide *side, gboolean presenting)
{
  gtk_widget_set_visible (side->title, FALSE);
  if (!presenting)
    return;
  gtk_widget_set_visible (side->title, TRUE);
  gtk_widget_set_visible (side->title, has_room_for_title (side));
}
