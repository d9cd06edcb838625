/* Counts the hits and misses of a program's trace in the core's own TLBs.
 *
 *   tlb-counts "itlb=8x4 dtlb=16x4 stlb=128x8" "dtlb=4x4 only=data" ... < TRACE
 *
 * TRACE is what `valgrind --tool=lackey --trace-mem=yes` writes. Each argument
 * is what a line `machine` of a script says of TLBs; all machines see the same
 * accesses. References are counted by cachegrind's rules, so that the counts
 * can be compared: a modify is a read, and an access that straddles two pages
 * is one reference, which misses if either page does. For each machine a line
 * of JSON tells the references and misses of fetches, reads and writes. */
#include "machine/machine.h"

#include <glib.h>
#include <inttypes.h>
#include <stdio.h>

#include "mm/space.h"
#include "mmu/cpu.h"
#include "mmu/replace.h"

/* Where the pages of the program lie: behind the memory that tables are in. */
#define FIRST_FRAME 0x100000u

struct count {
  guint64 references, first_misses, second_misses;
};

struct machine {
  struct vm_machine *machine;
  const struct vm_state *s;
  const struct vm_geometry *g;
  GHashTable *mapped; /* page numbers + 1 */
  gboolean data_only;
  guint64 translations, straddles;
  struct count counts[3]; /* by enum vm_access_kind */
};

static void
run (struct vm_machine *m, const char *line)
{
  if (!vm_machine_do_line (m, line, NULL))
    g_error ("The machine refuses: %s", line);
}

/* Builds a machine with such TLBs, and lets its one process run. */
static void
machine_init (struct machine *m, const char *tlbs)
{
  g_autoptr (GString) line = g_string_new ("machine geometry=x86-64 ");

  *m = (struct machine){.machine = vm_machine_new (),
                        .mapped = g_hash_table_new (NULL, NULL)};
  g_string_append (line, tlbs);
  m->data_only = g_string_replace (line, "only=data", "", 1) > 0;
  run (m->machine, line->str);
  run (m->machine, "process name=A");
  run (m->machine, "switch process=A");
  m->s = vm_machine_state (m->machine);
  m->g = vm_machine_geometry (m->machine);
}

/* The program's pages are all there: none is mapped at the cost of a fault. */
static void
map_page (struct machine *m, guint64 page)
{
  struct vm_mapping mapping = {
      .va = vm_vaddr_of (page << VM_PAGE_SHIFT),
      .shift = VM_PAGE_SHIFT,
      .writable = true,
      .executable = true,
      .user = true,
  };

  if (!g_hash_table_add (m->mapped, GSIZE_TO_POINTER (page + 1)))
    return;
  mapping.frame = vm_frame_of (FIRST_FRAME + g_hash_table_size (m->mapped));
  if (!vm_space_map (NULL, m->s, &mapping, NULL))
    g_error ("Page 0x%" PRIx64 " cannot be mapped", page);
}

/* Translates one address of a page. Returns the level of the TLB that had it,
 * or 0. */
static guint
translate (struct machine *m, guint64 page, enum vm_access_kind kind)
{
  struct vm_access access = {.va = vm_vaddr_of (page << VM_PAGE_SHIFT),
                             .kind = kind,
                             .mode = VM_USER_MODE};

  map_page (m, page);
  struct vm_translation got = vm_cpu_translate (NULL, m->s, m->g, 0, &access);
  if (!got.ok)
    g_error ("Page 0x%" PRIx64 " is refused", page);
  m->translations++;
  return got.tlb_level;
}

static guint32
find (const struct machine *m, enum vm_tlb_unit unit, guint64 page)
{
  struct vm_tlb tlb = vm_tlb_of (m->s, 0, unit);

  return vm_tlb_probe (NULL, m->s, &tlb, VM_ANY_ASID,
                       vm_vaddr_of (page << VM_PAGE_SHIFT));
}

/* Asks the second level for a page that the first has; cachegrind does so for
 * both pages where one of two missed. Returns whether it had the page. */
static gboolean
refer_second (struct machine *m, guint64 page, enum vm_access_kind kind)
{
  struct vm_tlb second = vm_tlb_of (m->s, 0, VM_TLB_SECOND);
  guint32 index = find (m, VM_TLB_SECOND, page);

  if (index != VM_NONE) {
    vm_replace_touch (NULL, m->s, &second, index);
    return TRUE;
  }
  struct vm_tlb_entry entry
      = m->s->tlb[find (m, vm_tlb_unit_for (m->s, kind), page)];
  entry.used = m->s->counters.tick;
  vm_replace_fill (NULL, m->s, &second, VM_STEP_TLB_FILL, &entry);
  return FALSE;
}

static void
note (struct machine *m, enum vm_access_kind kind, gboolean first_missed,
      gboolean second_missed)
{
  struct count *count = &m->counts[kind];

  count->references++;
  count->first_misses += first_missed;
  count->second_misses += second_missed;
}

/* An access to the end of one page and the start of the next. */
static void
straddle (struct machine *m, guint64 page, enum vm_access_kind kind)
{
  gboolean two_levels = m->s->config.stlb_sets != 0;
  enum vm_tlb_unit unit = vm_tlb_unit_for (m->s, kind);
  gboolean second_missed = FALSE;

  m->straddles++;
  map_page (m, page + 1);
  guint low = translate (m, page, kind);
  if (two_levels && low == 1 && find (m, unit, page + 1) == VM_NONE)
    second_missed |= !refer_second (m, page, kind);
  guint high = translate (m, page + 1, kind);
  if (two_levels && low != 1 && high == 1)
    second_missed |= !refer_second (m, page + 1, kind);
  note (m, kind, low != 1 || high != 1, second_missed || low == 0 || high == 0);
}

static void
refer (struct machine *m, guint64 address, guint64 size,
       enum vm_access_kind kind)
{
  guint64 page = address >> VM_PAGE_SHIFT;
  guint64 last = (address + size - 1) >> VM_PAGE_SHIFT;

  if (m->data_only && kind == VM_FETCH)
    return;
  if (page != last) {
    straddle (m, page, kind);
    return;
  }
  guint level = translate (m, page, kind);
  note (m, kind, level != 1, level == 0);
}

/* "I  0401ab70,3" or " S 1fff000d48,8"; anything else is not an access. */
static gboolean
parse (const char *line, guint64 *address, guint64 *size,
       enum vm_access_kind *kind)
{
  char letter;

  if (sscanf (line,
              line[0] == 'I' ? "%c  %" SCNx64 ",%" SCNu64
                             : " %c %" SCNx64 ",%" SCNu64,
              &letter, address, size)
      != 3)
    return FALSE;
  *kind = letter == 'I' ? VM_FETCH : letter == 'S' ? VM_WRITE : VM_READ;
  return *size > 0 && strchr ("ILSM", letter) != NULL;
}

static void
print_count (const char *name, const struct count *count)
{
  printf ("\"%s\": [%" PRIu64 ", %" PRIu64 ", %" PRIu64 "], ", name,
          count->references, count->first_misses, count->second_misses);
}

static void
print (const struct machine *m)
{
  const struct vm_counters *n = &m->s->counters;

  printf ("{");
  print_count ("fetch", &m->counts[VM_FETCH]);
  print_count ("read", &m->counts[VM_READ]);
  print_count ("write", &m->counts[VM_WRITE]);
  printf ("\"straddles\": %" PRIu64 ", \"translations\": %" PRIu64
          ", \"hits\": %" PRIu64 ", \"misses\": %" PRIu64 ", \"itlb\": %" PRIu64
          ", \"stlb\": %" PRIu64 ", \"pages\": %u}\n",
          m->straddles, m->translations, n->tlb_hits, n->tlb_misses,
          n->itlb_hits + n->itlb_misses, n->stlb_hits + n->stlb_misses,
          g_hash_table_size (m->mapped));
}

int
main (int argc, char **argv)
{
  g_autofree struct machine *machines = g_new0 (struct machine, argc);
  guint64 address, size;
  enum vm_access_kind kind;
  char line[256];

  for (int i = 1; i < argc; i++)
    machine_init (&machines[i], argv[i]);
  while (fgets (line, sizeof line, stdin) != NULL) {
    if (!parse (line, &address, &size, &kind))
      continue;
    for (int i = 1; i < argc; i++)
      refer (&machines[i], address, size, kind);
  }
  for (int i = 1; i < argc; i++) {
    print (&machines[i]);
    g_hash_table_unref (machines[i].mapped);
    vm_machine_free (machines[i].machine);
  }
  return 0;
}
