/* What the access has cost so far: the memory accesses that it made. */
#include <glib/gi18n-lib.h>

#include "figures/kit.h"
#include "figures/meter.h"

/* A cell for each level of the walk, and one for the data. */
#define MOST_CELLS (VM_MAX_LEVELS + 1)

static char *
total_text (guint count)
{
  return g_strdup_printf (
      ngettext ("%u memory access", "%u memory accesses", count), count);
}

static char *
saved_text (guint count)
{
  return g_strdup_printf (ngettext ("the TLB saved %u memory access",
                                    "the TLB saved %u memory accesses", count),
                          count);
}

/* Reads of a walk down to pages of 2^shift bytes. */
static guint
walk_reads (const SceneContext *c, guint shift)
{
  guint leaf = vm_geometry_leaf_level (c->geometry, shift);

  return c->geometry->levels - MAX (leaf, 1) + 1;
}

/* What it would have cost otherwise. NULL while nothing is to be compared. */
static char *
compare_text (const SceneContext *c)
{
  if (!c->access)
    return c->by_segment ? NULL : g_strdup (_ ("no access yet"));
  if (c->faulted)
    return g_strdup (_ ("and a call of the kernel"));
  if (c->tlb == SCENE_TLB_HIT)
    return saved_text (walk_reads (c, c->tlb_shift));
  return c->tlb == SCENE_TLB_MISS ? g_strdup (_ ("a TLB hit would have cost 1"))
                                  : NULL;
}

/* Width of the widest sentence that can come. */
static double
words_width (const SceneBuild *b)
{
  double width
      = scene_width (b, SCENE_TEXT_SMALL, _ ("a TLB hit would have cost 1"));

  width = MAX (
      width, scene_width (b, SCENE_TEXT_SMALL, _ ("and a call of the kernel")));
  for (guint n = 0; n <= b->context->geometry->levels + 1u; n++) {
    g_autofree char *total = total_text (n), *saved = saved_text (n);
    width = MAX (width, scene_width (b, SCENE_TEXT_BOLD, total));
    width = MAX (width, scene_width (b, SCENE_TEXT_SMALL, saved));
  }
  return width;
}

static SceneMeterCell
read_cell (const SceneBuild *b, guint level, guint number)
{
  const SceneWalkLevel *l = &b->context->level[level];
  gboolean now = l->now && scene_context_is (b->context, VM_STEP_ENTRY_READ);
  const char *name = scene_still_printf (
      b->still, _ ("Memory access %u: %s, %s"), number,
      scene_table_name (b->context->geometry, level),
      scene_keep (b,
                  scene_number_physical (b->context->geometry, l->entry_pa)));

  return (SceneMeterCell){
      .number = level,
      .text = scene_short_table (b->context->geometry, level),
      .name = name,
      .role = scene_level_role (level),
      .emphasis = now ? SCENE_ACTIVE : SCENE_STRONG,
      .pa = l->entry_pa,
      .width = b->context->geometry->entry_bytes};
}

static SceneMeterCell
data_cell (const SceneBuild *b, guint number)
{
  const SceneContext *c = b->context;
  gboolean now = scene_context_is (c, VM_STEP_DATA);

  return (SceneMeterCell){
      .number = 0,
      .text = _ ("data"),
      .name = scene_still_printf (
          b->still, _ ("Memory access %u: %s, %s"), number, _ ("data"),
          scene_keep (b, scene_number_physical (c->geometry, c->pa))),
      .role = scene_process_role (c->process),
      .emphasis = now ? SCENE_ACTIVE : SCENE_STRONG,
      .pa = c->pa,
      .width = c->width};
}

/* The accesses so far, in their order. */
static guint
cells_of (const SceneBuild *b, SceneMeterCell cells[MOST_CELLS])
{
  const SceneContext *c = b->context;
  guint count = 0;

  for (guint level = c->geometry->levels; level > 0; level--)
    if (c->access && c->level[level].read
        && level != c->geometry->register_level) {
      cells[count] = read_cell (b, level, count + 1);
      count++;
    }
  if (c->data_done) {
    cells[count] = data_cell (b, count + 1);
    count++;
  }
  return count;
}

static SceneMeterShape
shape_of (const SceneBuild *b)
{
  guint levels = b->context->geometry->levels;
  const char *table = scene_short_table (b->context->geometry, levels),
             *data = _ ("data");
  gboolean wider = scene_width (b, SCENE_TEXT_MONO_SMALL, table)
                   > scene_width (b, SCENE_TEXT_MONO_SMALL, data);

  return (SceneMeterShape){.slots = levels + 1,
                           .cells = wider ? table : data,
                           .end = _ ("fault"),
                           .words = words_width (b)};
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneMeterShape shape = shape_of (b);
  double padding = 2 * scene_padding (b);
  double fixed = scene_header (b) + scene_em (b, 0.8);

  size->min_width = scene_meter_least (b, &shape) + padding;
  size->width = scene_meter_width (b, &shape) + padding;
  size->min_height = fixed + scene_meter_height (b, &shape, width - padding);
  size->height = size->min_height;
  size->max_height = size->height + scene_em (b, 0.5);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  SceneMeterCell cells[MOST_CELLS];
  SceneMeterShape shape = shape_of (b);
  SceneMeter meter = {.cells = cells, .count = cells_of (b, cells)};
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_COST, 0, rect,
                                      _ ("Cost of this access"), NULL);

  g_autofree char *total = total_text (meter.count);
  g_autofree char *compare = compare_text (c);
  meter.total = c->access || c->by_segment || c->faulted ? total : NULL;
  meter.compare = compare;
  if (c->faulted) {
    meter.end = _ ("fault");
    meter.end_now = scene_context_is (c, VM_STEP_FAULT);
  }
  scene_add_meter (
      b, SCENE_FIGURE_COST, &shape, &meter,
      scene_middle (inside, scene_meter_height (b, &shape, inside.width)));
}

const SceneFigure scene_figure_cost = {.id = SCENE_FIGURE_COST,
                                       .kind = "cost",
                                       .title = N_ ("Cost of this access"),
                                       .stance = SCENE_STANCE_PART,
                                       .measure = measure,
                                       .build = build};
