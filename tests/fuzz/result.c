/* Fuzzes the reader of result files: what it takes can be written again, and
 * then carries a seal that fits. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "csv.h"
#include "result.h"

static void
require (gboolean condition)
{
  if (!condition)
    abort ();
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProgressResult) result
      = progress_result_parse ((const char *) data, size, "salt", &error);

  require ((result == NULL) == (error != NULL));
  if (result == NULL)
    return 0;

  g_autofree char *csv = progress_csv (result->answers);
  g_autofree char *text
      = progress_result_text (result->student, "salt", result->answers);
  g_autoptr (ProgressResult) again
      = progress_result_parse (text, strlen (text), "salt", &error);
  require (again != NULL && again->sound);
  require (again->answers->len == result->answers->len);
  return 0;
}
