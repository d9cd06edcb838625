/* Pages far apart in long files: more of them fall into one chain of the tables
 * that find them than in files that are read from the beginning. */
#include "support.h"

#include "mm/files.h"

#define BASE UINT64_C (0x100000000000)
#define PAGES 220
#define ALL (UINT64_C (1) << 28) /* pages of the file */

/* Numbers of pages, in no order; each its own. */
static void
choose_pages (uint64_t *pages)
{
  uint64_t seed = 5;

  for (uint64_t i = 0; i < PAGES; i++)
    pages[i] = (random_below (&seed, ALL / PAGES) * PAGES) + i;
}

static void
write_pages (struct vm_machine *m, const uint64_t *pages)
{
  for (uint64_t i = 0; i < PAGES; i++)
    run (m,
         "access process=A va=%" G_GUINT64_FORMAT
         " kind=write width=8 value=%" G_GUINT64_FORMAT,
         BASE + pages[i] * VM_PAGE_SIZE, pages[i] + 1);
}

/* What was written is still there; behind the end, zeros. */
static void
read_pages (struct vm_machine *m, const uint64_t *pages, uint64_t end)
{
  for (uint64_t i = 0; i < PAGES; i++) {
    const struct vm_result *result
        = run (m, "access process=A va=%" G_GUINT64_FORMAT " width=8",
               BASE + pages[i] * VM_PAGE_SIZE);
    g_assert_true (result->translation.ok);
    g_assert_cmpuint (result->translation.value, ==,
                      pages[i] < end ? pages[i] + 1 : 0);
  }
}

static struct vm_machine *
new_machine (const char *file)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=16M reclaim=linux");
  run (m, "swapon size=4M");
  run (m, "%s", file);
  run (m, "process name=A layout=linux");
  run (m,
       "mmap process=A va=%" G_GUINT64_FORMAT
       " length=1T fixed=on type=shared file=F",
       BASE);
  return m;
}

/* The file becomes shorter by a half, and as long as before: what was in that
 * half is forgotten, and nothing else. */
static void
cut (struct vm_machine *m)
{
  run (m, "truncate process=A file=F size=512G");
  assert_holds (m, VM_CHECK_ALL);
  run (m, "truncate process=A file=F size=1T");
}

/* Blocks of a file on the disk. */
static void
test_blocks (void)
{
  struct vm_machine *m = new_machine ("file name=F size=1T cached=off");
  const struct vm_state *s = vm_machine_state (m);
  uint64_t pages[PAGES];

  choose_pages (pages);
  write_pages (m, pages);
  run (m, "sync");
  g_assert_cmpuint (s->files[1].blocks, ==, PAGES);
  run (m,
       "madvise process=A va=%" G_GUINT64_FORMAT " length=1T advice=dontneed",
       BASE);
  run (m, "drop-caches");
  g_assert_cmpuint (s->files[1].pages, ==, 0);
  read_pages (m, pages, ALL);
  cut (m);
  g_assert_cmpuint (s->files[1].blocks, <, PAGES);
  assert_holds (m, VM_CHECK_ALL);
  read_pages (m, pages, ALL / 2);
  run (m, "truncate process=A file=F size=0");
  g_assert_cmpuint (s->files[1].blocks, ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Slots of swap that hold pages of shared memory. */
static void
test_slots (void)
{
  struct vm_machine *m = new_machine ("shm name=F size=1T");
  const struct vm_state *s = vm_machine_state (m);
  uint64_t pages[PAGES];

  choose_pages (pages);
  write_pages (m, pages);
  run (m, "madvise process=A va=%" G_GUINT64_FORMAT " length=1T advice=pageout",
       BASE);
  g_assert_cmpuint (s->files[1].swapped, ==, PAGES);
  assert_holds (m, VM_CHECK_ALL);
  cut (m);
  g_assert_cmpuint (s->files[1].swapped, <, PAGES);
  g_assert_cmpuint (s->files[1].swapped, >, 0);
  read_pages (m, pages, ALL / 2);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chains/blocks", test_blocks);
  g_test_add_func ("/chains/slots", test_slots);
  return g_test_run ();
}
