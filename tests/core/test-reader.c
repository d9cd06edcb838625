/* Readers of traces: what they take, what they refuse, and where. */
#include <glib.h>
#include <string.h>

#include "replay/binary.h"
#include "replay/reader.h"

#define ROOM VM_READER_ROOM

/* A trace, read in pieces. */
typedef struct {
  GArray *records;   /* of vm_record */
  GArray *processes; /* of guint32, one a record */
  enum vm_trace_format format;
  struct vm_reader_error error;
} Said;

static void
said_clear (Said *said)
{
  g_array_unref (said->records);
  g_array_unref (said->processes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Said, said_clear)

static void
take (Said *said, const struct vm_reader *r, const vm_record *records,
      gsize count)
{
  guint32 process = vm_reader_process (r);

  g_array_append_vals (said->records, records, (guint) count);
  for (gsize i = 0; i < count; i++)
    g_array_append_val (said->processes, process);
}

static Said
read_pieces_of (guint shift, enum vm_trace_format format, const void *text,
                gsize length, gsize piece)
{
  Said said = {.records = g_array_new (FALSE, FALSE, sizeof (vm_record)),
               .processes = g_array_new (FALSE, FALSE, sizeof (guint32))};
  struct vm_reader *r = vm_reader_new (format, shift);
  g_autofree vm_record *records = g_new (vm_record, ROOM);
  gboolean going = TRUE;
  gsize used, count;

  for (gsize at = 0; at < length && going; at += used) {
    going = vm_reader_push (r, (const guint8 *) text + at,
                            MIN (piece, length - at), &used, records, ROOM,
                            &count);
    take (&said, r, records, count);
  }
  for (count = 1; going && count > 0;) {
    going = vm_reader_end (r, records, ROOM, &count);
    take (&said, r, records, count);
  }
  said.format = vm_reader_format (r);
  said.error = *vm_reader_error (r);
  vm_reader_free (r);
  return said;
}

static Said
read_pieces (enum vm_trace_format format, const void *text, gsize length,
             gsize piece)
{
  return read_pieces_of (VM_PAGE_SHIFT, format, text, length, piece);
}

static vm_record
record_at (const Said *said, guint i)
{
  return g_array_index (said->records, vm_record, i);
}

/* The text gives these addresses and kinds, however it is cut. */
static void
expect (enum vm_trace_format format, const char *text, const guint64 *pairs,
        guint count, enum vm_trace_format recognised)
{
  for (gsize piece = 1; piece <= strlen (text) + 1; piece++) {
    g_auto (Said) said = read_pieces (format, text, strlen (text), piece);
    g_assert_cmpint (said.error.problem, ==, VM_READER_FINE);
    g_assert_cmpint (said.format, ==, recognised);
    g_assert_cmpuint (said.records->len, ==, count);
    for (guint i = 0; i < count; i++) {
      g_assert_cmphex (vm_record_va (record_at (&said, i)), ==, pairs[2 * i]);
      g_assert_cmpuint (record_at (&said, i) & 3, ==, pairs[2 * i + 1]);
    }
  }
}

#define EXPECT(text, format, ...)                                              \
  {                                                                            \
    static const guint64 pairs[] = {__VA_ARGS__};                              \
    expect (VM_TRACE_AUTO, text, pairs, G_N_ELEMENTS (pairs) / 2, format);     \
    expect (format, text, pairs, G_N_ELEMENTS (pairs) / 2, format);            \
  }

static void
test_lackey (void)
{
  EXPECT ("==77== Lackey, an example tool\n"
          "I  04001a2c,3\n L 1ffefffd38,8\n S 1FFEFFFD30,16\r\n"
          "\n M 00000fff,1\nI  ffffffffff600000,2",
          VM_TRACE_LACKEY, 0x4001a2c, VM_FETCH, 0x1ffefffd38, VM_READ,
          0x1ffefffd30, VM_WRITE, 0xfff, VM_RECORD_MODIFY, 0xffffffffff600000,
          VM_FETCH);
}

/* An access that crosses a page is one in each; one that just fits is not. */
static void
test_crossing (void)
{
  EXPECT (" L 04000ffc,8\n S 04001ff8,8\n L 04002fff,2\n L 00000001,4096\n",
          VM_TRACE_LACKEY, 0x4000ffc, VM_READ, 0x4001000, VM_READ, 0x4001ff8,
          VM_WRITE, 0x4002fff, VM_READ, 0x4003000, VM_READ, 1, VM_READ, 0x1000,
          VM_READ);
}

/* Where pages are small an access crosses many, where they are large hardly
 * one; and pages are counted in their size. Every page of an access is in the
 * list, and nothing else. */
static void
test_page_sizes (void)
{
  static const char lackey[]
      = " L 00000ffc,8\n S 00012345,4096\n M 0000fffe,3\n"
        "I  ffffffffffffeff0,4096\nI  ffffffffffffeff0,16\n";
  static const struct {
    guint64 va, size;
  } accesses[] = {{0xffc, 8},
                  {0x12345, 4096},
                  {0xfffe, 3},
                  {0xffffffffffffeff0, 4096},
                  {0xffffffffffffeff0, 16}};

  for (guint shift = VM_READER_PAGE; shift <= 16; shift++)
    for (gsize piece = 1; piece <= sizeof lackey; piece += 7) {
      g_auto (Said) said = read_pieces_of (shift, VM_TRACE_AUTO, lackey,
                                           strlen (lackey), piece);
      guint n = 0;
      g_assert_cmpint (said.error.problem, ==, VM_READER_FINE);
      for (guint i = 0; i < G_N_ELEMENTS (accesses); i++) {
        guint64 va = accesses[i].va;
        guint pages = (guint) ((va + accesses[i].size - 1 - va
                                + (va & ((1u << shift) - 1)))
                               >> shift)
                      + 1;
        for (guint k = 0; k < pages; k++) {
          guint64 page = (va >> shift) + k;
          guint64 wanted = k == 0 ? va : page << shift;
          g_assert_cmpuint (n, <, said.records->len);
          g_assert_cmphex (vm_record_va (record_at (&said, n++)), ==, wanted);
        }
      }
      g_assert_cmpuint (n, ==, said.records->len);
    }
}

/* Numbers of pages are numbers of pages of that size, and a list is one of
 * pages if as addresses all would lie in one. */
static void
test_pages_of_sizes (void)
{
  static const struct {
    guint shift;
    const char *text;
    enum vm_trace_format format;
    guint64 second;
  } cases[] = {
      {6, "3\n63\n", VM_TRACE_PAGES, 63 << 6},
      {6, "3\n64\n", VM_TRACE_ADDRESSES, 64},
      {12, "3\n64\n", VM_TRACE_PAGES, 64 << 12},
      {12, "3\n5000\n", VM_TRACE_ADDRESSES, 5000},
      {16, "3\n5000\n", VM_TRACE_PAGES, 5000 << 16},
      {16, "page\n3\n5000\n", VM_TRACE_CSV, 5000 << 16},
      {4, "page,kind\n3,w\n5000,r\n", VM_TRACE_CSV, 5000 << 4},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Said) said = read_pieces_of (cases[i].shift, VM_TRACE_AUTO,
                                         cases[i].text, strlen (cases[i].text),
                                         99);
    g_assert_cmpint (said.error.problem, ==, VM_READER_FINE);
    g_assert_cmpint (said.format, ==, cases[i].format);
    g_assert_cmpuint (said.records->len, ==, 2);
    g_assert_cmphex (vm_record_va (record_at (&said, 1)), ==, cases[i].second);
  }
}

static void
test_din (void)
{
  EXPECT ("2 408ed4\n0 10019d94\n1 0x10019d88 and more\n", VM_TRACE_DIN,
          0x408ed4, VM_FETCH, 0x10019d94, VM_READ, 0x10019d88, VM_WRITE);
}

static void
test_lists (void)
{
  EXPECT ("# mine\n0x7ffc12345678\n4198400\nW 0x10\n", VM_TRACE_ADDRESSES,
          0x7ffc12345678, VM_READ, 4198400, VM_READ, 0x10, VM_WRITE);
  EXPECT ("0041f7a0 R\n13f5e2c0 R\n05e78900 W\n", VM_TRACE_HEX_ADDRESSES,
          0x41f7a0, VM_READ, 0x13f5e2c0, VM_READ, 0x5e78900, VM_WRITE);
  EXPECT ("7\n0\n1\n2 w\n", VM_TRACE_PAGES, 0x7000, VM_READ, 0, VM_READ, 0x1000,
          VM_READ, 0x2000, VM_WRITE);
  EXPECT ("a\n0\nx b", VM_TRACE_HEX_PAGES, 0xa000, VM_READ, 0, VM_READ, 0xb000,
          VM_FETCH);
}

static void
test_csv (void)
{
  EXPECT ("time;Type;\"VA\";size\n1;load;0x1000;4\n2;W;4096;1\n"
          "3;instruction;\"0x1ffe\";4\n",
          VM_TRACE_CSV, 0x1000, VM_READ, 0x1000, VM_WRITE, 0x1ffe, VM_FETCH,
          0x2000, VM_FETCH);
  EXPECT ("page\n5\n", VM_TRACE_CSV, 0x5000, VM_READ);
  /* What is quoted holds separators, and quotes; a mark of UTF-8 is no name. */
  EXPECT ("\xef\xbb\xbf"
          "address,name, \"size\" ,rw\n"
          "8191,\"a, \"\"b\"\", c\",\"2\",w\n1, \"x\" ,1,r\n2,\",1,w\n",
          VM_TRACE_CSV, 0x1fff, VM_WRITE, 0x2000, VM_WRITE, 1, VM_READ, 2,
          VM_WRITE);
  EXPECT ("\xef\xbb\xbf"
          "2 408ed4\n",
          VM_TRACE_DIN, 0x408ed4, VM_FETCH);
}

/* Records of one call belong to one process. */
static void
test_processes (void)
{
  const char text[] = "pid,page\n4,1\n4,2\n9,3\n4,1\n";

  for (gsize piece = 1; piece <= sizeof text; piece++) {
    g_auto (Said) said
        = read_pieces (VM_TRACE_AUTO, text, strlen (text), piece);
    const guint32 *processes = (const guint32 *) (void *) said.processes->data;
    g_assert_cmpuint (said.records->len, ==, 4);
    g_assert_cmpuint (processes[0], ==, 4);
    g_assert_cmpuint (processes[1], ==, 4);
    g_assert_cmpuint (processes[2], ==, 9);
    g_assert_cmpuint (processes[3], ==, 4);
  }
}

/* What is wrong, and in which line, does not depend on how it is cut. */
static void
test_refusals (void)
{
  static const struct {
    enum vm_trace_format format;
    const char *text;
    enum vm_reader_problem problem;
    guint64 line;
  } cases[] = {
      {VM_TRACE_AUTO, "hello\n", VM_READER_UNKNOWN_FORMAT, 1},
      {VM_TRACE_AUTO,
       "\x7f"
       "ELF\x02\x01\x01",
       VM_READER_UNKNOWN_FORMAT, 1},
      {VM_TRACE_LACKEY, "I  0400,3\nX  0400,3\n", VM_READER_BAD_LINE, 2},
      {VM_TRACE_LACKEY, "I  04001a2c,3\nI  04001a2c,0\n", VM_READER_BAD_SIZE,
       2},
      {VM_TRACE_LACKEY, "I  04001a2c,4097\n", VM_READER_BAD_SIZE, 1},
      {VM_TRACE_LACKEY, "I  04001a2c\n", VM_READER_BAD_NUMBER, 1},
      {VM_TRACE_LACKEY, "\n\nI  12345678123456789,1\n", VM_READER_TOO_LARGE, 3},
      {VM_TRACE_LACKEY, "I  ffffffffffffffff,2\n", VM_READER_WRAPS, 1},
      {VM_TRACE_LACKEY, "I  4000000000000000,2\n", VM_READER_WRAPS, 1},
      {VM_TRACE_DIN, "2 408ed4\n3 0\n", VM_READER_BAD_LINE, 2},
      {VM_TRACE_DIN, "2 wrong\n", VM_READER_BAD_NUMBER, 1},
      {VM_TRACE_ADDRESSES, "1\n2\n18446744073709551616\n", VM_READER_TOO_LARGE,
       3},
      {VM_TRACE_ADDRESSES, "1\n-2\n", VM_READER_BAD_NUMBER, 2},
      {VM_TRACE_ADDRESSES, "1 2\n", VM_READER_BAD_LINE, 1},
      {VM_TRACE_PAGES, "0x10000000000000\n", VM_READER_TOO_LARGE, 1},
      {VM_TRACE_CSV, "a,b\n1,2\n", VM_READER_NO_COLUMN, 1},
      {VM_TRACE_CSV, "a,page\n1,2\n1\n", VM_READER_MISSING_FIELD, 3},
      {VM_TRACE_CSV, "page,kind\n1,q\n", VM_READER_BAD_KIND, 2},
      {VM_TRACE_BINARY, "PWTRACE\n", VM_READER_TRUNCATED, 1},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize piece = 1; piece <= strlen (cases[i].text); piece++) {
      g_auto (Said) said = read_pieces (cases[i].format, cases[i].text,
                                        strlen (cases[i].text), piece);
      g_assert_cmpint (said.error.problem, ==, cases[i].problem);
      g_assert_cmpuint (said.error.line, ==, cases[i].line);
    }
}

/* A line without an end is refused as soon as it is too long. */
static void
test_endless_line (void)
{
  g_autofree char *zeros = g_strnfill (20000, '0');

  for (gsize piece = 100; piece <= 20000; piece += 497) {
    g_auto (Said) said = read_pieces (VM_TRACE_ADDRESSES, zeros, 20000, piece);
    g_assert_cmpint (said.error.problem, ==, VM_READER_LINE_TOO_LONG);
    g_assert_cmpuint (said.error.line, ==, 1);
  }
}

/* The quick reading of usual lines against the careful one. */
static void
test_quick_equals_careful (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  static const char *const kinds[] = {"I ", " L", " S", " M"};

  for (guint i = 0; i < 30000; i++) {
    guint64 va = (guint64) g_rand_int (rand) << g_rand_int_range (rand, 0, 20);
    g_string_append_printf (text, "%s %0*" G_GINT64_MODIFIER "x,%d\n",
                            kinds[g_rand_int_range (rand, 0, 4)],
                            g_rand_int_range (rand, 6, 12), va,
                            g_rand_int_range (rand, 1, 120));
  }
  g_auto (Said) quick
      = read_pieces (VM_TRACE_LACKEY, text->str, text->len, 65536);
  g_auto (Said) careful
      = read_pieces (VM_TRACE_LACKEY, text->str, text->len, 7);
  g_assert_cmpuint (quick.records->len, >=, 30000);
  g_assert_cmpmem (quick.records->data, quick.records->len * 8,
                   careful.records->data, careful.records->len * 8);
}

/* Binary ------------------------------------------------------------------- */

static GByteArray *
write_binary (enum vm_binary_coding coding, const GArray *records,
              guint64 count)
{
  GByteArray *bytes = g_byte_array_new ();
  struct vm_binary_writer writer;

  g_byte_array_set_size (bytes, VM_BINARY_HEADER
                                    + (records->len + 2) * VM_BINARY_CODE);
  gsize length = vm_binary_begin (&writer, coding, count, bytes->data);
  guint half = records->len / 2;
  const vm_record *r = (const vm_record *) (void *) records->data;
  length += vm_binary_write (&writer, r, half, bytes->data + length);
  length += vm_binary_switch (&writer, 77, bytes->data + length);
  length += vm_binary_write (&writer, r + half, records->len - half,
                             bytes->data + length);
  length += vm_binary_finish (&writer, bytes->data + length);
  g_byte_array_set_size (bytes, (guint) length);
  return bytes;
}

static GArray *
random_records (guint count)
{
  GArray *records = g_array_new (FALSE, FALSE, sizeof (vm_record));
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < count; i++) {
    vm_record record = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
    if (i % 4 != 0)
      record >>= g_rand_int_range (rand, 20, 60);
    g_array_append_val (records, record);
  }
  return records;
}

static void
test_binary (void)
{
  g_autoptr (GArray) records = random_records (700);

  for (int coding = VM_BINARY_PLAIN; coding <= VM_BINARY_DELTA; coding++)
    for (gsize piece = 1; piece < 100; piece++) {
      g_autoptr (GByteArray) bytes
          = write_binary ((enum vm_binary_coding) coding, records,
                          piece % 2 ? G_MAXUINT64 : records->len);
      g_auto (Said) said
          = read_pieces (VM_TRACE_AUTO, bytes->data, bytes->len, piece);
      g_assert_cmpint (said.error.problem, ==, VM_READER_FINE);
      g_assert_cmpmem (said.records->data, said.records->len * 8, records->data,
                       records->len * 8);
      g_assert_cmpuint (g_array_index (said.processes, guint32, 0), ==, 0);
      g_assert_cmpuint (g_array_index (said.processes, guint32, 699), ==,
                        coding == VM_BINARY_DELTA ? 77 : 0);
    }
}

/* A binary trace that was cut anywhere is never taken for a whole one. */
static void
test_binary_truncated (void)
{
  g_autoptr (GArray) records = random_records (60);

  for (int coding = VM_BINARY_PLAIN; coding <= VM_BINARY_DELTA; coding++) {
    g_autoptr (GByteArray) bytes
        = write_binary ((enum vm_binary_coding) coding, records, records->len);
    for (guint length = 8; length < bytes->len; length++) {
      g_auto (Said) said
          = read_pieces (VM_TRACE_BINARY, bytes->data, length, 16);
      g_assert_true (said.error.problem == VM_READER_TRUNCATED
                     || said.error.problem == VM_READER_BAD_COUNT);
      g_assert_cmpuint (said.error.line, ==, said.records->len + 1);
    }
  }
}

static void
test_names (void)
{
  for (guint i = 0; i < VM_TRACE_FORMATS; i++) {
    const char *name = vm_trace_format_name ((enum vm_trace_format) i);
    g_assert_cmpuint (vm_trace_format_named (name), ==, i);
  }
  g_assert_cmpint (vm_trace_format_named ("pdf"), ==, VM_TRACE_FORMATS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader/lackey", test_lackey);
  g_test_add_func ("/reader/crossing", test_crossing);
  g_test_add_func ("/reader/page-sizes", test_page_sizes);
  g_test_add_func ("/reader/pages-of-sizes", test_pages_of_sizes);
  g_test_add_func ("/reader/din", test_din);
  g_test_add_func ("/reader/lists", test_lists);
  g_test_add_func ("/reader/csv", test_csv);
  g_test_add_func ("/reader/processes", test_processes);
  g_test_add_func ("/reader/refusals", test_refusals);
  g_test_add_func ("/reader/endless-line", test_endless_line);
  g_test_add_func ("/reader/quick-equals-careful", test_quick_equals_careful);
  g_test_add_func ("/reader/binary", test_binary);
  g_test_add_func ("/reader/binary-truncated", test_binary_truncated);
  g_test_add_func ("/reader/names", test_names);
  return g_test_run ();
}
