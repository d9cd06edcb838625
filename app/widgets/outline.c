/* Outlines over the figures, which are not painted anew for them. */

#include "outline.h"

#define DATUM 2.0f
#define CURSOR 3.0f

/* A record of the machine; what is larger is a page, and no single datum. */
#define LARGEST 64

static GdkRGBA
rgba (SceneColor color)
{
  return (GdkRGBA){(float) color.red, (float) color.green, (float) color.blue,
                   1.0f};
}

static void
append (GtkSnapshot *snapshot, const SceneRect *rect, float away, float width,
        SceneColor color)
{
  const float widths[] = {width, width, width, width};
  const GdkRGBA all = rgba (color);
  const GdkRGBA colors[] = {all, all, all, all};
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (
      &outline,
      &GRAPHENE_RECT_INIT ((float) rect->x - away, (float) rect->y - away,
                           (float) rect->width + 2 * away,
                           (float) rect->height + 2 * away),
      4 + away / 2);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

static gboolean
within (const SceneItem *part, const SceneItem *whole)
{
  return part->place >= whole->place
         && part->place + part->place_width
                <= whole->place + whole->place_width;
}

static gboolean
same_meaning (const SceneItem *a, const SceneItem *b)
{
  return a->meaning != SCENE_MEANS_NOTHING && a->meaning == b->meaning
         && a->meant == b->meant;
}

static gboolean
same_place (const SceneItem *a, const SceneItem *b)
{
  gboolean fields = a->parent == b->parent && a->place == b->place;

  if (a->place == SCENE_NO_PLACE || b->place == SCENE_NO_PLACE || fields
      || a->place_width > LARGEST || b->place_width > LARGEST)
    return FALSE;
  return within (a, b) || within (b, a);
}

gboolean
pw_outline_same_datum (const SceneItem *a, const SceneItem *b)
{
  return a->id == b->id || same_place (a, b) || same_meaning (a, b);
}

static gboolean
encloses (const SceneRect *outer, const SceneRect *inner)
{
  return outer->x <= inner->x && outer->y <= inner->y
         && outer->x + outer->width >= inner->x + inner->width
         && outer->y + outer->height >= inner->y + inner->height;
}

/* Of a row and the number in it that both mean a frame, the number is meant.
 * It comes after the row. */
static gboolean
is_meant_within (const SceneStill *still, guint index, const SceneItem *datum)
{
  const SceneItem *outer = &g_array_index (still->items, SceneItem, index);

  for (guint i = index + 1; i < still->items->len; i++) {
    const SceneItem *inner = &g_array_index (still->items, SceneItem, i);

    if (same_meaning (inner, datum) && encloses (&outer->rect, &inner->rect))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_outlined (const SceneStill *still, guint index, const SceneItem *datum)
{
  const SceneItem *item = &g_array_index (still->items, SceneItem, index);

  if (scene_kind_is_stroke (item->kind) || !pw_outline_same_datum (item, datum))
    return FALSE;
  return item->id == datum->id || same_place (item, datum)
         || !is_meant_within (still, index, datum);
}

void
pw_outline_datum (GtkSnapshot *snapshot, const ScenePalette *palette,
                  const SceneStill *still, SceneId id)
{
  const SceneItem *datum = id != 0 ? scene_still_find (still, id) : NULL;

  for (guint i = 0; datum != NULL && i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);

    if (is_outlined (still, i, datum))
      append (snapshot, &item->rect, DATUM, DATUM, palette->accent);
  }
}

void
pw_outline_cursor (GtkSnapshot *snapshot, const ScenePalette *palette,
                   const SceneStill *still, SceneId id)
{
  const SceneItem *item = id != 0 ? scene_still_find (still, id) : NULL;

  if (item == NULL)
    return;
  append (snapshot, &item->rect, CURSOR + 1, CURSOR + 1, palette->ground);
  append (snapshot, &item->rect, CURSOR, CURSOR, palette->accent);
}
