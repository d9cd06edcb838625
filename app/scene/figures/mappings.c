/* A few entries of a page table as what they say: this page, that frame, these
 * rights. */
#include "figures/mappings.h"

#include <glib/gi18n-lib.h>

#include "figures/parts.h"
#include "figures/sharing.h"

typedef struct {
  SceneFigureId figure;
  guint space;
} Table;

/* A row's parts from left to right. */
typedef struct {
  SceneRect page, frame, allowed, rights;
} Cells;

static double
padding (const SceneBuild *b)
{
  return scene_em (b, 0.4);
}

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 0.5);
}

static double
row_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.45);
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
frame_width (const SceneBuild *b)
{
  double number = scene_number_width (
      b, SCENE_TEXT_MONO_SMALL,
      scene_number_frame (b->context->geometry, b->context->last_frame));

  return MAX (number, scene_width (b, SCENE_TEXT_SMALL, _ ("frame")));
}

static double
rights_width (const SceneBuild *b)
{
  double chip = scene_chip_width (b, SCENE_TEXT_MONO_SMALL, "RW");

  return b->context->regions
             ? MAX (chip, MAX (scene_width (b, SCENE_TEXT_SMALL, _ ("entry")),
                               scene_width (b, SCENE_TEXT_SMALL,
                                            C_ ("entry", "none"))))
             : chip;
}

/* What the regions allow stands beside what the entries do. */
static double
allowed_width (const SceneBuild *b)
{
  if (!b->context->regions)
    return 0;
  return MAX (scene_width (b, SCENE_TEXT_MONO_SMALL, "rw-p"),
              scene_width (b, SCENE_TEXT_SMALL, _ ("region")))
         + gap (b);
}

/* Rights stand at the right, what room is left between the numbers. */
static Cells
cells_of (const SceneBuild *b, SceneRect row)
{
  SceneRect rest = scene_inset (row, padding (b), 0);
  Cells cells;

  cells.page = scene_cut_left (&rest, page_width (b), gap (b));
  cells.rights = scene_cut_right (&rest, rights_width (b), gap (b));
  cells.allowed = scene_cut_right (&rest, allowed_width (b), 0);
  cells.frame = scene_cut_right (&rest, frame_width (b), 0);
  return cells;
}

static SceneId
id_of (const Table *t, guint part, guint64 va)
{
  return SCENE_ID (t->figure, part, scene_space_number (t->space, va));
}

static void
add_heading (SceneBuild *b, const Table *t, guint column, SceneRect rect,
             const char *text)
{
  SceneAlign align = column == 3 ? SCENE_ALIGN_END : SCENE_ALIGN_START;

  scene_add_text (b,
                  SCENE_ID (t->figure, SCENE_SHARING_HEADING,
                            scene_space_number (t->space, 0) + column),
                  SCENE_TEXT_SMALL, align, rect, text)
      ->emphasis
      = SCENE_FAINT;
}

static SceneItem *
add_number (SceneBuild *b, SceneId id, const SceneMapping *m, SceneRect rect,
            const char *text)
{
  SceneItem *item = scene_add_text (
      b, id, SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START,
      scene_middle (rect, scene_line (b, SCENE_TEXT_MONO_SMALL)), text);

  item->role = m->role;
  item->emphasis = m->emphasis;
  return item;
}

static void
add_rights (SceneBuild *b, const Table *t, const SceneMapping *m,
            SceneRect rect)
{
  double height = scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.1);
  double width = scene_chip_width (b, SCENE_TEXT_MONO_SMALL, m->rights);
  SceneRect place = scene_cut_right (&rect, MIN (width, rect.width), 0);
  SceneItem *item = scene_add_chip (b, id_of (t, SCENE_SHARING_RIGHTS, m->va),
                                    scene_middle (place, height),
                                    m->refused ? SCENE_ROLE_FAULT
                                    : m->held  ? SCENE_ROLE_MISS
                                               : SCENE_ROLE_NEUTRAL,
                                    m->rights);

  item->emphasis = m->refused ? SCENE_ACTIVE
                              : MIN (item->emphasis, m->emphasis);
}

/* Where there is no frame, that is said in its place; beside what the region
 * allows, in that of what the entry does. */
static void
add_not_mapped (SceneBuild *b, const Table *t, const SceneMapping *m,
                const Cells *cells)
{
  SceneRect rect = cells->frame;
  gboolean narrow = m->allowed != NULL;

  rect.width = cells->rights.x + cells->rights.width - rect.x;
  SceneItem *item = scene_add_text (
      b, id_of (t, SCENE_SHARING_TARGET, m->va), SCENE_TEXT_SMALL,
      narrow ? SCENE_ALIGN_END : SCENE_ALIGN_START,
      scene_middle (narrow ? cells->rights : rect,
                    scene_line (b, SCENE_TEXT_SMALL)),
      /* Translators: an entry that is not there. */
      narrow ? C_ ("entry", "none") : _ ("not mapped"));
  item->role = m->refused ? SCENE_ROLE_FAULT : SCENE_ROLE_NEUTRAL;
  item->emphasis = m->refused ? SCENE_STRONG : SCENE_FAINT;
}

static void
add_allowed (SceneBuild *b, const Table *t, const SceneMapping *m,
             SceneRect rect)
{
  if (m->allowed == NULL)
    return;
  rect.x += gap (b);
  rect.width -= gap (b);
  add_number (b, id_of (t, SCENE_SHARING_ALLOWED, m->va), m, rect, m->allowed)
      ->emphasis
      = MIN (m->emphasis, SCENE_NORMAL);
}

static void
add_mapping (SceneBuild *b, const Table *t, const SceneMapping *m,
             SceneRect row)
{
  const struct vm_geometry *g = b->context->geometry;
  Cells cells = cells_of (b, row);
  SceneItem *item = scene_add_box (
      b, scene_id_mapping (t->figure, t->space, m->va), row,
      m->emphasis < SCENE_STRONG ? SCENE_ROLE_NEUTRAL : m->role, m->emphasis);

  item->name = scene_still_text (b->still, m->name);
  scene_item_means_page (item, m->va >> m->shift, m->shift);
  if (m->width > 0)
    scene_item_shows_memory (b, item, m->pa, m->width);
  add_number (
      b, id_of (t, SCENE_SHARING_PAGE, m->va), m, cells.page,
      scene_keep (b, scene_number_page (g, m->va >> m->shift, m->shift)));
  add_allowed (b, t, m, cells.allowed);
  if (!m->present) {
    add_not_mapped (b, t, m, &cells);
    return;
  }
  scene_item_means (
      add_number (b, id_of (t, SCENE_SHARING_TARGET, m->va), m, cells.frame,
                  scene_keep (b, scene_number_frame (g, m->frame))),
      SCENE_MEANS_FRAME, m->frame);
  add_rights (b, t, m, cells.rights);
}

static void
add_columns (SceneBuild *b, const Table *t, const Cells *heads)
{
  SceneRect allowed = heads->allowed;

  allowed.x += gap (b);
  allowed.width -= gap (b);
  add_heading (b, t, 2, allowed, _ ("region"));
  add_heading (b, t, 3, heads->rights, _ ("entry"));
}

static void
add_hidden (SceneBuild *b, const Table *t, guint hidden, SceneRect rect)
{
  const char *text = scene_still_printf (
      b->still, ngettext ("… %u more page", "… %u more pages", hidden), hidden);

  scene_add_text (b,
                  SCENE_ID (t->figure, SCENE_SHARING_LEFT,
                            scene_space_number (t->space, 0)),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER, rect, text)
      ->emphasis
      = SCENE_FAINT;
}

double
scene_mappings_width (const SceneBuild *build)
{
  double numbers = page_width (build) + frame_width (build);

  return numbers + allowed_width (build) + rights_width (build)
         + 2 * (padding (build) + gap (build));
}

double
scene_mappings_height (const SceneBuild *build, guint count)
{
  return scene_line (build, SCENE_TEXT_SMALL) + scene_em (build, 0.3)
         + count * row_height (build) + (count - 1) * scene_em (build, 0.2)
         + (build->context->regions ? scene_line (build, SCENE_TEXT_SMALL) : 0);
}

void
scene_add_mappings (SceneBuild *build, SceneFigureId figure, guint space,
                    const SceneMapping *mappings, guint count, guint hidden,
                    SceneRect rect)
{
  Table table = {figure, space};
  Cells heads = cells_of (
      build, scene_cut_top (&rect, scene_line (build, SCENE_TEXT_SMALL),
                            scene_em (build, 0.3)));

  add_heading (build, &table, 0, heads.page, _ ("page"));
  add_heading (build, &table, 1, heads.frame, _ ("frame"));
  if (build->context->regions)
    add_columns (build, &table, &heads);
  for (guint i = 0; i < count; i++)
    add_mapping (
        build, &table, &mappings[i],
        scene_cut_top (&rect, row_height (build), scene_em (build, 0.2)));
  if (hidden > 0 && build->context->regions)
    add_hidden (build, &table, hidden,
                scene_cut_top (&rect, scene_line (build, SCENE_TEXT_SMALL), 0));
}

SceneId
scene_id_mapping (SceneFigureId figure, guint space, guint64 va)
{
  return SCENE_ID (figure, SCENE_SHARING_MAPPING,
                   scene_space_number (space, va));
}
