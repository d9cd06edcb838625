/* Prints curves of a trace, and draws them. */
#include "trace_curve.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "figures/plot.h"
#include "paint.h"
#include "policies.h"
#include "wrap.h"

#define MOST_SIZES 4096
#define LARGEST (1u << 22)

/* Of a picture, in pixels. */
#define WIDTH 960.0
#define HEIGHT 560.0

static enum vm_policy
policy_at (const CliTrace *trace, guint i)
{
  return g_array_index (trace->policies, enum vm_policy, i);
}

static guint32
size_at (const GArray *sizes, guint s)
{
  return g_array_index (sizes, guint32, s);
}

/* OPT may have been refused, or kept from what it does in the end. */
static gboolean
is_there (const CliTrace *trace, const TraceCurve *curve, guint i)
{
  return policy_at (trace, i) != VM_POLICY_OPT || trace_curve_knows_opt (curve);
}

/* Sizes -------------------------------------------------------------------- */

/* Powers of two, and what lies in the middle between two. */
static GArray *
usual_sizes (void)
{
  GArray *sizes = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 size = 1; size <= 4096; size *= 2) {
    guint32 between = size + size / 2;
    g_array_append_val (sizes, size);
    if (size >= 2 && size < 4096)
      g_array_append_val (sizes, between);
  }
  return sizes;
}

static int
compare (const void *a, const void *b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

static gboolean
add_sizes (GArray *sizes, guint64 first, guint64 last)
{
  if (first < 1 || last < first || last > LARGEST
      || last - first >= MOST_SIZES - sizes->len)
    return FALSE;
  for (guint64 size = first; size <= last; size++) {
    guint32 value = (guint32) size;
    g_array_append_val (sizes, value);
  }
  return TRUE;
}

/* "8" or "8..16". */
static gboolean
take_range (GArray *sizes, const char *word)
{
  char *end;

  if (!g_ascii_isdigit (*word))
    return FALSE;
  guint64 first = g_ascii_strtoull (word, &end, 10), last = first;
  if (g_str_has_prefix (end, "..") && g_ascii_isdigit (end[2]))
    last = g_ascii_strtoull (end + 2, &end, 10);
  return *end == '\0' && add_sizes (sizes, first, last);
}

static void
drop_doubles (GArray *sizes)
{
  g_array_sort (sizes, compare);
  for (guint i = sizes->len - 1; i > 0; i--)
    if (size_at (sizes, i) == size_at (sizes, i - 1))
      g_array_remove_index (sizes, i);
}

GArray *
cli_curve_sizes (CliArgs *args, const CliUsage *usage, const char *word)
{
  if (word == NULL)
    return usual_sizes ();

  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_auto (GStrv) parts = g_strsplit (word, ",", -1);
  gboolean good = parts[0] != NULL;
  for (guint i = 0; good && parts[i] != NULL; i++)
    good = take_range (sizes, parts[i]);
  if (!good) {
    args->status = cli_misuse (
        usage->name,
        _ ("--sizes needs numbers of frames, such as 1..64 or 8,16,32; at most "
           "%u, each at most %u"),
        MOST_SIZES, LARGEST);
    return NULL;
  }
  drop_doubles (sizes);
  return g_steal_pointer (&sizes);
}

/* Printing ----------------------------------------------------------------- */

static void
print_json (const CliTrace *trace, CliJson *json, const TraceCurve *curve,
            const GArray *sizes, guint i, gboolean interrupted)
{
  cli_json_begin_object (json, NULL);
  cli_json_string (json, "trace", trace->file);
  cli_json_string (json, "policy",
                   vm_policy_info_of (policy_at (trace, i))->name);
  cli_json_number (json, "accesses", trace_curve_accesses (curve));
  cli_json_number (json, "pages", trace_curve_pages (curve));
  cli_json_begin_array (json, "frames");
  for (guint s = 0; s < sizes->len; s++)
    cli_json_number (json, NULL, size_at (sizes, s));
  cli_json_end_array (json);
  cli_json_begin_array (json, "faults");
  for (guint s = 0; s < sizes->len; s++)
    cli_json_number (json, NULL, trace_curve_faults (curve, i, s));
  cli_json_end_array (json);
  if (interrupted)
    cli_json_boolean (json, "interrupted", TRUE);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

static void
print_row (const CliTrace *trace, const TraceCurve *curve, const GArray *sizes,
           guint s)
{
  printf (trace->csv ? "%u" : "%8u", size_at (sizes, s));
  for (guint i = 0; i < trace->policies->len; i++)
    if (is_there (trace, curve, i))
      printf (trace->csv ? ",%" PRIu64 : " %13" PRIu64,
              trace_curve_faults (curve, i, s));
  putchar ('\n');
}

/* A line for each size, a column for each policy. */
static void
print_table (const CliTrace *trace, const TraceCurve *curve,
             const GArray *sizes)
{
  const char *title = trace->csv ? "frames" : _ ("frames");

  printf ("%*s%s", trace->csv ? 0 : MAX (0, 8 - cli_text_width (title)), "",
          title);
  for (guint i = 0; i < trace->policies->len; i++)
    if (is_there (trace, curve, i))
      printf (trace->csv ? ",%s" : " %13s",
              vm_policy_info_of (policy_at (trace, i))->name);
  putchar ('\n');
  for (guint s = 0; s < sizes->len; s++)
    print_row (trace, curve, sizes, s);
}

void
cli_curve_print (const CliTrace *trace, CliJson *json, const TraceCurve *curve,
                 const GArray *sizes, gboolean interrupted)
{
  if (json == NULL) {
    print_table (trace, curve, sizes);
    return;
  }
  for (guint i = 0; i < trace->policies->len; i++)
    if (is_there (trace, curve, i))
      print_json (trace, json, curve, sizes, i, interrupted);
}

/* Drawing ------------------------------------------------------------------ */

/* Faults an access. */
static void
fill_series (const CliTrace *trace, const TraceCurve *curve,
             const GArray *sizes, guint i, ScenePlotPoint *points)
{
  double accesses = (double) MAX (1, trace_curve_accesses (curve));

  for (guint s = 0; s < sizes->len; s++)
    points[s] = (ScenePlotPoint){.number = size_at (sizes, s),
                                 .x = size_at (sizes, s),
                                 .y = (double) trace_curve_faults (curve, i, s)
                                      / accesses,
                                 .emphasis = SCENE_NORMAL};
}

/* Sizes up to the first that holds all pages. */
static guint
sizes_that_matter (const TraceCurve *curve, const GArray *sizes)
{
  guint count = 0;

  while (
      count < sizes->len
      && (count == 0 || size_at (sizes, count - 1) < trace_curve_pages (curve)))
    count++;
  return count;
}

static double
most_of (const ScenePlotSeries *series, guint count)
{
  double most = 0;

  for (guint i = 0; i < count; i++)
    for (guint p = 0; p < series[i].count; p++)
      most = MAX (most, series[i].points[p].y);
  return most;
}

static gboolean
write_plot (const ScenePlot *plot, const char *path)
{
  g_autoptr (ScenePainter) painter = scene_painter_new (NULL, 1);
  const SceneMetrics *metrics = scene_painter_metrics (painter);
  SceneStill *still = scene_still_new ();
  SceneBuild build = {.metrics = metrics, .still = still};
  g_autoptr (GError) error = NULL;

  still->width = WIDTH;
  still->height = HEIGHT;
  double edge = metrics->em;
  scene_add_plot (&build, SCENE_FIGURE_TREND, plot,
                  (SceneRect){edge, edge, WIDTH - 2 * edge, HEIGHT - 2 * edge});
  gboolean written = scene_write_svg (
      still, metrics, scene_palette (SCENE_PALETTE_LIGHT), path, &error);
  scene_still_free (still);
  if (!written)
    cli_fail_at (path, 0, error->message);
  return written;
}

gboolean
cli_curve_draw (const CliTrace *trace, const TraceCurve *curve,
                const GArray *sizes, const char *path)
{
  static const SceneRole roles[] = {
      SCENE_ROLE_ACCENT, SCENE_ROLE_FAULT,  SCENE_ROLE_HIT,   SCENE_ROLE_MISS,
      SCENE_ROLE_LEVEL1, SCENE_ROLE_LEVEL2, SCENE_ROLE_LEVEL3};
  guint policies = trace->policies->len, count = 0;
  g_autofree ScenePlotSeries *series = g_new0 (ScenePlotSeries, policies);
  g_autofree ScenePlotPoint *points
      = g_new0 (ScenePlotPoint, policies * sizes->len);

  for (guint i = 0; i < policies; i++) {
    if (!is_there (trace, curve, i))
      continue;
    ScenePlotPoint *mine = points + (gsize) i * sizes->len;
    fill_series (trace, curve, sizes, i, mine);
    series[count]
        = (ScenePlotSeries){.label = scene_policy_title (policy_at (trace, i)),
                            .role = roles[count % G_N_ELEMENTS (roles)],
                            .stroke = (SceneStroke) (count % 3),
                            .points = mine,
                            .count = sizes_that_matter (curve, sizes)};
    count++;
  }
  guint last = sizes_that_matter (curve, sizes) - 1;
  const ScenePlot plot = {
      .x = {.title = _ ("frames"),
            .least = size_at (sizes, 0),
            .most = size_at (sizes, last),
            .whole = TRUE,
            .log2 = size_at (sizes, last) >= 32},
      .y = {.title = _ ("faults an access"),
            .least = 0,
            .most = MAX (most_of (series, count), 1e-6),
            .unit = SCENE_AXIS_PERCENT},
      .series = series,
      .count = count,
      .summary = _ ("Faults over the number of frames"),
  };
  return write_plot (&plot, path);
}
