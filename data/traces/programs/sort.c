/* Sorts a hundred thousand numbers with a quicksort of its own. */
#define COUNT 100000

static unsigned numbers[COUNT];

static void
sort (unsigned *first, unsigned *last)
{
  while (first < last) {
    unsigned pivot = first[(last - first) / 2];
    unsigned *low = first, *high = last;
    while (low <= high) {
      while (*low < pivot)
        low++;
      while (*high > pivot)
        high--;
      if (low <= high) {
        unsigned kept = *low;
        *low++ = *high;
        *high-- = kept;
      }
    }
    sort (first, high);
    first = low;
  }
}

int
main (void)
{
  unsigned seed = 1;

  for (int i = 0; i < COUNT; i++)
    numbers[i] = seed = seed * 1664525u + 1013904223u;
  sort (numbers, numbers + COUNT - 1);
  return numbers[0] > numbers[COUNT - 1];
}
