/* The figures of address spaces: what they show of page faults, regions and
 * their mm is held against the machine, at every step, forwards and backwards.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "figures/fault_chart.h"
#include "figures/mm_fields.h"
#include "figures/vma_node.h"
#include "scenario.h"

typedef void (*Check) (struct vm_machine *machine, const SceneStill *still);

static const SceneItem *
find (const SceneStill *still, SceneFigureId figure, guint part, guint64 number)
{
  return scene_still_find (still, SCENE_ID (figure, part, number));
}

static const Scenario *
scenario_of_faults (void)
{
  for (guint i = 0; i < scenario_count; i++)
    if (strcmp (scenarios[i].name, "faults") == 0)
      return &scenarios[i];
  g_error ("there is no scenario of faults");
}

static void
check_at (struct vm_machine *machine, SceneStage *stage, double width,
          guint64 cursor, Check check)
{
  g_assert_true (vm_machine_seek (machine, cursor));
  g_autoptr (SceneStill) still
      = scene_stage_still (stage, machine, scene_metrics_fixed (), width, 0);
  check_still (still, scene_metrics_fixed (), "faults", NULL);
  check (machine, still);
}

/* Every step of the scenario, there and back. */
static void
at_every_step (SceneFigureId figure, double width, Check check)
{
  g_autoptr (SceneStage) stage
      = scenario_stage (G_GUINT64_CONSTANT (1) << figure);
  guint64 first;
  struct vm_machine *machine = scenario_machine (scenario_of_faults (), &first);
  guint64 last = vm_machine_step_count (machine);

  for (guint64 n = first; n <= last; n++)
    check_at (machine, stage, width, n, check);
  for (guint64 n = last; n >= first; n--)
    check_at (machine, stage, width, n, check);
  vm_machine_free (machine);
}

/* The steps that the handler's last run took in the operation of the cursor: of
 * the kinds that it is told in. */
static GPtrArray *
last_run (struct vm_machine *machine)
{
  guint64 cursor = vm_machine_cursor (machine);
  const struct vm_result *result = vm_machine_result (
      machine, vm_machine_op_of_step (machine, cursor - 1));
  GPtrArray *run = g_ptr_array_new ();

  for (guint64 n = result->first_step; n < cursor; n++) {
    const struct vm_step *step = vm_machine_step (machine, n);
    if (step->kind == VM_STEP_HANDLER || step->kind == VM_STEP_FAULT)
      g_ptr_array_set_size (run, 0);
    if (step->kind == VM_STEP_HANDLER || step->kind == VM_STEP_DECIDE
        || step->kind == VM_STEP_HANDLED || step->kind == VM_STEP_SIGNAL)
      g_ptr_array_add (run, (gpointer) step);
  }
  return run;
}

/* The last step of a kind in the operation of the cursor; NULL: none. */
static const struct vm_step *
last_of (struct vm_machine *machine, enum vm_step_kind kind)
{
  guint64 cursor = vm_machine_cursor (machine);
  const struct vm_result *result = vm_machine_result (
      machine, vm_machine_op_of_step (machine, cursor - 1));

  for (guint64 n = cursor; n-- > result->first_step;)
    if (vm_machine_step (machine, n)->kind == kind)
      return vm_machine_step (machine, n);
  return NULL;
}

/* The box that shows a question: the first one of that question from a node
 * on, if it is lit. Returns its node. */
static guint
check_question (const SceneStill *still, const struct vm_step *step, guint from,
                gboolean now)
{
  gboolean yes = step->values[VM_V_DECIDE_ANSWER] != 0;

  for (guint i = from; i < scene_fault_node_count; i++) {
    const SceneItem *box
        = find (still, SCENE_FIGURE_HANDLER, SCENE_FAULT_BOX, i);
    const SceneItem *answer
        = find (still, SCENE_FIGURE_HANDLER, SCENE_FAULT_ANSWER, i);
    if (box == NULL || box->emphasis == SCENE_FAINT)
      continue;
    g_assert_cmpint (scene_fault_nodes[i].question, ==,
                     step->values[VM_V_DECIDE_QUESTION]);
    g_assert_cmpstr (answer->text, ==, yes ? "yes" : "no");
    g_assert_cmpint (box->emphasis, ==, now ? SCENE_ACTIVE : SCENE_STRONG);
    return i;
  }
  g_error ("no box is lit for question %d",
           (int) step->values[VM_V_DECIDE_QUESTION]);
}

static guint
lit_questions (const SceneStill *still)
{
  guint count = 0;

  for (guint i = 0; i < scene_fault_node_count; i++) {
    const SceneItem *box
        = find (still, SCENE_FIGURE_HANDLER, SCENE_FAULT_BOX, i);
    count += box != NULL && box->emphasis != SCENE_FAINT;
  }
  return count;
}

/* The one exit that is lit and no remark; NULL: none is. */
static const SceneFaultExit *
lit_exit (const SceneStill *still)
{
  const SceneFaultExit *lit = NULL;

  for (guint i = 0; i < scene_fault_exit_count; i++) {
    const SceneItem *item
        = find (still, SCENE_FIGURE_HANDLER, SCENE_FAULT_EXIT, i);
    if (item == NULL || item->emphasis == SCENE_FAINT
        || scene_fault_exits[i].end == SCENE_FAULT_GOES_ON)
      continue;
    g_assert_null (lit);
    lit = &scene_fault_exits[i];
  }
  return lit;
}

/* It ends where the machine says, by an answer to the question asked last. */
static void
check_exit (const SceneStill *still, const struct vm_step *end,
            const struct vm_step *asked)
{
  const SceneFaultExit *exit = lit_exit (still);
  gboolean fixed = asked != NULL
                   && asked->values[VM_V_DECIDE_QUESTION] == VM_ASK_FIXUP
                   && asked->values[VM_V_DECIDE_ANSWER] != 0;

  if (fixed) {
    g_assert_cmpint (exit->end, ==, SCENE_FAULT_FIXED);
    return;
  }
  if (end == NULL) {
    g_assert_null (exit);
    return;
  }
  g_assert_nonnull (exit);
  g_assert_cmpint (scene_fault_nodes[exit->node].question, ==,
                   asked->values[VM_V_DECIDE_QUESTION]);
  g_assert_cmpint (exit->answer, ==, asked->values[VM_V_DECIDE_ANSWER]);
  if (end->kind == VM_STEP_HANDLED) {
    g_assert_cmpint (exit->end, ==, SCENE_FAULT_ACTION);
    g_assert_cmpuint (exit->value, ==, end->values[VM_V_HANDLED_ACTION]);
  } else {
    g_assert_cmpint (exit->end, ==, SCENE_FAULT_SIGNAL);
    g_assert_cmpuint (exit->value, ==, end->values[VM_V_SIGNAL_CODE]);
  }
}

/* Has the run ended: by a page, a signal, or because the kernel was prepared?
 */
static gboolean
has_ended (const GPtrArray *run)
{
  const struct vm_step *last = run->len > 0 ? run->pdata[run->len - 1] : NULL;

  return last != NULL
         && (last->kind == VM_STEP_HANDLED || last->kind == VM_STEP_SIGNAL
             || (last->kind == VM_STEP_DECIDE
                 && last->values[VM_V_DECIDE_QUESTION] == VM_ASK_FIXUP
                 && last->values[VM_V_DECIDE_ANSWER] != 0));
}

/* The access stands out until the first question is asked. */
static void
check_fault (struct vm_machine *machine, const SceneStill *still,
             const GPtrArray *run)
{
  const SceneItem *card
      = find (still, SCENE_FIGURE_HANDLER, SCENE_FAULT_CARD, 0);
  SceneEmphasis expected = SCENE_STRONG;

  if (run->len == 0)
    expected = last_of (machine, VM_STEP_ACCESS) != NULL ? SCENE_ACTIVE
                                                         : SCENE_FAINT;
  else if (run->len == 1)
    expected = SCENE_ACTIVE;
  g_assert_cmpint (card->emphasis, ==, expected);
}

/* Lit is what was asked, in that order, with its answers, and nothing else; the
 * last question stands out until the run has ended. */
static void
check_run (struct vm_machine *machine, const SceneStill *still,
           gboolean has_exits)
{
  g_autoptr (GPtrArray) run = last_run (machine);
  const struct vm_step *end = NULL, *asked = NULL;
  guint node = 0, count = 0;

  for (guint i = 0; i < run->len; i++) {
    const struct vm_step *step = run->pdata[i];
    if (step->kind == VM_STEP_HANDLED || step->kind == VM_STEP_SIGNAL)
      end = step;
    if (step->kind != VM_STEP_DECIDE)
      continue;
    asked = step;
    node = check_question (still, step, node,
                           i + 1 == run->len && !has_ended (run))
           + 1;
    count++;
  }
  g_assert_cmpuint (lit_questions (still), ==, count);
  if (has_exits)
    check_exit (still, end, asked);
  check_fault (machine, still, run);
}

static void
check_chart (struct vm_machine *machine, const SceneStill *still)
{
  check_run (machine, still, TRUE);
}

static void
check_list (struct vm_machine *machine, const SceneStill *still)
{
  check_run (machine, still, FALSE);
}

static void
test_handler (void)
{
  at_every_step (SCENE_FIGURE_HANDLER, 1400, check_chart);
  at_every_step (SCENE_FIGURE_HANDLER, 360, check_list);
  at_every_step (SCENE_FIGURE_HANDLER, 700, check_list);
}

static guint
frames_of (const char *text)
{
  return (guint) g_ascii_strtoull (strstr (text, "0x"), NULL, 16);
}

/* The cards say what is handled, and the frame that it came to. */
static void
check_cards (struct vm_machine *machine, const SceneStill *still)
{
  g_autoptr (GPtrArray) run = last_run (machine);
  const struct vm_step *first = run->len > 0 ? run->pdata[0] : NULL;
  const struct vm_step *last = run->len > 0 ? run->pdata[run->len - 1] : NULL;
  const SceneItem *where
      = find (still, SCENE_FIGURE_HANDLER, SCENE_FAULT_CARD_LOWER, 0);
  const SceneItem *frame
      = find (still, SCENE_FIGURE_HANDLER, SCENE_FAULT_CARD_LOWER, 1);

  const struct vm_step *access = last_of (machine, VM_STEP_ACCESS);
  const struct vm_step *fault = last_of (machine, VM_STEP_FAULT);

  g_assert_cmpint (where != NULL, ==, first != NULL || access != NULL);
  if (first != NULL)
    g_assert_cmpuint (g_ascii_strtoull (where->text, NULL, 16), ==,
                      first->values[VM_V_HANDLER_VA]);
  else if (access != NULL)
    g_assert_cmpuint (g_ascii_strtoull (where->text, NULL, 16), ==,
                      (fault != NULL ? fault->values[VM_V_FAULT_ADDRESS]
                                     : access->values[VM_V_ACCESS_VA]));
  if (first != NULL || fault != NULL)
    g_assert_cmpuint (
        g_ascii_strtoull (strstr (where->text, "code ") + 5, NULL, 16), ==,
        first != NULL ? first->values[VM_V_HANDLER_ERROR]
                      : fault->values[VM_V_FAULT_ERROR]);
  if (last != NULL && last->kind == VM_STEP_HANDLED)
    g_assert_nonnull (frame);
  if (frame != NULL && strstr (frame->text, "0x") != NULL)
    g_assert_cmpuint (frames_of (frame->text), ==,
                      last->values[VM_V_HANDLED_FRAME]);
}

static void
test_cards (void)
{
  at_every_step (SCENE_FIGURE_HANDLER, 1400, check_cards);
}

/* No exit is forgotten where it belongs: every question that does not lead on
 * with some answer has one for it. */
static void
test_exits (void)
{
  for (guint i = 0; i < scene_fault_node_count; i++) {
    const SceneFaultNode *n = &scene_fault_nodes[i];
    guint exits = 0;
    for (guint e = 0; e < scene_fault_exit_count; e++)
      exits += scene_fault_exits[e].node == i;
    gboolean lane = n->column == 0
                    && scene_fault_at (n->row, 1) != SCENE_FAULT_NONE;
    g_assert_cmpuint (exits + lane, >=, 1);
    g_assert_cmpuint (exits, <=, 2);
  }
}

/* Whose regions a figure shows: those of its tree's root. */
static const struct vm_mm *
shown_mm (const struct vm_state *s, const SceneStill *still)
{
  for (guint32 i = 0; i < s->process_count; i++) {
    const struct vm_mm *mm = vm_mm_of (s, i);
    if (mm->users != 0 && mm->tree != 0
        && find (still, SCENE_FIGURE_REGIONS, SCENE_VMA_NODE, mm->tree) != NULL)
      return mm;
  }
  return NULL;
}

/* The regions of an mm by their addresses, found without the tree. */
static GArray *
regions_of (const struct vm_state *s, const struct vm_mm *mm)
{
  GArray *regions = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint64 from = 0;;) {
    guint32 next = 0;
    for (guint32 i = 1; i < s->region_end; i++)
      if (s->regions[i].flags != 0 && &s->mms[s->regions[i].mm] == mm
          && s->regions[i].start >= from
          && (next == 0 || s->regions[i].start < s->regions[next].start))
        next = i;
    if (next == 0)
      return regions;
    g_array_append_val (regions, next);
    from = s->regions[next].end;
  }
}

static guint
depth_of (const struct vm_state *s, guint32 region)
{
  guint depth = 0;

  for (; s->regions[region].parent != 0; depth++)
    region = s->regions[region].parent;
  return depth;
}

static void
check_node (const struct vm_state *s, const SceneStill *still, guint32 region)
{
  const struct vm_region *r = &s->regions[region];
  const SceneItem *start
      = find (still, SCENE_FIGURE_REGIONS, SCENE_VMA_START, region);
  const SceneItem *end
      = find (still, SCENE_FIGURE_REGIONS, SCENE_VMA_END, region);
  const SceneItem *badge
      = find (still, SCENE_FIGURE_REGIONS, SCENE_VMA_BADGE, region);

  g_assert_cmpuint (g_ascii_strtoull (start->text, NULL, 16), ==, r->start);
  g_assert_cmpuint (g_ascii_strtoull (strstr (end->text, "0x"), NULL, 16), ==,
                    r->end);
  g_assert_cmpstr (badge->text, ==, r->red != 0 ? "R" : "B");
  g_assert_cmpint (find (still, SCENE_FIGURE_REGIONS, SCENE_VMA_BRANCH, region)
                       != NULL,
                   ==, r->parent != 0);
}

/* Nodes stand in the order of addresses, and as deep as in the tree. */
static void
check_places (const struct vm_state *s, const SceneStill *still,
              const GArray *regions, gboolean chart)
{
  for (guint i = 1; i < regions->len; i++) {
    guint32 a = g_array_index (regions, guint32, i - 1);
    guint32 b = g_array_index (regions, guint32, i);
    const SceneRect *before
        = &find (still, SCENE_FIGURE_REGIONS, SCENE_VMA_NODE, a)->rect;
    const SceneRect *behind
        = &find (still, SCENE_FIGURE_REGIONS, SCENE_VMA_NODE, b)->rect;
    double along = chart ? behind->x - before->x : behind->y - before->y;
    double deep = chart ? behind->y - before->y : behind->x - before->x;
    int more = (int) depth_of (s, b) - (int) depth_of (s, a);
    g_assert_cmpfloat (along, >, 0);
    g_assert_cmpint (deep > 0.01, ==, more > 0);
    g_assert_cmpint (deep < -0.01, ==, more < 0);
  }
}

/* The steps of the last look-up, and the region that it found. */
static GPtrArray *
last_look (struct vm_machine *machine)
{
  guint64 cursor = vm_machine_cursor (machine);
  const struct vm_result *result = vm_machine_result (
      machine, vm_machine_op_of_step (machine, cursor - 1));
  GPtrArray *looks = g_ptr_array_new ();
  gboolean ended = FALSE;

  for (guint64 n = result->first_step; n < cursor; n++) {
    const struct vm_step *step = vm_machine_step (machine, n);
    if (step->kind != VM_STEP_REGION_LOOK && step->kind != VM_STEP_REGION_FOUND)
      continue;
    if (ended)
      g_ptr_array_set_size (looks, 0);
    ended = step->kind == VM_STEP_REGION_FOUND;
    g_ptr_array_add (looks, (gpointer) step);
  }
  return looks;
}

/* A node says how the address compares, if the look-up came to it. */
static void
check_word (const SceneStill *still, const GPtrArray *looks, guint32 region)
{
  static const char *const words[] = {[VM_LOOK_LEFT] = "va < start",
                                      [VM_LOOK_RIGHT] = "va ≥ end",
                                      [VM_LOOK_INSIDE] = "start ≤ va"};
  const SceneItem *word
      = find (still, SCENE_FIGURE_REGIONS, SCENE_VMA_WORD, region);
  const char *wanted = NULL;

  for (guint i = 0; i < looks->len; i++) {
    const struct vm_step *step = looks->pdata[i];
    if (step->kind == VM_STEP_REGION_LOOK
        && step->values[VM_V_REGION_REGION] == region)
      wanted = words[step->values[VM_V_LOOK_LOOK]];
  }
  if (wanted != NULL)
    g_assert_cmpstr (word->text, ==, wanted);
  else
    g_assert_null (strstr (word->text, " "));
}

static void
check_tree (struct vm_machine *machine, const SceneStill *still, gboolean chart)
{
  const struct vm_state *s = vm_machine_state (machine);
  const struct vm_mm *mm = shown_mm (s, still);
  g_autoptr (GPtrArray) looks = last_look (machine);

  if (mm == NULL)
    return;
  g_autoptr (GArray) regions = regions_of (s, mm);
  g_assert_cmpuint (regions->len, ==, mm->regions);
  for (guint i = 0; i < regions->len; i++) {
    check_node (s, still, g_array_index (regions, guint32, i));
    check_word (still, looks, g_array_index (regions, guint32, i));
  }
  check_places (s, still, regions, chart);
  const struct vm_step *last = looks->len > 0 ? looks->pdata[looks->len - 1]
                                              : NULL;
  const SceneItem *token
      = find (still, SCENE_FIGURE_REGIONS, SCENE_VMA_TOKEN, 0);
  g_assert_cmpint (token != NULL, ==, last != NULL);
  if (last == NULL || last->values[VM_V_REGION_REGION] == 0)
    return;
  const SceneRect *at = &find (still, SCENE_FIGURE_REGIONS, SCENE_VMA_NODE,
                               last->values[VM_V_REGION_REGION])
                             ->rect;
  g_assert_cmpfloat (token->rect.y, >, at->y);
  g_assert_cmpfloat (token->rect.y, <, at->y + at->height);
}

/* Every range of addresses is a slot, with its last address as pivot: those of
 * regions and those between them. */
static void
check_slots (const struct vm_state *s, const SceneStill *still,
             const GArray *regions)
{
  guint64 next = 0;
  guint slot = 0;

  for (guint i = 0; i <= regions->len; i++) {
    const struct vm_region *r
        = i < regions->len ? &s->regions[g_array_index (regions, guint32, i)]
                           : NULL;
    guint64 ends[2]
        = {r == NULL ? G_MAXUINT64 : r->start - 1, r == NULL ? 0 : r->end - 1};
    for (guint which = r != NULL && r->start == next; which < 2; which++) {
      if (r == NULL && which == 1)
        break;
      const SceneItem *item
          = find (still, SCENE_FIGURE_REGIONS, SCENE_VMA_SLOT, slot++);
      g_assert_cmpuint (g_ascii_strtoull (strstr (item->name, "0x"), NULL, 16),
                        ==, ends[which]);
      g_assert_cmpint (item->role == SCENE_ROLE_FREE, ==, which == 0);
    }
    next = r == NULL ? 0 : r->end;
  }
  g_assert_null (find (still, SCENE_FIGURE_REGIONS, SCENE_VMA_SLOT, slot));
}

static void
check_chart_of_regions (struct vm_machine *machine, const SceneStill *still)
{
  const struct vm_state *s = vm_machine_state (machine);
  const struct vm_mm *mm = shown_mm (s, still);

  check_tree (machine, still, TRUE);
  if (mm == NULL)
    return;
  g_autoptr (GArray) regions = regions_of (s, mm);
  check_slots (s, still, regions);
  for (guint i = 0; i < regions->len; i++) {
    guint32 region = g_array_index (regions, guint32, i);
    g_assert_nonnull (
        find (still, SCENE_FIGURE_REGIONS, SCENE_VMA_CELL, region));
    g_assert_cmpint (find (still, SCENE_FIGURE_REGIONS, SCENE_VMA_LINK, region)
                         != NULL,
                     ==, i + 1 < regions->len);
  }
}

static void
check_rows_of_regions (struct vm_machine *machine, const SceneStill *still)
{
  check_tree (machine, still, FALSE);
}

static void
test_regions (void)
{
  at_every_step (SCENE_FIGURE_REGIONS, 1500, check_chart_of_regions);
  at_every_step (SCENE_FIGURE_REGIONS, 360, check_rows_of_regions);
}

/* Whose mm a figure shows: its page tables say. */
static guint32
shown_process (const struct vm_state *s, const SceneStill *still)
{
  for (guint32 i = 0; i < s->process_count; i++) {
    g_autofree char *pgd
        = g_strdup_printf ("pgd: 0x%08x", vm_mm_of (s, i)->root << 12);
    for (guint f = 0; f < scene_mm_field_count; f++) {
      const SceneItem *item = find (still, SCENE_FIGURE_MM, SCENE_MM_BOX, f);
      if (item != NULL && strcmp (item->name, pgd) == 0)
        return i;
    }
  }
  return VM_NONE;
}

/* A field by Linux's name for it. */
static guint64
field_of (const struct vm_state *s, guint32 process, const char *name)
{
  const struct vm_process *p = &s->processes[process];
  const struct vm_mm *mm = vm_mm_of (s, process);
  const struct {
    const char *name;
    guint64 value;
  } fields[] = {
      {"task_size", mm->task_size},      {"mmap_base", mm->mmap_base},
      {"start_code", mm->start_code},    {"end_code", mm->end_code},
      {"start_data", mm->start_data},    {"end_data", mm->end_data},
      {"start_brk", mm->start_brk},      {"brk", mm->brk},
      {"start_stack", mm->start_stack},  {"arg_start", mm->arg_start},
      {"arg_end", mm->arg_end},          {"env_start", mm->env_start},
      {"env_end", mm->env_end},          {"total_vm", mm->total_vm},
      {"locked_vm", mm->locked_vm},      {"pinned_vm", mm->pinned_vm},
      {"data_vm", mm->data_vm},          {"exec_vm", mm->exec_vm},
      {"stack_vm", mm->stack_vm},        {"rss_anon", mm->rss_anon},
      {"rss_file", mm->rss_file},        {"rss_shmem", mm->rss_shmem},
      {"pgd", (guint64) mm->root << 12}, {"mm_rb", s->regions[mm->tree].start},
      {"map_count", mm->regions},        {"mm_users", mm->users},
      {"min_flt", p->minor_faults},      {"maj_flt", p->major_faults}};

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (fields[i].name, name) == 0)
      return fields[i].value;
  g_error ("there is no field %s", name);
}

/* Each field holds what the machine has; what it had one step before stands
 * before it if that was something else. */
static void
check_mm (struct vm_machine *machine, const SceneStill *still)
{
  const struct vm_state *s = vm_machine_state (machine);
  guint64 cursor = vm_machine_cursor (machine), before[SCENE_MM_FIELDS];
  guint32 process = shown_process (s, still);

  if (process == VM_NONE)
    return;
  g_assert_true (vm_machine_seek (machine, cursor - 1));
  for (guint f = 0; f < scene_mm_field_count; f++)
    before[f] = field_of (s, process, scene_mm_fields[f].name);
  g_assert_true (vm_machine_seek (machine, cursor));
  for (guint f = 0; f < scene_mm_field_count; f++) {
    const SceneItem *value = find (still, SCENE_FIGURE_MM, SCENE_MM_VALUE, f);
    const SceneItem *box = find (still, SCENE_FIGURE_MM, SCENE_MM_BOX, f);
    guint64 now = field_of (s, process, scene_mm_fields[f].name);
    const char *arrow = strstr (value->text, " → ");
    const char *new = arrow == NULL ? value->text : arrow + strlen (" → ");
    if (scene_mm_fields[f].kind == SCENE_MM_TREE)
      continue; /* its region may have had another number, or begin */
    g_assert_cmpuint (strtoull (new, NULL, 0), ==, now);
    g_assert_cmpint (arrow != NULL, ==, now != before[f]);
    g_assert_cmpint (box->emphasis == SCENE_ACTIVE, ==, now != before[f]);
    if (arrow != NULL)
      g_assert_cmpuint (strtoull (value->text, NULL, 0), ==, before[f]);
  }
}

static void
test_mm (void)
{
  at_every_step (SCENE_FIGURE_MM, 1200, check_mm);
  at_every_step (SCENE_FIGURE_MM, 360, check_mm);
}

/* Beside or above its regions an mm points to them; nothing overlaps. */
static void
test_together (void)
{
  const guint64 one = 1;
  g_autoptr (SceneStage) stage = scenario_stage (one << SCENE_FIGURE_HANDLER
                                                 | one << SCENE_FIGURE_REGIONS
                                                 | one << SCENE_FIGURE_MM);
  guint64 first;
  struct vm_machine *machine = scenario_machine (scenario_of_faults (), &first);
  guint links = 0;

  for (double width = 360; width <= 2600; width *= 1.25)
    for (guint64 n = first; n <= vm_machine_step_count (machine); n += 9) {
      g_assert_true (vm_machine_seek (machine, n));
      g_autoptr (SceneStill) still = scene_stage_still (
          stage, machine, scene_metrics_fixed (), width, 0);
      check_still (still, scene_metrics_fixed (), "together", NULL);
      for (guint i = 0; i < still->items->len; i++)
        links += g_array_index (still->items, SceneItem, i).kind
                 == SCENE_CONNECTOR;
    }
  vm_machine_free (machine);
  g_test_message ("%u connectors", links);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kernel/handler", test_handler);
  g_test_add_func ("/kernel/handler-cards", test_cards);
  g_test_add_func ("/kernel/handler-exits", test_exits);
  g_test_add_func ("/kernel/regions", test_regions);
  g_test_add_func ("/kernel/mm", test_mm);
  g_test_add_func ("/kernel/together", test_together);
  return g_test_run ();
}
