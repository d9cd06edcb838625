/* Prints blocks, slabs and what was given of them. */
#include "outcome_alloc.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "mm/gfp.h"
#include "mm/kernel_layout.h"
#include "mm/slab.h"

gboolean
cli_alloc_is_op (enum vm_op_kind kind)
{
  return kind == VM_OP_GET_PAGES || kind == VM_OP_FREE_PAGES
         || kind == VM_OP_KMALLOC || kind == VM_OP_KFREE || kind == VM_OP_RMMOD;
}

static gboolean
gives (enum vm_op_kind kind)
{
  return kind == VM_OP_GET_PAGES || kind == VM_OP_KMALLOC;
}

void
cli_alloc_write (CliJson *json, const struct vm_machine *machine,
                 const struct vm_op *op, const struct vm_result *result)
{
  const struct vm_translation *given = &result->translation;

  cli_json_boolean (json, "ok", result->refused == VM_ERRNO_NONE);
  if (op->kind == VM_OP_RMMOD)
    cli_json_number (json, "leaked", result->value);
  if (gives (op->kind))
    cli_json_hex (json, "va", result->value);
  if (given->ok) {
    cli_json_hex (json, "pa", given->pa.v);
    cli_json_hex (json, "frame",
                  given->pa.v >> vm_machine_state (machine)->config.page_shift);
    cli_json_number (json, "bytes", given->value);
  }
  if (result->refused != VM_ERRNO_NONE)
    cli_json_string (json, "errno",
                     vm_errno_name ((enum vm_errno) result->refused));
}

void
cli_alloc_print (const struct vm_op *op, const struct vm_result *result)
{
  if (result->refused != VM_ERRNO_NONE)
    printf ("  %s\n", vm_errno_name ((enum vm_errno) result->refused));
  else if (gives (op->kind))
    printf ("  0x%" PRIx64 "\n", result->value);
}

static void
put_number (CliJson *json, const char *name, guint64 value)
{
  if (json != NULL)
    cli_json_number (json, name, value);
  else
    printf ("  %-14s %" PRIu64 "\n", name, value);
}

/* What /proc/buddyinfo says of a zone: free blocks of each order. */
static void
print_zone (const struct vm_state *s, enum vm_zone zone)
{
  printf ("  Node 0, zone %8s", vm_zone_name (zone));
  for (guint order = 0; order <= VM_BUDDY_MOST; order++)
    printf (" %6u", vm_buddy_list_of (s, zone, order)->blocks);
  printf ("\n  %21s", "index");
  for (guint order = 0; order <= VM_BUDDY_MOST; order++) {
    gint index = vm_buddy_fragmentation (s, zone, order);
    printf (" %c%d.%03d", index < 0 ? '-' : ' ', ABS (index) / 1000,
            ABS (index) % 1000);
  }
  printf ("\n");
}

/* The free blocks of an order, in the order in which they would be given. */
static void
write_order (CliJson *json, const struct vm_state *s, enum vm_zone zone,
             guint order)
{
  const struct vm_buddy_list *list = vm_buddy_list_of (s, zone, order);

  cli_json_begin_object (json, NULL);
  cli_json_number (json, "order", order);
  cli_json_number (json, "free", list->blocks);
  cli_json_signed (json, "fragmentation-index",
                   vm_buddy_fragmentation (s, zone, order));
  cli_json_number (json, "unusable-index", vm_buddy_unusable (s, zone, order));
  cli_json_begin_array (json, "blocks");
  for (guint32 f = list->first; f != 0;
       f = vm_buddy_block_at (s, f, order)->next) {
    cli_json_begin_object (json, NULL);
    cli_json_hex (json, "frame", f);
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
  cli_json_end_object (json);
}

static void
write_zone (CliJson *json, const struct vm_state *s, enum vm_zone zone)
{
  guint32 first, end;

  vm_zone_range (s, zone, &first, &end);
  cli_json_begin_object (json, NULL);
  cli_json_string (json, "zone", vm_zone_name (zone));
  cli_json_hex (json, "first", first);
  cli_json_number (json, "frames", end - first);
  cli_json_number (json, "free", vm_buddy_free (s, zone));
  cli_json_number (json, "min", vm_zone_mark (s, zone, VM_MARK_MIN));
  cli_json_number (json, "low", vm_zone_mark (s, zone, VM_MARK_LOW));
  cli_json_number (json, "high", vm_zone_mark (s, zone, VM_MARK_HIGH));
  cli_json_begin_array (json, "orders");
  for (guint order = 0; order <= VM_BUDDY_MOST; order++)
    write_order (json, s, zone, order);
  cli_json_end_array (json);
  cli_json_end_object (json);
}

static void
put_counts (CliJson *json, const struct vm_buddy_counts *c)
{
  put_number (json, "splits", c->splits);
  put_number (json, "merges", c->merges);
  put_number (json, "fallbacks", c->fallbacks);
  put_number (json, "refused", c->refused);
  put_number (json, "bad-frees", c->bad_frees);
  put_number (json, "leaked", c->leaked);
  put_number (json, "leaked-bytes", c->leaked_bytes);
  put_number (json, "huge-splits", c->huge_splits);
}

static void
put_taken (CliJson *json, const struct vm_buddy_counts *c)
{
  if (json == NULL) {
    printf ("  %-21s", "taken");
    for (guint order = 0; order <= VM_BUDDY_MOST; order++)
      printf (" %6" PRIu64, c->taken[order]);
    printf ("\n");
    return;
  }
  cli_json_begin_array (json, "taken");
  for (guint order = 0; order <= VM_BUDDY_MOST; order++) {
    cli_json_begin_object (json, NULL);
    cli_json_number (json, "order", order);
    cli_json_number (json, "blocks", c->taken[order]);
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
}

void
cli_show_buddy (CliJson *json, const struct vm_machine *machine)
{
  const struct vm_state *s = vm_machine_state (machine);
  guint32 first, end;

  if (json != NULL)
    cli_json_begin_array (json, "zones");
  for (guint zone = 0; zone < VM_ZONES; zone++) {
    vm_zone_range (s, (enum vm_zone) zone, &first, &end);
    if (first == end)
      continue;
    if (json != NULL)
      write_zone (json, s, (enum vm_zone) zone);
    else
      print_zone (s, (enum vm_zone) zone);
  }
  if (json != NULL)
    cli_json_end_array (json);
  put_taken (json, &s->buddy_counts);
  put_number (json, "free_frames", s->free_count);
  put_counts (json, &s->buddy_counts);
}

/* A slab, with its free objects in the order in which they would be given. */
static void
put_slab (CliJson *json, const struct vm_state *s, guint32 number)
{
  const struct vm_slab_record *slab = &s->slabs[number];
  const struct vm_slab_cache *cache = &s->caches[slab->cache];
  vm_vaddr va = vm_vaddr_of (0);
  const char *state = vm_slab_state_name (vm_slab_state_of (s, number));

  vm_kernel_address (s, vm_frame_of (slab->frame), &va);
  if (json == NULL) {
    printf ("    0x%" PRIx64 "  %-7s %4u / %u\n", va.v, state, slab->used,
            cache->objects);
    return;
  }
  cli_json_begin_object (json, NULL);
  cli_json_hex (json, "frame", slab->frame);
  cli_json_number (json, "frames", 1u << cache->order);
  cli_json_hex (json, "va", va.v);
  cli_json_string (json, "state", state);
  cli_json_number (json, "used", slab->used);
  cli_json_begin_array (json, "free");
  guint found = 0;
  for (guint64 at = slab->free; at != 0 && found < cache->objects;
       at = vm_slab_next (s, number, at), found++) {
    cli_json_begin_object (json, NULL);
    cli_json_hex (json, "va", at);
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
  cli_json_end_object (json);
}

static void
put_cache (CliJson *json, const struct vm_state *s, guint index)
{
  const struct vm_slab_cache *cache = &s->caches[index];

  if (json == NULL)
    printf ("  %-16s %6" PRIu64 " / %-6u %5u B  %2u objects, %u frames a slab  "
            "%" PRIu64 " B inside\n",
            vm_slab_cache_name (index), cache->used,
            cache->slabs * cache->objects, cache->size, cache->objects,
            1u << cache->order, cache->used * cache->size - cache->asked);
  else {
    cli_json_begin_object (json, NULL);
    cli_json_string (json, "cache", vm_slab_cache_name (index));
    cli_json_number (json, "size", cache->size);
    cli_json_number (json, "objects", cache->objects);
    cli_json_number (json, "order", cache->order);
    cli_json_number (json, "used", cache->used);
    cli_json_number (json, "asked", cache->asked);
    cli_json_number (json, "wasted", cache->used * cache->size - cache->asked);
    cli_json_begin_array (json, "slabs");
  }
  for (guint i = 1; i <= s->slab_end; i++)
    if (s->slabs[i].frame != 0 && s->slabs[i].cache == index)
      put_slab (json, s, i);
  if (json == NULL)
    return;
  cli_json_end_array (json);
  cli_json_end_object (json);
}

/* What was given and has not come back, whole frames as well as objects. */
static void
put_grant (CliJson *json, const struct vm_machine *machine,
           const struct vm_grant *grant)
{
  const char *kind = vm_grant_kind_name ((enum vm_grant_kind) grant->kind);
  const char *module = grant->module == VM_NONE
                           ? NULL
                           : vm_machine_name (machine, grant->module);

  if (json == NULL) {
    printf ("  %-8s 0x%08" PRIx64 " %8" PRIu64 " B  %s%s\n", kind,
            grant->address, grant->asked, module == NULL ? "" : module,
            grant->leaked ? "  !" : "");
    return;
  }
  cli_json_begin_object (json, NULL);
  cli_json_string (json, "kind", kind);
  cli_json_hex (json, "pa", grant->address);
  cli_json_number (json, "asked", grant->asked);
  cli_json_string (json, "module", module);
  cli_json_boolean (json, "leaked", grant->leaked);
  cli_json_end_object (json);
}

void
cli_show_slab (CliJson *json, const struct vm_machine *machine)
{
  const struct vm_state *s = vm_machine_state (machine);

  if (json != NULL)
    cli_json_begin_array (json, "caches");
  for (guint i = 0; i < VM_SLAB_CACHES; i++)
    if (s->caches[i].slabs > 0 || json != NULL)
      put_cache (json, s, i);
  if (json != NULL) {
    cli_json_end_array (json);
    cli_json_begin_array (json, "given");
  }
  for (guint i = 1; i <= s->grant_end; i++)
    if (s->grants[i].kind != VM_GRANT_NONE)
      put_grant (json, machine, &s->grants[i]);
  if (json != NULL)
    cli_json_end_array (json);
  put_counts (json, &s->buddy_counts);
}
