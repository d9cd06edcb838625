/* Bare memory as one strip to scale, and the disk beside it. */
#include "figures/bare_strip.h"

#include <glib/gi18n-lib.h>

#include "figures/bare_segments.h"
#include "mm/holes.h"
#include "subject.h"

static SceneId
id_of (guint part, guint64 number)
{
  return SCENE_ID (SCENE_FIGURE_BARE_MEMORY, part, number);
}

static double
strip_height (const SceneBuild *b)
{
  return scene_em (b, 2.1);
}

static double
gap (const SceneBuild *b)
{
  return scene_em (b, 0.25);
}

static guint64
memory_size (const SceneContext *c)
{
  return (guint64) c->state->config.frames << c->state->config.page_shift;
}

/* The part of a strip that bytes take, at least a hairline. */
static SceneRect
piece (const SceneBuild *b, SceneRect strip, guint64 first, guint64 size)
{
  double scale = strip.width / (double) memory_size (b->context);
  double x = strip.x + (double) first * scale;
  double width = MAX ((double) size * scale, scene_em (b, 0.08));

  x = MIN (x, strip.x + strip.width - width);
  return (SceneRect){x, strip.y, width, strip.height};
}

static const char *
name_of (SceneBuild *b, guint32 process)
{
  SceneSubject subject = {.machine = b->context->machine};

  /* A still outlives its machine. */
  return scene_still_text (b->still, scene_subject_process (&subject, process));
}

/* Would the mark run through a text in the middle of a box? */
static gboolean
is_crossed (const SceneBuild *b, SceneRect box, double width)
{
  const SceneItem *ground
      = scene_still_find (b->still, id_of (SCENE_BARE_GROUND, 0));
  guint64 pa;

  if (ground == NULL || box.y != ground->rect.y
      || !scene_bare_mark (b->context, &pa))
    return FALSE;
  double x = piece (b, ground->rect, pa, 0).x - box.x - box.width / 2;
  return ABS (x) < width / 2 + scene_em (b, 0.2);
}

/* The longest of some texts that fits; NULL for none. */
static const char *
fitting (const SceneBuild *b, const char *const *texts, guint count,
         double width)
{
  for (guint i = 0; i < count; i++)
    if (scene_width (b, SCENE_TEXT_SMALL, texts[i]) + scene_em (b, 0.5)
        <= width)
      return texts[i];
  return NULL;
}

static void
say (SceneBuild *b, SceneItem *item, const char *const *texts, guint count)
{
  item->style = SCENE_TEXT_SMALL;
  for (guint i = 0; i < count && item->text == NULL; i++) {
    double width = scene_width (b, SCENE_TEXT_SMALL, texts[i]);
    if (width + scene_em (b, 0.5) <= item->rect.width
        && !is_crossed (b, item->rect, width))
      item->text = texts[i];
  }
}

SceneEmphasis
scene_bare_emphasis (const SceneContext *c, guint32 process)
{
  static const enum vm_step_kind about[]
      = {VM_STEP_PROGRAM,  VM_STEP_OVERWRITE,  VM_STEP_RELOCATE,
         VM_STEP_SWAP_OUT, VM_STEP_SWAP_IN,    VM_STEP_MOVE,
         VM_STEP_RUN,      VM_STEP_BOUNDS_LOAD};

  if (c->process != process)
    return SCENE_NORMAL;
  for (guint i = 0; i < G_N_ELEMENTS (about); i++)
    if (scene_context_is (c, about[i]))
      return SCENE_ACTIVE;
  return SCENE_STRONG;
}

gboolean
scene_bare_mark (const SceneContext *c, guint64 *pa)
{
  gboolean patch = scene_context_is (c, VM_STEP_PATCH);

  *pa = patch ? c->step->values[VM_V_PATCH_PA] : c->pa;
  return (patch || c->composed) && *pa < memory_size (c);
}

static void
add_program (SceneBuild *b, const SceneBareSegment *s, SceneRect rect)
{
  const SceneContext *c = b->context;
  const char *name = name_of (b, s->owner);
  const char *size
      = scene_keep (b, scene_number_size (c->state->images[s->owner].size));
  SceneItem *item = scene_add_box (
      b, id_of (SCENE_BARE_PROGRAM, (guint64) s->owner << 16 | s->part), rect,
      scene_process_role (s->owner), scene_bare_emphasis (c, s->owner));

  scene_item_shows (b, item, &c->state->images[s->owner],
                    sizeof c->state->images[s->owner]);
  item->name = scene_still_printf (b->still, _ ("Program of process %s, %s"),
                                   name, size);
  if (s->other == VM_NONE) {
    const char *texts[]
        = {scene_still_printf (b->still, "%s, %s", name, size), name};
    say (b, item, texts, G_N_ELEMENTS (texts));
    return;
  }
  const char *both
      = scene_still_printf (b->still, "%s, %s", name, name_of (b, s->other));
  const char *texts[]
      = {scene_still_printf (b->still, _ ("%s collide"), both), both};
  item->also[0] = scene_process_role (s->other);
  item->emphasis = SCENE_ACTIVE;
  item->name = scene_still_printf (b->still,
                                   _ ("Programs of two processes: %s"), both);
  say (b, item, texts, G_N_ELEMENTS (texts));
}

static void
add_frames (SceneBuild *b, const SceneBareSegment *s, SceneRect rect)
{
  gboolean data = s->role == VM_FRAME_DATA;
  SceneRole role = s->role == VM_FRAME_KERNEL  ? SCENE_ROLE_KERNEL
                   : s->role == VM_FRAME_TABLE ? SCENE_ROLE_TABLE
                                               : scene_process_role (s->owner);
  const char *text = s->role == VM_FRAME_KERNEL  ? _ ("kernel")
                     : s->role == VM_FRAME_TABLE ? _ ("page tables")
                                                 : name_of (b, s->owner);
  SceneItem *item = scene_add_box (b, id_of (SCENE_BARE_FRAMES, s->first >> 4),
                                   rect, role, SCENE_NORMAL);

  if (data)
    text = scene_still_printf (b->still, _ ("pages of %s"), text);
  item->name = text;
  say (b, item, &text, 1);
}

static void
add_segments (SceneBuild *b, SceneRect strip)
{
  g_autoptr (GArray) segments = scene_bare_segments (b->context->state);
  double free = strip.x;

  for (guint i = 0; i < segments->len; i++) {
    const SceneBareSegment *s = &g_array_index (segments, SceneBareSegment, i);
    SceneRect rect = piece (b, strip, s->first, s->end - s->first);
    /* Hairlines beside each other must not lie on each other. */
    double end = rect.x + rect.width;
    rect.x = MAX (rect.x, free);
    rect.width = end - rect.x;
    if (rect.width < scene_em (b, 0.02))
      continue;
    free = end;
    if (s->program)
      add_program (b, s, rect);
    else
      add_frames (b, s, rect);
  }
}

/* The addresses at which programs begin, as far as there is room. */
static void
add_addresses (SceneBuild *b, SceneRect strip, SceneRect line)
{
  g_autoptr (GArray) segments = scene_bare_segments (b->context->state);
  const char *last
      = scene_keep (b, scene_number_physical (b->context->geometry,
                                              memory_size (b->context) - 1));
  double width = scene_width (b, SCENE_TEXT_MONO_SMALL, last);
  double used = line.x, end = line.x + line.width - width;

  for (guint i = 0; i < segments->len; i++) {
    const SceneBareSegment *s = &g_array_index (segments, SceneBareSegment, i);
    SceneRect at = piece (b, strip, s->first, 0);
    at = (SceneRect){at.x, line.y, width, line.height};
    if (at.x < used || at.x + width + gap (b) > end)
      continue;
    scene_add_text (
        b, id_of (SCENE_BARE_ADDRESS, s->first >> 4), SCENE_TEXT_MONO_SMALL,
        SCENE_ALIGN_START, at,
        scene_keep (b, scene_number_physical (b->context->geometry, s->first)))
        ->emphasis
        = SCENE_FAINT;
    used = at.x + width + gap (b);
  }
  scene_add_text (b, id_of (SCENE_BARE_ADDRESS, memory_size (b->context) >> 4),
                  SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_END,
                  (SceneRect){end, line.y, width, line.height}, last)
      ->emphasis
      = SCENE_FAINT;
}

/* A text near x that stays in its line. */
static SceneRect
near (const SceneBuild *b, SceneRect line, double x, SceneTextStyle style,
      const char *text)
{
  double width = MIN (scene_width (b, style, text), line.width);

  line.x = CLAMP (x - width / 2, line.x, line.x + line.width - width);
  line.width = width;
  return line;
}

static void
add_mark (SceneBuild *b, SceneRect strip, SceneRect line)
{
  SceneRole role = scene_context_is (b->context, VM_STEP_TRESPASS)
                       ? SCENE_ROLE_FAULT
                       : SCENE_ROLE_ACCENT;
  double out = scene_em (b, 0.2);
  guint64 pa;

  if (!scene_bare_mark (b->context, &pa))
    return;
  const char *text
      = scene_keep (b, scene_number_physical (b->context->geometry, pa));
  SceneRect bar = piece (b, strip, pa, 0);
  bar = (SceneRect){bar.x, bar.y - out, scene_em (b, 0.14),
                    bar.height + 2 * out};
  bar.x = MIN (bar.x, strip.x + strip.width - bar.width);
  SceneItem *item
      = scene_add_box (b, id_of (SCENE_BARE_MARK, 0), bar, role, SCENE_ACTIVE);
  item->kind = SCENE_EDGE;
  item->name = scene_still_printf (b->still, _ ("The address %s"), text);
  item = scene_add_text (
      b, id_of (SCENE_BARE_MARK, 1), SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START,
      near (b, line, bar.x, SCENE_TEXT_MONO_SMALL, text), text);
  item->role = role;
  item->emphasis = SCENE_STRONG;
  scene_item_means (item, SCENE_MEANS_PHYSICAL, pa);
}

/* The two registers, under the bytes that they allow. */
static void
add_bounds (SceneBuild *b, SceneRect strip, SceneRect line)
{
  const struct vm_state *s = b->context->state;
  const struct vm_cpu *cpu = &s->cpus[b->context->cpu];
  SceneRole role = cpu->process == VM_NONE ? SCENE_ROLE_NEUTRAL
                                           : scene_process_role (cpu->process);
  gboolean now = scene_context_is (b->context, VM_STEP_BOUNDS_LOAD)
                 || scene_context_is (b->context, VM_STEP_BOUND)
                 || scene_context_is (b->context, VM_STEP_BASE);

  if (s->config.way != VM_WAY_BOUNDS)
    return;
  const char *text = scene_still_printf (
      b->still, _ ("base %s, limit %s"),
      scene_keep (b, scene_number_physical (b->context->geometry, cpu->base)),
      scene_keep (b, scene_number_physical (b->context->geometry, cpu->limit)));
  SceneRect bar = piece (b, strip, cpu->base, cpu->limit);
  SceneRect low = scene_cut_bottom (&line, scene_line (b, SCENE_TEXT_SMALL), 0);
  bar.y = line.y;
  bar.height = scene_em (b, 0.16);
  if (cpu->limit > 0) {
    SceneItem *item = scene_add_box (b, id_of (SCENE_BARE_BOUNDS, 0), bar, role,
                                     now ? SCENE_ACTIVE : SCENE_STRONG);
    item->kind = SCENE_EDGE;
    item->name = text;
    scene_item_shows (b, item, &cpu->base, 2 * sizeof cpu->base);
  }
  SceneItem *item = scene_add_text (
      b, id_of (SCENE_BARE_BOUNDS, 1), SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
      near (b, low, bar.x + bar.width / 2, SCENE_TEXT_SMALL, text), text);
  item->role = role;
  item->emphasis = now ? SCENE_ACTIVE : SCENE_STRONG;
}

/* "28 KiB free in 3 holes, the largest of 12 KiB" */
static void
add_holes (SceneBuild *b, SceneRect line)
{
  struct vm_holes holes = vm_holes_count (b->context->state);
  const char *free = scene_keep (b, scene_number_size (holes.free));
  const char *texts[] = {
      scene_still_printf (
          b->still,
          /* Translators: "28 KiB", how many, "12 KiB". */
          ngettext ("%s free, in %u hole of %s",
                    "%s free, in %u holes; the largest has %s", holes.count),
          free, holes.count, scene_keep (b, scene_number_size (holes.largest))),
      scene_still_printf (
          b->still,
          ngettext ("%s free, %u hole", "%s free, %u holes", holes.count), free,
          holes.count),
      free};
  const char *text = fitting (b, texts, G_N_ELEMENTS (texts), line.width);

  if (text == NULL)
    return;
  scene_add_text (b, id_of (SCENE_BARE_WORDS, 0), SCENE_TEXT_SMALL,
                  SCENE_ALIGN_START, line, text)
      ->emphasis
      = scene_context_is (b->context, VM_STEP_NO_PLACE) ? SCENE_ACTIVE
                                                        : SCENE_NORMAL;
}

/* Programs on the disk lie side by side. */
static void
add_disk (SceneBuild *b, SceneRect strip)
{
  const struct vm_state *s = b->context->state;
  double x = strip.x;

  for (guint32 i = 0; i < s->process_count; i++) {
    if (s->images[i].place != VM_IMAGE_DISK)
      continue;
    SceneBareSegment segment = {.owner = i, .other = VM_NONE, .program = TRUE};
    SceneRect rect = piece (b, strip, 0, s->images[i].size);
    rect.x = x;
    x += rect.width + gap (b);
    if (x <= strip.x + strip.width + gap (b))
      add_program (b, &segment, rect);
  }
}

static void
add_ground (SceneBuild *b, guint number, SceneRect rect, const char *name)
{
  SceneItem *item = scene_add_box (b, id_of (SCENE_BARE_GROUND, number), rect,
                                   SCENE_ROLE_FREE, SCENE_FAINT);

  item->name = name;
  if (number == 0
      && (scene_context_is (b->context, VM_STEP_WAY)
          || scene_context_is (b->context, VM_STEP_COMPACT)))
    item->emphasis = SCENE_ACTIVE;
  b->parent = item->id;
}

static double
line_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL);
}

double
scene_bare_strip_height (const SceneBuild *b, gboolean bounds)
{
  double words = scene_line (b, SCENE_TEXT_SMALL);
  double height = 2 * line_height (b) + 2 * strip_height (b) + 2 * words
                  + 5 * gap (b);

  return bounds ? height + words + 2 * gap (b) : height;
}

void
scene_add_bare_strip (SceneBuild *b, gboolean bounds, SceneRect rect)
{
  SceneId panel = b->parent;
  double words = scene_line (b, SCENE_TEXT_SMALL);
  SceneRect mark = scene_cut_top (&rect, line_height (b), gap (b));
  SceneRect strip = scene_cut_top (&rect, strip_height (b), gap (b));
  SceneRect addresses = scene_cut_top (&rect, line_height (b), gap (b));

  add_ground (b, 0, strip, _ ("Memory, to scale"));
  add_segments (b, strip);
  b->parent = panel;
  add_mark (b, strip, mark);
  add_addresses (b, strip, addresses);
  if (bounds)
    add_bounds (b, strip, scene_cut_top (&rect, words + gap (b), gap (b)));
  add_holes (b, scene_cut_top (&rect, words, gap (b)));
  scene_add_text (b, id_of (SCENE_BARE_WORDS, 1), SCENE_TEXT_SMALL,
                  SCENE_ALIGN_START, scene_cut_top (&rect, words, gap (b)),
                  _ ("Disk"));
  strip = scene_cut_top (&rect, strip_height (b), 0);
  add_ground (b, 1, strip, _ ("Disk"));
  add_disk (b, strip);
  b->parent = panel;
}
