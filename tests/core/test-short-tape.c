/* The tape gives out in the middle of what the kernel does: to free frames, to
 * keep files and swap, to build its own half, and to switch tasks. */
#include "support.h"

/* Each list begins with its machine. */
static const char *const linux_reclaim[] = {
    "machine geometry=x86-64 memory=256K reclaim=linux cpus=2 page-cluster=3",
    "swapon size=256K",
    "shm name=S size=40K",
    "file name=F size=80K cached=off",
    "process name=A layout=linux",
    "mmap process=A va=0x10000000 length=96K fixed=on populate=on",
    "mmap process=A va=0x20000000 length=80K fixed=on file=F type=shared",
    "mmap process=A va=0x30000000 length=40K fixed=on type=shared file=S",
    "access process=A va=0x30000000 kind=write",
    "access process=A va=0x30001000 kind=write",
    "access process=A va=0x20000000",
    "access process=A va=0x20001000 kind=write",
    "open process=A file=F",
    "read process=A fd=3 va=0x10000000 length=30000",
    "write process=A fd=3 va=0x10002000 length=30000",
    "madvise process=A va=0x30000000 length=40K advice=pageout",
    "access process=A va=0x30000000",
    "madvise process=A va=0x10000000 length=48K advice=pageout",
    "madvise process=A va=0x10004000 length=16K advice=free",
    "madvise process=A va=0x10008000 length=16K advice=cold",
    "madvise process=A va=0x10000000 length=48K advice=willneed",
    "mlock process=A va=0x10000000 length=16K",
    "mlock process=A va=0x10002000 length=24K",
    "munlock process=A va=0x10001000 length=16K",
    "pin process=A va=0x10000000 length=8K",
    "fork process=A name=B",
    "access process=B va=0x10005000 kind=write",
    "mlockall process=B current=off future=on",
    "munlockall process=B",
    "msync process=A va=0x20000000 length=80K",
    "fsync process=A file=F",
    "write process=A file=F va=0x10002000 length=20000 offset=20000",
    "tick n=40",
    "drop-caches",
    "truncate process=A file=S size=4K",
    "truncate process=A file=F size=10000",
    "unpin process=A va=0x10000000 length=8K",
    "swapoff",
    "close process=A fd=3",
    "exit process=B",
    "exit process=A",
    NULL,
};

/* A policy looks after all frames; when none can go, somebody dies. */
static const char *const policy_reclaim[] = {
    "machine geometry=x86-64 memory=160K reclaim=arc",
    "swapon size=32K",
    "process name=A layout=linux",
    "process name=B layout=linux",
    "clone process=B name=C flags=vm",
    "mmap process=A va=0x10000000 length=96K fixed=on",
    "mmap process=B va=0x10000000 length=96K fixed=on",
    "access process=A va=0x10000000 kind=write",
    "access process=A va=0x10001000 kind=write",
    "access process=A va=0x10002000 kind=write",
    "mlock process=A va=0x10000000 length=12K",
    "access process=B va=0x10000000 kind=write",
    "access process=B va=0x10001000 kind=write",
    "access process=B va=0x10002000 kind=write",
    "access process=B va=0x10003000 kind=write",
    "access process=B va=0x10004000 kind=write",
    "access process=B va=0x10005000 kind=write",
    "access process=B va=0x10006000 kind=write",
    "access process=B va=0x10007000 kind=write",
    "access process=B va=0x10008000 kind=write",
    "access process=B va=0x10009000 kind=write",
    "access process=B va=0x1000a000 kind=write",
    "madvise process=B va=0x10000000 length=20K advice=pageout",
    "mlockall process=B current=on",
    "mmap process=A va=0x20000000 length=96K fixed=on populate=on",
    NULL,
};

static const char *const local_sets[] = {
    "machine geometry=x86-64 memory=512K reclaim=2q scope=local resident=4",
    "swapon size=128K",
    "process name=A layout=linux",
    "mmap process=A va=0x10000000 length=32K fixed=on populate=on",
    "access process=A va=0x10000000",
    "access process=A va=0x10007000 kind=write",
    "fork process=A name=B",
    "access process=B va=0x10003000 kind=write",
    "access process=B va=0x10005000 kind=write",
    "mremap process=B va=0x10003000 old-length=4K new-length=4K to=0x40000000",
    "munmap process=A va=0x10000000 length=16K",
    "exit process=A",
    "exit process=B",
    NULL,
};

static const char *const pools[] = {
    "machine geometry=x86-64 memory=1M",
    "pool name=a policy=arc frames=3",
    "pool name=b policy=lru frames=3",
    "string references=1,2,3,4,1,2,5,1,2,3,4,5",
    "reference count=6",
    "reference count=6 pool=a",
    "reference count=3 pool=b",
    NULL,
};

/* The kernel's half, with blocks and slabs. */
static const char *const kernel_64[] = {
    "machine geometry=x86-64 memory=16M buddy=on zones=on kpti=on",
    "kernel",
    "get_pages order=3 module=m",
    "kmalloc size=100 module=m",
    "kmalloc size=5000 module=m",
    "kmalloc size=70000 module=m",
    "kmalloc size=64 gfp=GFP_DMA",
    "vmalloc bytes=50000 module=m",
    "vmalloc bytes=5000",
    "rmmod module=m",
    "process name=A layout=linux",
    "mmap process=A va=0x40000000 length=2M fixed=on populate=on",
    "kwrite process=A va=0x40000000 value=7",
    "window name=card kind=device start=0x800000 size=0x3000",
    "fork process=A name=B",
    "exit process=A",
    "exit process=B",
    NULL,
};

static const char *const kernel_32[] = {
    "machine geometry=x86-32 memory=1G zones=on cpus=2",
    "kernel",
    "kmap frame=0x38000",
    "kmap frame=0x38000",
    "kmap frame=0x38001 kind=local cpu=1",
    "vmalloc bytes=9000",
    "process name=A",
    "access process=A va=0xf8800000 mode=kernel",
    "map process=A va=0x1000 frame=0x38003 flags=rwu",
    "kwrite process=A va=0x1000 value=7 cpu=1",
    "kunmap va=0xff801000",
    "kunmap va=0xfffde000 cpu=1",
    "vfree va=0xf8800000",
    NULL,
};

/* Free blocks change their zone. */
static const char *const kernel_moves[] = {
    "machine geometry=x86-32 memory=890M buddy=on",
    "kernel version=4.0",
    "vmalloc bytes=40000",
    "vfree va=0xf7bfe000",
    NULL,
};

static const char *const tasks[] = {
    "machine geometry=x86-64 memory=16M cpus=2 pcid=on",
    "file name=F size=8K",
    "process name=A layout=linux",
    "mmap process=A va=0x40000000 length=16K fixed=on populate=on",
    "open process=A file=F",
    "chdir process=A to=home",
    "sigaction process=A signal=10 handler=0x40000000",
    "clone process=A name=T flags=vm,fs,files,sighand,thread",
    "clone process=A name=P flags=vm,vfork",
    "exit process=P",
    "clone process=A name=C flags=none",
    "clone process=A name=D flags=fs,files",
    "kthread name=k",
    "kthread name=l",
    "switch process=T cpu=1",
    "switch process=k cpu=1",
    "mprotect process=A va=0x40000000 length=4K prot=r",
    "switch process=l cpu=1",
    "switch process=T cpu=1",
    "switch process=k cpu=1",
    "exec process=D file=F",
    "exit process=D",
    "exit process=C",
    "exit process=A group=on",
    "switch process=l cpu=1",
    NULL,
};

/* The tape gives out at more and more of a line's changes, until it does not.
 * Each time nothing has changed. */
static void
test_list (gconstpointer data)
{
  const char *const *lines = data;
  struct vm_machine *m = vm_machine_new ();
  uint32_t failures = 0;

  run (m, "%s", *lines++);
  for (; *lines != NULL; lines++) {
    uint64_t hash = vm_state_hash (vm_machine_tape (m));
    uint64_t steps = vm_machine_step_count (m);
    for (uint64_t changes = 0; !run_short (m, *lines, changes);
         changes += 1 + changes / 32) {
      failures++;
      g_assert_cmpuint (vm_machine_step_count (m), ==, steps);
      if (changes % 16 == 0)
        g_assert_cmphex (vm_state_hash (vm_machine_tape (m)), ==, hash);
    }
    assert_holds (m, VM_CHECK_ALL);
  }
  g_assert_cmpuint (failures, >, 50);
  g_test_message ("%u failures", failures);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/short-tape/linux", linux_reclaim, test_list);
  g_test_add_data_func ("/short-tape/policy", policy_reclaim, test_list);
  g_test_add_data_func ("/short-tape/local", local_sets, test_list);
  g_test_add_data_func ("/short-tape/pools", pools, test_list);
  g_test_add_data_func ("/short-tape/kernel-64", kernel_64, test_list);
  g_test_add_data_func ("/short-tape/kernel-32", kernel_32, test_list);
  g_test_add_data_func ("/short-tape/kernel-moves", kernel_moves, test_list);
  g_test_add_data_func ("/short-tape/tasks", tasks, test_list);
  return g_test_run ();
}
