/* Reads traces: bytes of a file in, records out.
 *
 *   bytes, piece by piece                          records
 *   "I  04001a2c,3\n L 1ff" "ee0,8\n..."  -> push -> | 04001a2c fetch | ...
 *
 * A line may be cut anywhere between two pieces. Nothing is trusted: a line
 * that is too long or means nothing, a number that does not fit, and a file
 * that ends too early are errors that say where. A reader needs 9 KiB, however
 * long the trace is. It opens no file and inflates nothing: that is done above
 * it.
 *
 * An access that crosses the end of a page becomes a record for each page, so a
 * reader knows how large pages are. (A binary trace was cut when it was made:
 * binary.h.)
 */
#ifndef VM_READER_H
#define VM_READER_H

#include "replay/record.h"

enum vm_trace_format {
  VM_TRACE_AUTO,          /* told by the first 4 KiB */
  VM_TRACE_LACKEY,        /* valgrind --tool=lackey --trace-mem=yes */
  VM_TRACE_DIN,           /* Dinero's: 0, 1 or 2, and a hexadecimal address */
  VM_TRACE_ADDRESSES,     /* one a line, decimal or 0x */
  VM_TRACE_HEX_ADDRESSES, /* one a line, hexadecimal with or without 0x */
  VM_TRACE_PAGES,         /* numbers of pages, decimal or 0x */
  VM_TRACE_HEX_PAGES,
  VM_TRACE_CSV,    /* the first line names the columns (csv.c) */
  VM_TRACE_BINARY, /* binary.h */
  VM_TRACE_FORMATS
};

/* The longest line, its end not counted. */
#define VM_READER_LINE 4096u

/* Bytes of the largest access. */
#define VM_READER_ACCESS 4096u

/* log2 of the smallest page: 16 bytes. */
#define VM_READER_PAGE 4u

/* The least room for records that a push must be given. */
#define VM_READER_ROOM 4096u

enum vm_reader_problem {
  VM_READER_FINE,
  VM_READER_UNKNOWN_FORMAT, /* nothing that is known begins like this */
  VM_READER_LINE_TOO_LONG,
  VM_READER_BAD_LINE,      /* word: how it begins */
  VM_READER_BAD_NUMBER,    /* word */
  VM_READER_TOO_LARGE,     /* word: a number beyond what there can be */
  VM_READER_BAD_KIND,      /* word */
  VM_READER_BAD_SIZE,      /* word: not 1 ... VM_READER_ACCESS bytes */
  VM_READER_WRAPS,         /* the access goes beyond the last address */
  VM_READER_NO_COLUMN,     /* CSV: no column is an address or a page */
  VM_READER_MISSING_FIELD, /* CSV: fewer fields than columns */
  VM_READER_BAD_VERSION,   /* binary; value: the version */
  VM_READER_CUT, /* binary; value: bytes of the pages, larger than those here,
                    that it was cut at */
  VM_READER_BAD_CODE,  /* binary: bytes that mean nothing */
  VM_READER_TRUNCATED, /* binary: ends in the middle, or too early */
  VM_READER_BAD_COUNT, /* binary; value: the records that there should be */
  VM_READER_TRAILING   /* binary: bytes behind the end */
};

struct vm_reader_error {
  enum vm_reader_problem problem;
  uint64_t line;  /* from 1; of a binary trace the record's number */
  uint64_t value; /* see above */
  char word[40];  /* printable ASCII, always terminated, cut if longer */
};

struct vm_reader;

/* A reader at the beginning of a trace, for pages of 2^page_shift bytes (at
 * least VM_READER_PAGE); NULL if the host gives no memory. */
struct vm_reader *vm_reader_new (enum vm_trace_format format,
                                 uint32_t page_shift);
void vm_reader_free (struct vm_reader *reader);

/* Reads from length bytes, until they are used up, there is no room for more
 * records (room is at least VM_READER_ROOM), or another process begins. Sets
 * *used and *count; what was not used is to be given again. False if something
 * is wrong: the records before it are there, and no further call is allowed.
 */
bool vm_reader_push (struct vm_reader *reader, const uint8_t *bytes,
                     size_t length, size_t *used, vm_record *records,
                     size_t room, size_t *count);

/* Says that no more bytes come, and gives what is left, if there is room. To
 * be called until it sets *count to 0. False as above. */
bool vm_reader_end (struct vm_reader *reader, vm_record *records, size_t room,
                    size_t *count);

/* The format; VM_TRACE_AUTO before it is known. */
enum vm_trace_format vm_reader_format (const struct vm_reader *reader);

/* The process to which the records of the latest call belong: its number in
 * the trace, 0 where traces know no processes. */
uint32_t vm_reader_process (const struct vm_reader *reader);

/* The line that is being read, from 1; of a binary trace the record. */
uint64_t vm_reader_line (const struct vm_reader *reader);

/* What was wrong. */
const struct vm_reader_error *vm_reader_error (const struct vm_reader *reader);

/* The name of a format, as on the command line; and the way back, which gives
 * VM_TRACE_FORMATS for an unknown one. */
const char *vm_trace_format_name (enum vm_trace_format format);
enum vm_trace_format vm_trace_format_named (const char *name);

#endif
