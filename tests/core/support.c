/* What the tests of the simulation share. */
#include "support.h"

#include <inttypes.h>

uint64_t
random_next (uint64_t *seed)
{
  /* splitmix64: a counter, well stirred. */
  uint64_t z = *seed += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

uint64_t
random_below (uint64_t *seed, uint64_t end)
{
  return random_next (seed) % end;
}

bool
random_chance (uint64_t *seed, uint32_t percent)
{
  return random_below (seed, 100) < percent;
}

const struct vm_result *
run (struct vm_machine *m, const char *format, ...)
{
  struct vm_error error = {.code = VM_OK};
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *line = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (!vm_machine_do_line (m, line, &error))
    g_error ("\"%s\" was refused: code %d, subject \"%s\", value %#" PRIx64,
             line, (int) error.code, error.subject, error.value);
  return vm_machine_result (m, vm_machine_op_count (m) - 1);
}

struct vm_error
refused (struct vm_machine *m, enum vm_error_code code, const char *format, ...)
{
  const struct vm_tape *tape = vm_machine_tape (m);
  struct vm_error error = {.code = VM_OK};
  struct vm_snapshot before;
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *line = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  uint64_t operations = vm_machine_op_count (m);
  uint64_t steps = vm_machine_step_count (m);
  uint64_t cursor = vm_machine_cursor (m);
  g_assert_true (vm_snapshot_take (&before, tape));
  if (vm_machine_do_line (m, line, &error))
    g_error ("\"%s\" was not refused", line);
  if (error.code != code)
    g_error ("\"%s\" was refused with code %d instead of %d", line,
             (int) error.code, (int) code);
  assert_same_state (tape, &before);
  g_assert_cmpuint (vm_machine_op_count (m), ==, operations);
  g_assert_cmpuint (vm_machine_step_count (m), ==, steps);
  g_assert_cmpuint (vm_machine_cursor (m), ==, cursor);
  vm_snapshot_done (&before);
  return error;
}

bool
run_short (struct vm_machine *m, const char *line, uint64_t changes)
{
  struct vm_tape *tape = (struct vm_tape *) (uintptr_t) vm_machine_tape (m);
  uint64_t first = tape->first_delta, operation = tape->first_operation;
  struct vm_error error = {.code = VM_OK};

  /* As if what is kept filled it, and were all of this operation. */
  tape->first_delta = tape->end_delta + changes - VM_TAPE_DELTAS;
  tape->first_operation = tape->end_operation;
  bool done = vm_machine_do_line (m, line, &error);
  tape->first_delta = first;
  tape->first_operation = operation;
  if (!done && error.code != VM_ERROR_TAPE_FULL)
    g_error ("\"%s\" was refused with code %d", line, (int) error.code);
  return done;
}

void
assert_holds (const struct vm_machine *m, enum vm_check_depth depth)
{
  struct vm_check_report report;

  if (!vm_check (m, depth, &report))
    g_error ("step %" PRIu64 ": not \"%s\": %" PRIu64 " %#" PRIx64 " %#" PRIx64,
             vm_machine_cursor (m), report.rule, report.a, report.b, report.c);
}

static bool
all_zero (const uint8_t *bytes, size_t length)
{
  return bytes[0] == 0 && memcmp (bytes, bytes + 1, length - 1) == 0;
}

void
assert_same_state (const struct vm_tape *tape, const struct vm_snapshot *kept)
{
  const uint8_t *bytes = (const uint8_t *) tape->state;
  uint32_t next = 0;

  for (size_t page = 0; page * VM_PAGE_SIZE < sizeof *tape->state; page++) {
    const uint8_t *here = bytes + page * VM_PAGE_SIZE;
    size_t left = sizeof *tape->state - page * VM_PAGE_SIZE;
    size_t length = MIN (left, VM_PAGE_SIZE);
    bool touched = tape->touched[page / 64] >> (page % 64) & 1;

    if (next < kept->page_count && kept->pages[next] == page)
      g_assert_cmpmem (here, length, kept->contents[next++], length);
    else if (touched)
      g_assert_true (all_zero (here, length));
  }
  g_assert_cmpuint (next, ==, kept->page_count);
}

void
bench_init (struct bench *bench)
{
  bench->state = vm_state_new ();
  g_assert_nonnull (bench->state);
  g_assert_true (vm_tape_init (&bench->tape, bench->state));
}

void
bench_done (struct bench *bench)
{
  vm_tape_done (&bench->tape);
  vm_state_free (bench->state);
}

void
check_both_ways (struct vm_machine *m, uint64_t *seed)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (uint64_t));
  const struct vm_tape *tape = vm_machine_tape (m);
  uint64_t n = 0, end = vm_machine_step_count (m);

  for (; n <= end; n += 1 + random_below (seed, 5)) {
    g_assert_true (vm_machine_seek (m, n));
    uint64_t pair[] = {n, vm_state_hash (tape)};
    g_array_append_vals (hashes, pair, 2);
  }
  for (uint32_t i = hashes->len; i > 0; i -= 2) {
    g_assert_true (
        vm_machine_seek (m, g_array_index (hashes, uint64_t, i - 2)));
    g_assert_cmphex (vm_state_hash (tape), ==,
                     g_array_index (hashes, uint64_t, i - 1));
  }
}

void
check_kept (struct vm_machine *m, const struct vm_snapshot *kept,
            const uint64_t *ends, uint32_t count, uint64_t *seed)
{
  for (uint32_t i = 0; i < 4 * count; i++) {
    uint32_t chosen = (uint32_t) random_below (seed, count);
    g_assert_true (vm_machine_seek (m, random_below (seed, ends[count - 1])));
    assert_holds (m, VM_CHECK_LINKS);
    g_assert_true (vm_machine_seek (m, ends[chosen]));
    assert_same_state (vm_machine_tape (m), &kept[chosen]);
    assert_holds (m, VM_CHECK_ALL);
  }
}
