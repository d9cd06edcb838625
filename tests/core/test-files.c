/* Random operations on files, mapped, read, written, cut and dropped, against a
 * naive model that knows bytes and nothing else; memory plentiful and scarce.
 */
#include "support.h"

#include "mm/files.h"

#include <string.h>

#define FILES 3u /* the last one is in memory only */
#define PAGES 24u
#define PAGE 4096u
#define PROCESSES 2u
#define BUFFER UINT64_C (0x50000000)

/* What there must be. */
struct model {
  struct vm_machine *m;
  uint64_t seed, size[FILES];
  uint8_t content[FILES][PAGES * PAGE];
  uint8_t *own[PROCESSES][FILES][PAGES]; /* private copies */
  uint8_t buffer[PAGES * PAGE];          /* of process 0 */
};

static uint64_t
address_of (uint32_t file, bool shared, uint64_t offset)
{
  return (UINT64_C (0x10000000) << shared) + file * UINT64_C (0x1000000)
         + offset;
}

static const char *
name_of (uint32_t process)
{
  return process == 0 ? "A" : "B";
}

static void
forget_own (struct model *model, uint32_t process, uint32_t file,
            uint64_t first)
{
  for (uint64_t page = first; page < PAGES; page++)
    g_clear_pointer (&model->own[process][file][page], g_free);
}

static void
map (struct model *model, uint32_t process, uint32_t file, bool shared)
{
  run (model->m,
       "mmap process=%s va=%" G_GUINT64_FORMAT
       " length=96K fixed=on file=f%u type=%s",
       name_of (process), address_of (file, shared, 0), file,
       shared ? "shared" : "private");
  if (!shared)
    forget_own (model, process, file, 0);
}

static struct model *
model_new (const char *machine, uint64_t seed)
{
  struct model *model = g_new0 (struct model, 1);

  model->m = vm_machine_new ();
  model->seed = seed;
  run (model->m, "%s", machine);
  run (model->m, "swapon size=4M");
  for (uint32_t p = 0; p < PROCESSES; p++)
    run (model->m, "process name=%s layout=linux", name_of (p));
  run (model->m, "mmap process=A va=%" G_GUINT64_FORMAT " length=96K fixed=on",
       BUFFER);
  for (uint32_t file = 0; file < FILES; file++) {
    model->size[file] = 10 * PAGE + 1000 * file;
    run (model->m, "file name=f%u size=%" G_GUINT64_FORMAT " cached=off fs=%s",
         file, model->size[file], file == FILES - 1 ? "tmpfs" : "ext4");
    for (uint64_t page = 0; page < PAGES && file < FILES - 1; page++)
      vm_files_load (vm_machine_tape (model->m), vm_machine_state (model->m),
                     file + 1, page, model->content[file] + page * PAGE);
    for (uint32_t p = 0; p < PROCESSES; p++) {
      map (model, p, file, false);
      map (model, p, file, true);
    }
  }
  return model;
}

static void
model_free (struct model *model)
{
  for (uint32_t p = 0; p < PROCESSES; p++)
    for (uint32_t file = 0; file < FILES; file++)
      forget_own (model, p, file, 0);
  vm_machine_free (model->m);
  g_free (model);
}

/* Where the bytes of a page are that a mapping shows. */
static uint8_t *
shown (struct model *model, uint32_t process, uint32_t file, bool shared,
       uint64_t page)
{
  uint8_t *own = model->own[process][file][page];

  return !shared && own != NULL ? own : model->content[file] + page * PAGE;
}

static void
touch (struct model *model, uint32_t process, uint32_t file)
{
  bool shared = random_chance (&model->seed, 50);
  bool write = random_chance (&model->seed, 50);
  uint64_t offset = random_below (&model->seed, PAGES * PAGE / 8) * 8;
  uint64_t value = random_next (&model->seed), page = offset / PAGE, is;
  uint64_t pages = (model->size[file] + PAGE - 1) / PAGE;

  if (page < pages && offset + 8 > model->size[file])
    return; /* what lies behind the end is nobody's */
  const struct vm_result *result
      = run (model->m,
             "access process=%s va=%" G_GUINT64_FORMAT " width=8 kind=%s "
             "value=%" G_GUINT64_FORMAT,
             name_of (process), address_of (file, shared, offset),
             write ? "write" : "read", value);
  uint8_t **own = &model->own[process][file][page];
  if (page >= pages) {
    g_assert_cmpuint (result->signal, ==, VM_SIGBUS);
    return;
  }
  g_assert_true (result->translation.ok);
  if (write && !shared && *own == NULL)
    *own = g_memdup2 (model->content[file] + page * PAGE, PAGE);
  uint8_t *at = shown (model, process, file, shared, page) + offset % PAGE;
  if (write) {
    memcpy (at, &value, 8);
    return;
  }
  memcpy (&is, at, 8);
  g_assert_cmphex (result->translation.value, ==, is);
}

/* One byte of the buffer of process A. */
static void
check_byte (struct model *model, uint64_t at)
{
  g_assert_cmphex (run (model->m,
                        "access process=A va=%" G_GUINT64_FORMAT " width=1",
                        BUFFER + at)
                       ->translation.value,
                   ==, model->buffer[at]);
}

static void
transfer (struct model *model, uint32_t file)
{
  bool write = random_chance (&model->seed, 50);
  uint64_t offset = random_below (&model->seed, PAGES * PAGE);
  uint64_t at = random_below (&model->seed, PAGES * PAGE);
  uint64_t most = PAGES * PAGE - MAX (offset, at);
  uint64_t length = random_below (&model->seed, MIN (most, 5 * PAGE)) + 1;
  uint64_t size = model->size[file], expected = length;
  uint64_t value = random_below (&model->seed, 256);

  if (write) {
    run (model->m,
         "access process=A va=%" G_GUINT64_FORMAT " width=1 kind=write "
         "value=%" G_GUINT64_FORMAT,
         BUFFER + at, value);
    model->buffer[at] = (uint8_t) value;
  } else
    expected = offset >= size ? 0 : MIN (length, size - offset);
  const struct vm_result *result
      = run (model->m,
             "%s process=A file=f%u va=%" G_GUINT64_FORMAT
             " length=%" G_GUINT64_FORMAT " offset=%" G_GUINT64_FORMAT,
             write ? "write" : "read", file, BUFFER + at, length, offset);
  g_assert_cmpuint (result->refused, ==, VM_ERRNO_NONE);
  g_assert_cmpuint (result->value, ==, expected);
  if (!write) {
    memcpy (model->buffer + at, model->content[file] + offset, expected);
    check_byte (model, at);
    check_byte (model, at + length / 2);
    return;
  }
  memcpy (model->content[file] + offset, model->buffer + at, length);
  model->size[file] = MAX (size, offset + length);
}

static void
cut (struct model *model, uint32_t file)
{
  uint64_t size = random_below (&model->seed, PAGES * PAGE);
  uint64_t pages = (size + PAGE - 1) / PAGE;

  run (model->m, "truncate process=A file=f%u size=%" G_GUINT64_FORMAT, file,
       size);
  if (size < model->size[file])
    for (uint32_t p = 0; p < PROCESSES; p++)
      forget_own (model, p, file, pages);
  memset (model->content[file] + size, 0, PAGES * PAGE - size);
  model->size[file] = size;
}

static void
advise (struct model *model, uint32_t process, uint32_t file)
{
  static const char *const advice[]
      = {"dontneed", "normal", "random", "sequential", "willneed"};
  bool shared = random_chance (&model->seed, 50);
  uint32_t which
      = (uint32_t) random_below (&model->seed, G_N_ELEMENTS (advice));

  run (model->m,
       "madvise process=%s va=%" G_GUINT64_FORMAT " length=96K advice=%s",
       name_of (process), address_of (file, shared, 0), advice[which]);
  if (which == 0 && !shared)
    forget_own (model, process, file, 0);
}

static void
keep (struct model *model, uint32_t process, uint32_t file)
{
  switch (random_below (&model->seed, 6)) {
  case 0:
    run (model->m, "fsync process=%s file=f%u", name_of (process), file);
    break;
  case 1:
    run (model->m, "msync process=%s va=%" G_GUINT64_FORMAT " length=96K",
         name_of (process), address_of (file, true, 0));
    break;
  case 2:
    run (model->m, "sync");
    break;
  case 3:
    run (model->m, "drop-caches");
    break;
  case 4:
    run (model->m, "tick n=%u", 1 + (guint) random_below (&model->seed, 40));
    break;
  default:
    map (model, process, file, random_chance (&model->seed, 50));
    break;
  }
}

/* Once all is written, the disk has what the model has. */
static void
check_disk (struct model *model)
{
  uint8_t bytes[PAGE];

  run (model->m, "sync");
  g_assert_cmpuint (vm_machine_state (model->m)->dirty_pages, ==, 0);
  for (uint32_t file = 0; file < FILES - 1; file++)
    for (uint64_t at = 0; at < model->size[file]; at += PAGE) {
      vm_files_load (vm_machine_tape (model->m), vm_machine_state (model->m),
                     file + 1, at / PAGE, bytes);
      g_assert_cmpmem (bytes, MIN (PAGE, model->size[file] - at),
                       model->content[file] + at,
                       MIN (PAGE, model->size[file] - at));
    }
}

static void
step (struct model *model)
{
  uint32_t process = (uint32_t) random_below (&model->seed, PROCESSES);
  uint32_t file = (uint32_t) random_below (&model->seed, FILES);
  uint64_t which = random_below (&model->seed, 100);

  if (which < 60)
    touch (model, process, file);
  else if (which < 80)
    transfer (model, file);
  else if (which < 84)
    cut (model, file);
  else if (which < 90)
    advise (model, process, file);
  else
    keep (model, process, file);
}

static uint32_t
operations (void)
{
  const char *given = g_getenv ("PAGEWALK_OPERATIONS");

  return given != NULL ? (uint32_t) g_ascii_strtoull (given, NULL, 10) : 1500;
}

static void
try_machine (const char *machine, uint64_t seed)
{
  struct model *model = model_new (machine, seed);

  for (uint32_t i = 1; i <= operations (); i++) {
    step (model);
    assert_holds (model->m, VM_CHECK_ALL);
    if (i % 250 == 0)
      check_disk (model);
  }
  check_disk (model);
  model_free (model);
}

static void
test_plenty (void)
{
  try_machine ("machine geometry=x86-64 memory=4M", 1);
  try_machine ("machine geometry=x86-64 memory=4M read-ahead=16K", 2);
  try_machine ("machine geometry=sv39 memory=4M flags=software", 3);
}

static void
test_scarce (void)
{
  try_machine ("machine geometry=x86-64 memory=640K", 4);
  try_machine ("machine geometry=x86-32 memory=512K read-ahead=0", 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/plenty", test_plenty);
  g_test_add_func ("/files/scarce", test_scarce);
  return g_test_run ();
}
