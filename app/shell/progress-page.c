/* "My progress": what the reader has done in each lesson, which mistakes they
 * made most often, and what can be done with all that. */

#include "progress-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "met.h"
#include "standing.h"

/* Misconceptions that are listed. */
#define MOST 5

struct _PwProgressPage {
  GtkWidget parent_instance;
  GtkWidget *page;   /* AdwPreferencesPage */
  GPtrArray *groups; /* of AdwPreferencesGroup, taken away with the next */
  ProgressStore *store;
  const LessonCatalog *catalog;
};

G_DEFINE_FINAL_TYPE (PwProgressPage, pw_progress_page, GTK_TYPE_WIDGET)

static GtkWidget *
add_group (PwProgressPage *page, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page->page),
                            ADW_PREFERENCES_GROUP (group));
  g_ptr_array_add (page->groups, group);
  return group;
}

static GtkWidget *
new_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  /* Titles and mistakes are text, whatever signs they hold. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static void
lead_to (GtkWidget *row, const char *lesson)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", lesson);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.lesson");
}

/* Lessons -------------------------------------------------------------------
 */

static char *
attempts_text (guint attempts)
{
  return g_strdup_printf (ngettext ("%u attempt", "%u attempts", attempts),
                          attempts);
}

static char *
lesson_text (const ProgressLesson *lesson)
{
  g_autofree char *standing = pw_standing_text (lesson);
  g_autofree char *attempts = attempts_text (lesson->attempts);
  g_autofree char *time = pw_time_text (lesson->seconds);
  g_autofree char *last = pw_moment_text (lesson->last, g_get_real_time ());

  /* Translators: how far a lesson is; attempts; time spent; when last. */
  return g_strdup_printf (_ ("%s · %s\n%s · %s"), standing, attempts, time,
                          last);
}

static GtkWidget *
new_forget (const char *lesson, const char *title)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("pw-remove-symbolic");
  g_autofree char *name
      /* Translators: a lesson's title. */
      = g_strdup_printf (_ ("Delete the progress of “%s”"), title);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", lesson);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.forget");
  return button;
}

static GtkWidget *
new_share (const ProgressLesson *lesson)
{
  GtkWidget *bar = g_object_new (GTK_TYPE_PROGRESS_BAR, "accessible-role",
                                 GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar),
                                 pw_standing_share (lesson));
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (bar, "pw-lesson-bar");
  return bar;
}

/* A lesson that is no longer there keeps its name. */
static GtkWidget *
new_lesson (PwProgressPage *page, const ProgressLesson *lesson)
{
  const LessonEntry *entry
      = lesson_catalog_find (page->catalog, lesson->lesson);
  const char *title = entry != NULL ? entry->title : lesson->lesson;
  g_autofree char *text = lesson_text (lesson);
  GtkWidget *row = new_row (title, text);
  GtkWidget *bullet = g_object_new (
      GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
      "icon-name",
      pw_standing_is_done (lesson) ? "pw-done-symbolic" : "pw-current-symbolic",
      NULL);

  gtk_widget_add_css_class (bullet, pw_standing_is_done (lesson) ? "pw-done"
                                                                 : "pw-begun");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), bullet);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_share (lesson));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             new_forget (lesson->lesson, title));
  if (entry != NULL && entry->path != NULL)
    lead_to (row, entry->id);
  return row;
}

static char *
total_text (const PwStandings *standings)
{
  double seconds = 0;
  guint right = 0, attempts = 0;

  for (guint i = 0; i < standings->lessons->len; i++) {
    const ProgressLesson *lesson = g_ptr_array_index (standings->lessons, i);

    seconds += lesson->seconds;
    right += MIN (lesson->right, lesson->asked);
    attempts += lesson->attempts;
  }
  g_autofree char *time = pw_time_text (seconds);
  g_autofree char *tried = attempts_text (attempts);
  g_autofree char *questions = g_strdup_printf (
      ngettext ("%u question right", "%u questions right", right), right);
  /* Translators: time spent; questions answered rightly; attempts. */
  return g_strdup_printf (_ ("%s · %s · %s"), time, questions, tried);
}

static void
add_lessons (PwProgressPage *page, const PwStandings *standings)
{
  g_autofree char *total = total_text (standings);
  GtkWidget *group = add_group (page, _ ("Lessons"), total);

  for (guint i = 0; i < standings->lessons->len; i++)
    adw_preferences_group_add (
        ADW_PREFERENCES_GROUP (group),
        new_lesson (page, g_ptr_array_index (standings->lessons, i)));
}

/* Mistakes ------------------------------------------------------------------
 */

static GtkWidget *
new_met (const PwMet *met)
{
  g_autofree char *text
      /* Translators: how often; and the lesson where. */
      = g_strdup_printf (ngettext ("%u time · %s", "%u times · %s", met->count),
                         met->count, met->title);
  GtkWidget *row = new_row (met->text, text);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                           GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                           "icon-name",
                                           "pw-misconception-symbolic", NULL));
  lead_to (row, met->uri);
  return row;
}

static void
add_met (PwProgressPage *page)
{
  g_autoptr (GPtrArray) all = pw_met_new (page->store, page->catalog, MOST);
  GtkWidget *group;

  if (all->len == 0)
    return;
  group = add_group (page, _ ("Met most often"),
                     _ ("Each leads back to the question."));
  for (guint i = 0; i < all->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               new_met (g_ptr_array_index (all, i)));
}

/* What can be done ----------------------------------------------------------
 */

static void
add_deed (GtkWidget *group, const char *title, const char *subtitle,
          const char *action)
{
  GtkWidget *row = new_row (title, subtitle);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (row), action);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_deeds (PwProgressPage *page)
{
  const char *path = progress_store_path (page->store);
  g_autofree char *kept
      = path != NULL
            /* Translators: a file. */
            ? g_strdup_printf (_ ("Kept in %s, and nowhere else."), path)
            : g_strdup (_ ("Kept in memory only: nothing could be written."));
  GtkWidget *group = add_group (page, _ ("Your answers"), kept);

  add_deed (group, _ ("Export answers…"),
            _ ("A table that any spreadsheet reads (CSV)"),
            "win.export-answers");
  add_deed (group, _ ("Write a result file…"),
            _ ("To hand in: a teacher's program marks it again"),
            "win.write-result");
  add_deed (group, _ ("Delete all progress…"), _ ("A copy is kept"),
            "win.forget::");
}

static void
add_empty (PwProgressPage *page)
{
  add_group (
      page, _ ("Nothing yet"),
      _ ("As soon as a lesson is opened, it says here how far you are."));
}

/* Object --------------------------------------------------------------------
 */

static void
pw_progress_page_map (GtkWidget *widget)
{
  pw_progress_page_update (PW_PROGRESS_PAGE (widget));
  GTK_WIDGET_CLASS (pw_progress_page_parent_class)->map (widget);
}

static void
pw_progress_page_dispose (GObject *object)
{
  PwProgressPage *page = PW_PROGRESS_PAGE (object);

  g_clear_pointer (&page->groups, g_ptr_array_unref);
  g_clear_pointer (&page->page, gtk_widget_unparent);
  G_OBJECT_CLASS (pw_progress_page_parent_class)->dispose (object);
}

static void
pw_progress_page_class_init (PwProgressPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_progress_page_dispose;
  widget_class->map = pw_progress_page_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

/* The page scrolls by a widget of its own, which has no name. */
static void
name_scroller (GtkWidget *widget)
{
  if (GTK_IS_SCROLLED_WINDOW (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("My progress"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_scroller (child);
}

static void
pw_progress_page_init (PwProgressPage *page)
{
  page->groups = g_ptr_array_new ();
  page->page = adw_preferences_page_new ();
  gtk_widget_set_parent (page->page, GTK_WIDGET (page));
  name_scroller (page->page);
}

GtkWidget *
pw_progress_page_new (void)
{
  return g_object_new (PW_TYPE_PROGRESS_PAGE, NULL);
}

void
pw_progress_page_set (PwProgressPage *page, ProgressStore *store,
                      const LessonCatalog *catalog)
{
  page->store = store;
  page->catalog = catalog;
}

void
pw_progress_page_update (PwProgressPage *page)
{
  g_autoptr (PwStandings) standings = pw_standings_new (page->store);

  for (guint i = 0; i < page->groups->len; i++)
    adw_preferences_page_remove (ADW_PREFERENCES_PAGE (page->page),
                                 g_ptr_array_index (page->groups, i));
  g_ptr_array_set_size (page->groups, 0);
  if (standings->lessons->len == 0) {
    add_empty (page);
    return;
  }
  add_lessons (page, standings);
  add_met (page);
  add_deeds (page);
}
