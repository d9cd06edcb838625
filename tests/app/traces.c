/* The page of traces: what it shows of one, what it makes of an access, and
 * that a long one can be stopped. */
#include "traces-page.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "check.h"
#include "mmu/geometry.h"
#include "replay/binary.h"
#include "replay/reader.h"

/* Whether some label below a widget holds a text. */
static gboolean
says (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget)
      && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

/* The first widget of a type that can be seen. */
static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_button (child, label);
    if (found != NULL)
      return found;
  }
  return NULL;
}

/* A trace of its own: so many accesses to so many pages, in no order. */
static char *
write_trace (guint count, guint pages)
{
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("trace-XXXXXX.pwt", &path, &error);
  g_autofree guint8 *bytes = g_malloc (VM_BINARY_HEADER + 8 * (gsize) count);
  struct vm_binary_writer writer;
  gsize length = vm_binary_begin (&writer, VM_BINARY_PLAIN, count, bytes);
  guint64 seed = 1;

  /* No access crosses anything, however small pages are. */
  vm_binary_cut_at (VM_READER_PAGE, bytes);
  g_assert_no_error (error);
  g_close (fd, NULL);
  for (guint i = 0; i < count; i++) {
    seed = seed * G_GUINT64_CONSTANT (6364136223846793005) + 1;
    vm_record record
        = vm_record_of (vm_vaddr_of ((seed >> 33) % pages << 12), i % 7 == 0);
    memcpy (bytes + length, &record, sizeof record);
    length += sizeof record;
  }
  g_file_set_contents (path, (const char *) bytes, (gssize) length, &error);
  g_assert_no_error (error);
  return path;
}

static void
on_lesson (GSimpleAction *action, GVariant *path, gpointer data)
{
  *(char **) data = g_variant_dup_string (path, NULL);
}

/* Shows the page as in the window: with an action that opens lessons. */
static GtkWidget *
show_page (GtkWidget **page, char **opened)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  const GActionEntry entry
      = {.name = "lesson", .activate = on_lesson, .parameter_type = "s"};

  *page = pw_traces_page_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (group), &entry, 1, opened);
  gtk_widget_insert_action_group (*page, "win", G_ACTION_GROUP (group));
  return check_show (*page, 700, 700);
}

/* The last widget of a type that can be seen. */
static void
find_last (GtkWidget *widget, GType type, GtkWidget **last)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    *last = widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_last (child, type, last);
}

/* Asks for the same access as another policy has it. Returns the lesson. */
static char *
show_as (GtkWidget *page, guint policy, char **opened)
{
  GtkWidget *combo = NULL;
  char *text;

  find_last (page, ADW_TYPE_COMBO_ROW, &combo);
  adw_combo_row_set_selected (ADW_COMBO_ROW (combo), policy);
  g_clear_pointer (opened, g_free);
  g_signal_emit_by_name (find_button (page, "S_how"), "clicked");
  g_assert_nonnull (*opened);
  g_assert_true (g_file_get_contents (*opened, &text, NULL, NULL));
  return text;
}

/* The lesson that was made of an access is a good one. */
static void
check_lesson (const char *path)
{
  const char *command[]
      = {g_getenv ("PAGEWALK_CLI"), "lesson", "run", path, "--json", NULL};
  g_autofree char *output = NULL, *errors = NULL;
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_DEFAULT,
                               NULL, NULL, &output, &errors, &status, NULL));
  g_assert_cmpstr (errors, ==, "");
  g_assert_cmpint (status, ==, 0);
  g_assert_nonnull (strstr (output, "unmap"));
}

static void
test_results (void)
{
  g_autofree char *path = write_trace (60000, 90);
  g_autofree char *opened = NULL;
  GtkWidget *page;
  GtkWidget *window = show_page (&page, &opened);

  pw_traces_page_open (PW_TRACES_PAGE (page), path);
  check_wait (find (page, ADW_TYPE_ENTRY_ROW) != NULL);
  g_assert_true (says (page, "60\u202f000 accesses to 90 pages"));
  g_assert_true (says (page, "OPT"));

  GtkWidget *entry = find (page, ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (entry), "1000th eviction of all");
  g_signal_emit_by_name (find_button (page, "S_how"), "clicked");
  g_assert_null (opened);
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "1000th eviction");
  g_signal_emit_by_name (find_button (page, "S_how"), "clicked");
  g_assert_nonnull (opened);
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  check_lesson (opened);

  /* LRU, FIFO, Clock, OPT: each throws its 1000th page out elsewhere. */
  g_autofree char *lru = show_as (page, 0, &opened);
  g_autofree char *fifo = show_as (page, 1, &opened);
  g_autofree char *opt = show_as (page, 3, &opened);
  check_lesson (opened);
  g_assert_cmpstr (lru, !=, fifo);
  g_assert_cmpstr (opt, !=, lru);
  g_assert_cmpstr (opt, !=, fifo);
  check_close (window);
  g_unlink (path);
}

/* The next widget of a type that can be seen, behind so many of them. */
static GtkWidget *
find_behind (GtkWidget *widget, GType type, guint *count)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && (*count)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_behind (child, type, count);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
choose (GtkWidget *page, guint row, guint choice)
{
  GtkWidget *combo = find_behind (page, ADW_TYPE_COMBO_ROW, &row);

  g_assert_nonnull (combo);
  adw_combo_row_set_selected (ADW_COMBO_ROW (combo), choice);
}

static void
type_toy (GtkWidget *page, const char *toy)
{
  GtkWidget *entry = find (page, ADW_TYPE_ENTRY_ROW);

  gtk_editable_set_text (GTK_EDITABLE (entry), toy);
  g_signal_emit_by_name (find_button (page, "_Replay"), "clicked");
}

/* The processor may be any, with pages of any size, and its TLBs organised
 * otherwise; what cannot be is refused in words. */
static void
test_machines (void)
{
  g_autofree char *path = write_trace (60000, 90), *opened = NULL;
  GtkWidget *page, *entry = NULL;
  GtkWidget *window = show_page (&page, &opened);

  pw_traces_page_open (PW_TRACES_PAGE (page), path);
  check_wait (says (page, "accesses to 90 pages"));
  choose (page, 2, VM_GEOMETRIES - 1);
  check_wait (find (page, ADW_TYPE_ENTRY_ROW) != NULL);
  type_toy (page, "toy:va=22,pa=21,page=65536,levels=2,entry=4");
  check_wait (says (page, "There is no such machine"));
  type_toy (page, "toy:va=22,pa=24,page=65536,levels=2,entry=4");
  check_wait (says (page, "60\u202f000 accesses to 6 pages"));
  g_assert_true (says (page, "Memory for pages of 64 KiB"));

  choose (page, 3, 5);
  type_toy (page, "toy:va=22,pa=24,page=1024,levels=2,entry=4");
  check_wait (says (page, "60\u202f000 accesses to 90 pages"));
  find_last (page, ADW_TYPE_ENTRY_ROW, &entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "1000th eviction");
  g_signal_emit_by_name (find_button (page, "S_how"), "clicked");
  g_assert_nonnull (opened);
  check_lesson (opened);
  check_close (window);
  g_unlink (path);
}

/* What is wrong with a trace is said, and what came before is shown. */
static void
test_broken (void)
{
  g_autofree char *path = NULL, *opened = NULL;
  GtkWidget *page;
  GtkWidget *window = show_page (&page, &opened);

  g_close (g_file_open_tmp ("trace-XXXXXX", &path, NULL), NULL);
  g_file_set_contents (path, "0 1000\n1 2000\n0 xyz\n", -1, NULL);
  pw_traces_page_open (PW_TRACES_PAGE (page), path);
  check_wait (says (page, "Line 3"));
  check_close (window);
  g_unlink (path);
}

/* Stops a trace while it is replayed. False if that had ended before somebody
 * could look: the machine is fast, or does something else. */
static gboolean
stops (guint records)
{
  g_autofree char *path = write_trace (records, 20000);
  g_autofree char *opened = NULL;
  GtkWidget *page, *bar = NULL;
  GtkWidget *window = show_page (&page, &opened);

  pw_traces_page_open (PW_TRACES_PAGE (page), path);
  check_wait ((bar = find (page, GTK_TYPE_PROGRESS_BAR)) != NULL
                  ? gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)) > 0
                  : says (page, "accesses to"));
  bar = find (page, GTK_TYPE_PROGRESS_BAR);
  if (bar != NULL)
    g_signal_emit_by_name (find_button (page, "_Stop"), "clicked");
  check_wait (find (page, GTK_TYPE_PROGRESS_BAR) == NULL);
  check_wait (says (page, "Up to here") || says (page, "accesses to"));
  gboolean stopped = says (page, "Up to here");
  check_close (window);
  g_unlink (path);
  return stopped;
}

/* A long trace is stopped, with what was done. */
static void
test_stop (void)
{
  guint records = 6000000;

  while (!stops (records)) {
    records *= 2;
    g_assert_cmpuint (records, <, 100000000);
  }
}

/* A window that closes does not wait for a replay. */
static void
test_close (void)
{
  g_autofree char *path = write_trace (3000000, 20000);
  g_autofree char *opened = NULL;
  GtkWidget *page;
  GtkWidget *window = show_page (&page, &opened);

  pw_traces_page_open (PW_TRACES_PAGE (page), path);
  check_close (window);
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  g_autofree char *cache = g_dir_make_tmp ("pagewalk-XXXXXX", NULL);

  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  check_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/traces/results", test_results);
  g_test_add_func ("/traces/machines", test_machines);
  g_test_add_func ("/traces/broken", test_broken);
  g_test_add_func ("/traces/stop", test_stop);
  g_test_add_func ("/traces/close", test_close);
  return g_test_run ();
}
