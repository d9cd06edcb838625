/* An ELF file to read. */
#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "elf.h"
#include "elf/elf_names.h"
#include "words.h"

void
cli_elf_add_name (CliBuffer *out, const char *name, guint64 number)
{
  if (name != NULL)
    cli_buffer_text (out, name);
  else
    cli_buffer_hex (out, number);
}

void
cli_elf_add_text (CliBuffer *out, const char *text)
{
  if (program_text_is_plain (text)) {
    cli_buffer_text (out, text);
    return;
  }
  g_autofree char *safe = program_text (text);
  cli_buffer_text (out, safe);
}

static void
print_header (CliBuffer *out, const struct vm_elf *elf)
{
  g_autofree char *type
      = program_name (vm_elf_type_name (elf->type), elf->type);
  g_autofree char *machine
      = program_name (vm_elf_machine_name (elf->machine), elf->machine);

  cli_buffer_printf (out, "ELF%u %s %s, %s\n", elf->bits, type, machine,
                     elf->big_endian ? _ ("big endian") : _ ("little endian"));
  cli_buffer_text (out, _ ("Entry point"));
  cli_buffer_byte (out, ' ');
  cli_buffer_hex (out, elf->entry);
  cli_buffer_byte (out, '\n');
  if (elf->interpreter == NULL)
    return;
  cli_buffer_text (out, _ ("Interpreter"));
  cli_buffer_byte (out, ' ');
  cli_elf_add_text (out, elf->interpreter);
  cli_buffer_byte (out, '\n');
}

/* Columns are as wide as addresses of the file. */
static guint
width_of (const struct vm_elf *elf)
{
  return elf->bits / 4 + 2;
}

/* One number, right-aligned. */
static void
add_column (CliBuffer *out, guint64 number, guint width)
{
  cli_buffer_byte (out, ' ');
  gsize from = out->length;
  cli_buffer_hex (out, number);
  cli_buffer_pad_left (out, from, width);
}

/* The number of a row, and a name, left-aligned. */
static void
begin_row (CliBuffer *out, guint number, const char *name, guint64 type,
           guint width)
{
  cli_buffer_text (out, "  ");
  gsize from = out->length;
  cli_buffer_number (out, number);
  cli_buffer_pad_left (out, from, 2);
  cli_buffer_byte (out, ' ');
  from = out->length;
  cli_elf_add_name (out, name, type);
  cli_buffer_pad_right (out, from, width);
  cli_buffer_byte (out, ' ');
}

static void
print_segments (CliBuffer *out, const struct vm_elf *elf)
{
  guint wide = width_of (elf);

  cli_buffer_printf (out, "\n%s\n", _ ("Segments"));
  cli_buffer_printf (out, "  %-21s %*s %*s %10s %10s %10s\n", "", (int) wide,
                     "p_offset", (int) wide, "p_vaddr", "p_filesz", "p_memsz",
                     "p_align");
  for (guint i = 0; i < elf->segment_count; i++) {
    const struct vm_elf_segment *s = &elf->segments[i];
    begin_row (out, i, vm_elf_segment_type_name (s->type), s->type, 14);
    cli_buffer_text (out, program_flags (s->flags));
    add_column (out, s->offset, wide);
    add_column (out, s->vaddr, wide);
    add_column (out, s->filesz, 10);
    add_column (out, s->memsz, 10);
    add_column (out, s->align, 10);
    cli_buffer_byte (out, '\n');
  }
}

static void
print_sections (CliBuffer *out, const struct vm_elf *elf)
{
  guint wide = width_of (elf);

  if (elf->section_count == 0)
    return;
  cli_buffer_printf (out, "\n%s\n", _ ("Sections"));
  cli_buffer_printf (out, "  %-36s %*s %10s %10s\n", "", (int) wide, "sh_addr",
                     "sh_offset", "sh_size");
  for (guint i = 0; i < elf->section_count; i++) {
    const struct vm_elf_section *s = &elf->sections[i];
    g_autofree char *name = program_text (vm_elf_section_name (elf, i));
    begin_row (out, i, name, 0, 20);
    gsize from = out->length;
    cli_elf_add_name (out, vm_elf_section_type_name (s->type), s->type);
    cli_buffer_pad_right (out, from, 12);
    add_column (out, s->addr, wide);
    add_column (out, s->offset, 10);
    add_column (out, s->size, 10);
    cli_buffer_byte (out, '\n');
    cli_buffer_relieve (out, stdout);
  }
}

static void
print_symbol (CliBuffer *out, const struct vm_elf *elf, guint section,
              guint index)
{
  struct vm_elf_symbol symbol;

  vm_elf_symbol (elf, section, index, &symbol);
  cli_buffer_text (out, "  ");
  gsize from = out->length;
  cli_buffer_number (out, index);
  cli_buffer_pad_left (out, from, 5);
  cli_buffer_byte (out, ' ');
  cli_buffer_hex (out, symbol.value);
  cli_buffer_text (out, "  ");
  cli_buffer_number (out, symbol.size);
  cli_buffer_text (out, "  ");
  cli_elf_add_name (out, vm_elf_symbol_type_name (symbol.type), symbol.type);
  cli_buffer_byte (out, ' ');
  cli_elf_add_name (out, vm_elf_bind_name (symbol.bind), symbol.bind);
  cli_buffer_text (out, "  ");
  cli_elf_add_text (out, vm_elf_symbol_name (elf, section, &symbol));
  cli_buffer_byte (out, '\n');
}

static void
print_symbols (CliBuffer *out, const struct vm_elf *elf, guint section)
{
  guint count = vm_elf_symbol_count (elf, section);

  if (count == 0)
    return;
  cli_buffer_printf (out, "\n%s ", _ ("Symbols"));
  cli_elf_add_text (out, vm_elf_section_name (elf, section));
  cli_buffer_byte (out, '\n');
  for (guint i = 0; i < count; i++) {
    print_symbol (out, elf, section, i);
    cli_buffer_relieve (out, stdout);
  }
}

static void
print_verdicts (CliBuffer *out, const struct vm_elf *elf)
{
  guint kept = MIN (elf->verdict_count, VM_ELF_MOST_VERDICTS);

  if (kept > 0)
    cli_buffer_printf (out, "\n%s\n", _ ("Problems"));
  for (guint i = 0; i < kept; i++) {
    g_autofree char *text = program_verdict (&elf->verdicts[i]);
    cli_buffer_printf (out, "  %s%s\n", text,
                       elf->verdicts[i].weight == VM_ELF_REFUSED
                           ? _ (" (the kernel refuses to run it)")
                           : "");
  }
}

void
cli_elf_print (const ProgramImage *image, gboolean symbols)
{
  const struct vm_elf *elf = image->elf;
  g_auto (CliBuffer) out = {0};

  print_header (&out, elf);
  print_segments (&out, elf);
  print_sections (&out, elf);
  if (image->plan.count > 0 && vm_elf_loads (elf))
    cli_elf_print_plan (&out, elf, &image->plan);
  cli_elf_print_parts (&out, elf);
  for (guint i = 0; symbols && i < elf->section_count; i++)
    print_symbols (&out, elf, i);
  print_verdicts (&out, elf);
  cli_buffer_write (&out, stdout);
}
