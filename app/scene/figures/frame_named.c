/* Who names a frame: what it is, how its entries are found, and each of them.
 */
#include "figures/frame_named.h"

#include <glib/gi18n-lib.h>

#include "figures/choose.h"
#include "figures/frame_facts.h"
#include "figures/frame_name_row.h"
#include "figures/parts.h"
#include "mm/frames.h"

#define MOST_ROWS 5

/* Lines of the sentence. */
#define LINES 2

typedef struct {
  SceneFigureId figure;
  const SceneHappening *what;
} List;

static void
add_rows (SceneBuild *b, const List *list, const GArray *names, SceneRect rect)
{
  g_autofree guint *ranks = g_new0 (guint, names->len);

  for (guint i = 0; i < names->len; i++) {
    const SceneFrameName *name = &g_array_index (names, SceneFrameName, i);
    ranks[i] = (guint) name->names * 2 + (guint) name->present;
  }
  g_autoptr (GArray) shown = scene_choose (ranks, names->len, MOST_ROWS);
  for (guint i = 0; i < shown->len; i++)
    scene_add_name_row (
        b, list->figure,
        &g_array_index (names, SceneFrameName, g_array_index (shown, guint, i)),
        list->what,
        scene_cut_top (&rect, scene_name_row_height (b), scene_em (b, 0.2)));
  if (shown->len == names->len)
    return;
  guint more = names->len - shown->len;
  scene_add_text (b, SCENE_ID (list->figure, SCENE_FRAMES_MORE, 0),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_CENTER,
                  scene_cut_top (&rect, scene_line (b, SCENE_TEXT_SMALL), 0),
                  scene_still_printf (
                      b->still,
                      ngettext ("… %u more entry", "… %u more entries", more),
                      more))
      ->emphasis
      = SCENE_FAINT;
}

/* How one comes from the frame to its entries; NULL: there are none. */
static const char *
way_text (const SceneBuild *b, guint64 frame, gboolean listed, guint count)
{
  const SceneContext *c = b->context;
  const struct vm_frame_record *record = &c->state->frames[frame];

  if (!scene_frame_is_mapped_by (c, frame))
    return NULL;
  if (!listed)
    return _ ("No list leads to its entries: all tables were read.");
  if (record->flags & VM_PAGE_FILE)
    return scene_still_printf (
        b->still,
        ngettext ("The list of the file has %u region with this page.",
                  "The list of the file has %u regions with this page.", count),
        count);
  return scene_still_printf (
      b->still,
      ngettext ("The list of anon_vma %u has %u region with this page.",
                "The list of anon_vma %u has %u regions with this page.",
                count),
      record->mapping, count);
}

double
scene_frame_named_width (const SceneBuild *build)
{
  return scene_name_row_width (build);
}

double
scene_frame_named_height (const SceneBuild *build)
{
  return LINES * scene_line (build, SCENE_TEXT_SMALL) + scene_em (build, 0.8)
         + 2 * scene_line (build, SCENE_TEXT_SMALL) + scene_em (build, 0.2)
         + MOST_ROWS * (scene_name_row_height (build) + scene_em (build, 0.2));
}

void
scene_add_frame_named (SceneBuild *build, SceneFigureId figure, guint64 frame,
                       const SceneHappening *what, SceneRect rect)
{
  const List list = {figure, what};
  gboolean listed;
  g_autoptr (GArray) names = scene_frame_names (build->context, frame, &listed);
  const char *way = way_text (build, frame, listed, names->len);
  double lines = LINES * scene_line (build, SCENE_TEXT_SMALL);

  SceneRect top = scene_cut_top (&rect, lines, scene_em (build, 0.4));
  if (way == NULL)
    return;
  scene_add_wrapped (build, SCENE_ID (figure, SCENE_FRAMES_WHAT, 0),
                     SCENE_TEXT_SMALL, top, LINES, SCENE_NORMAL, way);
  scene_add_name_headings (build, figure,
                           scene_cut_top (&rect,
                                          scene_line (build, SCENE_TEXT_SMALL),
                                          scene_em (build, 0.2)));
  add_rows (build, &list, names, rect);
}
