/* The sentence of the step, for pictures that stand alone. */
#include <glib/gi18n-lib.h>

#include "describe.h"
#include "figures/parts.h"

static guint
sentence_lines (const SceneBuild *b, double width)
{
  if (width >= scene_em (b, 40))
    return 1;
  return width >= scene_em (b, 30) ? 2 : 3;
}

/* What is too long for its one line is said in smaller letters. */
static SceneTextStyle
sentence_style (const SceneBuild *b, double width, guint lines,
                const char *sentence)
{
  if (lines > 1 || scene_width (b, SCENE_TEXT_LARGE, sentence) <= width)
    return SCENE_TEXT_LARGE;
  return SCENE_TEXT_BOLD;
}

static double
edge_width (const SceneBuild *b)
{
  return scene_em (b, 0.25);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  guint lines = width > 0 ? sentence_lines (b, width) : 1;

  size->min_width = scene_em (b, 14);
  size->width = scene_em (b, 40);
  size->min_height = lines * scene_line (b, SCENE_TEXT_LARGE)
                     + lines * scene_line (b, SCENE_TEXT_BODY)
                     + scene_em (b, 1.2);
  size->height = size->min_height;
  size->max_height = size->min_height + scene_em (b, 0.8);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  guint lines = sentence_lines (b, rect.width);
  double height
      = lines
        * (scene_line (b, SCENE_TEXT_LARGE) + scene_line (b, SCENE_TEXT_BODY));
  SceneRect inside
      = scene_middle (scene_inset (rect, scene_em (b, 1), 0), height);
  SceneItem *item;

  b->parent = scene_id_panel (SCENE_FIGURE_CAPTION);
  item = scene_still_add (b->still, b->parent, 0, SCENE_PANEL, rect);
  item->name = scene_still_text (b->still, _ ("Caption"));
  item = scene_still_add (
      b->still, SCENE_ID (SCENE_FIGURE_CAPTION, SCENE_PART_EDGE, 0), b->parent,
      SCENE_EDGE, (SceneRect){rect.x, rect.y, edge_width (b), rect.height});
  item->role = SCENE_ROLE_ACCENT;

  g_autofree char *sentence
      = c->step != NULL ? scene_describe (c->machine, c->step)
                        : g_strdup (_ ("The machine is set up. Nothing has "
                                       "happened yet."));
  g_autofree char *more
      = c->step != NULL ? scene_describe_more (c->machine, c->step) : NULL;
  guint used = scene_add_wrapped (
      b, SCENE_ID (SCENE_FIGURE_CAPTION, SCENE_CAPTION_TEXT, 0),
      sentence_style (b, inside.width, lines, sentence), inside, lines,
      SCENE_NORMAL, sentence);
  inside.y += used * scene_line (b, SCENE_TEXT_LARGE);
  if (more != NULL)
    scene_add_wrapped (b,
                       SCENE_ID (SCENE_FIGURE_CAPTION, SCENE_CAPTION_MORE, 0),
                       SCENE_TEXT_BODY, inside, lines, SCENE_FAINT, more);
}

const SceneFigure scene_figure_caption = {.id = SCENE_FIGURE_CAPTION,
                                          .kind = "caption",
                                          .title = N_ ("Caption"),
                                          .stance = SCENE_STANCE_BAND,
                                          .measure = measure,
                                          .build = build};
