/* What a translation has come to at one stage of its way. */
#include "figures/tlb_stage.h"

#include <glib/gi18n-lib.h>

#include "figures/kit.h"
#include "figures/tlb_unit.h"

gboolean
scene_tlb_stage_there (const SceneContext *c, SceneTlbStage stage)
{
  return stage != SCENE_TLB_SECOND || c->state->config.stlb_sets != 0;
}

/* The widest text of a stage. */
double
scene_tlb_stage_width (const SceneBuild *b, SceneTlbStage stage)
{
  const SceneContext *c = b->context;
  const char *texts[4] = {"", "", "", ""};

  switch (stage) {
  case SCENE_TLB_FIRST:
    texts[0] = scene_tlb_unit_title (c, VM_TLB_DATA);
    texts[1] = c->state->config.itlb_sets != 0
                   ? scene_tlb_unit_title (c, VM_TLB_CODE)
                   : "";
    break;
  case SCENE_TLB_SECOND:
    texts[0] = _ ("second level");
    break;
  case SCENE_TLB_WALK:
    texts[0] = _ ("page walk");
    texts[1] = c->state->config.psc ? _ ("from a known table") : "";
    break;
  case SCENE_TLB_FILL:
    texts[0] = _ ("fill");
    texts[1] = c->state->config.stlb_sets != 0 ? _ ("copied") : "";
    break;
  case SCENE_TLB_STAGES:
    break;
  }
  double width = 0;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    width = MAX (width, scene_width (b, SCENE_TEXT_SMALL, texts[i]));
  /* Bold where it is active; and a glyph's room at its right. */
  return 1.1 * width + scene_em (b, 1.5);
}

static void
look_at (const SceneContext *c, guint cpu, enum vm_tlb_unit kind,
         SceneTlbStageLook *look)
{
  SceneTlbUnit unit;

  if (!scene_tlb_unit_read (&unit, c, cpu, kind)
      || unit.outcome == SCENE_TLB_UNKNOWN)
    return;
  look->role = unit.outcome == SCENE_TLB_HIT    ? SCENE_ROLE_HIT
               : unit.outcome == SCENE_TLB_MISS ? SCENE_ROLE_MISS
                                                : SCENE_ROLE_ACCENT;
  look->emphasis = scene_tlb_unit_is_now (&unit, c)
                           && (scene_context_is (c, VM_STEP_TLB_PROBE)
                               || scene_context_is (c, VM_STEP_TLB_COMPARE)
                               || scene_context_is (c, VM_STEP_TLB_HIT)
                               || scene_context_is (c, VM_STEP_TLB_MISS))
                       ? SCENE_ACTIVE
                       : SCENE_STRONG;
}

/* The operation's steps of a kind, up to the cursor; *now: it is the last. */
static gboolean
happened (const SceneContext *c, enum vm_step_kind kind, gboolean *now)
{
  guint64 operation = vm_machine_op_of_step (c->machine, c->cursor - 1);
  const struct vm_result *result = vm_machine_result (c->machine, operation);

  for (guint64 n = c->cursor; result != NULL && n > result->first_step; n--) {
    const struct vm_step *step = vm_machine_step (c->machine, n - 1);
    if (step == NULL || step->kind != kind)
      continue;
    *now = *now || n == c->cursor;
    return TRUE;
  }
  return FALSE;
}

static gboolean
is_walk_step (const SceneContext *c)
{
  return scene_context_is (c, VM_STEP_WALK)
         || scene_context_is (c, VM_STEP_ENTRY_READ)
         || scene_context_is (c, VM_STEP_SET_ACCESSED)
         || scene_context_is (c, VM_STEP_PSC_HIT)
         || scene_context_is (c, VM_STEP_PSC_FILL);
}

/* What a stage says. own: the access is made by this processor. */
SceneTlbStageLook
scene_tlb_stage_look (const SceneContext *c, guint cpu, SceneTlbStage stage,
                      gboolean own)
{
  enum vm_tlb_unit first = own ? vm_tlb_unit_for (c->state, c->kind)
                               : VM_TLB_DATA;
  SceneTlbStageLook look
      = {.role = SCENE_ROLE_NEUTRAL, .emphasis = SCENE_FAINT};
  gboolean now = FALSE;

  switch (stage) {
  case SCENE_TLB_FIRST:
    look.text = scene_tlb_unit_title (c, first);
    if (own)
      look_at (c, cpu, first, &look);
    return look;
  case SCENE_TLB_SECOND:
    look.text = _ ("second level");
    if (own)
      look_at (c, cpu, VM_TLB_SECOND, &look);
    return look;
  case SCENE_TLB_WALK:
    look.text = _ ("page walk");
    if (!own || !c->walking)
      return look;
    if (happened (c, VM_STEP_PSC_HIT, &now))
      look.text = _ ("from a known table");
    look.role = SCENE_ROLE_ACCENT;
    look.emphasis = is_walk_step (c) ? SCENE_ACTIVE : SCENE_STRONG;
    return look;
  case SCENE_TLB_FILL:
    look.text = _ ("fill");
    if (own && happened (c, VM_STEP_TLB_PROMOTE, &now))
      look.text = _ ("copied");
    else if (!own || !happened (c, VM_STEP_TLB_FILL, &now))
      return look;
    look.role = SCENE_ROLE_ACCENT;
    look.emphasis = now ? SCENE_ACTIVE : SCENE_STRONG;
    return look;
  case SCENE_TLB_STAGES:
    break;
  }
  return look;
}
