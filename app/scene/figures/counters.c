/* What the machine has counted so far, and what this step added. */
#include "figures/counters.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "figures/kit.h"

enum {
  PART_LABEL = SCENE_PART, /* number: position, as below */
  PART_VALUE,
  PART_ADDED
};

/* At most; how many a machine has depends on its shape. */
#define COUNTERS 8

static double
item_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL) + scene_line (b, SCENE_TEXT_MONO_BOLD)
         + scene_em (b, 0.15);
}

static double
column_gap (const SceneBuild *b)
{
  return scene_em (b, 1.2);
}

static double
row_gap (const SceneBuild *b)
{
  return scene_em (b, 0.7);
}

/* Counters side by side: as many as fit, in rows that are about equal. */
static guint
columns_for (const SceneBuild *b, const SceneCounter *counters, guint count,
             double width)
{
  double least = scene_counters_least (b, counters, count) + column_gap (b);
  guint fit = (guint) MAX (1, (width + column_gap (b) + 0.01) / least);
  guint rows = (count + MIN (fit, count) - 1) / MIN (fit, count);

  return (count + rows - 1) / rows;
}

/* What the step that led to the cursor added to a number of the state. */
static guint64
added_now (const SceneContext *c, const guint64 *value)
{
  const struct vm_tape *tape = vm_machine_tape (c->machine);
  guint32 place = vm_tape_place (tape, value);
  guint64 added = 0;

  if (c->step == NULL)
    return 0;
  for (guint64 i = 0; i < vm_tape_delta_count (tape, c->cursor - 1); i++) {
    const struct vm_delta *delta = vm_tape_delta (tape, c->cursor - 1, i);
    if (delta->place == place && delta->after > delta->before)
      added += delta->after - delta->before;
  }
  return added;
}

static void
add_value (SceneBuild *b, SceneFigureId figure, guint i,
           const SceneCounter *counter, SceneRect line)
{
  guint64 added = added_now (b->context, counter->value);
  const char *number
      = scene_still_printf (b->still, "%" PRIu64, *counter->value);
  double width = scene_width (b, SCENE_TEXT_MONO_BOLD, number);
  SceneRect place
      = scene_cut_left (&line, MIN (width, line.width), scene_em (b, 0.4));
  SceneItem *item = scene_add_text (b, SCENE_ID (figure, PART_VALUE, i),
                                    SCENE_TEXT_MONO_BOLD, SCENE_ALIGN_START,
                                    place, number);

  item->role = added > 0 ? counter->role : SCENE_ROLE_NEUTRAL;
  item->emphasis = added > 0 ? SCENE_ACTIVE : SCENE_NORMAL;
  item->name = scene_still_printf (b->still, "%s: %s", counter->label, number);
  scene_item_shows (b, item, counter->value, sizeof *counter->value);
  if (added == 0)
    return;
  item = scene_add_text (b, SCENE_ID (figure, PART_ADDED, i),
                         SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START, line,
                         scene_still_printf (b->still, "+%" PRIu64, added));
  item->role = counter->role;
  item->emphasis = SCENE_STRONG;
}

double
scene_counters_least (const SceneBuild *build, const SceneCounter *counters,
                      guint count)
{
  double width = scene_width (build, SCENE_TEXT_MONO_BOLD, "00000")
                 + scene_em (build, 0.4)
                 + scene_width (build, SCENE_TEXT_MONO_SMALL, "+0");

  for (guint i = 0; i < count; i++)
    width
        = MAX (width, scene_width (build, SCENE_TEXT_SMALL, counters[i].label));
  return width;
}

double
scene_counters_width (const SceneBuild *build, const SceneCounter *counters,
                      guint count)
{
  return count
             * (scene_counters_least (build, counters, count)
                + column_gap (build))
         - column_gap (build);
}

double
scene_counters_height (const SceneBuild *build, const SceneCounter *counters,
                       guint count, double width)
{
  guint columns = columns_for (build, counters, count, width);
  guint rows = (count + columns - 1) / columns;

  return rows * (item_height (build) + row_gap (build)) - row_gap (build);
}

void
scene_add_counters (SceneBuild *build, SceneFigureId figure,
                    const SceneCounter *counters, guint count, SceneRect rect)
{
  guint columns = columns_for (build, counters, count, rect.width);
  guint rows = (count + columns - 1) / columns;

  for (guint i = 0; i < count; i++) {
    SceneRect row = scene_row (rect, i / columns, rows, row_gap (build));
    SceneRect cell = scene_middle (
        scene_column (row, i % columns, columns, column_gap (build)),
        item_height (build));
    scene_add_text (build, SCENE_ID (figure, PART_LABEL, i), SCENE_TEXT_SMALL,
                    SCENE_ALIGN_START,
                    scene_cut_top (&cell, scene_line (build, SCENE_TEXT_SMALL),
                                   scene_em (build, 0.15)),
                    counters[i].label);
    add_value (build, figure, i, &counters[i], cell);
  }
}

/* The counters of translation. Returns how many there are. */
static guint
list (const SceneBuild *b, SceneCounter counters[COUNTERS])
{
  const struct vm_config *config = &b->context->state->config;
  const struct vm_counters *c = &b->context->state->counters;
  const SceneCounter usual[]
      = {{_ ("TLB hits"), &c->tlb_hits, SCENE_ROLE_HIT},
         {_ ("TLB misses"), &c->tlb_misses, SCENE_ROLE_MISS},
         {_ ("Entry reads"), &c->entry_reads, SCENE_ROLE_TABLE},
         {_ ("Memory accesses"), &c->memory_accesses, SCENE_ROLE_ACCENT},
         {_ ("Faults"), &c->faults, SCENE_ROLE_FAULT}};
  guint count = G_N_ELEMENTS (usual);

  memcpy (counters, usual, sizeof usual);
  if (config->stlb_sets != 0)
    counters[count++] = (SceneCounter){_ ("Second-level hits"), &c->stlb_hits,
                                       SCENE_ROLE_HIT};
  if (config->psc)
    counters[count++]
        = (SceneCounter){_ ("Walks cut short"), &c->psc_hits, SCENE_ROLE_TABLE};
  if (config->cpus > 1)
    counters[count++]
        = (SceneCounter){_ ("Interrupts"), &c->interrupts, SCENE_ROLE_MISS};
  return count;
}

static double
padding_x (const SceneBuild *b)
{
  return scene_em (b, 1);
}

static double
padding_y (const SceneBuild *b)
{
  return scene_em (b, 0.6);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneCounter counters[COUNTERS];
  double padding = 2 * padding_x (b);
  guint count = list (b, counters);

  size->min_width = scene_counters_least (b, counters, count) + padding;
  size->width = scene_counters_width (b, counters, count) + padding;
  size->min_height = scene_counters_height (b, counters, count, width - padding)
                     + 2 * padding_y (b);
  size->height = size->min_height;
  size->max_height = size->height + scene_em (b, 0.5);
}

/* Labels and numbers say what they are: the panel has no header. */
static void
build (SceneBuild *b, SceneRect rect)
{
  SceneCounter counters[COUNTERS];
  guint count = list (b, counters);

  b->parent = scene_id_panel (SCENE_FIGURE_COUNTERS);
  scene_still_add (b->still, b->parent, 0, SCENE_PANEL, rect)->name
      = scene_still_text (b->still, _ ("Counters"));
  scene_add_counters (b, SCENE_FIGURE_COUNTERS, counters, count,
                      scene_inset (rect, padding_x (b), padding_y (b)));
}

const SceneFigure scene_figure_counters = {.id = SCENE_FIGURE_COUNTERS,
                                           .kind = "counters",
                                           .title = N_ ("Counters"),
                                           .stance = SCENE_STANCE_PART,
                                           .measure = measure,
                                           .build = build};
