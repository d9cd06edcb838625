/* One band of a ruler: what lies in a window, drawn to scale. */
#include "figures/band.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static SceneId
id_of (const SceneBand *band, guint part, guint64 number)
{
  return scene_ruler_id (band->figure, part, band->lens, number);
}

static double
mark_width (const SceneBuild *b)
{
  return scene_em (b, 0.14);
}

/* Wide ones are boxes; a hairline is a bar, for it has no inside. */
static SceneItem *
add_bar (SceneBuild *b, const SceneBand *band, SceneId id, SceneRect rect,
         const SceneSpan *span)
{
  SceneItem *item = scene_add_box (b, id, rect, span->role, span->emphasis);

  if (!scene_band_is_wide (band, &rect)) {
    item->kind = SCENE_EDGE;
    item->emphasis = MAX (span->emphasis, SCENE_NORMAL);
  }
  if (span->shows != NULL)
    scene_item_shows (b, item, span->shows, span->shows_width);
  return item;
}

static void
add_ground (SceneBuild *b, const SceneBand *band, guint i)
{
  const SceneSpan *ground = &band->ruler->grounds[i];

  add_bar (b, band, id_of (band, SCENE_RULER_GROUND, ground->number),
           band->grounds[i], ground)
      ->name
      = scene_ruler_name (b, band->ruler, ground);
}

static const char *
piece_name (const SceneBuild *b, const SceneBand *band, const ScenePiece *piece)
{
  const SceneSpan *spans = &band->ruler->spans[piece->first];
  const char *range = scene_ruler_range (b, band->ruler, spans[0].first,
                                         spans[piece->count - 1].last);

  if (piece->count == 1)
    return scene_ruler_name (b, band->ruler, spans);
  return scene_still_printf (
      b->still, ngettext ("%u piece: %s", "%u pieces: %s", piece->count),
      piece->count, range);
}

/* Many that look like one say how many they are, clear of the mark. */
static void
say_count (SceneBuild *b, const SceneBand *band, const ScenePiece *piece,
           SceneItem *item)
{
  const char *text = scene_still_printf (
      b->still, ngettext ("%u piece", "%u pieces", piece->count), piece->count);
  double width = scene_width (b, SCENE_TEXT_SMALL, text) + scene_em (b, 0.4);
  double middle = piece->rect.x + piece->rect.width / 2;

  if (item->kind != SCENE_BOX || width > piece->rect.width)
    return;
  if (scene_band_is_marked (band)
      && fabs (scene_band_x (band, band->ruler->mark) - middle) < width / 2)
    return;
  item->style = SCENE_TEXT_SMALL;
  item->text = text;
}

static void
add_piece (SceneBuild *b, const SceneBand *band, const ScenePiece *piece)
{
  const SceneSpan *first = &band->ruler->spans[piece->first];
  const SceneSpan *span = scene_band_voice (band, piece);
  const char *name = piece_name (b, band, piece);
  SceneId parent = b->parent;

  b->parent = id_of (band, SCENE_RULER_GROUND,
                     band->ruler->grounds[piece->ground].number);
  SceneItem *item = add_bar (b, band,
                             id_of (band, SCENE_RULER_SPAN, first->number),
                             piece->rect, span);
  item->name = name;
  if (piece->count > 1)
    say_count (b, band, piece, item);
  b->parent = parent;
}

/* Cuts [left, right] out of a free stretch: the larger rest stays. */
static void
cut_out (SceneRect *stretch, double left, double right)
{
  double end = stretch->x + stretch->width;

  if (right <= stretch->x || left >= end)
    return;
  if (left - stretch->x >= end - right) {
    stretch->width = left - stretch->x;
    return;
  }
  stretch->x = right;
  stretch->width = end - right;
}

/* The words of a ground where nothing lies on it. False: there is no room. */
static gboolean
add_words (SceneBuild *b, const SceneBand *band, guint i)
{
  const SceneSpan *ground = &band->ruler->grounds[i];
  const char *const words[]
      = {scene_band_is_whole (band, ground) ? ground->note : ground->label,
         ground->label};
  SceneRect free = band->grounds[i];

  for (guint p = 0; p < band->pieces->len; p++) {
    const SceneRect *rect = &g_array_index (band->pieces, ScenePiece, p).rect;
    cut_out (&free, rect->x, rect->x + rect->width);
  }
  if (scene_band_is_marked (band)) {
    double x = scene_band_x (band, band->ruler->mark);
    cut_out (&free, x - mark_width (b), x + mark_width (b));
  }
  free = scene_middle (scene_inset (free, scene_em (b, 0.4), 0),
                       scene_line (b, SCENE_TEXT_SMALL));
  for (guint n = 0; n < G_N_ELEMENTS (words); n++) {
    if (scene_width (b, SCENE_TEXT_SMALL, words[n]) > free.width)
      continue;
    scene_add_text (b, id_of (band, SCENE_RULER_WORDS, ground->number),
                    SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER, free, words[n]);
    return TRUE;
  }
  return FALSE;
}

/* The present address runs across the band, and out of it at both sides. */
static void
add_mark (SceneBuild *b, const SceneBand *band)
{
  double width = mark_width (b), out = scene_band_jut (b);
  double right = band->rect.x + band->rect.width;
  double x = scene_band_x (band, band->ruler->mark) - width / 2;
  SceneRect rect = {CLAMP (x, band->rect.x, right - width), band->rect.y - out,
                    width, band->rect.height + 2 * out};
  SceneItem *item = scene_add_box (b, id_of (band, SCENE_RULER_MARK, 0), rect,
                                   SCENE_ROLE_ACCENT, SCENE_ACTIVE);

  item->kind = SCENE_EDGE;
  item->name = scene_still_printf (
      b->still, _ ("The address %s"),
      scene_ruler_address (b, band->ruler, band->ruler->mark));
}

double
scene_band_jut (const SceneBuild *build)
{
  return scene_em (build, 0.3);
}

double
scene_band_height (const SceneBuild *build)
{
  return scene_band_flags_height (build) + scene_em (build, 1.7);
}

void
scene_add_band (SceneBuild *build, SceneFigureId figure,
                const SceneRuler *ruler, guint lens, SceneRect room,
                SceneBand *band)
{
  SceneRect flags = scene_cut_top (&room, scene_band_flags_height (build), 0);
  gboolean *said = g_newa (gboolean, ruler->ground_count);

  *band = (SceneBand){
      .figure = figure, .ruler = ruler, .lens = lens, .rect = room};
  scene_band_place (build, band);
  for (guint i = 0; i < ruler->ground_count; i++) {
    said[i] = band->grounds[i].width <= 0;
    if (!said[i])
      add_ground (build, band, i);
  }
  for (guint i = 0; i < band->pieces->len; i++)
    add_piece (build, band, &g_array_index (band->pieces, ScenePiece, i));
  for (guint i = 0; i < ruler->ground_count; i++)
    said[i] = said[i] || add_words (build, band, i);
  if (scene_band_is_marked (band))
    add_mark (build, band);
  scene_add_band_flags (build, band, flags, said);
}
