/* Answers that were begun, kept while a lesson is shown anew: after its file
 * was saved, or in another language. */
#ifndef PW_DRAFTS_H
#define PW_DRAFTS_H

#include "question-card.h"

/* By question; free with pw_drafts_free. */
typedef struct _PwDrafts PwDrafts;

/* What stands in the cards of a lesson (of PwQuestion). */
PwDrafts *pw_drafts_new (const GPtrArray *cards);
void pw_drafts_free (PwDrafts *drafts);

/* Puts a card's answer back, once, if there is one for it. */
void pw_drafts_put (PwDrafts *drafts, PwQuestion *card);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PwDrafts, pw_drafts_free)

#endif
