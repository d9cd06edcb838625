/* Collects text and writes it in large pieces. */
#include "buffer.h"

#include <stdarg.h>

void
cli_buffer_clear (CliBuffer *buffer)
{
  g_clear_pointer (&buffer->data, g_free);
  buffer->length = buffer->room = 0;
}

void
cli_buffer_grow (CliBuffer *buffer, gsize more)
{
  gsize room = MAX (buffer->room * 2, buffer->length + more);

  buffer->room = MAX (room, 512);
  buffer->data = g_realloc (buffer->data, buffer->room);
}

void
cli_buffer_number (CliBuffer *buffer, guint64 number)
{
  char digits[20];
  gsize count = 0;

  do
    digits[sizeof digits - ++count] = (char) ('0' + number % 10);
  while ((number /= 10) != 0);
  cli_buffer_bytes (buffer, digits + sizeof digits - count, count);
}

void
cli_buffer_hex (CliBuffer *buffer, guint64 number)
{
  static const char digits[] = "0123456789abcdef";
  guint bits = number == 0 ? 1 : 64 - (guint) __builtin_clzll (number);
  guint count = (bits + 3) / 4;
  char *at = cli_buffer_reserve (buffer, 18);

  at[0] = '0';
  at[1] = 'x';
  for (guint i = 0; i < count; i++)
    at[2 + i] = digits[number >> 4 * (count - 1 - i) & 15];
  buffer->length += 2 + count;
}

void
cli_buffer_pad_left (CliBuffer *buffer, gsize from, gsize width)
{
  gsize has = buffer->length - from;

  if (has >= width)
    return;
  cli_buffer_reserve (buffer, width - has);
  char *start = buffer->data + from;
  memmove (start + (width - has), start, has);
  memset (start, ' ', width - has);
  buffer->length += width - has;
}

void
cli_buffer_pad_right (CliBuffer *buffer, gsize from, gsize width)
{
  gsize has = buffer->length - from;

  if (has >= width)
    return;
  memset (cli_buffer_reserve (buffer, width - has), ' ', width - has);
  buffer->length += width - has;
}

void
cli_buffer_printf (CliBuffer *buffer, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  cli_buffer_text (buffer, text);
}

void
cli_buffer_write (CliBuffer *buffer, FILE *stream)
{
  if (buffer->length > 0)
    fwrite (buffer->data, 1, buffer->length, stream);
  buffer->length = 0;
}
