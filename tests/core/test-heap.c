/* What processes do with their memory of their own accord: malloc and free,
 * read and write; and the way back from frames. */
#include <string.h>

#include "mm/account.h"
#include "mm/files.h"
#include "mm/rmap.h"
#include "mm/zone.h"
#include "process/arena.h"
#include "support.h"

#define BLOCKS 200

/* A block that was given, and what was written at its ends. */
struct block {
  uint64_t address, bytes;
  uint8_t mark;
};

struct heap {
  struct vm_machine *m;
  const char *process;
  struct block blocks[BLOCKS];
  uint32_t count;
  uint64_t seed;
};

static uint64_t
load (struct heap *heap, uint64_t va)
{
  run (heap->m, "access process=%s va=0x%" G_GINT64_MODIFIER "x width=1",
       heap->process, va);
  const struct vm_result *result
      = vm_machine_result (heap->m, vm_machine_op_count (heap->m) - 1);
  g_assert_true (result->translation.ok);
  return vm_memory_read (vm_machine_state (heap->m), result->translation.pa, 1);
}

static void
store (struct heap *heap, uint64_t va, uint8_t value)
{
  run (heap->m,
       "access process=%s va=0x%" G_GINT64_MODIFIER
       "x width=1 kind=write value=%u",
       heap->process, va, value);
}

static void
assert_apart (const struct heap *heap, const struct block *new)
{
  g_assert_cmpuint (new->address % 16, ==, 0);
  for (uint32_t i = 0; i < heap->count; i++) {
    const struct block *old = &heap->blocks[i];
    g_assert_true (new->address + new->bytes <= old->address
                   || old->address + old->bytes <= new->address);
  }
}

static void
take_block (struct heap *heap)
{
  uint64_t most = UINT64_C (1) << random_below (&heap->seed, 18);
  struct block *block = &heap->blocks[heap->count];

  block->bytes = 1 + random_below (&heap->seed, most);
  block->mark = (uint8_t) random_next (&heap->seed);
  block->address = run (heap->m, "malloc process=%s bytes=%" G_GUINT64_FORMAT,
                        heap->process, block->bytes)
                       ->value;
  assert_apart (heap, block);
  store (heap, block->address, block->mark);
  store (heap, block->address + block->bytes - 1, block->mark);
  heap->count++;
}

static void
give_block (struct heap *heap)
{
  uint32_t which = (uint32_t) random_below (&heap->seed, heap->count);
  struct block block = heap->blocks[which];

  g_assert_cmpuint (load (heap, block.address), ==, block.mark);
  g_assert_cmpuint (load (heap, block.address + block.bytes - 1), ==,
                    block.mark);
  const struct vm_result *result
      = run (heap->m, "free process=%s va=0x%" G_GINT64_MODIFIER "x",
             heap->process, block.address);
  g_assert_cmpuint (result->refused, ==, VM_ERRNO_NONE);
  heap->blocks[which] = heap->blocks[--heap->count];
}

static void
play (struct heap *heap, uint32_t calls)
{
  for (uint32_t i = 0; i < calls; i++) {
    bool takes = heap->count == 0
                 || (heap->count < BLOCKS && random_chance (&heap->seed, 55));
    if (takes)
      take_block (heap);
    else
      give_block (heap);
    if (i % 16 == 0)
      assert_holds (heap->m, VM_CHECK_ALL);
  }
}

/* Blocks never overlap, and keep what was written to them; a child has its
 * parent's heap, and then its own. */
static void
test_blocks (gconstpointer data)
{
  const char *geometry = data;
  g_autofree struct heap *heap = g_new0 (struct heap, 1);
  g_autofree struct heap *child = g_new0 (struct heap, 1);

  heap->m = vm_machine_new ();
  heap->process = "A";
  heap->seed = 5;
  run (heap->m, "machine geometry=%s memory=64M", geometry);
  run (heap->m, "process name=A layout=linux");
  play (heap, 300);
  run (heap->m, "fork process=A name=B");
  *child = *heap;
  child->process = "B";
  child->seed = 9;
  g_assert_cmphex (run (heap->m, "malloc process=A bytes=700")->value, ==,
                   run (heap->m, "malloc process=B bytes=700")->value);
  play (heap, 150);
  play (child, 150);
  while (heap->count > 0)
    give_block (heap);
  while (child->count > 0)
    give_block (child);
  assert_holds (heap->m, VM_CHECK_ALL);

  uint64_t end = vm_machine_step_count (heap->m);
  uint64_t hash = vm_state_hash (vm_machine_tape (heap->m));
  g_assert_true (vm_machine_seek (heap->m, end / 2));
  assert_holds (heap->m, VM_CHECK_LINKS);
  g_assert_true (vm_machine_seek (heap->m, end));
  g_assert_cmphex (vm_state_hash (vm_machine_tape (heap->m)), ==, hash);
  run (heap->m, "exit process=A");
  run (heap->m, "exit process=B");
  assert_holds (heap->m, VM_CHECK_ALL);
  vm_machine_free (heap->m);
}

/* The first call: 132 KiB by brk, one page touched; a bare brk touches none. */
static void
test_first (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=16M");
  run (m, "process name=A layout=linux");
  run (m, "brk process=A grow=64K");
  const struct vm_state *s = vm_machine_state (m);
  g_assert_cmpuint (s->processes[0].minor_faults, ==, 0);
  run (m, "process name=B layout=linux");
  uint64_t start = s->mms[1].start_brk;
  g_assert_cmphex (run (m, "malloc process=B bytes=10")->value, ==,
                   start + 0x2a0);
  g_assert_cmpuint (s->mms[1].brk - start, ==, 132 << 10);
  g_assert_cmpuint (s->processes[1].minor_faults, ==, 1);
  g_assert_cmphex (run (m, "malloc process=B bytes=10")->value, ==,
                   start + 0x2c0);
  g_assert_cmpuint (s->processes[1].minor_faults, ==, 1);
  vm_machine_free (m);
}

/* The threshold is one of chunks, and follows what was freed. */
static void
test_threshold (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=16M");
  run (m, "process name=A layout=linux");
  const struct vm_state *s = vm_machine_state (m);
  run (m, "malloc process=A bytes=130000");
  uint64_t end = s->mms[0].brk;
  g_assert_cmpuint (vm_heap_chunk_size (s, 131048), ==, (128 << 10) - 16);
  run (m, "malloc process=A bytes=131048");
  g_assert_cmpuint (s->mms[0].brk, >, end);
  run (m, "malloc process=A bytes=5000");
  end = s->mms[0].brk;
  uint64_t mapped = run (m, "malloc process=A bytes=131049")->value;
  g_assert_cmpuint (s->mms[0].brk, ==, end);
  g_assert_cmphex (mapped % VM_PAGE_SIZE, ==, 16);
  run (m, "free process=A va=0x%" G_GINT64_MODIFIER "x", mapped);
  g_assert_cmpuint (s->heaps[0].mmap_threshold, ==, 132 << 10);
  run (m, "malloc process=A bytes=131049");
  g_assert_cmpuint (s->mms[0].brk, >, end);
  vm_machine_free (m);
}

static void
test_bad_free (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=16M");
  run (m, "process name=A layout=linux");
  uint64_t block = run (m, "malloc process=A bytes=100")->value;
  g_assert_cmpuint (run (m, "free process=A va=0")->refused, ==, VM_ERRNO_NONE);
  g_assert_cmpuint (
      run (m, "free process=A va=0x%" G_GINT64_MODIFIER "x", block + 4)
          ->refused,
      ==, VM_EINVAL);
  run (m, "free process=A va=0x%" G_GINT64_MODIFIER "x", block);
  g_assert_cmpuint (
      run (m, "free process=A va=0x%" G_GINT64_MODIFIER "x", block)->refused,
      ==, VM_EINVAL);
  const struct vm_result *result = run (m, "free process=A va=0x20000000");
  g_assert_cmpuint (result->signal, ==, VM_SIGSEGV);
  g_assert_cmpuint (
      run (m, "malloc process=A bytes=0xffffffffffffffff")->refused, ==,
      VM_ENOMEM);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Bytes of a file as they stand in the page cache. */
static uint8_t
file_byte (const struct vm_state *s, uint32_t file, uint64_t offset)
{
  uint32_t frame = vm_files_cached (s, file, offset >> VM_PAGE_SHIFT);

  g_assert_cmpuint (frame, !=, 0);
  return (uint8_t) vm_memory_read (
      s,
      vm_paddr_of (vm_frame_start (vm_frame_of (frame), VM_PAGE_SHIFT).v
                   + offset % VM_PAGE_SIZE),
      1);
}

static void
test_transfer (void)
{
  g_autofree struct heap *heap = g_new0 (struct heap, 1);
  struct vm_machine *m = heap->m = vm_machine_new ();

  heap->process = "A";
  run (m, "machine geometry=x86-64 memory=16M smap=on");
  run (m, "process name=A layout=linux");
  run (m, "file name=F size=6000 cached=off");
  run (m, "mmap process=A va=0x10000000 length=12K fixed=on");
  const struct vm_state *s = vm_machine_state (m);
  g_assert_cmpuint (
      run (m, "read process=A file=F va=0x10000ff1 length=9000")->value, ==,
      6000);
  for (uint64_t i = 0; i < 6000; i += 37)
    g_assert_cmpuint (load (heap, 0x10000ff1 + i), ==, file_byte (s, 1, i));
  g_assert_cmpuint (
      run (m, "read process=A file=F va=0x10000000 length=5 offset=6000")
          ->value,
      ==, 0);

  /* A hole ends the copy, at the page's end; at once there is nothing. */
  run (m, "munmap process=A va=0x10001000 length=4K");
  g_assert_cmpuint (
      run (m, "write process=A file=F va=0x10000f00 length=900 offset=5900")
          ->value,
      ==, 256);
  g_assert_cmpuint (s->files[1].size, ==, 6156);
  for (uint64_t i = 0; i < 256; i++)
    g_assert_cmpuint (file_byte (s, 1, 5900 + i), ==,
                      load (heap, 0x10000f00 + i));
  const struct vm_result *bad
      = run (m, "read process=A file=F va=0x10001000 length=10");
  g_assert_cmpuint (bad->refused, ==, VM_EFAULT);
  g_assert_cmpuint (bad->signal, ==, VM_SIGNAL_NONE);

  /* A hole in a file that grew reads as zeros. */
  run (m, "write process=A file=F va=0x10000000 length=1 offset=20000");
  run (m, "read process=A file=F va=0x10002000 length=100 offset=12288");
  for (uint64_t i = 0; i < 100; i += 9)
    g_assert_cmpuint (load (heap, 0x10002000 + i), ==, 0);
  refused (m, VM_ERROR_UNKNOWN_FILE, "read process=A file=G va=0 length=1");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Entries that name a frame, counted the long way: every entry of everybody. */
static uint32_t
count_entries (const struct vm_state *s, vm_frame frame)
{
  uint32_t count = 0;

  for (uint32_t p = 0; p < s->process_count; p++) {
    struct vm_entry entry;
    uint64_t end = vm_mm_of (s, p)->task_size;
    if (s->mms[p].users == 0)
      continue;
    for (uint64_t va = 0; vm_entry_next (s, p, va, end, &entry);
         va = entry.va.v + vm_entry_size (s, &entry)) {
      uint64_t frames = vm_entry_size (s, &entry) >> VM_PAGE_SHIFT;
      count += frame.v >= entry.pte.frame && frame.v < entry.pte.frame + frames;
    }
  }
  return count;
}

static void
test_rmap (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=8M");
  run (m, "process name=A layout=linux");
  run (m, "file name=F size=20000");
  run (m, "mmap process=A va=0x10000000 length=32K fixed=on populate=on");
  run (m, "mmap process=A va=0x10200000 length=2M fixed=on");
  run (m, "madvise process=A va=0x10200000 length=2M advice=hugepage");
  run (m, "access process=A va=0x10200000 kind=write");
  run (m, "mmap process=A va=0x20000000 length=20000 fixed=on file=F "
          "type=shared populate=on");
  run (m, "fork process=A name=B");
  run (m, "fork process=B name=C");
  run (m, "access process=B va=0x10002000 kind=write");
  run (m, "access process=C va=0x20001000");
  run (m, "mprotect process=C va=0x10003000 length=4K prot=none");
  run (m, "munmap process=A va=0x10004000 length=4K");
  run (m, "mremap process=B va=0x10006000 old-length=8K new-length=32K");
  const struct vm_state *s = vm_machine_state (m);
  uint32_t most = 0;
  for (uint32_t f = 0; f < s->config.frames; f++) {
    const struct vm_frame_record *record = &s->frames[f];
    if (!(record->flags & (VM_PAGE_ANON | VM_PAGE_FILE)))
      continue;
    uint64_t found = run (m, "rmap frame=%u", f)->value;
    g_assert_cmpuint (found, ==, count_entries (s, vm_frame_of (f)));
    g_assert_cmpuint (found, ==, vm_frames_mapped (s, vm_frame_of (f)));
    most = MAX (most, (uint32_t) found);
  }
  g_assert_cmpuint (most, ==, 3);
  refused (m, VM_ERROR_OUT_OF_RANGE, "rmap frame=%u", s->config.frames);
  vm_machine_free (m);
}

/* The highest zone that suits, lowest frame first; then the next. */
static void
test_zones (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=x86-32 memory=897M zones=on");
  run (m, "process name=A layout=linux");
  g_assert_cmpuint (s->mms[0].root, ==, (16 << 20) >> 12);
  g_assert_cmpint (vm_zone_of (s, s->mms[0].root), ==, VM_ZONE_NORMAL);
  run (m, "mmap process=A va=0x10000000 length=2M fixed=on");
  for (uint32_t i = 0; i < 257; i++)
    run (m, "access process=A va=%#x kind=write", 0x10000000 + i * 4096);
  struct vm_entry first = vm_entry_of (s, 0, vm_vaddr_of (0x10000000));
  struct vm_entry last = vm_entry_of (s, 0, vm_vaddr_of (0x10100000));
  g_assert_cmpuint (first.pte.frame, ==, (896 << 20) >> 12);
  g_assert_cmpint (vm_zone_of (s, first.pte.frame), ==, VM_ZONE_HIGHMEM);
  /* 256 frames lie above 896 MiB; then it is the kernel's own zone. */
  g_assert_cmpint (vm_zone_of (s, last.pte.frame), ==, VM_ZONE_NORMAL);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "munmap process=A va=0x10000000 length=4K");
  run (m, "access process=A va=0x10101000 kind=write");
  last = vm_entry_of (s, 0, vm_vaddr_of (0x10101000));
  g_assert_cmpuint (last.pte.frame, ==, (896 << 20) >> 12);
  run (m, "exit process=A");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  static const char *const geometries[]
      = {"x86-64", "x86-32", "sv39", "aarch64"};

  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (geometries); i++) {
    g_autofree char *path = g_strconcat ("/heap/blocks/", geometries[i], NULL);
    g_test_add_data_func (path, geometries[i], test_blocks);
  }
  g_test_add_func ("/heap/first-call", test_first);
  g_test_add_func ("/heap/threshold", test_threshold);
  g_test_add_func ("/heap/bad-free", test_bad_free);
  g_test_add_func ("/transfer/bytes", test_transfer);
  g_test_add_func ("/rmap/entries", test_rmap);
  g_test_add_func ("/zones/order", test_zones);
  return g_test_run ();
}
