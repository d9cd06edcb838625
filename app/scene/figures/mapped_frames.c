/* The frames that some processes map, and whose they are. */
#include "figures/mapped.h"

#include <glib/gi18n-lib.h>

#include "figures/frames.h"
#include "figures/kit.h"
#include "figures/region_words.h"
#include "mm/frames.h"
#include "tape/memory.h"

typedef struct {
  const SceneMapper *mappers;
  gboolean all; /* nobody else has entries */
} Cast;

static const char *
page_text (const SceneBuild *b, guint64 va)
{
  return scene_keep (b,
                     scene_number_page (b->context->geometry,
                                        va >> b->context->geometry->page_shift,
                                        b->context->geometry->page_shift));
}

static const char *
file_text (const SceneContext *c, guint32 file)
{
  return c->state->files[file].name == VM_NONE ? C_ ("page", "shared")
                                               : scene_file_label (c, file);
}

/* What the kernel knows of a frame; NULL: nothing. */
static const char *
known_label (const SceneBuild *b, guint64 frame)
{
  const SceneContext *c = b->context;

  if (!c->regions || frame >= c->state->config.frames)
    return NULL;
  const struct vm_frame_record *record = &c->state->frames[frame];
  if (record->role == VM_FRAME_FREE)
    return _ ("free again");
  if (record->flags & VM_PAGE_ZERO)
    return _ ("zeros");
  if (record->flags & VM_PAGE_FILE)
    return scene_still_printf (b->still, _ ("%s, page %u"),
                               file_text (c, record->mapping),
                               (guint) record->offset);
  return NULL;
}

static const char *
label_of (const SceneBuild *b, const SceneFoundFrame *found)
{
  const char *known = known_label (b, found->number);

  if (known != NULL)
    return known;
  if (found->apart)
    return _ ("not mapped");
  if (found->count > 1)
    return scene_keep (
        b, scene_number_size (found->count
                              * vm_geometry_page_bytes (b->context->geometry)));
  if (found->pages == 1)
    return scene_still_printf (b->still, _ ("page %s"),
                               page_text (b, found->va[0]));
  return scene_still_printf (b->still, _ ("pages %s, %s"),
                             page_text (b, found->va[0]),
                             page_text (b, found->va[1]));
}

static const char *
value_at (const SceneBuild *b, guint64 pa)
{
  const SceneContext *c = b->context;

  if (pa >> VM_SLOT_SHIFT >= VM_ADDRESSABLE_SLOTS)
    return NULL;
  guint64 value = vm_memory_read (c->state, vm_paddr_of (pa), c->width);
  if (c->width > 4)
    return scene_still_printf (b->still, "= %s",
                               scene_number_data (value, c->width).s);
  return scene_still_printf (
      b->still, "+%s = %s",
      scene_number_offset (pa % vm_geometry_page_bytes (c->geometry),
                           c->geometry->page_shift)
          .s,
      scene_number_data (value, c->width).s);
}

/* What the access finds in the frame, or would; where the kernel handles it, in
 * all frames that the page lies in, has lain in, or will. */
static const char *
value_of (const SceneBuild *b, const SceneMapper *mappers,
          const SceneFoundFrame *found, guint64 target)
{
  const SceneContext *c = b->context;
  const SceneHappening *what = mappers->what;
  guint64 page = vm_geometry_page_bytes (c->geometry);
  gboolean found_there = target - found->number < found->count && c->composed;

  if (!c->access || c->width == 0)
    return NULL;
  if (!c->regions || found->count > 1)
    return found_there ? value_at (b, c->pa) : NULL;
  if (found->wanted || (what->copied && found->number == what->copy_from)
      || (what->copied && found->number == what->copy_to))
    return value_at (b, found->number * page + c->va % page);
  return NULL;
}

/* "A, B" */
static const char *
owners_text (const SceneBuild *b, const SceneMapper *mappers, guint owners)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; owners >> i != 0; i++)
    if (owners >> i & 1)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              mappers[i].name);
  return scene_still_text (b->still, text->str);
}

/* This very step takes, copies, or frees it. */
static gboolean
is_moving (const SceneHappening *what, const SceneFoundFrame *found)
{
  if (what->copying
      && (found->number == what->copy_from || found->number == what->copy_to))
    return TRUE;
  return (what->freed && found->number == what->freed_frame)
         || (what->taken && found->apart && found->number == what->taken_frame);
}

static SceneEmphasis
emphasis_of (const SceneContext *c, const SceneHappening *what,
             const SceneFoundFrame *found, guint64 target)
{
  if (is_moving (what, found) || (found->wanted && what->sharing))
    return SCENE_ACTIVE;
  gboolean now = scene_context_is (c, VM_STEP_COMPOSE)
                 || scene_context_is (c, VM_STEP_DATA);

  if (target - found->number < found->count)
    return now ? SCENE_ACTIVE : SCENE_STRONG;
  return found->wanted ? SCENE_STRONG : SCENE_NORMAL;
}

/* "copy 4 KiB" */
static const char *
copy_text (const SceneBuild *b)
{
  guint64 page = vm_geometry_page_bytes (b->context->geometry);

  return scene_still_printf (b->still, _ ("copy %s"),
                             scene_number_size (page).s);
}

/* True if the entries of all processes have been looked at. */
static gboolean
all_seen (const SceneContext *c, const SceneMapper *mappers, guint count)
{
  for (guint32 p = 0; p < c->state->process_count; p++) {
    guint m = 0;
    while (m < count && mappers[m].process != p)
      m++;
    if (m == count ? scene_process_lives (c, p) : mappers[m].cut)
      return FALSE;
  }
  return TRUE;
}

/* Entries that map a managed frame. Between the end of an entry and that of its
 * reference it is fewer than the references say. */
static guint
count_maps (const SceneContext *c, const Cast *cast,
            const SceneFoundFrame *found)
{
  const struct vm_frame_record *record = &c->state->frames[found->number];

  if (!c->regions)
    return record->refs;
  if (cast->all || record->role == VM_FRAME_FREE)
    return found->named;
  return vm_frames_mapped (c->state, vm_frame_of (found->number));
}

static SceneOwnedFrame
frame_of (const SceneBuild *b, const Cast *cast, const SceneFoundFrame *found,
          guint64 target)
{
  const SceneContext *c = b->context;
  const SceneMapper *mappers = cast->mappers;
  gboolean managed = found->number < c->state->config.frames;
  const struct vm_frame_record *record
      = managed ? &c->state->frames[found->number] : NULL;
  const SceneHappening *what = mappers->what;
  guint refs = managed ? record->refs : found->named;
  guint mapped = managed ? count_maps (c, cast, found) : refs;
  SceneOwnedFrame frame
      = {.number = found->number,
         .count = found->count,
         .owners = found->owners,
         .role = managed && record->role == VM_FRAME_FREE ? SCENE_ROLE_FREE
                                                          : SCENE_ROLE_NEUTRAL,
         .emphasis = emphasis_of (c, what, found, target),
         .label = label_of (b, found),
         .value = value_of (b, mappers, found, target),
         .refs = refs,
         .mapped = mapped,
         .others
         = mapped > found->named && !found->apart ? mapped - found->named : 0,
         .is_new = what->taken && what->taken_frame == found->number,
         .managed = managed,
         .record = record,
         .record_width = sizeof *record};

  if (what->copied && what->copy_to == found->number) {
    frame.word = what->copying ? copy_text (b) : _ ("copied");
    frame.copy_of = what->copy_from;
  }
  frame.name = scene_still_printf (
      b->still, _ ("Frame %s of %s: %s, refs %u"),
      scene_number_frame (c->geometry, found->number).s,
      owners_text (b, mappers, found->owners), frame.label, refs);
  return frame;
}

GArray *
scene_mapped_frames (const SceneBuild *build, const SceneMapper *mappers,
                     guint count)
{
  g_autoptr (GArray) found
      = scene_found_frames (build->context, mappers, count);
  GArray *frames = g_array_new (FALSE, FALSE, sizeof (SceneOwnedFrame));
  const Cast cast = {mappers, all_seen (build->context, mappers, count)};
  guint64 target;

  scene_target_frame (build->context, &target);
  for (guint i = 0; i < found->len; i++) {
    SceneOwnedFrame frame = frame_of (
        build, &cast, &g_array_index (found, SceneFoundFrame, i), target);
    g_array_append_val (frames, frame);
  }
  return frames;
}
