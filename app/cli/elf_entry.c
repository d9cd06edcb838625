/* Finds and explains one entry of a program's page tables. */
#include "elf_entry.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>

#include "image.h"
#include "json.h"
#include "mm/space.h"
#include "mmu/geometry.h"
#include "tape/memory.h"

typedef struct {
  const struct vm_state *s;
  const struct vm_geometry *g;
  guint64 pa;
  CliElfEntry *found;
} Search;

static struct vm_pte
read_entry (const Search *q, guint level, vm_paddr pa)
{
  uint64_t raw = vm_memory_read (q->s, pa, q->g->entry_bytes);

  return vm_pte_decode (q->g, level, raw, q->s->config.nx);
}

/* The upper half of what is signed. */
static guint64
signed_address (const struct vm_geometry *g, guint64 va)
{
  guint64 low = va & ((G_GUINT64_CONSTANT (1) << (g->va_bits - 1)) - 1);

  if (!g->sign_extended || low == va)
    return va;
  return va | ~((G_GUINT64_CONSTANT (1) << (g->va_bits - 1)) - 1);
}

static gboolean
is_in (const Search *q, guint level, vm_frame table)
{
  guint64 start = vm_frame_start (table, q->g->page_shift).v;
  guint64 bytes = (guint64) vm_geometry_entries (q->g, level)
                  * q->g->entry_bytes;

  return q->pa >= start && q->pa - start < bytes;
}

static void
take (const Search *q, guint level, vm_frame table, guint64 va)
{
  guint64 start = vm_frame_start (table, q->g->page_shift).v;
  guint index = (guint) ((q->pa - start) / q->g->entry_bytes);
  guint64 size = G_GUINT64_CONSTANT (1) << q->g->level[level].low;
  vm_paddr pa = vm_geometry_entry (q->g, table, index);
  guint64 first = signed_address (q->g, va + index * size);

  *q->found = (CliElfEntry){.level = level,
                            .index = index,
                            .pa = pa.v,
                            .first = first,
                            .last = first + (size - 1),
                            .pte = read_entry (q, level, pa)};
}

/* Goes down from a table that serves the addresses from va on. */
static gboolean
search (const Search *q, guint level, vm_frame table, guint64 va)
{
  if (is_in (q, level, table)) {
    take (q, level, table, va);
    return TRUE;
  }
  for (guint i = 0; level > 1 && i < vm_geometry_entries (q->g, level); i++) {
    struct vm_pte pte
        = read_entry (q, level, vm_geometry_entry (q->g, table, i));
    guint64 below = va + ((guint64) i << q->g->level[level].low);
    if (pte.present && !pte.leaf
        && search (q, level - 1, vm_frame_of (pte.frame), below))
      return TRUE;
  }
  return FALSE;
}

gboolean
cli_elf_entry_at (const ProgramRun *run, guint64 pa, CliElfEntry *entry)
{
  const struct vm_state *s = vm_machine_state (run->machine);
  struct vm_geometry room;
  const struct vm_geometry *g = vm_geometry_configured (&s->config, &room);
  const Search q = {s, g, pa, entry};

  return search (&q, g->levels,
                 vm_space_root (s, run->process, vm_vaddr_of (0)), 0);
}

gboolean
cli_elf_entry_is_page (const CliElfEntry *entry)
{
  return entry->level == 1 || (entry->pte.present && entry->pte.leaf);
}

static void
write_entry (const CliElfEntry *entry)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  cli_json_begin_object (json, "entry");
  cli_json_number (json, "level", entry->level);
  cli_json_number (json, "index", entry->index);
  cli_json_hex (json, "at", entry->pa);
  cli_json_hex (json, "raw", entry->pte.raw);
  cli_json_end_object (json);
  cli_json_hex (json, "first", entry->first);
  cli_json_hex (json, "last", entry->last);
  if (entry->pte.present)
    cli_json_hex (json, "table", entry->pte.frame);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

static void
print_line (const char *name, const char *text)
{
  printf ("  %s%*s%s\n", name, (int) MAX (14 - g_utf8_strlen (name, -1), 1), "",
          text);
}

static void
print_entry (const struct vm_geometry *g, const CliElfEntry *entry)
{
  g_autofree char *where = g_strdup_printf (
      /* Translators: an entry's value, its number, its address. */
      _ ("0x%" PRIx64 ", entry %u of its table, at 0x%" PRIx64), entry->pte.raw,
      entry->index, entry->pa);
  g_autofree char *level
      = g_strdup_printf (_ ("level %u of %u"), entry->level, g->levels);
  g_autofree char *range
      = g_strdup_printf ("0x%" PRIx64 "–0x%" PRIx64, entry->first, entry->last);
  g_autofree char *below
      = g_strdup_printf (_ ("of level %u, in frame 0x%" PRIx64),
                         entry->level - 1, (guint64) entry->pte.frame);

  print_line (_ ("Entry"), where);
  print_line (_ ("Its table"), level);
  print_line (_ ("Decides about"), range);
  print_line (_ ("Names a table"), entry->pte.present
                                       ? below
                                       : _ ("none: nothing there was touched"));
}

void
cli_elf_entry_tell (const ProgramRun *run, const CliElfEntry *entry,
                    gboolean json)
{
  const struct vm_state *s = vm_machine_state (run->machine);
  struct vm_geometry room;

  if (json)
    write_entry (entry);
  else
    print_entry (vm_geometry_configured (&s->config, &room), entry);
}
