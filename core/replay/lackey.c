/* Reads what valgrind's lackey prints with --trace-mem=yes.
 *
 *   I  04001a2c,3        instruction, address in hexadecimal, bytes
 *    L 1ffefffd38,8      load
 *    S 1ffefffd30,8      store
 *    M 0421c7cc,4        modify: load and store
 *   ==1234== ...         what valgrind itself says; passed over
 *
 * A trace has a hundred million such lines, so the usual line is read eight
 * bytes at a time; whatever looks unusual is read again letter by letter. */
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
  w = (w << 4 | w >> 8) & UINT64_C (0x00ff00ff00ff00ff);
  w = (w << 8 | w >> 16) & UINT64_C (0x0000ffff0000ffff);
  return (w << 16 | w >> 32) & 0xffffffff;
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
  static const char prefixes[4][4] = {" L ", " S ", "I  ", " M "};
  /* One of the two letters is a blank, which is but the bit that makes the
     other small: */
  static const uint8_t kinds[32] = {['i' & 31] = 1 + VM_FETCH,
                                    ['l' & 31] = 1 + VM_READ,
                                    ['s' & 31] = 1 + VM_WRITE,
                                    ['m' & 31] = 1 + VM_RECORD_MODIFY};
  uint32_t kind = kinds[(p[0] | p[1]) & 31];

  if (kind == 0 || memcmp (p, prefixes[kind - 1], 3) != 0)
    return 4;
  return kind - 1;
}

/* Reads a line as lackey usually prints it: eight to fifteen digits, a size of
 * one or two. Returns where the
 * next line begins, or NULL if it is not so. */
VM_ALWAYS_INLINE const char *
usual_line (struct vm_reader *r, const char *p)
{
  uint32_t kind = usual_kind (p);
  uint64_t rest = load_8 (p + 11), bad = 0;
  uint32_t more = comma_in (rest);
  if (kind > 3 || more > 7)
    return NULL;

  uint64_t va = eight_digits (load_8 (p + 3), &bad);
  uint64_t lower = (rest << 8 * (7 - more) << 8) | EACH_BYTE (0x30) >> 8 * more;
  va = va << 4 * more | eight_digits (lower, &bad);
  const char *size = p + 12 + more;
  uint64_t bytes = (uint64_t) (size[0] - '0');
  /* A letter before '0' has become a huge number. */
  if (bytes > 9)
    return NULL;
  if (size[1] != '\n') {
    if (size[2] != '\n' || size[1] < '0' || size[1] > '9')
      return NULL;
    bytes = bytes * 10 + (uint64_t) (size[1] - '0');
    size++;
  }
  if (bad != 0 || bytes == 0 || !vm_lines_put (r, va, bytes, kind))
    return NULL;
  return size + 2;
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

const char *
vm_lackey_lines (struct vm_reader *r, const char *p, const char *end)
{
  if (EIGHT_AT_ONCE)
    return vm_lines_quickly (r, p, end, usual_line, vm_lackey_line);
  return vm_lines_each (r, p, end, vm_lackey_line);
}
