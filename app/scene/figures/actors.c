/* Who does what in the operation that the cursor stands in. */
#include <glib/gi18n-lib.h>

#include "describe.h"
#include "figures/kit.h"
#include "figures/lanes.h"
#include "figures/turns.h"
#include "figures/window.h"

/* More steps than so many say less. */
#define MOST_STEPS 24

/* An entry of the TLB that a step is about, or NULL. */
static const struct vm_tlb_entry *
entry_of (const SceneContext *c, const struct vm_step *step)
{
  gboolean way = step->kind == VM_STEP_TLB_COMPARE
                 || step->kind == VM_STEP_TLB_HIT
                 || step->kind == VM_STEP_TLB_FILL
                 || step->kind == VM_STEP_TLB_PROMOTE
                 || step->kind == VM_STEP_TLB_DROP;

  struct vm_tlb tlb
      = vm_tlb_of (c->state, step->cpu, (enum vm_tlb_unit) step->unit);

  return way ? &c->state->tlb[tlb.first + step->values[VM_V_TLB_SET] * tlb.ways
                              + step->values[VM_V_TLB_WAY]]
             : NULL;
}

/* The entry of a table that a step is about: it is one datum in all figures. */
static void
set_meaning (const struct vm_step *step, SceneLaneStep *shown)
{
  gboolean entry = step->kind == VM_STEP_ENTRY_READ
                   || step->kind == VM_STEP_ENTRY_WRITE
                   || step->kind == VM_STEP_ENTRY_CHANGE
                   || step->kind == VM_STEP_SET_ACCESSED
                   || step->kind == VM_STEP_SET_DIRTY;

  if (!entry)
    return;
  shown->meaning = SCENE_MEANS_INDEX;
  shown->meant = step->values[VM_V_ENTRY_LEVEL] << 32
                 | step->values[VM_V_ENTRY_INDEX];
}

/* The steps of the operation so far; none before a lesson begins. */
static guint64
first_step (const SceneContext *c)
{
  if (c->step == NULL)
    return c->cursor;
  guint64 operation = vm_machine_op_of_step (c->machine, c->cursor - 1);
  return vm_machine_result (c->machine, operation)->first_step;
}

/* Memory accesses of the operation before a step. */
static guint
accesses_before (const SceneContext *c, guint64 end)
{
  guint count = 0;

  for (guint64 n = first_step (c); n < end; n++) {
    const struct vm_step *step = vm_machine_step (c->machine, n);
    SceneTurn turn;
    if (step == NULL)
      continue;
    scene_turn_of (&turn, c, step);
    count += turn.counts;
  }
  return count;
}

/* Into memory: the machine counts what is read, and the data. */
static void
reach_memory (const SceneBuild *b, const SceneTurn *turn, guint number,
              SceneLaneStep *shown)
{
  const char *place
      = scene_keep (b, scene_number_physical (b->context->geometry, turn->pa));

  shown->reach.lane = SCENE_ACTOR_MEMORY;
  shown->reach.role = turn->role;
  shown->reach.pa = turn->pa;
  shown->reach.width = turn->bytes;
  if (turn->counts) {
    shown->reach.text = scene_still_printf (b->still, "%u", number);
    shown->reach.name = scene_still_printf (
        b->still, _ ("Memory access %u: %s"), number, place);
  } else if (turn->writes) {
    shown->reach.text = C_ ("to memory", "write");
    shown->reach.name
        = scene_still_printf (b->still, _ ("Written to memory at %s"), place);
  } else {
    shown->reach.text = C_ ("to memory", "read");
    shown->reach.name
        = scene_still_printf (b->still, _ ("Read from memory at %s"), place);
  }
}

static void
reach_tlb (const SceneBuild *b, guint dropped, SceneLaneStep *shown)
{
  shown->reach.lane = SCENE_ACTOR_TLB;
  shown->reach.role = SCENE_ROLE_MISS;
  shown->reach.text = scene_still_printf (b->still, "−%u", dropped);
  shown->reach.name = scene_still_printf (
      b->still,
      ngettext ("%u entry leaves the TLB", "%u entries leave the TLB", dropped),
      dropped);
}

static void
set_step (const SceneBuild *b, guint64 n, guint *accesses, SceneLaneStep *shown)
{
  const SceneContext *c = b->context;
  const struct vm_step *step = vm_machine_step (c->machine, n);
  SceneTurn turn;

  scene_turn_of (&turn, c, step);
  g_autofree char *sentence = scene_describe (c->machine, step);
  shown->number = n;
  shown->lane = turn.actor;
  shown->text = scene_still_text (b->still, turn.text);
  shown->name = scene_still_text (b->still, sentence);
  shown->role = turn.role;
  shown->emphasis = n + 1 == c->cursor ? SCENE_ACTIVE : SCENE_NORMAL;
  shown->state = entry_of (c, step);
  shown->bytes = sizeof (struct vm_tlb_entry);
  set_meaning (step, shown);
  *accesses += turn.counts;
  if (turn.touches)
    reach_memory (b, &turn, *accesses, shown);
  else if (turn.dropped > 0)
    reach_tlb (b, turn.dropped, shown);
}

static guint
lane_of (const SceneContext *c, guint64 n)
{
  const struct vm_step *step = vm_machine_step (c->machine, n);
  SceneTurn turn = {.actor = SCENE_ACTOR_PROGRAM};

  if (step != NULL)
    scene_turn_of (&turn, c, step);
  return turn.actor;
}

static SceneLanesShape
shape_of (const SceneBuild *b, const char *names[SCENE_ACTORS])
{
  for (guint i = 0; i < SCENE_ACTORS; i++)
    names[i] = scene_actor_name (i);
  return (SceneLanesShape){.lanes = names,
                           .count = SCENE_ACTORS,
                           .step = scene_turn_width (b->context, b->metrics)};
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  const char *names[SCENE_ACTORS];
  SceneLanesShape shape = shape_of (b, names);
  double padding = 2 * scene_padding (b);

  (void) width;
  size->min_width = scene_lanes_width (b, &shape, 2) + padding;
  size->width = scene_lanes_width (b, &shape, 12) + padding;
  size->min_height = scene_lanes_height (b, &shape) + scene_header (b)
                     + scene_em (b, 0.8);
  size->height = size->min_height;
  size->max_height = size->height + scene_em (b, 0.3) * SCENE_ACTORS;
}

static const char *
subtitle (const SceneBuild *b, guint accesses)
{
  return scene_still_printf (b->still,
                             ngettext ("%u memory access so far",
                                       "%u memory accesses so far", accesses),
                             accesses);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  const char *names[SCENE_ACTORS];
  SceneLanesShape shape = shape_of (b, names);
  SceneLaneStep steps[MOST_STEPS] = {0};
  SceneLanes lanes = {.steps = steps};
  guint64 begin = first_step (c);
  SceneRect inside
      = scene_add_panel (b, SCENE_FIGURE_ACTORS, 0, rect, _ ("Who does what"),
                         subtitle (b, accesses_before (c, c->cursor)));

  lanes.slots = MIN (scene_lanes_slots (b, &shape, inside.width), MOST_STEPS);
  guint64 left = scene_first_shown (c->cursor - begin, lanes.slots);
  lanes.left = scene_add_window_across (b, inside, left + lanes.slots,
                                        lanes.slots, left);
  lanes.count = (guint) MIN (lanes.slots, c->cursor - begin - lanes.left);
  lanes.from = lanes.left > 0 ? lane_of (c, begin + lanes.left - 1) : 0;
  guint accesses = accesses_before (c, begin + lanes.left);
  for (guint i = 0; i < lanes.count; i++)
    set_step (b, begin + lanes.left + i, &accesses, &steps[i]);
  scene_add_lanes (b, SCENE_FIGURE_ACTORS, &shape, &lanes, inside);
}

const SceneFigure scene_figure_actors = {.id = SCENE_FIGURE_ACTORS,
                                         .kind = "actors",
                                         .title = N_ ("Who does what"),
                                         .stance = SCENE_STANCE_BAND,
                                         .measure = measure,
                                         .build = build};
