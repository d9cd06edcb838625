/* Who answers at physical addresses and at ports, devices that write memory by
 * themselves, and the IOMMU before them; against a model that knows of each
 * byte by itself who answers there. */
#include "mmu/bus.h"
#include "process/process.h"
#include "support.h"

#include <string.h>

/* Bytes that the model knows; memory is half of it. */
#define SPACE 0x40000u
#define MODEL_PAGE 0x1000u
#define DEVICES 3
#define RANDOM_OPERATIONS 220
#define PAGES 16

static struct vm_machine *
machine (const char *format)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine %s", format);
  run (m, "process name=A");
  return m;
}

static const struct vm_result *
read_at (struct vm_machine *m, uint64_t pa, uint32_t width)
{
  return run (m, "access process=A va=0x%" G_GINT64_MODIFIER "x width=%u", pa,
              width);
}

static const struct vm_result *
write_at (struct vm_machine *m, uint64_t pa, uint32_t width, uint64_t value)
{
  return run (m,
              "access process=A va=0x%" G_GINT64_MODIFIER
              "x kind=write width=%u value=0x%" G_GINT64_MODIFIER "x",
              pa, width, value);
}

static const char *
name_at (const struct vm_machine *m, enum vm_space space, uint64_t address)
{
  const struct vm_state *s = vm_machine_state (m);
  uint32_t i = vm_bus_window_at (s, space, address);

  return i == VM_NONE ? "" : vm_machine_name (m, s->windows[i].name);
}

static const struct vm_device *
device (const struct vm_machine *m, const char *name)
{
  const struct vm_state *s = vm_machine_state (m);

  for (uint32_t i = 0; i < s->device_count; i++)
    if (strcmp (vm_machine_name (m, s->devices[i].name), name) == 0)
      return &s->devices[i];
  g_error ("no device %s", name);
}

static bool
has_step (const struct vm_machine *m, const struct vm_result *r,
          enum vm_step_kind kind)
{
  for (uint64_t n = r->first_step; n < r->end_step; n++)
    if (vm_machine_step (m, n)->kind == kind)
      return true;
  return false;
}

static void
test_map_of_a_pc (void)
{
  static const struct {
    uint64_t address;
    const char *name;
  } places[] = {{0x1000, "low-memory"},   {0x9ffff, "low-memory"},
                {0xa0000, "video"},       {0xbffff, "video"},
                {0xc0000, "option-roms"}, {0xfa000, "bios"},
                {0xfffff, "bios"},        {0x100000, "memory"},
                {0xffffff, "memory"},     {0x1000000, "hole"},
                {0xfebfffff, "hole"},     {0xfec00000, "io-apic"},
                {0xfec01000, "hole"},     {0xfee00fff, "local-apic"},
                {0xfffeffff, "hole"},     {0xfffffff0, "bios"},
                {0x100000000, ""}};
  struct vm_machine *m
      = machine ("geometry=x86-32 memory=16M translation=none windows=pc");

  for (size_t i = 0; i < G_N_ELEMENTS (places); i++)
    g_assert_cmpstr (name_at (m, VM_SPACE_MEMORY, places[i].address), ==,
                     places[i].name);
  g_assert_cmpstr (name_at (m, VM_SPACE_PORTS, 0x60), ==, "keyboard");
  g_assert_cmpstr (name_at (m, VM_SPACE_PORTS, 0x65), ==, "");
  /* The first instruction: a far jump to f000:e05b. */
  g_assert_cmphex (read_at (m, 0xfffffff0, 1)->translation.value, ==, 0xea);
  g_assert_cmphex (read_at (m, 0xfffffff1, 4)->translation.value, ==,
                   0xf000e05b);
  g_assert_cmphex (read_at (m, 0xffff0, 1)->translation.value, ==, 0xea);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* 4 GiB of memory do not end at 4 GiB: the hole pushes a quarter up. */
static void
test_memory_above_the_hole (void)
{
  struct vm_machine *m = machine ("geometry=x86-64 memory=4G windows=pc");
  const struct vm_state *s = vm_machine_state (m);

  g_assert_cmpstr (name_at (m, VM_SPACE_MEMORY, 0xbfffffff), ==, "memory");
  g_assert_cmpstr (name_at (m, VM_SPACE_MEMORY, 0xc0000000), ==, "hole");
  g_assert_cmpstr (name_at (m, VM_SPACE_MEMORY, 0x100000000), ==,
                   "high-memory");
  g_assert_cmpstr (name_at (m, VM_SPACE_MEMORY, 0x13fffffff), ==,
                   "high-memory");
  g_assert_cmpstr (name_at (m, VM_SPACE_MEMORY, 0x140000000), ==, "");
  g_assert_cmpuint (s->config.frames, ==, 0xc0000);
  run (m, "map process=A va=0x1000 frame=0x100000 flags=rwu");
  write_at (m, 0x1008, 4, 7);
  g_assert_cmphex (vm_memory_read (s, vm_paddr_of (0x100000008), 4), ==, 7);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

static void
test_who_answers_decides (void)
{
  struct vm_machine *m
      = machine ("geometry=x86-32 memory=16M translation=none windows=pc");
  const struct vm_state *s = vm_machine_state (m);

  write_at (m, 0x5000, 4, 0x11223344);
  g_assert_cmphex (read_at (m, 0x5000, 2)->translation.value, ==, 0x3344);
  run (m, "poke pa=0xfa000 value=0x99 width=4");
  g_assert_true (
      has_step (m, write_at (m, 0xfa000, 4, 0x1234), VM_STEP_SILENCE));
  g_assert_cmphex (read_at (m, 0xfa000, 4)->translation.value, ==, 0x99);
  g_assert_cmphex (read_at (m, 0x2000000, 4)->translation.value, ==,
                   UINT32_MAX);
  g_assert_cmphex (read_at (m, 0x2000000, 8)->translation.value, ==,
                   UINT64_MAX);
  write_at (m, 0x2000000, 1, 1);
  g_assert_cmphex (vm_memory_read (s, vm_paddr_of (0x2000000), 1), ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* What is written is not what is read, and reading takes away. */
static void
test_device_is_no_memory (void)
{
  struct vm_machine *m
      = machine ("geometry=x86-32 memory=16M translation=none windows=pc");
  const struct vm_device *video = device (m, "video");

  write_at (m, 0xa0004, 4, 0x55);
  g_assert_cmphex (video->written, ==, 0x55);
  g_assert_cmpuint (video->written_at, ==, 4);
  g_assert_cmphex (read_at (m, 0xa0004, 4)->translation.value, ==, 0);
  run (m, "input device=video offset=4 width=2 value=0xbeef");
  g_assert_cmphex (read_at (m, 0xa0004, 4)->translation.value, ==, 0xbeef);
  g_assert_cmphex (read_at (m, 0xa0004, 4)->translation.value, ==, 0);
  g_assert_cmpuint (video->reads, ==, 3);
  g_assert_cmpuint (video->writes, ==, 1);
  g_assert_cmphex (
      vm_memory_read (vm_machine_state (m), vm_paddr_of (0xa0004), 4), ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

static void
test_ports (void)
{
  struct vm_machine *m = machine ("geometry=x86-32 memory=16M windows=pc");
  const struct vm_result *r;

  run (m, "input device=keyboard value=0x1c");
  g_assert_cmphex (run (m, "port port=0x60")->translation.value, ==, 0x1c);
  g_assert_cmphex (run (m, "port port=0x60")->translation.value, ==, 0);
  run (m, "port port=0x64 kind=out value=0xfe");
  g_assert_cmphex (device (m, "keyboard")->written, ==, 0xfe);
  g_assert_cmpuint (device (m, "keyboard")->written_at, ==, 4);
  g_assert_cmphex (run (m, "port port=0x80 width=2")->translation.value, ==,
                   0xffff);
  uint64_t faults = vm_machine_state (m)->counters.faults;
  r = run (m, "port port=0x60 mode=user");
  g_assert_false (r->translation.ok);
  g_assert_cmpuint (r->translation.fault.vector, ==, 13);
  g_assert_cmpuint (vm_machine_state (m)->counters.faults, ==, faults + 1);
  refused (m, VM_ERROR_OUT_OF_RANGE, "port port=0x60 width=3");
  refused (m, VM_ERROR_OUT_OF_RANGE, "port port=0xffff width=2");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);

  m = machine ("geometry=sv39 memory=16M");
  refused (m, VM_ERROR_ONLY_X86, "port port=0x60");
  refused (m, VM_ERROR_ONLY_X86,
           "window name=x kind=device start=1 size=1 space=ports");
  vm_machine_free (m);
}

/* Nothing is ever given that is no RAM, and what becomes RAM again is. */
static void
test_allocator_keeps_off (void)
{
  struct vm_machine *m = machine ("geometry=x86-32 memory=2M windows=pc");
  const struct vm_state *s = vm_machine_state (m);

  for (uint32_t i = 0; i < 60; i++)
    run (m, "mmap process=A length=16K prot=rw populate=on");
  for (uint32_t f = 0xa0; f < 0x100; f++) {
    g_assert_cmpuint (s->frames[f].role, ==, VM_FRAME_KERNEL);
    g_assert_cmpuint (s->frames[f].refs, ==, 1);
  }
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);

  m = machine ("geometry=sv39 memory=1M");
  s = vm_machine_state (m);
  uint32_t free = s->free_count;
  run (m, "window name=uart kind=device start=0x40010 size=0x10");
  g_assert_cmpuint (s->free_count, ==, free - 1);
  run (m, "window name=more kind=ram start=0x40000 size=0x1000");
  g_assert_cmpuint (s->free_count, ==, free);
  run (m, "map process=A va=0x1000 frame=0x50 flags=rw");
  refused (m, VM_ERROR_IN_USE, "window name=b kind=rom start=0x50800 size=1");
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* Without an IOMMU a device writes wherever it likes: here into the entry of a
 * page. */
static void
test_dma_reaches_everything (void)
{
  struct vm_machine *m = machine ("geometry=sv39 memory=1M");
  const struct vm_state *s = vm_machine_state (m);
  const struct vm_result *r;

  run (m, "window name=nic kind=device start=0x10000000 size=0x1000");
  run (m, "map process=A va=0x5000 frame=0x30 flags=rwu");
  r = run (m, "dma device=nic address=0x30008 kind=write width=8 value=0x77");
  g_assert_true (r->translation.ok);
  g_assert_cmpuint (r->translation.reads, ==, 0);
  g_assert_cmphex (read_at (m, 0x5008, 8)->translation.value, ==, 0x77);
  r = run (m, "dma device=nic address=0x30008 width=4");
  g_assert_cmphex (r->translation.value, ==, 0x77);

  uint32_t table = 0;
  for (uint32_t f = 0; f < s->config.frames; f++)
    if (s->frames[f].role == VM_FRAME_TABLE && s->frames[f].level == 1)
      table = f;
  run (m, "dma device=nic address=0x%x kind=write width=8 value=0",
       table << 12 | 5 * 8);
  assert_holds (m, VM_CHECK_ALL);
  run (m, "flush kind=all");
  g_assert_false (read_at (m, 0x5008, 8)->translation.ok);
  refused (m, VM_ERROR_OUT_OF_RANGE,
           "dma device=nic address=0x1000000000 kind=read");
  refused (m, VM_ERROR_CROSSES_PAGE, "dma device=nic address=0xffe");
  refused (m, VM_ERROR_UNKNOWN_DEVICE, "dma device=disk address=0");
  vm_machine_free (m);
}

/* What the tables of a domain say, by its pages alone. */
static void
test_iommu_of_each_geometry (void)
{
  static const char *const geometries[] = {
      "x86-32", "x86-pae", "x86-64", "x86-64-la57", "sv32",
      "sv39",   "sv48",    "sv57",   "aarch64",     "toy:va=16,pa=16,page=256"};

  for (size_t i = 0; i < G_N_ELEMENTS (geometries); i++) {
    struct vm_machine *m = vm_machine_new ();
    bool toy = g_str_has_prefix (geometries[i], "toy");
    uint32_t page = toy ? 256 : 4096;
    run (m, "machine geometry=%s%s", geometries[i], toy ? "" : " memory=1M");
    run (m, "process name=A");
    run (m, "window name=nic kind=device start=0x8000 size=0x100");
    run (m, "window name=disk kind=device start=0x9000 size=0x100");
    run (m, "iommu device=nic");
    run (m, "map process=nic va=%u frame=0x22 flags=rwu", 4 * page);
    run (m, "map process=nic va=%u frame=0x23 flags=ru", 5 * page);
    run (m, "map process=nic va=%u frame=0x24 flags=rw", 6 * page);
    const struct vm_state *s = vm_machine_state (m);
    const struct vm_result *r
        = run (m, "dma device=nic address=%u kind=write value=9", 4 * page + 8);
    g_assert_true (r->translation.ok);
    g_assert_cmphex (r->translation.pa.v, ==, 0x22 * page + 8);
    g_assert_cmpuint (r->translation.reads, >, 0);
    g_assert_cmphex (vm_memory_read (s, vm_paddr_of (0x22 * page + 8), 4), ==,
                     9);
    g_assert_true (
        run (m, "dma device=nic address=%u", 5 * page)->translation.ok);
    r = run (m, "dma device=nic address=%u kind=write value=9", 5 * page);
    g_assert_false (r->translation.ok);
    g_assert_cmpint (r->translation.fault.kind, ==, VM_FAULT_PROTECTION);
    g_assert_cmphex (vm_memory_read (s, vm_paddr_of (0x23 * page), 4), ==, 0);
    r = run (m, "dma device=nic address=%u", 7 * page);
    g_assert_cmpint (r->translation.fault.kind, ==, VM_FAULT_NOT_PRESENT);
    /* A page without u is the kernel's. */
    r = run (m, "dma device=nic address=%u", 6 * page);
    g_assert_cmpint (r->translation.fault.kind, ==, VM_FAULT_PROTECTION);
    /* The other device has no domain. */
    r = run (m, "dma device=disk address=%u", 7 * page);
    g_assert_true (r->translation.ok);
    g_assert_cmphex (r->translation.pa.v, ==, 7 * page);
    assert_holds (m, VM_CHECK_ALL);
    vm_machine_free (m);
  }
}

static void
test_domain_is_no_process (void)
{
  struct vm_machine *m = machine ("geometry=x86-64 memory=1M");
  const struct vm_state *s = vm_machine_state (m);

  run (m, "window name=nic kind=device start=0x8000 size=0x100");
  run (m, "iommu device=nic");
  refused (m, VM_ERROR_PROCESS_EXISTS, "iommu device=nic");
  refused (m, VM_ERROR_IS_DEVICE, "access process=nic va=0");
  refused (m, VM_ERROR_IS_DEVICE, "switch process=nic");
  refused (m, VM_ERROR_IS_DEVICE, "mmap process=nic length=4K prot=r");
  refused (m, VM_ERROR_IS_DEVICE, "fork process=nic name=B");
  refused (m, VM_ERROR_IS_DEVICE, "exit process=nic");
  refused (m, VM_ERROR_PROCESS_EXISTS, "process name=nic");
  run (m, "process name=B");
  g_assert_cmpuint (s->processes[1].pid, ==, 0);
  g_assert_cmpuint (s->processes[2].pid, ==, s->processes[0].pid + 1);
  run (m, "map process=nic va=0x1000 frame=0x20 flags=rwu");
  run (m, "dump process=nic");
  run (m, "unmap process=nic va=0x1000");
  g_assert_false (run (m, "dma device=nic address=0x1000")->translation.ok);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);

  /* A device alone is nobody to run. */
  m = vm_machine_new ();
  run (m, "machine geometry=x86-64 memory=1M");
  run (m, "window name=nic kind=device start=0x8000 size=0x100");
  run (m, "iommu device=nic");
  refused (m, VM_ERROR_MISSING_PARAMETER, "access va=0");
  vm_machine_free (m);
}

/* The model: of each byte by itself who answers, and a list of pages for the
 * device behind the IOMMU. ------------------------------------------------ */

struct model {
  uint8_t kind[SPACE];    /* enum vm_window_kind */
  uint8_t device[SPACE];  /* where a device answers */
  uint32_t origin[SPACE]; /* where its window began */
  uint8_t bytes[SPACE];
  uint8_t in[DEVICES][64];
  uint64_t reads[DEVICES], writes[DEVICES];
  uint32_t frame[PAGES]; /* + 1; 0: nothing is mapped */
  bool writable[PAGES];
};

static void
model_begin (struct model *w)
{
  memset (w, 0, sizeof *w);
  for (uint32_t i = SPACE / 2; i < SPACE; i++)
    w->kind[i] = VM_WINDOW_HOLE;
}

static uint64_t
model_access (struct model *w, uint32_t at, bool write, uint32_t width,
              uint64_t value)
{
  uint64_t mask = width == 8 ? UINT64_MAX
                             : (G_GUINT64_CONSTANT (1) << 8 * width) - 1;
  uint8_t kind = w->kind[at], d = w->device[at];
  uint8_t *place = w->bytes + at;
  uint64_t result = 0;

  if (kind == VM_WINDOW_HOLE)
    return (write ? value : UINT64_MAX) & mask;
  if (kind == VM_WINDOW_DEVICE) {
    uint32_t distance = at - w->origin[at];
    place = w->in[d] + distance % 64 / width * width;
    w->writes[d] += write;
    w->reads[d] += !write;
  }
  if (!write)
    for (uint32_t i = 0; i < width; i++) {
      result |= (uint64_t) place[i] << 8 * i;
      if (kind == VM_WINDOW_DEVICE)
        place[i] = 0;
    }
  if (write && kind == VM_WINDOW_RAM)
    for (uint32_t i = 0; i < width; i++)
      place[i] = (uint8_t) (value >> 8 * i);
  return write ? value & mask : result;
}

static void
random_window (struct vm_machine *m, struct model *w, uint64_t *seed)
{
  static const char *const kinds[] = {"ram", "rom", "device", "hole"};
  uint32_t kind = (uint32_t) random_below (seed, 4);
  uint32_t name = (uint32_t) random_below (seed, DEVICES);
  uint32_t first = (uint32_t) random_below (seed, SPACE) & ~15u;
  uint32_t size = (uint32_t) random_below (seed, 0x6000) + 1;
  struct vm_error error;
  g_autofree char *line = NULL;

  first = MAX (first, 0x1000u);
  size = MIN (size, SPACE - first);
  line = g_strdup_printf ("window name=d%u kind=%s start=0x%x size=%u", name,
                          kinds[kind], first, size);
  if (!vm_machine_do_line (m, line, &error)) {
    g_assert_true (error.code == VM_ERROR_IN_USE
                   || error.code == VM_ERROR_TOO_MANY);
    return;
  }
  for (uint32_t i = first; i < first + size; i++) {
    w->kind[i] = (uint8_t) kind;
    w->device[i] = (uint8_t) name;
    w->origin[i] = first;
  }
}

/* Page tables are memory of which the model knows nothing. */
static bool
is_table (const struct vm_machine *m, uint32_t frame)
{
  const struct vm_state *s = vm_machine_state (m);

  return frame < s->config.frames && s->frames[frame].role == VM_FRAME_TABLE;
}

/* An access of the processor, or of the device d0, which has a domain, or d1,
 * which has none. */
static void
random_access (struct vm_machine *m, struct model *w, uint64_t *seed)
{
  static const char *const who[] = {
      "access process=A va", "dma device=d0 address", "dma device=d1 address"};
  uint32_t which = (uint32_t) random_below (seed, 3);
  uint32_t width = 1u << random_below (seed, 4);
  uint32_t at = (uint32_t) random_below (seed, SPACE - 8);
  bool write = random_chance (seed, 50);
  uint64_t value = random_next (seed);
  uint32_t page = at / MODEL_PAGE % PAGES;

  if (which == 1)
    at = page * MODEL_PAGE + at % MODEL_PAGE;
  if (at % MODEL_PAGE + width > MODEL_PAGE
      || (which != 1 && is_table (m, at / MODEL_PAGE)))
    return;
  const struct vm_result *r
      = run (m, "%s=0x%x kind=%s width=%u value=0x%" G_GINT64_MODIFIER "x",
             who[which], at, write ? "write" : "read", width, value);
  bool allowed = which != 1
                 || (w->frame[page] != 0 && (!write || w->writable[page]));
  g_assert_true (r->translation.ok == allowed);
  if (!allowed)
    return;
  if (which == 1)
    at = (w->frame[page] - 1) * MODEL_PAGE + at % MODEL_PAGE;
  g_assert_cmphex (r->translation.pa.v, ==, at);
  g_assert_cmphex (r->translation.value, ==,
                   model_access (w, at, write, width, value));
}

static void
random_mapping (struct vm_machine *m, struct model *w, uint64_t *seed)
{
  uint32_t page = (uint32_t) random_below (seed, PAGES);
  uint32_t frame = (uint32_t) random_below (seed, SPACE / 2 / MODEL_PAGE);
  bool writable = random_chance (seed, 60);

  if (is_table (m, frame))
    return;
  run (m, "map process=d0 va=0x%x frame=%u flags=%s", page * MODEL_PAGE, frame,
       writable ? "rwu" : "ru");
  w->frame[page] = frame + 1;
  w->writable[page] = writable;
}

static void
compare_devices (const struct vm_machine *m, const struct model *w)
{
  for (uint32_t d = 0; d < DEVICES; d++) {
    char name[3] = {'d', (char) ('0' + d), 0};
    g_assert_cmpuint (device (m, name)->reads, ==, w->reads[d]);
    g_assert_cmpuint (device (m, name)->writes, ==, w->writes[d]);
    g_assert_cmpmem (device (m, name)->in, 64, w->in[d], 64);
  }
}

static void
check_random (uint64_t seed, struct model *w)
{
  struct vm_machine *m
      = machine ("geometry=x86-32 memory=128K translation=none");
  const struct vm_tape *tape = vm_machine_tape (m);
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (uint64_t));
  uint64_t random = seed, first;

  model_begin (w);
  for (uint32_t d = 0; d < DEVICES; d++)
    run (m, "window name=d%u kind=device start=0x%x size=16", d,
         SPACE - 16 * (d + 1));
  for (uint32_t d = 0; d < DEVICES; d++)
    for (uint32_t i = 0; i < 16; i++) {
      w->kind[SPACE - 16 * (d + 1) + i] = VM_WINDOW_DEVICE;
      w->device[SPACE - 16 * (d + 1) + i] = (uint8_t) d;
      w->origin[SPACE - 16 * (d + 1) + i] = SPACE - 16 * (d + 1);
    }
  run (m, "iommu device=d0");
  run (m, "map process=d0 va=0 frame=0x1f flags=r");
  run (m, "unmap process=d0 va=0");
  g_assert_cmpuint (vm_machine_state (m)->mms[1].tables, ==, 2);
  first = vm_machine_step_count (m);
  for (uint32_t n = 0; n < RANDOM_OPERATIONS; n++) {
    uint64_t choice = random_below (&random, 12);
    uint32_t d = (uint32_t) random_below (&random, DEVICES);
    if (choice == 0)
      random_window (m, w, &random);
    else if (choice == 1)
      random_mapping (m, w, &random);
    else if (choice == 2) {
      run (m, "input device=d%u offset=8 width=4 value=%u", d, n);
      for (uint32_t i = 0; i < 4; i++)
        w->in[d][8 + i] = (uint8_t) (n >> 8 * i);
    } else
      random_access (m, w, &random);
    assert_holds (m, VM_CHECK_ALL);
    compare_devices (m, w);
  }
  for (uint64_t n = first; n <= vm_machine_step_count (m); n++) {
    g_assert_true (vm_machine_seek (m, n));
    assert_holds (m, VM_CHECK_LINKS);
    uint64_t hash = vm_state_hash (tape);
    g_array_append_val (hashes, hash);
  }
  for (uint32_t n = 0; n < 300; n++) {
    uint64_t at = random_below (&random, hashes->len);
    g_assert_true (vm_machine_seek (m, first + at));
    g_assert_cmphex (vm_state_hash (tape), ==,
                     g_array_index (hashes, uint64_t, at));
  }
  vm_machine_free (m);
}

static void
test_random (void)
{
  g_autofree struct model *w = g_new0 (struct model, 1);

  for (uint64_t seed = 1; seed <= 6; seed++)
    check_random (seed, w);
}

/* Each rule about windows and devices is there. */
static void
test_rules (void)
{
  static const char *const rules[]
      = {"a window is a range of its space",
         "a window leads to the device of its name",
         "windows stand in order, none on another",
         "a domain is the address space of its device",
         "windows and devices are within their limits",
         "frames that are no RAM are kept"};

  for (size_t i = 0; i < G_N_ELEMENTS (rules); i++) {
    struct vm_machine *m = machine ("geometry=x86-32 memory=16M windows=pc");
    struct vm_check_report report;
    run (m, "iommu device=video");
    struct vm_state *s = writable (m);
    if (i == 0)
      s->windows[1].last = 0;
    else if (i == 1)
      s->windows[1].device = 5;
    else if (i == 2)
      s->windows[0].last += 16;
    else if (i == 3)
      s->processes[1].state = VM_PROCESS_RUNNING;
    else if (i == 4)
      s->device_count = VM_MAX_DEVICES + 1;
    else
      s->frames[0x200].flags = VM_FRAME_RESERVED;
    g_assert_false (vm_check (m, VM_CHECK_ALL, &report));
    g_assert_cmpstr (report.rule, ==, rules[i]);
    vm_machine_free (m);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bus/map-of-a-pc", test_map_of_a_pc);
  g_test_add_func ("/bus/memory-above-the-hole", test_memory_above_the_hole);
  g_test_add_func ("/bus/who-answers-decides", test_who_answers_decides);
  g_test_add_func ("/bus/device-is-no-memory", test_device_is_no_memory);
  g_test_add_func ("/bus/ports", test_ports);
  g_test_add_func ("/bus/allocator-keeps-off", test_allocator_keeps_off);
  g_test_add_func ("/bus/dma-reaches-everything", test_dma_reaches_everything);
  g_test_add_func ("/bus/iommu-of-each-geometry", test_iommu_of_each_geometry);
  g_test_add_func ("/bus/domain-is-no-process", test_domain_is_no_process);
  g_test_add_func ("/bus/random", test_random);
  g_test_add_func ("/bus/rules", test_rules);
  return g_test_run ();
}
