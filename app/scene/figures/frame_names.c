/* From a frame back to the entries that name it. */
#include "figures/frame_names.h"

#include "figures/region_words.h"
#include "figures/runs.h"
#include "mm/entries.h"
#include "mm/frames.h"

/* Pages looked at of each process. */
#define PAGE_LIMIT 2048

/* The process that has an address space; after vfork the first of them. */
static guint32
process_of (const SceneContext *c, guint32 mm)
{
  for (guint32 p = 0; p < c->state->process_count; p++)
    if (scene_process_lives (c, p) && c->state->processes[p].mm == mm)
      return p;
  return VM_NONE;
}

/* The frame that an entry gives to an address: of a large page, one in it. */
static guint64
frame_at (const SceneContext *c, const struct vm_entry *entry, guint64 va)
{
  guint64 inside = va & (vm_entry_size (c->state, entry) - 1);

  return entry->pte.frame + (inside >> c->geometry->page_shift);
}

/* The page of a region with an offset in its mapping, if it has one. */
static void
add_region (const SceneContext *c, GArray *names, guint32 number, guint64 frame)
{
  const struct vm_region *r = vm_region_at (c->state, number);
  guint64 offset = c->state->frames[frame].offset;
  guint32 process = process_of (c, r->mm);

  if (offset < r->offset || offset - r->offset >= vm_region_pages (r)
      || process == VM_NONE)
    return;
  guint64 va = r->start + ((offset - r->offset) << VM_PAGE_SHIFT);
  struct vm_entry entry = vm_entry_of (c->state, process, vm_vaddr_of (va));
  SceneFrameName name = {.process = process,
                         .va = va,
                         .region = r,
                         .present = entry.pte.present,
                         .writable = entry.pte.writable,
                         .frame = frame_at (c, &entry, va),
                         .entry_pa = entry.pa.v};

  name.names = name.present && name.frame == frame;
  g_array_append_val (names, name);
}

static void
follow_list (const SceneContext *c, GArray *names, guint64 frame)
{
  const struct vm_state *s = c->state;
  const struct vm_frame_record *record = &s->frames[frame];
  gboolean file = record->flags & VM_PAGE_FILE;
  guint32 number = file ? s->files[record->mapping].first
                        : s->anons[record->mapping].first;

  for (; number != 0; number = file ? s->regions[number].file_next
                                    : s->regions[number].anon_next)
    add_region (c, names, number, frame);
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
    if (scene_process_lives (context, p)
        && process_of (context, s->processes[p].mm) == p)
      read_tables (context, names, frame, p);
  return names;
}
