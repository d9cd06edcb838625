/* pagewalk-cli trace: a recorded trace through TLB, page tables, policies. */
#include "trace.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "problem.h"
#include "trace_curve.h"

const struct vm_geometry *
cli_trace_geometry (const CliTrace *trace)
{
  return trace->config.geometry == VM_GEOMETRY_TOY
             ? &trace->toy
             : vm_geometry_of (trace->config.geometry);
}

/* A run through the trace. */
typedef struct {
  const CliTrace *trace;
  CliJson *json;
  TraceStream *stream;
  CliOpening *opening;    /* NULL but to open an access */
  TraceCurve *curve;      /* NULL but for a curve */
  TracePlay *play;        /* NULL when converting */
  CliTraceWriter *writer; /* NULL when replaying */
  CliWatch *watch;
  guint64 *windows; /* of each replay: the number of the next */
  guint64 passed;   /* accesses that were skipped or used */
} Run;

static CliStatus
fail_access (const Run *run, guint64 at, const struct vm_error *error)
{
  g_autofree char *text = lesson_error_text (error);
  g_autofree char *what
      = g_strdup_printf (_ ("access %" PRIu64 ": %s"), at, text);

  cli_watch_clear (run->watch);
  return cli_fail_at (run->trace->file, 0, what);
}

static void
print_windows (Run *run)
{
  guint count = run->play != NULL && run->trace->window != 0
                    ? trace_play_count (run->play)
                    : 0;

  for (guint i = 0; i < count; i++)
    cli_trace_windows (run->trace, run->json, run->play, i, &run->windows[i]);
}

/* Uses what of a batch lies between --skip and --count. */
static CliStatus
use_batch (Run *run, const TraceBatch *batch)
{
  const CliTrace *trace = run->trace;
  guint64 end = trace->count > G_MAXUINT64 - trace->skip
                    ? G_MAXUINT64
                    : trace->skip + trace->count;
  guint64 first = MAX (run->passed, trace->skip);
  guint64 last = MIN (run->passed + batch->count, end);
  struct vm_error error;
  guint64 at = 0;

  if (first >= last) {
    run->passed += batch->count;
    return CLI_DONE;
  }
  const vm_record *records = batch->records + (first - run->passed);
  gsize count = (gsize) (last - first);
  run->passed += batch->count;
  if (run->opening != NULL)
    return cli_opening_use (run->opening, batch->process, records, count);
  if (run->curve != NULL)
    return trace_curve_records (run->curve, batch->process, records, count,
                                &error, &at)
               ? CLI_DONE
               : fail_access (run, at, &error);
  if (run->writer != NULL)
    return cli_trace_write (run->writer, batch->process, records, count)
               ? CLI_DONE
               : CLI_FAILED;
  if (!trace_play_records (run->play, batch->process, records, count, &error,
                           &at))
    return fail_access (run, at, &error);
  print_windows (run);
  return CLI_DONE;
}

static gboolean
is_enough (const Run *run)
{
  const CliTrace *trace = run->trace;

  if (run->opening != NULL && cli_opening_done (run->opening))
    return TRUE;
  return run->passed >= trace->skip
         && run->passed - trace->skip >= trace->count;
}

/* How far it is, of the file or of --count, whichever is farther; negative if
 * nobody knows. */
static double
fraction_of (const Run *run, double fraction_of_file)
{
  double wanted = (double) run->trace->skip + (double) run->trace->count;

  return run->trace->count == G_MAXUINT64
             ? fraction_of_file
             : MAX (fraction_of_file, (double) run->passed / wanted);
}

/* Reads the trace to its end, or to where it is stopped. */
static CliStatus
read_trace (Run *run)
{
  const TraceBatch *batch;
  CliStatus status = CLI_DONE;
  double fraction = -1;
  guint64 line;

  while (status == CLI_DONE && !is_enough (run)
         && (batch = trace_stream_next (run->stream, FALSE)) != NULL) {
    if (batch->count > 0) {
      fraction = batch->fraction;
      status = use_batch (run, batch);
    }
    if (!cli_watch_tick (run->passed, fraction_of (run, fraction), run->watch))
      return status;
  }
  const char *problem
      = is_enough (run) ? NULL : trace_stream_problem (run->stream, &line);
  if (problem == NULL || status != CLI_DONE)
    return status;
  cli_watch_clear (run->watch);
  return cli_fail_at (run->trace->file, line, problem);
}

CliStatus
cli_trace_refuse_opt (const CliTrace *trace, guint64 bytes)
{
  g_autofree char *needed = g_format_size_full (bytes, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *most
      = g_format_size_full (trace->memory_limit, G_FORMAT_SIZE_IEC_UNITS);

  /* Translators: amounts of memory. */
  return cli_fail (_ ("OPT must know what comes, and needs %s for this trace; "
                      "--memory-limit allows %s"),
                   needed, most);
}

/* OPT plays when all is known: not if that was too much, or never came. */
static gboolean
is_unplayed (const Run *run, guint i)
{
  enum vm_policy policy
      = g_array_index (run->trace->policies, enum vm_policy, i);

  return policy == VM_POLICY_OPT
         && run->trace->config.frames != VM_REPLAY_ALL_FRAMES
         && (trace_play_refused (run->play) != 0
             || cli_watch_interrupted (run->watch));
}

static void
print_results (Run *run)
{
  gboolean interrupted = cli_watch_interrupted (run->watch);
  enum vm_trace_format format = trace_stream_format (run->stream);
  gboolean first = TRUE;

  cli_watch_clear (run->watch);
  for (guint i = 0; i < trace_play_count (run->play); i++) {
    if (is_unplayed (run, i))
      continue;
    trace_play_last_window (run->play, i);
    cli_trace_windows (run->trace, run->json, run->play, i, &run->windows[i]);
    cli_trace_result (run->trace, run->json, run->play, i, first, format,
                      interrupted);
    first = FALSE;
  }
}

static CliStatus
replay (Run *run)
{
  struct vm_error error = {.code = VM_OK};
  guint64 at = 0;

  cli_trace_begin (run->trace, run->json);
  CliStatus status = read_trace (run);
  if (status == CLI_DONE && !cli_watch_interrupted (run->watch)
      && !trace_play_finish (run->play, cli_watch_tick, run->watch, &error, &at)
      && error.code != VM_OK)
    status = fail_access (run, at, &error);
  /* What a trace that breaks off came to would be taken for the whole. */
  if (status == CLI_DONE)
    print_results (run);
  if (status == CLI_DONE && trace_play_refused (run->play) != 0)
    status = cli_trace_refuse_opt (run->trace, trace_play_refused (run->play));
  if (status == CLI_DONE && cli_watch_interrupted (run->watch))
    status
        = cli_fail (_ ("interrupted after %" PRIu64 " accesses"), run->passed);
  return status;
}

static gboolean
make_replays (const CliTrace *trace, TracePlay *play, CliStatus *status)
{
  trace_play_limit (play, trace->memory_limit);
  for (guint i = 0; i < trace->policies->len; i++) {
    struct vm_replay_config config = trace->config;
    struct vm_error error = {.code = VM_OK};
    config.policy = g_array_index (trace->policies, enum vm_policy, i);
    config.causes = TRUE;
    if (trace_play_add (play, &config, &error))
      continue;
    g_autofree char *text = lesson_error_text (&error);
    *status = cli_misuse ("trace", "%s", text);
    return FALSE;
  }
  return TRUE;
}

static CliStatus
run_replay (Run *run)
{
  g_autoptr (TracePlay) play = trace_play_new (run->trace->window);
  g_autoptr (CliJson) json = run->trace->json ? cli_json_new () : NULL;
  g_autofree guint64 *windows = g_new (guint64, run->trace->policies->len);
  CliStatus status;

  for (guint i = 0; i < run->trace->policies->len; i++)
    windows[i] = 1;
  if (!make_replays (run->trace, play, &status))
    return status;
  run->play = play;
  run->json = json;
  run->windows = windows;
  return replay (run);
}

/* The curves are there: prints and draws them. */
static CliStatus
show_curve (Run *run)
{
  const CliTrace *trace = run->trace;
  gboolean interrupted = cli_watch_interrupted (run->watch);
  guint64 needed = trace_curve_refused (run->curve);

  cli_watch_clear (run->watch);
  cli_curve_print (trace, run->json, run->curve, trace->sizes, interrupted);
  if (trace->svg != NULL && trace_curve_accesses (run->curve) > 0
      && !cli_curve_draw (trace, run->curve, trace->sizes, trace->svg))
    return CLI_FAILED;
  if (needed != 0)
    return cli_trace_refuse_opt (trace, needed);
  return interrupted ? cli_fail (_ ("interrupted after %" PRIu64 " accesses"),
                                 run->passed)
                     : CLI_DONE;
}

static CliStatus
run_curve (Run *run)
{
  const CliTrace *trace = run->trace;
  g_autoptr (CliJson) json = trace->json ? cli_json_new () : NULL;
  g_autoptr (TraceCurve) curve = trace_curve_new (trace->policies, trace->sizes,
                                                  cli_trace_geometry (trace),
                                                  trace->config.seed);
  if (curve == NULL)
    return cli_fail (_ ("The computer has no memory left for this"));

  trace_curve_limit (curve, trace->memory_limit);
  run->curve = curve;
  run->json = json;
  CliStatus status = read_trace (run);
  if (status != CLI_DONE)
    return status;
  if (!cli_watch_interrupted (run->watch))
    trace_curve_finish (curve, cli_watch_tick, run->watch);
  return show_curve (run);
}

static CliStatus
run_opening (Run *run)
{
  const CliTrace *trace = run->trace;
  g_autoptr (CliJson) json = trace->json ? cli_json_new () : NULL;
  CliStatus status = CLI_DONE;
  g_autoptr (CliOpening) opening
      = cli_opening_new (trace, trace->at, trace->steps, json, &status);
  if (opening == NULL)
    return status;

  run->opening = opening;
  status = read_trace (run);
  cli_watch_clear (run->watch);
  if (status == CLI_DONE && cli_watch_interrupted (run->watch))
    return cli_fail (_ ("interrupted after %" PRIu64 " accesses"), run->passed);
  return status == CLI_DONE ? cli_opening_end (opening) : status;
}

static CliStatus
run_convert (Run *run)
{
  g_autoptr (CliTraceWriter) writer
      = cli_trace_writer_new (run->trace->convert, run->trace->plain,
                              cli_trace_geometry (run->trace)->page_shift);
  if (writer == NULL)
    return CLI_FAILED;

  run->writer = writer;
  CliStatus status = read_trace (run);
  cli_watch_clear (run->watch);
  if (status != CLI_DONE)
    return status;
  if (!cli_trace_writer_finish (g_steal_pointer (&writer)))
    return CLI_FAILED;
  return cli_watch_interrupted (run->watch) ? cli_fail (
             _ ("interrupted after %" PRIu64 " accesses"), run->passed)
                                            : CLI_DONE;
}

static CliStatus
run_trace (const CliTrace *trace)
{
  g_autoptr (GError) error = NULL;
  TraceStream *stream
      = trace_stream_open (trace->file, trace->format,
                           cli_trace_geometry (trace)->page_shift, &error);
  if (stream == NULL)
    return cli_fail_at (trace->file, 0, error->message);

  g_autoptr (CliWatch) watch = cli_watch_new (trace->progress);
  Run run = {.trace = trace, .stream = stream, .watch = watch};
  CliStatus status = trace->convert != NULL ? run_convert (&run)
                     : trace->sizes != NULL ? run_curve (&run)
                     : trace->at != NULL    ? run_opening (&run)
                                            : run_replay (&run);
  /* A pipe that says nothing more would have us wait for its thread. */
  if (!cli_watch_interrupted (watch))
    trace_stream_free (run.stream);
  return status;
}

CliStatus
cli_trace (CliArgs *args)
{
  CliTrace trace;

  if (args->count > 0 && strcmp (args->words[0], "record") == 0)
    return cli_trace_record (args);
  CliStatus status = cli_trace_options (args, &trace) ? run_trace (&trace)
                                                      : args->status;
  cli_trace_clear (&trace);
  return status;
}
