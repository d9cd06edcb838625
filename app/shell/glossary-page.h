/* All words of the book: what they mean, and which lessons use them. */
#ifndef PW_GLOSSARY_PAGE_H
#define PW_GLOSSARY_PAGE_H

#include <gtk/gtk.h>

#include "catalog.h"

#define PW_TYPE_GLOSSARY_PAGE (pw_glossary_page_get_type ())
G_DECLARE_FINAL_TYPE (PwGlossaryPage, pw_glossary_page, PW, GLOSSARY_PAGE,
                      GtkWidget)

/* Links activate "win.lesson" with the lesson's identity. */

GtkWidget *pw_glossary_page_new (void);

/* The catalog must live longer; its words are shown when the page is. */
void pw_glossary_page_set_catalog (PwGlossaryPage *page,
                                   const LessonCatalog *catalog);

/* Shows a word, whatever was filtered, and puts the focus on it. */
void pw_glossary_page_show_word (PwGlossaryPage *page, const char *id);

/* Shows only words that hold the text, in title or meaning; how many. */
guint pw_glossary_page_filter (PwGlossaryPage *page, const char *text);

#endif
