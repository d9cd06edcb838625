/* The mm_struct of a process: every field, and what this step changed. */
#include <glib/gi18n-lib.h>

#include "figures/mm_fields.h"
#include "figures/vmas.h"

/* How the groups stand: side by side, two of them one below the other, or all
 * in a column, and there with a line for the name alone. */
typedef enum { WIDE, MEDIUM, COLUMN, NARROW } Arrangement;

static const char *const headings[SCENE_MM_GROUPS]
    = {[SCENE_MM_ADDRESSES] = N_ ("Addresses"),
       [SCENE_MM_PAGES] = N_ ("In pages"),
       [SCENE_MM_COUNTS] = N_ ("Tables and counts")};

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 1);
}

static double
line (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.2);
}

static double
heading_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.2);
}

/* What a changed field has to say at most. */
static double
value_width (const SceneBuild *b, SceneMmGroup group)
{
  const struct vm_geometry *g = b->context->geometry;
  guint64 last = (G_GUINT64_CONSTANT (1) << (g->va_bits - 1)) - 1;
  const char *most = group == SCENE_MM_PAGES ? "0000000"
                                             : scene_number_virtual (g, last).s;
  g_autofree char *text = g_strdup_printf ("%s → %s", most, most);

  return scene_width (b, SCENE_TEXT_MONO_SMALL, text);
}

static double
name_width (const SceneBuild *b, SceneMmGroup group)
{
  double width = 0;

  for (guint i = 0; i < scene_mm_field_count; i++)
    if (scene_mm_fields[i].group == group)
      width = MAX (width, scene_width (b, SCENE_TEXT_MONO_SMALL,
                                       scene_mm_fields[i].name));
  return width;
}

/* Of a group whose fields stand in a line each, or in two. */
static double
group_width (const SceneBuild *b, SceneMmGroup group, gboolean two)
{
  double names = name_width (b, group), values = value_width (b, group);
  double heading = scene_width (b, SCENE_TEXT_SMALL, _ (headings[group]));
  double fields = two ? MAX (names, values)
                      : names + scene_em (b, 0.6) + values;

  return MAX (heading, fields) + scene_em (b, 0.6);
}

static guint
group_count (SceneMmGroup group)
{
  guint count = 0;

  for (guint i = 0; i < scene_mm_field_count; i++)
    count += scene_mm_fields[i].group == group;
  return count;
}

static gboolean
takes_two (SceneMmGroup group, Arrangement a)
{
  return a == NARROW && group != SCENE_MM_PAGES;
}

static double
group_height (const SceneBuild *b, SceneMmGroup group, Arrangement a)
{
  return heading_height (b)
         + group_count (group) * line (b) * (takes_two (group, a) ? 2 : 1);
}

static double
wide_width (const SceneBuild *b)
{
  return group_width (b, SCENE_MM_ADDRESSES, FALSE)
         + group_width (b, SCENE_MM_PAGES, FALSE)
         + group_width (b, SCENE_MM_COUNTS, FALSE) + 2 * gap (b);
}

static double
right_width (const SceneBuild *b)
{
  return MAX (group_width (b, SCENE_MM_PAGES, FALSE),
              group_width (b, SCENE_MM_COUNTS, FALSE));
}

static Arrangement
arrange (const SceneBuild *b, double width)
{
  double left = group_width (b, SCENE_MM_ADDRESSES, FALSE);

  if (width >= wide_width (b))
    return WIDE;
  if (width >= left + gap (b) + right_width (b))
    return MEDIUM;
  return width >= MAX (left, right_width (b)) ? COLUMN : NARROW;
}

static double
height_of (const SceneBuild *b, Arrangement a)
{
  double heights[SCENE_MM_GROUPS], between = scene_em (b, 0.5);

  for (guint i = 0; i < SCENE_MM_GROUPS; i++)
    heights[i] = group_height (b, i, a);
  switch (a) {
  case WIDE:
    return MAX (MAX (heights[0], heights[1]), heights[2]);
  case MEDIUM:
    return MAX (heights[0], heights[1] + between + heights[2]);
  case COLUMN:
  case NARROW:
    break;
  }
  return heights[0] + heights[1] + heights[2] + 2 * between;
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  double padding = 2 * scene_padding (b);
  double fixed = scene_header (b) + scene_em (b, 0.8);

  size->min_width = MAX (group_width (b, SCENE_MM_ADDRESSES, TRUE),
                         group_width (b, SCENE_MM_PAGES, FALSE))
                    + padding;
  size->width = wide_width (b) + padding;
  size->min_height = fixed + height_of (b, arrange (b, width - padding));
  size->height = size->min_height;
  size->max_height = size->height + scene_em (b, 0.6);
}

/* The texts of a field: its name and, behind or below it, what it holds. */
static void
add_texts (SceneBuild *b, guint field, const char *value, gboolean two,
           gboolean changed, SceneRect rect)
{
  gboolean zero = g_str_equal (value, "0") || g_str_equal (value, "0x0");
  SceneRect upper = rect, lower = rect;

  if (two) {
    upper.height = rect.height / 2;
    lower.y += rect.height / 2;
    lower.height = rect.height / 2;
  } else {
    scene_cut_left (
        &lower,
        scene_width (b, SCENE_TEXT_MONO_SMALL, scene_mm_fields[field].name),
        scene_em (b, 0.4));
    upper.width = rect.width - lower.width;
  }
  double height = scene_line (b, SCENE_TEXT_MONO_SMALL);
  SceneItem *item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_MM, SCENE_MM_NAME, field),
      SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START, scene_middle (upper, height),
      scene_mm_fields[field].name);
  item->emphasis = changed ? SCENE_STRONG : SCENE_NORMAL;
  item = scene_add_text (b, SCENE_ID (SCENE_FIGURE_MM, SCENE_MM_VALUE, field),
                         SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_END,
                         scene_middle (lower, height), value);
  item->role = changed ? SCENE_ROLE_ACCENT : SCENE_ROLE_NEUTRAL;
  item->emphasis = zero && !changed ? SCENE_NORMAL : SCENE_STRONG;
}

static void
add_field (SceneBuild *b, guint32 process, guint field, gboolean two,
           SceneRect rect)
{
  const SceneContext *c = b->context;
  guint64 now = scene_mm_field_value (c, process, field), before;
  gboolean changed = scene_mm_field_changed (c, process, field, &before);
  const char *value = scene_mm_field_text (b, field, now);

  if (changed)
    value = scene_still_printf (b->still, "%s → %s",
                                scene_mm_field_text (b, field, before), value);
  SceneItem *item
      = scene_add_box (b, SCENE_ID (SCENE_FIGURE_MM, SCENE_MM_BOX, field),
                       scene_middle (rect, rect.height - scene_em (b, 0.08)),
                       changed ? SCENE_ROLE_ACCENT : SCENE_ROLE_NEUTRAL,
                       changed ? SCENE_ACTIVE : SCENE_FAINT);
  item->name = scene_still_printf (b->still, "%s: %s",
                                   scene_mm_fields[field].name, value);
  scene_item_shows (b, item, scene_mm_field_place (c, process, field),
                    scene_mm_fields[field].width);
  add_texts (b, field, value, two, changed,
             scene_inset (rect, scene_em (b, 0.3), 0));
}

static void
add_group (SceneBuild *b, guint32 process, SceneMmGroup group, gboolean two,
           SceneRect rect)
{
  double height = line (b) * (two ? 2 : 1);
  SceneRect heading = scene_cut_top (&rect, heading_height (b), 0);

  scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_MM, SCENE_MM_HEADING, group), SCENE_TEXT_SMALL,
      SCENE_ALIGN_START,
      scene_inset (
          scene_cut_top (&heading, scene_line (b, SCENE_TEXT_SMALL), 0),
          scene_em (b, 0.3), 0),
      _ (headings[group]));
  for (guint i = 0; i < scene_mm_field_count; i++)
    if (scene_mm_fields[i].group == group)
      add_field (b, process, i, two, scene_cut_top (&rect, height, 0));
}

/* The room of each group. */
static void
place_groups (const SceneBuild *b, Arrangement a, SceneRect rect,
              SceneRect rooms[SCENE_MM_GROUPS])
{
  double between = scene_em (b, 0.5);

  if (a == WIDE || a == MEDIUM) {
    double all = a == WIDE ? wide_width (b)
                           : group_width (b, SCENE_MM_ADDRESSES, FALSE)
                                 + gap (b) + right_width (b);
    double more = (rect.width - all) / (a == WIDE ? 3 : 2);
    rooms[0] = scene_cut_left (
        &rect, group_width (b, SCENE_MM_ADDRESSES, FALSE) + more, gap (b));
    if (a == WIDE) {
      rooms[1] = scene_cut_left (
          &rect, group_width (b, SCENE_MM_PAGES, FALSE) + more, gap (b));
      rooms[2] = rect;
      return;
    }
  } else {
    rooms[0] = scene_cut_top (&rect, group_height (b, SCENE_MM_ADDRESSES, a),
                              between);
  }
  rooms[1]
      = scene_cut_top (&rect, group_height (b, SCENE_MM_PAGES, a), between);
  rooms[2] = rect;
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  guint32 process = scene_vmas_process (c);
  const char *whose = NULL;
  SceneRect rooms[SCENE_MM_GROUPS];

  if (process != VM_NONE)
    whose = scene_still_printf (
        b->still, _ ("process %s"),
        vm_machine_name (c->machine, c->state->processes[process].name));
  SceneRect inside
      = scene_add_panel (b, SCENE_FIGURE_MM, 0, rect, "mm_struct", whose);
  Arrangement a = arrange (b, inside.width);
  if (process == VM_NONE) {
    scene_add_text (b, SCENE_ID (SCENE_FIGURE_MM, SCENE_MM_HEADING, 0),
                    SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
                    scene_middle (inside, scene_line (b, SCENE_TEXT_SMALL)),
                    _ ("nobody has regions yet"))
        ->emphasis
        = SCENE_FAINT;
    return;
  }
  place_groups (b, a, inside, rooms);
  for (guint i = 0; i < SCENE_MM_GROUPS; i++)
    add_group (b, process, i, takes_two (i, a), rooms[i]);
}

const SceneFigure scene_figure_mm = {.id = SCENE_FIGURE_MM,
                                     .kind = "mm",
                                     .title = "mm_struct",
                                     .stance = SCENE_STANCE_PART,
                                     .measure = measure,
                                     .build = build};
