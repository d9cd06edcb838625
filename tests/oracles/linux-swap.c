/* A process of the running Linux whose pages are locked, written to swap and
 * brought back as it is told, a line at a time.
 *
 * Pages are numbered from the beginning of a window of addresses that nothing
 * else uses. Each command has one line of answer. It gives up the rights of
 * root, so that limits count. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAGE 4096u
#define WINDOW UINT64_C (0x10000000)
#define NOBODY 65534
#define PATIENCE 400 /* times 5 ms until a page has been written */

#ifndef MADV_COLD
#define MADV_COLD 20
#endif
#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

static void *
page_at (unsigned long page)
{
  return (void *) (uintptr_t) (WINDOW + page * PAGE);
}

static void
answer (int result)
{
  printf ("%s\n", result == 0 ? "ok" : strerrorname_np (errno));
}

/* "minor N major N value V" of one touch. */
static void
touch (unsigned long page, int write, unsigned long value)
{
  volatile uint64_t *at = page_at (page);
  struct rusage before, after;

  getrusage (RUSAGE_SELF, &before);
  if (write)
    *at = value;
  else
    value = *at;
  getrusage (RUSAGE_SELF, &after);
  printf ("minor %ld major %ld value %lu\n", after.ru_minflt - before.ru_minflt,
          after.ru_majflt - before.ru_majflt, value);
}

static int
is_resident (unsigned long page)
{
  unsigned char there = 0;

  return mincore (page_at (page), PAGE, &there) == 0 && (there & 1);
}

/* One digit a page: 1, it is in memory. */
static void
tell_resident (unsigned long page, unsigned long count)
{
  for (unsigned long i = 0; i < count; i++)
    putchar (is_resident (page + i) ? '1' : '0');
  putchar ('\n');
}

/* One digit a page: 1, its entry names swap. */
static void
tell_swapped (unsigned long page, unsigned long count)
{
  int file = open ("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);

  for (unsigned long i = 0; i < count; i++) {
    uint64_t entry = 0;
    off_t at = (off_t) ((WINDOW / PAGE + page + i) * sizeof entry);
    if (pread (file, &entry, sizeof entry, at) != (ssize_t) sizeof entry)
      entry = 0;
    putchar (entry >> 62 & 1 ? '1' : '0');
  }
  putchar ('\n');
  close (file);
}

/* Writing takes a while: asks again until the pages have gone. */
static void
page_out (unsigned long page, unsigned long count)
{
  for (unsigned tries = 0; tries < PATIENCE; tries++) {
    unsigned long left = 0;
    if (madvise (page_at (page), count * PAGE, MADV_PAGEOUT) != 0) {
      answer (-1);
      return;
    }
    for (unsigned long i = 0; i < count; i++)
      left += is_resident (page + i) != 0;
    if (left == 0)
      break;
    usleep (5000);
  }
  answer (0);
}

/* VmLck in pages. */
static void
tell_locked (void)
{
  FILE *file = fopen ("/proc/self/status", "re");
  char line[256];
  unsigned long kib = 0;

  while (file != NULL && fgets (line, sizeof line, file) != NULL)
    if (sscanf (line, "VmLck: %lu kB", &kib) == 1)
      break;
  if (file != NULL)
    fclose (file);
  printf ("%lu\n", kib / (PAGE / 1024));
}

static void
map (unsigned long page, unsigned long count, int flags)
{
  void *got = mmap (page_at (page), count * PAGE, PROT_READ | PROT_WRITE,
                    MAP_ANONYMOUS | MAP_FIXED | flags, -1, 0);
  answer (got == MAP_FAILED ? -1 : 0);
}

static int
advice_of (const char *name)
{
  if (strcmp (name, "cold") == 0)
    return MADV_COLD;
  if (strcmp (name, "willneed") == 0)
    return MADV_WILLNEED;
  return strcmp (name, "free") == 0 ? MADV_FREE : MADV_DONTNEED;
}

static void
limit (unsigned long bytes)
{
  struct rlimit both = {bytes, bytes};
  answer (setrlimit (RLIMIT_MEMLOCK, &both));
}

static void
obey (const char *name, unsigned long a, unsigned long b)
{
  if (strcmp (name, "map") == 0)
    map (a, b, MAP_PRIVATE);
  else if (strcmp (name, "map-shared") == 0)
    map (a, b, MAP_SHARED);
  else if (strcmp (name, "map-locked") == 0)
    map (a, b, MAP_PRIVATE | MAP_LOCKED);
  else if (strcmp (name, "unmap") == 0)
    answer (munmap (page_at (a), b * PAGE));
  else if (strcmp (name, "read") == 0)
    touch (a, 0, 0);
  else if (strcmp (name, "write") == 0)
    touch (a, 1, b);
  else if (strcmp (name, "resident") == 0)
    tell_resident (a, b);
  else if (strcmp (name, "swapped") == 0)
    tell_swapped (a, b);
  else if (strcmp (name, "pageout") == 0)
    page_out (a, b);
  else if (strcmp (name, "locked") == 0)
    tell_locked ();
  else if (strcmp (name, "limit") == 0)
    limit (a);
  else if (strcmp (name, "mlock") == 0)
    answer (mlock (page_at (a), b * PAGE));
  else if (strcmp (name, "mlock-bytes") == 0)
    answer (mlock ((char *) page_at (0) + a, b));
  else if (strcmp (name, "mlock-onfault") == 0)
    answer (mlock2 (page_at (a), b * PAGE, MLOCK_ONFAULT));
  else if (strcmp (name, "munlock") == 0)
    answer (munlock (page_at (a), b * PAGE));
  else if (strcmp (name, "mlockall") == 0)
    answer (mlockall ((int) a));
  else if (strcmp (name, "munlockall") == 0)
    answer (munlockall ());
  else if (strcmp (name, "protect") == 0)
    answer (mprotect (page_at (a), b * PAGE, PROT_READ));
  else
    answer (madvise (page_at (a), b * PAGE, advice_of (name)));
}

int
main (void)
{
  char line[256], name[64];
  static char buffer[1 << 16];

  setvbuf (stdout, buffer, _IOLBF, sizeof buffer);
  if (geteuid () == 0 && (setgid (NOBODY) != 0 || setuid (NOBODY) != 0))
    return 1;
  prctl (PR_SET_DUMPABLE, 1);
  prctl (PR_SET_THP_DISABLE, 1, 0, 0, 0);
  while (fgets (line, sizeof line, stdin) != NULL) {
    unsigned long a = 0, b = 0;
    if (sscanf (line, "%63s %lu %lu", name, &a, &b) >= 1)
      obey (name, a, b);
  }
  return 0;
}
