/* Who does a step of the simulation, in a few letters. */
#include "figures/turns.h"

#include <glib/gi18n-lib.h>

#include "figures/gdt_words.h"
#include "figures/kit.h"

/* How much wider bold letters are: those of the present step. */
#define BOLD 1.1

/* A row of the table below: who, and in which few letters. What depends on the
 * step's numbers is told on top of it. */
typedef struct {
  SceneActor actor;
  SceneRole role;
  const char *context, *word; /* to be translated; NULL: tell gives the text */
  void (*tell) (SceneTurn *turn, const SceneContext *c,
                const struct vm_step *step);
} Row;

static void
say (SceneTurn *turn, const char *text)
{
  g_strlcpy (turn->text, text, sizeof turn->text);
}

/* "PD 68" */
static void
tell_entry (SceneTurn *turn, const SceneContext *c, const struct vm_step *step)
{
  guint level = (guint) step->values[VM_V_ENTRY_LEVEL];

  turn->role = scene_level_role (level);
  g_snprintf (turn->text, sizeof turn->text, "%s %u",
              scene_short_table (c->geometry, level),
              (guint) step->values[VM_V_ENTRY_INDEX]);
}

/* The step below which one stands. */
static gboolean
is_part_of (const SceneContext *c, const struct vm_step *step,
            enum vm_step_kind kind)
{
  const struct vm_step *parent = vm_machine_step (c->machine, step->parent);

  return parent != NULL && parent->kind == kind;
}

static void
touch_entry (SceneTurn *turn, const SceneContext *c, const struct vm_step *step)
{
  turn->touches = TRUE;
  turn->counts = step->kind == VM_STEP_ENTRY_READ
                 && !is_part_of (c, step, VM_STEP_IOMMU_WALK);
  turn->writes = step->kind != VM_STEP_ENTRY_READ
                 && step->kind != VM_STEP_REGISTER_LOAD;
  turn->pa = step->values[VM_V_ENTRY_PA];
  turn->bytes = c->geometry->entry_bytes;
}

/* An entry, where it lies in memory. */
static void
tell_stored (SceneTurn *turn, const SceneContext *c, const struct vm_step *step)
{
  tell_entry (turn, c, step);
  touch_entry (turn, c, step);
}

static void
tell_accessed (SceneTurn *turn, const SceneContext *c,
               const struct vm_step *step)
{
  if (c->geometry->family == VM_FAMILY_ARM)
    say (turn, _ ("set AF"));
  touch_entry (turn, c, step);
}

static void
tell_data (SceneTurn *turn, const SceneContext *c, const struct vm_step *step)
{
  turn->role = scene_process_role (c->process);
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
  switch (step->values[VM_V_FAULT_VECTOR]) {
  case VM_VECTOR_SEGMENT_NOT_PRESENT:
    return "#NP";
  case VM_VECTOR_STACK_SEGMENT:
    return "#SS";
  case VM_VECTOR_PAGE_FAULT:
    return "#PF";
  default:
    return "#GP";
  }
}

static void
tell_access (SceneTurn *turn, const SceneContext *c, const struct vm_step *step)
{
  (void) c;
  turn->role = scene_process_role ((guint32) step->values[VM_V_ACCESS_PROCESS]);
  say (turn, access_word (step->values[VM_V_ACCESS_KIND]));
}

static void
tell_fault (SceneTurn *turn, const SceneContext *c, const struct vm_step *step)
{
  say (turn, fault_word (c, step));
}

static void
tell_verdict (SceneTurn *turn, const SceneContext *c,
              const struct vm_step *step)
{
  (void) c;
  turn->role = step->values[VM_V_PERMISSION_VERDICT] == VM_VERDICT_ALLOWED
                   ? SCENE_ROLE_HIT
                   : SCENE_ROLE_FAULT;
}

/* "way 2" */
static void
tell_way (SceneTurn *turn, const SceneContext *c, const struct vm_step *step)
{
  g_autofree char *text
      = g_strdup_printf (_ ("way %u"), (guint) step->values[VM_V_COMPARE_WAY]);

  (void) c;
  say (turn, text);
}

static void
tell_switch (SceneTurn *turn, const SceneContext *c, const struct vm_step *step)
{
  say (turn, c->geometry->root_register);
  turn->dropped = (guint) step->values[VM_V_SWITCH_DROPPED];
}

static void
tell_mode (SceneTurn *turn, const SceneContext *c, const struct vm_step *step)
{
  say (turn, c->geometry->root_register);
  turn->dropped = (guint) step->values[VM_V_MODE_DROPPED];
}

static void
tell_flush (SceneTurn *turn, const SceneContext *c, const struct vm_step *step)
{
  (void) c;
  turn->dropped = (guint) step->values[VM_V_FLUSH_DROPPED];
}

/* "DS" */
static void
tell_segment (SceneTurn *turn, const SceneContext *c,
              const struct vm_step *step)
{
  turn->role = scene_process_role (c->process);
  say (turn, scene_gdt_register ((guint) step->values[VM_V_SEGMENT_REGISTER]));
}

/* "GDT 4": an entry of the table of segments, where it lies in memory. */
static void
tell_descriptor (SceneTurn *turn, const SceneContext *c,
                 const struct vm_step *step)
{
  (void) c;
  turn->touches = TRUE;
  turn->writes = step->kind != VM_STEP_DESCRIPTOR_READ;
  turn->pa = step->values[VM_V_DESCRIPTOR_PA];
  turn->bytes = VM_DESCRIPTOR_BYTES;
  if (step->kind == VM_STEP_DESCRIPTOR_ACCESSED)
    say (turn, _ ("set A"));
  else
    g_snprintf (turn->text, sizeof turn->text, "GDT %u",
                (guint) step->values[VM_V_DESCRIPTOR_INDEX]);
}

static void
tell_rights (SceneTurn *turn, const SceneContext *c, const struct vm_step *step)
{
  (void) c;
  turn->role = step->values[VM_V_SEGMENT_VERDICT] == VM_SEGMENT_ALLOWED
                   ? SCENE_ROLE_HIT
                   : SCENE_ROLE_FAULT;
}

static void
tell_limit (SceneTurn *turn, const SceneContext *c, const struct vm_step *step)
{
  (void) c;
  turn->role = step->values[VM_V_LIMIT_INSIDE] ? SCENE_ROLE_HIT
                                               : SCENE_ROLE_FAULT;
}

/* Whoever answers an access of a processor counts as memory. */
static void
tell_answer (SceneTurn *turn, const SceneContext *c, const struct vm_step *step)
{
  if (!is_part_of (c, step, VM_STEP_ACCESS))
    return;
  turn->touches = turn->counts = TRUE;
  turn->pa = c->pa;
  turn->bytes
      = (guint) step->values[step->kind == VM_STEP_DEVICE ? VM_V_DEVICE_WIDTH
                                                          : VM_V_SILENCE_WIDTH];
}

static const Row rows[VM_STEP_KINDS] = {
    [VM_STEP_MACHINE] = {SCENE_ACTOR_PROCESSOR, .word = N_ ("start")},
    [VM_STEP_PROCESS] = {SCENE_ACTOR_KERNEL, .word = N_ ("process")},
    [VM_STEP_MAP] = {SCENE_ACTOR_KERNEL, .word = N_ ("map")},
    [VM_STEP_FRAME_TAKE] = {SCENE_ACTOR_KERNEL,
                            .context = "what the kernel takes",
                            .word = NC_ ("what the kernel takes", "frame")},
    [VM_STEP_ENTRY_WRITE] = {SCENE_ACTOR_KERNEL, .tell = tell_stored},
    [VM_STEP_ACCESS] = {SCENE_ACTOR_PROGRAM, .tell = tell_access},
    [VM_STEP_SWITCH] = {SCENE_ACTOR_KERNEL, .tell = tell_switch},
    [VM_STEP_TLB_PROBE] = {SCENE_ACTOR_TLB, .word = N_ ("look up")},
    [VM_STEP_TLB_COMPARE] = {SCENE_ACTOR_TLB, .tell = tell_way},
    [VM_STEP_TLB_HIT] = {SCENE_ACTOR_TLB, SCENE_ROLE_HIT, .word = N_ ("hit")},
    [VM_STEP_TLB_MISS]
    = {SCENE_ACTOR_TLB, SCENE_ROLE_MISS, .word = N_ ("miss")},
    [VM_STEP_WALK] = {SCENE_ACTOR_WALKER, .word = N_ ("walk")},
    [VM_STEP_REGISTER_LOAD] = {SCENE_ACTOR_PROCESSOR, .tell = tell_stored},
    [VM_STEP_REGISTER_READ] = {SCENE_ACTOR_WALKER, .tell = tell_entry},
    [VM_STEP_ENTRY_READ] = {SCENE_ACTOR_WALKER, .tell = tell_stored},
    [VM_STEP_SET_ACCESSED]
    = {SCENE_ACTOR_WALKER, .word = N_ ("set A"), .tell = tell_accessed},
    [VM_STEP_PERMISSION]
    = {SCENE_ACTOR_PROCESSOR, .word = N_ ("check"), .tell = tell_verdict},
    [VM_STEP_SET_DIRTY]
    = {SCENE_ACTOR_WALKER, .word = N_ ("set D"), .tell = touch_entry},
    [VM_STEP_COMPOSE]
    = {SCENE_ACTOR_PROCESSOR, SCENE_ROLE_ACCENT, .word = N_ ("join")},
    [VM_STEP_TLB_FILL]
    = {SCENE_ACTOR_TLB, SCENE_ROLE_ACCENT, .word = N_ ("fill")},
    [VM_STEP_TLB_DROP] = {SCENE_ACTOR_TLB, .word = N_ ("drop")},
    [VM_STEP_DATA]
    = {SCENE_ACTOR_PROCESSOR, .word = N_ ("data"), .tell = tell_data},
    [VM_STEP_FAULT]
    = {SCENE_ACTOR_PROCESSOR, SCENE_ROLE_FAULT, .tell = tell_fault},
    [VM_STEP_DUMP] = {SCENE_ACTOR_KERNEL, .word = N_ ("dump")},
    [VM_STEP_SCHEDULE] = {SCENE_ACTOR_KERNEL, .word = N_ ("run")},
    [VM_STEP_MODE] = {SCENE_ACTOR_KERNEL, .tell = tell_mode},
    [VM_STEP_TLB_VICTIM] = {SCENE_ACTOR_TLB, .word = N_ ("victim")},
    [VM_STEP_TLB_PROMOTE]
    = {SCENE_ACTOR_TLB, SCENE_ROLE_ACCENT, .word = N_ ("copy")},
    [VM_STEP_TLB_PRINT] = {SCENE_ACTOR_KERNEL, .word = N_ ("print")},
    [VM_STEP_FLUSH]
    = {SCENE_ACTOR_KERNEL, .word = N_ ("flush"), .tell = tell_flush},
    [VM_STEP_OWE] = {SCENE_ACTOR_KERNEL, SCENE_ROLE_FAULT, .word = N_ ("owed")},
    [VM_STEP_BEHIND] = {SCENE_ACTOR_KERNEL, .word = N_ ("later")},
    [VM_STEP_SHOOTDOWN] = {SCENE_ACTOR_KERNEL, .word = N_ ("shoot")},
    [VM_STEP_IPI_SEND] = {SCENE_ACTOR_PROCESSOR, .word = N_ ("IPI")},
    [VM_STEP_IPI_WAIT] = {SCENE_ACTOR_KERNEL, .word = N_ ("wait")},
    [VM_STEP_IPI_RECEIVE]
    = {SCENE_ACTOR_PROCESSOR, SCENE_ROLE_MISS, .word = N_ ("stop")},
    [VM_STEP_IPI_ACK]
    = {SCENE_ACTOR_PROCESSOR, SCENE_ROLE_HIT, .word = N_ ("done")},
    [VM_STEP_PSC_HIT]
    = {SCENE_ACTOR_WALKER, SCENE_ROLE_HIT, .word = N_ ("known")},
    [VM_STEP_PSC_FILL] = {SCENE_ACTOR_WALKER, .word = N_ ("keep")},
    [VM_STEP_CALL] = {SCENE_ACTOR_KERNEL, .word = N_ ("call")},
    [VM_STEP_RETURN] = {SCENE_ACTOR_KERNEL, .word = N_ ("return")},
    [VM_STEP_GAP] = {SCENE_ACTOR_KERNEL, .word = N_ ("room")},
    [VM_STEP_LIMIT] = {SCENE_ACTOR_KERNEL, .word = N_ ("limit")},
    [VM_STEP_REGION_LOOK] = {SCENE_ACTOR_KERNEL, .word = N_ ("compare")},
    [VM_STEP_REGION_FOUND] = {SCENE_ACTOR_KERNEL, .word = N_ ("found")},
    [VM_STEP_REGION_NEW] = {SCENE_ACTOR_KERNEL, .word = N_ ("region")},
    [VM_STEP_REGION_GONE] = {SCENE_ACTOR_KERNEL, .word = N_ ("remove")},
    [VM_STEP_REGION_RESIZE] = {SCENE_ACTOR_KERNEL, .word = N_ ("resize")},
    [VM_STEP_REGION_FLAGS] = {SCENE_ACTOR_KERNEL, .word = N_ ("allow")},
    [VM_STEP_REGION_SPLIT] = {SCENE_ACTOR_KERNEL, .word = N_ ("split")},
    [VM_STEP_REGION_MERGE] = {SCENE_ACTOR_KERNEL, .word = N_ ("merge")},
    [VM_STEP_ANON] = {SCENE_ACTOR_KERNEL, .word = N_ ("anon")},
    [VM_STEP_HANDLER] = {SCENE_ACTOR_KERNEL, .word = N_ ("handle")},
    [VM_STEP_DECIDE] = {SCENE_ACTOR_KERNEL, .word = N_ ("decide")},
    [VM_STEP_HANDLED]
    = {SCENE_ACTOR_KERNEL, SCENE_ROLE_HIT, .word = N_ ("done")},
    [VM_STEP_SIGNAL]
    = {SCENE_ACTOR_KERNEL, SCENE_ROLE_FAULT, .word = N_ ("signal")},
    [VM_STEP_COPY] = {SCENE_ACTOR_KERNEL, .word = N_ ("copy")},
    [VM_STEP_CACHE_READ] = {SCENE_ACTOR_KERNEL, .word = N_ ("read")},
    [VM_STEP_FRAME_FREE] = {SCENE_ACTOR_KERNEL, .word = N_ ("free")},
    [VM_STEP_FORK] = {SCENE_ACTOR_KERNEL, .word = N_ ("fork")},
    [VM_STEP_FORK_REGION] = {SCENE_ACTOR_KERNEL, .word = N_ ("double")},
    [VM_STEP_FORK_ENTRY] = {SCENE_ACTOR_KERNEL, .word = N_ ("share")},
    [VM_STEP_EXIT] = {SCENE_ACTOR_KERNEL, .word = N_ ("exit")},
    [VM_STEP_WAIT] = {SCENE_ACTOR_KERNEL, .word = N_ ("wait")},
    [VM_STEP_REAP] = {SCENE_ACTOR_KERNEL, .word = N_ ("reap")},
    [VM_STEP_FILE] = {SCENE_ACTOR_KERNEL, .word = N_ ("file")},
    [VM_STEP_OVERCOMMIT] = {SCENE_ACTOR_KERNEL, .word = N_ ("limit")},
    [VM_STEP_SET_LIMITS] = {SCENE_ACTOR_KERNEL, .word = N_ ("limit")},
    [VM_STEP_SHOW] = {SCENE_ACTOR_KERNEL, .word = N_ ("print")},
    [VM_STEP_PAGE_HIT]
    = {SCENE_ACTOR_KERNEL, SCENE_ROLE_HIT, .word = N_ ("hit")},
    [VM_STEP_PAGE_MISS]
    = {SCENE_ACTOR_KERNEL, SCENE_ROLE_FAULT, .word = N_ ("fault")},
    [VM_STEP_PAGE_VICTIM] = {SCENE_ACTOR_KERNEL, .word = N_ ("victim")},
    [VM_STEP_PAGE_LOAD]
    = {SCENE_ACTOR_KERNEL, SCENE_ROLE_ACCENT, .word = N_ ("load")},
    [VM_STEP_REFERENCE] = {SCENE_ACTOR_KERNEL, .word = N_ ("refer")},
    [VM_STEP_POOL] = {SCENE_ACTOR_KERNEL, .word = N_ ("frames")},
    [VM_STEP_STRING] = {SCENE_ACTOR_KERNEL, .word = N_ ("frames")},
    [VM_STEP_PAGE_MARK] = {SCENE_ACTOR_KERNEL, .word = N_ ("frames")},
    [VM_STEP_PAGE_MOVE] = {SCENE_ACTOR_KERNEL, .word = N_ ("frames")},
    [VM_STEP_PAGE_COUNT] = {SCENE_ACTOR_KERNEL, .word = N_ ("frames")},
    [VM_STEP_PAGE_SPARE] = {SCENE_ACTOR_KERNEL, .word = N_ ("frames")},
    [VM_STEP_PAGE_COMPARE] = {SCENE_ACTOR_KERNEL, .word = N_ ("frames")},
    [VM_STEP_GHOST_KEEP] = {SCENE_ACTOR_KERNEL, .word = N_ ("frames")},
    [VM_STEP_GHOST_DROP] = {SCENE_ACTOR_KERNEL, .word = N_ ("frames")},
    [VM_STEP_GHOST_HIT] = {SCENE_ACTOR_KERNEL, .word = N_ ("frames")},
    [VM_STEP_POOL_TARGET] = {SCENE_ACTOR_KERNEL, .word = N_ ("frames")},
    [VM_STEP_POOL_TICK] = {SCENE_ACTOR_KERNEL, .word = N_ ("frames")},
    [VM_STEP_POKE] = {SCENE_ACTOR_KERNEL, .word = N_ ("poke")},
    [VM_STEP_ENTRY_CHANGE] = {SCENE_ACTOR_KERNEL, .tell = tell_stored},
    [VM_STEP_FIELD_CHANGE] = {SCENE_ACTOR_KERNEL, .context = "of an entry",
                              .word = NC_ ("of an entry", "bits")},
    [VM_STEP_FRAME_REFS] = {SCENE_ACTOR_KERNEL, .word = N_ ("count")},
    [VM_STEP_PSC_OWE]
    = {SCENE_ACTOR_KERNEL, SCENE_ROLE_FAULT, .word = N_ ("owed")},
    [VM_STEP_REGISTER_OWE]
    = {SCENE_ACTOR_KERNEL, SCENE_ROLE_FAULT, .word = N_ ("owed")},
    [VM_STEP_SEGMENTS] = {SCENE_ACTOR_KERNEL, .word = N_ ("segments")},
    [VM_STEP_DESCRIPTOR_WRITE] = {SCENE_ACTOR_KERNEL, .tell = tell_descriptor},
    [VM_STEP_SEGMENT_LOAD] = {SCENE_ACTOR_PROGRAM, .tell = tell_segment},
    [VM_STEP_SELECTOR] = {SCENE_ACTOR_PROCESSOR, .word = N_ ("selector")},
    [VM_STEP_DESCRIPTOR_READ]
    = {SCENE_ACTOR_PROCESSOR, .tell = tell_descriptor},
    [VM_STEP_DESCRIPTOR_ACCESSED]
    = {SCENE_ACTOR_PROCESSOR, .tell = tell_descriptor},
    [VM_STEP_SEGMENT_CACHE]
    = {SCENE_ACTOR_PROCESSOR, SCENE_ROLE_ACCENT, .word = N_ ("keep")},
    [VM_STEP_SEGMENT_USE] = {SCENE_ACTOR_PROGRAM, .tell = tell_segment},
    [VM_STEP_SEGMENT_RIGHTS]
    = {SCENE_ACTOR_PROCESSOR, .word = N_ ("rights"), .tell = tell_rights},
    [VM_STEP_SEGMENT_LIMIT]
    = {SCENE_ACTOR_PROCESSOR, .word = N_ ("limit"), .tell = tell_limit},
    [VM_STEP_SEGMENT_ADD]
    = {SCENE_ACTOR_PROCESSOR, SCENE_ROLE_ACCENT, .word = N_ ("+ base")},
    [VM_STEP_WAY] = {SCENE_ACTOR_KERNEL, .word = N_ ("MMU")},
    [VM_STEP_IDENTITY]
    = {SCENE_ACTOR_PROCESSOR, SCENE_ROLE_ACCENT, .word = N_ ("as is")},
    [VM_STEP_BOUND] = {SCENE_ACTOR_PROCESSOR, .word = N_ ("limit")},
    [VM_STEP_BASE]
    = {SCENE_ACTOR_PROCESSOR, SCENE_ROLE_ACCENT, .word = N_ ("add")},
    [VM_STEP_BOUNDS_LOAD] = {SCENE_ACTOR_KERNEL, .word = N_ ("base")},
    [VM_STEP_TRESPASS]
    = {SCENE_ACTOR_PROGRAM, SCENE_ROLE_FAULT, .word = N_ ("stray")},
    [VM_STEP_PROGRAM] = {SCENE_ACTOR_KERNEL, .word = N_ ("load")},
    [VM_STEP_PLACE] = {SCENE_ACTOR_KERNEL, .word = N_ ("hole")},
    [VM_STEP_NO_PLACE]
    = {SCENE_ACTOR_KERNEL, SCENE_ROLE_FAULT, .word = N_ ("no hole")},
    [VM_STEP_LEAVE] = {SCENE_ACTOR_KERNEL, .word = N_ ("leave")},
    [VM_STEP_OVERWRITE]
    = {SCENE_ACTOR_KERNEL, SCENE_ROLE_FAULT, .word = N_ ("lost")},
    [VM_STEP_RELOCATE] = {SCENE_ACTOR_KERNEL, .word = N_ ("patch")},
    [VM_STEP_PATCH] = {SCENE_ACTOR_KERNEL, .word = N_ ("patch")},
    [VM_STEP_SWAP_OUT] = {SCENE_ACTOR_KERNEL, .word = N_ ("out")},
    [VM_STEP_SWAP_IN] = {SCENE_ACTOR_KERNEL, .word = N_ ("in")},
    [VM_STEP_DISK] = {SCENE_ACTOR_KERNEL, .word = N_ ("disk")},
    [VM_STEP_COMPACT] = {SCENE_ACTOR_KERNEL, .word = N_ ("push")},
    [VM_STEP_MOVE] = {SCENE_ACTOR_KERNEL, .word = N_ ("move")},
    [VM_STEP_RUN] = {SCENE_ACTOR_KERNEL, .word = N_ ("run")},
    [VM_STEP_FOLLOW] = {SCENE_ACTOR_PROGRAM, .word = N_ ("use")},
    [VM_STEP_FOUND] = {SCENE_ACTOR_PROGRAM, .word = N_ ("found")},
    [VM_STEP_TRANSFER] = {SCENE_ACTOR_KERNEL, .word = N_ ("copy")},
    [VM_STEP_CHUNK_SIZE] = {SCENE_ACTOR_PROGRAM, .word = N_ ("malloc")},
    [VM_STEP_CHUNK] = {SCENE_ACTOR_PROGRAM, .word = N_ ("chunk")},
    [VM_STEP_CHUNK_SPLIT] = {SCENE_ACTOR_PROGRAM, .word = N_ ("split")},
    [VM_STEP_CHUNK_JOIN] = {SCENE_ACTOR_PROGRAM, .word = N_ ("merge")},
    [VM_STEP_THRESHOLD] = {SCENE_ACTOR_PROGRAM, .word = N_ ("limit")},
    [VM_STEP_RMAP] = {SCENE_ACTOR_KERNEL, .word = N_ ("users")},
    [VM_STEP_RMAP_LOOK] = {SCENE_ACTOR_KERNEL, .word = N_ ("compare")},
    [VM_STEP_SWAPON] = {SCENE_ACTOR_KERNEL, .word = N_ ("swap")},
    [VM_STEP_SWAPOFF] = {SCENE_ACTOR_KERNEL, .word = N_ ("swap")},
    [VM_STEP_KSWAPD] = {SCENE_ACTOR_KERNEL, .word = N_ ("reclaim")},
    [VM_STEP_DIRECT] = {SCENE_ACTOR_KERNEL, .word = N_ ("reclaim")},
    [VM_STEP_SCAN] = {SCENE_ACTOR_KERNEL, .word = N_ ("scan")},
    [VM_STEP_LRU_LOOK] = {SCENE_ACTOR_KERNEL, .word = N_ ("compare")},
    [VM_STEP_LRU_MOVE] = {SCENE_ACTOR_KERNEL, .word = N_ ("list")},
    [VM_STEP_EVICT] = {SCENE_ACTOR_KERNEL, .word = N_ ("evict")},
    [VM_STEP_EVICTED] = {SCENE_ACTOR_KERNEL, .word = N_ ("evict")},
    [VM_STEP_SLOT_TAKE] = {SCENE_ACTOR_KERNEL, .word = N_ ("slot")},
    [VM_STEP_SLOT_FREE] = {SCENE_ACTOR_KERNEL, .word = N_ ("slot")},
    [VM_STEP_SLOT_COUNT] = {SCENE_ACTOR_KERNEL, .word = N_ ("count")},
    [VM_STEP_SWAP_ENTRY] = {SCENE_ACTOR_KERNEL, .word = N_ ("slot")},
    [VM_STEP_SWAP_WRITE] = {SCENE_ACTOR_KERNEL, .word = N_ ("write")},
    [VM_STEP_SWAP_READ] = {SCENE_ACTOR_KERNEL, .word = N_ ("read")},
    [VM_STEP_SWAP_FOUND] = {SCENE_ACTOR_KERNEL, .word = N_ ("found")},
    [VM_STEP_OOM] = {SCENE_ACTOR_KERNEL, .word = N_ ("full")},
    [VM_STEP_OOM_SCORE] = {SCENE_ACTOR_KERNEL, .word = N_ ("score")},
    [VM_STEP_LOCK] = {SCENE_ACTOR_KERNEL, .word = N_ ("lock")},
    [VM_STEP_PIN] = {SCENE_ACTOR_KERNEL, .word = N_ ("pin")},
    [VM_STEP_RESIDENT] = {SCENE_ACTOR_KERNEL, .word = N_ ("limit")},
    [VM_STEP_OOM_KILL]
    = {SCENE_ACTOR_KERNEL, SCENE_ROLE_FAULT, .word = N_ ("kill")},
    [VM_STEP_READAHEAD] = {SCENE_ACTOR_KERNEL, .word = N_ ("ahead")},
    [VM_STEP_AROUND] = {SCENE_ACTOR_KERNEL, .word = N_ ("around")},
    [VM_STEP_DIRTY] = {SCENE_ACTOR_KERNEL, .word = N_ ("dirty")},
    [VM_STEP_WRITEBACK] = {SCENE_ACTOR_KERNEL, .word = N_ ("write")},
    [VM_STEP_CLEAN] = {SCENE_ACTOR_KERNEL, .word = N_ ("protect")},
    [VM_STEP_FLUSHER] = {SCENE_ACTOR_KERNEL, .word = N_ ("flusher")},
    [VM_STEP_TICK] = {SCENE_ACTOR_KERNEL, .word = N_ ("time")},
    [VM_STEP_TRUNCATE] = {SCENE_ACTOR_KERNEL, .word = N_ ("cut")},
    [VM_STEP_ZERO_TAIL] = {SCENE_ACTOR_KERNEL, .word = N_ ("clear")},
    [VM_STEP_CACHE_DROP] = {SCENE_ACTOR_KERNEL, .word = N_ ("drop")},
    [VM_STEP_CACHE_GONE] = {SCENE_ACTOR_KERNEL, .word = N_ ("drop")},
    [VM_STEP_UNLINK] = {SCENE_ACTOR_KERNEL, .word = N_ ("unlink")},
    [VM_STEP_SLOT_FILE] = {SCENE_ACTOR_KERNEL, .word = N_ ("slot")},
    [VM_STEP_SWAP_AHEAD] = {SCENE_ACTOR_KERNEL, .word = N_ ("ahead")},
    [VM_STEP_CLONE] = {SCENE_ACTOR_KERNEL, .word = N_ ("clone")},
    [VM_STEP_CLONE_REFUSED]
    = {SCENE_ACTOR_KERNEL, SCENE_ROLE_FAULT, .word = N_ ("refuse")},
    [VM_STEP_CLONE_OBJECT] = {SCENE_ACTOR_KERNEL, .word = N_ ("share")},
    [VM_STEP_CLONE_WAIT] = {SCENE_ACTOR_KERNEL, .word = N_ ("wait")},
    [VM_STEP_DETHREAD] = {SCENE_ACTOR_KERNEL, .word = N_ ("end")},
    [VM_STEP_KTHREAD] = {SCENE_ACTOR_KERNEL, .word = N_ ("thread")},
    [VM_STEP_TASK_SAVE] = {SCENE_ACTOR_KERNEL, .word = N_ ("save")},
    [VM_STEP_TASK_LOAD] = {SCENE_ACTOR_KERNEL, .word = N_ ("go on")},
    [VM_STEP_SAME_SPACE] = {SCENE_ACTOR_KERNEL, .word = N_ ("same")},
    [VM_STEP_BORROW] = {SCENE_ACTOR_KERNEL, .word = N_ ("borrow")},
    [VM_STEP_GENERATION] = {SCENE_ACTOR_KERNEL, .word = N_ ("compare")},
    [VM_STEP_LAZY_SKIP]
    = {SCENE_ACTOR_KERNEL, SCENE_ROLE_HIT, .word = N_ ("spare")},
    [VM_STEP_LAZY_LEAVE]
    = {SCENE_ACTOR_KERNEL, SCENE_ROLE_MISS, .word = N_ ("leave")},
    [VM_STEP_MM_DROP] = {SCENE_ACTOR_KERNEL, .word = N_ ("return")},
    [VM_STEP_MM_FREE] = {SCENE_ACTOR_KERNEL, .word = N_ ("free")},
    [VM_STEP_CHDIR] = {SCENE_ACTOR_KERNEL, .word = N_ ("set")},
    [VM_STEP_SIGACTION] = {SCENE_ACTOR_KERNEL, .word = N_ ("set")},
    [VM_STEP_DISK_ERROR]
    = {SCENE_ACTOR_KERNEL, SCENE_ROLE_FAULT, .word = N_ ("error")},
    [VM_STEP_ZONE_TRY] = {SCENE_ACTOR_KERNEL, .word = N_ ("zone")},
    [VM_STEP_BLOCK_SPLIT] = {SCENE_ACTOR_KERNEL, .word = N_ ("split")},
    [VM_STEP_BLOCK_MERGE] = {SCENE_ACTOR_KERNEL, .word = N_ ("merge")},
    [VM_STEP_KERNEL_CALL] = {SCENE_ACTOR_KERNEL, .word = N_ ("call")},
    [VM_STEP_KERNEL_RETURN] = {SCENE_ACTOR_KERNEL, .word = N_ ("return")},
    [VM_STEP_SLAB_NEW] = {SCENE_ACTOR_KERNEL, .word = N_ ("slab")},
    [VM_STEP_SLAB_PICK] = {SCENE_ACTOR_KERNEL, .word = N_ ("slab")},
    [VM_STEP_SLAB_FIND] = {SCENE_ACTOR_KERNEL, .word = N_ ("slab")},
    [VM_STEP_OBJECT_TAKE] = {SCENE_ACTOR_KERNEL, .word = N_ ("object")},
    [VM_STEP_OBJECT_PUT] = {SCENE_ACTOR_KERNEL, .word = N_ ("free")},
    [VM_STEP_SLAB_GONE] = {SCENE_ACTOR_KERNEL, .word = N_ ("slab")},
    [VM_STEP_RMMOD] = {SCENE_ACTOR_KERNEL, .word = N_ ("module")},
    [VM_STEP_HUGE_SPLIT] = {SCENE_ACTOR_KERNEL, .word = N_ ("split")},
    [VM_STEP_BAD_FREE]
    = {SCENE_ACTOR_KERNEL, SCENE_ROLE_FAULT, .word = N_ ("error")},
    [VM_STEP_LEAK]
    = {SCENE_ACTOR_KERNEL, SCENE_ROLE_FAULT, .word = N_ ("leak")},
    [VM_STEP_WINDOW] = {SCENE_ACTOR_MEMORY, .word = N_ ("window")},
    [VM_STEP_ROUTE] = {SCENE_ACTOR_MEMORY, .word = N_ ("who")},
    [VM_STEP_SILENCE] = {SCENE_ACTOR_PROCESSOR, SCENE_ROLE_MISS,
                         .word = N_ ("nobody"), .tell = tell_answer},
    [VM_STEP_DEVICE]
    = {SCENE_ACTOR_PROCESSOR, .word = N_ ("order"), .tell = tell_answer},
    [VM_STEP_PORT] = {SCENE_ACTOR_PROCESSOR, .word = N_ ("port")},
    [VM_STEP_INPUT] = {SCENE_ACTOR_MEMORY, .word = N_ ("input")},
    [VM_STEP_IOMMU] = {SCENE_ACTOR_KERNEL, .word = N_ ("domain")},
    [VM_STEP_DMA] = {SCENE_ACTOR_MEMORY, .word = N_ ("DMA")},
    [VM_STEP_IOMMU_WALK] = {SCENE_ACTOR_WALKER, .word = N_ ("walk")},
    [VM_STEP_BUS] = {SCENE_ACTOR_MEMORY, SCENE_ROLE_ACCENT, .word = N_ ("bus")},
    [VM_STEP_DMA_DATA] = {SCENE_ACTOR_MEMORY, .word = N_ ("data")},
    [VM_STEP_BLOCKED]
    = {SCENE_ACTOR_MEMORY, SCENE_ROLE_FAULT, .word = N_ ("block")},
    [VM_STEP_EXEC] = {SCENE_ACTOR_KERNEL, .word = N_ ("execve")},
    [VM_STEP_EXEC_HEADER] = {SCENE_ACTOR_KERNEL, .word = N_ ("header")},
    [VM_STEP_EXEC_INTERPRETER] = {SCENE_ACTOR_KERNEL, .word = N_ ("name")},
    [VM_STEP_EXEC_LEAVE] = {SCENE_ACTOR_KERNEL, .word = N_ ("leave")},
    [VM_STEP_EXEC_DRAW] = {SCENE_ACTOR_KERNEL, .word = N_ ("random")},
    [VM_STEP_EXEC_LAYOUT] = {SCENE_ACTOR_KERNEL, .word = N_ ("layout")},
    [VM_STEP_EXEC_STRINGS] = {SCENE_ACTOR_KERNEL, .word = N_ ("strings")},
    [VM_STEP_EXEC_STACK] = {SCENE_ACTOR_KERNEL, .word = N_ ("stack")},
    [VM_STEP_EXEC_PLACE] = {SCENE_ACTOR_KERNEL, .word = N_ ("place")},
    [VM_STEP_EXEC_SEGMENT] = {SCENE_ACTOR_KERNEL, .word = N_ ("segment")},
    [VM_STEP_EXEC_TRIM] = {SCENE_ACTOR_KERNEL, .word = N_ ("trim")},
    [VM_STEP_EXEC_ZERO] = {SCENE_ACTOR_KERNEL, .word = N_ ("zero")},
    [VM_STEP_EXEC_BSS] = {SCENE_ACTOR_KERNEL, .word = N_ ("bss")},
    [VM_STEP_EXEC_SPECIAL] = {SCENE_ACTOR_KERNEL, .word = N_ ("vdso")},
    [VM_STEP_EXEC_TABLES] = {SCENE_ACTOR_KERNEL, .word = N_ ("vectors")},
    [VM_STEP_EXEC_PUT] = {SCENE_ACTOR_KERNEL, .word = N_ ("put")},
    [VM_STEP_EXEC_AUX] = {SCENE_ACTOR_KERNEL, .word = N_ ("auxv")},
    [VM_STEP_EXEC_BRK] = {SCENE_ACTOR_KERNEL, .word = N_ ("heap")},
    [VM_STEP_EXEC_NUMBERS] = {SCENE_ACTOR_KERNEL, .word = N_ ("notes")},
    [VM_STEP_EXEC_START] = {SCENE_ACTOR_KERNEL, .word = N_ ("start")},
    [VM_STEP_LINK] = {SCENE_ACTOR_PROGRAM, .word = N_ ("ld.so")},
    [VM_STEP_LINK_NEED] = {SCENE_ACTOR_PROGRAM, .word = N_ ("needs")},
    [VM_STEP_LINK_OBJECT] = {SCENE_ACTOR_PROGRAM, .word = N_ ("library")},
    [VM_STEP_LINK_RELRO] = {SCENE_ACTOR_PROGRAM, .word = N_ ("relro")},
    [VM_STEP_KERNEL] = {SCENE_ACTOR_KERNEL, .word = N_ ("kernel")},
    [VM_STEP_KERNEL_OWN] = {SCENE_ACTOR_KERNEL, .word = N_ ("take")},
    [VM_STEP_KERNEL_MAPS] = {SCENE_ACTOR_KERNEL, .word = N_ ("map")},
    [VM_STEP_KERNEL_USER] = {SCENE_ACTOR_KERNEL, .word = N_ ("KPTI")},
    [VM_STEP_VMALLOC] = {SCENE_ACTOR_KERNEL, .word = N_ ("vmalloc")},
    [VM_STEP_VMALLOC_AREA] = {SCENE_ACTOR_KERNEL, .word = N_ ("hole")},
    [VM_STEP_VFREE] = {SCENE_ACTOR_KERNEL, .word = N_ ("vfree")},
    [VM_STEP_VMALLOC_SYNC] = {SCENE_ACTOR_KERNEL, .word = N_ ("copy")},
    [VM_STEP_KMAP] = {SCENE_ACTOR_KERNEL, .word = N_ ("kmap")},
    [VM_STEP_KUNMAP] = {SCENE_ACTOR_KERNEL, .word = N_ ("kunmap")},
    [VM_STEP_KMAP_FLUSH] = {SCENE_ACTOR_KERNEL, .word = N_ ("clear")},
    [VM_STEP_KERNEL_ADDRESS] = {SCENE_ACTOR_KERNEL, .word = N_ ("address")},
    [VM_STEP_KERNEL_COPY] = {SCENE_ACTOR_KERNEL, .word = N_ ("copy")},
    [VM_STEP_START_BLOCK] = {SCENE_ACTOR_PROGRAM, .word = N_ ("thread")},
    [VM_STEP_START_CONSTRUCT] = {SCENE_ACTOR_PROGRAM, .word = N_ ("init")}};

void
scene_turn_of (SceneTurn *turn, const SceneContext *context,
               const struct vm_step *step)
{
  const Row *row = &rows[step->kind];

  *turn = (SceneTurn){.actor = row->actor, .role = row->role};
  if (row->context != NULL)
    say (turn, g_dpgettext2 (GETTEXT_PACKAGE, row->context, row->word));
  else if (row->word != NULL)
    say (turn, _ (row->word));
  if (row->tell != NULL)
    row->tell (turn, context, step);
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
    if (kind >= VM_STEP_SEGMENTS && kind <= VM_STEP_SEGMENT_ADD
        && !context->segments)
      continue;
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
