/* The invariants of swap and reclaim. */
#include "machine/check_swap.h"

#include "machine/check_pools.h"
#include "mm/files.h"
#include "mm/lru.h"
#include "mm/mlock.h"
#include "mm/resident.h"
#include "mm/resident_set.h"
#include "mm/shmem.h"

static bool
broken (struct vm_check_report *report, const char *rule, uint64_t a,
        uint64_t b, uint64_t c)
{
  *report = (struct vm_check_report){.rule = rule, .a = a, .b = b, .c = c};
  return false;
}

static bool
check_area (const struct vm_state *s, uint32_t number,
            struct vm_check_report *report)
{
  const struct vm_swap_area *a = &s->areas[number];

  if (a->slots == 0)
    return true;
  if (a->first > VM_SWAP_SLOTS || a->slots > VM_SWAP_SLOTS - a->first
      || a->used >= a->slots || (uint64_t) a->block + a->slots > s->disk_used)
    return broken (report, "a swap area is within its limits", number, a->first,
                   a->slots);
  return true;
}

bool
vm_check_swap_links (const struct vm_state *s, struct vm_check_report *report)
{
  const struct vm_config *c = &s->config;

  if (s->reclaim.how != VM_RECLAIM_OFF
      && !(c->watermark_min < c->watermark_low
           && c->watermark_low < c->watermark_high
           && c->watermark_high < c->frames))
    return broken (report, "watermarks rise", c->watermark_min,
                   c->watermark_low, c->watermark_high);
  for (uint32_t i = 0; i < VM_MAX_SWAPS; i++)
    if (!check_area (s, i, report))
      return false;
  for (uint32_t list = 0; list < VM_LRUS; list++)
    if (s->lists[list].newest >= c->frames && s->lists[list].size > 0)
      return broken (report, "a list of frames ends at a frame", list,
                     s->lists[list].newest, c->frames);
  return true;
}

/* The swap cache, from both sides. */
static bool
check_cached (const struct vm_state *s, uint32_t *refs,
              struct vm_check_report *report)
{
  uint32_t frames = 0, slots = 0;

  for (uint32_t f = 0; f < s->config.frames; f++) {
    if (!(s->frames[f].flags & VM_PAGE_SWAP))
      continue;
    refs[f]++;
    frames++;
    if (s->slots[s->links[f].slot].frame != f)
      return broken (report,
                     "a frame of the swap cache and its slot name each "
                     "other",
                     f, s->links[f].slot, s->slots[s->links[f].slot].frame);
  }
  for (uint32_t slot = 0; vm_swap_on (s) && slot < VM_SWAP_SLOTS; slot++)
    slots += s->slots[slot].frame != 0;
  return slots == frames
         || broken (report, "slots name the frames of the swap cache", slots,
                    frames, 0);
}

static bool
check_pins (const struct vm_state *s, uint32_t *refs,
            struct vm_check_report *report)
{
  uint64_t pinned = 0, held = 0, counted = 0;

  for (uint32_t i = 0; i < s->reclaim.pins; i++) {
    if (s->pins[i].mm == VM_NONE)
      continue;
    refs[s->pins[i].frame]++;
    pinned++;
  }
  for (uint32_t i = 0; i < s->process_count; i++)
    counted += s->mms[i].pinned_vm;
  for (uint32_t f = 0; pinned > 0 && f < s->config.frames; f++)
    held += s->links[f].pins;
  return (pinned == counted && pinned == held)
         || broken (report, "pinned pages are counted", pinned, counted, held);
}

bool
vm_check_swap_refs (const struct vm_state *s, uint32_t *refs,
                    struct vm_check_report *report)
{
  return check_cached (s, refs, report) && check_pins (s, refs, report);
}

/* Numbers that were written into entries by hand count for nothing. */
static bool
is_edited (const struct vm_state *s)
{
  for (uint32_t i = 0; i < s->process_count; i++)
    if (s->mms[i].managed == 2)
      return true;
  return s->config.edited;
}

static bool
check_slots (const struct vm_state *s, const struct vm_check_swapped *found,
             struct vm_check_report *report)
{
  for (uint32_t i = 0; i < VM_MAX_SWAPS; i++) {
    const struct vm_swap_area *a = &s->areas[i];
    uint32_t used = 0;
    for (uint32_t slot = a->first; slot < a->first + a->slots; slot++) {
      const struct vm_swap_record *record = &s->slots[slot];
      used += record->count != 0 || record->frame != 0;
      if (record->count != found->slots[slot] + (record->file != 0))
        return broken (report, "a slot counts the entries that name it", slot,
                       record->count, found->slots[slot]);
    }
    if (used != a->used)
      return broken (report, "a swap area counts its slots in use", i, a->used,
                     used);
  }
  for (uint32_t i = 0; i < s->process_count; i++)
    if (s->mms[i].swapped != found->mms[i])
      return broken (report, "an address space counts its pages in swap", i,
                     s->mms[i].swapped, found->mms[i]);
  return true;
}

/* Slots of shared memory are found by file and page, and what is in swap is not
 * in the page cache as well. */
static bool
check_shared (const struct vm_state *s, struct vm_check_report *report)
{
  uint32_t swapped[VM_MAX_FILES] = {0};

  for (uint32_t slot = 1; vm_swap_on (s) && slot < VM_SWAP_SLOTS; slot++) {
    const struct vm_swap_record *record = &s->slots[slot];
    if (record->file == 0)
      continue;
    if (record->file >= VM_MAX_FILES
        || record->page >= vm_files_pages (s, record->file)
        || vm_shmem_slot (s, record->file, record->page) != slot
        || vm_files_cached (s, record->file, record->page) != 0)
      return broken (report, "a slot holds a page of shared memory alone", slot,
                     record->file, record->page);
    swapped[record->file]++;
  }
  for (uint32_t file = 1; file < s->file_end; file++)
    if (s->files[file].swapped != swapped[file])
      return broken (report, "a file counts its pages in swap", file,
                     s->files[file].swapped, swapped[file]);
  return true;
}

static bool
may_be_listed (const struct vm_state *s, uint32_t frame)
{
  return s->frames[frame].role == VM_FRAME_DATA
         && (s->frames[frame].flags & (VM_PAGE_ANON | VM_PAGE_FILE)) != 0;
}

static bool
check_list (const struct vm_state *s, enum vm_lru list,
            struct vm_check_report *report)
{
  const struct vm_lru_list *l = &s->lists[list];
  uint32_t before = 0, count = 0;

  for (uint32_t f = l->oldest; f != 0; f = s->links[f].newer) {
    if (f >= s->config.frames || vm_lru_of (s, f) != list
        || s->links[f].older != before || count == l->size)
      return broken (report, "a list goes through its frames once", list, f,
                     before);
    if (!may_be_listed (s, f))
      return broken (report, "only pages that may go are on a list", list, f,
                     s->frames[f].flags);
    if ((list == VM_LRU_UNEVICTABLE) != vm_mlock_holds (s, f)
        && list == VM_LRU_UNEVICTABLE)
      return broken (report, "only locked pages are unevictable", list, f, 0);
    before = f;
    count++;
  }
  return (count == l->size && before == l->newest)
         || broken (report, "a list counts its frames", list, l->size, count);
}

static bool
check_lists (const struct vm_state *s, struct vm_check_report *report)
{
  bool linux_lists = s->reclaim.how == VM_RECLAIM_LINUX;

  for (enum vm_lru list = VM_LRU_INACTIVE_ANON; list < VM_LRU_NONE; list++)
    if (!check_list (s, list, report))
      return false;
  for (uint32_t f = 0; f < s->config.frames; f++) {
    bool listed = vm_lru_of (s, f) != VM_LRU_NONE;
    if (listed != (linux_lists && may_be_listed (s, f)))
      return broken (report, "pages that may go are on a list", f, listed,
                     s->frames[f].flags);
  }
  return true;
}

/* A policy's pool, and what should be in it. */
static bool
check_set (const struct vm_state *s, uint32_t mm, uint64_t pages,
           struct vm_check_report *report)
{
  struct vm_pool p = vm_set_of (s, mm);

  if (p.record->used != pages)
    return broken (report, "a policy has the pages that are in memory", mm,
                   p.record->used, pages);
  return p.record->frames == 0 || vm_check_pool_books (&p, report);
}

static bool
check_sets (const struct vm_state *s, const struct vm_check_swapped *found,
            struct vm_check_report *report)
{
  uint64_t pages = 0;

  if (vm_set_is_global (s)) {
    for (uint32_t f = 0; f < s->config.frames; f++)
      pages += may_be_listed (s, f);
    return check_set (s, 0, pages, report);
  }
  for (uint32_t i = 0; vm_set_is_local (s) && i < s->process_count; i++)
    if (!check_set (s, i, found->present[i], report))
      return false;
  return true;
}

bool
vm_check_swap_counts (const struct vm_state *s,
                      const struct vm_check_swapped *found,
                      struct vm_check_report *report)
{
  if (is_edited (s))
    return true;
  return check_slots (s, found, report) && check_shared (s, report)
         && check_lists (s, report) && check_sets (s, found, report);
}
