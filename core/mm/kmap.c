/* Opens and closes windows of the kernel's half. */
#include "mm/kmap.h"

#include "mm/space.h"
#include "mmu/shootdown.h"
#include "mmu/stale.h"

/* What opening and closing go by. */
struct work {
  struct vm_tape *t;
  const struct vm_state *s;
  const struct vm_kernel_layout *layout;
  uint32_t cpu;
};

static void
tell (const struct work *w, enum vm_step_kind kind, uint32_t frame, vm_vaddr va,
      enum vm_kmap_kind how, uint32_t slot, uint32_t users)
{
  vm_step_leaf (w->t, kind,
                (uint64_t[VM_STEP_VALUES]){frame, va.v, how, slot, users});
}

/* frame: VM_NONE clears the entry. */
static void
put_window (const struct work *w, vm_vaddr va, uint32_t frame)
{
  struct vm_pte pte = {.raw = 0};
  uint32_t index;
  vm_frame table;

  if (frame != VM_NONE)
    pte = vm_kernel_leaf (w->s, vm_frame_of (frame), true, false);
  if (vm_kernel_entry (w->s, va, &table, &index))
    vm_kernel_put_entry (w->t, w->s, table, index, &pte);
}

static vm_vaddr
pkmap_address (const struct work *w, uint32_t slot)
{
  return vm_vaddr_of (w->layout->pkmap_base + (uint64_t) slot * VM_PAGE_SIZE);
}

static void
put_count (const struct work *w, uint32_t slot, uint32_t count)
{
  vm_put_u32 (w->t, &w->s->pkmaps[slot].count, count);
}

/* Windows that nobody uses any more are cleared, and TLBs forget them all. */
static void
flush_windows (const struct work *w)
{
  uint32_t cleared = 0;

  for (uint32_t i = 0; i < w->layout->pkmap_slots; i++)
    cleared += w->s->pkmaps[i].count == 1;
  vm_step_begin (w->t, VM_STEP_KMAP_FLUSH,
                 (uint64_t[VM_STEP_VALUES]){cleared, w->layout->pkmap_slots});
  for (uint32_t i = 0; i < w->layout->pkmap_slots; i++) {
    if (w->s->pkmaps[i].count != 1)
      continue;
    put_window (w, pkmap_address (w, i), VM_NONE);
    put_count (w, i, 0);
    vm_put_u32 (w->t, &w->s->pkmaps[i].frame, 0);
  }
  if (cleared > 0)
    vm_shootdown (w->t, w->s,
                  &(struct vm_changed){.cpu = w->cpu,
                                       .process = w->s->cpus[w->cpu].process,
                                       .va = pkmap_address (w, 0),
                                       .shared = true,
                                       .pages = w->layout->pkmap_slots});
  vm_put_u32 (w->t, &w->s->kernel.pkmap_flushes,
              w->s->kernel.pkmap_flushes + 1);
  vm_step_end (w->t);
}

/* The next window that is free; VM_NONE: all are in use. */
static uint32_t
find_window (const struct work *w)
{
  uint32_t slots = w->layout->pkmap_slots;

  for (uint32_t tried = 0; tried < slots && !vm_tape_failed (w->t); tried++) {
    uint32_t slot = (w->s->kernel.pkmap_last + 1) & (slots - 1);
    vm_put_u32 (w->t, &w->s->kernel.pkmap_last, slot);
    if (slot == 0)
      flush_windows (w);
    if (w->s->pkmaps[slot].count == 0)
      return slot;
  }
  return VM_NONE;
}

/* The window that a frame has already. */
static uint32_t
window_of (const struct work *w, uint32_t frame)
{
  for (uint32_t i = 0; i < w->layout->pkmap_slots; i++)
    if (w->s->pkmaps[i].count > 0 && w->s->pkmaps[i].frame == frame)
      return i;
  return VM_NONE;
}

static enum vm_errno
open_shared (const struct work *w, uint32_t frame, vm_vaddr *va)
{
  uint32_t slot = window_of (w, frame);
  bool fresh = slot == VM_NONE;

  if (fresh)
    slot = find_window (w);
  if (slot == VM_NONE)
    return VM_EAGAIN;
  *va = pkmap_address (w, slot);
  uint32_t users = fresh ? 1 : w->s->pkmaps[slot].count;
  tell (w, VM_STEP_KMAP, frame, *va, VM_KMAP_PKMAP, slot, users);
  if (fresh) {
    vm_put_u32 (w->t, &w->s->pkmaps[slot].frame, frame);
    put_window (w, *va, frame);
  }
  put_count (w, slot, users + 1);
  return VM_ERRNO_NONE;
}

static enum vm_errno
open_local (const struct work *w, uint32_t frame, vm_vaddr *va)
{
  uint32_t depth = w->s->kmap_depth[w->cpu];

  if (depth == VM_KMAP_DEPTH)
    return VM_EAGAIN;
  *va = vm_kmap_window (w->layout, w->cpu, depth);
  tell (w, VM_STEP_KMAP, frame, *va, VM_KMAP_LOCAL, depth, 1);
  put_window (w, *va, frame);
  vm_put_u32 (w->t, &w->s->kmap_slots[w->cpu * VM_KMAP_DEPTH + depth],
              frame + 1);
  vm_put_u32 (w->t, &w->s->kmap_depth[w->cpu], depth + 1);
  return VM_ERRNO_NONE;
}

static enum vm_errno
close_shared (const struct work *w, uint32_t slot)
{
  const struct vm_pkmap *window = &w->s->pkmaps[slot];

  if (window->count < 2)
    return VM_EINVAL;
  tell (w, VM_STEP_KUNMAP, window->frame, pkmap_address (w, slot),
        VM_KMAP_PKMAP, slot, window->count - 2);
  put_count (w, slot, window->count - 1);
  return VM_ERRNO_NONE;
}

/* Only this processor's TLB can have the window, as long as nobody else uses
 * its address. */
static enum vm_errno
close_local (const struct work *w, vm_vaddr va)
{
  uint32_t depth = w->s->kmap_depth[w->cpu];
  const struct vm_flush flush = {.kind = VM_FLUSH_ADDRESS,
                                 .va = va,
                                 .asid = VM_ANY_ASID,
                                 .both = w->s->config.kpti};

  if (depth == 0 || vm_kmap_window (w->layout, w->cpu, depth - 1).v != va.v)
    return VM_EINVAL;
  const uint32_t *slot = &w->s->kmap_slots[w->cpu * VM_KMAP_DEPTH + depth - 1];
  tell (w, VM_STEP_KUNMAP, *slot - 1, va, VM_KMAP_LOCAL, depth - 1, 0);
  put_window (w, va, VM_NONE);
  vm_put_u32 (w->t, slot, 0);
  vm_put_u32 (w->t, &w->s->kmap_depth[w->cpu], depth - 1);
  vm_flush_drop (w->t, w->s, w->cpu, &flush);
  vm_stale_settle (w->t, w->s);
  vm_tape_at (w->t, w->cpu, VM_TLB_DATA);
  return VM_ERRNO_NONE;
}

vm_vaddr
vm_kmap_window (const struct vm_kernel_layout *layout, uint32_t cpu,
                uint32_t slot)
{
  uint64_t page = VM_FIX_KMAP_BEGIN + cpu * VM_KMAP_DEPTH + slot;

  return vm_vaddr_of (layout->fixmap_top - (page + 1) * VM_PAGE_SIZE);
}

enum vm_errno
vm_kmap (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
         vm_frame frame, enum vm_kmap_kind kind, vm_vaddr *va)
{
  struct vm_kernel_layout layout;
  const struct work w = {t, s, &layout, cpu};

  vm_kernel_layout_of (s, &layout);
  vm_tape_at (t, cpu, VM_TLB_DATA);
  if (vm_kernel_address (s, frame, va)) {
    tell (&w, VM_STEP_KMAP, (uint32_t) frame.v, *va, VM_KMAP_DIRECT, 0, 0);
    return VM_ERRNO_NONE;
  }
  /* There is high memory, and so there are windows. */
  return kind == VM_KMAP_LOCAL ? open_local (&w, (uint32_t) frame.v, va)
                               : open_shared (&w, (uint32_t) frame.v, va);
}

enum vm_errno
vm_kunmap (struct vm_tape *t, const struct vm_state *s, uint32_t cpu,
           vm_vaddr va)
{
  struct vm_kernel_layout layout;
  const struct work w = {t, s, &layout, cpu};
  vm_frame frame;

  vm_kernel_layout_of (s, &layout);
  vm_tape_at (t, cpu, VM_TLB_DATA);
  if (vm_kernel_frame (s, va, &frame)) {
    tell (&w, VM_STEP_KUNMAP, (uint32_t) frame.v, va, VM_KMAP_DIRECT, 0, 0);
    return VM_ERRNO_NONE;
  }
  uint64_t slot = (va.v - layout.pkmap_base) / VM_PAGE_SIZE;
  if (layout.pkmap_base == 0)
    return VM_EINVAL;
  if (va.v >= layout.pkmap_base && slot < layout.pkmap_slots)
    return close_shared (&w, (uint32_t) slot);
  return close_local (&w, vm_vaddr_of (va.v & ~(uint64_t) (VM_PAGE_SIZE - 1)));
}
