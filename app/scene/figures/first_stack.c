/* The stack of a program before its first instruction, word by word: argc,
 * argv, envp, the auxiliary vector, and the strings that they point to. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/kit.h"
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

/* The stack of the process that it is about. */
typedef struct {
  SceneBuild *b;
  const struct vm_exec *exec; /* NULL: it executes nothing */
  guint64 start;
  guint word;
  guint64 words; /* rows: up to the end of the strings */
} Stack;

static Stack
stack_of (SceneBuild *b)
{
  const SceneContext *c = b->context;
  Stack stack = {.b = b};

  if (c->machine == NULL || c->process == VM_NONE)
    return stack;
  guint32 mm = c->state->processes[c->process].mm;
  const struct vm_exec *exec = &c->state->execs[mm];
  guint64 start = c->state->mms[mm].start_stack;
  if (exec->file == 0 || exec->auxv == 0 || exec->stack_end <= start)
    return stack;
  stack.exec = exec;
  stack.start = start;
  stack.word = exec->flags & VM_EXEC_32 ? 4 : 8;
  stack.words = (exec->stack_end - start) / stack.word;
  return stack;
}

static guint8
byte_at (const Stack *s, guint64 va)
{
  const SceneContext *c = s->b->context;
  struct vm_entry entry = vm_entry_of (c->state, c->process, vm_vaddr_of (va));
  vm_paddr page = vm_frame_start (vm_frame_of (entry.pte.frame), VM_PAGE_SHIFT);

  return entry.pte.present ? *vm_memory_bytes (
             c->state, vm_paddr_of (page.v + va % VM_PAGE_SIZE))
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

  for (guint8 byte; text->len < 24 && va < s->exec->stack_end
                    && (byte = byte_at (s, va)) != 0;
       va++)
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

/* What a word is, and its colour; to be freed. */
static char *
meaning (const Stack *s, guint64 va, guint64 value, SceneRole *role)
{
  const struct vm_exec *e = s->exec;
  guint64 pairs_end = e->auxv + 2 * (guint64) s->word * e->auxc;

  *role = SCENE_ROLE_LEVEL1;
  if (va < e->argv)
    return g_strdup_printf ("argc = %" PRIu64, value);
  *role = SCENE_ROLE_PROCESS_A;
  if (va < e->envp)
    return pointer_text (s, "argv", (va - e->argv) / s->word, e->argc, value);
  *role = SCENE_ROLE_FILE;
  if (va < e->auxv)
    return pointer_text (s, "envp", (va - e->envp) / s->word, e->envc, value);
  *role = SCENE_ROLE_PROCESS_B;
  if (va < pairs_end)
    return (va - e->auxv) / s->word % 2 == 0 ? g_strdup (vm_aux_name (value))
                                             : g_strdup (_ ("its value"));
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

static void
add_row (const Stack *s, guint64 n, SceneRect row)
{
  SceneBuild *b = s->b;
  guint64 va = s->start + n * s->word;
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
                          role, SCENE_NORMAL);
    item->text = bytes_text (s, va);
    item->style = SCENE_TEXT_MONO_SMALL;
  }
  const char *text = scene_still_text (b->still, what);
  if (scene_width (b, SCENE_TEXT_MONO_SMALL, text) > row.width)
    text = "…";
  item = scene_add_text (b, SCENE_ID (SCENE_FIGURE_STACK, PART_WHAT, n),
                         SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START, row, text);
  item->role = role;
  item->name = scene_still_printf (b->still, "0x%" PRIx64 ": %s", va, what);
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

  if (s.exec == NULL) {
    scene_add_wrapped (b, SCENE_ID (SCENE_FIGURE_STACK, PART_WHAT, 0xffffff),
                       SCENE_TEXT_SMALL, inside, 2, SCENE_FAINT,
                       _ ("no program was executed yet"));
    return;
  }
  guint visible
      = (guint) MIN (s.words, (guint64) (inside.height / row_height (b)));
  guint64 first = scene_add_window (b, inside, s.words, visible, 0, NULL);
  for (guint i = 0; i < visible; i++)
    add_row (&s, first + i, scene_cut_top (&inside, row_height (b), 0));
}

const SceneFigure scene_figure_stack = {.id = SCENE_FIGURE_STACK,
                                        .kind = "first-stack",
                                        .title = N_ ("The first stack"),
                                        .stance = SCENE_STANCE_PART,
                                        .measure = measure,
                                        .build = build};
