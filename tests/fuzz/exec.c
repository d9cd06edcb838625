/* Fuzzes execve and what comes before main: any bytes are executed, as a
 * program, its loader and its library at once, and the machine must be whole
 * afterwards. */
#include <stdint.h>
#include <stdlib.h>

#include "machine/check.h"
#include "machine/machine.h"

static void
require (int condition)
{
  if (!condition)
    abort ();
}

static int
run (struct vm_machine *machine, const char *line)
{
  struct vm_error error = {.code = VM_OK};

  return vm_machine_do_line (machine, line, &error);
}

/* The file in each of its parts. What a machine has no room for, it refuses. */
static int
add_files (struct vm_machine *machine, const uint8_t *data, size_t size)
{
  struct vm_error error = {.code = VM_OK};

  return vm_machine_bring (machine, "bytes", data, size, NULL, &error)
         && run (machine,
                 "file name=prog content=bytes path=/b/prog cached=off")
         && run (machine,
                 "file name=ld.so content=bytes path=/l/ld.so cached=off")
         && run (machine,
                 "file name=lib.so content=bytes path=/l/lib.so cached=off")
         && run (machine, "file name=libstdc++.so.6 content=bytes cached=off")
         && run (machine, "file name=ld.so.cache size=9000 cached=off");
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const lines[] = {
      "exec process=A file=prog aslr=on seed=3 argv=prog,one env=A=1",
      "link process=A", "exec process=B file=prog interpreter=ld.so kernel=1",
      "link process=B", "exit process=A"};
  struct vm_machine *machine = vm_machine_new ();
  struct vm_check_report report;

  require (machine != NULL);
  require (run (machine, "machine geometry=x86-64 memory=16M")
           && run (machine, "process name=A")
           && run (machine, "process name=B"));
  if (size > 0 && add_files (machine, data, size))
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
      run (machine, lines[i]);
  require (vm_check (machine, VM_CHECK_ALL, &report));
  vm_machine_free (machine);
  return 0;
}
