/* Keeps the list of problems, and puts the simulation's errors into words. */
#include "problem.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "tape/contents.h"

static void
problem_free (gpointer data)
{
  LessonProblem *problem = data;

  g_free (problem->file);
  g_free (problem->what);
  g_free (problem);
}

LessonProblems *
lesson_problems_new (void)
{
  LessonProblems *problems = g_new0 (LessonProblems, 1);

  problems->list = g_ptr_array_new_with_free_func (problem_free);
  return problems;
}

void
lesson_problems_free (LessonProblems *problems)
{
  if (problems == NULL)
    return;

  g_ptr_array_unref (problems->list);
  g_free (problems);
}

void
lesson_problems_add (LessonProblems *problems, const char *file, int line,
                     int column, const char *format, ...)
{
  if (problems->list->len >= LESSON_MAX_PROBLEMS) {
    problems->dropped++;
    return;
  }

  va_list arguments;
  va_start (arguments, format);
  LessonProblem *problem = g_new0 (LessonProblem, 1);
  problem->file = g_strdup (file);
  problem->line = line;
  problem->column = column;
  problem->what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (problems->list, problem);
}

guint
lesson_problems_count (const LessonProblems *problems)
{
  return problems->list->len + problems->dropped;
}

char *
lesson_problem_to_string (const LessonProblem *problem)
{
  if (problem->line == 0)
    return g_strdup_printf ("%s: %s", problem->file, problem->what);
  if (problem->column == 0)
    return g_strdup_printf ("%s:%d: %s", problem->file, problem->line,
                            problem->what);
  return g_strdup_printf ("%s:%d:%d: %s", problem->file, problem->line,
                          problem->column, problem->what);
}

/* The numbers of an error, as text. */
typedef struct {
  char value[24], hex[24], low_hex[24];
  char low[24], high[24];
} ErrorNumbers;

static void
write_numbers (const struct vm_error *error, ErrorNumbers *n)
{
  g_snprintf (n->value, sizeof n->value, "%" G_GUINT64_FORMAT, error->value);
  g_snprintf (n->low, sizeof n->low, "%" G_GUINT64_FORMAT, error->low);
  g_snprintf (n->high, sizeof n->high, "%" G_GUINT64_FORMAT, error->high);
  g_snprintf (n->hex, sizeof n->hex, "0x%" G_GINT64_MODIFIER "x", error->value);
  g_snprintf (n->low_hex, sizeof n->low_hex, "0x%" G_GINT64_MODIFIER "x",
              error->low);
}

/* Why nothing can be done with a program where it is now. */
static const char *
wrong_place (const struct vm_error *error)
{
  switch ((enum vm_image_place) error->low) {
  case VM_IMAGE_NOWHERE:
    return _ ("the process has no program; load one with “program”");
  case VM_IMAGE_MEMORY:
    return _ ("the program is in memory already");
  case VM_IMAGE_DISK:
    return _ ("the program is on the disk; “swap-in” brings it back");
  }
  return _ ("the process has no program; load one with “program”");
}

/* One sentence a code; long because there are many codes. */
char *
lesson_error_text (const struct vm_error *error)
{
  const char *subject = error->subject;
  ErrorNumbers n;

  write_numbers (error, &n);
  switch (error->code) {
  case VM_OK:
    return g_strdup (_ ("nothing is wrong"));
  case VM_ERROR_UNKNOWN_OPERATION:
    return g_strdup_printf (_ ("there is no operation “%s”"), subject);
  case VM_ERROR_UNKNOWN_PARAMETER:
    return g_strdup_printf (_ ("the operation has no parameter “%s”"), subject);
  case VM_ERROR_REPEATED_PARAMETER:
    return g_strdup_printf (_ ("“%s” is given twice"), subject);
  case VM_ERROR_MISSING_PARAMETER:
    return g_strdup_printf (_ ("“%s=” is missing"), subject);
  case VM_ERROR_NO_VALUE:
    return g_strdup_printf (_ ("“%s” has no value; write name=value"), subject);
  case VM_ERROR_BAD_NUMBER:
    return g_strdup_printf (
        _ ("“%s” needs a number, such as 4096, 0x1000 or 4K"), subject);
  case VM_ERROR_BAD_CHOICE:
    return g_strdup_printf (_ ("“%s” cannot have that value"), subject);
  case VM_ERROR_BAD_NAME:
    return g_strdup_printf (_ ("“%s” needs a short name"), subject);
  case VM_ERROR_OUT_OF_RANGE:
    /* Translators: a parameter's name, its bounds, the number given. */
    return g_strdup_printf (_ ("“%s” must be from %s to %s, not %s"), subject,
                            n.low, n.high, n.value);
  case VM_ERROR_NO_MACHINE:
    return g_strdup (_ ("there is no machine yet; begin with “machine”"));
  case VM_ERROR_SECOND_MACHINE:
    return g_strdup (_ ("there is a machine already; one is all there can be"));
  case VM_ERROR_UNKNOWN_PROCESS:
    return g_strdup_printf (_ ("there is no process “%s”"), subject);
  case VM_ERROR_PROCESS_EXISTS:
    return g_strdup_printf (_ ("there is a process “%s” already"), subject);
  case VM_ERROR_NOT_ALIGNED:
    return g_strdup_printf (_ ("“%s” must be a multiple of %s; %s is not"),
                            subject, n.low_hex, n.hex);
  case VM_ERROR_NOT_AN_ADDRESS:
    return g_strdup_printf (_ ("%s is not an address of this machine"), n.hex);
  case VM_ERROR_NO_SUCH_SIZE:
    return g_strdup_printf (_ ("this machine has no pages of %s bytes"),
                            n.value);
  case VM_ERROR_FRAME_TOO_LARGE:
    return g_strdup_printf (
        _ ("no page-table entry can hold the frame number %s"), n.hex);
  case VM_ERROR_OVERLAPS:
    return g_strdup_printf (_ ("%s is mapped already, and otherwise"), n.hex);
  case VM_ERROR_SEGMENTS_ON:
    return g_strdup (_ ("there is a table of segments already"));
  case VM_ERROR_NO_SEGMENTS:
    return g_strdup (
        _ ("there is no table of segments yet; begin with “segments”"));
  case VM_ERROR_NOT_A_TABLE:
    return g_strdup_printf (
        _ ("an entry leads to frame %s, in which no page table of the next "
           "level lies; put the entry right first, with “poke”"),
        n.hex);
  case VM_ERROR_CROSSES_PAGE:
    return g_strdup_printf (
        _ ("an access of %s bytes at %s would reach into the next page"),
        n.high, n.hex);
  case VM_ERROR_NEEDS_READ:
    return g_strdup (_ ("the flags must contain r"));
  case VM_ERROR_OUT_OF_FRAMES:
    return g_strdup (_ ("no free frame is left"));
  case VM_ERROR_TOO_MANY:
    return g_strdup_printf (_ ("too many of “%s”; the limit is %s"), subject,
                            n.high);
  case VM_ERROR_STEP_BUDGET:
    return g_strdup_printf (_ ("the operation takes more than %s steps"),
                            n.high);
  case VM_ERROR_TAPE_FULL:
    return g_strdup (_ ("the operation is too large to be recorded"));
  case VM_ERROR_OUT_OF_MEMORY:
    return g_strdup (_ ("the computer has no memory left for this"));
  case VM_ERROR_NOT_AT_OPERATION:
    return g_strdup (
        _ ("an operation is under way; go to its beginning or end first"));
  case VM_ERROR_NOT_A_POWER:
    return g_strdup_printf (
        _ ("“%s” cannot be plru with %s ways: its tree needs a power of two"),
        subject, n.value);
  case VM_ERROR_POOL_EXISTS:
    return g_strdup_printf (_ ("there is a pool “%s” already"), subject);
  case VM_ERROR_UNKNOWN_POOL:
    return g_strdup_printf (_ ("there is no pool “%s”"), subject);
  case VM_ERROR_NO_POOL:
    return g_strdup (_ ("there is no pool yet; begin with “pool”"));
  case VM_ERROR_STRING_ENDS:
    return g_strdup (_ ("no reference is left in the string; give “page” or "
                        "declare more with “string”"));
  case VM_ERROR_STRING_DIFFERS:
    return g_strdup_printf (_ ("page %" PRIu64 " is not what the string has "
                               "next; that is page %" PRIu64
                               ", or it is read and not written"),
                            error->value, error->high);
  case VM_ERROR_NO_FUTURE:
    return g_strdup (_ ("a pool with opt must know what comes: declare the "
                        "references with “string”"));
  case VM_ERROR_BAD_REFERENCES:
    return g_strdup_printf (
        _ ("“%s” needs page numbers such as 7,0,1w with commas between them"),
        subject);
  case VM_ERROR_NOT_RUNNING:
    return g_strdup_printf (
        _ ("process “%s” does not run: it waits, or has ended"), subject);
  case VM_ERROR_UNKNOWN_FILE:
    return g_strdup_printf (_ ("there is no file “%s”"), subject);
  case VM_ERROR_FILE_EXISTS:
    return g_strdup_printf (_ ("there is a file “%s” already"), subject);
  case VM_ERROR_UNKNOWN_CONTENT:
    return g_strdup_printf (_ ("there is no real file “%s” here"), subject);
  case VM_ERROR_CONTENT_DIFFERS:
    return g_strdup_printf (
        _ ("“%s” means the bytes of another real file already"), subject);
  case VM_ERROR_BAD_TEXT:
    return g_strdup_printf (
        _ ("“%s” needs a text of at most %d bytes; a byte may be written as "
           "%%20, in hex"),
        subject, VM_TEXT_LENGTH);
  case VM_ERROR_NO_KERNEL:
    return g_strdup (_ ("no kernel's half was built; say “kernel” after "
                        "“machine”"));
  case VM_ERROR_TOO_LATE:
    return g_strdup_printf (_ ("“%s” is done once, and before the first "
                               "process"),
                            subject);
  case VM_ERROR_NO_LAYOUT:
    return g_strdup (_ ("no layout of the kernel's half is known for this "
                        "processor and this version of Linux"));
  case VM_ERROR_NEEDS_PAGING:
    return g_strdup (_ ("an address space is made of pages; say “translation "
                        "by=paging” first"));
  case VM_ERROR_NEEDS_BARE:
    return g_strdup (_ ("memory is given by pages here; programs in one piece "
                        "need “machine … translation=none” or "
                        "“translation=base-bounds”"));
  case VM_ERROR_ONLY_X86:
    return g_strdup_printf (_ ("“%s” is for x86 processors"), subject);
  case VM_ERROR_UNKNOWN_DEVICE:
    return g_strdup_printf (_ ("there is no device “%s”; “window” makes one"),
                            subject);
  case VM_ERROR_IS_DEVICE:
    return g_strdup_printf (_ ("“%s” is a device: no processor runs it"),
                            subject);
  case VM_ERROR_KERNEL_THREAD:
    return g_strdup_printf (_ ("“%s” is a kernel thread: it has no memory of "
                               "its own, and runs in the kernel only"),
                            subject);
  case VM_ERROR_RUNS_ELSEWHERE:
    return g_strdup_printf (_ ("“%s” runs on another processor"), subject);
  case VM_ERROR_WRONG_PLACE:
    return g_strdup (wrong_place (error));
  case VM_ERROR_ALWAYS_PAGES:
    return g_strdup (_ ("x86-64 never runs without paging; another geometry "
                        "can, such as x86-32"));
  case VM_ERROR_IN_USE:
    return g_strdup_printf (_ ("the memory at %s is in use already"), n.hex);
  case VM_ERROR_NOT_HERE:
    return g_strdup_printf (
        _ ("“%s” is for the geometries x86-64 and x86-64-la57"), subject);
  case VM_ERROR_NOT_A_TOY:
    return g_strdup_printf (_ ("“%s” is for geometry=toy"), subject);
  case VM_ERROR_NOT_OF_TWO:
    return g_strdup_printf (_ ("“%s” must be a power of two; %s is not"),
                            subject, n.value);
  case VM_ERROR_BAD_SPLIT:
    /* Translators: a parameter's name, its number, the number that follows
       from another parameter. */
    return g_strdup_printf (
        _ ("“%s” is %s, but “toy-split” makes it %s; leave one of them out"),
        subject, n.value, n.low);
  case VM_ERROR_ENTRY_TOO_SMALL:
    /* Translators: a parameter's name, bytes, bits, bytes. */
    return g_strdup_printf (_ ("“%s” is too small with %s: a frame number of "
                               "%s bits and the present "
                               "bit need %s"),
                            subject, n.value, n.high, n.low);
  case VM_ERROR_TABLE_TOO_LARGE:
    return g_strdup_printf (
        _ ("a page table of %s entries is too large; it can have %s entries "
           "and take %s pages: “toy-levels” or “toy-page” must be larger"),
        n.value, n.high, n.low);
  }
  g_return_val_if_reached (NULL);
}
