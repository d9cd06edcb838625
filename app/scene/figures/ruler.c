/* A ruler: bands to scale, each of which opens a piece of the one above. */
#include "figures/ruler.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "figures/band.h"
#include "figures/ruler_rows.h"

/* Magnifications up to this one are said in digits. */
#define MOST_DIGITS (1 << 20)

static double
card_height (const SceneBuild *b, double content)
{
  return scene_header (b) + scene_em (b, 0.8) + content;
}

/* Room for the lines that fan out. */
static double
gutter (const SceneBuild *b)
{
  return scene_em (b, 1.6);
}

static gboolean
is_list (const SceneRuler *ruler, guint lens)
{
  return ruler->rows > 0 && lens + 1 == ruler->lens_count;
}

/* 131072 as "131 072": the spaces are narrow and do not break. */
static char *
grouped (guint number)
{
  if (number < 10000)
    return g_strdup_printf ("%u", number);
  return g_strdup_printf ("%u\u2009%03u", number / 1000, number % 1000);
}

/* How many times as large as the whole a lens shows things: "×131 072",
 * "×2³³", and "≈" where it is none of both. */
static const char *
zoom_text (const SceneBuild *b, const SceneRuler *r, const SceneLens *lens)
{
  double whole = (double) (r->lenses[0].last - r->lenses[0].first) + 1;
  double zoom = whole / ((double) (lens->last - lens->first) + 1);
  double exponent = log2 (zoom);
  gboolean exact = exponent == floor (exponent);
  guint power = (guint) (exponent + 0.5);

  if (zoom <= MOST_DIGITS) {
    g_autofree char *digits = grouped ((guint) (zoom + 0.5));
    return scene_still_printf (b->still, "%s×%s",
                               zoom == floor (zoom) ? "" : "≈ ", digits);
  }
  SceneNumber text
      = scene_number_power (0, (G_GUINT64_CONSTANT (1) << power) - 1);
  return scene_still_printf (b->still, "%s×%s", exact ? "" : "≈ ", text.s);
}

/* "2⁴⁷ bytes"; another size in bytes, KiB or so. */
static const char *
bytes_text (const SceneBuild *b, const SceneLens *lens)
{
  SceneNumber power = scene_number_power (lens->first, lens->last);

  if (power.s[0] == '\0')
    return scene_keep (b, scene_number_size (lens->last - lens->first + 1));
  return scene_still_printf (b->still, _ ("%s bytes"), power.s);
}

/* What a card's scale is, the longest of what fits beside its title. */
static const char *
scale_text (const SceneBuild *b, const SceneRuler *r, guint n, double width)
{
  const SceneLens *lens = &r->lenses[n];
  const char *bytes = bytes_text (b, lens), *zoom = zoom_text (b, r, lens);
  const char *words[3] = {bytes, zoom, zoom};

  if (is_list (r, n)) {
    words[0] = _ ("rows are not to scale");
    words[1] = words[2] = _ ("not to scale");
  } else if (n == 0) {
    words[0] = scene_still_printf (
        b->still, _ ("%s, to scale; at least a hairline each"), bytes);
    words[1] = scene_still_printf (b->still, _ ("%s, to scale"), bytes);
    words[2] = _ ("to scale");
  } else {
    words[0]
        = scene_still_printf (b->still, _ ("%s, to scale, %s"), bytes, zoom);
    words[1] = scene_still_printf (b->still, _ ("%s, %s"), bytes, zoom);
  }
  for (guint i = 0; i < 2; i++)
    if (scene_panel_width (b, lens->title, words[i]) <= width)
      return words[i];
  return words[2];
}

/* The line under a piece that a lens opens, and those from its ends to the
 * corners of the lens. */
static void
add_lens_lines (SceneBuild *b, const SceneBand *band, SceneRect card)
{
  guint lens = band->lens + 1;
  const SceneLens *open = &band->ruler->lenses[lens];
  SceneRect piece = scene_band_piece (band, open->first, open->last);
  double padding = scene_padding (b);
  double top = band->rect.y + band->rect.height + scene_em (b, 0.1);

  piece.y = top;
  piece.height = scene_em (b, 0.14);
  SceneItem *item = scene_still_add (
      b->still, scene_ruler_id (band->figure, SCENE_RULER_PIECE, band->lens, 0),
      b->parent, SCENE_EDGE, piece);
  item->role = SCENE_ROLE_ACCENT;
  item->name = scene_still_printf (
      b->still, _ ("Opened below: %s"),
      scene_ruler_range (b, band->ruler, open->first, open->last));
  for (guint i = 0; i < 2; i++) {
    double from = piece.x + i * piece.width;
    double to = card.x + padding + i * (card.width - 2 * padding);
    item = scene_still_add (
        b->still, scene_ruler_id (band->figure, SCENE_RULER_LINE, lens, i), 0,
        SCENE_LINE, piece);
    item->role = SCENE_ROLE_ACCENT;
    scene_still_add_point (b->still, item, from, top + piece.height);
    scene_still_add_point (b->still, item, to, card.y);
  }
}

static void
add_card (SceneBuild *b, SceneFigureId figure, const SceneRuler *r, guint n,
          SceneRect card, SceneRect next)
{
  SceneRect inside = scene_add_panel (b, figure, n, card, r->lenses[n].title,
                                      scale_text (b, r, n, card.width));

  if (is_list (r, n)) {
    scene_add_ruler_rows (b, figure, r, n, inside);
    return;
  }
  g_auto (SceneBand) band;
  scene_add_band (b, figure, r, n, inside, &band);
  if (n + 1 < r->lens_count)
    add_lens_lines (b, &band, next);
}

double
scene_ruler_least (const SceneBuild *build)
{
  return scene_em (build, 13);
}

double
scene_ruler_width (const SceneBuild *build)
{
  return scene_em (build, 46);
}

double
scene_ruler_height (const SceneBuild *build, guint bands, guint rows)
{
  double height
      = bands
            * (card_height (build, scene_band_height (build)) + gutter (build))
        - gutter (build);

  if (rows > 0)
    height += gutter (build)
              + card_height (build, scene_ruler_rows_height (build, rows));
  return height;
}

void
scene_add_ruler (SceneBuild *build, SceneFigureId figure,
                 const SceneRuler *ruler, SceneRect rect)
{
  guint bands = ruler->lens_count - (ruler->rows > 0);
  double spare = rect.height - scene_ruler_height (build, bands, ruler->rows);
  double band = card_height (build, scene_band_height (build));
  double list
      = card_height (build, scene_ruler_rows_height (build, ruler->rows));
  double more
      = CLAMP (spare / (2 * ruler->lens_count - 1), 0, scene_em (build, 0.7));
  SceneRect card = scene_cut_top (&rect, (bands > 0 ? band : list) + more,
                                  gutter (build) + more);

  for (guint n = 0; n < ruler->lens_count; n++) {
    SceneRect next = {rect.x, rect.y, 0, 0};
    if (n + 1 < ruler->lens_count)
      next = scene_cut_top (&rect, (n + 1 < bands ? band : list) + more,
                            gutter (build) + more);
    add_card (build, figure, ruler, n, card, next);
    card = next;
  }
}

const char *
scene_ruler_address (const SceneBuild *build, const SceneRuler *ruler,
                     guint64 va)
{
  return scene_still_printf (build->still, "0x%0*" PRIx64, (int) ruler->digits,
                             va);
}

const char *
scene_ruler_range (const SceneBuild *build, const SceneRuler *ruler,
                   guint64 first, guint64 last)
{
  return scene_still_printf (build->still, _ ("%s to %s"),
                             scene_ruler_address (build, ruler, first),
                             scene_ruler_address (build, ruler, last));
}

const char *
scene_ruler_name (const SceneBuild *build, const SceneRuler *ruler,
                  const SceneSpan *span)
{
  const char *what = span->note != NULL ? span->note : span->label;
  const char *range
      = span->first == span->last
            ? scene_ruler_address (build, ruler, span->first)
            : scene_ruler_range (build, ruler, span->first, span->last);

  return what == NULL
             ? range
             : scene_still_printf (build->still, "%s: %s", what, range);
}

SceneId
scene_ruler_id (SceneFigureId figure, guint part, guint lens, guint64 number)
{
  const guint64 mask = (G_GUINT64_CONSTANT (1) << 45) - 1;

  return SCENE_ID (figure, part, (guint64) lens << 45 | (number & mask));
}
