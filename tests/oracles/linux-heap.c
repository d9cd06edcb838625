/* Does a list of malloc and free on the C library that runs here, and prints
 * what came of each.
 *
 *   standard input: a line for each call: "m BYTES", or "f NUMBER" of the
 *   malloc that is to be given back, counted from 0
 *   standard output: for each call "PLACE BRK": PLACE is "h" and the distance
 *   from the start of the heap, "m" and the distance from the start of a page,
 *   or "-"; BRK is the length of the heap
 *
 * It allocates nothing of its own, so that the list's first call is the first
 * of the process. */
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#define MOST 4000

static char input[1 << 17], output[1 << 18];
static size_t written;
static void *given[MOST];

static void
put (char c)
{
  if (written < sizeof output)
    output[written++] = c;
}

static void
put_number (uintptr_t number)
{
  char digits[24];
  int count = 0;

  do
    digits[count++] = (char) ('0' + number % 10);
  while ((number /= 10) != 0);
  while (count > 0)
    put (digits[--count]);
}

static void
put_place (uintptr_t place, uintptr_t base)
{
  uintptr_t end = (uintptr_t) sbrk (0);

  if (place == 0)
    put ('-');
  else if (place >= base && place < end) {
    put ('h');
    put_number (place - base);
  } else {
    put ('m');
    put_number (place % 4096);
  }
  put (' ');
  put_number (end - base);
  put ('\n');
}

int
main (void)
{
  uintptr_t base = (uintptr_t) sbrk (0);
  ssize_t length = 0, count;
  char *at = input;
  size_t made = 0;

  while ((count = read (0, input + length, sizeof input - 1 - length)) > 0)
    length += count;
  while (*at != '\0' && made < MOST) {
    int frees = *at == 'f';
    unsigned long long number = strtoull (at + 1, &at, 10);
    if (frees && number < made) {
      free (given[number]);
      put_place (0, base);
    } else if (!frees) {
      given[made] = malloc (number);
      put_place ((uintptr_t) given[made], base);
      made++;
    }
    while (*at == '\n')
      at++;
  }
  return write (1, output, written) == (ssize_t) written ? 0 : 1;
}
