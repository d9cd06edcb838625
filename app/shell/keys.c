/* The keys of the application as one table, from which they work and from
 * which the page of keys is made. */

#include "keys.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "overview.h"
#include "scrub.h"

#define STEPS N_ ("Steps")
#define STAGE N_ ("On the stage")
#define WINDOW N_ ("Window")
#define TEXT N_ ("Size of everything")
#define HALL N_ ("While presenting")

#define DIGIT(n)                                                               \
  {"present.digit(" n ")", n, PW_KEY_HALL_FREE, NULL, NULL},                   \
  {                                                                            \
    "present.digit(" n ")", "KP_" n, PW_KEY_HALL_FREE, NULL, NULL              \
  }

static const PwKey keys[] = {
    {"lesson.step", "Page_Down", PW_KEY_EVERYWHERE, STEPS, N_ ("Step")},
    {"lesson.back", "Page_Up", PW_KEY_EVERYWHERE, STEPS, N_ ("Step back")},
    {"lesson.step", "Right", PW_KEY_FREE, STEPS, N_ ("Step")},
    {"lesson.back", "Left", PW_KEY_FREE, STEPS, N_ ("Step back")},
    {"lesson.over", "<Shift>Right", PW_KEY_FREE, STEPS, N_ ("Step over")},
    {"lesson.over-back", "<Shift>Left", PW_KEY_FREE, STEPS,
     N_ ("Step back over")},
    {"lesson.one", "period", PW_KEY_FREE, STEPS,
     N_ ("One step of the machine")},
    {"lesson.one-back", "comma", PW_KEY_FREE, STEPS,
     N_ ("One step of the machine back")},
    {"lesson.first", "Home", PW_KEY_FREE, STEPS, N_ ("First step")},
    {"lesson.last", "End", PW_KEY_FREE, STEPS, N_ ("Last step")},
    {"lesson.play", "space", PW_KEY_FREE, STEPS, N_ ("Play or pause")},
    {"lesson.faster", "plus", PW_KEY_FREE, STEPS, N_ ("Faster")},
    {"lesson.faster", "equal", PW_KEY_FREE, NULL, NULL},
    {"lesson.faster", "KP_Add", PW_KEY_FREE, NULL, NULL},
    {"lesson.slower", "minus", PW_KEY_FREE, STEPS, N_ ("Slower")},
    {"lesson.slower", "KP_Subtract", PW_KEY_FREE, NULL, NULL},

    {"stage.move", "Left", PW_KEY_STAGE, STAGE, N_ ("From item to item")},
    {"stage.move", "Right", PW_KEY_STAGE, STAGE, N_ ("From item to item")},
    {"stage.move", "Up", PW_KEY_STAGE, STAGE, N_ ("From item to item")},
    {"stage.move", "Down", PW_KEY_STAGE, STAGE, N_ ("From item to item")},
    {"stage.ends", "Home", PW_KEY_STAGE, STAGE, N_ ("First, last item")},
    {"stage.ends", "End", PW_KEY_STAGE, STAGE, N_ ("First, last item")},
    {"stage.pin", "Return", PW_KEY_STAGE, STAGE, N_ ("Keep its card")},
    {"stage.leave", "Escape", PW_KEY_STAGE, STAGE, N_ ("Let go of it")},
    {"stage.menu", "Menu", PW_KEY_STAGE, STAGE, N_ ("What to do with it")},
    {"stage.menu", "<Shift>F10", PW_KEY_STAGE, STAGE,
     N_ ("What to do with it")},

    {"win.next-area", "F6", PW_KEY_EVERYWHERE, WINDOW,
     N_ ("Text, stage, playback in turn")},
    {"win.present", "F5", PW_KEY_EVERYWHERE, WINDOW, N_ ("Present")},
    {"win.fullscreen", "F11", PW_KEY_EVERYWHERE, WINDOW, N_ ("Full screen")},
    {"win.leave", "Escape", PW_KEY_AFTER, WINDOW,
     N_ ("Leave presentation or full screen")},
    {"win.library", "<Alt>Left", PW_KEY_EVERYWHERE, WINDOW,
     N_ ("Back to the library")},
    {"win.export", "<Control>e", PW_KEY_EVERYWHERE, WINDOW, N_ ("Export")},
    {"win.print", "<Control>p", PW_KEY_EVERYWHERE, WINDOW, N_ ("Print")},
    {"lesson.transcript", "<Control>t", PW_KEY_EVERYWHERE, WINDOW,
     N_ ("Transcript, or the text")},
    {"lesson.teacher", "<Control><Shift>t", PW_KEY_EVERYWHERE, WINDOW,
     N_ ("What the teacher is told, or the text")},
    {"win.search", "<Control>f", PW_KEY_EVERYWHERE, WINDOW,
     N_ ("Search the book, or the transcript")},
    {"win.open", "<Control>o", PW_KEY_EVERYWHERE, WINDOW,
     N_ ("Open a lesson or a course")},
    {"win.preferences", "<Control>comma", PW_KEY_EVERYWHERE, WINDOW,
     N_ ("Preferences")},
    {"win.menu", "F10", PW_KEY_EVERYWHERE, WINDOW, N_ ("Menu")},
    {"win.keys", "F1", PW_KEY_EVERYWHERE, WINDOW, N_ ("This page")},
    {"win.keys", "<Control>question", PW_KEY_EVERYWHERE, WINDOW,
     N_ ("This page")},
    {"window.close", "<Control>w", PW_KEY_EVERYWHERE, WINDOW, N_ ("Close")},
    {"app.quit", "<Control>q", PW_KEY_EVERYWHERE, WINDOW, N_ ("Quit")},

    {"win.text-larger", "<Control>plus", PW_KEY_EVERYWHERE, TEXT,
     N_ ("Larger")},
    {"win.text-larger", "<Control>equal", PW_KEY_EVERYWHERE, NULL, NULL},
    {"win.text-smaller", "<Control>minus", PW_KEY_EVERYWHERE, TEXT,
     N_ ("Smaller")},
    {"win.text-normal", "<Control>0", PW_KEY_EVERYWHERE, TEXT, N_ ("As usual")},

    {"present.next", "Page_Down", PW_KEY_HALL, HALL, N_ ("Next step")},
    {"present.next", "Right", PW_KEY_HALL_FREE, HALL, NULL},
    {"present.next", "Down", PW_KEY_HALL_FREE, HALL, NULL},
    {"present.next", "space", PW_KEY_HALL_FREE, HALL, NULL},
    {"present.enter", "Return", PW_KEY_HALL_FREE, HALL,
     N_ ("Next step, or the step that was typed")},
    {"present.enter", "KP_Enter", PW_KEY_HALL_FREE, NULL, NULL},
    {"present.previous", "Page_Up", PW_KEY_HALL, HALL, N_ ("Previous step")},
    {"present.previous", "Left", PW_KEY_HALL_FREE, HALL, NULL},
    {"present.previous", "Up", PW_KEY_HALL_FREE, HALL, NULL},
    {"present.erase", "BackSpace", PW_KEY_HALL_FREE, HALL,
     N_ ("Previous step, or one digit less")},
    {"present.next-section", "<Shift>Page_Down", PW_KEY_HALL, HALL,
     N_ ("Next section")},
    {"present.next-section", "<Shift>Right", PW_KEY_HALL_FREE, HALL, NULL},
    {"present.next-section", "<Shift>Down", PW_KEY_HALL_FREE, NULL, NULL},
    {"present.next-section", "<Shift>space", PW_KEY_HALL_FREE, NULL, NULL},
    {"present.next-section", "<Shift>Return", PW_KEY_HALL_FREE, NULL, NULL},
    {"present.previous-section", "<Shift>Page_Up", PW_KEY_HALL, HALL,
     N_ ("Beginning of the section, or the one before")},
    {"present.previous-section", "<Shift>Left", PW_KEY_HALL_FREE, HALL, NULL},
    {"present.previous-section", "<Shift>Up", PW_KEY_HALL_FREE, NULL, NULL},
    {"present.previous-section", "<Shift>BackSpace", PW_KEY_HALL_FREE, NULL,
     NULL},
    {"present.first", "Home", PW_KEY_HALL_FREE, HALL, N_ ("First step")},
    {"present.last", "End", PW_KEY_HALL_FREE, HALL, N_ ("Last step")},
    DIGIT ("0"),
    DIGIT ("1"),
    DIGIT ("2"),
    DIGIT ("3"),
    DIGIT ("4"),
    DIGIT ("5"),
    DIGIT ("6"),
    DIGIT ("7"),
    DIGIT ("8"),
    DIGIT ("9"),
    {"present.go", "g", PW_KEY_HALL_FREE, HALL,
     N_ ("Go to the step whose number was typed")},
    {"present.black", "b", PW_KEY_HALL_FREE, HALL, N_ ("Black screen")},
    {"present.black", "period", PW_KEY_HALL_FREE, HALL, NULL},
    {"present.white", "w", PW_KEY_HALL_FREE, HALL, N_ ("White screen")},
    {"present.freeze", "f", PW_KEY_HALL_FREE, HALL,
     N_ ("Freeze what the hall sees")},
    {"present.ask", "q", PW_KEY_HALL_FREE, HALL,
     N_ ("Ask the lesson's questions, or pass over them")},
    {"present.pointer", "l", PW_KEY_HALL_FREE, HALL, N_ ("Pointer")},
    {"present.spotlight", "s", PW_KEY_HALL_FREE, HALL, N_ ("Spotlight")},
    {"present.larger", "plus", PW_KEY_HALL_FREE, HALL, N_ ("Larger")},
    {"present.larger", "equal", PW_KEY_HALL_FREE, NULL, NULL},
    {"present.larger", "KP_Add", PW_KEY_HALL_FREE, NULL, NULL},
    {"present.smaller", "minus", PW_KEY_HALL_FREE, HALL, N_ ("Smaller")},
    {"present.smaller", "KP_Subtract", PW_KEY_HALL_FREE, NULL, NULL},
    {"present.overview", "Tab", PW_KEY_HALL_FREE, HALL,
     N_ ("All steps as pictures")},
    {"present.values", "v", PW_KEY_HALL_FREE, HALL,
     N_ ("Another address, another seed")},
    {"present.play", "a", PW_KEY_HALL_FREE, HALL,
     N_ ("Step by itself, or no longer")},
    {"present.faster", "greater", PW_KEY_HALL_FREE, HALL, N_ ("Faster")},
    {"present.slower", "less", PW_KEY_HALL_FREE, HALL, N_ ("Slower")},
    {"present.timer-pause", "p", PW_KEY_HALL_FREE, HALL, N_ ("Halt the timer")},
    {"present.timer-down", "t", PW_KEY_HALL_FREE, HALL,
     N_ ("Timer up, or down")},
    {"present.timer-reset", "r", PW_KEY_HALL_FREE, HALL,
     N_ ("Timer from the beginning")},
    {"present.swap", "x", PW_KEY_HALL_FREE, HALL, N_ ("Other screen")},
    {"present.help", "question", PW_KEY_HALL_FREE, HALL, N_ ("This page")},
    {"present.help", "F1", PW_KEY_HALL, NULL, NULL},
    {"present.leave", "Escape", PW_KEY_HALL, HALL, N_ ("Leave")},
    {"present.leave", "F5", PW_KEY_HALL, NULL, NULL},
    {"present.leave", "F11", PW_KEY_HALL, NULL, NULL},
    {"window.close", "<Control>w", PW_KEY_HALL, NULL, NULL},
    {"app.quit", "<Control>q", PW_KEY_HALL, NULL, NULL},
};

/* Whether plain keys may act: nothing that uses them has the focus. */
static gboolean
focus_is_free (GtkWidget *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  for (GtkWidget *widget = focus; widget != NULL;
       widget = gtk_widget_get_parent (widget)) {
    if (GTK_IS_EDITABLE (widget) || GTK_IS_BUTTON (widget)
        || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget)
        || GTK_IS_RANGE (widget) || GTK_IS_EXPANDER (widget)
        || PW_IS_SCRUB (widget) || GTK_IS_POPOVER (widget)
        || PW_IS_OVERVIEW (widget))
      return FALSE;
  }
  return TRUE;
}

static gboolean
on_key (GtkWidget *window, GVariant *args, gpointer data)
{
  const PwKey *key = data;
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  return g_action_parse_detailed_name (key->action, &name, &target, NULL)
         && gtk_widget_activate_action_variant (window, name, target);
}

static gboolean
on_free_key (GtkWidget *window, GVariant *args, gpointer data)
{
  return focus_is_free (window) && on_key (window, args, data);
}

static void
add_key (GtkEventController *controller, const PwKey *key)
{
  gboolean free = key->where == PW_KEY_FREE || key->where == PW_KEY_HALL_FREE;
  GtkShortcutFunc function = free ? on_free_key : on_key;

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (
          gtk_shortcut_trigger_parse_string (key->trigger),
          gtk_callback_action_new (function, (gpointer) key, NULL)));
}

const PwKey *
pw_keys (guint *count)
{
  *count = G_N_ELEMENTS (keys);
  return keys;
}

static gboolean
is_of_hall (const PwKey *key)
{
  return key->where == PW_KEY_HALL || key->where == PW_KEY_HALL_FREE;
}

void
pw_keys_install (GtkWidget *window)
{
  GtkEventController *before = gtk_shortcut_controller_new ();
  GtkEventController *after = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (before, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (after, GTK_PHASE_BUBBLE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].where != PW_KEY_STAGE && !is_of_hall (&keys[i]))
      add_key (keys[i].where == PW_KEY_EVERYWHERE ? before : after, &keys[i]);
  gtk_widget_add_controller (window, before);
  gtk_widget_add_controller (window, after);
}

void
pw_keys_install_hall (GtkWidget *window)
{
  GtkEventController *before = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (before, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (is_of_hall (&keys[i]))
      add_key (before, &keys[i]);
  gtk_widget_add_controller (window, before);
}

/* The page ----------------------------------------------------------------- */

static char *
trigger_label (const char *trigger)
{
  g_autoptr (GtkShortcutTrigger) parsed
      = gtk_shortcut_trigger_parse_string (trigger);

  return gtk_shortcut_trigger_to_label (parsed, gdk_display_get_default ());
}

static void
add_keycap (GtkWidget *row, const PwKey *key)
{
  g_autofree char *label = trigger_label (key->trigger);
  GtkWidget *keycap = gtk_label_new (label);

  gtk_widget_add_css_class (keycap, "pw-keycap");
  gtk_widget_set_valign (keycap, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), keycap);
}

static gboolean
is_listed_with (const PwKey *key, const PwKey *other)
{
  return other->group != NULL && g_str_equal (key->action, other->action);
}

/* An action stands once, with all its keys. */
static gboolean
is_first (const PwKey *key)
{
  if (key->group == NULL)
    return FALSE;
  for (const PwKey *other = keys; other < key; other++)
    if (is_listed_with (key, other))
      return FALSE;
  return TRUE;
}

static GtkWidget *
new_row (const PwKey *key)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (key->label));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (is_listed_with (key, &keys[i]))
      add_keycap (row, &keys[i]);
  return row;
}

/* The table's groups stand together, in the table's order; while presenting
 * only that one. */
static GtkWidget *
new_page (gboolean hall)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = NULL;
  const char *title = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    if (!is_first (&keys[i]) || (hall && !is_of_hall (&keys[i])))
      continue;
    if (g_strcmp0 (title, keys[i].group) != 0) {
      title = keys[i].group;
      group = adw_preferences_group_new ();
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group),
                                       _ (title));
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                                ADW_PREFERENCES_GROUP (group));
    }
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               new_row (&keys[i]));
  }
  return page;
}

static void
show (GtkWindow *parent, gboolean hall)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *escape = gtk_shortcut_controller_new ();
  GtkWidget *page = new_page (hall);

  gtk_window_set_title (GTK_WINDOW (window), _ ("Keys"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 640);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (escape),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Escape"),
                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, escape);

  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}

void
pw_keys_show (GtkWindow *parent)
{
  show (parent, FALSE);
}

void
pw_keys_show_hall (GtkWindow *parent)
{
  show (parent, TRUE);
}
