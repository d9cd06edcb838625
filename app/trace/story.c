/* Writes accesses of a trace as a lesson. */
#include "story.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "reopen.h"

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
put_operations (GString *text, const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    put_element (text, "do", g_ptr_array_index (lines, i));
}

static void
put_head (GString *text, guint64 position, const char *name)
{
  g_autofree char *title
      /* Translators: a number of an access, a file. */
      = g_strdup_printf (_ ("Access %" PRIu64 " of %s"), position + 1, name);

  g_string_append (text,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<lesson xmlns=\"https://pagewalk.github.io/ns/lesson/1\""
                   " id=\"access-of-a-trace\" part=\"1\" minutes=\"1\">\n");
  put_element (text, "title", title);
  put_element (text, "summary",
               _ ("A recorded program, from one of its accesses on."));
  g_string_append (text, "<objectives>");
  put_element (text, "objective",
               _ ("See what an access of a real program comes to."));
  g_string_append (text, "</objectives>\n");
}

static void
put_stage (GString *text, const struct vm_replay *replay)
{
  static const char *const figures[] = {"cpu", "address", "tlb", "tables"};
  const struct vm_replay_config *config = vm_replay_config (replay);
  gboolean several = config->itlb_sets != 0 || config->stlb_sets != 0;

  g_string_append (text, "<stage>");
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    g_string_append_printf (text, "<figure kind=\"%s\"/>",
                            i == 2 && several ? "tlbs" : figures[i]);
  g_string_append (text, "</stage>\n");
}

/* Stands for the address, which is code, in a sentence. */
#define ADDRESS "\x1a"

static char *
access_text (guint64 number, enum vm_access_kind kind)
{
  switch (kind) {
  case VM_READ:
    /* Translators: an address. */
    return g_strdup_printf (_ ("Access %" PRIu64 ": a read of %s"), number,
                            ADDRESS);
  case VM_WRITE:
    return g_strdup_printf (_ ("Access %" PRIu64 ": a write to %s"), number,
                            ADDRESS);
  case VM_FETCH:
    return g_strdup_printf (_ ("Access %" PRIu64 ": a fetch from %s"), number,
                            ADDRESS);
  }
  g_return_val_if_reached (NULL);
}

/* "Access 7120345: a write to 0x1ffefff8" */
static void
put_title (GString *text, guint64 position, vm_record record)
{
  g_autofree char *what = access_text (position + 1, vm_record_kind (record));
  g_auto (GStrv) parts = g_strsplit (what, ADDRESS, 2);

  g_string_append (text, "<title>");
  put (text, "%s", parts[0]);
  g_string_append_printf (text, "<code>0x%" PRIx64 "</code>",
                          vm_record_va (record));
  put (text, "%s", parts[1] != NULL ? parts[1] : "");
  g_string_append (text, "</title>\n");
}

/* The operations of an access, which the replay makes meanwhile. */
static gboolean
put_access (GString *text, TraceTrail *trail, guint64 position,
            struct vm_replay *replay, struct vm_error *error)
{
  vm_record record;
  guint32 process, next;

  if (!trace_trail_access (trail, position, &record, &process, &next))
    return TRUE;
  gboolean other = process != vm_replay_running (replay);
  if (!vm_replay_switch (replay, process, error))
    return FALSE;
  g_autoptr (GPtrArray) lines = trace_reopen_next (replay, record, next, error);
  if (lines == NULL)
    return FALSE;

  g_string_append_printf (text, "<beat id=\"a%" PRIu64 "\">", position + 1);
  put_title (text, position, record);
  if (other)
    g_string_append_printf (text, "<do>switch process=p%u</do>\n", process);
  put_operations (text, lines);
  g_string_append (text, "</beat>\n");
  return TRUE;
}

char *
trace_story_new (TraceTrail *trail, guint64 position, guint count,
                 const char *name, struct vm_error *error)
{
  struct vm_replay *replay = trace_trail_open (trail, position, error);
  if (replay == NULL)
    return NULL;

  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) setup = trace_reopen_setup (replay);
  put_head (text, position, name);
  g_string_append (text, "<machine>\n");
  put_operations (text, setup);
  g_string_append (text, "</machine>\n");
  put_stage (text, replay);
  g_string_append (text, "<section id=\"accesses\">");
  put_element (text, "title", _ ("What the program does next"));
  put_element (text, "p",
               _ ("Memory and TLB hold what they held at this point of the "
                  "replay. A page that is not there is loaded as the policy "
                  "decided, and the access is tried again."));
  gboolean going = TRUE;
  for (guint i = 0; i < count && going; i++)
    going = put_access (text, trail, position + i, replay, error);
  g_string_append (text, "</section></lesson>\n");
  vm_replay_free (replay);
  return going ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
