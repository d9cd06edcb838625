/* An area of vmalloc: pages that follow each other, frames that need not. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/kit.h"
#include "figures/window.h"
#include "mm/kernel.h"
#include "mm/vmalloc.h"

#define MOST_ROWS 7 /* pages that are shown, the guard among them */

enum { PART_PAGE = SCENE_PART, PART_FRAME, PART_ARROW, PART_NONE, PART_HEAD };

static double
row_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO) + scene_em (b, 0.5);
}

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 0.3);
}

static SceneNumber
address_of (const SceneBuild *b, guint64 va)
{
  SceneNumber number;

  g_snprintf (number.s, sizeof number.s, "0x%0*" PRIx64,
              b->context->geometry->word_bits / 4, va);
  return number;
}

/* The area that the step or the access is about; else that with the highest
 * address; 0: none. */
static guint32
area_now (const SceneContext *c)
{
  const struct vm_state *s = c->state;
  guint32 last = 0, found = 0;
  guint64 va = c->va;

  for (guint32 i = s->kernel.vmalloc_first; i != 0; i = s->vmallocs[i].next)
    last = i;
  if (scene_context_is (c, VM_STEP_KERNEL_ADDRESS))
    va = c->step->values[VM_V_KERNEL_ADDRESS_VA];
  else if (!c->access)
    return last;
  found = vm_vmalloc_at (s, vm_vaddr_of (va));
  return found != 0 ? found : last;
}

/* The page of the area that is being looked at, or none. */
static guint64
page_now (const SceneContext *c, const struct vm_vmalloc *area)
{
  guint64 va = c->va;
  vm_paddr pa;

  if (scene_context_is (c, VM_STEP_KERNEL_ADDRESS))
    va = c->step->values[VM_V_KERNEL_ADDRESS_VA];
  if (va >= area->va && va - area->va <= (guint64) area->pages << VM_PAGE_SHIFT)
    return (va - area->va) >> VM_PAGE_SHIFT;
  /* While it is filled: the page that got its frame last. */
  for (guint64 i = 0; i < area->pages; i++)
    if (!vm_kernel_walk (c->state,
                         vm_vaddr_of (area->va + (i << VM_PAGE_SHIFT)), &pa))
      return i == 0 ? 0 : i - 1;
  return SCENE_NO_FOCUS;
}

/* Rows that the largest area of the list of operations takes, so that nothing
 * jumps. */
static guint
rows_of (const SceneContext *c)
{
  guint64 rows = 0;

  for (guint64 i = 0; i < vm_machine_op_count (c->machine); i++) {
    const struct vm_op *op = vm_machine_op (c->machine, i);
    guint64 bytes = op->values[VM_P_VMALLOC_BYTES];
    if (op->kind == VM_OP_VMALLOC)
      rows = MAX (rows, ((bytes + VM_PAGE_SIZE - 1) >> VM_PAGE_SHIFT) + 1);
  }
  return (guint) MIN (rows, MOST_ROWS);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  double texts = scene_number_width (b, SCENE_TEXT_MONO,
                                     address_of (b, G_MAXUINT64 >> 1))
                 + scene_number_width (
                     b, SCENE_TEXT_MONO,
                     scene_number_frame (b->context->geometry, 0xfffff));

  (void) width;
  size->min_width = texts + scene_em (b, 5.5) + 2 * scene_padding (b);
  size->width = size->min_width + scene_em (b, 8);
  size->height = scene_header (b) + 2 * scene_padding (b)
                 + scene_line (b, SCENE_TEXT_SMALL) + gap (b)
                 + rows_of (b->context) * (row_height (b) + gap (b));
  size->min_height = size->max_height = size->height;
}

/* A page of the area at the left, its frame at the right, an arrow between. */
static void
add_page (SceneBuild *b, const struct vm_vmalloc *area, guint64 page,
          gboolean now, SceneRect row)
{
  const SceneContext *c = b->context;
  guint64 va = area->va + (page << VM_PAGE_SHIFT);
  double arrow = scene_em (b, 3);
  double side = (row.width - arrow) / 2;
  SceneRect left = scene_cut_left (&row, side, 0);
  SceneRect right = scene_cut_right (&row, side, 0);
  gboolean guard = page == area->pages;
  vm_paddr pa;
  gboolean there = vm_kernel_walk (c->state, vm_vaddr_of (va), &pa);
  SceneItem *box = scene_add_box (
      b, SCENE_ID (SCENE_FIGURE_VMALLOC, PART_PAGE, va >> VM_PAGE_SHIFT), left,
      guard ? SCENE_ROLE_FREE : SCENE_ROLE_LEVEL1,
      now     ? SCENE_ACTIVE
      : there ? SCENE_NORMAL
              : SCENE_FAINT);

  box->text = scene_keep (b, address_of (b, va));
  box->style = SCENE_TEXT_MONO;
  box->align = SCENE_ALIGN_CENTER;
  box->name
      = guard ? scene_still_printf (b->still, _ ("guard page at %s"), box->text)
              : scene_still_printf (b->still, _ ("page %u, at %s"),
                                    (guint) page, box->text);
  scene_item_shows (b, box, area, sizeof *area);
  if (guard) {
    scene_add_text (b, SCENE_ID (SCENE_FIGURE_VMALLOC, PART_FRAME, page),
                    SCENE_TEXT_SMALL, SCENE_ALIGN_START, right,
                    _ ("guard page"));
    return;
  }
  if (!there) {
    scene_add_text (b, SCENE_ID (SCENE_FIGURE_VMALLOC, PART_FRAME, page),
                    SCENE_TEXT_SMALL, SCENE_ALIGN_START, right, _ ("no frame"));
    return;
  }
  guint64 frame = pa.v >> VM_PAGE_SHIFT;
  box = scene_add_box (b, SCENE_ID (SCENE_FIGURE_VMALLOC, PART_FRAME, page),
                       right, SCENE_ROLE_KERNEL,
                       now ? SCENE_ACTIVE : SCENE_NORMAL);
  box->text = scene_keep (b, scene_number_frame (c->geometry, frame));
  box->style = SCENE_TEXT_MONO;
  box->align = SCENE_ALIGN_CENTER;
  box->name = scene_still_printf (b->still, _ ("frame %s"), box->text);
  scene_item_means (box, SCENE_MEANS_FRAME, frame);
  SceneItem *line = scene_still_add (
      b->still, SCENE_ID (SCENE_FIGURE_VMALLOC, PART_ARROW, page), b->parent,
      SCENE_CONNECTOR, left);
  line->role = SCENE_ROLE_LEVEL1;
  line->emphasis = now ? SCENE_STRONG : SCENE_NORMAL;
  scene_still_add_point (b->still, line, left.x + left.width,
                         left.y + left.height / 2);
  scene_still_add_point (b->still, line, right.x, left.y + left.height / 2);
}

static void
add_heads (SceneBuild *b, SceneRect *inside)
{
  SceneRect row
      = scene_cut_top (inside, scene_line (b, SCENE_TEXT_SMALL), gap (b));
  double side = (row.width - scene_em (b, 3)) / 2;

  scene_add_text (b, SCENE_ID (SCENE_FIGURE_VMALLOC, PART_HEAD, 0),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
                  scene_cut_left (&row, side, 0), _ ("addresses"));
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_VMALLOC, PART_HEAD, 1),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
                  scene_cut_right (&row, side, 0), _ ("frames"));
}

static void
build (SceneBuild *b, SceneRect rect)
{
  guint32 number = area_now (b->context);
  const struct vm_vmalloc *area = &b->context->state->vmallocs[number];
  const char *subtitle
      = number == 0 ? NULL
                    : scene_still_printf (
                        b->still,
                        /* Translators: bytes; whole pages. */
                        ngettext ("%" PRIu64 " bytes: %u page and a guard",
                                  "%" PRIu64 " bytes: %u pages and a guard",
                                  area->pages),
                        area->bytes, area->pages);
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_VMALLOC, 0, rect,
                                      _ ("An area of vmalloc"), subtitle);

  if (number == 0) {
    scene_add_text (
        b, SCENE_ID (SCENE_FIGURE_VMALLOC, PART_NONE, 0), SCENE_TEXT_SMALL,
        SCENE_ALIGN_START,
        scene_cut_top (&inside, scene_line (b, SCENE_TEXT_SMALL), 0),
        _ ("There is no area."));
    return;
  }
  add_heads (b, &inside);
  guint64 total = area->pages + 1, now = page_now (b->context, area);
  guint visible = (guint) MIN (total, MOST_ROWS);
  SceneRect rows = inside;
  rows.height = visible * (row_height (b) + gap (b)) - gap (b);
  guint64 first = scene_add_window (
      b, rows, total, visible, scene_window_around (total, visible, now), NULL);
  for (guint i = 0; i < visible; i++)
    add_page (b, area, first + i, first + i == now,
              scene_cut_top (&inside, row_height (b), gap (b)));
}

const SceneFigure scene_figure_vmalloc = {.id = SCENE_FIGURE_VMALLOC,
                                          .kind = "vmalloc",
                                          .title = N_ ("An area of vmalloc"),
                                          .stance = SCENE_STANCE_PART,
                                          .measure = measure,
                                          .build = build};
