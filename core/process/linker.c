/* Maps libraries as the dynamic loader does. */
#include "process/linker.h"

#include <stdlib.h>
#include <string.h>

#include "elf/elf_dynamic.h"
#include "elf/elf_versions.h"
#include "mm/files.h"
#include "mm/mmap.h"
#include "process/exec_parts.h"
#include "process/loader_heap.h"

#define ANYWHERE 0

/* One loader at work. */
struct linking {
  struct vm_tape *t;
  const struct vm_state *s;
  const struct vm_link_request *request;
  struct vm_user *user; /* the loader runs in user mode */
  const struct vm_exec *exec;
  struct vm_loader_heap heap;
  uint32_t objects;
  uint32_t files[VM_MAX_FILES]; /* in the order in which they were mapped; the
                                   program is first */
  uint64_t biases[VM_MAX_FILES];
  bool no_memory; /* of the host */
};

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

static struct vm_elf *
read_elf (const struct vm_tape *t, const struct vm_state *s, uint32_t file)
{
  struct vm_elf_verdict broken;
  uint64_t size;
  const uint8_t *bytes
      = vm_contents_bytes (t->contents, s->files[file].content, &size);

  return vm_elf_new (bytes, size, &broken);
}

static uint32_t
access_of (const struct vm_elf_segment *e)
{
  return (e->flags & VM_ELF_READ ? VM_REGION_READ : 0u)
         | (e->flags & VM_ELF_WRITE ? VM_REGION_WRITE : 0u)
         | (e->flags & VM_ELF_EXECUTE ? VM_REGION_EXEC : 0u);
}

static void
tell_call (const struct linking *l, enum vm_call call, uint64_t va,
           uint64_t length, uint64_t access, uint32_t file)
{
  vm_step_begin (l->t, VM_STEP_CALL,
                 (uint64_t[VM_STEP_VALUES]){call, l->request->process, va,
                                            length, access, file});
}

static bool
end_call (const struct linking *l, enum vm_call call, enum vm_errno refused,
          uint64_t value)
{
  vm_step_leaf (
      l->t, VM_STEP_RETURN,
      (uint64_t[VM_STEP_VALUES]){call, l->request->process, refused, value});
  vm_step_end (l->t);
  return refused == VM_ERRNO_NONE && !vm_tape_failed (l->t);
}

/* mmap; at ANYWHERE, or exactly there. *at gets where it is. */
static bool
map (struct linking *l, uint64_t va, uint64_t length, uint32_t access,
     uint32_t file, uint64_t offset, uint64_t *at)
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
  tell_call (l, VM_CALL_MMAP, va, length, access, file);
  if (va == ANYWHERE)
    request.va = vm_exec_find_place (l->t, l->s, request.process,
                                     page_up (length), file != 0 ? offset : 0);
  if (request.va != 0)
    refused = vm_mmap (l->t, l->s, &request, at);
  return end_call (l, VM_CALL_MMAP, refused, *at);
}

static bool
unmap (struct linking *l, uint64_t va, uint64_t length)
{
  tell_call (l, VM_CALL_MUNMAP, va, length, 0, 0);
  return end_call (l, VM_CALL_MUNMAP,
                   vm_munmap (l->t, l->s, l->request->process, va, length), 0);
}

static bool
protect (struct linking *l, uint64_t va, uint64_t length, uint32_t access)
{
  tell_call (l, VM_CALL_MPROTECT, va, length, access, 0);
  return end_call (
      l, VM_CALL_MPROTECT,
      vm_mprotect (l->t, l->s, l->request->process, va, length, access), 0);
}

/* Memory of the loader's own; more pages where there is too little. */
static bool
allocate (struct linking *l, uint64_t bytes)
{
  uint64_t pages = vm_loader_heap_take (&l->heap, bytes), at;

  if (pages == 0)
    return true;
  if (!map (l, ANYWHERE, pages, VM_REGION_READ | VM_REGION_WRITE, 0, 0, &at))
    return false;
  vm_loader_heap_give (&l->heap, at, pages, bytes);
  return true;
}

/* What an object's segments that are to be mapped cover. */
struct extent {
  uint32_t first, last; /* indices */
  uint32_t count;
  uint64_t start, end; /* as in the file; start is a page's */
  uint64_t align;
  bool holes; /* some page between them belongs to none */
};

static struct extent
extent_of (const struct vm_elf *elf)
{
  struct extent x = {.align = VM_PAGE_SIZE};
  uint64_t behind = 0;

  for (uint32_t i = 0; i < elf->segment_count; i++) {
    const struct vm_elf_segment *e = &elf->segments[i];
    if (e->type != VM_ELF_LOAD)
      continue;
    if (x.count++ == 0) {
      x.first = i;
      x.start = page_down (e->vaddr);
      x.align = e->align > VM_PAGE_SIZE ? e->align : VM_PAGE_SIZE;
    } else {
      x.holes |= behind != page_down (e->vaddr);
    }
    behind = page_up (e->vaddr + e->filesz);
    x.last = i;
    x.end = e->vaddr + e->memsz;
  }
  return x;
}

/* All the room that an object needs, with the first segment's bytes and rights
 * (_dl_map_segment). One that wants to be aligned gets more, and gives the
 * rest back. */
static bool
map_room (struct linking *l, uint32_t file, const struct vm_elf *elf,
          const struct extent *x, uint64_t *at)
{
  const struct vm_elf_segment *e = &elf->segments[x->first];
  uint64_t length = x->end - x->start, offset = page_down (e->offset);
  uint64_t more = length >= x->align ? length + x->align : 2 * x->align;
  uint64_t room, behind;

  if (x->align == VM_PAGE_SIZE)
    return map (l, ANYWHERE, length, access_of (e), file, offset, at);
  if (!map (l, ANYWHERE, more, 0, 0, 0, &room))
    return false;
  uint64_t start = (room + x->align - 1) & ~(x->align - 1);
  if (!map (l, start, length, access_of (e), file, offset, at))
    return false;
  behind = page_up (start + length);
  if (start > room && !unmap (l, room, start - room))
    return false;
  return room + more <= behind || unmap (l, behind, room + more - behind);
}

/* Behind a segment's bytes: zeros up to the end of the page, which the loader
 * writes itself, and anonymous memory. */
static bool
add_zeros (struct linking *l, const struct vm_elf_segment *e, uint64_t bias)
{
  static const uint8_t zeros[VM_PAGE_SIZE] = {0};
  uint64_t zero = e->vaddr + e->filesz + bias;
  uint64_t end = e->vaddr + e->memsz + bias, page = page_up (zero), at;

  if (e->memsz <= e->filesz)
    return true;
  uint64_t stop = page < end ? page : end;
  if (stop > zero && (e->flags & VM_ELF_WRITE)
      && !vm_user_put (l->t, l->s, l->user, zero, stop - zero, zeros))
    return false;
  return end <= page
         || map (l, page, page_up (end) - page, access_of (e), 0, 0, &at);
}

static bool
map_others (struct linking *l, uint32_t file, const struct vm_elf *elf,
            const struct extent *x, uint64_t bias)
{
  bool done = add_zeros (l, &elf->segments[x->first], bias);

  for (uint32_t i = x->first + 1; i <= x->last && done; i++) {
    const struct vm_elf_segment *e = &elf->segments[i];
    uint64_t start = page_down (e->vaddr), at;
    uint64_t end = page_up (e->vaddr + e->filesz);
    if (e->type != VM_ELF_LOAD)
      continue;
    if (end > start)
      done = map (l, start + bias, end - start, access_of (e), file,
                  page_down (e->offset), &at);
    done = done && add_zeros (l, e, bias);
  }
  return done;
}

/* Pages between segments may not be touched. */
static bool
close_holes (struct linking *l, const struct vm_elf *elf,
             const struct extent *x, uint64_t bias)
{
  const struct vm_elf_segment *first = &elf->segments[x->first];
  uint64_t start = page_up (first->vaddr + first->filesz);
  uint64_t end = page_down (elf->segments[x->last].vaddr);

  return !x->holes || end <= start || protect (l, start + bias, end - start, 0);
}

static bool
map_segments (struct linking *l, uint32_t file, const struct vm_elf *elf)
{
  struct extent x = extent_of (elf);
  uint64_t at;

  if (x.count == 0)
    return true;
  uint64_t here = vm_exec_find_place (
      NULL, l->s, l->request->process, page_up (x.end - x.start),
      page_down (elf->segments[x.first].offset));
  vm_step_begin (
      l->t, VM_STEP_LINK_OBJECT,
      (uint64_t[VM_STEP_VALUES]){l->s->files[file].name, here & ~(x.align - 1),
                                 page_up (x.end - x.start),
                                 (here & ~(x.align - 1)) - x.start, x.count});
  bool done = map_room (l, file, elf, &x, &at);
  uint64_t bias = at - x.start;
  done = done && close_holes (l, elf, &x, bias)
         && map_others (l, file, elf, &x, bias);
  vm_step_end (l->t);
  l->files[l->objects] = file;
  l->biases[l->objects++] = bias;
  return done;
}

static bool
map_object (struct linking *l, uint32_t file)
{
  struct vm_elf *elf = read_elf (l->t, l->s, file);

  if (elf == NULL) {
    l->no_memory = true;
    return false;
  }
  bool done = !vm_elf_loads (elf) || map_segments (l, file, elf);
  vm_elf_free (elf);
  return done;
}

/* Thread-local storage of an object is counted, and room taken for the versions
 * of its symbols. */
static bool
count_object (struct linking *l, const struct vm_elf *elf)
{
  uint32_t last = vm_elf_last_version (elf);

  for (uint32_t i = 0; i < elf->segment_count; i++)
    if (elf->segments[i].type == VM_ELF_TLS)
      vm_loader_heap_tls (&l->heap, elf->segments[i].memsz,
                          elf->segments[i].align);
  return last == 0 || allocate (l, vm_loader_heap_versions (last));
}

/* PT_GNU_RELRO: whole pages only (_dl_protect_relro). */
static bool
protect_relro (struct linking *l, uint32_t file, const struct vm_elf *elf,
               uint64_t bias)
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
    bool done = protect (l, start, end - start, VM_REGION_READ);
    vm_step_end (l->t);
    return done;
  }
  return true;
}

/* What is done with each object once all are there; false if the host gives no
 * memory, or the kernel refuses. */
static bool
with_object (struct linking *l, uint32_t file, uint64_t bias, bool count)
{
  struct vm_elf *elf = read_elf (l->t, l->s, file);

  if (elf == NULL) {
    l->no_memory = true;
    return false;
  }
  bool done = count ? count_object (l, elf)
                    : protect_relro (l, file, elf, bias);
  vm_elf_free (elf);
  return done;
}

/* Relocation goes from the last object to the program; the loader itself was
 * relocated at first, and is protected last. */
static bool
protect_all (struct linking *l)
{
  bool done = true;

  for (uint32_t i = l->objects; i > 0 && done; i--)
    done = with_object (l, l->files[i - 1], l->biases[i - 1], false);
  return done && with_object (l, l->exec->interpreter, l->exec->linker, false);
}

/* What the loader takes for itself once all objects are there: their list, the
 * versions of their symbols, and the first thread's block. */
static bool
take_rest (struct linking *l)
{
  bool done = allocate (l, vm_loader_heap_objects (l->objects + 1));

  for (uint32_t i = 0; i < l->objects && done; i++)
    done = with_object (l, l->files[i], 0, true);
  done = done && with_object (l, l->exec->interpreter, 0, true);
  return done && allocate (l, vm_loader_heap_slots (&l->heap))
         && allocate (l, vm_loader_heap_block (&l->heap));
}

static void
tell_need (const struct linking *l, const struct vm_link_need *need)
{
  uint32_t by = l->s->files[need->by].name;
  uint32_t file = need->file == 0 ? VM_NONE : l->s->files[need->file].name;

  vm_step_leaf (l->t, VM_STEP_LINK_NEED,
                (uint64_t[VM_STEP_VALUES]){need->content, need->offset, file,
                                           need->known, by});
}

/* Bytes of the path by which an object was found, and of its folder, with a NUL
 * behind each. */
static uint64_t
path_room (const struct linking *l, uint32_t file, uint64_t *folder)
{
  uint64_t size;
  const uint8_t *path
      = vm_contents_bytes (l->t->contents, l->s->files[file].path, &size);

  *folder = size;
  while (*folder > 0 && path[*folder - 1] != '/')
    --*folder;
  *folder = *folder == 0 ? 1 : *folder;
  return size + 1;
}

static uint64_t
name_length (const struct linking *l, const struct vm_link_need *need)
{
  uint64_t size, length = 0;
  const uint8_t *bytes
      = vm_contents_bytes (l->t->contents, need->content, &size);

  while (need->offset + length < size && bytes[need->offset + length] != 0)
    length++;
  return length;
}

static bool
load_need (struct linking *l, const struct vm_link_need *need)
{
  tell_need (l, need);
  if (need->known || need->file == 0)
    return true;
  uint64_t folder, path = path_room (l, need->file, &folder);
  return allocate (l, path)
         && allocate (l, vm_loader_heap_map (name_length (l, need)))
         && allocate (l, folder) && map_object (l, need->file);
}

/* Is a need the last one of who has it? Then the list of them is made; *count
 * gets how many they are. */
static bool
is_last (const struct vm_link_request *r, uint32_t index, uint32_t *count)
{
  uint32_t by = r->needs[index].by;

  *count = 0;
  if (index + 1 < r->count && r->needs[index + 1].by == by)
    return false;
  while (*count <= index && r->needs[index - *count].by == by)
    ++*count;
  return true;
}

/* From the first need to the last; the cache is mapped when a name is first
 * looked for. */
static bool
load_all (struct linking *l)
{
  const struct vm_link_request *r = l->request;
  uint64_t size = l->s->files[r->cache].size, cache = 0;
  uint32_t count;
  bool done = true;

  for (uint32_t i = 0; i < r->count && done && !vm_tape_failed (l->t); i++) {
    if (!r->needs[i].known && r->cache != 0 && cache == 0 && size > 0)
      done = map (l, ANYWHERE, size, VM_REGION_READ, r->cache, 0, &cache);
    done = done && load_need (l, &r->needs[i]);
    if (done && is_last (r, i, &count))
      done = allocate (l, vm_loader_heap_needs (count));
  }
  done = done && take_rest (l) && protect_all (l);
  return done && (cache == 0 || unmap (l, cache, size));
}

static bool
begin (struct linking *l)
{
  vm_loader_heap_init (&l->heap);
  l->files[l->objects] = l->exec->file;
  l->biases[l->objects++] = l->exec->bias;
  return allocate (l, vm_loader_heap_first ());
}

static void
keep (const struct linking *l)
{
  vm_put_u32 (l->t, &l->exec->libraries, l->objects - 1);
  vm_put_u32 (l->t, &l->exec->flags, l->exec->flags | VM_EXEC_LINKED);
}

bool
vm_link (struct vm_tape *t, const struct vm_state *s,
         const struct vm_link_request *request, enum vm_errno *refused,
         struct vm_user *user, struct vm_error *error)
{
  struct linking *l = calloc (1, sizeof *l);
  const struct vm_exec *exec = &s->execs[s->processes[request->process].mm];

  *refused = VM_EINVAL;
  if (l == NULL) {
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
    return false;
  }
  *l = (struct linking){.t = t, .s = s, .request = request, .user = user};
  l->exec = exec;
  bool possible = exec->file != 0 && exec->interpreter != 0
                  && !(exec->flags & VM_EXEC_LINKED);
  bool done = possible && begin (l) && load_all (l);
  bool no_memory = l->no_memory;
  if (done)
    keep (l);
  if (possible)
    *refused = done ? VM_ERRNO_NONE : VM_ENOMEM;
  free (l);
  if (no_memory)
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
  return !no_memory;
}

bool
vm_link_read_needs (const struct vm_tape *t, const struct vm_state *s,
                    uint32_t file, struct vm_link_need *needs, uint32_t *count)
{
  struct vm_elf *elf = read_elf (t, s, file);
  struct vm_elf_dynamic dynamic;

  if (elf == NULL)
    return false;
  vm_elf_dynamic_init (&dynamic, elf);
  for (uint32_t i = 0; i < dynamic.count && *count < VM_LINK_MOST_NEEDS; i++) {
    struct vm_elf_entry entry = vm_elf_dynamic_entry (elf, &dynamic, i);
    const char *name = vm_elf_dynamic_string (elf, &dynamic, entry.value);
    if (entry.tag != VM_ELF_DT_NEEDED || name == NULL)
      continue;
    needs[(*count)++] = (struct vm_link_need){
        .by = file,
        .content = s->files[file].content,
        .offset = (uint64_t) (name - (const char *) elf->bytes),
    };
  }
  vm_elf_free (elf);
  return true;
}
