/* Pictures to look at: each figure, and the whole stage, in every state that
 * they are tested in, in all palettes, on a telephone, a laptop and a 4K
 * screen.
 *
 * A figure's states stand side by side on one sheet; the stage has a picture
 * for each. `./dev gallery` says where they go and in which languages; by hand:
 * scene-gallery FOLDER [PATTERN [STATES]], such as '*tlb-1080-light*' 'cow-*'.
 */
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>

#include "paint.h"
#include "plain.h"
#include "scenario.h"
#include "stage.h"

/* A sheet is about so wide, at scale 1. */
#define SHEET_WIDTH 1900
/* Of an image of cairo, in pixels. */
#define SHEET_HEIGHT 32000

typedef struct {
  const char *folder, *language;
  GPatternSpec *pattern; /* NULL: all */
  GArray *states;        /* of guint: numbers of those to show */
  GPtrArray *names;      /* of the files */
} Gallery;

/* True, and the file's path, if that picture is asked for. */
static gboolean
wants (Gallery *g, char **path, const char *group, const char *what,
       const ScenarioSize *size, const ScenePalette *palette)
{
  g_autofree char *name = g_strdup_printf ("%s-%s-%s-%s-%s.png", group, what,
                                           size->name, palette->name,
                                           g->language);

  if (g->pattern != NULL && !g_pattern_spec_match_string (g->pattern, name))
    return FALSE;
  *path = g_build_filename (g->folder, name, NULL);
  g_ptr_array_add (g->names, g_steal_pointer (&name));
  return TRUE;
}

/* Figures ------------------------------------------------------------------ */

/* What a sheet shows: the stills of all states, of one figure. */
static GPtrArray *
stills_of (const Gallery *g, SceneFigureId figure, const SceneMetrics *metrics,
           double width)
{
  GPtrArray *stills
      = g_ptr_array_new_with_free_func ((GDestroyNotify) scene_still_free);
  g_autoptr (SceneStage) stage
      = scenario_stage (G_GUINT64_CONSTANT (1) << figure);

  for (guint i = 0; i < g->states->len; i++) {
    const ScenarioState *state
        = &scenario_states[g_array_index (g->states, guint, i)];
    struct vm_machine *machine = scenario_state_machine (state);
    g_ptr_array_add (stills,
                     scene_stage_still (stage, machine, metrics, width, 0));
    vm_machine_free (machine);
  }
  return stills;
}

/* The height of a row of a sheet: of its highest still, and a label. */
static double
row_height (const GPtrArray *stills, guint row, guint columns, double em)
{
  double height = 0;

  for (guint i = row * columns; i < stills->len && i < (row + 1) * columns;
       i++) {
    const SceneStill *still = g_ptr_array_index (stills, i);
    height = MAX (height, still->height);
  }
  return ceil (height + 2 * em);
}

static double
sheet_height (const GPtrArray *stills, guint columns, double em)
{
  double height = 0;

  for (guint row = 0; row * columns < stills->len; row++)
    height += row_height (stills, row, columns, em);
  return height;
}

/* As many as are readable on a screen; more where the sheet would be higher
 * than an image can be. */
static guint
columns_of (const GPtrArray *stills, const ScenarioSize *size, double em)
{
  guint columns = (guint) (SHEET_WIDTH * size->scale / size->figure_width);

  while (sheet_height (stills, columns, em) > SHEET_HEIGHT)
    columns++;
  return columns;
}

static void
paint_cell (cairo_t *cr, ScenePainter *painter, const ScenePalette *palette,
            const SceneStill *still, const char *label, double x, double y)
{
  double em = scene_painter_metrics (painter)->em;
  SceneColor ink = palette->text;

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_set_source_rgb (cr, ink.red, ink.green, ink.blue);
  cairo_set_font_size (cr, em * 0.8);
  cairo_move_to (cr, em, 1.2 * em);
  cairo_show_text (cr, label);
  cairo_translate (cr, 0, 1.5 * em);
  scene_painter_items (painter, cr, still, palette, -1);
  cairo_restore (cr);
}

static void
paint_sheet (const Gallery *g, ScenePainter *painter,
             const ScenePalette *palette, const ScenarioSize *size,
             const GPtrArray *stills, const char *path)
{
  double em = scene_painter_metrics (painter)->em, y = 0;
  guint columns = columns_of (stills, size, em);
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, (int) (size->figure_width * columns),
      (int) sheet_height (stills, columns, em));
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, palette->ground.red, palette->ground.green,
                        palette->ground.blue);
  cairo_paint (cr);

  for (guint i = 0; i < stills->len; i++) {
    paint_cell (cr, painter, palette, g_ptr_array_index (stills, i),
                scenario_states[g_array_index (g->states, guint, i)].name,
                i % columns * size->figure_width, y);
    if (i % columns + 1 == columns)
      y += row_height (stills, i / columns, columns, em);
  }
  cairo_destroy (cr);
  if (cairo_surface_write_to_png (surface, path) != CAIRO_STATUS_SUCCESS)
    g_error ("%s cannot be written", path);
  cairo_surface_destroy (surface);
}

static void
paint_figure (Gallery *g, SceneFigureId figure, const ScenarioSize *size)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, size->scale);
  g_autoptr (GPtrArray) stills = NULL;

  for (guint p = 0; p < SCENE_PALETTES; p++) {
    const ScenePalette *palette = scene_palette (p);
    g_autofree char *path = NULL;
    if (!wants (g, &path, "figure", scene_figure_of (figure)->kind, size,
                palette))
      continue;
    if (stills == NULL)
      stills = stills_of (g, figure, scene_painter_metrics (painter),
                          size->figure_width);
    paint_sheet (g, painter, palette, size, stills, path);
  }
}

/* What no machine made. */
static void
paint_plain (Gallery *g, PlainKind kind, const ScenarioSize *size)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, size->scale);
  g_autoptr (SceneStill) still
      = plain_still (kind, scene_painter_metrics (painter), size->figure_width);

  for (guint p = 0; p < SCENE_PALETTES; p++) {
    g_autofree char *path = NULL;
    g_autoptr (GError) error = NULL;
    if (wants (g, &path, "plain", plain_name (kind), size, scene_palette (p))
        && !scene_write_png (still, painter, scene_palette (p), path, 1,
                             &error))
      g_error ("%s", error->message);
  }
}

/* The stage ---------------------------------------------------------------- */

/* Fonts as large as the window makes them for that size. */
static ScenePainter *
painter_for (const ScenarioSize *size)
{
  g_autoptr (ScenePainter) plain = scene_painter_new (NULL, 1);
  double scale = scene_stage_scale (scene_painter_metrics (plain), size->width,
                                    size->height);

  return scene_painter_new (NULL, floor (scale * 10) / 10);
}

static SceneStill *
still_of (const ScenarioState *state, SceneStage *stage, ScenePainter *painter,
          const ScenarioSize *size)
{
  struct vm_machine *machine = scenario_state_machine (state);
  SceneStill *still = scene_stage_still (stage, machine,
                                         scene_painter_metrics (painter),
                                         size->width, size->height);

  vm_machine_free (machine);
  return still;
}

static void
paint_state (Gallery *g, SceneStage *stage, guint number, const char *which,
             const ScenarioSize *size)
{
  const ScenarioState *state = &scenario_states[number];
  g_autofree char *what = g_strdup_printf ("%02u-%s", number, state->name);
  g_autoptr (ScenePainter) painter = NULL;
  g_autoptr (SceneStill) still = NULL;

  for (guint p = 0; p < SCENE_PALETTES; p++) {
    g_autofree char *path = NULL;
    g_autoptr (GError) error = NULL;
    if (!wants (g, &path, which, what, size, scene_palette (p)))
      continue;
    if (painter == NULL) {
      painter = painter_for (size);
      still = still_of (state, stage, painter, size);
    }
    if (!scene_write_png (still, painter, scene_palette (p), path, 1, &error))
      g_error ("%s", error->message);
  }
}

static void
paint_stages (Gallery *g, SceneStage *stage, const char *which)
{
  for (guint i = 0; i < g->states->len; i++)
    for (guint s = 0; s < SCENARIO_SIZES; s++)
      paint_state (g, stage, g_array_index (g->states, guint, i), which,
                   &scenario_sizes[s]);
}

/* Index -------------------------------------------------------------------- */

static int
compare (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

/* A page with all pictures of this language. */
static void
write_index (Gallery *g)
{
  g_autofree char *name = g_strdup_printf ("index-%s.html", g->language);
  g_autofree char *path = g_build_filename (g->folder, name, NULL);
  g_autoptr (GString) page
      = g_string_new ("<!DOCTYPE html>\n<meta charset=\"utf-8\">\n"
                      "<title>Gallery</title>\n<style>figure { display: "
                      "inline-block; margin: 4px } img { max-width: 460px; "
                      "border: 1px solid #888 }</style>\n");
  g_autoptr (GError) error = NULL;

  g_ptr_array_sort (g->names, compare);
  for (guint i = 0; i < g->names->len; i++) {
    const char *file = g_ptr_array_index (g->names, i);
    g_string_append_printf (page,
                            "<figure><a href=\"%s\"><img loading=\"lazy\" "
                            "src=\"%s\"></a><figcaption>%s</figcaption>"
                            "</figure>\n",
                            file, file, file);
  }
  if (!g_file_set_contents (path, page->str, -1, &error))
    g_error ("%s", error->message);
}

/* The states whose name matches; with no pattern, all. */
static GArray *
choose_states (const char *pattern)
{
  GArray *states = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < scenario_state_count; i++)
    if (pattern == NULL
        || g_pattern_match_simple (pattern, scenario_states[i].name))
      g_array_append_val (states, i);
  return states;
}

/* The figures that stand by themselves. */
static guint64
others (void)
{
  guint64 set = 0, one = 1;

  for (guint id = 1; id < SCENE_FIGURES; id++)
    if (scene_figure_of (id)->stance != SCENE_STANCE_WALK)
      set |= one << id;
  return set;
}

static void
paint_all (Gallery *g)
{
  g_autoptr (SceneStage) usual = scene_stage_new (NULL);
  g_autoptr (SceneStage) all = scenario_stage (scenario_all_figures ());
  g_autoptr (SceneStage) few = scenario_stage (others ());

  for (guint figure = 1; figure < SCENE_FIGURES; figure++)
    for (guint s = 0; s < SCENARIO_SIZES; s++)
      paint_figure (g, figure, &scenario_sizes[s]);
  for (guint kind = 0; kind < PLAINS; kind++)
    for (guint s = 0; s < SCENARIO_SIZES; s++)
      paint_plain (g, kind, &scenario_sizes[s]);
  paint_stages (g, usual, "stage");
  scene_stage_set_caption (all, TRUE);
  paint_stages (g, all, "stage-of-all");
  paint_stages (g, few, "stage-of-others");
}

int
main (int argc, char **argv)
{
  gboolean by_hand = argc > 1 && argv[1][0] != '-';
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) states
      = choose_states (by_hand && argc > 3 ? argv[3] : NULL);
  Gallery gallery
      = {.folder = by_hand ? argv[1] : g_getenv ("PAGEWALK_PICTURES"),
         .language = scenario_set_up_language (),
         .names = names,
         .states = states};

  if (gallery.folder == NULL) {
    puts ("1..0 # SKIP no folder for pictures");
    return 0;
  }
  if (by_hand && argc > 2)
    gallery.pattern = g_pattern_spec_new (argv[2]);
  g_mkdir_with_parents (gallery.folder, 0755);
  paint_all (&gallery);
  write_index (&gallery);
  g_clear_pointer (&gallery.pattern, g_pattern_spec_free);
  puts ("1..1\nok 1 - pictures");
  return 0;
}
