/* Makes small ELF files of each class and byte order. */
#include "elf-image.h"

#include <string.h>

const struct kind kinds[KINDS]
    = {{32, false}, {32, true}, {64, false}, {64, true}};

void
put (struct image *image, uint32_t at, uint32_t width, uint64_t value)
{
  for (uint32_t i = 0; i < width; i++)
    image->bytes[at + i]
        = (uint8_t) (value >> 8 * (image->big ? width - 1 - i : i));
}

uint32_t
word (const struct image *image)
{
  return image->bits / 8;
}

/* Fields one after the other; 'w': as wide as an address. */
static void
put_fields (struct image *image, uint32_t at, const char *widths,
            const uint64_t *values)
{
  for (uint32_t i = 0; widths[i] != '\0'; i++) {
    uint32_t width = widths[i] == 'w' ? word (image)
                                      : (uint32_t) (widths[i] - '0');
    put (image, at, width, values[i]);
    at += width;
  }
}

void
put_segment (struct image *image, uint32_t index, uint32_t type, uint32_t flags,
             uint64_t offset, uint64_t vaddr, uint64_t filesz, uint64_t memsz,
             uint64_t align)
{
  uint32_t at = image->programs + index * (image->bits == 32 ? 32 : 56);

  if (image->bits == 64)
    put_fields (
        image, at, "44wwwwww",
        (uint64_t[]){type, flags, offset, vaddr, vaddr, filesz, memsz, align});
  else
    put_fields (
        image, at, "4wwwww4w",
        (uint64_t[]){type, offset, vaddr, vaddr, filesz, memsz, flags, align});
}

void
put_section (struct image *image, uint32_t index, uint32_t name, uint32_t type,
             uint64_t offset, uint64_t size, uint32_t link, uint64_t entsize)
{
  uint32_t at = image->sections + index * (image->bits == 32 ? 40 : 64);

  put_fields (
      image, at, "44wwww44ww",
      (uint64_t[]){name, type, 0, 0, offset, size, link, 0, 1, entsize});
}

static void
put_symbol (struct image *image, uint32_t index, uint32_t name, uint8_t info,
            uint32_t section, uint64_t value, uint64_t size)
{
  uint32_t at = image->symbols + index * (image->bits == 32 ? 16 : 24);

  if (image->bits == 64)
    put_fields (image, at, "4112ww",
                (uint64_t[]){name, info, 0, section, value, size});
  else
    put_fields (image, at, "4ww112",
                (uint64_t[]){name, value, size, info, 0, section});
}

/* A build id of four bytes. */
static void
put_notes (struct image *image)
{
  uint32_t at = image->notes;

  put_fields (image, at, "444", (uint64_t[]){4, 4, 3});
  memcpy (image->bytes + at + 12, "GNU\0\xab\xcd\xef\1", 8);
}

/* A library that is needed, and where its name is. */
static void
put_dynamic (struct image *image, uint32_t strings_size)
{
  put_fields (image, image->dynamic, "wwwwwwww",
              (uint64_t[]){VM_ELF_DT_NEEDED, 17, VM_ELF_DT_STRTAB,
                           image->strings, VM_ELF_DT_STRSZ, strings_size,
                           VM_ELF_DT_NULL, 0});
}

/* Two relocations of type 8 and one of type 7. */
static void
put_relocations (struct image *image)
{
  for (uint32_t i = 0; i < 3; i++)
    put_fields (image, image->relocations + i * 3 * word (image), "www",
                (uint64_t[]){0x2300 + 8 * i, i == 1 ? 7 : 8, 0});
}

void
make (struct image *image, uint32_t bits, bool big)
{
  static const char strings[] = "\0.strtab\0.symtab\0main\0limit";
  uint32_t header = bits == 32 ? 52 : 64;

  *image = (struct image){.bits = bits, .big = big, .length = 2048};
  image->programs = header;
  image->interpreter = 512;
  image->strings = 768;
  image->symbols = 1024;
  image->notes = 560;
  image->dynamic = 640;
  image->relocations = 1152;
  image->sections = 1536;
  memcpy (image->bytes, "\177ELF", 4);
  image->bytes[4] = bits == 32 ? 1 : 2;
  image->bytes[5] = big ? 2 : 1;
  image->bytes[6] = 1;
  put_fields (image, 16, "224www4222222",
              (uint64_t[]){VM_ELF_DYN, 62, 1, 0x440, image->programs,
                           image->sections, 0, header, bits == 32 ? 32 : 56, 5,
                           bits == 32 ? 40 : 64, 6, 1});
  memcpy (image->bytes + image->interpreter, "/lib/ld.so", 11);
  memcpy (image->bytes + image->strings, strings, sizeof strings);
  put_segment (image, 0, VM_ELF_INTERP, 4, image->interpreter, 0x200, 11, 11,
               1);
  put_segment (image, 1, VM_ELF_LOAD, 5, 0, 0, 2048, 2048, 4096);
  put_segment (image, 2, VM_ELF_LOAD, 6, 0x300, 0x2300, 0x100, 0x3000, 4096);
  put_section (image, 1, 1, VM_ELF_STRTAB, image->strings, sizeof strings, 0,
               0);
  put_section (image, 2, 9, VM_ELF_SYMTAB, image->symbols,
               3 * (bits == 32 ? 16 : 24), 1, bits == 32 ? 16 : 24);
  put_segment (image, 3, VM_ELF_DYNAMIC, 6, image->dynamic, 0x2280,
               8 * bits / 8, 8 * bits / 8, 8);
  put_segment (image, 4, VM_ELF_NOTE, 4, image->notes, 0x230, 20, 20, 4);
  put_section (image, 3, 1, VM_ELF_NOTE_SECTION, image->notes, 20, 0, 0);
  put_section (image, 4, 1, VM_ELF_DYNAMIC_SECTION, image->dynamic,
               8 * bits / 8, 1, 2 * bits / 8);
  put_section (image, 5, 1, VM_ELF_RELA, image->relocations, 9 * bits / 8, 2,
               3 * bits / 8);
  put_notes (image);
  put_dynamic (image, sizeof strings);
  put_relocations (image);
  put_symbol (image, 1, 17, 0x12, 1, 0x1040, 99);
  put_symbol (image, 2, 22, 0x11, 0xfff1, 7, 8);
}
