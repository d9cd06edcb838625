/* Devices side by side. */
#include "figures/device_cells.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "describe_bus.h"
#include "figures/kit.h"

/* Parts of a cell, behind the first. */
enum { CELL, NAME, COUNTS, PLACE, DOMAIN_TEXT };

static double
cell_width (const SceneBuild *b)
{
  return scene_em (b, 15);
}

static double
cell_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_BOLD) + 2 * scene_line (b, SCENE_TEXT_SMALL)
         + scene_em (b, 0.5);
}

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 0.35);
}

static guint
columns_of (const SceneBuild *b, guint count, double width)
{
  guint fit = (guint) ((width + gap (b)) / (cell_width (b) + gap (b)));

  return CLAMP (fit, 1, count);
}

/* The operation at the cursor, if this device does it by itself. */
static const struct vm_result *
own_access (const SceneContext *c, const struct vm_device *device)
{
  if (c->cursor == 0)
    return NULL;
  guint64 number = vm_machine_op_of_step (c->machine, c->cursor - 1);
  const struct vm_op *op = vm_machine_op (c->machine, number);

  if (op->kind != VM_OP_DMA || op->values[VM_P_DMA_DEVICE] != device->name)
    return NULL;
  return vm_machine_result (c->machine, number);
}

/* The step is about this device. */
static gboolean
is_active (const SceneContext *c, const struct vm_device *device)
{
  static const struct {
    enum vm_step_kind kind;
    guint value; /* its name */
  } about[] = {{VM_STEP_DEVICE, VM_V_DEVICE_NAME},
               {VM_STEP_INPUT, VM_V_INPUT_NAME},
               {VM_STEP_IOMMU, VM_V_IOMMU_NAME},
               {VM_STEP_ROUTE, VM_V_ROUTE_NAME},
               {VM_STEP_WINDOW, VM_V_WINDOW_NAME}};

  for (guint i = 0; i < G_N_ELEMENTS (about); i++)
    if (scene_context_is (c, about[i].kind)
        && c->step->values[about[i].value] == device->name)
      return TRUE;
  return own_access (c, device) != NULL;
}

/* "0x5008 → 0x00301008": how far its address has come. */
static const char *
access_text (const SceneBuild *b, const struct vm_result *result)
{
  const SceneContext *c = b->context;
  const char *from = NULL, *to = "…";

  for (guint64 n = result->first_step; n < c->cursor; n++) {
    const struct vm_step *step = vm_machine_step (c->machine, n);
    if (step->kind == VM_STEP_DMA)
      from = scene_keep (b, scene_number_physical (
                                c->geometry, step->values[VM_V_DMA_ADDRESS]));
    else if (step->kind == VM_STEP_BUS)
      to = scene_keep (
          b, scene_number_physical (c->geometry, step->values[VM_V_BUS_PA]));
    else if (step->kind == VM_STEP_BLOCKED)
      to = _ ("blocked");
  }
  return scene_still_printf (b->still, "%s → %s", from, to);
}

/* What stands between it and memory; else what it was told last. */
static const char *
state_text (const SceneBuild *b, const struct vm_device *device)
{
  if (device->domain != VM_NONE)
    return _ ("behind the IOMMU");
  if (own_access (b->context, device) != NULL)
    return _ ("no IOMMU before it");
  if (device->writes == 0)
    return NULL;
  /* Translators: a number, an offset; what a device was told. */
  return scene_still_printf (b->still, _ ("told 0x%" PRIx64 " at offset %u"),
                             device->written, (guint) device->written_at);
}

/* "ports 0x0060–0x0064", or where it answers in memory. */
static const char *
place_text (const SceneBuild *b, guint32 device)
{
  const struct vm_state *s = b->context->state;

  for (guint i = 0; i < s->window_count; i++) {
    const struct vm_window *w = &s->windows[i];
    if (w->kind != VM_WINDOW_DEVICE || w->device != device)
      continue;
    if (w->space == VM_SPACE_PORTS)
      return scene_still_printf (b->still, _ ("ports 0x%04x–0x%04x"),
                                 (guint) w->first, (guint) w->last);
    return scene_still_printf (
        b->still, _ ("at %s"),
        scene_keep (b, scene_number_physical (b->context->geometry, w->first)));
  }
  return _ ("no window leads to it");
}

static void
add_line (SceneBuild *b, SceneId id, SceneRect *rest, SceneRole role,
          const char *text)
{
  SceneRect line = scene_cut_top (rest, scene_line (b, SCENE_TEXT_SMALL), 0);

  if (scene_width (b, SCENE_TEXT_SMALL, text) <= line.width)
    scene_add_text (b, id, SCENE_TEXT_SMALL, SCENE_ALIGN_START, line, text)
        ->role
        = role;
}

/* How often it was read and written: a side effect each time. */
static void
add_counts (SceneBuild *b, SceneId id, const struct vm_device *device,
            SceneRect line)
{
  const char *text = scene_still_printf (b->still, _ ("%u read, %u written"),
                                         (guint) device->reads,
                                         (guint) device->writes);
  double width = scene_width (b, SCENE_TEXT_SMALL, text);

  if (width > line.width)
    return;
  SceneItem *item = scene_add_text (
      b, id, SCENE_TEXT_SMALL, SCENE_ALIGN_END,
      scene_middle (line, scene_line (b, SCENE_TEXT_SMALL)), text);
  scene_item_shows (b, item, &device->reads, 2 * sizeof device->reads);
}

static void
add_cell (SceneBuild *b, SceneFigureId figure, guint part, guint32 index,
          SceneRect rect)
{
  const SceneContext *c = b->context;
  const struct vm_device *device = &c->state->devices[index];
  gboolean there = index < c->state->device_count;
  gboolean active = there && is_active (c, device);
  gboolean guarded = there && device->domain != VM_NONE;
  SceneRole role = guarded ? SCENE_ROLE_ACCENT : SCENE_ROLE_NEUTRAL;
  const char *name = there ? scene_window_name (c->machine, device->name)
                           : _ ("none yet");
  SceneItem *box = scene_add_box (b, SCENE_ID (figure, part + CELL, index),
                                  rect, role,
                                  active  ? SCENE_ACTIVE
                                  : there ? SCENE_NORMAL
                                          : SCENE_FAINT);

  box->name
      = scene_still_printf (b->still, _ ("Device %u: %s"), index + 1, name);
  if (!there)
    return;
  scene_item_shows (b, box, device, sizeof *device);
  rect = scene_inset (rect, scene_em (b, 0.5), scene_em (b, 0.25));
  SceneRect line = scene_cut_top (&rect, scene_line (b, SCENE_TEXT_BOLD), 0);
  double width = MIN (scene_width (b, SCENE_TEXT_BOLD, name), line.width);
  scene_add_text (b, SCENE_ID (figure, part + NAME, index), SCENE_TEXT_BOLD,
                  SCENE_ALIGN_START,
                  scene_cut_left (&line, width, scene_em (b, 0.5)), name)
      ->role
      = role;
  add_counts (b, SCENE_ID (figure, part + COUNTS, index), device, line);
  const struct vm_result *own = own_access (c, device);
  add_line (b, SCENE_ID (figure, part + PLACE, index), &rect, role,
            own != NULL ? access_text (b, own) : place_text (b, index));
  const char *state = state_text (b, device);
  if (state != NULL)
    add_line (b, SCENE_ID (figure, part + DOMAIN_TEXT, index), &rect, role,
              state);
}

double
scene_device_cells_height (const SceneBuild *build, guint count, double width)
{
  guint columns = columns_of (build, count, width);
  guint rows = (count + columns - 1) / columns;

  return rows * (cell_height (build) + gap (build)) - gap (build);
}

double
scene_device_cells_least (const SceneBuild *build)
{
  return cell_width (build);
}

void
scene_add_device_cells (SceneBuild *build, SceneFigureId figure, guint part,
                        guint count, SceneRect rect)
{
  guint columns = columns_of (build, count, rect.width);

  for (guint i = 0; i < count; i += columns) {
    SceneRect row = scene_cut_top (&rect, cell_height (build), gap (build));
    for (guint k = 0; k < columns && i + k < count; k++)
      add_cell (build, figure, part, i + k,
                scene_column (row, k, columns, gap (build)));
  }
}
