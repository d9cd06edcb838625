/* The entries of a process's two roots, half by half. */
#include "figures/root_entries.h"

#include "tape/memory.h"

static guint
entry_count (const struct vm_geometry *g)
{
  const struct vm_level *top = &g->level[g->levels];

  return 1u << (top->high - top->low + 1);
}

static void
read_entry (SceneRootEntry *entry, const SceneContext *c,
            const SceneRootEntries *roots, guint index)
{
  const struct vm_geometry *g = c->geometry;

  *entry = (SceneRootEntry){.index = index};
  for (guint root = 0; root < 2; root++) {
    if (roots->frame[root] == 0)
      continue;
    vm_paddr pa
        = vm_geometry_entry (g, vm_frame_of (roots->frame[root]), index);
    struct vm_pte pte = vm_pte_decode (
        g, g->levels, vm_memory_read (c->state, pa, g->entry_bytes),
        c->state->config.nx);
    entry->pa[root] = pa.v;
    entry->table[root] = pte.present ? pte.frame : 0;
  }
}

/* The half of an entry, by the uppermost bit of its index. */
static guint
half_of (const struct vm_geometry *g, guint index)
{
  return index >= entry_count (g) / 2 ? 0 : 1;
}

void
scene_root_entries_read (SceneRootEntries *entries, const SceneContext *context,
                         guint32 process, const guint rows[2])
{
  const struct vm_geometry *g = context->geometry;

  *entries = (SceneRootEntries){0};
  if (process == VM_NONE)
    return;
  entries->frame[0] = vm_mm_of (context->state, process)->root;
  if (context->state->config.kpti)
    entries->frame[1] = vm_mm_of (context->state, process)->user_root;
  for (guint index = entry_count (g); index-- > 0;) {
    SceneRootEntry entry;
    guint half = half_of (g, index);
    if (entries->count[half] >= MIN (rows[half], SCENE_ROOT_ENTRIES))
      continue;
    read_entry (&entry, context, entries, index);
    if (entry.table[0] != 0 || entry.table[1] != 0)
      entries->half[half][entries->count[half]++] = entry;
  }
}

guint
scene_root_entries_most (const SceneContext *context, guint half)
{
  const struct vm_geometry *g = context->geometry;
  g_autofree guint8 *seen = g_new0 (guint8, entry_count (g));
  guint count = 0;

  for (guint64 i = 0; i < vm_machine_op_count (context->machine); i++) {
    const struct vm_op *op = vm_machine_op (context->machine, i);
    if (op->kind != VM_OP_MAP)
      continue;
    guint index = vm_geometry_index (g, g->levels,
                                     vm_vaddr_of (op->values[VM_P_MAP_VA]));
    count += half_of (g, index) == half && !seen[index];
    seen[index] = 1;
  }
  return count;
}

guint32
scene_root_process (const SceneContext *context)
{
  if (context->process != VM_NONE)
    return context->process;
  return context->state->process_count > 0 ? 0 : VM_NONE;
}

guint
scene_root_cpu (const SceneContext *context, guint32 process)
{
  for (guint cpu = 0; cpu < context->state->config.cpus; cpu++)
    if (context->state->cpus[cpu].process == process)
      return cpu;
  return context->cpu;
}

gboolean
scene_root_is_loaded (const SceneContext *context, guint32 process,
                      guint64 frame)
{
  const struct vm_cpu *cpu
      = &context->state->cpus[scene_root_cpu (context, process)];

  return frame != 0 && cpu->process == process
         && cpu->cr3 >> context->geometry->page_shift == frame;
}

gboolean
scene_root_entry_is_used (const SceneContext *context, guint index)
{
  return context->access && context->level[context->geometry->levels].read
         && context->level[context->geometry->levels].index == index;
}

gboolean
scene_root_switch (const SceneContext *context, guint *dropped)
{
  if (context->step == NULL)
    return FALSE;
  guint64 operation
      = vm_machine_op_of_step (context->machine, context->cursor - 1);
  const struct vm_result *result
      = vm_machine_result (context->machine, operation);

  for (guint64 n = context->cursor; result != NULL && n > result->first_step;
       n--) {
    const struct vm_step *step = vm_machine_step (context->machine, n - 1);
    if (step == NULL || step->kind != VM_STEP_MODE)
      continue;
    *dropped = (guint) step->values[VM_V_MODE_DROPPED];
    return TRUE;
  }
  return FALSE;
}
