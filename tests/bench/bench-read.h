/* How long it takes to read a trace in text, held against counting its lines.
 */
#ifndef BENCH_READ_H
#define BENCH_READ_H

#include <glib.h>

#include "replay/record.h"

/* Writes records as lackey would, over and over, to a file of so many lines,
 * reads it, and has `wc -l` count them, by turns. Prints both, and returns how
 * many times as long the reading takes; 0 if it could not be done. */
double bench_read (const GArray *records, guint lines);

#endif
