/* Breaks paragraphs into lines for a terminal. */
#include "wrap.h"

#include <glib.h>
#include <stdio.h>

/* Letters that must stay together, and what stood before them. */
typedef struct {
  const char *start;
  int length; /* bytes */
  int width;  /* cells */
  gboolean spaced;
} Piece;

static int
letter_width (gunichar letter)
{
  if (g_unichar_iszerowidth (letter))
    return 0;
  return g_unichar_iswide (letter) ? 2 : 1;
}

/* May a line break before this letter, although there is no space? Chinese
 * text breaks anywhere, but not before its full stops and closing marks. */
static gboolean
may_break_before (gunichar before, gunichar letter)
{
  if (!g_unichar_iswide (before) && !g_unichar_iswide (letter))
    return FALSE;
  return !g_unichar_ispunct (letter)
         || g_unichar_type (letter) == G_UNICODE_OPEN_PUNCTUATION;
}

static gboolean
next_piece (const char **rest, Piece *piece)
{
  const char *p = *rest;
  gunichar before = 0;

  while (g_ascii_isspace (*p))
    p++;
  *piece = (Piece){.start = p, .spaced = p != *rest};
  while (*p != '\0' && !g_ascii_isspace (*p)) {
    gunichar letter = g_utf8_get_char (p);
    if (before != 0 && may_break_before (before, letter))
      break;
    piece->width += letter_width (letter);
    before = letter;
    p = g_utf8_next_char (p);
  }
  piece->length = (int) (p - piece->start);
  *rest = p;
  return piece->length > 0;
}

int
cli_text_width (const char *text)
{
  int width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += letter_width (g_utf8_get_char (p));
  return width;
}

void
cli_wrap (const char *first, const char *text)
{
  int indent = cli_text_width (first), column = indent;
  Piece piece;

  fputs (first, stdout);
  while (next_piece (&text, &piece)) {
    int space = piece.spaced && column > indent ? 1 : 0;
    if (column > indent && column + space + piece.width > CLI_WRAP_WIDTH) {
      printf ("\n%*s", indent, "");
      column = indent;
      space = 0;
    }
    printf ("%*s%.*s", space, "", piece.length, piece.start);
    column += space + piece.width;
  }
  fputs ("\n", stdout);
}
