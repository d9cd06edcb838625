/* Colours in an SVG: written out for one palette, or as classes for all. */
#ifndef SCENE_SVG_INK_H
#define SCENE_SVG_INK_H

#include "look.h"

/* Colours that have a class each: the same thing in all palettes. */
typedef struct _SceneSvgInks SceneSvgInks;

SceneSvgInks *scene_svg_inks_new (void);
void scene_svg_inks_free (SceneSvgInks *inks);

/* One colour in as many palettes as are wanted. */
typedef struct {
  SceneColor in[SCENE_PALETTES];
} SceneSvgColor;

/* The number of a colour, from 0 on; the same for equal ones. */
guint scene_svg_ink (SceneSvgInks *inks, const SceneSvgColor *color);

/* Rules of CSS for all colours so far: ".f3" fills with the third one, ".s3"
 * draws lines with it, and which one that is depends on what the reader likes:
 * light or dark, more contrast, paper. */
void scene_svg_inks_css (const SceneSvgInks *inks, GString *css);

/* "#1c71d8". */
void scene_svg_hex (GString *out, SceneColor color);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SceneSvgInks, scene_svg_inks_free)

#endif
