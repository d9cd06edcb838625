/* Colours by role: light, dark, high contrast (light and dark), print. */
#ifndef SCENE_PALETTE_H
#define SCENE_PALETTE_H

#include "scene.h"

typedef struct {
  double red, green, blue;
} SceneColor;

/* The three colours of a role. Text on fill is at least 4.5:1, line on the
 * panel at least 3:1. */
typedef struct {
  SceneColor fill, line, text;
} SceneInk;

typedef enum {
  SCENE_PALETTE_LIGHT,
  SCENE_PALETTE_DARK,
  SCENE_PALETTE_CONTRAST_LIGHT,
  SCENE_PALETTE_CONTRAST_DARK,
  SCENE_PALETTE_PRINT,
  SCENE_PALETTES
} ScenePaletteId;

typedef struct {
  const char *name;  /* "light", as on the command line */
  SceneColor ground; /* behind the panels */
  SceneColor panel, border;
  SceneColor text, muted, faint; /* on the panel; faint is only for items that
                                    do not matter at this step */
  SceneColor accent;
  SceneInk roles[SCENE_ROLES];
  double line_width;
} ScenePalette;

const ScenePalette *scene_palette (ScenePaletteId id);

/* WCAG 2 contrast ratio of two colours, 1 to 21. */
double scene_contrast (SceneColor a, SceneColor b);

#endif
