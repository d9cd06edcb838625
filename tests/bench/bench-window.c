/* The window measured against the plainest windows, in one run: start, memory,
 * frames of a step on a full stage, frames beside a replay.
 *
 * bench-window PLAIN STAGE LESSON [--sample] starts two programs in turn, so
 * that both meet the same machine, and compares medians. With --sample it only
 * sees that everything can be measured, and judges nothing. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figures/figure.h"

#define START_RUNS 9
#define FRAME_RUNS 3
#define FRAMES 150
#define SAMPLE_FRAMES 20
#define PAGES 64
#define LESSON "two-level-walk"

#define MOST_RUNS START_RUNS

typedef struct {
  double value[3]; /* what a program has reported */
} Result;

typedef struct {
  const char *plain, *labels, *lesson; /* programs */
  gboolean sample;
  char *stage; /* a lesson with every figure */
  int claims, failed;
} Bench;

typedef struct {
  const char *name, *width, *height;
} Size;

static const Size sizes[]
    = {{"1920x1080", "1920", "1080"}, {"3840x2160", "3840", "2160"}};

/* A stage as full as it gets, with four levels of tables. */
static char *
write_stage (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) xml = g_string_new (
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<lesson xmlns=\"https://pagewalk.github.io/ns/lesson/1\" id=\"full\" "
      "part=\"1\" minutes=\"5\"><title>Full</title><summary>Every figure."
      "</summary><objectives><objective>See all.</objective></objectives>"
      "<machine><do>machine geometry=x86-64 memory=64M tlb-sets=16 tlb-ways=4"
      "</do><do>process name=A</do>"
      "<do>map process=A va=0x401000 frame=0x123 flags=rwxu</do>"
      "<do>map process=A va=0x7ffffffff000 frame=0x200 flags=rwu</do>");
  char *folder = g_dir_make_tmp ("pagewalk-bench-XXXXXX", &error);

  for (guint i = 0; i < PAGES; i++)
    g_string_append_printf (
        xml, "<do>map process=A va=0x%x frame=0x%x flags=rwu</do>",
        0x600000 + i * 0x1000, 0x400 + 3 * i);
  g_string_append (xml, "</machine><stage>");
  for (guint i = 1; i < SCENE_FIGURES; i++)
    if (i != SCENE_FIGURE_CAPTION)
      g_string_append_printf (xml, "<figure kind=\"%s\"/>",
                              scene_figure_of (i)->kind);
  g_string_append (
      xml, "</stage><section id=\"s\"><title>Accesses</title><p>Two.</p>"
           "<beat id=\"b\"><title>Accesses</title>"
           "<do>access va=0x401044 mode=user process=A</do>"
           "<do>access va=0x7ffffffff010 kind=write mode=user process=A "
           "value=1</do></beat></section></lesson>\n");
  char *path = folder != NULL ? g_build_filename (folder, "lesson.xml", NULL)
                              : NULL;
  if (path == NULL || !g_file_set_contents (path, xml->str, -1, &error))
    g_error ("%s", error->message);
  g_free (folder);
  return path;
}

static void
remove_stage (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (folder);
}

/* Runs ----------------------------------------------------------------------
 */

static Result
spawn (const char *program, const char *mode, const Size *size, guint frames,
       const char *lesson, gboolean no_gl)
{
  g_autofree char *now
      = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  g_autofree char *wanted = g_strdup_printf ("%u", frames);
  const char *arguments[]
      = {program, mode, now, size->width, size->height, wanted, lesson, NULL};
  g_auto (GStrv) environment = g_get_environ ();
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  Result r = {0};

  /* A plain window is one as anybody's: with the driver that GTK loads. */
  environment = g_environ_unsetenv (environment, "GDK_DEBUG");
  environment = g_environ_unsetenv (environment, "GSK_RENDERER");
  if (no_gl) {
    environment = g_environ_setenv (environment, "GSK_RENDERER", "cairo", TRUE);
    environment
        = g_environ_setenv (environment, "GDK_DEBUG", "gl-disable", TRUE);
  }
  if (!g_spawn_sync (NULL, (char **) arguments, environment,
                     G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL,
                     NULL, &error)
      || sscanf (output, "%lf %lf %lf", &r.value[0], &r.value[1], &r.value[2])
             != 3) {
    printf ("Bail out! %s %s: %s\n", program, mode,
            error != NULL ? error->message : "it said nothing");
    exit (1);
  }
  return r;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static Result
median_of (const Result *results, guint count)
{
  Result median;

  for (guint v = 0; v < G_N_ELEMENTS (median.value); v++) {
    double values[MOST_RUNS];
    for (guint i = 0; i < count; i++)
      values[i] = results[i].value[v];
    qsort (values, count, sizeof values[0], compare);
    median.value[v] = values[count / 2];
  }
  return median;
}

/* The table ------------------------------------------------------------------
 */

static void
print_heading (const char *ours, const char *plain)
{
  printf ("#\n# %-36s %12s %12s %7s\n", "", plain, ours, "ratio");
}

static double
print_row (const char *what, double plain, double ours, const char *unit)
{
  printf ("# %-36s %9.2f %-2s %9.2f %-2s %7.2f\n", what, plain, unit, ours,
          unit, ours / plain);
  return ours / plain;
}

static void
claim (Bench *bench, gboolean met, const char *what, const char *where)
{
  gboolean fine = met || bench->sample;

  printf ("%s %d - %s (%s)\n", fine ? "ok" : "not ok", ++bench->claims, what,
          where);
  bench->failed += !fine;
}

/* Start and memory, with the renderer that GTK chooses for the plain window, or
 * both without OpenGL. */
static void
bench_start (Bench *bench, gboolean no_gl)
{
  Result plain[START_RUNS], ours[START_RUNS];
  const char *where = no_gl ? "no OpenGL" : "GTK's renderer";
  guint runs = bench->sample ? 1 : START_RUNS;

  for (guint i = 0; i < runs; i++) {
    plain[i] = spawn (bench->plain, "start", &sizes[0], 0, NULL, no_gl);
    ours[i] = spawn (bench->lesson, "start", &sizes[0], 0, LESSON, no_gl);
  }
  Result a = median_of (plain, runs), b = median_of (ours, runs);
  g_autofree char *start = g_strdup_printf ("first frame, %s", where);
  g_autofree char *memory = g_strdup_printf ("memory, %s", where);
  double time = print_row (start, a.value[0] / 1000, b.value[0] / 1000, "ms");
  double size = print_row (memory, a.value[1] / 1024, b.value[1] / 1024, "MB");
  if (no_gl) /* to be seen; "a plain window" is one with GTK's renderer */
    return;
  claim (bench, time <= 2, "first frame within twice a plain window's", where);
  claim (bench, size <= 1.5, "memory within 1.5 times a plain window's", where);
}

/* A program's frames against those of one colour. */
static void
bench_frames (Bench *bench, const char *program, const char *what,
              const Size *size)
{
  Result plain[FRAME_RUNS], ours[FRAME_RUNS];
  guint runs = bench->sample ? 1 : FRAME_RUNS;
  guint frames = bench->sample ? SAMPLE_FRAMES : FRAMES;

  for (guint i = 0; i < runs; i++) {
    plain[i] = spawn (bench->plain, "frames", size, frames, NULL, TRUE);
    ours[i] = spawn (program, "frames", size, frames, bench->stage, TRUE);
  }
  Result a = median_of (plain, runs), b = median_of (ours, runs);
  g_autofree char *row
      = g_strdup_printf ("%s, %.0f labels, %s", what, b.value[2], size->name);
  double ratio = print_row (row, a.value[0] / 1000, b.value[0] / 1000, "ms");
  print_row ("  99 of 100 below", a.value[1] / 1000, b.value[1] / 1000, "ms");
  claim (bench, ratio <= 0.5, "a step's frame within half of a one-colour one",
         row);
  /* Where the plainest window is late itself, nobody can be in time. */
  if (size == &sizes[0])
    claim (bench, b.value[1] <= MAX (1e6 / 60, 1.1 * a.value[1]),
           "99 of 100 frames in time for 60 a second, or as one colour is",
           row);
}

/* The same with a thread that replays beside it. */
static void
bench_replay (Bench *bench, const Size *size)
{
  Result plain[FRAME_RUNS], ours[FRAME_RUNS];
  guint runs = bench->sample ? 1 : FRAME_RUNS;
  guint frames = bench->sample ? SAMPLE_FRAMES : FRAMES;

  for (guint i = 0; i < runs; i++) {
    plain[i]
        = spawn (bench->lesson, "frames", size, frames, bench->stage, TRUE);
    ours[i] = spawn (bench->lesson, "replay", size, frames, bench->stage, TRUE);
  }
  Result a = median_of (plain, runs), b = median_of (ours, runs);
  g_autofree char *what = g_strdup_printf ("frame, %s", size->name);
  double ratio = print_row (what, a.value[0] / 1000, b.value[0] / 1000, "ms");
  print_row ("  99 of 100 below", a.value[1] / 1000, b.value[1] / 1000, "ms");
  printf ("# %-36s %25.1f ms\n", "  cancelled within", b.value[2] / 1000);
  claim (bench, ratio <= 1.5, "a frame beside a replay within 1.5 times",
         size->name);
  claim (bench, b.value[2] <= 100e3, "a replay is cancelled within 100 ms",
         size->name);
}

static void
bench_idle (Bench *bench)
{
  Result idle = spawn (bench->lesson, "idle", &sizes[0], 0, bench->stage, TRUE);

  printf ("# %-36s %25.0f\n", "frames while nothing moves", idle.value[0]);
  claim (bench, idle.value[0] == 0, "nothing painted when nothing moves",
         sizes[0].name);
}

int
main (int argc, char **argv)
{
  Bench bench = {.plain = argv[1], .labels = argv[2], .lesson = argv[3]};

  if (argc < 4)
    return 2;
  bench.sample = argc > 4 && strcmp (argv[4], "--sample") == 0;
  bench.stage = write_stage ();
  print_heading ("a lesson", "hello, world");
  bench_start (&bench, FALSE);
  bench_start (&bench, TRUE);
  print_heading ("a step", "one colour");
  for (guint i = 0; i < (bench.sample ? 1 : G_N_ELEMENTS (sizes)); i++) {
    bench_frames (&bench, bench.labels, "stage", &sizes[i]);
    bench_frames (&bench, bench.lesson, "lesson", &sizes[i]);
  }
  print_heading ("with replay", "a step");
  for (guint i = 0; i < (bench.sample ? 1 : G_N_ELEMENTS (sizes)); i++)
    bench_replay (&bench, &sizes[i]);
  bench_idle (&bench);
  printf ("1..%d\n", bench.claims);
  remove_stage (bench.stage);
  g_free (bench.stage);
  return bench.failed > 0;
}
