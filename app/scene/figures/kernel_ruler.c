/* The kernel's half to scale, and lenses on the present address. */
#include <glib/gi18n-lib.h>

#include "describe_kernel.h"
#include "figures/kit.h"
#include "figures/lens.h"
#include "figures/ruler.h"

/* Lines of the list of areas. */
#define ROWS 6

#define MOST_GROUNDS 3

static gboolean
is_wide (const struct vm_geometry *g)
{
  return g->word_bits == 64;
}

/* The address that a step about the kernel's half is about. */
static gboolean
step_address (const SceneContext *c, guint64 *va)
{
  static const struct {
    enum vm_step_kind kind;
    guint value;
  } about[] = {{VM_STEP_KERNEL_MAPS, VM_V_KERNEL_MAPS_VA},
               {VM_STEP_KERNEL_ADDRESS, VM_V_KERNEL_ADDRESS_VA},
               {VM_STEP_VMALLOC_AREA, VM_V_VMALLOC_AREA_VA},
               {VM_STEP_VMALLOC_SYNC, VM_V_VMALLOC_SYNC_VA},
               {VM_STEP_VFREE, VM_V_VMALLOC_VA},
               {VM_STEP_KMAP, VM_V_KMAP_VA},
               {VM_STEP_KUNMAP, VM_V_KMAP_VA}};

  for (guint i = 0; i < G_N_ELEMENTS (about); i++)
    if (scene_context_is (c, about[i].kind)) {
      *va = c->step->values[about[i].value];
      return TRUE;
    }
  *va = c->va;
  return c->access || c->mapping;
}

/* What an area is for. */
static SceneRole
role_of (enum vm_kernel_area area)
{
  switch (area) {
  case VM_AREA_DIRECT:
    return SCENE_ROLE_KERNEL;
  case VM_AREA_VMALLOC:
  case VM_AREA_MODULES:
    return SCENE_ROLE_LEVEL1;
  case VM_AREA_VMEMMAP:
    return SCENE_ROLE_TABLE;
  case VM_AREA_PKMAP:
  case VM_AREA_FIXMAP:
    return SCENE_ROLE_LEVEL2;
  case VM_AREA_TEXT:
    return SCENE_ROLE_FILE;
  case VM_AREA_CPU_ENTRY:
  case VM_AREA_LDT:
  case VM_AREA_ESPFIX:
    return SCENE_ROLE_LEVEL3;
  case VM_AREA_USER:
  case VM_AREA_NON_CANONICAL:
  case VM_AREA_UNUSED:
  case VM_AREA_GUARD:
  case VM_AREA_KASAN:
  case VM_AREA_EFI:
  case VM_AREA_VSYSCALL:
  case VM_AREA_PCI_IO:
    break;
  }
  return SCENE_ROLE_NEUTRAL;
}

/* How an address of it becomes a physical one, in a word or two. */
static const char *
rule_word (const struct vm_kernel_layout *l, const struct vm_kernel_range *r)
{
  guint64 pa, at = r->area == VM_AREA_TEXT ? l->text : r->first;

  switch (vm_kernel_layout_rule (l, at, &pa)) {
  case VM_RULE_LINEAR:
    return "− PAGE_OFFSET";
  case VM_RULE_TEXT:
    return "+ phys_base";
  case VM_RULE_TABLES:
    return _ ("by tables");
  case VM_RULE_PROCESS:
    return _ ("by the process");
  case VM_RULE_NO_MEMORY:
  case VM_RULE_NOTHING:
  case VM_RULE_NO_ADDRESS:
    break;
  }
  return _ ("nothing mapped");
}

static gboolean
is_drawn (enum vm_kernel_area area)
{
  return area != VM_AREA_USER && area != VM_AREA_NON_CANONICAL
         && area != VM_AREA_UNUSED;
}

static SceneSpan
ground (guint number, const char *label, const char *bare, guint64 first,
        guint64 last, SceneRole role)
{
  return (SceneSpan){.first = first,
                     .last = last,
                     .number = (G_GUINT64_CONSTANT (1) << 44) + number,
                     .label = label,
                     .note = label,
                     .bare = bare,
                     .role = role,
                     .emphasis = SCENE_FAINT};
}

static guint
list_grounds (const struct vm_kernel_layout *l, SceneSpan grounds[MOST_GROUNDS])
{
  guint64 user = l->ranges[0].last;
  gboolean hole = l->ranges[1].area == VM_AREA_NON_CANONICAL;
  guint64 kernel = hole ? l->ranges[1].last + 1 : user + 1;
  guint count = 0;

  grounds[count++]
      = ground (0, _ ("user"), _ ("user"), 0, user, SCENE_ROLE_FREE);
  if (hole)
    grounds[count++] = ground (1, _ ("not canonical"), _ ("not canonical"),
                               user + 1, kernel - 1, SCENE_ROLE_OFFSET);
  grounds[count++] = ground (2, _ ("kernel"), _ ("unused"), kernel,
                             l->ranges[l->count - 1].last, SCENE_ROLE_FREE);
  return count;
}

static GArray *
list_spans (const SceneBuild *b, const struct vm_kernel_layout *l,
            gboolean marked, guint64 mark)
{
  const struct vm_kernel_record *kernel = &b->context->state->kernel;
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (SceneSpan));

  for (guint i = 0; i < l->count; i++) {
    const struct vm_kernel_range *r = &l->ranges[i];
    gboolean here = marked && mark >= r->first && mark <= r->last;
    SceneSpan span = {.first = r->first,
                      .last = r->last,
                      .number = i,
                      .label = scene_area_title (r->area),
                      .note = rule_word (l, r),
                      .role = role_of (r->area),
                      .emphasis = here ? SCENE_STRONG : SCENE_NORMAL,
                      .shows = &kernel->version,
                      .shows_width = sizeof kernel->version};
    if (is_drawn (r->area))
      g_array_append_val (spans, span);
  }
  return spans;
}

/* From the whole down to the areas round an address. */
static void
add_lenses (const struct vm_kernel_layout *l, SceneRuler *r)
{
  const struct vm_geometry *g = vm_geometry_of (l->choice.geometry);
  guint64 kernel = r->grounds[r->ground_count - 1].first;
  guint64 at = r->marked && r->mark >= kernel ? r->mark : l->page_offset;
  SceneLens *lens = r->lenses;

  *lens = (SceneLens){.last = vm_geometry_last_address (g),
                      .title = _ ("The whole address space")};
  lens[1] = (SceneLens){.first = kernel,
                        .last = lens->last,
                        .title = _ ("The kernel's addresses")};
  lens++;
  if (is_wide (g)) {
    lens[1] = scene_lens_open (r->spans, r->count, lens, at, at,
                               G_GUINT64_CONSTANT (1) << 30);
    lens[1].title = _ ("A closer look");
    lens++;
  }
  lens[1] = *lens;
  lens[1].title = _ ("Areas here");
  r->lens_count = (guint) (lens + 1 - r->lenses) + 1;
}

static guint
bands_of (const SceneBuild *b)
{
  return is_wide (b->context->geometry) ? 3 : 2;
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  guint bands = bands_of (b);

  (void) width;
  size->min_width = scene_ruler_least (b);
  size->width = scene_ruler_width (b);
  size->min_height = scene_ruler_height (b, bands, ROWS);
  size->height = size->min_height;
  size->max_height = size->height + scene_em (b, 0.7) * 2 * bands;
}

/* A geometry whose kernels nobody described. */
static void
build_nothing (SceneBuild *b, SceneRect rect)
{
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_KERNEL_RULER, 0, rect,
                                      _ ("The kernel's half"), NULL);

  scene_add_wrapped (b, SCENE_ID (SCENE_FIGURE_KERNEL_RULER, SCENE_PART, 0),
                     SCENE_TEXT_SMALL, inside, 4, SCENE_NORMAL,
                     _ ("No layout is documented for this processor."));
}

static void
build (SceneBuild *b, SceneRect rect)
{
  struct vm_kernel_layout layout;
  SceneSpan grounds[MOST_GROUNDS];
  SceneRuler ruler = {.grounds = grounds, .rows = ROWS};

  if (!vm_kernel_layout_of (b->context->state, &layout)) {
    build_nothing (b, rect);
    return;
  }
  ruler.marked = step_address (b->context, &ruler.mark);
  g_autoptr (GArray) spans = list_spans (b, &layout, ruler.marked, ruler.mark);
  ruler.ground_count = list_grounds (&layout, grounds);
  ruler.spans = (const SceneSpan *) (void *) spans->data;
  ruler.count = spans->len;
  ruler.digits = b->context->geometry->word_bits / 4;
  add_lenses (&layout, &ruler);
  scene_add_ruler (b, SCENE_FIGURE_KERNEL_RULER, &ruler, rect);
}

const SceneFigure scene_figure_kernel_ruler
    = {.id = SCENE_FIGURE_KERNEL_RULER,
       .kind = "kernel-ruler",
       .title = N_ ("The kernel's half to scale"),
       .stance = SCENE_STANCE_BAND,
       .measure = measure,
       .build = build};
