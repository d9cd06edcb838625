/* The list of figures, and the ids by which connectors and flights find their
 * parts. */
#include "figures/figure.h"

#include <string.h>

#include "figures/bare_strip.h"
#include "figures/kit.h"
#include "figures/parts.h"

static const SceneFigure *const figures[SCENE_FIGURES] = {
    [SCENE_FIGURE_CPU] = &scene_figure_cpu,
    [SCENE_FIGURE_ADDRESS] = &scene_figure_address,
    [SCENE_FIGURE_TLB] = &scene_figure_tlb,
    [SCENE_FIGURE_TABLES] = &scene_figure_tables,
    [SCENE_FIGURE_ENTRY] = &scene_figure_entry,
    [SCENE_FIGURE_PHYSICAL] = &scene_figure_physical,
    [SCENE_FIGURE_MEMORY] = &scene_figure_memory,
    [SCENE_FIGURE_SPACE] = &scene_figure_space,
    [SCENE_FIGURE_CAPTION] = &scene_figure_caption,
    [SCENE_FIGURE_COUNTERS] = &scene_figure_counters,
    [SCENE_FIGURE_COST] = &scene_figure_cost,
    [SCENE_FIGURE_BYTES] = &scene_figure_bytes,
    [SCENE_FIGURE_DECISION] = &scene_figure_decision,
    [SCENE_FIGURE_TREND] = &scene_figure_trend,
    [SCENE_FIGURE_PROCESSES] = &scene_figure_processes,
    [SCENE_FIGURE_RULER] = &scene_figure_ruler,
    [SCENE_FIGURE_TREE] = &scene_figure_tree,
    [SCENE_FIGURE_HISTORY] = &scene_figure_history,
    [SCENE_FIGURE_ACTORS] = &scene_figure_actors,
    [SCENE_FIGURE_TLBS] = &scene_figure_tlbs,
    [SCENE_FIGURE_SHOOTDOWN] = &scene_figure_shootdown,
    [SCENE_FIGURE_CYCLES] = &scene_figure_cycles,
    [SCENE_FIGURE_ROOTS] = &scene_figure_roots,
    [SCENE_FIGURE_REPLACEMENT] = &scene_figure_replacement,
    [SCENE_FIGURE_BARE_MEMORY] = &scene_figure_bare_memory,
    [SCENE_FIGURE_HANDLER] = &scene_figure_handler,
    [SCENE_FIGURE_SEGMENTS] = &scene_figure_segments,
    [SCENE_FIGURE_REGIONS] = &scene_figure_regions,
    [SCENE_FIGURE_MM] = &scene_figure_mm,
    [SCENE_FIGURE_FRAMES] = &scene_figure_frames,
    [SCENE_FIGURE_PHYSICAL_MAP] = &scene_figure_physical_map,
    [SCENE_FIGURE_FAULT_BILLS] = &scene_figure_fault_bills,
    [SCENE_FIGURE_LISTS] = &scene_figure_lists,
    [SCENE_FIGURE_SWAP] = &scene_figure_swap,
    [SCENE_FIGURE_BUDDY] = &scene_figure_buddy,
    [SCENE_FIGURE_SLAB] = &scene_figure_slab,
    [SCENE_FIGURE_ELF_FILE] = &scene_figure_elf_file,
    [SCENE_FIGURE_ELF_ROUNDING] = &scene_figure_elf_rounding,
    [SCENE_FIGURE_ELF_SYMBOLS] = &scene_figure_elf_symbols,
    [SCENE_FIGURE_EXEC] = &scene_figure_exec,
    [SCENE_FIGURE_STACK] = &scene_figure_stack,
    [SCENE_FIGURE_PAGE_CACHE] = &scene_figure_page_cache,
    [SCENE_FIGURE_TIME] = &scene_figure_time,
    [SCENE_FIGURE_WORKING_SET] = &scene_figure_working_set,
    [SCENE_FIGURE_PRESSURE] = &scene_figure_pressure,
    [SCENE_FIGURE_KERNEL_RULER] = &scene_figure_kernel_ruler,
    [SCENE_FIGURE_VMALLOC] = &scene_figure_vmalloc,
    [SCENE_FIGURE_KMAP] = &scene_figure_kmap,
    [SCENE_FIGURE_RUNNING] = &scene_figure_running,
    [SCENE_FIGURE_CLONE] = &scene_figure_clone,
};

const SceneFigure *
scene_figure_of (SceneFigureId id)
{
  return figures[id];
}

const SceneFigure *
scene_figure_named (const char *kind)
{
  for (guint i = 1; i < SCENE_FIGURES; i++)
    if (strcmp (figures[i]->kind, kind) == 0)
      return figures[i];
  return NULL;
}

SceneId
scene_id_panel (SceneFigureId figure)
{
  return SCENE_ID (figure, SCENE_PART_PANEL, 0);
}

SceneId
scene_id_table (guint level)
{
  return SCENE_ID (SCENE_FIGURE_TABLES, SCENE_PART_PANEL, level);
}

SceneId
scene_id_root (gboolean upper)
{
  return SCENE_ID (SCENE_FIGURE_CPU, SCENE_CPU_CR3, upper ? 1 : 0);
}

SceneId
scene_id_register (void)
{
  return SCENE_ID (SCENE_FIGURE_CPU, SCENE_CPU_REGISTER, 0);
}

SceneId
scene_id_field (guint level)
{
  return SCENE_ID (SCENE_FIGURE_ADDRESS, SCENE_ADDRESS_FIELD, level);
}

SceneId
scene_id_field_value (guint level)
{
  return SCENE_ID (SCENE_FIGURE_ADDRESS, SCENE_ADDRESS_VALUE, level);
}

SceneId
scene_id_page_number (void)
{
  return SCENE_ID (SCENE_FIGURE_ADDRESS, SCENE_ADDRESS_PAGE, 0);
}

SceneId
scene_id_tlb_way (guint set, guint way)
{
  return SCENE_ID (SCENE_FIGURE_TLB, SCENE_TLB_WAY, (guint64) set << 16 | way);
}

SceneId
scene_id_tlb_outcome (void)
{
  return SCENE_ID (SCENE_FIGURE_TLB, SCENE_TLB_OUTCOME, 0);
}

SceneId
scene_id_row (guint level, guint index)
{
  return SCENE_ID (SCENE_FIGURE_TABLES, SCENE_TABLE_ROW,
                   (guint64) level << 32 | index);
}

SceneId
scene_id_row_frame (guint level, guint index)
{
  return SCENE_ID (SCENE_FIGURE_TABLES, SCENE_TABLE_FRAME,
                   (guint64) level << 32 | index);
}

SceneId
scene_id_entry_frame (void)
{
  return SCENE_ID (SCENE_FIGURE_ENTRY, SCENE_ENTRY_FRAME, 0);
}

SceneId
scene_id_physical_frame (void)
{
  return SCENE_ID (SCENE_FIGURE_PHYSICAL, SCENE_PHYSICAL_FRAME, 0);
}

SceneId
scene_id_physical_offset (void)
{
  return SCENE_ID (SCENE_FIGURE_PHYSICAL, SCENE_PHYSICAL_OFFSET, 0);
}

SceneId
scene_id_physical_value (void)
{
  return SCENE_ID (SCENE_FIGURE_PHYSICAL, SCENE_PHYSICAL_VALUE, 0);
}

SceneId
scene_id_frame (guint64 frame)
{
  return SCENE_ID (SCENE_FIGURE_MEMORY, SCENE_MEMORY_FRAME, frame);
}

SceneId
scene_id_bare_mark (void)
{
  return SCENE_ID (SCENE_FIGURE_BARE_MEMORY, SCENE_BARE_MARK, 1);
}

SceneId
scene_id_bare_bounds (void)
{
  return SCENE_ID (SCENE_FIGURE_BARE_MEMORY, SCENE_BARE_BOUNDS, 1);
}
