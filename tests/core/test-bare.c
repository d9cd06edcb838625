/* Programs in bare memory: they collide, are relocated, swapped whole and moved
 * together; and base and bounds keep them apart. */
#include "mm/holes.h"
#include "mm/program.h"
#include "support.h"

#define SIZES 5
#define RANDOM_OPERATIONS 160
#define WORDS 24

static struct vm_machine *
machine (const char *translation)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-32 memory=64K translation=%s", translation);
  run (m, "process name=A");
  run (m, "process name=B");
  return m;
}

static uint64_t
step_value (const struct vm_machine *m, const struct vm_result *r,
            enum vm_step_kind kind, uint32_t value)
{
  for (uint64_t n = r->first_step; n < r->end_step; n++)
    if (vm_machine_step (m, n)->kind == kind)
      return vm_machine_step (m, n)->values[value];
  g_error ("no step %s", vm_step_info_of (kind)->name);
}

static uint32_t
count_steps (const struct vm_machine *m, const struct vm_result *r,
             enum vm_step_kind kind)
{
  uint32_t count = 0;

  for (uint64_t n = r->first_step; n < r->end_step; n++)
    count += vm_machine_step (m, n)->kind == kind;
  return count;
}

static void
test_addresses_are_physical (void)
{
  struct vm_machine *m = machine ("none");
  const struct vm_result *r
      = run (m, "access process=A va=0x1234 kind=write width=4 value=0x2a");

  g_assert_true (r->translation.ok);
  g_assert_cmphex (r->translation.pa.v, ==, 0x1234);
  g_assert_cmpuint (r->translation.reads, ==, 0);
  g_assert_cmpuint (count_steps (m, r, VM_STEP_TLB_PROBE), ==, 0);
  g_assert_cmphex (
      vm_memory_read (vm_machine_state (m), vm_paddr_of (0x1234), 4), ==, 0x2a);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

static void
test_nothing_stops_a_process (void)
{
  struct vm_machine *m = machine ("none");

  run (m, "program process=A size=16K at=0x4000 linked=0x4000");
  run (m, "program process=B size=16K at=0x8000 linked=0x8000");
  const struct vm_result *r = run (m, "access process=A va=0x9000 kind=write "
                                      "width=1 value=7");
  g_assert_true (r->translation.ok);
  g_assert_cmpuint (step_value (m, r, VM_STEP_TRESPASS, VM_V_TRESPASS_OWNER),
                    ==, 1);
  r = run (m, "access process=A va=0x10");
  g_assert_cmpuint (step_value (m, r, VM_STEP_TRESPASS, VM_V_TRESPASS_OWNER),
                    ==, VM_NONE);
  r = run (m, "access process=A va=0x4000");
  g_assert_cmpuint (count_steps (m, r, VM_STEP_TRESPASS), ==, 0);
  r = run (m, "access process=A va=0xf000");
  g_assert_cmpuint (count_steps (m, r, VM_STEP_TRESPASS), ==, 0);
  vm_machine_free (m);
}

static void
test_programs_collide (void)
{
  struct vm_machine *m = machine ("none");

  run (m, "program process=A size=16K at=0x4000 linked=0x4000");
  g_assert_true (run (m, "run process=A")->translation.ok);
  const struct vm_result *r
      = run (m, "program process=B size=16K at=0x6000 linked=0x6000");
  g_assert_cmphex (step_value (m, r, VM_STEP_OVERWRITE, VM_V_IMAGE_BASE), ==,
                   0x6000);
  g_assert_cmphex (step_value (m, r, VM_STEP_OVERWRITE, VM_V_IMAGE_SIZE), ==,
                   0x2000);
  g_assert_cmpuint (step_value (m, r, VM_STEP_OVERWRITE, VM_V_OVERWRITE_OWNER),
                    ==, 0);
  g_assert_false (run (m, "run process=A")->translation.ok);
  g_assert_true (run (m, "run process=B")->translation.ok);
  g_assert_cmpuint (vm_machine_state (m)->frames[6].refs, ==, 2);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Where a program must lie for its addresses is no matter of where it lies. */
static void
test_relocation (void)
{
  struct vm_machine *m = machine ("none");

  run (m, "program process=A size=8K at=0x2000 linked=0x5000 references=7");
  g_assert_false (run (m, "run process=A")->translation.ok);
  const struct vm_result *r = run (m, "relocate process=A");
  g_assert_cmpuint (count_steps (m, r, VM_STEP_PATCH), ==, 7);
  for (uint64_t n = r->first_step + 1; n < r->end_step; n++) {
    const struct vm_step *step = vm_machine_step (m, n);
    g_assert_cmphex (step->values[VM_V_PATCH_BEFORE]
                         - step->values[VM_V_PATCH_AFTER],
                     ==, 0x3000);
  }
  g_assert_true (run (m, "run process=A")->translation.ok);
  g_assert_cmpuint (
      count_steps (m, run (m, "relocate process=A"), VM_STEP_PATCH), ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

static void
test_swapped_whole (void)
{
  struct vm_machine *m = machine ("none");

  run (m, "program process=A size=10000 at=0x4010 linked=0x4010");
  run (m, "access process=A va=0x5000 kind=write width=4 value=0x12345678");
  const struct vm_result *r = run (m, "swap-out process=A");
  g_assert_cmpuint (count_steps (m, r, VM_STEP_DISK), ==, 3);
  g_assert_cmpuint (vm_machine_state (m)->counters.disk_writes, ==, 3);
  g_assert_cmpuint (vm_machine_state (m)->frames[5].role, ==, VM_FRAME_FREE);
  refused (m, VM_ERROR_WRONG_PLACE, "run process=A");
  refused (m, VM_ERROR_WRONG_PLACE, "swap-out process=A");
  run (m, "program process=B size=32K at=0x4000 linked=0");
  run (m, "swap-in process=A at=0xc010");
  g_assert_cmphex (
      vm_memory_read (vm_machine_state (m), vm_paddr_of (0xd000), 4), ==,
      0x12345678);
  g_assert_cmpuint (vm_machine_state (m)->counters.disk_reads, ==, 3);
  g_assert_false (run (m, "run process=A")->translation.ok);
  run (m, "relocate process=A");
  g_assert_true (run (m, "run process=A")->translation.ok);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

static void
test_bounds (void)
{
  struct vm_machine *m = machine ("base-bounds");

  run (m, "program process=A size=0x2ff0 at=0x4000");
  run (m, "program process=B size=0x2000 at=0x8000");
  const struct vm_result *r = run (m, "access process=A va=0x2fec width=4");
  g_assert_cmphex (r->translation.pa.v, ==, 0x6fec);
  r = run (m, "access process=B va=0x10 width=4");
  g_assert_cmphex (r->translation.pa.v, ==, 0x8010);
  r = run (m, "access process=A va=0x2ff0 width=1");
  g_assert_false (r->translation.ok);
  g_assert_cmpint (r->translation.fault.kind, ==, VM_FAULT_PROTECTION);
  g_assert_cmpuint (r->translation.fault.vector, ==, 13);
  g_assert_cmphex (vm_machine_state (m)->cpus[0].cr2, ==, 0);
  r = run (m, "access process=A va=0x2fee width=4");
  g_assert_false (r->translation.ok);
  r = run (m, "access process=A va=0xffffffff width=1");
  g_assert_false (r->translation.ok);
  r = run (m, "access process=A va=0x8010 mode=kernel width=4");
  g_assert_cmphex (r->translation.pa.v, ==, 0x8010);
  refused (m, VM_ERROR_IN_USE, "program process=B size=0x2000 at=0x6000");
  refused (m, VM_ERROR_IN_USE, "program process=B size=0x2000 at=0");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* The exception of each family (bounds.h). */
static void
test_fault_of_each_family (void)
{
  static const struct {
    const char *geometry;
    uint32_t read, write, fetch;
  } families[] = {{"x86-pae", 13, 13, 13},
                  {"sv32", 5, 7, 1},
                  {"sv39", 5, 7, 1},
                  {"aarch64", 0x24, 0x24, 0x20}};

  for (size_t i = 0; i < G_N_ELEMENTS (families); i++) {
    struct vm_machine *m = vm_machine_new ();
    run (m, "machine geometry=%s translation=base-bounds memory=64K",
         families[i].geometry);
    run (m, "process name=A");
    run (m, "program process=A size=4K");
    g_assert_true (run (m, "run process=A")->translation.ok);
    g_assert_cmpuint (
        run (m, "access va=0x1000 kind=read")->translation.fault.vector, ==,
        families[i].read);
    g_assert_cmpuint (
        run (m, "access va=0x1000 kind=write")->translation.fault.vector, ==,
        families[i].write);
    g_assert_cmpuint (
        run (m, "access va=0x1000 kind=fetch")->translation.fault.vector, ==,
        families[i].fetch);
    assert_holds (m, VM_CHECK_ALL);
    vm_machine_free (m);
  }
}

static void
test_registers_follow_the_program (void)
{
  struct vm_machine *m = machine ("base-bounds");
  const struct vm_cpu *cpu = &vm_machine_state (m)->cpus[0];

  run (m, "program process=A size=0x3000 at=0x4000");
  run (m, "switch process=A");
  g_assert_cmphex (cpu->base, ==, 0x4000);
  g_assert_cmphex (cpu->limit, ==, 0x3000);
  run (m, "swap-out process=A");
  g_assert_cmphex (cpu->limit, ==, 0);
  g_assert_false (run (m, "access process=A va=0")->translation.ok);
  run (m, "swap-in process=A at=0xa000");
  g_assert_cmphex (cpu->base, ==, 0xa000);
  g_assert_true (run (m, "run process=A")->translation.ok);
  run (m, "compact");
  g_assert_cmphex (cpu->base, ==, 0x1000);
  g_assert_true (run (m, "run process=A")->translation.ok);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Enough is free, but in pieces. */
static void
test_fragmentation (void)
{
  struct vm_machine *m = machine ("base-bounds");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "process name=C");
  run (m, "program process=A size=0x4000 at=0x3000");
  run (m, "program process=B size=0x4000 at=0x9000");
  const struct vm_result *r = run (m, "program process=C size=0x5000");
  g_assert_false (r->translation.ok);
  g_assert_cmphex (step_value (m, r, VM_STEP_NO_PLACE, VM_V_NO_PLACE_LARGEST),
                   ==, 0x3000);
  g_assert_cmphex (step_value (m, r, VM_STEP_NO_PLACE, VM_V_NO_PLACE_FREE), ==,
                   0x7000);
  g_assert_cmpuint (step_value (m, r, VM_STEP_NO_PLACE, VM_V_NO_PLACE_HOLES),
                    ==, 3);
  run (m, "compact");
  g_assert_cmphex (s->images[0].base, ==, 0x1000);
  g_assert_cmphex (s->images[1].base, ==, 0x5000);
  g_assert_true (run (m, "program process=C size=0x5000")->translation.ok);
  g_assert_cmphex (s->images[2].base, ==, 0x9000);
  g_assert_true (run (m, "run process=B")->translation.ok);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

static void
test_fits (void)
{
  static const struct {
    const char *fit;
    uint64_t base;
  } fits[] = {{"first", 0x1000}, {"best", 0x8000}, {"worst", 0xb000}};

  for (size_t i = 0; i < G_N_ELEMENTS (fits); i++) {
    struct vm_machine *m = machine ("none");
    /* Holes of 12, 8 and 20 KiB. */
    run (m, "program process=A size=0x4000 at=0x4000");
    run (m, "program process=B size=0x1000 at=0xa000");
    run (m, "process name=C");
    run (m, "program process=C size=0x2000 fit=%s", fits[i].fit);
    g_assert_cmphex (vm_machine_state (m)->images[2].base, ==, fits[i].base);
    vm_machine_free (m);
  }
}

/* Tables are made while the MMU is off; then it is switched on. */
static void
test_switching_on (void)
{
  struct vm_machine *m = machine ("none");

  run (m, "map process=A va=0x40000000 frame=9 flags=rwu");
  run (m, "access process=A va=0x9004 kind=write width=4 value=0x77");
  run (m, "translation by=paging");
  const struct vm_result *r = run (m, "access process=A va=0x40000004 width=4");
  g_assert_cmphex (r->translation.value, ==, 0x77);
  g_assert_cmphex (r->translation.pa.v, ==, 0x9004);
  g_assert_cmpuint (r->translation.reads, ==, 2);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "translation by=none");
  r = run (m, "access process=A va=0x9004 width=4");
  g_assert_cmphex (r->translation.value, ==, 0x77);
  g_assert_cmpuint (r->translation.reads, ==, 0);
  run (m, "translation by=paging");
  g_assert_false (run (m, "access va=0x40000004")->translation.tlb_hit);
  g_assert_true (run (m, "access va=0x40000004")->translation.tlb_hit);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A process that ends lets go of its program; the next one gets the place. */
static void
test_end_of_a_process (void)
{
  static const char *const ways[] = {"none", "base-bounds"};

  for (size_t i = 0; i < G_N_ELEMENTS (ways); i++) {
    struct vm_machine *m = machine (ways[i]);
    const struct vm_state *s = vm_machine_state (m);
    uint32_t free = s->free_count;
    run (m, "program process=A size=0x3000 at=0x4000");
    run (m, "program process=B size=0x3000 at=0x8000");
    run (m, "switch process=A");
    run (m, "exit process=A");
    g_assert_cmpuint (s->frames[4].role, ==, VM_FRAME_FREE);
    g_assert_cmpuint (s->images[0].place, ==, VM_IMAGE_NOWHERE);
    g_assert_cmpuint (s->cpus[0].process, ==, VM_NONE);
    assert_holds (m, VM_CHECK_ALL);
    run (m, "swap-out process=B");
    run (m, "exit process=B");
    g_assert_cmpuint (s->free_count, ==, free);
    run (m, "process name=C");
    g_assert_true (run (m, "program process=C size=0x2000")->translation.ok);
    run (m, "relocate process=C");
    g_assert_true (run (m, "run process=C")->translation.ok);
    assert_holds (m, VM_CHECK_ALL);
    run (m, "exit process=C");
    run (m, "process name=D");
    run (m, "translation by=paging");
    run (m, "mmap process=D length=8K prot=rw populate=on");
    assert_holds (m, VM_CHECK_ALL);
    vm_machine_free (m);
  }
}

/* An address space is made of pages: it waits until there are some. */
static void
test_address_spaces_wait (void)
{
  struct vm_machine *m = machine ("none");

  refused (m, VM_ERROR_NEEDS_PAGING, "mmap process=A length=8K prot=rw");
  refused (m, VM_ERROR_NEEDS_PAGING, "fork process=A name=C");
  refused (m, VM_ERROR_NEEDS_PAGING, "process name=C layout=linux");
  run (m, "translation by=paging");
  run (m, "process name=C layout=linux");
  const struct vm_result *r
      = run (m, "mmap process=C length=8K prot=rw populate=on");
  uint64_t va = r->value;
  run (m, "translation by=base-bounds");
  g_assert_false (
      run (m, "access process=C va=%" G_GUINT64_FORMAT, va)->translation.ok);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "exit process=C");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Segments stand before it as they stand before paging. */
static void
test_segments_before_it (void)
{
  struct vm_machine *m = machine ("none");

  run (m, "segments model=flat");
  run (m, "segment index=5 type=data base=0x3000 limit=1 granularity=page");
  run (m, "load register=ds selector=0x2b");
  const struct vm_result *r = run (
      m, "access process=A va=0x1234 segment=ds kind=write width=4 value=1");
  g_assert_true (r->translation.ok);
  g_assert_cmphex (r->translation.pa.v, ==, 0x4234);
  r = run (m, "access process=A va=0x2000 segment=ds");
  g_assert_cmpint (r->translation.fault.kind, ==, VM_FAULT_SEGMENT);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

static void
test_refusals (void)
{
  struct vm_machine *m = machine ("none");

  refused (m, VM_ERROR_NOT_ALIGNED, "program process=A size=0x1001");
  refused (m, VM_ERROR_NOT_ALIGNED, "program process=A size=4K at=0x4001");
  refused (m, VM_ERROR_OUT_OF_RANGE, "program process=A size=4K at=0xf010");
  refused (m, VM_ERROR_OUT_OF_RANGE, "program process=A size=1M at=0x1000");
  refused (m, VM_ERROR_OUT_OF_RANGE, "program process=A size=256 references=8");
  refused (m, VM_ERROR_IN_USE, "program process=A size=4K at=0xff0");
  refused (m, VM_ERROR_WRONG_PLACE, "swap-in process=A");
  refused (m, VM_ERROR_WRONG_PLACE, "relocate process=A");
  refused (m, VM_ERROR_UNKNOWN_PROCESS, "run process=C");
  run (m, "translation by=paging");
  refused (m, VM_ERROR_NEEDS_BARE, "program process=A size=4K");
  refused (m, VM_ERROR_NEEDS_BARE, "compact");
  vm_machine_free (m);

  m = vm_machine_new ();
  refused (m, VM_ERROR_ALWAYS_PAGES,
           "machine geometry=x86-64 translation=none");
  run (m, "machine geometry=x86-64");
  refused (m, VM_ERROR_ALWAYS_PAGES, "translation by=base-bounds");
  vm_machine_free (m);
}

/* What a process has written into its program, by its own addresses. */
struct written {
  uint64_t va[WORDS];
  uint32_t value[WORDS];
  uint32_t count;
};

static void
write_word (struct vm_machine *m, struct written *w, char name, uint64_t size,
            uint64_t *seed)
{
  uint64_t va = (size / 32 * 16) + 8 + 16 * random_below (seed, size / 64);
  uint32_t value = (uint32_t) random_next (seed), at = 0;

  while (at < w->count && w->va[at] != va)
    at++;
  if (at == WORDS)
    return;
  run (m,
       "access process=%c va=%" G_GUINT64_FORMAT " kind=write width=4 value=%u",
       name, va, value);
  w->va[at] = va;
  w->value[at] = value;
  w->count = MAX (w->count, at + 1);
}

static void
read_words (struct vm_machine *m, const struct written *w, char name)
{
  for (uint32_t i = 0; i < w->count; i++)
    g_assert_cmphex (run (m,
                          "access process=%c va=%" G_GUINT64_FORMAT " width=4",
                          name, w->va[i])
                         ->translation.value,
                     ==, w->value[i]);
}

/* Whatever is swapped and moved, with base and bounds nobody notices. */
static void
test_nobody_notices (void)
{
  for (uint64_t seed = 1; seed <= 6; seed++) {
    struct vm_machine *m = machine ("base-bounds");
    struct written written[3] = {{.count = 0}};
    uint64_t sizes[3] = {0x3000, 0x2400, 0x1810}, random = seed;
    run (m, "process name=C");
    for (uint32_t i = 0; i < 3; i++)
      g_assert_true (
          run (m, "program process=%c size=%" G_GUINT64_FORMAT " fit=worst",
               'A' + (char) i, sizes[i])
              ->translation.ok);
    for (uint32_t n = 0; n < RANDOM_OPERATIONS; n++) {
      uint32_t i = (uint32_t) random_below (&random, 3);
      char name = (char) ('A' + i);
      uint8_t place = vm_machine_state (m)->images[i].place;
      static const char *const fit[] = {"first", "best", "worst"};
      if (place == VM_IMAGE_DISK)
        run (m, "swap-in process=%c fit=%s", name,
             fit[random_below (&random, 3)]);
      else if (random_chance (&random, 25))
        run (m, "swap-out process=%c", name);
      else if (random_chance (&random, 20))
        run (m, "compact");
      else
        write_word (m, &written[i], name, sizes[i], &random);
      assert_holds (m, VM_CHECK_ALL);
      if (vm_machine_state (m)->images[i].place != VM_IMAGE_MEMORY)
        continue;
      read_words (m, &written[i], name);
      g_assert_true (run (m, "run process=%c", name)->translation.ok);
    }
    vm_machine_free (m);
  }
}

/* A random operation that may be refused. */
static bool
random_operation (struct vm_machine *m, uint64_t *seed)
{
  static const char *const ways[] = {"none", "base-bounds", "paging"};
  static const char *const sizes[SIZES] = {"256", "4K", "5008", "12K", "20K"};
  char line[128], name = (char) ('A' + (char) random_below (seed, 3));
  uint64_t number = random_below (seed, 0x11000) & ~UINT64_C (15);
  struct vm_op op;

  switch (random_below (seed, 13)) {
  case 0:
  case 1:
    g_snprintf (line, sizeof line,
                "program process=%c size=%s at=0x%x linked=0x%x references=3",
                name, sizes[random_below (seed, SIZES)], (unsigned) number,
                (unsigned) (number & 0xf000));
    break;
  case 2:
    g_snprintf (line, sizeof line, "program process=%c size=%s", name,
                sizes[random_below (seed, SIZES)]);
    break;
  case 3:
    g_snprintf (line, sizeof line, "swap-out process=%c", name);
    break;
  case 4:
  case 5:
    g_snprintf (line, sizeof line, "swap-in process=%c", name);
    break;
  case 6:
    g_snprintf (line, sizeof line, "swap-in process=%c at=0x%x", name,
                (unsigned) number);
    break;
  case 7:
    g_snprintf (line, sizeof line, "relocate process=%c", name);
    break;
  case 8:
    g_snprintf (line, sizeof line, "compact");
    break;
  case 9:
    g_snprintf (line, sizeof line, "translation by=%s",
                ways[random_below (seed, random_chance (seed, 10) ? 3 : 2)]);
    break;
  case 10:
    g_snprintf (line, sizeof line, "run process=%c", name);
    break;
  case 11:
    g_snprintf (
        line, sizeof line,
        random_chance (seed, 25) ? "exit process=%c" : "process name=%c", name);
    break;
  default:
    g_snprintf (line, sizeof line,
                "access process=%c va=0x%x kind=write width=8 value=%u", name,
                (unsigned) number, (unsigned) random_next (seed));
    break;
  }
  g_assert_true (vm_machine_parse (m, line, &op, NULL));
  return vm_machine_do (m, &op, NULL);
}

/* Random operations: the state is sound after each, at every step of it, and is
 * byte by byte what it was wherever the cursor returns to. */
static void
test_random (void)
{
  for (uint64_t seed = 1; seed <= 5; seed++) {
    struct vm_machine *m = machine (seed % 2 ? "none" : "base-bounds");
    const struct vm_tape *tape = vm_machine_tape (m);
    g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (uint64_t));
    uint64_t random = seed;
    uint32_t done = 0;

    run (m, "process name=C");
    uint64_t first = vm_machine_step_count (m);
    for (uint32_t n = 0; n < RANDOM_OPERATIONS; n++) {
      done += random_operation (m, &random);
      assert_holds (m, VM_CHECK_ALL);
      uint64_t end = vm_machine_step_count (m);
      for (uint64_t s = first + hashes->len; s <= end; s++) {
        g_assert_true (vm_machine_seek (m, s));
        assert_holds (m, VM_CHECK_LINKS);
        uint64_t hash = vm_state_hash (tape);
        g_array_append_val (hashes, hash);
      }
    }
    g_assert_cmpuint (done, >, RANDOM_OPERATIONS * 2 / 5);
    for (uint32_t n = 0; n < 400; n++) {
      uint64_t at = random_below (&random, hashes->len);
      g_assert_true (vm_machine_seek (m, first + at));
      g_assert_cmphex (vm_state_hash (tape), ==,
                       g_array_index (hashes, uint64_t, at));
    }
    vm_machine_free (m);
  }
}

/* Each rule about programs is there. */
static void
test_rules (void)
{
  static const char *const rules[]
      = {"a program is at a known place", "a program lies in memory",
         "a program on the disk has its blocks",
         "base and limit are the running program's",
         "a frame's count is what refers to it"};

  for (size_t i = 0; i < G_N_ELEMENTS (rules); i++) {
    struct vm_machine *m = machine ("base-bounds");
    struct vm_check_report report;
    run (m, "program process=A size=8K");
    run (m, "switch process=A");
    struct vm_state *s = writable (m);
    if (i == 0)
      s->images[0].place = 3;
    else if (i == 1)
      s->images[0].base = 0xf000;
    else if (i == 2)
      s->images[1].place = VM_IMAGE_DISK, s->images[1].size = 16;
    else if (i == 3)
      s->cpus[0].limit++;
    else
      s->images[0].size += VM_PAGE_SIZE;
    g_assert_false (vm_check (m, VM_CHECK_ALL, &report));
    g_assert_cmpstr (report.rule, ==, rules[i]);
    vm_machine_free (m);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bare/addresses-are-physical", test_addresses_are_physical);
  g_test_add_func ("/bare/nothing-stops-a-process",
                   test_nothing_stops_a_process);
  g_test_add_func ("/bare/programs-collide", test_programs_collide);
  g_test_add_func ("/bare/relocation", test_relocation);
  g_test_add_func ("/bare/swapped-whole", test_swapped_whole);
  g_test_add_func ("/bare/bounds", test_bounds);
  g_test_add_func ("/bare/fault-of-each-family", test_fault_of_each_family);
  g_test_add_func ("/bare/registers-follow-the-program",
                   test_registers_follow_the_program);
  g_test_add_func ("/bare/fragmentation", test_fragmentation);
  g_test_add_func ("/bare/fits", test_fits);
  g_test_add_func ("/bare/switching-on", test_switching_on);
  g_test_add_func ("/bare/end-of-a-process", test_end_of_a_process);
  g_test_add_func ("/bare/address-spaces-wait", test_address_spaces_wait);
  g_test_add_func ("/bare/segments-before-it", test_segments_before_it);
  g_test_add_func ("/bare/refusals", test_refusals);
  g_test_add_func ("/bare/nobody-notices", test_nobody_notices);
  g_test_add_func ("/bare/random", test_random);
  g_test_add_func ("/bare/rules", test_rules);
  return g_test_run ();
}
