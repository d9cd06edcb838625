/* Maps libraries as the dynamic loader does. */
#include "process/linker.h"

#include <stdlib.h>
#include <string.h>

#include "elf/elf_dynamic.h"
#include "mm/files.h"
#include "process/exec_parts.h"
#include "process/linker_own.h"
#include "process/startup.h"

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

static uint32_t
access_of (const struct vm_elf_segment *e)
{
  return (e->flags & VM_ELF_READ ? VM_REGION_READ : 0u)
         | (e->flags & VM_ELF_WRITE ? VM_REGION_WRITE : 0u)
         | (e->flags & VM_ELF_EXECUTE ? VM_REGION_EXEC : 0u);
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
map_room (struct vm_linking *l, uint32_t file, const struct vm_elf *elf,
          const struct extent *x, uint64_t *at)
{
  const struct vm_elf_segment *e = &elf->segments[x->first];
  uint64_t length = x->end - x->start, offset = page_down (e->offset);
  uint64_t more = length >= x->align ? length + x->align : 2 * x->align;
  uint64_t room, behind;

  if (x->align == VM_PAGE_SIZE)
    return vm_link_map (l, VM_LINK_ANYWHERE, length, access_of (e), file,
                        offset, at);
  if (!vm_link_map (l, VM_LINK_ANYWHERE, more, 0, 0, 0, &room))
    return false;
  uint64_t start = (room + x->align - 1) & ~(x->align - 1);
  if (!vm_link_map (l, start, length, access_of (e), file, offset, at))
    return false;
  behind = page_up (start + length);
  if (start > room && !vm_link_unmap (l, room, start - room))
    return false;
  return room + more <= behind
         || vm_link_unmap (l, behind, room + more - behind);
}

/* Behind a segment's bytes: zeros up to the end of the page, which the loader
 * writes itself, and anonymous memory. */
static bool
add_zeros (struct vm_linking *l, const struct vm_elf_segment *e, uint64_t bias)
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
         || vm_link_map (l, page, page_up (end) - page, access_of (e), 0, 0,
                         &at);
}

static bool
map_others (struct vm_linking *l, uint32_t file, const struct vm_elf *elf,
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
      done = vm_link_map (l, start + bias, end - start, access_of (e), file,
                          page_down (e->offset), &at);
    done = done && add_zeros (l, e, bias);
  }
  return done;
}

/* Pages between segments may not be touched. */
static bool
close_holes (struct vm_linking *l, const struct vm_elf *elf,
             const struct extent *x, uint64_t bias)
{
  const struct vm_elf_segment *first = &elf->segments[x->first];
  uint64_t start = page_up (first->vaddr + first->filesz);
  uint64_t end = page_down (elf->segments[x->last].vaddr);

  return !x->holes || end <= start
         || vm_link_protect (l, start + bias, end - start, 0);
}

static bool
map_segments (struct vm_linking *l, uint32_t file, const struct vm_elf *elf)
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
map_object (struct vm_linking *l, uint32_t file)
{
  struct vm_elf *elf = vm_link_read (l, file);

  if (elf == NULL) {
    l->no_memory = true;
    return false;
  }
  bool done = !vm_elf_loads (elf) || map_segments (l, file, elf);
  vm_elf_free (elf);
  return done;
}

/* False if the host gives no memory, or the kernel refuses. */
static bool
protect_object (struct vm_linking *l, uint32_t file, uint64_t bias)
{
  struct vm_elf *elf = vm_link_read (l, file);

  if (elf == NULL) {
    l->no_memory = true;
    return false;
  }
  bool done = vm_link_protect_relro (l, file, elf, bias);
  vm_elf_free (elf);
  return done;
}

/* Relocation goes from the last object to the program; the loader itself was
 * relocated at first, and is protected last. */
static bool
protect_all (struct vm_linking *l)
{
  bool done = true;

  for (uint32_t i = l->objects; i > 0 && done; i--)
    done = protect_object (l, l->files[i - 1], l->biases[i - 1]);
  return done && protect_object (l, l->exec->interpreter, l->exec->linker);
}

static void
tell_need (const struct vm_linking *l, const struct vm_link_need *need)
{
  uint32_t by = l->s->files[need->by].name;
  uint32_t file = need->file == 0 ? VM_NONE : l->s->files[need->file].name;

  vm_step_leaf (l->t, VM_STEP_LINK_NEED,
                (uint64_t[VM_STEP_VALUES]){need->content, need->offset, file,
                                           need->known, by});
}

/* Folders of its own come first; then the cache, which is mapped when a name is
 * first looked for in it. */
static bool
search (struct vm_linking *l, const struct vm_link_need *need)
{
  uint32_t file = l->request->cache;
  bool there;

  if (!vm_link_own_folders (l, need, &there))
    return false;
  return there || file == 0 || l->cache != 0 || l->s->files[file].size == 0
         || vm_link_map (l, VM_LINK_ANYWHERE, l->s->files[file].size,
                         VM_REGION_READ, file, 0, &l->cache);
}

static bool
load_need (struct vm_linking *l, const struct vm_link_need *need)
{
  if (!need->known && !search (l, need))
    return false;
  tell_need (l, need);
  if (need->file == l->exec->interpreter && l->place == 0)
    l->place = l->objects;
  return need->known || need->file == 0
         || (vm_link_own_object (l, need) && map_object (l, need->file));
}

/* The needs of one object, from number *next on. */
static bool
load_needs (struct vm_linking *l, uint32_t by, uint32_t *next)
{
  const struct vm_link_request *r = l->request;
  uint32_t first = *next;
  bool done = true;

  for (; *next < r->count && r->needs[*next].by == by && done; ++*next) {
    done = load_need (l, &r->needs[*next]);
    if (vm_tape_failed (l->t))
      return false;
  }
  return done && (by == l->exec->file || vm_link_own_needs (l, *next - first));
}

/* From the first object's needs to the last one's. */
static bool
load_all (struct vm_linking *l)
{
  uint32_t next = 0;

  for (uint32_t i = 0; i < l->objects; i++)
    if (!load_needs (l, l->files[i], &next))
      return false;
  return true;
}

static bool
link_libraries (struct vm_linking *l)
{
  const struct vm_link_request *r = l->request;

  return vm_link_own_begin (l) && load_all (l) && vm_link_own_lists (l)
         && protect_all (l) && vm_link_own_tables (l)
         && (l->cache == 0
             || vm_link_unmap (l, l->cache, l->s->files[r->cache].size));
}

/* Constructors run from the last object to the first: who is needed comes
 * before who needs it. */
static bool
construct_all (struct vm_linking *l)
{
  const struct vm_link_request *r = l->request;
  bool done = true;

  for (uint32_t i = r->count; i > 0 && done; i--) {
    const struct vm_link_need *need = &r->needs[i - 1];
    if (!need->known && need->file != 0 && need->constructors != 0)
      done = vm_startup_construct (l, need);
  }
  return done;
}

static void
keep (const struct vm_linking *l)
{
  vm_put_u32 (l->t, &l->exec->libraries, l->objects - 1);
  vm_put_u32 (l->t, &l->exec->flags, l->exec->flags | VM_EXEC_LINKED);
}

/* With a loader, or, for a program that has none, without. */
static enum vm_errno
run (struct vm_linking *l)
{
  bool done = false;

  if (l->exec->file == 0 || (l->exec->flags & VM_EXEC_LINKED))
    return VM_EINVAL;
  if (l->exec->interpreter != 0) {
    done = link_libraries (l) && construct_all (l);
  } else {
    struct vm_elf *elf = vm_link_read (l, l->exec->file);
    l->no_memory = elf == NULL;
    if (elf == NULL || !vm_startup_is_alone (elf)) {
      vm_elf_free (elf);
      return VM_EINVAL;
    }
    done = vm_startup_alone (l, elf);
    vm_elf_free (elf);
  }
  if (done)
    keep (l);
  return done ? VM_ERRNO_NONE : VM_ENOMEM;
}

bool
vm_link (struct vm_tape *t, const struct vm_state *s,
         const struct vm_link_request *request, enum vm_errno *refused,
         struct vm_user *user, struct vm_error *error)
{
  struct vm_linking *l = calloc (1, sizeof *l);

  *refused = VM_EINVAL;
  if (l == NULL) {
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
    return false;
  }
  *l = (struct vm_linking){.t = t, .s = s, .request = request, .user = user};
  l->exec = &s->execs[s->processes[request->process].mm];
  l->files[l->objects++] = l->exec->file;
  l->biases[0] = l->exec->bias;
  *refused = run (l);
  bool no_memory = l->no_memory;
  free (l);
  if (no_memory)
    vm_error_set (error, VM_ERROR_OUT_OF_MEMORY, NULL);
  return !no_memory;
}

bool
vm_link_read_needs (const struct vm_tape *t, const struct vm_state *s,
                    uint32_t file, struct vm_link_need *needs, uint32_t *count)
{
  struct vm_elf_verdict broken;
  uint64_t size;
  const uint8_t *bytes
      = vm_contents_bytes (t->contents, s->files[file].content, &size);
  struct vm_elf *elf = vm_elf_new (bytes, size, &broken);
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
