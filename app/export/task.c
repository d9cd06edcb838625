/* One export from beginning to end: what is written, of which steps, where. */
#include "task.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>

#include "handout.h"
#include "html.h"
#include "quiz.h"
#include "save.h"
#include "transcript.h"

/* What is left for writing once the pages are laid out. */
#define WRITING 0.3

static const struct {
  const char *name, *ending, *steps;
  gboolean document;
} forms[EXPORT_FORMS] = {
    [EXPORT_PNG] = {"png", ".png", "all", FALSE},
    [EXPORT_SVG] = {"svg", ".svg", "all", FALSE},
    [EXPORT_PDF] = {"pdf", ".pdf", "all", TRUE},
    [EXPORT_HANDOUT] = {"handout", "-handout.pdf", "beats", TRUE},
    [EXPORT_HTML] = {"html", ".html", "all", TRUE},
    [EXPORT_TEXT] = {"text", ".txt", "all", TRUE},
    [EXPORT_GIFT] = {"gift", "-gift.txt", "all", TRUE},
    [EXPORT_MOODLE] = {"moodle", "-moodle.xml", "all", TRUE},
};

const char *
export_form_name (ExportForm form)
{
  return forms[form].name;
}

const char *
export_form_ending (ExportForm form)
{
  return forms[form].ending;
}

const char *
export_form_steps (ExportForm form)
{
  return forms[form].steps;
}

gboolean
export_form_is_document (ExportForm form)
{
  return forms[form].document;
}

/* Documents --------------------------------------------------------------- */

static GBytes *
make_pages (const ExportTask *task, const ExportJob *job, GError **error)
{
  guint64 cursor = vm_machine_cursor (job->play->machine);
  g_autoptr (ExportPainting) painting
      = export_painting_new (job->play, &task->look);
  g_autoptr (ExportPages) pages
      = export_painting_pages (painting, job, task->steps, 1 - WRITING, error);

  vm_machine_seek (job->play->machine, cursor);
  return pages != NULL ? export_pages_pdf (pages, job, 1 - WRITING, error)
                       : NULL;
}

static GBytes *
make_handout (const ExportTask *task, const ExportJob *job, GError **error)
{
  const ExportHandout handout
      = {.size = task->size, .steps = task->steps, .key = task->key};
  g_autoptr (ExportPages) pages
      = export_handout (&handout, job, 1 - WRITING, error);

  return pages != NULL ? export_pages_pdf (pages, job, 1 - WRITING, error)
                       : NULL;
}

static GBytes *
make_quiz (const ExportTask *task, const ExportJob *job, GError **error)
{
  g_autoptr (GPtrArray) items = export_quiz_new ();
  g_autofree char *title = lesson_text_plain (job->play->document->title);

  if (!export_progress (job, 0, error))
    return NULL;
  export_quiz_add_lesson (items, job->play);
  return task->form == EXPORT_GIFT ? export_quiz_gift (items, title)
                                   : export_quiz_moodle (items, title);
}

GBytes *
export_task_bytes (const ExportTask *task, const ExportJob *job, GError **error)
{
  switch (task->form) {
  case EXPORT_PDF:
    return make_pages (task, job, error);
  case EXPORT_HANDOUT:
    return make_handout (task, job, error);
  case EXPORT_HTML:
    return export_html (job, error);
  case EXPORT_TEXT:
    return export_transcript (job, task->steps, error);
  case EXPORT_GIFT:
  case EXPORT_MOODLE:
    return make_quiz (task, job, error);
  case EXPORT_PNG:
  case EXPORT_SVG:
  case EXPORT_FORMS:
    break;
  }
  g_return_val_if_reached (NULL);
}

/* Pictures ---------------------------------------------------------------- */

static char *
step_name (const ExportTask *task, const LessonDocument *document, guint i)
{
  return g_strdup_printf ("%s-step-%02" PRIu64 "%s", document->id,
                          g_array_index (task->steps, guint64, i),
                          forms[task->form].ending);
}

static gboolean
fail (const char *path, GError **error)
{
  int number = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "%s: %s",
               path, g_strerror (number));
  return FALSE;
}

/* Pictures take the places of files that are there, but never of a device or a
 * pipe. */
static gboolean
may_replace (const ExportTask *task, const ExportJob *job, const char *folder,
             GError **error)
{
  for (guint i = 0; i < task->steps->len; i++) {
    g_autofree char *name = step_name (task, job->play->document, i);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (!g_file_test (path, G_FILE_TEST_EXISTS)
        || g_file_test (path, G_FILE_TEST_IS_REGULAR))
      continue;
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST, "%s: %s", path,
                 _ ("this is there, and no regular file"));
    return FALSE;
  }
  return TRUE;
}

/* Writes one of the pictures; what fails is told of where it is to be. */
static gboolean
paint (ExportPainting *painting, const ExportTask *task, guint i,
       const char *path, const char *wanted, GError **error)
{
  g_autoptr (GError) own = NULL;

  if (export_painting_write (painting, g_array_index (task->steps, guint64, i),
                             forms[task->form].name, path, &own))
    return TRUE;
  g_set_error (error, own->domain, own->code, "%s: %s", wanted, own->message);
  return FALSE;
}

/* Writes all pictures into a folder of their own. */
static gboolean
paint_all (const ExportTask *task, const ExportJob *job, const char *folder,
           const char *wanted, GError **error)
{
  g_autoptr (ExportPainting) painting
      = export_painting_new (job->play, &task->look);

  for (guint i = 0; i < task->steps->len; i++) {
    g_autofree char *name = step_name (task, job->play->document, i);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *place = g_build_filename (wanted, name, NULL);
    if (!export_progress (job, (double) i / task->steps->len, error)
        || !paint (painting, task, i, path, place, error))
      return FALSE;
  }
  return TRUE;
}

/* To where they are wanted. */
static gboolean
move_all (const ExportTask *task, const ExportJob *job, const char *from,
          const char *to, GError **error)
{
  for (guint i = 0; i < task->steps->len; i++) {
    g_autofree char *name = step_name (task, job->play->document, i);
    g_autofree char *old = g_build_filename (from, name, NULL);
    g_autofree char *new = g_build_filename (to, name, NULL);
    if (g_rename (old, new) != 0)
      return fail (new, error);
  }
  return TRUE;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  const char *name;

  while (names != NULL && (name = g_dir_read_name (names)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_remove (path);
  }
  g_rmdir (folder);
}

static gboolean
write_pictures (const ExportTask *task, const ExportJob *job, const char *path,
                GError **error)
{
  gboolean there = g_file_test (path, G_FILE_TEST_IS_DIR);
  g_autofree char *folder = g_build_filename (path, ".pagewalk-XXXXXX", NULL);
  gboolean good;

  if (g_mkdir_with_parents (path, 0777) != 0 || g_mkdtemp (folder) == NULL)
    return fail (path, error);
  good = may_replace (task, job, path, error)
         && paint_all (task, job, folder, path, error)
         && move_all (task, job, folder, path, error);
  remove_folder (folder);
  if (!good && !there)
    g_rmdir (path);
  return good;
}

static gboolean
write_picture (const ExportTask *task, const ExportJob *job, const char *path,
               GError **error)
{
  g_autoptr (ExportPainting) painting
      = export_painting_new (job->play, &task->look);

  return export_painting_write (painting,
                                g_array_index (task->steps, guint64, 0),
                                forms[task->form].name, path, error);
}

/* Both -------------------------------------------------------------------- */

char *
export_task_name (const ExportTask *task, const LessonDocument *document)
{
  gboolean one = !forms[task->form].document || task->form == EXPORT_PDF;

  if (one && task->steps->len == 1)
    return step_name (task, document, 0);
  return g_strconcat (document->id, forms[task->form].ending, NULL);
}

static gboolean
write_document (const ExportTask *task, const ExportJob *job, const char *path,
                GError **error)
{
  g_autoptr (GBytes) bytes = export_task_bytes (task, job, error);

  return bytes != NULL && export_save (bytes, path, error);
}

gboolean
export_task_write (const ExportTask *task, const ExportJob *job,
                   const char *path, GError **error)
{
  guint64 cursor = vm_machine_cursor (job->play->machine);
  gboolean good = forms[task->form].document
                      ? write_document (task, job, path, error)
                  : task->steps->len == 1
                      ? write_picture (task, job, path, error)
                      : write_pictures (task, job, path, error);

  vm_machine_seek (job->play->machine, cursor);
  return good;
}
