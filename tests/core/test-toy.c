/* Toy geometries: how they are spelled and shared out, their entries, their
 * limits, their tables, and that time runs both ways in them. */
#include "machine/geometry_op.h"
#include "replay/replay.h"
#include "support.h"

static struct vm_geometry
geometry_of (const char *text)
{
  struct vm_geometry g;
  struct vm_error error = {0};

  if (vm_geometry_read (text, &g, &error) != &g)
    g_error ("%s: error %d (%s)", text, (int) error.code, error.subject);
  return g;
}

/* Of the levels from the root down. */
static void
check_split (const char *text, const char *name, const guint *bits)
{
  struct vm_geometry g = geometry_of (text);
  guint low = g.va_bits;

  g_assert_cmpstr (g.name, ==, name);
  for (guint level = g.levels; level > 0; level--) {
    g_assert_cmpuint (g.level[level].high, ==, low - 1);
    low -= *bits++;
    g_assert_cmpuint (g.level[level].low, ==, low);
  }
  g_assert_cmpuint (low, ==, g.page_shift);
  g_assert_cmpstr (geometry_of (g.name).name, ==, name);
}

static void
test_splits (void)
{
  check_split ("toy", "toy:va=14,pa=12,page=64,levels=1,entry=4", (guint[]){8});
  check_split ("toy:va=14,pa=12,page=64,levels=1,entry=4",
               "toy:va=14,pa=12,page=64,levels=1,entry=4", (guint[]){8});
  check_split ("toy:split=5/5/5,entry=1",
               "toy:va=15,pa=12,page=32,levels=2,entry=1", (guint[]){5, 5});
  check_split ("toy:va=16,page=64,levels=3",
               "toy:va=16,pa=12,page=64,levels=3,entry=4", (guint[]){3, 3, 4});
  check_split ("toy:split=2/4/4/6",
               "toy:va=16,pa=12,page=64,levels=3,entry=4,split=2/4/4/6",
               (guint[]){2, 4, 4});
  check_split ("toy:page=4K,va=32,pa=32",
               "toy:va=32,pa=32,page=4096,levels=1,entry=4", (guint[]){20});
}

/* Both spellings build the same machine. */
static void
test_spellings (void)
{
  static const char *const lines[]
      = {"machine geometry=toy:split=4/3/5,pa=11,entry=2",
         "machine geometry=toy toy-split=4/3/5 toy-pa=11 toy-entry=2",
         "machine toy-entry=2 geometry=toy:split=4/3/5 toy-pa=11"};

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    struct vm_machine *m = vm_machine_new ();
    run (m, "%s", lines[i]);
    g_assert_cmpstr (vm_machine_geometry (m)->name, ==,
                     "toy:va=12,pa=11,page=32,levels=2,entry=2,split=4/3/5");
    vm_machine_free (m);
  }
}

static void
test_refused (void)
{
  static const struct {
    const char *text;
    enum vm_error_code code;
    const char *subject;
    uint64_t low;
  } wrong[] = {
      {"toy:page=48", VM_ERROR_NOT_OF_TWO, "toy-page", 0},
      {"toy:page=8", VM_ERROR_OUT_OF_RANGE, "toy-page", 16},
      {"toy:entry=3", VM_ERROR_NOT_OF_TWO, "toy-entry", 0},
      {"toy:entry=16", VM_ERROR_OUT_OF_RANGE, "toy-entry", 1},
      {"toy:levels=5", VM_ERROR_OUT_OF_RANGE, "toy-levels", 1},
      {"toy:va=6", VM_ERROR_OUT_OF_RANGE, "toy-va", 7},
      {"toy:va=8,levels=3", VM_ERROR_OUT_OF_RANGE, "toy-va", 9},
      {"toy:va=64", VM_ERROR_OUT_OF_RANGE, "toy-va", 5},
      {"toy:pa=6", VM_ERROR_OUT_OF_RANGE, "toy-pa", 7},
      {"toy:pa=37", VM_ERROR_OUT_OF_RANGE, "toy-pa", 5},
      {"toy:pa=20,entry=1", VM_ERROR_ENTRY_TOO_SMALL, "toy-entry", 2},
      {"toy:pa=14,entry=1", VM_ERROR_ENTRY_TOO_SMALL, "toy-entry", 2},
      {"toy:pa=36,page=16", VM_ERROR_ENTRY_TOO_SMALL, "toy-entry", 8},
      {"toy:va=40", VM_ERROR_TABLE_TOO_LARGE, "toy-levels", 4096},
      {"toy:va=26,entry=8,page=16,pa=16", VM_ERROR_TABLE_TOO_LARGE,
       "toy-levels", 4096},
      {"toy:split=5/5/5,va=14", VM_ERROR_BAD_SPLIT, "toy-va", 15},
      {"toy:split=5/5/5,page=64", VM_ERROR_BAD_SPLIT, "toy-page", 32},
      {"toy:split=5/5/5,levels=1", VM_ERROR_BAD_SPLIT, "toy-levels", 2},
      {"toy:split=5", VM_ERROR_BAD_CHOICE, "toy-split", 0},
      {"toy:split=5/5/", VM_ERROR_BAD_CHOICE, "toy-split", 0},
      {"toy:split=5//5", VM_ERROR_BAD_CHOICE, "toy-split", 0},
      {"toy:split=1/1/1/1/1/5", VM_ERROR_BAD_CHOICE, "toy-split", 0},
      {"toy:split=5/3", VM_ERROR_OUT_OF_RANGE, "toy-page", 16},
      {"toy:va=14,va=15", VM_ERROR_REPEATED_PARAMETER, "toy-va", 0},
      {"toy:colour=1", VM_ERROR_UNKNOWN_PARAMETER, "toy-colour", 0},
      {"toy:va", VM_ERROR_NO_VALUE, "va", 0},
      {"toy:", VM_ERROR_NO_VALUE, "", 0},
      {"x86-32:va=14", VM_ERROR_UNKNOWN_PARAMETER, "x86-32-va", 0},
      {"vax", VM_ERROR_BAD_CHOICE, "geometry", 0},
      {"x86-64 memory=64M", VM_ERROR_BAD_CHOICE, "geometry", 0},
      {"", VM_ERROR_BAD_CHOICE, "geometry", 0},
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    struct vm_geometry room;
    struct vm_error error = {0};
    g_test_message ("%s", wrong[i].text);
    g_assert_null (vm_geometry_read (wrong[i].text, &room, &error));
    g_assert_cmpint (error.code, ==, wrong[i].code);
    g_assert_cmpstr (error.subject, ==, wrong[i].subject);
    g_assert_cmpuint (error.low, ==, wrong[i].low);
  }
}

static void
test_machine_refused (void)
{
  struct vm_machine *m = vm_machine_new ();

  refused (m, VM_ERROR_NOT_A_TOY, "machine geometry=x86-32 toy-va=14");
  refused (m, VM_ERROR_OUT_OF_RANGE, "machine geometry=toy memory=8K");
  refused (m, VM_ERROR_OUT_OF_RANGE, "machine geometry=toy memory=64");
  refused (m, VM_ERROR_NOT_ALIGNED, "machine geometry=toy memory=1000");
  refused (m, VM_ERROR_NOT_HERE, "machine geometry=toy kpti=on");
  refused (m, VM_ERROR_OUT_OF_RANGE, "machine geometry=x86-32 memory=32K");
  run (m, "machine geometry=toy memory=1K");
  refused (m, VM_ERROR_OUT_OF_FRAMES, "process name=A");
  vm_machine_free (m);

  m = vm_machine_new ();
  run (m, "machine geometry=toy");
  run (m, "process name=A");
  refused (m, VM_ERROR_NO_SUCH_SIZE,
           "map process=A va=0 frame=1 flags=r size=4K");
  refused (m, VM_ERROR_NOT_ALIGNED, "map process=A va=0x20 frame=1 flags=r");
  refused (m, VM_ERROR_FRAME_TOO_LARGE, "map process=A va=0 frame=64 flags=r");
  refused (m, VM_ERROR_NOT_AN_ADDRESS,
           "map process=A va=0x4000 frame=1 flags=r");
  refused (m, VM_ERROR_NOT_AN_ADDRESS, "access va=0x4000");
  refused (m, VM_ERROR_CROSSES_PAGE, "access va=0x3f width=2");
  vm_machine_free (m);
}

/* Random bits, understood and made again; the fields cover the entry without
 * gaps, and what is reserved is named. */
static void
check_entries (const char *text, guint flags)
{
  struct vm_geometry g = geometry_of (text);
  uint64_t seed = 5, all = g.entry_bytes == 8
                               ? UINT64_MAX
                               : (UINT64_C (1) << 8 * g.entry_bytes) - 1;

  g_assert_cmpuint (vm_pte_toy_flags (&g), ==, flags);
  for (guint i = 0; i < 2000; i++) {
    guint level = 1 + i % g.levels;
    uint64_t raw = random_next (&seed) & all;
    struct vm_pte pte = vm_pte_decode (&g, level, raw, true);
    g_assert_cmphex (
        vm_pte_encode (&g, level, &pte) | pte.reserved, ==,
        raw & ~(level == 1 ? 0 : UINT64_C (0x50) & ((1u << flags) - 1)));
    g_assert_cmpuint (pte.frame, <=, vm_pte_last_frame (&g, level, level == 1));

    guint count, next = 8u * g.entry_bytes;
    const struct vm_pte_field *fields
        = vm_pte_fields (&g, level, level == 1, &count);
    for (guint field = 0; field < count; field++) {
      g_assert_cmpuint (fields[field].high, ==, next - 1);
      next = fields[field].low;
    }
    g_assert_cmpuint (next, ==, 0);
  }
}

static void
test_entries (void)
{
  check_entries ("toy", 8);
  check_entries ("toy:split=5/5/5,entry=1", 1);
  check_entries ("toy:pa=18,entry=2", 4);
  check_entries ("toy:pa=16,page=1K,va=20,entry=1", 2);
  check_entries ("toy:va=40,pa=36,page=16,levels=4,entry=8", 8);

  struct vm_geometry g = geometry_of ("toy:split=5/5/5,entry=1");
  struct vm_pte pte = vm_pte_decode (&g, 1, 0x43, true);
  g_assert_true (pte.present && pte.writable && pte.user && pte.accessed
                 && pte.dirty && !pte.no_execute && !pte.global);
  g_assert_cmphex (pte.frame, ==, 0x21);

  g = geometry_of ("toy");
  g_assert_cmphex (vm_pte_decode (&g, 1, 0x10001, true).reserved, ==, 0x10000);
  g_assert_cmphex (vm_pte_decode (&g, 1, 0x21, false).reserved, ==, 0x20);
}

/* A table of many pages, at the end of memory; and what is written there. */
static void
test_linear_table (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=toy");
  run (m, "process name=A");
  run (m, "process name=B");
  g_assert_cmpuint (vm_mm_of (s, 0)->root, ==, 48);
  g_assert_cmpuint (vm_mm_of (s, 1)->root, ==, 32);
  g_assert_cmpuint (vm_mm_of (s, 0)->tables, ==, 16);
  for (guint i = 1; i < 16; i++)
    g_assert_cmpuint (s->frames[48 + i].index, ==, i);

  run (m, "map process=A va=0x3fc0 frame=0x2a flags=rwu");
  g_assert_cmphex (vm_memory_read (s, vm_paddr_of (48 * 64 + 255 * 4), 4), ==,
                   0x2a27);
  const struct vm_result *result = run (m, "access va=0x3fd5 kind=write");
  g_assert_true (result->translation.ok);
  g_assert_cmphex (result->translation.pa.v, ==, 0x2a * 64 + 0x15);
  g_assert_cmphex (vm_memory_read (s, vm_paddr_of (48 * 64 + 255 * 4), 4), ==,
                   0x2a3f);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

static const char *const toys[]
    = {"toy", "toy:split=5/5/5,entry=1", "toy:split=2/3/4/6,entry=2,pa=16",
       "toy:split=4/4/4/4/16,pa=30,entry=4", "toy:split=6/6/6/4,pa=20,entry=8"};

static void
do_something (struct vm_machine *m, uint64_t *seed)
{
  const struct vm_geometry *g = vm_machine_geometry (m);
  uint64_t page
      = random_below (seed, UINT64_C (1) << (g->va_bits - g->page_shift))
        & (random_chance (seed, 80) ? 15 : UINT64_MAX);
  uint64_t va = page << g->page_shift;
  char who = (char) ('A' + random_below (seed, 2));

  if (random_chance (seed, 30)) {
    g_autofree char *line = g_strdup_printf (
        "map process=%c va=%#" G_GINT64_MODIFIER "x frame=%u flags=r%s%s", who,
        va, (guint) random_below (seed, 16),
        random_chance (seed, 60) ? "w" : "",
        random_chance (seed, 70) ? "u" : "");
    vm_machine_do_line (m, line, NULL); /* memory may be full */
    return;
  }
  run (m, "access process=%c va=%#" G_GINT64_MODIFIER "x kind=%s mode=%s", who,
       va + random_below (seed, vm_geometry_page_bytes (g)),
       random_chance (seed, 40) ? "write" : "read",
       random_chance (seed, 70) ? "user" : "kernel");
}

/* Every operation leaves the machine sound, and every step is found again. */
static void
test_time (void)
{
  uint64_t seed = 11;

  for (guint i = 0; i < G_N_ELEMENTS (toys); i++) {
    struct vm_machine *m = vm_machine_new ();
    run (m, "machine geometry=%s tlb-sets=2 tlb-ways=2 pcid=%s psc=%s", toys[i],
         i % 2 == 0 ? "off" : "on", i == 2 ? "on" : "off");
    run (m, "process name=A");
    run (m, "process name=B");
    for (guint n = 0; n < 150; n++) {
      do_something (m, &seed);
      assert_holds (m, VM_CHECK_ALL);
    }

    const struct vm_tape *tape = vm_machine_tape (m);
    uint64_t end = vm_machine_step_count (m);
    uint64_t hash = vm_state_hash (tape);
    for (guint n = 0; n < 40; n++) {
      g_assert_true (vm_machine_seek (m, random_below (&seed, end + 1)));
      assert_holds (m, VM_CHECK_LINKS);
    }
    struct vm_machine *copy = vm_machine_clone (m);
    g_assert_true (vm_machine_seek (m, end));
    g_assert_cmphex (vm_state_hash (tape), ==, hash);
    g_assert_cmpstr (vm_machine_built_geometry (copy)->name, ==,
                     vm_machine_built_geometry (m)->name);
    vm_machine_free (copy);
    vm_machine_free (m);
  }
}

/* Pages of 64 bytes in the replay, too; fewer frames than pages. */
static void
test_replay (void)
{
  const struct vm_toy toy = {.page_shift = 6,
                             .pa_bits = 12,
                             .entry_bytes = 4,
                             .levels = 1,
                             .index_bits = {8}};
  struct vm_replay_config config = {.geometry = VM_GEOMETRY_TOY,
                                    .toy = vm_toy_pack (&toy),
                                    .tlb_sets = 1,
                                    .tlb_ways = 2,
                                    .frames = 3};
  struct vm_replay_stats stats;
  struct vm_error error = {0};
  struct vm_replay *replay = vm_replay_new (&config, &error);

  g_assert_nonnull (replay);
  for (const char *c = "123412512345"; *c != '\0'; c++) {
    vm_record record = vm_record_of (
        vm_vaddr_of ((uint64_t) (*c - '0') << 6 | (uint64_t) (*c % 64)),
        VM_WRITE);
    g_assert_true (vm_replay_run (replay, &record, 1, &error));
  }
  vm_replay_stats (replay, &stats);
  g_assert_cmpuint (stats.accesses, ==, 12);
  g_assert_cmpuint (stats.faults, ==, 9);
  g_assert_cmpuint (stats.writebacks, ==, 6);
  vm_replay_free (replay);

  config.frames = 64;
  g_assert_null (vm_replay_new (&config, &error));
  g_assert_cmpint (error.code, ==, VM_ERROR_OUT_OF_RANGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/toy/splits", test_splits);
  g_test_add_func ("/toy/spellings", test_spellings);
  g_test_add_func ("/toy/refused", test_refused);
  g_test_add_func ("/toy/machine-refused", test_machine_refused);
  g_test_add_func ("/toy/entries", test_entries);
  g_test_add_func ("/toy/linear-table", test_linear_table);
  g_test_add_func ("/toy/time", test_time);
  g_test_add_func ("/toy/replay", test_replay);
  return g_test_run ();
}
