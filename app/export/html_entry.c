/* Finds out what bits of an entry mean by asking the machine's own decoder. */
#include "html_entry.h"

#include <inttypes.h>

/* More bits than that decide in no format: AArch64 needs eleven. */
#define MOST_BITS 12u

typedef struct {
  const struct vm_geometry *g;
  guint level, width; /* of the entry, in bits */
  gboolean nx, noted; /* noted: A and D matter */
  guint bits[MOST_BITS];
  guint count;
} Format;

typedef enum { ABSENT, TABLE, PAGE, RESERVED } Now;

static struct vm_pte
decode (const Format *f, guint64 raw)
{
  return vm_pte_decode (f->g, f->level, raw, f->nx);
}

static guint
denials_of (const Format *f, const struct vm_pte *pte)
{
  guint noted = (pte->accessed ? 0 : EXPORT_NOT_ACCESSED)
                | (pte->dirty ? 0 : EXPORT_NOT_DIRTY);

  return (pte->readable ? 0 : EXPORT_NO_READ)
         | (pte->writable ? 0 : EXPORT_NO_WRITE)
         | (pte->user ? 0 : EXPORT_NO_USER)
         | (pte->no_execute ? EXPORT_NO_EXECUTE : 0)
         | (pte->kernel_no_execute ? EXPORT_NO_KERNEL_EXECUTE : 0)
         | (f->noted && pte->leaf ? noted : 0);
}

/* Which bits decide ------------------------------------------------------- */

/* All that does not depend on the frame. */
static guint
kind_of (const Format *f, guint64 raw)
{
  struct vm_pte pte = decode (f, raw);

  return denials_of (f, &pte) | (pte.present ? EXPORT_DENIALS : 0)
         | (pte.leaf ? EXPORT_DENIALS << 1 : 0);
}

/* An entry with the values of the deciding bits that `row` says, added to
 * another. */
static guint64
entry_of (const Format *f, guint row, guint64 raw)
{
  for (guint i = 0; i < f->count; i++)
    raw ^= (guint64) (row >> i & 1) << f->bits[i];
  return raw;
}

static gboolean
is_known (const Format *f, guint bit)
{
  for (guint i = 0; i < f->count; i++)
    if (f->bits[i] == bit)
      return TRUE;
  return FALSE;
}

/* Does a bit make a difference to any entry that differs from `base` in
 * deciding bits? */
static gboolean
decides (const Format *f, guint bit, guint64 base)
{
  for (guint row = 0; row < 1u << f->count; row++) {
    guint64 raw = entry_of (f, row, base);
    if (kind_of (f, raw) != kind_of (f, raw ^ G_GUINT64_CONSTANT (1) << bit))
      return TRUE;
  }
  return FALSE;
}

static gboolean
find_more (Format *f, guint64 base)
{
  for (guint bit = 0; bit < f->width && f->count < MOST_BITS; bit++)
    if (!is_known (f, bit) && decides (f, bit, base)) {
      f->bits[f->count++] = bit;
      return TRUE;
    }
  return FALSE;
}

/* From an entry of nothing, from one that maps a page, from one that names a
 * table: what takes two bits at once is found from one of them. */
static void
find_bits (Format *f)
{
  struct vm_pte pte
      = {.present = 1, .readable = 1, .writable = 1, .user = 1, .accessed = 1};
  guint64 bases[3] = {0};

  if (f->level > 1)
    bases[1] = vm_pte_encode (f->g, f->level, &pte);
  pte.leaf = pte.dirty = 1;
  if (f->level == 1 || f->g->level[f->level].leaf)
    bases[2] = vm_pte_encode (f->g, f->level, &pte);
  for (guint i = 0; i < G_N_ELEMENTS (bases);)
    i = find_more (f, bases[i]) ? 0 : i + 1;
}

/* What each of their values means ----------------------------------------- */

static Now
now_of (const struct vm_pte *pte)
{
  if (!pte->present)
    return ABSENT;
  if (pte->reserved != 0)
    return RESERVED;
  return pte->leaf ? PAGE : TABLE;
}

static guint64
bad_bits (const Format *f, guint64 raw)
{
  guint64 bad = 0;

  for (guint bit = 0; bit < f->width; bit++) {
    guint64 mask = G_GUINT64_CONSTANT (1) << bit;
    if (!is_known (f, bit))
      bad |= decode (f, raw | mask).reserved & mask;
  }
  return bad;
}

/* The bit of the frame's number that a bit of the entry is, or -1. */
static int
frame_bit (const Format *f, guint64 raw, guint bit)
{
  guint64 mask = bit < f->width ? G_GUINT64_CONSTANT (1) << bit : 0;
  guint64 frame = decode (f, raw | mask).frame ^ decode (f, raw).frame;
  int place = -1;

  for (; frame != 0 && !is_known (f, bit); frame >>= 1)
    place++;
  return place;
}

static void
add_runs (const Format *f, guint64 raw, GString *out)
{
  gboolean any = FALSE;

  for (guint bit = 0; bit < f->width; bit++) {
    int to = frame_bit (f, raw, bit);
    guint from = bit, count = 1;
    if (to < 0)
      continue;
    while (frame_bit (f, raw, bit + 1) == to + (int) count) {
      count++;
      bit++;
    }
    g_string_append_printf (out, "%s[%u,%u,%d]", any ? "," : "", from, count,
                            to);
    any = TRUE;
  }
}

/* To be freed. */
static char *
way_of (const Format *f, guint64 raw)
{
  struct vm_pte pte = decode (f, raw);
  Now now = now_of (&pte);
  gboolean used = now == TABLE || now == PAGE;
  GString *way = g_string_new (NULL);

  g_string_append_printf (way, "[%d,%u,\"0x%" PRIx64 "\",[", (int) now,
                          used ? denials_of (f, &pte) : 0,
                          used ? bad_bits (f, raw) : 0);
  add_runs (f, raw, way);
  g_string_append (way, "]]");
  return g_string_free (way, FALSE);
}

static void
add_row (const Format *f, guint row, GHashTable *known, GPtrArray *ways,
         GString *out)
{
  char *way = way_of (f, entry_of (f, row, 0));
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (known, way));

  if (number == 0) {
    g_ptr_array_add (ways, way);
    number = ways->len;
    g_hash_table_insert (known, way, GUINT_TO_POINTER (number));
  } else {
    g_free (way);
  }
  g_string_append_printf (out, "%s%u", row > 0 ? "," : "", number - 1);
}

void
export_entry_json (const struct vm_geometry *g, const struct vm_config *config,
                   guint level, GString *out)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ways = g_ptr_array_new_with_free_func (g_free);
  Format f = {.g = g,
              .level = level,
              .width = 8u * g->entry_bytes,
              .nx = config->nx != 0,
              .noted = config->set_flags == 0};

  find_bits (&f);
  g_string_append (out, "\"bits\":[");
  for (guint i = 0; i < f.count; i++)
    g_string_append_printf (out, "%s%u", i > 0 ? "," : "", f.bits[i]);
  g_string_append (out, "],\"rows\":[");
  for (guint row = 0; row < 1u << f.count; row++)
    add_row (&f, row, known, ways, out);
  g_string_append (out, "],\"ways\":[");
  for (guint i = 0; i < ways->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "," : "",
                            (const char *) g_ptr_array_index (ways, i));
  g_string_append_c (out, ']');
}
