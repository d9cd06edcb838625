/* Which frames of physical memory to show where not all fit. */
#include "figures/frames.h"

gboolean
scene_target_frame (const SceneContext *context, guint64 *frame)
{
  const SceneContext *c = context;
  guint last = scene_context_last_level (c);
  const struct vm_pte *pte = &c->level[last].pte;

  *frame = SCENE_NO_FRAME;
  if (c->faulted)
    return FALSE;
  if (c->composed) {
    *frame = c->pa >> context->geometry->page_shift;
    return TRUE;
  }

  guint shift;
  if (c->tlb == SCENE_TLB_HIT) {
    *frame = c->frame;
    shift = c->tlb_shift;
  } else if (last > 0 && pte->present && pte->reserved == 0 && pte->leaf) {
    *frame = pte->frame;
    shift = c->geometry->level[last].low;
  } else {
    return FALSE;
  }
  *frame
      |= c->va >> context->geometry->page_shift
         & ((G_GUINT64_CONSTANT (1) << (shift - context->geometry->page_shift))
            - 1);
  return TRUE;
}

GArray *
scene_frame_groups (const SceneContext *context, guint abreast, guint64 target)
{
  const struct vm_state *state = context->state;
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (SceneFrameGroup));
  guint used = state->config.frames - state->free_count;
  SceneFrameGroup *last = NULL;

  /* Stops when all have been seen, so that a large machine costs no more than
     a small one. */
  for (guint frame = 0; used > 0 && frame < state->config.frames; frame++) {
    const struct vm_frame_record *record = &state->frames[frame];
    if (record->role == VM_FRAME_FREE)
      continue;
    used--;
    guint64 first = frame - frame % abreast;
    if (last == NULL || last->first != first) {
      SceneFrameGroup group = {.first = first};
      g_array_append_val (groups, group);
      last = &g_array_index (groups, SceneFrameGroup, groups->len - 1);
    }
    last->target |= frame == target;
    last->wanted |= frame == target
                    || (record->role == VM_FRAME_TABLE
                        && record->owner == context->process);
  }
  return groups;
}

void
scene_frame_groups_keep (GArray *groups, guint limit)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = groups->len; i-- > 0 && groups->len > limit;) {
      const SceneFrameGroup *group
          = &g_array_index (groups, SceneFrameGroup, i);
      if (pass == 0 ? !group->wanted : !group->target)
        g_array_remove_index (groups, i);
    }
}
