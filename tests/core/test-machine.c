/* The one command: what operations come to, and what a refused one leaves. */
#include "support.h"

#include <inttypes.h>

#include "mm/space.h"

static void
setup (struct vm_machine **m, gconstpointer first_line)
{
  *m = vm_machine_new ();
  if (first_line == NULL)
    return;
  run (*m, "%s", (const char *) first_line);
  run (*m, "process name=A");
}

/* Whatever a test did, the state does not contradict itself. */
static void
teardown (struct vm_machine **m, gconstpointer first_line)
{
  assert_holds (*m, VM_CHECK_ALL);
  vm_machine_free (*m);
}

#define X86_32 "machine geometry=x86-32 memory=1M"
#define X86_64 "machine geometry=x86-64 memory=1M"

/* The values of the n-th step of a kind in the latest operation. */
static const uint64_t *
step_values (struct vm_machine *m, enum vm_step_kind kind, uint32_t n)
{
  const struct vm_result *result
      = vm_machine_result (m, vm_machine_op_count (m) - 1);

  for (uint64_t i = result->first_step; i < result->end_step; i++) {
    const struct vm_step *step = vm_machine_step (m, i);
    if (step->kind == kind && n-- == 0)
      return step->values;
  }
  g_error ("no such step: %s", vm_step_info_of (kind)->name);
}

static void
test_two_levels (struct vm_machine **m, gconstpointer unused)
{
  run (*m, "map process=A va=0x11223000 frame=0x44332 flags=rwu");
  const struct vm_result *miss = run (*m, "access va=0x11223344");

  g_assert_true (miss->translation.ok);
  g_assert_false (miss->translation.tlb_hit);
  g_assert_cmpuint (miss->translation.reads, ==, 2);
  g_assert_cmphex (miss->translation.pa.v, ==, 0x44332344);
  g_assert_cmpuint (miss->process, ==, 0);

  const uint64_t *directory = step_values (*m, VM_STEP_ENTRY_READ, 0);
  const uint64_t *table = step_values (*m, VM_STEP_ENTRY_READ, 1);
  g_assert_cmpuint (directory[VM_V_ENTRY_INDEX], ==, 68);
  g_assert_cmpuint (table[VM_V_ENTRY_INDEX], ==, 547);
  g_assert_cmphex (table[VM_V_ENTRY_TABLE], ==, directory[VM_V_ENTRY_FRAME]);
  const uint64_t *composed = step_values (*m, VM_STEP_COMPOSE, 0);
  g_assert_cmpuint (composed[VM_V_COMPOSE_OFFSET], ==, 836);
  g_assert_cmphex (composed[VM_V_COMPOSE_FRAME], ==, 0x44332);

  const struct vm_result *hit = run (*m, "access va=0x11223345");
  g_assert_true (hit->translation.tlb_hit);
  g_assert_cmpuint (hit->translation.reads, ==, 0);
  g_assert_cmphex (hit->translation.pa.v, ==, 0x44332345);
}

/* An entry without U: the kernel may, the user may not. */
static void
test_supervisor_page (struct vm_machine **m, gconstpointer unused)
{
  run (*m, "map process=A va=0x11223000 frame=0x44332 flags=r");
  g_assert_cmphex (
      run (*m, "access va=0x11223344 mode=kernel")->translation.pa.v, ==,
      0x44332344);

  const struct vm_result *fault = run (*m, "access va=0x11223344 mode=user");
  g_assert_false (fault->translation.ok);
  g_assert_cmpint (fault->translation.fault.kind, ==, VM_FAULT_PROTECTION);
  g_assert_cmpuint (fault->translation.fault.vector, ==, 14);
  g_assert_cmphex (fault->translation.fault.error, ==, 5);
  g_assert_cmphex (fault->translation.fault.address.v, ==, 0x11223344);
  g_assert_cmphex (vm_machine_state (*m)->cpus[0].cr2, ==, 0x11223344);
}

static void
test_data (struct vm_machine **m, gconstpointer unused)
{
  run (*m, "map process=A va=0x5000 frame=0x80 flags=rwu");
  g_assert_cmphex (run (*m, "access va=0x5ff8 width=8")->translation.value, ==,
                   0);
  run (*m, "access va=0x5ff8 kind=write width=8 value=0x1122334455667788");
  g_assert_cmphex (run (*m, "access va=0x5ffb width=2")->translation.value, ==,
                   0x4455);
  run (*m, "access va=0x5fff kind=write value=0xabcd");
  g_assert_cmphex (run (*m, "access va=0x5ff8 width=8")->translation.value, ==,
                   UINT64_C (0xcd22334455667788));
  /* A write without a value changes no byte, a read with one neither. */
  run (*m, "access va=0x5ff8 kind=write width=8");
  run (*m, "access va=0x5ff8 kind=read width=8 value=1");
  g_assert_cmphex (run (*m, "access va=0x5ff8 width=8")->translation.value, ==,
                   UINT64_C (0xcd22334455667788));
}

/* A fault is counted by the step that says so, not by the one before it. */
static void
test_fault_counts_itself (struct vm_machine **m, gconstpointer unused)
{
  const struct vm_counters *c = &vm_machine_state (*m)->counters;

  run (*m, "process name=F");
  run (*m, "access process=F va=0x5000");
  uint64_t fault = vm_machine_step_count (*m) - 1;
  g_assert_cmpint (vm_machine_step (*m, fault)->kind, ==, VM_STEP_FAULT);
  uint64_t after = c->faults;
  g_assert_true (vm_machine_seek (*m, fault));
  g_assert_cmpuint (c->faults, ==, after - 1);
}

static void
test_counters (struct vm_machine **m, gconstpointer unused)
{
  run (*m, "map process=A va=0x5000 frame=0x80 flags=ru");
  run (*m, "access va=0x5000");
  run (*m, "access va=0x5001");
  run (*m, "access va=0x6000");
  run (*m, "access va=0x800000000000");
  const struct vm_counters *c = &vm_machine_state (*m)->counters;
  g_assert_cmpuint (c->tick, ==, 4);
  g_assert_cmpuint (c->tlb_hits, ==, 1);
  g_assert_cmpuint (c->tlb_misses, ==, 2);
  g_assert_cmpuint (c->walks, ==, 2);
  g_assert_cmpuint (c->entry_reads, ==, 8);
  g_assert_cmpuint (c->memory_accesses, ==, 10);
  g_assert_cmpuint (c->faults, ==, 2);
}

/* Refused before there is a machine, and after. */
static void
test_first_operation (struct vm_machine **m, gconstpointer unused)
{
  refused (*m, VM_ERROR_NO_MACHINE, "process name=A");
  refused (*m, VM_ERROR_NO_MACHINE, "map process=A va=0 frame=1 flags=r");
  refused (*m, VM_ERROR_NO_MACHINE, "access va=0");
  refused (*m, VM_ERROR_NO_MACHINE, "dump process=A");
  g_assert_null (vm_machine_geometry (*m));

  struct vm_error error = refused (*m, VM_ERROR_NOT_ALIGNED,
                                   "machine geometry=x86-32 "
                                   "memory=65537");
  g_assert_cmpstr (error.subject, ==, "memory");
  g_assert_cmpuint (error.value, ==, 65537);
  g_assert_cmpuint (error.low, ==, 4096);
  error = refused (*m, VM_ERROR_OUT_OF_RANGE,
                   "machine geometry=x86-32 "
                   "tlb-sets=1024 tlb-ways=5");
  g_assert_cmpuint (error.high, ==, 4);

  run (*m, "machine geometry=x86-32 tlb-sets=1024 tlb-ways=4");
  refused (*m, VM_ERROR_SECOND_MACHINE, "machine geometry=x86-32");
  error = refused (*m, VM_ERROR_MISSING_PARAMETER, "access va=0");
  g_assert_cmpstr (error.subject, ==, "process");
}

struct refusal {
  enum vm_error_code code;
  const char *line;
};

static const struct refusal refusals_32[] = {
    {VM_ERROR_NO_SUCH_SIZE, "map process=A va=0 frame=0 flags=r size=2M"},
    {VM_ERROR_NO_SUCH_SIZE, "map process=A va=0 frame=0 flags=r size=1G"},
    {VM_ERROR_NO_SUCH_SIZE, "map process=A va=0 frame=0 flags=r size=5000"},
    {VM_ERROR_NOT_AN_ADDRESS, "map process=A va=4G frame=1 flags=r"},
    {VM_ERROR_NOT_AN_ADDRESS, "access va=4G"},
    {VM_ERROR_NOT_ALIGNED, "map process=A va=4K frame=0 flags=r size=4M"},
    {VM_ERROR_NOT_ALIGNED, "map process=A va=0 frame=512 flags=r size=4M"},
    {VM_ERROR_FRAME_TOO_LARGE, "map process=A va=0 frame=0x100000 flags=r"},
    {VM_ERROR_FRAME_TOO_LARGE,
     "map process=A va=0 frame=0x10000000 flags=r size=4M"},
};

static const struct refusal refusals_64[] = {
    {VM_ERROR_UNKNOWN_PROCESS, "map process=B va=0 frame=1 flags=r"},
    {VM_ERROR_UNKNOWN_PROCESS, "access process=B va=0"},
    {VM_ERROR_UNKNOWN_PROCESS, "dump process=B"},
    {VM_ERROR_PROCESS_EXISTS, "process name=A"},
    {VM_ERROR_NEEDS_READ, "map process=A va=0 frame=1 flags=wxug"},
    {VM_ERROR_NO_SUCH_SIZE, "map process=A va=0 frame=0 flags=r size=8K"},
    {VM_ERROR_NO_SUCH_SIZE, "map process=A va=0 frame=0 flags=r size=4M"},
    {VM_ERROR_NOT_AN_ADDRESS,
     "map process=A va=0x800000000000 frame=1 flags=r"},
    {VM_ERROR_NOT_AN_ADDRESS,
     "map process=A va=0xfffeffffffffffff frame=1 flags=r"},
    {VM_ERROR_NOT_ALIGNED, "map process=A va=1 frame=1 flags=r"},
    {VM_ERROR_NOT_ALIGNED, "map process=A va=1M frame=0 flags=r size=2M"},
    {VM_ERROR_NOT_ALIGNED, "map process=A va=1G frame=512 flags=r size=1G"},
    {VM_ERROR_CROSSES_PAGE, "access va=0xfff width=2"},
    {VM_ERROR_CROSSES_PAGE, "access va=0x1ff9 width=8"},
    {VM_ERROR_OUT_OF_RANGE, "access va=0 width=3"},
};

static void
check_refusals (struct vm_machine *m, const struct refusal *refusals,
                size_t count)
{
  for (size_t i = 0; i < count; i++)
    refused (m, refusals[i].code, "%s", refusals[i].line);
}

static void
test_refusals_32 (struct vm_machine **m, gconstpointer unused)
{
  check_refusals (*m, refusals_32, G_N_ELEMENTS (refusals_32));
  run (*m, "map process=A va=0xfffff000 frame=0xfffff flags=r");
  run (*m, "map process=A va=0 frame=0xffffc00 flags=ru size=4M");
  g_assert_cmphex (run (*m, "access va=0x3fffff")->translation.pa.v, ==,
                   UINT64_C (0xffffffffff));
}

static void
test_refusals_64 (struct vm_machine **m, gconstpointer unused)
{
  check_refusals (*m, refusals_64, G_N_ELEMENTS (refusals_64));
  g_assert_cmpstr (
      refused (*m, VM_ERROR_UNKNOWN_PROCESS, "dump process=zed").subject, ==,
      "zed");
  run (*m, "map process=A va=0xffff800000000000 frame=0xffffffffff flags=r");
  run (*m, "access va=0xfff");
}

static void
test_overlaps (struct vm_machine **m, gconstpointer unused)
{
  run (*m, "map process=A va=0x400000 frame=0x2000 flags=ru size=2M");
  refused (*m, VM_ERROR_OVERLAPS, "map process=A va=0x401000 frame=1 flags=r");
  run (*m, "map process=A va=0x600000 frame=0x80 flags=ru");
  refused (*m, VM_ERROR_OVERLAPS,
           "map process=A va=0x600000 frame=0x2000 flags=r size=2M");
  refused (*m, VM_ERROR_OVERLAPS,
           "map process=A va=0 frame=0x40000 flags=r size=1G");
  run (*m, "map process=A va=0x400000 frame=0x2200 flags=ru size=2M");
  g_assert_cmphex (run (*m, "access va=0x412345")->translation.pa.v, ==,
                   0x2212345);
}

/* 16 frames: the kernel's, a root, and what is left for tables. */
static void
test_out_of_frames (struct vm_machine **m, gconstpointer unused)
{
  for (uint32_t i = 0; i < 13; i++)
    run (*m, "map process=A va=%#x frame=0x5000 flags=r", i << 22);
  run (*m, "process name=B");
  g_assert_cmpuint (vm_machine_state (*m)->free_count, ==, 0);
  refused (*m, VM_ERROR_OUT_OF_FRAMES, "process name=C");
  refused (*m, VM_ERROR_OUT_OF_FRAMES,
           "map process=A va=0x10000000 frame=1 flags=r");
  run (*m, "map process=A va=0x1000 frame=0x5001 flags=r");
}

/* A walk of four levels needs three tables; with two frames left it fails in
 * the middle, and gives back what it took. */
static void
test_out_of_frames_midway (struct vm_machine **m, gconstpointer unused)
{
  for (uint64_t f = 4; vm_machine_state (*m)->free_count > 2; f++)
    run (*m, "map process=A va=%#" PRIx64 " frame=0x40000 flags=r size=1G",
         f << 39);
  refused (*m, VM_ERROR_OUT_OF_FRAMES,
           "map process=A va=0xffffffff80000000 frame=0x100 flags=r");
  g_assert_cmpuint (vm_machine_state (*m)->free_count, ==, 2);
}

static void
test_too_many_processes (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-32 memory=8M");
  for (uint32_t i = 0; i < VM_MAX_PROCESSES; i++)
    run (m, "process name=p%u", i);
  struct vm_error error = refused (m, VM_ERROR_TOO_MANY, "process name=more");
  g_assert_cmpuint (error.high, ==, VM_MAX_PROCESSES);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A page in place of another: the old frame is free, the TLB has forgotten. */
static void
test_replace (struct vm_machine **m, gconstpointer unused)
{
  const struct vm_state *s = vm_machine_state (*m);

  run (*m, "map process=A va=0x5000 frame=0x80 flags=rwu");
  run (*m, "map process=A va=0x6000 frame=0x80 flags=ru");
  g_assert_cmpuint (s->frames[0x80].refs, ==, 2);
  run (*m, "access va=0x5000 kind=write value=1");
  run (*m, "map process=A va=0x5000 frame=0x81 flags=rwu");
  g_assert_cmpuint (s->frames[0x80].refs, ==, 1);
  g_assert_cmpuint (s->frames[0x81].refs, ==, 1);

  const struct vm_result *result = run (*m, "access va=0x5000");
  g_assert_false (result->translation.tlb_hit);
  g_assert_cmphex (result->translation.pa.v, ==, 0x81000);
  run (*m, "map process=A va=0x6000 frame=0x81 flags=ru");
  g_assert_cmpint (s->frames[0x80].role, ==, VM_FRAME_FREE);
  g_assert_cmpuint (s->frames[0x81].refs, ==, 2);

  /* By itself: its count stays, its rights change. */
  run (*m, "map process=A va=0x5000 frame=0x81 flags=r");
  g_assert_cmpuint (s->frames[0x81].refs, ==, 2);
  g_assert_false (run (*m, "access va=0x5000")->translation.ok);
}

/* A device's frames have no record and no count. */
static void
test_unmanaged (struct vm_machine **m, gconstpointer unused)
{
  uint32_t before = vm_machine_state (*m)->free_count;

  run (*m, "map process=A va=0x200000 frame=0xfee00 flags=rwu");
  uint32_t tables = before - vm_machine_state (*m)->free_count;
  g_assert_cmpuint (tables, ==, 3);
  run (*m, "map process=A va=0x200000 frame=0x100 flags=rwu");
  run (*m, "map process=A va=0x200000 frame=0xff flags=rwu");
  g_assert_cmpuint (vm_machine_state (*m)->free_count, ==, before - 4);
}

/* Entries that a store into a page table made were never counted: replacing
 * one takes nothing from the frame. */
static void
test_uncounted_entry (void)
{
  struct vm_machine *m = vm_machine_new ();

  run (m, "machine geometry=x86-32 memory=1M");
  run (m, "process name=A");
  run (m, "map process=A va=0x1000 frame=0x80 flags=rwu");
  run (m, "map process=A va=0x2000 frame=2 flags=rwu");
  run (m, "access va=0x200c kind=write width=4 value=0x90007");
  g_assert_cmphex (run (m, "access va=0x3000")->translation.pa.v, ==, 0x90000);
  run (m, "map process=A va=0x3000 frame=0x91 flags=ru");
  g_assert_cmpuint (vm_machine_state (m)->frames[0x90].refs, ==, 0);
  assert_holds (m, VM_CHECK_ALL);
  vm_machine_free (m);
}

/* A gigabyte of managed memory under one entry: each of its frames counts. */
static void
test_gigabyte (void)
{
  struct vm_machine *m = vm_machine_new ();
  const struct vm_state *s = vm_machine_state (m);

  run (m, "machine geometry=x86-64 memory=4G");
  run (m, "process name=A");
  uint32_t before = s->free_count;
  uint64_t hash = vm_state_hash (vm_machine_tape (m));
  run (m, "map process=A va=1G frame=0x40000 flags=rwu size=1G");
  g_assert_cmpuint (s->free_count, ==, before - (1 << 18) - 1);
  g_assert_cmpuint (s->frames[0x7ffff].refs, ==, 1);
  g_assert_cmpuint (s->frames[0x80000].refs, ==, 0);
  g_assert_cmphex (run (m, "access va=0x7fffffff")->translation.pa.v, ==,
                   0x7fffffff);
  assert_holds (m, VM_CHECK_ALL);

  /* By itself it can be replaced; by another gigabyte it is too much for one
   * operation, and nothing happens. */
  run (m, "map process=A va=1G frame=0x40000 flags=ru size=1G");
  g_assert_cmpuint (s->frames[0x7ffff].refs, ==, 1);
  refused (m, VM_ERROR_TAPE_FULL,
           "map process=A va=1G frame=0x80000 flags=r size=1G");
  g_assert_true (vm_machine_seek (m, vm_machine_result (m, 1)->end_step));
  g_assert_cmphex (vm_state_hash (vm_machine_tape (m)), ==, hash);
  vm_machine_free (m);
}

/* The first tables of a process, lowest frame first, as `dump` tells them. */
static void
test_tables (struct vm_machine **m, gconstpointer unused)
{
  run (*m, "process name=B");
  run (*m, "map process=B va=0x200000 frame=0x80 flags=r");
  run (*m, "map process=A va=0x200000 frame=0x80 flags=r");
  run (*m, "map process=A va=0x40000000 frame=0x80 flags=r");

  const struct vm_state *s = vm_machine_state (*m);
  for (uint32_t process = 0; process < 2; process++) {
    uint32_t count = 0, after = VM_NONE;
    while ((after = vm_space_next_table (s, process, after)) != VM_NONE) {
      g_assert_cmpint (s->frames[after].role, ==, VM_FRAME_TABLE);
      g_assert_cmpuint (s->frames[after].owner, ==, process);
      count++;
    }
    g_assert_cmpuint (count, ==, vm_mm_of (s, process)->tables);
  }
  run (*m, "dump process=A");
  g_assert_cmpuint (step_values (*m, VM_STEP_DUMP, 0)[VM_V_DUMP_TABLES], ==, 6);
}

static void
test_processes (struct vm_machine **m, gconstpointer unused)
{
  run (*m, "process name=B");
  run (*m, "map process=A va=0x1000 frame=0x80 flags=ru");
  run (*m, "map process=B va=0x1000 frame=0x81 flags=ru");
  g_assert_cmpuint (vm_machine_process_named (*m, "B"), ==, 1);
  g_assert_cmpuint (vm_machine_process_named (*m, "C"), ==, VM_NONE);

  /* The first, the named one, then the one that runs. */
  g_assert_cmphex (run (*m, "access va=0x1000")->translation.pa.v, ==, 0x80000);
  g_assert_cmphex (run (*m, "access va=0x1000 process=B")->translation.pa.v, ==,
                   0x81000);
  const struct vm_result *result = run (*m, "access va=0x1000");
  g_assert_cmphex (result->translation.pa.v, ==, 0x81000);
  g_assert_true (result->translation.tlb_hit);
  g_assert_cmpuint (result->process, ==, 1);

  vm_machine_seek (*m, 0);
  g_assert_cmpuint (vm_machine_process_named (*m, "B"), ==, VM_NONE);
  g_assert_cmpstr (vm_machine_name (*m, 1), ==, "B");
  g_assert_cmpstr (vm_machine_name (*m, 99), ==, "");
}

/* Unmapping clears the entry, frees the frame and forgets the translation. */
static void
test_unmap (struct vm_machine **m, gconstpointer unused)
{
  struct vm_state *s = writable (*m);

  run (*m, "map process=A va=0x1000 frame=0x80 flags=rwu");
  run (*m, "access va=0x1000 kind=write");
  struct vm_pte gone = vm_space_unmap (NULL, s, 0, vm_vaddr_of (0x1fff));
  g_assert_true (gone.present && gone.dirty);
  g_assert_cmphex (gone.frame, ==, 0x80);
  g_assert_cmpint (s->frames[0x80].role, ==, VM_FRAME_FREE);
  g_assert_false (vm_space_unmap (NULL, s, 0, vm_vaddr_of (0x1000)).present);
  g_assert_false (
      vm_space_unmap (NULL, s, 0, vm_vaddr_of (0x40001000)).present);
  const struct vm_result *fault = run (*m, "access va=0x1000");
  g_assert_cmpint (fault->translation.fault.kind, ==, VM_FAULT_NOT_PRESENT);
}

static void
some_operations (struct vm_machine *m)
{
  run (m, "map process=A va=0x1000 frame=0x80 flags=rwu");
  run (m, "access va=0x1000 kind=write value=5");
  run (m, "access va=0x2000");
  run (m, "access va=0x1000 kind=write value=6");
}

/* An operation done in the past replaces the future. */
static void
test_truncate (struct vm_machine **m, gconstpointer unused)
{
  struct vm_machine *fresh;

  some_operations (*m);
  uint64_t end = vm_machine_step_count (*m);
  g_assert_true (vm_machine_seek (*m, vm_machine_result (*m, 4)->first_step));
  run (*m, "access va=0x1004 kind=write value=9");
  g_assert_cmpuint (vm_machine_op_count (*m), ==, 5);
  g_assert_false (vm_machine_seek (*m, end));
  g_assert_null (vm_machine_result (*m, 5));
  g_assert_null (vm_machine_op (*m, 5));

  setup (&fresh, X86_64);
  run (fresh, "map process=A va=0x1000 frame=0x80 flags=rwu");
  run (fresh, "access va=0x1000 kind=write value=5");
  run (fresh, "access va=0x1004 kind=write value=9");
  g_assert_true (
      vm_state_equal (vm_machine_tape (fresh), vm_machine_tape (*m)));
  g_assert_cmpuint (vm_machine_step_count (fresh), ==,
                    vm_machine_step_count (*m));
  vm_machine_free (fresh);
}

/* A refused one does not: the future is still there, step for step. */
static void
test_refused_in_the_past (struct vm_machine **m, gconstpointer unused)
{
  some_operations (*m);
  uint64_t end = vm_machine_step_count (*m);
  uint64_t hash = vm_state_hash (vm_machine_tape (*m));

  g_assert_true (vm_machine_seek (*m, vm_machine_result (*m, 3)->first_step));
  refused (*m, VM_ERROR_CROSSES_PAGE, "access va=0xfff width=2");
  refused (*m, VM_ERROR_OVERLAPS,
           "map process=A va=0 frame=0x200 flags=r size=2M");
  g_assert_nonnull (vm_machine_step (*m, end - 1));
  g_assert_true (vm_machine_seek (*m, end));
  g_assert_cmphex (vm_state_hash (vm_machine_tape (*m)), ==, hash);
}

static void
test_inside_an_operation (struct vm_machine **m, gconstpointer unused)
{
  some_operations (*m);
  const struct vm_result *result = vm_machine_result (*m, 3);

  for (uint64_t n = result->first_step + 1; n < result->end_step; n++) {
    g_assert_true (vm_machine_seek (*m, n));
    refused (*m, VM_ERROR_NOT_AT_OPERATION, "access va=0x1000");
  }
  g_assert_true (vm_machine_seek (*m, result->end_step));
  g_assert_true (vm_machine_do_line (*m, "# nothing", NULL));
  g_assert_cmpuint (vm_machine_op_count (*m), ==, 6);
}

static void
test_op_of_step (struct vm_machine **m, gconstpointer unused)
{
  uint64_t n = 0;

  some_operations (*m);
  for (uint64_t op = 0; op < vm_machine_op_count (*m); op++) {
    g_assert_cmpuint (vm_machine_result (*m, op)->first_step, ==, n);
    for (; n < vm_machine_result (*m, op)->end_step; n++) {
      const struct vm_step *step = vm_machine_step (*m, n);
      g_assert_cmpuint (vm_machine_op_of_step (*m, n), ==, op);
      g_assert_true ((step->depth == 0)
                     == (n == vm_machine_result (*m, op)->first_step));
    }
  }
  g_assert_cmpuint (n, ==, vm_machine_step_count (*m));
  g_assert_null (vm_machine_step (*m, n));
}

/* A clone stands at the same step with the same bytes, and goes its own way. */
static void
test_clone (struct vm_machine **m, gconstpointer unused)
{
  some_operations (*m);
  for (uint64_t n = 0; n <= vm_machine_step_count (*m); n += 7) {
    vm_machine_seek (*m, n);
    struct vm_machine *clone = vm_machine_clone (*m);
    g_assert_cmpuint (vm_machine_cursor (clone), ==, n);
    g_assert_true (
        vm_state_equal (vm_machine_tape (clone), vm_machine_tape (*m)));
    g_assert_cmpstr (vm_machine_name (clone, 0), ==, "A");
    vm_machine_free (clone);
  }

  vm_machine_seek (*m, vm_machine_step_count (*m));
  uint64_t hash = vm_state_hash (vm_machine_tape (*m));
  struct vm_machine *clone = vm_machine_clone (*m);
  run (clone, "process name=Z");
  g_assert_cmphex (vm_state_hash (vm_machine_tape (*m)), ==, hash);
  g_assert_cmphex (vm_state_hash (vm_machine_tape (clone)), !=, hash);
  vm_machine_free (clone);
}

static void
test_clone_of_nothing (void)
{
  struct vm_machine *m = vm_machine_new ();
  struct vm_machine *clone = vm_machine_clone (m);

  g_assert_cmpuint (vm_machine_op_count (clone), ==, 0);
  g_assert_true (vm_machine_seek (clone, 0));
  g_assert_false (vm_machine_seek (clone, 1));
  vm_machine_free (clone);
  vm_machine_free (m);
  vm_machine_free (NULL);
}

static void
add (const char *path, const char *first_line,
     void (*test) (struct vm_machine **, gconstpointer))
{
  g_test_add (path, struct vm_machine *, first_line, setup, test, teardown);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/machine/two-levels", X86_32, test_two_levels);
  add ("/machine/supervisor-page", X86_32, test_supervisor_page);
  add ("/machine/data", X86_64, test_data);
  add ("/machine/counters", X86_64, test_counters);
  add ("/machine/fault-counts-itself", X86_64, test_fault_counts_itself);
  add ("/machine/first-operation", NULL, test_first_operation);
  add ("/machine/refusals-32", X86_32, test_refusals_32);
  add ("/machine/refusals-64", X86_64, test_refusals_64);
  add ("/machine/overlaps", X86_64, test_overlaps);
  add ("/machine/out-of-frames", "machine geometry=x86-32 memory=64K",
       test_out_of_frames);
  add ("/machine/out-of-frames-midway", "machine geometry=x86-64 memory=64K",
       test_out_of_frames_midway);
  g_test_add_func ("/machine/too-many-processes", test_too_many_processes);
  add ("/machine/replace", X86_64, test_replace);
  add ("/machine/unmanaged", X86_64, test_unmanaged);
  g_test_add_func ("/machine/uncounted-entry", test_uncounted_entry);
  g_test_add_func ("/machine/gigabyte", test_gigabyte);
  add ("/machine/tables", X86_64, test_tables);
  add ("/machine/processes", X86_64, test_processes);
  add ("/machine/unmap", X86_64, test_unmap);
  add ("/machine/truncate", X86_64, test_truncate);
  add ("/machine/refused-in-the-past", X86_64, test_refused_in_the_past);
  add ("/machine/inside-an-operation", X86_64, test_inside_an_operation);
  add ("/machine/op-of-step", X86_64, test_op_of_step);
  add ("/machine/clone", X86_64, test_clone);
  g_test_add_func ("/machine/clone-of-nothing", test_clone_of_nothing);
  return g_test_run ();
}
