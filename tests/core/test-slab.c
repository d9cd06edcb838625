/* The kernel's kmalloc and __get_free_pages: sizes, slabs, lists inside
 * objects, what is freed wrongly, and what a module forgets. */
#include "support.h"

#include <stdio.h>
#include <unistd.h>

#include "mm/buddy.h"
#include "mm/frames.h"
#include "mm/kmalloc.h"
#include "mm/slab.h"

#define MACHINE "machine geometry=x86-64 memory=16M buddy=on"

static struct vm_machine *
new_machine (const char *line)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "%s", line);
  return m;
}

static uint64_t
give (struct vm_machine *m, uint64_t size)
{
  const struct vm_result *result
      = run (m, "kmalloc size=%" G_GUINT64_FORMAT, size);

  return result->refused == 0 ? result->value : 0;
}

static bool
take_back (struct vm_machine *m, uint64_t va)
{
  return run (m, "kfree va=%" G_GUINT64_FORMAT, va)->refused == 0;
}

static const struct vm_slab_cache *
cache (const struct vm_machine *m, uint32_t size)
{
  return &vm_machine_state (m)->caches[vm_slab_class (size)];
}

/* The size that each request gets. */
static void
test_classes (void)
{
  static const struct {
    uint32_t asked, given;
  } cases[] = {{1, 8},      {8, 8},       {9, 16},      {33, 64},
               {64, 64},    {65, 96},     {96, 96},     {97, 128},
               {100, 128},  {129, 192},   {192, 192},   {193, 256},
               {513, 1024}, {1025, 2048}, {4096, 4096}, {4097, 8192},
               {8192, 8192}};
  struct vm_machine *m = new_machine (MACHINE);

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    const struct vm_result *result = run (m, "kmalloc size=%u", cases[i].asked);
    g_assert_cmpuint (result->translation.value, ==, cases[i].given);
    g_assert_cmpuint (result->value % MIN (cases[i].given, 4096)
                          % (cases[i].given & -cases[i].given),
                      ==, 0);
  }
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Frames and objects of a slab, as /proc/slabinfo of a machine with two
 * processors shows them; and what one and 64 processors would choose. */
static void
test_shapes (void)
{
  static const struct {
    uint32_t size, cpus, order, objects;
  } cases[] = {{8, 2, 0, 512},   {96, 2, 0, 42},   {192, 2, 0, 21},
               {256, 2, 0, 16},  {512, 2, 1, 16},  {1024, 2, 2, 16},
               {2048, 2, 3, 16}, {4096, 2, 3, 8},  {8192, 2, 3, 4},
               {512, 1, 0, 8},   {1024, 1, 1, 8},  {2048, 1, 2, 8},
               {512, 64, 2, 32}, {1024, 64, 3, 32}};

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    struct vm_slab_shape shape
        = vm_slab_shape_of (cases[i].size, cases[i].cpus);
    g_assert_cmpuint (shape.order, ==, cases[i].order);
    g_assert_cmpuint (shape.objects, ==, cases[i].objects);
  }
  g_assert_cmpuint (vm_slab_kept (8), ==, 5);
  g_assert_cmpuint (vm_slab_kept (8192), ==, 6);
  g_assert_cmpstr (vm_slab_cache_name (9), ==, "kmalloc-1k");
  g_assert_cmpstr (vm_slab_cache_name (VM_SLAB_CLASSES), ==, "dma-kmalloc-8");
}

/* The Linux that runs here chose the same, for as many processors as it has. */
static void
test_running (void)
{
  g_autofree char *text = NULL;
  long cpus = sysconf (_SC_NPROCESSORS_CONF);
  uint32_t found = 0;

  if (!g_file_get_contents ("/proc/slabinfo", &text, NULL, NULL)) {
    g_test_skip ("/proc/slabinfo cannot be read");
    return;
  }
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (uint32_t i = 0; i < VM_SLAB_CLASSES; i++) {
    struct vm_slab_shape shape
        = vm_slab_shape_of (vm_slab_class_size (i), (uint32_t) cpus);
    for (char **line = lines; *line != NULL; line++) {
      char name[64];
      unsigned active, all, size, objects, pages;
      if (sscanf (*line, "%63s %u %u %u %u %u", name, &active, &all, &size,
                  &objects, &pages)
              != 6
          || strcmp (name, vm_slab_cache_name (i)) != 0 || size != shape.size)
        continue;
      found++;
      g_test_message ("%s: %u objects, %u pages", name, objects, pages);
      g_assert_cmpuint (objects, ==, shape.objects);
      g_assert_cmpuint (pages, ==, 1u << shape.order);
    }
  }
  if (found == 0)
    g_test_skip ("this Linux has other caches");
}

/* Objects lie side by side, and what is freed last comes back first: the list
 * stands in memory, in the middle of each free object. */
static void
test_list (void)
{
  struct vm_machine *m = new_machine (MACHINE);
  const struct vm_state *s = vm_machine_state (m);
  uint64_t a = give (m, 100), b = give (m, 100), c = give (m, 100);
  uint64_t pa = a - UINT64_C (0xffff888000000000);

  g_assert_cmphex (b, ==, a + 128);
  g_assert_cmphex (c, ==, b + 128);
  g_assert_true (take_back (m, a));
  g_assert_true (take_back (m, b));
  g_assert_cmphex (vm_memory_read (s, vm_paddr_of (pa + 128 + 64), 8), ==, a);
  g_assert_cmphex (vm_memory_read (s, vm_paddr_of (pa + 64), 8), ==, c + 128);
  g_assert_cmphex (give (m, 128), ==, b);
  g_assert_cmphex (give (m, 97), ==, a);
  g_assert_cmpuint (cache (m, 128)->asked, ==, 100 + 128 + 97);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Active, full, partial, empty, gone. */
static void
test_states (void)
{
  struct vm_machine *m = new_machine (MACHINE);
  const struct vm_state *s = vm_machine_state (m);
  uint64_t given[40];
  uint32_t free = s->free_count;

  for (uint32_t i = 0; i < 40; i++)
    given[i] = give (m, 8192);
  g_assert_cmpuint (cache (m, 8192)->slabs, ==, 10);
  g_assert_cmpuint (free - s->free_count, ==, 80);
  g_assert_cmpint (vm_slab_state_of (s, 1), ==, VM_SLAB_FULL);
  g_assert_cmpint (vm_slab_state_of (s, 10), ==, VM_SLAB_ACTIVE);
  take_back (m, given[0]);
  g_assert_cmpint (vm_slab_state_of (s, 1), ==, VM_SLAB_PARTIAL);
  assert_holds (m, VM_CHECK_ALL);
  for (uint32_t i = 1; i < 4; i++)
    take_back (m, given[i]);
  g_assert_cmpint (vm_slab_state_of (s, 1), ==, VM_SLAB_EMPTY);
  assert_holds (m, VM_CHECK_ALL);
  /* The active one is full: the empty one is partial, too, and comes next. */
  g_assert_cmphex (give (m, 8192), ==, given[3]);
  g_assert_cmpint (vm_slab_state_of (s, 1), ==, VM_SLAB_ACTIVE);
  take_back (m, given[3]);
  for (uint32_t i = 4; i < 40; i++)
    take_back (m, given[i]);
  /* Five empty ones stay, and the active one. */
  g_assert_cmpuint (cache (m, 8192)->partial, ==, 5);
  g_assert_cmpuint (cache (m, 8192)->slabs, ==, 6);
  g_assert_cmpuint (cache (m, 8192)->used, ==, 0);
  g_assert_cmpuint (free - s->free_count, ==, 48);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Whole frames, nothing at all, and too much. */
static void
test_large (void)
{
  struct vm_machine *m = new_machine (MACHINE);
  const struct vm_state *s = vm_machine_state (m);
  const struct vm_result *result = run (m, "kmalloc size=8193");

  g_assert_cmpuint (result->translation.value, ==, 16384);
  uint64_t large = result->value;
  g_assert_cmpuint (result->value % 16384, ==, 0);
  result = run (m, "kmalloc size=0");
  g_assert_cmphex (result->value, ==, VM_KMALLOC_NOTHING);
  g_assert_false (result->translation.ok);
  g_assert_true (take_back (m, VM_KMALLOC_NOTHING));
  g_assert_true (take_back (m, 0));
  g_assert_cmphex (give (m, 4 << 20), !=, 0);
  g_assert_cmphex (give (m, (4 << 20) + 1), ==, 0);
  g_assert_cmpuint (s->buddy_counts.refused, ==, 1);
  g_assert_true (take_back (m, large));
  g_assert_false (take_back (m, large));
  g_assert_cmpuint (s->buddy_counts.bad_frees, ==, 1);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* What is freed wrongly changes nothing. */
static void
test_wrong (void)
{
  struct vm_machine *m = new_machine (MACHINE);
  const struct vm_state *s = vm_machine_state (m);
  uint64_t object = give (m, 200), free;
  uint64_t pages = run (m, "get_pages order=2")->value;

  free = s->free_count;
  g_assert_false (take_back (m, object + 8));
  g_assert_false (take_back (m, pages));
  g_assert_false (take_back (m, 0x1234));
  g_assert_cmpint (run (m, "free_pages va=%" G_GUINT64_FORMAT, object)->refused,
                   ==, VM_EINVAL);
  g_assert_cmpint (
      run (m, "free_pages order=1 va=%" G_GUINT64_FORMAT, pages)->refused, ==,
      VM_EINVAL);
  g_assert_cmpint (
      run (m, "free_pages order=2 va=%" G_GUINT64_FORMAT, pages + 4096)
          ->refused,
      ==, VM_EINVAL);
  g_assert_cmpuint (s->buddy_counts.bad_frees, ==, 6);
  g_assert_cmpuint (s->free_count, ==, free);
  g_assert_cmpint (
      run (m, "free_pages order=2 va=%" G_GUINT64_FORMAT, pages)->refused, ==,
      0);
  g_assert_cmpuint (s->free_count, ==, free + 4);
  g_assert_true (take_back (m, object));
  g_assert_false (take_back (m, object));
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Somebody writes into what he has freed: the list ends there, and nothing
 * else breaks. */
static void
test_overwritten (void)
{
  struct vm_machine *m = new_machine (MACHINE);
  uint64_t a = give (m, 512);
  uint64_t pa = a - UINT64_C (0xffff888000000000);

  take_back (m, a);
  run (m, "poke pa=%" G_GUINT64_FORMAT " value=0x4141414141414141 width=8",
       pa + 256);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_cmphex (give (m, 512), ==, a);
  uint64_t b = give (m, 512);
  g_assert_cmpuint (b >> 12, !=, a >> 12);
  assert_holds (m, VM_CHECK_ALL);
  g_assert_true (take_back (m, a));
  g_assert_true (take_back (m, b));
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Memory for old devices has caches of its own. */
static void
test_dma (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 memory=64M buddy=on");
  const struct vm_state *s = vm_machine_state (m);
  const struct vm_result *result;

  result = run (m, "kmalloc size=64 gfp=GFP_DMA");
  g_assert_cmphex (result->translation.pa.v, <, 16 << 20);
  result = run (m, "kmalloc size=64 gfp=GFP_HIGHUSER");
  g_assert_cmphex (result->translation.pa.v, >=, 16 << 20);
  g_assert_cmpuint (s->caches[3].slabs, ==, 1);
  g_assert_cmpuint (s->caches[3 + VM_SLAB_CLASSES].slabs, ==, 1);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A module's way out of an error, with its labels the wrong way round: memory
 * is asked for by three functions; the second fails, and the first one's is
 * never given back. */
static void
test_module (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-32 memory=64M buddy=on");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "get_pages module=pagemem");
  g_assert_cmpint (run (m, "kmalloc size=8M module=pagemem")->refused, ==,
                   VM_ENOMEM);
  /* kmalloc_fail: kfree (NULL), and free_page is passed over. */
  run (m, "kfree va=0");
  g_assert_cmpuint (run (m, "rmmod module=pagemem")->value, ==, 1);
  g_assert_cmpuint (s->buddy_counts.leaked, ==, 1);
  g_assert_cmpuint (s->buddy_counts.leaked_bytes, ==, 4096);

  run (m, "get_pages module=pagemem");
  run (m, "kmalloc size=100 module=pagemem");
  /* vmalloc_fail: two are left. */
  g_assert_cmpuint (run (m, "rmmod module=pagemem")->value, ==, 2);
  g_assert_cmpuint (s->buddy_counts.leaked, ==, 3);
  g_assert_cmpuint (s->buddy_counts.leaked_bytes, ==, 2 * 4096 + 100);
  g_assert_cmpuint (run (m, "rmmod module=pagemem")->value, ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A frame of a slab that a process maps stays when the slab goes. */
static void
test_mapped (void)
{
  struct vm_machine *m = new_machine (MACHINE);
  const struct vm_state *s = vm_machine_state (m);
  uint64_t pages = run (m, "get_pages")->value;
  uint32_t frame = (uint32_t) ((pages - UINT64_C (0xffff888000000000)) >> 12);

  run (m, "process name=A");
  run (m, "map process=A va=0x400000 frame=%u flags=ru", frame);
  run (m, "free_pages va=%" G_GUINT64_FORMAT, pages);
  g_assert_cmpuint (s->frames[frame].refs, ==, 1);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "unmap process=A va=0x400000");
  g_assert_cmpint (s->frames[frame].role, ==, VM_FRAME_FREE);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

static void
test_refused (void)
{
  struct vm_machine *plain = new_machine ("machine geometry=x86-64 memory=16M");
  struct vm_machine *toy
      = new_machine ("machine geometry=toy:va=14,pa=14,page=64 buddy=on");
  struct vm_machine *m = new_machine (MACHINE);

  refused (plain, VM_ERROR_MISSING_PARAMETER, "kmalloc size=8");
  refused (plain, VM_ERROR_MISSING_PARAMETER, "show what=buddy");
  refused (plain, VM_ERROR_MISSING_PARAMETER, "show what=mm");
  refused (toy, VM_ERROR_NOT_HERE, "get_pages");
  assert_holds (toy, VM_CHECK_ALL);
  refused (m, VM_ERROR_MISSING_PARAMETER, "free_pages order=1");
  run (m, "show what=slab");
  run (m, "process name=A");
  run (m, "show what=slab process=A");
  vm_machine_free (plain);
  vm_machine_free (toy);
  vm_machine_free (m);
}

/* One piece that a model knows to be given. */
struct piece {
  uint64_t va, bytes;
  bool pages;
  uint32_t order;
};

static void
random_give (struct vm_machine *m, GArray *live, uint64_t *seed)
{
  struct piece p = {.pages = random_chance (seed, 20)};
  const struct vm_result *result;

  p.order = (uint32_t) random_below (seed, 4);
  p.bytes
      = p.pages
            ? UINT64_C (4096) << p.order
            : 1 + random_below (seed, UINT64_C (1) << random_below (seed, 15));
  result = p.pages ? run (m, "get_pages order=%u", p.order)
                   : run (m, "kmalloc size=%" G_GUINT64_FORMAT, p.bytes);
  if (result->refused != 0)
    return;
  p.va = result->value;
  g_assert_cmpuint (result->translation.value, >=, p.bytes);
  for (guint i = 0; i < live->len; i++) {
    const struct piece *other = &g_array_index (live, struct piece, i);
    g_assert_true (p.va + p.bytes <= other->va
                   || other->va + other->bytes <= p.va);
  }
  g_array_append_val (live, p);
}

static void
random_take_back (struct vm_machine *m, GArray *live, guint index)
{
  struct piece p = g_array_index (live, struct piece, index);

  if (p.pages)
    g_assert_cmpint (
        run (m, "free_pages order=%u va=%" G_GUINT64_FORMAT, p.order, p.va)
            ->refused,
        ==, 0);
  else
    g_assert_true (take_back (m, p.va));
  g_array_remove_index_fast (live, index);
}

/* Random requests against a list of what is given: nothing overlaps, and in
 * the end only empty slabs are left. */
static void
test_random (void)
{
  const char *many = g_getenv ("PAGEWALK_OPERATIONS");
  uint32_t operations = many == NULL ? 2000 : 50000;
  struct vm_machine *m = new_machine (
      "machine geometry=x86-64 memory=2M buddy=on watermark-min=8");
  const struct vm_state *s = vm_machine_state (m);
  GArray *live = g_array_new (FALSE, FALSE, sizeof (struct piece));
  uint64_t seed = 7, start = vm_machine_step_count (m);

  for (uint32_t i = 0; i < operations; i++) {
    if (live->len == 0 || random_chance (&seed, i / 200 % 2 ? 60 : 45))
      random_give (m, live, &seed);
    else
      random_take_back (m, live, (guint) random_below (&seed, live->len));
    if (i % 50 == 0)
      assert_holds (m, VM_CHECK_ALL);
  }
  while (live->len > 0)
    random_take_back (m, live, live->len - 1);
  for (uint32_t i = 0; i < VM_SLAB_CACHES; i++) {
    g_assert_cmpuint (s->caches[i].used, ==, 0);
    g_assert_cmpuint (s->caches[i].asked, ==, 0);
  }
  assert_holds (m, VM_CHECK_ALL);
  g_assert_true (vm_machine_seek (m, start));
  assert_holds (m, VM_CHECK_ALL);
  g_array_unref (live);
  vm_machine_free (m);
}

/* Each rule about blocks, slabs and grants notices what breaks it. */
static void
test_check (void)
{
  struct vm_check_report report;
  struct vm_machine *m = new_machine (MACHINE);
  struct vm_state *s = writable (m);
  uint64_t a = give (m, 100);
  const struct vm_slab_record *slab = &s->slabs[1];

  g_assert_true (take_back (m, give (m, 100)) && a != 0);
  const struct {
    uint32_t *place;
    uint32_t value;
    enum vm_check_depth depth;
    const char *rule;
  } cases[] = {
      {&s->buddy_lists[VM_BUDDY_MOST].blocks, 2, VM_CHECK_LINKS,
       "a block lies in its zone, aligned"},
      {&s->buddy_lists[VM_BUDDY_MOST].blocks, 4, VM_CHECK_LINKS,
       "a list counts its blocks"},
      {&s->buddy_lists[VM_BUDDY_MOST].last, 1, VM_CHECK_LINKS,
       "a list counts its blocks"},
      {&s->buddy_lists[VM_BUDDY_MOST].first, 1, VM_CHECK_LINKS,
       "a block lies in its zone, aligned"},
      {(uint32_t *) (uintptr_t) &vm_buddy_block_at (s, 1024, VM_BUDDY_MOST)
           ->free,
       0, VM_CHECK_LINKS, "blocks of a list name each other"},
      {(uint32_t *) (uintptr_t) &vm_buddy_block_at (s, slab->frame, 0)->free, 1,
       VM_CHECK_LINKS, "a frame in use is in no block"},
      {&s->slabs[1].used, 32, VM_CHECK_ALL,
       "a slab's objects are given or free"},
      {&s->slabs[1].listed, 1, VM_CHECK_ALL, "partial slabs are in their list"},
      {&s->caches[5].slabs, 2, VM_CHECK_ALL,
       "a cache counts its slabs and objects"},
      {&s->frames[slab->frame].mapping, 2, VM_CHECK_ALL,
       "a slab's first frame names it"},
      {&s->grants[1].order, 0, VM_CHECK_ALL,
       "an object that was given lies in its slab"},
      {(uint32_t *) &s->caches[5].asked, 99, VM_CHECK_ALL,
       "a cache counts what was given"},
      {&s->frames[slab->frame].refs, 2, VM_CHECK_ALL,
       "a frame's count is what refers to it"},
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    uint32_t was = *cases[i].place;
    assert_holds (m, VM_CHECK_ALL);
    *cases[i].place = cases[i].value;
    g_assert_false (vm_check (m, cases[i].depth, &report));
    g_assert_cmpstr (report.rule, ==, cases[i].rule);
    *cases[i].place = was;
  }
  vm_machine_free (m);
}

/* When no frame is left there is no slab more; those that are given back can be
 * had again, as many. */
static void
test_all (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 memory=1M buddy=on");
  g_autoptr (GArray) objects = g_array_new (FALSE, FALSE, sizeof (uint64_t));
  uint32_t before = 0;

  for (int round = 0; round < 3; round++) {
    const struct vm_result *result;
    while ((result = run (m, "kmalloc size=8000"))->refused == VM_ERRNO_NONE)
      g_array_append_val (objects, result->value);
    g_assert_cmpint (result->refused, ==, VM_ENOMEM);
    g_assert_cmpuint (objects->len, >, 20);
    g_assert_true (round == 0 || objects->len == before);
    before = objects->len;
    assert_holds (m, VM_CHECK_ALL);
    for (uint32_t i = 0; i < objects->len; i++)
      g_assert_true (take_back (m, g_array_index (objects, uint64_t, i)));
    g_array_set_size (objects, 0);
    assert_holds (m, VM_CHECK_ALL);
  }
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slab/classes", test_classes);
  g_test_add_func ("/slab/shapes", test_shapes);
  g_test_add_func ("/slab/running", test_running);
  g_test_add_func ("/slab/list", test_list);
  g_test_add_func ("/slab/states", test_states);
  g_test_add_func ("/slab/large", test_large);
  g_test_add_func ("/slab/wrong", test_wrong);
  g_test_add_func ("/slab/overwritten", test_overwritten);
  g_test_add_func ("/slab/dma", test_dma);
  g_test_add_func ("/slab/module", test_module);
  g_test_add_func ("/slab/mapped", test_mapped);
  g_test_add_func ("/slab/refused", test_refused);
  g_test_add_func ("/slab/check", test_check);
  g_test_add_func ("/slab/random", test_random);
  g_test_add_func ("/slab/all", test_all);
  return g_test_run ();
}
