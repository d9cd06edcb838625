/* The bits of a word as named fields side by side: a page-table entry, a
 * register, an error code. */
#ifndef SCENE_BITS_H
#define SCENE_BITS_H

#include "figures/figure.h"

/* A word has no more fields than bits. */
#define SCENE_BIT_FIELDS 64

typedef struct {
  const char *label;  /* short, below the box */
  guint high, low;    /* its bits */
  gboolean wide;      /* takes the room that others leave; its bits are
                         numbered instead of labelled */
  const char *text;   /* in a wide box; NULL: `number` */
  const char *number; /* in a wide box that is too narrow for text */
  gboolean known;     /* value is what it holds; else it is empty */
  guint64 value;
  SceneRole role;
  SceneEmphasis emphasis;
  SceneMeaning meaning; /* of the whole field, with a number */
  guint64 meant;
  guint64 pa;  /* bytes of simulated memory where the word lies */
  guint width; /* 0: none */
} SceneBitField;

typedef struct {
  SceneBitField field[SCENE_BIT_FIELDS]; /* the highest bits first */
  guint count;
  guint series; /* of a figure with several words: which one, from 0 */
} SceneBits;

/* The value of the bits high to low of a word. */
guint64 scene_bits_value (guint64 word, guint high, guint low);

/* Least width of the fields whose lowest bit lies in [from, to). */
double scene_bits_width (const SceneBuild *build, const SceneBits *bits,
                         guint from, guint to);

/* Height of what stands below a row of boxes. */
double scene_bits_labels_height (const SceneBuild *build);

/* Adds the fields whose lowest bit lies in [from, to), side by side below
 * build->parent. Ids are of the figure, with five parts from SCENE_PART on and
 * the field's highest bit as number, that of a wide field 0; plus the series
 * << 8. */
void scene_add_bits (SceneBuild *build, SceneFigureId figure,
                     const SceneBits *bits, guint from, guint to,
                     SceneRect rect);

#endif
