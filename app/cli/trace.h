/* What the files of `pagewalk-cli trace` share. */
#ifndef CLI_TRACE_H
#define CLI_TRACE_H

#include "args.h"
#include "json.h"
#include "play.h"
#include "stream.h"

/* What was asked for. */
typedef struct {
  const char *file;
  enum vm_trace_format format;
  struct vm_replay_config config; /* of the policy that `policies` says */
  struct vm_geometry toy;         /* what that geometry is, if it is one */
  GArray *policies;               /* of enum vm_policy */
  guint64 window;                 /* accesses; 0: no series */
  guint64 skip, count;            /* accesses at the beginning; then so many */
  guint64 memory_limit;           /* bytes */
  struct vm_replay_costs costs;
  const char *at; /* an access to open, or NULL */
  guint64 steps;  /* accesses to tell from there on */
  gboolean json, csv, progress;
  GArray *sizes;       /* of guint32: a curve is wanted; or NULL */
  const char *svg;     /* a file to draw it into, or NULL */
  const char *convert; /* a file to write the trace to, or NULL */
  gboolean plain;      /* that file in the plain coding */
} CliTrace;

/* Fills *trace, which is to be cleared in any case; it refers to what args
 * holds. FALSE, and args->status after a message, if nothing is to be done. */
gboolean cli_trace_options (CliArgs *args, CliTrace *trace);
void cli_trace_clear (CliTrace *trace);

/* The geometry asked for. */
const struct vm_geometry *cli_trace_geometry (const CliTrace *trace);

/* "64", or "-" if there are as many frames as pages. */
char *cli_trace_frames (const CliTrace *trace);

/* Says that OPT needs so many bytes, which are more than it may take. */
CliStatus cli_trace_refuse_opt (const CliTrace *trace, guint64 bytes);

/* Opening ------------------------------------------------------------------ */

/* An access of the trace that is to be told step by step. */
typedef struct _CliOpening CliOpening;

/* word: what trace_event_parse understands (event.h); steps:
 * accesses to tell from there on. NULL, and *status after a message, if it
 * cannot be. */
CliOpening *cli_opening_new (const CliTrace *trace, const char *word,
                             guint64 steps, CliJson *json, CliStatus *status);
void cli_opening_free (CliOpening *opening);

/* Goes on with records of a process. */
CliStatus cli_opening_use (CliOpening *opening, guint32 process,
                           const vm_record *records, gsize count);

/* True once all was told. */
gboolean cli_opening_done (const CliOpening *opening);

/* The trace is at its end: now OPT can begin. An error if nothing was told. */
CliStatus cli_opening_end (CliOpening *opening);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliOpening, cli_opening_free)

/* Printing ----------------------------------------------------------------- */

/* What there is before the first result: headings. */
void cli_trace_begin (const CliTrace *trace, CliJson *json);

/* Prints the windows of replay i that have ended, and forgets them. number is
 * that of the next, and is counted on. */
void cli_trace_windows (const CliTrace *trace, CliJson *json, TracePlay *play,
                        guint i, guint64 *number);

/* Prints what replay i came to; first: no other was printed before it. */
void cli_trace_result (const CliTrace *trace, CliJson *json,
                       const TracePlay *play, guint i, gboolean first,
                       enum vm_trace_format format, gboolean interrupted);

/* Progress ----------------------------------------------------------------- */

typedef struct _CliWatch CliWatch;

/* Watches for Ctrl-C from now on; tells the progress on standard error if that
 * is a terminal, or if asked. */
CliWatch *cli_watch_new (gboolean asked);
void cli_watch_free (CliWatch *watch);

/* So many accesses were done, and such a part of the file (negative: unknown).
 * FALSE once Ctrl-C was pressed. */
gboolean cli_watch_tick (guint64 accesses, double fraction, gpointer watch);
gboolean cli_watch_interrupted (const CliWatch *watch);

/* Takes the line of progress away, so that something else can be said. */
void cli_watch_clear (CliWatch *watch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliWatch, cli_watch_free)

/* Writing ------------------------------------------------------------------ */

typedef struct _CliTraceWriter CliTraceWriter;

/* Writes our binary format, compressed if the name ends with .gz, of records
 * that were cut at pages of 2^page_shift bytes. NULL and a message if the file
 * cannot be made. */
CliTraceWriter *cli_trace_writer_new (const char *file, gboolean plain,
                                      guint page_shift);

/* FALSE, and a message, if it cannot be written. */
gboolean cli_trace_write (CliTraceWriter *writer, guint32 process,
                          const vm_record *records, gsize count);

/* Writes the end. FALSE as above. Frees the writer; so does _free, which
 * removes what was written. */
gboolean cli_trace_writer_finish (CliTraceWriter *writer);
void cli_trace_writer_free (CliTraceWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliTraceWriter, cli_trace_writer_free)

#endif
