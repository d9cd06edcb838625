/* Pictures of all steps in one document: the first one, and what is different
 * in each that follows. */
#include "html_pictures.h"

#include <string.h>

#include "html_text.h"
#include "paint.h"
#include "stage.h"

struct _ExportPictures {
  SceneStage *stage;
  ScenePainter *painter;
  SceneSvgStyle style;
  double width, wished, height;
  GHashTable *numbers;  /* from a part to its number + 1 */
  GPtrArray *parts;     /* of char *, owned by the table */
  GArray *first, *last; /* of guint: the parts of a picture */
  GString *steps;       /* what each step changes, as JSON */
};

ExportPictures *
export_pictures_new (const LessonPlay *play, double width, double height,
                     const char *prefix, SceneSvgInks *inks)
{
  ExportPictures *pictures = g_new0 (ExportPictures, 1);

  pictures->stage = scene_stage_new (play->document);
  scene_stage_set_start (pictures->stage, play->first_step);
  pictures->painter = scene_painter_new (NULL, 1);
  pictures->style
      = (SceneSvgStyle){.metrics = scene_painter_metrics (pictures->painter),
                        .inks = inks,
                        .prefix = prefix};
  pictures->width = width;
  pictures->wished = height;
  pictures->numbers
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  pictures->parts = g_ptr_array_new ();
  pictures->steps = g_string_new (NULL);
  return pictures;
}

void
export_pictures_free (ExportPictures *pictures)
{
  if (pictures == NULL)
    return;
  scene_stage_free (pictures->stage);
  scene_painter_free (pictures->painter);
  g_ptr_array_unref (pictures->parts);
  g_hash_table_unref (pictures->numbers);
  g_clear_pointer (&pictures->first, g_array_unref);
  g_clear_pointer (&pictures->last, g_array_unref);
  g_string_free (pictures->steps, TRUE);
  g_free (pictures);
}

/* Parts ------------------------------------------------------------------- */

static guint
number_of (ExportPictures *pictures, char *part)
{
  guint known
      = GPOINTER_TO_UINT (g_hash_table_lookup (pictures->numbers, part));

  if (known > 0) {
    g_free (part);
    return known - 1;
  }
  g_ptr_array_add (pictures->parts, part);
  g_hash_table_insert (pictures->numbers, part,
                       GUINT_TO_POINTER (pictures->parts->len));
  return pictures->parts->len - 1;
}

/* An item in short: on one line, and with quotes that a string of JSON need
 * not escape; there are no others in it. */
static char *
part_of (const ExportPictures *pictures, const SceneStill *still,
         const SceneItem *item)
{
  GString *part = g_string_new (NULL);

  scene_svg_item (part, &pictures->style, still, item);
  g_strdelimit (part->str, "\"", '\'');
  for (char *p = part->str; (p = strstr (p, ">\n")) != NULL;)
    g_string_erase (part, p + 1 - part->str, 1);
  return g_string_free (part, FALSE);
}

static GArray *
parts_of (ExportPictures *pictures, const SceneStill *still)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    guint number = number_of (pictures, part_of (pictures, still, item));
    g_array_append_val (parts, number);
  }
  return parts;
}

/* Differences ------------------------------------------------------------- */

typedef struct {
  const guint *old, *new;
  guint old_count, new_count;
  GHashTable *places; /* from a part to its place in the old picture + 1 */
} Comparison;

/* Where a part of the new picture stands in the old one, from `from` on; the
 * end if it does not. */
static guint
place_of (const Comparison *c, guint part, guint from)
{
  guint place = GPOINTER_TO_UINT (
      g_hash_table_lookup (c->places, GUINT_TO_POINTER (part + 1)));

  return place > from ? place - 1 : c->old_count;
}

/* The next parts that both have, from here on: both ends if there are none. */
static void
meet (const Comparison *c, guint *old, guint *new)
{
  for (; *new < c->new_count; (*new)++) {
    guint place = place_of (c, c->new[*new], *old);
    if (place == c->old_count)
      continue;
    *old = place;
    return;
  }
  *old = c->old_count;
}

static void
write_cut (GString *out, const Comparison *c, guint away, guint from, guint to)
{
  if (out->str[out->len - 1] != '[')
    g_string_append_c (out, ',');
  g_string_append_printf (out, "%u,%u,%u", from, away, to - from);
  for (guint i = from; i < to; i++)
    g_string_append_printf (out, ",%u", c->new[i]);
}

/* Places are those of the new picture, as far as it is made by then. */
static void
write_difference (GString *out, const Comparison *c)
{
  guint old = 0, new = 0;

  while (old < c->old_count || new < c->new_count) {
    guint from = old, begin = new;
    if (old < c->old_count && new < c->new_count
        && c->old[old] == c->new[new]) {
      old++;
      new ++;
      continue;
    }
    meet (c, &old, &new);
    write_cut (out, c, old - from, begin, new);
  }
}

static void
compare (ExportPictures *pictures, const GArray *old, const GArray *new)
{
  const Comparison comparison
      = {.old = (const guint *) (const void *) old->data,
         .new = (const guint *) (const void *) new->data,
         .old_count = old->len,
         .new_count = new->len,
         .places = g_hash_table_new (NULL, NULL)};

  for (guint i = 0; i < old->len; i++)
    g_hash_table_insert (comparison.places,
                         GUINT_TO_POINTER (g_array_index (old, guint, i) + 1),
                         GUINT_TO_POINTER (i + 1));
  g_string_append (pictures->steps, pictures->steps->len > 0 ? ",\n[" : "[");
  write_difference (pictures->steps, &comparison);
  g_string_append_c (pictures->steps, ']');
  g_hash_table_unref (comparison.places);
}

void
export_pictures_add (ExportPictures *pictures, const LessonPlay *play)
{
  g_autoptr (SceneStill) still = scene_stage_still (
      pictures->stage, play->machine, pictures->style.metrics, pictures->width,
      pictures->wished);
  g_autoptr (GArray) last = g_steal_pointer (&pictures->last);

  pictures->height = MAX (pictures->height, still->height);
  pictures->last = parts_of (pictures, still);
  if (last != NULL)
    compare (pictures, last, pictures->last);
  else
    pictures->first = g_array_ref (pictures->last);
}

/* Writing ----------------------------------------------------------------- */

const SceneMetrics *
export_pictures_metrics (const ExportPictures *pictures)
{
  return pictures->style.metrics;
}

void
export_pictures_first (const ExportPictures *pictures, const char *id,
                       const char *name, GString *out)
{
  g_string_append_printf (out, "<svg id=\"%s\" class=\"stage\"", id);
  scene_svg_view_box (out, pictures->width, pictures->height);
  scene_svg_number (out, "width", pictures->width);
  g_string_append (out, " role=\"group\" aria-label=\"");
  export_html_escaped (out, name);
  g_string_append (out, "\">\n");
  for (guint i = 0; i < pictures->first->len; i++)
    g_string_append (
        out, g_ptr_array_index (pictures->parts,
                                g_array_index (pictures->first, guint, i)));
  g_string_append (out, "</svg>\n");
}

void
export_pictures_json (const ExportPictures *pictures, GString *out)
{
  g_string_append (out, "{\"parts\":[");
  for (guint i = 0; i < pictures->parts->len; i++) {
    g_string_append (out, i > 0 ? ",\n" : "");
    export_json_string (out, g_ptr_array_index (pictures->parts, i));
  }
  g_string_append (out, "],\n\"first\":[");
  for (guint i = 0; i < pictures->first->len; i++)
    g_string_append_printf (out, "%s%u", i > 0 ? "," : "",
                            g_array_index (pictures->first, guint, i));
  g_string_append_printf (out, "],\n\"steps\":[%s]}", pictures->steps->str);
}

void
export_pictures_css (const ExportPictures *pictures, GString *css)
{
  scene_svg_fonts_css (pictures->style.metrics, css);
}
