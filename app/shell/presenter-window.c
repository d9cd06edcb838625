/* What the presenter sees on a screen of their own: this step and the next,
 * notes, clock, timer, where they are, and a button for each key. */

#include "presenter-window.h"

#include <glib/gi18n-lib.h>

#include "badge.h"
#include "hall-type.h"
#include "markup.h"
#include "picture.h"
#include "sections.h"
#include "sentence.h"
#include "wrap-layout.h"

#define RESOURCE "/io/github/pagewalk/Pagewalk/presenter-window.ui"

/* On 1920 x 1080: it is read from nearby. */
#define TYPE 22

struct _PwPresenter {
  GtkApplicationWindow parent_instance;
  GtkWidget *over, *badge, *cover;
  GtkWidget *position, *timer, *minutes, *clock;
  GtkWidget *now, *ahead, *sentence, *more;
  GtkWidget *coming, *coming_sentence, *notes, *buttons;
  GtkWidget *picture, *next_picture;
  GtkWidget *question; /* or NULL */
  PwStage *stage;
  LessonPlay *play;
  PwPlayhead *head;
  PwHallTimer *time;
  PwHallType *type;
  guint ticking; /* source */
  PwBadge *telling;
};

enum { POINTED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PwPresenter, pw_presenter, GTK_TYPE_APPLICATION_WINDOW)

/* Time ----------------------------------------------------------------------
 */

void
pw_presenter_show_time (PwPresenter *presenter)
{
  gint64 seconds
      = pw_hall_timer_seconds (presenter->time, g_get_monotonic_time ());
  g_autofree char *text = pw_hall_timer_text (seconds);
  g_autoptr (GDateTime) moment = g_date_time_new_now_local ();
  g_autofree char *clock = g_date_time_format (moment, "%R");

  gtk_label_set_text (GTK_LABEL (presenter->timer), text);
  gtk_label_set_text (GTK_LABEL (presenter->clock), clock);
  gtk_widget_set_visible (presenter->minutes, presenter->time->down);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (presenter->minutes),
                             presenter->time->minutes);
  if (seconds < 0)
    gtk_widget_add_css_class (presenter->timer, "over");
  else
    gtk_widget_remove_css_class (presenter->timer, "over");
}

static gboolean
on_tick (gpointer data)
{
  pw_presenter_show_time (data);
  return G_SOURCE_CONTINUE;
}

static void
on_minutes (GtkSpinButton *minutes, PwPresenter *presenter)
{
  int wanted = gtk_spin_button_get_value_as_int (minutes);

  if (presenter->time == NULL || wanted == (int) presenter->time->minutes)
    return;
  pw_hall_timer_add (presenter->time, wanted - (int) presenter->time->minutes);
  pw_presenter_show_time (presenter);
}

/* The step ------------------------------------------------------------------
 */

static void
show_position (PwPresenter *presenter, guint64 cursor)
{
  const LessonSection *section = pw_sections_at (presenter->play, cursor);
  g_autofree char *title = lesson_text_plain (section->title);
  /* Translators: a step, of how many; the title of a section. */
  g_autofree char *text = g_strdup_printf (
      _ ("Step %u of %u · %s"), pw_playhead_get_step (presenter->head),
      pw_playhead_get_count (presenter->head), title);

  gtk_label_set_text (GTK_LABEL (presenter->position), text);
}

static void
show_notes (PwPresenter *presenter, guint64 cursor)
{
  const GPtrArray *notes = lesson_play_presenter_at (presenter->play, cursor);
  g_autoptr (GString) markup = g_string_new (NULL);

  for (guint i = 0; i < notes->len; i++) {
    g_autofree char *note = pw_markup_of (notes->pdata[i]);
    g_string_append_printf (markup, "%s%s", i > 0 ? "\n\n" : "", note);
  }
  if (notes->len == 0)
    g_string_append (markup, _ ("No notes here."));
  gtk_label_set_markup (GTK_LABEL (presenter->notes), markup->str);
}

static void
show_now (PwPresenter *presenter, guint64 cursor)
{
  g_autofree char *more = NULL;
  g_autofree char *sentence
      = pw_sentence_at (presenter->play, cursor, &more, NULL);

  gtk_label_set_text (GTK_LABEL (presenter->sentence), sentence);
  gtk_label_set_text (GTK_LABEL (presenter->more), more != NULL ? more : "");
  pw_picture_set_step (PW_PICTURE (presenter->picture),
                       (int) (cursor - presenter->play->first_step));
  gtk_accessible_update_property (GTK_ACCESSIBLE (presenter->picture),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

static void
show_coming (PwPresenter *presenter)
{
  guint next = pw_playhead_peek_next (presenter->head);
  gboolean more = next > pw_playhead_get_step (presenter->head);
  g_autofree char *sentence
      = more ? pw_sentence_at (presenter->play,
                               presenter->play->first_step + next, NULL, NULL)
             : g_strdup (_ ("This is the last step."));

  gtk_label_set_text (GTK_LABEL (presenter->coming_sentence), sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (presenter->next_picture),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  pw_picture_set_step (PW_PICTURE (presenter->next_picture),
                       more ? (int) next : -1);
}

static void
on_step (PwPresenter *presenter)
{
  guint64 cursor = presenter->play->first_step
                   + pw_playhead_get_step (presenter->head);

  show_position (presenter, cursor);
  show_now (presenter, cursor);
  show_coming (presenter);
  show_notes (presenter, cursor);
}

/* The mouse -----------------------------------------------------------------
 */

static void
on_motion (GtkEventControllerMotion *motion, double x, double y,
           PwPresenter *presenter)
{
  if (pw_picture_find (PW_PICTURE (presenter->picture), &x, &y))
    g_signal_emit (presenter, signals[POINTED], 0, x, y);
}

static void
on_next_clicked (GtkGestureClick *click, int presses, double x, double y,
                 PwPresenter *presenter)
{
  gtk_widget_activate_action (GTK_WIDGET (presenter), "present.next", NULL);
}

/* Object --------------------------------------------------------------------
 */

static void
pw_presenter_dispose (GObject *object)
{
  PwPresenter *presenter = PW_PRESENTER (object);

  g_clear_handle_id (&presenter->ticking, g_source_remove);
  g_clear_pointer (&presenter->telling, pw_badge_free);
  if (presenter->head != NULL)
    pw_presenter_set_lesson (presenter, NULL, NULL);
  presenter->time = NULL;
  g_clear_object (&presenter->stage);
  g_clear_pointer (&presenter->type, pw_hall_type_free);
  G_OBJECT_CLASS (pw_presenter_parent_class)->dispose (object);
}

static void
bind (GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_child (class, PwPresenter, over);
  gtk_widget_class_bind_template_child (class, PwPresenter, badge);
  gtk_widget_class_bind_template_child (class, PwPresenter, position);
  gtk_widget_class_bind_template_child (class, PwPresenter, timer);
  gtk_widget_class_bind_template_child (class, PwPresenter, minutes);
  gtk_widget_class_bind_template_child (class, PwPresenter, clock);
  gtk_widget_class_bind_template_child (class, PwPresenter, now);
  gtk_widget_class_bind_template_child (class, PwPresenter, ahead);
  gtk_widget_class_bind_template_child (class, PwPresenter, sentence);
  gtk_widget_class_bind_template_child (class, PwPresenter, more);
  gtk_widget_class_bind_template_child (class, PwPresenter, coming);
  gtk_widget_class_bind_template_child (class, PwPresenter, coming_sentence);
  gtk_widget_class_bind_template_child (class, PwPresenter, notes);
  gtk_widget_class_bind_template_child (class, PwPresenter, buttons);
}

static void
pw_presenter_class_init (PwPresenterClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_presenter_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE);
  bind (widget_class);
  signals[POINTED]
      = g_signal_new ("pointed", PW_TYPE_PRESENTER, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
pw_presenter_init (PwPresenter *presenter)
{
  gtk_widget_init_template (GTK_WIDGET (presenter));
  presenter->telling = pw_badge_new (presenter->badge);
  gtk_widget_set_layout_manager (presenter->buttons, pw_wrap_layout_new (8));
  presenter->type
      = pw_hall_type_new (GTK_WINDOW (presenter), "pw-presenter", TYPE);
  g_signal_connect (presenter->minutes, "value-changed",
                    G_CALLBACK (on_minutes), presenter);
}

static void
add_pictures (PwPresenter *presenter, PwStage *stage)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  presenter->picture = pw_picture_new (stage);
  presenter->next_picture = pw_picture_new (stage);
  gtk_box_prepend (GTK_BOX (presenter->now), presenter->picture);
  gtk_box_append (GTK_BOX (presenter->coming), presenter->next_picture);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), presenter);
  gtk_widget_add_controller (presenter->picture, motion);
  g_signal_connect (click, "pressed", G_CALLBACK (on_next_clicked), presenter);
  gtk_widget_add_controller (presenter->next_picture,
                             GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
pw_presenter_new (GtkApplication *application, PwStage *stage,
                  PwHallTimer *timer)
{
  PwPresenter *presenter
      = g_object_new (PW_TYPE_PRESENTER, "application", application, NULL);

  presenter->stage = g_object_ref (stage);
  presenter->time = timer;
  add_pictures (presenter, stage);
  presenter->ticking = g_timeout_add (500, on_tick, presenter);
  pw_presenter_show_time (presenter);
  return GTK_WIDGET (presenter);
}

void
pw_presenter_set_lesson (PwPresenter *presenter, LessonPlay *play,
                         PwPlayhead *head)
{
  if (presenter->head != NULL)
    g_signal_handlers_disconnect_by_data (presenter->head, presenter);
  g_set_object (&presenter->head, head);
  presenter->play = play;
  if (play == NULL)
    return;
  g_signal_connect_swapped (head, "notify::step", G_CALLBACK (on_step),
                            presenter);
  on_step (presenter);
}

void
pw_presenter_set_frozen (PwPresenter *presenter, int step)
{
  g_autofree char *text
      = g_strdup_printf (_ ("Frozen: the hall sees step %d"), step);

  gtk_widget_set_visible (presenter->ahead, step >= 0);
  gtk_label_set_text (GTK_LABEL (presenter->ahead), text);
}

void
pw_presenter_tell (PwPresenter *presenter, const char *text)
{
  pw_badge_tell (presenter->telling, text);
}

void
pw_presenter_set_question (PwPresenter *presenter, GtkWidget *question)
{
  if (presenter->question != NULL)
    gtk_box_remove (GTK_BOX (presenter->now), presenter->question);
  presenter->question = question;
  if (question != NULL)
    gtk_box_append (GTK_BOX (presenter->now), question);
}

void
pw_presenter_cover (PwPresenter *presenter, GtkWidget *widget)
{
  if (presenter->cover != NULL)
    gtk_overlay_remove_overlay (GTK_OVERLAY (presenter->over),
                                presenter->cover);
  presenter->cover = widget;
  if (widget == NULL)
    return;
  gtk_overlay_add_overlay (GTK_OVERLAY (presenter->over), widget);
  gtk_widget_insert_before (widget, presenter->over, presenter->badge);
}
