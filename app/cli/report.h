/* What the command line says when something is wrong, and how it ends. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include <glib.h>

/* The exit status of the program. */
typedef enum {
  CLI_DONE = 0,
  CLI_FAILED = 1, /* an error in what was asked about */
  CLI_MISUSED = 2 /* a wrong use of the command */
} CliStatus;

/* From here on every text is English, whatever the reader's language: what
 * machines read must not depend on the locale. */
void cli_speak_english (void);

/* Both write to standard error, after what standard output still holds, and
 * return the status to end with. */

/* "FILE:LINE: reason", or "FILE: reason" for line 0. */
CliStatus cli_fail_at (const char *file, guint64 line, const char *reason);

/* "pagewalk-cli: reason". */
CliStatus cli_fail (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* The same for a wrong use of a command ("pte", "lesson run"; NULL: of the
 * program), with the advice to ask for its help. */
CliStatus cli_misuse (const char *command, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* Sends standard output on its way. FALSE, once it cannot be written: then it
 * is no use to go on. */
gboolean cli_flush (void);

/* The status to exit with: `status`, or a failure with its message if
 * standard output could not be written. */
CliStatus cli_end (CliStatus status);

#endif
