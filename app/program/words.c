/* Says what is wrong with ELF files; makes their strings safe to show. */
#include "words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HEX "0x%" G_GINT64_MODIFIER "x"
/* Characters of a string that are shown. */
#define LONGEST 4096

/* Changes the direction of writing, or is not seen. */
static gboolean
is_hidden (gunichar c)
{
  return g_unichar_iscntrl (c) || c == 0xad || c == 0x61c || c == 0x180e
         || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e)
         || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff
         || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
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
      [VM_ELF_LINK_LOOP] = N_ ("sections name each other in a circle"),
      [VM_ELF_SECTIONS_UNUSABLE]
      = N_ ("the section table cannot be read; the program runs without"),
      [VM_ELF_NOTHING_LOADED] = N_ ("no segment is to be loaded"),
      [VM_ELF_ENTRY_OUTSIDE]
      = N_ ("no segment with code holds the entry point"),
      [VM_ELF_TABLES_OVERLAP]
      = N_ ("with the tables before it larger than the file: not read"),
      [VM_ELF_DYNAMIC_OPEN]
      = N_ ("the dynamic section does not end with DT_NULL"),
      [VM_ELF_BAD_NOTE] = N_ ("the note goes past the end of its notes"),
  };
  return _ (reasons[problem]);
}

char *
program_name (const char *name, guint64 number)
{
  return name != NULL ? g_strdup (name) : hex (number);
}

/* True if a byte of the eight is less than a space, DEL, or more than ASCII. */
static gboolean
is_odd (guint64 eight)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 differ = eight ^ ones * 0x7f;
  guint64 low = (eight - ones * 0x20) & ~eight;

  return ((low | eight | ((differ - ones) & ~differ)) & (ones << 7)) != 0;
}

gboolean
program_text_is_plain (const char *text)
{
  gsize length = strlen (text), done = 0;
  guint64 eight;

  if (length > LONGEST)
    return FALSE;
  for (; done + sizeof eight <= length; done += sizeof eight) {
    memcpy (&eight, text + done, sizeof eight);
    if (is_odd (eight))
      return FALSE;
  }
  eight = G_GUINT64_CONSTANT (0x2020202020202020);
  memcpy (&eight, text + done, length - done);
  return !is_odd (eight);
}

char *
program_text (const char *text)
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

const char *
program_flags (guint flags)
{
  static const char *const texts[]
      = {"---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx"};

  return texts[flags & 7];
}

char *
program_verdict (const struct vm_elf_verdict *v)
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
