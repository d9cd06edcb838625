/* execve and the dynamic loader: which regions, which bytes, what is refused,
 * what moves with a seed and what does not. */
#include "support.h"

#include <string.h>

#include "elf/elf_versions.h"
#include "mm/entries.h"
#include "mm/region_tree.h"
#include "process/exec.h"
#include "process/process.h"
#include "programs.h"

static struct vm_machine *
new_machine (const char *geometry)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=%s memory=64M", geometry);
  run (m, "process name=A");
  return m;
}

static void
add_file (struct vm_machine *m, const char *name, const struct program *program)
{
  g_autofree char *text = program_text (program);

  run (m, "file name=%s text=%s path=/bin/%s cached=off", name, text, name);
}

static const struct vm_exec *
exec_of (const struct vm_machine *m, guint32 process)
{
  const struct vm_state *s = vm_machine_state (m);

  return &s->execs[s->processes[process].mm];
}

/* "start-end rwxp offset file" of each region, sizes in pages. */
static char *
maps_of (const struct vm_machine *m, guint32 process)
{
  const struct vm_state *s = vm_machine_state (m);
  GString *text = g_string_new (NULL);

  for (guint32 n = vm_tree_first (s, s->processes[process].mm); n != 0;
       n = vm_tree_next (s, n)) {
    const struct vm_region *r = &s->regions[n];
    g_string_append_printf (text, "%" G_GINT64_MODIFIER "x+%u %c%c%c %u\n",
                            r->start, (guint) vm_region_pages (r),
                            r->flags & VM_REGION_READ ? 'r' : '-',
                            r->flags & VM_REGION_WRITE ? 'w' : '-',
                            r->flags & VM_REGION_EXEC ? 'x' : '-', r->file);
  }
  return g_string_free (text, FALSE);
}

static void
assert_maps (const struct vm_machine *m, const char *expected)
{
  g_autofree char *maps = maps_of (m, 0);

  g_assert_cmpstr (maps, ==, expected);
}

/* A byte of process A's memory; its page must be there. */
static guint8
byte_at (const struct vm_machine *m, guint64 va)
{
  const struct vm_state *s = vm_machine_state (m);
  struct vm_entry entry = vm_entry_of (s, 0, vm_vaddr_of (va));

  g_assert_true (entry.pte.present);
  return *vm_memory_bytes (
      s, vm_paddr_of ((entry.pte.frame << VM_PAGE_SHIFT) + va % VM_PAGE_SIZE));
}

static guint64
word_at (const struct vm_machine *m, guint64 va, guint width)
{
  guint64 word = 0;

  for (guint i = 0; i < width; i++)
    word |= (guint64) byte_at (m, va + i) << 8 * i;
  return word;
}

static void
assert_string (const struct vm_machine *m, guint64 va, const char *text)
{
  for (gsize i = 0; i <= strlen (text); i++)
    g_assert_cmpint (byte_at (m, va + i), ==, (guint8) text[i]);
}

/* A value of the auxiliary vector; it must have the type. */
static guint64
aux (const struct vm_machine *m, guint64 type)
{
  const struct vm_exec *e = exec_of (m, 0);
  guint word = e->flags & VM_EXEC_32 ? 4 : 8;

  for (guint i = 0; i < e->auxc; i++)
    if (word_at (m, e->auxv + 2 * (guint64) i * word, word) == type)
      return word_at (m, e->auxv + (2 * (guint64) i + 1) * word, word);
  g_assert_not_reached ();
}

static const struct program pie = {.interpreter = "/lib/ld.so",
                                   .needs = {"lib1.so", "lib2.so"},
                                   .bss = 0x3000,
                                   .stack = 6,
                                   .relro = TRUE};
static const struct program linker = {.bss = 0x100, .stack = 6};
static const struct program lib1
    = {.needs = {"lib2.so"}, .bss = 0x2000, .relro = TRUE, .tls = 0x40};
static const struct program lib2 = {.needs = {"ld.so", "lib3.so"}};

static struct vm_machine *
pie_machine (void)
{
  struct vm_machine *m = new_machine ("x86-64");

  add_file (m, "prog", &pie);
  add_file (m, "ld.so", &linker);
  return m;
}

static void
test_pie (void)
{
  struct vm_machine *m = pie_machine ();
  const struct vm_state *s = vm_machine_state (m);
  const struct vm_result *r = run (
      m, "exec process=A file=prog argv=prog,one,two%%20words env=A=1,B=");

  g_assert_cmpint (r->refused, ==, VM_ERRNO_NONE);
  assert_maps (m, "555555554000+1 r-x 1\n"
                  "555555555000+1 rw- 1\n"
                  "555555556000+3 rw- 0\n"
                  "7ffff7ff5000+4 r-- 3\n"
                  "7ffff7ff9000+2 r-- 4\n"
                  "7ffff7ffb000+2 r-x 5\n"
                  "7ffff7ffd000+1 r-x 2\n"
                  "7ffff7ffe000+1 rw- 2\n"
                  "7ffffffde000+33 rw- 0\n");
  const struct vm_exec *e = exec_of (m, 0);
  g_assert_cmphex (e->start, ==, 0x7ffff7ffd300);
  g_assert_cmphex (r->value, ==, e->start);
  g_assert_true (r->translation.ok);
  g_assert_cmphex (s->mms[0].start_brk, ==, 0x555555559000);
  g_assert_cmphex (s->mms[0].start_code, ==, 0x555555554000);
  g_assert_cmphex (s->mms[0].end_code, ==, 0x555555554340);
  g_assert_cmphex (s->mms[0].start_data, ==, 0x555555555340);
  g_assert_cmphex (s->mms[0].end_data, ==, 0x555555555380);
  /* What lies behind the data was zeroed; before them the file shows. */
  g_assert_cmpint (byte_at (m, 0x55555555537f), ==, 'd');
  g_assert_cmpint (byte_at (m, 0x555555555380), ==, 0);
  g_assert_cmpint (byte_at (m, 0x555555555001), ==, 'E');
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

static void
test_stack (void)
{
  struct vm_machine *m = pie_machine ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "exec process=A file=prog argv=prog,one,two%%20words env=A=1,B= "
          "execfn=./prog uid=7 gid=8");
  const struct vm_exec *e = exec_of (m, 0);
  guint64 sp = s->mms[0].start_stack;
  g_assert_cmphex (sp % 16, ==, 0);
  g_assert_cmpint (word_at (m, sp, 8), ==, 3);
  assert_string (m, word_at (m, sp + 8, 8), "prog");
  assert_string (m, word_at (m, sp + 24, 8), "two words");
  g_assert_cmphex (word_at (m, sp + 32, 8), ==, 0);
  assert_string (m, word_at (m, sp + 40, 8), "A=1");
  assert_string (m, word_at (m, sp + 48, 8), "B=");
  g_assert_cmphex (word_at (m, sp + 56, 8), ==, 0);
  g_assert_cmphex (e->auxv, ==, sp + 64);
  assert_string (m, aux (m, 31), "./prog");
  assert_string (m, aux (m, 15), "x86_64");
  g_assert_cmphex (aux (m, 31), ==, 0x7fffffffeff8 - 7);
  g_assert_cmphex (aux (m, 3), ==, 0x555555554040);
  g_assert_cmpint (aux (m, 5), ==, 6);
  g_assert_cmphex (aux (m, 7), ==, 0x7ffff7ffd000);
  g_assert_cmphex (aux (m, 9), ==, 0x555555554300);
  g_assert_cmpint (aux (m, 11), ==, 7);
  g_assert_cmpint (aux (m, 14), ==, 8);
  g_assert_cmphex (aux (m, 33), ==, 0x7ffff7ffb000);
  g_assert_cmpint (aux (m, 28), ==, 32);
  g_assert_cmphex (s->mms[0].arg_end, ==, s->mms[0].env_start);
  g_assert_cmphex (s->mms[0].env_end, ==, e->execfn);
  /* The whole of it: bytes are words of the vectors, strings, and zeros. */
  g_assert_cmpint (e->auxc, ==, 23);
  g_assert_cmphex (e->stack_end, ==, 0x7ffffffff000);
  vm_machine_free (m);
}

/* What is not given: argv is the path, and an empty list gets one string. */
static void
test_defaults (void)
{
  struct vm_machine *m = pie_machine ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "exec process=A file=prog");
  guint64 sp = s->mms[0].start_stack;
  g_assert_cmpint (word_at (m, sp, 8), ==, 1);
  assert_string (m, word_at (m, sp + 8, 8), "/bin/prog");
  run (m, "exec process=A file=prog argv= kernel=2 vdso=0 fetch=off");
  sp = s->mms[0].start_stack;
  g_assert_cmpint (word_at (m, sp, 8), ==, 1);
  assert_string (m, word_at (m, sp + 8, 8), "");
  /* AT_RSEQ_... came with 6.3; without a vdso nothing says where it is. */
  g_assert_cmpint (exec_of (m, 0)->auxc, ==, 20);
  g_assert_cmphex (exec_of (m, 0)->vdso, ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

static void
test_fixed (void)
{
  const struct program fixed
      = {.base = 0x400000, .bss = 0x1000, .no_bytes = TRUE};
  struct vm_machine *m = new_machine ("x86-64");

  add_file (m, "fixed", &fixed);
  run (m, "exec process=A file=fixed vdso=0");
  assert_maps (m, "400000+1 r-x 1\n401000+2 rw- 0\n"
                  "7ffffffde000+33 rw- 0\n");
  g_assert_cmphex (exec_of (m, 0)->bias, ==, 0);
  g_assert_cmphex (vm_machine_state (m)->mms[0].start_brk, ==, 0x403000);
  vm_machine_free (m);
}

/* A program without an interpreter goes among the mappings, and its heap
 * elsewhere since 6.15; its alignment counts since 6.11. */
static void
test_static_pie (void)
{
  const struct program alone = {.stack = 7, .align = 0x200000};
  struct vm_machine *m = new_machine ("x86-64");

  add_file (m, "alone", &alone);
  run (m, "exec process=A file=alone vdso=0");
  assert_maps (m, "7ffff7e00000+1 r-x 1\n7ffff7e01000+1 rw- 1\n"
                  "7ffffffde000+33 rwx 0\n");
  g_assert_cmphex (vm_machine_state (m)->mms[0].start_brk, ==, 0x555555555000);
  run (m, "exec process=A file=alone vdso=0 kernel=14");
  g_assert_cmphex (vm_machine_state (m)->mms[0].start_brk, ==, 0x7ffff7e02000);
  run (m, "exec process=A file=alone vdso=0 kernel=10");
  assert_maps (m, "7ffff7ffd000+1 r-x 1\n7ffff7ffe000+1 rw- 1\n"
                  "7ffffffde000+33 rwx 0\n");
  vm_machine_free (m);
}

/* Data that may not be written keep what lies behind them. */
static void
test_read_only (void)
{
  const struct program sealed = {.read_only = TRUE, .bss = 0x2000};
  struct vm_machine *m = new_machine ("x86-64");

  add_file (m, "sealed", &sealed);
  run (m, "exec process=A file=sealed vdso=0");
  assert_maps (m, "7ffff7ffb000+1 r-x 1\n7ffff7ffc000+1 r-- 1\n"
                  "7ffff7ffd000+2 rw- 0\n7ffffffde000+33 rw- 0\n");
  vm_machine_free (m);
}

static void
test_i386 (void)
{
  const struct program small = {.bits = 32, .interpreter = "/lib/ld.so"};
  const struct program small_linker = {.bits = 32, .stack = 6};
  static const struct {
    const char *geometry;
    guint64 program, stack, end;
    guint32 flags;
  } kernels[] = {
      {"x86-64", 0x56555000, 0xffffe000, 0xffffdff8,
       VM_EXEC_32 | VM_EXEC_COMPAT},
      {"x86-32", 0x400000, 0xc0000000, 0xbffffffc, VM_EXEC_32},
      {"x86-pae", 0x400000, 0xc0000000, 0xbffffffc, VM_EXEC_32},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kernels); i++) {
    struct vm_machine *m = new_machine (kernels[i].geometry);
    add_file (m, "small", &small);
    add_file (m, "ld.so", &small_linker);
    run (m, "exec process=A file=small argv=x env=");
    const struct vm_exec *e = exec_of (m, 0);
    const struct vm_state *s = vm_machine_state (m);
    g_assert_cmphex (e->bias, ==, kernels[i].program);
    g_assert_cmphex (e->stack_end, ==, kernels[i].stack);
    g_assert_cmphex (aux (m, 31) + strlen ("/bin/small") + 1, ==,
                     kernels[i].end);
    assert_string (m, aux (m, 15), "i686");
    g_assert_cmpint (word_at (m, s->mms[0].start_stack, 4), ==, 1);
    g_assert_cmpint (aux (m, 32) > aux (m, 33), ==, 1);
    /* Without PT_GNU_STACK all that may be read may be executed. */
    g_assert_cmphex (e->flags, ==,
                     kernels[i].flags | VM_EXEC_STACK_EXECUTES
                         | VM_EXEC_READ_EXECUTES);
    guint32 data = vm_tree_holder (s, 0, e->bias + PROGRAM_DATA);
    g_assert_true (s->regions[data].flags & VM_REGION_EXEC);
    assert_holds (m, VM_CHECK_ALL);
    vm_machine_free (m);
  }
}

/* An interpreter that is not there is named and skipped; another may be given
 * in its place. */
static void
test_interpreter (void)
{
  struct vm_machine *m = new_machine ("x86-64");

  add_file (m, "prog", &pie);
  run (m, "exec process=A file=prog");
  g_assert_cmphex (exec_of (m, 0)->start, ==, 0x555555554300);
  g_assert_cmphex (aux (m, 7), ==, 0);
  g_assert_true (exec_of (m, 0)->flags & VM_EXEC_NO_INTERPRETER);
  g_assert_cmpint (run (m, "link process=A")->refused, ==, VM_EINVAL);
  add_file (m, "other", &linker);
  run (m, "exec process=A file=prog interpreter=other");
  g_assert_cmphex (exec_of (m, 0)->start, ==, 0x7ffff7ffd300);
  refused (m, VM_ERROR_UNKNOWN_FILE, "exec process=A file=prog interpreter=x");
  vm_machine_free (m);
}

/* The process goes on as it was. */
static void
test_refused (void)
{
  const struct program foreign = {.machine = 183};
  const struct program small = {.bits = 32};
  struct vm_machine *m = pie_machine ();
  g_autofree char *long_text = g_strnfill (3000, 'x');
  GString *many = g_string_new ("a");

  run (m, "exec process=A file=prog");
  g_autofree char *before = maps_of (m, 0);
  run (m, "file name=text text=hello");
  run (m, "file name=none size=5000");
  add_file (m, "foreign", &foreign);
  add_file (m, "small", &small);
  static const char *const bad[] = {"text", "none", "foreign"};
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (run (m, "exec process=A file=%s", bad[i])->refused, ==,
                     VM_ENOEXEC);
  g_assert_cmpint (
      run (m, "exec process=A file=prog interpreter=small")->refused, ==,
      VM_ENOEXEC);
  g_assert_cmpint (
      run (m, "exec process=A file=prog interpreter=text")->refused, ==,
      VM_ENOEXEC);
  assert_maps (m, before);

  /* Strings may take a quarter of the stack's limit, and 128 KiB at least. */
  for (guint i = 0; i < 2000; i++)
    g_string_append (many, ",a");
  run (m, "limit process=A stack=64K");
  g_assert_cmpint (
      run (m, "exec process=A file=prog argv=%s", many->str)->refused, ==,
      VM_ERRNO_NONE);
  vm_machine_free (m);

  struct vm_error error;
  struct vm_op op;
  m = pie_machine ();
  g_autofree guint8 *strings = g_malloc0 (200 << 10);
  guint32 number;
  memset (strings, 'x', (200 << 10) - 1);
  g_assert_true (
      vm_machine_bring (m, "long", strings, 200 << 10, &number, &error));
  g_assert_true (
      vm_machine_parse (m, "exec process=A file=prog argv=x", &op, &error));
  op.values[VM_P_EXEC_ARGV] = number;
  g_assert_true (vm_machine_do (m, &op, &error));
  g_assert_cmpint (vm_machine_result (m, vm_machine_op_count (m) - 1)->refused,
                   ==, VM_E2BIG);
  for (guint i = 0; i < 200 << 10; i += 100)
    strings[i] = 0;
  g_assert_true (
      vm_machine_bring (m, "many", strings, 200 << 10, &number, &error));
  op.values[VM_P_EXEC_ARGV] = number;
  run (m, "limit process=A stack=64K");
  g_assert_true (vm_machine_do (m, &op, &error));
  g_assert_cmpint (vm_machine_result (m, vm_machine_op_count (m) - 1)->refused,
                   ==, VM_E2BIG);
  refused (m, VM_ERROR_UNKNOWN_FILE, "exec process=A file=nothing");
  refused (m, VM_ERROR_UNKNOWN_PROCESS, "exec process=B file=prog");
  vm_machine_free (m);
  g_string_free (many, TRUE);

  m = new_machine ("sv39");
  add_file (m, "prog", &pie);
  g_assert_cmpint (run (m, "exec process=A file=prog")->refused, ==,
                   VM_ENOEXEC);
  vm_machine_free (m);
}

/* Too late to go back: what lies in the way kills the process. */
static void
test_killed (void)
{
  const struct program low = {.base = 0x1000};
  const struct program high = {.base = 0x7fffffffd000};
  struct vm_machine *m = pie_machine ();

  add_file (m, "low", &low);
  add_file (m, "high", &high);
  run (m, "process name=B");
  const struct vm_result *r = run (m, "exec process=A file=low");
  g_assert_cmpint (r->signal, ==, VM_SIGSEGV);
  g_assert_cmpint (vm_machine_process_named (m, "A"), ==, VM_NONE);
  r = run (m, "exec process=B file=high");
  g_assert_cmpint (r->signal, ==, VM_SIGSEGV);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* fork, then execve in the child; vfork, which lets the parent go on. */
static void
test_children (void)
{
  struct vm_machine *m = pie_machine ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "exec process=A file=prog argv=prog");
  g_autofree char *before = maps_of (m, 0);
  run (m, "fork process=A name=B");
  g_assert_cmphex (s->execs[1].start, ==, s->execs[0].start);
  run (m, "exec process=B file=ld.so");
  assert_maps (m, before);
  g_assert_cmpint (s->execs[1].file, ==, 2);
  run (m, "vfork process=A name=C");
  g_assert_cmpint (s->processes[0].state, ==, VM_PROCESS_WAITING);
  run (m, "exec process=C file=prog");
  g_assert_cmpint (s->processes[0].state, ==, VM_PROCESS_RUNNING);
  g_assert_cmpint (s->mms[0].users, ==, 1);
  assert_maps (m, before);
  assert_holds (m, VM_CHECK_ALL);
  /* All see the same pages of the kernel. */
  run (m, "access process=A va=0x%" G_GINT64_MODIFIER "x width=1",
       exec_of (m, 0)->vdso);
  guint64 frame
      = vm_entry_of (s, 0, vm_vaddr_of (exec_of (m, 0)->vdso)).pte.frame;
  run (m, "access process=C va=0x%" G_GINT64_MODIFIER "x width=1",
       exec_of (m, 2)->vdso);
  g_assert_cmphex (
      vm_entry_of (s, 2, vm_vaddr_of (exec_of (m, 2)->vdso)).pte.frame, ==,
      frame);
  run (m, "exit process=B");
  g_assert_cmpint (s->execs[1].file, ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

static void
add_libraries (struct vm_machine *m)
{
  add_file (m, "lib1.so", &lib1);
  add_file (m, "lib2.so", &lib2);
  run (m, "file name=ld.so.cache size=5000 cached=off");
}

static void
test_link (void)
{
  struct vm_machine *m = pie_machine ();

  add_libraries (m);
  run (m, "exec process=A file=prog vdso=0");
  const struct vm_result *r = run (m, "link process=A");
  g_assert_cmpint (r->refused, ==, VM_ERRNO_NONE);
  g_assert_cmpint (exec_of (m, 0)->libraries, ==, 2);
  g_assert_cmphex (r->value, ==, 0x555555554300);
  /* Breadth first from above: a hole where the cache was, pages of the loader's
   * own beside lib1 with its anonymous end, lib2, and again pages of its own.
   */
  assert_maps (m, "555555554000+1 r-x 1\n"
                  "555555555000+1 r-- 1\n"
                  "555555556000+3 rw- 0\n"
                  "7ffff7ff1000+2 rw- 0\n"
                  "7ffff7ff3000+1 r-x 4\n"
                  "7ffff7ff4000+1 rw- 4\n"
                  "7ffff7ff5000+1 r-x 3\n"
                  "7ffff7ff6000+1 r-- 3\n"
                  "7ffff7ff7000+4 rw- 0\n"
                  "7ffff7ffd000+1 r-x 2\n"
                  "7ffff7ffe000+1 rw- 2\n"
                  "7ffffffde000+33 rw- 0\n");
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpint (run (m, "link process=A")->refused, ==, VM_EINVAL);
  vm_machine_free (m);
}

/* A library in a folder that the program names is found before the cache is
 * looked at, and the folder's record is one more thing that the loader keeps.
 */
static void
test_link_folders (void)
{
  const struct program asks = {.interpreter = "/lib/ld.so",
                               .needs = {"lib2.so"},
                               .runpath = "/opt:/bin"};
  const struct program plain = {.needs = {"ld.so"}};
  struct vm_machine *m = new_machine ("x86-64");

  add_file (m, "prog", &asks);
  add_file (m, "ld.so", &linker);
  add_file (m, "lib2.so", &plain);
  run (m, "file name=ld.so.cache size=5000 cached=off");
  run (m, "exec process=A file=prog vdso=0");
  g_assert_cmpint (run (m, "link process=A")->refused, ==, VM_ERRNO_NONE);
  /* There is no hole between the loader and its first two pages. */
  assert_maps (m, "555555554000+1 r-x 1\n"
                  "555555555000+1 rw- 1\n"
                  "7ffff7ff9000+1 r-x 3\n"
                  "7ffff7ffa000+1 rw- 3\n"
                  "7ffff7ffb000+2 rw- 0\n"
                  "7ffff7ffd000+1 r-x 2\n"
                  "7ffff7ffe000+1 rw- 2\n"
                  "7ffffffde000+33 rw- 0\n");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A program without a loader takes its first thread's block itself, and has a
 * heap behind it; the heap does not join the variables before it. */
static void
test_alone (void)
{
  const struct program alone = {
      .base = 0x400000, .tls = 0x60, .abi = TRUE, .relro = TRUE, .bss = 0x2000};
  const struct program unknown = {.base = 0x400000, .tls = 0x60};
  const struct program threadless = {.base = 0x400000, .abi = TRUE};
  struct vm_machine *m = new_machine ("x86-64");

  add_file (m, "alone", &alone);
  add_file (m, "unknown", &unknown);
  add_file (m, "threadless", &threadless);
  run (m, "exec process=A file=alone vdso=0");
  const struct vm_result *r = run (m, "link process=A");
  g_assert_cmpint (r->refused, ==, VM_ERRNO_NONE);
  g_assert_cmphex (r->value, ==, 0x400300);
  assert_maps (m, "400000+1 r-x 1\n"
                  "401000+1 r-- 1\n"
                  "402000+2 rw- 0\n"
                  "404000+34 rw- 0\n"
                  "7ffffffde000+33 rw- 0\n");
  /* 0x60 + 800 bytes, rounded up to 64, struct pthread, and as much again to
   * align it with: 0xd00; the first chunk begins there. */
  g_assert_cmphex (vm_machine_state (m)->mms[0].brk, ==, 0x426000);
  g_assert_cmphex (vm_machine_state (m)->heaps[0].cache, ==, 0x404d10);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpint (run (m, "link process=A")->refused, ==, VM_EINVAL);
  run (m, "exec process=A file=unknown vdso=0");
  g_assert_cmpint (run (m, "link process=A")->refused, ==, VM_EINVAL);
  run (m, "exec process=A file=threadless vdso=0");
  g_assert_cmpint (run (m, "link process=A")->refused, ==, VM_EINVAL);
  vm_machine_free (m);
}

/* Constructors that are known begin the heap; two of them share it, and it
 * grows where they need more. */
static void
test_constructors (void)
{
  const struct program asks = {.interpreter = "/lib/ld.so",
                               .needs = {"libgnutls.so.30", "libstdc++.so.6"}};
  struct vm_machine *m = new_machine ("x86-64");
  const struct vm_mm *mm = &vm_machine_state (m)->mms[0];

  add_file (m, "prog", &asks);
  add_file (m, "ld.so", &linker);
  add_file (m, "libstdc++.so.6", &lib2);
  run (m, "exec process=A file=prog vdso=0");
  g_assert_cmpint (run (m, "link process=A")->refused, ==, VM_ERRNO_NONE);
  g_assert_cmphex (mm->brk - mm->start_brk, ==, 0x21000);
  add_file (m, "libgnutls.so.30", &lib2);
  run (m, "exec process=A file=prog vdso=0");
  g_assert_cmpint (run (m, "link process=A")->refused, ==, VM_ERRNO_NONE);
  g_assert_cmphex (mm->brk - mm->start_brk, ==, 0x42000);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Alignment, holes and segments without bytes. */
static void
test_link_odd (void)
{
  const struct program aligned = {.align = 0x10000, .bss = 0x100};
  const struct program bare = {.no_bytes = TRUE, .bss = 0x1000};
  struct vm_machine *m = pie_machine ();

  add_file (m, "lib1.so", &aligned);
  add_file (m, "lib2.so", &bare);
  run (m, "exec process=A file=prog vdso=0");
  g_assert_cmpint (run (m, "link process=A")->refused, ==, VM_ERRNO_NONE);
  assert_maps (m, "555555554000+1 r-x 1\n"
                  "555555555000+1 r-- 1\n"
                  "555555556000+3 rw- 0\n"
                  "7ffff7fe0000+1 r-x 3\n"
                  "7ffff7fe1000+1 rw- 3\n"
                  "7ffff7ff8000+1 r-x 4\n"
                  "7ffff7ff9000+1 rw- 4\n"
                  "7ffff7ffa000+3 rw- 0\n"
                  "7ffff7ffd000+1 r-x 2\n"
                  "7ffff7ffe000+1 rw- 2\n"
                  "7ffffffde000+33 rw- 0\n");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* The loader takes room for as many versions as a library knows: with many, a
 * page more. */
static void
test_versions (void)
{
  const struct program few = {.versions = 4};
  const struct program many = {.versions = 300};
  guint64 pages[2];

  for (guint i = 0; i < 2; i++) {
    struct vm_machine *m = pie_machine ();
    add_file (m, "lib1.so", i == 0 ? &few : &many);
    guint64 size;
    struct vm_elf_verdict broken;
    const guint8 *bytes
        = vm_machine_content (m, vm_machine_state (m)->files[3].content, &size);
    struct vm_elf *elf = vm_elf_new (bytes, size, &broken);
    g_assert_cmpuint (vm_elf_last_version (elf), ==, i == 0 ? 4 : 300);
    vm_elf_free (elf);
    run (m, "exec process=A file=prog vdso=0");
    run (m, "link process=A");
    pages[i] = vm_machine_state (m)->mms[0].total_vm;
    vm_machine_free (m);
  }
  /* 301 of 24 bytes each take two pages and one more, in which the block of
   * thread-local storage, larger than a page, has no room: another three. */
  g_assert_cmpuint (pages[1], ==, pages[0] + 6);
}

/* Where things are that a seed may move: stack, mappings, program, heap, and
 * what lies relative to them. */
struct places {
  guint64 stack, sp, linker, program, heap, vdso;
};

static struct places
places_of (struct vm_machine *m, guint64 seed, guint kernel, const char *file)
{
  run (m, "exec process=A file=%s aslr=on seed=%" G_GUINT64_FORMAT " kernel=%u",
       file, seed, kernel);
  const struct vm_exec *e = exec_of (m, 0);
  const struct vm_mm *mm = &vm_machine_state (m)->mms[0];

  assert_holds (m, VM_CHECK_ALL);
  return (struct places){e->stack_end, mm->start_stack, e->linker,
                         e->bias,      mm->start_brk,   e->vdso};
}

static void
test_random (void)
{
  const struct program fixed = {.base = 0x400000};
  struct vm_machine *m = pie_machine (), *n = pie_machine ();

  add_file (m, "fixed", &fixed);
  add_file (n, "fixed", &fixed);
  for (guint64 seed = 0; seed < 20; seed++) {
    struct places a = places_of (m, seed, 18, "prog");
    g_autofree char *once = maps_of (m, 0);
    struct places b = places_of (n, seed, 18, "prog");
    g_autofree char *again = maps_of (n, 0);
    g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
    g_assert_cmpstr (once, ==, again);

    struct places c = places_of (n, seed + 100, 18, "prog");
    g_assert_cmphex (a.stack, !=, c.stack);
    g_assert_cmphex (a.linker, !=, c.linker);
    g_assert_cmphex (a.program, !=, c.program);
    g_assert_cmphex (a.heap, !=, c.heap);
    /* As far as the kernel's bits go. */
    g_assert_cmphex (0x7ffffffff000 - a.stack, <=, 0x3fffffffff + 0x2000);
    g_assert_cmphex (a.program - 0x555555554000, <, UINT64_C (1) << 40);
    g_assert_cmphex (a.heap - a.program, <, (1u << 30) + 0x10000);
    /* What is relative stays so: vdso below the loader, the same sizes. */
    g_assert_cmphex (a.linker - a.vdso, ==, c.linker - c.vdso);
    /* A program with fixed addresses stays, and so does its length. */
    struct places d = places_of (m, seed, 18, "fixed");
    g_assert_cmphex (d.program, ==, 0);
    g_assert_cmphex (d.heap, >=, 0x403000);
    g_assert_cmphex (d.heap, <, 0x403000 + (1u << 30));
  }
  vm_machine_free (m);
  vm_machine_free (n);
}

/* Before 6.9 the vdso lay above the stack, and the heap moved less. */
static void
test_random_old (void)
{
  struct vm_machine *m = pie_machine ();
  guint above = 0;

  for (guint64 seed = 0; seed < 20; seed++) {
    struct places a = places_of (m, seed, 6, "prog");
    above += a.vdso > a.stack;
    g_assert_cmphex (a.heap - a.program, <, (1u << 25) + 0x10000);
  }
  g_assert_cmpint (above, >=, 18);
  vm_machine_free (m);
}

/* RLIMIT_STACK moves where mappings begin, and bounds the stack. */
static void
test_stack_limit (void)
{
  struct vm_machine *m = pie_machine ();
  const struct vm_mm *mm = &vm_machine_state (m)->mms[0];

  run (m, "limit process=A stack=1G");
  run (m, "exec process=A file=prog");
  g_assert_cmphex (mm->mmap_base, ==, 0x7ffffffff000 - (1u << 30) - (1u << 20));
  g_assert_cmphex (mm->stack_limit, ==, 1u << 30);
  run (m, "limit process=A stack=0xffffffffffffffff");
  run (m, "exec process=A file=prog");
  g_assert_cmphex (mm->mmap_base, ==,
                   (0x7ffffffff000 - 0x7ffffffff000 / 6 * 5 + 0xfff)
                       & ~G_GUINT64_CONSTANT (0xfff));
  run (m, "limit process=A stack=64K");
  run (m, "exec process=A file=prog");
  g_assert_cmphex (mm->mmap_base, ==, 0x7ffff7fff000);
  g_assert_cmphex (mm->stack_vm, ==, 16);
  vm_machine_free (m);
}

/* Every step can be reached from every other, and the end is the same. */
static void
test_seek (void)
{
  struct vm_machine *m = pie_machine ();
  struct vm_snapshot kept;

  add_libraries (m);
  run (m, "exec process=A file=prog aslr=on seed=5");
  run (m, "link process=A");
  guint64 end = vm_machine_cursor (m);
  g_assert_true (vm_snapshot_take (&kept, vm_machine_tape (m)));
  for (guint64 n = 0; n < end; n += 7) {
    g_assert_true (vm_machine_seek (m, n));
    assert_holds (m, VM_CHECK_LINKS);
  }
  g_assert_true (vm_machine_seek (m, end));
  assert_same_state (vm_machine_tape (m), &kept);
  struct vm_machine *copy = vm_machine_clone (m);
  assert_same_state (vm_machine_tape (copy), &kept);
  vm_machine_free (copy);
  vm_snapshot_done (&kept);
  vm_machine_free (m);
}

/* Little memory: each frame that is missing ends in a result or an error, never
 * in a broken machine. */
static void
test_little_memory (void)
{
  guint killed = 0, failed = 0, done = 0;

  for (guint pages = 1; pages < 40; pages++) {
    struct vm_machine *m = vm_machine_new ();
    struct vm_error error;
    run (m, "machine geometry=x86-64 memory=192K");
    run (m, "process name=A");
    run (m, "process name=B");
    run (m, "mmap process=B length=%u populate=on", pages * 4096);
    add_file (m, "prog", &pie);
    add_file (m, "ld.so", &linker);
    add_libraries (m);
    if (!vm_machine_do_line (m, "exec process=A file=prog", &error))
      failed++;
    else if (vm_machine_process_named (m, "A") == VM_NONE)
      killed++;
    else if (run (m, "link process=A")->refused == VM_ERRNO_NONE)
      done++;
    assert_holds (m, VM_CHECK_ALL);
    vm_machine_free (m);
  }
  g_test_message ("%u failed, %u killed, %u done", failed, killed, done);
  g_assert_cmpint (killed, >, 0);
  g_assert_cmpint (done, >, 0);
}

/* A program with some bytes changed. */
static void
bring_broken (struct vm_machine *m, const guint8 *bytes, gsize size,
              const char *name, guint64 *seed)
{
  g_autofree guint8 *copy = g_memdup2 (bytes, size);
  guint64 changes = 1 + random_below (seed, 6);

  for (guint64 i = 0; i < changes; i++) {
    /* Headers more often than what they describe. */
    guint64 end = random_chance (seed, 80) ? 0x2c0 : size;
    guint8 *at = copy + 4 + random_below (seed, end - 4);
    *at = random_chance (seed, 50)
              ? (guint8) random_next (seed)
              : (guint8) (*at ^ 1u << random_below (seed, 8));
  }
  g_assert_true (vm_machine_bring (m, name, copy, size, NULL, NULL));
}

static void
run_broken (guint64 *seed, guint rounds)
{
  struct vm_machine *m = pie_machine ();
  struct vm_error error;
  guint64 size;

  add_libraries (m);
  guint32 content = vm_machine_state (m)->files[1].content;
  const guint8 *bytes = vm_machine_content (m, content, &size);
  for (guint i = 0; i < rounds; i++) {
    g_autofree char *name = g_strdup_printf ("b%u", i);
    bring_broken (m, bytes, (gsize) size, name, seed);
    run (m, "file name=%s content=%s cached=off", name, name);
    run (m, "process name=p%u", i);
    g_autofree char *line
        = g_strdup_printf ("exec process=p%u file=%s aslr=%s seed=%u%s", i,
                           name, random_chance (seed, 50) ? "on" : "off", i,
                           random_chance (seed, 30) ? " interpreter=prog" : "");
    if (!vm_machine_do_line (m, line, &error))
      continue;
    g_autofree char *linking = g_strdup_printf ("link process=p%u", i);
    vm_machine_do_line (m, linking, &error);
    assert_holds (m, VM_CHECK_ALL);
  }
  vm_machine_free (m);
}

/* Whatever a file says: a result, or an error, and a machine in order. */
static void
test_broken (void)
{
  guint64 seed = 8;

  for (guint i = 0; i < 5; i++)
    run_broken (&seed, 60);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exec/pie", test_pie);
  g_test_add_func ("/exec/stack", test_stack);
  g_test_add_func ("/exec/defaults", test_defaults);
  g_test_add_func ("/exec/fixed", test_fixed);
  g_test_add_func ("/exec/static-pie", test_static_pie);
  g_test_add_func ("/exec/read-only", test_read_only);
  g_test_add_func ("/exec/i386", test_i386);
  g_test_add_func ("/exec/interpreter", test_interpreter);
  g_test_add_func ("/exec/refused", test_refused);
  g_test_add_func ("/exec/killed", test_killed);
  g_test_add_func ("/exec/children", test_children);
  g_test_add_func ("/exec/link", test_link);
  g_test_add_func ("/exec/link-folders", test_link_folders);
  g_test_add_func ("/exec/alone", test_alone);
  g_test_add_func ("/exec/constructors", test_constructors);
  g_test_add_func ("/exec/link-odd", test_link_odd);
  g_test_add_func ("/exec/versions", test_versions);
  g_test_add_func ("/exec/random", test_random);
  g_test_add_func ("/exec/random-old", test_random_old);
  g_test_add_func ("/exec/stack-limit", test_stack_limit);
  g_test_add_func ("/exec/seek", test_seek);
  g_test_add_func ("/exec/little-memory", test_little_memory);
  g_test_add_func ("/exec/broken", test_broken);
  return g_test_run ();
}
