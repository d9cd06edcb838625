/* Reads scripts and refuses what is not text. */
#include "script.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct _CliScript {
  FILE *file;
  guint64 line;
  gsize length;
  char text[CLI_SCRIPT_LINE + 2]; /* room for a CR and the final NUL */
};

/* A folder can be opened, but not read: better to know it at once. */
static gboolean
is_folder (FILE *file)
{
  struct stat info;

  return fstat (fileno (file), &info) == 0 && S_ISDIR (info.st_mode);
}

/* Takes bytes up to the next LF. FALSE at the end of the file, when no byte
 * came, and when there are too many: then length shows it. */
static gboolean
read_bytes (CliScript *script)
{
  int c;

  script->length = 0;
  while ((c = getc (script->file)) != EOF && c != '\n') {
    script->text[script->length++] = (char) c;
    if (script->length == sizeof script->text)
      return FALSE;
  }
  return c == '\n' || (script->length > 0 && !ferror (script->file));
}

static gboolean
is_text (const char *text, gsize length)
{
  if (!g_utf8_validate (text, (gssize) length, NULL))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if ((g_ascii_iscntrl (text[i]) && text[i] != '\t') || text[i] == '\x7f')
      return FALSE;
  return TRUE;
}

/* Some editors begin a file with a byte-order mark, which means nothing. */
static void
drop_mark (CliScript *script)
{
  static const char mark[] = "\xef\xbb\xbf";
  gsize size = strlen (mark);

  if (script->line != 1 || script->length < size
      || memcmp (script->text, mark, size) != 0)
    return;
  script->length -= size;
  memmove (script->text, script->text + size, script->length);
}

CliScript *
cli_script_open (const char *name, char **why)
{
  FILE *file = strcmp (name, "-") == 0 ? stdin : fopen (name, "re");

  if (file != NULL && is_folder (file)) {
    if (file != stdin)
      fclose (file);
    file = NULL;
    errno = EISDIR;
  }
  if (file == NULL) {
    *why = g_strdup (g_strerror (errno));
    return NULL;
  }
  CliScript *script = g_new0 (CliScript, 1);
  script->file = file;
  return script;
}

void
cli_script_free (CliScript *script)
{
  if (script == NULL)
    return;
  if (script->file != stdin)
    fclose (script->file);
  g_free (script);
}

CliLine
cli_script_next (CliScript *script, char **why)
{
  errno = 0;
  gboolean whole = read_bytes (script);
  int failure = errno != 0 ? errno : EIO;

  if (!whole && script->length == 0 && !ferror (script->file))
    return CLI_LINE_END;

  script->line++;
  if (ferror (script->file)) {
    *why = g_strdup (g_strerror (failure));
    return CLI_LINE_BAD;
  }
  drop_mark (script);
  if (whole && script->length > 0 && script->text[script->length - 1] == '\r')
    script->length--;
  if (!whole || script->length > CLI_SCRIPT_LINE) {
    *why = g_strdup_printf (_ ("the line is longer than %u bytes"),
                            CLI_SCRIPT_LINE);
    return CLI_LINE_BAD;
  }
  if (!is_text (script->text, script->length)) {
    *why = g_strdup (_ ("the line is not text in UTF-8"));
    return CLI_LINE_BAD;
  }
  script->text[script->length] = '\0';
  return CLI_LINE_READ;
}

const char *
cli_script_text (const CliScript *script)
{
  return script->text;
}

guint64
cli_script_line (const CliScript *script)
{
  return script->line;
}
