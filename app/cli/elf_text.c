/* An ELF file to read. */
#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "elf.h"
#include "elf/elf_names.h"

#define HEX "0x%" G_GINT64_MODIFIER "x"
/* Characters of a name that are printed. */
#define LONGEST 4096

/* Changes the direction of writing, or is not seen. */
static gboolean
is_hidden (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x200b && c <= 0x200f)
         || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069)
         || c == 0xfeff;
}

char *
cli_elf_name (const char *name, guint number)
{
  return name != NULL ? g_strdup (name) : g_strdup_printf ("0x%x", number);
}

char *
cli_elf_text (const char *text)
{
  GString *safe = g_string_new (NULL);
  guint count = 0;

  while (*text != '\0' && count++ < LONGEST) {
    gunichar c = g_utf8_get_char_validated (text, 4);
    if (c == (gunichar) -1 || c == (gunichar) -2) {
      g_string_append_printf (safe, "\\x%02x", (guint8) *text++);
      continue;
    }
    if (is_hidden (c))
      g_string_append_printf (safe, "\\u{%x}", (guint) c);
    else
      g_string_append_unichar (safe, c);
    text = g_utf8_next_char (text);
  }
  if (*text != '\0')
    g_string_append (safe, "…");
  return g_string_free (safe, FALSE);
}

char *
cli_elf_flags (guint flags)
{
  return g_strdup_printf ("%c%c%c", flags & VM_ELF_READ ? 'r' : '-',
                          flags & VM_ELF_WRITE ? 'w' : '-',
                          flags & VM_ELF_EXECUTE ? 'x' : '-');
}

/* To be freed with g_free. */
static char *
hex (guint64 number)
{
  return g_strdup_printf (HEX, number);
}

/* Why, in a few words. */
static const char *
reason_of (enum vm_elf_problem problem)
{
  static const char *const reasons[VM_ELF_PROBLEMS] = {
      [VM_ELF_FINE] = N_ ("out of memory"),
      [VM_ELF_TOO_LARGE] = N_ ("the file is larger than 64 MiB"),
      [VM_ELF_TOO_SHORT] = N_ ("the file has no room for the header"),
      [VM_ELF_BAD_MAGIC] = N_ ("not an ELF file"),
      [VM_ELF_BAD_CLASS] = N_ ("neither 32 nor 64 bits"),
      [VM_ELF_BAD_ORDER] = N_ ("neither little nor big endian"),
      [VM_ELF_BAD_VERSION] = N_ ("there is only version 1"),
      [VM_ELF_BAD_ENTRY_SIZE] = N_ ("headers of this class have another size"),
      [VM_ELF_TABLE_OUTSIDE] = N_ ("the table goes past the end of the file"),
      [VM_ELF_TOO_MANY] = N_ ("the kernel reads 64 KiB of program headers"),
      [VM_ELF_NO_SEGMENTS] = N_ ("a program without segments cannot run"),
      [VM_ELF_DATA_OUTSIDE] = N_ ("the data go past the end of the file"),
      [VM_ELF_FILE_OVER_MEMORY]
      = N_ ("the segment has more bytes in the file than in memory"),
      [VM_ELF_MEMORY_HUGE]
      = N_ ("the segment leaves the addresses that programs have"),
      [VM_ELF_BAD_ALIGN] = N_ ("not a power of two; the kernel ignores it"),
      [VM_ELF_INCONGRUENT]
      = N_ ("offset and address must lie at the same place in their pages"),
      [VM_ELF_OVERLAP] = N_ ("the segment covers part of the one before it"),
      [VM_ELF_UNSORTED] = N_ ("segments should ascend"),
      [VM_ELF_INTERPRETER_SIZE]
      = N_ ("the interpreter's name is empty or too long"),
      [VM_ELF_INTERPRETER_OPEN]
      = N_ ("the interpreter's name does not end with a NUL"),
      [VM_ELF_SECOND_INTERPRETER]
      = N_ ("there is one already; the kernel takes the first"),
      [VM_ELF_STRINGS_OPEN] = N_ ("the string table does not end with a NUL"),
      [VM_ELF_BAD_STRING] = N_ ("names lie outside of the string table"),
      [VM_ELF_BAD_LINK] = N_ ("no section of the right kind"),
      [VM_ELF_LINK_LOOP] = N_ ("the section names itself"),
      [VM_ELF_SECTIONS_UNUSABLE]
      = N_ ("the section table cannot be read; the program runs without"),
  };
  return _ (reasons[problem]);
}

char *
cli_elf_verdict (const struct vm_elf_verdict *v)
{
  if (v->problem == VM_ELF_FINE)
    return g_strdup (reason_of (v->problem));
  g_autofree char *offset = hex (v->offset);
  g_autofree char *value = hex (v->value);
  g_autofree char *limit = hex (v->limit);
  /* Translators: a field of a file, where it is, its value, the limit that it
   * is held against, a reason. */
  return g_strdup_printf (_ ("%s at %s: %s, limit %s, %s"), v->field, offset,
                          value, limit, reason_of (v->problem));
}

static void
print_header (const struct vm_elf *elf)
{
  g_autofree char *type
      = cli_elf_name (vm_elf_type_name (elf->type), elf->type);
  g_autofree char *machine
      = cli_elf_name (vm_elf_machine_name (elf->machine), elf->machine);

  printf ("ELF%u %s %s, %s\n", elf->bits, type, machine,
          elf->big_endian ? _ ("big endian") : _ ("little endian"));
  printf ("%s " HEX "\n", _ ("Entry point"), elf->entry);
  if (elf->interpreter != NULL) {
    g_autofree char *name = cli_elf_text (elf->interpreter);
    printf ("%s %s\n", _ ("Interpreter"), name);
  }
}

/* Columns are as wide as addresses of the file. */
static guint
width_of (const struct vm_elf *elf)
{
  return elf->bits / 4 + 2;
}

/* One number, right-aligned. */
static void
print_column (guint64 number, guint width)
{
  g_autofree char *text = hex (number);

  printf (" %*s", (int) width, text);
}

static void
print_segments (const struct vm_elf *elf)
{
  guint wide = width_of (elf);

  printf ("\n%s\n", _ ("Segments"));
  printf ("  %-21s %*s %*s %10s %10s %10s\n", "", (int) wide, "p_offset",
          (int) wide, "p_vaddr", "p_filesz", "p_memsz", "p_align");
  for (guint i = 0; i < elf->segment_count; i++) {
    const struct vm_elf_segment *s = &elf->segments[i];
    g_autofree char *type
        = cli_elf_name (vm_elf_segment_type_name (s->type), s->type);
    g_autofree char *flags = cli_elf_flags (s->flags);
    printf ("  %2u %-14s %s", i, type, flags);
    print_column (s->offset, wide);
    print_column (s->vaddr, wide);
    print_column (s->filesz, 10);
    print_column (s->memsz, 10);
    print_column (s->align, 10);
    printf ("\n");
  }
}

static void
print_sections (const struct vm_elf *elf)
{
  guint wide = width_of (elf);

  if (elf->section_count == 0)
    return;
  printf ("\n%s\n", _ ("Sections"));
  printf ("  %-36s %*s %10s %10s\n", "", (int) wide, "sh_addr", "sh_offset",
          "sh_size");
  for (guint i = 0; i < elf->section_count; i++) {
    const struct vm_elf_section *s = &elf->sections[i];
    g_autofree char *type
        = cli_elf_name (vm_elf_section_type_name (s->type), s->type);
    g_autofree char *name = cli_elf_text (vm_elf_section_name (elf, i));
    printf ("  %2u %-20s %-12s", i, name, type);
    print_column (s->addr, wide);
    print_column (s->offset, 10);
    print_column (s->size, 10);
    printf ("\n");
  }
}

/* What of a segment does not come from the file. */
static void
print_rest (const struct vm_elf_plan *plan, const struct vm_elf_mapping *m)
{
  g_autofree char *zero_start = hex (m->zero_start + plan->bias);
  g_autofree char *zero_end = hex (m->zero_end + plan->bias);
  g_autofree char *bss_start = hex (m->end + plan->bias);
  g_autofree char *bss_end = hex (m->bss_end + plan->bias);

  if (m->zero_end > m->zero_start) {
    /* Translators: two addresses. */
    printf (_ ("    zeroed by hand: %s to %s"), zero_start, zero_end);
    printf ("\n");
  }
  if (m->bss_end > m->end) {
    printf (_ ("    anonymous, without bytes in the file: %s to %s"), bss_start,
            bss_end);
    printf ("\n");
  }
}

/* How one segment is rounded. */
static void
print_mapping (const struct vm_elf *elf, const struct vm_elf_plan *plan,
               const struct vm_elf_mapping *m)
{
  const struct vm_elf_segment *s = &elf->segments[m->segment];
  g_autofree char *flags = cli_elf_flags (m->flags);

  printf ("  " HEX "-" HEX " %sp  " HEX "\n", m->start + plan->bias,
          m->end + plan->bias, flags, m->offset);
  g_autofree char *from = hex (s->vaddr), *to = hex (s->vaddr + s->filesz);
  /* Translators: the addresses where a segment of a file begins and ends. */
  printf (_ ("    begins at the page of %s, ends with that of %s"), from, to);
  printf ("\n");
  print_rest (plan, m);
}

static void
print_plan (const struct vm_elf *elf, const struct vm_elf_plan *plan)
{
  printf ("\n%s\n", _ ("What the kernel maps, without randomisation"));
  for (guint i = 0; i < plan->count; i++)
    print_mapping (elf, plan, &plan->mappings[i]);
  g_autofree char *entry = hex (plan->entry), *brk = hex (plan->brk);
  /* Translators: two addresses. */
  printf (_ ("  program's entry %s, heap from %s"), entry, brk);
  printf ("\n");
  if (plan->floats)
    printf ("  %s\n", _ ("the kernel adds a base among the mapped regions: the "
                         "file names no interpreter"));
  if (plan->executable_stack)
    printf ("  %s\n", _ ("the stack may be executed"));
}

static void
print_symbols (const struct vm_elf *elf, guint section)
{
  struct vm_elf_symbol symbol;
  guint count = vm_elf_symbol_count (elf, section);

  if (count == 0)
    return;
  g_autofree char *table = cli_elf_text (vm_elf_section_name (elf, section));
  printf ("\n%s %s\n", _ ("Symbols"), table);
  for (guint i = 0; i < count; i++) {
    vm_elf_symbol (elf, section, i, &symbol);
    g_autofree char *name
        = cli_elf_text (vm_elf_symbol_name (elf, section, &symbol));
    g_autofree char *type
        = cli_elf_name (vm_elf_symbol_type_name (symbol.type), symbol.type);
    g_autofree char *bind
        = cli_elf_name (vm_elf_bind_name (symbol.bind), symbol.bind);
    printf ("  %5u " HEX "  %" G_GUINT64_FORMAT "  %s %s  %s\n", i,
            symbol.value, symbol.size, type, bind, name);
  }
}

static void
print_verdicts (const struct vm_elf *elf)
{
  guint kept = MIN (elf->verdict_count, VM_ELF_MOST_VERDICTS);

  if (kept > 0)
    printf ("\n%s\n", _ ("Problems"));
  for (guint i = 0; i < kept; i++) {
    g_autofree char *text = cli_elf_verdict (&elf->verdicts[i]);
    printf ("  %s%s\n", text,
            elf->verdicts[i].weight == VM_ELF_REFUSED
                ? _ (" (the kernel refuses to run it)")
                : "");
  }
}

void
cli_elf_print (const struct vm_elf *elf, const struct vm_elf_plan *plan,
               gboolean symbols)
{
  print_header (elf);
  print_segments (elf);
  print_sections (elf);
  if (plan->count > 0 && vm_elf_loads (elf))
    print_plan (elf, plan);
  for (guint i = 0; symbols && i < elf->section_count; i++)
    print_symbols (elf, i);
  print_verdicts (elf);
}
