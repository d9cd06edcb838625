/* Writes what operations came to as JSON. */
#include "outcome.h"

#include "describe.h"
#include "describe_mm.h"
#include "outcome_exec.h"
#include "outcome_memory.h"
#include "subject.h"
#include "outcome_tlb.h"
#include "mm/space.h"
#include "policy/policy.h"

/* The letters of a set of flags. */
static const char *
flag_letters (guint64 flags, const char *letters, char buffer[16])
{
  int length = 0;

  for (int i = 0; letters[i] != '\0' && length < 15; i++)
    if (flags >> i & 1)
      buffer[length++] = letters[i];
  buffer[length] = '\0';
  return buffer;
}

/* A process by its name; null for none. */
static void
write_process (CliJson *json, const char *key, const struct vm_machine *machine,
               guint64 index)
{
  const struct vm_state *state = vm_machine_state (machine);

  gboolean there = index < state->process_count;

  if (there && state->processes[index].state == 0)
    /* It has ended since. */
    cli_json_string (
        json, key,
        scene_subject_process (&(SceneSubject){.machine = machine}, index));
  else
    cli_json_string (
        json, key,
        there ? vm_machine_name (machine, state->processes[index].name) : NULL);
}

static void
write_value (CliJson *json, const struct vm_machine *machine,
             const struct vm_value_info *info, guint64 value)
{
  const char *key = info->name;

  switch (info->type) {
  case VM_VALUE_UNUSED:
    break;
  case VM_VALUE_NUMBER:
  case VM_VALUE_SIZE:
    cli_json_number (json, key, value);
    break;
  case VM_VALUE_FLAG:
    cli_json_boolean (json, key, value == 1);
    break;
  case VM_VALUE_VADDR:
  case VM_VALUE_PADDR:
  case VM_VALUE_FRAME:
  case VM_VALUE_RAW:
    cli_json_hex (json, key, value);
    break;
  case VM_VALUE_PROCESS:
    write_process (json, key, machine, value);
    break;
  case VM_VALUE_NAME:
    cli_json_string (json, key, vm_machine_name (machine, (guint32) value));
    break;
  case VM_VALUE_GEOMETRY:
    cli_json_string (json, key, vm_machine_built_geometry (machine)->name);
    break;
  case VM_VALUE_ACCESS_KIND:
    cli_json_string (json, key,
                     vm_access_kind_name ((enum vm_access_kind) value));
    break;
  case VM_VALUE_MODE:
    cli_json_string (json, key, vm_mode_name ((enum vm_mode) value));
    break;
  case VM_VALUE_FAULT_KIND:
    cli_json_string (json, key,
                     vm_fault_kind_name ((enum vm_fault_kind) value));
    break;
  case VM_VALUE_ROLE:
    cli_json_string (json, key,
                     vm_frame_role_name ((enum vm_frame_role) value));
    break;
  case VM_VALUE_VERDICT:
    cli_json_string (json, key, vm_verdict_name ((enum vm_verdict) value));
    break;
  case VM_VALUE_CPU:
    cli_json_number (json, key, value);
    break;
  case VM_VALUE_FLUSH:
    cli_json_string (json, key,
                     vm_flush_kind_name ((enum vm_flush_kind) value));
    break;
  case VM_VALUE_REGISTER:
    cli_json_string (
        json, key, vm_segment_register_name ((enum vm_segment_register) value));
    break;
  case VM_VALUE_SEGMENT:
    cli_json_string (json, key,
                     vm_segment_verdict_name ((enum vm_segment_verdict) value));
    break;
  case VM_VALUE_WAY:
    cli_json_string (json, key, vm_way_name ((enum vm_way) value));
    break;
  case VM_VALUE_WINDOW:
    cli_json_string (json, key,
                     vm_window_kind_name ((enum vm_window_kind) value));
    break;
  case VM_VALUE_LRU:
    cli_json_string (json, key, vm_lru_name ((enum vm_lru) value));
    break;
  case VM_VALUE_FATE:
    cli_json_string (json, key, vm_fate_name ((enum vm_fate) value));
    break;
  case VM_VALUE_SIGNED:
    cli_json_signed (json, key, (gint64) value);
    break;
  case VM_VALUE_PART:
    cli_json_string (json, key, vm_part_name ((enum vm_part) value));
    break;
  case VM_VALUE_AUX:
    cli_json_string (json, key, vm_aux_name (value));
    break;
  case VM_VALUE_SPACE:
    cli_json_string (json, key, vm_space_name ((enum vm_space) value));
    break;
  case VM_VALUE_READAHEAD:
    cli_json_string (json, key,
                     vm_readahead_why_name ((enum vm_readahead_why) value));
    break;
  case VM_VALUE_FLUSHER:
    cli_json_string (json, key,
                     vm_flusher_why_name ((enum vm_flusher_why) value));
    break;
  case VM_VALUE_FIT:
    cli_json_string (json, key, vm_fit_name ((enum vm_fit) value));
    break;
  case VM_VALUE_PLACE:
    cli_json_string (json, key,
                     vm_chunk_place_name ((enum vm_chunk_place) value));
    break;
  case VM_VALUE_REASON:
    cli_json_string (json, key,
                     vm_victim_reason_name ((enum vm_victim_reason) value));
    break;
  case VM_VALUE_POLICY:
    cli_json_string (json, key,
                     vm_policy_info_of ((enum vm_policy) value)->name);
    break;
  case VM_VALUE_CALL:
    cli_json_string (json, key, vm_call_name ((enum vm_call) value));
    break;
  case VM_VALUE_ERRNO:
    cli_json_string (json, key, vm_errno_name ((enum vm_errno) value));
    break;
  case VM_VALUE_LIMIT:
    cli_json_string (json, key, vm_limit_name ((enum vm_limit) value));
    break;
  case VM_VALUE_LOOK:
    cli_json_string (json, key, vm_look_name ((enum vm_look) value));
    break;
  case VM_VALUE_QUESTION:
    cli_json_string (json, key, vm_question_name ((enum vm_question) value));
    break;
  case VM_VALUE_ACTION:
    cli_json_string (json, key, vm_action_name ((enum vm_action) value));
    break;
  case VM_VALUE_SIGNAL:
    cli_json_string (json, key, vm_signal_name ((enum vm_signal) value));
    break;
  case VM_VALUE_CODE:
    cli_json_string (json, key,
                     vm_signal_code_name ((enum vm_signal_code) value));
    break;
  case VM_VALUE_REGION_FLAGS:
    cli_json_string (json, key, scene_mm_flags (value).s);
    break;
  }
}

void
cli_step_write (CliJson *json, const char *key,
                const struct vm_machine *machine, const struct vm_step *step)
{
  const struct vm_step_info *info
      = vm_step_info_of ((enum vm_step_kind) step->kind);
  g_autofree char *text = scene_describe (machine, step);

  cli_json_begin_object (json, key);
  cli_json_string (json, "kind", info->name);
  cli_json_number (json, "depth", step->depth);
  cli_tlb_write_where (json, machine, step);
  cli_json_string (json, "text", text);
  for (int i = 0; i < VM_STEP_VALUES; i++)
    write_value (json, machine, &info->values[i], step->values[i]);
  cli_json_end_object (json);
}

static void
write_steps (CliJson *json, const struct vm_machine *machine,
             const struct vm_result *result)
{
  cli_json_begin_array (json, "steps");
  for (guint64 n = result->first_step; n < result->end_step; n++)
    cli_step_write (json, NULL, machine, vm_machine_step (machine, n));
  cli_json_end_array (json);
}

static void
write_machine (CliJson *json, const struct vm_machine *machine,
               const struct vm_result *result)
{
  const struct vm_config *config = &vm_machine_state (machine)->config;

  cli_json_string (json, "geometry", vm_machine_geometry (machine)->name);
  cli_json_number (json, "memory",
                   (guint64) config->frames << config->page_shift);
  cli_tlb_write_shapes (json, vm_machine_state (machine));
  cli_json_boolean (json, "wp", config->wp);
  cli_json_boolean (json, "nx", config->nx);
  cli_json_boolean (json, "smep", config->smep);
  cli_json_boolean (json, "smap", config->smap);
  write_steps (json, machine, result);
}

/* CR3 of a process: where its root table lies. */
static void
write_cr3 (CliJson *json, const struct vm_state *state, guint32 process)
{
  cli_json_hex (json, "cr3",
                vm_frame_start (vm_frame_of (vm_mm_of (state, process)->root),
                                state->config.page_shift)
                    .v);
}

static void
write_new_process (CliJson *json, const struct vm_machine *machine,
                   const struct vm_result *result)
{
  const struct vm_state *state = vm_machine_state (machine);
  const struct vm_process *process = &state->processes[result->process];

  cli_json_string (json, "name", vm_machine_name (machine, process->name));
  cli_json_number (json, "pid", process->pid);
  write_cr3 (json, state, result->process);
  write_steps (json, machine, result);
}

static void
write_map (CliJson *json, const struct vm_machine *machine,
           const struct vm_op *op, const struct vm_result *result)
{
  const struct vm_parameter_info *flags
      = &vm_op_info_of (VM_OP_MAP)->parameters[VM_P_MAP_FLAGS];
  char letters[16];

  write_process (json, "process", machine, result->process);
  cli_json_hex (json, "va", op->values[VM_P_MAP_VA]);
  cli_json_hex (json, "frame", op->values[VM_P_MAP_FRAME]);
  cli_json_number (
      json, "size",
      vm_op_gives (op, VM_P_MAP_SIZE)
          ? op->values[VM_P_MAP_SIZE]
          : vm_geometry_page_bytes (vm_machine_geometry (machine)));
  cli_json_string (
      json, "flags",
      flag_letters (op->values[VM_P_MAP_FLAGS], flags->choices[0], letters));
  write_steps (json, machine, result);
}

static void
write_fault (CliJson *json, const struct vm_fault *fault)
{
  cli_json_begin_object (json, "fault");
  cli_json_string (json, "kind", vm_fault_kind_name (fault->kind));
  cli_json_number (json, "vector", fault->vector);
  cli_json_hex (json, "error", fault->error);
  cli_json_hex (json, "address", fault->address.v);
  cli_json_end_object (json);
}

/* The bytes themselves, if the script cares about them. */
static void
write_data (CliJson *json, const struct vm_op *op,
            const struct vm_translation *translation)
{
  guint32 named = 1u << VM_P_ACCESS_WIDTH | 1u << VM_P_ACCESS_VALUE;

  if (translation->ok && (op->given & named) != 0)
    cli_json_hex (json, "value", translation->value);
}

/* What a segment made of the offset, if the access went through one. */
static void
write_linear (CliJson *json, const struct vm_machine *machine,
              const struct vm_result *result)
{
  for (guint64 n = result->first_step; n < result->end_step; n++) {
    const struct vm_step *step = vm_machine_step (machine, n);
    if (step->kind != VM_STEP_SEGMENT_ADD)
      continue;
    cli_json_string (
        json, "segment",
        vm_segment_register_name (
            (enum vm_segment_register) step->values[VM_V_SEGMENT_REGISTER]));
    cli_json_hex (json, "linear", step->values[VM_V_ADD_LINEAR]);
    return;
  }
}

static void
write_access (CliJson *json, const struct vm_machine *machine,
              const struct vm_op *op, const struct vm_result *result)
{
  const struct vm_translation *translation = &result->translation;

  cli_json_hex (json, "va", op->values[VM_P_ACCESS_VA]);
  write_linear (json, machine, result);
  cli_json_boolean (json, "ok", translation->ok);
  if (translation->ok)
    cli_json_hex (json, "pa", translation->pa.v);
  else
    write_fault (json, &translation->fault);
  cli_json_string (json, "tlb",
                   vm_machine_state (machine)->config.way != VM_WAY_PAGING
                       ? "none"
                   : translation->tlb_hit ? "hit"
                                          : "miss");
  if (vm_machine_state (machine)->config.stlb_sets != 0)
    cli_json_number (json, "tlb-level", translation->tlb_level);
  cli_json_number (json, "reads", translation->reads);
  write_data (json, op, translation);
  cli_memory_write_faults (json, machine, result);
  write_steps (json, machine, result);
}

/* The bytes of a frame, which may be larger than a slot of memory. */
static void
write_frame (CliJson *json, const struct vm_state *state, guint32 frame)
{
  guint shift = state->config.page_shift;
  guint64 start = vm_frame_start (vm_frame_of (frame), shift).v;
  gsize size = (gsize) 1 << shift, piece = MIN (size, VM_SLOT_SIZE);
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new ((guint) size);

  for (gsize done = 0; done < size; done += piece)
    g_byte_array_append (bytes,
                         vm_memory_bytes (state, vm_paddr_of (start + done)),
                         (guint) piece);
  cli_json_bytes (json, "bytes", bytes->data, bytes->len);
}

static void
write_dump (CliJson *json, const struct vm_machine *machine,
            const struct vm_result *result)
{
  const struct vm_state *state = vm_machine_state (machine);

  write_process (json, "process", machine, result->process);
  write_cr3 (json, state, result->process);
  if (vm_machine_geometry (machine)->two_roots)
    cli_json_hex (json, "ttbr1",
                  vm_frame_start (vm_frame_of (state->config.kernel_root),
                                  state->config.page_shift)
                      .v);
  cli_json_begin_array (json, "frames");
  for (guint32 frame = vm_space_next_table (state, result->process, VM_NONE);
       frame != VM_NONE;
       frame = vm_space_next_table (state, result->process, frame)) {
    cli_json_begin_object (json, NULL);
    cli_json_hex (json, "frame", frame);
    write_frame (json, state, frame);
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
}

static void
write_switch (CliJson *json, const struct vm_machine *machine,
              const struct vm_op *op, const struct vm_result *result)
{
  const struct vm_state *state = vm_machine_state (machine);
  guint64 cpu = op->values[VM_P_SWITCH_CPU];

  cli_json_number (json, "cpu", cpu);
  write_process (json, "process", machine, result->process);
  cli_json_boolean (json, "ok", state->cpus[cpu].process == result->process);
  write_steps (json, machine, result);
}

static void
write_unmap (CliJson *json, const struct vm_machine *machine,
             const struct vm_op *op, const struct vm_result *result)
{
  write_process (json, "process", machine, result->process);
  cli_json_hex (json, "va", op->values[VM_P_UNMAP_VA]);
  cli_json_boolean (json, "ok", result->translation.ok);
  write_steps (json, machine, result);
}

static void
write_flush (CliJson *json, const struct vm_machine *machine,
             const struct vm_op *op, const struct vm_result *result)
{
  const struct vm_step *step = vm_machine_step (machine, result->first_step);

  cli_json_number (json, "cpu", op->values[VM_P_FLUSH_CPU]);
  cli_json_string (
      json, "flush",
      vm_flush_kind_name ((enum vm_flush_kind) op->values[VM_P_FLUSH_KIND]));
  cli_json_number (json, "dropped", step->values[VM_V_FLUSH_DROPPED]);
  write_steps (json, machine, result);
}

/* What the latest reference came to in each pool, and the sums so far. */
static void
write_pools (CliJson *json, const struct vm_machine *machine)
{
  const struct vm_state *s = vm_machine_state (machine);

  cli_json_begin_array (json, "pools");
  for (guint i = 0; i < s->pool_count; i++) {
    const struct vm_pool_course *course = &s->pool_courses[i];
    if (course->position == 0)
      continue;
    const struct vm_pool_event *event
        = &s->pool_events[i * VM_MAX_REFERENCES + course->position - 1];
    cli_json_begin_object (json, NULL);
    cli_json_string (json, "pool", vm_machine_name (machine, s->pools[i].name));
    cli_json_number (json, "references", course->position);
    cli_json_boolean (json, "hit", event->outcome == VM_POOL_HIT);
    cli_json_number (json, "frame", event->frame);
    if (event->outcome == VM_POOL_REPLACED)
      cli_json_number (json, "victim", event->victim);
    cli_json_number (json, "hits", course->hits);
    cli_json_number (json, "faults", course->faults);
    cli_json_number (json, "writebacks", course->writebacks);
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
}

/* Everything of a step that leaves something out of date, as the operation
 * "flush" that would settle it. */
static void
write_owed (CliJson *json, const struct vm_geometry *g,
            const struct vm_step *step)
{
  const guint64 *v = step->values;

  if (step->kind != VM_STEP_OWE && step->kind != VM_STEP_PSC_OWE
      && step->kind != VM_STEP_REGISTER_OWE)
    return;
  cli_json_begin_object (json, NULL);
  cli_json_number (json, "cpu", step->cpu);
  cli_json_string (json, "flush",
                   step->kind == VM_STEP_REGISTER_OWE ? "asid" : "address");
  if (step->kind == VM_STEP_OWE)
    cli_json_hex (json, "va", v[VM_V_IPI_VA]);
  if (step->kind == VM_STEP_PSC_OWE)
    cli_json_hex (json, "va",
                  (v[VM_V_PSC_PREFIX] << g->level[v[VM_V_PSC_LEVEL]].low)
                      & vm_geometry_last_address (g));
  cli_json_end_object (json);
}

static void
write_poke (CliJson *json, const struct vm_machine *machine,
            const struct vm_op *op, const struct vm_result *result)
{
  const struct vm_step *step = vm_machine_step (machine, result->first_step);

  cli_json_hex (json, "pa", op->values[VM_P_POKE_PA]);
  cli_json_number (json, "width", step->values[VM_V_POKE_WIDTH]);
  cli_json_hex (json, "before", step->values[VM_V_POKE_BEFORE]);
  cli_json_hex (json, "value", step->values[VM_V_POKE_VALUE]);
  cli_json_begin_array (json, "owed");
  for (guint64 n = result->first_step; n < result->end_step; n++)
    write_owed (json, vm_machine_geometry (machine),
                vm_machine_step (machine, n));
  cli_json_end_array (json);
  write_steps (json, machine, result);
}

static void
write_load (CliJson *json, const struct vm_machine *machine,
            const struct vm_op *op, const struct vm_result *result)
{
  cli_json_string (
      json, "register",
      vm_segment_register_name (
          (enum vm_segment_register) op->values[VM_P_LOAD_REGISTER]));
  cli_json_hex (json, "selector", op->values[VM_P_LOAD_SELECTOR]);
  cli_json_boolean (json, "ok", result->translation.ok);
  if (!result->translation.ok)
    write_fault (json, &result->translation.fault);
  write_steps (json, machine, result);
}

/* What a program has come to, after an operation about it. */
static void
write_program (CliJson *json, const struct vm_machine *machine,
               const struct vm_result *result)
{
  static const char *const places[] = {"nowhere", "memory", "disk"};
  const struct vm_image *image
      = &vm_machine_state (machine)->images[result->process];

  write_process (json, "process", machine, result->process);
  cli_json_boolean (json, "ok", result->translation.ok);
  cli_json_string (json, "place", places[image->place]);
  if (image->place == VM_IMAGE_MEMORY)
    cli_json_hex (json, "base", image->base);
  cli_json_number (json, "size", image->size);
  cli_json_hex (json, "linked", image->linked);
  write_steps (json, machine, result);
}

static void
write_run (CliJson *json, const struct vm_machine *machine,
           const struct vm_result *result)
{
  write_process (json, "process", machine, result->process);
  cli_json_boolean (json, "ok", result->translation.ok);
  if (result->translation.fault.kind != VM_FAULT_NONE)
    write_fault (json, &result->translation.fault);
  write_steps (json, machine, result);
}

static void
write_way (CliJson *json, const struct vm_machine *machine,
           const struct vm_result *result)
{
  enum vm_way way = (enum vm_way) vm_machine_state (machine)->config.way;

  cli_json_string (json, "by", vm_way_name (way));
  write_steps (json, machine, result);
}

static void
write_port (CliJson *json, const struct vm_machine *machine,
            const struct vm_op *op, const struct vm_result *result)
{
  cli_json_hex (json, "port", op->values[VM_P_PORT_PORT]);
  cli_json_boolean (json, "ok", result->translation.ok);
  if (result->translation.ok)
    cli_json_hex (json, "value", result->translation.value);
  else
    write_fault (json, &result->translation.fault);
  write_steps (json, machine, result);
}

static void
write_dma (CliJson *json, const struct vm_machine *machine,
           const struct vm_op *op, const struct vm_result *result)
{
  const struct vm_translation *done = &result->translation;

  cli_json_string (
      json, "device",
      vm_machine_name (machine, (guint32) op->values[VM_P_DMA_DEVICE]));
  cli_json_hex (json, "address", op->values[VM_P_DMA_ADDRESS]);
  cli_json_boolean (json, "ok", done->ok);
  cli_json_number (json, "reads", done->reads);
  if (done->ok) {
    cli_json_hex (json, "pa", done->pa.v);
    cli_json_hex (json, "value", done->value);
  } else
    cli_json_string (json, "blocked", vm_fault_kind_name (done->fault.kind));
  write_steps (json, machine, result);
}

void
cli_outcome_print_json (CliJson *json, const struct vm_machine *machine)
{
  guint64 latest = vm_machine_op_count (machine) - 1;
  const struct vm_op *op = vm_machine_op (machine, latest);
  const struct vm_result *result = vm_machine_result (machine, latest);

  cli_json_begin_object (json, NULL);
  cli_json_string (json, "op", vm_op_info_of (op->kind)->name);
  switch (op->kind) {
  case VM_OP_MACHINE:
    write_machine (json, machine, result);
    break;
  case VM_OP_PROCESS:
    write_new_process (json, machine, result);
    break;
  case VM_OP_MAP:
    write_map (json, machine, op, result);
    break;
  case VM_OP_ACCESS:
    write_access (json, machine, op, result);
    break;
  case VM_OP_DUMP:
    write_dump (json, machine, result);
    break;
  case VM_OP_SWITCH:
    write_switch (json, machine, op, result);
    break;
  case VM_OP_FLUSH:
    write_flush (json, machine, op, result);
    break;
  case VM_OP_TLB:
    cli_tlb_write (json, machine, (guint) op->values[VM_P_TLB_CPU]);
    break;
  case VM_OP_POOL:
  case VM_OP_STRING:
    write_steps (json, machine, result);
    break;
  case VM_OP_REFERENCE:
    write_pools (json, machine);
    write_steps (json, machine, result);
    break;
  case VM_OP_POKE:
    write_poke (json, machine, op, result);
    break;
  case VM_OP_UNMAP:
    write_unmap (json, machine, op, result);
    break;
  case VM_OP_FILE:
  case VM_OP_MMAP:
  case VM_OP_MUNMAP:
  case VM_OP_MPROTECT:
  case VM_OP_MREMAP:
  case VM_OP_BRK:
  case VM_OP_MADVISE:
  case VM_OP_FORK:
  case VM_OP_VFORK:
  case VM_OP_EXIT:
  case VM_OP_WAIT:
  case VM_OP_OVERCOMMIT:
  case VM_OP_LIMIT:
  case VM_OP_MALLOC:
  case VM_OP_FREE:
  case VM_OP_READ:
  case VM_OP_WRITE:
  case VM_OP_RMAP:
  case VM_OP_SWAPON:
  case VM_OP_SWAPOFF:
  case VM_OP_MLOCK:
  case VM_OP_MUNLOCK:
  case VM_OP_MLOCKALL:
  case VM_OP_MUNLOCKALL:
  case VM_OP_PIN:
  case VM_OP_UNPIN:
  case VM_OP_OOM_ADJUST:
  case VM_OP_OPEN:
  case VM_OP_CLOSE:
  case VM_OP_TRUNCATE:
  case VM_OP_MSYNC:
  case VM_OP_FSYNC:
  case VM_OP_SYNC:
  case VM_OP_DROP_CACHES:
  case VM_OP_TICK:
  case VM_OP_SHM:
  case VM_OP_UNLINK:
    cli_memory_write (json, machine, op, result);
    write_steps (json, machine, result);
    break;
  case VM_OP_SHOW:
    cli_show_write (json, machine, op, result);
    break;
  case VM_OP_SEGMENTS:
    cli_json_hex (json, "gdt", vm_machine_state (machine)->gdt.base);
    write_steps (json, machine, result);
    break;
  case VM_OP_SEGMENT:
    write_steps (json, machine, result);
    break;
  case VM_OP_LOAD:
    write_load (json, machine, op, result);
    break;
  case VM_OP_WAY:
    write_way (json, machine, result);
    break;
  case VM_OP_PROGRAM:
  case VM_OP_SWAP_OUT:
  case VM_OP_SWAP_IN:
  case VM_OP_RELOCATE:
    write_program (json, machine, result);
    break;
  case VM_OP_RUN:
    write_run (json, machine, result);
    break;
  case VM_OP_COMPACT:
  case VM_OP_WINDOW:
  case VM_OP_INPUT:
    write_steps (json, machine, result);
    break;
  case VM_OP_PORT:
    write_port (json, machine, op, result);
    break;
  case VM_OP_IOMMU:
    write_process (json, "domain", machine, result->process);
    write_steps (json, machine, result);
    break;
  case VM_OP_DMA:
    write_dma (json, machine, op, result);
    break;
  case VM_OP_EXEC:
  case VM_OP_LINK:
    write_process (json, "process", machine, result->process);
    cli_exec_write (json, machine, result);
    write_steps (json, machine, result);
    break;
  case VM_OP_NONE:
  case VM_OP_KINDS:
    break;
  }
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}
