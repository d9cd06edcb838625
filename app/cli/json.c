/* Writes JSON objects, one a line. */
#include "json.h"

#define MAX_DEPTH 16

struct _CliJson {
  GString *text;
  char closing[MAX_DEPTH]; /* what ends each open object or array */
  int depth;
  gboolean first; /* no comma is due before the next value */
};

static void
append_escaped (GString *text, const char *value)
{
  for (const char *p = value; *p != '\0'; p++) {
    unsigned char c = (unsigned char) *p;
    if (c == '"' || c == '\\')
      g_string_append_printf (text, "\\%c", c);
    else if (c == '\n')
      g_string_append (text, "\\n");
    else if (c < 0x20 || c == 0x7f)
      g_string_append_printf (text, "\\u%04x", c);
    else
      g_string_append_c (text, *p);
  }
}

static void
begin_value (CliJson *json, const char *key)
{
  gboolean in_object = json->depth > 0 && json->closing[json->depth - 1] == '}';

  g_assert (in_object == (key != NULL));
  if (!json->first)
    g_string_append_c (json->text, ',');
  json->first = FALSE;
  if (key != NULL)
    g_string_append_printf (json->text, "\"%s\":", key);
}

static void
begin_nested (CliJson *json, const char *key, char opening, char closing)
{
  begin_value (json, key);
  g_assert (json->depth < MAX_DEPTH);
  g_string_append_c (json->text, opening);
  json->closing[json->depth++] = closing;
  json->first = TRUE;
}

static void
end_nested (CliJson *json, char closing)
{
  g_assert (json->depth > 0);
  g_assert (json->closing[json->depth - 1] == closing);
  json->depth--;
  g_string_append_c (json->text, closing);
  json->first = FALSE;
}

CliJson *
cli_json_new (void)
{
  CliJson *json = g_new0 (CliJson, 1);

  json->text = g_string_new (NULL);
  json->first = TRUE;
  return json;
}

void
cli_json_free (CliJson *json)
{
  if (json == NULL)
    return;
  g_string_free (json->text, TRUE);
  g_free (json);
}

void
cli_json_begin_object (CliJson *json, const char *key)
{
  begin_nested (json, key, '{', '}');
}

void
cli_json_end_object (CliJson *json)
{
  end_nested (json, '}');
}

void
cli_json_begin_array (CliJson *json, const char *key)
{
  begin_nested (json, key, '[', ']');
}

void
cli_json_end_array (CliJson *json)
{
  end_nested (json, ']');
}

void
cli_json_string (CliJson *json, const char *key, const char *value)
{
  begin_value (json, key);
  if (value == NULL) {
    g_string_append (json->text, "null");
    return;
  }
  g_autofree char *valid = g_utf8_make_valid (value, -1);
  g_string_append_c (json->text, '"');
  append_escaped (json->text, valid);
  g_string_append_c (json->text, '"');
}

void
cli_json_number (CliJson *json, const char *key, guint64 value)
{
  begin_value (json, key);
  g_string_append_printf (json->text, "%" G_GUINT64_FORMAT, value);
}

void
cli_json_hex (CliJson *json, const char *key, guint64 value)
{
  begin_value (json, key);
  g_string_append_printf (json->text, "\"0x%" G_GINT64_MODIFIER "x\"", value);
}

void
cli_json_decimal (CliJson *json, const char *key, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  begin_value (json, key);
  g_string_append (json->text,
                   g_ascii_formatd (text, sizeof text, "%.3f", value));
}

void
cli_json_boolean (CliJson *json, const char *key, gboolean value)
{
  begin_value (json, key);
  g_string_append (json->text, value ? "true" : "false");
}

void
cli_json_bytes (CliJson *json, const char *key, const guint8 *bytes,
                gsize length)
{
  static const char digits[] = "0123456789abcdef";

  begin_value (json, key);
  g_string_append_c (json->text, '"');
  for (gsize i = 0; i < length; i++) {
    g_string_append_c (json->text, digits[bytes[i] >> 4]);
    g_string_append_c (json->text, digits[bytes[i] & 15]);
  }
  g_string_append_c (json->text, '"');
}

void
cli_json_write_line (CliJson *json, FILE *stream)
{
  g_assert (json->depth == 0);
  g_string_append_c (json->text, '\n');
  fwrite (json->text->str, 1, json->text->len, stream);
  g_string_truncate (json->text, 0);
  json->first = TRUE;
}
