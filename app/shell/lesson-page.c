/* A lesson being read: prose, stage, caption and transport, at one step. */

#include "lesson-page.h"

#include <glib/gi18n-lib.h>

#include "announcer.h"
#include "due.h"
#include "halts.h"
#include "lesson-actions.h"
#include "mark.h"
#include "menu.h"
#include "problem-bar.h"
#include "prose.h"
#include "resume.h"
#include "sentence.h"
#include "split.h"
#include "stage-side.h"
#include "text-side.h"
#include "touch.h"
#include "transport.h"

#define RESOURCE "/io/github/pagewalk/Pagewalk/lesson-page.ui"
#define MENU "/io/github/pagewalk/Pagewalk/lesson-page-menu.ui"

struct _PwLessonPage {
  AdwBin parent_instance;
  GtkWidget *box, *header, *title, *menu, *present, *problems;
  char *subtitle;
  GtkWidget *split, *prose;
  PwStageSide shown;
  GtkWidget *touch, *transport;
  PwTextSide *side;
  PwAnnouncer *announcer;
  PwLessonActions *actions;
  LessonDocument *document;
  LessonPlay *play;
  PwPlayhead *head;
  GPtrArray *cards; /* of PwQuestion: those that are there */
  PwDrafts *drafts; /* for cards that are still to come; or NULL */
  gboolean narrow;
};

enum { STEP, CARD, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PwLessonPage, pw_lesson_page, ADW_TYPE_BIN)

static guint64
cursor_of (PwLessonPage *page)
{
  return page->play->first_step + pw_playhead_get_step (page->head);
}

static void
go_to_cursor (PwLessonPage *page, guint64 cursor)
{
  guint64 within = CLAMP (cursor, page->play->first_step, page->play->end_step);

  pw_playhead_go (page->head, (guint) (within - page->play->first_step));
}

/* Following the step --------------------------------------------------------
 */

static void
show_caption (PwLessonPage *page)
{
  g_autofree char *more = NULL;
  SceneRole role;
  g_autofree char *sentence
      = pw_sentence_at (page->play, cursor_of (page), &more, &role);

  pw_caption_set (PW_CAPTION (page->shown.caption), sentence, more, role);
  pw_announcer_tell (page->announcer, pw_playhead_get_step (page->head),
                     sentence);
  pw_stage_set_sentence (PW_STAGE (page->shown.stage), sentence);
  pw_scrub_set_sentence (
      pw_transport_get_scrub (PW_TRANSPORT (page->transport)), sentence);
}

static void
show_counters (PwLessonPage *page)
{
  const struct vm_state *state = vm_machine_state (page->play->machine);
  const struct vm_counters *counters = &state->counters;

  /* A policy's references are no accesses of a processor. */
  pw_transport_set_counted (PW_TRANSPORT (page->transport),
                            state->process_count > 0 || state->pool_count == 0);
  pw_transport_set_counters (PW_TRANSPORT (page->transport), counters->tlb_hits,
                             counters->tlb_hits + counters->tlb_misses,
                             counters->faults);
}

static void
on_step (PwLessonPage *page)
{
  vm_machine_seek (page->play->machine, cursor_of (page));
  show_caption (page);
  show_counters (page);
  pw_prose_set_cursor (PW_PROSE (page->prose), cursor_of (page));
  pw_due_show (PW_PROSE (page->prose), page->play, cursor_of (page));
  pw_lesson_actions_update (page->actions);
  g_signal_emit (page, signals[STEP], 0);
}

/* From the prose ------------------------------------------------------------
 */

static void
on_go (PwLessonPage *page, guint64 cursor)
{
  go_to_cursor (page, cursor);
}

static void
show_answer (PwLessonPage *page, PwQuestion *card)
{
  guint64 cursor = pw_question_get_place (card)->reveal_at;

  pw_playhead_show (page->head, (guint) (cursor - page->play->first_step));
}

static void
on_answered (PwProse *prose, PwQuestion *card, int mark, PwLessonPage *page)
{
  if (pw_question_get_place (card) == NULL)
    return;
  pw_due_set_stops (PW_PROSE (page->prose), page->play, page->head);
  if (mark == LESSON_MARK_RIGHT)
    show_answer (page, card);
}

/* Whoever keeps answers may bring back the one that was given. */
static void
on_card (PwProse *prose, PwQuestion *card, PwLessonPage *page)
{
  g_signal_emit (page, signals[CARD], 0, card);
  g_ptr_array_add (page->cards, card);
  if (page->drafts != NULL)
    pw_drafts_put (page->drafts, card);
  if (pw_question_is_settled (card))
    pw_due_set_stops (PW_PROSE (page->prose), page->play, page->head);
}

static void
on_show_step (PwProse *prose, PwQuestion *card, PwLessonPage *page)
{
  show_answer (page, card);
}

/* Object --------------------------------------------------------------------
 */

static void
forget_lesson (PwLessonPage *page)
{
  if (page->head != NULL) {
    pw_playhead_pause (page->head);
    g_signal_handlers_disconnect_by_data (page->head, page);
  }
  g_ptr_array_set_size (page->cards, 0);
  g_clear_pointer (&page->drafts, pw_drafts_free);
  pw_lesson_actions_set_lesson (page->actions, NULL, NULL);
  pw_touch_set_lesson (PW_TOUCH (page->touch), NULL, NULL);
  pw_stage_side_set_lesson (&page->shown, NULL, NULL);
  pw_text_side_set_lesson (page->side, NULL, NULL, NULL);
  pw_announcer_forget (page->announcer);
  pw_transport_set_playhead (PW_TRANSPORT (page->transport), NULL);
  pw_scrub_set_marks (pw_transport_get_scrub (PW_TRANSPORT (page->transport)),
                      NULL);
  g_clear_object (&page->head);
  g_clear_pointer (&page->play, lesson_play_free);
  g_clear_pointer (&page->document, lesson_document_free);
}

static void
pw_lesson_page_dispose (GObject *object)
{
  PwLessonPage *page = PW_LESSON_PAGE (object);

  if (page->actions != NULL)
    forget_lesson (page);
  g_clear_pointer (&page->actions, pw_lesson_actions_free);
  g_clear_pointer (&page->announcer, pw_announcer_free);
  g_clear_pointer (&page->subtitle, g_free);
  G_OBJECT_CLASS (pw_lesson_page_parent_class)->dispose (object);
}

static void
pw_lesson_page_finalize (GObject *object)
{
  g_ptr_array_unref (PW_LESSON_PAGE (object)->cards);
  pw_text_side_free (PW_LESSON_PAGE (object)->side);
  G_OBJECT_CLASS (pw_lesson_page_parent_class)->finalize (object);
}

static void
pw_lesson_page_class_init (PwLessonPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = pw_lesson_page_dispose;
  G_OBJECT_CLASS (class)->finalize = pw_lesson_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE);
  gtk_widget_class_bind_template_child (widget_class, PwLessonPage, box);
  gtk_widget_class_bind_template_child (widget_class, PwLessonPage, header);
  gtk_widget_class_bind_template_child (widget_class, PwLessonPage, title);
  gtk_widget_class_bind_template_child (widget_class, PwLessonPage, menu);
  gtk_widget_class_bind_template_child (widget_class, PwLessonPage, present);
  signals[STEP] = g_signal_new ("step", PW_TYPE_LESSON_PAGE, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CARD] = g_signal_new ("card", PW_TYPE_LESSON_PAGE, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                PW_TYPE_QUESTION);
}

/* The window opens other lessons. */
static void
on_see (PwLessonPage *page, const char *uri)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "win.lesson", "s", uri);
}

static void
pw_lesson_page_init (PwLessonPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  pw_menu_attach (page->menu, MENU);
  page->cards = g_ptr_array_new ();
  page->actions = pw_lesson_actions_new ();
  page->side = pw_text_side_new (
      G_ACTION_MAP (pw_lesson_actions_get_group (page->actions)));
  page->prose = GTK_WIDGET (pw_text_side_get_prose (page->side));
  page->shown = pw_stage_side_new ();
  page->split
      = pw_split_new (pw_text_side_get_widget (page->side), page->shown.box);
  page->announcer = pw_announcer_new (page->shown.caption);
  page->transport = pw_transport_new ();
  page->touch = pw_touch_new (page->split, PW_STAGE (page->shown.stage));
  gtk_widget_set_vexpand (page->touch, TRUE);
  page->problems = pw_problem_bar_new ();
  gtk_box_append (GTK_BOX (page->box), page->problems);
  gtk_box_append (GTK_BOX (page->box), page->touch);
  gtk_box_append (GTK_BOX (page->box), page->transport);

  g_signal_connect_swapped (page->prose, "go", G_CALLBACK (on_go), page);
  g_signal_connect (page->prose, "answered", G_CALLBACK (on_answered), page);
  g_signal_connect (page->prose, "show-step", G_CALLBACK (on_show_step), page);
  g_signal_connect (page->prose, "card", G_CALLBACK (on_card), page);
  g_signal_connect_swapped (page->prose, "see", G_CALLBACK (on_see), page);
}

GtkWidget *
pw_lesson_page_new (void)
{
  return g_object_new (PW_TYPE_LESSON_PAGE, NULL);
}

/* A narrow header bar has room for one line. */
static void
show_subtitle (PwLessonPage *page)
{
  gboolean shown = page->subtitle != NULL && !page->narrow;

  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (page->title),
                                 shown ? page->subtitle : "");
}

static void
show_lesson (PwLessonPage *page)
{
  g_autoptr (GPtrArray) marks = pw_marks_new (page->play);

  pw_text_side_set_lesson (page->side, page->play, page->head,
                           page->document->id);
  pw_stage_side_set_lesson (&page->shown, page->play, page->head);
  pw_touch_set_lesson (PW_TOUCH (page->touch), page->play, page->head);
  pw_transport_set_playhead (PW_TRANSPORT (page->transport), page->head);
  pw_scrub_set_marks (pw_transport_get_scrub (PW_TRANSPORT (page->transport)),
                      marks);
  pw_due_set_stops (PW_PROSE (page->prose), page->play, page->head);
  on_step (page);
}

static PwPlayhead *
new_playhead (const LessonPlay *play)
{
  PwPlayhead *head
      = pw_playhead_new ((guint) (play->end_step - play->first_step));
  g_autoptr (GArray) halts = lesson_halts_new (play);

  pw_playhead_set_halts (head, (const guint *) (gconstpointer) halts->data,
                         halts->len);
  return head;
}

void
pw_lesson_page_set_lesson (PwLessonPage *page, LessonDocument *document,
                           LessonPlay *play, const char *subtitle)
{
  g_autofree char *title = NULL;

  forget_lesson (page);
  pw_lesson_page_set_problems (page, NULL);
  if (play == NULL)
    return;

  page->document = document;
  page->play = play;
  page->head = new_playhead (play);
  title = lesson_text_plain (document->title);
  adw_window_title_set_title (ADW_WINDOW_TITLE (page->title), title);
  g_free (page->subtitle);
  page->subtitle = g_strdup (subtitle);
  show_subtitle (page);
  /* Before the stage's own handler, so that the machine stands at the step. */
  g_signal_connect_swapped (page->head, "notify::step", G_CALLBACK (on_step),
                            page);
  pw_lesson_actions_set_lesson (page->actions, play, page->head);
  show_lesson (page);
}

guint
pw_lesson_page_step_in (PwLessonPage *page, LessonPlay *play)
{
  guint64 cursor = lesson_play_resume (page->play, cursor_of (page), play);

  return (guint) (cursor - play->first_step);
}

void
pw_lesson_page_set_problems (PwLessonPage *page, const LessonProblems *problems)
{
  pw_problem_bar_set (PW_PROBLEM_BAR (page->problems), problems);
}

GActionGroup *
pw_lesson_page_get_actions (PwLessonPage *page)
{
  return pw_lesson_actions_get_group (page->actions);
}

PwPlayhead *
pw_lesson_page_get_playhead (PwLessonPage *page)
{
  return page->head;
}

const LessonDocument *
pw_lesson_page_get_document (PwLessonPage *page)
{
  return page->document;
}

LessonPlay *
pw_lesson_page_get_play (PwLessonPage *page)
{
  return page->play;
}

void
pw_lesson_page_set_palette (PwLessonPage *page, const ScenePalette *palette)
{
  pw_stage_set_palette (PW_STAGE (page->shown.stage), palette);
  pw_prose_set_palette (PW_PROSE (page->prose), palette);
  pw_scrub_set_palette (pw_transport_get_scrub (PW_TRANSPORT (page->transport)),
                        palette);
}

void
pw_lesson_page_set_zoom (PwLessonPage *page, double own, double text)
{
  pw_stage_set_zoom (PW_STAGE (page->shown.stage), own);
  pw_split_set_zoom (PW_SPLIT (page->split), text);
}

void
pw_lesson_page_set_narrow (PwLessonPage *page, gboolean narrow)
{
  gtk_widget_set_visible (page->present, !narrow);
  pw_caption_set_narrow (PW_CAPTION (page->shown.caption), narrow);
  page->narrow = narrow;
  show_subtitle (page);
}

void
pw_lesson_page_next_area (PwLessonPage *page)
{
  GtkWidget *text = pw_text_side_get_widget (page->side);
  GtkWidget *areas[] = {text, page->shown.stage, page->transport};
  GtkWidget *focus
      = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (page)));
  guint next = 0;

  for (guint i = 0; focus != NULL && i < G_N_ELEMENTS (areas); i++)
    if (focus == areas[i] || gtk_widget_is_ancestor (focus, areas[i]))
      next = (i + 1) % G_N_ELEMENTS (areas);
  if (areas[next] == page->shown.stage)
    gtk_widget_grab_focus (page->shown.stage);
  else
    gtk_widget_child_focus (areas[next], GTK_DIR_TAB_FORWARD);
}

void
pw_lesson_page_search (PwLessonPage *page)
{
  pw_text_side_search (page->side);
}

void
pw_lesson_page_show_menu (PwLessonPage *page)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (page->menu));
}

void
pw_lesson_page_set_catalog (PwLessonPage *page, const LessonCatalog *catalog)
{
  pw_text_side_set_catalog (page->side, catalog);
}

void
pw_lesson_page_show_section (PwLessonPage *page, const char *id)
{
  pw_prose_show_section (PW_PROSE (page->prose), id);
}

PwDrafts *
pw_lesson_page_get_drafts (PwLessonPage *page)
{
  return pw_drafts_new (page->cards);
}

void
pw_lesson_page_take_drafts (PwLessonPage *page, PwDrafts *drafts)
{
  g_clear_pointer (&page->drafts, pw_drafts_free);
  page->drafts = drafts;
  for (guint i = 0; i < page->cards->len; i++)
    pw_drafts_put (drafts, page->cards->pdata[i]);
}
