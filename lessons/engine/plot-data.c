/* Computes the numbers of a figure. */
#include "plot-data.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "query.h"

/* Where a figure stands, and what is asked there. */
typedef struct {
  LessonPlay *play;
  const LessonPlot *plot;
  LessonProblems *problems; /* may be NULL */
  int beat;
  guint64 at;
} Asker;

/* Where it stands --------------------------------------------------------- */

static gboolean
holds (const GPtrArray *blocks, const LessonPlot *plot)
{
  for (guint i = 0; blocks != NULL && i < blocks->len; i++) {
    const LessonBlock *block = blocks->pdata[i];
    if (block->plot == plot || holds (block->blocks, plot))
      return TRUE;
  }
  return FALSE;
}

/* Text speaks of the machine as the beat before it has left it. */
static void
find_place (Asker *asker)
{
  const LessonPlay *play = asker->play;
  const GPtrArray *sections = play->document->sections;

  asker->beat = -1;
  asker->at = play->first_step;
  for (guint i = 0; i < sections->len; i++) {
    const LessonSection *section = sections->pdata[i];
    for (guint j = 0; j < section->blocks->len; j++) {
      const LessonBlock *block = section->blocks->pdata[j];
      if (block->plot == asker->plot || holds (block->blocks, asker->plot))
        return;
      if (block->kind == LESSON_BLOCK_BEAT)
        asker->at = g_array_index (play->beats, LessonBeatRange, ++asker->beat)
                        .end_step;
    }
  }
}

/* Asking ------------------------------------------------------------------ */

static void
complain (const Asker *asker, LessonPlace place, const char *what)
{
  if (asker->problems != NULL)
    lesson_problems_add (asker->problems, asker->play->document->file,
                         place.line, place.column, "%s", what);
}

static gboolean
ask (const Asker *asker, const char *query, LessonPlace place, guint64 variable,
     guint64 *answer)
{
  struct vm_machine *machine = asker->play->machine;
  LessonQueryContext context = {.machine = machine,
                                .at = asker->at,
                                .variable = asker->plot->variable,
                                .variable_value = variable};
  LessonQueryFault fault = {0};
  LessonValue value = {0};

  if (asker->beat >= 0)
    context.beat
        = &g_array_index (asker->play->beats, LessonBeatRange, asker->beat);
  gboolean answered = lesson_query_ask (query, &context, &value, &fault);
  *answer = value.v;
  if (!answered) {
    g_autofree char *what
        = g_strdup_printf (_ ("“%s” has no answer where %s is %" PRIu64 ": %s"),
                           query, asker->plot->variable, variable, fault.why);
    complain (asker, place, what);
  }
  lesson_query_fault_clear (&fault);
  return answered;
}

/* The variable's values --------------------------------------------------- */

static gboolean
category_values (const Asker *asker, GArray *values)
{
  const GPtrArray *categories = asker->plot->categories;

  for (guint i = 0; i < categories->len; i++) {
    const LessonCategory *category = categories->pdata[i];
    guint64 value;
    if (!ask (asker, category->query, category->place, 0, &value))
      return FALSE;
    g_array_append_val (values, value);
  }
  return TRUE;
}

static void
number_values (const LessonPlot *plot, GArray *values)
{
  guint64 value = plot->from;

  while (value <= plot->to && values->len < LESSON_MAX_PLOT_POINTS) {
    g_array_append_val (values, value);
    guint64 next = plot->times == 0 ? value + plot->step : value * plot->times;
    if (next <= value || (plot->times != 0 && next / plot->times != value))
      break;
    value = next;
  }
}

/* Units ------------------------------------------------------------------- */

/* At most two digits behind the point, and no zeros at the end. */
static char *
short_number (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE + 320];

  g_ascii_formatd (text, sizeof text, "%.2f", value);
  gsize end = strlen (text);
  while (text[end - 1] == '0')
    end--;
  if (text[end - 1] == '.')
    end--;
  return g_strndup (text, end);
}

static char *
bytes_text (double value)
{
  static const char *const names[]
      = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  guint unit = 0;

  while (value >= 1024 && unit + 1 < G_N_ELEMENTS (names)) {
    value /= 1024;
    unit++;
  }
  g_autofree char *number = short_number (value);
  return g_strdup_printf ("%s %s", number, names[unit]);
}

char *
lesson_unit_text (LessonUnit unit, double value)
{
  g_autofree char *number = short_number (value);

  switch (unit) {
  case LESSON_UNIT_DECIMAL:
    return g_steal_pointer (&number);
  case LESSON_UNIT_HEX:
    return g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", (guint64) value);
  case LESSON_UNIT_BYTES:
    return bytes_text (value);
  case LESSON_UNIT_PERCENT:
    return g_strdup_printf ("%s %%", number);
  }
  g_return_val_if_reached (NULL);
}

/* Public ------------------------------------------------------------------ */

static void
label_points (LessonPlotData *data, const LessonPlot *plot,
              const GArray *values)
{
  data->points = values->len;
  data->labels = g_new0 (char *, data->points + 1);
  data->x = g_new0 (double, data->points);
  for (guint p = 0; p < data->points; p++) {
    double value = (double) g_array_index (values, guint64, p);
    gboolean named = plot->categories->len > 0;
    data->x[p] = named ? p : value;
    if (named)
      data->labels[p] = lesson_text_plain (
          ((LessonCategory *) plot->categories->pdata[p])->title);
    else
      data->labels[p] = lesson_unit_text (plot->x_unit, value);
  }
}

static gboolean
compute_series (const Asker *asker, LessonPlotData *data, guint s,
                const GArray *values)
{
  const LessonSeries *series = asker->plot->series->pdata[s];

  data->names[s] = lesson_text_plain (series->title);
  for (guint p = 0; p < data->points; p++) {
    guint64 variable = g_array_index (values, guint64, p), answer;
    guint i = s * data->points + p;
    if (!ask (asker, series->query, series->place, variable, &answer))
      return FALSE;
    data->y[i] = (double) answer / (double) series->per;
    data->texts[i] = lesson_unit_text (asker->plot->y_unit, data->y[i]);
    if (answer == 0 && asker->plot->log_y) {
      complain (asker, series->place,
                _ ("a value is 0, for which a logarithmic axis has no place"));
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
compute (const Asker *asker, LessonPlotData *data)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (guint64));
  const LessonPlot *plot = asker->plot;

  if (plot->categories->len == 0)
    number_values (plot, values);
  else if (!category_values (asker, values))
    return FALSE;
  if (plot->log_x && plot->categories->len == 0 && plot->from == 0) {
    complain (asker, plot->place,
              _ ("a value is 0, for which a logarithmic axis has no place"));
    return FALSE;
  }

  label_points (data, plot, values);
  data->series = plot->series->len;
  data->names = g_new0 (char *, data->series + 1);
  data->y = g_new0 (double, data->series * data->points);
  data->texts = g_new0 (char *, data->series * data->points + 1);
  for (guint s = 0; s < data->series; s++)
    if (!compute_series (asker, data, s, values))
      return FALSE;
  return TRUE;
}

LessonPlotData *
lesson_plot_compute (LessonPlay *play, const LessonPlot *plot,
                     LessonProblems *problems)
{
  g_autoptr (LessonPlotData) data = g_new0 (LessonPlotData, 1);
  Asker asker = {.play = play, .plot = plot, .problems = problems};
  guint64 cursor = vm_machine_cursor (play->machine);

  find_place (&asker);
  gboolean done = vm_machine_seek (play->machine, asker.at)
                  && compute (&asker, data);
  vm_machine_seek (play->machine, cursor);
  return done ? g_steal_pointer (&data) : NULL;
}

void
lesson_plot_data_free (LessonPlotData *data)
{
  if (data == NULL)
    return;

  g_strfreev (data->labels);
  g_strfreev (data->names);
  g_strfreev (data->texts);
  g_free (data->x);
  g_free (data->y);
  g_free (data);
}
