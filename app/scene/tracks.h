/* Columns or rows on their way to a size: the arithmetic of every grid. */
#ifndef SCENE_TRACKS_H
#define SCENE_TRACKS_H

#include <glib.h>

#define SCENE_MAX_TRACKS 64

/* All in pixels. Fill in count, weight and gap, and the three goals, by
 * scene_tracks_demand or by hand; then one of the two that solve. */
typedef struct {
  guint count;
  double least[SCENE_MAX_TRACKS], good[SCENE_MAX_TRACKS];
  double most[SCENE_MAX_TRACKS];   /* more would be empty */
  double weight[SCENE_MAX_TRACKS]; /* how they share what is left over */
  double size[SCENE_MAX_TRACKS];   /* what came of it */
  double gap;
} SceneTracks;

/* Makes `count` tracks of one of the goals large enough together for what
 * spans them, each by its weight. */
void scene_tracks_demand (const SceneTracks *tracks, double *goal, guint first,
                          guint count, double needed);

/* Least becomes the least of the three goals, most the most. */
void scene_tracks_order (SceneTracks *tracks);

/* The room that the least sizes take, gaps included. */
double scene_tracks_least (const SceneTracks *tracks);

/* Columns: grown towards what is good; what is left over is shared by
 * weight. */
void scene_tracks_share (SceneTracks *tracks, double room);

/* Rows: grown towards what is good, then the gaps by at most `slack` each, then
 * the rows to their most. Without room (0) all are as is good. Returns what
 * nobody could use. */
double scene_tracks_fill (SceneTracks *tracks, double room, double slack);

/* Gives all of what is left over to the row that can use most. */
void scene_tracks_stretch (SceneTracks *tracks, double rest);

/* Where a track begins, and how large some are together. */
double scene_tracks_offset (const SceneTracks *tracks, guint track);
double scene_tracks_span (const SceneTracks *tracks, guint first, guint count);

#endif
