/* Where a program that was not installed finds what belongs to it. */
#include "tree.h"

#include <glib.h>
#include <string.h>

/* Variables, and the places in the tree that they stand for. */
static const struct {
  const char *variable, *place;
  gboolean built; /* made by the build, not a source */
} places[] = {
    {"PAGEWALK_LESSONS", "lessons/content", FALSE},
    {"PAGEWALK_EXERCISES", "lessons/exercises", FALSE},
    {"PAGEWALK_TRACES", "data/traces", FALSE},
    {"PAGEWALK_LOCALE", "po", TRUE},
    {"GSETTINGS_SCHEMA_DIR", "data", TRUE},
};

static gboolean
runs_below (const char *folder)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  gsize length = strlen (folder);

  return program != NULL && strncmp (program, folder, length) == 0
         && program[length] == '/';
}

void
lesson_tree_use (const char *source, const char *build)
{
  if (!runs_below (build))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *path = g_build_filename (places[i].built ? build : source,
                                              places[i].place, NULL);
    g_setenv (places[i].variable, path, FALSE);
  }
}
