/* The whole virtual address space to scale, and lenses on the present
 * address. */
#include <glib/gi18n-lib.h>

#include "figures/kit.h"
#include "figures/lens.h"
#include "figures/ruler.h"
#include "figures/region_spans.h"
#include "figures/runs.h"
#include "tape/memory.h"

/* Lines of the list of what is mapped. */
#define ROWS 5

#define MOST_GROUNDS 3

static guint
bands_of (const struct vm_geometry *g)
{
  return g->sign_extended ? 3 : 2;
}

static SceneSpan
ground (const SceneBuild *b, guint number, const char *label, guint64 first,
        guint64 last, SceneRole role)
{
  guint64 size = last - first + 1;
  SceneNumber power = scene_number_power (first, last);
  gboolean vast = size >> 50 != 0;
  const char *text = vast ? power.s : scene_number_size (size).s;

  return (SceneSpan){
      .first = first,
      .last = last,
      .number = (G_GUINT64_CONSTANT (1) << 44) + number,
      .label = label,
      .note = scene_still_printf (
          b->still, vast ? _ ("%s: %s addresses") : _ ("%s, %s"), label, text),
      .bare = role == SCENE_ROLE_OFFSET ? label : _ ("not mapped"),
      .role = role,
      .emphasis = SCENE_FAINT};
}

static guint
list_grounds (const SceneBuild *b, SceneSpan grounds[MOST_GROUNDS])
{
  const struct vm_geometry *g = b->context->geometry;
  guint64 user = scene_last_user (g), last = vm_geometry_last_address (g);
  guint64 kernel = g->sign_extended ? ~user : user + 1;
  guint count = 0;

  grounds[count++] = ground (b, 0, _ ("user"), 0, user, SCENE_ROLE_FREE);
  if (g->sign_extended)
    grounds[count++] = ground (b, 1, _ ("not canonical"), user + 1, kernel - 1,
                               SCENE_ROLE_OFFSET);
  if (user < last)
    grounds[count++]
        = ground (b, 2, _ ("kernel"), kernel, last, SCENE_ROLE_KERNEL);
  return count;
}

/* The entry that maps an address, as bytes of the state; NULL if none does. */
static gconstpointer
leaf_of (const SceneContext *c, guint64 va)
{
  const struct vm_geometry *g = c->geometry;
  guint64 table = scene_context_root (c, va);

  for (guint level = g->levels; level > 0; level--) {
    vm_paddr pa = vm_geometry_entry (
        g, vm_frame_of (table), vm_geometry_index (g, level, vm_vaddr_of (va)));
    guint64 raw = vm_memory_read (c->state, pa, g->entry_bytes);
    struct vm_pte pte = vm_pte_decode (g, level, raw, c->state->config.nx);
    if (!pte.present)
      return NULL;
    if (pte.leaf || level == 1)
      return vm_memory_bytes (c->state, pa);
    table = pte.frame;
  }
  return NULL;
}

static void
add_span (const SceneBuild *b, GArray *spans, guint64 first, guint64 last)
{
  const SceneContext *c = b->context;
  guint64 pages = (last - first) / vm_geometry_page_bytes (c->geometry) + 1;
  gboolean kernel = first > scene_last_user (c->geometry);
  gboolean here = (c->access || c->mapping) && c->va >= first && c->va <= last;
  SceneSpan span
      = {.first = first,
         .last = last,
         .number = first >> c->geometry->page_shift
                   & ((G_GUINT64_CONSTANT (1) << 44) - 1),
         .note = scene_still_printf (
             b->still, ngettext ("%u page", "%u pages", (gulong) pages),
             (guint) pages),
         .role = kernel ? SCENE_ROLE_KERNEL : scene_process_role (c->process),
         .emphasis = here ? SCENE_STRONG : SCENE_NORMAL,
         .shows = leaf_of (c, first),
         .shows_width = c->geometry->entry_bytes};

  g_array_append_val (spans, span);
}

/* What is mapped, lowest first; a run across the border to the kernel's part
 * is two. */
static GArray *
list_runs (const SceneBuild *b)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (SceneSpan));
  g_autoptr (GArray) runs = scene_runs (b->context, b->context->process);
  guint64 user = scene_last_user (b->context->geometry);

  for (guint i = 0; i < runs->len; i++) {
    SceneRun run = g_array_index (runs, SceneRun, i);
    if (run.first <= user && run.last > user) {
      add_span (b, spans, run.first, user);
      run.first = user + 1;
    }
    add_span (b, spans, run.first, run.last);
  }
  return spans;
}

/* Regions, where the kernel keeps them; else what the tables map. */
static GArray *
list_spans (const SceneBuild *b)
{
  const SceneContext *c = b->context;

  if (scene_process_lives (c, c->process)
      && vm_mm_of (c->state, c->process)->tree != 0)
    return scene_region_spans (b, c->state->processes[c->process].mm);
  return list_runs (b);
}

/* The half of a 64-bit space that an address lies in, or as much of the hole.
 */
static SceneLens
half_of (const struct vm_geometry *g, guint64 va)
{
  guint64 mask = scene_last_user (g);
  SceneLens lens = {.first = va & ~mask, .last = va | mask};

  lens.title = lens.first == 0       ? _ ("The lower half")
               : lens.first == ~mask ? _ ("The upper half")
                                     : _ ("A piece of the hole");
  return lens;
}

/* From the whole down to what lies next to an address. */
static void
add_lenses (const SceneBuild *b, SceneRuler *r)
{
  const struct vm_geometry *g = b->context->geometry;
  guint64 page = (G_GUINT64_CONSTANT (1) << g->level[1].low) - 1;
  guint64 table = G_GUINT64_CONSTANT (2) << g->level[1].high;
  guint64 va = r->marked ? r->mark : r->count > 0 ? r->spans[0].first : 0;
  SceneLens *lens = r->lenses;

  *lens = (SceneLens){.last = vm_geometry_last_address (g),
                      .title = _ ("The whole address space")};
  if (g->sign_extended) {
    lens[1] = half_of (g, va);
    lens++;
  }
  lens[1] = scene_lens_open (r->spans, r->count, lens, va & ~page, va | page,
                             table);
  lens[1].title = _ ("A closer look");
  lens++;
  lens[1]
      = scene_lens_open (r->spans, r->count, lens, va & ~page, va | page, 0);
  lens[1].title = _ ("What lies here");
  lens++;
  r->lens_count = (guint) (lens - r->lenses) + 1;
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  guint bands = bands_of (b->context->geometry);

  (void) width;
  size->min_width = scene_ruler_least (b);
  size->width = scene_ruler_width (b);
  size->min_height = scene_ruler_height (b, bands, ROWS);
  size->height = size->min_height;
  size->max_height = size->height + scene_em (b, 0.7) * 2 * bands;
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  SceneSpan grounds[MOST_GROUNDS];
  g_autoptr (GArray) spans = list_spans (b);
  SceneRuler ruler = {.grounds = grounds,
                      .ground_count = list_grounds (b, grounds),
                      .spans = (const SceneSpan *) (void *) spans->data,
                      .count = spans->len,
                      .rows = ROWS,
                      .digits = (c->geometry->va_bits + 3u) / 4,
                      .marked = c->access || c->mapping,
                      .mark = c->va};

  add_lenses (b, &ruler);
  scene_add_ruler (b, SCENE_FIGURE_RULER, &ruler, rect);
}

const SceneFigure scene_figure_ruler = {.id = SCENE_FIGURE_RULER,
                                        .kind = "ruler",
                                        .title = N_ ("Address space to scale"),
                                        .stance = SCENE_STANCE_BAND,
                                        .measure = measure,
                                        .build = build};
