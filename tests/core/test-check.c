/* The checker: each invariant is broken on purpose, and named. */
#include "support.h"

#include "mmu/tlb.h"

/* A: root 1, tables 3 to 5; B: root 2, tables 6 to 8; data in 0x80 ... */
static struct vm_machine *
new_machine (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=1M tlb-sets=2 tlb-ways=2");
  run (m, "process name=A");
  run (m, "process name=B");
  run (m, "map process=A va=0x1000 frame=0x80 flags=rwu");
  run (m, "map process=A va=0x2000 frame=0x81 flags=ru");
  run (m, "map process=B va=0x1000 frame=0x80 flags=ru");
  run (m, "access va=0x1000 process=A");
  run (m, "access va=0x2000");
  return m;
}

/* The TLB's entry for page 1 of process A. */
static struct vm_tlb_entry *
entry_of_page_1 (struct vm_state *s)
{
  struct vm_tlb tlb = vm_tlb_of (s, 0, VM_TLB_DATA);
  uint32_t index
      = vm_tlb_probe (NULL, s, &tlb, VM_ANY_ASID, vm_vaddr_of (0x1000));

  g_assert_cmpuint (index, !=, VM_NONE);
  return &s->tlb[index];
}

static void
break_config (struct vm_state *s)
{
  s->config.frames = VM_MANAGED_FRAMES + 1;
}

static void
break_config_tlb (struct vm_state *s)
{
  s->config.tlb_ways = VM_MAX_TLB_ENTRIES;
}

static void
break_slot_count (struct vm_state *s)
{
  s->slot_count = VM_MAX_SLOTS + 1;
}

static void
break_slot_of (struct vm_state *s)
{
  s->slot_of[s->slot_frame[1]] = 2;
}

static void
break_slot_frame (struct vm_state *s)
{
  s->slot_frame[s->slot_count - 1] = VM_ADDRESSABLE_SLOTS;
}

static void
break_zeros (struct vm_state *s)
{
  s->bytes[0][VM_PAGE_SIZE - 1] = 1;
}

static void
break_process_count (struct vm_state *s)
{
  s->process_count = VM_MAX_PROCESSES + 1;
}

static void
break_root (struct vm_state *s)
{
  s->mms[1].root = s->config.frames;
}

static void
break_running (struct vm_state *s)
{
  s->cpus[0].process = 2;
}

static void
break_tlb_shift (struct vm_state *s)
{
  entry_of_page_1 (s)->shift = 21;
}

static void
break_tlb_shift_wildly (struct vm_state *s)
{
  entry_of_page_1 (s)->shift = 255;
}

static void
break_tlb_set (struct vm_state *s)
{
  entry_of_page_1 (s)->page++;
}

static void
break_tlb_used (struct vm_state *s)
{
  entry_of_page_1 (s)->used = s->counters.tick + 1;
}

static void
break_tlb_once (struct vm_state *s)
{
  struct vm_tlb_entry *entry = entry_of_page_1 (s);
  ptrdiff_t index = entry - s->tlb;

  s->tlb[index ^ 1] = *entry;
}

static void
break_hint (struct vm_state *s)
{
  s->free_hint = s->config.frames;
}

static void
break_role (struct vm_state *s)
{
  s->frames[0x80].role = VM_FRAME_DATA + 1;
}

static void
break_free_count (struct vm_state *s)
{
  s->free_count++;
}

static void
break_table_level (struct vm_state *s)
{
  s->frames[4].level = 3;
}

static void
break_table_role (struct vm_state *s)
{
  s->frames[5].role = VM_FRAME_DATA;
}

static void
break_table_owner (struct vm_state *s)
{
  s->frames[5].owner = VM_NONE;
}

static void
break_table_index (struct vm_state *s)
{
  s->frames[5].index = 7;
}

static void
break_tables (struct vm_state *s)
{
  s->mms[0].tables++;
}

static void
break_refs (struct vm_state *s)
{
  s->frames[0x80].refs++;
}

/* A third entry names frame 0x80, and nobody counted it. */
static void
break_refs_by_entry (struct vm_state *s)
{
  vm_memory_write (NULL, s, vm_paddr_of (5 * 4096 + 3 * 8), 8, 0x80007);
}

static void
break_tlb_frame (struct vm_state *s)
{
  entry_of_page_1 (s)->frame++;
}

static void
break_tlb_place (struct vm_state *s)
{
  entry_of_page_1 (s)->entry += 8;
}

static void
break_tlb_writable (struct vm_state *s)
{
  entry_of_page_1 (s)->writable ^= 1;
}

static void
break_tlb_user (struct vm_state *s)
{
  entry_of_page_1 (s)->user ^= 1;
}

static void
break_tlb_dirty (struct vm_state *s)
{
  entry_of_page_1 (s)->dirty ^= 1;
}

/* A is cleared in the table while the TLB still holds the page. */
static void
break_accessed (struct vm_state *s)
{
  s->bytes[s->slot_of[5]][8] &= (uint8_t) ~0x20;
}

static void
break_walks (struct vm_state *s)
{
  s->counters.walks++;
}

static void
break_hits (struct vm_state *s)
{
  s->counters.tlb_hits = s->counters.tick + 1;
}

static void
break_cr3 (struct vm_state *s)
{
  memset (s->tlb, 0, sizeof s->tlb[0] * 4);
  s->cpus[0].cr3 += VM_PAGE_SIZE;
}

static const struct breakage {
  const char *path;
  enum vm_check_depth depth;
  const char *rule;
  void (*cause) (struct vm_state *s);
} breakages[] = {
    {"config", VM_CHECK_LINKS, "the configuration is within its limits",
     break_config},
    {"config-tlb", VM_CHECK_LINKS, "the configuration is within its limits",
     break_config_tlb},
    {"slot-count", VM_CHECK_LINKS, "slot_count is within its limit",
     break_slot_count},
    {"slot-of", VM_CHECK_LINKS, "slot_of and slot_frame name each other",
     break_slot_of},
    {"slot-frame", VM_CHECK_LINKS, "slot_of and slot_frame name each other",
     break_slot_frame},
    {"zeros", VM_CHECK_LINKS, "slot 0 is all zero", break_zeros},
    {"process-count", VM_CHECK_LINKS, "process_count is within its limit",
     break_process_count},
    {"root", VM_CHECK_LINKS, "a root is a managed frame", break_root},
    {"running", VM_CHECK_LINKS, "a processor runs a process that exists",
     break_running},
    {"tlb-shift", VM_CHECK_LINKS, "a TLB entry has a page size that was filled",
     break_tlb_shift},
    {"tlb-shift-wild", VM_CHECK_LINKS,
     "a TLB entry has a page size that was filled", break_tlb_shift_wildly},
    {"tlb-set", VM_CHECK_LINKS, "a TLB entry stands in its set", break_tlb_set},
    {"tlb-used", VM_CHECK_LINKS, "no TLB entry was used in the future",
     break_tlb_used},
    {"tlb-once", VM_CHECK_LINKS, "a page stands in the TLB once",
     break_tlb_once},
    {"hint", VM_CHECK_LINKS, "no free frame lies below the hint", break_hint},
    {"role", VM_CHECK_LINKS, "a frame has a known role", break_role},
    {"free-count", VM_CHECK_LINKS, "free_count counts the free frames",
     break_free_count},
    {"table-level", VM_CHECK_ALL, "an entry leads to a table of the next level",
     break_table_level},
    {"table-role", VM_CHECK_ALL, "an entry leads to a table of the next level",
     break_table_role},
    {"table-owner", VM_CHECK_ALL, "a page table's record says so",
     break_table_owner},
    {"table-index", VM_CHECK_ALL, "a table's record names its entry",
     break_table_index},
    {"tables", VM_CHECK_ALL, "a process counts its page tables", break_tables},
    {"refs", VM_CHECK_ALL, "a frame's count is what refers to it", break_refs},
    {"refs-by-entry", VM_CHECK_ALL, "a frame's count is what refers to it",
     break_refs_by_entry},
    {"tlb-frame", VM_CHECK_ALL, "the TLB holds what the tables hold",
     break_tlb_frame},
    {"tlb-place", VM_CHECK_ALL, "the TLB holds what the tables hold",
     break_tlb_place},
    {"tlb-writable", VM_CHECK_ALL, "the TLB allows what the tables allow",
     break_tlb_writable},
    {"tlb-user", VM_CHECK_ALL, "the TLB allows what the tables allow",
     break_tlb_user},
    {"tlb-dirty", VM_CHECK_ALL, "the TLB allows what the tables allow",
     break_tlb_dirty},
    {"accessed", VM_CHECK_ALL, "the TLB allows what the tables allow",
     break_accessed},
    {"walks", VM_CHECK_ALL, "each miss walks once", break_walks},
    {"hits", VM_CHECK_ALL, "hits and misses are accesses", break_hits},
    {"cr3", VM_CHECK_ALL, "CR3 holds the running process's root", break_cr3},
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

/* The step that leads to the cursor, with the right to break it. */
static struct vm_step *
latest_step (struct vm_machine *m)
{
  return (struct vm_step *) (uintptr_t) vm_machine_step (
      m, vm_machine_cursor (m) - 1);
}

static void
check_broken_step (struct vm_machine *m, const char *rule)
{
  struct vm_check_report report;

  g_assert_false (vm_check (m, VM_CHECK_LINKS, &report));
  g_assert_cmpstr (report.rule, ==, rule);
}

static void
test_nesting (void)
{
  struct vm_machine *m = new_machine ();
  uint64_t first = vm_machine_result (m, 6)->first_step;

  vm_machine_seek (m, first + 1);
  assert_holds (m, VM_CHECK_LINKS);
  latest_step (m)->parent++;
  check_broken_step (m, "an operation's step is its own parent");
  latest_step (m)->parent--;

  vm_machine_seek (m, first + 2);
  assert_holds (m, VM_CHECK_LINKS);
  latest_step (m)->parent++;
  check_broken_step (m, "a step's parent is one level up");
  latest_step (m)->parent--;
  latest_step (m)->depth++;
  check_broken_step (m, "a step's parent is one level up");
  vm_machine_free (m);
}

/* At the very beginning there is little to hold. */
static void
test_empty (void)
{
  struct vm_machine *m = vm_machine_new ();

  assert_holds (m, VM_CHECK_ALL);
  run (m, "machine geometry=x86-32");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_seek (m, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (breakages); i++) {
    g_autofree char *path = g_strdup_printf ("/check/%s", breakages[i].path);
    g_test_add_data_func (path, &breakages[i], test_broken);
  }
  g_test_add_func ("/check/nesting", test_nesting);
  g_test_add_func ("/check/empty", test_empty);
  return g_test_run ();
}
