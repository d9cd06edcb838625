/* An entry that names a frame, or might, as a row. */
#include "figures/frame_name_row.h"

#include <glib/gi18n-lib.h>

#include "figures/parts.h"
#include "figures/region_words.h"

/* The widest name of a process that keeps its room, in ems. */
#define MOST_NAME 6.0

/* A row's parts from left to right. */
typedef struct {
  SceneRect process, page, region, entry;
} Cells;

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 0.5);
}

static double
padding (const SceneBuild *b)
{
  return scene_em (b, 0.4);
}

/* Names of processes are in the list of operations. */
static double
process_width (const SceneBuild *b)
{
  const struct vm_machine *machine = b->context->machine;
  double width = scene_width (b, SCENE_TEXT_SMALL, _ ("process"));

  for (guint64 i = 0; i < vm_machine_op_count (machine); i++) {
    const struct vm_op *op = vm_machine_op (machine, i);
    gboolean forks = op->kind == VM_OP_FORK || op->kind == VM_OP_VFORK
                     || op->kind == VM_OP_CLONE;
    if (op->kind != VM_OP_PROCESS && !forks)
      continue;
    guint name = forks ? VM_P_FORK_NAME : VM_P_PROCESS_NAME;
    width = MAX (width, scene_width (b, SCENE_TEXT_SMALL,
                                     vm_machine_name (
                                         machine, (guint32) op->values[name])));
  }
  return MIN (width, scene_em (b, MOST_NAME));
}

static double
page_width (const SceneBuild *b)
{
  double number = scene_number_width (
      b, SCENE_TEXT_MONO_SMALL,
      scene_widest_page (b->context, b->context->geometry->page_shift));

  return MAX (number, scene_width (b, SCENE_TEXT_SMALL, _ ("page")));
}

static double
region_width (const SceneBuild *b)
{
  return MAX (scene_width (b, SCENE_TEXT_MONO_SMALL, "rw-p"),
              scene_width (b, SCENE_TEXT_SMALL, _ ("region")));
}

static double
entry_width (const SceneBuild *b)
{
  double number = scene_number_width (
      b, SCENE_TEXT_MONO_SMALL,
      scene_number_frame (b->context->geometry, b->context->last_frame));

  return MAX (number, scene_width (b, SCENE_TEXT_SMALL, _ ("entry")));
}

static Cells
cells_of (const SceneBuild *b, SceneRect row)
{
  SceneRect rest = scene_inset (row, padding (b), 0);
  Cells cells;

  cells.entry = scene_cut_right (&rest, entry_width (b), gap (b));
  cells.region = scene_cut_right (&rest, region_width (b), gap (b));
  cells.process = scene_cut_left (&rest, process_width (b), gap (b));
  cells.page = rest;
  return cells;
}

static guint64
number_of (const SceneBuild *b, const SceneFrameName *name)
{
  guint64 page = name->va >> b->context->geometry->page_shift;

  return (guint64) name->process << 38
         | (page & ((G_GUINT64_CONSTANT (1) << 38) - 1));
}

static SceneItem *
add_cell (SceneBuild *b, SceneFigureId figure, guint part, guint64 number,
          SceneTextStyle style, SceneRect rect, const char *text)
{
  return scene_add_text (b, SCENE_ID (figure, part, number), style,
                         part == SCENE_FRAMES_RIGHTS ? SCENE_ALIGN_END
                                                     : SCENE_ALIGN_START,
                         scene_middle (rect, scene_line (b, style)), text);
}

/* What the entry says: the rights that it gives; or the frame that it names
 * instead; or nothing. */
static void
add_entry (SceneBuild *b, SceneFigureId figure, const SceneFrameName *name,
           SceneRect rect)
{
  guint64 number = number_of (b, name);
  double height = scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.1);
  const char *rights = name->writable ? "RW" : "R";
  gboolean held = name->region != NULL && !name->writable
                  && (name->region->flags & VM_REGION_WRITE);

  if (name->names) {
    double width = scene_chip_width (b, SCENE_TEXT_MONO_SMALL, rights);
    scene_add_chip (b, SCENE_ID (figure, SCENE_FRAMES_RIGHTS, number),
                    scene_middle (scene_cut_right (&rect, width, 0), height),
                    held ? SCENE_ROLE_MISS : SCENE_ROLE_NEUTRAL, rights);
    return;
  }
  SceneItem *item = add_cell (
      b, figure, SCENE_FRAMES_RIGHTS, number,
      name->present ? SCENE_TEXT_MONO_SMALL : SCENE_TEXT_SMALL, rect,
      name->present ? scene_keep (
          b, scene_number_frame (b->context->geometry, name->frame))
                    : C_ ("entry", "none"));
  item->emphasis = SCENE_FAINT;
  if (name->present)
    scene_item_means (item, SCENE_MEANS_FRAME, name->frame);
}

static const char *
sentence_of (const SceneBuild *b, const SceneFrameName *name, const char *who,
             const char *page)
{
  const struct vm_geometry *g = b->context->geometry;

  if (name->names)
    return scene_still_printf (
        b->still, _ ("Page %s of %s: the entry names this frame, %s"), page,
        who, name->writable ? _ ("writable") : _ ("read-only"));
  if (name->present)
    return scene_still_printf (
        b->still, _ ("Page %s of %s: the entry names frame %s"), page, who,
        scene_number_frame (g, name->frame).s);
  return scene_still_printf (b->still, _ ("Page %s of %s is not mapped"), page,
                             who);
}

double
scene_name_row_width (const SceneBuild *build)
{
  return process_width (build) + page_width (build) + region_width (build)
         + entry_width (build) + 3 * gap (build) + 2 * padding (build);
}

double
scene_name_row_height (const SceneBuild *build)
{
  return scene_line (build, SCENE_TEXT_MONO_SMALL) + scene_em (build, 0.45);
}

void
scene_add_name_headings (SceneBuild *build, SceneFigureId figure,
                         SceneRect rect)
{
  SceneBuild *b = build;
  Cells cells = cells_of (b, rect);
  const SceneRect rects[]
      = {cells.process, cells.page, cells.region, cells.entry};
  const char *const words[]
      = {_ ("process"), _ ("page"), _ ("region"), _ ("entry")};

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    scene_add_text (
        b, SCENE_ID (figure, SCENE_FRAMES_HEADING, i), SCENE_TEXT_SMALL,
        i == 3 ? SCENE_ALIGN_END : SCENE_ALIGN_START, rects[i], words[i])
        ->emphasis
        = SCENE_FAINT;
}

void
scene_add_name_row (SceneBuild *build, SceneFigureId figure,
                    const SceneFrameName *name, const SceneHappening *what,
                    SceneRect rect)
{
  SceneBuild *b = build;
  const SceneContext *c = b->context;
  guint shift = c->geometry->page_shift;
  guint64 number = number_of (b, name);
  Cells cells = cells_of (b, rect);
  SceneRole role = name->names ? scene_process_role (name->process)
                               : SCENE_ROLE_NEUTRAL;
  gboolean here = what->page && what->process == name->process
                  && what->va >> shift == name->va >> shift;
  SceneEmphasis emphasis = !name->names ? SCENE_FAINT
                           : here       ? SCENE_STRONG
                                        : SCENE_NORMAL;
  const char *who
      = vm_machine_name (c->machine, c->state->processes[name->process].name);
  const char *page = scene_keep (
      b, scene_number_page (c->geometry, name->va >> shift, shift));
  SceneItem *item = scene_add_box (
      b, SCENE_ID (figure, SCENE_FRAMES_ENTRY, number), rect, role, emphasis);

  item->name = sentence_of (b, name, who, page);
  scene_item_means_page (item, name->va >> shift, shift);
  if (name->present)
    scene_item_shows_memory (b, item, name->entry_pa, c->geometry->entry_bytes);
  item = add_cell (b, figure, SCENE_FRAMES_PROCESS, number, SCENE_TEXT_SMALL,
                   cells.process, who);
  item->role = role;
  item->emphasis = emphasis;
  item = add_cell (b, figure, SCENE_FRAMES_PAGE, number, SCENE_TEXT_MONO_SMALL,
                   cells.page, page);
  item->role = role;
  item->emphasis = emphasis;
  if (name->region != NULL)
    add_cell (b, figure, SCENE_FRAMES_REGION, number, SCENE_TEXT_MONO_SMALL,
              cells.region, scene_region_flags (name->region->flags))
        ->emphasis
        = MIN (emphasis, SCENE_NORMAL);
  add_entry (b, figure, name, cells.entry);
}
