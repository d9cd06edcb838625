/* Loads programs into bare memory and moves them about. */
#include "mm/program.h"

#include "mm/frames.h"
#include "mmu/bounds.h"
#include "mmu/walk.h"

/* The frames that a run of bytes touches. */
static vm_frame
first_frame (const struct vm_state *s, uint64_t base)
{
  return vm_frame_of (base >> s->config.page_shift);
}

static uint64_t
frame_count (const struct vm_state *s, uint64_t base, uint64_t size)
{
  return first_frame (s, base + size - 1).v - first_frame (s, base).v + 1;
}

static void
take_frames (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  const struct vm_image *image = &s->images[process];

  vm_frames_get (t, s, first_frame (s, image->base),
                 frame_count (s, image->base, image->size), process);
}

static void
leave_frames (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  const struct vm_image *image = &s->images[process];

  vm_frames_put (t, s, first_frame (s, image->base),
                 frame_count (s, image->base, image->size));
}

/* The number of the first byte in the half where the data lie. */
static uint64_t
data_offset (const struct vm_image *image)
{
  return image->size / 2 & ~(uint64_t) (VM_PROGRAM_ALIGN - 1);
}

/* Distance of two of `count` things that share a room, in whole pieces of 16
 * bytes. */
static uint64_t
distance (uint64_t room, uint32_t count)
{
  return (room / count) & ~(uint64_t) (VM_PROGRAM_ALIGN - 1);
}

uint64_t
vm_program_reference (const struct vm_image *image, const struct vm_geometry *g,
                      uint32_t index)
{
  uint64_t room = data_offset (image) - VM_PROGRAM_ALIGN;

  (void) g;
  return VM_PROGRAM_ALIGN + index * distance (room, image->references);
}

uint64_t
vm_program_target (const struct vm_image *image, uint32_t index)
{
  uint64_t room = image->size - data_offset (image);

  return data_offset (image) + index * distance (room, image->references);
}

uint64_t
vm_program_datum (const struct vm_state *s, uint32_t process, uint32_t index)
{
  return (uint64_t) s->processes[process].pid << 16 | (index + 1);
}

/* Can a program lie there? The kernel keeps its own frames to itself; and where
 * there are bounds, programs are kept apart. */
static bool
check_spot (const struct vm_state *s, uint64_t at, uint64_t size,
            struct vm_error *error)
{
  uint64_t memory = (uint64_t) s->config.frames << s->config.page_shift;

  if (at % VM_PROGRAM_ALIGN != 0) {
    vm_error_set_range (error, VM_ERROR_NOT_ALIGNED, "at", at, VM_PROGRAM_ALIGN,
                        0);
    return false;
  }
  if (at > memory || size > memory - at) {
    vm_error_set_range (error, VM_ERROR_OUT_OF_RANGE, "at", at,
                        UINT64_C (1) << s->config.page_shift,
                        size > memory ? 0 : memory - size);
    return false;
  }
  for (uint64_t i = 0; i < frame_count (s, at, size); i++) {
    uint8_t role = s->frames[first_frame (s, at).v + i].role;
    if (role == VM_FRAME_FREE
        || (role == VM_FRAME_DATA && s->config.way != VM_WAY_BOUNDS))
      continue;
    vm_error_set_range (error, VM_ERROR_IN_USE, "at",
                        (first_frame (s, at).v + i) << s->config.page_shift, 0,
                        0);
    return false;
  }
  return true;
}

static void
tell_no_place (struct vm_tape *t, const struct vm_state *s, uint32_t process,
               uint64_t size)
{
  struct vm_holes holes = vm_holes_count (s);

  vm_step_leaf (t, VM_STEP_NO_PLACE,
                (uint64_t[VM_STEP_VALUES]){process, size, holes.largest,
                                           holes.free, holes.count});
}

/* Finds out where a program goes. *placed is false if there is no hole. */
static bool
choose_spot (struct vm_tape *t, const struct vm_state *s, uint32_t process,
             uint64_t size, const struct vm_spot *spot, uint64_t *at,
             bool *placed, struct vm_error *error)
{
  struct vm_hole hole;

  *placed = true;
  *at = spot->at;
  if (spot->given)
    return check_spot (s, spot->at, size, error);
  *placed = vm_hole_find (s, size, spot->fit, &hole);
  if (!*placed) {
    tell_no_place (t, s, process, size);
    return true;
  }
  *at = hole.base;
  vm_step_leaf (
      t, VM_STEP_PLACE,
      (uint64_t[VM_STEP_VALUES]){hole.base, size, hole.size, spot->fit});
  return true;
}

/* What of [a, a + a_size) lies in [b, b + b_size). */
static struct vm_hole
common (uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size)
{
  uint64_t first = a > b ? a : b;
  uint64_t end = a + a_size < b + b_size ? a + a_size : b + b_size;

  return (struct vm_hole){.base = first, .size = end > first ? end - first : 0};
}

/* Says which programs lose bytes when one comes to lie there. */
static void
tell_overwrites (struct vm_tape *t, const struct vm_state *s, uint32_t process,
                 uint64_t at, uint64_t size)
{
  for (uint32_t i = 0; i < s->process_count; i++) {
    const struct vm_image *other = &s->images[i];
    struct vm_hole lost = common (at, size, other->base, other->size);
    if (i == process || other->place != VM_IMAGE_MEMORY || lost.size == 0)
      continue;
    vm_step_leaf (t, VM_STEP_OVERWRITE,
                  (uint64_t[VM_STEP_VALUES]){process, lost.base, lost.size, i});
  }
}

/* From now on a process's program lies there. */
static void
settle (struct vm_tape *t, const struct vm_state *s, uint32_t process,
        uint64_t at)
{
  const struct vm_image *image = &s->images[process];

  tell_overwrites (t, s, process, at, image->size);
  vm_put_u64 (t, &image->base, at);
  vm_put_u8 (t, &image->place, VM_IMAGE_MEMORY);
  take_frames (t, s, process);
}

/* The bytes of a program as they come from its file. */
static void
write_bytes (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  const struct vm_image *image = &s->images[process];
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  uint32_t word = vm_program_word (g);

  for (uint64_t done = 0; done < image->size; done += VM_SLOT_SIZE) {
    uint64_t rest = image->size - done;
    vm_memory_store (t, s, vm_paddr_of (image->base + done),
                     rest < VM_SLOT_SIZE ? rest : VM_SLOT_SIZE, s->bytes[0]);
  }
  for (uint32_t i = 0; i < image->references && !vm_tape_failed (t); i++) {
    uint64_t target = vm_program_target (image, i);
    vm_memory_write (
        t, s, vm_paddr_of (image->base + vm_program_reference (image, g, i)),
        word, image->linked + target);
    vm_memory_write (t, s, vm_paddr_of (image->base + target), word,
                     vm_program_datum (s, process, i));
  }
}

/* Room for a program on the disk: the blocks that it had, if they are enough,
 * else the next ones. */
static uint32_t
blocks_of (const struct vm_image *image)
{
  return (uint32_t) ((image->size + VM_SLOT_SIZE - 1) >> VM_SLOT_SHIFT);
}

static bool
has_room (const struct vm_state *s, const struct vm_image *image,
          struct vm_error *error)
{
  if (image->blocks >= blocks_of (image)
      || VM_DISK_BLOCKS - s->disk_used >= blocks_of (image))
    return true;
  vm_error_set_range (error, VM_ERROR_TOO_MANY, "disk", 0, 0, VM_DISK_BLOCKS);
  return false;
}

static uint32_t
first_block (const struct vm_state *s, const struct vm_image *image)
{
  return image->blocks >= blocks_of (image) ? image->block : s->disk_used;
}

static void
take_blocks (struct vm_tape *t, const struct vm_state *s,
             const struct vm_image *image)
{
  if (image->blocks >= blocks_of (image))
    return;
  vm_put_u32 (t, &image->block, s->disk_used);
  vm_put_u32 (t, &image->blocks, blocks_of (image));
  vm_put_u32 (t, &s->disk_used, s->disk_used + blocks_of (image));
}

/* 4 KiB of a program go to the disk, or come from there. */
static void
transfer (struct vm_tape *t, const struct vm_state *s,
          const struct vm_image *image, uint32_t index, bool write)
{
  uint8_t bytes[VM_SLOT_SIZE] = {0};
  uint32_t block = image->block + index;
  uint64_t offset = (uint64_t) index << VM_SLOT_SHIFT;
  uint64_t rest = image->size - offset;
  vm_paddr pa = vm_paddr_of (image->base + offset);

  if (rest > VM_SLOT_SIZE)
    rest = VM_SLOT_SIZE;
  vm_step_leaf (t, VM_STEP_DISK,
                (uint64_t[VM_STEP_VALUES]){block, pa.v, write});
  if (write) {
    vm_memory_load (s, pa, rest, bytes);
    vm_disk_put (t, s, block, bytes);
    vm_count (t, &s->counters.disk_writes);
    return;
  }
  vm_memory_store (t, s, pa, rest, vm_disk_block (s, block));
  vm_count (t, &s->counters.disk_reads);
}

static void
transfer_all (struct vm_tape *t, const struct vm_state *s,
              const struct vm_image *image, bool write)
{
  for (uint32_t i = 0; i < blocks_of (image) && !vm_tape_failed (t); i++)
    transfer (t, s, image, i, write);
}

/* The process has a program, and it is there. */
static bool
check_place (const struct vm_state *s, uint32_t process,
             enum vm_image_place place, struct vm_error *error)
{
  if (s->images[process].place == place)
    return true;
  vm_error_set_range (error, VM_ERROR_WRONG_PLACE, "process", place,
                      s->images[process].place, 0);
  return false;
}

static bool
check_program (const struct vm_program *p, struct vm_error *error)
{
  uint64_t most = p->size / 2 / VM_PROGRAM_ALIGN - 1;

  if (p->size % VM_PROGRAM_ALIGN != 0) {
    vm_error_set_range (error, VM_ERROR_NOT_ALIGNED, "size", p->size,
                        VM_PROGRAM_ALIGN, 0);
    return false;
  }
  if (p->references > most) {
    vm_error_set_range (error, VM_ERROR_OUT_OF_RANGE, "references",
                        p->references, 1, most);
    return false;
  }
  return true;
}

/* Another program takes the place of the one that a process had. */
static void
leave (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  const struct vm_image *image = &s->images[process];

  vm_step_begin (t, VM_STEP_LEAVE,
                 (uint64_t[VM_STEP_VALUES]){process, image->base, image->size});
  if (image->place == VM_IMAGE_MEMORY)
    leave_frames (t, s, process);
  vm_put_u8 (t, &image->place, VM_IMAGE_NOWHERE);
  vm_put_u64 (t, &image->size, 0);
  vm_bounds_moved (t, s, process);
  vm_step_end (t);
}

bool
vm_program_load (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_program *program, const struct vm_spot *spot,
                 bool *placed, struct vm_error *error)
{
  const struct vm_image *image = &s->images[program->process];
  uint64_t at = 0;

  if (!check_program (program, error))
    return false;
  vm_program_drop (t, s, program->process);
  if (!choose_spot (t, s, program->process, program->size, spot, &at, placed,
                    error))
    return false;
  if (!*placed)
    return true;

  bool bounds = s->config.way == VM_WAY_BOUNDS;
  vm_step_begin (t, VM_STEP_PROGRAM,
                 (uint64_t[VM_STEP_VALUES]){program->process, at, program->size,
                                            bounds ? 0 : program->linked,
                                            program->references});
  vm_put_u64 (t, &image->size, program->size);
  vm_put_u64 (t, &image->linked, bounds ? 0 : program->linked);
  vm_put_u32 (t, &image->references, program->references);
  settle (t, s, program->process, at);
  write_bytes (t, s, program->process);
  vm_bounds_moved (t, s, program->process);
  vm_step_end (t);
  return true;
}

void
vm_program_drop (struct vm_tape *t, const struct vm_state *s, uint32_t process)
{
  if (s->images[process].place != VM_IMAGE_NOWHERE)
    leave (t, s, process);
}

bool
vm_program_swap_out (struct vm_tape *t, const struct vm_state *s,
                     uint32_t process, struct vm_error *error)
{
  const struct vm_image *image = &s->images[process];

  if (!check_place (s, process, VM_IMAGE_MEMORY, error)
      || !has_room (s, image, error))
    return false;
  vm_step_begin (t, VM_STEP_SWAP_OUT,
                 (uint64_t[VM_STEP_VALUES]){process, image->base, image->size,
                                            first_block (s, image),
                                            blocks_of (image)});
  take_blocks (t, s, image);
  transfer_all (t, s, image, true);
  leave_frames (t, s, process);
  vm_put_u8 (t, &image->place, VM_IMAGE_DISK);
  vm_bounds_moved (t, s, process);
  vm_step_end (t);
  return true;
}

bool
vm_program_swap_in (struct vm_tape *t, const struct vm_state *s,
                    uint32_t process, const struct vm_spot *spot, bool *placed,
                    struct vm_error *error)
{
  const struct vm_image *image = &s->images[process];
  uint64_t at = 0;

  if (!check_place (s, process, VM_IMAGE_DISK, error)
      || !choose_spot (t, s, process, image->size, spot, &at, placed, error))
    return false;
  if (!*placed)
    return true;
  vm_step_begin (t, VM_STEP_SWAP_IN,
                 (uint64_t[VM_STEP_VALUES]){process, at, image->size,
                                            image->block, blocks_of (image)});
  settle (t, s, process, at);
  transfer_all (t, s, image, false);
  vm_bounds_moved (t, s, process);
  vm_step_end (t);
  return true;
}

/* Where a program must be linked for its references to be right. */
static uint64_t
right_link (const struct vm_state *s, const struct vm_image *image)
{
  return s->config.way == VM_WAY_BOUNDS ? 0 : image->base;
}

/* Adds to one reference what the program is away from where it was linked. */
static void
patch (struct vm_tape *t, const struct vm_state *s,
       const struct vm_image *image, uint32_t index)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  uint32_t word = vm_program_word (g);
  uint64_t mask = word == 8 ? UINT64_MAX : UINT32_MAX;
  vm_paddr pa
      = vm_paddr_of (image->base + vm_program_reference (image, g, index));
  uint64_t before = vm_memory_read (s, pa, word);
  uint64_t after = (before + right_link (s, image) - image->linked) & mask;

  vm_step_leaf (t, VM_STEP_PATCH,
                (uint64_t[VM_STEP_VALUES]){index, pa.v, before, after});
  vm_memory_write (t, s, pa, word, after);
}

bool
vm_program_relocate (struct vm_tape *t, const struct vm_state *s,
                     uint32_t process, struct vm_error *error)
{
  const struct vm_image *image = &s->images[process];
  bool needed = image->linked != right_link (s, image);

  if (!check_place (s, process, VM_IMAGE_MEMORY, error))
    return false;
  vm_step_begin (t, VM_STEP_RELOCATE,
                 (uint64_t[VM_STEP_VALUES]){process, image->base, image->size,
                                            needed ? image->references : 0,
                                            image->linked});
  for (uint32_t i = 0; needed && i < image->references && !vm_tape_failed (t);
       i++)
    patch (t, s, image, i);
  if (needed)
    vm_put_u64 (t, &image->linked, right_link (s, image));
  vm_step_end (t);
  return true;
}

/* The program in memory that begins lowest at or behind an address, or
 * VM_NONE. */
static uint32_t
program_from (const struct vm_state *s, uint64_t from)
{
  uint32_t lowest = VM_NONE;

  for (uint32_t i = 0; i < s->process_count; i++) {
    const struct vm_image *image = &s->images[i];
    if (image->place != VM_IMAGE_MEMORY || image->base < from)
      continue;
    if (lowest == VM_NONE || image->base < s->images[lowest].base)
      lowest = i;
  }
  return lowest;
}

/* Copies a program down to `to`, piece by piece from its start: so the pieces
 * may overlap. */
static void
move (struct vm_tape *t, const struct vm_state *s, uint32_t process,
      uint64_t to)
{
  const struct vm_image *image = &s->images[process];
  uint64_t from = image->base;
  uint8_t bytes[VM_SLOT_SIZE];

  vm_step_begin (t, VM_STEP_MOVE,
                 (uint64_t[VM_STEP_VALUES]){process, to, image->size, from});
  leave_frames (t, s, process);
  for (uint64_t done = 0; done < image->size && !vm_tape_failed (t);
       done += VM_SLOT_SIZE) {
    uint64_t rest = image->size - done;
    rest = rest < VM_SLOT_SIZE ? rest : VM_SLOT_SIZE;
    vm_memory_load (s, vm_paddr_of (from + done), rest, bytes);
    vm_memory_store (t, s, vm_paddr_of (to + done), rest, bytes);
  }
  vm_put_u64 (t, &image->base, to);
  take_frames (t, s, process);
  vm_bounds_moved (t, s, process);
  vm_step_end (t);
}

/* Where a program could go: to the start of the hole below it, if that touches
 * its first frame. */
static uint64_t
lower_spot (const struct vm_state *s, uint64_t base)
{
  uint32_t shift = s->config.page_shift;
  uint64_t frame = base >> shift;

  while (frame > 0 && s->frames[frame - 1].role == VM_FRAME_FREE)
    frame--;
  return frame == base >> shift ? base : frame << shift;
}

/* Does another program have bytes in the frames of this one? Then it stays:
 * what is one's and what the other's cannot be told. */
static bool
is_shared (const struct vm_state *s, uint32_t process)
{
  const struct vm_image *image = &s->images[process];

  for (uint64_t i = 0; i < frame_count (s, image->base, image->size); i++)
    if (s->frames[first_frame (s, image->base).v + i].refs > 1)
      return true;
  return false;
}

void
vm_program_compact (struct vm_tape *t, const struct vm_state *s)
{
  struct vm_holes holes = vm_holes_count (s);
  uint64_t from = 0;

  vm_step_begin (t, VM_STEP_COMPACT,
                 (uint64_t[VM_STEP_VALUES]){holes.count, holes.free});
  for (uint32_t i = program_from (s, from); i != VM_NONE && !vm_tape_failed (t);
       i = program_from (s, from)) {
    uint64_t base = s->images[i].base;
    uint64_t to = lower_spot (s, base);
    from = base + 1;
    if (to != base && !is_shared (s, i))
      move (t, s, i, to);
  }
  vm_step_end (t);
}
