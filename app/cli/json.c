/* Writes JSON objects, one a line. */
#include "json.h"

#include "buffer.h"

#define MAX_DEPTH 16

struct _CliJson {
  CliBuffer text;
  char closing[MAX_DEPTH]; /* what ends each open object or array */
  int depth;
  gboolean first; /* no comma is due before the next value */
};

/* Nonzero where a byte of the eight is `byte`. */
static guint64
equals (guint64 eight, guint8 byte)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 differ = eight ^ ones * byte;

  return (differ - ones) & ~differ & (ones << 7);
}

/* True if a byte of the eight needs an escape, or may not be UTF-8: less than a
 * space, a quotation mark, a backslash, more than ASCII. */
static gboolean
needs_care (guint64 eight)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 low = (eight - ones * 0x20) & ~eight;

  return (((low | eight) & (ones << 7)) | equals (eight, '"')
          | equals (eight, '\\') | equals (eight, 0x7f))
         != 0;
}

/* How much of a text can be written as it is, in steps of eight bytes, but for
 * a short rest. */
static gsize
plain_length (const char *text, gsize length)
{
  guint64 eight;
  gsize done = 0;

  for (; done + sizeof eight <= length; done += sizeof eight) {
    memcpy (&eight, text + done, sizeof eight);
    if (needs_care (eight))
      return done;
  }
  eight = G_GUINT64_CONSTANT (0x2020202020202020);
  memcpy (&eight, text + done, length - done);
  return needs_care (eight) ? done : length;
}

static void
append_escaped (CliBuffer *text, const char *value)
{
  for (const char *p = value; *p != '\0'; p++) {
    guchar c = (guchar) *p;
    if (c == '"' || c == '\\')
      cli_buffer_byte (text, '\\');
    if (c == '\n')
      cli_buffer_text (text, "\\n");
    else if (c < 0x20 || c == 0x7f)
      cli_buffer_printf (text, "\\u%04x", c);
    else
      cli_buffer_byte (text, *p);
  }
}

static void
begin_value (CliJson *json, const char *key)
{
  gboolean in_object = json->depth > 0 && json->closing[json->depth - 1] == '}';

  g_assert (in_object == (key != NULL));
  gsize length = key != NULL ? strlen (key) : 0;
  char *at = cli_buffer_reserve (&json->text, length + 4);
  if (!json->first)
    *at++ = ',';
  json->first = FALSE;
  if (key != NULL) {
    *at++ = '"';
    memcpy (at, key, length);
    at += length;
    *at++ = '"';
    *at++ = ':';
  }
  json->text.length = (gsize) (at - json->text.data);
}

static void
begin_nested (CliJson *json, const char *key, char opening, char closing)
{
  begin_value (json, key);
  g_assert (json->depth < MAX_DEPTH);
  cli_buffer_byte (&json->text, opening);
  json->closing[json->depth++] = closing;
  json->first = TRUE;
}

static void
end_nested (CliJson *json, char closing)
{
  g_assert (json->depth > 0);
  g_assert (json->closing[json->depth - 1] == closing);
  json->depth--;
  cli_buffer_byte (&json->text, closing);
  json->first = FALSE;
}

CliJson *
cli_json_new (void)
{
  CliJson *json = g_new0 (CliJson, 1);

  json->first = TRUE;
  return json;
}

void
cli_json_free (CliJson *json)
{
  if (json == NULL)
    return;
  cli_buffer_clear (&json->text);
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
  if (value != NULL)
    cli_json_add_string (&json->text, value);
  else
    cli_buffer_text (&json->text, "null");
}

void
cli_json_number (CliJson *json, const char *key, guint64 value)
{
  begin_value (json, key);
  cli_buffer_number (&json->text, value);
}

void
cli_json_signed (CliJson *json, const char *key, gint64 value)
{
  begin_value (json, key);
  cli_buffer_printf (&json->text, "%" G_GINT64_FORMAT, value);
}

void
cli_json_hex (CliJson *json, const char *key, guint64 value)
{
  begin_value (json, key);
  cli_buffer_byte (&json->text, '"');
  cli_buffer_hex (&json->text, value);
  cli_buffer_byte (&json->text, '"');
}

void
cli_json_decimal (CliJson *json, const char *key, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  begin_value (json, key);
  cli_buffer_text (&json->text,
                   g_ascii_formatd (text, sizeof text, "%.3f", value));
}

void
cli_json_boolean (CliJson *json, const char *key, gboolean value)
{
  begin_value (json, key);
  cli_buffer_text (&json->text, value ? "true" : "false");
}

void
cli_json_bytes (CliJson *json, const char *key, const guint8 *bytes,
                gsize length)
{
  static const char digits[] = "0123456789abcdef";

  begin_value (json, key);
  cli_buffer_byte (&json->text, '"');
  for (gsize i = 0; i < length; i++) {
    cli_buffer_byte (&json->text, digits[bytes[i] >> 4]);
    cli_buffer_byte (&json->text, digits[bytes[i] & 15]);
  }
  cli_buffer_byte (&json->text, '"');
}

CliBuffer *
cli_json_begin_raw (CliJson *json, const char *key)
{
  begin_value (json, key);
  return &json->text;
}

void
cli_json_add_string (CliBuffer *text, const char *value)
{
  gsize length = strlen (value), plain = plain_length (value, length);
  char *at = cli_buffer_reserve (text, plain + 2);

  at[0] = '"';
  memcpy (at + 1, value, plain);
  text->length += plain + 1;
  if (plain < length) {
    g_autofree char *valid = g_utf8_make_valid (value + plain, -1);
    append_escaped (text, valid);
  }
  cli_buffer_byte (text, '"');
}

void
cli_json_relieve (CliJson *json, FILE *stream)
{
  cli_buffer_relieve (&json->text, stream);
}

void
cli_json_write_line (CliJson *json, FILE *stream)
{
  g_assert (json->depth == 0);
  cli_buffer_byte (&json->text, '\n');
  cli_buffer_write (&json->text, stream);
  json->first = TRUE;
}
