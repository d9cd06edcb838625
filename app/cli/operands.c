/* Reads numbers and geometries from the command line. */
#include "operands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "machine/geometry_op.h"
#include "problem.h"

static char *
geometry_names (void)
{
  GString *names = g_string_new (NULL);

  for (int id = VM_GEOMETRY_NONE + 1; id < VM_GEOMETRIES; id++) {
    const struct vm_geometry *g = vm_geometry_of ((enum vm_geometry_id) id);
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", g->name);
  }
  g_string_append (names, ", toy:va=14,pa=12,page=64,levels=1,entry=4");
  return g_string_free (names, FALSE);
}

gboolean
cli_number (CliArgs *args, const CliUsage *usage, const char *word,
            guint64 *value)
{
  uint64_t number;

  if (vm_number_parse (word, strlen (word), &number)) {
    *value = number;
    return TRUE;
  }
  args->status = cli_misuse (
      usage->name, _ ("“%s” is not a number of at most 64 bits"), word);
  return FALSE;
}

const struct vm_geometry *
cli_geometry (CliArgs *args, const CliUsage *usage, const char *word,
              struct vm_geometry *room)
{
  struct vm_error error;
  const struct vm_geometry *geometry = vm_geometry_read (word, room, &error);

  if (geometry != NULL)
    return geometry;
  if (g_str_has_prefix (word, "toy:")) {
    g_autofree char *why = lesson_error_text (&error);
    args->status = cli_misuse (usage->name, "%s: %s", word, why);
    return NULL;
  }
  g_autofree char *names = geometry_names ();
  args->status = cli_misuse (
      usage->name, _ ("“%s” is not a geometry; there are: %s"), word, names);
  return NULL;
}

gboolean
cli_paper_size (CliArgs *args, const CliUsage *usage, const char *word,
                const ScenePaperSize **size)
{
  for (*size = scene_paper_sizes; (*size)->name != NULL; (*size)++)
    if (word == NULL || strcmp ((*size)->name, word) == 0)
      return TRUE;
  args->status
      = cli_misuse (usage->name, _ ("Paper is a4 or letter, not “%s”"), word);
  return FALSE;
}
