/* The regions of an address space as spans of a ruler. */
#include "figures/region_spans.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/kit.h"
#include "figures/region_words.h"
#include "mm/entries.h"
#include "mm/region_tree.h"

/* Pages of a region that entries map; large pages count as what they hold. */
static guint64
count_pages (const SceneContext *c, const struct vm_region *r)
{
  struct vm_entry entry;
  guint64 pages = 0;

  for (guint64 va = r->start;
       vm_entry_next (c->state, c->process, va, r->end, &entry);
       va = entry.va.v + vm_entry_size (c->state, &entry))
    if (entry.pte.present)
      pages += vm_entry_size (c->state, &entry) >> VM_PAGE_SHIFT;
  return pages;
}

/* A region, with how many of its pages are there. */
static void
add_region (const SceneBuild *b, GArray *spans, guint32 number)
{
  const SceneContext *c = b->context;
  const struct vm_region *r = vm_region_at (c->state, number);
  guint64 pages = count_pages (c, r), all = vm_region_pages (r);
  gboolean here = (c->access || c->mapping) && c->va >= r->start
                  && c->va < r->end;
  SceneSpan span = {
      .first = r->start,
      .last = r->end - 1,
      .number = number,
      .label = scene_still_text (b->still, scene_region_label (c, r)),
      .role = r->file != 0 ? SCENE_ROLE_FILE : scene_process_role (c->process),
      .emphasis = here ? SCENE_STRONG : SCENE_NORMAL,
      .shows = r,
      .shows_width = sizeof *r};

  span.note = scene_still_printf (
      b->still,
      /* Translators: what a region allows, and how many of its pages are in
         memory. */
      ngettext ("%s, %" PRIu64 " of %" PRIu64 " page",
                "%s, %" PRIu64 " of %" PRIu64 " pages", (gulong) all),
      scene_region_flags (r->flags), pages, all);
  g_array_append_val (spans, span);
}

GArray *
scene_region_spans (const SceneBuild *build, guint32 mm)
{
  const struct vm_state *s = build->context->state;
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (SceneSpan));

  for (guint32 n = vm_tree_first (s, mm); n != 0; n = vm_tree_next (s, n))
    add_region (build, spans, n);
  return spans;
}
