/* What the dynamic loader takes for itself, and the symbols of which a process
 * has one each. */
#include <glib.h>
#include <string.h>

#include "elf/elf_unique.h"
#include "process/constructors.h"
#include "process/loader_heap.h"

/* First the rest of the loader's own page, then two pages and more; pages that
 * follow each other are one piece. */
static void
test_pieces (void)
{
  struct vm_loader_heap heap;

  vm_loader_heap_init (&heap, 0x10f01);
  g_assert_cmpint (vm_loader_heap_take (&heap, 0x80), ==, 0);
  g_assert_cmphex (heap.next, ==, 0x10f90);
  /* The last byte of a piece is never given away. */
  g_assert_cmphex (vm_loader_heap_take (&heap, 0x70), ==, 0x2000);
  vm_loader_heap_give (&heap, 0x50000, 0x2000, 0x70);
  g_assert_cmphex (heap.next, ==, 0x50070);
  g_assert_cmphex (vm_loader_heap_take (&heap, 0x2000), ==, 0x3000);
  vm_loader_heap_give (&heap, 0x52000, 0x3000, 0x2000);
  g_assert_cmphex (heap.next, ==, 0x52070);
  g_assert_cmphex (heap.end, ==, 0x55000);
}

/* A table of unique symbols is left when it is three quarters full. */
static void
test_tables (void)
{
  g_assert_cmpint (vm_loader_heap_unique (0, 0), ==, 0);
  g_assert_cmpint (vm_loader_heap_unique (0, 1), ==, 31 * 32);
  g_assert_cmpint (vm_loader_heap_unique (1, 24), ==, 0);
  g_assert_cmpint (vm_loader_heap_unique (1, 25), ==, 61 * 32);
  g_assert_cmpint (vm_loader_heap_unique (2, 25), ==, 0);
  g_assert_cmpint (vm_loader_heap_unique (3, 100), ==, 251 * 32);
  g_assert_cmpint (vm_loader_heap_unique (14, G_MAXUINT32), ==, 0);
  g_assert_cmpint (vm_loader_heap_needs (2), ==, 56);
  g_assert_cmpint (vm_loader_heap_found (3), ==, 96);
}

/* Blocks of thread-local storage: a small one goes where the alignment of a
 * large one left room; the processor's own addresses decide where in a page a
 * block begins. */
static void
test_blocks (void)
{
  struct vm_loader_heap heap;

  vm_loader_heap_init (&heap, 0);
  g_assert_cmpint (vm_loader_heap_block (&heap), ==, 1664 + 2368 + 64 + 8);
  vm_loader_heap_tls (&heap, 0x90, 0x1cf8d0, 8);
  g_assert_cmpint (heap.tls, ==, 0x90);
  g_assert_cmpint (vm_loader_heap_block (&heap), ==, 4296);
  vm_loader_heap_tls (&heap, 0x10, 0x1000, 256);
  g_assert_cmpint (heap.tls, ==, 0x100);
  vm_loader_heap_tls (&heap, 0x20, 0x1000, 8);
  g_assert_cmpint (heap.tls, ==, 0x100);
  g_assert_cmpint (heap.modules, ==, 3);
  /* What is no power of two aligns nothing. */
  vm_loader_heap_tls (&heap, 0x81, 0, 3);
  g_assert_cmpint (heap.tls, ==, 0x181);
  g_assert_cmpint (heap.tls_align, ==, 256);
  g_assert_cmpint (vm_loader_heap_slots (&heap), ==, 16 * (4 + 63) + 16);
  g_assert_cmpint (vm_loader_heap_vector (&heap), ==, 16 * (4 + 16));
  g_assert_cmpint (vm_loader_heap_alone (0x60, 8), ==, 0xd00);
  g_assert_cmpint (vm_loader_heap_alone (0x60, 4096), ==, 4096 + 2368 + 4096);
}

static void
test_constructors (void)
{
  struct vm_constructors found;

  g_assert_true (vm_constructors_of ("libstdc++.so.6", &found));
  g_assert_cmpint (found.bytes, ==, 72704);
  g_assert_cmpint (found.piece, ==, 72704);
  g_assert_true (vm_constructors_of ("libc.so.6", &found));
  g_assert_cmpint (found.bytes, ==, 0);
  g_assert_false (vm_constructors_of ("libc.so", &found));
}

/* A library with two symbols, "one" and "two", and a relocation for each. */
struct library {
  guint8 bytes[0x300];
  struct vm_elf *elf;
};

static void
put (struct library *l, gsize at, guint width, guint64 value)
{
  for (guint i = 0; i < width; i++)
    l->bytes[at + i] = (guint8) (value >> 8 * i);
}

static void
put_all (struct library *l, gsize at, const guint64 *words, guint count)
{
  for (guint i = 0; i < count; i++)
    put (l, at + 8 * (gsize) i, 8, words[i]);
}

#define HASH 4
#define GNU_HASH 0x6ffffef5

/* bind: of "one"; where: 0 if another library defines them; hash: which table
 * says how many there are. */
static void
make (struct library *l, guint bind, guint where, guint64 hash)
{
  const guint64 load[] = {5ull << 32 | 1, 0, 0, 0, 0x300, 0x300, 0x1000};
  const guint64 dynamic[]
      = {4ull << 32 | 2, 0x100, 0x100, 0x100, 0x70, 0x70, 8};
  const guint64 tags[]
      = {5, 0x180, 10, 9, 6, 0x190, hash, 0x200, 7, 0x240, 8, 48};
  const guint64 relocations[]
      = {0x10, 1ull << 32 | 6, 0, 0x18, 2ull << 32 | 6, 0};
  struct vm_elf_verdict broken;

  *l = (struct library){.elf = NULL};
  memcpy (l->bytes,
          "\x7f"
          "ELF\2\1\1",
          7);
  put (l, 16, 8, 1ull << 32 | 62 << 16 | 3);
  put (l, 32, 8, 64);
  put (l, 52, 8, 2ull << 32 | 56 << 16 | 64);
  put_all (l, 64, load, 7);
  put_all (l, 120, dynamic, 7);
  put_all (l, 0x100, tags, G_N_ELEMENTS (tags));
  memcpy (l->bytes + 0x181, "one\0two", 8);
  put (l, 0x190 + 24, 8,
       1 | (guint64) (bind << 4) << 32 | (guint64) where << 48);
  put (l, 0x190 + 48, 8, 5 | 0x10ull << 32 | (guint64) where << 48);
  put (l, 0x200, 8, hash == HASH ? 3ull << 32 | 1 : 1ull << 32 | 1);
  put (l, 0x208, 8, 1);
  /* With the GNU table: one word of a filter, one bucket, a chain of two. */
  put (l, 0x218, 4, 1);
  put (l, 0x220, 4, 1);
  put_all (l, 0x240, relocations, G_N_ELEMENTS (relocations));
  l->elf = vm_elf_new (l->bytes, sizeof l->bytes, &broken);
  g_assert_nonnull (l->elf);
}

static guint32
count_of (guint first, guint second, guint64 hash)
{
  struct library libraries[3];
  struct vm_elf *elfs[3];

  make (&libraries[0], 1, 0, HASH);
  make (&libraries[1], first, 1, hash);
  make (&libraries[2], second, 1, hash);
  for (guint i = 0; i < 3; i++)
    elfs[i] = libraries[i].elf;
  guint32 count = vm_elf_count_unique (elfs, 3);
  for (guint i = 0; i < 3; i++)
    vm_elf_free (elfs[i]);
  return count;
}

/* It counts once, however many ask and define; and only if who is first to
 * define it has it as one. */
static void
test_unique (void)
{
  g_assert_cmpint (vm_elf_count_unique (NULL, 0), ==, 0);
  g_assert_cmpint (count_of (1, 1, HASH), ==, 0);
  g_assert_cmpint (count_of (10, 10, HASH), ==, 1);
  g_assert_cmpint (count_of (10, 1, HASH), ==, 1);
  g_assert_cmpint (count_of (1, 10, HASH), ==, 0);
  g_assert_cmpint (count_of (2, 10, HASH), ==, 0);
  g_assert_cmpint (count_of (10, 10, GNU_HASH), ==, 1);
  /* Without either table nobody knows how many symbols there are. */
  g_assert_cmpint (count_of (10, 10, 1000), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/linker/pieces", test_pieces);
  g_test_add_func ("/linker/tables", test_tables);
  g_test_add_func ("/linker/blocks", test_blocks);
  g_test_add_func ("/linker/constructors", test_constructors);
  g_test_add_func ("/linker/unique", test_unique);
  return g_test_run ();
}
