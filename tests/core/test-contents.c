/* Bytes from outside: kept once, found by name, read through the page cache. */
#include "support.h"

#include <string.h>

static struct vm_machine *
new_machine (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=256M");
  run (m, "process name=A layout=linux");
  return m;
}

static uint32_t
bring (struct vm_machine *m, const char *name, const void *bytes, uint64_t size)
{
  struct vm_error error = {.code = VM_OK};
  uint32_t number;

  g_assert_true (vm_machine_bring (m, name, bytes, size, &number, &error));
  return number;
}

/* What a process reads at an address. */
static uint64_t
byte_at (struct vm_machine *m, uint64_t va)
{
  const struct vm_result *r
      = run (m, "access process=A va=0x%" G_GINT64_MODIFIER "x width=1", va);

  g_assert_true (r->translation.ok);
  return vm_memory_read (vm_machine_state (m), r->translation.pa, 1);
}

static void
test_once (void)
{
  struct vm_machine *m = new_machine ();
  struct vm_error error;
  uint64_t size, total = vm_machine_bytes (m);
  uint32_t one = bring (m, "one", "hello", 5);

  g_assert_cmpuint (bring (m, "two", "hello", 5), ==, one);
  g_assert_cmpuint (bring (m, "one", "hello", 5), ==, one);
  g_assert_cmpuint (bring (m, "three", "hellO", 5), !=, one);
  g_assert_cmpuint (vm_machine_bytes (m), ==, total + 10);
  g_assert_cmpmem (vm_machine_content (m, one, &size), 5, "hello", 5);
  g_assert_cmpuint (size, ==, 5);
  vm_machine_content (m, 77, &size);
  g_assert_cmpuint (size, ==, 0);

  g_assert_false (
      vm_machine_bring (m, "one", (const uint8_t *) "x", 1, NULL, &error));
  g_assert_cmpint (error.code, ==, VM_ERROR_CONTENT_DIFFERS);
  g_assert_false (
      vm_machine_bring (m, "", (const uint8_t *) "x", 1, NULL, &error));
  g_assert_cmpint (error.code, ==, VM_ERROR_BAD_NAME);
  vm_machine_free (m);
}

static void
test_limits (void)
{
  struct vm_machine *m = new_machine ();
  struct vm_error error;
  g_autofree uint8_t *most = g_malloc (VM_CONTENTS_MOST_BYTES + 1);
  g_autofree uint8_t *zeros = g_malloc0 (VM_CONTENTS_MOST_BYTES);

  /* Zeros cost nothing, however many they are. */
  bring (m, "zeros", zeros, VM_CONTENTS_MOST_BYTES);
  zeros[12345] = 1;
  bring (m, "more", zeros, VM_CONTENTS_MOST_BYTES);
  run (m, "file name=Z content=more cached=off");
  g_assert_cmpuint (vm_machine_state (m)->content_pages, ==, 1);
  vm_machine_free (m);

  m = new_machine ();
  memset (most, 'x', VM_CONTENTS_MOST_BYTES + 1);
  g_assert_false (vm_machine_bring (m, "most", most, VM_CONTENTS_MOST_BYTES + 1,
                                    NULL, &error));
  g_assert_cmpint (error.code, ==, VM_ERROR_OUT_OF_RANGE);
  g_assert_cmpuint (error.high, ==, VM_CONTENTS_MOST_BYTES);
  bring (m, "most", most, VM_CONTENTS_MOST_BYTES);
  g_assert_false (
      vm_machine_bring (m, "more", (const uint8_t *) "x", 1, NULL, &error));
  g_assert_cmpuint (error.high, ==, 0);

  /* What the host keeps of files cannot be written into frames, too. */
  run (m, "file name=F content=most cached=off");
  g_assert_cmpuint (vm_machine_state (m)->content_pages, ==,
                    VM_CONTENTS_MOST_BYTES / 4096);
  run (m, "file name=G content=most cached=off");
  g_assert_cmpuint (vm_machine_state (m)->content_pages, ==,
                    VM_CONTENTS_MOST_BYTES / 4096);
  assert_holds (m, VM_CHECK_ALL);
  writable (m)->slot_count = VM_MAX_SLOTS - VM_CONTENTS_MOST_BYTES / 4096;
  refused (m, VM_ERROR_OUT_OF_MEMORY,
           "access process=A va=0x7fffffffe000 "
           "kind=write value=1");
  vm_machine_free (m);

  /* Texts that nobody uses fill the list, too. */
  struct vm_op op;
  m = new_machine ();
  for (uint32_t i = 0; i < VM_MAX_CONTENTS; i++) {
    g_autofree char *line = g_strdup_printf ("file name=F text=%u", i);
    g_assert_true (vm_machine_parse (m, line, &op, NULL));
  }
  g_assert_false (vm_machine_parse (m, "file name=F text=x", &op, &error));
  g_assert_cmpint (error.code, ==, VM_ERROR_TOO_MANY);
  g_assert_true (vm_machine_parse (m, "file name=F text=17", &op, &error));
  vm_machine_free (m);
}

/* A file's pages hold the bytes, then zeros; only what is touched is copied. */
static void
test_pages (void)
{
  struct vm_machine *m = new_machine ();
  g_autofree uint8_t *bytes = g_malloc (20 << 20);

  for (uint32_t i = 0; i < 20u << 20; i++)
    bytes[i] = (uint8_t) (i % 251 + 1);
  bring (m, "big.bin", bytes, 20 << 20);
  run (m, "file name=F content=big.bin cached=off");
  run (m, "file name=G content=big.bin size=5000 cached=on");
  run (m, "file name=H content=big.bin size=30M cached=off");
  run (m, "file name=S text=a%%20b%%00%%ff,c");
  g_assert_cmpuint (vm_machine_state (m)->files[1].size, ==, 20 << 20);
  g_assert_cmpuint (vm_machine_state (m)->files[2].size, ==, 5000);
  g_assert_cmpuint (vm_machine_state (m)->files[4].size, ==, 7);

  run (m, "mmap process=A va=0x10000000 length=20M file=F fixed=on");
  run (m, "mmap process=A va=0x20000000 length=8K file=G fixed=on");
  run (m, "mmap process=A va=0x30000000 length=30M file=H fixed=on");
  run (m, "mmap process=A va=0x40000000 length=4K file=S fixed=on");
  g_assert_cmpuint (byte_at (m, 0x10000000), ==, bytes[0]);
  g_assert_cmpuint (byte_at (m, 0x10000000 + (20 << 20) - 1), ==,
                    bytes[(20 << 20) - 1]);
  g_assert_cmpuint (byte_at (m, 0x20000000 + 4999), ==, bytes[4999]);
  g_assert_cmpuint (byte_at (m, 0x20000000 + 5000), ==, 0);
  g_assert_cmpuint (byte_at (m, 0x30000000 + (20 << 20)), ==, 0);
  g_assert_cmpuint (byte_at (m, 0x40000001), ==, ' ');
  g_assert_cmpuint (byte_at (m, 0x40000004), ==, 0xff);
  g_assert_cmpuint (byte_at (m, 0x40000006), ==, 'c');
  g_assert_cmpuint (byte_at (m, 0x40000007), ==, 0);
  /* Two processes see one frame, and a write makes a copy. */
  run (m, "access process=A va=0x10000000 kind=write value=9 width=1");
  g_assert_cmpuint (byte_at (m, 0x10000000), ==, 9);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Going back and running again finds the same bytes; so does a copy. */
static void
test_again (void)
{
  struct vm_machine *m = new_machine ();
  struct vm_snapshot kept;

  bring (m, "data", "0123456789", 10);
  run (m, "file name=F content=data cached=off");
  run (m, "mmap process=A va=0x10000000 length=4K file=F fixed=on");
  g_assert_cmpuint (byte_at (m, 0x10000003), ==, '3');
  uint64_t end = vm_machine_cursor (m);
  g_assert_true (vm_snapshot_take (&kept, vm_machine_tape (m)));

  for (uint64_t n = 0; n <= end; n++) {
    g_assert_true (vm_machine_seek (m, n));
    assert_holds (m, VM_CHECK_LINKS);
  }
  assert_same_state (vm_machine_tape (m), &kept);
  struct vm_machine *copy = vm_machine_clone (m);
  vm_machine_free (m);
  assert_same_state (vm_machine_tape (copy), &kept);
  g_assert_cmpuint (byte_at (copy, 0x10000009), ==, '9');
  run (copy, "file name=G content=data");
  vm_snapshot_done (&kept);
  vm_machine_free (copy);
}

static void
test_refused (void)
{
  struct vm_machine *m = new_machine ();
  struct vm_error error
      = refused (m, VM_ERROR_UNKNOWN_CONTENT, "file name=F content=none");

  g_assert_cmpstr (error.subject, ==, "none");
  bring (m, "data", "0123456789", 10);
  error = refused (m, VM_ERROR_MISSING_PARAMETER, "file name=F");
  g_assert_cmpstr (error.subject, ==, "size");
  refused (m, VM_ERROR_REPEATED_PARAMETER, "file name=F content=data text=a");
  refused (m, VM_ERROR_NOT_HERE, "file name=F content=data fs=tmpfs");
  refused (m, VM_ERROR_BAD_TEXT, "file name=F text=%%2");
  refused (m, VM_ERROR_BAD_TEXT, "file name=F text=%%zz");
  refused (m, VM_ERROR_BAD_NAME, "file name=F content=a/b");
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contents/once", test_once);
  g_test_add_func ("/contents/limits", test_limits);
  g_test_add_func ("/contents/pages", test_pages);
  g_test_add_func ("/contents/again", test_again);
  g_test_add_func ("/contents/refused", test_refused);
  return g_test_run ();
}
