/* A window over rows that are more than there is room for. */
#include "figures/window.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/kit.h"

/* Shape of the mark, in ems. */
#define MARK_WIDTH 0.2
#define TRACK_WIDTH 0.06
#define MARK_LEAST 0.8

/* Where the reader has scrolled the window of a panel to. */
static gboolean
chosen_first (const SceneBuild *b, guint64 *first)
{
  for (guint i = 0; b->scrolls != NULL && i < b->scrolls->len; i++) {
    const SceneScroll *scroll = &g_array_index (b->scrolls, SceneScroll, i);
    if (scroll->window != b->parent)
      continue;
    *first = scroll->first;
    return TRUE;
  }
  return FALSE;
}

static SceneItem *
add_mark (SceneBuild *b, guint which, SceneRect rect, SceneEmphasis emphasis)
{
  guint64 panel = b->parent & G_GUINT64_CONSTANT (0xffffffffffff);
  SceneItem *item
      = scene_still_add (b->still,
                         SCENE_ID (SCENE_ID_FIGURE (b->parent),
                                   SCENE_PART_SCROLL, panel << 1 | which),
                         b->parent, SCENE_EDGE, rect);

  item->emphasis = emphasis;
  return item;
}

/* Where the mark lies: along the rows at the right border of the panel, or
 * along the columns at the lower one. */
static SceneRect
track_of (const SceneBuild *b, const SceneWindow *window, gboolean across)
{
  const SceneRect *panel = &scene_still_find (b->still, b->parent)->rect;
  double away = 0.9 * scene_em (b, MARK_WIDTH),
         thin = scene_em (b, TRACK_WIDTH);

  if (across)
    return (SceneRect){window->rect.x,
                       panel->y + panel->height - away - thin / 2,
                       window->rect.width, thin};
  return (SceneRect){panel->x + panel->width - away - thin / 2, window->rect.y,
                     thin, window->rect.height};
}

/* The part of the track that stands for what can be seen. */
static SceneRect
thumb_of (const SceneBuild *b, const SceneWindow *window, SceneRect track,
          gboolean across)
{
  double width = scene_em (b, MARK_WIDTH);
  double all = across ? track.width : track.height;
  double part = (double) window->visible / (double) window->total;
  double length = MIN (all, MAX (part * all, scene_em (b, MARK_LEAST)));
  double at = (all - length) * (double) window->first
              / (double) (window->total - window->visible);

  if (across)
    return (SceneRect){track.x + at, track.y + track.height / 2 - width / 2,
                       length, width};
  return (SceneRect){track.x + track.width / 2 - width / 2, track.y + at, width,
                     length};
}

/* A thin line along the rows, and a thumb that is as long as the part of them
 * that can be seen. */
static void
add_marks (SceneBuild *b, const SceneWindow *window, gboolean across)
{
  SceneRect track = track_of (b, window, across);
  guint64 above = window->first;
  guint64 below = window->total - window->visible - above;

  add_mark (b, 0, track, SCENE_FAINT);
  SceneItem *thumb
      = add_mark (b, 1, thumb_of (b, window, track, across), SCENE_NORMAL);
  thumb->name = scene_still_printf (
      b->still,
      across ? _ ("More moments: %" PRIu64 " before, %" PRIu64
                  " after; they can be scrolled")
             : _ ("More rows: %" PRIu64 " above, %" PRIu64
                  " below; they can be scrolled"),
      above, below);
}

static guint64
add_window (SceneBuild *b, SceneRect rect, guint64 total, guint visible,
            guint64 first, gboolean across)
{
  SceneWindow window = {.id = b->parent,
                        .rect = rect,
                        .first = MIN (first, total - visible),
                        .total = total,
                        .visible = visible};

  g_array_append_val (b->still->windows, window);
  add_marks (b, &window, across);
  return window.first;
}

guint64
scene_window_around (guint64 total, guint visible, guint64 focus)
{
  if (focus == SCENE_NO_FOCUS || visible >= total)
    return 0;

  guint64 first = focus - MIN (focus, visible / 2);
  return MIN (first, total - visible);
}

guint64
scene_add_window (SceneBuild *build, SceneRect rect, guint64 total,
                  guint visible, guint64 first, gboolean *scrolled)
{
  if (scrolled != NULL)
    *scrolled = FALSE;
  if (visible >= total)
    return 0;

  gboolean chosen = chosen_first (build, &first);
  if (scrolled != NULL)
    *scrolled = chosen;
  return add_window (build, rect, total, visible, first, FALSE);
}

guint64
scene_add_window_across (SceneBuild *build, SceneRect rect, guint64 total,
                         guint visible, guint64 first)
{
  if (visible >= total)
    return 0;
  chosen_first (build, &first);
  return add_window (build, rect, total, visible, first, TRUE);
}
