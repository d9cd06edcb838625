/* The bytes that this step reads or writes, where they lie in their frame. */
#include <glib/gi18n-lib.h>

#include "figures/dump.h"
#include "figures/kit.h"

/* The level whose entry this step touches: a kernel that gives tables back goes
 * up again. Otherwise the last one. */
static guint
level_of (const SceneContext *c)
{
  for (guint level = 1; level <= VM_MAX_LEVELS; level++)
    if (c->level[level].now)
      return level;
  return scene_context_last_level (c);
}

/* What the operation read or wrote last: the kernel may go on with entries
 * after the data, in the background. */
static SceneDump
bytes_of (const SceneContext *c)
{
  guint last = level_of (c);
  gboolean now = scene_context_is (c, VM_STEP_DATA);

  if (c->data_done && !(last != 0 && c->level[last].now))
    return (SceneDump){c->pa, c->width, scene_process_role (c->process),
                       now ? SCENE_ACTIVE : SCENE_STRONG};
  if (last == 0)
    return (SceneDump){0};
  return (SceneDump){c->level[last].entry_pa, c->geometry->entry_bytes,
                     scene_level_role (last),
                     c->level[last].now ? SCENE_ACTIVE : SCENE_STRONG};
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  double fixed = scene_header (b) + scene_em (b, 0.8);
  double padding = 2 * scene_padding (b);

  (void) width;
  size->min_width = scene_dump_least (b) + padding;
  size->width = scene_dump_width (b) + padding;
  size->min_height = fixed + scene_dump_height (b, 3);
  size->height = fixed + scene_dump_height (b, 5);
  size->max_height = fixed + scene_dump_height (b, SCENE_DUMP_ROWS);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  SceneDump bytes = bytes_of (b->context);
  const char *subtitle
      = bytes.width == 0
            ? NULL
            : scene_still_printf (
                b->still, _ ("frame %s"),
                scene_keep (b,
                            scene_number_frame (
                                b->context->geometry,
                                bytes.pa >> b->context->geometry->page_shift)));

  scene_add_dump (b, SCENE_FIGURE_BYTES, &bytes,
                  scene_add_panel (b, SCENE_FIGURE_BYTES, 0, rect,
                                   _ ("Bytes in memory"), subtitle));
}

const SceneFigure scene_figure_bytes = {.id = SCENE_FIGURE_BYTES,
                                        .kind = "bytes",
                                        .title = N_ ("Bytes in memory"),
                                        .stance = SCENE_STANCE_PART,
                                        .measure = measure,
                                        .build = build};
