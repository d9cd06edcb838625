/* The stage: the figures of a lesson at the playhead, and what flies between.
 */

#include "stage-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "canvas.h"
#include "outline.h"
#include "stage-fonts.h"
#include "stage-items.h"
#include "stage.h"
#include "stills.h"
#include "ticker.h"

#define LEAST_WIDTH 280

/* Pixels to be seen around what is scrolled to. */
#define AROUND_FOCUS 12.0

struct _PwStage {
  GtkWidget parent_instance;
  LessonPlay *play;
  PwPlayhead *head;
  PwStills *stills;
  PwStageFonts *fonts;
  const ScenePalette *palette;
  gboolean hall;
  guint generation; /* of painter, palette, lesson */

  PwCanvas *canvas;
  PwStageItems *items;
  SceneId datum, cursor; /* outlined wherever they stand; 0: none */
  GArray *changed;       /* of SceneRect: highlighted while motion is off */
  guint shown;           /* step that `changed` speaks of */

  PwTicker ticker;
  int measured_width, measured_height;
  guint measured_generation;
};

G_DEFINE_FINAL_TYPE (PwStage, pw_stage, GTK_TYPE_WIDGET)

static void
forget_paintings (PwStage *stage)
{
  stage->generation++;
  pw_canvas_forget (stage->canvas);
  gtk_widget_queue_draw (GTK_WIDGET (stage));
  g_signal_emit_by_name (stage, "looks-changed");
}

/* The fonts or their size have changed: everything is laid out anew. */
static void
forget_layout (PwStage *stage)
{
  if (stage->stills != NULL)
    pw_stills_set_layout (stage->stills, NULL, 0, 0);
  pw_stage_fonts_forget (stage->fonts);
  g_array_set_size (stage->changed, 0);
  forget_paintings (stage);
  gtk_widget_queue_resize (GTK_WIDGET (stage));
}

static void
on_style (PwStage *stage)
{
  if (pw_stage_fonts_differ (stage->fonts))
    forget_layout (stage);
}

/* The two stills around the playhead; *from is NULL when it rests. */
static double
stills_at (PwStage *stage, const SceneStill **from, const SceneStill **to)
{
  double position = pw_playhead_get_position (stage->head);
  double base = floor (position);

  *from = NULL;
  if (position == base) {
    *to = pw_stills_get (stage->stills, (guint) base);
    return 1;
  }
  *from = pw_stills_get (stage->stills, (guint) base);
  *to = pw_stills_get (stage->stills, (guint) base + 1);
  return position - base;
}

static void
append_outlines (PwStage *stage, GtkSnapshot *snapshot, const SceneStill *still)
{
  GtkStateFlags flags = gtk_widget_get_state_flags (GTK_WIDGET (stage));

  pw_outline_datum (snapshot, stage->palette, still, stage->datum);
  if ((flags & GTK_STATE_FLAG_FOCUS_WITHIN) != 0)
    pw_outline_cursor (snapshot, stage->palette, still, stage->cursor);
}

static void
pw_stage_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PwStage *stage = PW_STAGE (widget);
  PwBrush brush
      = {pw_stage_fonts_now (stage->fonts), stage->palette, stage->generation};
  const SceneStill *from, *to;
  double phase;

  if (stage->stills == NULL || stage->palette == NULL || brush.painter == NULL)
    return;
  phase = stills_at (stage, &from, &to);
  if (to == NULL)
    return;
  pw_canvas_snapshot (stage->canvas, snapshot, &brush, from, to, phase,
                      stage->changed);
  append_outlines (stage, snapshot, to);
}

/* Size ----------------------------------------------------------------------
 */

static GtkSizeRequestMode
pw_stage_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
height_for (PwStage *stage, int width)
{
  double height;

  if (stage->measured_width == width
      && stage->measured_generation == stage->generation)
    return stage->measured_height;
  height = pw_stills_least_height (
      stage->stills, pw_playhead_get_step (stage->head),
      scene_painter_metrics (pw_stage_fonts_least (stage->fonts, width)),
      width);
  stage->measured_width = width;
  stage->measured_height = (int) ceil (height);
  stage->measured_generation = stage->generation;
  return stage->measured_height;
}

static void
pw_stage_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                  int *minimum, int *natural, int *minimum_baseline,
                  int *natural_baseline)
{
  PwStage *stage = PW_STAGE (widget);

  *minimum = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = LEAST_WIDTH;
  else if (stage->stills != NULL)
    *minimum = height_for (stage, MAX (for_size, LEAST_WIDTH));
  *natural = *minimum;
}

static void
lay_out (PwStage *stage, int width, int height)
{
  ScenePainter *painter;

  /* The stills speak of fonts that are about to go. */
  if (pw_stage_fonts_change (stage->fonts, width, height))
    pw_stills_set_layout (stage->stills, NULL, 0, 0);
  painter = pw_stage_fonts_for (stage->fonts, width, height);
  if (!pw_stills_set_layout (stage->stills, scene_painter_metrics (painter),
                             width, height))
    return;
  g_array_set_size (stage->changed, 0);
  forget_paintings (stage);
  /* The height at this width is still the one that was measured. */
  stage->measured_generation = stage->generation;
  pw_stage_items_follow (stage->items);
}

static void
pw_stage_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PwStage *stage = PW_STAGE (widget);

  if (stage->stills == NULL)
    return;
  lay_out (stage, width, height);
  pw_stage_items_allocate (stage->items);
}

/* Moving --------------------------------------------------------------------
 */

static void
on_moving (PwStage *stage)
{
  pw_ticker_start (&stage->ticker);
}

/* Other rows are seen, in the same places. */
static void
after_scrolling (PwStage *stage)
{
  g_array_set_size (stage->changed, 0);
  forget_paintings (stage);
  stage->measured_generation = stage->generation;
  pw_stage_items_follow (stage->items);
  g_signal_emit_by_name (stage, "scrolled");
}

static void
on_position (PwStage *stage)
{
  if (pw_stills_unscroll (stage->stills))
    after_scrolling (stage);
  gtk_widget_queue_draw (GTK_WIDGET (stage));
}

static gboolean
animations (PwStage *stage)
{
  gboolean enabled = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (stage)),
                "gtk-enable-animations", &enabled, NULL);
  return enabled;
}

/* With motion off, what has changed is outlined until the next step. */
static void
mark_changes (PwStage *stage, guint before)
{
  const SceneStill *to
      = pw_stills_get (stage->stills, pw_playhead_get_step (stage->head));
  const SceneStill *from = pw_stills_get (stage->stills, before);

  g_array_set_size (stage->changed, 0);
  if (animations (stage) || from == NULL || to == NULL)
    return;
  scene_motion_differences (from, to, stage->changed);
}

/* What the step is about, with the whole figure that it belongs to where the
 * window is high enough. */
static void
show_focus (PwStage *stage)
{
  GtkWidget *scrolled
      = gtk_widget_get_ancestor (GTK_WIDGET (stage), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *page;
  SceneRect rect, panel;

  if (scrolled == NULL || !pw_stage_get_focus (stage, &rect))
    return;
  page = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  if (scene_motion_panel (pw_stage_get_still (stage), rect, &panel)
      && panel.height + 2 * AROUND_FOCUS <= gtk_adjustment_get_page_size (page))
    rect = panel;
  gtk_adjustment_clamp_page (page, rect.y - AROUND_FOCUS,
                             rect.y + rect.height + AROUND_FOCUS);
}

static gboolean
on_zoomed (gpointer data)
{
  show_focus (PW_STAGE (data));
  return G_SOURCE_REMOVE;
}

static void
on_step (PwStage *stage)
{
  const SceneStill *still;
  guint before = stage->shown;

  stage->shown = pw_playhead_get_step (stage->head);
  mark_changes (stage, before);
  show_focus (stage);
  gtk_widget_queue_draw (GTK_WIDGET (stage));

  pw_stage_items_follow (stage->items);
  still = pw_stage_get_still (stage);
  if (still != NULL
      && still->height > gtk_widget_get_height (GTK_WIDGET (stage))) {
    stage->measured_width = 0;
    gtk_widget_queue_resize (GTK_WIDGET (stage));
  }
}

static void
on_animations (PwStage *stage)
{
  if (stage->head != NULL)
    pw_playhead_set_motion (stage->head, animations (stage));
  g_array_set_size (stage->changed, 0);
  gtk_widget_queue_draw (GTK_WIDGET (stage));
}

/* Tab goes from the stage to what follows it, not from item to item. */
static gboolean
pw_stage_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if (gtk_widget_get_focus_child (widget) != NULL
      || gtk_widget_has_focus (widget))
    return FALSE;
  return gtk_widget_grab_focus (widget);
}

/* Object --------------------------------------------------------------------
 */

static void
pw_stage_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (pw_stage_parent_class)->css_changed (widget, change);
  on_style (PW_STAGE (widget));
}

static void
pw_stage_root (GtkWidget *widget)
{
  GtkSettings *settings;

  GTK_WIDGET_CLASS (pw_stage_parent_class)->root (widget);
  settings = gtk_widget_get_settings (widget);
  g_signal_connect_swapped (settings, "notify::gtk-xft-dpi",
                            G_CALLBACK (on_style), widget);
  g_signal_connect_swapped (settings, "notify::gtk-font-name",
                            G_CALLBACK (on_style), widget);
  g_signal_connect_swapped (settings, "notify::gtk-enable-animations",
                            G_CALLBACK (on_animations), widget);
  on_animations (PW_STAGE (widget));
}

static void
pw_stage_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_settings (widget),
                                        widget);
  GTK_WIDGET_CLASS (pw_stage_parent_class)->unroot (widget);
}

static void
pw_stage_dispose (GObject *object)
{
  pw_stage_set_lesson (PW_STAGE (object), NULL, NULL);
  g_clear_pointer (&PW_STAGE (object)->items, pw_stage_items_free);
  G_OBJECT_CLASS (pw_stage_parent_class)->dispose (object);
}

static void
pw_stage_finalize (GObject *object)
{
  PwStage *stage = PW_STAGE (object);

  pw_stage_fonts_free (stage->fonts);
  pw_canvas_free (stage->canvas);
  g_array_unref (stage->changed);
  G_OBJECT_CLASS (pw_stage_parent_class)->finalize (object);
}

static void
pw_stage_class_init (PwStageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_stage_dispose;
  G_OBJECT_CLASS (class)->finalize = pw_stage_finalize;
  widget_class->root = pw_stage_root;
  widget_class->unroot = pw_stage_unroot;
  widget_class->css_changed = pw_stage_css_changed;
  widget_class->get_request_mode = pw_stage_get_request_mode;
  widget_class->measure = pw_stage_measure;
  widget_class->size_allocate = pw_stage_size_allocate;
  widget_class->snapshot = pw_stage_snapshot;
  widget_class->focus = pw_stage_focus;
  g_signal_new ("scrolled", PW_TYPE_STAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                NULL, G_TYPE_NONE, 0);
  g_signal_new ("looks-changed", PW_TYPE_STAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "pwstage");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
pw_stage_init (PwStage *stage)
{
  stage->fonts = pw_stage_fonts_new (GTK_WIDGET (stage));
  stage->canvas = pw_canvas_new ();
  stage->items = pw_stage_items_new (GTK_WIDGET (stage));
  stage->changed = g_array_new (FALSE, FALSE, sizeof (SceneRect));

  gtk_widget_set_overflow (GTK_WIDGET (stage), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_focusable (GTK_WIDGET (stage), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (stage),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The machine at this step"), -1);
}

GtkWidget *
pw_stage_new (void)
{
  return g_object_new (PW_TYPE_STAGE, NULL);
}

void
pw_stage_set_lesson (PwStage *stage, LessonPlay *play, PwPlayhead *head)
{
  if (stage->head != NULL)
    g_signal_handlers_disconnect_by_data (stage->head, stage);
  pw_ticker_stop (&stage->ticker);
  g_clear_pointer (&stage->stills, pw_stills_free);
  g_set_object (&stage->head, head);
  stage->play = play;
  stage->datum = 0;
  stage->cursor = 0;
  g_array_set_size (stage->changed, 0);
  forget_paintings (stage);
  pw_stage_items_follow (stage->items);
  if (play == NULL)
    return;

  stage->stills = pw_stills_new (play);
  if (stage->hall)
    pw_stills_set_hall (stage->stills);
  stage->ticker = (PwTicker){
      .widget = GTK_WIDGET (stage), .head = head, .stills = stage->stills};
  stage->shown = pw_playhead_get_step (head);
  g_signal_connect_swapped (head, "notify::position", G_CALLBACK (on_position),
                            stage);
  g_signal_connect_swapped (head, "notify::step", G_CALLBACK (on_step), stage);
  g_signal_connect_swapped (head, "notify::moving", G_CALLBACK (on_moving),
                            stage);
  pw_playhead_set_motion (head, animations (stage));
  gtk_widget_queue_resize (GTK_WIDGET (stage));
}

void
pw_stage_set_zoom (PwStage *stage, double zoom)
{
  if (pw_stage_fonts_get_zoom (stage->fonts) == zoom)
    return;
  pw_stage_fonts_set_zoom (stage->fonts, zoom);
  forget_layout (stage);
  /* Once it is laid out, what the step is about is to be seen again. */
  g_idle_add_full (G_PRIORITY_LOW, on_zoomed, g_object_ref (stage),
                   g_object_unref);
}

void
pw_stage_set_hall (PwStage *stage)
{
  stage->hall = TRUE;
}

void
pw_stage_set_palette (PwStage *stage, const ScenePalette *palette)
{
  if (stage->palette == palette)
    return;
  stage->palette = palette;
  forget_paintings (stage);
}

void
pw_stage_set_sentence (PwStage *stage, const char *sentence)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (stage),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence,
                                  -1);
}

const SceneStill *
pw_stage_get_still (PwStage *stage)
{
  if (stage->stills == NULL)
    return NULL;
  return pw_stills_get (stage->stills, pw_playhead_get_step (stage->head));
}

gboolean
pw_stage_get_focus (PwStage *stage, SceneRect *rect)
{
  const SceneStill *still = pw_stage_get_still (stage);

  return still != NULL && scene_motion_focus (still, rect);
}

gboolean
pw_stage_paint (PwStage *stage, cairo_t *cr, guint step)
{
  ScenePainter *painter = pw_stage_fonts_now (stage->fonts);
  const SceneStill *still;

  if (stage->stills == NULL || stage->palette == NULL || painter == NULL)
    return FALSE;
  still = pw_stills_get (stage->stills, step);
  if (still == NULL)
    return FALSE;
  scene_painter_items (painter, cr, still, stage->palette, -1);
  return TRUE;
}

void
pw_stage_mark (PwStage *stage, SceneId datum, SceneId cursor)
{
  if (stage->datum == datum && stage->cursor == cursor)
    return;
  stage->datum = datum;
  stage->cursor = cursor;
  gtk_widget_queue_draw (GTK_WIDGET (stage));
}

void
pw_stage_scroll (PwStage *stage, SceneId window, guint64 first)
{
  if (stage->stills == NULL)
    return;
  pw_stills_scroll (stage->stills, window, first);
  after_scrolling (stage);
}

gboolean
pw_stage_focus_item (PwStage *stage, SceneId id)
{
  GtkWidget *item = pw_stage_items_find (stage->items, id);

  return item != NULL && gtk_widget_grab_focus (item);
}
