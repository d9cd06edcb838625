/* What the processor asks before it lets an access through, and the answers
 * that it found. */
#include <glib/gi18n-lib.h>

#include "figures/kit.h"
#include "figures/path.h"

/* In the order of the questions: a verdict blames one of them. No family asks
 * all of them. */
enum {
  ASK_PRESENT,
  ASK_RESERVED,
  ASK_LEAF,    /* RISC-V */
  ASK_ALIGNED, /* RISC-V */
  ASK_MODE,
  ASK_READ, /* RISC-V */
  ASK_WRITE,
  ASK_EXECUTE,
  ASK_FLAG, /* RISC-V, Arm */
  OUTCOME,
  NODES
};

#define BIT(question) (1u << (question))

/* The questions of a family: Intel SDM vol. 3A, 4.6.1; RISC-V privileged
 * architecture, "Virtual Address Translation Process"; Arm ARM, D8.4. */
static guint
questions_of (const struct vm_geometry *g)
{
  switch (g->family) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return BIT (NODES) - 1;
  case VM_FAMILY_ARM:
    return BIT (ASK_PRESENT) | BIT (ASK_MODE) | BIT (ASK_WRITE)
           | BIT (ASK_EXECUTE) | BIT (ASK_FLAG) | BIT (OUTCOME);
  }
  return BIT (ASK_PRESENT) | BIT (ASK_RESERVED) | BIT (ASK_MODE)
         | BIT (ASK_WRITE) | BIT (ASK_EXECUTE) | BIT (OUTCOME);
}

/* A page that is not aligned to its size is refused as one with a reserved
 * bit, but by a question of its own. */
static gboolean
is_misaligned (const SceneContext *c, const struct vm_pte *pte)
{
  return c->geometry->family == VM_FAMILY_RISCV && pte->leaf
         && pte->reserved != 0 && (pte->reserved & ~VM_RISCV_PPN) == 0;
}

/* The question that the verdict answers; OUTCOME if none refused. */
static guint
blamed (const SceneContext *c)
{
  const SceneWalkLevel *last = &c->level[scene_context_last_level (c)];

  switch (c->verdict) {
  case VM_VERDICT_ALLOWED:
    break;
  case VM_VERDICT_NOT_PRESENT:
  case VM_VERDICT_UPPER_BITS:
    return ASK_PRESENT;
  case VM_VERDICT_RESERVED:
    return is_misaligned (c, &last->pte) ? ASK_ALIGNED : ASK_RESERVED;
  case VM_VERDICT_NO_LEAF:
    return ASK_LEAF;
  case VM_VERDICT_USER_PAGE:
  case VM_VERDICT_SUPERVISOR:
  case VM_VERDICT_SMEP:
  case VM_VERDICT_SMAP:
    return ASK_MODE;
  case VM_VERDICT_NO_READ:
    return ASK_READ;
  case VM_VERDICT_READ_ONLY:
    return ASK_WRITE;
  case VM_VERDICT_NO_EXECUTE:
    return ASK_EXECUTE;
  case VM_VERDICT_NO_FLAG:
    return ASK_FLAG;
  }
  return OUTCOME;
}

/* True if the processor asks which mode may touch the page. RISC-V forbids the
 * kernel what is user mode's; the Arm lets user mode execute what it cannot
 * read. */
static gboolean
asks_mode (const SceneContext *c)
{
  const struct vm_config *config = &c->state->config;

  switch (c->geometry->family) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return TRUE;
  case VM_FAMILY_ARM:
    return c->mode == VM_USER_MODE && c->kind != VM_FETCH;
  }
  return c->mode == VM_USER_MODE
         || (c->kind == VM_FETCH ? config->smep : config->smap);
}

/* True if the processor asks that of such an access; what it asks of every
 * entry is not asked after a TLB hit. */
static gboolean
is_asked (const SceneContext *c, guint question)
{
  const struct vm_config *config = &c->state->config;
  guint last = scene_context_last_level (c);

  switch (question) {
  case ASK_MODE:
    return asks_mode (c);
  case ASK_READ:
    return c->kind == VM_READ;
  case ASK_WRITE:
    return c->kind == VM_WRITE
           && (c->mode == VM_USER_MODE || config->wp
               || c->geometry->family != VM_FAMILY_X86);
  case ASK_EXECUTE:
    return c->kind == VM_FETCH;
  case ASK_FLAG:
    return !config->set_flags;
  case ASK_ALIGNED:
    return c->tlb != SCENE_TLB_HIT && last > 1;
  default:
    return c->tlb != SCENE_TLB_HIT;
  }
}

/* Does the entry of a level answer a question by itself with no? */
static gboolean
is_guilty (const SceneContext *c, guint question, const SceneWalkLevel *l)
{
  gboolean arm_kernel = c->geometry->family == VM_FAMILY_ARM
                        && c->mode == VM_KERNEL_MODE;

  switch (question) {
  case ASK_PRESENT:
    return !l->pte.present;
  case ASK_RESERVED:
  case ASK_ALIGNED:
    return l->pte.reserved != 0;
  case ASK_MODE:
    return (c->verdict == VM_VERDICT_SUPERVISOR && !l->pte.user)
           || (c->verdict == VM_VERDICT_USER_PAGE && l->pte.leaf);
  case ASK_READ:
    return !l->pte.readable;
  case ASK_WRITE:
    return !l->pte.writable;
  case ASK_EXECUTE:
    return arm_kernel ? l->pte.kernel_no_execute : l->pte.no_execute;
  case ASK_FLAG:
    return l->pte.leaf;
  case ASK_LEAF:
    return !l->pte.leaf;
  default:
    return FALSE;
  }
}

/* The highest level whose entry makes the processor refuse; 0 if the TLB did
 * so, or all levels together (SMEP, SMAP), or nothing. */
static guint
guilty_level (const SceneContext *c)
{
  guint question = blamed (c);
  guint from = question == ASK_LEAF ? 1 : VM_MAX_LEVELS;

  for (guint level = from; level > 0; level--)
    if (c->level[level].read && is_guilty (c, question, &c->level[level]))
      return level;
  return 0;
}

/* "PD: no", or a plain answer where it is not one level's alone. */
static const char *
level_answer (const SceneBuild *b, guint level, const char *answer)
{
  if (level == 0)
    return answer;
  return scene_still_printf (b->still, _ ("%s: %s"),
                             scene_short_table (b->context->geometry, level),
                             answer);
}

/* The answer to a question that the permission check has come to. */
static void
answer_checked (const SceneBuild *b, guint question, ScenePathNode *node)
{
  const SceneContext *c = b->context;
  guint blame = blamed (c), level = guilty_level (c);

  if (question == blame) {
    node->answer = level_answer (b, level, _ ("no"));
    node->state = SCENE_PATH_REFUSES;
    node->now = scene_context_is (c, VM_STEP_PERMISSION);
    node->pa = c->level[level].entry_pa;
    node->width = level > 0 && level != c->geometry->register_level
                      ? c->geometry->entry_bytes
                      : 0;
  } else if (question > blame || !is_asked (c, question)) {
    node->answer = _ ("not asked");
    node->state = SCENE_PATH_SKIPPED;
  } else {
    node->answer = _ ("yes");
    node->state = SCENE_PATH_PASSED;
  }
}

/* What the entry read last says to a question that is asked of every entry:
 * that it is good, bad, or nothing yet. */
static ScenePathState
state_walking (const SceneContext *c, const SceneWalkLevel *l, guint question)
{
  gboolean good = l->pte.present;

  if (question != ASK_PRESENT && !l->pte.present)
    return SCENE_PATH_AHEAD;
  if ((question == ASK_LEAF || question == ASK_ALIGNED) && !l->pte.leaf)
    return SCENE_PATH_AHEAD;
  if (question == ASK_RESERVED)
    good = l->pte.reserved == 0 || is_misaligned (c, &l->pte);
  if (question == ASK_ALIGNED)
    good = l->pte.reserved == 0;
  return good ? SCENE_PATH_PASSED : SCENE_PATH_REFUSES;
}

/* Of the entry read last, while the walk goes on, it is known whether it is
 * present and well-formed. */
static void
answer_walking (const SceneBuild *b, guint question, ScenePathNode *node)
{
  const SceneContext *c = b->context;
  guint level = scene_context_last_level (c);
  const SceneWalkLevel *l = &c->level[level];
  ScenePathState state = state_walking (c, l, question);

  if (level == 0 || state == SCENE_PATH_AHEAD)
    return;
  if (question == ASK_ALIGNED && level == 1)
    return;
  node->answer = level_answer (
      b, level, state == SCENE_PATH_PASSED ? _ ("yes") : _ ("no"));
  node->state = state;
  node->now = l->now && question == ASK_PRESENT;
  if (level == c->geometry->register_level)
    return;
  node->pa = l->entry_pa;
  node->width = c->geometry->entry_bytes;
}

static void
answer_outcome (const SceneContext *c, ScenePathNode *node)
{
  gboolean refused = c->checked && c->verdict != VM_VERDICT_ALLOWED;

  if (c->faulted || refused) {
    node->answer = _ ("fault");
    node->state = SCENE_PATH_REFUSES;
    node->now = scene_context_is (c, VM_STEP_FAULT);
  } else if (c->checked) {
    node->answer = _ ("allowed");
    node->state = SCENE_PATH_GRANTS;
    node->now = scene_context_is (c, VM_STEP_PERMISSION);
  }
}

static void
answer (const SceneBuild *b, guint question, ScenePathNode *node)
{
  const SceneContext *c = b->context;
  gboolean skipped = c->tlb == SCENE_TLB_HIT && question <= ASK_ALIGNED;

  node->answer = _ ("not yet");
  /* A device asks by way of the IOMMU. */
  if (!c->access && !c->walking)
    return;
  if (question == OUTCOME) {
    answer_outcome (c, node);
  } else if (c->checked) {
    answer_checked (b, question, node);
  } else if (skipped || c->faulted) {
    node->answer = _ ("not asked");
    node->state = SCENE_PATH_SKIPPED;
  } else if (question <= ASK_ALIGNED) {
    answer_walking (b, question, node);
  }
}

/* In the words of the x86. */
static const char *
question_x86 (guint question, gboolean user)
{
  switch (question) {
  case ASK_PRESENT:
    return _ ("present?");
  case ASK_RESERVED:
    return _ ("reserved bits 0?");
  case ASK_MODE:
    return user ? _ ("user may?") : _ ("kernel may?");
  case ASK_WRITE:
    return _ ("write allowed?");
  case ASK_EXECUTE:
    return _ ("may execute?");
  default:
    return _ ("the access:");
  }
}

/* RISC-V asks by name for one of R, W and X. */
static const char *
question_riscv (guint question, gboolean user)
{
  switch (question) {
  case ASK_PRESENT:
    return _ ("V: valid?");
  case ASK_LEAF:
    return _ ("R or X: a leaf?");
  case ASK_ALIGNED:
    return _ ("PPN aligned?");
  case ASK_MODE:
    return user ? _ ("U: user may?") : _ ("U, SUM: kernel may?");
  case ASK_READ:
    return _ ("R: may read?");
  case ASK_WRITE:
    return _ ("W: may write?");
  case ASK_EXECUTE:
    return _ ("X: may execute?");
  case ASK_FLAG:
    return _ ("A, D: set?");
  default:
    return question_x86 (question, user);
  }
}

static const char *
question_arm (guint question, gboolean user)
{
  switch (question) {
  case ASK_PRESENT:
    return _ ("valid descriptor?");
  case ASK_MODE:
    return user ? _ ("AP[1]: EL0 may?") : _ ("EL1 may?");
  case ASK_WRITE:
    return _ ("AP[2]: may write?");
  case ASK_EXECUTE:
    return user ? _ ("UXN: may execute?") : _ ("PXN: may execute?");
  case ASK_FLAG:
    return _ ("AF: set?");
  default:
    return question_x86 (question, user);
  }
}

static const char *
question_text (const SceneContext *c, guint question, enum vm_mode mode)
{
  gboolean user = mode == VM_USER_MODE;

  switch (c->geometry->family) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return question_riscv (question, user);
  case VM_FAMILY_ARM:
    return question_arm (question, user);
  }
  return question_x86 (question, user);
}

static ScenePathShape
shape_of (const SceneBuild *b)
{
  const char *const answers[]
      = {_ ("not asked"), _ ("not yet"), _ ("allowed"), _ ("fault")};
  const struct vm_geometry *g = b->context->geometry;
  guint asked = questions_of (g);
  ScenePathShape shape = {0};
  double top = scene_path_answer_width (b, scene_short_table (g, g->levels));

  shape.text = top + scene_width (b, SCENE_TEXT_SMALL, ": ")
               + scene_width (b, SCENE_TEXT_SMALL, _ ("yes"));
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    shape.text = MAX (shape.text, scene_path_answer_width (b, answers[i]));
  for (guint i = 0; i < 2 * NODES; i++) {
    const char *text = question_text (
        b->context, i / 2, i % 2 == 0 ? VM_USER_MODE : VM_KERNEL_MODE);
    if (asked & BIT (i / 2))
      shape.text = MAX (shape.text, scene_path_question_width (b, text));
  }
  for (guint i = 0; i < NODES; i++)
    shape.count += (asked & BIT (i)) != 0;
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
  ScenePathNode nodes[NODES] = {0};
  const SceneContext *c = b->context;
  guint asked = questions_of (c->geometry), count = 0;
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_DECISION, 0, rect,
                                      _ ("May it pass?"), NULL);

  for (guint i = 0; i < NODES; i++) {
    if (!(asked & BIT (i)))
      continue;
    nodes[count].question
        = question_text (c, i, c->access ? c->mode : VM_USER_MODE);
    answer (b, i, &nodes[count]);
    count++;
  }
  scene_add_path (
      b, SCENE_FIGURE_DECISION, &shape, nodes,
      scene_middle (inside, scene_path_height (b, &shape, inside.width)));
}

const SceneFigure scene_figure_decision = {.id = SCENE_FIGURE_DECISION,
                                           .kind = "decision",
                                           .title = N_ ("May it pass?"),
                                           .stance = SCENE_STANCE_BAND,
                                           .measure = measure,
                                           .build = build};
