/* The processor: what it executes, in which mode, CR3 and whose they are. */
#include <glib/gi18n-lib.h>

#include "figures/parts.h"

#define LINES 4

/* The register that an access of that width names on an x86. */
static const char *
register_name (guint width)
{
  switch (width) {
  case 1:
    return "al";
  case 2:
    return "ax";
  case 8:
    return "rax";
  default:
    return "eax";
  }
}

static const char *
instruction (const SceneBuild *b)
{
  const SceneContext *c = b->context;
  const char *name = register_name (c->width);
  const char *address
      = scene_keep (b, scene_number_virtual (c->geometry, c->va));

  switch (c->kind) {
  case VM_READ:
    return scene_still_printf (b->still, "mov %s, [%s]", name, address);
  case VM_WRITE:
    return scene_still_printf (b->still, "mov [%s], %s", address, name);
  case VM_FETCH:
    return scene_still_printf (b->still, "jmp %s", address);
  }
  return NULL;
}

static const char *
mode_text (const SceneContext *c)
{
  if (!c->access)
    return NULL;
  return c->mode == VM_USER_MODE ? _ ("user mode · ring 3")
                                 : _ ("kernel mode · ring 0");
}

static double
label_width (const SceneBuild *b)
{
  return MAX (scene_width (b, SCENE_TEXT_SMALL, _ ("Process")),
              MAX (scene_width (b, SCENE_TEXT_SMALL, "CR3"),
                   scene_width (b, SCENE_TEXT_SMALL, "rax")));
}

/* Cuts the label off a line and returns the room of the value. */
static SceneRect
add_label (SceneBuild *b, guint line, SceneRect rect, const char *label)
{
  SceneRect left = scene_cut_left (&rect, label_width (b), scene_em (b, 0.6));

  scene_add_text (b, SCENE_ID (SCENE_FIGURE_CPU, SCENE_CPU_LABEL, line),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                  scene_middle (left, scene_line (b, SCENE_TEXT_SMALL)), label);
  return rect;
}

static void
add_instruction (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  const char *text = c->access ? instruction (b) : "—";
  SceneTextStyle style = SCENE_TEXT_MONO_BOLD;

  if (scene_width (b, style, text) > rect.width)
    style = SCENE_TEXT_MONO_SMALL;
  SceneItem *item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_CPU, SCENE_CPU_INSTRUCTION, 0), style,
      SCENE_ALIGN_START, scene_middle (rect, scene_line (b, style)), text);

  item->emphasis = c->access ? SCENE_STRONG : SCENE_FAINT;
  item->name = c->access ? scene_still_printf (
                   b->still, _ ("The processor executes %s"), text)
                         : NULL;
}

/* The register that the access loads or stores. */
static void
add_data (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  gboolean now = scene_context_is (c, VM_STEP_DATA);
  const char *name = c->access && c->kind == VM_FETCH
                         ? "IR"
                         : register_name (c->access ? c->width : 4);
  SceneRect room = add_label (b, 1, rect, name);
  const char *text = c->data_done
                         ? scene_keep (b, scene_number_data (c->data, c->width))
                         : "—";
  SceneItem *item = scene_add_text (
      b, scene_id_register (), SCENE_TEXT_MONO, SCENE_ALIGN_START,
      scene_middle (room, scene_line (b, SCENE_TEXT_MONO)), text);

  item->role = now ? SCENE_ROLE_ACCENT : SCENE_ROLE_NEUTRAL;
  item->emphasis = now            ? SCENE_ACTIVE
                   : c->data_done ? SCENE_NORMAL
                                  : SCENE_FAINT;
  if (c->data_done)
    item->name
        = scene_still_printf (b->still, _ ("Register %s: %s"), name, text);
}

/* After a page fault CR2 holds the address. */
static void
add_fault_address (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  const struct vm_cpu *cpu = &c->state->cpus[0];
  SceneRect room = add_label (b, 1, rect, "CR2");
  const char *text
      = scene_keep (b, scene_number_virtual (c->geometry, c->fault.address.v));
  SceneItem *item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_CPU, SCENE_CPU_CR2, 0), SCENE_TEXT_MONO_BOLD,
      SCENE_ALIGN_START,
      scene_middle (room, scene_line (b, SCENE_TEXT_MONO_BOLD)), text);

  item->role = SCENE_ROLE_FAULT;
  item->emphasis = SCENE_ACTIVE;
  item->name = scene_still_printf (
      b->still, _ ("CR2, the address that faulted: %s"), text);
  scene_item_shows (b, item, &cpu->cr2, sizeof cpu->cr2);
}

static void
add_register (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;

  if (c->faulted && c->fault.vector == VM_VECTOR_PAGE_FAULT)
    add_fault_address (b, rect);
  else
    add_data (b, rect);
}

static void
add_cr3 (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  const struct vm_cpu *cpu = &c->state->cpus[0];
  gboolean loaded = cpu->process != VM_NONE;
  SceneRect room = add_label (b, 2, rect, "CR3");
  const char *text = loaded ? scene_keep (b, scene_number_physical (cpu->cr3))
                            : "—";

  /* As wide as its text: an arrow leaves from its end. */
  room.width = MIN (room.width, scene_width (b, SCENE_TEXT_MONO_BOLD, text)
                                    + scene_em (b, 0.2));
  SceneItem *item = scene_add_text (
      b, scene_id_cr3 (), SCENE_TEXT_MONO_BOLD, SCENE_ALIGN_START,
      scene_middle (room, scene_line (b, SCENE_TEXT_MONO_BOLD)), text);

  item->role = scene_level_role (c->geometry->levels);
  item->emphasis = !loaded ? SCENE_FAINT
                   : scene_context_is (c, VM_STEP_WALK)
                           || scene_context_is (c, VM_STEP_SWITCH)
                       ? SCENE_ACTIVE
                       : SCENE_NORMAL;
  if (loaded)
    item->name = scene_still_printf (
        b->still, _ ("CR3, the address of the top table: %s"), text);
  scene_item_shows (b, item, &cpu->cr3, sizeof cpu->cr3);
  if (loaded)
    scene_item_means (item, SCENE_MEANS_FRAME, cpu->cr3 >> VM_PAGE_SHIFT);
}

static void
add_process (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  SceneRect room = add_label (b, 3, rect, _ ("Process"));
  SceneId id = SCENE_ID (SCENE_FIGURE_CPU, SCENE_CPU_PROCESS, 0);

  if (c->process >= c->state->process_count) {
    scene_add_text (b, id, SCENE_TEXT_MONO, SCENE_ALIGN_START,
                    scene_middle (room, scene_line (b, SCENE_TEXT_MONO)), "—")
        ->emphasis
        = SCENE_FAINT;
    return;
  }

  const struct vm_process *process = &c->state->processes[c->process];
  const char *text = scene_still_printf (
      b->still, _ ("%s · pid %u"), vm_machine_name (c->machine, process->name),
      process->pid);
  double height = scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.2);
  SceneItem *item = scene_add_chip (b, id, scene_middle (room, height),
                                    scene_process_role (c->process), text);
  item->name = scene_still_printf (b->still, _ ("Process %s"), text);
  scene_item_shows (b, item, process, sizeof *process);
}

static double
line_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_BOLD) + scene_em (b, 0.1);
}

/* Width of the longest instruction: at full size for user addresses, in
 * small type for all. */
static double
instruction_width (const SceneBuild *b)
{
  const struct vm_geometry *g = b->context->geometry;
  double frame = scene_width (b, SCENE_TEXT_MONO_BOLD, "mov rax, []");
  double small = scene_width (b, SCENE_TEXT_MONO_SMALL, "mov rax, []");

  return MAX (frame
                  + scene_number_width (b, SCENE_TEXT_MONO_BOLD,
                                        scene_number_virtual (g, 0)),
              small
                  + scene_number_width (
                      b, SCENE_TEXT_MONO_SMALL,
                      scene_number_virtual (g, vm_geometry_last_address (g))));
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  double value = MAX (
      scene_number_width (b, SCENE_TEXT_MONO_BOLD, scene_number_physical (0)),
      scene_chip_width (b, SCENE_TEXT_MONO_SMALL, "A · pid 41"));
  double content = MAX (instruction_width (b),
                        label_width (b) + scene_em (b, 0.6) + value);
  double fixed = scene_header (b) + scene_em (b, 0.8);

  (void) width;
  size->min_width = content + 2 * scene_padding (b);
  size->width
      = MAX (size->min_width,
             scene_panel_width (b, _ ("CPU"), _ ("user mode · ring 3")));
  size->min_height = fixed + LINES * line_height (b);
  size->height = size->min_height + LINES * scene_em (b, 0.15);
  size->max_height = size->min_height + LINES * scene_em (b, 0.35);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_CPU, 0, rect, _ ("CPU"),
                                      mode_text (b->context));

  add_instruction (b, scene_row (inside, 0, LINES, 0));
  add_register (b, scene_row (inside, 1, LINES, 0));
  add_cr3 (b, scene_row (inside, 2, LINES, 0));
  add_process (b, scene_row (inside, 3, LINES, 0));
}

const SceneFigure scene_figure_cpu = {.id = SCENE_FIGURE_CPU,
                                      .kind = "cpu",
                                      .title = N_ ("CPU"),
                                      .stance = SCENE_STANCE_WALK,
                                      .measure = measure,
                                      .build = build};
