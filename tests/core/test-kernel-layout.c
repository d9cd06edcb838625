/* Layouts of the kernel's half against the kernel's documentation, against what
 * kernels said when they booted, and against themselves. */
#include "mm/kernel_layout.h"

#include <glib.h>

#include "machine/machine.h"

#define MIB (UINT64_C (1) << 20)
#define GIB (UINT64_C (1) << 30)

static struct vm_kernel_layout
make (enum vm_geometry_id geometry, uint32_t version, uint64_t memory)
{
  const struct vm_kernel_choice choice
      = {.geometry = geometry, .version = version, .memory = memory};
  struct vm_kernel_layout layout;

  g_assert_true (vm_kernel_layout_make (&layout, &choice));
  return layout;
}

/* The first or the last range of an area. */
static const struct vm_kernel_range *
range_of (const struct vm_kernel_layout *layout, enum vm_kernel_area area)
{
  for (uint32_t i = 0; i < layout->count; i++)
    if (layout->ranges[i].area == area)
      return &layout->ranges[i];
  g_assert_not_reached ();
}

/* Boot messages of 32-bit kernels ("virtual kernel memory layout"): memory,
 * what they print of vmalloc, pkmap and lowmem; ends are exclusive there. */
static const struct {
  enum vm_geometry_id geometry;
  uint32_t version;
  uint64_t memory, vmalloc, vmalloc_end, pkmap, pkmap_end, lowmem_end;
} boots[] = {
    {VM_GEOMETRY_X86_32, VM_KERNEL (2, 6), 1048320 * 1024, 0xf8800000,
     0xff7fe000, 0xff800000, 0xffc00000, 0xf8000000},
    {VM_GEOMETRY_X86_32, VM_KERNEL (2, 6), 0x0efc0000, 0xcf800000, 0xff7fe000,
     0xff800000, 0xffc00000, 0xcefc0000},
    {VM_GEOMETRY_X86_32, VM_KERNEL (2, 6), 0x0fff0000, 0xd0800000, 0xff7fe000,
     0xff800000, 0xffc00000, 0xcfff0000},
    {VM_GEOMETRY_X86_32, VM_KERNEL (4, 3), 3 * GIB, 0xf7bfe000, 0xff3fe000,
     0xff400000, 0xff800000, 0xf73fe000},
};

static void
test_boot_messages (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (boots); i++) {
    struct vm_kernel_layout layout
        = make (boots[i].geometry, boots[i].version, boots[i].memory);
    g_assert_cmphex (layout.vmalloc_start, ==, boots[i].vmalloc);
    g_assert_cmphex (layout.vmalloc_end, ==, boots[i].vmalloc_end);
    g_assert_cmphex (layout.pkmap_base, ==, boots[i].pkmap);
    g_assert_cmphex (layout.pkmap_base + layout.pkmap_slots * 4096u, ==,
                     boots[i].pkmap_end);
    g_assert_cmphex (layout.page_offset + layout.direct, ==,
                     boots[i].lowmem_end);
    g_assert_cmphex (range_of (&layout, VM_AREA_VMALLOC)->first, ==,
                     boots[i].vmalloc);
  }
}

/* With PAE: half as many windows, below a multiple of 2 MiB. */
static void
test_pae (void)
{
  struct vm_kernel_layout layout
      = make (VM_GEOMETRY_X86_PAE, VM_KERNEL (2, 6), 8 * GIB);

  g_assert_cmpuint (layout.pkmap_slots, ==, 512);
  g_assert_cmphex (layout.pkmap_base, ==, 0xffc00000);
  g_assert_cmphex (layout.vmalloc_end, ==, 0xffbfe000);
  g_assert_cmphex (layout.direct, ==, 896 * MIB);
  g_assert_cmphex (layout.fixmap_top, ==, 0xfffff000);
}

/* Every address belongs to exactly one range. */
static void
check_whole (const struct vm_kernel_layout *layout)
{
  const struct vm_geometry *g = vm_geometry_of (layout->choice.geometry);
  uint64_t next = 0;

  for (uint32_t i = 0; i < layout->count; i++) {
    const struct vm_kernel_range *range = &layout->ranges[i];
    bool canonical = vm_geometry_canonical (g, vm_vaddr_of (range->first))
                     && vm_geometry_canonical (g, vm_vaddr_of (range->last));
    g_assert_cmphex (range->first, ==, next);
    g_assert_cmphex (range->last, >=, range->first);
    g_assert_true (canonical == (range->area != VM_AREA_NON_CANONICAL));
    g_assert_true (vm_kernel_layout_find (layout, range->first) == range);
    g_assert_true (vm_kernel_layout_find (layout, range->last) == range);
    next = range->last + 1;
  }
  g_assert_cmphex (next - 1, ==, vm_geometry_last_address (g));
}

static void
test_whole (void)
{
  uint32_t version;

  for (int id = VM_GEOMETRY_X86_32; id < VM_GEOMETRIES; id++)
    for (uint32_t n = 0;
         (version = vm_kernel_layout_version ((enum vm_geometry_id) id, n))
         != 0;
         n++) {
      struct vm_kernel_layout layout
          = make ((enum vm_geometry_id) id, version, 2 * GIB);
      g_assert_cmpuint (layout.since, ==, version);
      check_whole (&layout);
    }
}

/* Bases that were drawn: apart, in order, at multiples of 1 GiB, below the
 * cpu_entry_area; the image in memory and in its range. */
static void
check_drawn (enum vm_geometry_id geometry, uint64_t seed)
{
  const struct vm_kernel_choice choice
      = {.geometry = geometry, .memory = 4 * GIB, .random = true, .seed = seed};
  struct vm_kernel_layout layout;
  uint64_t pa;

  g_assert_true (vm_kernel_layout_make (&layout, &choice));
  check_whole (&layout);
  g_assert_cmpuint (layout.page_offset % GIB, ==, 0);
  g_assert_cmpuint (layout.vmalloc_start % GIB, ==, 0);
  g_assert_cmpuint (layout.vmemmap % GIB, ==, 0);
  g_assert_cmphex (layout.vmalloc_start, >, layout.page_offset + 4 * GIB);
  g_assert_cmphex (layout.vmemmap, >, layout.vmalloc_end);
  g_assert_cmphex (layout.vmemmap + 4 * GIB / 4096 * VM_STRUCT_PAGE, <=,
                   layout.cpu_entry);
  g_assert_cmpuint (layout.image % (2 * MIB), ==, 0);
  g_assert_cmpuint (layout.phys_base % (2 * MIB), ==, 0);
  g_assert_cmpuint (layout.image + layout.image_bytes, <=, 4 * GIB);
  g_assert_cmpuint (vm_kernel_layout_rule (&layout, layout.text + 0x123, &pa),
                    ==, VM_RULE_TEXT);
  g_assert_cmphex (pa, ==, layout.image + 0x123);
}

static void
test_random (void)
{
  for (uint64_t seed = 0; seed < 500; seed++) {
    check_drawn (VM_GEOMETRY_X86_64, seed);
    check_drawn (VM_GEOMETRY_X86_64_LA57, seed);
  }
}

/* What is not written down is refused, never guessed. */
static void
test_unknown (void)
{
  static const struct vm_kernel_choice choices[] = {
      {.geometry = VM_GEOMETRY_SV32, .memory = GIB},
      {.geometry = VM_GEOMETRY_TOY, .memory = GIB},
      {VM_GEOMETRY_X86_32, VM_KERNEL (5, 10), GIB, false, 0},
      {VM_GEOMETRY_X86_32, VM_KERNEL (3, 2), GIB, false, 0},
      {VM_GEOMETRY_X86_64_LA57, VM_KERNEL (4, 14), GIB, false, 0},
      {VM_GEOMETRY_AARCH64, VM_KERNEL (6, 9), GIB, false, 0},
      {VM_GEOMETRY_SV39, VM_KERNEL (6, 6), GIB, false, 0},
      {VM_GEOMETRY_X86_64, VM_KERNEL (4, 19), GIB, true, 1},
      {VM_GEOMETRY_X86_PAE, 0, GIB, true, 1},
      {VM_GEOMETRY_SV48, 0, GIB, true, 1},
      {VM_GEOMETRY_X86_64, 0, MIB, true, 1},
  };
  struct vm_kernel_layout layout;

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    g_assert_false (vm_kernel_layout_make (&layout, &choices[i]));
}

/* The module's three addresses. */
static void
test_module (void)
{
  struct vm_kernel_layout layout = make (VM_GEOMETRY_X86_32, 0, GIB);
  uint64_t pa;

  g_assert_cmpuint (vm_kernel_layout_rule (&layout, 0xf3211000, &pa), ==,
                    VM_RULE_LINEAR);
  g_assert_cmphex (pa, ==, 0x33211000);
  g_assert_cmpuint (vm_kernel_layout_rule (&layout, 0xd581e700, &pa), ==,
                    VM_RULE_LINEAR);
  g_assert_cmphex (pa, ==, 0x1581e700);
  g_assert_cmpuint (vm_kernel_layout_find (&layout, 0xf9251000)->area, ==,
                    VM_AREA_VMALLOC);
  g_assert_cmpuint (vm_kernel_layout_rule (&layout, 0xf9251000, &pa), ==,
                    VM_RULE_TABLES);
  g_assert_cmpuint (vm_kernel_layout_rule (&layout, 0xf8000000, &pa), ==,
                    VM_RULE_NOTHING);
  g_assert_cmpuint (vm_kernel_layout_rule (&layout, 0x08048000, &pa), ==,
                    VM_RULE_PROCESS);
}

static void
test_rules (void)
{
  struct vm_kernel_layout layout = make (VM_GEOMETRY_X86_64, 0, GIB);
  uint64_t pa;

  g_assert_cmpuint (
      vm_kernel_layout_rule (&layout, 0xffff888000000000 + GIB - 1, &pa), ==,
      VM_RULE_LINEAR);
  g_assert_cmphex (pa, ==, GIB - 1);
  g_assert_cmpuint (
      vm_kernel_layout_rule (&layout, 0xffff888000000000 + GIB, &pa), ==,
      VM_RULE_NO_MEMORY);
  g_assert_cmpuint (vm_kernel_layout_rule (&layout, 0xffffffff81000000, &pa),
                    ==, VM_RULE_TEXT);
  g_assert_cmphex (pa, ==, 0x1000000);
  g_assert_cmpuint (vm_kernel_layout_rule (&layout, 0xffffffff80000000, &pa),
                    ==, VM_RULE_NOTHING);
  g_assert_cmpuint (vm_kernel_layout_rule (&layout, 0x800000000000, &pa), ==,
                    VM_RULE_NO_ADDRESS);
}

/* Struct pages: one of 64 bytes for each frame of memory, and none behind. */
static void
test_struct_pages (void)
{
  struct vm_kernel_layout layout = make (VM_GEOMETRY_X86_64, 0, GIB);
  const uint64_t base = UINT64_C (0xffffea0000000000);
  vm_frame frame;

  g_assert_true (vm_kernel_layout_page (&layout, base, &frame));
  g_assert_cmphex (frame.v, ==, 0);
  g_assert_true (
      vm_kernel_layout_page (&layout, base + 0x2b * 64 + 63, &frame));
  g_assert_cmphex (frame.v, ==, 0x2b);
  g_assert_true (
      vm_kernel_layout_page (&layout, base + (0x40000 - 1) * 64, &frame));
  g_assert_cmphex (frame.v, ==, 0x3ffff);
  g_assert_false (vm_kernel_layout_page (&layout, base + 0x40000 * 64, &frame));
  g_assert_false (vm_kernel_layout_page (&layout, base - 1, &frame));
  layout = make (VM_GEOMETRY_X86_32, 0, GIB);
  g_assert_false (vm_kernel_layout_page (&layout, 0, &frame));
}

/* Frames of a machine have addresses as far as the direct map reaches. */
static void
test_frames (void)
{
  struct vm_machine *machine = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (machine);
  vm_frame frame;
  vm_vaddr va;

  g_assert_true (
      vm_machine_do_line (machine, "machine geometry=x86-32 memory=1G", NULL));
  g_assert_true (vm_kernel_address (s, vm_frame_of (0x33211), &va));
  g_assert_cmphex (va.v, ==, 0xf3211000);
  g_assert_false (vm_kernel_address (s, vm_frame_of (0x38000), &va));
  g_assert_true (vm_kernel_frame (s, vm_vaddr_of (0xd581e700), &frame));
  g_assert_cmphex (frame.v, ==, 0x1581e);
  g_assert_false (vm_kernel_frame (s, vm_vaddr_of (0xf9251000), &frame));
  g_assert_false (vm_kernel_frame (s, vm_vaddr_of (UINT64_MAX), &frame));
  vm_machine_free (machine);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kernel-layout/boot-messages", test_boot_messages);
  g_test_add_func ("/kernel-layout/pae", test_pae);
  g_test_add_func ("/kernel-layout/whole", test_whole);
  g_test_add_func ("/kernel-layout/random", test_random);
  g_test_add_func ("/kernel-layout/unknown", test_unknown);
  g_test_add_func ("/kernel-layout/struct-pages", test_struct_pages);
  g_test_add_func ("/kernel-layout/module", test_module);
  g_test_add_func ("/kernel-layout/rules", test_rules);
  g_test_add_func ("/kernel-layout/frames", test_frames);
  return g_test_run ();
}
