/* What an address space is made of: mapped pages, nothing, the kernel's part.
 */
#include "figures/segments.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "figures/kit.h"
#include "figures/runs.h"

static guint64
first_kernel (const struct vm_geometry *g)
{
  return g->sign_extended ? ~scene_last_user (g) : scene_last_user (g) + 1;
}

static void
add_segment (GArray *segments, SceneSegmentKind kind, guint64 first,
             guint64 last)
{
  SceneSegment segment = {.first = first, .last = last, .kind = kind};

  if (first <= last)
    g_array_append_val (segments, segment);
}

GArray *
scene_segments (const SceneContext *context, guint limit)
{
  const struct vm_geometry *g = context->geometry;
  GArray *segments = g_array_new (FALSE, TRUE, sizeof (SceneSegment));
  g_autoptr (GArray) runs = scene_runs (context, context->process);
  guint64 user = scene_last_user (g), next = 0;

  while (runs->len > 0
         && g_array_index (runs, SceneRun, runs->len - 1).first > user)
    g_array_set_size (runs, runs->len - 1);
  scene_runs_merge (runs, limit);
  for (guint i = 0; i < runs->len; i++) {
    const SceneRun *run = &g_array_index (runs, SceneRun, i);
    if (run->first > next)
      add_segment (segments, SCENE_SEGMENT_EMPTY, next, run->first - 1);
    add_segment (segments, SCENE_SEGMENT_MAPPED, run->first,
                 MIN (run->last, user));
    next = MIN (run->last, user) + 1;
  }
  add_segment (segments, SCENE_SEGMENT_EMPTY, next, user);
  if (g->sign_extended)
    add_segment (segments, SCENE_SEGMENT_HOLE, user + 1, first_kernel (g) - 1);
  if (user < vm_geometry_last_address (g))
    add_segment (segments, SCENE_SEGMENT_KERNEL, first_kernel (g),
                 vm_geometry_last_address (g));
  return segments;
}

double
scene_segment_weight (const SceneSegment *segment, guint page_shift)
{
  double pages
      = ldexp ((double) (segment->last - segment->first), -(int) page_shift)
        + 1;

  switch (segment->kind) {
  case SCENE_SEGMENT_EMPTY:
    return 0.6 + 0.12 * log2 (pages);
  case SCENE_SEGMENT_MAPPED:
    return 1.6 + 0.2 * log2 (pages);
  case SCENE_SEGMENT_HOLE:
    return 3;
  case SCENE_SEGMENT_KERNEL:
    return 5;
  }
  return 1;
}

gboolean
scene_segment_holds (const SceneSegment *segment, guint64 va)
{
  return va >= segment->first && va <= segment->last;
}

SceneRole
scene_segment_role (const SceneContext *context, const SceneSegment *segment)
{
  switch (segment->kind) {
  case SCENE_SEGMENT_EMPTY:
    return SCENE_ROLE_FREE;
  case SCENE_SEGMENT_MAPPED:
    return scene_process_role (context->process);
  case SCENE_SEGMENT_HOLE:
    return SCENE_ROLE_OFFSET;
  case SCENE_SEGMENT_KERNEL:
    return SCENE_ROLE_KERNEL;
  }
  return SCENE_ROLE_FREE;
}

const char *
scene_segment_text (const SceneBuild *build, const SceneSegment *segment)
{
  const char *size = scene_keep (
      build, scene_number_size (segment->last - segment->first + 1));

  switch (segment->kind) {
  case SCENE_SEGMENT_EMPTY:
    return NULL;
  case SCENE_SEGMENT_MAPPED:
    return size;
  case SCENE_SEGMENT_HOLE:
    return _ ("not canonical");
  case SCENE_SEGMENT_KERNEL:
    return scene_still_printf (build->still, _ ("kernel, %s"), size);
  }
  return NULL;
}

const char *
scene_segment_name (const SceneBuild *build, const SceneSegment *segment)
{
  const struct vm_geometry *g = build->context->geometry;
  const char *first
      = scene_keep (build, scene_number_virtual (g, segment->first));
  const char *last
      = scene_keep (build, scene_number_virtual (g, segment->last));

  switch (segment->kind) {
  case SCENE_SEGMENT_EMPTY:
    return NULL;
  case SCENE_SEGMENT_MAPPED:
    return scene_still_printf (build->still, _ ("Mapped: %s to %s"), first,
                               last);
  case SCENE_SEGMENT_HOLE:
    return scene_still_printf (build->still, _ ("Not canonical: %s to %s"),
                               first, last);
  case SCENE_SEGMENT_KERNEL:
    return scene_still_printf (build->still, _ ("The kernel's part: %s to %s"),
                               first, last);
  }
  return NULL;
}
