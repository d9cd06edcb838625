/* The regions of a process: those that the kernel keeps; where it keeps none,
 * neighbouring pages with the same rights. */
#include "figures/mapped.h"

#include <glib/gi18n-lib.h>

#include "figures/kit.h"
#include "figures/region_words.h"
#include "mm/region_tree.h"

static gboolean
same_rights (const ScenePage *a, const ScenePage *b)
{
  return a->readable == b->readable && a->writable == b->writable
         && a->user == b->user && a->executable == b->executable;
}

/* Bytes of the table that say what a region is: its entries, up to the end of
 * the first frame of its table. */
static guint
entry_bytes (const SceneContext *c, const ScenePage *first, guint pages)
{
  guint64 page = vm_geometry_page_bytes (c->geometry);
  guint64 left = page - first->entry_pa % page;

  return (guint) MIN (left, (guint64) pages * c->geometry->entry_bytes);
}

/* The one that the operation is about, or that holds the page that it is
 * about. */
static SceneEmphasis
emphasis_of (const SceneMapper *mapper, guint64 first, guint64 last)
{
  const SceneHappening *what = mapper->what;
  gboolean acts = what->process == mapper->process
                  || what->other == mapper->process;

  if (what->va < first || what->va > last)
    return SCENE_NORMAL;
  if (acts && what->mapping)
    return SCENE_ACTIVE;
  if (what->region)
    return acts ? SCENE_STRONG : SCENE_NORMAL;
  return what->page ? SCENE_STRONG : SCENE_NORMAL;
}

static SceneRegion
region_between (const SceneBuild *b, const SceneMapper *mapper, guint64 first,
                guint64 last, const char *flags)
{
  const SceneContext *c = b->context;
  SceneRegion region = {.first = first,
                        .last = last,
                        .flags = flags,
                        .role = mapper->owner.role,
                        .emphasis = emphasis_of (mapper, first, last)};

  region.name
      = scene_still_printf (b->still, _ ("%s: %s to %s, %s"), mapper->name,
                            scene_number_virtual (c->geometry, first).s,
                            scene_number_virtual (c->geometry, last).s, flags);
  return region;
}

static SceneRegion
region_of_pages (const SceneBuild *b, const SceneMapper *mapper,
                 const ScenePage *page, guint pages)
{
  const ScenePage *last = page + pages - 1;
  const char *size
      = scene_keep (b, scene_number_size (last->last - page->va + 1));
  SceneRegion region = region_between (b, mapper, page->va, last->last,
                                       scene_page_flags (page));

  region.label = page->user
                     ? size
                     : scene_still_printf (b->still, _ ("kernel, %s"), size);
  if (!page->user)
    region.role = SCENE_ROLE_KERNEL;
  region.pa = page->entry_pa;
  region.width = entry_bytes (b->context, page, pages);
  return region;
}

static void
add_runs (const SceneBuild *b, const SceneMapper *mapper, GArray *regions)
{
  const ScenePage *pages = (const ScenePage *) (void *) mapper->pages->data;
  guint count = mapper->pages->len;

  for (guint i = 0, next; i < count; i = next) {
    next = i + 1;
    while (next < count && pages[next].va == pages[next - 1].last + 1
           && same_rights (&pages[next], &pages[i]))
      next++;
    SceneRegion region = region_of_pages (b, mapper, &pages[i], next - i);
    g_array_append_val (regions, region);
  }
}

static void
add_kept (const SceneBuild *b, const SceneMapper *mapper, guint32 mm,
          GArray *regions)
{
  const SceneContext *c = b->context;

  for (guint32 n = vm_tree_first (c->state, mm); n != 0;
       n = vm_tree_next (c->state, n)) {
    const struct vm_region *r = vm_region_at (c->state, n);
    SceneRegion region = region_between (b, mapper, r->start, r->end - 1,
                                         scene_region_flags (r->flags));
    region.label = scene_still_text (b->still, scene_region_label (c, r));
    region.record = r;
    region.record_width = sizeof *r;
    if (r->file != 0)
      region.role = SCENE_ROLE_FILE;
    g_array_append_val (regions, region);
  }
}

GArray *
scene_mapper_regions (const SceneBuild *build, const SceneMapper *mapper)
{
  const struct vm_state *s = build->context->state;
  GArray *regions = g_array_new (FALSE, FALSE, sizeof (SceneRegion));

  if (!scene_process_lives (build->context, mapper->process))
    return regions;
  guint32 mm = s->processes[mapper->process].mm;
  if (s->mms[mm].tree != 0)
    add_kept (build, mapper, mm, regions);
  else
    add_runs (build, mapper, regions);
  return regions;
}
