/* The virtual address space as a strip: what is mapped, and where the access
 * falls. Widths grow with the logarithm of the size, so that one page and a
 * gigabyte can both be seen. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "figures/parts.h"
#include "figures/segments.h"

static void
place_segments (const SceneBuild *b, GArray *segments, SceneRect rect)
{
  double gap = scene_em (b, 0.12), total = 0;
  double room = rect.width - (segments->len - 1) * gap;
  guint shift = b->context->geometry->page_shift;

  for (guint i = 0; i < segments->len; i++)
    total += scene_segment_weight (&g_array_index (segments, SceneSegment, i),
                                   shift);
  for (guint i = 0; i < segments->len; i++) {
    SceneSegment *segment = &g_array_index (segments, SceneSegment, i);
    segment->rect = scene_cut_left (
        &rect, room * scene_segment_weight (segment, shift) / total, gap);
  }
}

/* Where an address lies on the strip. */
static double
position_of (const SceneBuild *b, const GArray *segments, guint64 va)
{
  double margin = scene_em (b, 0.15);

  for (guint i = 0; i < segments->len; i++) {
    const SceneSegment *s = &g_array_index (segments, SceneSegment, i);
    if (!scene_segment_holds (s, va))
      continue;
    double part = (double) (va - s->first) / (double) (s->last - s->first);
    return s->rect.x + margin + part * (s->rect.width - 2 * margin);
  }
  return 0;
}

/* True if a text in the middle of a segment has room there, and the mark of
 * the address does not run through it. */
static gboolean
has_room (const SceneBuild *b, const GArray *segments,
          const SceneSegment *segment, const char *text)
{
  const SceneContext *c = b->context;
  const SceneRect *rect = &segment->rect;
  double width = scene_width (b, SCENE_TEXT_SMALL, text) + scene_em (b, 0.4);
  double middle = rect->x + rect->width / 2;

  if (width > rect->width)
    return FALSE;
  if (!scene_context_about_page (c) || !scene_segment_holds (segment, c->va))
    return TRUE;
  return fabs (position_of (b, segments, c->va) - middle) > width / 2;
}

static void
add_segment_box (SceneBuild *b, const GArray *segments,
                 const SceneSegment *segment)
{
  const SceneContext *c = b->context;
  gboolean marked = scene_context_about_page (c)
                    && scene_segment_holds (segment, c->va);
  const char *text = scene_segment_text (b, segment);
  SceneItem *box
      = scene_add_box (b,
                       SCENE_ID (SCENE_FIGURE_SPACE, SCENE_SPACE_RUN,
                                 segment->first >> c->geometry->page_shift),
                       segment->rect, scene_segment_role (c, segment),
                       segment->kind == SCENE_SEGMENT_EMPTY ? SCENE_FAINT
                       : marked                             ? SCENE_STRONG
                                                            : SCENE_NORMAL);

  box->style = SCENE_TEXT_SMALL;
  if (text != NULL && has_room (b, segments, segment, text))
    box->text = scene_still_text (b->still, text);
  box->name = scene_segment_name (b, segment);
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
  add_label (b, labels,
             SCENE_ID (SCENE_FIGURE_SPACE, SCENE_SPACE_ADDRESS,
                       va >> b->context->geometry->page_shift),
             center,
             scene_keep (b, scene_number_virtual (b->context->geometry, va)));
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
  const SceneSegment *last
      = &g_array_index (segments, SceneSegment, segments->len - 1);
  guint shift = b->context->geometry->page_shift;

  add_address (b, labels, 0, 0);
  add_address (b, labels, last->last, G_MAXINT);
  if (last->kind == SCENE_SEGMENT_KERNEL)
    add_address (b, labels, last->first, last->rect.x);
  for (guint i = 0; i < segments->len; i++) {
    const SceneSegment *s = &g_array_index (segments, SceneSegment, i);
    /* The first page and the last one of all have their labels. */
    if (s->kind == SCENE_SEGMENT_MAPPED && s->first != 0
        && s->first >> shift != last->last >> shift)
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
  g_autoptr (GArray) segments = scene_segments (c, limit);
  place_segments (b, segments, inside);
  for (guint i = 0; i < segments->len; i++)
    add_segment_box (b, segments, &g_array_index (segments, SceneSegment, i));
  if (scene_context_about_page (c))
    add_mark (b, &labels, segments, inside);
  add_addresses (b, &labels, segments);
}

const SceneFigure scene_figure_space = {.id = SCENE_FIGURE_SPACE,
                                        .kind = "space",
                                        .title = N_ ("Virtual address space"),
                                        .stance = SCENE_STANCE_BAND,
                                        .measure = measure,
                                        .build = build};
