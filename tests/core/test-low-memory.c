/* Every layout that is written down as a machine, and low memory that ends
 * where the kernel's own addresses begin. */
#include "support.h"

#include <inttypes.h>

#include "mm/buddy.h"
#include "mm/kernel.h"
#include "mm/low_memory.h"

/* The names of versions in the operation `kernel`. */
static const struct {
  uint32_t version;
  const char *name;
} versions[] = {
    {VM_KERNEL (2, 6), "2.6"},   {VM_KERNEL (3, 16), "3.16"},
    {VM_KERNEL (4, 0), "4.0"},   {VM_KERNEL (4, 15), "4.15"},
    {VM_KERNEL (4, 20), "4.20"}, {VM_KERNEL (6, 5), "6.5"},
    {VM_KERNEL (6, 7), "6.7"},
};

static const char *
name_of (uint32_t version)
{
  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    if (versions[i].version == version)
      return versions[i].name;
  g_assert_not_reached ();
}

/* What the direct map's entries map, as `kernel` wrote them: bytes without a
 * gap from PAGE_OFFSET on, to physical addresses from 0 on. */
static uint64_t
mapped_bytes (const struct vm_machine *m, const struct vm_result *result,
              uint64_t page_offset)
{
  uint64_t bytes = 0;

  for (uint64_t n = result->first_step; n < result->end_step; n++) {
    const struct vm_step *step = vm_machine_step (m, n);
    if (step->kind != VM_STEP_KERNEL_MAPS
        || step->values[VM_V_KERNEL_MAPS_AREA] != VM_AREA_DIRECT)
      continue;
    g_assert_cmphex (step->values[VM_V_KERNEL_MAPS_VA], ==,
                     page_offset + bytes);
    g_assert_cmphex (step->values[VM_V_KERNEL_MAPS_FRAME] << 12, ==, bytes);
    bytes += step->values[VM_V_KERNEL_MAPS_COUNT]
             * step->values[VM_V_KERNEL_MAPS_SIZE];
  }
  return bytes;
}

/* A machine of one layout: its direct map is the layout's, to the byte, in its
 * steps and in its tables. */
static void
build_one (enum vm_geometry_id id, uint32_t version, const char *memory,
           const char *more)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);
  struct vm_kernel_layout l;
  vm_paddr pa;

  run (m, "machine geometry=%s memory=%s %s", vm_geometry_of (id)->name, memory,
       more);
  const struct vm_kernel_choice choice
      = {.geometry = id,
         .version = version,
         .memory = (uint64_t) s->config.frames << s->config.page_shift};
  g_assert_true (vm_kernel_layout_make (&l, &choice));
  const struct vm_result *result
      = run (m, "kernel version=%s", name_of (version));
  g_assert_cmphex (mapped_bytes (m, result, l.page_offset), ==, l.direct);
  for (uint64_t at = 0; at < l.direct; at += l.direct / 61) {
    g_assert_true (vm_kernel_walk (s, vm_vaddr_of (l.page_offset + at), &pa));
    g_assert_cmphex (pa.v, ==, at);
  }
  g_assert_true (
      vm_kernel_walk (s, vm_vaddr_of (l.page_offset + l.direct - 1), &pa));
  g_assert_false (
      vm_kernel_walk (s, vm_vaddr_of (l.page_offset + l.direct), &pa));
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Each version that each geometry has, with the allocators there are. */
static void
test_layouts (gconstpointer data)
{
  enum vm_geometry_id id = (enum vm_geometry_id) GPOINTER_TO_UINT (data);
  bool narrow = vm_geometry_of (id)->word_bits == 32;
  uint32_t version, count = 0;

  for (; (version = vm_kernel_layout_version (id, count)) != 0; count++) {
    build_one (id, version, "64M", "");
    build_one (id, version, narrow ? "1G" : "200M", "zones=on");
    build_one (id, version, narrow ? "890M" : "128M", "buddy=on");
    if (narrow)
      build_one (id, version, "2G", "buddy=on windows=pc");
  }
  g_assert_cmpuint (count, >, 0);
}

/* Where low memory ends: with 2.6 at 896 MiB, with 4.0 where vmalloc and all
 * above it leave 128 MiB. */
static void
test_end (void)
{
  static const struct {
    enum vm_geometry_id id;
    uint32_t version;
    uint64_t end;
  } cases[] = {
      {VM_GEOMETRY_X86_32, 0, 896 << 20},
      {VM_GEOMETRY_X86_32, VM_KERNEL (2, 6), 896 << 20},
      {VM_GEOMETRY_X86_32, VM_KERNEL (4, 0), 0x373fe000},
      {VM_GEOMETRY_X86_PAE, VM_KERNEL (2, 6), 896 << 20},
      {VM_GEOMETRY_X86_PAE, VM_KERNEL (4, 9), 0x375fe000},
      {VM_GEOMETRY_X86_32, VM_KERNEL (9, 0), 896 << 20},
      {VM_GEOMETRY_SV32, 0, UINT64_MAX},
      {VM_GEOMETRY_X86_64, VM_KERNEL (4, 0), UINT64_MAX},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmphex (vm_kernel_low_memory (cases[i].id, cases[i].version), ==,
                     cases[i].end);
}

/* As the kernel is built, blocks behind the new end become high memory; no
 * frame is lost, and going back gives them back. */
static void
test_border (void)
{
  const uint32_t low = 0x373fe, old = 896 << 8;
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=x86-32 memory=1G buddy=on");
  uint64_t before = vm_machine_step_count (m);
  uint64_t hash = vm_state_hash (vm_machine_tape (m));
  g_assert_cmpuint (vm_buddy_free (s, VM_ZONE_HIGHMEM), ==, 0x40000 - old);
  g_assert_cmpint (vm_zone_of (s, low), ==, VM_ZONE_NORMAL);
  run (m, "kernel version=4.0");
  g_assert_cmpuint (vm_buddy_free (s, VM_ZONE_HIGHMEM), ==, 0x40000 - low);
  g_assert_cmpint (vm_zone_of (s, low), ==, VM_ZONE_HIGHMEM);
  g_assert_cmpint (vm_zone_of (s, low - 1), ==, VM_ZONE_NORMAL);
  assert_holds (m, VM_CHECK_ALL);

  /* Pages of processes lie behind it; the kernel's own never do. */
  uint64_t pa = run (m, "get_pages gfp=GFP_HIGHUSER")->translation.pa.v;
  g_assert_cmphex (pa >> 12, ==, low);
  g_assert_cmphex (run (m, "kmap frame=%u", low)->value, ==, 0xff401000);
  for (int i = 0; i < 40; i++)
    g_assert_cmphex (run (m, "get_pages order=10")->value, <, 0xf73fe000);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_true (vm_machine_seek (m, before));
  g_assert_cmphex (vm_state_hash (vm_machine_tape (m)), ==, hash);
  vm_machine_free (m);
}

/* A device among the frames that become high memory: those round it do. */
static void
test_device (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=x86-32 memory=1G buddy=on windows=pc");
  run (m, "window name=card kind=device start=0x37801000 size=0x3000");
  uint64_t free = vm_buddy_free (s, VM_ZONE_HIGHMEM);
  run (m, "kernel version=4.0");
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmpuint (vm_buddy_free (s, VM_ZONE_HIGHMEM), ==,
                    free + (896 << 8) - 0x373fe - 3);
  g_assert_cmpstr (vm_zone_name (vm_zone_of (s, 0x37801)), ==, "HighMem");
  vm_machine_free (m);
}

/* Without blocks: the lowest frame of high memory is the first one behind the
 * end; and where nobody minds zones, nothing moves. */
static void
test_lowest (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=x86-pae memory=1G zones=on");
  run (m, "kernel version=4.0");
  run (m, "process name=A layout=linux");
  run (m, "mmap process=A va=0x40000000 length=4K fixed=on populate=on");
  g_assert_cmphex (run (m, "access process=A va=0x40000000")->translation.pa.v,
                   ==, 0x375fe000);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);

  m = vm_machine_new ();
  s = vm_machine_state (m);
  run (m, "machine geometry=x86-pae memory=1G");
  uint32_t hint = s->zone_hints[VM_ZONE_HIGHMEM];
  run (m, "kernel version=4.0");
  g_assert_cmpuint (s->zone_hints[VM_ZONE_HIGHMEM], ==, hint);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* What the kernel was given there already would lose its address. */
static void
test_given (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-32 memory=1G buddy=on");
  uint64_t found = 0;
  for (int i = 0; i < 221 && found < 0xf73fe000; i++)
    found = run (m, "get_pages order=10")->value;
  g_assert_cmphex (found, >, 0xf73fe000 - (4 << 20));
  struct vm_error error = refused (m, VM_ERROR_IN_USE, "kernel version=4.0");
  g_assert_cmphex (error.value, >=, 0x373fe000);
  vm_machine_free (m);
}

/* The image takes its place before anything else does, whoever allocates. */
static void
test_image_first (void)
{
  static const char *const machines[] = {
      "geometry=x86-64 memory=64M buddy=on",
      "geometry=x86-64 memory=64M zones=on kernel-half=shared",
      "geometry=x86-64-la57 memory=1G buddy=on kpti=on cpus=2",
      "geometry=x86-pae memory=64M buddy=on kernel-half=shared",
      "geometry=sv48 memory=64M buddy=on",
      "geometry=aarch64 memory=64M buddy=on",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (machines); i++) {
    struct vm_machine *m = vm_machine_new ();
    const struct vm_state *s = vm_machine_state (m);
    struct vm_kernel_layout l;
    run (m, "machine %s", machines[i]);
    run (m, "kernel");
    g_assert_true (vm_kernel_layout_of (s, &l));
    uint32_t first = (uint32_t) (l.image >> 12);
    for (uint32_t f = first; f < first + (l.image_bytes >> 12); f++)
      g_assert_cmpuint (s->frames[f].role, ==, VM_FRAME_KERNEL);
    g_assert_cmpuint (s->config.kernel_root - first, >=, l.image_bytes >> 12);
    run (m, "process name=A");
    assert_holds (m, VM_CHECK_ALL);
    vm_machine_free (m);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint id = 0; id < VM_GEOMETRIES; id++) {
    if (vm_kernel_layout_version ((enum vm_geometry_id) id, 0) == 0)
      continue;
    g_autofree char *path
        = g_strdup_printf ("/low-memory/layouts/%s",
                           vm_geometry_of ((enum vm_geometry_id) id)->name);
    g_test_add_data_func (path, GUINT_TO_POINTER (id), test_layouts);
  }
  g_test_add_func ("/low-memory/end", test_end);
  g_test_add_func ("/low-memory/border", test_border);
  g_test_add_func ("/low-memory/device", test_device);
  g_test_add_func ("/low-memory/lowest", test_lowest);
  g_test_add_func ("/low-memory/given", test_given);
  g_test_add_func ("/low-memory/image-first", test_image_first);
  return g_test_run ();
}
