/* The sentence of every step. */
#include "describe.h"

#include <glib/gi18n-lib.h>

#include "describe_poke.h"
#include "describe_pool.h"
#include "describe_mm.h"
#include "describe_segment.h"
#include "describe_tlb.h"
#include "family.h"
#include "numbers.h"
#include "refusal.h"
#include "subject.h"

/* Translators: in all these sentences numbers and names of processes come as
 * %s; "frame %s" becomes "frame 0x00002". Keep them short and active. */

static char *
say_machine (const SceneSubject *it)
{
  SceneNumber memory = scene_number_size (it->v[VM_V_MACHINE_MEMORY]);

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

  /* Translators: number of an entry, "page table", a frame. */
  return g_strdup_printf (_ ("The MMU reads entry %u of the %s in frame %s."),
                          (guint) it->v[VM_V_ENTRY_INDEX],
                          scene_table_name (it->geometry, level), table.s);
}

static char *
say_register (const SceneSubject *it, gboolean loaded)
{
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

  /* Translators: number of a page, of a frame. */
  return g_strdup_printf (_ ("The TLB remembers that page %s is in frame %s."),
                          page.s, frame.s);
}

static char *
say_drop (const SceneSubject *it)
{
  SceneNumber page = scene_number_page (it->geometry, it->v[VM_V_TLB_PAGE],
                                        (guint) it->v[VM_V_TLB_SHIFT]);

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

/* A machine with one TLB need not say which. */
static gboolean
is_one_of_many (const SceneSubject *it)
{
  return it->cpus > 1 || it->split || it->levels > 1;
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
describe (const SceneSubject *subject)
{
  const SceneSubject it = *subject;

  switch ((enum vm_step_kind) it.step->kind) {
  case VM_STEP_MACHINE:
    return say_machine (&it);
  case VM_STEP_PROCESS:
    return say_process (&it);
  case VM_STEP_MAP:
    return say_map (&it);
  case VM_STEP_FRAME_TAKE:
    return say_frame_take (&it);
  case VM_STEP_ENTRY_WRITE:
    return say_entry_write (&it);
  case VM_STEP_ACCESS:
    return say_where (&it, say_access (&it));
  case VM_STEP_SWITCH:
    return say_where (&it, say_switch (&it));
  case VM_STEP_TLB_PROBE:
    return is_one_of_many (&it) ? scene_say_tlb (&it) : say_probe (&it);
  case VM_STEP_TLB_COMPARE:
    return say_compare (&it);
  case VM_STEP_TLB_HIT:
    return is_one_of_many (&it) ? scene_say_tlb (&it) : say_hit (&it);
  case VM_STEP_TLB_MISS:
    return is_one_of_many (&it) ? scene_say_tlb (&it) : say_miss (&it);
  case VM_STEP_WALK:
    return say_walk (&it);
  case VM_STEP_REGISTER_LOAD:
    return say_register (&it, TRUE);
  case VM_STEP_REGISTER_READ:
    return say_register (&it, FALSE);
  case VM_STEP_ENTRY_READ:
    return say_entry_read (&it);
  case VM_STEP_SET_ACCESSED:
    return g_strdup (_ ("The processor marks the entry as accessed."));
  case VM_STEP_PERMISSION:
    return scene_say_permission (&it);
  case VM_STEP_SET_DIRTY:
    return g_strdup (_ ("The processor marks the entry as dirty."));
  case VM_STEP_COMPOSE:
    return say_compose (&it);
  case VM_STEP_TLB_FILL:
    return is_one_of_many (&it) ? scene_say_tlb (&it) : say_fill (&it);
  case VM_STEP_TLB_DROP:
    return is_one_of_many (&it) ? scene_say_tlb (&it) : say_drop (&it);
  case VM_STEP_DATA:
    return say_data (&it);
  case VM_STEP_FAULT:
    return scene_say_fault (&it);
  case VM_STEP_DUMP:
    return say_dump (&it);
  case VM_STEP_SCHEDULE:
    return scene_say_schedule (&it);
  case VM_STEP_MODE:
    return say_where (&it, scene_say_mode (&it));
  case VM_STEP_TLB_VICTIM:
    return scene_say_victim (&it);
  case VM_STEP_TLB_PROMOTE:
    return scene_say_tlb (&it);
  case VM_STEP_TLB_PRINT:
    return scene_say_tlb_print (&it);
  case VM_STEP_FLUSH:
    return scene_say_flush (&it);
  case VM_STEP_OWE:
  case VM_STEP_BEHIND:
    return scene_say_put_off (&it);
  case VM_STEP_SHOOTDOWN:
  case VM_STEP_IPI_SEND:
  case VM_STEP_IPI_WAIT:
  case VM_STEP_IPI_RECEIVE:
  case VM_STEP_IPI_ACK:
    return scene_say_interrupt (&it);
  case VM_STEP_PSC_HIT:
  case VM_STEP_PSC_FILL:
    return scene_say_psc (&it);
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
    return scene_say_pool (&it);
  case VM_STEP_POKE:
  case VM_STEP_ENTRY_CHANGE:
  case VM_STEP_FIELD_CHANGE:
  case VM_STEP_FRAME_REFS:
  case VM_STEP_PSC_OWE:
  case VM_STEP_REGISTER_OWE:
    return scene_say_poke (&it);
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
    return scene_mm_say (&it);
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
    return scene_say_segment (&it);
  case VM_STEP_KINDS:
    break;
  }
  g_return_val_if_reached (g_strdup (""));
}

char *
scene_describe (const struct vm_machine *machine, const struct vm_step *step)
{
  SceneSubject it = scene_subject_of (machine, step);

  return describe (&it);
}

SceneEvent
scene_event_of (const struct vm_step *step)
{
  switch ((enum vm_step_kind) step->kind) {
  case VM_STEP_ACCESS:
  case VM_STEP_REFERENCE:
    return SCENE_EVENT_ACCESS;
  case VM_STEP_TLB_HIT:
  case VM_STEP_PAGE_HIT:
    return SCENE_EVENT_HIT;
  case VM_STEP_TLB_MISS:
    return SCENE_EVENT_MISS;
  case VM_STEP_ENTRY_READ:
    return SCENE_EVENT_READ;
  case VM_STEP_REGISTER_LOAD:
    return SCENE_EVENT_READ;
  case VM_STEP_ENTRY_WRITE:
  case VM_STEP_SET_ACCESSED:
  case VM_STEP_SET_DIRTY:
  case VM_STEP_POKE:
  case VM_STEP_ENTRY_CHANGE:
    return SCENE_EVENT_WRITE;
  case VM_STEP_COMPOSE:
    return SCENE_EVENT_DONE;
  case VM_STEP_FAULT:
  case VM_STEP_PAGE_MISS:
    return SCENE_EVENT_FAULT;
  case VM_STEP_OWE:
  case VM_STEP_PSC_OWE:
  case VM_STEP_REGISTER_OWE:
  case VM_STEP_IPI_RECEIVE:
    return SCENE_EVENT_MISS;
  case VM_STEP_SIGNAL:
    return SCENE_EVENT_FAULT;
  case VM_STEP_HANDLED:
    return SCENE_EVENT_DONE;
  case VM_STEP_COPY:
    return SCENE_EVENT_WRITE;
  case VM_STEP_IPI_ACK:
    return SCENE_EVENT_DONE;
  case VM_STEP_DATA:
    return step->values[VM_V_DATA_KIND] == VM_WRITE ? SCENE_EVENT_WRITE
                                                    : SCENE_EVENT_PLAIN;
  case VM_STEP_MACHINE:
  case VM_STEP_PROCESS:
  case VM_STEP_MAP:
  case VM_STEP_FRAME_TAKE:
  case VM_STEP_SWITCH:
  case VM_STEP_TLB_PROBE:
  case VM_STEP_TLB_COMPARE:
  case VM_STEP_WALK:
  case VM_STEP_REGISTER_READ:
  case VM_STEP_PERMISSION:
  case VM_STEP_TLB_FILL:
  case VM_STEP_TLB_DROP:
  case VM_STEP_DUMP:
  case VM_STEP_SCHEDULE:
  case VM_STEP_MODE:
  case VM_STEP_TLB_VICTIM:
  case VM_STEP_TLB_PROMOTE:
  case VM_STEP_TLB_PRINT:
  case VM_STEP_FLUSH:
  case VM_STEP_BEHIND:
  case VM_STEP_SHOOTDOWN:
  case VM_STEP_IPI_SEND:
  case VM_STEP_IPI_WAIT:
  case VM_STEP_PSC_HIT:
  case VM_STEP_PSC_FILL:
  case VM_STEP_POOL:
  case VM_STEP_STRING:
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
  case VM_STEP_FIELD_CHANGE:
  case VM_STEP_FRAME_REFS:
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
  case VM_STEP_KINDS:
    break;
  }
  return SCENE_EVENT_PLAIN;
}
