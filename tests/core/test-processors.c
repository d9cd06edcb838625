/* Several processors, all kinds of TLB, all kinds of flush: nothing
 * contradicts itself at any operation, and every step is reached again. */
#include "support.h"

#include <inttypes.h>

#include "mmu/shootdown.h"

#define OPERATIONS 600
#define KEPT_EVERY 25 /* operations between two snapshots */

static const char *const machines[] = {
    "geometry=x86-64 cpus=3 itlb=1x2 dtlb=2x2 stlb=4x2 pcid=on",
    "geometry=x86-64 cpus=2 itlb=1x2 dtlb=2x2 stlb=4x2 psc=on",
    "geometry=x86-64 cpus=2 pcid=on kpti=on psc=on dtlb=1x4 "
    "tlb-replacement=plru",
    "geometry=x86-64-la57 cpus=2 kpti=on dtlb=1x2 stlb=3x3 "
    "tlb-replacement=fifo",
    "geometry=x86-64 cpus=4 kpti=on psc=on itlb=1x2 dtlb=1x1 "
    "shootdown=local",
    "geometry=x86-64 cpus=8 pcid=on kpti=on dtlb=1x2 stlb=2x4 "
    "tlb-replacement=random",
    "geometry=x86-32 cpus=4 dtlb=2x2 stlb=2x4 tlb-replacement=random",
    "geometry=x86-pae cpus=3 dtlb=2x2 itlb=1x2 stlb=2x2",
    "geometry=x86-64 cpus=3 pcid=on shootdown=off dtlb=2x2 stlb=4x2",
    "geometry=x86-32 cpus=2 dtlb=2x2 shootdown=local psc=on",
    "geometry=sv39 cpus=2 dtlb=2x2 pcid=on psc=on",
    "geometry=aarch64 cpus=2 dtlb=2x2 pcid=on itlb=2x1 stlb=2x2",
    "geometry=sv48 cpus=2 dtlb=2x2 stlb=2x2",
};

/* What happened, so that a row of operations that does nothing is noticed. */
struct seen {
  bool flushes[VM_FLUSH_NOFLUSH + 1]; /* each kind, of something */
  uint32_t steps[VM_STEP_KINDS];
};

/* A page of the lower half, or of the half that is the kernel's. */
static uint64_t
some_page (const struct vm_machine *m, uint64_t *seed)
{
  const struct vm_geometry *g = vm_machine_geometry (m);
  uint64_t page = (1 + random_below (seed, 6)) << VM_PAGE_SHIFT;

  if (random_chance (seed, 75))
    return page;
  if (g->word_bits == 32)
    return 0xc0000000 + page;
  return page - (UINT64_C (1) << (g->va_bits - 2));
}

static void
map_something (struct vm_machine *m, uint32_t cpu, uint64_t *seed)
{
  uint64_t va = some_page (m, seed);
  bool large = random_chance (seed, 10);
  uint64_t size = large ? UINT64_C (1) << vm_machine_geometry (m)->level[2].low
                        : VM_PAGE_SIZE;
  uint64_t frame = 0x800 + random_below (seed, 64);

  if (large) {
    va = (va | 3 * size) & -size;
    frame = 0x4000 + (frame << 10);
  }
  run (m,
       "map process=%c va=%#" PRIx64 " frame=%#" PRIx64 " size=%" PRIu64
       " flags=r%sxu%s cpu=%u trampoline=%s",
       'A' + (int) random_below (seed, 3), va, frame, size,
       random_chance (seed, 70) ? "w" : "", random_chance (seed, 10) ? "g" : "",
       cpu, random_chance (seed, 50) ? "on" : "off");
}

/* One operation at random on pages that collide. */
static void
do_something (struct vm_machine *m, uint64_t *seed)
{
  static const char *const kinds[] = {"read", "write", "fetch"};
  static const char *const flushes[]
      = {"all", "address", "asid", "global", "spaces", "noflush"};
  uint32_t cpu
      = (uint32_t) random_below (seed, vm_machine_state (m)->config.cpus);
  uint64_t va = some_page (m, seed);
  int process = 'A' + (int) random_below (seed, 3);
  uint64_t what = random_below (seed, 100);

  /* So that a flush finds something more often than not. */
  if (what >= 20 && what < 35)
    run (m, "access cpu=%u va=%#" PRIx64 " process=%c", cpu, va, process);
  if (what < 20)
    map_something (m, cpu, seed);
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

/* What the latest operation told. */
static void
note (struct vm_machine *m, struct seen *seen)
{
  const struct vm_result *latest
      = vm_machine_result (m, vm_machine_op_count (m) - 1);

  for (uint64_t n = latest->first_step; n < latest->end_step; n++) {
    const struct vm_step *step = vm_machine_step (m, n);
    seen->steps[step->kind]++;
    if (step->kind == VM_STEP_FLUSH
        && (step->values[VM_V_FLUSH_DROPPED] > 0
            || step->values[VM_V_FLUSH_KIND] == VM_FLUSH_NOFLUSH))
      seen->flushes[step->values[VM_V_FLUSH_KIND]] = true;
  }
}

/* All kinds of flush had something to do, and what the machine has was used. */
static void
check_seen (const struct vm_machine *m, const struct seen *seen)
{
  const struct vm_config *c = &vm_machine_state (m)->config;

  for (uint32_t kind = 0; kind < G_N_ELEMENTS (seen->flushes); kind++)
    g_assert_true (seen->flushes[kind]);
  g_assert_cmpuint (seen->steps[VM_STEP_TLB_VICTIM], >, 0);
  if (c->kpti)
    g_assert_cmpuint (seen->steps[VM_STEP_MODE], >, 0);
  if (c->psc)
    g_assert_cmpuint (seen->steps[VM_STEP_PSC_HIT], >, 0);
  if (c->stlb_sets != 0)
    g_assert_cmpuint (seen->steps[VM_STEP_TLB_PROMOTE], >, 0);
  switch ((enum vm_shootdown_reach) c->shootdown) {
  case VM_SHOOTDOWN_ON:
    g_assert_cmpuint (seen->steps[VM_STEP_IPI_ACK], >, 0);
    g_assert_true (!c->asids || seen->steps[VM_STEP_BEHIND] > 0);
    break;
  case VM_SHOOTDOWN_LOCAL:
  case VM_SHOOTDOWN_OFF:
    g_assert_cmpuint (seen->steps[VM_STEP_OWE], >, 0);
    break;
  }
}

static void
test_random (gconstpointer data)
{
  const char *how = data;
  struct vm_machine *m = vm_machine_new ();
  struct vm_snapshot kept[OPERATIONS / KEPT_EVERY];
  uint64_t ends[OPERATIONS / KEPT_EVERY];
  struct seen seen = {.steps = {0}};
  uint32_t count = 0;
  uint64_t seed = 7;

  run (m, "machine memory=16M %s", how);
  for (int i = 0; i < 3; i++)
    run (m, "process name=%c", 'A' + i);
  for (uint32_t i = 1; i <= OPERATIONS; i++) {
    do_something (m, &seed);
    assert_holds (m, VM_CHECK_ALL);
    note (m, &seen);
    if (i % KEPT_EVERY != 0)
      continue;
    g_assert_true (vm_snapshot_take (&kept[count], vm_machine_tape (m)));
    ends[count++] = vm_machine_step_count (m);
  }

  check_seen (m, &seen);
  check_kept (m, kept, ends, count, &seed);
  check_both_ways (m, &seed);
  for (uint32_t i = 0; i < count; i++)
    vm_snapshot_done (&kept[i]);
  vm_machine_free (m);
}

/* A mapping changes and nobody drops it: the machine is as it should be, and
 * says whose TLB is out of date, where, and for which page. */
static void
test_owed (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);
  struct vm_check_report report;

  run (m, "machine geometry=x86-64 cpus=2 dtlb=2x2 shootdown=local");
  run (m, "process name=A");
  run (m, "map process=A va=0x3000 frame=0x800 flags=rwu");
  run (m, "access cpu=0 va=0x3000");
  run (m, "access cpu=1 va=0x3000");
  g_assert_true (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpuint (report.owed, ==, 0);

  run (m, "map process=A va=0x3000 frame=0x801 flags=ru cpu=0");
  g_assert_true (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpuint (report.owed, ==, 1);
  g_assert_cmpuint (report.a, ==, 1);
  g_assert_cmphex (report.c, ==, 0x3000);
  uint64_t index = report.b;
  g_assert_cmpuint (s->tlb[index].frame, ==, 0x800);
  g_assert_cmphex (run (m, "access cpu=1 va=0x3000")->translation.pa.v, ==,
                   0x800000);

  /* Were it not owed, it would be wrong. */
  writable (m)->tlb[index].stale = 0;
  g_assert_false (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpstr (report.rule, ==, "the TLB holds what the tables hold");
  writable (m)->tlb[index].stale = 1;

  run (m, "flush cpu=1 kind=address va=0x3000");
  g_assert_true (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpuint (report.owed, ==, 0);
  g_assert_cmphex (run (m, "access cpu=1 va=0x3000")->translation.pa.v, ==,
                   0x801000);
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
  g_test_add_func ("/processors/owed", test_owed);
  return g_test_run ();
}
