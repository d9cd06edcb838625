/* What a process maps: its regions, and the mappings that matter. */
#include "figures/mapped.h"

#include <glib/gi18n-lib.h>

#include "figures/choose.h"
#include "figures/kit.h"

/* Ranks of mappings: what is shown first where not all have room. */
enum { RANK_OTHER, RANK_SHARED, RANK_NEIGHBOUR, RANK_FOCUS };

static gboolean
holds (const ScenePage *page, guint64 va)
{
  return va >= page->va && va <= page->last;
}

static gboolean
same_rights (const ScenePage *a, const ScenePage *b)
{
  return a->readable == b->readable && a->writable == b->writable
         && a->user == b->user && a->executable == b->executable;
}

static gboolean
is_acting (const SceneContext *c, const SceneMapper *mapper)
{
  return scene_context_about_page (c) && c->process == mapper->process;
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

static SceneRegion
region_of (const SceneBuild *b, const SceneMapper *mapper,
           const ScenePage *page, guint pages)
{
  const SceneContext *c = b->context;
  const ScenePage *last = page + pages - 1;
  const char *size
      = scene_keep (b, scene_number_size (last->last - page->va + 1));
  gboolean here = scene_context_about_page (c) && c->va >= page->va
                  && c->va <= last->last;
  SceneRegion region
      = {.first = page->va,
         .last = last->last,
         .label = page->user
                      ? size
                      : scene_still_printf (b->still, _ ("kernel, %s"), size),
         .flags = scene_page_flags (page),
         .role = page->user ? mapper->owner.role : SCENE_ROLE_KERNEL,
         .emphasis = here ? SCENE_STRONG : SCENE_NORMAL,
         .pa = page->entry_pa,
         .width = entry_bytes (c, page, pages)};

  region.name = scene_still_printf (
      b->still, _ ("%s: %s to %s, %s"), mapper->name,
      scene_number_virtual (c->geometry, region.first).s,
      scene_number_virtual (c->geometry, region.last).s, region.flags);
  return region;
}

/* True if the step that led to the cursor reads or writes the entry, or what
 * comes of it. */
static gboolean
is_now (const SceneContext *c, const ScenePage *page)
{
  for (guint level = 1; level <= VM_MAX_LEVELS; level++)
    if (c->level[level].now && c->level[level].entry_pa == page->entry_pa)
      return TRUE;
  return scene_context_is (c, VM_STEP_COMPOSE)
         || scene_context_is (c, VM_STEP_DATA);
}

static SceneEmphasis
emphasis_of (const SceneContext *c, const SceneMapper *mapper,
             const ScenePage *page)
{
  if (!scene_context_about_page (c))
    return SCENE_NORMAL;
  if (!holds (page, c->va))
    return SCENE_FAINT;
  return is_acting (c, mapper) && is_now (c, page) ? SCENE_ACTIVE
                                                   : SCENE_STRONG;
}

static SceneMapping
mapping_of (const SceneBuild *b, const SceneMapper *mapper,
            const ScenePage *page)
{
  const SceneContext *c = b->context;
  guint shift = (guint) g_bit_nth_msf ((gulong) page->frames, -1)
                + c->geometry->page_shift;
  SceneMapping mapping
      = {.va = page->va,
         .shift = shift,
         .present = TRUE,
         .frame = page->frame,
         .rights = page->writable ? "RW" : "R",
         .role = mapper->owner.role,
         .emphasis = emphasis_of (c, mapper, page),
         .refused = c->faulted && is_acting (c, mapper) && holds (page, c->va),
         .pa = page->entry_pa,
         .width = c->geometry->entry_bytes};

  mapping.name = scene_still_printf (
      b->still, _ ("Page %s of %s: frame %s, %s"),
      scene_number_page (c->geometry, page->va >> shift, shift).s, mapper->name,
      scene_number_frame (c->geometry, page->frame).s,
      page->writable ? _ ("writable") : _ ("read-only"));
  return mapping;
}

/* The page in question where the process does not map it. */
static SceneMapping
missing_mapping (const SceneBuild *b, const SceneMapper *mapper)
{
  const SceneContext *c = b->context;
  guint64 page = c->va >> c->geometry->page_shift;

  return (SceneMapping){
      .va = page << c->geometry->page_shift,
      .shift = c->geometry->page_shift,
      .role = mapper->owner.role,
      .emphasis = is_acting (c, mapper) ? SCENE_STRONG : SCENE_FAINT,
      .refused = c->faulted && is_acting (c, mapper),
      .name = scene_still_printf (
          b->still, _ ("Page %s of %s is not mapped"),
          scene_number_page (c->geometry, page, c->geometry->page_shift).s,
          mapper->name)};
}

/* Where the page in question stands, or would stand, among the pages. */
static guint
focus_of (const SceneMapper *mapper, guint64 va)
{
  guint i = 0;

  while (i < mapper->pages->len
         && g_array_index (mapper->pages, ScenePage, i).last < va)
    i++;
  return i;
}

static guint
rank_of (const SceneContext *c, const SceneMapper *mapper, guint i)
{
  const ScenePage *page = &g_array_index (mapper->pages, ScenePage, i);
  gboolean shared = page->frame < c->state->config.frames
                    && c->state->frames[page->frame].refs > 1;

  if (scene_context_about_page (c)) {
    guint focus = focus_of (mapper, c->va);
    if (i == focus && holds (page, c->va))
      return RANK_FOCUS;
    if (i + 1 == focus || i == focus || i == focus + 1)
      return RANK_NEIGHBOUR;
  }
  return shared ? RANK_SHARED : RANK_OTHER;
}

const ScenePage *
scene_mapper_page (const SceneMapper *mapper, guint64 va)
{
  guint i = focus_of (mapper, va);

  if (i == mapper->pages->len)
    return NULL;
  const ScenePage *page = &g_array_index (mapper->pages, ScenePage, i);
  return holds (page, va) ? page : NULL;
}

GArray *
scene_mapper_regions (const SceneBuild *build, const SceneMapper *mapper)
{
  GArray *regions = g_array_new (FALSE, FALSE, sizeof (SceneRegion));
  const ScenePage *pages = (const ScenePage *) (void *) mapper->pages->data;
  guint count = mapper->pages->len;

  for (guint i = 0, next; i < count; i = next) {
    next = i + 1;
    while (next < count && pages[next].va == pages[next - 1].last + 1
           && same_rights (&pages[next], &pages[i]))
      next++;
    SceneRegion region = region_of (build, mapper, &pages[i], next - i);
    g_array_append_val (regions, region);
  }
  return regions;
}

guint
scene_mapper_mappings (const SceneBuild *build, const SceneMapper *mapper,
                       SceneMapping mappings[SCENE_SHARING_MAPPINGS])
{
  const SceneContext *c = build->context;
  gboolean missing = scene_context_about_page (c)
                     && scene_mapper_page (mapper, c->va) == NULL;
  guint focus = focus_of (mapper, c->va), count = 0;
  g_autofree guint *ranks = g_new (guint, mapper->pages->len);

  for (guint i = 0; i < mapper->pages->len; i++)
    ranks[i] = rank_of (c, mapper, i);
  g_autoptr (GArray) chosen = scene_choose (ranks, mapper->pages->len,
                                            SCENE_SHARING_MAPPINGS - missing);
  for (guint i = 0; i < chosen->len; i++) {
    guint at = g_array_index (chosen, guint, i);
    if (missing && at >= focus) {
      mappings[count++] = missing_mapping (build, mapper);
      missing = FALSE;
    }
    mappings[count++] = mapping_of (
        build, mapper, &g_array_index (mapper->pages, ScenePage, at));
  }
  if (missing)
    mappings[count++] = missing_mapping (build, mapper);
  return count;
}

const char *
scene_page_flags (const ScenePage *page)
{
  static const char *const flags[]
      = {"---", "-w-", "--x", "-wx", "r--", "rw-", "r-x", "rwx"};

  return flags[4 * page->readable + 2 * page->executable + page->writable];
}
