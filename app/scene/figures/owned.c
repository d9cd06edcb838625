/* A physical frame and whose it is. */
#include "figures/owned.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "figures/parts.h"
#include "figures/sharing.h"

static double
padding (const SceneBuild *b)
{
  return scene_em (b, 0.5);
}

static double
sign_width (const SceneBuild *b)
{
  return scene_chip_width (b, SCENE_TEXT_MONO_SMALL, "W");
}

static const char *
refs_text (const SceneBuild *b, const SceneOwnedFrame *frame)
{
  if (!frame->managed)
    return _ ("not managed");
  if (frame->is_new)
    return scene_still_printf (b->still, _ ("new, refs %u"), frame->refs);
  if (frame->mapped != frame->refs)
    return scene_still_printf (b->still, _ ("refs %u, maps %u"), frame->refs,
                               frame->mapped);
  return scene_still_printf (b->still, _ ("refs %u"), frame->refs);
}

/* Signs of the owners, the last at the right; what others there are. */
static void
add_signs (SceneBuild *b, SceneFigureId figure, const SceneOwner *owners,
           const SceneOwnedFrame *frame, SceneRect line)
{
  double height
      = MAX (scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.1),
             scene_line (b, SCENE_TEXT_SMALL));
  const char *more = scene_still_printf (b->still, "+%u", frame->others);

  line = scene_middle (line, height);
  if (frame->others > 0)
    scene_add_text (
        b,
        SCENE_ID (figure, SCENE_SHARING_OWNER,
                  scene_space_number (SCENE_OWNERS, 0) + frame->number),
        SCENE_TEXT_SMALL, SCENE_ALIGN_END,
        scene_cut_right (&line, scene_width (b, SCENE_TEXT_SMALL, more),
                         scene_em (b, 0.2)),
        more)
        ->emphasis
        = SCENE_STRONG;
  for (guint i = SCENE_OWNERS; i-- > 0;) {
    if (!(frame->owners >> i & 1))
      continue;
    SceneItem *item = scene_add_chip (
        b,
        SCENE_ID (figure, SCENE_SHARING_OWNER,
                  scene_space_number (i, 0) + frame->number),
        scene_cut_right (&line, sign_width (b), scene_em (b, 0.2)),
        owners[i].role, owners[i].sign);
    item->badge = TRUE;
    item->rect.width = sign_width (b);
  }
}

/* "+0x344 = 0x2a", or without the offset where that has no room. */
static const char *
value_text (const SceneBuild *b, const char *value, double width)
{
  const char *number = strstr (value, "= ");

  return number != NULL && scene_width (b, SCENE_TEXT_MONO_SMALL, value) > width
             ? number
             : value;
}

/* What it holds, or what it is; at its right how many entries name it. */
static void
add_foot (SceneBuild *b, SceneFigureId figure, const SceneOwnedFrame *frame,
          SceneRect line)
{
  const char *refs = refs_text (b, frame);
  gboolean value = frame->value != NULL;
  SceneRect right = scene_cut_right (
      &line, scene_width (b, SCENE_TEXT_SMALL, refs), scene_em (b, 0.4));
  SceneItem *item = scene_add_text (
      b, SCENE_ID (figure, SCENE_SHARING_VALUE, frame->number),
      value ? SCENE_TEXT_MONO_SMALL : SCENE_TEXT_SMALL, SCENE_ALIGN_START, line,
      value ? value_text (b, frame->value, line.width) : frame->label);

  item->emphasis = value ? SCENE_STRONG : SCENE_NORMAL;
  scene_add_text (b, SCENE_ID (figure, SCENE_SHARING_REFS, frame->number),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_END, right, refs)
      ->emphasis
      = frame->is_new ? SCENE_STRONG : SCENE_NORMAL;
}

double
scene_owned_width (const SceneBuild *build, double text, guint owners)
{
  g_autofree char *new = g_strdup_printf (_ ("new, refs %u"), 9u);
  g_autofree char *both = g_strdup_printf (_ ("refs %u, maps %u"), 9u, 9u);
  double refs = scene_width (build, SCENE_TEXT_SMALL, new);

  if (build->context->regions)
    refs = MAX (refs, scene_width (build, SCENE_TEXT_SMALL, both));
  double first
      = scene_number_width (build, SCENE_TEXT_MONO,
                            scene_number_frame (build->context->geometry,
                                                build->context->last_frame))
        + owners * (sign_width (build) + scene_em (build, 0.2))
        + scene_em (build, 0.2) + scene_width (build, SCENE_TEXT_SMALL, "+9");
  double second = text + scene_em (build, 0.4) + refs;

  return MAX (first, second) + 2 * padding (build);
}

double
scene_owned_height (const SceneBuild *build)
{
  return scene_line (build, SCENE_TEXT_MONO)
         + scene_line (build, SCENE_TEXT_SMALL) + scene_em (build, 0.4);
}

void
scene_item_belongs (SceneItem *item, const SceneOwner owners[SCENE_OWNERS],
                    const SceneOwnedFrame *frame)
{
  guint used = 0;

  item->role = frame->role;
  for (guint i = 0; i < SCENE_OWNERS; i++) {
    if (!(frame->owners >> i & 1))
      continue;
    if (used == 0)
      item->role = owners[i].role;
    else
      item->also[used - 1] = owners[i].role;
    used++;
  }
}

void
scene_add_owned (SceneBuild *build, SceneFigureId figure,
                 const SceneOwner owners[SCENE_OWNERS],
                 const SceneOwnedFrame *frame, SceneRect rect)
{
  SceneItem *item = scene_add_box (build,
                                   scene_id_owned (figure, frame->number), rect,
                                   frame->role, frame->emphasis);

  scene_item_belongs (item, owners, frame);
  item->name = scene_still_text (build->still, frame->name);
  scene_item_means (item, SCENE_MEANS_FRAME, frame->number);
  if (frame->record != NULL)
    scene_item_shows (build, item, frame->record, frame->record_width);

  SceneRect rest
      = scene_middle (scene_inset (rect, padding (build), 0),
                      scene_owned_height (build) - scene_em (build, 0.4));
  SceneRect first
      = scene_cut_top (&rest, scene_line (build, SCENE_TEXT_MONO), 0);
  const char *number = scene_keep (
      build, scene_number_frame (build->context->geometry, frame->number));
  SceneRect left = first;
  left.width = MIN (left.width, scene_width (build, SCENE_TEXT_MONO, number));
  scene_add_text (build, SCENE_ID (figure, SCENE_SHARING_NUMBER, frame->number),
                  SCENE_TEXT_MONO, SCENE_ALIGN_START, left, number)
      ->emphasis
      = MAX (frame->emphasis, SCENE_NORMAL);
  add_signs (build, figure, owners, frame, first);
  add_foot (build, figure, frame, rest);
}

SceneId
scene_id_owned (SceneFigureId figure, guint64 frame)
{
  return SCENE_ID (figure, SCENE_SHARING_FRAME, frame);
}
