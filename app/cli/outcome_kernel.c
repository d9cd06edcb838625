/* Prints what the operations on the kernel's half come to. */
#include "outcome_kernel.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "describe_bus.h"
#include "describe_kernel.h"
#include "layout_table.h"
#include "mm/kernel.h"
#include "mm/kmap.h"
#include "mm/vmalloc.h"
#include "mmu/bus.h"

void
cli_kernel_write (CliJson *json, const struct vm_machine *machine,
                  const struct vm_op *op, const struct vm_result *result)
{
  gboolean ok = result->refused == VM_ERRNO_NONE;

  cli_json_boolean (json, "ok", ok);
  if (!ok)
    cli_json_string (json, "errno",
                     vm_errno_name ((enum vm_errno) result->refused));
  else if (op->kind == VM_OP_VMALLOC || op->kind == VM_OP_KMAP
           || op->kind == VM_OP_KWRITE)
    cli_json_hex (json, "address", result->value);
}

/* Entries in a row that map pages of one size to frames in a row. */
typedef struct {
  guint64 va, pa, size, count;
} Leaves;

typedef struct {
  CliJson *json;
  const struct vm_state *state;
  const struct vm_geometry *geometry;
  const struct vm_kernel_layout *layout;
  Leaves now;
} Walk;

static void
put_leaves (Walk *walk)
{
  const Leaves *now = &walk->now;

  if (now->count == 0)
    return;
  guint64 end = now->va + now->size * now->count - 1;
  const char *area = vm_kernel_area_name (
      vm_kernel_layout_find (walk->layout, now->va)->area);
  if (walk->json == NULL) {
    printf ("  %0*" G_GINT64_MODIFIER "x %0*" G_GINT64_MODIFIER
            "x  %s × %" G_GUINT64_FORMAT "  0x%" G_GINT64_MODIFIER "x  %s\n",
            walk->geometry->word_bits / 4, now->va,
            walk->geometry->word_bits / 4, end, scene_number_size (now->size).s,
            now->count, now->pa, area);
    return;
  }
  cli_json_begin_object (walk->json, NULL);
  cli_json_string (walk->json, "area", area);
  cli_json_hex (walk->json, "start", now->va);
  cli_json_hex (walk->json, "end", end);
  cli_json_hex (walk->json, "pa", now->pa);
  cli_json_number (walk->json, "page", now->size);
  cli_json_number (walk->json, "entries", now->count);
  cli_json_end_object (walk->json);
}

static void
add_leaf (Walk *walk, guint64 va, guint64 pa, guint64 size)
{
  Leaves *now = &walk->now;
  guint64 span = now->size * now->count;

  if (now->count > 0 && now->size == size && now->va + span == va
      && now->pa + span == pa) {
    now->count++;
    return;
  }
  put_leaves (walk);
  *now = (Leaves){va, pa, size, 1};
}

/* Everything that a table maps; its own addresses begin at va. */
static void
walk_table (Walk *walk, vm_frame table, guint level, guint64 va)
{
  const struct vm_geometry *g = walk->geometry;
  guint low = g->level[level].low;
  guint64 sign = G_GUINT64_CONSTANT (1) << (g->va_bits - 1);

  for (guint i = 0; i < vm_geometry_entries (g, level); i++) {
    vm_paddr at = vm_geometry_entry (g, table, i);
    struct vm_pte pte = vm_pte_decode (
        g, level, vm_memory_read (walk->state, at, g->entry_bytes), TRUE);
    guint64 here = va + ((guint64) i << low);
    if (level == g->levels && g->sign_extended && !g->two_roots && here >= sign)
      here |= -sign;
    if (!pte.present)
      continue;
    if (pte.leaf)
      add_leaf (walk, here, pte.frame << g->page_shift,
                G_GUINT64_CONSTANT (1) << low);
    else
      walk_table (walk, vm_frame_of (pte.frame), level - 1, here);
  }
}

/* A root; AArch64's for the kernel's half has nothing else. */
static void
walk_root (Walk *walk, guint root)
{
  const struct vm_geometry *g = walk->geometry;
  gboolean upper = g->two_roots && root == walk->state->config.kernel_root;

  walk_table (walk, vm_frame_of (root), g->levels,
              upper ? -(G_GUINT64_CONSTANT (1) << g->va_bits) : 0);
}

static void
show_kernel (CliJson *json, const struct vm_machine *machine)
{
  const struct vm_state *s = vm_machine_state (machine);
  struct vm_kernel_layout layout;

  if (!vm_kernel_layout_of (s, &layout))
    return;
  if (json != NULL)
    cli_layout_write (json, &layout);
  else
    cli_layout_print (&layout);
  if (s->kernel.on)
    cli_kernel_show_mapped (json, machine, s->config.kernel_root);
}

static void
show_address (CliJson *json, const struct vm_machine *machine, guint64 address)
{
  const struct vm_state *s = vm_machine_state (machine);
  struct vm_kernel_layout layout;
  vm_paddr pa;

  if (!vm_kernel_layout_of (s, &layout))
    return;
  gboolean mapped = vm_kernel_walk (s, vm_vaddr_of (address), &pa);
  if (json != NULL) {
    cli_layout_write_address (json, &layout, address);
    cli_json_boolean (json, "mapped", mapped);
    if (mapped)
      cli_json_hex (json, "mapped_to", pa.v);
    return;
  }
  cli_layout_print_address (&layout, address);
  if (mapped)
    /* Translators: a physical address. */
    printf (_ ("  page tables map it to 0x%" PRIx64 "\n"), pa.v);
}

/* The physical addresses of an area's pages. */
static void
write_pages (CliJson *json, const struct vm_state *s,
             const struct vm_vmalloc *area)
{
  vm_paddr pa;

  cli_json_begin_array (json, "frames");
  for (guint i = 0; i < area->pages; i++)
    if (vm_kernel_walk (s, vm_vaddr_of (area->va + (guint64) i * VM_PAGE_SIZE),
                        &pa))
      cli_json_hex (json, NULL, pa.v >> VM_PAGE_SHIFT);
  cli_json_end_array (json);
}

/* As /proc/vmallocinfo has it: the guard page belongs to the range. */
static void
show_vmalloc (CliJson *json, const struct vm_machine *machine)
{
  const struct vm_state *s = vm_machine_state (machine);

  if (json != NULL)
    cli_json_begin_array (json, "areas");
  for (guint32 i = s->kernel.vmalloc_first; i != 0; i = s->vmallocs[i].next) {
    const struct vm_vmalloc *area = &s->vmallocs[i];
    guint64 end = area->va
                  + (area->pages + G_GUINT64_CONSTANT (1)) * VM_PAGE_SIZE;
    const char *owner = area->owner == VM_NONE
                            ? NULL
                            : vm_machine_name (machine, area->owner);
    if (json == NULL) {
      printf ("  0x%" G_GINT64_MODIFIER "x-0x%" G_GINT64_MODIFIER
              "x %8" G_GUINT64_FORMAT " %s pages=%u vmalloc\n",
              area->va, end, end - area->va, owner == NULL ? "-" : owner,
              area->pages);
      continue;
    }
    cli_json_begin_object (json, NULL);
    cli_json_hex (json, "start", area->va);
    cli_json_hex (json, "end", end);
    cli_json_number (json, "bytes", area->bytes);
    cli_json_number (json, "pages", area->pages);
    cli_json_string (json, "module", owner);
    write_pages (json, s, area);
    cli_json_end_object (json);
  }
  if (json != NULL)
    cli_json_end_array (json);
}

static void
put_resource (CliJson *json, guint64 first, guint64 last, const char *name,
              guint depth)
{
  if (json == NULL) {
    printf ("  %*s%08" G_GINT64_MODIFIER "x-%08" G_GINT64_MODIFIER "x : %s\n",
            (int) (2 * depth), "", first, last, name);
    return;
  }
  cli_json_begin_object (json, NULL);
  cli_json_hex (json, "start", first);
  cli_json_hex (json, "end", last);
  cli_json_string (json, "name", name);
  cli_json_number (json, "depth", depth);
  cli_json_end_object (json);
}

/* The kernel's image, where it lies within a resource: its first half is code.
 */
static void
put_image (CliJson *json, const struct vm_state *s, guint64 first, guint64 last)
{
  struct vm_kernel_layout layout;

  if (!s->kernel.on || !vm_kernel_layout_of (s, &layout) || layout.image < first
      || layout.image > last)
    return;
  guint64 middle = layout.image + layout.image_bytes / 2;
  put_resource (json, layout.image, middle - 1, "Kernel code", 1);
  put_resource (json, middle, layout.image + layout.image_bytes - 1,
                "Kernel data", 1);
}

/* As /proc/iomem has it; without a map of windows all is RAM. */
static void
show_iomem (CliJson *json, const struct vm_machine *machine)
{
  const struct vm_state *s = vm_machine_state (machine);
  guint64 memory = (guint64) s->config.frames << s->config.page_shift;

  if (json != NULL)
    cli_json_begin_array (json, "resources");
  if (!vm_bus_has_map (s, VM_SPACE_MEMORY)) {
    put_resource (json, 0, memory - 1, "System RAM", 0);
    put_image (json, s, 0, memory - 1);
  }
  for (guint i = 0; i < s->window_count; i++) {
    const struct vm_window *window = &s->windows[i];
    if (window->space != VM_SPACE_MEMORY || window->kind == VM_WINDOW_HOLE)
      continue;
    put_resource (json, window->first, window->last,
                  window->kind == VM_WINDOW_RAM
                      ? "System RAM"
                      : scene_window_name (machine, window->name),
                  0);
    if (window->kind == VM_WINDOW_RAM)
      put_image (json, s, window->first, window->last);
  }
  if (json != NULL)
    cli_json_end_array (json);
}

void
cli_kernel_show_mapped (CliJson *json, const struct vm_machine *machine,
                        guint root)
{
  const struct vm_state *s = vm_machine_state (machine);
  struct vm_kernel_layout layout;
  Walk walk = {json, s, vm_machine_geometry (machine), &layout, {0}};

  if (!vm_kernel_layout_of (s, &layout))
    return;
  if (json != NULL)
    cli_json_begin_array (json, "mapped");
  else
    printf ("%s\n", _ ("What its page tables map:"));
  walk_root (&walk, root);
  if (walk.geometry->two_roots && root != s->config.kernel_root)
    walk_root (&walk, s->config.kernel_root);
  put_leaves (&walk);
  if (json != NULL)
    cli_json_end_array (json);
}

void
cli_kernel_show (CliJson *json, const struct vm_machine *machine,
                 const struct vm_op *op)
{
  switch (op->values[VM_P_SHOW_WHAT]) {
  case VM_SHOW_KERNEL:
    show_kernel (json, machine);
    break;
  case VM_SHOW_ADDRESS:
    show_address (json, machine, op->values[VM_P_SHOW_VA]);
    break;
  case VM_SHOW_VMALLOC:
    show_vmalloc (json, machine);
    break;
  case VM_SHOW_IOMEM:
    show_iomem (json, machine);
    break;
  default:
    break;
  }
}
