/* What an operation does to pages and their frames. */
#include "figures/happening.h"

#include "tape/steps.h"

static void
note_fork (SceneHappening *h, const struct vm_step *step)
{
  h->process = (guint32) step->values[VM_V_FORK_PARENT];
  h->other = (guint32) step->values[VM_V_FORK_CHILD];
}

/* The next region: none of its pages yet. */
static void
note_region_at (SceneHappening *h, guint64 va)
{
  h->page = FALSE;
  h->region = TRUE;
  h->va = va;
}

static void
note_region (SceneHappening *h, const struct vm_step *step)
{
  note_region_at (h, step->values[VM_V_REGION_START]);
}

static void
note_segment (SceneHappening *h, const struct vm_step *step)
{
  note_region_at (h, step->values[VM_V_EXEC_SEGMENT_START]);
}

static void
note_bss (SceneHappening *h, const struct vm_step *step)
{
  note_region_at (h, step->values[VM_V_BSS_START]);
}

static void
note_special (SceneHappening *h, const struct vm_step *step)
{
  note_region_at (h, step->values[VM_V_SPECIAL_START]);
}

static void
note_stack (SceneHappening *h, const struct vm_step *step)
{
  note_region_at (h, step->values[VM_V_STACK_START]);
}

static void
note_start (SceneHappening *h, const struct vm_step *step)
{
  note_region_at (h, step->values[VM_V_START_INSTRUCTION]);
}

/* Acts of execve that are about no region and no page. */
static void
note_nothing (SceneHappening *h, const struct vm_step *step)
{
  (void) step;
  h->page = h->region = FALSE;
}

/* Within an operation that maps regions: now it is about a page. */
static void
note_access (SceneHappening *h, const struct vm_step *step)
{
  if (!h->region)
    return;
  h->region = FALSE;
  h->page = TRUE;
  h->va = step->values[VM_V_ACCESS_VA];
}

/* What the vectors say lies on the stack. */
static void
note_tables (SceneHappening *h, const struct vm_step *step)
{
  h->region = FALSE;
  h->page = TRUE;
  h->va = step->values[VM_V_TABLES_STACK];
}

static void
note_shared (SceneHappening *h, const struct vm_step *step)
{
  h->page = TRUE;
  h->region = FALSE;
  h->va = step->values[VM_V_SHARE_VA];
}

static void
note_copy (SceneHappening *h, const struct vm_step *step)
{
  h->copied = TRUE;
  h->copy_from = step->values[VM_V_COPY_FROM];
  h->copy_to = step->values[VM_V_COPY_TO];
}

static void
note_take (SceneHappening *h, const struct vm_step *step)
{
  if (step->values[VM_V_TAKE_ROLE] != VM_FRAME_DATA)
    return;
  h->taken = TRUE;
  h->taken_frame = step->values[VM_V_TAKE_FRAME];
}

static void
note_handled (SceneHappening *h, const struct vm_step *step)
{
  (void) step;
  h->taken = FALSE;
}

/* The frame that a kind of step is about, as the number of its value plus 1. */
static const guint8 frame_values[VM_STEP_KINDS]
    = {[VM_STEP_FRAME_TAKE] = VM_V_TAKE_FRAME + 1,
       [VM_STEP_MAP] = VM_V_MAP_FRAME + 1,
       [VM_STEP_COPY] = VM_V_COPY_TO + 1,
       [VM_STEP_FORK_ENTRY] = VM_V_SHARE_FRAME + 1,
       [VM_STEP_HANDLED] = VM_V_HANDLED_FRAME + 1,
       [VM_STEP_CACHE_READ] = VM_V_CACHE_FRAME + 1,
       [VM_STEP_DIRTY] = VM_V_FILE_PAGE_FRAME + 1,
       [VM_STEP_WRITEBACK] = VM_V_FILE_PAGE_FRAME + 1,
       [VM_STEP_CLEAN] = VM_V_FILE_PAGE_FRAME + 1,
       [VM_STEP_DISK_ERROR] = VM_V_FILE_PAGE_FRAME + 1,
       [VM_STEP_ZERO_TAIL] = VM_V_FILE_PAGE_FRAME + 1,
       [VM_STEP_CACHE_GONE] = VM_V_FILE_PAGE_FRAME + 1,
       [VM_STEP_FRAME_FREE] = VM_V_FREE_FRAME + 1,
       [VM_STEP_BLOCK_SPLIT] = VM_V_BLOCK_FRAME + 1,
       [VM_STEP_BLOCK_MERGE] = VM_V_BLOCK_FRAME + 1,
       [VM_STEP_SLAB_NEW] = VM_V_SLAB_FRAME + 1,
       [VM_STEP_SLAB_PICK] = VM_V_SLAB_FRAME + 1,
       [VM_STEP_SLAB_FIND] = VM_V_SLAB_FRAME + 1,
       [VM_STEP_OBJECT_TAKE] = VM_V_SLAB_FRAME + 1,
       [VM_STEP_OBJECT_PUT] = VM_V_SLAB_FRAME + 1,
       [VM_STEP_RMAP] = VM_V_RMAP_FRAME + 1,
       [VM_STEP_FRAME_REFS] = VM_V_REFS_FRAME + 1,
       [VM_STEP_COMPOSE] = VM_V_COMPOSE_FRAME + 1};

/* Questions about a frame: their value is its number. */
static gboolean
asks_of_frame (const struct vm_step *step)
{
  guint64 question = step->values[VM_V_DECIDE_QUESTION];

  return question == VM_ASK_PROTECTED || question == VM_ASK_ZERO;
}

static void
note_frame (SceneHappening *h, const struct vm_step *step)
{
  guint value = frame_values[step->kind];

  if (step->kind == VM_STEP_DECIDE && asks_of_frame (step))
    value = VM_V_DECIDE_VALUE + 1;
  if (step->kind == VM_STEP_ENTRY_WRITE && step->values[VM_V_ENTRY_FRAME] != 0)
    value = VM_V_ENTRY_FRAME + 1;
  if (value == 0)
    return;
  h->known = TRUE;
  h->frame = step->values[value - 1];
}

static void
note_step (SceneHappening *h, const struct vm_step *step)
{
  static void (*const notes[VM_STEP_KINDS]) (SceneHappening *,
                                             const struct vm_step *)
      = {[VM_STEP_ACCESS] = note_access,
         [VM_STEP_EXEC_HEADER] = note_nothing,
         [VM_STEP_EXEC_STACK] = note_stack,
         [VM_STEP_EXEC_PLACE] = note_nothing,
         [VM_STEP_EXEC_SEGMENT] = note_segment,
         [VM_STEP_EXEC_BSS] = note_bss,
         [VM_STEP_EXEC_SPECIAL] = note_special,
         [VM_STEP_EXEC_TABLES] = note_tables,
         [VM_STEP_EXEC_START] = note_start,
         [VM_STEP_FORK] = note_fork,
         [VM_STEP_FORK_REGION] = note_region,
         [VM_STEP_FORK_ENTRY] = note_shared,
         [VM_STEP_COPY] = note_copy,
         [VM_STEP_FRAME_TAKE] = note_take,
         [VM_STEP_HANDLED] = note_handled};

  note_frame (h, step);
  if (notes[step->kind] != NULL)
    notes[step->kind](h, step);
}

/* The steps that make, or name, the region that it is about. */
static gboolean
maps (enum vm_step_kind kind)
{
  static const gboolean kinds[VM_STEP_KINDS]
      = {[VM_STEP_FORK_REGION] = TRUE,  [VM_STEP_REGION_NEW] = TRUE,
         [VM_STEP_EXEC_STACK] = TRUE,   [VM_STEP_REGION_RESIZE] = TRUE,
         [VM_STEP_EXEC_SEGMENT] = TRUE, [VM_STEP_EXEC_BSS] = TRUE,
         [VM_STEP_EXEC_SPECIAL] = TRUE, [VM_STEP_EXEC_START] = TRUE};

  return kinds[kind];
}

void
scene_happening_read (SceneHappening *happening, const SceneContext *context)
{
  const SceneContext *c = context;

  *happening = (SceneHappening){.page = scene_context_about_page (c),
                                .va = c->va,
                                .process = c->process,
                                .other = VM_NONE};
  if (c->step == NULL)
    return;
  const struct vm_result *result = vm_machine_result (
      c->machine, vm_machine_op_of_step (c->machine, c->cursor - 1));
  for (guint64 n = result->first_step; n < c->cursor; n++) {
    const struct vm_step *step = vm_machine_step (c->machine, n);
    if (step != NULL)
      note_step (happening, step);
  }
  happening->mapping
      = (happening->region && maps ((enum vm_step_kind) c->step->kind))
        || c->step->kind == VM_STEP_REGION_FOUND;
  happening->sharing = c->step->kind == VM_STEP_FORK_ENTRY;
  happening->copying = c->step->kind == VM_STEP_COPY;
  happening->freed = c->step->kind == VM_STEP_FRAME_FREE
                     && c->step->values[VM_V_FREE_ROLE] == VM_FRAME_DATA;
  if (happening->freed)
    happening->freed_frame = c->step->values[VM_V_FREE_FRAME];
}
