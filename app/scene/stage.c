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

/* In fewer ems than these, numbers would have to be shortened. */
#define LEAST_WIDTH 20.0
#define LEAST_SCALE 0.5

struct _SceneStage {
  SceneChoice choice; /* of the lesson */
  SceneCast cast;     /* those of them that are shown */
  guint64 start;
  GArray *scrolls; /* of SceneScroll */
};

static gboolean
is_chosen (const SceneChoice *choice, SceneFigureId figure)
{
  for (guint i = 0; i < choice->count; i++)
    if (choice->figure[i] == figure)
      return TRUE;
  return FALSE;
}

/* at: where the lesson wants it, or NULL. */
static void
add_choice (SceneChoice *choice, SceneFigureId figure, const LessonFigure *at)
{
  guint i = choice->count;

  if (is_chosen (choice, figure))
    return;
  choice->figure[i] = figure;
  choice->row[i] = at != NULL ? at->row : 0;
  choice->cell[i] = at != NULL ? at->cell : 0;
  choice->share[i] = at != NULL ? at->share : 1;
  choice->count++;
}

/* The figures of a walk. */
static void
choose_usual (SceneChoice *choice)
{
  static const SceneFigureId usual[]
      = {SCENE_FIGURE_CPU,    SCENE_FIGURE_ADDRESS, SCENE_FIGURE_TLB,
         SCENE_FIGURE_TABLES, SCENE_FIGURE_ENTRY,   SCENE_FIGURE_PHYSICAL,
         SCENE_FIGURE_MEMORY, SCENE_FIGURE_SPACE};

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    add_choice (choice, usual[i], NULL);
}

static void
choose (SceneChoice *choice, const LessonDocument *document)
{
  if (document == NULL || document->figures == NULL) {
    choose_usual (choice);
    return;
  }
  for (guint i = 0; i < document->figures->len; i++) {
    const LessonFigure *wanted = g_ptr_array_index (document->figures, i);
    const SceneFigure *figure = scene_figure_named (wanted->kind);
    if (figure != NULL)
      add_choice (choice, figure->id, wanted);
  }
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

/* In the order in which they are read out. */
static void
add_figures (SceneBuild *b, const SceneChoice *choice,
             const SceneLayout *layout)
{
  for (guint i = 0; i < choice->count; i++)
    scene_figure_of (choice->figure[i])
        ->build (b, layout->rect[choice->figure[i]]);
}

SceneStage *
scene_stage_new (const LessonDocument *document)
{
  SceneStage *stage = g_new0 (SceneStage, 1);

  choose (&stage->choice, document);
  stage->cast = SCENE_CAST_ALL;
  stage->scrolls = g_array_new (FALSE, FALSE, sizeof (SceneScroll));
  return stage;
}

void
scene_stage_free (SceneStage *stage)
{
  if (stage == NULL)
    return;

  g_array_unref (stage->scrolls);
  g_free (stage);
}

void
scene_stage_set_caption (SceneStage *stage, gboolean caption)
{
  SceneChoice all = stage->choice, *choice = &stage->choice;

  choice->count = 0;
  for (guint i = 0; i < all.count; i++)
    if (all.figure[i] != SCENE_FIGURE_CAPTION)
      add_choice (choice, all.figure[i],
                  &(LessonFigure){.row = all.row[i],
                                  .cell = all.cell[i],
                                  .share = all.share[i]});
  if (caption)
    add_choice (choice, SCENE_FIGURE_CAPTION, NULL);
}

void
scene_stage_set_start (SceneStage *stage, guint64 cursor)
{
  stage->start = cursor;
}

void
scene_stage_scroll (SceneStage *stage, SceneId window, guint64 first)
{
  const SceneScroll scroll = {window, first};

  for (guint i = 0; i < stage->scrolls->len; i++) {
    SceneScroll *known = &g_array_index (stage->scrolls, SceneScroll, i);
    if (known->window != window)
      continue;
    known->first = first;
    return;
  }
  g_array_append_val (stage->scrolls, scroll);
}

gboolean
scene_stage_unscroll (SceneStage *stage)
{
  gboolean any = stage->scrolls->len > 0;

  g_array_set_size (stage->scrolls, 0);
  return any;
}

gboolean
scene_stage_knows (const char *kind)
{
  return scene_figure_named (kind) != NULL;
}

/* Those of the lesson's figures that are in a cast. */
static SceneChoice
cast_of (const SceneStage *stage, SceneCast cast)
{
  const SceneChoice *all = &stage->choice;
  SceneChoice choice = {0};

  for (guint i = 0; i < all->count; i++)
    if ((cast >> i & 1) != 0)
      add_choice (&choice, all->figure[i],
                  &(LessonFigure){.row = all->row[i],
                                  .cell = all->cell[i],
                                  .share = all->share[i]});
  return choice;
}

guint
scene_stage_count (const SceneStage *stage)
{
  return stage->choice.count;
}

void
scene_stage_set_cast (SceneStage *stage, SceneCast cast)
{
  stage->cast = cast;
}

static SceneCast
bit_of (const SceneStage *stage, SceneId id)
{
  for (guint i = 0; i < stage->choice.count; i++)
    if ((guint) stage->choice.figure[i] == SCENE_ID_FIGURE (id))
      return (SceneCast) 1 << i;
  return 0;
}

SceneCast
scene_stage_concerned (SceneStage *stage, const struct vm_machine *machine,
                       SceneCast *landing)
{
  const double width = 1400; /* any will do */
  SceneCast shown = stage->cast, found = 0, lands = 0;
  g_autoptr (SceneStill) still = NULL;

  stage->cast = SCENE_CAST_ALL;
  still = scene_stage_still (stage, machine, scene_metrics_fixed (), width, 0);
  stage->cast = shown;
  for (guint i = 0; i < still->items->len; i++) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    if (item->emphasis == SCENE_ACTIVE)
      found |= bit_of (stage, item->id);
  }
  for (guint i = 0; i < still->flights->len; i++) {
    const SceneFlight *flight = &g_array_index (still->flights, SceneFlight, i);
    found |= bit_of (stage, flight->from) | bit_of (stage, flight->to);
    lands |= bit_of (stage, flight->to);
  }
  if (landing != NULL)
    *landing = lands;
  return found;
}

double
scene_stage_least_height (SceneStage *stage, const struct vm_machine *machine,
                          SceneCast cast, const SceneMetrics *metrics,
                          double width)
{
  const SceneChoice choice = cast_of (stage, cast);
  SceneContext context;
  /* Figures keep in it the texts that they measure. */
  g_autoptr (SceneStill) still = scene_still_new ();
  SceneBuild build = {.context = &context,
                      .metrics = metrics,
                      .still = still,
                      .scrolls = stage->scrolls};
  SceneLayout layout;

  scene_context_read (&context, machine);
  if (context.geometry == NULL)
    return 0;
  scene_layout (&layout, &build, &choice, width, 0);
  return layout.height;
}

SceneStill *
scene_stage_still (SceneStage *stage, const struct vm_machine *machine,
                   const SceneMetrics *metrics, double width, double height)
{
  g_autoptr (SceneStill) still = scene_still_new ();
  SceneContext context;
  SceneBuild build = {.context = &context,
                      .metrics = metrics,
                      .still = still,
                      .scrolls = stage->scrolls};
  const SceneChoice choice = cast_of (stage, stage->cast);
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

  scene_layout (&layout, &build, &choice, width, height);
  still->height = layout.height;
  add_figures (&build, &choice, &layout);
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

double
scene_stage_most_scale (const SceneMetrics *metrics, double width)
{
  return MAX (width / (LEAST_WIDTH * metrics->em), LEAST_SCALE);
}
