/* Where on a band of a ruler everything lies. */
#include "figures/band.h"

/* In hairlines: what is as wide has an inside, and may hold others. */
#define WIDE 2.5

static const SceneLens *
lens_of (const SceneBand *band)
{
  return &band->ruler->lenses[band->lens];
}

static gboolean
in_window (const SceneBand *band, const SceneSpan *span)
{
  return span->first <= lens_of (band)->last
         && span->last >= lens_of (band)->first;
}

static guint
count_after (const SceneBand *band, guint ground)
{
  guint count = 0;

  for (guint i = ground + 1; i < band->ruler->ground_count; i++)
    count += in_window (band, &band->ruler->grounds[i]);
  return count;
}

/* Grounds stand side by side; each has a hairline at the least, which its
 * neighbours give up. */
static void
place_grounds (SceneBand *band)
{
  double left = band->rect.x, right = band->rect.x + band->rect.width;

  for (guint i = 0; i < band->ruler->ground_count; i++) {
    const SceneSpan *ground = &band->ruler->grounds[i];
    if (!in_window (band, ground))
      continue;
    double most = right - count_after (band, i) * band->hair;
    double end = ground->last >= lens_of (band)->last
                     ? right
                     : scene_band_x (band, ground->last + 1);
    end = MAX (left + band->hair, MIN (end, most));
    band->grounds[i]
        = (SceneRect){left, band->rect.y, end - left, band->rect.height};
    left = end;
  }
}

static guint
ground_of (const SceneRuler *ruler, guint64 va)
{
  guint i = 0;

  while (i + 1 < ruler->ground_count && ruler->grounds[i].last < va)
    i++;
  return i;
}

/* A span's place within its ground. */
static SceneRect
place_of (const SceneBand *band, const SceneSpan *span, const SceneRect *ground)
{
  SceneRect rect = scene_band_piece (band, span->first, span->last);
  double right = ground->x + ground->width;

  rect.width = MIN (rect.width, ground->width);
  rect.x = CLAMP (rect.x, ground->x, right - rect.width);
  return rect;
}

/* True if a piece was taken into the one before it, which it would cover;
 * otherwise it begins where that ends. */
static gboolean
join (const SceneBand *band, ScenePiece *before, ScenePiece *piece)
{
  double end = before->rect.x + before->rect.width;
  double right = piece->rect.x + piece->rect.width;

  if (piece->ground != before->ground || piece->rect.x >= end - 0.01)
    return FALSE;
  if (right - end >= WIDE * band->hair) {
    piece->rect.x = end;
    piece->rect.width = right - end;
    return FALSE;
  }
  before->rect.width = MAX (end, right) - before->rect.x;
  before->count++;
  return TRUE;
}

static void
place_span (SceneBand *band, guint i)
{
  const SceneSpan *span = &band->ruler->spans[i];
  guint ground = ground_of (band->ruler, span->first);
  const SceneRect *rect = &band->grounds[ground];

  if (!in_window (band, span) || !scene_band_is_wide (band, rect))
    return;
  ScenePiece piece = {i, 1, ground, place_of (band, span, rect)};
  ScenePiece *last
      = band->pieces->len == 0
            ? NULL
            : &g_array_index (band->pieces, ScenePiece, band->pieces->len - 1);
  if (last == NULL || !join (band, last, &piece))
    g_array_append_val (band->pieces, piece);
}

double
scene_band_x (const SceneBand *band, guint64 va)
{
  const SceneLens *lens = lens_of (band);
  double size = (double) (lens->last - lens->first) + 1;

  va = CLAMP (va, lens->first, lens->last);
  return band->rect.x + (double) (va - lens->first) / size * band->rect.width;
}

SceneRect
scene_band_piece (const SceneBand *band, guint64 first, guint64 last)
{
  const SceneLens *lens = lens_of (band);
  double right = band->rect.x + band->rect.width;
  double x = scene_band_x (band, first);
  double end = last >= lens->last ? right : scene_band_x (band, last + 1);
  double width = MAX (end - x, band->hair);

  return (SceneRect){MIN (x, right - width), band->rect.y, width,
                     band->rect.height};
}

gboolean
scene_band_is_wide (const SceneBand *band, const SceneRect *rect)
{
  return rect->width >= WIDE * band->hair;
}

gboolean
scene_band_is_marked (const SceneBand *band)
{
  const SceneRuler *r = band->ruler;

  return r->marked && r->mark >= lens_of (band)->first
         && r->mark <= lens_of (band)->last;
}

gboolean
scene_band_is_whole (const SceneBand *band, const SceneSpan *ground)
{
  return ground->first >= lens_of (band)->first
         && ground->last <= lens_of (band)->last;
}

const SceneSpan *
scene_band_voice (const SceneBand *band, const ScenePiece *piece)
{
  const SceneSpan *best = &band->ruler->spans[piece->first];

  for (guint i = 1; i < piece->count; i++) {
    const SceneSpan *span = &band->ruler->spans[piece->first + i];
    if (span->emphasis > best->emphasis)
      best = span;
  }
  return best;
}

void
scene_band_place (const SceneBuild *build, SceneBand *band)
{
  band->hair = scene_em (build, 0.2);
  band->grounds = g_new0 (SceneRect, band->ruler->ground_count);
  band->pieces = g_array_new (FALSE, FALSE, sizeof (ScenePiece));
  place_grounds (band);
  for (guint i = 0; i < band->ruler->count; i++)
    place_span (band, i);
}

void
scene_band_clear (SceneBand *band)
{
  g_clear_pointer (&band->grounds, g_free);
  g_clear_pointer (&band->pieces, g_array_unref);
}
