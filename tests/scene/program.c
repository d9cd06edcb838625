/* Makes a small ELF file for x86-64, as a linker would. */
#include "program.h"

#include <string.h>

#define LENGTH 0x3800
#define SYMBOLS_AT 0x3100
#define NAMES_AT 0x3380
#define SECTIONS_AT 0x3500

/* What is loaded: where in the file, where in memory, rights, how much. */
static const struct {
  guint64 flags, offset, vaddr, filesz, memsz;
} segments[] = {{4, 0, 0, 0x628, 0x628},
                {5, 0x1000, 0x1000, 0x9c1, 0x9c1},
                {4, 0x2000, 0x2000, 0x2d4, 0x2d4},
                {6, 0x2db0, 0x3db0, 0x2a0, 0x3300}};

static const struct {
  const char *name;
  guint32 type, flags;
  guint64 addr, offset, size;
} sections[] = {{"", 0, 0, 0, 0, 0},
                {".interp", 1, 2, 0x318, 0x318, 0x1c},
                {".rela.dyn", 1, 2, 0x550, 0x550, 0xd8},
                {".init", 1, 6, 0x1000, 0x1000, 0x17},
                {".text", 1, 6, 0x1040, 0x1040, 0x978},
                {".rodata", 1, 2, 0x2000, 0x2000, 0x120},
                {".eh_frame", 1, 2, 0x2120, 0x2120, 0x1b4},
                {".dynamic", 1, 3, 0x3db0, 0x2db0, 0x1f0},
                {".data", 1, 3, 0x3fe8, 0x2fe8, 0x68},
                {".bss", 8, 3, 0x4060, 0x3050, 0x3050},
                {".symtab", 2, 0, 0, SYMBOLS_AT, 0},
                {".strtab", 3, 0, 0, NAMES_AT, SECTIONS_AT - NAMES_AT}};

static const struct {
  const char *name;
  guint64 value, size;
} symbols[] = {{"", 0, 0},
               {"_init", 0x1000, 0x17},
               {"main", 0x1040, 0x12c},
               {"_start", 0x1170, 0x22},
               {"add_row", 0x11c0, 0x6d},
               {"compare_names", 0x1230, 0x41},
               {"count_blocks", 0x1280, 0xb4},
               {"format_size", 0x1340, 0xe8},
               {"is_hidden", 0x1430, 0x1f},
               {"list_folder", 0x1450, 0x210},
               {"print_line", 0x1660, 0x98},
               {"quote", 0x1700, 0x122},
               {"read_options", 0x1830, 0x188},
               {"usage", 0x2000, 0x60},
               {"colours", 0x2060, 0xc0},
               {"width", 0x4000, 8},
               {"buffer", 0x4080, 0x3000}};

static void
put (guint8 *at, guint width, guint64 value)
{
  for (guint i = 0; i < width; i++)
    at[i] = (guint8) (value >> 8 * i);
}

static void
put_header (guint8 *bytes)
{
  static const guint8 begin[7] = {0x7f, 'E', 'L', 'F', 2, 1, 1};

  memcpy (bytes, begin, sizeof begin);
  put (bytes + 16, 2, 3);
  put (bytes + 18, 2, 62);
  put (bytes + 20, 4, 1);
  put (bytes + 24, 8, 0x1170);
  put (bytes + 32, 8, 64);
  put (bytes + 40, 8, SECTIONS_AT);
  put (bytes + 52, 2, 64);
  put (bytes + 54, 2, 56);
  put (bytes + 56, 2, G_N_ELEMENTS (segments) + 2);
  put (bytes + 58, 2, 64);
  put (bytes + 60, 2, G_N_ELEMENTS (sections));
  put (bytes + 62, 2, G_N_ELEMENTS (sections) - 1);
}

static void
put_segment (guint8 *at, guint64 type, guint64 flags, guint64 offset,
             guint64 vaddr, guint64 filesz, guint64 memsz, guint64 align)
{
  put (at, 4, type);
  put (at + 4, 4, flags);
  put (at + 8, 8, offset);
  put (at + 16, 8, vaddr);
  put (at + 24, 8, vaddr);
  put (at + 32, 8, filesz);
  put (at + 40, 8, memsz);
  put (at + 48, 8, align);
}

static void
put_segments (guint8 *bytes)
{
  guint8 *at = bytes + 64;

  put_segment (at, 3, 4, 0x318, 0x318, 0x1c, 0x1c, 1);
  memcpy (bytes + 0x318, "/lib64/ld-linux-x86-64.so.2", 0x1c);
  for (guint i = 0; i < G_N_ELEMENTS (segments); i++)
    put_segment (at + 56 * (i + 1), 1, segments[i].flags, segments[i].offset,
                 segments[i].vaddr, segments[i].filesz, segments[i].memsz,
                 0x1000);
  put_segment (at + 56 * (G_N_ELEMENTS (segments) + 1), 0x6474e551, 6, 0, 0, 0,
               0, 16);
}

/* A name behind the others; returns where it is. */
static guint
put_name (guint8 *bytes, guint *used, const char *name)
{
  guint at = *used;

  memcpy (bytes + NAMES_AT + at, name, strlen (name) + 1);
  *used += (guint) strlen (name) + 1;
  g_assert_cmpuint (*used, <=, SECTIONS_AT - NAMES_AT);
  return at;
}

static void
put_sections (guint8 *bytes, guint *used)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++) {
    guint8 *at = bytes + SECTIONS_AT + 64 * i;
    gboolean table = sections[i].type == 2;
    put (at, 4, put_name (bytes, used, sections[i].name));
    put (at + 4, 4, sections[i].type);
    put (at + 8, 8, sections[i].flags);
    put (at + 16, 8, sections[i].addr);
    put (at + 24, 8, sections[i].offset);
    put (at + 32, 8, table ? 24 * G_N_ELEMENTS (symbols) : sections[i].size);
    put (at + 40, 4, table ? G_N_ELEMENTS (sections) - 1 : 0);
    put (at + 48, 8, 1);
    put (at + 56, 8, table ? 24 : 0);
  }
}

static void
put_symbols (guint8 *bytes, guint *used)
{
  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++) {
    guint8 *at = bytes + SYMBOLS_AT + 24 * i;
    put (at, 4, put_name (bytes, used, symbols[i].name));
    put (at + 4, 1, i == 0 ? 0 : symbols[i].value >= 0x2000 ? 0x11 : 0x12);
    put (at + 6, 2, i == 0 ? 0 : 4);
    put (at + 8, 8, symbols[i].value);
    put (at + 16, 8, symbols[i].size);
  }
}

GBytes *
program_new (void)
{
  guint8 *bytes = g_malloc0 (LENGTH);
  guint used = 0;

  for (guint i = 0x1000; i < 0x3050; i++)
    bytes[i] = (guint8) (i * 7 + i / 256);
  put_header (bytes);
  put_segments (bytes);
  put_sections (bytes, &used);
  put_symbols (bytes, &used);
  return g_bytes_new_take (bytes, LENGTH);
}
