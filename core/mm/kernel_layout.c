/* Makes layouts of the kernel's half. */
#include "mm/kernel_layout.h"

#include "mm/kernel_random.h"
#include "mm/kernel_tables.h"

#define MIB (UINT64_C (1) << 20)
#define PAGE_OFFSET_32 UINT64_C (0xc0000000) /* VMSPLIT_3G */
#define FIXMAP_TOP_32 UINT64_C (0xfffff000)
#define VMALLOC_GAP (8 * MIB)
#define VMALLOC_RESERVE (128 * MIB)
#define LARGE_IMAGE                                                            \
  (8 * MIB) /* what the kernel's own image is taken to need                    \
             */
#define SMALL_IMAGE (2 * MIB)

/* What differs between kernels for the x86 with 32 bits. The fixmap holds slots
 * for each processor that a kernel was built for: these are those of kernels
 * whose boot messages were published (FIXADDR_START). */
struct narrow {
  uint32_t since, until;
  uint64_t fixmap_start;
  uint64_t image; /* where it is loaded */
};

static const struct narrow narrow_layouts[] = {
    {VM_KERNEL (2, 6), VM_KERNEL (2, 6), 0xfff4b000, MIB},
    {VM_KERNEL (4, 0), VM_KERNEL (4, 14), 0xff9d4000, 16 * MIB},
};

#define NARROW_LAYOUTS (sizeof narrow_layouts / sizeof narrow_layouts[0])

static bool
is_narrow (enum vm_geometry_id geometry)
{
  return geometry == VM_GEOMETRY_X86_32 || geometry == VM_GEOMETRY_X86_PAE;
}

static bool
is_long_mode (enum vm_geometry_id geometry)
{
  return geometry == VM_GEOMETRY_X86_64 || geometry == VM_GEOMETRY_X86_64_LA57;
}

static bool
holds (uint32_t version, uint32_t since, uint32_t until)
{
  return version >= since && (until == 0 || version <= until);
}

/* Appends what lies between the ranges so far and an address. */
static void
fill_up_to (struct vm_kernel_layout *layout, const struct vm_geometry *g,
            uint64_t address)
{
  uint64_t first
      = layout->count == 0 ? 0 : layout->ranges[layout->count - 1].last + 1;

  if (first == address)
    return;
  bool named = vm_geometry_canonical (g, vm_vaddr_of (first))
               || vm_geometry_canonical (g, vm_vaddr_of (address - 1));
  layout->ranges[layout->count++] = (struct vm_kernel_range){
      first, address - 1, named ? VM_AREA_UNUSED : VM_AREA_NON_CANONICAL,
      false};
}

/* Appends a range; first the unused one before it, and what is no address. */
static void
append (struct vm_kernel_layout *layout, const struct vm_geometry *g,
        struct vm_kernel_range range)
{
  uint64_t hole
      = g->sign_extended ? -(UINT64_C (1) << (g->va_bits - !g->two_roots)) : 0;
  bool crosses = layout->count > 0 && range.first > hole
                 && layout->ranges[layout->count - 1].last < hole;

  if (crosses)
    fill_up_to (layout, g, hole);
  if (layout->count == 0 || layout->ranges[layout->count - 1].last + 1 != 0)
    fill_up_to (layout, g, range.first);
  layout->ranges[layout->count++] = range;
}

/* Unused addresses up to the last one. */
static void
finish (struct vm_kernel_layout *layout, const struct vm_geometry *g)
{
  uint64_t last = vm_geometry_last_address (g);
  uint64_t end = layout->ranges[layout->count - 1].last;

  if (end == last)
    return;
  layout->ranges[layout->count++]
      = (struct vm_kernel_range){end + 1, last, VM_AREA_UNUSED, false};
}

static uint64_t
least (uint64_t a, uint64_t b)
{
  return a < b ? a : b;
}

static void
place_image (struct vm_kernel_layout *layout, uint64_t usual)
{
  bool large = layout->choice.memory >= 64 * MIB;

  layout->image = large ? usual : least (usual, SMALL_IMAGE);
  layout->image_bytes = large ? LARGE_IMAGE : SMALL_IMAGE;
}

/* PKMAP_BASE: windows below the fixmap, in page tables of their own. */
static uint64_t
pkmap_base_32 (const struct narrow *row, bool pae)
{
  uint64_t large = pae ? 2 * MIB : 4 * MIB;
  uint64_t slots = pae ? 512 : 1024;

  return (row->fixmap_start - VM_PAGE_SIZE * (slots + 1)) & ~(large - 1);
}

/* MAXMEM: what is left when vmalloc and all above it has its reserve; 2.6 takes
 * all up to the last address for that. */
static uint64_t
most_direct_32 (const struct narrow *row, bool pae)
{
  bool old = row->since == VM_KERNEL (2, 6);
  uint64_t end = old ? UINT64_C (1) << 32
                     : pkmap_base_32 (row, pae) - 2 * VM_PAGE_SIZE;

  return end - PAGE_OFFSET_32 - VMALLOC_RESERVE;
}

/* VMALLOC_START: 2.6 rounds it to a multiple of the gap, later kernels leave
 * exactly that. */
static uint64_t
vmalloc_start_32 (uint64_t high_memory, bool old)
{
  if (old)
    return (high_memory + 2 * VMALLOC_GAP - 1) & ~(VMALLOC_GAP - 1);
  return high_memory + VMALLOC_GAP;
}

/* The x86 with 32 bits: everything follows from the fixmap downwards, and from
 * the end of memory upwards. */
static void
make_narrow (struct vm_kernel_layout *layout, const struct vm_geometry *g,
             const struct narrow *row)
{
  bool pae = g->id == VM_GEOMETRY_X86_PAE;
  bool old = row->since == VM_KERNEL (2, 6);

  layout->since = row->since;
  layout->until = row->until;
  layout->page_offset = PAGE_OFFSET_32;
  layout->fixmap_start = row->fixmap_start;
  layout->fixmap_top = FIXMAP_TOP_32;
  layout->pkmap_slots = pae ? 512 : 1024;
  layout->pkmap_base = pkmap_base_32 (row, pae);
  layout->vmalloc_end = layout->pkmap_base - 2 * VM_PAGE_SIZE;
  layout->direct = least (layout->choice.memory, most_direct_32 (row, pae));
  layout->vmalloc_start
      = vmalloc_start_32 (PAGE_OFFSET_32 + layout->direct, old);
  place_image (layout, row->image);

  const struct vm_kernel_range ranges[] = {
      {0, PAGE_OFFSET_32 - 1, VM_AREA_USER, false},
      {PAGE_OFFSET_32, PAGE_OFFSET_32 + layout->direct - 1, VM_AREA_DIRECT,
       false},
      {layout->vmalloc_start, layout->vmalloc_end - 1, VM_AREA_VMALLOC, false},
      {layout->pkmap_base,
       layout->pkmap_base + VM_PAGE_SIZE * layout->pkmap_slots - 1,
       VM_AREA_PKMAP, false},
      {layout->fixmap_start, layout->fixmap_top - 1, VM_AREA_FIXMAP, true},
  };
  for (uint32_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
    append (layout, g, ranges[i]);
  finish (layout, g);
}

static const struct vm_kernel_range *
range_of (const struct vm_kernel_range *rows, enum vm_kernel_area area)
{
  for (; rows->last != 0; rows++)
    if (rows->area == area)
      return rows;
  return NULL;
}

/* Puts drawn bases into a table's rows. KASAN, whose shadow needs fixed places,
 * and KASLR exclude each other: its row goes. */
static void
randomise (const struct vm_kernel_choice *choice, struct vm_kernel_range *rows)
{
  uint64_t start = range_of (rows, VM_AREA_DIRECT)->first;
  uint64_t end = range_of (rows, VM_AREA_CPU_ENTRY)->first;
  const struct vm_kernel_range *vmalloc = range_of (rows, VM_AREA_VMALLOC);
  struct vm_kernel_bases bases
      = {.vmalloc_bytes = vmalloc->last - vmalloc->first + 1};
  struct vm_kernel_range *to = rows;

  vm_kernel_random_bases (&bases, choice->seed, choice->memory, start, end);
  for (const struct vm_kernel_range *from = rows; from->last != 0; from++) {
    struct vm_kernel_range range = *from;
    if (range.area == VM_AREA_KASAN)
      continue;
    if (range.area == VM_AREA_DIRECT)
      range = (struct vm_kernel_range){bases.direct,
                                       bases.direct + bases.direct_bytes - 1,
                                       range.area, false};
    if (range.area == VM_AREA_VMALLOC)
      range = (struct vm_kernel_range){bases.vmalloc,
                                       bases.vmalloc + bases.vmalloc_bytes - 1,
                                       range.area, false};
    if (range.area == VM_AREA_VMEMMAP)
      range = (struct vm_kernel_range){bases.vmemmap,
                                       bases.vmemmap + bases.vmemmap_bytes - 1,
                                       range.area, false};
    /* The image's range grows to 1 GiB, and modules begin behind it. */
    if (range.area == VM_AREA_TEXT)
      range.last = range.first + VM_KASLR_TEXT_ROOM - 1;
    if (range.area == VM_AREA_MODULES)
      range.first = to[-1].last + 1;
    *to++ = range;
  }
  to->last = 0;
}

static void
place_text (struct vm_kernel_layout *layout, const struct vm_kernel_range *rows)
{
  const struct vm_kernel_range *text = range_of (rows, VM_AREA_TEXT);
  bool x86 = is_long_mode (layout->choice.geometry);
  uint64_t offset;

  place_image (layout, x86 ? 16 * MIB : SMALL_IMAGE);
  if (text == NULL)
    return;
  offset = x86 ? layout->image : 0;
  if (layout->choice.random)
    vm_kernel_random_image (layout->choice.seed, layout->choice.memory,
                            layout->image, layout->image_bytes, &layout->image,
                            &offset);
  layout->text_map = text->first;
  layout->text = text->first + offset;
  layout->phys_base = layout->image - offset;
}

/* A 64-bit layout out of its table. */
static void
make_wide (struct vm_kernel_layout *layout, const struct vm_geometry *g,
           const struct vm_kernel_table *table)
{
  struct vm_kernel_range rows[VM_KERNEL_TABLE_ROWS];
  const struct vm_kernel_range *direct, *range;

  for (uint32_t i = 0; i < VM_KERNEL_TABLE_ROWS; i++)
    rows[i] = table->rows[i];
  if (layout->choice.random)
    randomise (&layout->choice, rows);
  layout->since = table->since;
  layout->until = table->until;
  direct = range_of (rows, VM_AREA_DIRECT);
  layout->page_offset = direct->first;
  layout->direct
      = least (layout->choice.memory, direct->last - direct->first + 1);
  range = range_of (rows, VM_AREA_VMALLOC);
  layout->vmalloc_start = range->first;
  layout->vmalloc_end = range->last + 1;
  layout->vmemmap = range_of (rows, VM_AREA_VMEMMAP)->first;
  range = range_of (rows, VM_AREA_CPU_ENTRY);
  layout->cpu_entry = range != NULL ? range->first : 0;
  range = range_of (rows, VM_AREA_FIXMAP);
  layout->fixmap_start = range != NULL ? range->first : 0;
  layout->fixmap_top = range != NULL ? range->last + 1 : 0;
  place_text (layout, rows);
  for (range = rows; range->last != 0; range++)
    append (layout, g, *range);
  finish (layout, g);
}

static const struct narrow *
narrow_for (uint32_t version)
{
  for (uint32_t i = 0; i < NARROW_LAYOUTS; i++)
    if (version == 0
        || holds (version, narrow_layouts[i].since, narrow_layouts[i].until))
      return &narrow_layouts[i];
  return NULL;
}

/* The newest one, if no version is given. */
static const struct vm_kernel_table *
table_for (enum vm_geometry_id geometry, uint32_t version)
{
  const struct vm_kernel_table *found = NULL, *table;

  for (uint32_t i = 0; (table = vm_kernel_table (i)) != NULL; i++)
    if (table->geometry == geometry
        && (version == 0 || holds (version, table->since, table->until)))
      found = table;
  return found;
}

bool
vm_kernel_layout_make (struct vm_kernel_layout *layout,
                       const struct vm_kernel_choice *choice)
{
  *layout = (struct vm_kernel_layout){.choice = *choice};
  if (choice->random && choice->memory < VM_KERNEL_LEAST_MEMORY)
    return false;
  if (is_narrow (choice->geometry)) {
    const struct narrow *row = narrow_for (choice->version);
    if (row == NULL || choice->random)
      return false;
    make_narrow (layout, vm_geometry_of (choice->geometry), row);
    return true;
  }
  const struct vm_kernel_table *table
      = table_for (choice->geometry, choice->version);
  /* Before 4.20 what is drawn could meet the LDT of a process. */
  if (table == NULL
      || (choice->random
          && (!is_long_mode (choice->geometry)
              || table->since < VM_KERNEL (4, 20))))
    return false;
  make_wide (layout, vm_geometry_of (choice->geometry), table);
  return true;
}

uint64_t
vm_kernel_low_memory (enum vm_geometry_id geometry, uint32_t version)
{
  if (!is_narrow (geometry))
    return UINT64_MAX;
  const struct narrow *row = narrow_for (version);
  return most_direct_32 (row != NULL ? row : narrow_for (0),
                         geometry == VM_GEOMETRY_X86_PAE);
}

uint32_t
vm_kernel_layout_version (enum vm_geometry_id geometry, uint32_t n)
{
  const struct vm_kernel_table *table;

  if (is_narrow (geometry))
    return n < NARROW_LAYOUTS ? narrow_layouts[n].since : 0;
  for (uint32_t i = 0; (table = vm_kernel_table (i)) != NULL; i++)
    if (table->geometry == geometry && n-- == 0)
      return table->since;
  return 0;
}

const struct vm_kernel_range *
vm_kernel_layout_find (const struct vm_kernel_layout *layout, uint64_t address)
{
  const struct vm_kernel_range *range = layout->ranges;

  while (range->last < address)
    range++;
  return range;
}

enum vm_kernel_rule
vm_kernel_layout_rule (const struct vm_kernel_layout *layout, uint64_t address,
                       uint64_t *pa)
{
  static const uint8_t rules[VM_AREAS] = {
      [VM_AREA_USER] = VM_RULE_PROCESS,
      [VM_AREA_NON_CANONICAL] = VM_RULE_NO_ADDRESS,
      [VM_AREA_UNUSED] = VM_RULE_NOTHING,
      [VM_AREA_GUARD] = VM_RULE_NOTHING,
      [VM_AREA_LDT] = VM_RULE_PROCESS,
      [VM_AREA_DIRECT] = VM_RULE_LINEAR,
      [VM_AREA_VMALLOC] = VM_RULE_TABLES,
      [VM_AREA_VMEMMAP] = VM_RULE_TABLES,
      [VM_AREA_KASAN] = VM_RULE_TABLES,
      [VM_AREA_CPU_ENTRY] = VM_RULE_TABLES,
      [VM_AREA_ESPFIX] = VM_RULE_TABLES,
      [VM_AREA_EFI] = VM_RULE_TABLES,
      [VM_AREA_TEXT] = VM_RULE_TEXT,
      [VM_AREA_MODULES] = VM_RULE_TABLES,
      [VM_AREA_PKMAP] = VM_RULE_TABLES,
      [VM_AREA_FIXMAP] = VM_RULE_TABLES,
      [VM_AREA_VSYSCALL] = VM_RULE_TABLES,
      [VM_AREA_PCI_IO] = VM_RULE_TABLES,
  };
  enum vm_kernel_rule rule = (enum vm_kernel_rule)
      rules[vm_kernel_layout_find (layout, address)->area];

  *pa = 0;
  if (rule == VM_RULE_LINEAR && address - layout->page_offset >= layout->direct)
    return VM_RULE_NO_MEMORY;
  if (rule == VM_RULE_TEXT && address - layout->text >= layout->image_bytes)
    return VM_RULE_NOTHING;
  if (rule == VM_RULE_LINEAR)
    *pa = address - layout->page_offset;
  if (rule == VM_RULE_TEXT)
    *pa = address - layout->text_map + layout->phys_base;
  return rule;
}

bool
vm_kernel_layout_page (const struct vm_kernel_layout *layout, uint64_t address,
                       vm_frame *frame)
{
  uint64_t number = (address - layout->vmemmap) / VM_STRUCT_PAGE;
  bool inside = layout->vmemmap != 0 && address >= layout->vmemmap
                && number < layout->choice.memory >> VM_PAGE_SHIFT;

  if (inside)
    *frame = vm_frame_of (number);
  return inside;
}

const char *
vm_kernel_area_name (enum vm_kernel_area area)
{
  static const char *const names[VM_AREAS] = {
      [VM_AREA_USER] = "user",
      [VM_AREA_NON_CANONICAL] = "non-canonical",
      [VM_AREA_UNUSED] = "unused",
      [VM_AREA_GUARD] = "guard",
      [VM_AREA_LDT] = "ldt",
      [VM_AREA_DIRECT] = "direct-map",
      [VM_AREA_VMALLOC] = "vmalloc",
      [VM_AREA_VMEMMAP] = "vmemmap",
      [VM_AREA_KASAN] = "kasan",
      [VM_AREA_CPU_ENTRY] = "cpu-entry-area",
      [VM_AREA_ESPFIX] = "espfix",
      [VM_AREA_EFI] = "efi",
      [VM_AREA_TEXT] = "text",
      [VM_AREA_MODULES] = "modules",
      [VM_AREA_PKMAP] = "pkmap",
      [VM_AREA_FIXMAP] = "fixmap",
      [VM_AREA_VSYSCALL] = "vsyscall",
      [VM_AREA_PCI_IO] = "pci-io",
  };
  return names[area];
}

const char *
vm_kernel_rule_name (enum vm_kernel_rule rule)
{
  static const char *const names[] = {
      [VM_RULE_LINEAR] = "linear",         [VM_RULE_TEXT] = "text",
      [VM_RULE_TABLES] = "tables",         [VM_RULE_PROCESS] = "process",
      [VM_RULE_NO_MEMORY] = "no-memory",   [VM_RULE_NOTHING] = "nothing",
      [VM_RULE_NO_ADDRESS] = "no-address",
  };
  return names[rule];
}

bool
vm_kernel_layout_of (const struct vm_state *s, struct vm_kernel_layout *layout)
{
  const struct vm_kernel_choice choice = {
      .geometry = (enum vm_geometry_id) s->config.geometry,
      .version = s->kernel.version,
      .memory = (uint64_t) s->config.frames << s->config.page_shift,
      .random = s->kernel.random,
      .seed = s->kernel.seed,
  };

  return vm_kernel_layout_make (layout, &choice);
}

bool
vm_kernel_address (const struct vm_state *s, vm_frame frame, vm_vaddr *va)
{
  struct vm_kernel_layout layout;
  uint64_t pa = vm_frame_start (frame, s->config.page_shift).v;

  if (!vm_kernel_layout_of (s, &layout) || pa >= layout.direct)
    return false;
  *va = vm_vaddr_of (layout.page_offset + pa);
  return true;
}

bool
vm_kernel_frame (const struct vm_state *s, vm_vaddr va, vm_frame *frame)
{
  struct vm_kernel_layout layout;
  uint64_t pa;

  if (!vm_kernel_layout_of (s, &layout)
      || va.v > layout.ranges[layout.count - 1].last
      || vm_kernel_layout_rule (&layout, va.v, &pa) != VM_RULE_LINEAR)
    return false;
  *frame = vm_paddr_frame (vm_paddr_of (pa), s->config.page_shift);
  return true;
}
