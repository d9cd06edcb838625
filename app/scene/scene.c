/* A still: the flat list of items that a figure shows at one step. */
#include "scene.h"

#include <math.h>
#include <string.h>

/* How far from a connector's line a point still hits it. */
#define HIT_DISTANCE 4.0

static const char *const kind_names[]
    = {[SCENE_PANEL] = "panel",         [SCENE_BOX] = "box",
       [SCENE_CHIP] = "chip",           [SCENE_TEXT] = "text",
       [SCENE_RULE] = "rule",           [SCENE_EDGE] = "edge",
       [SCENE_CONNECTOR] = "connector", [SCENE_LINE] = "line",
       [SCENE_MARKER] = "marker"};

static const char *const role_names[SCENE_ROLES] = {
    [SCENE_ROLE_NEUTRAL] = "neutral",     [SCENE_ROLE_ACCENT] = "accent",
    [SCENE_ROLE_LEVEL1] = "level1",       [SCENE_ROLE_LEVEL2] = "level2",
    [SCENE_ROLE_LEVEL3] = "level3",       [SCENE_ROLE_LEVEL4] = "level4",
    [SCENE_ROLE_LEVEL5] = "level5",       [SCENE_ROLE_OFFSET] = "offset",
    [SCENE_ROLE_PROCESS_A] = "process-a", [SCENE_ROLE_PROCESS_B] = "process-b",
    [SCENE_ROLE_PROCESS_C] = "process-c", [SCENE_ROLE_KERNEL] = "kernel",
    [SCENE_ROLE_TABLE] = "table",         [SCENE_ROLE_FILE] = "file",
    [SCENE_ROLE_FREE] = "free",           [SCENE_ROLE_HIT] = "hit",
    [SCENE_ROLE_MISS] = "miss",           [SCENE_ROLE_FAULT] = "fault"};

static const char *const emphasis_names[] = {[SCENE_FAINT] = "faint",
                                             [SCENE_NORMAL] = "normal",
                                             [SCENE_STRONG] = "strong",
                                             [SCENE_ACTIVE] = "active"};

static const char *const style_names[SCENE_TEXT_STYLES]
    = {[SCENE_TEXT_SMALL] = "small",
       [SCENE_TEXT_BODY] = "body",
       [SCENE_TEXT_BOLD] = "bold",
       [SCENE_TEXT_LARGE] = "large",
       [SCENE_TEXT_MONO] = "mono",
       [SCENE_TEXT_MONO_BOLD] = "mono-bold",
       [SCENE_TEXT_MONO_SMALL] = "mono-small"};

static void
remember_place (SceneStill *still, SceneId id, guint index)
{
  if (g_hash_table_contains (still->places, &id))
    return;

  SceneId *key = g_new (SceneId, 1);
  *key = id;
  g_hash_table_insert (still->places, key, GUINT_TO_POINTER (index + 1));
}

static gboolean
rect_contains (const SceneRect *rect, double x, double y)
{
  return x >= rect->x && x < rect->x + rect->width && y >= rect->y
         && y < rect->y + rect->height;
}

/* Distance of a point from the segment a-b: from its foot on the line where
 * that lies between the ends, otherwise from the nearer end. */
static double
segment_distance (const ScenePoint *a, const ScenePoint *b, double x, double y)
{
  double dx = b->x - a->x, dy = b->y - a->y;
  double length2 = dx * dx + dy * dy;
  double t = length2 > 0 ? ((x - a->x) * dx + (y - a->y) * dy) / length2 : 0;

  t = CLAMP (t, 0, 1);
  return hypot (x - (a->x + t * dx), y - (a->y + t * dy));
}

static gboolean
connector_hit (const SceneStill *still, const SceneItem *item, double x,
               double y)
{
  const ScenePoint *points = (const ScenePoint *) (void *) still->points->data;

  points += item->first_point;
  for (guint i = 1; i < item->point_count; i++)
    if (segment_distance (&points[i - 1], &points[i], x, y) <= HIT_DISTANCE)
      return TRUE;
  return FALSE;
}

/* Figure, part and number, as one reads them. */
static void
append_id (GString *text, SceneId id)
{
  if (id == 0) {
    g_string_append_c (text, '-');
    return;
  }
  g_string_append_printf (text, "%u.%u.%" G_GINT64_MODIFIER "x",
                          SCENE_ID_FIGURE (id), (guint) (id >> 48) & 0xff,
                          id & G_GUINT64_CONSTANT (0xffffffffffff));
}

/* In quotes and on one line, whatever the text; letters of all scripts stay as
 * they are. */
static void
append_quoted (GString *text, const char *label, const char *value)
{
  if (value == NULL)
    return;

  g_autofree char *valid = g_utf8_make_valid (value, -1);
  g_string_append_printf (text, " %s\"", label);
  for (const char *p = valid; *p != '\0'; p++) {
    if (*p == '"' || *p == '\\')
      g_string_append_c (text, '\\');
    g_string_append_c (text, g_ascii_iscntrl (*p) ? ' ' : *p);
  }
  g_string_append_c (text, '"');
}

static void
append_item (GString *text, const SceneItem *item)
{
  g_string_append_printf (text, "%s ", scene_kind_name (item->kind));
  append_id (text, item->id);
  g_string_append (text, " in ");
  append_id (text, item->parent);
  for (guint i = 0; i < scene_item_shares (item); i++)
    g_string_append_printf (text, "%c%s", i == 0 ? ' ' : '+',
                            scene_role_name (scene_item_share (item, i)));
  g_string_append_printf (text, " %s", scene_emphasis_name (item->emphasis));
  if (item->point_count > 0)
    g_string_append_printf (text, " points=%u", item->point_count);
  if (item->text != NULL)
    g_string_append_printf (text, " %s", scene_style_name (item->style));
  append_quoted (text, "", item->text);
  append_quoted (text, "name=", item->name);
  append_quoted (text, "detail=", item->detail);
  g_string_append_c (text, '\n');
}

static void
append_flight (GString *text, const SceneFlight *flight)
{
  char start[G_ASCII_DTOSTR_BUF_SIZE], end[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, "flight ");
  append_id (text, flight->from);
  g_string_append (text, " to ");
  append_id (text, flight->to);
  g_string_append_printf (text, " %s", scene_role_name (flight->role));
  append_quoted (text, "", flight->text);
  g_ascii_formatd (start, sizeof start, "%.2f", flight->start);
  g_ascii_formatd (end, sizeof end, "%.2f", flight->end);
  g_string_append_printf (text, " %s-%s\n", start, end);
}

/* Ids differ in a few bits at both ends, which GLib's own hash would lay over
 * each other: finding one took ten comparisons. */
static guint
id_hash (gconstpointer key)
{
  const SceneId *id = key;

  return (guint) (*id * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 32);
}

SceneStill *
scene_still_new (void)
{
  SceneStill *still = g_new0 (SceneStill, 1);

  still->items = g_array_new (FALSE, TRUE, sizeof (SceneItem));
  still->points = g_array_new (FALSE, TRUE, sizeof (ScenePoint));
  still->flights = g_array_new (FALSE, TRUE, sizeof (SceneFlight));
  still->windows = g_array_new (FALSE, TRUE, sizeof (SceneWindow));
  still->strings = g_string_chunk_new (4096);
  still->places = g_hash_table_new_full (id_hash, g_int64_equal, g_free, NULL);
  return still;
}

void
scene_still_free (SceneStill *still)
{
  if (still == NULL)
    return;

  g_array_unref (still->items);
  g_array_unref (still->points);
  g_array_unref (still->flights);
  g_array_unref (still->windows);
  g_string_chunk_free (still->strings);
  g_hash_table_unref (still->places);
  g_free (still);
}

const char *
scene_still_text (SceneStill *still, const char *text)
{
  return text == NULL ? NULL
                      : g_string_chunk_insert_const (still->strings, text);
}

const char *
scene_still_printf (SceneStill *still, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return scene_still_text (still, text);
}

SceneItem *
scene_still_add (SceneStill *still, SceneId id, SceneId parent, SceneKind kind,
                 SceneRect rect)
{
  SceneItem item = {.id = id,
                    .parent = parent,
                    .kind = kind,
                    .emphasis = SCENE_NORMAL,
                    .style = SCENE_TEXT_BODY,
                    .rect = rect,
                    .place = SCENE_NO_PLACE};

  remember_place (still, id, still->items->len);
  g_array_append_val (still->items, item);
  return &g_array_index (still->items, SceneItem, still->items->len - 1);
}

static void
include_point (SceneItem *item, const ScenePoint *point)
{
  SceneRect *rect = &item->rect;
  double right, bottom;

  if (item->point_count == 0) {
    *rect = (SceneRect){point->x, point->y, 0, 0};
    return;
  }
  right = MAX (rect->x + rect->width, point->x);
  bottom = MAX (rect->y + rect->height, point->y);
  rect->x = MIN (rect->x, point->x);
  rect->y = MIN (rect->y, point->y);
  rect->width = right - rect->x;
  rect->height = bottom - rect->y;
}

void
scene_still_add_point (SceneStill *still, SceneItem *item, double x, double y)
{
  ScenePoint point = {x, y};

  if (item->point_count == 0)
    item->first_point = still->points->len;
  g_return_if_fail (item->first_point + item->point_count
                    == still->points->len);
  g_array_append_val (still->points, point);
  include_point (item, &point);
  item->point_count++;
}

void
scene_still_add_flight (SceneStill *still, SceneId from, SceneId to,
                        SceneRole role, const char *text, double start,
                        double end)
{
  SceneFlight flight = {.from = from,
                        .to = to,
                        .role = role,
                        .text = scene_still_text (still, text),
                        .start = start,
                        .end = end};

  g_array_append_val (still->flights, flight);
}

const SceneItem *
scene_still_find (const SceneStill *still, SceneId id)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (still->places, &id));

  return place == 0 ? NULL
                    : &g_array_index (still->items, SceneItem, place - 1);
}

guint
scene_item_shares (const SceneItem *item)
{
  guint shares = 1;

  while (shares <= SCENE_MOST_ALSO
         && item->also[shares - 1] != SCENE_ROLE_NEUTRAL)
    shares++;
  return shares;
}

SceneRole
scene_item_share (const SceneItem *item, guint i)
{
  return i == 0 ? item->role : item->also[i - 1];
}

gboolean
scene_kind_is_stroke (SceneKind kind)
{
  return kind == SCENE_CONNECTOR || kind == SCENE_LINE;
}

const SceneItem *
scene_still_hit (const SceneStill *still, double x, double y)
{
  for (guint i = still->items->len; i-- > 0;) {
    const SceneItem *item = &g_array_index (still->items, SceneItem, i);
    if (item->name == NULL)
      continue;
    if (scene_kind_is_stroke (item->kind) ? connector_hit (still, item, x, y)
                                          : rect_contains (&item->rect, x, y))
      return item;
  }
  return NULL;
}

const SceneWindow *
scene_still_window (const SceneStill *still, double x, double y)
{
  for (guint i = 0; i < still->windows->len; i++) {
    const SceneWindow *window = &g_array_index (still->windows, SceneWindow, i);
    if (rect_contains (&window->rect, x, y))
      return window;
  }
  return NULL;
}

char *
scene_still_to_text (const SceneStill *still)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < still->items->len; i++)
    append_item (text, &g_array_index (still->items, SceneItem, i));
  for (guint i = 0; i < still->flights->len; i++)
    append_flight (text, &g_array_index (still->flights, SceneFlight, i));
  return g_string_free (text, FALSE);
}

const char *
scene_kind_name (SceneKind kind)
{
  return kind_names[kind];
}

const char *
scene_role_name (SceneRole role)
{
  return role_names[role];
}

const char *
scene_emphasis_name (SceneEmphasis emphasis)
{
  return emphasis_names[emphasis];
}

const char *
scene_style_name (SceneTextStyle style)
{
  return style_names[style];
}
