/* The table of the names that a query can use. */
#include "values.h"

#define ACCESS(name, style, subject)                                           \
  {                                                                            \
    name, "", LESSON_STYLE_##style, lesson_answer_access,                      \
        LESSON_ACCESS_##subject                                                \
  }
#define ENTRY(name, style, subject)                                            \
  {                                                                            \
    name, "n", LESSON_STYLE_##style, lesson_answer_entry,                      \
        LESSON_ENTRY_##subject                                                 \
  }
#define TABLES(name, arguments, style, subject)                                \
  {                                                                            \
    name, arguments, LESSON_STYLE_##style, lesson_answer_tables,               \
        LESSON_TABLES_##subject                                                \
  }
#define GEOMETRY(name, arguments, style, subject)                              \
  {                                                                            \
    name, arguments, LESSON_STYLE_##style, lesson_answer_geometry,             \
        LESSON_GEOMETRY_##subject                                              \
  }
#define LEVEL(name, arguments, subject)                                        \
  {                                                                            \
    name, arguments, LESSON_STYLE_DECIMAL, lesson_answer_level,                \
        LESSON_LEVEL_##subject                                                 \
  }
#define MACHINE(name, arguments, style, subject)                               \
  {                                                                            \
    name, arguments, LESSON_STYLE_##style, lesson_answer_machine,              \
        LESSON_MACHINE_##subject                                               \
  }

const LessonName lesson_names[] = {
    ACCESS ("va", HEX, VA),
    ACCESS ("access-kind", ACCESS, KIND),
    ACCESS ("mode", MODE, MODE),
    ACCESS ("ok", FLAG, OK),
    ACCESS ("pa", HEX, PA),
    ACCESS ("offset", HEX, OFFSET),
    ACCESS ("value", HEX, VALUE),
    ACCESS ("tlb", TLB, TLB),
    ACCESS ("reads", DECIMAL, READS),
    ACCESS ("fault", FAULT, FAULT),
    ACCESS ("vector", DECIMAL, VECTOR),
    ACCESS ("error", HEX, ERROR),

    ENTRY ("table", HEX, TABLE),
    ENTRY ("entry", HEX, RAW),
    ENTRY ("entry-pa", HEX, PA),
    ENTRY ("entry-frame", HEX, FRAME),
    ENTRY ("present", FLAG, PRESENT),
    ENTRY ("writable", FLAG, WRITABLE),
    ENTRY ("user", FLAG, USER),
    ENTRY ("accessed", FLAG, ACCESSED),
    ENTRY ("dirty", FLAG, DIRTY),

    TABLES ("root", "", HEX, ROOT),
    TABLES ("tables", "", DECIMAL, COUNT),
    TABLES ("translate", "n", HEX, TRANSLATE),

    GEOMETRY ("levels", "", DECIMAL, LEVELS),
    GEOMETRY ("entry-bytes", "", DECIMAL, ENTRY_BYTES),
    GEOMETRY ("page-size", "", DECIMAL, PAGE_SIZE),
    GEOMETRY ("page-offset", "n", HEX, PAGE_OFFSET),
    GEOMETRY ("flat-table-bytes", "", DECIMAL, FLAT_BYTES),

    LEVEL ("split", "nn", SPLIT),
    LEVEL ("index", "n", INDEX),
    LEVEL ("entries", "n", ENTRIES),
    LEVEL ("reach", "n", REACH),

    MACHINE ("cached", "n", FLAG, CACHED),
    MACHINE ("refs", "n", DECIMAL, REFS),
    MACHINE ("tlb-sets", "", DECIMAL, SETS),
    MACHINE ("tlb-ways", "", DECIMAL, WAYS),
    MACHINE ("frames", "", DECIMAL, FRAMES),

    {"count", "c", LESSON_STYLE_DECIMAL, lesson_answer_count,
     LESSON_COUNT_TOTAL},
    {"beat-count", "c", LESSON_STYLE_DECIMAL, lesson_answer_count,
     LESSON_COUNT_BEAT},
    {"step", "knv", LESSON_STYLE_DECIMAL, lesson_answer_step,
     LESSON_STEP_VALUE},
    {"when", "kn", LESSON_STYLE_DECIMAL, lesson_answer_step, LESSON_STEP_WHEN},

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
