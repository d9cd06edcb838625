/* An ELF file as JSON. */
#include <stdio.h>

#include "elf.h"
#include "elf/elf_names.h"
#include "words.h"

void
cli_elf_put_name (CliJson *json, const char *key, const char *name,
                  guint64 number)
{
  if (name != NULL)
    cli_json_string (json, key, name);
  else
    cli_json_hex (json, key, number);
}

void
cli_elf_put_text (CliJson *json, const char *key, const char *text)
{
  if (program_text_is_plain (text)) {
    cli_json_string (json, key, text);
    return;
  }
  g_autofree char *safe = program_text (text);
  cli_json_string (json, key, safe);
}

static void
put_header (CliJson *json, const struct vm_elf *elf)
{
  cli_json_number (json, "class", elf->bits);
  cli_json_string (json, "data", elf->big_endian ? "big" : "little");
  cli_elf_put_name (json, "type", vm_elf_type_name (elf->type), elf->type);
  cli_elf_put_name (json, "machine", vm_elf_machine_name (elf->machine),
                    elf->machine);
  cli_json_hex (json, "entry", elf->entry);
  if (elf->interpreter != NULL)
    cli_elf_put_text (json, "interpreter", elf->interpreter);
  cli_json_boolean (json, "loads", vm_elf_loads (elf));
}

static void
put_segments (CliJson *json, const struct vm_elf *elf)
{
  cli_json_begin_array (json, "segments");
  for (guint i = 0; i < elf->segment_count; i++) {
    const struct vm_elf_segment *s = &elf->segments[i];
    cli_json_begin_object (json, NULL);
    cli_elf_put_name (json, "type", vm_elf_segment_type_name (s->type),
                      s->type);
    cli_json_hex (json, "offset", s->offset);
    cli_json_hex (json, "vaddr", s->vaddr);
    cli_json_hex (json, "paddr", s->paddr);
    cli_json_hex (json, "filesz", s->filesz);
    cli_json_hex (json, "memsz", s->memsz);
    cli_json_string (json, "flags", program_flags (s->flags));
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
    cli_elf_put_text (json, "name", vm_elf_section_name (elf, i));
    cli_elf_put_name (json, "type", vm_elf_section_type_name (s->type),
                      s->type);
    cli_json_hex (json, "addr", s->addr);
    cli_json_hex (json, "offset", s->offset);
    cli_json_hex (json, "size", s->size);
    cli_json_hex (json, "entsize", s->entsize);
    cli_json_hex (json, "flags", s->flags);
    cli_json_number (json, "link", s->link);
    cli_json_number (json, "info", s->info);
    cli_json_number (json, "align", s->align);
    cli_json_end_object (json);
    cli_json_relieve (json, stdout);
  }
  cli_json_end_array (json);
}

/* "UND", "ABS", "COM", or the number. */
static void
add_section_of (CliBuffer *text, const struct vm_elf_symbol *symbol)
{
  if (symbol->section == VM_ELF_UNDEFINED)
    cli_buffer_text (text, "\"UND\"");
  else if (symbol->section == VM_ELF_ABSOLUTE)
    cli_buffer_text (text, "\"ABS\"");
  else if (symbol->section == VM_ELF_COMMON)
    cli_buffer_text (text, "\"COM\"");
  else
    cli_buffer_number (text, symbol->section);
}

/* A name, or the number in hex. */
static void
add_word (CliBuffer *text, const char *name, guint number)
{
  if (name != NULL)
    cli_buffer_word (text, name);
  else
    cli_buffer_hex (text, number);
}

static void
add_safe (CliBuffer *text, const char *name)
{
  if (program_text_is_plain (name)) {
    cli_json_add_string (text, name);
    return;
  }
  g_autofree char *safe = program_text (name);
  cli_json_add_string (text, safe);
}

/* One symbol of maybe a million: written without the writer's help. */
static void
add_symbol (CliBuffer *text, const struct vm_elf *elf, guint section,
            const struct vm_elf_symbol *symbol)
{
  cli_buffer_text (text, "{\"name\":");
  add_safe (text, vm_elf_symbol_name (elf, section, symbol));
  cli_buffer_text (text, ",\"value\":\"");
  cli_buffer_hex (text, symbol->value);
  cli_buffer_text (text, "\",\"size\":");
  cli_buffer_number (text, symbol->size);
  cli_buffer_text (text, ",\"type\":\"");
  add_word (text, vm_elf_symbol_type_name (symbol->type), symbol->type);
  cli_buffer_text (text, "\",\"bind\":\"");
  add_word (text, vm_elf_bind_name (symbol->bind), symbol->bind);
  cli_buffer_text (text, "\",\"visibility\":\"");
  cli_buffer_word (text, vm_elf_visibility_name (symbol->visibility));
  cli_buffer_text (text, "\",\"section\":");
  add_section_of (text, symbol);
  cli_buffer_byte (text, '}');
}

static void
put_symbols (CliJson *json, const struct vm_elf *elf, guint section)
{
  guint count = vm_elf_symbol_count (elf, section);
  struct vm_elf_symbol symbol;

  for (guint i = 0; i < count; i++) {
    vm_elf_symbol (elf, section, i, &symbol);
    add_symbol (cli_json_begin_raw (json, NULL), elf, section, &symbol);
    cli_json_relieve (json, stdout);
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
    cli_elf_put_text (json, "name", vm_elf_section_name (elf, i));
    cli_json_begin_array (json, "symbols");
    put_symbols (json, elf, i);
    cli_json_end_array (json);
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
}

static void
put_plan (CliJson *json, const struct vm_elf *elf,
          const struct vm_elf_plan *plan)
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
    const struct vm_elf_segment *s = &elf->segments[m->segment];
    cli_json_begin_object (json, NULL);
    cli_json_number (json, "segment", m->segment);
    cli_json_hex (json, "start", m->start + plan->bias);
    cli_json_hex (json, "end", m->end + plan->bias);
    cli_json_hex (json, "offset", m->offset);
    cli_json_string (json, "flags", program_flags (m->flags));
    cli_json_number (json, "before", s->vaddr - m->start);
    cli_json_number (json, "after",
                     s->filesz > 0 ? m->end - (s->vaddr + s->filesz) : 0);
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
    g_autofree char *text = program_verdict (v);
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
cli_elf_write (const ProgramImage *image)
{
  g_autoptr (CliJson) json = cli_json_new ();
  const struct vm_elf *elf = image->elf;

  cli_json_begin_object (json, NULL);
  cli_elf_put_text (json, "file", image->path);
  put_header (json, elf);
  put_segments (json, elf);
  put_sections (json, elf);
  put_plan (json, elf, &image->plan);
  cli_elf_write_parts (json, elf);
  put_tables (json, elf);
  put_verdicts (json, elf);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}
