/* A legend: what the colours mean, in words beside little boxes of them. */
#include "figures/legend.h"

#include "figures/kit.h"

/* Room for an entry when all stand side by side, in ems. */
#define ENTRY_WIDTH 5.5

static guint
columns_for (const SceneBuild *b, guint count, double width)
{
  return width >= count * scene_em (b, ENTRY_WIDTH) ? count : (count + 1) / 2;
}

static guint
rows_for (const SceneBuild *b, guint count, double width)
{
  guint columns = columns_for (b, count, width);

  return (count + columns - 1) / columns;
}

double
scene_legend_height (const SceneBuild *build, guint count, double width)
{
  return rows_for (build, count, width)
         * (scene_line (build, SCENE_TEXT_SMALL) + scene_em (build, 0.1));
}

void
scene_add_legend (SceneBuild *build, SceneFigureId figure, guint part,
                  const SceneLegendEntry *entries, guint count, SceneRect rect)
{
  guint columns = columns_for (build, count, rect.width);
  guint rows = rows_for (build, count, rect.width);
  double side = scene_em (build, 0.6);

  for (guint i = 0; i < count; i++) {
    SceneRect room = scene_column (scene_row (rect, i / columns, rows, 0),
                                   i % columns, columns, scene_em (build, 0.4));
    SceneRect swatch = scene_middle (
        scene_cut_left (&room, side, scene_em (build, 0.3)), side);
    scene_add_box (build, SCENE_ID (figure, part, i), swatch, entries[i].role,
                   SCENE_NORMAL);
    scene_add_text (build, SCENE_ID (figure, part + 1, i), SCENE_TEXT_SMALL,
                    SCENE_ALIGN_START,
                    scene_middle (room, scene_line (build, SCENE_TEXT_SMALL)),
                    entries[i].text);
  }
}
