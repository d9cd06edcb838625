/* A physical frame and whose it is: split in the colours of all that share it,
 * with a sign of each. */
#ifndef SCENE_OWNED_H
#define SCENE_OWNED_H

#include "figures/figure.h"

/* Owners that can be told apart. */
#define SCENE_OWNERS 3

/* Somebody frames may belong to: a colour, and a letter that says the same. */
typedef struct {
  const char *sign;
  SceneRole role;
} SceneOwner;

typedef struct {
  guint64 number, count; /* so many 4 KiB frames from this one on */
  guint owners;          /* bit n: owner n */
  SceneRole role;        /* where no owner is known */
  SceneEmphasis emphasis;
  const char *label;  /* translated: what it is */
  const char *value;  /* what it holds, in hex; NULL: the label says enough */
  guint refs, others; /* references to it; entries of other owners */
  guint mapped;       /* entries that name it: the page cache counts, too, and
                         the kernel keeps the frame of zeros */
  gboolean managed;   /* false: references are not counted */
  gboolean is_new;
  const char *word; /* "copied": how it came from the frame copy_of; or NULL */
  guint64 copy_of;
  const char *name;     /* for the screen reader */
  gconstpointer record; /* its bytes of the machine's state, or NULL */
  gsize record_width;
} SceneOwnedFrame;

/* Size of a frame with a label or value of that width, for so many owners. */
double scene_owned_width (const SceneBuild *build, double text, guint owners);
double scene_owned_height (const SceneBuild *build);

/* Gives an item the colours of a frame's owners. */
void scene_item_belongs (SceneItem *item, const SceneOwner owners[SCENE_OWNERS],
                         const SceneOwnedFrame *frame);

/* Adds a frame below build->parent. */
void scene_add_owned (SceneBuild *build, SceneFigureId figure,
                      const SceneOwner owners[SCENE_OWNERS],
                      const SceneOwnedFrame *frame, SceneRect rect);

SceneId scene_id_owned (SceneFigureId figure, guint64 frame);

#endif
