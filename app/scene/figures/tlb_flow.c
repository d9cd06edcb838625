/* The way of a translation through the TLBs, stage by stage. */
#include "figures/tlb_flow.h"

#include <glib/gi18n-lib.h>

#include "figures/parts.h"

typedef enum { FIRST, SECOND, WALK, FILL, STAGES } Stage;

typedef struct {
  const char *text;
  SceneRole role;
  SceneEmphasis emphasis;
} Look;

static gboolean
has (const SceneContext *c, Stage stage)
{
  return stage != SECOND || c->state->config.stlb_sets != 0;
}

/* The widest text of a stage. */
static double
stage_width (const SceneBuild *b, Stage stage)
{
  const SceneContext *c = b->context;
  const char *texts[4] = {"", "", "", ""};

  switch (stage) {
  case FIRST:
    texts[0] = scene_tlb_unit_title (c, VM_TLB_DATA);
    texts[1] = c->state->config.itlb_sets != 0
                   ? scene_tlb_unit_title (c, VM_TLB_CODE)
                   : "";
    break;
  case SECOND:
    texts[0] = _ ("second level");
    break;
  case WALK:
    texts[0] = _ ("walk");
    texts[1] = c->state->config.psc ? _ ("from a known table") : "";
    break;
  case FILL:
    texts[0] = _ ("fill");
    texts[1] = c->state->config.stlb_sets != 0 ? _ ("copied") : "";
    break;
  case STAGES:
    break;
  }
  double width = 0;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    width = MAX (width, scene_width (b, SCENE_TEXT_SMALL, texts[i]));
  /* Bold where it is active; and a glyph's room at its right. */
  return 1.1 * width + scene_em (b, 1.5);
}

static void
look_at (const SceneContext *c, guint cpu, enum vm_tlb_unit kind, Look *look)
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
static Look
look_of (const SceneContext *c, guint cpu, Stage stage, gboolean own)
{
  enum vm_tlb_unit first = own ? vm_tlb_unit_for (c->state, c->kind)
                               : VM_TLB_DATA;
  Look look = {.role = SCENE_ROLE_NEUTRAL, .emphasis = SCENE_FAINT};
  gboolean now = FALSE;

  switch (stage) {
  case FIRST:
    look.text = scene_tlb_unit_title (c, first);
    if (own)
      look_at (c, cpu, first, &look);
    return look;
  case SECOND:
    look.text = _ ("second level");
    if (own)
      look_at (c, cpu, VM_TLB_SECOND, &look);
    return look;
  case WALK:
    look.text = _ ("walk");
    if (!own || !c->walking)
      return look;
    if (happened (c, VM_STEP_PSC_HIT, &now))
      look.text = _ ("from a known table");
    look.role = SCENE_ROLE_ACCENT;
    look.emphasis = is_walk_step (c) ? SCENE_ACTIVE : SCENE_STRONG;
    return look;
  case FILL:
    look.text = _ ("fill");
    if (own && happened (c, VM_STEP_TLB_PROMOTE, &now))
      look.text = _ ("copied");
    else if (!own || !happened (c, VM_STEP_TLB_FILL, &now))
      return look;
    look.role = SCENE_ROLE_ACCENT;
    look.emphasis = now ? SCENE_ACTIVE : SCENE_STRONG;
    return look;
  case STAGES:
    break;
  }
  return look;
}

/* What a glyph says of the stage, besides the colour. */
static const char *
glyph_of (SceneRole role)
{
  if (role == SCENE_ROLE_HIT)
    return "tick";
  return role == SCENE_ROLE_MISS ? "cross" : NULL;
}

static const char *
stage_name (const SceneBuild *b, const Look *look)
{
  if (look->role == SCENE_ROLE_HIT)
    return scene_still_printf (b->still, "%s: %s", look->text, _ ("hit"));
  if (look->role == SCENE_ROLE_MISS)
    return scene_still_printf (b->still, "%s: %s", look->text, _ ("miss"));
  return scene_still_text (b->still, look->text);
}

static double
height_of (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.35);
}

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 1.1);
}

static void
add_stage (SceneBuild *b, guint cpu, Stage stage, const Look *look,
           SceneRect rect)
{
  guint64 number = (guint64) cpu << 8 | stage;
  double side = scene_em (b, 0.7);
  SceneRect words = scene_inset (rect, scene_em (b, 0.35), 0), place = {0};

  if (glyph_of (look->role) != NULL)
    place = scene_cut_right (&words, side, scene_em (b, 0.1));
  scene_add_box (b, SCENE_ID (SCENE_FIGURE_TLBS, SCENE_TLBS_STAGE, number),
                 rect, look->role, look->emphasis)
      ->name
      = stage_name (b, look);
  SceneItem *item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_TLBS, SCENE_TLBS_STAGE, number | 0x80),
      SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
      scene_middle (words, scene_line (b, SCENE_TEXT_SMALL)), look->text);
  item->role = look->role;
  item->emphasis = look->emphasis;
  if (glyph_of (look->role) == NULL)
    return;
  item = scene_still_add (
      b->still, SCENE_ID (SCENE_FIGURE_TLBS, SCENE_TLBS_STAGE, number | 0x40),
      b->parent, SCENE_MARKER, scene_middle (place, side));
  item->text = glyph_of (look->role);
  item->role = look->role;
  item->emphasis = look->emphasis;
}

static void
add_arrow (SceneBuild *b, guint cpu, Stage stage, SceneRect from, SceneRect to,
           SceneEmphasis emphasis)
{
  double y = from.y + from.height / 2;
  SceneItem *item
      = scene_still_add (b->still,
                         SCENE_ID (SCENE_FIGURE_TLBS, SCENE_TLBS_ARROW,
                                   (guint64) cpu << 8 | stage),
                         b->parent, SCENE_CONNECTOR, from);

  item->emphasis = emphasis == SCENE_FAINT ? SCENE_FAINT : SCENE_NORMAL;
  scene_still_add_point (b->still, item, from.x + from.width, y);
  scene_still_add_point (b->still, item, to.x, y);
}

/* Where the stages stand in a width. Returns the number of lines. */
static guint
arrange (const SceneBuild *b, double width, SceneRect places[STAGES])
{
  double x = 0;
  guint line = 0;

  for (guint i = 0; i < STAGES; i++) {
    if (!has (b->context, (Stage) i))
      continue;
    double own = stage_width (b, (Stage) i);
    if (x > 0 && x + own > width + 0.01) {
      x = 0;
      line++;
    }
    places[i] = (SceneRect){x, line * (height_of (b) + scene_em (b, 0.3)), own,
                            height_of (b)};
    x += own + gap (b);
  }
  return line + 1;
}

double
scene_tlb_flow_height (const SceneBuild *build, double width)
{
  SceneRect places[STAGES];
  guint lines = arrange (build, width, places);

  return lines * (height_of (build) + scene_em (build, 0.3))
         - scene_em (build, 0.3);
}

double
scene_tlb_flow_width (const SceneBuild *build)
{
  double width = -gap (build);

  for (guint i = 0; i < STAGES; i++)
    if (has (build->context, (Stage) i))
      width += stage_width (build, (Stage) i) + gap (build);
  return width;
}

double
scene_tlb_flow_least (const SceneBuild *build)
{
  double width = 0;

  for (guint i = 0; i < STAGES; i++)
    width = MAX (width, stage_width (build, (Stage) i));
  return width;
}

void
scene_add_tlb_flow (SceneBuild *build, guint cpu, SceneRect rect)
{
  const SceneContext *c = build->context;
  gboolean own = c->access && c->cpu == cpu;
  SceneRect places[STAGES], before = {0};

  arrange (build, rect.width, places);
  for (guint i = 0; i < STAGES; i++) {
    if (!has (c, (Stage) i))
      continue;
    SceneRect place = {rect.x + places[i].x, rect.y + places[i].y,
                       places[i].width, places[i].height};
    Look look = look_of (c, cpu, (Stage) i, own);
    if (i > FIRST && place.y == before.y)
      add_arrow (build, cpu, (Stage) i, before, place, look.emphasis);
    add_stage (build, cpu, (Stage) i, &look, place);
    before = place;
  }
}

SceneId
scene_id_tlb_walk (guint cpu)
{
  return SCENE_ID (SCENE_FIGURE_TLBS, SCENE_TLBS_STAGE,
                   (guint64) cpu << 8 | WALK);
}
