/* Reads course files. */
#include "course.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "loader.h"
#include "text.h"

#define MOST_SALT 64

static void
entry_free (gpointer data)
{
  LessonCourseEntry *entry = data;

  g_free (entry->id);
  g_free (entry);
}

/* Days --------------------------------------------------------------------- */

static LessonDay
day_of (const GDate *date)
{
  return (LessonDay) g_date_get_year (date) * 10000
         + (LessonDay) g_date_get_month (date) * 100 + g_date_get_day (date);
}

static gboolean
date_of (LessonDay day, GDate *date)
{
  guint8 day_of_month = (guint8) (day % 100);
  GDateMonth month = (GDateMonth) (day / 100 % 100);
  GDateYear year = (GDateYear) (day / 10000);

  g_date_clear (date, 1);
  if (!g_date_valid_dmy (day_of_month, month, year))
    return FALSE;
  g_date_set_dmy (date, day_of_month, month, year);
  return TRUE;
}

/* Ten characters, four digits, two and two; and such a day must exist. */
static LessonDay
read_day (const char *text)
{
  LessonDay day = 0;
  GDate date;

  if (strlen (text) != 10)
    return LESSON_NO_DAY;
  for (guint i = 0; i < 10; i++) {
    gboolean dash = i == 4 || i == 7;
    if (dash ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return LESSON_NO_DAY;
    if (!dash)
      day = day * 10 + (LessonDay) g_ascii_digit_value (text[i]);
  }
  return date_of (day, &date) ? day : LESSON_NO_DAY;
}

static LessonDay
load_day (LessonLoader *loader, const xmlAttr *attribute)
{
  LessonDay day;

  if (attribute == NULL)
    return LESSON_NO_DAY;
  day = read_day (lesson_xml_value (attribute));
  if (day == LESSON_NO_DAY)
    lesson_loader_problem (
        loader, lesson_xml_value_place (loader->xml, attribute, 0),
        _ ("“%.40s” is not a day; a day is written 2026-10-05"),
        lesson_xml_value (attribute));
  return day;
}

/* Reading ------------------------------------------------------------------ */

static LessonCourseEntry *
load_entry (LessonLoader *loader, xmlNode *element)
{
  static const LessonAttributeRule rules[]
      = {{"id", TRUE}, {"from", FALSE}, {"due", FALSE}, {NULL}};
  LessonCourseEntry *entry = g_new0 (LessonCourseEntry, 1);
  xmlAttr *found[3];

  lesson_loader_attributes (loader, element, rules, found);
  lesson_loader_empty (loader, element);
  entry->place = found[0] != NULL
                     ? lesson_xml_value_place (loader->xml, found[0], 0)
                     : lesson_xml_place (loader->xml, element);
  entry->id = lesson_loader_id (loader, found[0]);
  entry->from = load_day (loader, found[1]);
  entry->due = load_day (loader, found[2]);
  if (entry->due != LESSON_NO_DAY && entry->due < entry->from)
    lesson_loader_problem (loader,
                           lesson_xml_value_place (loader->xml, found[2], 0),
                           _ ("the last day comes before the first"));
  return entry;
}

static char *
load_salt (LessonLoader *loader, const xmlAttr *attribute)
{
  char *salt = lesson_loader_string (attribute);

  if (salt == NULL || (*salt != '\0' && strlen (salt) <= MOST_SALT))
    return salt;
  lesson_loader_problem (loader,
                         lesson_xml_value_place (loader->xml, attribute, 0),
                         _ ("a salt has 1 to %d bytes"), MOST_SALT);
  return salt;
}

static void
load_children (LessonLoader *loader, xmlNode *root, LessonCourse *course)
{
  static const LessonChildRule rules[]
      = {{"title", 0, 1, 1}, {"lesson", 1, 1, LESSON_MAX_COURSE}, {NULL}};

  lesson_loader_children (loader, root, rules);
  for (xmlNode *n = lesson_loader_first (root, rules); n != NULL;
       n = lesson_loader_next (n, rules)) {
    if (lesson_loader_named (n, "lesson")) {
      g_ptr_array_add (course->lessons, load_entry (loader, n));
      continue;
    }
    g_autoptr (LessonText) title = lesson_text_load (loader, n);
    g_free (course->title);
    course->title = lesson_text_plain (title);
  }
}

static void
load_course (LessonLoader *loader, xmlNode *root, LessonCourse *course)
{
  static const LessonAttributeRule rules[] = {{"salt", FALSE}, {NULL}};
  xmlAttr *salt;

  if (!lesson_xml_is_element (root) || !lesson_loader_named (root, "course")) {
    lesson_loader_problem (loader, lesson_xml_place (loader->xml, root),
                           _ ("a course begins with <course xmlns=\"%s\">"),
                           LESSON_NAMESPACE);
    return;
  }
  lesson_loader_attributes (loader, root, rules, &salt);
  course->salt = load_salt (loader, salt);
  load_children (loader, root, course);
}

LessonCourse *
lesson_course_load (const char *path, LessonProblems *problems)
{
  gsize length = 0;
  g_autofree char *data = lesson_xml_read_file (path, path, &length, problems);

  return data == NULL ? NULL
                      : lesson_course_parse (data, length, path, problems);
}

LessonCourse *
lesson_course_parse (const char *data, gsize length, const char *file,
                     LessonProblems *problems)
{
  guint before = lesson_problems_count (problems);
  g_autoptr (LessonXml) xml = lesson_xml_parse (data, length, file, problems);
  if (xml == NULL)
    return NULL;

  g_autoptr (GHashTable) ids
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (LessonCourse) course = g_new0 (LessonCourse, 1);
  course->file = g_strdup (file);
  course->lessons = g_ptr_array_new_with_free_func (entry_free);
  LessonLoader loader = {.xml = xml, .problems = problems, .ids = ids};
  load_course (&loader, xmlDocGetRootElement (xml->doc), course);
  return lesson_problems_count (problems) == before ? g_steal_pointer (&course)
                                                    : NULL;
}

void
lesson_course_free (LessonCourse *course)
{
  if (course == NULL)
    return;
  g_free (course->file);
  g_free (course->title);
  g_free (course->salt);
  g_clear_pointer (&course->lessons, g_ptr_array_unref);
  g_free (course);
}

void
lesson_course_check (const LessonCourse *course, const LessonCatalog *catalog,
                     LessonProblems *problems)
{
  for (guint i = 0; i < course->lessons->len; i++) {
    const LessonCourseEntry *entry = course->lessons->pdata[i];
    const LessonEntry *lesson = lesson_catalog_find (catalog, entry->id);
    if (lesson == NULL)
      lesson_problems_add (problems, course->file, entry->place.line,
                           entry->place.column, _ ("there is no lesson “%s”"),
                           entry->id);
    else if (lesson->path == NULL)
      lesson_problems_add (problems, course->file, entry->place.line,
                           entry->place.column,
                           _ ("the lesson “%s” is not written yet"), entry->id);
  }
}

LessonDue
lesson_course_due (const LessonCourseEntry *entry, LessonDay day)
{
  GDate today, due;

  if (entry->from != LESSON_NO_DAY && day < entry->from)
    return LESSON_DUE_EARLY;
  if (entry->due == LESSON_NO_DAY || !date_of (entry->due, &due)
      || !date_of (day, &today))
    return LESSON_DUE_OPEN;
  if (day > entry->due)
    return LESSON_DUE_LATE;
  return g_date_days_between (&today, &due) < 7 ? LESSON_DUE_SOON
                                                : LESSON_DUE_OPEN;
}

LessonDay
lesson_course_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now),
                  (GDateYear) g_date_time_get_year (now));
  return day_of (&date);
}
