/* Prints what a string of references does to the frames, as a table. */
#include "replace.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "policies.h"
#include "wrap.h"

/* Beyond these there is no table, only the sums. */
#define MOST_COLUMNS 512u
#define MOST_ROWS 64u

/* The table: a row of cells for the references, one for each frame, one for
 * faults and one for victims. */
typedef struct {
  guint columns, frames;
  GPtrArray *rows; /* of GPtrArray of texts */
  GPtrArray *labels;
  int width;
} Table;

static gboolean
has_hand (enum vm_policy policy)
{
  return policy == VM_POLICY_CLOCK_SET || policy == VM_POLICY_CLOCK_CLEAR
         || policy == VM_POLICY_SIEVE;
}

/* Does the policy look at the reference bit? */
static gboolean
has_bit (enum vm_policy policy)
{
  return has_hand (policy) || policy == VM_POLICY_SECOND_CHANCE
         || policy == VM_POLICY_NRU || policy == VM_POLICY_AGING
         || policy == VM_POLICY_TWO_LIST;
}

static Table *
table_new (guint frames)
{
  Table *table = g_new0 (Table, 1);

  table->frames = frames;
  table->rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  table->labels = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < frames + 3; i++)
    g_ptr_array_add (table->rows, g_ptr_array_new_with_free_func (g_free));
  g_ptr_array_add (table->labels, g_strdup (_ ("reference")));
  for (guint i = 0; i < frames; i++)
    g_ptr_array_add (table->labels, g_strdup_printf (_ ("frame %u"), i));
  g_ptr_array_add (table->labels, g_strdup (_ ("fault")));
  g_ptr_array_add (table->labels, g_strdup (_ ("victim")));
  return table;
}

static void
table_free (Table *table)
{
  g_ptr_array_unref (table->rows);
  g_ptr_array_unref (table->labels);
  g_free (table);
}

/* Puts a text behind those of a row, which it then owns. */
static void
put (Table *table, guint row, char *text)
{
  g_ptr_array_add (g_ptr_array_index (table->rows, row), text);
  table->width = MAX (table->width, (int) strlen (text));
}

/* What a frame holds: its page, with the hand before it and the bit behind. */
static char *
cell (const struct vm_run *run, guint frame)
{
  const struct vm_pool *pool = &run->pool;
  enum vm_policy policy = (enum vm_policy) pool->record->policy;
  const char *hand = has_hand (policy) && pool->record->hand == frame ? ">"
                                                                      : "";
  const char *bit = !has_bit (policy)                ? ""
                    : pool->frames[frame].referenced ? "'"
                                                     : " ";

  if (!pool->frames[frame].used)
    return g_strdup (hand);
  return g_strdup_printf ("%s%" PRIu64 "%s", hand,
                          run->string->page_of[pool->pages[frame]], bit);
}

static void
add_column (Table *table, const struct vm_run *run,
            const struct vm_run_event *event)
{
  const struct vm_string *s = run->string;
  guint64 i = run->position - 1;
  const char *space = has_bit ((enum vm_policy) run->pool.record->policy) ? " "
                                                                          : "";

  put (table, 0,
       g_strdup_printf ("%" PRIu64 "%s%s", s->page_of[s->numbers[i]],
                        s->writes[i] ? "w" : "", space));
  for (guint frame = 0; frame < table->frames; frame++)
    put (table, frame + 1, cell (run, frame));
  put (table, table->frames + 1,
       g_strdup_printf ("%s%s", event->hit ? "" : "*", space));
  put (table, table->frames + 2,
       !event->hit && event->victim.evicted ? g_strdup_printf (
           "%" PRIu64 "%s", s->page_of[event->victim.page], space)
                                            : g_strdup (""));
  table->columns++;
}

static int
label_width (const Table *table)
{
  int width = 0;

  for (guint i = 0; i < table->labels->len; i++)
    width = MAX (width, cli_text_width (g_ptr_array_index (table->labels, i)));
  return width;
}

/* Prints the columns [first, end) of all rows. */
static void
print_block (const Table *table, guint first, guint end)
{
  int labels = label_width (table);

  for (guint row = 0; row < table->rows->len; row++) {
    const char *label = g_ptr_array_index (table->labels, row);
    GPtrArray *cells = g_ptr_array_index (table->rows, row);
    g_autoptr (GString) line = g_string_new (label);
    g_string_append_printf (line, "%*s", labels - cli_text_width (label), "");
    for (guint i = first; i < end; i++)
      g_string_append_printf (line, "  %*s", table->width,
                              (char *) g_ptr_array_index (cells, i));
    g_strchomp (line->str);
    printf ("%s\n", line->str);
  }
}

static void
print_blocks (const Table *table)
{
  int room = CLI_WRAP_WIDTH - label_width (table);
  guint across = (guint) MAX (1, room / (table->width + 2));

  for (guint first = 0; first < table->columns; first += across) {
    printf ("\n");
    print_block (table, first, MIN (first + across, table->columns));
  }
}

static void
print_key (enum vm_policy policy)
{
  if (has_hand (policy))
    printf (
        "\n%s\n",
        _ ("> the hand after the reference   ' the bit is set   * a fault"));
  else if (has_bit (policy))
    printf ("\n%s\n", _ ("' the bit is set after the reference   * a fault"));
}

static void
print_sums (const struct vm_run *run)
{
  const struct vm_pool_record *r = run->pool.record;

  printf (_ ("%s, frames: %u. References: %" PRIu64 ", hits: %" PRIu64
             ", faults: %" PRIu64),
          scene_policy_title ((enum vm_policy) r->policy), r->frames,
          run->position, run->hits, run->faults);
  printf ("\n");
  if (memchr (run->string->writes, 1, run->string->count) != NULL) {
    printf (_ ("Victims written back: %" PRIu64), run->writebacks);
    printf ("\n");
  }
}

gboolean
cli_replace_table (const struct vm_string *string,
                   const struct vm_pool_config *config)
{
  gboolean drawn = string->count <= MOST_COLUMNS && config->frames <= MOST_ROWS;
  struct vm_run run;

  if (!vm_run_init (&run, string, config))
    return FALSE;
  Table *table = table_new (drawn ? config->frames : 0);
  while (run.position < string->count) {
    struct vm_run_event event = vm_run_next (&run);
    if (drawn)
      add_column (table, &run, &event);
  }
  print_sums (&run);
  if (drawn) {
    print_blocks (table);
    print_key (config->policy);
  }
  table_free (table);
  vm_run_done (&run);
  return TRUE;
}
