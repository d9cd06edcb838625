/* mremap in place, away, shorter and over others; what overcommit promises; and
 * large pages that are cut, by the rules of Linux 6.x. */
#include "support.h"

#include "mm/account.h"
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

static void
store (struct vm_machine *m, uint64_t va, uint32_t value)
{
  g_assert_true (run (m,
                      "access process=A va=0x%" G_GINT64_MODIFIER
                      "x kind=write width=4 value=%u",
                      va, value)
                     ->translation.ok);
}

static uint64_t
load (struct vm_machine *m, uint64_t va)
{
  const struct vm_result *result
      = run (m, "access process=A va=0x%" G_GINT64_MODIFIER "x width=4", va);

  g_assert_true (result->translation.ok);
  return result->translation.value;
}

/* The pages of the region that holds an address; 0: there is none. */
static uint64_t
pages_at (struct vm_machine *m, uint64_t va)
{
  const struct vm_state *s = vm_machine_state (m);
  uint32_t region = vm_tree_holder (s, 0, va);

  return region == 0 ? 0 : vm_region_pages (&s->regions[region]);
}

static const struct call refusals[] = {
    {"mmap process=A va=0x10000000 length=16K fixed=on", VM_ERRNO_NONE},
    {"mremap process=A va=0x10000001 old-length=4K new-length=8K", VM_EINVAL},
    {"mremap process=A va=0x10000000 old-length=4K new-length=0", VM_EINVAL},
    {"mremap process=A va=0x10000000 old-length=0 new-length=4K", VM_EINVAL},
    {"mremap process=A va=0x30000000 old-length=0 new-length=4K", VM_EFAULT},
    {"mremap process=A va=0x30000000 old-length=4K new-length=8K", VM_EFAULT},
    {"mremap process=A va=0x10000000 old-length=20K new-length=24K", VM_EFAULT},
    {"mremap process=A va=0x10000000 old-length=20K new-length=20K",
     VM_ERRNO_NONE},
    {"mremap process=A va=0x10000000 old-length=16K new-length=32K maymove=off",
     VM_ERRNO_NONE},
    {"mmap process=A va=0x1000a000 length=4K fixed=on prot=r", VM_ERRNO_NONE},
    {"mremap process=A va=0x10000000 old-length=32K new-length=40K maymove=off",
     VM_ERRNO_NONE},
    {"mremap process=A va=0x10000000 old-length=40K new-length=44K maymove=off",
     VM_ENOMEM},
    {"mremap process=A va=0x10000000 old-length=8K new-length=12K maymove=off",
     VM_ENOMEM},
    {"mremap process=A va=0x10000000 old-length=4K new-length=4K to=0x20000001",
     VM_EINVAL},
    {"mremap process=A va=0x10000000 old-length=4K new-length=4K to=0x20000000 "
     "maymove=off",
     VM_EINVAL},
    {"mremap process=A va=0x10000000 old-length=4K new-length=0x800000000000 "
     "to=0x20000000",
     VM_EINVAL},
    {"mremap process=A va=0x10000000 old-length=4K new-length=8K "
     "to=0x7fffffffe000",
     VM_EINVAL},
    {"mremap process=A va=0x10001000 old-length=8K new-length=8K to=0x10002000",
     VM_EINVAL},
    {"mremap process=A va=0x10001000 old-length=8K new-length=8K to=0x10000000",
     VM_EINVAL},
    {"mremap process=A va=0x10000000 old-length=4K new-length=4K to=0x8000",
     VM_EPERM},
    {"mremap process=A va=0x10000000 old-length=40K "
     "new-length=0x7ffff0000000",
     VM_ENOMEM},
    {"mremap process=A va=0x10000000 old-length=40K new-length=8K "
     "maymove=off",
     VM_ERRNO_NONE},
};

static void
test_refusals (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");

  run (m, "overcommit mode=1");
  play (m, refusals, G_N_ELEMENTS (refusals));
  g_assert_cmpuint (pages_at (m, 0x10000000), ==, 2);
  g_assert_cmpuint (pages_at (m, 0x10002000), ==, 0);
  vm_machine_free (m);
}

/* Bytes go along; what is new is zero, what was at the place is gone. */
static void
test_moves (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");

  run (m, "mmap process=A va=0x10000000 length=16K fixed=on");
  run (m, "mmap process=A va=0x20000000 length=32K fixed=on");
  for (uint32_t i = 0; i < 4; i++)
    store (m, 0x10000000 + i * 4096, 11 + i);
  store (m, 0x20001000, 99);
  /* From the middle, over others, becoming longer. */
  g_assert_cmphex (run (m, "mremap process=A va=0x10001000 old-length=8K "
                           "new-length=12K to=0x20000000")
                       ->value,
                   ==, 0x20000000);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (load (m, 0x20000000), ==, 12);
  g_assert_cmpuint (load (m, 0x20001000), ==, 13);
  g_assert_cmpuint (load (m, 0x20002000), ==, 0);
  g_assert_cmpuint (pages_at (m, 0x10001000), ==, 0);
  g_assert_cmpuint (pages_at (m, 0x10000000), ==, 1);
  g_assert_cmpuint (pages_at (m, 0x20003000), ==, 5);
  /* Shorter, to a place of its own. */
  run (m, "mremap process=A va=0x20000000 old-length=12K new-length=4K "
          "to=0x30000000");
  g_assert_cmpuint (load (m, 0x30000000), ==, 12);
  g_assert_cmpuint (pages_at (m, 0x20001000), ==, 0);
  /* Anywhere, because a neighbour is in the way. */
  run (m, "mmap process=A va=0x10001000 length=4K fixed=on prot=r");
  uint64_t moved = run (m, "mremap process=A va=0x10000000 old-length=4K "
                           "new-length=8K")
                       ->value;
  g_assert_cmphex (moved, !=, 0x10000000);
  g_assert_cmpuint (load (m, moved), ==, 11);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Where a region grows into a hole between two that it fits, all are one. */
static void
test_fills_hole (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");

  run (m, "mmap process=A va=0x10000000 length=16K fixed=on");
  run (m, "munmap process=A va=0x10001000 length=8K");
  g_assert_cmpuint (pages_at (m, 0x10000000), ==, 1);
  run (m, "mremap process=A va=0x10000000 old-length=4K new-length=12K "
          "maymove=off");
  g_assert_cmpuint (pages_at (m, 0x10000000), ==, 4);
  /* The gap below a stack does not hinder. */
  run (m, "mmap process=A va=0x10050000 length=4K fixed=on growsdown=on");
  g_assert_cmpuint (run (m, "mremap process=A va=0x10000000 old-length=16K "
                            "new-length=256K maymove=off")
                        ->refused,
                    ==, VM_ERRNO_NONE);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* What is promised is what private memory that may be written comes to. */
static void
test_promises (void)
{
  static const struct call calls[] = {
      {"overcommit mode=2 ratio=50", VM_ERRNO_NONE},
      {"limit process=A memory=64M", VM_ERRNO_NONE},
      {"mmap process=A va=0x10000000 length=1M fixed=on prot=r", VM_ERRNO_NONE},
      {"mmap process=A va=0x20000000 length=192K fixed=on", VM_ERRNO_NONE},
      {"mremap process=A va=0x20000000 old-length=192K new-length=512K",
       VM_ENOMEM},
      {"mremap process=A va=0x20000000 old-length=192K new-length=64M",
       VM_ENOMEM},
      {"mprotect process=A va=0x10000000 length=1M prot=rw", VM_ENOMEM},
      {"mprotect process=A va=0x10004000 length=16K prot=rw", VM_ERRNO_NONE},
      {"mprotect process=A va=0x10004000 length=16K prot=r", VM_ERRNO_NONE},
      {"mmap process=A length=256K type=shared", VM_ENOMEM},
      {"mmap process=A length=64K type=shared", VM_ERRNO_NONE},
      {"mmap process=A length=256K noreserve=on", VM_ENOMEM},
      {"overcommit mode=1", VM_ERRNO_NONE},
      {"mmap process=A va=0x30000000 length=1M fixed=on noreserve=on",
       VM_ERRNO_NONE},
      {"mmap process=A length=1M noreserve=on type=shared", VM_ERRNO_NONE},
      {"mprotect process=A va=0x30000000 length=4K prot=r", VM_ERRNO_NONE},
      {"overcommit mode=0", VM_ERRNO_NONE},
      {"mmap process=A length=2M", VM_ENOMEM},
      {"mmap process=A length=1M", VM_ERRNO_NONE},
  };
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=1M");
  const struct vm_state *s = vm_machine_state (m);

  play (m, calls, G_N_ELEMENTS (calls));
  /* 33 of the stack, 48, 4 that were writable once, 16 shared, 256. */
  g_assert_cmpuint (s->committed, ==, 33 + 48 + 4 + 16 + 256);
  run (m, "exit process=A");
  g_assert_cmpuint (s->committed, ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A child promises again what its parent did. */
static void
test_promises_of_fork (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=1M");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "overcommit mode=2 ratio=120");
  run (m, "mmap process=A va=0x10000000 length=384K fixed=on");
  g_assert_cmpuint (run (m, "fork process=A name=B")->refused, ==,
                    VM_ERRNO_NONE);
  g_assert_cmpuint (s->committed, ==, 2 * (33 + 96));
  g_assert_cmpuint (run (m, "fork process=A name=C")->refused, ==, VM_ENOMEM);
  g_assert_cmpuint (s->committed, ==, 2 * (33 + 96));
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A large page stays one where all of it goes to a place that suits. */
static void
test_large (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=16M");

  run (m, "mmap process=A va=0x10000000 length=4M fixed=on");
  run (m, "madvise process=A va=0x10000000 length=4M advice=hugepage");
  store (m, 0x10123000, 5);
  store (m, 0x10323000, 6);
  run (m, "mremap process=A va=0x10000000 old-length=2M new-length=2M "
          "to=0x20000000");
  const struct vm_result *result = run (m, "access process=A va=0x20123000");
  g_assert_cmpuint (result->translation.page_shift, ==, 21);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "mremap process=A va=0x20000000 old-length=2M new-length=2M "
          "to=0x30001000");
  result = run (m, "access process=A va=0x30124000 width=4");
  g_assert_cmpuint (result->translation.page_shift, ==, 12);
  g_assert_cmpuint (result->translation.value, ==, 5);
  assert_holds (m, VM_CHECK_ALL);

  /* Rights of a part, and pages given back of a part. */
  run (m, "mprotect process=A va=0x10323000 length=4K prot=r");
  result = run (m, "access process=A va=0x10323000 width=4");
  g_assert_cmpuint (result->translation.page_shift, ==, 12);
  g_assert_cmpuint (result->translation.value, ==, 6);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "madvise process=A va=0x10000000 length=2M advice=nohugepage");
  run (m, "mmap process=A va=0x10000000 length=2M fixed=on");
  run (m, "madvise process=A va=0x10000000 length=2M advice=hugepage");
  run (m, "madvise process=A va=0x10000000 length=2M advice=hugepage");
  store (m, 0x10000000, 7);
  run (m, "madvise process=A va=0x10001000 length=4K advice=dontneed");
  g_assert_cmpuint (load (m, 0x10001000), ==, 0);
  g_assert_cmpuint (load (m, 0x10000000), ==, 7);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Advice cuts a region out of another, and lets it be joined again. */
static void
test_advice (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64 memory=4M");

  run (m, "mmap process=A va=0x10000000 length=32K fixed=on");
  run (m, "madvise process=A va=0x10002000 length=8K advice=nohugepage");
  g_assert_cmpuint (pages_at (m, 0x10000000), ==, 2);
  g_assert_cmpuint (pages_at (m, 0x10002000), ==, 2);
  g_assert_cmpuint (pages_at (m, 0x10004000), ==, 4);
  run (m, "madvise process=A va=0x10000000 length=8K advice=nohugepage");
  g_assert_cmpuint (pages_at (m, 0x10000000), ==, 4);
  run (m, "madvise process=A va=0x10006000 length=8K advice=nohugepage");
  g_assert_cmpuint (pages_at (m, 0x10004000), ==, 2);
  g_assert_cmpuint (pages_at (m, 0x10006000), ==, 2);
  /* A hole is told at the end; what lies behind it was advised. */
  run (m, "mmap process=A va=0x10009000 length=4K fixed=on");
  g_assert_cmpuint (run (m, "madvise process=A va=0x10000000 length=40K "
                            "advice=nohugepage")
                        ->refused,
                    ==, VM_ENOMEM);
  g_assert_cmpuint (pages_at (m, 0x10004000), ==, 8);
  const struct vm_state *s = vm_machine_state (m);
  g_assert_true (s->regions[vm_tree_holder (s, 0, 0x10009000)].flags
                 & VM_REGION_NO_HUGE);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mremap/refusals", test_refusals);
  g_test_add_func ("/mremap/moves", test_moves);
  g_test_add_func ("/mremap/fills-hole", test_fills_hole);
  g_test_add_func ("/mremap/promises", test_promises);
  g_test_add_func ("/mremap/promises-of-fork", test_promises_of_fork);
  g_test_add_func ("/mremap/large", test_large);
  g_test_add_func ("/mremap/advice", test_advice);
  return g_test_run ();
}
