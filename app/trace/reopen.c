/* Says in operations what a replay holds. */
#include "reopen.h"

#include <inttypes.h>

#include "mmu/tlb.h"

static guint
shift_of (const struct vm_replay *replay)
{
  return vm_replay_geometry (replay)->page_shift;
}

static void G_GNUC_PRINTF (2, 3) add (GPtrArray *lines, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (lines, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static void
add_machine (GPtrArray *lines, const struct vm_replay *replay)
{
  const struct vm_replay_config *c = vm_replay_config (replay);
  const struct vm_geometry *g = vm_replay_geometry (replay);
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_printf (line, "machine geometry=%s", g->name);
  /* A toy's tables lie at the end of its memory, and pages behind that. */
  if (g->id == VM_GEOMETRY_TOY)
    g_string_append_printf (line, " memory=%" PRIu64,
                            (guint64) vm_replay_table_frames (replay)
                                << g->page_shift);
  if (c->itlb_sets == 0 && c->stlb_sets == 0)
    g_string_append_printf (line, " tlb-sets=%u tlb-ways=%u", c->tlb_sets,
                            c->tlb_ways);
  else
    g_string_append_printf (line, " dtlb=%ux%u", c->tlb_sets, c->tlb_ways);
  if (c->itlb_sets != 0)
    g_string_append_printf (line, " itlb=%ux%u", c->itlb_sets, c->itlb_ways);
  if (c->stlb_sets != 0)
    g_string_append_printf (line, " stlb=%ux%u", c->stlb_sets, c->stlb_ways);
  g_ptr_array_add (lines, g_string_free (g_steal_pointer (&line), FALSE));
}

static void
add_processes (GPtrArray *lines, const struct vm_replay *replay)
{
  struct vm_replay_process process;

  for (guint i = 0; vm_replay_process (replay, i, &process); i++)
    add (lines, "process name=p%u", process.number);
}

static void
add_map (GPtrArray *lines, guint32 process, guint64 page, guint shift,
         guint32 frame)
{
  add (lines, "map process=p%u va=0x%" PRIx64 " frame=0x%x flags=rwxu", process,
       page << shift, frame);
}

static void
add_access (GPtrArray *lines, guint32 process, guint64 va, const char *kind)
{
  add (lines, "access process=p%u va=0x%" PRIx64 " kind=%s", process, va, kind);
}

/* Was the page in a frame written to? Its entry says so. */
static gboolean
is_dirty (const struct vm_replay *replay, guint32 process, guint64 page)
{
  struct vm_pte pte;

  return vm_replay_entry (replay, process, page, &pte) && pte.dirty;
}

/* Maps the pages that are in memory, and touches them, so that their entries
 * have the flags that they have. */
static void
add_pages (GPtrArray *lines, const struct vm_replay *replay)
{
  guint left = vm_replay_pool (replay)->record->used;
  guint shift = shift_of (replay);
  guint32 frame, process;
  guint64 page;

  for (guint i = 0; left > 0; i++) {
    if (!vm_replay_resident (replay, i, &frame, &page, &process))
      continue;
    left--;
    add_map (lines, process, page, shift, frame);
    add_access (lines, process, page << shift,
                is_dirty (replay, process, page) ? "write" : "read");
  }
}

static int
compare_use (const void *a, const void *b)
{
  guint64 x = (*(const struct vm_tlb_entry *const *) a)->used;
  guint64 y = (*(const struct vm_tlb_entry *const *) b)->used;

  return (x > y) - (x < y);
}

/* The valid entries of a TLB, the least recently used first. */
static GPtrArray *
entries_of (const struct vm_state *s, enum vm_tlb_unit unit)
{
  struct vm_tlb tlb = vm_tlb_of (s, 0, unit);
  GPtrArray *entries = g_ptr_array_new ();

  for (guint i = 0; i < tlb.sets * tlb.ways; i++)
    if (s->tlb[tlb.first + i].valid)
      g_ptr_array_add (entries, (gpointer) &s->tlb[tlb.first + i]);
  g_ptr_array_sort (entries, compare_use);
  return entries;
}

/* Uses a page through a TLB of the first level. */
static void
add_use (GPtrArray *lines, const struct vm_replay *replay,
         enum vm_tlb_unit unit, guint64 page)
{
  add_access (lines, vm_replay_running (replay), page << shift_of (replay),
              unit == VM_TLB_CODE ? "fetch" : "read");
}

/* Uses what a TLB of the first level holds in the order in which it was used.
 */
static void
add_entries (GPtrArray *lines, const struct vm_replay *replay,
             enum vm_tlb_unit unit)
{
  g_autoptr (GPtrArray) entries = entries_of (vm_replay_state (replay), unit);

  for (guint i = 0; i < entries->len; i++) {
    const struct vm_tlb_entry *entry = g_ptr_array_index (entries, i);
    add_use (lines, replay, unit, entry->page);
  }
}

/* The second level ----------------------------------------------------------
 */

/* A TLB of the first level while the second is filled through it. */
typedef struct {
  enum vm_tlb_unit unit;
  struct vm_tlb tlb;
  GPtrArray *entries; /* what it has to hold in the end, */
  GArray *kept;       /* and of that, of guint64, the pages it has */
} Way;

static gboolean
has_page (const GPtrArray *entries, guint64 page)
{
  for (guint i = 0; i < entries->len; i++)
    if (((const struct vm_tlb_entry *) g_ptr_array_index (entries, i))->page
        == page)
      return TRUE;
  return FALSE;
}

/* Pages that are kept in the set of a page. */
static guint
kept_beside (const Way *way, guint64 page)
{
  guint count = 0;

  for (guint i = 0; i < way->kept->len; i++)
    count += vm_tlb_set_of (&way->tlb, g_array_index (way->kept, guint64, i))
             == vm_tlb_set_of (&way->tlb, page);
  return count;
}

/* A page comes in, and perhaps stays. Those that stay are used once more, so
 * that the next one does not throw them out. */
static void
come_in (GPtrArray *lines, const struct vm_replay *replay, Way *way,
         guint64 page)
{
  add_use (lines, replay, way->unit, page);
  for (guint i = 0; i < way->kept->len; i++) {
    guint64 kept = g_array_index (way->kept, guint64, i);
    if (vm_tlb_set_of (&way->tlb, kept) == vm_tlb_set_of (&way->tlb, page))
      add_use (lines, replay, way->unit, kept);
  }
  if (has_page (way->entries, page))
    g_array_append_val (way->kept, page);
}

/* What the first level holds and the second no longer is older than all that it
 * holds. */
static void
add_gone (GPtrArray *lines, const struct vm_replay *replay, Way *way,
          const GPtrArray *second)
{
  for (guint i = 0; i < way->entries->len; i++) {
    const struct vm_tlb_entry *entry = g_ptr_array_index (way->entries, i);
    if (!has_page (second, entry->page))
      come_in (lines, replay, way, entry->page);
  }
}

/* A page comes to the second level through those of the first that hold it, or
 * one that has room. */
static void
add_second_page (GPtrArray *lines, const struct vm_replay *replay, Way ways[2],
                 guint64 page)
{
  gboolean held = FALSE;

  for (guint unit = 0; unit < 2; unit++)
    if (has_page (ways[unit].entries, page)) {
      come_in (lines, replay, &ways[unit], page);
      held = TRUE;
    }
  if (held)
    return;
  guint unit = ways[1].tlb.sets != 0
               && kept_beside (&ways[0], page) >= ways[0].tlb.ways;
  come_in (lines, replay, &ways[unit], page);
}

/* The second level is filled through the first, in the order in which it was
 * used; what the first holds in the end stays there on the way. */
static void
add_second (GPtrArray *lines, const struct vm_replay *replay)
{
  const struct vm_state *s = vm_replay_state (replay);
  g_autoptr (GPtrArray) second = entries_of (s, VM_TLB_SECOND);
  Way ways[2];

  for (guint unit = 0; unit < 2; unit++)
    ways[unit] = (Way){.unit = (enum vm_tlb_unit) unit,
                       .tlb = vm_tlb_of (s, 0, (enum vm_tlb_unit) unit),
                       .entries = entries_of (s, (enum vm_tlb_unit) unit),
                       .kept = g_array_new (FALSE, FALSE, sizeof (guint64))};
  for (guint unit = 0; unit < 2; unit++)
    add_gone (lines, replay, &ways[unit], second);
  for (guint i = 0; i < second->len; i++) {
    const struct vm_tlb_entry *entry = g_ptr_array_index (second, i);
    add_second_page (lines, replay, ways, entry->page);
  }
  for (guint unit = 0; unit < 2; unit++) {
    g_ptr_array_unref (ways[unit].entries);
    g_array_unref (ways[unit].kept);
  }
}

GPtrArray *
trace_reopen_setup (const struct vm_replay *replay)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  add_machine (lines, replay);
  add_processes (lines, replay);
  add_pages (lines, replay);
  add (lines, "switch process=p%u", vm_replay_running (replay));
  add (lines, "flush kind=all");
  if (vm_replay_config (replay)->stlb_sets != 0)
    add_second (lines, replay);
  add_entries (lines, replay, VM_TLB_CODE);
  add_entries (lines, replay, VM_TLB_DATA);
  return lines;
}

GPtrArray *
trace_reopen_next (struct vm_replay *replay, vm_record record, guint32 next,
                   struct vm_error *error)
{
  static const char *const kinds[] = {"read", "write", "fetch"};
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  guint32 process = vm_replay_running (replay);
  const char *kind = kinds[vm_record_kind (record)];
  guint64 va = vm_record_va (record);
  guint shift = shift_of (replay);
  struct vm_replay_stats before, after;

  vm_replay_stats (replay, &before);
  if (!vm_replay_run_knowing (replay, &record, &next, 1, error))
    return NULL;
  vm_replay_stats (replay, &after);
  add_access (lines, process, va, kind);
  if (after.faults == before.faults)
    return g_steal_pointer (&lines);

  const struct vm_replay_fault *fault = vm_replay_last_fault (replay);
  if (fault->evicted)
    add (lines, "unmap process=p%u va=0x%" PRIx64, fault->process,
         fault->victim << shift);
  add_map (lines, process, va >> shift, shift, fault->frame);
  add_access (lines, process, va, kind);
  return g_steal_pointer (&lines);
}
