/* A process of the running Linux that does what it is told, a line at a time.
 *
 * Commands come on standard input, answers go to standard output. Addresses
 * are real ones; the tester keeps a window of addresses to itself. A forked
 * child reads and writes the named pipes that the command gives. */
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
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 4096u

static sigjmp_buf escape;
static volatile int signal_code, signal_number;

static void
on_signal (int number, siginfo_t *info, void *context)
{
  (void) context;
  signal_number = number;
  signal_code = info->si_code;
  siglongjmp (escape, 1);
}

static long
minor_faults (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_minflt;
}

/* Touches the first byte of count pages. Volatile, so that each is touched;
 * nothing else happens in the loop. */
static void
touch (volatile uint8_t *page, unsigned long count, int write, uint8_t value)
{
  for (unsigned long i = 0; i < count; i++, page += PAGE) {
    if (write)
      *page = value;
    else
      (void) *page;
  }
}

/* "faults N" or "signal NUMBER CODE". */
static void
touch_counted (uint64_t va, unsigned long count, int write, uint8_t value)
{
  static uint8_t own[PAGE];

  touch (own, 1, 1, 1);
  minor_faults ();
  if (sigsetjmp (escape, 1) != 0) {
    printf ("signal %d %d\n", signal_number, signal_code);
    return;
  }
  long before = minor_faults ();
  touch ((volatile uint8_t *) (uintptr_t) va, count, write, value);
  long after = minor_faults ();
  printf ("faults %ld\n", after - before);
}

/* "pages" and a word a page: 0, or the frame as /proc/self/pagemap says; 1
 * where that tells only that there is one. */
static void
tell_frames (uint64_t va, unsigned long count)
{
  int file = open ("/proc/self/pagemap", O_RDONLY);

  printf ("pages");
  for (unsigned long i = 0; i < count; i++) {
    uint64_t entry = 0;
    if (pread (file, &entry, sizeof entry,
               (off_t) ((va / PAGE + i) * sizeof entry))
        != sizeof entry)
      entry = 0;
    uint64_t frame = entry & ((UINT64_C (1) << 55) - 1);
    int present = entry >> 63 & 1;
    printf (" %" PRIu64, !present ? UINT64_C (0) : frame != 0 ? frame : 1);
  }
  printf ("\n");
  close (file);
}

/* "maps" and START-END-PERMS of each region that lies in a range. */
static void
tell_maps (uint64_t first, uint64_t last)
{
  FILE *maps = fopen ("/proc/self/maps", "r");
  char line[512], perms[8];
  uint64_t start, end;

  printf ("maps");
  while (fgets (line, sizeof line, maps) != NULL)
    if (sscanf (line, "%" SCNx64 "-%" SCNx64 " %7s", &start, &end, perms) == 3
        && start >= first && end <= last)
      printf (" %" PRIx64 "-%" PRIx64 "-%s", start, end, perms);
  printf ("\n");
  fclose (maps);
}

static void
tell_result (int failed)
{
  printf ("errno %d\n", failed ? errno : 0);
}

static void
do_mmap (uint64_t va, uint64_t length, int prot, int flags, const char *path)
{
  int file = -1;

  if (strcmp (path, "-") != 0)
    file = open (path, O_RDWR);
  void *got = mmap ((void *) (uintptr_t) va, length, prot, flags, file, 0);
  if (file >= 0)
    close (file);
  tell_result (got == MAP_FAILED);
}

static void
do_fork (const char *in, const char *out)
{
  pid_t child;

  fflush (stdout);
  child = fork ();
  if (child < 0) {
    tell_result (1);
    return;
  }
  if (child > 0) {
    printf ("pid %d\n", child);
    return;
  }
  if (freopen (in, "r", stdin) == NULL || freopen (out, "w", stdout) == NULL)
    _exit (1);
  setvbuf (stdout, NULL, _IOLBF, 0);
}

static int
obey (const char *line)
{
  uint64_t va, length, other, more;
  char a[256], b[256];
  int prot, flags;

  if (sscanf (line, "read %" SCNx64 " %" SCNu64, &va, &length) == 2)
    touch_counted (va, length, 0, 0);
  else if (sscanf (line, "write %" SCNx64 " %" SCNu64 " %" SCNu64, &va, &length,
                   &other)
           == 3)
    touch_counted (va, length, 1, (uint8_t) other);
  else if (sscanf (line, "frames %" SCNx64 " %" SCNu64, &va, &length) == 2)
    tell_frames (va, length);
  else if (sscanf (line, "byte %" SCNx64, &va) == 1)
    printf ("byte %d\n", *(volatile uint8_t *) (uintptr_t) va);
  else if (sscanf (line, "maps %" SCNx64 " %" SCNx64, &va, &length) == 2)
    tell_maps (va, length);
  else if (sscanf (line, "mmap %" SCNx64 " %" SCNu64 " %d %d %255s", &va,
                   &length, &prot, &flags, a)
           == 5)
    do_mmap (va, length, prot, flags, a);
  else if (sscanf (line, "munmap %" SCNx64 " %" SCNu64, &va, &length) == 2)
    tell_result (munmap ((void *) (uintptr_t) va, length) != 0);
  else if (sscanf (line, "mprotect %" SCNx64 " %" SCNu64 " %d", &va, &length,
                   &prot)
           == 3)
    tell_result (mprotect ((void *) (uintptr_t) va, length, prot) != 0);
  else if (sscanf (line, "mremap %" SCNx64 " %" SCNu64 " %" SCNu64 " %" SCNx64,
                   &va, &length, &other, &more)
           == 4)
    tell_result (mremap ((void *) (uintptr_t) va, length, other,
                         more != 0 ? MREMAP_MAYMOVE | MREMAP_FIXED : 0,
                         (void *) (uintptr_t) more)
                 == MAP_FAILED);
  else if (sscanf (line, "madvise %" SCNx64 " %" SCNu64 " %d", &va, &length,
                   &prot)
           == 3)
    tell_result (madvise ((void *) (uintptr_t) va, length, prot) != 0);
  else if (sscanf (line, "fork %255s %255s", a, b) == 2)
    do_fork (a, b);
  else if (strncmp (line, "wait", 4) == 0)
    tell_result (wait (NULL) < 0);
  else
    return 0;
  fflush (stdout);
  return 1;
}

int
main (void)
{
  static char line[1024];
  static uint8_t stack[1 << 16];
  stack_t other = {.ss_sp = stack, .ss_size = sizeof stack};
  struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK};

  prctl (PR_SET_THP_DISABLE, 1, 0, 0, 0);
  setvbuf (stdout, NULL, _IOLBF, 0);
  action.sa_sigaction = on_signal;
  sigaltstack (&other, NULL);
  sigaction (SIGSEGV, &action, NULL);
  sigaction (SIGBUS, &action, NULL);
  while (fgets (line, sizeof line, stdin) != NULL)
    if (!obey (line))
      break;
  return 0;
}
