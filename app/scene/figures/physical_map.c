/* The physical address space to scale: who answers where, and which devices
 * there are. */
#include <glib/gi18n-lib.h>

#include "describe_bus.h"
#include "figures/device_cells.h"
#include "figures/kit.h"
#include "figures/lens.h"
#include "figures/ruler.h"
#include "mmu/bus.h"

/* Lines of the list of windows. */
#define ROWS 5

#define MOST_DEVICES 12

/* Of the panel of devices, and of its cells. */
#define PANEL 90
#define CELLS (SCENE_PART + 40)

static gboolean
has_pc_map (const struct vm_op *op)
{
  return op->kind == VM_OP_MACHINE && op->values[VM_P_MACHINE_WINDOWS] != 0;
}

/* Devices that there are or will be, by the list of operations; a name may be
 * said of several windows. */
static guint
device_count (const SceneContext *c)
{
  g_autoptr (GHashTable) names = g_hash_table_new (NULL, NULL);
  guint count = 0;

  for (guint64 i = 0; i < vm_machine_op_count (c->machine); i++) {
    const struct vm_op *op = vm_machine_op (c->machine, i);
    count += has_pc_map (op) ? VM_PC_DEVICES : 0;
    if (op->kind != VM_OP_WINDOW
        || op->values[VM_P_WINDOW_KIND] != VM_WINDOW_DEVICE)
      continue;
    guint name = (guint) op->values[VM_P_WINDOW_NAME];
    count += g_hash_table_add (names, GUINT_TO_POINTER (name + 1));
  }
  return MIN (count, MOST_DEVICES);
}

static SceneRole
role_of (enum vm_window_kind kind)
{
  switch (kind) {
  case VM_WINDOW_RAM:
    return SCENE_ROLE_PROCESS_A;
  case VM_WINDOW_ROM:
    return SCENE_ROLE_FILE;
  case VM_WINDOW_DEVICE:
    return SCENE_ROLE_TABLE;
  case VM_WINDOW_HOLE:
    break;
  }
  return SCENE_ROLE_NEUTRAL;
}

/* Where the present address goes: that of the access, or of a device. */
static gboolean
mark_of (const SceneContext *c, guint64 *pa)
{
  gboolean route = scene_context_is (c, VM_STEP_ROUTE)
                   && c->step->values[VM_V_ROUTE_SPACE] == VM_SPACE_MEMORY;

  *pa = route ? c->step->values[VM_V_ROUTE_ADDRESS] : c->pa;
  return route || c->composed;
}

/* The windows of memory; without any, what RAM there is. */
static GArray *
list_spans (const SceneBuild *b)
{
  const struct vm_state *s = b->context->state;
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (SceneSpan));
  guint64 pa;
  gboolean marked = mark_of (b->context, &pa);

  for (guint i = 0; i < s->window_count; i++) {
    const struct vm_window *w = &s->windows[i];
    enum vm_window_kind kind = (enum vm_window_kind) w->kind;
    gboolean here = marked && pa >= w->first && pa <= w->last;
    SceneSpan span
        = {.first = w->first,
           .last = w->last,
           .number = w->first >> 4 & ((G_GUINT64_CONSTANT (1) << 44) - 1),
           .label = scene_window_name (b->context->machine, w->name),
           .note = scene_window_kind (kind),
           .role = role_of (kind),
           .emphasis = here ? SCENE_ACTIVE : SCENE_NORMAL,
           .shows = w,
           .shows_width = sizeof *w};
    if (w->space == VM_SPACE_MEMORY)
      g_array_append_val (spans, span);
  }
  if (spans->len > 0)
    return spans;
  SceneSpan all
      = {.last = ((guint64) s->config.frames << s->config.page_shift) - 1,
         .label = _ ("memory"),
         .note = _ ("RAM"),
         .role = role_of (VM_WINDOW_RAM),
         .emphasis = SCENE_NORMAL};
  g_array_append_val (spans, all);
  return spans;
}

/* The last address that is drawn: 2^n - 1, so that all has room. */
static guint64
top_of (const SceneContext *c)
{
  guint64 last
      = ((guint64) c->state->config.frames << c->state->config.page_shift) - 1;
  guint64 top = c->geometry->word_bits >= 32 ? G_MAXUINT32 : 1;

  for (guint i = 0; i < c->state->window_count; i++)
    if (c->state->windows[i].space == VM_SPACE_MEMORY)
      last = MAX (last, c->state->windows[i].last);
  while (top < last)
    top = top << 1 | 1;
  return top;
}

static void
add_lenses (SceneRuler *r, guint64 top)
{
  guint64 at = r->marked && r->mark <= top ? r->mark : 0;
  SceneLens *lens = r->lenses;

  lens[0] = (SceneLens){.last = top,
                        .title = _ ("Physical addresses: who answers")};
  lens[1] = scene_lens_open (r->spans, r->count, lens, at, at,
                             MIN (1u << 20, top / 2 + 1));
  lens[1].title = _ ("A closer look");
  lens[2] = lens[1];
  lens[2].title = _ ("What lies here");
  r->lens_count = 3;
  r->marked = r->marked && r->mark <= top;
}

static double
devices_height (const SceneBuild *b, guint devices, double width)
{
  return scene_header (b) + scene_em (b, 0.8)
         + scene_device_cells_height (b, devices,
                                      width - 2 * scene_padding (b));
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  guint devices = device_count (b->context);

  size->min_width = MAX (scene_ruler_least (b),
                         scene_device_cells_least (b) + 2 * scene_padding (b));
  size->width = scene_ruler_width (b);
  size->min_height = scene_ruler_height (b, 2, ROWS);
  if (devices > 0)
    size->min_height += scene_em (b, 0.8) + devices_height (b, devices, width);
  size->height = size->min_height;
  size->max_height = size->height + scene_em (b, 2.8);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  guint devices = device_count (c);
  guint64 top = top_of (c);
  g_autoptr (GArray) spans = list_spans (b);
  SceneSpan nobody = {.last = top,
                      .number = G_GUINT64_CONSTANT (1) << 44,
                      .label = _ ("nobody answers"),
                      .note = _ ("nobody answers"),
                      .bare = _ ("nobody answers"),
                      .role = SCENE_ROLE_FREE,
                      .emphasis = SCENE_FAINT};
  SceneRuler ruler = {.grounds = &nobody,
                      .ground_count = 1,
                      .spans = (const SceneSpan *) (void *) spans->data,
                      .count = spans->len,
                      .rows = ROWS,
                      .digits = top > G_MAXUINT32 ? 10 : 8};

  ruler.marked = mark_of (c, &ruler.mark);
  add_lenses (&ruler, top);
  if (devices > 0) {
    SceneId parent = b->parent;
    SceneRect card = scene_cut_bottom (
        &rect, devices_height (b, devices, rect.width), scene_em (b, 0.8));
    SceneRect inside = scene_add_panel (b, SCENE_FIGURE_PHYSICAL_MAP, PANEL,
                                        card, _ ("Devices"),
                                        _ ("each access is an order"));
    scene_add_device_cells (b, SCENE_FIGURE_PHYSICAL_MAP, CELLS, devices,
                            inside);
    b->parent = parent;
  }
  scene_add_ruler (b, SCENE_FIGURE_PHYSICAL_MAP, &ruler, rect);
}

const SceneFigure scene_figure_physical_map
    = {.id = SCENE_FIGURE_PHYSICAL_MAP,
       .kind = "physical-map",
       .title = N_ ("Physical addresses: who answers"),
       .stance = SCENE_STANCE_BAND,
       .measure = measure,
       .build = build};
