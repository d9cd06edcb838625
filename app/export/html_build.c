/* Building page tables, in a page. */
#include "html_build.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "html_entry.h"
#include "html_text.h"
#include "mmu/fault.h"
#include "mmu/walk.h"
#include "question-build.h"
#include "question-edit.h"
#include "question-tables.h"

/* Entries in memory that are not 0, at most. */
#define MOST_ENTRIES 20000u

typedef struct {
  const ExportQuestion *question;
  const struct vm_state *state; /* at the moment when it is asked */
  const struct vm_geometry *g;
  GArray *tables; /* of LessonBuiltTable */
  guint64 root;
  const char *process;
  guint64 cursor; /* to come back to */
} Build;

/* The moment ------------------------------------------------------------- */

static gboolean
begin (const ExportQuestion *q, Build *build)
{
  struct vm_machine *machine = q->play->machine;

  *build = (Build){.question = q,
                   .state = vm_machine_state (machine),
                   .g = vm_machine_geometry (machine),
                   .tables = lesson_built_tables (q->play, q->place, NULL),
                   .cursor = vm_machine_cursor (machine)};
  if (build->tables == NULL)
    return FALSE;
  build->root = g_array_index (build->tables, LessonBuiltTable, 0).frame;
  return vm_machine_seek (machine, q->place->ask_at);
}

static void
end (Build *build)
{
  vm_machine_seek (build->question->play->machine, build->cursor);
  g_clear_pointer (&build->tables, g_array_unref);
}

/* The process whose tables they are; NULL if there is none, or a kernel answers
 * its faults, which a page cannot do. */
static const char *
process_of (const Build *build)
{
  const struct vm_state *s = build->state;

  for (guint i = 0; i < s->process_count; i++) {
    const struct vm_mm *mm = vm_mm_of (s, i);
    if (mm->root == build->root)
      return mm->managed != 0 || mm->user_root != 0
                 ? NULL
                 : vm_machine_name (build->question->play->machine,
                                    s->processes[i].name);
  }
  return NULL;
}

/* Memory ------------------------------------------------------------------ */

/* What there is in a slot of memory but zeros; returns how much it is. */
static guint
add_slot (const Build *build, guint slot, GString *out)
{
  guint bytes = build->g->entry_bytes, count = 0;
  guint64 first = (guint64) build->state->slot_frame[slot] << VM_SLOT_SHIFT;

  for (guint at = 0; at < VM_SLOT_SIZE; at += bytes) {
    vm_paddr pa = vm_paddr_of (first + at);
    guint64 raw = vm_memory_read (build->state, pa, bytes);
    if (raw == 0)
      continue;
    g_string_append_printf (out, "%s[\"0x%" PRIx64 "\",\"0x%" PRIx64 "\"]",
                            out->str[out->len - 1] == '[' ? "" : ",",
                            (guint64) pa.v, raw);
    count++;
  }
  return count;
}

/* All of it: a reader's entries may lead anywhere. False if it is too much. */
static gboolean
add_memory (const Build *build, GString *out)
{
  guint count = 0;

  g_string_append (out, ",\n\"memory\":[");
  for (guint slot = 1; slot < build->state->slot_count; slot++)
    if ((count += add_slot (build, slot, out)) > MOST_ENTRIES)
      return FALSE;
  g_string_append_c (out, ']');
  return TRUE;
}

gboolean
export_build_can (const ExportQuestion *question)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Build build;
  gboolean can = begin (question, &build) && process_of (&build) != NULL
                 && add_memory (&build, out);

  end (&build);
  return can;
}

/* The form ---------------------------------------------------------------- */

/* "0x400000 to frame 0x2b, rwu". */
static void
add_wanted (const ExportQuestion *q, const LessonMapping *mapping, GString *out)
{
  static const char letters[] = "rwxu";
  guint64 va = 0, frame = 0;
  char flags[5] = "";
  guint count = 0;

  lesson_question_given (q->play, q->place, mapping->va, &va, NULL);
  lesson_question_given (q->play, q->place, mapping->frame, &frame, NULL);
  for (guint i = 0; i < 4; i++)
    if (mapping->flags >> i & 1)
      flags[count++] = letters[i];
  g_autofree char *text = g_strdup_printf (
      _ ("0x%" PRIx64 " to frame 0x%" PRIx64 ", %s"), va, frame, flags);
  g_string_append_printf (out, "<li class=\"n\" data-va=\"0x%" PRIx64 "\">",
                          va);
  export_html_escaped (out, text);
  g_string_append (out, "</li>\n");
}

static void
add_tables (const ExportQuestion *q, const GArray *tables, GString *out)
{
  const GPtrArray *choices = q->place->question->choices;

  g_string_append (out, "<select name=\"table\" aria-label=\"");
  export_html_escaped (out, _ ("Table"));
  g_string_append (out, "\">");
  for (guint i = 0; i < tables->len; i++) {
    const LessonChoice *choice = choices->pdata[i];
    g_autofree char *plain = lesson_text_plain (choice->text);
    g_string_append_printf (out, "<option value=\"%u\">0x%" PRIx64 " · ", i,
                            g_array_index (tables, LessonBuiltTable, i).frame);
    export_html_escaped (out, plain);
    g_string_append (out, "</option>");
  }
  g_string_append (out, "</select>\n");
}

static void
add_number (const char *name, const char *label, GString *out)
{
  g_string_append (out, "<label>");
  export_html_escaped (out, label);
  g_string_append_printf (out,
                          " <input type=\"text\" class=\"n\" name=\"%s\" "
                          "autocomplete=\"off\" autocapitalize=\"off\" "
                          "spellcheck=\"false\" maxlength=\"40\"></label>\n",
                          name);
}

/* An entry to be filled in; the script adds its flags, for they depend on the
 * table. */
static void
add_template (const ExportQuestion *q, const GArray *tables, GString *out)
{
  g_string_append (out, "<template><div class=\"slot\" role=\"group\">\n");
  add_tables (q, tables, out);
  g_string_append (out, "<button type=\"button\" class=\"remove\" title=\"");
  export_html_escaped (out, _ ("Remove this entry"));
  g_string_append (out, "\" aria-label=\"");
  export_html_escaped (out, _ ("Remove this entry"));
  g_string_append (out, "\">×</button>\n<div class=\"flags\">");
  add_number ("index", _ ("Index"), out);
  add_number ("frame", _ ("Frame"), out);
  g_string_append (out, "</div>\n<div class=\"flags bits\"></div>\n"
                        "<small></small></div></template>\n"
                        "<div class=\"slots script\"></div>\n"
                        "<button type=\"button\" class=\"add script\">");
  export_html_escaped (out, _ ("Add an entry"));
  g_string_append (out, "</button>\n");
}

void
export_build_html (const ExportQuestion *question, GString *out)
{
  const GPtrArray *maps = question->place->question->maps;
  gboolean can = export_build_can (question);
  g_autoptr (GArray) tables
      = lesson_built_tables (question->play, question->place, NULL);

  g_string_append (out, "<ul class=\"wanted\">\n");
  for (guint i = 0; i < maps->len; i++)
    add_wanted (question, maps->pdata[i], out);
  g_string_append_printf (out, "</ul>\n<p class=\"muted%s\">",
                          can ? " plain" : "");
  export_html_escaped (out, _ ("Write the entries down, then look at the "
                               "answer. Pagewalk itself can try yours."));
  g_string_append (out, "</p>\n");
  if (can)
    add_template (question, tables, out);
}

/* Levels ------------------------------------------------------------------ */

/* A sentence that marking says of an answer, with `place` in it for `found`,
 * which the script fills in; to be freed. */
static char *
said (const Build *build, const char *answer, const char *found,
      const char *place)
{
  const ExportQuestion *q = build->question;
  LessonVerdict verdict = lesson_question_mark (q->play, q->place, answer);
  GString *text = g_string_new (verdict.says);

  if (found != NULL)
    g_string_replace (text, found, place, 0);
  lesson_verdict_clear (&verdict);
  return g_string_free (text, FALSE);
}

/* The bits that are offered, lowest first, as in a picture read from the right:
 * those of an entry that maps a page, or names a table. */
static void
add_flags (const Build *build, guint level, GString *out)
{
  const struct vm_pte pte = {.present = 1, .leaf = level == 1};
  const LessonEntryForm form = {build->g, level};
  guint count;
  const struct vm_pte_field *fields = lesson_entry_fields (
      &form, vm_pte_encode (build->g, level, &pte), &count);
  gboolean any = FALSE;

  g_string_append (out, ",\"flags\":[");
  for (guint i = count; i-- > 0;) {
    if (!lesson_field_is_flag (&fields[i]))
      continue;
    g_string_append_printf (out, "%s[%u,", any ? "," : "", fields[i].low);
    export_json_string (out, fields[i].label);
    g_string_append_c (out, ',');
    export_json_string (out, lesson_field_title (&fields[i]));
    g_string_append_c (out, ']');
    any = TRUE;
  }
  g_string_append_c (out, ']');
}

static void
add_level (const Build *build, guint level, GString *out)
{
  g_string_append_printf (out, "%s{\"low\":%u,\"count\":%u,",
                          level > 1 ? ",\n" : "", build->g->level[level].low,
                          vm_geometry_entries (build->g, level));
  export_entry_json (build->g, &build->state->config, level, out);
  add_flags (build, level, out);
  g_string_append_c (out, '}');
}

static void
add_table_list (const Build *build, GString *out)
{
  g_string_append (out, ",\n\"tables\":[");
  for (guint i = 0; i < build->tables->len; i++) {
    const LessonBuiltTable *table
        = &g_array_index (build->tables, LessonBuiltTable, i);
    g_autofree char *answer
        = g_strdup_printf ("0x%" PRIx64 "[{index}] unchanged", table->frame);
    g_autofree char *index = said (build, answer, NULL, NULL);
    g_string_append_printf (out, "%s[\"0x%" PRIx64 "\",%u,", i > 0 ? "," : "",
                            table->frame, table->form.level);
    export_json_string (out, index);
    g_string_append_c (out, ']');
  }
  g_string_append_c (out, ']');
}

/* Accesses ---------------------------------------------------------------- */

/* What an access comes to that finds a page with so much denied; a fault's kind
 * as a digit, 0: it is allowed. */
static guint
kind_with (const Build *build, const LessonProbe *probe, guint denied)
{
  const struct vm_access access = {.kind = probe->kind, .mode = probe->mode};
  const struct vm_walk walk
      = {.level = 1,
         .rights = {.readable = !(denied & EXPORT_NO_READ),
                    .writable = !(denied & EXPORT_NO_WRITE),
                    .user = !(denied & EXPORT_NO_USER),
                    .no_execute = denied & EXPORT_NO_EXECUTE,
                    .kernel_no_execute = denied & EXPORT_NO_KERNEL_EXECUTE},
         .leaf = {.accessed = !(denied & EXPORT_NOT_ACCESSED),
                  .dirty = !(denied & EXPORT_NOT_DIRTY)}};
  enum vm_verdict verdict
      = vm_walk_judge (NULL, build->state, build->g, &access, &walk);
  struct vm_fault fault = {0};

  if (verdict != VM_VERDICT_ALLOWED)
    vm_fault_tell (&build->state->config, build->g, verdict, 1, &access,
                   &fault);
  return fault.kind;
}

static void
add_probe (const Build *build, const LessonProbe *probe, guint64 va,
           GString *out)
{
  g_autofree char *operation
      = lesson_built_operation (probe, build->process, va);

  g_string_append_c (out, '[');
  export_json_string (out, operation);
  g_string_append_printf (out, ",%s,\"", probe->allowed ? "true" : "false");
  for (guint denied = 0; denied < EXPORT_DENIALS; denied++)
    g_string_append_printf (out, "%u", kind_with (build, probe, denied));
  g_string_append (out, "\"]");
}

static void
add_map (const Build *build, const LessonMapping *mapping, GString *out)
{
  const ExportQuestion *q = build->question;
  gboolean nx = build->state->config.nx != 0;
  LessonProbe probes[LESSON_PROBES];
  guint count = lesson_built_probes (mapping->flags, nx, probes);
  guint64 va = 0, frame = 0;

  lesson_question_given (q->play, q->place, mapping->va, &va, NULL);
  lesson_question_given (q->play, q->place, mapping->frame, &frame, NULL);
  g_string_append_printf (out, "[\"0x%" PRIx64 "\",\"0x%" PRIx64 "\",[", va,
                          frame);
  for (guint i = 0; i < count; i++) {
    g_string_append (out, i > 0 ? ",\n" : "");
    add_probe (build, &probes[i], va, out);
  }
  g_string_append (out, "]]");
}

static void
add_maps (const Build *build, GString *out)
{
  const GPtrArray *maps = build->question->place->question->maps;

  g_string_append (out, ",\n\"maps\":[");
  for (guint i = 0; i < maps->len; i++) {
    g_string_append (out, i > 0 ? ",\n" : "");
    add_map (build, maps->pdata[i], out);
  }
  /* Pages that nobody asked for count as wrong parts. */
  g_string_append (out, "],\n\"partly\":{");
  for (guint i = 0; i <= LESSON_BUILT_MORE; i++) {
    g_string_append_printf (out, "%s\"%u\":", i > 0 ? "," : "", maps->len + i);
    export_partly_json (maps->len + i, out);
  }
  g_string_append_c (out, '}');
}

/* The answer -------------------------------------------------------------- */

static void
add_answer (const Build *build, GString *out)
{
  const ExportQuestion *q = build->question;
  g_autoptr (GArray) key = lesson_built_key (q->play, q->place, build->tables);

  g_string_append (out, ",\n\"answer\":[");
  for (guint i = 0; key != NULL && i < key->len; i++) {
    const LessonBuiltEntry *entry = &g_array_index (key, LessonBuiltEntry, i);
    g_string_append_printf (out, "%s[%u,%u,\"0x%" PRIx64 "\"]",
                            i > 0 ? "," : "", entry->table, entry->index,
                            entry->raw);
  }
  g_string_append_c (out, ']');
}

/* Words ------------------------------------------------------------------- */

static void
add_word (GString *out, const char *name, char *text)
{
  g_string_append (out, out->str[out->len - 1] == '{' ? "" : ",\n");
  export_json_member (out, name, text);
  g_free (text);
}

static void
add_words (const Build *build, GString *out)
{
  g_autofree char *entry = g_strdup_printf ("0x%" PRIx64 "[0]", build->root);
  g_autofree char *unread = g_strconcat (entry, " frame={frame}", NULL);
  g_autofree char *large
      = g_strconcat (entry, " frame=0xffffffffffffffff", NULL);
  g_autofree char *one = g_strconcat (entry, " unchanged", NULL);
  g_autofree char *twice = g_strconcat (one, "; ", one, NULL);

  g_string_append (out, ",\n\"says\":{");
  add_word (out, "unread", said (build, unread, NULL, NULL));
  add_word (out, "large", said (build, large, NULL, NULL));
  add_word (out, "twice", said (build, twice, one, "{entry}"));
  add_word (out, "allowed", lesson_built_allowed ("{operation}"));
  add_word (out, "elsewhere",
            lesson_built_elsewhere ("{operation}", "{reached}", "{wanted}"));
  add_word (out, "excess", lesson_built_excess ("{frame}"));
  /* Translators: keep {entry}: the bits of an entry, as a number. */
  add_word (out, "now", g_strdup (_ ("The entry is now {entry}.")));
  g_string_append (out, "},\n\"refused\":[null");
  for (guint kind = 1; kind <= VM_FAULT_SEGMENT; kind++) {
    g_autofree char *text
        = lesson_built_refused ("{operation}", (enum vm_fault_kind) kind);
    g_string_append_c (out, ',');
    export_json_string (out, text);
  }
  g_string_append_c (out, ']');
}

void
export_build_json (const ExportQuestion *question, GString *out)
{
  Build build;

  if (begin (question, &build) && (build.process = process_of (&build))) {
    const struct vm_geometry *g = build.g;
    g_string_append_printf (
        out,
        ",\n\"build\":{\"bytes\":%u,\"shift\":%u,\"sign\":%u,\"absent\":%d,"
        "\"reserved\":%d,\n\"levels\":[null,\n",
        g->entry_bytes, g->page_shift, g->sign_extended ? g->va_bits : 0,
        (int) VM_FAULT_NOT_PRESENT, (int) VM_FAULT_RESERVED);
    for (guint level = 1; level <= g->levels; level++)
      add_level (&build, level, out);
    g_string_append_c (out, ']');
    add_table_list (&build, out);
    add_memory (&build, out);
    add_maps (&build, out);
    add_answer (&build, out);
    add_words (&build, out);
    g_string_append_c (out, '}');
  }
  end (&build);
}
