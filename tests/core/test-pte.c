/* The codecs of page-table entries: bits to meaning and back. */
#include "support.h"

#include "mmu/pte.h"

static const struct vm_geometry *
geometry (int id)
{
  return vm_geometry_of ((enum vm_geometry_id) id);
}

static uint64_t
mask_of (uint32_t high, uint32_t low)
{
  return (UINT64_C (2) << (high - low)) - 1;
}

/* What each name of a field stands for; those that are not here are ignored. */
static const struct {
  const char *name;
  size_t offset;
} meanings[] = {
    {"present", offsetof (struct vm_pte, present)},
    {"rw", offsetof (struct vm_pte, writable)},
    {"user", offsetof (struct vm_pte, user)},
    {"pwt", offsetof (struct vm_pte, write_through)},
    {"pcd", offsetof (struct vm_pte, cache_disable)},
    {"accessed", offsetof (struct vm_pte, accessed)},
    {"dirty", offsetof (struct vm_pte, dirty)},
    {"global", offsetof (struct vm_pte, global)},
    {"pat", offsetof (struct vm_pte, pat)},
    {"avl", offsetof (struct vm_pte, available)},
    {"nx", offsetof (struct vm_pte, no_execute)},
};

/* The value of a field by its name; UINT64_MAX if it has no meaning. */
static uint64_t
meaning (const struct vm_pte *pte, const char *name)
{
  for (size_t i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (g_str_equal (meanings[i].name, name))
      return *((const uint8_t *) pte + meanings[i].offset);
  return UINT64_MAX;
}

/* Calls what for each level and kind of entry that a geometry has. */
static void
for_layouts_of (const struct vm_geometry *g,
                void (*what) (const struct vm_geometry *, uint32_t, bool))
{
  for (uint32_t level = 1; level <= g->levels; level++) {
    if (level > 1)
      what (g, level, false);
    if (g->level[level].leaf)
      what (g, level, true);
  }
}

static void
for_each_layout (void (*what) (const struct vm_geometry *, uint32_t, bool))
{
  for (int id = VM_GEOMETRY_NONE + 1; id < VM_GEOMETRIES; id++)
    for_layouts_of (geometry (id), what);
}

/* The same for those whose entries have the low twelve bits of the x86. */
static void
for_each_x86_layout (void (*what) (const struct vm_geometry *, uint32_t, bool))
{
  static const enum vm_geometry_id ids[]
      = {VM_GEOMETRY_X86_32, VM_GEOMETRY_X86_64, VM_GEOMETRY_X86_64_LA57};

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    for_layouts_of (geometry ((int) ids[i]), what);
}

static void
check_tiling (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  uint32_t count;
  const struct vm_pte_field *fields = vm_pte_fields (g, level, leaf, &count);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  uint32_t next = g->entry_bytes * 8u;

  for (uint32_t i = 0; i < count; i++) {
    g_assert_cmpuint (fields[i].high + 1u, ==, next);
    g_assert_cmpuint (fields[i].low, <=, fields[i].high);
    g_assert_true (g_hash_table_add (seen, (gpointer) fields[i].name)
                   || g_str_equal (fields[i].name, "reserved"));
    g_assert_cmpuint (strlen (fields[i].label), >, 0);
    next = fields[i].low;
  }
  g_assert_cmpuint (next, ==, 0);
}

static void
test_tiling (void)
{
  for_each_layout (check_tiling);
}

static uint64_t
random_raw (const struct vm_geometry *g, uint32_t level, bool leaf,
            uint64_t *seed)
{
  uint64_t raw = random_next (seed);

  if (g->entry_bytes == 4)
    raw &= UINT32_MAX;
  if (level > 1)
    raw = leaf ? raw | 0x80 : raw & ~UINT64_C (0x80);
  return raw;
}

/* The names of the fields say what the decoder reads there. */
static void
check_names (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  uint64_t seed = level;
  uint32_t count;
  const struct vm_pte_field *fields = vm_pte_fields (g, level, leaf, &count);

  for (uint32_t round = 0; round < 2000; round++) {
    uint64_t raw = random_raw (g, level, leaf, &seed);
    struct vm_pte pte = vm_pte_decode (g, level, raw, true);
    g_assert_true (pte.leaf == leaf);
    g_assert_cmphex (pte.raw, ==, raw);
    for (uint32_t i = 0; i < count; i++) {
      uint64_t value = meaning (&pte, fields[i].name);
      uint64_t bits = raw >> fields[i].low
                      & mask_of (fields[i].high, fields[i].low);
      if (value != UINT64_MAX)
        g_assert_cmphex (value, ==, bits);
    }
  }
}

static void
test_names (void)
{
  for_each_x86_layout (check_names);
}

/* The bits that encoding keeps: all but those the processor ignores and those
 * it wants to be 0. */
static uint64_t
kept_bits (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  static const char *const lost[]
      = {"avl-high", "ignored-8", "ignored-6", "reserved", NULL};
  uint32_t count;
  const struct vm_pte_field *fields = vm_pte_fields (g, level, leaf, &count);
  uint64_t kept = 0;

  for (uint32_t i = 0; i < count; i++)
    if (!g_strv_contains (lost, fields[i].name))
      kept |= mask_of (fields[i].high, fields[i].low) << fields[i].low;
  return kept;
}

static void
check_bits_round_trip (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  uint64_t seed = 10 + level;
  uint64_t kept = kept_bits (g, level, leaf);

  for (uint32_t i = 0; i < 20000; i++) {
    uint64_t raw = random_raw (g, level, leaf, &seed);
    struct vm_pte pte = vm_pte_decode (g, level, raw, i % 2);
    g_assert_cmphex (vm_pte_encode (g, level, &pte), ==, raw & kept);
  }
}

static void
test_bits_round_trip (void)
{
  for_each_x86_layout (check_bits_round_trip);
}

/* An entry with every field that its kind has. */
static struct vm_pte
random_pte (const struct vm_geometry *g, uint32_t level, bool leaf,
            uint64_t *seed)
{
  uint32_t pages = g->level[level].low - VM_PAGE_SHIFT;
  uint64_t bits = random_next (seed);
  struct vm_pte pte = {
      .leaf = leaf,
      .present = bits & 1,
      .writable = bits >> 1 & 1,
      .user = bits >> 2 & 1,
      .accessed = bits >> 3 & 1,
      .write_through = bits >> 4 & 1,
      .cache_disable = bits >> 5 & 1,
      .available = bits >> 6 & 7,
      .no_execute = g->has_nx && (bits >> 9 & 1),
      .dirty = leaf && (bits >> 10 & 1),
      .global = leaf && (bits >> 11 & 1),
      .pat = leaf && (bits >> 12 & 1),
      .frame = random_below (seed, vm_pte_last_frame (g, level, leaf) + 1),
  };

  if (leaf)
    pte.frame = pte.frame >> pages << pages;
  return pte;
}

static void
check_meaning_round_trip (const struct vm_geometry *g, uint32_t level,
                          bool leaf)
{
  uint64_t seed = 20 + level;

  for (uint32_t i = 0; i < 20000; i++) {
    struct vm_pte pte = random_pte (g, level, leaf, &seed);
    uint64_t raw = vm_pte_encode (g, level, &pte);
    struct vm_pte again = vm_pte_decode (g, level, raw, true);
    g_assert_cmphex (again.reserved, ==, 0);
    g_assert_cmphex (again.frame, ==, pte.frame);
    g_assert_true (again.leaf == leaf);
    for (size_t m = 0; m < G_N_ELEMENTS (meanings); m++)
      g_assert_cmpuint (meaning (&again, meanings[m].name), ==,
                        meaning (&pte, meanings[m].name));
  }
}

static void
test_meaning_round_trip (void)
{
  for_each_x86_layout (check_meaning_round_trip);
}

/* The largest frame fits, the next one does not. */
static void
check_last_frame (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  uint64_t last = vm_pte_last_frame (g, level, leaf);
  uint32_t pages = leaf ? g->level[level].low - VM_PAGE_SHIFT : 0;
  uint64_t step = UINT64_C (1) << pages;
  struct vm_pte pte = {.present = 1, .leaf = leaf};

  pte.frame = last >> pages << pages;
  struct vm_pte again
      = vm_pte_decode (g, level, vm_pte_encode (g, level, &pte), true);
  g_assert_cmphex (again.frame, ==, pte.frame);
  pte.frame += step;
  again = vm_pte_decode (g, level, vm_pte_encode (g, level, &pte), true);
  g_assert_cmphex (again.frame, !=, pte.frame);
}

static void
test_last_frame (void)
{
  for_each_layout (check_last_frame);
}

/* Entries worked out by hand from the figures of the manual. */
static const struct {
  enum vm_geometry_id geometry;
  uint32_t level;
  bool nx;
  uint64_t raw, frame, reserved;
  bool leaf, writable, user, no_execute, dirty;
} known[] = {
    {VM_GEOMETRY_X86_32, 1, false, 0x44332211, 0x44332, 0, true, false, false,
     false, false},
    {VM_GEOMETRY_X86_32, 1, false, 0xffffffff, 0xfffff, 0, true, true, true,
     false, true},
    {VM_GEOMETRY_X86_32, 2, false, 0x00123067, 0x123, 0, false, true, true,
     false, false},
    {VM_GEOMETRY_X86_32, 2, false, 0xffc000e3, 0xffc00, 0, true, true, false,
     false, true},
    {VM_GEOMETRY_X86_32, 2, false, 0x00402087, 0x100400, 0, true, true, true,
     false, false},
    {VM_GEOMETRY_X86_32, 2, false, 0x00200081, 0, 1 << 21, true, false, false,
     false, false},
    {VM_GEOMETRY_X86_32, 2, false, 0x001fe081, 0xff00000, 0, true, false, false,
     false, false},
    {VM_GEOMETRY_X86_64, 1, true, UINT64_C (0x8000000012345067), 0x12345, 0,
     true, true, true, true, true},
    {VM_GEOMETRY_X86_64, 1, false, UINT64_C (0x8000000012345001), 0x12345,
     UINT64_C (1) << 63, true, false, false, true, false},
    {VM_GEOMETRY_X86_64, 1, true, UINT64_C (0x000fffffffffff81),
     UINT64_C (0xffffffffff), 0, true, false, false, false, false},
    {VM_GEOMETRY_X86_64, 2, true, 0x00200083, 0x200, 0, true, true, false,
     false, false},
    {VM_GEOMETRY_X86_64, 2, true, 0x003fe083, 0x200, 0x1fe000, true, true,
     false, false, false},
    {VM_GEOMETRY_X86_64, 3, true, 0x40001083, 0x40000, 0, true, true, false,
     false, false},
    {VM_GEOMETRY_X86_64, 3, true, 0x60002083, 0x40000, 0x20002000, true, true,
     false, false, false},
    {VM_GEOMETRY_X86_64, 3, true, UINT64_C (0x7ff0000000000001), 0, 0, false,
     false, false, false, false},
    {VM_GEOMETRY_X86_64, 4, true, 0x00001083, 1, 0x80, false, true, false,
     false, false},
    /* PAE reserves what x86-64 leaves to software, and most of a PDPTE. */
    {VM_GEOMETRY_X86_PAE, 1, true, UINT64_C (0x8010000012345067), 0x12345,
     UINT64_C (1) << 52, true, true, true, true, true},
    {VM_GEOMETRY_X86_PAE, 3, true, 0x00005001, 5, 0, false, true, true, false,
     false},
    {VM_GEOMETRY_X86_PAE, 3, true, 0x00005027, 5, 0x26, false, true, true,
     false, false},
    /* RISC-V: a page, W without R, a superpage out of place, a pointer that
       has A set, an upper bit; Sv32's 22 bits of frame. */
    {VM_GEOMETRY_SV39, 1, true, UINT64_C (0x048d14df), 0x12345, 0, true, true,
     true, false, true},
    {VM_GEOMETRY_SV39, 1, true, 0x405, 1, 4, true, true, false, true, false},
    {VM_GEOMETRY_SV39, 2, true, 0x403, 1, 0x400, true, false, false, true,
     false},
    {VM_GEOMETRY_SV39, 2, true, 0x441, 1, 0x40, false, true, true, false,
     false},
    {VM_GEOMETRY_SV57, 5, true, UINT64_C (0x0040000000000403), 1,
     UINT64_C (0x0040000000000400), true, false, false, true, false},
    {VM_GEOMETRY_SV32, 1, true, 0xfffffc0b, 0x3fffff, 0, true, false, false,
     false, false},
    /* AArch64: a page for user mode, read-only; a block; a table that forbids
       writes below it. */
    {VM_GEOMETRY_AARCH64, 1, true, UINT64_C (0x00200000123457c3), 0x12345, 0,
     true, false, true, false, true},
    {VM_GEOMETRY_AARCH64, 2, true, UINT64_C (0x0040000000201701), 0x200, 0,
     true, true, false, true, true},
    {VM_GEOMETRY_AARCH64, 4, true, UINT64_C (0x4000000000003003), 3, 0, false,
     false, true, false, false},
};

static void
test_known (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (known); i++) {
    struct vm_pte pte = vm_pte_decode (geometry ((int) known[i].geometry),
                                       known[i].level, known[i].raw,
                                       known[i].nx);
    g_assert_true (pte.present);
    g_assert_cmphex (pte.frame, ==, known[i].frame);
    g_assert_cmphex (pte.reserved, ==, known[i].reserved);
    g_assert_true (pte.leaf == known[i].leaf);
    g_assert_true (pte.writable == known[i].writable);
    g_assert_true (pte.user == known[i].user);
    g_assert_true (pte.no_execute == known[i].no_execute);
    g_assert_true (pte.dirty == known[i].dirty);
  }
}

/* A bit in a field called reserved is reserved, and no other; NX is, too, where
 * it is switched off, and so is PS where no page can be. */
static void
check_reserved (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  uint32_t count;
  const struct vm_pte_field *fields = vm_pte_fields (g, level, leaf, &count);
  uint64_t base = 1 | (leaf && level > 1 ? 1 << 7 : 0);

  for (uint32_t i = 0; i < count; i++) {
    bool ps = g_str_equal (fields[i].name, "ps");
    bool nx = g_str_equal (fields[i].name, "nx");
    for (uint32_t n = fields[i].low; n <= fields[i].high; n++) {
      uint64_t one = UINT64_C (1) << n;
      bool reserved = g_str_equal (fields[i].name, "reserved");
      if (ps && !leaf && g->level[level].leaf)
        continue; /* it would be another kind of entry */
      reserved |= ps && !leaf;
      g_assert_cmphex (vm_pte_decode (g, level, base | one, true).reserved, ==,
                       reserved ? one : 0);
      g_assert_cmphex (vm_pte_decode (g, level, base | one, false).reserved, ==,
                       reserved || nx ? one : 0);
    }
  }
}

static void
test_reserved (void)
{
  for_each_x86_layout (check_reserved);
}

/* A and D are where the fields say. */
static void
check_flag_bits (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  uint64_t base = leaf && level > 1 ? 1 << 7 : 0;
  struct vm_pte accessed
      = vm_pte_decode (g, level, base | vm_pte_accessed_bit (g), true);
  struct vm_pte dirty
      = vm_pte_decode (g, level, base | vm_pte_dirty_bit (g), true);

  g_assert_true (accessed.accessed && !accessed.dirty);
  g_assert_true (dirty.dirty == leaf && !dirty.accessed);
}

static void
test_flag_bits (void)
{
  for_each_x86_layout (check_flag_bits);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pte/tiling", test_tiling);
  g_test_add_func ("/pte/names", test_names);
  g_test_add_func ("/pte/bits-round-trip", test_bits_round_trip);
  g_test_add_func ("/pte/meaning-round-trip", test_meaning_round_trip);
  g_test_add_func ("/pte/last-frame", test_last_frame);
  g_test_add_func ("/pte/known", test_known);
  g_test_add_func ("/pte/reserved", test_reserved);
  g_test_add_func ("/pte/flag-bits", test_flag_bits);
  return g_test_run ();
}
