/* A symbol look-up: of the rows that are left each comparison takes half. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "elf/elf_index.h"
#include "figures/kit.h"
#include "figures/loaded.h"

/* Comparisons that have a row: of 4096 symbols; others are left out in the
 * middle of the search. */
#define MOST_ROWS 12

enum {
  PART_GROUND = SCENE_PART, /* number: row, as below */
  PART_LEFT,                /* what is left before the comparison */
  PART_MIDDLE,
  PART_NAME,
  PART_COMPARE,
  PART_QUESTION,
  PART_ANSWER
};

/* The search that is shown. */
typedef struct {
  const SceneLoaded *loaded;
  struct vm_elf_index index;
  struct vm_elf_search search;
  guint64 address; /* as in the file */
} Lookup;

static double
row_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_SMALL) + scene_em (b, 0.4);
}

static double
question_height (const SceneBuild *b)
{
  return scene_line (b, SCENE_TEXT_MONO_BOLD) + scene_em (b, 0.4);
}

/* The address of the present access, if the program is there, else that of its
 * first instruction. */
static guint64
address_of (const SceneBuild *b, const SceneLoaded *l)
{
  const SceneContext *c = b->context;
  gboolean inside = c->va >= l->plan.first + l->bias
                    && c->va < l->plan.last + l->bias;

  return c->access && inside ? c->va - l->bias : l->elf->entry;
}

static const char *
name_of (const SceneBuild *b, const Lookup *k, guint row)
{
  const struct vm_elf_place *place = &k->index.places[row];
  struct vm_elf_symbol symbol;

  vm_elf_symbol (k->loaded->elf, place->table, place->symbol, &symbol);
  return scene_loaded_name (
      b, vm_elf_symbol_name (k->loaded->elf, place->table, &symbol));
}

/* A piece of a bar; what is narrower than a hair is left out. */
static SceneItem *
add_piece (SceneBuild *b, guint part, guint number, SceneRect rect, double from,
           double to, SceneRole role, SceneEmphasis emphasis)
{
  rect.x += from;
  rect.width = to - from;
  return rect.width < 0.5
             ? NULL
             : scene_add_box (b,
                              SCENE_ID (SCENE_FIGURE_ELF_SYMBOLS, part, number),
                              rect, role, emphasis);
}

/* The rows that are left, to the scale of all: what is gone, what lies before
 * the row that is looked at, that row, what lies behind it. */
static void
add_bar (SceneBuild *b, const Lookup *k, guint i, SceneRect rect)
{
  const struct vm_elf_probe *p = &k->search.probes[i];
  double one = rect.width / k->index.count;
  double width = MAX (one, scene_em (b, 0.3));
  double at = MIN (p->middle * one, rect.width - width);
  double low = MIN (p->low * one, at), high = MAX (p->high * one, at + width);
  SceneRect thin = scene_middle (rect, scene_em (b, 0.5));
  SceneRect thick = scene_middle (rect, rect.height - scene_em (b, 0.2));
  SceneItem *item;

  add_piece (b, PART_GROUND, i * 2, thin, 0, low, SCENE_ROLE_NEUTRAL,
             SCENE_FAINT);
  add_piece (b, PART_LEFT, i * 2, thin, low, at, SCENE_ROLE_LEVEL1,
             SCENE_NORMAL);
  add_piece (b, PART_LEFT, i * 2 + 1, thin, at + width, high, SCENE_ROLE_LEVEL1,
             SCENE_NORMAL);
  add_piece (b, PART_GROUND, i * 2 + 1, thin, high, rect.width,
             SCENE_ROLE_NEUTRAL, SCENE_FAINT);
  item = add_piece (b, PART_MIDDLE, i, thick, at, at + width, SCENE_ROLE_ACCENT,
                    SCENE_ACTIVE);
  item->name = scene_still_printf (
      b->still,
      ngettext ("%u symbol left", "%u symbols left", p->high - p->low),
      p->high - p->low);
}

static void
add_probe (SceneBuild *b, const Lookup *k, guint i, SceneRect row)
{
  guint middle = k->search.probes[i].middle;
  guint64 value = k->index.places[middle].value;
  gboolean below = value <= k->address;
  const char *text = scene_still_printf (b->still, "0x%" PRIx64 " %s", value,
                                         below ? "≤" : ">");
  SceneRect bar = scene_cut_left (&row, row.width * 0.4, scene_em (b, 0.6));
  double width = MIN (scene_width (b, SCENE_TEXT_MONO_SMALL, "0x00000000 ≤"),
                      row.width * 0.6);
  SceneItem *item;

  add_bar (b, k, i, bar);
  item = scene_add_text (b,
                         SCENE_ID (SCENE_FIGURE_ELF_SYMBOLS, PART_COMPARE, i),
                         SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_END,
                         scene_cut_left (&row, width, scene_em (b, 0.6)), text);
  item->role = below ? SCENE_ROLE_HIT : SCENE_ROLE_MISS;
  item->name = below ? _ ("the address lies here or behind")
                     : _ ("the address lies before");
  scene_add_text (b, SCENE_ID (SCENE_FIGURE_ELF_SYMBOLS, PART_NAME, i),
                  SCENE_TEXT_MONO_SMALL, SCENE_ALIGN_START, row,
                  scene_loaded_fitting (b, SCENE_TEXT_MONO_SMALL, row.width,
                                        name_of (b, k, middle), "…"));
}

/* "0x1052 = main + 0x12" */
static void
add_answer (SceneBuild *b, const Lookup *k, SceneRect rect)
{
  guint32 found = k->search.found;
  SceneItem *item;

  if (found == VM_NONE) {
    scene_add_text (b, SCENE_ID (SCENE_FIGURE_ELF_SYMBOLS, PART_ANSWER, 0),
                    SCENE_TEXT_SMALL, SCENE_ALIGN_START, rect,
                    _ ("no symbol holds it"));
    return;
  }
  const char *name = name_of (b, k, found);
  guint64 distance = k->address - k->index.places[found].value;
  item = scene_add_text (
      b, SCENE_ID (SCENE_FIGURE_ELF_SYMBOLS, PART_ANSWER, 0),
      SCENE_TEXT_MONO_BOLD, SCENE_ALIGN_START, rect,
      scene_loaded_fitting (
          b, SCENE_TEXT_MONO_BOLD, rect.width,
          scene_still_printf (b->still, "0x%" PRIx64 " = %s + 0x%" PRIx64,
                              k->address, name, distance),
          scene_still_printf (b->still, "%s + 0x%" PRIx64, name, distance)));
  item->role = SCENE_ROLE_ACCENT;
  item->name = item->text;
}

static void
add_search (SceneBuild *b, const Lookup *k, SceneRect inside)
{
  guint rows = MIN (k->search.count, MOST_ROWS);
  guint skipped = k->search.count - rows;
  SceneRect question = scene_cut_top (&inside, question_height (b), 0);

  const char *text = scene_still_printf (
      b->still,
      /* Translators: an address; how many symbols. */
      ngettext ("Who holds 0x%" PRIx64 ", of %u symbol?",
                "Who holds 0x%" PRIx64 ", of %u symbols in order?",
                k->index.count),
      k->address, k->index.count);

  scene_add_text (b, SCENE_ID (SCENE_FIGURE_ELF_SYMBOLS, PART_QUESTION, 0),
                  SCENE_TEXT_SMALL, SCENE_ALIGN_START, question,
                  scene_loaded_fitting (b, SCENE_TEXT_SMALL, question.width,
                                        text,
                                        scene_loaded_hex (b, k->address)));
  for (guint i = 0; i < rows; i++)
    add_probe (b, k, i < rows / 2 ? i : i + skipped,
               scene_cut_top (&inside, row_height (b), 0));
  add_answer (b, k, scene_cut_top (&inside, question_height (b), 0));
}

/* As many rows as a search can take. */
static guint
rows_of (const SceneLoaded *l)
{
  guint64 most = 0;
  guint rows = 0;

  for (guint i = 0; l->elf != NULL && i < l->elf->section_count; i++)
    most = MAX (most, vm_elf_symbol_count (l->elf, i));
  for (; most > 0 && rows < MOST_ROWS; most /= 2)
    rows++;
  return MAX (rows, 1);
}

static void
measure (const SceneBuild *b, double width, SceneFigureSize *size)
{
  g_auto (SceneLoaded) loaded = {NULL};

  gboolean found = scene_loaded_read (&loaded, b);

  (void) width;
  size->min_width = scene_em (b, 16) + 2 * scene_padding (b);
  size->width = scene_em (b, 34) + 2 * scene_padding (b);
  size->min_height
      = scene_header (b) + scene_em (b, 0.8)
        + (found ? 2 * question_height (b) + rows_of (&loaded) * row_height (b)
                 : 2 * scene_line (b, SCENE_TEXT_SMALL));
  size->height = size->min_height;
  size->max_height = size->min_height;
}

static void
build (SceneBuild *b, SceneRect rect)
{
  g_auto (SceneLoaded) loaded = {NULL};
  gboolean found = scene_loaded_read (&loaded, b);
  SceneRect inside = scene_add_panel (b, SCENE_FIGURE_ELF_SYMBOLS, 0, rect,
                                      _ ("Which symbol is that?"), NULL);
  Lookup k = {.loaded = &loaded};

  if (!found || !vm_elf_index_init (&k.index, loaded.elf)) {
    scene_loaded_add_none (b, SCENE_FIGURE_ELF_SYMBOLS, inside);
    return;
  }
  k.address = address_of (b, &loaded);
  vm_elf_index_search (&k.index, k.address, &k.search);
  if (k.index.count > 0)
    add_search (b, &k, inside);
  else
    scene_add_wrapped (b, SCENE_ID (SCENE_FIGURE_ELF_SYMBOLS, PART_ANSWER, 1),
                       SCENE_TEXT_SMALL, inside, 2, SCENE_FAINT,
                       _ ("the file has lost its symbols"));
  vm_elf_index_done (&k.index);
}

const SceneFigure scene_figure_elf_symbols
    = {.id = SCENE_FIGURE_ELF_SYMBOLS,
       .kind = "elf-symbols",
       .title = N_ ("Which symbol is that?"),
       .stance = SCENE_STANCE_PART,
       .measure = measure,
       .build = build};
