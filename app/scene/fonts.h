/* Fonts of a painter: text measured, and laid out once for many frames. */
#ifndef SCENE_FONTS_H
#define SCENE_FONTS_H

#include <pango/pangocairo.h>

#include "scene.h"

/* Numbers look alike in the stage and in the text beside it. What a desktop
 * calls "monospace" will not do: in Chinese its digits are half as wide as
 * characters, and look squeezed among others. */
#define SCENE_MONO_FAMILIES                                                    \
  "JetBrains Mono,Cascadia Mono,Source Code Pro,DejaVu Sans Mono,monospace"

typedef struct _SceneFonts SceneFonts;

/* Fonts after a pango context's (NULL: a default one), `scale` times as large.
 * Free with scene_fonts_free. */
SceneFonts *scene_fonts_new (PangoContext *context, double scale);
void scene_fonts_free (SceneFonts *fonts);

const SceneMetrics *scene_fonts_metrics (const SceneFonts *fonts);

/* One line of text, laid out. Owned by the fonts; valid until the next call. */
typedef struct {
  PangoLayoutLine *line;
  double width;
} SceneLine;

/* Lays out text; what is wider than `room` ends in an ellipsis. */
SceneLine scene_fonts_line (SceneFonts *fonts, SceneTextStyle style,
                            gboolean bold, const char *text, double room);

/* Distance of the base line below the middle of the capitals. */
double scene_fonts_drop (SceneFonts *fonts, SceneTextStyle style);

/* The families of prose and of numbers, as CSS lists them. */
const char *scene_fonts_css_family (SceneTextStyle style);

#endif
