/* The fields of an mm_struct that a course names: what they hold, and what this
 * step made of them. */
#ifndef SCENE_MM_FIELDS_H
#define SCENE_MM_FIELDS_H

#include "figures/kit.h"

/* Parts of the ids. */
enum {
  SCENE_MM_NAME = SCENE_PART, /* number: field, as below */
  SCENE_MM_VALUE,
  SCENE_MM_BOX,
  SCENE_MM_HEADING /* number: group */
};

typedef enum {
  SCENE_MM_ADDRESSES,
  SCENE_MM_PAGES,
  SCENE_MM_COUNTS,
  SCENE_MM_GROUPS
} SceneMmGroup;

typedef enum {
  SCENE_MM_ADDRESS, /* virtual */
  SCENE_MM_NUMBER,
  SCENE_MM_ROOT, /* a frame, told as the physical address where it begins */
  SCENE_MM_TREE  /* a region, told as the address where it begins */
} SceneMmKind;

typedef struct {
  const char *name; /* as Linux calls it */
  SceneMmGroup group;
  SceneMmKind kind;
  gboolean process; /* in the process, and not in its mm */
  guint offset, width;
} SceneMmField;

#define SCENE_MM_FIELDS 40 /* at most */

extern const SceneMmField scene_mm_fields[];
extern const guint scene_mm_field_count;

/* Its bytes in the state, and the number that they hold. */
gconstpointer scene_mm_field_place (const SceneContext *context,
                                    guint32 process, guint field);
guint64 scene_mm_field_value (const SceneContext *context, guint32 process,
                              guint field);

/* True if the step of the cursor changed it: *before is what it held. */
gboolean scene_mm_field_changed (const SceneContext *context, guint32 process,
                                 guint field, guint64 *before);

/* A number of a field, as it is written. */
const char *scene_mm_field_text (const SceneBuild *build, guint field,
                                 guint64 value);

/* The item of the field that points to the tree of regions. */
SceneId scene_mm_tree_id (void);

#endif
