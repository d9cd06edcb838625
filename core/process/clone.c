/* Makes tasks that share. */
#include "process/clone.h"

#include "mm/layout.h"
#include "process/lives.h"
#include "process/task.h"

enum vm_clone_rule
vm_clone_check (uint32_t flags)
{
  if ((flags & VM_CLONE_THREAD) && !(flags & VM_CLONE_SIGHAND))
    return VM_CLONE_RULE_THREAD;
  if ((flags & VM_CLONE_SIGHAND) && !(flags & VM_CLONE_VM))
    return VM_CLONE_RULE_SIGHAND;
  if ((flags & VM_CLONE_SIGHAND) && (flags & VM_CLONE_CLEAR_SIGHAND))
    return VM_CLONE_RULE_CLEAR;
  return VM_CLONE_RULE_NONE;
}

static void
tell_object (struct vm_tape *t, enum vm_object object, bool shared,
             uint32_t place, uint32_t users, uint32_t child)
{
  vm_step_leaf (
      t, VM_STEP_CLONE_OBJECT,
      (uint64_t[VM_STEP_VALUES]){object, shared, place, users, child});
}

/* Who will be told of the child's end. */
static uint32_t
parent_of (const struct vm_state *s, const struct vm_clone_request *request)
{
  uint32_t leader = vm_task_leader (s, request->parent);

  if (request->flags & VM_CLONE_THREAD)
    return VM_NONE;
  return request->flags & VM_CLONE_PARENT ? s->processes[leader].parent
                                          : leader;
}

static void
join_group (struct vm_tape *t, const struct vm_state *s, uint32_t parent,
            uint32_t child)
{
  uint32_t leader = vm_task_leader (s, parent);
  const struct vm_task *task = &s->tasks[leader];

  vm_put_u32 (t, &s->tasks[child].group, leader + 1);
  vm_put_u32 (t, &task->threads, task->threads + 1);
  tell_object (t, VM_OBJECT_GROUP, true, leader, task->threads + 1, child);
}

static bool
give_memory (struct vm_tape *t, const struct vm_state *s,
             const struct vm_clone_request *request, uint32_t child)
{
  bool shared = request->flags & VM_CLONE_VM;
  bool made = true;

  if (shared)
    vm_process_share_mm (t, s, request->parent, child);
  else
    made = vm_process_double_mm (t, s, request->parent, child);
  uint32_t mm = s->processes[child].mm;
  if (made)
    tell_object (t, VM_OBJECT_MM, shared, mm, s->mms[mm].users, child);
  return made;
}

static void
suspend (struct vm_tape *t, const struct vm_state *s, uint32_t parent,
         uint32_t child)
{
  vm_step_leaf (t, VM_STEP_CLONE_WAIT,
                (uint64_t[VM_STEP_VALUES]){parent, child});
  vm_process_suspend (t, s, parent, child);
}

static enum vm_errno
make_child (struct vm_tape *t, const struct vm_state *s,
            const struct vm_clone_request *request, uint32_t *child)
{
  vm_layout_manage (t, s, request->parent);
  *child = vm_process_take_place (t, s, request->name, parent_of (s, request));
  if (*child == VM_NONE)
    return VM_EAGAIN;
  vm_put_u32 (t, &s->tasks[*child].flags, request->flags);
  bool made = give_memory (t, s, request, *child);
  if (!made && !vm_tape_failed (t)) {
    vm_process_drop_mm (t, s, *child);
    vm_process_reap (t, s, *child);
    *child = VM_NONE;
    return VM_ENOMEM;
  }
  vm_task_inherit (t, s, request->parent, *child, request->flags, true);
  if (request->flags & VM_CLONE_THREAD)
    join_group (t, s, request->parent, *child);
  if (request->flags & VM_CLONE_VFORK)
    suspend (t, s, request->parent, *child);
  return VM_ERRNO_NONE;
}

enum vm_errno
vm_process_clone (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_clone_request *request, uint32_t *child)
{
  enum vm_clone_rule rule = vm_clone_check (request->flags);
  bool thread = request->flags & VM_CLONE_THREAD;

  *child = VM_NONE;
  if (rule != VM_CLONE_RULE_NONE) {
    vm_step_leaf (
        t, VM_STEP_CLONE_REFUSED,
        (uint64_t[VM_STEP_VALUES]){request->parent, request->flags, rule});
    return VM_EINVAL;
  }
  uint32_t pid = VM_FIRST_PID + s->next_pid;
  vm_step_begin (t, VM_STEP_CLONE,
                 (uint64_t[VM_STEP_VALUES]){
                     request->parent, vm_process_next (s), pid, request->name,
                     request->flags,
                     thread ? vm_task_tgid (s, request->parent) : pid});
  enum vm_errno refused = make_child (t, s, request, child);
  vm_step_end (t);
  return refused;
}
