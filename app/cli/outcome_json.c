/* Writes what operations came to as JSON. */
#include "outcome.h"

#include "describe.h"
#include "outcome_alloc.h"
#include "outcome_exec.h"
#include "outcome_kernel.h"
#include "outcome_memory.h"
#include "outcome_tlb.h"
#include "outcome_value.h"
#include "mm/space.h"

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
    cli_value_write (json, machine, &info->values[i], step->values[i]);
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
               const struct vm_op *op, const struct vm_result *result)
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
                   const struct vm_op *op, const struct vm_result *result)
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

  cli_process_write (json, "process", machine, result->process);
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
            const struct vm_op *op, const struct vm_result *result)
{
  const struct vm_state *state = vm_machine_state (machine);

  cli_process_write (json, "process", machine, result->process);
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
  cli_process_write (json, "process", machine, result->process);
  cli_json_boolean (json, "ok", state->cpus[cpu].process == result->process);
  write_steps (json, machine, result);
}

static void
write_unmap (CliJson *json, const struct vm_machine *machine,
             const struct vm_op *op, const struct vm_result *result)
{
  cli_process_write (json, "process", machine, result->process);
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
               const struct vm_op *op, const struct vm_result *result)
{
  static const char *const places[] = {"nowhere", "memory", "disk"};
  const struct vm_image *image
      = &vm_machine_state (machine)->images[result->process];

  cli_process_write (json, "process", machine, result->process);
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
           const struct vm_op *op, const struct vm_result *result)
{
  cli_process_write (json, "process", machine, result->process);
  cli_json_boolean (json, "ok", result->translation.ok);
  if (result->translation.fault.kind != VM_FAULT_NONE)
    write_fault (json, &result->translation.fault);
  write_steps (json, machine, result);
}

static void
write_way (CliJson *json, const struct vm_machine *machine,
           const struct vm_op *op, const struct vm_result *result)
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

/* The segment table, where it lies. */
static void
write_segments (CliJson *json, const struct vm_machine *machine,
                const struct vm_op *op, const struct vm_result *result)
{
  cli_json_hex (json, "gdt", vm_machine_state (machine)->gdt.base);
  write_steps (json, machine, result);
}

static void
write_tlb (CliJson *json, const struct vm_machine *machine,
           const struct vm_op *op, const struct vm_result *result)
{
  cli_tlb_write (json, machine, (guint) op->values[VM_P_TLB_CPU]);
}

static void
write_reference (CliJson *json, const struct vm_machine *machine,
                 const struct vm_op *op, const struct vm_result *result)
{
  write_pools (json, machine);
  write_steps (json, machine, result);
}

static void
write_iommu (CliJson *json, const struct vm_machine *machine,
             const struct vm_op *op, const struct vm_result *result)
{
  cli_process_write (json, "domain", machine, result->process);
  write_steps (json, machine, result);
}

static void
write_exec (CliJson *json, const struct vm_machine *machine,
            const struct vm_op *op, const struct vm_result *result)
{
  cli_process_write (json, "process", machine, result->process);
  cli_exec_write (json, machine, result);
  write_steps (json, machine, result);
}

/* Nothing but the steps. */
static void
write_plain (CliJson *json, const struct vm_machine *machine,
             const struct vm_op *op, const struct vm_result *result)
{
  write_steps (json, machine, result);
}

/* What the kernel does with memory. */
static void
write_memory (CliJson *json, const struct vm_machine *machine,
              const struct vm_op *op, const struct vm_result *result)
{
  cli_memory_write (json, machine, op, result);
  write_steps (json, machine, result);
}

/* What the kernel does in its own half. */
static void
write_kernel (CliJson *json, const struct vm_machine *machine,
              const struct vm_op *op, const struct vm_result *result)
{
  cli_kernel_write (json, machine, op, result);
  write_steps (json, machine, result);
}

/* What the kernel's own code was given. */
static void
write_alloc (CliJson *json, const struct vm_machine *machine,
             const struct vm_op *op, const struct vm_result *result)
{
  cli_alloc_write (json, machine, op, result);
  write_steps (json, machine, result);
}

/* Writes what an operation came to, its steps among it. */
typedef void (*Writer) (CliJson *json, const struct vm_machine *machine,
                        const struct vm_op *op, const struct vm_result *result);

/* By kind of operation; the others are the kernel's: write_memory. */
static const Writer writers[VM_OP_KINDS] = {
    [VM_OP_ACCESS] = write_access,     [VM_OP_COMPACT] = write_plain,
    [VM_OP_DMA] = write_dma,           [VM_OP_DUMP] = write_dump,
    [VM_OP_EXEC] = write_exec,         [VM_OP_FLUSH] = write_flush,
    [VM_OP_INPUT] = write_plain,       [VM_OP_IOMMU] = write_iommu,
    [VM_OP_LINK] = write_exec,         [VM_OP_LOAD] = write_load,
    [VM_OP_MACHINE] = write_machine,   [VM_OP_MAP] = write_map,
    [VM_OP_POKE] = write_poke,         [VM_OP_POOL] = write_plain,
    [VM_OP_PORT] = write_port,         [VM_OP_PROCESS] = write_new_process,
    [VM_OP_PROGRAM] = write_program,   [VM_OP_REFERENCE] = write_reference,
    [VM_OP_RELOCATE] = write_program,  [VM_OP_RUN] = write_run,
    [VM_OP_SEGMENTS] = write_segments, [VM_OP_SEGMENT] = write_plain,
    [VM_OP_SHOW] = cli_show_write,     [VM_OP_STRING] = write_plain,
    [VM_OP_SWAP_IN] = write_program,   [VM_OP_SWAP_OUT] = write_program,
    [VM_OP_SWITCH] = write_switch,     [VM_OP_TLB] = write_tlb,
    [VM_OP_UNMAP] = write_unmap,       [VM_OP_WAY] = write_way,
    [VM_OP_WINDOW] = write_plain,      [VM_OP_KERNEL] = write_kernel,
    [VM_OP_VMALLOC] = write_kernel,    [VM_OP_VFREE] = write_kernel,
    [VM_OP_KMAP] = write_kernel,       [VM_OP_KUNMAP] = write_kernel,
    [VM_OP_KWRITE] = write_kernel,     [VM_OP_GET_PAGES] = write_alloc,
    [VM_OP_FREE_PAGES] = write_alloc,  [VM_OP_KMALLOC] = write_alloc,
    [VM_OP_KFREE] = write_alloc,       [VM_OP_RMMOD] = write_alloc,
};

void
cli_outcome_print_json (CliJson *json, const struct vm_machine *machine)
{
  guint64 latest = vm_machine_op_count (machine) - 1;
  const struct vm_op *op = vm_machine_op (machine, latest);
  const struct vm_result *result = vm_machine_result (machine, latest);
  Writer write = writers[op->kind] != NULL ? writers[op->kind] : write_memory;

  cli_json_begin_object (json, NULL);
  cli_json_string (json, "op", vm_op_info_of (op->kind)->name);
  write (json, machine, op, result);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}
