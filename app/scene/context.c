/* What the latest operation has come to so far. */
#include "context.h"

#include "tape/memory.h"

/* The entry of a level as a step tells it. */
static void
note_entry (SceneContext *c, const struct vm_step *step)
{
  guint number = (guint) step->values[VM_V_ENTRY_LEVEL];
  if (number < 1 || number > VM_MAX_LEVELS)
    return;

  SceneWalkLevel *level = &c->level[number];
  level->index = (guint) step->values[VM_V_ENTRY_INDEX];
  level->table = step->values[VM_V_ENTRY_TABLE];
  level->entry_pa = step->values[VM_V_ENTRY_PA];
  level->raw = step->values[VM_V_ENTRY_RAW];
  level->pte
      = vm_pte_decode (c->geometry, number, level->raw, c->state->config.nx);
  level->now = step == c->step;
  /* After a TLB hit D is set without reading the entry as a walk would. */
  if (step->kind == VM_STEP_ENTRY_WRITE || !c->walking)
    level->written = TRUE;
  else
    level->read = TRUE;
}

/* An entry was edited: of whichever process has the table. */
static void
note_change (SceneContext *c, const struct vm_step *step)
{
  guint64 table = step->values[VM_V_ENTRY_TABLE];

  if (c->access)
    return;
  note_entry (c, step);
  if (table < c->state->config.frames
      && c->state->frames[table].owner < c->state->process_count)
    c->process = c->state->frames[table].owner;
}

/* The access is tried again, or there is another one: what was seen before no
 * longer counts. */
static void
begin_again (SceneContext *c)
{
  for (guint level = 0; level <= VM_MAX_LEVELS; level++)
    c->level[level] = (SceneWalkLevel){0};
  c->tlb = SCENE_TLB_UNKNOWN;
  c->walking = c->checked = c->composed = c->tlb_filled = FALSE;
  c->faulted = c->handled = FALSE;
}

static void
note_access (SceneContext *c, const struct vm_step *step)
{
  /* A program that runs, or is executed, makes several. */
  if (c->access)
    begin_again (c);
  c->composed = c->data_done = c->faulted = FALSE;
  c->access = TRUE;
  c->va = step->values[VM_V_ACCESS_VA];
  c->kind = (enum vm_access_kind) step->values[VM_V_ACCESS_KIND];
  c->mode = (enum vm_mode) step->values[VM_V_ACCESS_MODE];
  c->width = (guint) step->values[VM_V_ACCESS_WIDTH];
  if (c->stores && c->width < sizeof c->data)
    c->data &= (G_GUINT64_CONSTANT (1) << 8 * c->width) - 1;
  c->cpu = step->cpu;
  c->own = vm_tlb_of (c->state, c->cpu, vm_tlb_unit_for (c->state, c->kind));
  c->process = (guint32) step->values[VM_V_ACCESS_PROCESS];
}

/* An access by way of a segment; it may end there. */
static void
note_segment (SceneContext *c, const struct vm_step *step)
{
  c->by_segment = TRUE;
  c->segment = (enum vm_segment_register) step->values[VM_V_SEGMENT_REGISTER];
  c->segment_offset = step->values[VM_V_USE_OFFSET];
  c->kind = (enum vm_access_kind) step->values[VM_V_USE_KIND];
  c->mode = (enum vm_mode) step->values[VM_V_USE_MODE];
  c->width = (guint) step->values[VM_V_USE_WIDTH];
  c->cpu = step->cpu;
  c->process = (guint32) step->values[VM_V_USE_PROCESS];
}

static void
note_map (SceneContext *c, const struct vm_step *step)
{
  c->mapping = TRUE;
  c->va = step->values[VM_V_MAP_VA];
  c->process = (guint32) step->values[VM_V_MAP_PROCESS];
}

static void
note_tlb (SceneContext *c, const struct vm_step *step, SceneTlbOutcome outcome)
{
  c->tlb = outcome;
  c->tlb_unit = (enum vm_tlb_unit) step->unit;
  /* What the second level says is not about a way of the first. */
  if (step->unit == VM_TLB_SECOND)
    return;
  c->tlb_set = (guint) step->values[VM_V_TLB_SET];
  c->tlb_page = step->values[VM_V_TLB_PAGE];
  c->tlb_shift = (guint) step->values[VM_V_TLB_SHIFT];
  if (outcome != SCENE_TLB_HIT)
    return;

  c->tlb_way = (guint) step->values[VM_V_TLB_WAY];
  c->frame = step->values[VM_V_TLB_FRAME];
}

static void
note_fill (SceneContext *c, const struct vm_step *step)
{
  if (step->unit == VM_TLB_SECOND)
    return;
  c->tlb_filled = TRUE;
  c->tlb_set = (guint) step->values[VM_V_TLB_SET];
  c->tlb_way = (guint) step->values[VM_V_TLB_WAY];
  c->tlb_page = step->values[VM_V_TLB_PAGE];
  c->tlb_shift = (guint) step->values[VM_V_TLB_SHIFT];
}

static void
note_compose (SceneContext *c, const struct vm_step *step)
{
  c->composed = TRUE;
  c->frame = step->values[VM_V_COMPOSE_FRAME];
  c->offset = step->values[VM_V_COMPOSE_OFFSET];
  c->pa = step->values[VM_V_COMPOSE_PA];
  c->page_shift = (guint) step->values[VM_V_COMPOSE_SHIFT];
}

/* Without pages the address is known at once. */
static void
note_bare (SceneContext *c, guint64 pa)
{
  c->composed = TRUE;
  c->pa = pa;
  c->page_shift = c->geometry->page_shift;
  c->frame = pa >> c->page_shift;
  c->offset = pa & (vm_geometry_page_bytes (c->geometry) - 1);
}

static void
note_identity (SceneContext *c, const struct vm_step *step)
{
  note_bare (c, step->values[VM_V_BARE_PA]);
}

static void
note_base (SceneContext *c, const struct vm_step *step)
{
  note_bare (c, step->values[VM_V_BASE_PA]);
}

static void
note_image (SceneContext *c, const struct vm_step *step)
{
  c->process = (guint32) step->values[VM_V_IMAGE_PROCESS];
}

/* A device took the access, or nobody. Ports and devices that act by themselves
 * are no accesses. */
static void
note_device (SceneContext *c, const struct vm_step *step)
{
  if (!c->access)
    return;
  c->data_done = TRUE;
  c->data = step->values[VM_V_DEVICE_VALUE];
}

static void
note_silence (SceneContext *c, const struct vm_step *step)
{
  if (!c->access)
    return;
  c->data_done = TRUE;
  c->data = step->values[VM_V_SILENCE_VALUE];
}

/* A device does what a processor does otherwise. */
static void
note_dma (SceneContext *c, const struct vm_step *step)
{
  c->kind = (enum vm_access_kind) step->values[VM_V_DMA_KIND];
  c->width = (guint) step->values[VM_V_DMA_WIDTH];
}

static void
note_iommu_walk (SceneContext *c, const struct vm_step *step)
{
  c->mapping = c->walking = TRUE;
  c->mode = VM_USER_MODE;
  c->va = step->values[VM_V_IOMMU_WALK_ADDRESS];
  c->process = (guint32) step->values[VM_V_IOMMU_WALK_DOMAIN];
}

static void
note_bus (SceneContext *c, const struct vm_step *step)
{
  note_bare (c, step->values[VM_V_BUS_PA]);
}

static void
note_fault (SceneContext *c, const struct vm_step *step)
{
  c->faulted = TRUE;
  c->fault = (struct vm_fault){
      .kind = (enum vm_fault_kind) step->values[VM_V_FAULT_KIND],
      .vector = (uint32_t) step->values[VM_V_FAULT_VECTOR],
      .error = (uint32_t) step->values[VM_V_FAULT_ERROR],
      .address = vm_vaddr_of (step->values[VM_V_FAULT_ADDRESS])};
}

static void
note_process (SceneContext *c, const struct vm_step *step)
{
  c->process = (guint32) step->values[VM_V_PROCESS_PROCESS];
}

/* The kernel has put a page there, or an entry that leads to it. */
static void
note_handled (SceneContext *c, const struct vm_step *step)
{
  (void) step;
  c->handled = c->access;
}

static void
note_probe (SceneContext *c, const struct vm_step *step)
{
  if (c->handled)
    begin_again (c);
  note_tlb (c, step, SCENE_TLB_PROBING);
}

static void
note_hit (SceneContext *c, const struct vm_step *step)
{
  note_tlb (c, step, SCENE_TLB_HIT);
}

static void
note_miss (SceneContext *c, const struct vm_step *step)
{
  note_tlb (c, step, SCENE_TLB_MISS);
}

static void
note_walk (SceneContext *c, const struct vm_step *step)
{
  (void) step;
  c->walking = TRUE;
}

static void
note_permission (SceneContext *c, const struct vm_step *step)
{
  c->checked = TRUE;
  c->verdict = (enum vm_verdict) step->values[VM_V_PERMISSION_VERDICT];
}

static void
note_call (SceneContext *c, const struct vm_step *step)
{
  c->process = (guint32) step->values[VM_V_CALL_PROCESS];
}

static void
note_fork (SceneContext *c, const struct vm_step *step)
{
  c->process = (guint32) step->values[VM_V_FORK_PARENT];
}

static void
note_data (SceneContext *c, const struct vm_step *step)
{
  c->data_done = TRUE;
  c->data = step->values[VM_V_DATA_VALUE];
}

/* What a kind of step adds to the context; the other kinds add nothing. */
static void (*const notes[VM_STEP_KINDS]) (SceneContext *c,
                                           const struct vm_step *step)
    = {[VM_STEP_PROCESS] = note_process,
       [VM_STEP_MAP] = note_map,
       [VM_STEP_ENTRY_WRITE] = note_entry,
       [VM_STEP_ENTRY_READ] = note_entry,
       [VM_STEP_REGISTER_READ] = note_entry,
       [VM_STEP_SET_ACCESSED] = note_entry,
       [VM_STEP_SET_DIRTY] = note_entry,
       [VM_STEP_ENTRY_CHANGE] = note_change,
       [VM_STEP_ACCESS] = note_access,
       [VM_STEP_TLB_PROBE] = note_probe,
       [VM_STEP_TLB_HIT] = note_hit,
       [VM_STEP_TLB_MISS] = note_miss,
       [VM_STEP_WALK] = note_walk,
       [VM_STEP_PERMISSION] = note_permission,
       [VM_STEP_COMPOSE] = note_compose,
       [VM_STEP_TLB_FILL] = note_fill,
       [VM_STEP_TLB_PROMOTE] = note_fill,
       [VM_STEP_DATA] = note_data,
       [VM_STEP_FAULT] = note_fault,
       [VM_STEP_IDENTITY] = note_identity,
       [VM_STEP_BASE] = note_base,
       [VM_STEP_PROGRAM] = note_image,
       [VM_STEP_OVERWRITE] = note_image,
       [VM_STEP_LEAVE] = note_image,
       [VM_STEP_RELOCATE] = note_image,
       [VM_STEP_SWAP_OUT] = note_image,
       [VM_STEP_SWAP_IN] = note_image,
       [VM_STEP_MOVE] = note_image,
       [VM_STEP_RUN] = note_image,
       [VM_STEP_HANDLED] = note_handled,
       [VM_STEP_VMALLOC_SYNC] = note_handled,
       [VM_STEP_CALL] = note_call,
       [VM_STEP_FORK] = note_fork,
       [VM_STEP_SEGMENT_USE] = note_segment,
       [VM_STEP_DEVICE] = note_device,
       [VM_STEP_SILENCE] = note_silence,
       [VM_STEP_DMA] = note_dma,
       [VM_STEP_IOMMU_WALK] = note_iommu_walk,
       [VM_STEP_BUS] = note_bus};

/* Where a level's table lies in memory, going down from the root as the
 * hardware would. */
static gboolean
table_in_memory (const SceneContext *c, guint level, guint64 *frame)
{
  const struct vm_geometry *g = c->geometry;

  *frame = scene_context_root (c, c->va);
  for (guint l = g->levels; l > level; l--) {
    guint64 pa = (*frame << g->page_shift)
                 + (guint64) vm_geometry_index (g, l, vm_vaddr_of (c->va))
                       * g->entry_bytes;
    guint64 raw = vm_memory_read (c->state, vm_paddr_of (pa), g->entry_bytes);
    struct vm_pte pte = vm_pte_decode (g, l, raw, c->state->config.nx);
    if (!pte.present || pte.leaf)
      return FALSE;
    *frame = pte.frame;
  }
  return TRUE;
}

/* What a store will write stands in the register from the start. */
static void
note_store (SceneContext *c, const struct vm_op *op)
{
  c->stores = op->kind == VM_OP_ACCESS && vm_op_gives (op, VM_P_ACCESS_VALUE);
  if (c->stores)
    c->data = op->values[VM_P_ACCESS_VALUE];
}

/* Who runs, on the first processor that runs anybody. */
static guint32
running_process (const struct vm_state *state)
{
  for (guint cpu = 0; cpu < state->config.cpus; cpu++)
    if (state->cpus[cpu].process != VM_NONE)
      return state->cpus[cpu].process;
  return VM_NONE;
}

/* With KPTI user mode has a root of its own. */
static gboolean
has_user_root (const SceneContext *c)
{
  return c->state->config.kpti && c->access && c->mode == VM_USER_MODE;
}

/* Over all operations, so that no column grows while one steps. */
static guint64
largest_frame (const struct vm_machine *machine, const struct vm_geometry *g)
{
  guint64 largest = 0;

  for (guint64 i = 0; g != NULL && i < vm_machine_op_count (machine); i++) {
    const struct vm_op *op = vm_machine_op (machine, i);
    if (op->kind != VM_OP_MAP)
      continue;
    guint64 more = vm_op_gives (op, VM_P_MAP_SIZE)
                       ? (op->values[VM_P_MAP_SIZE] >> g->page_shift) - 1
                       : 0;
    largest = MAX (largest, op->values[VM_P_MAP_FRAME] + more);
  }
  return largest;
}

/* Does any operation have the kernel manage an address space? */
static gboolean
makes_regions (const struct vm_machine *machine)
{
  for (guint64 i = 0; i < vm_machine_op_count (machine); i++) {
    const struct vm_op *op = vm_machine_op (machine, i);
    if (op->kind == VM_OP_MMAP || op->kind == VM_OP_BRK
        || op->kind == VM_OP_MALLOC || op->kind == VM_OP_FORK
        || op->kind == VM_OP_VFORK || op->kind == VM_OP_CLONE
        || (op->kind == VM_OP_PROCESS && op->values[VM_P_PROCESS_LAYOUT] != 0))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_segments (const struct vm_machine *machine)
{
  for (guint64 i = 0; i < vm_machine_op_count (machine); i++)
    if (vm_machine_op (machine, i)->kind == VM_OP_SEGMENTS)
      return TRUE;
  return FALSE;
}

/* What a figure of the TLB must have room for, whichever is asked. */
static void
note_most (SceneContext *c)
{
  struct vm_tlb code = vm_tlb_of (c->state, 0, VM_TLB_CODE);

  c->most.sets = MAX (c->own.sets, code.sets);
  c->most.ways = MAX (c->own.ways, code.ways);
  c->most_entries = MAX (c->own.sets * c->own.ways, code.sets * code.ways);
}

void
scene_context_read (SceneContext *context, const struct vm_machine *machine)
{
  guint64 cursor = vm_machine_cursor (machine);

  *context = (SceneContext){.machine = machine,
                            .state = vm_machine_state (machine),
                            .geometry = vm_machine_geometry (machine),
                            .cursor = cursor,
                            .process = VM_NONE};
  context->own = vm_tlb_of (context->state, 0, VM_TLB_DATA);
  note_most (context);
  context->last_frame = largest_frame (machine, context->geometry);
  context->regions = makes_regions (machine);
  context->segments = has_segments (machine);
  if (cursor == 0 || context->geometry == NULL)
    return;

  context->process = running_process (context->state);
  context->step = vm_machine_step (machine, cursor - 1);
  guint64 operation = vm_machine_op_of_step (machine, cursor - 1);
  const struct vm_result *result = vm_machine_result (machine, operation);
  if (result == NULL)
    return;

  note_store (context, vm_machine_op (machine, operation));
  for (guint64 n = result->first_step; n < cursor; n++) {
    const struct vm_step *step = vm_machine_step (machine, n);
    if (step != NULL && notes[step->kind] != NULL)
      notes[step->kind](context, step);
  }
}

guint64
scene_context_root (const SceneContext *context, guint64 va)
{
  if (vm_geometry_is_upper (context->geometry, vm_vaddr_of (va)))
    return context->state->config.kernel_root;
  if (has_user_root (context))
    return vm_mm_of (context->state, context->process)->user_root;
  return vm_mm_of (context->state, context->process)->root;
}

gboolean
scene_context_about_page (const SceneContext *context)
{
  return context->access || context->mapping;
}

gboolean
scene_context_table (const SceneContext *context, guint level, guint64 *frame)
{
  const SceneWalkLevel *own = &context->level[level];
  const SceneWalkLevel *above = &context->level[level + 1];

  if (own->read || own->written) {
    *frame = own->table;
    return TRUE;
  }
  if (context->process >= context->state->process_count)
    return FALSE;
  if (context->mapping)
    return table_in_memory (context, level, frame);
  if (level == context->geometry->levels) {
    *frame = scene_context_root (context, context->va);
    return TRUE;
  }
  *frame = above->pte.frame;
  return above->read && above->pte.present && above->pte.reserved == 0
         && !above->pte.leaf;
}

guint
scene_context_last_level (const SceneContext *context)
{
  for (guint level = 1; level <= VM_MAX_LEVELS; level++)
    if (context->level[level].read || context->level[level].written)
      return level;
  return 0;
}

gboolean
scene_context_is (const SceneContext *context, enum vm_step_kind kind)
{
  return context->step != NULL && context->step->kind == kind;
}

void
scene_context_forget_operation (SceneContext *context)
{
  *context = (SceneContext){.machine = context->machine,
                            .state = context->state,
                            .geometry = context->geometry,
                            .cursor = context->cursor,
                            .process = context->process,
                            .own = context->own,
                            .most = context->most,
                            .most_entries = context->most_entries,
                            .last_frame = context->last_frame,
                            .regions = context->regions,
                            .segments = context->segments};
}
