/* What is seen of the code that runs between a program's entry point and its
 * main: constructors, and the C library of a program that is linked with all
 * that it needs.
 *
 *   brk: the first thread's block, with its variables (__libc_setup_tls)
 *   malloc: the heap begins behind it
 *   mprotect: PT_GNU_RELRO becomes read-only (_dl_relocate_static_pie) */
#include "process/startup.h"

#include "elf/elf_notes.h"
#include "mm/mmap.h"
#include "process/arena.h"
#include "process/linker_parts.h"

/* What such a program's start-up code asks malloc for: where libraries would
 * be looked for, in case it opens some. */
#define FOLDERS 1024u

static const struct vm_elf_segment *
segment_of_type (const struct vm_elf *elf, uint32_t type)
{
  for (uint32_t i = 0; i < elf->segment_count; i++)
    if (elf->segments[i].type == type)
      return &elf->segments[i];
  return NULL;
}

/* The mark of the GNU C library's first file (ABI tag), and what it has in
 * every program: errno, a variable of each thread. */
bool
vm_startup_is_alone (const struct vm_elf *elf)
{
  struct vm_elf_note_walk walk = {.inside = 0};
  struct vm_elf_note note;

  if (elf->interpreter != NULL || segment_of_type (elf, VM_ELF_TLS) == NULL)
    return false;
  while (vm_elf_next_note (elf, &walk, &note))
    if (note.kind == VM_ELF_NOTE_ABI)
      return true;
  return false;
}

/* The block of the first thread, at the end of the heap, which is empty. */
static bool
take_block (struct vm_linking *l, const struct vm_elf *elf)
{
  const struct vm_elf_segment *tls = segment_of_type (elf, VM_ELF_TLS);
  uint64_t size = vm_loader_heap_alone (tls->memsz, tls->align);
  uint32_t process = l->request->process;
  uint64_t start = vm_mm_of (l->s, process)->brk, end;

  vm_step_begin (l->t, VM_STEP_START_BLOCK,
                 (uint64_t[VM_STEP_VALUES]){l->s->files[l->exec->file].name,
                                            start, size, tls->memsz});
  vm_link_tell_call (l, VM_CALL_BRK, start + size, 0, 0, 0);
  vm_brk (l->t, l->s, process, start + size, &end);
  bool done = vm_link_end_call (
      l, VM_CALL_BRK, end == start + size ? VM_ERRNO_NONE : VM_ENOMEM, end);
  vm_step_end (l->t);
  return done;
}

static bool
allocate (struct vm_linking *l, uint64_t bytes)
{
  struct vm_heap_call call = {.t = l->t, .s = l->s, .user = *l->user};
  uint64_t address = 0;

  vm_link_tell_call (l, VM_CALL_MALLOC, 0, bytes, 0, 0);
  enum vm_errno refused = vm_heap_malloc (&call, bytes, &address);
  *l->user = call.user;
  bool done = vm_link_end_call (l, VM_CALL_MALLOC, refused, address);
  return done && !call.failed;
}

static bool
allocate_pieces (struct vm_linking *l, uint64_t bytes, uint64_t piece)
{
  for (; bytes > piece; bytes -= piece)
    if (!allocate (l, piece))
      return false;
  return allocate (l, bytes);
}

bool
vm_startup_alone (struct vm_linking *l, const struct vm_elf *elf)
{
  return take_block (l, elf) && allocate (l, FOLDERS)
         && vm_link_protect_relro (l, l->exec->file, elf, l->exec->bias);
}

bool
vm_startup_construct (struct vm_linking *l, const struct vm_link_need *need)
{
  vm_step_begin (l->t, VM_STEP_START_CONSTRUCT,
                 (uint64_t[VM_STEP_VALUES]){l->s->files[need->file].name,
                                            need->constructors});
  bool done = allocate_pieces (l, need->constructors, need->piece);
  vm_step_end (l->t);
  return done;
}
