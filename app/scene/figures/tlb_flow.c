/* The way of a translation through the TLBs, stage by stage. */
#include "figures/tlb_flow.h"

#include <glib/gi18n-lib.h>

#include "figures/parts.h"
#include "figures/tlb_stage.h"

/* What a glyph says of the stage, besides the colour. */
static const char *
glyph_of (SceneRole role)
{
  if (role == SCENE_ROLE_HIT)
    return "tick";
  return role == SCENE_ROLE_MISS ? "cross" : NULL;
}

static const char *
stage_name (const SceneBuild *b, const SceneTlbStageLook *look)
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
add_stage (SceneBuild *b, guint cpu, SceneTlbStage stage,
           const SceneTlbStageLook *look, SceneRect rect)
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
add_arrow (SceneBuild *b, guint cpu, SceneTlbStage stage, SceneRect from,
           SceneRect to, SceneEmphasis emphasis)
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
arrange (const SceneBuild *b, double width, SceneRect places[SCENE_TLB_STAGES])
{
  double x = 0;
  guint line = 0;

  for (guint i = 0; i < SCENE_TLB_STAGES; i++) {
    if (!scene_tlb_stage_there (b->context, (SceneTlbStage) i))
      continue;
    double own = scene_tlb_stage_width (b, (SceneTlbStage) i);
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
  SceneRect places[SCENE_TLB_STAGES];
  guint lines = arrange (build, width, places);

  return lines * (height_of (build) + scene_em (build, 0.3))
         - scene_em (build, 0.3);
}

double
scene_tlb_flow_width (const SceneBuild *build)
{
  double width = -gap (build);

  for (guint i = 0; i < SCENE_TLB_STAGES; i++)
    if (scene_tlb_stage_there (build->context, (SceneTlbStage) i))
      width += scene_tlb_stage_width (build, (SceneTlbStage) i) + gap (build);
  return width;
}

double
scene_tlb_flow_least (const SceneBuild *build)
{
  double width = 0;

  for (guint i = 0; i < SCENE_TLB_STAGES; i++)
    width = MAX (width, scene_tlb_stage_width (build, (SceneTlbStage) i));
  return width;
}

void
scene_add_tlb_flow (SceneBuild *build, guint cpu, SceneRect rect)
{
  const SceneContext *c = build->context;
  gboolean own = c->access && c->cpu == cpu;
  SceneRect places[SCENE_TLB_STAGES], before = {0};

  arrange (build, rect.width, places);
  for (guint i = 0; i < SCENE_TLB_STAGES; i++) {
    if (!scene_tlb_stage_there (c, (SceneTlbStage) i))
      continue;
    SceneRect place = {rect.x + places[i].x, rect.y + places[i].y,
                       places[i].width, places[i].height};
    SceneTlbStageLook look
        = scene_tlb_stage_look (c, cpu, (SceneTlbStage) i, own);
    if (i > SCENE_TLB_FIRST && place.y == before.y)
      add_arrow (build, cpu, (SceneTlbStage) i, before, place, look.emphasis);
    add_stage (build, cpu, (SceneTlbStage) i, &look, place);
    before = place;
  }
}

SceneId
scene_id_tlb_walk (guint cpu)
{
  return SCENE_ID (SCENE_FIGURE_TLBS, SCENE_TLBS_STAGE,
                   (guint64) cpu << 8 | SCENE_TLB_WALK);
}
