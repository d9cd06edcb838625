/* Pages of paper that were drawn, to be written as PDF or printed. */
#ifndef EXPORT_PAGES_H
#define EXPORT_PAGES_H

#include <cairo.h>

#include "export.h"
#include "page.h"

typedef struct _ExportPages ExportPages;

/* No pages yet. Free with export_pages_free. */
ExportPages *export_pages_new (const char *title);
void export_pages_free (ExportPages *pages);

/* Pages of one size, written on from top to bottom; begin with
 * scene_page_turn. The foot must live as long as the pages. One at a time;
 * export_pages_end puts page numbers below those written so far. */
ScenePage *export_pages_begin (ExportPages *pages, const ScenePaperSize *size,
                               const char *foot);
void export_pages_end (ExportPages *pages);

/* One more page of a size of its own; draw on what is returned, which belongs
 * to the pages, before the next one is added. */
cairo_t *export_pages_add (ExportPages *pages, double width, double height);

/* A bookmark to the place that is written on now: level 0 is the top; a level
 * is at most one deeper than the one before. */
void export_pages_mark (ExportPages *pages, guint level, const char *title);

guint export_pages_count (const ExportPages *pages);
void export_pages_size (const ExportPages *pages, guint page, double *width,
                        double *height);

/* Draws a page, from 0 on, in points. */
void export_pages_draw (const ExportPages *pages, guint page, cairo_t *cr);

/* The bytes of a PDF with the bookmarks; the same pages give the same bytes,
 * whenever that is. The job is told from `done` to 1. NULL and *error. */
GBytes *export_pages_pdf (const ExportPages *pages, const ExportJob *job,
                          double done, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExportPages, export_pages_free)

#endif
