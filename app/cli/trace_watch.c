/* Tells on standard error how far a long run is, and notices Ctrl-C. */
#include "trace.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* Between two lines, in microseconds: for a terminal, and elsewhere. */
#define TERMINAL_PAUSE 200000
#define LINE_PAUSE 1000000

struct _CliWatch {
  gboolean terminal, telling, shown;
  gint64 begun, told; /* when */
  struct sigaction before;
};

/* One Ctrl-C may come as several signals, if a program passes it on to a group
 * and its members; that many milliseconds later it is another one. */
#define SAME_INTERRUPT 300

static volatile sig_atomic_t interrupted;
static volatile gint64 interrupted_at; /* the handler's alone */

/* A second Ctrl-C ends the program at once. */
static void
on_interrupt (int number)
{
  struct timespec t;

  clock_gettime (CLOCK_MONOTONIC, &t);
  gint64 now = (gint64) t.tv_sec * 1000 + t.tv_nsec / 1000000;
  if (interrupted && now - interrupted_at > SAME_INTERRUPT) {
    signal (number, SIG_DFL);
    raise (number);
  }
  if (!interrupted)
    interrupted_at = now;
  interrupted = 1;
}

CliWatch *
cli_watch_new (gboolean asked)
{
  CliWatch *watch = g_new0 (CliWatch, 1);
  struct sigaction action = {.sa_handler = on_interrupt};

  sigaction (SIGINT, &action, &watch->before);
  watch->terminal = isatty (STDERR_FILENO) == 1;
  watch->telling = asked || watch->terminal;
  watch->begun = watch->told = g_get_monotonic_time ();
  return watch;
}

void
cli_watch_free (CliWatch *watch)
{
  if (watch == NULL)
    return;

  cli_watch_clear (watch);
  sigaction (SIGINT, &watch->before, NULL);
  g_free (watch);
}

void
cli_watch_clear (CliWatch *watch)
{
  if (watch->shown && watch->terminal)
    fputs ("\r\033[K", stderr);
  watch->shown = FALSE;
}

/* How long it will still take, as a piece of text; to be freed. */
static char *
time_left (double seconds, double fraction)
{
  if (fraction <= 0 || fraction >= 1)
    return g_strdup ("");
  double left = seconds * (1 - fraction) / fraction;
  /* Translators: seconds. */
  return g_strdup_printf (_ (", %.0f s left"), left);
}

static void
tell (CliWatch *watch, guint64 accesses, double fraction, gint64 now)
{
  double seconds = (double) (now - watch->begun) / 1e6;
  double rate = (double) accesses / MAX (seconds, 1e-6) / 1e6;
  double millions = (double) accesses / 1e6;
  g_autofree char *left = time_left (seconds, fraction);
  g_autofree char *text
      = fraction >= 0
            /* Translators: millions of accesses, how much of all, millions a
               second, and ", 12 s left" or nothing. */
            ? g_strdup_printf (
                _ ("%.1f million accesses (%.0f %%), %.1f million/s%s"),
                millions, 100 * fraction, rate, left)
            : g_strdup_printf (_ ("%.1f million accesses, %.1f million/s"),
                               millions, rate);

  cli_flush ();
  if (watch->terminal)
    fprintf (stderr, "\r\033[K%s", text);
  else
    fprintf (stderr, "%s\n", text);
  watch->shown = TRUE;
  watch->told = now;
}

gboolean
cli_watch_tick (guint64 accesses, double fraction, gpointer data)
{
  CliWatch *watch = data;
  gint64 now = g_get_monotonic_time ();
  gint64 pause = watch->terminal ? TERMINAL_PAUSE : LINE_PAUSE;

  if (watch->telling && now - watch->told >= pause)
    tell (watch, accesses, fraction, now);
  return !interrupted;
}

gboolean
cli_watch_interrupted (const CliWatch *watch)
{
  return interrupted;
}
