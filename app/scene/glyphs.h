/* Outlines of the point marks, which painter and SVG writer share. */
#ifndef SCENE_GLYPHS_H
#define SCENE_GLYPHS_H

#include "scene.h"

#define SCENE_GLYPH_CORNERS 4

/* True if a marker's text names an open shape ("ring", "square", "diamond",
 * "triangle") and not a glyph on a disc. */
gboolean scene_glyph_is_open (const char *name);

/* The corners of an open shape round (x, y), r from it; returns how many. 0:
 * it is round. */
guint scene_glyph_corners (const char *name, double x, double y, double r,
                           ScenePoint corners[SCENE_GLYPH_CORNERS]);

/* Width of its outline. */
double scene_glyph_line (double r);

#endif
