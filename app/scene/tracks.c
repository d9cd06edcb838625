/* Columns or rows on their way to a size: the arithmetic of every grid. */
#include "tracks.h"

#include <string.h>

static double
sum (const double *values, guint count)
{
  double total = 0;

  for (guint i = 0; i < count; i++)
    total += values[i];
  return total;
}

static double
gaps (const SceneTracks *t)
{
  return t->count > 0 ? (t->count - 1) * t->gap : 0;
}

/* Grows sizes towards a goal, all by the same part of what they lack. Returns
 * what is left over. */
static double
grow (SceneTracks *t, const double *goal, double spare)
{
  double lack = sum (goal, t->count) - sum (t->size, t->count);
  double part = lack > 0 ? MIN (1, spare / lack) : 0;

  if (spare <= 0)
    return spare;
  for (guint i = 0; i < t->count; i++)
    t->size[i] += part * (goal[i] - t->size[i]);
  return spare - part * lack;
}

void
scene_tracks_demand (const SceneTracks *tracks, double *goal, guint first,
                     guint count, double needed)
{
  double missing = needed - sum (goal + first, count)
                   - (count - 1) * tracks->gap;
  double weights = sum (tracks->weight + first, count);

  for (guint i = 0; missing > 0 && i < count; i++)
    goal[first + i] += missing * tracks->weight[first + i] / weights;
}

void
scene_tracks_order (SceneTracks *tracks)
{
  for (guint i = 0; i < tracks->count; i++) {
    tracks->good[i] = MAX (tracks->good[i], tracks->least[i]);
    tracks->most[i] = MAX (tracks->most[i], tracks->good[i]);
  }
}

double
scene_tracks_least (const SceneTracks *tracks)
{
  return sum (tracks->least, tracks->count) + gaps (tracks);
}

void
scene_tracks_share (SceneTracks *tracks, double room)
{
  double total = sum (tracks->weight, tracks->count), spare;

  memcpy (tracks->size, tracks->least, sizeof tracks->size);
  spare = grow (tracks, tracks->good, room - scene_tracks_least (tracks));
  for (guint i = 0; i < tracks->count; i++)
    tracks->size[i] += spare * tracks->weight[i] / total;
}

double
scene_tracks_fill (SceneTracks *tracks, double room, double slack)
{
  memcpy (tracks->size, tracks->least, sizeof tracks->size);
  if (room <= 0) {
    memcpy (tracks->size, tracks->good, sizeof tracks->size);
    return 0;
  }

  double spare
      = grow (tracks, tracks->good, room - scene_tracks_least (tracks));
  if (spare > 0 && tracks->count > 1) {
    double more = MIN (slack, spare / 4 / (tracks->count - 1));
    tracks->gap += more;
    spare -= more * (tracks->count - 1);
  }
  spare = grow (tracks, tracks->most, spare);
  return MAX (0, spare);
}

void
scene_tracks_stretch (SceneTracks *tracks, double rest)
{
  guint highest = 0;

  for (guint i = 1; i < tracks->count; i++)
    if (tracks->most[i] > tracks->most[highest])
      highest = i;
  tracks->size[highest] += rest;
}

double
scene_tracks_offset (const SceneTracks *tracks, guint track)
{
  return sum (tracks->size, track) + track * tracks->gap;
}

double
scene_tracks_span (const SceneTracks *tracks, guint first, guint count)
{
  return sum (tracks->size + first, count) + (count - 1) * tracks->gap;
}
