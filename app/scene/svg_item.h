/* Items of a still as SVG, each a group of real text and shapes. */
#ifndef SCENE_SVG_ITEM_H
#define SCENE_SVG_ITEM_H

#include "svg_ink.h"

typedef struct {
  const SceneMetrics *metrics; /* those that the stills are laid out with */
  const ScenePalette *palette; /* whose colours are written; or NULL, and: */
  SceneSvgInks *inks; /* colours and fonts are classes, for a document that
                         holds many stills in short */
  const char *prefix; /* of ids, so that two pictures of one document differ */
} SceneSvgStyle;

/* Appends one item of the still. */
void scene_svg_item (GString *out, const SceneSvgStyle *style,
                     const SceneStill *still, const SceneItem *item);

/* Rules of CSS for the classes of fonts: "t4", and "b" for bold. */
void scene_svg_fonts_css (const SceneMetrics *metrics, GString *css);

/* Appends ` name="value"`, with a number that means the same in every locale;
 * a viewBox; text as XML, without what XML forbids even when escaped. */
void scene_svg_number (GString *out, const char *name, double value);
void scene_svg_view_box (GString *out, double width, double height);
void scene_svg_escaped (GString *out, const char *text);

#endif
