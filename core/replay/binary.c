/* Reads and writes our own format. */
#include "replay/binary.h"

#include "replay/lines.h"

#define ADDRESS_MASK (UINT64_MAX >> 2)

/* What stands behind the two bytes that no number begins with. */
enum mark { MARK_PROCESS = 1, MARK_END = 2 };

static uint64_t
load (const uint8_t *bytes, uint32_t width)
{
  uint64_t value = 0;

  for (uint32_t i = width; i-- > 0;)
    value = value << 8 | bytes[i];
  return value;
}

/* The same for eight bytes, so that a compiler sees one load. */
static inline uint64_t
load_record (const uint8_t *b)
{
  return b[0] | (uint64_t) b[1] << 8 | (uint64_t) b[2] << 16
         | (uint64_t) b[3] << 24 | (uint64_t) b[4] << 32 | (uint64_t) b[5] << 40
         | (uint64_t) b[6] << 48 | (uint64_t) b[7] << 56;
}

static void
store (uint8_t *bytes, uint32_t width, uint64_t value)
{
  for (uint32_t i = 0; i < width; i++)
    bytes[i] = (uint8_t) (value >> 8 * i);
}

/* Reading ------------------------------------------------------------------ */

static void
fail (struct vm_reader *r, enum vm_reader_problem problem, uint64_t value)
{
  vm_lines_fail (r, problem, "", NULL);
  r->error.value = value;
}

static void
read_header (struct vm_reader *r, const uint8_t *bytes)
{
  uint64_t coding = load (bytes + 8, 4), cut = load (bytes + 12, 4);

  if (cut == 0)
    cut = VM_PAGE_SHIFT;
  if (memcmp (bytes, VM_BINARY_MAGIC, 8) != 0 || cut < VM_READER_PAGE
      || cut > VM_BINARY_LARGEST)
    fail (r, VM_READER_BAD_CODE, 0);
  else if (coding != VM_BINARY_PLAIN && coding != VM_BINARY_DELTA)
    fail (r, VM_READER_BAD_VERSION, coding);
  else if (cut > r->shift)
    fail (r, VM_READER_CUT, UINT64_C (1) << cut);
  r->binary.coding = (uint32_t) coding;
  r->binary.count = load (bytes + 16, 8);
}

/* Reads a number. Returns where it ends; NULL with an error if it is none, and
 * without if it is cut. */
static inline const uint8_t *
read_number (struct vm_reader *r, const uint8_t *p, const uint8_t *end,
             uint64_t *value)
{
  *value = 0;
  for (uint32_t shift = 0; shift < 70 && p < end; shift += 7, p++) {
    *value |= (uint64_t) (*p & 0x7f) << shift;
    if (*p >= 0x80 && shift < 63)
      continue;
    if (*p <= 1 || shift < 63)
      if (*p != 0 || shift == 0)
        return p + 1;
    fail (r, VM_READER_BAD_CODE, 0);
    return NULL;
  }
  r->binary.cut = true;
  return NULL;
}

static void
read_end (struct vm_reader *r, uint64_t count)
{
  r->binary.ended = true;
  if (count != r->line)
    fail (r, VM_READER_BAD_COUNT, count);
}

/* Reads what is no record; p is behind its two bytes. Returns where it ends;
 * NULL as above, or if the process's records must wait. */
static const uint8_t *
read_mark (struct vm_reader *r, const uint8_t *p, const uint8_t *end)
{
  uint64_t number;
  if (p == end) {
    r->binary.cut = true;
    return NULL;
  }

  const uint8_t *next = read_number (r, p + 1, end, &number);
  if (next == NULL)
    return NULL;
  if (*p == MARK_END) {
    read_end (r, number);
    return next;
  }
  if (*p != MARK_PROCESS || number > UINT32_MAX) {
    fail (r, VM_READER_BAD_CODE, 0);
    return NULL;
  }
  if (r->out != r->first && number != r->process)
    return NULL;
  r->process = (uint32_t) number;
  return next;
}

static inline void
put_record (struct vm_reader *r, uint64_t number)
{
  uint64_t *last = &r->binary.last[number & 3];
  uint64_t zigzag = number >> 2;

  *last = (*last + (zigzag >> 1 ^ (0 - (zigzag & 1)))) & ADDRESS_MASK;
  *r->out++ = *last << 2 | (number & 3);
  r->line++;
}

/* Reads one code. NULL: cut, wrong, or to wait. */
static inline const uint8_t *
read_code (struct vm_reader *r, const uint8_t *p, const uint8_t *end)
{
  uint64_t number;

  if (end - p >= 2 && p[0] == 0x80 && p[1] == 0)
    return read_mark (r, p + 2, end);
  p = read_number (r, p, end, &number);
  if (p != NULL)
    put_record (r, number);
  return p;
}

/* Reads whole codes, as long as there is room. Returns where it stopped. */
static const uint8_t *
read_codes (struct vm_reader *r, const uint8_t *p, const uint8_t *end)
{
  while (p < end && r->out < r->end && !r->binary.ended) {
    if (*p < 0x80) {
      put_record (r, *p++);
      continue;
    }
    const uint8_t *next = read_code (r, p, end);
    if (next == NULL)
      return p;
    p = next;
  }
  if (p < end && r->binary.ended && r->error.problem == VM_READER_FINE)
    fail (r, VM_READER_TRAILING, 0);
  return p;
}

static const uint8_t *
read_plain (struct vm_reader *r, const uint8_t *p, const uint8_t *end)
{
  size_t count = (size_t) (end - p) / 8, room = (size_t) (r->end - r->out);

  if (count > room)
    count = room;
  vm_record *out = r->out;
  for (size_t i = 0; i < count; i++)
    out[i] = load_record (p + 8 * i);
  r->out += count;
  r->line += count;
  p += 8 * count;
  r->binary.cut = end - p > 0 && end - p < 8;
  return p;
}

/* Bytes that lie together are read as far as they go. */
static const uint8_t *
read_bytes (struct vm_reader *r, const uint8_t *p, const uint8_t *end)
{
  if (r->binary.coding == 0) {
    r->binary.cut = end - p < VM_BINARY_HEADER;
    if (r->binary.cut)
      return p;
    read_header (r, p);
    p += VM_BINARY_HEADER;
  }
  if (r->error.problem != VM_READER_FINE)
    return p;
  return r->binary.coding == VM_BINARY_PLAIN ? read_plain (r, p, end)
                                             : read_codes (r, p, end);
}

/* Joins what was cut at the end of the last piece with what follows it.
 * Returns how many of the new bytes were used; *going: more can be read. */
static size_t
read_joint (struct vm_reader *r, const uint8_t *bytes, size_t length,
            bool *going)
{
  const uint8_t *begin = (const uint8_t *) r->carry;
  size_t old = r->carried, room = 2 * VM_BINARY_HEADER - old;
  size_t more = length < room ? length : room;

  memcpy (r->carry + old, bytes, more);
  size_t used = (size_t) (read_bytes (r, begin, begin + old + more) - begin);
  *going = used >= old;
  if (*going) {
    r->carried = 0;
    return used - old;
  }
  if (!r->binary.cut)
    return 0;
  /* What is left of a header's bytes may be a code that is cut, too. */
  memmove (r->carry, r->carry + used, old + more - used);
  r->carried = (uint32_t) (old + more - used);
  return more;
}

size_t
vm_binary_push (struct vm_reader *r, const uint8_t *bytes, size_t length)
{
  bool going = true;
  size_t used = 0;

  r->binary.cut = false;
  if (r->carried > 0)
    used = read_joint (r, bytes, length, &going);
  if (!going || r->error.problem != VM_READER_FINE)
    return used;

  r->binary.cut = false;
  const uint8_t *end = bytes + length;
  const uint8_t *stop = read_bytes (r, bytes + used, end);
  if (!r->binary.cut || r->error.problem != VM_READER_FINE)
    return (size_t) (stop - bytes);
  r->carried = (uint32_t) (end - stop);
  memcpy (r->carry, stop, r->carried);
  return length;
}

void
vm_binary_end (struct vm_reader *r)
{
  const struct vm_binary *b = &r->binary;
  bool whole = b->coding == VM_BINARY_PLAIN
               || (b->coding == VM_BINARY_DELTA && b->ended);

  if (r->carried > 0 || !whole)
    fail (r, VM_READER_TRUNCATED, 0);
  else if (b->count != UINT64_MAX && b->count != r->line)
    fail (r, VM_READER_BAD_COUNT, b->count);
}

/* Writing ------------------------------------------------------------------ */

static size_t
write_number (uint8_t *bytes, uint64_t value)
{
  size_t count = 0;

  for (; value >= 0x80; value >>= 7)
    bytes[count++] = (uint8_t) (value | 0x80);
  bytes[count++] = (uint8_t) value;
  return count;
}

static size_t
write_mark (uint8_t *bytes, enum mark mark, uint64_t number)
{
  bytes[0] = 0x80;
  bytes[1] = 0;
  bytes[2] = (uint8_t) mark;
  return 3 + write_number (bytes + 3, number);
}

static size_t
write_delta (struct vm_binary_writer *writer, vm_record record, uint8_t *bytes)
{
  uint64_t *last = &writer->last[record & 3];
  uint64_t distance = ((record >> 2) - *last) & ADDRESS_MASK;
  uint64_t sign = distance >> 61;

  *last = record >> 2;
  uint64_t zigzag = (distance << 1 ^ (0 - sign)) & ADDRESS_MASK;
  return write_number (bytes, zigzag << 2 | (record & 3));
}

size_t
vm_binary_begin (struct vm_binary_writer *writer, enum vm_binary_coding coding,
                 uint64_t count, uint8_t bytes[VM_BINARY_HEADER])
{
  *writer = (struct vm_binary_writer){.coding = coding};
  memcpy (bytes, VM_BINARY_MAGIC, 8);
  store (bytes + 8, 4, (uint64_t) coding);
  store (bytes + 12, 4, 0);
  store (bytes + 16, 8, count);
  return VM_BINARY_HEADER;
}

void
vm_binary_cut_at (uint32_t page_shift, uint8_t bytes[VM_BINARY_HEADER])
{
  store (bytes + 12, 4, page_shift);
}

size_t
vm_binary_write (struct vm_binary_writer *writer, const vm_record *records,
                 size_t count, uint8_t *bytes)
{
  uint8_t *p = bytes;

  for (size_t i = 0; i < count; i++) {
    if (writer->coding == VM_BINARY_DELTA) {
      p += write_delta (writer, records[i], p);
      continue;
    }
    store (p, 8, records[i]);
    p += 8;
  }
  writer->count += count;
  return (size_t) (p - bytes);
}

size_t
vm_binary_switch (struct vm_binary_writer *writer, uint32_t process,
                  uint8_t *bytes)
{
  if (writer->coding == VM_BINARY_PLAIN)
    return 0;
  return write_mark (bytes, MARK_PROCESS, process);
}

size_t
vm_binary_finish (struct vm_binary_writer *writer, uint8_t *bytes)
{
  if (writer->coding == VM_BINARY_PLAIN)
    return 0;
  return write_mark (bytes, MARK_END, writer->count);
}
