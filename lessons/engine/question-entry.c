/* Reads and writes page-table entries in words. */
#include "question-entry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "number.h"

/* Fields ------------------------------------------------------------------ */

static gboolean
is_leaf (const LessonEntryForm *form, guint64 raw)
{
  return vm_pte_decode (form->geometry, form->level, raw, true).leaf;
}

const struct vm_pte_field *
lesson_entry_fields (const LessonEntryForm *form, guint64 raw, guint *count)
{
  return vm_pte_fields (form->geometry, form->level, is_leaf (form, raw),
                        count);
}

guint64
lesson_field_mask (const struct vm_pte_field *field)
{
  guint width = field->high - field->low + 1u;
  guint64 ones = width == 64 ? G_MAXUINT64
                             : (G_GUINT64_CONSTANT (1) << width) - 1;

  return ones << field->low;
}

gboolean
lesson_field_is_flag (const struct vm_pte_field *field)
{
  return field->high == field->low && g_ascii_isalpha (field->label[0]);
}

const char *
lesson_field_title (const struct vm_pte_field *field)
{
  static const struct {
    const char *name, *full;
  } names[] = {
      {"present", N_ ("present")},
      {"rw", N_ ("may be written")},
      {"user", N_ ("user mode may use it")},
      {"pwt", N_ ("write-through")},
      {"pcd", N_ ("not cached")},
      {"accessed", N_ ("accessed")},
      {"dirty", N_ ("dirty")},
      {"pat", N_ ("memory type")},
      {"ps", N_ ("maps a large page")},
      {"global", N_ ("global")},
      {"nx", N_ ("not executable")},
      {"valid", N_ ("valid")},
      {"read", N_ ("may be read")},
      {"write", N_ ("may be written")},
      {"execute", N_ ("may be executed")},
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].name, field->name) == 0)
      return _ (names[i].full);
  return field->name;
}

static gboolean
is_frame (const struct vm_pte_field *field)
{
  return g_str_has_prefix (field->name, "frame");
}

guint64
lesson_entry_frame (const LessonEntryForm *form, guint64 raw)
{
  return vm_pte_decode (form->geometry, form->level, raw, true).frame;
}

/* Bits of the frame may lie in two places, and the format knows where: it is
 * asked to encode it, and only those bits are taken. */
gboolean
lesson_entry_set_frame (const LessonEntryForm *form, guint64 frame,
                        guint64 *raw)
{
  struct vm_pte pte = vm_pte_decode (form->geometry, form->level, *raw, true);
  guint64 mask = 0;
  guint count;
  const struct vm_pte_field *fields = lesson_entry_fields (form, *raw, &count);

  for (guint i = 0; i < count; i++)
    if (is_frame (&fields[i]))
      mask |= lesson_field_mask (&fields[i]);
  if (frame > vm_pte_last_frame (form->geometry, form->level, pte.leaf))
    return FALSE;
  pte.frame = frame;
  guint64 changed
      = (*raw & ~mask)
        | (vm_pte_encode (form->geometry, form->level, &pte) & mask);
  if (lesson_entry_frame (form, changed) != frame)
    return FALSE;
  *raw = changed;
  return TRUE;
}

/* The field that a word names: by its stable name, or by the letters of the
 * pictures. The word ends with its length. */
static const struct vm_pte_field *
find_field (const LessonEntryForm *form, guint64 raw, const char *word,
            gsize length)
{
  guint count;
  const struct vm_pte_field *fields = lesson_entry_fields (form, raw, &count);

  for (guint i = 0; i < count; i++)
    if (strlen (fields[i].name) == length
        && g_ascii_strncasecmp (fields[i].name, word, length) == 0)
      return &fields[i];
  for (guint i = 0; i < count; i++)
    if (g_ascii_isalpha (fields[i].label[0])
        && strlen (fields[i].label) == length
        && g_ascii_strncasecmp (fields[i].label, word, length) == 0)
      return &fields[i];
  return NULL;
}

/* Reading ----------------------------------------------------------------- */

static gboolean G_GNUC_PRINTF (2, 3)
    refuse (char **why, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  *why = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return FALSE;
}

/* Reads "+rw-user": names behind signs. A name may hold hyphens, so the
 * longest that is known counts. */
static gboolean
read_signs (const LessonEntryForm *form, const char *word, guint64 *raw,
            char **why)
{
  const char *p = word;

  while (*p != '\0') {
    const struct vm_pte_field *field = NULL;
    gsize length = strlen (p + 1);
    for (; length > 0; length--)
      if (strchr ("+-", p[1 + length]) != NULL
          && (field = find_field (form, *raw, p + 1, length)) != NULL)
        break;
    if (field == NULL)
      return refuse (why, _ ("“%s” names no bit of the entry."), p);
    if (field->high != field->low)
      return refuse (why, _ ("“%s” has more than one bit; write %s=N."),
                     field->name, field->name);
    guint64 mask = lesson_field_mask (field);
    *raw = *p == '+' ? *raw | mask : *raw & ~mask;
    p += 1 + length;
  }
  return TRUE;
}

static gboolean
set_field (const LessonEntryForm *form, const char *name, guint64 number,
           guint64 *raw, char **why)
{
  const struct vm_pte_field *field
      = find_field (form, *raw, name, strlen (name));

  if (field == NULL)
    return refuse (why, _ ("“%s” names no part of the entry."), name);
  guint64 mask = lesson_field_mask (field);
  if (number > mask >> field->low)
    return refuse (why, _ ("%s has no room for that number."), field->name);
  *raw = (*raw & ~mask) | number << field->low;
  return TRUE;
}

/* Reads "frame=0x2b", "entry=0x2b007", "rw=1". */
static gboolean
read_value (const LessonEntryForm *form, const char *name, const char *value,
            guint64 *raw, char **why)
{
  guint bits = 8u * form->geometry->entry_bytes;
  guint64 number;

  if (!lesson_number_read (value, FALSE, &number))
    return refuse (why, _ ("“%s” is not a number."), value);
  if (g_ascii_strcasecmp (name, "entry") == 0) {
    if (bits < 64 && number >> bits != 0)
      return refuse (why, _ ("An entry has %u bits."), bits);
    *raw = number;
    return TRUE;
  }
  if (g_ascii_strcasecmp (name, "frame") != 0
      && g_ascii_strcasecmp (name, "table") != 0)
    return set_field (form, name, number, raw, why);
  if (!lesson_entry_set_frame (form, number, raw))
    return refuse (why, _ ("The entry cannot name that frame."));
  return TRUE;
}

static gboolean
read_word (const LessonEntryForm *form, const char *word, guint64 *raw,
           char **why)
{
  if (g_str_has_prefix (word, "bits="))
    word += strlen ("bits=");
  if (*word == '+' || *word == '-')
    return read_signs (form, word, raw, why);
  if (g_ascii_strcasecmp (word, "unchanged") == 0)
    return TRUE;

  const char *equals = strchr (word, '=');
  if (equals == NULL)
    return read_value (form, "entry", word, raw, why);
  g_autofree char *name = g_strndup (word, (gsize) (equals - word));
  return read_value (form, name, equals + 1, raw, why);
}

gboolean
lesson_entry_read (const LessonEntryForm *form, const char *words, guint64 *raw,
                   char **why)
{
  g_auto (GStrv) list = g_strsplit_set (words, " ,\t\n", -1);
  guint64 changed = *raw;
  gboolean any = FALSE;

  for (guint i = 0; list[i] != NULL; i++) {
    if (*list[i] == '\0')
      continue;
    any = TRUE;
    if (!read_word (form, list[i], &changed, why))
      return FALSE;
  }
  if (!any)
    return refuse (why, _ ("Nothing is filled in yet."));
  *raw = changed;
  return TRUE;
}

/* Writing ----------------------------------------------------------------- */

static void
append_field (GString *words, const struct vm_pte_field *field, guint64 from,
              guint64 to)
{
  guint64 mask = lesson_field_mask (field);
  const char *space = words->len > 0 ? " " : "";

  if (((from ^ to) & mask) == 0 || is_frame (field))
    return;
  if (field->high == field->low)
    g_string_append_printf (words, "%s%c%s", space,
                            (to & mask) != 0 ? '+' : '-', field->name);
  else
    g_string_append_printf (words, "%s%s=0x%" G_GINT64_MODIFIER "x", space,
                            field->name, (to & mask) >> field->low);
}

char *
lesson_entry_words (const LessonEntryForm *form, guint64 from, guint64 to)
{
  g_autoptr (GString) words = g_string_new (NULL);
  guint64 frame = lesson_entry_frame (form, to);
  guint64 reached = from;
  g_autofree char *why = NULL;
  guint count;
  const struct vm_pte_field *fields = lesson_entry_fields (form, from, &count);

  if (from == to)
    return g_strdup ("unchanged");
  if (frame != lesson_entry_frame (form, from))
    g_string_append_printf (words, "frame=0x%" G_GINT64_MODIFIER "x", frame);
  for (guint i = 0; i < count; i++)
    append_field (words, &fields[i], from, to);
  if (words->len > 0 && lesson_entry_read (form, words->str, &reached, &why)
      && reached == to)
    return g_strdup (words->str);
  return g_strdup_printf ("entry=0x%" G_GINT64_MODIFIER "x", to);
}
