/* Reading a script, line by line, from a file or standard input. */
#ifndef CLI_SCRIPT_H
#define CLI_SCRIPT_H

#include <glib.h>

/* The longest line that a script may have, without its end. */
#define CLI_SCRIPT_LINE 4096

typedef struct _CliScript CliScript;

typedef enum {
  CLI_LINE_READ,
  CLI_LINE_END, /* no line is left */
  CLI_LINE_BAD  /* cannot be read: *why says so */
} CliLine;

/* Opens a script; "-" is standard input. NULL and *why, translated and to be
 * freed, if that fails. Free with cli_script_free. */
CliScript *cli_script_open (const char *name, char **why);
void cli_script_free (CliScript *script);

/* Reads the next line: UTF-8 text without control characters, at most
 * CLI_SCRIPT_LINE bytes long, ended by LF or CR LF or the end of the file.
 * *why is translated and to be freed. */
CliLine cli_script_next (CliScript *script, char **why);

/* The line that was read last, without its end, and its number from 1. */
const char *cli_script_text (const CliScript *script);
guint64 cli_script_line (const CliScript *script);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliScript, cli_script_free)

#endif
