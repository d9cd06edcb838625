/* Connectors: what points to what, once it has been read. */
#include "connect.h"

#include <glib/gi18n-lib.h>

#include "figures/frames.h"
#include "figures/kit.h"
#include "gdt_links.h"
#include "links.h"
#include "figures/mm_fields.h"
#include "figures/vmas.h"
#include "stage.h"

/* Parts of the connectors' ids. */
enum {
  CONNECT_ROOT = 1, /* CR3 to the top table */
  CONNECT_FIELD,    /* number: level */
  CONNECT_TABLE,    /* number: level that is left */
  CONNECT_LEAF,
  CONNECT_HIT,
  CONNECT_TARGET,
  CONNECT_REGIONS /* mm_rb to the tree of regions */
};

static SceneEmphasis
emphasis_of (gboolean now)
{
  return now ? SCENE_ACTIVE : SCENE_NORMAL;
}

/* The connectors of a level are active while its entry is read. */
static SceneEmphasis
level_emphasis (const SceneContext *context, guint level)
{
  return emphasis_of (
      context->level[level].now
      && (scene_context_is (context, VM_STEP_ENTRY_READ)
          || scene_context_is (context, VM_STEP_REGISTER_READ)));
}

/* Of the arrow from the root's register; to be translated. */
static const char *
root_name (const struct vm_geometry *g, gboolean upper)
{
  if (g->register_level == g->levels)
    return N_ ("These registers were loaded together with CR3");
  switch (g->family) {
  case VM_FAMILY_X86:
    break;
  case VM_FAMILY_RISCV:
    return N_ ("satp points to the top table");
  case VM_FAMILY_ARM:
    return upper ? N_ ("TTBR1 points to the top table of the upper half")
                 : N_ ("TTBR0 points to the top table of the lower half");
  }
  return N_ ("CR3 points to the top table");
}

static void
connect_root (const SceneLinks *c)
{
  const SceneContext *context = c->build->context;
  guint top = context->geometry->levels;
  gboolean upper
      = vm_geometry_is_upper (context->geometry, vm_vaddr_of (context->va));
  gboolean loaded = context->geometry->register_level == top;

  if (!context->walking || c->layout->stacked)
    return;
  scene_link_add (
      c, &(SceneLink){
             .id = SCENE_ID (SCENE_FIGURE_STAGE, CONNECT_ROOT, 0),
             .from = scene_id_root (upper),
             .to = SCENE_ID (SCENE_FIGURE_TABLES, SCENE_PART_TITLE, top),
             .leave = SCENE_SIDE_RIGHT,
             .enter = SCENE_SIDE_LEFT,
             .role = scene_level_role (top),
             .emphasis = emphasis_of (scene_context_is (context, VM_STEP_WALK)),
             .stroke = loaded ? SCENE_STROKE_DASHED : SCENE_STROKE_SOLID,
             .name = root_name (context->geometry, upper)});
}

/* Below the index if that stands under its field, otherwise below the field
 * that shows it. */
static SceneId
field_end (const SceneStill *still, guint level)
{
  const SceneItem *value
      = scene_still_find (still, scene_id_field_value (level));
  const SceneItem *field = scene_still_find (still, scene_id_field (level));

  return value != NULL && field != NULL
                 && value->rect.y > field->rect.y + field->rect.height
             ? value->id
             : scene_id_field (level);
}

static void
connect_field (const SceneLinks *c, guint level)
{
  const SceneWalkLevel *l = &c->build->context->level[level];

  scene_link_add (
      c, &(SceneLink){.id = SCENE_ID (SCENE_FIGURE_STAGE, CONNECT_FIELD, level),
                      .from = field_end (c->build->still, level),
                      .turn = SCENE_TURN_LATE,
                      .to = scene_id_row (level, l->index),
                      .leave = SCENE_SIDE_BOTTOM,
                      .enter = SCENE_SIDE_LEFT,
                      .role = scene_level_role (level),
                      .emphasis = level_emphasis (c->build->context, level),
                      .name = N_ ("The index selects this entry")});
}

static void
connect_table (const SceneLinks *c, guint level)
{
  const SceneWalkLevel *l = &c->build->context->level[level];

  if (!l->pte.present || l->pte.leaf || l->pte.reserved != 0)
    return;
  scene_link_add (
      c, &(SceneLink){
             .id = SCENE_ID (SCENE_FIGURE_STAGE, CONNECT_TABLE, level),
             .from = scene_id_row (level, l->index),
             .to = SCENE_ID (SCENE_FIGURE_TABLES, SCENE_PART_TITLE, level - 1),
             .leave = SCENE_SIDE_RIGHT,
             .enter = SCENE_SIDE_LEFT,
             .role = scene_level_role (level),
             .emphasis = level_emphasis (c->build->context, level),
             .name = N_ ("The entry points to the next table")});
}

/* From the leaf entry to the frame it names; dashed, for nothing has been
 * read there yet. */
static void
connect_leaf (const SceneLinks *c)
{
  const SceneContext *context = c->build->context;
  guint last = scene_context_last_level (context);
  const SceneWalkLevel *l = &context->level[last];
  guint64 frame;

  if (last == 0 || !l->read || !l->pte.leaf
      || !scene_target_frame (context, &frame))
    return;
  scene_link_add (
      c, &(SceneLink){.id = SCENE_ID (SCENE_FIGURE_STAGE, CONNECT_LEAF, 0),
                      .from = scene_id_row (last, l->index),
                      .to = scene_id_frame (frame),
                      .leave = SCENE_SIDE_RIGHT,
                      .enter = scene_link_side (c->build->still,
                                                scene_id_table (last),
                                                scene_id_frame (frame)),
                      .role = scene_level_role (last),
                      .emphasis = level_emphasis (context, last),
                      .stroke = SCENE_STROKE_DASHED,
                      .shift = -scene_em (c->build, 0.4),
                      .name = N_ ("The entry leads to this frame")});
}

/* After a hit the frame comes out of the TLB. */
static void
connect_hit (const SceneLinks *c)
{
  const SceneContext *context = c->build->context;

  if (context->tlb != SCENE_TLB_HIT || !context->composed)
    return;
  scene_link_add (
      c,
      &(SceneLink){
          .id = SCENE_ID (SCENE_FIGURE_STAGE, CONNECT_HIT, 0),
          .from = scene_id_tlb_way (context->tlb_set, context->tlb_way),
          .to = scene_id_physical_frame (),
          .leave = c->layout->stacked ? SCENE_SIDE_LEFT : SCENE_SIDE_RIGHT,
          .enter = SCENE_SIDE_LEFT,
          .role = SCENE_ROLE_HIT,
          .emphasis = emphasis_of (scene_context_is (context, VM_STEP_COMPOSE)),
          .name = N_ ("The TLB gives the frame")});
}

static void
connect_target (const SceneLinks *c)
{
  const SceneContext *context = c->build->context;
  guint64 frame;

  if (!context->composed || !scene_target_frame (context, &frame))
    return;
  scene_link_add (
      c, &(SceneLink){.id = SCENE_ID (SCENE_FIGURE_STAGE, CONNECT_TARGET, 0),
                      .from = scene_id_physical_offset (),
                      .to = scene_id_frame (frame),
                      .leave = SCENE_SIDE_RIGHT,
                      .enter = scene_link_side (c->build->still,
                                                scene_id_physical_offset (),
                                                scene_id_frame (frame)),
                      .role = SCENE_ROLE_ACCENT,
                      .emphasis = emphasis_of (
                          scene_context_is (context, VM_STEP_COMPOSE)
                          || scene_context_is (context, VM_STEP_DATA)),
                      .shift = scene_em (c->build, 0.4),
                      .name = N_ ("The physical address lies in this frame")});
}

/* From an mm_struct to its regions, where they stand beside it or below. */
static void
connect_regions (const SceneLinks *c)
{
  const SceneStill *still = c->build->still;
  const SceneItem *field = scene_still_find (still, scene_mm_tree_id ());
  const SceneItem *from
      = scene_still_find (still, scene_id_panel (SCENE_FIGURE_MM));
  const SceneItem *to
      = scene_still_find (still, scene_id_panel (SCENE_FIGURE_REGIONS));
  guint32 process = field == NULL ? VM_NONE
                                  : scene_vmas_process (c->build->context);

  if (field == NULL || to == NULL || process == VM_NONE
      || vm_mm_of (c->build->context->state, process)->tree == 0)
    return;
  if (to->rect.x < from->rect.x + from->rect.width
      && to->rect.y < from->rect.y + from->rect.height)
    return;
  scene_link_add (
      c, &(SceneLink){
             .id = SCENE_ID (SCENE_FIGURE_STAGE, CONNECT_REGIONS, 0),
             .from = field->id,
             .to = SCENE_ID (SCENE_FIGURE_REGIONS, SCENE_PART_TITLE, 0),
             .leave = SCENE_SIDE_RIGHT,
             .enter = SCENE_SIDE_LEFT,
             .role = SCENE_ROLE_ACCENT,
             .emphasis = emphasis_of (field->emphasis == SCENE_ACTIVE),
             .name = N_ ("mm_rb points to the root of the regions' tree")});
}

static void
add_panels (const SceneLinks *c)
{
  const GArray *items = c->build->still->items;

  for (guint i = 0; i < items->len; i++) {
    const SceneItem *item = &g_array_index (items, SceneItem, i);
    if (item->kind == SCENE_PANEL && item->parent == 0)
      scene_router_add_panel (c->router, item->rect);
  }
}

void
scene_connect (SceneBuild *build, const SceneLayout *layout)
{
  const SceneContext *context = build->context;
  g_autoptr (SceneRouter) router
      = scene_router_new (layout->width, layout->height, scene_em (build, 0.45),
                          scene_em (build, 0.4));
  g_autoptr (GArray) corners = g_array_new (FALSE, FALSE, sizeof (ScenePoint));
  SceneLinks c = {build, layout, router, corners};

  add_panels (&c);
  scene_gdt_connect (&c);
  connect_root (&c);
  for (guint level = context->geometry->levels; level > 0; level--) {
    if (!context->level[level].read)
      continue;
    connect_field (&c, level);
    connect_table (&c, level);
  }
  connect_leaf (&c);
  connect_hit (&c);
  connect_target (&c);
  connect_regions (&c);
}
