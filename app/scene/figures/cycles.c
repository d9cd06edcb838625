/* What all accesses so far have cost in cycles, part by part, and what one of
 * them cost on average: the effective access time.
 *
 *   [====|==|==============================|===========]
 *   # first level     3 × 1          3      1.0
 *   # walk            8 × 100      800    266.7
 *   # data            3 × 100      300    100.0
 *   # disk            —
 *   Effective access time: 367.7 cycles
 *   1.0 + 266.7 + 100.0 = 1103 / 3 */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/bills.h"
#include "figures/kit.h"

enum {
  PART_SHARE = SCENE_PART, /* number: the part, as below */
  PART_LENGTH,
  PART_SWATCH,
  PART_NAME,
  PART_TIMES,
  PART_SUM,
  PART_EACH,
  PART_HEADING, /* number: column */
  PART_MEAN,
  PART_FORMULA /* number: line */
};

/* Bars of the parts that have less room, in ems, are left out. */
#define LEAST_LENGTH 5.0

/* Widths of the columns. */
typedef struct {
  double name, times, sum, each, gap; /* each 0: no room */
} Columns;

static double
mono (const SceneBuild *b, const char *text)
{
  return scene_width (b, SCENE_TEXT_MONO_SMALL, text);
}

/* With numbers that a lesson may come to. */
static Columns
columns_of (const SceneBuild *b, double width)
{
  Columns columns = {.gap = scene_em (b, 0.7), .sum = mono (b, "88888888")};
  SceneBill bills[SCENE_BILLS];
  double least;

  scene_bills (b->context, bills);
  for (guint i = 0; i < SCENE_BILLS; i++) {
    g_autofree char *times = g_strdup_printf (
        "%s × %" PRIu64, i == SCENE_BILL_DISK ? "888" : "88888", bills[i].cost);
    if (!scene_bill_has (b->context, (SceneBillPart) i))
      continue;
    columns.name
        = MAX (columns.name, scene_width (b, SCENE_TEXT_SMALL, bills[i].name));
    columns.times = MAX (columns.times, mono (b, times));
  }
  columns.name += scene_em (b, 1);
  columns.sum
      = MAX (columns.sum, scene_width (b, SCENE_TEXT_SMALL, _ ("cycles")));
  columns.each = MAX (mono (b, "888888.8"),
                      scene_width (b, SCENE_TEXT_SMALL, _ ("an access")));
  least = columns.name + columns.times + columns.sum + 2 * columns.gap;
  if (width > 0 && width < least + columns.gap + columns.each)
    columns.each = 0;
  return columns;
}

static double
columns_width (const Columns *columns)
{
  return columns->name + columns->times + columns->sum + 2 * columns->gap
         + (columns->each > 0 ? columns->gap + columns->each : 0);
}

static SceneId
id_of (guint part, guint64 number)
{
  return SCENE_ID (SCENE_FIGURE_CYCLES, part, number);
}

static double
row_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.35);
}

static double
bar_height (const SceneBuild *b)
{
  return scene_em (b, 0.9);
}

static guint
row_count (const SceneContext *c)
{
  return c->state->config.stlb_sets != 0 ? SCENE_BILLS : SCENE_BILLS - 1;
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  Columns columns = columns_of (b, 0), narrow = columns_of (b, 1);
  g_autofree char *mean
      = g_strdup_printf (_ ("Effective access time: %s cycles"), "888888.8");
  double padding = 2 * scene_padding (b);

  (void) width;
  size->min_width
      = MAX (columns_width (&narrow), scene_width (b, SCENE_TEXT_BOLD, mean))
        + padding;
  size->width = MAX (size->min_width,
                     columns_width (&columns) + scene_em (b, 6) + padding);
  size->min_height = scene_header (b) + scene_em (b, 0.8) + bar_height (b)
                     + scene_em (b, 0.5) + scene_line (b, SCENE_TEXT_SMALL)
                     + row_count (b->context) * row_height (b)
                     + scene_em (b, 0.5) + scene_line (b, SCENE_TEXT_BOLD)
                     + 2 * scene_line (b, SCENE_TEXT_MONO_SMALL);
  size->height = size->min_height;
  size->max_height = size->height + scene_em (b, 1);
}

/* Who got how much of all cycles. */
static void
add_bar (SceneBuild *b, const SceneBill bills[SCENE_BILLS], SceneRect rect)
{
  guint64 total = scene_bills_total (b->context, bills);
  double x = rect.x;

  for (guint i = 0; i < SCENE_BILLS; i++) {
    guint64 sum = scene_bill_has (b->context, (SceneBillPart) i)
                      ? bills[i].times * bills[i].cost
                      : 0;
    if (sum == 0)
      continue;
    double width = rect.width * (double) sum / (double) total;
    SceneItem *box = scene_add_box (
        b, id_of (PART_SHARE, i), (SceneRect){x, rect.y, width, rect.height},
        bills[i].role, bills[i].now ? SCENE_ACTIVE : SCENE_STRONG);
    box->name = scene_still_printf (b->still,
                                    _ ("%s: %" PRIu64 " of %" PRIu64 " cycles"),
                                    bills[i].name, sum, total);
    x += width;
  }
}

static void
add_number (SceneBuild *b, SceneId id, SceneRect cell, const char *text,
            const SceneBill *bill)
{
  SceneItem *item = scene_add_text (
      b, id, SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_END,
      scene_middle (cell, scene_line (b, SCENE_TEXT_MONO_SMALL)), text);

  item->role = bill->now ? bill->role : SCENE_ROLE_NEUTRAL;
  item->emphasis = bill->now         ? SCENE_ACTIVE
                   : bill->times > 0 ? SCENE_NORMAL
                                     : SCENE_FAINT;
}

static void
cut_cells (const Columns *columns, SceneRect rect, SceneRect cells[4])
{
  double part = MIN (1, rect.width / columns_width (columns));

  cells[0] = scene_cut_left (&rect, part * columns->name, part * columns->gap);
  cells[1] = scene_cut_left (&rect, part * columns->times, part * columns->gap);
  cells[2] = scene_cut_left (&rect, part * columns->sum, part * columns->gap);
  cells[3]
      = (SceneRect){rect.x, rect.y, MAX (0, part * columns->each), rect.height};
}

static void
add_part (SceneBuild *b, const Columns *columns, const SceneBill *bill, guint i,
          SceneRect rect)
{
  SceneRect cells[4];
  double side = scene_em (b, 0.65);

  cut_cells (columns, rect, cells);
  SceneRect swatch = scene_cut_left (&cells[0], side, scene_em (b, 0.35));
  scene_add_box (b, id_of (PART_SWATCH, i), scene_middle (swatch, side),
                 bill->role, bill->times > 0 ? SCENE_STRONG : SCENE_FAINT);
  SceneItem *name = scene_add_text (
      b, id_of (PART_NAME, i), SCENE_TEXT_SMALL, SCENE_ALIGN_START,
      scene_middle (cells[0], scene_line (b, SCENE_TEXT_SMALL)), bill->name);
  name->emphasis = bill->times > 0 ? SCENE_NORMAL : SCENE_FAINT;
  name->name = scene_still_printf (
      b->still, _ ("%s: %" PRIu64 " times %" PRIu64 " cycles"), bill->name,
      bill->times, bill->cost);
  g_autofree char *sum = scene_bill_sum (bill->times * bill->cost);
  if (bill->times == 0) {
    add_number (b, id_of (PART_TIMES, i), cells[1], "—", bill);
    return;
  }
  add_number (b, id_of (PART_TIMES, i), cells[1],
              scene_still_printf (b->still, "%" PRIu64 " × %" PRIu64,
                                  bill->times, bill->cost),
              bill);
  add_number (b, id_of (PART_SUM, i), cells[2],
              scene_still_printf (b->still, "%s", sum), bill);
  if (columns->each <= 0)
    return;
  g_autofree char *each = scene_bill_each (bill->times * bill->cost,
                                           b->context->state->counters.tick);
  add_number (b, id_of (PART_EACH, i), cells[3], each, bill);
}

/* Where there is room beside the numbers: how long a part is, as a bar. */
static void
add_length (SceneBuild *b, const Columns *columns, const SceneBill *bill,
            guint i, guint64 total, SceneRect rect)
{
  scene_cut_left (&rect, columns_width (columns), scene_em (b, 1.2));
  if (rect.width < scene_em (b, LEAST_LENGTH) || bill->times * bill->cost == 0)
    return;
  rect.width *= (double) (bill->times * bill->cost) / (double) total;
  scene_add_box (b, id_of (PART_LENGTH, i),
                 scene_middle (rect, scene_em (b, 0.5)), bill->role,
                 bill->now ? SCENE_ACTIVE : SCENE_STRONG);
}

static void
add_headings (SceneBuild *b, const Columns *columns, SceneRect rect)
{
  const char *const names[] = {NULL, NULL, _ ("cycles"), _ ("an access")};
  SceneRect cells[4];

  cut_cells (columns, rect, cells);
  for (guint i = 2; i < (columns->each > 0 ? 4u : 3u); i++)
    scene_add_text (b, id_of (PART_HEADING, i), SCENE_TEXT_SMALL,
                    SCENE_ALIGN_END, cells[i], names[i])
        ->emphasis
        = SCENE_FAINT;
}

/* The average, and how it comes about: "1.0 + 100.0 = 303 / 3". */
static void
add_mean (SceneBuild *b, const SceneBill bills[SCENE_BILLS], SceneRect rect)
{
  guint64 accesses = b->context->state->counters.tick;
  guint64 total = scene_bills_total (b->context, bills);
  g_autofree char *mean = scene_bill_each (total, accesses);
  g_autoptr (GString) formula = g_string_new (NULL);
  SceneItem *item = scene_add_text (
      b, id_of (PART_MEAN, 0), SCENE_TEXT_BOLD, SCENE_ALIGN_START,
      scene_cut_top (&rect, scene_line (b, SCENE_TEXT_BOLD), 0),
      scene_still_printf (b->still, _ ("Effective access time: %s cycles"),
                          accesses > 0 ? mean : "—"));

  item->name = item->text;
  if (accesses == 0)
    return;
  for (guint i = 0; i < SCENE_BILLS; i++) {
    g_autofree char *each
        = scene_bill_each (bills[i].times * bills[i].cost, accesses);
    if (scene_bill_has (b->context, (SceneBillPart) i) && bills[i].times > 0)
      g_string_append_printf (formula, "%s%s", formula->len > 0 ? " + " : "",
                              each);
  }
  g_string_append_printf (formula, " = %" PRIu64 " / %" PRIu64, total,
                          accesses);
  scene_add_wrapped (b, id_of (PART_FORMULA, 0), SCENE_TEXT_MONO_SMALL, rect, 2,
                     SCENE_NORMAL, formula->str);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  guint accesses = (guint) b->context->state->counters.tick;
  SceneRect rest = scene_add_panel (
      b, SCENE_FIGURE_CYCLES, 0, rect, _ ("Cycles"),
      scene_still_printf (
          b->still, ngettext ("%u access", "%u accesses", accesses), accesses));
  Columns columns = columns_of (b, rest.width);
  SceneBill bills[SCENE_BILLS];

  scene_bills (b->context, bills);
  add_bar (b, bills, scene_cut_top (&rest, bar_height (b), scene_em (b, 0.5)));
  add_headings (b, &columns,
                scene_cut_top (&rest, scene_line (b, SCENE_TEXT_SMALL), 0));
  for (guint i = 0; i < SCENE_BILLS; i++)
    if (scene_bill_has (b->context, (SceneBillPart) i)) {
      SceneRect row = scene_cut_top (&rest, row_height (b), 0);
      add_part (b, &columns, &bills[i], i, row);
      add_length (b, &columns, &bills[i], i,
                  scene_bills_total (b->context, bills), row);
    }
  scene_cut_top (&rest, scene_em (b, 0.5), 0);
  add_mean (b, bills, rest);
}

const SceneFigure scene_figure_cycles = {.id = SCENE_FIGURE_CYCLES,
                                         .kind = "cycles",
                                         .title = N_ ("Cycles"),
                                         .stance = SCENE_STANCE_PART,
                                         .measure = measure,
                                         .build = build};
