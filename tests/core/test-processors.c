/* Several processors, all kinds of TLB, all kinds of flush: nothing
 * contradicts itself at any operation, and every step is reached again. */
#include "support.h"

#include <inttypes.h>

static const char *const machines[] = {
    "geometry=x86-64 cpus=3 itlb=1x2 dtlb=2x2 stlb=4x2 pcid=on",
    "geometry=x86-64 cpus=2 itlb=1x2 dtlb=2x2 stlb=4x2 psc=on",
    "geometry=x86-64 cpus=2 pcid=on kpti=on psc=on tlb-replacement=plru",
    "geometry=x86-64-la57 cpus=2 kpti=on stlb=3x3 tlb-replacement=fifo",
    "geometry=x86-32 cpus=4 stlb=2x4 tlb-replacement=random",
    "geometry=x86-64 cpus=3 pcid=on shootdown=off stlb=4x2",
    "geometry=x86-32 cpus=2 shootdown=local psc=on",
    "geometry=sv39 cpus=2 pcid=on psc=on",
    "geometry=aarch64 cpus=2 pcid=on itlb=2x1 stlb=2x2",
    "geometry=sv48 cpus=2 stlb=2x2",
};

/* One operation at random on pages that collide. */
static void
do_something (struct vm_machine *m, uint32_t cpus, uint64_t *seed)
{
  static const char *const kinds[] = {"read", "write", "fetch"};
  static const char *const flushes[]
      = {"all", "address", "asid", "global", "spaces", "noflush"};
  uint64_t va = (1 + random_below (seed, 6)) << 12;
  uint32_t cpu = (uint32_t) random_below (seed, cpus);
  int process = 'A' + (int) random_below (seed, 3);
  uint64_t what = random_below (seed, 100);

  if (what < 20)
    run (m, "map process=%c va=%#" PRIx64 " frame=%#x flags=r%sxu%s", process,
         va, 0x800 + (uint32_t) random_below (seed, 64),
         random_chance (seed, 70) ? "w" : "",
         random_chance (seed, 10) ? "g" : "");
  else if (what < 30)
    run (m, "flush cpu=%u kind=%s va=%#" PRIx64, cpu,
         flushes[random_below (seed, 6)], va);
  else if (what < 35)
    run (m, "flush cpu=%u kind=%s va=%#" PRIx64 " process=%c", cpu,
         random_chance (seed, 50) ? "asid" : "address", va, process);
  else if (what < 45)
    run (m, "switch cpu=%u process=%c", cpu, process);
  else
    run (m, "access cpu=%u va=%#" PRIx64 " kind=%s mode=%s", cpu, va,
         kinds[random_below (seed, 3)],
         random_chance (seed, 80) ? "user" : "kernel");
}

static void
test_random (gconstpointer data)
{
  const char *how = data;
  struct vm_machine *m = vm_machine_new ();
  uint64_t seed = 7;

  run (m, "machine memory=16M %s", how);
  for (int i = 0; i < 3; i++)
    run (m, "process name=%c", 'A' + i);
  for (uint32_t i = 0; i < 600; i++) {
    do_something (m, vm_machine_state (m)->config.cpus, &seed);
    assert_holds (m, VM_CHECK_ALL);
  }

  const struct vm_tape *tape = vm_machine_tape (m);
  uint64_t end = vm_machine_step_count (m), hash = vm_state_hash (tape);
  for (uint32_t i = 0; i < 100; i++) {
    g_assert_true (vm_machine_seek (m, random_below (&seed, end)));
    assert_holds (m, VM_CHECK_LINKS);
  }
  vm_machine_seek (m, end);
  g_assert_cmphex (vm_state_hash (tape), ==, hash);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (machines); i++) {
    g_autofree char *path = g_strdup_printf ("/processors/%zu", i);
    g_test_add_data_func (path, machines[i], test_random);
  }
  return g_test_run ();
}
