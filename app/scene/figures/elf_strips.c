/* Draws a segment over the grid of pages. */
#include "figures/elf_strips.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/kit.h"

enum {
  PART_NOTHING = SCENE_PART,
  PART_FILE, /* number: column * 8 + piece, as below */
  PART_MEMORY,
  PART_TEXT, /* number: column, as below */
  PART_ADDRESS,
  PART_OFFSET
};

/* The one that shows most: written to, as data is; else the last. */
static const struct vm_elf_mapping *
choose (const SceneLoaded *l)
{
  const struct vm_elf_mapping *best = &l->plan.mappings[0];

  for (guint i = 0; i < l->plan.count; i++) {
    const struct vm_elf_mapping *m = &l->plan.mappings[i];
    gboolean grows = m->bss_end > m->end || m->zero_end > m->zero_start;
    if (grows || (m->flags & VM_ELF_WRITE))
      best = m;
  }
  return best;
}

/* Pages [from, to): each in a column of its own, or those between the first and
 * the last in one. */
static void
add_columns (SceneStrips *r, guint64 from, guint64 to)
{
  guint64 pages = (to - from) / VM_ELF_PAGE;

  if (pages == 0)
    return;
  r->columns[r->count++] = (SceneStripColumn){from, 1};
  if (pages > 2)
    r->columns[r->count++] = (SceneStripColumn){from + VM_ELF_PAGE, pages - 2};
  if (pages > 1)
    r->columns[r->count++] = (SceneStripColumn){to - VM_ELF_PAGE, 1};
}

void
scene_strips_choose (SceneStrips *r, const SceneLoaded *loaded)
{
  *r = (SceneStrips){.loaded = loaded, .m = choose (loaded)};
  r->s = &loaded->elf->segments[r->m->segment];
  add_columns (r, r->m->start, r->m->end);
  add_columns (r, r->m->end, r->m->bss_end);
}

static double
strip_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_BODY) + scene_em (b, 0.9);
}

static double
small_line (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.15);
}

/* A part of a column: from one fraction of the page to another. */
static void
add_piece (SceneBuild *b, guint part, guint number, SceneRect column,
           double from, double to, SceneRole role, SceneEmphasis emphasis,
           const char *name)
{
  SceneRect rect = {column.x + from * column.width, column.y,
                    (to - from) * column.width, column.height};
  SceneItem *box;

  if (rect.width < 0.5)
    return;
  box = scene_add_box (b, SCENE_ID (SCENE_FIGURE_ELF_ROUNDING, part, number),
                       rect, role, emphasis);
  box->name = name;
}

static double
fraction (const SceneStripColumn *column, guint64 address)
{
  double inside = address <= column->first
                      ? 0
                      : (double) (address - column->first) / VM_ELF_PAGE;

  return MIN (inside, 1);
}

/* The page of the file: before the segment, the segment, behind it. */
static void
add_file (SceneBuild *b, const SceneStrips *r, guint i, SceneRect rect)
{
  const SceneStripColumn *c = &r->columns[i];
  double from = fraction (c, r->s->vaddr);
  double to = fraction (c, r->s->vaddr + r->s->filesz);
  SceneRole role = scene_loaded_role (r->s->flags);

  if (c->first >= r->m->end)
    return;
  add_piece (b, PART_FILE, i * 8, rect, 0, from, SCENE_ROLE_NEUTRAL,
             SCENE_NORMAL, _ ("the file before the segment"));
  add_piece (b, PART_FILE, i * 8 + 1, rect, from, c->pages > 1 ? 1 : to, role,
             SCENE_STRONG, _ ("the segment’s bytes in the file"));
  if (c->pages == 1)
    add_piece (b, PART_FILE, i * 8 + 2, rect, to, 1, SCENE_ROLE_NEUTRAL,
               SCENE_NORMAL, _ ("the file behind the segment"));
}

static void
add_memory (SceneBuild *b, const SceneStrips *r, guint i, SceneRect rect)
{
  const SceneStripColumn *c = &r->columns[i];
  double from = fraction (c, r->s->vaddr);
  double to = fraction (c, r->s->vaddr + r->s->filesz);
  gboolean zeroed = r->m->zero_end > r->m->zero_start;
  SceneRole role = scene_loaded_role (r->s->flags);

  if (c->first >= r->m->end) {
    add_piece (b, PART_MEMORY, i * 8, rect, 0, 1, SCENE_ROLE_PROCESS_C,
               SCENE_STRONG, _ ("anonymous memory"));
    return;
  }
  add_piece (b, PART_MEMORY, i * 8, rect, 0, from, SCENE_ROLE_NEUTRAL,
             SCENE_NORMAL, _ ("came along with its page"));
  add_piece (b, PART_MEMORY, i * 8 + 1, rect, from, c->pages > 1 ? 1 : to, role,
             SCENE_STRONG, _ ("the segment’s bytes"));
  if (c->pages == 1)
    add_piece (b, PART_MEMORY, i * 8 + 2, rect, to, 1,
               zeroed ? SCENE_ROLE_MISS : SCENE_ROLE_NEUTRAL,
               zeroed ? SCENE_STRONG : SCENE_NORMAL,
               zeroed ? _ ("zeroed by the kernel")
                      : _ ("came along with its page"));
}

/* "4 pages" across a column of several. */
static void
add_count (SceneBuild *b, const SceneStrips *r, guint i, SceneRect rect)
{
  guint64 pages = r->columns[i].pages;

  if (pages > 1)
    scene_add_text (
        b, SCENE_ID (SCENE_FIGURE_ELF_ROUNDING, PART_TEXT, i), SCENE_TEXT_SMALL,
        SCENE_ALIGN_CENTER,
        scene_middle (rect, scene_line (b, SCENE_TEXT_SMALL)),
        scene_still_printf (
            b->still,
            ngettext ("%" PRIu64 " page", "%" PRIu64 " pages", (gulong) pages),
            pages));
}

/* Where a page begins, at the left end of its column. */
static void
add_numbers (SceneBuild *b, const SceneStrips *r, guint i, SceneRect above,
             SceneRect below)
{
  const SceneStripColumn *c = &r->columns[i];

  scene_add_text (b, SCENE_ID (SCENE_FIGURE_ELF_ROUNDING, PART_ADDRESS, i),
                  SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START, below,
                  scene_loaded_fitting (b, SCENE_TEXT_MONO_SMALL, below.width,
                                        scene_loaded_hex (b, c->first), "…"))
      ->emphasis
      = SCENE_FAINT;
  if (c->first < r->m->end)
    scene_add_text (
        b, SCENE_ID (SCENE_FIGURE_ELF_ROUNDING, PART_OFFSET, i),
        SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START, above,
        scene_loaded_fitting (
            b, SCENE_TEXT_MONO_SMALL, above.width,
            scene_loaded_hex (b, r->m->offset + c->first - r->m->start), "…"))
        ->emphasis
        = SCENE_FAINT;
}

/* Above columns that the file has no bytes for. */
static void
add_nothing (SceneBuild *b, const SceneStrips *r, SceneRect file)
{
  SceneRect rest = {0};

  for (guint i = 0; i < r->count; i++) {
    SceneRect column = scene_column (file, i, r->count, scene_em (b, 0.2));
    if (r->columns[i].first < r->m->end)
      continue;
    if (rest.width == 0)
      rest = column;
    rest.width = column.x + column.width - rest.x;
  }
  if (rest.width > 0)
    scene_add_wrapped (
        b, SCENE_ID (SCENE_FIGURE_ELF_ROUNDING, PART_NOTHING, 0),
        SCENE_TEXT_SMALL, scene_middle (rest, scene_line (b, SCENE_TEXT_SMALL)),
        1, SCENE_FAINT,
        scene_loaded_fitting (b, SCENE_TEXT_SMALL, rest.width,
                              _ ("no bytes in the file"), _ ("nothing")));
}

double
scene_strips_height (const SceneBuild *b)
{
  return 2 * small_line (b) + 2 * strip_height (b) + scene_em (b, 1);
}

void
scene_add_strips (SceneBuild *b, const SceneStrips *r, SceneRect *rest)
{
  SceneRect above = scene_cut_top (rest, small_line (b), 0);
  SceneRect file = scene_cut_top (rest, strip_height (b), scene_em (b, 0.5));
  SceneRect memory = scene_cut_top (rest, strip_height (b), 0);
  SceneRect below = scene_cut_top (rest, small_line (b), scene_em (b, 0.5));

  add_nothing (b, r, file);
  for (guint i = 0; i < r->count; i++) {
    double gap = scene_em (b, 0.2);
    SceneRect column = scene_column (memory, i, r->count, gap);
    add_file (b, r, i, scene_column (file, i, r->count, gap));
    add_memory (b, r, i, column);
    add_count (b, r, i, column);
    add_numbers (b, r, i, scene_column (above, i, r->count, gap),
                 scene_column (below, i, r->count, gap));
  }
}
