/* Times the buddy system on memories of 2^10 to 2^20 frames: what a request
 * costs must not depend on how many frames there are.
 *
 * In each round every memory has its turn, so that whatever else the computer
 * does hits all alike; the median is printed. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "machine/machine.h"
#include "mm/frames.h"

#define ROUNDS 9
#define OPERATIONS 200000u
#define LIVE 128u /* blocks that are given at one time */
#define LEAST 10u
#define MOST 20u
#define SIZES (MOST - LEAST + 1)
#define LIMIT 2.0 /* times the fastest */

struct block {
  uint32_t first, count;
};

static double
now (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static uint32_t
draw (uint64_t *seed, uint32_t end)
{
  *seed = *seed * UINT64_C (6364136223846793005) + 1442695040888963407u;
  return (uint32_t) ((*seed >> 33) % end);
}

/* A machine with so many frames; 4 GiB less one at most. */
static struct vm_machine *
new_machine (uint32_t log2_frames)
{
  struct vm_machine *m = vm_machine_new ();
  char line[96];

  snprintf (line, sizeof line, "machine geometry=x86-64 memory=%lluK buddy=on",
            4ull << log2_frames);
  if (m == NULL || !vm_machine_do_line (m, line, NULL)) {
    printf ("Bail out! %s\n", line);
    exit (1);
  }
  return m;
}

/* Seconds that an operation takes: a block of 1 to 8 frames is given back, and
 * another one taken. */
static double
run (const struct vm_state *s)
{
  struct block live[LIVE] = {{0}};
  uint64_t seed = 1;
  double start = now ();

  for (uint32_t i = 0; i < OPERATIONS; i++) {
    struct block *b = &live[draw (&seed, LIVE)];
    struct vm_frame_use use = {.role = VM_FRAME_DATA,
                               .owner = VM_NONE,
                               .count = 1u << draw (&seed, 4)};
    vm_frame frame;
    if (b->count > 0)
      vm_frames_put (NULL, s, vm_frame_of (b->first), b->count);
    b->count = vm_frames_take (NULL, s, &use, &frame) ? use.count : 0;
    b->first = b->count > 0 ? (uint32_t) frame.v : 0;
  }
  double taken = now () - start;
  for (uint32_t i = 0; i < LIVE; i++)
    if (live[i].count > 0)
      vm_frames_put (NULL, s, vm_frame_of (live[i].first), live[i].count);
  return taken / OPERATIONS;
}

int
main (void)
{
  struct vm_machine *machines[SIZES];
  double times[SIZES][ROUNDS], least = 1e9, most = 0;

  for (uint32_t i = 0; i < SIZES; i++)
    machines[i] = new_machine (LEAST + i);
  for (uint32_t round = 0; round < ROUNDS; round++)
    for (uint32_t i = 0; i < SIZES; i++)
      times[i][round] = run (vm_machine_state (machines[i]));
  printf ("# frames      ns an operation\n");
  for (uint32_t i = 0; i < SIZES; i++) {
    qsort (times[i], ROUNDS, sizeof (double), compare);
    double middle = times[i][ROUNDS / 2];
    least = middle < least ? middle : least;
    most = middle > most ? middle : most;
    printf ("# 2^%-2u        %.0f\n", LEAST + i, middle * 1e9);
    vm_machine_free (machines[i]);
  }
  printf ("1..1\n%s 1 - a request costs the same on 2^10 to 2^20 frames (%.2f, "
          "at most %.1f)\n",
          most / least <= LIMIT ? "ok" : "not ok", most / least, LIMIT);
  return most / least <= LIMIT ? 0 : 1;
}
