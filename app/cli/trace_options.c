/* What `pagewalk-cli trace` is asked for. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "mmu/toy.h"
#include "operands.h"
#include "trace.h"
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
  const struct vm_geometry *geometry = cli_geometry (
      args, &usage, word != NULL ? word : "x86-64", &trace->toy);

  if (geometry == NULL)
    return FALSE;
  trace->config.geometry = geometry->id;
  if (geometry == &trace->toy)
    trace->config.toy = vm_toy_numbers (geometry);
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

/* What is asked for if nothing is said. */
static void
begin (CliTrace *trace, const char *file, const Options *o)
{
  *trace = (CliTrace){
      .file = file,
      .config = {.tlb_sets = 16, .tlb_ways = 4},
      .policies = g_array_new (FALSE, FALSE, sizeof (enum vm_policy)),
      .count = G_MAXUINT64,
      .memory_limit = G_GUINT64_CONSTANT (1) << 30,
      .costs = {1, 7, 100, 100, 2000, 10000000},
      .at = o->at,
      .steps = 1,
      .json = o->json,
      .csv = o->csv,
      .progress = o->progress,
      .convert = o->convert,
      .plain = o->plain,
      .svg = o->svg,
  };
}

/* Of options that do not go together. */
static gboolean
refuse (CliArgs *args, const char *why)
{
  args->status = cli_misuse (usage.name, "%s", why);
  return FALSE;
}

static gboolean
take_all (CliArgs *args, CliTrace *trace, const Options *o)
{
  if (o->json && o->csv)
    return refuse (args, _ ("Give --json or --csv, not both"));
  begin (trace, args->words[0], o);
  if (!take_options (args, trace, o))
    return FALSE;
  if (!o->curve && (o->sizes != NULL || o->svg != NULL))
    return refuse (args, _ ("--sizes and --svg are for --curve"));
  if (o->curve)
    trace->sizes = cli_curve_sizes (args, &usage, o->sizes);
  return !o->curve || trace->sizes != NULL;
}

gboolean
cli_trace_options (CliArgs *args, CliTrace *trace)
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
       N_ ("Write the trace in our own format, cut at pages of the geometry; "
           "OUT.gz is compressed")},
      {"plain", NULL, &o.plain, NULL,
       N_ ("Write eight bytes an access, which are read fastest")},
      {"progress", NULL, &o.progress, NULL,
       N_ ("Tell the progress even where there is no terminal")},
      {"json", NULL, &o.json, NULL, N_ ("Print a JSON object a line")},
      {"csv", NULL, &o.csv, NULL, N_ ("Print CSV")},
      {NULL, NULL, NULL, NULL, NULL},
  };

  *trace = (CliTrace){0};
  return cli_args_parse (args, &usage, options) && take_all (args, trace, &o);
}

void
cli_trace_clear (CliTrace *trace)
{
  g_clear_pointer (&trace->policies, g_array_unref);
  g_clear_pointer (&trace->sizes, g_array_unref);
}
