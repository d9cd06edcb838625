/* The labels above a band of a ruler, in the order of what they matter. */
#include <math.h>
#include <string.h>

#include "figures/band.h"
#include "figures/flags.h"

#define LANES 2

static SceneFlag
new_flag (const SceneBand *band, guint part, guint64 number, double x)
{
  return (SceneFlag){
      .text = scene_ruler_id (band->figure, part, band->lens, number),
      .pole = scene_ruler_id (band->figure, part + 1, band->lens, number),
      .x = x,
      .style = SCENE_TEXT_MONO_SMALL,
      .emphasis = SCENE_NORMAL};
}

static void
flag_mark (SceneBuild *b, const SceneBand *band, SceneFlags *flags)
{
  SceneFlag flag = new_flag (band, SCENE_RULER_MARKED, 0,
                             scene_band_x (band, band->ruler->mark));

  flag.words[0] = scene_ruler_address (b, band->ruler, band->ruler->mark);
  flag.role = SCENE_ROLE_ACCENT;
  flag.emphasis = SCENE_STRONG;
  scene_add_flag (b, flags, &flag);
}

/* No label stands where the mark juts out of the band. */
static void
keep_clear (const SceneBuild *b, const SceneBand *band, SceneFlags *flags)
{
  double out = scene_band_jut (b);
  SceneRect rect
      = {scene_band_x (band, band->ruler->mark), band->rect.y - out, 0, out};

  g_array_append_val (flags->poles, rect);
}

/* The first address and the last. */
static void
flag_ends (SceneBuild *b, const SceneBand *band, SceneFlags *flags)
{
  const SceneLens *lens = &band->ruler->lenses[band->lens];

  for (guint i = 0; i < 2; i++) {
    SceneFlag flag = new_flag (band, SCENE_RULER_END, i,
                               band->rect.x + i * band->rect.width);
    flag.words[0] = scene_ruler_address (b, band->ruler,
                                         i == 0 ? lens->first : lens->last);
    scene_add_flag (b, flags, &flag);
  }
}

/* A ground that has no room for its words says them above. */
static void
flag_ground (SceneBuild *b, const SceneBand *band, SceneFlags *flags, guint i)
{
  const SceneSpan *ground = &band->ruler->grounds[i];
  const SceneRect *rect = &band->grounds[i];
  SceneFlag flag = new_flag (band, SCENE_RULER_WORDS, ground->number,
                             rect->x + rect->width / 2);
  guint n = 0;

  if (scene_band_is_whole (band, ground))
    flag.words[n++] = ground->note;
  flag.words[n] = ground->label;
  flag.style = SCENE_TEXT_SMALL;
  flag.role = ground->role;
  scene_add_flag (b, flags, &flag);
}

/* Where a ground begins, unless the window begins there. */
static void
flag_border (SceneBuild *b, const SceneBand *band, SceneFlags *flags, guint i)
{
  const SceneSpan *ground = &band->ruler->grounds[i];
  SceneFlag flag
      = new_flag (band, SCENE_RULER_BORDER, ground->number, band->grounds[i].x);

  if (ground->first <= band->ruler->lenses[band->lens].first)
    return;
  flag.words[0] = scene_ruler_address (b, band->ruler, ground->first);
  scene_add_flag (b, flags, &flag);
}

/* What no flag could say stands on the span itself, if it has room there, clear
 * of the mark. */
static void
say_inside (SceneBuild *b, const SceneBand *band, const ScenePiece *piece)
{
  const SceneSpan *span = &band->ruler->spans[piece->first];
  double width = scene_width (b, SCENE_TEXT_SMALL, span->label)
                 + scene_em (b, 0.8);
  double middle = piece->rect.x + piece->rect.width / 2;

  if (width > piece->rect.width
      || (scene_band_is_marked (band)
          && fabs (scene_band_x (band, band->ruler->mark) - middle)
                 < width / 2))
    return;
  scene_add_text (b,
                  scene_ruler_id (band->figure, SCENE_RULER_INSIDE, band->lens,
                                  span->number),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
                  scene_middle (piece->rect, scene_line (b, SCENE_TEXT_SMALL)),
                  span->label);
}

static void
flag_piece (SceneBuild *b, const SceneBand *band, SceneFlags *flags,
            const ScenePiece *piece)
{
  const SceneSpan *first = &band->ruler->spans[piece->first];
  const SceneSpan *voice = scene_band_voice (band, piece);
  guint64 from = MAX (first->first, band->ruler->lenses[band->lens].first);
  const char *text = scene_ruler_address (b, band->ruler, from);
  SceneFlag flag
      = new_flag (band, SCENE_RULER_FLAG, first->number, piece->rect.x);

  flag.words[0] = text;
  if (piece->count == 1 && first->label != NULL) {
    flag.words[0] = scene_still_printf (b->still, "%s %s", text, first->label);
    flag.words[1] = text;
  }
  flag.role = voice->role;
  flag.emphasis
      = MIN (voice->emphasis, piece->count > 1 ? SCENE_NORMAL : SCENE_STRONG);
  const SceneItem *said = scene_add_flag (b, flags, &flag);
  if (flag.words[1] != NULL
      && (said == NULL || strcmp (said->text, flag.words[0]) != 0))
    say_inside (b, band, piece);
}

/* Pieces of an emphasis that is at least, or less than, strong. */
static void
flag_pieces (SceneBuild *b, const SceneBand *band, SceneFlags *flags,
             gboolean strong)
{
  for (guint i = 0; i < band->pieces->len; i++) {
    const ScenePiece *piece = &g_array_index (band->pieces, ScenePiece, i);
    if ((scene_band_voice (band, piece)->emphasis >= SCENE_STRONG) == strong)
      flag_piece (b, band, flags, piece);
  }
}

double
scene_band_flags_height (const SceneBuild *build)
{
  return scene_flags_height (build, LANES);
}

void
scene_add_band_flags (SceneBuild *build, const SceneBand *band, SceneRect room,
                      const gboolean *said)
{
  g_auto (SceneFlags) flags = scene_flags_new (room, LANES);
  guint count = band->ruler->ground_count;

  if (scene_band_is_marked (band)) {
    keep_clear (build, band, &flags);
    flag_mark (build, band, &flags);
  }
  for (guint i = 0; i < count; i++)
    if (!said[i])
      flag_ground (build, band, &flags, i);
  flag_ends (build, band, &flags);
  flag_pieces (build, band, &flags, TRUE);
  for (guint i = 0; i < count; i++)
    if (band->grounds[i].width > 0)
      flag_border (build, band, &flags, i);
  flag_pieces (build, band, &flags, FALSE);
}
