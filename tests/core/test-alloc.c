/* The host gives no memory: each allocation fails once, and all from each on.
 * Whatever fails, the error says so, nothing leaks and nothing has changed. */
#include "support.h"
#include "programs.h"

#include <stdlib.h>

#include "replay/replay.h"

/* What the linker puts in place of the allocator (see meson.build). */
void *__real_malloc (size_t size);
void *__real_calloc (size_t count, size_t size);
void *__real_realloc (void *memory, size_t size);
void __real_free (void *memory);
void *__wrap_malloc (size_t size);
void *__wrap_calloc (size_t count, size_t size);
void *__wrap_realloc (void *memory, size_t size);
void __wrap_free (void *memory);

static struct {
  uint32_t number;  /* allocations asked for */
  uint32_t failing; /* number of the one that fails; 0: none */
  bool for_good;    /* so do those after it */
  uint32_t failed;
  int live; /* given and not returned */
} host;

static bool
refuse (void)
{
  host.number++;
  bool refused = host.failing != 0
                 && (host.number == host.failing
                     || (host.for_good && host.number > host.failing));
  host.failed += refused;
  return refused;
}

void *
__wrap_malloc (size_t size)
{
  if (refuse ())
    return NULL;
  host.live++;
  return __real_malloc (size);
}

void *
__wrap_calloc (size_t count, size_t size)
{
  if (refuse ())
    return NULL;
  host.live++;
  return __real_calloc (count, size);
}

void *
__wrap_realloc (void *memory, size_t size)
{
  if (refuse ())
    return NULL;
  host.live += memory == NULL;
  return __real_realloc (memory, size);
}

void
__wrap_free (void *memory)
{
  host.live -= memory != NULL;
  __real_free (memory);
}

/* Does a line; if memory fails, nothing may have changed. Tries once more, for
 * memory may be there again. */
static bool
try_line (struct vm_machine *m, const char *line)
{
  for (uint32_t attempt = 0; attempt < 2; attempt++) {
    uint64_t hash = vm_state_hash (vm_machine_tape (m));
    uint64_t steps = vm_machine_step_count (m);
    struct vm_error error = {.code = VM_OK};
    if (vm_machine_do_line (m, line, &error))
      return true;
    g_assert_cmpint (error.code, ==, VM_ERROR_OUT_OF_MEMORY);
    g_assert_cmpuint (vm_machine_step_count (m), ==, steps);
    g_assert_cmphex (vm_state_hash (vm_machine_tape (m)), ==, hash);
  }
  return false;
}

/* Enough operations for longer lists, enough steps for a snapshot. */
static bool
try_operations (struct vm_machine *m)
{
  static const char *const first[]
      = {"machine geometry=x86-32 memory=64K tlb-sets=1 tlb-ways=512",
         "process name=A", "map process=A va=0 frame=0x1000 flags=ru size=4M",
         "map process=A va=0x400000 frame=0x2000 flags=rwu size=4M"};

  for (size_t i = 0; i < G_N_ELEMENTS (first); i++)
    if (!try_line (m, first[i]))
      return false;
  for (uint32_t i = 0; vm_machine_step_count (m) < 70000; i++) {
    g_autofree char *map = g_strdup_printf (
        "map process=A va=%#x frame=%#x flags=ru", 0x800000 + (i << 12), i);
    g_autofree char *access
        = g_strdup_printf ("access va=%#x", 0x800000 + (i << 12));
    if (!try_line (m, i < 512 ? map : access) || !try_line (m, access))
      return false;
  }
  return true;
}

static void
try_check (struct vm_machine *m)
{
  struct vm_check_report report;

  if (!vm_check (m, VM_CHECK_ALL, &report))
    g_assert_cmpstr (report.rule, ==, "out of memory");
}

/* A seek far back allocates nothing and needs nothing that was refused. */
static void
try_seek (struct vm_machine *m)
{
  uint64_t end = vm_machine_step_count (m);
  uint64_t hash = vm_state_hash (vm_machine_tape (m));

  g_assert_true (vm_machine_seek (m, end / 3));
  g_assert_true (vm_machine_seek (m, end));
  g_assert_cmphex (vm_state_hash (vm_machine_tape (m)), ==, hash);
}

static void
try_clone (struct vm_machine *m)
{
  g_assert_true (vm_machine_seek (m, 200));
  struct vm_machine *clone = vm_machine_clone (m);
  if (clone != NULL)
    g_assert_true (
        vm_state_equal (vm_machine_tape (clone), vm_machine_tape (m)));
  vm_machine_free (clone);
}

static void
machine_scenario (void)
{
  struct vm_machine *m = vm_machine_new ();

  if (m == NULL)
    return;
  if (try_operations (m)) {
    try_check (m);
    try_seek (m);
    try_clone (m);
  }
  vm_machine_free (m);
}

/* A program and what it needs: their headers are read into memory of the
 * host, more than once. */
static char *programs[3];

static void
make_programs (void)
{
  static const struct program wanted[] = {
      {.interpreter = "/ld.so", .needs = {"lib.so"}, .bss = 0x100},
      {.bss = 0x100},
      {.needs = {"ld.so"}, .versions = 3, .relro = TRUE, .tls = 8},
  };
  static const char *const names[] = {"prog", "ld.so", "lib.so"};

  for (size_t i = 0; i < G_N_ELEMENTS (wanted); i++) {
    g_autofree char *text = program_text (&wanted[i]);
    programs[i]
        = g_strdup_printf ("file name=%s text=%s cached=off", names[i], text);
  }
}

static void
program_scenario (void)
{
  const char *const lines[] = {"machine geometry=x86-64 memory=16M",
                               "process name=A",
                               programs[0],
                               programs[1],
                               programs[2],
                               "exec process=A file=prog",
                               "link process=A"};
  struct vm_machine *m = vm_machine_new ();
  size_t done = 0;

  if (m == NULL)
    return;
  while (done < G_N_ELEMENTS (lines) && try_line (m, lines[done]))
    done++;
  if (done == G_N_ELEMENTS (lines)) {
    try_check (m);
    vm_machine_free (vm_machine_clone (m));
  }
  vm_machine_free (m);
}

static void
replay_scenario (void)
{
  struct vm_replay_config config = {.geometry = VM_GEOMETRY_X86_64,
                                    .tlb_sets = 4,
                                    .tlb_ways = 4,
                                    .frames = 64};
  struct vm_error error = {.code = VM_OK};
  struct vm_replay *replay = vm_replay_new (&config, &error);

  if (replay == NULL)
    g_assert_cmpint (error.code, ==, VM_ERROR_OUT_OF_MEMORY);
  vm_replay_free (replay);
}

/* Lets each allocation of a scenario fail in turn. */
static void
fail_each (void (*scenario) (void), bool for_good)
{
  uint32_t failing = 0;

  do {
    host.number = host.failed = 0;
    host.for_good = for_good;
    host.failing = ++failing;
    scenario ();
    host.failing = 0;
    g_assert_cmpint (host.live, ==, 0);
  } while (host.failed > 0);
  g_assert_cmpuint (failing, >, 3);
  g_test_message ("%u allocations", failing - 1);
}

/* Address spaces, by what courses do with them. */
static const char *const lists[][14] = {
    {"machine geometry=x86-64 memory=1M", "process name=A layout=linux",
     "mmap process=A va=0x10000000 length=32K fixed=on populate=on",
     "fork process=A name=B", "access process=A va=0x10000000 kind=write",
     "access process=B va=0x10001000 kind=write", "exit process=B",
     "wait process=A"},
    {"machine geometry=x86-32 memory=1M", "process name=A layout=linux",
     "file name=F size=20000 cached=off",
     "mmap process=A va=0x10000000 length=20000 fixed=on file=F",
     "access process=A va=0x10000000",
     "access process=A va=0x10002000 "
     "kind=write",
     "munmap process=A va=0x10001000 length=4K",
     "mprotect process=A va=0x10002000 length=4K prot=r",
     "mremap process=A va=0x10003000 old-length=4K new-length=64K"},
    {"machine geometry=sv39 memory=1M zones=on", "process name=A layout=linux",
     "malloc process=A bytes=10", "malloc process=A bytes=5000",
     "malloc process=A bytes=300000", "brk process=A grow=64K"},
    {"machine geometry=x86-64 memory=1M cpus=2 pcid=on psc=on",
     "process name=A layout=linux", "file name=F size=9000",
     "mmap process=A va=0x10000000 length=16K fixed=on type=shared",
     "read process=A file=F va=0x10000800 length=9000",
     "write process=A file=F va=0x10000000 length=5000 offset=8000",
     "vfork process=A name=B", "exit process=B",
     "madvise process=A va=0x10000000 length=8K advice=dontneed"},
    {"machine geometry=x86-pae memory=4M", "process name=A layout=linux",
     "overcommit mode=2 ratio=90",
     "mmap process=A va=0x10000000 length=1M fixed=on",
     "access process=A va=0x10000000 kind=write", "fork process=A name=B",
     "fork process=B name=C", "rmap frame=7",
     "access process=C va=0x10000000 kind=write", "exit process=C",
     "wait process=B", "exit process=B", "exit process=A"},
};

static uint32_t present_list;

static void
list_scenario (void)
{
  struct vm_machine *m = vm_machine_new ();
  bool done = m != NULL;

  for (size_t i = 0; done && lists[present_list][i] != NULL; i++)
    done = try_line (m, lists[present_list][i]);
  if (done) {
    try_check (m);
    try_seek (m);
  }
  vm_machine_free (m);
}

static void
test_lists (void)
{
  for (present_list = 0; present_list < G_N_ELEMENTS (lists); present_list++) {
    fail_each (list_scenario, false);
    fail_each (list_scenario, true);
  }
}

static void
test_machine_once (void)
{
  fail_each (machine_scenario, false);
}

static void
test_machine_for_good (void)
{
  fail_each (machine_scenario, true);
}

static void
test_replay (void)
{
  fail_each (replay_scenario, false);
  fail_each (replay_scenario, true);
}

static void
test_programs (void)
{
  make_programs ();
  fail_each (program_scenario, false);
  fail_each (program_scenario, true);
  for (size_t i = 0; i < G_N_ELEMENTS (programs); i++)
    g_free (programs[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alloc/machine-once", test_machine_once);
  g_test_add_func ("/alloc/machine-for-good", test_machine_for_good);
  g_test_add_func ("/alloc/replay", test_replay);
  g_test_add_func ("/alloc/address-spaces", test_lists);
  g_test_add_func ("/alloc/programs", test_programs);
  return g_test_run ();
}
