/* Fixed metrics: the widths that golden tests lay out with, without a font. */
#include "scene.h"

static const double sizes[SCENE_TEXT_STYLES]
    = {[SCENE_TEXT_SMALL] = 11.5,     [SCENE_TEXT_BODY] = 14,
       [SCENE_TEXT_BOLD] = 13,        [SCENE_TEXT_LARGE] = 19,
       [SCENE_TEXT_MONO] = 13,        [SCENE_TEXT_MONO_BOLD] = 13,
       [SCENE_TEXT_MONO_SMALL] = 10.5};

/* Columns of a terminal that a text would take. */
static guint
columns (const char *text)
{
  guint count = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    if ((guchar) *p < 0x80) { /* as nearly all is */
      count++;
      continue;
    }
    gunichar c = g_utf8_get_char_validated (p, -1);
    if (c == (gunichar) -1 || c == (gunichar) -2)
      break;
    if (!g_unichar_iszerowidth (c))
      count += g_unichar_iswide (c) ? 2 : 1;
  }
  return count;
}

static double
measure_fixed (const SceneMetrics *metrics, SceneTextStyle style,
               const char *text)
{
  /* 0.6 is the advance of the usual monospaced faces. */
  return columns (text) * metrics->size[style] * 0.6;
}

static void
fill_fixed (SceneMetrics *metrics)
{
  for (guint i = 0; i < SCENE_TEXT_STYLES; i++) {
    metrics->size[i] = sizes[i];
    metrics->line[i] = (double) (int) (sizes[i] * 1.25 + 0.5);
  }
  metrics->em = metrics->line[SCENE_TEXT_BODY];
  metrics->measure = measure_fixed;
}

const SceneMetrics *
scene_metrics_fixed (void)
{
  static SceneMetrics fixed;
  static gsize once;

  if (g_once_init_enter (&once)) {
    fill_fixed (&fixed);
    g_once_init_leave (&once, 1);
  }
  return &fixed;
}
