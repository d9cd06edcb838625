/* The virtual address space as a strip: what is mapped, and where the access
 * falls. Widths grow with the logarithm of the size, so that one page and a
 * gigabyte can both be seen. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "figures/parts.h"
#include "figures/runs.h"

typedef enum {
  SEGMENT_EMPTY,
  SEGMENT_MAPPED,
  SEGMENT_HOLE,  /* addresses that are not canonical */
  SEGMENT_KERNEL /* the upper part, the kernel's by custom */
} SegmentKind;

typedef struct {
  guint64 first, last;
  SegmentKind kind;
  SceneRect rect;
} Segment;

static guint64
first_kernel (const struct vm_geometry *g)
{
  return g->sign_extended ? ~scene_last_user (g) : scene_last_user (g) + 1;
}

static void
add_segment (GArray *segments, SegmentKind kind, guint64 first, guint64 last)
{
  Segment segment = {.first = first, .last = last, .kind = kind};

  if (first <= last)
    g_array_append_val (segments, segment);
}

/* All segments, from address 0 to the last. */
static GArray *
list_segments (const SceneContext *c, guint limit)
{
  const struct vm_geometry *g = c->geometry;
  GArray *segments = g_array_new (FALSE, TRUE, sizeof (Segment));
  g_autoptr (GArray) runs = scene_runs (c, c->process);
  guint64 next = 0;

  while (runs->len > 0
         && g_array_index (runs, SceneRun, runs->len - 1).first
                > scene_last_user (g))
    g_array_set_size (runs, runs->len - 1);
  scene_runs_merge (runs, limit);
  for (guint i = 0; i < runs->len; i++) {
    const SceneRun *run = &g_array_index (runs, SceneRun, i);
    if (run->first > next)
      add_segment (segments, SEGMENT_EMPTY, next, run->first - 1);
    add_segment (segments, SEGMENT_MAPPED, run->first,
                 MIN (run->last, scene_last_user (g)));
    next = MIN (run->last, scene_last_user (g)) + 1;
  }
  add_segment (segments, SEGMENT_EMPTY, next, scene_last_user (g));
  if (g->sign_extended)
    add_segment (segments, SEGMENT_HOLE, scene_last_user (g) + 1,
                 first_kernel (g) - 1);
  add_segment (segments, SEGMENT_KERNEL, first_kernel (g),
               vm_geometry_last_address (g));
  return segments;
}

static double
weight_of (const Segment *segment)
{
  double pages = (double) (segment->last - segment->first) / VM_PAGE_SIZE + 1;

  switch (segment->kind) {
  case SEGMENT_EMPTY:
    return 0.6 + 0.12 * log2 (pages);
  case SEGMENT_MAPPED:
    return 1.6 + 0.2 * log2 (pages);
  case SEGMENT_HOLE:
    return 3;
  case SEGMENT_KERNEL:
    return 5;
  }
  return 1;
}

static void
place_segments (const SceneBuild *b, GArray *segments, SceneRect rect)
{
  double gap = scene_em (b, 0.12), total = 0;
  double room = rect.width - (segments->len - 1) * gap;

  for (guint i = 0; i < segments->len; i++)
    total += weight_of (&g_array_index (segments, Segment, i));
  for (guint i = 0; i < segments->len; i++) {
    Segment *segment = &g_array_index (segments, Segment, i);
    segment->rect
        = scene_cut_left (&rect, room * weight_of (segment) / total, gap);
  }
}

static gboolean
contains (const Segment *segment, guint64 va)
{
  return va >= segment->first && va <= segment->last;
}

static SceneRole
segment_role (const SceneContext *c, const Segment *segment)
{
  switch (segment->kind) {
  case SEGMENT_EMPTY:
    return SCENE_ROLE_FREE;
  case SEGMENT_MAPPED:
    return scene_process_role (c->process);
  case SEGMENT_HOLE:
    return SCENE_ROLE_OFFSET;
  case SEGMENT_KERNEL:
    return SCENE_ROLE_KERNEL;
  }
  return SCENE_ROLE_FREE;
}

static const char *
segment_text (const SceneBuild *b, const Segment *segment)
{
  const char *size
      = scene_keep (b, scene_number_size (segment->last - segment->first + 1));

  switch (segment->kind) {
  case SEGMENT_EMPTY:
    return NULL;
  case SEGMENT_MAPPED:
    return size;
  case SEGMENT_HOLE:
    return _ ("not canonical");
  case SEGMENT_KERNEL:
    return scene_still_printf (b->still, _ ("kernel, %s"), size);
  }
  return NULL;
}

static const char *
segment_name (const SceneBuild *b, const Segment *segment)
{
  const struct vm_geometry *g = b->context->geometry;
  const char *first = scene_keep (b, scene_number_virtual (g, segment->first));
  const char *last = scene_keep (b, scene_number_virtual (g, segment->last));

  switch (segment->kind) {
  case SEGMENT_EMPTY:
    return NULL;
  case SEGMENT_MAPPED:
    return scene_still_printf (b->still, _ ("Mapped: %s to %s"), first, last);
  case SEGMENT_HOLE:
    return scene_still_printf (b->still, _ ("Not canonical: %s to %s"), first,
                               last);
  case SEGMENT_KERNEL:
    return scene_still_printf (b->still, _ ("The kernel's part: %s to %s"),
                               first, last);
  }
  return NULL;
}

/* Where an address lies on the strip. */
static double
position_of (const SceneBuild *b, const GArray *segments, guint64 va)
{
  double margin = scene_em (b, 0.15);

  for (guint i = 0; i < segments->len; i++) {
    const Segment *s = &g_array_index (segments, Segment, i);
    if (!contains (s, va))
      continue;
    double part = (double) (va - s->first) / (double) (s->last - s->first);
    return s->rect.x + margin + part * (s->rect.width - 2 * margin);
  }
  return 0;
}

/* True if a text in the middle of a segment has room there, and the mark of
 * the address does not run through it. */
static gboolean
has_room (const SceneBuild *b, const GArray *segments, const Segment *segment,
          const char *text)
{
  const SceneContext *c = b->context;
  const SceneRect *rect = &segment->rect;
  double width = scene_width (b, SCENE_TEXT_SMALL, text) + scene_em (b, 0.4);
  double middle = rect->x + rect->width / 2;

  if (width > rect->width)
    return FALSE;
  if (!(c->access || c->mapping) || !contains (segment, c->va))
    return TRUE;
  return fabs (position_of (b, segments, c->va) - middle) > width / 2;
}

static void
add_segment_box (SceneBuild *b, const GArray *segments, const Segment *segment)
{
  const SceneContext *c = b->context;
  gboolean marked = (c->access || c->mapping) && contains (segment, c->va);
  const char *text = segment_text (b, segment);
  SceneItem *box = scene_add_box (b,
                                  SCENE_ID (SCENE_FIGURE_SPACE, SCENE_SPACE_RUN,
                                            segment->first >> VM_PAGE_SHIFT),
                                  segment->rect, segment_role (c, segment),
                                  segment->kind == SEGMENT_EMPTY ? SCENE_FAINT
                                  : marked                       ? SCENE_STRONG
                                           : SCENE_NORMAL);

  box->style = SCENE_TEXT_SMALL;
  if (text != NULL && has_room (b, segments, segment, text))
    box->text = scene_still_text (b->still, text);
  box->name = segment_name (b, segment);
}

/* Labels below the strip give way to those added before them. */
typedef struct {
  SceneRect line;
  GArray *taken; /* of SceneRect */
} Labels;

static SceneItem *
add_label (SceneBuild *b, Labels *labels, SceneId id, double center,
           const char *text)
{
  double width = scene_width (b, SCENE_TEXT_MONO_SMALL, text);
  double gap = scene_em (b, 0.5);
  double most = labels->line.x + labels->line.width - width;
  SceneRect rect = {CLAMP (center - width / 2, labels->line.x, most),
                    labels->line.y, width, labels->line.height};

  for (guint i = 0; i < labels->taken->len; i++) {
    const SceneRect *other = &g_array_index (labels->taken, SceneRect, i);
    if (rect.x < other->x + other->width + gap
        && other->x < rect.x + rect.width + gap)
      return NULL;
  }
  g_array_append_val (labels->taken, rect);
  SceneItem *item = scene_add_text (b, id, SCENE_TEXT_MONO_SMALL,
                                    SCENE_ALIGN_CENTER, rect, text);
  item->emphasis = SCENE_FAINT;
  return item;
}

static void
add_address (SceneBuild *b, Labels *labels, guint64 va, double center)
{
  add_label (
      b, labels,
      SCENE_ID (SCENE_FIGURE_SPACE, SCENE_SPACE_ADDRESS, va >> VM_PAGE_SHIFT),
      center, scene_keep (b, scene_number_virtual (b->context->geometry, va)));
}

static void
add_mark (SceneBuild *b, Labels *labels, const GArray *segments,
          SceneRect strip)
{
  const SceneContext *c = b->context;
  double width = scene_em (b, 0.16);
  double x = position_of (b, segments, c->va);
  const char *text = scene_keep (b, scene_number_virtual (c->geometry, c->va));
  SceneItem *mark = scene_still_add (
      b->still, SCENE_ID (SCENE_FIGURE_SPACE, SCENE_SPACE_MARK, 0), b->parent,
      SCENE_EDGE, (SceneRect){x - width / 2, strip.y, width, strip.height});

  mark->role = SCENE_ROLE_ACCENT;
  mark->emphasis = SCENE_ACTIVE;
  mark->name = scene_still_printf (b->still, _ ("The address %s"), text);
  SceneItem *label = add_label (
      b, labels, SCENE_ID (SCENE_FIGURE_SPACE, SCENE_SPACE_MARKED, 0), x, text);
  label->role = SCENE_ROLE_ACCENT;
  label->emphasis = SCENE_STRONG;
}

static void
add_addresses (SceneBuild *b, Labels *labels, const GArray *segments)
{
  const struct vm_geometry *g = b->context->geometry;
  const Segment *last = &g_array_index (segments, Segment, segments->len - 1);

  add_address (b, labels, 0, 0);
  add_address (b, labels, last->last, G_MAXINT);
  add_address (b, labels, first_kernel (g), last->rect.x);
  for (guint i = 0; i < segments->len; i++) {
    const Segment *s = &g_array_index (segments, Segment, i);
    if (s->kind == SEGMENT_MAPPED)
      add_address (b, labels, s->first, s->rect.x + s->rect.width / 2);
  }
}

static double
heights (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 1.1);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  (void) width;
  size->min_width = scene_em (b, 14);
  size->width = scene_em (b, 40);
  size->min_height = heights (b) + scene_em (b, 1.2);
  size->height = heights (b) + scene_em (b, 1.3);
  size->max_height = heights (b) + scene_em (b, 1.7);
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  SceneRect inside = scene_inset (rect, scene_padding (b), scene_em (b, 0.45));
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (SceneRect));
  SceneItem *panel;

  b->parent = scene_id_panel (SCENE_FIGURE_SPACE);
  panel = scene_still_add (b->still, b->parent, 0, SCENE_PANEL, rect);
  panel->name = scene_still_text (b->still, _ ("Virtual address space"));

  Labels labels
      = {scene_cut_bottom (&inside, scene_line (b, SCENE_TEXT_MONO_SMALL),
                           scene_em (b, 0.2)),
         taken};
  guint limit = (guint) (inside.width / scene_em (b, 4));
  g_autoptr (GArray) segments = list_segments (c, limit);
  place_segments (b, segments, inside);
  for (guint i = 0; i < segments->len; i++)
    add_segment_box (b, segments, &g_array_index (segments, Segment, i));
  if (c->access || c->mapping)
    add_mark (b, &labels, segments, inside);
  add_addresses (b, &labels, segments);
}

const SceneFigure scene_figure_space = {.id = SCENE_FIGURE_SPACE,
                                        .kind = "space",
                                        .title = N_ ("Virtual address space"),
                                        .stance = SCENE_STANCE_BAND,
                                        .measure = measure,
                                        .build = build};
