/* Colours: contrast after WCAG 2, and how they look to colour-blind eyes. */
#include "palette.h"

#include <math.h>

#include "look.h"

/* How dichromats see linear light, after Machado, Oliveira and Fernandes
 * (2009), severity 1. NULL: everyone else. */
static const double protanopia[9] = {0.152286,  1.052583,  -0.204868,
                                     0.114503,  0.786281,  0.099216,
                                     -0.003882, -0.048116, 1.051998};
static const double deuteranopia[9] = {0.367322,  0.860646, -0.227968,
                                       0.280085,  0.672501, 0.047413,
                                       -0.011820, 0.042940, 0.968881};
static const double tritanopia[9] = {1.255528,  -0.076749, -0.178779,
                                     -0.078411, 0.930809,  0.147602,
                                     0.004733,  0.691367,  0.303900};
static const double *const eyes[]
    = {NULL, protanopia, deuteranopia, tritanopia};

static double
linear (double c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

/* Linear light as an eye receives it. */
static void
see (SceneColor c, const double *eye, double rgb[3])
{
  double light[3] = {linear (c.red), linear (c.green), linear (c.blue)};

  for (guint i = 0; i < 3; i++) {
    double sum = light[i];
    if (eye != NULL)
      sum = eye[3 * i] * light[0] + eye[3 * i + 1] * light[1]
            + eye[3 * i + 2] * light[2];
    rgb[i] = CLAMP (sum, 0, 1);
  }
}

static double
lab_curve (double t)
{
  return t > 0.008856 ? cbrt (t) : 7.787 * t + 16.0 / 116;
}

static void
to_lab (const double rgb[3], double lab[3])
{
  double x = 0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2];
  double y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
  double z = 0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2];
  double fx = lab_curve (x / 0.95047), fy = lab_curve (y);

  lab[0] = 116 * fy - 16;
  lab[1] = 500 * (fx - fy);
  lab[2] = 200 * (fy - lab_curve (z / 1.08883));
}

/* Distance in CIELAB; about 2 is just noticeable side by side. */
static double
distance (SceneColor a, SceneColor b, const double *eye)
{
  double p[3], q[3], u[3], v[3];

  see (a, eye, p);
  see (b, eye, q);
  to_lab (p, u);
  to_lab (q, v);
  return sqrt ((u[0] - v[0]) * (u[0] - v[0]) + (u[1] - v[1]) * (u[1] - v[1])
               + (u[2] - v[2]) * (u[2] - v[2]));
}

static void
expect_contrast (const ScenePalette *palette, const char *what, SceneRole role,
                 SceneColor a, SceneColor b, double least)
{
  double contrast = scene_contrast (a, b);

  if (contrast >= least)
    return;
  g_test_message ("%s: %s of %s has %.2f:1, not %.1f:1", palette->name, what,
                  scene_role_name (role), contrast, least);
  g_test_fail ();
}

static void
check_role (const ScenePalette *p, SceneRole role)
{
  const SceneInk *ink = &p->roles[role];
  SceneItem item = {.kind = SCENE_BOX, .role = role};

  expect_contrast (p, "text on panel", role, ink->text, p->panel, 4.5);
  expect_contrast (p, "line on panel", role, ink->line, p->panel, 3);
  expect_contrast (p, "line on ground", role, ink->line, p->ground, 3);
  for (item.emphasis = SCENE_NORMAL; item.emphasis <= SCENE_ACTIVE;
       item.emphasis++) {
    SceneLook look = scene_look_of (&item, p, scene_metrics_fixed ());
    expect_contrast (p, "text on fill", role, look.text, look.fill, 4.5);
    expect_contrast (p, "plain text on fill", role, p->text, look.fill, 4.5);
    expect_contrast (p, "muted text on fill", role, p->muted, look.fill, 4.5);
  }
  item.emphasis = SCENE_FAINT;
  SceneLook look = scene_look_of (&item, p, scene_metrics_fixed ());
  expect_contrast (p, "faint text on fill", role, look.text, look.fill, 3);
}

/* Chips and tokens: solid where they are active. */
static void
check_chip (const ScenePalette *p, SceneRole role)
{
  SceneItem item = {.kind = SCENE_CHIP,
                    .role = role,
                    .style = SCENE_TEXT_MONO_SMALL,
                    .rect = {0, 0, 40, 16}};

  for (item.emphasis = SCENE_FAINT; item.emphasis <= SCENE_ACTIVE;
       item.emphasis++) {
    SceneLook look = scene_look_of (&item, p, scene_metrics_fixed ());
    double least = item.emphasis == SCENE_FAINT ? 3 : 4.5;
    expect_contrast (p, "text on chip", role, look.text, look.fill, least);
  }
  SceneLook token = scene_look_of_token (role, p);
  expect_contrast (p, "text on token", role, token.text, token.fill, 4.5);
}

static void
test_contrast (void)
{
  for (ScenePaletteId id = 0; id < SCENE_PALETTES; id++) {
    const ScenePalette *p = scene_palette (id);
    expect_contrast (p, "text", SCENE_ROLE_NEUTRAL, p->text, p->panel, 7);
    expect_contrast (p, "muted", SCENE_ROLE_NEUTRAL, p->muted, p->panel, 4.5);
    expect_contrast (p, "muted", SCENE_ROLE_NEUTRAL, p->muted, p->ground, 4.5);
    expect_contrast (p, "faint", SCENE_ROLE_NEUTRAL, p->faint, p->panel, 3);
    expect_contrast (p, "faint", SCENE_ROLE_NEUTRAL, p->faint, p->ground, 3);
    for (SceneRole role = 0; role < SCENE_ROLES; role++) {
      check_role (p, role);
      check_chip (p, role);
    }
  }
}

/* High contrast means it. */
static void
test_high_contrast (void)
{
  static const ScenePaletteId ids[]
      = {SCENE_PALETTE_CONTRAST_LIGHT, SCENE_PALETTE_CONTRAST_DARK};

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    const ScenePalette *p = scene_palette (ids[i]);
    expect_contrast (p, "border", SCENE_ROLE_NEUTRAL, p->border, p->panel, 4.5);
    expect_contrast (p, "faint", SCENE_ROLE_NEUTRAL, p->faint, p->panel, 4.5);
    for (SceneRole role = 0; role < SCENE_ROLES; role++) {
      expect_contrast (p, "text", role, p->roles[role].text,
                       p->roles[role].fill, 7);
      expect_contrast (p, "line", role, p->roles[role].line, p->panel, 4.5);
    }
  }
}

static void
check_apart (const SceneRole *roles, guint count, double least)
{
  for (ScenePaletteId id = 0; id < SCENE_PALETTES; id++)
    for (guint eye = 0; eye < G_N_ELEMENTS (eyes); eye++)
      for (guint i = 0; i < count; i++)
        for (guint j = 0; j < i; j++) {
          const ScenePalette *p = scene_palette (id);
          double d = distance (p->roles[roles[i]].line, p->roles[roles[j]].line,
                               eyes[eye]);
          if (d >= least)
            continue;
          g_test_message ("%s: %s and %s are %.1f apart for eye %u", p->name,
                          scene_role_name (roles[i]),
                          scene_role_name (roles[j]), d, eye);
          g_test_fail ();
        }
}

static void
test_levels_apart (void)
{
  static const SceneRole levels[] = {SCENE_ROLE_LEVEL1, SCENE_ROLE_LEVEL2,
                                     SCENE_ROLE_LEVEL3, SCENE_ROLE_LEVEL4,
                                     SCENE_ROLE_LEVEL5, SCENE_ROLE_OFFSET};

  check_apart (levels, G_N_ELEMENTS (levels), 12);
}

static void
test_outcomes_apart (void)
{
  static const SceneRole outcomes[]
      = {SCENE_ROLE_HIT, SCENE_ROLE_MISS, SCENE_ROLE_FAULT};

  check_apart (outcomes, G_N_ELEMENTS (outcomes), 18);
}

static void
test_processes_apart (void)
{
  static const SceneRole processes[]
      = {SCENE_ROLE_PROCESS_A, SCENE_ROLE_PROCESS_B, SCENE_ROLE_PROCESS_C};

  check_apart (processes, G_N_ELEMENTS (processes), 14);
}

static void
test_contrast_ratio (void)
{
  SceneColor white = {1, 1, 1}, black = {0, 0, 0}, grey = {0.5, 0.5, 0.5};

  g_assert_cmpfloat_with_epsilon (scene_contrast (white, black), 21, 1e-9);
  g_assert_cmpfloat_with_epsilon (scene_contrast (grey, grey), 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (scene_contrast (grey, white), 3.98, 0.01);
}

static void
test_names (void)
{
  static const char *const names[SCENE_PALETTES]
      = {"light", "dark", "contrast-light", "contrast-dark", "print"};

  for (ScenePaletteId id = 0; id < SCENE_PALETTES; id++)
    g_assert_cmpstr (scene_palette (id)->name, ==, names[id]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette/contrast-ratio", test_contrast_ratio);
  g_test_add_func ("/palette/names", test_names);
  g_test_add_func ("/palette/contrast", test_contrast);
  g_test_add_func ("/palette/high-contrast", test_high_contrast);
  g_test_add_func ("/palette/levels-apart", test_levels_apart);
  g_test_add_func ("/palette/outcomes-apart", test_outcomes_apart);
  g_test_add_func ("/palette/processes-apart", test_processes_apart);
  return g_test_run ();
}
