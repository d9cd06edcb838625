/* Pages of paper that were drawn, to be written as PDF or printed. */
#include "pages.h"

#include <cairo-pdf.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#define MOST_LEVELS 8u

typedef struct {
  guint level, page;
  double y;
  char *title;
} Bookmark;

struct _ExportPages {
  char *title;
  ScenePage writing;
  cairo_t *cr;         /* of the page that was added last */
  GPtrArray *surfaces; /* of cairo_surface_t, recordings */
  GArray *bookmarks;   /* of Bookmark */
  guint numbered;      /* pages that have their feet */
};

static void
bookmark_clear (gpointer data)
{
  g_free (((Bookmark *) data)->title);
}

ExportPages *
export_pages_new (const char *title)
{
  ExportPages *pages = g_new0 (ExportPages, 1);

  pages->title = g_strdup (title);
  pages->surfaces
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
  pages->bookmarks = g_array_new (FALSE, FALSE, sizeof (Bookmark));
  g_array_set_clear_func (pages->bookmarks, bookmark_clear);
  return pages;
}

void
export_pages_free (ExportPages *pages)
{
  if (pages == NULL)
    return;
  g_clear_pointer (&pages->writing.cr, cairo_destroy);
  g_clear_pointer (&pages->cr, cairo_destroy);
  g_ptr_array_unref (pages->surfaces);
  g_array_unref (pages->bookmarks);
  g_free (pages->title);
  g_free (pages);
}

/* Drawing ----------------------------------------------------------------- */

ScenePage *
export_pages_begin (ExportPages *pages, const ScenePaperSize *size,
                    const char *foot)
{
  pages->writing
      = (ScenePage){.size = size, .foot = foot, .recorded = pages->surfaces};
  pages->numbered = pages->surfaces->len;
  return &pages->writing;
}

void
export_pages_end (ExportPages *pages)
{
  guint count = pages->surfaces->len - pages->numbered;

  g_clear_pointer (&pages->writing.cr, cairo_destroy);
  for (guint i = 0; i < count; i++) {
    ScenePage page = pages->writing;
    page.cr = cairo_create (
        g_ptr_array_index (pages->surfaces, pages->numbered + i));
    page.page = i + 1;
    page.pages = count;
    scene_page_foot (&page);
    cairo_destroy (page.cr);
  }
  pages->numbered = pages->surfaces->len;
}

cairo_t *
export_pages_add (ExportPages *pages, double width, double height)
{
  const cairo_rectangle_t whole = {0, 0, width, height};
  cairo_surface_t *surface
      = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &whole);

  g_clear_pointer (&pages->cr, cairo_destroy);
  g_ptr_array_add (pages->surfaces, surface);
  pages->cr = cairo_create (surface);
  pages->writing.y = 0;
  return pages->cr;
}

void
export_pages_mark (ExportPages *pages, guint level, const char *title)
{
  const Bookmark mark = {.level = MIN (level, MOST_LEVELS - 1),
                         .page = pages->surfaces->len,
                         .y = pages->writing.y,
                         .title = g_strdup (title)};

  g_array_append_val (pages->bookmarks, mark);
}

guint
export_pages_count (const ExportPages *pages)
{
  return pages->surfaces->len;
}

void
export_pages_size (const ExportPages *pages, guint page, double *width,
                   double *height)
{
  cairo_rectangle_t whole = {0};

  cairo_recording_surface_get_extents (
      g_ptr_array_index (pages->surfaces, page), &whole);
  *width = whole.width;
  *height = whole.height;
}

void
export_pages_draw (const ExportPages *pages, guint page, cairo_t *cr)
{
  cairo_set_source_surface (cr, g_ptr_array_index (pages->surfaces, page), 0,
                            0);
  cairo_paint (cr);
}

/* PDF --------------------------------------------------------------------- */

static cairo_status_t
append (void *bytes, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Bookmarks name their pages, which are there by now. */
static void
add_bookmarks (const ExportPages *pages, cairo_surface_t *surface)
{
  int parents[MOST_LEVELS + 1] = {CAIRO_PDF_OUTLINE_ROOT};

  for (guint i = 0; i < pages->bookmarks->len; i++) {
    const Bookmark *mark = &g_array_index (pages->bookmarks, Bookmark, i);
    char y[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd (y, sizeof y, "%.1f", MAX (mark->y - 6, 0));
    g_autofree char *place
        = g_strdup_printf ("page=%u pos=[0 %s]", MAX (mark->page, 1), y);
    int id = cairo_pdf_surface_add_outline (
        surface, parents[mark->level], mark->title, place,
        mark->level == 0 ? CAIRO_PDF_OUTLINE_FLAG_OPEN
                         : (cairo_pdf_outline_flags_t) 0);
    for (guint level = mark->level + 1; level <= MOST_LEVELS; level++)
      parents[level] = id;
  }
}

/* When it was made does not matter: the same must be the same. */
static void
add_metadata (const ExportPages *pages, cairo_surface_t *surface)
{
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                  "2000-01-01T00:00:00Z");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                  pages->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR,
                                  "Pagewalk");
}

static gboolean
draw_all (const ExportPages *pages, const ExportJob *job, double done,
          cairo_surface_t *surface, GError **error)
{
  cairo_t *cr = cairo_create (surface);
  guint count = export_pages_count (pages);
  gboolean on = TRUE;

  for (guint i = 0; i < count && on; i++) {
    double width, height;
    export_pages_size (pages, i, &width, &height);
    cairo_pdf_surface_set_size (surface, width, height);
    export_pages_draw (pages, i, cr);
    cairo_show_page (cr);
    on = export_progress (job, done + (1 - done) * (i + 1) / count, error);
  }
  cairo_destroy (cr);
  return on;
}

GBytes *
export_pages_pdf (const ExportPages *pages, const ExportJob *job, double done,
                  GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (append, bytes, 1, 1);

  add_metadata (pages, surface);
  gboolean on = draw_all (pages, job, done, surface, error);
  if (on)
    add_bookmarks (pages, surface);
  cairo_surface_finish (surface);
  cairo_status_t status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (on && status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  if (on)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 /* Translators: what the drawing library says. */
                 _ ("The pages cannot be drawn: %s"),
                 cairo_status_to_string (status));
  return NULL;
}
