/* What the running kernel makes of a program: maps and first stack, at the
 * first instruction, or where the program itself begins, as JSON.
 *
 *   linux-exec [--entry] [--random] [--stack-limit N] FILE ARGV0 [ARG...]
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
  int entry, random;
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

/* AT_ENTRY of the process. */
static uint64_t
entry_of (pid_t pid)
{
  char path[64];
  Elf64_auxv_t pair;
  uint64_t entry = 0;

  snprintf (path, sizeof path, "/proc/%d/auxv", (int) pid);
  FILE *file = fopen (path, "rb");
  while (file != NULL && fread (&pair, sizeof pair, 1, file) == 1)
    if (pair.a_type == AT_ENTRY)
      entry = pair.a_un.a_val;
  if (file != NULL)
    fclose (file);
  return entry;
}

/* Lets the loader run, up to the program's own first instruction. */
static int
go_to_entry (pid_t pid)
{
  uint64_t entry = entry_of (pid), word = peek (pid, entry);
  int status;

  ptrace (PTRACE_POKEDATA, pid, (void *) entry,
          (void *) ((word & ~UINT64_C (0xff)) | 0xcc));
  do {
    ptrace (PTRACE_CONT, pid, NULL, NULL);
    if (waitpid (pid, &status, 0) != pid || !WIFSTOPPED (status))
      return 0;
  } while (WSTOPSIG (status) != SIGTRAP);
  return 1;
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
  for (uint64_t va = registers.rsp; va < end; va++) {
    unsigned char byte = 0;
    if (pread (memory, &byte, 1, (off_t) va) == 1)
      printf ("%02x", byte);
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
  if (wish->entry && !go_to_entry (pid))
    return SKIP + 1;
  print_stack (pid, print_maps (pid));
  kill (pid, SIGKILL);
  waitpid (pid, &status, 0);
  return 0;
}

int
main (int argc, char **argv)
{
  struct wish wish = {0};
  int i = 1;

  for (; i < argc && strncmp (argv[i], "--", 2) == 0; i++) {
    wish.entry |= strcmp (argv[i], "--entry") == 0;
    wish.random |= strcmp (argv[i], "--random") == 0;
    if (strcmp (argv[i], "--stack-limit") == 0 && i + 1 < argc)
      wish.stack = strtoul (argv[++i], NULL, 0);
  }
  if (argc - i < 2)
    return 2;
  wish.file = argv[i];
  wish.argv = argv + i + 1;
  pid_t pid = fork ();
  if (pid == 0)
    child (&wish);
  return pid == -1 ? SKIP : watch (pid, &wish);
}
