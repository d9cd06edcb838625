/* The second line of a step: how its numbers come about. */
#include "describe.h"

#include <glib/gi18n-lib.h>

#include "describe_poke.h"
#include "describe_pool.h"
#include "describe_segment.h"
#include "describe_tlb.h"
#include "family.h"
#include "numbers.h"
#include "refusal.h"
#include "subject.h"

static char *
more_machine (const SceneSubject *it)
{
  guint sets = (guint) it->v[VM_V_MACHINE_SETS];
  guint ways = (guint) it->v[VM_V_MACHINE_WAYS];

  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "Its TLB keeps %u translation: %u × %u (sets × ways).",
                   "Its TLB keeps %u translations: %u × %u (sets × ways).",
                   sets * ways),
      sets * ways, sets, ways);
}

static char *
more_process (const SceneSubject *it)
{
  /* Translators: "CR3". */
  return g_strdup_printf (_ ("No page is mapped yet; %s will hold this frame "
                             "while the process runs."),
                          scene_root_register (it->geometry, FALSE));
}

static char *
more_take (const SceneSubject *it)
{
  guint level = (guint) it->v[VM_V_TAKE_LEVEL];

  if (it->v[VM_V_TAKE_ROLE] != VM_FRAME_TABLE || it->geometry == NULL)
    return NULL;
  return g_strdup_printf (it->geometry->family == VM_FAMILY_X86
                              ? _ ("It is all zero: %u entries, none of them "
                                   "present.")
                              : _ ("It is all zero: %u entries, none of them "
                                   "valid."),
                          vm_geometry_entries (it->geometry, level));
}

static char *
more_entry_write (const SceneSubject *it)
{
  struct vm_pte pte = scene_subject_entry (it);
  SceneNumber pa = scene_number_physical (it->geometry, it->v[VM_V_ENTRY_PA]);
  SceneNumber raw = scene_number_entry (it->geometry, it->v[VM_V_ENTRY_RAW]);
  g_autofree char *flags = scene_flag_letters (
      it->geometry, (guint) it->v[VM_V_ENTRY_LEVEL], &pte);

  if (!pte.present)
    /* Translators: an address, an entry in hex. */
    return g_strdup_printf (_ ("Physical address %s now holds %s: not "
                               "present."),
                            pa.s, raw.s);
  /* Translators: an address, an entry in hex, letters such as "P W U". */
  return g_strdup_printf (_ ("Physical address %s now holds %s: the frame, "
                             "and the flags %s."),
                          pa.s, raw.s, flags);
}

static char *
more_access (const SceneSubject *it)
{
  guint width = (guint) it->v[VM_V_ACCESS_WIDTH];

  if (it->v[VM_V_ACCESS_MODE] == VM_USER_MODE)
    return g_strdup_printf (
        g_dngettext (
            GETTEXT_PACKAGE,
            "%u byte, in user mode. First the MMU must find the physical "
            "address.",
            "%u bytes, in user mode. First the MMU must find the "
            "physical address.",
            width),
        width);
  return g_strdup_printf (
      g_dngettext (
          GETTEXT_PACKAGE,
          "%u byte, in kernel mode. First the MMU must find the physical "
          "address.",
          "%u bytes, in kernel mode. First the MMU must find the "
          "physical address.",
          width),
      width);
}

static char *
more_switch (const SceneSubject *it)
{
  guint dropped = (guint) it->v[VM_V_SWITCH_DROPPED];

  if (dropped == 0)
    return g_strdup (it->asids ? _ ("Entries name their address space: none "
                                    "need go.")
                               : _ ("The TLB has nothing to forget."));
  return g_strdup_printf (
      g_dngettext (
          GETTEXT_PACKAGE,
          "The TLB forgets %u translation of the address space before.",
          "The TLB forgets %u translations of the address space before.",
          dropped),
      dropped);
}

static char *
more_probe (const SceneSubject *it)
{
  guint valid = (guint) it->v[VM_V_PROBE_VALID];
  SceneNumber page = scene_number_page (it->geometry, it->v[VM_V_TLB_PAGE],
                                        (guint) it->v[VM_V_TLB_SHIFT]);

  if (it->sets <= 1)
    return g_strdup_printf (
        /* Translators: how many ways hold an entry, of how many. */
        g_dngettext (GETTEXT_PACKAGE, "%u of %u way holds a translation.",
                     "Any way may hold it; %u of %u ways hold a translation.",
                     it->ways),
        valid, it->ways);
  return g_strdup_printf (
      /* Translators: number of a page, how many sets, number of the set, how
       * many of its ways hold an entry, of how many. */
      g_dngettext (GETTEXT_PACKAGE,
                   "%s modulo %u sets is set %u; %u of its %u way holds a "
                   "translation.",
                   "%s modulo %u sets is set %u; %u of its %u ways hold a "
                   "translation.",
                   it->ways),
      page.s, it->sets, (guint) it->v[VM_V_TLB_SET], valid, it->ways);
}

static char *
more_compare (const SceneSubject *it)
{
  guint shift = (guint) it->v[VM_V_TLB_SHIFT];
  SceneNumber tag
      = scene_number_page (it->geometry, it->v[VM_V_COMPARE_TAG], shift);
  SceneNumber page
      = scene_number_page (it->geometry, it->v[VM_V_TLB_PAGE], shift);

  if (it->v[VM_V_COMPARE_MATCH] == VM_COMPARED_MATCH)
    /* Translators: two equal numbers of pages. */
    return g_strdup_printf (_ ("Tag %s = page %s."), tag.s, page.s);
  if (it->v[VM_V_COMPARE_TAG] == it->v[VM_V_TLB_PAGE])
    return NULL;
  /* Translators: two different numbers of pages. */
  return g_strdup_printf (_ ("Tag %s ≠ page %s."), tag.s, page.s);
}

static char *
more_hit (const SceneSubject *it)
{
  guint way = (guint) it->v[VM_V_TLB_WAY], set = (guint) it->v[VM_V_TLB_SET];

  if (it->sets <= 1)
    return g_strdup_printf (_ ("Way %u answers; no page table is read."), way);
  /* Translators: number of a way, of a set. */
  return g_strdup_printf (_ ("Way %u of set %u answers; no page table is "
                             "read."),
                          way, set);
}

/* Levels whose entries a walk reads in memory. */
static guint
tables_in_memory (const struct vm_geometry *geometry)
{
  if (geometry == NULL)
    return 0;
  return geometry->register_level == 0 ? geometry->levels
                                       : geometry->register_level - 1u;
}

static char *
more_walk (const SceneSubject *it)
{
  guint levels = tables_in_memory (it->geometry);

  return g_strdup_printf (
      g_dngettext (
          GETTEXT_PACKAGE, "The walk reads one entry: %u memory access.",
          "The walk reads one entry a level: at most %u memory accesses.",
          levels),
      levels);
}

/* Which memory access of the walk this is: the top level is read first. */
static char *
more_ordinal (guint ordinal, const char *table, guint index, guint bytes,
              const char *pa)
{
  /* Translators, for all five: start of a table, number of an entry, size of
   * an entry, and the address these make. */
  switch (ordinal) {
  case 1:
    return g_strdup_printf (
        _ ("Physical address read: %s + %u × %u = %s. This is the first memory "
           "access of the walk."),
        table, index, bytes, pa);
  case 2:
    return g_strdup_printf (
        _ ("Physical address read: %s + %u × %u = %s. This is the second "
           "memory access of the walk."),
        table, index, bytes, pa);
  case 3:
    return g_strdup_printf (
        _ ("Physical address read: %s + %u × %u = %s. This is the third memory "
           "access of the walk."),
        table, index, bytes, pa);
  case 4:
    return g_strdup_printf (
        _ ("Physical address read: %s + %u × %u = %s. This is the fourth "
           "memory access of the walk."),
        table, index, bytes, pa);
  default:
    return g_strdup_printf (
        _ ("Physical address read: %s + %u × %u = %s. This is the fifth memory "
           "access of the walk."),
        table, index, bytes, pa);
  }
}

static char *
more_entry_read (const SceneSubject *it)
{
  if (it->geometry == NULL)
    return NULL;

  guint level = (guint) it->v[VM_V_ENTRY_LEVEL];
  struct vm_pte pte = scene_subject_entry (it);
  SceneNumber table = scene_number_physical (
      it->geometry, it->v[VM_V_ENTRY_TABLE] << it->geometry->page_shift);
  SceneNumber pa = scene_number_physical (it->geometry, it->v[VM_V_ENTRY_PA]);
  SceneNumber size = scene_number_size (G_GUINT64_CONSTANT (1)
                                        << it->geometry->level[level].low);

  if (pte.present && pte.leaf && level > 1)
    /* Translators: start of a table, number of an entry, size of an entry, the
     * address these make; "4 MiB". */
    return g_strdup_printf (
        _ ("Physical address read: %s + %u × %u = %s. The entry maps a page of "
           "%s itself: the walk ends here."),
        table.s, (guint) it->v[VM_V_ENTRY_INDEX], it->geometry->entry_bytes,
        pa.s, size.s);
  return more_ordinal (tables_in_memory (it->geometry) - level + 1, table.s,
                       (guint) it->v[VM_V_ENTRY_INDEX],
                       it->geometry->entry_bytes, pa.s);
}

static char *
more_accessed (const SceneSubject *it)
{
  guint level = (guint) it->v[VM_V_ENTRY_LEVEL];
  SceneNumber raw = scene_number_entry (it->geometry, it->v[VM_V_ENTRY_RAW]);

  const char *flag
      = it->geometry != NULL && it->geometry->family == VM_FAMILY_ARM ? "AF"
                                                                      : "A";

  /* Translators: "A", number of an entry, "page table", the entry in hex. */
  return g_strdup_printf (_ ("%s is set in entry %u of the %s; the entry is "
                             "now %s."),
                          flag, (guint) it->v[VM_V_ENTRY_INDEX],
                          scene_table_name (it->geometry, level), raw.s);
}

static char *
more_dirty (const SceneSubject *it)
{
  guint level = (guint) it->v[VM_V_ENTRY_LEVEL];
  SceneNumber raw = scene_number_entry (it->geometry, it->v[VM_V_ENTRY_RAW]);

  /* Translators: number of an entry, "page table", the entry in hex. */
  return g_strdup_printf (_ ("The page will be written, so D is set in entry "
                             "%u of the %s; the entry is now %s."),
                          (guint) it->v[VM_V_ENTRY_INDEX],
                          scene_table_name (it->geometry, level), raw.s);
}

static char *
more_evicted (const SceneSubject *it)
{
  guint way = (guint) it->v[VM_V_TLB_WAY], set = (guint) it->v[VM_V_TLB_SET];

  if (it->sets <= 1)
    return g_strdup_printf (_ ("Way %u was the least recently used: the page "
                               "it held loses its place."),
                            way);
  /* Translators: number of a way, of a set. */
  return g_strdup_printf (_ ("Way %u of set %u was the least recently used: "
                             "the page it held loses its place."),
                          way, set);
}

static char *
more_fill (const SceneSubject *it)
{
  guint way = (guint) it->v[VM_V_TLB_WAY], set = (guint) it->v[VM_V_TLB_SET];

  if (it->v[VM_V_FILL_EVICTED])
    return more_evicted (it);
  if (it->sets <= 1)
    return g_strdup_printf (_ ("Way %u was empty."), way);
  /* Translators: number of a way, of a set. */
  return g_strdup_printf (_ ("Way %u of set %u was empty."), way, set);
}

static char *
more_drop (const SceneSubject *it)
{
  guint way = (guint) it->v[VM_V_TLB_WAY], set = (guint) it->v[VM_V_TLB_SET];

  if (it->sets <= 1)
    return g_strdup_printf (_ ("Way %u is empty again."), way);
  /* Translators: number of a way, of a set. */
  return g_strdup_printf (_ ("Way %u of set %u is empty again."), way, set);
}

static char *
more_compose (const SceneSubject *it)
{
  guint shift = (guint) it->v[VM_V_COMPOSE_SHIFT];
  SceneNumber size = scene_number_size (G_GUINT64_CONSTANT (1) << shift);

  if (shift == it->geometry->page_shift)
    return g_strdup (_ ("The processor sets them side by side; nothing is "
                        "added."));
  /* Translators: "4 MiB", a number of bits. */
  return g_strdup_printf (_ ("In a page of %s the low %u bits are offset. The "
                             "processor adds nothing; it sets bits side by "
                             "side."),
                          size.s, shift);
}

static char *
more_data (const SceneSubject *it)
{
  guint width = (guint) it->v[VM_V_DATA_WIDTH];

  return g_strdup_printf (
      g_dngettext (
          GETTEXT_PACKAGE,
          "%u byte. All that came before served to find this address.",
          "%u bytes. All that came before served to find this address.", width),
      width);
}

static char *
more_dump (const SceneSubject *it)
{
  guint tables = (guint) it->v[VM_V_DUMP_TABLES];

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "They fill %u frame.",
                                       "They fill %u frames.", tables),
                          tables);
}

char *
scene_describe_more (const struct vm_machine *machine,
                     const struct vm_step *step)
{
  SceneSubject it = scene_subject_of (machine, step);

  switch ((enum vm_step_kind) step->kind) {
  case VM_STEP_MACHINE:
    return more_machine (&it);
  case VM_STEP_PROCESS:
    return more_process (&it);
  case VM_STEP_MAP:
    return g_strdup (_ ("Each level needs an entry; a table that is missing is "
                        "made."));
  case VM_STEP_FRAME_TAKE:
    return more_take (&it);
  case VM_STEP_ENTRY_WRITE:
    return more_entry_write (&it);
  case VM_STEP_ACCESS:
    return more_access (&it);
  case VM_STEP_SWITCH:
    return more_switch (&it);
  case VM_STEP_TLB_PROBE:
    return more_probe (&it);
  case VM_STEP_TLB_COMPARE:
    return more_compare (&it);
  case VM_STEP_TLB_HIT:
    return more_hit (&it);
  case VM_STEP_TLB_MISS:
    return g_strdup (it.levels > 1 && step->unit != VM_TLB_SECOND
                         ? _ ("The second level is asked next.")
                         : _ ("The MMU must walk the page tables in memory."));
  case VM_STEP_WALK:
    return more_walk (&it);
  case VM_STEP_REGISTER_LOAD:
    return g_strdup (_ ("The four entries of this table are read once, when "
                        "CR3 is written, and not at each walk."));
  case VM_STEP_REGISTER_READ:
    return g_strdup (_ ("It was loaded together with CR3: no memory is "
                        "read."));
  case VM_STEP_ENTRY_READ:
    return more_entry_read (&it);
  case VM_STEP_SET_ACCESSED:
    return more_accessed (&it);
  case VM_STEP_PERMISSION:
    return scene_more_permission (&it);
  case VM_STEP_SET_DIRTY:
    return more_dirty (&it);
  case VM_STEP_COMPOSE:
    return more_compose (&it);
  case VM_STEP_TLB_FILL:
    return more_fill (&it);
  case VM_STEP_TLB_DROP:
    return more_drop (&it);
  case VM_STEP_DATA:
    return more_data (&it);
  case VM_STEP_FAULT:
    return scene_more_fault (&it);
  case VM_STEP_DUMP:
    return more_dump (&it);
  case VM_STEP_TLB_VICTIM:
    return scene_more_victim (&it);
  case VM_STEP_TLB_PROMOTE:
    return g_strdup (_ ("The second level keeps its own copy."));
  case VM_STEP_FLUSH:
    return scene_more_flush (&it);
  case VM_STEP_PSC_HIT:
    return scene_more_psc (&it);
  case VM_STEP_POOL:
  case VM_STEP_STRING:
  case VM_STEP_REFERENCE:
  case VM_STEP_PAGE_HIT:
  case VM_STEP_PAGE_MISS:
  case VM_STEP_PAGE_MARK:
  case VM_STEP_PAGE_MOVE:
  case VM_STEP_PAGE_COUNT:
  case VM_STEP_PAGE_SPARE:
  case VM_STEP_PAGE_COMPARE:
  case VM_STEP_PAGE_VICTIM:
  case VM_STEP_PAGE_LOAD:
  case VM_STEP_GHOST_KEEP:
  case VM_STEP_GHOST_DROP:
  case VM_STEP_GHOST_HIT:
  case VM_STEP_POOL_TARGET:
  case VM_STEP_POOL_TICK:
    return scene_more_pool (&it);
  case VM_STEP_POKE:
  case VM_STEP_ENTRY_CHANGE:
  case VM_STEP_FIELD_CHANGE:
  case VM_STEP_FRAME_REFS:
  case VM_STEP_PSC_OWE:
  case VM_STEP_REGISTER_OWE:
    return scene_more_poke (&it);
  case VM_STEP_SEGMENTS:
  case VM_STEP_DESCRIPTOR_WRITE:
  case VM_STEP_SEGMENT_LOAD:
  case VM_STEP_SELECTOR:
  case VM_STEP_DESCRIPTOR_READ:
  case VM_STEP_DESCRIPTOR_ACCESSED:
  case VM_STEP_SEGMENT_CACHE:
  case VM_STEP_SEGMENT_USE:
  case VM_STEP_SEGMENT_RIGHTS:
  case VM_STEP_SEGMENT_LIMIT:
  case VM_STEP_SEGMENT_ADD:
    return scene_more_segment (&it);
  case VM_STEP_SCHEDULE:
  case VM_STEP_MODE:
  case VM_STEP_TLB_PRINT:
  case VM_STEP_OWE:
  case VM_STEP_BEHIND:
  case VM_STEP_SHOOTDOWN:
  case VM_STEP_IPI_SEND:
  case VM_STEP_IPI_WAIT:
  case VM_STEP_IPI_RECEIVE:
  case VM_STEP_IPI_ACK:
  case VM_STEP_PSC_FILL:
  case VM_STEP_CALL:
  case VM_STEP_RETURN:
  case VM_STEP_GAP:
  case VM_STEP_LIMIT:
  case VM_STEP_REGION_LOOK:
  case VM_STEP_REGION_FOUND:
  case VM_STEP_REGION_NEW:
  case VM_STEP_REGION_GONE:
  case VM_STEP_REGION_RESIZE:
  case VM_STEP_REGION_FLAGS:
  case VM_STEP_REGION_SPLIT:
  case VM_STEP_REGION_MERGE:
  case VM_STEP_ANON:
  case VM_STEP_HANDLER:
  case VM_STEP_DECIDE:
  case VM_STEP_HANDLED:
  case VM_STEP_SIGNAL:
  case VM_STEP_COPY:
  case VM_STEP_CACHE_READ:
  case VM_STEP_FRAME_FREE:
  case VM_STEP_FORK:
  case VM_STEP_FORK_REGION:
  case VM_STEP_FORK_ENTRY:
  case VM_STEP_EXIT:
  case VM_STEP_WAIT:
  case VM_STEP_REAP:
  case VM_STEP_FILE:
  case VM_STEP_OVERCOMMIT:
  case VM_STEP_SET_LIMITS:
  case VM_STEP_SHOW:
  case VM_STEP_KINDS:
    break;
  }
  return NULL;
}
