/* The prose of a lesson: sections with everything that stands in them. */

#include "prose.h"

#include <glib/gi18n-lib.h>

#include "beat.h"
#include "blocks.h"
#include "folded.h"
#include "markup.h"
#include "uri.h"

/* Kept visible around the current row. */
#define MARGIN 48

/* So much of a question is seen where what stands before it needs the room. */
#define PEEK 136

/* Blocks that are there with the first frame, and added at one go later. */
#define AT_FIRST 2
#define AT_ONCE 4

struct _PwProse {
  GtkWidget parent_instance;
  GtkWidget *scrolled, *box;
  LessonPlay *play;
  PwReading reading;
  guint64 cursor;
  guint built,
      block;      /* sections that are there already, and blocks of the next */
  guint building; /* idle source that adds the others */
  GPtrArray *beats;     /* of PwBeat */
  GPtrArray *questions; /* of PwQuestion */
  GPtrArray *headings;  /* of GtkWidget, one a section */
  GtkWidget *to_reveal; /* as soon as it has a place, or NULL */
  guint waiting;        /* tick call-back that looks whether it has */
  GtkWidget *shown;     /* the row in view, to scroll only when it changes */
};

enum { GO, ANSWERED, SHOW_STEP, SEE, CARD, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PwProse, pw_prose, GTK_TYPE_WIDGET)

/* Building ------------------------------------------------------------------
 */

static void
on_go (PwProse *prose, guint64 cursor)
{
  g_signal_emit (prose, signals[GO], 0, cursor);
}

static gboolean
is_settled (PwProse *prose, const LessonQuestionPlace *place)
{
  for (guint i = 0; i < prose->questions->len; i++) {
    PwQuestion *card = g_ptr_array_index (prose->questions, i);

    if (pw_question_get_place (card) == place)
      return pw_question_is_settled (card);
  }
  return FALSE;
}

/* The first cursor of a beat at which something is asked that is still open;
 * G_MAXUINT64 if nothing is. */
static guint64
first_open (PwProse *prose, const LessonBeatRange *range)
{
  guint64 first = G_MAXUINT64;

  for (guint i = 0; i < prose->play->questions->len; i++) {
    const LessonQuestionPlace *place
        = &g_array_index (prose->play->questions, LessonQuestionPlace, i);

    if (place->ask_at >= range->first_step && place->ask_at < range->end_step
        && place->ask_at < first && !is_settled (prose, place))
      first = place->ask_at;
  }
  return first;
}

/* What is predicted is not told before. */
static void
veil (PwProse *prose)
{
  for (guint i = 0; i < prose->beats->len; i++) {
    PwBeat *beat = g_ptr_array_index (prose->beats, i);

    pw_beat_set_veil (beat, first_open (prose, pw_beat_get_range (beat)));
  }
}

static GtkWidget *
new_beat (PwProse *prose, const LessonBeat *beat)
{
  for (guint i = 0; i < prose->play->beats->len; i++) {
    const LessonBeatRange *range
        = &g_array_index (prose->play->beats, LessonBeatRange, i);
    GtkWidget *widget;

    if (range->beat != beat)
      continue;
    widget = pw_beat_new (range);
    g_ptr_array_add (prose->beats, widget);
    pw_beat_set_cursor (PW_BEAT (widget), prose->cursor);
    pw_beat_set_veil (PW_BEAT (widget), first_open (prose, range));
    g_signal_connect_swapped (widget, "go", G_CALLBACK (on_go), prose);
    return widget;
  }
  g_return_val_if_reached (gtk_label_new (NULL));
}

static void
on_answered (PwQuestion *question, int mark, PwProse *prose)
{
  veil (prose);
  g_signal_emit (prose, signals[ANSWERED], 0, question, mark);
}

static void
on_show_step (PwQuestion *question, PwProse *prose)
{
  g_signal_emit (prose, signals[SHOW_STEP], 0, question);
}

static GtkWidget *
new_question (PwProse *prose, const LessonQuestion *question)
{
  for (guint i = 0; i < prose->play->questions->len; i++) {
    const LessonQuestionPlace *place
        = &g_array_index (prose->play->questions, LessonQuestionPlace, i);
    GtkWidget *card;

    if (place->question != question)
      continue;
    card = pw_question_new (prose->play, place);
    g_ptr_array_add (prose->questions, card);
    g_signal_connect (card, "answered", G_CALLBACK (on_answered), prose);
    g_signal_connect (card, "show-step", G_CALLBACK (on_show_step), prose);
    g_signal_emit (prose, signals[CARD], 0, card);
    if (pw_question_is_settled (PW_QUESTION (card)))
      veil (prose);
    return card;
  }
  g_return_val_if_reached (gtk_label_new (NULL));
}

static GtkWidget *
new_exercise (PwProse *prose, const LessonExercise *exercise)
{
  GtkWidget *card = pw_question_new_exercise (exercise);

  g_signal_emit (prose, signals[CARD], 0, card);
  return card;
}

static GtkWidget *
new_block (PwProse *prose, const LessonBlock *block)
{
  switch (block->kind) {
  case LESSON_BLOCK_PARAGRAPH:
  case LESSON_BLOCK_LIST:
  case LESSON_BLOCK_CODE:
  case LESSON_BLOCK_TABLE:
  case LESSON_BLOCK_PLOT:
  case LESSON_BLOCK_CALLOUT:
    return pw_block_new (&prose->reading, block);
  case LESSON_BLOCK_BEAT:
    return new_beat (prose, block->beat);
  case LESSON_BLOCK_QUESTION:
    return new_question (prose, block->question);
  case LESSON_BLOCK_EXERCISE:
    return new_exercise (prose, block->exercise);
  }
  g_assert_not_reached ();
}

static GtkWidget *
new_heading (const LessonText *text, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  g_autofree char *markup = pw_markup_of (text);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label),
                                  GTK_ACCESSIBLE_PROPERTY_LEVEL, 2, -1);
  return label;
}

/* Adds the next block, with its section's title before the first. */
static void
add_block (PwProse *prose, const LessonSection *section)
{
  if (prose->block == 0) {
    GtkWidget *heading = new_heading (section->title, "pw-heading");

    g_ptr_array_add (prose->headings, heading);
    gtk_box_append (GTK_BOX (prose->box), heading);
  }
  if (prose->block < section->blocks->len)
    gtk_box_append (
        GTK_BOX (prose->box),
        new_block (prose, g_ptr_array_index (section->blocks, prose->block)));
  if (++prose->block >= section->blocks->len) {
    prose->block = 0;
    prose->built++;
  }
}

/* FALSE when there is no more to add. */
static gboolean
add_next (PwProse *prose)
{
  const LessonDocument *document = prose->play->document;

  if (prose->built == 0 && prose->block == 0)
    pw_folded_add_list (prose->box, &prose->reading,
                        _ ("What you will be able to do"),
                        document->objectives);
  if (prose->built < document->sections->len)
    add_block (prose, g_ptr_array_index (document->sections, prose->built));
  if (prose->built < document->sections->len)
    return TRUE;
  pw_folded_add_back (prose->box, &prose->reading);
  return FALSE;
}

/* A long lesson has hundreds of labels, and laying them out takes longer than
 * all the rest of a window. So only what is seen first is made at once; every
 * idle moment adds a little. */
static gboolean
add_some (PwProse *prose, guint count)
{
  for (guint i = 0; i < count; i++)
    if (!add_next (prose))
      return FALSE;
  return TRUE;
}

static gboolean
on_idle (gpointer data)
{
  PwProse *prose = data;

  if (add_some (prose, AT_ONCE))
    return G_SOURCE_CONTINUE;
  prose->building = 0;
  return G_SOURCE_REMOVE;
}

static void
build_next (PwProse *prose)
{
  if (!add_next (prose))
    g_clear_handle_id (&prose->building, g_source_remove);
}

static gboolean
asks (const LessonSection *section, const LessonQuestion *question)
{
  for (guint i = 0; i < section->blocks->len; i++) {
    const LessonBlock *block = g_ptr_array_index (section->blocks, i);

    if (block->question == question)
      return TRUE;
  }
  return FALSE;
}

/* Whether a section tells of something that has begun, or is asked, by then. */
static gboolean
is_reached (PwProse *prose, const LessonSection *section, guint64 cursor)
{
  for (guint i = 0; i < prose->play->beats->len; i++) {
    const LessonBeatRange *range
        = &g_array_index (prose->play->beats, LessonBeatRange, i);

    if (range->section == section && range->first_step <= cursor)
      return TRUE;
  }
  for (guint i = 0; i < prose->play->questions->len; i++) {
    const LessonQuestionPlace *place
        = &g_array_index (prose->play->questions, LessonQuestionPlace, i);

    if (place->ask_at <= cursor && asks (section, place->question))
      return TRUE;
  }
  return FALSE;
}

static void
build_to (PwProse *prose, guint64 cursor)
{
  const GPtrArray *sections = prose->play->document->sections;

  for (guint i = sections->len; i > prose->built; i--)
    if (is_reached (prose, g_ptr_array_index (sections, i - 1), cursor))
      while (prose->built < i)
        build_next (prose);
}

/* Object --------------------------------------------------------------------
 */

static void
empty (PwProse *prose)
{
  GtkWidget *child;

  g_ptr_array_set_size (prose->beats, 0);
  g_ptr_array_set_size (prose->questions, 0);
  g_ptr_array_set_size (prose->headings, 0);
  g_clear_handle_id (&prose->building, g_source_remove);
  prose->built = 0;
  prose->block = 0;
  prose->shown = NULL;
  prose->to_reveal = NULL;
  while ((child = gtk_widget_get_first_child (prose->box)) != NULL)
    gtk_box_remove (GTK_BOX (prose->box), child);
}

static void
pw_prose_dispose (GObject *object)
{
  PwProse *prose = PW_PROSE (object);

  g_clear_handle_id (&prose->building, g_source_remove);
  g_clear_pointer (&prose->scrolled, gtk_widget_unparent);
  g_clear_pointer (&prose->beats, g_ptr_array_unref);
  g_clear_pointer (&prose->questions, g_ptr_array_unref);
  g_clear_pointer (&prose->headings, g_ptr_array_unref);
  G_OBJECT_CLASS (pw_prose_parent_class)->dispose (object);
}

static void
pw_prose_class_init (PwProseClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_prose_dispose;
  gtk_widget_class_set_css_name (widget_class, "pwprose");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_REGION);
  signals[GO] = g_signal_new ("go", PW_TYPE_PROSE, G_SIGNAL_RUN_LAST, 0, NULL,
                              NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  signals[ANSWERED]
      = g_signal_new ("answered", PW_TYPE_PROSE, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 2, PW_TYPE_QUESTION, G_TYPE_INT);
  signals[SHOW_STEP] = g_signal_new ("show-step", PW_TYPE_PROSE,
                                     G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, PW_TYPE_QUESTION);
  signals[SEE] = g_signal_new ("see", PW_TYPE_PROSE, G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CARD] = g_signal_new ("card", PW_TYPE_PROSE, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1,
                                PW_TYPE_QUESTION);
}

static void
pw_prose_init (PwProse *prose)
{
  prose->beats = g_ptr_array_new ();
  prose->questions = g_ptr_array_new ();
  prose->headings = g_ptr_array_new ();
  prose->scrolled = gtk_scrolled_window_new ();
  prose->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (prose->box, "pw-page");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (prose->scrolled),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (prose->scrolled),
                                 prose->box);
  gtk_widget_set_parent (prose->scrolled, GTK_WIDGET (prose));
  gtk_accessible_update_property (GTK_ACCESSIBLE (prose),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Text of the lesson"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (prose->scrolled),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Text of the lesson"), -1);
}

void
pw_prose_follow (PwProse *prose, const char *uri)
{
  g_autofree char *lesson = NULL, *place = NULL;
  guint64 cursor;

  if (!lesson_uri_read (uri, &lesson, &place))
    return;
  if (lesson[0] != '\0' && g_strcmp0 (lesson, prose->play->document->id) != 0) {
    g_signal_emit (prose, signals[SEE], 0, uri);
    return;
  }
  if (lesson_play_find_place (prose->play, place, &cursor))
    on_go (prose, cursor);
  pw_prose_show_section (prose, place);
}

static void
follow (const char *uri, gpointer data)
{
  pw_prose_follow (data, uri);
}

GtkWidget *
pw_prose_new (void)
{
  return g_object_new (PW_TYPE_PROSE, NULL);
}

void
pw_prose_set_lesson (PwProse *prose, LessonPlay *play)
{
  empty (prose);
  prose->play = play;
  if (play == NULL)
    return;
  prose->cursor = play->first_step;
  prose->reading.play = play;
  prose->reading.follow = follow;
  prose->reading.data = prose;
  if (add_some (prose, AT_FIRST))
    prose->building = g_idle_add_full (G_PRIORITY_LOW, on_idle, prose, NULL);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (
                                GTK_SCROLLED_WINDOW (prose->scrolled)),
                            0);
}

void
pw_prose_set_cursor (PwProse *prose, guint64 cursor)
{
  GtkWidget *current = NULL;

  build_to (prose, cursor);
  prose->cursor = cursor;
  for (guint i = 0; i < prose->beats->len; i++) {
    GtkWidget *row
        = pw_beat_set_cursor (g_ptr_array_index (prose->beats, i), cursor);

    if (row != NULL)
      current = row;
  }
  if (current != NULL && current != prose->shown)
    pw_prose_reveal (prose, current);
  prose->shown = current;
}

GPtrArray *
pw_prose_get_questions (PwProse *prose)
{
  return prose->questions;
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock G_GNUC_UNUSED,
          gpointer data G_GNUC_UNUSED)
{
  PwProse *prose = PW_PROSE (widget);

  if (prose->to_reveal != NULL && gtk_widget_get_height (prose->to_reveal) == 0)
    return G_SOURCE_CONTINUE;
  prose->waiting = 0;
  if (prose->to_reveal != NULL)
    pw_prose_reveal (prose, prose->to_reveal);
  return G_SOURCE_REMOVE;
}

/* From where on the reader has not read yet: below the row in view, if what
 * stands between it and the widget leaves room for the widget's beginning. */
static double
unread_from (PwProse *prose, const graphene_rect_t *bounds, double page)
{
  double start = bounds->origin.y - MARGIN;
  graphene_rect_t row;

  if (prose->shown == NULL
      || !gtk_widget_compute_bounds (prose->shown, prose->box, &row))
    return start;
  double end = row.origin.y + row.size.height;
  double needed = bounds->origin.y - end + MIN (bounds->size.height, PEEK);
  return end <= bounds->origin.y && needed <= page ? MIN (start, end) : start;
}

/* What was only just built has no place yet, and is waited for. */
void
pw_prose_reveal (PwProse *prose, GtkWidget *widget)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (prose->scrolled));
  graphene_rect_t bounds;

  prose->to_reveal = widget;
  if (gtk_widget_get_height (widget) == 0) {
    if (prose->waiting == 0)
      prose->waiting = gtk_widget_add_tick_callback (GTK_WIDGET (prose),
                                                     on_frame, NULL, NULL);
    return;
  }
  prose->to_reveal = NULL;
  if (!gtk_widget_compute_bounds (widget, prose->box, &bounds))
    return;
  double page = gtk_adjustment_get_page_size (adjustment);
  double from = unread_from (prose, &bounds, page);
  double to = bounds.origin.y + bounds.size.height + MARGIN;
  gtk_adjustment_clamp_page (adjustment, from, MIN (to, from + page));
}

gboolean
pw_prose_is_waiting (PwProse *prose)
{
  return prose->waiting != 0;
}

void
pw_prose_set_catalog (PwProse *prose, const LessonCatalog *catalog)
{
  prose->reading.catalog = catalog;
}

void
pw_prose_set_palette (PwProse *prose, const ScenePalette *palette)
{
  prose->reading.palette = palette;
}

void
pw_prose_show_section (PwProse *prose, const char *id)
{
  const GPtrArray *sections = prose->play->document->sections;

  for (guint i = 0; i < sections->len; i++) {
    const LessonSection *section = g_ptr_array_index (sections, i);

    if (g_strcmp0 (section->id, id) != 0)
      continue;
    while (prose->headings->len <= i)
      build_next (prose);
    pw_prose_reveal (prose, g_ptr_array_index (prose->headings, i));
  }
}
