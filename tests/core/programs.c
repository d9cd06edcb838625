/* Makes tiny programs. */
#include "programs.h"

#include <string.h>

#define LENGTH 0x380u
#define HEADERS 0x40u
#define INTERPRETER 0x200u
#define DYNAMIC 0x240u
#define STRINGS 0x2c0u
#define NOTE 0x310u

enum { LOAD = 1, DYN = 2, INTERP = 3, NOTES = 4, TLS = 7 };
#define GNU_STACK 0x6474e551u
#define GNU_RELRO 0x6474e552u
enum { X = 1, W = 2, R = 4 };

struct image {
  guint8 bytes[LENGTH];
  gsize at;
  guint word; /* bytes of an address */
  guint64 base, align;
  guint segments;
};

static void
put (struct image *i, guint width, guint64 value)
{
  for (guint n = 0; n < width; n++)
    i->bytes[i->at++] = (guint8) (value >> 8 * n);
}

static void
put_header (struct image *i, const struct program *p)
{
  guint usual = i->word == 8 ? 62 : 3;

  memcpy (i->bytes,
          "\x7f"
          "ELF",
          4);
  i->bytes[4] = i->word == 8 ? 2 : 1;
  i->bytes[5] = i->bytes[6] = 1;
  i->at = 16;
  put (i, 2, p->base != 0 ? 2 : 3);
  put (i, 2, p->machine != 0 ? p->machine : usual);
  put (i, 4, 1);
  put (i, i->word, i->base + PROGRAM_ENTRY);
  put (i, i->word, HEADERS);
  put (i, i->word, 0);
  put (i, 4, 0);
  put (i, 2, i->word == 8 ? 64 : 52);
  put (i, 2, i->word == 8 ? 56 : 32);
  put (i, 2, i->segments);
  put (i, 2, i->word == 8 ? 64 : 40);
}

static void
add_segment (struct image *i, guint type, guint flags, guint64 offset,
             guint64 vaddr, guint64 filesz, guint64 memsz)
{
  guint64 align = type == LOAD ? i->align : 8;

  i->at = HEADERS + (gsize) i->segments++ * (i->word == 8 ? 56 : 32);
  put (i, 4, type);
  if (i->word == 8)
    put (i, 4, flags);
  put (i, i->word, offset);
  put (i, i->word, i->base + vaddr);
  put (i, i->word, i->base + vaddr);
  put (i, i->word, filesz);
  put (i, i->word, memsz);
  if (i->word == 4)
    put (i, 4, flags);
  put (i, i->word, align);
}

static void
add_interpreter (struct image *i, const char *path)
{
  if (path == NULL)
    return;
  strcpy ((char *) i->bytes + INTERPRETER, path);
  add_segment (i, INTERP, R, INTERPRETER, INTERPRETER, strlen (path) + 1,
               strlen (path) + 1);
}

/* In the data: a file whose version is needed, and one that is defined. */
static void
put_versions (struct image *i, guint last)
{
  i->at = 0x340;
  put (i, 4, 1 | 1 << 16);
  put (i, 4, 0);
  put (i, 4, 16);
  put (i, 4, 0);
  put (i, 4, 0);
  put (i, 4, (guint64) last << 16);
  put (i, 4, 0);
  put (i, 4, 0);
  put (i, 4, 1);
  put (i, 4, 2 | 1 << 16);
}

static void
add_dynamic (struct image *i, const struct program *p)
{
  const char *const *needs = p->needs;
  guint versions = p->versions;
  gsize string = STRINGS + 1, at = DYNAMIC;

  for (guint n = 0; n < 2 && needs[n] != NULL; n++) {
    i->at = at;
    put (i, i->word, 1);
    put (i, i->word, string - STRINGS);
    strcpy ((char *) i->bytes + string, needs[n]);
    string += strlen (needs[n]) + 1;
    at += 2 * (gsize) i->word;
  }
  i->at = at;
  if (p->runpath != NULL) {
    put (i, i->word, 29);
    put (i, i->word, string - STRINGS);
    strcpy ((char *) i->bytes + string, p->runpath);
  }
  put (i, i->word, 5);
  put (i, i->word, i->base + STRINGS);
  put (i, i->word, 10);
  put (i, i->word, 0x40);
  if (versions != 0) {
    put (i, i->word, 0x6ffffffe);
    put (i, i->word, i->base + PROGRAM_DATA);
    put (i, i->word, 0x6ffffffc);
    put (i, i->word, i->base + PROGRAM_DATA + 0x20);
  }
  put (i, i->word, 0);
  put (i, i->word, 0);
  add_segment (i, DYN, R, DYNAMIC, DYNAMIC, i->at - DYNAMIC, i->at - DYNAMIC);
}

/* "GNU" 1: made for Linux 3.2. */
static void
add_note (struct image *i)
{
  i->at = NOTE;
  put (i, 4, 4);
  put (i, 4, 16);
  put (i, 4, 1);
  put (i, 4, 'G' | 'N' << 8 | 'U' << 16);
  put (i, 8, G_GUINT64_CONSTANT (3) << 32);
  put (i, 8, 2);
  add_segment (i, NOTES, R, NOTE, NOTE, 32, 32);
}

static void
add_data (struct image *i, const struct program *p)
{
  gsize bytes = p->no_bytes ? 0 : PROGRAM_DATA_END - PROGRAM_DATA;

  memset (i->bytes + 0x340, p->versions != 0 ? 0 : 'd', 0x40);
  if (p->versions != 0)
    put_versions (i, p->versions);
  add_segment (i, LOAD, p->read_only ? R : R | W, 0x340, PROGRAM_DATA, bytes,
               bytes + p->bss);
  if (p->tls != 0)
    add_segment (i, TLS, R, 0x340, PROGRAM_DATA, 0, p->tls);
  if (p->relro)
    add_segment (i, GNU_RELRO, R, 0x340, PROGRAM_DATA, 0x40,
                 0x2000 - PROGRAM_DATA);
  if (p->abi)
    add_note (i);
  if (p->stack != 0)
    add_segment (i, GNU_STACK, p->stack, 0, 0, 0, 0);
}

char *
program_text (const struct program *p)
{
  struct image image = {.word = p->bits == 32 ? 4 : 8,
                        .base = p->base,
                        .align = p->align != 0 ? p->align : 0x1000};
  GString *text = g_string_new (NULL);

  add_segment (&image, LOAD, R | X, 0, 0, 0x340, 0x340);
  add_interpreter (&image, p->interpreter);
  add_dynamic (&image, p);
  add_data (&image, p);
  put_header (&image, p);
  for (guint i = 0; i < LENGTH; i++)
    g_string_append_printf (text, "%%%02x", image.bytes[i]);
  return g_string_free (text, FALSE);
}
