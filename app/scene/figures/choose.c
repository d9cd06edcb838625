/* Which of many things to show where not all have room. */
#include "figures/choose.h"

#include "figures/window.h"

/* The lowest rank that is shown, and how many of that rank are. */
typedef struct {
  guint rank, quota;
} Limit;

static Limit
limit_for (const guint *ranks, guint count, guint slots)
{
  guint of_rank[SCENE_RANKS] = {0};
  Limit limit = {.rank = SCENE_RANKS, .quota = 0};

  for (guint i = 0; i < count; i++)
    of_rank[ranks[i]]++;
  while (slots > 0 && limit.rank > 0) {
    limit.rank--;
    limit.quota = MIN (of_rank[limit.rank], slots);
    slots -= limit.quota;
  }
  return limit;
}

GArray *
scene_choose (const guint *ranks, guint count, guint slots)
{
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  Limit limit = limit_for (ranks, count, slots);

  for (guint i = 0; i < count; i++) {
    gboolean last = ranks[i] == limit.rank && limit.quota > 0;
    if (ranks[i] <= limit.rank && !last)
      continue;
    limit.quota -= last;
    g_array_append_val (chosen, i);
  }
  return chosen;
}

GArray *
scene_choose_scrolled (SceneBuild *build, SceneRect rect, const guint *ranks,
                       guint count, guint slots, gboolean upwards)
{
  GArray *chosen = scene_choose (ranks, count, slots);
  guint shown = chosen->len;
  gboolean scrolled;

  if (shown == 0)
    return chosen;
  guint edge = g_array_index (chosen, guint, upwards ? shown - 1 : 0);
  guint first = (guint) scene_add_window (
      build, rect, count, shown, upwards ? count - 1 - edge : edge, &scrolled);
  if (!scrolled)
    return chosen;
  for (guint i = 0; i < shown; i++)
    g_array_index (chosen, guint, i) = upwards ? count - first - shown + i
                                               : first + i;
  return chosen;
}
