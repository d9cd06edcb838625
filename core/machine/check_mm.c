/* The invariants of regions and of the page cache. */
#include "machine/check_mm.h"

#include "mm/account.h"
#include "mm/files.h"
#include "mm/region_tree.h"

static bool
broken (struct vm_check_report *report, const char *rule, uint64_t a,
        uint64_t b, uint64_t c)
{
  *report = (struct vm_check_report){.rule = rule, .a = a, .b = b, .c = c};
  return false;
}

/* Is the tree below a node in order? Returns the black nodes on every way
 * down, or -1. */
static int
black_height (const struct vm_state *s, uint32_t n, uint32_t depth)
{
  const struct vm_region *r = &s->regions[n];

  if (n == 0)
    return 0;
  if (depth > 64 || n >= s->region_end)
    return -1;
  if ((r->left != 0 && s->regions[r->left].parent != n)
      || (r->right != 0 && s->regions[r->right].parent != n))
    return -1;
  if (r->red && (s->regions[r->left].red || s->regions[r->right].red))
    return -1;
  int left = black_height (s, r->left, depth + 1);
  int right = black_height (s, r->right, depth + 1);
  return left < 0 || left != right ? -1 : left + !r->red;
}

static bool
check_region (const struct vm_state *s, uint32_t mm, uint32_t n, uint64_t floor,
              struct vm_check_report *report)
{
  const struct vm_region *r = &s->regions[n];

  if (r->mm != mm || r->flags == 0)
    return broken (report, "a region knows its address space", n, r->mm, mm);
  if (r->start >= r->end || r->start < floor
      || (r->start | r->end) % VM_PAGE_SIZE != 0
      || r->end > s->mms[mm].task_size)
    return broken (report, "regions are in order and do not overlap", n,
                   r->start, r->end);
  if (r->file >= VM_MAX_FILES || r->anon >= VM_MAX_ANON_VMAS
      || (r->file != 0 && s->files[r->file].kind == VM_FILE_FREE))
    return broken (report, "a region's file and anon_vma exist", n, r->file,
                   r->anon);
  return true;
}

static bool
check_tree (const struct vm_state *s, uint32_t mm,
            struct vm_check_report *report)
{
  uint64_t floor = 0;
  uint32_t count = 0;

  if (black_height (s, s->mms[mm].tree, 0) < 0
      || s->regions[s->mms[mm].tree].red)
    return broken (report, "the regions form a red-black tree", mm,
                   s->mms[mm].tree, 0);
  for (uint32_t n = vm_tree_first (s, mm); n != 0; n = vm_tree_next (s, n)) {
    if (!check_region (s, mm, n, floor, report))
      return false;
    floor = s->regions[n].end;
    count++;
  }
  if (count != s->mms[mm].regions)
    return broken (report, "an address space counts its regions", mm,
                   s->mms[mm].regions, count);
  return true;
}

bool
vm_check_mm_links (const struct vm_state *s, struct vm_check_report *report)
{
  if (s->region_end > VM_MAX_REGIONS || s->anon_end > VM_MAX_ANON_VMAS
      || s->file_end > VM_MAX_FILES)
    return broken (report, "numbers of regions are within their limits",
                   s->region_end, s->anon_end, s->file_end);
  for (uint32_t mm = 0; mm < s->process_count; mm++)
    if (s->mms[mm].users > 0 && s->mms[mm].managed
        && !check_tree (s, mm, report))
      return false;
  return true;
}

/* Adds up what the regions of an address space come to. */
static struct vm_mm
add_up (const struct vm_state *s, uint32_t mm)
{
  struct vm_mm sum = {.users = 0};

  for (uint32_t n = vm_tree_first (s, mm); n != 0; n = vm_tree_next (s, n)) {
    const struct vm_region *r = &s->regions[n];
    uint64_t pages = vm_region_pages (r);
    enum vm_region_class class = vm_region_class_of (r->flags);
    sum.total_vm += pages;
    sum.exec_vm += class == VM_REGION_CODE ? pages : 0;
    sum.stack_vm += class == VM_REGION_STACK ? pages : 0;
    sum.data_vm += class == VM_REGION_DATA ? pages : 0;
    sum.locked_vm += r->flags & VM_REGION_LOCKED ? pages : 0;
    sum.committed += r->flags & VM_REGION_ACCOUNT ? pages : 0;
  }
  return sum;
}

static bool
check_sums (const struct vm_state *s, uint32_t mm, uint64_t *committed,
            struct vm_check_report *report)
{
  const struct vm_mm *is = &s->mms[mm];
  struct vm_mm sum = add_up (s, mm);

  *committed += sum.committed;
  if (is->total_vm != sum.total_vm || is->exec_vm != sum.exec_vm
      || is->stack_vm != sum.stack_vm || is->data_vm != sum.data_vm)
    return broken (report, "totals are what the regions come to", mm,
                   is->total_vm, sum.total_vm);
  if (is->locked_vm != sum.locked_vm || is->committed != sum.committed)
    return broken (report, "promises are what the regions come to", mm,
                   is->committed, sum.committed);
  return true;
}

/* The region lists of files and anon_vmas, each counted from both sides. */
static bool
check_lists (const struct vm_state *s, struct vm_check_report *report)
{
  for (uint32_t file = 1; file < s->file_end; file++) {
    uint32_t count = 0;
    for (uint32_t n = s->files[file].first; n != 0 && count < VM_MAX_REGIONS;
         n = s->regions[n].file_next)
      count += s->regions[n].file == file && s->regions[n].flags != 0;
    if (count != s->files[file].regions)
      return broken (report, "a file lists the regions that map it", file,
                     s->files[file].regions, count);
  }
  for (uint32_t anon = 1; anon < s->anon_end; anon++) {
    uint32_t count = 0;
    for (uint32_t n = s->anons[anon].first; n != 0 && count < VM_MAX_REGIONS;
         n = s->regions[n].anon_next)
      count += s->regions[n].anon == anon && s->regions[n].flags != 0;
    if (s->anons[anon].first != 0 && count != s->anons[anon].regions)
      return broken (report, "an anon_vma lists its regions", anon,
                     s->anons[anon].regions, count);
  }
  return true;
}

bool
vm_check_mm_totals (const struct vm_state *s, struct vm_check_report *report)
{
  uint64_t committed = 0;

  for (uint32_t mm = 0; mm < s->process_count; mm++)
    if (s->mms[mm].users > 0 && s->mms[mm].managed
        && !check_sums (s, mm, &committed, report))
      return false;
  for (uint32_t file = 1; file < s->file_end; file++)
    committed += s->files[file].promised;
  if (committed != s->committed)
    return broken (report, "promises are counted in all", s->committed,
                   committed, 0);
  return check_lists (s, report);
}

bool
vm_check_mm_cache (const struct vm_state *s, uint32_t *refs,
                   struct vm_check_report *report)
{
  uint32_t pages[VM_MAX_FILES] = {0};

  if (s->zero_frame != 0)
    refs[s->zero_frame]++;
  for (uint32_t f = 0; f < s->config.frames; f++) {
    const struct vm_frame_record *record = &s->frames[f];
    if (!(record->flags & VM_PAGE_FILE))
      continue;
    refs[f]++;
    if (record->mapping >= VM_MAX_FILES
        || vm_files_cached (s, record->mapping, record->offset) != f)
      return broken (report, "a cached page is found where it is", f,
                     record->mapping, record->offset);
    pages[record->mapping]++;
  }
  for (uint32_t file = 0; file < s->file_end; file++)
    if (pages[file] != s->files[file].pages)
      return broken (report, "a file counts its cached pages", file,
                     s->files[file].pages, pages[file]);
  return true;
}
