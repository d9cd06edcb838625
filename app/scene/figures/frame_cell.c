/* A frame of physical memory as a small cell: its number, and what it is used
 * for. */
#include "figures/frame_cell.h"

#include <glib/gi18n-lib.h>

#include "figures/parts.h"
#include "mm/frames.h"

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
    return record->flags & VM_PAGE_FILE ? SCENE_ROLE_FILE
                                        : scene_process_role (record->owner);
  }
  return SCENE_ROLE_FREE;
}

/* A frame behind the first of a table that is larger than a page. */
static const char *
part_text (const SceneBuild *b, guint64 frame)
{
  const SceneContext *c = b->context;
  guint32 behind = c->state->frames[frame].index;
  guint level = c->state->frames[frame - behind].level;

  return scene_still_printf (b->still, "%s +%u",
                             scene_short_table (c->geometry, level), behind);
}

/* Whose data it is. The owner of a page of a file is the file; of another, the
 * process that used it first, which may have ended. */
static const char *
data_text (const SceneContext *c, const struct vm_frame_record *record)
{
  if (record->flags & VM_PAGE_FILE)
    return _ ("file");
  if (record->owner >= c->state->process_count)
    return _ ("data");
  return vm_machine_name (c->machine, c->state->processes[record->owner].name);
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
    return record->flags & VM_PAGE_ZERO ? _ ("zeros") : _ ("kernel");
  case VM_FRAME_TABLE:
    if (record->level == 0)
      return part_text (b, frame);
    if (record->level >= c->geometry->levels)
      return scene_short_table (c->geometry, record->level);
    text = scene_still_printf (b->still, "%s %u",
                               scene_short_table (c->geometry, record->level),
                               record->index);
    return scene_width (b, SCENE_TEXT_SMALL, text) <= width - scene_em (b, 0.2)
               ? text
               : scene_short_table (c->geometry, record->level);
  case VM_FRAME_DATA:
    return data_text (c, record);
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

double
scene_frame_cell_width (const SceneBuild *build)
{
  double number = scene_width (
      build, SCENE_TEXT_MONO_SMALL,
      scene_number_frame (build->context->geometry, build->context->last_frame)
          .s);
  double role = scene_width (build, SCENE_TEXT_SMALL, "PT 768");

  return MAX (number, role) + scene_em (build, 0.2);
}

double
scene_frame_cell_height (const SceneBuild *build)
{
  return scene_line (build, SCENE_TEXT_MONO_SMALL)
         + scene_line (build, SCENE_TEXT_SMALL) + scene_em (build, 0.1);
}

void
scene_add_frame_cell (SceneBuild *build, SceneFigureId figure, guint64 frame,
                      gboolean target, SceneRect rect)
{
  const SceneContext *c = build->context;
  const struct vm_frame_record *record = &c->state->frames[frame];
  SceneEmphasis emphasis = target ? SCENE_STRONG : frame_emphasis (c, frame);
  const char *number
      = scene_keep (build, scene_number_frame (c->geometry, frame));
  const char *use = use_text (build, frame, rect.width);
  guint part = target ? SCENE_MEMORY_CELL : SCENE_MEMORY_FRAME;
  SceneItem *item = scene_add_box (build, SCENE_ID (figure, part, frame), rect,
                                   frame_role (record), emphasis);

  item->name
      = scene_still_printf (build->still, _ ("Frame %s: %s"), number, use);
  scene_item_shows (build, item, record, sizeof *record);
  scene_item_means (item, SCENE_MEANS_FRAME, frame);

  rect = scene_middle (rect,
                       scene_frame_cell_height (build) - scene_em (build, 0.1));
  item = scene_add_text (
      build, SCENE_ID (figure, SCENE_MEMORY_NUMBER, frame),
      SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_CENTER,
      scene_cut_top (&rect, scene_line (build, SCENE_TEXT_MONO_SMALL), 0),
      number);
  item->role = frame_role (record);
  item->emphasis = emphasis;
  item = scene_add_text (
      build, SCENE_ID (figure, SCENE_MEMORY_ROLE, frame), SCENE_TEXT_SMALL,
      SCENE_ALIGN_CENTER,
      scene_cut_top (&rect, scene_line (build, SCENE_TEXT_SMALL), 0), use);
  item->role = frame_role (record);
  item->emphasis = MIN (emphasis, SCENE_NORMAL);
}
