/* Shows a page of a program byte for byte. */
#include "elf_page.h"

#include <glib/gi18n-lib.h>

#include "buffer.h"
#include "json.h"
#include "place.h"

#define ABREAST 16

/* How each source is marked. */
static const char marks[] = {
    [PROGRAM_NOWHERE] = ' ',   [PROGRAM_FILE] = '#',   [PROGRAM_AROUND] = '~',
    [PROGRAM_AFTER_END] = '0', [PROGRAM_BEYOND] = '!', [PROGRAM_ZEROED] = '0',
    [PROGRAM_ANONYMOUS] = '.',
};

/* A page of memory. */
typedef struct {
  guint64 address; /* in memory */
  guint8 bytes[VM_ELF_PAGE], sources[VM_ELF_PAGE];
} Page;

static void
add_byte (CliBuffer *out, guint8 byte)
{
  static const char digits[] = "0123456789abcdef";

  cli_buffer_byte (out, ' ');
  cli_buffer_byte (out, digits[byte >> 4]);
  cli_buffer_byte (out, digits[byte & 15]);
}

static void
add_row (CliBuffer *out, const Page *page, guint row)
{
  cli_buffer_hex (out, page->address + row);
  cli_buffer_byte (out, ' ');
  for (guint i = row; i < row + ABREAST; i++)
    if (page->sources[i] == PROGRAM_NOWHERE
        || page->sources[i] == PROGRAM_BEYOND)
      cli_buffer_text (out, " --");
    else
      add_byte (out, page->bytes[i]);
  cli_buffer_text (out, "  ");
  for (guint i = row; i < row + ABREAST; i++) {
    char c = (char) page->bytes[i];
    cli_buffer_byte (out, g_ascii_isprint (c) ? c : '.');
  }
  cli_buffer_text (out, "  ");
  for (guint i = row; i < row + ABREAST; i++)
    cli_buffer_byte (out, marks[page->sources[i]]);
  cli_buffer_byte (out, '\n');
}

static gboolean
is_equal (const Page *page, guint row, guint other)
{
  return memcmp (page->bytes + row, page->bytes + other, ABREAST) == 0
         && memcmp (page->sources + row, page->sources + other, ABREAST) == 0;
}

/* Rows that repeat are left out, as hex dumps do. */
static void
print_rows (CliBuffer *out, const Page *page)
{
  gboolean left_out = FALSE;

  for (guint row = 0; row < VM_ELF_PAGE; row += ABREAST) {
    gboolean last = row + ABREAST == VM_ELF_PAGE;
    if (row > 0 && !last && is_equal (page, row, row - ABREAST)) {
      if (!left_out)
        cli_buffer_text (out, "*\n");
      left_out = TRUE;
      continue;
    }
    left_out = FALSE;
    add_row (out, page, row);
  }
}

/* What the marks mean, of those that occur. */
static void
print_legend (CliBuffer *out, const Page *page)
{
  gboolean seen[PROGRAM_ANONYMOUS + 1] = {FALSE};

  for (guint i = 0; i < VM_ELF_PAGE; i++)
    seen[page->sources[i]] = TRUE;
  cli_buffer_byte (out, '\n');
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    if (seen[i])
      cli_buffer_printf (out, "  %c  %s\n", marks[i],
                         program_source_text ((ProgramSource) i));
}

static void
write_page (const Page *page)
{
  g_autoptr (CliJson) json = cli_json_new ();
  guint from = 0;

  cli_json_begin_object (json, NULL);
  cli_json_hex (json, "page", page->address);
  cli_json_bytes (json, "bytes", page->bytes, VM_ELF_PAGE);
  cli_json_begin_array (json, "runs");
  for (guint i = 1; i <= VM_ELF_PAGE; i++) {
    if (i < VM_ELF_PAGE && page->sources[i] == page->sources[from])
      continue;
    cli_json_begin_object (json, NULL);
    cli_json_number (json, "from", from);
    cli_json_number (json, "to", i);
    cli_json_string (json, "source",
                     program_source_name ((ProgramSource) page->sources[from]));
    cli_json_end_object (json);
    from = i;
  }
  cli_json_end_array (json);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

void
cli_elf_show_page (ProgramImage *image, guint64 address, gboolean json)
{
  guint64 start = address & ~(guint64) (VM_ELF_PAGE - 1);
  g_autofree Page *page = g_new (Page, 1);
  g_auto (CliBuffer) out = {0};

  page->address = start + image->plan.bias;
  program_page (image, start, page->bytes, page->sources);
  if (json) {
    write_page (page);
    return;
  }
  print_rows (&out, page);
  print_legend (&out, page);
  cli_buffer_write (&out, stdout);
}
