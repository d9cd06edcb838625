/* Memory changed by hand: the kernel's books stay right, and what is out of
 * date is known to be. */
#include <inttypes.h>

#include "support.h"

/* Everything that keeps something of page tables. */
static const char *const machines[] = {
    "geometry=x86-32",
    "geometry=x86-32 cpus=2 psc=on stlb=2x4",
    "geometry=x86-pae",
    "geometry=x86-pae cpus=2 psc=on itlb=1x2 dtlb=2x2",
    "geometry=x86-64",
    "geometry=x86-64 cpus=3 pcid=on psc=on stlb=4x2",
    "geometry=x86-64 cpus=2 pcid=on kpti=on psc=on",
    "geometry=x86-64-la57 kpti=on psc=on shootdown=off",
    "geometry=sv32 psc=on",
    "geometry=sv39 cpus=2 pcid=on shootdown=local",
    "geometry=sv57 psc=on",
    "geometry=aarch64 cpus=2 pcid=on psc=on",
    "geometry=toy toy-va=24 toy-pa=24 toy-page=256 toy-levels=2 toy-entry=4",
};

/* A frame with a page table in it. */
static uint64_t
some_table (const struct vm_state *s, uint64_t *seed)
{
  uint64_t frame = random_below (seed, s->config.frames);

  while (s->frames[frame].role != VM_FRAME_TABLE)
    frame = (frame + 1) % s->config.frames;
  return frame;
}

/* The place of an entry, of one that is present if there is any near. */
static uint64_t
some_entry (const struct vm_state *s, const struct vm_geometry *g,
            uint64_t *seed)
{
  uint64_t frame = some_table (s, seed);
  uint32_t entries = vm_geometry_entries (g, s->frames[frame].level);
  uint32_t at = (uint32_t) random_below (seed, entries);
  uint64_t start = frame << s->config.page_shift;

  for (uint32_t i = 0; i < entries && random_chance (seed, 99); i++) {
    if (vm_memory_read (s, vm_paddr_of (start + at * g->entry_bytes),
                        g->entry_bytes))
      break;
    at = (at + 1) % entries;
  }
  return start + (uint64_t) at * g->entry_bytes;
}

/* An entry of that level which leads to a frame. */
static uint64_t
link_to (const struct vm_geometry *g, uint32_t level, uint64_t frame)
{
  struct vm_pte pte = {.present = 1,
                       .readable = 1,
                       .writable = 1,
                       .user = 1,
                       .leaf = level == 1,
                       .frame = frame};

  return vm_pte_encode (g, level, &pte);
}

/* What a poke replaced. */
struct replaced {
  uint64_t pa, value;
  uint32_t width;
};

/* Puts back what the latest poke replaced that was not put back yet. */
static void
put_back (struct vm_machine *m, GArray *replaced)
{
  struct replaced last
      = g_array_index (replaced, struct replaced, replaced->len - 1);

  g_array_set_size (replaced, replaced->len - 1);
  run (m, "poke pa=%#" PRIx64 " value=%#" PRIx64 " width=%u", last.pa,
       last.value, last.width);
}

static void
poke (struct vm_machine *m, GArray *replaced, uint64_t pa, uint64_t value,
      uint32_t width)
{
  struct replaced now = {
      .pa = pa,
      .value = vm_memory_read (vm_machine_state (m), vm_paddr_of (pa), width),
      .width = width};

  g_array_append_val (replaced, now);
  run (m, "poke pa=%#" PRIx64 " value=%#" PRIx64 " width=%u", pa, value, width);
}

static void
poke_something (struct vm_machine *m, GArray *replaced, uint64_t *seed)
{
  const struct vm_state *s = vm_machine_state (m);
  const struct vm_geometry *g = vm_machine_geometry (m);
  uint64_t pa = some_entry (s, g, seed);
  uint32_t level = s->frames[pa >> s->config.page_shift].level;
  uint64_t value = vm_memory_read (s, vm_paddr_of (pa), g->entry_bytes);

  if (replaced->len > 0 && random_chance (seed, 50)) {
    put_back (m, replaced);
    return;
  }

  switch (random_below (seed, 8)) {
  case 0:
    value ^= UINT64_C (1) << random_below (seed, 8 * g->entry_bytes);
    break;
  case 1:
    value ^= 1;
    break;
  case 2:
    value = 0;
    break;
  case 3: /* itself */
    value = link_to (g, level, pa >> s->config.page_shift);
    break;
  case 4:
    value = link_to (g, level, some_table (s, seed));
    break;
  case 5: /* data, or a device */
    value = link_to (g, level, random_below (seed, s->config.frames * 2));
    break;
  case 6:
    value ^= UINT64_C (1) << random_below (seed, 8);
    break;
  default: /* anything at all */
    poke (m, replaced, pa, (uint32_t) random_next (seed), 4);
    return;
  }
  poke (m, replaced, pa, value, g->entry_bytes);
}

/* A line that the machine may refuse. */
static void G_GNUC_PRINTF (2, 3)
    attempt (struct vm_machine *m, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  vm_machine_do_line (m, line, NULL);
}

static void
do_something (struct vm_machine *m, GArray *replaced, uint64_t *seed)
{
  static const char *const kinds[]
      = {"read", "write", "fetch", "write value=0x1122334455667788 width=8"};
  static const char *const flushes[]
      = {"all", "address", "asid", "global", "spaces", "noflush"};
  const struct vm_geometry *g = vm_machine_geometry (m);
  uint64_t va = (random_below (seed, 6) << 12 | random_below (seed, 2) << 22
                 | random_below (seed, 2) << 30)
                & vm_geometry_last_address (g);
  uint32_t cpu
      = (uint32_t) random_below (seed, vm_machine_state (m)->config.cpus);
  int process = 'A' + (int) random_below (seed, 3);
  uint64_t what = random_below (seed, 100);

  if (what < 20)
    attempt (m, "map process=%c va=%#" PRIx64 " frame=%#x flags=r%sxu%s",
             process, va, 0x800 + (uint32_t) random_below (seed, 64),
             random_chance (seed, 70) ? "w" : "",
             random_chance (seed, 10) ? "g" : "");
  else if (what < 40)
    poke_something (m, replaced, seed);
  else if (what < 47)
    run (m, "flush cpu=%u kind=%s va=%#" PRIx64, cpu,
         flushes[random_below (seed, 6)], va);
  else if (what < 52)
    run (m, "switch cpu=%u process=%c", cpu, process);
  else
    run (m, "access cpu=%u va=%#" PRIx64 " kind=%s mode=%s", cpu,
         va + 8 * random_below (seed, 512), kinds[random_below (seed, 4)],
         random_chance (seed, 80) ? "user" : "kernel");
}

/* The tape leads back to what was, byte by byte. */
static void
check_seeks (struct vm_machine *m, GArray *hashes, uint64_t *seed)
{
  for (uint32_t n = 0; n < 200; n++) {
    uint64_t i = random_below (seed, hashes->len);
    uint64_t op = vm_machine_op_count (m) - hashes->len + i;
    g_assert_true (vm_machine_seek (m, vm_machine_result (m, op)->end_step));
    g_assert_cmphex (vm_state_hash (vm_machine_tape (m)), ==,
                     g_array_index (hashes, uint64_t, i));
    g_assert_true (
        vm_machine_seek (m, random_below (seed, vm_machine_step_count (m))));
    assert_holds (m, VM_CHECK_LINKS);
  }
}

static void
test_random (gconstpointer data)
{
  const char *how = data;
  struct vm_machine *m = vm_machine_new ();
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (uint64_t));
  g_autoptr (GArray) replaced
      = g_array_new (FALSE, FALSE, sizeof (struct replaced));
  uint64_t seed = 11;
  uint32_t owed = 0;

  run (m, "machine memory=16M %s", how);
  for (int i = 0; i < 3; i++)
    run (m, "process name=%c", 'A' + i);
  for (uint32_t i = 0; i < 1000; i++) {
    struct vm_check_report report;
    uint64_t before = vm_machine_op_count (m);
    do_something (m, replaced, &seed);
    if (!vm_check (m, VM_CHECK_ALL, &report))
      assert_holds (m, VM_CHECK_ALL);
    owed += report.owed > 0;
    uint64_t hash = vm_state_hash (vm_machine_tape (m));
    if (vm_machine_op_count (m) > before)
      g_array_append_val (hashes, hash);
  }
  if (!g_str_has_prefix (how, "geometry=toy"))
    g_assert_cmpuint (owed, >, 3);
  check_seeks (m, hashes, &seed);
  vm_machine_free (m);
}

/* A, with a page at 0x1000 in frame 0x80; the tables lie in frames 1 and 2. */
static struct vm_machine *
small (const char *more)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-32 memory=16M %s", more);
  run (m, "process name=A");
  run (m, "map process=A va=0x1000 frame=0x80 flags=rwu");
  return m;
}

static const struct vm_step *
find (const struct vm_machine *m, enum vm_step_kind kind, uint32_t nth)
{
  uint64_t last = vm_machine_op_count (m) - 1;
  const struct vm_result *result = vm_machine_result (m, last);

  for (uint64_t n = result->first_step; n < result->end_step; n++) {
    const struct vm_step *step = vm_machine_step (m, n);
    if (step->kind == kind && nth-- == 0)
      return step;
  }
  return NULL;
}

/* Which bits changed is told one field after the other. */
static void
test_fields (void)
{
  struct vm_machine *m = small ("");

  run (m, "poke pa=0x2004 value=0x81005");
  const struct vm_step *entry = find (m, VM_STEP_ENTRY_CHANGE, 0);
  g_assert_cmpuint (entry->values[VM_V_ENTRY_LEVEL], ==, 1);
  g_assert_cmpuint (entry->values[VM_V_ENTRY_INDEX], ==, 1);
  g_assert_cmphex (entry->values[VM_V_ENTRY_RAW], ==, 0x81005);
  g_assert_cmphex (entry->values[VM_V_CHANGE_BEFORE], ==, 0x80007);
  const struct vm_step *frame = find (m, VM_STEP_FIELD_CHANGE, 0);
  g_assert_cmphex (frame->values[VM_V_FIELD_BEFORE], ==, 0x80);
  g_assert_cmphex (frame->values[VM_V_FIELD_AFTER], ==, 0x81);
  const struct vm_step *rw = find (m, VM_STEP_FIELD_CHANGE, 1);
  g_assert_cmpuint (rw->values[VM_V_FIELD_LOW], ==, 1);
  g_assert_cmpuint (rw->values[VM_V_FIELD_AFTER], ==, 0);
  g_assert_null (find (m, VM_STEP_FIELD_CHANGE, 2));
  vm_machine_free (m);
}

/* Clearing P lets go of the page; setting it takes it again. */
static void
test_present (void)
{
  struct vm_machine *m = small ("");
  const struct vm_state *s = vm_machine_state (m);
  uint32_t free = s->free_count;

  run (m, "poke pa=0x2004 value=0x80006");
  g_assert_cmpuint (s->frames[0x80].role, ==, VM_FRAME_FREE);
  g_assert_cmpuint (s->free_count, ==, free + 1);
  g_assert_cmpuint (run (m, "access va=0x1000")->translation.fault.kind, ==,
                    VM_FAULT_NOT_PRESENT);
  run (m, "poke pa=0x2004 value=0x80007");
  g_assert_cmpuint (s->frames[0x80].refs, ==, 1);
  g_assert_cmpuint (s->free_count, ==, free);
  g_assert_cmphex (run (m, "access va=0x1234")->translation.pa.v, ==, 0x80234);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A table that nothing leads to keeps what it holds. */
static void
test_orphan (void)
{
  struct vm_machine *m = small ("");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "poke pa=0x1000 value=0");
  g_assert_cmpuint (s->frames[2].refs, ==, 0);
  g_assert_cmpuint (s->frames[2].role, ==, VM_FRAME_TABLE);
  g_assert_cmpuint (s->frames[0x80].refs, ==, 1);
  assert_holds (m, VM_CHECK_ALL);
  /* Elsewhere it maps the same page at another address. */
  run (m, "poke pa=0x1004 value=0x2007");
  g_assert_cmpuint (s->frames[2].index, ==, 1);
  g_assert_cmphex (run (m, "access va=0x401234")->translation.pa.v, ==,
                   0x80234);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A directory that names itself: its entries are pages that can be written. */
static void
test_recursive (void)
{
  struct vm_machine *m = small ("");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "poke pa=0x1ffc value=0x1007");
  g_assert_cmpuint (s->frames[1].refs, ==, 2);
  /* The table's entries are seen from 0xffc00000 on; this is entry 1. */
  run (m, "access va=0x1000");
  run (m, "access va=0xffc00004 kind=write width=4 value=0x81007");
  g_assert_cmpuint (s->frames[0x81].refs, ==, 1);
  g_assert_cmpuint (s->frames[0x80].role, ==, VM_FRAME_FREE);
  assert_holds (m, VM_CHECK_ALL);
  struct vm_check_report report;
  g_assert_true (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpuint (report.owed, ==, 1);
  g_assert_cmphex (report.c, ==, 0x1000);
  vm_machine_free (m);
}

/* What a TLB keeps stays in use until it is flushed, except that a first write
 * makes the processor look again. */
static void
test_stale (void)
{
  struct vm_machine *m = small ("");
  struct vm_check_report report;

  run (m, "access va=0x1000");
  run (m, "poke pa=0x2004 value=0x81007");
  g_assert_true (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpuint (report.owed, ==, 1);
  g_assert_cmpuint (report.what, ==, VM_OWED_PAGE);
  g_assert_cmphex (report.c, ==, 0x1000);
  g_assert_cmphex (run (m, "access va=0x1000")->translation.pa.v, ==, 0x80000);
  g_assert_cmphex (run (m, "access va=0x1000 kind=write")->translation.pa.v, ==,
                   0x81000);
  g_assert_true (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpuint (report.owed, ==, 0);
  vm_machine_free (m);
}

/* What was put back is not out of date any more. */
static void
test_put_back (void)
{
  struct vm_machine *m = small ("psc=on");
  struct vm_check_report report;

  run (m, "access va=0x1000");
  run (m, "poke pa=0x1000 value=0x2026");
  g_assert_true (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpuint (report.owed, ==, 2);
  g_assert_nonnull (find (m, VM_STEP_PSC_OWE, 0));
  run (m, "poke pa=0x1000 value=0x2027");
  g_assert_true (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpuint (report.owed, ==, 0);
  vm_machine_free (m);
}

/* PAE: an entry of the root counts when CR3 is loaded. */
static void
test_registers (void)
{
  struct vm_machine *m = vm_machine_new ();
  struct vm_check_report report;

  run (m, "machine geometry=x86-pae memory=16M");
  run (m, "process name=A");
  run (m, "map process=A va=0x1000 frame=0x80 flags=rwu");
  run (m, "access va=0x1000");
  run (m, "poke pa=0x1000 value=0");
  g_assert_nonnull (find (m, VM_STEP_REGISTER_OWE, 0));
  g_assert_true (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpuint (report.owed, ==, 1);
  g_assert_cmpuint (report.what, ==, VM_OWED_REGISTER);
  run (m, "flush kind=address va=0x1000");
  g_assert_true (run (m, "access va=0x1000")->translation.ok);
  run (m, "flush kind=asid");
  g_assert_false (run (m, "access va=0x1000")->translation.ok);
  g_assert_true (vm_check (m, VM_CHECK_ALL, &report));
  g_assert_cmpuint (report.owed, ==, 0);
  vm_machine_free (m);
}

/* The kernel does not build below what is no table of its own. */
static void
test_map_refused (void)
{
  struct vm_machine *m = small ("");

  run (m, "poke pa=0x1004 value=0x80007");
  struct vm_error error = refused (m, VM_ERROR_NOT_A_TABLE,
                                   "map process=A va=0x401000 frame=0x90 "
                                   "flags=r");
  g_assert_cmphex (error.value, ==, 0x80);
  run (m, "poke pa=0x1004 value=0x1007");
  refused (m, VM_ERROR_NOT_A_TABLE,
           "map process=A va=0x401000 frame=0x90 flags=r");
  vm_machine_free (m);
}

static void
test_bounds (void)
{
  struct vm_machine *m = small ("");

  refused (m, VM_ERROR_OUT_OF_RANGE, "poke pa=0x2000 value=0 width=3");
  refused (m, VM_ERROR_OUT_OF_RANGE, "poke pa=0x2000 value=0 width=9");
  refused (m, VM_ERROR_NOT_ALIGNED, "poke pa=0x2002 value=0 width=4");
  refused (m, VM_ERROR_NOT_ALIGNED, "poke pa=0x2004 value=0 width=8");
  refused (m, VM_ERROR_OUT_OF_RANGE, "poke pa=0x2004 value=0x100000000");
  refused (m, VM_ERROR_OUT_OF_RANGE, "poke pa=0x1000000000 value=1");
  refused (m, VM_ERROR_MISSING_PARAMETER, "poke pa=0x2004");
  /* Outside of the memory that is managed there are bytes, but no books. */
  run (m, "poke pa=0xffffffff8 value=0x1122334455667788 width=8");
  g_assert_cmphex (
      vm_memory_read (vm_machine_state (m), vm_paddr_of (0xffffffff8), 8), ==,
      0x1122334455667788);
  /* Two entries at once. */
  run (m, "poke pa=0x2008 value=0x8300700082007 width=8");
  g_assert_cmpuint (vm_machine_state (m)->frames[0x82].refs, ==, 1);
  g_assert_cmpuint (vm_machine_state (m)->frames[0x83].refs, ==, 1);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/poke/fields", test_fields);
  g_test_add_func ("/poke/present", test_present);
  g_test_add_func ("/poke/orphan", test_orphan);
  g_test_add_func ("/poke/recursive", test_recursive);
  g_test_add_func ("/poke/stale", test_stale);
  g_test_add_func ("/poke/put-back", test_put_back);
  g_test_add_func ("/poke/registers", test_registers);
  g_test_add_func ("/poke/map-refused", test_map_refused);
  g_test_add_func ("/poke/bounds", test_bounds);
  for (uint32_t i = 0; i < G_N_ELEMENTS (machines); i++) {
    g_autofree char *path = g_strdup_printf ("/poke/random/%u", i);
    g_test_add_data_func (path, machines[i], test_random);
  }
  return g_test_run ();
}
