/* Who does a step of the simulation, in a few letters. */
#include "figures/turns.h"

#include <glib/gi18n-lib.h>

#include "figures/kit.h"

/* How much wider bold letters are: those of the present step. */
#define BOLD 1.1

static void
say (SceneTurn *turn, SceneActor actor, SceneRole role, const char *text)
{
  turn->actor = actor;
  turn->role = role;
  g_strlcpy (turn->text, text, sizeof turn->text);
}

/* "PD 68" */
static void
say_entry (SceneTurn *turn, const SceneContext *c, SceneActor actor,
           const struct vm_step *step)
{
  guint level = (guint) step->values[VM_V_ENTRY_LEVEL];

  turn->actor = actor;
  turn->role = scene_level_role (level);
  g_snprintf (turn->text, sizeof turn->text, "%s %u",
              scene_short_table (c->geometry, level),
              (guint) step->values[VM_V_ENTRY_INDEX]);
}

static void
touch_entry (SceneTurn *turn, const SceneContext *c, const struct vm_step *step)
{
  turn->touches = TRUE;
  turn->counts = step->kind == VM_STEP_ENTRY_READ;
  turn->writes = !turn->counts && step->kind != VM_STEP_REGISTER_LOAD;
  turn->pa = step->values[VM_V_ENTRY_PA];
  turn->bytes = c->geometry->entry_bytes;
}

static void
touch_data (SceneTurn *turn, const struct vm_step *step)
{
  turn->touches = turn->counts = TRUE;
  turn->pa = step->values[VM_V_DATA_PA];
  turn->bytes = (guint) step->values[VM_V_DATA_WIDTH];
}

static const char *
access_word (guint64 kind)
{
  switch ((enum vm_access_kind) kind) {
  case VM_READ:
    break;
  case VM_WRITE:
    return C_ ("what an access does", "write");
  case VM_FETCH:
    return C_ ("what an access does", "fetch");
  }
  return C_ ("what an access does", "read");
}

/* The exception as the processor calls it, in the fewest letters. */
static const char *
fault_word (const SceneContext *c, const struct vm_step *step)
{
  switch (c->geometry->family) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return _ ("fault");
  case VM_FAMILY_ARM:
    return _ ("abort");
  }
  return step->values[VM_V_FAULT_VECTOR] == 14 ? "#PF" : "#GP";
}

static SceneRole
verdict_role (const struct vm_step *step)
{
  return step->values[VM_V_PERMISSION_VERDICT] == VM_VERDICT_ALLOWED
             ? SCENE_ROLE_HIT
             : SCENE_ROLE_FAULT;
}

/* "way 2" */
static void
say_way (SceneTurn *turn, const struct vm_step *step)
{
  g_autofree char *text
      = g_strdup_printf (_ ("way %u"), (guint) step->values[VM_V_COMPARE_WAY]);

  say (turn, SCENE_ACTOR_TLB, SCENE_ROLE_NEUTRAL, text);
}

void
scene_turn_of (SceneTurn *turn, const SceneContext *context,
               const struct vm_step *step)
{
  const SceneRole plain = SCENE_ROLE_NEUTRAL;

  *turn = (SceneTurn){.role = plain};
  switch ((enum vm_step_kind) step->kind) {
  case VM_STEP_MACHINE:
    say (turn, SCENE_ACTOR_PROCESSOR, plain, _ ("start"));
    break;
  case VM_STEP_PROCESS:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("process"));
    break;
  case VM_STEP_MAP:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("map"));
    break;
  case VM_STEP_FRAME_TAKE:
    say (turn, SCENE_ACTOR_KERNEL, plain,
         C_ ("what the kernel takes", "frame"));
    break;
  case VM_STEP_ENTRY_WRITE:
    say_entry (turn, context, SCENE_ACTOR_KERNEL, step);
    touch_entry (turn, context, step);
    break;
  case VM_STEP_ACCESS:
    say (turn, SCENE_ACTOR_PROGRAM,
         scene_process_role ((guint32) step->values[VM_V_ACCESS_PROCESS]),
         access_word (step->values[VM_V_ACCESS_KIND]));
    break;
  case VM_STEP_SWITCH:
    say (turn, SCENE_ACTOR_KERNEL, plain, context->geometry->root_register);
    turn->dropped = (guint) step->values[VM_V_SWITCH_DROPPED];
    break;
  case VM_STEP_TLB_PROBE:
    say (turn, SCENE_ACTOR_TLB, plain, _ ("look up"));
    break;
  case VM_STEP_TLB_COMPARE:
    say_way (turn, step);
    break;
  case VM_STEP_TLB_HIT:
    say (turn, SCENE_ACTOR_TLB, SCENE_ROLE_HIT, _ ("hit"));
    break;
  case VM_STEP_TLB_MISS:
    say (turn, SCENE_ACTOR_TLB, SCENE_ROLE_MISS, _ ("miss"));
    break;
  case VM_STEP_WALK:
    say (turn, SCENE_ACTOR_WALKER, plain, _ ("walk"));
    break;
  case VM_STEP_REGISTER_LOAD:
    say_entry (turn, context, SCENE_ACTOR_PROCESSOR, step);
    touch_entry (turn, context, step);
    break;
  case VM_STEP_REGISTER_READ:
    say_entry (turn, context, SCENE_ACTOR_WALKER, step);
    break;
  case VM_STEP_ENTRY_READ:
    say_entry (turn, context, SCENE_ACTOR_WALKER, step);
    touch_entry (turn, context, step);
    break;
  case VM_STEP_SET_ACCESSED:
    say (turn, SCENE_ACTOR_WALKER, plain,
         context->geometry->family == VM_FAMILY_ARM ? _ ("set AF")
                                                    : _ ("set A"));
    touch_entry (turn, context, step);
    break;
  case VM_STEP_PERMISSION:
    say (turn, SCENE_ACTOR_PROCESSOR, verdict_role (step), _ ("check"));
    break;
  case VM_STEP_SET_DIRTY:
    say (turn, SCENE_ACTOR_WALKER, plain, _ ("set D"));
    touch_entry (turn, context, step);
    break;
  case VM_STEP_COMPOSE:
    say (turn, SCENE_ACTOR_PROCESSOR, SCENE_ROLE_ACCENT, _ ("join"));
    break;
  case VM_STEP_TLB_FILL:
    say (turn, SCENE_ACTOR_TLB, SCENE_ROLE_ACCENT, _ ("fill"));
    break;
  case VM_STEP_TLB_DROP:
    say (turn, SCENE_ACTOR_TLB, plain, _ ("drop"));
    break;
  case VM_STEP_DATA:
    say (turn, SCENE_ACTOR_PROCESSOR, scene_process_role (context->process),
         _ ("data"));
    touch_data (turn, step);
    break;
  case VM_STEP_FAULT:
    say (turn, SCENE_ACTOR_PROCESSOR, SCENE_ROLE_FAULT,
         fault_word (context, step));
    break;
  case VM_STEP_DUMP:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("dump"));
    break;
  case VM_STEP_SCHEDULE:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("run"));
    break;
  case VM_STEP_MODE:
    say (turn, SCENE_ACTOR_KERNEL, plain, context->geometry->root_register);
    turn->dropped = (guint) step->values[VM_V_MODE_DROPPED];
    break;
  case VM_STEP_TLB_VICTIM:
    say (turn, SCENE_ACTOR_TLB, plain, _ ("victim"));
    break;
  case VM_STEP_TLB_PROMOTE:
    say (turn, SCENE_ACTOR_TLB, SCENE_ROLE_ACCENT, _ ("copy"));
    break;
  case VM_STEP_TLB_PRINT:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("print"));
    break;
  case VM_STEP_FLUSH:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("flush"));
    turn->dropped = (guint) step->values[VM_V_FLUSH_DROPPED];
    break;
  case VM_STEP_OWE:
    say (turn, SCENE_ACTOR_KERNEL, SCENE_ROLE_FAULT, _ ("owed"));
    break;
  case VM_STEP_BEHIND:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("later"));
    break;
  case VM_STEP_SHOOTDOWN:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("shoot"));
    break;
  case VM_STEP_IPI_SEND:
    say (turn, SCENE_ACTOR_PROCESSOR, plain, _ ("IPI"));
    break;
  case VM_STEP_IPI_WAIT:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("wait"));
    break;
  case VM_STEP_IPI_RECEIVE:
    say (turn, SCENE_ACTOR_PROCESSOR, SCENE_ROLE_MISS, _ ("stop"));
    break;
  case VM_STEP_IPI_ACK:
    say (turn, SCENE_ACTOR_PROCESSOR, SCENE_ROLE_HIT, _ ("done"));
    break;
  case VM_STEP_PSC_HIT:
    say (turn, SCENE_ACTOR_WALKER, SCENE_ROLE_HIT, _ ("known"));
    break;
  case VM_STEP_PSC_FILL:
    say (turn, SCENE_ACTOR_WALKER, plain, _ ("keep"));
    break;
  case VM_STEP_CALL:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("call"));
    break;
  case VM_STEP_RETURN:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("return"));
    break;
  case VM_STEP_GAP:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("room"));
    break;
  case VM_STEP_LIMIT:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("limit"));
    break;
  case VM_STEP_REGION_LOOK:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("compare"));
    break;
  case VM_STEP_REGION_FOUND:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("found"));
    break;
  case VM_STEP_REGION_NEW:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("region"));
    break;
  case VM_STEP_REGION_GONE:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("remove"));
    break;
  case VM_STEP_REGION_RESIZE:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("resize"));
    break;
  case VM_STEP_REGION_FLAGS:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("allow"));
    break;
  case VM_STEP_REGION_SPLIT:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("split"));
    break;
  case VM_STEP_REGION_MERGE:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("merge"));
    break;
  case VM_STEP_ANON:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("anon"));
    break;
  case VM_STEP_HANDLER:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("handle"));
    break;
  case VM_STEP_DECIDE:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("decide"));
    break;
  case VM_STEP_HANDLED:
    say (turn, SCENE_ACTOR_KERNEL, SCENE_ROLE_HIT, _ ("done"));
    break;
  case VM_STEP_SIGNAL:
    say (turn, SCENE_ACTOR_KERNEL, SCENE_ROLE_FAULT, _ ("signal"));
    break;
  case VM_STEP_COPY:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("copy"));
    break;
  case VM_STEP_CACHE_READ:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("read"));
    break;
  case VM_STEP_FRAME_FREE:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("free"));
    break;
  case VM_STEP_FORK:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("fork"));
    break;
  case VM_STEP_FORK_REGION:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("double"));
    break;
  case VM_STEP_FORK_ENTRY:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("share"));
    break;
  case VM_STEP_EXIT:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("exit"));
    break;
  case VM_STEP_WAIT:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("wait"));
    break;
  case VM_STEP_REAP:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("reap"));
    break;
  case VM_STEP_FILE:
  case VM_STEP_OVERCOMMIT:
  case VM_STEP_SET_LIMITS:
  case VM_STEP_SHOW:
  case VM_STEP_PAGE_HIT:
    say (turn, SCENE_ACTOR_KERNEL, SCENE_ROLE_HIT, _ ("hit"));
    break;
  case VM_STEP_PAGE_MISS:
    say (turn, SCENE_ACTOR_KERNEL, SCENE_ROLE_FAULT, _ ("fault"));
    break;
  case VM_STEP_PAGE_VICTIM:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("victim"));
    break;
  case VM_STEP_PAGE_LOAD:
    say (turn, SCENE_ACTOR_KERNEL, SCENE_ROLE_ACCENT, _ ("load"));
    break;
  case VM_STEP_REFERENCE:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("refer"));
    break;
  case VM_STEP_POOL:
  case VM_STEP_STRING:
  case VM_STEP_PAGE_MARK:
  case VM_STEP_PAGE_MOVE:
  case VM_STEP_PAGE_COUNT:
  case VM_STEP_PAGE_SPARE:
  case VM_STEP_PAGE_COMPARE:
  case VM_STEP_GHOST_KEEP:
  case VM_STEP_GHOST_DROP:
  case VM_STEP_GHOST_HIT:
  case VM_STEP_POOL_TARGET:
  case VM_STEP_POOL_TICK:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("frames"));
    break;
  case VM_STEP_POKE:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("poke"));
    break;
  case VM_STEP_ENTRY_CHANGE:
    say_entry (turn, context, SCENE_ACTOR_KERNEL, step);
    touch_entry (turn, context, step);
    break;
  case VM_STEP_FIELD_CHANGE:
    say (turn, SCENE_ACTOR_KERNEL, plain, C_ ("of an entry", "bits"));
    break;
  case VM_STEP_FRAME_REFS:
    say (turn, SCENE_ACTOR_KERNEL, plain, _ ("count"));
    break;
  case VM_STEP_PSC_OWE:
  case VM_STEP_REGISTER_OWE:
    say (turn, SCENE_ACTOR_KERNEL, SCENE_ROLE_FAULT, _ ("owed"));
    break;
  case VM_STEP_SEGMENTS:
  case VM_STEP_DESCRIPTOR_WRITE:
  case VM_STEP_SEGMENT_LOAD:
  case VM_STEP_SELECTOR:
  case VM_STEP_DESCRIPTOR_READ:
  case VM_STEP_DESCRIPTOR_ACCESSED:
  case VM_STEP_SEGMENT_CACHE:
  case VM_STEP_SEGMENT_USE:
  case VM_STEP_SEGMENT_RIGHTS:
  case VM_STEP_SEGMENT_LIMIT:
  case VM_STEP_SEGMENT_ADD:
    say (turn, SCENE_ACTOR_PROCESSOR, plain, _ ("segment"));
    break;
  case VM_STEP_KINDS:
    break;
  }
}

const char *
scene_actor_name (SceneActor actor)
{
  static const char *const names[SCENE_ACTORS]
      = {[SCENE_ACTOR_PROGRAM] = N_ ("program"),
         [SCENE_ACTOR_PROCESSOR] = N_ ("processor"),
         [SCENE_ACTOR_TLB] = N_ ("TLB"),
         [SCENE_ACTOR_WALKER] = N_ ("walker"),
         [SCENE_ACTOR_MEMORY] = N_ ("memory"),
         [SCENE_ACTOR_KERNEL] = N_ ("kernel")};

  return _ (names[actor]);
}

double
scene_turn_width (const SceneContext *context, const SceneMetrics *metrics)
{
  double width = 0;

  /* Of each kind with the largest numbers that it can have. */
  for (guint kind = 0; kind < VM_STEP_KINDS; kind++) {
    struct vm_step step = {.kind = (uint16_t) kind};
    SceneTurn turn;
    if (kind >= VM_STEP_SCHEDULE && kind < VM_STEP_POKE
        && !context->state->config.organised)
      continue; /* such a machine never takes these */
    step.values[VM_V_COMPARE_WAY]
        = MAX (context->most.ways, context->state->config.stlb_ways) - 1;
    if (kind == VM_STEP_ENTRY_READ || kind == VM_STEP_ENTRY_WRITE
        || kind == VM_STEP_ENTRY_CHANGE || kind == VM_STEP_REGISTER_LOAD
        || kind == VM_STEP_REGISTER_READ) {
      step.values[VM_V_ENTRY_LEVEL] = context->geometry->levels;
      step.values[VM_V_ENTRY_INDEX] = 4096 / context->geometry->entry_bytes - 1;
    }
    scene_turn_of (&turn, context, &step);
    width
        = MAX (width, metrics->measure (metrics, SCENE_TEXT_SMALL, turn.text));
  }
  return width * BOLD;
}
