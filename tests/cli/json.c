/* Tests of the JSON writer. */
#include "json.h"

#include <glib.h>
#include <stdlib.h>

/* What the writer has written, as one string. */
static char *
written (CliJson *json)
{
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream (&text, &length);

  g_assert_nonnull (stream);
  cli_json_write_line (json, stream);
  fclose (stream);
  return text;
}

static void
assert_line (CliJson *json, const char *expected)
{
  char *text = written (json);

  g_assert_cmpstr (text, ==, expected);
  free (text);
}

static void
test_values (void)
{
  g_autoptr (CliJson) json = cli_json_new ();
  const guint8 bytes[] = {0x00, 0x9f, 0xff};

  cli_json_begin_object (json, NULL);
  cli_json_number (json, "n", G_MAXUINT64);
  cli_json_hex (json, "h", 0xabc);
  cli_json_hex (json, "z", 0);
  cli_json_boolean (json, "t", TRUE);
  cli_json_boolean (json, "f", FALSE);
  cli_json_string (json, "s", "plain");
  cli_json_string (json, "e", "");
  cli_json_string (json, "o", NULL);
  cli_json_bytes (json, "b", bytes, sizeof bytes);
  cli_json_end_object (json);
  assert_line (json,
               "{\"n\":18446744073709551615,\"h\":\"0xabc\",\"z\":\"0x0\","
               "\"t\":true,\"f\":false,\"s\":\"plain\",\"e\":\"\","
               "\"o\":null,\"b\":\"009fff\"}\n");
}

static void
test_nesting (void)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  cli_json_begin_array (json, "empty");
  cli_json_end_array (json);
  cli_json_begin_array (json, "list");
  cli_json_number (json, NULL, 1);
  cli_json_begin_object (json, NULL);
  cli_json_end_object (json);
  cli_json_begin_array (json, NULL);
  cli_json_string (json, NULL, "x");
  cli_json_end_array (json);
  cli_json_end_array (json);
  cli_json_begin_object (json, "inner");
  cli_json_number (json, "a", 2);
  cli_json_end_object (json);
  cli_json_number (json, "last", 3);
  cli_json_end_object (json);
  assert_line (json,
               "{\"empty\":[],\"list\":[1,{},[\"x\"]],\"inner\":{\"a\":2},"
               "\"last\":3}\n");
}

static void
test_escapes (void)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  cli_json_string (json, "s", "a\"b\\c\nd\te\x01\x7f/ \xe4\xbd\xa0");
  cli_json_string (json, "bad", "x\xffy");
  cli_json_end_object (json);
  assert_line (json, "{\"s\":\"a\\\"b\\\\c\\nd\\u0009e\\u0001\\u007f/ "
                     "\xe4\xbd\xa0\",\"bad\":\"x\xef\xbf\xbdy\"}\n");
}

static void
test_lines (void)
{
  g_autoptr (CliJson) json = cli_json_new ();

  for (int i = 0; i < 2; i++) {
    cli_json_begin_object (json, NULL);
    cli_json_number (json, "i", 1);
    cli_json_end_object (json);
    assert_line (json, "{\"i\":1}\n");
  }
}

/* Nesting that does not match is our bug, and must not pass unseen. */
static void
test_mismatch (void)
{
  if (g_test_subprocess ()) {
    CliJson *json = cli_json_new ();
    cli_json_begin_object (json, NULL);
    cli_json_begin_array (json, "a");
    cli_json_end_object (json);
    return;
  }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/json/values", test_values);
  g_test_add_func ("/cli/json/nesting", test_nesting);
  g_test_add_func ("/cli/json/escapes", test_escapes);
  g_test_add_func ("/cli/json/lines", test_lines);
  g_test_add_func ("/cli/json/mismatch", test_mismatch);
  return g_test_run ();
}
