/* A ruler: a range of addresses drawn to scale, and lenses below it, each of
 * which opens a piece of the band above.
 *
 *   | user |             not canonical              | kernel |      to scale
 *   +------+----------------------------------------+--------+
 *   /       `----------------------------------.
 *   |                 |    |                   |                   x 131072
 *   +-----------------+----+-------------------+
 *                    /      `---.
 *   0x401000 - 0x401fff     4 KiB                           rows, no scale */
#ifndef SCENE_RULER_H
#define SCENE_RULER_H

#include "figures/figure.h"

/* Most lenses, the whole among them. */
#define SCENE_MOST_LENSES 6

/* Addresses [first, last], both included, so that the top of a 64-bit space
 * can be said, and what they are. */
typedef struct {
  guint64 first, last;
  guint64 number;    /* in the id, below 2^45: the same while it lives */
  const char *label; /* translated, short; or NULL */
  const char *note;  /* in its row, such as "rw-p"; of a ground: all words */
  const char *bare;  /* of a ground: what is said where no span lies on it */
  SceneRole role;
  SceneEmphasis emphasis;
  gconstpointer shows; /* bytes of the machine's state that say so, or NULL */
  gsize shows_width;
} SceneSpan;

/* A window. */
typedef struct {
  guint64 first, last;
  const char *title; /* translated */
} SceneLens;

typedef struct {
  const SceneSpan *grounds; /* parts of the whole: lowest first, no gaps */
  guint ground_count;
  const SceneSpan *spans; /* what lies there: lowest first, none on another */
  guint count;
  SceneLens lenses[SCENE_MOST_LENSES]; /* the whole; each within the former */
  guint lens_count;
  guint rows;      /* lines of the last lens, a list; 0: it is a band, too */
  guint digits;    /* of addresses, at least */
  gboolean marked; /* there is a present address */
  guint64 mark;    /* it */
} SceneRuler;

/* The least width; that in which most labels have room; and the height of so
 * many bands and a list of so many lines (0: none). */
double scene_ruler_least (const SceneBuild *build);
double scene_ruler_width (const SceneBuild *build);
double scene_ruler_height (const SceneBuild *build, guint bands, guint rows);

/* Adds a panel for each lens, one below the other, and the lines between them.
 * A span is drawn at least a hairline wide, and those that fall together there
 * as one. Panels are the figure's with numbers from 0 on; other ids have parts
 * from SCENE_PART on. */
void scene_add_ruler (SceneBuild *build, SceneFigureId figure,
                      const SceneRuler *ruler, SceneRect rect);

/* An address with at least so many digits. */
const char *scene_ruler_address (const SceneBuild *build,
                                 const SceneRuler *ruler, guint64 va);

#endif
