/* Prints swap areas, and the lists that reclaim goes by. */
#include "outcome_reclaim.h"

#include <glib/gi18n-lib.h>

#include "mm/entries.h"
#include "mm/lru.h"
#include "mm/resident_set.h"
#include "mm/swap.h"

static void
put_number (CliJson *json, const char *name, guint64 value)
{
  if (json != NULL)
    cli_json_number (json, name, value);
  else
    printf ("  %-12s %" G_GUINT64_FORMAT "\n", name, value);
}

static const char *
file_of (const struct vm_machine *machine, const struct vm_swap_record *record)
{
  guint32 name = vm_machine_state (machine)->files[record->file].name;

  return name == VM_NONE ? "/dev/zero" : vm_machine_name (machine, name);
}

/* A slot in use: how many entries name it, or which page of shared memory it
 * holds, and the frame of the swap cache. */
static void
print_slot (const struct vm_machine *machine,
            const struct vm_swap_record *record, guint offset)
{
  printf ("    slot %-5u ", offset);
  if (record->file != 0)
    printf ("%s page %" G_GUINT64_FORMAT, file_of (machine, record),
            record->page);
  else
    printf ("entries %u", record->count);
  if (record->frame != 0)
    printf ("  frame 0x%x", record->frame);
  printf ("\n");
}

static void
put_slot (CliJson *json, const struct vm_machine *machine, guint area,
          guint32 slot)
{
  const struct vm_state *s = vm_machine_state (machine);
  const struct vm_swap_record *record = &s->slots[slot];
  guint offset = slot - s->areas[area].first;

  if (json == NULL) {
    print_slot (machine, record, offset);
    return;
  }
  cli_json_begin_object (json, NULL);
  cli_json_number (json, "slot", offset);
  cli_json_number (json, "count", record->count);
  if (record->file != 0) {
    cli_json_string (json, "file", file_of (machine, record));
    cli_json_number (json, "page", record->page);
  }
  if (record->frame != 0)
    cli_json_hex (json, "frame", record->frame);
  cli_json_end_object (json);
}

static void
put_area (CliJson *json, const struct vm_machine *machine, guint number)
{
  const struct vm_state *s = vm_machine_state (machine);
  const struct vm_swap_area *area = &s->areas[number];

  if (json == NULL)
    printf (_ ("  swap area %u: %u slots, %u in use, priority %d\n"), number,
            area->slots - 1, area->used, vm_swap_priority (area));
  else {
    cli_json_begin_object (json, NULL);
    cli_json_number (json, "area", number);
    cli_json_number (json, "slots", area->slots - 1);
    cli_json_number (json, "used", area->used);
    cli_json_signed (json, "priority", vm_swap_priority (area));
    cli_json_begin_array (json, "in-use");
  }
  for (guint32 slot = area->first + 1; slot < area->first + area->slots; slot++)
    if (s->slots[slot].count != 0 || s->slots[slot].frame != 0)
      put_slot (json, machine, number, slot);
  if (json == NULL)
    return;
  cli_json_end_array (json);
  cli_json_end_object (json);
}

void
cli_show_swap (CliJson *json, const struct vm_machine *machine)
{
  const struct vm_state *s = vm_machine_state (machine);

  if (json != NULL)
    cli_json_begin_array (json, "areas");
  for (guint i = 0; i < VM_MAX_SWAPS; i++)
    if (s->areas[i].slots != 0)
      put_area (json, machine, i);
  if (json != NULL)
    cli_json_end_array (json);
  put_number (json, "total", vm_swap_total (s));
  put_number (json, "free", vm_swap_free (s));
  put_number (json, "swap_in", s->counters.swap_in);
  put_number (json, "swap_out", s->counters.swap_out);
}

/* A list, from the frame that goes next on. */
static void
put_list (CliJson *json, const struct vm_state *s, enum vm_lru list)
{
  if (json == NULL) {
    printf ("  %-14s %5u ", vm_lru_name (list), s->lists[list].size);
    for (guint32 f = s->lists[list].oldest; f != 0; f = s->links[f].newer)
      printf (" 0x%x%s", f, s->links[f].referenced ? "*" : "");
    printf ("\n");
    return;
  }
  cli_json_begin_object (json, NULL);
  cli_json_string (json, "list", vm_lru_name (list));
  cli_json_number (json, "size", s->lists[list].size);
  cli_json_begin_array (json, "frames");
  for (guint32 f = s->lists[list].oldest; f != 0; f = s->links[f].newer) {
    cli_json_begin_object (json, NULL);
    cli_json_hex (json, "frame", f);
    cli_json_boolean (json, "referenced", s->links[f].referenced);
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
  cli_json_end_object (json);
}

/* The books of a policy: an address space's, or those of all memory. */
static void
put_set (CliJson *json, const struct vm_state *s, guint32 mm)
{
  struct vm_pool pool = vm_set_of (s, mm);
  const struct vm_pool_course *course = &s->set_courses[mm];

  if (json != NULL) {
    cli_json_begin_object (json, NULL);
    cli_json_number (json, "mm", mm);
    cli_json_string (
        json, "policy",
        vm_policy_info_of ((enum vm_policy) pool.record->policy)->name);
    cli_json_number (json, "frames", pool.record->frames);
    cli_json_number (json, "pages", pool.record->used);
    cli_json_number (json, "hits", course->hits);
    cli_json_number (json, "faults", course->faults);
    cli_json_end_object (json);
    return;
  }
  printf ("  %-14s %5u / %u  hits %" G_GUINT64_FORMAT
          "  faults %" G_GUINT64_FORMAT "\n",
          vm_policy_info_of ((enum vm_policy) pool.record->policy)->name,
          pool.record->used, pool.record->frames, course->hits, course->faults);
}

static void
put_sets (CliJson *json, const struct vm_state *s)
{
  guint32 count = s->config.local ? s->process_count : 1;

  if (json != NULL)
    cli_json_begin_array (json, "sets");
  for (guint32 mm = 0; mm < count; mm++)
    if (s->sets[mm].frames != 0)
      put_set (json, s, mm);
  if (json != NULL)
    cli_json_end_array (json);
}

void
cli_show_lists (CliJson *json, const struct vm_machine *machine)
{
  const struct vm_state *s = vm_machine_state (machine);

  put_number (json, "free_frames", s->free_count);
  put_number (json, "min", s->config.watermark_min);
  put_number (json, "low", s->config.watermark_low);
  put_number (json, "high", s->config.watermark_high);
  if (s->reclaim.how == VM_RECLAIM_POLICY) {
    put_sets (json, s);
    return;
  }
  if (json != NULL)
    cli_json_begin_array (json, "lists");
  for (enum vm_lru list = VM_LRU_INACTIVE_ANON; list < VM_LRU_NONE; list++)
    put_list (json, s, list);
  if (json != NULL)
    cli_json_end_array (json);
}
