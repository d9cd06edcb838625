/* One field of the virtual address: its bits, its name, its value. */
#ifndef SCENE_ADDRESS_FIELD_H
#define SCENE_ADDRESS_FIELD_H

#include "figures/figure.h"

/* The sign-extension field, where the geometry has one. */
#define SCENE_FIELD_SIGN (VM_MAX_LEVELS + 1)

typedef struct {
  guint level; /* 0: offset; SCENE_FIELD_SIGN: bits above the translated ones */
  guint high, low;
} SceneField;

/* The least width of a field: that of its name. */
double scene_field_least (const SceneBuild *build, const SceneField *field);

/* How many bits it has. */
guint scene_field_bits (const SceneField *field);

/* True while the TLB looks for the page number. */
gboolean scene_tlb_is_looking (const SceneContext *context);

/* Least width of a field that shows its value and no bits; height without its
 * box; height of what stands below the box where bits are shown. */
double scene_field_width (const SceneBuild *build, const SceneField *field);
double scene_field_height (const SceneBuild *build, gboolean bits);
double scene_field_below (const SceneBuild *build);

/* Adds a field of the address in question below build->parent: bit by bit with
 * its value below, or the value alone. Ids are those of the figure of the
 * address. */
void scene_add_field (SceneBuild *build, const SceneField *field,
                      SceneRect rect, gboolean bits);

#endif
