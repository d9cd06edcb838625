/* Makes regions, cuts them and joins them. */
#include "mm/region.h"

#include "mm/account.h"
#include "mm/region_tree.h"

static void
put (struct vm_tape *t, const uint32_t *field, uint32_t value)
{
  if (*field != value)
    vm_put_u32 (t, field, value);
}

static bool
has_number (const struct vm_state *s)
{
  return s->region_free != 0 || s->region_end < VM_MAX_REGIONS;
}

/* Takes a free number, which there must be. */
static uint32_t
take_number (struct vm_tape *t, const struct vm_state *s)
{
  uint32_t number = s->region_free;

  if (number != 0) {
    vm_put_u32 (t, &s->region_free, s->regions[number].left);
    return number;
  }
  number = s->region_end == 0 ? 1 : s->region_end;
  vm_put_u32 (t, &s->region_end, number + 1);
  return number;
}

/* The regions of a file, and those of an anon_vma, are lists. */
static void
join_file (struct vm_tape *t, const struct vm_state *s, uint32_t region,
           uint32_t file)
{
  const struct vm_region *r = &s->regions[region];
  const struct vm_file *f = &s->files[file];

  put (t, &r->file, file);
  if (file == 0)
    return;
  put (t, &r->file_previous, 0);
  put (t, &r->file_next, f->first);
  if (f->first != 0)
    vm_put_u32 (t, &s->regions[f->first].file_previous, region);
  vm_put_u32 (t, &f->first, region);
  vm_put_u32 (t, &f->regions, f->regions + 1);
}

static void
leave_file (struct vm_tape *t, const struct vm_state *s, uint32_t region)
{
  const struct vm_region *r = &s->regions[region];
  const struct vm_file *f = &s->files[r->file];

  if (r->file == 0)
    return;
  if (r->file_previous == 0)
    vm_put_u32 (t, &f->first, r->file_next);
  else
    vm_put_u32 (t, &s->regions[r->file_previous].file_next, r->file_next);
  if (r->file_next != 0)
    vm_put_u32 (t, &s->regions[r->file_next].file_previous, r->file_previous);
  vm_put_u32 (t, &f->regions, f->regions - 1);
  vm_put_u32 (t, &r->file, 0);
}

static void
join_anon (struct vm_tape *t, const struct vm_state *s, uint32_t region,
           uint32_t anon)
{
  const struct vm_region *r = &s->regions[region];
  const struct vm_anon *a = &s->anons[anon];

  put (t, &r->anon, anon);
  if (anon == 0)
    return;
  put (t, &r->anon_previous, 0);
  put (t, &r->anon_next, a->first);
  if (a->first != 0)
    vm_put_u32 (t, &s->regions[a->first].anon_previous, region);
  vm_put_u32 (t, &a->first, region);
  vm_put_u32 (t, &a->regions, a->regions + 1);
}

static void
leave_anon (struct vm_tape *t, const struct vm_state *s, uint32_t region)
{
  const struct vm_region *r = &s->regions[region];
  const struct vm_anon *a = &s->anons[r->anon];

  if (r->anon == 0)
    return;
  if (r->anon_previous == 0)
    vm_put_u32 (t, &a->first, r->anon_next);
  else
    vm_put_u32 (t, &s->regions[r->anon_previous].anon_next, r->anon_next);
  if (r->anon_next != 0)
    vm_put_u32 (t, &s->regions[r->anon_next].anon_previous, r->anon_previous);
  if (a->regions > 1)
    vm_put_u32 (t, &a->regions, a->regions - 1);
  else {
    vm_put_u32 (t, &a->regions, s->anon_free);
    vm_put_u32 (t, &s->anon_free, r->anon);
  }
  vm_put_u32 (t, &r->anon, 0);
}

static uint32_t
take_anon (struct vm_tape *t, const struct vm_state *s)
{
  uint32_t number = s->anon_free;

  if (number != 0) {
    vm_put_u32 (t, &s->anon_free, s->anons[number].regions);
    vm_put_u32 (t, &s->anons[number].regions, 0);
    return number;
  }
  number = s->anon_end == 0 ? 1 : s->anon_end;
  if (number == VM_MAX_ANON_VMAS)
    return 0;
  vm_put_u32 (t, &s->anon_end, number + 1);
  return number;
}

static void
tell (struct vm_tape *t, const struct vm_state *s, enum vm_step_kind kind,
      uint32_t region)
{
  const struct vm_region *r = &s->regions[region];

  vm_step_leaf (t, kind,
                (uint64_t[VM_STEP_VALUES]){region, r->start, r->end, r->flags,
                                           r->file, r->mm});
}

/* Fills a free number from a template and links it everywhere. */
static uint32_t
link_new (struct vm_tape *t, const struct vm_state *s,
          const struct vm_region *template)
{
  uint32_t region = take_number (t, s);
  const struct vm_region *r = &s->regions[region];
  const struct vm_mm *mm = &s->mms[template->mm];

  vm_put_u64 (t, &r->start, template->start);
  vm_put_u64 (t, &r->end, template->end);
  vm_put_u64 (t, &r->offset, template->offset);
  put (t, &r->mm, template->mm);
  vm_put_u32 (t, &r->flags, template->flags);
  join_file (t, s, region, template->file);
  join_anon (t, s, region, template->anon);
  vm_tree_insert (t, s, region);
  vm_put_u32 (t, &mm->regions, mm->regions + 1);
  return region;
}

/* The way back; accounting is the caller's. */
static void
unlink_old (struct vm_tape *t, const struct vm_state *s, uint32_t region)
{
  const struct vm_region *r = &s->regions[region];
  const struct vm_mm *mm = &s->mms[r->mm];

  vm_tree_remove (t, s, region);
  leave_file (t, s, region);
  leave_anon (t, s, region);
  vm_put_u32 (t, &r->flags, 0);
  vm_put_u32 (t, &r->left, s->region_free);
  vm_put_u32 (t, &s->region_free, region);
  vm_put_u32 (t, &mm->regions, mm->regions - 1);
}

/* Could `high` go on where `low` ends? Sharing an anon_vma is needed only if
 * both have one. */
static bool
continues (const struct vm_region *low, const struct vm_region *high)
{
  bool same_anon = low->anon == 0 || high->anon == 0 || low->anon == high->anon;

  return low->end == high->start && low->mm == high->mm
         && low->flags == high->flags && low->file == high->file && same_anon
         && low->offset + vm_region_pages (low) == high->offset;
}

/* Joins high to low. */
static uint32_t
absorb (struct vm_tape *t, const struct vm_state *s, uint32_t low,
        uint32_t high)
{
  const struct vm_region *l = &s->regions[low], *h = &s->regions[high];
  uint64_t end = h->end;

  vm_step_leaf (
      t, VM_STEP_REGION_MERGE,
      (uint64_t[VM_STEP_VALUES]){low, l->start, end, l->flags, high, h->start});
  if (l->anon == 0)
    join_anon (t, s, low, h->anon);
  unlink_old (t, s, high);
  vm_put_u64 (t, &l->end, end);
  return low;
}

/* Would the two be one but for what page faults decide, so that they should
 * share an anon_vma? (anon_vma_compatible of mm/vma.c) */
static bool
may_share_anon (const struct vm_region *low, const struct vm_region *high)
{
  return low->end == high->start && low->file == high->file
         && ((low->flags ^ high->flags) & ~(uint32_t) VM_REGION_ACCESS) == 0
         && low->offset + vm_region_pages (low) == high->offset;
}

struct vm_protection
vm_region_protection (uint32_t flags)
{
  return (struct vm_protection){
      .readable = flags & VM_REGION_ACCESS,
      .writable = (flags & VM_REGION_WRITE) && (flags & VM_REGION_SHARED),
      .executable = flags & VM_REGION_EXEC,
  };
}

enum vm_region_class
vm_region_class_of (uint32_t flags)
{
  uint32_t stack = flags & VM_REGION_GROWS_DOWN;

  if ((flags & VM_REGION_EXEC) && !(flags & VM_REGION_WRITE) && !stack)
    return VM_REGION_CODE;
  if (stack)
    return VM_REGION_STACK;
  if ((flags & VM_REGION_WRITE) && !(flags & VM_REGION_SHARED))
    return VM_REGION_DATA;
  return VM_REGION_OTHER;
}

uint32_t
vm_region_add (struct vm_tape *t, const struct vm_state *s,
               const struct vm_region *template)
{
  if (!has_number (s))
    return 0;
  uint32_t region = link_new (t, s, template);
  tell (t, s, VM_STEP_REGION_NEW, region);
  vm_account_region (t, s, template, (int64_t) vm_region_pages (template));
  return region;
}

void
vm_region_remove (struct vm_tape *t, const struct vm_state *s, uint32_t region)
{
  const struct vm_region *r = &s->regions[region];

  tell (t, s, VM_STEP_REGION_GONE, region);
  vm_account_region (t, s, r, -(int64_t) vm_region_pages (r));
  unlink_old (t, s, region);
}

void
vm_region_resize (struct vm_tape *t, const struct vm_state *s, uint32_t region,
                  uint64_t start, uint64_t end)
{
  const struct vm_region *r = &s->regions[region];
  int64_t more = ((int64_t) (end - start) - (int64_t) (r->end - r->start))
                 >> VM_PAGE_SHIFT;

  vm_step_leaf (
      t, VM_STEP_REGION_RESIZE,
      (uint64_t[VM_STEP_VALUES]){region, r->start, r->end, start, end, r->mm});
  vm_account_region (t, s, r, more);
  if (start != r->start) {
    uint64_t offset
        = r->offset
          + (uint64_t) ((int64_t) (start - r->start) >> VM_PAGE_SHIFT);
    vm_put_u64 (t, &r->offset, offset);
    vm_put_u64 (t, &r->start, start);
  }
  if (end != r->end)
    vm_put_u64 (t, &r->end, end);
}

void
vm_region_set_flags (struct vm_tape *t, const struct vm_state *s,
                     uint32_t region, uint32_t flags)
{
  const struct vm_region *r = &s->regions[region];
  int64_t pages = (int64_t) vm_region_pages (r);

  if (r->flags == flags)
    return;
  vm_step_leaf (t, VM_STEP_REGION_FLAGS,
                (uint64_t[VM_STEP_VALUES]){region, r->start, r->end, r->flags,
                                           flags, r->mm});
  vm_account_region (t, s, r, -pages);
  vm_put_u32 (t, &r->flags, flags);
  vm_account_region (t, s, r, pages);
}

uint32_t
vm_region_split (struct vm_tape *t, const struct vm_state *s, uint32_t region,
                 uint64_t at)
{
  const struct vm_region *r = &s->regions[region];
  struct vm_region upper = *r;

  if (!has_number (s))
    return 0;
  vm_step_leaf (t, VM_STEP_REGION_SPLIT,
                (uint64_t[VM_STEP_VALUES]){region, r->start, r->end, at,
                                           r->flags, r->mm});
  upper.start = at;
  upper.offset = vm_region_offset (r, at);
  vm_put_u64 (t, &r->end, at);
  return link_new (t, s, &upper);
}

uint32_t
vm_region_merge (struct vm_tape *t, const struct vm_state *s, uint32_t region)
{
  uint32_t next = vm_tree_next (s, region);
  uint32_t previous = vm_tree_previous (s, region);

  if (next != 0 && continues (&s->regions[region], &s->regions[next]))
    absorb (t, s, region, next);
  if (previous != 0 && continues (&s->regions[previous], &s->regions[region]))
    return absorb (t, s, previous, region);
  return region;
}

bool
vm_region_joins (const struct vm_state *s, uint32_t region,
                 const struct vm_region *template)
{
  const struct vm_region *r = &s->regions[region];

  return region != 0 && (continues (r, template) || continues (template, r));
}

bool
vm_region_make_anon (struct vm_tape *t, const struct vm_state *s,
                     uint32_t region)
{
  const struct vm_region *r = &s->regions[region];
  const struct vm_region *next = &s->regions[vm_tree_next (s, region)];
  const struct vm_region *previous = &s->regions[vm_tree_previous (s, region)];
  uint32_t anon = 0;

  if (r->anon != 0)
    return true;
  if (next->anon != 0 && may_share_anon (r, next))
    anon = next->anon;
  else if (previous->anon != 0 && may_share_anon (previous, r))
    anon = previous->anon;
  if (anon == 0)
    anon = take_anon (t, s);
  if (anon == 0)
    return false;
  vm_step_leaf (t, VM_STEP_ANON,
                (uint64_t[VM_STEP_VALUES]){region, r->start, r->end, anon,
                                           s->anons[anon].regions, r->mm});
  join_anon (t, s, region, anon);
  return true;
}
