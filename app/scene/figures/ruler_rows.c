/* The list at the end of a ruler: a line for each span, all equally high. */
#include "figures/ruler_rows.h"

#include <glib/gi18n-lib.h>

#include "figures/band.h"
#include "figures/window.h"

/* A list on its way. */
typedef struct {
  SceneFigureId figure;
  const SceneRuler *ruler;
  guint lens;
  GArray *spans; /* of SceneSpan: those in the window, and the bare mark */
  double label, note, size; /* widths of columns */
} List;

static double
row_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.45);
}

/* Fewer rows than there is room for are higher, within reason. */
static double
most_row_height (const SceneBuild *b)
{
  return 1.7 * row_height (b);
}

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 0.12);
}

/* Of the dot beside the row with the present address. */
static double
here_width (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL) * 0.7;
}

static SceneId
id_of (const List *list, guint part, guint64 number)
{
  return scene_ruler_id (list->figure, part, list->lens, number);
}

static gboolean
holds_mark (const SceneRuler *r, const SceneSpan *span)
{
  return r->marked && r->mark >= span->first && r->mark <= span->last;
}

/* What lies bare between spans is a row of its own for each ground there; but
 * of the grounds only those from `from` to `to` count. */
static void
add_gap (List *list, guint64 first, guint64 last, guint64 from, guint64 to)
{
  for (guint i = 0; i < list->ruler->ground_count; i++) {
    const SceneSpan *ground = &list->ruler->grounds[i];
    SceneSpan gap = {.first = MAX (first, ground->first),
                     .last = MIN (last, ground->last),
                     .note = ground->bare,
                     .role = ground->role,
                     .emphasis = SCENE_FAINT};
    gap.number = G_GUINT64_CONSTANT (3) << 43 | gap.first >> 6;
    if (gap.first <= gap.last && ground->last >= from && ground->first <= to)
      g_array_append_val (list->spans, gap);
  }
}

/* The spans in the window, what is bare between them, and on both sides up to
 * the next span or the end of the ground. */
static void
collect (List *list)
{
  const SceneRuler *r = list->ruler;
  const SceneLens *lens = &r->lenses[list->lens];
  guint64 next = r->lenses[0].first, last = r->lenses[0].last;
  gboolean open = TRUE; /* addresses from next on are left */

  list->spans = g_array_new (FALSE, FALSE, sizeof (SceneSpan));
  for (guint i = 0; open && i < r->count; i++) {
    const SceneSpan *span = &r->spans[i];
    if (span->last >= lens->first && span->first > next)
      add_gap (list, next, span->first - 1, lens->first, lens->last);
    if (span->first > lens->last)
      return;
    if (span->last >= lens->first)
      g_array_append_val (list->spans, *span);
    open = span->last < last;
    next = span->last + 1;
  }
  if (open)
    add_gap (list, next, last, lens->first, lens->last);
}

/* A size in at most four digits: rounded where that takes it. */
static const char *
size_text (const SceneBuild *b, const SceneSpan *span)
{
  guint64 size = span->last - span->first + 1, unit = 1024;
  SceneNumber power = scene_number_power (span->first, span->last);

  if ((span->last - span->first) >> 50 != 0 && power.s[0] != '\0')
    return scene_keep (b, power);
  while (size / unit >= 10000)
    unit <<= 10;
  if (size < unit || size % unit == 0)
    return scene_keep (b, scene_number_size (size));
  size = (size / unit + (size % unit >= unit / 2)) * unit;
  return scene_still_printf (b->still, "≈ %s", scene_number_size (size).s);
}

static double
wider (const SceneBuild *b, SceneTextStyle style, double width,
       const char *text)
{
  return text == NULL ? width : MAX (width, scene_width (b, style, text));
}

static void
measure_columns (const SceneBuild *b, List *list)
{
  for (guint i = 0; i < list->spans->len; i++) {
    const SceneSpan *span = &g_array_index (list->spans, SceneSpan, i);
    const char *size = size_text (b, span);
    list->label = wider (b, SCENE_TEXT_SMALL, list->label, span->label);
    list->note = wider (b, SCENE_TEXT_SMALL, list->note, span->note);
    list->size = wider (b, SCENE_TEXT_SMALL, list->size, size);
  }
}

/* A column of words, if there is one. */
static void
add_words (SceneBuild *b, SceneId id, SceneAlign align, SceneRect rect,
           const char *text)
{
  if (text != NULL)
    scene_add_text (b, id, SCENE_TEXT_SMALL, align,
                    scene_middle (rect, scene_line (b, SCENE_TEXT_SMALL)),
                    text);
}

/* "0x401000 – 0x401fff", or as much of it as there is room for. */
static void
add_range (SceneBuild *b, const List *list, const SceneSpan *span,
           SceneRect *rect)
{
  const char *first = scene_ruler_address (b, list->ruler, span->first);
  const char *last = scene_ruler_address (b, list->ruler, span->last);
  const char *text
      = span->first == span->last
            ? first
            : scene_still_printf (b->still, "%s – %s", first, last);

  double room = rect->width - here_width (b) - scene_em (b, 0.8);

  if (scene_width (b, SCENE_TEXT_MONO_SMALL, text) > room)
    text = first;
  double width = MIN (room, scene_width (b, SCENE_TEXT_MONO_SMALL, text));
  SceneItem *item = scene_add_text (
      b, id_of (list, SCENE_RULER_RANGE, span->number), SCENE_TEXT_MONO_SMALL,
      SCENE_ALIGN_START,
      scene_middle (scene_cut_left (rect, width, scene_em (b, 0.8)),
                    scene_line (b, SCENE_TEXT_MONO_SMALL)),
      text);
  item->role = span->role;
  item->emphasis = span->emphasis;
}

/* In the row that it falls into: the present address, where there is room. */
static void
add_here (SceneBuild *b, const List *list, SceneRect rect)
{
  const char *text = scene_ruler_address (b, list->ruler, list->ruler->mark);
  double side = here_width (b);
  double width = scene_width (b, SCENE_TEXT_MONO_SMALL, text);
  SceneItem *item;
  SceneRect dot
      = scene_middle (scene_cut_left (&rect, side, scene_em (b, 0.3)), side);
  item = scene_still_add (b->still, id_of (list, SCENE_RULER_HERE, 0),
                          b->parent, SCENE_MARKER, dot);
  item->text = scene_still_text (b->still, "dot");
  item->role = SCENE_ROLE_ACCENT;
  item->emphasis = SCENE_ACTIVE;
  item->name = scene_still_printf (b->still, _ ("The address %s"), text);
  if (rect.width < width)
    return;
  item = scene_add_text (
      b, id_of (list, SCENE_RULER_HERE, 1), SCENE_TEXT_MONO_SMALL,
      SCENE_ALIGN_START,
      scene_middle (rect, scene_line (b, SCENE_TEXT_MONO_SMALL)), text);
  item->role = SCENE_ROLE_ACCENT;
  item->emphasis = SCENE_STRONG;
}

static void
add_row (SceneBuild *b, const List *list, const SceneSpan *span, SceneRect row)
{
  const SceneRuler *r = list->ruler;
  double space = scene_em (b, 0.8);
  SceneItem *item = scene_add_box (b,
                                   id_of (list, SCENE_RULER_ROW, span->number),
                                   row, span->role, span->emphasis);

  item->name = scene_ruler_name (b, r, span);
  if (span->shows != NULL)
    scene_item_shows (b, item, span->shows, span->shows_width);
  row = scene_inset (row, scene_em (b, 0.5), 0);
  double address = scene_width (b, SCENE_TEXT_MONO_SMALL,
                                scene_ruler_address (b, r, span->first));
  double least = address + here_width (b) + space;
  if (list->label > 0 && row.width > 2 * list->label + least)
    add_words (b, id_of (list, SCENE_RULER_LABEL, span->number),
               SCENE_ALIGN_START, scene_cut_left (&row, list->label, space),
               span->label);
  if (list->size > 0 && row.width > list->size + space + least)
    add_words (b, id_of (list, SCENE_RULER_SIZE, span->number), SCENE_ALIGN_END,
               scene_cut_right (&row, list->size, space), size_text (b, span));
  if (list->note > 0 && row.width > list->note + space + address * 1.3 + least)
    add_words (b, id_of (list, SCENE_RULER_NOTE, span->number), SCENE_ALIGN_END,
               scene_cut_right (&row, list->note, space), span->note);
  add_range (b, list, span, &row);
  if (holds_mark (r, span) && span->first < span->last)
    add_here (b, list, row);
}

double
scene_ruler_rows_height (const SceneBuild *build, guint rows)
{
  return rows * (row_height (build) + gap (build)) - gap (build);
}

/* Which row stands in the first line: pages of lines, so that the list keeps
 * still while the present address moves within one. */
static guint
first_shown (const List *list, guint lines)
{
  guint most = list->spans->len - lines;

  for (guint i = 0; i < list->spans->len; i++)
    if (holds_mark (list->ruler, &g_array_index (list->spans, SceneSpan, i)))
      return MIN (i / lines * lines, most);
  return 0;
}

void
scene_add_ruler_rows (SceneBuild *build, SceneFigureId figure,
                      const SceneRuler *ruler, guint lens, SceneRect rect)
{
  List list = {.figure = figure, .ruler = ruler, .lens = lens};
  guint visible;

  collect (&list);
  measure_columns (build, &list);
  g_autoptr (GArray) spans = list.spans;
  if (spans->len == 0)
    return;
  visible = MIN (spans->len, ruler->rows);
  guint64 first = scene_add_window (build, rect, spans->len, visible,
                                    first_shown (&list, visible), NULL);
  double height = MIN ((rect.height + gap (build)) / visible - gap (build),
                       most_row_height (build));
  for (guint i = 0; i < visible; i++)
    add_row (build, &list, &g_array_index (spans, SceneSpan, first + i),
             scene_cut_top (&rect, height, gap (build)));
}
