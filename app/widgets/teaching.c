/* What a lesson tells its teacher, in the order of the lesson. */

#include "teaching.h"

#include <glib/gi18n-lib.h>

#include "blocks.h"
#include "markup.h"

#define SPACING 12

/* Kept visible around the notes of the present step. */
#define MARGIN 48

struct _PwTeaching {
  GtkWidget parent_instance;
  GtkWidget *box, *scrolled, *notes;
  LessonPlay *play;
  PwPlayhead *head;
  PwReading reading;
  GPtrArray *groups; /* of GtkWidget: the notes of a section or a beat */
};

enum { SEE, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PwTeaching, pw_teaching, GTK_TYPE_WIDGET)

/* Groups --------------------------------------------------------------------
 */

static guint
step_of (GtkWidget *group)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (group), "step"));
}

static void
on_go (GtkWidget *button, PwTeaching *teaching)
{
  GtkWidget *group = gtk_widget_get_parent (button);

  pw_playhead_go (teaching->head, step_of (group));
}

/* The notes from a step on; the title leads there. */
static GtkWidget *
add_group (PwTeaching *teaching, const LessonText *title, guint64 cursor)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), pw_markup_title_new (title));
  gtk_widget_set_tooltip_text (button, _ ("Go to this step"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "pw-card-name");
  g_signal_connect (button, "clicked", G_CALLBACK (on_go), teaching);
  gtk_widget_add_css_class (group, "pw-teaching-group");
  gtk_box_append (GTK_BOX (group), button);
  gtk_box_append (GTK_BOX (teaching->notes), group);
  g_object_set_data (
      G_OBJECT (group), "step",
      GUINT_TO_POINTER ((guint) (cursor - teaching->play->first_step)));
  g_ptr_array_add (teaching->groups, group);
  return group;
}

static void
add_heading (PwTeaching *teaching, GtkWidget *label)
{
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "pw-heading");
  gtk_box_append (GTK_BOX (teaching->notes), label);
}

/* Sections ------------------------------------------------------------------
 */

/* The wrong answers to a question; NULL: those that belong to none. To be
 * freed with g_ptr_array_unref. */
static GPtrArray *
wrongs_of (const LessonDocument *document, const char *question)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < document->wrongs->len; i++) {
    LessonWrong *wrong = g_ptr_array_index (document->wrongs, i);
    if (g_strcmp0 (wrong->question, question) == 0)
      g_ptr_array_add (found, wrong);
  }
  return found;
}

static gboolean
block_tells (const LessonDocument *document, const LessonBlock *block)
{
  if (block->kind == LESSON_BLOCK_BEAT)
    return block->beat->presenter->len > 0;
  if (block->kind != LESSON_BLOCK_QUESTION)
    return FALSE;
  g_autoptr (GPtrArray) wrongs = wrongs_of (document, block->question->id);
  return wrongs->len > 0;
}

static gboolean
section_tells (const LessonDocument *document, const LessonSection *section)
{
  for (guint i = 0; i < section->blocks->len; i++)
    if (block_tells (document, g_ptr_array_index (section->blocks, i)))
      return TRUE;
  return section->presenter->len > 0;
}

static void
add_beat (PwTeaching *teaching, const LessonBeat *beat)
{
  for (guint i = 0; i < teaching->play->beats->len; i++) {
    const LessonBeatRange *range
        = &g_array_index (teaching->play->beats, LessonBeatRange, i);
    if (range->beat != beat)
      continue;
    GtkWidget *group = add_group (teaching, beat->title, range->first_step);
    gtk_box_append (GTK_BOX (group),
                    pw_list_new (&teaching->reading, beat->presenter));
  }
}

static void
add_question (PwTeaching *teaching, const LessonQuestion *question)
{
  for (guint i = 0; i < teaching->play->questions->len; i++) {
    const LessonQuestionPlace *place
        = &g_array_index (teaching->play->questions, LessonQuestionPlace, i);
    if (place->question != question)
      continue;
    g_autoptr (GPtrArray) wrongs
        = wrongs_of (teaching->play->document, question->id);
    GtkWidget *group = add_group (teaching, question->ask, place->ask_at);
    gtk_box_append (GTK_BOX (group),
                    pw_wrongs_new (&teaching->reading, wrongs));
  }
}

static void
add_section (PwTeaching *teaching, const LessonSection *section)
{
  const LessonDocument *document = teaching->play->document;

  add_heading (teaching, pw_markup_title_new (section->title));
  if (section->presenter->len > 0)
    gtk_box_append (GTK_BOX (teaching->notes),
                    pw_list_new (&teaching->reading, section->presenter));
  for (guint i = 0; i < section->blocks->len; i++) {
    const LessonBlock *block = g_ptr_array_index (section->blocks, i);
    if (!block_tells (document, block))
      continue;
    if (block->kind == LESSON_BLOCK_BEAT)
      add_beat (teaching, block->beat);
    else
      add_question (teaching, block->question);
  }
}

/* What belongs to no place of the lesson. */
static void
add_general (PwTeaching *teaching, const LessonDocument *document)
{
  g_autoptr (GPtrArray) wrongs = wrongs_of (document, NULL);

  if (document->notes->len + wrongs->len == 0)
    return;
  add_heading (teaching, gtk_label_new (_ ("About the whole lesson")));
  if (document->notes->len > 0)
    gtk_box_append (GTK_BOX (teaching->notes),
                    pw_list_new (&teaching->reading, document->notes));
  if (wrongs->len > 0)
    gtk_box_append (GTK_BOX (teaching->notes),
                    pw_wrongs_new (&teaching->reading, wrongs));
}

static void
fill (PwTeaching *teaching)
{
  const LessonDocument *document = teaching->play->document;

  for (guint i = 0; i < document->sections->len; i++) {
    const LessonSection *section = g_ptr_array_index (document->sections, i);
    if (section_tells (document, section))
      add_section (teaching, section);
  }
  add_general (teaching, document);
}

/* Following the playhead ----------------------------------------------------
 */

/* The notes that the step has come to; NULL before the first. */
static GtkWidget *
present_group (PwTeaching *teaching)
{
  guint step = pw_playhead_get_step (teaching->head);
  GtkWidget *found = NULL;

  for (guint i = 0; i < teaching->groups->len; i++) {
    GtkWidget *group = g_ptr_array_index (teaching->groups, i);
    if (step_of (group) <= step
        && (found == NULL || step_of (group) >= step_of (found)))
      found = group;
  }
  return found;
}

static void
reveal (PwTeaching *teaching, GtkWidget *group)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (teaching->scrolled));
  graphene_rect_t bounds;

  if (gtk_widget_get_mapped (group)
      && gtk_widget_compute_bounds (group, teaching->notes, &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y - MARGIN,
                               bounds.origin.y + bounds.size.height + MARGIN);
}

static void
on_step (PwTeaching *teaching)
{
  GtkWidget *present = present_group (teaching);

  for (guint i = 0; i < teaching->groups->len; i++) {
    GtkWidget *group = g_ptr_array_index (teaching->groups, i);
    if (group == present)
      gtk_widget_add_css_class (group, "current");
    else
      gtk_widget_remove_css_class (group, "current");
  }
  if (present != NULL)
    reveal (teaching, present);
}

/* Object --------------------------------------------------------------------
 */

/* What was only just shown has no place yet, and is waited for. */
static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock G_GNUC_UNUSED,
          gpointer data G_GNUC_UNUSED)
{
  PwTeaching *teaching = PW_TEACHING (widget);

  if (gtk_widget_get_height (teaching->notes) == 0)
    return G_SOURCE_CONTINUE;
  if (teaching->head != NULL)
    on_step (teaching);
  return G_SOURCE_REMOVE;
}

static void
pw_teaching_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pw_teaching_parent_class)->map (widget);
  gtk_widget_add_tick_callback (widget, on_frame, NULL, NULL);
}

static void
pw_teaching_dispose (GObject *object)
{
  PwTeaching *teaching = PW_TEACHING (object);

  if (teaching->box != NULL)
    pw_teaching_set_lesson (teaching, NULL, NULL);
  g_clear_pointer (&teaching->box, gtk_widget_unparent);
  g_clear_pointer (&teaching->groups, g_ptr_array_unref);
  G_OBJECT_CLASS (pw_teaching_parent_class)->dispose (object);
}

static void
pw_teaching_class_init (PwTeachingClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_teaching_dispose;
  widget_class->map = pw_teaching_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pwteaching");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_REGION);
  signals[SEE] = g_signal_new ("see", PW_TYPE_TEACHING, G_SIGNAL_RUN_LAST, 0,
                               NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
new_bar (void)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (_ ("For the teacher"));
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "pw-teaching-title");
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_set_tooltip_text (close, _ ("Back to the text"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (close),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Back to the text"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "lesson.teacher");
  gtk_box_append (GTK_BOX (bar), title);
  gtk_box_append (GTK_BOX (bar), close);
  gtk_widget_add_css_class (bar, "pw-transcript-bar");
  return bar;
}

static void
pw_teaching_init (PwTeaching *teaching)
{
  teaching->groups = g_ptr_array_new ();
  teaching->notes = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  gtk_widget_add_css_class (teaching->notes, "pw-page");
  teaching->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (teaching->scrolled),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (teaching->scrolled),
                                 teaching->notes);
  gtk_widget_set_vexpand (teaching->scrolled, TRUE);
  teaching->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (teaching->box), new_bar ());
  gtk_box_append (GTK_BOX (teaching->box), teaching->scrolled);
  gtk_widget_set_parent (teaching->box, GTK_WIDGET (teaching));
  gtk_accessible_update_property (GTK_ACCESSIBLE (teaching),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("For the teacher"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (teaching->scrolled),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("For the teacher"), -1);
}

static void
follow (const char *uri, gpointer data)
{
  g_signal_emit (data, signals[SEE], 0, uri);
}

GtkWidget *
pw_teaching_new (void)
{
  return g_object_new (PW_TYPE_TEACHING, NULL);
}

void
pw_teaching_set_lesson (PwTeaching *teaching, LessonPlay *play,
                        PwPlayhead *head)
{
  GtkWidget *child;

  if (teaching->head != NULL)
    g_signal_handlers_disconnect_by_data (teaching->head, teaching);
  g_ptr_array_set_size (teaching->groups, 0);
  while ((child = gtk_widget_get_first_child (teaching->notes)) != NULL)
    gtk_box_remove (GTK_BOX (teaching->notes), child);
  teaching->play = play;
  g_set_object (&teaching->head, head);
  if (play == NULL)
    return;
  teaching->reading.play = play;
  teaching->reading.follow = follow;
  teaching->reading.data = teaching;
  fill (teaching);
  g_signal_connect_swapped (head, "notify::step", G_CALLBACK (on_step),
                            teaching);
}

void
pw_teaching_set_catalog (PwTeaching *teaching, const LessonCatalog *catalog)
{
  teaching->reading.catalog = catalog;
}

gboolean
pw_teaching_is_needed (const LessonDocument *document)
{
  for (guint i = 0; i < document->sections->len; i++)
    if (section_tells (document, g_ptr_array_index (document->sections, i)))
      return TRUE;
  return document->notes->len + document->wrongs->len > 0;
}
