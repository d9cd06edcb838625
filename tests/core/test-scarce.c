/* Random lists of operations where memory is scarce: a model that only knows
 * what was written knows what must be read, whatever left memory meanwhile. */
#include "support.h"

#include <inttypes.h>
#include <stdlib.h>

#include "mm/swap.h"
#include "process/process.h"

#define BASE UINT64_C (0x10000000)
#define FILE_BASE UINT64_C (0x20000000)
#define SHARED_BASE UINT64_C (0x30000000)
#define PAGES 40
#define FILE_PAGES 12
#define PROCESSES 5
#define SHARED_PAGES 10
#define GROUPS 12 /* of processes that share memory; the first shares S */

/* What a process must find in its pages. */
struct model {
  bool alive;
  bool mapped[PAGES];
  bool lazy[PAGES]; /* given up with MADV_FREE: the value, or zeros */
  uint64_t value[PAGES];
  uint32_t group; /* with whom it shares memory without a name; 0: nobody */
};

struct course {
  struct vm_machine *m;
  uint64_t seed;
  uint64_t made;             /* names given out */
  uint64_t next;             /* value to write */
  uint64_t file[FILE_PAGES]; /* what was found there first */
  uint64_t shared[GROUPS][SHARED_PAGES];
  uint32_t groups;
  struct model models[PROCESSES];
  char names[PROCESSES][8];
};

static uint64_t
below (struct course *c, uint64_t end)
{
  return random_below (&c->seed, end);
}

/* Runs a line that may be refused, and checks everything. NULL: refused. */
static const struct vm_result *
try_line (struct course *c, const char *line)
{
  struct vm_error error;

  if (g_test_verbose ())
    g_test_message ("%s", line);
  if (!vm_machine_do_line (c->m, line, &error))
    return NULL;
  assert_holds (c->m, VM_CHECK_ALL);
  return vm_machine_result (c->m, vm_machine_op_count (c->m) - 1);
}

/* Whoever is gone was killed, for want of memory. */
static void
bury (struct course *c)
{
  for (uint32_t i = 0; i < PROCESSES; i++) {
    uint32_t index = c->models[i].alive
                         ? vm_machine_process_named (c->m, c->names[i])
                         : VM_NONE;
    if (index == VM_NONE
        || vm_machine_state (c->m)->processes[index].state
               != VM_PROCESS_RUNNING)
      c->models[i].alive = false;
  }
}

static const struct vm_result *act (struct course *c, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

static const struct vm_result *
act (struct course *c, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  g_autofree char *line = g_strdup_vprintf (format, values);
  va_end (values);
  const struct vm_result *result = try_line (c, line);
  bury (c);
  return result;
}

static struct model *
someone (struct course *c, const char **name)
{
  uint32_t first = (uint32_t) below (c, PROCESSES);

  for (uint32_t i = 0; i < PROCESSES; i++) {
    uint32_t which = (first + i) % PROCESSES;
    *name = c->names[which];
    if (c->models[which].alive)
      return &c->models[which];
  }
  return NULL;
}

/* Every process maps S, and, as long as there are numbers for groups, memory
 * without a name that its children will share. */
static void
map_shared (struct course *c, struct model *model, const char *name)
{
  act (c,
       "mmap process=%s va=%" PRIu64 " length=%u fixed=on type=shared file=S",
       name, SHARED_BASE, SHARED_PAGES * VM_PAGE_SIZE);
  if (c->groups + 1 == GROUPS || !model->alive)
    return;
  const struct vm_result *r = act (
      c, "mmap process=%s va=%" PRIu64 " length=%u fixed=on type=shared", name,
      SHARED_BASE + SHARED_PAGES * VM_PAGE_SIZE, SHARED_PAGES * VM_PAGE_SIZE);
  if (r->refused == VM_ERRNO_NONE)
    model->group = ++c->groups;
}

/* The value and the address of some shared page; NULL: there is none. */
static uint64_t *
some_shared (struct course *c, const struct model *model, uint64_t *va)
{
  uint32_t group = random_chance (&c->seed, 50) ? model->group : 0;
  uint64_t page = below (c, SHARED_PAGES);
  uint64_t first = group == 0 ? 0 : SHARED_PAGES;

  *va = SHARED_BASE + (first + page) * VM_PAGE_SIZE + 16;
  return &c->shared[group][page];
}

static void
read_shared (struct course *c, const struct model *model, const char *name)
{
  uint64_t va, *value = some_shared (c, model, &va);
  const struct vm_result *r
      = act (c, "access process=%s va=%" PRIu64 " width=8", name, va);

  if (r->translation.ok && r->translation.value != *value)
    g_error ("%s, shared %#" PRIx64 ": %" PRIu64 " instead of %" PRIu64, name,
             va, r->translation.value, *value);
}

static void
write_shared (struct course *c, const struct model *model, const char *name)
{
  uint64_t va, *value = some_shared (c, model, &va), new = c->next++;
  const struct vm_result *r = act (
      c, "access process=%s va=%" PRIu64 " width=8 kind=write value=%" PRIu64,
      name, va, new);

  if (r->translation.ok)
    *value = new;
}

/* S becomes shorter, and as long as before: what lay behind is gone. */
static void
cut_shared (struct course *c, const char *name)
{
  uint64_t pages = below (c, SHARED_PAGES);
  const struct vm_result *r = act (c,
                                   "truncate process=%s file=S size=%" PRIu64,
                                   name, pages * VM_PAGE_SIZE);

  if (r->refused != VM_ERRNO_NONE)
    return;
  for (uint64_t page = pages; page < SHARED_PAGES; page++)
    c->shared[0][page] = 0;
  act (c, "truncate process=%s file=S size=%u", name,
       SHARED_PAGES * VM_PAGE_SIZE);
}

static void
advise_shared (struct course *c, const char *name)
{
  static const char *const advice[]
      = {"pageout", "pageout", "willneed", "cold", "dontneed"};

  act (c, "madvise process=%s va=%" PRIu64 " length=%u advice=%s", name,
       SHARED_BASE, 2 * SHARED_PAGES * VM_PAGE_SIZE,
       advice[below (c, G_N_ELEMENTS (advice))]);
}

static void
use_shared (struct course *c, const struct model *model, const char *name)
{
  uint64_t dice = below (c, 100);

  if (dice < 48)
    read_shared (c, model, name);
  else if (dice < 86)
    write_shared (c, model, name);
  else if (dice < 97)
    advise_shared (c, name);
  else
    cut_shared (c, name);
}

static void
begin_process (struct course *c)
{
  for (uint32_t i = 0; i < PROCESSES; i++) {
    struct model *model = &c->models[i];
    if (model->alive)
      continue;
    *model = (struct model){.alive = false};
    g_snprintf (c->names[i], sizeof c->names[i], "P%" PRIu64, c->made++);
    if (act (c, "process name=%s layout=linux", c->names[i]) == NULL)
      return;
    model->alive = true;
    act (c, "mmap process=%s va=%" PRIu64 " length=%u fixed=on", c->names[i],
         BASE, PAGES * VM_PAGE_SIZE);
    act (c, "mmap process=%s va=%" PRIu64 " length=%u fixed=on file=F prot=r",
         c->names[i], FILE_BASE, FILE_PAGES * VM_PAGE_SIZE);
    for (uint32_t page = 0; page < PAGES; page++)
      model->mapped[page] = true;
    map_shared (c, model, c->names[i]);
    return;
  }
}

static void
read_page (struct course *c, struct model *model, const char *name)
{
  uint64_t page = below (c, PAGES);
  const struct vm_result *r = act (c,
                                   "access process=%s va=%" PRIu64 " width=8",
                                   name, BASE + page * VM_PAGE_SIZE + 8);

  g_assert_nonnull (r);
  if (!model->alive || r->signal == VM_SIGBUS)
    return;
  if (r->signal == VM_SIGKILL)
    return;
  g_assert_true (r->translation.ok == model->mapped[page]);
  if (!r->translation.ok)
    return;
  if (model->lazy[page] && r->translation.value == 0)
    model->value[page] = 0;
  if (r->translation.value != model->value[page])
    g_error ("%s, page %" PRIu64 ": %" PRIu64 " instead of %" PRIu64, name,
             page, r->translation.value, model->value[page]);
}

static void
write_page (struct course *c, struct model *model, const char *name)
{
  uint64_t page = below (c, PAGES), value = c->next++;
  const struct vm_result *r = act (
      c, "access process=%s va=%" PRIu64 " width=8 kind=write value=%" PRIu64,
      name, BASE + page * VM_PAGE_SIZE + 8, value);

  g_assert_nonnull (r);
  if (!r->translation.ok)
    return;
  g_assert_true (model->mapped[page]);
  model->value[page] = value;
  model->lazy[page] = false;
}

static void
read_file (struct course *c, const char *name)
{
  uint64_t page = below (c, FILE_PAGES);
  const struct vm_result *r = act (c,
                                   "access process=%s va=%" PRIu64 " width=8",
                                   name, FILE_BASE + page * VM_PAGE_SIZE);

  g_assert_nonnull (r);
  if (!r->translation.ok)
    return;
  if (c->file[page] == 0)
    c->file[page] = r->translation.value;
  g_assert_cmphex (r->translation.value, ==, c->file[page]);
}

/* A range of pages, from the first on. */
static uint64_t
range (struct course *c, uint64_t *first)
{
  *first = below (c, PAGES);
  return 1 + below (c, MIN (PAGES - *first, 8));
}

static void
forget (struct model *model, uint64_t first, uint64_t count)
{
  for (uint64_t page = first; page < first + count; page++) {
    model->value[page] = 0;
    model->lazy[page] = false;
  }
}

static void
advise (struct course *c, struct model *model, const char *name)
{
  static const char *const advice[]
      = {"pageout", "pageout", "cold", "willneed", "dontneed", "free"};
  const char *which = advice[below (c, G_N_ELEMENTS (advice))];
  uint64_t first, count = range (c, &first);
  const struct vm_result *r = act (
      c, "madvise process=%s va=%" PRIu64 " length=%" PRIu64 " advice=%s", name,
      BASE + first * VM_PAGE_SIZE, count * VM_PAGE_SIZE, which);

  /* What is locked stops it in the middle: what came before was done. */
  bool free = strcmp (which, "free") == 0;
  for (uint64_t page = first; page < first + count && model->alive; page++)
    if (free || (r->refused == VM_EINVAL && strcmp (which, "dontneed") == 0))
      model->lazy[page] = true;
  if (strcmp (which, "dontneed") == 0 && r->refused != VM_EINVAL)
    forget (model, first, count);
}

static void
remap (struct course *c, struct model *model, const char *name)
{
  uint64_t first, count = range (c, &first);
  bool map = random_chance (&c->seed, 60);
  const struct vm_result *r
      = map ? act (
            c, "mmap process=%s va=%" PRIu64 " length=%" PRIu64 " fixed=on%s",
            name, BASE + first * VM_PAGE_SIZE, count * VM_PAGE_SIZE,
            random_chance (&c->seed, 10) ? " locked=on" : "")
            : act (c, "munmap process=%s va=%" PRIu64 " length=%" PRIu64, name,
                   BASE + first * VM_PAGE_SIZE, count * VM_PAGE_SIZE);

  if (!model->alive || r->refused != VM_ERRNO_NONE)
    return;
  forget (model, first, count);
  for (uint64_t page = first; page < first + count; page++)
    model->mapped[page] = map;
}

/* Exchanges nothing: takes pages away and brings them back elsewhere. */
static void
move (struct course *c, struct model *model, const char *name)
{
  uint64_t from = below (c, PAGES), to = below (c, PAGES);

  if (from == to || !model->mapped[from])
    return;
  const struct vm_result *r
      = act (c,
             "mremap process=%s va=%" PRIu64 " old-length=4096 "
             "new-length=4096 to=%" PRIu64,
             name, BASE + from * VM_PAGE_SIZE, BASE + to * VM_PAGE_SIZE);
  if (r->refused != VM_ERRNO_NONE)
    return;
  model->mapped[to] = true;
  model->value[to] = model->value[from];
  model->lazy[to] = model->lazy[from];
  model->mapped[from] = false;
  forget (model, from, 1);
}

static void
lock (struct course *c, const char *name)
{
  static const char *const calls[]
      = {"mlock", "munlock", "munlock", "pin", "unpin"};
  uint64_t first, count = range (c, &first);

  act (c, "%s process=%s va=%" PRIu64 " length=%" PRIu64,
       calls[below (c, G_N_ELEMENTS (calls))], name,
       BASE + first * VM_PAGE_SIZE, MIN (count, 3) * VM_PAGE_SIZE);
}

static void
double_process (struct course *c, const struct model *model, const char *name)
{
  for (uint32_t i = 0; i < PROCESSES; i++) {
    if (c->models[i].alive)
      continue;
    g_snprintf (c->names[i], sizeof c->names[i], "P%" PRIu64, c->made++);
    const struct vm_result *r
        = act (c, "fork process=%s name=%s", name, c->names[i]);
    if (r == NULL || r->refused != VM_ERRNO_NONE || !model->alive)
      return;
    c->models[i] = *model;
    return;
  }
}

static void
protect (struct course *c, const char *name)
{
  uint64_t first, count = range (c, &first);

  act (c, "mprotect process=%s va=%" PRIu64 " length=%" PRIu64 " prot=r", name,
       BASE + first * VM_PAGE_SIZE, count * VM_PAGE_SIZE);
  act (c, "mprotect process=%s va=%" PRIu64 " length=%" PRIu64 " prot=rw", name,
       BASE + first * VM_PAGE_SIZE, count * VM_PAGE_SIZE);
}

static void
one_operation (struct course *c)
{
  const char *name;
  struct model *model = someone (c, &name);
  uint64_t dice = below (c, 100);

  if (model == NULL || dice < 2)
    begin_process (c);
  else if (dice < 28)
    read_page (c, model, name);
  else if (dice < 52)
    write_page (c, model, name);
  else if (dice < 68)
    use_shared (c, model, name);
  else if (dice < 76)
    read_file (c, name);
  else if (dice < 84)
    advise (c, model, name);
  else if (dice < 87)
    remap (c, model, name);
  else if (dice < 89)
    move (c, model, name);
  else if (dice < 92)
    lock (c, name);
  else if (dice < 94)
    protect (c, name);
  else if (dice < 97)
    double_process (c, model, name);
  else if (dice < 98)
    act (c, "exit process=%s", name);
  else if (dice < 99)
    act (c, "swapoff area=%" PRIu64, below (c, 2));
  else
    act (c, "swapon size=%" PRIu64 "K%s%s", 8 + 4 * below (c, 60),
         random_chance (&c->seed, 20) ? " fails=3" : "",
         random_chance (&c->seed, 30) ? " priority=4" : "");
}

static const char *const ways[] = {"linux",
                                   "linux swappiness=0",
                                   "linux swappiness=200",
                                   "fifo",
                                   "lru",
                                   "mru",
                                   "clock-set",
                                   "clock-clear",
                                   "second-chance",
                                   "nru",
                                   "aging",
                                   "lfu",
                                   "lfu-aging",
                                   "random",
                                   "two-list",
                                   "2q",
                                   "arc",
                                   "sieve",
                                   "s3-fifo",
                                   "fifo scope=local resident=5",
                                   "lru scope=local resident=12",
                                   "clock-set scope=local resident=3",
                                   "two-list scope=local resident=9",
                                   "arc scope=local resident=7",
                                   "2q scope=local resident=8",
                                   "s3-fifo scope=local resident=20",
                                   "opt scope=local resident=6",
                                   "aging scope=local resident=10",
                                   "random scope=local resident=4",
                                   "sieve scope=local resident=30"};

static const char *const geometries[]
    = {"x86-64", "x86-64", "x86-32", "x86-pae", "sv39", "aarch64"};

static void
run_course (uint64_t seed, uint64_t operations)
{
  struct course c = {.m = vm_machine_new (), .seed = seed, .next = 1};
  const char *way = ways[below (&c, G_N_ELEMENTS (ways))];
  const char *geometry = geometries[below (&c, G_N_ELEMENTS (geometries))];

  act (&c,
       "machine geometry=%s memory=%" PRIu64 "K reclaim=%s cpus=%u "
       "page-cluster=%u",
       geometry, 192 + 4 * below (&c, 60), way, 1 + (guint) below (&c, 2),
       (guint) below (&c, 4));
  act (&c, "shm name=S size=%u", SHARED_PAGES * VM_PAGE_SIZE);
  act (&c, "file name=F size=%u", FILE_PAGES * VM_PAGE_SIZE);
  if (random_chance (&c.seed, 80))
    act (&c, "swapon size=%" PRIu64 "K", 16 + 4 * below (&c, 150));
  for (uint64_t i = 0; i < operations; i++)
    one_operation (&c);
  vm_machine_free (c.m);
}

/* 10,000 operations; more if the environment says so. */
static void
test_contents (void)
{
  const char *wanted = g_getenv ("PAGEWALK_OPERATIONS");
  const char *first = g_getenv ("PAGEWALK_SEED");
  uint64_t all = wanted == NULL ? 10000 : strtoull (wanted, NULL, 10);
  uint64_t seed = first == NULL ? 1 : strtoull (first, NULL, 10);

  for (uint64_t done = 0; done < all; done += 250) {
    g_test_message ("course %" PRIu64, seed);
    run_course (seed++ * 7919, 250);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/scarce/contents", test_contents);
  return g_test_run ();
}
