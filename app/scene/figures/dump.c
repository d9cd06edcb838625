/* A byte dump: rows of bytes round those in question, and their value. */
#include "figures/dump.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/kit.h"
#include "figures/window.h"
#include "tape/memory.h"

enum {
  PART_ADDRESS = SCENE_PART, /* number: physical address, as below */
  PART_BYTE,
  PART_BOX,
  PART_VALUE,
  PART_ORDER
};

/* A dump on its way: how many bytes a row has, and how wide each is. */
typedef struct {
  SceneFigureId figure;
  const SceneDump *dump;
  guint abreast;
  double cell;
} Rows;

static double
row_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.3);
}

static double
byte_width (const SceneBuild *b)
{
  return scene_width (b, SCENE_TEXT_MONO_SMALL, "00") + scene_em (b, 0.3);
}

static double
address_width (const SceneBuild *b)
{
  const SceneContext *c = b->context;
  guint64 largest = (c->last_frame + 1) << c->geometry->page_shift;

  return scene_number_width (b, SCENE_TEXT_MONO_SMALL,
                             scene_number_physical (c->geometry, largest - 1))
         + scene_em (b, 0.4);
}

static double
value_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_BOLD);
}

static double
dump_width (const SceneBuild *b, guint abreast)
{
  return address_width (b) + abreast * byte_width (b);
}

static guint
abreast_for (const SceneBuild *b, double width)
{
  for (guint abreast = 16; abreast > 4; abreast /= 2)
    if (dump_width (b, abreast) <= width + 0.01)
      return abreast;
  return 4;
}

/* The first byte shown, of the frame that the bytes lie in. */
static guint64
first_shown (SceneBuild *b, const Rows *r, guint rows, SceneRect rect)
{
  guint64 frame
      = r->dump->pa
        & ~(guint64) (vm_geometry_page_bytes (b->context->geometry) - 1);
  guint64 total = vm_geometry_page_bytes (b->context->geometry) / r->abreast;
  guint64 row = (r->dump->pa - frame) / r->abreast;

  return frame
         + r->abreast
               * scene_add_window (b, rect, total, rows,
                                   scene_window_around (total, rows, row),
                                   NULL);
}

/* The box round the bytes in question, or its part in one row. */
static void
add_box (SceneBuild *b, const Rows *r, guint64 pa, SceneRect row)
{
  guint64 from = MAX (r->dump->pa, pa);
  guint64 to = MIN (r->dump->pa + r->dump->width, pa + r->abreast);
  double width = r->cell;

  if (from >= to)
    return;
  SceneRect rect
      = {row.x + (from - pa) * width, row.y, (to - from) * width, row.height};
  SceneItem *item
      = scene_add_box (b, SCENE_ID (r->figure, PART_BOX, from > r->dump->pa),
                       rect, r->dump->role, r->dump->emphasis);
  item->name = scene_still_printf (
      b->still, ngettext ("%u byte at %s", "%u bytes at %s", r->dump->width),
      r->dump->width,
      scene_keep (b,
                  scene_number_physical (b->context->geometry, r->dump->pa)));
  scene_item_shows_memory (b, item, r->dump->pa, r->dump->width);
}

static void
add_byte (SceneBuild *b, const Rows *r, guint64 pa, SceneRect rect)
{
  gboolean asked = pa - r->dump->pa < r->dump->width;
  guint value = (guint) vm_memory_read (b->context->state, vm_paddr_of (pa), 1);
  SceneItem *item = scene_add_text (
      b, SCENE_ID (r->figure, PART_BYTE, pa), SCENE_TEXT_MONO_SMALL,
      SCENE_ALIGN_CENTER,
      scene_middle (rect, scene_line (b, SCENE_TEXT_MONO_SMALL)),
      scene_still_printf (b->still, "%02x", value));

  item->role = asked ? r->dump->role : SCENE_ROLE_NEUTRAL;
  item->emphasis = asked        ? r->dump->emphasis
                   : value != 0 ? SCENE_NORMAL
                                : SCENE_FAINT;
  scene_item_shows_memory (b, item, pa, 1);
}

/* "0x00002110: 07 20 00 00 …", for the screen reader. */
static const char *
row_name (const SceneBuild *b, guint64 pa, guint abreast)
{
  g_autoptr (GString) text
      = g_string_new (scene_number_physical (b->context->geometry, pa).s);

  g_string_append_c (text, ':');
  for (guint i = 0; i < abreast; i++)
    g_string_append_printf (
        text, " %02x",
        (guint) vm_memory_read (b->context->state, vm_paddr_of (pa + i), 1));
  return scene_still_text (b->still, text->str);
}

static void
add_row (SceneBuild *b, const Rows *r, guint64 pa, SceneRect row)
{
  SceneRect left = scene_cut_left (&row, address_width (b), 0);
  SceneItem *item = scene_add_text (
      b, SCENE_ID (r->figure, PART_ADDRESS, pa), SCENE_TEXT_MONO_SMALL,
      SCENE_ALIGN_START,
      scene_middle (left, scene_line (b, SCENE_TEXT_MONO_SMALL)),
      scene_number_physical (b->context->geometry, pa).s);

  item->emphasis = SCENE_FAINT;
  item->name = row_name (b, pa, r->abreast);
  scene_item_shows_memory (b, item, pa, r->abreast);
  add_box (b, r, pa, row);
  for (guint i = 0; i < r->abreast; i++)
    add_byte (b, r, pa + i, scene_cut_left (&row, r->cell, 0));
}

/* The bytes as one number; how they are read, where there is room. */
static void
add_value (SceneBuild *b, SceneFigureId figure, const SceneDump *dump,
           SceneRect rect)
{
  guint64 value
      = vm_memory_read (b->context->state, vm_paddr_of (dump->pa), dump->width);
  const char *order = _ ("little-endian: the lowest byte stands first");
  const char *text = scene_still_printf (
      b->still, "= %s", scene_number_data (value, dump->width).s);
  double width = MIN (scene_width (b, SCENE_TEXT_MONO_BOLD, text), rect.width);
  SceneItem *item
      = scene_add_text (b, SCENE_ID (figure, PART_VALUE, 0),
                        SCENE_TEXT_MONO_BOLD, SCENE_ALIGN_START,
                        scene_cut_left (&rect, width, scene_em (b, 0.6)), text);

  item->role = dump->role;
  item->emphasis = SCENE_STRONG;
  item->name = scene_still_printf (b->still, _ ("Little-endian value %s"),
                                   scene_number_data (value, dump->width).s);
  scene_item_shows_memory (b, item, dump->pa, dump->width);
  if (scene_width (b, SCENE_TEXT_SMALL, order) > rect.width)
    order = _ ("little-endian");
  if (scene_width (b, SCENE_TEXT_SMALL, order) <= rect.width)
    scene_add_text (b, SCENE_ID (figure, PART_ORDER, 0), SCENE_TEXT_SMALL,
                    SCENE_ALIGN_START,
                    scene_middle (rect, scene_line (b, SCENE_TEXT_SMALL)),
                    order);
}

double
scene_dump_least (const SceneBuild *build)
{
  double value = scene_width (build, SCENE_TEXT_MONO_BOLD, "= ")
                 + scene_number_width (build, SCENE_TEXT_MONO_BOLD,
                                       scene_number_data (0, 8));

  return MAX (dump_width (build, 4), value);
}

double
scene_dump_width (const SceneBuild *build)
{
  return dump_width (build, 16);
}

double
scene_dump_height (const SceneBuild *build, guint rows)
{
  return rows * row_height (build) + scene_em (build, 0.2)
         + value_height (build);
}

/* On two lines where one has no room for it. */
static void
add_nothing (SceneBuild *b, SceneFigureId figure, SceneRect rect)
{
  const char *text = _ ("no memory read or written yet");
  double line = scene_line (b, SCENE_TEXT_SMALL);

  if (scene_width (b, SCENE_TEXT_SMALL, text) > rect.width) {
    scene_add_wrapped (b, SCENE_ID (figure, PART_VALUE, 1), SCENE_TEXT_SMALL,
                       scene_middle (rect, 2 * line), 2, SCENE_FAINT, text);
    return;
  }
  scene_add_text (b, SCENE_ID (figure, PART_VALUE, 1), SCENE_TEXT_SMALL,
                  SCENE_ALIGN_CENTER, scene_middle (rect, line), text)
      ->emphasis
      = SCENE_FAINT;
}

void
scene_add_dump (SceneBuild *build, SceneFigureId figure, const SceneDump *dump,
                SceneRect rect)
{
  Rows r = {figure, dump, abreast_for (build, rect.width), 0};
  double room = (rect.width - address_width (build)) / r.abreast;
  SceneRect value
      = scene_cut_bottom (&rect, value_height (build), scene_em (build, 0.2));
  guint rows = (guint) CLAMP ((rect.height + 0.01) / row_height (build), 1,
                              SCENE_DUMP_ROWS);

  if (dump->width == 0) {
    add_nothing (build, figure, rect);
    return;
  }
  r.cell = MIN (room, byte_width (build) + scene_em (build, 1));
  guint64 first = first_shown (build, &r, rows, rect);
  for (guint i = 0; i < rows; i++)
    add_row (build, &r, first + i * (guint64) r.abreast,
             scene_cut_top (&rect, row_height (build), 0));
  add_value (build, figure, dump, value);
}
