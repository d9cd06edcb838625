/* Our own format: a trace in as few bytes, or as fast to read, as can be.
 *
 *   0          8         12         16                 24
 *   | PWTRACE\n | coding  | cut at   | records, or      | records ...
 *   |           | 1 or 2  | 2^n or 0 | 2^64-1: unknown  |
 *
 * Accesses that cross the end of a page were cut there when the trace was made,
 * and are known no longer as one. "Cut at" is n of the page's 2^n bytes; 0:
 * 4 KiB. With smaller pages the trace cannot be read.
 *
 * All numbers are little-endian. Coding 1, plain: eight bytes a record, as in
 * record.h. Coding 2, delta: a number of seven bits a byte, the lowest first,
 * the top bit set in all bytes but the last, in as few bytes as it needs:
 *
 *   | distance from the latest address of the same kind, zigzag | kind |
 *                                                                 2 bits
 *
 * (zigzag: 0, -1, 1, -2 ... are 0, 1, 2, 3 ...; addresses are 62 bits and wrap;
 * each kind begins at 0). The bytes 0x80 0x00, which no number needs, begin
 * something else: 1 and a number: records of that process follow; 2 and a
 * number: the trace ends here, and had so many records. */
#ifndef VM_BINARY_H
#define VM_BINARY_H

#include "replay/record.h"

#define VM_BINARY_MAGIC "PWTRACE\n"
#define VM_BINARY_HEADER 24u

enum vm_binary_coding { VM_BINARY_PLAIN = 1, VM_BINARY_DELTA = 2 };

/* log2 of the largest page that records can be said to be cut at. */
#define VM_BINARY_LARGEST 30u

/* Bytes that a record, or anything else, takes at most. */
#define VM_BINARY_CODE 16u

struct vm_binary_writer {
  enum vm_binary_coding coding;
  uint64_t last[4];
  uint64_t count; /* records so far */
};

/* Writes the header. count: UINT64_MAX if it is not known yet. Returns
 * VM_BINARY_HEADER. */
size_t vm_binary_begin (struct vm_binary_writer *writer,
                        enum vm_binary_coding coding, uint64_t count,
                        uint8_t bytes[VM_BINARY_HEADER]);

/* Says in a header how large the pages are, as log2, that the records were cut
 * at: from VM_READER_PAGE to VM_BINARY_LARGEST. */
void vm_binary_cut_at (uint32_t page_shift, uint8_t bytes[VM_BINARY_HEADER]);

/* Writes records; bytes has VM_BINARY_CODE for each. Returns how many were
 * used. */
size_t vm_binary_write (struct vm_binary_writer *writer,
                        const vm_record *records, size_t count, uint8_t *bytes);

/* Says of which process the next records are (delta only). Returns the bytes
 * written, at most VM_BINARY_CODE. */
size_t vm_binary_switch (struct vm_binary_writer *writer, uint32_t process,
                         uint8_t *bytes);

/* Writes the end. Returns the bytes written, at most VM_BINARY_CODE. */
size_t vm_binary_finish (struct vm_binary_writer *writer, uint8_t *bytes);

#endif
