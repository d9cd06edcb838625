/* Numbers as people write them. */
#ifndef LESSON_NUMBER_H
#define LESSON_NUMBER_H

#include <glib.h>

/* Reads a number: decimal, 0x hexadecimal, 0b binary; underscores, blanks and
 * (decimal, groups of three) commas between digits; K, M, G, T, or KiB, MiB,
 * GiB, TiB behind it. With bare_hex, hexadecimal digits without 0x are read as
 * such, and nothing else is. Full-width letters and digits count as plain ones.
 * False if it is not a number of 64 bits. */
gboolean lesson_number_read (const char *text, gboolean bare_hex,
                             guint64 *value);

#endif
