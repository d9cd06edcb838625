/* A lesson being read: prose, stage, caption and transport, at one step. */
#ifndef PW_LESSON_PAGE_H
#define PW_LESSON_PAGE_H

#include <adwaita.h>

#include "catalog.h"
#include "drafts.h"
#include "palette.h"
#include "playhead.h"
#include "run.h"

#define PW_TYPE_LESSON_PAGE (pw_lesson_page_get_type ())
G_DECLARE_FINAL_TYPE (PwLessonPage, pw_lesson_page, PW, LESSON_PAGE, AdwBin)

/* Signals: "step": another step is shown; "card" (PwQuestion), before it can be
 * seen: a question or exercise was added to the text. */

GtkWidget *pw_lesson_page_new (void);

/* Takes a lesson and its play, and shows step 0. Subtitle: where it stands in
 * the book. NULL and NULL close the present one. */
void pw_lesson_page_set_lesson (PwLessonPage *page, LessonDocument *document,
                                LessonPlay *play, const char *subtitle);

/* The step at which another version of the present lesson shows what is shown
 * now. */
guint pw_lesson_page_step_in (PwLessonPage *page, LessonPlay *play);

/* What is wrong with the lesson's file, which is shown as it was before; none,
 * or NULL, once it is right. */
void pw_lesson_page_set_problems (PwLessonPage *page,
                                  const LessonProblems *problems);

/* Where words of other lessons are explained; must outlive the page. */
void pw_lesson_page_set_catalog (PwLessonPage *page,
                                 const LessonCatalog *catalog);

/* Scrolls the prose to a section; nothing happens if there is none. */
void pw_lesson_page_show_section (PwLessonPage *page, const char *id);

/* The lesson's own actions, for whoever activates "lesson.…". */
GActionGroup *pw_lesson_page_get_actions (PwLessonPage *page);

/* The playhead of the present lesson, or NULL. */
PwPlayhead *pw_lesson_page_get_playhead (PwLessonPage *page);
const LessonDocument *pw_lesson_page_get_document (PwLessonPage *page);
LessonPlay *pw_lesson_page_get_play (PwLessonPage *page);

void pw_lesson_page_set_palette (PwLessonPage *page,
                                 const ScenePalette *palette);

/* The reader's own zoom, which enlarges the stage, and that of all text, which
 * the prose needs room for. */
void pw_lesson_page_set_zoom (PwLessonPage *page, double own, double text);
void pw_lesson_page_set_narrow (PwLessonPage *page, gboolean narrow);

/* Moves the focus on: prose, stage, transport. */
void pw_lesson_page_next_area (PwLessonPage *page);

/* Searches the steps of the lesson, in its transcript. */
void pw_lesson_page_search (PwLessonPage *page);
void pw_lesson_page_show_menu (PwLessonPage *page);

/* Answers that were begun and not marked; free with pw_drafts_free. The other
 * page puts them back as its cards appear, and takes them over. */
PwDrafts *pw_lesson_page_get_drafts (PwLessonPage *page);
void pw_lesson_page_take_drafts (PwLessonPage *page, PwDrafts *drafts);

#endif
