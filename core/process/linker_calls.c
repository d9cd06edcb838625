/* What the dynamic loader asks the kernel for, told call by call. */
#include "process/linker_parts.h"

#include "mm/mmap.h"
#include "process/exec_parts.h"

#define LARGE_PAGE (UINT64_C (2) << 20)

static uint64_t
page_down (uint64_t address)
{
  return address & ~(uint64_t) (VM_PAGE_SIZE - 1);
}

static uint64_t
page_up (uint64_t address)
{
  return page_down (address + VM_PAGE_SIZE - 1);
}

struct vm_elf *
vm_link_read (const struct vm_linking *l, uint32_t file)
{
  struct vm_elf_verdict broken;
  uint64_t size;
  const uint8_t *bytes
      = vm_contents_bytes (l->t->contents, l->s->files[file].content, &size);

  return vm_elf_new (bytes, size, &broken);
}

void
vm_link_tell_call (const struct vm_linking *l, enum vm_call call, uint64_t va,
                   uint64_t length, uint64_t access, uint32_t file)
{
  vm_step_begin (l->t, VM_STEP_CALL,
                 (uint64_t[VM_STEP_VALUES]){call, l->request->process, va,
                                            length, access, file});
}

bool
vm_link_end_call (const struct vm_linking *l, enum vm_call call,
                  enum vm_errno refused, uint64_t value)
{
  vm_step_leaf (
      l->t, VM_STEP_RETURN,
      (uint64_t[VM_STEP_VALUES]){call, l->request->process, refused, value});
  vm_step_end (l->t);
  return refused == VM_ERRNO_NONE && !vm_tape_failed (l->t);
}

/* Where mmap puts so many bytes. Zeros are placed for large pages, too, since
 * Linux 6.7, and since 6.12 only where they are whole ones. */
static uint64_t
find_place (struct vm_linking *l, uint64_t length, uint32_t file,
            uint64_t offset)
{
  uint32_t process = l->request->process, kernel = l->exec->kernel;
  bool whole = length % LARGE_PAGE == 0;

  if (file == 0 && (kernel < 7 || (kernel >= 12 && !whole)))
    return vm_mmap_find_gap (l->t, l->s, l->s->processes[process].mm, length);
  return vm_exec_find_place (l->t, l->s, process, length,
                             file != 0 ? offset : 0);
}

/* mmap; at VM_LINK_ANYWHERE, or exactly there. *at gets where it is. */
bool
vm_link_map (struct vm_linking *l, uint64_t va, uint64_t length,
             uint32_t access, uint32_t file, uint64_t offset, uint64_t *at)
{
  struct vm_mmap_request request = {
      .process = l->request->process,
      .va = va,
      .length = length,
      .access = access,
      .placement = VM_PLACE_FIXED,
      .file = file,
      .offset = offset,
  };
  enum vm_errno refused = VM_ENOMEM;

  *at = 0;
  vm_link_tell_call (l, VM_CALL_MMAP, va, length, access, file);
  if (va == VM_LINK_ANYWHERE)
    request.va = find_place (l, page_up (length), file, offset);
  if (request.va != 0)
    refused = vm_mmap (l->t, l->s, &request, at);
  return vm_link_end_call (l, VM_CALL_MMAP, refused, *at);
}

bool
vm_link_unmap (struct vm_linking *l, uint64_t va, uint64_t length)
{
  vm_link_tell_call (l, VM_CALL_MUNMAP, va, length, 0, 0);
  return vm_link_end_call (
      l, VM_CALL_MUNMAP,
      vm_munmap (l->t, l->s, l->request->process, va, length), 0);
}

bool
vm_link_protect (struct vm_linking *l, uint64_t va, uint64_t length,
                 uint32_t access)
{
  vm_link_tell_call (l, VM_CALL_MPROTECT, va, length, access, 0);
  return vm_link_end_call (
      l, VM_CALL_MPROTECT,
      vm_mprotect (l->t, l->s, l->request->process, va, length, access), 0);
}

/* Memory of the loader's own; more pages where there is too little. */
bool
vm_link_allocate (struct vm_linking *l, uint64_t bytes)
{
  uint64_t pages = vm_loader_heap_take (&l->heap, bytes), at;

  if (pages == 0)
    return true;
  if (!vm_link_map (l, VM_LINK_ANYWHERE, pages,
                    VM_REGION_READ | VM_REGION_WRITE, 0, 0, &at))
    return false;
  vm_loader_heap_give (&l->heap, at, pages, bytes);
  return true;
}

bool
vm_link_protect_relro (struct vm_linking *l, uint32_t file,
                       const struct vm_elf *elf, uint64_t bias)
{
  for (uint32_t i = 0; i < elf->segment_count; i++) {
    const struct vm_elf_segment *e = &elf->segments[i];
    uint64_t start = page_down (e->vaddr + bias);
    uint64_t end = page_down (e->vaddr + e->memsz + bias);
    if (e->type != VM_ELF_GNU_RELRO || start >= end)
      continue;
    vm_step_begin (
        l->t, VM_STEP_LINK_RELRO,
        (uint64_t[VM_STEP_VALUES]){l->s->files[file].name, start, end});
    bool done = vm_link_protect (l, start, end - start, VM_REGION_READ);
    vm_step_end (l->t);
    return done;
  }
  return true;
}
