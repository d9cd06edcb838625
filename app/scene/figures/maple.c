/* A maple tree, computed from a list of regions. */
#include "figures/maple.h"

static void
add_slot (GArray *slots, guint64 first, guint64 last, guint vma)
{
  const SceneMapleSlot slot = {first, last, vma, 0};

  g_array_append_val (slots, slot);
}

/* As even as can be. */
static void
give_leaves (GArray *slots, guint size)
{
  guint leaves = (slots->len + size - 1) / size;

  for (guint i = 0; i < slots->len; i++)
    g_array_index (slots, SceneMapleSlot, i).leaf
        = (guint) ((guint64) i * leaves / slots->len);
}

guint
scene_maple_leaf_size (const struct vm_geometry *geometry)
{
  return geometry->word_bits == 32 ? 32 : 16;
}

GArray *
scene_maple_slots (const SceneVmas *vmas, guint leaf_size)
{
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (SceneMapleSlot));
  guint64 next = 0;

  for (guint i = 0; i < vmas->list->len; i++) {
    const struct vm_region *r = scene_vma_at (vmas, i)->r;
    if (r->start > next)
      add_slot (slots, next, r->start - 1, SCENE_VMAS_NONE);
    add_slot (slots, r->start, r->end - 1, i);
    next = r->end;
  }
  if (vmas->list->len > 0 && next != 0)
    add_slot (slots, next, G_MAXUINT64, SCENE_VMAS_NONE);
  give_leaves (slots, leaf_size);
  return slots;
}

guint
scene_maple_used (const GArray *slots, guint leaf)
{
  guint used = 0;

  for (guint i = 0; i < slots->len; i++)
    used += g_array_index (slots, SceneMapleSlot, i).leaf == leaf;
  return used;
}

guint
scene_maple_leaves (const GArray *slots)
{
  return slots->len == 0
             ? 0
             : g_array_index (slots, SceneMapleSlot, slots->len - 1).leaf + 1;
}
