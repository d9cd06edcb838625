/* What joins the panels of segments, and what flies between them. */
#include "gdt_links.h"

#include <glib/gi18n-lib.h>

#include "figures/gdt.h"
#include "mmu/segment.h"
#include "stage.h"

/* Parts of the connectors' ids, apart from those of a walk. */
enum { CONNECT_INDEX = 16, CONNECT_ENTRY, CONNECT_KEPT, CONNECT_LINEAR };

static SceneEmphasis
emphasis_of (gboolean now)
{
  return now ? SCENE_ACTIVE : SCENE_NORMAL;
}

/* The selector's index chooses the entry, which is the descriptor. */
static void
connect_entry (const SceneLinks *links, const SceneGdtLook *look)
{
  const SceneContext *c = links->build->context;
  gboolean now = scene_context_is (c, VM_STEP_DESCRIPTOR_READ);
  SceneId row = scene_gdt_id (SCENE_GDT_ROW, SCENE_GDT_ENTRY_ROW (look->index));

  scene_link_add (
      links, &(SceneLink){.id = SCENE_ID (SCENE_FIGURE_STAGE, CONNECT_INDEX, 0),
                          .from = scene_gdt_index_id (),
                          .to = row,
                          .leave = SCENE_SIDE_BOTTOM,
                          .enter = SCENE_SIDE_LEFT,
                          .turn = SCENE_TURN_LATE,
                          .role = SCENE_ROLE_ACCENT,
                          .emphasis = emphasis_of (now),
                          .name = N_ ("The index selects this entry")});
  scene_link_add (
      links, &(SceneLink){.id = SCENE_ID (SCENE_FIGURE_STAGE, CONNECT_ENTRY, 0),
                          .from = row,
                          .to = scene_gdt_panel_id (SCENE_GDT_DESCRIPTOR),
                          .leave = SCENE_SIDE_RIGHT,
                          .enter = SCENE_SIDE_RIGHT,
                          .role = SCENE_ROLE_ACCENT,
                          .emphasis = emphasis_of (now),
                          .name = N_ ("The entry is this descriptor")});
}

/* Do the registers stand beside the descriptor, to its left? */
static gboolean
is_beside (const SceneStill *still)
{
  const SceneItem *registers
      = scene_still_find (still, scene_gdt_panel_id (SCENE_GDT_REGISTERS));
  const SceneItem *descriptor
      = scene_still_find (still, scene_gdt_panel_id (SCENE_GDT_DESCRIPTOR));

  return registers->rect.x + registers->rect.width <= descriptor->rect.x;
}

static void
connect_kept (const SceneLinks *links, const SceneGdtLook *look)
{
  const SceneContext *c = links->build->context;

  scene_link_add (
      links,
      &(SceneLink){
          .id = SCENE_ID (SCENE_FIGURE_STAGE, CONNECT_KEPT, 0),
          .from = scene_gdt_id (SCENE_GDT_LABEL, SCENE_GDT_DESCRIPTOR << 8
                                                     | SCENE_GDT_LINE_BASE),
          .to = scene_gdt_id (SCENE_GDT_ROW, look->which),
          .leave = SCENE_SIDE_LEFT,
          .enter = is_beside (links->build->still) ? SCENE_SIDE_RIGHT
                                                   : SCENE_SIDE_LEFT,
          .role = SCENE_ROLE_ACCENT,
          .emphasis = emphasis_of (scene_context_is (c, VM_STEP_SEGMENT_CACHE)),
          .name = N_ ("The register keeps what the descriptor says")});
}

/* The linear address is what a walk takes apart. */
static void
connect_linear (const SceneLinks *links)
{
  const SceneContext *c = links->build->context;

  scene_link_add (
      links, &(SceneLink){
                 .id = SCENE_ID (SCENE_FIGURE_STAGE, CONNECT_LINEAR, 0),
                 .from = scene_gdt_id (SCENE_GDT_SUM, SCENE_GDT_LINE_LINEAR),
                 .to = SCENE_ID (SCENE_FIGURE_ADDRESS, SCENE_PART_TITLE, 0),
                 .leave = SCENE_SIDE_LEFT,
                 .enter = SCENE_SIDE_LEFT,
                 .role = SCENE_ROLE_ACCENT,
                 .emphasis = emphasis_of (scene_context_is (c, VM_STEP_ACCESS)),
                 .name = N_ ("The linear address goes to paging")});
}

void
scene_gdt_connect (const SceneLinks *links)
{
  const SceneBuild *b = links->build;
  SceneGdtLook look;

  if (scene_still_find (b->still, scene_gdt_panel_id (SCENE_GDT_REGISTERS))
      == NULL)
    return;
  scene_gdt_look (&look, b->context);
  if (look.loading && look.read)
    connect_entry (links, &look);
  if (look.loading && look.kept && look.read)
    connect_kept (links, &look);
  if (look.added && b->context->access)
    connect_linear (links);
}

/* Flights ------------------------------------------------------------------ */

static void
fly (SceneBuild *b, SceneId from, SceneId to, const char *text, double start,
     double end)
{
  if (text == NULL || scene_still_find (b->still, from) == NULL
      || scene_still_find (b->still, to) == NULL)
    return;
  scene_still_add_flight (b->still, from, to, SCENE_ROLE_ACCENT, text, start,
                          end);
}

/* The index becomes a row, the row the descriptor. */
static void
fly_read (SceneBuild *b, const SceneGdtLook *look)
{
  guint64 row = SCENE_GDT_ENTRY_ROW (look->index);

  fly (b, scene_gdt_index_id (), scene_gdt_id (SCENE_GDT_NAME, row),
       scene_still_printf (b->still, "%u", look->index), 0, 0.5);
  fly (b, scene_gdt_id (SCENE_GDT_BASE, row),
       scene_gdt_id (SCENE_PART_TITLE, SCENE_GDT_DESCRIPTOR),
       scene_still_printf (b->still, "0x%016" G_GINT64_MODIFIER "x", look->raw),
       0.5, 1);
}

static void
fly_kept (SceneBuild *b, const SceneGdtLook *look)
{
  const guint64 *v = b->context->step->values;

  if (!look->read)
    return;
  fly (b, scene_gdt_line_id (SCENE_GDT_DESCRIPTOR, SCENE_GDT_LINE_BASE),
       scene_gdt_id (SCENE_GDT_BASE, look->which),
       scene_gdt_number (b, v[VM_V_CACHE_BASE]), 0, 0.5);
  fly (b, scene_gdt_line_id (SCENE_GDT_DESCRIPTOR, SCENE_GDT_LINE_LAST),
       scene_gdt_id (SCENE_GDT_LAST, look->which),
       scene_gdt_number (b, v[VM_V_CACHE_LAST]), 0.5, 1);
}

void
scene_gdt_fly (SceneBuild *build)
{
  const SceneContext *c = build->context;
  SceneGdtLook look;

  if (c->step == NULL
      || scene_still_find (build->still,
                           scene_gdt_panel_id (SCENE_GDT_REGISTERS))
             == NULL)
    return;
  scene_gdt_look (&look, c);
  if (scene_context_is (c, VM_STEP_SELECTOR))
    fly (build, scene_gdt_line_id (SCENE_GDT_REGISTERS, 0),
         scene_gdt_index_id (), scene_gdt_selector (build, look.selector), 0,
         1);
  else if (scene_context_is (c, VM_STEP_DESCRIPTOR_READ))
    fly_read (build, &look);
  else if (scene_context_is (c, VM_STEP_SEGMENT_CACHE))
    fly_kept (build, &look);
  else if (scene_context_is (c, VM_STEP_SEGMENT_LIMIT))
    fly (build, scene_gdt_id (SCENE_GDT_LAST, look.which),
         scene_gdt_id (SCENE_GDT_CHIP, 0),
         scene_gdt_number (build,
                           vm_segment_of (c->state, look.cpu,
                                          (enum vm_segment_register) look.which)
                               ->limit),
         0, 1);
  else if (scene_context_is (c, VM_STEP_SEGMENT_ADD))
    fly (build, scene_gdt_id (SCENE_GDT_BASE, look.which),
         scene_gdt_line_id (SCENE_GDT_LINEAR, SCENE_GDT_LINE_BASE),
         scene_gdt_number (build, look.base), 0, 1);
  else if (scene_context_is (c, VM_STEP_ACCESS) && look.added)
    fly (build, scene_gdt_line_id (SCENE_GDT_LINEAR, SCENE_GDT_LINE_LINEAR),
         SCENE_ID (SCENE_FIGURE_ADDRESS, SCENE_PART_TITLE, 0),
         scene_gdt_number (build, look.linear), 0, 1);
}
