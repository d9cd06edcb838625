/* Writing JSON: one object a line, names in the order they are given.
 *
 * The writer keeps one object in memory until it is whole, so a reader never
 * sees half of one. In an array the key is NULL. Keys are plain names that
 * need no escapes; nesting that does not match is our bug and stops us. */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <glib.h>
#include <stdio.h>

#include "buffer.h"

typedef struct _CliJson CliJson;

/* An empty writer. Free with cli_json_free. */
CliJson *cli_json_new (void);
void cli_json_free (CliJson *json);

void cli_json_begin_object (CliJson *json, const char *key);
void cli_json_end_object (CliJson *json);
void cli_json_begin_array (CliJson *json, const char *key);
void cli_json_end_array (CliJson *json);

/* A string; bytes that are not UTF-8 become U+FFFD. NULL becomes null. */
void cli_json_string (CliJson *json, const char *key, const char *value);

/* A number in decimal digits. */
void cli_json_number (CliJson *json, const char *key, guint64 value);
void cli_json_signed (CliJson *json, const char *key, gint64 value);

/* A string such as "0x1f": lower case, no leading zeros. */
void cli_json_hex (CliJson *json, const char *key, guint64 value);

/* A number with three digits behind the point, whatever the locale. */
void cli_json_decimal (CliJson *json, const char *key, double value);
void cli_json_boolean (CliJson *json, const char *key, gboolean value);

/* A string of two hex digits a byte, in the order of the bytes. */
void cli_json_bytes (CliJson *json, const char *key, const guint8 *bytes,
                     gsize length);

/* Begins a value that the caller writes itself, into the buffer that is
 * returned: where there are very many of one kind. `cli_json_add_string` adds a
 * string with its quotation marks there. */
CliBuffer *cli_json_begin_raw (CliJson *json, const char *key);
void cli_json_add_string (CliBuffer *text, const char *value);

/* Writes what there is of an unfinished object, once that is much: the reader
 * sees it begin before it is whole. For objects too large to be kept. */
void cli_json_relieve (CliJson *json, FILE *stream);

/* Writes the finished object and a newline to a stream, and starts anew. The
 * stream keeps the error if it cannot be written. */
void cli_json_write_line (CliJson *json, FILE *stream);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliJson, cli_json_free)

#endif
