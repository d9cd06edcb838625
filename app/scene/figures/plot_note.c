/* The note of a plot: a box above it, and a line down to its point. */
#include "figures/plot_frame.h"

/* From the note down to its point, or to the value above a bar. */
static void
add_leader (SceneBuild *b, const ScenePlotFrame *f, double x, double top,
            const ScenePlotPoint *point)
{
  const SceneItem *value = scene_still_find (
      b->still,
      SCENE_ID (f->figure, SCENE_PLOT_VALUE,
                (guint64) f->plot->note->series << 32 | point->number));
  double y = scene_plot_at_y (f, point->y);

  if (value != NULL)
    y = MIN (y, value->rect.y);
  else
    y -= scene_plot_mark (b) / 2;
  SceneItem *item = scene_still_add (b->still,
                                     SCENE_ID (f->figure, SCENE_PLOT_NOTE, 3),
                                     b->parent, SCENE_LINE, f->area);
  item->role = f->plot->series[f->plot->note->series].role;
  scene_still_add_point (b->still, item, x, top);
  scene_still_add_point (b->still, item, x, MAX (y, top));
}

void
scene_plot_add_note (SceneBuild *build, const ScenePlotFrame *frame)
{
  const ScenePlotNote *note = frame->plot->note;
  double line = scene_line (build, SCENE_TEXT_SMALL);
  double pad = scene_em (build, 0.5);

  if (note == NULL)
    return;
  const ScenePlotSeries *series = &frame->plot->series[note->series];
  double x = scene_plot_at_x (frame, series->points[note->point].x);
  double width = scene_width (build, SCENE_TEXT_BOLD, note->title);
  if (note->text != NULL)
    width = MAX (width, scene_width (build, SCENE_TEXT_SMALL, note->text));
  width = MIN (width + 2 * pad + 2, frame->note.width);
  SceneRect box = {CLAMP (x - width / 2, frame->note.x,
                          frame->note.x + frame->note.width - width),
                   frame->note.y, width,
                   (note->text != NULL ? 2 : 1) * line + pad};
  SceneItem *item = scene_add_box (build,
                                   SCENE_ID (frame->figure, SCENE_PLOT_NOTE, 0),
                                   box, series->role, SCENE_STRONG);
  item->name = scene_still_text (build->still, note->title);
  item->detail = scene_still_text (build->still, note->text);
  add_leader (build, frame, x, box.y + box.height,
              &series->points[note->point]);

  SceneRect words = scene_inset (box, pad, pad / 2);
  item = scene_add_text (build, SCENE_ID (frame->figure, SCENE_PLOT_NOTE, 1),
                         SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                         scene_cut_top (&words, line, 0), note->title);
  item->role = series->role;
  item->emphasis = SCENE_STRONG;
  if (note->text == NULL)
    return;
  item = scene_add_text (build, SCENE_ID (frame->figure, SCENE_PLOT_NOTE, 2),
                         SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                         scene_cut_top (&words, line, 0), note->text);
  item->role = series->role;
}
