/* One band of a ruler: what lies in a window, drawn to scale. */
#ifndef SCENE_BAND_H
#define SCENE_BAND_H

#include "figures/kit.h"
#include "figures/ruler.h"

/* Parts of a ruler's ids. */
enum {
  SCENE_RULER_GROUND = SCENE_PART, /* number: lens << 45 | span's, as below */
  SCENE_RULER_SPAN,
  SCENE_RULER_MARK,  /* number: lens */
  SCENE_RULER_PIECE, /* number: the lens that it opens */
  SCENE_RULER_LINE,  /* number: lens << 45 | 0 left, 1 right */
  SCENE_RULER_WORDS, /* labels above; each is followed by its pole */
  SCENE_RULER_WORDS_POLE,
  SCENE_RULER_BORDER, /* of a ground */
  SCENE_RULER_BORDER_POLE,
  SCENE_RULER_FLAG,
  SCENE_RULER_FLAG_POLE,
  SCENE_RULER_END, /* number: lens << 45 | 0 the first, 1 the last address */
  SCENE_RULER_END_POLE,
  SCENE_RULER_MARKED,
  SCENE_RULER_MARKED_POLE,
  SCENE_RULER_ROW,
  SCENE_RULER_RANGE,
  SCENE_RULER_LABEL,
  SCENE_RULER_NOTE,
  SCENE_RULER_SIZE,
  SCENE_RULER_HERE,  /* number: lens << 45 | 0 the mark, 1 its address */
  SCENE_RULER_INSIDE /* the label of a span that no flag could say */
};

/* Spans drawn as one, for they fall together. */
typedef struct {
  guint first, count; /* of the ruler's spans */
  guint ground;       /* they lie on */
  SceneRect rect;
} ScenePiece;

typedef struct {
  SceneFigureId figure;
  const SceneRuler *ruler;
  guint lens;         /* which */
  SceneRect rect;     /* of the band */
  double hair;        /* the least width */
  SceneRect *grounds; /* one each; width 0: outside the window */
  GArray *pieces;     /* of ScenePiece */
} SceneBand;

SceneId scene_ruler_id (SceneFigureId figure, guint part, guint lens,
                        guint64 number);

/* "0x401000 to 0x401fff", and that behind what a span is. */
const char *scene_ruler_range (const SceneBuild *build, const SceneRuler *ruler,
                               guint64 first, guint64 last);
const char *scene_ruler_name (const SceneBuild *build, const SceneRuler *ruler,
                              const SceneSpan *span);

/* How far the mark of the present address juts out of a band, above and
 * below. */
double scene_band_jut (const SceneBuild *build);

/* Height of a band with its labels above. */
double scene_band_height (const SceneBuild *build);

/* Fills in the places on the band of a window: band->rect is its own. */
void scene_band_place (const SceneBuild *build, SceneBand *band);
void scene_band_clear (SceneBand *band);

/* Where on the band an address begins, and where [first, last] is drawn: a
 * hairline at the least. */
double scene_band_x (const SceneBand *band, guint64 va);
SceneRect scene_band_piece (const SceneBand *band, guint64 first, guint64 last);

/* True of a place that is more than a hairline: it has an inside. */
gboolean scene_band_is_wide (const SceneBand *band, const SceneRect *rect);

/* True if the present address lies in the window. */
gboolean scene_band_is_marked (const SceneBand *band);

/* True if all of a ground lies in the window. */
gboolean scene_band_is_whole (const SceneBand *band, const SceneSpan *ground);

/* What speaks for a piece: of its spans the one that matters most. */
const SceneSpan *scene_band_voice (const SceneBand *band,
                                   const ScenePiece *piece);

/* Labels above a band, in a room of that height. said: whether the words of a
 * ground stand somewhere already. */
double scene_band_flags_height (const SceneBuild *build);
void scene_add_band_flags (SceneBuild *build, const SceneBand *band,
                           SceneRect room, const gboolean *said);

/* Adds a window's band and labels to the room below build->parent, and sets
 * *band for those who draw more; to be cleared. */
void scene_add_band (SceneBuild *build, SceneFigureId figure,
                     const SceneRuler *ruler, guint lens, SceneRect room,
                     SceneBand *band);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SceneBand, scene_band_clear)

#endif
