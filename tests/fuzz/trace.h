/* What the fuzz targets of the trace readers share: a reader given the bytes
 * at once, and another given them in pieces, must say the same. */
#ifndef FUZZ_TRACE_H
#define FUZZ_TRACE_H

#include <stdlib.h>

#include "replay/reader.h"

#define FUZZ_TRACE_ROOM VM_READER_ROOM

/* What a reader said of a trace, as a digest. */
struct fuzz_said {
  uint64_t records, digest, line;
  enum vm_reader_problem problem;
};

static inline void
fuzz_take (struct fuzz_said *said, const struct vm_reader *r,
           const vm_record *records, size_t count)
{
  said->records += count;
  for (size_t i = 0; i < count; i++)
    said->digest = (said->digest ^ records[i] ^ vm_reader_process (r))
                   * UINT64_C (0x9e3779b97f4a7c15);
}

static inline struct fuzz_said
fuzz_read (enum vm_trace_format format, uint32_t shift, const uint8_t *bytes,
           size_t length, size_t piece)
{
  struct vm_reader *r = vm_reader_new (format, shift);
  vm_record *records = malloc (FUZZ_TRACE_ROOM * sizeof *records);
  struct fuzz_said said = {0};
  size_t used, count;
  bool going = true;

  for (size_t at = 0; at < length && going; at += used) {
    size_t left = length - at;
    /* A block of its own: what is read behind it is seen. */
    size_t size = left < piece ? left : piece;
    uint8_t *copy = malloc (size);
    for (size_t i = 0; i < size; i++)
      copy[i] = bytes[at + i];
    going = vm_reader_push (r, copy, size, &used, records, FUZZ_TRACE_ROOM,
                            &count);
    free (copy);
    fuzz_take (&said, r, records, count);
    if (used > size || (going && used == 0 && count == 0))
      abort ();
  }
  for (count = 1; going && count > 0;) {
    going = vm_reader_end (r, records, FUZZ_TRACE_ROOM, &count);
    fuzz_take (&said, r, records, count);
  }
  said.problem = vm_reader_error (r)->problem;
  said.line = vm_reader_error (r)->line;
  if (going != (said.problem == VM_READER_FINE))
    abort ();
  free (records);
  vm_reader_free (r);
  return said;
}

static inline int
fuzz_trace (enum vm_trace_format format, const uint8_t *bytes, size_t length)
{
  static const size_t pieces[] = {1, 3, 61};
  /* Pages of 16 bytes to 64 KiB, by a number that every sample has. */
  uint32_t shift = VM_READER_PAGE + length % 13;
  struct fuzz_said whole = fuzz_read (format, shift, bytes, length, length + 1);

  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
    struct fuzz_said cut = fuzz_read (format, shift, bytes, length, pieces[i]);
    if (cut.records != whole.records || cut.digest != whole.digest
        || cut.problem != whole.problem || cut.line != whole.line)
      abort ();
  }
  return 0;
}

#endif
