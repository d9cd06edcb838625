/* What the readers of the single formats share: the reader, records out,
 * numbers in. For the files of this folder alone. */
#ifndef VM_LINES_H
#define VM_LINES_H

#include <string.h>

#include "replay/reader.h"

/* What became of a line. */
enum vm_line {
  VM_LINE_READ,
  VM_LINE_LATER, /* another process: to be given again */
  VM_LINE_WRONG
};

enum vm_column {
  VM_COLUMN_IGNORED,
  VM_COLUMN_ADDRESS,
  VM_COLUMN_PAGE,
  VM_COLUMN_KIND,
  VM_COLUMN_SIZE,
  VM_COLUMN_PROCESS
};

#define VM_CSV_COLUMNS 64u

struct vm_csv {
  char separator;                  /* 0 before the header was read */
  uint8_t count;                   /* columns that must be there */
  uint8_t columns[VM_CSV_COLUMNS]; /* enum vm_column */
};

struct vm_binary {
  uint32_t coding;  /* enum vm_binary_coding; 0 before the header was read */
  uint64_t count;   /* records that there should be; UINT64_MAX: unknown */
  uint64_t last[4]; /* address of the latest record of each kind */
  bool ended;       /* its end was read */
  bool cut;         /* a code goes on in the next piece */
};

struct vm_reader {
  enum vm_trace_format format;
  uint32_t shift; /* log2 of a page's bytes */
  uint32_t most;  /* records that one line can make */
  struct vm_reader_error error;
  uint64_t line;    /* lines read; of a binary trace records */
  uint32_t process; /* of the records that go out */
  vm_record *first, *out, *end;

  uint32_t carried; /* bytes of carry: the beginning of a line or a code */
  bool whole;       /* the line in carry is complete */
  uint32_t head_length, head_used; /* bytes kept to recognise the format */
  bool ending;                     /* no more bytes come */
  char carry[VM_READER_LINE + 2];
  char head[VM_READER_LINE];

  struct vm_csv csv;
  struct vm_binary binary;
};

/* Sets the error, about the line that is being read. */
enum vm_line vm_lines_fail (struct vm_reader *r, enum vm_reader_problem problem,
                            const char *word, const char *end);

/* Reads whole lines, all of which end with '\n', until the room for records
 * ends or a process does. Returns where it stopped; with an error set: there.
 */
typedef enum vm_line (*vm_line_function) (struct vm_reader *r, const char *line,
                                          const char *end);
const char *vm_lines_each (struct vm_reader *r, const char *p, const char *end,
                           vm_line_function read);

/* The same, quicker: a line that usual takes (at least VM_LINES_USUAL bytes can
 * be looked at; it returns where the next line begins, or NULL) needs no other
 * look. */
typedef const char *(*vm_usual_function) (struct vm_reader *r, const char *p);
#define VM_LINES_USUAL 32

/* The formats. Each reads one line without its end; those that must be fast
 * read many at once. */
const char *vm_lackey_lines (struct vm_reader *r, const char *p,
                             const char *end);
const char *vm_din_lines (struct vm_reader *r, const char *p, const char *end);
enum vm_line vm_lackey_line (struct vm_reader *r, const char *line,
                             const char *end);
enum vm_line vm_din_line (struct vm_reader *r, const char *line,
                          const char *end);
enum vm_line vm_list_line (struct vm_reader *r, const char *line,
                           const char *end);
enum vm_line vm_csv_line (struct vm_reader *r, const char *line,
                          const char *end);

/* Binary: uses up what it can of length bytes and returns how much; the end of
 * the trace is asked for apart. Sets the error. */
size_t vm_binary_push (struct vm_reader *r, const uint8_t *bytes,
                       size_t length);
void vm_binary_end (struct vm_reader *r);

/* The format of a trace that begins with these bytes (at most a head), or
 * VM_TRACE_AUTO. shift: as of vm_reader_new; whole: there are no more. */
enum vm_trace_format vm_recognise (const char *bytes, size_t length,
                                   uint32_t shift, bool whole);

/* Is it a header line of CSV? Fills *csv. */
bool vm_csv_header (struct vm_csv *csv, const char *line, const char *end);

static inline bool
vm_lines_is_blank (char c)
{
  return c == ' ' || c == '\t';
}

static inline const char *
vm_lines_skip (const char *p, const char *end)
{
  while (p < end && vm_lines_is_blank (*p))
    p++;
  return p;
}

/* Behind the mark that some programs begin a text with, to say that it is one
 * of UTF-8; p if there is none. */
static inline const char *
vm_lines_unmarked (const char *p, const char *end)
{
  return end - p >= 3 && memcmp (p, "\xef\xbb\xbf", 3) == 0 ? p + 3 : p;
}

/* A line with nothing in it, or a comment. */
static inline bool
vm_lines_is_empty (const char *line, const char *end)
{
  return line == end || *line == '#';
}

/* The value of a hexadecimal digit; 16 for every other letter. */
extern const uint8_t vm_lines_digits[256];

static inline uint32_t
vm_lines_digit (char c)
{
  return vm_lines_digits[(uint8_t) c];
}

/* Reads digits of a base (10 or 16). Returns where they end, which is p if
 * there are none, or NULL if the number does not fit. */
static inline const char *
vm_lines_number (const char *p, const char *end, uint32_t base, uint64_t *value)
{
  uint64_t limit = base == 16 ? UINT64_MAX >> 4 : UINT64_MAX / 10;
  uint64_t v = 0;

  for (; p < end; p++) {
    uint32_t digit = vm_lines_digit (*p);
    if (digit >= base)
      break;
    if (v > limit || v * base > UINT64_MAX - digit)
      return NULL;
    v = v * base + digit;
  }
  *value = v;
  return p;
}

/* Is the address one that a record can hold? */
static inline bool
vm_lines_fits (uint64_t va)
{
  return (uint64_t) ((int64_t) (va << 2) >> 2) == va;
}

/* Puts out the records of an access but for its first page. False if an address
 * has more bits than a record. */
bool vm_lines_put_rest (struct vm_reader *r, uint64_t va, uint64_t last,
                        uint32_t kind);

/* Puts out the records of an access: one a page. False if the access goes
 * beyond the last address, or an address has more bits than a record. */
static inline bool
vm_lines_put (struct vm_reader *r, uint64_t va, uint64_t size, uint32_t kind)
{
  uint64_t last = va + size - 1;

  if (last < va || !vm_lines_fits (va))
    return false;
  *r->out++ = va << 2 | kind;
  return va >> r->shift == last >> r->shift
         || vm_lines_put_rest (r, va, last, kind);
}

VM_ALWAYS_INLINE const char *
vm_lines_quickly (struct vm_reader *r, const char *p, const char *end,
                  vm_usual_function usual, vm_line_function read)
{
  while (p < end && r->end - r->out >= r->most
         && r->error.problem == VM_READER_FINE) {
    const char *next = NULL;
    vm_record *before = r->out;
    if (end - p >= VM_LINES_USUAL)
      next = usual (r, p);
    if (next != NULL) {
      r->line++;
      p = next;
      continue;
    }
    r->out = before;
    next = (const char *) memchr (p, '\n', (size_t) (end - p)) + 1;
    p = vm_lines_each (r, p, next, read);
    if (p != next)
      break;
  }
  return p;
}

#endif
