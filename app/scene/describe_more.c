/* The second line of a step: how its numbers come about. */
#include "describe.h"

#include <glib/gi18n-lib.h>

#include "numbers.h"
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
more_take (const SceneSubject *it)
{
  guint level = (guint) it->v[VM_V_TAKE_LEVEL];

  if (it->v[VM_V_TAKE_ROLE] != VM_FRAME_TABLE || it->geometry == NULL)
    return NULL;
  return g_strdup_printf (_ ("It is all zero: %u entries, none of them "
                             "present."),
                          vm_geometry_entries (it->geometry, level));
}

/* The flags that are set, in the letters of the pictures. */
static char *
flags_of (const struct vm_pte *pte)
{
  GString *flags = g_string_new (NULL);

  g_string_append (flags, pte->present ? " P" : "");
  g_string_append (flags, pte->writable ? " W" : "");
  g_string_append (flags, pte->user ? " U" : "");
  g_string_append (flags, pte->accessed ? " A" : "");
  g_string_append (flags, pte->dirty ? " D" : "");
  g_string_append (flags, pte->global ? " G" : "");
  g_string_append (flags, pte->no_execute ? " NX" : "");
  if (flags->len > 0)
    g_string_erase (flags, 0, 1);
  return g_string_free (flags, FALSE);
}

static char *
more_entry_write (const SceneSubject *it)
{
  struct vm_pte pte = scene_subject_entry (it);
  SceneNumber pa = scene_number_physical (it->v[VM_V_ENTRY_PA]);
  SceneNumber raw = scene_number_entry (it->geometry, it->v[VM_V_ENTRY_RAW]);
  g_autofree char *flags = flags_of (&pte);

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
    return g_strdup (_ ("The TLB has nothing to forget."));
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

  if (it->v[VM_V_COMPARE_MATCH])
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

static char *
more_walk (const SceneSubject *it)
{
  guint levels = (guint) it->v[VM_V_WALK_LEVELS];

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
  SceneNumber table
      = scene_number_physical (it->v[VM_V_ENTRY_TABLE] << VM_PAGE_SHIFT);
  SceneNumber pa = scene_number_physical (it->v[VM_V_ENTRY_PA]);
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
  return more_ordinal (it->geometry->levels - level + 1u, table.s,
                       (guint) it->v[VM_V_ENTRY_INDEX],
                       it->geometry->entry_bytes, pa.s);
}

static char *
more_accessed (const SceneSubject *it)
{
  guint level = (guint) it->v[VM_V_ENTRY_LEVEL];
  SceneNumber raw = scene_number_entry (it->geometry, it->v[VM_V_ENTRY_RAW]);

  /* Translators: number of an entry, "page table", the entry in hex. */
  return g_strdup_printf (_ ("A is set in entry %u of the %s; the entry is now "
                             "%s."),
                          (guint) it->v[VM_V_ENTRY_INDEX],
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
more_allowed (const SceneSubject *it)
{
  guint user = it->v[VM_V_PERMISSION_USER] != 0;
  guint writable = it->v[VM_V_PERMISSION_WRITABLE] != 0;
  guint nx = it->v[VM_V_PERMISSION_NX] != 0;

  if (it->v[VM_V_PERMISSION_KIND] == VM_WRITE && !writable)
    return g_strdup (_ ("R/W is 0, but binds only user mode while CR0.WP is "
                        "0."));
  if (it->nx)
    /* Translators: bits of page-table entries. */
    return g_strdup_printf (
        _ ("Taken over all levels: U/S = %u, R/W = %u, NX = %u."), user,
        writable, nx);
  /* Translators: bits of page-table entries. */
  return g_strdup_printf (_ ("Taken over all levels: U/S = %u, R/W = %u."),
                          user, writable);
}

static char *
more_permission (const SceneSubject *it)
{
  switch ((enum vm_verdict) it->v[VM_V_PERMISSION_VERDICT]) {
  case VM_VERDICT_ALLOWED:
    break;
  case VM_VERDICT_NOT_PRESENT:
    return g_strdup (_ ("The processor looks at no other bit of it; they "
                        "belong to the operating system."));
  case VM_VERDICT_RESERVED:
    return g_strdup (_ ("The format reserves that bit, so the processor "
                        "refuses the entry."));
  case VM_VERDICT_SUPERVISOR:
  case VM_VERDICT_NO_EXECUTE:
    return g_strdup (_ ("One entry on the way that forbids it is enough."));
  case VM_VERDICT_READ_ONLY:
    return g_strdup (it->v[VM_V_PERMISSION_MODE] == VM_USER_MODE
                         ? _ ("One entry on the way that forbids it is "
                              "enough.")
                         : _ ("CR0.WP is 1, so R/W binds the kernel too."));
  case VM_VERDICT_SMEP:
    return g_strdup (_ ("U/S is 1 at every level: the page belongs to user "
                        "mode, and CR4.SMEP is 1."));
  case VM_VERDICT_SMAP:
    return g_strdup (_ ("U/S is 1 at every level: the page belongs to user "
                        "mode, and CR4.SMAP is 1."));
  }
  return more_allowed (it);
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

  if (shift == VM_PAGE_SHIFT)
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
more_fault (const SceneSubject *it)
{
  guint64 error = it->v[VM_V_FAULT_ERROR];
  SceneNumber address
      = scene_number_virtual (it->geometry, it->v[VM_V_FAULT_ADDRESS]);

  if (it->v[VM_V_FAULT_KIND] != VM_FAULT_NON_CANONICAL)
    /* Translators: the bits of a page fault's error code; an address. */
    return g_strdup_printf (
        _ ("P = %u, W = %u, U = %u, RSVD = %u, I = %u. CR2 holds %s."),
        (error & VM_ERROR_CODE_P) != 0, (error & VM_ERROR_CODE_W) != 0,
        (error & VM_ERROR_CODE_U) != 0, (error & VM_ERROR_CODE_RSVD) != 0,
        (error & VM_ERROR_CODE_I) != 0, address.s);
  if (it->geometry == NULL)
    return NULL;
  /* Translators: three numbers of bits: 63, 48, 47. */
  return g_strdup_printf (_ ("Bits %u to %u must all repeat bit %u."),
                          it->geometry->word_bits - 1u, it->geometry->va_bits,
                          it->geometry->va_bits - 1u);
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
    return g_strdup (_ ("No page is mapped yet; CR3 will hold this frame while "
                        "the process runs."));
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
    return g_strdup (_ ("The MMU must walk the page tables in memory."));
  case VM_STEP_WALK:
    return more_walk (&it);
  case VM_STEP_ENTRY_READ:
    return more_entry_read (&it);
  case VM_STEP_SET_ACCESSED:
    return more_accessed (&it);
  case VM_STEP_PERMISSION:
    return more_permission (&it);
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
    return more_fault (&it);
  case VM_STEP_DUMP:
    return more_dump (&it);
  case VM_STEP_KINDS:
    break;
  }
  return NULL;
}
