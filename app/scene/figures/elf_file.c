/* An ELF file beside its address space: which bytes of the one are where in the
 * other, and what has no bytes in the file. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/kit.h"
#include "figures/loaded.h"
#include "subject.h"

/* Segments that have room; real programs have up to six. */
#define MOST_ROWS 8

/* A row takes four parts: box, rights, words, numbers. */
enum {
  PART_HEADING = SCENE_PART, /* number: 0 the file's, 1 the memory's */
  PART_BYTES,                /* number: position of the segment, as below */
  PART_REGION = PART_BYTES + 4,
  PART_BSS = PART_REGION + 4,
  PART_REST = PART_BSS + 4, /* of the file, that is not loaded */
  PART_ARROW = PART_REST + 4,
  PART_NOTHING
};

/* The columns: the file's, the memory's, and between them the arrows. */
typedef struct {
  const SceneLoaded *loaded;
  SceneRect file, memory; /* what is left of them */
} Columns;

static double
row_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_BODY) + scene_line (b, SCENE_TEXT_MONO_SMALL)
         + scene_em (b, 0.6);
}

static double
heading_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_SMALL) + scene_em (b, 0.3);
}

static guint
rows_of (const SceneLoaded *loaded)
{
  return MIN (loaded->plan.count, MOST_ROWS);
}

static gboolean
has_bss (const struct vm_elf_mapping *m)
{
  return m->bss_end > m->end;
}

/* Lines of the memory's column, each as high as a row. */
static guint
lines_of (const SceneLoaded *loaded)
{
  guint lines = 0;

  for (guint i = 0; i < rows_of (loaded); i++) {
    const struct vm_elf_mapping *m = &loaded->plan.mappings[i];
    lines += (m->end > m->start) + has_bss (m);
  }
  return lines;
}

/* Where a row's four items go. */
typedef struct {
  guint part, number;
  SceneRole role;
  SceneEmphasis emphasis;
  const char *label, *shorter; /* the latter where the former has no room */
  const char *range, *flags;
} Row;

/* A box with a line of words, rights at its right, and a line of numbers. */
static void
add_row (SceneBuild *b, const Row *row, SceneRect rect)
{
  SceneRect inside = scene_inset (rect, scene_em (b, 0.5), scene_em (b, 0.25));
  double width = scene_width (b, SCENE_TEXT_MONO_SMALL, row->flags);
  double small = scene_line (b, SCENE_TEXT_MONO_SMALL);
  SceneItem *box = scene_add_box (
      b, SCENE_ID (SCENE_FIGURE_ELF_FILE, row->part, row->number), rect,
      row->role, row->emphasis);
  SceneRect top = scene_cut_top (&inside, scene_line (b, SCENE_TEXT_BODY), 0);
  SceneRect right = scene_cut_right (&top, width, scene_em (b, 0.4));

  box->name = scene_still_printf (b->still, "%s, %s%s%s", row->label,
                                  row->range, row->flags[0] != 0 ? ", " : "",
                                  row->flags);
  scene_add_text (b,
                  SCENE_ID (SCENE_FIGURE_ELF_FILE, row->part + 1, row->number),
                  SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_END, right, row->flags)
      ->role
      = row->role;
  scene_add_text (b,
                  SCENE_ID (SCENE_FIGURE_ELF_FILE, row->part + 2, row->number),
                  SCENE_TEXT_BODY, SCENE_ALIGN_START, top,
                  scene_loaded_fitting (b, SCENE_TEXT_BODY, top.width,
                                        row->label, row->shorter))
      ->role
      = row->role;
  scene_add_text (b,
                  SCENE_ID (SCENE_FIGURE_ELF_FILE, row->part + 3, row->number),
                  SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START,
                  scene_cut_top (&inside, small, 0), row->range)
      ->role
      = row->role;
}

/* Where it begins and ends; only where it begins, if there is no room. */
static const char *
range (const SceneBuild *b, double width, guint64 from, guint64 to)
{
  return scene_loaded_fitting (
      b, SCENE_TEXT_MONO_SMALL, width - scene_em (b, 1),
      scene_still_printf (b->still, "0x%" PRIx64 " – 0x%" PRIx64, from, to),
      scene_loaded_hex (b, from));
}

/* How a range of memory stands: mapped or yet to be, touched, in this step's
 * hands. */
typedef struct {
  gboolean mapped; /* or nobody will be seen mapping it */
  SceneEmphasis emphasis;
} Standing;

static Standing
standing (const SceneBuild *b, const SceneLoaded *l, guint64 start, guint64 end)
{
  const SceneContext *c = b->context;
  Standing s
      = {.mapped = !l->called || (l->process != VM_NONE && l->reached >= end),
         .emphasis = SCENE_NORMAL};

  if (!s.mapped || l->process == VM_NONE)
    return s;
  if (c->access && c->process == l->process && c->va >= start && c->va < end)
    s.emphasis = SCENE_STRONG;
  if (l->now >= start && l->now < end)
    s.emphasis = SCENE_ACTIVE;
  return s;
}

/* Memory that is yet to be: its place, and nothing in it. */
static void
add_absent (SceneBuild *b, guint part, guint number, SceneRect rect)
{
  const char *text = _ ("not mapped yet");
  double line = scene_line (b, SCENE_TEXT_SMALL);

  scene_add_box (b, SCENE_ID (SCENE_FIGURE_ELF_FILE, part, number), rect,
                 SCENE_ROLE_FREE, SCENE_FAINT)
      ->name
      = text;
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_ELF_FILE, part + 2, number),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START,
                  scene_middle (scene_inset (rect, scene_em (b, 0.5), 0), line),
                  text)
      ->emphasis
      = SCENE_FAINT;
}

static void
add_arrow (SceneBuild *b, guint i, SceneRect from, SceneRect to, SceneRole role)
{
  double y = from.y + from.height / 2;
  SceneItem *arrow = scene_still_add (
      b->still, SCENE_ID (SCENE_FIGURE_ELF_FILE, PART_ARROW, i), b->parent,
      SCENE_CONNECTOR, (SceneRect){0});

  arrow->role = role;
  arrow->emphasis = SCENE_STRONG;
  scene_still_add_point (b->still, arrow, from.x + from.width + 2, y);
  scene_still_add_point (b->still, arrow, to.x - 2, y);
}

/* A segment of the file, and where it is mapped. */
static void
add_bytes (SceneBuild *b, Columns *c, guint i, SceneRect left, SceneRect right)
{
  const SceneLoaded *l = c->loaded;
  const struct vm_elf_mapping *m = &l->plan.mappings[i];
  const struct vm_elf_segment *s = &l->elf->segments[m->segment];
  SceneRole role = scene_loaded_role (s->flags);
  Standing there = standing (b, l, m->start + l->bias, m->end + l->bias);
  guint64 zeroed = !l->called || l->zeroed >= m->zero_end + l->bias
                       ? m->zero_end - m->zero_start
                       : 0;
  Row bytes = {
      .part = PART_BYTES,
      .number = i,
      .role = role,
      .emphasis = there.emphasis,
      .label = scene_loaded_sections (b, l, s, left.width - scene_em (b, 3.5)),
      .range = range (b, left.width, s->offset, s->offset + s->filesz),
      .flags = scene_loaded_flags (s->flags)};
  Row region = bytes;

  if (scene_context_is (b->context, VM_STEP_EXEC_HEADER) && s->offset == 0)
    bytes.emphasis = SCENE_ACTIVE; /* the headers lie there */
  bytes.shorter = scene_still_printf (b->still, _ ("segment %u"), m->segment);
  region.shorter = l->name;
  if (bytes.label[0] == '\0')
    bytes.label = bytes.shorter;
  region.part = PART_REGION;
  region.range = range (b, right.width, m->start + l->bias, m->end + l->bias);
  region.flags = scene_still_printf (b->still, "%sp", bytes.flags);
  region.label = l->name;
  if (zeroed > 0)
    region.label = scene_still_printf (
        /* Translators: a file; how many bytes. */
        b->still, _ ("%s, its last 0x%" PRIx64 " zeroed"), l->name, zeroed);
  add_row (b, &bytes, left);
  if (!there.mapped) {
    add_absent (b, PART_REGION, i, right);
    return;
  }
  add_row (b, &region, right);
  add_arrow (b, i, left, right, role);
}

/* Memory of a segment that has no bytes in the file. */
static void
add_bss (SceneBuild *b, Columns *c, guint i, SceneRect left, SceneRect right)
{
  const SceneLoaded *l = c->loaded;
  const struct vm_elf_mapping *m = &l->plan.mappings[i];
  const char *flags = scene_loaded_flags (l->elf->segments[m->segment].flags);
  Standing there = standing (b, l, m->end + l->bias, m->bss_end + l->bias);
  const Row bss = {
      .part = PART_BSS,
      .number = i,
      .role = SCENE_ROLE_PROCESS_C,
      .emphasis = there.emphasis,
      .label = _ ("zeros, when first used"),
      .shorter = _ ("zeros"),
      .range = range (b, right.width, m->end + l->bias, m->bss_end + l->bias),
      .flags = scene_still_printf (b->still, "%sp", flags)};

  if (there.mapped)
    add_row (b, &bss, right);
  else
    add_absent (b, PART_BSS, i, right);
  scene_add_wrapped (b, SCENE_ID (SCENE_FIGURE_ELF_FILE, PART_NOTHING, i * 2),
                     SCENE_TEXT_SMALL,
                     scene_middle (scene_inset (left, scene_em (b, 0.5), 0),
                                   2 * scene_line (b, SCENE_TEXT_SMALL)),
                     2, SCENE_FAINT,
                     _ ("bss: a length, and no bytes in the file"));
}

/* What of the file is never mapped: names and symbols for debuggers, the
 * section headers. */
static void
add_rest (SceneBuild *b, Columns *c, SceneRect left)
{
  const SceneLoaded *l = c->loaded;
  guint64 from = 0;

  for (guint i = 0; i < l->plan.count; i++) {
    const struct vm_elf_segment *s
        = &l->elf->segments[l->plan.mappings[i].segment];
    from = MAX (from, s->offset + s->filesz);
  }
  const Row rest
      = {.part = PART_REST,
         .role = SCENE_ROLE_NEUTRAL,
         .emphasis = SCENE_FAINT,
         .label = _ ("not loaded"),
         .range = range (b, left.width, MIN (from, l->length), l->length),
         .flags = ""};
  add_row (b, &rest, left);
}

static void
add_heading (SceneBuild *b, guint number, SceneRect rect, const char *text,
             const char *shorter)
{
  scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_ELF_FILE, PART_HEADING, number),
      SCENE_TEXT_SMALL, SCENE_ALIGN_START, rect,
      scene_loaded_fitting (b, SCENE_TEXT_SMALL, rect.width, text, shorter));
}

/* Whose address space it is, and since when. */
static const char *
memory_heading (const SceneBuild *b, const SceneLoaded *l)
{
  SceneSubject subject = {.machine = b->context->machine};

  if (!l->called)
    return _ ("Address space, as execve would make it");
  if (l->process == VM_NONE)
    return _ ("Address space: execve has not run yet");
  return scene_still_printf (b->still, _ ("Address space of process %s"),
                             scene_subject_process (&subject, l->process));
}

static void
add_headings (SceneBuild *b, Columns *c)
{
  const char *memory = memory_heading (b, c->loaded);
  double height = heading_height (b);

  add_heading (b, 0, scene_cut_top (&c->file, height, 0),
               scene_still_printf (b->still, _ ("File “%s”"), c->loaded->name),
               _ ("File"));
  add_heading (b, 1, scene_cut_top (&c->memory, height, 0), memory,
               _ ("Memory"));
}

static void
add_rows (SceneBuild *b, Columns *c)
{
  double height = row_height (b), space = scene_em (b, 0.3);

  for (guint i = 0; i < rows_of (c->loaded); i++) {
    const struct vm_elf_mapping *m = &c->loaded->plan.mappings[i];
    if (m->end > m->start)
      add_bytes (b, c, i, scene_cut_top (&c->file, height, space),
                 scene_cut_top (&c->memory, height, space));
    if (has_bss (m))
      add_bss (b, c, i, scene_cut_top (&c->file, height, space),
               scene_cut_top (&c->memory, height, space));
  }
  add_rest (b, c, scene_cut_top (&c->file, height, space));
}

static double
column_width (const SceneBuild *b)
{
  return scene_width (b, SCENE_TEXT_MONO_SMALL,
                      "0x555555554000 – 0x555555558000")
         + scene_em (b, 1.2);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  g_auto (SceneLoaded) loaded = {NULL};
  double rows = 2 * scene_line (b, SCENE_TEXT_SMALL);

  if (scene_loaded_read (&loaded, b))
    rows = heading_height (b)
           + (lines_of (&loaded) + 1) * (row_height (b) + scene_em (b, 0.3));
  (void) width;
  size->min_width = 2 * scene_padding (b) + scene_em (b, 15);
  size->width = 2 * scene_padding (b) + 2 * column_width (b) + scene_em (b, 4);
  size->min_height = scene_header (b) + scene_em (b, 0.8) + rows;
  size->height = size->min_height;
  size->max_height = size->min_height;
}

static void
build (SceneBuild *b, SceneRect rect)
{
  g_auto (SceneLoaded) loaded = {NULL};
  gboolean found = scene_loaded_read (&loaded, b);
  SceneRect inside = scene_add_panel (
      b, SCENE_FIGURE_ELF_FILE, 0, rect, _ ("From file to address space"),
      found ? _ ("rows are not to scale") : NULL);
  Columns c = {.loaded = &loaded};
  double gap = MIN (scene_em (b, 4), inside.width / 12);

  if (!found) {
    scene_loaded_add_none (b, SCENE_FIGURE_ELF_FILE, inside);
    return;
  }
  c.file = scene_cut_left (&inside, (inside.width - gap) / 2, gap);
  c.memory = inside;
  add_headings (b, &c);
  add_rows (b, &c);
}

const SceneFigure scene_figure_elf_file
    = {.id = SCENE_FIGURE_ELF_FILE,
       .kind = "elf-file",
       .title = N_ ("From file to address space"),
       .stance = SCENE_STANCE_BAND,
       .measure = measure,
       .build = build};
