/* The sentence of every step. */
#include "describe.h"

#include <glib/gi18n-lib.h>

#include "describe_alloc.h"
#include "describe_bare.h"
#include "describe_bus.h"
#include "describe_cache.h"
#include "describe_mm.h"
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

/* A machine with one TLB need not say which. */
static gboolean
is_one_of_many (const SceneSubject *it)
{
  return it->cpus > 1 || it->split || it->levels > 1;
}

/* Translators: in all these sentences numbers and names of processes come as
 * %s; "frame %s" becomes "frame 0x00002". Keep them short and active. */

static char *
say_machine (const SceneSubject *it)
{
  SceneNumber memory = scene_number_size (it->v[VM_V_MACHINE_MEMORY]);

  if (it->way != VM_WAY_PAGING)
    return scene_say_bare_machine (it);
  /* Translators: "x86-32", "16 MiB" */
  return g_strdup_printf (_ ("A machine with %s page tables and %s of memory "
                             "is built."),
                          it->geometry == NULL ? "?" : it->geometry->name,
                          memory.s);
}

static char *
say_process (const SceneSubject *it)
{
  guint top = it->geometry == NULL ? 0 : it->geometry->levels;
  SceneNumber root
      = scene_number_frame (it->geometry, it->v[VM_V_PROCESS_ROOT]);
  const char *name
      = vm_machine_name (it->machine, (guint32) it->v[VM_V_PROCESS_NAME]);

  if (it->v[VM_V_PROCESS_ROOT] == 0)
    return g_strdup_printf (_ ("Process %s is made."), name);
  return g_strdup_printf (
      /* Translators: name of a process, "page directory", a frame. */
      _ ("Process %s is made; its %s is in frame %s."), name,
      scene_table_name (it->geometry, top), root.s);
}

static char *
say_map (const SceneSubject *it)
{
  SceneNumber va = scene_number_virtual (it->geometry, it->v[VM_V_MAP_VA]);
  SceneNumber frame = scene_number_frame (it->geometry, it->v[VM_V_MAP_FRAME]);
  SceneNumber size = scene_number_size (it->v[VM_V_MAP_SIZE]);
  const char *process = scene_subject_process (it, it->v[VM_V_MAP_PROCESS]);

  if (it->v[VM_V_MAP_SIZE] == vm_geometry_page_bytes (it->geometry))
    /* Translators: an address, a process, a frame. */
    return g_strdup_printf (_ ("The kernel maps the page at %s of process %s "
                               "to frame %s."),
                            va.s, process, frame.s);
  /* Translators: "4 MiB", an address, a process, a frame. */
  return g_strdup_printf (_ ("The kernel maps the %s page at %s of process %s "
                             "to the frames from %s on."),
                          size.s, va.s, process, frame.s);
}

/* A page table that is larger than a page has several frames in a row. */
static char *
say_frames_take (const SceneSubject *it, guint frames)
{
  guint64 first = it->v[VM_V_TAKE_FRAME];

  /* Translators: two frames, "page table", a process. */
  return g_strdup_printf (
      _ ("The kernel takes the frames %s to %s as a %s for process %s."),
      scene_number_frame (it->geometry, first).s,
      scene_number_frame (it->geometry, first + frames - 1).s,
      scene_table_name (it->geometry, (guint) it->v[VM_V_TAKE_LEVEL]),
      scene_subject_process (it, it->v[VM_V_TAKE_PROCESS]));
}

static char *
say_frame_take (const SceneSubject *it)
{
  SceneNumber frame = scene_number_frame (it->geometry, it->v[VM_V_TAKE_FRAME]);
  const char *process = scene_subject_process (it, it->v[VM_V_TAKE_PROCESS]);
  guint level = (guint) it->v[VM_V_TAKE_LEVEL];

  switch ((enum vm_frame_role) it->v[VM_V_TAKE_ROLE]) {
  case VM_FRAME_FREE:
    return g_strdup_printf (_ ("Frame %s becomes free."), frame.s);
  case VM_FRAME_KERNEL:
    return g_strdup_printf (_ ("The kernel takes frame %s for itself."),
                            frame.s);
  case VM_FRAME_TABLE:
    if (it->v[VM_V_TAKE_PROCESS] == VM_NONE)
      /* Translators: a frame, "page table". */
      return g_strdup_printf (_ ("The kernel takes frame %s as a %s of its "
                                 "own."),
                              frame.s, scene_table_name (it->geometry, level));
    if (vm_geometry_table_frames (it->geometry, level) > 1)
      return say_frames_take (it,
                              vm_geometry_table_frames (it->geometry, level));
    /* Translators: a frame, "page table", a process. */
    return g_strdup_printf (_ ("The kernel takes frame %s as a %s for process "
                               "%s."),
                            frame.s, scene_table_name (it->geometry, level),
                            process);
  case VM_FRAME_DATA:
    break;
  }
  if (it->v[VM_V_TAKE_PROCESS] == VM_NONE)
    return g_strdup_printf (_ ("The kernel takes frame %s for the page cache."),
                            frame.s);
  /* Translators: a frame, a process. */
  return g_strdup_printf (_ ("The kernel takes frame %s for a page of process "
                             "%s."),
                          frame.s, process);
}

static char *
say_entry_write (const SceneSubject *it)
{
  guint level = (guint) it->v[VM_V_ENTRY_LEVEL];
  SceneNumber table
      = scene_number_frame (it->geometry, it->v[VM_V_ENTRY_TABLE]);
  SceneNumber frame
      = scene_number_frame (it->geometry, it->v[VM_V_ENTRY_FRAME]);

  if (it->v[VM_V_ENTRY_RAW] == 0)
    return g_strdup_printf (
        /* Translators: number of an entry, "page table", its frame. */
        _ ("The kernel clears entry %u of the %s in frame %s."),
        (guint) it->v[VM_V_ENTRY_INDEX], scene_table_name (it->geometry, level),
        table.s);
  return g_strdup_printf (
      /* Translators: a frame, number of an entry, "page table", its frame. */
      _ ("The kernel writes frame %s into entry %u of the %s in frame %s."),
      frame.s, (guint) it->v[VM_V_ENTRY_INDEX],
      scene_table_name (it->geometry, level), table.s);
}

static char *
say_access (const SceneSubject *it)
{
  SceneNumber va = scene_number_virtual (it->geometry, it->v[VM_V_ACCESS_VA]);
  const char *process = scene_subject_process (it, it->v[VM_V_ACCESS_PROCESS]);

  switch ((enum vm_access_kind) it->v[VM_V_ACCESS_KIND]) {
  case VM_READ:
    break;
  case VM_WRITE:
    /* Translators: a process, an address. */
    return g_strdup_printf (_ ("Process %s writes to virtual address %s."),
                            process, va.s);
  case VM_FETCH:
    /* Translators: a process, an address. */
    return g_strdup_printf (_ ("Process %s fetches an instruction from virtual "
                               "address %s."),
                            process, va.s);
  }
  /* Translators: a process, an address. */
  return g_strdup_printf (_ ("Process %s reads from virtual address %s."),
                          process, va.s);
}

static char *
say_switch (const SceneSubject *it)
{
  guint top = it->geometry == NULL ? 0 : it->geometry->levels;
  SceneNumber root = scene_number_frame (it->geometry, it->v[VM_V_SWITCH_ROOT]);

  return g_strdup_printf (
      /* Translators: "CR3", a frame, "page directory", a process. */
      _ ("The kernel loads %s with frame %s, the %s of process %s."),
      scene_root_register (it->geometry, FALSE), root.s,
      scene_table_name (it->geometry, top),
      scene_subject_process (it, it->v[VM_V_SWITCH_PROCESS]));
}

static char *
say_probe (const SceneSubject *it)
{
  guint shift = (guint) it->v[VM_V_TLB_SHIFT];
  SceneNumber size = scene_number_size (G_GUINT64_CONSTANT (1) << shift);
  SceneNumber page
      = scene_number_page (it->geometry, it->v[VM_V_TLB_PAGE], shift);

  if (is_one_of_many (it))
    return scene_say_tlb (it);

  if (shift != it->geometry->page_shift)
    /* Translators: "4 MiB", number of a page, of a set. */
    return g_strdup_printf (_ ("The TLB looks for the %s page %s in set %u."),
                            size.s, page.s, (guint) it->v[VM_V_TLB_SET]);
  if (it->sets == 1)
    return g_strdup_printf (_ ("The TLB looks for page %s."), page.s);
  /* Translators: number of a page, of a set. */
  return g_strdup_printf (_ ("The TLB looks for page %s in set %u."), page.s,
                          (guint) it->v[VM_V_TLB_SET]);
}

static char *
say_compare (const SceneSubject *it)
{
  guint way = (guint) it->v[VM_V_COMPARE_WAY];
  SceneNumber tag = scene_number_page (it->geometry, it->v[VM_V_COMPARE_TAG],
                                       (guint) it->v[VM_V_TLB_SHIFT]);

  if (it->v[VM_V_COMPARE_MATCH] == VM_COMPARED_MATCH)
    return g_strdup_printf (_ ("Way %u holds page %s: it matches."), way,
                            tag.s);
  if (it->v[VM_V_COMPARE_MATCH] == VM_COMPARED_OTHER_SPACE)
    return g_strdup_printf (_ ("Way %u holds page %s, but of another address "
                               "space."),
                            way, tag.s);
  if (it->v[VM_V_COMPARE_TAG] == it->v[VM_V_TLB_PAGE])
    return g_strdup_printf (_ ("Way %u holds a page of another size."), way);
  return g_strdup_printf (_ ("Way %u holds page %s, which is another one."),
                          way, tag.s);
}

static char *
say_hit (const SceneSubject *it)
{
  SceneNumber page = scene_number_page (it->geometry, it->v[VM_V_TLB_PAGE],
                                        (guint) it->v[VM_V_TLB_SHIFT]);
  SceneNumber frame = scene_number_frame (it->geometry, it->v[VM_V_TLB_FRAME]);

  if (is_one_of_many (it))
    return scene_say_tlb (it);

  /* Translators: number of a page, of a frame. */
  return g_strdup_printf (_ ("The TLB knows that page %s is in frame %s: a TLB "
                             "hit."),
                          page.s, frame.s);
}

static char *
say_miss (const SceneSubject *it)
{
  SceneNumber page = scene_number_page (it->geometry, it->v[VM_V_TLB_PAGE],
                                        (guint) it->v[VM_V_TLB_SHIFT]);

  if (is_one_of_many (it))
    return scene_say_tlb (it);

  if (it->sets == 1)
    return g_strdup_printf (
        _ ("No entry of the TLB holds page %s: a TLB miss."), page.s);
  /* Translators: number of a set, of a page. */
  return g_strdup_printf (_ ("No way of set %u holds page %s: a TLB miss."),
                          (guint) it->v[VM_V_TLB_SET], page.s);
}

static char *
say_walk (const SceneSubject *it)
{
  SceneNumber root = scene_number_frame (it->geometry, it->v[VM_V_WALK_ROOT]);
  const char *table
      = scene_table_name (it->geometry, (guint) it->v[VM_V_WALK_LEVELS]);

  if (it->geometry != NULL && it->geometry->family == VM_FAMILY_RISCV)
    /* Translators: "page directory", a frame. */
    return g_strdup_printf (_ ("According to satp the %s is in frame %s."),
                            table, root.s);
  /* Translators: "CR3", "page directory", a frame. */
  return g_strdup_printf (
      _ ("%s says that the %s is in frame %s."),
      scene_root_register (it->geometry, it->v[VM_V_WALK_UPPER] != 0), table,
      root.s);
}

static char *
say_entry_read (const SceneSubject *it)
{
  guint level = (guint) it->v[VM_V_ENTRY_LEVEL];
  SceneNumber table
      = scene_number_frame (it->geometry, it->v[VM_V_ENTRY_TABLE]);

  if (scene_subject_of_iommu (it))
    /* Translators: number of an entry, "page table", a frame. */
    return g_strdup_printf (
        _ ("The IOMMU reads entry %u of the %s in frame %s."),
        (guint) it->v[VM_V_ENTRY_INDEX], scene_table_name (it->geometry, level),
        table.s);
  /* Translators: number of an entry, "page table", a frame. */
  return g_strdup_printf (_ ("The MMU reads entry %u of the %s in frame %s."),
                          (guint) it->v[VM_V_ENTRY_INDEX],
                          scene_table_name (it->geometry, level), table.s);
}

static char *
say_register (const SceneSubject *it)
{
  gboolean loaded = it->step->kind == VM_STEP_REGISTER_LOAD;
  SceneNumber raw = scene_number_entry (it->geometry, it->v[VM_V_ENTRY_RAW]);

  /* Translators: number of a register, the entry in hex. */
  return g_strdup_printf (loaded ? _ ("Register PDPTE%u is loaded: %s.")
                                 : _ ("Register PDPTE%u holds the entry %s."),
                          (guint) it->v[VM_V_ENTRY_INDEX], raw.s);
}

static char *
say_compose (const SceneSubject *it)
{
  SceneNumber frame
      = scene_number_frame (it->geometry, it->v[VM_V_COMPOSE_FRAME]);
  SceneNumber offset = scene_number_offset (it->v[VM_V_COMPOSE_OFFSET],
                                            (guint) it->v[VM_V_COMPOSE_SHIFT]);
  SceneNumber pa = scene_number_physical (it->geometry, it->v[VM_V_COMPOSE_PA]);

  /* Translators: a frame, an offset, an address. */
  return g_strdup_printf (_ ("Frame %s and offset %s make physical address "
                             "%s."),
                          frame.s, offset.s, pa.s);
}

static char *
say_fill (const SceneSubject *it)
{
  SceneNumber page = scene_number_page (it->geometry, it->v[VM_V_TLB_PAGE],
                                        (guint) it->v[VM_V_TLB_SHIFT]);
  SceneNumber frame = scene_number_frame (it->geometry, it->v[VM_V_TLB_FRAME]);

  if (is_one_of_many (it))
    return scene_say_tlb (it);

  /* Translators: number of a page, of a frame. */
  return g_strdup_printf (_ ("The TLB remembers that page %s is in frame %s."),
                          page.s, frame.s);
}

static char *
say_drop (const SceneSubject *it)
{
  SceneNumber page = scene_number_page (it->geometry, it->v[VM_V_TLB_PAGE],
                                        (guint) it->v[VM_V_TLB_SHIFT]);

  if (is_one_of_many (it))
    return scene_say_tlb (it);

  return g_strdup_printf (_ ("The TLB forgets page %s."), page.s);
}

static char *
say_data (const SceneSubject *it)
{
  SceneNumber pa = scene_number_physical (it->geometry, it->v[VM_V_DATA_PA]);
  SceneNumber value = scene_number_data (it->v[VM_V_DATA_VALUE],
                                         (guint) it->v[VM_V_DATA_WIDTH]);

  switch ((enum vm_access_kind) it->v[VM_V_DATA_KIND]) {
  case VM_READ:
    break;
  case VM_WRITE:
    /* Translators: a number, an address. */
    return g_strdup_printf (_ ("The processor writes %s to physical address "
                               "%s."),
                            value.s, pa.s);
  case VM_FETCH:
    return g_strdup_printf (_ ("The processor fetches the instruction at "
                               "physical address %s."),
                            pa.s);
  }
  /* Translators: a number, an address. */
  return g_strdup_printf (_ ("The processor reads %s from physical address "
                             "%s."),
                          value.s, pa.s);
}

static char *
say_dump (const SceneSubject *it)
{
  return g_strdup_printf (_ ("The page tables of process %s are printed."),
                          scene_subject_process (it, it->v[VM_V_DUMP_PROCESS]));
}

/* What a processor does or what is done on it, where there are several. */
static char *
say_where (const SceneSubject *it, char *text)
{
  g_autofree char *plain = text;

  if (it->cpus <= 1)
    return g_steal_pointer (&plain);
  /* Translators: number of a processor, a whole sentence. */
  return g_strdup_printf (_ ("Processor %u: %s"), it->step->cpu, plain);
}

static char *
say_access_there (const SceneSubject *it)
{
  return say_where (it, say_access (it));
}

static char *
say_switch_there (const SceneSubject *it)
{
  return say_where (it, say_switch (it));
}

static char *
say_mode_there (const SceneSubject *it)
{
  return say_where (it, scene_say_mode (it));
}

static char *
say_accessed (const SceneSubject *it)
{
  return g_strdup (scene_subject_of_iommu (it)
                       ? _ ("The IOMMU marks the entry as accessed.")
                       : _ ("The processor marks the entry as accessed."));
}

static char *
say_dirty (const SceneSubject *it)
{
  return g_strdup (scene_subject_of_iommu (it)
                       ? _ ("The IOMMU marks the entry as dirty.")
                       : _ ("The processor marks the entry as dirty."));
}

/* Every kind of step has a sentence. */
static char *(*const sentences[VM_STEP_KINDS]) (const SceneSubject *it)
    = {[VM_STEP_MACHINE] = say_machine,
       [VM_STEP_PROCESS] = say_process,
       [VM_STEP_MAP] = say_map,
       [VM_STEP_FRAME_TAKE] = say_frame_take,
       [VM_STEP_ENTRY_WRITE] = say_entry_write,
       [VM_STEP_ACCESS] = say_access_there,
       [VM_STEP_SWITCH] = say_switch_there,
       [VM_STEP_TLB_PROBE] = say_probe,
       [VM_STEP_TLB_COMPARE] = say_compare,
       [VM_STEP_TLB_HIT] = say_hit,
       [VM_STEP_TLB_MISS] = say_miss,
       [VM_STEP_WALK] = say_walk,
       [VM_STEP_REGISTER_LOAD] = say_register,
       [VM_STEP_REGISTER_READ] = say_register,
       [VM_STEP_ENTRY_READ] = say_entry_read,
       [VM_STEP_SET_ACCESSED] = say_accessed,
       [VM_STEP_PERMISSION] = scene_say_permission,
       [VM_STEP_SET_DIRTY] = say_dirty,
       [VM_STEP_COMPOSE] = say_compose,
       [VM_STEP_TLB_FILL] = say_fill,
       [VM_STEP_TLB_DROP] = say_drop,
       [VM_STEP_DATA] = say_data,
       [VM_STEP_FAULT] = scene_say_fault,
       [VM_STEP_DUMP] = say_dump,
       [VM_STEP_SCHEDULE] = scene_say_schedule,
       [VM_STEP_MODE] = say_mode_there,
       [VM_STEP_TLB_VICTIM] = scene_say_victim,
       [VM_STEP_TLB_PROMOTE] = scene_say_tlb,
       [VM_STEP_TLB_PRINT] = scene_say_tlb_print,
       [VM_STEP_FLUSH] = scene_say_flush,
       [VM_STEP_OWE] = scene_say_put_off,
       [VM_STEP_BEHIND] = scene_say_put_off,
       [VM_STEP_SHOOTDOWN] = scene_say_interrupt,
       [VM_STEP_IPI_SEND] = scene_say_interrupt,
       [VM_STEP_IPI_WAIT] = scene_say_interrupt,
       [VM_STEP_IPI_RECEIVE] = scene_say_interrupt,
       [VM_STEP_IPI_ACK] = scene_say_interrupt,
       [VM_STEP_PSC_HIT] = scene_say_psc,
       [VM_STEP_PSC_FILL] = scene_say_psc,
       [VM_STEP_POOL] = scene_say_pool,
       [VM_STEP_STRING] = scene_say_pool,
       [VM_STEP_REFERENCE] = scene_say_pool,
       [VM_STEP_PAGE_HIT] = scene_say_pool,
       [VM_STEP_PAGE_MISS] = scene_say_pool,
       [VM_STEP_PAGE_MARK] = scene_say_pool,
       [VM_STEP_PAGE_MOVE] = scene_say_pool,
       [VM_STEP_PAGE_COUNT] = scene_say_pool,
       [VM_STEP_PAGE_SPARE] = scene_say_pool,
       [VM_STEP_PAGE_COMPARE] = scene_say_pool,
       [VM_STEP_PAGE_VICTIM] = scene_say_pool,
       [VM_STEP_PAGE_LOAD] = scene_say_pool,
       [VM_STEP_GHOST_KEEP] = scene_say_pool,
       [VM_STEP_GHOST_DROP] = scene_say_pool,
       [VM_STEP_GHOST_HIT] = scene_say_pool,
       [VM_STEP_POOL_TARGET] = scene_say_pool,
       [VM_STEP_POOL_TICK] = scene_say_pool,
       [VM_STEP_POKE] = scene_say_poke,
       [VM_STEP_ENTRY_CHANGE] = scene_say_poke,
       [VM_STEP_FIELD_CHANGE] = scene_say_poke,
       [VM_STEP_FRAME_REFS] = scene_say_poke,
       [VM_STEP_PSC_OWE] = scene_say_poke,
       [VM_STEP_REGISTER_OWE] = scene_say_poke,
       [VM_STEP_CALL] = scene_mm_say,
       [VM_STEP_RETURN] = scene_mm_say,
       [VM_STEP_GAP] = scene_mm_say,
       [VM_STEP_LIMIT] = scene_mm_say,
       [VM_STEP_REGION_LOOK] = scene_mm_say,
       [VM_STEP_REGION_FOUND] = scene_mm_say,
       [VM_STEP_REGION_NEW] = scene_mm_say,
       [VM_STEP_REGION_GONE] = scene_mm_say,
       [VM_STEP_REGION_RESIZE] = scene_mm_say,
       [VM_STEP_REGION_FLAGS] = scene_mm_say,
       [VM_STEP_REGION_SPLIT] = scene_mm_say,
       [VM_STEP_REGION_MERGE] = scene_mm_say,
       [VM_STEP_ANON] = scene_mm_say,
       [VM_STEP_HANDLER] = scene_mm_say,
       [VM_STEP_DECIDE] = scene_mm_say,
       [VM_STEP_HANDLED] = scene_mm_say,
       [VM_STEP_SIGNAL] = scene_mm_say,
       [VM_STEP_COPY] = scene_mm_say,
       [VM_STEP_CACHE_READ] = scene_mm_say,
       [VM_STEP_FRAME_FREE] = scene_mm_say,
       [VM_STEP_FORK] = scene_mm_say,
       [VM_STEP_FORK_REGION] = scene_mm_say,
       [VM_STEP_FORK_ENTRY] = scene_mm_say,
       [VM_STEP_EXIT] = scene_mm_say,
       [VM_STEP_WAIT] = scene_mm_say,
       [VM_STEP_REAP] = scene_mm_say,
       [VM_STEP_FILE] = scene_mm_say,
       [VM_STEP_OVERCOMMIT] = scene_mm_say,
       [VM_STEP_SET_LIMITS] = scene_mm_say,
       [VM_STEP_SHOW] = scene_mm_say,
       [VM_STEP_SEGMENTS] = scene_say_segment,
       [VM_STEP_DESCRIPTOR_WRITE] = scene_say_segment,
       [VM_STEP_SEGMENT_LOAD] = scene_say_segment,
       [VM_STEP_SELECTOR] = scene_say_segment,
       [VM_STEP_DESCRIPTOR_READ] = scene_say_segment,
       [VM_STEP_DESCRIPTOR_ACCESSED] = scene_say_segment,
       [VM_STEP_SEGMENT_CACHE] = scene_say_segment,
       [VM_STEP_SEGMENT_USE] = scene_say_segment,
       [VM_STEP_SEGMENT_RIGHTS] = scene_say_segment,
       [VM_STEP_SEGMENT_LIMIT] = scene_say_segment,
       [VM_STEP_SEGMENT_ADD] = scene_say_segment,
       [VM_STEP_WAY] = scene_say_bare,
       [VM_STEP_IDENTITY] = scene_say_bare,
       [VM_STEP_BOUND] = scene_say_bare,
       [VM_STEP_BASE] = scene_say_bare,
       [VM_STEP_BOUNDS_LOAD] = scene_say_bare,
       [VM_STEP_TRESPASS] = scene_say_bare,
       [VM_STEP_PROGRAM] = scene_say_bare,
       [VM_STEP_PLACE] = scene_say_bare,
       [VM_STEP_NO_PLACE] = scene_say_bare,
       [VM_STEP_LEAVE] = scene_say_bare,
       [VM_STEP_OVERWRITE] = scene_say_bare,
       [VM_STEP_RELOCATE] = scene_say_bare,
       [VM_STEP_PATCH] = scene_say_bare,
       [VM_STEP_SWAP_OUT] = scene_say_bare,
       [VM_STEP_SWAP_IN] = scene_say_bare,
       [VM_STEP_DISK] = scene_say_bare,
       [VM_STEP_COMPACT] = scene_say_bare,
       [VM_STEP_MOVE] = scene_say_bare,
       [VM_STEP_RUN] = scene_say_bare,
       [VM_STEP_FOLLOW] = scene_say_bare,
       [VM_STEP_FOUND] = scene_say_bare,
       [VM_STEP_TRANSFER] = scene_say_transfer,
       [VM_STEP_CHUNK_SIZE] = scene_say_chunk_size,
       [VM_STEP_CHUNK] = scene_say_chunk,
       [VM_STEP_CHUNK_SPLIT] = scene_say_chunk_split,
       [VM_STEP_CHUNK_JOIN] = scene_say_chunk_join,
       [VM_STEP_THRESHOLD] = scene_say_threshold,
       [VM_STEP_RMAP] = scene_say_rmap,
       [VM_STEP_RMAP_LOOK] = scene_say_rmap_look,
       [VM_STEP_WINDOW] = scene_say_bus,
       [VM_STEP_ROUTE] = scene_say_bus,
       [VM_STEP_SILENCE] = scene_say_bus,
       [VM_STEP_DEVICE] = scene_say_bus,
       [VM_STEP_PORT] = scene_say_bus,
       [VM_STEP_INPUT] = scene_say_bus,
       [VM_STEP_IOMMU] = scene_say_bus,
       [VM_STEP_DMA] = scene_say_bus,
       [VM_STEP_IOMMU_WALK] = scene_say_bus,
       [VM_STEP_BUS] = scene_say_bus,
       [VM_STEP_DMA_DATA] = scene_say_bus,
       [VM_STEP_BLOCKED] = scene_say_bus,
       [VM_STEP_SWAPON] = scene_say_swap,
       [VM_STEP_SWAPOFF] = scene_say_swap,
       [VM_STEP_KSWAPD] = scene_say_swap,
       [VM_STEP_DIRECT] = scene_say_swap,
       [VM_STEP_SCAN] = scene_say_swap,
       [VM_STEP_LRU_LOOK] = scene_say_swap,
       [VM_STEP_LRU_MOVE] = scene_say_swap,
       [VM_STEP_EVICT] = scene_say_swap,
       [VM_STEP_EVICTED] = scene_say_swap,
       [VM_STEP_SLOT_TAKE] = scene_say_swap,
       [VM_STEP_SLOT_FREE] = scene_say_swap,
       [VM_STEP_SLOT_COUNT] = scene_say_swap,
       [VM_STEP_SWAP_ENTRY] = scene_say_swap,
       [VM_STEP_SWAP_WRITE] = scene_say_swap,
       [VM_STEP_SWAP_READ] = scene_say_swap,
       [VM_STEP_SWAP_FOUND] = scene_say_swap,
       [VM_STEP_OOM] = scene_say_swap,
       [VM_STEP_OOM_SCORE] = scene_say_swap,
       [VM_STEP_OOM_KILL] = scene_say_swap,
       [VM_STEP_LOCK] = scene_say_swap,
       [VM_STEP_PIN] = scene_say_swap,
       [VM_STEP_RESIDENT] = scene_say_swap,
       [VM_STEP_EXEC] = scene_say_exec,
       [VM_STEP_EXEC_HEADER] = scene_say_exec,
       [VM_STEP_EXEC_INTERPRETER] = scene_say_exec,
       [VM_STEP_EXEC_LEAVE] = scene_say_exec,
       [VM_STEP_EXEC_DRAW] = scene_say_exec,
       [VM_STEP_EXEC_LAYOUT] = scene_say_exec,
       [VM_STEP_EXEC_STRINGS] = scene_say_exec,
       [VM_STEP_EXEC_STACK] = scene_say_exec,
       [VM_STEP_EXEC_PLACE] = scene_say_exec,
       [VM_STEP_EXEC_SEGMENT] = scene_say_exec,
       [VM_STEP_EXEC_TRIM] = scene_say_exec,
       [VM_STEP_EXEC_ZERO] = scene_say_exec,
       [VM_STEP_EXEC_BSS] = scene_say_exec,
       [VM_STEP_EXEC_SPECIAL] = scene_say_exec,
       [VM_STEP_EXEC_TABLES] = scene_say_exec,
       [VM_STEP_EXEC_PUT] = scene_say_exec,
       [VM_STEP_EXEC_AUX] = scene_say_exec,
       [VM_STEP_EXEC_BRK] = scene_say_exec,
       [VM_STEP_EXEC_NUMBERS] = scene_say_exec,
       [VM_STEP_EXEC_START] = scene_say_exec,
       [VM_STEP_LINK] = scene_say_link,
       [VM_STEP_LINK_NEED] = scene_say_link,
       [VM_STEP_LINK_OBJECT] = scene_say_link,
       [VM_STEP_LINK_RELRO] = scene_say_link,
       [VM_STEP_START_BLOCK] = scene_say_link,
       [VM_STEP_START_CONSTRUCT] = scene_say_link,
       [VM_STEP_READAHEAD] = scene_say_cache,
       [VM_STEP_AROUND] = scene_say_cache,
       [VM_STEP_DIRTY] = scene_say_cache,
       [VM_STEP_WRITEBACK] = scene_say_cache,
       [VM_STEP_CLEAN] = scene_say_cache,
       [VM_STEP_DISK_ERROR] = scene_say_cache,
       [VM_STEP_FLUSHER] = scene_say_cache,
       [VM_STEP_TICK] = scene_say_cache,
       [VM_STEP_TRUNCATE] = scene_say_cache,
       [VM_STEP_ZERO_TAIL] = scene_say_cache,
       [VM_STEP_CACHE_DROP] = scene_say_cache,
       [VM_STEP_CACHE_GONE] = scene_say_cache,
       [VM_STEP_UNLINK] = scene_say_cache,
       [VM_STEP_SLOT_FILE] = scene_say_swap,
       [VM_STEP_SWAP_AHEAD] = scene_say_swap,
       [VM_STEP_KERNEL] = scene_say_kernel,
       [VM_STEP_KERNEL_OWN] = scene_say_kernel,
       [VM_STEP_KERNEL_MAPS] = scene_say_kernel,
       [VM_STEP_KERNEL_USER] = scene_say_kernel,
       [VM_STEP_VMALLOC] = scene_say_kernel,
       [VM_STEP_VMALLOC_AREA] = scene_say_kernel,
       [VM_STEP_VFREE] = scene_say_kernel,
       [VM_STEP_VMALLOC_SYNC] = scene_say_kernel,
       [VM_STEP_KMAP] = scene_say_kernel,
       [VM_STEP_KUNMAP] = scene_say_kernel,
       [VM_STEP_KMAP_FLUSH] = scene_say_kernel,
       [VM_STEP_KERNEL_ADDRESS] = scene_say_kernel,
       [VM_STEP_KERNEL_COPY] = scene_say_kernel,
       [VM_STEP_ZONE_TRY] = scene_say_alloc,
       [VM_STEP_BLOCK_SPLIT] = scene_say_alloc,
       [VM_STEP_BLOCK_MERGE] = scene_say_alloc,
       [VM_STEP_KERNEL_CALL] = scene_say_alloc,
       [VM_STEP_KERNEL_RETURN] = scene_say_alloc,
       [VM_STEP_SLAB_NEW] = scene_say_alloc,
       [VM_STEP_SLAB_PICK] = scene_say_alloc,
       [VM_STEP_SLAB_FIND] = scene_say_alloc,
       [VM_STEP_OBJECT_TAKE] = scene_say_alloc,
       [VM_STEP_OBJECT_PUT] = scene_say_alloc,
       [VM_STEP_SLAB_GONE] = scene_say_alloc,
       [VM_STEP_BAD_FREE] = scene_say_alloc,
       [VM_STEP_RMMOD] = scene_say_alloc,
       [VM_STEP_LEAK] = scene_say_alloc,
       [VM_STEP_HUGE_SPLIT] = scene_say_alloc,
       [VM_STEP_CLONE] = scene_say_tasks,
       [VM_STEP_CLONE_REFUSED] = scene_say_tasks,
       [VM_STEP_CLONE_OBJECT] = scene_say_tasks,
       [VM_STEP_CLONE_WAIT] = scene_say_tasks,
       [VM_STEP_DETHREAD] = scene_say_tasks,
       [VM_STEP_KTHREAD] = scene_say_tasks,
       [VM_STEP_TASK_SAVE] = scene_say_tasks,
       [VM_STEP_TASK_LOAD] = scene_say_tasks,
       [VM_STEP_SAME_SPACE] = scene_say_tasks,
       [VM_STEP_BORROW] = scene_say_tasks,
       [VM_STEP_GENERATION] = scene_say_tasks,
       [VM_STEP_LAZY_SKIP] = scene_say_tasks,
       [VM_STEP_LAZY_LEAVE] = scene_say_tasks,
       [VM_STEP_MM_DROP] = scene_say_tasks,
       [VM_STEP_MM_FREE] = scene_say_tasks,
       [VM_STEP_CHDIR] = scene_say_tasks,
       [VM_STEP_SIGACTION] = scene_say_tasks};

/* What the scrub bar marks; the other kinds are plain. */
static const SceneEvent events[VM_STEP_KINDS]
    = {[VM_STEP_ACCESS] = SCENE_EVENT_ACCESS,
       [VM_STEP_REFERENCE] = SCENE_EVENT_ACCESS,
       [VM_STEP_TLB_HIT] = SCENE_EVENT_HIT,
       [VM_STEP_PAGE_HIT] = SCENE_EVENT_HIT,
       [VM_STEP_TLB_MISS] = SCENE_EVENT_MISS,
       [VM_STEP_ENTRY_READ] = SCENE_EVENT_READ,
       [VM_STEP_REGISTER_LOAD] = SCENE_EVENT_READ,
       [VM_STEP_ENTRY_WRITE] = SCENE_EVENT_WRITE,
       [VM_STEP_SET_ACCESSED] = SCENE_EVENT_WRITE,
       [VM_STEP_SET_DIRTY] = SCENE_EVENT_WRITE,
       [VM_STEP_POKE] = SCENE_EVENT_WRITE,
       [VM_STEP_ENTRY_CHANGE] = SCENE_EVENT_WRITE,
       [VM_STEP_COMPOSE] = SCENE_EVENT_DONE,
       [VM_STEP_FAULT] = SCENE_EVENT_FAULT,
       [VM_STEP_PAGE_MISS] = SCENE_EVENT_FAULT,
       [VM_STEP_OWE] = SCENE_EVENT_MISS,
       [VM_STEP_PSC_OWE] = SCENE_EVENT_MISS,
       [VM_STEP_REGISTER_OWE] = SCENE_EVENT_MISS,
       [VM_STEP_IPI_RECEIVE] = SCENE_EVENT_MISS,
       [VM_STEP_SIGNAL] = SCENE_EVENT_FAULT,
       [VM_STEP_HANDLED] = SCENE_EVENT_DONE,
       [VM_STEP_COPY] = SCENE_EVENT_WRITE,
       [VM_STEP_IPI_ACK] = SCENE_EVENT_DONE,
       [VM_STEP_IDENTITY] = SCENE_EVENT_DONE,
       [VM_STEP_BASE] = SCENE_EVENT_DONE,
       [VM_STEP_TRESPASS] = SCENE_EVENT_MISS,
       [VM_STEP_NO_PLACE] = SCENE_EVENT_MISS,
       [VM_STEP_OVERWRITE] = SCENE_EVENT_MISS,
       [VM_STEP_PATCH] = SCENE_EVENT_WRITE,
       [VM_STEP_TRANSFER] = SCENE_EVENT_WRITE,
       [VM_STEP_SILENCE] = SCENE_EVENT_MISS,
       [VM_STEP_DEVICE] = SCENE_EVENT_WRITE,
       [VM_STEP_PORT] = SCENE_EVENT_ACCESS,
       [VM_STEP_DMA] = SCENE_EVENT_ACCESS,
       [VM_STEP_BUS] = SCENE_EVENT_DONE,
       [VM_STEP_BLOCKED] = SCENE_EVENT_FAULT,
       [VM_STEP_SWAP_READ] = SCENE_EVENT_READ,
       [VM_STEP_SWAP_WRITE] = SCENE_EVENT_WRITE,
       [VM_STEP_KSWAPD] = SCENE_EVENT_MISS,
       [VM_STEP_DIRECT] = SCENE_EVENT_MISS,
       [VM_STEP_RESIDENT] = SCENE_EVENT_MISS,
       [VM_STEP_OOM_KILL] = SCENE_EVENT_FAULT,
       [VM_STEP_EXEC] = SCENE_EVENT_ACCESS,
       [VM_STEP_EXEC_ZERO] = SCENE_EVENT_WRITE,
       [VM_STEP_EXEC_STRINGS] = SCENE_EVENT_WRITE,
       [VM_STEP_EXEC_PUT] = SCENE_EVENT_WRITE,
       [VM_STEP_EXEC_START] = SCENE_EVENT_DONE,
       [VM_STEP_READAHEAD] = SCENE_EVENT_READ,
       [VM_STEP_SWAP_AHEAD] = SCENE_EVENT_READ,
       [VM_STEP_DIRTY] = SCENE_EVENT_WRITE,
       [VM_STEP_WRITEBACK] = SCENE_EVENT_WRITE,
       [VM_STEP_ZERO_TAIL] = SCENE_EVENT_WRITE,
       [VM_STEP_DISK_ERROR] = SCENE_EVENT_FAULT,
       [VM_STEP_KERNEL_MAPS] = SCENE_EVENT_WRITE,
       [VM_STEP_VMALLOC_SYNC] = SCENE_EVENT_WRITE,
       [VM_STEP_KMAP_FLUSH] = SCENE_EVENT_MISS,
       [VM_STEP_KERNEL_CALL] = SCENE_EVENT_ACCESS,
       [VM_STEP_OBJECT_TAKE] = SCENE_EVENT_WRITE,
       [VM_STEP_OBJECT_PUT] = SCENE_EVENT_WRITE,
       [VM_STEP_SLAB_NEW] = SCENE_EVENT_WRITE,
       [VM_STEP_BAD_FREE] = SCENE_EVENT_FAULT,
       [VM_STEP_LEAK] = SCENE_EVENT_FAULT,
       [VM_STEP_CLONE_REFUSED] = SCENE_EVENT_FAULT,
       [VM_STEP_GENERATION] = SCENE_EVENT_READ,
       [VM_STEP_LAZY_SKIP] = SCENE_EVENT_HIT,
       [VM_STEP_LAZY_LEAVE] = SCENE_EVENT_MISS};

char *
scene_describe (const struct vm_machine *machine, const struct vm_step *step)
{
  SceneSubject it = scene_subject_of (machine, step);

  return sentences[step->kind](&it);
}

SceneEvent
scene_event_of (const struct vm_step *step)
{
  gboolean reads = step->values[VM_V_DATA_KIND] != VM_WRITE;

  if (step->kind == VM_STEP_DATA)
    return reads ? SCENE_EVENT_PLAIN : SCENE_EVENT_WRITE;
  return events[step->kind];
}
