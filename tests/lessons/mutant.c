/* Takes one message away from a program, or notes which it brings up. */
#include <fcntl.h>
#include <libintl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SILENT "\001"

static int
is_muted (const char *site)
{
  const char *mute = getenv ("PAGEWALK_MUTE");
  return mute != NULL && strcmp (mute, site) == 0;
}

static void
note (const char *site)
{
  const char *path = getenv ("PAGEWALK_MUTANT_LOG");
  int fd = path != NULL ? open (path, O_WRONLY | O_APPEND | O_CREAT, 0600) : -1;
  if (fd < 0)
    return;
  dprintf (fd, "%s\n", site);
  close (fd);
}

const char *
mutant_text (const char *file, const char *text)
{
  char site[2000];
  const char *base = strrchr (file, '/');

  snprintf (site, sizeof site, "%s\t%s", base != NULL ? base + 1 : file, text);
  for (char *p = site; *p != '\0'; p++)
    if (*p == '\n')
      *p = ' ';
  if (is_muted (site))
    return SILENT;
  note (site);
  return dgettext ("pagewalk", text);
}

void __real_lesson_problems_add (void *problems, const char *file, int line,
                                 int column, const char *format, ...)
    __attribute__ ((weak));
void __wrap_lesson_problems_add (void *problems, const char *file, int line,
                                 int column, const char *format, ...);

void
__wrap_lesson_problems_add (void *problems, const char *file, int line,
                            int column, const char *format, ...)
{
  char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  if (vasprintf (&what, format, arguments) < 0)
    abort ();
  va_end (arguments);
  if (what[0] != SILENT[0])
    __real_lesson_problems_add (problems, file, line, column, "%s", what);
  free (what);
}
