/* ELF files: bytes in, what they say out. Touches no machine.
 *
 *   0              e_phoff                      e_shoff
 *   +-------------+------------------+---------+------------------+
 *   | ELF header  | program headers  |  ....   | section headers  |
 *   +-------------+------------------+---------+------------------+
 *                   a segment each:              a section each:
 *                   what the kernel maps         what a linker needs
 *
 * Both classes (32 and 64 bits) and both byte orders. The bytes are the
 * caller's, who has copied them out of the file: a mapped file may shrink while
 * it is read. No number of the file is believed before it is held against the
 * file's length.
 *
 * Rules: System V ABI, chapters 4 and 5 (gabi); fs/binfmt_elf.c of Linux 6.x
 * for what the kernel refuses. */
#ifndef VM_ELF_H
#define VM_ELF_H

#include "types.h"

#define VM_ELF_MOST_BYTES (UINT64_C (64) << 20)
#define VM_ELF_MOST_VERDICTS 64u /* that are kept; more are counted */
#define VM_ELF_MOST_SECTIONS 262144u

/* What can be wrong with a file. */
enum vm_elf_problem {
  VM_ELF_FINE,
  VM_ELF_TOO_LARGE,        /* more bytes than are read at all */
  VM_ELF_TOO_SHORT,        /* no room for the header */
  VM_ELF_BAD_MAGIC,        /* not an ELF file */
  VM_ELF_BAD_CLASS,        /* neither 32 nor 64 bits */
  VM_ELF_BAD_ORDER,        /* neither byte order */
  VM_ELF_BAD_VERSION,      /* not 1 */
  VM_ELF_BAD_ENTRY_SIZE,   /* headers are not as large as they must be */
  VM_ELF_TABLE_OUTSIDE,    /* a table goes past the end of the file, or wraps */
  VM_ELF_TOO_MANY,         /* more program headers than the kernel takes */
  VM_ELF_NO_SEGMENTS,      /* an executable without any */
  VM_ELF_DATA_OUTSIDE,     /* a segment or section goes past the end */
  VM_ELF_FILE_OVER_MEMORY, /* p_filesz > p_memsz */
  VM_ELF_MEMORY_HUGE,      /* p_memsz exceeds or leaves user addresses */
  VM_ELF_BAD_ALIGN,        /* not a power of two: taken as none */
  VM_ELF_INCONGRUENT,      /* p_vaddr and p_offset differ within the page */
  VM_ELF_OVERLAP,          /* a segment covers part of one before it */
  VM_ELF_UNSORTED,         /* segments do not ascend */
  VM_ELF_INTERPRETER_SIZE, /* its name is too long or empty */
  VM_ELF_INTERPRETER_OPEN, /* its name does not end with a NUL */
  VM_ELF_SECOND_INTERPRETER, /* the kernel looks at the first only */
  VM_ELF_STRINGS_OPEN,       /* a string table does not end with a NUL */
  VM_ELF_BAD_STRING,         /* a name outside of its table */
  VM_ELF_BAD_LINK,           /* sh_link names no section of the right kind */
  VM_ELF_LINK_LOOP,          /* sections name each other in a circle */
  VM_ELF_SECTIONS_UNUSABLE,  /* the section table is: the file loads without */
  VM_ELF_NOTHING_LOADED,     /* no segment is to be mapped */
  VM_ELF_ENTRY_OUTSIDE,      /* no executable segment holds the entry point */
  VM_ELF_TABLES_OVERLAP,     /* together they are larger than the file */
  VM_ELF_DYNAMIC_OPEN,       /* the dynamic segment does not end with DT_NULL */
  VM_ELF_BAD_NOTE,           /* a note goes past the end of its notes */
  VM_ELF_PROBLEMS
};

/* How bad that is. */
enum vm_elf_weight {
  VM_ELF_WARNING, /* odd; it loads */
  VM_ELF_REFUSED, /* the kernel refuses to run it; it can be described */
  VM_ELF_BROKEN   /* nothing can be said about it */
};

/* "field at offset: value, limit, reason" */
struct vm_elf_verdict {
  enum vm_elf_problem problem;
  enum vm_elf_weight weight;
  const char *field; /* "e_phentsize"; static text */
  uint64_t offset;   /* of the field in the file */
  uint64_t value, limit;
};

struct vm_elf_segment {
  uint64_t at; /* offset of its header in the file */
  uint32_t type, flags;
  uint64_t offset, vaddr, paddr, filesz, memsz, align;
  bool skipped; /* what it holds is not read: VM_ELF_TABLES_OVERLAP */
};

struct vm_elf_section {
  uint64_t at;
  uint32_t name; /* offset in the table of section names */
  uint32_t type;
  uint64_t flags, addr, offset, size, align, entsize;
  uint32_t link, info;
  bool skipped; /* what it holds is not read: VM_ELF_TABLES_OVERLAP */
};

struct vm_elf_symbol {
  uint32_t name; /* offset in the string table of its table */
  uint8_t bind, type, visibility;
  uint32_t section; /* index, or VM_ELF_UNDEFINED ... */
  uint64_t value, size;
};

/* What is not the number of a section. */
#define VM_ELF_UNDEFINED 0u
#define VM_ELF_RESERVED UINT32_C (0xffff0000) /* and the number */
#define VM_ELF_ABSOLUTE (VM_ELF_RESERVED | 0xfff1u)
#define VM_ELF_COMMON (VM_ELF_RESERVED | 0xfff2u)

/* Kinds of segments and sections that the kernel or this code looks for. */
enum {
  VM_ELF_LOAD = 1,
  VM_ELF_DYNAMIC = 2,
  VM_ELF_INTERP = 3,
  VM_ELF_NOTE = 4,
  VM_ELF_PHDR = 6,
  VM_ELF_TLS = 7,
  VM_ELF_GNU_STACK = 0x6474e551,
  VM_ELF_GNU_RELRO = 0x6474e552,

  VM_ELF_SYMTAB = 2,
  VM_ELF_STRTAB = 3,
  VM_ELF_RELA = 4,
  VM_ELF_DYNAMIC_SECTION = 6,
  VM_ELF_NOTE_SECTION = 7,
  VM_ELF_NOBITS = 8,
  VM_ELF_REL = 9,
  VM_ELF_DYNSYM = 11,
  VM_ELF_SYMTAB_SHNDX = 18,
  VM_ELF_RELR = 19
};

/* Tags of the dynamic section that this code looks for. */
enum {
  VM_ELF_DT_NULL = 0,
  VM_ELF_DT_NEEDED = 1,
  VM_ELF_DT_STRTAB = 5,
  VM_ELF_DT_STRSZ = 10,
  VM_ELF_DT_SONAME = 14,
  VM_ELF_DT_RPATH = 15,
  VM_ELF_DT_RUNPATH = 29,
  VM_ELF_DT_FLAGS = 30,
  VM_ELF_DT_FLAGS_1 = 0x6ffffffb
};

/* A section that is part of the program in memory (SHF_ALLOC), and of each
 * thread's copy (SHF_TLS). */
#define VM_ELF_ALLOC UINT64_C (2)
#define VM_ELF_THREAD UINT64_C (0x400)

/* Flags of a segment. */
enum { VM_ELF_EXECUTE = 1, VM_ELF_WRITE = 2, VM_ELF_READ = 4 };

/* Types of files. */
enum { VM_ELF_REL_FILE = 1, VM_ELF_EXEC = 2, VM_ELF_DYN = 3, VM_ELF_CORE = 4 };

/* A file that was read. */
struct vm_elf {
  const uint8_t *bytes; /* the caller's */
  uint64_t length;
  uint32_t bits; /* 32 or 64 */
  bool big_endian;
  bool refused;   /* some verdict says so, kept or not */
  bool has_notes; /* some section holds notes */
  uint8_t abi, abi_version;
  uint16_t type, machine;
  uint32_t flags;
  uint64_t entry, program_offset, section_offset;
  uint32_t names; /* section with the names of sections; 0: none */
  uint32_t wide;  /* section with numbers of sections that fit no symbol */
  uint32_t segment_count, section_count;
  struct vm_elf_segment *segments;
  struct vm_elf_section *sections;
  const char *interpreter; /* NULL: none */
  uint32_t verdict_count;  /* may exceed what is kept */
  struct vm_elf_verdict verdicts[VM_ELF_MOST_VERDICTS];
};

/* Reads a file. NULL if nothing can be said about it (*broken says why; its
 * problem is VM_ELF_FINE if the host gives no memory). What is wrong besides
 * stands in verdicts, as they were found. The bytes must outlive the result. */
struct vm_elf *vm_elf_new (const uint8_t *bytes, uint64_t length,
                           struct vm_elf_verdict *broken);
void vm_elf_free (struct vm_elf *elf);

/* True if the kernel would run it as far as its headers say. */
bool vm_elf_loads (const struct vm_elf *elf);

/* True if it is for x86-64 or i386, whose rules the simulation has. */
bool vm_elf_is_x86 (const struct vm_elf *elf);

/* A name in a string table: NULL if the section is none, the offset lies
 * outside, or no NUL ends it. */
const char *vm_elf_string (const struct vm_elf *elf, uint32_t section,
                           uint64_t offset);

/* A section's name; "" if it has none. */
const char *vm_elf_section_name (const struct vm_elf *elf, uint32_t section);

/* Symbols of a section of type SYMTAB or DYNSYM, as far as it lies in the
 * file; 0 for any other. */
uint32_t vm_elf_symbol_count (const struct vm_elf *elf, uint32_t section);

/* Symbol `index` of it, below the count. */
void vm_elf_symbol (const struct vm_elf *elf, uint32_t section, uint32_t index,
                    struct vm_elf_symbol *symbol);

/* A symbol's name; that of its section, if it stands for one; "" if it has
 * none. */
const char *vm_elf_symbol_name (const struct vm_elf *elf, uint32_t section,
                                const struct vm_elf_symbol *symbol);

#endif
