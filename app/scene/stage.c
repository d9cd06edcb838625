/* The stage: figures in a grid with gutters, and connectors between them. */
#include "stage.h"

#include <glib/gi18n-lib.h>

#include "connect.h"
#include "figures/kit.h"
#include "flights.h"
#include "layout.h"

/* A size in which the usual figures stand well, in ems, and the most that
 * fonts are enlarged. */
#define GOOD_WIDTH 62.0
#define GOOD_HEIGHT 37.0
#define MOST_SCALE 4.0

struct _SceneStage {
  guint set; /* bit n: figure n is shown */
  guint64 start;
};

/* The figures of a walk. */
static guint
usual_set (void)
{
  static const SceneFigureId usual[]
      = {SCENE_FIGURE_CPU,    SCENE_FIGURE_ADDRESS, SCENE_FIGURE_TLB,
         SCENE_FIGURE_TABLES, SCENE_FIGURE_ENTRY,   SCENE_FIGURE_PHYSICAL,
         SCENE_FIGURE_MEMORY, SCENE_FIGURE_SPACE};
  guint set = 0;

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    set |= 1u << usual[i];
  return set;
}

static guint
set_of (const LessonDocument *document)
{
  guint set = 0;

  if (document == NULL || document->figures == NULL)
    return usual_set ();
  for (guint i = 0; i < document->figures->len; i++) {
    const LessonFigure *wanted = g_ptr_array_index (document->figures, i);
    const SceneFigure *figure = scene_figure_named (wanted->kind);
    if (figure != NULL)
      set |= 1u << figure->id;
  }
  return set;
}

/* Without a machine there is one thing to say. */
static void
add_no_machine (SceneBuild *b, double width, double height)
{
  double margin = scene_em (b, 1.2);
  SceneRect rect = {margin, margin, width - 2 * margin,
                    MAX (height - 2 * margin, scene_em (b, 4))};
  SceneItem *panel = scene_still_add (
      b->still, scene_id_panel (SCENE_FIGURE_CPU), 0, SCENE_PANEL, rect);

  panel->name = scene_still_text (b->still, _ ("No machine yet"));
  b->parent = panel->id;
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_CPU, SCENE_PART_TITLE, 0),
                  SCENE_TEXT_BODY, SCENE_ALIGN_CENTER,
                  scene_middle (scene_inset (rect, margin, 0),
                                scene_line (b, SCENE_TEXT_BODY)),
                  _ ("No machine yet"));
  b->still->height = rect.height + 2 * margin;
}

static void
add_figures (SceneBuild *b, const SceneLayout *layout)
{
  for (guint id = 1; id < SCENE_FIGURES; id++)
    if (layout->rect[id].width > 0)
      scene_figure_of (id)->build (b, layout->rect[id]);
}

SceneStage *
scene_stage_new (const LessonDocument *document)
{
  SceneStage *stage = g_new0 (SceneStage, 1);

  stage->set = set_of (document);
  return stage;
}

void
scene_stage_free (SceneStage *stage)
{
  g_free (stage);
}

void
scene_stage_set_caption (SceneStage *stage, gboolean caption)
{
  if (caption)
    stage->set |= 1u << SCENE_FIGURE_CAPTION;
  else
    stage->set &= ~(1u << SCENE_FIGURE_CAPTION);
}

void
scene_stage_set_start (SceneStage *stage, guint64 cursor)
{
  stage->start = cursor;
}

gboolean
scene_stage_knows (const char *kind)
{
  return scene_figure_named (kind) != NULL;
}

SceneStill *
scene_stage_still (SceneStage *stage, const struct vm_machine *machine,
                   const SceneMetrics *metrics, double width, double height)
{
  g_autoptr (SceneStill) still = scene_still_new ();
  SceneContext context;
  SceneBuild build = {.context = &context, .metrics = metrics, .still = still};
  SceneLayout layout;

  scene_context_read (&context, machine);
  if (context.cursor <= stage->start)
    scene_context_forget_operation (&context);
  still->cursor = context.cursor;
  still->width = width;
  if (context.geometry == NULL) {
    add_no_machine (&build, width, height);
    return g_steal_pointer (&still);
  }

  scene_layout (&layout, &build, stage->set, width, height);
  still->height = layout.height;
  add_figures (&build, &layout);
  scene_connect (&build, &layout);
  scene_fly (&build);
  return g_steal_pointer (&still);
}

double
scene_stage_scale (const SceneMetrics *metrics, double width, double height)
{
  double scale = MIN (width / (GOOD_WIDTH * metrics->em),
                      height / (GOOD_HEIGHT * metrics->em));

  return CLAMP (scale, 1, MOST_SCALE);
}
