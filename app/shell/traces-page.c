/* "Traces": every memory access of a recorded program through TLB, page tables
 * and replacement, several policies beside each other. */

#include "traces-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "compat.h"
#include "config.h"
#include "policies.h"
#include "traces-access.h"
#include "traces-combo.h"
#include "traces-job.h"
#include "traces-machine.h"
#include "traces-results.h"

/* How often the text beside the bar changes, in milliseconds. */
#define REFRESH 250

/* The traces that come with the book. */
static const struct {
  const char *file, *title;
} recorded[] = {
    {"compiler", N_ ("A compiler at work")},
    {"sort", N_ ("Sorting numbers")},
    {"matrix-rows", N_ ("A matrix product, row by row")},
    {"matrix-columns", N_ ("A matrix product, column by column")},
    {"hash", N_ ("A hash table")},
    {"list", N_ ("A linked list")},
};

struct _PwTracesPage {
  GtkWidget parent_instance;
  GtkWidget *page; /* AdwPreferencesPage */
  GtkWidget *trace, *policy;
  PwTracesMachine machine;
  GtkWidget *start, *progress, *bar, *text, *cancel;
  GPtrArray *groups; /* of results, taken away with the next */
  char *own;         /* a file of the reader's, or NULL */
  PwReading reading;

  PwWorker *worker;
  PwTracesJob *job; /* the worker's while it runs */
  GArray *policies, *sizes;
  gint64 began;
  guint refresh; /* source */
};

G_DEFINE_FINAL_TYPE (PwTracesPage, pw_traces_page, GTK_TYPE_WIDGET)

/* Results -------------------------------------------------------------------
 */

static void
clear_results (PwTracesPage *page)
{
  for (guint i = 0; i < page->groups->len; i++)
    adw_preferences_page_remove (ADW_PREFERENCES_PAGE (page->page),
                                 g_ptr_array_index (page->groups, i));
  g_ptr_array_set_size (page->groups, 0);
}

static void
add_group (PwTracesPage *page, GtkWidget *group)
{
  if (group == NULL)
    return;
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page->page),
                            ADW_PREFERENCES_GROUP (group));
  g_ptr_array_add (page->groups, group);
}

static GtkWidget *
group_new (const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         description);
  return group;
}

static void
show_results (PwTracesPage *page, gboolean whole)
{
  TraceSession *session = page->job->session;
  const char *problem = trace_session_problem (session);

  if (problem != NULL)
    add_group (page, group_new (_ ("The trace breaks off"), problem));
  add_group (page, pw_traces_counts_new (session, page->policies, whole));
  if (trace_session_accesses (session) == 0)
    return;
  add_group (page, pw_traces_curves_new (session, page->policies, page->sizes,
                                         &page->reading));
  add_group (page, pw_traces_access_new (session, page->policies));
}

/* Running -------------------------------------------------------------------
 */

static void
set_running (PwTracesPage *page, gboolean running)
{
  gtk_widget_set_visible (page->progress, running);
  gtk_widget_set_sensitive (page->start, !running);
  if (!running)
    g_clear_handle_id (&page->refresh, g_source_remove);
}

/* "12 345 000 accesses · 45 M/s · 3 s left" */
static gboolean
on_refresh (gpointer data)
{
  PwTracesPage *page = data;
  double seconds = (double) (g_get_monotonic_time () - page->began) / 1e6;
  double done = pw_worker_get_progress (page->worker);
  guint64 accesses = (guint64) g_atomic_int_get (&page->job->thousands) * 1000;
  double left = done > 0.01 ? seconds / done - seconds : 0;
  g_autofree char *number = pw_traces_number (accesses);
  g_autofree char *text = g_strdup_printf (
      /* Translators: a number of accesses; millions; seconds. */
      _ ("%s accesses · %.1f M/s · %.0f s left"), number,
      (double) accesses / 1e6 / MAX (seconds, 0.001), left);

  gtk_label_set_text (GTK_LABEL (page->text), accesses > 0 ? text : "");
  return G_SOURCE_CONTINUE;
}

static void
on_finished (PwTracesPage *page, gboolean completed)
{
  set_running (page, FALSE);
  show_results (page, completed);
}

static char *
path_of (PwTracesPage *page)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (page->trace));
  const char *folder = g_getenv ("PAGEWALK_TRACES");

  if (chosen >= G_N_ELEMENTS (recorded))
    return g_strdup (page->own);
  g_autofree char *name = g_strdup_printf ("%s.pwt.gz", recorded[chosen].file);
  return g_build_filename (folder != NULL ? folder : PAGEWALK_TRACES_DIR, name,
                           NULL);
}

/* Forgets the session before, and whatever shows it. */
static void
forget (PwTracesPage *page)
{
  clear_results (page);
  g_clear_handle_id (&page->refresh, g_source_remove);
  page->job = NULL;
  if (page->worker != NULL)
    g_signal_handlers_disconnect_by_data (page->worker, page);
  g_clear_object (&page->worker);
}

static void
on_start (PwTracesPage *page)
{
  enum vm_policy policy = (enum vm_policy) adw_combo_row_get_selected (
      ADW_COMBO_ROW (page->policy));
  g_autofree char *path = path_of (page), *problem = NULL;
  struct vm_replay_config config;
  if (path == NULL)
    return;

  forget (page);
  if (!pw_traces_machine_read (&page->machine, &config, &problem)) {
    add_group (page, group_new (_ ("There is no such machine"), problem));
    return;
  }
  g_clear_pointer (&page->policies, g_array_unref);
  page->policies
      = pw_traces_policies_new (policy >= VM_POLICY_OPT ? policy + 1 : policy);
  page->job = pw_traces_job_new (
      trace_session_new (path, &config, page->policies, page->sizes));
  page->began = g_get_monotonic_time ();
  page->worker
      = pw_worker_new (pw_traces_job_run, page->job, pw_traces_job_free, NULL);
  if (page->worker == NULL) {
    page->job = NULL;
    return;
  }
  g_signal_connect_swapped (page->worker, "finished", G_CALLBACK (on_finished),
                            page);
  pw_worker_show (page->worker, GTK_PROGRESS_BAR (page->bar));
  set_running (page, TRUE);
  page->refresh = g_timeout_add (REFRESH, on_refresh, page);
  on_refresh (page);
}

static void
on_cancel (PwTracesPage *page)
{
  if (page->worker != NULL)
    pw_worker_cancel (page->worker);
}

/* What is chosen ------------------------------------------------------------
 */

static void
fill_traces (PwTracesPage *page)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (recorded); i++)
    gtk_string_list_append (list, _ (recorded[i].title));
  if (page->own != NULL) {
    g_autofree char *name = g_path_get_basename (page->own);
    gtk_string_list_append (list, name);
  }
  adw_combo_row_set_model (ADW_COMBO_ROW (page->trace), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (page->trace),
                              page->own != NULL ? G_N_ELEMENTS (recorded) : 0);
}

static void
on_chosen (const char *path, gpointer data)
{
  pw_traces_page_open (data, path);
}

static void
on_open (PwTracesPage *page)
{
  pw_compat_open_trace (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                        on_chosen, page);
}

/* Every policy but OPT, which is shown beside each. */
static void
fill_policies (PwTracesPage *page)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (enum vm_policy policy = 0; policy < VM_POLICIES; policy++)
    if (policy != VM_POLICY_OPT)
      gtk_string_list_append (list, scene_policy_title (policy));
  adw_combo_row_set_model (ADW_COMBO_ROW (page->policy), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (page->policy), VM_POLICY_LRU);
}

static GtkWidget *
progress_row_new (PwTracesPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  page->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (page->bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How far the replay is"), -1);
  page->text = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (page->text), 0);
  gtk_label_set_ellipsize (GTK_LABEL (page->text), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (page->text, "numeric");
  page->cancel = gtk_button_new_with_mnemonic (_ ("_Stop"));
  gtk_widget_set_valign (page->cancel, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (page->cancel, "clicked", G_CALLBACK (on_cancel),
                            page);
  gtk_box_append (GTK_BOX (column), page->text);
  gtk_box_append (GTK_BOX (column), page->bar);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), column);
  gtk_box_append (GTK_BOX (box), page->cancel);
  gtk_widget_add_css_class (box, "pw-trace-progress");
  gtk_widget_set_visible (box, FALSE);
  return box;
}

static void
add_choices (PwTracesPage *page)
{
  GtkWidget *group = group_new (
      _ ("A recorded program"),
      _ ("Every access goes through TLB, page tables and replacement."));
  GtkWidget *open = gtk_button_new_with_mnemonic (_ ("_Open…"));

  gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (
      open, _ ("A trace of your own: from valgrind's lackey, Dinero, a list of "
               "addresses, CSV"));
  g_signal_connect_swapped (open, "clicked", G_CALLBACK (on_open), page);
  page->trace = pw_traces_combo_new (_ ("Trace"));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), open);
  page->policy = pw_traces_combo_new (_ ("Replacement"));
  fill_traces (page);
  fill_policies (page);

  page->start = gtk_button_new_with_mnemonic (_ ("_Replay"));
  gtk_widget_add_css_class (page->start, "suggested-action");
  gtk_widget_add_css_class (page->start, "pill");
  gtk_widget_set_halign (page->start, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (page->start, 18);
  g_signal_connect_swapped (page->start, "clicked", G_CALLBACK (on_start),
                            page);
  page->progress = progress_row_new (page);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), page->trace);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), page->policy);
  pw_traces_machine_add (&page->machine, group);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), page->start);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), page->progress);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page->page),
                            ADW_PREFERENCES_GROUP (group));
}

/* Object --------------------------------------------------------------------
 */

static void
pw_traces_page_dispose (GObject *object)
{
  PwTracesPage *page = PW_TRACES_PAGE (object);

  if (page->page != NULL)
    forget (page);
  g_clear_pointer (&page->page, gtk_widget_unparent);
  G_OBJECT_CLASS (pw_traces_page_parent_class)->dispose (object);
}

static void
pw_traces_page_finalize (GObject *object)
{
  PwTracesPage *page = PW_TRACES_PAGE (object);

  g_ptr_array_unref (page->groups);
  g_clear_pointer (&page->policies, g_array_unref);
  g_array_unref (page->sizes);
  g_free (page->own);
  G_OBJECT_CLASS (pw_traces_page_parent_class)->finalize (object);
}

static void
pw_traces_page_class_init (PwTracesPageClass *class)
{
  G_OBJECT_CLASS (class)->dispose = pw_traces_page_dispose;
  G_OBJECT_CLASS (class)->finalize = pw_traces_page_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class),
                                            GTK_TYPE_BIN_LAYOUT);
}

/* The page scrolls by a widget of its own, which has no name. */
static void
name_scroller (GtkWidget *widget)
{
  if (GTK_IS_SCROLLED_WINDOW (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Traces"),
                                    -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_scroller (child);
}

static void
pw_traces_page_init (PwTracesPage *page)
{
  page->groups = g_ptr_array_new ();
  page->sizes = pw_traces_sizes_new ();
  page->page = adw_preferences_page_new ();
  gtk_widget_set_parent (page->page, GTK_WIDGET (page));
  name_scroller (page->page);
  add_choices (page);
}

GtkWidget *
pw_traces_page_new (void)
{
  return g_object_new (PW_TYPE_TRACES_PAGE, NULL);
}

void
pw_traces_page_set_palette (PwTracesPage *page, const ScenePalette *palette)
{
  page->reading.palette = palette;
  gtk_widget_queue_draw (GTK_WIDGET (page));
}

void
pw_traces_page_open (PwTracesPage *page, const char *path)
{
  g_free (page->own);
  page->own = g_strdup (path);
  fill_traces (page);
  on_start (page);
}
