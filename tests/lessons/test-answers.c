/* Tests how answers of every kind are marked, and which part is wrong. */
#include "support.h"

#include <string.h>

typedef struct {
  LessonDocument *document;
  LessonPlay *play;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *lesson = test_questions_lesson ();

  f->play = test_play (lesson, &f->document);
}

static void
tear_down (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  lesson_play_free (f->play);
  lesson_document_free (f->document);
}

/* An answer and what it comes to: "right", or "partly 2/5 r1c1 r2c2" with the
 * parts that are not right, and a misconception behind a colon. */
typedef struct {
  const char *question, *answer, *comes_to;
} Row;

static char *
summary_of (const LessonVerdict *verdict)
{
  GString *text = g_string_new (lesson_mark_name (verdict->mark));

  if (verdict->mark == LESSON_MARK_PARTLY)
    g_string_append_printf (text, " %u/%u", verdict->right, verdict->total);
  for (guint i = 0; i < verdict->parts->len; i++) {
    const LessonAnswerPart *part = verdict->parts->pdata[i];
    if (part->mark != LESSON_MARK_RIGHT)
      g_string_append_printf (text, " %s", part->id);
  }
  if (verdict->misconception != NULL)
    g_string_append_printf (text, ": %s", verdict->misconception);
  return g_string_free (text, FALSE);
}

static void
check_rows (Fixture *f, const Row *rows, guint count)
{
  for (guint i = 0; i < count; i++) {
    const LessonQuestionPlace *place
        = lesson_play_question (f->play, rows[i].question);
    guint64 before = vm_machine_cursor (f->play->machine);
    LessonVerdict verdict
        = lesson_question_mark (f->play, place, rows[i].answer);
    g_autofree char *summary = summary_of (&verdict);
    g_autofree char *plain = lesson_verdict_plain (&verdict);
    g_test_message ("%s: “%s”", rows[i].question, rows[i].answer);
    g_assert_cmpstr (summary, ==, rows[i].comes_to);
    g_assert_nonnull (verdict.key);
    g_assert_nonnull (verdict.key_text);
    if (verdict.mark == LESSON_MARK_UNREADABLE && verdict.parts->len == 0)
      g_assert_cmpstr (plain, !=, "");
    g_assert_cmpuint (vm_machine_cursor (f->play->machine), ==, before);
    lesson_verdict_clear (&verdict);
  }
}

#define CHECK(rows) check_rows (f, rows, G_N_ELEMENTS (rows))

static void
test_values (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const Row rows[] = {
      {"index", "68", "right"},
      {"index", "0x44", "right"},
      {"index", "0b100_0100", "right"},
      {"index", "６８", "right"},
      {"index", "　６８　", "right"},
      {"index", "０ｘ４４", "right"},
      {"index", "69", "wrong answer: ordinal-not-index"},
      {"index", "547", "wrong answer: wrong-level"},
      {"index", "272", "wrong answer: forgot-entry-size"},
      {"index", "17", "wrong answer: counts-directories"},
      {"index", "0x68", "wrong answer: wrong-base"},
      {"index", "3", "wrong answer"},
      {"index", "sixty-eight", "unreadable"},
      {"index", "", "unreadable"},
      {"index", "?", "not-sure"},
      {"index", "？", "not-sure"},
      {"index", NULL, "not-sure"},
      {"address", "0x2b344", "right"},
      {"address", "2b344", "right"},
      {"address", "2B 344", "right"},
      {"address", "0x0002_b344", "right"},
      {"address", "176,964", "right"},
      {"address", "０ｘ２Ｂ３４４", "right"},
      {"address", "0x2b", "wrong answer: frame-for-address"},
      {"address", "0x2b000", "wrong answer: offset-left-out"},
      {"address", "0x11223344", "wrong answer: virtual-for-physical"},
      {"address", "0x44b30200", "wrong answer: byte-order"},
      {"address", "0x2b025", "wrong answer: entry-for-frame"},
      {"address", "0x2b349", "wrong answer: added-instead-of-joined"},
      {"address", "0x36f", "wrong answer: added-instead-of-joined"},
      {"address", "0x288c", "wrong answer: wrong-level"},
      {"address", "0x2223", "wrong answer: forgot-entry-size"},
      {"hit-or-miss", "hit", "right"},
      {"hit-or-miss", "Hit", "right"},
      {"hit-or-miss", "命中", "right"},
      {"hit-or-miss", "1", "right"},
      {"hit-or-miss", "未命中", "wrong answer"},
      {"hit-or-miss", "miss", "wrong answer"},
      {"hit-or-miss", "perhaps", "unreadable"},
  };

  CHECK (rows);
}

static void
test_letters (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const Row rows[] = {
      {"one", "c", "right"},
      {"one", "3", "right"},
      {"one", "Ｃ", "right"},
      {"one", "a", "wrong a: counts-directories"},
      {"one", "b", "wrong b"},
      {"one", "d", "unreadable"},
      {"one", "a, b", "unreadable"},
      {"one", "?", "not-sure"},
      {"some", "a, c", "right"},
      {"some", "c a", "right"},
      {"some", "3;1", "right"},
      {"some", "Ａ，Ｃ", "right"},
      {"some", "a", "partly 3/4 c"},
      {"some", "a,b,c", "partly 3/4 b: user-bit-for-write-bit"},
      {"some", "d", "wrong a c d"},
      {"some", "a,a", "unreadable"},
      {"some", "x", "unreadable"},
      {"some", "", "unreadable"},
      {"some", NULL, "not-sure"},
      {"steps", "c, b, d, a", "right"},
      {"steps", "C B D A", "right"},
      {"steps", "3,2,4,1", "right"},
      {"steps", "c, d, b, a", "partly 2/4 2 3"},
      {"steps", "b, c, a, d", "wrong 1 2 3 4"},
      {"steps", "c, b, d", "unreadable"},
      {"steps", "c, b, d, d", "unreadable"},
      {"steps", NULL, "not-sure"},
      {"pairs", "a=2; b=4; c=1", "right"},
      {"pairs", "c = a, a = b, b = d", "right"},
      {"pairs", "１＝２；ｂ＝４；ｃ＝１", "right"},
      {"pairs", "a=3; b=4; c=1", "partly 2/3 a"},
      {"pairs", "b=4", "partly 1/3 a c"},
      {"pairs", "a=1; b=1; c=2", "wrong a b c"},
      {"pairs", "a=5", "unreadable"},
      {"pairs", "a=1; a=2", "unreadable"},
      {"pairs", "a", "unreadable"},
      {"pairs", NULL, "not-sure"},
  };

  CHECK (rows);
}

static void
test_fill (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const Row rows[] = {
      {"walk", "r1c1=68; r1c3=0x2; r2c2=0x288c; r2c3=0x2b; r3c1=miss", "right"},
      {"walk", "r3c1=未命中;R2C3 = 2B; r2c2=10_380;r1c3=2;r1c1=0x44", "right"},
      {"walk", "r1c1=68; r1c3=0x2; r2c2=0x3223; r2c3=0x2b; r3c1=miss",
       "partly 4/5 r2c2: forgot-entry-size"},
      {"walk", "r1c1=69", "wrong r1c1 r1c3 r2c2 r2c3 r3c1: ordinal-not-index"},
      {"walk", "r1c1=68", "partly 1/5 r1c3 r2c2 r2c3 r3c1"},
      {"walk", "r1c1=68; r1c3=two", "unreadable r1c3 r2c2 r2c3 r3c1"},
      {"walk", "r1c2=0x1110", "unreadable"},
      {"walk", "r4c1=1", "unreadable"},
      {"walk", "r1c1", "unreadable"},
      {"walk", "r1c1=1; r1c1=2", "unreadable"},
      {"walk", "", "unreadable"},
      {"walk", NULL, "not-sure"},
  };

  CHECK (rows);
}

/* Every entry that reaches the goals is right, whatever else is in it. */
static void
test_edit (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const Row rows[] = {
      {"let-write", "+rw", "right"},
      {"let-write", "+W", "right"},
      {"let-write", "bits=+w", "right"},
      {"let-write", "+rw +dirty -accessed", "right"},
      {"let-write", "rw=1", "right"},
      {"let-write", "entry=0x2b007", "right"},
      {"let-write", "0x2b027", "right"},
      {"let-write", "176135", "right"},
      {"let-write", "＋ｒｗ　ｆｒａｍｅ＝０ｘ２ｂ", "right"},
      {"let-write", "+rw frame=0x2c", "partly 1/2 2 frame"},
      {"let-write", "+rw-user", "wrong 1 user"},
      {"let-write", "+rw -present", "wrong 1 present"},
      {"let-write", "-user", "wrong 1 user rw: user-bit-for-write-bit"},
      {"let-write", "-user +dirty", "wrong 1 user rw"},
      {"let-write", "unchanged", "wrong 1 rw"},
      {"let-write", "+rwx", "unreadable"},
      {"let-write", "frame=0x100000", "unreadable"},
      {"let-write", "entry=0x100000000", "unreadable"},
      {"let-write", "+avl", "unreadable"},
      {"let-write", "avl=9", "unreadable"},
      {"let-write", "frame=many", "unreadable"},
      {"let-write", "", "unreadable"},
      {"let-write", NULL, "not-sure"},
  };

  CHECK (rows);
}

/* Tables are right if they serve the accesses, in whatever way. */
static void
test_build (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const Row rows[] = {
      {"from-nothing",
       "0x4[1] frame=0x20 +present +rw +user; 0x20[0] frame=0x2b +p+w+u; "
       "0x20[1] frame=0x30 +p+u",
       "right"},
      {"from-nothing", "4[0x1]: 0x20f7f; 32[1]: 0x30125; 0x20[0]=0x2b067",
       "right"},
      {"from-nothing", "0x4[1] 0x20007; 0x20[0] 0x2b007",
       "partly 1/2 0x401000"},
      {"from-nothing", "0x4[1] 0x20007; 0x20[0] 0x2b007; 0x20[1] 0x30007",
       "partly 1/2 0x401000"},
      {"from-nothing", "0x4[1] 0x20005; 0x20[0] 0x2b007; 0x20[1] 0x30005",
       "partly 1/2 0x400000"},
      {"from-nothing", "0x4[1] 0x20007; 0x20[0] 0x2b007; 0x20[1] 0x30001",
       "partly 1/2 0x401000"},
      {"from-nothing", "0x4[1] 0x20007; 0x20[0] 0x2c007; 0x20[1] 0x30005",
       "partly 1/2 0x400000"},
      {"from-nothing",
       "0x4[1] 0x20007; 0x20[0] 0x2b007; 0x20[1] 0x30005; 0x20[2] 0x30005",
       "partly 2/3 0x402000"},
      {"from-nothing", "0x4[2] 0x20007; 0x20[0] 0x2b007; 0x20[1] 0x30005",
       "wrong 0x400000 0x401000 0x800000 0x801000"},
      {"from-nothing", "0x4[1] 0x4007", "wrong 0x400000 0x401000"},
      {"from-nothing", "0x20[0] 0x2b007", "wrong 0x400000 0x401000"},
      {"from-nothing", "0x4[1024] 0x20007", "unreadable"},
      {"from-nothing", "0x5[1] 0x20007", "unreadable"},
      {"from-nothing", "0x4[1] 0x20007; 0x4[1] 0x20007", "unreadable"},
      {"from-nothing", "0x4[1]", "unreadable"},
      {"from-nothing", "frame=0x20", "unreadable"},
      {"from-nothing", "", "unreadable"},
      {"from-nothing", NULL, "not-sure"},
  };

  CHECK (rows);
}

/* A page for the kernel alone must keep user mode out. */
static void
test_kernel_page (void)
{
  static const Row rows[] = {
      {"from-nothing", "0x4[1] 0x20007; 0x20[0] 0x2b007; 0x20[1] 0x30003",
       "right"},
      {"from-nothing", "0x4[1] 0x20007; 0x20[0] 0x2b007; 0x20[1] 0x30007",
       "partly 1/2 0x401000"},
      {"from-nothing", "0x4[1] 0x20007; 0x20[0] 0x2b007; 0x20[1] 0x30001",
       "partly 1/2 0x401000"},
  };
  g_autofree char *good = test_questions_lesson ();
  g_autofree char *lesson
      = test_spoil (good, "flags=\"ru\"/>", "flags=\"rw\"/>");
  Fixture f;

  f.play = test_play (lesson, &f.document);
  check_rows (&f, rows, G_N_ELEMENTS (rows));
  tear_down (&f, NULL);
}

static const char four_levels[]
    = "<lesson xmlns=\"https://pagewalk.github.io/ns/lesson/1\" id=\"four\""
      " part=\"2\" minutes=\"5\"><title>T</title><summary>S</summary>"
      "<objectives><objective>O</objective></objectives><machine>"
      "<do>machine geometry=x86-64 memory=1M</do><do>process name=A</do>"
      "</machine><stage><figure kind=\"cpu\"/></stage>"
      "<section id=\"s\"><title>T</title>"
      "<question id=\"q\" kind=\"build\" beat=\"b\"><ask>A</ask>"
      "<table is=\"root\">R</table><table is=\"0x10\" level=\"3\">3</table>"
      "<table is=\"0x11\" level=\"2\">2</table>"
      "<table is=\"0x12\" level=\"1\">1</table>"
      "<map va=\"0xffff800000000000\" frame=\"0x20\" flags=\"rx\"/>"
      "<map va=\"0xffff800000001000\" frame=\"0x21\" flags=\"rw\"/>"
      "</question><beat id=\"b\"><title>T</title>"
      "<do>map process=A va=0x1000 frame=1 flags=r</do>"
      "<do>access process=A va=0x1000 mode=kernel</do></beat></section>"
      "</lesson>";

/* Four levels, no-execute, and the upper half of the address space. */
static void
test_four_levels (void)
{
  static const Row rows[] = {
      {"q",
       "1[256] frame=0x10 +p+w; 0x10[0] frame=0x11 +p+w; 0x11[0] frame=0x12 "
       "+p+w; 0x12[0] frame=0x20 +p; 0x12[1] frame=0x21 +p+w+nx",
       "right"},
      {"q",
       "1[256] frame=0x12 +p+w; 0x12[0] frame=0x11 +p+w; 0x11[0] frame=0x10 "
       "+p+w; 0x10[0] frame=0x20 +p; 0x10[1] frame=0x21 +p+w+nx",
       "right"},
      {"q",
       "1[256] frame=0x10 +p+w; 0x10[0] frame=0x11 +p+w; 0x11[0] frame=0x12 "
       "+p+w; 0x12[0] frame=0x20 +p; 0x12[1] frame=0x21 +p+w",
       "partly 1/2 0xffff800000001000"},
      {"q",
       "1[256] frame=0x10 +p+w+nx; 0x10[0] frame=0x11 +p+w; 0x11[0] frame=0x12 "
       "+p+w; 0x12[0] frame=0x20 +p; 0x12[1] frame=0x21 +p+w",
       "partly 1/2 0xffff800000000000"},
      {"q", "1[256] frame=1 +p+w",
       "wrong 0xffff800000000000 0xffff800000001000 0xffff804020100000"},
      {"q", NULL, "not-sure"},
  };
  g_autofree char *problems = test_problems_of (four_levels);
  Fixture f;

  g_assert_cmpstr (problems, ==, "");
  f.play = test_play (four_levels, &f.document);
  check_rows (&f, rows, G_N_ELEMENTS (rows));
  tear_down (&f, NULL);
}

/* One page to be mapped and one to be opened for writing, as a lesson. */
static char *
lesson_for (const char *geometry, guint levels, const char *writable)
{
  GString *tables = g_string_new (NULL);

  for (guint level = levels - 1; level > 0; level--)
    g_string_append_printf (tables, "<table is=\"%u\" level=\"%u\">%u</table>",
                            0x30 + level, level, level);
  g_autofree char *list = g_string_free (tables, FALSE);
  return g_strdup_printf (
      "<lesson xmlns=\"https://pagewalk.github.io/ns/lesson/1\" id=\"all\""
      " part=\"2\" minutes=\"5\"><title>T</title><summary>S</summary>"
      "<objectives><objective>O</objective></objectives><machine>"
      "<do>machine geometry=%s memory=1M</do><do>process name=A</do>"
      "<do>map process=A va=0x7000 frame=0x77 flags=ru</do></machine>"
      "<stage><figure kind=\"cpu\"/></stage>"
      "<section id=\"s\"><title>T</title>"
      "<question id=\"q\" kind=\"build\" beat=\"b\"><ask>A</ask>"
      "<table is=\"root\">R</table>%s"
      "<map va=\"%s000\" frame=\"0x20\" flags=\"rxu\"/>"
      "<map va=\"%s001000\" frame=\"0x21\" flags=\"rw\"/></question>"
      "<beat id=\"b\"><title>T</title><do>access process=A "
      "va=0x7000</do></beat>"
      "<question id=\"e\" kind=\"edit\" beat=\"c\"><ask>A</ask><entry/>"
      "<try>access process=A va=0x7000 kind=write</try>"
      "<goal is=\"ok\">G</goal><answer is=\"%s\"/></question>"
      "<beat id=\"c\"><title>U</title><do>access process=A va=0x7000 "
      "kind=write</do></beat></section></lesson>",
      geometry, list,
      levels < 4    ? "0x40000"
      : levels == 4 ? "0x8000000"
                    : "0x1000000000",
      levels < 4    ? "0x40"
      : levels == 4 ? "0x8000"
                    : "0x1000000",
      writable);
}

/* The check answers each question with its own key: on every processor. */
static void
test_processors (void)
{
  static const struct {
    const char *geometry;
    guint levels;
    const char *writable;
  } rows[] = {
      {"x86-32", 2, "entry(1) | 2"},     {"x86-pae", 3, "entry(1) | 2"},
      {"x86-64", 4, "entry(1) | 2"},     {"x86-64-la57", 5, "entry(1) | 2"},
      {"sv32", 2, "entry(1) | 4"},       {"sv39", 3, "entry(1) | 4"},
      {"sv48", 4, "entry(1) | 4"},       {"sv57", 5, "entry(1) | 4"},
      {"aarch64", 4, "entry(1) ^ 0x80"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *lesson
        = lesson_for (rows[i].geometry, rows[i].levels, rows[i].writable);
    g_autofree char *problems = test_problems_of (lesson);
    g_test_message ("%s", rows[i].geometry);
    g_assert_cmpstr (problems, ==, "");
  }
}

/* What shows that a part is wrong is said in words. */
static void
test_reasons (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const struct {
    const char *question, *answer, *part, *why;
  } rows[] = {
      {"from-nothing", "0x4[1] 0x20007; 0x20[0] 0x2b007; 0x20[1] 0x30007",
       "0x401000",
       "“access process=B va=0x401000 kind=write mode=user” succeeds; it "
       "should "
       "not."},
      {"from-nothing", "0x4[1] 0x20007; 0x20[0] 0x2c007", "0x400000",
       "“access process=B va=0x400000 kind=read mode=user” reaches 0x2c000; it "
       "should reach 0x2b000."},
      {"from-nothing", "0x4[1] 0x20007; 0x20[0] 0x2b007", "0x401000",
       "“access process=B va=0x401000 kind=read mode=user” ends in a fault: "
       "not-present."},
      {"some", "b", "a", "This holds, too."},
      {"some", "b", "b", "This does not hold."},
      {"walk", "r1c3=two", "r1c3", "This cannot be read."},
      {"let-write", "-user", "user", "Look at this part of the entry again."},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LessonVerdict verdict = lesson_question_mark (
        f->play, lesson_play_question (f->play, rows[i].question),
        rows[i].answer);
    const LessonAnswerPart *part = lesson_verdict_part (&verdict, rows[i].part);
    g_assert_nonnull (part);
    g_assert_cmpstr (part->why, ==, rows[i].why);
    lesson_verdict_clear (&verdict);
  }
}

/* The parts of an answer are called as people call them. */
static void
test_names (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const struct {
    const char *question, *answer, *part, *name;
  } rows[] = {
      {"index", "68", "answer", "the answer"},
      {"steps", "c, b, d, a", "2", "place 2"},
      {"walk", "r1c1=68", "r1c3", "Directory, Frame in it"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LessonVerdict verdict = lesson_question_mark (
        f->play, lesson_play_question (f->play, rows[i].question),
        rows[i].answer);
    const LessonAnswerPart *part = lesson_verdict_part (&verdict, rows[i].part);
    g_assert_nonnull (part);
    g_assert_cmpstr (part->name, ==, rows[i].name);
    lesson_verdict_clear (&verdict);
  }
}

/* Who errs as many do is told why, in the book's own words. */
static void
test_misconceptions (void)
{
  static const struct {
    const char *asked, *answer, *why;
  } rows[] = {
      {"index(2)", "69",
       "That is its place when counting from one. Indices count from zero."},
      {"pa", "0x2b349",
       "Something was added here. Frame and offset are set side by side: the "
       "frame gives the upper bits, the offset the lower ones."},
      {"pa", "0x2b025",
       "That takes the whole entry, flags and all. Only its upper bits name a "
       "frame."},
      {"pa", "0x2b",
       "That is the number of a frame. As an address it stands further left, "
       "with room for the offset’s bits behind it."},
      {"entry-frame(1)", "0x2b000",
       "That is an address. A frame’s number is what is left of it without the "
       "offset’s bits."},
      {"pa", "0x2b000",
       "That is where the page begins. The offset is missing."},
      {"pa", "0x2223",
       "That adds the index itself. Entries are several bytes long, and the "
       "index counts entries."},
      {"pa", "0x11223344",
       "That is the virtual address, not the physical one."},
      {"va", "0x2b344", "That is the physical address, not the virtual one."},
      {"pa", "0x288c", "That belongs to another level of the page table."},
      {"pa", "0x44b30200", "Those are the right bytes in reverse order."},
      {"index(2)", "0x68",
       "The digits are right, but in the other base: 0x says that a number is "
       "hexadecimal."},
  };
  g_autofree char *good = test_questions_lesson ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *answer
        = g_strdup_printf ("<answer is=\"%s\"/>", rows[i].asked);
    g_autofree char *lesson = test_spoil (good, "<answer is=\"pa\"/>", answer);
    Fixture f;
    f.play = test_play (lesson, &f.document);
    LessonVerdict verdict = lesson_question_mark (
        f.play, lesson_play_question (f.play, "address"), rows[i].answer);
    g_autofree char *plain = lesson_verdict_plain (&verdict);
    g_assert_cmpstr (plain, ==, rows[i].why);
    lesson_verdict_clear (&verdict);
    tear_down (&f, NULL);
  }
}

/* A row without a name is called by its number. */
static void
test_nameless_row (void)
{
  g_autofree char *good = test_questions_lesson ();
  g_autofree char *lesson = test_spoil (good, "<name>Directory</name>", "");
  Fixture f;

  f.play = test_play (lesson, &f.document);
  LessonVerdict verdict = lesson_question_mark (
      f.play, lesson_play_question (f.play, "walk"), "r1c1=68");
  const LessonAnswerPart *part = lesson_verdict_part (&verdict, "r1c3");
  g_assert_cmpstr (part->name, ==, "row 1, Frame in it");
  lesson_verdict_clear (&verdict);
  tear_down (&f, NULL);
}

/* An answer that cannot be read is told why. */
static void
test_refusals (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const struct {
    const char *question, *answer, *why;
  } rows[] = {
      {"one", "d", "“d” is none of them: they go from a to c."},
      {"one", "a, b", "Choose exactly one."},
      {"some", "a,a", "“a” stands there twice."},
      {"some", "x", "“x” is none of them: they go from a to d."},
      {"some", "", "Choose at least one."},
      {"steps", "c, b, d", "All 4 must be put into order."},
      {"steps", "c, b, d, d", "“d” stands there twice."},
      {"pairs", "a=5", "“a=5” is not a pair; write it like a=2."},
      {"pairs", "a=1; a=2", "“a” stands there twice."},
      {"pairs", "a", "“a” is not a pair; write it like a=2."},
      {"pairs", "", "Nothing is filled in yet."},
      {"pairs", "z=1", "“z=1” is not a pair; write it like a=2."},
      {"walk", "r1c2=0x1110", "There is no “r1c2” to fill in."},
      {"walk", "r4c1=1", "There is no “r4c1” to fill in."},
      {"walk", "r1c1", "“r1c1” is not a cell; write it like r1c2=68."},
      {"walk", "r1c1=1; r1c1=2", "“r1c1” stands there twice."},
      {"walk", "", "Nothing is filled in yet."},
      {"let-write", "+rwx", "“+rwx” names no bit of the entry."},
      {"let-write", "frame=0x100000", "The entry cannot name that frame."},
      {"let-write", "entry=0x100000000", "An entry has 32 bits."},
      {"let-write", "+avl", "“avl” has more than one bit; write avl=N."},
      {"let-write", "avl=9", "avl has no room for that number."},
      {"let-write", "frame=many", "“many” is not a number."},
      {"let-write", "", "Nothing is filled in yet."},
      {"let-write", "nothing=1", "“nothing” names no part of the entry."},
      {"from-nothing", "0x4[1024] 0x20007",
       "“1024” is no index; they go from 0 to 1023."},
      {"from-nothing", "0x5[1] 0x20007", "“0x5” is none of the tables."},
      {"from-nothing", "0x4[1] 0x20007; 0x4[1] 0x20007",
       "“0x4[1] 0x20007” stands there twice."},
      {"from-nothing", "0x4[1]", "Nothing is filled in yet."},
      {"from-nothing", "frame=0x20",
       "“frame=0x20” is not an entry; write it like 0x1[68] frame=0x2 "
       "+present."},
      {"from-nothing", "", "Nothing is filled in yet."},
      {"index", "sixty-eight",
       "That is not a number. Write it like 547 or 0x223."},
      {"index", "", "That is not a number. Write it like 547 or 0x223."},
      {"hit-or-miss", "perhaps", "That is none of the words: miss, hit."},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LessonVerdict verdict = lesson_question_mark (
        f->play, lesson_play_question (f->play, rows[i].question),
        rows[i].answer);
    g_autofree char *plain = lesson_verdict_plain (&verdict);
    g_assert_cmpstr (plain, ==, rows[i].why);
    lesson_verdict_clear (&verdict);
  }
}

/* The key of each question is its own right answer; noise never is. */
static void
test_keys (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const noise[]
      = {"=",    ";",    "r",      "r1c",    "[",     "]",     "][",
         "0x4[", "+",    "-",      "+-",     "a=",    "=a",    "0x",
         "%s",   "\xff", "entry=", "frame=", "bits=", "r1c1=", "\n"};

  for (guint i = 0; i < f->play->questions->len; i++) {
    const LessonQuestionPlace *place
        = &g_array_index (f->play->questions, LessonQuestionPlace, i);
    LessonVerdict shown = lesson_question_mark (f->play, place, NULL);
    LessonVerdict right = lesson_question_mark (f->play, place, shown.key);
    g_assert_cmpint (right.mark, ==, LESSON_MARK_RIGHT);
    g_assert_cmpuint (right.right, ==, right.total);
    lesson_verdict_clear (&shown);
    lesson_verdict_clear (&right);
    for (guint j = 0; j < G_N_ELEMENTS (noise); j++) {
      LessonVerdict verdict = lesson_question_mark (f->play, place, noise[j]);
      g_assert_cmpint (verdict.mark, !=, LESSON_MARK_RIGHT);
      lesson_verdict_clear (&verdict);
    }
  }
}

#define ADD(path, function)                                                    \
  g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  ADD ("/answers/values", test_values);
  ADD ("/answers/letters", test_letters);
  ADD ("/answers/fill", test_fill);
  ADD ("/answers/edit", test_edit);
  ADD ("/answers/build", test_build);
  g_test_add_func ("/answers/kernel-page", test_kernel_page);
  g_test_add_func ("/answers/four-levels", test_four_levels);
  g_test_add_func ("/answers/processors", test_processors);
  ADD ("/answers/reasons", test_reasons);
  ADD ("/answers/names", test_names);
  g_test_add_func ("/answers/misconceptions", test_misconceptions);
  g_test_add_func ("/answers/nameless-row", test_nameless_row);
  ADD ("/answers/refusals", test_refusals);
  ADD ("/answers/keys", test_keys);
  return g_test_run ();
}
