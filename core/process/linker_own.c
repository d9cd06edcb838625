/* Takes the memory that the dynamic loader needs for itself. */
#include "process/linker_own.h"

#include <stdlib.h>
#include <string.h>

#include "elf/elf_dynamic.h"
#include "elf/elf_unique.h"
#include "elf/elf_versions.h"

/* The last version that the symbols of a vdso have. */
#define VDSO_VERSIONS 2u

/* Bytes of an object's path. */
static uint64_t
path_length (const struct vm_linking *l, uint32_t file)
{
  uint64_t size;

  vm_contents_bytes (l->t->contents, l->s->files[file].path, &size);
  return size;
}

static uint64_t
name_length (const struct vm_linking *l, const struct vm_link_need *need)
{
  uint64_t size, length = 0;
  const uint8_t *bytes
      = vm_contents_bytes (l->t->contents, need->content, &size);

  while (need->offset + length < size && bytes[need->offset + length] != 0)
    length++;
  return length;
}

/* Where its own variables end. */
static uint64_t
end_of (const struct vm_elf *elf)
{
  uint64_t end = 0;

  for (uint32_t i = 0; i < elf->segment_count; i++)
    if (elf->segments[i].type == VM_ELF_LOAD)
      end = elf->segments[i].vaddr + elf->segments[i].memsz;
  return end;
}

bool
vm_link_own_begin (struct vm_linking *l)
{
  struct vm_elf *elf = vm_link_read (l, l->exec->interpreter);
  bool done = true;

  if (elf == NULL) {
    l->no_memory = true;
    return false;
  }
  vm_loader_heap_init (&l->heap, end_of (elf) + l->exec->linker);
  vm_elf_free (elf);
  for (uint32_t i = l->exec->vdso == 0; done && vm_loader_heap_first (i) != 0;
       i++)
    done = vm_link_allocate (l, vm_loader_heap_first (i));
  return done;
}

/* The folders that an object wants its needs to be looked for in; NULL: it has
 * none of its own. */
static const char *
folders_of (const struct vm_elf *elf)
{
  struct vm_elf_dynamic dynamic;
  const char *rpath = NULL, *runpath = NULL;

  vm_elf_dynamic_init (&dynamic, elf);
  for (uint32_t i = 0; i < dynamic.count; i++) {
    struct vm_elf_entry e = vm_elf_dynamic_entry (elf, &dynamic, i);
    if (e.tag == VM_ELF_DT_RUNPATH)
      runpath = vm_elf_dynamic_string (elf, &dynamic, e.value);
    else if (e.tag == VM_ELF_DT_RPATH)
      rpath = vm_elf_dynamic_string (elf, &dynamic, e.value);
  }
  return runpath != NULL ? runpath : rpath;
}

/* Of the first folder of a list that colons part. */
static uint64_t
first_length (const char *list)
{
  const char *colon = strchr (list, ':');

  return colon != NULL ? (uint64_t) (colon - list) : strlen (list);
}

/* That list, twice, and each of its folders (decompose_rpath). */
static bool
take_folders (struct vm_linking *l, const char *list, uint32_t by)
{
  uint32_t count = 1;
  uint64_t length = strlen (list);
  uint64_t asked = by == l->exec->file ? 0 : path_length (l, by);

  for (const char *c = list; *c != '\0'; c++)
    count += *c == ':';
  if (!vm_link_allocate (l, length + 1)
      || !vm_link_allocate (l, vm_loader_heap_folders (count))
      || !vm_link_allocate (l, length + 1))
    return false;
  for (; count > 0; count--) {
    uint64_t one = first_length (list);
    if (!vm_link_allocate (l, vm_loader_heap_folder (one, asked)))
      return false;
    list += one + (list[one] == ':');
  }
  return true;
}

/* Is a file in one of these folders? */
static bool
lies_in (const struct vm_linking *l, const char *list, uint32_t file)
{
  uint64_t size;
  const uint8_t *path
      = vm_contents_bytes (l->t->contents, l->s->files[file].path, &size);

  while (size > 0 && path[size - 1] != '/')
    size--;
  for (; size > 0 && *list != '\0'; list += *list == ':') {
    uint64_t length = first_length (list);
    if (length == size - 1 && memcmp (list, path, length) == 0)
      return true;
    list += length;
  }
  return false;
}

bool
vm_link_own_folders (struct vm_linking *l, const struct vm_link_need *need,
                     bool *there)
{
  struct vm_elf *elf = vm_link_read (l, need->by);
  bool done = true;

  *there = false;
  if (elf == NULL) {
    l->no_memory = true;
    return false;
  }
  const char *list = folders_of (elf);
  if (list != NULL && list[0] != '\0') {
    done = l->asked == need->by || take_folders (l, list, need->by);
    *there = lies_in (l, list, need->file);
  }
  l->asked = need->by;
  vm_elf_free (elf);
  return done;
}

bool
vm_link_own_object (struct vm_linking *l, const struct vm_link_need *need)
{
  uint64_t path = path_length (l, need->file) + 1;

  return vm_link_allocate (l, path)
         && vm_link_allocate (l, vm_loader_heap_map (name_length (l, need)))
         && vm_link_allocate (l, path);
}

bool
vm_link_own_needs (struct vm_linking *l, uint32_t needs)
{
  return vm_link_allocate (l, vm_loader_heap_needs (needs));
}

static bool
take_versions (struct vm_linking *l, uint32_t last)
{
  return last == 0 || vm_link_allocate (l, vm_loader_heap_versions (last));
}

/* Thread-local storage of an object is counted, and room taken for the versions
 * of its symbols. */
static bool
count_object (struct vm_linking *l, uint32_t file)
{
  struct vm_elf *elf = vm_link_read (l, file);

  if (elf == NULL) {
    l->no_memory = true;
    return false;
  }
  for (uint32_t i = 0; i < elf->segment_count; i++)
    if (elf->segments[i].type == VM_ELF_TLS)
      vm_loader_heap_tls (&l->heap, elf->segments[i].memsz,
                          elf->segments[i].vaddr, elf->segments[i].align);
  bool done = take_versions (l, vm_elf_last_version (elf));
  vm_elf_free (elf);
  return done;
}

/* Of all objects in order: the program, the vdso, libraries, and among them the
 * loader, where it was needed first. */
static bool
count_objects (struct vm_linking *l)
{
  uint32_t place = l->place == 0 ? l->objects : l->place;
  bool done = true;

  for (uint32_t i = 0; i < l->objects && done; i++) {
    if (i == place)
      done = count_object (l, l->exec->interpreter);
    done = done && count_object (l, l->files[i]);
    if (i == 0 && l->exec->vdso != 0)
      done = done && take_versions (l, VDSO_VERSIONS);
  }
  return done && (place < l->objects || count_object (l, l->exec->interpreter));
}

bool
vm_link_own_lists (struct vm_linking *l)
{
  return vm_link_allocate (l, vm_loader_heap_objects (l->objects + 1))
         && count_objects (l)
         && vm_link_allocate (l, vm_loader_heap_slots (&l->heap))
         && vm_link_allocate (l, vm_loader_heap_block (&l->heap))
         && vm_link_allocate (l, vm_loader_heap_vector (&l->heap));
}

/* Symbols of which the process has one each; VM_NONE without memory. */
static uint32_t
count_unique (const struct vm_linking *l)
{
  struct vm_elf **elfs = calloc (l->objects, sizeof *elfs);
  uint32_t read = 0, count = VM_NONE;

  while (elfs != NULL && read < l->objects
         && (elfs[read] = vm_link_read (l, l->files[read])) != NULL)
    read++;
  if (read == l->objects)
    count = vm_elf_count_unique (elfs, read);
  while (read > 0)
    vm_elf_free (elfs[--read]);
  free (elfs);
  return count;
}

bool
vm_link_own_tables (struct vm_linking *l)
{
  uint32_t count = count_unique (l), beside = 1 + (l->exec->vdso != 0);
  bool done = count != VM_NONE;

  l->no_memory |= !done;
  for (uint32_t i = 0; done && vm_loader_heap_unique (i, count) != 0; i++)
    done = vm_link_allocate (l, vm_loader_heap_unique (i, count));
  return done
         && vm_link_allocate (l,
                              vm_loader_heap_found (l->objects - 1 + beside));
}
