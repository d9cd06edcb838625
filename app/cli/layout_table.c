/* Prints the kernel's half as a table. */
#include "layout_table.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "describe_kernel.h"

/* One of the kernel's own constants; of a layout without it 0. */
typedef struct {
  const char *key;  /* as in JSON */
  const char *name; /* as in the kernel's sources */
  guint64 value;
} Constant;

#define CONSTANTS 9

static void
constants_of (const struct vm_kernel_layout *l, Constant constants[CONSTANTS])
{
  const Constant all[CONSTANTS] = {
      {"page_offset", "PAGE_OFFSET", l->page_offset},
      {"vmalloc_start", "VMALLOC_START", l->vmalloc_start},
      {"vmalloc_end", "VMALLOC_END", l->vmalloc_end},
      {"vmemmap", "vmemmap", l->vmemmap},
      {"pkmap_base", "PKMAP_BASE", l->pkmap_base},
      {"fixaddr_start", "FIXADDR_START", l->fixmap_start},
      {"fixaddr_top", "FIXADDR_TOP", l->fixmap_top},
      {"start_kernel_map", "__START_KERNEL_map", l->text_map},
      {"phys_base", "phys_base", l->phys_base},
  };

  for (guint i = 0; i < CONSTANTS; i++)
    constants[i] = all[i];
}

/* The rule of a range, as that of its first address that has one. */
static enum vm_kernel_rule
rule_of (const struct vm_kernel_layout *layout,
         const struct vm_kernel_range *range)
{
  guint64 address = range->area == VM_AREA_TEXT ? layout->text : range->first;
  guint64 pa;

  return vm_kernel_layout_rule (layout, address, &pa);
}

static void
write_range (CliJson *json, const struct vm_kernel_layout *layout,
             const struct vm_kernel_range *range)
{
  cli_json_begin_object (json, NULL);
  cli_json_string (json, "name", vm_kernel_area_name (range->area));
  cli_json_hex (json, "start", range->first);
  cli_json_hex (json, "end", range->last);
  cli_json_number (json, "size", range->last - range->first + 1);
  cli_json_string (json, "what", scene_area_title (range->area));
  cli_json_string (json, "rule", vm_kernel_rule_name (rule_of (layout, range)));
  cli_json_boolean (json, "start_varies", range->about);
  cli_json_end_object (json);
}

void
cli_layout_write (CliJson *json, const struct vm_kernel_layout *layout)
{
  Constant constants[CONSTANTS];

  cli_json_string (json, "arch",
                   vm_geometry_of (layout->choice.geometry)->name);
  cli_json_string (json, "since", scene_kernel_version (layout->since).s);
  cli_json_string (json, "until",
                   layout->until == 0 ? NULL
                                      : scene_kernel_version (layout->until).s);
  cli_json_number (json, "memory", layout->choice.memory);
  cli_json_boolean (json, "kaslr", layout->choice.random);
  constants_of (layout, constants);
  for (guint i = 0; i < CONSTANTS; i++)
    if (constants[i].value != 0)
      cli_json_hex (json, constants[i].key, constants[i].value);
  cli_json_number (json, "direct_bytes", layout->direct);
  cli_json_hex (json, "image", layout->image);
  cli_json_number (json, "image_bytes", layout->image_bytes);
  if (layout->pkmap_slots > 0)
    cli_json_number (json, "pkmap_slots", layout->pkmap_slots);
  cli_json_begin_array (json, "ranges");
  for (guint i = 0; i < layout->count; i++)
    write_range (json, layout, &layout->ranges[i]);
  cli_json_end_array (json);
}

static void
print_head (const struct vm_kernel_layout *layout)
{
  const char *arch = vm_geometry_of (layout->choice.geometry)->name;
  SceneNumber since = scene_kernel_version (layout->since);
  SceneNumber until = scene_kernel_version (layout->until);
  SceneNumber memory = scene_number_size (layout->choice.memory);

  if (layout->until == 0)
    /* Translators: "x86-64", "4.20", "4 GiB". */
    printf (_ ("%s, Linux %s and later, %s of memory"), arch, since.s,
            memory.s);
  else if (layout->until == layout->since)
    printf (_ ("%s, Linux %s, %s of memory"), arch, since.s, memory.s);
  else
    /* Translators: "x86-64", "4.15", "4.19", "4 GiB". */
    printf (_ ("%s, Linux %s to %s, %s of memory"), arch, since.s, until.s,
            memory.s);
  if (layout->choice.random)
    /* Translators: behind a comma; the seed of random numbers. */
    printf (_ (", bases drawn from seed %" PRIu64), layout->choice.seed);
  printf ("\n");
}

/* "64 TiB"; of a size that is none of whole units, as it is. */
static SceneNumber
size_of (const struct vm_kernel_range *range)
{
  guint64 bytes = range->last - range->first + 1;
  SceneNumber power = scene_number_power (range->first, range->last);

  return bytes >> 62 != 0 && power.s[0] != '\0' ? power
                                                : scene_number_size (bytes);
}

static void
print_range (const struct vm_kernel_layout *layout,
             const struct vm_kernel_range *range)
{
  guint digits = vm_geometry_of (layout->choice.geometry)->word_bits / 4;

  printf ("  %0*" G_GINT64_MODIFIER "x%s %0*" G_GINT64_MODIFIER
          "x  %12s  %-15s %s\n",
          (int) digits, range->first, range->about ? "~" : " ", (int) digits,
          range->last, size_of (range).s, vm_kernel_area_name (range->area),
          scene_area_title (range->area));
}

void
cli_layout_print (const struct vm_kernel_layout *layout)
{
  Constant constants[CONSTANTS];

  print_head (layout);
  for (guint i = 0; i < layout->count; i++)
    print_range (layout, &layout->ranges[i]);
  constants_of (layout, constants);
  for (guint i = 0; i < CONSTANTS; i++)
    if (constants[i].value != 0)
      printf ("  %-18s 0x%" G_GINT64_MODIFIER "x\n", constants[i].name,
              constants[i].value);
  for (guint i = 0; i < layout->count; i++)
    if (layout->ranges[i].about)
      printf ("  ~ %s\n", _ ("where it begins depends on how the kernel was "
                             "built"));
}

/* True if the rule leads to a physical address by itself. */
static gboolean
leads (enum vm_kernel_rule rule)
{
  return rule == VM_RULE_LINEAR || rule == VM_RULE_TEXT;
}

void
cli_layout_write_address (CliJson *json, const struct vm_kernel_layout *layout,
                          guint64 address)
{
  guint64 pa;
  enum vm_kernel_rule rule = vm_kernel_layout_rule (layout, address, &pa);

  cli_json_hex (json, "address", address);
  cli_json_string (
      json, "area",
      vm_kernel_area_name (vm_kernel_layout_find (layout, address)->area));
  cli_json_string (json, "rule", vm_kernel_rule_name (rule));
  if (leads (rule))
    cli_json_hex (json, "pa", pa);
  else
    cli_json_string (json, "pa", NULL);
  cli_json_string (json, leads (rule) ? "how" : "why",
                   scene_rule_sentence (rule));
  vm_frame frame;
  if (vm_kernel_layout_page (layout, address, &frame))
    cli_json_hex (json, "struct_page_of", frame.v);
}

void
cli_layout_print_address (const struct vm_kernel_layout *layout,
                          guint64 address)
{
  guint64 pa;
  enum vm_kernel_rule rule = vm_kernel_layout_rule (layout, address, &pa);
  const char *area
      = scene_area_title (vm_kernel_layout_find (layout, address)->area);

  if (leads (rule))
    printf ("0x%" G_GINT64_MODIFIER "x  %s  0x%" G_GINT64_MODIFIER "x  %s\n",
            address, area, pa, scene_rule_sentence (rule));
  else
    printf ("0x%" G_GINT64_MODIFIER "x  %s  —  %s\n", address, area,
            scene_rule_sentence (rule));
  vm_frame frame;
  if (vm_kernel_layout_page (layout, address, &frame))
    /* Translators: a frame. */
    printf (_ ("  in the struct page of frame 0x%" PRIx64 "\n"), frame.v);
}
