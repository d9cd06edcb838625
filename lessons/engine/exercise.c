/* Makes exercises: builds a small machine from a seed, runs it, and asks about
 * what it did. */
#include "exercise.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "number.h"
#include "query.h"
#include "steps.h"

/* The same numbers everywhere: splitmix64 (Steele, Lea and Flood, 2014). */
typedef struct {
  guint64 state;
} Random;

static guint64
random_next (Random *random)
{
  guint64 z = random->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* A number from low to high, both included. */
static guint64
random_between (Random *random, guint64 low, guint64 high)
{
  return low + random_next (random) % (high - low + 1);
}

/* What the walk of one load did, read from the machine's steps. */
typedef struct {
  guint64 va, pa, offset;
  guint64 index[3], table[3], entry_pa[3], raw[3], frame[3]; /* by level */
} Walk;

/* The address is chosen so that its three fields differ from each other and
 * none is so small that a mistake would give the right number. */
static guint64
choose_address (Random *random)
{
  guint64 directory, table, offset;

  do {
    directory = random_between (random, 2, 1020);
    table = random_between (random, 2, 1020);
    offset = random_between (random, 0x101, 0xffe);
  } while (directory == table || table == offset || directory == offset);
  return directory << 22 | table << 12 | offset;
}

static gboolean
run (struct vm_machine *machine, const char *line)
{
  return vm_machine_do_line (machine, line, NULL);
}

/* 64 MiB of memory; one page mapped, and one load from it. */
static gboolean
build (struct vm_machine *machine, Random *random)
{
  guint64 va = choose_address (random);
  guint frame = (guint) random_between (random, 0x400, 0x3fff);
  g_autofree char *map = g_strdup_printf (
      "map process=A va=0x%" G_GINT64_MODIFIER "x frame=0x%x flags=rwu",
      va & ~G_GUINT64_CONSTANT (0xfff), frame);
  g_autofree char *load
      = g_strdup_printf ("access va=0x%" G_GINT64_MODIFIER "x process=A", va);

  return run (machine,
              "machine geometry=x86-32 memory=64M tlb-sets=1 tlb-ways=4")
         && run (machine, "process name=A") && run (machine, map)
         && run (machine, load);
}

static void
read_level (struct vm_machine *machine, const struct vm_result *result,
            guint level, Walk *walk)
{
  const LessonStepFilter filter = {.kind = VM_STEP_ENTRY_READ,
                                   .count = 1,
                                   .value = {VM_V_ENTRY_LEVEL},
                                   .equals = {level},
                                   .nth = 1};
  guint64 found;

  if (!lesson_find_step (machine, result->first_step, result->end_step, &filter,
                         &found))
    g_return_if_reached ();
  const guint64 *values = lesson_step_at (machine, found)->values;
  walk->index[level] = values[VM_V_ENTRY_INDEX];
  walk->table[level] = values[VM_V_ENTRY_TABLE];
  walk->entry_pa[level] = values[VM_V_ENTRY_PA];
  walk->raw[level] = values[VM_V_ENTRY_RAW];
  walk->frame[level] = values[VM_V_ENTRY_FRAME];
}

static void
read_walk (struct vm_machine *machine, Walk *walk)
{
  guint64 last = vm_machine_op_count (machine) - 1;
  const struct vm_result *result = vm_machine_result (machine, last);

  walk->va = vm_machine_op (machine, last)->values[VM_P_ACCESS_VA];
  walk->pa = result->translation.pa.v;
  walk->offset
      = walk->va
        & ((G_GUINT64_CONSTANT (1) << result->translation.page_shift) - 1);
  read_level (machine, result, 2, walk);
  read_level (machine, result, 1, walk);
}

/* Sheets ------------------------------------------------------------------ */

static void
mistake_free (gpointer data)
{
  LessonExerciseMistake *mistake = data;

  g_free (mistake->text);
  g_free (mistake);
}

/* Adds a wrong answer with a name, unless it is right this time, or another
 * one came to the same number. */
static void
add_mistake (LessonExerciseSheet *sheet, guint64 value, const char *text)
{
  if (value == sheet->key)
    return;
  for (guint i = 0; i < sheet->mistakes->len; i++)
    if (((LessonExerciseMistake *) sheet->mistakes->pdata[i])->value == value)
      return;

  LessonExerciseMistake *mistake = g_new0 (LessonExerciseMistake, 1);
  mistake->value = value;
  mistake->text = g_strdup (text);
  g_ptr_array_add (sheet->mistakes, mistake);
}

static char *
hex (guint64 value)
{
  return g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", value);
}

static void
ask_for_address (LessonExerciseSheet *sheet, const Walk *w)
{
  g_autofree char *va = hex (w->va), *root = hex (w->table[2]);
  g_autofree char *directory = hex (w->raw[2]), *table = hex (w->raw[1]);

  sheet->ask = g_strdup_printf (
      _ ("CR3 names frame %s. Entry %u of the page directory there holds %s, "
         "and entry %u of the page table that it points to holds %s. Which "
         "physical address does a load from %s reach?"),
      root, (guint) w->index[2], directory, (guint) w->index[1], table, va);
  sheet->hex = TRUE;
  sheet->key = w->pa;
  add_mistake (sheet, w->raw[1] + w->offset,
               _ ("That adds the offset to the whole entry. The entry's low "
                  "twelve bits are flags; only its frame number counts."));
  add_mistake (sheet, w->frame[1] << 12,
               _ ("That is where the page begins. The offset is missing."));
  add_mistake (sheet, (w->frame[1] << 12) + w->index[1],
               _ ("That adds the table index. The index has chosen the entry "
                  "already; the offset is what is carried over."));
  add_mistake (sheet, (w->frame[2] << 12) + w->offset,
               _ ("That stops a level too early: the directory's entry names "
                  "the frame of a page table, not of the page."));
  add_mistake (sheet, w->frame[1] + w->offset,
               _ ("A frame number counts frames of 4 KiB, not bytes: it "
                  "stands left of the offset's twelve bits."));
  add_mistake (sheet, w->va, _ ("That is still the virtual address."));
}

static void
ask_for_entry (LessonExerciseSheet *sheet, const Walk *w)
{
  g_autofree char *va = hex (w->va), *directory = hex (w->raw[2]);
  guint64 base = w->table[1] << 12;

  sheet->ask = g_strdup_printf (
      _ ("The walk for %s has read directory entry %u, which holds %s. At "
         "which physical address does the processor read the page-table "
         "entry?"),
      va, (guint) w->index[2], directory);
  sheet->hex = TRUE;
  sheet->key = w->entry_pa[1];
  add_mistake (sheet, base + w->index[1],
               _ ("An entry is four bytes long, so the index counts steps of "
                  "four."));
  add_mistake (sheet, base + (w->index[1] + 1) * 4,
               _ ("Indices begin with 0: the index is the number of entries "
                  "before this one."));
  add_mistake (sheet, base + w->index[2] * 4,
               _ ("That uses the directory index again. The next ten bits "
                  "choose the entry of the table."));
  add_mistake (sheet, base, _ ("That is where the table begins: its entry 0."));
  add_mistake (sheet, w->raw[2] + w->index[1] * 4,
               _ ("That begins at the whole directory entry. Its low twelve "
                  "bits are flags; the table begins where its frame does."));
  add_mistake (sheet, w->table[1] + w->index[1] * 4,
               _ ("A frame number counts frames of 4 KiB, not bytes."));
}

static void
ask_for_directory_index (LessonExerciseSheet *sheet, const Walk *w)
{
  g_autofree char *va = hex (w->va);

  sheet->ask = g_strdup_printf (
      _ ("Which entry of the page directory does the address %s select?"), va);
  sheet->key = w->index[2];
  add_mistake (sheet, w->index[2] + 1,
               _ ("Indices begin with 0; that is the entry's place when "
                  "counting from one."));
  add_mistake (sheet, w->index[1],
               _ ("Those are the middle ten bits: they select the entry of "
                  "the page table."));
  add_mistake (sheet, w->va >> 24,
               _ ("Those are the top eight bits, two hexadecimal digits. The "
                  "field has ten bits and ends inside a digit."));
  add_mistake (sheet, w->va >> 20,
               _ ("Those are the top twelve bits. The field has ten."));
  add_mistake (sheet, w->va >> 12,
               _ ("Those are the top twenty bits: both indices together."));
}

static void
ask_for_table_index (LessonExerciseSheet *sheet, const Walk *w)
{
  g_autofree char *va = hex (w->va);

  sheet->ask = g_strdup_printf (
      _ ("Which entry of its page table does the address %s select?"), va);
  sheet->key = w->index[1];
  add_mistake (sheet, w->index[1] + 1,
               _ ("Indices begin with 0; that is the entry's place when "
                  "counting from one."));
  add_mistake (sheet, w->index[2],
               _ ("Those are the top ten bits: they select the entry of the "
                  "page directory."));
  add_mistake (sheet, w->va >> 12,
               _ ("Those are the top twenty bits: both indices together."));
  add_mistake (sheet, w->va >> 12 & 0xfff,
               _ ("Those are twelve bits, three hexadecimal digits. The field "
                  "has ten: bits 21 to 12."));
  add_mistake (sheet, w->offset,
               _ ("Those are the low twelve bits: the "
                  "offset."));
}

static void
ask_for_offset (LessonExerciseSheet *sheet, const Walk *w)
{
  g_autofree char *va = hex (w->va);

  sheet->ask = g_strdup_printf (
      _ ("Which part of the address %s is carried over unchanged?"), va);
  sheet->hex = TRUE;
  sheet->key = w->offset;
  add_mistake (sheet, w->va & 0x3ff,
               _ ("Those are ten bits. A page of 4 KiB needs twelve."));
  add_mistake (sheet, w->va & 0xff,
               _ ("Those are eight bits. A page of 4 KiB needs twelve."));
  add_mistake (sheet, w->va & 0xffff,
               _ ("Those are sixteen bits; four of them belong to the table "
                  "index."));
  add_mistake (sheet, w->index[1],
               _ ("That is the table index: it is used up by the walk."));
}

typedef void (*Asker) (LessonExerciseSheet *sheet, const Walk *walk);

static const char *const kind_names[]
    = {"split-two-level", "translate-two-level", NULL};

/* The seed decides which of a kind's questions is asked. */
static Asker
choose_asker (guint kind, Random *random)
{
  static const Asker split[]
      = {ask_for_directory_index, ask_for_table_index, ask_for_offset};
  static const Asker translate[] = {ask_for_address, ask_for_entry};

  return kind == 0 ? split[random_between (random, 0, 2)]
                   : translate[random_between (random, 0, 1)];
}

/* Public ------------------------------------------------------------------ */

const char *const *
lesson_exercise_kinds (void)
{
  return kind_names;
}

gboolean
lesson_exercise_kind_known (const char *kind)
{
  return g_strv_contains (kind_names, kind);
}

LessonExerciseSheet *
lesson_exercise_new (const char *kind, guint64 seed)
{
  if (!lesson_exercise_kind_known (kind))
    return NULL;

  struct vm_machine *machine = vm_machine_new ();
  if (machine == NULL)
    return NULL;

  Random random = {seed};
  guint number = strcmp (kind, kind_names[0]) == 0 ? 0 : 1;
  Asker asker = choose_asker (number, &random);
  if (!build (machine, &random)) {
    vm_machine_free (machine);
    g_return_val_if_reached (NULL);
  }

  Walk walk;
  LessonExerciseSheet *sheet = g_new0 (LessonExerciseSheet, 1);
  sheet->seed = seed;
  sheet->machine = machine;
  sheet->mistakes = g_ptr_array_new_with_free_func (mistake_free);
  read_walk (machine, &walk);
  asker (sheet, &walk);
  sheet->key_text = sheet->hex
                        ? hex (sheet->key)
                        : g_strdup_printf ("%" G_GUINT64_FORMAT, sheet->key);
  return sheet;
}

void
lesson_exercise_free (LessonExerciseSheet *sheet)
{
  if (sheet == NULL)
    return;

  g_free (sheet->ask);
  g_free (sheet->key_text);
  g_ptr_array_unref (sheet->mistakes);
  vm_machine_free (sheet->machine);
  g_free (sheet);
}

LessonMark
lesson_exercise_mark (const LessonExerciseSheet *sheet, const char *answer,
                      char **why)
{
  guint64 plain, bare;

  if (why != NULL)
    *why = NULL;
  if (answer == NULL)
    return LESSON_MARK_NOT_SURE;

  gboolean is_plain = lesson_number_read (answer, FALSE, &plain);
  gboolean is_bare = sheet->hex && lesson_number_read (answer, TRUE, &bare);
  if (!is_plain && !is_bare)
    return LESSON_MARK_UNREADABLE;
  if ((is_plain && plain == sheet->key) || (is_bare && bare == sheet->key))
    return LESSON_MARK_RIGHT;

  for (guint i = 0; i < sheet->mistakes->len && why != NULL; i++) {
    const LessonExerciseMistake *mistake = sheet->mistakes->pdata[i];
    if ((is_plain && plain == mistake->value)
        || (is_bare && bare == mistake->value)) {
      *why = g_strdup (mistake->text);
      break;
    }
  }
  return LESSON_MARK_WRONG;
}
