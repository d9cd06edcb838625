/* What the application remembers from one run to the next. */

#include "memory.h"

#include <gio/gio.h>

#include "config.h"

/* GSettings aborts on a schema that is not there: ask first. */
static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source == NULL)
    return NULL;
  schema = g_settings_schema_source_lookup (source, PAGEWALK_APP_ID, TRUE);
  if (schema == NULL)
    return NULL;
  return g_settings_new_full (schema, NULL, NULL);
}

PwMemory *
pw_memory_load (void)
{
  PwMemory *memory = g_new0 (PwMemory, 1);
  g_autoptr (GSettings) settings = open_settings ();

  if (settings == NULL) {
    *memory = (PwMemory){.width = 1280,
                         .height = 800,
                         .speed = 1.0,
                         .text_scale = 1.0,
                         .color_scheme = g_strdup ("system"),
                         .language = g_strdup ("system"),
                         .student = g_strdup (""),
                         .course = g_strdup (""),
                         .screen = g_strdup ("")};
    return memory;
  }

  memory->width = g_settings_get_int (settings, "window-width");
  memory->height = g_settings_get_int (settings, "window-height");
  memory->maximized = g_settings_get_boolean (settings, "window-maximized");
  memory->speed = g_settings_get_double (settings, "speed");
  memory->text_scale = g_settings_get_double (settings, "text-scale");
  memory->color_scheme = g_settings_get_string (settings, "color-scheme");
  memory->language = g_settings_get_string (settings, "language");
  memory->reduce_motion = g_settings_get_boolean (settings, "reduce-motion");
  memory->every_step = g_settings_get_boolean (settings, "every-step");
  memory->student = g_settings_get_string (settings, "student");
  memory->course = g_settings_get_string (settings, "course");
  memory->screen = g_settings_get_string (settings, "screen");
  return memory;
}

void
pw_memory_free (PwMemory *memory)
{
  if (memory == NULL)
    return;
  g_free (memory->color_scheme);
  g_free (memory->language);
  g_free (memory->student);
  g_free (memory->course);
  g_free (memory->screen);
  g_free (memory);
}

void
pw_memory_save (const PwMemory *memory)
{
  g_autoptr (GSettings) settings = open_settings ();

  if (settings == NULL)
    return;
  g_settings_delay (settings);
  g_settings_set_int (settings, "window-width", memory->width);
  g_settings_set_int (settings, "window-height", memory->height);
  g_settings_set_boolean (settings, "window-maximized", memory->maximized);
  g_settings_set_double (settings, "speed", memory->speed);
  g_settings_set_double (settings, "text-scale", memory->text_scale);
  g_settings_set_string (settings, "color-scheme", memory->color_scheme);
  g_settings_set_string (settings, "language", memory->language);
  g_settings_set_boolean (settings, "reduce-motion", memory->reduce_motion);
  g_settings_set_boolean (settings, "every-step", memory->every_step);
  g_settings_set_string (settings, "student", memory->student);
  g_settings_set_string (settings, "course", memory->course);
  g_settings_set_string (settings, "screen", memory->screen);
  g_settings_apply (settings);
  g_settings_sync ();
}

static void
replace (char **text, const char *by)
{
  g_autofree char *old = *text;

  *text = g_strdup (by);
}

void
pw_memory_set_language (PwMemory *memory, const char *language)
{
  replace (&memory->language, language);
}

void
pw_memory_set_student (PwMemory *memory, const char *student)
{
  replace (&memory->student, student);
}

void
pw_memory_set_course (PwMemory *memory, const char *path)
{
  replace (&memory->course, path);
}

void
pw_memory_set_screen (PwMemory *memory, const char *name)
{
  replace (&memory->screen, name);
}
