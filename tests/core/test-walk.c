/* The walk against a slow model, written from the rules of the manual alone:
 * all combinations of rights, and random tables with odd bits. */
#include "support.h"

#include "mmu/cpu.h"

/* The model: plain entries in an array, no memory, no machine. ------------- */

struct rules {
  bool is64;
  bool wp, nx, smep, smap;
};

/* The entries on the way of one address; [1] is the last. */
struct path {
  uint32_t levels;
  uint64_t entry[5];
};

struct outcome {
  bool ok, page_fault;
  uint64_t pa;
  uint32_t error, reads, level; /* level of the last entry read */
};

static bool
bit (uint64_t value, uint32_t n)
{
  return value >> n & 1;
}

/* The entry maps a page: always in the last table, elsewhere with PS where the
 * format knows such pages. */
static bool
maps_page (const struct rules *rules, uint32_t level, uint64_t entry)
{
  if (level == 1)
    return true;
  return bit (entry, 7) && level <= (rules->is64 ? 3 : 2);
}

static uint32_t
page_bits (const struct rules *rules, uint32_t level)
{
  return 12 + (level - 1) * (rules->is64 ? 9 : 10);
}

/* The bits that must be 0 (SDM figures 4-4 and 4-11, with PSE-36 to 40 bits of
 * physical address, and with 52). */
static uint64_t
must_be_zero (const struct rules *rules, uint32_t level, uint64_t entry)
{
  uint64_t bits = 0;

  if (!rules->is64)
    return level == 2 && bit (entry, 7) ? 1 << 21 : 0;
  if (!rules->nx)
    bits |= UINT64_C (1) << 63;
  if (level == 4)
    bits |= 1 << 7;
  for (uint32_t n = 13; n < page_bits (rules, level); n++)
    if (maps_page (rules, level, entry))
      bits |= UINT64_C (1) << n;
  return bits;
}

static uint64_t
page_base (const struct rules *rules, uint32_t level, uint64_t entry)
{
  if (!rules->is64 && level == 2)
    return (entry & 0xffc00000) | (entry >> 13 & 0xff) << 32;
  if (!rules->is64)
    return entry & 0xfffff000;
  uint64_t base = entry & UINT64_C (0x000ffffffffff000);
  return base >> page_bits (rules, level) << page_bits (rules, level);
}

struct rights {
  bool user, writable, executable;
};

/* SDM 4.6.1, case by case, with EFLAGS.AC = 0. */
static bool
permitted (const struct rules *rules, const struct rights *page,
           enum vm_access_kind kind, enum vm_mode mode)
{
  if (mode == VM_USER_MODE) {
    if (!page->user)
      return false;
    if (kind == VM_WRITE)
      return page->writable;
    return kind == VM_READ || page->executable;
  }
  switch (kind) {
  case VM_READ:
    return !(page->user && rules->smap);
  case VM_WRITE:
    return !(page->user && rules->smap) && (page->writable || !rules->wp);
  case VM_FETCH:
    return !(page->user && rules->smep) && page->executable;
  }
  return false;
}

static uint32_t
error_code (const struct rules *rules, uint32_t cause, enum vm_access_kind kind,
            enum vm_mode mode)
{
  uint32_t fetch = kind == VM_FETCH
                   && (rules->smep || (rules->is64 && rules->nx));
  return cause | (uint32_t) (kind == VM_WRITE) << 1
         | (uint32_t) (mode == VM_USER_MODE) << 2 | fetch << 4;
}

/* Walks a path, sets A and D in it, says what comes of it. */
static struct outcome
model (const struct rules *rules, struct path *path, uint64_t va,
       enum vm_access_kind kind, enum vm_mode mode)
{
  struct outcome out = {.page_fault = true};
  struct rights page = {true, true, true};

  for (uint32_t level = path->levels;; level--) {
    uint64_t entry = path->entry[level];
    out.reads++;
    out.level = level;
    out.error = error_code (rules, 0, kind, mode);
    if (!bit (entry, 0))
      return out;
    out.error = error_code (rules, 1 | 8, kind, mode);
    if (entry & must_be_zero (rules, level, entry))
      return out;

    page.writable = page.writable && bit (entry, 1);
    page.user = page.user && bit (entry, 2);
    page.executable = page.executable && !(rules->is64 && bit (entry, 63));
    if (!maps_page (rules, level, entry)) {
      path->entry[level] |= 1 << 5;
      continue;
    }

    out.error = error_code (rules, 1, kind, mode);
    if (!permitted (rules, &page, kind, mode))
      return out;
    path->entry[level] |= 1 << 5 | (kind == VM_WRITE ? 1 << 6 : 0);
    out.ok = true;
    out.page_fault = false;
    uint64_t inside = (UINT64_C (1) << page_bits (rules, level)) - 1;
    out.pa = page_base (rules, level, entry) + (va & inside);
    return out;
  }
}

/* The same path in simulated memory. --------------------------------------- */

struct lab {
  struct bench bench;
  const struct vm_geometry *g;
  struct rules rules;
  uint64_t table[5]; /* frame of the table of each level */
};

static void
lab_init (struct lab *lab, enum vm_geometry_id id)
{
  bench_init (&lab->bench);
  lab->g = vm_geometry_of (id);
  lab->rules.is64 = id == VM_GEOMETRY_X86_64;
  struct vm_state *s = lab->bench.state;
  s->config.geometry = id;
  s->config.page_shift = VM_PAGE_SHIFT;
  s->config.frames = 16;
  s->config.tlb_sets = 1;
  s->config.tlb_ways = 2;
  s->config.cpus = 1;
  s->config.set_flags = 1;
}

static void
lab_rules (struct lab *lab, uint32_t bits)
{
  struct rules *r = &lab->rules;
  struct vm_config *c = &lab->bench.state->config;

  r->wp = bits & 1;
  r->smep = bits >> 1 & 1;
  r->smap = bits >> 2 & 1;
  r->nx = r->is64 && (bits >> 3 & 1);
  c->wp = r->wp;
  c->smep = r->smep;
  c->smap = r->smap;
  c->nx = r->nx;
}

static vm_paddr
entry_place (const struct lab *lab, uint32_t level, uint64_t va)
{
  uint32_t width = lab->rules.is64 ? 9 : 10;
  uint64_t index = va >> (12 + (level - 1) * width) & ((1u << width) - 1);
  return vm_paddr_of (lab->table[level] * 4096
                      + index * (lab->rules.is64 ? 8 : 4));
}

static void
place_path (struct lab *lab, const struct path *path, uint64_t va)
{
  struct vm_state *s = lab->bench.state;

  s->cpus[0].cr3 = lab->table[path->levels] << 12;
  s->tlb_shifts = 0;
  memset (s->tlb, 0, 2 * sizeof s->tlb[0]);
  for (uint32_t level = 1; level <= path->levels; level++)
    vm_memory_write (NULL, s, entry_place (lab, level, va), lab->g->entry_bytes,
                     path->entry[level]);
}

static void
compare_path (const struct lab *lab, const struct path *path, uint64_t va)
{
  for (uint32_t level = 1; level <= path->levels; level++)
    g_assert_cmphex (vm_memory_read (lab->bench.state,
                                     entry_place (lab, level, va),
                                     lab->g->entry_bytes),
                     ==, path->entry[level]);
}

static void
compare (const struct outcome *expected, const struct vm_translation *found,
         bool reserved)
{
  g_assert_true (found->ok == expected->ok);
  if (expected->ok) {
    g_assert_cmphex (found->pa.v, ==, expected->pa);
    return;
  }
  g_assert_cmpuint (found->fault.vector, ==, 14);
  g_assert_cmphex (found->fault.error, ==, expected->error);
  enum vm_fault_kind kind = VM_FAULT_PROTECTION;
  if (!(expected->error & 1))
    kind = VM_FAULT_NOT_PRESENT;
  else if (reserved)
    kind = VM_FAULT_RESERVED;
  g_assert_cmpint (found->fault.kind, ==, kind);
}

/* One access, in the model and in the machine; t may be NULL. */
static void
access_both (struct lab *lab, struct vm_tape *t, struct path *path, uint64_t va,
             enum vm_access_kind kind, enum vm_mode mode)
{
  struct vm_access access = {vm_vaddr_of (va), kind, mode};
  struct outcome expected = model (&lab->rules, path, va, kind, mode);
  struct vm_state *s = lab->bench.state;

  s->cpus[0].cr2 = 1;
  struct vm_translation found = vm_cpu_translate (t, s, lab->g, 0, &access);
  compare (&expected, &found, expected.error & 8);
  g_assert_cmpuint (found.reads, ==, found.tlb_hit ? 0 : expected.reads);
  g_assert_cmphex (s->cpus[0].cr2, ==, expected.ok ? 1 : va);
  compare_path (lab, path, va);
}

static const enum vm_access_kind kinds[] = {VM_READ, VM_WRITE, VM_FETCH};

/* An access that misses and, when it was allowed, further ones that hit; with a
 * tape also the way back. */
static void
exercise (struct lab *lab, struct path path, uint64_t va, uint32_t choice,
          bool with_tape)
{
  enum vm_access_kind kind = kinds[choice % 3];
  enum vm_mode mode = choice / 3 % 2 ? VM_USER_MODE : VM_KERNEL_MODE;
  struct vm_tape *t = with_tape ? &lab->bench.tape : NULL;
  struct path before = path;

  place_path (lab, &path, va);
  if (t != NULL)
    vm_tape_open_operation (t);
  access_both (lab, t, &path, va, kind, mode);
  access_both (lab, t, &path, va, VM_WRITE, mode);
  access_both (lab, t, &path, va, VM_FETCH, VM_USER_MODE);
  access_both (lab, t, &path, va, kind, mode);
  if (t == NULL)
    return;
  vm_tape_roll_back (t);
  compare_path (lab, &before, va);
}

/* Rights in all combinations: W, U and, where there is one, NX at each level,
 * under all control bits, for all kinds, modes and page sizes. */
static void
all_rights (struct lab *lab, uint32_t leaf, uint32_t choice)
{
  uint32_t per_level = lab->rules.is64 ? 8 : 4, levels = lab->g->levels;
  uint32_t combinations = 1;
  uint64_t va = lab->rules.is64 ? UINT64_C (0x7f1234567abc) : 0xc1234abc;

  for (uint32_t level = leaf; level <= levels; level++)
    combinations *= per_level;
  for (uint32_t combination = 0; combination < combinations; combination++) {
    struct path path = {.levels = levels};
    uint32_t left = combination;
    for (uint32_t level = levels; level >= leaf; level--) {
      uint64_t next = level == leaf ? 0xc0000000 : lab->table[level - 1] << 12;
      path.entry[level] = 1 | (left & 3) << 1 | (uint64_t) (left >> 2 & 1) << 63
                          | next;
      left /= per_level;
    }
    if (leaf > 1)
      path.entry[leaf] |= 1 << 7;
    for (uint32_t level = levels; level >= leaf; level--)
      if (!lab->rules.is64)
        path.entry[level] &= 0xffffffff;
    exercise (lab, path, va, choice, false);
  }
}

static void
test_all_rights (gconstpointer data)
{
  struct lab lab = {.table = {0, 1, 2, 3, 4}};

  lab_init (&lab, (enum vm_geometry_id) GPOINTER_TO_INT (data));
  for (uint32_t bits = 0; bits < (lab.rules.is64 ? 16 : 8); bits++) {
    lab_rules (&lab, bits);
    for (uint32_t choice = 0; choice < 6; choice++)
      for (uint32_t leaf = 1; leaf <= lab.g->levels; leaf++)
        if (lab.g->level[leaf].leaf)
          all_rights (&lab, leaf, choice);
  }
  bench_done (&lab.bench);
}

/* An entry with mostly sensible and sometimes odd bits. */
static uint64_t
random_entry (struct lab *lab, uint32_t level, uint64_t *seed)
{
  uint64_t entry = random_next (seed);

  if (!random_chance (seed, 15))
    entry |= 7;
  if (random_chance (seed, 95))
    entry |= 1;
  if (level > 1 && random_chance (seed, 60))
    entry &= ~UINT64_C (0x80);
  if (random_chance (seed, 80))
    entry &= INT64_MAX;
  if (random_chance (seed, 85))
    entry &= ~must_be_zero (&lab->rules, level, entry);
  if (!lab->rules.is64)
    entry &= 0xffffffff;
  if (maps_page (&lab->rules, level, entry))
    return entry;

  uint64_t address = lab->rules.is64 ? UINT64_C (0xffffffffff000) : 0xfffff000;
  return (entry & ~address) | lab->table[level - 1] << 12;
}

static uint64_t
random_va (const struct lab *lab, uint64_t *seed)
{
  uint64_t va = random_next (seed);

  if (!lab->rules.is64)
    return va & 0xffffffff;
  return (uint64_t) ((int64_t) (va << 16) >> 16);
}

/* Any odd bits, tables anywhere, addresses anywhere. */
static void
test_random (gconstpointer data)
{
  struct lab lab = {.table = {0}};
  uint64_t seed = 77;

  lab_init (&lab, (enum vm_geometry_id) GPOINTER_TO_INT (data));
  for (uint32_t i = 0; i < 150000; i++) {
    struct path path = {.levels = lab.g->levels};
    uint64_t va = random_va (&lab, &seed);
    lab_rules (&lab, (uint32_t) random_next (&seed));
    for (uint32_t level = 1; level <= path.levels; level++) {
      lab.table[level] = 8 * level + random_below (&seed, 8);
      if (random_chance (&seed, 20))
        lab.table[level] = 0xf0000 + level;
      path.entry[level] = random_entry (&lab, level, &seed);
    }
    exercise (&lab, path, va, (uint32_t) random_below (&seed, 6), i % 4 == 0);
  }
  bench_done (&lab.bench);
}

static const struct {
  uint64_t va;
  bool canonical;
} addresses[] = {
    {0, true},
    {UINT64_C (0x00007fffffffffff), true},
    {UINT64_C (0x0000800000000000), false},
    {UINT64_C (0x0001000000000000), false},
    {UINT64_C (0x8000000000000000), false},
    {UINT64_C (0xffff000000000000), false},
    {UINT64_C (0xffff7fffffffffff), false},
    {UINT64_C (0xffff800000000000), true},
    {UINT64_MAX, true},
};

/* #GP without an error code; CR2 stays, nothing is read. */
static void
test_canonical (void)
{
  struct lab lab = {.table = {0, 1, 2, 3, 4}};

  lab_init (&lab, VM_GEOMETRY_X86_64);
  struct vm_state *s = lab.bench.state;
  for (size_t i = 0; i < G_N_ELEMENTS (addresses); i++) {
    struct vm_access access
        = {vm_vaddr_of (addresses[i].va), VM_WRITE, VM_USER_MODE};
    s->cpus[0].cr2 = 1;
    struct vm_translation found = vm_cpu_translate (NULL, s, lab.g, 0, &access);
    g_assert_false (found.ok);
    g_assert_cmpuint (found.fault.vector, ==, addresses[i].canonical ? 14 : 13);
    g_assert_cmphex (found.fault.error, ==, addresses[i].canonical ? 6 : 0);
    g_assert_cmpuint (found.reads, ==, addresses[i].canonical ? 1 : 0);
    g_assert_cmphex (s->cpus[0].cr2, ==,
                     addresses[i].canonical ? addresses[i].va : 1);
    g_assert_true ((found.fault.kind == VM_FAULT_NON_CANONICAL)
                   == !addresses[i].canonical);
  }
  bench_done (&lab.bench);
}

/* What the tape tells of a walk is what the walk did. */
static void
test_told (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-64 memory=1M");
  run (m, "process name=A");
  run (m, "map process=A va=0x7f1234567000 frame=0x99 flags=rwu");
  const struct vm_result *result
      = run (m, "access va=0x7f1234567abc kind=write");
  static const uint32_t expected[]
      = {VM_STEP_ACCESS,       VM_STEP_SWITCH,       VM_STEP_TLB_PROBE,
         VM_STEP_TLB_MISS,     VM_STEP_WALK,         VM_STEP_ENTRY_READ,
         VM_STEP_SET_ACCESSED, VM_STEP_ENTRY_READ,   VM_STEP_SET_ACCESSED,
         VM_STEP_ENTRY_READ,   VM_STEP_SET_ACCESSED, VM_STEP_ENTRY_READ,
         VM_STEP_PERMISSION,   VM_STEP_SET_ACCESSED, VM_STEP_SET_DIRTY,
         VM_STEP_TLB_FILL,     VM_STEP_COMPOSE,      VM_STEP_DATA};
  g_assert_cmpuint (result->end_step - result->first_step, ==,
                    G_N_ELEMENTS (expected));
  for (uint32_t i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (vm_machine_step (m, result->first_step + i)->kind, ==,
                      expected[i]);
  vm_machine_free (m);
}

/* The same rights through the front door: whole machines, mapped pages. */
static void
check_mapped (struct vm_machine *m, const struct rules *rules, uint32_t flags,
              uint32_t choice)
{
  static const char *const names[] = {"read", "write", "fetch"};
  enum vm_access_kind kind = kinds[choice % 3];
  enum vm_mode mode = choice / 3 ? VM_USER_MODE : VM_KERNEL_MODE;
  struct rights page = {.writable = flags & 1,
                        .user = flags & 2,
                        .executable = flags & 4 || !rules->nx};

  run (m, "map process=A va=0x5000 frame=0x99 flags=r%s%s%s",
       flags & 1 ? "w" : "", flags & 2 ? "u" : "", flags & 4 ? "x" : "");
  for (uint32_t i = 0; i < 2; i++) {
    const struct vm_result *result = run (m, "access va=0x5000 kind=%s mode=%s",
                                          names[kind], vm_mode_name (mode));
    bool ok = permitted (rules, &page, kind, mode);
    g_assert_true (result->translation.ok == ok);
    g_assert_true (result->translation.tlb_hit == (i == 1 && ok));
    if (!ok)
      g_assert_cmphex (result->translation.fault.error, ==,
                       error_code (rules, 1, kind, mode));
  }
}

static void
test_mapped (gconstpointer data)
{
  bool is64 = GPOINTER_TO_INT (data) == VM_GEOMETRY_X86_64;

  for (uint32_t bits = 0; bits < 16; bits++) {
    struct rules rules = {.is64 = is64,
                          .wp = bits & 1,
                          .smep = bits & 2,
                          .smap = bits & 4,
                          .nx = is64 && (bits & 8)};
    struct vm_machine *m = vm_machine_new ();
    run (m, "machine geometry=%s wp=%s smep=%s smap=%s nx=%s",
         is64 ? "x86-64" : "x86-32", rules.wp ? "on" : "off",
         rules.smep ? "on" : "off", rules.smap ? "on" : "off",
         bits & 8 ? "on" : "off");
    run (m, "process name=A");
    for (uint32_t flags = 0; flags < 8; flags++)
      for (uint32_t choice = 0; choice < 6; choice++)
        check_mapped (m, &rules, flags, choice);
    assert_holds (m, VM_CHECK_ALL);
    vm_machine_free (m);
  }
}

int
main (int argc, char **argv)
{
  static const enum vm_geometry_id ids[]
      = {VM_GEOMETRY_X86_32, VM_GEOMETRY_X86_64};

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++) {
    enum vm_geometry_id id = ids[i];
    const char *name = vm_geometry_of (id)->name;
    g_autofree char *rights = g_strdup_printf ("/walk/rights/%s", name);
    g_autofree char *random = g_strdup_printf ("/walk/random/%s", name);
    g_autofree char *mapped = g_strdup_printf ("/walk/mapped/%s", name);
    g_test_add_data_func (rights, GINT_TO_POINTER (id), test_all_rights);
    g_test_add_data_func (random, GINT_TO_POINTER (id), test_random);
    g_test_add_data_func (mapped, GINT_TO_POINTER (id), test_mapped);
  }
  g_test_add_func ("/walk/canonical", test_canonical);
  g_test_add_func ("/walk/told", test_told);
  return g_test_run ();
}
