/* The ruler: what it shows is computed once more, from the addresses that it
 * writes, with whole numbers, up to the top of 2^64. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figures/band.h"
#include "figures/lens.h"
#include "mm/region_tree.h"
#include "scenario.h"
#include "tape/memory.h"

#define TOP G_MAXUINT64
#define KIB(n) ((guint64) (n) << 10)

typedef unsigned __int128 Wide;

/* One step's ruler. */
typedef struct {
  struct vm_machine *machine;
  const SceneStill *still;
  gboolean asked; /* the latest operation is an access, of va by process */
  guint64 va, process;
} Look;

static const SceneItem *
find (const SceneStill *still, guint part, guint lens, guint64 number)
{
  return scene_still_find (
      still, scene_ruler_id (SCENE_FIGURE_RULER, part, lens, number));
}

/* The bands of a still, from left to right edge of their grounds. */
static gboolean
band_of (const SceneStill *still, guint lens, SceneRect *band)
{
  gboolean found = FALSE;
  double right = 0;

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    if (item->id >> 45
        != scene_ruler_id (SCENE_FIGURE_RULER, SCENE_RULER_GROUND, lens, 0)
               >> 45)
      continue;
    if (!found)
      *band = item->rect;
    found = TRUE;
    right = item->rect.x + item->rect.width;
    band->width = right - band->x;
  }
  return found;
}

/* Where an address lies in a window, as a part of the whole. */
static double
part_of (guint64 first, guint64 last, guint64 va)
{
  Wide size = (Wide) last - first + 1;

  return (double) ((Wide) (va - first) * 1000000 / size) / 1000000;
}

/* The window that a band says it shows. */
static gboolean
window_of (const SceneStill *still, guint lens, guint64 *first, guint64 *last)
{
  const SceneItem *from = find (still, SCENE_RULER_END, lens, 0);
  const SceneItem *to = find (still, SCENE_RULER_END, lens, 1);

  if (from == NULL || to == NULL)
    return FALSE;
  *first = strtoull (from->text, NULL, 16);
  *last = strtoull (to->text, NULL, 16);
  return TRUE;
}

/* What the latest operation accesses. */
static void
read_access (Look *look)
{
  guint64 cursor = vm_machine_cursor (look->machine);
  const struct vm_result *result = vm_machine_result (
      look->machine, vm_machine_op_of_step (look->machine, cursor - 1));

  for (guint64 n = result->first_step; n < cursor; n++) {
    const struct vm_step *step = vm_machine_step (look->machine, n);
    if (step->kind != VM_STEP_ACCESS)
      continue;
    look->asked = TRUE;
    look->va = step->values[VM_V_ACCESS_VA];
    look->process = step->values[VM_V_ACCESS_PROCESS];
  }
}

static void
along (const Scenario *scenario, double width, void (*check) (const Look *look))
{
  g_autoptr (SceneStage) stage
      = scenario_stage (G_GUINT64_CONSTANT (1) << SCENE_FIGURE_RULER);
  guint64 first;
  struct vm_machine *machine = scenario_machine (scenario, &first);

  for (guint64 n = first; n <= vm_machine_step_count (machine); n++) {
    g_assert_true (vm_machine_seek (machine, n));
    g_autoptr (SceneStill) still
        = scene_stage_still (stage, machine, scene_metrics_fixed (), width, 0);
    Look look = {.machine = machine, .still = still};
    read_access (&look);
    check (&look);
  }
  vm_machine_free (machine);
}

static void
at_every_step (double width, void (*check) (const Look *look))
{
  for (guint i = 0; i < scenario_count; i++)
    along (&scenarios[i], width, check);
}

/* On every band the mark stands where the address lies in the window that the
 * band says it shows. */
static void
check_marks (const Look *look)
{
  guint64 va = look->va, first, last;

  if (!look->asked)
    return;
  for (guint lens = 0; lens < SCENE_MOST_LENSES; lens++) {
    SceneRect band;
    if (!band_of (look->still, lens, &band))
      continue;
    const SceneItem *mark = find (look->still, SCENE_RULER_MARK, lens, 0);
    g_assert_nonnull (mark);
    if (!window_of (look->still, lens, &first, &last))
      continue;
    g_assert_cmpuint (va, >=, first);
    g_assert_cmpuint (va, <=, last);
    double x = band.x + part_of (first, last, va) * band.width;
    g_assert_cmpfloat (fabs (mark->rect.x + mark->rect.width / 2 - x), <=, 2);
  }
}

/* The first band is the whole, and each lens lies in the one before. */
static void
check_windows (const Look *look)
{
  const struct vm_geometry *g = vm_machine_geometry (look->machine);
  guint64 first, last, outer_first = 0, outer_last = TOP;

  for (guint lens = 0; lens < SCENE_MOST_LENSES; lens++) {
    if (!window_of (look->still, lens, &first, &last))
      continue; /* a label gave way to others */
    if (lens == 0)
      g_assert_cmpuint (last, ==, vm_geometry_last_address (g));
    g_assert_cmpuint (first, >=, outer_first);
    g_assert_cmpuint (last, <=, outer_last);
    g_assert_cmpuint ((last - first) & (last - first + 1), ==, 0);
    outer_first = first;
    outer_last = last;
  }
}

/* Whether a page is mapped, by walking as the processor would. */
static gboolean
is_mapped (const Look *look, guint64 va)
{
  const struct vm_geometry *g = vm_machine_geometry (look->machine);
  const struct vm_state *s = vm_machine_state (look->machine);
  guint64 table = vm_geometry_is_upper (g, vm_vaddr_of (va))
                      ? s->config.kernel_root
                      : vm_mm_of (s, look->process)->root;

  if (!vm_geometry_canonical (g, vm_vaddr_of (va)))
    return FALSE;
  for (guint level = g->levels; level > 0; level--) {
    guint index = vm_geometry_index (g, level, vm_vaddr_of (va));
    vm_paddr pa = vm_geometry_entry (g, vm_frame_of (table), index);
    struct vm_pte pte = vm_pte_decode (
        g, level, vm_memory_read (s, pa, g->entry_bytes), s->config.nx);
    if (!pte.present || pte.leaf)
      return pte.present;
    table = pte.frame;
  }
  return TRUE;
}

/* Where the kernel keeps regions, a row is one of them, or lies between them,
 * and counts the pages that are there. */
static void
check_region (const Look *look, const SceneItem *row, guint64 first,
              guint64 last)
{
  const struct vm_state *s = vm_machine_state (look->machine);
  guint32 mm = s->processes[look->process].mm;
  guint32 number = vm_tree_holder (s, mm, first);
  const char *pages = strstr (row->name, "p, ");
  guint64 there = 0;

  if (pages == NULL)
    pages = strstr (row->name, "s, ");
  g_assert_cmpint (number != 0, ==, pages != NULL);
  g_assert_cmpuint (vm_tree_holder (s, mm, last), ==, number);
  if (number == 0)
    return;
  g_assert_cmphex (vm_region_at (s, number)->start, ==, first);
  g_assert_cmphex (vm_region_at (s, number)->end, ==, last + 1);
  for (guint64 va = first; va < last; va += VM_PAGE_SIZE)
    there += is_mapped (look, va);
  g_assert_cmpuint (strtoull (pages + strlen ("p, "), NULL, 10), ==, there);
  g_assert_cmpuint (row->place_width, ==, sizeof (struct vm_region));
}

/* A row says where it begins and ends: it is mapped there or it is not, as it
 * says, and so is its middle. */
static void
check_row (const Look *look, const SceneItem *row, guint64 first, guint64 last)
{
  const struct vm_geometry *g = vm_machine_geometry (look->machine);
  guint64 page = vm_geometry_page_bytes (g);
  gboolean mapped = strstr (row->name, "page") != NULL;

  g_assert_cmpuint (first % page, ==, 0);
  g_assert_cmpuint ((last + 1) % page, ==, 0);
  g_assert_cmpint (is_mapped (look, first), ==, mapped);
  g_assert_cmpint (is_mapped (look, last), ==, mapped);
  g_assert_cmpint (is_mapped (look, first + (last - first) / 2), ==, mapped);
  if (mapped) {
    g_assert_cmpuint (strtoull (row->name, NULL, 10), ==,
                      (last - first + 1) / page);
    g_assert_cmpuint (row->place_width, ==, g->entry_bytes);
  }
}

static gboolean
has_regions (const Look *look)
{
  const struct vm_state *s = vm_machine_state (look->machine);

  return s->mms[s->processes[look->process].mm].tree != 0;
}

static void
check_rows (const Look *look)
{
  guint64 va = look->va, end = 0;
  guint rows = 0, here = 0, dots = 0;

  for (guint i = 0; look->asked && i < look->still->items->len; i++) {
    const SceneItem *row = &g_array_index (look->still->items, SceneItem, i);
    dots += row->kind == SCENE_MARKER;
    if ((row->id >> 48 & 0xff) != SCENE_RULER_ROW)
      continue;
    char *next;
    guint64 first = strtoull (strstr (row->name, "0x"), &next, 16);
    guint64 last = strtoull (strstr (next, "0x"), NULL, 16);
    if (rows++ > 0)
      g_assert_cmpuint (first, ==, end + 1);
    end = last;
    here += va >= first && va <= last;
    if (has_regions (look))
      check_region (look, row, first, last);
    else
      check_row (look, row, first, last);
  }
  if (!look->asked)
    return;
  g_assert_cmpuint (rows, >, 0);
  g_assert_cmpuint (here, ==, 1);
  g_assert_cmpuint (dots, ==, 1);
}

static void
test_figure (void)
{
  static const double widths[] = {360, 700, 1150, 1920};

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    at_every_step (widths[i], check_marks);
    at_every_step (widths[i], check_rows);
  }
  at_every_step (1150, check_windows);
}

/* Every kind of processor: the bottom, the top, and what lies between. */
static void
test_geometries (void)
{
  for (int id = VM_GEOMETRY_NONE + 1; id < VM_GEOMETRIES; id++) {
    g_auto (GStrv) lines
        = scenario_geometry (vm_geometry_of ((enum vm_geometry_id) id));
    Scenario scenario = {
        .name = "geometry", .set_up = 4, .lines = (const char *const *) lines};
    along (&scenario, 1150, check_marks);
    along (&scenario, 1150, check_windows);
    along (&scenario, 360, check_rows);
  }
}

/* The builder with plain lists, as figures of other state will call it. */
typedef struct {
  const char *name;
  guint64 last; /* of the whole */
  SceneSpan grounds[3];
  guint ground_count;
  guint64 marks[6];
  guint64 page;
} Space;

static const Space spaces[]
    = {{"x86-64",
        TOP,
        {{0, 0x7fffffffffff, .number = 1, .label = "user", .note = "user"},
         {0x800000000000, 0xffff7fffffffffff, .number = 2, .label = "hole",
          .note = "hole"},
         {0xffff800000000000, TOP, .number = 3, .label = "kernel",
          .note = "kernel"}},
        3,
        {0, 0x401000, 0x7fffffffffff, 0x800000000000, 0xffff800000000000, TOP},
        4096},
       {"all of 2^64",
        TOP,
        {{0, TOP, .number = 1, .label = "all", .note = "all"}},
        1,
        {0, 1, 0x8000000000000000, TOP - 4096, TOP - 1, TOP},
        4096},
       {"toy",
        0x3fff,
        {{0, 0x3fff, .number = 1, .label = "all", .note = "all"}},
        1,
        {0, 63, 64, 0x2000, 0x3fc0, 0x3fff},
        64}};

/* Up to `most` spans of a few pages, some of them next to each other, the last
 * one up to the end. */
static GArray *
random_spans (const Space *space, GRand *rand, guint most)
{
  GArray *spans = g_array_new (FALSE, TRUE, sizeof (SceneSpan));
  guint64 pages = space->last / space->page, page = 0;
  guint shift = 64 - (guint) __builtin_clzll (pages);

  for (guint i = 0; i < most && page <= pages; i++) {
    guint64 gap = ((guint64) g_rand_int (rand) << 32 | g_rand_int (rand))
                  >> (64 - g_rand_int_range (rand, 1, (gint) shift));
    guint64 size = (guint64) g_rand_int_range (rand, 0, 4);
    guint64 first = page + (g_rand_boolean (rand) ? gap : 0);
    if (first < page || first > pages - MIN (pages, size))
      break;
    SceneSpan span = {.first = first * space->page,
                      .last = (first + size) * space->page + space->page - 1,
                      .number = i,
                      .label = "span",
                      .role = SCENE_ROLE_PROCESS_A,
                      .emphasis = SCENE_NORMAL};
    g_array_append_val (spans, span);
    page = first + size + 1;
  }
  return spans;
}

static void
add_lenses (SceneRuler *r, guint64 page)
{
  r->lenses[0].title = "whole";
  for (r->lens_count = 1; r->lens_count < 4; r->lens_count++) {
    SceneLens *lens = &r->lenses[r->lens_count];
    guint64 least = r->lens_count == 3 ? 0 : 8 * page;
    *lens = scene_lens_open (r->spans, r->count, lens - 1,
                             r->mark & ~(page - 1), r->mark | (page - 1),
                             least);
    lens->title = "lens";
    g_assert_cmpuint (lens->first, >=, lens[-1].first);
    g_assert_cmpuint (lens->last, <=, lens[-1].last);
    g_assert_true (r->mark >= lens->first && r->mark <= lens->last);
    if (least > 0)
      g_assert_cmpuint (
          (lens->last - lens->first) & (lens->last - lens->first + 1), ==, 0);
  }
}

/* Each span in the window is drawn, in its place but for a hairline, in one
 * piece; pieces do not cover each other, and keep within the band. */
static void
check_band (const SceneBuild *b, const SceneRuler *r, guint lens)
{
  SceneBand band = {.figure = SCENE_FIGURE_RULER,
                    .ruler = r,
                    .lens = lens,
                    .rect = {20, 20, 900, 30}};
  const SceneLens *window = &r->lenses[lens];
  double end = band.rect.x;
  guint drawn = 0;

  scene_band_place (b, &band);
  for (guint i = 0; i < band.pieces->len; i++) {
    const ScenePiece *piece = &g_array_index (band.pieces, ScenePiece, i);
    g_assert_cmpfloat (piece->rect.x, >=, end - 0.02);
    end = piece->rect.x + piece->rect.width;
    g_assert_cmpfloat (piece->rect.width, >=, band.hair - 0.01);
    g_assert_cmpfloat (end, <=, band.rect.x + band.rect.width + 0.01);
    for (guint n = piece->first; n < piece->first + piece->count; n++) {
      guint64 first = MAX (r->spans[n].first, window->first);
      double x = band.rect.x
                 + part_of (window->first, window->last, first) * 900;
      g_assert_cmpfloat (x, >=, piece->rect.x - 4 * band.hair);
      g_assert_cmpfloat (x, <=, end + 4 * band.hair);
      drawn++;
    }
  }
  for (guint n = 0; n < r->count; n++) {
    guint g = 0;
    while (r->grounds[g].last < r->spans[n].first)
      g++;
    if (r->spans[n].first <= window->last && r->spans[n].last >= window->first
        && scene_band_is_wide (&band, &band.grounds[g]))
      drawn--;
  }
  g_assert_cmpuint (drawn, ==, 0);
  scene_band_clear (&band);
}

static void
check_space (const Space *space, const SceneBuild *b, GRand *rand, guint64 mark)
{
  g_autoptr (GArray) spans
      = random_spans (space, rand, (guint) g_rand_int_range (rand, 0, 40));
  SceneRuler r = {.grounds = space->grounds,
                  .ground_count = space->ground_count,
                  .spans = (const SceneSpan *) (void *) spans->data,
                  .count = spans->len,
                  .lenses = {{0, space->last, "whole"}},
                  .rows = 5,
                  .digits = 1,
                  .marked = TRUE,
                  .mark = mark};

  add_lenses (&r, space->page);
  for (guint lens = 0; lens + 1 < r.lens_count; lens++)
    check_band (b, &r, lens);
}

static void
test_builder (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (SceneStill) still = scene_still_new ();
  SceneBuild b = {.metrics = scene_metrics_fixed (), .still = still};

  for (guint s = 0; s < G_N_ELEMENTS (spaces); s++)
    for (guint round = 0; round < 200; round++)
      for (guint i = 0; i < G_N_ELEMENTS (spaces[s].marks); i++)
        check_space (&spaces[s], &b, rand, spaces[s].marks[i]);
}

/* A lens stays where it is while the address moves within a span. */
static void
test_steady (void)
{
  const SceneSpan spans[]
      = {{KIB (64), KIB (68) - 1}, {KIB (80), KIB (96) - 1}, {KIB (900), TOP}};
  const SceneLens whole = {0, TOP, NULL};
  SceneLens one
      = scene_lens_open (spans, 3, &whole, KIB (80), KIB (84) - 1, KIB (32));
  SceneLens two
      = scene_lens_open (spans, 3, &whole, KIB (92), KIB (96) - 1, KIB (32));

  g_assert_cmpuint (one.first, ==, two.first);
  g_assert_cmpuint (one.last, ==, two.last);
  g_assert_cmpuint (one.first, <=, KIB (64));
}

static void
test_powers (void)
{
  static const struct {
    guint64 first, last;
    const char *text;
  } powers[] = {{0, TOP, "2⁶⁴"},
                {0, 0xffffffff, "2³²"},
                {0x7fff8000, 0x7fffffff, "2¹⁵"},
                {0x800000000000, 0xffff7fffffffffff, "2⁶⁴ − 2⁴⁸"},
                {0, 0xbfffffff, "2³² − 2³⁰"},
                {1, TOP, "2⁶⁴ − 2⁰"},
                {5, 5, "2⁰"},
                {0, 4, ""},
                {0, TOP - 5, ""}};

  for (guint i = 0; i < G_N_ELEMENTS (powers); i++)
    g_assert_cmpstr (scene_number_power (powers[i].first, powers[i].last).s, ==,
                     powers[i].text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ruler/figure", test_figure);
  g_test_add_func ("/ruler/geometries", test_geometries);
  g_test_add_func ("/ruler/builder", test_builder);
  g_test_add_func ("/ruler/steady", test_steady);
  g_test_add_func ("/ruler/powers", test_powers);
  return g_test_run ();
}
