/* From a frame back to the entries that name it. */
#include "figures/frame_names.h"

#include "figures/region_words.h"
#include "figures/runs.h"
#include "mm/frames.h"
#include "mm/rmap.h"

/* Pages looked at of each process. */
#define PAGE_LIMIT 2048

/* After vfork two processes have one address space, which is read once. */
static gboolean
is_first_of_space (const SceneContext *c, guint32 process)
{
  guint32 p = 0;

  while (!scene_process_lives (c, p)
         || c->state->processes[p].mm != c->state->processes[process].mm)
    p++;
  return p == process;
}

/* The frame that an entry gives to an address: of a large page, one in it. */
static guint64
frame_at (const SceneContext *c, const struct vm_entry *entry, guint64 va)
{
  guint64 inside = va & (vm_entry_size (c->state, entry) - 1);

  return entry->pte.frame + (inside >> c->geometry->page_shift);
}

/* The kernel's way, place by place. */
static void
follow_list (const SceneContext *c, GArray *names, guint64 frame)
{
  struct vm_rmap_place place = {0};

  while (vm_rmap_next (c->state, vm_frame_of (frame), &place)) {
    SceneFrameName name = {.process = place.process,
                           .va = place.va,
                           .region = vm_region_at (c->state, place.region),
                           .present = place.entry.pte.present,
                           .writable = place.entry.pte.writable,
                           .names = place.found,
                           .frame = frame_at (c, &place.entry, place.va),
                           .entry_pa = place.entry.pa.v};
    if (place.process != VM_NONE)
      g_array_append_val (names, name);
  }
}

static void
read_tables (const SceneContext *c, GArray *names, guint64 frame,
             guint32 process)
{
  g_autoptr (GArray) pages = scene_pages (c, process, PAGE_LIMIT);

  for (guint i = 0; i < pages->len; i++) {
    const ScenePage *page = &g_array_index (pages, ScenePage, i);
    if (frame - page->frame >= page->frames)
      continue;
    guint64 inside = (frame - page->frame) << c->geometry->page_shift;
    SceneFrameName name
        = {.process = process,
           .va = page->va + inside,
           .region = scene_region_at (c, process, page->va + inside),
           .present = TRUE,
           .writable = page->writable,
           .names = TRUE,
           .frame = frame,
           .entry_pa = page->entry_pa};
    g_array_append_val (names, name);
  }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const SceneFrameName *x = a, *y = b;

  if (x->process != y->process)
    return x->process < y->process ? -1 : 1;
  return (x->va > y->va) - (x->va < y->va);
}

GArray *
scene_frame_names (const SceneContext *context, guint64 frame, gboolean *listed)
{
  const struct vm_state *s = context->state;
  const struct vm_frame_record *record = &s->frames[frame];
  GArray *names = g_array_new (FALSE, FALSE, sizeof (SceneFrameName));

  *listed = (record->flags & (VM_PAGE_ANON | VM_PAGE_FILE))
            && record->mapping != 0;
  if (*listed) {
    follow_list (context, names, frame);
    g_array_sort (names, compare_names);
    return names;
  }
  if (record->role == VM_FRAME_FREE || record->role == VM_FRAME_TABLE)
    return names;
  for (guint32 p = 0; p < s->process_count; p++)
    if (scene_process_lives (context, p) && is_first_of_space (context, p))
      read_tables (context, names, frame, p);
  return names;
}
