/* How addresses are cut: rows of the table, indices, canonical addresses. */
#include "support.h"

static void
for_each_geometry (void (*what) (const struct vm_geometry *))
{
  for (int id = VM_GEOMETRY_NONE + 1; id < VM_GEOMETRIES; id++)
    what (vm_geometry_of ((enum vm_geometry_id) id));
}

/* The fields lie side by side from the top translated bit to the offset, and a
 * table of each level fills a frame; only what goes into registers is
 * smaller. */
static void
check_row (const struct vm_geometry *g)
{
  uint32_t next = g->va_bits;

  for (uint32_t level = g->levels; level > 0; level--) {
    g_assert_cmpuint (g->level[level].high + 1u, ==, next);
    g_assert_cmpuint (vm_geometry_entries (g, level) * g->entry_bytes, ==,
                      level == g->register_level ? 32 : VM_PAGE_SIZE);
    g_assert_cmpuint (vm_geometry_leaf_level (g, g->level[level].low), ==,
                      g->level[level].leaf ? level : 0);
    next = g->level[level].low;
  }
  g_assert_cmpuint (next, ==, VM_PAGE_SHIFT);
  g_assert_cmpuint (vm_geometry_leaf_level (g, 13), ==, 0);
  g_assert_true (vm_geometry_named (g->name) == g);
}

static void
test_rows (void)
{
  for_each_geometry (check_row);
  g_assert_null (vm_geometry_named ("vax"));
  g_assert_null (vm_geometry_named (""));
}

/* Indices and offset, put side by side again, are the address. */
static void
check_indices (const struct vm_geometry *g)
{
  uint64_t seed = 5;

  for (uint32_t i = 0; i < 10000; i++) {
    uint64_t va = random_next (&seed);
    uint64_t again = va % VM_PAGE_SIZE;
    for (uint32_t level = 1; level <= g->levels; level++)
      again |= (uint64_t) vm_geometry_index (g, level, vm_vaddr_of (va))
               << g->level[level].low;
    g_assert_cmphex (again, ==, va & (UINT64_MAX >> (64 - g->va_bits)));
  }
}

static void
test_indices (void)
{
  for_each_geometry (check_indices);
}

static const struct {
  enum vm_geometry_id id;
  uint64_t va;
  uint32_t level, index;
} known[] = {
    {VM_GEOMETRY_X86_32, 0x11223344, 2, 68},
    {VM_GEOMETRY_X86_32, 0x11223344, 1, 547},
    {VM_GEOMETRY_X86_32, 0xffffffff, 2, 1023},
    {VM_GEOMETRY_X86_64, UINT64_C (0xffff800000000000), 4, 256},
    {VM_GEOMETRY_X86_64, UINT64_C (0xffffffff80000000), 3, 510},
    {VM_GEOMETRY_X86_64, 0x200000, 2, 1},
    {VM_GEOMETRY_X86_64, 0x1ff000, 1, 511},
};

static void
test_known (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_cmpuint (vm_geometry_index (vm_geometry_of (known[i].id),
                                         known[i].level,
                                         vm_vaddr_of (known[i].va)),
                      ==, known[i].index);
}

/* Bits 63 to 47 are all 0 or all 1. */
static void
test_canonical (void)
{
  const struct vm_geometry *g = vm_geometry_of (VM_GEOMETRY_X86_64);
  uint64_t seed = 6;

  for (uint32_t i = 0; i < 10000; i++) {
    uint64_t va = random_next (&seed);
    if (i % 2)
      va = random_chance (&seed, 50) ? va >> 17 : ~(va >> 17);
    uint64_t top = va >> 47;
    g_assert_true (vm_geometry_canonical (g, vm_vaddr_of (va))
                   == (top == 0 || top == 0x1ffff));
  }
  g = vm_geometry_of (VM_GEOMETRY_X86_32);
  g_assert_true (vm_geometry_canonical (g, vm_vaddr_of (UINT32_MAX)));
  g_assert_false (vm_geometry_canonical (g, vm_vaddr_of (UINT64_C (1) << 32)));
  g_assert_cmphex (vm_geometry_last_address (g), ==, UINT32_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geometry/rows", test_rows);
  g_test_add_func ("/geometry/indices", test_indices);
  g_test_add_func ("/geometry/known", test_known);
  g_test_add_func ("/geometry/canonical", test_canonical);
  return g_test_run ();
}
