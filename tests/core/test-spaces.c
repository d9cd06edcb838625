/* Address spaces: what a process reads is what it last wrote or inherited,
 * whatever the kernel shares, copies and takes away meanwhile. */
#include <string.h>

#include "mm/account.h"
#include "mm/frames.h"
#include "mm/region_tree.h"
#include "support.h"

#define BASE UINT64_C (0x10000000)
#define PAGES 48
#define PROCESSES 16
#define PAGE 4096u
#define FILE_PAGES 6
#define BLOCKS 8

/* What one page of a naive address space is. */
struct cell {
  uint8_t mapped; /* 2: but beyond the end of shared memory */
  uint8_t readable, writable;
  uint8_t value;  /* of its first byte, if it is private */
  uint32_t store; /* of a shared one: where its value is; 0: private */
  uint32_t end;   /* where the values of its memory end */
};

/* Memory that malloc gave. */
struct block {
  uint64_t va;
  uint8_t value; /* of its first and last byte */
  uint64_t bytes;
};

struct heap {
  struct block blocks[BLOCKS];
  uint32_t count;
  bool broken; /* a signal came in the middle of malloc or free */
};

/* The naive model: no frames, no tables, no sharing but what shall be. */
struct model {
  struct heap heaps[PROCESSES]; /* of each space */
  uint8_t file[FILE_PAGES];     /* first byte of each page */
  struct cell spaces[PROCESSES][PAGES];
  int space[PROCESSES];  /* index into spaces; -1: no such process */
  int parent[PROCESSES]; /* -1: none */
  bool waits[PROCESSES]; /* it called vfork */
  bool zombie[PROCESSES];
  uint8_t *stores;
  uint32_t store_count, store_room;
};

struct play {
  struct vm_machine *m;
  struct model model;
  uint64_t seed;
};

static uint64_t
below (struct play *play, uint64_t end)
{
  return random_below (&play->seed, end);
}

static const struct vm_result *
latest (const struct play *play)
{
  return vm_machine_result (play->m, vm_machine_op_count (play->m) - 1);
}

static uint8_t *
value_of (struct model *model, struct cell *cell)
{
  return cell->store != 0 ? &model->stores[cell->store] : &cell->value;
}

/* Shared memory of count pages; its values begin at the returned number. */
static uint32_t
new_store (struct model *model, uint32_t count)
{
  uint32_t first = model->store_count;

  model->store_count += count;
  if (model->store_count > model->store_room) {
    model->store_room = model->store_count * 2;
    model->stores = g_realloc (model->stores, model->store_room);
  }
  memset (model->stores + first, 0, count);
  return first;
}

/* A process that can do something; -1 if there is none. */
static int
choose (struct play *play)
{
  int first = (int) below (play, PROCESSES);

  for (int i = 0; i < PROCESSES; i++) {
    int p = (first + i) % PROCESSES;
    if (play->model.space[p] >= 0 && !play->model.waits[p]
        && !play->model.zombie[p])
      return p;
  }
  return -1;
}

/* A place for a new process; -1 if all are taken. */
static int
vacant (const struct play *play)
{
  for (int i = 0; i < PROCESSES; i++)
    if (play->model.space[i] < 0 && !play->model.zombie[i])
      return i;
  return -1;
}

static struct cell *
cells_of (struct play *play, int p)
{
  return play->model.spaces[play->model.space[p]];
}

/* A run of pages in the window. */
static void
choose_range (struct play *play, uint32_t *first, uint32_t *count)
{
  *first = (uint32_t) below (play, PAGES);
  *count = 1 + (uint32_t) below (play, MIN (PAGES - *first, 12));
}

static void
do_mmap (struct play *play, int p)
{
  static const char *const rights[] = {"none", "r", "rw"};
  uint32_t first, count, prot = (uint32_t) below (play, 4);
  bool shared = below (play, 3) == 0, populate = below (play, 6) == 0;
  struct cell *cells = cells_of (play, p);

  prot = MIN (prot, 2);
  choose_range (play, &first, &count);
  run (play->m,
       "mmap process=P%d va=0x%" G_GINT64_MODIFIER
       "x length=%u prot=%s type=%s fixed=on populate=%s",
       p, BASE + first * PAGE, count * PAGE, rights[prot],
       shared ? "shared" : "private", populate ? "on" : "off");
  g_assert_cmpstr (vm_errno_name ((enum vm_errno) latest (play)->refused), ==,
                   "none");
  uint32_t store = shared ? new_store (&play->model, count) : 0;
  for (uint32_t i = 0; i < count; i++)
    cells[first + i] = (struct cell){
        .mapped = 1,
        .readable = prot >= 1,
        .writable = prot == 2,
        .store = shared ? store + i : 0,
        .end = store + count,
    };
}

static void
do_munmap (struct play *play, int p)
{
  uint32_t first, count;
  struct cell *cells = cells_of (play, p);

  choose_range (play, &first, &count);
  run (play->m, "munmap process=P%d va=0x%" G_GINT64_MODIFIER "x length=%u", p,
       BASE + first * PAGE, count * PAGE);
  g_assert_cmpint (latest (play)->refused, ==, VM_ERRNO_NONE);
  memset (cells + first, 0, count * sizeof *cells);
}

static void
do_mprotect (struct play *play, int p)
{
  static const char *const rights[] = {"none", "r", "rw"};
  uint32_t first, count, prot = (uint32_t) below (play, 3), i = 0;
  struct cell *cells = cells_of (play, p);

  choose_range (play, &first, &count);
  run (play->m,
       "mprotect process=P%d va=0x%" G_GINT64_MODIFIER "x length=%u prot=%s", p,
       BASE + first * PAGE, count * PAGE, rights[prot]);
  for (; i < count && cells[first + i].mapped; i++) {
    cells[first + i].readable = prot >= 1;
    cells[first + i].writable = prot == 2;
  }
  g_assert_cmpint (latest (play)->refused, ==,
                   i == count ? VM_ERRNO_NONE : VM_ENOMEM);
}

static void
do_mremap (struct play *play, int p)
{
  uint32_t from, to, old_count, new_count;
  struct cell *cells = cells_of (play, p);
  struct cell moved[PAGES] = {{0}};

  choose_range (play, &from, &old_count);
  choose_range (play, &to, &new_count);
  run (play->m,
       "mremap process=P%d va=0x%" G_GINT64_MODIFIER
       "x old-length=%u new-length=%u to=0x%" G_GINT64_MODIFIER "x",
       p, BASE + from * PAGE, old_count * PAGE, new_count * PAGE,
       BASE + to * PAGE);
  uint8_t refused = latest (play)->refused;
  if (refused == VM_ENOMEM)
    memset (cells + to, 0, new_count * sizeof *cells);
  if (refused != VM_ERRNO_NONE)
    return;
  memcpy (moved, cells + from, MIN (old_count, new_count) * sizeof *cells);
  /* What is new goes on where that ended; shared memory has an end. */
  for (uint32_t i = old_count; i < new_count; i++) {
    moved[i] = moved[0];
    moved[i].value = 0;
    if (moved[i].store == 0)
      continue;
    moved[i].store += i;
    moved[i].mapped = moved[i].store < moved[i].end ? 1 : 2;
  }
  memset (cells + from, 0, old_count * sizeof *cells);
  memcpy (cells + to, moved, new_count * sizeof *cells);
}

static void
do_dontneed (struct play *play, int p)
{
  uint32_t first, count;
  bool hole = false;
  struct cell *cells = cells_of (play, p);

  choose_range (play, &first, &count);
  run (play->m,
       "madvise process=P%d va=0x%" G_GINT64_MODIFIER
       "x length=%u advice=dontneed",
       p, BASE + first * PAGE, count * PAGE);
  for (uint32_t i = first; i < first + count; i++) {
    hole |= !cells[i].mapped;
    cells[i].value = 0;
  }
  g_assert_cmpint (latest (play)->refused, ==,
                   hole ? VM_ENOMEM : VM_ERRNO_NONE);
}

static void
copy_space (struct model *model, int from, int to)
{
  memcpy (model->spaces[to], model->spaces[from], sizeof model->spaces[to]);
  model->heaps[to] = model->heaps[from];
}

static void
do_fork (struct play *play, int p, bool shares)
{
  int child = vacant (play);

  if (child < 0)
    return;
  run (play->m, "%s process=P%d name=P%d", shares ? "vfork" : "fork", p, child);
  if (latest (play)->refused != VM_ERRNO_NONE) {
    g_assert_cmpint (latest (play)->refused, ==, VM_ENOMEM);
    return;
  }
  play->model.parent[child] = p;
  play->model.waits[p] = shares;
  play->model.space[child] = shares ? play->model.space[p] : child;
  if (!shares)
    copy_space (&play->model, play->model.space[p], child);
}

static void
do_exit (struct play *play, int p)
{
  struct model *model = &play->model;
  int parent = model->parent[p];

  run (play->m, "exit process=P%d", p);
  if (parent >= 0 && model->waits[parent]
      && model->space[parent] == model->space[p])
    model->waits[parent] = false;
  for (int i = 0; i < PROCESSES; i++) {
    if (model->parent[i] != p)
      continue;
    model->parent[i] = -1;
    model->zombie[i] = false;
  }
  model->space[p] = -1;
  model->zombie[p] = parent >= 0;
}

static void
do_wait (struct play *play, int p)
{
  struct model *model = &play->model;
  int children = 0, ended = 0;

  for (int i = 0; i < PROCESSES; i++) {
    bool mine = model->parent[i] == p
                && (model->space[i] >= 0 || model->zombie[i]);
    children += mine;
    ended += mine && model->zombie[i];
  }
  run (play->m, "wait process=P%d", p);
  g_assert_cmpint (latest (play)->refused, ==,
                   children == 0 ? VM_ECHILD
                   : ended == 0  ? VM_EAGAIN
                                 : VM_ERRNO_NONE);
  if (ended == 0)
    return;
  /* Which of them is the machine's business: its name is free again. */
  for (int i = 0; i < PROCESSES; i++) {
    g_autofree char *name = g_strdup_printf ("P%d", i);
    if (model->parent[i] != p || !model->zombie[i]
        || vm_machine_process_named (play->m, name) != VM_NONE)
      continue;
    model->zombie[i] = false;
    model->parent[i] = -1;
  }
}

static const char *
expected_signal (const struct cell *cell, bool write)
{
  if (!cell->mapped)
    return "MAPERR";
  if (!cell->readable || (write && !cell->writable))
    return "ACCERR";
  return cell->mapped == 2 ? "ADRERR" : NULL;
}

static void
do_access (struct play *play, int p)
{
  uint32_t page = (uint32_t) below (play, PAGES);
  struct cell *cell = &cells_of (play, p)[page];
  bool write = below (play, 2) == 0;
  uint8_t value = (uint8_t) (1 + below (play, 255));
  const char *signal = expected_signal (cell, write);
  uint32_t cpus = vm_machine_state (play->m)->config.cpus;
  uint32_t cpu = cpus > 1 ? (uint32_t) below (play, cpus) : 0;

  g_autofree char *store = write ? g_strdup_printf ("value=%u", value)
                                 : g_strdup ("");
  run (play->m,
       "access process=P%d va=0x%" G_GINT64_MODIFIER
       "x kind=%s width=1 %s cpu=%u",
       p, BASE + page * PAGE, write ? "write" : "read", store, cpu);
  const struct vm_result *result = latest (play);
  /* A page table may be needed before the end of the file is noticed. */
  bool no_memory = !result->translation.ok
                   && result->signal_code == VM_CODE_NO_MEMORY;
  if (signal != NULL && !(no_memory && cell->mapped == 2)) {
    g_assert_false (result->translation.ok);
    g_assert_cmpstr (
        vm_signal_code_name ((enum vm_signal_code) result->signal_code), ==,
        signal);
    return;
  }
  if (no_memory)
    return;
  g_assert_true (result->translation.ok);
  if (write)
    *value_of (&play->model, cell) = value;
  else
    g_assert_cmpint (result->translation.value, ==,
                     *value_of (&play->model, cell));
}

/* The pages before the first that the process may not touch. */
static uint32_t
reachable (struct play *play, int p, uint32_t first, uint32_t count, bool write)
{
  uint32_t i = 0;

  while (i < count
         && expected_signal (&cells_of (play, p)[first + i], write) == NULL)
    i++;
  return i;
}

/* The kernel copies whole pages between a file and the window. */
static void
do_transfer (struct play *play, int p)
{
  uint32_t first, count, page = (uint32_t) below (play, FILE_PAGES);
  bool to_file = below (play, 2) == 0;
  uint8_t *file = play->model.file;

  choose_range (play, &first, &count);
  count = MIN (count, FILE_PAGES - page);
  uint32_t most = reachable (play, p, first, count, !to_file);
  const struct vm_result *result = run (
      play->m,
      "%s process=P%d file=F va=0x%" G_GINT64_MODIFIER "x length=%u offset=%u",
      to_file ? "write" : "read", p, BASE + first * PAGE, count * PAGE,
      page * PAGE);
  uint64_t done = result->value / PAGE;
  g_assert_cmpuint (result->value % PAGE, ==, 0);
  g_assert_cmpuint (done, <=, most);
  if (most == 0)
    g_assert_true (result->refused == VM_EFAULT
                   || result->refused == VM_ENOMEM);
  for (uint32_t i = 0; i < done; i++) {
    uint8_t *value = value_of (&play->model, &cells_of (play, p)[first + i]);
    if (to_file)
      file[page + i] = *value;
    else
      *value = file[page + i];
  }
}

/* Stores a byte of a block, or looks whether it is there. */
static void
touch_block (struct play *play, int p, const struct block *block, uint64_t at,
             bool write)
{
  g_autofree char *store = write ? g_strdup_printf ("value=%u", block->value)
                                 : g_strdup ("");
  const struct vm_result *result = run (
      play->m,
      "access process=P%d va=0x%" G_GINT64_MODIFIER "x kind=%s width=1 %s", p,
      block->va + at, write ? "write" : "read", store);

  if (!result->translation.ok)
    g_assert_cmpint (result->signal_code, ==, VM_CODE_NO_MEMORY);
  else if (!write)
    g_assert_cmpint (result->translation.value, ==, block->value);
  if (write && !result->translation.ok)
    play->model.heaps[play->model.space[p]].broken = true;
}

static void
do_malloc (struct play *play, int p, struct heap *heap)
{
  struct block *block = &heap->blocks[heap->count];

  block->bytes = 1 + below (play, UINT64_C (1) << below (play, 15));
  block->value = (uint8_t) below (play, 256);
  const struct vm_result *result = run (
      play->m, "malloc process=P%d bytes=%" G_GUINT64_FORMAT, p, block->bytes);
  heap->broken = result->signal != VM_SIGNAL_NONE;
  block->va = result->value;
  if (block->va == 0)
    return;
  heap->count++;
  touch_block (play, p, block, 0, true);
  touch_block (play, p, block, block->bytes - 1, true);
}

static void
do_free (struct play *play, int p, struct heap *heap)
{
  uint32_t which = (uint32_t) below (play, heap->count);
  struct block *block = &heap->blocks[which];

  touch_block (play, p, block, 0, false);
  touch_block (play, p, block, block->bytes - 1, false);
  const struct vm_result *result = run (
      play->m, "free process=P%d va=0x%" G_GINT64_MODIFIER "x", p, block->va);
  heap->broken = result->signal != VM_SIGNAL_NONE;
  g_assert_cmpint (result->refused, ==, VM_ERRNO_NONE);
  *block = heap->blocks[--heap->count];
}

/* malloc or free, in a process that has its heap. */
static void
do_heap (struct play *play, int p)
{
  struct heap *heap = &play->model.heaps[play->model.space[p]];

  if (heap->broken)
    return;
  if (heap->count == 0 || (heap->count < BLOCKS && below (play, 2) == 0))
    do_malloc (play, p, heap);
  else
    do_free (play, p, heap);
}

static void
do_something (struct play *play)
{
  int p = choose (play);
  uint64_t what = below (play, 112);

  if (p < 0) {
    p = vacant (play);
    run (play->m, "process name=P%d%s", p,
         below (play, 2) == 0 ? " layout=linux" : "");
    play->model.space[p] = p;
    play->model.parent[p] = -1;
    memset (play->model.spaces[p], 0, sizeof play->model.spaces[p]);
    memset (&play->model.heaps[p], 0, sizeof play->model.heaps[p]);
    return;
  }
  if (what < 60)
    do_access (play, p);
  else if (what < 72)
    do_mmap (play, p);
  else if (what < 78)
    do_munmap (play, p);
  else if (what < 84)
    do_mprotect (play, p);
  else if (what < 87)
    do_mremap (play, p);
  else if (what < 90)
    do_dontneed (play, p);
  else if (what < 95)
    do_fork (play, p, below (play, 5) == 0);
  else if (what < 98)
    do_wait (play, p);
  else if (what < 104)
    do_transfer (play, p);
  else if (what < 110)
    do_heap (play, p);
  else
    do_exit (play, p);
}

static void
end_all (struct play *play)
{
  for (int p = choose (play); p >= 0; p = choose (play))
    do_exit (play, p);
}

static void
begin (struct play *play, const char *machine, uint64_t seed)
{
  play->m = vm_machine_new ();
  play->seed = seed;
  play->model.store_count = 1;
  memset (play->model.space, -1, sizeof play->model.space);
  memset (play->model.parent, -1, sizeof play->model.parent);
  run (play->m, "%s", machine);
  run (play->m, "file name=F fs=tmpfs size=%u", FILE_PAGES * PAGE);
}

static void
finish (struct play *play)
{
  g_free (play->model.stores);
  vm_machine_free (play->m);
}

static void
play_random (const char *machine, uint64_t seed, uint32_t count)
{
  g_autofree struct play *play = g_new0 (struct play, 1);

  begin (play, machine, seed);
  for (uint32_t i = 0; i < count; i++) {
    do_something (play);
    assert_holds (play->m, VM_CHECK_ALL);
  }
  end_all (play);
  assert_holds (play->m, VM_CHECK_ALL);

  /* No frame is lost, and no promise. */
  const struct vm_state *s = vm_machine_state (play->m);
  uint32_t kept = 1 + (s->zero_frame != 0) + (s->config.kernel_root != 0)
                  + s->files[1].pages;
  g_assert_cmpuint (s->free_count, ==, s->config.frames - kept);
  g_assert_cmpuint (s->committed, ==, 0);
  finish (play);
}

/* Going back is exact: at every operation's end the state is what it was, and
 * its links hold at every step. */
static void
test_seek (void)
{
  g_autofree struct play *play = g_new0 (struct play, 1);
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (uint64_t));
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (uint64_t));

  begin (play, "machine geometry=x86-64 memory=512K cpus=2 psc=on", 20);
  for (uint32_t i = 0; i < 600; i++) {
    do_something (play);
    uint64_t step = vm_machine_step_count (play->m);
    uint64_t hash = vm_state_hash (vm_machine_tape (play->m));
    g_array_append_val (steps, step);
    g_array_append_val (hashes, hash);
  }
  for (uint32_t i = 0; i < 300; i++) {
    uint32_t at = (uint32_t) below (play, steps->len);
    uint64_t end = vm_machine_step_count (play->m);
    g_assert_true (
        vm_machine_seek (play->m, g_array_index (steps, uint64_t, at)));
    g_assert_cmphex (vm_state_hash (vm_machine_tape (play->m)), ==,
                     g_array_index (hashes, uint64_t, at));
    g_assert_true (vm_machine_seek (play->m, below (play, end + 1)));
    assert_holds (play->m, VM_CHECK_LINKS);
  }
  finish (play);
}

static uint32_t
how_many (void)
{
  const char *asked = g_getenv ("PAGEWALK_OPERATIONS");
  return asked != NULL ? (uint32_t) g_ascii_strtoull (asked, NULL, 10) : 1700;
}

static void
test_random (gconstpointer machine)
{
  for (uint64_t seed = 1; seed <= 2; seed++)
    play_random (machine, seed * 7919, how_many () / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/spaces/x86-64", "machine geometry=x86-64 memory=1M",
                        test_random);
  g_test_add_data_func ("/spaces/scarce", "machine geometry=x86-64 memory=256K",
                        test_random);
  g_test_add_data_func ("/spaces/x86-32", "machine geometry=x86-32 memory=512K",
                        test_random);
  g_test_add_data_func (
      "/spaces/processors",
      "machine geometry=x86-64 memory=2M cpus=2 pcid=on kpti=on psc=on",
      test_random);
  g_test_add_data_func (
      "/spaces/upper-entries",
      "machine geometry=x86-64 memory=2M cpus=3 dtlb=1x1 pcid=on psc=on",
      test_random);
  g_test_add_data_func ("/spaces/pae", "machine geometry=x86-pae memory=1M",
                        test_random);
  g_test_add_data_func ("/spaces/aarch64", "machine geometry=aarch64 memory=1M",
                        test_random);
  g_test_add_func ("/spaces/seek", test_seek);
  return g_test_run ();
}
