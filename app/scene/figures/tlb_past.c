/* What the TLB held after earlier accesses. */
#include "figures/tlb_past.h"

#include <string.h>

#include "mmu/tlb.h"

/* Takes back what a step changed in a copy of entries that lie at a place of
 * the state. */
static void
undo (const struct vm_tape *tape, guint64 step, guint32 place, guint8 *copy,
      gsize size)
{
  for (guint64 i = vm_tape_delta_count (tape, step); i-- > 0;) {
    const struct vm_delta *delta = vm_tape_delta (tape, step, i);
    if (delta->place >= place && delta->place - place < size)
      memcpy (copy + (delta->place - place), &delta->before, delta->width);
  }
}

/* The set that the TLB was asked for last; no earlier than it is asked. */
static guint
latest_set (const SceneContext *c, const SceneAccess *accesses, guint count)
{
  for (guint i = count; i-- > 0;)
    if (accesses[i].tlb != SCENE_TLB_UNKNOWN)
      return vm_tlb_set_of (&c->own, accesses[i].va >> accesses[i].shift);
  return 0;
}

guint
scene_tlb_window (const SceneContext *context, const SceneAccess *accesses,
                  guint count, guint rows)
{
  guint ways = context->own.ways;
  guint first = latest_set (context, accesses, count) * ways;

  if (ways <= rows)
    first -= MIN (first, (rows - ways) / 2 / ways * ways);
  return MIN (first, context->own.sets * ways - rows);
}

guint
scene_tlb_past (const SceneContext *context, const SceneAccess *accesses,
                guint count, guint first, guint rows, struct vm_tlb_entry *held)
{
  const struct vm_tape *tape = vm_machine_tape (context->machine);
  const struct vm_tlb_entry *now
      = &context->state->tlb[context->own.first + first];
  gsize size = rows * sizeof *now;
  g_autofree guint8 *copy = g_memdup2 (now, size);
  guint64 at = context->cursor;

  for (guint known = 0; known < count; known++) {
    guint i = count - 1 - known;
    for (; at > accesses[i].end_step; at--) {
      if (vm_tape_step (tape, at - 1) == NULL)
        return known;
      undo (tape, at - 1, vm_tape_place (tape, now), copy, size);
    }
    memcpy (held + i * rows, copy, size);
  }
  return count;
}
