/* Asks the running kernel. */
#include "running.h"

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

/* N of Linux 6.N; 0: another kernel is running. */
static guint
running_kernel (void)
{
  struct utsname name;
  guint major, minor;

  if (uname (&name) != 0 || strcmp (name.sysname, "Linux") != 0
      || strcmp (name.machine, "x86_64") != 0
      || sscanf (name.release, "%u.%u", &major, &minor) != 2)
    return 0;
  return major == 6 && minor >= 1 && minor <= 99 ? minor : 0;
}

/* Pages of a region of our own, by its name; 0: there is none. */
static guint64
pages_of (const char *maps, const char *name)
{
  const char *found = strstr (maps, name);
  guint64 start, end;

  if (found == NULL)
    return 0;
  while (found > maps && found[-1] != '\n')
    found--;
  if (sscanf (found, "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x", &start,
              &end)
      != 2)
    return 0;
  return (end - start) >> 12;
}

/* What the kernel told us. The C library's own function says less of
 * AT_HWCAP. */
static guint64
aux_value (const char *bytes, gsize size, guint64 type)
{
  guint64 pair[2];

  for (gsize at = 0; at + sizeof pair <= size; at += sizeof pair) {
    memcpy (pair, bytes + at, sizeof pair);
    if (pair[0] == type)
      return pair[1];
  }
  return 0;
}

static void
append_processor (GString *line)
{
  static const struct {
    const char *name;
    guint64 type;
  } values[] = {{"hwcap", 16}, {"hwcap2", 26}, {"signal-stack", 51}};
  g_autofree char *bytes = NULL;
  gsize size;

  if (!g_file_get_contents ("/proc/self/auxv", &bytes, &size, NULL))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_string_append_printf (line, " %s=%" G_GUINT64_FORMAT, values[i].name,
                            aux_value (bytes, size, values[i].type));
}

static void
append_sizes (GString *line)
{
  g_autofree char *maps = NULL;

  if (!g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL))
    return;
  g_string_append_printf (
      line,
      " vvar=%" G_GUINT64_FORMAT " vclock=%" G_GUINT64_FORMAT
      " vdso=%" G_GUINT64_FORMAT,
      pages_of (maps, "[vvar]"), pages_of (maps, "[vvar_vclock]"),
      pages_of (maps, "[vdso]"));
}

char *
program_running (guint kernel, guint bits)
{
  guint running = running_kernel ();
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "uid=%u gid=%u", getuid (), getgid ());
  if (kernel != 0 || running != 0)
    g_string_append_printf (line, " kernel=%u", kernel != 0 ? kernel : running);
  if (running == 0)
    return g_string_free (line, FALSE);
  append_processor (line);
  /* A program of ours has 64 bits, and so has the vdso that it sees. */
  if (kernel == 0 && bits == 64)
    append_sizes (line);
  return g_string_free (line, FALSE);
}
