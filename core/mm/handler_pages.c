/* Finds the page for an entry. */
#include "mm/handler_pages.h"

#include "mm/handler_work.h"
#include "mm/mmap.h"
#include "mm/reclaim.h"
#include "mm/resident_set.h"
#include "mm/swap_ahead.h"

bool
vm_work_ask (const struct vm_work *w, enum vm_question question, bool answer,
             uint64_t value)
{
  return vm_decide (w->t, question, answer, w->what->va, w->number, value, 0);
}

struct vm_handled
vm_work_out_of_memory (const struct vm_work *w)
{
  vm_work_ask (w, VM_ASK_MEMORY, false, 0);
  return (struct vm_handled){.signal = VM_SIGKILL,
                             .code = VM_CODE_NO_MEMORY,
                             .starved = w->s->reclaim.how != VM_RECLAIM_OFF};
}

struct vm_handled
vm_work_done (const struct vm_work *w, enum vm_action action, uint64_t frame,
              uint64_t pages, bool major)
{
  vm_step_leaf (w->t, VM_STEP_HANDLED,
                (uint64_t[VM_STEP_VALUES]){w->what->process, w->what->va.v,
                                           action, frame, pages, major});
  return (struct vm_handled){.solved = true, .action = action, .major = major};
}

static void
count (const struct vm_work *w, const uint64_t *counter)
{
  vm_put_u64 (w->t, counter, *counter + 1);
}

/* A frame for anonymous memory, which the region needs an anon_vma for. */
bool
vm_work_take_anonymous (const struct vm_work *w, uint32_t frames,
                        vm_frame *frame)
{
  struct vm_frame_use use
      = {.role = VM_FRAME_DATA, .owner = w->what->process, .count = 1};

  if (!vm_region_make_anon (w->t, w->s, w->number)
      || !vm_frames_take_run (w->t, w->s, &use, frames, frame))
    return false;
  uint64_t offset = vm_region_offset (w->region, w->entry.va.v);
  for (uint32_t i = 0; i < frames && !vm_tape_failed (w->t); i++)
    vm_frames_name (w->t, w->s, vm_frame_of (frame->v + i), VM_PAGE_ANON,
                    w->region->anon, offset + i);
  return true;
}

void
vm_work_put_page (struct vm_work *w, vm_frame frame, bool writable, bool dirty,
                  bool own)
{
  struct vm_pte pte
      = vm_pages_entry_of (w->s, w->region, frame, writable, dirty);

  vm_pages_put (w->t, w->s, w->what->process, w->region, &w->entry, &pte, own);
}

/* The frame of zeros is taken when it is first needed. */
static bool
have_zero_frame (const struct vm_work *w)
{
  struct vm_frame_use use
      = {.role = VM_FRAME_KERNEL, .owner = VM_NONE, .count = 1};
  vm_frame frame;

  if (w->s->zero_frame != 0)
    return true;
  if (!vm_frames_take (w->t, w->s, &use, &frame))
    return false;
  vm_frames_name (w->t, w->s, frame, VM_PAGE_ZERO, 0, 0);
  vm_put_u32 (w->t, &w->s->zero_frame, (uint32_t) frame.v);
  return true;
}

/* Can the whole large page around the address be had? */
static bool
huge_suits (const struct vm_work *w)
{
  uint64_t size = UINT64_C (2) << 20;
  uint64_t start = w->what->va.v & ~(size - 1);
  const struct vm_region *r = w->region;

  return (r->flags & VM_REGION_HUGE) && r->file == 0 && start >= r->start
         && start + size <= r->end && !vm_set_is_local (w->s);
}

/* do_huge_pmd_anonymous_page. False: it must be small pages, as before. */
static bool
put_huge (struct vm_work *w, struct vm_handled *handled)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&w->s->config, &room);
  uint32_t level = vm_geometry_leaf_level (g, 21);
  struct vm_entry entry;
  vm_frame frame;

  if (level == 0 || !(w->region->flags & VM_REGION_HUGE)
      || w->entry.level < level)
    return false;
  if (!vm_work_ask (w, VM_ASK_HUGE, huge_suits (w), 0)
      || !vm_entry_make (w->t, w->s, w->what->process, w->what->va, level,
                         &entry))
    return false;
  struct vm_entry small = w->entry;
  w->entry = entry;
  if (!vm_work_take_anonymous (w, 512, &frame)) {
    w->entry = small;
    return false;
  }
  vm_work_put_page (w, frame, w->region->flags & VM_REGION_WRITE,
                    w->what->kind == VM_WRITE, true);
  *handled = vm_work_done (w, VM_DID_HUGE, frame.v, 512, false);
  return true;
}

/* do_anonymous_page */
static struct vm_handled
handle_anonymous (struct vm_work *w)
{
  const struct vm_process *p = &w->s->processes[w->what->process];
  vm_frame frame;

  if (!vm_work_ask (w, VM_ASK_WRITE, w->what->kind == VM_WRITE, 0)) {
    if (!have_zero_frame (w))
      return vm_work_out_of_memory (w);
    vm_work_put_page (w, vm_frame_of (w->s->zero_frame), false, false, false);
    count (w, &p->zero_maps);
    return vm_work_done (w, VM_DID_ZERO, w->s->zero_frame, 1, false);
  }
  if (!vm_work_take_anonymous (w, 1, &frame))
    return vm_work_out_of_memory (w);
  vm_work_put_page (w, frame, w->region->flags & VM_REGION_WRITE, true, true);
  return vm_work_done (w, VM_DID_ANONYMOUS, frame.v, 1, false);
}

/* A page that is there gives way to a copy of it, or of zeros (wp_page_copy).
 */
static struct vm_handled
copy_page (struct vm_work *w, bool zero)
{
  const struct vm_process *p = &w->s->processes[w->what->process];
  uint64_t from = w->entry.pte.frame;
  vm_frame frame;

  if (!vm_work_take_anonymous (w, 1, &frame))
    return vm_work_out_of_memory (w);
  if (!zero) {
    vm_step_leaf (w->t, VM_STEP_COPY,
                  (uint64_t[VM_STEP_VALUES]){from, frame.v, w->entry.va.v,
                                             w->what->process});
    vm_memory_copy (w->t, w->s, vm_frame_start (frame, VM_PAGE_SHIFT),
                    vm_frame_start (vm_frame_of (from), VM_PAGE_SHIFT),
                    VM_PAGE_SIZE);
    count (w, &p->cow_copies);
  }
  vm_work_put_page (w, frame, true, true, true);
  return vm_work_done (w, zero ? VM_DID_REPLACE_ZERO : VM_DID_COPY, frame.v, 1,
                       false);
}

/* A large page that others have, too, is taken apart first
 * (do_huge_pmd_wp_page). */
static bool
take_apart (struct vm_work *w)
{
  if (w->entry.level == 1)
    return true;
  if (!vm_pages_split (w->t, w->s, w->what->process, w->what->va))
    return false;
  w->entry = vm_entry_of (w->s, w->what->process, w->what->va);
  return true;
}

static bool
is_sole_owner (const struct vm_work *w)
{
  vm_frame first = vm_frame_of (w->entry.pte.frame);
  uint64_t count = vm_entry_size (w->s, &w->entry) >> VM_PAGE_SHIFT;

  if (!vm_frames_managed (w->s, first)
      || !(w->s->frames[first.v].flags & VM_PAGE_ANON))
    return false;
  for (uint64_t i = 0; i < count; i++)
    if (w->s->frames[first.v + i].refs - w->s->links[first.v + i].pins != 1)
      return false;
  return true;
}

/* Only the swap cache and this entry have the page, and no other entry names
 * its slot: it need not stay there to be written again. */
static void
leave_swap (const struct vm_work *w, uint64_t frame)
{
  if (vm_frames_managed (w->s, vm_frame_of (frame))
      && (w->s->frames[frame].flags & VM_PAGE_SWAP)
      && vm_frames_mapped (w->s, vm_frame_of (frame)) == 1)
    vm_swap_give_up (w->t, w->s, (uint32_t) frame);
}

/* do_wp_page: a write to a page that is there and may not be written. */
static struct vm_handled
handle_protected (struct vm_work *w)
{
  const struct vm_process *p = &w->s->processes[w->what->process];
  uint64_t frame = w->entry.pte.frame;

  if (vm_work_ask (w, VM_ASK_SHARED, w->region->flags & VM_REGION_SHARED, 0)) {
    vm_work_put_page (w, vm_frame_of (frame), true, true, true);
    vm_handle_file_dirty (w, frame);
    return vm_work_done (w, VM_DID_NOTIFY, frame, 1, false);
  }
  bool zero = frame == w->s->zero_frame && frame != 0;
  if (vm_work_ask (w, VM_ASK_ZERO, zero, frame))
    return copy_page (w, true);
  leave_swap (w, frame);
  if (vm_work_ask (w, VM_ASK_SOLE, is_sole_owner (w),
                   vm_frames_managed (w->s, vm_frame_of (frame))
                       ? w->s->frames[frame].refs
                       : 0)) {
    vm_work_put_page (w, vm_frame_of (frame), true, true, true);
    count (w, &p->cow_reuses);
    return vm_work_done (w, VM_DID_REUSE, frame, 1, false);
  }
  return take_apart (w) ? copy_page (w, false) : vm_work_out_of_memory (w);
}

/* An entry that is there, and does not refuse: another processor was quicker,
 * or a TLB was out of date. Software sets flags where processors do not. */
static struct vm_handled
handle_spurious (struct vm_work *w)
{
  bool write = w->what->kind == VM_WRITE;

  w->entry.pte.accessed = 1;
  w->entry.pte.dirty |= write;
  vm_entry_write (w->t, w->s, &w->entry);
  vm_pages_flush (w->t, w->s, w->what->process, w->entry.va.v,
                  w->entry.va.v + VM_PAGE_SIZE);
  return vm_work_done (w, VM_DID_NOTHING, w->entry.pte.frame, 1, false);
}

/* A page that was read before anybody knew whose it is belongs to the region
 * now. False if no anon_vma is left. */
static bool
adopt (const struct vm_work *w, uint32_t frame)
{
  const struct vm_frame_record *record = &w->s->frames[frame];

  vm_swap_ahead_used (w->t, w->s, frame);
  if (record->mapping != 0)
    return true;
  if (!vm_region_make_anon (w->t, w->s, w->number))
    return false;
  vm_frames_name (w->t, w->s, vm_frame_of (frame), record->flags,
                  w->region->anon, vm_region_offset (w->region, w->entry.va.v));
  return true;
}

/* The frame in the swap cache that has a slot's bytes; one is taken, and the
 * slot read, if none has. 0: no frame is left. */
static uint32_t
frame_of_slot (const struct vm_work *w, uint32_t slot, bool *read)
{
  uint32_t cached = w->s->slots[slot].frame;
  uint32_t shadow = w->s->slots[slot].shadow;
  struct vm_swap_slot place = vm_swap_place (w->s, slot);
  vm_frame frame;

  *read = !vm_work_ask (w, VM_ASK_SWAP_CACHED, cached != 0, cached);
  if (cached != 0) {
    vm_step_leaf (w->t, VM_STEP_SWAP_FOUND,
                  (uint64_t[VM_STEP_VALUES]){place.type, place.offset, cached});
    return adopt (w, cached) ? cached : 0;
  }
  if (!vm_work_take_anonymous (w, 1, &frame))
    return 0;
  vm_swap_read (w->t, w->s, slot, (uint32_t) frame.v);
  vm_swap_keep (w->t, w->s, slot, (uint32_t) frame.v);
  vm_reclaim_refault (w->t, w->s, (uint32_t) frame.v, shadow);
  vm_swap_ahead (w->t, w->s, slot);
  return (uint32_t) frame.v;
}

/* do_swap_page: the entry names a slot. Who has the page alone may write it at
 * once, even if he only reads now (Linux 6.11 and later). The slot, if no other
 * entry needs it, is given back at once where the page is written, or must
 * stay, or slots are scarce; else the page may leave again without being
 * written. */
static struct vm_handled
handle_swapped (struct vm_work *w)
{
  uint32_t slot = w->entry.swapped;
  bool read, write = w->what->kind == VM_WRITE;
  uint32_t frame = frame_of_slot (w, slot, &read);

  if (frame == 0)
    return vm_work_out_of_memory (w);
  bool alone = w->s->slots[slot].count == 1
               && vm_frames_mapped (w->s, vm_frame_of (frame)) == read;
  bool writable = alone && (w->region->flags & VM_REGION_WRITE);
  vm_work_put_page (w, vm_frame_of (frame), writable, writable && write, read);
  vm_work_done (w, VM_DID_SWAP_IN, frame, 1, read);
  bool scarce = 2 * vm_swap_free (w->s) < vm_swap_total (w->s)
                || w->s->areas[vm_swap_area_of (w->s, slot)].closed;
  if ((write && alone) || scarce || (w->region->flags & VM_REGION_LOCKED))
    leave_swap (w, frame);
  if (!write || writable)
    return (struct vm_handled){
        .solved = true, .action = VM_DID_SWAP_IN, .major = read};
  struct vm_handled handled = handle_protected (w);
  handled.major = read;
  return handled;
}

/* Frames that the fault will take: tables that are missing, and a page. */
static uint32_t
frames_needed (const struct vm_work *w)
{
  uint32_t slot = w->entry.swapped;

  if (vm_entry_has_page (&w->entry))
    return w->what->kind == VM_WRITE && !w->entry.pte.writable
           && !(w->region->flags & VM_REGION_SHARED) && !is_sole_owner (w);
  if (slot != 0)
    return (w->s->slots[slot].frame == 0 ? 1u : 0)
           + (w->what->kind == VM_WRITE ? 1u : 0);
  bool first_zero = w->region->file == 0 && w->what->kind != VM_WRITE
                    && w->s->zero_frame != 0;
  return w->entry.level - (first_zero ? 1 : 0);
}

/* Sees to it that they can be had, before anything is begun. */
static bool
prepare (struct vm_work *w, struct vm_handled *handled)
{
  const struct vm_state *s = w->s;
  bool enough
      = vm_reclaim_prepare (w->t, s, w->what->process, frames_needed (w));
  bool room
      = enough
        && (vm_entry_has_page (&w->entry)
            || vm_reclaim_make_room (w->t, s, w->what->process, w->what->va.v));

  /* What was there may have left. */
  w->entry = vm_entry_of (s, w->what->process, w->what->va);
  if (enough && room)
    return true;
  *handled = vm_work_out_of_memory (w);
  handled->confined = enough;
  return false;
}

bool
vm_decide (struct vm_tape *t, enum vm_question question, bool answer,
           vm_vaddr va, uint32_t region, uint64_t value, uint64_t most)
{
  vm_step_leaf (
      t, VM_STEP_DECIDE,
      (uint64_t[VM_STEP_VALUES]){question, answer, va.v, region, value, most});
  return answer;
}

struct vm_handled
vm_handle_page (struct vm_tape *t, const struct vm_state *s,
                const struct vm_fault_case *what, uint32_t region)
{
  struct vm_work w = {.t = t,
                      .s = s,
                      .what = what,
                      .number = region,
                      .region = vm_region_at (s, region)};
  struct vm_handled handled;

  w.entry = vm_entry_of (s, what->process, what->va);
  if (s->reclaim.how != VM_RECLAIM_OFF && !prepare (&w, &handled))
    return handled;
  if (!vm_work_ask (&w, VM_ASK_EMPTY, vm_entry_is_empty (&w.entry),
                    w.entry.swapped)) {
    if (vm_swap_on (s)
        && vm_work_ask (&w, VM_ASK_SWAPPED, w.entry.swapped != 0,
                        w.entry.swapped))
      return handle_swapped (&w);
    bool protects = what->kind == VM_WRITE && !w.entry.pte.writable;
    return vm_work_ask (&w, VM_ASK_PROTECTED, protects, w.entry.pte.frame)
               ? handle_protected (&w)
               : handle_spurious (&w);
  }
  if (put_huge (&w, &handled))
    return handled;
  if (w.entry.level > 1
      && !vm_entry_make (t, s, what->process, what->va, 1, &w.entry))
    return vm_work_out_of_memory (&w);
  return vm_work_ask (&w, VM_ASK_FILE, w.region->file != 0, w.region->file)
             ? vm_handle_file_page (&w)
             : handle_anonymous (&w);
}
