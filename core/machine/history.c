/* Keeps the list of operations small. */
#include "machine/history.h"

#include <assert.h>
#include <stdlib.h>

/* An operation and its result as words, always at the same places. */
#define OP_WORDS (sizeof (struct vm_op) / 8)
#define RESULT_WORDS (sizeof (struct vm_result) / 8)
#define ENTRY_WORDS (OP_WORDS + RESULT_WORDS)
#define GROUPS ((ENTRY_WORDS + 7) / 8)

/* Two bytes say which groups of eight words differ from those of the operation
 * before; a byte for each group, which words do; a byte for each word, which
 * bytes do; then those. */
#define ENTRY_MOST (2 + GROUPS + ENTRY_WORDS * 9)

static_assert (sizeof (struct vm_op) % 8 == 0, "operations are words");
static_assert (sizeof (struct vm_result) % 8 == 0, "results are words");
static_assert (GROUPS <= 16, "two bytes name the groups");

struct entry {
  uint64_t words[GROUPS * 8];
};

struct vm_history_places {
  struct vm_history_page pages[VM_HISTORY_PLACES];
  uint64_t chunks[VM_HISTORY_PLACES]; /* which are unpacked there, plus one */
  uint32_t next;                      /* place to use again */
  uint8_t scratch[VM_HISTORY_CHUNK * ENTRY_MOST];
};

/* Puts an operation of a page into an entry. Words that its kind does not use
 * keep what they had. */
static void
gather (struct entry *entry, const struct vm_history_page *page, uint32_t i)
{
  memcpy (entry->words, &page->ops[i], vm_op_size (page->ops[i].kind));
  memcpy (&entry->words[OP_WORDS], &page->results[i], RESULT_WORDS * 8);
}

static void
scatter (const struct entry *entry, struct vm_history_page *page, uint32_t i)
{
  memcpy (&page->ops[i], entry->words, OP_WORDS * 8);
  memcpy (&page->results[i], &entry->words[OP_WORDS], RESULT_WORDS * 8);
}

/* Writes the bytes of a word that are not 0, and before them which those are.
 * Returns what lies behind. */
static uint8_t *
pack_word (uint8_t *to, uint64_t word)
{
  uint8_t *mask = to++;

  *mask = 0;
  for (uint32_t byte = 0; byte < 8; byte++) {
    uint8_t value = (uint8_t) (word >> byte * 8);
    if (value == 0)
      continue;
    *mask |= (uint8_t) (1u << byte);
    *to++ = value;
  }
  return to;
}

static const uint8_t *
unpack_word (const uint8_t *from, uint64_t *word)
{
  uint8_t mask = *from++;

  *word = 0;
  for (uint32_t byte = 0; byte < 8; byte++)
    if (mask >> byte & 1)
      *word |= (uint64_t) *from++ << byte * 8;
  return from;
}

/* Writes in what eight words differ from those before them. */
static uint8_t *
pack_group (uint8_t *to, const uint64_t *words, const uint64_t *before)
{
  uint8_t *mask = to++;

  *mask = 0;
  for (uint32_t i = 0; i < 8; i++) {
    if (words[i] == before[i])
      continue;
    *mask |= (uint8_t) (1u << i);
    to = pack_word (to, words[i] ^ before[i]);
  }
  return to;
}

/* Makes eight words of those before them. */
static const uint8_t *
unpack_group (const uint8_t *from, uint64_t *words)
{
  uint8_t mask = *from++;

  for (uint32_t i = 0; i < 8; i++) {
    uint64_t difference = 0;
    if (mask >> i & 1)
      from = unpack_word (from, &difference);
    words[i] ^= difference;
  }
  return from;
}

static uint8_t *
pack_entry (uint8_t *to, const struct entry *entry, const struct entry *before)
{
  uint8_t *start = to;
  uint32_t mask = 0;

  to += 2;
  for (uint32_t group = 0; group < GROUPS; group++) {
    const uint64_t *words = &entry->words[group * 8];
    if (memcmp (words, &before->words[group * 8], 64) == 0)
      continue;
    mask |= 1u << group;
    to = pack_group (to, words, &before->words[group * 8]);
  }
  start[0] = (uint8_t) mask;
  start[1] = (uint8_t) (mask >> 8);
  return to;
}

static const uint8_t *
unpack_entry (const uint8_t *from, struct entry *entry)
{
  uint32_t mask = from[0] | (uint32_t) from[1] << 8;

  from += 2;
  for (uint32_t group = 0; group < GROUPS; group++)
    if (mask >> group & 1)
      from = unpack_group (from, &entry->words[group * 8]);
  return from;
}

/* Packs a full chunk; without memory for it the chunk stays as it is. */
static bool
pack (struct vm_history *h, uint64_t number)
{
  struct vm_history_chunk *chunk = &h->chunks[number];
  struct entry before = {{0}}, entry = {{0}};

  if (h->places == NULL)
    h->places = calloc (1, sizeof *h->places);
  if (h->places == NULL)
    return false;

  uint8_t *end = h->places->scratch;
  for (uint32_t i = 0; i < VM_HISTORY_CHUNK; i++) {
    gather (&entry, chunk->plain, i);
    end = pack_entry (end, &entry, &before);
    before = entry;
  }
  uint64_t length = (uint64_t) (end - h->places->scratch);
  uint8_t *packed = malloc (length);
  if (packed == NULL)
    return false;
  memcpy (packed, h->places->scratch, length);
  free (chunk->plain);
  chunk->plain = NULL;
  chunk->packed = packed;
  chunk->length = length;
  h->packed_bytes += length;
  h->plain_count--;
  return true;
}

static void
unpack (const struct vm_history_chunk *chunk, struct vm_history_page *page)
{
  const uint8_t *from = chunk->packed;
  struct entry entry = {{0}};

  for (uint32_t i = 0; i < VM_HISTORY_CHUNK; i++) {
    from = unpack_entry (from, &entry);
    scatter (&entry, page, i);
  }
}

/* The operations of a chunk, where they can be looked at. */
static const struct vm_history_page *
look (const struct vm_history *h, uint64_t number)
{
  struct vm_history_places *places = h->places;

  if (h->chunks[number].plain != NULL)
    return h->chunks[number].plain;
  for (uint32_t i = 0; i < VM_HISTORY_PLACES; i++)
    if (places->chunks[i] == number + 1)
      return &places->pages[i];

  uint32_t place = places->next;
  places->next = (place + 1) % VM_HISTORY_PLACES;
  places->chunks[place] = number + 1;
  unpack (&h->chunks[number], &places->pages[place]);
  return &places->pages[place];
}

/* Makes a packed chunk one that can be changed. */
static bool
reopen (struct vm_history *h, uint64_t number)
{
  struct vm_history_chunk *chunk = &h->chunks[number];

  struct vm_history_page *page = malloc (sizeof *page);
  if (page == NULL)
    return false;
  unpack (chunk, page);
  free (chunk->packed);
  h->packed_bytes -= chunk->length;
  chunk->packed = NULL;
  chunk->length = 0;
  chunk->plain = page;
  h->plain_count++;
  if (h->first_plain > number)
    h->first_plain = number;
  return true;
}

static uint64_t
chunk_count (const struct vm_history *h)
{
  return (h->count + VM_HISTORY_CHUNK - 1) / VM_HISTORY_CHUNK;
}

/* Packs the oldest chunks until the others are few enough; the last one, which
 * grows, is not packed. */
static void
pack_old (struct vm_history *h)
{
  uint64_t most = h->plain_limit / sizeof (struct vm_history_page);

  if (most == 0)
    most = 1;
  while (h->plain_count > most && h->first_plain + 1 < chunk_count (h)) {
    if (h->chunks[h->first_plain].plain != NULL && !pack (h, h->first_plain))
      return;
    h->first_plain++;
  }
}

/* Makes room for one more chunk. */
static bool
grow (struct vm_history *h, uint64_t number)
{
  if (number == h->room) {
    uint64_t room = h->room == 0 ? 16 : h->room * 2;
    struct vm_history_chunk *chunks
        = realloc (h->chunks, room * sizeof *chunks);
    if (chunks == NULL)
      return false;
    memset (chunks + h->room, 0, (room - h->room) * sizeof *chunks);
    h->chunks = chunks;
    h->room = room;
  }
  if (h->chunks[number].plain != NULL)
    return true;
  h->chunks[number].plain = malloc (sizeof (struct vm_history_page));
  if (h->chunks[number].plain == NULL)
    return false;
  h->plain_count++;
  return true;
}

void
vm_history_init (struct vm_history *h)
{
  *h = (struct vm_history){.plain_limit = VM_HISTORY_PLAIN};
}

void
vm_history_done (struct vm_history *h)
{
  for (uint64_t i = 0; i < h->room; i++) {
    free (h->chunks[i].plain);
    free (h->chunks[i].packed);
  }
  free (h->chunks);
  free (h->places);
}

bool
vm_history_reserve (struct vm_history *h, uint64_t next)
{
  uint64_t number = next / VM_HISTORY_CHUNK;

  if (number == chunk_count (h)) {
    pack_old (h);
    return grow (h, number);
  }
  return h->chunks[number].plain != NULL || reopen (h, number);
}

void
vm_history_truncate (struct vm_history *h, uint64_t next)
{
  uint64_t end = chunk_count (h);

  h->count = next;
  for (uint64_t i = chunk_count (h); i < end; i++) {
    h->packed_bytes -= h->chunks[i].length;
    free (h->chunks[i].packed);
    h->chunks[i].packed = NULL;
    h->chunks[i].length = 0;
    /* The one that is appended to next was reserved. */
    if (i == next / VM_HISTORY_CHUNK || h->chunks[i].plain == NULL)
      continue;
    free (h->chunks[i].plain);
    h->chunks[i].plain = NULL;
    h->plain_count--;
  }
  for (uint32_t i = 0; h->places != NULL && i < VM_HISTORY_PLACES; i++)
    if (h->places->chunks[i] > next / VM_HISTORY_CHUNK)
      h->places->chunks[i] = 0;
}

static bool
may_make (enum vm_op_kind kind)
{
  return kind == VM_OP_PROCESS || kind == VM_OP_FORK || kind == VM_OP_VFORK
         || kind == VM_OP_IOMMU || kind == VM_OP_CLONE || kind == VM_OP_KTHREAD;
}

void
vm_history_append (struct vm_history *h, const struct vm_op *op,
                   const struct vm_result *result)
{
  struct vm_history_chunk *chunk = &h->chunks[h->count / VM_HISTORY_CHUNK];
  uint32_t at = h->count % VM_HISTORY_CHUNK;

  if (at == 0) {
    chunk->first_step = result->first_step;
    memset (chunk->makers, 0, sizeof chunk->makers);
  }
  memcpy (&chunk->plain->ops[at], op, vm_op_size (op->kind));
  chunk->plain->results[at] = *result;
  uint64_t bit = UINT64_C (1) << at % 64;
  if (may_make (op->kind))
    chunk->makers[at / 64] |= bit;
  else
    chunk->makers[at / 64] &= ~bit;
  h->count++;
}

uint64_t
vm_history_maker (const struct vm_history *h, uint64_t end)
{
  if (end > h->count)
    end = h->count;
  while (end > 0) {
    const struct vm_history_chunk *chunk
        = &h->chunks[(end - 1) / VM_HISTORY_CHUNK];
    uint32_t at = (uint32_t) ((end - 1) % VM_HISTORY_CHUNK);
    /* Those of the same word that come before, and itself. */
    uint64_t word = chunk->makers[at / 64] << (63 - at % 64);
    if (word != 0)
      return end - 1 - (uint64_t) __builtin_clzll (word);
    end -= at % 64 + 1;
  }
  return UINT64_MAX;
}

const struct vm_op *
vm_history_op (const struct vm_history *h, uint64_t index)
{
  if (index >= h->count)
    return NULL;
  return &look (h, index / VM_HISTORY_CHUNK)->ops[index % VM_HISTORY_CHUNK];
}

const struct vm_result *
vm_history_result (const struct vm_history *h, uint64_t index)
{
  if (index >= h->count)
    return NULL;
  return &look (h, index / VM_HISTORY_CHUNK)->results[index % VM_HISTORY_CHUNK];
}

uint64_t
vm_history_of_step (const struct vm_history *h, uint64_t n)
{
  uint64_t low = 0, high = chunk_count (h);

  /* The first chunk that begins behind n: the one before holds it. */
  while (low < high) {
    uint64_t middle = low + (high - low) / 2;
    if (h->chunks[middle].first_step > n)
      high = middle;
    else
      low = middle + 1;
  }
  if (low == 0)
    return 0;
  low = (low - 1) * VM_HISTORY_CHUNK;
  high = low + VM_HISTORY_CHUNK < h->count ? low + VM_HISTORY_CHUNK : h->count;
  while (low < high) {
    uint64_t middle = low + (high - low) / 2;
    if (vm_history_result (h, middle)->end_step > n)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

uint64_t
vm_history_bytes (const struct vm_history *h)
{
  return h->packed_bytes + h->plain_count * sizeof (struct vm_history_page)
         + h->room * sizeof *h->chunks
         + (h->places == NULL ? 0 : sizeof *h->places);
}
