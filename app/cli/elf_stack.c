/* Prints the first stack of a program. */
#include "elf_stack.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "mm/entries.h"
#include "process/exec.h"
#include "words.h"

/* The stack of a run: bytes from the stack pointer to its end. */
typedef struct {
  const struct vm_exec *exec;
  guint64 start;
  GByteArray *bytes;
  guint word;
} Stack;

/* A byte of a process's memory, if its page is there. */
static guint8
byte_at (const struct vm_state *s, guint32 process, guint64 va)
{
  struct vm_entry entry = vm_entry_of (s, process, vm_vaddr_of (va));
  vm_paddr page = vm_frame_start (vm_frame_of (entry.pte.frame), VM_PAGE_SHIFT);

  return entry.pte.present
             ? *vm_memory_bytes (s, vm_paddr_of (page.v + va % VM_PAGE_SIZE))
             : 0;
}

static Stack
stack_of (const ProgramRun *run)
{
  const struct vm_state *s = vm_machine_state (run->machine);
  guint32 mm = s->processes[run->process].mm;
  Stack stack = {.exec = &s->execs[mm], .start = s->mms[mm].start_stack};

  stack.word = stack.exec->flags & VM_EXEC_32 ? 4 : 8;
  stack.bytes = g_byte_array_new ();
  for (guint64 va = stack.start; va < stack.exec->stack_end; va++) {
    guint8 byte = byte_at (s, run->process, va);
    g_byte_array_append (stack.bytes, &byte, 1);
  }
  return stack;
}

static guint64
word_at (const Stack *stack, guint64 va)
{
  guint64 word = 0;

  for (guint i = 0;
       i < stack->word && va - stack->start + i < stack->bytes->len; i++)
    word |= (guint64) stack->bytes->data[va - stack->start + i] << 8 * i;
  return word;
}

/* The string at an address, safe to show; to be freed with g_free. */
static char *
string_at (const Stack *stack, guint64 va)
{
  GString *text = g_string_new (NULL);

  for (guint64 i = va - stack->start;
       i < stack->bytes->len && stack->bytes->data[i] != 0; i++)
    g_string_append_c (text, (char) stack->bytes->data[i]);
  char *safe = program_text (text->str);
  g_string_free (text, TRUE);
  return safe;
}

static void
write_aux (CliJson *json, const Stack *stack)
{
  cli_json_begin_array (json, "auxv");
  for (guint32 i = 0; i < stack->exec->auxc; i++) {
    guint64 at = stack->exec->auxv + (guint64) i * 2 * stack->word;
    guint64 type = word_at (stack, at);
    cli_json_begin_object (json, NULL);
    cli_json_number (json, "type", type);
    cli_json_string (json, "name", vm_aux_name (type));
    cli_json_hex (json, "value", word_at (stack, at + stack->word));
    cli_json_end_object (json);
  }
  cli_json_end_array (json);
}

void
cli_elf_write_stack (CliJson *json, const ProgramRun *run)
{
  Stack stack = stack_of (run);
  g_autoptr (GString) hex = g_string_new (NULL);

  for (guint i = 0; i < stack.bytes->len; i++)
    g_string_append_printf (hex, "%02x", stack.bytes->data[i]);
  cli_json_begin_object (json, "stack");
  cli_json_hex (json, "pointer", stack.start);
  cli_json_hex (json, "end", stack.exec->stack_end);
  cli_json_hex (json, "argv", stack.exec->argv);
  cli_json_hex (json, "envp", stack.exec->envp);
  cli_json_hex (json, "auxv_start", stack.exec->auxv);
  cli_json_hex (json, "random", stack.exec->random);
  cli_json_hex (json, "platform", stack.exec->platform);
  cli_json_hex (json, "execfn", stack.exec->execfn);
  write_aux (json, &stack);
  cli_json_string (json, "bytes", hex->str);
  cli_json_end_object (json);
  g_byte_array_unref (stack.bytes);
}

/* A word's address, the word, and what it is. */
static void
print_word (const Stack *stack, guint64 at, const char *what)
{
  printf ("0x%012" G_GINT64_MODIFIER "x  %0*" G_GINT64_MODIFIER "x  %s\n", at,
          (int) stack->word * 2, word_at (stack, at), what);
}

static void
print_pointers (const Stack *stack, const char *name, guint64 at, guint count)
{
  for (guint i = 0; i < count; i++, at += stack->word) {
    g_autofree char *text = string_at (stack, word_at (stack, at));
    g_autofree char *what = g_strdup_printf ("%s[%u]  \"%s\"", name, i, text);
    print_word (stack, at, what);
  }
  print_word (stack, at, name);
}

static void
print_auxv (const Stack *stack)
{
  guint64 at = stack->exec->auxv;

  for (guint i = 0; i < stack->exec->auxc; i++, at += 2 * stack->word) {
    print_word (stack, at, vm_aux_name (word_at (stack, at)));
    print_word (stack, at + stack->word, "");
  }
}

/* 16 bytes a line, from the vectors' end to the stack's. */
static void
print_rest (const Stack *stack, guint64 at)
{
  for (; at < stack->exec->stack_end; at += 16) {
    printf ("0x%012" G_GINT64_MODIFIER "x ", at);
    for (guint i = 0; i < 16 && at + i < stack->exec->stack_end; i++)
      printf (" %02x", stack->bytes->data[at + i - stack->start]);
    printf ("  ");
    for (guint i = 0; i < 16 && at + i < stack->exec->stack_end; i++) {
      char c = (char) stack->bytes->data[at + i - stack->start];
      putchar (g_ascii_isprint (c) ? c : '.');
    }
    printf ("\n");
  }
}

void
cli_elf_print_stack (const ProgramRun *run)
{
  Stack stack = stack_of (run);

  print_word (&stack, stack.start, "argc");
  print_pointers (&stack, "argv", stack.exec->argv, stack.exec->argc);
  print_pointers (&stack, "envp", stack.exec->envp, stack.exec->envc);
  print_auxv (&stack);
  print_rest (&stack,
              stack.exec->auxv + 2 * (guint64) stack.word * stack.exec->auxc);
  g_byte_array_unref (stack.bytes);
}
