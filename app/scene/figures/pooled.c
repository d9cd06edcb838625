/* Reads pools of frames from the machine. */
#include "figures/pooled.h"

#include "figures/kit.h"
#include "figures/window.h"

GArray *
scene_pooled_list (const SceneContext *c)
{
  GArray *pools = g_array_new (FALSE, FALSE, sizeof (ScenePooled));
  guint64 count = vm_machine_op_count (c->machine);

  for (guint64 i = 0; i < count; i++) {
    const struct vm_op *op = vm_machine_op (c->machine, i);
    if (op->kind != VM_OP_POOL)
      continue;
    ScenePooled pool = {.index = pools->len,
                        .name = vm_machine_name (
                            c->machine, (guint32) op->values[VM_P_POOL_NAME]),
                        .policy = (enum vm_policy) op->values[VM_P_POOL_POLICY],
                        .frames = (guint) op->values[VM_P_POOL_FRAMES]};
    g_array_append_val (pools, pool);
  }
  return pools;
}

guint64
scene_pooled_widest (const SceneContext *c)
{
  guint64 count = vm_machine_op_count (c->machine), widest = 0;

  for (guint64 i = 0; i < count; i++) {
    const struct vm_op *op = vm_machine_op (c->machine, i);
    if (op->kind == VM_OP_REFERENCE)
      widest = MAX (widest, op->values[VM_P_REFERENCE_PAGE]);
    if (op->kind != VM_OP_STRING)
      continue;
    guint32 length;
    const guint64 *records = vm_machine_list (
        c->machine, op->values[VM_P_STRING_REFERENCES], &length);
    for (guint32 j = 0; j < length; j++)
      widest = MAX (widest, records[j] >> 1);
  }
  return widest;
}

ScenePooledLength
scene_pooled_length (const SceneContext *c)
{
  guint64 count = vm_machine_op_count (c->machine);
  ScenePooledLength length = {0};

  for (guint64 i = 0; i < count; i++) {
    const struct vm_op *op = vm_machine_op (c->machine, i);
    guint32 more = 0;
    if (op->kind == VM_OP_REFERENCE)
      length.named += vm_op_gives (op, VM_P_REFERENCE_PAGE);
    if (op->kind != VM_OP_STRING)
      continue;
    vm_machine_list (c->machine, op->values[VM_P_STRING_REFERENCES], &more);
    length.declared += more;
    if (length.first == 0)
      length.first = length.declared;
  }
  return length;
}

static gboolean
is_made (const SceneContext *c, const ScenePooled *pool)
{
  return pool->index < c->state->pool_count;
}

const struct vm_pool_course *
scene_pooled_course (const SceneContext *c, const ScenePooled *pool)
{
  return is_made (c, pool) ? &c->state->pool_courses[pool->index] : NULL;
}

/* Is the step about a page of this pool? */
static gboolean
is_about (const SceneContext *c, const ScenePooled *pool)
{
  return c->step != NULL && is_made (c, pool)
         && c->step->kind >= VM_STEP_PAGE_HIT
         && c->step->kind <= VM_STEP_POOL_TICK
         && c->step->values[VM_V_POOL_POOL]
                == c->state->pools[pool->index].name;
}

/* The reference that the step belongs to; NULL if to none. *number is that of
 * its step. */
static const struct vm_step *
reference_of (const SceneContext *c, guint64 *number)
{
  const struct vm_step *step = c->step;

  *number = c->cursor - 1;
  while (step != NULL && step->kind != VM_STEP_REFERENCE && step->depth > 0) {
    *number = step->parent;
    step = vm_machine_step (c->machine, *number);
  }
  return step != NULL && step->kind == VM_STEP_REFERENCE ? step : NULL;
}

/* Number of that reference in the string, from 1; 0: none, or it is made in
 * another pool only. */
static guint
reference_now (const SceneContext *c, const ScenePooled *pool)
{
  guint64 number;
  const struct vm_step *step = reference_of (c, &number);

  if (step == NULL || !is_made (c, pool))
    return 0;
  const struct vm_step *outcome = vm_machine_step (c->machine, number + 1);
  if (step->values[VM_V_REFERENCE_POOLS] == 1 && outcome != NULL
      && outcome->values[VM_V_POOL_POOL] != c->state->pools[pool->index].name)
    return 0;
  return (guint) step->values[VM_V_REFERENCE_NUMBER];
}

/* A reference that is being made: what the frames hold at this moment. */
static void
read_live (const SceneContext *c, const ScenePooled *pool,
           ScenePooledTime *time)
{
  struct vm_pool live = vm_pools_get (c->state, pool->index);
  enum vm_step_kind kind = (enum vm_step_kind) c->step->kind;

  time->known = time->now = TRUE;
  for (guint f = 0; f < pool->frames; f++) {
    time->held[f].used = live.frames[f].used;
    time->held[f].page = live.pages[f];
  }
  time->frame = (guint) scene_pooled_focus (c, pool);
  time->role = SCENE_ROLE_ACCENT;
  if (kind == VM_STEP_PAGE_HIT || kind == VM_STEP_PAGE_MARK
      || kind == VM_STEP_PAGE_MOVE || kind == VM_STEP_PAGE_COUNT) {
    time->role = SCENE_ROLE_HIT;
    time->mark = "tick";
  }
  if (kind == VM_STEP_PAGE_VICTIM) {
    time->held[time->frame].used = TRUE;
    time->held[time->frame].page = c->step->values[VM_V_PAGE_PAGE];
    time->role = SCENE_ROLE_FAULT;
    time->mark = "cross";
  }
  if (kind == VM_STEP_PAGE_LOAD) {
    time->role = SCENE_ROLE_FAULT;
    time->mark = "dot";
  }
}

/* What is held after each of the references made, from the first on. */
static void
read_past (const SceneContext *c, const ScenePooled *pool, guint position,
           ScenePooledTime *times, guint first, guint count)
{
  const struct vm_pool_event *events
      = &c->state->pool_events[pool->index * VM_MAX_REFERENCES];
  ScenePooledTime time = {.known = TRUE};
  guint now = reference_now (c, pool);

  for (guint i = 0; i < position; i++) {
    gboolean hit = events[i].outcome == VM_POOL_HIT;
    time.outcome = (enum vm_pool_outcome) events[i].outcome;
    time.frame = events[i].frame;
    time.role = hit ? SCENE_ROLE_HIT : SCENE_ROLE_FAULT;
    time.mark = hit ? "tick" : "dot";
    time.now = now == i + 1;
    time.held[time.frame].used = TRUE;
    time.held[time.frame].page = c->state->string[i].page;
    if (i >= first && i - first < count)
      times[i - first] = time;
  }
}

void
scene_pooled_read (const SceneContext *c, const ScenePooled *pool, guint most,
                   ScenePooledTime *times, guint *first, guint *count)
{
  guint all = c->state->string_count;
  guint position
      = is_made (c, pool) ? c->state->pool_courses[pool->index].position : 0;
  gboolean live = is_about (c, pool) && reference_now (c, pool) == position + 1
                  && position < all;

  *first = (guint) scene_first_shown (position + live, most);
  /* What is declared is known to its end: no room is left behind that. */
  ScenePooledLength length = scene_pooled_length (c);
  if (length.named == 0 && length.declared > most)
    *first = MIN (*first, length.declared - most);
  *count = MIN (all - *first, most);
  if (is_made (c, pool))
    read_past (c, pool, position, times, *first, *count);
  if (live && position - *first < *count)
    read_live (c, pool, &times[position - *first]);
}

guint64
scene_pooled_focus (const SceneContext *c, const ScenePooled *pool)
{
  if (!is_about (c, pool) || c->step->kind == VM_STEP_PAGE_MISS
      || c->step->kind > VM_STEP_PAGE_LOAD)
    return SCENE_NO_FOCUS;
  return c->step->values[VM_V_PAGE_FRAME];
}
