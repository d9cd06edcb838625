/* What execve does, act by act, and how far it is. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/kit.h"
#include "figures/path.h"

/* The acts, in their order. */
enum {
  ACT_HEADER,
  ACT_LEAVE,
  ACT_LAYOUT,
  ACT_STRINGS,
  ACT_SEGMENTS,
  ACT_KERNEL, /* vvar and vdso */
  ACT_TABLES,
  ACT_START,
  ACTS
};

/* What an act has come to. */
typedef struct {
  gboolean begun;
  guint64 value; /* what its answer says */
} Act;

typedef struct {
  Act acts[ACTS];
  guint now; /* the act of this step; ACTS: none */
} Progress;

static const char *
question_of (guint act)
{
  static const char *const questions[ACTS]
      = {N_ ("read the header"),     N_ ("leave the old space"),
         N_ ("choose the places"),   N_ ("copy the strings"),
         N_ ("map the segments"),    N_ ("map vvar and vdso"),
         N_ ("lay out the vectors"), N_ ("set the registers")};

  return _ (questions[act]);
}

/* The act that a step belongs to; ACTS: none, or that of the step around it. */
static guint
act_of (enum vm_step_kind kind)
{
  static const struct {
    enum vm_step_kind kind;
    guint act;
  } rows[] = {{VM_STEP_EXEC_HEADER, ACT_HEADER},
              {VM_STEP_EXEC_INTERPRETER, ACT_HEADER},
              {VM_STEP_EXEC_LEAVE, ACT_LEAVE},
              {VM_STEP_EXEC_LAYOUT, ACT_LAYOUT},
              {VM_STEP_EXEC_STRINGS, ACT_STRINGS},
              {VM_STEP_EXEC_STACK, ACT_STRINGS},
              {VM_STEP_EXEC_PLACE, ACT_SEGMENTS},
              {VM_STEP_EXEC_SEGMENT, ACT_SEGMENTS},
              {VM_STEP_EXEC_ZERO, ACT_SEGMENTS},
              {VM_STEP_EXEC_BSS, ACT_SEGMENTS},
              {VM_STEP_EXEC_SPECIAL, ACT_KERNEL},
              {VM_STEP_EXEC_TABLES, ACT_TABLES},
              {VM_STEP_EXEC_AUX, ACT_TABLES},
              {VM_STEP_EXEC_PUT, ACT_TABLES},
              {VM_STEP_EXEC_START, ACT_START}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].kind == kind)
      return rows[i].act;
  return ACTS;
}

/* What a step adds to the answer of its act. */
static void
note (Act *act, const struct vm_step *step)
{
  act->begun = TRUE;
  switch ((guint) step->kind) {
  case VM_STEP_EXEC_HEADER:
    act->value = step->values[VM_V_HEADER_SEGMENTS];
    break;
  case VM_STEP_EXEC_LEAVE:
    act->value = step->values[VM_V_LEAVE_REGIONS];
    break;
  case VM_STEP_EXEC_LAYOUT:
    act->value = step->values[VM_V_LAYOUT_STACK_TOP];
    break;
  case VM_STEP_EXEC_STRINGS:
    act->value += step->values[VM_V_STRINGS_BYTES];
    break;
  case VM_STEP_EXEC_SEGMENT:
  case VM_STEP_EXEC_SPECIAL:
    act->value++;
    break;
  case VM_STEP_EXEC_TABLES:
    act->value = step->values[VM_V_TABLES_STACK];
    break;
  case VM_STEP_EXEC_START:
    act->value = step->values[VM_V_START_INSTRUCTION];
    break;
  default:
    break;
  }
}

/* Reads the steps of the operation up to the cursor; FALSE: it is no execve. */
static gboolean
read_progress (const SceneContext *c, Progress *p)
{
  *p = (Progress){.now = ACTS};
  if (c->machine == NULL || c->step == NULL || c->cursor == 0)
    return FALSE;
  guint64 op = vm_machine_op_of_step (c->machine, c->cursor - 1);
  if (vm_machine_op (c->machine, op)->kind != VM_OP_EXEC)
    return FALSE;
  for (guint64 n = vm_machine_result (c->machine, op)->first_step;
       n < c->cursor; n++) {
    const struct vm_step *step = vm_machine_step (c->machine, n);
    guint act = act_of ((enum vm_step_kind) step->kind);
    if (act == ACTS)
      continue;
    p->now = act;
    note (&p->acts[act], step);
  }
  return TRUE;
}

static const char *
answer_of (const SceneBuild *b, guint i, guint64 n)
{
  switch (i) {
  case ACT_HEADER:
    return scene_still_printf (
        b->still,
        ngettext ("%" PRIu64 " segment", "%" PRIu64 " segments", (gulong) n),
        n);
  case ACT_LEAVE:
    return scene_still_printf (b->still,
                               ngettext ("%" PRIu64 " region gone",
                                         "%" PRIu64 " regions gone",
                                         (gulong) n),
                               n);
  case ACT_STRINGS:
    return scene_still_printf (
        b->still,
        ngettext ("%" PRIu64 " byte", "%" PRIu64 " bytes", (gulong) n), n);
  case ACT_SEGMENTS:
    return scene_still_printf (
        b->still,
        ngettext ("%" PRIu64 " mapped", "%" PRIu64 " mapped", (gulong) n), n);
  case ACT_KERNEL:
    return scene_still_printf (
        b->still,
        ngettext ("%" PRIu64 " region", "%" PRIu64 " regions", (gulong) n), n);
  default:
    return scene_still_printf (b->still, "0x%" PRIx64, n);
  }
}

static ScenePathShape
shape_of (const SceneBuild *b)
{
  ScenePathShape shape = {.count = ACTS};

  for (guint i = 0; i < ACTS; i++)
    shape.text
        = MAX (shape.text, scene_path_question_width (b, question_of (i)));
  shape.text = MAX (shape.text, scene_path_answer_width (b, "0x888888888888 "));
  return shape;
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  ScenePathShape shape = shape_of (b);
  double padding = 2 * scene_padding (b);

  size->min_width = scene_path_least (b, &shape) + padding;
  size->width = scene_path_width (b, &shape) + padding;
  size->min_height = scene_header (b) + scene_em (b, 0.8)
                     + scene_path_height (b, &shape, width - padding);
  size->height = size->min_height;
  size->max_height = size->height + scene_em (b, 0.5);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  ScenePathShape shape = shape_of (b);
  ScenePathNode nodes[ACTS];
  Progress p;
  gboolean runs = read_progress (b->context, &p);
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_EXEC, 0, rect,
                                      _ ("What execve does"),
                                      runs ? NULL : _ ("not called now"));

  for (guint i = 0; i < ACTS; i++) {
    gboolean last = i == ACT_START && p.acts[i].begun;
    nodes[i] = (ScenePathNode){.question = question_of (i),
                               .answer = p.acts[i].begun
                                             ? answer_of (b, i, p.acts[i].value)
                                             : _ ("next"),
                               .state = last              ? SCENE_PATH_GRANTS
                                        : p.acts[i].begun ? SCENE_PATH_PASSED
                                                          : SCENE_PATH_AHEAD,
                               .now = i == p.now};
  }
  scene_add_path (
      b, SCENE_FIGURE_EXEC, &shape, nodes,
      scene_middle (inside, scene_path_height (b, &shape, inside.width)));
}

const SceneFigure scene_figure_exec = {.id = SCENE_FIGURE_EXEC,
                                       .kind = "execve",
                                       .title = N_ ("What execve does"),
                                       .stance = SCENE_STANCE_BAND,
                                       .measure = measure,
                                       .build = build};
