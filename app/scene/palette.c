/* The five palettes: a fill, a line and a text colour for every role. */
#include "palette.h"

#include <math.h>

#define RGB(hex)                                                               \
  {                                                                            \
    ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0,                 \
        ((hex) &0xff) / 255.0                                                  \
  }
#define INK(fill, line, text)                                                  \
  {                                                                            \
    RGB (fill), RGB (line), RGB (text)                                         \
  }

/* One colour a level for the whole book: the table read last is blue, the one
 * above it purple, then teal, orange and magenta. Neighbouring levels differ in
 * lightness as well as in hue, so that they stay apart in grey and for
 * colour-blind readers. */
static const ScenePalette palettes[SCENE_PALETTES] = {
    [SCENE_PALETTE_LIGHT]
    = {.name = "light",
       .ground = RGB (0xf4f5f7),
       .panel = RGB (0xffffff),
       .border = RGB (0xdcdfe4),
       .text = RGB (0x1e2330),
       .muted = RGB (0x5b6270),
       .faint = RGB (0x828996),
       .accent = RGB (0x1c71d8),
       .line_width = 1,
       .roles = {
         [SCENE_ROLE_NEUTRAL] = INK (0xf7f8f9, 0x868d99, 0x3d4452),
         [SCENE_ROLE_ACCENT] = INK (0xe4effc, 0x1c71d8, 0x1559b0),
         [SCENE_ROLE_LEVEL1] = INK (0xe1edfc, 0x1c71d8, 0x1559b0),
         [SCENE_ROLE_LEVEL2] = INK (0xefe6fb, 0x7a3fb4, 0x6a35a3),
         [SCENE_ROLE_LEVEL3] = INK (0xd8f3ee, 0x0f8b7e, 0x0a655c),
         [SCENE_ROLE_LEVEL4] = INK (0xfdead2, 0xc06a00, 0x8a4b00),
         [SCENE_ROLE_LEVEL5] = INK (0xfbe2ef, 0xc2317f, 0x9c2163),
         [SCENE_ROLE_OFFSET] = INK (0xe8eaee, 0x5e6673, 0x474e5a),
         [SCENE_ROLE_PROCESS_A] = INK (0xd8e6fd, 0x2f6fdd, 0x1d54b5),
         [SCENE_ROLE_PROCESS_B] = INK (0xfde4d6, 0xd1581b, 0x9c3d0c),
         [SCENE_ROLE_PROCESS_C] = INK (0xe3f0d0, 0x5b8a16, 0x41660b),
         [SCENE_ROLE_KERNEL] = INK (0xe3e4e8, 0x6d6f78, 0x4c4e57),
         [SCENE_ROLE_TABLE] = INK (0xeae0fa, 0x7a4fbf, 0x6336a8),
         [SCENE_ROLE_FILE] = INK (0xd6f1ed, 0x0f8b7e, 0x0a655c),
         [SCENE_ROLE_FREE] = INK (0xf7f8f9, 0x8a919d, 0x5b6270),
         [SCENE_ROLE_HIT] = INK (0xdcf4e5, 0x1f8f4e, 0x14663a),
         [SCENE_ROLE_MISS] = INK (0xfdf0d4, 0xb07000, 0x7d4e00),
         [SCENE_ROLE_FAULT] = INK (0xfde3e4, 0xc0262d, 0xa81c24),
       }},
    [SCENE_PALETTE_DARK]
    = {.name = "dark",
       .ground = RGB (0x14161a),
       .panel = RGB (0x20242c),
       .border = RGB (0x363c48),
       .text = RGB (0xeef0f4),
       .muted = RGB (0xb4bbc8),
       .faint = RGB (0x7f8796),
       .accent = RGB (0x78aeed),
       .line_width = 1,
       .roles = {
         [SCENE_ROLE_NEUTRAL] = INK (0x292e38, 0x868ea0, 0xd0d5df),
         [SCENE_ROLE_ACCENT] = INK (0x22385c, 0x78aeed, 0xa3c8f6),
         [SCENE_ROLE_LEVEL1] = INK (0x22385c, 0x78aeed, 0xa3c8f6),
         [SCENE_ROLE_LEVEL2] = INK (0x3d2a5c, 0xc4a0fb, 0xd6bcfd),
         [SCENE_ROLE_LEVEL3] = INK (0x163f3a, 0x5fd0c0, 0x8fe3d7),
         [SCENE_ROLE_LEVEL4] = INK (0x4b3315, 0xf4b266, 0xf9cd97),
         [SCENE_ROLE_LEVEL5] = INK (0x52203e, 0xf78cc6, 0xfcb6dc),
         [SCENE_ROLE_OFFSET] = INK (0x363c48, 0xa7aebb, 0xd0d5df),
         [SCENE_ROLE_PROCESS_A] = INK (0x213a66, 0x7fb0f8, 0xa9caf9),
         [SCENE_ROLE_PROCESS_B] = INK (0x522c17, 0xf59a66, 0xfabf9d),
         [SCENE_ROLE_PROCESS_C] = INK (0x2f431a, 0xa5d160, 0xc4e394),
         [SCENE_ROLE_KERNEL] = INK (0x393c44, 0xa2a6b1, 0xd3d6dd),
         [SCENE_ROLE_TABLE] = INK (0x392a56, 0xb79af0, 0xd0bdf7),
         [SCENE_ROLE_FILE] = INK (0x163f3a, 0x5fd0c0, 0x8fe3d7),
         [SCENE_ROLE_FREE] = INK (0x262b34, 0x7f8796, 0xb4bbc8),
         [SCENE_ROLE_HIT] = INK (0x17402a, 0x5fd08c, 0x93e3b2),
         [SCENE_ROLE_MISS] = INK (0x49370f, 0xedb93f, 0xf5d283),
         [SCENE_ROLE_FAULT] = INK (0x561f24, 0xff8a8c, 0xffb5b5),
       }},
    [SCENE_PALETTE_CONTRAST_LIGHT]
    = {.name = "contrast-light",
       .ground = RGB (0xffffff),
       .panel = RGB (0xffffff),
       .border = RGB (0x5b6270),
       .text = RGB (0x000000),
       .muted = RGB (0x2b303a),
       .faint = RGB (0x5b6270),
       .accent = RGB (0x0b4a9e),
       .line_width = 1,
       .roles = {
         [SCENE_ROLE_NEUTRAL] = INK (0xffffff, 0x3d4452, 0x000000),
         [SCENE_ROLE_ACCENT] = INK (0xdcebff, 0x0b4a9e, 0x07336f),
         [SCENE_ROLE_LEVEL1] = INK (0xdcebff, 0x0b4a9e, 0x07336f),
         [SCENE_ROLE_LEVEL2] = INK (0xf0e4ff, 0x5b1f9a, 0x461179),
         [SCENE_ROLE_LEVEL3] = INK (0xd3f5ee, 0x00594f, 0x004139),
         [SCENE_ROLE_LEVEL4] = INK (0xffe9cc, 0x7d4200, 0x5a2f00),
         [SCENE_ROLE_LEVEL5] = INK (0xffdfef, 0x940f56, 0x6f0a40),
         [SCENE_ROLE_OFFSET] = INK (0xe8eaee, 0x3a404b, 0x1e2330),
         [SCENE_ROLE_PROCESS_A] = INK (0xd8e6fd, 0x0f469f, 0x0a3274),
         [SCENE_ROLE_PROCESS_B] = INK (0xffe2d1, 0x8c3200, 0x682500),
         [SCENE_ROLE_PROCESS_C] = INK (0xe3f3cc, 0x365a00, 0x274200),
         [SCENE_ROLE_KERNEL] = INK (0xe3e4e8, 0x3b3d45, 0x1f2026),
         [SCENE_ROLE_TABLE] = INK (0xeae0fa, 0x521c96, 0x3f1277),
         [SCENE_ROLE_FILE] = INK (0xd3f5ee, 0x00594f, 0x004139),
         [SCENE_ROLE_FREE] = INK (0xffffff, 0x5b6270, 0x2b303a),
         [SCENE_ROLE_HIT] = INK (0xd8f7e2, 0x085a2c, 0x06411f),
         [SCENE_ROLE_MISS] = INK (0xfff0cc, 0x6b4300, 0x4d3000),
         [SCENE_ROLE_FAULT] = INK (0xffe0e0, 0x98000f, 0x75000b),
       }},
    [SCENE_PALETTE_CONTRAST_DARK]
    = {.name = "contrast-dark",
       .ground = RGB (0x000000),
       .panel = RGB (0x000000),
       .border = RGB (0xa7aebb),
       .text = RGB (0xffffff),
       .muted = RGB (0xdfe3ea),
       .faint = RGB (0xa7aebb),
       .accent = RGB (0x9cc7ff),
       .line_width = 1,
       .roles = {
         [SCENE_ROLE_NEUTRAL] = INK (0x14161a, 0xc4cad5, 0xffffff),
         [SCENE_ROLE_ACCENT] = INK (0x0f2f5c, 0x9cc7ff, 0xc9e1ff),
         [SCENE_ROLE_LEVEL1] = INK (0x0f2f5c, 0x9cc7ff, 0xc9e1ff),
         [SCENE_ROLE_LEVEL2] = INK (0x35175c, 0xd9bcff, 0xe8d7ff),
         [SCENE_ROLE_LEVEL3] = INK (0x063d36, 0x6fe6d4, 0xa8f2e6),
         [SCENE_ROLE_LEVEL4] = INK (0x4a2c00, 0xffbf70, 0xffd9a8),
         [SCENE_ROLE_LEVEL5] = INK (0x521038, 0xff9fd2, 0xffc8e5),
         [SCENE_ROLE_OFFSET] = INK (0x2b303a, 0xc4cad5, 0xffffff),
         [SCENE_ROLE_PROCESS_A] = INK (0x10326b, 0xa0c6ff, 0xcbe0ff),
         [SCENE_ROLE_PROCESS_B] = INK (0x572200, 0xffab7a, 0xffccae),
         [SCENE_ROLE_PROCESS_C] = INK (0x2a4400, 0xb9e86b, 0xd5f2a3),
         [SCENE_ROLE_KERNEL] = INK (0x33363d, 0xcfd2da, 0xffffff),
         [SCENE_ROLE_TABLE] = INK (0x331a5e, 0xcdb4ff, 0xe1d2ff),
         [SCENE_ROLE_FILE] = INK (0x063d36, 0x6fe6d4, 0xa8f2e6),
         [SCENE_ROLE_FREE] = INK (0x000000, 0xa7aebb, 0xdfe3ea),
         [SCENE_ROLE_HIT] = INK (0x064020, 0x77e8a2, 0xadf2c7),
         [SCENE_ROLE_MISS] = INK (0x4a3500, 0xffd04f, 0xffe292),
         [SCENE_ROLE_FAULT] = INK (0x5c0c12, 0xffa3a3, 0xffc9c9),
       }},
    [SCENE_PALETTE_PRINT]
    = {.name = "print",
       .ground = RGB (0xffffff),
       .panel = RGB (0xffffff),
       .border = RGB (0xb4b9c2),
       .text = RGB (0x000000),
       .muted = RGB (0x40454f),
       .faint = RGB (0x767c88),
       .accent = RGB (0x1559b0),
       .line_width = 1,
       .roles = {
         [SCENE_ROLE_NEUTRAL] = INK (0xffffff, 0x767c88, 0x1e2330),
         [SCENE_ROLE_ACCENT] = INK (0xeaf2fd, 0x1559b0, 0x104889),
         [SCENE_ROLE_LEVEL1] = INK (0xeaf2fd, 0x1559b0, 0x104889),
         [SCENE_ROLE_LEVEL2] = INK (0xf3ecfc, 0x6a35a3, 0x55288a),
         [SCENE_ROLE_LEVEL3] = INK (0xe2f5f1, 0x0a756a, 0x085850),
         [SCENE_ROLE_LEVEL4] = INK (0xfdf0df, 0xa85c00, 0x7a4300),
         [SCENE_ROLE_LEVEL5] = INK (0xfceaf3, 0xab2870, 0x871b55),
         [SCENE_ROLE_OFFSET] = INK (0xf0f1f4, 0x4f5662, 0x3a404b),
         [SCENE_ROLE_PROCESS_A] = INK (0xe6effd, 0x2560c8, 0x184a9f),
         [SCENE_ROLE_PROCESS_B] = INK (0xfdece2, 0xb84a12, 0x86340a),
         [SCENE_ROLE_PROCESS_C] = INK (0xecf5df, 0x4c760f, 0x395b08),
         [SCENE_ROLE_KERNEL] = INK (0xededf0, 0x5c5e67, 0x40424a),
         [SCENE_ROLE_TABLE] = INK (0xf1eafb, 0x6941ad, 0x552d92),
         [SCENE_ROLE_FILE] = INK (0xe2f5f1, 0x0a756a, 0x085850),
         [SCENE_ROLE_FREE] = INK (0xffffff, 0x868d99, 0x40454f),
         [SCENE_ROLE_HIT] = INK (0xe6f6ec, 0x187a41, 0x10562f),
         [SCENE_ROLE_MISS] = INK (0xfdf5e2, 0x986000, 0x6b4300),
         [SCENE_ROLE_FAULT] = INK (0xfdebec, 0xa81c24, 0x8c151d),
       }},
};

/* sRGB to linear light. */
static double
linear (double c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
luminance (SceneColor c)
{
  return 0.2126 * linear (c.red) + 0.7152 * linear (c.green)
         + 0.0722 * linear (c.blue);
}

const ScenePalette *
scene_palette (ScenePaletteId id)
{
  g_return_val_if_fail (id < SCENE_PALETTES, &palettes[0]);
  return &palettes[id];
}

double
scene_contrast (SceneColor a, SceneColor b)
{
  double la = luminance (a), lb = luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}
