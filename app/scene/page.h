/* A page of paper that is written on from top to bottom, and what is written
 * on it: paragraphs, blanks, cells of tables. */
#ifndef SCENE_PAGE_H
#define SCENE_PAGE_H

#include <pango/pangocairo.h>

#include "document.h"
#include "fonts.h"

/* All in points: what stands on a page. */
#define SCENE_PAGE_MARGIN 56.0
#define SCENE_PAGE_GAP 8.0
#define SCENE_PAGE_CELL 20.0 /* height of a row */
#define SCENE_PAGE_PADDING 6.0

#define SCENE_PAGE_PROSE "sans 10"
#define SCENE_PAGE_SMALL "sans 8.5"
#define SCENE_PAGE_TINY "sans 8"
#define SCENE_PAGE_TITLE "sans bold 16"
#define SCENE_PAGE_MONO "<span font_family=\"" SCENE_MONO_FAMILIES "\">"

/* A size of paper, in points. */
typedef struct {
  const char *name; /* "a4", as on the command line */
  double width, height;
} ScenePaperSize;

/* The sizes there are, A4 first; the last one's name is NULL. */
extern const ScenePaperSize scene_paper_sizes[];

typedef struct {
  cairo_t *cr;
  const ScenePaperSize *size;
  const char *foot; /* at the bottom of each page */
  double y;
  guint page, pages;   /* pages: how many there will be; 0 if nobody knows */
  GPtrArray *recorded; /* of cairo_surface_t: pages are kept there, and get
                          their feet later; NULL: they are shown on cr */
} ScenePage;

/* Inline text as Pango's markup; to be freed. NULL gives "". */
char *scene_page_markup (const LessonText *text);

/* Markup in a font, to be unreferenced; not wrapped if width is 0. Its height,
 * and where it is put. */
PangoLayout *scene_page_layout (const ScenePage *paper, const char *font,
                                const char *markup, double width);
double scene_page_height (PangoLayout *layout);
void scene_page_put (const ScenePage *paper, PangoLayout *layout, double x,
                     double y);

/* How dark what comes next is, from 0, black, to 1. */
void scene_page_gray (const ScenePage *paper, double gray);

/* Where lines of text end, and where the last one may. */
double scene_page_right (const ScenePage *paper);
double scene_page_bottom (const ScenePage *paper);

/* The foot of the page; the next page, the first one, too; the same if this one
 * has not so much room left. What is recorded needs no cr to begin with; its
 * last one is the caller's. */
void scene_page_foot (const ScenePage *paper);
void scene_page_turn (ScenePage *paper);
void scene_page_need (ScenePage *paper, double height);

/* A paragraph; what does not fit goes on, line by line, on the next page. */
void scene_page_paragraph (ScenePage *paper, const char *font,
                           const char *markup, double x, double gray);

/* A word, and a line to write on behind it; returns where that ends. */
double scene_page_blank (const ScenePage *paper, const char *word, double x,
                         double y, double width);

/* One line of text in the middle of a cell's height, and a cell's frame. */
void scene_page_cell_text (const ScenePage *paper, const char *font,
                           const char *markup, double x, double y, double gray,
                           double width);
void scene_page_box (const ScenePage *paper, double x, double y, double width,
                     gboolean filled);

#endif
