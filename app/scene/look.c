/* How an item looks: role and emphasis turned into colours and widths. */
#include "look.h"

/* Height of a line of type, in pixels, that widths of lines are given for. */
#define USUAL_EM 22.0

/* What an item that is not concerned keeps of its role's colours. */
#define FAINT_FILL 0.4
#define FAINT_LINE 0.3

/* How much of the line an active item's fill takes on. */
#define ACTIVE_FILL 0.08

/* How much of the border's colour a neutral chip takes on, to be seen. */
#define QUIET_CHIP 0.35

static SceneColor
line_color (const SceneItem *item, const ScenePalette *palette)
{
  const SceneInk *ink = &palette->roles[item->role];

  if (item->emphasis == SCENE_FAINT)
    return scene_color_mix (palette->border, ink->line, FAINT_LINE);
  return ink->line;
}

static gboolean
is_quiet (SceneRole role)
{
  return role == SCENE_ROLE_NEUTRAL || role == SCENE_ROLE_FREE;
}

/* The outline of a box: neutral boxes stay quiet until they matter. */
static SceneColor
box_line_color (const SceneItem *item, const ScenePalette *palette)
{
  if (is_quiet (item->role) && item->emphasis <= SCENE_NORMAL)
    return palette->border;
  return line_color (item, palette);
}

static SceneColor
fill_color (const SceneItem *item, const ScenePalette *palette)
{
  const SceneInk *ink = &palette->roles[item->role];

  switch (item->emphasis) {
  case SCENE_FAINT:
    return scene_color_mix (palette->panel, ink->fill, FAINT_FILL);
  case SCENE_NORMAL:
  case SCENE_STRONG:
    break;
  case SCENE_ACTIVE:
    return scene_color_mix (ink->fill, ink->line, ACTIVE_FILL);
  }
  return ink->fill;
}

static gboolean
is_label (SceneTextStyle style)
{
  return style == SCENE_TEXT_SMALL || style == SCENE_TEXT_MONO_SMALL;
}

static SceneColor
text_color (const SceneItem *item, const ScenePalette *palette)
{
  if (item->emphasis == SCENE_FAINT)
    return palette->faint;
  if (item->role != SCENE_ROLE_NEUTRAL)
    return palette->roles[item->role].text;
  if (item->emphasis == SCENE_NORMAL && is_label (item->style))
    return palette->muted;
  return palette->text;
}

static double
box_width (SceneEmphasis emphasis)
{
  switch (emphasis) {
  case SCENE_FAINT:
  case SCENE_NORMAL:
    return 1;
  case SCENE_STRONG:
    return 1.4;
  case SCENE_ACTIVE:
    return 2;
  }
  return 1;
}

static double
connector_width (SceneEmphasis emphasis)
{
  switch (emphasis) {
  case SCENE_FAINT:
    return 1;
  case SCENE_NORMAL:
    return 1.5;
  case SCENE_STRONG:
    return 1.75;
  case SCENE_ACTIVE:
    return 2.5;
  }
  return 1;
}

/* A pill; but what is about as high as wide is a small rounded square. */
static double
chip_radius (const SceneRect *rect)
{
  double small = MIN (rect->width, rect->height);

  return rect->width < 1.6 * rect->height ? 0.28 * small : 0.5 * small;
}

static void
look_of_panel (const SceneItem *item, const ScenePalette *palette,
               const SceneMetrics *metrics, SceneLook *look)
{
  look->filled = look->lined = TRUE;
  look->fill = palette->panel;
  look->line = palette->border;
  look->radius = 0.55 * metrics->em;
  if (item->emphasis != SCENE_ACTIVE)
    return;

  look->line = palette->roles[item->role].line;
  look->width = 2;
}

static void
look_of_box (const SceneItem *item, const ScenePalette *palette,
             const SceneMetrics *metrics, SceneLook *look)
{
  look->filled = look->lined = TRUE;
  look->fill = fill_color (item, palette);
  look->line = box_line_color (item, palette);
  look->width = box_width (item->emphasis);
  look->radius
      = MIN (0.32 * metrics->em, MIN (item->rect.width, item->rect.height) / 3);
}

static void
look_of_chip (const SceneItem *item, const ScenePalette *palette,
              SceneLook *look)
{
  look->filled = TRUE;
  look->fill = fill_color (item, palette);
  look->lined = palette->line_width > 1; /* high contrast */
  if (is_quiet (item->role) && !look->lined)
    look->fill = scene_color_mix (look->fill, palette->border, QUIET_CHIP);
  look->line = line_color (item, palette);
  look->radius = chip_radius (&item->rect);
  if (item->emphasis == SCENE_ACTIVE || item->badge) {
    SceneLook token = scene_look_of_token (item->role, palette);
    look->fill = token.fill;
    look->text = token.text;
  }
}

/* How much wider than usual lines are: large type has strong lines. */
static double
growth (const SceneMetrics *metrics)
{
  return MAX (1, metrics->em / USUAL_EM);
}

SceneLook
scene_look_of (const SceneItem *item, const ScenePalette *palette,
               const SceneMetrics *metrics)
{
  SceneLook look = {.text = text_color (item, palette), .width = 1};

  switch (item->kind) {
  case SCENE_PANEL:
    look_of_panel (item, palette, metrics, &look);
    break;
  case SCENE_BOX:
    look_of_box (item, palette, metrics, &look);
    break;
  case SCENE_CHIP:
    look_of_chip (item, palette, &look);
    break;
  case SCENE_TEXT:
    break;
  case SCENE_RULE:
    look.lined = TRUE;
    look.line = box_line_color (item, palette);
    look.width = box_width (item->emphasis);
    break;
  case SCENE_EDGE:
    look.filled = TRUE;
    look.fill = line_color (item, palette);
    look.radius = item->rect.width / 2;
    break;
  case SCENE_CONNECTOR:
  case SCENE_LINE:
    look.filled = look.lined = TRUE;
    look.line = look.fill = line_color (item, palette);
    look.width = connector_width (item->emphasis);
    look.radius = 0.45 * metrics->em;
    break;
  case SCENE_MARKER:
    look = scene_look_of_token (item->role, palette);
    look.fill = line_color (item, palette);
    break;
  }
  look.width *= palette->line_width * growth (metrics);
  return look;
}

SceneLook
scene_look_of_token (SceneRole role, const ScenePalette *palette)
{
  static const SceneColor white = {1, 1, 1}, black = {0, 0, 0};
  SceneColor fill = palette->roles[role].line;
  gboolean dark = scene_contrast (fill, white) >= 4.5;

  return (SceneLook){.filled = TRUE,
                     .fill = fill,
                     .line = palette->panel,
                     .text = dark ? white : black,
                     .width = 1};
}

gboolean
scene_look_bold (SceneTextStyle style, SceneEmphasis emphasis)
{
  switch (style) {
  case SCENE_TEXT_SMALL:
  case SCENE_TEXT_MONO:
  case SCENE_TEXT_MONO_SMALL:
    return emphasis >= SCENE_STRONG;
  case SCENE_TEXT_BODY:
    return FALSE;
  case SCENE_TEXT_BOLD:
  case SCENE_TEXT_LARGE:
  case SCENE_TEXT_MONO_BOLD:
    return TRUE;
  case SCENE_TEXT_STYLES:
    break;
  }
  return FALSE;
}

SceneRect
scene_look_text_rect (const SceneItem *item, const SceneMetrics *metrics,
                      double width)
{
  gboolean padded = item->kind == SCENE_BOX || item->kind == SCENE_CHIP
                    || item->kind == SCENE_PANEL;
  double room = MAX (0, item->rect.width - width);
  double padding = padded && item->align != SCENE_ALIGN_CENTER
                       ? MIN (0.5 * metrics->em, room / 2)
                       : 0;
  SceneRect rect = item->rect;

  rect.x += padding;
  rect.width -= 2 * padding;
  return rect;
}

gboolean
scene_look_dashes (const SceneItem *item, const SceneMetrics *metrics,
                   double dashes[2])
{
  switch (item->stroke) {
  case SCENE_STROKE_SOLID:
    return FALSE;
  case SCENE_STROKE_DASHED:
    dashes[0] = dashes[1] = SCENE_DASH * metrics->em;
    return TRUE;
  case SCENE_STROKE_DOTTED:
    dashes[0] = 0.1 * metrics->em;
    dashes[1] = 0.2 * metrics->em;
    return TRUE;
  }
  return FALSE;
}

double
scene_look_head (const SceneLook *look, const SceneMetrics *metrics)
{
  return 0.4 * metrics->em + 1.6 * look->width;
}

double
scene_look_rim (const SceneLook *look)
{
  return 0.8 * look->width;
}

SceneColor
scene_color_mix (SceneColor a, SceneColor b, double t)
{
  return (SceneColor){a.red + (b.red - a.red) * t,
                      a.green + (b.green - a.green) * t,
                      a.blue + (b.blue - a.blue) * t};
}
