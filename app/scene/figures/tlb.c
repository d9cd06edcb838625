/* The TLB: sets and ways, what is looked for, and what is found. */
#include "mmu/tlb.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/parts.h"
#include "figures/window.h"

/* Below the headings, in ems. */
#define HEADING_GAP 0.15

typedef struct {
  double set, page, frame, age; /* widths; set is 0 with one set only */
  double gap;
  SceneTextStyle style; /* of the numbers */
} Columns;

static guint
entry_count (const SceneContext *c)
{
  return c->state->config.tlb_sets * c->state->config.tlb_ways;
}

static const char *
page_text (const SceneBuild *b, guint64 page, guint shift)
{
  return scene_keep (b, scene_number_page (b->context->geometry, page, shift));
}

static Columns
columns_of (const SceneBuild *b, SceneTextStyle style)
{
  const SceneContext *c = b->context;
  Columns columns = {.gap = scene_em (b, 0.5), .style = style};

  columns.page
      = MAX (scene_number_width (
                 b, style, scene_number_page (c->geometry, 0, VM_PAGE_SHIFT)),
             scene_width (b, SCENE_TEXT_SMALL, _ ("page")));
  columns.frame = MAX (scene_number_width (b, style, scene_number_frame (0)),
                       scene_width (b, SCENE_TEXT_SMALL, _ ("frame")));
  columns.age = MAX (scene_width (b, style, "15"),
                     scene_width (b, SCENE_TEXT_SMALL, _ ("age")));
  if (c->state->config.tlb_sets > 1)
    columns.set = MAX (scene_width (b, style, "127"),
                       scene_width (b, SCENE_TEXT_SMALL, _ ("set")));
  return columns;
}

static double
columns_width (const Columns *columns)
{
  double width = columns->page + columns->frame + columns->age
                 + 2 * columns->gap;

  return columns->set > 0 ? width + columns->set + columns->gap : width;
}

/* Columns for rows of that width: in smaller type where they must, and
 * narrower still with shortened numbers. */
static Columns
columns_for (const SceneBuild *b, double width)
{
  Columns columns = columns_of (b, SCENE_TEXT_MONO);

  if (columns_width (&columns) > width)
    columns = columns_of (b, SCENE_TEXT_MONO_SMALL);
  double part = MIN (1, width / columns_width (&columns));
  columns.set *= part;
  columns.page *= part;
  columns.frame *= part;
  columns.age *= part;
  columns.gap *= part;
  return columns;
}

/* Splits a row into its cells; what is left over goes between them. */
static void
cut_cells (const Columns *columns, SceneRect row, SceneRect cells[4])
{
  double spare = MAX (0, row.width - columns_width (columns)) / 2;

  cells[0] = columns->set > 0
                 ? scene_cut_left (&row, columns->set, columns->gap)
                 : (SceneRect){0};
  cells[1] = scene_cut_left (&row, columns->page, columns->gap + spare);
  cells[2] = scene_cut_left (&row, columns->frame, columns->gap);
  cells[3] = scene_cut_right (&row, columns->age, 0);
}

static gboolean
is_comparing (const SceneContext *c, guint set, guint way)
{
  return scene_context_is (c, VM_STEP_TLB_COMPARE)
         && c->step->values[VM_V_TLB_SET] == set
         && c->step->values[VM_V_COMPARE_WAY] == way;
}

static gboolean
is_used (const SceneContext *c, guint set, guint way)
{
  return (c->tlb == SCENE_TLB_HIT || c->tlb_filled) && c->tlb_set == set
         && c->tlb_way == way;
}

static SceneRole
way_role (const SceneContext *c, guint set, guint way)
{
  if (is_comparing (c, set, way))
    return c->step->values[VM_V_COMPARE_MATCH] ? SCENE_ROLE_HIT
                                               : SCENE_ROLE_MISS;
  if (is_used (c, set, way))
    return c->tlb == SCENE_TLB_HIT ? SCENE_ROLE_HIT : SCENE_ROLE_ACCENT;
  return SCENE_ROLE_NEUTRAL;
}

static SceneEmphasis
way_emphasis (const SceneContext *c, guint set, guint way)
{
  gboolean now = scene_context_is (c, VM_STEP_TLB_HIT)
                 || scene_context_is (c, VM_STEP_TLB_FILL);

  if (is_comparing (c, set, way) || (is_used (c, set, way) && now))
    return SCENE_ACTIVE;
  if (is_used (c, set, way))
    return SCENE_STRONG;
  return scene_context_is (c, VM_STEP_TLB_PROBE) && c->tlb_set == set
             ? SCENE_STRONG
             : SCENE_NORMAL;
}

/* look: whose style, role and emphasis the text takes. */
static SceneItem *
add_cell (SceneBuild *b, guint part, guint64 number, SceneRect cell,
          const char *text, const SceneItem *look)
{
  SceneItem *item
      = scene_add_text (b, SCENE_ID (SCENE_FIGURE_TLB, part, number),
                        look->style, SCENE_ALIGN_START,
                        scene_middle (cell, scene_line (b, look->style)), text);

  item->role = look->role;
  item->emphasis = look->emphasis;
  return item;
}

static const char *
way_name (const SceneBuild *b, guint set, guint way,
          const struct vm_tlb_entry *entry)
{
  if (!entry->valid)
    return scene_still_printf (b->still, _ ("TLB set %u, way %u: empty"), set,
                               way);
  return scene_still_printf (
      b->still, _ ("TLB set %u, way %u: page %s in frame %s, age %u"), set, way,
      page_text (b, entry->page, entry->shift),
      scene_keep (b, scene_number_frame (entry->frame)),
      vm_tlb_age (b->context->state,
                  vm_tlb_first_way (b->context->state, set) + way)
          + 1);
}

/* The numbers of an entry, each of which is somewhere else, too. */
static void
add_numbers (SceneBuild *b, guint64 number, const struct vm_tlb_entry *entry,
             const SceneRect cells[4], const SceneItem *look)
{
  const char *page = page_text (b, entry->page, entry->shift);
  const char *frame = scene_keep (b, scene_number_frame (entry->frame));

  scene_item_means_page (
      add_cell (b, SCENE_TLB_PAGE, number, cells[1], page, look), entry->page,
      entry->shift);
  scene_item_means (
      add_cell (b, SCENE_TLB_FRAME, number, cells[2], frame, look),
      SCENE_MEANS_FRAME, entry->frame);
}

static void
add_no_numbers (SceneBuild *b, guint64 number, const SceneRect cells[4],
                const SceneItem *look)
{
  add_cell (b, SCENE_TLB_PAGE, number, cells[1], "—", look);
  add_cell (b, SCENE_TLB_FRAME, number, cells[2], "—", look);
}

static void
add_way (SceneBuild *b, const Columns *columns, guint index, SceneRect rect)
{
  const SceneContext *c = b->context;
  guint ways = c->state->config.tlb_ways;
  guint set = index / ways, way = index % ways;
  guint64 number = (guint64) set << 16 | way;
  const struct vm_tlb_entry *entry = &c->state->tlb[index];
  SceneRect cells[4];
  SceneItem *box = scene_add_box (b, scene_id_tlb_way (set, way), rect,
                                  way_role (c, set, way),
                                  way_emphasis (c, set, way));
  SceneItem look = *box;
  look.style = columns->style;

  box->name = way_name (b, set, way, entry);
  scene_item_shows (b, box, entry, sizeof *entry);
  if (entry->valid)
    scene_item_means (box, SCENE_MEANS_FRAME, entry->frame);
  else
    look.emphasis = MIN (look.emphasis, SCENE_FAINT);

  cut_cells (columns, scene_inset (rect, scene_em (b, 0.4), 0), cells);
  if (columns->set > 0)
    add_cell (b, SCENE_TLB_SET, number, cells[0],
              scene_still_printf (b->still, "%u", set), &look);
  if (!entry->valid) {
    add_no_numbers (b, number, cells, &look);
    return;
  }
  add_numbers (b, number, entry, cells, &look);
  add_cell (
      b, SCENE_TLB_AGE, number, cells[3],
      scene_still_printf (b->still, "%u", vm_tlb_age (c->state, index) + 1),
      &look);
}

static void
add_headings (SceneBuild *b, const Columns *columns, SceneRect rect)
{
  const char *const names[] = {_ ("set"), _ ("page"), _ ("frame"), _ ("age")};
  SceneRect cells[4];

  cut_cells (columns, scene_inset (rect, scene_em (b, 0.4), 0), cells);
  for (guint i = columns->set > 0 ? 0 : 1; i < 4; i++)
    scene_add_text (b, SCENE_ID (SCENE_FIGURE_TLB, SCENE_TLB_HEADING, i),
                    SCENE_TEXT_SMALL, SCENE_ALIGN_START, cells[i], names[i])
        ->emphasis
        = SCENE_FAINT;
}

/* What the lookup has come to, in words; NULL before it. */
static const char *
outcome_text (const SceneBuild *b, SceneRole *role)
{
  const SceneContext *c = b->context;
  const char *page = page_text (b, c->tlb_page, c->tlb_shift);

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
  guint count = entry_count (c), ways = c->state->config.tlb_ways;
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
add_ways (SceneBuild *b, const Columns *columns, SceneRect rect)
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
    add_way (b, columns, first + i, scene_cut_top (&rect, height, gap));
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  Columns columns = columns_of (b, SCENE_TEXT_MONO);
  guint count = entry_count (b->context);
  double gap = scene_em (b, 0.15), row = row_height (b) + gap;
  double fixed = scene_header (b) + scene_em (b, 0.8) + scene_em (b, 0.3)
                 + scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, HEADING_GAP)
                 + outcome_height (b);
  double more = count > 4 ? 2 * scene_line (b, SCENE_TEXT_SMALL) : 0;

  (void) width;
  size->min_width = columns_width (&columns) + scene_em (b, 0.8)
                    + 2 * scene_padding (b);
  size->width = MAX (size->min_width,
                     scene_panel_width (b, _ ("TLB"), _ ("16 entries · miss")));
  size->min_height = fixed + MIN (count, count > 4 ? 3 : 4) * row + more;
  size->height = fixed + MIN (count, 8) * row + more;
  size->max_height = fixed + count * (row + scene_em (b, 0.7));
}

static void
build (SceneBuild *b, SceneRect rect)
{
  SceneRect rest
      = scene_add_panel (b, SCENE_FIGURE_TLB, 0, rect, _ ("TLB"), subtitle (b));
  Columns columns = columns_for (b, rest.width - scene_em (b, 0.8));

  add_headings (b, &columns,
                scene_cut_top (&rest, scene_line (b, SCENE_TEXT_SMALL),
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
