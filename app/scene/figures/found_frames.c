/* The frames that some processes map, or that are between two entries. */
#include "figures/mapped.h"

#include "mm/frames.h"

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const SceneFoundFrame *x = a, *y = b;

  return (x->number > y->number) - (x->number < y->number);
}

static void
add_page_number (SceneFoundFrame *found, guint64 va)
{
  if (found->pages > 0 && found->va[0] == va)
    return;
  if (found->pages < 2)
    found->va[found->pages] = va;
  if (found->pages < 2 || found->va[1] != va)
    found->pages++;
}

/* Adds what another page says about the same frame. */
static void
join (SceneFoundFrame *found, const SceneFoundFrame *other)
{
  found->count = MAX (found->count, other->count);
  found->owners |= other->owners;
  found->whole |= other->whole;
  found->named += other->named;
  found->wanted |= other->wanted;
  add_page_number (found, other->va[0]);
}

/* After vfork two processes have one address space, whose entries count
 * once. */
static gboolean
has_own_entries (const SceneContext *c, const SceneMapper *mappers, guint m)
{
  const struct vm_process *processes = c->state->processes;

  for (guint i = 0; i < m; i++)
    if (mappers[i].pages->len > 0
        && processes[mappers[i].process].mm == processes[mappers[m].process].mm)
      return FALSE;
  return TRUE;
}

static GArray *
collect (const SceneContext *c, const SceneMapper *mappers, guint count)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (SceneFoundFrame));

  for (guint m = 0; m < count; m++)
    for (guint i = 0; i < mappers[m].pages->len; i++) {
      const ScenePage *page = &g_array_index (mappers[m].pages, ScenePage, i);
      SceneFoundFrame found = {.number = page->frame,
                               .count = page->frames,
                               .owners = 1u << m,
                               .whole = 1u << m,
                               .named = has_own_entries (c, mappers, m),
                               .va = {page->va},
                               .pages = 1};
      found.wanted = mappers[m].what->page
                     && scene_mapper_page (&mappers[m], mappers[m].what->va)
                            == page;
      g_array_append_val (all, found);
    }
  return all;
}

static gboolean
holds_frame (const GArray *all, guint64 frame)
{
  for (guint i = 0; i < all->len; i++) {
    const SceneFoundFrame *found = &g_array_index (all, SceneFoundFrame, i);
    if (frame - found->number < found->count)
      return TRUE;
  }
  return FALSE;
}

static void
add_apart (GArray *all, guint64 frame)
{
  SceneFoundFrame found = {.number = frame, .count = 1, .apart = TRUE};

  if (!holds_frame (all, frame))
    g_array_append_val (all, found);
}

static gboolean
is_shown (const SceneMapper *mappers, guint count, guint32 process)
{
  for (guint m = 0; m < count; m++)
    if (mappers[m].process == process)
      return TRUE;
  return FALSE;
}

/* Frames that are between two entries: taken and not yet mapped; or mapped no
 * more and not yet free; or free since this step. */
static void
collect_apart (const SceneContext *c, GArray *all, const SceneMapper *mappers,
               guint count)
{
  const struct vm_state *s = c->state;
  guint used = s->config.frames - s->free_count;

  for (guint32 f = 0; used > 0 && f < s->config.frames; f++) {
    const struct vm_frame_record *record = &s->frames[f];
    if (record->role == VM_FRAME_FREE)
      continue;
    used--;
    if ((record->flags & VM_PAGE_ANON)
        && is_shown (mappers, count, record->owner))
      add_apart (all, f);
  }
  if (mappers[0].what->freed)
    add_apart (all, mappers[0].what->freed_frame);
}

/* One of each frame; a frame inside a large page has that page's owners, too,
 * and the page has the frame's. */
static GArray *
joined (const GArray *all)
{
  GArray *frames = g_array_new (FALSE, FALSE, sizeof (SceneFoundFrame));
  guint outer = 0;

  for (guint i = 0; i < all->len; i++) {
    const SceneFoundFrame *next = &g_array_index (all, SceneFoundFrame, i);
    SceneFoundFrame *large
        = frames->len == 0 ? NULL
                           : &g_array_index (frames, SceneFoundFrame, outer);
    SceneFoundFrame *last
        = frames->len == 0
              ? NULL
              : &g_array_index (frames, SceneFoundFrame, frames->len - 1);
    if (last != NULL && last->number == next->number) {
      join (last, next);
      continue;
    }
    SceneFoundFrame found = *next;
    if (large != NULL && next->number < large->number + large->count) {
      large->owners |= next->owners;
      found.owners |= large->whole;
    } else {
      outer = frames->len;
    }
    g_array_append_val (frames, found);
  }
  return frames;
}

GArray *
scene_found_frames (const SceneContext *context, const SceneMapper *mappers,
                    guint count)
{
  g_autoptr (GArray) all = collect (context, mappers, count);

  if (context->regions)
    collect_apart (context, all, mappers, count);
  g_array_sort (all, compare_found);
  return joined (all);
}
