/* The marks on the scrub bar: which steps of a lesson stand out, and why. */

#include "mark.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
mark_free (gpointer data)
{
  PwMark *mark = data;

  g_free (mark->text);
  g_free (mark);
}

static void
add (GPtrArray *marks, guint step, SceneEvent event, SceneRole role, char *text)
{
  PwMark *mark = g_new0 (PwMark, 1);

  mark->step = step;
  mark->event = event;
  mark->role = role;
  mark->text = text;
  g_ptr_array_add (marks, mark);
}

static void
add_step (GPtrArray *marks, const LessonPlay *play, guint64 n)
{
  const struct vm_step *step = vm_machine_step (play->machine, n);
  SceneEvent event;

  if (step == NULL)
    return;
  event = scene_event_of (step);
  if (event == SCENE_EVENT_PLAIN)
    return;
  add (marks, (guint) (n + 1 - play->first_step), event,
       pw_mark_role (event, step), scene_describe (play->machine, step));
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const PwMark *const *first = a, *const *second = b;

  if ((*first)->step != (*second)->step)
    return (*first)->step < (*second)->step ? -1 : 1;
  return (*first)->question - (*second)->question;
}

GPtrArray *
pw_marks_new (LessonPlay *play)
{
  GPtrArray *marks = g_ptr_array_new_with_free_func (mark_free);

  for (guint64 n = play->first_step; n < play->end_step; n++)
    add_step (marks, play, n);

  for (guint i = 0; i < play->questions->len; i++) {
    const LessonQuestionPlace *place
        = &g_array_index (play->questions, LessonQuestionPlace, i);

    add (marks, (guint) (place->ask_at - play->first_step), SCENE_EVENT_PLAIN,
         SCENE_ROLE_ACCENT, lesson_text_plain (place->question->ask));
    ((PwMark *) g_ptr_array_index (marks, marks->len - 1))->question = TRUE;
  }
  g_ptr_array_sort (marks, compare);
  return marks;
}

/* The colour of a level is the same in every figure, and here. */
static SceneRole
level_role (const struct vm_step *step)
{
  guint64 level = step->values[VM_V_ENTRY_LEVEL];

  if (level < 1 || level > 5)
    return SCENE_ROLE_NEUTRAL;
  return (SceneRole) (SCENE_ROLE_LEVEL1 + (int) level - 1);
}

SceneRole
pw_mark_role (SceneEvent event, const struct vm_step *step)
{
  switch (event) {
  case SCENE_EVENT_HIT:
  case SCENE_EVENT_DONE:
    return SCENE_ROLE_HIT;
  case SCENE_EVENT_MISS:
    return SCENE_ROLE_MISS;
  case SCENE_EVENT_FAULT:
    return SCENE_ROLE_FAULT;
  case SCENE_EVENT_READ:
  case SCENE_EVENT_WRITE:
    return level_role (step);
  case SCENE_EVENT_PLAIN:
  case SCENE_EVENT_ACCESS:
    return SCENE_ROLE_NEUTRAL;
  }
  g_assert_not_reached ();
}

static void
path_of (cairo_t *cr, SceneEvent event, double x, double y, double r)
{
  switch (event) {
  case SCENE_EVENT_PLAIN:
  case SCENE_EVENT_ACCESS: /* a flag: here something begins */
    cairo_move_to (cr, x - r / 2, y + r);
    cairo_line_to (cr, x - r / 2, y - r);
    cairo_line_to (cr, x + r, y - r / 3);
    cairo_line_to (cr, x - r / 2, y + r / 4);
    break;
  case SCENE_EVENT_HIT: /* a disc */
    cairo_arc (cr, x, y, r * 0.8, 0, 2 * G_PI);
    break;
  case SCENE_EVENT_MISS: /* an empty diamond */
    cairo_move_to (cr, x, y - r);
    cairo_line_to (cr, x + r, y);
    cairo_line_to (cr, x, y + r);
    cairo_line_to (cr, x - r, y);
    cairo_close_path (cr);
    break;
  case SCENE_EVENT_READ: /* a bar */
    cairo_rectangle (cr, x - r * 0.4, y - r, r * 0.8, 2 * r);
    break;
  case SCENE_EVENT_WRITE: /* an empty square */
    cairo_rectangle (cr, x - r * 0.75, y - r * 0.75, r * 1.5, r * 1.5);
    break;
  case SCENE_EVENT_DONE: /* a triangle that points on */
    cairo_move_to (cr, x - r * 0.8, y - r);
    cairo_line_to (cr, x + r, y);
    cairo_line_to (cr, x - r * 0.8, y + r);
    break;
  case SCENE_EVENT_FAULT: /* a cross */
    cairo_move_to (cr, x - r * 0.8, y - r * 0.8);
    cairo_line_to (cr, x + r * 0.8, y + r * 0.8);
    cairo_move_to (cr, x + r * 0.8, y - r * 0.8);
    cairo_line_to (cr, x - r * 0.8, y + r * 0.8);
    break;
  }
}

static gboolean
is_outline (SceneEvent event)
{
  return event == SCENE_EVENT_MISS || event == SCENE_EVENT_WRITE
         || event == SCENE_EVENT_FAULT;
}

/* A ring with a dot: somebody is asked something. */
static void
draw_question (cairo_t *cr, SceneColor color, double x, double y, double r)
{
  cairo_set_source_rgb (cr, color.red, color.green, color.blue);
  cairo_set_line_width (cr, 1.6);
  cairo_arc (cr, x, y, r, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_arc (cr, x, y, r * 0.35, 0, 2 * G_PI);
  cairo_fill (cr);
}

void
pw_mark_draw (cairo_t *cr, const PwMark *mark, const ScenePalette *palette,
              double x, double y, double radius)
{
  SceneColor color = palette->roles[mark->role].line;

  if (mark->question) {
    draw_question (cr, color, x, y, radius);
    return;
  }
  cairo_set_source_rgb (cr, color.red, color.green, color.blue);
  path_of (cr, mark->event, x, y, radius);
  if (!is_outline (mark->event)) {
    cairo_fill (cr);
    return;
  }
  cairo_set_line_width (cr, 2.0);
  cairo_stroke (cr);
}
