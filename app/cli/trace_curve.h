/* Curves of a trace: which sizes, and how they are printed and drawn. */
#ifndef CLI_TRACE_CURVE_H
#define CLI_TRACE_CURVE_H

#include "curve.h"
#include "trace.h"

/* Reads "8,16,32", "1..64" or a mixture into an ascending array of guint32;
 * NULL gives the usual sizes. NULL, and a message in args->status, if it is
 * none. */
GArray *cli_curve_sizes (CliArgs *args, const CliUsage *usage,
                         const char *word);

/* Prints the curves. */
void cli_curve_print (const CliTrace *trace, CliJson *json,
                      const TraceCurve *curve, const GArray *sizes,
                      gboolean interrupted);

/* Draws them into a file. False, and a message, if it cannot be written. */
gboolean cli_curve_draw (const CliTrace *trace, const TraceCurve *curve,
                         const GArray *sizes, const char *path);

#endif
