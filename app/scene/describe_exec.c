/* Sentences about how a program is loaded. */
#include "describe_exec.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "describe_mm.h"
#include "numbers.h"

#define LONGEST_PATH 120 /* characters that a sentence shows */

static SceneNumber
address (const SceneSubject *it, guint value)
{
  return scene_number_virtual (it->geometry, it->v[value]);
}

static const char *
name (const SceneSubject *it, guint value)
{
  return vm_machine_name (it->machine, (guint32) it->v[value]);
}

/* A text out of a file: what is no plain ASCII is shown as a question mark. */
static char *
text_at (const SceneSubject *it, guint content, guint offset)
{
  guint64 size, start = it->v[offset];
  const guint8 *bytes
      = vm_machine_content (it->machine, (guint32) it->v[content], &size);
  GString *text = g_string_new (NULL);

  for (guint64 i = start; i < size && bytes[i] != 0 && text->len < LONGEST_PATH;
       i++)
    g_string_append_c (text, g_ascii_isgraph ((char) bytes[i]) ? (char) bytes[i]
                                                               : '?');
  return g_string_free (text, FALSE);
}

static char *
say_begin (const SceneSubject *it)
{
  const char *process = scene_subject_process (it, it->v[VM_V_EXEC_PROCESS]);
  const char *file = name (it, VM_V_EXEC_FILE);
  guint kernel = (guint) it->v[VM_V_EXEC_KERNEL];

  if (it->v[VM_V_EXEC_RANDOM] != 0)
    /* Translators: a process, a file, Linux 6.N. */
    return g_strdup_printf (
        _ ("Process %s calls execve for %s; Linux 6.%u puts "
           "things where random numbers say."),
        process, file, kernel);
  return g_strdup_printf (_ ("Process %s calls execve for %s; Linux 6.%u puts "
                             "things where they always lie."),
                          process, file, kernel);
}

static char *
say_header (const SceneSubject *it)
{
  guint bits = (guint) it->v[VM_V_HEADER_BITS];
  guint segments = (guint) it->v[VM_V_HEADER_SEGMENTS];
  const char *file = name (it, VM_V_HEADER_FILE);

  if (it->v[VM_V_HEADER_MOVES] != 0)
    return g_strdup_printf (
        /* Translators: a file, 32 or 64, how many segments. */
        g_dngettext (GETTEXT_PACKAGE,
                     "The file %s is a %u-bit program with %u segment to "
                     "map; it can lie anywhere.",
                     "The file %s is a %u-bit program with %u segments to "
                     "map; it can lie anywhere.",
                     segments),
        file, bits, segments);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "The file %s is a %u-bit program with %u segment to "
                   "map; its addresses are fixed.",
                   "The file %s is a %u-bit program with %u segments to "
                   "map; its addresses are fixed.",
                   segments),
      file, bits, segments);
}

static char *
say_interpreter (const SceneSubject *it)
{
  g_autofree char *path
      = text_at (it, VM_V_INTERPRETER_CONTENT, VM_V_INTERPRETER_OFFSET);

  if (it->v[VM_V_INTERPRETER_FILE] == VM_NONE)
    return g_strdup_printf (
        _ ("It names the interpreter %s, which is not here: it is skipped."),
        path);
  return g_strdup_printf (
      _ ("It names the interpreter %s, which will be mapped, too."), path);
}

static char *
say_leave (const SceneSubject *it)
{
  const char *process = scene_subject_process (it, it->v[VM_V_LEAVE_PROCESS]);
  guint regions = (guint) it->v[VM_V_LEAVE_REGIONS];
  guint pages = (guint) it->v[VM_V_LEAVE_PAGES];

  if (it->v[VM_V_LEAVE_SHARED] != 0)
    return g_strdup_printf (_ ("Process %s leaves the address space that it "
                               "shares, and gets one of its own."),
                            process);
  g_autofree char *gone = g_strdup_printf (
      ngettext ("%u region", "%u regions", regions), regions);
  g_autofree char *resident = g_strdup_printf (
      ngettext ("%u resident page", "%u resident pages", pages), pages);
  /* Translators: a process; "3 regions"; "2 resident pages". */
  return g_strdup_printf (
      _ ("The old address space of process %s goes: %s, %s. There is no way "
         "back."),
      process, gone, resident);
}

static const char *
drawn_part (guint64 part)
{
  switch (part) {
  case VM_PART_STACK:
    return _ ("The end of the stack moves down by %s, to %s.");
  case VM_PART_STACK_BYTES:
    return _ ("The stack pointer moves down by %s, to %s.");
  case VM_PART_MMAP_BASE:
    return _ ("Mappings begin %s lower, at %s.");
  case VM_PART_PROGRAM:
    return _ ("The program moves up by %s, to %s.");
  case VM_PART_BRK:
    return _ ("The heap moves up by %s, to %s.");
  default:
    return _ ("The vdso moves up by %s, to %s.");
  }
}

static char *
say_draw (const SceneSubject *it)
{
  SceneNumber bytes = scene_number_size (it->v[VM_V_DRAW_BYTES]);
  SceneNumber result = address (it, VM_V_DRAW_RESULT);
  g_autoptr (GString) text = g_string_new (drawn_part (it->v[VM_V_DRAW_PART]));

  g_string_replace (text, "%s", bytes.s, 1);
  g_string_replace (text, "%s", result.s, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
say_layout (const SceneSubject *it)
{
  SceneNumber top = address (it, VM_V_LAYOUT_STACK_TOP);
  SceneNumber base = address (it, VM_V_LAYOUT_MMAP_BASE);
  SceneNumber gap = scene_number_size (it->v[VM_V_LAYOUT_GAP]);

  /* Translators: two addresses; "128 MiB". */
  return g_strdup_printf (
      _ ("The stack ends at %s; mappings are sought from %s "
         "downwards, which leaves the stack %s."),
      top.s, base.s, gap.s);
}

static char *
say_strings (const SceneSubject *it)
{
  SceneNumber at = address (it, VM_V_STRINGS_ADDRESS);
  guint count = (guint) it->v[VM_V_STRINGS_COUNT];

  if (it->v[VM_V_STRINGS_PART] == VM_PART_EXECFN)
    return g_strdup_printf (
        _ ("The path of the program is copied onto the new stack, at %s."),
        at.s);
  if (it->v[VM_V_STRINGS_PART] == VM_PART_ENVIRONMENT)
    return g_strdup_printf (
        /* Translators: how many strings; an address. */
        g_dngettext (GETTEXT_PACKAGE,
                     "Below it goes the environment: %u string, from %s on.",
                     "Below it goes the environment: %u strings, from %s on.",
                     count),
        count, at.s);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "Below it go the arguments: %u string, from %s on.",
                   "Below it go the arguments: %u strings, from %s on.", count),
      count, at.s);
}

static char *
say_stack (const SceneSubject *it)
{
  SceneNumber start = address (it, VM_V_STACK_START);
  SceneNumber end = address (it, VM_V_STACK_END);
  SceneNumber flags = scene_mm_flags (it->v[VM_V_STACK_FLAGS]);

  if (it->v[VM_V_STACK_HEADER] != 0)
    /* Translators: two addresses, "rw-p". */
    return g_strdup_printf (_ ("The stack is %s–%s, %s as PT_GNU_STACK says, "
                               "with 128 KiB to begin with."),
                            start.s, end.s, flags.s);
  return g_strdup_printf (_ ("The stack is %s–%s, %s since there is no "
                             "PT_GNU_STACK, with 128 KiB to begin with."),
                          start.s, end.s, flags.s);
}

static char *
say_place (const SceneSubject *it)
{
  const char *file = name (it, VM_V_EXEC_PLACE_FILE);
  SceneNumber start = address (it, VM_V_EXEC_PLACE_START);
  SceneNumber size = scene_number_size (it->v[VM_V_EXEC_PLACE_SIZE]);

  switch ((enum vm_place_rule) it->v[VM_V_EXEC_PLACE_RULE]) {
  case VM_RULE_AS_LINKED:
    return g_strdup_printf (
        _ ("The file %s goes where its own addresses say: to %s."), file,
        start.s);
  case VM_RULE_HIGH:
    return g_strdup_printf (
        _ ("The file %s can lie anywhere and has an interpreter: all "
           "its %s go to %s, far from other mappings."),
        file, size.s, start.s);
  case VM_RULE_GAP:
    break;
  }
  return g_strdup_printf (_ ("The file %s goes among the mappings: there are "
                             "%s of room for all of it at "
                             "%s."),
                          file, size.s, start.s);
}

static char *
say_segment (const SceneSubject *it)
{
  guint64 pages
      = (it->v[VM_V_EXEC_SEGMENT_END] - it->v[VM_V_EXEC_SEGMENT_START])
        >> VM_PAGE_SHIFT;
  SceneNumber start = address (it, VM_V_EXEC_SEGMENT_START);
  SceneNumber flags = scene_mm_flags (it->v[VM_V_EXEC_SEGMENT_FLAGS]);
  guint index = (guint) it->v[VM_V_EXEC_SEGMENT_INDEX];

  if (pages == 0)
    return g_strdup_printf (
        _ ("Segment %u has no bytes in the file, only memory from %s on."),
        index, start.s);
  return g_strdup_printf (
      /* Translators: a number, how many pages, an address, "rw-p", an offset
       * in hex. */
      g_dngettext (
          GETTEXT_PACKAGE,
          "Segment %u is mapped: %u page at %s, %s, from byte 0x%" PRIx64
          " of the file.",
          "Segment %u is mapped: %u pages at %s, %s, from byte "
          "0x%" PRIx64 " of the file.",
          (gulong) pages),
      index, (guint) pages, start.s, flags.s, it->v[VM_V_EXEC_SEGMENT_OFFSET]);
}

static char *
say_zero (const SceneSubject *it)
{
  SceneNumber start = address (it, VM_V_ZERO_START);
  SceneNumber bytes
      = scene_number_size (it->v[VM_V_ZERO_END] - it->v[VM_V_ZERO_START]);

  if (it->v[VM_V_ZERO_WRITES] != 0)
    return g_strdup_printf (_ ("The last page holds %s behind the segment's "
                               "bytes, from %s on; the kernel zeroes them."),
                            bytes.s, start.s);
  return g_strdup_printf (
      _ ("The last page holds %s behind the segment's bytes, "
         "from %s on; they stay, for it may not be written."),
      bytes.s, start.s);
}

static char *
say_bss (const SceneSubject *it)
{
  SceneNumber start = address (it, VM_V_BSS_START);
  SceneNumber end = address (it, VM_V_BSS_END);

  return g_strdup_printf (_ ("The segment is longer in memory: %s–%s has no "
                             "bytes in the file, and is anonymous."),
                          start.s, end.s);
}

static char *
say_trim (const SceneSubject *it)
{
  SceneNumber start = address (it, VM_V_TRIM_START);
  SceneNumber end = address (it, VM_V_TRIM_END);

  return g_strdup_printf (_ ("The first mapping kept room for all segments; "
                             "%s–%s is given back for them."),
                          start.s, end.s);
}

static char *
say_special (const SceneSubject *it)
{
  SceneNumber start = address (it, VM_V_SPECIAL_START);
  SceneNumber end = address (it, VM_V_SPECIAL_END);

  if (it->v[VM_V_SPECIAL_PART] == VM_PART_VDSO)
    return g_strdup_printf (
        _ ("Code of the kernel's own that programs may call, "
           "the vdso, is shown at %s–%s."),
        start.s, end.s);
  return g_strdup_printf (
      _ ("Data that it reads, such as the time, is shown at "
         "%s–%s."),
      start.s, end.s);
}

static char *
say_tables (const SceneSubject *it)
{
  SceneNumber sp = address (it, VM_V_TABLES_STACK);

  /* Translators: an address; numbers of strings, strings, pairs. */
  return g_strdup_printf (_ ("The stack pointer will be %s: there argc lies, "
                             "then argv (%u), the environment (%u) and the "
                             "auxiliary vector (%u)."),
                          sp.s, (guint) it->v[VM_V_TABLES_ARGC],
                          (guint) it->v[VM_V_TABLES_ENVC],
                          (guint) it->v[VM_V_TABLES_AUXC]);
}

static char *
say_put (const SceneSubject *it)
{
  SceneNumber at = address (it, VM_V_PUT_ADDRESS);
  guint count = (guint) it->v[VM_V_PUT_COUNT];

  switch ((enum vm_part) it->v[VM_V_PUT_PART]) {
  case VM_PART_PLATFORM:
    return g_strdup_printf (_ ("The name of the processor goes to %s."), at.s);
  case VM_PART_RANDOM_BYTES:
    return g_strdup_printf (_ ("16 random bytes for the C library go to %s."),
                            at.s);
  case VM_PART_ARGC:
    return g_strdup_printf (
        _ ("The number of arguments, argc = %u, goes to %s."), count, at.s);
  case VM_PART_ARGV:
    return g_strdup_printf (
        _ ("The pointers to the arguments, argv, go to %s, then 0."), at.s);
  case VM_PART_ENVP:
    return g_strdup_printf (_ ("The environment's pointers go to %s, then 0."),
                            at.s);
  case VM_PART_AUXV:
  case VM_PART_EXECFN:
  case VM_PART_ENVIRONMENT:
  case VM_PART_ARGUMENTS:
  case VM_PART_STACK:
  case VM_PART_STACK_BYTES:
  case VM_PART_MMAP_BASE:
  case VM_PART_PROGRAM:
  case VM_PART_BRK:
  case VM_PART_VVAR:
  case VM_PART_VVAR_VCLOCK:
  case VM_PART_VDSO:
  case VM_PARTS:
    break;
  }
  return g_strdup_printf (_ ("The auxiliary vector goes to %s: pairs of a type "
                             "and a value."),
                          at.s);
}

static char *
say_aux (const SceneSubject *it)
{
  const char *type = vm_aux_name (it->v[VM_V_AUX_TYPE]);
  SceneNumber at = address (it, VM_V_AUX_ADDRESS);

  if (it->v[VM_V_AUX_TYPE] == 0)
    return g_strdup_printf (_ ("AT_NULL at %s ends it."), at.s);
  return g_strdup_printf (_ ("%s at %s is 0x%" PRIx64 "."), type, at.s,
                          it->v[VM_V_AUX_VALUE]);
}

static char *
say_brk (const SceneSubject *it)
{
  SceneNumber start = address (it, VM_V_EXEC_BRK_START);

  if (it->v[VM_V_EXEC_BRK_MOVED] != 0)
    return g_strdup_printf (
        _ ("The heap will begin at %s, away from the program, "
           "which lies among the mappings."),
        start.s);
  return g_strdup_printf (_ ("The heap will begin at %s, behind the program."),
                          start.s);
}

static char *
say_numbers (const SceneSubject *it)
{
  SceneNumber code = address (it, VM_V_NUMBERS_START_CODE);
  SceneNumber code_end = address (it, VM_V_NUMBERS_END_CODE);
  SceneNumber data = address (it, VM_V_NUMBERS_START_DATA);
  SceneNumber data_end = address (it, VM_V_NUMBERS_END_DATA);

  return g_strdup_printf (
      _ ("The kernel notes where the code lies, %s–%s, and the data, %s–%s."),
      code.s, code_end.s, data.s, data_end.s);
}

static char *
say_start (const SceneSubject *it)
{
  SceneNumber first = address (it, VM_V_START_INSTRUCTION);
  SceneNumber entry = address (it, VM_V_START_ENTRY);
  SceneNumber sp = address (it, VM_V_START_STACK);

  if (it->v[VM_V_START_LINKER] != 0)
    return g_strdup_printf (
        _ ("Back in user mode the interpreter runs first, "
           "from %s, with the stack at %s; the program's own "
           "entry is %s."),
        first.s, sp.s, entry.s);
  return g_strdup_printf (
      _ ("Back in user mode the program runs from %s, with the stack at %s."),
      first.s, sp.s);
}

static char *
say_need (const SceneSubject *it)
{
  g_autofree char *what = text_at (it, VM_V_NEED_CONTENT, VM_V_NEED_OFFSET);
  const char *by = name (it, VM_V_NEED_BY);

  if (it->v[VM_V_NEED_KNOWN] != 0)
    return g_strdup_printf (_ ("The file %s needs %s, which is there already."),
                            by, what);
  if (it->v[VM_V_NEED_FILE] == VM_NONE)
    return g_strdup_printf (
        _ ("The file %s needs %s, which is not here: it is skipped."), by,
        what);
  return g_strdup_printf (_ ("The file %s needs %s."), by, what);
}

static char *
say_object (const SceneSubject *it)
{
  SceneNumber start = address (it, VM_V_OBJECT_START);
  SceneNumber size = scene_number_size (it->v[VM_V_OBJECT_SIZE]);

  return g_strdup_printf (_ ("The loader maps %s: it takes %s from %s on."),
                          name (it, VM_V_OBJECT_FILE), size.s, start.s);
}

static char *
say_relro (const SceneSubject *it)
{
  SceneNumber start = address (it, VM_V_RELRO_START);
  SceneNumber end = address (it, VM_V_RELRO_END);

  return g_strdup_printf (_ ("The addresses in %s have been put right; "
                             "%s–%s becomes read-only (PT_GNU_RELRO)."),
                          name (it, VM_V_RELRO_FILE), start.s, end.s);
}

static char *
say_block (const SceneSubject *it)
{
  SceneNumber start = address (it, VM_V_BLOCK_START);
  SceneNumber size = scene_number_size (it->v[VM_V_BLOCK_SIZE]);
  SceneNumber variables = scene_number_size (it->v[VM_V_BLOCK_VARIABLES]);

  return g_strdup_printf (
      /* Translators: a file, a size, an address, a size. */
      _ ("There is no loader: start-up code in %s itself takes %s from %s on "
         "for the first thread, with %s of thread-local variables."),
      name (it, VM_V_BLOCK_FILE), size.s, start.s, variables.s);
}

static char *
say_construct (const SceneSubject *it)
{
  SceneNumber size = scene_number_size (it->v[VM_V_CONSTRUCT_BYTES]);

  return g_strdup_printf (
      /* Translators: a library, a size. */
      _ ("Constructors of %s run before main: they allocate %s."),
      name (it, VM_V_CONSTRUCT_FILE), size.s);
}

char *
scene_say_exec (const SceneSubject *it)
{
  static char *(*const sentences[VM_STEP_KINDS]) (const SceneSubject *) = {
      [VM_STEP_EXEC] = say_begin,
      [VM_STEP_EXEC_HEADER] = say_header,
      [VM_STEP_EXEC_INTERPRETER] = say_interpreter,
      [VM_STEP_EXEC_LEAVE] = say_leave,
      [VM_STEP_EXEC_DRAW] = say_draw,
      [VM_STEP_EXEC_LAYOUT] = say_layout,
      [VM_STEP_EXEC_STRINGS] = say_strings,
      [VM_STEP_EXEC_STACK] = say_stack,
      [VM_STEP_EXEC_PLACE] = say_place,
      [VM_STEP_EXEC_SEGMENT] = say_segment,
      [VM_STEP_EXEC_TRIM] = say_trim,
      [VM_STEP_EXEC_ZERO] = say_zero,
      [VM_STEP_EXEC_BSS] = say_bss,
      [VM_STEP_EXEC_SPECIAL] = say_special,
      [VM_STEP_EXEC_TABLES] = say_tables,
      [VM_STEP_EXEC_PUT] = say_put,
      [VM_STEP_EXEC_AUX] = say_aux,
      [VM_STEP_EXEC_BRK] = say_brk,
      [VM_STEP_EXEC_NUMBERS] = say_numbers,
      [VM_STEP_EXEC_START] = say_start,
  };

  return sentences[it->step->kind](it);
}

char *
scene_say_link (const SceneSubject *it)
{
  if (it->step->kind == VM_STEP_LINK_NEED)
    return say_need (it);
  if (it->step->kind == VM_STEP_LINK_OBJECT)
    return say_object (it);
  if (it->step->kind == VM_STEP_LINK_RELRO)
    return say_relro (it);
  if (it->step->kind == VM_STEP_START_BLOCK)
    return say_block (it);
  if (it->step->kind == VM_STEP_START_CONSTRUCT)
    return say_construct (it);
  return g_strdup_printf (
      /* Translators: a process, a file. */
      _ ("The dynamic loader of process %s looks for what %s needs."),
      scene_subject_process (it, it->v[VM_V_LINK_PROCESS]),
      name (it, VM_V_LINK_FILE));
}

char *
scene_more_exec (const SceneSubject *it)
{
  static const char *const more[VM_STEP_KINDS] = {
      [VM_STEP_EXEC_LEAVE]
      = N_ ("The program that called execve has nowhere to "
            "return to: its code is gone."),
      [VM_STEP_EXEC_DRAW]
      = N_ ("Who does not know the number does not know the "
            "address: that is what address-space layout "
            "randomisation is for."),
      [VM_STEP_EXEC_ZERO] = N_ ("The page belongs to the page cache, and to "
                                "every process that runs the file: the write "
                                "makes a private copy first."),
      [VM_STEP_EXEC_BSS] = N_ ("Variables that begin as zeros need no bytes in "
                               "the file, only their size."),
      [VM_STEP_EXEC_SPECIAL]
      = N_ ("So that a program can learn the time without "
            "a system call."),
      [VM_STEP_EXEC_TABLES] = N_ ("The loader and the C library find here what "
                                  "they need before they can ask for anything: "
                                  "program headers, page size, random bytes."),
      [VM_STEP_EXEC_START]
      = N_ ("No page of the code is in the page tables yet: "
            "the first fetch will be a page fault."),
      [VM_STEP_LINK]
      = N_ ("The kernel knows nothing of libraries. The loader is "
            "a program in user mode."),
      [VM_STEP_LINK_RELRO] = N_ ("Who overwrites memory later cannot redirect "
                                 "calls that go through these addresses."),
      [VM_STEP_START_BLOCK]
      = N_ ("The block cannot come from malloc, which needs such variables "
            "itself."),
      [VM_STEP_START_CONSTRUCT]
      = N_ ("So a program has a heap before its own first line."),
  };

  return g_strdup (_ (more[it->step->kind]));
}
