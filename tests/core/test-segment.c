/* Segments of the 32-bit x86: descriptors, loads, limits, and what is refused.
 */
#include "mmu/segment.h"

#include <inttypes.h>

#include "support.h"

static struct vm_machine *
machine (const char *geometry, const char *segments)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=%s memory=16M", geometry);
  run (m, "process name=A");
  run (m, "map process=A va=0x1000 frame=0x80 flags=rwu");
  run (m, "map process=A va=0x5000 frame=0x85 flags=rwu");
  run (m, "%s", segments);
  return m;
}

static void
assert_fault (const struct vm_result *result, uint32_t vector, uint32_t error)
{
  g_assert_false (result->translation.ok);
  g_assert_cmpuint (result->translation.fault.kind, ==, VM_FAULT_SEGMENT);
  g_assert_cmpuint (result->translation.fault.vector, ==, vector);
  g_assert_cmphex (result->translation.fault.error, ==, error);
}

/* The four segments that Linux of old and every textbook have. */
static void
test_codec (void)
{
  struct vm_descriptor d = vm_descriptor_decode (UINT64_C (0xcffa000000ffff));
  uint64_t seed = 5;

  g_assert_cmphex (d.base, ==, 0);
  g_assert_cmphex (d.limit, ==, 0xfffff);
  g_assert_cmphex (vm_descriptor_last (&d), ==, UINT32_MAX);
  g_assert_cmpuint (d.dpl, ==, 3);
  g_assert_cmpuint (d.type, ==, 0xa);
  for (uint32_t i = 0; i < 10000; i++) {
    uint64_t raw = random_next (&seed);
    d = vm_descriptor_decode (raw);
    g_assert_cmphex (vm_descriptor_encode (&d), ==, raw);
  }
  uint32_t count, next = 64;
  const struct vm_pte_field *fields = vm_descriptor_fields (&count);
  for (uint32_t i = 0; i < count; i++) {
    g_assert_cmpuint (fields[i].high + 1u, ==, next);
    next = fields[i].low;
  }
  g_assert_cmpuint (next, ==, 0);
}

/* Base 0: the offset is the linear address. */
static void
test_flat (void)
{
  struct vm_machine *m = machine ("x86-32", "segments model=flat");
  const struct vm_state *s = vm_machine_state (m);

  g_assert_cmphex (run (m, "access va=0x1234")->translation.pa.v, ==, 0x80234);
  g_assert_cmphex (vm_memory_read (s, vm_paddr_of (s->gdt.base + 0x18), 8), ==,
                   UINT64_C (0xcffb000000ffff));
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

static void
test_base_and_limit (void)
{
  struct vm_machine *m = machine ("x86-pae", "segments");

  run (m, "segment index=5 type=data base=0x5000 limit=0xff granularity=byte");
  run (m, "load register=es selector=0x2b");
  g_assert_cmphex (run (m, "access va=0xf0 segment=es")->translation.pa.v, ==,
                   0x850f0);
  g_assert_true (run (m, "access va=0xfc segment=es width=4")->translation.ok);
  assert_fault (run (m, "access va=0x100 segment=es"), 13, 0);
  assert_fault (run (m, "access va=0xfe segment=es width=4"), 13, 0);
  /* The register keeps what it loaded. */
  run (m, "segment index=5 type=data base=0 limit=0xfffff");
  assert_fault (run (m, "access va=0x100 segment=es"), 13, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A stack's limit is where it must not grow to. */
static void
test_stack (void)
{
  struct vm_machine *m = machine ("x86-32", "segments");

  run (m, "segment index=5 type=stack limit=0x10ff granularity=byte");
  run (m, "load register=ss selector=0x2b");
  assert_fault (run (m, "access va=0x10ff segment=ss"), 12, 0);
  g_assert_true (run (m, "access va=0x1100 segment=ss")->translation.ok);
  vm_machine_free (m);
}

static void
test_loads (void)
{
  struct vm_machine *m = machine ("x86-32", "segments entries=8");

  run (m, "segment index=5 type=data present=off");
  run (m, "segment index=6 type=system");
  run (m, "segment index=7 type=code-only");
  assert_fault (run (m, "load register=ds selector=0x2b"), 11, 0x28);
  assert_fault (run (m, "load register=ss selector=0x2b"), 12, 0x28);
  assert_fault (run (m, "load register=ds selector=0x33"), 13, 0x30);
  assert_fault (run (m, "load register=ds selector=0x3b"), 13, 0x38);
  assert_fault (run (m, "load register=ds selector=0x43"), 13, 0x40);
  assert_fault (run (m, "load register=ds selector=0x27"), 13, 0x24);
  assert_fault (run (m, "load register=ds selector=0x10"), 13, 0x10);
  assert_fault (run (m, "load register=ss selector=3"), 13, 0);
  /* What was refused left the register alone; nothing can be used empty. */
  g_assert_true (run (m, "access va=0x1000")->translation.ok);
  g_assert_true (run (m, "load register=ds selector=0")->translation.ok);
  assert_fault (run (m, "access va=0x1000"), 13, 0);
  g_assert_true (
      run (m, "load register=ds selector=0x10 mode=kernel")->translation.ok);
  g_assert_true (run (m, "access va=0x1000 mode=kernel")->translation.ok);
  assert_fault (run (m, "access va=0x1000"), 13, 0);
  assert_fault (run (m, "access va=0x1000 segment=cs kind=write"), 13, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Long mode keeps the bases of FS and GS. */
static void
test_long_mode (void)
{
  struct vm_machine *m = machine ("x86-64", "segments");

  g_assert_true (run (m, "access va=0x1000 segment=ds")->translation.ok);
  run (m, "load register=fs base=0x5000");
  g_assert_cmphex (run (m, "access va=0x10 segment=fs")->translation.pa.v, ==,
                   0x85010);
  refused (m, VM_ERROR_NOT_HERE, "load register=ds base=0x5000");
  refused (m, VM_ERROR_NOT_HERE, "segment index=1 type=data");
  refused (m, VM_ERROR_NOT_AN_ADDRESS,
           "load register=gs base=0x8000000000000000");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

static void
test_refused (void)
{
  struct vm_machine *m = machine ("sv32", "access va=0x1000");

  refused (m, VM_ERROR_NOT_HERE, "segments");
  vm_machine_free (m);
  m = machine ("x86-32", "access va=0x1000");
  refused (m, VM_ERROR_NO_SEGMENTS, "access va=0x1000 segment=ds");
  refused (m, VM_ERROR_NO_SEGMENTS, "load register=ds selector=0x23");
  refused (m, VM_ERROR_NO_SEGMENTS, "segment index=1 type=data");
  run (m, "segments");
  refused (m, VM_ERROR_SEGMENTS_ON, "segments");
  refused (m, VM_ERROR_OUT_OF_RANGE, "segment index=8 type=data");
  refused (m, VM_ERROR_MISSING_PARAMETER, "load register=ds");
  vm_machine_free (m);
}

/* Random descriptors, loads and accesses: all is found again. */
static void
test_seek (void)
{
  static const char *const types[]
      = {"code", "code-only", "conforming", "data", "read-only", "stack"};
  static const char *const names[] = {"es", "cs", "ss", "ds", "fs", "gs"};
  struct vm_machine *m = machine ("x86-32", "segments");
  uint64_t seed = 3;

  for (uint32_t i = 0; i < 500; i++) {
    run (m, "segment index=%u type=%s base=%#x limit=%#x dpl=%u",
         5 + (uint32_t) random_below (&seed, 3), types[random_below (&seed, 6)],
         (uint32_t) random_below (&seed, 8) << 10,
         (uint32_t) random_below (&seed, 8), random_chance (&seed, 80) ? 3 : 0);
    run (m, "load register=%s selector=%#x", names[random_below (&seed, 6)],
         (uint32_t) random_below (&seed, 9) << 3 | 3);
    run (m, "access va=%#x segment=%s kind=%s",
         (uint32_t) random_below (&seed, 0x8000),
         names[random_below (&seed, 6)],
         random_chance (&seed, 50) ? "read" : "write");
  }
  assert_holds (m, VM_CHECK_ALL);
  uint64_t end = vm_machine_step_count (m);
  uint64_t hash = vm_state_hash (vm_machine_tape (m));
  vm_machine_seek (m, end / 2);
  uint64_t half = vm_state_hash (vm_machine_tape (m));
  vm_machine_seek (m, 0);
  vm_machine_seek (m, end / 2);
  g_assert_cmphex (vm_state_hash (vm_machine_tape (m)), ==, half);
  vm_machine_seek (m, end);
  g_assert_cmphex (vm_state_hash (vm_machine_tape (m)), ==, hash);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segment/codec", test_codec);
  g_test_add_func ("/segment/flat", test_flat);
  g_test_add_func ("/segment/base-and-limit", test_base_and_limit);
  g_test_add_func ("/segment/stack", test_stack);
  g_test_add_func ("/segment/loads", test_loads);
  g_test_add_func ("/segment/long-mode", test_long_mode);
  g_test_add_func ("/segment/refused", test_refused);
  g_test_add_func ("/segment/seek", test_seek);
  return g_test_run ();
}
