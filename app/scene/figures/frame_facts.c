/* What a frame of physical memory is used for, in a word, a colour, a count. */
#include "figures/frame_facts.h"

#include <glib/gi18n-lib.h>

#include "mm/frames.h"

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

/* The name of a file, where it has room. */
static const char *
file_text (const SceneBuild *b, guint32 file, double width)
{
  const SceneContext *c = b->context;
  guint32 id = c->state->files[file].name;
  const char *name = id == VM_NONE ? C_ ("page", "shared")
                                   : vm_machine_name (c->machine, id);

  return scene_width (b, SCENE_TEXT_SMALL, name) <= width - scene_em (b, 0.5)
             ? name
             : _ ("file");
}

/* Whose data it is. The owner of a page of a file is the file; of another, the
 * process that used it first, which may have ended. */
static const char *
data_text (const SceneBuild *b, const struct vm_frame_record *record,
           double width)
{
  const SceneContext *c = b->context;

  if (record->flags & VM_PAGE_FILE)
    return file_text (b, record->mapping, width);
  if (record->owner >= c->state->process_count)
    return _ ("data");
  return vm_machine_name (c->machine, c->state->processes[record->owner].name);
}

SceneRole
scene_frame_role (const SceneContext *context, guint64 frame)
{
  const struct vm_frame_record *record = &context->state->frames[frame];

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

const char *
scene_frame_use (const SceneBuild *build, guint64 frame, double width)
{
  const SceneBuild *b = build;
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
    return data_text (b, record, width);
  }
  return _ ("free");
}

SceneEmphasis
scene_frame_emphasis (const SceneContext *context, guint64 frame)
{
  const SceneContext *c = context;

  for (guint level = 1; level <= VM_MAX_LEVELS; level++) {
    const SceneWalkLevel *l = &c->level[level];
    if ((l->read || l->written) && l->table == frame)
      return l->now ? SCENE_ACTIVE : SCENE_STRONG;
  }
  if (c->state->frames[frame].role == VM_FRAME_FREE)
    return SCENE_FAINT;
  return SCENE_NORMAL;
}

gboolean
scene_frame_is_mapped_by (const SceneContext *context, guint64 frame)
{
  const struct vm_frame_record *record = &context->state->frames[frame];

  return record->role == VM_FRAME_DATA || (record->flags & VM_PAGE_ZERO);
}

const char *
scene_frame_counts (const SceneBuild *build, guint64 frame)
{
  const struct vm_state *s = build->context->state;
  guint refs = s->frames[frame].refs;

  if (!scene_frame_is_mapped_by (build->context, frame))
    return scene_still_printf (build->still, _ ("refs %u"), refs);
  return scene_still_printf (build->still, _ ("refs %u, maps %u"), refs,
                             vm_frames_mapped (s, vm_frame_of (frame)));
}
