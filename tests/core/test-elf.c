/* ELF files of all classes and byte orders: read as they were written, and
 * each way of being wrong told by its field. */
#include <string.h>

#include <glib.h>

#include "elf-image.h"
#include "elf/elf.h"
#include "elf/elf_dynamic.h"
#include "elf/elf_index.h"
#include "elf/elf_notes.h"
#include "elf/elf_plan.h"
#include "elf/elf_ranges.h"

static void
test_whole (void)
{
  for (size_t i = 0; i < KINDS; i++) {
    struct image image;
    struct vm_elf_verdict broken;
    struct vm_elf_symbol symbol;
    make (&image, kinds[i].bits, kinds[i].big);
    struct vm_elf *elf = vm_elf_new (image.bytes, image.length, &broken);
    g_assert_nonnull (elf);
    g_assert_cmpuint (elf->verdict_count, ==, 0);
    g_assert_true (vm_elf_loads (elf));
    g_assert_cmpuint (elf->type, ==, VM_ELF_DYN);
    g_assert_cmphex (elf->entry, ==, 0x440);
    g_assert_cmpstr (elf->interpreter, ==, "/lib/ld.so");
    g_assert_cmpuint (elf->segment_count, ==, 5);
    g_assert_cmphex (elf->segments[2].vaddr, ==, 0x2300);
    g_assert_cmphex (elf->segments[2].memsz, ==, 0x3000);
    g_assert_cmpuint (elf->segments[2].flags, ==, 6);
    g_assert_cmpstr (vm_elf_section_name (elf, 2), ==, ".symtab");
    g_assert_cmpuint (vm_elf_symbol_count (elf, 2), ==, 3);
    vm_elf_symbol (elf, 2, 1, &symbol);
    g_assert_cmpstr (vm_elf_symbol_name (elf, 2, &symbol), ==, "main");
    g_assert_cmpuint (symbol.size, ==, 99);
    g_assert_cmpuint (symbol.type, ==, 2);
    vm_elf_symbol (elf, 2, 2, &symbol);
    g_assert_cmpuint (symbol.section, ==, VM_ELF_ABSOLUTE);
    vm_elf_free (elf);
  }
}

/* Which field is changed to what, and what must be said of it. Offsets are
 * those of 32 and of 64 bits. */
enum base { HEADER, SEGMENT, SECTION, DATA, DYNAMIC_DATA };
static const struct {
  const char *name;
  enum base base;
  uint32_t index; /* of the segment or section; DATA: 0 interpreter, 1 strings,
                     2 notes */
  uint32_t at_32, at_64, width; /* 0: as wide as an address */
  uint64_t value;
  enum vm_elf_problem problem;
  enum vm_elf_weight weight;
} breaks[] = {
    {"magic", HEADER, 0, 1, 1, 1, 'e', VM_ELF_BAD_MAGIC, VM_ELF_BROKEN},
    {"class", HEADER, 0, 4, 4, 1, 3, VM_ELF_BAD_CLASS, VM_ELF_BROKEN},
    {"data", HEADER, 0, 5, 5, 1, 0, VM_ELF_BAD_ORDER, VM_ELF_BROKEN},
    {"ident", HEADER, 0, 6, 6, 1, 0, VM_ELF_BAD_VERSION, VM_ELF_BROKEN},
    {"version", HEADER, 0, 20, 20, 4, 2, VM_ELF_BAD_VERSION, VM_ELF_WARNING},
    {"ehsize", HEADER, 0, 40, 52, 2, 7, VM_ELF_BAD_ENTRY_SIZE, VM_ELF_WARNING},
    {"phentsize", HEADER, 0, 42, 54, 2, 31, VM_ELF_BAD_ENTRY_SIZE,
     VM_ELF_BROKEN},
    {"phoff", HEADER, 0, 28, 32, 0, 2040, VM_ELF_TABLE_OUTSIDE, VM_ELF_BROKEN},
    {"phoff wraps", HEADER, 0, 28, 32, 0, UINT64_MAX - 8, VM_ELF_TABLE_OUTSIDE,
     VM_ELF_BROKEN},
    {"phnum", HEADER, 0, 44, 56, 2, 60000, VM_ELF_TABLE_OUTSIDE, VM_ELF_BROKEN},
    {"no segments", HEADER, 0, 44, 56, 2, 0, VM_ELF_NO_SEGMENTS,
     VM_ELF_REFUSED},
    {"shentsize", HEADER, 0, 46, 58, 2, 8, VM_ELF_SECTIONS_UNUSABLE,
     VM_ELF_WARNING},
    {"shoff", HEADER, 0, 32, 40, 0, 2000, VM_ELF_SECTIONS_UNUSABLE,
     VM_ELF_WARNING},
    {"shstrndx", HEADER, 0, 50, 62, 2, 9, VM_ELF_BAD_LINK, VM_ELF_WARNING},
    {"filesz", SEGMENT, 2, 16, 32, 0, 0x4000, VM_ELF_FILE_OVER_MEMORY,
     VM_ELF_REFUSED},
    {"filesz outside", SEGMENT, 2, 16, 32, 0, 0x2900, VM_ELF_DATA_OUTSIDE,
     VM_ELF_WARNING},
    {"memsz", SEGMENT, 2, 20, 40, 0, UINT64_MAX, VM_ELF_MEMORY_HUGE,
     VM_ELF_REFUSED},
    {"vaddr wraps", SEGMENT, 2, 8, 16, 0, ~UINT64_C (0xcff), VM_ELF_MEMORY_HUGE,
     VM_ELF_REFUSED},
    {"align", SEGMENT, 2, 28, 48, 0, 24, VM_ELF_BAD_ALIGN, VM_ELF_WARNING},
    {"offset", SEGMENT, 2, 4, 8, 0, 0x301, VM_ELF_INCONGRUENT, VM_ELF_REFUSED},
    {"overlap", SEGMENT, 1, 20, 40, 0, 0x5000, VM_ELF_OVERLAP, VM_ELF_WARNING},
    {"unsorted", SEGMENT, 1, 8, 16, 0, 0x10000, VM_ELF_UNSORTED,
     VM_ELF_WARNING},
    {"long interpreter", SEGMENT, 0, 16, 32, 0, 5000, VM_ELF_INTERPRETER_SIZE,
     VM_ELF_REFUSED},
    {"empty interpreter", SEGMENT, 0, 16, 32, 0, 1, VM_ELF_INTERPRETER_SIZE,
     VM_ELF_REFUSED},
    {"open interpreter", DATA, 0, 10, 10, 1, 'x', VM_ELF_INTERPRETER_OPEN,
     VM_ELF_REFUSED},
    {"interpreter outside", SEGMENT, 0, 4, 8, 0, 3000, VM_ELF_DATA_OUTSIDE,
     VM_ELF_REFUSED},
    {"two interpreters", SEGMENT, 1, 0, 0, 4, VM_ELF_INTERP,
     VM_ELF_SECOND_INTERPRETER, VM_ELF_WARNING},
    {"open strings", DATA, 1, 27, 27, 1, 'x', VM_ELF_STRINGS_OPEN,
     VM_ELF_WARNING},
    {"name", SECTION, 2, 0, 0, 4, 500, VM_ELF_BAD_STRING, VM_ELF_WARNING},
    {"link", SECTION, 2, 24, 40, 4, 77, VM_ELF_BAD_LINK, VM_ELF_WARNING},
    {"wrong link", SECTION, 2, 24, 40, 4, 0, VM_ELF_BAD_LINK, VM_ELF_WARNING},
    {"link loop", SECTION, 2, 24, 40, 4, 2, VM_ELF_LINK_LOOP, VM_ELF_WARNING},
    {"section outside", SECTION, 2, 16, 24, 0, 2040, VM_ELF_DATA_OUTSIDE,
     VM_ELF_WARNING},
    {"links in a circle", SECTION, 1, 24, 40, 4, 2, VM_ELF_LINK_LOOP,
     VM_ELF_WARNING},
    {"symbols of another size", SECTION, 2, 36, 56, 0, 20,
     VM_ELF_BAD_ENTRY_SIZE, VM_ELF_WARNING},
    {"relocations of another size", SECTION, 5, 36, 56, 0, 5,
     VM_ELF_BAD_ENTRY_SIZE, VM_ELF_WARNING},
    {"tables wrap", SECTION, 5, 20, 32, 0, UINT64_MAX - 1000,
     VM_ELF_DATA_OUTSIDE, VM_ELF_WARNING},
    {"shnum", HEADER, 0, 48, 60, 2, 0xfeff, VM_ELF_SECTIONS_UNUSABLE,
     VM_ELF_WARNING},
    {"shoff wraps", HEADER, 0, 32, 40, 0, UINT64_MAX - 20,
     VM_ELF_SECTIONS_UNUSABLE, VM_ELF_WARNING},
    {"phnum of section 0", HEADER, 0, 44, 56, 2, 0xffff, VM_ELF_NO_SEGMENTS,
     VM_ELF_REFUSED},
    {"entry", HEADER, 0, 24, 24, 0, 0x123456, VM_ELF_ENTRY_OUTSIDE,
     VM_ELF_WARNING},
    {"entry in data", HEADER, 0, 24, 24, 0, 0x2310, VM_ELF_ENTRY_OUTSIDE,
     VM_ELF_WARNING},
    {"interpreter wraps", SEGMENT, 0, 4, 8, 0, UINT64_MAX - 4,
     VM_ELF_DATA_OUTSIDE, VM_ELF_REFUSED},
    {"open dynamic section", SEGMENT, 3, 16, 32, 0, 16, VM_ELF_DYNAMIC_OPEN,
     VM_ELF_WARNING},
    {"name of a library", DYNAMIC_DATA, 0, 4, 8, 0, 5000, VM_ELF_BAD_STRING,
     VM_ELF_WARNING},
    {"strings of libraries", DYNAMIC_DATA, 0, 12, 24, 0, 0x900000,
     VM_ELF_BAD_STRING, VM_ELF_WARNING},
    {"note", DATA, 2, 4, 4, 4, 5, VM_ELF_BAD_NOTE, VM_ELF_WARNING},
    {"owner of a note", DATA, 2, 0, 0, 4, UINT32_MAX, VM_ELF_BAD_NOTE,
     VM_ELF_WARNING},
};

static uint32_t
base_of (const struct image *image, size_t which)
{
  uint32_t index = breaks[which].index;

  switch (breaks[which].base) {
  case HEADER:
    return 0;
  case SEGMENT:
    return image->programs + index * (image->bits == 32 ? 32 : 56);
  case SECTION:
    return image->sections + index * (image->bits == 32 ? 40 : 64);
  case DYNAMIC_DATA:
    return image->dynamic;
  case DATA:
    break;
  }
  return index == 0   ? image->interpreter
         : index == 1 ? image->strings
                      : image->notes;
}

static bool
says (const struct vm_elf *elf, const struct vm_elf_verdict *broken,
      size_t which)
{
  if (elf == NULL)
    return broken->problem == breaks[which].problem
           && breaks[which].weight == VM_ELF_BROKEN;
  for (uint32_t i = 0; i < elf->verdict_count; i++)
    if (elf->verdicts[i].problem == breaks[which].problem
        && elf->verdicts[i].weight == breaks[which].weight)
      return true;
  return false;
}

static void
ask_section (const struct vm_elf *elf, uint32_t section)
{
  struct vm_elf_symbol symbol;
  struct vm_elf_relocations relocations;

  g_assert_nonnull (vm_elf_section_name (elf, section));
  vm_elf_count_relocations (elf, section, &relocations);
  for (uint32_t n = 0; n < vm_elf_symbol_count (elf, section); n++) {
    vm_elf_symbol (elf, section, n, &symbol);
    g_assert_nonnull (vm_elf_symbol_name (elf, section, &symbol));
  }
}

static uint32_t
count_notes (const struct vm_elf *elf)
{
  struct vm_elf_note_walk walk = {0};
  struct vm_elf_note note;
  struct vm_elf_property property;
  uint32_t count = 0;

  while (vm_elf_next_note (elf, &walk, &note)) {
    uint64_t inside = 0;
    while (vm_elf_next_property (elf, &note, &inside, &property))
      g_assert_cmpuint (inside, <=, note.size);
    count++;
  }
  return count;
}

static void
ask_dynamic (const struct vm_elf *elf)
{
  struct vm_elf_dynamic dynamic;

  vm_elf_dynamic_init (&dynamic, elf);
  for (uint32_t i = 0; i < dynamic.count; i++) {
    struct vm_elf_entry entry = vm_elf_dynamic_entry (elf, &dynamic, i);
    vm_elf_dynamic_string (elf, &dynamic, entry.value);
  }
}

/* Every symbol's address is found again, in some symbol that holds it. */
static void
ask_index (const struct vm_elf *elf)
{
  struct vm_elf_index index;
  struct vm_elf_search search;

  g_assert_true (vm_elf_index_init (&index, elf));
  for (uint32_t i = 0; i < index.count; i++) {
    vm_elf_index_search (&index, index.places[i].value, &search);
    g_assert_cmpuint (search.found, !=, VM_NONE);
    g_assert_cmpuint (index.places[search.found].value, <=,
                      index.places[i].value);
  }
  vm_elf_index_done (&index);
}

/* What the walk asks for is all that is looked at: read from nothing else, a
 * file is the same. */
static void
ask_ranges (const struct vm_elf *elf)
{
  g_autofree uint8_t *part = g_malloc0 (elf->length + 1);
  struct vm_elf_walk walk = {0};
  struct vm_elf_range range;
  struct vm_elf_verdict broken;

  while (vm_elf_wants (part, elf->length, &walk, &range)) {
    g_assert_cmpuint (range.offset + range.size, <=, elf->length);
    memcpy (part + range.offset, elf->bytes + range.offset, range.size);
  }
  struct vm_elf *again = vm_elf_new (part, elf->length, &broken);
  g_assert_nonnull (again);
  g_assert_cmpuint (again->verdict_count, ==, elf->verdict_count);
  g_assert_cmpmem (again->verdicts, sizeof again->verdicts, elf->verdicts,
                   sizeof elf->verdicts);
  g_assert_cmpstr (again->interpreter, ==, elf->interpreter);
  g_assert_cmpuint (count_notes (again), ==, count_notes (elf));
  for (uint32_t i = 0; i < elf->section_count; i++)
    g_assert_cmpstr (vm_elf_section_name (again, i), ==,
                     vm_elf_section_name (elf, i));
  vm_elf_free (again);
}

/* Everything that can be asked of a file is asked. */
static void
ask_all (const struct vm_elf *elf)
{
  struct vm_elf_plan plan;

  g_assert_true (vm_elf_plan_init (&plan, elf));
  vm_elf_plan_done (&plan);
  for (uint32_t i = 0; i < elf->section_count; i++)
    ask_section (elf, i);
  ask_dynamic (elf);
  ask_index (elf);
  ask_ranges (elf);
}

static void
test_broken (void)
{
  uint32_t files = 0;

  for (size_t kind = 0; kind < KINDS; kind++)
    for (size_t i = 0; i < G_N_ELEMENTS (breaks); i++) {
      struct image image;
      struct vm_elf_verdict broken;
      make (&image, kinds[kind].bits, kinds[kind].big);
      uint32_t at = image.bits == 32 ? breaks[i].at_32 : breaks[i].at_64;
      uint32_t width = breaks[i].width != 0 ? breaks[i].width : word (&image);
      put (&image, base_of (&image, i) + at, width, breaks[i].value);
      struct vm_elf *elf = vm_elf_new (image.bytes, image.length, &broken);
      if (!says (elf, &broken, i))
        g_error ("%s, %u bits", breaks[i].name, image.bits);
      if (elf != NULL) {
        if (breaks[i].weight == VM_ELF_REFUSED)
          g_assert_false (vm_elf_loads (elf));
        ask_all (elf);
      }
      vm_elf_free (elf);
      files++;
    }
  g_test_message ("%u malformed files", files);
}

/* Cut anywhere, and with bytes drawn by lot: an answer, never more. Each is a
 * block of its own, so that a sanitizer sees every byte beyond. */
static void
test_hostile (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (uint32_t i = 0; i < 20000; i++) {
    struct image image;
    struct vm_elf_verdict broken;
    make (&image, kinds[i % 4].bits, kinds[i % 4].big);
    uint32_t changes = (uint32_t) g_rand_int_range (rand, 0, 8);
    while (changes-- > 0)
      image.bytes[g_rand_int_range (rand, 4, 1800)]
          = (uint8_t) g_rand_int_range (rand, 0, 256);
    uint32_t length = i % 3 == 0 ? (uint32_t) g_rand_int_range (rand, 0, 2049)
                                 : image.length;
    g_autofree uint8_t *bytes = g_memdup2 (image.bytes, MAX (length, 1));
    struct vm_elf *elf = vm_elf_new (bytes, length, &broken);
    if (elf != NULL)
      ask_all (elf);
    else
      g_assert_cmpint (broken.problem, !=, VM_ELF_FINE);
    vm_elf_free (elf);
  }
}

/* So much is wrong that not all of it is kept: what the kernel refuses counts
 * nevertheless. */
static void
test_many (void)
{
  struct image image;
  struct vm_elf_verdict broken;
  uint32_t count = VM_ELF_MOST_VERDICTS + 6;

  make (&image, 64, false);
  put (&image, 56, 2, count);
  put (&image, 40, 8, 0); /* no sections */
  for (uint32_t i = 0; i < count; i++)
    put_segment (&image, i, VM_ELF_LOAD, 4, 0, i << 12, 0, 4096, 24);
  put_segment (&image, count - 1, VM_ELF_LOAD, 4, 0, count << 12, 9, 8, 24);
  struct vm_elf *elf = vm_elf_new (image.bytes, ROOM, &broken);
  g_assert_nonnull (elf);
  g_assert_cmpuint (elf->verdict_count, >, VM_ELF_MOST_VERDICTS);
  g_assert_false (vm_elf_loads (elf));
  vm_elf_free (elf);
}

/* More program headers and sections than their fields can say. */
static void
test_extended (void)
{
  struct image image;
  struct vm_elf_verdict broken;

  make (&image, 64, false);
  put (&image, 60, 2, 0);      /* e_shnum: look at section 0 */
  put (&image, 62, 2, 0xffff); /* e_shstrndx likewise */
  put (&image, image.sections + 32, 8, 3);
  put (&image, image.sections + 40, 4, 1);
  put (&image, 56, 2, 0xffff); /* e_phnum: PN_XNUM */
  put (&image, image.sections + 44, 4, 3);
  struct vm_elf *elf = vm_elf_new (image.bytes, image.length, &broken);
  g_assert_nonnull (elf);
  g_assert_cmpuint (elf->segment_count, ==, 3);
  g_assert_cmpuint (elf->section_count, ==, 3);
  g_assert_cmpstr (vm_elf_section_name (elf, 2), ==, ".symtab");
  ask_all (elf);
  vm_elf_free (elf);
}

/* Rounding, by hand: file bytes end at 0x2400, memory at 0x5300. */
static void
test_plan (void)
{
  struct image image;
  struct vm_elf_verdict broken;
  struct vm_elf_plan plan;

  make (&image, 64, false);
  struct vm_elf *elf = vm_elf_new (image.bytes, image.length, &broken);
  g_assert_true (vm_elf_plan_init (&plan, elf));
  g_assert_cmpuint (plan.count, ==, 2);
  const struct vm_elf_mapping *m = &plan.mappings[1];
  g_assert_cmphex (m->start, ==, 0x2000);
  g_assert_cmphex (m->end, ==, 0x3000);
  g_assert_cmphex (m->offset, ==, 0);
  g_assert_cmphex (m->zero_start, ==, 0x2400);
  g_assert_cmphex (m->zero_end, ==, 0x3000);
  g_assert_cmphex (m->bss_end, ==, 0x6000);
  g_assert_cmphex (plan.bias, ==, VM_ELF_BASE_64);
  g_assert_cmphex (plan.brk, ==, VM_ELF_BASE_64 + 0x6000);
  g_assert_cmphex (plan.entry, ==, VM_ELF_BASE_64 + 0x440);
  g_assert_true (plan.executable_stack);
  vm_elf_plan_done (&plan);
  vm_elf_free (elf);

  /* Aligned to 2 MiB, it goes to the 2 MiB below. */
  put_segment (&image, 2, VM_ELF_LOAD, 6, 0x300, 0x2300, 0x100, 0x3000,
               0x200000);
  elf = vm_elf_new (image.bytes, image.length, &broken);
  g_assert_true (vm_elf_plan_init (&plan, elf));
  g_assert_cmphex (plan.bias, ==, 0x555555400000);
  vm_elf_plan_done (&plan);
  vm_elf_free (elf);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/elf/whole", test_whole);
  g_test_add_func ("/elf/broken", test_broken);
  g_test_add_func ("/elf/hostile", test_hostile);
  g_test_add_func ("/elf/extended", test_extended);
  g_test_add_func ("/elf/many", test_many);
  g_test_add_func ("/elf/plan", test_plan);
  return g_test_run ();
}
