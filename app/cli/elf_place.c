/* Explains one address of an ELF file, in words and in fields. */
#include "elf_place.h"

#include <glib/gi18n-lib.h>

#include "elf.h"
#include "elf_back.h"
#include "elf/elf_names.h"
#include "elf_page.h"
#include "machine/ops.h"
#include "place.h"
#include "words.h"

/* A column of names. */
#define NAMES 14

typedef struct {
  const ProgramImage *image;
  const struct vm_elf_index *index;
  const struct vm_elf_search *search;
  ProgramPlace place;
} Answer;

static const char *
symbol_name (const Answer *a, guint32 row)
{
  const struct vm_elf_place *place = &a->index->places[row];
  struct vm_elf_symbol symbol;

  vm_elf_symbol (a->image->elf, place->table, place->symbol, &symbol);
  return vm_elf_symbol_name (a->image->elf, place->table, &symbol);
}

/* In words ------------------------------------------------------------------
 */

static void
add_label (CliBuffer *out, const char *name)
{
  gsize width = (gsize) g_utf8_strlen (name, -1);

  cli_buffer_text (out, "  ");
  cli_buffer_text (out, name);
  for (gsize i = width; i < NAMES; i++)
    cli_buffer_byte (out, ' ');
}

/* "main + 0x12" */
static void
add_inside (CliBuffer *out, const char *name, guint64 distance)
{
  cli_elf_add_text (out, name);
  if (distance > 0) {
    cli_buffer_text (out, " + ");
    cli_buffer_hex (out, distance);
  }
  cli_buffer_byte (out, '\n');
}

static void
print_addresses (CliBuffer *out, const Answer *a)
{
  const struct vm_elf_plan *plan = &a->image->plan;

  add_label (out, _ ("Address"));
  cli_buffer_hex (out, a->place.address + plan->bias);
  cli_buffer_byte (out, '\n');
  if (plan->bias == 0)
    return;
  add_label (out, _ ("In the file"));
  cli_buffer_hex (out, a->place.address);
  cli_buffer_byte (out, '\n');
}

static void
print_segment (CliBuffer *out, const Answer *a)
{
  if (a->place.segment == VM_NONE)
    return;
  const struct vm_elf_segment *s = &a->image->elf->segments[a->place.segment];
  add_label (out, _ ("Segment"));
  cli_buffer_number (out, a->place.segment);
  cli_buffer_byte (out, ' ');
  cli_buffer_text (out, program_flags (s->flags));
  cli_buffer_text (out, " + ");
  cli_buffer_hex (out, a->place.address - s->vaddr);
  cli_buffer_byte (out, '\n');
}

static void
print_names (CliBuffer *out, const Answer *a)
{
  const struct vm_elf *elf = a->image->elf;

  if (a->place.section != VM_NONE) {
    add_label (out, _ ("Section"));
    add_inside (out, vm_elf_section_name (elf, a->place.section),
                a->place.address - elf->sections[a->place.section].addr);
  }
  if (a->place.symbol != VM_NONE) {
    add_label (out, _ ("Symbol"));
    add_inside (out, symbol_name (a, a->place.symbol),
                a->place.address - a->index->places[a->place.symbol].value);
  }
}

static void
print_source (CliBuffer *out, const Answer *a)
{
  const struct vm_elf_plan *plan = &a->image->plan;

  if (a->place.in_file) {
    add_label (out, _ ("Offset"));
    cli_buffer_hex (out, a->place.offset);
    cli_buffer_byte (out, '\n');
  }
  if (a->place.mapping != VM_NONE) {
    const struct vm_elf_mapping *m = &plan->mappings[a->place.mapping];
    gboolean anonymous = a->place.source == PROGRAM_ANONYMOUS;
    add_label (out, _ ("Mapping"));
    cli_buffer_hex (out, (anonymous ? m->end : m->start) + plan->bias);
    cli_buffer_byte (out, '-');
    cli_buffer_hex (out, (anonymous ? m->bss_end : m->end) + plan->bias);
    cli_buffer_byte (out, ' ');
    cli_buffer_text (out, program_flags (m->flags));
    cli_buffer_text (out, "p\n");
  }
  add_label (out, _ ("Byte"));
  cli_buffer_text (out, program_source_text (a->place.source));
  cli_buffer_byte (out, '\n');
}

/* How a debugger finds the symbol: each time half of the rows are left. */
static void
print_search (CliBuffer *out, const Answer *a)
{
  if (a->search->count == 0)
    return;
  cli_buffer_printf (out,
                     ngettext ("\nSearched in %u symbol, sorted by address\n",
                               "\nSearched in %u symbols, sorted by address\n",
                               a->index->count),
                     a->index->count);
  for (guint i = 0; i < a->search->count; i++) {
    const struct vm_elf_probe *p = &a->search->probes[i];
    const struct vm_elf_place *row = &a->index->places[p->middle];
    gsize from = out->length;
    cli_buffer_printf (out, "  %u-%u", p->low, p->high - 1);
    cli_buffer_pad_right (out, from, 16);
    from = out->length;
    cli_buffer_hex (out, row->value);
    cli_buffer_text (out, row->value <= a->place.address ? " <= " : " >  ");
    cli_buffer_hex (out, a->place.address);
    cli_buffer_pad_right (out, from, 32);
    cli_buffer_byte (out, ' ');
    cli_elf_add_text (out, symbol_name (a, p->middle));
    cli_buffer_byte (out, '\n');
  }
}

static void
print_answer (const Answer *a)
{
  g_auto (CliBuffer) out = {0};

  print_addresses (&out, a);
  print_segment (&out, a);
  print_names (&out, a);
  print_source (&out, a);
  print_search (&out, a);
  cli_buffer_write (&out, stdout);
}

/* In fields -----------------------------------------------------------------
 */

static void
put_symbol (CliJson *json, const Answer *a)
{
  if (a->place.symbol == VM_NONE)
    return;
  const struct vm_elf_place *row = &a->index->places[a->place.symbol];
  cli_json_begin_object (json, "symbol");
  cli_elf_put_text (json, "name", symbol_name (a, a->place.symbol));
  cli_json_hex (json, "value", row->value);
  cli_json_number (json, "size", row->size);
  cli_json_hex (json, "offset", a->place.address - row->value);
  cli_json_end_object (json);
}

static void
put_search (CliJson *json, const Answer *a)
{
  cli_json_begin_array (json, "search");
  for (guint i = 0; i < a->search->count; i++) {
    const struct vm_elf_probe *p = &a->search->probes[i];
    cli_json_begin_object (json, NULL);
    cli_json_number (json, "low", p->low);
    cli_json_number (json, "high", p->high);
    cli_json_number (json, "middle", p->middle);
    cli_json_hex (json, "value", a->index->places[p->middle].value);
    cli_elf_put_text (json, "name", symbol_name (a, p->middle));
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
}

static void
put_places (CliJson *json, const Answer *a)
{
  const struct vm_elf *elf = a->image->elf;
  const struct vm_elf_plan *plan = &a->image->plan;

  if (a->place.segment != VM_NONE)
    cli_json_number (json, "segment", a->place.segment);
  if (a->place.section != VM_NONE) {
    cli_json_begin_object (json, "section");
    cli_elf_put_text (json, "name",
                      vm_elf_section_name (elf, a->place.section));
    cli_json_hex (json, "offset",
                  a->place.address - elf->sections[a->place.section].addr);
    cli_json_end_object (json);
  }
  if (a->place.mapping == VM_NONE)
    return;
  const struct vm_elf_mapping *m = &plan->mappings[a->place.mapping];
  gboolean anonymous = a->place.source == PROGRAM_ANONYMOUS;
  cli_json_begin_object (json, "mapping");
  cli_json_hex (json, "start", (anonymous ? m->end : m->start) + plan->bias);
  cli_json_hex (json, "end", (anonymous ? m->bss_end : m->end) + plan->bias);
  cli_json_string (json, "flags", program_flags (m->flags));
  cli_json_end_object (json);
}

static void
write_answer (const Answer *a)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  cli_json_hex (json, "address", a->place.address + a->image->plan.bias);
  cli_json_hex (json, "file-address", a->place.address);
  put_places (json, a);
  put_symbol (json, a);
  if (a->place.in_file)
    cli_json_hex (json, "offset", a->place.offset);
  cli_json_string (json, "source", program_source_name (a->place.source));
  cli_json_string (json, "text", program_source_text (a->place.source));
  put_search (json, a);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

/* What is asked -------------------------------------------------------------
 */

static gboolean
read_number (const char *text, guint64 *number)
{
  uint64_t value = 0;
  gboolean is_number = vm_number_parse (text, strlen (text), &value);

  *number = value;
  if (!is_number)
    cli_misuse ("elf", _ ("“%s” is not a number of at most 64 bits"), text);
  return is_number;
}

/* The address that is asked about, as in the file. */
static CliStatus
find_address (const ProgramImage *image, const struct vm_elf_index *index,
              const CliElfQuestion *q, guint64 *address)
{
  guint64 number = 0;

  if (q->symbol != NULL) {
    guint32 row = vm_elf_index_named (index, image->elf, q->symbol);
    if (row == VM_NONE)
      return cli_fail_at (image->path, 0, _ ("no symbol of this name"));
    *address = index->places[row].value;
    return CLI_DONE;
  }
  if (q->section != NULL)
    return cli_elf_section_named (image->elf, q->section, address)
               ? CLI_DONE
               : cli_fail_at (image->path, 0,
                              _ ("no section of this name in memory"));
  if (!read_number (q->offset != NULL ? q->offset : q->address, &number))
    return CLI_MISUSED;
  if (q->address != NULL)
    *address = program_file_address (image, number);
  else if (!program_address_of (image, number, address))
    return cli_fail_at (image->path, 0,
                        _ ("no mapping has this byte of the file"));
  return CLI_DONE;
}

static CliStatus
answer (const ProgramImage *image, const struct vm_elf_index *index,
        const CliElfQuestion *question, gboolean json)
{
  struct vm_elf_search search;
  guint64 address = 0;
  CliStatus status = find_address (image, index, question, &address);
  Answer a = {image, index, &search, {0}};

  if (status != CLI_DONE)
    return status;
  program_place (image, index, address, &a.place);
  vm_elf_index_search (index, address, &search);
  if (json)
    write_answer (&a);
  else
    print_answer (&a);
  return CLI_DONE;
}

CliStatus
cli_elf_answer (ProgramImage *image, const CliElfQuestion *question,
                gboolean json)
{
  struct vm_elf_index index;
  guint64 number;

  if (question->page != NULL) {
    if (!read_number (question->page, &number))
      return CLI_MISUSED;
    cli_elf_show_page (image, program_file_address (image, number), json);
    return CLI_DONE;
  }
  if (!vm_elf_index_init (&index, image->elf))
    return cli_fail (_ ("out of memory"));
  CliStatus status = answer (image, &index, question, json);
  vm_elf_index_done (&index);
  return status;
}
