/* What stands above and below the TLBs of the processors. */
#include "figures/tlb_head.h"

#include <glib/gi18n-lib.h>

#include "figures/parts.h"
#include "figures/tlb_flow.h"
#include "subject.h"

/* Room for the process that runs, in ems; a longer name is shortened. */
#define PROCESS 3.2

typedef struct {
  const char *glyph; /* NULL: an exclamation mark */
  SceneRole role;
  const char *text;
} Key;

#define KEYS 3

static void
list_keys (Key keys[KEYS])
{
  keys[0] = (Key){"dot", SCENE_ROLE_MISS, _ ("goes next")};
  keys[1] = (Key){"cross", SCENE_ROLE_MISS, _ ("dropped by this operation")};
  keys[2] = (Key){NULL, SCENE_ROLE_FAULT, _ ("out of date: a flush is owed")};
}

static double
key_width (const SceneBuild *b, const Key *key)
{
  return scene_em (b, 1) + scene_width (b, SCENE_TEXT_SMALL, key->text);
}

static double
line_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.2);
}

/* Where the keys stand in a width. Returns the number of lines. */
static guint
arrange_keys (const SceneBuild *b, double width, SceneRect places[KEYS])
{
  Key keys[KEYS];
  double x = 0;
  guint line = 0;

  list_keys (keys);
  for (guint i = 0; i < KEYS; i++) {
    double own = key_width (b, &keys[i]);
    if (x > 0 && x + own > width + 0.01) {
      x = 0;
      line++;
    }
    places[i] = (SceneRect){x, line * line_height (b), own,
                            scene_line (b, SCENE_TEXT_SMALL)};
    x += own + scene_em (b, 1.4);
  }
  return line + 1;
}

static SceneId
id_of (guint part, guint64 number)
{
  return SCENE_ID (SCENE_FIGURE_TLBS, part, number);
}

static double
bold_line (const SceneBuild *b)
{
  return MAX (scene_line (b, SCENE_TEXT_BOLD),
              scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.25));
}

static double
title_width (const SceneBuild *b)
{
  double width = 0;

  for (guint cpu = 0; cpu < b->context->state->config.cpus; cpu++) {
    g_autofree char *title = g_strdup_printf (_ ("Processor %u"), cpu);
    width = MAX (width, scene_width (b, SCENE_TEXT_BOLD, title));
  }
  return width;
}

static double
number_width (const SceneBuild *b)
{
  const SceneContext *c = b->context;
  g_autofree char *text = g_strdup_printf (
      "%s %s", scene_asid_title (c), scene_asid_number (c, VM_ASID_USER).s);

  return c->state->config.asids ? scene_width (b, SCENE_TEXT_MONO_SMALL, text)
                                : 0;
}

/* Who runs there: title, process, number of its address space. */
static double
words_width (const SceneBuild *b)
{
  double number = number_width (b);

  return title_width (b) + scene_em (b, 0.6 + PROCESS)
         + (number > 0 ? scene_em (b, 0.6) + number : 0);
}

static gboolean
in_one_line (const SceneBuild *b, double width)
{
  return words_width (b) + scene_em (b, 1.6) + scene_tlb_flow_width (b)
         <= width;
}

static void
add_words (SceneBuild *b, guint cpu, SceneRect rect)
{
  const SceneContext *c = b->context;
  const struct vm_cpu *state = &c->state->cpus[cpu];
  SceneSubject subject = {.machine = c->machine};
  gboolean runs = state->process != VM_NONE;
  SceneRect title = scene_cut_left (&rect, title_width (b), scene_em (b, 0.6));
  SceneRect chip
      = scene_cut_left (&rect, scene_em (b, PROCESS), scene_em (b, 0.6));

  scene_add_text (b, id_of (SCENE_TLBS_CPU, cpu), SCENE_TEXT_BOLD,
                  SCENE_ALIGN_START,
                  scene_middle (title, scene_line (b, SCENE_TEXT_BOLD)),
                  scene_still_printf (b->still, _ ("Processor %u"), cpu));
  SceneItem *item = scene_add_chip (
      b, id_of (SCENE_TLBS_PROCESS, cpu),
      scene_middle (chip,
                    scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.2)),
      runs ? scene_process_role (state->process) : SCENE_ROLE_NEUTRAL,
      runs ? scene_subject_process (&subject, state->process) : "—");
  item->name = runs ? scene_still_printf (
                   b->still, _ ("Processor %u runs process %s"), cpu,
                   scene_subject_process (&subject, state->process))
                    : scene_still_printf (
                        b->still, _ ("Processor %u runs no process yet"), cpu);
  scene_item_shows (b, item, &state->process, sizeof state->process);
  if (!runs || !c->state->config.asids)
    return;
  item = scene_add_text (
      b, id_of (SCENE_TLBS_NUMBER, cpu), SCENE_TEXT_MONO_SMALL,
      SCENE_ALIGN_START,
      scene_middle (rect, scene_line (b, SCENE_TEXT_MONO_SMALL)),
      scene_still_printf (b->still, "%s %s", scene_asid_title (c),
                          scene_asid_number (c, state->asid).s));
  item->name = item->text;
  scene_item_shows (b, item, &state->asid, sizeof state->asid);
}

double
scene_tlb_head_height (const SceneBuild *build, double width)
{
  double flow = scene_tlb_flow_height (build, width);

  if (in_one_line (build, width))
    return MAX (bold_line (build), flow);
  return bold_line (build) + scene_em (build, 0.3) + flow;
}

double
scene_tlb_head_least (const SceneBuild *build)
{
  return MAX (words_width (build), scene_tlb_flow_least (build));
}

void
scene_add_tlb_head (SceneBuild *build, guint cpu, SceneRect rect)
{
  if (in_one_line (build, rect.width)) {
    SceneRect flow = scene_cut_right (&rect, scene_tlb_flow_width (build), 0);
    add_words (build, cpu, rect);
    scene_add_tlb_flow (
        build, cpu,
        scene_middle (flow, scene_tlb_flow_height (build, flow.width)));
    return;
  }
  add_words (build, cpu,
             scene_cut_top (&rect, bold_line (build), scene_em (build, 0.3)));
  scene_add_tlb_flow (build, cpu, rect);
}

SceneId
scene_id_tlb_process (guint cpu)
{
  return id_of (SCENE_TLBS_PROCESS, cpu);
}

double
scene_tlb_legend_height (const SceneBuild *build, double width)
{
  SceneRect places[KEYS];

  return arrange_keys (build, width, places) * line_height (build);
}

void
scene_add_tlb_legend (SceneBuild *build, SceneRect rect)
{
  double side = scene_em (build, 0.6);
  SceneRect places[KEYS];
  Key keys[KEYS];

  list_keys (keys);
  arrange_keys (build, rect.width, places);
  for (guint i = 0; i < KEYS; i++) {
    SceneRect place = {rect.x + places[i].x, rect.y + places[i].y,
                       places[i].width, places[i].height};
    SceneRect glyph = scene_cut_left (&place, side, scene_em (build, 0.4));
    SceneItem *item;
    if (keys[i].glyph == NULL)
      item = scene_add_text (
          build, id_of (SCENE_TLBS_KEY, 2 * i), SCENE_TEXT_MONO_SMALL,
          SCENE_ALIGN_CENTER,
          scene_middle (glyph, scene_line (build, SCENE_TEXT_MONO_SMALL)), "!");
    else {
      item = scene_still_add (build->still, id_of (SCENE_TLBS_KEY, 2 * i),
                              build->parent, SCENE_MARKER,
                              scene_middle (glyph, side));
      item->text = keys[i].glyph;
    }
    item->role = keys[i].role;
    item->emphasis = SCENE_STRONG;
    scene_add_text (build, id_of (SCENE_TLBS_KEY, 2 * i + 1), SCENE_TEXT_SMALL,
                    SCENE_ALIGN_START, place, keys[i].text)
        ->emphasis
        = SCENE_FAINT;
  }
}
