/* Does each operation of the table. */
#include "machine/execute.h"

#include "machine/build.h"
#include "machine/do_alloc.h"
#include "machine/do_exec.h"
#include "machine/do_files.h"
#include "machine/do_kernel.h"
#include "machine/do_memory.h"
#include "machine/do_swap.h"
#include "machine/do_tasks.h"
#include "machine/execute_bare.h"
#include "machine/execute_bus.h"
#include "machine/segment_op.h"
#include "mm/edit.h"
#include "mm/kernel.h"
#include "machine/do_user.h"
#include "mm/layout.h"
#include "mm/pools.h"
#include "mm/reclaim.h"
#include "mm/resident_set.h"
#include "mm/way.h"
#include "mm/writeback.h"
#include "mmu/cpu.h"
#include "mmu/segment.h"
#include "mmu/stale.h"
#include "process/schedule.h"

static bool
refuse (struct vm_error *error, enum vm_error_code code)
{
  vm_error_set (error, code, NULL);
  return false;
}

static bool
refuse_number (struct vm_error *error, enum vm_error_code code,
               const char *subject, uint64_t value, uint64_t low, uint64_t high)
{
  vm_error_set_range (error, code, subject, value, low, high);
  return false;
}

/* Whose address space is meant: a process's, or a device's. */
static bool
find_space (const struct vm_state *s, uint64_t name, uint32_t *index,
            struct vm_error *error)
{
  *index = vm_process_find (s, (uint32_t) name);
  if (*index != VM_NONE && s->processes[*index].state == VM_PROCESS_DOMAIN)
    return true;
  return vm_execute_find_process (s, name, index, error);
}

/* A new process needs frames for its root before it can free any itself. */
static void
make_room_for_root (struct vm_tape *t, const struct vm_state *s)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);

  vm_reclaim_prepare (t, s, VM_NONE,
                      2 * vm_geometry_table_frames (g, g->levels));
}

static bool
make_process (struct vm_tape *t, const struct vm_state *s,
              const struct vm_op *op, struct vm_result *result,
              struct vm_error *error)
{
  uint32_t name = (uint32_t) op->values[VM_P_PROCESS_NAME];
  uint32_t index = vm_process_next (s);

  if (vm_process_find (s, name) != VM_NONE)
    return refuse_number (error, VM_ERROR_PROCESS_EXISTS, NULL, name, 0, 0);

  /* The root is told here, and taken just below; without paging there is none
   * yet. */
  make_room_for_root (t, s);
  uint64_t root = s->config.way == VM_WAY_PAGING ? vm_space_next_root (s) : 0;
  vm_step_begin (t, VM_STEP_PROCESS,
                 (uint64_t[VM_STEP_VALUES]){index, VM_FIRST_PID + s->next_pid,
                                            root, name});
  bool made = vm_process_create (t, s, name, &index, error);
  result->process = result->made = index;
  if (made && op->values[VM_P_PROCESS_LAYOUT])
    made = vm_do_layout (t, s, index, error);
  vm_step_end (t);
  return made;
}

static bool
check_cpu (const struct vm_state *s, uint64_t cpu, struct vm_error *error)
{
  if (cpu < s->config.cpus)
    return true;
  return refuse_number (error, VM_ERROR_OUT_OF_RANGE, "cpu", cpu, 0,
                        s->config.cpus - 1);
}

static uint32_t
log2_of (uint64_t size)
{
  uint32_t shift = 0;

  while (size >> shift > 1)
    shift++;
  return shift;
}

/* Can this page be mapped by this geometry at all? */
static bool
check_mapping (const struct vm_geometry *g, const struct vm_mapping *mapping,
               uint64_t size, struct vm_error *error)
{
  uint32_t level = vm_geometry_leaf_level (g, mapping->shift);
  uint64_t frames = size >> g->page_shift;

  if (level == 0 || size != UINT64_C (1) << mapping->shift)
    return refuse_number (error, VM_ERROR_NO_SUCH_SIZE, "size", size, 0, 0);
  if (!vm_geometry_canonical (g, mapping->va))
    return refuse_number (error, VM_ERROR_NOT_AN_ADDRESS, "va", mapping->va.v,
                          0, 0);
  if (mapping->va.v % size != 0)
    return refuse_number (error, VM_ERROR_NOT_ALIGNED, "va", mapping->va.v,
                          size, 0);
  if (mapping->frame.v % frames != 0)
    return refuse_number (error, VM_ERROR_NOT_ALIGNED, "frame",
                          mapping->frame.v, frames, 0);
  uint64_t last = vm_pte_last_frame (g, level, true);
  if (mapping->frame.v > last)
    return refuse_number (error, VM_ERROR_FRAME_TOO_LARGE, "frame",
                          mapping->frame.v, 0, last);
  return true;
}

/* Where a kernel was put, its half is not mapped by hand. */
static bool
check_not_kernels (const struct vm_state *s, const struct vm_geometry *g,
                   vm_vaddr va, struct vm_error *error)
{
  if (!s->kernel.on
      || !(vm_space_shares (s, g, va) || vm_geometry_is_upper (g, va)))
    return true;
  return refuse_number (error, VM_ERROR_IN_USE, "va", va.v, 0, 0);
}

static bool
map_page (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
          struct vm_result *result, struct vm_error *error)
{
  const uint64_t *v = op->values;
  uint64_t flags = v[VM_P_MAP_FLAGS];
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  uint64_t size = vm_op_gives (op, VM_P_MAP_SIZE) ? v[VM_P_MAP_SIZE]
                                                  : vm_geometry_page_bytes (g);
  struct vm_mapping mapping = {
      .va = vm_vaddr_of (v[VM_P_MAP_VA]),
      .frame = vm_frame_of (v[VM_P_MAP_FRAME]),
      .shift = log2_of (size),
      .writable = flags & VM_MAP_WRITE,
      .executable = flags & VM_MAP_EXECUTE,
      .user = flags & VM_MAP_USER,
      .global = flags & VM_MAP_GLOBAL,
      .trampoline = v[VM_P_MAP_TRAMPOLINE],
      .cpu = (uint32_t) v[VM_P_MAP_CPU],
  };

  if (!find_space (s, v[VM_P_MAP_PROCESS], &mapping.process, error)
      || !check_cpu (s, mapping.cpu, error))
    return false;
  result->process = mapping.process;
  if (!vm_op_gives (op, VM_P_MAP_CPU))
    mapping.cpu = vm_space_cpu_of (s, mapping.process);
  if (!(flags & VM_MAP_READ))
    return refuse (error, VM_ERROR_NEEDS_READ);
  if (!check_mapping (g, &mapping, size, error)
      || !check_not_kernels (s, g, mapping.va, error))
    return false;

  vm_tape_at (t, mapping.cpu, VM_TLB_DATA);
  vm_step_begin (t, VM_STEP_MAP,
                 (uint64_t[VM_STEP_VALUES]){mapping.process, mapping.va.v,
                                            mapping.frame.v, size});
  bool mapped = vm_way_prepare (t, s, mapping.process, error)
                && vm_space_map (t, s, &mapping, error);
  vm_layout_edited (t, s, s->processes[mapping.process].mm);
  vm_step_end (t);
  return mapped;
}

/* Whose access it is: the one named, else the running one, else the first. */
static bool
accessing_process (const struct vm_state *s, const struct vm_op *op,
                   uint32_t *index, struct vm_error *error)
{
  if (vm_op_gives (op, VM_P_ACCESS_PROCESS))
    return vm_do_find_task (s, op->values[VM_P_ACCESS_PROCESS], index, error);
  *index = s->cpus[op->values[VM_P_ACCESS_CPU]].process;
  for (uint32_t i = 0; i < s->process_count && *index == VM_NONE; i++)
    if (s->processes[i].state == VM_PROCESS_RUNNING)
      *index = i;
  if (*index != VM_NONE)
    return true;
  vm_error_set (error, VM_ERROR_MISSING_PARAMETER, "process");
  return false;
}

static bool
check_access (const struct vm_geometry *g, uint64_t va, uint64_t width,
              struct vm_error *error)
{
  uint64_t page = vm_geometry_page_bytes (g);

  if (va > vm_geometry_last_address (g))
    return refuse_number (error, VM_ERROR_NOT_AN_ADDRESS, "va", va, 0, 0);
  if ((width & (width - 1)) != 0)
    return refuse_number (error, VM_ERROR_OUT_OF_RANGE, "width", width, 1, 8);
  if (va % page + width > page)
    return refuse_number (error, VM_ERROR_CROSSES_PAGE, "width", va, 0, width);
  return true;
}

/* The access itself. A store may hit a page table, if one is mapped. */
static void
access_bytes (struct vm_tape *t, const struct vm_state *s,
              const struct vm_op *op, const struct vm_access *access,
              struct vm_translation *result)
{
  uint32_t width = (uint32_t) op->values[VM_P_ACCESS_WIDTH];
  bool store = vm_op_gives (op, VM_P_ACCESS_VALUE);
  uint64_t before = 0;

  *result = vm_cpu_access (t, s, (uint32_t) op->values[VM_P_ACCESS_CPU], access,
                           width, store, op->values[VM_P_ACCESS_VALUE],
                           &before);
  if (result->ok && store && access->kind == VM_WRITE)
    vm_edit_settle (t, s, result->pa, width, before);
}

/* The access as paging sees it. */
static void
access_linear (struct vm_tape *t, const struct vm_state *s,
               const struct vm_op *op, const struct vm_access *access,
               struct vm_result *result)
{
  uint32_t cpu = (uint32_t) op->values[VM_P_ACCESS_CPU];

  vm_step_begin (t, VM_STEP_ACCESS,
                 (uint64_t[VM_STEP_VALUES]){
                     access->va.v, access->kind, access->mode,
                     op->values[VM_P_ACCESS_WIDTH], result->process});
  if (vm_schedule_to (t, s, cpu, result->process, &result->translation.fault))
    do
      access_bytes (t, s, op, access, &result->translation);
    while (
        !result->translation.ok
        && (vm_kernel_sync (t, s, result->process, &result->translation.fault)
            || vm_do_fault (t, s, op, access, result)));
  if (result->translation.ok)
    vm_set_note (t, s, result->process, access->va.v,
                 result->translation.pa.v >> s->config.page_shift,
                 access->kind == VM_WRITE);
  vm_step_end (t);
}

/* The same by way of a segment: access->va is linear already. */
static void
access_segment (struct vm_tape *t, const struct vm_state *s,
                const struct vm_geometry *g, const struct vm_op *op,
                const struct vm_segment_use *use,
                const struct vm_access *access, struct vm_result *result)
{
  vm_step_begin (t, VM_STEP_SEGMENT_USE,
                 (uint64_t[VM_STEP_VALUES]){use->which, use->offset, use->kind,
                                            use->mode, use->width,
                                            result->process});
  if (vm_segment_translate (t, s, g, (uint32_t) op->values[VM_P_ACCESS_CPU],
                            use, &result->translation))
    access_linear (t, s, op, access, result);
  vm_step_end (t);
}

static struct vm_segment_use
segment_use_of (const struct vm_op *op, const struct vm_access *access)
{
  enum vm_segment_register usual = access->kind == VM_FETCH ? VM_SEGMENT_CS
                                                            : VM_SEGMENT_DS;

  return (struct vm_segment_use){
      .which = vm_op_gives (op, VM_P_ACCESS_SEGMENT)
                   ? (enum vm_segment_register) op->values[VM_P_ACCESS_SEGMENT]
                   : usual,
      .offset = access->va.v,
      .width = (uint32_t) op->values[VM_P_ACCESS_WIDTH],
      .kind = access->kind,
      .mode = access->mode,
  };
}

static bool
access_memory (struct vm_tape *t, const struct vm_state *s,
               const struct vm_op *op, struct vm_result *result,
               struct vm_error *error)
{
  const uint64_t *v = op->values;
  struct vm_access access = {
      .va = vm_vaddr_of (v[VM_P_ACCESS_VA]),
      .kind = (enum vm_access_kind) v[VM_P_ACCESS_KIND],
      .mode = (enum vm_mode) v[VM_P_ACCESS_MODE],
  };
  uint32_t cpu = (uint32_t) v[VM_P_ACCESS_CPU];
  struct vm_segment_use use = segment_use_of (op, &access);
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);

  if (!vm_segments_on (s) && vm_op_gives (op, VM_P_ACCESS_SEGMENT))
    return refuse (error, VM_ERROR_NO_SEGMENTS);
  if (!check_cpu (s, cpu, error)
      || !accessing_process (s, op, &result->process, error))
    return false;
  if (access.va.v > vm_geometry_last_address (g))
    return refuse_number (error, VM_ERROR_NOT_AN_ADDRESS, "va", access.va.v, 0,
                          0);
  if (vm_segments_on (s))
    access.va = vm_segment_linear (s, g, cpu, &use);
  result->va = access.va;
  if (!vm_do_check_access (s, result->process, cpu, &access, error))
    return false;
  /* What a segment refuses reaches into no page. */
  if ((!vm_segments_on (s) || vm_segment_allows (s, g, cpu, &use))
      && !check_access (g, access.va.v, v[VM_P_ACCESS_WIDTH], error))
    return false;

  vm_tape_at (t, cpu, VM_TLB_DATA);
  if (vm_segments_on (s))
    access_segment (t, s, g, op, &use, &access, result);
  else
    access_linear (t, s, op, &access, result);
  return true;
}

static bool
dump_tables (struct vm_tape *t, const struct vm_state *s,
             const struct vm_op *op, struct vm_result *result,
             struct vm_error *error)
{
  if (!find_space (s, op->values[VM_P_DUMP_PROCESS], &result->process, error))
    return false;
  vm_step_leaf (t, VM_STEP_DUMP,
                (uint64_t[VM_STEP_VALUES]){
                    result->process, vm_mm_of (s, result->process)->tables});
  return true;
}

/* What a flush is about, out of its parameters. */
static bool
find_flush (const struct vm_state *s, const struct vm_op *op,
            struct vm_flush *flush, uint32_t *process, struct vm_error *error)
{
  uint32_t cpu = (uint32_t) op->values[VM_P_FLUSH_CPU];
  bool named = vm_op_gives (op, VM_P_FLUSH_PROCESS);

  *flush = (struct vm_flush){
      .kind = (enum vm_flush_kind) op->values[VM_P_FLUSH_KIND],
      .va = vm_vaddr_of (op->values[VM_P_FLUSH_VA]),
      .asid = vm_flush_loaded (s, cpu),
      .keep_global = named,
  };
  *process = VM_NONE;
  if (flush->kind == VM_FLUSH_ADDRESS && !vm_op_gives (op, VM_P_FLUSH_VA)) {
    vm_error_set (error, VM_ERROR_MISSING_PARAMETER, "va");
    return false;
  }
  if (!named)
    return true;
  if (!vm_execute_find_process (s, op->values[VM_P_FLUSH_PROCESS], process,
                                error))
    return false;
  if (s->config.asids)
    flush->asid = vm_asid_of (s, *process);
  return true;
}

/* Registers that were loaded with the root hold something else than memory. */
static bool
registers_differ (const struct vm_state *s, uint32_t cpu)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  bool differ = false;

  for (uint32_t i = 0;
       g->register_level != 0 && i < vm_geometry_entries (g, g->register_level);
       i++)
    differ |= s->cpus[cpu].pdpte[i] != vm_stale_register_entry (s, g, cpu, i);
  return differ;
}

/* PAE: a write to CR3, or to CR4.PGE, also loads what comes with the root (SDM
 * vol. 3A, 4.4.1). Where that changes nothing, nothing is said. */
static bool
loads_root (const struct vm_state *s, uint32_t cpu,
            const struct vm_flush *flush, uint32_t named)
{
  return (flush->kind == VM_FLUSH_ASID || flush->kind == VM_FLUSH_GLOBAL)
         && named == VM_NONE && s->cpus[cpu].process != VM_NONE
         && registers_differ (s, cpu);
}

static bool
flush_tlbs (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
            struct vm_result *result, struct vm_error *error)
{
  struct vm_flush flush;
  uint32_t cpu = (uint32_t) op->values[VM_P_FLUSH_CPU];

  if (!check_cpu (s, cpu, error)
      || !find_flush (s, op, &flush, &result->process, error))
    return false;
  vm_flush_tell (t, s, cpu, &flush, result->process);
  if (loads_root (s, cpu, &flush, result->process))
    vm_cpu_reload (t, s, cpu, &result->translation.fault);
  return true;
}

static bool
print_tlbs (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
            struct vm_error *error)
{
  const struct vm_flush all = {.kind = VM_FLUSH_ALL};
  uint32_t cpu = (uint32_t) op->values[VM_P_TLB_CPU];

  if (!check_cpu (s, cpu, error))
    return false;
  vm_tape_at (t, cpu, VM_TLB_DATA);
  vm_step_leaf (t, VM_STEP_TLB_PRINT,
                (uint64_t[VM_STEP_VALUES]){vm_flush_count (s, cpu, &all)});
  return true;
}

static bool
make_pool (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
           struct vm_error *error)
{
  const uint64_t *v = op->values;
  struct vm_pool_config config = {
      .policy = (enum vm_policy) v[VM_P_POOL_POLICY],
      .frames = (uint32_t) v[VM_P_POOL_FRAMES],
      .name = (uint32_t) v[VM_P_POOL_NAME],
      .seed = v[VM_P_POOL_SEED],
      .interval = (uint32_t) v[VM_P_POOL_INTERVAL],
  };

  return vm_pools_add (t, s, &config, error);
}

static bool
declare_string (struct vm_tape *t, const struct vm_state *s,
                const struct vm_names *names, const struct vm_op *op,
                struct vm_error *error)
{
  uint32_t count;
  const uint64_t *records
      = vm_names_listed (names, op->values[VM_P_STRING_REFERENCES], &count);

  return vm_pools_declare (t, s, records, count, error);
}

static bool
refer (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
       struct vm_error *error)
{
  const uint64_t *v = op->values;
  uint32_t pool = VM_NONE;

  if (vm_op_gives (op, VM_P_REFERENCE_POOL)) {
    pool = vm_pools_find (s, (uint32_t) v[VM_P_REFERENCE_POOL]);
    if (pool == VM_NONE)
      return refuse_number (error, VM_ERROR_UNKNOWN_POOL, NULL,
                            v[VM_P_REFERENCE_POOL], 0, 0);
  }
  if (vm_op_gives (op, VM_P_REFERENCE_PAGE))
    return vm_pools_refer_to (
        t, s, pool,
        vm_pools_record (v[VM_P_REFERENCE_PAGE],
                         v[VM_P_REFERENCE_KIND] == VM_WRITE),
        error);
  for (uint64_t i = 0; i < v[VM_P_REFERENCE_COUNT] && !vm_tape_failed (t); i++)
    if (!vm_pools_refer (t, s, pool, error))
      return false;
  return true;
}

static bool
check_poke (uint64_t pa, uint64_t value, uint64_t width, struct vm_error *error)
{
  if ((width & (width - 1)) != 0)
    return refuse_number (error, VM_ERROR_OUT_OF_RANGE, "width", width, 1, 8);
  if (pa % width != 0)
    return refuse_number (error, VM_ERROR_NOT_ALIGNED, "pa", pa, width, 0);
  if (width < 8 && value >> 8 * width != 0)
    return refuse_number (error, VM_ERROR_OUT_OF_RANGE, "value", value, 0,
                          (UINT64_C (1) << 8 * width) - 1);
  return true;
}

static bool
poke_memory (struct vm_tape *t, const struct vm_state *s,
             const struct vm_op *op, struct vm_error *error)
{
  struct vm_geometry room;
  vm_paddr pa = vm_paddr_of (op->values[VM_P_POKE_PA]);
  uint64_t value = op->values[VM_P_POKE_VALUE];
  uint32_t width
      = vm_op_gives (op, VM_P_POKE_WIDTH)
            ? (uint32_t) op->values[VM_P_POKE_WIDTH]
            : vm_geometry_configured (&s->config, &room)->entry_bytes;

  if (!check_poke (pa.v, value, width, error))
    return false;
  vm_step_begin (
      t, VM_STEP_POKE,
      (uint64_t[VM_STEP_VALUES]){pa.v, width, vm_memory_read (s, pa, width),
                                 value, vm_edit_entries (s, pa, width)});
  vm_edit_poke (t, s, pa, width, value);
  vm_step_end (t);
  return true;
}

static bool
unmap_page (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
            struct vm_result *result, struct vm_error *error)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  vm_vaddr va = vm_vaddr_of (op->values[VM_P_UNMAP_VA]);

  if (!find_space (s, op->values[VM_P_UNMAP_PROCESS], &result->process, error))
    return false;
  if (!vm_geometry_canonical (g, va))
    return refuse_number (error, VM_ERROR_NOT_AN_ADDRESS, "va", va.v, 0, 0);
  if (!check_not_kernels (s, g, va, error))
    return false;
  vm_tape_at (t, vm_space_cpu_of (s, result->process), VM_TLB_DATA);
  vm_layout_edited (t, s, s->processes[result->process].mm);
  result->translation.ok = vm_space_unmap (t, s, result->process, va).present;
  return true;
}

static bool
dispatch (struct vm_tape *t, const struct vm_state *s,
          const struct vm_names *names, const struct vm_op *op,
          struct vm_result *result, struct vm_error *error)
{
  switch (op->kind) {
  case VM_OP_MACHINE:
    return vm_build_machine (t, s, op, error);
  case VM_OP_PROCESS:
    return make_process (t, s, op, result, error);
  case VM_OP_MAP:
    return map_page (t, s, op, result, error);
  case VM_OP_ACCESS:
    return access_memory (t, s, op, result, error);
  case VM_OP_DUMP:
    return dump_tables (t, s, op, result, error);
  case VM_OP_SWITCH:
    return check_cpu (s, op->values[VM_P_SWITCH_CPU], error)
           && vm_do_switch (t, s, op, result, error);
  case VM_OP_FLUSH:
    return flush_tlbs (t, s, op, result, error);
  case VM_OP_TLB:
    return print_tlbs (t, s, op, error);
  case VM_OP_POOL:
    return make_pool (t, s, op, error);
  case VM_OP_STRING:
    return declare_string (t, s, names, op, error);
  case VM_OP_REFERENCE:
    return refer (t, s, op, error);
  case VM_OP_POKE:
    return poke_memory (t, s, op, error);
  case VM_OP_UNMAP:
    return unmap_page (t, s, op, result, error);
  case VM_OP_FILE:
  case VM_OP_SYNC:
  case VM_OP_DROP_CACHES:
  case VM_OP_TICK:
  case VM_OP_SHM:
  case VM_OP_UNLINK:
    return vm_do_files (t, s, op, result, error);
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
  case VM_OP_MLOCK:
  case VM_OP_MUNLOCK:
  case VM_OP_MLOCKALL:
  case VM_OP_MUNLOCKALL:
  case VM_OP_PIN:
  case VM_OP_UNPIN:
  case VM_OP_OPEN:
  case VM_OP_CLOSE:
  case VM_OP_TRUNCATE:
  case VM_OP_MSYNC:
  case VM_OP_FSYNC:
    return vm_do_memory (t, s, op, result, error);
  case VM_OP_SWAPON:
  case VM_OP_SWAPOFF:
  case VM_OP_OOM_ADJUST:
    return vm_do_swap (t, s, op, result, error);
  case VM_OP_SHOW:
    return vm_do_show (t, s, op, result, error);
  case VM_OP_CLONE:
  case VM_OP_KTHREAD:
  case VM_OP_CHDIR:
  case VM_OP_SIGACTION:
    return vm_do_tasks (t, s, op, result, error);
  case VM_OP_RMAP:
    return vm_do_rmap (t, s, op, result, error);
  case VM_OP_SEGMENTS:
    return vm_segment_op_begin (t, s, op, error);
  case VM_OP_SEGMENT:
    return vm_segment_op_describe (t, s, op, error);
  case VM_OP_LOAD:
    return vm_segment_op_load (t, s, op, result, error);
  case VM_OP_WAY:
    return vm_execute_way (t, s, op, result, error);
  case VM_OP_PROGRAM:
    return vm_execute_program (t, s, op, result, error);
  case VM_OP_SWAP_OUT:
    return vm_execute_swap_out (t, s, op, result, error);
  case VM_OP_SWAP_IN:
    return vm_execute_swap_in (t, s, op, result, error);
  case VM_OP_RELOCATE:
    return vm_execute_relocate (t, s, op, result, error);
  case VM_OP_COMPACT:
    return vm_execute_compact (t, s, result, error);
  case VM_OP_RUN:
    return vm_execute_run (t, s, op, result, error);
  case VM_OP_WINDOW:
    return vm_execute_window (t, s, op, error);
  case VM_OP_PORT:
    return vm_execute_port (t, s, op, result, error);
  case VM_OP_INPUT:
    return vm_execute_input (t, s, op, error);
  case VM_OP_IOMMU:
    return vm_execute_iommu (t, s, op, result, error);
  case VM_OP_DMA:
    return vm_execute_dma (t, s, op, result, error);
  case VM_OP_EXEC:
    return vm_do_exec (t, s, names, op, result, error);
  case VM_OP_LINK:
    return vm_do_link (t, s, names, op, result, error);
  case VM_OP_KERNEL:
  case VM_OP_VMALLOC:
  case VM_OP_VFREE:
  case VM_OP_KMAP:
  case VM_OP_KUNMAP:
  case VM_OP_KWRITE:
    return vm_do_kernel (t, s, op, result, error);
  case VM_OP_GET_PAGES:
  case VM_OP_FREE_PAGES:
  case VM_OP_KMALLOC:
  case VM_OP_KFREE:
  case VM_OP_RMMOD:
    return vm_do_alloc (t, s, op, result, error);
  case VM_OP_NONE:
  case VM_OP_KINDS:
    break;
  }
  return refuse (error, VM_ERROR_UNKNOWN_OPERATION);
}

bool
vm_execute_find_process (const struct vm_state *s, uint64_t name,
                         uint32_t *index, struct vm_error *error)
{
  *index = vm_process_find (s, (uint32_t) name);
  if (*index == VM_NONE)
    return refuse_number (error, VM_ERROR_UNKNOWN_PROCESS, NULL, name, 0, 0);
  if (s->processes[*index].state == VM_PROCESS_RUNNING)
    return true;
  if (s->processes[*index].state == VM_PROCESS_DOMAIN)
    return refuse_number (error, VM_ERROR_IS_DEVICE, NULL, name, 0, 0);
  if (s->processes[*index].state == VM_PROCESS_KERNEL)
    return refuse_number (error, VM_ERROR_KERNEL_THREAD, NULL, name, 0, 0);
  return refuse_number (error, VM_ERROR_NOT_RUNNING, NULL, name, 0, 0);
}

bool
vm_execute (struct vm_tape *t, const struct vm_state *s,
            const struct vm_names *names, const struct vm_op *op,
            struct vm_result *result, struct vm_error *error)
{
  if (op->kind != VM_OP_MACHINE && s->config.geometry == VM_GEOMETRY_NONE)
    return refuse (error, VM_ERROR_NO_MACHINE);
  vm_tape_at (t, 0, VM_TLB_DATA);
  if (!dispatch (t, s, names, op, result, error))
    return false;
  vm_writeback_background (t, s);
  vm_reclaim_background (t, s);
  if (!vm_tape_failed (t))
    return true;
  return refuse_number (error, t->failure, NULL, 0, 0, VM_STEP_BUDGET);
}

void
vm_execute_explain (const struct vm_names *names, struct vm_error *error)
{
  if (error == NULL
      || (error->code != VM_ERROR_UNKNOWN_PROCESS
          && error->code != VM_ERROR_PROCESS_EXISTS
          && error->code != VM_ERROR_UNKNOWN_POOL
          && error->code != VM_ERROR_POOL_EXISTS
          && error->code != VM_ERROR_NOT_RUNNING
          && error->code != VM_ERROR_UNKNOWN_FILE
          && error->code != VM_ERROR_FILE_EXISTS
          && error->code != VM_ERROR_UNKNOWN_DEVICE
          && error->code != VM_ERROR_IS_DEVICE
          && error->code != VM_ERROR_KERNEL_THREAD
          && error->code != VM_ERROR_RUNS_ELSEWHERE))
    return;
  vm_error_set (error, error->code,
                vm_names_text (names, (uint32_t) error->value));
}
