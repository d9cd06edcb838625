/* Fills error values. */
#include "error.h"

#include <string.h>

void
vm_error_set (struct vm_error *error, enum vm_error_code code,
              const char *subject)
{
  vm_error_set_range (error, code, subject, 0, 0, 0);
}

void
vm_error_set_range (struct vm_error *error, enum vm_error_code code,
                    const char *subject, uint64_t value, uint64_t low,
                    uint64_t high)
{
  if (error == NULL)
    return;

  *error = (struct vm_error){
      .code = code, .value = value, .low = low, .high = high};
  if (subject == NULL)
    return;

  size_t length = strlen (subject);
  if (length >= sizeof error->subject)
    length = sizeof error->subject - 1;
  memcpy (error->subject, subject, length);
}
