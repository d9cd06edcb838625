/* Executes real programs in a machine. */
#include "load.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "elf/elf_dynamic.h"
#include "process/constructors.h"
#include "process/startup.h"
#include "running.h"

#define MEMORY "4G"

/* A tag and a type of section that only this needs. */
#define INIT_ARRAY_SIZE 27u
#define INIT_ARRAY 14u

/* One load on its way. */
typedef struct {
  ProgramRun *run;
  const ProgramLoad *how;
  ProgramSystem system;
  GHashTable *names; /* of the machine's files that are there */
  GQueue queue;      /* of Object */
} Loading;

/* An object whose needs are still to be looked for. */
typedef struct {
  char *path, *name;
} Object;

static void
file_free (gpointer data)
{
  ProgramFile *file = data;

  if (file == NULL)
    return;
  g_free (file->path);
  g_free (file->real);
  g_free (file);
}

static gboolean
fail (GError **error, const struct vm_error *why)
{
  if (why->code == VM_ERROR_OUT_OF_RANGE)
    g_set_error_literal (
        error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
        _ ("program and libraries have more than 64 MiB together"));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _ ("the machine cannot do that (error %d)"), why->code);
  return FALSE;
}

/* A name that an operation may have, out of a path's last part. */
static char *
name_of (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *name = g_strndup (base, VM_NAME_LENGTH);

  return g_strcanon (name,
                     "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                     "0123456789_-.+",
                     '_');
}

static gboolean do_line (Loading *l, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gboolean
do_line (Loading *l, GError **error, const char *format, ...)
{
  struct vm_error why = {.code = VM_OK};
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return vm_machine_do_line (l->run->machine, line, &why) || fail (error, &why);
}

/* Text as an operation takes it: bytes in hex where they mean something. */
static char *
escape (const char *text)
{
  GString *line = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isalnum (*text) || strchr ("/._-+", *text) != NULL)
      g_string_append_c (line, *text);
    else
      g_string_append_printf (line, "%%%02x", (guchar) *text);
  return g_string_free (line, FALSE);
}

/* The bytes that matter once it runs: up to the end of the last segment that is
 * mapped. What lies behind them only describes it. */
static gsize
needed_bytes (const ProgramImage *image)
{
  guint64 end = MIN (image->length, VM_ELF_PAGE);

  for (guint32 i = 0; i < image->elf->segment_count; i++) {
    const struct vm_elf_segment *e = &image->elf->segments[i];
    guint64 stop = e->offset + e->filesz;
    if (stop >= e->offset && stop <= image->length && stop > end)
      end = stop;
  }
  end = MAX (end, MIN (image->length, image->elf->program_offset
                                          + 64 * (guint64) G_MAXUINT16));
  return (gsize) MIN (end, image->length);
}

/* Reads what decides where things go: headers were read; the first segment, for
 * the dynamic section's tables, and those that are written, for their ends. */
static void
read_parts (const Loading *l, ProgramImage *image)
{
  gboolean first = TRUE;

  if (l->how->whole) {
    program_image_need (image, 0, needed_bytes (image));
    return;
  }
  for (guint32 i = 0; i < image->elf->segment_count; i++) {
    const struct vm_elf_segment *e = &image->elf->segments[i];
    if (e->type != VM_ELF_LOAD)
      continue;
    if (first || (e->flags & VM_ELF_WRITE))
      program_image_need (image, e->offset, e->filesz);
    first = FALSE;
  }
}

/* Where a file is on the host. */
static ProgramFile *
host_of (const char *whole, const char *path)
{
  ProgramFile *file = g_new0 (ProgramFile, 1);
  char *real = realpath (whole, NULL);
  struct stat info;

  file->path = g_strdup (path);
  file->real = g_strdup (real != NULL ? real : whole);
  free (real);
  if (stat (whole, &info) == 0) {
    file->major = major (info.st_dev);
    file->minor = minor (info.st_dev);
    file->inode = info.st_ino;
  }
  return file;
}

/* Makes a file of the machine out of bytes. */
static gboolean
bring (Loading *l, const char *whole, const char *path, const char *name,
       const guint8 *bytes, gsize size, guint64 full, GError **error)
{
  struct vm_error why = {.code = VM_OK};
  ProgramFile *file = host_of (whole, path);
  const struct vm_state *s = vm_machine_state (l->run->machine);
  g_autofree char *shown = escape (file->path);
  guint32 number = s->file_end == 0 ? 1 : s->file_end;

  if (l->run->files->len <= number)
    g_ptr_array_set_size (l->run->files, (gint) number + 1);
  l->run->files->pdata[number] = file;
  if (!vm_machine_bring (l->run->machine, name, bytes, size, NULL, &why))
    return fail (error, &why);
  return do_line (l, error,
                  "file name=%s content=%s size=%" G_GUINT64_FORMAT
                  " path=%s cached=off",
                  name, name, full, shown);
}

static void
push_object (Loading *l, const char *path, const char *name)
{
  Object *object = g_new0 (Object, 1);

  object->path = g_strdup (path);
  object->name = g_strdup (name);
  g_queue_push_tail (&l->queue, object);
}

/* Bytes of the list of an object's constructors. */
static guint64
constructors_of (const struct vm_elf *elf)
{
  struct vm_elf_dynamic dynamic;

  vm_elf_dynamic_init (&dynamic, elf);
  for (guint32 i = 0; i < dynamic.count; i++) {
    struct vm_elf_entry entry = vm_elf_dynamic_entry (elf, &dynamic, i);
    if (entry.tag == INIT_ARRAY_SIZE)
      return entry.value;
  }
  for (guint32 i = 0; i < elf->section_count; i++)
    if (elf->sections[i].type == INIT_ARRAY)
      return elf->sections[i].size;
  return 0;
}

/* Notes a file that has more constructors than the one that every file has from
 * the compiler, and that are not known. */
static void
note_constructors (Loading *l, const ProgramImage *image, const char *name,
                   gboolean program)
{
  struct vm_constructors known;

  if (l->how->libraries && constructors_of (image->elf) > image->elf->bits / 8
      && (program || !vm_constructors_of (name, &known)))
    g_ptr_array_add (l->run->constructors, g_strdup (name));
}

/* Reads an object of the system and brings it in. What is not there or is no
 * ELF file is noted as missing. */
static gboolean
add_object (Loading *l, const char *path, const char *asked, GError **error)
{
  g_autofree char *whole = g_strconcat (l->system.root, path, NULL);
  g_autofree char *name = name_of (asked);
  g_autoptr (ProgramImage) image = program_image_open (whole, NULL);

  if (g_hash_table_contains (l->names, name))
    return TRUE;
  if (image == NULL) {
    g_ptr_array_add (l->run->missing, g_strdup (asked));
    return TRUE;
  }
  g_hash_table_add (l->names, g_strdup (name));
  gsize size = needed_bytes (image);
  read_parts (l, image);
  push_object (l, path, name);
  if (strcmp (path, asked) != 0)
    note_constructors (l, image, name, FALSE);
  return bring (l, whole, path, name, image->bytes, size, image->length, error);
}

/* What one object needs. */
static gboolean
add_needs (Loading *l, const ProgramImage *image, const char *by,
           GError **error)
{
  struct vm_elf_dynamic dynamic;
  gboolean done = TRUE;

  vm_elf_dynamic_init (&dynamic, image->elf);
  for (guint32 i = 0; i < dynamic.count && done; i++) {
    struct vm_elf_entry entry = vm_elf_dynamic_entry (image->elf, &dynamic, i);
    const char *name
        = vm_elf_dynamic_string (image->elf, &dynamic, entry.value);
    if (entry.tag != VM_ELF_DT_NEEDED || name == NULL)
      continue;
    g_autofree char *key = name_of (name);
    if (g_hash_table_contains (l->names, key))
      continue;
    g_autofree char *path = program_library_find (&l->system, image, by, name);
    if (path == NULL)
      g_ptr_array_add (l->run->missing, g_strdup (name));
    else
      done = add_object (l, path, name, error);
  }
  return done;
}

static void
object_free (Object *object)
{
  g_free (object->path);
  g_free (object->name);
  g_free (object);
}

/* All that the program and its libraries need, breadth first. */
static gboolean
add_libraries (Loading *l, const ProgramImage *program, GError **error)
{
  Object *object;
  gboolean done = TRUE;

  while (done && (object = g_queue_pop_head (&l->queue)) != NULL) {
    g_autofree char *whole = g_strconcat (l->system.root, object->path, NULL);
    g_autoptr (ProgramImage) image
        = object->name == NULL ? NULL : program_image_open (whole, NULL);
    const ProgramImage *from = object->name == NULL ? program : image;
    if (from != NULL)
      done = add_needs (l, from, object->path, error);
    object_free (object);
  }
  return done;
}

static gboolean
add_cache (Loading *l, GError **error)
{
  g_autofree char *whole = g_strconcat (l->system.root, PROGRAM_CACHE, NULL);

  return l->system.cache == NULL
         || bring (l, whole, PROGRAM_CACHE, "ld.so.cache", l->system.cache,
                   l->system.cache_size, l->system.cache_size, error);
}

/* Brings all files in. */
static gboolean
bring_all (Loading *l, const char *path, ProgramImage *image, GError **error)
{
  g_autofree char *real = realpath (path, NULL);
  g_autofree char *name = name_of (real != NULL ? real : path);
  gsize size = needed_bytes (image);
  const char *interpreter = image->elf->interpreter;

  read_parts (l, image);
  note_constructors (l, image, name, TRUE);
  if (!bring (l, path, path, name, image->bytes, size, image->length, error))
    return FALSE;
  g_hash_table_add (l->names, g_strdup (name));
  if (interpreter != NULL && !add_object (l, interpreter, interpreter, error))
    return FALSE;
  if (!l->how->libraries || interpreter == NULL)
    return TRUE;
  push_object (l, real != NULL ? real : path, NULL);
  return add_libraries (l, image, error) && add_cache (l, error);
}

/* Strings with a NUL behind each, as a content. Its name is none that a file
 * may have. */
static gboolean
bring_strings (Loading *l, const char *name, gchar **strings, guint32 *number,
               GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  struct vm_error why = {.code = VM_OK};

  for (guint i = 0; strings[i] != NULL; i++)
    g_byte_array_append (bytes, (const guint8 *) strings[i],
                         (guint) strlen (strings[i]) + 1);
  return vm_machine_bring (l->run->machine, name, bytes->data, bytes->len,
                           number, &why)
         || fail (error, &why);
}

static gboolean
give_strings (Loading *l, struct vm_op *op, guint parameter, const char *name,
              gchar **strings, GError **error)
{
  guint32 number;

  if (strings == NULL)
    return TRUE;
  if (!bring_strings (l, name, strings, &number, error))
    return FALSE;
  op->given |= UINT64_C (1) << parameter;
  op->values[parameter] = number;
  return TRUE;
}

static gboolean
run_op (Loading *l, const struct vm_op *op, GError **error)
{
  struct vm_error why = {.code = VM_OK};

  if (!vm_machine_do (l->run->machine, op, &why))
    return fail (error, &why);
  l->run->result = *vm_machine_result (
      l->run->machine, vm_machine_op_count (l->run->machine) - 1);
  return TRUE;
}

/* The operation exec, as a line, for what fits one. */
static char *
exec_line (const Loading *l, const char *path, const struct vm_elf *elf)
{
  g_autofree char *real = realpath (path, NULL);
  g_autofree char *name = name_of (real != NULL ? real : path);
  g_autofree char *execfn
      = escape (l->how->execfn != NULL ? l->how->execfn : path);
  g_autofree char *running = program_running (l->how->kernel, elf->bits);

  return g_strdup_printf (
      "exec process=A file=%s execfn=%s aslr=%s seed=%" G_GUINT64_FORMAT
      " fetch=off %s",
      name, execfn, l->how->random ? "on" : "off", l->how->seed, running);
}

/* Has the program been executed, and is it known how it goes on: has it a
 * loader that is there, or is it its own? */
static gboolean
can_link (const Loading *l, const struct vm_elf *elf)
{
  const struct vm_state *s = vm_machine_state (l->run->machine);
  const struct vm_result *r = &l->run->result;

  return l->how->libraries && r->refused == VM_ERRNO_NONE
         && r->signal == VM_SIGNAL_NONE
         && (s->execs[s->processes[l->run->process].mm].interpreter != 0
             || vm_startup_is_alone (elf));
}

static gboolean
execute (Loading *l, const char *path, const struct vm_elf *elf, GError **error)
{
  g_autofree char *line = exec_line (l, path, elf);
  struct vm_error why = {.code = VM_OK};
  struct vm_op op;

  if (!vm_machine_parse (l->run->machine, line, &op, &why))
    return fail (error, &why);
  if (!give_strings (l, &op, VM_P_EXEC_ARGV, "argv=", l->how->argv, error)
      || !give_strings (l, &op, VM_P_EXEC_ENV, "env=", l->how->env, error)
      || !run_op (l, &op, error))
    return FALSE;
  if (!can_link (l, elf))
    return TRUE;
  return vm_machine_parse (l->run->machine, "link process=A", &op, &why)
             ? run_op (l, &op, error)
             : fail (error, &why);
}

static gboolean
make_machine (Loading *l, GError **error)
{
  l->run->machine = vm_machine_new ();
  if (l->run->machine == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                         g_strerror (ENOMEM));
    return FALSE;
  }
  if (!do_line (l, error, "machine geometry=x86-64 memory=" MEMORY)
      || !do_line (l, error, "process name=A"))
    return FALSE;
  return l->how->stack_limit == 0
         || do_line (l, error, "limit process=A stack=%" G_GUINT64_FORMAT,
                     l->how->stack_limit);
}

static void
loading_done (Loading *l)
{
  Object *object;

  while ((object = g_queue_pop_head (&l->queue)) != NULL)
    object_free (object);
  g_hash_table_unref (l->names);
  program_system_done (&l->system);
}

ProgramRun *
program_run (const char *path, const ProgramLoad *how, GError **error)
{
  g_autoptr (ProgramImage) image = program_image_open (path, error);
  g_autoptr (ProgramRun) run = g_new0 (ProgramRun, 1);
  Loading l = {.run = run, .how = how, .queue = G_QUEUE_INIT};

  run->files = g_ptr_array_new_with_free_func (file_free);
  run->missing = g_ptr_array_new_with_free_func (g_free);
  run->constructors = g_ptr_array_new_with_free_func (g_free);
  if (image == NULL)
    return NULL;
  l.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  program_system_init (&l.system, how->root != NULL ? how->root : "");
  gboolean done = make_machine (&l, error) && bring_all (&l, path, image, error)
                  && execute (&l, path, image->elf, error);
  loading_done (&l);
  return done ? g_steal_pointer (&run) : NULL;
}

void
program_run_free (ProgramRun *run)
{
  if (run == NULL)
    return;
  vm_machine_free (run->machine);
  g_ptr_array_unref (run->files);
  g_ptr_array_unref (run->missing);
  g_ptr_array_unref (run->constructors);
  g_free (run);
}
