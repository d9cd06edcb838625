/* Tests how numbers may be written by people. */
#include "number.h"

typedef struct {
  const char *text;
  gboolean readable;
  guint64 value;
} Row;

static void
check (const Row *rows, guint count, gboolean bare_hex)
{
  for (guint i = 0; i < count; i++) {
    guint64 value = 0;
    g_autofree char *shown = g_strescape (rows[i].text, NULL);
    g_test_message ("“%s”", shown);
    gboolean readable = lesson_number_read (rows[i].text, bare_hex, &value);
    g_assert_cmpint (readable, ==, rows[i].readable);
    if (readable && rows[i].readable)
      g_assert_cmphex (value, ==, rows[i].value);
  }
}

static void
test_plain (void)
{
  static const Row rows[] = {
      {"68", TRUE, 68},
      {" 68\n", TRUE, 68},
      {"007", TRUE, 7},
      {"0x344", TRUE, 0x344},
      {"0X44332344", TRUE, 0x44332344},
      {"0xAbC", TRUE, 0xabc},
      {"0x1b", TRUE, 0x1b},
      {"0b1010", TRUE, 10},
      {"0x0000 288c", TRUE, 0x288c},
      {"0x4433_2344", TRUE, 0x44332344},
      {"1,048,576", TRUE, 1048576},
      {"1 048 576", TRUE, 1048576},
      {"1\xe2\x80\xaf"
       "048\xc2\xa0"
       "576",
       TRUE, 1048576},
      {"4K", TRUE, 4096},
      {"4 KiB", TRUE, 4096},
      {"4MiB", TRUE, 4 * 1048576},
      {"2g", TRUE, G_GUINT64_CONSTANT (2) << 30},
      {"18446744073709551615", TRUE, G_MAXUINT64},
      {"18446744073709551616", FALSE, 0},
      {"16777216T", FALSE, 0},
      {"", FALSE, 0},
      {" ", FALSE, 0},
      {"0x", FALSE, 0},
      {"0b2", FALSE, 0},
      {"-1", FALSE, 0},
      {"+1", FALSE, 0},
      {"1.5", FALSE, 0},
      {"K", FALSE, 0},
      {"4KB", FALSE, 0},
      {"4iB", FALSE, 4},
      {"_4", FALSE, 0},
      {"4_", FALSE, 0},
      {"4__4", FALSE, 0},
      {"1,04", FALSE, 0},
      {"1,0485,76", FALSE, 0},
      {"1048,576", FALSE, 0},
      {"deadbeef", FALSE, 0},
      {"sixty", FALSE, 0},
      {"\xff", FALSE, 0},
  };

  check (rows, G_N_ELEMENTS (rows), FALSE);
}

static void
test_bare (void)
{
  static const Row rows[] = {
      {"44332344", TRUE, 0x44332344},
      {"288c", TRUE, 0x288c},
      {"DEAD beef", TRUE, 0xdeadbeef},
      {"0x288c", FALSE, 0},
      {"288k", FALSE, 0},
      {"", FALSE, 0},
  };

  check (rows, G_N_ELEMENTS (rows), TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/number/plain", test_plain);
  g_test_add_func ("/number/bare-hex", test_bare);
  return g_test_run ();
}
