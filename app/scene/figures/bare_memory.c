/* Bare memory: programs in one piece, where they lie, and whether their own
 * addresses are right there. */
#include <glib/gi18n-lib.h>

#include "figures/bare_strip.h"
#include "subject.h"

/* Programs that have a cell. */
#define MOST_CELLS 6

static SceneId
id_of (guint part, guint64 number)
{
  return SCENE_ID (SCENE_FIGURE_BARE_MEMORY, part, number);
}

/* What never changes about the machine, by the list of operations. */
typedef struct {
  guint processes;
  gboolean bounds; /* addresses are held against bounds at some time */
} Shape;

static Shape
shape_of (const SceneContext *c)
{
  Shape shape = {.processes = 0};

  for (guint64 i = 0; i < vm_machine_op_count (c->machine); i++) {
    const struct vm_op *op = vm_machine_op (c->machine, i);
    shape.processes += op->kind == VM_OP_PROCESS;
    shape.bounds
        |= (op->kind == VM_OP_WAY && op->values[VM_P_WAY_WAY] == VM_WAY_BOUNDS)
           || (op->kind == VM_OP_MACHINE
               && op->values[VM_P_MACHINE_WAY] == VM_WAY_BOUNDS);
  }
  shape.processes = CLAMP (shape.processes, 1, MOST_CELLS);
  return shape;
}

static double
cell_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL)
         + scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.5);
}

static const char *
name_of (SceneBuild *b, guint32 process)
{
  SceneSubject subject = {.machine = b->context->machine};

  /* A still outlives its machine. */
  return scene_still_text (b->still, scene_subject_process (&subject, process));
}

/* Width of a cell in which nothing is missing. */
static double
cell_width (const SceneBuild *b)
{
  g_autofree char *link
      = g_strdup_printf (_ ("addresses right for %s"),
                         scene_number_physical (b->context->geometry, 0).s);
  double place
      = scene_width (b, SCENE_TEXT_MONO_SMALL, "0x00000000–0x00000000");

  return MAX (place, scene_width (b, SCENE_TEXT_SMALL, link)) + scene_em (b, 5);
}

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 0.35);
}

/* How many cells stand side by side. */
static guint
columns_of (const SceneBuild *b, const Shape *shape, double width)
{
  guint fit = (guint) ((width + gap (b)) / (cell_width (b) + gap (b)));

  return CLAMP (fit, 1, shape->processes);
}

static double
cells_height (const SceneBuild *b, const Shape *shape, double width)
{
  guint columns = columns_of (b, shape, width);
  guint rows = (shape->processes + columns - 1) / columns;

  return rows * (cell_height (b) + gap (b)) - gap (b);
}

static const char *
place_text (const SceneBuild *b, guint32 process)
{
  const struct vm_state *s = b->context->state;
  const struct vm_image *image = &s->images[process];

  if (process >= s->process_count)
    return _ ("does not exist yet");
  switch ((enum vm_image_place) image->place) {
  case VM_IMAGE_NOWHERE:
    break;
  case VM_IMAGE_MEMORY:
    return scene_still_printf (
        b->still, "%s–%s",
        scene_keep (b,
                    scene_number_physical (b->context->geometry, image->base)),
        scene_keep (b, scene_number_physical (b->context->geometry,
                                              image->base + image->size - 1)));
  case VM_IMAGE_DISK:
    return scene_still_printf (b->still, _ ("on the disk, %s"),
                               scene_keep (b, scene_number_size (image->size)));
  }
  return _ ("no program");
}

/* Are its own addresses right? */
static gboolean
is_right (const struct vm_state *s, const struct vm_image *image)
{
  return image->linked == (s->config.way == VM_WAY_BOUNDS ? 0 : image->base);
}

static const char *
link_text (const SceneBuild *b, const struct vm_image *image)
{
  if (is_right (b->context->state, image))
    return _ ("its addresses are right");
  return scene_still_printf (
      b->still, _ ("addresses right for %s"),
      scene_keep (b,
                  scene_number_physical (b->context->geometry, image->linked)));
}

/* Tick or cross, and the words. */
static void
add_link (SceneBuild *b, guint32 process, SceneRect line)
{
  const struct vm_state *s = b->context->state;
  const struct vm_image *image = &s->images[process];
  double side = line.height * 0.7;

  if (process >= s->process_count || image->place != VM_IMAGE_MEMORY)
    return;
  gboolean right = is_right (s, image);
  SceneRole role = right ? SCENE_ROLE_HIT : SCENE_ROLE_FAULT;
  SceneItem *item = scene_still_add (
      b->still, id_of (SCENE_BARE_SIGN, process), b->parent, SCENE_MARKER,
      scene_middle (scene_cut_left (&line, side, scene_em (b, 0.3)), side));
  item->role = role;
  item->emphasis = SCENE_STRONG;
  item->text = scene_still_text (b->still, right ? "tick" : "cross");
  item = scene_add_text (b, id_of (SCENE_BARE_LINK, process), SCENE_TEXT_SMALL,
                         SCENE_ALIGN_START, line, link_text (b, image));
  item->role = role;
  scene_item_shows (b, item, &image->linked, sizeof image->linked);
}

static void
add_cell (SceneBuild *b, guint32 process, SceneRect rect)
{
  const SceneContext *c = b->context;
  gboolean there = process < c->state->process_count;
  const char *name = name_of (b, process), *place = place_text (b, process);
  SceneRole role = there ? scene_process_role (process) : SCENE_ROLE_NEUTRAL;
  SceneItem *box
      = scene_add_box (b, id_of (SCENE_BARE_CELL, process), rect, role,
                       there ? scene_bare_emphasis (c, process) : SCENE_FAINT);

  box->name = scene_still_printf (b->still, _ ("Process %s: %s"), name, place);
  rect = scene_inset (rect, scene_em (b, 0.5), scene_em (b, 0.25));
  SceneRect left = scene_cut_left (&rect, scene_em (b, 2.2), scene_em (b, 0.4));
  if (scene_width (b, SCENE_TEXT_BOLD, name) <= left.width)
    scene_add_text (b, id_of (SCENE_BARE_NAME, process), SCENE_TEXT_BOLD,
                    SCENE_ALIGN_CENTER,
                    scene_middle (left, scene_line (b, SCENE_TEXT_BOLD)), name)
        ->role
        = role;
  gboolean alone = !there || c->state->images[process].place != VM_IMAGE_MEMORY;
  double height
      = scene_line (b, alone ? SCENE_TEXT_SMALL : SCENE_TEXT_MONO_SMALL);
  SceneRect line = alone ? scene_middle (rect, height)
                         : scene_cut_top (&rect, height, 0);
  SceneTextStyle style = alone ? SCENE_TEXT_SMALL : SCENE_TEXT_MONO_SMALL;
  scene_add_text (b, id_of (SCENE_BARE_PLACE, process), style,
                  SCENE_ALIGN_START, line, place)
      ->role
      = role;
  add_link (b, process,
            scene_cut_top (&rect, scene_line (b, SCENE_TEXT_SMALL), 0));
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  Shape shape = shape_of (b->context);
  double padding = 2 * scene_padding (b);
  double fixed = scene_header (b) + scene_em (b, 0.8) + scene_em (b, 0.6);

  size->min_width = MAX (cell_width (b) + padding, scene_em (b, 18));
  size->width = scene_em (b, 42);
  size->min_height = fixed + scene_bare_strip_height (b, shape.bounds)
                     + cells_height (b, &shape, width - padding);
  size->height = size->min_height;
  size->max_height = size->height + scene_em (b, 1);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  Shape shape = shape_of (b->context);
  const struct vm_config *config = &b->context->state->config;
  const char *size = scene_keep (
      b, scene_number_size ((guint64) config->frames << config->page_shift));
  SceneRect inside = scene_add_panel (
      b, SCENE_FIGURE_BARE_MEMORY, 0, rect, _ ("Bare memory"),
      scene_still_printf (b->still, _ ("%s, to scale"), size));
  guint columns = columns_of (b, &shape, inside.width);
  double strip = scene_bare_strip_height (b, shape.bounds);

  scene_add_bare_strip (b, shape.bounds,
                        scene_cut_top (&inside, strip, scene_em (b, 0.6)));
  for (guint i = 0; i < shape.processes; i += columns) {
    SceneRect row = scene_cut_top (&inside, cell_height (b), gap (b));
    for (guint k = 0; k < columns && i + k < shape.processes; k++)
      add_cell (b, i + k, scene_column (row, k, columns, gap (b)));
  }
}

const SceneFigure scene_figure_bare_memory = {.id = SCENE_FIGURE_BARE_MEMORY,
                                              .kind = "bare-memory",
                                              .title = N_ ("Bare memory"),
                                              .stance = SCENE_STANCE_BAND,
                                              .measure = measure,
                                              .build = build};
