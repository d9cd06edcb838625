/* Something gives out in the middle of an operation: the tape, at each change
 * that it should keep, and frames, each time that one is asked for. */
#include "support.h"

#include "mm/frames.h"
#include "process/process.h"
#include "programs.h"

/* What the linker puts in place of the frames' own functions (see
 * meson.build). */
uint32_t __real_vm_frames_find (const struct vm_state *s,
                                const struct vm_frame_use *use);
uint32_t __wrap_vm_frames_find (const struct vm_state *s,
                                const struct vm_frame_use *use);
bool __real_vm_frames_take (struct vm_tape *t, const struct vm_state *s,
                            const struct vm_frame_use *use, vm_frame *frame);
bool __wrap_vm_frames_take (struct vm_tape *t, const struct vm_state *s,
                            const struct vm_frame_use *use, vm_frame *frame);
bool __real_vm_frames_take_run (struct vm_tape *t, const struct vm_state *s,
                                const struct vm_frame_use *use, uint32_t count,
                                vm_frame *first);
bool __wrap_vm_frames_take_run (struct vm_tape *t, const struct vm_state *s,
                                const struct vm_frame_use *use, uint32_t count,
                                vm_frame *first);

static struct {
  uint32_t number;  /* frames asked for */
  uint32_t failing; /* number of the one that is not there; 0: none */
  bool for_good;    /* nor are those after it */
  bool promised;    /* somebody looked, and it was there */
  uint32_t refused;
} stock;

static bool
refuse (void)
{
  stock.number++;
  bool refused = stock.failing != 0 && !stock.promised
                 && (stock.number == stock.failing
                     || (stock.for_good && stock.number > stock.failing));
  stock.promised = false;
  stock.refused += refused;
  return refused;
}

uint32_t
__wrap_vm_frames_find (const struct vm_state *s, const struct vm_frame_use *use)
{
  if (refuse ())
    return VM_NONE;
  uint32_t found = __real_vm_frames_find (s, use);
  stock.promised = found != VM_NONE;
  return found;
}

bool
__wrap_vm_frames_take (struct vm_tape *t, const struct vm_state *s,
                       const struct vm_frame_use *use, vm_frame *frame)
{
  return !refuse () && __real_vm_frames_take (t, s, use, frame);
}

bool
__wrap_vm_frames_take_run (struct vm_tape *t, const struct vm_state *s,
                           const struct vm_frame_use *use, uint32_t count,
                           vm_frame *first)
{
  return !refuse () && __real_vm_frames_take_run (t, s, use, count, first);
}

/* What courses do with address spaces: each list for machines of its own. */
static const char *const life[] = {
    "process name=A layout=linux",
    "mmap process=A va=0x10000000 length=32K fixed=on populate=on",
    "mmap process=A va=0x10008000 length=16K fixed=on",
    "access process=A va=0x1000a000",
    "access process=A va=0x1000a000 kind=write",
    "mprotect process=A va=0x10002000 length=12K prot=r",
    "mprotect process=A va=0x10003000 length=4K prot=rw",
    "access process=A va=0x10003000 kind=write",
    "munmap process=A va=0x10001000 length=4K",
    "fork process=A name=B",
    "access process=B va=0x10003000 kind=write",
    "access process=A va=0x10003000 kind=write",
    "mremap process=A va=0x10004000 old-length=16K new-length=64K",
    "mremap process=A va=0x10002000 old-length=8K new-length=8K to=0x40000000",
    "mremap process=B va=0x10008000 old-length=16K new-length=32K",
    "mmap process=B va=0x10004000 length=4K fixed=on type=shared populate=on",
    "madvise process=A va=0x40000000 length=8K advice=dontneed",
    "madvise process=A va=0x40000000 length=4K advice=nohugepage",
    "rmap frame=20",
    "vfork process=A name=C",
    "exit process=C",
    "wait process=A",
    "clone process=A name=D flags=files",
    "exit process=D",
    "limit process=A stack=1M memory=64M",
    "brk process=A grow=64K",
    "brk process=A grow=64K",
    "exit process=B",
    "overcommit mode=1",
    "exit process=A",
    NULL,
};

static const char *const heap[] = {
    "process name=A layout=linux",
    "malloc process=A bytes=100",
    "malloc process=A bytes=5000",
    "malloc process=A bytes=200000",
    "malloc process=A bytes=150000",
    "fork process=A name=B",
    "malloc process=B bytes=60000",
    "brk process=A grow=4K",
    "malloc process=A bytes=100000",
    "malloc process=A bytes=60000",
    "exit process=A",
    "exit process=B",
    NULL,
};

static const char *const files[] = {
    "file name=F size=40000",
    "file name=G size=9000 cached=off",
    "process name=A layout=linux",
    "mmap process=A va=0x10000000 length=40000 fixed=on file=F",
    "access process=A va=0x10000000",
    "access process=A va=0x10001000 kind=write",
    "mmap process=A va=0x10100000 length=9000 fixed=on file=G type=shared",
    "access process=A va=0x10101000 kind=write",
    "read process=A file=F va=0x10101800 length=3000 offset=4000",
    "write process=A file=G va=0x10000800 length=6000 offset=9000",
    "fork process=A name=B",
    "access process=B va=0x10003000 kind=write",
    "mmap process=B va=0x20000000 length=32K fixed=on type=shared populate=on",
    "fork process=B name=C",
    "access process=C va=0x20000000 kind=write",
    "exit process=B",
    "exit process=C",
    "access process=A va=0x10100000 kind=write",
    "msync process=A va=0x10100000 length=9000",
    "drop-caches",
    "madvise process=A va=0x10000000 length=40000 advice=willneed",
    "truncate process=A file=G size=5000",
    "open process=A file=G",
    "read process=A fd=3 va=0x10000000 length=5000",
    "write process=A fd=3 va=0x10000000 length=20000",
    "shm name=S size=8K",
    "mmap process=A va=0x30000000 length=8K fixed=on type=shared file=S",
    "access process=A va=0x30001000 kind=write",
    "tick n=60",
    "unlink name=S",
    "exit process=A",
    NULL,
};

static const char *const large[] = {
    "swapon size=4M",
    "process name=A",
    "mmap process=A va=0x10000000 length=6M fixed=on",
    "madvise process=A va=0x10000000 length=4M advice=hugepage",
    "access process=A va=0x10000000 kind=write",
    "access process=A va=0x10200000",
    "fork process=A name=B",
    "access process=B va=0x10000000 kind=write",
    "madvise process=B va=0x10200000 length=4K advice=cold",
    "madvise process=B va=0x10201000 length=2044K advice=pageout",
    "munmap process=A va=0x10001000 length=4K",
    "mremap process=A va=0x10200000 old-length=2M new-length=2M to=0x40000000",
    "mremap process=A va=0x40000000 old-length=2M new-length=2M to=0x50001000",
    "mprotect process=B va=0x10200000 length=8K prot=r",
    "madvise process=B va=0x10000000 length=8K advice=dontneed",
    "exit process=A",
    "exit process=B",
    NULL,
};

/* Programs, whose bytes are made when the test begins. */
static const char *loads[20];

static char *
file_line (const char *name, const struct program *program)
{
  g_autofree char *text = program_text (program);

  return g_strdup_printf ("file name=%s text=%s cached=off", name, text);
}

static void
make_loads (void)
{
  static const struct program programs[]
      = {{.interpreter = "/ld.so",
          .needs = {"lib.so"},
          .bss = 0x2000,
          .stack = 6,
          .relro = TRUE},
         {.bss = 0x100},
         {.bss = 0x100, .relro = TRUE, .needs = {"ld.so"}}};
  static const char *const names[] = {"prog", "ld.so", "lib.so"};
  static const char *const lines[]
      = {"process name=A",
         "exec process=A file=prog argv=a,b env=C=d",
         "link process=A",
         "fork process=A name=B",
         "exec process=B file=ld.so aslr=on",
         "vfork process=A name=C",
         "exec process=C file=prog aslr=on seed=9",
         "exit process=C",
         "clone process=A name=D flags=fs,files",
         "exec process=D file=prog",
         "exit process=D",
         "exit process=A",
         "exit process=B"};
  guint count = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    loads[count++] = file_line (names[i], &programs[i]);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    loads[count++] = lines[i];
}

/* Where frames can be freed, and somebody dies when none can. */
static const char *const scarce[] = {
    "swapon size=64K",
    "process name=A layout=linux",
    "mmap process=A va=0x10000000 length=32K fixed=on populate=on",
    "mlock process=A va=0x10006000 length=8K",
    "pin process=A va=0x10005000 length=4K",
    "madvise process=A va=0x10000000 length=20K advice=pageout",
    "fork process=A name=B",
    "madvise process=A va=0x10000000 length=4K advice=willneed",
    "access process=A va=0x10000000",
    "access process=B va=0x10000000 kind=write",
    "access process=A va=0x10001000 kind=write",
    "access process=B va=0x10001000",
    "mremap process=A va=0x10002000 old-length=4K new-length=8K to=0x40000000",
    "mlockall process=B future=on",
    "mmap process=B va=0x20000000 length=8K fixed=on",
    "unpin process=A va=0x10005000 length=4K",
    "swapoff",
    "exit process=A",
    "exit process=B",
    NULL,
};

/* The tape gives out at more and more of a line's changes, until it does not.
 * Each time nothing has changed. */
static void
test_tape (gconstpointer data)
{
  const char *const *lines = data;
  struct vm_machine *m = vm_machine_new ();
  uint32_t failures = 0;

  run (m, "machine geometry=x86-64 memory=8M cpus=2 psc=on zones=on");
  for (; *lines != NULL; lines++) {
    uint64_t hash = vm_state_hash (vm_machine_tape (m));
    uint64_t steps = vm_machine_step_count (m);
    for (uint64_t changes = 0; !run_short (m, *lines, changes);
         changes += 1 + changes / 64) {
      failures++;
      g_assert_cmpuint (vm_machine_step_count (m), ==, steps);
      if (changes % 4 == 0)
        g_assert_cmphex (vm_state_hash (vm_machine_tape (m)), ==, hash);
    }
    assert_holds (m, VM_CHECK_ALL);
  }
  g_assert_cmpuint (failures, >, 100);
  g_test_message ("%u failures", failures);
  vm_machine_free (m);
}

/* The kernel's half, for machines of its own. */
static const char *const kernel[] = {
    "kernel",
    "vmalloc bytes=9000",
    "process name=A",
    "vmalloc bytes=5M",
    "mmap process=A va=0x10000000 length=8K fixed=on populate=on",
    "kwrite process=A va=0x10000000 value=7",
    NULL,
};

/* When all are gone, so is what they had. */
static void
end_all (struct vm_machine *m)
{
  const struct vm_state *s = vm_machine_state (m);
  uint32_t kept = 1 + (s->zero_frame != 0) + (s->config.kernel_root != 0);

  /* Children come behind their parents, who may wait for them. */
  for (uint32_t i = s->process_count; i-- > 0;)
    if (s->processes[i].state == VM_PROCESS_RUNNING)
      run (m, "exit process=%s", vm_machine_name (m, s->processes[i].name));
  assert_holds (m, VM_CHECK_ALL);
  for (uint32_t file = 1; file < s->file_end; file++)
    kept += s->files[file].pages;
  /* The kernel's half stays. */
  if (!s->kernel.on)
    g_assert_cmpuint (s->free_count, ==, s->config.frames - kept);
  g_assert_cmpuint (s->committed, ==, 0);
}

/* One line, with a frame missing: true if the machine came to ask for it. What
 * could not be done then is undone, or can be ended well. */
static bool
do_without_frame (const struct vm_machine *before, const char *line,
                  uint32_t failing, bool for_good)
{
  struct vm_machine *m = vm_machine_clone (before);
  struct vm_error error = {.code = VM_OK};

  stock.number = stock.refused = 0;
  stock.promised = false;
  stock.for_good = for_good;
  stock.failing = failing;
  bool done = vm_machine_do_line (m, line, &error);
  stock.failing = 0;
  if (!done)
    g_assert_cmpint (error.code, ==, VM_ERROR_OUT_OF_FRAMES);
  assert_holds (m, VM_CHECK_ALL);
  end_all (m);
  vm_machine_free (m);
  return stock.refused > 0;
}

static void
try_without_frames (struct vm_machine *m, const char *line)
{
  uint32_t failing = 1;

  while (do_without_frame (m, line, failing, false)
         && do_without_frame (m, line, failing, true))
    failing += 1 + failing / 8;
}

static void
play_without_frames (const char *machine, const char *const *lines)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "%s", machine);
  for (; *lines != NULL; lines++) {
    try_without_frames (m, *lines);
    run (m, "%s", *lines);
    assert_holds (m, VM_CHECK_ALL);
  }
  vm_machine_free (m);
}

static void
test_frames (gconstpointer data)
{
  const char *const *lines = data;
  static const char *const machines[]
      = {"machine geometry=x86-64 memory=8M kpti=on psc=on",
         "machine geometry=x86-pae memory=8M zones=on nx=off",
         "machine geometry=sv39 memory=8M"};

  for (size_t i = 0; i < G_N_ELEMENTS (machines); i++)
    play_without_frames (machines[i], lines);
}

static void
test_kernel (gconstpointer machine)
{
  play_without_frames (machine, kernel);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/failing/tape/life", life, test_tape);
  g_test_add_data_func ("/failing/tape/heap", heap, test_tape);
  g_test_add_data_func ("/failing/tape/files", files, test_tape);
  g_test_add_data_func ("/failing/tape/large", large, test_tape);
  make_loads ();
  g_test_add_data_func ("/failing/tape/loads", loads, test_tape);
  g_test_add_data_func ("/failing/frames/loads", loads, test_frames);
  g_test_add_data_func ("/failing/frames/life", life, test_frames);
  g_test_add_data_func ("/failing/frames/heap", heap, test_frames);
  g_test_add_data_func ("/failing/frames/files", files, test_frames);
  g_test_add_data_func ("/failing/frames/large", large, test_frames);
  g_test_add_data_func ("/failing/tape/scarce", scarce, test_tape);
  g_test_add_data_func ("/failing/frames/scarce", scarce, test_frames);
  g_test_add_data_func ("/failing/frames/kernel-64",
                        "machine geometry=x86-64 memory=40M kpti=on",
                        test_kernel);
  g_test_add_data_func ("/failing/frames/kernel-57",
                        "machine geometry=x86-64-la57 memory=64M kpti=on",
                        test_kernel);
  g_test_add_data_func ("/failing/frames/kernel-32",
                        "machine geometry=x86-pae memory=40M zones=on",
                        test_kernel);
  return g_test_run ();
}
