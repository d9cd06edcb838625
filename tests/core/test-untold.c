/* Every function that takes a tape may be given none: the same operations, told
 * and untold, leave the same state. */
#include "support.h"

#include <inttypes.h>
#include <string.h>

#include "machine/execute.h"
#include "machine/names.h"

#define LINES 48

/* "@20" in a line: what line 20 returned, counted from 0. */
static const char *const scripts[][LINES] = {
    {"machine geometry=x86-32 memory=1G buddy=on cpus=2",
     "kernel version=4.0",
     "process name=A layout=linux",
     "process name=B layout=linux",
     "vmalloc bytes=1000000 module=pagemem",
     "vmalloc bytes=1 cpu=1",
     "access process=A va=0xf7bfe000 mode=kernel kind=write value=7",
     "mmap process=A va=0x40000000 length=64K fixed=on populate=on",
     "kwrite process=A va=0x40000005 value=9 width=1",
     "kmap frame=0x38000",
     "kmap frame=0x38000",
     "kmap frame=0x10",
     "kmap frame=0x38001 kind=local cpu=1",
     "kmap frame=0x38002 kind=local cpu=1",
     "kunmap va=0xff401000",
     "kunmap va=0xff401000",
     "kunmap va=0xc0010000",
     "kunmap va=0xfffdd000 cpu=1",
     "vfree va=0xf7bfe000",
     "vfree va=0x1234",
     "get_pages order=3",
     "get_pages order=9 gfp=GFP_DMA",
     "get_pages gfp=GFP_HIGHUSER",
     "free_pages va=@20 order=3",
     "free_pages va=@20 order=3",
     "kmalloc size=100 module=a",
     "kmalloc size=5000",
     "kmalloc size=100000",
     "kmalloc size=16M",
     "kfree va=@26",
     "kfree va=@26",
     "kfree va=@27",
     "rmmod module=a",
     "show what=address va=0xf7bfe000",
     "exit process=A"},
    {"machine geometry=x86-64 memory=64M cpus=2 pcid=on kpti=on psc=on "
     "tlb-sets=4 "
     "tlb-ways=4",
     "kernel kaslr=on seed=4",
     "process name=A layout=linux",
     "mmap process=A va=0x40000000 length=64K fixed=on populate=on",
     "clone process=A name=T flags=vm,fs,files,sighand,thread",
     "clone process=A name=U flags=vm",
     "clone process=A name=V flags=fs,files",
     "kthread name=k",
     "switch process=A",
     "access process=A va=0x40000000 kind=write value=1",
     "switch process=T cpu=1",
     "access process=T va=0x40001000 kind=write value=1 cpu=1",
     "switch process=k cpu=1",
     "munmap process=A va=0x40000000 length=8K",
     "switch process=T cpu=1",
     "mprotect process=T va=0x40002000 length=4K prot=r",
     "vmalloc bytes=4097",
     "chdir process=V to=tmp",
     "vfork process=A name=W",
     "exit process=W",
     "switch process=k",
     "exit process=T",
     "exit process=A",
     "exit process=k"},
    {"machine geometry=x86-64 memory=16M buddy=on",
     "process name=A layout=linux",
     "mmap process=A va=0x40000000 length=4M fixed=on",
     "madvise process=A va=0x40000000 length=4M advice=hugepage",
     "access process=A va=0x40000000 kind=write value=1",
     "mprotect process=A va=0x40001000 length=4K prot=r", "kmalloc size=64",
     "kmalloc size=64", "kmalloc size=192", "kmalloc size=4096 gfp=GFP_ATOMIC",
     "kmalloc size=9000", "fork process=A name=B",
     "access process=B va=0x40010000 kind=write value=1", "exit process=B",
     "exit process=A"},
    {"machine geometry=x86-pae memory=64M cpus=2",
     "kernel",
     "process name=A layout=linux",
     "mmap process=A va=0x40000000 length=16K fixed=on populate=on",
     "kthread name=k",
     "kthread name=l",
     "switch process=k cpu=1",
     "access process=k va=0xc0001000 mode=kernel cpu=1",
     "switch process=A cpu=1",
     "clone process=A name=T flags=vm,fs,files,sighand,thread",
     "switch process=T cpu=1",
     "switch process=k cpu=1",
     "switch process=l cpu=1",
     "munmap process=A va=0x40000000 length=4K",
     "switch process=T cpu=1",
     "switch process=k cpu=1",
     "clone process=A name=U flags=vm,thread",
     "vfork process=A name=V",
     "exit process=V",
     "exit process=T",
     "exit process=A",
     "switch process=l cpu=1",
     "exit process=k",
     "exit process=l"},
    {"machine geometry=aarch64 memory=64M cpus=2",
     "kernel",
     "process name=A layout=linux",
     "mmap process=A va=0x40000000 length=16K fixed=on populate=on",
     "kthread name=k",
     "kthread name=l",
     "switch process=k cpu=1",
     "access process=k va=0xffff000000001000 mode=kernel cpu=1",
     "switch process=A cpu=1",
     "clone process=A name=T flags=vm,fs,files,sighand,thread",
     "switch process=T cpu=1",
     "switch process=k cpu=1",
     "switch process=l cpu=1",
     "munmap process=A va=0x40000000 length=4K",
     "switch process=T cpu=1",
     "switch process=k cpu=1",
     "clone process=A name=U flags=vm,thread",
     "vfork process=A name=V",
     "exit process=V",
     "exit process=T",
     "exit process=A",
     "switch process=l cpu=1",
     "exit process=k",
     "exit process=l"},
};

/* A state that nobody records, beside the machine that parses for it. */
static void
run_untold (struct vm_machine *m, struct vm_state *state,
            const struct vm_names *names, const char *line)
{
  struct vm_result result = {.process = VM_NONE, .made = VM_NONE};
  struct vm_error error = {VM_OK};
  struct vm_op op;

  if (!vm_machine_parse (m, line, &op, &error))
    g_error ("%s: %u %s", line, error.code, error.subject);
  result.kind = op.kind;
  if (!vm_execute (NULL, state, names, &op, &result, &error))
    g_error ("%s: %u %s", line, error.code, error.subject);
}

/* Every page of the state that telling has touched. */
static void
assert_same (const struct vm_machine *m, const struct vm_state *state,
             const char *line)
{
  const struct vm_tape *tape = vm_machine_tape (m);
  const uint8_t *a = (const uint8_t *) tape->state,
                *b = (const uint8_t *) state;

  for (size_t page = 0; page * VM_PAGE_SIZE < sizeof *state; page++) {
    size_t left = sizeof *state - page * VM_PAGE_SIZE;
    size_t at = page * VM_PAGE_SIZE;
    if (tape->touched[page / 64] >> (page % 64) & 1
        && memcmp (a + at, b + at, MIN (left, VM_PAGE_SIZE)) != 0)
      g_error ("%s: the states differ within %zu bytes from %zu on", line,
               (size_t) VM_PAGE_SIZE, at);
  }
}

static char *
filled_in (const char *line, const uint64_t *values)
{
  const char *mark = strchr (line, '@');
  char *rest = NULL;

  if (mark == NULL)
    return g_strdup (line);
  uint64_t number = g_ascii_strtoull (mark + 1, &rest, 10);
  return g_strdup_printf ("%.*s0x%" PRIx64 "%s", (int) (mark - line), line,
                          values[number], rest);
}

static void
test_untold (gconstpointer data)
{
  const char *const *lines = scripts[GPOINTER_TO_UINT (data)];
  struct vm_machine *m = vm_machine_new ();
  struct vm_state *state = vm_state_new ();
  uint64_t values[LINES];

  for (int i = 0; i < LINES && lines[i] != NULL; i++) {
    g_autofree char *line = filled_in (lines[i], values);
    run_untold (m, state, NULL, line);
    values[i] = run (m, "%s", line)->value;
    assert_same (m, state, line);
  }
  vm_state_free (state);
  vm_machine_free (m);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++) {
    g_autofree char *path = g_strdup_printf ("/untold/%u", i);
    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_untold);
  }
  return g_test_run ();
}
