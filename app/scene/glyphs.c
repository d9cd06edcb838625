/* Outlines of the point marks, which painter and SVG writer share. */
#include "glyphs.h"

#include <string.h>

typedef struct {
  const char *name;
  guint count;
  ScenePoint corners[SCENE_GLYPH_CORNERS]; /* as parts of the radius */
} Glyph;

static const Glyph glyphs[] = {
    {.name = "ring"},
    {"square", 4, {{-0.75, -0.75}, {0.75, -0.75}, {0.75, 0.75}, {-0.75, 0.75}}},
    {"diamond", 4, {{0, -1}, {1, 0}, {0, 1}, {-1, 0}}},
    {"triangle", 3, {{0, -0.95}, {0.95, 0.75}, {-0.95, 0.75}}}};

static const Glyph *
glyph_named (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (glyphs); i++)
    if (strcmp (glyphs[i].name, name) == 0)
      return &glyphs[i];
  return NULL;
}

gboolean
scene_glyph_is_open (const char *name)
{
  return glyph_named (name) != NULL;
}

guint
scene_glyph_corners (const char *name, double x, double y, double r,
                     ScenePoint corners[SCENE_GLYPH_CORNERS])
{
  const Glyph *glyph = glyph_named (name);

  if (glyph == NULL)
    return 0;
  for (guint i = 0; i < glyph->count; i++)
    corners[i] = (ScenePoint){x + r * glyph->corners[i].x,
                              y + r * glyph->corners[i].y};
  return glyph->count;
}

double
scene_glyph_line (double r)
{
  return 0.42 * r;
}
