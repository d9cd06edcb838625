/* What the numbers of the dynamic linker are called. */
#include "elf/elf_tags.h"

struct name {
  uint32_t number;
  const char *name;
};

/* How many rows a table has. */
#define COUNT(names) (sizeof names / sizeof names[0])

static const char *
find (const struct name *names, uint32_t count, uint64_t number)
{
  for (uint32_t i = 0; i < count; i++)
    if (names[i].number == number)
      return names[i].name;
  return NULL;
}

/* A row of a table without numbers. */
static const char *
row (const char *const *names, uint32_t count, uint32_t number)
{
  return number < count ? names[number] : NULL;
}

const char *
vm_elf_tag_name (uint64_t tag)
{
  static const struct name names[] = {{0, "NULL"},
                                      {1, "NEEDED"},
                                      {2, "PLTRELSZ"},
                                      {3, "PLTGOT"},
                                      {4, "HASH"},
                                      {5, "STRTAB"},
                                      {6, "SYMTAB"},
                                      {7, "RELA"},
                                      {8, "RELASZ"},
                                      {9, "RELAENT"},
                                      {10, "STRSZ"},
                                      {11, "SYMENT"},
                                      {12, "INIT"},
                                      {13, "FINI"},
                                      {14, "SONAME"},
                                      {15, "RPATH"},
                                      {16, "SYMBOLIC"},
                                      {17, "REL"},
                                      {18, "RELSZ"},
                                      {19, "RELENT"},
                                      {20, "PLTREL"},
                                      {21, "DEBUG"},
                                      {22, "TEXTREL"},
                                      {23, "JMPREL"},
                                      {24, "BIND_NOW"},
                                      {25, "INIT_ARRAY"},
                                      {26, "FINI_ARRAY"},
                                      {27, "INIT_ARRAYSZ"},
                                      {28, "FINI_ARRAYSZ"},
                                      {29, "RUNPATH"},
                                      {30, "FLAGS"},
                                      {32, "PREINIT_ARRAY"},
                                      {33, "PREINIT_ARRAYSZ"},
                                      {34, "SYMTAB_SHNDX"},
                                      {35, "RELRSZ"},
                                      {36, "RELR"},
                                      {37, "RELRENT"},
                                      {0x6ffffef5, "GNU_HASH"},
                                      {0x6ffffef6, "TLSDESC_PLT"},
                                      {0x6ffffef7, "TLSDESC_GOT"},
                                      {0x6ffffdf8, "CHECKSUM"},
                                      {0x6ffffff0, "VERSYM"},
                                      {0x6ffffff9, "RELACOUNT"},
                                      {0x6ffffffa, "RELCOUNT"},
                                      {0x6ffffffb, "FLAGS_1"},
                                      {0x6ffffffc, "VERDEF"},
                                      {0x6ffffffd, "VERDEFNUM"},
                                      {0x6ffffffe, "VERNEED"},
                                      {0x6fffffff, "VERNEEDNUM"},
                                      {0x7ffffffd, "AUXILIARY"},
                                      {0x7fffffff, "FILTER"}};
  return find (names, COUNT (names), tag);
}

const char *
vm_elf_dynamic_flag_name (uint64_t tag, uint32_t bit)
{
  static const char *const flags[]
      = {"ORIGIN", "SYMBOLIC", "TEXTREL", "BIND_NOW", "STATIC_TLS"};
  static const char *const flags_1[]
      = {"NOW",        "GLOBAL",     "GROUP",    "NODELETE",   "LOADFLTR",
         "INITFIRST",  "NOOPEN",     "ORIGIN",   "DIRECT",     "TRANS",
         "INTERPOSE",  "NODEFLIB",   "NODUMP",   "CONFALT",    "ENDFILTEE",
         "DISPRELDNE", "DISPRELPND", "NODIRECT", "IGNMULDEF",  "NOKSYMS",
         "NOHDR",      "EDITED",     "NORELOC",  "SYMINTPOSE", "GLOBAUDIT",
         "SINGLETON",  "STUB",       "PIE"};

  if (tag == VM_ELF_DT_FLAGS)
    return row (flags, COUNT (flags), bit);
  return tag == VM_ELF_DT_FLAGS_1 ? row (flags_1, COUNT (flags_1), bit) : NULL;
}

const char *
vm_elf_relocation_name (const struct vm_elf *elf, uint32_t type)
{
  static const char *const x86_64[] = {[0] = "R_X86_64_NONE",
                                       [1] = "R_X86_64_64",
                                       [2] = "R_X86_64_PC32",
                                       [3] = "R_X86_64_GOT32",
                                       [4] = "R_X86_64_PLT32",
                                       [5] = "R_X86_64_COPY",
                                       [6] = "R_X86_64_GLOB_DAT",
                                       [7] = "R_X86_64_JUMP_SLOT",
                                       [8] = "R_X86_64_RELATIVE",
                                       [9] = "R_X86_64_GOTPCREL",
                                       [10] = "R_X86_64_32",
                                       [11] = "R_X86_64_32S",
                                       [12] = "R_X86_64_16",
                                       [13] = "R_X86_64_PC16",
                                       [14] = "R_X86_64_8",
                                       [15] = "R_X86_64_PC8",
                                       [16] = "R_X86_64_DTPMOD64",
                                       [17] = "R_X86_64_DTPOFF64",
                                       [18] = "R_X86_64_TPOFF64",
                                       [19] = "R_X86_64_TLSGD",
                                       [20] = "R_X86_64_TLSLD",
                                       [21] = "R_X86_64_DTPOFF32",
                                       [22] = "R_X86_64_GOTTPOFF",
                                       [23] = "R_X86_64_TPOFF32",
                                       [24] = "R_X86_64_PC64",
                                       [25] = "R_X86_64_GOTOFF64",
                                       [26] = "R_X86_64_GOTPC32",
                                       [27] = "R_X86_64_GOT64",
                                       [28] = "R_X86_64_GOTPCREL64",
                                       [29] = "R_X86_64_GOTPC64",
                                       [30] = "R_X86_64_GOTPLT64",
                                       [31] = "R_X86_64_PLTOFF64",
                                       [32] = "R_X86_64_SIZE32",
                                       [33] = "R_X86_64_SIZE64",
                                       [34] = "R_X86_64_GOTPC32_TLSDESC",
                                       [35] = "R_X86_64_TLSDESC_CALL",
                                       [36] = "R_X86_64_TLSDESC",
                                       [37] = "R_X86_64_IRELATIVE",
                                       [38] = "R_X86_64_RELATIVE64",
                                       [41] = "R_X86_64_GOTPCRELX",
                                       [42] = "R_X86_64_REX_GOTPCRELX"};
  static const char *const i386[] = {[0] = "R_386_NONE",
                                     [1] = "R_386_32",
                                     [2] = "R_386_PC32",
                                     [3] = "R_386_GOT32",
                                     [4] = "R_386_PLT32",
                                     [5] = "R_386_COPY",
                                     [6] = "R_386_GLOB_DAT",
                                     [7] = "R_386_JMP_SLOT",
                                     [8] = "R_386_RELATIVE",
                                     [9] = "R_386_GOTOFF",
                                     [10] = "R_386_GOTPC",
                                     [11] = "R_386_32PLT",
                                     [14] = "R_386_TLS_TPOFF",
                                     [15] = "R_386_TLS_IE",
                                     [16] = "R_386_TLS_GOTIE",
                                     [17] = "R_386_TLS_LE",
                                     [18] = "R_386_TLS_GD",
                                     [19] = "R_386_TLS_LDM",
                                     [20] = "R_386_16",
                                     [21] = "R_386_PC16",
                                     [22] = "R_386_8",
                                     [23] = "R_386_PC8",
                                     [24] = "R_386_TLS_GD_32",
                                     [25] = "R_386_TLS_GD_PUSH",
                                     [26] = "R_386_TLS_GD_CALL",
                                     [27] = "R_386_TLS_GD_POP",
                                     [28] = "R_386_TLS_LDM_32",
                                     [29] = "R_386_TLS_LDM_PUSH",
                                     [30] = "R_386_TLS_LDM_CALL",
                                     [31] = "R_386_TLS_LDM_POP",
                                     [32] = "R_386_TLS_LDO_32",
                                     [33] = "R_386_TLS_IE_32",
                                     [34] = "R_386_TLS_LE_32",
                                     [35] = "R_386_TLS_DTPMOD32",
                                     [36] = "R_386_TLS_DTPOFF32",
                                     [37] = "R_386_TLS_TPOFF32",
                                     [38] = "R_386_SIZE32",
                                     [39] = "R_386_TLS_GOTDESC",
                                     [40] = "R_386_TLS_DESC_CALL",
                                     [41] = "R_386_TLS_DESC",
                                     [42] = "R_386_IRELATIVE",
                                     [43] = "R_386_GOT32X"};

  if (elf->machine == 62)
    return row (x86_64, COUNT (x86_64), type);
  return elf->machine == 3 ? row (i386, COUNT (i386), type) : NULL;
}

const char *
vm_elf_property_name (uint32_t type)
{
  static const struct name names[] = {{1, "stack size"},
                                      {2, "no copy on protected"},
                                      {0xb0008000, "needed"},
                                      {0xc0000000, "AArch64 feature"},
                                      {0xc0000002, "x86 feature"},
                                      {0xc0008001, "x86 feature needed"},
                                      {0xc0008002, "x86 ISA needed"},
                                      {0xc0010001, "x86 feature used"},
                                      {0xc0010002, "x86 ISA used"}};
  return find (names, COUNT (names), type);
}

const char *
vm_elf_property_bit_name (uint32_t type, uint32_t bit)
{
  static const char *const arm[] = {"BTI", "PAC", "GCS"};
  static const char *const x86[] = {"IBT", "SHSTK", "LAM_U48", "LAM_U57"};
  static const char *const isa[]
      = {"x86-64-baseline", "x86-64-v2", "x86-64-v3", "x86-64-v4"};
  static const char *const used[] = {"x86",      "x87",    "MMX",  "XMM",
                                     "YMM",      "ZMM",    "FXSR", "XSAVE",
                                     "XSAVEOPT", "XSAVEC", "TMM",  "MASK"};

  switch (type) {
  case 0xc0000000:
    return row (arm, COUNT (arm), bit);
  case 0xc0000002:
    return row (x86, COUNT (x86), bit);
  case 0xc0008002:
  case 0xc0010002:
    return row (isa, COUNT (isa), bit);
  case 0xc0008001:
  case 0xc0010001:
    return row (used, COUNT (used), bit);
  default:
    return NULL;
  }
}

const char *
vm_elf_system_name (uint32_t system)
{
  static const char *const names[]
      = {"Linux", "Hurd", "Solaris", "FreeBSD", "NetBSD", "Syllable", "NaCl"};
  return row (names, COUNT (names), system);
}
