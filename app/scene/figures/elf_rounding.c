/* One segment over the grid of pages: what of its pages comes from the file on
 * purpose, what came along, what is zeroed, what has no bytes. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "figures/elf_strips.h"
#include "figures/kit.h"
#include "figures/legend.h"

#define LINES 3

enum {
  PART_LEGEND = SCENE_PART + SCENE_STRIP_PARTS,
  PART_WORDS = PART_LEGEND + 2 /* number: line */
};

/* What is rounded, in numbers; to be freed. */
static char *
line_of (const SceneStrips *r, guint line)
{
  const struct vm_elf_segment *s = r->s;
  const struct vm_elf_mapping *m = r->m;

  switch (line) {
  case 0:
    return g_strdup_printf (
        _ ("p_vaddr 0x%" PRIx64 " and p_offset 0x%" PRIx64
           " are both 0x%" PRIx64 " into their page: rounded down to 0x%" PRIx64
           " and 0x%" PRIx64),
        s->vaddr, s->offset, s->vaddr - m->start, m->start, m->offset);
  case 1:
    return g_strdup_printf (_ ("p_filesz 0x%" PRIx64
                               ": the bytes end at 0x%" PRIx64
                               ", the page at 0x%" PRIx64),
                            s->filesz, s->vaddr + s->filesz, m->end);
  default:
    return g_strdup_printf (_ ("p_memsz 0x%" PRIx64 ": 0x%" PRIx64
                               " bytes zeroed, 0x%" PRIx64 " anonymous"),
                            s->memsz, m->zero_end - m->zero_start,
                            m->bss_end - m->end);
  }
}

/* Lines that a text takes: what does not fit on one is broken. */
static guint
lines_in (const SceneBuild *b, const char *text, double width)
{
  double all = scene_width (b, SCENE_TEXT_SMALL, text);

  return all <= width ? 1 : all <= 1.6 * width ? 2 : 4;
}

static double
words_height (const SceneBuild *b, const SceneStrips *r, double width)
{
  double height = 0;

  for (guint i = 0; i < LINES; i++) {
    g_autofree char *text = line_of (r, i);
    height += lines_in (b, text, width) * scene_line (b, SCENE_TEXT_SMALL)
              + scene_em (b, 0.2);
  }
  return height;
}

static void
add_words (SceneBuild *b, const SceneStrips *r, SceneRect rect)
{
  for (guint i = 0; i < LINES; i++) {
    g_autofree char *text = line_of (r, i);
    guint lines = lines_in (b, text, rect.width);
    scene_add_wrapped (
        b, SCENE_ID (SCENE_FIGURE_ELF_ROUNDING, PART_WORDS, i * 4),
        SCENE_TEXT_SMALL,
        scene_cut_top (&rect, lines * scene_line (b, SCENE_TEXT_SMALL),
                       scene_em (b, 0.2)),
        lines, SCENE_NORMAL, text);
  }
}

/* The strips, numbers above and below, words, colours. */
static double
inner_height (const SceneBuild *b, const SceneStrips *r, double width)
{
  return scene_strips_height (b) + scene_em (b, 0.3)
         + words_height (b, r, width) + scene_legend_height (b, 4, width);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  g_auto (SceneLoaded) loaded = {NULL};
  gboolean found = scene_loaded_read (&loaded, b);
  double padding = 2 * scene_padding (b);
  SceneStrips r;

  size->min_width = scene_em (b, 16) + padding;
  size->width = scene_em (b, 36) + padding;
  size->min_height = scene_header (b) + scene_em (b, 0.8);
  if (found) {
    scene_strips_choose (&r, &loaded);
    size->min_height
        += inner_height (b, &r, MAX (width, size->min_width) - padding);
  } else {
    size->min_height += 2 * scene_line (b, SCENE_TEXT_SMALL);
  }
  size->height = size->min_height;
  size->max_height = size->min_height;
}

static void
build (SceneBuild *b, SceneRect rect)
{
  const SceneLegendEntry legend[] = {{SCENE_ROLE_PROCESS_B, _ ("segment")},
                                     {SCENE_ROLE_NEUTRAL, _ ("came along")},
                                     {SCENE_ROLE_MISS, _ ("zeroed")},
                                     {SCENE_ROLE_PROCESS_C, _ ("anonymous")}};
  g_auto (SceneLoaded) loaded = {NULL};
  gboolean found = scene_loaded_read (&loaded, b);
  SceneRect inside = scene_add_panel (
      b, SCENE_FIGURE_ELF_ROUNDING, 0, rect, _ ("A segment in whole pages"),
      found ? _ ("file above, memory below") : NULL);
  SceneStrips r;

  if (!found) {
    scene_loaded_add_none (b, SCENE_FIGURE_ELF_ROUNDING, inside);
    return;
  }
  scene_strips_choose (&r, &loaded);
  SceneRect colours = scene_cut_bottom (
      &inside, scene_legend_height (b, 4, inside.width), scene_em (b, 0.3));
  scene_add_strips (b, &r, &inside);
  add_words (b, &r, inside);
  scene_add_legend (b, SCENE_FIGURE_ELF_ROUNDING, PART_LEGEND, legend,
                    G_N_ELEMENTS (legend), colours);
}

const SceneFigure scene_figure_elf_rounding
    = {.id = SCENE_FIGURE_ELF_ROUNDING,
       .kind = "elf-rounding",
       .title = N_ ("A segment in whole pages"),
       .stance = SCENE_STANCE_BAND,
       .measure = measure,
       .build = build};
