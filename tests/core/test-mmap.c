/* What mmap, munmap, mprotect, madvise and brk refuse, and how regions are cut
 * and joined, by the rules of Linux 6.x. */
#include "support.h"

#include "mm/mmap.h"
#include "mm/region_tree.h"

/* A line, and what the kernel says to it. */
struct call {
  const char *line;
  enum vm_errno refused;
};

static void
play (struct vm_machine *m, const struct call *calls, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    enum vm_errno is = (enum vm_errno) run (m, "%s", calls[i].line)->refused;
    if (is != calls[i].refused)
      g_error ("\"%s\": %s instead of %s", calls[i].line, vm_errno_name (is),
               vm_errno_name (calls[i].refused));
    assert_holds (m, VM_CHECK_ALL);
  }
}

static struct vm_machine *
new_machine (const char *machine)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "%s", machine);
  run (m, "process name=A layout=linux");
  return m;
}

/* Regions of the first process in [start, end), as "r-- 4 rw- 2": rights and
 * pages of each, a dot for a hole. */
static void
assert_regions (const struct vm_machine *m, uint64_t start, uint64_t end,
                const char *expected)
{
  const struct vm_state *s = vm_machine_state (m);
  g_autoptr (GString) is = g_string_new (NULL);

  for (uint32_t n = vm_tree_find (s, 0, start);
       n != 0 && s->regions[n].start < end; n = vm_tree_next (s, n)) {
    const struct vm_region *r = &s->regions[n];
    uint32_t next = vm_tree_next (s, n);
    g_string_append_printf (
        is, "%s%s%s%" G_GUINT64_FORMAT, r->flags & VM_REGION_ACCESS ? "" : "-",
        r->flags & VM_REGION_READ ? "r" : "",
        r->flags & VM_REGION_WRITE ? "w" : "", vm_region_pages (r));
    if (next == 0 || s->regions[next].start >= end)
      break;
    g_string_append (is, s->regions[next].start == r->end ? " " : " . ");
  }
  g_assert_cmpstr (is->str, ==, expected);
}

static const struct call refusals[] = {
    {"mmap process=A length=0", VM_EINVAL},
    {"mmap process=A length=4K offset=1", VM_EINVAL},
    {"mmap process=A length=0xfffffffffffff000 offset=1", VM_EINVAL},
    {"mmap process=A length=0xffffffffffffffff", VM_ENOMEM},
    {"mmap process=A length=0x800000000000", VM_ENOMEM},
    {"mmap process=A length=4K va=0x7ffffffff001 fixed=on", VM_ENOMEM},
    {"mmap process=A length=4K va=0x7ffffffff000 fixed=on", VM_ENOMEM},
    {"mmap process=A length=4K va=0x7fffffffe000 fixed=on", VM_ERRNO_NONE},
    {"mmap process=A length=4K va=0x10000001 fixed=on", VM_EINVAL},
    {"mmap process=A length=4K va=0xf000 fixed=on", VM_EPERM},
    {"mmap process=A length=4K va=0 fixed=if-free", VM_EPERM},
    {"mmap process=A length=4K va=0x10000 fixed=on", VM_ERRNO_NONE},
    {"mmap process=A length=8K va=0x10001000 fixed=if-free", VM_ERRNO_NONE},
    {"mmap process=A length=8K va=0x10000000 fixed=if-free", VM_EEXIST},
    {"mmap process=A length=4K va=0x10002000 fixed=if-free", VM_EEXIST},
    {"mmap process=A length=4K va=0x10000000 fixed=if-free", VM_ERRNO_NONE},
    {"munmap process=A va=0x10000001 length=4K", VM_EINVAL},
    {"munmap process=A va=0x10000000 length=0", VM_EINVAL},
    {"munmap process=A va=0x10000000 length=0xffffffffffffffff", VM_EINVAL},
    {"munmap process=A va=0x10000000 length=0x7fffffffffff", VM_EINVAL},
    {"munmap process=A va=0x7ffffffff000 length=4K", VM_EINVAL},
    {"munmap process=A va=0x20000000 length=64K", VM_ERRNO_NONE},
    {"mprotect process=A va=0x10000001 length=4K prot=r", VM_EINVAL},
    {"mprotect process=A va=0x10000000 length=0 prot=r", VM_ERRNO_NONE},
    {"mprotect process=A va=0x10000000 length=0xffffffffffffffff prot=r",
     VM_ENOMEM},
    {"mprotect process=A va=0x10000000 length=0xfffffffffffff000 prot=r",
     VM_ENOMEM},
    {"mprotect process=A va=0x20000000 length=4K prot=r", VM_ENOMEM},
    {"madvise process=A va=0x10000001 length=4K advice=dontneed", VM_EINVAL},
    {"madvise process=A va=0x10000000 length=0 advice=dontneed", VM_ERRNO_NONE},
    {"madvise process=A va=0x10000000 length=0xffffffffffffffff "
     "advice=dontneed",
     VM_EINVAL},
    {"madvise process=A va=0x10001000 length=0xfffffffffffff000 "
     "advice=dontneed",
     VM_EINVAL},
    {"madvise process=A va=0x7fffffffe000 length=8K advice=dontneed",
     VM_ENOMEM},
    {"madvise process=A va=0x20000000 length=4K advice=hugepage", VM_ENOMEM},
};

static void
test_refusals (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");

  run (m, "overcommit mode=1");
  play (m, refusals, G_N_ELEMENTS (refusals));
  vm_machine_free (m);
}

/* Where a region goes: a hint is rounded down, and never below the lowest
 * address; where it does not suit, the highest gap serves. */
static void
test_hints (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");
  const struct vm_mm *mm = vm_mm_of (vm_machine_state (m), 0);
  uint64_t top = mm->mmap_base;

  g_assert_cmphex (run (m, "mmap process=A length=4K va=0x10000001")->value, ==,
                   0x10000000);
  g_assert_cmphex (run (m, "mmap process=A length=4K va=0x1fff")->value, ==,
                   VM_LOWEST_ADDRESS);
  g_assert_cmphex (run (m, "mmap process=A length=4K va=0xfff")->value, ==,
                   top - 0x1000);
  g_assert_cmphex (run (m, "mmap process=A length=8K va=0xffff000")->value, ==,
                   top - 0x3000);
  g_assert_cmphex (run (m, "mmap process=A length=8K va=0x7ffffffff000")->value,
                   ==, top - 0x5000);
  /* A hole of two pages serves whom it is large enough for. */
  run (m, "munmap process=A va=0x%" G_GINT64_MODIFIER "x length=8K",
       top - 0x3000);
  g_assert_cmphex (run (m, "mmap process=A length=12K")->value, ==,
                   top - 0x8000);
  g_assert_cmphex (run (m, "mmap process=A length=8K")->value, ==,
                   top - 0x3000);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A stack keeps a gap below itself free from what the kernel places. */
static void
test_gap_below_stack (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");
  uint64_t top = vm_mm_of (vm_machine_state (m), 0)->mmap_base;

  run (m,
       "mmap process=A va=0x%" G_GINT64_MODIFIER
       "x length=4K fixed=on growsdown=on",
       top - 0x1000);
  g_assert_cmphex (run (m, "mmap process=A length=4K")->value, ==,
                   top - 0x1000 - 0x100000 - 0x1000);
  run (m, "mmap process=A va=0x20000000 length=4K fixed=on growsdown=on");
  g_assert_cmphex (run (m, "mmap process=A va=0x1ff01000 length=4K")->value, ==,
                   top - 0x1000 - 0x100000 - 0x2000);
  g_assert_cmphex (run (m, "mmap process=A va=0x1feff000 length=4K")->value, ==,
                   0x1feff000);
  /* One that lies low keeps what there is. */
  run (m, "mmap process=A va=0x20000 length=4K fixed=on growsdown=on");
  g_assert_cmphex (run (m, "mmap process=A va=0x10000 length=4K")->value, !=,
                   0x10000);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* The window of 32 bits is full at 3 GiB less what lies there. */
static void
test_no_gap (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-32 memory=4M");

  run (m, "overcommit mode=1");
  g_assert_cmpuint (run (m, "mmap process=A length=3G")->refused, ==,
                    VM_ENOMEM);
  g_assert_cmpuint (run (m, "mmap process=A length=0xb7ff1000")->refused, ==,
                    VM_ENOMEM);
  g_assert_cmphex (run (m, "mmap process=A length=0xb7ff0000")->value, ==,
                   VM_LOWEST_ADDRESS);
  g_assert_cmpuint (run (m, "mmap process=A length=4K")->refused, ==,
                    VM_ENOMEM);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* All ways in which a region can be next to others. */
static void
test_joins (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");
  const uint64_t start = 0x10000000, end = 0x10100000;

  run (m, "mmap process=A va=0x10000000 length=8K fixed=on");
  run (m, "mmap process=A va=0x10004000 length=8K fixed=on");
  assert_regions (m, start, end, "rw2 . rw2");
  run (m, "mmap process=A va=0x10002000 length=8K fixed=on");
  assert_regions (m, start, end, "rw6");
  run (m, "mmap process=A va=0x10006000 length=4K fixed=on prot=r");
  run (m, "mmap process=A va=0x10007000 length=4K fixed=on prot=r");
  assert_regions (m, start, end, "rw6 r2");
  run (m, "munmap process=A va=0x10006000 length=4K");
  run (m, "mmap process=A va=0x10006000 length=4K fixed=on prot=r");
  assert_regions (m, start, end, "rw6 r2");

  run (m, "mprotect process=A va=0x10002000 length=8K prot=r");
  assert_regions (m, start, end, "rw2 r2 rw2 r2");
  run (m, "mprotect process=A va=0x10001000 length=8K prot=none");
  assert_regions (m, start, end, "rw1 -2 r1 rw2 r2");
  run (m, "mprotect process=A va=0x10001000 length=12K prot=rw");
  assert_regions (m, start, end, "rw6 r2");
  run (m, "mmap process=A va=0x10002000 length=4K fixed=on type=shared");
  assert_regions (m, start, end, "rw2 rw1 rw3 r2");
  run (m, "munmap process=A va=0x10001000 length=20K");
  assert_regions (m, start, end, "rw1 . r2");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A file's regions join where the file goes on, and only there. */
static void
test_joins_of_files (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");
  const uint64_t start = 0x10000000, end = 0x10100000;

  run (m, "file name=F size=64K");
  run (m, "mmap process=A va=0x10000000 length=8K fixed=on file=F");
  run (m, "mmap process=A va=0x10002000 length=8K fixed=on file=F offset=8K");
  assert_regions (m, start, end, "rw4");
  run (m, "mmap process=A va=0x10004000 length=4K fixed=on file=F offset=8K");
  run (m, "mmap process=A va=0x10005000 length=4K fixed=on");
  run (m, "mmap process=A va=0x10006000 length=4K fixed=on prot=rx file=F");
  assert_regions (m, start, end, "rw4 rw1 rw1 r1");
  g_assert_cmpuint (vm_mm_of (vm_machine_state (m), 0)->exec_vm, ==, 1);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Neighbours that would be one but for their rights share an anon_vma, so that
 * they can be joined later; others have one each. */
static void
test_shared_anon (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "mmap process=A va=0x10000000 length=12K fixed=on");
  run (m, "access process=A va=0x10001000 kind=write");
  run (m, "mprotect process=A va=0x10001000 length=4K prot=r");
  run (m, "munmap process=A va=0x10000000 length=4K");
  run (m, "munmap process=A va=0x10002000 length=4K");
  run (m, "mmap process=A va=0x10000000 length=4K fixed=on");
  run (m, "mmap process=A va=0x10002000 length=4K fixed=on");
  run (m, "access process=A va=0x10000000 kind=write");
  run (m, "access process=A va=0x10002000 kind=write");
  uint32_t anon = s->regions[vm_tree_holder (s, 0, 0x10001000)].anon;
  g_assert_cmpuint (anon, !=, 0);
  g_assert_cmpuint (s->regions[vm_tree_holder (s, 0, 0x10000000)].anon, ==,
                    anon);
  g_assert_cmpuint (s->regions[vm_tree_holder (s, 0, 0x10002000)].anon, ==,
                    anon);
  run (m, "mprotect process=A va=0x10001000 length=4K prot=rw");
  assert_regions (m, 0x10000000, 0x10100000, "rw3");

  /* What cannot be joined does not share. */
  run (m, "mmap process=A va=0x10003000 length=4K fixed=on noreserve=on");
  run (m, "access process=A va=0x10003000 kind=write");
  g_assert_cmpuint (s->regions[vm_tree_holder (s, 0, 0x10003000)].anon, !=,
                    anon);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* RLIMIT_AS holds mmap, brk and growth back, but not mprotect. */
static void
test_address_limit (void)
{
  static const struct call calls[] = {
      {"mmap process=A va=0x10000000 length=64K fixed=on prot=r",
       VM_ERRNO_NONE},
      {"limit process=A memory=256K", VM_ERRNO_NONE},
      {"mmap process=A length=64K", VM_ENOMEM},
      {"mmap process=A length=60K", VM_ERRNO_NONE},
      {"mmap process=A length=4K prot=none", VM_ENOMEM},
      {"brk process=A grow=4K", VM_ENOMEM},
      {"mprotect process=A va=0x10000000 length=64K prot=rw", VM_ERRNO_NONE},
      {"munmap process=A va=0x10000000 length=4K", VM_ERRNO_NONE},
      {"brk process=A grow=4K", VM_ERRNO_NONE},
      {"mmap process=A length=4K noreserve=on", VM_ENOMEM},
      {"limit process=A stack=64K", VM_ERRNO_NONE},
      {"brk process=A grow=4K", VM_ENOMEM},
      {"limit process=A memory=1M", VM_ERRNO_NONE},
      {"brk process=A grow=4K", VM_ERRNO_NONE},
  };
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");

  play (m, calls, G_N_ELEMENTS (calls));
  g_assert_cmpuint (vm_mm_of (vm_machine_state (m), 0)->stack_limit, ==,
                    64 << 10);
  vm_machine_free (m);
}

/* max_map_count: one region more is allowed than the number; a cut must leave
 * no more than it. */
static void
test_region_limit (void)
{
  static const struct call full[] = {
      {"munmap process=A va=0x10001000 length=4K", VM_ENOMEM},
      {"mprotect process=A va=0x10000000 length=4K prot=r", VM_ENOMEM},
      {"mprotect process=A va=0x10000000 length=16K prot=r", VM_ERRNO_NONE},
      {"madvise process=A va=0x10001000 length=4K advice=hugepage", VM_ENOMEM},
      {"madvise process=A va=0x10000000 length=4K advice=nohugepage",
       VM_ENOMEM},
      {"madvise process=A va=0x10001000 length=4K advice=dontneed",
       VM_ERRNO_NONE},
      {"mremap process=A va=0x10000000 old-length=8K new-length=64K",
       VM_ENOMEM},
  };
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");
  struct vm_mm *mm = &writable (m)->mms[0];

  run (m, "mmap process=A va=0x10000000 length=16K fixed=on");
  for (size_t i = 0; i < G_N_ELEMENTS (full); i++) {
    uint32_t regions = mm->regions;
    mm->regions = VM_MAX_MAP_COUNT;
    enum vm_errno is = (enum vm_errno) run (m, "%s", full[i].line)->refused;
    g_assert_cmpint (is, ==, full[i].refused);
    mm->regions = regions;
    assert_holds (m, VM_CHECK_ALL);
  }
  /* What takes an edge away leaves as many regions as there were. */
  mm->regions += VM_MAX_MAP_COUNT - 2;
  g_assert_cmpuint (
      run (m, "munmap process=A va=0x10000000 length=4K")->refused, ==,
      VM_ERRNO_NONE);
  g_assert_cmpuint (mm->regions, ==, VM_MAX_MAP_COUNT);
  g_assert_cmpuint (
      run (m, "mmap process=A va=0x20000000 length=4K fixed=on")->refused, ==,
      VM_ERRNO_NONE);
  g_assert_cmpuint (run (m, "mmap process=A length=4K")->refused, ==,
                    VM_ENOMEM);
  g_assert_cmpuint (run (m, "brk process=A grow=4K")->refused, ==, VM_ENOMEM);
  mm->regions -= VM_MAX_MAP_COUNT - 2;
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mmap/refusals", test_refusals);
  g_test_add_func ("/mmap/hints", test_hints);
  g_test_add_func ("/mmap/gap-below-stack", test_gap_below_stack);
  g_test_add_func ("/mmap/no-gap", test_no_gap);
  g_test_add_func ("/mmap/joins", test_joins);
  g_test_add_func ("/mmap/joins-of-files", test_joins_of_files);
  g_test_add_func ("/mmap/shared-anon", test_shared_anon);
  g_test_add_func ("/mmap/address-limit", test_address_limit);
  g_test_add_func ("/mmap/region-limit", test_region_limit);
  return g_test_run ();
}
