/* Ticks of an axis: the round numbers that a reader counts by. */
#include "figures/ticks.h"

#include <math.h>

#include "numbers.h"

/* Rounding that is no difference. */
#define SLACK 1e-9

/* Digits behind the point that are ever shown. */
#define MOST_DECIMALS 3

/* The least of 1, 2, 5, 10 times a power of ten that is not below raw. */
static double
round_step (double raw)
{
  static const double factors[] = {1, 2, 5, 10};
  double power = pow (10, floor (log10 (raw) + SLACK));

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    if (factors[i] * power >= raw * (1 - SLACK))
      return factors[i] * power;
  return 10 * power;
}

static double
first_tick (double least, double step, gboolean around)
{
  double steps = least / step;

  return (around ? floor (steps + SLACK) : ceil (steps - SLACK)) * step;
}

/* How many ticks a step makes. */
static double
count_of (const SceneAxis *axis, double step, gboolean around)
{
  double first = first_tick (axis->least, step, around);
  double steps = (axis->most - first) / step;

  return (around ? ceil (steps - SLACK) : floor (steps + SLACK)) + 1;
}

static void
fill (SceneTicks *ticks, double first, double count)
{
  ticks->count = (guint) CLAMP (count, 1, SCENE_MOST_TICKS);
  for (guint i = 0; i < ticks->count; i++)
    ticks->value[i] = first + i * ticks->step;
}

static void
choose_linear (SceneTicks *ticks, const SceneAxis *axis, guint most,
               gboolean around)
{
  double span = axis->most - axis->least;
  double step = round_step (span > 0 ? span / most : 1);

  if (axis->whole)
    step = MAX (step, 1);
  while (count_of (axis, step, around) > most)
    step = round_step (step * 1.5);
  ticks->step = step;
  fill (ticks, first_tick (axis->least, step, around),
        count_of (axis, step, around));
}

/* The same with the exponents for numbers. */
static void
choose_log2 (SceneTicks *ticks, const SceneAxis *axis, guint most,
             gboolean around)
{
  SceneAxis exponents
      = {.least = log2 (axis->least), .most = log2 (axis->most)};
  double step = 1;

  while (count_of (&exponents, step, around) > most)
    step++;
  ticks->step = step;
  fill (ticks, first_tick (exponents.least, step, around),
        count_of (&exponents, step, around));
  for (guint i = 0; i < ticks->count; i++)
    ticks->value[i] = exp2 (ticks->value[i]);
  ticks->step = exp2 (step);
}

/* So many digits behind the point tell two neighbours apart. */
static int
decimals_for (double step)
{
  int decimals = 0;

  while (decimals < MOST_DECIMALS
         && fabs (step - round (step)) > 0.001 * fabs (step)) {
    step *= 10;
    decimals++;
  }
  return decimals;
}

void
scene_ticks_choose (SceneTicks *ticks, const SceneAxis *axis, guint most,
                    gboolean around)
{
  most = CLAMP (most, 2, SCENE_MOST_TICKS);
  if (axis->log2)
    choose_log2 (ticks, axis, most, around);
  else
    choose_linear (ticks, axis, most, around);
}

char *
scene_axis_text (const SceneAxis *axis, double value, double step)
{
  switch (axis->unit) {
  case SCENE_AXIS_NUMBER:
    break;
  case SCENE_AXIS_SIZE:
    return g_strdup (scene_number_size ((guint64) MAX (value, 0)).s);
  case SCENE_AXIS_PERCENT:
    return g_strdup_printf ("%.*f %%", decimals_for (100 * step), 100 * value);
  }
  /* On a log2 axis what lies below 1 shows in full, whatever the step. */
  double least = axis->log2 ? MIN (value, 1) : step;
  return g_strdup_printf ("%.*f", decimals_for (least), value);
}
