/* Shares, copies and drops what tasks have. */
#include "process/task.h"

#include "process/descriptors.h"

enum { SIGKILL_NUMBER = 9, SIGSTOP_NUMBER = 19 };

/* The three objects, each with its place in the records of tasks and shares. */
static const uint32_t *
place_of (const struct vm_state *s, uint32_t process, enum vm_object object)
{
  const struct vm_task *task = &s->tasks[process];

  if (object == VM_OBJECT_FILES)
    return &task->files;
  return object == VM_OBJECT_FS ? &task->fs : &task->sighand;
}

static const uint32_t *
users_of (const struct vm_state *s, uint32_t index, enum vm_object object)
{
  const struct vm_shares *shares = &s->shares[index];

  if (object == VM_OBJECT_FILES)
    return &shares->files;
  return object == VM_OBJECT_FS ? &shares->fs : &shares->sighand;
}

static uint32_t
object_of (const struct vm_state *s, uint32_t process, enum vm_object object)
{
  uint32_t place = *place_of (s, process, object);

  return place == 0 ? process : place - 1;
}

static const uint64_t *
handlers_of (const struct vm_state *s, uint32_t index)
{
  return &s->handlers[index * VM_SIGNAL_NUMBERS];
}

static void
put_handler (struct vm_tape *t, const uint64_t *place, uint64_t handler)
{
  if (*place != handler)
    vm_put_u64 (t, place, handler);
}

static void
put_folder (struct vm_tape *t, const struct vm_state *s, uint32_t index,
            uint32_t folder)
{
  if (s->shares[index].folder != folder)
    vm_put_u32 (t, &s->shares[index].folder, folder);
}

static void
copy_handlers (struct vm_tape *t, const struct vm_state *s, uint32_t from,
               uint32_t to)
{
  for (uint32_t i = 0; i < VM_SIGNAL_NUMBERS; i++)
    put_handler (t, &handlers_of (s, to)[i], handlers_of (s, from)[i]);
}

static void
clear_handlers (struct vm_tape *t, const struct vm_state *s, uint32_t index,
                uint64_t but)
{
  for (uint32_t i = 0; i < VM_SIGNAL_NUMBERS; i++)
    if (but == 0 || handlers_of (s, index)[i] != but)
      put_handler (t, &handlers_of (s, index)[i], 0);
}

/* A new user of an object. Its first one besides the one for whom it was made
 * makes two. */
static void
share (struct vm_tape *t, const struct vm_state *s, uint32_t parent,
       uint32_t child, enum vm_object object)
{
  uint32_t index = object_of (s, parent, object);
  const uint32_t *users = users_of (s, index, object);

  vm_put_u32 (t, users, *users == 0 ? 2 : *users + 1);
  vm_put_u32 (t, place_of (s, child, object), index + 1);
}

static void
copy (struct vm_tape *t, const struct vm_state *s, uint32_t from, uint32_t to,
      enum vm_object object)
{
  if (object == VM_OBJECT_FILES)
    vm_descriptors_copy (t, s, from, to);
  else if (object == VM_OBJECT_FS)
    put_folder (t, s, to, s->shares[from].folder);
  else
    copy_handlers (t, s, from, to);
}

/* One object for a child. */
static void
inherit (struct vm_tape *t, const struct vm_state *s, uint32_t parent,
         uint32_t child, enum vm_object object, bool shared, bool tell)
{
  uint32_t from = object_of (s, parent, object);

  if (shared)
    share (t, s, parent, child, object);
  else
    copy (t, s, from, child, object);
  uint32_t users = *users_of (s, from, object);
  if (tell)
    vm_step_leaf (t, VM_STEP_CLONE_OBJECT,
                  (uint64_t[VM_STEP_VALUES]){object, shared,
                                             shared ? from : child,
                                             shared ? users : 1, child});
}

/* Nobody has it any more. */
static void
destroy (struct vm_tape *t, const struct vm_state *s, uint32_t index,
         enum vm_object object)
{
  if (object == VM_OBJECT_FILES)
    vm_descriptors_drop (t, s, index);
  else if (object == VM_OBJECT_FS)
    put_folder (t, s, index, 0);
  else
    clear_handlers (t, s, index, 0);
}

static void
drop (struct vm_tape *t, const struct vm_state *s, uint32_t process,
      enum vm_object object)
{
  uint32_t index = object_of (s, process, object);
  const uint32_t *users = users_of (s, index, object);

  if (*place_of (s, process, object) != 0)
    vm_put_u32 (t, place_of (s, process, object), 0);
  if (*users > 0)
    vm_put_u32 (t, users, *users - 1);
  if (*users == 0)
    destroy (t, s, index, object);
}

/* A place where an object can be made for a task: its own, unless others still
 * have what was made there. */
static uint32_t
free_place (const struct vm_state *s, uint32_t process, enum vm_object object)
{
  return *users_of (s, process, object) == 0 ? process : vm_process_next (s);
}

/* An object that others have, too, becomes the task's own. */
static void
unshare (struct vm_tape *t, const struct vm_state *s, uint32_t process,
         enum vm_object object)
{
  uint32_t from = object_of (s, process, object);

  if (*users_of (s, from, object) < 2)
    return;
  uint32_t to = free_place (s, process, object);
  if (to == VM_MAX_PROCESSES)
    return;
  if (to == s->process_count)
    vm_put_u32 (t, &s->process_count, to + 1);
  copy (t, s, from, to, object);
  drop (t, s, process, object);
  if (to == process)
    return;
  vm_put_u32 (t, place_of (s, process, object), to + 1);
  vm_put_u32 (t, users_of (s, to, object), 1);
}

uint32_t
vm_task_files (const struct vm_state *s, uint32_t process)
{
  return object_of (s, process, VM_OBJECT_FILES);
}

uint32_t
vm_task_fs (const struct vm_state *s, uint32_t process)
{
  return object_of (s, process, VM_OBJECT_FS);
}

uint32_t
vm_task_sighand (const struct vm_state *s, uint32_t process)
{
  return object_of (s, process, VM_OBJECT_SIGHAND);
}

uint32_t
vm_task_leader (const struct vm_state *s, uint32_t process)
{
  uint32_t group = s->tasks[process].group;

  return group == 0 ? process : group - 1;
}

uint32_t
vm_task_tgid (const struct vm_state *s, uint32_t process)
{
  return s->processes[vm_task_leader (s, process)].pid;
}

bool
vm_task_in_use (const struct vm_state *s, uint32_t index)
{
  const struct vm_shares *shares = &s->shares[index];

  return shares->files > 0 || shares->fs > 0 || shares->sighand > 0;
}

void
vm_task_inherit (struct vm_tape *t, const struct vm_state *s, uint32_t parent,
                 uint32_t child, uint32_t flags, bool tell)
{
  inherit (t, s, parent, child, VM_OBJECT_FILES, flags & VM_CLONE_FILES, tell);
  inherit (t, s, parent, child, VM_OBJECT_FS, flags & VM_CLONE_FS, tell);
  inherit (t, s, parent, child, VM_OBJECT_SIGHAND, flags & VM_CLONE_SIGHAND,
           tell);
  if (flags & VM_CLONE_CLEAR_SIGHAND)
    clear_handlers (t, s, child, 1);
}

void
vm_task_release (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  drop (t, s, process, VM_OBJECT_FILES);
  drop (t, s, process, VM_OBJECT_FS);
  drop (t, s, process, VM_OBJECT_SIGHAND);
}

void
vm_task_unshare (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  unshare (t, s, process, VM_OBJECT_FILES);
  unshare (t, s, process, VM_OBJECT_SIGHAND);
  clear_handlers (t, s, vm_task_sighand (s, process), 1);
}

void
vm_task_wake (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  const struct vm_task *task = &s->tasks[process];

  if (task->waiter == 0)
    return;
  const struct vm_process *parent = &s->processes[task->waiter - 1];
  if (parent->state == VM_PROCESS_WAITING)
    vm_put_u8 (t, &parent->state, VM_PROCESS_RUNNING);
  vm_put_u32 (t, &task->waiter, 0);
}

void
vm_task_chdir (struct vm_tape *t, const struct vm_state *s, uint32_t process,
               uint32_t folder)
{
  uint32_t index = vm_task_fs (s, process);
  uint32_t users = s->shares[index].fs;

  vm_step_begin (t, VM_STEP_CHDIR,
                 (uint64_t[VM_STEP_VALUES]){process, folder,
                                            users == 0 ? 1 : users, index});
  put_folder (t, s, index, folder + 1);
  vm_step_end (t);
}

enum vm_errno
vm_task_sigaction (struct vm_tape *t, const struct vm_state *s,
                   uint32_t process, uint32_t number, uint64_t handler)
{
  uint32_t index = vm_task_sighand (s, process);
  uint32_t users = s->shares[index].sighand;
  bool refused = number == 0 || number >= VM_SIGNAL_NUMBERS
                 || number == SIGKILL_NUMBER || number == SIGSTOP_NUMBER;

  vm_step_begin (t, VM_STEP_SIGACTION,
                 (uint64_t[VM_STEP_VALUES]){process, number, handler,
                                            users == 0 ? 1 : users, index,
                                            refused});
  if (!refused)
    put_handler (t, &handlers_of (s, index)[number], handler);
  vm_step_end (t);
  return refused ? VM_EINVAL : VM_ERRNO_NONE;
}
