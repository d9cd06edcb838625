/* Processes side by side: what each of them maps, and the frames that they
 * share. */
#include <glib/gi18n-lib.h>

#include "figures/kit.h"
#include "figures/mapped.h"
#include "subject.h"

/* Pages looked at of each process. */
#define PAGE_LIMIT 2048

/* The widest title that keeps its room. */
#define MOST_TITLE 9.0

/* Mappings shown of each: more where the kernel shares them. */
#define FEW_ROWS 3
#define MANY_ROWS SCENE_SHARING_MAPPINGS

typedef struct {
  guint count;
  SceneHappening what;
  SceneMapper mappers[SCENE_SHARING_SPACES];
} Cast;

static const char *
name_of (const SceneContext *c, guint process)
{
  SceneSubject subject = {.machine = c->machine};

  return scene_subject_process (&subject, process);
}

/* All processes there are or will be: the list of operations knows them at
 * every step. */
static guint
count_processes (const SceneContext *c)
{
  guint count = 0;

  for (guint64 i = 0; i < vm_machine_op_count (c->machine); i++) {
    const struct vm_op *op = vm_machine_op (c->machine, i);
    count += op->kind == VM_OP_PROCESS || op->kind == VM_OP_FORK
             || op->kind == VM_OP_VFORK || op->kind == VM_OP_CLONE;
  }
  return count;
}

/* The process in a place: the first ones, but the last place is that of the one
 * that the operation is about, if it has no other. */
static guint32
process_at (const SceneContext *c, guint place)
{
  guint last = SCENE_SHARING_SPACES - 1;

  if (place == last && c->process != VM_NONE && c->process > last)
    return c->process;
  return place;
}

/* A sign for each: the letter that its name begins with, or its number where
 * two begin alike. */
static void
give_signs (const SceneBuild *b, Cast *cast)
{
  gunichar letters[SCENE_SHARING_SPACES];
  gboolean differ = TRUE;

  for (guint i = 0; i < cast->count; i++) {
    letters[i] = g_unichar_toupper (g_utf8_get_char (cast->mappers[i].name));
    for (guint j = 0; j < i; j++)
      differ = differ && letters[i] != letters[j];
  }
  for (guint i = 0; i < cast->count; i++) {
    char letter[8] = "";
    g_unichar_to_utf8 (letters[i], letter);
    cast->mappers[i].owner.sign
        = differ ? scene_still_text (b->still, letter)
                 : scene_still_printf (b->still, "%u", i + 1);
  }
}

static void
cast_read (Cast *cast, const SceneBuild *b)
{
  const SceneContext *c = b->context;

  cast->count = CLAMP (count_processes (c), 1, SCENE_SHARING_SPACES);
  scene_happening_read (&cast->what, c);
  for (guint i = 0; i < cast->count; i++) {
    SceneMapper *mapper = &cast->mappers[i];
    mapper->process = process_at (c, i);
    mapper->name = name_of (c, mapper->process);
    mapper->owner.role = (SceneRole) (SCENE_ROLE_PROCESS_A + i);
    mapper->what = &cast->what;
    mapper->pages = scene_pages (c, mapper->process, PAGE_LIMIT);
    mapper->cut = mapper->pages->len == PAGE_LIMIT;
  }
  give_signs (b, cast);
}

static void
cast_clear (Cast *cast)
{
  for (guint i = 0; i < cast->count; i++)
    g_array_unref (cast->mappers[i].pages);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cast, cast_clear)

static double
wider (const SceneBuild *b, double width, const char *text)
{
  return MAX (width, scene_width (b, SCENE_TEXT_SMALL, text));
}

/* Room for what regions and pages of files are called: names of files come from
 * the list of operations. */
static void
widen_for_regions (const SceneBuild *b, SceneSharingShape *shape)
{
  const struct vm_machine *machine = b->context->machine;
  double most = scene_em (b, MOST_TITLE);

  shape->label = wider (b, shape->label, _ ("anonymous"));
  shape->label = wider (b, shape->label, _ ("shared memory"));
  g_autofree char *shared
      = g_strdup_printf (_ ("%s, page %u"), C_ ("page", "shared"), 99u);
  shape->text = wider (b, shape->text, shared);
  for (guint64 i = 0; i < vm_machine_op_count (machine); i++) {
    const struct vm_op *op = vm_machine_op (machine, i);
    if (op->kind != VM_OP_FILE)
      continue;
    const char *name
        = vm_machine_name (machine, (guint32) op->values[VM_P_FILE_NAME]);
    g_autofree char *page = g_strdup_printf (_ ("%s, page %u"), name, 99u);
    shape->label = MAX (shape->label, MIN (most, wider (b, 0, name)));
    shape->text = MAX (shape->text, MIN (1.3 * most, wider (b, 0, page)));
  }
}

/* Nothing of it is read from the state, save what never changes. */
static SceneSharingShape
shape_of (const SceneBuild *b)
{
  const SceneContext *c = b->context;
  guint processes = count_processes (c);
  g_autofree char *kernel
      = g_strdup_printf (_ ("kernel, %s"), scene_number_size (1023u << 20).s);
  g_autofree char *page = g_strdup_printf (
      _ ("page %s"), scene_widest_page (c, c->geometry->page_shift).s);
  SceneSharingShape shape
      = {.spaces = CLAMP (processes, 1, SCENE_SHARING_SPACES),
         .flags = c->regions ? "rwxp" : "rwx",
         .rows = c->regions ? MANY_ROWS : FEW_ROWS,
         .copies = c->regions};

  for (guint i = 0; i < processes; i++) {
    g_autofree char *title = g_strdup_printf (_ ("Process %s"), name_of (c, i));
    shape.title = MAX (shape.title, scene_width (b, SCENE_TEXT_BOLD, title));
  }
  shape.title = MIN (shape.title, scene_em (b, MOST_TITLE));
  shape.label = scene_width (b, SCENE_TEXT_SMALL, kernel);
  shape.text
      = MAX (scene_width (b, SCENE_TEXT_MONO_SMALL,
                          c->geometry->word_bits > 32 ? "= 0x0000000000000000"
                                                      : "+0x000 = 0x00000000"),
             scene_width (b, SCENE_TEXT_SMALL, page));
  if (c->regions)
    widen_for_regions (b, &shape);
  return shape;
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  SceneSharingShape shape = shape_of (b);

  scene_sharing_measure (b, &shape, width, size);
}

/* What to say of a process without regions. */
static const char *
empty_text (const SceneContext *c, guint32 process)
{
  if (scene_process_lives (c, process))
    return _ ("nothing is mapped yet");
  return process < c->state->process_count ? _ ("has ended")
                                           : _ ("does not exist yet");
}

static void
fill_space (const SceneBuild *b, SceneSharingSpace *space,
            const SceneMapper *mapper, const GArray *regions, guint rows,
            SceneMapping mappings[SCENE_SHARING_MAPPINGS])
{
  const SceneContext *c = b->context;

  space->title = scene_still_printf (b->still, _ ("Process %s"), mapper->name);
  space->empty = empty_text (c, mapper->process);
  space->owner = mapper->owner;
  space->regions = (const SceneRegion *) (void *) regions->data;
  space->region_count = regions->len;
  space->mappings = mappings;
  space->mapping_count = scene_mapper_mappings (b, mapper, rows, mappings);
  space->hidden = mapper->pages->len;
  for (guint i = 0; i < space->mapping_count; i++)
    space->hidden -= mappings[i].present;
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const SceneContext *c = b->context;
  SceneSharingShape shape = shape_of (b);
  SceneMapping mappings[SCENE_SHARING_SPACES][SCENE_SHARING_MAPPINGS];
  g_autoptr (GPtrArray) regions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_auto (Cast) cast = {0};

  cast_read (&cast, b);
  g_autoptr (GArray) frames = scene_mapped_frames (b, cast.mappers, cast.count);
  SceneSharing sharing
      = {.frames = (const SceneOwnedFrame *) (void *) frames->data,
         .frame_count = frames->len,
         .subtitle
         = scene_still_printf (b->still, _ ("%u of %u used"),
                               c->state->config.frames - c->state->free_count,
                               c->state->config.frames)};
  for (guint i = 0; i < cast.count; i++) {
    g_ptr_array_add (regions, scene_mapper_regions (b, &cast.mappers[i]));
    fill_space (b, &sharing.spaces[i], &cast.mappers[i],
                g_ptr_array_index (regions, i), shape.rows, mappings[i]);
  }
  scene_add_sharing (b, SCENE_FIGURE_PROCESSES, &shape, &sharing, rect);
  scene_mapped_fly (b, SCENE_FIGURE_PROCESSES, cast.mappers, cast.count);
}

const SceneFigure scene_figure_processes = {.id = SCENE_FIGURE_PROCESSES,
                                            .kind = "processes",
                                            .title = N_ ("Processes"),
                                            .stance = SCENE_STANCE_BAND,
                                            .measure = measure,
                                            .build = build};
