/* Labels on poles above a band: they give way to those placed before them. */
#ifndef SCENE_FLAGS_H
#define SCENE_FLAGS_H

#include "figures/figure.h"

/* Words for one flag, the longest first. */
#define SCENE_FLAG_WORDS 3

typedef struct {
  SceneRect room; /* lanes above the band; poles stand on its lower edge */
  guint lanes;
  GArray *taken;   /* of SceneRect: texts */
  GArray *poles;   /* of SceneRect */
  GPtrArray *said; /* words: none are said twice */
} SceneFlags;

typedef struct {
  SceneId text, pole; /* ids */
  double x;           /* of the pole */
  const char *words[SCENE_FLAG_WORDS];
  const char *name; /* for the screen reader, or NULL */
  SceneTextStyle style;
  SceneRole role;
  SceneEmphasis emphasis;
} SceneFlag;

double scene_flags_height (const SceneBuild *build, guint lanes);

SceneFlags scene_flags_new (SceneRect room, guint lanes);
void scene_flags_clear (SceneFlags *flags);

/* Adds the flag in the lowest lane that has room for its longest words, right
 * or left of the pole. Returns the text, valid until the next item is added,
 * or NULL: there is no room, or the same
 * was said already. */
SceneItem *scene_add_flag (SceneBuild *build, SceneFlags *flags,
                           const SceneFlag *flag);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SceneFlags, scene_flags_clear)

#endif
