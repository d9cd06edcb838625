/* Tasks that share, at random, on several processors, against a model that is
 * as simple as can be: who has what, and which bytes are where. */
#include "support.h"

#include "process/task.h"

#define TASKS 300 /* made in one run */
#define MOST 7    /* alive at one time */
#define PAGES 4   /* of an address space */
#define OPERATIONS 700
#define KEPT_EVERY 25

enum { NOBODY = -1 };

/* One task. mm, files, fs and sighand are numbers of objects; a kernel thread
 * has the number of the address space that it keeps a reference to. */
struct task {
  bool alive, kernel, waits;
  int group; /* its leader */
  int mm, files, fs, sighand;
  int waiter; /* who waits for it */
};

struct space {
  bool there[PAGES], writable[PAGES];
  uint8_t byte[PAGES];
};

struct model {
  struct vm_machine *m;
  uint64_t seed;
  struct task tasks[TASKS];
  struct space spaces[TASKS];
  int opened[TASKS], folder[TASKS], handler[TASKS];
  int count, objects;
  int runs[VM_MAX_CPUS];
};

static const char *const machines[] = {
    "cpus=2 dtlb=2x2",
    "cpus=3 dtlb=2x2 pcid=on",
    "cpus=4 dtlb=2x2 stlb=4x4 psc=on kernel-half=shared",
    "cpus=3 dtlb=2x2 pcid=on kpti=on psc=on",
    "cpus=1 tlb-sets=2 tlb-ways=2",
};

static uint32_t
index_of (const struct model *o, int task)
{
  const struct vm_state *s = vm_machine_state (o->m);
  g_autofree char *name = g_strdup_printf ("t%d", task);

  for (uint32_t i = 0; i < s->process_count; i++)
    if (s->processes[i].state != VM_PROCESS_FREE
        && g_str_equal (vm_machine_name (o->m, s->processes[i].name), name))
      return i;
  return VM_NONE;
}

static int
alive (const struct model *o)
{
  int n = 0;

  for (int i = 0; i < o->count; i++)
    n += o->tasks[i].alive;
  return n;
}

/* Any of those that live. */
static int
some_task (struct model *o)
{
  int n = (int) random_below (&o->seed, (uint64_t) alive (o));

  for (int i = 0; i < o->count; i++)
    if (o->tasks[i].alive && n-- == 0)
      return i;
  g_assert_not_reached ();
}

static int
some_process (struct model *o)
{
  int i;

  do
    i = some_task (o);
  while (o->tasks[i].kernel);
  return i;
}

/* Runs a line of one task, which is refused if it waits. False: it was. */
static bool
may_call (struct model *o, int task)
{
  if (!o->tasks[task].waits)
    return true;
  refused (o->m, VM_ERROR_NOT_RUNNING, "brk process=t%d grow=4K", task);
  return false;
}

static struct task *
add_task (struct model *o)
{
  struct task *task = &o->tasks[o->count];

  *task = (struct task){.alive = true, .group = o->count, .waiter = NOBODY};
  o->count++;
  return task;
}

static int
new_object (struct model *o)
{
  return o->objects++;
}

static void
make_process (struct model *o)
{
  struct task *task = add_task (o);

  task->mm = task->files = task->fs = task->sighand = new_object (o);
  run (o->m, "process name=t%d", o->count - 1);
  run (o->m, "mmap process=t%d va=0x40000000 length=16K prot=rw fixed=on",
       o->count - 1);
  for (int i = 0; i < PAGES; i++)
    o->spaces[task->mm].there[i] = o->spaces[task->mm].writable[i] = true;
}

static void
make_kernel_thread (struct model *o)
{
  struct task *task = add_task (o);

  task->kernel = true;
  task->mm = task->files = task->fs = task->sighand = NOBODY;
  run (o->m, "kthread name=t%d", o->count - 1);
}

static void
copy_objects (struct model *o, const struct task *from, struct task *to,
              uint32_t flags)
{
  int own = new_object (o);

  to->mm = flags & VM_CLONE_VM ? from->mm : own;
  to->files = flags & VM_CLONE_FILES ? from->files : own;
  to->fs = flags & VM_CLONE_FS ? from->fs : own;
  to->sighand = flags & VM_CLONE_SIGHAND ? from->sighand : own;
  if (to->mm == own)
    o->spaces[own] = o->spaces[from->mm];
  o->opened[own] = o->opened[from->files];
  o->folder[own] = o->folder[from->fs];
  o->handler[own] = flags & VM_CLONE_CLEAR_SIGHAND ? 0
                                                   : o->handler[from->sighand];
}

static void
clone_task (struct model *o)
{
  static const uint32_t usual[] = {0, VM_CLONE_VM | VM_CLONE_VFORK,
                                   VM_CLONE_VM | VM_CLONE_FS | VM_CLONE_FILES
                                       | VM_CLONE_SIGHAND | VM_CLONE_THREAD};
  int parent = some_process (o);
  uint32_t flags = random_chance (&o->seed, 60)
                       ? usual[random_below (&o->seed, G_N_ELEMENTS (usual))]
                       : (uint32_t) random_below (&o->seed, 256);
  bool bad
      = ((flags & VM_CLONE_THREAD) && !(flags & VM_CLONE_SIGHAND))
        || ((flags & VM_CLONE_SIGHAND) && !(flags & VM_CLONE_VM))
        || ((flags & VM_CLONE_SIGHAND) && (flags & VM_CLONE_CLEAR_SIGHAND));
  g_autoptr (GString) words = g_string_new ("none");

  if (!may_call (o, parent))
    return;
  for (uint32_t bit = 0; bit < VM_CLONE_FLAGS; bit++)
    if (flags >> bit & 1) {
      g_string_append_printf (words, ",%s", vm_clone_flag_name (bit));
    }
  const struct vm_result *r = run (o->m, "clone process=t%d name=t%d flags=%s",
                                   parent, o->count,
                                   words->len > 4 ? words->str + 5 : "none");
  g_assert_cmpint (r->refused, ==, bad ? VM_EINVAL : VM_ERRNO_NONE);
  if (bad)
    return;
  int number = o->count;
  struct task *child = add_task (o);
  copy_objects (o, &o->tasks[parent], child, flags);
  if (flags & VM_CLONE_THREAD)
    child->group = o->tasks[parent].group;
  if (flags & VM_CLONE_VFORK) {
    o->tasks[parent].waits = true;
    o->tasks[number].waiter = parent;
  }
}

/* A task is no more. */
static void
bury (struct model *o, int task)
{
  struct task *t = &o->tasks[task];

  t->alive = false;
  if (t->waiter != NOBODY)
    o->tasks[t->waiter].waits = false;
  t->waits = false;
  for (int i = 0; i < o->count; i++)
    if (o->tasks[i].waiter == task)
      o->tasks[i].waiter = NOBODY;
  for (int cpu = 0; cpu < VM_MAX_CPUS; cpu++)
    if (o->runs[cpu] == task)
      o->runs[cpu] = NOBODY;
}

static void
end_task (struct model *o)
{
  int task = some_task (o);
  bool group = !o->tasks[task].kernel && random_chance (&o->seed, 30);

  if (!may_call (o, task))
    return;
  run (o->m, "exit process=t%d group=%s", task, group ? "on" : "off");
  for (int i = 0; group && i < o->count; i++)
    if (i != task && o->tasks[i].alive && !o->tasks[i].kernel
        && o->tasks[i].group == o->tasks[task].group)
      bury (o, i);
  bury (o, task);
}

/* Another task runs on a processor: what a kernel thread gets, and gives. */
static void
now_runs (struct model *o, int cpu, int task)
{
  int before = o->runs[cpu];

  if (before == task)
    return;
  if (o->tasks[task].kernel)
    o->tasks[task].mm = before == NOBODY ? NOBODY : o->tasks[before].mm;
  if (before != NOBODY && o->tasks[before].kernel)
    o->tasks[before].mm = NOBODY;
  o->runs[cpu] = task;
}

static uint32_t
processors (const struct model *o)
{
  return vm_machine_state (o->m)->config.cpus;
}

static void
switch_task (struct model *o)
{
  int task = some_task (o);
  int cpu = (int) random_below (&o->seed, processors (o));

  if (!may_call (o, task))
    return;
  for (int i = 0; o->tasks[task].kernel && i < VM_MAX_CPUS; i++)
    if (i != cpu && o->runs[i] == task) {
      refused (o->m, VM_ERROR_RUNS_ELSEWHERE, "switch process=t%d cpu=%d", task,
               cpu);
      return;
    }
  run (o->m, "switch process=t%d cpu=%d", task, cpu);
  now_runs (o, cpu, task);
}

/* What a processor reads and writes is what its owner has, whatever the TLBs
 * have kept. */
static void
touch (struct model *o)
{
  int task = some_process (o);
  int cpu = (int) random_below (&o->seed, processors (o));
  uint32_t page = (uint32_t) random_below (&o->seed, PAGES);
  bool write = random_chance (&o->seed, 50);
  struct space *space = &o->spaces[o->tasks[task].mm];
  uint8_t value = (uint8_t) random_below (&o->seed, 256);

  if (!may_call (o, task))
    return;
  const struct vm_result *r
      = write
            ? run (o->m, "access process=t%d va=%#x cpu=%d kind=write value=%u",
                   task, 0x40000000 + page * 4096, cpu, value)
            : run (o->m, "access process=t%d va=%#x cpu=%d", task,
                   0x40000000 + page * 4096, cpu);
  now_runs (o, cpu, task);
  bool ok = space->there[page] && (!write || space->writable[page]);
  g_assert_cmpint (r->translation.ok, ==, ok);
  if (ok && write)
    space->byte[page] = value;
  else if (ok)
    g_assert_cmpuint (r->translation.value, ==, space->byte[page]);
}

/* mmap, munmap or mprotect of a few pages. */
static void
change (struct model *o)
{
  int task = some_process (o);
  uint32_t page = (uint32_t) random_below (&o->seed, PAGES);
  uint32_t end = page + 1 + (uint32_t) random_below (&o->seed, PAGES - page);
  struct space *space = &o->spaces[o->tasks[task].mm];
  uint64_t what = random_below (&o->seed, 4);
  bool whole = true;

  /* Tables go only with all that they map. */
  if (what == 1 && random_chance (&o->seed, 50)) {
    page = 0;
    end = PAGES;
  }
  if (!may_call (o, task))
    return;
  uint32_t va = 0x40000000 + page * 4096, length = (end - page) * 4096;
  for (uint32_t i = page; i < end; i++)
    whole = whole && space->there[i];
  if (what == 0)
    run (o->m, "mmap process=t%d va=%#x length=%u prot=rw fixed=on", task, va,
         length);
  else if (what == 1)
    run (o->m, "munmap process=t%d va=%#x length=%u", task, va, length);
  else if (whole)
    run (o->m, "mprotect process=t%d va=%#x length=%u prot=%s", task, va,
         length, what == 2 ? "r" : "rw");
  for (uint32_t i = page; i < end && (what < 2 || whole); i++) {
    if (what < 2)
      space->byte[i] = 0;
    space->there[i] = what != 1;
    space->writable[i] = what != 2;
  }
}

static void
change_object (struct model *o)
{
  int task = some_process (o);
  struct task *t = &o->tasks[task];
  int value = 2 + (int) random_below (&o->seed, 50);

  if (!may_call (o, task))
    return;
  if (random_chance (&o->seed, 40)) {
    run (o->m, "chdir process=t%d to=d%d", task, value);
    o->folder[t->fs] = value;
  } else if (random_chance (&o->seed, 50)) {
    run (o->m, "sigaction process=t%d signal=10 handler=%d", task, value);
    o->handler[t->sighand] = value;
  } else if (o->opened[t->files] < 8) {
    run (o->m, "open process=t%d file=f", task);
    o->opened[t->files]++;
  }
}

/* The machine has the same as the model. */
static void
compare_task (const struct model *o, int task)
{
  const struct vm_state *s = vm_machine_state (o->m);
  const struct task *t = &o->tasks[task];
  uint32_t i = index_of (o, task);
  int opened = 0;

  g_assert_cmpuint (i, !=, VM_NONE);
  g_assert_cmpint (s->processes[i].state, ==,
                   t->kernel  ? VM_PROCESS_KERNEL
                   : t->waits ? VM_PROCESS_WAITING
                              : VM_PROCESS_RUNNING);
  if (t->kernel)
    return;
  for (uint32_t fd = 0; fd < VM_MAX_FDS; fd++)
    opened += s->fds[vm_task_files (s, i) * VM_MAX_FDS + fd] != 0;
  g_assert_cmpint (opened, ==, o->opened[t->files]);
  uint32_t folder = s->shares[vm_task_fs (s, i)].folder;
  g_autofree char *name = g_strdup_printf ("d%d", o->folder[t->fs]);
  if (o->folder[t->fs] == 0)
    g_assert_cmpuint (folder, ==, 0);
  else
    g_assert_cmpstr (vm_machine_name (o->m, folder - 1), ==, name);
  g_assert_cmpint (
      (int) s->handlers[vm_task_sighand (s, i) * VM_SIGNAL_NUMBERS + 10], ==,
      o->handler[t->sighand]);
  if (o->tasks[t->group].alive)
    g_assert_cmpuint (vm_task_leader (s, i), ==, index_of (o, t->group));
}

/* Two tasks have the same address space, or not. */
static void
compare_pair (const struct model *o, int a, int b)
{
  const struct vm_state *s = vm_machine_state (o->m);
  const struct task *t = &o->tasks[a], *u = &o->tasks[b];
  uint32_t i = index_of (o, a), j = index_of (o, b);

  if (t->kernel || (u->kernel && u->mm == NOBODY))
    return;
  uint32_t mm = u->kernel ? s->tasks[j].active - 1 : s->processes[j].mm;
  g_assert_cmpint (s->processes[i].mm == mm, ==, t->mm == u->mm);
}

static void
compare (const struct model *o)
{
  const struct vm_state *s = vm_machine_state (o->m);

  for (int a = 0; a < o->count; a++)
    for (int b = 0; o->tasks[a].alive && b < o->count; b++) {
      if (a == b)
        compare_task (o, a);
      else if (o->tasks[b].alive)
        compare_pair (o, a, b);
      if (o->tasks[b].alive && o->tasks[b].kernel)
        g_assert_cmpint (s->tasks[index_of (o, b)].active != 0, ==,
                         o->tasks[b].mm != NOBODY);
    }
  for (uint32_t cpu = 0; cpu < s->config.cpus; cpu++)
    g_assert_cmpuint (s->cpus[cpu].process, ==,
                      o->runs[cpu] == NOBODY ? VM_NONE
                                             : index_of (o, o->runs[cpu]));
}

static int
users_alive (const struct model *o)
{
  int n = 0;

  for (int i = 0; i < o->count; i++)
    n += o->tasks[i].alive && !o->tasks[i].kernel;
  return n;
}

static void
do_something (struct model *o)
{
  uint64_t dice = random_below (&o->seed, 100);
  bool room = alive (o) < MOST && o->count < TASKS;

  if (users_alive (o) == 0)
    make_process (o);
  else if (dice < 4 && room)
    make_process (o);
  else if (dice < 8 && room)
    make_kernel_thread (o);
  else if (dice < 20 && room)
    clone_task (o);
  else if (dice < 25)
    end_task (o);
  else if (dice < 50)
    switch_task (o);
  else if (dice < 78)
    touch (o);
  else if (dice < 93)
    change (o);
  else
    change_object (o);
}

/* What must have happened, or the run says little. */
static void
check_seen (const struct model *o, const bool *seen)
{
  static const enum vm_step_kind kinds[]
      = {VM_STEP_BORROW,  VM_STEP_GENERATION, VM_STEP_CLONE_REFUSED,
         VM_STEP_MM_DROP, VM_STEP_SAME_SPACE, VM_STEP_CLONE_WAIT};
  static const enum vm_step_kind others[]
      = {VM_STEP_LAZY_SKIP, VM_STEP_LAZY_LEAVE, VM_STEP_IPI_ACK};

  for (uint32_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!seen[kinds[i]])
      g_error ("no %s", vm_step_info_of (kinds[i])->name);
  for (uint32_t i = 0; processors (o) > 1 && i < G_N_ELEMENTS (others); i++)
    if (!seen[others[i]])
      g_error ("no %s", vm_step_info_of (others[i])->name);
}

static void
note (const struct model *o, bool *seen)
{
  const struct vm_result *r
      = vm_machine_result (o->m, vm_machine_op_count (o->m) - 1);

  for (uint64_t i = r->first_step; i < r->end_step; i++)
    seen[vm_machine_step (o->m, i)->kind] = true;
}

static void
test_random (gconstpointer data)
{
  g_autofree struct model *o = g_new0 (struct model, 1);
  struct vm_snapshot kept[OPERATIONS / KEPT_EVERY];
  uint64_t ends[OPERATIONS / KEPT_EVERY];
  bool seen[VM_STEP_KINDS] = {false};
  uint32_t count = 0;

  o->m = vm_machine_new ();
  o->seed = 11;
  for (int i = 0; i < VM_MAX_CPUS; i++)
    o->runs[i] = NOBODY;
  run (o->m, "machine geometry=x86-64 memory=32M %s", (const char *) data);
  run (o->m, "file name=f size=8K");
  for (uint32_t i = 1; i <= OPERATIONS; i++) {
    do_something (o);
    assert_holds (o->m, VM_CHECK_ALL);
    compare (o);
    note (o, seen);
    if (i % KEPT_EVERY != 0)
      continue;
    g_assert_true (vm_snapshot_take (&kept[count], vm_machine_tape (o->m)));
    ends[count++] = vm_machine_step_count (o->m);
  }
  check_seen (o, seen);
  check_kept (o->m, kept, ends, count, &o->seed);
  check_both_ways (o->m, &o->seed);
  for (uint32_t i = 0; i < count; i++)
    vm_snapshot_done (&kept[i]);
  vm_machine_free (o->m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (uint32_t i = 0; i < G_N_ELEMENTS (machines); i++) {
    g_autofree char *path = g_strdup_printf ("/tasks/%s", machines[i]);
    g_test_add_data_func (path, machines[i], test_random);
  }
  return g_test_run ();
}
