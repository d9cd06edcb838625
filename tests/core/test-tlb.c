/* The TLB against a naive model: lists of pages, the latest used first. */
#include "support.h"

#include <inttypes.h>

#include "mmu/cpu.h"
#include "mmu/replace.h"

/* One page that is mapped, or one line of the model's TLB. */
struct page {
  uint32_t process;
  uint64_t va, pa;
  uint32_t shift;
  bool writable, user, global;
};

struct model {
  GArray *mapped; /* of struct page */
  GArray **sets;  /* of struct page, the latest used first */
  uint32_t set_count, way_count;
  uint32_t running; /* process, or VM_NONE */
};

static void
model_init (struct model *model, uint32_t sets, uint32_t ways)
{
  *model = (struct model){
      .mapped = g_array_new (FALSE, FALSE, sizeof (struct page)),
      .sets = g_new0 (GArray *, sets),
      .set_count = sets,
      .way_count = ways,
      .running = VM_NONE,
  };
  for (uint32_t i = 0; i < sets; i++)
    model->sets[i] = g_array_new (FALSE, FALSE, sizeof (struct page));
}

static void
model_done (struct model *model)
{
  for (uint32_t i = 0; i < model->set_count; i++)
    g_array_unref (model->sets[i]);
  g_free (model->sets);
  g_array_unref (model->mapped);
}

static GArray *
set_of (struct model *model, uint64_t va, uint32_t shift)
{
  return model->sets[(va >> shift) % model->set_count];
}

static bool
covers (const struct page *page, uint64_t va)
{
  return page->va >> page->shift == va >> page->shift;
}

/* The position of a page of that size in its set, or -1. */
static int
find_line (GArray *set, uint64_t va, uint32_t shift)
{
  for (uint32_t i = 0; i < set->len; i++) {
    const struct page *page = &g_array_index (set, struct page, i);
    if (page->shift == shift && covers (page, va))
      return (int) i;
  }
  return -1;
}

static const struct page *
find_mapped (const struct model *model, uint64_t va)
{
  for (uint32_t i = 0; i < model->mapped->len; i++) {
    const struct page *page = &g_array_index (model->mapped, struct page, i);
    if (page->process == model->running && covers (page, va))
      return page;
  }
  return NULL;
}

/* Loading CR3: what is not global goes. */
static void
model_switch (struct model *model, uint32_t process)
{
  if (model->running == process)
    return;
  model->running = process;
  for (uint32_t i = 0; i < model->set_count; i++)
    for (uint32_t j = model->sets[i]->len; j-- > 0;)
      if (!g_array_index (model->sets[i], struct page, j).global)
        g_array_remove_index (model->sets[i], j);
}

struct outcome {
  bool hit, ok;
  uint64_t pa;
};

static bool
allows (const struct page *page, bool write)
{
  return page->user && (page->writable || !write);
}

static struct outcome
outcome_of (const struct page *page, uint64_t va, bool hit)
{
  uint64_t inside = va & ((UINT64_C (1) << page->shift) - 1);
  return (struct outcome){.hit = hit, .ok = true, .pa = page->pa + inside};
}

static struct outcome
model_hit (GArray *set, uint32_t i, uint64_t va, bool write)
{
  struct page page = g_array_index (set, struct page, i);

  g_array_remove_index (set, i);
  if (!allows (&page, write))
    return (struct outcome){.hit = true};
  g_array_prepend_val (set, page);
  return outcome_of (&page, va, true);
}

static struct outcome
model_access (struct model *model, uint64_t va, bool write)
{
  for (uint32_t shift = 12; shift <= 30; shift++) {
    GArray *set = set_of (model, va, shift);
    int i = find_line (set, va, shift);
    if (i >= 0)
      return model_hit (set, (uint32_t) i, va, write);
  }

  const struct page *page = find_mapped (model, va);
  if (page == NULL || !allows (page, write))
    return (struct outcome){.hit = false};
  GArray *set = set_of (model, va, page->shift);
  if (set->len == model->way_count)
    g_array_set_size (set, set->len - 1);
  g_array_prepend_vals (set, page, 1);
  return outcome_of (page, va, false);
}

/* The machine holds the same pages, of the same age. */
static void
compare_sets (struct model *model, const struct vm_state *s)
{
  struct vm_tlb tlb = vm_tlb_of (s, 0, VM_TLB_DATA);

  for (uint32_t i = 0; i < model->set_count; i++) {
    uint32_t first = i * model->way_count;
    g_assert_cmpuint (vm_tlb_valid_ways (s, &tlb, i), ==, model->sets[i]->len);
    for (uint32_t j = first; j < first + model->way_count; j++) {
      const struct vm_tlb_entry *entry = &s->tlb[j];
      if (!entry->valid)
        continue;
      uint32_t age = vm_tlb_age (s, j);
      g_assert_cmpuint (age, <, model->sets[i]->len);
      const struct page *page
          = &g_array_index (model->sets[i], struct page, age);
      g_assert_cmphex (entry->page, ==, page->va >> page->shift);
      g_assert_cmpuint (entry->shift, ==, page->shift);
      g_assert_cmphex (entry->frame, ==, page->pa >> 12);
      g_assert_true (entry->global == page->global);
    }
  }
}

static void
map_page (struct vm_machine *m, struct model *model, struct page page)
{
  run (m,
       "map process=%c va=%#" PRIx64 " frame=%#" PRIx64 " size=%" PRIu64
       " flags=r%s%s%s",
       'A' + (int) page.process, page.va, page.pa >> 12,
       UINT64_C (1) << page.shift, page.writable ? "w" : "",
       page.user ? "u" : "", page.global ? "g" : "");
  g_array_append_val (model->mapped, page);
}

/* Pages of all sizes, some the same for both processes. */
static void
map_pages (struct vm_machine *m, struct model *model, uint64_t *seed)
{
  const struct vm_geometry *g = vm_machine_geometry (m);

  for (uint32_t i = 0; i < 72; i++) {
    uint32_t level = i % 9 == 8 ? 3 : i % 9 >= 6 ? 2 : 1;
    if (level > g->levels)
      level = 2;
    uint32_t shift = g->level[level].low;
    uint64_t base = level == 1 ? 0x80000000 : UINT64_C (1) << 36;
    uint64_t at = level == 1 ? 0x400000 : (uint64_t) level << 30;
    map_page (m, model,
              (struct page){.process = i % 2,
                            .va = at + ((uint64_t) (i / 2) << shift),
                            .pa = base + ((uint64_t) i << shift),
                            .shift = shift,
                            .writable = random_chance (seed, 70),
                            .user = random_chance (seed, 90),
                            .global = random_chance (seed, 15)});
  }
}

/* Mostly pages that are mapped, sometimes next to them. */
static uint64_t
some_address (const struct model *model, uint64_t *seed)
{
  const struct page *page = &g_array_index (
      model->mapped, struct page, random_below (seed, model->mapped->len));
  return page->va + random_below (seed, UINT64_C (1) << page->shift);
}

static void
access_both (struct vm_machine *m, struct model *model, uint64_t *seed)
{
  uint64_t va = some_address (model, seed);
  bool write = random_chance (seed, 30);
  uint32_t process = model->running == VM_NONE ? 0 : model->running;

  if (random_chance (seed, 3))
    process = 1 - process;
  model_switch (model, process);
  struct outcome expected = model_access (model, va, write);
  const struct vm_translation *found
      = &run (m, "access process=%c va=%#" PRIx64 " kind=%s",
              'A' + (int) process, va, write ? "write" : "read")
             ->translation;
  g_assert_true (found->tlb_hit == expected.hit);
  g_assert_true (found->ok == expected.ok);
  if (found->ok)
    g_assert_cmphex (found->pa.v, ==, expected.pa);
}

static const struct {
  const char *geometry;
  uint32_t sets, ways;
} shapes[] = {
    {"x86-32", 1, 1},  {"x86-32", 4, 1},  {"x86-32", 16, 1}, {"x86-32", 1, 4},
    {"x86-32", 1, 16}, {"x86-32", 4, 4},  {"x86-32", 3, 5},  {"x86-64", 1, 1},
    {"x86-64", 8, 1},  {"x86-64", 64, 1}, {"x86-64", 1, 3},  {"x86-64", 1, 64},
    {"x86-64", 2, 2},  {"x86-64", 7, 3},  {"x86-64", 5, 2},  {"x86-64", 12, 4},
};

static void
check_shape (const char *geometry, uint32_t sets, uint32_t ways, uint64_t seed)
{
  struct vm_machine *m = vm_machine_new ();
  struct model model;

  model_init (&model, sets, ways);
  run (m, "machine geometry=%s memory=4M tlb-sets=%u tlb-ways=%u", geometry,
       sets, ways);
  run (m, "process name=A");
  run (m, "process name=B");
  map_pages (m, &model, &seed);
  for (uint32_t i = 0; i < 3000; i++) {
    access_both (m, &model, &seed);
    compare_sets (&model, vm_machine_state (m));
  }
  g_assert_cmpuint (vm_machine_state (m)->counters.tlb_hits, >, 20);
  assert_holds (m, VM_CHECK_ALL);
  model_done (&model);
  vm_machine_free (m);
}

static void
test_random (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_test_message ("%s, %u sets, %u ways", shapes[i].geometry, shapes[i].sets,
                    shapes[i].ways);
    check_shape (shapes[i].geometry, shapes[i].sets, shapes[i].ways, i);
  }
}

static struct vm_machine *
new_machine (const char *first_line)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "%s", first_line);
  run (m, "process name=A");
  run (m, "process name=B");
  return m;
}

/* The victim is the one used longest ago, not the one filled first. */
static void
test_least_recent (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-32 tlb-sets=1 tlb-ways=2");

  for (uint32_t i = 1; i <= 3; i++)
    run (m, "map process=A va=%#x frame=%#x flags=ru", i << 12, 0x5000 + i);
  run (m, "access va=0x1000");
  run (m, "access va=0x2000");
  run (m, "access va=0x1000");
  run (m, "access va=0x3000");
  g_assert_true (run (m, "access va=0x1000")->translation.tlb_hit);
  g_assert_false (run (m, "access va=0x2000")->translation.tlb_hit);
  vm_machine_free (m);
}

/* A fault on a hit drops the entry; the next access walks. */
static void
test_drop_on_fault (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64");

  run (m, "map process=A va=0x1000 frame=0x5000 flags=ru");
  run (m, "access va=0x1000");
  const struct vm_translation *found
      = &run (m, "access va=0x1000 kind=write")->translation;
  g_assert_true (found->tlb_hit && !found->ok);
  g_assert_false (run (m, "access va=0x1000")->translation.tlb_hit);
  vm_machine_free (m);
}

/* A fault that a walk finds drops what the other first-level TLB holds, and the
 * upper levels that led there; those of other addresses stay. */
static void
test_forget_on_miss (void)
{
  struct vm_machine *m = new_machine (
      "machine geometry=x86-64 itlb=1x4 dtlb=1x4 psc=on memory=16M");

  run (m, "map process=A va=0x1000 frame=0x800 flags=rxu");
  run (m, "map process=A va=0x40000000 frame=0x801 flags=rxu");
  run (m, "access va=0x40000000 kind=fetch");
  run (m, "access va=0x1000 kind=fetch");
  g_assert_true (run (m, "access va=0x1000 kind=fetch")->translation.tlb_hit);
  const struct vm_translation *found
      = &run (m, "access va=0x1000 kind=write")->translation;
  g_assert_true (!found->tlb_hit && !found->ok && found->reads == 1);
  found = &run (m, "access va=0x1000 kind=fetch")->translation;
  g_assert_true (!found->tlb_hit && found->ok);
  g_assert_cmpuint (found->reads, ==, 4);
  g_assert_cmpuint (run (m, "access va=0x40000000")->translation.reads, ==, 1);
  vm_machine_free (m);
}

/* PAE's registers are loaded again only when an entry of theirs was written. */
static void
test_registers (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-pae memory=16M");

  run (m, "map process=A va=0x1000 frame=0x800 flags=ru");
  run (m, "access va=0x1000");
  run (m, "map process=A va=0x200000 frame=0x801 flags=ru");
  g_assert_true (run (m, "access va=0x1000")->translation.tlb_hit);
  run (m, "map process=A va=0x40000000 frame=0x802 flags=ru");
  g_assert_true (run (m, "access va=0x40000000")->translation.ok);
  g_assert_false (run (m, "access va=0x1000")->translation.tlb_hit);
  vm_machine_free (m);
}

/* All entries for the address go, whatever their page size: two processes can
 * leave global ones that overlap. */
static void
test_drop_all_sizes (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 tlb-sets=1 tlb-ways=4");

  run (m, "map process=A va=0x200000 frame=0x5000 flags=rug size=2M");
  run (m, "map process=B va=0x201000 frame=0x6000 flags=rug");
  run (m, "access process=B va=0x201000");
  run (m, "access process=A va=0x202000");
  g_assert_true (run (m, "access va=0x203000")->translation.tlb_hit);
  const struct vm_translation *found
      = &run (m, "access va=0x201000 kind=write")->translation;
  g_assert_true (found->tlb_hit && !found->ok);
  struct vm_tlb tlb = vm_tlb_of (vm_machine_state (m), 0, VM_TLB_DATA);
  g_assert_cmpuint (vm_tlb_valid_ways (vm_machine_state (m), &tlb, 0), ==, 0);
  vm_machine_free (m);
}

/* Global entries outlive the switch to another process, others do not. */
static void
test_global (void)
{
  struct vm_machine *m = new_machine ("machine geometry=x86-64");

  run (m, "map process=A va=0x1000 frame=0x5000 flags=ru");
  run (m, "map process=A va=0x2000 frame=0x5001 flags=rug");
  run (m, "access va=0x1000");
  run (m, "access va=0x2000");
  const struct vm_flush spaces = {.kind = VM_FLUSH_SPACES};
  g_assert_cmpuint (vm_flush_count (vm_machine_state (m), 0, &spaces), ==, 1);
  g_assert_false (run (m, "access process=B va=0x1000")->translation.ok);
  g_assert_cmphex (run (m, "access va=0x2000")->translation.pa.v, ==,
                   0x5001000);
  g_assert_false (run (m, "access process=A va=0x1000")->translation.tlb_hit);
  g_assert_true (run (m, "access va=0x2000")->translation.tlb_hit);

  /* Replaced while another process runs: nobody may see the old one. */
  run (m, "access process=B va=0x2000");
  run (m, "map process=A va=0x2000 frame=0x5002 flags=rug");
  g_assert_false (run (m, "access process=A va=0x2000")->translation.tlb_hit);
  vm_machine_free (m);
}

/* A write through an entry with D clear sets D in the table, once. */
static void
test_dirty (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-64 tlb-sets=1 tlb-ways=1");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "map process=A va=0x200000 frame=0x5000 flags=rwu size=2M");
  run (m, "access va=0x200000");
  vm_paddr entry = vm_paddr_of (s->tlb[0].entry);
  g_assert_cmphex (vm_memory_read (s, entry, 1) & 0x60, ==, 0x20);
  const struct vm_result *write = run (m, "access va=0x212345 kind=write");
  g_assert_true (write->translation.tlb_hit);
  g_assert_cmphex (vm_memory_read (s, entry, 1) & 0x60, ==, 0x60);

  uint32_t told = 0;
  for (uint64_t n = write->first_step; n < write->end_step; n++)
    told += vm_machine_step (m, n)->kind == VM_STEP_SET_DIRTY;
  g_assert_cmpuint (told, ==, 1);
  write = run (m, "access va=0x200000 kind=write");
  for (uint64_t n = write->first_step; n < write->end_step; n++)
    g_assert_cmpuint (vm_machine_step (m, n)->kind, !=, VM_STEP_SET_DIRTY);
  vm_machine_free (m);
}

/* The same pages hit and miss with the tape off. */
static void
test_without_tape (void)
{
  struct vm_machine *m
      = new_machine ("machine geometry=x86-32 tlb-sets=3 tlb-ways=2");
  struct bench b;
  uint64_t seed = 3;

  bench_init (&b);
  b.state->config = vm_machine_state (m)->config;
  for (uint32_t i = 0; i < 5000; i++) {
    uint64_t page = random_below (&seed, 12);
    struct vm_tlb_entry entry = {.page = page, .shift = 12, .used = i};
    struct vm_state *s = writable (m);
    struct vm_tlb tlb = vm_tlb_of (s, 0, VM_TLB_DATA);
    vm_vaddr va = vm_vaddr_of (page << 12);
    uint32_t with = vm_tlb_probe (NULL, s, &tlb, VM_ANY_ASID, va);
    uint32_t without = vm_tlb_probe (NULL, b.state, &tlb, VM_ANY_ASID, va);
    g_assert_cmpuint (with, ==, without);
    if (with == VM_NONE) {
      vm_tape_open_operation (&b.tape);
      without = vm_tlb_fill (&b.tape, b.state, &tlb, &entry);
      g_assert_cmpuint (vm_tlb_fill (NULL, s, &tlb, &entry), ==, without);
      continue;
    }
    s->tlb[with].used = i;
    b.state->tlb[with].used = i;
  }
  g_assert_cmpmem (b.state->tlb, 6 * sizeof b.state->tlb[0],
                   vm_machine_state (m)->tlb, 6 * sizeof b.state->tlb[0]);
  bench_done (&b);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tlb/random", test_random);
  g_test_add_func ("/tlb/least-recent", test_least_recent);
  g_test_add_func ("/tlb/drop-on-fault", test_drop_on_fault);
  g_test_add_func ("/tlb/forget-on-miss", test_forget_on_miss);
  g_test_add_func ("/tlb/registers", test_registers);
  g_test_add_func ("/tlb/drop-all-sizes", test_drop_all_sizes);
  g_test_add_func ("/tlb/global", test_global);
  g_test_add_func ("/tlb/dirty", test_dirty);
  g_test_add_func ("/tlb/without-tape", test_without_tape);
  return g_test_run ();
}
