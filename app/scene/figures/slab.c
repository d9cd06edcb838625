/* Slabs: which objects are given out, which is next, and where a pointer
 * lies. */
#include <glib/gi18n-lib.h>

#include "figures/cells.h"
#include "figures/kit.h"
#include "figures/window.h"
#include "mm/grant.h"
#include "mm/kernel_layout.h"
#include "mm/slab.h"

#define PART_NOTE (SCENE_PART + 7) /* behind those of cells.h */

#define FEW_COLUMNS 2
#define MANY_COLUMNS 16
#define USUAL_ROWS 6

/* Objects of a slab in a row of the grid. */
typedef struct {
  guint slab, first;
} Piece;

static SceneCellsShape
shape_of (const SceneBuild *b)
{
  g_autofree char *head = g_strdup_printf (
      "8192 · %s", scene_number_frame (b->context->geometry, 0).s);

  return (SceneCellsShape){
      .cell = scene_width (b, SCENE_TEXT_MONO_SMALL, "→888"),
      .head = scene_width (b, SCENE_TEXT_SMALL, head),
      .marks = TRUE,
      .feet = FALSE};
}

static guint
columns_for (const SceneBuild *b, double width)
{
  SceneCellsShape shape = shape_of (b);
  guint columns = MANY_COLUMNS;

  while (columns > FEW_COLUMNS
         && columns > scene_cells_columns (b, &shape, width))
    columns /= 2;
  return columns;
}

static double
note_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.4);
}

/* Does any operation ask for objects? The list says so at every step. */
static gboolean
has_slabs (const SceneContext *c)
{
  for (guint64 i = 0; i < vm_machine_op_count (c->machine); i++)
    if (vm_machine_op (c->machine, i)->kind == VM_OP_KMALLOC)
      return TRUE;
  return FALSE;
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneCellsShape shape = shape_of (b);
  double padding = 2 * scene_padding (b);

  (void) width;
  size->min_width = scene_cells_width (b, &shape, FEW_COLUMNS) + padding;
  size->width = scene_cells_width (b, &shape, MANY_COLUMNS) + padding;
  size->height = scene_header (b) + note_height (b) + padding;
  if (has_slabs (b->context))
    size->height += scene_cells_height (b, &shape, USUAL_ROWS);
  size->min_height = size->max_height = size->height;
}

/* All slabs, cache by cache, cut into rows. */
static GArray *
find_pieces (const struct vm_state *s, guint columns)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));

  for (guint cache = 0; cache < VM_SLAB_CACHES; cache++)
    for (guint i = 1; i <= s->slab_end; i++) {
      if (s->slabs[i].frame == 0 || s->slabs[i].cache != cache)
        continue;
      for (guint at = 0; at < s->caches[cache].objects; at += columns) {
        Piece piece = {i, at};
        g_array_append_val (pieces, piece);
      }
    }
  return pieces;
}

/* The slab that the step is about, and the address of an object in it. */
static guint
slab_now (const SceneContext *c, guint64 *va)
{
  const struct vm_step *step = c->step;
  guint value = VM_V_OBJECT_ADDRESS;

  *va = 0;
  if (step == NULL)
    return 0;
  if (step->kind == VM_STEP_OBJECT_TAKE || step->kind == VM_STEP_OBJECT_PUT
      || step->kind == VM_STEP_SLAB_FIND)
    *va = step->values[value];
  else if (step->kind == VM_STEP_KERNEL_RETURN
           && step->values[VM_V_FUNCTION] == VM_FUNCTION_KMALLOC)
    *va = step->values[VM_V_GIVEN_ADDRESS];
  else if (step->kind != VM_STEP_SLAB_PICK && step->kind != VM_STEP_SLAB_NEW)
    return 0;
  if (step->kind == VM_STEP_KERNEL_RETURN
      && step->values[VM_V_GIVEN_FRAME] >= c->state->config.frames)
    return 0;
  guint64 frame = step->kind == VM_STEP_KERNEL_RETURN
                      ? step->values[VM_V_GIVEN_FRAME]
                      : step->values[VM_V_SLAB_FRAME];
  return vm_slab_of (c->state,
                     vm_frame_start (vm_frame_of (frame), VM_PAGE_SHIFT));
}

static guint64
address_of (const struct vm_state *s, guint slab, guint object)
{
  vm_vaddr va = vm_vaddr_of (0);

  vm_kernel_address (s, vm_frame_of (s->slabs[slab].frame), &va);
  return va.v + (guint64) object * s->caches[s->slabs[slab].cache].size;
}

/* For each free object of a slab the number of the next one, plus 1; for the
 * last free one objects + 1; for those given out 0. */
static guint16 *
free_objects (const struct vm_state *s, guint slab)
{
  const struct vm_slab_cache *cache = &s->caches[s->slabs[slab].cache];
  guint64 start = address_of (s, slab, 0);
  guint16 *next = g_new0 (guint16, cache->objects);
  guint64 at = s->slabs[slab].free;

  for (guint i = 0; at != 0 && i < cache->objects; i++) {
    guint64 after = vm_slab_next (s, slab, at);
    next[(at - start) / cache->size]
        = after == 0 ? (guint16) (cache->objects + 1)
                     : (guint16) ((after - start) / cache->size + 1);
    at = after;
  }
  return next;
}

/* Bytes that were asked for an object that is given out. */
static guint64
asked_of (const struct vm_state *s, guint slab, guint object)
{
  guint64 pa
      = vm_frame_start (vm_frame_of (s->slabs[slab].frame), VM_PAGE_SHIFT).v
        + (guint64) object * s->caches[s->slabs[slab].cache].size;

  return s->grants[vm_grant_find (s, VM_GRANT_OBJECT, pa)].asked;
}

static void
fill_cell (const SceneBuild *b, guint slab, guint object, guint next,
           SceneCellsCell *cell)
{
  const struct vm_state *s = b->context->state;
  const struct vm_slab_cache *cache = &s->caches[s->slabs[slab].cache];
  guint64 va = address_of (s, slab, object), now;
  gboolean about = slab_now (b->context, &now) == slab && now == va;
  const char *address
      = scene_keep (b, scene_number_virtual (b->context->geometry, va));

  *cell = (SceneCellsCell){.role = SCENE_ROLE_FREE,
                           .emphasis = about ? SCENE_ACTIVE : SCENE_NORMAL,
                           .mark = s->slabs[slab].free == va ? "dot" : NULL,
                           .state = &s->slabs[slab],
                           .bytes = sizeof s->slabs[slab]};
  if (next == 0) {
    guint asked = (guint) asked_of (s, slab, object);
    cell->role = SCENE_ROLE_KERNEL;
    cell->text = scene_still_printf (b->still, "%u", asked);
    cell->name = scene_still_printf (
        b->still,
        /* Translators: an address; bytes. */
        ngettext ("object %s: given out, %u byte was asked for",
                  "object %s: given out, %u bytes were asked for", asked),
        address, asked);
    return;
  }
  gboolean last = next > cache->objects;
  cell->text = last ? scene_still_text (b->still, "–")
                    : scene_still_printf (b->still, "→%u", next - 1);
  cell->name = last ? scene_still_printf (
                   b->still, _ ("object %s: free, the last one"), address)
                    : scene_still_printf (
                        b->still,
                        /* Translators: an address; the number of an object. */
                        _ ("object %s: free, then comes number %u"), address,
                        next - 1);
}

static void
fill_row (const SceneBuild *b, const Piece *piece, guint columns,
          SceneCellsHead *head, SceneCellsCell *cells)
{
  const struct vm_state *s = b->context->state;
  const struct vm_slab_record *slab = &s->slabs[piece->slab];
  guint objects = s->caches[slab->cache].objects;
  g_autofree guint16 *next = free_objects (s, piece->slab);
  const char *frame
      = scene_keep (b, scene_number_frame (b->context->geometry, slab->frame));

  head->number = (guint64) slab->frame * 32 % (1 << 24)
                 + piece->first / columns;
  head->text = piece->first == 0 ? scene_still_printf (
                   b->still, "%u · %s", s->caches[slab->cache].size, frame)
                                 : scene_still_printf (b->still, "%s +%u",
                                                       frame, piece->first);
  head->name = scene_still_printf (b->still, "%s, %s, +%u",
                                   vm_slab_cache_name (slab->cache), frame,
                                   piece->first);
  head->emphasis = vm_slab_state_of (s, piece->slab) == VM_SLAB_ACTIVE
                       ? SCENE_STRONG
                       : SCENE_NORMAL;
  for (guint i = 0; i < columns && piece->first + i < objects; i++)
    fill_cell (b, piece->slab, piece->first + i, next[piece->first + i],
               &cells[i]);
}

/* The row of the step's object, or slab. */
static guint64
focus_of (const SceneContext *c, const GArray *pieces, guint columns)
{
  guint64 va;
  guint slab = slab_now (c, &va);
  guint object = 0;

  if (slab != 0 && va != 0)
    object = (guint) ((va - address_of (c->state, slab, 0))
                      / c->state->caches[c->state->slabs[slab].cache].size);
  for (guint i = 0; i < pieces->len; i++) {
    const Piece *piece = &g_array_index (pieces, Piece, i);
    if (piece->slab == slab && object - piece->first < columns)
      return i;
  }
  return SCENE_NO_FOCUS;
}

static void
add_grid (SceneBuild *b, SceneRect rect)
{
  SceneCellsShape shape = shape_of (b);
  guint columns = columns_for (b, rect.width);
  g_autoptr (GArray) pieces = find_pieces (b->context->state, columns);
  guint64 total = MAX (pieces->len, USUAL_ROWS);
  guint64 first = scene_add_window (
      b, scene_cells_place (b, &shape, USUAL_ROWS, rect), total, USUAL_ROWS,
      scene_window_around (total, USUAL_ROWS,
                           focus_of (b->context, pieces, columns)),
      NULL);
  SceneCellsHead heads[MANY_COLUMNS] = {{0}}, rows[USUAL_ROWS] = {{0}};
  SceneCellsCell cells[MANY_COLUMNS * USUAL_ROWS] = {{0}};

  for (guint i = 0; i < columns; i++)
    heads[i] = (SceneCellsHead){
        .number = i, .text = scene_still_printf (b->still, "+%u", i)};
  for (guint i = 0; i < USUAL_ROWS; i++) {
    rows[i].number = (1 << 23) + i;
    if (first + i < pieces->len)
      fill_row (b, &g_array_index (pieces, Piece, first + i), columns, &rows[i],
                &cells[i * columns]);
  }
  SceneCells grid = {.columns = heads,
                     .rows = rows,
                     .column_count = columns,
                     .row_count = USUAL_ROWS,
                     .slots = columns,
                     .cells = cells,
                     .corner = scene_still_text (b->still, _ ("objects"))};
  scene_add_cells (b, SCENE_FIGURE_SLAB, &shape, &grid, rect);
}

/* Where a pointer lies, or what all caches hold. */
static const char *
note_of (const SceneBuild *b)
{
  const SceneContext *c = b->context;
  guint64 va, used = 0, lost = 0;
  guint slab = slab_now (c, &va);

  if (slab != 0 && va != 0)
    return scene_still_printf (
        b->still,
        /* Translators: an address; the first frame of the slab that it lies in;
         * the number of the object. */
        _ ("%s: slab %s, object %u"), scene_number_virtual (c->geometry, va).s,
        scene_number_frame (c->geometry, c->state->slabs[slab].frame).s,
        (guint) ((va - address_of (c->state, slab, 0))
                 / c->state->caches[c->state->slabs[slab].cache].size));
  for (guint i = 0; i < VM_SLAB_CACHES; i++) {
    const struct vm_slab_cache *cache = &c->state->caches[i];
    used += cache->used;
    lost += cache->used * cache->size - cache->asked;
  }
  return scene_still_printf (
      b->still,
      /* Translators: numbers of objects, of bytes. */
      _ ("objects given out: %u · bytes lost inside: %u"), (guint) used,
      (guint) lost);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  SceneRect inside
      = scene_add_panel (b, SCENE_FIGURE_SLAB, 0, rect, _ ("Slabs"), NULL);
  SceneRect line = scene_cut_top (&inside, scene_line (b, SCENE_TEXT_SMALL),
                                  scene_em (b, 0.4));
  SceneItem *item
      = scene_add_text (b, SCENE_ID (SCENE_FIGURE_SLAB, PART_NOTE, 0),
                        SCENE_TEXT_SMALL, SCENE_ALIGN_START, line, note_of (b));

  item->name = item->text;
  if (has_slabs (b->context))
    add_grid (b, inside);
}

const SceneFigure scene_figure_slab = {.id = SCENE_FIGURE_SLAB,
                                       .kind = "slab",
                                       .title = N_ ("Slabs"),
                                       .stance = SCENE_STANCE_BAND,
                                       .measure = measure,
                                       .build = build};
