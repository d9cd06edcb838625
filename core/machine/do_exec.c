/* From an operation's numbers to execve and the dynamic loader. */
#include "machine/do_exec.h"

#include <stdlib.h>
#include <string.h>

#include "machine/execute.h"
#include "mm/files.h"
#include "mm/layout.h"
#include "process/constructors.h"
#include "process/exec.h"
#include "process/linker.h"

static bool
refuse_number (struct vm_error *error, enum vm_error_code code,
               const char *subject, uint64_t value)
{
  vm_error_set_range (error, code, subject, value, 0, 0);
  return false;
}

/* The process, which has pages and is the kernel's. */
static bool
begin (struct vm_tape *t, const struct vm_state *s, const struct vm_op *op,
       struct vm_result *result, struct vm_error *error)
{
  struct vm_geometry room;

  if (!vm_execute_find_process (s, op->values[0], &result->process, error))
    return false;
  if (!vm_layout_suits (vm_geometry_configured (&s->config, &room)))
    return refuse_number (error, VM_ERROR_NOT_HERE, "an address space", 0);
  if (s->config.way != VM_WAY_PAGING)
    return refuse_number (error, VM_ERROR_NEEDS_PAGING, NULL, 0);
  vm_layout_manage (t, s, result->process);
  return true;
}

/* The file with a path's last part as its name, as far as names go; 0: there is
 * none. */
static uint32_t
file_of_path (const struct vm_state *s, const struct vm_names *names,
              const char *path)
{
  const char *slash = strchr (path, '/');
  size_t length;

  for (; slash != NULL; slash = strchr (path, '/'))
    path = slash + 1;
  length = strlen (path);
  uint32_t name = vm_names_find (
      names, path, length > VM_NAME_LENGTH ? VM_NAME_LENGTH : length);
  return name == VM_NONE ? 0 : vm_files_find (s, name);
}

/* A text of a content, with a NUL behind it. */
static const char *
text_of (const struct vm_tape *t, uint32_t content, uint64_t offset,
         char room[VM_TEXT_LENGTH + 1])
{
  uint64_t size;
  const uint8_t *bytes = vm_contents_bytes (t->contents, content, &size);

  size = offset < size ? size - offset : 0;
  size = size > VM_TEXT_LENGTH ? VM_TEXT_LENGTH : size;
  memcpy (room, bytes + (size > 0 ? offset : 0), size);
  room[size] = '\0';
  return room;
}

static struct vm_exec_strings
strings_of (const struct vm_tape *t, const struct vm_op *op, uint32_t parameter)
{
  struct vm_exec_strings strings;

  strings.bytes = vm_contents_bytes (
      t->contents, (uint32_t) op->values[parameter], &strings.size);
  return strings;
}

/* The interpreter's file: the one that is given, else the one that has the
 * name. */
static bool
find_interpreter (struct vm_tape *t, const struct vm_state *s,
                  const struct vm_names *names, const struct vm_op *op,
                  struct vm_exec_request *r, struct vm_error *error)
{
  uint64_t given = op->values[VM_P_EXEC_INTERPRETER];
  char path[VM_TEXT_LENGTH + 1];
  uint32_t content;
  uint64_t offset;

  if (!vm_exec_interpreter (t, s, r->file, &content, &offset))
    return true;
  if (!vm_op_gives (op, VM_P_EXEC_INTERPRETER)) {
    r->interpreter
        = file_of_path (s, names, text_of (t, content, offset, path));
    return true;
  }
  r->interpreter = vm_files_find (s, (uint32_t) given);
  return r->interpreter != 0
         || refuse_number (error, VM_ERROR_UNKNOWN_FILE, NULL, given);
}

static void
set_numbers (const struct vm_op *op, struct vm_exec_request *r)
{
  const uint64_t *v = op->values;

  r->kernel = (uint32_t) v[VM_P_EXEC_KERNEL];
  vm_exec_special_pages (r);
  if (vm_op_gives (op, VM_P_EXEC_VVAR))
    r->vvar_pages = (uint32_t) v[VM_P_EXEC_VVAR];
  if (vm_op_gives (op, VM_P_EXEC_VCLOCK))
    r->vclock_pages = (uint32_t) v[VM_P_EXEC_VCLOCK];
  if (vm_op_gives (op, VM_P_EXEC_VDSO))
    r->vdso_pages = (uint32_t) v[VM_P_EXEC_VDSO];
  r->random = v[VM_P_EXEC_ASLR];
  r->seed = v[VM_P_EXEC_SEED];
  r->fetch = v[VM_P_EXEC_FETCH];
  r->uid = v[VM_P_EXEC_UID];
  r->gid = v[VM_P_EXEC_GID];
  r->hwcap = v[VM_P_EXEC_HWCAP];
  r->hwcap2 = v[VM_P_EXEC_HWCAP2];
  r->signal_stack = v[VM_P_EXEC_SIGNAL_STACK];
}

/* Strings that are not given: the path is the file's, argv the path alone. */
static void
set_strings (const struct vm_tape *t, const struct vm_state *s,
             const struct vm_names *names, const struct vm_op *op,
             struct vm_exec_request *r, char path[VM_TEXT_LENGTH + 1])
{
  uint32_t content = s->files[r->file].path;

  if (vm_op_gives (op, VM_P_EXEC_EXECFN))
    content = (uint32_t) op->values[VM_P_EXEC_EXECFN];
  if (content != 0)
    text_of (t, content, 0, path);
  else
    memcpy (path, vm_names_text (names, r->name),
            strlen (vm_names_text (names, r->name)) + 1);
  r->execfn.bytes = (const uint8_t *) path;
  r->execfn.size = strlen (path) + 1;
  r->argv = strings_of (t, op, VM_P_EXEC_ARGV);
  if (!vm_op_gives (op, VM_P_EXEC_ARGV))
    r->argv = r->execfn;
  r->envp = strings_of (t, op, VM_P_EXEC_ENV);
}

/* What execve came to, as a result. */
static void
set_result (const struct vm_exec_done *done, struct vm_result *result)
{
  result->refused = (uint8_t) done->refused;
  result->signal = (uint8_t) done->signal;
  if (done->signal != VM_SIGNAL_NONE)
    result->signal_code = VM_CODE_KERNEL;
  result->translation = done->fetched;
}

bool
vm_do_exec (struct vm_tape *t, const struct vm_state *s,
            const struct vm_names *names, const struct vm_op *op,
            struct vm_result *result, struct vm_error *error)
{
  uint64_t name = op->values[VM_P_EXEC_FILE];
  struct vm_exec_request r
      = {.file = vm_files_find (s, (uint32_t) name), .name = (uint32_t) name};
  char path[VM_TEXT_LENGTH + 1];
  struct vm_exec_done done;

  if (!begin (t, s, op, result, error))
    return false;
  if (r.file == 0)
    return refuse_number (error, VM_ERROR_UNKNOWN_FILE, NULL, name);
  r.process = result->process;
  r.cpu = vm_space_cpu_of (s, r.process);
  set_numbers (op, &r);
  set_strings (t, s, names, op, &r, path);
  if (!find_interpreter (t, s, names, op, &r, error))
    return false;
  vm_step_begin (t, VM_STEP_EXEC,
                 (uint64_t[VM_STEP_VALUES]){r.process, r.name, r.kernel,
                                            r.random, r.random ? r.seed : 0});
  bool ran = vm_exec (t, s, &r, &done, error);
  vm_step_end (t);
  if (!ran)
    return false;
  set_result (&done, result);
  result->value = s->execs[s->processes[r.process].mm].start;
  return true;
}

/* The name of a need, cut like all names. */
static uint32_t
file_of_need (const struct vm_tape *t, const struct vm_state *s,
              const struct vm_names *names, const struct vm_link_need *need)
{
  char room[VM_TEXT_LENGTH + 1];

  return file_of_path (s, names,
                       text_of (t, need->content, need->offset, room));
}

static void
set_constructors (const char *name, struct vm_link_need *need)
{
  struct vm_constructors found;

  if (!vm_constructors_of (name, &found))
    return;
  need->constructors = found.bytes;
  need->piece = found.piece;
}

/* Finds the files of needs from number `from` on, and says which are there
 * already: what was needed before, and the loader. */
static void
find_files (const struct vm_tape *t, const struct vm_state *s,
            const struct vm_names *names, uint32_t linker,
            struct vm_link_need *needs, uint32_t from, uint32_t count)
{
  for (uint32_t i = from; i < count; i++) {
    needs[i].file = file_of_need (t, s, names, &needs[i]);
    needs[i].known = needs[i].file == linker;
    for (uint32_t j = 0; j < i && needs[i].file != 0; j++)
      needs[i].known |= needs[j].file == needs[i].file;
    if (needs[i].file != 0)
      set_constructors (vm_names_text (names, s->files[needs[i].file].name),
                        &needs[i]);
  }
}

/* All needs, breadth first. */
static bool
gather_needs (const struct vm_tape *t, const struct vm_state *s,
              const struct vm_names *names, const struct vm_exec *exec,
              struct vm_link_need *needs, uint32_t *count)
{
  uint32_t next = 0, from = 0;
  bool read = exec->file == 0
              || vm_link_read_needs (t, s, exec->file, needs, count);

  find_files (t, s, names, exec->interpreter, needs, from, *count);
  for (; next < *count && read; next++) {
    if (needs[next].known || needs[next].file == 0)
      continue;
    from = *count;
    read = vm_link_read_needs (t, s, needs[next].file, needs, count);
    find_files (t, s, names, exec->interpreter, needs, from, *count);
  }
  return read;
}

static bool
link_all (struct vm_tape *t, const struct vm_state *s,
          const struct vm_names *names, struct vm_link_need *needs,
          struct vm_result *result, struct vm_error *error)
{
  const struct vm_exec *exec = &s->execs[s->processes[result->process].mm];
  struct vm_link_request r = {
      .process = result->process,
      .cpu = vm_space_cpu_of (s, result->process),
      .needs = needs,
      .cache = file_of_path (s, names, "ld.so.cache"),
  };
  struct vm_user user
      = {.process = r.process, .cpu = r.cpu, .mode = VM_USER_MODE};
  enum vm_errno refused;

  if (!gather_needs (t, s, names, exec, needs, &r.count))
    return refuse_number (error, VM_ERROR_OUT_OF_MEMORY, NULL, 0);
  vm_step_begin (
      t, VM_STEP_LINK,
      (uint64_t[VM_STEP_VALUES]){
          r.process, exec->file == 0 ? VM_NONE : s->files[exec->file].name});
  bool ran = vm_link (t, s, &r, &refused, &user, error);
  vm_step_end (t);
  result->refused = (uint8_t) refused;
  result->value = exec->entry;
  if (ran && user.last.signal != VM_SIGNAL_NONE) {
    result->refused = VM_ERRNO_NONE;
    result->signal = (uint8_t) user.last.signal;
    result->signal_code = (uint8_t) user.last.code;
  }
  return ran;
}

bool
vm_do_link (struct vm_tape *t, const struct vm_state *s,
            const struct vm_names *names, const struct vm_op *op,
            struct vm_result *result, struct vm_error *error)
{
  struct vm_link_need *needs;

  if (!begin (t, s, op, result, error))
    return false;
  needs = calloc (VM_LINK_MOST_NEEDS, sizeof *needs);
  if (needs == NULL)
    return refuse_number (error, VM_ERROR_OUT_OF_MEMORY, NULL, 0);
  bool linked = link_all (t, s, names, needs, result, error);
  free (needs);
  return linked;
}
