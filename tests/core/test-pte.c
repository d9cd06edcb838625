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

/* What each name of a field stands for; those that are not here mean nothing
 * to the walk. */
static const struct {
  const char *name;
  size_t offset;
  bool inverted;   /* the bit forbids what the meaning allows, or the reverse */
  bool pages_only; /* an entry that leads to a table says nothing by it */
} meanings[] = {
    {"present", offsetof (struct vm_pte, present), false, false},
    {"rw", offsetof (struct vm_pte, writable), false, false},
    {"pwt", offsetof (struct vm_pte, write_through), false, false},
    {"pcd", offsetof (struct vm_pte, cache_disable), false, false},
    {"pat", offsetof (struct vm_pte, pat), false, false},
    {"avl", offsetof (struct vm_pte, available), false, false},
    {"nx", offsetof (struct vm_pte, no_execute), false, false},
    /* RISC-V */
    {"valid", offsetof (struct vm_pte, present), false, false},
    {"read", offsetof (struct vm_pte, readable), false, true},
    {"write", offsetof (struct vm_pte, writable), false, true},
    {"execute", offsetof (struct vm_pte, no_execute), true, true},
    {"rsw", offsetof (struct vm_pte, available), false, false},
    /* AArch64 */
    {"ap1", offsetof (struct vm_pte, user), false, false},
    {"ap2", offsetof (struct vm_pte, writable), true, false},
    {"af", offsetof (struct vm_pte, accessed), false, false},
    {"ng", offsetof (struct vm_pte, global), true, false},
    {"uxn", offsetof (struct vm_pte, no_execute), false, false},
    {"pxn", offsetof (struct vm_pte, kernel_no_execute), false, false},
    {"ap-table0", offsetof (struct vm_pte, user), true, false},
    {"ap-table1", offsetof (struct vm_pte, writable), true, false},
    {"uxn-table", offsetof (struct vm_pte, no_execute), false, false},
    {"pxn-table", offsetof (struct vm_pte, kernel_no_execute), false, false},
    /* Several of them */
    {"global", offsetof (struct vm_pte, global), false, false},
    {"user", offsetof (struct vm_pte, user), false, false},
    {"accessed", offsetof (struct vm_pte, accessed), false, false},
    {"dirty", offsetof (struct vm_pte, dirty), false, false},
};

/* Bits of an entry of RISC-V that are reserved where it leads to a table. */
static bool
is_of_pages (const struct vm_geometry *g, const char *name)
{
  static const char *const names[] = {"user", "accessed", "dirty", NULL};

  return g->family == VM_FAMILY_RISCV && g_strv_contains (names, name);
}

/* The value of a field by its name; UINT64_MAX if it has no meaning. */
static uint64_t
meaning (const struct vm_geometry *g, const struct vm_pte *pte,
         const char *name)
{
  if (!pte->leaf && is_of_pages (g, name))
    return UINT64_MAX;
  for (size_t i = 0; i < G_N_ELEMENTS (meanings); i++) {
    if (!g_str_equal (meanings[i].name, name))
      continue;
    uint8_t value = *((const uint8_t *) pte + meanings[i].offset);
    if (meanings[i].pages_only && !pte->leaf)
      return UINT64_MAX;
    return meanings[i].inverted ? !value : value;
  }
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

/* Bits that make an entry one that maps a page, or one that leads on. */
static uint64_t
of_kind (const struct vm_geometry *g, uint32_t level, bool leaf, uint64_t raw)
{
  switch (g->family) {
  case VM_FAMILY_X86:
    if (level > 1)
      raw = leaf ? raw | 0x80 : raw & ~UINT64_C (0x80);
    return raw;
  case VM_FAMILY_RISCV:
    if (leaf)
      return raw & 0xe ? raw : raw | 2;
    return raw & ~UINT64_C (0xe);
  case VM_FAMILY_ARM:
    if (!leaf)
      return raw | 3;
    return level == 1 ? raw | 2 : raw & ~UINT64_C (2);
  }
  return raw;
}

static uint64_t
random_raw (const struct vm_geometry *g, uint32_t level, bool leaf,
            uint64_t *seed)
{
  uint64_t raw = random_next (seed);

  if (g->entry_bytes == 4)
    raw &= UINT32_MAX;
  return of_kind (g, level, leaf, raw);
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
      uint64_t value = meaning (g, &pte, fields[i].name);
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
  for_each_layout (check_names);
}

/* The bits that encoding keeps: all but those the processor ignores and those
 * it wants to be 0. */
static uint64_t
kept_bits (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  static const char *const lost[]
      = {"avl-high",  "ignored-8",  "ignored-6",  "reserved", "n",
         "pbmt",      "sw",         "contiguous", "dbm",      "res0",
         "res0-low",  "sh",         "ns",         "attr",     "ns-table",
         "ignored-2", "ignored-51", "ignored-59", NULL};
  uint32_t count;
  const struct vm_pte_field *fields = vm_pte_fields (g, level, leaf, &count);
  uint64_t kept = 0;

  for (uint32_t i = 0; i < count; i++)
    if (!g_strv_contains (lost, fields[i].name)
        && (leaf || !is_of_pages (g, fields[i].name)))
      kept |= mask_of (fields[i].high, fields[i].low) << fields[i].low;
  return kept;
}

/* What encoding an entry comes to: the bits kept, and what every page of
 * AArch64 has; nothing, if that is not present. */
static uint64_t
expected_bits (const struct vm_geometry *g, const struct vm_pte *pte,
               uint64_t kept)
{
  if (g->family != VM_FAMILY_ARM)
    return kept;
  if (!pte->present)
    return 0;
  return pte->leaf ? kept | 3 << 8 : kept;
}

static void
check_bits_round_trip (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  uint64_t seed = 10 + level;
  uint64_t kept = kept_bits (g, level, leaf);

  for (uint32_t i = 0; i < 20000; i++) {
    uint64_t raw = random_raw (g, level, leaf, &seed);
    struct vm_pte pte = vm_pte_decode (g, level, raw, i % 2);
    g_assert_cmphex (vm_pte_encode (g, level, &pte), ==,
                     expected_bits (g, &pte, raw & kept));
  }
}

static void
test_bits_round_trip (void)
{
  for_each_layout (check_bits_round_trip);
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
      .present = g->family == VM_FAMILY_ARM || (bits & 1),
      .readable = 1,
      .writable = bits >> 1 & 1,
      .user = bits >> 2 & 1,
      .accessed = bits >> 3 & 1,
      .write_through = bits >> 4 & 1,
      .cache_disable = bits >> 5 & 1,
      .available = bits >> 6 & (g->family == VM_FAMILY_RISCV ? 3 : 7),
      .no_execute = g->has_nx && (bits >> 9 & 1),
      .dirty = leaf && (bits >> 10 & 1),
      .global = leaf && (bits >> 11 & 1),
      .pat = leaf && (bits >> 12 & 1),
      .kernel_no_execute = bits >> 13 & 1,
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
  uint32_t count;
  const struct vm_pte_field *fields = vm_pte_fields (g, level, leaf, &count);

  for (uint32_t i = 0; i < 20000; i++) {
    struct vm_pte pte = random_pte (g, level, leaf, &seed);
    uint64_t raw = vm_pte_encode (g, level, &pte);
    struct vm_pte again = vm_pte_decode (g, level, raw, true);
    g_assert_cmphex (again.reserved, ==, 0);
    g_assert_cmphex (again.frame, ==, pte.frame);
    g_assert_true (again.leaf == leaf);
    for (uint32_t f = 0; f < count; f++)
      g_assert_cmphex (meaning (g, &again, fields[f].name), ==,
                       meaning (g, &pte, fields[f].name));
  }
}

static void
test_meaning_round_trip (void)
{
  for_each_layout (check_meaning_round_trip);
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

/* Must this bit be 0? */
static bool
is_reserved (const struct vm_geometry *g, uint32_t level, bool leaf,
             const struct vm_pte_field *field, uint32_t bit, bool nx)
{
  if (g_str_equal (field->name, "reserved"))
    return true;
  if (g_str_equal (field->name, "nx"))
    return !nx;
  if (g_str_equal (field->name, "ps"))
    return !leaf;
  if (g->family != VM_FAMILY_RISCV)
    return false;
  if (g_str_equal (field->name, "n") || g_str_equal (field->name, "pbmt"))
    return true;
  if (g_str_equal (field->name, "frame"))
    return leaf && bit + 2 < g->level[level].low;
  return !leaf && is_of_pages (g, field->name);
}

static void
check_one_bit (const struct vm_geometry *g, uint32_t level, bool leaf,
               const struct vm_pte_field *field, uint32_t bit)
{
  uint64_t base = of_kind (g, level, leaf, 1);
  uint64_t one = UINT64_C (1) << bit;

  for (int nx = 0; nx < 2; nx++) {
    struct vm_pte pte = vm_pte_decode (g, level, base | one, nx != 0);
    if (pte.leaf != leaf)
      return; /* another kind of entry */
    bool reserved = is_reserved (g, level, leaf, field, bit, nx != 0);
    g_assert_cmphex (pte.reserved, ==, reserved ? one : 0);
  }
}

/* Each bit that must be 0 is told, and no other. */
static void
check_reserved (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  uint32_t count;
  const struct vm_pte_field *fields = vm_pte_fields (g, level, leaf, &count);

  for (uint32_t i = 0; i < count; i++)
    for (uint32_t n = fields[i].low; n <= fields[i].high; n++)
      check_one_bit (g, level, leaf, &fields[i], n);
}

static void
test_reserved (void)
{
  for_each_layout (check_reserved);
}

/* A and D are where the fields say; where the processor sets none, an entry is
 * accessed from the start, and a page of AArch64 dirty. */
static void
check_flag_bits (const struct vm_geometry *g, uint32_t level, bool leaf)
{
  bool marks = leaf
               || (g->family == VM_FAMILY_X86 && level != g->register_level);
  uint64_t base = of_kind (g, level, leaf, 1);
  struct vm_pte bare = vm_pte_decode (g, level, base, true);
  struct vm_pte accessed
      = vm_pte_decode (g, level, base | vm_pte_accessed_bit (g), true);
  struct vm_pte dirty
      = vm_pte_decode (g, level, base | vm_pte_dirty_bit (g), true);

  g_assert_true (bare.accessed == !marks);
  if (!marks)
    return;
  g_assert_true (accessed.accessed && accessed.dirty == bare.dirty);
  g_assert_true (dirty.dirty == leaf && !dirty.accessed);
}

static void
test_flag_bits (void)
{
  for_each_layout (check_flag_bits);
}

/* Entries worked out by hand from the kernel's headers. */
static const struct {
  enum vm_geometry_id geometry;
  bool says; /* where a page is in swap */
  uint64_t raw, offset;
  uint32_t type;
} swapped[] = {
    {VM_GEOMETRY_X86_32, true, 0x00246806, 0x1234, 3},
    {VM_GEOMETRY_X86_32, true, 0xfffffe3e, 0x7fffff, 31},
    {VM_GEOMETRY_X86_PAE, true, UINT64_C (0x1fffffffffdb9600), 0x1234, 3},
    {VM_GEOMETRY_X86_64, true, UINT64_C (0x1fffffffffdb9600), 0x1234, 3},
    {VM_GEOMETRY_X86_64_LA57, true, UINT64_C (0x07fffffffffffe00), 0, 0},
    {VM_GEOMETRY_SV32, true, 0x01234180, 0x1234, 3},
    {VM_GEOMETRY_SV39, true, 0x01234180, 0x1234, 3},
    {VM_GEOMETRY_SV57, true, UINT64_C (0xfffffffffffff080),
     UINT64_C (0xfffffffffffff), 1},
    {VM_GEOMETRY_AARCH64, true, 0x00123418, 0x1234, 3},
    {VM_GEOMETRY_AARCH64, true, UINT64_C (0x03ffffffffffff08),
     UINT64_C (0x3ffffffffffff), 1},
    /* Never used; present; there, but not to be touched. */
    {VM_GEOMETRY_X86_64, false, 0, 0, 0},
    {VM_GEOMETRY_X86_64, false, 0x12345001, 0, 0},
    {VM_GEOMETRY_X86_64, false, 0x12345100, 0, 0},
    {VM_GEOMETRY_SV48, false, 0x12345020, 0, 0},
    {VM_GEOMETRY_AARCH64, false, UINT64_C (0x0400000012345000), 0, 0},
};

static void
test_swap (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (swapped); i++) {
    struct vm_swap_slot slot;
    bool says = vm_pte_swap (geometry ((int) swapped[i].geometry),
                             swapped[i].raw, &slot);
    g_assert_true (says == swapped[i].says);
    if (!says)
      continue;
    g_assert_cmphex (slot.offset, ==, swapped[i].offset);
    g_assert_cmpuint (slot.type, ==, swapped[i].type);
  }
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
  g_test_add_func ("/pte/swap", test_swap);
  return g_test_run ();
}
