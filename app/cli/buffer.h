/* Text on its way out: numbers are formatted by hand and what is written goes
 * out in large pieces. For what prints tens of thousands of lines; a few lines
 * are printed with printf. */
#ifndef CLI_BUFFER_H
#define CLI_BUFFER_H

#include <glib.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  char *data; /* not ended with a NUL */
  gsize length, room;
} CliBuffer;

void cli_buffer_clear (CliBuffer *buffer);

/* Makes room for `more` bytes and says where they go; the caller adds to the
 * length what it used. */
void cli_buffer_grow (CliBuffer *buffer, gsize more);

static inline char *
cli_buffer_reserve (CliBuffer *buffer, gsize more)
{
  if (G_UNLIKELY (buffer->room - buffer->length < more))
    cli_buffer_grow (buffer, more);
  return buffer->data + buffer->length;
}

static inline void
cli_buffer_bytes (CliBuffer *buffer, const char *text, gsize length)
{
  memcpy (cli_buffer_reserve (buffer, length), text, length);
  buffer->length += length;
}

static inline void
cli_buffer_byte (CliBuffer *buffer, char byte)
{
  *cli_buffer_reserve (buffer, 1) = byte;
  buffer->length++;
}

static inline void
cli_buffer_text (CliBuffer *buffer, const char *text)
{
  cli_buffer_bytes (buffer, text, strlen (text));
}

/* A text of a few characters, which a loop copies faster. */
static inline void
cli_buffer_word (CliBuffer *buffer, const char *word)
{
  while (*word != '\0')
    cli_buffer_byte (buffer, *word++);
}

/* In decimal digits; "0x1f", in lower case without leading zeros. */
void cli_buffer_number (CliBuffer *buffer, guint64 number);
void cli_buffer_hex (CliBuffer *buffer, guint64 number);

/* Spaces in front of what was added since `from`, or behind it, until it is
 * `width` characters wide, as long as a character is a byte. */
void cli_buffer_pad_left (CliBuffer *buffer, gsize from, gsize width);
void cli_buffer_pad_right (CliBuffer *buffer, gsize from, gsize width);

/* As printf does. */
void cli_buffer_printf (CliBuffer *buffer, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* Sends it to a stream, which keeps the error if it cannot be written, and is
 * empty then. `cli_buffer_relieve` does so once there is much. */
void cli_buffer_write (CliBuffer *buffer, FILE *stream);

static inline void
cli_buffer_relieve (CliBuffer *buffer, FILE *stream)
{
  if (buffer->length >= 256 * 1024)
    cli_buffer_write (buffer, stream);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliBuffer, cli_buffer_clear)

#endif
