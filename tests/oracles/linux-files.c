/* A process of the running Linux that does to files what it is told, a line at
 * a time.
 *
 * Commands come on standard input, answers go to standard output. Addresses
 * are real ones; the tester keeps a window of addresses to itself. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define PAGE 4096u
#define MOST (1u << 22)

static sigjmp_buf escape;
static volatile int signal_number;
static uint8_t buffer[MOST];

static void
on_signal (int number)
{
  signal_number = number;
  siglongjmp (escape, 1);
}

static void
tell_result (long result)
{
  printf ("%s %ld\n", result < 0 ? "errno" : "value",
          result < 0 ? (long) errno : result);
}

/* "faults MINOR MAJOR", or "signal NUMBER". The page after the call of
 * getrusage is touched before, so that nothing else faults in between. */
static void
touch (volatile uint8_t *at, int write, uint8_t value)
{
  static struct rusage before, after;

  getrusage (RUSAGE_SELF, &before);
  getrusage (RUSAGE_SELF, &after);
  if (sigsetjmp (escape, 1) != 0) {
    printf ("signal %d\n", signal_number);
    return;
  }
  getrusage (RUSAGE_SELF, &before);
  if (write)
    *at = value;
  else
    (void) *at;
  getrusage (RUSAGE_SELF, &after);
  printf ("faults %ld %ld\n", after.ru_minflt - before.ru_minflt,
          after.ru_majflt - before.ru_majflt);
}

/* A file of size bytes, its page n full of n + 1; not cached. A page at a time,
 * so that the page cache has no larger pieces. */
static void
make (int file, uint64_t size)
{
  uint8_t page[PAGE];

  for (uint64_t at = 0; at < size; at += PAGE) {
    memset (page, (int) (at / PAGE + 1), PAGE);
    if (pwrite (file, page, size - at < PAGE ? size - at : PAGE, (off_t) at)
        < 0)
      break;
  }
  fsync (file);
  tell_result (posix_fadvise (file, 0, 0, POSIX_FADV_DONTNEED));
}

/* "cached" and 0 or 1 a page, once that has not changed for a while: the disk
 * gets time for what it was asked ahead. */
static void
tell_cached (int file, uint64_t pages)
{
  static unsigned char there[MOST / PAGE], before[MOST / PAGE];
  void *at = mmap (NULL, pages * PAGE, PROT_READ, MAP_SHARED, file, 0);

  for (int same = 0; same < 2; same++) {
    usleep (15000);
    mincore (at, pages * PAGE, there);
    if (memcmp (there, before, pages) != 0)
      same = 0;
    memcpy (before, there, pages);
  }
  printf ("cached ");
  for (uint64_t i = 0; i < pages; i++)
    putchar ('0' + (there[i] & 1));
  putchar ('\n');
  munmap (at, pages * PAGE);
}

static void
obey (const char *line)
{
  static int files[16];
  static char path[512];
  uint64_t a = 0, b = 0, c = 0, d = 0;
  unsigned n = 0;
  char verb[16] = "";

  if (sscanf (line, "open %u %511s", &n, path) == 2) {
    files[n % 16] = open (path, O_RDWR | O_CREAT, 0600);
    tell_result (files[n % 16]);
    return;
  }
  if (sscanf (line, "%15s %u %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64,
              verb, &n, &a, &b, &c, &d)
      < 2)
    return;
  int file = files[n % 16];
  void *at = (void *) (uintptr_t) a;
  if (strcmp (verb, "make") == 0)
    make (file, a);
  else if (strcmp (verb, "map") == 0)
    tell_result (
        mmap (at, b, (int) c, (int) d | MAP_FIXED, file, 0) == MAP_FAILED ? -1
                                                                          : 0);
  else if (strcmp (verb, "touch") == 0)
    touch (at, (int) b, (uint8_t) c);
  else if (strcmp (verb, "value") == 0)
    printf ("value %u\n", *(volatile uint8_t *) at);
  else if (strcmp (verb, "advise") == 0)
    tell_result (madvise (at, b, (int) c));
  else if (strcmp (verb, "msync") == 0)
    tell_result (msync (at, b, (int) c));
  else if (strcmp (verb, "truncate") == 0)
    tell_result (ftruncate (file, (off_t) a));
  else if (strcmp (verb, "read") == 0)
    tell_result (pread (file, buffer, b, (off_t) a));
  else if (strcmp (verb, "write") == 0)
    tell_result (pwrite (file, memset (buffer, (int) c, b), b, (off_t) a));
  else if (strcmp (verb, "byte") == 0)
    printf ("value %u\n",
            pread (file, buffer, 1, (off_t) a) == 1 ? buffer[0] : 256u);
  else if (strcmp (verb, "sync") == 0)
    tell_result (fsync (file));
  else if (strcmp (verb, "drop") == 0)
    tell_result (posix_fadvise (file, 0, 0, POSIX_FADV_DONTNEED));
  else if (strcmp (verb, "cached") == 0)
    tell_cached (file, a);
  else
    printf ("unknown\n");
}

int
main (void)
{
  char line[600];
  struct sigaction action = {.sa_handler = on_signal};

  sigaction (SIGBUS, &action, NULL);
  sigaction (SIGSEGV, &action, NULL);
  memset (buffer, 1, sizeof buffer);
  while (fgets (line, sizeof line, stdin) != NULL) {
    obey (line);
    fflush (stdout);
  }
  return 0;
}
