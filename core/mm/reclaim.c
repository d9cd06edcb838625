/* Frees frames. */
#include "mm/reclaim.h"

#include "mm/evict.h"
#include "mm/files.h"
#include "mm/lru.h"
#include "mm/mlock.h"
#include "mm/region_tree.h"
#include "mm/resident.h"
#include "mm/resident_set.h"
#include "mm/swap.h"

/* A page goes round its list at most so often before it leaves, or is active:
 * looks that reclaim takes at all pages before it gives up. */
#define ROUNDS 4u

static uint32_t
root_of (uint64_t n)
{
  uint64_t root = 0;

  while ((root + 1) * (root + 1) <= n)
    root++;
  return (uint32_t) root;
}

struct vm_watermarks
vm_reclaim_watermarks (uint32_t frames)
{
  uint64_t kib = (uint64_t) frames * (VM_PAGE_SIZE / 1024);
  uint32_t min = root_of (16 * kib) / (VM_PAGE_SIZE / 1024);
  uint32_t most = frames / 8 > 0 ? frames / 8 : 1;

  min = min > most ? most : min;
  uint32_t step = min / 4 > frames / 1000 ? min / 4 : frames / 1000;
  step = step > 0 ? step : 1;
  return (struct vm_watermarks){min, min + step, min + 2 * step};
}

/* The lists are worth looking at: pages can leave them. */
static bool
can_shrink (const struct vm_state *s, enum vm_lru inactive)
{
  uint32_t size = s->lists[inactive].size
                  + s->lists[vm_lru_beside (inactive)].size;

  if (inactive == VM_LRU_INACTIVE_ANON)
    return size > 0 && (vm_swap_free (s) > 0);
  return size > 0;
}

/* Anonymous memory or files (get_scan_count)? As long as most pages of files
 * were used only once, those; else in turn, as swappiness says. */
static enum vm_lru
choose_list (struct vm_tape *t, const struct vm_state *s)
{
  bool anon = can_shrink (s, VM_LRU_INACTIVE_ANON);
  bool file = can_shrink (s, VM_LRU_INACTIVE_FILE);
  uint32_t turn = s->reclaim.turn + s->config.swappiness;

  if (!anon || !file)
    return anon   ? VM_LRU_INACTIVE_ANON
           : file ? VM_LRU_INACTIVE_FILE
                  : VM_LRU_NONE;
  if (!vm_lru_is_low (s, VM_LRU_INACTIVE_FILE))
    return VM_LRU_INACTIVE_FILE;
  vm_put_u32 (t, &s->reclaim.turn, turn % 200);
  return turn >= 200 ? VM_LRU_INACTIVE_ANON : VM_LRU_INACTIVE_FILE;
}

/* The oldest active frame becomes inactive, its bits cleared
 * (shrink_active_list). */
static void
deactivate_oldest (struct vm_tape *t, const struct vm_state *s,
                   enum vm_lru inactive)
{
  uint32_t frame = s->lists[vm_lru_beside (inactive)].oldest;

  vm_evict_used (t, s, frame);
  if (s->links[frame].referenced)
    vm_put_u8 (t, &s->links[frame].referenced, 0);
  vm_lru_move (t, s, frame, inactive);
}

static bool
is_program_of_file (const struct vm_state *s, uint32_t frame)
{
  struct vm_rmap_place place = {.region = 0};

  if (!(s->frames[frame].flags & VM_PAGE_FILE))
    return false;
  while (vm_rmap_next (s, vm_frame_of (frame), &place))
    if (place.found && (vm_region_at (s, place.region)->flags & VM_REGION_EXEC))
      return true;
  return false;
}

/* May it go? (folio_check_references) */
static enum vm_fate
judge (struct vm_tape *t, const struct vm_state *s, uint32_t frame,
       uint32_t *used)
{
  const struct vm_frame_link *link = &s->links[frame];
  bool spared = link->referenced;

  if (vm_mlock_holds (s, frame))
    return VM_FATE_LOCKED;
  *used = vm_evict_used (t, s, frame);
  if (spared)
    vm_put_u8 (t, &link->referenced, 0);
  if (*used == 0)
    return VM_FATE_EVICT;
  vm_put_u8 (t, &link->referenced, 1);
  if (spared || *used > 1 || is_program_of_file (s, frame))
    return VM_FATE_ACTIVATE;
  return VM_FATE_KEEP;
}

/* Where a frame goes that does not leave. */
static void
put_back (struct vm_tape *t, const struct vm_state *s, uint32_t frame,
          enum vm_fate fate)
{
  bool active = fate == VM_FATE_ACTIVATE || fate == VM_FATE_NO_SLOT
                || fate == VM_FATE_NO_TABLE || fate == VM_FATE_PINNED;

  if (s->frames[frame].role != VM_FRAME_DATA || vm_tape_failed (t))
    return;
  if (fate == VM_FATE_ACTIVATE)
    vm_put_u64 (t, &s->reclaim.evictions, s->reclaim.evictions + 1);
  vm_lru_move (t, s, frame,
               fate == VM_FATE_LOCKED ? VM_LRU_UNEVICTABLE
                                      : vm_lru_suits (s, frame, active));
}

/* Looks at the oldest frame of an inactive list. True if its page went. */
static bool
shrink_oldest (struct vm_tape *t, const struct vm_state *s,
               enum vm_lru inactive)
{
  uint32_t frame = s->lists[inactive].oldest, used = 0;
  bool spared = s->links[frame].referenced;

  vm_put_u64 (t, &s->counters.scanned, s->counters.scanned + 1);
  enum vm_fate fate = judge (t, s, frame, &used);
  vm_step_leaf (
      t, VM_STEP_LRU_LOOK,
      (uint64_t[VM_STEP_VALUES]){frame, inactive, used, spared, fate});
  if (fate == VM_FATE_EVICT)
    fate = vm_evict (t, s, frame);
  if (vm_evict_worked (fate))
    return true;
  put_back (t, s, frame, fate);
  return false;
}

/* One look at the lists. *went: a page did. False if there is nothing to look
 * at. */
static bool
shrink_lists (struct vm_tape *t, const struct vm_state *s, bool *went)
{
  enum vm_lru inactive = choose_list (t, s);

  *went = false;
  if (inactive == VM_LRU_NONE)
    return false;
  const struct vm_lru_list *active = &s->lists[vm_lru_beside (inactive)];
  bool low = vm_lru_is_low (s, inactive);
  vm_step_begin (t, VM_STEP_SCAN,
                 (uint64_t[VM_STEP_VALUES]){inactive, s->lists[inactive].size,
                                            active->size, low});
  if (active->size > 0 && (low || s->lists[inactive].size == 0))
    deactivate_oldest (t, s, inactive);
  else
    *went = shrink_oldest (t, s, inactive);
  vm_step_end (t);
  return true;
}

static bool
free_by_lists (struct vm_tape *t, const struct vm_state *s)
{
  uint64_t looks = 0, most = 32;
  bool went = false;

  for (enum vm_lru list = VM_LRU_INACTIVE_ANON; list < VM_LRU_UNEVICTABLE;
       list++)
    most += (uint64_t) ROUNDS * s->lists[list].size;
  while (!went && looks++ < most && !vm_tape_failed (t)
         && shrink_lists (t, s, &went))
    continue;
  return went;
}

/* Somebody who has an address space. */
static uint32_t
process_of (const struct vm_state *s, uint32_t mm)
{
  for (uint32_t i = 0; i < s->process_count; i++)
    if (s->processes[i].mm == mm && vm_process_has_space (&s->processes[i]))
      return i;
  return VM_NONE;
}

/* What the slot of a policy's victim held goes. */
static bool
evict_slot (struct vm_tape *t, const struct vm_state *s, uint32_t mm,
            uint32_t slot)
{
  if (!s->config.local)
    return vm_evict_worked (vm_evict (t, s, slot));
  uint64_t va = vm_set_of (s, mm).pages[slot] << VM_PAGE_SHIFT;
  uint32_t process = process_of (s, mm);
  vm_evict_at (t, s, process, va);
  struct vm_entry left = vm_entry_of (s, process, vm_vaddr_of (va));
  return !vm_entry_has_page (&left);
}

/* The policy is asked until one of its victims can go. */
static bool
free_by_policy (struct vm_tape *t, const struct vm_state *s, uint32_t mm)
{
  bool failed = false, went = false;
  uint32_t slot;

  while (!went && !vm_tape_failed (t)
         && (slot = vm_set_victim (t, s, mm)) != VM_NONE) {
    vm_put_u64 (t, &s->counters.scanned, s->counters.scanned + 1);
    went = evict_slot (t, s, mm, slot);
    if (went)
      break;
    vm_set_failed (t, s, mm, slot);
    failed = true;
  }
  if (failed)
    vm_set_let_go (t, s, mm);
  return went;
}

/* The address space that has most pages in memory; VM_NONE: none has any. */
static uint32_t
largest_mm (const struct vm_state *s, uint32_t after)
{
  uint32_t largest = VM_NONE;
  uint64_t most = 0;

  for (uint32_t i = 0; i < s->process_count; i++)
    if (s->mms[i].users > 0 && i != after && s->sets[i].used > most) {
      largest = i;
      most = s->sets[i].used;
    }
  return largest;
}

/* One page leaves memory. False if none can. */
static bool
free_one (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  if (s->reclaim.how == VM_RECLAIM_LINUX)
    return free_by_lists (t, s);
  if (!s->config.local)
    return free_by_policy (t, s, 0);
  uint32_t own = process == VM_NONE ? VM_NONE : s->processes[process].mm;
  if (own != VM_NONE && free_by_policy (t, s, own))
    return true;
  uint32_t other = largest_mm (s, own);
  return other != VM_NONE && free_by_policy (t, s, other);
}

/* Frees frames until so many are free. */
static bool
free_until (struct vm_tape *t, const struct vm_state *s, uint32_t process,
            uint64_t wanted)
{
  while (s->free_count < wanted && !vm_tape_failed (t))
    if (!free_one (t, s, process))
      return false;
  return true;
}

/* Frames that are in use when reclaim begins join the books. */
static void
list_all (struct vm_tape *t, const struct vm_state *s)
{
  for (uint32_t f = 0; f < s->config.frames && !vm_tape_failed (t); f++) {
    uint32_t flags = s->frames[f].flags;
    if (s->frames[f].role != VM_FRAME_DATA
        || !(flags & (VM_PAGE_ANON | VM_PAGE_FILE)))
      continue;
    if (s->reclaim.how == VM_RECLAIM_LINUX) {
      vm_lru_join (t, s, f, vm_lru_suits (s, f, false));
      vm_mlock_settle (t, s, f);
    }
    vm_set_filled (t, s, f);
  }
}

void
vm_reclaim_begin (struct vm_tape *t, const struct vm_state *s,
                  enum vm_reclaim how)
{
  const struct vm_config *c = &s->config;
  struct vm_watermarks marks = vm_reclaim_watermarks (c->frames);

  vm_put_u32 (t, &s->reclaim.how, how);
  if (c->watermark_min == 0)
    vm_put_u32 (t, &c->watermark_min, marks.min);
  if (c->watermark_low == 0)
    vm_put_u32 (t, &c->watermark_low,
                c->watermark_min + (marks.low - marks.min));
  if (c->watermark_high == 0)
    vm_put_u32 (t, &c->watermark_high,
                c->watermark_low + (marks.high - marks.low));
  vm_set_init (t, s);
  list_all (t, s);
}

bool
vm_reclaim_prepare (struct vm_tape *t, const struct vm_state *s,
                    uint32_t process, uint32_t need)
{
  uint64_t wanted = (uint64_t) s->config.watermark_min + need;

  if (s->reclaim.how == VM_RECLAIM_OFF || s->free_count >= wanted)
    return true;
  vm_put_u64 (t, &s->counters.direct_runs, s->counters.direct_runs + 1);
  vm_step_begin (t, VM_STEP_DIRECT,
                 (uint64_t[VM_STEP_VALUES]){process, s->free_count,
                                            s->config.watermark_min, need});
  bool done = free_until (t, s, process, wanted);
  if (done && s->reclaim.failures > 0)
    vm_put_u32 (t, &s->reclaim.failures, 0);
  vm_step_end (t);
  return done;
}

bool
vm_reclaim_make_room (struct vm_tape *t, const struct vm_state *s,
                      uint32_t process, uint64_t va)
{
  uint32_t mm = s->processes[process].mm;

  if (!vm_set_expects (t, s, process, va))
    return true;
  vm_step_begin (t, VM_STEP_RESIDENT,
                 (uint64_t[VM_STEP_VALUES]){process, s->sets[mm].used,
                                            s->config.resident});
  bool done = free_by_policy (t, s, mm);
  vm_step_end (t);
  return done;
}

void
vm_reclaim_background (struct vm_tape *t, const struct vm_state *s)
{
  const struct vm_reclaim_record *r = &s->reclaim;
  uint64_t before = s->counters.reclaimed;

  if (r->how == VM_RECLAIM_OFF || s->free_count >= s->config.watermark_low
      || vm_tape_failed (t) || r->failures >= VM_RECLAIM_RETRIES)
    return;
  vm_put_u64 (t, &s->counters.kswapd_runs, s->counters.kswapd_runs + 1);
  vm_step_begin (t, VM_STEP_KSWAPD,
                 (uint64_t[VM_STEP_VALUES]){s->free_count,
                                            s->config.watermark_low,
                                            s->config.watermark_high});
  free_until (t, s, VM_NONE, s->config.watermark_high);
  vm_put_u32 (t, &r->failures,
              s->counters.reclaimed == before ? r->failures + 1 : 0);
  vm_step_end (t);
}

void
vm_reclaim_refault (struct vm_tape *t, const struct vm_state *s, uint32_t frame,
                    uint32_t shadow)
{
  uint32_t away = (uint32_t) s->reclaim.evictions - shadow + 1;
  uint64_t room = 0;

  if (s->reclaim.how != VM_RECLAIM_LINUX || shadow == 0)
    return;
  for (enum vm_lru list = VM_LRU_INACTIVE_ANON; list < VM_LRU_UNEVICTABLE;
       list++)
    room += list == VM_LRU_INACTIVE_ANON ? 0 : s->lists[list].size;
  if (away > room)
    return;
  vm_put_u64 (t, &s->counters.refaults, s->counters.refaults + 1);
  vm_lru_move (t, s, frame, VM_LRU_ACTIVE_ANON);
}
