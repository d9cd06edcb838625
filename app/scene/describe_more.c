/* The second line of a step: how its numbers come about. */
#include "describe.h"

#include <glib/gi18n-lib.h>

#include "describe_alloc.h"
#include "describe_bare.h"
#include "describe_bus.h"
#include "describe_cache.h"
#include "describe_poke.h"
#include "describe_pool.h"
#include "describe_exec.h"
#include "describe_heap.h"
#include "describe_kernel.h"
#include "describe_segment.h"
#include "describe_swap.h"
#include "describe_tasks.h"
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

  if (it->way != VM_WAY_PAGING)
    return NULL;
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
  if (it->v[VM_V_PROCESS_ROOT] == 0)
    return NULL;
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
    return g_strdup (_ ("No page table is read."));
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
    return g_strdup (_ ("All its places were taken: the page that was used "
                        "longest ago has to go."));
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
    return g_strdup (_ ("One of its places was free."));
  /* Translators: number of a way, of a set. */
  return g_strdup_printf (_ ("Way %u of set %u was empty."), way, set);
}

static char *
more_drop (const SceneSubject *it)
{
  guint way = (guint) it->v[VM_V_TLB_WAY], set = (guint) it->v[VM_V_TLB_SET];

  if (it->sets <= 1)
    return g_strdup (_ ("Its place is free again."));
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

static char *
more_map (const SceneSubject *it)
{
  (void) it;
  return g_strdup (_ ("Each level needs an entry; a table that is missing is "
                      "made."));
}

static char *
more_miss (const SceneSubject *it)
{
  return g_strdup (it->levels > 1 && it->step->unit != VM_TLB_SECOND
                       ? _ ("The second level is asked next.")
                       : _ ("The MMU must walk the page tables in memory."));
}

static char *
more_register_load (const SceneSubject *it)
{
  (void) it;
  return g_strdup (_ ("The four entries of this table are read once, when "
                      "CR3 is written, and not at each walk."));
}

static char *
more_register_read (const SceneSubject *it)
{
  (void) it;
  return g_strdup (_ ("It was loaded together with CR3: no memory is "
                      "read."));
}

static char *
more_promote (const SceneSubject *it)
{
  (void) it;
  return g_strdup (_ ("The second level keeps its own copy."));
}

/* What find_vma asks for, where that is more than the address alone. */
static char *
more_found (const SceneSubject *it)
{
  if (it->v[VM_V_REGION_REGION] == 0 || it->v[VM_V_LOOK_LOOK] != 0)
    return NULL;
  /* Translators: an address. */
  return g_strdup_printf (
      _ ("The look-up (find_vma) finds the first one that ends above %s."),
      scene_number_virtual (it->geometry, it->v[VM_V_LOOK_VA]).s);
}

static char *
more_fork_region (const SceneSubject *it)
{
  return it->v[VM_V_FORK_REGION_COPIED] != 0
             ? NULL
             : g_strdup (_ ("The child will find its pages by faults."));
}

/* Not every kind of step has more to say. */
static char *(*const sentences[VM_STEP_KINDS]) (const SceneSubject *it)
    = {[VM_STEP_MACHINE] = more_machine,
       [VM_STEP_REGION_FOUND] = more_found,
       [VM_STEP_FORK_REGION] = more_fork_region,
       [VM_STEP_PROCESS] = more_process,
       [VM_STEP_MAP] = more_map,
       [VM_STEP_FRAME_TAKE] = more_take,
       [VM_STEP_ENTRY_WRITE] = more_entry_write,
       [VM_STEP_ACCESS] = more_access,
       [VM_STEP_SWITCH] = more_switch,
       [VM_STEP_TLB_PROBE] = more_probe,
       [VM_STEP_TLB_COMPARE] = more_compare,
       [VM_STEP_TLB_HIT] = more_hit,
       [VM_STEP_TLB_MISS] = more_miss,
       [VM_STEP_WALK] = more_walk,
       [VM_STEP_REGISTER_LOAD] = more_register_load,
       [VM_STEP_REGISTER_READ] = more_register_read,
       [VM_STEP_ENTRY_READ] = more_entry_read,
       [VM_STEP_SET_ACCESSED] = more_accessed,
       [VM_STEP_PERMISSION] = scene_more_permission,
       [VM_STEP_SET_DIRTY] = more_dirty,
       [VM_STEP_COMPOSE] = more_compose,
       [VM_STEP_TLB_FILL] = more_fill,
       [VM_STEP_TLB_DROP] = more_drop,
       [VM_STEP_DATA] = more_data,
       [VM_STEP_FAULT] = scene_more_fault,
       [VM_STEP_DUMP] = more_dump,
       [VM_STEP_TLB_VICTIM] = scene_more_victim,
       [VM_STEP_TLB_PROMOTE] = more_promote,
       [VM_STEP_FLUSH] = scene_more_flush,
       [VM_STEP_PSC_HIT] = scene_more_psc,
       [VM_STEP_POOL] = scene_more_pool,
       [VM_STEP_STRING] = scene_more_pool,
       [VM_STEP_REFERENCE] = scene_more_pool,
       [VM_STEP_PAGE_HIT] = scene_more_pool,
       [VM_STEP_PAGE_MISS] = scene_more_pool,
       [VM_STEP_PAGE_MARK] = scene_more_pool,
       [VM_STEP_PAGE_MOVE] = scene_more_pool,
       [VM_STEP_PAGE_COUNT] = scene_more_pool,
       [VM_STEP_PAGE_SPARE] = scene_more_pool,
       [VM_STEP_PAGE_COMPARE] = scene_more_pool,
       [VM_STEP_PAGE_VICTIM] = scene_more_pool,
       [VM_STEP_PAGE_LOAD] = scene_more_pool,
       [VM_STEP_GHOST_KEEP] = scene_more_pool,
       [VM_STEP_GHOST_DROP] = scene_more_pool,
       [VM_STEP_GHOST_HIT] = scene_more_pool,
       [VM_STEP_POOL_TARGET] = scene_more_pool,
       [VM_STEP_POOL_TICK] = scene_more_pool,
       [VM_STEP_POKE] = scene_more_poke,
       [VM_STEP_ENTRY_CHANGE] = scene_more_poke,
       [VM_STEP_FIELD_CHANGE] = scene_more_poke,
       [VM_STEP_FRAME_REFS] = scene_more_poke,
       [VM_STEP_PSC_OWE] = scene_more_poke,
       [VM_STEP_REGISTER_OWE] = scene_more_poke,
       [VM_STEP_SEGMENTS] = scene_more_segment,
       [VM_STEP_DESCRIPTOR_WRITE] = scene_more_segment,
       [VM_STEP_SEGMENT_LOAD] = scene_more_segment,
       [VM_STEP_SELECTOR] = scene_more_segment,
       [VM_STEP_DESCRIPTOR_READ] = scene_more_segment,
       [VM_STEP_DESCRIPTOR_ACCESSED] = scene_more_segment,
       [VM_STEP_SEGMENT_CACHE] = scene_more_segment,
       [VM_STEP_SEGMENT_USE] = scene_more_segment,
       [VM_STEP_SEGMENT_RIGHTS] = scene_more_segment,
       [VM_STEP_SEGMENT_LIMIT] = scene_more_segment,
       [VM_STEP_SEGMENT_ADD] = scene_more_segment,
       [VM_STEP_WAY] = scene_more_bare,
       [VM_STEP_IDENTITY] = scene_more_bare,
       [VM_STEP_BOUND] = scene_more_bare,
       [VM_STEP_BASE] = scene_more_bare,
       [VM_STEP_BOUNDS_LOAD] = scene_more_bare,
       [VM_STEP_PROGRAM] = scene_more_bare,
       [VM_STEP_PLACE] = scene_more_bare,
       [VM_STEP_NO_PLACE] = scene_more_bare,
       [VM_STEP_OVERWRITE] = scene_more_bare,
       [VM_STEP_RELOCATE] = scene_more_bare,
       [VM_STEP_PATCH] = scene_more_bare,
       [VM_STEP_SWAP_OUT] = scene_more_bare,
       [VM_STEP_SWAP_IN] = scene_more_bare,
       [VM_STEP_COMPACT] = scene_more_bare,
       [VM_STEP_MOVE] = scene_more_bare,
       [VM_STEP_CHUNK_SIZE] = scene_more_chunk_size,
       [VM_STEP_THRESHOLD] = scene_more_threshold,
       [VM_STEP_READAHEAD] = scene_more_cache,
       [VM_STEP_AROUND] = scene_more_cache,
       [VM_STEP_DIRTY] = scene_more_cache,
       [VM_STEP_CLEAN] = scene_more_cache,
       [VM_STEP_DISK_ERROR] = scene_more_cache,
       [VM_STEP_ROUTE] = scene_more_bus,
       [VM_STEP_DEVICE] = scene_more_bus,
       [VM_STEP_PORT] = scene_more_bus,
       [VM_STEP_IOMMU] = scene_more_bus,
       [VM_STEP_DMA] = scene_more_bus,
       [VM_STEP_IOMMU_WALK] = scene_more_bus,
       [VM_STEP_BLOCKED] = scene_more_bus,
       [VM_STEP_EXEC_LEAVE] = scene_more_exec,
       [VM_STEP_EXEC_DRAW] = scene_more_exec,
       [VM_STEP_EXEC_ZERO] = scene_more_exec,
       [VM_STEP_EXEC_BSS] = scene_more_exec,
       [VM_STEP_EXEC_SPECIAL] = scene_more_exec,
       [VM_STEP_EXEC_TABLES] = scene_more_exec,
       [VM_STEP_EXEC_START] = scene_more_exec,
       [VM_STEP_LINK] = scene_more_exec,
       [VM_STEP_LINK_RELRO] = scene_more_exec,
       [VM_STEP_START_BLOCK] = scene_more_exec,
       [VM_STEP_START_CONSTRUCT] = scene_more_exec,
       [VM_STEP_LRU_LOOK] = scene_more_swap,
       [VM_STEP_EVICTED] = scene_more_swap,
       [VM_STEP_SWAP_ENTRY] = scene_more_swap,
       [VM_STEP_OOM_KILL] = scene_more_swap,
       [VM_STEP_SLOT_FILE] = scene_more_swap,
       [VM_STEP_SWAP_AHEAD] = scene_more_swap,
       [VM_STEP_KERNEL] = scene_more_kernel,
       [VM_STEP_KERNEL_OWN] = scene_more_kernel,
       [VM_STEP_KERNEL_MAPS] = scene_more_kernel,
       [VM_STEP_KERNEL_USER] = scene_more_kernel,
       [VM_STEP_VMALLOC] = scene_more_kernel,
       [VM_STEP_VMALLOC_AREA] = scene_more_kernel,
       [VM_STEP_VFREE] = scene_more_kernel,
       [VM_STEP_VMALLOC_SYNC] = scene_more_kernel,
       [VM_STEP_KMAP] = scene_more_kernel,
       [VM_STEP_KUNMAP] = scene_more_kernel,
       [VM_STEP_KMAP_FLUSH] = scene_more_kernel,
       [VM_STEP_KERNEL_ADDRESS] = scene_more_kernel,
       [VM_STEP_KERNEL_COPY] = scene_more_kernel,
       [VM_STEP_BLOCK_SPLIT] = scene_more_alloc,
       [VM_STEP_BLOCK_MERGE] = scene_more_alloc,
       [VM_STEP_KERNEL_RETURN] = scene_more_alloc,
       [VM_STEP_SLAB_FIND] = scene_more_alloc,
       [VM_STEP_BAD_FREE] = scene_more_alloc,
       [VM_STEP_LEAK] = scene_more_alloc,
       [VM_STEP_HUGE_SPLIT] = scene_more_alloc,
       [VM_STEP_CLONE_REFUSED] = scene_more_tasks,
       [VM_STEP_CLONE_OBJECT] = scene_more_tasks,
       [VM_STEP_CHDIR] = scene_more_tasks,
       [VM_STEP_SIGACTION] = scene_more_tasks,
       [VM_STEP_MM_DROP] = scene_more_tasks,
       [VM_STEP_LAZY_SKIP] = scene_more_tasks};

char *
scene_describe_more (const struct vm_machine *machine,
                     const struct vm_step *step)
{
  SceneSubject it = scene_subject_of (machine, step);

  return sentences[step->kind] != NULL ? sentences[step->kind](&it) : NULL;
}
