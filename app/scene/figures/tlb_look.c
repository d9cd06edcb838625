/* How a way of a TLB looks, and what is said about it. */
#include "figures/tlb_look.h"

#include <glib/gi18n-lib.h>

#include "figures/kit.h"

static gboolean
is_about (const SceneContext *c, const SceneTlbWay *w, enum vm_step_kind kind)
{
  return scene_context_is (c, kind) && scene_tlb_unit_is_now (w->unit, c)
         && c->step->values[VM_V_TLB_SET] == w->set
         && c->step->values[VM_V_TLB_WAY] == w->way;
}

static gboolean
is_used (const SceneTlbWay *w)
{
  return w->unit->way == w->way && w->unit->set == w->set
         && (w->unit->filled || w->unit->outcome == SCENE_TLB_HIT);
}

SceneRole
scene_tlb_way_role (const SceneContext *c, const SceneTlbWay *w)
{
  if (is_about (c, w, VM_STEP_TLB_COMPARE))
    return c->step->values[VM_V_COMPARE_MATCH] == VM_COMPARED_MATCH
               ? SCENE_ROLE_HIT
               : SCENE_ROLE_MISS;
  if (is_about (c, w, VM_STEP_TLB_VICTIM))
    return SCENE_ROLE_MISS;
  if (w->entry->valid && w->entry->stale)
    return SCENE_ROLE_FAULT;
  if (is_used (w) && w->entry->valid)
    return w->unit->filled ? SCENE_ROLE_ACCENT : SCENE_ROLE_HIT;
  return SCENE_ROLE_NEUTRAL;
}

SceneEmphasis
scene_tlb_way_emphasis (const SceneContext *c, const SceneTlbWay *w)
{
  static const enum vm_step_kind now[]
      = {VM_STEP_TLB_COMPARE, VM_STEP_TLB_VICTIM,  VM_STEP_TLB_HIT,
         VM_STEP_TLB_FILL,    VM_STEP_TLB_PROMOTE, VM_STEP_TLB_DROP};

  for (guint i = 0; i < G_N_ELEMENTS (now); i++)
    if (is_about (c, w, now[i]))
      return SCENE_ACTIVE;
  if (!w->entry->valid && w->row->dropped)
    return SCENE_FAINT;
  if (w->entry->valid && (is_used (w) || w->entry->stale))
    return SCENE_STRONG;
  return w->unit->outcome == SCENE_TLB_PROBING && w->unit->set == w->set
             ? SCENE_STRONG
             : SCENE_NORMAL;
}

const char *
scene_tlb_way_page (const SceneBuild *b, const struct vm_tlb_entry *entry)
{
  return scene_keep (
      b, scene_number_page (b->context->geometry, entry->page, entry->shift));
}

const char *
scene_tlb_way_name (const SceneBuild *b, const SceneTlbWay *w)
{
  const char *unit = scene_tlb_unit_name (b, w->unit);
  const char *page = scene_tlb_way_page (b, w->entry);
  const char *frame = scene_keep (
      b, scene_number_frame (b->context->geometry, w->entry->frame));

  if (!w->entry->valid && w->row->dropped)
    return scene_still_printf (b->still,
                               /* Translators: "Data TLB"; so in all these. */
                               _ ("%s, set %u, way %u: page %s was dropped"),
                               unit, w->set, w->way, page);
  if (!w->entry->valid)
    return scene_still_printf (b->still, _ ("%s, set %u, way %u: empty"), unit,
                               w->set, w->way);
  if (w->entry->stale)
    return scene_still_printf (b->still,
                               _ ("%s, set %u, way %u: page %s in frame %s, "
                                  "out of date; a flush is owed"),
                               unit, w->set, w->way, page, frame);
  if (w->entry->global)
    return scene_still_printf (
        b->still, _ ("%s, set %u, way %u: page %s in frame %s, global"), unit,
        w->set, w->way, page, frame);
  return scene_still_printf (b->still,
                             _ ("%s, set %u, way %u: page %s in frame %s"),
                             unit, w->set, w->way, page, frame);
}
