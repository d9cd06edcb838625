/* What travels between entries and frames when pages are copied and shared. */
#include "figures/mapped.h"

#include "figures/kit.h"
#include "figures/parts.h"

typedef struct {
  SceneBuild *b;
  SceneFigureId figure;
  const SceneMapper *mappers;
  guint count;
} Flights;

static void
fly (const Flights *f, SceneId from, SceneId to, SceneRole role,
     const char *text)
{
  if (scene_still_find (f->b->still, from) == NULL
      || scene_still_find (f->b->still, to) == NULL)
    return;
  scene_still_add_flight (f->b->still, from, to, role, text, 0, 1);
}

/* The place of a process; the number of places if it has none. */
static guint
place_of (const Flights *f, guint32 process)
{
  guint place = 0;

  while (place < f->count && f->mappers[place].process != process)
    place++;
  return place;
}

static SceneId
target_id (const Flights *f, guint place, guint64 va)
{
  return SCENE_ID (f->figure, SCENE_SHARING_TARGET,
                   scene_space_number (place, va));
}

/* The contents of a frame become those of another. */
static void
fly_copy (const Flights *f)
{
  const SceneContext *c = f->b->context;
  const SceneHappening *what = f->mappers->what;
  guint place = place_of (f, what->process);
  SceneNumber size = scene_number_size (vm_geometry_page_bytes (c->geometry));

  if (place < f->count)
    fly (f, scene_id_owned (f->figure, what->copy_from),
         scene_id_owned (f->figure, what->copy_to),
         f->mappers[place].owner.role, size.s);
}

/* The process in whose table the step writes the last level's entry. */
static guint32
writer (const SceneContext *c)
{
  const guint64 *v = c->step->values;

  if (v[VM_V_ENTRY_LEVEL] != 1
      || v[VM_V_ENTRY_TABLE] >= c->state->config.frames)
    return VM_NONE;
  return c->state->frames[v[VM_V_ENTRY_TABLE]].owner;
}

/* The number of the frame goes into the entry: from the frame; when a process
 * is doubled, from the parent's entry to the child's. */
static void
fly_entry (const Flights *f)
{
  const SceneContext *c = f->b->context;
  const SceneHappening *what = f->mappers->what;
  guint place = place_of (f, writer (c));

  if (!what->page || place == f->count)
    return;
  guint64 va = what->va >> c->geometry->page_shift << c->geometry->page_shift;
  const ScenePage *page = scene_mapper_page (&f->mappers[place], va);
  if (page == NULL || page->frame != c->step->values[VM_V_ENTRY_FRAME])
    return;
  guint parent = place_of (f, what->process);
  gboolean doubles = f->mappers[place].process == what->other;
  fly (f,
       doubles && parent < f->count ? target_id (f, parent, va)
                                    : scene_id_owned (f->figure, page->frame),
       target_id (f, place, va), f->mappers[place].owner.role,
       scene_number_frame (c->geometry, page->frame).s);
}

void
scene_mapped_fly (SceneBuild *build, SceneFigureId figure,
                  const SceneMapper *mappers, guint count)
{
  const Flights flights = {build, figure, mappers, count};

  if (!build->context->regions)
    return;
  if (scene_context_is (build->context, VM_STEP_COPY))
    fly_copy (&flights);
  else if (scene_context_is (build->context, VM_STEP_ENTRY_WRITE))
    fly_entry (&flights);
}
