/* The SVG writer: a still as a file of real text and shapes with stable ids. */
#include "paint.h"
#include "svg_item.h"

static void
write_root (GString *out, const SceneStill *still, const ScenePalette *palette)
{
  g_autoptr (GString) box = g_string_new (NULL);

  g_string_append (out, "<svg xmlns=\"http://www.w3.org/2000/svg\"");
  scene_svg_number (box, "width", still->width);
  scene_svg_number (box, "height", still->height);
  g_string_append (out, box->str);
  scene_svg_view_box (out, still->width, still->height);
  g_string_append (out, " role=\"graphics-document\">\n<rect");
  g_string_append_printf (out, "%s fill=\"", box->str);
  scene_svg_hex (out, palette->ground);
  g_string_append (out, "\"/>\n");
}

gboolean
scene_write_svg (const SceneStill *still, const SceneMetrics *metrics,
                 const ScenePalette *palette, const char *path, GError **error)
{
  const SceneSvgStyle style
      = {.metrics = metrics, .palette = palette, .prefix = "i"};
  g_autoptr (GString) out
      = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

  write_root (out, still, palette);
  for (guint i = 0; i < still->items->len; i++)
    scene_svg_item (out, &style, still,
                    &g_array_index (still->items, SceneItem, i));
  g_string_append (out, "</svg>\n");
  return g_file_set_contents (path, out->str, (gssize) out->len, error);
}
