/* Flights: which datum travels in a step, from where to where. */
#include "flights.h"

#include "figures/frames.h"
#include "figures/kit.h"
#include "figures/tlb_block.h"
#include "figures/tlb_flow.h"
#include "figures/tlb_head.h"
#include "gdt_links.h"

/* Adds a flight if both ends can be seen. */
static void
fly (SceneBuild *b, SceneId from, SceneId to, SceneRole role, const char *text,
     double start, double end)
{
  if (scene_still_find (b->still, from) == NULL
      || scene_still_find (b->still, to) == NULL)
    return;
  scene_still_add_flight (b->still, from, to, role, text, start, end);
}

/* A way of the TLB that the step is about: in the figure of the one that is
 * asked first, or in that of all. */
static SceneId
way_id (const SceneBuild *b, guint set, guint way)
{
  const struct vm_step *step = b->context->step;
  struct vm_tlb tlb
      = vm_tlb_of (b->context->state, step->cpu, (enum vm_tlb_unit) step->unit);
  SceneId own = scene_id_tlb_way (set, way);

  if (tlb.first == b->context->own.first
      && scene_still_find (b->still, own) != NULL)
    return own;
  return scene_id_tlb_entry (tlb.first + set * tlb.ways + way);
}

/* Where the page number stands: in the address, else at the processor. */
static SceneId
source_of_page (const SceneBuild *b)
{
  SceneId own = scene_id_page_number ();

  return scene_still_find (b->still, own) != NULL
             ? own
             : scene_id_tlb_process (b->context->cpu);
}

static void
fly_page_number (SceneBuild *b)
{
  const struct vm_step *step = b->context->step;
  struct vm_tlb tlb
      = vm_tlb_of (b->context->state, step->cpu, (enum vm_tlb_unit) step->unit);

  /* To the first way of the set that can be seen. */
  for (guint way = 0; way < tlb.ways; way++) {
    SceneId to = way_id (b, (guint) step->values[VM_V_TLB_SET], way);
    if (scene_still_find (b->still, to) == NULL)
      continue;
    fly (b, source_of_page (b), to, SCENE_ROLE_ACCENT,
         scene_number_page (b->context->geometry, step->values[VM_V_TLB_PAGE],
                            (guint) step->values[VM_V_TLB_SHIFT])
             .s,
         0, 1);
    return;
  }
}

/* CR3, satp or a TTBR says where the root is. */
static void
fly_root (SceneBuild *b)
{
  guint top = b->context->geometry->levels;

  fly (b, scene_id_root (b->context->step->values[VM_V_WALK_UPPER] != 0),
       SCENE_ID (SCENE_FIGURE_TABLES, SCENE_PART_TITLE, top),
       scene_level_role (top),
       scene_number_frame (b->context->geometry,
                           b->context->step->values[VM_V_WALK_ROOT])
           .s,
       0, 1);
}

/* Bits leave the address, become the index, land on the row. */
static void
fly_index (SceneBuild *b)
{
  const struct vm_step *step = b->context->step;
  guint level = (guint) step->values[VM_V_ENTRY_LEVEL];
  guint index = (guint) step->values[VM_V_ENTRY_INDEX];
  g_autofree char *text = g_strdup_printf ("%u", index);

  fly (b, scene_id_field_value (level), scene_id_row (level, index),
       scene_level_role (level), text, 0, 1);
}

/* Where the frame of the translation stands: in the leaf entry, or after a
 * hit in the TLB. */
static SceneId
source_of_frame (const SceneContext *c)
{
  guint last = scene_context_last_level (c);

  if (c->tlb == SCENE_TLB_HIT)
    return scene_id_tlb_way (c->tlb_set, c->tlb_way);
  return scene_id_row_frame (last, c->level[last].index);
}

static SceneRole
role_of_frame (const SceneContext *c)
{
  return c->tlb == SCENE_TLB_HIT
             ? SCENE_ROLE_HIT
             : scene_level_role (MAX (1, scene_context_last_level (c)));
}

/* First the frame, then the offset: they are set side by side. */
static void
fly_parts (SceneBuild *b)
{
  const SceneContext *c = b->context;

  fly (b, source_of_frame (c), scene_id_physical_frame (), role_of_frame (c),
       scene_number_frame (c->geometry, c->frame).s, 0, 0.5);
  fly (b, scene_id_field_value (0), scene_id_physical_offset (),
       SCENE_ROLE_OFFSET, scene_number_offset (c->offset, c->page_shift).s, 0.5,
       1);
}

/* Where what is filled in comes from: the leaf entry that was read, else the
 * walk as such. */
static SceneId
source_of_fill (const SceneBuild *b)
{
  SceneId own = source_of_frame (b->context);

  return scene_still_find (b->still, own) != NULL
             ? own
             : scene_id_tlb_walk (b->context->cpu);
}

static void
fly_fill (SceneBuild *b)
{
  const SceneContext *c = b->context;
  const guint64 *v = c->step->values;

  fly (b, source_of_fill (b),
       way_id (b, (guint) v[VM_V_TLB_SET], (guint) v[VM_V_TLB_WAY]),
       role_of_frame (c), scene_number_frame (c->geometry, v[VM_V_TLB_FRAME]).s,
       0, 1);
}

/* From the second level, which had it, to the first. */
static void
fly_copy (SceneBuild *b)
{
  const SceneContext *c = b->context;
  const guint64 *v = c->step->values;
  SceneTlbUnit second;

  if (!scene_tlb_unit_read (&second, c, c->cpu, VM_TLB_SECOND)
      || second.way == VM_NONE)
    return;
  fly (b,
       scene_id_tlb_entry (second.tlb.first + second.set * second.tlb.ways
                           + second.way),
       way_id (b, (guint) v[VM_V_TLB_SET], (guint) v[VM_V_TLB_WAY]),
       SCENE_ROLE_HIT, scene_number_frame (c->geometry, v[VM_V_TLB_FRAME]).s, 0,
       1);
}

static void
fly_data (SceneBuild *b)
{
  const SceneContext *c = b->context;
  SceneId memory = scene_id_frame (c->pa >> c->geometry->page_shift);
  SceneNumber value = scene_number_data (c->data, c->width);

  if (c->kind == VM_WRITE)
    fly (b, scene_id_register (), memory, SCENE_ROLE_ACCENT, value.s, 0, 1);
  else
    fly (b, memory, scene_id_register (), SCENE_ROLE_ACCENT, value.s, 0, 1);
}

/* The base leaves its register, and with it the address comes to lie where it
 * does. */
static void
fly_base (SceneBuild *b)
{
  fly (b, scene_id_bare_bounds (), scene_id_bare_mark (), SCENE_ROLE_ACCENT,
       scene_number_physical (b->context->geometry,
                              b->context->step->values[VM_V_BASE_BASE])
           .s,
       0, 1);
}

void
scene_fly (SceneBuild *build)
{
  const SceneContext *c = build->context;

  if (scene_context_is (c, VM_STEP_TLB_PROBE))
    fly_page_number (build);
  else if (scene_context_is (c, VM_STEP_WALK))
    fly_root (build);
  else if (scene_context_is (c, VM_STEP_ENTRY_READ)
           || scene_context_is (c, VM_STEP_REGISTER_READ))
    fly_index (build);
  else if (scene_context_is (c, VM_STEP_TLB_FILL))
    fly_fill (build);
  else if (scene_context_is (c, VM_STEP_TLB_PROMOTE))
    fly_copy (build);
  else if (scene_context_is (c, VM_STEP_COMPOSE))
    fly_parts (build);
  else if (scene_context_is (c, VM_STEP_DATA))
    fly_data (build);
  else if (scene_context_is (c, VM_STEP_BASE))
    fly_base (build);
  scene_gdt_fly (build);
}
