/* The regions of an address space, and what the last look-up came to. */
#include "figures/vmas.h"

#include "mm/region_tree.h"

/* No tree has a deeper node: see region_tree.c. */
#define MOST_DEPTH 64

static gboolean
is_managed (const struct vm_state *s, guint32 process)
{
  return process < s->process_count
         && s->mms[s->processes[process].mm].managed != 0
         && s->mms[s->processes[process].mm].users != 0;
}

/* Of those that share an address space, the one already meant, or the first. */
static guint32
process_of_mm (const struct vm_state *s, guint64 mm, guint32 meant)
{
  if (meant < s->process_count && s->processes[meant].mm == mm)
    return meant;
  for (guint32 i = 0; i < s->process_count; i++)
    if (s->processes[i].mm == mm)
      return i;
  return meant;
}

static gboolean
names_region (const struct vm_step *step)
{
  return step->kind >= VM_STEP_REGION_LOOK && step->kind <= VM_STEP_ANON;
}

/* Whom a step is about. */
static guint32
process_of_step (const struct vm_state *s, const struct vm_step *step,
                 guint32 meant)
{
  switch (step->kind) {
  case VM_STEP_CALL:
    return (guint32) step->values[VM_V_CALL_PROCESS];
  case VM_STEP_HANDLER:
    return (guint32) step->values[VM_V_HANDLER_PROCESS];
  case VM_STEP_ACCESS:
    return (guint32) step->values[VM_V_ACCESS_PROCESS];
  case VM_STEP_FORK:
    return (guint32) step->values[VM_V_FORK_PARENT];
  case VM_STEP_EXIT:
    return (guint32) step->values[VM_V_EXIT_PROCESS];
  case VM_STEP_SHOW:
    if (step->values[VM_V_SHOW_PROCESS] != VM_NONE)
      return (guint32) step->values[VM_V_SHOW_PROCESS];
    break;
  default:
    break;
  }
  guint64 region = step->values[VM_V_REGION_REGION];
  return names_region (step) && region != 0
             ? process_of_mm (s, s->regions[region].mm, meant)
             : meant;
}

/* The steps of the operation up to the cursor: from the first one. */
static guint64
first_step (const SceneContext *c)
{
  if (c->step == NULL)
    return c->cursor;
  return vm_machine_result (c->machine,
                            vm_machine_op_of_step (c->machine, c->cursor - 1))
      ->first_step;
}

guint32
scene_vmas_process (const SceneContext *context)
{
  const struct vm_state *s = context->state;
  guint32 process = context->process;

  for (guint64 n = first_step (context); n < context->cursor; n++) {
    const struct vm_step *step = vm_machine_step (context->machine, n);
    if (step != NULL)
      process = process_of_step (s, step, process);
  }
  if (is_managed (s, process))
    return process;
  for (guint32 i = 0; i < s->process_count; i++)
    if (is_managed (s, i))
      return i;
  return VM_NONE;
}

static guint
depth_of (const struct vm_state *s, guint32 region)
{
  guint depth = 0;

  for (; s->regions[region].parent != 0 && depth < MOST_DEPTH; depth++)
    region = s->regions[region].parent;
  return depth;
}

static SceneVma *
vma_of (const SceneVmas *vmas, guint64 region)
{
  for (guint i = 0; i < vmas->list->len; i++) {
    SceneVma *vma = &g_array_index (vmas->list, SceneVma, i);
    if (vma->region == region)
      return vma;
  }
  return NULL;
}

static void
read_list (SceneVmas *vmas, const struct vm_state *s)
{
  guint32 mm = s->processes[vmas->process].mm;

  for (guint32 n = vm_tree_first (s, mm); n != 0; n = vm_tree_next (s, n)) {
    SceneVma vma = {.region = n,
                    .r = vm_region_at (s, n),
                    .depth = depth_of (s, n),
                    .parent = SCENE_VMAS_NONE};
    g_array_append_val (vmas->list, vma);
  }
  for (guint i = 0; i < vmas->list->len; i++) {
    SceneVma *vma = &g_array_index (vmas->list, SceneVma, i);
    const SceneVma *parent = vma_of (vmas, vma->r->parent);
    if (vma->r->parent != 0 && parent != NULL)
      vma->parent
          = (guint) (parent - (const SceneVma *) (void *) vmas->list->data);
  }
}

static void
forget_look (SceneVmas *vmas)
{
  for (guint i = 0; i < vmas->list->len; i++) {
    SceneVma *vma = &g_array_index (vmas->list, SceneVma, i);
    vma->looked = vma->found = FALSE;
  }
  vmas->at = SCENE_VMAS_NONE;
}

/* A look-up is a run of LOOKs and a FOUND. */
static void
note_look (SceneVmas *vmas, const struct vm_step *step, gboolean *open)
{
  SceneVma *vma = vma_of (vmas, step->values[VM_V_REGION_REGION]);

  if (!*open)
    forget_look (vmas);
  *open = step->kind == VM_STEP_REGION_LOOK;
  vmas->looking = TRUE;
  vmas->va = step->values[VM_V_LOOK_VA];
  if (vma == NULL)
    return;
  vmas->at = (guint) (vma - (SceneVma *) (void *) vmas->list->data);
  vma->found = step->kind == VM_STEP_REGION_FOUND;
  if (vma->found)
    return;
  vma->looked = TRUE;
  vma->look = (enum vm_look) step->values[VM_V_LOOK_LOOK];
}

static void
read_steps (SceneVmas *vmas, const SceneContext *c)
{
  gboolean open = FALSE;

  for (guint64 n = first_step (c); n < c->cursor; n++) {
    const struct vm_step *step = vm_machine_step (c->machine, n);
    if (step == NULL)
      continue;
    if (step->kind == VM_STEP_REGION_LOOK || step->kind == VM_STEP_REGION_FOUND)
      note_look (vmas, step, &open);
  }
  SceneVma *now = c->step != NULL && names_region (c->step)
                      ? vma_of (vmas, c->step->values[VM_V_REGION_REGION])
                      : NULL;
  if (now != NULL)
    now->now = TRUE;
}

SceneVmas
scene_vmas_read (const SceneContext *context)
{
  SceneVmas vmas = {.process = scene_vmas_process (context),
                    .list = g_array_new (FALSE, FALSE, sizeof (SceneVma)),
                    .at = SCENE_VMAS_NONE};

  if (vmas.process == VM_NONE)
    return vmas;
  vmas.mm = vm_mm_of (context->state, vmas.process);
  read_list (&vmas, context->state);
  read_steps (&vmas, context);
  return vmas;
}

void
scene_vmas_clear (SceneVmas *vmas)
{
  g_clear_pointer (&vmas->list, g_array_unref);
}

const SceneVma *
scene_vma_at (const SceneVmas *vmas, guint i)
{
  return &g_array_index (vmas->list, SceneVma, i);
}

/* How many regions a step makes more; and of which address space. */
static int
more_by (const struct vm_step *step, guint64 *mm)
{
  *mm = step->values[VM_V_REGION_MM];
  switch (step->kind) {
  case VM_STEP_REGION_NEW:
  case VM_STEP_REGION_SPLIT:
    return 1;
  case VM_STEP_REGION_GONE:
    return -1;
  default:
    return 0;
  }
}

/* What merges take away is not counted, for their steps do not say whose they
 * are: so it may be a little too much. */
guint
scene_vmas_most (const SceneContext *context)
{
  g_autofree int *counts = g_new0 (int, VM_MAX_PROCESSES);
  guint64 end = vm_machine_step_count (context->machine), mm;
  int most = 0;

  for (guint64 n = 0; n < end; n++) {
    const struct vm_step *step = vm_machine_step (context->machine, n);
    int more = step == NULL ? 0 : more_by (step, &mm);
    if (more == 0 || mm >= VM_MAX_PROCESSES)
      continue;
    counts[mm] += more;
    most = MAX (most, counts[mm]);
  }
  for (guint i = 0; i < context->state->process_count; i++)
    most = MAX (most, (int) vm_mm_of (context->state, i)->regions);
  return (guint) most;
}

/* The fewest nodes of h levels: all black, but for one way down that has a red
 * node below each black one. 1, 2, 4, 6, 10, 14, 22 ... */
static guint
least_nodes (guint levels)
{
  guint half = 1u << (levels / 2);

  return levels % 2 == 0 ? 2 * half - 2 : 3 * half - 2;
}

guint
scene_vmas_levels (guint count)
{
  guint levels = 0;

  while (levels < 2 * 24 && least_nodes (levels + 1) <= count)
    levels++;
  return levels;
}
