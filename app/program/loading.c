/* Writes how a program is mapped as a lesson. */
#include "loading.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>

#include "load.h"

/* A file that the machine of the lesson has. */
typedef struct {
  char *name;    /* in the machine */
  char *content; /* beside the lesson */
  char *path;    /* as maps show it */
} StoryFile;

static void G_GNUC_PRINTF (2, 3) put (GString *text, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *escaped = g_markup_vprintf_escaped (format, arguments);
  va_end (arguments);
  g_string_append (text, escaped);
}

static void
put_element (GString *text, const char *name, const char *content)
{
  g_string_append_printf (text, "<%s>", name);
  put (text, "%s", content);
  g_string_append_printf (text, "</%s>\n", name);
}

static void
story_file_free (gpointer data)
{
  StoryFile *file = data;

  g_free (file->name);
  g_free (file->content);
  g_free (file->path);
  g_free (file);
}

/* A path as operations take it: what means something to them in hex. */
static char *
escape (const char *path)
{
  GString *line = g_string_new (NULL);

  for (; *path != '\0'; path++)
    if (g_ascii_isalnum (*path) || strchr ("/._-+", *path) != NULL)
      g_string_append_c (line, *path);
    else
      g_string_append_printf (line, "%%%02x", (guchar) *path);
  return g_string_free (line, FALSE);
}

static void
put_head (GString *text, const char *name)
{
  /* Translators: a program's name. */
  g_autofree char *title = g_strdup_printf (_ ("How %s is loaded"), name);

  g_string_append (text,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<lesson xmlns=\"https://pagewalk.github.io/ns/lesson/1\""
                   " id=\"a-program-of-yours\" part=\"1\" minutes=\"5\">\n");
  put_element (text, "title", title);
  put_element (text, "summary",
               _ ("A program of yours becomes an address space."));
  g_string_append (text, "<objectives>");
  put_element (text, "objective",
               _ ("See which bytes of a file become which pages."));
  g_string_append (text, "</objectives>\n");
}

static void
put_machine (GString *text, const ProgramImage *image, const GPtrArray *files)
{
  g_string_append (text, "<machine>\n");
  put_element (text, "do",
               image->elf->bits == 32
                   ? "machine geometry=x86-pae memory=256M tlb-sets=4 "
                     "tlb-ways=4"
                   : "machine geometry=x86-64 memory=256M tlb-sets=4 "
                     "tlb-ways=4");
  put_element (text, "do", "process name=A");
  for (guint i = 0; i < files->len; i++) {
    const StoryFile *file = g_ptr_array_index (files, i);
    g_autofree char *path = escape (file->path);
    g_autofree char *line
        = g_strdup_printf ("file name=%s content=%s path=%s cached=off",
                           file->name, file->content, path);
    put_element (text, "do", line);
  }
  g_string_append (text, "</machine>\n");
}

static void
put_stage (GString *text)
{
  static const char *const figures[]
      = {"execve",      "elf-file",     "regions", "first-stack",
         "elf-symbols", "elf-rounding", "handler"};

  g_string_append (text, "<stage>");
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    g_string_append_printf (text, "<figure kind=\"%s\"/>", figures[i]);
  g_string_append (text, "</stage>\n");
}

static void
put_beat (GString *text, const char *id, const char *title, const char *line)
{
  g_string_append_printf (text, "<beat id=\"%s\">", id);
  put_element (text, "title", title);
  put_element (text, "do", line);
  g_string_append (text, "</beat>\n");
}

static void
put_execve (GString *text, const char *name)
{
  g_autofree char *line
      = g_strdup_printf ("exec process=A file=%s argv=%s", name, name);

  g_string_append (text, "<section id=\"execve\">");
  put_element (text, "title", _ ("What the kernel does"));
  put_element (text, "p",
               _ ("The file takes the place of what the process executed "
                  "before. Segment by segment is mapped, in whole pages; where "
                  "a segment is longer in memory than in the file, the kernel "
                  "zeroes the rest of its last page, which copies that page. "
                  "Then the stack gets its strings and vectors, and the first "
                  "instruction asks for its page."));
  put_beat (text, "call", _ ("The call execve"), line);
  g_string_append (text, "</section>\n");
}

static void
put_loader (GString *text)
{
  g_string_append (text, "<section id=\"loader\">");
  put_element (text, "title", _ ("What the dynamic loader does"));
  put_element (text, "p",
               _ ("The first instructions are not the program’s: its "
                  "interpreter maps the libraries that it needs, and theirs, "
                  "and makes read-only what was relocated."));
  put_beat (text, "link", _ ("Libraries"), "link process=A");
  g_string_append (text, "</section>\n");
}

static char *
story_new (const ProgramImage *image, const GPtrArray *files)
{
  GString *text = g_string_new (NULL);
  const StoryFile *program = g_ptr_array_index (files, 0);

  put_head (text, program->name);
  put_machine (text, image, files);
  put_stage (text);
  put_execve (text, program->name);
  if (files->len > 1)
    put_loader (text);
  g_string_append (text, "</lesson>\n");
  return g_string_free (text, FALSE);
}

/* A copy of a file, or a link to it, beside the lesson. */
static gboolean
copy (const char *from, const char *folder, const char *content, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autofree char *path = g_build_filename (folder, content, NULL);
  g_autoptr (GFile) target = g_file_new_for_path (path);

  return g_file_copy (source, target,
                      G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS,
                      NULL, NULL, NULL, error);
}

/* Copies the files of a machine, the program's first. */
static GPtrArray *
collect (const ProgramRun *run, const char *root, const char *folder,
         GError **error)
{
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func (story_file_free);
  const struct vm_state *state = vm_machine_state (run->machine);

  for (guint i = 0; i < run->files->len; i++) {
    const ProgramFile *host = g_ptr_array_index (run->files, i);
    if (host == NULL)
      continue;
    StoryFile *file = g_new0 (StoryFile, 1);
    file->name
        = g_strdup (vm_machine_name (run->machine, state->files[i].name));
    file->content = g_strdup_printf ("file-%u", files->len);
    file->path = g_strdup (host->path);
    g_autofree char *whole = files->len == 0
                                 ? g_strdup (host->path)
                                 : g_strconcat (root, host->path, NULL);
    g_ptr_array_add (files, file);
    if (!copy (whole, folder, file->content, error))
      return NULL;
  }
  return g_steal_pointer (&files);
}

/* What the kernel refuses, or the simulation does not load. */
static gboolean
can_be_told (const ProgramImage *image, GError **error)
{
  const char *reason = NULL;

  if (!vm_elf_loads (image->elf) || image->plan.count == 0)
    reason = _ ("the kernel refuses to run this file");
  else if (!vm_elf_is_x86 (image->elf))
    reason = _ ("only files for x86-64 and i386 are planned");
  if (reason != NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, reason);
  return reason == NULL;
}

/* The machine in which it is executed, to see what it needs: with libraries, as
 * far as they have room. */
static ProgramRun *
try_run (const ProgramImage *image, const char *root, GError **error)
{
  /* Nothing is found below a folder that is none. */
  ProgramLoad how = {.root = root != NULL ? root : "/dev/null",
                     .kernel = 18,
                     .libraries = TRUE};
  ProgramRun *run = program_run (image->path, &how, NULL);

  how.libraries = FALSE;
  return run != NULL ? run : program_run (image->path, &how, error);
}

char *
program_loading_write (ProgramImage *image, const char *root,
                       const char *folder, GError **error)
{
  g_autofree char *lesson = g_build_filename (folder, "lesson.xml", NULL);

  if (!can_be_told (image, error))
    return NULL;
  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno),
                         g_strerror (errno));
    return NULL;
  }
  g_autoptr (ProgramRun) run = try_run (image, root, error);
  g_autoptr (GPtrArray) files
      = run == NULL ? NULL
                    : collect (run, root != NULL ? root : "", folder, error);
  if (files == NULL || files->len == 0)
    return NULL;
  g_autofree char *text = story_new (image, files);
  return g_file_set_contents (lesson, text, -1, error)
             ? g_steal_pointer (&lesson)
             : NULL;
}
