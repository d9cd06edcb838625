/* Makes exercises: finds the file of a kind, rolls its numbers, runs its
 * machine. */
#include "exercise.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "exercise-document.h"
#include "generator.h"

#ifndef PKGDATADIR
#define PKGDATADIR "/usr/share/pagewalk"
#endif

/* How often numbers are rolled whose machine has no good question. */
#define MAX_TRIES 50

#define EXTENSION ".xml"

/* Files ------------------------------------------------------------------- */

/* The book's kinds lie beside its lessons, unless it is said where. */
static char *
folder_of_book (void)
{
  const char *said = g_getenv ("PAGEWALK_EXERCISES");
  const char *lessons = g_getenv ("PAGEWALK_LESSONS");

  if (said != NULL)
    return g_strdup (said);
  g_autofree char *root
      = g_path_get_dirname (lessons != NULL ? lessons : PKGDATADIR "/lessons");
  return g_build_filename (root, "exercises", NULL);
}

/* Where kinds lie, the book's first; free with g_strfreev. */
static char **
folders (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *book = folder_of_book ();
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "pagewalk",
                                           "exercises", NULL);

  g_strv_builder_add_many (builder, book, own, NULL);
  return g_strv_builder_end (builder);
}

/* A kind is the name of a file in a folder, and cannot lead out of it. */
static gboolean
is_kind (const char *kind)
{
  gsize length = strspn (kind, "abcdefghijklmnopqrstuvwxyz0123456789-");

  return length > 0 && length <= 48 && kind[length] == '\0';
}

char *
lesson_exercise_path (const char *kind)
{
  g_auto (GStrv) places = folders ();
  g_autofree char *name = g_strconcat (kind, EXTENSION, NULL);

  for (guint i = 0; is_kind (kind) && places[i] != NULL; i++) {
    g_autofree char *path = g_build_filename (places[i], name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
      return g_steal_pointer (&path);
  }
  return NULL;
}

gboolean
lesson_exercise_kind_known (const char *kind)
{
  g_autofree char *path = lesson_exercise_path (kind);

  return path != NULL;
}

static void
add_kinds (const char *folder, GPtrArray *kinds)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    if (!g_str_has_suffix (name, EXTENSION))
      continue;
    g_autofree char *kind
        = g_strndup (name, strlen (name) - strlen (EXTENSION));
    if (is_kind (kind)
        && !g_ptr_array_find_with_equal_func (kinds, kind, g_str_equal, NULL))
      g_ptr_array_add (kinds, g_steal_pointer (&kind));
  }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

char **
lesson_exercise_kinds (void)
{
  g_auto (GStrv) places = folders ();
  GPtrArray *kinds = g_ptr_array_new ();

  for (guint i = 0; places[i] != NULL; i++)
    add_kinds (places[i], kinds);
  g_ptr_array_sort (kinds, compare_names);
  g_ptr_array_add (kinds, NULL);
  return (char **) g_ptr_array_free (kinds, FALSE);
}

/* Making one -------------------------------------------------------------- */

/* The bytes of a file, and what comes of them. The problems are those of this
 * file alone: after the first one nothing is rolled any more. */
typedef struct {
  const char *data, *file;
  gsize length;
  guint level;
  LessonRandom random;
  LessonProblems *problems;
} Making;

static gboolean
check_root (LessonLoader *loader, const xmlNode *root)
{
  LessonPlace place = lesson_xml_place (loader->xml, root);

  if (lesson_xml_is_element (root) && lesson_loader_named (root, "generator"))
    return TRUE;
  lesson_loader_problem (loader, place,
                         _ ("a kind of exercise begins with <generator "
                            "xmlns=\"%s\">, not <%s>"),
                         LESSON_NAMESPACE, root->name);
  return FALSE;
}

/* The tree with one roll of the numbers in it, loaded. */
static LessonDocument *
roll_document (Making *making, LessonNumbers *numbers)
{
  g_autoptr (LessonXml) xml = lesson_xml_parse (making->data, making->length,
                                                making->file, making->problems);
  if (xml == NULL)
    return NULL;

  g_autoptr (GHashTable) ids
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  LessonLoader loader = {
      .xml = xml, .problems = making->problems, .ids = ids, .numbers = numbers};
  xmlNode *root = xmlDocGetRootElement (xml->doc);
  if (!check_root (&loader, root)
      || !lesson_generator_roll (&loader, root, making->level, &making->random,
                                 numbers)
      || !lesson_generator_apply (&loader, root, making->level, &making->random,
                                  numbers))
    return NULL;
  return lesson_document_of_exercise (&loader, root);
}

/* One try. NULL without problems: the machine did not give a question that can
 * be asked, and *refused says why; other numbers may. */
static LessonExerciseSheet *
try_once (Making *making, LessonProblems **refused)
{
  g_autoptr (LessonExerciseSheet) sheet = g_new0 (LessonExerciseSheet, 1);

  sheet->level = making->level;
  sheet->numbers = lesson_numbers_new ();
  sheet->document = roll_document (making, sheet->numbers);
  if (sheet->document == NULL)
    return NULL;
  sheet->kind = g_strdup (sheet->document->id);
  g_clear_pointer (refused, lesson_problems_free);
  *refused = lesson_problems_new ();
  sheet->play = lesson_play_new (sheet->document, *refused);
  if (sheet->play == NULL || !lesson_play_check (sheet->play, *refused))
    return NULL;
  sheet->place
      = &g_array_index (sheet->play->questions, LessonQuestionPlace, 0);
  return g_steal_pointer (&sheet);
}

static void
report (const LessonProblems *found, LessonProblems *problems)
{
  for (guint i = 0; i < found->list->len; i++) {
    const LessonProblem *problem = found->list->pdata[i];
    lesson_problems_add (problems, problem->file, problem->line,
                         problem->column, "%s", problem->what);
  }
}

/* *tries: how often numbers had to be rolled. */
static LessonExerciseSheet *
make (Making *making, guint64 seed, guint *tries)
{
  g_autoptr (LessonProblems) refused = NULL;

  making->random = (LessonRandom){seed};
  for (*tries = 1; *tries <= MAX_TRIES; (*tries)++) {
    LessonExerciseSheet *sheet = try_once (making, &refused);
    if (sheet != NULL) {
      sheet->seed = seed;
      return sheet;
    }
    if (lesson_problems_count (making->problems) > 0)
      return NULL;
  }
  report (refused, making->problems);
  return NULL;
}

/* Public ------------------------------------------------------------------ */

LessonExerciseSheet *
lesson_exercise_load (const char *path, guint level, guint64 seed,
                      LessonProblems *problems)
{
  gsize length = 0;
  g_autofree char *data = lesson_xml_read_file (path, path, &length, problems);

  return data == NULL ? NULL
                      : lesson_exercise_parse (data, length, path, level, seed,
                                               problems);
}

LessonExerciseSheet *
lesson_exercise_parse (const char *data, gsize length, const char *file,
                       guint level, guint64 seed, LessonProblems *problems)
{
  guint tries;
  g_autoptr (LessonProblems) own = lesson_problems_new ();
  Making making = {.data = data,
                   .file = file,
                   .length = length,
                   .level = level,
                   .problems = own};
  LessonExerciseSheet *sheet = make (&making, seed, &tries);

  report (own, problems);
  return sheet;
}

LessonExerciseSheet *
lesson_exercise_new (const char *kind, guint level, guint64 seed)
{
  g_autofree char *path = lesson_exercise_path (kind);
  g_autoptr (LessonProblems) problems = lesson_problems_new ();

  if (path == NULL || level < 1 || level > LESSON_EXERCISE_LEVELS)
    return NULL;
  return lesson_exercise_load (path, level, seed, problems);
}

void
lesson_exercise_free (LessonExerciseSheet *sheet)
{
  if (sheet == NULL)
    return;

  lesson_play_free (sheet->play);
  lesson_document_free (sheet->document);
  lesson_numbers_free (sheet->numbers);
  g_free (sheet->kind);
  g_free (sheet);
}

guint64
lesson_exercise_seed (guint64 worksheet, guint n)
{
  LessonRandom random = {worksheet};

  for (guint i = 1; i < n; i++)
    lesson_random_next (&random);
  return n == 0 ? worksheet : lesson_random_next (&random) >> 32;
}

gboolean
lesson_exercise_is_one (const char *path)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  gsize length = 0;
  g_autofree char *data = lesson_xml_read_file (path, path, &length, problems);

  return data != NULL && lesson_scan_begins (data, length, "generator");
}

gboolean
lesson_exercise_is_of_book (const char *path)
{
  g_auto (GStrv) places = folders ();
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);
  g_autofree char *book = g_canonicalize_filename (places[0], NULL);

  return strcmp (folder, book) == 0;
}

/* Checking ---------------------------------------------------------------- */

/* The file is called as the kind is: lessons ask for it by that name. */
static void
check_name (const Making *making, const char *kind)
{
  g_autofree char *base = g_path_get_basename (making->file);
  g_autofree char *wanted = g_strconcat (kind, EXTENSION, NULL);

  if (strcmp (base, wanted) != 0)
    lesson_problems_add (making->problems, making->file, 1, 1,
                         _ ("the kind “%s” must lie in a file named %s"), kind,
                         wanted);
}

/* Makes the exercises of a level; *kind, to be freed, is what they call
 * themselves. False, and problems, if one cannot be made. */
static gboolean
check_level (Making *making, guint seeds, char **kind)
{
  guint all = 0;

  for (guint seed = 1; seed <= seeds; seed++) {
    guint tries;
    g_autoptr (LessonExerciseSheet) sheet = make (making, seed, &tries);
    if (sheet == NULL)
      return FALSE;
    if (*kind == NULL)
      *kind = g_strdup (sheet->kind);
    all += tries;
  }
  if (all > 4 * seeds)
    lesson_problems_add (making->problems, making->file, 1, 1,
                         _ ("at level %u the machine refuses %u of %u rolls; "
                            "let <require> say what is needed"),
                         making->level, all - seeds, all);
  return all <= 4 * seeds;
}

gboolean
lesson_exercise_check (const char *path, guint seeds, LessonProblems *problems)
{
  gsize length = 0;
  g_autofree char *data = lesson_xml_read_file (path, path, &length, problems);
  if (data == NULL)
    return FALSE;

  g_autofree char *kind = NULL;
  g_autoptr (LessonProblems) own = lesson_problems_new ();
  Making making
      = {.data = data, .file = path, .length = length, .problems = own};
  for (making.level = 1; making.level <= LESSON_EXERCISE_LEVELS; making.level++)
    if (!check_level (&making, seeds, &kind))
      break;
  if (kind != NULL)
    check_name (&making, kind);
  report (own, problems);
  return lesson_problems_count (own) == 0;
}

LessonVerdict
lesson_exercise_mark (const LessonExerciseSheet *sheet, const char *answer)
{
  return lesson_question_mark (sheet->play, sheet->place, answer);
}
