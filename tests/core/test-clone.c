/* clone: which flags go together, what is then shared, how groups end. */
#include "support.h"

#include <string.h>

#include "process/clone.h"
#include "process/task.h"
#include "programs.h"

typedef struct vm_machine Machine;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Machine, vm_machine_free)

static uint32_t
find (const struct vm_machine *m, const char *name)
{
  const struct vm_state *s = vm_machine_state (m);

  for (uint32_t i = 0; i < s->process_count; i++)
    if (s->processes[i].state != VM_PROCESS_FREE
        && strcmp (vm_machine_name (m, s->processes[i].name), name) == 0)
      return i;
  return VM_NONE;
}

static Machine *
make (void)
{
  Machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=16M cpus=2");
  run (m, "process name=A");
  run (m, "mmap process=A length=16K prot=rw va=0x40000000 fixed=on");
  run (m, "file name=f size=8K");
  run (m, "file name=g size=8K");
  run (m, "open process=A file=f");
  run (m, "chdir process=A to=home");
  run (m, "sigaction process=A signal=10 handler=0x40000000");
  run (m, "sigaction process=A signal=12 handler=1");
  run (m, "access process=A va=0x40000000 kind=write value=1");
  return m;
}

/* copy_process: THREAD wants SIGHAND wants VM; what is shared is not cleared.
 */
static bool
may (uint32_t flags)
{
  bool vm = flags & VM_CLONE_VM, sighand = flags & VM_CLONE_SIGHAND;

  return !((flags & VM_CLONE_THREAD) && !sighand) && !(sighand && !vm)
         && !(sighand && (flags & VM_CLONE_CLEAR_SIGHAND));
}

static void
clone_with (Machine *m, uint32_t flags)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (uint32_t bit = 0; bit < VM_CLONE_FLAGS; bit++)
    if (flags >> bit & 1)
      g_string_append_printf (words, "%s%s", words->len > 0 ? "," : "",
                              vm_clone_flag_name (bit));
  run (m, "clone process=A name=C flags=%s",
       words->len > 0 ? words->str : "none");
}

/* What the child changes shows in the parent, or does not. */
static void
check_shared (Machine *m, uint32_t flags)
{
  const struct vm_state *s = vm_machine_state (m);
  uint32_t a = find (m, "A"), c = find (m, "C");
  bool handlers = flags & VM_CLONE_SIGHAND;

  uint64_t inherited = flags & VM_CLONE_CLEAR_SIGHAND ? 0 : 0x40000000;
  const uint64_t *mine
      = &s->handlers[vm_task_sighand (s, c) * VM_SIGNAL_NUMBERS];
  const uint64_t *his
      = &s->handlers[vm_task_sighand (s, a) * VM_SIGNAL_NUMBERS];
  g_assert_cmphex (mine[10], ==, inherited);
  g_assert_cmphex (mine[12], ==, 1);
  run (m, "sigaction process=C signal=10 handler=0x40001000");
  g_assert_cmphex (his[10], ==, handlers ? 0x40001000 : 0x40000000);

  run (m, "chdir process=C to=tmp");
  const char *folder
      = vm_machine_name (m, s->shares[vm_task_fs (s, a)].folder - 1);
  g_assert_cmpstr (folder, ==, flags & VM_CLONE_FS ? "tmp" : "home");

  g_assert_cmpuint (run (m, "open process=C file=g")->value, ==, 4);
  g_assert_cmpint (s->fds[vm_task_files (s, a) * VM_MAX_FDS + 1] != 0, ==,
                   (flags & VM_CLONE_FILES) != 0);

  run (m, "access process=C va=0x40000000 kind=write value=2");
  if (!(flags & VM_CLONE_VFORK))
    g_assert_cmpuint (
        run (m, "access process=A va=0x40000000")->translation.value, ==,
        flags & VM_CLONE_VM ? 2 : 1);
}

static void
test_matrix (void)
{
  for (uint32_t flags = 0; flags < 1u << VM_CLONE_FLAGS; flags++) {
    g_autoptr (Machine) m = make ();
    const struct vm_state *s = vm_machine_state (m);
    clone_with (m, flags);
    const struct vm_result *r
        = vm_machine_result (m, vm_machine_op_count (m) - 1);
    g_assert_cmpint (r->refused, ==, may (flags) ? VM_ERRNO_NONE : VM_EINVAL);
    g_assert_cmpint (vm_clone_check (flags) == VM_CLONE_RULE_NONE, ==,
                     may (flags));
    assert_holds (m, VM_CHECK_ALL);
    if (!may (flags)) {
      g_assert_cmpuint (find (m, "C"), ==, VM_NONE);
      continue;
    }
    uint32_t c = find (m, "C");
    bool thread = flags & VM_CLONE_THREAD;
    g_assert_cmpuint (vm_task_tgid (s, c), ==, thread ? 41 : 42);
    g_assert_cmpuint (s->processes[c].parent, ==,
                      thread || flags & VM_CLONE_PARENT ? VM_NONE
                                                        : find (m, "A"));
    if (flags & VM_CLONE_VFORK)
      refused (m, VM_ERROR_NOT_RUNNING, "access process=A va=0x40000000");
    check_shared (m, flags);
    assert_holds (m, VM_CHECK_ALL);
    run (m, "exit process=C");
    run (m, "access process=A va=0x40000000");
    g_assert_cmpuint (s->mms[0].users, ==, 1);
    assert_holds (m, VM_CHECK_ALL);
    run (m, "exit process=A");
    assert_holds (m, VM_CHECK_ALL);
  }
}

static uint64_t
handler_of (const struct vm_state *s, uint32_t process, uint32_t number)
{
  return s->handlers[vm_task_sighand (s, process) * VM_SIGNAL_NUMBERS + number];
}

/* Who executes a program has descriptors and signal handlers of its own from
 * then on, whether the objects were made for it or for the other one; the
 * folder stays shared. Handlers are gone, what is ignored stays ignored. */
static void
check_exec (const char *who, const char *other)
{
  g_autofree char *text = program_text (&(struct program){.bss = 0x100});
  g_autoptr (Machine) m = make ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "file name=prog text=%s cached=off", text);
  run (m, "clone process=A name=C flags=vm,fs,files,sighand");
  run (m, "exec process=%s file=prog", who);
  assert_holds (m, VM_CHECK_ALL);
  uint32_t one = find (m, who), two = find (m, other);
  g_assert_cmpuint (vm_task_files (s, one), !=, vm_task_files (s, two));
  g_assert_cmpuint (vm_task_fs (s, one), ==, vm_task_fs (s, two));
  g_assert_cmphex (handler_of (s, one, 10), ==, 0);
  g_assert_cmphex (handler_of (s, one, 12), ==, 1);
  g_assert_cmphex (handler_of (s, two, 10), ==, 0x40000000);
  g_assert_cmpint (run (m, "close process=%s fd=3", who)->refused, ==,
                   VM_ERRNO_NONE);
  g_assert_cmpint (run (m, "close process=%s fd=3", other)->refused, ==,
                   VM_ERRNO_NONE);
  run (m, "fork process=%s name=F", other);
  run (m, "exit process=%s", who);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "exit process=%s", other);
  assert_holds (m, VM_CHECK_ALL);
}

static void
test_exec (void)
{
  check_exec ("C", "A");
  check_exec ("A", "C");
}

/* A leader that ends first waits, as a zombie, for its threads; its parent
 * hears of the process when the last one has ended. */
static void
test_leader_first (void)
{
  g_autoptr (Machine) m = make ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "fork process=A name=P");
  run (m, "clone process=P name=T flags=vm,sighand,thread");
  run (m, "clone process=T name=U flags=vm,sighand,thread");
  run (m, "fork process=T name=child");
  g_assert_cmpuint (s->processes[find (m, "child")].parent, ==, find (m, "P"));
  uint32_t p = find (m, "P");
  g_assert_cmpuint (s->tasks[p].threads, ==, 2);
  run (m, "exit process=P status=1");
  g_assert_cmpint (s->processes[p].state, ==, VM_PROCESS_ZOMBIE);
  g_assert_cmpint (run (m, "wait process=A")->refused, ==, VM_EAGAIN);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "exit process=T");
  g_assert_cmpuint (find (m, "T"), ==, VM_NONE);
  g_assert_cmpint (run (m, "wait process=A")->refused, ==, VM_EAGAIN);
  run (m, "exit process=child");
  g_assert_cmpint (run (m, "wait process=U")->refused, ==, VM_ERRNO_NONE);
  run (m, "exit process=U");
  g_assert_cmpint (run (m, "wait process=A")->refused, ==, VM_ERRNO_NONE);
  g_assert_cmpuint (find (m, "P"), ==, VM_NONE);
  assert_holds (m, VM_CHECK_ALL);
}

/* exit_group, by a thread: all end, with its status; who waited in vfork for
 * one of them goes on, and nobody wakes the dead. */
static void
test_group_ends (void)
{
  g_autoptr (Machine) m = make ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "clone process=A name=P flags=vm,vfork");
  run (m, "clone process=P name=T flags=vm,fs,files,sighand,thread");
  run (m, "clone process=P name=V flags=vm,vfork");
  refused (m, VM_ERROR_NOT_RUNNING, "brk process=P grow=4K");
  run (m, "exit process=T group=on status=5");
  uint32_t p = find (m, "P");
  g_assert_cmpint (s->processes[p].state, ==, VM_PROCESS_ZOMBIE);
  g_assert_cmpint (s->processes[p].status, ==, 5);
  g_assert_cmpint (s->processes[find (m, "A")].state, ==, VM_PROCESS_RUNNING);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "exit process=V");
  g_assert_cmpint (s->processes[p].state, ==, VM_PROCESS_ZOMBIE);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (s->mms[0].users, ==, 1);
}

/* What outlives its maker keeps its place. */
static void
test_maker_gone (void)
{
  g_autoptr (Machine) m = make ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "clone process=A name=C flags=vm,fs,files,sighand");
  run (m, "exit process=A");
  run (m, "process name=N");
  g_assert_cmpuint (find (m, "N"), !=, 0);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (vm_task_files (s, find (m, "C")), ==, 0);
  run (m, "read process=C fd=3 va=0x40001000 length=16");
  run (m, "exit process=C");
  for (uint32_t i = 0; i < VM_MAX_FDS; i++)
    g_assert_cmpuint (s->fds[i], ==, 0);
  g_assert_cmpuint (s->shares[0].folder, ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "process name=M");
  g_assert_cmpuint (find (m, "M"), ==, 0);
}

static void
test_signals (void)
{
  g_autoptr (Machine) m = make ();
  struct vm_error error;

  g_assert_cmpint (run (m, "sigaction process=A signal=9 handler=1")->refused,
                   ==, VM_EINVAL);
  g_assert_cmpint (run (m, "sigaction process=A signal=19 handler=1")->refused,
                   ==, VM_EINVAL);
  g_assert_false (
      vm_machine_do_line (m, "clone process=A name=C flags=vm,vm", &error));
  g_assert_cmpint (error.code, ==, VM_ERROR_BAD_CHOICE);
  g_assert_false (
      vm_machine_do_line (m, "clone process=A name=C flags=vm,", &error));
  g_assert_cmpint (error.code, ==, VM_ERROR_BAD_CHOICE);
  refused (m, VM_ERROR_PROCESS_EXISTS, "clone process=A name=A");
  refused (m, VM_ERROR_MISSING_PARAMETER, "show what=mm");
  run (m, "show what=threads");
}

/* Tasks need address spaces that Linux could have, and names of their own. */
static void
test_refused (void)
{
  static const struct {
    const char *machine, *line;
    enum vm_error_code code;
  } cases[] = {
      {"machine geometry=toy", "clone process=A name=B", VM_ERROR_NOT_HERE},
      {"machine geometry=x86-32 memory=1M translation=none",
       "clone process=A name=B", VM_ERROR_NEEDS_PAGING},
      {"machine geometry=x86-32 memory=1M translation=none", "kthread name=k",
       VM_ERROR_NEEDS_PAGING},
      {"machine geometry=x86-64 memory=1M", "kthread name=A",
       VM_ERROR_PROCESS_EXISTS},
      {"machine geometry=x86-64 memory=1M", "clone process=A name=A",
       VM_ERROR_PROCESS_EXISTS},
      {"machine geometry=x86-64 memory=1M", "clone process=B name=C",
       VM_ERROR_UNKNOWN_PROCESS},
      {"machine geometry=x86-64 memory=1M", "chdir process=B to=home",
       VM_ERROR_UNKNOWN_PROCESS},
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Machine) m = vm_machine_new ();
    run (m, "%s", cases[i].machine);
    run (m, "process name=A");
    refused (m, cases[i].code, "%s", cases[i].line);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clone/matrix", test_matrix);
  g_test_add_func ("/clone/exec", test_exec);
  g_test_add_func ("/clone/leader first", test_leader_first);
  g_test_add_func ("/clone/group ends", test_group_ends);
  g_test_add_func ("/clone/maker gone", test_maker_gone);
  g_test_add_func ("/clone/signals", test_signals);
  g_test_add_func ("/clone/refused", test_refused);
  return g_test_run ();
}
