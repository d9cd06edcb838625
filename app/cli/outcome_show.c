/* Prints what the kernel knows of a process. */
#include <glib/gi18n-lib.h>

#include "maps.h"
#include "mm/account.h"
#include "mm/entries.h"
#include "mm/files.h"
#include "mm/region_tree.h"
#include "mm/space.h"
#include "mm/swap.h"
#include "mm/zone.h"
#include "outcome_kernel.h"
#include "outcome_alloc.h"
#include "outcome_memory.h"
#include "outcome_reclaim.h"
#include "outcome_tasks.h"

/* What a view is printed to: an object's members, or lines. */
typedef struct {
  CliJson *json; /* NULL: lines */
  const struct vm_machine *machine;
  const struct vm_state *state;
  guint32 process, mm;
} Show;

static void
put_number (const Show *show, const char *name, guint64 value)
{
  if (show->json != NULL)
    cli_json_number (show->json, name, value);
  else
    printf ("  %-12s %" G_GUINT64_FORMAT "\n", name, value);
}

static void
put_address (const Show *show, const char *name, guint64 value)
{
  if (show->json != NULL)
    cli_json_hex (show->json, name, value);
  else
    printf ("  %-12s 0x%" G_GINT64_MODIFIER "x\n", name, value);
}

static void
put_map (const Show *show, guint32 number)
{
  const struct vm_region *r = &show->state->regions[number];
  g_autofree char *line = cli_maps_line (show->machine, number, NULL);
  g_autofree char *name = cli_maps_name (show->machine, number);
  char perms[5] = {
      r->flags & VM_REGION_READ ? 'r' : '-',
      r->flags & VM_REGION_WRITE ? 'w' : '-',
      r->flags & VM_REGION_EXEC ? 'x' : '-',
      r->flags & VM_REGION_SHARED ? 's' : 'p',
  };

  if (show->json == NULL) {
    printf ("%s\n", line);
    return;
  }
  cli_json_begin_object (show->json, NULL);
  cli_json_hex (show->json, "start", r->start);
  cli_json_hex (show->json, "end", r->end);
  cli_json_string (show->json, "perms", perms);
  cli_json_hex (show->json, "offset",
                r->file == 0 ? 0 : r->offset << VM_PAGE_SHIFT);
  cli_json_string (show->json, "path", name);
  cli_json_string (show->json, "line", line);
  cli_json_end_object (show->json);
}

/* A region with what /proc does not show. */
static void
put_region (const Show *show, guint32 number)
{
  const struct vm_region *r = &show->state->regions[number];
  g_autofree char *name = cli_maps_name (show->machine, number);

  if (show->json == NULL) {
    g_autofree char *line = cli_maps_line (show->machine, number, NULL);
    printf ("  #%u  %s\n        flags 0x%x  pgoff 0x%" G_GINT64_MODIFIER
            "x  anon_vma %u  %s  parent #%u  left #%u  right #%u\n",
            number, line, r->flags, r->offset, r->anon,
            r->red ? "red" : "black", r->parent, r->left, r->right);
    return;
  }
  cli_json_begin_object (show->json, NULL);
  cli_json_number (show->json, "region", number);
  cli_json_hex (show->json, "start", r->start);
  cli_json_hex (show->json, "end", r->end);
  cli_json_hex (show->json, "flags", r->flags);
  cli_json_hex (show->json, "pgoff", r->offset);
  cli_json_number (show->json, "anon_vma", r->anon);
  cli_json_string (show->json, "file", r->file == 0 ? NULL : name);
  cli_json_string (show->json, "color", r->red ? "red" : "black");
  cli_json_number (show->json, "parent", r->parent);
  cli_json_number (show->json, "left", r->left);
  cli_json_number (show->json, "right", r->right);
  cli_json_end_object (show->json);
}

static void
show_regions (const Show *show, gboolean all)
{
  const char *key = all ? "regions" : "maps";

  if (show->json != NULL)
    cli_json_begin_array (show->json, key);
  for (guint32 n = vm_tree_first (show->state, show->mm); n != 0;
       n = vm_tree_next (show->state, n)) {
    if (all)
      put_region (show, n);
    else
      put_map (show, n);
  }
  if (show->json != NULL)
    cli_json_end_array (show->json);
}

static void
show_mm (const Show *show)
{
  const struct vm_mm *mm = &show->state->mms[show->mm];

  put_address (
      show, "pgd",
      vm_frame_start (vm_frame_of (mm->root), show->state->config.page_shift)
          .v);
  put_number (show, "users", mm->users);
  put_number (show, "map_count", mm->regions);
  put_address (show, "task_size", mm->task_size);
  put_address (show, "mmap_base", mm->mmap_base);
  put_address (show, "start_code", mm->start_code);
  put_address (show, "end_code", mm->end_code);
  put_address (show, "start_data", mm->start_data);
  put_address (show, "end_data", mm->end_data);
  put_address (show, "start_brk", mm->start_brk);
  put_address (show, "brk", mm->brk);
  put_address (show, "start_stack", mm->start_stack);
  put_address (show, "arg_start", mm->arg_start);
  put_address (show, "arg_end", mm->arg_end);
  put_address (show, "env_start", mm->env_start);
  put_address (show, "env_end", mm->env_end);
  put_number (show, "total_vm", mm->total_vm);
  put_number (show, "locked_vm", mm->locked_vm);
  put_number (show, "pinned_vm", mm->pinned_vm);
  put_number (show, "data_vm", mm->data_vm);
  put_number (show, "exec_vm", mm->exec_vm);
  put_number (show, "stack_vm", mm->stack_vm);
  put_number (show, "rss_anon", mm->rss_anon);
  put_number (show, "rss_file", mm->rss_file);
  put_number (show, "rss_shmem", mm->rss_shmem);
  put_number (show, "tables", mm->tables);
  put_number (show, "swap_pages", mm->swapped);
}

static void
show_counters (const Show *show)
{
  const struct vm_process *p = &show->state->processes[show->process];
  const struct vm_mm *mm = &show->state->mms[show->mm];
  const struct vm_counters *c = &show->state->counters;

  put_number (show, "minor", p->minor_faults);
  put_number (show, "major", p->major_faults);
  put_number (show, "cow_copies", p->cow_copies);
  put_number (show, "cow_reuses", p->cow_reuses);
  put_number (show, "zero_maps", p->zero_maps);
  put_number (show, "rss_pages", vm_account_rss (mm));
  put_number (show, "vm_pages", mm->total_vm);
  put_number (show, "swap_pages", mm->swapped);
  put_number (show, "swap_in", c->swap_in);
  put_number (show, "swap_out", c->swap_out);
  put_number (show, "kswapd_runs", c->kswapd_runs);
  put_number (show, "direct_runs", c->direct_runs);
  put_number (show, "scanned", c->scanned);
  put_number (show, "reclaimed", c->reclaimed);
  put_number (show, "refaults", c->refaults);
  put_number (show, "oom_kills", c->oom_kills);
  put_number (show, "swap_ra", c->swap_ra);
  put_number (show, "swap_ra_hits", c->swap_ra_hits);
  put_number (show, "disk_reads", c->disk_reads);
  put_number (show, "disk_writes", c->disk_writes);
  put_number (show, "readaheads", c->readaheads);
  put_number (show, "writebacks", c->writebacks);
  put_number (show, "write_errors", c->write_errors);
  put_number (show, "dirty_pages", show->state->dirty_pages);
  put_number (show, "copies", c->copies);
  put_number (show, "copied_bytes", c->copied_bytes);
}

static void
show_tables (const Show *show)
{
  guint shift = show->state->config.page_shift;

  if (show->json != NULL)
    cli_json_begin_array (show->json, "tables");
  for (guint32 f = vm_space_next_table (show->state, show->mm, VM_NONE);
       f != VM_NONE; f = vm_space_next_table (show->state, show->mm, f)) {
    guint level = show->state->frames[f].level;
    guint64 pa = vm_frame_start (vm_frame_of (f), shift).v;
    if (show->json == NULL) {
      printf ("  0x%" G_GINT64_MODIFIER "x  level %u\n", pa, level);
      continue;
    }
    cli_json_begin_object (show->json, NULL);
    cli_json_hex (show->json, "frame", f);
    cli_json_number (show->json, "level", level);
    cli_json_end_object (show->json);
  }
  if (show->json != NULL)
    cli_json_end_array (show->json);
  if (show->state->kernel.on)
    cli_kernel_show_mapped (show->json, show->machine,
                            show->state->mms[show->mm].root);
}

/* Every page that an entry of the process maps. */
static void
put_frame (const Show *show, guint64 va, const struct vm_entry *entry)
{
  const struct vm_state *s = show->state;
  vm_frame frame = vm_frame_of (entry->pte.frame);
  gboolean managed = vm_frames_managed (s, frame);
  guint refs = managed ? s->frames[frame.v].refs : 0;
  guint mapped = managed ? vm_frames_mapped (s, frame) : 0;
  guint flags = managed ? s->frames[frame.v].flags : 0;
  const char *zone
      = vm_zone_name (vm_zone_of (vm_machine_state (show->machine), frame.v));
  const char *kind = flags & VM_PAGE_ANON   ? "anon"
                     : flags & VM_PAGE_FILE ? "file"
                     : flags & VM_PAGE_ZERO ? "zero"
                                            : "other";

  if (show->json == NULL) {
    printf ("  0x%" G_GINT64_MODIFIER "x  frame 0x%" G_GINT64_MODIFIER
            "x  %s  %s  refs %u  mapped %u\n",
            va, frame.v, zone, kind, refs, mapped);
    return;
  }
  cli_json_begin_object (show->json, NULL);
  cli_json_hex (show->json, "va", va);
  cli_json_hex (show->json, "frame", frame.v);
  cli_json_string (show->json, "zone", zone);
  cli_json_string (show->json, "kind", kind);
  cli_json_number (show->json, "refs", refs);
  cli_json_number (show->json, "mapped", mapped);
  cli_json_boolean (show->json, "writable", entry->pte.writable);
  cli_json_end_object (show->json);
}

/* The pages that entries say are in swap. */
static void
show_swapped (const Show *show)
{
  guint64 va = 0, end = show->state->mms[show->mm].task_size;
  struct vm_entry entry;

  if (show->json != NULL)
    cli_json_begin_array (show->json, "swapped");
  while (vm_entry_next (show->state, show->process, va, end, &entry)) {
    va = entry.va.v + vm_entry_size (show->state, &entry);
    if (entry.swapped == 0)
      continue;
    struct vm_swap_slot place = vm_swap_place (show->state, entry.swapped);
    if (show->json == NULL) {
      printf ("  0x%" G_GINT64_MODIFIER "x  swap %u:%" G_GUINT64_FORMAT "\n",
              entry.va.v, place.type, place.offset);
      continue;
    }
    cli_json_begin_object (show->json, NULL);
    cli_json_hex (show->json, "va", entry.va.v);
    cli_json_number (show->json, "area", place.type);
    cli_json_number (show->json, "slot", place.offset);
    cli_json_end_object (show->json);
  }
  if (show->json != NULL)
    cli_json_end_array (show->json);
}

static void
show_frames (const Show *show)
{
  guint64 va = 0, end = show->state->mms[show->mm].task_size;
  struct vm_entry entry;

  if (show->json != NULL)
    cli_json_begin_array (show->json, "frames");
  while (vm_entry_next (show->state, show->process, va, end, &entry)) {
    if (vm_entry_has_page (&entry))
      put_frame (show, entry.va.v, &entry);
    va = entry.va.v + vm_entry_size (show->state, &entry);
  }
  if (show->json != NULL)
    cli_json_end_array (show->json);
}

static void
show_what (const Show *show, enum vm_show_what what)
{
  switch (what) {
  case VM_SHOW_MAPS:
    show_regions (show, FALSE);
    break;
  case VM_SHOW_MM:
    show_mm (show);
    break;
  case VM_SHOW_REGIONS:
    show_regions (show, TRUE);
    break;
  case VM_SHOW_TABLES:
    show_tables (show);
    break;
  case VM_SHOW_COUNTERS:
    show_counters (show);
    break;
  case VM_SHOW_FRAMES:
    show_frames (show);
    if (vm_swap_on (show->state))
      show_swapped (show);
    break;
  case VM_SHOW_SWAP:
    cli_show_swap (show->json, show->machine);
    break;
  case VM_SHOW_LISTS:
    cli_show_lists (show->json, show->machine);
    break;
  case VM_SHOW_CACHE:
    cli_cache_show (show->json, show->machine);
    break;
  case VM_SHOW_BUDDY:
  case VM_SHOW_SLAB:
  case VM_SHOW_KERNEL:
  case VM_SHOW_ADDRESS:
  case VM_SHOW_VMALLOC:
  case VM_SHOW_IOMEM:
    break;
  case VM_SHOW_THREADS:
    cli_threads_show (show->json, show->machine);
    break;
  case VM_SHOW_CPUS:
    cli_cpus_show (show->json, show->machine);
    break;
  }
}

/* Of no process. */
static gboolean
is_general (guint64 what)
{
  return what == VM_SHOW_KERNEL || what == VM_SHOW_ADDRESS
         || what == VM_SHOW_VMALLOC || what == VM_SHOW_IOMEM
         || what == VM_SHOW_BUDDY || what == VM_SHOW_SLAB;
}

static Show
show_of (CliJson *json, const struct vm_machine *machine,
         const struct vm_result *result)
{
  const struct vm_state *state = vm_machine_state (machine);

  return (Show){json, machine, state, result->process,
                result->process == VM_NONE
                    ? VM_NONE
                    : state->processes[result->process].mm};
}

static void
show_anything (CliJson *json, const struct vm_machine *machine,
               const struct vm_op *op, const struct vm_result *result)
{
  guint64 what = op->values[VM_P_SHOW_WHAT];

  if (what == VM_SHOW_BUDDY) {
    cli_show_buddy (json, machine);
    return;
  }
  if (what == VM_SHOW_SLAB) {
    cli_show_slab (json, machine);
    return;
  }
  if (is_general (what)) {
    cli_kernel_show (json, machine, op);
    return;
  }
  if (what == VM_SHOW_TABLES && result->process == VM_NONE) {
    cli_kernel_show_mapped (json, machine,
                            vm_machine_state (machine)->config.kernel_root);
    return;
  }
  Show show = show_of (json, machine, result);
  show_what (&show, (enum vm_show_what) what);
}

void
cli_show_write (CliJson *json, const struct vm_machine *machine,
                const struct vm_op *op, const struct vm_result *result)
{
  const struct vm_state *state = vm_machine_state (machine);
  guint64 what = op->values[VM_P_SHOW_WHAT];

  if (!is_general (what) && result->process != VM_NONE)
    cli_json_string (
        json, "process",
        vm_machine_name (machine, state->processes[result->process].name));
  cli_json_string (
      json, "what",
      vm_op_info_of (VM_OP_SHOW)->parameters[VM_P_SHOW_WHAT].choices[what]);
  show_anything (json, machine, op, result);
}

void
cli_show_print (const struct vm_machine *machine, const struct vm_op *op,
                const struct vm_result *result)
{
  show_anything (NULL, machine, op, result);
}
