/* Which entries of a TLB are shown where not all have room. */
#include "figures/tlb_rows.h"

#include "figures/window.h"

/* The entry that the operation is about, or the first of its set. */
static guint
focus_of (const SceneTlbUnit *unit)
{
  if (unit->outcome == SCENE_TLB_UNKNOWN && !unit->filled)
    return 0;
  return unit->set * unit->tlb.ways + (unit->way == VM_NONE ? 0 : unit->way);
}

static gboolean
matters (const SceneContext *c, const SceneTlbUnit *unit, const guint8 *dropped,
         guint entry)
{
  gboolean asked = unit->outcome != SCENE_TLB_UNKNOWN || unit->filled;

  return c->state->tlb[unit->tlb.first + entry].valid
         || dropped[unit->tlb.first + entry]
         || (asked && entry / unit->tlb.ways == unit->set);
}

/* Where not all have room: those that hold something, and the set in
 * question; then empty ones, from the first. */
static GArray *
rows_that_matter (const SceneContext *c, const SceneTlbUnit *unit,
                  const guint8 *dropped, guint fit)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));
  guint count = unit->tlb.sets * unit->tlb.ways, focus = focus_of (unit);
  guint matter = 0, before = 0;

  for (guint i = 0; i < count; i++) {
    gboolean one = matters (c, unit, dropped, i);
    before += one && i < focus;
    matter += one;
  }
  guint64 first = scene_window_around (matter, fit, before);
  guint spare = fit > matter ? fit - matter : 0, seen = 0;
  for (guint i = 0; i < count && rows->len < fit; i++) {
    gboolean one = matters (c, unit, dropped, i);
    if (one ? seen++ >= first : spare > 0)
      g_array_append_val (rows, i);
    spare -= !one && spare > 0;
  }
  return rows;
}

GArray *
scene_tlb_rows (SceneBuild *b, const SceneTlbUnit *unit, const guint8 *dropped,
                guint fit, SceneRect rect)
{
  guint count = unit->tlb.sets * unit->tlb.ways;
  GArray *rows = rows_that_matter (b->context, unit, dropped, fit);
  gboolean scrolled = FALSE;
  guint64 first = scene_add_window (b, rect, count, fit,
                                    g_array_index (rows, guint, 0), &scrolled);

  for (guint i = 0; scrolled && i < rows->len; i++)
    g_array_index (rows, guint, i) = (guint) first + i;
  return rows;
}
