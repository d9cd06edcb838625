/* A course in place of the book: its lessons in its order, with their days. */

#include "course-view.h"

#include <glib/gi18n-lib.h>

#include "part-card.h"

struct _PwCourseView {
  GtkWidget parent_instance;
  const LessonCourse *course;
  LessonPart part; /* what the card shows; its lessons are the catalog's */
  GtkWidget *card;
};

G_DEFINE_FINAL_TYPE (PwCourseView, pw_course_view, GTK_TYPE_WIDGET)

static char *
day_text (LessonDay day)
{
  return g_strdup_printf ("%04u-%02u-%02u", day / 10000, day / 100 % 100,
                          day % 100);
}

char *
pw_course_day_text (const LessonCourseEntry *entry, LessonDay today,
                    gboolean done)
{
  g_autofree char *from = day_text (entry->from);
  g_autofree char *due = day_text (entry->due);

  switch (lesson_course_due (entry, today)) {
  case LESSON_DUE_EARLY:
    /* Translators: a day; a lesson is not to be read before. */
    return g_strdup_printf (_ ("from %s on"), from);
  case LESSON_DUE_SOON:
    if (entry->due == today && !done)
      return g_strdup (_ ("due today"));
    /* Translators: a day within a week. */
    return g_strdup_printf (done ? _ ("due %s") : _ ("due %s, soon"), due);
  case LESSON_DUE_LATE:
    /* Translators: a day that has passed. */
    return g_strdup_printf (done ? _ ("was due %s") : _ ("was due %s, late"),
                            due);
  case LESSON_DUE_OPEN:
    break;
  }
  return entry->due != LESSON_NO_DAY ? g_strdup_printf (_ ("due %s"), due)
                                     : g_strdup ("");
}

/* What a note looks like, besides what it says. */
static const char *
style_of (const LessonCourseEntry *entry, LessonDay today, gboolean done)
{
  LessonDue due = lesson_course_due (entry, today);

  if (done)
    return NULL;
  if (due == LESSON_DUE_LATE)
    return "pw-late";
  return due == LESSON_DUE_SOON ? "pw-soon" : NULL;
}

static void
pw_course_view_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (pw_course_view_parent_class)->dispose (object);
}

static void
pw_course_view_finalize (GObject *object)
{
  g_clear_pointer (&PW_COURSE_VIEW (object)->part.lessons, g_ptr_array_unref);
  G_OBJECT_CLASS (pw_course_view_parent_class)->finalize (object);
}

static void
pw_course_view_class_init (PwCourseViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_course_view_dispose;
  G_OBJECT_CLASS (class)->finalize = pw_course_view_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
pw_course_view_init (PwCourseView *view)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (view));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 18);
  view->part.lessons = g_ptr_array_new ();
}

GtkWidget *
pw_course_view_new (const LessonCourse *course, const LessonCatalog *catalog)
{
  PwCourseView *view = g_object_new (PW_TYPE_COURSE_VIEW, NULL);
  GtkWidget *back = gtk_button_new_with_label (_ ("Back to the whole book"));

  view->course = course;
  view->part.title = course->title;
  for (guint i = 0; i < course->lessons->len; i++) {
    const LessonCourseEntry *entry = g_ptr_array_index (course->lessons, i);
    const LessonEntry *lesson = lesson_catalog_find (catalog, entry->id);

    if (lesson != NULL)
      g_ptr_array_add (view->part.lessons, (gpointer) lesson);
  }
  view->card = pw_part_card_new (&view->part);
  pw_part_card_unfold (PW_PART_CARD (view->card));
  gtk_widget_set_parent (view->card, GTK_WIDGET (view));
  gtk_widget_set_halign (back, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "win.close-course");
  gtk_widget_set_parent (back, GTK_WIDGET (view));
  return GTK_WIDGET (view);
}

void
pw_course_view_set_progress (PwCourseView *view, const PwStandings *standings,
                             const char *latest)
{
  LessonDay today = lesson_course_today ();

  pw_part_card_set_progress (PW_PART_CARD (view->card), standings, latest);
  for (guint i = 0; i < view->course->lessons->len; i++) {
    const LessonCourseEntry *entry
        = g_ptr_array_index (view->course->lessons, i);
    gboolean done
        = pw_standing_is_done (pw_standings_find (standings, entry->id));
    g_autofree char *text = pw_course_day_text (entry, today, done);

    pw_part_card_set_note (PW_PART_CARD (view->card), entry->id, text,
                           style_of (entry, today, done));
  }
}
