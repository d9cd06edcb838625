/* Reads numbers as people write them. */
#include "number.h"

#include <string.h>

/* Between digits: blanks of any kind, underscores, commas. */
static gboolean
is_separator (gunichar c)
{
  return c == '_' || c == ',' || g_unichar_isspace (c) || c == 0x202f;
}

/* Copies text without separators between two letters or digits. False if a
 * separator stands elsewhere, if commas do not part groups of three, or if
 * something is no letter or digit. */
static gboolean
squeeze (const char *text, GString *out)
{
  gunichar before = 0;
  guint since_comma = 0;
  gboolean commas = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (c < 128 && g_ascii_isalnum ((char) c)) {
      g_string_append_c (out, (char) c);
      since_comma++;
    } else if (!is_separator (c) || before == 0 || is_separator (before)) {
      return FALSE;
    } else if (c == ',') {
      if (commas ? since_comma != 3 : since_comma > 3)
        return FALSE;
      commas = TRUE;
      since_comma = 0;
    }
    before = c;
  }
  return before != 0 && !is_separator (before) && (!commas || since_comma == 3);
}

/* Takes a unit (k, m, g, t, also with "ib" behind it) off the end of the
 * digits. Returns the shift that it stands for, 0 if there is none. */
static guint
take_unit (GString *digits)
{
  static const char units[] = "kmgt";
  gsize length = digits->len;

  if (length > 3 && g_str_has_suffix (digits->str, "ib"))
    length -= 2;
  const char *unit = length > 1 ? strchr (units, digits->str[length - 1])
                                : NULL;
  if (unit == NULL)
    return 0;
  g_string_truncate (digits, length - 1);
  return 10 * ((guint) (unit - units) + 1);
}

static gboolean
read_digits (const char *digits, guint base, guint64 *value)
{
  guint64 number = 0;

  if (*digits == '\0')
    return FALSE;
  for (; *digits != '\0'; digits++) {
    int digit = g_ascii_xdigit_value (*digits);
    if (digit < 0 || (guint) digit >= base)
      return FALSE;
    if (number > (G_MAXUINT64 - (guint) digit) / base)
      return FALSE;
    number = number * base + (guint) digit;
  }
  *value = number;
  return TRUE;
}

gboolean
lesson_number_read (const char *text, gboolean bare_hex, guint64 *value)
{
  /* Full-width letters and digits, and wide blanks, become plain ones. */
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  if (plain == NULL)
    return FALSE;
  g_autofree char *lower = g_ascii_strdown (g_strstrip (plain), -1);
  g_autoptr (GString) digits = g_string_new (NULL);
  guint64 number;

  if (!squeeze (lower, digits))
    return FALSE;
  if (bare_hex)
    return read_digits (digits->str, 16, value);

  gboolean hex = g_str_has_prefix (digits->str, "0x");
  gboolean binary = g_str_has_prefix (digits->str, "0b");
  guint shift = take_unit (digits);
  const char *begin = digits->str + (hex || binary ? 2 : 0);
  if (!read_digits (begin,
                    hex      ? 16
                    : binary ? 2
                             : 10,
                    &number)
      || (shift > 0 && number >> (64 - shift) != 0))
    return FALSE;
  *value = number << shift;
  return TRUE;
}
