/* Sentences: one for every kind of step, the same wherever the cursor is. */
#include "describe.h"
#include "../core/programs.h"
#include "policy/policy.h"

#include <string.h>

typedef struct vm_machine Machine;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Machine, vm_machine_free)

static void
run (Machine *machine, const char *const *lines)
{
  for (; *lines != NULL; lines++) {
    struct vm_error error;
    if (!vm_machine_do_line (machine, *lines, &error))
      g_error ("%s: error %d", *lines, error.code);
  }
}

static Machine *
flagship (void)
{
  static const char *const lines[]
      = {"machine geometry=x86-32 memory=16M tlb-sets=1 tlb-ways=4",
         "process name=A",
         "map process=A va=0x11223000 frame=0x44332 flags=ru",
         "access process=A va=0x11223344 kind=read mode=user width=4",
         "access process=A va=0x11223344 kind=write mode=user width=4",
         "access process=A va=0 kind=read mode=user width=4",
         "dump process=A",
         NULL};
  Machine *machine = vm_machine_new ();

  run (machine, lines);
  return machine;
}

static Machine *
long_mode (void)
{
  static const char *const lines[]
      = {"machine geometry=x86-64 memory=16M tlb-sets=2 tlb-ways=1 smep=on",
         "process name=A",
         "process name=B",
         "map process=A va=0x40202000 frame=0x2b flags=rwu",
         "map process=A va=0x40204000 frame=0x2c flags=rwxu",
         "map process=A va=0x40400000 frame=0x400 flags=rwu size=2M",
         "access process=A va=0x4020202c kind=write mode=user value=0x2a",
         "access process=A va=0x4020402c kind=read mode=user",
         "access process=A va=0x4020402c kind=fetch mode=kernel",
         "access process=A va=0x4020202c kind=fetch mode=user",
         "access process=A va=0x40412345 kind=read mode=user",
         "access process=B va=0x4020202c kind=read mode=user",
         "access process=B va=0x8000000000000000 kind=read mode=user",
         NULL};
  Machine *machine = vm_machine_new ();

  run (machine, lines);
  return machine;
}

/* Two processors with all that TLBs can have. */
static Machine *
processors (const char *more)
{
  static const char *const lines[]
      = {"process name=A",
         "process name=B",
         "map process=A va=0x1000 frame=0x2b flags=rwxu",
         "map process=A va=0x2000 frame=0x2c flags=rwxu",
         "map process=A va=0x3000 frame=0x2d flags=rwxu",
         "access process=A va=0x1000",
         "access process=A va=0x1000 cpu=1",
         "access process=A va=0x2000",
         "access process=A va=0x3000",
         "access process=A va=0x1000",
         "access process=A va=0x1000 mode=kernel",
         "access process=A va=0x1000 kind=fetch",
         "map process=A va=0x1000 frame=0x2e flags=ru cpu=0",
         "access process=A va=0x1000 cpu=1",
         "switch process=B cpu=1",
         "map process=A va=0x1000 frame=0x2f flags=ru cpu=0",
         "switch process=A cpu=1",
         "flush kind=all",
         "flush kind=address va=0x1000",
         "flush kind=address va=0x1000 process=A",
         "flush kind=asid",
         "flush kind=asid process=B",
         "flush kind=global",
         "flush kind=spaces",
         "flush kind=noflush",
         "tlb cpu=1",
         "access process=A va=0x2000",
         "poke pa=0x1000 value=0",
         "poke pa=0x2000 value=0",
         "poke pa=0x2b000 value=0",
         NULL};
  g_autofree char *first
      = g_strdup_printf ("machine geometry=x86-64 memory=16M cpus=2 %s", more);
  const char *const build[] = {first, NULL};
  Machine *machine = vm_machine_new ();

  run (machine, build);
  run (machine, lines);
  return machine;
}

/* Without paging at first. */
static Machine *
bare (const char *geometry)
{
  static const char *const lines[]
      = {"process name=A",
         "process name=B",
         "program process=A size=8K at=0x4000 linked=0x2000 references=2",
         "run process=A",
         "relocate process=A",
         "relocate process=A",
         "run process=A",
         "program process=B size=8K at=0x5000 linked=0x5000",
         "access process=A va=0x6800 kind=write value=1",
         "access process=A va=0x10",
         "swap-out process=A",
         "program process=A size=60K",
         "program process=A size=4K fit=best",
         "program process=A size=4K fit=worst",
         "swap-out process=A",
         "swap-in process=A at=0x8000",
         "translation by=base-bounds",
         "switch process=A",
         "access process=A va=0x10",
         "access process=A va=0x1000",
         "compact",
         "swap-out process=A",
         "translation by=paging",
         "translation by=none",
         NULL};
  g_autofree char *first = g_strdup_printf (
      "machine geometry=%s memory=64K translation=none", geometry);
  const char *const build[] = {first, NULL};
  Machine *machine = vm_machine_new ();

  run (machine, build);
  run (machine, lines);
  return machine;
}

/* The kernel's half, with what it maps for a while. */
static Machine *
kernel_half (const char *build)
{
  static const char *const lines[]
      = {"process name=A layout=linux",
         "vmalloc bytes=5000 module=pagemem",
         "vmalloc bytes=1",
         "access process=A va=0xf8800000 mode=kernel",
         "vfree va=0xf8800000",
         "kmap frame=0x38000",
         "kmap frame=0x38000",
         "kunmap va=0xff801000",
         "kunmap va=0xff801000",
         "kmap frame=0x38001 kind=local",
         "kunmap va=0xfffee000",
         "kmap frame=0x100",
         "kunmap va=0xc0100000",
         "show what=address va=0xf3211000",
         "show what=address va=0xf9251000",
         "show what=address va=0x1000",
         "show what=address va=0xf8000000",
         "show what=kernel",
         NULL};
  static const char *const first[]
      = {"machine geometry=x86-32 memory=1G zones=on", "kernel", NULL};
  const char *const other[] = {build, "kernel", "process name=A", NULL};
  Machine *machine = vm_machine_new ();

  run (machine, build == NULL ? first : other);
  if (build == NULL) {
    run (machine, lines);
    for (guint i = 0; i < 1023; i++) {
      g_autofree char *line = g_strdup_printf ("kmap frame=0x%x", 0x38100 + i);
      const char *const more[] = {line, NULL};
      run (machine, more);
    }
  }
  return machine;
}

/* What answers at physical addresses and ports, and devices. */
static Machine *
devices (void)
{
  static const char *const lines[]
      = {"machine geometry=x86-32 memory=16M windows=pc translation=none",
         "process name=A",
         "window name=nic kind=device start=0xfd000000 size=4K",
         "window name=flash kind=rom start=0xfd100000 size=4K",
         "window name=gone kind=hole start=0xfd200000 size=4K",
         "window name=more kind=ram start=0xfd300000 size=4K",
         "access process=A va=0xfd000010 kind=write width=4 value=1",
         "input device=nic offset=16 width=4 value=0x1234",
         "access process=A va=0xfd000010 width=4",
         "access process=A va=0xfd100010 kind=write width=4 value=1",
         "access process=A va=0xfd200000 kind=write width=4 value=1",
         "access process=A va=0xfd200000 width=4",
         "access process=A va=0xfd300000 width=4",
         "port port=0x60",
         "port port=0x61 kind=out value=3",
         "port port=0x99",
         "port port=0x60 mode=user",
         "dma device=nic address=0x5000 kind=write value=7",
         "dma device=nic address=0x5000",
         "iommu device=nic",
         "map process=nic va=0x1000 frame=5 flags=ru",
         "dma device=nic address=0x1000",
         "dma device=nic address=0x1000 kind=write value=1",
         "dma device=nic address=0x2000",
         NULL};
  Machine *machine = vm_machine_new ();

  run (machine, lines);
  return machine;
}

/* A machine of any other kind: hits, misses and refusals of all sorts. */
static Machine *
other (const char *geometry)
{
  static const char *const lines[]
      = {"process name=A",
         "map process=A va=0x11223000 frame=0x443 flags=ru",
         "map process=A va=0x11224000 frame=0x444 flags=rw",
         "access process=A va=0x11223344 kind=read mode=user width=4",
         "access process=A va=0x11223344 kind=write mode=user",
         "access process=A va=0x11223344 kind=fetch mode=user",
         "access process=A va=0x11223344 kind=fetch mode=kernel",
         "access process=A va=0x11223344 kind=read mode=kernel",
         "access process=A va=0x11224344 kind=read mode=user",
         "access process=A va=0x11224344 kind=write mode=kernel",
         "access process=A va=0x11224344 kind=fetch mode=kernel",
         "poke pa=0x1000 value=0x2000 width=4",
         "poke pa=0x1000 value=0x2000 width=4",
         "access process=A va=0x66666666 kind=write mode=user",
         NULL};
  g_autofree char *first
      = g_strdup_printf ("machine geometry=%s memory=16M", geometry);
  const char *const build[] = {first, NULL};
  Machine *machine = vm_machine_new ();

  run (machine, build);
  run (machine, lines);
  return machine;
}

static void
check_sentence (const char *sentence)
{
  g_assert_nonnull (sentence);
  g_assert_true (g_utf8_validate (sentence, -1, NULL));
  g_assert_cmpuint (strlen (sentence), >, 10);
  g_assert_true (g_str_has_suffix (sentence, "."));
  g_assert_null (strchr (sentence, '%'));
  g_assert_null (strstr (sentence, "null"));
  g_assert_null (strchr (sentence, '?'));
  if (!g_ascii_isupper (sentence[0]) && !g_ascii_isdigit (sentence[0]))
    g_error ("begins small: %s", sentence);
}

static void
check_all (Machine *machine, gboolean seen[VM_STEP_KINDS])
{
  for (guint64 n = 0; n < vm_machine_step_count (machine); n++) {
    const struct vm_step *step = vm_machine_step (machine, n);
    g_autofree char *sentence = scene_describe (machine, step);
    g_autofree char *more = scene_describe_more (machine, step);
    check_sentence (sentence);
    if (more != NULL)
      check_sentence (more);
    seen[step->kind] = TRUE;
  }
}

/* Pools of all policies, along a string that makes them learn. */
static Machine *
pools (void)
{
  Machine *machine = vm_machine_new ();

  run (machine, (const char *const[]){"machine geometry=x86-32", NULL});
  for (enum vm_policy i = 0; i < VM_POLICIES; i++) {
    g_autofree char *line = g_strdup_printf ("pool name=p%u policy=%s frames=3",
                                             i, vm_policy_info_of (i)->name);
    run (machine, (const char *const[]){line, NULL});
  }
  run (machine, (const char *const[]){
                    "string references=1,2,3,4,1,2,5w,1,2,3,4,5,1,1,2,2,6,7,1,"
                    "2,2,2,8,9,1,2,3w,1,1,1,4,5,6,7,8,9,1,3,2,1,4,3",
                    NULL});
  run (machine, (const char *const[]){"reference count=42", NULL});
  return machine;
}

/* Address spaces with all that can happen to them. */
static Machine *
spaces (void)
{
  Machine *machine = vm_machine_new ();

  run (machine,
       (const char *const[]){
           "machine geometry=x86-64 memory=1M",
           "process name=A layout=linux",
           "limit process=A stack=256K",
           "file name=f size=16K cached=off",
           "file name=g size=16K fs=tmpfs",
           "mmap process=A va=0x10000000 length=64K fixed=on",
           "mmap process=A length=4K prot=r",
           "mmap process=A length=16K file=f",
           "access process=A va=0x10000000",
           "access process=A va=0x10000000 kind=write",
           "access process=A va=0x10001000 kind=write",
           "mprotect process=A va=0x10000000 length=4K prot=r",
           "access process=A va=0x10000000 kind=write",
           "mprotect process=A va=0x10000000 length=4K prot=rw",
           "mmap process=A va=0x20000000 length=16K file=f fixed=on",
           "access process=A va=0x20000000",
           "access process=A va=0x20000000 kind=write",
           "fork process=A name=B",
           "wait process=A",
           "access process=B va=0x10001000 kind=write",
           "access process=A va=0x10001000 kind=write",
           "exit process=B status=3",
           "wait process=A",
           "wait process=A",
           "vfork process=A name=C",
           "exit process=C",
           "mremap process=A va=0x10000000 old-length=64K new-length=128K",
           "munmap process=A va=0x10000000 length=16K",
           "madvise process=A va=0x20000000 length=4K advice=dontneed",
           "brk process=A grow=132K",
           "brk process=A to=0",
           "access process=A va=0x7ffffffd0000 kind=write",
           "access process=A va=0x7fffff000000 kind=write",
           "access process=A va=0x1000",
           "overcommit mode=2 ratio=10",
           "mmap process=A length=64M",
           "overcommit mode=0",
           "overcommit mode=1",
           "show process=A",
           "exit process=A",
           NULL,
       });
  return machine;
}

/* Threads, a kernel thread, and processors that are lazy. */
static Machine *
tasks (void)
{
  static const char *const lines[]
      = {"machine geometry=x86-64 memory=16M cpus=2",
         "process name=A",
         "mmap process=A length=64K prot=rw va=0x10000000 fixed=on",
         "access process=A va=0x10000000 kind=write",
         "clone process=A name=T flags=vm,fs,files,sighand,thread",
         "clone process=A name=U flags=thread",
         "clone process=A name=U flags=sighand",
         "clone process=A name=U flags=vm,sighand,clear-sighand",
         "clone process=A name=U flags=none",
         "clone process=A name=V flags=vm,vfork",
         "exit process=V",
         "chdir process=T to=home",
         "sigaction process=T signal=11 handler=0x10000000",
         "sigaction process=T signal=15 handler=1",
         "sigaction process=T signal=15 handler=0",
         "sigaction process=T signal=9 handler=1",
         "switch process=T",
         "access process=A va=0x10000000 cpu=1",
         "kthread name=k",
         "kthread name=l",
         "switch process=k cpu=1",
         "mprotect process=A va=0x10000000 length=4K prot=r",
         "switch process=A cpu=1",
         "switch process=k cpu=1",
         "switch process=A cpu=1",
         "switch process=k cpu=1",
         "exit process=A group=on",
         "exit process=k",
         "switch process=l",
         "show what=cpus",
         NULL};
  Machine *machine = vm_machine_new ();

  run (machine, lines);
  return machine;
}

/* A heap, copies by the kernel, and who maps a frame. */
static Machine *
heap (void)
{
  static const char *const lines[]
      = {"machine geometry=x86-64 memory=4M zones=on",
         "process name=A layout=linux",
         "file name=f size=16K cached=off",
         "file name=g size=16K fs=tmpfs",
         "malloc process=A bytes=2000",
         "malloc process=A bytes=10",
         "malloc process=A bytes=3000",
         "free process=A va=0x5555555552a0",
         "malloc process=A bytes=1500",
         "free process=A va=0x5555555552a0",
         "free process=A va=0x555555555aa0",
         "malloc process=A bytes=130000",
         "malloc process=A bytes=300000",
         "free process=A va=0x7ffff7fb5010",
         "free process=A va=0x5555555552a4",
         "mmap process=A va=0x20000000 length=16K fixed=on",
         "read process=A file=f va=0x20000000 length=5000",
         "read process=A file=f va=0x30000000 length=1",
         "write process=A file=g va=0x20000000 length=1",
         "fork process=A name=B",
         "access process=A va=0x20000000 kind=write",
         "rmap frame=0x16",
         "rmap frame=0",
         NULL};
  Machine *machine = vm_machine_new ();

  run (machine, lines);
  return machine;
}

/* Files: read ahead for every reason, dirty, written, cut, dropped. */
static Machine *
files (void)
{
  static const char *const lines[]
      = {"machine geometry=x86-64 memory=1M failing-write=2",
         "process name=A layout=linux",
         "file name=f size=400K cached=off",
         "mmap process=A va=0x10000000 length=400K fixed=on file=f type=shared",
         "mmap process=A va=0x20000000 length=64K fixed=on",
         "read process=A file=f va=0x20000000 length=4K",
         "read process=A file=f va=0x20000000 length=4K offset=4K",
         "read process=A file=f va=0x20000000 length=4K offset=200K",
         "open process=A file=f",
         "read process=A fd=3 va=0x20000000 length=4K offset=48K",
         "access process=A va=0x10050000",
         "access process=A va=0x10051000 kind=write",
         "madvise process=A va=0x10058000 length=16K advice=willneed",
         "drop-caches",
         "msync process=A va=0x10000000 length=400K",
         "access process=A va=0x10050000 kind=write",
         "access process=A va=0x10051000 kind=write",
         "fsync process=A fd=3",
         "access process=A va=0x10000000 kind=write",
         "tick n=60",
         "tick",
         "write process=A file=f va=0x20000000 length=64K",
         "write process=A file=f va=0x20000000 length=64K offset=64K",
         "write process=A file=f va=0x20000000 length=64K offset=128K",
         "sync",
         "truncate process=A file=f size=5000",
         "truncate process=A file=f size=8K",
         "sync",
         "close process=A fd=3",
         "unlink name=f",
         "shm name=x size=4K",
         "unlink name=x",
         "exit process=A",
         NULL};
  Machine *machine = vm_machine_new ();

  run (machine, lines);
  return machine;
}

/* A machine of 32 bits with segments, and faults of each vector. */
static Machine *
segmented (void)
{
  static const char *const lines[]
      = {"machine geometry=x86-32 memory=16M",
         "process name=A",
         "map process=A va=0x1000 frame=0x2b flags=rwxu",
         "segments",
         "segment index=5 type=data base=0x1000 limit=0xff granularity=byte",
         "segment index=6 type=stack present=off",
         "load register=es selector=0x2b",
         "load register=ss selector=0x33",
         "load register=gs selector=0x33",
         "load register=gs selector=0",
         "load register=gs selector=0x7b",
         "access va=0x10 segment=es",
         "access va=0x100 segment=es",
         "access va=0x10 segment=gs",
         "access va=0x10 segment=cs kind=write",
         NULL};
  Machine *machine = vm_machine_new ();

  run (machine, lines);
  return machine;
}

/* Memory that is scarce: lists, swap, locked pages, a process that is
 * killed. */
static Machine *
scarce (const char *reclaim)
{
  static const char *const lines[]
      = {"swapon size=64K",
         "process name=A layout=linux",
         "mmap process=A va=0x10000000 length=128K fixed=on",
         "access process=A va=0x10000000 kind=write",
         "access process=A va=0x10001000 kind=write",
         "mlock process=A va=0x10001000 length=4K",
         "pin process=A va=0x10000000 length=4K",
         "unpin process=A va=0x10000000 length=4K",
         "munlock process=A va=0x10001000 length=4K",
         "madvise process=A va=0x10000000 length=8K advice=pageout",
         "fork process=A name=B",
         "madvise process=A va=0x10000000 length=4K advice=willneed",
         "access process=A va=0x10000000",
         "access process=A va=0x10001000 kind=write",
         "exit process=B",
         "shm name=shared size=12K",
         "mmap process=A va=0x20000000 length=12K type=shared file=shared "
         "fixed=on",
         "access process=A va=0x20000000 kind=write",
         "access process=A va=0x20001000 kind=write",
         "access process=A va=0x20002000 kind=write",
         "madvise process=A va=0x20000000 length=12K advice=pageout",
         "access process=A va=0x20002000",
         "munmap process=A va=0x20000000 length=12K",
         "unlink name=shared",
         "swapoff",
         "swapon size=16K",
         NULL};
  Machine *machine = vm_machine_new ();
  g_autofree char *first = g_strdup_printf (
      "machine geometry=x86-64 memory=128K page-cluster=2 reclaim=%s", reclaim);
  const char *const begin[] = {first, NULL};

  run (machine, begin);
  run (machine, lines);
  for (guint page = 2; page < 30; page++) {
    g_autofree char *line = g_strdup_printf (
        "access process=A va=0x%x kind=write", 0x10000000 + page * 4096);
    const char *const touch[] = {line, NULL};
    if (vm_machine_process_named (machine, "A") != VM_NONE)
      run (machine, touch);
  }
  return machine;
}

/* The kernel's own allocators: zones that refuse, slabs that come and go,
 * modules that forget; and a large page that is split. */
static Machine *
allocators (void)
{
  static const char *const lines[]
      = {"process name=A layout=linux",
         "mmap process=A va=0x40000000 length=4M fixed=on",
         "madvise process=A va=0x40000000 length=4M advice=hugepage",
         "access process=A va=0x40000000 kind=write",
         "mprotect process=A va=0x40001000 length=4K prot=r",
         "get_pages order=2 gfp=GFP_KERNEL module=net",
         "free_pages va=0xffff888000004000 order=1",
         "free_pages va=0xffff888000004000 order=2",
         "free_pages va=0",
         "get_pages module=net",
         "kmalloc size=100 gfp=GFP_DMA module=net",
         "kmalloc size=0",
         "kmalloc size=5M module=net",
         "kfree va=0",
         "kfree va=0xffff888000000123",
         "rmmod module=net",
         "rmmod module=net",
         "show what=buddy",
         "show what=slab",
         NULL};
  Machine *machine = vm_machine_new ();
  const char *const begin[]
      = {"machine geometry=x86-64 memory=20M buddy=on", NULL};

  run (machine, begin);
  run (machine, lines);
  /* Seven slabs of four objects, all of which are given back. */
  const struct vm_state *s = vm_machine_state (machine);
  guint64 given[28];
  for (guint i = 0; i < G_N_ELEMENTS (given); i++) {
    const char *const one[] = {"kmalloc size=8000", NULL};
    run (machine, one);
    given[i]
        = vm_machine_result (machine, vm_machine_op_count (machine) - 1)->value;
  }
  for (guint i = 0; i < G_N_ELEMENTS (given); i++) {
    g_autofree char *line
        = g_strdup_printf ("kfree va=0x%" G_GINT64_MODIFIER "x", given[i]);
    const char *const one[] = {line, NULL};
    run (machine, one);
  }
  const char *const more[] = {"kmalloc size=8000", NULL};
  run (machine, more);
  while (s->buddy_counts.refused < 3) {
    const char *const fill[]
        = {"get_pages", "get_pages order=3 gfp=GFP_ATOMIC", NULL};
    run (machine, fill);
  }
  return machine;
}

/* A machine of high memory, what lies there, and what falls back. */
static Machine *
high_memory (void)
{
  static const char *const lines[]
      = {"machine geometry=x86-32 memory=900M buddy=on",
         "get_pages gfp=GFP_HIGHUSER",
         "free_pages frame=0x38000",
         "process name=A layout=linux",
         "mmap process=A length=5M populate=on",
         NULL};
  Machine *machine = vm_machine_new ();

  run (machine, lines);
  return machine;
}

/* A program that names a loader and two libraries, one of which is not there,
 * is executed three times. */
static Machine *
programs (void)
{
  static const struct {
    const char *name;
    struct program program;
  } files[] = {
      {"prog",
       {.interpreter = "/lib/ld.so",
        .needs = {"libstdc++.so.6", "gone.so"},
        .bss = 0x3000,
        .stack = 6,
        .relro = TRUE}},
      {"ld.so", {.bss = 0x100}},
      {"libstdc++.so.6", {.needs = {"ld.so"}, .relro = TRUE}},
      {"static", {.base = 0x400000, .tls = 8, .abi = TRUE}},
      {"alone", {.read_only = TRUE, .bss = 0x100}},
      {"fixed", {.base = 0x400000, .bss = 0x10, .no_bytes = TRUE}},
      {"lost", {.interpreter = "/lib/gone.so"}},
  };
  static const char *const lines[]
      = {"exec process=A file=prog argv=prog,one env=A=1",
         "link process=A",
         "exec process=A file=prog aslr=on kernel=6",
         "vfork process=A name=B",
         "exec process=B file=static",
         "link process=B",
         "exec process=B file=alone",
         "clone process=B name=T flags=vm,sighand,thread",
         "exec process=B file=fixed aslr=on",
         "exec process=B file=lost",
         "exec process=B file=lost argv=",
         NULL};
  static const char *const first[]
      = {"machine geometry=x86-64 memory=64M", "process name=A", NULL};
  Machine *machine = vm_machine_new ();

  run (machine, first);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *text = program_text (&files[i].program);
    g_autofree char *line = g_strdup_printf ("file name=%s text=%s cached=off",
                                             files[i].name, text);
    const char *const one[] = {line, NULL};
    run (machine, one);
  }
  run (machine, lines);
  return machine;
}

/* The machines above go through every kind of step there is. */
static void
test_every_kind (void)
{
  gboolean seen[VM_STEP_KINDS] = {FALSE};
  g_autoptr (Machine) a = flagship (), b = long_mode (), c = segmented ();

  check_all (c, seen);
  check_all (a, seen);
  check_all (b, seen);
  for (int id = VM_GEOMETRY_NONE + 1; id < VM_GEOMETRIES; id++) {
    const char *name = vm_geometry_of ((enum vm_geometry_id) id)->name;
    g_autoptr (Machine) machine = other (name);
    check_all (machine, seen);
  }
  static const char *const more[]
      = {"itlb=1x1 dtlb=1x2 stlb=2x2 pcid=on kpti=on psc=on",
         "itlb=1x1 dtlb=1x2 stlb=2x2 shootdown=local tlb-replacement=plru",
         "stlb=2x2 dtlb=1x1 shootdown=off pcid=on tlb-replacement=fifo",
         "dtlb=1x1 tlb-replacement=random"};
  for (guint i = 0; i < G_N_ELEMENTS (more); i++) {
    g_autoptr (Machine) machine = processors (more[i]);
    check_all (machine, seen);
  }
  g_autoptr (Machine) all_pools = pools ();
  check_all (all_pools, seen);
  g_autoptr (Machine) all_spaces = spaces ();
  check_all (all_spaces, seen);
  g_autoptr (Machine) a_heap = heap ();
  check_all (a_heap, seen);
  g_autoptr (Machine) all_tasks = tasks ();
  check_all (all_tasks, seen);
  g_autoptr (Machine) all_files = files ();
  check_all (all_files, seen);
  static const char *const families[] = {"x86-32", "sv39", "aarch64"};
  for (guint i = 0; i < G_N_ELEMENTS (families); i++) {
    g_autoptr (Machine) machine = bare (families[i]);
    check_all (machine, seen);
  }
  g_autoptr (Machine) all_programs = programs ();
  check_all (all_programs, seen);
  g_autoptr (Machine) all_devices = devices ();
  check_all (all_devices, seen);
  static const char *const kernels[]
      = {NULL, "machine geometry=x86-64 memory=256M kpti=on",
         "machine geometry=sv39 memory=16M"};
  for (guint i = 0; i < G_N_ELEMENTS (kernels); i++) {
    g_autoptr (Machine) machine = kernel_half (kernels[i]);
    check_all (machine, seen);
  }
  g_autoptr (Machine) blocks = allocators ();
  check_all (blocks, seen);
  g_autoptr (Machine) high = high_memory ();
  check_all (high, seen);
  static const char *const reclaims[] = {"linux", "lru scope=local resident=4"};
  for (guint i = 0; i < G_N_ELEMENTS (reclaims); i++) {
    g_autoptr (Machine) machine = scarce (reclaims[i]);
    check_all (machine, seen);
  }
  for (guint kind = 0; kind < VM_STEP_KINDS; kind++)
    if (!seen[kind]) {
      g_test_message ("no %s", vm_step_info_of (kind)->name);
      g_test_fail ();
    }
}

/* Steps made up of extreme numbers: sentences may be odd, never broken. */
static void
test_extreme_values (void)
{
  static const guint64 values[] = {0, 1, 2, 3};
  g_autoptr (Machine) machine = flagship ();

  for (guint kind = 0; kind < VM_STEP_KINDS; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
      struct vm_step step = {.kind = (guint16) kind};
      for (guint v = 0; v < VM_STEP_VALUES; v++)
        step.values[v] = values[i];
      if (kind == VM_STEP_ENTRY_READ || kind == VM_STEP_FRAME_TAKE)
        step.values[VM_V_ENTRY_LEVEL] = step.values[VM_V_TAKE_LEVEL] = 1;
      if (kind == VM_STEP_TLB_PROBE || kind == VM_STEP_COMPOSE)
        step.values[VM_V_TLB_SHIFT] = step.values[VM_V_COMPOSE_SHIFT] = 22;
      g_autofree char *sentence = scene_describe (machine, &step);
      g_autofree char *more = scene_describe_more (machine, &step);
      g_assert_cmpstr (sentence, !=, "");
      g_assert_null (strchr (sentence, '%'));
      g_assert_null (strstr (sentence, "null"));
    }
}

/* The n-th step of a kind. */
static const struct vm_step *
nth (Machine *machine, enum vm_step_kind kind, guint n)
{
  for (guint64 i = 0; i < vm_machine_step_count (machine); i++) {
    const struct vm_step *step = vm_machine_step (machine, i);
    if (step->kind == kind && n-- == 0)
      return step;
  }
  g_assert_not_reached ();
}

static void
expect (Machine *machine, enum vm_step_kind kind, guint n, const char *sentence,
        const char *more)
{
  const struct vm_step *step = nth (machine, kind, n);
  g_autofree char *first = scene_describe (machine, step);
  g_autofree char *second = scene_describe_more (machine, step);

  g_assert_cmpstr (first, ==, sentence);
  g_assert_cmpstr (second, ==, more);
}

static void
test_flagship (void)
{
  g_autoptr (Machine) m = flagship ();

  expect (m, VM_STEP_TLB_MISS, 0,
          "No entry of the TLB holds page 0x11223: a TLB miss.",
          "The MMU must walk the page tables in memory.");
  expect (m, VM_STEP_WALK, 0,
          "CR3 says that the page directory is in frame 0x00001.",
          "The walk reads one entry a level: at most 2 memory accesses.");
  expect (m, VM_STEP_ENTRY_READ, 0,
          "The MMU reads entry 68 of the page directory in frame 0x00001.",
          "Physical address read: 0x00001000 + 68 × 4 = 0x00001110. This is "
          "the first memory access of the walk.");
  expect (m, VM_STEP_ENTRY_READ, 1,
          "The MMU reads entry 547 of the page table in frame 0x00002.",
          "Physical address read: 0x00002000 + 547 × 4 = 0x0000288c. This is "
          "the second memory access of the walk.");
  expect (m, VM_STEP_SET_ACCESSED, 1,
          "The processor marks the entry as accessed.",
          "A is set in entry 547 of the page table; the entry is now "
          "0x44332025.");
  expect (m, VM_STEP_PERMISSION, 0, "User mode may read this page.",
          "Taken over all levels: U/S = 1, R/W = 0.");
  expect (m, VM_STEP_COMPOSE, 0,
          "Frame 0x44332 and offset 0x344 make physical address 0x44332344.",
          "The processor sets them side by side; nothing is added.");
  expect (m, VM_STEP_TLB_HIT, 0,
          "The TLB knows that page 0x11223 is in frame 0x44332: a TLB hit.",
          "No page table is read.");
  expect (m, VM_STEP_PERMISSION, 1, "This page may not be written: R/W is 0.",
          "One entry on the way that forbids it is enough.");
  expect (m, VM_STEP_FAULT, 0,
          "Page fault (#14), error code 0x7: user mode may not write to this "
          "page.",
          "In the code P = 1, W = 1, U = 1, RSVD = 0, I = 0. CR2 holds "
          "0x11223344.");
  expect (m, VM_STEP_FAULT, 1,
          "Page fault (#14), error code 0x4: the page is not present.",
          "In the code P = 0, W = 0, U = 1, RSVD = 0, I = 0. CR2 holds "
          "0x00000000.");
}

static void
test_long_mode (void)
{
  g_autoptr (Machine) m = long_mode ();

  expect (m, VM_STEP_ENTRY_READ, 3,
          "The MMU reads entry 2 of the page table in frame 0x00005.",
          "Physical address read: 0x00005000 + 2 × 8 = 0x00005010. This is "
          "the fourth memory access of the walk.");
  expect (m, VM_STEP_TLB_PROBE, 0,
          "The TLB looks for page 0x000040202 in set 0.",
          "0x000040202 modulo 2 sets is set 0; 0 of its 1 way holds a "
          "translation.");
  expect (m, VM_STEP_TLB_FILL, 1,
          "The TLB remembers that page 0x000040204 is in frame 0x0002c.",
          "Way 0 of set 0 was the least recently used: the page it held "
          "loses its place.");
}

/* A sentence is the same from wherever it is asked for. */
static void
test_cursor_does_not_matter (void)
{
  g_autoptr (Machine) machine = long_mode ();
  guint64 count = vm_machine_step_count (machine);
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  for (guint64 n = 0; n < count; n++)
    g_ptr_array_add (sentences,
                     scene_describe (machine, vm_machine_step (machine, n)));
  for (guint64 cursor = 0; cursor <= count; cursor += 41) {
    g_assert_true (vm_machine_seek (machine, cursor));
    for (guint64 n = 0; n < count; n++) {
      g_autofree char *again
          = scene_describe (machine, vm_machine_step (machine, n));
      g_assert_cmpstr (again, ==, g_ptr_array_index (sentences, n));
    }
  }
}

static void
test_events (void)
{
  g_autoptr (Machine) m = flagship ();

  g_assert_cmpint (scene_event_of (nth (m, VM_STEP_ACCESS, 0)), ==,
                   SCENE_EVENT_ACCESS);
  g_assert_cmpint (scene_event_of (nth (m, VM_STEP_TLB_HIT, 0)), ==,
                   SCENE_EVENT_HIT);
  g_assert_cmpint (scene_event_of (nth (m, VM_STEP_TLB_MISS, 0)), ==,
                   SCENE_EVENT_MISS);
  g_assert_cmpint (scene_event_of (nth (m, VM_STEP_ENTRY_READ, 0)), ==,
                   SCENE_EVENT_READ);
  g_assert_cmpint (scene_event_of (nth (m, VM_STEP_ENTRY_WRITE, 0)), ==,
                   SCENE_EVENT_WRITE);
  g_assert_cmpint (scene_event_of (nth (m, VM_STEP_COMPOSE, 0)), ==,
                   SCENE_EVENT_DONE);
  g_assert_cmpint (scene_event_of (nth (m, VM_STEP_FAULT, 0)), ==,
                   SCENE_EVENT_FAULT);
  g_assert_cmpint (scene_event_of (nth (m, VM_STEP_DATA, 0)), ==,
                   SCENE_EVENT_PLAIN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/describe/every-kind", test_every_kind);
  g_test_add_func ("/describe/extreme-values", test_extreme_values);
  g_test_add_func ("/describe/flagship", test_flagship);
  g_test_add_func ("/describe/long-mode", test_long_mode);
  g_test_add_func ("/describe/cursor-does-not-matter",
                   test_cursor_does_not_matter);
  g_test_add_func ("/describe/events", test_events);
  return g_test_run ();
}
