/* Builds the kernel's half. */
#include "mm/kernel.h"

#include "mm/low_memory.h"
#include "mm/space.h"

#define LARGE_SHIFT_MAX 30                /* 1 GiB */
#define SECTION (UINT64_C (128) << 20)    /* memory with a page of vmemmap */
#define SECTION_PAGE (UINT64_C (2) << 20) /* that its struct pages fill */
#define SMALL_MEMORY                                                           \
  (UINT64_C (64) << 20) /* less gets small pages for them                      \
                         */

/* What building goes by. */
struct work {
  struct vm_tape *t;
  const struct vm_state *s;
  const struct vm_geometry *g;
  const struct vm_kernel_layout *layout;
  struct vm_error *error;
  uint32_t leaf; /* log2 of the largest pages of the direct map */
};

/* Addresses in a row that lead to frames in a row. */
struct stretch {
  enum vm_kernel_area area;
  uint64_t va, pa, bytes;
  uint32_t leaf; /* log2 of the largest pages that may map it */
  bool writable, executable;
};

static bool
refuse (struct vm_error *error, enum vm_error_code code, const char *subject,
        uint64_t value)
{
  vm_error_set_range (error, code, subject, value, 0, 0);
  return false;
}

/* Frames are the kernel's own from now on, for an area. */
static void
note_run (const struct work *w, uint32_t first, uint32_t count,
          enum vm_kernel_area area)
{
  const struct vm_kernel_run *run = &w->s->kernel_runs[w->s->kernel.runs];

  vm_put_u32 (w->t, &run->first, first);
  vm_put_u32 (w->t, &run->count, count);
  vm_put_u32 (w->t, &run->area, area);
  vm_put_u32 (w->t, &w->s->kernel.runs, w->s->kernel.runs + 1);
}

/* The image lies where it was loaded. */
static bool
take_image (const struct work *w)
{
  uint32_t shift = w->g->page_shift;
  uint32_t first = (uint32_t) (w->layout->image >> shift);
  uint32_t count = (uint32_t) (w->layout->image_bytes >> shift);

  for (uint32_t f = first; f < first + count; f++)
    if (f >= w->s->config.frames || w->s->frames[f].role != VM_FRAME_FREE)
      return refuse (w->error, VM_ERROR_IN_USE, NULL, (uint64_t) f << shift);
  vm_step_leaf (w->t, VM_STEP_KERNEL_OWN,
                (uint64_t[VM_STEP_VALUES]){first, count, VM_AREA_TEXT});
  vm_frames_get (w->t, w->s, vm_frame_of (first), count, VM_NONE);
  for (uint32_t f = first; f < first + count && !vm_tape_failed (w->t); f++)
    vm_put_u8 (w->t, &w->s->frames[f].role, VM_FRAME_KERNEL);
  note_run (w, first, count, VM_AREA_TEXT);
  return true;
}

/* The root that the machine began with makes room for the image: nobody has
 * used it yet. */
static void
leave_place (const struct work *w)
{
  uint64_t root = w->s->config.kernel_root;
  uint64_t first = w->layout->image >> w->g->page_shift;
  uint64_t count = w->layout->image_bytes >> w->g->page_shift;

  if (w->s->process_count > 0 || root - first >= count)
    return;
  vm_put_u32 (w->t, &w->s->config.kernel_root, 0);
  vm_frames_free_table (w->t, w->s, vm_frame_of (root), 1);
}

/* Frames in a row, wherever they are free. aligned: at a multiple of their
 * number. */
static bool
take_frames (const struct work *w, uint32_t count, bool aligned,
             enum vm_kernel_area area, vm_frame *first)
{
  const struct vm_frame_use use
      = {.role = VM_FRAME_KERNEL, .owner = VM_NONE, .count = count};

  if (!(aligned ? vm_frames_take_run (w->t, w->s, &use, count, first)
                : vm_frames_take (w->t, w->s, &use, first)))
    return refuse (w->error, VM_ERROR_OUT_OF_FRAMES, NULL, 0);
  for (uint32_t i = 0; i < count && !vm_tape_failed (w->t); i++)
    if (w->s->frames[first->v + i].index != 0)
      vm_put_u32 (w->t, &w->s->frames[first->v + i].index, 0);
  vm_step_leaf (w->t, VM_STEP_KERNEL_OWN,
                (uint64_t[VM_STEP_VALUES]){first->v, count, area});
  note_run (w, (uint32_t) first->v, count, area);
  return true;
}

/* The largest page that can map the beginning of a stretch. */
static uint32_t
shift_for (const struct vm_geometry *g, const struct stretch *stretch)
{
  uint32_t shift = stretch->leaf;
  uint64_t size = UINT64_C (1) << shift;

  while (shift > g->page_shift
         && (vm_geometry_leaf_level (g, shift) == 0
             || (stretch->va | stretch->pa) % size != 0
             || stretch->bytes < size))
    size = UINT64_C (1) << --shift;
  return shift;
}

/* Entries of one table that map pages of one size. */
static uint32_t
entries_in_table (const struct vm_geometry *g, const struct stretch *stretch,
                  uint32_t shift)
{
  uint32_t level = vm_geometry_leaf_level (g, shift);
  uint32_t room = vm_geometry_entries (g, level)
                  - vm_geometry_index (g, level, vm_vaddr_of (stretch->va));
  struct stretch next = *stretch;
  uint32_t count = 0;

  while (count < room && next.bytes > 0 && shift_for (g, &next) == shift) {
    next.va += UINT64_C (1) << shift;
    next.pa += UINT64_C (1) << shift;
    next.bytes -= UINT64_C (1) << shift;
    count++;
  }
  return count;
}

static void
mark_uncounted (const struct work *w, vm_frame table)
{
  const uint16_t *flags = &w->s->frames[table.v].flags;

  /* Of a root only the entries that map pages are. */
  if (w->s->frames[table.v].level < w->g->levels
      && !(*flags & VM_FRAME_UNCOUNTED))
    vm_put_u16 (w->t, flags, *flags | VM_FRAME_UNCOUNTED);
}

static void
put_leaves (const struct work *w, const struct stretch *stretch, vm_frame table,
            uint32_t shift, uint32_t count)
{
  uint32_t level = vm_geometry_leaf_level (w->g, shift);
  uint32_t first = vm_geometry_index (w->g, level, vm_vaddr_of (stretch->va));

  vm_step_leaf (w->t, VM_STEP_KERNEL_MAPS,
                (uint64_t[VM_STEP_VALUES]){
                    stretch->va, stretch->pa >> w->g->page_shift, count,
                    UINT64_C (1) << shift, table.v, stretch->area});
  for (uint32_t i = 0; i < count && !vm_tape_failed (w->t); i++) {
    uint64_t pa = stretch->pa + ((uint64_t) i << shift);
    struct vm_pte pte = vm_kernel_leaf (w->s,
                                        vm_frame_of (pa >> w->g->page_shift),
                                        stretch->writable, stretch->executable);
    vm_memory_write (w->t, w->s, vm_geometry_entry (w->g, table, first + i),
                     w->g->entry_bytes, vm_pte_encode (w->g, level, &pte));
  }
}

/* Maps a stretch below a root. alone: other roots do not get its tables. */
static bool
map_stretch (const struct work *w, struct stretch stretch, uint32_t root,
             bool alone)
{
  while (stretch.bytes > 0 && !vm_tape_failed (w->t)) {
    uint32_t shift = shift_for (w->g, &stretch);
    uint32_t count = entries_in_table (w->g, &stretch, shift);
    vm_frame table;
    if (!vm_space_reach_kernel (
            w->t, w->s, vm_frame_of (root), vm_vaddr_of (stretch.va),
            vm_geometry_leaf_level (w->g, shift), alone, &table, w->error))
      return false;
    mark_uncounted (w, table);
    put_leaves (w, &stretch, table, shift, count);
    stretch.va += (uint64_t) count << shift;
    stretch.pa += (uint64_t) count << shift;
    stretch.bytes -= (uint64_t) count << shift;
  }
  return true;
}

/* A part of the direct map. */
static bool
map_direct (const struct work *w, uint64_t start, uint64_t end, uint32_t leaf,
            bool executable)
{
  const struct stretch stretch = {
      .area = VM_AREA_DIRECT,
      .va = w->layout->page_offset + start,
      .pa = start,
      .bytes = end - start,
      .leaf = leaf,
      .writable = true,
      .executable = executable,
  };

  return start >= end
         || map_stretch (w, stretch, w->s->config.kernel_root, false);
}

static uint64_t
least (uint64_t a, uint64_t b)
{
  return a < b ? a : b;
}

/* All of memory: on the x86 small pages at first. With 32 bits the image has no
 * other mapping, and its large pages can be executed. */
static bool
build_direct (const struct work *w)
{
  const struct vm_kernel_layout *l = w->layout;
  bool x86 = w->g->family == VM_FAMILY_X86;
  uint32_t large = w->g->level[2].low;
  uint64_t page = UINT64_C (1) << large;
  uint64_t head = x86 ? least (page, l->direct) : 0;
  uint64_t text = l->direct, behind = l->direct;

  if (x86 && l->text_map == 0) {
    text = l->image & ~(page - 1);
    behind = (l->image + l->image_bytes + page - 1) & ~(page - 1);
  }
  text = text > head ? text : head;
  behind = least (behind > head ? behind : head, l->direct);
  return map_direct (w, 0, head, w->g->page_shift, x86 && l->image < head)
         && map_direct (w, head, text, w->leaf, false)
         && map_direct (w, text, behind, w->leaf, true)
         && map_direct (w, behind, l->direct, w->leaf, false);
}

/* The image once more, where it was linked to run: its first half is code. */
static bool
build_text (const struct work *w)
{
  const struct vm_kernel_layout *l = w->layout;
  struct stretch stretch = {
      .area = VM_AREA_TEXT,
      .va = l->text,
      .pa = l->image,
      .bytes = l->image_bytes / 2,
      .leaf = w->g->level[2].low,
      .executable = true,
  };

  if (l->text_map == 0)
    return true;
  if (!map_stretch (w, stretch, w->s->config.kernel_root, false))
    return false;
  stretch.va += stretch.bytes;
  stretch.pa += stretch.bytes;
  stretch.writable = true;
  stretch.executable = false;
  return map_stretch (w, stretch, w->s->config.kernel_root, false);
}

/* Struct pages for a part of memory. */
static bool
build_struct_pages (const struct work *w, uint64_t at, uint64_t bytes,
                    bool aligned)
{
  struct stretch stretch = {
      .area = VM_AREA_VMEMMAP,
      .va = at,
      .bytes = bytes,
      .leaf = aligned ? w->g->level[2].low : w->g->page_shift,
      .writable = true,
  };
  vm_frame first;

  if (!take_frames (w, (uint32_t) (bytes >> w->g->page_shift), aligned,
                    VM_AREA_VMEMMAP, &first))
    return false;
  stretch.pa = first.v << w->g->page_shift;
  return map_stretch (w, stretch, w->s->config.kernel_root, false);
}

/* 2 MiB of them for each 128 MiB of memory, in one large page; of little memory
 * in small pages, as many as it needs. */
static bool
build_vmemmap (const struct work *w)
{
  uint64_t memory = w->layout->choice.memory;
  uint64_t page = vm_geometry_page_bytes (w->g);
  uint64_t needed = (memory >> w->g->page_shift) * VM_STRUCT_PAGE;

  if (w->layout->vmemmap == 0)
    return true;
  if (memory < SMALL_MEMORY)
    return build_struct_pages (w, w->layout->vmemmap,
                               (needed + page - 1) & ~(page - 1), false);
  for (uint64_t at = 0; at * SECTION < memory; at++)
    if (!build_struct_pages (w, w->layout->vmemmap + at * SECTION_PAGE,
                             SECTION_PAGE, true))
      return false;
  return true;
}

/* The table of interrupts, which is only read, and of each processor a page
 * with its GDT and one with the stack on which it enters the kernel. */
static bool
build_cpu_entry (const struct work *w)
{
  uint32_t pages = 1 + 2 * w->s->config.cpus;
  struct stretch stretch = {.area = VM_AREA_CPU_ENTRY,
                            .va = w->layout->cpu_entry,
                            .bytes = VM_PAGE_SIZE,
                            .leaf = VM_PAGE_SHIFT};
  vm_frame first;

  if (w->layout->cpu_entry == 0)
    return true;
  if (!take_frames (w, pages, false, VM_AREA_CPU_ENTRY, &first))
    return false;
  stretch.pa = first.v << w->g->page_shift;
  if (!map_stretch (w, stretch, w->s->config.kernel_root, false))
    return false;
  stretch.va += VM_PAGE_SIZE;
  stretch.pa += VM_PAGE_SIZE;
  stretch.bytes = (pages - 1) * (uint64_t) VM_PAGE_SIZE;
  stretch.writable = true;
  return map_stretch (w, stretch, w->s->config.kernel_root, false);
}

/* Tables for windows, without any entry yet. */
static bool
build_windows (const struct work *w, uint64_t first, uint64_t end)
{
  uint64_t step = UINT64_C (1) << w->g->level[2].low;
  vm_frame table;

  for (uint64_t at = first & ~(step - 1); at < end; at += step) {
    if (!vm_space_reach_kernel (w->t, w->s,
                                vm_frame_of (w->s->config.kernel_root),
                                vm_vaddr_of (at), 1, false, &table, w->error))
      return false;
    mark_uncounted (w, table);
  }
  return true;
}

/* User mode's root names the table with the cpu_entry_area that the kernel's
 * names: the entry of the fourth level. */
static bool
share_cpu_entry (const struct work *w, uint32_t root)
{
  vm_vaddr va = vm_vaddr_of (w->layout->cpu_entry);
  uint32_t index = vm_geometry_index (w->g, 4, va);
  vm_frame from = vm_frame_of (w->s->config.kernel_root);
  vm_frame to = vm_frame_of (root);

  /* With five levels the root's own table is above that. */
  if (w->g->levels == 5) {
    vm_paddr pa
        = vm_geometry_entry (w->g, from, vm_geometry_index (w->g, 5, va));
    struct vm_pte pte
        = vm_pte_decode (w->g, 5, vm_memory_read (w->s, pa, 8), true);
    from = vm_frame_of (pte.frame);
    if (!vm_space_reach_kernel (w->t, w->s, to, va, 4, true, &to, w->error))
      return false;
  }
  uint64_t raw
      = vm_memory_read (w->s, vm_geometry_entry (w->g, from, index), 8);
  struct vm_pte link = vm_pte_decode (w->g, 4, raw, true);
  vm_frames_get (w->t, w->s, vm_frame_of (link.frame), 1, VM_NONE);
  vm_memory_write (w->t, w->s, vm_geometry_entry (w->g, to, index), 8, raw);
  return true;
}

/* KPTI: what user mode needs to get into the kernel, and nothing else. */
static bool
build_user_root (const struct work *w)
{
  const struct vm_kernel_layout *l = w->layout;
  uint32_t large = w->g->level[2].low;
  const struct vm_frame_use use = {.role = VM_FRAME_TABLE,
                                   .level = w->g->levels,
                                   .owner = VM_NONE,
                                   .count = 1};
  const struct stretch text = {.area = VM_AREA_TEXT,
                               .va = l->text,
                               .pa = l->image,
                               .bytes = UINT64_C (1) << large,
                               .leaf = large,
                               .executable = true};
  vm_frame root;

  if (!w->s->config.kpti)
    return true;
  if (!vm_frames_take (w->t, w->s, &use, &root))
    return refuse (w->error, VM_ERROR_OUT_OF_FRAMES, NULL, 0);
  vm_step_begin (w->t, VM_STEP_KERNEL_USER,
                 (uint64_t[VM_STEP_VALUES]){root.v, l->cpu_entry, l->text,
                                            UINT64_C (1) << large});
  vm_put_u32 (w->t, &w->s->kernel.user_root, (uint32_t) root.v);
  bool built = share_cpu_entry (w, (uint32_t) root.v)
               && map_stretch (w, text, (uint32_t) root.v, true);
  vm_step_end (w->t);
  return built;
}

static void
put_record (const struct work *w)
{
  const struct vm_kernel_record *kernel = &w->s->kernel;
  const struct vm_kernel_choice *choice = &w->layout->choice;
  uint32_t until = w->layout->until;
  uint32_t version = choice->version != 0 ? choice->version : until;

  vm_put_u8 (w->t, &kernel->on, 1);
  vm_low_memory_move (w->t, w->s, choice->version);
  vm_put_u8 (w->t, &kernel->random, choice->random);
  vm_put_u64 (w->t, &kernel->seed, choice->seed);
  vm_put_u8 (w->t, &kernel->leaf, (uint8_t) w->leaf);
  vm_put_u8 (w->t, &kernel->lazy,
             w->g->family == VM_FAMILY_X86 && version != 0
                 && version < VM_KERNEL (5, 8));
  if (!w->g->two_roots)
    vm_put_u32 (w->t, &w->s->config.kernel_half, 1);
}

static bool
build (const struct work *w)
{
  const struct vm_kernel_layout *l = w->layout;
  bool windows = l->pkmap_base != 0;

  put_record (w);
  leave_place (w);
  if (!take_image (w)
      || (w->s->config.kernel_root == 0
          && !vm_space_make_kernel_root (w->t, w->s, w->error)))
    return false;
  return build_direct (w) && build_text (w) && build_vmemmap (w)
         && build_cpu_entry (w)
         && (!windows
             || (build_windows (w, l->pkmap_base,
                                l->pkmap_base + l->pkmap_slots * VM_PAGE_SIZE)
                 && build_windows (w, l->fixmap_start, l->fixmap_top)))
         && build_user_root (w);
}

static bool
has_roots (const struct vm_state *s)
{
  for (uint32_t i = 0; i < s->process_count; i++)
    if (s->mms[i].users > 0)
      return true;
  return false;
}

/* Log2 of the largest pages for the direct map; 0: the plan's cannot be. */
static uint32_t
leaf_of (const struct vm_geometry *g, uint32_t asked)
{
  if (asked != 0)
    return asked <= LARGE_SHIFT_MAX && vm_geometry_leaf_level (g, asked) != 0
               ? asked
               : 0;
  for (uint32_t shift = LARGE_SHIFT_MAX; shift > 0; shift--)
    if (vm_geometry_leaf_level (g, shift) != 0)
      return shift;
  return 0;
}

bool
vm_kernel_build (struct vm_tape *t, const struct vm_state *s,
                 const struct vm_kernel_plan *plan, struct vm_error *error)
{
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  const struct vm_kernel_choice choice = {
      .geometry = g->id,
      .version = plan->version,
      .memory = (uint64_t) s->config.frames << g->page_shift,
      .random = plan->random,
      .seed = plan->seed,
  };
  struct vm_kernel_layout layout;
  struct work w = {t, s, g, &layout, error, leaf_of (g, plan->leaf)};

  if (s->kernel.on || has_roots (s))
    return refuse (error, VM_ERROR_TOO_LATE, "kernel", 0);
  if (s->config.way != VM_WAY_PAGING)
    return refuse (error, VM_ERROR_NEEDS_PAGING, NULL, 0);
  if (choice.memory < VM_KERNEL_LEAST_MEMORY) {
    vm_error_set_range (error, VM_ERROR_OUT_OF_RANGE, "memory", choice.memory,
                        VM_KERNEL_LEAST_MEMORY,
                        (uint64_t) VM_MANAGED_FRAMES << g->page_shift);
    return false;
  }
  if (!vm_kernel_layout_make (&layout, &choice))
    return refuse (error, VM_ERROR_NO_LAYOUT, NULL, 0);
  uint32_t given = vm_low_memory_given (s, plan->version);
  if (given != VM_NONE)
    return refuse (error, VM_ERROR_IN_USE, NULL,
                   (uint64_t) given << g->page_shift);
  if (w.leaf == 0)
    return refuse (error, VM_ERROR_NO_SUCH_SIZE, "direct",
                   UINT64_C (1) << plan->leaf);
  vm_step_begin (t, VM_STEP_KERNEL,
                 (uint64_t[VM_STEP_VALUES]){
                     plan->version != 0 ? plan->version : layout.since,
                     plan->random, layout.page_offset, layout.direct,
                     UINT64_C (1) << w.leaf});
  bool built = build (&w);
  vm_step_end (t);
  return built;
}
