/* What there is to say about an item of a still: its number, where it lies,
 * and which steps changed it. */

#include "datum.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "describe.h"
#include "numbers.h"
#include "record.h"
#include "referrers.h"
#include "tape/state.h"

/* Bits on one line of a binary number. */
#define LINE 16

/* Referrers that a card names; the rest are counted. */
#define REFERRERS 6

/* The number at a place, little-endian as the machine keeps it. */
static guint64
read_number (const struct vm_machine *machine, const SceneItem *item)
{
  const guint8 *bytes = (const guint8 *) vm_machine_state (machine)
                        + item->place;
  guint64 value = 0;

  for (guint i = 0; i < item->place_width; i++)
    value |= (guint64) bytes[i] << (8 * i);
  return value;
}

static gboolean
is_number (const SceneItem *item)
{
  struct vm_place_info info;

  if (item->place == SCENE_NO_PLACE || item->place_width > 8
      || !vm_place_describe (item->place, &info))
    return FALSE;
  /* Several small fields side by side are no number. */
  return info.field->width >= item->place_width;
}

/* Groups of four, some lines of them. */
static char *
binary_of (guint64 value, guint bits)
{
  GString *text = g_string_new (NULL);

  for (guint i = bits; i-- > 0;) {
    g_string_append_c (text, (value >> i & 1) != 0 ? '1' : '0');
    if (i > 0 && i % 4 == 0)
      g_string_append_c (text, i % LINE == 0 ? '\n' : ' ');
  }
  return g_string_free (text, FALSE);
}

static void
add_number (PwDatum *datum, guint64 value, guint bits)
{
  datum->hex = g_strdup (scene_number_offset (value, bits).s);
  datum->decimal = g_strdup_printf ("%" G_GUINT64_FORMAT, value);
  datum->binary = binary_of (value, bits);
}

static guint
bits_of (guint64 value, guint least)
{
  while (least < 64 && value >> least != 0)
    least += 4;
  return least;
}

/* What is not stored, or more than one field, may still mean one number. */
static void
add_meaning (PwDatum *datum, const struct vm_geometry *g, const SceneItem *item)
{
  guint64 number = item->meant;

  switch (item->meaning) {
  case SCENE_MEANS_NOTHING:
    return;
  case SCENE_MEANS_FRAME:
    add_number (datum, number, bits_of (number, 20));
    return;
  case SCENE_MEANS_PAGE:
    number >>= number % vm_geometry_page_bytes (g);
    add_number (datum, number, bits_of (number, 20));
    return;
  case SCENE_MEANS_INDEX: {
    const struct vm_level *level = &g->level[number >> 32];
    add_number (datum, number & G_MAXUINT32, level->high - level->low + 1u);
    return;
  }
  case SCENE_MEANS_OFFSET:
    add_number (datum, number, bits_of (number, g->page_shift));
    return;
  case SCENE_MEANS_PHYSICAL:
    add_number (datum, number, bits_of (number, 32));
    return;
  }
}

/* A record that has the number as one of its fields says it there. */
static gboolean
has_field (const GPtrArray *fields, const char *name)
{
  for (guint i = 0; fields != NULL && i < fields->len; i += 2)
    if (g_str_equal (g_ptr_array_index (fields, i), name))
      return TRUE;
  return FALSE;
}

static char *
physical_of (LessonPlay *play, const struct vm_place_info *info, guint32 place)
{
  const struct vm_state *state = vm_machine_state (play->machine);
  guint64 slot = state->slot_frame[info->index];
  guint64 pa = slot * VM_SLOT_SIZE
               + (place - info->array->offset) % VM_SLOT_SIZE;

  return g_strdup_printf (
      _ ("In physical memory, at address %s"),
      scene_number_physical (vm_machine_geometry (play->machine), pa).s);
}

/* "tlb[3]", "cpus[0].cr3", "counters.tlb_hits". */
static char *
path_of (const struct vm_place_info *info, guint32 width)
{
  GString *path = g_string_new (info->array->name);

  if (info->array->count > 1)
    g_string_append_printf (path, "[%u]", info->index);
  if (width <= info->field->width && info->array->field_count > 1)
    g_string_append_printf (path, ".%s", info->field->name);
  return g_string_free (path, FALSE);
}

static char *
where_of (LessonPlay *play, const SceneItem *item)
{
  struct vm_place_info info;

  if (!vm_place_describe (item->place, &info))
    return NULL;
  if (info.field->width == VM_SLOT_SIZE)
    return physical_of (play, &info, item->place);

  g_autofree char *path = path_of (&info, item->place_width);
  return g_strdup_printf (_ ("In the machine’s state, at %s"), path);
}

/* By which step it got what it holds at a cursor. */
static char *
changed_by (LessonPlay *play, const SceneItem *item, guint64 cursor)
{
  guint64 step;

  if (!vm_tape_last_change (vm_machine_tape (play->machine), cursor,
                            item->place, item->place_width, &step))
    return g_strdup (_ ("Nothing has changed it so far."));

  g_autofree char *sentence
      = scene_describe (play->machine, vm_machine_step (play->machine, step));
  if (step < play->first_step)
    return g_strdup_printf (_ ("Changed last while the machine was set up: %s"),
                            sentence);
  return g_strdup_printf (_ ("Changed last by step %u: %s"),
                          (guint) (step + 1 - play->first_step), sentence);
}

/* Standing just after a change, "why?" asks for the one before it. */
static void
add_why (PwDatum *datum, LessonPlay *play, const SceneItem *item,
         guint64 cursor)
{
  const struct vm_tape *tape = vm_machine_tape (play->machine);
  guint64 step;
  gboolean found = vm_tape_last_change (tape, cursor, item->place,
                                        item->place_width, &step);

  if (found && step + 1 == cursor)
    found = vm_tape_last_change (tape, step, item->place, item->place_width,
                                 &step);
  if (!found || step < play->first_step)
    datum->no_why = _ ("No earlier step of this lesson changes it.");
  else
    datum->why = step + 1;
}

static void
add_next (PwDatum *datum, LessonPlay *play, const SceneItem *item,
          guint64 cursor)
{
  guint64 step;

  if (!vm_tape_next_change (vm_machine_tape (play->machine), cursor,
                            item->place, item->place_width, &step)
      || step >= play->end_step)
    datum->no_next = _ ("No later step of this lesson changes it.");
  else
    datum->next = step + 1;
}

/* What the machine says about it, at its cursor. */
static void
add_machine (PwDatum *datum, LessonPlay *play, const SceneItem *item)
{
  datum->referrers
      = scene_referrers (play->machine, item, play->first_step, REFERRERS);
  datum->fields = scene_record_fields (play->machine, item);
  if (item->place != SCENE_NO_PLACE)
    datum->where = where_of (play, item);
  if (is_number (item))
    add_number (datum, read_number (play->machine, item),
                item->place_width * 8);
  else if (!has_field (datum->fields, "frame"))
    add_meaning (datum, vm_machine_geometry (play->machine), item);
}

PwDatum *
pw_datum_new (LessonPlay *play, const SceneStill *still, const SceneItem *item)
{
  PwDatum *datum = g_new0 (PwDatum, 1);
  guint64 cursor = vm_machine_cursor (play->machine);

  datum->name = g_strdup (item->name);
  datum->detail = g_strdup (item->detail);
  vm_machine_seek (play->machine, still->cursor);
  add_machine (datum, play, item);
  vm_machine_seek (play->machine, cursor);
  if (item->place == SCENE_NO_PLACE) {
    datum->no_why = _ ("It is worked out from the step, and stored nowhere.");
    datum->no_next = datum->no_why;
    return datum;
  }

  datum->changed = changed_by (play, item, still->cursor);
  add_why (datum, play, item, still->cursor);
  add_next (datum, play, item, still->cursor);
  return datum;
}

void
pw_datum_free (PwDatum *datum)
{
  if (datum == NULL)
    return;
  g_free (datum->name);
  g_free (datum->detail);
  g_clear_pointer (&datum->fields, g_ptr_array_unref);
  g_clear_pointer (&datum->referrers, g_ptr_array_unref);
  g_free (datum->hex);
  g_free (datum->decimal);
  g_free (datum->binary);
  g_free (datum->where);
  g_free (datum->changed);
  g_free (datum);
}

char *
pw_datum_value (const PwDatum *datum)
{
  return g_strdup (datum->hex != NULL ? datum->hex : datum->name);
}

char *
pw_datum_sentence (const PwDatum *datum)
{
  GString *text = g_string_new (datum->name);

  if (datum->detail != NULL)
    g_string_append_printf (text, "\n%s", datum->detail);
  if (datum->changed != NULL)
    g_string_append_printf (text, "\n%s", datum->changed);
  return g_string_free (text, FALSE);
}
