/* The stack of a program before its first instruction, word by word: argc,
 * argv, envp, the auxiliary vector, and the strings that they point to. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/kit.h"
#include "figures/loaded.h"
#include "figures/window.h"
#include "mm/entries.h"
#include "process/exec.h"
#include "tape/memory.h"

#define ROWS 14

enum {
  PART_ADDRESS = SCENE_PART, /* number: row, as below */
  PART_WORD,
  PART_BYTES,
  PART_WHAT
};

/* The stack of the process that it is about. Before there are vectors, all of
 * it is strings: argv ... auxv lie at its start then, and are empty. */
typedef struct {
  SceneBuild *b;
  guint32 process;
  guint64 start, end;       /* end: behind the highest byte of the strings */
  guint64 argv, envp, auxv; /* where they begin */
  guint64 strings;          /* ... and end */
  guint argc, envc, word;   /* word: bytes */
  guint64 words;            /* rows: up to the end; 0: there is no stack */
  guint64 filled;           /* the vectors hold what they are to, up to here */
  guint64 now_from, now_to; /* bytes that this very step is about */
} Stack;

/* The vectors stand one behind the other, from the stack pointer up. */
static void
place_vectors (Stack *s, guint64 start, guint argc, guint envc, guint auxc)
{
  s->start = start;
  s->argc = argc;
  s->envc = envc;
  s->argv = start + s->word;
  s->envp = s->argv + ((guint64) argc + 1) * s->word;
  s->auxv = s->envp + ((guint64) envc + 1) * s->word;
  s->strings = s->auxv + 2 * (guint64) s->word * auxc;
  s->filled = s->strings;
}

static void
place_strings (Stack *s, guint64 address)
{
  if (s->argv != s->strings) /* the vectors are below them already */
    return;
  s->start = address / s->word * s->word;
  s->argv = s->envp = s->auxv = s->strings = s->start;
}

static void
mark (Stack *s, guint64 from, guint64 bytes)
{
  s->now_from = from;
  s->now_to = from + bytes;
}

/* The auxiliary vector comes pair by pair. */
static void
note_put (Stack *s, guint64 address, guint64 bytes)
{
  if (address == s->auxv && bytes > 2 * (guint64) s->word)
    bytes = 0;
  s->filled = MAX (s->filled, address + bytes);
  mark (s, address, bytes);
}

/* What a step of execve puts there. */
static void
note_step (Stack *s, const struct vm_step *step)
{
  const guint64 *v = step->values;

  switch ((guint) step->kind) {
  case VM_STEP_EXEC_HEADER:
    s->word = v[VM_V_HEADER_BITS] / 8;
    return;
  case VM_STEP_EXEC_LAYOUT:
    s->process = (guint32) v[VM_V_LAYOUT_PROCESS];
    s->start = s->end = v[VM_V_LAYOUT_STACK_TOP];
    return;
  case VM_STEP_EXEC_STRINGS:
    place_strings (s, v[VM_V_STRINGS_ADDRESS]);
    mark (s, v[VM_V_STRINGS_ADDRESS], v[VM_V_STRINGS_BYTES]);
    return;
  case VM_STEP_EXEC_PUT:
    place_strings (s, v[VM_V_PUT_ADDRESS]);
    note_put (s, v[VM_V_PUT_ADDRESS], v[VM_V_PUT_BYTES]);
    return;
  case VM_STEP_EXEC_TABLES:
    place_vectors (s, v[VM_V_TABLES_STACK], (guint) v[VM_V_TABLES_ARGC],
                   (guint) v[VM_V_TABLES_ENVC], (guint) v[VM_V_TABLES_AUXC]);
    s->filled = s->start;
    mark (s, s->start, s->word);
    return;
  case VM_STEP_EXEC_AUX:
    note_put (s, v[VM_V_AUX_ADDRESS], 2 * (guint64) s->word);
    return;
  default:
    mark (s, 0, 0);
  }
}

/* execve is at work; FALSE: it is not, or has come to no stack yet. */
static gboolean
read_steps (Stack *s)
{
  const SceneContext *c = s->b->context;
  guint64 first, end;

  if (!scene_exec_steps (c, &first, &end))
    return FALSE;
  for (guint64 n = first; n < end; n++) {
    const struct vm_step *step = vm_machine_step (c->machine, n);
    if (step != NULL)
      note_step (s, step);
  }
  return s->start < s->end;
}

/* The program runs. */
static gboolean
read_record (Stack *s)
{
  const SceneContext *c = s->b->context;
  guint32 process = scene_executing (c);

  if (process == VM_NONE)
    return FALSE;
  guint32 mm = c->state->processes[process].mm;
  const struct vm_exec *exec = &c->state->execs[mm];
  guint64 start = c->state->mms[mm].start_stack;
  if (exec->file == 0 || exec->auxv == 0 || exec->stack_end <= start)
    return FALSE;
  s->process = process;
  s->word = exec->flags & VM_EXEC_32 ? 4 : 8;
  s->end = exec->stack_end;
  place_vectors (s, start, exec->argc, exec->envc, exec->auxc);
  if (c->access && c->process == process)
    mark (s, c->va, c->width);
  return TRUE;
}

static Stack
stack_of (SceneBuild *b)
{
  Stack stack = {.b = b, .word = 8};

  if (b->context->machine == NULL)
    return stack;
  if (read_steps (&stack) || read_record (&stack))
    stack.words = (stack.end - stack.start) / stack.word;
  return stack;
}

/* Where in physical memory a byte of the stack is, if its page is there. */
static gboolean
paddr_of (const Stack *s, guint64 va, guint64 *pa)
{
  const SceneContext *c = s->b->context;
  struct vm_entry entry = vm_entry_of (c->state, s->process, vm_vaddr_of (va));

  *pa = vm_frame_start (vm_frame_of (entry.pte.frame), VM_PAGE_SHIFT).v
        + va % VM_PAGE_SIZE;
  return entry.pte.present;
}

static guint8
byte_at (const Stack *s, guint64 va)
{
  guint64 pa;

  return paddr_of (s, va, &pa)
             ? *vm_memory_bytes (s->b->context->state, vm_paddr_of (pa))
             : 0;
}

static guint64
word_at (const Stack *s, guint64 va)
{
  guint64 word = 0;

  for (guint i = 0; i < s->word; i++)
    word |= (guint64) byte_at (s, va + i) << 8 * i;
  return word;
}

/* "/bin/ls", of what a pointer leads to; letters alone. */
static char *
string_at (const Stack *s, guint64 va)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint8 byte;
       text->len < 24 && va < s->end && (byte = byte_at (s, va)) != 0; va++)
    g_string_append_c (text, g_ascii_isprint ((char) byte) ? (char) byte : '.');
  return g_strdup (text->str);
}

/* A vector of pointers: "argv[1] → ls". */
static char *
pointer_text (const Stack *s, const char *name, guint64 index, guint count,
              guint64 value)
{
  if (index >= count)
    return g_strdup_printf (_ ("end of %s"), name);
  g_autofree char *text = string_at (s, value);
  return g_strdup_printf ("%s[%" PRIu64 "] → %s", name, index, text);
}

/* The letters of a word of strings. */
static char *
letters (const Stack *s, guint64 va)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < s->word; i++) {
    char c = (char) byte_at (s, va + i);
    g_string_append_c (text, g_ascii_isprint (c) ? c : '.');
  }
  return g_string_free (text, FALSE);
}

/* A word of the auxiliary vector: a type, or the value that belongs to it. */
static char *
pair_text (const Stack *s, guint64 va, guint64 value)
{
  return (va - s->auxv) / s->word % 2 == 0
             ? g_strdup (vm_aux_name (value))
             : g_strdup_printf ("= 0x%" PRIx64, value);
}

/* What a word is, and its colour; to be freed. */
static char *
meaning (const Stack *s, guint64 va, guint64 value, SceneRole *role)
{
  *role = SCENE_ROLE_NEUTRAL;
  if (va >= s->filled && va < s->strings)
    return g_strdup (_ ("yet to be written"));
  *role = SCENE_ROLE_LEVEL1;
  if (va < s->argv)
    return g_strdup_printf ("argc = %" PRIu64, value);
  *role = SCENE_ROLE_PROCESS_A;
  if (va < s->envp)
    return pointer_text (s, "argv", (va - s->argv) / s->word, s->argc, value);
  *role = SCENE_ROLE_FILE;
  if (va < s->auxv)
    return pointer_text (s, "envp", (va - s->envp) / s->word, s->envc, value);
  *role = SCENE_ROLE_PROCESS_B;
  if (va < s->strings)
    return pair_text (s, va, value);
  *role = SCENE_ROLE_NEUTRAL;
  return letters (s, va);
}

static double
row_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.35);
}

static double
address_width (const SceneBuild *b)
{
  return scene_width (b, SCENE_TEXT_MONO_SMALL, "0x7fffffffe000")
         + scene_em (b, 0.5);
}

static double
bytes_width (const SceneBuild *b)
{
  return scene_width (b, SCENE_TEXT_MONO_SMALL, "00 00 00 00 00 00 00 00")
         + scene_em (b, 0.9);
}

/* "07 00 00 00", as they lie in memory. */
static const char *
bytes_text (const Stack *s, guint64 va)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < s->word; i++)
    g_string_append_printf (text, "%s%02x", i > 0 ? " " : "",
                            byte_at (s, va + i));
  return scene_still_text (s->b->still, text->str);
}

/* The step writes or reads bytes of it. */
static SceneEmphasis
emphasis_of (const Stack *s, guint64 va)
{
  return va < s->now_to && va + s->word > s->now_from ? SCENE_ACTIVE
                                                      : SCENE_NORMAL;
}

static void
show_word (const Stack *s, SceneItem *item, guint64 va)
{
  guint64 pa;

  if (paddr_of (s, va, &pa))
    scene_item_shows_memory (s->b, item, pa, s->word);
}

static void
add_row (const Stack *s, guint64 n, SceneRect row)
{
  SceneBuild *b = s->b;
  guint64 va = s->start + n * s->word;
  SceneEmphasis emphasis = emphasis_of (s, va);
  gboolean wide = row.width
                  > address_width (b) + bytes_width (b) + scene_em (b, 8);
  SceneRect left = scene_cut_left (&row, address_width (b), 0);
  SceneRole role;
  g_autofree char *what = meaning (s, va, word_at (s, va), &role);
  SceneItem *item;

  scene_add_text (b, SCENE_ID (SCENE_FIGURE_STACK, PART_ADDRESS, n),
                  SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START, left,
                  scene_still_printf (b->still, "0x%" PRIx64, va))
      ->emphasis
      = SCENE_FAINT;
  if (wide) {
    SceneRect box = scene_cut_left (&row, bytes_width (b), scene_em (b, 0.6));
    SceneRect inner = scene_inset (box, 0, scene_em (b, 0.08));
    item = scene_add_box (b, SCENE_ID (SCENE_FIGURE_STACK, PART_WORD, n), inner,
                          role, emphasis);
    item->text = bytes_text (s, va);
    item->style = SCENE_TEXT_MONO_SMALL;
    show_word (s, item, va);
  }
  const char *text = scene_still_text (b->still, what);
  if (scene_width (b, SCENE_TEXT_MONO_SMALL, text) > row.width)
    text = "…";
  item = scene_add_text (b, SCENE_ID (SCENE_FIGURE_STACK, PART_WHAT, n),
                         SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START, row, text);
  item->role = role;
  item->emphasis = emphasis;
  item->name = scene_still_printf (b->still, "0x%" PRIx64 ": %s", va, what);
  show_word (s, item, va);
}

/* Some operation executes a program: there will be a stack. */
static gboolean
comes (const SceneContext *c)
{
  for (guint64 i = 0;
       c->machine != NULL && i < vm_machine_op_count (c->machine); i++)
    if (vm_machine_op (c->machine, i)->kind == VM_OP_EXEC)
      return TRUE;
  return FALSE;
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  double rows = comes (b->context) ? ROWS * row_height (b)
                                   : 2 * scene_line (b, SCENE_TEXT_SMALL);

  (void) width;
  size->min_width = address_width (b) + scene_em (b, 7) + 2 * scene_padding (b);
  size->width = address_width (b) + bytes_width (b) + scene_em (b, 14)
                + 2 * scene_padding (b);
  size->min_height = scene_header (b) + scene_em (b, 0.8) + rows;
  size->height = size->min_height;
  size->max_height = size->height + 8 * row_height (b);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_STACK, 0, rect,
                                      _ ("The first stack"), NULL);
  Stack s = stack_of (b);

  if (s.words == 0) {
    scene_add_wrapped (b, SCENE_ID (SCENE_FIGURE_STACK, PART_WHAT, 0xffffff),
                       SCENE_TEXT_SMALL, inside, 2, SCENE_FAINT,
                       _ ("no program was executed yet"));
    return;
  }
  guint visible
      = (guint) MIN (s.words, (guint64) (inside.height / row_height (b)));
  guint64 focus = s.now_to > s.start ? (s.now_from - s.start) / s.word : 0;
  guint64 first
      = scene_add_window (b, inside, s.words, visible,
                          scene_window_around (s.words, visible, focus), NULL);
  for (guint i = 0; i < visible; i++)
    add_row (&s, first + i, scene_cut_top (&inside, row_height (b), 0));
}

const SceneFigure scene_figure_stack = {.id = SCENE_FIGURE_STACK,
                                        .kind = "first-stack",
                                        .title = N_ ("The first stack"),
                                        .stance = SCENE_STANCE_PART,
                                        .measure = measure,
                                        .build = build};
