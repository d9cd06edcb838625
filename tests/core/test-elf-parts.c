/* What ELF files say besides their headers, what lies at an address of theirs,
 * and which of their bytes are read. */
#include <glib.h>

#include "elf-image.h"
#include "elf/elf.h"
#include "elf/elf_dynamic.h"
#include "elf/elf_find.h"
#include "elf/elf_index.h"
#include "elf/elf_notes.h"
#include "elf/elf_ranges.h"
#include "elf/elf_tags.h"

/* Notes, libraries and relocations, of each class in each byte order. */
static void
test_parts (void)
{
  for (size_t i = 0; i < KINDS; i++) {
    struct image image;
    struct vm_elf_verdict broken;
    struct vm_elf_dynamic dynamic;
    struct vm_elf_relocations relocations;
    struct vm_elf_note_walk walk = {0};
    struct vm_elf_note note;
    make (&image, kinds[i].bits, kinds[i].big);
    struct vm_elf *elf = vm_elf_new (image.bytes, image.length, &broken);
    g_assert_true (vm_elf_next_note (elf, &walk, &note));
    g_assert_cmpint (note.kind, ==, VM_ELF_NOTE_BUILD_ID);
    g_assert_cmpmem (elf->bytes + note.offset, note.size, "\xab\xcd\xef\1", 4);
    g_assert_false (vm_elf_next_note (elf, &walk, &note));
    vm_elf_dynamic_init (&dynamic, elf);
    g_assert_cmpuint (dynamic.count, ==, 3);
    struct vm_elf_entry entry = vm_elf_dynamic_entry (elf, &dynamic, 0);
    g_assert_cmpstr (vm_elf_tag_name (entry.tag), ==, "NEEDED");
    g_assert_cmpstr (vm_elf_dynamic_string (elf, &dynamic, entry.value), ==,
                     "main");
    vm_elf_count_relocations (elf, 5, &relocations);
    g_assert_cmpuint (relocations.count, ==, 3);
    g_assert_cmpuint (relocations.types[8], ==, 2);
    g_assert_cmpuint (relocations.types[7], ==, 1);
    g_assert_cmpstr (vm_elf_relocation_name (elf, 8), ==, "R_X86_64_RELATIVE");
    vm_elf_free (elf);
  }
}

/* Addresses to bytes of the file, and back. */
static void
test_find (void)
{
  struct image image;
  struct vm_elf_verdict broken;
  uint64_t offset, address;

  make (&image, 64, false);
  struct vm_elf *elf = vm_elf_new (image.bytes, image.length, &broken);
  g_assert_cmpuint (vm_elf_segment_of (elf, 0x2310), ==, 2);
  g_assert_cmpuint (vm_elf_segment_of (elf, 0x800), ==, VM_NONE);
  g_assert_true (vm_elf_offset_of (elf, 0x2310, &offset));
  g_assert_cmphex (offset, ==, 0x310);
  g_assert_false (vm_elf_offset_of (elf, 0x2400, &offset)); /* bss */
  g_assert_true (vm_elf_address_of (elf, 0x310, &address));
  g_assert_cmphex (address, ==, 0x2310);
  g_assert_true (vm_elf_address_of (elf, 0x10, &address));
  g_assert_cmphex (address, ==, 0x10);
  g_assert_false (vm_elf_address_of (elf, 0x900, &address));
  g_assert_cmpuint (vm_elf_section_with (elf, image.symbols + 4), ==, 2);
  vm_elf_free (elf);
}

/* One row of a table of symbols: where it begins, how long it is. */
static void
add_place (struct vm_elf_index *index, uint64_t value, uint64_t size)
{
  uint64_t reach = index->count > 0 ? index->places[index->count - 1].reach : 0;

  index->places[index->count++] = (struct vm_elf_place){
      .value = value, .size = size, .reach = MAX (reach, value + size)};
}

static uint32_t
found_at (const struct vm_elf_index *index, uint64_t address)
{
  struct vm_elf_search search;

  vm_elf_index_search (index, address, &search);
  for (uint32_t i = 0; i < search.count; i++)
    g_assert_true (search.probes[i].low <= search.probes[i].middle
                   && search.probes[i].middle < search.probes[i].high);
  return search.found;
}

/* A look-up finds the nearest symbol that holds the address: also the outer of
 * two, and none between two. */
static void
test_search (void)
{
  struct vm_elf_place places[600] = {{0}};
  struct vm_elf_index index = {.places = places};
  struct vm_elf_search search;

  add_place (&index, 0x1000, 0x100);
  add_place (&index, 0x1040, 0x10); /* inside of the first */
  add_place (&index, 0x1040, 0x8);  /* a second name */
  add_place (&index, 0x1200, 0);    /* without a size */
  add_place (&index, 0x1300, 0x20);
  g_assert_cmpuint (found_at (&index, 0xfff), ==, VM_NONE);
  g_assert_cmpuint (found_at (&index, 0x1000), ==, 0);
  g_assert_cmpuint (found_at (&index, 0x1044), ==, 1);
  g_assert_cmpuint (found_at (&index, 0x1050), ==, 0);
  g_assert_cmpuint (found_at (&index, 0x1100), ==, VM_NONE);
  g_assert_cmpuint (found_at (&index, 0x12ff), ==, 3);
  g_assert_cmpuint (found_at (&index, 0x131f), ==, 4);
  g_assert_cmpuint (found_at (&index, 0x1320), ==, VM_NONE);
  for (uint32_t i = 0; i < 512; i++)
    add_place (&index, 0x2000 + 16 * i, 16);
  for (uint32_t i = 0; i < 512; i++)
    g_assert_cmpuint (found_at (&index, 0x2000 + 16 * i + i % 16), ==, 5 + i);
  add_place (&index, UINT64_MAX, 9); /* its end wraps */
  g_assert_cmpuint (found_at (&index, UINT64_MAX), ==, 5 + 512);
  vm_elf_index_search (&index, 0x2345, &search);
  g_assert_cmpuint (search.count, <=, 10); /* of 518 rows */
}

/* Many sections that all name the whole file: it is read once, not a hundred
 * times. */
static void
test_greedy (void)
{
  struct image image;
  struct vm_elf_verdict broken;
  struct vm_elf_walk walk = {0};
  struct vm_elf_range range;
  uint64_t asked = 0, symbols = 0;

  make (&image, 32, false);
  for (uint32_t i = 2; i < 6; i++)
    put_section (&image, i, 1, VM_ELF_SYMTAB, 0, image.length, 1, 16);
  while (vm_elf_wants (image.bytes, image.length, &walk, &range))
    asked += range.size;
  g_assert_cmpuint (asked, <=, 3 * image.length);
  struct vm_elf *elf = vm_elf_new (image.bytes, image.length, &broken);
  for (uint32_t i = 0; i < elf->section_count; i++)
    symbols += vm_elf_symbol_count (elf, i);
  g_assert_cmpuint (symbols, ==, image.length / 16);
  g_assert_cmpint (elf->verdicts[0].problem, ==, VM_ELF_TABLES_OVERLAP);
  vm_elf_free (elf);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/elf-parts/parts", test_parts);
  g_test_add_func ("/elf-parts/find", test_find);
  g_test_add_func ("/elf-parts/search", test_search);
  g_test_add_func ("/elf-parts/greedy", test_greedy);
  return g_test_run ();
}
