/* pagewalk: the desktop application. */

#include <libintl.h>
#include <locale.h>

#include "application.h"
#include "compat.h"
#include "config.h"
#include "language.h"
#include "memory.h"
#include "tree.h"

/* PAGEWALK_LOCALE names another folder of translations, as in a build tree. */
static void
set_up_translation (void)
{
  const char *folder = g_getenv ("PAGEWALK_LOCALE");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE,
                  folder != NULL ? folder : PAGEWALK_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  /* GLib decides once whether to translate at all: as long as the domain has no
   * name it does, and so a language can be chosen later that the desktop does
   * not have. */
  (void) g_dgettext (GETTEXT_PACKAGE, "Pagewalk");
  textdomain (GETTEXT_PACKAGE);
}

static void
set_up_language (void)
{
  PwMemory *memory = pw_memory_load ();

  pw_language_apply (memory->language);
  pw_memory_free (memory);
}

int
main (int argc, char *argv[])
{
  g_autoptr (PwApplication) application = NULL;

#ifdef PAGEWALK_BUILD_TREE
  lesson_tree_use (PAGEWALK_SOURCE_TREE, PAGEWALK_BUILD_TREE);
#endif
  set_up_translation ();
  set_up_language ();
  pw_compat_choose_renderer ();
  g_set_application_name ("Pagewalk");
  application = pw_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
