/* The frames that some processes map, and whose they are. */
#include "figures/mapped.h"

#include <glib/gi18n-lib.h>

#include "figures/frames.h"
#include "figures/kit.h"
#include "tape/memory.h"

/* A frame on its way into the list. */
typedef struct {
  guint64 number, count;
  guint owners;  /* of all of it, or of a part */
  guint whole;   /* of all of it */
  guint named;   /* entries shown that name it */
  guint64 va[2]; /* of the first pages in it that differ */
  guint pages;
  gboolean wanted; /* the page in question lies in it */
} Found;

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *x = a, *y = b;

  return (x->number > y->number) - (x->number < y->number);
}

static void
add_page_number (Found *found, guint64 va)
{
  if (found->pages > 0 && found->va[0] == va)
    return;
  if (found->pages < 2)
    found->va[found->pages] = va;
  if (found->pages < 2 || found->va[1] != va)
    found->pages++;
}

/* Adds what another page says about the same frame. */
static void
join (Found *found, const Found *other)
{
  found->count = MAX (found->count, other->count);
  found->owners |= other->owners;
  found->whole |= other->whole;
  found->named += other->named;
  found->wanted |= other->wanted;
  add_page_number (found, other->va[0]);
}

static GArray *
collect (const SceneContext *c, const SceneMapper *mappers, guint count)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Found));

  for (guint m = 0; m < count; m++)
    for (guint i = 0; i < mappers[m].pages->len; i++) {
      const ScenePage *page = &g_array_index (mappers[m].pages, ScenePage, i);
      Found found = {.number = page->frame,
                     .count = page->frames,
                     .owners = 1u << m,
                     .whole = 1u << m,
                     .named = 1,
                     .va = {page->va},
                     .pages = 1};
      found.wanted = scene_context_about_page (c)
                     && scene_mapper_page (&mappers[m], c->va) == page;
      g_array_append_val (all, found);
    }
  g_array_sort (all, compare_found);
  return all;
}

/* One of each frame; a frame inside a large page has that page's owners, too,
 * and the page has the frame's. */
static GArray *
joined (const GArray *all)
{
  GArray *frames = g_array_new (FALSE, FALSE, sizeof (Found));
  guint outer = 0;

  for (guint i = 0; i < all->len; i++) {
    const Found *next = &g_array_index (all, Found, i);
    Found *large = frames->len == 0 ? NULL
                                    : &g_array_index (frames, Found, outer);
    Found *last = frames->len == 0
                      ? NULL
                      : &g_array_index (frames, Found, frames->len - 1);
    if (last != NULL && last->number == next->number) {
      join (last, next);
      continue;
    }
    Found found = *next;
    if (large != NULL && next->number < large->number + large->count) {
      large->owners |= next->owners;
      found.owners |= large->whole;
    } else {
      outer = frames->len;
    }
    g_array_append_val (frames, found);
  }
  return frames;
}

static const char *
page_text (const SceneBuild *b, guint64 va)
{
  return scene_keep (b,
                     scene_number_page (b->context->geometry,
                                        va >> b->context->geometry->page_shift,
                                        b->context->geometry->page_shift));
}

static const char *
label_of (const SceneBuild *b, const Found *found)
{
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

/* What the access finds in the frame. */
static const char *
value_of (const SceneBuild *b)
{
  const SceneContext *c = b->context;
  guint64 value;

  if (!c->access || !c->composed || c->width == 0
      || c->pa >> VM_SLOT_SHIFT >= VM_ADDRESSABLE_SLOTS)
    return NULL;
  value = vm_memory_read (c->state, vm_paddr_of (c->pa), c->width);
  if (c->width > 4)
    return scene_still_printf (b->still, "= %s",
                               scene_number_data (value, c->width).s);
  return scene_still_printf (
      b->still, "+%s = %s",
      scene_number_offset (c->pa % vm_geometry_page_bytes (c->geometry),
                           c->geometry->page_shift)
          .s,
      scene_number_data (value, c->width).s);
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

static SceneEmphasis
emphasis_of (const SceneContext *c, const Found *found, guint64 target)
{
  gboolean now = scene_context_is (c, VM_STEP_COMPOSE)
                 || scene_context_is (c, VM_STEP_DATA);

  if (target - found->number < found->count)
    return now ? SCENE_ACTIVE : SCENE_STRONG;
  return found->wanted ? SCENE_STRONG : SCENE_NORMAL;
}

static SceneOwnedFrame
frame_of (const SceneBuild *b, const SceneMapper *mappers, const Found *found,
          guint64 target)
{
  const SceneContext *c = b->context;
  gboolean managed = found->number < c->state->config.frames;
  const struct vm_frame_record *record
      = managed ? &c->state->frames[found->number] : NULL;
  guint refs = managed ? record->refs : found->named;
  SceneOwnedFrame frame
      = {.number = found->number,
         .count = found->count,
         .owners = found->owners,
         .emphasis = emphasis_of (c, found, target),
         .label = label_of (b, found),
         .value = target - found->number < found->count ? value_of (b) : NULL,
         .refs = refs,
         .others = refs > found->named ? refs - found->named : 0,
         .managed = managed,
         .record = record,
         .record_width = sizeof *record};

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
  g_autoptr (GArray) all = collect (build->context, mappers, count);
  g_autoptr (GArray) found = joined (all);
  GArray *frames = g_array_new (FALSE, FALSE, sizeof (SceneOwnedFrame));
  guint64 target;

  scene_target_frame (build->context, &target);
  for (guint i = 0; i < found->len; i++) {
    SceneOwnedFrame frame
        = frame_of (build, mappers, &g_array_index (found, Found, i), target);
    g_array_append_val (frames, frame);
  }
  return frames;
}
