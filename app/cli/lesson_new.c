/* pagewalk-cli lesson new: a folder with a lesson to begin from. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "lesson.h"
#include "review.h"

#define MAX_ID 48
/* Of the new id, so many letters stand before the ids of a template's own. */
#define MAX_PREFIX 24

static const CliUsage usage = {
    .name = "lesson new",
    .synopsis = "FOLDER [--template NAME] [--id ID] [--title TITLE]\n    "
                "[--copy-schema]",
    .summary = N_ ("Makes a folder with a lesson in it, which can be checked, "
                   "looked at and changed at once. The folder must not be "
                   "there yet."),
    .min_words = 1,
    .max_words = 1,
};

static const char *const templates[] = {"minimal", "questions", "walk", NULL};

typedef struct {
  char *folder; /* absolute */
  const char *template, *id_word, *title_word;
  gboolean copy_schema;
  char *id, *title;
} Wish;

static void
wish_clear (Wish *wish)
{
  g_free (wish->folder);
  g_free (wish->id);
  g_free (wish->title);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, wish_clear)

/* Names ------------------------------------------------------------------- */

/* "Über Seiten_2" becomes "ber-seiten-2"; what has no letter becomes
 * "lesson". */
static char *
id_of_name (const char *name)
{
  g_autoptr (GString) id = g_string_new (NULL);

  for (const char *p = name; *p != '\0' && id->len < MAX_ID; p++) {
    if (g_ascii_isalpha (*p) || (g_ascii_isdigit (*p) && id->len > 0))
      g_string_append_c (id, g_ascii_tolower (*p));
    else if (id->len > 0 && id->str[id->len - 1] != '-')
      g_string_append_c (id, '-');
  }
  while (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate (id, id->len - 1);
  return g_strdup (id->len > 0 ? id->str : "lesson");
}

/* "paging-by_hand" becomes "Paging by hand". */
static char *
title_of_name (const char *name)
{
  g_autofree char *words = g_utf8_make_valid (name, -1);

  g_strdelimit (words, "-_", ' ');
  g_strstrip (words);
  if (*words == '\0')
    return g_strdup (_ ("My lesson"));
  g_autofree char *first
      = g_utf8_strup (words, (gssize) (g_utf8_next_char (words) - words));
  return g_strconcat (first, g_utf8_next_char (words), NULL);
}

static gboolean
understand (CliArgs *args, Wish *wish)
{
  if (wish->template == NULL)
    wish->template = templates[0];
  if (!g_strv_contains (templates, wish->template)) {
    args->status = cli_misuse (
        usage.name, _ ("A template is minimal, walk or questions, not “%s”"),
        wish->template);
    return FALSE;
  }

  wish->folder = g_canonicalize_filename (args->words[0], NULL);
  g_autofree char *name = g_path_get_basename (wish->folder);
  wish->id = wish->id_word != NULL ? g_strdup (wish->id_word)
                                   : id_of_name (name);
  wish->title = wish->title_word != NULL ? g_strdup (wish->title_word)
                                         : title_of_name (name);
  return TRUE;
}

/* The text ---------------------------------------------------------------- */

/* What authors need lies beside the lessons of the book, installed or not. */
static char *
schema_folder (void)
{
  const char *lessons = g_getenv ("PAGEWALK_LESSONS");
  g_autofree char *root
      = g_path_get_dirname (lessons != NULL ? lessons : PAGEWALK_LESSONS_DIR);
  g_autofree char *path = g_build_filename (root, "schema", NULL);

  return g_canonicalize_filename (path, NULL);
}

/* A program in a sandbox sees a schema that no editor outside can open. */
static gboolean
in_sandbox (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

static char *
schema_address (const Wish *wish, const char *schema)
{
  g_autofree char *path = g_build_filename (schema, "lesson.rng", NULL);

  if (wish->copy_schema)
    return g_strdup ("lesson.rng");
  return g_filename_to_uri (path, NULL, NULL);
}

typedef struct {
  const char *id;
  gboolean named; /* the lesson itself has its id */
} Naming;

/* The first id is the lesson's. The others get its name in front, for words
 * and misconceptions are known to all lessons. */
static gboolean
rename_id (const GMatchInfo *match, GString *text, gpointer data)
{
  Naming *naming = data;
  g_autofree char *rest = g_match_info_fetch (match, 1);
  g_autofree char *prefix = g_strndup (naming->id, MAX_PREFIX);

  if (!naming->named) {
    g_string_append_printf (text, "\"%s\"", naming->id);
    naming->named = TRUE;
    return FALSE;
  }
  g_strchomp (g_strdelimit (prefix, "-", ' '));
  g_strdelimit (prefix, " ", '-');
  g_string_append_printf (text, "\"%s-%s\"", prefix, rest);
  return FALSE;
}

static char *
with_ids (const char *text, const char *id)
{
  g_autoptr (GRegex) ids = g_regex_new ("\"my-([a-z0-9-]+)\"", 0, 0, NULL);
  Naming naming = {id, FALSE};

  return g_regex_replace_eval (ids, text, -1, 0, 0, rename_id, &naming, NULL);
}

/* The first of this that stands between two others. */
static char *
with (const char *text, const char *before, const char *after, const char *put)
{
  const char *start = strstr (text, before);
  const char *end = start != NULL ? strstr (start + strlen (before), after)
                                  : NULL;

  if (end == NULL)
    return g_strdup (text);
  g_autofree char *head
      = g_strndup (text, (gsize) (start - text) + strlen (before));
  return g_strconcat (head, put, end, NULL);
}

static char *
fill_in (const Wish *wish, const char *template, const char *schema)
{
  g_autofree char *address = schema_address (wish, schema);
  g_autofree char *href = g_markup_escape_text (address, -1);
  g_autofree char *title = g_markup_escape_text (wish->title, -1);
  g_autofree char *ided = with_ids (template, wish->id);
  g_autofree char *titled = with (ided, "<title>", "</title>", title);

  return with (titled, "<?xml-model href=\"", "\"", href);
}

/* What is made must be right from the beginning: ids and titles that people
 * think of may not be. */
static gboolean
is_right (const char *text, const char *path)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonDocument) document
      = lesson_document_parse (text, strlen (text), path, problems);
  g_autoptr (LessonPlay) play
      = document != NULL ? lesson_play_new (document, problems) : NULL;

  if (play != NULL && lesson_play_check (play, problems))
    lesson_review (play, problems);
  if (lesson_problems_count (problems) == 0)
    return TRUE;
  cli_lesson_tell (problems);
  return FALSE;
}

/* The folder -------------------------------------------------------------- */

static gboolean
write_files (const Wish *wish, const char *folder, const char *text,
             const char *schema, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "lesson.xml", NULL);
  g_autofree char *from = g_build_filename (schema, "lesson.rng", NULL);
  g_autofree char *to = g_build_filename (folder, "lesson.rng", NULL);
  g_autofree char *rules = NULL;
  gsize length;

  if (!g_file_set_contents (path, text, -1, error))
    return FALSE;
  return !wish->copy_schema
         || (g_file_get_contents (from, &rules, &length, error)
             && g_file_set_contents (to, rules, (gssize) length, error));
}

static void
remove_folder (const char *folder)
{
  const char *const names[] = {"lesson.xml", "lesson.rng"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);
    g_unlink (path);
  }
  g_rmdir (folder);
}

/* A folder of its own has the rights that the user's others have. */
static void
open_to_others (const char *folder)
{
  mode_t mask = umask (0);

  umask (mask);
  g_chmod (folder, 0777 & ~(int) mask);
}

/* Made beside its place under another name, it is there as a whole or not at
 * all. */
static CliStatus
make_folder (const Wish *wish, const char *text, const char *schema)
{
  g_autofree char *parent = g_path_get_dirname (wish->folder);
  g_autofree char *folder = g_strconcat (wish->folder, ".XXXXXX", NULL);
  g_autoptr (GError) error = NULL;

  if (g_mkdir_with_parents (parent, 0777) != 0
      || g_mkdtemp_full (folder, 0700) == NULL)
    return cli_fail_at (parent, 0, g_strerror (errno));
  if (!write_files (wish, folder, text, schema, &error)) {
    remove_folder (folder);
    return cli_fail_at (wish->folder, 0, error->message);
  }
  open_to_others (folder);
  if (g_rename (folder, wish->folder) == 0)
    return CLI_DONE;
  const char *why = g_strerror (errno);
  remove_folder (folder);
  return cli_fail_at (wish->folder, 0, why);
}

static gboolean
is_taken (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS)
         || g_file_test (path, G_FILE_TEST_IS_SYMLINK);
}

static CliStatus
make (const Wish *wish)
{
  g_autofree char *schema = schema_folder ();
  g_autofree char *source = g_build_filename (
      schema, "templates", wish->template, "lesson.xml", NULL);
  g_autofree char *path = g_build_filename (wish->folder, "lesson.xml", NULL);
  g_autofree char *template = NULL;
  g_autoptr (GError) error = NULL;

  if (is_taken (wish->folder))
    return cli_fail_at (wish->folder, 0,
                        _ ("this is there already; choose another folder"));
  if (!g_file_get_contents (source, &template, NULL, &error))
    return cli_fail_at (source, 0, error->message);
  g_autofree char *text = fill_in (wish, template, schema);
  if (!is_right (text, path))
    return CLI_FAILED;
  CliStatus status = make_folder (wish, text, schema);
  if (status == CLI_DONE)
    printf ("%s\n", path);
  return status;
}

/* Two lessons of one name would hide each other. */
static CliStatus
refuse_id (const Wish *wish)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  g_autoptr (LessonCatalog) catalog = lesson_catalog_load (NULL, problems);

  if (lesson_catalog_find (catalog, wish->id) == NULL)
    return CLI_DONE;
  return cli_fail (_ ("There is a lesson “%s” already; choose another id with "
                      "--id"),
                   wish->id);
}

CliStatus
cli_lesson_new (CliArgs *args)
{
  g_auto (Wish) wish = {.copy_schema = in_sandbox ()};
  const CliOption options[] = {
      {"template", "NAME", NULL, &wish.template,
       N_ ("minimal (the default), walk or questions")},
      {"id", "ID", NULL, &wish.id_word,
       N_ ("The lesson's id; made of the folder's name by default")},
      {"title", "TITLE", NULL, &wish.title_word,
       N_ ("Its title; made of the folder's name by default")},
      {"copy-schema", NULL, &wish.copy_schema, NULL,
       N_ ("Puts the schema beside it, for an editor on another machine")},
      {NULL, NULL, NULL, NULL, NULL},
  };

  if (!cli_args_parse (args, &usage, options) || !understand (args, &wish))
    return args->status;
  CliStatus status = refuse_id (&wish);
  return status == CLI_DONE ? make (&wish) : status;
}
