/* The two roots of a process under KPTI, side by side: the kernel's has
 * everything, that of user mode the process's own half and the way in.
 *
 *      kernel's root 0x00001        user mode's root 0x00002
 *      CR3 = 0x00001001  loaded
 *      kernel half: only the trampoline is in both
 *      [511  0x00008]
 *      [508  0x0000b]       ~       [508  0x0000e]
 *      user half: the same tables
 *      [  0  0x00005]       =       [  0  0x00005] */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/kit.h"
#include "figures/root_entries.h"
#include "figures/root_words.h"
#include "subject.h"

enum {
  PART_NAME = SCENE_PART, /* number: 0 the kernel's root, 1 user mode's */
  PART_FRAME,
  PART_REGISTER,
  PART_LOADED,
  PART_HALF,  /* number: 0 the kernel's half, 1 the user's */
  PART_ENTRY, /* number: index << 1 | root */
  PART_SAME,  /* number: index */
  PART_MORE,  /* number: half */
  PART_SWITCH
};

/* Rows of a half, at most. */
#define MOST_ROWS 5

/* A column and the link grow to so much of their least widths. */
#define MOST_GROWTH 2.2
#define MOST_LINK 5

typedef struct {
  SceneRootEntries entries;
  guint32 process;
  guint rows[2]; /* that each half has room for */
} Roots;

static SceneId
id_of (guint part, guint64 number)
{
  return SCENE_ID (SCENE_FIGURE_ROOTS, part, number);
}

static double
row_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.3);
}

static double
link_width (const SceneBuild *b)
{
  return scene_em (b, 1.8);
}

static double
column_width (const SceneBuild *b)
{
  const SceneContext *c = b->context;
  g_autofree char *loaded = scene_root_loaded_text (c, 0, 0);
  double width = scene_width (b, SCENE_TEXT_MONO_SMALL, "0000  0x00000")
                 + scene_em (b, 0.8);

  for (guint root = 0; root < 2; root++)
    width = MAX (width,
                 scene_width (b, SCENE_TEXT_SMALL, scene_root_name (c, root)));
  return MAX (width, scene_width (b, SCENE_TEXT_MONO_SMALL, loaded));
}

static double
head_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL)
         + 2 * scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.5)
         + scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.35);
}

/* Rows of both halves: as many as the list of operations can ever fill. */
static void
count_rows (const SceneContext *c, guint rows[2])
{
  for (guint half = 0; half < 2; half++)
    rows[half] = CLAMP (scene_root_entries_most (c, half), 1, MOST_ROWS);
}

static double
height_of (const SceneBuild *b)
{
  guint rows[2];

  count_rows (b->context, rows);
  return head_height (b) + 2 * scene_em (b, 0.4)
         + 2 * (scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.2))
         + (rows[0] + rows[1]) * (row_height (b) + scene_em (b, 0.15))
         + scene_em (b, 0.4) + scene_line (b, SCENE_TEXT_SMALL);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  double columns = 2 * column_width (b) + link_width (b);

  (void) width;
  size->min_width = MAX (columns, scene_root_words (b)) + 2 * scene_padding (b);
  size->width = size->min_width + scene_em (b, 4);
  size->min_height = scene_header (b) + scene_em (b, 0.8) + height_of (b);
  size->height = size->min_height;
  size->max_height = size->height + scene_em (b, 1);
}

static void
add_line (SceneBuild *b, SceneId id, SceneTextStyle style, SceneRect rect,
          const char *text, SceneEmphasis emphasis)
{
  SceneItem *item
      = scene_add_text (b, id, style, SCENE_ALIGN_START, rect, text);

  item->emphasis = emphasis;
}

/* A root: whose it is, where it is, and the register if that names it. */
static void
add_head (SceneBuild *b, const Roots *r, guint root, SceneRect rect)
{
  const SceneContext *c = b->context;
  double small = scene_line (b, SCENE_TEXT_MONO_SMALL);
  guint64 frame = r->entries.frame[root];
  gboolean loaded = scene_root_is_loaded (c, r->process, frame);
  SceneRect name = scene_cut_top (&rect, scene_line (b, SCENE_TEXT_SMALL), 0);

  add_line (b, id_of (PART_NAME, root), SCENE_TEXT_SMALL, name,
            scene_root_name (c, root), loaded ? SCENE_STRONG : SCENE_NORMAL);
  if (frame == 0)
    return;
  SceneItem *item = scene_add_text (
      b, id_of (PART_FRAME, root), SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START,
      scene_cut_top (&rect, small, scene_em (b, 0.25)),
      scene_keep (b, scene_number_frame (c->geometry, frame)));
  item->name = scene_still_printf (b->still, "%s: %s",
                                   scene_root_name (c, root), item->text);
  scene_item_means (item, SCENE_MEANS_FRAME, frame);
  if (!loaded)
    return;
  const struct vm_cpu *cpu = &c->state->cpus[scene_root_cpu (c, r->process)];
  g_autofree char *text = scene_root_loaded_text (c, frame, cpu->asid);
  item = scene_add_text (
      b, id_of (PART_REGISTER, root), SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START,
      scene_cut_top (&rect, small, scene_em (b, 0.25)), text);
  item->role = SCENE_ROLE_ACCENT;
  item->emphasis = SCENE_STRONG;
  scene_item_shows (b, item, &cpu->cr3, sizeof cpu->cr3);
  scene_add_chip (b, id_of (PART_LOADED, root),
                  scene_cut_top (&rect, small + scene_em (b, 0.2), 0),
                  SCENE_ROLE_ACCENT, _ ("loaded"))
      ->emphasis
      = scene_context_is (c, VM_STEP_MODE)
                || scene_context_is (c, VM_STEP_SWITCH)
            ? SCENE_ACTIVE
            : SCENE_STRONG;
}

static void
add_entry (SceneBuild *b, const Roots *r, const SceneRootEntry *entry,
           guint root, guint half, SceneRect rect)
{
  const SceneContext *c = b->context;
  guint64 frame = entry->table[root];
  gboolean loaded
      = scene_root_is_loaded (c, r->process, r->entries.frame[root]);
  SceneRole role = half == 0 ? SCENE_ROLE_KERNEL
                             : scene_process_role (r->process);
  gboolean used = loaded && scene_root_entry_is_used (c, entry->index);
  gboolean now = used && scene_context_is (c, VM_STEP_ENTRY_READ)
                 && c->step->values[VM_V_ENTRY_LEVEL] == c->geometry->levels;
  SceneItem *box = scene_add_box (
      b, id_of (PART_ENTRY, (guint64) entry->index << 1 | root), rect,
      frame != 0 ? role : SCENE_ROLE_FREE,
      now          ? SCENE_ACTIVE
      : frame == 0 ? SCENE_FAINT
      : used       ? SCENE_STRONG
                   : SCENE_NORMAL);

  const char *text
      = frame == 0
            ? scene_still_printf (b->still, "%u  —", entry->index)
            : scene_still_printf (b->still, "%u  %s", entry->index,
                                  scene_number_frame (c->geometry, frame).s);
  box->style = SCENE_TEXT_MONO_SMALL;
  if (scene_width (b, box->style, text) <= rect.width)
    box->text = text;
  box->name
      = frame == 0
            ? scene_still_printf (b->still, _ ("%s, entry %u: not present"),
                                  scene_root_name (c, root), entry->index)
            : scene_still_printf (b->still, _ ("%s, entry %u: frame %s"),
                                  scene_root_name (c, root), entry->index,
                                  scene_number_frame (c->geometry, frame).s);
  scene_item_shows_memory (b, box, entry->pa[root], c->geometry->entry_bytes);
  if (frame != 0)
    scene_item_means (box, SCENE_MEANS_FRAME, frame);
}

/* Between two entries of an index: the same table, or another one with the
 * same page in it. */
static void
add_same (SceneBuild *b, const SceneRootEntry *entry, SceneRect rect)
{
  gboolean both = entry->table[0] != 0 && entry->table[1] != 0;
  gboolean same = entry->table[0] == entry->table[1];

  if (!both)
    return;
  const char *words = same ? _ ("= same table") : _ ("≈ tables of its own");
  const char *sign = same ? "=" : "≈";
  gboolean fits = scene_width (b, SCENE_TEXT_SMALL, words) <= rect.width;
  SceneItem *item = scene_add_text (
      b, id_of (PART_SAME, entry->index), SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
      scene_middle (rect, scene_line (b, SCENE_TEXT_SMALL)),
      fits ? words : sign);
  item->role = SCENE_ROLE_ACCENT;
  item->name = same ? _ ("Both roots lead to the same table")
                    : _ ("Each root has tables of its own, for the same pages");
}

static void
add_half (SceneBuild *b, const Roots *r, guint half, double column,
          SceneRect *rest)
{
  const SceneRootEntries *e = &r->entries;
  double row = row_height (b), gap = scene_em (b, 0.15);

  scene_cut_top (rest, 0, scene_em (b, 0.4));
  add_line (
      b, id_of (PART_HALF, half), SCENE_TEXT_SMALL,
      scene_cut_top (rest, scene_line (b, SCENE_TEXT_SMALL), scene_em (b, 0.2)),
      scene_root_half (b->context, half), SCENE_FAINT);
  for (guint i = 0; i < r->rows[half]; i++) {
    SceneRect line = scene_cut_top (rest, row, gap);
    if (i >= e->count[half])
      continue;
    const SceneRootEntry *entry = &e->half[half][i];
    SceneRect left = scene_cut_left (&line, column, 0);
    SceneRect link = scene_cut_left (&line, line.width - column, 0);
    add_entry (b, r, entry, 0, half, left);
    if (e->frame[1] == 0)
      continue;
    add_entry (b, r, entry, 1, half, line);
    add_same (b, entry, link);
  }
}

static const char *
subtitle (const SceneBuild *b, guint32 process)
{
  SceneSubject subject = {.machine = b->context->machine};

  if (process == VM_NONE)
    return _ ("no process yet");
  return scene_still_printf (b->still, _ ("Process %s"),
                             scene_subject_process (&subject, process));
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  Roots r = {.process = scene_root_process (c)};
  SceneRect rest = scene_add_panel (b, SCENE_FIGURE_ROOTS, 0, rect,
                                    _ ("Two roots"), subtitle (b, r.process));
  double column
      = MIN (column_width (b) * MOST_GROWTH, (rest.width - link_width (b)) / 2);

  count_rows (c, r.rows);
  scene_root_entries_read (&r.entries, c, r.process, r.rows);
  rest.width = 2 * column
               + MIN (rest.width - 2 * column, MOST_LINK * link_width (b));
  SceneRect head = scene_cut_top (&rest, head_height (b), 0);
  SceneRect left = scene_cut_left (&head, column, 0);
  SceneRect right = scene_cut_right (&head, column, 0);
  if (r.process != VM_NONE) {
    add_head (b, &r, 0, left);
    add_head (b, &r, 1, right);
  }
  add_half (b, &r, 0, column, &rest);
  add_half (b, &r, 1, column, &rest);
  scene_cut_top (&rest, 0, scene_em (b, 0.4));
  rest.width = rect.width - 2 * scene_padding (b);
  rest.height = scene_line (b, SCENE_TEXT_SMALL);
  add_line (b, id_of (PART_SWITCH, 0), SCENE_TEXT_SMALL, rest,
            scene_root_change (b), SCENE_NORMAL);
}

const SceneFigure scene_figure_roots = {.id = SCENE_FIGURE_ROOTS,
                                        .kind = "roots",
                                        .title = N_ ("Two roots"),
                                        .stance = SCENE_STANCE_PART,
                                        .measure = measure,
                                        .build = build};
