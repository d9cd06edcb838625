/* Where the time of an operation goes: user code, kernel, disk, to scale; and
 * once more without the waits for the disk, beside which nothing else can be
 * seen.
 *
 *   user    |=                                       =|        604
 *   kernel  | =                                     = |     21 300
 *   disk    |  ===================================== | 10 000 000
 *           0                                10 021 904 cycles
 *
 *   without the disk, 457 times as large
 *   user    |===                               =======|
 *   kernel  |   =================|=============       |
 */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/kit.h"
#include "figures/times.h"

enum {
  PART_TIME = SCENE_PART, /* number: strip << 40 | step, counted from 0 */
  PART_LANE,              /* number: strip << 8 | lane, as below */
  PART_RULE,
  PART_SPENT,
  PART_END, /* number: strip << 8 | 0 its start, 1 its end */
  PART_HEAD,
  PART_NONE
};

#define LEAST_STRIP 8  /* em */
#define USUAL_STRIP 26 /* em */
#define WIDEST_SPENT "888 888 888 888"

/* A row of lanes over one scale. */
typedef struct {
  guint number, lanes;
  guint64 all; /* cycles that its width is */
  SceneRect rect;
} Strip;

static const char *
lane_name (SceneTimeLane lane)
{
  static const char *const names[SCENE_TIME_LANES]
      = {[SCENE_TIME_USER] = NC_ ("who takes time", "user"),
         [SCENE_TIME_KERNEL] = NC_ ("who takes time", "kernel"),
         [SCENE_TIME_DISK] = NC_ ("who takes time", "disk")};

  return g_dpgettext2 (GETTEXT_PACKAGE, "who takes time", names[lane]);
}

static SceneRole
lane_role (const SceneBuild *b, SceneTimeLane lane)
{
  if (lane == SCENE_TIME_USER)
    return scene_process_role (b->context->process);
  return lane == SCENE_TIME_KERNEL ? SCENE_ROLE_KERNEL : SCENE_ROLE_FILE;
}

/* "10 021 904": groups of three, as wide as they look. */
static const char *
cycles_text (const SceneBuild *b, guint64 cycles)
{
  g_autofree char *plain = g_strdup_printf ("%" PRIu64, cycles);
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length = strlen (plain);

  for (gsize i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0)
      g_string_append (text, "\u00a0");
    g_string_append_c (text, plain[i]);
  }
  return scene_still_text (b->still, text->str);
}

static double
names_width (const SceneBuild *b)
{
  double width = 0;

  for (guint lane = 0; lane < SCENE_TIME_LANES; lane++)
    width = MAX (width, scene_width (b, SCENE_TEXT_SMALL,
                                     lane_name ((SceneTimeLane) lane)));
  return width + scene_em (b, 0.6);
}

static double
spent_width (const SceneBuild *b)
{
  return scene_width (b, SCENE_TEXT_MONO_SMALL, WIDEST_SPENT)
         + scene_em (b, 0.6);
}

static double
lane_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.45);
}

/* Two strips, the ends of their scales, and what the second one is. */
static double
strips_height (const SceneBuild *b)
{
  return (2 * SCENE_TIME_LANES - 1) * lane_height (b)
         + 3 * scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.8);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  double fixed = names_width (b) + spent_width (b) + 2 * scene_padding (b);

  (void) width;
  size->min_width = fixed + scene_em (b, LEAST_STRIP);
  size->width = fixed + scene_em (b, USUAL_STRIP);
  size->height = scene_header (b) + strips_height (b) + 2 * scene_padding (b);
  size->min_height = size->max_height = size->height;
}

static double
place_of (const Strip *strip, guint64 cycles)
{
  return strip->rect.x
         + strip->rect.width * (double) cycles / (double) MAX (strip->all, 1);
}

static SceneRect
lane_rect (const SceneBuild *b, const Strip *strip, guint lane)
{
  return (SceneRect){strip->rect.x, strip->rect.y + lane * lane_height (b),
                     strip->rect.width, lane_height (b)};
}

static void
add_lane (SceneBuild *b, const Strip *strip, guint lane)
{
  SceneRect rect = lane_rect (b, strip, lane);
  guint64 id = (guint64) strip->number << 8 | lane;
  double line = scene_line (b, SCENE_TEXT_SMALL);

  scene_still_add (b->still, SCENE_ID (SCENE_FIGURE_TIME, PART_RULE, id),
                   b->parent, SCENE_RULE,
                   (SceneRect){rect.x, rect.y + rect.height, rect.width, 0})
      ->emphasis
      = SCENE_FAINT;
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_TIME, PART_LANE, id),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                  scene_middle ((SceneRect){rect.x - names_width (b), rect.y,
                                            names_width (b), rect.height},
                                line),
                  lane_name ((SceneTimeLane) lane));
}

/* What the lane has taken so far. */
static void
add_spent (SceneBuild *b, const Strip *strip, guint lane, guint64 cycles)
{
  SceneRect rect = lane_rect (b, strip, lane);
  const char *text = cycles_text (b, cycles);
  SceneItem *item
      = scene_add_text (b, SCENE_ID (SCENE_FIGURE_TIME, PART_SPENT, lane),
                        SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_END,
                        scene_middle ((SceneRect){rect.x + rect.width, rect.y,
                                                  spent_width (b), rect.height},
                                      scene_line (b, SCENE_TEXT_MONO_SMALL)),
                        text);

  item->name = scene_still_printf (b->still, _ ("%s: %s cycles so far"),
                                   lane_name ((SceneTimeLane) lane), text);
}

static void
add_ends (SceneBuild *b, const Strip *strip)
{
  double line = scene_line (b, SCENE_TEXT_SMALL);
  SceneRect rect
      = {strip->rect.x,
         strip->rect.y + strip->lanes * lane_height (b) + scene_em (b, 0.1),
         strip->rect.width, line};
  const char *all = scene_still_printf (b->still, _ ("%s cycles"),
                                        cycles_text (b, strip->all));
  double zero = scene_width (b, SCENE_TEXT_SMALL, "0");

  scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_TIME, PART_END, (guint64) strip->number << 8),
      SCENE_TEXT_SMALL, SCENE_ALIGN_START,
      (SceneRect){rect.x, rect.y, zero + scene_em (b, 0.2), line}, "0");
  scene_cut_left (&rect, zero + scene_em (b, 0.4), 0);
  rect.width += spent_width (b);
  scene_add_text (
      b,
      SCENE_ID (SCENE_FIGURE_TIME, PART_END, (guint64) strip->number << 8 | 1),
      SCENE_TEXT_SMALL, SCENE_ALIGN_END, rect, all);
}

static void
add_box (SceneBuild *b, const Strip *strip, const SceneTime *time,
         guint64 number, double from, double to)
{
  SceneRect rect = lane_rect (b, strip, time->lane);
  double height = rect.height - scene_em (b, 0.3);
  SceneItem *box = scene_add_box (
      b,
      SCENE_ID (SCENE_FIGURE_TIME, PART_TIME,
                (guint64) strip->number << 40 | number),
      (SceneRect){from, rect.y + rect.height - height, to - from, height},
      lane_role (b, time->lane), time->now ? SCENE_ACTIVE : SCENE_STRONG);

  if (strip->number > 0)
    return;
  box->name = scene_still_printf (
      /* Translators: "kernel"; two numbers. */
      b->still, _ ("%s: %s cycles, from %s on"), lane_name (time->lane),
      cycles_text (b, time->cycles), cycles_text (b, time->start));
}

/* Busy times; those too short to be told apart stand in one box. */
static void
add_times (SceneBuild *b, const Strip *strip, const SceneTimes *times)
{
  double end[SCENE_TIME_LANES] = {0};
  double least = scene_em (b, 0.25);

  for (guint i = 0; i < times->times->len; i++) {
    const SceneTime *time = &g_array_index (times->times, SceneTime, i);
    guint64 start = strip->number > 0 ? time->awake : time->start;
    double from = place_of (strip, start);
    double to = MAX (place_of (strip, start + time->cycles), from + least);
    if (time->lane >= strip->lanes)
      continue;
    from = MAX (from, end[time->lane]);
    to = MIN (MAX (to, from + least), strip->rect.x + strip->rect.width);
    from = MIN (from, to - least);
    if (from < end[time->lane] && end[time->lane] > 0)
      continue;
    end[time->lane] = to;
    add_box (b, strip, time, i, from, to);
  }
}

static void
add_strip (SceneBuild *b, Strip *strip, const SceneTimes *times)
{
  for (guint lane = 0; lane < strip->lanes; lane++)
    add_lane (b, strip, lane);
  add_times (b, strip, times);
  add_ends (b, strip);
}

static void
add_strips (SceneBuild *b, const SceneTimes *times, SceneRect inside)
{
  double line = scene_line (b, SCENE_TEXT_SMALL);
  SceneRect time = {inside.x + names_width (b), inside.y,
                    inside.width - names_width (b) - spent_width (b),
                    inside.height};
  Strip strip = {
      .number = 0, .lanes = SCENE_TIME_LANES, .all = times->all, .rect = time};

  add_strip (b, &strip, times);
  for (guint lane = 0; lane < SCENE_TIME_LANES; lane++)
    add_spent (b, &strip, lane, times->spent[lane]);
  time.y += SCENE_TIME_LANES * lane_height (b) + line + scene_em (b, 0.6);
  scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_TIME, PART_HEAD, 0), SCENE_TEXT_SMALL,
      SCENE_ALIGN_START, (SceneRect){inside.x, time.y, inside.width, line},
      times->all > times->awake
          ? scene_still_printf (
              b->still, _ ("Without the disk, %" PRIu64 " times as large"),
              times->all / MAX (times->awake, 1))
          : scene_still_text (b->still, _ ("No disk is waited for.")));
  time.y += line;
  strip = (Strip){
      .number = 1, .lanes = SCENE_TIME_DISK, .all = times->awake, .rect = time};
  add_strip (b, &strip, times);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  SceneTimes times;
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_TIME, 0, rect,
                                      _ ("Where the time goes"), NULL);

  scene_times_read (b->context, &times);
  if (times.all > 0)
    add_strips (b, &times, inside);
  else
    scene_add_text (
        b, SCENE_ID (SCENE_FIGURE_TIME, PART_NONE, 0), SCENE_TEXT_SMALL,
        SCENE_ALIGN_START,
        scene_cut_top (&inside, scene_line (b, SCENE_TEXT_SMALL), 0),
        _ ("Nothing has taken time."));
  scene_times_clear (&times);
}

const SceneFigure scene_figure_time = {.id = SCENE_FIGURE_TIME,
                                       .kind = "time",
                                       .title = N_ ("Where the time goes"),
                                       .stance = SCENE_STANCE_PART,
                                       .measure = measure,
                                       .build = build};
