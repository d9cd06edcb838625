/* All TLBs of all processors: levels, ways, tags, and who goes next. */
#include <glib/gi18n-lib.h>

#include "figures/parts.h"
#include "figures/tlb_block.h"
#include "figures/tlb_flow.h"
#include "figures/tlb_head.h"
#include "figures/tlb_upper.h"

/* Rows of a block: at least, comfortably, and of use at all. */
#define LEAST_ROWS 3
#define GOOD_ROWS 8
#define MOST_ROWS 16

/* Processors that would like to stand beside each other. */
#define MOST_BESIDE 3

/* A block grows by so much of its least width. */
#define MOST_GROWTH 1.7

/* Blocks of a processor: three TLBs, and what its walker remembers. */
#define MOST_BLOCKS 4

typedef struct {
  gboolean upper;        /* what the walker remembers; otherwise */
  enum vm_tlb_unit unit; /* a TLB */
  guint entries;
} Block;

/* How the blocks of the processors stand. */
typedef struct {
  SceneTlbShape shape;
  Block blocks[MOST_BLOCKS];
  guint count;   /* of blocks */
  guint across;  /* of them beside each other */
  guint groups;  /* processors beside each other */
  double width;  /* of a processor */
  double block;  /* least width of a block */
  double gap;    /* between blocks */
  double apart;  /* between processors */
  double legend; /* height of the legend */
} Plan;

static void
list_blocks (Plan *p, const SceneContext *c)
{
  static const enum vm_tlb_unit order[VM_TLB_UNITS]
      = {VM_TLB_CODE, VM_TLB_DATA, VM_TLB_SECOND};

  for (guint i = 0; i < VM_TLB_UNITS; i++) {
    struct vm_tlb tlb = vm_tlb_of (c->state, 0, order[i]);
    if (tlb.sets != 0)
      p->blocks[p->count++]
          = (Block){.unit = order[i], .entries = tlb.sets * tlb.ways};
  }
  if (c->state->config.psc)
    p->blocks[p->count++]
        = (Block){.upper = TRUE, .entries = scene_tlb_upper_count (c)};
}

/* Width of so many blocks beside each other. */
static double
row_width (const Plan *p, guint blocks)
{
  return blocks * (p->block + p->gap) - p->gap;
}

static guint
lines_of (guint count, guint across)
{
  return (count + across - 1) / across;
}

/* How many stand in each line where at most `fit` can: about equally many. */
static guint
even_lines (guint count, guint fit)
{
  return lines_of (count, lines_of (count, fit));
}

/* The least width of a block, with all columns if there is room for them. */
static void
measure_block (Plan *p, const SceneBuild *b, double width)
{
  scene_tlb_shape (b, width, &p->shape);
  p->block = scene_tlb_block_width (b, &p->shape);
  if (!b->context->state->config.psc)
    return;
  double upper = scene_tlb_upper_width (b, TRUE);
  if (width > 0 && upper > width)
    upper = scene_tlb_upper_width (b, FALSE);
  p->block = MAX (p->block, upper);
}

static void
plan_make (Plan *p, const SceneBuild *b, double width)
{
  const struct vm_config *config = &b->context->state->config;

  *p = (Plan){.gap = scene_em (b, 1.1), .apart = scene_em (b, 1.8)};
  list_blocks (p, b->context);
  measure_block (p, b, width);
  double fit = (width + p->gap + 0.01) / (p->block + p->gap);
  p->across = even_lines (p->count, (guint) CLAMP (fit, 1, p->count));
  fit = (width + p->apart + 0.01) / (row_width (p, p->count) + p->apart);
  p->groups = even_lines (config->cpus, (guint) CLAMP (fit, 1, config->cpus));
  p->width = MIN ((width + p->apart) / p->groups - p->apart,
                  row_width (p, p->across) * MOST_GROWTH);
  p->legend = scene_tlb_legend_height (b, width);
}

/* Rows of the blocks that stand in a line: of the largest of them. */
static guint
line_rows (const Plan *p, guint line, guint rows)
{
  guint most = 0;

  for (guint i = line * p->across; i < MIN (p->count, (line + 1) * p->across);
       i++)
    most = MAX (most, p->blocks[i].entries);
  return MIN (most, rows);
}

static double
group_height (const SceneBuild *b, const Plan *p, guint rows)
{
  double height = scene_tlb_head_height (b, p->width);

  for (guint line = 0; line < lines_of (p->count, p->across); line++)
    height += p->gap * 0.6
              + scene_tlb_block_height (b, line_rows (p, line, rows));
  return height;
}

static double
whole_height (const SceneBuild *b, const Plan *p, guint rows)
{
  guint lines = lines_of (b->context->state->config.cpus, p->groups);

  return lines * (group_height (b, p, rows) + scene_em (b, 0.9)) + p->legend;
}

/* The width in which the processors stand beside each other, a few at most. */
static double
whole_width (const Plan *p, const SceneBuild *b)
{
  guint groups = MIN (b->context->state->config.cpus, MOST_BESIDE);

  return groups * (row_width (p, p->count) + p->apart) - p->apart;
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  Plan p, narrow = {0};

  measure_block (&narrow, b, 1);
  size->min_width = MAX (narrow.block, scene_tlb_head_least (b));
  plan_make (&p, b, width);
  size->width = MAX (whole_width (&p, b), size->min_width);
  size->min_height = whole_height (b, &p, LEAST_ROWS);
  size->height = whole_height (b, &p, GOOD_ROWS);
  size->max_height = whole_height (b, &p, MOST_ROWS);
}

/* As many rows as there is room for. */
static guint
rows_for (const SceneBuild *b, const Plan *p, double height)
{
  guint rows = MOST_ROWS;

  while (rows > LEAST_ROWS && whole_height (b, p, rows) > height + 0.01)
    rows--;
  return rows;
}

static void
add_block (SceneBuild *b, const Plan *p, guint cpu, guint i, guint rows,
           const guint8 *dropped, SceneRect rect)
{
  const Block *block = &p->blocks[i];
  SceneTlbUnit unit;

  rows = MIN (rows, block->entries);
  rect.height = scene_tlb_block_height (b, rows);
  if (block->upper)
    scene_add_tlb_upper (b, cpu, rows, rect);
  else if (scene_tlb_unit_read (&unit, b->context, cpu, block->unit))
    scene_add_tlb_block (b, &p->shape, &unit, dropped, rows, rect);
  b->parent = 0;
}

static void
add_group (SceneBuild *b, const Plan *p, guint cpu, guint rows,
           const guint8 *dropped, SceneRect rect)
{
  scene_add_tlb_head (
      b, cpu, scene_cut_top (&rect, scene_tlb_head_height (b, p->width), 0));
  for (guint line = 0; line < lines_of (p->count, p->across); line++) {
    guint first = line * p->across;
    guint shown = line_rows (p, line, rows);
    scene_cut_top (&rect, 0, p->gap * 0.6);
    SceneRect row = scene_cut_top (&rect, scene_tlb_block_height (b, shown), 0);
    for (guint i = first; i < MIN (p->count, first + p->across); i++)
      add_block (b, p, cpu, i, rows, dropped,
                 scene_column (row, i - first, p->across, p->gap));
  }
}

static void
build (SceneBuild *b, SceneRect rect)
{
  guint cpus = b->context->state->config.cpus;
  g_autofree guint8 *dropped = scene_tlb_dropped (b->context);
  Plan p;

  plan_make (&p, b, rect.width);
  guint rows = rows_for (b, &p, rect.height);
  b->parent = 0;
  for (guint first = 0; first < cpus; first += p.groups) {
    SceneRect row
        = scene_cut_top (&rect, group_height (b, &p, rows), scene_em (b, 0.9));
    for (guint cpu = first; cpu < MIN (cpus, first + p.groups); cpu++)
      add_group (b, &p, cpu, rows, dropped,
                 scene_cut_left (&row, p.width, p.apart));
  }
  rect.height = p.legend;
  scene_add_tlb_legend (b, rect);
}

const SceneFigure scene_figure_tlbs = {.id = SCENE_FIGURE_TLBS,
                                       .kind = "tlbs",
                                       .title = N_ ("All TLBs"),
                                       .stance = SCENE_STANCE_PART,
                                       .measure = measure,
                                       .build = build};
