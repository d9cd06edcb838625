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

/* A thin line along the rows, and a thumb that is as long as the part of them
 * that can be seen. */
static void
add_marks (SceneBuild *b, const SceneWindow *window)
{
  const SceneItem *panel = scene_still_find (b->still, b->parent);
  double width = scene_em (b, MARK_WIDTH), thin = scene_em (b, TRACK_WIDTH);
  SceneRect track = {panel->rect.x + panel->rect.width - 0.9 * width - thin / 2,
                     window->rect.y, thin, window->rect.height};
  double part = (double) window->visible / (double) window->total;
  double length
      = MIN (track.height, MAX (part * track.height, scene_em (b, MARK_LEAST)));
  guint64 above = window->first;
  guint64 below = window->total - window->visible - above;
  SceneRect thumb = {track.x + thin / 2 - width / 2,
                     track.y
                         + (track.height - length) * (double) above
                               / (double) (above + below),
                     width, length};

  add_mark (b, 0, track, SCENE_FAINT);
  add_mark (b, 1, thumb, SCENE_NORMAL)->name
      = scene_still_printf (b->still,
                            _ ("More rows: %" PRIu64 " above, %" PRIu64
                               " below; they can be scrolled"),
                            above, below);
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
  SceneWindow window = {.id = build->parent,
                        .rect = rect,
                        .first = MIN (first, total - visible),
                        .total = total,
                        .visible = visible};
  g_array_append_val (build->still->windows, window);
  add_marks (build, &window);
  return window.first;
}
