/* A made-up stage of some 630 labels that steps for ever: boxes that change
 * their looks, a row that moves, a datum that flies. bench-window starts it. */
#include "canvas.h"
#include "watch.h"

#define SETTLE_MS 600
#define STEP_US 450000

/* Figures side by side, each with rows of boxes. */
#define FIGURES 8
#define COLUMNS 3
#define ROWS 26

G_DECLARE_FINAL_TYPE (BenchStage, bench_stage, BENCH, STAGE, GtkWidget)

struct _BenchStage {
  GtkWidget parent_instance;
  ScenePainter *painter;
  PwCanvas *canvas;
  GArray *changed;
  SceneStill *stills[2];
  gint64 begun;
};

G_DEFINE_FINAL_TYPE (BenchStage, bench_stage, GTK_TYPE_WIDGET)

static SceneId
cell_id (guint figure, guint row, guint column)
{
  return SCENE_ID (figure, 1, row * COLUMNS + column);
}

/* In the second still two rows of the first figure have changed places, and a
 * row of each other one is what the step is about. */
static void
add_row (SceneStill *still, guint figure, guint row, double x, double width,
         double height, gboolean second)
{
  guint place = second && figure == 1 && (row == 3 || row == 9) ? 12 - row
                                                                : row;

  for (guint column = 0; column < COLUMNS; column++) {
    SceneItem *item = scene_still_add (
        still, cell_id (figure, row, column), SCENE_ID (figure, 0, 0),
        column == 0 ? SCENE_TEXT : SCENE_BOX,
        (SceneRect){x + column * width, (place + 1) * height, width - 4,
                    height - 3});
    item->role = (SceneRole) ((row + column) % SCENE_ROLES);
    item->style = column == 0 ? SCENE_TEXT_SMALL : SCENE_TEXT_MONO;
    item->emphasis = second && row == figure ? SCENE_ACTIVE : SCENE_NORMAL;
    item->text = scene_still_printf (still, "0x%04x", row * 37 + column);
  }
}

static SceneStill *
make_still (double width, double height, gboolean second)
{
  SceneStill *still = scene_still_new ();
  double w = width / FIGURES, h = height / (ROWS + 2);

  still->cursor = second ? 2 : 1;
  still->width = width;
  still->height = height;
  for (guint figure = 1; figure <= FIGURES; figure++) {
    double x = (figure - 1) * w;

    scene_still_add (still, SCENE_ID (figure, 0, 0), 0, SCENE_PANEL,
                     (SceneRect){x + 4, 4, w - 8, height - 8});
    for (guint row = 0; row < ROWS; row++)
      add_row (still, figure, row, x + 10, (w - 20) / COLUMNS, h, second);
  }
  if (second)
    scene_still_add_flight (still, cell_id (1, 1, 1), cell_id (8, 8, 1),
                            SCENE_ROLE_ACCENT, "547", 0, 1);
  return still;
}

static guint
count_labels (const SceneStill *still)
{
  guint count = 0;

  for (guint i = 0; i < still->items->len; i++)
    count += g_array_index (still->items, SceneItem, i).text != NULL;
  return count;
}

/* There and back again, for ever. */
static double
phase_now (BenchStage *stage)
{
  gint64 elapsed = g_get_monotonic_time () - stage->begun;
  double phase = (double) (elapsed % (2 * STEP_US)) / STEP_US;

  return phase < 1 ? phase : 2 - phase;
}

static void
bench_stage_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BenchStage *stage = BENCH_STAGE (widget);
  PwBrush brush = {stage->painter, scene_palette (SCENE_PALETTE_LIGHT), 1};

  pw_canvas_snapshot (stage->canvas, snapshot, &brush, stage->stills[0],
                      stage->stills[1], phase_now (stage), stage->changed);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static void
bench_stage_size_allocate (GtkWidget *widget, int width, int height,
                           int baseline)
{
  BenchStage *stage = BENCH_STAGE (widget);

  pw_canvas_forget (stage->canvas);
  for (guint i = 0; i < 2; i++) {
    g_clear_pointer (&stage->stills[i], scene_still_free);
    stage->stills[i] = make_still (width, height, i == 1);
  }
}

static void
bench_stage_class_init (BenchStageClass *class)
{
  GTK_WIDGET_CLASS (class)->snapshot = bench_stage_snapshot;
  GTK_WIDGET_CLASS (class)->size_allocate = bench_stage_size_allocate;
}

static void
bench_stage_init (BenchStage *stage)
{
  stage->painter = scene_painter_new (NULL, 1);
  stage->canvas = pw_canvas_new ();
  stage->changed = g_array_new (FALSE, FALSE, sizeof (SceneRect));
  stage->begun = g_get_monotonic_time ();
  gtk_widget_add_tick_callback (GTK_WIDGET (stage), on_tick, NULL, NULL);
}

static void
report_frames (gpointer data)
{
  Watch *watch = data;
  BenchStage *stage
      = BENCH_STAGE (gtk_window_get_child (GTK_WINDOW (watch->window)));

  watch_report (watch_median (watch), watch_worst (watch),
                count_labels (stage->stills[0]));
}

static gboolean
begin (gpointer data)
{
  watch_frames (data, report_frames, data);
  return G_SOURCE_REMOVE;
}

/* Arguments: MODE STARTED WIDTH HEIGHT FRAMES. */
int
main (int argc, char **argv)
{
  Watch watch;

  if (argc < 6)
    return 2;
  watch_init (&watch, argv);
  gtk_init ();
  watch.window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (watch.window), watch.width,
                               watch.height);
  gtk_window_set_child (GTK_WINDOW (watch.window),
                        g_object_new (bench_stage_get_type (), NULL));
  gtk_window_present (GTK_WINDOW (watch.window));
  g_timeout_add (SETTLE_MS, begin, &watch);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}
