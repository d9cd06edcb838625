/* What the hall sees: the stage and its caption, as large as the screen. */

#include "audience-window.h"

#include <glib/gi18n-lib.h>

#include "announcer.h"
#include "badge.h"
#include "caption.h"
#include "hall-line.h"
#include "hall-type.h"
#include "sections.h"
#include "sentence.h"
#include "stage-view.h"

#define RESOURCE "/io/github/pagewalk/Pagewalk/audience-window.ui"

/* The type that lengths in the style sheet follow, on 1920 x 1080. */
#define TYPE 24

#define IDLE_MS 2000 /* until the pointer hides */
struct _PwAudience {
  GtkApplicationWindow parent_instance;
  GtkWidget *over, *page, *title, *section, *varied, *ahead, *count, *scrolled,
      *badge;
  GtkWidget *stage, *caption, *line;
  GtkWidget *spot, *blank; /* over the page */
  PwAnnouncer *announcer;
  LessonPlay *play;
  PwPlayhead *head;
  PwHallType *type;
  guint idle; /* source */
  PwBadge *telling;
};

G_DEFINE_FINAL_TYPE (PwAudience, pw_audience, GTK_TYPE_APPLICATION_WINDOW)

/* The step ------------------------------------------------------------------
 */

static void
show_section (PwAudience *audience, guint64 cursor)
{
  const LessonSection *section = pw_sections_at (audience->play, cursor);
  g_autofree char *text = lesson_text_plain (section->title);

  gtk_label_set_text (GTK_LABEL (audience->section), text);
}

static void
show_count (PwAudience *audience)
{
  guint step = pw_playhead_get_step (audience->head);
  guint count = pw_playhead_get_count (audience->head);
  g_autofree char *text = g_strdup_printf ("%u / %u", step, count);
  g_autofree char *spoken = g_strdup_printf (_ ("Step %u of %u"), step, count);

  gtk_label_set_text (GTK_LABEL (audience->count), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (audience->count),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
on_step (PwAudience *audience)
{
  guint64 cursor = audience->play->first_step
                   + pw_playhead_get_step (audience->head);
  g_autofree char *more = NULL;
  SceneRole role;
  g_autofree char *sentence
      = pw_sentence_at (audience->play, cursor, &more, &role);

  pw_caption_set (PW_CAPTION (audience->caption), sentence, more, role);
  pw_stage_set_sentence (PW_STAGE (audience->stage), sentence);
  pw_announcer_tell (audience->announcer, pw_playhead_get_step (audience->head),
                     sentence);
  show_count (audience);
  show_section (audience, cursor);
}

static void
reserve_caption (PwAudience *audience)
{
  g_auto (GStrv) mores = NULL;
  g_auto (GStrv) sentences = pw_sentences (audience->play, &mores);

  pw_caption_reserve (PW_CAPTION (audience->caption),
                      (const char *const *) sentences,
                      (const char *const *) mores);
}

/* The pointer ---------------------------------------------------------------
 */

static gboolean
on_idle (gpointer data)
{
  PwAudience *audience = data;

  audience->idle = 0;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (audience), "none");
  return G_SOURCE_REMOVE;
}

/* In place of the mouse's arrow stands the pointer, if there is one. */
static void
show_arrow (PwAudience *audience)
{
  gboolean pointing = pw_spot_get_kind (PW_SPOT (audience->spot))
                      != PW_SPOT_NONE;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (audience),
                                   pointing ? "none" : NULL);
  g_clear_handle_id (&audience->idle, g_source_remove);
  audience->idle = g_timeout_add (IDLE_MS, on_idle, audience);
}

static void
on_motion (GtkEventControllerMotion *motion, double x, double y,
           PwAudience *audience)
{
  double width = gtk_widget_get_width (audience->over);
  double height = gtk_widget_get_height (audience->over);

  if (width <= 0 || height <= 0)
    return;
  pw_spot_point (PW_SPOT (audience->spot), x / width, y / height);
  show_arrow (audience);
}

static void
on_click (GtkGestureClick *click, int presses, double x, double y,
          PwAudience *audience)
{
  guint button
      = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click));

  if (button == GDK_BUTTON_PRIMARY)
    gtk_widget_activate_action (GTK_WIDGET (audience), "present.next", NULL);
  if (button == GDK_BUTTON_SECONDARY)
    gtk_widget_activate_action (GTK_WIDGET (audience), "present.previous",
                                NULL);
}

static void
listen_clicks (PwAudience *audience, GtkWidget *widget)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (on_click), audience);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

static void
listen_motion (PwAudience *audience)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), audience);
  gtk_widget_add_controller (audience->over, motion);
}

/* Object --------------------------------------------------------------------
 */

static void
pw_audience_dispose (GObject *object)
{
  PwAudience *audience = PW_AUDIENCE (object);

  g_clear_handle_id (&audience->idle, g_source_remove);
  g_clear_pointer (&audience->telling, pw_badge_free);
  if (audience->announcer != NULL)
    pw_audience_set_lesson (audience, NULL, NULL);
  g_clear_pointer (&audience->announcer, pw_announcer_free);
  g_clear_pointer (&audience->type, pw_hall_type_free);
  G_OBJECT_CLASS (pw_audience_parent_class)->dispose (object);
}

static void
pw_audience_class_init (PwAudienceClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_audience_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE);
  gtk_widget_class_bind_template_child (widget_class, PwAudience, over);
  gtk_widget_class_bind_template_child (widget_class, PwAudience, page);
  gtk_widget_class_bind_template_child (widget_class, PwAudience, title);
  gtk_widget_class_bind_template_child (widget_class, PwAudience, section);
  gtk_widget_class_bind_template_child (widget_class, PwAudience, varied);
  gtk_widget_class_bind_template_child (widget_class, PwAudience, ahead);
  gtk_widget_class_bind_template_child (widget_class, PwAudience, count);
  gtk_widget_class_bind_template_child (widget_class, PwAudience, scrolled);
  gtk_widget_class_bind_template_child (widget_class, PwAudience, badge);
}

static void
add_page (PwAudience *audience)
{
  audience->stage = pw_stage_new ();
  pw_stage_set_hall (PW_STAGE (audience->stage));
  audience->caption = pw_caption_new ();
  audience->line = pw_hall_line_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (audience->scrolled),
                                 audience->stage);
  gtk_box_append (GTK_BOX (audience->page), audience->caption);
  gtk_box_append (GTK_BOX (audience->page), audience->line);
  audience->announcer = pw_announcer_new (audience->caption);
}

static void
add_overlays (PwAudience *audience)
{
  audience->spot = pw_spot_new ();
  audience->blank = g_object_new (GTK_TYPE_BOX, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_STATUS, "visible", FALSE,
                                  NULL);
  gtk_widget_add_css_class (audience->blank, "pw-hall-blank");
  gtk_overlay_add_overlay (GTK_OVERLAY (audience->over), audience->spot);
  gtk_overlay_add_overlay (GTK_OVERLAY (audience->over), audience->blank);
}

static void
pw_audience_init (PwAudience *audience)
{
  gtk_widget_init_template (GTK_WIDGET (audience));
  audience->telling = pw_badge_new (audience->badge);
  audience->type
      = pw_hall_type_new (GTK_WINDOW (audience), "pw-audience", TYPE);
  add_page (audience);
  add_overlays (audience);
  listen_clicks (audience, audience->page);
  listen_clicks (audience, audience->blank);
  listen_motion (audience);
  audience->idle = g_timeout_add (IDLE_MS, on_idle, audience);
}

GtkWidget *
pw_audience_new (GtkApplication *application)
{
  return g_object_new (PW_TYPE_AUDIENCE, "application", application, NULL);
}

void
pw_audience_set_lesson (PwAudience *audience, LessonPlay *play,
                        PwPlayhead *head)
{
  g_autofree char *title = NULL, *name = NULL;

  if (audience->head != NULL)
    g_signal_handlers_disconnect_by_data (audience->head, audience);
  g_set_object (&audience->head, head);
  audience->play = play;
  pw_announcer_forget (audience->announcer);
  pw_hall_line_set_playhead (PW_HALL_LINE (audience->line), head);
  pw_stage_set_lesson (PW_STAGE (audience->stage), play, head);
  if (play == NULL)
    return;

  title = lesson_text_plain (play->document->title);
  /* Translators: the name of a window; the title of a lesson. */
  gtk_label_set_text (GTK_LABEL (audience->title), title);
  name = g_strdup_printf (_ ("Presentation: %s"), title);
  gtk_window_set_title (GTK_WINDOW (audience), name);
  g_signal_connect_swapped (head, "notify::step", G_CALLBACK (on_step),
                            audience);
  reserve_caption (audience);
  on_step (audience);
}

void
pw_audience_set_palette (PwAudience *audience, const ScenePalette *palette)
{
  pw_stage_set_palette (PW_STAGE (audience->stage), palette);
  pw_hall_line_set_palette (PW_HALL_LINE (audience->line), palette);
}

void
pw_audience_set_zoom (PwAudience *audience, double zoom)
{
  pw_hall_type_set_zoom (audience->type, zoom);
}

void
pw_audience_set_blank (PwAudience *audience, PwBlank blank)
{
  const char *name = blank == PW_BLANK_WHITE ? _ ("The screen is white")
                                             : _ ("The screen is black");

  gtk_widget_set_visible (audience->blank, blank != PW_BLANK_NONE);
  if (blank != PW_BLANK_NONE)
    gtk_accessible_update_property (GTK_ACCESSIBLE (audience->blank),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (blank == PW_BLANK_WHITE)
    gtk_widget_add_css_class (audience->blank, "white");
  else
    gtk_widget_remove_css_class (audience->blank, "white");
}

void
pw_audience_set_spot (PwAudience *audience, PwSpotKind kind)
{
  pw_spot_set_kind (PW_SPOT (audience->spot), kind);
  show_arrow (audience);
}

void
pw_audience_point (PwAudience *audience, double x, double y)
{
  double width = gtk_widget_get_width (audience->over);
  double height = gtk_widget_get_height (audience->over);
  graphene_rect_t stage;

  if (width <= 0 || height <= 0
      || !gtk_widget_compute_bounds (audience->scrolled, audience->over,
                                     &stage))
    return;
  pw_spot_point (PW_SPOT (audience->spot),
                 (stage.origin.x + x * stage.size.width) / width,
                 (stage.origin.y + y * stage.size.height) / height);
}

void
pw_audience_set_ahead (PwAudience *audience, int step)
{
  g_autofree char *text = g_strdup_printf ("✻ %d", step);
  g_autofree char *spoken
      = g_strdup_printf (_ ("Frozen; the presenter is at step %d"), step);

  gtk_widget_set_visible (audience->ahead, step >= 0);
  if (step < 0)
    return;
  gtk_label_set_text (GTK_LABEL (audience->ahead), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (audience->ahead),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

void
pw_audience_set_varied (PwAudience *audience, const char *operation)
{
  gtk_label_set_text (GTK_LABEL (audience->varied),
                      operation != NULL ? operation : "");
  gtk_widget_set_visible (audience->varied, operation != NULL);
}

void
pw_audience_tell (PwAudience *audience, const char *text)
{
  pw_badge_tell (audience->telling, text);
}

void
pw_audience_add_cover (PwAudience *audience, GtkWidget *widget)
{
  gtk_overlay_add_overlay (GTK_OVERLAY (audience->over), widget);
  /* Below what is said, below the pointer, and below a blank screen. */
  gtk_widget_insert_before (widget, audience->over, audience->badge);
}

void
pw_audience_remove_cover (PwAudience *audience, GtkWidget *widget)
{
  gtk_overlay_remove_overlay (GTK_OVERLAY (audience->over), widget);
}

GtkWidget *
pw_audience_get_stage (PwAudience *audience)
{
  return audience->stage;
}
