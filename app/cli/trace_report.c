/* Prints what replays of a trace came to: JSON, CSV, or for people. */
#include "trace.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>

#include "wrap.h"

static const char *const cause_names[VM_MISSES]
    = {"cold", "capacity", "conflict", "dropped"};
static const char *const kind_names[4]
    = {"reads", "writes", "fetches", "modifies"};

/* One row of the result of a replay, for CSV and for people. */
typedef struct {
  const char *name;  /* as in JSON and CSV */
  const char *label; /* translated */
  guint64 value;
} Row;

#define MOST_ROWS 40

static const char *
policy_name (const CliTrace *trace, guint i)
{
  enum vm_policy policy = g_array_index (trace->policies, enum vm_policy, i);

  return vm_policy_info_of (policy)->name;
}

char *
cli_trace_frames (const CliTrace *trace)
{
  if (trace->config.frames == VM_REPLAY_ALL_FRAMES)
    return g_strdup ("-");
  return g_strdup_printf ("%u", trace->config.frames);
}

static double
per_million (guint64 part, guint64 of)
{
  return of == 0 ? 0 : (double) part * 1e6 / (double) of;
}

/* A heading at the right of a column; a Chinese letter takes two cells. */
static void
print_heading (const char *text, int width)
{
  printf (" %*s%s", MAX (0, width - cli_text_width (text)), "", text);
}

/* Windows ------------------------------------------------------------------ */

static void
print_window_json (CliJson *json, const char *policy, guint64 number,
                   const struct vm_replay_window *w)
{
  cli_json_begin_object (json, NULL);
  cli_json_number (json, "window", number);
  cli_json_string (json, "policy", policy);
  cli_json_number (json, "accesses", w->accesses);
  cli_json_number (json, "tlb_misses", w->tlb_misses);
  cli_json_number (json, "faults", w->faults);
  cli_json_decimal (json, "faults_per_million",
                    per_million (w->faults, w->accesses));
  cli_json_number (json, "working_set", w->working_set);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

static void
print_window (const CliTrace *trace, CliJson *json, const char *policy,
              guint64 number, const struct vm_replay_window *w)
{
  if (json != NULL) {
    print_window_json (json, policy, number, w);
    return;
  }
  char decimal[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (decimal, sizeof decimal, "%.1f",
                   per_million (w->faults, w->accesses));
  printf (trace->csv ? "%" PRIu64 ",%s,%" PRIu64 ",%" PRIu64 ",%" PRIu64
                       ",%s,%" PRIu64 "\n"
                     : "%8" PRIu64 " %14s %12" PRIu64 " %12" PRIu64
                       " %10" PRIu64 " %12s %12" PRIu64 "\n",
          number, policy, w->accesses, w->tlb_misses, w->faults, decimal,
          w->working_set);
}

void
cli_trace_windows (const CliTrace *trace, CliJson *json, TracePlay *play,
                   guint i, guint64 *number)
{
  GArray *windows = trace_play_windows (play, i);

  for (guint w = 0; w < windows->len; w++)
    print_window (trace, json, policy_name (trace, i), (*number)++,
                  &g_array_index (windows, struct vm_replay_window, w));
  g_array_set_size (windows, 0);
}

static void
print_headings (void)
{
  print_heading (_ ("window"), 7);
  print_heading (_ ("policy"), 14);
  print_heading (_ ("accesses"), 12);
  print_heading (_ ("TLB misses"), 12);
  print_heading (_ ("faults"), 10);
  print_heading (_ ("a million"), 12);
  print_heading (_ ("working set"), 12);
  putchar ('\n');
}

void
cli_trace_begin (const CliTrace *trace, CliJson *json)
{
  if (json != NULL || trace->window == 0)
    return;
  if (trace->csv)
    puts ("window,policy,accesses,tlb_misses,faults,faults_per_million,"
          "working_set");
  else
    print_headings ();
}

/* Results ------------------------------------------------------------------ */

static guint
add_row (Row *rows, guint count, const char *name, const char *label,
         guint64 value)
{
  rows[count] = (Row){name, label, value};
  return count + 1;
}

/* What is counted of every replay; longer because it is a list. */
static guint
list_rows (const CliTrace *trace, const struct vm_replay_stats *n, Row *rows)
{
  guint c = 0;

  c = add_row (rows, c, "accesses", _ ("accesses"), n->accesses);
  c = add_row (rows, c, "reads", _ ("  reads"), n->kinds[VM_READ]);
  c = add_row (rows, c, "writes", _ ("  writes"), n->kinds[VM_WRITE]);
  c = add_row (rows, c, "fetches", _ ("  instructions fetched"),
               n->kinds[VM_FETCH]);
  c = add_row (rows, c, "modifies", _ ("  modifies (read and write)"),
               n->kinds[VM_RECORD_MODIFY]);
  c = add_row (rows, c, "pages", _ ("different pages"), n->pages);
  c = add_row (rows, c, "tlb_hits", _ ("TLB hits"), n->tlb_hits);
  if (trace->config.itlb_sets != 0) {
    c = add_row (rows, c, "itlb_hits", _ ("  instructions: hits"),
                 n->itlb_hits);
    c = add_row (rows, c, "itlb_misses", _ ("  instructions: misses"),
                 n->itlb_misses);
  }
  if (trace->config.stlb_sets != 0) {
    c = add_row (rows, c, "stlb_hits", _ ("  second level: hits"),
                 n->stlb_hits);
    c = add_row (rows, c, "stlb_misses", _ ("  second level: misses"),
                 n->stlb_misses);
  }
  c = add_row (rows, c, "tlb_misses", _ ("TLB misses"), n->tlb_misses);
  c = add_row (rows, c, "tlb_cold", _ ("  first touch of the page"),
               n->causes[VM_MISS_COLD]);
  c = add_row (rows, c, "tlb_capacity", _ ("  too few entries"),
               n->causes[VM_MISS_CAPACITY]);
  c = add_row (rows, c, "tlb_conflict", _ ("  too few in the set"),
               n->causes[VM_MISS_CONFLICT]);
  c = add_row (rows, c, "tlb_dropped", _ ("  dropped with the page"),
               n->causes[VM_MISS_DROPPED]);
  c = add_row (rows, c, "walks", _ ("walks"), n->walks);
  c = add_row (rows, c, "entry_reads", _ ("page-table entries read"),
               n->entry_reads);
  c = add_row (rows, c, "faults", _ ("page faults"), n->faults);
  c = add_row (rows, c, "minor", _ ("  minor: first touch"), n->minor);
  c = add_row (rows, c, "major", _ ("  major: back from the disk"), n->major);
  c = add_row (rows, c, "evictions", _ ("pages thrown out"), n->evictions);
  c = add_row (rows, c, "writebacks", _ ("  of them written back"),
               n->writebacks);
  return c;
}

static double
access_time (const CliTrace *trace, const struct vm_replay_stats *stats)
{
  return vm_replay_access_time (stats, &trace->costs,
                                trace->config.stlb_sets != 0);
}

static void
write_tlb (CliJson *json, const CliTrace *trace,
           const struct vm_replay_stats *n)
{
  cli_json_begin_object (json, "tlb");
  cli_json_number (json, "sets", trace->config.tlb_sets);
  cli_json_number (json, "ways", trace->config.tlb_ways);
  cli_json_number (json, "hits", n->tlb_hits);
  cli_json_number (json, "misses", n->tlb_misses);
  for (guint i = 0; i < VM_MISSES; i++)
    cli_json_number (json, cause_names[i], n->causes[i]);
  cli_json_end_object (json);
}

static void
write_level (CliJson *json, const char *key, guint sets, guint ways,
             guint64 hits, guint64 misses)
{
  if (sets == 0)
    return;
  cli_json_begin_object (json, key);
  cli_json_number (json, "sets", sets);
  cli_json_number (json, "ways", ways);
  cli_json_number (json, "hits", hits);
  cli_json_number (json, "misses", misses);
  cli_json_end_object (json);
}

/* Only where there are several. */
static void
write_processes (CliJson *json, const struct vm_replay *replay)
{
  struct vm_replay_process p;

  if (!vm_replay_process (replay, 1, &p))
    return;
  cli_json_begin_array (json, "processes");
  for (guint i = 0; vm_replay_process (replay, i, &p); i++) {
    cli_json_begin_object (json, NULL);
    cli_json_number (json, "process", p.number);
    cli_json_number (json, "accesses", p.accesses);
    cli_json_number (json, "tlb_misses", p.tlb_misses);
    cli_json_number (json, "faults", p.faults);
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
}

static void
write_memory (CliJson *json, const struct vm_replay_stats *n)
{
  cli_json_number (json, "walks", n->walks);
  cli_json_number (json, "entry_reads", n->entry_reads);
  cli_json_number (json, "faults", n->faults);
  cli_json_number (json, "minor", n->minor);
  cli_json_number (json, "major", n->major);
  cli_json_number (json, "evictions", n->evictions);
  cli_json_number (json, "writebacks", n->writebacks);
}

static void
print_json (const CliTrace *trace, CliJson *json,
            const struct vm_replay *replay, guint i,
            enum vm_trace_format format, gboolean interrupted)
{
  struct vm_replay_stats n;

  vm_replay_stats (replay, &n);
  cli_json_begin_object (json, NULL);
  cli_json_string (json, "trace", trace->file);
  cli_json_string (json, "format", vm_trace_format_name (format));
  cli_json_string (json, "geometry", cli_trace_geometry (trace)->name);
  cli_json_string (json, "policy", policy_name (trace, i));
  if (trace->config.frames == VM_REPLAY_ALL_FRAMES)
    cli_json_string (json, "frames", NULL);
  else
    cli_json_number (json, "frames", trace->config.frames);
  cli_json_number (json, "accesses", n.accesses);
  for (guint kind = 0; kind < 4; kind++)
    cli_json_number (json, kind_names[kind], n.kinds[kind]);
  cli_json_number (json, "pages", n.pages);
  write_tlb (json, trace, &n);
  write_level (json, "itlb", trace->config.itlb_sets, trace->config.itlb_ways,
               n.itlb_hits, n.itlb_misses);
  write_level (json, "stlb", trace->config.stlb_sets, trace->config.stlb_ways,
               n.stlb_hits, n.stlb_misses);
  write_memory (json, &n);
  cli_json_decimal (json, "cycles_per_access", access_time (trace, &n));
  write_processes (json, replay);
  if (interrupted)
    cli_json_boolean (json, "interrupted", TRUE);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

static void
print_csv (const CliTrace *trace, const struct vm_replay *replay, guint i,
           gboolean first)
{
  g_autofree char *frames = cli_trace_frames (trace);
  char decimal[G_ASCII_DTOSTR_BUF_SIZE];
  struct vm_replay_stats n;
  Row rows[MOST_ROWS];

  vm_replay_stats (replay, &n);
  guint count = list_rows (trace, &n, rows);
  if (first) {
    printf ("policy,frames");
    for (guint r = 0; r < count; r++)
      printf (",%s", rows[r].name);
    puts (",cycles_per_access");
  }
  printf ("%s,%s", policy_name (trace, i), frames);
  for (guint r = 0; r < count; r++)
    printf (",%" PRIu64, rows[r].value);
  g_ascii_formatd (decimal, sizeof decimal, "%.3f", access_time (trace, &n));
  printf (",%s\n", decimal);
}

static void
print_text (const CliTrace *trace, const struct vm_replay *replay, guint i,
            gboolean first)
{
  gboolean all = trace->config.frames == VM_REPLAY_ALL_FRAMES;
  struct vm_replay_stats n;
  Row rows[MOST_ROWS];

  vm_replay_stats (replay, &n);
  guint count = list_rows (trace, &n, rows);
  if (!first || trace->window != 0)
    putchar ('\n');
  if (all)
    printf (_ ("%s: a frame for every page\n"), trace->file);
  else
    /* Translators: a file, a policy, a number of frames. */
    printf (_ ("%s: %s with %u frames\n"), trace->file, policy_name (trace, i),
            trace->config.frames);
  for (guint r = 0; r < count; r++)
    printf ("  %14" PRIu64 "  %s\n", rows[r].value, rows[r].label);
  printf ("  %14.1f  %s\n", access_time (trace, &n),
          _ ("cycles an access, on average"));
}

/* What all policies have in common was said; the rest in one line. */
static void
print_line (const CliTrace *trace, const struct vm_replay *replay, guint i,
            gboolean first)
{
  struct vm_replay_stats n;

  vm_replay_stats (replay, &n);
  if (first) {
    printf (_ ("%s: %u frames, %" PRIu64 " accesses to %" PRIu64 " pages\n"),
            trace->file, trace->config.frames, n.accesses, n.pages);
    print_heading (_ ("policy"), 15);
    print_heading (_ ("faults"), 12);
    print_heading (_ ("a million"), 12);
    print_heading (_ ("written back"), 12);
    print_heading (_ ("TLB misses"), 12);
    putchar ('\n');
  }
  printf (" %15s %12" PRIu64 " %12.1f %12" PRIu64 " %12" PRIu64 "\n",
          policy_name (trace, i), n.faults, per_million (n.faults, n.accesses),
          n.writebacks, n.tlb_misses);
}

void
cli_trace_result (const CliTrace *trace, CliJson *json, const TracePlay *play,
                  guint i, gboolean first, enum vm_trace_format format,
                  gboolean interrupted)
{
  const struct vm_replay *replay = trace_play_replay (play, i);

  if (json != NULL)
    print_json (trace, json, replay, i, format, interrupted);
  else if (trace->csv && trace->window == 0)
    print_csv (trace, replay, i, first);
  else if (trace->csv)
    return;
  else if (trace->policies->len > 1
           && trace->config.frames != VM_REPLAY_ALL_FRAMES)
    print_line (trace, replay, i, first);
  else
    print_text (trace, replay, i, first);
}
