/* The named items of a still as children of the stage, for screen readers. */

#include "stage-items.h"

#include "stage-view.h"

#define PW_TYPE_ITEM (pw_item_get_type ())
G_DECLARE_FINAL_TYPE (PwItem, pw_item, PW, ITEM, GtkWidget)

struct _PwItem {
  GtkWidget parent_instance;
  char *name, *detail;
  SceneRect rect;
  guint round; /* of the update that saw it last */
};

G_DEFINE_FINAL_TYPE (PwItem, pw_item, GTK_TYPE_WIDGET)

struct _PwStageItems {
  GtkWidget *stage;
  GHashTable *children; /* id to PwItem, which the stage owns */
  guint round;
  guint idle;
};

static void
pw_item_finalize (GObject *object)
{
  PwItem *item = PW_ITEM (object);

  g_free (item->name);
  g_free (item->detail);
  G_OBJECT_CLASS (pw_item_parent_class)->finalize (object);
}

static void
pw_item_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
}

static void
pw_item_class_init (PwItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = pw_item_finalize;
  GTK_WIDGET_CLASS (class)->snapshot = pw_item_snapshot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (class), "pwitem");
}

static void
pw_item_init (PwItem *item)
{
  gtk_widget_set_focusable (GTK_WIDGET (item), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (item), FALSE);
}

static void
name_item (PwItem *child, const SceneItem *item)
{
  const char *detail = item->detail != NULL ? item->detail : "";

  if (g_strcmp0 (child->name, item->name) != 0) {
    g_free (child->name);
    child->name = g_strdup (item->name);
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, child->name, -1);
  }
  if (g_strcmp0 (child->detail, detail) != 0) {
    g_free (child->detail);
    child->detail = g_strdup (detail);
    gtk_accessible_update_property (GTK_ACCESSIBLE (child),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    child->detail, -1);
  }
}

static PwItem *
child_of (PwStageItems *items, const SceneItem *item)
{
  PwItem *child = g_hash_table_lookup (items->children, &item->id);
  GtkAccessibleRole role = item->kind == SCENE_PANEL
                               ? GTK_ACCESSIBLE_ROLE_GROUP
                               : GTK_ACCESSIBLE_ROLE_LABEL;

  if (child != NULL)
    return child;
  child = g_object_new (PW_TYPE_ITEM, "accessible-role", role, NULL);
  gtk_widget_set_parent (GTK_WIDGET (child), items->stage);
  g_hash_table_insert (items->children, g_memdup2 (&item->id, sizeof item->id),
                       child);
  return child;
}

/* Names, places and order of all that the still has. */
static void
take_over (PwStageItems *items, const SceneStill *still)
{
  GtkWidget *before = NULL;

  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    PwItem *child = item->name != NULL ? child_of (items, item) : NULL;
    GtkWidget *widget = (GtkWidget *) child;

    if (child == NULL || child->round == items->round)
      continue;
    child->round = items->round;
    child->rect = item->rect;
    name_item (child, item);
    if (gtk_widget_get_prev_sibling (widget) != before)
      gtk_widget_insert_after (widget, items->stage, before);
    before = widget;
  }
}

static void
drop_others (PwStageItems *items)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, items->children);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    PwItem *child = value;

    if (child->round == items->round)
      continue;
    if (gtk_widget_has_focus (GTK_WIDGET (child)))
      gtk_widget_grab_focus (items->stage);
    g_hash_table_iter_remove (&iter);
    gtk_widget_unparent (GTK_WIDGET (child));
  }
}

static void
update (PwStageItems *items)
{
  const SceneStill *still = pw_stage_get_still (PW_STAGE (items->stage));

  g_clear_handle_id (&items->idle, g_source_remove);
  items->round++;
  if (still != NULL)
    take_over (items, still);
  drop_others (items);
  gtk_widget_queue_allocate (items->stage);
}

static gboolean
on_idle (gpointer data)
{
  PwStageItems *items = data;

  items->idle = 0;
  update (items);
  return G_SOURCE_REMOVE;
}

PwStageItems *
pw_stage_items_new (GtkWidget *stage)
{
  PwStageItems *items = g_new0 (PwStageItems, 1);

  items->stage = stage;
  items->children
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return items;
}

void
pw_stage_items_free (PwStageItems *items)
{
  items->round++;
  drop_others (items);
  g_clear_handle_id (&items->idle, g_source_remove);
  g_hash_table_unref (items->children);
  g_free (items);
}

void
pw_stage_items_follow (PwStageItems *items)
{
  /* The stage asks while it is being laid out, when no child may be added. */
  if (items != NULL && items->idle == 0)
    items->idle = g_idle_add (on_idle, items);
}

void
pw_stage_items_allocate (PwStageItems *items)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, items->children);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const SceneRect *rect = &PW_ITEM (value)->rect;
    GtkAllocation box = {(int) rect->x, (int) rect->y, (int) rect->width + 1,
                         (int) rect->height + 1};
    int least;

    gtk_widget_measure (value, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL,
                        NULL, NULL);
    gtk_widget_size_allocate (value, &box, -1);
  }
}

GtkWidget *
pw_stage_items_find (PwStageItems *items, SceneId id)
{
  if (items->idle != 0)
    update (items);
  return g_hash_table_lookup (items->children, &id);
}
