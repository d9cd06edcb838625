/* Where to hold a lens: the piece of a window round what is looked at. */
#include "figures/lens.h"

/* Spans nearer than this part of a window, as a shift, are one cluster; and a
 * lens shows this part of it at most. */
#define NEAR_SHIFT 5
#define MOST_SHIFT 3

/* The size of a range less one: it always fits. */
static guint64
extent_of (const SceneLens *lens)
{
  return lens->last - lens->first;
}

/* Takes in the spans within `near` of what is there already. */
static SceneLens
cluster (const SceneSpan *spans, guint count, const SceneLens *from,
         SceneLens lens, guint64 near)
{
  for (guint i = 0; i < count; i++) {
    const SceneSpan *s = &spans[i];
    if (s->last <= lens.last || s->first > from->last)
      continue;
    if (s->first <= lens.last || s->first - lens.last <= near)
      lens.last = MIN (s->last, from->last);
  }
  for (guint i = count; i-- > 0;) {
    const SceneSpan *s = &spans[i];
    if (s->first >= lens.first || s->last < from->first)
      continue;
    if (s->last >= lens.first || lens.first - s->last <= near)
      lens.first = MAX (s->first, from->first);
  }
  return lens;
}

/* The least 2^n - 1 that is not below a number. */
static guint64
mask_of (guint64 number)
{
  guint64 mask = 0;

  while (mask < number)
    mask = mask << 1 | 1;
  return mask;
}

/* A window of 2^n addresses round a piece of `from`, which is larger. */
static SceneLens
round_up (const SceneLens *from, const SceneLens *piece, guint64 least)
{
  guint64 extent = extent_of (piece);
  guint64 mask = MAX (mask_of (extent + extent / 4), mask_of (least - 1));
  mask = MIN (mask, mask_of (extent_of (from)) >> 1);
  guint64 first = piece->first & ~mask;
  guint64 middle = piece->first + extent / 2;

  if (piece->last - first > mask) {
    first = middle - MIN (middle, mask / 2);
    first &= ~(mask >> 4);
  }
  first = CLAMP (first, from->first, from->last - mask);
  return (SceneLens){.first = first, .last = first + mask};
}

SceneLens
scene_lens_open (const SceneSpan *spans, guint count, const SceneLens *from,
                 guint64 first, guint64 last, guint64 least)
{
  guint64 most = extent_of (from) >> MOST_SHIFT;
  guint64 near = extent_of (from) >> NEAR_SHIFT;
  SceneLens focus
      = {.first = MAX (first, from->first), .last = MIN (last, from->last)};
  SceneLens piece = cluster (spans, count, from, focus, near);

  while (extent_of (&piece) > most && near > 0) {
    near >>= 2;
    piece = cluster (spans, count, from, focus, near);
  }
  /* One span fills the window: a part of it, then. */
  if (extent_of (&piece) > most && extent_of (&focus) < most) {
    guint64 mask = mask_of (most) >> 1;
    piece.first = MAX (piece.first, focus.first & ~mask);
    piece.last = MIN (piece.last, focus.last | mask);
  }
  return least == 0 ? piece : round_up (from, &piece, least);
}
