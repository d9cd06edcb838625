/* The TLB: sets and ways, what is looked for, and what is found. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/parts.h"
#include "figures/tlb_way.h"
#include "figures/window.h"

/* Below the headings, in ems. */
#define HEADING_GAP 0.15

/* Entries that are all seen, always: rows that come and go tell nothing. */
#define ALL_SEEN 8

static guint
entry_count (const SceneContext *c)
{
  return c->own.sets * c->own.ways;
}

static const char *
page_text (const SceneBuild *b, guint64 page, guint shift)
{
  return scene_keep (b, scene_number_page (b->context->geometry, page, shift));
}

/* The latest lookup was answered by an entry that is out of date. */
static gboolean
was_stale (const SceneContext *c)
{
  guint first = vm_tlb_first_way (&c->own, c->tlb_set);

  return c->tlb == SCENE_TLB_HIT && c->state->tlb[first + c->tlb_way].valid
         && c->state->tlb[first + c->tlb_way].stale;
}

/* What the lookup has come to, in words; NULL before it. */
static const char *
outcome_text (const SceneBuild *b, SceneRole *role)
{
  const SceneContext *c = b->context;
  const char *page = page_text (b, c->tlb_page, c->tlb_shift);

  if (was_stale (c)) {
    *role = SCENE_ROLE_FAULT;
    return scene_still_printf (b->still, _ ("hit: page %s, out of date"), page);
  }
  switch (c->tlb) {
  case SCENE_TLB_UNKNOWN:
    return NULL;
  case SCENE_TLB_PROBING:
    *role = SCENE_ROLE_ACCENT;
    return scene_still_printf (b->still, _ ("page %s?"), page);
  case SCENE_TLB_HIT:
    *role = SCENE_ROLE_HIT;
    return scene_still_printf (b->still, _ ("hit: page %s"), page);
  case SCENE_TLB_MISS:
    *role = SCENE_ROLE_MISS;
    return scene_still_printf (b->still, _ ("miss: page %s"), page);
  }
  return NULL;
}

static void
add_outcome (SceneBuild *b, SceneRect rect)
{
  SceneRole role = SCENE_ROLE_NEUTRAL;
  const char *text = outcome_text (b, &role);

  if (text == NULL)
    return;
  SceneItem *item
      = scene_add_chip (b, scene_id_tlb_outcome (), rect, role, text);
  item->name = item->text;
  scene_item_means_page (item, b->context->tlb_page, b->context->tlb_shift);
}

/* What the lookups have come to since the machine was built. */
static void
add_counters (SceneBuild *b, SceneRect rect)
{
  const struct vm_counters *counters = &b->context->state->counters;
  SceneItem *item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_TLB, SCENE_TLB_COUNTERS, 0), SCENE_TEXT_SMALL,
      SCENE_ALIGN_START, rect,
      scene_still_printf (b->still, _ ("hits %" PRIu64 " · misses %" PRIu64),
                          counters->tlb_hits, counters->tlb_misses));

  item->name = item->text;
  scene_item_shows (b, item, &counters->tlb_hits,
                    2 * sizeof counters->tlb_hits);
}

static const char *
subtitle (const SceneBuild *b)
{
  const SceneContext *c = b->context;
  guint count = entry_count (c);

  if (c->tlb == SCENE_TLB_HIT)
    return scene_still_printf (
        b->still, ngettext ("%u entry · hit", "%u entries · hit", count),
        count);
  if (c->tlb == SCENE_TLB_MISS)
    return scene_still_printf (
        b->still, ngettext ("%u entry · miss", "%u entries · miss", count),
        count);
  return scene_still_printf (b->still,
                             ngettext ("%u entry", "%u entries", count), count);
}

static double
row_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO) + scene_em (b, 0.25);
}

static double
outcome_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.25);
}

/* First of `shown` entries, so that the set in use is among them, and of a
 * large set the way in use. */
static guint
first_shown (const SceneContext *c, guint shown)
{
  guint count = entry_count (c), ways = c->own.ways;
  guint first = c->tlb == SCENE_TLB_UNKNOWN ? 0 : c->tlb_set * ways;

  if (ways <= shown)
    first -= MIN (first, (shown - ways) / 2 / ways * ways);
  else if (c->tlb == SCENE_TLB_HIT || c->tlb_filled)
    first += c->tlb_way - MIN (c->tlb_way, shown / 2);
  return MIN (first, count - shown);
}

/* A quiet line for the entries before or behind those shown. */
static void
add_more (SceneBuild *b, guint where, guint count, SceneRect rect)
{
  if (count == 0)
    return;
  scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_TLB, SCENE_TLB_MORE, where), SCENE_TEXT_SMALL,
      SCENE_ALIGN_CENTER, rect,
      scene_still_printf (
          b->still, ngettext ("… %u entry", "… %u entries", count), count))
      ->emphasis
      = SCENE_FAINT;
}

static void
add_ways (SceneBuild *b, const SceneTlbColumns *columns, SceneRect rect)
{
  guint count = entry_count (b->context);
  double gap = scene_em (b, 0.15), more = scene_line (b, SCENE_TEXT_SMALL);
  guint fit = (guint) ((rect.height + gap) / (row_height (b) + gap));
  guint shown = count, first = 0;

  if (count > fit) {
    fit = (guint) ((rect.height - 2 * more + gap) / (row_height (b) + gap));
    shown = MAX (1, fit);
    first = (guint) scene_add_window (b, rect, count, shown,
                                      first_shown (b->context, shown), NULL);
    add_more (b, 0, first, scene_cut_top (&rect, more, 0));
    add_more (b, 1, count - first - shown, scene_cut_bottom (&rect, more, 0));
  }
  double height = MIN ((rect.height + gap) / shown - gap,
                       row_height (b) + scene_em (b, 0.7));
  for (guint i = 0; i < shown; i++)
    scene_add_tlb_way (b, columns, first + i, i == 0,
                       scene_cut_top (&rect, height, gap));
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneTlbColumns columns = scene_tlb_columns (b, 0);
  guint count = b->context->most_entries;
  double gap = scene_em (b, 0.15), row = row_height (b) + gap;
  double fixed = scene_header (b) + scene_em (b, 0.8) + scene_em (b, 0.3)
                 + scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, HEADING_GAP)
                 + outcome_height (b);
  double more = count > ALL_SEEN ? 2 * scene_line (b, SCENE_TEXT_SMALL) : 0;

  (void) width;
  size->min_width = scene_tlb_columns_width (&columns) + scene_em (b, 0.8)
                    + 2 * scene_padding (b);
  size->width = MAX (size->min_width,
                     scene_panel_width (b, _ ("TLB"), _ ("16 entries · miss")));
  size->min_height = fixed + (count > ALL_SEEN ? 3 : count) * row + more;
  size->height = fixed + MIN (count, ALL_SEEN) * row + more;
  size->max_height = fixed + count * (row + scene_em (b, 0.7));
}

/* The panel is never higher than what it can hold. */
static double
most_height (const SceneBuild *b)
{
  double ways = b->context->most_entries
                * (row_height (b) + scene_em (b, 0.85));

  return scene_header (b) + scene_em (b, 0.8) + scene_line (b, SCENE_TEXT_SMALL)
         + scene_em (b, HEADING_GAP) + ways + scene_em (b, 0.3)
         + outcome_height (b) + scene_em (b, 0.6)
         + scene_line (b, SCENE_TEXT_SMALL);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  rect.height = MIN (rect.height, most_height (b));

  SceneRect rest
      = scene_add_panel (b, SCENE_FIGURE_TLB, 0, rect, _ ("TLB"), subtitle (b));
  SceneTlbColumns columns
      = scene_tlb_columns (b, rest.width - scene_em (b, 0.8));

  scene_add_tlb_headings (b, &columns,
                          scene_cut_top (&rest,
                                         scene_line (b, SCENE_TEXT_SMALL),
                                         scene_em (b, HEADING_GAP)));
  guint count = entry_count (b->context);
  double full = count * (row_height (b) + scene_em (b, 0.85));
  double room = rest.height - outcome_height (b) - scene_em (b, 0.3);
  add_ways (b, &columns,
            scene_cut_top (&rest, MIN (room, full), scene_em (b, 0.3)));
  add_outcome (b, scene_cut_top (&rest, outcome_height (b), scene_em (b, 0.3)));
  if (rest.height >= scene_line (b, SCENE_TEXT_SMALL))
    add_counters (
        b, scene_cut_bottom (&rest, scene_line (b, SCENE_TEXT_SMALL), 0));
}

const SceneFigure scene_figure_tlb = {.id = SCENE_FIGURE_TLB,
                                      .kind = "tlb",
                                      .title = N_ ("TLB"),
                                      .stance = SCENE_STANCE_WALK,
                                      .measure = measure,
                                      .build = build};
