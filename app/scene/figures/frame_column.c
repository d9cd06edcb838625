/* Physical memory as a column of frames, where copies stand below what they
 * were copied from. */
#include "figures/frame_column.h"

#include <glib/gi18n-lib.h>

#include "figures/choose.h"
#include "figures/parts.h"
#include "figures/sharing.h"

/* How much higher a frame grows where there is room. */
#define MOST_STRETCH 1.9

typedef struct {
  SceneFigureId figure;
  const SceneOwner *owners;
} Column;

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 0.3);
}

/* Between a frame and its copy: room for an arrow and a word. */
static double
copy_gap (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.7);
}

static double
more_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL);
}

/* The arrow from a frame to its copy, and what it means beside it. */
static void
add_copy (SceneBuild *b, const Column *c, const SceneOwnedFrame *frame,
          SceneRect rect)
{
  double x = rect.x + rect.width / 3;
  SceneItem *item = scene_still_add (
      b->still, SCENE_ID (c->figure, SCENE_SHARING_COPY, frame->number),
      b->parent, SCENE_CONNECTOR, (SceneRect){0});

  scene_item_belongs (item, c->owners, frame);
  item->emphasis = frame->emphasis;
  item->name = scene_still_printf (
      b->still, _ ("%s: frame %s from frame %s"), frame->word,
      scene_number_frame (b->context->geometry, frame->number).s,
      scene_number_frame (b->context->geometry, frame->copy_of).s);
  scene_still_add_point (b->still, item, x, rect.y);
  scene_still_add_point (b->still, item, x, rect.y + rect.height);
  rect.width -= x + scene_em (b, 0.8) - rect.x;
  rect.x = x + scene_em (b, 0.8);
  item = scene_add_chip (
      b, SCENE_ID (c->figure, SCENE_SHARING_WORD, frame->number),
      scene_middle (rect,
                    scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.2)),
      frame->role, frame->word);
  scene_item_belongs (item, c->owners, frame);
}

/* Copies right behind what they were copied from, all else as it comes. */
static GArray *
in_order (const SceneOwnedFrame *frames, guint count)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (SceneOwnedFrame));

  for (guint i = 0; i < count; i++) {
    guint at = order->len;
    for (guint j = 0; frames[i].word != NULL && j < order->len; j++)
      if (g_array_index (order, SceneOwnedFrame, j).number == frames[i].copy_of)
        at = j + 1;
    g_array_insert_val (order, at, frames[i]);
  }
  return order;
}

static GArray *
choose (SceneBuild *b, SceneRect rect, const GArray *order, guint slots)
{
  g_autofree guint *ranks = g_new (guint, order->len);

  for (guint i = 0; i < order->len; i++) {
    const SceneOwnedFrame *f = &g_array_index (order, SceneOwnedFrame, i);
    gboolean shared = (f->owners & (f->owners - 1)) != 0 || f->others > 0;
    ranks[i] = 2 * (guint) f->emphasis + shared;
  }
  return scene_choose_scrolled (b, rect, ranks, order->len, slots, FALSE);
}

static const SceneOwnedFrame *
shown_at (const GArray *order, const GArray *shown, guint i)
{
  return &g_array_index (order, SceneOwnedFrame,
                         g_array_index (shown, guint, i));
}

/* True if the i-th frame shown stands below the one it was copied from. */
static gboolean
is_copy (const GArray *order, const GArray *shown, guint i)
{
  const SceneOwnedFrame *frame = shown_at (order, shown, i);

  return i > 0 && frame->word != NULL
         && shown_at (order, shown, i - 1)->number == frame->copy_of;
}

static double
gap_before (const SceneBuild *b, const GArray *order, const GArray *shown,
            guint i)
{
  if (i == 0)
    return 0;
  return is_copy (order, shown, i) ? copy_gap (b) : gap (b);
}

static void
add_shown (SceneBuild *b, const Column *c, const GArray *order,
           const GArray *shown, SceneRect rect)
{
  double room = rect.height;

  for (guint i = 0; i < shown->len; i++)
    room -= gap_before (b, order, shown, i);
  double height
      = MIN (room / MAX (1, shown->len), MOST_STRETCH * scene_owned_height (b));
  for (guint i = 0; i < shown->len; i++) {
    const SceneOwnedFrame *frame = shown_at (order, shown, i);
    SceneRect above = scene_cut_top (&rect, gap_before (b, order, shown, i), 0);
    if (is_copy (order, shown, i))
      add_copy (b, c, frame, above);
    scene_add_owned (b, c->figure, c->owners, frame,
                     scene_cut_top (&rect, height, 0));
  }
}

static guint
count_copies (const SceneOwnedFrame *frames, guint count)
{
  guint copies = 0;

  for (guint i = 0; i < count; i++)
    copies += frames[i].word != NULL;
  return copies;
}

static void
add_more (SceneBuild *b, const Column *c, guint hidden, SceneRect *rect)
{
  if (hidden == 0)
    return;
  scene_add_text (b,
                  SCENE_ID (c->figure, SCENE_SHARING_MORE,
                            scene_space_number (SCENE_OWNERS, 0)),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
                  scene_cut_bottom (rect, more_height (b), 0),
                  scene_still_printf (
                      b->still,
                      ngettext ("… %u more frame", "… %u more frames", hidden),
                      hidden))
      ->emphasis
      = SCENE_FAINT;
}

double
scene_frame_column_height (const SceneBuild *build, guint count, guint copies)
{
  return count * (scene_owned_height (build) + gap (build)) - gap (build)
         + copies * (copy_gap (build) - gap (build)) + more_height (build);
}

void
scene_add_frame_column (SceneBuild *build, SceneFigureId figure,
                        const SceneOwner owners[SCENE_OWNERS],
                        const SceneOwnedFrame *frames, guint count,
                        SceneRect rect)
{
  Column column = {figure, owners};
  g_autoptr (GArray) order = in_order (frames, count);
  double room = rect.height + gap (build) - more_height (build)
                - count_copies (frames, count)
                      * (copy_gap (build) - gap (build));
  double each = scene_owned_height (build) + gap (build);
  g_autoptr (GArray) shown
      = choose (build, rect, order, (guint) MAX (1, (room + 0.01) / each));

  add_more (build, &column, count - shown->len, &rect);
  add_shown (build, &column, order, shown, rect);
}
