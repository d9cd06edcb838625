/* Numbers and names as sentences write them. */
#include "numbers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Tables as core/mmu/geometry.c calls them.
 * Translators: these stand inside sentences, such as "entry 5 of the page
 * table in frame 0x00002". */
static const char *const table_names[] = {N_ ("page table"),
                                          N_ ("page directory"),
                                          N_ ("page-directory-pointer table"),
                                          N_ ("PML4 table"),
                                          N_ ("PML5 table"),
                                          N_ ("level-0 table"),
                                          N_ ("level-1 table"),
                                          N_ ("level-2 table"),
                                          N_ ("level-3 table"),
                                          N_ ("level-4 table")};

static SceneNumber
hex (guint64 value, guint digits)
{
  SceneNumber number;

  g_snprintf (number.s, sizeof number.s, "0x%0*" G_GINT64_MODIFIER "x",
              (int) digits, value);
  return number;
}

static guint
address_bits (const struct vm_geometry *geometry)
{
  return geometry == NULL ? 0 : geometry->va_bits;
}

/* Toys are small: their numbers are as wide as can be, and no wider. */
static gboolean
is_toy (const struct vm_geometry *geometry)
{
  return geometry != NULL && geometry->id == VM_GEOMETRY_TOY;
}

SceneNumber
scene_number_frame (const struct vm_geometry *geometry, guint64 frame)
{
  return hex (frame, is_toy (geometry)
                         ? (geometry->pa_bits - geometry->page_shift + 3u) / 4
                         : 5);
}

SceneNumber
scene_number_physical (const struct vm_geometry *geometry, guint64 pa)
{
  return hex (pa, is_toy (geometry) ? (geometry->pa_bits + 3u) / 4 : 8);
}

SceneNumber
scene_number_virtual (const struct vm_geometry *geometry, guint64 va)
{
  return hex (va, (address_bits (geometry) + (is_toy (geometry) ? 3 : 0)) / 4);
}

SceneNumber
scene_number_page (const struct vm_geometry *geometry, guint64 page,
                   guint shift)
{
  /* Two roots have pages at both ends: all have as many digits as the highest.
   */
  guint bits = geometry != NULL && geometry->two_roots
                   ? geometry->word_bits
                   : address_bits (geometry);

  return hex (page, bits > shift ? (bits - shift + 3) / 4 : 0);
}

SceneNumber
scene_number_offset (guint64 offset, guint shift)
{
  return hex (offset, (shift + 3) / 4);
}

SceneNumber
scene_number_entry (const struct vm_geometry *geometry, guint64 raw)
{
  return hex (raw, geometry == NULL ? 0 : geometry->entry_bytes * 2u);
}

SceneNumber
scene_number_data (guint64 value, guint bytes)
{
  return hex (value, bytes * 2);
}

SceneNumber
scene_number_size (guint64 bytes)
{
  SceneNumber number;

  if (bytes == 0 || bytes % 1024 != 0)
    g_snprintf (number.s, sizeof number.s, _ ("%u B"), (guint) bytes);
  else if (bytes % (1024 * 1024) != 0)
    g_snprintf (number.s, sizeof number.s, _ ("%u KiB"), (guint) (bytes >> 10));
  else if (bytes % (1024 * 1024 * 1024) != 0)
    g_snprintf (number.s, sizeof number.s, _ ("%u MiB"), (guint) (bytes >> 20));
  else if (bytes % (G_GUINT64_CONSTANT (1) << 40) != 0)
    g_snprintf (number.s, sizeof number.s, _ ("%u GiB"), (guint) (bytes >> 30));
  else if (bytes % (G_GUINT64_CONSTANT (1) << 50) != 0)
    g_snprintf (number.s, sizeof number.s, _ ("%u TiB"), (guint) (bytes >> 40));
  else
    g_snprintf (number.s, sizeof number.s, _ ("%u PiB"), (guint) (bytes >> 50));
  return number;
}

/* "2", with an exponent of up to two digits. */
static void
append_power (GString *text, guint exponent)
{
  static const char *const digits[]
      = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

  g_string_append_c (text, '2');
  if (exponent >= 10)
    g_string_append (text, digits[exponent / 10]);
  g_string_append (text, digits[exponent % 10]);
}

/* A run of ones from bit low up to below bit high is 2^high - 2^low; alone, a
 * size less one is such a run from bit 0 up. */
SceneNumber
scene_number_power (guint64 first, guint64 last)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint64 size = last - first + 1; /* 0: all of 2^64 */
  guint low = size == 0 ? 64 : (guint) g_bit_nth_lsf (size, -1);
  guint64 ones = size == 0 ? 0 : size >> low;
  SceneNumber number = {""};

  if ((ones & (ones + 1)) != 0)
    return number;
  if (ones > 1) {
    append_power (text, low + (guint) g_bit_storage (ones));
    g_string_append (text, " − ");
  }
  append_power (text, low);
  g_strlcpy (number.s, text->str, sizeof number.s);
  return number;
}

const char *
scene_table_name (const struct vm_geometry *geometry, guint level)
{
  if (geometry == NULL || level == 0 || level > geometry->levels)
    return _ (table_names[0]);

  const char *name = geometry->level[level].table;
  for (guint i = 0; i < G_N_ELEMENTS (table_names); i++)
    if (strcmp (table_names[i], name) == 0)
      return _ (name);
  return name;
}
