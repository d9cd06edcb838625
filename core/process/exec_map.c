/* Maps the segments of a file as execve does: whole pages of the file, the rest
 * of the last one zeroed, anonymous memory behind it.
 *
 *   file   |..........##########|
 *          |          filesz    |
 *   memory |==========##########00|aaaaaaaa|
 *        start      vaddr       ^ page     ^ vaddr + memsz, rounded up
 *                        zeroed by the kernel */
#include "process/exec_parts.h"

#include "mm/files.h"
#include "mm/mmap.h"

#define HUGE_SIZE (UINT64_C (2) << 20)

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

/* What a segment's flags mean for its region (make_prot). */
static uint32_t
access_of (const struct vm_exec_image *image, const struct vm_elf_segment *e)
{
  uint32_t access = 0;

  if (e->flags & VM_ELF_READ)
    access |= VM_REGION_READ;
  if (e->flags & VM_ELF_WRITE)
    access |= VM_REGION_WRITE;
  if ((e->flags & VM_ELF_EXECUTE)
      || (image->implies && (e->flags & VM_ELF_READ)))
    access |= VM_REGION_EXEC;
  return access;
}

/* What all segments together cover: from the first one's page to the last
 * one's end (total_mapping_size), and the largest alignment that one asks for
 * (maximum_alignment). */
static uint64_t
extent_of (const struct vm_elf *elf, uint64_t *first, uint64_t *align)
{
  uint64_t low = UINT64_MAX, high = 0;

  *align = 0;
  for (uint32_t i = 0; i < elf->segment_count; i++) {
    const struct vm_elf_segment *e = &elf->segments[i];
    if (e->type != VM_ELF_LOAD)
      continue;
    low = page_down (e->vaddr) < low ? page_down (e->vaddr) : low;
    high = e->vaddr + e->memsz > high ? e->vaddr + e->memsz : high;
    if (e->align > *align && (e->align & (e->align - 1)) == 0)
      *align = e->align;
  }
  *first = low == UINT64_MAX ? 0 : low;
  *align = *align < VM_PAGE_SIZE ? VM_PAGE_SIZE : *align;
  return high > low ? high - low : 0;
}

/* The first segment that is to be mapped. */
static const struct vm_elf_segment *
first_load (const struct vm_elf *elf)
{
  for (uint32_t i = 0; i < elf->segment_count; i++)
    if (elf->segments[i].type == VM_ELF_LOAD)
      return &elf->segments[i];
  return NULL;
}

uint64_t
vm_exec_find_place (struct vm_tape *t, const struct vm_state *s,
                    uint32_t process, uint64_t length, uint64_t offset)
{
  uint32_t mm = s->processes[process].mm;
  uint64_t from = (offset + HUGE_SIZE - 1) & ~(HUGE_SIZE - 1);
  bool large = !(s->execs[mm].flags & VM_EXEC_32) && offset + length > from
               && offset + length - from >= HUGE_SIZE;
  uint64_t place;

  if (!large)
    return vm_mmap_find_gap (t, s, mm, length);
  place = vm_mmap_find_gap (t, s, mm, length + HUGE_SIZE);
  if (place == 0)
    return vm_mmap_find_gap (t, s, mm, length);
  uint64_t beside = (offset - place) & (HUGE_SIZE - 1);
  return beside == 0 ? place + HUGE_SIZE : place + beside;
}

/* A place among the mappings for a program without an interpreter, or for the
 * interpreter. A program that wants to be aligned gets that since 6.11. */
static uint64_t
place_in_gap (struct vm_exec_work *w, uint64_t size, uint64_t offset,
              uint64_t align, bool program)
{
  uint64_t place
      = vm_exec_find_place (w->t, w->s, w->request->process, size, offset);

  return program && w->request->kernel >= 11 ? place & ~(align - 1) : place;
}

/* What is added to a file's addresses. */
static enum vm_errno
find_bias (struct vm_exec_work *w, struct vm_exec_image *image, bool program)
{
  const struct vm_elf *elf = image->elf;
  const struct vm_elf_segment *e = first_load (elf);
  enum vm_place_rule rule = VM_RULE_AS_LINKED;
  uint64_t first, align, place;
  uint64_t size = page_up (extent_of (elf, &first, &align));

  if (e == NULL || size == 0)
    return VM_EINVAL;
  if (elf->type != VM_ELF_DYN) {
    place = page_down (e->vaddr);
  } else if (program && elf->interpreter != NULL) {
    rule = VM_RULE_HIGH;
    place = vm_exec_high_place (w);
    if (w->request->random)
      place = vm_exec_random_place (w, place);
    place = page_down (place & ~(align - 1));
  } else {
    rule = VM_RULE_GAP;
    place = place_in_gap (w, size, page_down (e->offset), align, program);
    if (place == 0)
      return VM_ENOMEM;
  }
  image->bias = place - page_down (e->vaddr);
  vm_step_leaf (w->t, VM_STEP_EXEC_PLACE,
                (uint64_t[VM_STEP_VALUES]){w->s->files[image->file].name, place,
                                           size, image->bias, rule, align});
  return VM_ERRNO_NONE;
}

/* Maps pages of the file; length: of the file's bytes, more: how far it is
 * mapped at first, so that the room behind it is kept free (elf_map). */
static enum vm_errno
map_bytes (struct vm_exec_work *w, const struct vm_exec_image *image,
           const struct vm_elf_segment *e, uint64_t more, bool over)
{
  uint64_t start = page_down (e->vaddr + image->bias);
  uint64_t end = page_up (e->vaddr + e->filesz + image->bias);
  struct vm_mmap_request request = {
      .process = w->request->process,
      .va = start,
      .length = more > end - start ? more : end - start,
      .access = access_of (image, e),
      .placement = over ? VM_PLACE_FIXED : VM_PLACE_IF_FREE,
      .file = image->file,
      .offset = page_down (e->offset),
  };
  uint64_t at;
  enum vm_errno refused = vm_mmap (w->t, w->s, &request, &at);

  if (refused != VM_ERRNO_NONE || request.length == end - start)
    return refused;
  vm_step_begin (w->t, VM_STEP_EXEC_TRIM,
                 (uint64_t[VM_STEP_VALUES]){end, start + request.length});
  refused = vm_munmap (w->t, w->s, request.process, end,
                       start + request.length - end);
  vm_step_end (w->t);
  return refused;
}

/* Zeroes what lies behind the file's bytes in their last page: the kernel's
 * own write, which makes a copy of the page (padzero). Where the segment may
 * not be written, nothing happens. */
static enum vm_errno
zero_tail (struct vm_exec_work *w, const struct vm_exec_image *image,
           const struct vm_elf_segment *e, uint32_t index)
{
  uint64_t start = e->vaddr + e->filesz + image->bias;
  bool writes = e->flags & VM_ELF_WRITE;
  static const uint8_t zeros[VM_PAGE_SIZE] = {0};

  if (e->filesz == 0 || start == page_up (start))
    return VM_ERRNO_NONE;
  vm_step_begin (
      w->t, VM_STEP_EXEC_ZERO,
      (uint64_t[VM_STEP_VALUES]){start, page_up (start), index, writes});
  bool done = !writes
              || vm_user_put (w->t, w->s, &w->user, start,
                              page_up (start) - start, zeros);
  vm_step_end (w->t);
  return done ? VM_ERRNO_NONE : VM_EFAULT;
}

/* Pages that no byte of the file reaches (vm_brk_flags). */
static enum vm_errno
map_bss (struct vm_exec_work *w, const struct vm_exec_image *image,
         const struct vm_elf_segment *e, uint32_t index)
{
  uint64_t start = e->filesz > 0 ? page_up (e->vaddr + e->filesz + image->bias)
                                 : page_down (e->vaddr + image->bias);
  uint64_t end = page_up (e->vaddr + e->memsz + image->bias), at;
  uint32_t access = VM_REGION_READ | VM_REGION_WRITE
                    | (access_of (image, e) & VM_REGION_EXEC);
  struct vm_mmap_request request = {
      .process = w->request->process,
      .va = start,
      .length = end - start,
      .access = access,
      .placement = VM_PLACE_FIXED,
  };

  if (end <= start)
    return VM_ERRNO_NONE;
  vm_step_begin (w->t, VM_STEP_EXEC_BSS,
                 (uint64_t[VM_STEP_VALUES]){start, end, index, access});
  enum vm_errno refused = vm_mmap (w->t, w->s, &request, &at);
  vm_step_end (w->t);
  return refused;
}

/* One segment (elf_load). */
static enum vm_errno
map_segment (struct vm_exec_work *w, const struct vm_exec_image *image,
             uint32_t index, uint64_t more, bool over)
{
  const struct vm_elf_segment *e = &image->elf->segments[index];
  uint64_t start = page_down (e->vaddr + image->bias);
  uint64_t end = page_up (e->vaddr + e->filesz + image->bias);
  enum vm_errno refused = VM_ERRNO_NONE;

  vm_step_begin (
      w->t, VM_STEP_EXEC_SEGMENT,
      (uint64_t[VM_STEP_VALUES]){index, start, e->filesz > 0 ? end : start,
                                 page_down (e->offset), access_of (image, e),
                                 w->s->files[image->file].name});
  if (e->filesz > 0)
    refused = map_bytes (w, image, e, more, over);
  if (refused == VM_ERRNO_NONE && e->memsz > e->filesz) {
    refused = zero_tail (w, image, e, index);
    if (refused == VM_ERRNO_NONE)
      refused = map_bss (w, image, e, index);
  }
  vm_step_end (w->t);
  return vm_tape_failed (w->t) ? VM_ENOMEM : refused;
}

enum vm_errno
vm_exec_map (struct vm_exec_work *w, struct vm_exec_image *image, bool program)
{
  uint64_t first, align;
  uint64_t more = image->elf->type == VM_ELF_DYN || !program
                      ? page_up (extent_of (image->elf, &first, &align))
                      : 0;
  bool over = false;
  enum vm_errno refused = find_bias (w, image, program);

  for (uint32_t i = 0;
       i < image->elf->segment_count && refused == VM_ERRNO_NONE; i++) {
    if (image->elf->segments[i].type != VM_ELF_LOAD)
      continue;
    refused = map_segment (w, image, i, over ? 0 : more, over);
    over = true;
  }
  return refused;
}

/* Pages of the kernel's own: a file that nobody can name, the same for all
 * processes. */
static uint32_t
special_file (const struct vm_exec_work *w, enum vm_part part, uint64_t pages)
{
  const struct vm_state *s = w->s;

  for (uint32_t i = 1; i < s->file_end; i++)
    if (s->files[i].kind == VM_FILE_KERNEL && s->files[i].seed == part
        && vm_files_pages (s, i) == pages)
      return i;
  uint32_t file = vm_files_make (w->t, s, VM_FILE_KERNEL, VM_NONE,
                                 pages << VM_PAGE_SHIFT);
  if (file != 0)
    vm_put_u32 (w->t, &s->files[file].seed, part);
  return file;
}

/* A region that nothing merges with or lengthens. */
static enum vm_errno
map_pages (struct vm_exec_work *w, enum vm_part part, uint64_t start,
           uint64_t pages)
{
  struct vm_region new = {
      .start = start,
      .end = start + (pages << VM_PAGE_SHIFT),
      .mm = w->s->processes[w->request->process].mm,
      .flags = part == VM_PART_VDSO
                   ? VM_REGION_READ | VM_REGION_EXEC | VM_REGION_MAY_ACCESS
                   : VM_REGION_READ | VM_REGION_MAY_READ,
  };

  if (pages == 0)
    return VM_ERRNO_NONE;
  vm_step_begin (w->t, VM_STEP_EXEC_SPECIAL,
                 (uint64_t[VM_STEP_VALUES]){part, new.start, new.end});
  new.file = special_file (w, part, pages);
  bool made = new.file != 0 && vm_region_add (w->t, w->s, &new) != 0;
  vm_step_end (w->t);
  return made ? VM_ERRNO_NONE : VM_ENOMEM;
}

/* Before Linux 6.9 a random place above the stack, if one is free there
 * (vdso_addr); else, and since then, among the mappings. */
static uint64_t
special_place (struct vm_exec_work *w, uint64_t length)
{
  uint32_t mm = w->s->processes[w->request->process].mm;
  uint64_t start = page_up (w->sp);
  uint64_t end = (start + HUGE_SIZE - 1) & ~(HUGE_SIZE - 1);

  if (w->request->kernel < 9 && w->request->random && w->word == 8
      && start >= w->record.stack_end) {
    end = end > w->top ? w->top : end;
    end -= end - start < length ? end - start : length;
    uint64_t pages = vm_exec_draw (w, VM_PART_VDSO)
                     % (((end - start) >> VM_PAGE_SHIFT) + 1);
    uint64_t place = start + (pages << VM_PAGE_SHIFT);
    if (place + length <= w->top) {
      vm_exec_tell_draw (w, VM_PART_VDSO, 0, pages << VM_PAGE_SHIFT, place);
      return place;
    }
  }
  return vm_mmap_find_gap (w->t, w->s, mm, length);
}

enum vm_errno
vm_exec_map_special (struct vm_exec_work *w)
{
  const struct vm_exec_request *r = w->request;
  uint64_t pages = (uint64_t) r->vvar_pages + r->vclock_pages + r->vdso_pages;
  enum vm_errno refused;

  if (r->vdso_pages == 0)
    return VM_ERRNO_NONE;
  uint64_t start = special_place (w, pages << VM_PAGE_SHIFT);
  if (start == 0)
    return VM_ENOMEM;
  w->record.vdso
      = start + (((uint64_t) r->vvar_pages + r->vclock_pages) << VM_PAGE_SHIFT);
  refused = map_pages (w, VM_PART_VVAR, start, r->vvar_pages);
  start += (uint64_t) r->vvar_pages << VM_PAGE_SHIFT;
  if (refused == VM_ERRNO_NONE)
    refused = map_pages (w, VM_PART_VVAR_VCLOCK, start, r->vclock_pages);
  if (refused == VM_ERRNO_NONE)
    refused = map_pages (w, VM_PART_VDSO, w->record.vdso, r->vdso_pages);
  return refused;
}
