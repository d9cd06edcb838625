/* Understands what is looked for in a replay, and counts it. */
#include "event.h"

#include <string.h>

static const char *const names[TRACE_EVENTS]
    = {"access",    "fault",    "major",    "eviction",
       "writeback", "tlb-miss", "capacity", "conflict"};

const char *
trace_event_name (TraceEvent event)
{
  return names[event];
}

static gboolean
find_event (const char *name, TraceEvent *event)
{
  for (guint i = 0; i < TRACE_EVENTS; i++)
    if (strcmp (names[i], name) == 0) {
      *event = (TraceEvent) i;
      return TRUE;
    }
  return FALSE;
}

/* A number, and nothing behind it but what *end may then point to. */
static gboolean
read_number (const char *text, guint64 *number, char **end)
{
  if (!g_ascii_isdigit (*text))
    return FALSE;
  *number = g_ascii_strtoull (text, end, 10);
  return *number != 0 && *number != G_MAXUINT64;
}

/* Takes "next", "first" or "100th" from the front. Returns what follows, or
 * NULL if nothing may follow such a number. */
static const char *
take_ordinal (const char *text, guint64 *number)
{
  static const char *const endings[] = {"st-", "nd-", "rd-", "th-"};
  char *end;

  if (g_str_has_prefix (text, "next-"))
    return text + strlen ("next-");
  if (g_str_has_prefix (text, "first-"))
    return text + strlen ("first-");
  if (!g_ascii_isdigit (*text))
    return text;
  if (!read_number (text, number, &end))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_prefix (end, endings[i]))
      return end + strlen (endings[i]);
  return NULL;
}

/* Lower case, "-" between words, and no "miss" or "fault" behind a name that is
 * clear without. */
static char *
normal_form (const char *text)
{
  g_autofree char *copy = g_ascii_strdown (text, -1);
  g_auto (GStrv) words = g_strsplit_set (g_strstrip (copy), " \t-", -1);
  g_autoptr (GString) form = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (form, "%s%s", form->len > 0 ? "-" : "", words[i]);
  static const char *const redundant[]
      = {"capacity-miss", "conflict-miss", "major-fault"};
  for (guint i = 0; i < G_N_ELEMENTS (redundant); i++)
    if (g_str_has_suffix (form->str, redundant[i]))
      g_string_truncate (form, (gsize) (strrchr (form->str, '-') - form->str));
  return g_string_free (g_steal_pointer (&form), FALSE);
}

gboolean
trace_event_parse (const char *text, TraceEvent *event, guint64 *number)
{
  g_autofree char *form = normal_form (text);
  char *end;

  *event = TRACE_EVENT_ACCESS;
  *number = 1;
  if (*text == '-')
    return FALSE;
  if (read_number (form, number, &end) && *end == '\0')
    return TRUE;

  *number = 1;
  char *colon = strchr (form, ':');
  if (colon != NULL) {
    *colon = '\0';
    if (!read_number (colon + 1, number, &end) || *end != '\0')
      return FALSE;
    return find_event (form, event);
  }
  const char *name = take_ordinal (form, number);
  return name != NULL && find_event (name, event);
}

gboolean
trace_event_needs_causes (TraceEvent event)
{
  return event == TRACE_EVENT_CAPACITY || event == TRACE_EVENT_CONFLICT;
}

guint64
trace_event_count (const struct vm_replay *replay, TraceEvent event)
{
  struct vm_replay_stats n;

  vm_replay_stats (replay, &n);
  switch (event) {
  case TRACE_EVENT_ACCESS:
    return n.accesses;
  case TRACE_EVENT_FAULT:
    return n.faults;
  case TRACE_EVENT_MAJOR:
    return n.major;
  case TRACE_EVENT_EVICTION:
    return n.evictions;
  case TRACE_EVENT_WRITEBACK:
    return n.writebacks;
  case TRACE_EVENT_MISS:
    return n.tlb_misses;
  case TRACE_EVENT_CAPACITY:
    return n.causes[VM_MISS_CAPACITY];
  case TRACE_EVENT_CONFLICT:
    return n.causes[VM_MISS_CONFLICT];
  case TRACE_EVENTS:
    break;
  }
  return 0;
}
