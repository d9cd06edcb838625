/* Reads what valgrind's lackey prints with --trace-mem=yes.
 *
 *   I  04001a2c,3        instruction, address in hexadecimal, bytes
 *    L 1ffefffd38,8      load
 *    S 1ffefffd30,8      store
 *    M 0421c7cc,4        modify: load and store
 *   ==1234== ...         what valgrind itself says; passed over
 *
 * A trace has a hundred million such lines, so the usual line is read eight
 * bytes at a time; whatever looks unusual is read again letter by letter:
 *
 *   I  04001a2c,3\n
 *   |--||------||--|    its kind, eight digits and what is behind them */
#include "replay/lines.h"

/* Eight letters at once need their first in the lowest byte. */
#if defined __BYTE_ORDER__ && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define EIGHT_AT_ONCE true
#else
#define EIGHT_AT_ONCE false
#endif

#define EACH_BYTE(value) (UINT64_C (0x0101010101010101) * (value))

static inline uint64_t
load_8 (const char *p)
{
  uint64_t bytes;

  memcpy (&bytes, p, sizeof bytes);
  return bytes;
}

static inline uint32_t
load_4 (const char *p)
{
  uint32_t bytes;

  memcpy (&bytes, p, sizeof bytes);
  return bytes;
}

/* The value of eight hexadecimal digits, the first in the lowest byte. Sets
 * *bad to something other than 0 if one is none. */
static inline uint64_t
eight_digits (uint64_t letters, uint64_t *bad)
{
  /* 'a' ... 'f' (0x61 ... 0x66) go to where they follow '9' (0x39). */
  uint64_t is_letter = letters >> 6 & EACH_BYTE (1);
  uint64_t w = (letters - is_letter * 0x27) ^ EACH_BYTE (0x30);
  uint64_t above_nine = (w + EACH_BYTE (6)) >> 4 & EACH_BYTE (1);

  *bad |= (w & EACH_BYTE (0xf0)) | (above_nine ^ is_letter);
  /* Neighbours join: digits to bytes, bytes to halves, halves to the whole. */
  w = w * (1 + (UINT64_C (16) << 8)) >> 8 & UINT64_C (0x00ff00ff00ff00ff);
  w = w * (1 + (UINT64_C (256) << 16)) >> 16 & UINT64_C (0x0000ffff0000ffff);
  return w * (1 + (UINT64_C (65536) << 32)) >> 32;
}

/* The position of the first comma in eight letters; 8 if there is none. */
static inline uint32_t
comma_in (uint64_t letters)
{
  uint64_t x = letters ^ EACH_BYTE (',');
  uint64_t zero = (x - EACH_BYTE (1)) & ~x & EACH_BYTE (0x80);

  return zero == 0 ? 8 : (uint32_t) __builtin_ctzll (zero) / 8;
}

/* The kind that the first three letters say; 4: none that is usual. */
static inline uint32_t
usual_kind (const char *p)
{
#define PREFIX(a, b, c) ((a) | (b) << 8 | (c) << 16 | 1 << 24)
  /* One of the two letters is a blank, which is but the bit that makes the
     other small. */
  static const struct {
    uint32_t letters, kind;
  } prefixes[32] = {
      ['i' & 31] = {PREFIX ('I', ' ', ' '), VM_FETCH},
      ['l' & 31] = {PREFIX (' ', 'L', ' '), VM_READ},
      ['s' & 31] = {PREFIX (' ', 'S', ' '), VM_WRITE},
      ['m' & 31] = {PREFIX (' ', 'M', ' '), VM_RECORD_MODIFY},
  };
#undef PREFIX
  uint32_t letters = (load_4 (p) & 0xffffff) | 1 << 24;
  uint32_t i = (letters | letters >> 8) & 31;

  return letters == prefixes[i].letters ? prefixes[i].kind : 4;
}

/* An access as a line says it. */
struct access {
  uint64_t va, size;
  uint32_t kind; /* above 3: the line is not usual */
};

/* Reads an address of eight to fifteen digits and a size of one or two.
 * Returns where the next line begins. */
VM_ALWAYS_INLINE const char *
read_longer (const char *p, struct access *access)
{
  uint64_t rest = load_8 (p + 11), bad = 0;
  uint32_t more = comma_in (rest);
  const char *size = p + 12 + more;
  uint64_t tens = 0, ones = (uint64_t) (uint8_t) size[0] - '0';

  if (size[1] != '\n') {
    tens = ones;
    ones = (uint64_t) (uint8_t) size[1] - '0';
    size++;
  }
  access->va = eight_digits (load_8 (p + 3), &bad);
  uint64_t lower = (rest << 8 * (7 - (more & 7)) << 8)
                   | EACH_BYTE (0x30) >> 8 * (more & 7);
  access->va = access->va << 4 * more | eight_digits (lower, &bad);
  access->size = tens * 10 + ones;
  /* A letter before '0' has become a huge number. */
  if (more > 7 || tens > 9 || ones > 9 || access->size == 0 || bad != 0
      || size[1] != '\n')
    access->kind = 4;
  return size + 2;
}

/* The same, most often: eight digits, and a size of one. */
VM_ALWAYS_INLINE const char *
read_usual (const char *p, struct access *access)
{
  uint64_t bad = 0;
  /* "...,4\n" */
  uint32_t tail = load_4 (p + 11) & 0xffffff;
  uint32_t size = (tail >> 8 & 0xff) - '0';

  access->kind = usual_kind (p);
  if ((tail & 0xff00ff) != (',' | '\n' << 16) || size - 1 > 8)
    return read_longer (p, access);
  access->va = eight_digits (load_8 (p + 3), &bad);
  access->size = size;
  if (bad != 0)
    access->kind = 4;
  return p + 14;
}

/* Reads lines as long as they are usual, and there is room. Returns where it
 * stopped. */
static const char *
read_usual_lines (struct vm_reader *r, const char *p, const char *end)
{
  uint64_t in_page = (UINT64_C (1) << r->shift) - 1, lines = 0;
  const vm_record *full = r->end - r->most;
  vm_record *out = r->out;

  for (; end - p >= VM_LINES_USUAL && out <= full; lines++) {
    struct access access;
    const char *next = read_usual (p, &access);
    if (access.kind > 3)
      break;
    *out++ = access.va << 2 | access.kind;
    if ((access.va & in_page) + access.size > in_page + 1) {
      r->out = out;
      vm_lines_put_rest (r, access.va, access.va + access.size - 1,
                         access.kind);
      out = r->out;
    }
    p = next;
  }
  r->out = out;
  r->line += lines;
  return p;
}

static bool
is_valgrinds (const char *line, const char *end)
{
  return end - line >= 2 && line[0] == line[1]
         && (line[0] == '=' || line[0] == '-' || line[0] == '*');
}

static uint32_t
kind_of (const char *line, const char *end)
{
  if (end - line < 4 || line[2] != ' ')
    return 4;
  if (line[0] == 'I' && line[1] == ' ')
    return VM_FETCH;
  if (line[0] != ' ')
    return 4;
  switch (line[1]) {
  case 'L':
    return VM_READ;
  case 'S':
    return VM_WRITE;
  case 'M':
    return VM_RECORD_MODIFY;
  default:
    return 4;
  }
}

enum vm_line
vm_lackey_line (struct vm_reader *r, const char *line, const char *end)
{
  if (vm_lines_is_empty (line, end) || is_valgrinds (line, end))
    return VM_LINE_READ;

  uint32_t kind = kind_of (line, end);
  if (kind > 3)
    return vm_lines_fail (r, VM_READER_BAD_LINE, line, end);
  uint64_t va, size = 0;
  const char *address = line + 3;
  const char *p = vm_lines_number (address, end, 16, &va);
  if (p == NULL)
    return vm_lines_fail (r, VM_READER_TOO_LARGE, address, end);
  if (p == address || p == end || *p != ',')
    return vm_lines_fail (r, VM_READER_BAD_NUMBER, address, end);
  const char *bytes = p + 1;
  p = vm_lines_number (bytes, end, 10, &size);
  if (p != end || p == bytes || size == 0 || size > VM_READER_ACCESS)
    return vm_lines_fail (r, VM_READER_BAD_SIZE, bytes, end);
  if (!vm_lines_put (r, va, size, kind))
    return vm_lines_fail (r, VM_READER_WRAPS, address, end);
  return VM_LINE_READ;
}

/* What is not usual, and the last lines of a piece, are read letter by letter.
 */
const char *
vm_lackey_lines (struct vm_reader *r, const char *p, const char *end)
{
  if (!EIGHT_AT_ONCE)
    return vm_lines_each (r, p, end, vm_lackey_line);

  while (p < end && r->end - r->out >= r->most
         && r->error.problem == VM_READER_FINE) {
    p = read_usual_lines (r, p, end);
    if (p == end)
      break;
    const char *next = (const char *) memchr (p, '\n', (size_t) (end - p)) + 1;
    if (vm_lines_each (r, p, next, vm_lackey_line) == p)
      break;
    p = next;
  }
  return p;
}
