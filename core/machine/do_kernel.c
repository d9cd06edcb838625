/* From an operation's numbers to the kernel's half. */
#include "machine/do_kernel.h"

#include "machine/execute.h"
#include "mm/entries.h"
#include "mm/kmap.h"
#include "mm/vmalloc.h"
#include "mmu/cpu.h"

static bool
refuse (struct vm_error *error, enum vm_error_code code, const char *subject,
        uint64_t value, uint64_t low, uint64_t high)
{
  vm_error_set_range (error, code, subject, value, low, high);
  return false;
}

/* The versions that the operation table names, in its order. */
static uint32_t
version_of (uint64_t choice)
{
  static const uint32_t versions[] = {0,
                                      VM_KERNEL (2, 6),
                                      VM_KERNEL (3, 16),
                                      VM_KERNEL (4, 0),
                                      VM_KERNEL (4, 15),
                                      VM_KERNEL (4, 20),
                                      VM_KERNEL (5, 8),
                                      VM_KERNEL (6, 5),
                                      VM_KERNEL (6, 7)};
  return versions[choice];
}

/* Log2 of a power of two; 1 for what is none, which no page has. */
static uint32_t
shift_of (uint64_t size)
{
  uint32_t shift = 0;

  while (size >> shift > 1)
    shift++;
  return size == UINT64_C (1) << shift ? shift : 1;
}

static bool
build (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
       struct vm_error *error)
{
  const struct vm_kernel_plan plan = {
      .version = version_of (op->values[VM_P_KERNEL_VERSION]),
      .random = op->values[VM_P_KERNEL_KASLR],
      .seed = op->values[VM_P_KERNEL_SEED],
      .leaf = vm_op_gives (op, VM_P_KERNEL_DIRECT)
                  ? shift_of (op->values[VM_P_KERNEL_DIRECT])
                  : 0,
  };

  return vm_kernel_build (t, s, &plan, error);
}

static bool
check_cpu (const struct vm_state *s, uint64_t cpu, struct vm_error *error)
{
  return cpu < s->config.cpus
         || refuse (error, VM_ERROR_OUT_OF_RANGE, "cpu", cpu, 0,
                    s->config.cpus - 1);
}

/* vmalloc asked for so much that it cannot be had, or it gave an address. */
static bool
allocate (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
          struct vm_result *result, struct vm_error *error)
{
  enum vm_errno refused;
  vm_vaddr va;

  if (!vm_vmalloc (t, s, (uint32_t) op->values[VM_P_VMALLOC_CPU],
                   op->values[VM_P_VMALLOC_BYTES],
                   (uint32_t) op->values[VM_P_VMALLOC_OWNER], &va, &refused,
                   error))
    return false;
  result->refused = (uint8_t) refused;
  result->value = va.v;
  return true;
}

/* vfree (NULL) does nothing; of another address the kernel warns. */
static void
release (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
         struct vm_result *result)
{
  vm_vaddr va = vm_vaddr_of (op->values[VM_P_VFREE_VA]);

  if (va.v != 0 && !vm_vfree (t, s, (uint32_t) op->values[VM_P_VFREE_CPU], va))
    result->refused = VM_EINVAL;
}

/* The frame that is meant: by its number, or by a page of a process. */
static bool
find_frame (const struct vm_state *s, const struct vm_op *op,
            struct vm_result *result, vm_frame *frame, struct vm_error *error)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  uint64_t number = op->values[VM_P_KMAP_FRAME];

  if (vm_op_gives (op, VM_P_KMAP_FRAME)) {
    *frame = vm_frame_of (number);
    return number < s->config.frames
           || refuse (error, VM_ERROR_OUT_OF_RANGE, "frame", number, 0,
                      s->config.frames - 1);
  }
  if (!vm_op_gives (op, VM_P_KMAP_PROCESS) || !vm_op_gives (op, VM_P_KMAP_VA))
    return refuse (error, VM_ERROR_MISSING_PARAMETER, "frame", 0, 0, 0);
  if (!vm_execute_find_process (s, op->values[VM_P_KMAP_PROCESS],
                                &result->process, error))
    return false;
  vm_vaddr va = vm_vaddr_of (op->values[VM_P_KMAP_VA]);
  if (!vm_geometry_canonical (g, va))
    return refuse (error, VM_ERROR_NOT_AN_ADDRESS, "va", va.v, 0, 0);
  struct vm_entry entry = vm_entry_of (s, result->process, va);
  uint64_t size = vm_entry_size (s, &entry);
  *frame = vm_frame_of (entry.pte.frame + (va.v % size >> g->page_shift));
  if (!vm_entry_has_page (&entry) || !vm_frames_managed (s, *frame))
    result->refused = VM_EFAULT;
  return true;
}

static bool
open_window (struct vm_tape *t, const struct vm_state *s,
             const struct vm_op *op, struct vm_result *result,
             struct vm_error *error)
{
  vm_vaddr va = {0};
  vm_frame frame;

  if (!find_frame (s, op, result, &frame, error))
    return false;
  if (result->refused != VM_ERRNO_NONE)
    return true;
  result->refused = (uint8_t) vm_kmap (
      t, s, (uint32_t) op->values[VM_P_KMAP_CPU], frame,
      op->values[VM_P_KMAP_KIND] ? VM_KMAP_LOCAL : VM_KMAP_PKMAP, &va);
  result->value = va.v;
  return true;
}

/* The kernel cannot use the process's own address: another process runs. What
 * it may write there, the process could have written itself. */
static bool
may_write (const struct vm_state *s, const struct vm_entry *entry)
{
  return entry->pte.present && entry->pte.writable && entry->pte.user
         && vm_frames_managed (s, vm_frame_of (entry->pte.frame))
         && !(s->frames[entry->pte.frame].flags & VM_PAGE_FILE);
}

/* By way of a window of this processor, or of the direct map. */
static void
write_by_window (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_op *op, vm_frame frame,
                 struct vm_result *result)
{
  uint32_t cpu = (uint32_t) op->values[VM_P_KWRITE_CPU];
  uint64_t before;
  vm_vaddr at;

  result->refused = (uint8_t) vm_kmap (t, s, cpu, frame, VM_KMAP_LOCAL, &at);
  if (result->refused != VM_ERRNO_NONE)
    return;
  const struct vm_access access = {
      .va = vm_vaddr_of (at.v + op->values[VM_P_KWRITE_VA] % VM_PAGE_SIZE),
      .kind = VM_WRITE,
      .mode = VM_KERNEL_MODE,
  };
  uint32_t width = (uint32_t) op->values[VM_P_KWRITE_WIDTH];
  vm_step_begin (t, VM_STEP_ACCESS,
                 (uint64_t[VM_STEP_VALUES]){access.va.v, access.kind,
                                            access.mode, width,
                                            result->process});
  result->translation = vm_cpu_access (t, s, cpu, &access, width, true,
                                       op->values[VM_P_KWRITE_VALUE], &before);
  vm_step_end (t);
  vm_kunmap (t, s, cpu, at);
  const uint16_t *flags = &s->frames[frame.v].flags;
  if ((*flags & VM_PAGE_ANON) && !(*flags & VM_PAGE_DIRTY))
    vm_put_u16 (t, flags, *flags | VM_PAGE_DIRTY);
  result->value = access.va.v;
}

static bool
check_write (const struct vm_state *s, const struct vm_op *op,
             struct vm_error *error)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  uint64_t va = op->values[VM_P_KWRITE_VA];
  uint64_t width = op->values[VM_P_KWRITE_WIDTH];

  if (!vm_geometry_canonical (g, vm_vaddr_of (va)))
    return refuse (error, VM_ERROR_NOT_AN_ADDRESS, "va", va, 0, 0);
  if ((width & (width - 1)) != 0)
    return refuse (error, VM_ERROR_OUT_OF_RANGE, "width", width, 1, 8);
  return va % VM_PAGE_SIZE + width <= VM_PAGE_SIZE
         || refuse (error, VM_ERROR_CROSSES_PAGE, "width", va, 0, width);
}

static bool
write_for_process (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_op *op, struct vm_result *result,
                   struct vm_error *error)
{
  vm_vaddr va = vm_vaddr_of (op->values[VM_P_KWRITE_VA]);
  uint32_t cpu = (uint32_t) op->values[VM_P_KWRITE_CPU];

  if (!vm_execute_find_process (s, op->values[VM_P_KWRITE_PROCESS],
                                &result->process, error)
      || !check_write (s, op, error))
    return false;
  struct vm_entry entry = vm_entry_of (s, result->process, va);
  uint64_t size = vm_entry_size (s, &entry);
  vm_frame frame
      = vm_frame_of (entry.pte.frame + (va.v % size >> VM_PAGE_SHIFT));
  if (!may_write (s, &entry)) {
    result->refused = VM_EFAULT;
    return true;
  }
  if (s->cpus[cpu].process == VM_NONE
      && !vm_cpu_switch (t, s, cpu, result->process,
                         &result->translation.fault))
    return true;
  /* Then nobody runs there. */
  if (vm_tape_failed (t))
    return true;
  write_by_window (t, s, op, frame, result);
  return true;
}

bool
vm_do_kernel (struct vm_tape *t, const struct vm_state *s,
              const struct vm_op *op, struct vm_result *result,
              struct vm_error *error)
{
  static const uint8_t cpus[VM_OP_KINDS] = {
      [VM_OP_VMALLOC] = VM_P_VMALLOC_CPU, [VM_OP_VFREE] = VM_P_VFREE_CPU,
      [VM_OP_KMAP] = VM_P_KMAP_CPU,       [VM_OP_KUNMAP] = VM_P_VFREE_CPU,
      [VM_OP_KWRITE] = VM_P_KWRITE_CPU,
  };

  if (op->kind == VM_OP_KERNEL)
    return build (t, s, op, error);
  if (!s->kernel.on)
    return refuse (error, VM_ERROR_NO_KERNEL, NULL, 0, 0, 0);
  if (!check_cpu (s, op->values[cpus[op->kind]], error))
    return false;
  if (op->kind == VM_OP_VMALLOC)
    return allocate (t, s, op, result, error);
  if (op->kind == VM_OP_KMAP)
    return open_window (t, s, op, result, error);
  if (op->kind == VM_OP_KWRITE)
    return write_for_process (t, s, op, result, error);
  if (op->kind == VM_OP_VFREE)
    release (t, s, op, result);
  else
    result->refused
        = (uint8_t) vm_kunmap (t, s, (uint32_t) op->values[VM_P_VFREE_CPU],
                               vm_vaddr_of (op->values[VM_P_VFREE_VA]));
  return true;
}

/* Of no process; the kernel's own tables, too, if none is given. */
static bool
is_general (const struct vm_state *s, const struct vm_op *op)
{
  enum vm_show_what what = (enum vm_show_what) op->values[VM_P_SHOW_WHAT];

  if (what == VM_SHOW_TABLES)
    return s->kernel.on && !vm_op_gives (op, VM_P_SHOW_PROCESS);
  return what == VM_SHOW_KERNEL || what == VM_SHOW_ADDRESS
         || what == VM_SHOW_VMALLOC || what == VM_SHOW_IOMEM
         || what == VM_SHOW_BUDDY || what == VM_SHOW_SLAB
         || what == VM_SHOW_THREADS || what == VM_SHOW_CPUS;
}

/* Says what an address is, and whether tables agree. */
static bool
show_address (struct vm_tape *t, const struct vm_state *s,
              const struct vm_op *op, struct vm_error *error)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  uint64_t va = op->values[VM_P_SHOW_VA], pa;
  struct vm_kernel_layout layout;
  vm_paddr found = {0};

  if (!vm_op_gives (op, VM_P_SHOW_VA))
    return refuse (error, VM_ERROR_MISSING_PARAMETER, "va", 0, 0, 0);
  if (!vm_kernel_layout_of (s, &layout))
    return refuse (error, VM_ERROR_NO_LAYOUT, NULL, 0, 0, 0);
  if (va > vm_geometry_last_address (g))
    return refuse (error, VM_ERROR_NOT_AN_ADDRESS, "va", va, 0, 0);
  enum vm_kernel_rule rule = vm_kernel_layout_rule (&layout, va, &pa);
  bool mapped = rule != VM_RULE_PROCESS && rule != VM_RULE_NO_ADDRESS
                && vm_kernel_walk (s, vm_vaddr_of (va), &found);
  if (rule != VM_RULE_LINEAR && rule != VM_RULE_TEXT)
    pa = found.v;
  vm_step_leaf (
      t, VM_STEP_KERNEL_ADDRESS,
      (uint64_t[VM_STEP_VALUES]){va, vm_kernel_layout_find (&layout, va)->area,
                                 rule, pa, mapped});
  return true;
}

bool
vm_do_show (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
            struct vm_result *result, struct vm_error *error)
{
  enum vm_show_what what = (enum vm_show_what) op->values[VM_P_SHOW_WHAT];
  bool general = is_general (s, op);

  if (what == VM_SHOW_ADDRESS)
    return show_address (t, s, op, error);
  if ((what == VM_SHOW_BUDDY || what == VM_SHOW_SLAB) && !s->config.buddy)
    return refuse (error, VM_ERROR_MISSING_PARAMETER, "buddy", 0, 0, 0);
  if (!general && !vm_op_gives (op, VM_P_SHOW_PROCESS))
    return refuse (error, VM_ERROR_MISSING_PARAMETER, "process", 0, 0, 0);
  if (!general
      && !vm_execute_find_process (s, op->values[VM_P_SHOW_PROCESS],
                                   &result->process, error))
    return false;
  vm_step_leaf (
      t, VM_STEP_SHOW,
      (uint64_t[VM_STEP_VALUES]){general ? VM_NONE : result->process, what});
  return true;
}
