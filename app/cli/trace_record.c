/* pagewalk-cli trace record: has valgrind write the trace of a program. */
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "operands.h"
#include "trace.h"

/* The descriptor that valgrind writes to. */
#define LOG_FD 3

static const CliUsage usage = {
    .name = "trace record",
    .synopsis = "[--output OUT] [--count N] -- PROGRAM ARGUMENT…",
    .summary
    = N_ ("Records every memory access of a program with valgrind, and writes "
          "the trace in our own format. It runs some hundred times slower "
          "meanwhile."),
    .min_words = 1,
    .max_words = -1,
};

static CliStatus
no_valgrind (void)
{
  return cli_fail (
      _ ("traces are recorded by valgrind, which is not installed here. Its "
         "package is called valgrind: “sudo apt install valgrind” on Debian "
         "and Ubuntu, “sudo dnf install valgrind” on Fedora, “sudo pacman -S "
         "valgrind” on Arch"));
}

/* Starts the program under valgrind; *fd is where its trace can be read. */
static GSubprocess *
start (char **words, int *fd, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_INHERIT);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  int ends[2];

  if (!g_unix_open_pipe (ends, FD_CLOEXEC, error))
    return NULL;
  g_subprocess_launcher_take_fd (launcher, ends[1], LOG_FD);
  g_strv_builder_add_many (builder, "valgrind", "--tool=lackey",
                           "--trace-mem=yes", "--basic-counts=no", "-q",
                           "--log-fd=3", NULL);
  for (guint i = 0; words[i] != NULL; i++)
    g_strv_builder_add (builder, words[i]);
  g_auto (GStrv) command = g_strv_builder_end (builder);
  GSubprocess *program = g_subprocess_launcher_spawnv (
      launcher, (const char *const *) command, error);
  *fd = ends[0];
  if (program == NULL)
    close (ends[0]);
  return program;
}

static CliStatus
copy (TraceStream *stream, CliTraceWriter *writer, CliWatch *watch,
      guint64 most, guint64 *written)
{
  const TraceBatch *batch;

  while (*written < most
         && (batch = trace_stream_next (stream, FALSE)) != NULL) {
    gsize count = (gsize) MIN (batch->count, most - *written);
    if (!cli_trace_write (writer, batch->process, batch->records, count))
      return CLI_FAILED;
    *written += count;
    if (!cli_watch_tick (*written, -1, watch))
      break;
  }
  return CLI_DONE;
}

/* What valgrind wrote becomes a file. */
static CliStatus
keep (TraceStream *stream, const char *output, guint64 most)
{
  g_autoptr (CliTraceWriter) writer
      = cli_trace_writer_new (output, FALSE, VM_PAGE_SHIFT);
  g_autoptr (CliWatch) watch = cli_watch_new (FALSE);
  guint64 written = 0, line;

  if (writer == NULL)
    return CLI_FAILED;
  CliStatus status = copy (stream, writer, watch, most, &written);
  gboolean whole = written < most && !cli_watch_interrupted (watch);
  const char *problem = whole ? trace_stream_problem (stream, &line) : NULL;
  cli_watch_clear (watch);
  if (status != CLI_DONE)
    return status;
  if (problem != NULL)
    return cli_fail_at ("valgrind", line, problem);
  if (!cli_trace_writer_finish (g_steal_pointer (&writer)))
    return CLI_FAILED;
  fprintf (stderr, _ ("%s: %" PRIu64 " accesses\n"), output, written);
  return CLI_DONE;
}

static char **
without_dashes (CliArgs *args)
{
  char **words = g_new0 (char *, (gsize) args->count + 1);

  for (int i = 0; i < args->count; i++)
    words[i] = g_strdup (args->words[i]);
  return words;
}

static CliStatus
record (CliArgs *args, const char *output, guint64 most)
{
  g_auto (GStrv) words = without_dashes (args);
  g_autoptr (GError) error = NULL;
  int fd = -1;

  g_autoptr (GSubprocess) program = start (words, &fd, &error);
  if (program == NULL)
    return cli_fail ("%s", error->message);
  TraceStream *stream
      = trace_stream_open_fd (fd, VM_TRACE_LACKEY, VM_PAGE_SHIFT);
  CliStatus status = keep (stream, output, most);
  g_subprocess_force_exit (program);
  trace_stream_free (stream);
  return status;
}

CliStatus
cli_trace_record (CliArgs *args)
{
  const char *output = NULL, *count = NULL;
  const CliOption options[] = {
      {"output", "OUT", NULL, &output,
       N_ ("The file to write: trace.pwt.gz; .gz is compressed")},
      {"count", "N", NULL, &count, N_ ("Stop after N accesses")},
      {NULL, NULL, NULL, NULL, NULL},
  };
  guint64 most = G_MAXUINT64;

  args->words++;
  args->count--;
  if (!cli_args_parse (args, &usage, options))
    return args->status;
  if (count != NULL && !cli_number (args, &usage, count, &most))
    return args->status;

  g_autofree char *valgrind = g_find_program_in_path ("valgrind");
  if (valgrind == NULL)
    return no_valgrind ();
  return record (args, output != NULL ? output : "trace.pwt.gz", most);
}
