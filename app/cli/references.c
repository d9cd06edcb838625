/* Reads strings of references, from words and from files. */
#include "references.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "machine/ops.h"

#define PIECE (256u * 1024u)

/* Where reading stands: the word that is not at its end yet. */
typedef struct {
  GArray *references;
  char word[CLI_REFERENCE_WORD + 1]; /* not terminated */
  gsize length;
  gboolean in_comment;
} Reader;

GArray *
cli_references_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (struct vm_reference));
}

static gboolean
separates (char c)
{
  return c == ',' || c == ';' || c == ' ' || c == '\t' || c == '\r'
         || c == '\n';
}

/* A letter or a digit can be shown in a message as it is. */
static char *
spell (const char *word, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (word[i]))
      return g_strdup (_ ("this is not a list of page numbers"));
  return g_strdup_printf (
      _ ("“%.*s” is not a page number such as 7, 0x7 or 7w"), (int) length,
      word);
}

/* The word that was read is whole. */
static gboolean
finish (Reader *reader, char **why)
{
  struct vm_reference reference = {.next = VM_NEVER};
  gsize length = reader->length;

  if (length == 0)
    return TRUE;
  reader->length = 0;
  reference.write = g_ascii_tolower (reader->word[length - 1]) == 'w';
  if (!vm_number_parse (reader->word, length - reference.write,
                        &reference.page)) {
    *why = spell (reader->word, length);
    return FALSE;
  }
  if (reader->references->len >= VM_STRING_MOST) {
    *why = g_strdup_printf (_ ("more than %u references"),
                            (guint) VM_STRING_MOST);
    return FALSE;
  }
  g_array_append_val (reader->references, reference);
  return TRUE;
}

static gboolean
push (Reader *reader, char c, char **why)
{
  if (separates (c)) {
    reader->in_comment = reader->in_comment && c != '\n';
    return finish (reader, why);
  }
  if (reader->in_comment)
    return TRUE;
  if (c == '#') {
    reader->in_comment = TRUE;
    return finish (reader, why);
  }
  reader->word[reader->length++] = c;
  if (reader->length <= CLI_REFERENCE_WORD)
    return TRUE;
  *why = spell (reader->word, reader->length);
  return FALSE;
}

gboolean
cli_references_parse (GArray *references, const char *text, char **why)
{
  Reader reader = {.references = references};

  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '#') {
      *why = spell (c, 1);
      return FALSE;
    }
    if (!push (&reader, *c, why))
      return FALSE;
  }
  return finish (&reader, why);
}

static FILE *
open_file (const char *name, char **why)
{
  FILE *file = strcmp (name, "-") == 0 ? stdin : fopen (name, "re");
  struct stat info;

  if (file != NULL && fstat (fileno (file), &info) == 0
      && !S_ISDIR (info.st_mode))
    return file;
  *why = g_strdup (g_strerror (file != NULL ? EISDIR : errno));
  if (file != NULL && file != stdin)
    fclose (file);
  return NULL;
}

static gboolean
read_all (Reader *reader, FILE *file, guint64 *line, char **why)
{
  g_autofree char *piece = g_malloc (PIECE);
  gsize got;

  *line = 1;
  while ((got = fread (piece, 1, PIECE, file)) > 0)
    for (gsize i = 0; i < got; i++) {
      if (!push (reader, piece[i], why))
        return FALSE;
      *line += piece[i] == '\n';
    }
  if (!ferror (file))
    return finish (reader, why);
  *line = 0;
  *why = g_strdup (g_strerror (errno));
  return FALSE;
}

gboolean
cli_references_read (GArray *references, const char *name, guint64 *line,
                     char **why)
{
  Reader reader = {.references = references};
  FILE *file;

  *line = 0;
  file = open_file (name, why);
  if (file == NULL)
    return FALSE;
  gboolean good = read_all (&reader, file, line, why);
  if (file != stdin)
    fclose (file);
  return good;
}
