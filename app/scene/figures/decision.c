/* What the processor asks before it lets an access through, and the answers
 * that it found. */
#include <glib/gi18n-lib.h>

#include "figures/kit.h"
#include "figures/path.h"

/* In the order of the questions: a verdict blames one of them. */
enum {
  ASK_PRESENT,
  ASK_RESERVED,
  ASK_MODE,
  ASK_WRITE,
  ASK_EXECUTE,
  OUTCOME,
  NODES
};

/* The question that a verdict answers; OUTCOME if none refused. */
static guint
blamed (enum vm_verdict verdict)
{
  switch (verdict) {
  case VM_VERDICT_ALLOWED:
    break;
  case VM_VERDICT_NOT_PRESENT:
  case VM_VERDICT_UPPER_BITS:
    return ASK_PRESENT;
  case VM_VERDICT_RESERVED:
  case VM_VERDICT_NO_LEAF:
    return ASK_RESERVED;
  case VM_VERDICT_NO_READ:
  case VM_VERDICT_NO_FLAG:
  case VM_VERDICT_USER_PAGE:
  case VM_VERDICT_SUPERVISOR:
  case VM_VERDICT_SMEP:
  case VM_VERDICT_SMAP:
    return ASK_MODE;
  case VM_VERDICT_READ_ONLY:
    return ASK_WRITE;
  case VM_VERDICT_NO_EXECUTE:
    return ASK_EXECUTE;
  }
  return OUTCOME;
}

/* True if the processor asks that of such an access (Intel SDM vol. 3A,
 * 4.6.1); what it asks of every entry is not asked after a TLB hit. */
static gboolean
is_asked (const SceneContext *c, guint question)
{
  const struct vm_config *config = &c->state->config;

  switch (question) {
  case ASK_MODE:
    return c->mode == VM_USER_MODE
           || (c->kind == VM_FETCH ? config->smep : config->smap);
  case ASK_WRITE:
    return c->kind == VM_WRITE && (c->mode == VM_USER_MODE || config->wp);
  case ASK_EXECUTE:
    return c->kind == VM_FETCH;
  default:
    return c->tlb != SCENE_TLB_HIT;
  }
}

/* The highest level whose entry makes the processor refuse; 0 if the TLB did
 * so, or all levels together (SMEP, SMAP), or nothing. */
static guint
guilty_level (const SceneContext *c)
{
  for (guint level = VM_MAX_LEVELS; level > 0; level--) {
    const SceneWalkLevel *l = &c->level[level];
    const gboolean guilty[]
        = {[ASK_PRESENT] = !l->pte.present,
           [ASK_RESERVED] = l->pte.reserved != 0,
           [ASK_MODE] = c->verdict == VM_VERDICT_SUPERVISOR && !l->pte.user,
           [ASK_WRITE] = !l->pte.writable,
           [ASK_EXECUTE] = l->pte.no_execute,
           [OUTCOME] = FALSE};
    if (l->read && guilty[blamed (c->verdict)])
      return level;
  }
  return 0;
}

/* "PD: no", or a plain answer where it is not one level's alone. */
static const char *
level_answer (const SceneBuild *b, guint level, const char *answer)
{
  if (level == 0)
    return answer;
  return scene_still_printf (b->still, _ ("%s: %s"), scene_short_table (level),
                             answer);
}

/* The answer to a question that the permission check has come to. */
static void
answer_checked (const SceneBuild *b, guint question, ScenePathNode *node)
{
  const SceneContext *c = b->context;
  guint blame = blamed (c->verdict), level = guilty_level (c);

  if (question == blame) {
    node->answer = level_answer (b, level, _ ("no"));
    node->state = SCENE_PATH_REFUSES;
    node->now = scene_context_is (c, VM_STEP_PERMISSION);
    node->pa = c->level[level].entry_pa;
    node->width = level > 0 ? c->geometry->entry_bytes : 0;
  } else if (question > blame || !is_asked (c, question)) {
    node->answer = _ ("not asked");
    node->state = SCENE_PATH_SKIPPED;
  } else {
    node->answer = _ ("yes");
    node->state = SCENE_PATH_PASSED;
  }
}

/* Of the entry read last, while the walk goes on, it is known whether it is
 * present and well-formed. */
static void
answer_walking (const SceneBuild *b, guint question, ScenePathNode *node)
{
  const SceneContext *c = b->context;
  guint level = scene_context_last_level (c);
  const SceneWalkLevel *l = &c->level[level];
  gboolean good = question == ASK_PRESENT ? l->pte.present
                                          : l->pte.reserved == 0;

  if (level == 0 || (question == ASK_RESERVED && !l->pte.present))
    return;
  node->answer = level_answer (b, level, good ? _ ("yes") : _ ("no"));
  node->state = good ? SCENE_PATH_PASSED : SCENE_PATH_REFUSES;
  node->now = l->now && question == ASK_PRESENT;
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
  gboolean skipped = c->tlb == SCENE_TLB_HIT && question <= ASK_RESERVED;

  node->answer = _ ("not yet");
  if (!c->access)
    return;
  if (question == OUTCOME) {
    answer_outcome (c, node);
  } else if (c->checked) {
    answer_checked (b, question, node);
  } else if (skipped || c->faulted) {
    node->answer = _ ("not asked");
    node->state = SCENE_PATH_SKIPPED;
  } else if (question <= ASK_RESERVED) {
    answer_walking (b, question, node);
  }
}

static const char *
question_text (guint question, enum vm_mode mode)
{
  static const char *const questions[NODES]
      = {N_ ("present?"),       N_ ("reserved bits 0?"), N_ ("user may?"),
         N_ ("write allowed?"), N_ ("may execute?"),     N_ ("the access:")};

  if (question == ASK_MODE && mode == VM_KERNEL_MODE)
    return _ ("kernel may?");
  return _ (questions[question]);
}

static ScenePathShape
shape_of (const SceneBuild *b)
{
  const char *const answers[]
      = {_ ("not asked"), _ ("not yet"), _ ("allowed"), _ ("fault")};
  ScenePathShape shape = {.count = NODES};
  double top = scene_path_answer_width (
      b, scene_short_table (b->context->geometry->levels));

  shape.text = top + scene_width (b, SCENE_TEXT_SMALL, ": ")
               + scene_width (b, SCENE_TEXT_SMALL, _ ("yes"));
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    shape.text = MAX (shape.text, scene_path_answer_width (b, answers[i]));
  for (guint i = 0; i < 2 * NODES; i++) {
    const char *text
        = question_text (i / 2, i % 2 == 0 ? VM_USER_MODE : VM_KERNEL_MODE);
    shape.text = MAX (shape.text, scene_path_question_width (b, text));
  }
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
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_DECISION, 0, rect,
                                      _ ("May it pass?"), NULL);

  for (guint i = 0; i < NODES; i++) {
    nodes[i].question = question_text (i, b->context->access ? b->context->mode
                                                             : VM_USER_MODE);
    answer (b, i, &nodes[i]);
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
