/* What a process maps: its regions, and the mappings that matter. */
#include "figures/mapped.h"

#include <glib/gi18n-lib.h>

#include "figures/choose.h"
#include "figures/kit.h"
#include "figures/region_words.h"

/* Ranks of mappings: what is shown first where not all have room. */
enum { RANK_OTHER, RANK_SHARED, RANK_NEIGHBOUR, RANK_FOCUS };

static gboolean
holds (const ScenePage *page, guint64 va)
{
  return va >= page->va && va <= page->last;
}

/* The operation is about pages of this process. */
static gboolean
is_acting (const SceneMapper *mapper)
{
  const SceneHappening *what = mapper->what;

  return what->page
         && (what->process == mapper->process
             || what->other == mapper->process);
}

/* True if the step that led to the cursor reads or writes the entry, or what
 * comes of it. */
static gboolean
is_now (const SceneContext *c, const SceneMapper *mapper, const ScenePage *page)
{
  if (mapper->what->other == VM_NONE
      && (scene_context_is (c, VM_STEP_COMPOSE)
          || scene_context_is (c, VM_STEP_DATA)))
    return TRUE;
  if (mapper->what->sharing || scene_context_is (c, VM_STEP_FAULT)
      || scene_context_is (c, VM_STEP_HANDLED))
    return TRUE;
  for (guint level = 1; level <= VM_MAX_LEVELS; level++)
    if (c->level[level].now && c->level[level].entry_pa == page->entry_pa)
      return TRUE;
  return FALSE;
}

static SceneEmphasis
emphasis_of (const SceneContext *c, const SceneMapper *mapper,
             const ScenePage *page)
{
  if (!mapper->what->page)
    return SCENE_NORMAL;
  if (!holds (page, mapper->what->va))
    return SCENE_FAINT;
  return is_acting (mapper) && is_now (c, mapper, page) ? SCENE_ACTIVE
                                                        : SCENE_STRONG;
}

static SceneMapping
mapping_of (const SceneBuild *b, const SceneMapper *mapper,
            const ScenePage *page)
{
  const SceneContext *c = b->context;
  const struct vm_region *region
      = scene_region_at (c, mapper->process, page->va);
  guint shift = (guint) g_bit_nth_msf ((gulong) page->frames, -1)
                + c->geometry->page_shift;
  SceneMapping mapping
      = {.va = page->va,
         .shift = shift,
         .present = TRUE,
         .frame = page->frame,
         .allowed = region == NULL ? NULL : scene_region_flags (region->flags),
         .rights = page->writable ? "RW" : "R",
         .role = mapper->owner.role,
         .emphasis = emphasis_of (c, mapper, page),
         .refused = c->faulted && !c->handled && c->process == mapper->process
                    && mapper->what->page && holds (page, mapper->what->va),
         .held = region != NULL && (region->flags & VM_REGION_WRITE)
                 && !page->writable,
         .pa = page->entry_pa,
         .width = c->geometry->entry_bytes};

  mapping.name = scene_still_printf (
      b->still, _ ("Page %s of %s: frame %s, %s"),
      scene_number_page (c->geometry, page->va >> shift, shift).s, mapper->name,
      scene_number_frame (c->geometry, page->frame).s,
      page->writable ? _ ("writable")
      : mapping.held ? _ ("read-only, though the region may be written")
                     : _ ("read-only"));
  return mapping;
}

/* The page in question where the process does not map it. */
static SceneMapping
missing_mapping (const SceneBuild *b, const SceneMapper *mapper)
{
  const SceneContext *c = b->context;
  const struct vm_region *region
      = scene_region_at (c, mapper->process, mapper->what->va);
  guint64 page = mapper->what->va >> c->geometry->page_shift;

  return (SceneMapping){
      .va = page << c->geometry->page_shift,
      .shift = c->geometry->page_shift,
      .allowed = region == NULL ? NULL : scene_region_flags (region->flags),
      .role = mapper->owner.role,
      .emphasis = !is_acting (mapper)                   ? SCENE_FAINT
                  : scene_context_is (c, VM_STEP_FAULT) ? SCENE_ACTIVE
                                                        : SCENE_STRONG,
      .refused = c->faulted && !c->handled && is_acting (mapper),
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

/* Is there an entry to be missed? Where the kernel knows what belongs there, it
 * must be in a region. */
static gboolean
misses (const SceneContext *c, const SceneMapper *mapper)
{
  if (!mapper->what->page
      || scene_mapper_page (mapper, mapper->what->va) != NULL)
    return FALSE;
  return !c->regions || is_acting (mapper)
         || scene_region_at (c, mapper->process, mapper->what->va) != NULL;
}

static guint
rank_of (const SceneContext *c, const SceneMapper *mapper, guint i)
{
  const ScenePage *page = &g_array_index (mapper->pages, ScenePage, i);
  gboolean shared = page->frame < c->state->config.frames
                    && c->state->frames[page->frame].refs > 1;

  if (mapper->what->page) {
    guint focus = focus_of (mapper, mapper->what->va);
    if (i == focus && holds (page, mapper->what->va))
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

guint
scene_mapper_mappings (const SceneBuild *build, const SceneMapper *mapper,
                       guint most,
                       SceneMapping mappings[SCENE_SHARING_MAPPINGS])
{
  const SceneContext *c = build->context;
  gboolean missing = misses (c, mapper);
  guint focus = focus_of (mapper, mapper->what->va), count = 0;
  g_autofree guint *ranks = g_new (guint, mapper->pages->len);

  for (guint i = 0; i < mapper->pages->len; i++)
    ranks[i] = rank_of (c, mapper, i);
  g_autoptr (GArray) chosen
      = scene_choose (ranks, mapper->pages->len, most - missing);
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
