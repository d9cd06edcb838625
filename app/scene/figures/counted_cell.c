/* A frame of physical memory as a cell with its counts. */
#include "figures/frame_cell.h"

#include <glib/gi18n-lib.h>

#include "figures/frame_facts.h"
#include "figures/parts.h"
#include "mm/frames.h"
#include "mm/zone.h"

/* Its zone stands beside what it is used for. */
static double
zone_width (const SceneBuild *b)
{
  double width = 0;

  if (!b->context->state->config.zones)
    return 0;
  for (guint zone = 0; zone < VM_ZONES; zone++)
    width = MAX (width, scene_width (b, SCENE_TEXT_SMALL,
                                     vm_zone_name ((enum vm_zone) zone)));
  return width + scene_em (b, 0.3);
}

static double
cell_width (const SceneBuild *b)
{
  g_autofree char *counts = g_strdup_printf (_ ("refs %u, maps %u"), 9u, 9u);
  double number
      = scene_number_width (
            b, SCENE_TEXT_MONO_SMALL,
            scene_number_frame (b->context->geometry, b->context->last_frame))
        + scene_em (b, 0.4) + scene_width (b, SCENE_TEXT_MONO_SMALL, "FD");

  double use = scene_width (b, SCENE_TEXT_SMALL, "PT 768") + zone_width (b);

  return MAX (MAX (number, use), scene_width (b, SCENE_TEXT_SMALL, counts))
         + scene_em (b, 0.5);
}

static double
cell_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL)
         + 2 * scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.2);
}

/* The flags of the record, a letter each. */
static const char *
letters (const struct vm_frame_record *record)
{
  if (record->flags & VM_PAGE_FILE)
    return record->flags & VM_PAGE_WRITEBACK ? "FW"
           : record->flags & VM_PAGE_DIRTY   ? "FD"
                                             : "F";
  if (record->flags & VM_PAGE_ZERO)
    return "Z";
  return record->flags & VM_PAGE_ANON ? "A" : NULL;
}

static void
add_line (SceneBuild *b, SceneId id, SceneTextStyle style, SceneAlign align,
          SceneRect rect, SceneRole role, SceneEmphasis emphasis,
          const char *text)
{
  SceneItem *item = scene_add_text (b, id, style, align, rect, text);

  item->role = role;
  item->emphasis = emphasis;
}

static void
add_zone (SceneBuild *b, SceneFigureId figure, guint64 frame, SceneRole role,
          SceneRect *line)
{
  const SceneContext *c = b->context;
  const char *name = vm_zone_name (vm_zone_of (c->state, frame));

  if (!c->state->config.zones)
    return;
  add_line (b, SCENE_ID (figure, SCENE_FRAMES_ZONE, frame), SCENE_TEXT_SMALL,
            SCENE_ALIGN_END,
            scene_cut_right (line, scene_width (b, SCENE_TEXT_SMALL, name),
                             scene_em (b, 0.2)),
            role, SCENE_NORMAL, name);
}

static void
add_cell (SceneBuild *b, SceneFigureId figure, guint64 frame, gboolean target,
          SceneRect rect)
{
  const SceneContext *c = b->context;
  const struct vm_frame_record *record = &c->state->frames[frame];
  SceneRole role = scene_frame_role (c, frame);
  SceneEmphasis emphasis = target ? SCENE_ACTIVE
                                  : scene_frame_emphasis (c, frame);
  const char *number = scene_keep (b, scene_number_frame (c->geometry, frame));
  const char *use = scene_frame_use (b, frame, rect.width - zone_width (b));
  const char *counts = scene_frame_counts (b, frame);
  SceneItem *item = scene_add_box (
      b, SCENE_ID (figure, SCENE_FRAMES_FRAME, frame), rect, role, emphasis);

  item->name = scene_still_printf (b->still, _ ("Frame %s: %s, %s"), number,
                                   use, counts);
  scene_item_shows (b, item, record, sizeof *record);
  scene_item_means (item, SCENE_MEANS_FRAME, frame);

  rect = scene_middle (scene_inset (rect, scene_em (b, 0.2), 0),
                       cell_height (b) - scene_em (b, 0.2));
  SceneRect first
      = scene_cut_top (&rect, scene_line (b, SCENE_TEXT_MONO_SMALL), 0);
  SceneRect second = scene_cut_top (&rect, scene_line (b, SCENE_TEXT_SMALL), 0);
  add_zone (b, figure, frame, role, &second);
  if (letters (record) != NULL)
    add_line (b, SCENE_ID (figure, SCENE_FRAMES_LETTERS, frame),
              SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_END,
              scene_cut_right (&first,
                               scene_width (b, SCENE_TEXT_MONO_SMALL, "FD"), 0),
              role, SCENE_NORMAL, letters (record));
  add_line (b, SCENE_ID (figure, SCENE_FRAMES_NUMBER, frame),
            SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START, first, role, emphasis,
            number);
  add_line (b, SCENE_ID (figure, SCENE_FRAMES_USE, frame), SCENE_TEXT_SMALL,
            SCENE_ALIGN_START, second, role, MIN (emphasis, SCENE_NORMAL), use);
  if (record->role != VM_FRAME_FREE)
    add_line (b, SCENE_ID (figure, SCENE_FRAMES_COUNTS, frame),
              SCENE_TEXT_SMALL, SCENE_ALIGN_START,
              scene_cut_top (&rect, scene_line (b, SCENE_TEXT_SMALL), 0), role,
              target ? SCENE_STRONG : MIN (emphasis, SCENE_NORMAL), counts);
}

const SceneFrameCells scene_counted_cells
    = {.width = cell_width, .height = cell_height, .add = add_cell};
