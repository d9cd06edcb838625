/* Reports errors on standard error. */
#include "report.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>

/* Why standard output could not be written; 0 as long as it could. */
static int output_errno;

static CliStatus
write_error (CliStatus status, const char *text)
{
  cli_flush ();
  fprintf (stderr, "%s\n", text);
  return status;
}

void
cli_speak_english (void)
{
  setlocale (LC_MESSAGES, "C");
}

CliStatus
cli_fail_at (const char *file, guint64 line, const char *reason)
{
  g_autofree char *text = line > 0
                              ? g_strdup_printf ("%s:%" G_GUINT64_FORMAT ": %s",
                                                 file, line, reason)
                              : g_strdup_printf ("%s: %s", file, reason);

  return write_error (CLI_FAILED, text);
}

CliStatus
cli_fail (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autofree char *text = g_strdup_printf ("pagewalk-cli: %s", reason);
  return write_error (CLI_FAILED, text);
}

CliStatus
cli_misuse (const char *command, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autofree char *help
      = command != NULL ? g_strdup_printf ("pagewalk-cli %s --help", command)
                        : g_strdup ("pagewalk-cli --help");
  g_autofree char *advice = g_strdup_printf (_ ("Try “%s”."), help);
  g_autofree char *text
      = g_strdup_printf ("pagewalk-cli: %s\n%s", reason, advice);
  return write_error (CLI_MISUSED, text);
}

gboolean
cli_flush (void)
{
  if (output_errno != 0)
    return FALSE;

  errno = 0;
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;
  output_errno = errno != 0 ? errno : EIO;
  return FALSE;
}

CliStatus
cli_end (CliStatus status)
{
  if (cli_flush ())
    return status;

  fprintf (stderr, "pagewalk-cli: %s: %s\n", _ ("standard output"),
           g_strerror (output_errno));
  return CLI_FAILED;
}
