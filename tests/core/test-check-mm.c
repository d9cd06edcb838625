/* The checker's rules about regions, promises and the page cache: each is
 * broken on purpose, and named. */
#include "support.h"

#include "mm/files.h"
#include "mm/region_tree.h"

/* Regions 1 (the stack), 2 (anonymous, two pages touched), 3 (the file F) and
 * 4 (shared memory) of A, and those of its child B, numbered from 5. */
static struct vm_machine *
new_machine (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=1M");
  run (m, "file name=F size=100000");
  run (m, "process name=A layout=linux");
  run (m, "mmap process=A va=0x10000000 length=64K fixed=on");
  run (m, "mmap process=A va=0x20000000 length=64K fixed=on file=F");
  run (m, "mmap process=A va=0x30000000 length=16K fixed=on type=shared");
  run (m, "access process=A va=0x10000000 kind=write");
  run (m, "access process=A va=0x20000000");
  run (m, "access process=A va=0x30000000 kind=write");
  run (m, "fork process=A name=B");
  return m;
}

static struct vm_region *
region_at (struct vm_state *s, uint64_t va)
{
  uint32_t region = vm_tree_holder (s, 0, va);

  g_assert_cmpuint (region, !=, 0);
  return &s->regions[region];
}

static struct vm_region *
anonymous (struct vm_state *s)
{
  return region_at (s, 0x10000000);
}

static struct vm_region *
of_file (struct vm_state *s)
{
  return region_at (s, 0x20000000);
}

static struct vm_region *
root (struct vm_state *s)
{
  return &s->regions[s->mms[0].tree];
}

static void
break_region_end (struct vm_state *s)
{
  s->region_end = VM_MAX_REGIONS + 1;
}

static void
break_anon_end (struct vm_state *s)
{
  s->anon_end = VM_MAX_ANON_VMAS + 1;
}

static void
break_file_end (struct vm_state *s)
{
  s->file_end = VM_MAX_FILES + 1;
}

static void
break_tree_number (struct vm_state *s)
{
  s->mms[0].tree = s->region_end;
}

static void
break_tree_loop (struct vm_state *s)
{
  s->regions[root (s)->left].left = s->mms[0].tree;
  root (s)->parent = root (s)->left;
}

static void
break_tree_left (struct vm_state *s)
{
  s->regions[root (s)->left].parent = 0;
}

static void
break_tree_right (struct vm_state *s)
{
  s->regions[root (s)->right].parent = 0;
}

static void
break_tree_red_left (struct vm_state *s)
{
  root (s)->red = 1;
  s->regions[root (s)->left].red = 1;
}

static void
break_tree_red_right (struct vm_state *s)
{
  root (s)->red = 1;
  s->regions[root (s)->left].red = 0;
  s->regions[root (s)->right].red = 1;
}

static void
break_tree_red_root (struct vm_state *s)
{
  root (s)->red = 1;
  s->regions[root (s)->left].red = 0;
  s->regions[root (s)->right].red = 0;
}

static void
break_tree_black (struct vm_state *s)
{
  struct vm_region *left = &s->regions[root (s)->left];

  left->red = !left->red;
}

static void
break_tree_below (struct vm_state *s)
{
  s->regions[s->regions[root (s)->right].left].red = 0;
}

static void
break_mm (struct vm_state *s)
{
  anonymous (s)->mm = 1;
}

static void
break_flags (struct vm_state *s)
{
  anonymous (s)->flags = 0;
}

static void
break_empty (struct vm_state *s)
{
  anonymous (s)->end = anonymous (s)->start;
}

static void
break_order (struct vm_state *s)
{
  of_file (s)->start = anonymous (s)->end - VM_PAGE_SIZE;
}

static void
break_alignment (struct vm_state *s)
{
  anonymous (s)->end--;
}

static void
break_task_size (struct vm_state *s)
{
  s->mms[0].task_size = 0x20000000;
}

static void
break_file_number (struct vm_state *s)
{
  of_file (s)->file = VM_MAX_FILES;
}

static void
break_anon_number (struct vm_state *s)
{
  anonymous (s)->anon = VM_MAX_ANON_VMAS;
}

static void
break_file_kind (struct vm_state *s)
{
  s->files[of_file (s)->file].kind = VM_FILE_FREE;
}

static void
break_count (struct vm_state *s)
{
  s->mms[0].regions++;
}

static void
break_total (struct vm_state *s)
{
  s->mms[0].total_vm++;
}

static void
break_exec (struct vm_state *s)
{
  s->mms[0].exec_vm++;
}

static void
break_stack (struct vm_state *s)
{
  s->mms[0].stack_vm++;
}

static void
break_data (struct vm_state *s)
{
  s->mms[0].data_vm++;
}

static void
break_locked (struct vm_state *s)
{
  anonymous (s)->flags |= VM_REGION_LOCKED;
}

static void
break_committed (struct vm_state *s)
{
  s->mms[0].committed++;
}

static void
break_committed_all (struct vm_state *s)
{
  s->committed++;
}

static void
break_promised (struct vm_state *s)
{
  s->files[region_at (s, 0x30000000)->file].promised++;
}

static void
break_file_regions (struct vm_state *s)
{
  s->files[of_file (s)->file].regions++;
}

/* The list leads to a region of another file, and round for ever. */
static void
break_file_list (struct vm_state *s)
{
  uint32_t first = s->files[of_file (s)->file].first;

  s->regions[first].file_next = vm_tree_holder (s, 0, 0x10000000);
  anonymous (s)->file_next = first;
}

static void
break_anon_regions (struct vm_state *s)
{
  s->anons[anonymous (s)->anon].regions++;
}

static void
break_anon_list (struct vm_state *s)
{
  uint32_t first = s->anons[anonymous (s)->anon].first;

  s->regions[first].anon_next = vm_tree_holder (s, 0, 0x20000000);
  of_file (s)->anon_next = first;
}

static uint32_t
cached_frame (const struct vm_state *s)
{
  return vm_files_cached (s, 1, 20);
}

static void
break_cache_number (struct vm_state *s)
{
  s->frames[cached_frame (s)].mapping = VM_MAX_FILES;
}

static void
break_cache_place (struct vm_state *s)
{
  s->frames[cached_frame (s)].offset += 1000;
}

static void
break_cache_count (struct vm_state *s)
{
  s->files[1].pages++;
}

static void
break_writeback (struct vm_state *s)
{
  s->frames[cached_frame (s)].flags |= VM_PAGE_WRITEBACK;
}

static void
break_file_size (struct vm_state *s)
{
  s->files[1].size = 4096;
}

static void
break_dirty_page (struct vm_state *s)
{
  s->frames[cached_frame (s)].flags ^= VM_PAGE_DIRTY;
}

static void
break_dirty_pages (struct vm_state *s)
{
  s->dirty_pages++;
}

static void
break_block (struct vm_state *s)
{
  s->block_end = 1;
  s->blocks[0].file = 1;
}

static void
break_block_count (struct vm_state *s)
{
  s->files[1].blocks++;
}

static void
break_all_blocks (struct vm_state *s)
{
  s->file_blocks++;
}

static void
break_descriptor (struct vm_state *s)
{
  s->fds[0] = VM_MAX_FILES + VM_MAX_OPENS;
}

static void
break_open_users (struct vm_state *s)
{
  s->fds[0] = VM_MAX_FILES;
}

static void
break_opens (struct vm_state *s)
{
  s->files[1].opens++;
}

static void
break_stream (struct vm_state *s)
{
  s->streams[1].file = 0;
}

#define OPENS "a file counts its open files"
#define TREE "the regions form a red-black tree"
#define ORDER "regions are in order and do not overlap"
#define NUMBERS "numbers of regions are within their limits"
#define TOTALS "totals are what the regions come to"
#define PROMISES "promises are what the regions come to"
#define FILE_LIST "a file lists the regions that map it"
#define ANON_LIST "an anon_vma lists its regions"
#define EXISTS "a region's file and anon_vma exist"
#define KNOWS "a region knows its address space"

static const struct breakage {
  const char *path;
  enum vm_check_depth depth;
  const char *rule;
  void (*cause) (struct vm_state *s);
} breakages[] = {
    {"region-end", VM_CHECK_LINKS, NUMBERS, break_region_end},
    {"anon-end", VM_CHECK_LINKS, NUMBERS, break_anon_end},
    {"file-end", VM_CHECK_LINKS, NUMBERS, break_file_end},
    {"tree-number", VM_CHECK_LINKS, TREE, break_tree_number},
    {"tree-loop", VM_CHECK_LINKS, TREE, break_tree_loop},
    {"tree-left", VM_CHECK_LINKS, TREE, break_tree_left},
    {"tree-right", VM_CHECK_LINKS, TREE, break_tree_right},
    {"tree-red-left", VM_CHECK_LINKS, TREE, break_tree_red_left},
    {"tree-red-right", VM_CHECK_LINKS, TREE, break_tree_red_right},
    {"tree-red-root", VM_CHECK_LINKS, TREE, break_tree_red_root},
    {"tree-black", VM_CHECK_LINKS, TREE, break_tree_black},
    {"tree-below", VM_CHECK_LINKS, TREE, break_tree_below},
    {"mm", VM_CHECK_LINKS, KNOWS, break_mm},
    {"flags", VM_CHECK_LINKS, KNOWS, break_flags},
    {"empty", VM_CHECK_LINKS, ORDER, break_empty},
    {"order", VM_CHECK_LINKS, ORDER, break_order},
    {"alignment", VM_CHECK_LINKS, ORDER, break_alignment},
    {"task-size", VM_CHECK_LINKS, ORDER, break_task_size},
    {"file-number", VM_CHECK_LINKS, EXISTS, break_file_number},
    {"anon-number", VM_CHECK_LINKS, EXISTS, break_anon_number},
    {"file-kind", VM_CHECK_LINKS, EXISTS, break_file_kind},
    {"count", VM_CHECK_LINKS, "an address space counts its regions",
     break_count},
    {"total", VM_CHECK_ALL, TOTALS, break_total},
    {"exec", VM_CHECK_ALL, TOTALS, break_exec},
    {"stack", VM_CHECK_ALL, TOTALS, break_stack},
    {"data", VM_CHECK_ALL, TOTALS, break_data},
    {"locked", VM_CHECK_ALL, PROMISES, break_locked},
    {"committed", VM_CHECK_ALL, PROMISES, break_committed},
    {"committed-all", VM_CHECK_ALL, "promises are counted in all",
     break_committed_all},
    {"promised", VM_CHECK_ALL, "promises are counted in all", break_promised},
    {"file-regions", VM_CHECK_ALL, FILE_LIST, break_file_regions},
    {"file-list", VM_CHECK_ALL, FILE_LIST, break_file_list},
    {"anon-regions", VM_CHECK_ALL, ANON_LIST, break_anon_regions},
    {"anon-list", VM_CHECK_ALL, ANON_LIST, break_anon_list},
    {"cache-number", VM_CHECK_ALL, "a cached page is found where it is",
     break_cache_number},
    {"cache-place", VM_CHECK_ALL, "a cached page is found where it is",
     break_cache_place},
    {"cache-count", VM_CHECK_ALL, "a file counts its cached pages",
     break_cache_count},
    {"writeback", VM_CHECK_ALL, "no page is on its way to the disk",
     break_writeback},
    {"file-size", VM_CHECK_ALL, "a cached page lies in its file",
     break_file_size},
    {"dirty-page", VM_CHECK_ALL, "a file counts its dirty pages",
     break_dirty_page},
    {"dirty-pages", VM_CHECK_ALL, "dirty pages are counted in all",
     break_dirty_pages},
    {"block", VM_CHECK_ALL, "a block is the only one of a page of a file",
     break_block},
    {"block-count", VM_CHECK_ALL, "a file counts its blocks",
     break_block_count},
    {"all-blocks", VM_CHECK_ALL, "blocks are counted in all", break_all_blocks},
    {"descriptor", VM_CHECK_ALL, "a descriptor leads to an open file",
     break_descriptor},
    {"open-users", VM_CHECK_ALL, "an open file counts its descriptors",
     break_open_users},
    {"opens", VM_CHECK_ALL, OPENS, break_opens},
    {"stream", VM_CHECK_ALL, OPENS, break_stream},
};

static void
test_broken (gconstpointer data)
{
  const struct breakage *breakage = data;
  struct vm_machine *m = new_machine ();
  struct vm_check_report report = {.rule = NULL};

  assert_holds (m, VM_CHECK_ALL);
  breakage->cause (writable (m));
  if (breakage->depth == VM_CHECK_ALL)
    assert_holds (m, VM_CHECK_LINKS);
  g_assert_false (vm_check (m, breakage->depth, &report));
  g_assert_cmpstr (report.rule, ==, breakage->rule);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (breakages); i++) {
    g_autofree char *path = g_strdup_printf ("/check-mm/%s", breakages[i].path);
    g_test_add_data_func (path, &breakages[i], test_broken);
  }
  return g_test_run ();
}
