/* What a record of the machine's state holds, field by field. */
#include "record.h"

#include <inttypes.h>
#include <string.h>

#include "numbers.h"

static guint64
read_field (const guint8 *record, const struct vm_field_info *field)
{
  guint64 value = 0;

  for (guint i = 0; i < field->width; i++)
    value |= (guint64) record[field->offset + i] << (8 * i);
  return value;
}

static gboolean
is (const struct vm_field_info *field, const char *name)
{
  return strcmp (field->name, name) == 0;
}

/* A field of one byte is a flag, but for those that count. */
static gboolean
is_flag (const struct vm_field_info *field)
{
  return field->width == 1 && !is (field, "shift") && !is (field, "role")
         && !is (field, "level");
}

static guint
shift_of (const struct vm_machine *machine, const guint8 *record,
          const struct vm_array_info *array)
{
  for (guint i = 0; i < array->field_count; i++)
    if (is (&array->fields[i], "shift"))
      return (guint) read_field (record, &array->fields[i]);
  return vm_machine_state (machine)->config.page_shift;
}

/* A free frame is nobody's, whatever its record still says. */
static gboolean
is_free (const guint8 *record, const struct vm_array_info *array)
{
  for (guint i = 0; i < array->field_count; i++)
    if (is (&array->fields[i], "role"))
      return read_field (record, &array->fields[i]) == VM_FRAME_FREE;
  return FALSE;
}

static const char *
process_name (const struct vm_machine *machine, guint64 index)
{
  const struct vm_state *state = vm_machine_state (machine);

  return index < state->process_count
             ? vm_machine_name (machine, state->processes[index].name)
             : "—";
}

/* A value as the figures write it: an address in hex, a count in decimal. */
static char *
text_of (const struct vm_machine *machine, const struct vm_array_info *array,
         const guint8 *record, const struct vm_field_info *field)
{
  guint64 value = read_field (record, field);

  if (is (field, "page"))
    return g_strdup (scene_number_page (vm_machine_geometry (machine), value,
                                        shift_of (machine, record, array))
                         .s);
  if (is (field, "frame") || is (field, "root"))
    return g_strdup (
        scene_number_frame (vm_machine_geometry (machine), value).s);
  if (is (field, "entry"))
    return g_strdup (
        scene_number_physical (vm_machine_geometry (machine), value).s);
  if (is (field, "name"))
    return g_strdup (vm_machine_name (machine, (guint32) value));
  if (is (field, "owner"))
    return g_strdup (
        process_name (machine, is_free (record, array) ? G_MAXUINT64 : value));
  if (is (field, "role"))
    return g_strdup (vm_frame_role_name ((enum vm_frame_role) value));
  if (is (field, "start") || is (field, "end"))
    return g_strdup (
        scene_number_virtual (vm_machine_geometry (machine), value).s);
  if (is (field, "flags"))
    return g_strdup_printf ("0x%" PRIx64, value);
  return g_strdup_printf ("%" PRIu64, value);
}

static char *
flags_of (const struct vm_array_info *array, const guint8 *record)
{
  GString *flags = g_string_new (NULL);

  for (guint i = 0; i < array->field_count; i++) {
    const struct vm_field_info *field = &array->fields[i];

    if (!is_flag (field) || read_field (record, field) == 0)
      continue;
    if (flags->len > 0)
      g_string_append_c (flags, ' ');
    g_string_append (flags, field->name);
  }
  if (flags->len == 0)
    g_string_append (flags, "—");
  return g_string_free (flags, FALSE);
}

GPtrArray *
scene_record_fields (const struct vm_machine *machine, const SceneItem *item)
{
  const guint8 *record = (const guint8 *) vm_machine_state (machine);
  g_autoptr (GPtrArray) fields = NULL;
  struct vm_place_info info;
  gboolean flags = FALSE;

  if (item->place == SCENE_NO_PLACE || !vm_place_describe (item->place, &info)
      || info.array->field_count < 2 || item->place_width != info.array->stride)
    return NULL;

  record += item->place;
  fields = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < info.array->field_count; i++) {
    const struct vm_field_info *field = &info.array->fields[i];

    flags |= is_flag (field);
    if (is_flag (field) || g_str_has_prefix (field->name, "reserved"))
      continue;
    g_ptr_array_add (fields, g_strdup (field->name));
    g_ptr_array_add (fields, text_of (machine, info.array, record, field));
  }
  if (flags) {
    g_ptr_array_add (fields, g_strdup ("flags"));
    g_ptr_array_add (fields, flags_of (info.array, record));
  }
  return g_steal_pointer (&fields);
}
