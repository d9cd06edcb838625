/* Finds files to show, and says of each of their pages how far it is. */
#include "figures/cached_files.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/kit.h"
#include "figures/window.h"
#include "mm/blocks.h"
#include "mm/files.h"
#include "mm/rmap.h"
#include "mm/shmem.h"
#include "subject.h"

/* Processes that a page names. */
#define MOST_NAMED 2

/* Does an operation make a file; of how many bytes? */
static gboolean
makes_file (const struct vm_op *op, guint64 *size)
{
  switch ((int) op->kind) {
  case VM_OP_FILE:
    *size = op->values[VM_P_FILE_SIZE];
    return TRUE;
  case VM_OP_SHM:
    *size = op->values[VM_P_SHM_SIZE];
    return TRUE;
  case VM_OP_MMAP:
    *size = op->values[VM_P_MMAP_LENGTH];
    return op->values[VM_P_MMAP_TYPE] != 0 && !vm_op_gives (op, VM_P_MMAP_FILE)
           && !vm_op_gives (op, VM_P_MMAP_FD);
  default:
    return FALSE;
  }
}

guint
scene_files_count (const SceneContext *context)
{
  guint count = 0;
  guint64 size;

  for (guint64 i = 0; i < vm_machine_op_count (context->machine); i++)
    count += makes_file (vm_machine_op (context->machine, i), &size);
  return MIN (count, SCENE_MOST_FILES);
}

guint64
scene_files_pages (const SceneContext *context)
{
  guint64 most = 1, size;

  for (guint64 i = 0; i < vm_machine_op_count (context->machine); i++)
    if (makes_file (vm_machine_op (context->machine, i), &size))
      most = MAX (most, (size + VM_PAGE_SIZE - 1) >> VM_PAGE_SHIFT);
  return most;
}

/* The file and the page that the step is about; its frame tells both. */
static gboolean
find_focus (const SceneContext *c, guint32 *file, guint64 *page)
{
  static const guint8 frames[VM_STEP_KINDS]
      = {[VM_STEP_CACHE_READ] = VM_V_FILE_PAGE_FRAME + 1,
         [VM_STEP_DIRTY] = VM_V_FILE_PAGE_FRAME + 1,
         [VM_STEP_WRITEBACK] = VM_V_FILE_PAGE_FRAME + 1,
         [VM_STEP_CLEAN] = VM_V_FILE_PAGE_FRAME + 1,
         [VM_STEP_DISK_ERROR] = VM_V_FILE_PAGE_FRAME + 1,
         [VM_STEP_ZERO_TAIL] = VM_V_FILE_PAGE_FRAME + 1,
         [VM_STEP_EVICT] = VM_V_EVICT_FRAME + 1,
         [VM_STEP_HANDLED] = VM_V_HANDLED_FRAME + 1,
         [VM_STEP_SWAP_READ] = VM_V_SLOT_FRAME + 1,
         [VM_STEP_SWAP_WRITE] = VM_V_SLOT_FRAME + 1};

  if (c->step == NULL || frames[c->step->kind] == 0)
    return FALSE;
  guint64 frame = c->step->values[frames[c->step->kind] - 1];
  if (frame >= c->state->config.frames
      || !(c->state->frames[frame].flags & VM_PAGE_FILE))
    return FALSE;
  *file = c->state->frames[frame].mapping;
  *page = c->state->frames[frame].offset;
  return TRUE;
}

guint
scene_files_shown (const SceneContext *context, guint32 files[SCENE_MOST_FILES])
{
  const struct vm_state *s = context->state;
  guint count = 0, most = scene_files_count (context);
  guint32 focus = 0;
  guint64 page;

  for (guint32 file = 1; file < s->file_end && count < most; file++)
    if (s->files[file].kind != VM_FILE_FREE
        && s->files[file].kind != VM_FILE_KERNEL)
      files[count++] = file;
  if (!find_focus (context, &focus, &page) || count == 0
      || s->files[focus].kind == VM_FILE_KERNEL)
    return count;
  for (guint i = 0; i < count; i++)
    if (files[i] == focus)
      return count;
  files[count - 1] = focus;
  return count;
}

guint64
scene_files_focus (const SceneContext *context)
{
  guint32 file;
  guint64 page;

  return find_focus (context, &file, &page) ? page : SCENE_NO_FOCUS;
}

const char *
scene_file_title (const SceneBuild *build, guint32 file)
{
  guint32 name = build->context->state->files[file].name;

  return name == VM_NONE ? _ ("shared memory")
                         : vm_machine_name (build->context->machine, name);
}

static gboolean
is_focus (const SceneContext *c, guint32 file, guint64 page)
{
  guint32 which;
  guint64 focus;

  return find_focus (c, &which, &focus) && which == file && focus == page;
}

/* "dirty" and so on, in words. */
static const char *
state_of (guint flags)
{
  if (flags & VM_PAGE_WRITEBACK)
    return _ ("on its way to the disk");
  if (flags & VM_PAGE_DIRTY)
    return C_ ("page of a file", "dirty");
  return flags & VM_PAGE_READAHEAD
             ? _ ("clean; whoever comes here has the next ones read")
             : C_ ("page of a file", "clean");
}

static void
set_cached (const SceneBuild *b, guint32 file, guint64 page,
            SceneCellsCell *cell)
{
  const struct vm_state *s = b->context->state;
  guint32 frame = vm_files_cached (s, file, page);

  if (frame == 0)
    return;
  guint flags = s->frames[frame].flags;
  cell->text = scene_keep (b, scene_number_frame (b->context->geometry, frame));
  cell->role = flags & VM_PAGE_WRITEBACK ? SCENE_ROLE_ACCENT
               : flags & VM_PAGE_DIRTY   ? SCENE_ROLE_MISS
                                         : SCENE_ROLE_FILE;
  cell->mark = flags & VM_PAGE_WRITEBACK   ? "diamond"
               : flags & VM_PAGE_DIRTY     ? "dot"
               : flags & VM_PAGE_READAHEAD ? "ring"
                                           : NULL;
  cell->name = scene_still_printf (
      b->still,
      /* Translators: a page's number, a file, a frame; "dirty". */
      _ ("page %" PRIu64 " of %s is in frame %s: %s"), page,
      scene_file_title (b, file), cell->text, state_of (flags));
  cell->state = &s->frames[frame];
  cell->bytes = sizeof s->frames[frame];
  cell->meaning = SCENE_MEANS_FRAME;
  cell->meant = frame;
}

/* The letter that a process's name begins with. */
static const char *
letter_of (const SceneBuild *b, guint32 process)
{
  SceneSubject subject = {.machine = b->context->machine};
  char letter[8] = "";

  g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (
                         scene_subject_process (&subject, process))),
                     letter);
  return scene_still_text (b->still, letter);
}

static void
swap (guint32 *a, guint32 *b)
{
  guint32 kept = *a;

  *a = *b;
  *b = kept;
}

static void
set_mapped (const SceneBuild *b, guint32 file, guint64 page,
            SceneCellsCell *cell)
{
  const struct vm_state *s = b->context->state;
  guint32 frame = vm_files_cached (s, file, page);
  struct vm_rmap_place place = {.region = 0};
  guint32 named[MOST_NAMED];
  guint count = 0;

  while (frame != 0 && vm_rmap_next (s, vm_frame_of (frame), &place)) {
    if (place.found && count < MOST_NAMED)
      named[count] = place.process;
    count += place.found;
  }
  if (count == 0)
    return;
  if (count > 1 && named[0] > named[1])
    swap (&named[0], &named[1]);
  cell->role = scene_process_role (named[0]);
  if (count == 1)
    cell->text = letter_of (b, named[0]);
  else if (count == 2)
    cell->text = scene_still_printf (b->still, "%s+%s", letter_of (b, named[0]),
                                     letter_of (b, named[1]));
  else
    cell->text = scene_still_printf (b->still, "%u×", count);
  cell->name = scene_still_printf (
      b->still,
      ngettext ("page %" PRIu64 " of %s: %u entry maps it",
                "page %" PRIu64 " of %s: %u entries map it", count),
      page, scene_file_title (b, file), count);
}

/* Shared memory: the slot of swap. */
static void
set_slot (const SceneBuild *b, guint32 file, guint64 page, SceneCellsCell *cell)
{
  const struct vm_state *s = b->context->state;
  guint32 slot = vm_shmem_slot (s, file, page);

  if (slot == 0)
    return;
  struct vm_swap_slot place = vm_swap_place (s, slot);
  cell->role = SCENE_ROLE_NEUTRAL;
  cell->text = scene_still_printf (b->still, "%u:%u", (guint) place.type,
                                   (guint) place.offset);
  cell->name = scene_still_printf (
      b->still, _ ("page %" PRIu64 " of %s is in slot %u of swap area %u"),
      page, scene_file_title (b, file), (guint) place.offset,
      (guint) place.type);
  cell->state = &s->slots[slot];
  cell->bytes = sizeof s->slots[slot];
}

/* The disk has it as it was made, or in a block that was written. */
static void
set_block (const SceneBuild *b, guint32 file, guint64 page,
           SceneCellsCell *cell)
{
  const struct vm_state *s = b->context->state;
  guint32 block = vm_blocks_find (s, file, page);
  guint32 frame = vm_files_cached (s, file, page);
  gboolean old = frame != 0 && (s->frames[frame].flags & VM_PAGE_DIRTY);

  if (!vm_files_on_disk (s, file, page))
    return;
  cell->role = SCENE_ROLE_NEUTRAL;
  cell->mark = old ? "cross" : NULL;
  cell->text = block == VM_NONE ? scene_still_text (b->still, "–")
                                : scene_still_printf (b->still, "#%u", block);
  cell->name = scene_still_printf (
      b->still,
      old ? _ ("page %" PRIu64 " of %s on the disk: older than memory")
          : _ ("page %" PRIu64 " of %s on the disk: up to date"),
      page, scene_file_title (b, file));
  if (block == VM_NONE)
    return;
  cell->state = &s->blocks[block];
  cell->bytes = sizeof s->blocks[block];
}

void
scene_file_cell (const SceneBuild *build, guint32 file, SceneFileLine line,
                 guint64 page, SceneCellsCell *cell)
{
  const struct vm_state *s = build->context->state;

  *cell = (SceneCellsCell){.role = SCENE_ROLE_FREE, .emphasis = SCENE_FAINT};
  if (page >= vm_files_pages (s, file))
    return;
  cell->emphasis = is_focus (build->context, file, page) ? SCENE_ACTIVE
                                                         : SCENE_NORMAL;
  if (line == SCENE_FILE_CACHE)
    set_cached (build, file, page, cell);
  else if (line == SCENE_FILE_MAPPED)
    set_mapped (build, file, page, cell);
  else if (s->files[file].kind == VM_FILE_DISK)
    set_block (build, file, page, cell);
  else
    set_slot (build, file, page, cell);
}
