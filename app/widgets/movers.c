/* Movers: the items of one figure that travel, each group in a small node. */

#include "movers.h"

#include <math.h>

/* Items that travel alike. */
typedef struct {
  double dx, dy;          /* the whole way */
  gboolean stretched;     /* one item whose size changes: painted each time */
  gboolean alike;         /* look the same before and after */
  guint first;            /* its first mover */
  GArray *before, *after; /* of SceneItem */
  GskRenderNode *nodes[2];
} Group;

struct _PwMovers {
  guint figure;
  GArray *now;    /* of SceneMover, scratch */
  GArray *groups; /* of Group, of the transition between these stills: */
  guint64 cursors[2];
  guint generation;
};

static void
group_clear (gpointer data)
{
  Group *group = data;

  g_array_unref (group->before);
  g_array_unref (group->after);
  g_clear_pointer (&group->nodes[0], gsk_render_node_unref);
  g_clear_pointer (&group->nodes[1], gsk_render_node_unref);
}

static gboolean
is_stretched (const SceneMover *mover)
{
  return fabs (mover->before->rect.width - mover->after->rect.width) > 0.5
         || fabs (mover->before->rect.height - mover->after->rect.height) > 0.5;
}

static Group *
group_for (PwMovers *movers, const SceneMover *mover, guint first)
{
  Group fresh = {.dx = mover->after->rect.x - mover->before->rect.x,
                 .dy = mover->after->rect.y - mover->before->rect.y,
                 .stretched = is_stretched (mover),
                 .alike = TRUE,
                 .first = first};

  for (guint i = 0; i < movers->groups->len && !fresh.stretched; i++) {
    Group *group = &g_array_index (movers->groups, Group, i);
    if (!group->stretched && fabs (group->dx - fresh.dx) < 0.5
        && fabs (group->dy - fresh.dy) < 0.5)
      return group;
  }
  fresh.before = g_array_new (FALSE, FALSE, sizeof (SceneItem));
  fresh.after = g_array_new (FALSE, FALSE, sizeof (SceneItem));
  g_array_append_val (movers->groups, fresh);
  return &g_array_index (movers->groups, Group, movers->groups->len - 1);
}

static void
sort_into_groups (PwMovers *movers)
{
  g_array_set_size (movers->groups, 0);
  for (guint i = 0; i < movers->now->len; i++) {
    const SceneMover *mover = &g_array_index (movers->now, SceneMover, i);
    Group *group = group_for (movers, mover, i);

    g_array_append_val (group->before, *mover->before);
    g_array_append_val (group->after, *mover->after);
    group->alike &= scene_items_look_alike (mover->before, mover->after);
  }
}

static void
paint_groups (PwMovers *movers, const PwBrush *brush,
              const SceneTransition *transition)
{
  for (guint i = 0; i < movers->groups->len; i++) {
    Group *group = &g_array_index (movers->groups, Group, i);

    if (group->stretched)
      continue;
    group->nodes[0] = pw_brush_paint (brush, transition->from, group->before);
    if (!group->alike)
      group->nodes[1] = pw_brush_paint (brush, transition->to, group->after);
  }
}

/* The groups and nodes of a transition are made once. */
static void
prepare (PwMovers *movers, const PwBrush *brush,
         const SceneTransition *transition)
{
  if (movers->cursors[0] == transition->from->cursor
      && movers->cursors[1] == transition->to->cursor
      && movers->generation == brush->generation && movers->groups->len > 0)
    return;
  movers->cursors[0] = transition->from->cursor;
  movers->cursors[1] = transition->to->cursor;
  movers->generation = brush->generation;
  sort_into_groups (movers);
  paint_groups (movers, brush, transition);
}

static void
append_faded (GtkSnapshot *snapshot, GskRenderNode *node, double opacity)
{
  if (node == NULL || opacity <= 0)
    return;
  if (opacity < 1)
    gtk_snapshot_push_opacity (snapshot, opacity);
  gtk_snapshot_append_node (snapshot, node);
  if (opacity < 1)
    gtk_snapshot_pop (snapshot);
}

/* Whole pixels: text stays crisp on its way. */
static void
append_moved (GtkSnapshot *snapshot, GskRenderNode *node, double x, double y,
              double opacity)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float) round (x), (float) round (y)));
  append_faded (snapshot, node, opacity);
  gtk_snapshot_restore (snapshot);
}

/* While one look gives way to the other, what lies beneath never shows. */
static double
opacity_before (double look)
{
  return MIN (1, 2 - 2 * look);
}

static double
opacity_after (double look)
{
  return MIN (1, 2 * look);
}

static void
append_group (GtkSnapshot *snapshot, const Group *group,
              const SceneMover *mover)
{
  double x = mover->rect.x, y = mover->rect.y;
  const SceneRect *a = &mover->before->rect, *b = &mover->after->rect;

  if (group->alike) {
    append_moved (snapshot, group->nodes[0], x - a->x, y - a->y, 1);
    return;
  }
  append_moved (snapshot, group->nodes[0], x - a->x, y - a->y,
                opacity_before (mover->look));
  append_moved (snapshot, group->nodes[1], x - b->x, y - b->y,
                opacity_after (mover->look));
}

static void
append_stretched (GtkSnapshot *snapshot, const PwBrush *brush,
                  const SceneStill *still, const SceneItem *look,
                  const SceneRect *rect, double opacity)
{
  g_autoptr (GArray) items = NULL;
  SceneItem item = *look;
  GskRenderNode *node;

  if (opacity <= 0)
    return;
  item.rect = *rect;
  items = g_array_new (FALSE, FALSE, sizeof item);
  g_array_append_val (items, item);
  node = pw_brush_paint (brush, still, items);
  append_faded (snapshot, node, opacity);
  gsk_render_node_unref (node);
}

static void
append_stretching (GtkSnapshot *snapshot, const PwBrush *brush,
                   const SceneTransition *transition, const Group *group,
                   const SceneMover *mover)
{
  append_stretched (snapshot, brush, transition->from, mover->before,
                    &mover->rect,
                    group->alike ? 1 : opacity_before (mover->look));
  append_stretched (snapshot, brush, transition->to, mover->after, &mover->rect,
                    group->alike ? 0 : opacity_after (mover->look));
}

PwMovers *
pw_movers_new (guint figure)
{
  PwMovers *movers = g_new0 (PwMovers, 1);

  movers->figure = figure;
  movers->now = g_array_new (FALSE, FALSE, sizeof (SceneMover));
  movers->groups = g_array_new (FALSE, FALSE, sizeof (Group));
  g_array_set_clear_func (movers->groups, group_clear);
  return movers;
}

void
pw_movers_free (PwMovers *movers)
{
  if (movers == NULL)
    return;
  g_array_unref (movers->now);
  g_array_unref (movers->groups);
  g_free (movers);
}

void
pw_movers_snapshot (PwMovers *movers, GtkSnapshot *snapshot,
                    const PwBrush *brush, const SceneTransition *transition,
                    double phase)
{
  g_array_set_size (movers->now, 0);
  scene_transition_movers (transition, movers->figure, phase, movers->now);
  if (movers->now->len == 0)
    return;
  prepare (movers, brush, transition);
  for (guint i = 0; i < movers->groups->len; i++) {
    const Group *group = &g_array_index (movers->groups, Group, i);
    const SceneMover *mover
        = &g_array_index (movers->now, SceneMover, group->first);

    if (group->stretched)
      append_stretching (snapshot, brush, transition, group, mover);
    else
      append_group (snapshot, group, mover);
  }
}
