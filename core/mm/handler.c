/* Answers page faults. */
#include "mm/handler.h"

#include "mm/handler_pages.h"
#include "mm/mlock.h"
#include "mm/mmap.h"
#include "mm/region_tree.h"

static struct vm_handled
give_up (struct vm_tape *t, const struct vm_fault_case *what,
         enum vm_signal signal, enum vm_signal_code code)
{
  vm_step_leaf (
      t, VM_STEP_SIGNAL,
      (uint64_t[VM_STEP_VALUES]){what->process, signal, code, what->va.v});
  return (struct vm_handled){.signal = signal, .code = code};
}

/* A bad address: the process hears of it, unless the kernel itself was about
 * to use a pointer that the process gave it. */
static struct vm_handled
bad_address (struct vm_tape *t, const struct vm_fault_case *what,
             enum vm_signal_code code)
{
  if (what->mode == VM_USER_MODE)
    return give_up (t, what, VM_SIGSEGV, code);
  if (vm_decide (t, VM_ASK_FIXUP, what->fixup, what->va, 0, 0, 0))
    return (struct vm_handled){.fixed = true};
  return give_up (t, what, VM_SIGSEGV, VM_CODE_KERNEL);
}

/* Would growing down to an address keep its distance from what is below, and
 * from the lowest address? */
static bool
keeps_distance (struct vm_tape *t, const struct vm_state *s, uint32_t region,
                uint64_t start, vm_vaddr va)
{
  uint32_t below = vm_tree_previous (s, region);
  const struct vm_region *b = vm_region_at (s, below);
  uint64_t gap = VM_STACK_GUARD_PAGES * (uint64_t) VM_PAGE_SIZE;

  if (below == 0 || (b->flags & VM_REGION_GROWS_DOWN)
      || !(b->flags & VM_REGION_ACCESS))
    return start >= VM_LOWEST_ADDRESS;
  return vm_decide (t, VM_ASK_GUARD_GAP, start - b->end >= gap, va, region,
                    start - b->end, gap);
}

/* May the region above an address grow down to it? (expand_downwards and
 * acct_stack_growth of mm/vma.c) */
static bool
may_grow (struct vm_tape *t, const struct vm_state *s, uint32_t region,
          vm_vaddr va)
{
  const struct vm_region *r = vm_region_at (s, region);
  const struct vm_mm *mm = &s->mms[r->mm];
  uint64_t start = va.v & ~(uint64_t) (VM_PAGE_SIZE - 1);

  if (!vm_decide (t, VM_ASK_GROWS_DOWN, r->flags & VM_REGION_GROWS_DOWN, va,
                  region, 0, 0))
    return false;
  if (!vm_decide (t, VM_ASK_STACK_LIMIT, r->end - start <= mm->stack_limit, va,
                  region, r->end - start, mm->stack_limit))
    return false;
  return keeps_distance (t, s, region, start, va)
         && (!(r->flags & VM_REGION_LOCKED)
             || vm_mlock_has_room (t, s, r->mm,
                                   (r->start - start) >> VM_PAGE_SHIFT))
         && vm_mmap_has_room (t, s, r->mm, r->flags,
                              (r->start - start) >> VM_PAGE_SHIFT);
}

/* Finds the region of the address, and lets a stack grow. 0: there is none. */
static uint32_t
find_region (struct vm_tape *t, const struct vm_state *s,
             const struct vm_fault_case *what, bool *grew)
{
  uint32_t mm = s->processes[what->process].mm;
  uint32_t region = vm_tree_find_told (t, s, mm, what->va.v);

  if (!vm_decide (t, VM_ASK_REGION, region != 0, what->va, region, 0, 0))
    return 0;
  const struct vm_region *r = vm_region_at (s, region);
  if (vm_decide (t, VM_ASK_INSIDE, what->va.v >= r->start, what->va, region,
                 r->start, r->end))
    return region;
  if (!may_grow (t, s, region, what->va))
    return 0;
  vm_region_resize (t, s, region, what->va.v & ~(uint64_t) (VM_PAGE_SIZE - 1),
                    r->end);
  *grew = true;
  return region;
}

/* Does the region allow the access? (access_error) Where an x86 fetches from a
 * page that is missing, its kernel does not ask for x yet: the page comes, and
 * the processor refuses it then, if it knows NX. */
static bool
allows (const struct vm_state *s, const struct vm_region *r,
        const struct vm_fault_case *what)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);

  if (what->kind == VM_WRITE)
    return r->flags & VM_REGION_WRITE;
  if (what->kind == VM_FETCH
      && (g->family != VM_FAMILY_X86
          || what->fault.kind != VM_FAULT_NOT_PRESENT))
    return r->flags & VM_REGION_EXEC;
  return r->flags & VM_REGION_ACCESS;
}

/* A page of the kernel's own that it cannot do without. */
static bool
is_user_address (const struct vm_state *s, const struct vm_fault_case *what)
{
  return what->va.v < vm_mm_of (s, what->process)->task_size;
}

static struct vm_handled
handle (struct vm_tape *t, const struct vm_state *s,
        const struct vm_fault_case *what)
{
  bool grew = false;

  if (what->fault.kind == VM_FAULT_NON_CANONICAL
      || what->fault.kind == VM_FAULT_RESERVED)
    return give_up (t, what, VM_SIGSEGV, VM_CODE_KERNEL);
  if (!vm_decide (t, VM_ASK_USER_ADDRESS, is_user_address (s, what), what->va,
                  0, vm_mm_of (s, what->process)->task_size, 0))
    return bad_address (t, what, VM_CODE_MAPERR);
  uint32_t region = find_region (t, s, what, &grew);
  if (region == 0)
    return bad_address (t, what, VM_CODE_MAPERR);
  const struct vm_region *r = vm_region_at (s, region);
  if (!vm_decide (t, VM_ASK_ALLOWED, allows (s, r, what), what->va, region,
                  r->flags, 0))
    return bad_address (t, what, VM_CODE_ACCERR);

  struct vm_handled handled = vm_handle_page (t, s, what, region);
  handled.grew = grew;
  if (handled.signal != VM_SIGNAL_NONE && !handled.starved)
    give_up (t, what, handled.signal, handled.code);
  return handled;
}

struct vm_handled
vm_handle_fault (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_fault_case *what)
{
  const struct vm_process *p = &s->processes[what->process];

  vm_step_begin (t, VM_STEP_HANDLER,
                 (uint64_t[VM_STEP_VALUES]){what->process, what->va.v,
                                            what->kind, what->mode,
                                            what->fault.error});
  struct vm_handled handled = handle (t, s, what);
  if (handled.solved && handled.major)
    vm_put_u64 (t, &p->major_faults, p->major_faults + 1);
  else if (handled.solved)
    vm_put_u64 (t, &p->minor_faults, p->minor_faults + 1);
  vm_step_end (t);
  return handled;
}

struct vm_handled
vm_handler_bring_back (struct vm_tape *t, const struct vm_state *s,
                       uint32_t process, vm_vaddr va)
{
  struct vm_fault_case what = {
      .process = process,
      .cpu = vm_space_cpu_of (s, process),
      .va = va,
      .kind = VM_READ,
      .mode = VM_KERNEL_MODE,
      .fixup = true,
  };

  return vm_handle_page (t, s, &what,
                         vm_tree_holder (s, s->processes[process].mm, va.v));
}

struct vm_handled
vm_handler_populate (struct vm_tape *t, const struct vm_state *s,
                     uint32_t process, uint64_t start, uint64_t end)
{
  uint32_t mm = s->processes[process].mm;

  for (uint64_t va = start; va < end && !vm_tape_failed (t);
       va += VM_PAGE_SIZE) {
    uint32_t region = vm_tree_holder (s, mm, va);
    uint32_t flags = vm_region_at (s, region)->flags;
    struct vm_entry entry = vm_entry_of (s, process, vm_vaddr_of (va));
    if (region == 0 || !(flags & VM_REGION_ACCESS))
      break;
    if (flags & VM_REGION_LOCK_ON_FAULT)
      continue;
    bool write = (flags & (VM_REGION_WRITE | VM_REGION_SHARED))
                 == VM_REGION_WRITE;
    if (entry.pte.present && (entry.pte.writable || !write))
      continue;
    struct vm_fault_case what = {
        .process = process,
        .cpu = vm_space_cpu_of (s, process),
        .va = vm_vaddr_of (va),
        .kind = write ? VM_WRITE : VM_READ,
        .mode = VM_KERNEL_MODE,
        .fixup = true,
    };
    struct vm_handled handled = vm_handle_page (t, s, &what, region);
    if (handled.signal != VM_SIGNAL_NONE)
      return handled;
  }
  return (struct vm_handled){.solved = true};
}
