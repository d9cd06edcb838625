/* Labels on poles above a band: they give way to those placed before them. */
#include "figures/flags.h"

#include "figures/kit.h"

static double
lane_height (const SceneBuild *b)
{
  return MAX (scene_line (b, SCENE_TEXT_SMALL),
              scene_line (b, SCENE_TEXT_MONO_SMALL))
         + scene_em (b, 0.1);
}

static gboolean
touch (const SceneRect *a, const SceneRect *b, double gap)
{
  return a->x < b->x + b->width + gap && b->x < a->x + a->width + gap
         && a->y < b->y + b->height - 0.01 && b->y < a->y + a->height - 0.01;
}

static gboolean
is_free (const GArray *taken, const SceneRect *rect, double gap)
{
  for (guint i = 0; i < taken->len; i++)
    if (touch (&g_array_index (taken, SceneRect, i), rect, gap))
      return FALSE;
  return TRUE;
}

static SceneRect
lane_of (const SceneBuild *b, const SceneFlags *flags, guint lane)
{
  double height = lane_height (b);
  SceneRect rect = flags->room;

  rect.y += rect.height - (lane + 1) * height;
  rect.height = height;
  return rect;
}

static SceneRect
pole_of (const SceneFlags *flags, double x, const SceneRect *lane)
{
  double foot = flags->room.y + flags->room.height;

  return (SceneRect){x, lane->y, 0, foot - lane->y};
}

/* Where a text of that width may stand in a lane, right of the pole or left.
 * False if others stand there, or are cut by the pole. */
static gboolean
find_place (const SceneBuild *b, const SceneFlags *flags, double x,
            double width, guint lane, gboolean left, SceneRect *place)
{
  double beside = scene_em (b, 0.4);
  SceneRect rect = lane_of (b, flags, lane);
  SceneRect pole = pole_of (flags, x, &rect);
  double right = rect.x + rect.width;

  *place = (SceneRect){left ? x - beside - width : x + beside, rect.y, width,
                       rect.height};
  return place->x >= rect.x - 0.01 && place->x + width <= right + 0.01
         && is_free (flags->taken, place, scene_em (b, 0.6))
         && is_free (flags->taken, &pole, scene_em (b, 0.15))
         && is_free (flags->poles, place, scene_em (b, 0.15));
}

static SceneItem *
add (SceneBuild *b, SceneFlags *flags, const SceneFlag *flag, const char *words,
     gboolean left, SceneRect place)
{
  SceneRect pole = pole_of (flags, flag->x, &place);
  SceneItem *item
      = scene_still_add (b->still, flag->pole, b->parent, SCENE_RULE, pole);

  item->role = flag->role;
  item->emphasis = MIN (flag->emphasis, SCENE_STRONG);
  g_array_append_val (flags->poles, pole);
  g_array_append_val (flags->taken, place);
  g_ptr_array_add (flags->said, (gpointer) flag->words[0]);
  item = scene_add_text (b, flag->text, flag->style,
                         left ? SCENE_ALIGN_END : SCENE_ALIGN_START, place,
                         words);
  item->role = flag->role;
  item->emphasis = flag->emphasis;
  item->name = scene_still_text (b->still, flag->name);
  return item;
}

double
scene_flags_height (const SceneBuild *build, guint lanes)
{
  return lanes * lane_height (build) + scene_em (build, 0.1);
}

SceneFlags
scene_flags_new (SceneRect room, guint lanes)
{
  return (SceneFlags){.room = room,
                      .lanes = lanes,
                      .taken = g_array_new (FALSE, FALSE, sizeof (SceneRect)),
                      .poles = g_array_new (FALSE, FALSE, sizeof (SceneRect)),
                      .said = g_ptr_array_new ()};
}

void
scene_flags_clear (SceneFlags *flags)
{
  g_array_unref (flags->taken);
  g_array_unref (flags->poles);
  g_ptr_array_unref (flags->said);
}

SceneItem *
scene_add_flag (SceneBuild *build, SceneFlags *flags, const SceneFlag *flag)
{
  SceneRect place;

  if (g_ptr_array_find_with_equal_func (flags->said, flag->words[0],
                                        g_str_equal, NULL))
    return NULL;
  for (guint w = 0; w < SCENE_FLAG_WORDS && flag->words[w] != NULL; w++) {
    double width = scene_width (build, flag->style, flag->words[w]);
    for (guint i = 0; i < 2 * flags->lanes; i++)
      if (find_place (build, flags, flag->x, width, i / 2, i % 2 == 1, &place))
        return add (build, flags, flag, flag->words[w], i % 2 == 1, place);
  }
  return NULL;
}
