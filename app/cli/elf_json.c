/* An ELF file as JSON. */
#include <stdio.h>

#include "elf.h"
#include "elf/elf_names.h"

static void
put_name (CliJson *json, const char *key, const char *name, guint number)
{
  g_autofree char *text = cli_elf_name (name, number);

  cli_json_string (json, key, text);
}

static void
put_text (CliJson *json, const char *key, const char *text)
{
  g_autofree char *safe = cli_elf_text (text);

  cli_json_string (json, key, safe);
}

static void
put_flags (CliJson *json, guint flags)
{
  g_autofree char *text = cli_elf_flags (flags);

  cli_json_string (json, "flags", text);
}

static void
put_header (CliJson *json, const struct vm_elf *elf)
{
  cli_json_number (json, "class", elf->bits);
  cli_json_string (json, "data", elf->big_endian ? "big" : "little");
  put_name (json, "type", vm_elf_type_name (elf->type), elf->type);
  put_name (json, "machine", vm_elf_machine_name (elf->machine), elf->machine);
  cli_json_hex (json, "entry", elf->entry);
  if (elf->interpreter != NULL)
    put_text (json, "interpreter", elf->interpreter);
  cli_json_boolean (json, "loads", vm_elf_loads (elf));
}

static void
put_segments (CliJson *json, const struct vm_elf *elf)
{
  cli_json_begin_array (json, "segments");
  for (guint i = 0; i < elf->segment_count; i++) {
    const struct vm_elf_segment *s = &elf->segments[i];
    cli_json_begin_object (json, NULL);
    put_name (json, "type", vm_elf_segment_type_name (s->type), s->type);
    cli_json_hex (json, "offset", s->offset);
    cli_json_hex (json, "vaddr", s->vaddr);
    cli_json_hex (json, "paddr", s->paddr);
    cli_json_hex (json, "filesz", s->filesz);
    cli_json_hex (json, "memsz", s->memsz);
    put_flags (json, s->flags);
    cli_json_hex (json, "align", s->align);
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
}

static void
put_sections (CliJson *json, const struct vm_elf *elf)
{
  cli_json_begin_array (json, "sections");
  for (guint i = 0; i < elf->section_count; i++) {
    const struct vm_elf_section *s = &elf->sections[i];
    cli_json_begin_object (json, NULL);
    put_text (json, "name", vm_elf_section_name (elf, i));
    put_name (json, "type", vm_elf_section_type_name (s->type), s->type);
    cli_json_hex (json, "addr", s->addr);
    cli_json_hex (json, "offset", s->offset);
    cli_json_hex (json, "size", s->size);
    cli_json_hex (json, "entsize", s->entsize);
    cli_json_hex (json, "flags", s->flags);
    cli_json_number (json, "link", s->link);
    cli_json_number (json, "info", s->info);
    cli_json_number (json, "align", s->align);
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
}

/* "UND", "ABS", "COM", or the number. */
static void
put_section_of (CliJson *json, const struct vm_elf_symbol *symbol)
{
  if (symbol->section == VM_ELF_UNDEFINED)
    cli_json_string (json, "section", "UND");
  else if (symbol->section == VM_ELF_ABSOLUTE)
    cli_json_string (json, "section", "ABS");
  else if (symbol->section == VM_ELF_COMMON)
    cli_json_string (json, "section", "COM");
  else
    cli_json_number (json, "section", symbol->section);
}

static void
put_symbols (CliJson *json, const struct vm_elf *elf, guint section)
{
  struct vm_elf_symbol symbol;

  for (guint i = 0; i < vm_elf_symbol_count (elf, section); i++) {
    vm_elf_symbol (elf, section, i, &symbol);
    cli_json_begin_object (json, NULL);
    put_text (json, "name", vm_elf_symbol_name (elf, section, &symbol));
    cli_json_hex (json, "value", symbol.value);
    cli_json_number (json, "size", symbol.size);
    put_name (json, "type", vm_elf_symbol_type_name (symbol.type), symbol.type);
    put_name (json, "bind", vm_elf_bind_name (symbol.bind), symbol.bind);
    cli_json_string (json, "visibility",
                     vm_elf_visibility_name (symbol.visibility));
    put_section_of (json, &symbol);
    cli_json_end_object (json);
  }
}

static void
put_tables (CliJson *json, const struct vm_elf *elf)
{
  cli_json_begin_array (json, "tables");
  for (guint i = 0; i < elf->section_count; i++) {
    if (elf->sections[i].type != VM_ELF_SYMTAB
        && elf->sections[i].type != VM_ELF_DYNSYM)
      continue;
    cli_json_begin_object (json, NULL);
    put_text (json, "name", vm_elf_section_name (elf, i));
    cli_json_begin_array (json, "symbols");
    put_symbols (json, elf, i);
    cli_json_end_array (json);
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
}

static void
put_plan (CliJson *json, const struct vm_elf_plan *plan)
{
  cli_json_begin_object (json, "plan");
  if (!plan->floats)
    cli_json_hex (json, "bias", plan->bias);
  cli_json_hex (json, "entry", plan->entry);
  cli_json_hex (json, "brk", plan->brk);
  cli_json_boolean (json, "executable-stack", plan->executable_stack);
  cli_json_begin_array (json, "mappings");
  for (guint i = 0; i < plan->count; i++) {
    const struct vm_elf_mapping *m = &plan->mappings[i];
    cli_json_begin_object (json, NULL);
    cli_json_number (json, "segment", m->segment);
    cli_json_hex (json, "start", m->start + plan->bias);
    cli_json_hex (json, "end", m->end + plan->bias);
    cli_json_hex (json, "offset", m->offset);
    put_flags (json, m->flags);
    cli_json_number (json, "zeroed", m->zero_end - m->zero_start);
    cli_json_number (json, "bss", m->bss_end - m->end);
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
  cli_json_end_object (json);
}

static void
put_verdicts (CliJson *json, const struct vm_elf *elf)
{
  guint kept = MIN (elf->verdict_count, VM_ELF_MOST_VERDICTS);

  cli_json_begin_array (json, "problems");
  for (guint i = 0; i < kept; i++) {
    const struct vm_elf_verdict *v = &elf->verdicts[i];
    g_autofree char *text = cli_elf_verdict (v);
    cli_json_begin_object (json, NULL);
    cli_json_string (json, "problem", vm_elf_problem_name (v->problem));
    cli_json_string (json, "weight", vm_elf_weight_name (v->weight));
    cli_json_string (json, "field", v->field);
    cli_json_hex (json, "offset", v->offset);
    cli_json_hex (json, "value", v->value);
    cli_json_hex (json, "limit", v->limit);
    cli_json_string (json, "text", text);
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
}

void
cli_elf_write (const char *file, const struct vm_elf *elf,
               const struct vm_elf_plan *plan)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  put_text (json, "file", file);
  put_header (json, elf);
  put_segments (json, elf);
  put_sections (json, elf);
  put_plan (json, plan);
  put_tables (json, elf);
  put_verdicts (json, elf);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}
