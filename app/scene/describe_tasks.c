/* Says what happens to tasks. */
#include "describe_tasks.h"

#include <glib/gi18n-lib.h>

#include "numbers.h"

static const char *
process_in (const SceneSubject *it, guint value)
{
  return scene_subject_process (it, it->v[value]);
}

static const char *
name_in (const SceneSubject *it, guint value)
{
  return vm_machine_name (it->machine, (guint32) it->v[value]);
}

static char *
say_clone (const SceneSubject *it)
{
  g_autofree char *flags = scene_clone_flags (it->v[VM_V_CLONE_FLAGS]);
  guint pid = (guint) it->v[VM_V_CLONE_PID];
  guint tgid = (guint) it->v[VM_V_CLONE_TGID];

  if (it->v[VM_V_CLONE_FLAGS] & VM_CLONE_THREAD)
    /* Translators: a process, "vm,fs", name of a thread, two numbers. */
    return g_strdup_printf (
        _ ("Task %s calls clone with %s: %s is a thread, number "
           "%u, of process %u."),
        process_in (it, VM_V_CLONE_PARENT), flags,
        name_in (it, VM_V_CLONE_NAME), pid, tgid);
  /* Translators: a process, "vm,fs", name of a process, its pid. */
  return g_strdup_printf (
      _ ("Task %s calls clone with %s: %s is a process, pid %u."),
      process_in (it, VM_V_CLONE_PARENT), flags, name_in (it, VM_V_CLONE_NAME),
      pid);
}

static char *
say_refused (const SceneSubject *it)
{
  g_autofree char *flags = scene_clone_flags (it->v[VM_V_CLONE_REFUSED_FLAGS]);

  /* Translators: a process, "vm,fs". */
  return g_strdup_printf (_ ("Task %s is refused a clone with %s: EINVAL."),
                          process_in (it, VM_V_CLONE_REFUSED_PROCESS), flags);
}

/* What the child has in common with its parent, and what is a copy. */
static const struct {
  const char *shared, *copied;
} objects[VM_OBJECTS] = {
    [VM_OBJECT_MM] = {N_ ("The address space is shared."),
                      N_ ("The address space is a copy.")},
    [VM_OBJECT_FILES] = {N_ ("The descriptors are shared: what one opens, the "
                             "other has, too."),
                         N_ ("The descriptors are copied.")},
    [VM_OBJECT_FS] = {N_ ("The current folder is shared."),
                      N_ ("The current folder is copied.")},
    [VM_OBJECT_SIGHAND] = {N_ ("The signal handlers are shared."),
                           N_ ("The signal handlers are copied.")},
    [VM_OBJECT_GROUP] = {N_ ("The child joins the thread group."),
                         N_ ("The child joins the thread group.")},
};

static char *
say_object (const SceneSubject *it)
{
  guint64 object = it->v[VM_V_CLONE_OBJECT_KIND];

  return g_strdup (_ (it->v[VM_V_CLONE_OBJECT_SHARED] != 0
                          ? objects[object].shared
                          : objects[object].copied));
}

static char *
say_life (const SceneSubject *it)
{
  if (it->step->kind == VM_STEP_CLONE_WAIT)
    /* Translators: two processes. */
    return g_strdup_printf (
        _ ("Task %s waits until %s has left the memory that it "
           "was given."),
        process_in (it, VM_V_CLONE_WAIT_PARENT),
        process_in (it, VM_V_CLONE_WAIT_CHILD));
  if (it->step->kind == VM_STEP_DETHREAD)
    return g_strdup_printf (_ ("The call execve is for the whole process: all "
                               "its threads but %s end."),
                            process_in (it, VM_V_DETHREAD_PROCESS));
  /* Translators: a name, a pid. */
  return g_strdup_printf (
      _ ("The kernel makes %s, pid %u, a thread without memory of its own."),
      name_in (it, VM_V_KTHREAD_NAME), (guint) it->v[VM_V_KTHREAD_PID]);
}

static char *
say_registers (const SceneSubject *it)
{
  if (it->step->kind == VM_STEP_TASK_SAVE)
    /* Translators: a process, number of a processor. */
    return g_strdup_printf (_ ("What %s has in the registers of processor %u "
                               "is saved on its kernel stack."),
                            process_in (it, VM_V_TASK_PROCESS), it->step->cpu);
  /* Translators: number of a processor, a process. */
  return g_strdup_printf (_ ("Processor %u takes the registers of %s from its "
                             "kernel stack and goes on there."),
                          it->step->cpu, process_in (it, VM_V_TASK_PROCESS));
}

static char *
say_same (const SceneSubject *it)
{
  /* Translators: two processes. */
  return g_strdup_printf (
      _ ("Task %s has the address space of %s: CR3 is not written."),
      process_in (it, VM_V_SAME_PROCESS), process_in (it, VM_V_SAME_BEFORE));
}

static char *
say_borrow (const SceneSubject *it)
{
  if (it->v[VM_V_BORROW_MM] == VM_NONE)
    return g_strdup_printf (_ ("Task %s has no address space; the kernel's own "
                               "is all that is loaded."),
                            process_in (it, VM_V_BORROW_PROCESS));
  /* Translators: two processes. */
  return g_strdup_printf (
      _ ("Task %s has no address space: it borrows that of %s, "
         "which stays loaded. CR3 is not written."),
      process_in (it, VM_V_BORROW_PROCESS), process_in (it, VM_V_BORROW_MM));
}

static char *
say_generation (const SceneSubject *it)
{
  guint64 seen = it->v[VM_V_GENERATION_SEEN];
  guint64 now = it->v[VM_V_GENERATION_NOW];
  guint cpu = it->step->cpu;

  if (it->v[VM_V_GENERATION_STALE] == 0)
    /* Translators: number of a processor, a process, a generation. */
    return g_strdup_printf (
        _ ("Processor %u goes back to the memory of %s, which it kept: it has "
           "heard of all %u flushes, and none is needed."),
        cpu, process_in (it, VM_V_GENERATION_PROCESS), (guint) now);
  /* Translators: number of a processor, a process, two generations. */
  return g_strdup_printf (
      _ ("Processor %u goes back to the memory of %s, which it kept: it has "
         "heard of %u flushes out of %u, and must flush now."),
      cpu, process_in (it, VM_V_GENERATION_PROCESS), (guint) seen, (guint) now);
}

static char *
say_lazy (const SceneSubject *it)
{
  SceneNumber va = scene_number_virtual (it->geometry, it->v[VM_V_IPI_VA]);
  guint cpu = it->step->cpu;

  if (it->step->kind == VM_STEP_LAZY_SKIP)
    /* Translators: number of a processor, an address. */
    return g_strdup_printf (_ ("Processor %u is lazy: it is not interrupted "
                               "for the page at %s."),
                            cpu, va.s);
  /* Translators: number of a processor, a process. */
  return g_strdup_printf (
      _ ("Tables of %s will be freed: processor %u, which "
         "kept them loaded, goes over to the kernel's own."),
      process_in (it, VM_V_LAZY_LEAVE_MM), cpu);
}

static char *
say_reference (const SceneSubject *it)
{
  SceneNumber root;

  if (it->step->kind == VM_STEP_MM_DROP)
    /* Translators: two processes. */
    return g_strdup_printf (
        _ ("Task %s gives back its reference to the address space of %s."),
        process_in (it, VM_V_MM_DROP_PROCESS),
        process_in (it, VM_V_MM_DROP_MM));
  root = scene_number_frame (it->geometry, it->v[VM_V_MM_FREE_ROOT]);
  return g_strdup_printf (_ ("Nobody refers to the address space of %s any "
                             "more: its root, frame %s, is freed."),
                          process_in (it, VM_V_MM_FREE_MM), root.s);
}

static char *
say_folder (const SceneSubject *it)
{
  /* Translators: a process, a folder. */
  return g_strdup_printf (_ ("The current folder of %s is now %s."),
                          process_in (it, VM_V_CHDIR_PROCESS),
                          name_in (it, VM_V_CHDIR_FOLDER));
}

static char *
say_sigaction (const SceneSubject *it)
{
  guint number = (guint) it->v[VM_V_SIGACTION_NUMBER];
  guint64 handler = it->v[VM_V_SIGACTION_HANDLER];
  const char *process = process_in (it, VM_V_SIGACTION_PROCESS);
  SceneNumber va = scene_number_virtual (it->geometry, handler);

  if (it->v[VM_V_SIGACTION_REFUSED] != 0)
    return g_strdup_printf (_ ("Nobody can handle signal %u: EINVAL."), number);
  if (handler == 0)
    /* Translators: number of a signal, a process. */
    return g_strdup_printf (_ ("Signal %u does to %s what it does by default."),
                            number, process);
  if (handler == 1)
    return g_strdup_printf (_ ("Task %s ignores signal %u."), process, number);
  /* Translators: number of a signal, a process, an address. */
  return g_strdup_printf (_ ("On signal %u %s goes to %s."), number, process,
                          va.s);
}

static char *(*const says[VM_STEP_KINDS]) (const SceneSubject *it) = {
    [VM_STEP_CLONE] = say_clone,
    [VM_STEP_CLONE_REFUSED] = say_refused,
    [VM_STEP_CLONE_OBJECT] = say_object,
    [VM_STEP_CLONE_WAIT] = say_life,
    [VM_STEP_DETHREAD] = say_life,
    [VM_STEP_KTHREAD] = say_life,
    [VM_STEP_TASK_SAVE] = say_registers,
    [VM_STEP_TASK_LOAD] = say_registers,
    [VM_STEP_SAME_SPACE] = say_same,
    [VM_STEP_BORROW] = say_borrow,
    [VM_STEP_GENERATION] = say_generation,
    [VM_STEP_LAZY_SKIP] = say_lazy,
    [VM_STEP_LAZY_LEAVE] = say_lazy,
    [VM_STEP_MM_DROP] = say_reference,
    [VM_STEP_MM_FREE] = say_reference,
    [VM_STEP_CHDIR] = say_folder,
    [VM_STEP_SIGACTION] = say_sigaction,
};

char *
scene_say_tasks (const SceneSubject *it)
{
  return says[it->step->kind](it);
}

static char *
more_refused (const SceneSubject *it)
{
  switch ((enum vm_clone_rule) it->v[VM_V_CLONE_REFUSED_RULE]) {
  case VM_CLONE_RULE_THREAD:
    return g_strdup (_ ("Threads of a group must share signal handlers: thread "
                        "needs sighand."));
  case VM_CLONE_RULE_SIGHAND:
    return g_strdup (_ ("A handler is an address: sighand needs vm."));
  case VM_CLONE_RULE_CLEAR:
    return g_strdup (_ ("What is shared cannot be cleared for one alone."));
  case VM_CLONE_RULE_NONE:
  case VM_CLONE_RULES:
    break;
  }
  return NULL;
}

static char *
more_users (guint users)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u task has it.",
                                       "%u tasks have it.", users),
                          users);
}

static char *
more_references (guint count)
{
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u reference is left (mm_count).",
                   "%u references are left (mm_count).", count),
      count);
}

char *
scene_more_tasks (const SceneSubject *it)
{
  if (it->step->kind == VM_STEP_CLONE_REFUSED)
    return more_refused (it);
  if (it->step->kind == VM_STEP_CLONE_OBJECT)
    return more_users ((guint) it->v[VM_V_CLONE_OBJECT_USERS]);
  if (it->step->kind == VM_STEP_CHDIR)
    return more_users ((guint) it->v[VM_V_CHDIR_USERS]);
  if (it->step->kind == VM_STEP_SIGACTION)
    return more_users ((guint) it->v[VM_V_SIGACTION_USERS]);
  if (it->step->kind == VM_STEP_MM_DROP)
    return more_references ((guint) it->v[VM_V_MM_DROP_LEFT]);
  if (it->step->kind == VM_STEP_LAZY_SKIP)
    return g_strdup (_ ("A kernel thread uses no user address; the processor "
                        "compares generations when it goes back."));
  return NULL;
}

char *
scene_clone_flags (guint64 flags)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint bit = 0; bit < VM_CLONE_FLAGS; bit++)
    if (flags >> bit & 1)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "",
                              vm_clone_flag_name (bit));
  if (text->len == 0)
    g_string_append (text, "none");
  return g_string_free (g_steal_pointer (&text), FALSE);
}
