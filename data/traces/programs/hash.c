/* Puts numbers into a hash table of one mebibyte and looks them up. */
#define BUCKETS (1u << 17)

static unsigned long table[BUCKETS];

static unsigned long
mix (unsigned long key)
{
  return key * 0x9e3779b97f4a7c15ul >> 47;
}

static unsigned
find (unsigned long key)
{
  unsigned bucket = (unsigned) mix (key) % BUCKETS;

  while (table[bucket] != 0 && table[bucket] != key)
    bucket = (bucket + 1) % BUCKETS;
  return bucket;
}

int
main (void)
{
  unsigned long found = 0;

  for (unsigned long key = 1; key <= 40000; key++)
    table[find (key * 7919)] = key * 7919;
  for (unsigned long key = 1; key <= 40000; key++)
    found += table[find (key * 15838)] != 0;
  return found == 0;
}
