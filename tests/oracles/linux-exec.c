/* What the running kernel makes of a program: maps and first stack, at the
 * first instruction, where the program itself begins, or at main, as JSON.
 *
 *   linux-exec [--entry | --main] [--random] [--stack-limit N] FILE ARGV0
 *              [ARG...]
 *
 * The environment is what this program was given. Exit code 77: not permitted
 * here. */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define SKIP 77

struct wish {
  int entry, main, random;
  unsigned long stack;
  const char *file;
  char **argv;
};

static void
child (const struct wish *wish)
{
  struct rlimit limit = {wish->stack, RLIM_INFINITY};

  if (wish->stack != 0 && setrlimit (RLIMIT_STACK, &limit) != 0)
    _exit (SKIP);
  if (!wish->random && personality (ADDR_NO_RANDOMIZE) == -1)
    _exit (SKIP);
  if (ptrace (PTRACE_TRACEME, 0, NULL, NULL) != 0)
    _exit (SKIP);
  execv (wish->file, wish->argv);
  _exit (SKIP + 1);
}

static uint64_t
peek (pid_t pid, uint64_t va)
{
  return (uint64_t) ptrace (PTRACE_PEEKDATA, pid, (void *) va, NULL);
}

/* AT_ENTRY of the process, whose vector has words of 32 or of 64 bits: read
 * as the shorter, the longer ends after one number. */
static uint64_t
entry_of (pid_t pid)
{
  unsigned char bytes[4096];
  uint64_t entry = 0, pair[2];
  char path[64];

  snprintf (path, sizeof path, "/proc/%d/auxv", (int) pid);
  FILE *file = fopen (path, "rb");
  size_t size = file != NULL ? fread (bytes, 1, sizeof bytes, file) : 0;
  if (file != NULL)
    fclose (file);
  for (size_t width = 4; width <= 8 && entry == 0; width += 4)
    for (size_t at = 0; at + 2 * width <= size; at += 2 * width) {
      pair[0] = pair[1] = 0;
      memcpy (&pair[0], bytes + at, width);
      memcpy (&pair[1], bytes + at + width, width);
      if (pair[0] == AT_NULL)
        break;
      if (pair[0] == AT_ENTRY)
        entry = pair[1];
    }
  return entry;
}

/* Lets it run up to an instruction; 0: it does not come there. */
static int
go_to (pid_t pid, uint64_t va)
{
  struct user_regs_struct registers;
  uint64_t word = peek (pid, va);
  int status;

  ptrace (PTRACE_POKEDATA, pid, (void *) va,
          (void *) ((word & ~UINT64_C (0xff)) | 0xcc));
  do {
    ptrace (PTRACE_CONT, pid, NULL, NULL);
    if (waitpid (pid, &status, 0) != pid || !WIFSTOPPED (status))
      return 0;
  } while (WSTOPSIG (status) != SIGTRAP);
  ptrace (PTRACE_POKEDATA, pid, (void *) va, (void *) word);
  if (ptrace (PTRACE_GETREGS, pid, NULL, &registers) != 0)
    return 0;
  registers.rip = va;
  return ptrace (PTRACE_SETREGS, pid, NULL, &registers) == 0;
}

static int
step (pid_t pid)
{
  int status;

  ptrace (PTRACE_SINGLESTEP, pid, NULL, NULL);
  return waitpid (pid, &status, 0) == pid && WIFSTOPPED (status);
}

/* Is an address code of the process? */
static int
is_code (pid_t pid, uint64_t va)
{
  char path[64], line[512], access[8];
  unsigned long start, end;
  int found = 0;

  snprintf (path, sizeof path, "/proc/%d/maps", (int) pid);
  FILE *file = fopen (path, "r");
  while (file != NULL && !found && fgets (line, sizeof line, file) != NULL)
    found = sscanf (line, "%lx-%lx %7s", &start, &end, access) == 3
            && va >= start && va < end && access[2] == 'x';
  if (file != NULL)
    fclose (file);
  return found;
}

/* Lets the C library's start-up code run, too: what it is about to call is the
 * first parameter of the first function that the program's first instructions
 * call, __libc_start_main. */
static int
go_to_main (pid_t pid)
{
  struct user_regs_struct r;

  for (int i = 0; i < 64; i++) {
    if (ptrace (PTRACE_GETREGS, pid, NULL, &r) != 0)
      return 0;
    uint64_t code = peek (pid, r.rip) & 0xffff;
    int calls = (code & 0xff) == 0xe8 || code == 0x15ff || code == 0xe867;
    int small = r.cs == 0x23;
    uint64_t main = small ? peek (pid, r.rsp) & 0xffffffff : r.rdi;
    if (calls && is_code (pid, main))
      return go_to (pid, main);
    if (!step (pid))
      return 0;
  }
  return 0;
}

static void
print_text (const char *text, size_t length)
{
  putchar ('"');
  for (size_t i = 0; i < length; i++)
    if (text[i] == '\n')
      fputs ("\\n", stdout);
    else if (text[i] == '"' || text[i] == '\\')
      printf ("\\%c", text[i]);
    else
      putchar (text[i]);
  putchar ('"');
}

static uint64_t
print_maps (pid_t pid)
{
  static char text[1 << 20];
  char path[64];
  uint64_t end = 0;

  snprintf (path, sizeof path, "/proc/%d/maps", (int) pid);
  FILE *file = fopen (path, "r");
  if (file == NULL)
    exit (SKIP);
  size_t length = fread (text, 1, sizeof text - 1, file);
  fclose (file);
  printf ("{\"maps\":");
  print_text (text, length);
  const char *stack = strstr (text, "[stack]");
  while (stack != NULL && stack > text && stack[-1] != '\n')
    stack--;
  if (stack != NULL)
    sscanf (stack, "%*x-%lx", (unsigned long *) &end);
  return end;
}

/* From the stack pointer to the end. */
static void
print_stack (pid_t pid, uint64_t end)
{
  struct user_regs_struct registers;
  char path[64];

  if (ptrace (PTRACE_GETREGS, pid, NULL, &registers) != 0)
    exit (SKIP);
  printf (",\"ip\":%llu,\"sp\":%llu,\"end\":%lu,\"bytes\":\"",
          (unsigned long long) registers.rip,
          (unsigned long long) registers.rsp, (unsigned long) end);
  snprintf (path, sizeof path, "/proc/%d/mem", (int) pid);
  int memory = open (path, O_RDONLY);
  for (uint64_t va = registers.rsp; va < end;) {
    unsigned char bytes[4096];
    size_t room = end - va < sizeof bytes ? end - va : sizeof bytes;
    ssize_t got = pread (memory, bytes, room, (off_t) va);
    for (ssize_t i = 0; i < got; i++)
      printf ("%02x", bytes[i]);
    if (got <= 0)
      break;
    va += (uint64_t) got;
  }
  close (memory);
  puts ("\"}");
}

static int
watch (pid_t pid, const struct wish *wish)
{
  int status;

  if (waitpid (pid, &status, 0) != pid || !WIFSTOPPED (status))
    return WIFEXITED (status) ? WEXITSTATUS (status) : SKIP;
  ptrace (PTRACE_SETOPTIONS, pid, NULL, PTRACE_O_EXITKILL);
  int there = ((!wish->entry && !wish->main) || go_to (pid, entry_of (pid)))
              && (!wish->main || go_to_main (pid));
  if (there)
    print_stack (pid, print_maps (pid));
  kill (pid, SIGKILL);
  waitpid (pid, &status, 0);
  return there ? 0 : SKIP + 1;
}

int
main (int argc, char **argv)
{
  struct wish wish = {0};
  int i = 1;

  for (; i < argc && strncmp (argv[i], "--", 2) == 0; i++) {
    wish.entry |= strcmp (argv[i], "--entry") == 0;
    wish.main |= strcmp (argv[i], "--main") == 0;
    wish.random |= strcmp (argv[i], "--random") == 0;
    if (strcmp (argv[i], "--stack-limit") == 0 && i + 1 < argc)
      wish.stack = strtoul (argv[++i], NULL, 0);
  }
  if (argc - i < 2)
    return 2;
  wish.file = argv[i];
  wish.argv = argv + i + 1;
  alarm (30);
  pid_t pid = fork ();
  if (pid == 0)
    child (&wish);
  return pid == -1 ? SKIP : watch (pid, &wish);
}
