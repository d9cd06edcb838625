/* Tests the query language: grammar, names, words, and what it refuses. */
#include "query.h"
#include "support.h"

/* Two beats: a load that misses, a write that faults on a read-only page. */
static const char beats[]
    = "<beat id=\"first\"><title>a</title>"
      "<do>access va=0x11223344 width=4</do></beat>"
      "<beat id=\"second\"><title>b</title>"
      "<do>access va=0x11223348 process=A</do>"
      "<do>access va=0x11224018 kind=write process=A</do></beat>"
      "<beat id=\"third\"><title>c</title><do>process name=B</do></beat>"
      "<question id=\"q\" kind=\"choose\" beat=\"first\"><ask>?</ask>"
      "<choice is=\"1\">a</choice><choice is=\"0\">b</choice></question>"
      "</section></lesson>";

typedef struct {
  LessonDocument *document;
  LessonPlay *play;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *lesson = test_spoiled_lesson (
      "</machine>",
      "<do>map process=A va=0x11224000 frame=0x99 flags=ru</do></machine>");
  g_autofree char *head = g_strndup (
      lesson, (gsize) (g_strstr_len (lesson, -1, "    <beat") - lesson));
  g_autofree char *whole = g_strconcat (head, beats, NULL);

  f->play = test_play (whole, &f->document);
}

static void
tear_down (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  lesson_play_free (f->play);
  lesson_document_free (f->document);
}

/* The answer at the end of a beat, as text; or "OFFSET: why". */
static char *
answer (Fixture *f, int beat, const char *query)
{
  LessonQueryFault fault = {0};
  LessonValue value;
  guint64 at
      = beat < 0
            ? f->play->first_step
            : g_array_index (f->play->beats, LessonBeatRange, beat).end_step;
  guint64 before = vm_machine_cursor (f->play->machine);
  char *text;

  if (lesson_play_ask (f->play, beat, at, query, &value, &fault))
    text = lesson_value_to_string (value);
  else
    text = g_strdup_printf ("%" G_GSIZE_FORMAT ": %s", fault.offset, fault.why);
  lesson_query_fault_clear (&fault);
  g_assert_cmpuint (vm_machine_cursor (f->play->machine), ==, before);
  return text;
}

typedef struct {
  int beat;
  const char *query, *answer;
} Row;

static void
check_rows (Fixture *f, const Row *rows, guint count)
{
  for (guint i = 0; i < count; i++) {
    g_autofree char *text = answer (f, rows[i].beat, rows[i].query);
    g_test_message ("beat %d: %s", rows[i].beat, rows[i].query);
    g_assert_cmpstr (text, ==, rows[i].answer);
  }
}

static void
test_grammar (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const Row rows[] = {
      {0, "1 + 2 * 3", "7"},
      {0, "(1 + 2) * 3", "9"},
      {0, "0x10 + 1", "0x11"},
      {0, "0b1010 | 5", "0xf"},
      {0, "4K", "4096"},
      {0, "1_000_000", "1000000"},
      {0, "1 << 20 >> 10", "1024"},
      {0, "1 << 64", "0"},
      {0, "10 - 4 - 3", "3"},
      {0, "100 / 7 % 4", "2"},
      {0, "6 & 3 ^ 1 | 8", "11"},
      {0, "2 + 2 == 4", "yes"},
      {0, "1 < 2 == 1", "yes"},
      {0, "3 <= 2", "no"},
      {0, "3 >= 3 && 0 != 1", "yes"},
      {0, "0 || 0", "no"},
      {0, "!5", "no"},
      {0, "!!5", "yes"},
      {0, "~0 == 0xffffffffffffffff", "yes"},
      {0, "-1 == ~0", "yes"},
      {0, "18446744073709551615 + 1", "0"},
      {0, " ( ( 7 ) ) ", "7"},
      {0, "0 && 1 / 0", "no"},
      {0, "1 || 1 / 0", "yes"},
  };

  check_rows (f, rows, G_N_ELEMENTS (rows));
}

static void
test_access (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const Row rows[] = {
      {0, "va", "0x11223344"},
      {0, "pa", "0x44332344"},
      {0, "offset", "0x344"},
      {0, "ok", "yes"},
      {0, "tlb", "miss"},
      {0, "tlb == miss", "yes"},
      {0, "hit != tlb", "yes"},
      {0, "reads", "2"},
      {0, "value", "0x0"},
      {0, "access-kind", "read"},
      {0, "mode == user", "yes"},
      {0, "fault", "none"},
      {0, "vector",
       "0: the access has none: it succeeds, without an exception"},
      {0, "index(2)", "68"},
      {0, "index(1)", "547"},
      {1, "va", "0x11224018"}, /* the latest of two */
      {1, "ok", "no"},
      {1, "fault", "protection"},
      {1, "fault == protection && access-kind == write", "yes"},
      {1, "vector", "14"},
      {1, "error", "0x7"},
      {1, "1 + pa", "4: the access has none: it ends in a fault, protection"},
      {2, "va", "0x11224018"}, /* none in this beat: the one before */
      {-1, "va", "0: no access has been made yet"},
  };

  check_rows (f, rows, G_N_ELEMENTS (rows));
}

static void
test_tables (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const Row rows[] = {
      {0, "root", "0x1"},
      {0, "tables", "2"},
      {0, "table(2)", "0x1"},
      {0, "table(1)", "0x2"},
      {0, "entry(1)", "0x44332027"},
      {0, "entry-pa(1)", "0x288c"},
      {0, "entry-frame(1)", "0x44332"},
      {0, "entry-frame(2) == table(1)", "yes"},
      {0, "present(1)", "yes"},
      {0, "writable(1)", "yes"},
      {1, "writable(1)", "no"},
      {0, "user(1)", "yes"},
      {0, "accessed(1)", "yes"},
      {0, "dirty(1)", "no"},
      {0, "translate(0x11224567)", "0x99567"},
      {-1, "translate(0x11224567)", "0x99567"},
      {0, "translate(0)", "0: the entry at level 2 is not present"},
      {0, "entry(3)",
       "0: there is no such level; levels are 1, the last table, to 2"},
      {0, "entry(0)",
       "0: there is no such level; levels are 1, the last table, to 2"},
  };

  check_rows (f, rows, G_N_ELEMENTS (rows));
}

static void
test_machine (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const Row rows[] = {
      {-1, "split(0x11223344, 2)", "68"},
      {-1, "split(0xffffffff, 1)", "1023"},
      {-1, "page-offset(0x11223344)", "0x344"},
      {-1, "levels", "2"},
      {-1, "entries(1) * entry-bytes == page-size", "yes"},
      {-1, "reach(2) == 4M", "yes"},
      {-1, "reach(1)", "4096"},
      {-1, "flat-table-bytes", "4194304"},
      {-1, "in(toy:va=14,pa=12,page=64,levels=1,entry=4, entries(1))", "256"},
      {-1, "in(toy:split=5/5/5,pa=12,entry=1, page-size)", "32"},
      {-1, "in(toy:split=5/5/5, levels) == 2 && levels == 2", "yes"},
      {-1, "in (toy:page=48, levels)",
       "4: “toy-page” must be a power of two; 48 is not"},
      {-1, "tlb-sets * tlb-ways", "4"},
      {-1, "frames", "4096"},
      {-1, "cached(0x11223000)", "no"},
      {0, "cached(0x11223fff)", "yes"},
      {0, "cached(0x11224000)", "no"},
      {-1, "refs(2)", "1"},
      {-1, "refs(0x99)", "1"},
      {-1, "refs(0x44332)",
       "0: frame 0x44332 is outside the machine's memory, where references "
       "are not counted"},
      {-1, "count(walks)", "0"},
      {0, "count(walks)", "1"},
      {1, "count(walks)", "2"},
      {1, "beat-count(walks)", "1"},
      {1, "beat-count(tlb-hits)", "1"},
      {1, "count(faults)", "1"},
      {1, "beat-count(walks) + count(walks)", "3"},
      {0, "count(entry-reads)", "2"},
      {-1, "beat-count(walks)", "0: no beat has begun yet"},
      {0, "step(entry-read, 2, entry-pa)", "0x288c"},
      {0, "step( compose , 1 , pa ) == pa", "yes"},
      {1, "step(permission, 2, verdict) == read-only", "yes"},
      {0, "step(entry-read, 3, raw)",
       "0: the beat has no step “entry-read” number 3"},
  };

  check_rows (f, rows, G_N_ELEMENTS (rows));
}

/* The offset of each error is that of the word at fault. */
static void
test_refused (void)
{
  static const struct {
    const char *query, *fault;
  } rows[] = {
      {"", "0: the query ends where a value is needed"},
      {"1 +", "3: the query ends where a value is needed"},
      {"1 + * 2", "4: a value is needed here"},
      {"(1", "2: “)” is missing here"},
      {"1 2", "2: an operator or the end is needed here"},
      {"1 = 2", "2: an operator or the end is needed here"},
      {"12x", "0: “12x” is not a number; write 12, 0xc, 0b1100 or 4K"},
      {"99999999999999999999",
       "0: “99999999999999999999” is not a number; write 12, 0xc, 0b1100 or "
       "4K"},
      {"va + ofset", "5: the machine has no “ofset”; did you mean “offset”?"},
      {"pa-1", "0: there is no “pa-1”; put a space before a minus sign"},
      {"index", "0: “index” needs arguments in parentheses"},
      {"pa(1)", "0: “pa” takes no arguments"},
      {"split(1)", "7: “split” needs 2 arguments"},
      {"split(1, 2", "10: “)” is missing here"},
      {"count(hits)", "6: “hits” is unknown here; allowed here: tlb-hits, "
                      "tlb-misses, walks, entry-reads, faults, "
                      "memory-accesses"},
      {"step(entry-raed, 1, raw)",
       "5: “entry-raed” is unknown here; did you mean “entry-read”?"},
      {"step(entry-read, 1, row)",
       "20: “row” is unknown here; did you mean “raw”?"},
      {"miss", "0: a word can only be compared, with == or !="},
      {"tlb == protection", "7: the other side can never be “protection”"},
      {"hit == miss", "0: the other side can never be “hit”"},
      {"miss + 1", "0: a word can only be compared, with == or !="},
      {"!miss", "1: a word has no value of its own"},
      {"index(hit)", "6: a number is needed here"},
      {"1 + \xc3\xa9", "4: a value is needed here"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LessonQueryFault fault = {0};
    LessonValue value;
    g_assert_false (lesson_query_check (rows[i].query, &value, &fault));
    g_autofree char *text
        = g_strdup_printf ("%" G_GSIZE_FORMAT ": %s", fault.offset, fault.why);
    g_assert_cmpstr (text, ==, rows[i].fault);
    lesson_query_fault_clear (&fault);
  }
}

/* However deep, a query is refused before it fills the stack. */
static void
test_deep (void)
{
  const char *const pieces[] = {"(", "!", "1||", "split(", "-", "1+("};

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++) {
    GString *query = g_string_new (NULL);
    LessonQueryFault fault = {0};
    LessonValue value;
    while (query->len < 16000)
      g_string_append (query, pieces[i]);
    g_assert_false (lesson_query_check (query->str, &value, &fault));
    g_assert_nonnull (fault.why);
    lesson_query_fault_clear (&fault);
    g_string_free (query, TRUE);
  }
}

/* The same machine tells different things at different steps. */
static void
test_cursor (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  const LessonBeatRange *range
      = &g_array_index (f->play->beats, LessonBeatRange, 0);
  guint64 value;
  char *why = NULL;
  guint changes = 0;
  guint64 before = 0;

  for (guint64 at = range->first_step; at <= range->end_step; at++) {
    g_assert_true (
        lesson_play_query (f->play, 0, at, "accessed(1)", &value, &why));
    changes += value != before;
    before = value;
    /* What the access comes to is known at every step of it. */
    g_assert_true (lesson_play_query (f->play, 0, at, "pa", &value, &why));
    g_assert_cmphex (value, ==, 0x44332344);
  }
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpuint (before, ==, 1);

  g_assert_false (
      lesson_play_query (f->play, 0, range->first_step, "nix", &value, &why));
  g_assert_nonnull (why);
  g_free (why);
}

#define ADD(path, function)                                                    \
  g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  ADD ("/query/grammar", test_grammar);
  ADD ("/query/access", test_access);
  ADD ("/query/tables", test_tables);
  ADD ("/query/machine", test_machine);
  ADD ("/query/cursor", test_cursor);
  g_test_add_func ("/query/refused", test_refused);
  g_test_add_func ("/query/deep", test_deep);
  return g_test_run ();
}
