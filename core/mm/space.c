/* Builds page tables in simulated memory. */
#include "mm/space.h"

#include "mm/edit.h"
#include "mmu/cpu.h"
#include "mmu/shootdown.h"
#include "mmu/stale.h"

/* Where an entry is: a slot of a table of some level. */
struct slot {
  uint32_t level, index;
  vm_paddr pa;
};

VM_ALWAYS_INLINE vm_frame
root_of (const struct vm_state *s, const struct vm_geometry *g,
         uint32_t process, vm_vaddr va)
{
  return vm_frame_of (vm_geometry_is_upper (g, va)
                          ? s->config.kernel_root
                          : vm_mm_of (s, process)->root);
}

VM_ALWAYS_INLINE struct slot
slot_of (const struct vm_geometry *g, uint32_t level, vm_frame table,
         vm_vaddr va)
{
  uint32_t index = vm_geometry_index (g, level, va);
  return (struct slot){
      .level = level,
      .index = index,
      .pa = vm_geometry_entry (g, table, index),
  };
}

VM_ALWAYS_INLINE struct vm_pte
read_slot (const struct vm_state *s, const struct vm_geometry *g,
           const struct slot *slot)
{
  uint64_t raw = vm_memory_read (s, slot->pa, g->entry_bytes);
  return vm_pte_decode (g, slot->level, raw, s->config.nx);
}

VM_ALWAYS_INLINE void
write_slot (struct vm_tape *t, const struct vm_state *s,
            const struct vm_geometry *g, const struct slot *slot,
            const struct vm_pte *pte)
{
  uint64_t raw = vm_pte_encode (g, slot->level, pte);

  vm_step_leaf (t, VM_STEP_ENTRY_WRITE,
                (uint64_t[VM_STEP_VALUES]){
                    slot->level, slot->index,
                    vm_geometry_table_of (g, slot->pa, slot->index).v,
                    slot->pa.v, raw, pte->frame});
  vm_memory_write (t, s, slot->pa, g->entry_bytes, raw);
}

/* What a table takes. The memory of a toy is small, and lessons map its low
 * frames: tables lie at its end. */
static struct vm_frame_use
use_of (const struct vm_geometry *g, uint32_t process, uint32_t level,
        uint32_t index)
{
  return (struct vm_frame_use){
      .role = VM_FRAME_TABLE,
      .level = level,
      .owner = process,
      .index = index,
      .count = vm_geometry_table_frames (g, level),
      .from_top = g->id == VM_GEOMETRY_TOY,
  };
}

static bool
take_table (struct vm_tape *t, const struct vm_state *s,
            const struct vm_geometry *g, uint32_t process, uint32_t level,
            uint32_t index, vm_frame *frame, struct vm_error *error)
{
  uint32_t owner = process == VM_NONE ? VM_NONE : s->processes[process].mm;
  struct vm_frame_use use = use_of (g, owner, level, index);

  if (!vm_frames_take (t, s, &use, frame)) {
    vm_error_set (error, VM_ERROR_OUT_OF_FRAMES, NULL);
    return false;
  }
  if (process == VM_NONE)
    return true;
  const struct vm_mm *mm = vm_mm_of (s, process);
  vm_put_u32 (t, &mm->tables, mm->tables + use.count);
  return true;
}

/* The half of the address space in which the kernel has its own pages. */
static bool
is_kernel_half (const struct vm_geometry *g, vm_vaddr va)
{
  return va.v >> (g->va_bits - 1) & 1;
}

/* The lowest address of the kernel's in 32 bits (PAGE_OFFSET). */
#define KERNEL_START_32 UINT64_C (0xc0000000)

/* Any root but one, of which *mm is the address space: the kernel's own comes
 * first. Begin with VM_NONE; false: there is no further one. */
static bool
next_root (const struct vm_state *s, vm_frame but, uint32_t *mm, vm_frame *root)
{
  if (*mm == VM_NONE && s->config.kernel_root != but.v) {
    *mm = VM_MAX_PROCESSES;
    *root = vm_frame_of (s->config.kernel_root);
    return true;
  }
  for (uint32_t i = *mm >= VM_MAX_PROCESSES ? 0 : *mm + 1; i < s->process_count;
       i++) {
    if (!vm_mm_lives (s, i) || s->mms[i].root == 0 || s->mms[i].root == but.v)
      continue;
    *mm = i;
    *root = vm_frame_of (s->mms[i].root);
    return true;
  }
  return false;
}

/* A table for the kernel's half: all roots name it. */
static void
share_with_roots (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_geometry *g, const struct slot *own,
                  vm_vaddr va, const struct vm_pte *link)
{
  vm_frame root, first = vm_geometry_table_of (g, own->pa, own->index);
  uint32_t mm = VM_NONE;

  while (next_root (s, first, &mm, &root) && !vm_tape_failed (t)) {
    struct slot slot = slot_of (g, g->levels, root, va);
    vm_frames_get (t, s, vm_frame_of (link->frame), 1, VM_NONE);
    write_slot (t, s, g, &slot, link);
  }
}

/* Where a kernel was put into the machine, it copies its entries in one go: how
 * many there are. */
static void
tell_copy (struct vm_tape *t, const struct vm_state *s,
           const struct vm_geometry *g, vm_frame kernel, vm_frame root)
{
  uint32_t first = VM_NONE, count = 0;

  if (!s->kernel.on)
    return;
  for (uint32_t i = 0; i < vm_geometry_entries (g, g->levels); i++) {
    struct slot slot = {g->levels, i, vm_geometry_entry (g, kernel, i)};
    if (!read_slot (s, g, &slot).present)
      continue;
    first = first == VM_NONE ? i : first;
    count++;
  }
  vm_step_leaf (t, VM_STEP_KERNEL_COPY,
                (uint64_t[VM_STEP_VALUES]){root.v, kernel.v, first, count});
}

/* A new root names what one of the kernel's names in the kernel's half. */
static void
copy_kernel_half (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_geometry *g, vm_frame kernel, vm_frame root)
{
  tell_copy (t, s, g, kernel, root);
  for (uint32_t i = 0; i < vm_geometry_entries (g, g->levels); i++) {
    struct slot from = {g->levels, i, vm_geometry_entry (g, kernel, i)};
    struct slot to = {g->levels, i, vm_geometry_entry (g, root, i)};
    struct vm_pte pte = read_slot (s, g, &from);
    if (!pte.present || vm_tape_failed (t))
      continue;
    if (!pte.leaf || !vm_space_uncounted (s, g, g->levels, kernel, i))
      vm_frames_get (t, s, vm_frame_of (pte.frame),
                     vm_pte_frame_count (g, g->levels, &pte), VM_NONE);
    if (s->kernel.on)
      vm_memory_write (t, s, to.pa, g->entry_bytes, pte.raw);
    else
      write_slot (t, s, g, &to, &pte);
  }
}

/* KPTI: user mode's root names the same tables below it. What somebody put
 * there by hand goes. */
static void
share_with_user_root (struct vm_tape *t, const struct vm_state *s,
                      const struct vm_geometry *g,
                      const struct vm_mapping *mapping,
                      const struct vm_pte *link)
{
  vm_frame root = vm_frame_of (vm_mm_of (s, mapping->process)->user_root);
  struct slot slot = slot_of (g, g->levels, root, mapping->va);
  struct vm_pte old = read_slot (s, g, &slot);

  vm_frames_get (t, s, vm_frame_of (link->frame), 1, mapping->process);
  vm_frames_put (t, s, vm_frame_of (old.frame),
                 vm_pte_frame_count (g, slot.level, &old));
  write_slot (t, s, g, &slot, link);
}

/* Steps from an upper slot down to the table below it, making it if it is
 * missing. Upper entries allow everything: the leaf decides. */
static bool
descend (struct vm_tape *t, const struct vm_state *s,
         const struct vm_geometry *g, const struct vm_mapping *mapping,
         const struct slot *slot, vm_frame *table, struct vm_error *error)
{
  struct vm_pte pte = read_slot (s, g, slot);

  if (pte.present && !pte.leaf) {
    *table = vm_frame_of (pte.frame);
    if (vm_edit_leads_to_table (s, slot->level, pte.frame))
      return true;
    vm_error_set_range (error, VM_ERROR_NOT_A_TABLE, NULL, pte.frame, 0, 0);
    return false;
  }
  if (pte.present) {
    vm_error_set_range (error, VM_ERROR_OVERLAPS, NULL, mapping->va.v, 0, 0);
    return false;
  }
  bool shared = vm_space_shares (s, g, mapping->va);
  uint32_t owner = shared || vm_geometry_is_upper (g, mapping->va)
                       ? VM_NONE
                       : mapping->process;
  if (!take_table (t, s, g, owner, slot->level - 1, slot->index, table, error))
    return false;

  struct vm_pte link = {
      .present = 1, .readable = 1, .writable = 1, .user = 1, .frame = table->v};
  write_slot (t, s, g, slot, &link);
  if (slot->level == g->levels && shared && !mapping->alone)
    share_with_roots (t, s, g, slot, mapping->va, &link);
  if (slot->level == g->levels && s->config.kpti
      && !is_kernel_half (g, mapping->va))
    share_with_user_root (t, s, g, mapping, &link);
  return true;
}

/* Lets go of what an entry of a process mapped, now that it maps it no more. */
static void
release (struct vm_tape *t, const struct vm_state *s,
         const struct vm_geometry *g, const struct vm_changed *changed,
         uint64_t frame, uint32_t shift)
{
  if (vm_frames_managed (s, vm_frame_of (frame)))
    vm_frames_put (t, s, vm_frame_of (frame),
                   UINT64_C (1) << (shift - g->page_shift));
  vm_shootdown (t, s, changed);
}

/* Without x nobody executes the page. AArch64 says it for user mode and for
 * the kernel apart; as Linux has it, either executes its own pages only. */
static void
forbid_execution (const struct vm_state *s, const struct vm_geometry *g,
                  const struct vm_mapping *mapping, struct vm_pte *pte)
{
  bool apart = g->family == VM_FAMILY_ARM;

  if (!s->config.nx)
    return;
  pte->no_execute = !mapping->executable || (apart && !mapping->user);
  pte->kernel_no_execute = !mapping->executable || (apart && mapping->user);
}

/* Writes the leaf entry; a page of the same size that was there goes. */
VM_ALWAYS_INLINE bool
put_leaf (struct vm_tape *t, const struct vm_state *s,
          const struct vm_geometry *g, const struct vm_mapping *mapping,
          const struct slot *slot, struct vm_error *error)
{
  uint64_t frames = UINT64_C (1) << (mapping->shift - g->page_shift);
  struct vm_pte old = read_slot (s, g, slot);
  struct vm_pte new = {
      .present = 1,
      .leaf = 1,
      .readable = 1,
      .writable = mapping->writable,
      .user = mapping->user,
      .global = mapping->global,
      .frame = mapping->frame.v,
  };

  forbid_execution (s, g, mapping, &new);

  if (old.present && !old.leaf) {
    vm_error_set_range (error, VM_ERROR_OVERLAPS, NULL, mapping->va.v, 0, 0);
    return false;
  }
  if (vm_frames_managed (s, mapping->frame))
    vm_frames_get (t, s, mapping->frame, frames, mapping->process);
  write_slot (t, s, g, slot, &new);
  if (!old.present)
    return true;

  const struct vm_changed changed = {
      .cpu = mapping->cpu,
      .process = mapping->process,
      .va = mapping->va,
      .shared = old.global || vm_geometry_is_upper (g, mapping->va)
                || vm_space_shares (s, g, mapping->va),
  };
  release (t, s, g, &changed, old.frame, mapping->shift);
  return true;
}

/* Goes down from one root to the table whose entries map pages of that size,
 * making what is missing. */
static bool
reach_below (struct vm_tape *t, const struct vm_state *s,
             const struct vm_geometry *g, const struct vm_mapping *mapping,
             vm_frame *table, struct vm_error *error)
{
  uint32_t leaf_level = vm_geometry_leaf_level (g, mapping->shift);

  for (uint32_t level = g->levels; level > leaf_level; level--) {
    struct slot slot = slot_of (g, level, *table, mapping->va);
    if (!descend (t, s, g, mapping, &slot, table, error))
      return false;
  }
  return true;
}

/* Maps a page below one root. */
static bool
map_below (struct vm_tape *t, const struct vm_state *s,
           const struct vm_geometry *g, const struct vm_mapping *mapping,
           vm_frame table, struct vm_error *error)
{
  if (!reach_below (t, s, g, mapping, &table, error))
    return false;

  uint32_t leaf_level = vm_geometry_leaf_level (g, mapping->shift);
  struct slot slot = slot_of (g, leaf_level, table, mapping->va);
  return put_leaf (t, s, g, mapping, &slot, error);
}

/* A page that a root itself maps, in the kernel's half: all roots do. */
static bool
map_in_roots (struct vm_tape *t, const struct vm_state *s,
              const struct vm_geometry *g, const struct vm_mapping *mapping,
              struct vm_error *error)
{
  vm_frame root, first = vm_frame_of (vm_mm_of (s, mapping->process)->root);
  uint32_t mm = VM_NONE;

  while (next_root (s, first, &mm, &root) && !vm_tape_failed (t))
    if (!map_below (t, s, g, mapping, root, error))
      return false;
  return true;
}

/* Goes down to the entry that maps an address, through tables of the kernel's
 * alone. False if there is none. */
static bool
find_leaf (const struct vm_state *s, const struct vm_geometry *g,
           uint32_t process, vm_vaddr va, struct slot *slot)
{
  vm_frame table = root_of (s, g, process, va);

  for (uint32_t level = g->levels; level > 0; level--) {
    *slot = slot_of (g, level, table, va);
    struct vm_pte pte = read_slot (s, g, slot);
    if (!pte.present || pte.leaf)
      return pte.present;
    if (!vm_edit_leads_to_table (s, level, pte.frame))
      return false;
    table = vm_frame_of (pte.frame);
  }
  return false;
}

/* Will mapping a page write an entry of the root that processors keep in a
 * register? Nothing else of the tables do they keep there. */
static bool
writes_register (const struct vm_state *s, const struct vm_geometry *g,
                 const struct vm_mapping *mapping)
{
  if (g->register_level == 0)
    return false;
  vm_frame root = root_of (s, g, mapping->process, mapping->va);
  struct slot slot = slot_of (g, g->register_level, root, mapping->va);
  return !read_slot (s, g, &slot).present;
}

/* Registers that were loaded with the root know nothing of a table made since:
 * the processors that run the address space (or any) load them again. */
static void
reload (struct vm_tape *t, const struct vm_state *s, uint32_t process,
        bool everyone)
{
  struct vm_fault ignored;

  for (uint32_t i = 0; i < s->config.cpus; i++)
    if (s->cpus[i].process != VM_NONE
        && (everyone
            || vm_mm_of (s, s->cpus[i].process) == vm_mm_of (s, process)))
      vm_cpu_reload (t, s, i, &ignored);
}

uint32_t
vm_space_cpu_of (const struct vm_state *s, uint32_t process)
{
  for (uint32_t i = 0; i < s->config.cpus; i++)
    if (s->cpus[i].process == process)
      return i;
  return 0;
}

bool
vm_space_shares (const struct vm_state *s, const struct vm_geometry *g,
                 vm_vaddr va)
{
  if (!s->config.kernel_half || g->two_roots)
    return false;
  return g->word_bits == 32 ? va.v >= KERNEL_START_32 : is_kernel_half (g, va);
}

bool
vm_space_make_kernel_root (struct vm_tape *t, const struct vm_state *s,
                           struct vm_error *error)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  vm_frame root;

  if (!g->two_roots && !s->config.kernel_half)
    return true;
  if (!take_table (t, s, g, VM_NONE, g->levels, 0, &root, error))
    return false;
  vm_put_u32 (t, &s->config.kernel_root, (uint32_t) root.v);
  return true;
}

uint32_t
vm_space_next_root (const struct vm_state *s)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  struct vm_frame_use use = use_of (g, 0, g->levels, 0);

  return vm_frames_find (s, &use);
}

bool
vm_space_make_root (struct vm_tape *t, const struct vm_state *s,
                    uint32_t process, struct vm_error *error)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  vm_frame root;

  if (!take_table (t, s, g, process, g->levels, 0, &root, error))
    return false;
  vm_put_u32 (t, &vm_mm_of (s, process)->root, (uint32_t) root.v);
  if (s->config.kernel_half && !g->two_roots)
    copy_kernel_half (t, s, g, vm_frame_of (s->config.kernel_root), root);
  if (!s->config.kpti)
    return true;
  if (!take_table (t, s, g, process, g->levels, 0, &root, error))
    return false;
  vm_put_u32 (t, &vm_mm_of (s, process)->user_root, (uint32_t) root.v);
  if (s->kernel.user_root != 0)
    copy_kernel_half (t, s, g, vm_frame_of (s->kernel.user_root), root);
  return true;
}

bool
vm_space_map (struct vm_tape *t, const struct vm_state *s,
              const struct vm_mapping *mapping, struct vm_error *error)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  const struct vm_mm *mm = vm_mm_of (s, mapping->process);
  bool to_load = writes_register (s, g, mapping);
  bool shared = vm_space_shares (s, g, mapping->va);

  if (!map_below (t, s, g, mapping,
                  root_of (s, g, mapping->process, mapping->va), error))
    return false;
  if (shared && vm_geometry_leaf_level (g, mapping->shift) == g->levels
      && !map_in_roots (t, s, g, mapping, error))
    return false;
  if (s->config.kpti && mapping->trampoline && is_kernel_half (g, mapping->va)
      && !map_below (t, s, g, mapping, vm_frame_of (mm->user_root), error))
    return false;
  if (to_load)
    reload (t, s, mapping->process, shared);
  /* A table may be named from several places: then more than this page
     changed. */
  if (s->config.edited)
    vm_stale_settle (t, s);
  return true;
}

vm_frame
vm_space_root (const struct vm_state *s, uint32_t process, vm_vaddr va)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  return root_of (s, g, process, va);
}

bool
vm_space_reach (struct vm_tape *t, const struct vm_state *s,
                const struct vm_mapping *mapping, vm_frame *table,
                struct vm_error *error)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  const struct vm_mm *mm = vm_mm_of (s, mapping->process);
  uint32_t tables = mm->tables;

  *table = root_of (s, g, mapping->process, mapping->va);
  if (!reach_below (t, s, g, mapping, table, error))
    return false;
  if (mm->tables != tables)
    reload (t, s, mapping->process, false);
  return true;
}

bool
vm_space_reach_kernel (struct vm_tape *t, const struct vm_state *s,
                       vm_frame root, vm_vaddr va, uint32_t level, bool alone,
                       vm_frame *table, struct vm_error *error)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  const struct vm_mapping mapping
      = {.process = VM_NONE, .va = va, .alone = alone};

  *table = root;
  for (uint32_t above = g->levels; above > level; above--) {
    struct slot slot = slot_of (g, above, *table, va);
    if (!descend (t, s, g, &mapping, &slot, table, error))
      return false;
  }
  return true;
}

/* Clears the entry of a page, and lets go of the page. Returns its bits: an
 * entry that is handed on understood would lie in memory in parts, which is
 * slow, and is seldom asked for. */
VM_ALWAYS_INLINE uint64_t
take_leaf (struct vm_tape *t, const struct vm_state *s,
           const struct vm_geometry *g, uint32_t process, vm_vaddr va,
           const struct slot *slot)
{
  const struct vm_pte empty = {.raw = 0};
  struct vm_pte old = read_slot (s, g, slot);
  const struct vm_changed changed = {
      .cpu = vm_space_cpu_of (s, process),
      .process = process,
      .va = va,
      .shared = old.global || vm_geometry_is_upper (g, va)
                || vm_space_shares (s, g, va),
  };

  write_slot (t, s, g, slot, &empty);
  release (t, s, g, &changed, old.frame, g->level[slot->level].low);
  return old.raw;
}

/* The same in all other roots. */
static void
take_from_roots (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_geometry *g, uint32_t process, vm_vaddr va)
{
  vm_frame root, first = vm_frame_of (vm_mm_of (s, process)->root);
  uint32_t mm = VM_NONE;

  while (next_root (s, first, &mm, &root) && !vm_tape_failed (t)) {
    struct slot slot = slot_of (g, g->levels, root, va);
    if (read_slot (s, g, &slot).present)
      take_leaf (t, s, g, process, va, &slot);
  }
}

struct vm_pte
vm_space_unmap (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                vm_vaddr va)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  struct slot slot;

  if (!find_leaf (s, g, process, va, &slot))
    return (struct vm_pte){.raw = 0};
  uint64_t raw = take_leaf (t, s, g, process, va, &slot);
  if (slot.level == g->levels && vm_space_shares (s, g, va))
    take_from_roots (t, s, g, process, va);
  return vm_pte_decode (g, slot.level, raw, s->config.nx);
}

VM_ALWAYS_INLINE struct slot
leaf_at (const struct vm_geometry *g, vm_vaddr va, vm_paddr entry)
{
  return (struct slot){
      .level = 1, .index = vm_geometry_index (g, 1, va), .pa = entry};
}

VM_ALWAYS_INLINE void
map_at (struct vm_tape *t, const struct vm_state *s,
        const struct vm_geometry *g, const struct vm_mapping *mapping,
        vm_paddr entry)
{
  struct slot slot = leaf_at (g, mapping->va, entry);
  struct vm_error none;

  put_leaf (t, s, g, mapping, &slot, &none);
}

void
vm_space_map_at (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_geometry *g, const struct vm_mapping *mapping,
                 vm_paddr entry)
{
  if (t == NULL && g->id == VM_GEOMETRY_X86_64)
    map_at (NULL, s, &vm_geometry_usual, mapping, entry);
  else
    map_at (t, s, g, mapping, entry);
}

VM_ALWAYS_INLINE bool
unmap_at (struct vm_tape *t, const struct vm_state *s,
          const struct vm_geometry *g, uint32_t process, vm_vaddr va,
          vm_paddr entry)
{
  struct slot slot = leaf_at (g, va, entry);
  uint64_t raw = take_leaf (t, s, g, process, va, &slot);

  return vm_pte_decode (g, slot.level, raw, s->config.nx).dirty;
}

bool
vm_space_unmap_at (struct vm_tape *t, const struct vm_state *s,
                   const struct vm_geometry *g, uint32_t process, vm_vaddr va,
                   vm_paddr entry)
{
  if (t == NULL && g->id == VM_GEOMETRY_X86_64)
    return unmap_at (NULL, s, &vm_geometry_usual, process, va, entry);
  return unmap_at (t, s, g, process, va, entry);
}

struct vm_pte
vm_space_entry (const struct vm_state *s, uint32_t process, vm_vaddr va)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  struct vm_pte pte = {.frame = root_of (s, g, process, va).v};

  for (uint32_t level = g->levels; level > 0; level--) {
    struct slot slot = slot_of (g, level, vm_frame_of (pte.frame), va);
    pte = read_slot (s, g, &slot);
    if (!pte.present || pte.leaf)
      break;
  }
  return pte;
}

uint32_t
vm_space_next_table (const struct vm_state *s, uint32_t process, uint32_t after)
{
  uint32_t frame = after == VM_NONE ? 0 : after + 1;
  uint32_t mm = s->processes[process].mm;

  for (; frame < s->config.frames; frame++) {
    const struct vm_frame_record *record = &s->frames[frame];
    if (record->role == VM_FRAME_TABLE
        && (record->owner == mm || record->owner == VM_NONE))
      return frame;
  }
  return VM_NONE;
}
