/* Shows what a replacement policy knows of the pages in memory. */
#include "figures/policy_books.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/cells.h"
#include "figures/kit.h"
#include "figures/pooled_said.h"
#include "figures/window.h"
#include "mm/resident_set.h"
#include "subject.h"

#define MOST_COLUMNS 64
#define MOST_SETS 3 /* processes whose pages are shown */
#define LINES 2     /* of a set: its pages, and what is kept of them */

/* The operation that makes such a machine, or NULL. */
static const struct vm_op *
find_machine (const SceneContext *c)
{
  for (guint64 i = 0; i < vm_machine_op_count (c->machine); i++) {
    const struct vm_op *op = vm_machine_op (c->machine, i);
    if (op->kind == VM_OP_MACHINE
        && op->values[VM_P_MACHINE_RECLAIM] >= VM_RECLAIM_POLICY)
      return op;
  }
  return NULL;
}

gboolean
scene_books_are_kept (const SceneContext *context)
{
  return find_machine (context) != NULL;
}

enum vm_policy
scene_books_policy (const SceneContext *context)
{
  const struct vm_op *machine = find_machine (context);
  guint64 choice = machine == NULL ? 0 : machine->values[VM_P_MACHINE_RECLAIM];

  return choice < VM_RECLAIM_POLICY
             ? VM_POLICY_FIFO
             : (enum vm_policy) (choice - VM_RECLAIM_POLICY);
}

gboolean
scene_books_have_hand (const SceneContext *context)
{
  enum vm_policy policy = scene_books_policy (context);

  return policy == VM_POLICY_CLOCK_SET || policy == VM_POLICY_CLOCK_CLEAR
         || policy == VM_POLICY_SIEVE;
}

/* One for all frames, or one a process. */
static guint
count_sets (const SceneContext *c)
{
  const struct vm_op *machine = find_machine (c);
  guint count = 0;

  if (machine == NULL || machine->values[VM_P_MACHINE_SCOPE] == 0)
    return 1;
  for (guint64 i = 0; i < vm_machine_op_count (c->machine); i++) {
    enum vm_op_kind kind = vm_machine_op (c->machine, i)->kind;
    count += kind == VM_OP_PROCESS || kind == VM_OP_FORK;
  }
  return CLAMP (count, 1, MOST_SETS);
}

static const char *
kept_word (const SceneContext *c)
{
  const char *head = scene_books_head (scene_books_policy (c));

  return head != NULL ? head : C_ ("which page goes", "turn");
}

static SceneCellsShape
shape_of (const SceneBuild *b)
{
  SceneNumber page
      = scene_widest_page (b->context, b->context->geometry->page_shift);
  double number = scene_width (b, SCENE_TEXT_MONO_SMALL,
                               scene_number_frame (b->context->geometry, 0).s);

  return (SceneCellsShape){
      .cell = MAX (scene_number_width (b, SCENE_TEXT_MONO_SMALL, page), number),
      .head = scene_width (b, SCENE_TEXT_SMALL, _ ("all frames"))
              + scene_em (b, 2),
      .marks = TRUE};
}

double
scene_books_width (const SceneBuild *build, guint columns)
{
  SceneCellsShape shape = shape_of (build);

  return scene_cells_width (build, &shape, columns);
}

double
scene_books_height (const SceneBuild *build)
{
  SceneCellsShape shape = shape_of (build);

  return scene_cells_height (build, &shape,
                             count_sets (build->context) * LINES);
}

/* Which goes first, second ... of what is only a queue; 0: it is no queue. */
static guint
turn_of (const struct vm_pool *p, guint32 slot)
{
  gboolean newest = p->record->policy == VM_POLICY_MRU;
  guint32 at = newest ? p->record->lists[0].newest : p->record->lists[0].oldest;

  if (p->record->policy == VM_POLICY_RANDOM)
    return 0;
  for (guint turn = 1; at != VM_NONE && turn <= p->record->frames; turn++) {
    if (at == slot)
      return turn;
    at = newest ? p->frames[at].older : p->frames[at].newer;
  }
  return 0;
}

static void
set_page (const SceneBuild *b, const struct vm_pool *p, guint32 slot,
          SceneCellsCell *cell)
{
  const struct vm_state *s = b->context->state;
  const struct vm_geometry *g = b->context->geometry;
  gboolean local = s->config.local, hand = scene_books_hand (p, slot);

  cell->text = scene_keep (
      b, local ? scene_number_page (g, p->pages[slot], g->page_shift)
               : scene_number_frame (g, slot));
  cell->mark = hand ? "triangle" : NULL;
  cell->role = hand ? SCENE_ROLE_ACCENT : SCENE_ROLE_NEUTRAL;
  cell->emphasis = hand ? SCENE_STRONG : SCENE_NORMAL;
  cell->state = local ? (gconstpointer) &p->pages[slot]
                      : (gconstpointer) &s->frames[slot];
  cell->bytes = local ? sizeof *p->pages : sizeof *s->frames;
  cell->name = scene_still_printf (
      b->still,
      hand ? _ ("slot %u: %s; the hand stands here") : _ ("slot %u: %s"), slot,
      cell->text);
  if (local)
    return;
  cell->meaning = SCENE_MEANS_FRAME;
  cell->meant = slot;
}

static void
set_kept (const SceneBuild *b, const struct vm_pool *p, guint32 slot,
          SceneCellsCell *cell)
{
  guint turn;

  cell->role = SCENE_ROLE_FREE;
  cell->emphasis = SCENE_NORMAL;
  scene_books_shows (p, slot, &cell->state, &cell->bytes);
  if (scene_books_head ((enum vm_policy) p->record->policy) != NULL)
    cell->text = scene_books_said (b, p, slot);
  else if ((turn = turn_of (p, slot)) > 0)
    cell->text = scene_still_printf (b->still, "%u", turn);
  if (cell->text != NULL)
    cell->name = scene_still_printf (b->still, _ ("slot %u, %s: %s"), slot,
                                     kept_word (b->context), cell->text);
}

static const char *
set_name (const SceneBuild *b, guint set)
{
  SceneSubject subject = {.machine = b->context->machine};

  return b->context->state->config.local ? scene_still_text (
             b->still, scene_subject_process (&subject, set))
                                         : _ ("all frames");
}

static void
fill_set (const SceneBuild *b, guint set, guint64 first, guint columns,
          SceneCellsHead *rows, SceneCellsCell *cells)
{
  struct vm_pool p = vm_set_of (b->context->state, set);

  for (guint line = 0; line < LINES; line++)
    rows[line] = (SceneCellsHead){
        .number = set * LINES + line,
        .text = line == 0 ? set_name (b, set) : kept_word (b->context),
        .emphasis = line == 0 ? SCENE_NORMAL : SCENE_FAINT};
  for (guint i = 0; i < columns && first + i < p.record->frames; i++) {
    guint32 slot = (guint32) first + i;
    cells[i].role = cells[columns + i].role = SCENE_ROLE_FREE;
    if (!p.frames[slot].used)
      continue;
    set_page (b, &p, slot, &cells[i]);
    set_kept (b, &p, slot, &cells[columns + i]);
  }
}

/* The first slot to be shown: the hand of the first set stands in the middle;
 * without one, the first slot in use on the left. */
static guint64
first_shown (const SceneContext *c, guint64 slots, guint columns)
{
  struct vm_pool p = vm_set_of (c->state, 0);
  guint32 slot = 0;

  if (p.record->frames == 0)
    return 0;
  if (scene_books_hand (&p, p.record->hand))
    return scene_window_around (slots, columns, p.record->hand);
  while (slot < p.record->frames && !p.frames[slot].used)
    slot++;
  return MIN (slot, slots - columns);
}

static guint64
slots_of (const SceneContext *c)
{
  const struct vm_config *config = &c->state->config;

  return MAX (1, config->local ? config->resident : config->frames);
}

void
scene_add_books (SceneBuild *build, SceneFigureId figure, SceneRect rect)
{
  SceneCellsShape shape = shape_of (build);
  guint64 slots = slots_of (build->context);
  guint sets = count_sets (build->context);
  guint columns = (guint) MIN (
      MIN (scene_cells_columns (build, &shape, rect.width), MOST_COLUMNS),
      slots);
  guint64 first
      = scene_add_window_across (build, rect, slots, columns,
                                 first_shown (build->context, slots, columns));
  SceneCellsHead heads[MOST_COLUMNS] = {{0}}, rows[MOST_SETS * LINES] = {{0}};
  g_autofree SceneCellsCell *cells
      = g_new0 (SceneCellsCell, (gsize) columns * sets * LINES);

  for (guint i = 0; i < columns; i++)
    heads[i] = (SceneCellsHead){
        .number = first + i,
        .text = scene_still_printf (build->still, "%u", (guint) (first + i)),
        .role = SCENE_ROLE_NEUTRAL};
  for (guint i = 0; i < sets; i++)
    fill_set (build, i, first, columns, &rows[i * LINES],
              &cells[(gsize) i * LINES * columns]);
  SceneCells grid
      = {.columns = heads,
         .rows = rows,
         .column_count = columns,
         .row_count = sets * LINES,
         .slots = columns,
         .cells = cells,
         .corner = scene_still_text (build->still, C_ ("of a policy", "slot"))};
  scene_add_cells (build, figure, &shape, &grid, rect);
}
