/* What the chart of the page-fault handler says. */
#include "figures/fault_words.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "describe_mm.h"
#include "figures/kit.h"
#include "mm/files.h"

/* A question that was asked, with all that is known of it. */
typedef struct {
  const SceneBuild *b;
  const SceneFaultRun *run;
  guint64 value, most;
  gboolean yes;
  guint32 region;
} Asked;

static const struct vm_region *
region_of (const Asked *a)
{
  return &a->b->context->state->regions[a->region];
}

static const char *
address (const SceneBuild *b, const char *sign, guint64 va)
{
  return scene_still_printf (b->still, "%s %s", sign,
                             scene_number_virtual (b->context->geometry, va).s);
}

/* The address lies below the first number that it is compared with. */
static const char *
say_below_value (const Asked *a)
{
  return address (a->b, a->yes ? "<" : "≥", a->value);
}

static const char *
say_region (const Asked *a)
{
  const struct vm_step *found = a->run->found;

  return a->yes && found != NULL
             ? address (a->b, "<", found->values[VM_V_REGION_END])
             : NULL;
}

static const char *
say_inside (const Asked *a)
{
  return address (a->b, a->yes ? "≥" : "<", a->value);
}

static const char *
say_flags (const Asked *a)
{
  return scene_keep (a->b, scene_mm_flags (region_of (a)->flags));
}

static const char *
say_grows (const Asked *a)
{
  return a->yes ? "VM_GROWSDOWN" : say_flags (a);
}

/* Sizes beyond the limit need not be written out. */
static const char *
say_limit (const Asked *a)
{
  if (!a->yes)
    return scene_still_printf (a->b->still, "> %s",
                               scene_number_size (a->most).s);
  if (a->most == G_MAXUINT64)
    return scene_keep (a->b, scene_number_size (a->value));
  return scene_still_printf (a->b->still, "%s ≤ %s",
                             scene_number_size (a->value).s,
                             scene_number_size (a->most).s);
}

static const char *
say_gap (const Asked *a)
{
  if (a->yes)
    return scene_still_printf (a->b->still, "≥ %s",
                               scene_number_size (a->most).s);
  return scene_still_printf (a->b->still, "%s < %s",
                             scene_number_size (a->value).s,
                             scene_number_size (a->most).s);
}

/* Pages that are filled in ahead have no access of their own. */
static const char *
say_kind (const Asked *a)
{
  return a->run->begin == NULL
             ? NULL
             : scene_fault_kind (a->run->begin->values[VM_V_HANDLER_KIND]);
}

static const char *
say_allowed (const Asked *a)
{
  return scene_still_printf (a->b->still, "%s: %s", say_kind (a),
                             say_flags (a));
}

static const char *
say_file (const Asked *a)
{
  const SceneContext *c = a->b->context;
  guint32 name = c->state->files[a->value].name;

  if (!a->yes)
    return _ ("anonymous");
  return name == VM_NONE ? NULL : vm_machine_name (c->machine, name);
}

static const char *
say_in_file (const Asked *a)
{
  return scene_still_printf (
      a->b->still, a->yes ? "%" PRIu64 " < %" PRIu64 : "%" PRIu64 " ≥ %" PRIu64,
      a->value,
      (guint64) vm_files_pages (a->b->context->state, region_of (a)->file));
}

static const char *
say_page (const Asked *a)
{
  return scene_still_printf (a->b->still, _ ("page %u"), (guint) a->value);
}

static const char *
say_shared (const Asked *a)
{
  return a->yes ? _ ("shared") : _ ("private");
}

static const char *
say_frame (const Asked *a)
{
  return scene_keep (a->b,
                     scene_number_frame (a->b->context->geometry, a->value));
}

static const char *
say_owners (const Asked *a)
{
  return scene_still_printf (
      a->b->still, ngettext ("%u reference", "%u references", (guint) a->value),
      (guint) a->value);
}

static const char *
say_free (const Asked *a)
{
  return scene_still_printf (a->b->still, _ ("%u free"),
                             a->b->context->state->free_count);
}

typedef struct {
  const char *text; /* to be translated */
  const char *(*numbers) (const Asked *asked);
} Question;

static const Question questions[VM_QUESTIONS] = {
    [VM_ASK_USER_ADDRESS] = {N_ ("user space?"), say_below_value},
    [VM_ASK_FIXUP] = {N_ ("prepared?"), NULL},
    [VM_ASK_REGION] = {N_ ("a region above?"), say_region},
    [VM_ASK_INSIDE] = {N_ ("inside it?"), say_inside},
    [VM_ASK_GROWS_DOWN] = {N_ ("grows down?"), say_grows},
    [VM_ASK_STACK_LIMIT] = {N_ ("within limit?"), say_limit},
    [VM_ASK_GUARD_GAP] = {N_ ("gap kept?"), say_gap},
    [VM_ASK_ALLOWED] = {N_ ("allowed?"), say_allowed},
    [VM_ASK_HUGE] = {N_ ("large page fits?"), NULL},
    [VM_ASK_EMPTY] = {N_ ("entry empty?"), NULL},
    [VM_ASK_SWAPPED] = {N_ ("in swap?"), NULL},
    [VM_ASK_FILE] = {N_ ("a file?"), say_file},
    [VM_ASK_IN_FILE] = {N_ ("in the file?"), say_in_file},
    [VM_ASK_CACHED] = {N_ ("in the cache?"), say_page},
    [VM_ASK_WRITE] = {N_ ("a write?"), say_kind},
    [VM_ASK_SHARED] = {N_ ("shared?"), say_shared},
    [VM_ASK_PROTECTED] = {N_ ("protected?"), say_frame},
    [VM_ASK_ZERO] = {N_ ("all zeros?"), say_frame},
    [VM_ASK_SOLE] = {N_ ("sole owner?"), say_owners},
    [VM_ASK_MEMORY] = {N_ ("a free frame?"), say_free},
    [VM_ASK_SWAP_CACHED] = {N_ ("in the swap cache?"), NULL},
};

const char *
scene_fault_kind (guint64 kind)
{
  switch ((enum vm_access_kind) kind) {
  case VM_READ:
    return C_ ("kind of access", "read");
  case VM_WRITE:
    return C_ ("kind of access", "write");
  case VM_FETCH:
    break;
  }
  return C_ ("kind of access", "fetch");
}

const char *
scene_fault_question (enum vm_question question)
{
  return _ (questions[question].text);
}

const char *
scene_fault_apart (enum vm_question question)
{
  return question == VM_ASK_MEMORY ? _ ("if memory is short:")
                                   : _ ("if it is the kernel:");
}

const char *
scene_fault_numbers (const SceneBuild *build, const SceneFaultRun *run,
                     guint node)
{
  const struct vm_step *step = run->asked[node];
  const Question *q = &questions[scene_fault_nodes[node].question];

  if (step == NULL || q->numbers == NULL)
    return NULL;
  Asked a = {.b = build,
             .run = run,
             .value = step->values[VM_V_DECIDE_VALUE],
             .most = step->values[VM_V_DECIDE_MOST],
             .yes = step->values[VM_V_DECIDE_ANSWER] != 0,
             .region = (guint32) step->values[VM_V_DECIDE_REGION]};
  return q->numbers (&a);
}

double
scene_fault_numbers_width (const SceneBuild *build, guint node)
{
  const struct vm_geometry *g = build->context->geometry;
  gboolean trunk = scene_fault_nodes[node].column == 0;
  guint64 last = (G_GUINT64_CONSTANT (1) << (g->va_bits - 1)) - 1;
  g_autofree char *compared
      = g_strdup_printf ("≥ %s", scene_number_virtual (g, last).s);
  g_autofree char *sizes = g_strdup_printf ("%s ≤ %s",
                                            scene_number_size (1020 << 10).s,
                                            scene_number_size (8 << 20).s);

  return scene_width (build, SCENE_TEXT_MONO_SMALL, trunk ? compared : sizes);
}
