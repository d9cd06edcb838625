/* Doubles a process. */
#include "mm/account.h"
#include "mm/layout.h"
#include "mm/mmap.h"
#include "mm/reclaim.h"
#include "mm/resident.h"
#include "mm/region_tree.h"
#include "process/arena.h"
#include "process/exec.h"
#include "process/lives.h"
#include "process/task.h"

struct doubling {
  struct vm_tape *t;
  const struct vm_state *s;
  uint32_t parent, child;
};

/* A page that a device holds must stay the parent's, whoever writes first: the
 * child gets a copy at once (copy_present_page). */
static bool
copy_page (const struct doubling *d, const struct vm_region *region,
           const struct vm_entry *entry)
{
  struct vm_frame_use use
      = {.role = VM_FRAME_DATA, .owner = d->child, .count = 1};
  vm_frame from = vm_frame_of (entry->pte.frame), to;
  struct vm_entry copy;

  if (!vm_entry_make (d->t, d->s, d->child, entry->va, 1, &copy)
      || !vm_frames_take (d->t, d->s, &use, &to))
    return false;
  vm_frames_name (d->t, d->s, to, VM_PAGE_ANON, region->anon,
                  vm_region_offset (region, entry->va.v));
  vm_step_leaf (
      d->t, VM_STEP_COPY,
      (uint64_t[VM_STEP_VALUES]){from.v, to.v, entry->va.v, d->child});
  vm_memory_copy (d->t, d->s, vm_frame_start (to, VM_PAGE_SHIFT),
                  vm_frame_start (from, VM_PAGE_SHIFT), VM_PAGE_SIZE);
  struct vm_pte pte = vm_pages_entry_of (d->s, region, to,
                                         region->flags & VM_REGION_WRITE, true);
  vm_pages_put (d->t, d->s, d->child, region, &copy, &pte, true);
  return !vm_tape_failed (d->t);
}

static bool
is_held (const struct doubling *d, const struct vm_region *region,
         const struct vm_entry *entry)
{
  vm_frame frame = vm_frame_of (entry->pte.frame);

  return entry->level == 1 && entry->pte.present
         && vm_region_copies_on_write (region->flags)
         && vm_frames_managed (d->s, frame)
         && (d->s->frames[frame.v].flags & VM_PAGE_ANON)
         && d->s->links[frame.v].pins > 0;
}

/* The entry of the child names the same slot of swap (copy_nonpresent_pte). */
static bool
share_slot (const struct doubling *d, const struct vm_entry *entry)
{
  struct vm_entry copy;

  if (!vm_entry_make (d->t, d->s, d->child, entry->va, entry->level, &copy))
    return false;
  vm_pages_swap (d->t, d->s, d->child, &copy, entry->swapped);
  return !vm_tape_failed (d->t);
}

/* The entry of the child names the same frame. What may be written and is
 * private is from now on read-only for both. */
static bool
share_entry (const struct doubling *d, const struct vm_region *region,
             struct vm_entry *entry)
{
  bool protect = vm_region_copies_on_write (region->flags)
                 && entry->pte.writable;
  struct vm_entry copy;
  vm_frame frame = vm_frame_of (entry->pte.frame);

  if (!vm_entry_make (d->t, d->s, d->child, entry->va, entry->level, &copy))
    return false;
  vm_step_begin (d->t, VM_STEP_FORK_ENTRY,
                 (uint64_t[VM_STEP_VALUES]){entry->va.v, frame.v,
                                            vm_frames_managed (d->s, frame)
                                                ? d->s->frames[frame.v].refs + 1
                                                : 0,
                                            protect, d->child});
  if (protect) {
    entry->pte.writable = 0;
    vm_entry_write (d->t, d->s, entry);
  }
  struct vm_pte pte = entry->pte;
  pte.accessed = 0;
  vm_pages_put (d->t, d->s, d->child, region, &copy, &pte, false);
  vm_step_end (d->t);
  return !vm_tape_failed (d->t);
}

static bool
share_entries (const struct doubling *d, const struct vm_region *region)
{
  struct vm_geometry room;
  uint32_t tables = vm_geometry_configured (&d->s->config, &room)->levels;
  struct vm_entry entry;
  uint64_t va = region->start;

  while (vm_entry_next (d->s, d->parent, va, region->end, &entry)) {
    /* What the child needs is freed first: that may change the entry. */
    if (!vm_reclaim_prepare (d->t, d->s, d->parent, tables + 1))
      return false;
    if (!vm_entry_next (d->s, d->parent, va, region->end, &entry))
      break;
    va = entry.va.v + vm_entry_size (d->s, &entry);
    bool made = entry.swapped != 0            ? share_slot (d, &entry)
                : is_held (d, region, &entry) ? copy_page (d, region, &entry)
                                              : share_entry (d, region, &entry);
    if (!made)
      return false;
  }
  return true;
}

static bool
double_region (const struct doubling *d, uint32_t number)
{
  const struct vm_region *old = vm_region_at (d->s, number);
  struct vm_region new = *old;
  bool copied = old->anon != 0;

  new.mm = d->s->processes[d->child].mm;
  new.flags &= ~(uint32_t) VM_REGION_LOCKED;
  if ((old->flags & VM_REGION_ACCOUNT)
      && !vm_account_allows (d->s, vm_region_pages (old)))
    return false;
  vm_step_begin (d->t, VM_STEP_FORK_REGION,
                 (uint64_t[VM_STEP_VALUES]){number, old->start, old->end,
                                            old->flags, copied, old->anon});
  bool made = vm_region_add (d->t, d->s, &new) != 0;
  if (made && copied && !vm_tape_failed (d->t))
    made = share_entries (d, old);
  vm_step_end (d->t);
  return made;
}

/* The numbers of the address space, but not what is added up. */
static void
copy_numbers (const struct doubling *d)
{
  const struct vm_mm *from = vm_mm_of (d->s, d->parent);
  const struct vm_mm *to = vm_mm_of (d->s, d->child);
  struct vm_tape *t = d->t;

  vm_put_u32 (t, &to->managed, 1);
  vm_put_u64 (t, &to->task_size, from->task_size);
  vm_put_u64 (t, &to->mmap_base, from->mmap_base);
  vm_put_u64 (t, &to->start_code, from->start_code);
  vm_put_u64 (t, &to->end_code, from->end_code);
  vm_put_u64 (t, &to->start_data, from->start_data);
  vm_put_u64 (t, &to->end_data, from->end_data);
  vm_put_u64 (t, &to->start_brk, from->start_brk);
  vm_put_u64 (t, &to->brk, from->brk);
  vm_put_u64 (t, &to->start_stack, from->start_stack);
  vm_put_u64 (t, &to->arg_start, from->arg_start);
  vm_put_u64 (t, &to->arg_end, from->arg_end);
  vm_put_u64 (t, &to->env_start, from->env_start);
  vm_put_u64 (t, &to->env_end, from->env_end);
  vm_put_u64 (t, &to->stack_limit, from->stack_limit);
  vm_put_u64 (t, &to->memory_limit, from->memory_limit);
  vm_put_u64 (t, &to->lock_limit, from->lock_limit);
  vm_heap_copy (t, d->s, d->s->processes[d->parent].mm,
                d->s->processes[d->child].mm);
  vm_exec_copy (t, d->s, d->s->processes[d->parent].mm,
                d->s->processes[d->child].mm);
}

/* Copies all regions, then has the parent's processors drop what they may
 * write no more (flush_tlb_mm). */
static bool
double_space (const struct doubling *d)
{
  uint32_t mm = d->s->processes[d->parent].mm;
  uint32_t first = vm_tree_first (d->s, mm), last = vm_tree_last (d->s, mm);
  bool made = true;

  for (uint32_t r = first; r != 0 && made && !vm_tape_failed (d->t);
       r = vm_tree_next (d->s, r))
    if (!(vm_region_at (d->s, r)->flags & VM_REGION_DONT_COPY))
      made = double_region (d, r);
  if (first != 0 && !vm_tape_failed (d->t))
    vm_pages_flush (d->t, d->s, d->parent, vm_region_at (d->s, first)->start,
                    vm_region_at (d->s, last)->end);
  return made;
}

bool
vm_process_double_mm (struct vm_tape *t, const struct vm_state *s,
                      uint32_t from, uint32_t to)
{
  struct doubling d = {t, s, from, to};

  if (!vm_process_make_mm (t, s, to, NULL))
    return false;
  copy_numbers (&d);
  return double_space (&d);
}

void
vm_process_share_mm (struct vm_tape *t, const struct vm_state *s, uint32_t from,
                     uint32_t to)
{
  uint32_t mm = s->processes[from].mm;

  vm_put_u32 (t, &s->processes[to].mm, mm);
  vm_put_u32 (t, &s->mms[mm].users, s->mms[mm].users + 1);
}

void
vm_process_suspend (struct vm_tape *t, const struct vm_state *s,
                    uint32_t parent, uint32_t child)
{
  vm_put_u8 (t, &s->processes[parent].state, VM_PROCESS_WAITING);
  vm_put_u32 (t, &s->tasks[child].waiter, parent + 1);
}

enum vm_errno
vm_process_fork (struct vm_tape *t, const struct vm_state *s, uint32_t parent,
                 uint32_t name, uint32_t *child)
{
  vm_layout_manage (t, s, parent);
  *child = vm_process_take_place (t, s, name, vm_task_leader (s, parent));
  if (*child == VM_NONE)
    return VM_EAGAIN;
  bool made = vm_process_double_mm (t, s, parent, *child);
  if (made)
    vm_task_inherit (t, s, parent, *child, 0, false);
  if (made || vm_tape_failed (t))
    return VM_ERRNO_NONE;
  vm_process_drop_mm (t, s, *child);
  vm_process_reap (t, s, *child);
  *child = VM_NONE;
  return VM_ENOMEM;
}

enum vm_errno
vm_process_vfork (struct vm_tape *t, const struct vm_state *s, uint32_t parent,
                  uint32_t name, uint32_t *child)
{
  vm_layout_manage (t, s, parent);
  *child = vm_process_take_place (t, s, name, vm_task_leader (s, parent));
  if (*child == VM_NONE)
    return VM_EAGAIN;
  vm_process_share_mm (t, s, parent, *child);
  vm_process_suspend (t, s, parent, *child);
  vm_task_inherit (t, s, parent, *child, VM_CLONE_VM | VM_CLONE_VFORK, false);
  return VM_ERRNO_NONE;
}
