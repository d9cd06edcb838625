/* Finds libraries. */
#include "libraries.h"

#include <string.h>

#include "elf/elf_dynamic.h"

#define MAGIC "glibc-ld.so.cache1.1"
#define HEADER 48u
#define ENTRY 24u
#define MOST_CACHE (16u << 20)
#define FLAGS_X86_64 0x0303u
#define FLAGS_I386 0x0003u

static guint32
word_at (const ProgramSystem *system, gsize at)
{
  guint32 word = 0;

  if (at <= system->cache_size - sizeof word)
    memcpy (&word, system->cache + at, sizeof word);
  return GUINT32_FROM_LE (word);
}

/* A string of the cache; NULL if it leaves it. */
static const char *
string_at (const ProgramSystem *system, guint32 at)
{
  if (at >= system->cache_size)
    return NULL;
  const char *text = (const char *) system->cache + at;
  return memchr (text, '\0', system->cache_size - at) != NULL ? text : NULL;
}

void
program_system_init (ProgramSystem *system, const char *root)
{
  g_autofree char *path = g_strconcat (root, PROGRAM_CACHE, NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  *system = (ProgramSystem){.root = root};
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR)
      || !g_file_get_contents (path, &bytes, &size, NULL) || size < HEADER
      || size > MOST_CACHE || memcmp (bytes, MAGIC, strlen (MAGIC)) != 0)
    return;
  system->cache = (guint8 *) g_steal_pointer (&bytes);
  system->cache_size = size;
}

void
program_system_done (ProgramSystem *system)
{
  g_free (system->cache);
  system->cache = NULL;
}

static gboolean
is_file (const ProgramSystem *system, const char *path)
{
  g_autofree char *whole = g_strconcat (system->root, path, NULL);

  return g_file_test (whole, G_FILE_TEST_IS_REGULAR);
}

/* What the cache says of a name, for files of that class. Entries for certain
 * processors only (hwcap) are passed over. */
static char *
find_in_cache (const ProgramSystem *system, const struct vm_elf *elf,
               const char *name)
{
  guint32 flags = elf->bits == 64 ? FLAGS_X86_64 : FLAGS_I386;

  if (system->cache == NULL)
    return NULL;
  guint64 room = (system->cache_size - HEADER) / ENTRY;
  guint32 count = (guint32) MIN (word_at (system, strlen (MAGIC)), room);
  for (guint32 i = 0; i < count; i++) {
    gsize at = HEADER + (gsize) i * ENTRY;
    const char *key = string_at (system, word_at (system, at + 4));
    const char *path = string_at (system, word_at (system, at + 8));
    gboolean plain = word_at (system, at + 16) == 0
                     && word_at (system, at + 20) == 0;
    if (word_at (system, at) == flags && plain && key != NULL && path != NULL
        && strcmp (key, name) == 0 && is_file (system, path))
      return g_strdup (path);
  }
  return NULL;
}

/* One folder of a list, with $ORIGIN put in. */
static char *
expand (const char *folder, const char *by)
{
  g_autofree char *origin = g_path_get_dirname (by);
  g_autoptr (GString) text = g_string_new (folder);

  g_string_replace (text, "${ORIGIN}", origin, 0);
  g_string_replace (text, "$ORIGIN", origin, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The folders of a tag's text, with colons between them. */
static char *
find_in_list (const ProgramSystem *system, const char *list, const char *by,
              const char *name)
{
  g_auto (GStrv) folders = g_strsplit (list, ":", 64);

  for (guint i = 0; folders[i] != NULL; i++) {
    g_autofree char *folder = expand (folders[i], by);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (folder[0] == '/' && is_file (system, path))
      return g_steal_pointer (&path);
  }
  return NULL;
}

/* The text of a tag of an object; NULL: it has none. */
static const char *
text_of (const struct vm_elf *elf, guint64 tag)
{
  struct vm_elf_dynamic dynamic;

  vm_elf_dynamic_init (&dynamic, elf);
  for (guint32 i = 0; i < dynamic.count; i++) {
    struct vm_elf_entry entry = vm_elf_dynamic_entry (elf, &dynamic, i);
    if (entry.tag == tag)
      return vm_elf_dynamic_string (elf, &dynamic, entry.value);
  }
  return NULL;
}

static char *
find_usual (const ProgramSystem *system, const struct vm_elf *elf,
            const char *name)
{
  static const char folders_64[]
      = "/lib/x86_64-linux-gnu:/usr/lib/x86_64-linux-gnu:/lib64:/usr/lib64:"
        "/lib:/usr/lib";
  static const char folders_32[]
      = "/lib/i386-linux-gnu:/usr/lib/i386-linux-gnu:/lib32:/usr/lib32:"
        "/lib:/usr/lib";

  return find_in_list (system, elf->bits == 64 ? folders_64 : folders_32, "/",
                       name);
}

char *
program_library_find (const ProgramSystem *system, const ProgramImage *object,
                      const char *by, const char *name)
{
  const char *rpath = text_of (object->elf, VM_ELF_DT_RPATH);
  const char *runpath = text_of (object->elf, VM_ELF_DT_RUNPATH);
  char *path = NULL;

  if (strchr (name, '/') != NULL)
    return is_file (system, name) ? g_strdup (name) : NULL;
  if (rpath != NULL && runpath == NULL)
    path = find_in_list (system, rpath, by, name);
  if (path == NULL && runpath != NULL)
    path = find_in_list (system, runpath, by, name);
  if (path == NULL)
    path = find_in_cache (system, object->elf, name);
  return path != NULL ? path : find_usual (system, object->elf, name);
}
