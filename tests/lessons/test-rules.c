/* Tests the rules of questions: each is broken once in a lesson that has every
 * kind, and the message must name the place and what would be right. */
#include "support.h"

typedef struct {
  const char *name, *find, *replacement;
  const char *problems; /* LINE:COLUMN: what, a line for each */
} Row;

static const Row rows[] = {
    {"a kind that is none", "kind=\"several\"", "kind=\"many\"",
     "61:31: “kind” cannot be “many”; allowed here: predict, choose, several, "
     "order, match, fill, edit, build\n63:7: <choice> cannot stand in "
     "<question>; allowed here: ask, answer, mistake, hint, right\n64:7: "
     "<choice> cannot stand in <question>; allowed here: ask, answer, mistake, "
     "hint, right\n65:7: <choice> cannot stand in <question>; allowed here: "
     "ask, answer, mistake, hint, right\n66:7: <choice> cannot stand in "
     "<question>; allowed here: ask, answer, mistake, hint, right\n61:5: "
     "<question> needs a <answer>"},
    {"a step for an edit", "kind=\"edit\" beat=\"write\"",
     "kind=\"edit\" beat=\"write\" step=\"fault\"",
     "118:55: a question of kind “edit” or “build” is asked before its whole "
     "beat; remove “step”"},
    {"a step for a build", "kind=\"build\" beat=\"other\"",
     "kind=\"build\" beat=\"other\" step=\"access\"",
     "135:59: a question of kind “edit” or “build” is asked before its whole "
     "beat; remove “step”"},
    {"a format for an order", "id=\"steps\" kind=\"order\"",
     "id=\"steps\" kind=\"order\" format=\"hex\"",
     "71:39: only a question of kind “predict” has a “format”"},
    {"a format that is none", "id=\"index\" kind=\"predict\"",
     "id=\"index\" kind=\"predict\" format=\"octal\"",
     "28:49: “format” cannot be “octal”; allowed here: hex, dec"},
    {"no beat of that name", "kind=\"match\" beat=\"load\"",
     "kind=\"match\" beat=\"lode\"", "79:45: there is no beat “lode”"},
    {"an attribute too many", "<choice is=\"reads == 1\">",
     "<choice is=\"reads == 1\" right=\"no\">",
     "52:31: <choice> has no attribute “right”; allowed here: is, of"},
    {"one choice only",
     "<choice is=\"reads == 2\" of=\"counts-directories\">Two</choice>\n      "
     "<choice is=\"reads == 1\">One</choice>\n",
     "", "49:5: <question> needs at least 2 of <choice>"},
    {"a choice without words", "<choice is=\"reads == 1\">One</choice>",
     "<choice is=\"reads == 1\"/>", "52:7: <choice> is empty"},
    {"one item only",
     "<item is=\"when(entry-read, 1)\">The directory entry is read</item>\n    "
     "  <item is=\"when(tlb-probe, 1)\">The TLB is asked</item>\n      <item "
     "is=\"when(entry-read, 2)\">The table entry is read</item>\n",
     "", "71:5: <question> needs at least 2 of <item>"},
    {"a target in an order",
     "<item is=\"when(entry-read, 2)\">The table entry is read</item>",
     "<to is=\"1\">x</to>",
     "76:7: <to> cannot stand in <question>; allowed here: ask, item, hint, "
     "right"},
    {"an item after a target", "<to is=\"547\">547</to>",
     "<to is=\"547\">547</to><item is=\"1\">x</item>",
     "87:28: <item> must stand before <to>"},
    {"a match without targets",
     "      <to is=\"0x344\">0x344</to>\n      <to is=\"68\">68</to>\n      "
     "<to is=\"69\">69</to>\n      <to is=\"547\">547</to>\n",
     "", "79:5: <question> needs at least 2 of <to>"},
    {"a row that is too short", "<cell is=\"entry-frame(2)\"/>", "",
     "94:7: the row has 2 of <cell>, and the table 3 of <column>; they must be "
     "as many"},
    {"a row that is too long", "<cell is=\"entry-frame(2)\"/>",
     "<cell is=\"entry-frame(2)\"/><cell is=\"1\"/>",
     "94:7: the row has 4 of <cell>, and the table 3 of <column>; they must be "
     "as many"},
    {"no column",
     "      <column>Index</column>\n      <column>Entry lies at</column>\n     "
     " <column>Frame in it</column>\n",
     "",
     "89:5: <question> needs a <column>\n91:7: the row has 3 of <cell>, and "
     "the table 0 of <column>; they must be as many\n97:7: the row has 3 of "
     "<cell>, and the table 0 of <column>; they must be as many\n105:7: the "
     "row has 3 of <cell>, and the table 0 of <column>; they must be as many"},
    {"a cell without a query", "<cell is=\"entry-frame(2)\"/>", "<cell/>",
     "98:9: <cell> needs the attribute “is”"},
    {"a cell half given",
     "given=\"yes\"/>\n        <cell is=\"entry-frame(2)\"/>",
     "given=\"half\"/>\n        <cell is=\"entry-frame(2)\"/>",
     "97:39: “given” cannot be “half”; allowed here: no, yes"},
    {"a cell in a strange format", "<cell is=\"entry-frame(2)\"/>",
     "<cell is=\"entry-frame(2)\" format=\"bin\"/>",
     "98:43: “format” cannot be “bin”; allowed here: hex, dec"},
    {"text in a row", "<name>Directory</name>", "Directory",
     "95:9: <row> holds no text of its own; put this into an element"},
    {"two names in a row", "<name>Table</name>",
     "<name>Table</name><name>Again</name>",
     "101:27: <row> already has a <name>; remove one"},
    {"an entry of level 9", "<entry level=\"1\"/>", "<entry level=\"9\"/>",
     "120:21: “level” must be a whole number from 1 to 5, not “9”"},
    {"no entry", "<entry level=\"1\"/>", "",
     "118:5: <question> needs a <entry>"},
    {"two entries", "<entry level=\"1\"/>",
     "<entry level=\"1\"/><entry level=\"2\"/>",
     "120:25: <question> already has a <entry>; remove one"},
    {"an entry at a place that cannot be read", "<entry level=\"1\"/>",
     "<entry at=\"entry-pa(\"/>",
     "120:27: the query ends where a value is needed"},
    {"nothing to try",
     "<try>access process=A va=0x11223344 kind=write mode=user</try>", "",
     "118:5: <question> needs a <try>"},
    {"a try that changes",
     "<try>access process=A va=0x11223344 kind=write mode=user</try>",
     "<try>map process=A va=0x5000 frame=5 flags=r</try>",
     "121:12: only “access” can be tried"},
    {"a try that is no operation",
     "<try>access process=A va=0x11223344 kind=write mode=user</try>",
     "<try>acces va=1</try>",
     "121:12: there is no operation “acces”; did you mean “access”?\n121:12: "
     "only “access” can be "
     "tried"},
    {"no goal",
     "      <goal is=\"ok\">The write succeeds.</goal>\n      <goal "
     "is=\"entry-frame(1) == 0x2b\">The page stays in frame 0x2b.</goal>\n",
     "", "118:5: <question> needs a <goal>"},
    {"no answer for an edit", "<answer is=\"entry(1) | 2\"/>", "",
     "118:5: <question> needs a <answer>"},
    {"a table without a frame", "<table is=\"0x20\">", "<table>",
     "138:7: <table> needs the attribute “is”"},
    {"no table",
     "      <table is=\"root\">B's page directory</table>\n      <table "
     "is=\"0x20\">A free frame, all zero</table>\n",
     "", "135:5: <question> needs a <table>"},
    {"no mapping",
     "      <map va=\"0x00400000\" frame=\"0x2b\" flags=\"rwu\"/>\n      <map "
     "va=\"0x00401000\" frame=\"0x30\" flags=\"ru\"/>\n",
     "", "135:5: <question> needs a <map>"},
    {"flags that are none", "flags=\"rwu\"/>\n      <map va",
     "flags=\"rwz\"/>\n      <map va",
     "139:50: “flags” is made of the letters r, w, x and u"},
    {"flags without r", "flags=\"rwu\"/>\n      <map va",
     "flags=\"wu\"/>\n      <map va",
     "139:48: “flags” needs an r: no page is without it"},
    {"a mistake of nothing known", "of=\"forgot-entry-size\"/>",
     "of=\"forgot-entry-sizes\"/>",
     "31:38: no misconception is called “forgot-entry-sizes”; did you mean "
     "“forgot-entry-size”?"},
    {"a choice of nothing known", "of=\"user-bit-for-write-bit\">The page",
     "of=\"user-bits\">The page",
     "64:36: no misconception is called “user-bits”; allowed here: "
     "counts-directories, user-bit-for-write-bit, ordinal-not-index, "
     "added-instead-of-joined, entry-for-frame, frame-for-address, "
     "address-for-frame, offset-left-out, forgot-entry-size, "
     "virtual-for-physical, physical-for-virtual, wrong-level, wrong-base, "
     "byte-order"},
    {"a mistake without words",
     "<mistake is=\"17\" of=\"counts-directories\">Seventeen would be the top "
     "byte.</mistake>",
     "<mistake is=\"17\"/>", "32:7: <mistake> is empty"},
    {"a misconception of the book", "<misconception id=\"counts-directories\">",
     "<misconception id=\"wrong-level\">",
     "21:24: “wrong-level” is a misconception of the book already; choose "
     "another id\n32:28: no misconception is called “counts-directories”; "
     "allowed here: wrong-level, user-bit-for-write-bit, ordinal-not-index, "
     "added-instead-of-joined, entry-for-frame, frame-for-address, "
     "address-for-frame, offset-left-out, forgot-entry-size, "
     "virtual-for-physical, physical-for-virtual, wrong-level, wrong-base, "
     "byte-order\n51:35: no misconception is called “counts-directories”; "
     "allowed here: wrong-level, user-bit-for-write-bit, ordinal-not-index, "
     "added-instead-of-joined, entry-for-frame, frame-for-address, "
     "address-for-frame, offset-left-out, forgot-entry-size, "
     "virtual-for-physical, physical-for-virtual, wrong-level, wrong-base, "
     "byte-order"},
    {"a misconception twice", "<misconception id=\"user-bit-for-write-bit\">",
     "<misconception id=\"counts-directories\">",
     "23:24: the id “counts-directories” is taken by line 21; choose another "
     "one\n64:36: no misconception is called “user-bit-for-write-bit”; allowed "
     "here: counts-directories, counts-directories, ordinal-not-index, "
     "added-instead-of-joined, entry-for-frame, frame-for-address, "
     "address-for-frame, offset-left-out, forgot-entry-size, "
     "virtual-for-physical, physical-for-virtual, wrong-level, wrong-base, "
     "byte-order\n125:43: no misconception is called “user-bit-for-write-bit”; "
     "allowed here: counts-directories, counts-directories, ordinal-not-index, "
     "added-instead-of-joined, entry-for-frame, frame-for-address, "
     "address-for-frame, offset-left-out, forgot-entry-size, "
     "virtual-for-physical, physical-for-virtual, wrong-level, wrong-base, "
     "byte-order"},
    {"a misconception without words",
     "<misconception id=\"counts-directories\">There is one page directory; "
     "the\n      number chooses an entry in it.</misconception>",
     "<misconception id=\"counts-directories\"/>",
     "21:5: <misconception> is empty"},
    {"misconceptions without any",
     "    <misconception id=\"counts-directories\">There is one page "
     "directory; the\n      number chooses an entry in it.</misconception>\n   "
     " <misconception id=\"user-bit-for-write-bit\">U/S says who may come in. "
     "R/W\n      says whether anybody may write.</misconception>\n",
     "",
     "20:3: <misconceptions> needs a <misconception>\n28:28: no misconception "
     "is called “counts-directories”; allowed here: ordinal-not-index, "
     "added-instead-of-joined, entry-for-frame, frame-for-address, "
     "address-for-frame, offset-left-out, forgot-entry-size, "
     "virtual-for-physical, physical-for-virtual, wrong-level, wrong-base, "
     "byte-order\n47:35: no misconception is called “counts-directories”; "
     "allowed here: ordinal-not-index, added-instead-of-joined, "
     "entry-for-frame, frame-for-address, address-for-frame, offset-left-out, "
     "forgot-entry-size, virtual-for-physical, physical-for-virtual, "
     "wrong-level, wrong-base, byte-order\n60:36: no misconception is called "
     "“user-bit-for-write-bit”; allowed here: ordinal-not-index, "
     "added-instead-of-joined, entry-for-frame, frame-for-address, "
     "address-for-frame, offset-left-out, forgot-entry-size, "
     "virtual-for-physical, physical-for-virtual, wrong-level, wrong-base, "
     "byte-order\n121:43: no misconception is called “user-bit-for-write-bit”; "
     "allowed here: ordinal-not-index, added-instead-of-joined, "
     "entry-for-frame, frame-for-address, address-for-frame, offset-left-out, "
     "forgot-entry-size, virtual-for-physical, physical-for-virtual, "
     "wrong-level, wrong-base, byte-order"},
    {"a step kind that is none", "when(entry-read, 1)", "when(entry-reed, 1)",
     "74:22: “entry-reed” is unknown here; did you mean “entry-read”?"},
    {"a mistake that is right", "is=\"index(2) * 4\"", "is=\"68\"",
     "31:20: this mistake is the right answer"},
    {"a mistake with no value", "is=\"index(2) * 4\"", "is=\"index(3)\"",
     "31:20: “index(3)” has no answer here: there is no such level; levels are "
     "1, the last table, to 2"},
    {"two mistakes alike", "<mistake is=\"17\" of", "<mistake is=\"272\" of",
     "32:20: another mistake has the same value already"},
    {"no choice holds", "is=\"reads == 0\"", "is=\"reads == 3\"",
     "49:5: one choice must be right; the machine says that 0 are"},
    {"two choices hold", "is=\"reads == 1\"", "is=\"reads &lt; 1\"",
     "49:5: one choice must be right; the machine says that 2 are"},
    {"a misconception leads to what is right", "<choice is=\"reads == 0\">",
     "<choice is=\"reads == 0\" of=\"wrong-level\">",
     "53:35: this choice is right; no misconception leads to it"},
    {"two choices read alike", ">One</choice>", ">None</choice>",
     "53:19: another one has the same text already"},
    {"none of several holds",
     "<choice is=\"cached(0x11223344)\">The TLB knows page 0x11223</choice>\n  "
     "    <choice is=\"writable(1)\" of=\"user-bit-for-write-bit\">The page "
     "may be written</choice>\n      <choice is=\"user(1)\">",
     "<choice is=\"!cached(0x11223344)\">The TLB knows page 0x11223</choice>\n "
     "     <choice is=\"writable(1)\" of=\"user-bit-for-write-bit\">The page "
     "may be written</choice>\n      <choice is=\"!user(1)\">",
     "61:5: at least one choice must be right; the machine says that none is"},
    {"all of several hold",
     "<choice is=\"writable(1)\" of=\"user-bit-for-write-bit\">The page may be "
     "written</choice>\n      <choice is=\"user(1)\">User mode may use the "
     "page</choice>\n      <choice is=\"dirty(1)\">",
     "<choice is=\"!writable(1)\">The page may be written</choice>\n      "
     "<choice is=\"user(1)\">User mode may use the page</choice>\n      "
     "<choice is=\"!dirty(1)\">",
     "61:5: all choices are right; a question needs one that is not"},
    {"an order that is undecided", "when(entry-read, 2)", "when(entry-read, 1)",
     "76:17: nothing says which comes first: this item and number 2 are both "
     "5"},
    {"an order that is right already",
     "when(data, 1)\">The data is read</item>\n      <item "
     "is=\"when(entry-read, 1)\">The directory entry is read</item>\n      "
     "<item is=\"when(tlb-probe, 1)",
     "0\">The data is read</item>\n      <item is=\"1\">The directory entry is "
     "read</item>\n      <item is=\"2",
     "71:5: the items stand in their right order already; mix them"},
    {"an item without a step", "when(data, 1)", "when(fault, 1)",
     "73:17: “when(fault, 1)” has no answer here: the beat has no step “fault” "
     "number 1"},
    {"an item without a target", "<to is=\"547\">547</to>",
     "<to is=\"548\">547</to>",
     "82:17: no <to> has the value of this item, 0x223"},
    {"two targets alike", "<to is=\"69\">69</to>", "<to is=\"68\">69</to>",
     "86:15: two of <to> have the same value, 0x44; nobody could tell which "
     "belongs where"},
    {"two targets that read alike", "<to is=\"69\">69</to>",
     "<to is=\"69\">68</to>", "86:15: another one has the same text already"},
    {"a cell without a value", "<cell is=\"entry-frame(2)\"/>",
     "<cell is=\"entry-frame(3)\"/>",
     "98:19: “entry-frame(3)” has no answer here: there is no such level; "
     "levels are 1, the last table, to 2"},
    {"a cell's mistake that is right", "is=\"0x3000 + index(1)\"",
     "is=\"0x288c\"", "104:24: this mistake is the right answer"},
    {"a given cell with a mistake", "<cell is=\"ok\" given=\"yes\"/>",
     "<cell is=\"ok\" given=\"yes\"><mistake is=\"0\">x</mistake></cell>",
     "111:19: a cell that is given has no mistakes"},
    {"a wrong number in a goal", "The page stays in frame 0x2b.",
     "The page stays in frame <num is=\"entry-frame(1)\">0x2c</num>.",
     "123:90: the lesson says entry-frame(1) is 0x2c; the machine says 0x2b"},
    {"a goal that the answer misses", "is=\"entry-frame(1) == 0x2b\"",
     "is=\"entry-frame(1) == 0x2c\"",
     "123:17: the answer does not reach this goal"},
    {"a goal without a value", "is=\"entry-frame(1) == 0x2b\"",
     "is=\"error == 7\"",
     "123:17: “error == 7” has no answer here: the access has none: it "
     "succeeds, without an exception"},
    {"an answer that does not do it", "<answer is=\"entry(1) | 2\"/>",
     "<answer is=\"entry(1) | 8\"/>",
     "122:17: the answer does not reach this goal"},
    {"a goal that is reached already",
     "<goal is=\"ok\">The write succeeds.</goal>\n",
     "<goal is=\"!ok\">The write fails.</goal>\n",
     "118:5: every goal is reached without a change\n122:17: the answer does "
     "not reach this goal\n125:20: this mistake reaches every goal"},
    {"an edit's mistake that works", "is=\"entry(1) &amp; ~4\"",
     "is=\"entry(1) | 0x42\"", "125:20: this mistake reaches every goal"},
    {"an entry that is not there", "<entry level=\"1\"/>",
     "<entry level=\"4\"/>",
     "118:5: there is no such entry: the machine has 2 levels"},
    {"an entry between two entries", "<entry level=\"1\"/>",
     "<entry at=\"0x1ffe\"/>",
     "118:5: there is no such entry: no entry begins at 0x1ffe"},
    {"a try of a process that is not there", "<try>access process=A",
     "<try>access process=Z",
     "118:5: this cannot be tried: there is no process “Z”"},
    {"a root that is none", "<table is=\"root\">", "<table is=\"0x21\">",
     "137:7: the first table must be the root, frame 0x4, not 0x21"},
    {"one frame for two tables", "<table is=\"0x20\">", "<table is=\"root\">",
     "138:7: another table lies in frame 0x4 already"},
    {"a table of the wrong level", "<table is=\"0x20\">",
     "<table is=\"0x20\" level=\"2\">",
     "135:5: these tables do not suffice for the pages that are asked for"},
    {"a page in the middle", "va=\"0x00401000\"", "va=\"0x00401800\"",
     "140:7: 0x401800 is not where a page begins"},
    {"a page twice", "va=\"0x00401000\"", "va=\"0x00400000\"",
     "140:7: 0x400000 is mapped already, above"},
    {"a frame that is too large", "frame=\"0x30\" flags=\"ru\"",
     "frame=\"0x100000\" flags=\"ru\"",
     "140:7: no entry can name frame 0x100000"},
    {"too few tables", "va=\"0x00401000\"", "va=\"0x00801000\"",
     "135:5: these tables do not suffice for the pages that are asked for"},
};

static void
test_good (void)
{
  g_autofree char *lesson = test_questions_lesson ();
  g_autofree char *problems = test_problems_of (lesson);

  g_assert_cmpstr (problems, ==, "");
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *good = test_questions_lesson ();
  g_autofree char *lesson = test_spoil (good, row->find, row->replacement);
  g_autofree char *problems = test_problems_of (lesson);

  g_assert_cmpstr (problems, ==, row->problems);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/rules/good", test_good);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/rules/%s", rows[i].name);
    g_test_add_data_func (path, &rows[i], test_row);
  }
  return g_test_run ();
}
