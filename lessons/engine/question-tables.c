/* Reads, writes and walks page tables that a reader builds. */
#include "question-tables.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "number.h"
#include "question-edit.h"

#define MAX_PAGES 4096
#define MAX_VISITS 20000
#define MAX_ENTRIES 256

static const LessonBuiltTable *
table_at (const GArray *tables, guint i)
{
  return &g_array_index (tables, LessonBuiltTable, i);
}

gboolean
lesson_built_root (LessonPlay *play, const LessonQuestionPlace *place,
                   guint64 *root)
{
  return lesson_question_given (play, place, "root", root, NULL);
}

const char *
lesson_built_process (const LessonScratch *scratch, guint64 root)
{
  const struct vm_state *state = vm_machine_state (scratch->machine);

  for (guint i = 0; i < state->process_count; i++)
    if (vm_mm_of (state, i)->root == root)
      return vm_machine_name (scratch->machine, state->processes[i].name);
  return "";
}

guint64
lesson_built_pa (const LessonBuiltTable *table, guint index)
{
  return vm_geometry_entry (table->form.geometry, vm_frame_of (table->frame),
                            index)
      .v;
}

GArray *
lesson_built_tables (LessonPlay *play, const LessonQuestionPlace *place,
                     char **why)
{
  const struct vm_geometry *g = vm_machine_geometry (play->machine);
  const GPtrArray *choices = place->question->choices;
  g_autoptr (GArray) tables
      = g_array_new (FALSE, TRUE, sizeof (LessonBuiltTable));

  for (guint i = 0; i < choices->len; i++) {
    const LessonChoice *choice = choices->pdata[i];
    guint level = choice->level != 0 ? (guint) choice->level
                  : i == 0           ? g->levels
                                     : 1;
    LessonBuiltTable table = {.form = {g, MIN (level, g->levels)}};
    if (!lesson_question_given (play, place, choice->query, &table.frame, why))
      return NULL;
    g_array_append_val (tables, table);
  }
  return g_steal_pointer (&tables);
}

LessonBuiltEntry
lesson_built_entry (LessonPlay *play, const LessonQuestionPlace *place,
                    const GArray *tables, guint table, guint index)
{
  const LessonBuiltTable *t = table_at (tables, table);
  guint64 cursor = vm_machine_cursor (play->machine);
  LessonBuiltEntry entry = {.table = table, .index = index};

  vm_machine_seek (play->machine, place->ask_at);
  entry.before = entry.raw = vm_memory_read (
      vm_machine_state (play->machine),
      vm_paddr_of (lesson_built_pa (t, index)), t->form.geometry->entry_bytes);
  vm_machine_seek (play->machine, cursor);
  return entry;
}

/* Reading and writing ----------------------------------------------------- */

static gboolean G_GNUC_PRINTF (2, 3)
    refuse (char **why, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  *why = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return FALSE;
}

static gboolean
find_table (const GArray *tables, guint64 frame, guint *table)
{
  for (guint i = 0; i < tables->len; i++)
    if (table_at (tables, i)->frame == frame) {
      *table = i;
      return TRUE;
    }
  return FALSE;
}

/* Reads "0x1[68]" at the beginning of part; *rest is what follows it. */
static gboolean
read_slot (const GArray *tables, const char *part, guint *table, guint *index,
           const char **rest, char **why)
{
  const char *open = strchr (part, '['), *close = strchr (part, ']');
  guint64 frame, number;

  if (open == NULL || close == NULL || close < open)
    return refuse (why,
                   _ ("“%s” is not an entry; write it like 0x1[68] "
                      "frame=0x2 +present."),
                   part);
  g_autofree char *name = g_strndup (part, (gsize) (open - part));
  g_autofree char *inner = g_strndup (open + 1, (gsize) (close - open - 1));
  if (!lesson_number_read (name, FALSE, &frame)
      || !find_table (tables, frame, table))
    return refuse (why, _ ("“%s” is none of the tables."), name);
  const LessonEntryForm *form = &table_at (tables, *table)->form;
  guint entries = vm_geometry_entries (form->geometry, form->level);
  if (!lesson_number_read (inner, FALSE, &number) || number >= entries)
    return refuse (why, _ ("“%s” is no index; they go from 0 to %u."), inner,
                   entries - 1);
  *index = (guint) number;
  *rest = close + 1 + strspn (close + 1, " :=");
  return TRUE;
}

static gboolean
stands_already (const GArray *entries, const LessonBuiltEntry *entry)
{
  for (guint i = 0; i < entries->len; i++) {
    const LessonBuiltEntry *other
        = &g_array_index (entries, LessonBuiltEntry, i);
    if (other->table == entry->table && other->index == entry->index)
      return TRUE;
  }
  return FALSE;
}

GArray *
lesson_built_read (LessonPlay *play, const LessonQuestionPlace *place,
                   const GArray *tables, const char *answer, char **why)
{
  g_auto (GStrv) parts = g_strsplit_set (answer, ";\n", -1);
  g_autoptr (GArray) entries
      = g_array_new (FALSE, FALSE, sizeof (LessonBuiltEntry));

  for (guint i = 0; parts[i] != NULL && entries->len < MAX_ENTRIES; i++) {
    const char *part = g_strstrip (parts[i]), *rest = part;
    guint table = 0, index = 0;
    if (*part == '\0')
      continue;
    if (!read_slot (tables, part, &table, &index, &rest, why))
      return NULL;
    LessonBuiltEntry entry
        = lesson_built_entry (play, place, tables, table, index);
    if (!lesson_entry_read (&table_at (tables, table)->form, rest, &entry.raw,
                            why))
      return NULL;
    if (stands_already (entries, &entry)) {
      refuse (why, _ ("“%s” stands there twice."), part);
      return NULL;
    }
    g_array_append_val (entries, entry);
  }
  if (entries->len == 0) {
    refuse (why, _ ("Nothing is filled in yet."));
    return NULL;
  }
  return g_steal_pointer (&entries);
}

char *
lesson_built_words (const GArray *tables, const GArray *entries)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++) {
    const LessonBuiltEntry *e = &g_array_index (entries, LessonBuiltEntry, i);
    const LessonBuiltTable *table = table_at (tables, e->table);
    g_autofree char *changes
        = lesson_entry_words (&table->form, e->before, e->raw);
    g_string_append_printf (words, "%s0x%" G_GINT64_MODIFIER "x[%u] %s",
                            i > 0 ? "; " : "", table->frame, e->index, changes);
  }
  return g_string_free (words, FALSE);
}

/* The key ----------------------------------------------------------------- */

/* Works out entries, taking the question's tables in their order. */
typedef struct {
  LessonPlay *play;
  const LessonQuestionPlace *place;
  const GArray *tables;
  GArray *entries;
  guint64 taken; /* bit i: table i is in use */
  gboolean nx;
  gboolean flags; /* accessed and dirty are for software to set */
} Builder;

static LessonBuiltEntry *
slot_of (Builder *b, guint table, guint index)
{
  for (guint i = 0; i < b->entries->len; i++) {
    LessonBuiltEntry *e = &g_array_index (b->entries, LessonBuiltEntry, i);
    if (e->table == table && e->index == index)
      return e;
  }
  LessonBuiltEntry entry
      = lesson_built_entry (b->play, b->place, b->tables, table, index);
  g_array_append_val (b->entries, entry);
  return &g_array_index (b->entries, LessonBuiltEntry, b->entries->len - 1);
}

static gboolean
take_table (Builder *b, guint level, guint *table)
{
  for (guint i = 1; i < b->tables->len; i++) {
    if (b->taken >> i & 1 || table_at (b->tables, i)->form.level != level)
      continue;
    b->taken |= (guint64) 1 << i;
    *table = i;
    return TRUE;
  }
  return FALSE;
}

/* Goes down from an entry of a table to the table below it. */
static gboolean
descend (Builder *b, guint *table, guint level, guint64 va)
{
  const struct vm_geometry *g = table_at (b->tables, 0)->form.geometry;
  LessonBuiltEntry *entry
      = slot_of (b, *table, vm_geometry_index (g, level, vm_vaddr_of (va)));
  struct vm_pte pte = vm_pte_decode (g, level, entry->raw, true);
  guint below;

  if (pte.present)
    return find_table (b->tables, pte.frame, table);
  if (!take_table (b, level - 1, &below))
    return FALSE;
  pte = (struct vm_pte){.present = 1,
                        .readable = 1,
                        .writable = 1,
                        .user = 1,
                        .accessed = b->flags,
                        .frame = table_at (b->tables, below)->frame};
  entry->raw = vm_pte_encode (g, level, &pte);
  *table = below;
  return TRUE;
}

static gboolean
build_page (Builder *b, const LessonMapping *mapping)
{
  const struct vm_geometry *g = table_at (b->tables, 0)->form.geometry;
  guint64 va, frame;
  guint table = 0;

  if (!lesson_question_given (b->play, b->place, mapping->va, &va, NULL)
      || !lesson_question_given (b->play, b->place, mapping->frame, &frame,
                                 NULL))
    return FALSE;
  for (guint level = g->levels; level > 1; level--)
    if (!descend (b, &table, level, va))
      return FALSE;

  gboolean user = (mapping->flags & VM_MAP_USER) != 0;
  gboolean execute = (mapping->flags & VM_MAP_EXECUTE) != 0;
  gboolean apart = g->family == VM_FAMILY_ARM; /* who executes whose pages */
  const struct vm_pte pte = {
      .present = 1,
      .leaf = 1,
      .readable = 1,
      .writable = (mapping->flags & VM_MAP_WRITE) != 0,
      .user = user,
      .no_execute = b->nx && (!execute || (apart && !user)),
      .kernel_no_execute = b->nx && (!execute || (apart && user)),
      .accessed = b->flags,
      .dirty = b->flags && (mapping->flags & VM_MAP_WRITE) != 0,
      .frame = frame,
  };
  slot_of (b, table, vm_geometry_index (g, 1, vm_vaddr_of (va)))->raw
      = vm_pte_encode (g, 1, &pte);
  return TRUE;
}

GArray *
lesson_built_key (LessonPlay *play, const LessonQuestionPlace *place,
                  const GArray *tables)
{
  const GPtrArray *maps = place->question->maps;
  g_autoptr (GArray) entries
      = g_array_new (FALSE, FALSE, sizeof (LessonBuiltEntry));
  const struct vm_config *config = &vm_machine_state (play->machine)->config;
  Builder builder = {.play = play,
                     .place = place,
                     .tables = tables,
                     .entries = entries,
                     .nx = config->nx != 0,
                     .flags = config->set_flags == 0};

  for (guint i = 0; i < maps->len; i++)
    if (!build_page (&builder, maps->pdata[i]))
      return NULL;
  /* What the processor notes as it uses an entry is no difference. */
  const struct vm_geometry *g = table_at (tables, 0)->form.geometry;
  guint64 noted
      = builder.flags ? 0 : vm_pte_accessed_bit (g) | vm_pte_dirty_bit (g);
  for (guint i = entries->len; i-- > 0;) {
    const LessonBuiltEntry *e = &g_array_index (entries, LessonBuiltEntry, i);
    if (((e->raw ^ e->before) & ~noted) == 0)
      g_array_remove_index (entries, i);
  }
  return g_steal_pointer (&entries);
}

/* Walking ----------------------------------------------------------------- */

typedef struct {
  const struct vm_geometry *g;
  const struct vm_state *state;
  GArray *pages;
  guint visits; /* of tables: they may lead to each other, many times */
} Walker;

static void
walk_table (Walker *w, guint64 frame, guint level, guint64 va)
{
  guint entries = vm_geometry_entries (w->g, level);

  if (w->visits++ == MAX_VISITS)
    return;
  for (guint i = 0;
       i < entries && w->pages->len < MAX_PAGES && w->visits <= MAX_VISITS;
       i++) {
    vm_paddr pa = vm_geometry_entry (w->g, vm_frame_of (frame), i);
    guint64 raw = vm_memory_read (w->state, pa, w->g->entry_bytes);
    struct vm_pte pte = vm_pte_decode (w->g, level, raw, w->state->config.nx);
    LessonBuiltPage page = {va | (guint64) i << w->g->level[level].low,
                            pte.frame, w->g->level[level].low};
    if (!pte.present || pte.reserved != 0 || (!pte.leaf && level == 1))
      continue;
    if (!pte.leaf)
      walk_table (w, pte.frame, level - 1, page.va);
    else
      g_array_append_val (w->pages, page);
  }
}

GArray *
lesson_built_pages (const LessonScratch *scratch, guint64 root)
{
  const struct vm_geometry *g = vm_machine_geometry (scratch->machine);
  GArray *pages = g_array_new (FALSE, FALSE, sizeof (LessonBuiltPage));

  Walker walker
      = {.g = g, .state = vm_machine_state (scratch->machine), .pages = pages};
  walk_table (&walker, root, g->levels, 0);
  /* Above the top translated bit, addresses repeat it. */
  for (guint i = 0; i < pages->len && g->sign_extended; i++) {
    LessonBuiltPage *page = &g_array_index (pages, LessonBuiltPage, i);
    if (page->va >> (g->va_bits - 1) & 1)
      page->va |= ~((G_GUINT64_CONSTANT (1) << g->va_bits) - 1);
  }
  return pages;
}
