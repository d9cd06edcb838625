/* The physical address: frame and offset, set side by side. */
#include <glib/gi18n-lib.h>

#include "family.h"
#include "figures/parts.h"

typedef struct {
  gboolean frame, offset; /* known at the cursor */
  guint shift;            /* log2 of the page size */
  guint64 frame_value, offset_value;
} Parts;

/* The page size becomes known with the leaf entry or the TLB hit. A large
 * page's frame is the first of its 4 KiB frames, as everywhere else. */
static Parts
parts_of (const SceneContext *c)
{
  return (Parts){.frame = c->composed,
                 .offset = c->composed,
                 .shift = c->composed ? c->page_shift : c->geometry->page_shift,
                 .frame_value = (c->pa - c->offset) >> c->geometry->page_shift,
                 .offset_value = c->offset};
}

static double
label_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL);
}

static void
add_heading (SceneBuild *b, guint number, SceneRect line, guint high, guint low,
             const char *name)
{
  const char *first = scene_still_printf (b->still, "%u", high);
  const char *last = scene_still_printf (b->still, "%u", low);
  SceneRect left = scene_cut_left (
      &line, scene_width (b, SCENE_TEXT_MONO_SMALL, first), 0);
  SceneRect right = scene_cut_right (
      &line, scene_width (b, SCENE_TEXT_MONO_SMALL, last), 0);

  scene_add_text (b,
                  SCENE_ID (SCENE_FIGURE_PHYSICAL, SCENE_PHYSICAL_HIGH, number),
                  SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START, left, first)
      ->emphasis
      = SCENE_FAINT;
  scene_add_text (b,
                  SCENE_ID (SCENE_FIGURE_PHYSICAL, SCENE_PHYSICAL_LOW, number),
                  SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_END, right, last)
      ->emphasis
      = SCENE_FAINT;
  scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_PHYSICAL, SCENE_PHYSICAL_LABEL, number),
      SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER, line, name)
      ->emphasis
      = b->context->composed ? SCENE_NORMAL : SCENE_FAINT;
}

static SceneItem *
add_part (SceneBuild *b, SceneId id, SceneRect rect, SceneRole role,
          const char *text, const char *name)
{
  const SceneContext *c = b->context;
  SceneItem *box
      = scene_add_box (b, id, rect, c->composed ? role : SCENE_ROLE_NEUTRAL,
                       !c->composed                            ? SCENE_FAINT
                       : scene_context_is (c, VM_STEP_COMPOSE) ? SCENE_ACTIVE
                                                               : SCENE_STRONG);

  if (!c->composed)
    return box;
  box->text = text;
  box->style = SCENE_TEXT_MONO_BOLD;
  box->name = scene_still_printf (b->still, "%s: %s", name, text);
  return box;
}

/* Highest bit of the frame: as an entry of the last level holds it; large
 * pages may lie higher. */
static guint
high_bit (const struct vm_geometry *g, guint shift)
{
  guint bit = g->page_shift - 1u;

  if (shift != g->page_shift)
    return g->pa_bits - 1u;
  for (guint64 last = vm_pte_last_frame (g, 1, true); last > 0; last >>= 1)
    bit++;
  return bit;
}

/* Least width of the offset's box: of its value, and of its heading. */
static double
offset_width (const SceneBuild *b, guint shift)
{
  double value = scene_number_width (b, SCENE_TEXT_MONO_BOLD,
                                     scene_number_offset (0, shift))
                 + scene_em (b, 0.6);
  double heading = scene_width (b, SCENE_TEXT_SMALL, _ ("offset"))
                   + scene_width (b, SCENE_TEXT_MONO_SMALL, "110")
                   + scene_em (b, 0.3);

  return MAX (value, heading);
}

static void
add_parts (SceneBuild *b, const Parts *parts, SceneRect rect)
{
  const SceneContext *c = b->context;
  guint high = high_bit (c->geometry, parts->shift);
  double offset = offset_width (b, parts->shift);
  double gap = scene_em (b, 0.12);
  double width = MAX (offset, rect.width * parts->shift / (high + 1.0));
  SceneRect right = scene_cut_right (&rect, MIN (width, rect.width / 2), gap);
  SceneRect heading
      = scene_cut_top (&rect, label_height (b), scene_em (b, 0.1));

  add_heading (b, 0, heading, high, parts->shift, _ ("frame"));
  SceneItem *box = add_part (
      b, scene_id_physical_frame (), rect, SCENE_ROLE_LEVEL1,
      scene_keep (b, scene_number_frame (c->geometry, parts->frame_value)),
      _ ("frame"));
  if (c->composed)
    scene_item_means (box, SCENE_MEANS_FRAME, parts->frame_value);
  heading = scene_cut_top (&right, label_height (b), scene_em (b, 0.1));
  add_heading (b, 1, heading, parts->shift - 1, 0, _ ("offset"));
  box = add_part (
      b, scene_id_physical_offset (), right, SCENE_ROLE_OFFSET,
      scene_keep (b, scene_number_offset (parts->offset_value, parts->shift)),
      _ ("offset"));
  if (c->composed)
    scene_item_means (box, SCENE_MEANS_OFFSET, parts->offset_value);
}

/* The exception; in the fewest words where there is no room for more. */
static const char *
fault_text (const SceneBuild *b, double width)
{
  const SceneContext *c = b->context;
  g_autofree char *words = scene_fault_words (c->geometry, &c->fault);
  g_autofree char *code = scene_fault_code (c->geometry, &c->fault);

  return scene_still_text (
      b->still, scene_chip_width (b, SCENE_TEXT_MONO_SMALL, words) <= width
                    ? words
                    : code);
}

/* The most room that a fault's fewest words take. */
static double
fault_width (const SceneBuild *b)
{
  const struct vm_fault fault = {.vector = VM_VECTOR_PAGE_FAULT};
  g_autofree char *code = scene_fault_code (b->context->geometry, &fault);

  return scene_chip_width (b, SCENE_TEXT_MONO_SMALL, code);
}

/* The sum of it: the address, or why there is none. */
static void
add_result (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  SceneItem *item;

  if (c->faulted) {
    item = scene_add_chip (b, scene_id_physical_value (), rect,
                           SCENE_ROLE_FAULT, fault_text (b, rect.width));
    item->emphasis = scene_context_is (c, VM_STEP_FAULT) ? SCENE_ACTIVE
                                                         : SCENE_STRONG;
    item->name = item->text;
    return;
  }
  if (!c->composed) {
    scene_add_text (b, scene_id_physical_value (), SCENE_TEXT_SMALL,
                    SCENE_ALIGN_START, rect, _ ("not known yet"))
        ->emphasis
        = SCENE_FAINT;
    return;
  }
  item = scene_add_text (
      b, scene_id_physical_value (), SCENE_TEXT_MONO_BOLD, SCENE_ALIGN_START,
      rect,
      scene_still_printf (
          b->still, "= %s",
          scene_keep (b, scene_number_physical (c->geometry, c->pa))));
  item->emphasis = SCENE_STRONG;
  scene_item_means (item, SCENE_MEANS_PHYSICAL, c->pa);
  item->name = scene_still_printf (
      b->still, _ ("Physical address %s"),
      scene_keep (b, scene_number_physical (c->geometry, c->pa)));
}

static double
result_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_BOLD);
}

/* Least width of a part: of any frame or offset, whatever the page's size. */
static double
part_width (const SceneBuild *b)
{
  const struct vm_geometry *g = b->context->geometry;
  double width
      = scene_number_width (b, SCENE_TEXT_MONO_BOLD,
                            scene_number_frame (g, b->context->last_frame))
        + scene_em (b, 0.6);

  for (guint level = 1; level <= MIN (g->levels, 3u); level++)
    width = MAX (width, offset_width (b, g->level[level].low));
  return width;
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  double fixed = scene_header (b) + scene_em (b, 0.8) + label_height (b)
                 + scene_em (b, 0.1) + scene_em (b, 0.25) + result_height (b);
  double numbers = 2 * part_width (b);

  (void) width;
  size->min_width = MAX (MAX (numbers + scene_em (b, 0.5), fault_width (b)),
                         scene_panel_width (b, _ ("Physical address"), NULL)
                             - 2 * scene_padding (b))
                    + 2 * scene_padding (b);
  size->width = size->min_width + scene_em (b, 4);
  size->min_height = fixed + scene_em (b, 1.25);
  size->height = fixed + scene_em (b, 1.5);
  size->max_height = fixed + scene_em (b, 2.2) + scene_em (b, 0.6);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  Parts parts = parts_of (b->context);
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_PHYSICAL, 0, rect,
                                      _ ("Physical address"), NULL);
  double most = label_height (b) + result_height (b) + scene_em (b, 2.8);

  inside = scene_middle (inside, MIN (inside.height, most));
  SceneRect result
      = scene_cut_bottom (&inside, result_height (b), scene_em (b, 0.25));

  add_parts (b, &parts, inside);
  add_result (b, result);
}

const SceneFigure scene_figure_physical = {.id = SCENE_FIGURE_PHYSICAL,
                                           .kind = "physical",
                                           .title = N_ ("Physical address"),
                                           .stance = SCENE_STANCE_WALK,
                                           .measure = measure,
                                           .build = build};
