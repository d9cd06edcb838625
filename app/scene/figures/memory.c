/* Physical memory: the frames in use, whose they are, and the one that the
 * access leads to. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/frames.h"
#include "figures/parts.h"
#include "figures/window.h"

/* Entries of the legend. */
#define LEGEND 4

static double
cell_gap (const SceneBuild *b)
{
  return scene_em (b, 0.15);
}

static double
cell_width (const SceneBuild *b)
{
  double number
      = scene_width (b, SCENE_TEXT_MONO_SMALL, scene_number_frame (0).s);
  double role = scene_width (b, SCENE_TEXT_SMALL, "PT 768");

  return MAX (number, role) + scene_em (b, 0.2);
}

static double
cell_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL)
         + scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.1);
}

static double
gap_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL);
}

static double
target_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_BOLD) + scene_line (b, SCENE_TEXT_SMALL)
         + scene_em (b, 0.4);
}

/* Entries of the legend side by side. */
static guint
legend_columns (const SceneBuild *b, double width)
{
  return width >= scene_em (b, 22) ? LEGEND : LEGEND / 2;
}

static double
legend_height (const SceneBuild *b, double width)
{
  return LEGEND / legend_columns (b, width)
         * (scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.1));
}

/* Frames abreast: a number that divides well. */
static guint
frames_abreast (const SceneBuild *b, double width)
{
  static const guint counts[] = {16, 12, 8, 6, 4, 3};

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (counts[i] * (cell_width (b) + cell_gap (b)) - cell_gap (b) <= width)
      return counts[i];
  return 2;
}

static SceneRole
frame_role (const struct vm_frame_record *record)
{
  switch ((enum vm_frame_role) record->role) {
  case VM_FRAME_FREE:
    break;
  case VM_FRAME_KERNEL:
    return SCENE_ROLE_KERNEL;
  case VM_FRAME_TABLE:
    return SCENE_ROLE_TABLE;
  case VM_FRAME_DATA:
    return scene_process_role (record->owner);
  }
  return SCENE_ROLE_FREE;
}

/* What a frame is used for, in one or two words. */
static const char *
use_text (const SceneBuild *b, guint64 frame, double width)
{
  const SceneContext *c = b->context;
  const struct vm_frame_record *record = &c->state->frames[frame];
  const char *text;

  switch ((enum vm_frame_role) record->role) {
  case VM_FRAME_FREE:
    break;
  case VM_FRAME_KERNEL:
    return _ ("kernel");
  case VM_FRAME_TABLE:
    if (record->level >= c->geometry->levels)
      return scene_short_table (record->level);
    text = scene_still_printf (
        b->still, "%s %u", scene_short_table (record->level), record->index);
    return scene_width (b, SCENE_TEXT_SMALL, text) <= width - scene_em (b, 0.2)
               ? text
               : scene_short_table (record->level);
  case VM_FRAME_DATA:
    return vm_machine_name (c->machine,
                            c->state->processes[record->owner].name);
  }
  return _ ("free");
}

static SceneEmphasis
frame_emphasis (const SceneContext *c, guint64 frame)
{
  for (guint level = 1; level <= VM_MAX_LEVELS; level++) {
    const SceneWalkLevel *l = &c->level[level];
    if ((l->read || l->written) && l->table == frame)
      return l->now ? SCENE_ACTIVE : SCENE_STRONG;
  }
  if (c->state->frames[frame].role == VM_FRAME_FREE)
    return SCENE_FAINT;
  return SCENE_NORMAL;
}

static void
add_frame (SceneBuild *b, guint64 frame, gboolean target, SceneRect rect)
{
  const SceneContext *c = b->context;
  const struct vm_frame_record *record = &c->state->frames[frame];
  SceneEmphasis emphasis = target ? SCENE_STRONG : frame_emphasis (c, frame);
  const char *number = scene_keep (b, scene_number_frame (frame));
  const char *use = use_text (b, frame, rect.width);
  guint part = target ? SCENE_MEMORY_CELL : SCENE_MEMORY_FRAME;
  SceneItem *item = scene_add_box (b,
                                   SCENE_ID (SCENE_FIGURE_MEMORY, part, frame),
                                   rect, frame_role (record), emphasis);

  item->name = scene_still_printf (b->still, _ ("Frame %s: %s"), number, use);
  scene_item_shows (b, item, record, sizeof *record);
  scene_item_means (item, SCENE_MEANS_FRAME, frame);

  rect = scene_middle (rect, cell_height (b) - scene_em (b, 0.1));
  item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_MEMORY, SCENE_MEMORY_NUMBER, frame),
      SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_CENTER,
      scene_cut_top (&rect, scene_line (b, SCENE_TEXT_MONO_SMALL), 0), number);
  item->role = frame_role (record);
  item->emphasis = emphasis;
  item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_MEMORY, SCENE_MEMORY_ROLE, frame),
      SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
      scene_cut_top (&rect, scene_line (b, SCENE_TEXT_SMALL), 0), use);
  item->role = frame_role (record);
  item->emphasis = MIN (emphasis, SCENE_NORMAL);
}

static void
add_group (SceneBuild *b, const SceneFrameGroup *group, guint abreast,
           guint64 target, SceneRect rect)
{
  for (guint i = 0; i < abreast; i++) {
    guint64 frame = group->first + i;
    if (frame < b->context->state->config.frames)
      add_frame (b, frame, frame == target,
                 scene_column (rect, i, abreast, cell_gap (b)));
  }
}

static void
add_gap (SceneBuild *b, guint64 first, guint64 count, SceneRect rect)
{
  if (count == 0)
    return;
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_MEMORY, SCENE_MEMORY_GAP, first),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER, rect,
                  scene_still_printf (b->still,
                                      ngettext ("… %" PRIu64 " frame",
                                                "… %" PRIu64 " frames", count),
                                      count))
      ->emphasis
      = SCENE_FAINT;
}

/* Lines that say what is left out between groups and behind the last. */
static guint
count_gaps (const GArray *groups, guint abreast)
{
  guint64 next = 0;
  guint gaps = 1;

  for (guint i = 0; i < groups->len; i++) {
    guint64 first = g_array_index (groups, SceneFrameGroup, i).first;
    gaps += first > next;
    next = first + abreast;
  }
  return gaps;
}

/* Height of a cell when the groups share the room; too little if they do not
 * fit. */
static double
height_for (const SceneBuild *b, const GArray *groups, guint abreast,
            double room)
{
  return (room - count_gaps (groups, abreast) * gap_height (b))
             / MAX (1, groups->len)
         - cell_gap (b);
}

/* As many groups as there is room for. */
static GArray *
fitting_groups (const SceneBuild *b, guint abreast, double room)
{
  g_autoptr (GArray) all = scene_frame_groups (b->context, abreast);
  guint limit
      = MIN (all->len, (guint) (room / (cell_height (b) + cell_gap (b))));

  for (; limit > 1; limit--) {
    g_autoptr (GArray) some = g_array_copy (all);
    scene_frame_groups_keep (some, limit);
    if (height_for (b, some, abreast, room) >= cell_height (b))
      return g_steal_pointer (&some);
  }
  scene_frame_groups_keep (all, 1);
  return g_steal_pointer (&all);
}

/* All frames one after the other, where the reader has scrolled. */
static void
add_lines (SceneBuild *b, guint abreast, guint64 first, guint lines,
           guint64 target, SceneRect rect)
{
  for (guint i = 0; i < lines; i++) {
    const SceneFrameGroup line = {.first = (first + i) * abreast};
    add_group (b, &line, abreast, target,
               scene_row (rect, i, lines, cell_gap (b)));
  }
}

/* The groups that matter, with the frames left out between them. */
static void
add_groups (SceneBuild *b, guint abreast, guint64 target, SceneRect rect)
{
  const SceneContext *c = b->context;
  g_autoptr (GArray) groups = fitting_groups (b, abreast, rect.height);
  double height = CLAMP (height_for (b, groups, abreast, rect.height),
                         cell_height (b), 1.7 * cell_height (b));
  guint64 next = 0;

  for (guint i = 0; i < groups->len; i++) {
    const SceneFrameGroup *group = &g_array_index (groups, SceneFrameGroup, i);
    if (group->first > next)
      add_gap (b, next, group->first - next,
               scene_cut_top (&rect, gap_height (b), 0));
    add_group (b, group, abreast, target,
               scene_cut_top (&rect, height, cell_gap (b)));
    next = group->first + abreast;
  }
  if (next < c->state->config.frames)
    add_gap (b, next, c->state->config.frames - next,
             scene_cut_top (&rect, gap_height (b), 0));
}

static void
add_frames (SceneBuild *b, guint abreast, guint64 target, SceneRect rect)
{
  guint64 frames = b->context->state->config.frames;
  guint64 total = (frames + abreast - 1) / abreast;
  guint lines = MAX (1, (guint) ((rect.height + cell_gap (b))
                                 / (cell_height (b) + cell_gap (b))));
  guint64 focus = target < frames ? target / abreast : SCENE_NO_FOCUS;
  gboolean scrolled;
  guint64 first = scene_add_window (b, rect, total, lines,
                                    scene_window_around (total, lines, focus),
                                    &scrolled);

  if (scrolled)
    add_lines (b, abreast, first, lines, target, rect);
  else
    add_groups (b, abreast, target, rect);
}

static const char *
refs_text (const SceneBuild *b, guint64 frame)
{
  const struct vm_state *state = b->context->state;

  if (frame >= state->config.frames)
    return _ ("not managed");
  return scene_still_printf (b->still, _ ("refs %u"),
                             state->frames[frame].refs);
}

/* "page 0x11223 of A": why the frame matters now. */
static const char *
target_text (const SceneBuild *b)
{
  const SceneContext *c = b->context;

  if (c->process >= c->state->process_count)
    return NULL;
  return scene_still_printf (
      b->still, _ ("page %s of %s"),
      scene_keep (b, scene_number_page (c->geometry, c->va >> VM_PAGE_SHIFT,
                                        VM_PAGE_SHIFT)),
      vm_machine_name (c->machine, c->state->processes[c->process].name));
}

static gboolean
target_is_active (const SceneContext *c)
{
  return scene_context_is (c, VM_STEP_COMPOSE)
         || scene_context_is (c, VM_STEP_DATA);
}

static void
add_target (SceneBuild *b, guint64 frame, SceneRect rect)
{
  const SceneContext *c = b->context;
  SceneRole role = scene_process_role (c->process);
  const char *number = scene_keep (b, scene_number_frame (frame));
  const char *refs = refs_text (b, frame);
  SceneItem *item
      = scene_add_box (b, scene_id_frame (frame), rect, role,
                       target_is_active (c) ? SCENE_ACTIVE : SCENE_STRONG);

  item->name = scene_still_printf (b->still, _ ("Frame %s: %s, %s"), number,
                                   target_text (b), refs);
  scene_item_means (item, SCENE_MEANS_FRAME, frame);
  if (frame < c->state->config.frames)
    scene_item_shows (b, item, &c->state->frames[frame],
                      sizeof c->state->frames[frame]);

  SceneRect rest = scene_inset (rect, scene_em (b, 0.5), scene_em (b, 0.2));
  SceneRect first
      = scene_cut_top (&rest, scene_line (b, SCENE_TEXT_MONO_BOLD), 0);
  SceneRect right = scene_cut_right (
      &first, scene_width (b, SCENE_TEXT_SMALL, refs), scene_em (b, 0.3));
  item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_MEMORY, SCENE_MEMORY_TARGET, 0),
      SCENE_TEXT_MONO_BOLD, SCENE_ALIGN_START, first, number);
  item->role = role;
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_MEMORY, SCENE_MEMORY_REFS, 0),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_END, right, refs)
      ->role
      = role;
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_MEMORY, SCENE_MEMORY_TARGET, 1),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                  scene_cut_top (&rest, scene_line (b, SCENE_TEXT_SMALL), 0),
                  target_text (b))
      ->role
      = role;
}

/* The target's place is kept before it is known, so that nothing moves. */
static void
add_no_target (SceneBuild *b, SceneRect rect)
{
  const char *text = b->context->faulted ? _ ("no frame: the access faults")
                                         : _ ("frame not known yet");

  scene_add_box (b, SCENE_ID (SCENE_FIGURE_MEMORY, SCENE_MEMORY_TARGET, 2),
                 rect, SCENE_ROLE_NEUTRAL, SCENE_FAINT);
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_MEMORY, SCENE_MEMORY_TARGET, 3),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
                  scene_middle (scene_inset (rect, scene_em (b, 0.2), 0),
                                scene_line (b, SCENE_TEXT_SMALL)),
                  text)
      ->emphasis
      = SCENE_FAINT;
}

static void
add_legend_entry (SceneBuild *b, guint i, SceneRole role, const char *text,
                  SceneRect rect)
{
  double side = scene_em (b, 0.6);
  SceneRect swatch
      = scene_middle (scene_cut_left (&rect, side, scene_em (b, 0.3)), side);

  scene_add_box (b, SCENE_ID (SCENE_FIGURE_MEMORY, SCENE_MEMORY_SWATCH, i),
                 swatch, role, SCENE_NORMAL);
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_MEMORY, SCENE_MEMORY_LEGEND, i),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                  scene_middle (rect, scene_line (b, SCENE_TEXT_SMALL)), text);
}

static void
add_legend (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  gboolean process = c->process < c->state->process_count;
  const char *owner
      = process ? scene_still_printf (
            b->still, _ ("process %s"),
            vm_machine_name (c->machine, c->state->processes[c->process].name))
                : _ ("process");
  const struct {
    SceneRole role;
    const char *text;
  } entries[LEGEND] = {{SCENE_ROLE_KERNEL, _ ("kernel")},
                       {SCENE_ROLE_TABLE, _ ("page tables")},
                       {scene_process_role (process ? c->process : 0), owner},
                       {SCENE_ROLE_FREE, _ ("free")}};

  guint columns = legend_columns (b, rect.width);
  for (guint i = 0; i < LEGEND; i++) {
    SceneRect line = scene_row (rect, i / columns, LEGEND / columns, 0);
    add_legend_entry (
        b, i, entries[i].role, entries[i].text,
        scene_column (line, i % columns, columns, scene_em (b, 0.4)));
  }
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  double padding = 2 * scene_padding (b);
  double legend = legend_height (b, width - padding);
  double cells = cell_width (b) + cell_gap (b);
  double fixed = scene_header (b) + scene_em (b, 0.8) + target_height (b)
                 + scene_em (b, 0.4);
  double line = cell_height (b) + cell_gap (b) + gap_height (b);

  size->min_width = 4 * cells - cell_gap (b) + padding;
  size->width = 4 * (cells + scene_em (b, 0.6)) - cell_gap (b) + padding;
  size->min_height = fixed + 2 * line + gap_height (b);
  size->height = fixed + 3 * line + gap_height (b) + legend;
  size->max_height = fixed + 9 * line + legend;
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  guint64 target = SCENE_NO_FRAME;
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_MEMORY, 0, rect,
                                      _ ("Physical memory"),
                                      _ ("4 KiB frames"));
  double line = cell_height (b) + cell_gap (b) + gap_height (b);
  double legend = legend_height (b, inside.width);
  double rest = inside.height - target_height (b) - scene_em (b, 0.4);

  scene_target_frame (c, &target);
  if (rest >= legend + scene_em (b, 0.5) + 2 * line)
    add_legend (b, scene_cut_bottom (&inside, legend, scene_em (b, 0.5)));
  SceneRect box
      = scene_cut_bottom (&inside, target_height (b), scene_em (b, 0.4));
  add_frames (b, frames_abreast (b, inside.width), target, inside);
  if (target == SCENE_NO_FRAME)
    add_no_target (b, box);
  else
    add_target (b, target, box);
}

const SceneFigure scene_figure_memory = {.id = SCENE_FIGURE_MEMORY,
                                         .kind = "memory",
                                         .title = N_ ("Physical memory"),
                                         .stance = SCENE_STANCE_WALK,
                                         .measure = measure,
                                         .build = build};
