/* How the kernel rounds the segments of an ELF file, to read. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "elf.h"
#include "words.h"

#define HEX "0x%" G_GINT64_MODIFIER "x"

/* Where it begins: the page that holds the first byte. */
static void
print_begin (CliBuffer *out, const struct vm_elf_segment *s,
             const struct vm_elf_mapping *m)
{
  guint64 inside = s->vaddr - m->start;

  if (inside == 0) {
    /* Translators: p_vaddr, p_offset: fields of a segment; two numbers. */
    cli_buffer_printf (out,
                       _ ("    p_vaddr 0x%" PRIx64 " and p_offset 0x%" PRIx64
                          " begin a page: nothing is rounded"),
                       s->vaddr, s->offset);
  } else {
    /* Translators: two numbers; how many bytes; two rounded numbers. */
    cli_buffer_printf (out,
                       _ ("    p_vaddr 0x%" PRIx64 " and p_offset 0x%" PRIx64
                          " lie 0x%" PRIx64 " behind the beginning of a page: "
                          "mapped from 0x%" PRIx64 ", of the file from "
                          "0x%" PRIx64),
                       s->vaddr, s->offset, inside, m->start, m->offset);
  }
  cli_buffer_byte (out, '\n');
}

/* Where the pages of the file end. */
static void
print_end (CliBuffer *out, const struct vm_elf_segment *s,
           const struct vm_elf_mapping *m)
{
  guint64 end = s->vaddr + s->filesz;

  if (s->filesz == 0)
    return;
  if (end == m->end)
    /* Translators: an address. */
    cli_buffer_printf (
        out, _ ("    p_vaddr + p_filesz is 0x%" PRIx64 ", the end of a page"),
        end);
  else
    /* Translators: two addresses; how many bytes. */
    cli_buffer_printf (out,
                       _ ("    p_vaddr + p_filesz is 0x%" PRIx64
                          ": mapped to the end of its page, 0x%" PRIx64
                          ", 0x%" PRIx64 " more"),
                       end, m->end, m->end - end);
  cli_buffer_byte (out, '\n');
}

/* What of a segment does not come from the file. */
static void
print_rest (CliBuffer *out, const struct vm_elf_plan *plan,
            const struct vm_elf_segment *s, const struct vm_elf_mapping *m)
{
  gboolean grows = s->memsz > s->filesz;

  if (grows && s->filesz > 0 && (s->flags & VM_ELF_WRITE) == 0
      && s->vaddr + s->filesz < m->end)
    cli_buffer_printf (out, "    %s\n",
                       _ ("not zeroed behind the file's bytes: the segment "
                          "may not be written"));
  if (m->zero_end > m->zero_start) {
    /* Translators: two addresses. */
    cli_buffer_printf (out,
                       _ ("    zeroed by hand: 0x%" PRIx64 " to 0x%" PRIx64),
                       m->zero_start + plan->bias, m->zero_end + plan->bias);
    cli_buffer_byte (out, '\n');
  }
  if (m->bss_end > m->end) {
    /* Translators: two addresses. */
    cli_buffer_printf (out,
                       _ ("    anonymous, without bytes in the file: "
                          "0x%" PRIx64 " to 0x%" PRIx64),
                       m->end + plan->bias, m->bss_end + plan->bias);
    cli_buffer_byte (out, '\n');
  }
}

/* How one segment is rounded. */
static void
print_mapping (CliBuffer *out, const struct vm_elf *elf,
               const struct vm_elf_plan *plan, const struct vm_elf_mapping *m)
{
  const struct vm_elf_segment *s = &elf->segments[m->segment];

  cli_buffer_printf (out, "  " HEX "-" HEX " %sp  " HEX "\n",
                     m->start + plan->bias, m->end + plan->bias,
                     program_flags (m->flags), m->offset);
  print_begin (out, s, m);
  print_end (out, s, m);
  print_rest (out, plan, s, m);
}

/* Why the addresses are what they are. */
static void
print_base (CliBuffer *out, const struct vm_elf *elf,
            const struct vm_elf_plan *plan)
{
  if (plan->floats)
    cli_buffer_printf (out, "  %s\n",
                       _ ("the kernel adds a base among the mapped regions: "
                          "the file names no interpreter"));
  else if (elf->type == VM_ELF_EXEC)
    cli_buffer_printf (out, "  %s\n",
                       _ ("nothing is added to the addresses of the file: its "
                          "type is EXEC"));
  else {
    /* Translators: a number. */
    cli_buffer_printf (out,
                       _ ("  0x%" PRIx64 " is added to each address of the "
                          "file: its type is DYN"),
                       plan->bias);
    cli_buffer_byte (out, '\n');
  }
}

void
cli_elf_print_plan (CliBuffer *out, const struct vm_elf *elf,
                    const struct vm_elf_plan *plan)
{
  cli_buffer_printf (out, "\n%s\n",
                     _ ("What the kernel maps, without randomisation"));
  if (!vm_elf_is_x86 (elf)) {
    cli_buffer_printf (out, "  %s\n",
                       _ ("only files for x86-64 and i386 are planned"));
    return;
  }
  print_base (out, elf, plan);
  for (guint i = 0; i < plan->count; i++)
    print_mapping (out, elf, plan, &plan->mappings[i]);
  /* Translators: two addresses. */
  cli_buffer_printf (
      out, _ ("  program's entry 0x%" PRIx64 ", heap from 0x%" PRIx64),
      plan->entry, plan->brk);
  cli_buffer_byte (out, '\n');
  if (plan->executable_stack)
    cli_buffer_printf (out, "  %s\n", _ ("the stack may be executed"));
}
