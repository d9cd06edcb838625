/* The table of the names that a query can use. */
#include "values.h"

#include <glib/gi18n-lib.h>

#define ACCESS(name, style, subject, help)                                     \
  {                                                                            \
    name, "", LESSON_STYLE_##style, lesson_answer_access, NULL,                \
        LESSON_ACCESS_##subject, help                                          \
  }
#define ENTRY(name, style, subject, help)                                      \
  {                                                                            \
    name, "n", LESSON_STYLE_##style, lesson_answer_entry, NULL,                \
        LESSON_ENTRY_##subject, help                                           \
  }
#define TABLES(name, arguments, style, subject, help)                          \
  {                                                                            \
    name, arguments, LESSON_STYLE_##style, lesson_answer_tables, NULL,         \
        LESSON_TABLES_##subject, help                                          \
  }
#define SPACE(name, arguments, style, subject, help)                           \
  {                                                                            \
    name, arguments, LESSON_STYLE_##style, lesson_answer_space, NULL,          \
        LESSON_SPACE_##subject, help                                           \
  }
#define GEOMETRY(name, arguments, style, subject, help)                        \
  {                                                                            \
    name, arguments, LESSON_STYLE_##style, NULL, lesson_answer_geometry,       \
        LESSON_GEOMETRY_##subject, help                                        \
  }
#define LEVEL(name, arguments, subject, help)                                  \
  {                                                                            \
    name, arguments, LESSON_STYLE_DECIMAL, NULL, lesson_answer_level,          \
        LESSON_LEVEL_##subject, help                                           \
  }
#define MACHINE(name, arguments, style, subject, help)                         \
  {                                                                            \
    name, arguments, LESSON_STYLE_##style, lesson_answer_machine, NULL,        \
        LESSON_MACHINE_##subject, help                                         \
  }

const LessonName lesson_names[] = {
    ACCESS ("va", HEX, VA, N_ ("virtual address of the access")),
    ACCESS ("access-kind", ACCESS, KIND, N_ ("what kind of access it is")),
    ACCESS ("mode", MODE, MODE, N_ ("mode that the processor is in")),
    ACCESS ("ok", FLAG, OK, N_ ("1 if the access succeeds")),
    ACCESS ("pa", HEX, PA, N_ ("physical address, of an access that succeeds")),
    ACCESS ("offset", HEX, OFFSET, N_ ("offset in the page")),
    ACCESS ("value", HEX, VALUE, N_ ("the data that are read or written")),
    ACCESS ("tlb", TLB, TLB, N_ ("whether the TLB knew the page")),
    ACCESS ("reads", DECIMAL, READS, N_ ("page-table entries read")),
    ACCESS ("fault", FAULT, FAULT, N_ ("which fault it ends with")),
    ACCESS ("vector", DECIMAL, VECTOR, N_ ("number of the exception")),
    ACCESS ("error", HEX, ERROR, N_ ("error code of the exception")),

    ENTRY ("table", HEX, TABLE,
           N_ ("frame of the table at a level, on the way to the address")),
    ENTRY ("entry", HEX, RAW, N_ ("raw bits of the entry in that table")),
    ENTRY ("entry-pa", HEX, PA, N_ ("physical address of that entry")),
    ENTRY ("entry-frame", HEX, FRAME, N_ ("frame that the entry names")),
    ENTRY ("present", FLAG, PRESENT, N_ ("its bit P")),
    ENTRY ("writable", FLAG, WRITABLE, N_ ("its bit R/W")),
    ENTRY ("user", FLAG, USER, N_ ("its bit U/S")),
    ENTRY ("accessed", FLAG, ACCESSED, N_ ("its bit A")),
    ENTRY ("dirty", FLAG, DIRTY, N_ ("its bit D")),
    ENTRY ("executable", FLAG, EXECUTABLE,
           N_ ("1 if it lets user programs execute the page")),
    ENTRY ("global", FLAG, GLOBAL, N_ ("1 if the page is in all processes")),

    TABLES ("root", "", HEX, ROOT, N_ ("frame of the top table")),
    TABLES ("tables", "", DECIMAL, COUNT,
            N_ ("number of frames that hold page tables")),
    TABLES ("translate", "n", HEX, TRANSLATE,
            N_ ("physical address of any virtual one, permissions aside")),

    SPACE ("processes", "", DECIMAL, PROCESSES,
           N_ ("processes that have not ended")),
    SPACE ("regions", "", DECIMAL, REGIONS, N_ ("regions of the process")),
    SPACE ("regions-below", "n", DECIMAL, BELOW,
           N_ ("regions that end at or below an address")),
    SPACE ("ranges", "", DECIMAL, RANGES,
           N_ ("regions, and the gaps before, between and behind them")),
    SPACE ("region-start", "n", HEX, START,
           N_ ("first address of the region that holds an address")),
    SPACE ("region-end", "n", HEX, END, N_ ("the address behind its last")),
    SPACE ("region-offset", "n", HEX, OFFSET,
           N_ ("where in its file it begins, in bytes")),
    SPACE ("minor-faults", "", DECIMAL, MINOR,
           N_ ("page faults of the process that needed no disk")),
    SPACE ("major-faults", "", DECIMAL, MAJOR,
           N_ ("page faults that had to read from a disk")),
    SPACE ("cow-copies", "", DECIMAL, COPIES,
           N_ ("pages that were copied when they were written")),
    SPACE ("cow-reuses", "", DECIMAL, REUSES,
           N_ ("protected pages that nobody else had any more")),
    SPACE ("zero-maps", "", DECIMAL, ZEROS,
           N_ ("reads that were given the frame of zeros")),
    SPACE ("rss-pages", "", DECIMAL, RSS, N_ ("resident pages of the process")),
    SPACE ("vm-pages", "", DECIMAL, TOTAL,
           N_ ("pages that its regions could hold")),

    GEOMETRY ("levels", "", DECIMAL, LEVELS, N_ ("levels of tables")),
    GEOMETRY ("entry-bytes", "", DECIMAL, ENTRY_BYTES,
              N_ ("size of an entry, in bytes")),
    GEOMETRY ("page-size", "", DECIMAL, PAGE_SIZE,
              N_ ("size of a page, in bytes")),
    GEOMETRY ("page-offset", "n", HEX, PAGE_OFFSET,
              N_ ("offset in the page of any virtual address")),
    GEOMETRY ("flat-table-bytes", "", DECIMAL, FLAT_BYTES,
              N_ ("size of one table for the whole address space, in bytes")),
    GEOMETRY ("va-bits", "", DECIMAL, VA_BITS,
              N_ ("bits of a virtual address that are translated")),
    GEOMETRY ("pa-bits", "", DECIMAL, PA_BITS,
              N_ ("bits of the largest physical address")),

    LEVEL ("split", "nn", SPLIT,
           N_ ("index that any virtual address selects at a level")),
    LEVEL ("entries", "n", ENTRIES, N_ ("entries of a table of a level")),
    LEVEL ("reach", "n", REACH,
           N_ ("bytes that one entry of a level stands for")),

    {"index", "n", LESSON_STYLE_DECIMAL, lesson_answer_index, NULL, 0,
     N_ ("index that the access's address selects at a level")},

    MACHINE ("cached", "n", FLAG, CACHED,
             N_ ("1 if the TLB holds the page of a virtual address")),
    MACHINE ("refs", "n", DECIMAL, REFS, N_ ("how many entries name a frame")),
    MACHINE ("tlb-sets", "", DECIMAL, SETS, N_ ("sets of the TLB")),
    MACHINE ("tlb-ways", "", DECIMAL, WAYS, N_ ("ways of each set")),
    MACHINE ("frames", "", DECIMAL, FRAMES, N_ ("frames of memory")),

    {"tlb-of", "n", LESSON_STYLE_TLB, lesson_answer_each, NULL, LESSON_EACH_TLB,
     N_ ("whether the beat's N-th access hit the TLB")},
    {"set-of", "n", LESSON_STYLE_DECIMAL, lesson_answer_each, NULL,
     LESSON_EACH_SET, N_ ("the set of the TLB that it asked")},
    {"way-of", "n", LESSON_STYLE_DECIMAL, lesson_answer_each, NULL,
     LESSON_EACH_WAY, N_ ("the way that held its page, or got it")},
    {"reads-of", "n", LESSON_STYLE_DECIMAL, lesson_answer_each, NULL,
     LESSON_EACH_READS, N_ ("page-table entries that it read")},
    {"hit-of", "nn", LESSON_STYLE_TLB, lesson_answer_reference, NULL,
     LESSON_REFERENCE_HIT,
     N_ ("whether the beat's N-th reference hit in the P-th pool")},
    {"frame-of", "nn", LESSON_STYLE_DECIMAL, lesson_answer_reference, NULL,
     LESSON_REFERENCE_FRAME,
     N_ ("the frame of that pool that held its page, or got it")},
    {"victim-of", "nn", LESSON_STYLE_DECIMAL, lesson_answer_reference, NULL,
     LESSON_REFERENCE_VICTIM, N_ ("the page that it threw out of that pool")},
    {"pool-hits", "n", LESSON_STYLE_DECIMAL, lesson_answer_pool, NULL,
     LESSON_POOL_HITS, N_ ("hits in the P-th pool so far")},
    {"pool-faults", "n", LESSON_STYLE_DECIMAL, lesson_answer_pool, NULL,
     LESSON_POOL_FAULTS, N_ ("faults of the P-th pool so far")},
    {"pool-page", "nn", LESSON_STYLE_DECIMAL, lesson_answer_pool, NULL,
     LESSON_POOL_PAGE, N_ ("the page in a frame of the P-th pool")},
    {"faults-with", "nn", LESSON_STYLE_DECIMAL, lesson_answer_pool, NULL,
     LESSON_POOL_FAULTS_WITH,
     N_ ("faults of the whole string under the P-th pool's policy, with so "
         "many "
         "frames")},
    {"tlb-page", "nn", LESSON_STYLE_HEX, lesson_answer_way, NULL, 0,
     N_ ("the page number in a set and way of the TLB")},

    {"count", "c", LESSON_STYLE_DECIMAL, lesson_answer_count, NULL,
     LESSON_COUNT_TOTAL, N_ ("total since the machine was built")},
    {"beat-count", "c", LESSON_STYLE_DECIMAL, lesson_answer_count, NULL,
     LESSON_COUNT_BEAT, N_ ("the same since the beat began")},
    {"step", "knv", LESSON_STYLE_DECIMAL, lesson_answer_step, NULL,
     LESSON_STEP_VALUE, N_ ("a value of the beat's N-th step of a kind")},
    {"when", "kn", LESSON_STYLE_DECIMAL, lesson_answer_step, NULL,
     LESSON_STEP_WHEN,
     N_ ("how many steps of the beat come before the N-th of a kind")},

    {NULL},
};

const char *const lesson_counters[]
    = {"tlb-hits", "tlb-misses",      "walks", "entry-reads",
       "faults",   "memory-accesses", NULL};

gboolean
lesson_no_answer (char **why, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  *why = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return FALSE;
}
