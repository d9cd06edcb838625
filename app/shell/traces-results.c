/* What a session with a trace came to, as groups of rows. */

#include "traces-results.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "plot-view.h"
#include "policies.h"

/* Curves are drawn in the order of this list. */
static const enum vm_policy compared[]
    = {VM_POLICY_LRU, VM_POLICY_FIFO, VM_POLICY_CLOCK_SET, VM_POLICY_OPT};

GArray *
pw_traces_policies_new (enum vm_policy first)
{
  GArray *policies = g_array_new (FALSE, FALSE, sizeof (enum vm_policy));

  g_array_append_val (policies, first);
  for (guint i = 0; i < G_N_ELEMENTS (compared); i++)
    if (compared[i] != first)
      g_array_append_val (policies, compared[i]);
  return policies;
}

GArray *
pw_traces_sizes_new (void)
{
  GArray *sizes = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 size = 8; size <= 1024; size *= 2)
    g_array_append_val (sizes, size);
  return sizes;
}

char *
pw_traces_number (guint64 number)
{
  g_autofree char *digits = g_strdup_printf ("%" PRIu64, number);
  gsize length = strlen (digits);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++) {
    /* A narrow space that does not break. */
    if (i > 0 && (length - i) % 3 == 0)
      g_string_append (text, "\u202f");
    g_string_append_c (text, digits[i]);
  }
  return g_string_free (text, FALSE);
}

static enum vm_policy
policy_at (const GArray *policies, guint i)
{
  return g_array_index (policies, enum vm_policy, i);
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

/* Counts --------------------------------------------------------------------
 */

/* "97.80 %", with a narrow space that does not break. */
static char *
share_text (guint64 part, guint64 whole)
{
  double share = whole == 0 ? 0 : 100.0 * (double) part / (double) whole;

  return g_strdup_printf ("%.2f\u202f%%", share);
}

static void
add_row (GtkWidget *group, const char *title, const char *subtitle,
         const char *value)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_policy (GtkWidget *group, enum vm_policy policy,
            const struct vm_replay_stats *n)
{
  g_autofree char *faults = pw_traces_number (n->faults);
  g_autofree char *evictions = pw_traces_number (n->evictions);
  g_autofree char *writebacks = pw_traces_number (n->writebacks);
  g_autofree char *share = share_text (n->faults, n->accesses);
  g_autofree char *value
      /* Translators: a number of page faults. */
      = g_strdup_printf (_ ("Faults: %s"), faults);
  g_autofree char *text
      /* Translators: a share of the accesses; two numbers of pages. */
      = g_strdup_printf (
          _ ("%s of the accesses · %s evictions, %s of them written back"),
          share, evictions, writebacks);

  add_row (group, scene_policy_title (policy), text, value);
}

static void
add_tlb (GtkWidget *group, const struct vm_replay_stats *n)
{
  g_autofree char *hits = share_text (n->tlb_hits, n->accesses);
  g_autofree char *cold = pw_traces_number (n->causes[VM_MISS_COLD]);
  g_autofree char *capacity = pw_traces_number (n->causes[VM_MISS_CAPACITY]);
  g_autofree char *conflict = pw_traces_number (n->causes[VM_MISS_CONFLICT]);
  g_autofree char *dropped = pw_traces_number (n->causes[VM_MISS_DROPPED]);
  g_autofree char *misses = pw_traces_number (n->tlb_misses);
  g_autofree char *value
      /* Translators: a number of TLB misses. */
      = g_strdup_printf (_ ("Misses: %s"), misses);
  g_autofree char *text = g_strdup_printf (
      _ ("%s hits · misses: %s cold, %s for want of room, %s for want of room "
         "in the set, %s because the page had left"),
      hits, cold, capacity, conflict, dropped);

  add_row (group, _ ("TLB"), text, value);
}

static char *
extent_text (const TraceSession *session, gboolean whole)
{
  g_autofree char *accesses
      = pw_traces_number (trace_session_accesses (session));
  g_autofree char *pages = pw_traces_number (trace_session_pages (session));

  return whole
             /* Translators: two numbers. */
             ? g_strdup_printf (_ ("%s accesses to %s pages"), accesses, pages)
             : g_strdup_printf (_ ("Up to here: %s accesses to %s pages"),
                                accesses, pages);
}

GtkWidget *
pw_traces_counts_new (const TraceSession *session, const GArray *policies,
                      gboolean whole)
{
  struct vm_replay_stats stats;

  if (!trace_session_result (session, 0, &stats))
    return NULL;
  g_autofree char *extent = extent_text (session, whole);
  GtkWidget *group = group_new (_ ("What it came to"), extent);
  add_tlb (group, &stats);
  for (guint i = 0; i < policies->len; i++)
    if (trace_session_result (session, i, &stats))
      add_policy (group, policy_at (policies, i), &stats);
  return group;
}

/* Curves --------------------------------------------------------------------
 */

/* The policies whose curves are there, one behind the other. */
static LessonPlotData *
collect (const TraceSession *session, const GArray *policies,
         const GArray *sizes)
{
  LessonPlotData *data = g_new0 (LessonPlotData, 1);
  guint64 faults;

  data->points = sizes->len;
  data->x = g_new (double, sizes->len);
  data->y = g_new (double, sizes->len *LESSON_MAX_SERIES);
  data->names = g_new0 (char *, LESSON_MAX_SERIES + 1);
  for (guint s = 0; s < sizes->len; s++)
    data->x[s] = g_array_index (sizes, guint32, s);
  for (guint i = 0; i < policies->len && data->series < LESSON_MAX_SERIES;
       i++) {
    gboolean there = TRUE;
    for (guint s = 0; s < sizes->len && there; s++) {
      there = trace_session_curve (session, i, s, &faults);
      data->y[data->series * sizes->len + s] = there ? (double) faults : 0;
    }
    if (there)
      data->names[data->series++]
          = g_strdup (scene_policy_title (policy_at (policies, i)));
  }
  return data;
}

static void
data_free (LessonPlotData *data)
{
  g_strfreev (data->names);
  g_free (data->x);
  g_free (data->y);
  g_free (data);
}

GtkWidget *
pw_traces_curves_new (const TraceSession *session, const GArray *policies,
                      const GArray *sizes, const PwReading *reading)
{
  LessonPlotData *data = collect (session, policies, sizes);

  if (data->series == 0) {
    data_free (data);
    return NULL;
  }
  GtkWidget *group = group_new (
      _ ("Faults against frames"),
      _ ("How many pages have to be loaded, for each amount of memory."));
  GtkWidget *plot = pw_plot_view_new_sizes (
      reading, _ ("frames"), _ ("faults"), data,
      _ ("The faults of each policy over the number of frames"));
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "pw-trace-plot");
  gtk_box_append (GTK_BOX (card), plot);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), card);
  data_free (data);
  return group;
}
