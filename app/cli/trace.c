/* pagewalk-cli trace: a recorded trace through TLB, page tables, policies. */
#include "trace.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "operands.h"
#include "problem.h"
#include "trace_curve.h"

/* The options as they were given. */
typedef struct {
  const char *format, *tlb, *itlb, *stlb, *geometry, *policy, *frames, *window;
  const char *skip, *count, *memory_limit, *seed, *convert, *sizes, *svg, *at,
      *steps;
  gboolean json, csv, progress, plain, curve;
} Options;

static const CliUsage usage = {
    .name = "trace",
    .synopsis
    = "FILE|- [--tlb SxW] [--itlb SxW] [--stlb SxW] [--geometry G]\n"
      "      [--policy P,…|all] [--frames N] [--window N] [--json|--csv]\n"
      "FILE|- --curve [--policy P,…|all] [--sizes N,…|N..M] [--svg OUT]\n"
      "      [--json|--csv]\n"
      "FILE|- --at N|eviction[:N]|\"100th conflict miss\"… [--steps N] "
      "[--json]\n"
      "FILE|- --convert OUT [--plain]\n"
      "record [--output OUT] -- PROGRAM…",
    .summary
    = N_ ("Replays a recorded trace of memory accesses: lackey's or Dinero's, "
          "a list of addresses or pages, CSV or our own; as it is or "
          "compressed. “-” reads standard input. Without --frames there is a "
          "frame for every page. Ctrl-C prints what is done so far."),
    .min_words = 1,
    .max_words = 1,
};

const struct vm_geometry *
cli_trace_geometry (const CliTrace *trace)
{
  return vm_geometry_of (trace->config.geometry);
}

/* Options ------------------------------------------------------------------ */

/* A number within bounds; what is not given stays. */
static gboolean
take_number (CliArgs *args, const char *option, const char *word, guint64 low,
             guint64 high, guint64 *value)
{
  if (word == NULL)
    return TRUE;
  if (!cli_number (args, &usage, word, value))
    return FALSE;
  if (*value >= low && *value <= high)
    return TRUE;
  args->status = cli_misuse (usage.name,
                             _ ("--%s must be from %" PRIu64 " to %" PRIu64),
                             option, low, high);
  return FALSE;
}

static gboolean
take_shape (CliArgs *args, const char *option, const char *word, guint32 *sets,
            guint32 *ways)
{
  char *rest = NULL;

  if (word == NULL)
    return TRUE;
  guint64 s = g_ascii_isdigit (*word) ? g_ascii_strtoull (word, &rest, 10) : 0;
  guint64 w = rest != NULL && *rest == 'x' && g_ascii_isdigit (rest[1])
                  ? g_ascii_strtoull (rest + 1, &rest, 10)
                  : 0;
  gboolean fits = s >= 1 && w >= 1 && s <= VM_MAX_TLB_ENTRIES
                  && w <= VM_MAX_TLB_ENTRIES && s * w <= VM_MAX_TLB_ENTRIES;
  if (fits && *rest == '\0') {
    *sets = (guint32) s;
    *ways = (guint32) w;
    return TRUE;
  }
  args->status = cli_misuse (
      usage.name, _ ("--%s needs SETSxWAYS, such as 16x4, at most %u entries"),
      option, VM_MAX_TLB_ENTRIES);
  return FALSE;
}

static gboolean
add_policy (CliArgs *args, CliTrace *trace, const char *name)
{
  enum vm_policy policy;

  if (strcmp (name, "all") == 0) {
    for (policy = 0; policy < VM_POLICIES; policy++)
      g_array_append_val (trace->policies, policy);
    return TRUE;
  }
  if (!vm_policy_named (name, &policy)) {
    args->status = cli_misuse (usage.name, _ ("There is no policy “%s”"), name);
    return FALSE;
  }
  g_array_append_val (trace->policies, policy);
  return TRUE;
}

static gboolean
take_policies (CliArgs *args, CliTrace *trace, const char *word)
{
  g_auto (GStrv) names = g_strsplit (word != NULL ? word : "lru", ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (!add_policy (args, trace, names[i]))
      return FALSE;
  return TRUE;
}

static gboolean
take_format (CliArgs *args, CliTrace *trace, const char *word)
{
  if (word == NULL)
    return TRUE;
  trace->format = vm_trace_format_named (word);
  if (trace->format != VM_TRACE_FORMATS)
    return TRUE;

  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < VM_TRACE_FORMATS; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            vm_trace_format_name ((enum vm_trace_format) i));
  args->status
      = cli_misuse (usage.name, _ ("--format is one of: %s"), names->str);
  return FALSE;
}

static gboolean
take_geometry (CliArgs *args, CliTrace *trace, const char *word)
{
  struct vm_geometry room;
  const struct vm_geometry *geometry
      = cli_geometry (args, &usage, word != NULL ? word : "x86-64", &room);

  if (geometry == NULL)
    return FALSE;
  if (geometry == &room) {
    args->status = cli_misuse (
        usage.name, _ ("A recorded trace does not fit a toy geometry"));
    return FALSE;
  }
  trace->config.geometry = geometry->id;
  return TRUE;
}

static gboolean
take_options (CliArgs *args, CliTrace *trace, const Options *o)
{
  guint64 frames = VM_REPLAY_ALL_FRAMES, most = VM_REPLAY_ALL_FRAMES - 1;
  struct vm_replay_config *c = &trace->config;

  if (!take_format (args, trace, o->format)
      || !take_geometry (args, trace, o->geometry)
      || !take_policies (args, trace, o->policy)
      || !take_shape (args, "tlb", o->tlb, &c->tlb_sets, &c->tlb_ways)
      || !take_shape (args, "itlb", o->itlb, &c->itlb_sets, &c->itlb_ways)
      || !take_shape (args, "stlb", o->stlb, &c->stlb_sets, &c->stlb_ways)
      || !take_number (args, "frames", o->frames, 1, most, &frames)
      || !take_number (args, "window", o->window, 1, G_MAXUINT64,
                       &trace->window)
      || !take_number (args, "skip", o->skip, 0, G_MAXUINT64, &trace->skip)
      || !take_number (args, "count", o->count, 1, G_MAXUINT64, &trace->count)
      || !take_number (args, "seed", o->seed, 0, G_MAXUINT64, &c->seed)
      || !take_number (args, "steps", o->steps, 1, 100000, &trace->steps)
      || !take_number (args, "memory-limit", o->memory_limit, 0, G_MAXUINT64,
                       &trace->memory_limit))
    return FALSE;
  c->frames = (guint32) frames;
  c->windows = trace->window != 0;
  return TRUE;
}

/* Replaying ---------------------------------------------------------------- */

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
    return trace_curve_records (run->curve, batch->process, records, count)
               ? CLI_DONE
               : cli_fail (_ ("The computer has no memory left for this"));
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
    if (!cli_watch_tick (run->passed, fraction, run->watch))
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

static gboolean
is_refused (const Run *run, guint i)
{
  enum vm_policy policy
      = g_array_index (run->trace->policies, enum vm_policy, i);

  return policy == VM_POLICY_OPT && trace_play_refused (run->play) != 0;
}

static void
print_results (Run *run, gboolean opt_played)
{
  gboolean interrupted = cli_watch_interrupted (run->watch);
  enum vm_trace_format format = trace_stream_format (run->stream);

  cli_watch_clear (run->watch);
  for (guint i = 0; i < trace_play_count (run->play); i++) {
    if (is_refused (run, i))
      continue;
    trace_play_last_window (run->play, i);
    cli_trace_windows (run->trace, run->json, run->play, i, &run->windows[i]);
    cli_trace_result (run->trace, run->json, run->play, i, format, interrupted);
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
  /* A trace that breaks off says what it is worth up to there, too, but only
     to people: a program would take it for the whole. */
  if (status == CLI_DONE)
    print_results (run, TRUE);
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
    *status = cli_misuse (usage.name, "%s", text);
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
  g_autoptr (TraceCurve) curve = trace_curve_new (
      trace->policies, trace->sizes, cli_trace_geometry (trace)->page_shift,
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
      = cli_trace_writer_new (run->trace->convert, run->trace->plain);
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
  TraceStream *stream = trace_stream_open (trace->file, trace->format, &error);
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
    trace_stream_free (stream);
  return status;
}

CliStatus
cli_trace (CliArgs *args)
{
  Options o = {0};
  const CliOption options[] = {
      {"format", "F", NULL, &o.format,
       N_ ("What the trace is: auto, lackey, din, addresses, pages, csv, "
           "binary …")},
      {"tlb", "SxW", NULL, &o.tlb,
       N_ ("Sets and ways of the TLB, or of that for data: 16x4")},
      {"itlb", "SxW", NULL, &o.itlb, N_ ("A TLB of its own for instructions")},
      {"stlb", "SxW", NULL, &o.stlb, N_ ("A second level behind them")},
      {"geometry", "G", NULL, &o.geometry,
       N_ ("How addresses are translated: x86-64")},
      {"policy", "P,…", NULL, &o.policy,
       N_ ("Who goes when memory is full: lru; all: each after the other")},
      {"frames", "N", NULL, &o.frames, N_ ("Frames for pages")},
      {"window", "N", NULL, &o.window,
       N_ ("Print faults and working set of every N accesses, too")},
      {"skip", "N", NULL, &o.skip, N_ ("Leave out the first N accesses")},
      {"count", "N", NULL, &o.count, N_ ("Stop after N accesses")},
      {"memory-limit", "BYTES", NULL, &o.memory_limit,
       N_ ("What OPT may take to remember the trace: 1G")},
      {"curve", NULL, &o.curve, NULL,
       N_ ("Print the faults for many numbers of frames")},
      {"sizes", "N,…", NULL, &o.sizes,
       N_ ("Which: 8,16,32 or 1..64; else powers of two up to 4096")},
      {"svg", "OUT", NULL, &o.svg, N_ ("Draw the curves")},
      {"at", "N", NULL, &o.at,
       N_ ("Tell an access step by step: its number, or fault, eviction, "
           "conflict …; conflict:100 is the hundredth")},
      {"steps", "N", NULL, &o.steps,
       N_ ("Tell so many accesses from there on: 1")},
      {"seed", "N", NULL, &o.seed, N_ ("Where random replacement begins")},
      {"convert", "OUT", NULL, &o.convert,
       N_ ("Write the trace in our own format; OUT.gz is compressed")},
      {"plain", NULL, &o.plain, NULL,
       N_ ("Write eight bytes an access, which are read fastest")},
      {"progress", NULL, &o.progress, NULL,
       N_ ("Tell the progress even where there is no terminal")},
      {"json", NULL, &o.json, NULL, N_ ("Print a JSON object a line")},
      {"csv", NULL, &o.csv, NULL, N_ ("Print CSV")},
      {NULL, NULL, NULL, NULL, NULL},
  };

  if (args->count > 0 && strcmp (args->words[0], "record") == 0)
    return cli_trace_record (args);
  if (!cli_args_parse (args, &usage, options))
    return args->status;
  if (o.json && o.csv)
    return cli_misuse (usage.name, _ ("Give --json or --csv, not both"));

  g_autoptr (GArray) policies
      = g_array_new (FALSE, FALSE, sizeof (enum vm_policy));
  CliTrace trace = {
      .file = args->words[0],
      .config = {.tlb_sets = 16, .tlb_ways = 4},
      .policies = policies,
      .count = G_MAXUINT64,
      .memory_limit = G_GUINT64_CONSTANT (1) << 30,
      .costs = {1, 7, 100, 100, 2000, 10000000},
      .at = o.at,
      .steps = 1,
      .json = o.json,
      .csv = o.csv,
      .progress = o.progress,
      .convert = o.convert,
      .plain = o.plain,
  };
  if (!take_options (args, &trace, &o))
    return args->status;
  if (!o.curve && (o.sizes != NULL || o.svg != NULL))
    return cli_misuse (usage.name, _ ("--sizes and --svg are for --curve"));
  g_autoptr (GArray) sizes = o.curve ? cli_curve_sizes (args, &usage, o.sizes)
                                     : NULL;
  if (o.curve && sizes == NULL)
    return args->status;
  trace.sizes = sizes;
  trace.svg = o.svg;
  return run_trace (&trace);
}
