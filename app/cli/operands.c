/* Reads numbers and geometries from the command line. */
#include "operands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "machine/ops.h"

static char *
geometry_names (void)
{
  GString *names = g_string_new (NULL);

  for (int id = VM_GEOMETRY_NONE + 1; id < VM_GEOMETRIES; id++) {
    const struct vm_geometry *g = vm_geometry_of ((enum vm_geometry_id) id);
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", g->name);
  }
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
cli_geometry (CliArgs *args, const CliUsage *usage, const char *word)
{
  const struct vm_geometry *geometry = vm_geometry_named (word);

  if (geometry != NULL)
    return geometry;
  g_autofree char *names = geometry_names ();
  args->status = cli_misuse (
      usage->name, _ ("“%s” is not a geometry; there are: %s"), word, names);
  return NULL;
}
