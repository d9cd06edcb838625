/* What lies where in bare memory. */
#include "figures/bare_segments.h"

/* Runs of single frames that are told apart. */
#define MOST_RUNS 64

static gint
compare_cuts (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return x < y ? -1 : x > y;
}

static gboolean
same_use (const struct vm_frame_record *a, const struct vm_frame_record *b)
{
  return a->role == b->role && a->owner == b->owner;
}

/* Where runs of frames in use begin and end. */
static void
cut_at_frames (const struct vm_state *s, GArray *cuts)
{
  guint runs = 0;

  for (guint32 f = 0; f < s->config.frames && runs < MOST_RUNS;) {
    guint32 end = f + 1;
    while (end < s->config.frames && same_use (&s->frames[f], &s->frames[end]))
      end++;
    guint64 first = (guint64) f << s->config.page_shift;
    guint64 last = (guint64) end << s->config.page_shift;
    if (s->frames[f].role != VM_FRAME_FREE) {
      g_array_append_val (cuts, first);
      g_array_append_val (cuts, last);
      runs++;
    }
    f = end;
  }
}

static void
cut_at_programs (const struct vm_state *s, GArray *cuts)
{
  for (guint32 i = 0; i < s->process_count; i++) {
    const struct vm_image *image = &s->images[i];
    guint64 end = image->base + image->size;
    if (image->place != VM_IMAGE_MEMORY)
      continue;
    g_array_append_val (cuts, image->base);
    g_array_append_val (cuts, end);
  }
}

/* The next process after `after` whose program holds an address. */
static guint32
program_at (const struct vm_state *s, guint64 pa, guint32 first)
{
  for (guint32 i = first; i < s->process_count; i++) {
    const struct vm_image *image = &s->images[i];
    if (image->place == VM_IMAGE_MEMORY && pa >= image->base
        && pa - image->base < image->size)
      return i;
  }
  return VM_NONE;
}

/* Does a program hold other bytes of the frame? Then a frame that is in use
 * says nothing about this one. */
static gboolean
is_programs_frame (const struct vm_state *s, guint64 frame)
{
  guint shift = s->config.page_shift;

  for (guint32 i = 0; i < s->process_count; i++) {
    const struct vm_image *image = &s->images[i];
    if (image->place == VM_IMAGE_MEMORY && frame >= image->base >> shift
        && frame <= (image->base + image->size - 1) >> shift)
      return TRUE;
  }
  return FALSE;
}

static gboolean
segment_of (const struct vm_state *s, guint64 first, SceneBareSegment *segment)
{
  guint64 frame = first >> s->config.page_shift;
  const struct vm_frame_record *record = &s->frames[frame];
  guint32 owner = program_at (s, first, 0);

  segment->program = owner != VM_NONE;
  segment->role = VM_FRAME_DATA;
  segment->owner = owner;
  segment->other = owner == VM_NONE ? VM_NONE
                                    : program_at (s, first, owner + 1);
  if (segment->program)
    return TRUE;
  segment->role = (enum vm_frame_role) record->role;
  segment->owner = record->owner;
  return segment->role != VM_FRAME_FREE && !is_programs_frame (s, frame);
}

/* Which piece of its program a segment is. */
static guint
part_of (const GArray *segments, guint32 owner)
{
  guint part = 0;

  for (guint i = 0; i < segments->len; i++) {
    const SceneBareSegment *before
        = &g_array_index (segments, SceneBareSegment, i);
    part += before->program && before->owner == owner;
  }
  return part;
}

GArray *
scene_bare_segments (const struct vm_state *state)
{
  GArray *segments = g_array_new (FALSE, FALSE, sizeof (SceneBareSegment));
  g_autoptr (GArray) cuts = g_array_new (FALSE, FALSE, sizeof (guint64));

  cut_at_frames (state, cuts);
  cut_at_programs (state, cuts);
  g_array_sort (cuts, compare_cuts);
  for (guint i = 0; i + 1 < cuts->len; i++) {
    SceneBareSegment segment = {.first = g_array_index (cuts, guint64, i),
                                .end = g_array_index (cuts, guint64, i + 1)};
    if (segment.first == segment.end
        || !segment_of (state, segment.first, &segment))
      continue;
    segment.part = segment.program ? part_of (segments, segment.owner) : 0;
    g_array_append_val (segments, segment);
  }
  return segments;
}
