/* The processor: what it executes, in which mode, its registers and whose they
 * are. */
#include <glib/gi18n-lib.h>

#include "family.h"
#include "figures/instruction.h"
#include "figures/parts.h"

/* What stands on the lines; a processor without one of these registers has a
 * line less. */
typedef enum {
  LINE_INSTRUCTION,
  LINE_DATA,
  LINE_CAUSE,
  LINE_ROOT,
  LINE_ROOT_HIGH,
  LINE_PROCESS,
  LINES
} Line;

static gboolean
has_line (const struct vm_geometry *g, Line line)
{
  if (line == LINE_CAUSE)
    return scene_cause_register (g) != NULL;
  return line != LINE_ROOT_HIGH || g->two_roots;
}

static guint
count_lines (const struct vm_geometry *g)
{
  guint count = 0;

  for (guint line = 0; line < LINES; line++)
    count += has_line (g, line);
  return count;
}

static double
label_width (const SceneBuild *b)
{
  const struct vm_geometry *g = b->context->geometry;
  const char *const labels[] = {
      _ ("Process"), scene_root_register (g, FALSE), scene_cause_register (g),
      g->family == VM_FAMILY_X86 ? "rax" : scene_fault_register (g)};
  double width = 0;

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (labels[i] != NULL)
      width = MAX (width, scene_width (b, SCENE_TEXT_SMALL, labels[i]));
  return width;
}

/* Cuts the label off a line and returns the room of the value. */
static SceneRect
add_label (SceneBuild *b, Line line, SceneRect rect, const char *label)
{
  SceneRect left = scene_cut_left (&rect, label_width (b), scene_em (b, 0.6));

  scene_add_text (b, SCENE_ID (SCENE_FIGURE_CPU, SCENE_CPU_LABEL, line),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                  scene_middle (left, scene_line (b, SCENE_TEXT_SMALL)), label);
  return rect;
}

/* Where the instruction names a register for the address: what that holds. */
static void
add_pointer (SceneBuild *b, SceneRect *rect)
{
  const SceneContext *c = b->context;
  const char *name = scene_instruction_pointer (c->geometry);

  if (name == NULL)
    return;
  SceneTextStyle style = SCENE_TEXT_MONO_SMALL;
  double room = rect->width - scene_em (b, 0.6)
                - scene_width (b, SCENE_TEXT_MONO_BOLD, scene_instruction (b));
  const char *address
      = scene_keep (b, scene_number_virtual (c->geometry, c->va));
  const char *text = scene_still_printf (b->still, "%s = %s", name, address);
  if (scene_width (b, style, text) > room)
    text = address;
  SceneRect place
      = scene_cut_right (rect, scene_width (b, style, text), scene_em (b, 0.6));
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_CPU, SCENE_CPU_POINTER, 0), style,
                  SCENE_ALIGN_END, scene_middle (place, scene_line (b, style)),
                  text)
      ->emphasis
      = SCENE_NORMAL;
}

static void
add_instruction (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  gboolean known = c->access || c->by_segment;
  const char *text = known ? scene_instruction (b) : "—";
  SceneTextStyle style = SCENE_TEXT_MONO_BOLD;

  if (known)
    add_pointer (b, &rect);
  if (scene_width (b, style, text) > rect.width)
    style = SCENE_TEXT_MONO_SMALL;
  SceneItem *item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_CPU, SCENE_CPU_INSTRUCTION, 0), style,
      SCENE_ALIGN_START, scene_middle (rect, scene_line (b, style)), text);

  item->emphasis = known ? SCENE_STRONG : SCENE_FAINT;
  item->name = known ? scene_still_printf (
                   b->still, _ ("The processor executes %s"), text)
                     : NULL;
}

/* Bytes of a whole register. */
static guint
word (const struct vm_geometry *geometry)
{
  return geometry->va_bits > 32 ? 8 : 4;
}

/* The register that the access loads or stores. */
static void
add_data (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  gboolean now = scene_context_is (c, VM_STEP_DATA);
  const char *name
      = c->access && c->kind == VM_FETCH
            ? "IR"
            : scene_data_register (c->geometry,
                                   c->access ? c->width : word (c->geometry));
  SceneRect room = add_label (b, LINE_DATA, rect, name);
  gboolean known = c->data_done
                   || (c->access && c->kind == VM_WRITE && c->stores);
  const char *text
      = known ? scene_keep (b, scene_number_data (c->data, c->width)) : "—";
  SceneItem *item = scene_add_text (
      b, scene_id_register (), SCENE_TEXT_MONO, SCENE_ALIGN_START,
      scene_middle (room, scene_line (b, SCENE_TEXT_MONO)), text);

  item->role = now ? SCENE_ROLE_ACCENT : SCENE_ROLE_NEUTRAL;
  item->emphasis = now ? SCENE_ACTIVE : known ? SCENE_NORMAL : SCENE_FAINT;
  if (known)
    item->name
        = scene_still_printf (b->still, _ ("Register %s: %s"), name, text);
}

/* After a page fault CR2 holds the address, or what stands for it. */
static void
add_fault_address (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  const struct vm_cpu *cpu = &c->state->cpus[0];
  const char *name = scene_fault_register (c->geometry);
  SceneRect room = add_label (b, LINE_DATA, rect, name);
  const char *text
      = scene_keep (b, scene_number_virtual (c->geometry, c->fault.address.v));
  SceneItem *item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_CPU, SCENE_CPU_CR2, 0), SCENE_TEXT_MONO_BOLD,
      SCENE_ALIGN_START,
      scene_middle (room, scene_line (b, SCENE_TEXT_MONO_BOLD)), text);

  item->role = SCENE_ROLE_FAULT;
  item->emphasis = SCENE_ACTIVE;
  item->name = scene_still_printf (
      b->still, _ ("%s, the address that faulted: %s"), name, text);
  scene_item_shows (b, item, &cpu->cr2, sizeof cpu->cr2);
}

static void
add_register (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;

  if (c->faulted
      && (c->geometry->family != VM_FAMILY_X86
          || c->fault.vector == VM_VECTOR_PAGE_FAULT))
    add_fault_address (b, rect);
  else
    add_data (b, rect);
}

/* RISC-V and the Arm have a register that says what happened. */
static void
add_cause (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  const char *name = scene_cause_register (c->geometry);
  SceneRect room = add_label (b, LINE_CAUSE, rect, name);
  const char *text = "—";

  if (c->faulted && c->geometry->family == VM_FAMILY_RISCV)
    text = scene_still_printf (b->still, "%u", c->fault.vector);
  else if (c->faulted)
    text = scene_still_printf (b->still, "EC 0x%x  FSC 0x%x", c->fault.vector,
                               c->fault.error);
  SceneItem *item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_CPU, SCENE_CPU_CAUSE, 0), SCENE_TEXT_MONO,
      SCENE_ALIGN_START, scene_middle (room, scene_line (b, SCENE_TEXT_MONO)),
      text);

  item->emphasis = c->faulted ? SCENE_ACTIVE : SCENE_FAINT;
  if (!c->faulted)
    return;
  g_autofree char *words = scene_fault_words (c->geometry, &c->fault);
  item->role = SCENE_ROLE_FAULT;
  item->name = scene_still_printf (b->still, "%s: %s", name, words);
}

/* What the register of the root holds, as the processor's manual cuts it:
 * satp has mode, address space and page number. */
static const char *
root_text (const SceneBuild *b, guint64 root)
{
  const struct vm_geometry *g = b->context->geometry;

  if (g->family != VM_FAMILY_RISCV)
    return scene_keep (b, scene_number_physical (g, root));
  return scene_still_printf (
      b->still, "S%s·0·%s", g->name + 1,
      scene_keep (b, scene_number_frame (g, root >> g->page_shift)));
}

static const char *
root_name (const SceneBuild *b, const char *name, const char *text)
{
  if (b->context->geometry->family == VM_FAMILY_RISCV)
    /* Translators: "satp", and its three fields. */
    return scene_still_printf (b->still,
                               _ ("%s, mode, address space and page number of "
                                  "the top table: %s"),
                               name, text);
  return scene_still_printf (
      b->still, _ ("%s, the address of the top table: %s"), name, text);
}

/* Is it this root that the walk begins with, or that was just loaded? */
static gboolean
is_root_now (const SceneContext *c, gboolean upper)
{
  gboolean here = vm_geometry_is_upper (c->geometry, vm_vaddr_of (c->va))
                  == upper;

  return scene_context_is (c, VM_STEP_SWITCH)
         || (scene_context_is (c, VM_STEP_WALK) && here);
}

static void
add_root (SceneBuild *b, SceneRect rect, gboolean upper)
{
  const SceneContext *c = b->context;
  const struct vm_cpu *cpu = &c->state->cpus[0];
  const uint64_t *root = upper ? &cpu->root_high : &cpu->cr3;
  const char *name = scene_root_register (c->geometry, upper);
  gboolean loaded = cpu->process != VM_NONE;
  SceneRect room
      = add_label (b, upper ? LINE_ROOT_HIGH : LINE_ROOT, rect, name);
  const char *text = loaded ? root_text (b, *root) : "—";

  /* As wide as its text: an arrow leaves from its end. */
  room.width = MIN (room.width, scene_width (b, SCENE_TEXT_MONO_BOLD, text)
                                    + scene_em (b, 0.2));
  SceneItem *item = scene_add_text (
      b, scene_id_root (upper), SCENE_TEXT_MONO_BOLD, SCENE_ALIGN_START,
      scene_middle (room, scene_line (b, SCENE_TEXT_MONO_BOLD)), text);

  item->role = scene_level_role (c->geometry->levels);
  item->emphasis = !loaded                  ? SCENE_FAINT
                   : is_root_now (c, upper) ? SCENE_ACTIVE
                                            : SCENE_NORMAL;
  if (loaded)
    item->name = root_name (b, name, text);
  scene_item_shows (b, item, root, sizeof *root);
  if (loaded)
    scene_item_means (item, SCENE_MEANS_FRAME,
                      *root >> c->geometry->page_shift);
}

static void
add_process (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  SceneRect room = add_label (b, LINE_PROCESS, rect, _ ("Process"));
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

/* Width of the widest that a root's register shows. */
static double
root_width (const SceneBuild *b)
{
  return scene_width (b, SCENE_TEXT_MONO_BOLD,
                      b->context->geometry->family == VM_FAMILY_RISCV
                          ? "Sv39·0·0x00000"
                          : scene_number_physical (b->context->geometry, 0).s);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  const struct vm_geometry *g = b->context->geometry;
  double value
      = MAX (root_width (b),
             scene_chip_width (b, SCENE_TEXT_MONO_SMALL, "A · pid 41"));
  double content = MAX (scene_instruction_width (b),
                        label_width (b) + scene_em (b, 0.6) + value);
  double fixed = scene_header (b) + scene_em (b, 0.8);
  guint lines = count_lines (g);

  (void) width;
  size->min_width = content + 2 * scene_padding (b);
  size->width = MAX (
      size->min_width,
      scene_panel_width (b, _ ("CPU"), scene_mode_text (g, VM_USER_MODE)));
  size->min_height = fixed + lines * line_height (b);
  size->height = size->min_height + lines * scene_em (b, 0.15);
  size->max_height = size->min_height + lines * scene_em (b, 0.35);
}

static void
add_line (SceneBuild *b, Line line, SceneRect rect)
{
  switch (line) {
  case LINE_INSTRUCTION:
    add_instruction (b, rect);
    break;
  case LINE_DATA:
    add_register (b, rect);
    break;
  case LINE_CAUSE:
    add_cause (b, rect);
    break;
  case LINE_ROOT:
    add_root (b, rect, FALSE);
    break;
  case LINE_ROOT_HIGH:
    add_root (b, rect, TRUE);
    break;
  case LINE_PROCESS:
    add_process (b, rect);
    break;
  case LINES:
    break;
  }
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  const char *mode = c->access || c->by_segment
                         ? scene_mode_text (c->geometry, c->mode)
                         : NULL;
  SceneRect inside
      = scene_add_panel (b, SCENE_FIGURE_CPU, 0, rect, _ ("CPU"), mode);
  guint count = count_lines (c->geometry), row = 0;

  for (guint line = 0; line < LINES; line++)
    if (has_line (c->geometry, line))
      add_line (b, line, scene_row (inside, row++, count, 0));
}

const SceneFigure scene_figure_cpu = {.id = SCENE_FIGURE_CPU,
                                      .kind = "cpu",
                                      .title = N_ ("CPU"),
                                      .stance = SCENE_STANCE_WALK,
                                      .measure = measure,
                                      .build = build};
