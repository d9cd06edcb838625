/* The call sequence of execve. */
#include "process/exec.h"

#include <string.h>

#include "mm/account.h"
#include "mm/files.h"
#include "mm/layout.h"
#include "process/exec_parts.h"
#include "process/lives.h"
#include "process/task.h"

#define MACHINE_386 3
#define MACHINE_X86_64 62

uint64_t
vm_exec_draw (const struct vm_exec_work *w, enum vm_part part)
{
  uint64_t x = w->request->seed + (part + 1u) * UINT64_C (0x9e3779b97f4a7c15);

  if (!w->request->random && part != VM_PART_RANDOM_BYTES)
    return 0;
  x = (x ^ x >> 30) * UINT64_C (0xbf58476d1ce4e5b9);
  x = (x ^ x >> 27) * UINT64_C (0x94d049bb133111eb);
  return x ^ x >> 31;
}

void
vm_exec_tell_draw (const struct vm_exec_work *w, enum vm_part part,
                   uint32_t bits, uint64_t bytes, uint64_t result)
{
  if (w->request->random)
    vm_step_leaf (w->t, VM_STEP_EXEC_DRAW,
                  (uint64_t[VM_STEP_VALUES]){part, bits, bytes, result});
}

static void
put_record (struct vm_tape *t, const struct vm_exec *at,
            const struct vm_exec *record)
{
  const uint32_t *from = (const uint32_t *) (const void *) record;
  const uint32_t *to = (const uint32_t *) (const void *) at;

  for (size_t i = 0; i < sizeof *record / sizeof *from; i++)
    if (to[i] != from[i])
      vm_put_u32 (t, &to[i], from[i]);
}

void
vm_exec_keep (const struct vm_exec_work *w)
{
  put_record (w->t, &w->s->execs[w->s->processes[w->request->process].mm],
              &w->record);
}

/* Reads a file's headers; NULL: it is no ELF file, or (*memory false) the host
 * gives no memory. */
static struct vm_elf *
read_elf (const struct vm_tape *t, const struct vm_state *s, uint32_t file,
          bool *memory)
{
  struct vm_elf_verdict broken;
  uint64_t size;
  const uint8_t *bytes = vm_contents_bytes (t != NULL ? t->contents : NULL,
                                            s->files[file].content, &size);
  struct vm_elf *elf = vm_elf_new (bytes, size, &broken);

  *memory = elf != NULL || broken.problem != VM_ELF_FINE;
  return elf;
}

static bool
has_stack_header (const struct vm_elf *elf, bool *executes)
{
  *executes = false;
  for (uint32_t i = 0; i < elf->segment_count; i++)
    if (elf->segments[i].type == VM_ELF_GNU_STACK) {
      *executes = elf->segments[i].flags & VM_ELF_EXECUTE;
      return true;
    }
  return false;
}

/* Does this kernel run files of that kind? */
static bool
suits (const struct vm_state *s, const struct vm_elf *elf)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  bool long_mode = g->id == VM_GEOMETRY_X86_64
                   || g->id == VM_GEOMETRY_X86_64_LA57;
  bool legacy = g->id == VM_GEOMETRY_X86_32 || g->id == VM_GEOMETRY_X86_PAE;

  if (!vm_elf_loads (elf) || elf->big_endian
      || (elf->type != VM_ELF_EXEC && elf->type != VM_ELF_DYN))
    return false;
  if (elf->bits == 64)
    return long_mode && elf->machine == MACHINE_X86_64;
  return (long_mode || legacy) && elf->machine == MACHINE_386;
}

/* What the headers say of the process that will be (arch/x86/include/asm/
 * elf.h: exec-all, exec-stack, exec-none). */
static void
read_flags (struct vm_exec_work *w)
{
  bool executes, says = has_stack_header (w->elf, &executes);
  bool small = w->elf->bits == 32;
  uint32_t flags = 0;

  if (small)
    flags |= VM_EXEC_32;
  if (small && w->kernel_word == 8)
    flags |= VM_EXEC_COMPAT;
  if (w->request->random)
    flags |= VM_EXEC_RANDOM;
  if (!says && small)
    flags |= VM_EXEC_READ_EXECUTES | VM_EXEC_STACK_EXECUTES;
  if (executes)
    flags |= VM_EXEC_STACK_EXECUTES;
  if (w->elf->interpreter != NULL && w->request->interpreter == 0)
    flags |= VM_EXEC_NO_INTERPRETER;
  w->record.flags = flags;
}

static uint32_t
count_loads (const struct vm_elf *elf)
{
  uint32_t count = 0;

  for (uint32_t i = 0; i < elf->segment_count; i++)
    count += elf->segments[i].type == VM_ELF_LOAD;
  return count;
}

static void
tell_header (const struct vm_exec_work *w)
{
  const struct vm_exec_request *r = w->request;
  uint32_t content;
  uint64_t offset;

  vm_step_leaf (w->t, VM_STEP_EXEC_HEADER,
                (uint64_t[VM_STEP_VALUES]){r->name, w->elf->bits,
                                           w->elf->type == VM_ELF_DYN,
                                           w->elf->entry, count_loads (w->elf),
                                           w->s->files[r->file].content});
  if (vm_exec_interpreter (w->t, w->s, r->file, &content, &offset))
    vm_step_leaf (
        w->t, VM_STEP_EXEC_INTERPRETER,
        (uint64_t[VM_STEP_VALUES]){
            content, offset,
            r->interpreter == 0 ? VM_NONE : w->s->files[r->interpreter].name});
}

/* What can still be refused. */
static enum vm_errno
check (struct vm_exec_work *w)
{
  if (w->elf == NULL || !suits (w->s, w->elf) || count_loads (w->elf) == 0)
    return VM_ENOEXEC;
  w->word = w->elf->bits / 8;
  read_flags (w);
  tell_header (w);
  if (w->request->interpreter != 0
      && (w->linker == NULL || !suits (w->s, w->linker)
          || w->linker->bits != w->elf->bits))
    return VM_ENOEXEC;
  return vm_exec_too_big (w) ? VM_E2BIG : VM_ERRNO_NONE;
}

/* A thread takes its leader's place: pid, parent and children. The leader has
 * ended; nothing is left of it. */
static void
become_leader (struct vm_exec_work *w, uint32_t leader)
{
  const struct vm_state *s = w->s;
  uint32_t process = w->request->process;
  const struct vm_process *old = &s->processes[leader];
  const struct vm_process *new = &s->processes[process];

  vm_put_u32 (w->t, &new->pid, old->pid);
  vm_put_u32 (w->t, &new->parent, old->parent);
  vm_put_u32 (w->t, &new->children, old->children);
  for (uint32_t i = 0; i < s->process_count; i++)
    if (s->processes[i].state != VM_PROCESS_FREE
        && s->processes[i].parent == leader)
      vm_put_u32 (w->t, &s->processes[i].parent, process);
  vm_put_u32 (w->t, &s->tasks[process].group, 0);
  vm_put_u32 (w->t, &old->parent, VM_NONE);
  vm_process_reap (w->t, s, leader);
}

/* execve is for the whole process: of its threads only the one that calls is
 * left (de_thread). */
static void
leave_group (struct vm_exec_work *w)
{
  uint32_t process = w->request->process;
  uint32_t leader = vm_task_leader (w->s, process);

  if (leader == process && w->s->tasks[process].threads == 0)
    return;
  vm_step_begin (
      w->t, VM_STEP_DETHREAD,
      (uint64_t[VM_STEP_VALUES]){process, leader, w->s->tasks[leader].threads});
  vm_process_end_threads (w->t, w->s, process, 0);
  if (leader != process && !vm_tape_failed (w->t))
    become_leader (w, leader);
  vm_step_end (w->t);
}

/* The old address space goes; who waits for it to be left (vfork) goes on. The
 * limits stay: they are the process's. */
static bool
leave_space (struct vm_exec_work *w, struct vm_error *error)
{
  uint32_t process = w->request->process;
  const struct vm_mm *old = vm_mm_of (w->s, process);
  uint64_t stack = old->stack_limit, memory = old->memory_limit;

  leave_group (w);
  bool shared = old->users > 1;
  vm_step_begin (w->t, VM_STEP_EXEC_LEAVE,
                 (uint64_t[VM_STEP_VALUES]){process, old->regions,
                                            vm_account_rss (old), shared});
  vm_process_drop_mm (w->t, w->s, process);
  vm_task_wake (w->t, w->s, process);
  vm_task_unshare (w->t, w->s, process);
  bool made = vm_process_make_mm (w->t, w->s, process, error);
  vm_step_end (w->t);
  if (!made)
    return false;
  vm_layout_manage (w->t, w->s, process);
  vm_put_u64 (w->t, &vm_mm_of (w->s, process)->stack_limit, stack);
  vm_put_u64 (w->t, &vm_mm_of (w->s, process)->memory_limit, memory);
  vm_exec_keep (w);
  return true;
}

static enum vm_errno
map_program (struct vm_exec_work *w)
{
  struct vm_exec_image image = {
      .elf = w->elf,
      .file = w->request->file,
      .implies = w->record.flags & VM_EXEC_READ_EXECUTES,
  };
  enum vm_errno refused = vm_exec_map (w, &image, true);

  w->record.file = image.file;
  w->record.bias = image.bias;
  w->record.entry = w->elf->entry + image.bias;
  w->record.start = w->record.entry;
  return refused;
}

static enum vm_errno
map_linker (struct vm_exec_work *w)
{
  struct vm_exec_image image = {
      .elf = w->linker,
      .file = w->request->interpreter,
      .implies = w->record.flags & VM_EXEC_READ_EXECUTES,
  };

  if (w->linker == NULL)
    return VM_ERRNO_NONE;
  enum vm_errno refused = vm_exec_map (w, &image, false);
  w->record.interpreter = image.file;
  w->record.linker = image.bias;
  w->record.start = w->linker->entry + image.bias;
  return refused;
}

/* One segment's share of what the mm knows of code and data. */
static void
widen (struct vm_exec_work *w, const struct vm_elf_segment *e, uint64_t code[2],
       uint64_t data[2])
{
  uint64_t start = e->vaddr, end = e->vaddr + e->filesz;
  bool runs = e->flags & VM_ELF_EXECUTE;

  if (runs && start < code[0])
    code[0] = start;
  if (runs && end > code[1])
    code[1] = end;
  if (start > data[0])
    data[0] = start;
  if (end > data[1])
    data[1] = end;
  if (e->vaddr + e->memsz + w->record.bias > w->program_end)
    w->program_end = e->vaddr + e->memsz + w->record.bias;
  if (e->offset <= w->elf->program_offset
      && w->elf->program_offset < e->offset + e->filesz)
    w->record.headers = w->elf->program_offset - e->offset + e->vaddr
                        + w->record.bias;
}

/* start_code ... end_data, and where the program ends. */
static void
put_numbers (struct vm_exec_work *w)
{
  const struct vm_mm *mm = vm_mm_of (w->s, w->request->process);
  uint64_t code[2] = {UINT64_MAX, 0}, data[2] = {0, 0};
  uint64_t bias = w->record.bias;

  for (uint32_t i = 0; i < w->elf->segment_count; i++)
    if (w->elf->segments[i].type == VM_ELF_LOAD)
      widen (w, &w->elf->segments[i], code, data);
  vm_put_u64 (w->t, &mm->start_code, code[0] + bias);
  vm_put_u64 (w->t, &mm->end_code, code[1] + bias);
  vm_put_u64 (w->t, &mm->start_data, data[0] + bias);
  vm_put_u64 (w->t, &mm->end_data, data[1] + bias);
  vm_step_leaf (w->t, VM_STEP_EXEC_NUMBERS,
                (uint64_t[VM_STEP_VALUES]){w->request->process, mm->start_code,
                                           mm->end_code, mm->start_data,
                                           mm->end_data});
}

/* From the empty address space to the registers. */
static enum vm_errno
fill_space (struct vm_exec_work *w)
{
  static enum vm_errno (*const parts[]) (struct vm_exec_work *)
      = {vm_exec_copy_strings, map_program, map_linker, vm_exec_map_special};
  enum vm_errno refused = VM_ERRNO_NONE;

  vm_exec_lay_out (w);
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (refused == VM_ERRNO_NONE && !vm_tape_failed (w->t))
      refused = parts[i](w);
    vm_exec_keep (w);
  }
  if (refused != VM_ERRNO_NONE || vm_tape_failed (w->t))
    return refused;
  put_numbers (w);
  refused = vm_exec_make_tables (w);
  vm_exec_keep (w);
  if (refused == VM_ERRNO_NONE)
    vm_exec_place_heap (w);
  return refused;
}

/* Registers are set, and the first instruction is fetched as any other. */
static void
start (struct vm_exec_work *w, struct vm_exec_done *done)
{
  struct vm_user user = {
      .process = w->request->process, .cpu = w->user.cpu, .mode = VM_USER_MODE};

  vm_step_leaf (w->t, VM_STEP_EXEC_START,
                (uint64_t[VM_STEP_VALUES]){user.process, w->record.start, w->sp,
                                           w->record.entry,
                                           w->record.interpreter != 0});
  if (!w->request->fetch)
    return;
  vm_user_access (w->t, w->s, &user, w->record.start, VM_FETCH, 1, NULL,
                  &done->fetched);
  done->last = user.last;
}

/* It is too late to go back: the process is killed (bprm_execve). */
static void
give_up (struct vm_exec_work *w, enum vm_errno refused,
         struct vm_exec_done *done)
{
  uint32_t process = w->request->process;

  done->signal = refused == VM_ENOMEM && w->user.last.signal == VM_SIGKILL
                     ? VM_SIGKILL
                     : VM_SIGSEGV;
  vm_step_leaf (
      w->t, VM_STEP_SIGNAL,
      (uint64_t[VM_STEP_VALUES]){process, done->signal, VM_CODE_KERNEL, w->sp});
  vm_put_u8 (w->t, &w->s->processes[process].signal, (uint8_t) done->signal);
  vm_process_exit (w->t, w->s, process, 0);
}

static bool
run (struct vm_exec_work *w, struct vm_exec_done *done, struct vm_error *error)
{
  done->refused = check (w);
  if (done->refused != VM_ERRNO_NONE)
    return true;
  if (!leave_space (w, error))
    return false;
  enum vm_errno refused = fill_space (w);
  if (vm_tape_failed (w->t))
    return true;
  if (refused != VM_ERRNO_NONE)
    give_up (w, refused, done);
  else
    start (w, done);
  return true;
}

static bool
no_memory (struct vm_error *error)
{
  vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
  return false;
}

bool
vm_exec (struct vm_tape *t, const struct vm_state *s,
         const struct vm_exec_request *request, struct vm_exec_done *done,
         struct vm_error *error)
{
  struct vm_geometry room;
  struct vm_exec_work w = {
      .t = t,
      .s = s,
      .request = request,
      .user = {.process = request->process,
               .cpu = request->cpu,
               .mode = VM_KERNEL_MODE},
      .record = {.kernel = request->kernel},
      .kernel_word = vm_geometry_configured (&s->config, &room)->word_bits / 8,
  };
  bool memory = true, more = true;

  *done = (struct vm_exec_done){.refused = VM_ERRNO_NONE};
  w.elf = read_elf (t, s, request->file, &memory);
  if (request->interpreter != 0)
    w.linker = read_elf (t, s, request->interpreter, &more);
  bool ran = memory && more ? run (&w, done, error) : no_memory (error);
  vm_elf_free (w.linker);
  vm_elf_free (w.elf);
  return ran;
}

bool
vm_exec_interpreter (const struct vm_tape *t, const struct vm_state *s,
                     uint32_t file, uint32_t *content, uint64_t *offset)
{
  bool memory, names = false;
  struct vm_elf *elf = read_elf (t, s, file, &memory);

  for (uint32_t i = 0; elf != NULL && i < elf->segment_count && !names; i++)
    if (elf->segments[i].type == VM_ELF_INTERP && elf->interpreter != NULL) {
      *content = s->files[file].content;
      *offset = elf->segments[i].offset;
      names = true;
    }
  vm_elf_free (elf);
  return names;
}

void
vm_exec_special_pages (struct vm_exec_request *request)
{
  /* Until 6.12 the pages of virtual clocks were part of vvar; in 6.15 vvar
   * became the same on all architectures (arch/x86/entry/vdso/vma.c). */
  bool split = request->kernel >= 13;

  request->vvar_pages = split && request->kernel < 15 ? 2 : 4;
  request->vclock_pages = split ? 2 : 0;
  request->vdso_pages = 2;
}

void
vm_exec_forget (struct vm_tape *t, const struct vm_state *s, uint32_t mm)
{
  const struct vm_exec nothing = {.file = 0};

  put_record (t, &s->execs[mm], &nothing);
}

void
vm_exec_copy (struct vm_tape *t, const struct vm_state *s, uint32_t from,
              uint32_t to)
{
  put_record (t, &s->execs[to], &s->execs[from]);
}
