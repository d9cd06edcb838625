/* What a figure is: a size that it wants, and items inside a rectangle.
 *
 * Each figure is one file with one SceneFigure. Sizes depend on the machine's
 * shape only, never on the step, so that nothing jumps while stepping. */
#ifndef SCENE_FIGURE_H
#define SCENE_FIGURE_H

#include "context.h"
#include "scene.h"

/* The number of each figure in the ids of its items; 0 is the stage. */
typedef enum {
  SCENE_FIGURE_CPU = 1,
  SCENE_FIGURE_ADDRESS,
  SCENE_FIGURE_TLB,
  SCENE_FIGURE_TABLES,
  SCENE_FIGURE_ENTRY,
  SCENE_FIGURE_PHYSICAL,
  SCENE_FIGURE_MEMORY,
  SCENE_FIGURE_SPACE,
  SCENE_FIGURE_CAPTION,
  SCENE_FIGURE_COUNTERS,
  SCENE_FIGURE_COST,
  SCENE_FIGURE_BYTES,
  SCENE_FIGURE_DECISION,
  SCENE_FIGURE_TREND,
  SCENE_FIGURE_PROCESSES,
  SCENE_FIGURE_RULER,
  SCENE_FIGURE_TREE,
  SCENE_FIGURE_HISTORY,
  SCENE_FIGURE_ACTORS,
  SCENE_FIGURE_TLBS,
  SCENE_FIGURE_SHOOTDOWN,
  SCENE_FIGURE_CYCLES,
  SCENE_FIGURE_ROOTS,
  SCENE_FIGURE_REPLACEMENT,
  SCENE_FIGURE_BARE_MEMORY,
  SCENE_FIGURE_HANDLER,
  SCENE_FIGURE_SEGMENTS,
  SCENE_FIGURE_MM,
  SCENE_FIGURE_REGIONS,
  SCENE_FIGURE_FRAMES,
  SCENE_FIGURE_PHYSICAL_MAP,
  SCENE_FIGURE_FAULT_BILLS,
  SCENE_FIGURE_LISTS,
  SCENE_FIGURE_SWAP,
  SCENE_FIGURE_ELF_FILE,
  SCENE_FIGURE_ELF_ROUNDING,
  SCENE_FIGURE_ELF_SYMBOLS,
  SCENE_FIGURE_EXEC,
  SCENE_FIGURE_STACK,
  SCENE_FIGURE_PAGE_CACHE,
  SCENE_FIGURE_TIME,
  SCENE_FIGURE_WORKING_SET,
  SCENE_FIGURE_PRESSURE,
  SCENE_FIGURE_KERNEL_RULER,
  SCENE_FIGURE_VMALLOC,
  SCENE_FIGURE_KMAP,
  SCENE_FIGURE_BUDDY,
  SCENE_FIGURE_SLAB,
  SCENE_FIGURE_RUNNING,
  SCENE_FIGURE_CLONE,
  SCENE_FIGURES
} SceneFigureId;

/* What a figure is made from and into. */
typedef struct {
  const SceneContext *context; /* with a geometry */
  const SceneMetrics *metrics;
  SceneStill *still;     /* NULL while measuring */
  SceneId parent;        /* of the items added next */
  const GArray *scrolls; /* of SceneScroll; see figures/window.h */
} SceneBuild;

/* Rows that the reader has chosen to see. */
typedef struct {
  SceneId window;
  guint64 first;
} SceneScroll;

/* Sizes that a figure wants, in pixels. The least heights hold for the width
 * that was asked about. */
typedef struct {
  double min_width, width;   /* least; nothing is abbreviated */
  double min_height, height; /* least; comfortable */
  double max_height;         /* more would be empty */
} SceneFigureSize;

/* How a figure likes to stand among others, where a lesson does not say. */
typedef enum {
  SCENE_STANCE_BAND, /* alone, across the whole width */
  SCENE_STANCE_PART, /* beside another, where both have room */
  SCENE_STANCE_SIDE, /* high and narrow: in a column beside all others */
  SCENE_STANCE_WALK  /* as planned in grid.c: has cells there */
} SceneStance;

typedef struct {
  SceneFigureId id;
  const char *kind;  /* as lessons name it */
  const char *title; /* to be translated */
  SceneStance stance;
  /* Sets *size; width 0 asks for the widths only. */
  void (*measure) (const SceneBuild *build, double width,
                   SceneFigureSize *size);
  /* Adds the items of the figure; the rectangle is at least as large as the
   * least size. */
  void (*build) (SceneBuild *build, SceneRect rect);
} SceneFigure;

/* The figure of a number, 1 <= id < SCENE_FIGURES; that of a kind, or NULL. */
const SceneFigure *scene_figure_of (SceneFigureId id);
const SceneFigure *scene_figure_named (const char *kind);

extern const SceneFigure scene_figure_actors;
extern const SceneFigure scene_figure_address;
extern const SceneFigure scene_figure_bare_memory;
extern const SceneFigure scene_figure_physical_map;
extern const SceneFigure scene_figure_fault_bills;
extern const SceneFigure scene_figure_buddy;
extern const SceneFigure scene_figure_bytes;
extern const SceneFigure scene_figure_caption;
extern const SceneFigure scene_figure_clone;
extern const SceneFigure scene_figure_cost;
extern const SceneFigure scene_figure_counters;
extern const SceneFigure scene_figure_cpu;
extern const SceneFigure scene_figure_cycles;
extern const SceneFigure scene_figure_decision;
extern const SceneFigure scene_figure_elf_file;
extern const SceneFigure scene_figure_elf_rounding;
extern const SceneFigure scene_figure_elf_symbols;
extern const SceneFigure scene_figure_entry;
extern const SceneFigure scene_figure_exec;
extern const SceneFigure scene_figure_frames;
extern const SceneFigure scene_figure_handler;
extern const SceneFigure scene_figure_history;
extern const SceneFigure scene_figure_regions;
extern const SceneFigure scene_figure_replacement;
extern const SceneFigure scene_figure_kernel_ruler;
extern const SceneFigure scene_figure_kmap;
extern const SceneFigure scene_figure_lists;
extern const SceneFigure scene_figure_memory;
extern const SceneFigure scene_figure_mm;
extern const SceneFigure scene_figure_page_cache;
extern const SceneFigure scene_figure_physical;
extern const SceneFigure scene_figure_pressure;
extern const SceneFigure scene_figure_processes;
extern const SceneFigure scene_figure_roots;
extern const SceneFigure scene_figure_ruler;
extern const SceneFigure scene_figure_running;
extern const SceneFigure scene_figure_segments;
extern const SceneFigure scene_figure_shootdown;
extern const SceneFigure scene_figure_slab;
extern const SceneFigure scene_figure_space;
extern const SceneFigure scene_figure_swap;
extern const SceneFigure scene_figure_stack;
extern const SceneFigure scene_figure_tables;
extern const SceneFigure scene_figure_time;
extern const SceneFigure scene_figure_tlb;
extern const SceneFigure scene_figure_tlbs;
extern const SceneFigure scene_figure_tree;
extern const SceneFigure scene_figure_trend;
extern const SceneFigure scene_figure_vmalloc;
extern const SceneFigure scene_figure_working_set;

/* Ids that connectors and flights name. */
SceneId scene_id_panel (SceneFigureId figure);
SceneId scene_id_table (guint level);   /* the panel of a level */
SceneId scene_id_root (gboolean upper); /* of the CPU */
SceneId scene_id_register (void);
SceneId scene_id_field (guint level);       /* of the address; 0: offset */
SceneId scene_id_field_value (guint level); /* the number below it */
SceneId scene_id_page_number (void);
SceneId scene_id_tlb_way (guint set, guint way);
SceneId scene_id_tlb_outcome (void);
SceneId scene_id_row (guint level, guint index);
SceneId scene_id_row_frame (guint level, guint index);
SceneId scene_id_entry_frame (void);
SceneId scene_id_physical_frame (void);
SceneId scene_id_physical_offset (void);
SceneId scene_id_physical_value (void);
SceneId scene_id_frame (guint64 frame);
SceneId scene_id_bare_mark (void);
SceneId scene_id_bare_bounds (void);

#endif
