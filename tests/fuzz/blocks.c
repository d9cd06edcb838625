/* Gives large blocks of their own mapping each, between two pages that cannot
 * be touched: a write over their end or after their end of life is found as
 * well as by AddressSanitizer, which would spend nine tenths of a run on
 * marking the hundreds of megabytes, nearly all untouched, that a machine may
 * grow to. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#define LARGE ((size_t) 1 << 20)
#define PAGE ((size_t) 4096)
#define ALIGNMENT ((size_t) 64)
#define MOST_BLOCKS 256

/* A mapping: an untouchable page, the rest of a page, the block, another
 * untouchable page. */
struct large {
  char *block;
  char *mapping;
  size_t length;
};

static struct large blocks[MOST_BLOCKS];

/* The linker leads every call of the two in here; see meson.build. */
void *__real_calloc (size_t count, size_t size);
void __real_free (void *block);
void *__wrap_calloc (size_t count, size_t size);
void __wrap_free (void *block);

static struct large *
find (const char *block)
{
  for (size_t i = 0; i < MOST_BLOCKS; i++)
    if (blocks[i].block == block)
      return &blocks[i];
  return NULL;
}

static size_t
round_up (size_t number, size_t to)
{
  return (number + to - 1) / to * to;
}

static bool
make_large (struct large *large, size_t size)
{
  size_t inside = round_up (size, PAGE);
  char *mapping = mmap (NULL, inside + 2 * PAGE, PROT_NONE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  if (mapping == MAP_FAILED)
    return false;
  if (mprotect (mapping + PAGE, inside, PROT_READ | PROT_WRITE) != 0)
    abort ();
  large->mapping = mapping;
  large->length = inside + 2 * PAGE;
  large->block = mapping + PAGE + inside - round_up (size, ALIGNMENT);
  return true;
}

void *
__wrap_calloc (size_t count, size_t size)
{
  struct large *large = NULL;
  size_t bytes;

  if (!__builtin_mul_overflow (count, size, &bytes) && bytes >= LARGE)
    large = find (NULL);
  if (large == NULL)
    return __real_calloc (count, size);
  return make_large (large, bytes) ? large->block : NULL;
}

void
__wrap_free (void *block)
{
  struct large *large = block != NULL ? find (block) : NULL;

  if (large == NULL) {
    __real_free (block);
    return;
  }
  munmap (large->mapping, large->length);
  *large = (struct large){0};
}
