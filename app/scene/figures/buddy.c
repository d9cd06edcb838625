/* The buddy system: free blocks of each order over a stretch of frames, to
 * scale, and what the frames below are used for.
 *
 *   1,024 · 3   |--------------------------------->      a row an order
 *   ...
 *       4 · 1   |       |███████|       |
 *       2 · 0   |   |   |   |   |   |   |
 *       1 · 1   | |█| | | | | | | | | | |
 *   frames      |#|.|#|#|.|.|.|.|#|#|#|#|
 *
 * A block keeps its id by its first frame: the lower half of a split slides
 * down a row, and up again when it merges. */
#include <glib/gi18n-lib.h>

#include "figures/frame_facts.h"
#include "figures/window.h"
#include "mm/buddy.h"

enum {
  PART_HEAD = SCENE_PART,
  PART_BLOCK,
  PART_LANE,
  PART_FRAME,
  PART_START,
  PART_END,
  PART_NOTE
};

#define FEWEST_FRAMES 16 /* in a row; powers of two */
#define MOST_FRAMES 64
#define STEPS_BACK 256 /* where the latest frame is looked for */

/* Where everything stands. */
typedef struct {
  guint orders;  /* rows of blocks */
  guint frames;  /* abreast */
  guint64 first; /* of them */
  enum vm_zone zone;
  SceneRect rows, grid; /* with and without the heads */
  double line;
} Layout;

static guint
orders_of (const SceneBuild *b)
{
  guint frames = b->context->state->config.frames, orders = 1;

  while (orders < VM_BUDDY_ORDERS && 1u << orders <= frames)
    orders++;
  return orders;
}

static double
head_width (const SceneBuild *b)
{
  double head = scene_width (b, SCENE_TEXT_MONO_SMALL, "1024 · 1024");

  return MAX (head, scene_width (b, SCENE_TEXT_SMALL, _ ("frames")))
         + scene_em (b, 0.6);
}

static double
row_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.5);
}

static double
cell_width (const SceneBuild *b)
{
  return scene_em (b, 0.75);
}

/* As many frames as have room, a power of two. */
static guint
frames_for (const SceneBuild *b, double width)
{
  guint frames = MOST_FRAMES;

  while (frames > FEWEST_FRAMES
         && head_width (b) + frames * cell_width (b) > width)
    frames /= 2;
  return MIN (frames, b->context->state->config.frames);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  double padding = 2 * scene_padding (b);
  guint rows = b->context->state->config.buddy ? orders_of (b) + 2 : 1;

  (void) width;
  size->min_width = head_width (b) + FEWEST_FRAMES * cell_width (b) + padding;
  size->width = head_width (b) + MOST_FRAMES * cell_width (b) + padding;
  size->height = scene_header (b) + padding + rows * row_height (b);
  size->min_height = size->max_height = size->height;
}

/* The frame that a step is about; 0: it is about none. */
static guint64
frame_of (const struct vm_step *step)
{
  static const guint8 values[VM_STEP_KINDS]
      = {[VM_STEP_FRAME_TAKE] = VM_V_TAKE_FRAME + 1,
         [VM_STEP_FRAME_FREE] = VM_V_FREE_FRAME + 1,
         [VM_STEP_BLOCK_SPLIT] = VM_V_BLOCK_FRAME + 1,
         [VM_STEP_SLAB_NEW] = VM_V_SLAB_FRAME + 1,
         [VM_STEP_SLAB_GONE] = VM_V_SLAB_FRAME + 1};

  return values[step->kind] == 0 ? 0 : step->values[values[step->kind] - 1];
}

/* The latest frame that was taken, freed or split for; 0: none lately. */
static guint64
frame_now (const SceneContext *c)
{
  guint64 last = c->cursor < STEPS_BACK ? 0 : c->cursor - STEPS_BACK;

  for (guint64 n = c->cursor; n-- > last;) {
    const struct vm_step *step = vm_machine_step (c->machine, n);
    guint64 frame = step == NULL ? 0 : frame_of (step);
    if (frame != 0 && frame < c->state->config.frames)
      return frame;
  }
  return 0;
}

/* How many free blocks of each order the zone has, beside its row. */
static void
add_heads (SceneBuild *b, const Layout *l)
{
  SceneRect rest = l->rows;

  for (guint row = 0; row < l->orders; row++) {
    guint order = l->orders - 1 - row;
    const struct vm_buddy_list *list
        = vm_buddy_list_of (b->context->state, l->zone, order);
    SceneRect place = scene_cut_top (&rest, l->line, 0);
    place.width = l->grid.x - l->rows.x;
    SceneItem *item = scene_add_text (
        b, SCENE_ID (SCENE_FIGURE_BUDDY, PART_HEAD, order),
        SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START, place,
        scene_still_printf (b->still, "%u · %u", 1u << order, list->blocks));
    item->emphasis = list->blocks > 0 ? SCENE_NORMAL : SCENE_FAINT;
    item->name = scene_still_printf (
        b->still,
        /* Translators: frames in a block, how many such blocks are free. The
           plural is about the frames. */
        ngettext ("blocks of %u frame: %u free", "blocks of %u frames: %u free",
                  1u << order),
        1u << order, list->blocks);
    scene_item_shows (b, item, list, sizeof *list);
    place = (SceneRect){l->grid.x, place.y + l->line / 2, l->grid.width, 1};
    scene_still_add (b->still, SCENE_ID (SCENE_FIGURE_BUDDY, PART_LANE, order),
                     b->parent, SCENE_RULE, place);
  }
}

/* Is the step about this block? */
static SceneEmphasis
emphasis_of (const SceneContext *c, guint32 frame, guint order)
{
  const struct vm_step *step = c->step;

  if (step == NULL)
    return SCENE_NORMAL;
  const guint64 *v = step->values;
  if (step->kind == VM_STEP_BLOCK_SPLIT && order + 1 == v[VM_V_BLOCK_ORDER]
      && (frame == v[VM_V_BLOCK_FRAME] || frame == v[VM_V_BLOCK_BUDDY]))
    return SCENE_ACTIVE;
  if (step->kind == VM_STEP_BLOCK_MERGE && order == v[VM_V_BLOCK_ORDER]
      && frame == v[VM_V_BLOCK_FRAME])
    return SCENE_ACTIVE;
  return SCENE_NORMAL;
}

static void
add_block (SceneBuild *b, const Layout *l, guint32 frame, guint order)
{
  const SceneContext *c = b->context;
  double cell = l->grid.width / l->frames;
  guint64 from = MAX (frame, l->first), end = frame + (1u << order);
  guint64 to = MIN (end, l->first + l->frames);
  SceneRect rect = {l->grid.x + (double) (from - l->first) * cell,
                    l->rows.y + (l->orders - 1 - order) * l->line,
                    (double) (to - from) * cell, l->line};
  SceneNumber number = scene_number_frame (c->geometry, frame);
  SceneItem *item
      = scene_add_box (b, SCENE_ID (SCENE_FIGURE_BUDDY, PART_BLOCK, frame),
                       scene_inset (rect, 0.5, scene_em (b, 0.08)),
                       SCENE_ROLE_FREE, emphasis_of (c, frame, order));

  item->style = SCENE_TEXT_MONO_SMALL;
  item->align = SCENE_ALIGN_CENTER;
  if (scene_width (b, SCENE_TEXT_MONO_SMALL, number.s) + scene_em (b, 0.4)
      < rect.width)
    item->text = scene_keep (b, number);
  item->name = scene_still_printf (
      b->still,
      /* Translators: how many frames a block has, the first of them. */
      ngettext ("free block of %u frame at %s", "free block of %u frames at %s",
                1u << order),
      1u << order, number.s);
  const struct vm_buddy_block *block
      = vm_buddy_block_at (c->state, frame, order);
  scene_item_shows (b, item, block, sizeof *block);
  scene_item_means (item, SCENE_MEANS_FRAME, frame);
}

/* Every block that reaches into the stretch. */
static void
add_blocks (SceneBuild *b, const Layout *l)
{
  for (guint64 f = l->first; f < l->first + l->frames;) {
    guint32 order;
    guint32 frame = vm_buddy_holder (b->context->state, (guint32) f, &order);
    if (frame == VM_NONE) {
      f++;
      continue;
    }
    add_block (b, l, frame, order);
    f = frame + (G_GUINT64_CONSTANT (1) << order);
  }
}

static void
add_frame (SceneBuild *b, guint64 frame, SceneRect rect)
{
  const SceneContext *c = b->context;
  const struct vm_frame_record *record = &c->state->frames[frame];
  gboolean free = record->role == VM_FRAME_FREE;
  SceneItem *item = scene_add_box (
      b, SCENE_ID (SCENE_FIGURE_BUDDY, PART_FRAME, frame), rect,
      scene_frame_role (c, frame),
      free ? SCENE_FAINT
      : frame != 0 && c->step != NULL && frame_of (c->step) == frame
          ? SCENE_ACTIVE
          : SCENE_NORMAL);

  if (!free)
    item->name = scene_still_printf (
        b->still,
        /* Translators: a frame, and what it is used for. */
        _ ("frame %s: %s"), scene_number_frame (c->geometry, frame).s,
        scene_frame_use (b, frame, scene_em (b, 20)));
  scene_item_shows (b, item, record, sizeof *record);
  scene_item_means (item, SCENE_MEANS_FRAME, frame);
}

/* The frames themselves, and the numbers of the first and the last. */
static void
add_frames (SceneBuild *b, const Layout *l)
{
  const struct vm_geometry *g = b->context->geometry;
  SceneRect row = l->grid, below;
  guint64 last = l->first + l->frames - 1;

  row.y = l->rows.y + l->orders * l->line;
  row.height = l->line;
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_BUDDY, PART_NOTE, 0),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                  (SceneRect){l->rows.x, row.y, l->grid.x - l->rows.x, l->line},
                  _ ("frames"));
  for (guint i = 0; i < l->frames; i++)
    add_frame (b, l->first + i,
               scene_inset (scene_column (row, i, l->frames, 0), 0.5,
                            scene_em (b, 0.08)));
  below = (SceneRect){row.x, row.y + l->line, row.width / 2, l->line};
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_BUDDY, PART_START, 0),
                  SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START, below,
                  scene_keep (b, scene_number_frame (g, l->first)));
  below.x += below.width;
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_BUDDY, PART_END, 0),
                  SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_END, below,
                  scene_keep (b, scene_number_frame (g, last)));
}

static void
add_rows (SceneBuild *b, SceneRect inside, Layout *l)
{
  const SceneContext *c = b->context;
  guint64 frame = frame_now (c), total = c->state->config.frames;

  l->line = row_height (b);
  l->orders = orders_of (b);
  l->rows = inside;
  l->grid = inside;
  scene_cut_left (&l->grid, head_width (b), 0);
  l->frames = frames_for (b, inside.width);
  l->first = MIN (frame - frame % l->frames, total - l->frames);
  l->first = scene_add_window_across (
      b, (SceneRect){l->grid.x, l->grid.y, l->grid.width, inside.height}, total,
      l->frames, l->first);
  l->zone = vm_zone_of (c->state, l->first);
  add_heads (b, l);
  add_blocks (b, l);
  add_frames (b, l);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  enum vm_zone zone = vm_zone_of (c->state, frame_now (c));
  gboolean on = c->state->config.buddy;
  const char *free
      = !on ? NULL
            : scene_still_printf (
                b->still,
                /* Translators: Normal, DMA ...; a number. */
                ngettext ("zone %s: %u frame free", "zone %s: %u frames free",
                          (guint) vm_buddy_free (c->state, zone)),
                vm_zone_name (zone), (guint) vm_buddy_free (c->state, zone));
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_BUDDY, 0, rect,
                                      _ ("Free blocks"), free);
  Layout layout = {0};

  if (on) {
    add_rows (b, inside, &layout);
    return;
  }
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_BUDDY, PART_NOTE, 0),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                  scene_cut_top (&inside, row_height (b), 0),
                  _ ("This machine keeps no blocks."));
}

const SceneFigure scene_figure_buddy = {.id = SCENE_FIGURE_BUDDY,
                                        .kind = "buddy",
                                        .title = N_ ("Free blocks"),
                                        .stance = SCENE_STANCE_BAND,
                                        .measure = measure,
                                        .build = build};
