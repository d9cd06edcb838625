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
       .muted = RGB (0x535a67),
       .faint = RGB (0x828996),
       .accent = RGB (0x1c71d8),
       .line_width = 1,
       .roles = {
         [SCENE_ROLE_NEUTRAL] = INK (0xf7f8f9, 0x6f7683, 0x3d4452),
         [SCENE_ROLE_ACCENT] = INK (0xe4effc, 0x1c71d8, 0x1556a4),
         [SCENE_ROLE_LEVEL1] = INK (0xe1edfc, 0x1c71d8, 0x1554a0),
         [SCENE_ROLE_LEVEL2] = INK (0xefe6fb, 0x793eb2, 0x6d38a0),
         [SCENE_ROLE_LEVEL3] = INK (0xd8f3ee, 0x006554, 0x006151),
         [SCENE_ROLE_LEVEL4] = INK (0xfdead2, 0xb25f00, 0x844600),
         [SCENE_ROLE_LEVEL5] = INK (0xfbe2ef, 0xc52674, 0x9a1e5a),
         [SCENE_ROLE_OFFSET] = INK (0xe8eaee, 0x626b7a, 0x4e5662),
         [SCENE_ROLE_PROCESS_A] = INK (0xd8e6fd, 0x2f6fdd, 0x214e9b),
         [SCENE_ROLE_PROCESS_B] = INK (0xfde4d6, 0xb63c00, 0x953100),
         [SCENE_ROLE_PROCESS_C] = INK (0xe3f0d0, 0x4c8228, 0x38601e),
         [SCENE_ROLE_KERNEL] = INK (0xe3e4e8, 0x6d6f78, 0x4e5056),
         [SCENE_ROLE_TABLE] = INK (0xeae0fa, 0x7a4fbf, 0x5f3e95),
         [SCENE_ROLE_FILE] = INK (0xd6f1ed, 0x0c8074, 0x095f56),
         [SCENE_ROLE_FREE] = INK (0xf7f8f9, 0x6f7683, 0x575c66),
         [SCENE_ROLE_HIT] = INK (0xdcf4e5, 0x11864a, 0x0d6337),
         [SCENE_ROLE_MISS] = INK (0xfdf0d4, 0xa76600, 0x7f4e00),
         [SCENE_ROLE_FAULT] = INK (0xfde3e4, 0xaa0020, 0xa7001f),
       }},
    [SCENE_PALETTE_DARK]
    = {.name = "dark",
       .ground = RGB (0x14161a),
       .panel = RGB (0x20242c),
       .border = RGB (0x363c48),
       .text = RGB (0xeef0f4),
       .muted = RGB (0xb4bbc8),
       .faint = RGB (0x7f8796),
       .accent = RGB (0x7ab3fa),
       .line_width = 1,
       .roles = {
         [SCENE_ROLE_NEUTRAL] = INK (0x292e38, 0x868ea0, 0xd0d5df),
         [SCENE_ROLE_ACCENT] = INK (0x22385c, 0x7ab3fa, 0x9fc8fb),
         [SCENE_ROLE_LEVEL1] = INK (0x22385c, 0x7ab3fa, 0x9fc8fb),
         [SCENE_ROLE_LEVEL2] = INK (0x3d2a5c, 0xb185d2, 0xcfb3e3),
         [SCENE_ROLE_LEVEL3] = INK (0x163f3a, 0x77d8bc, 0x7cdabf),
         [SCENE_ROLE_LEVEL4] = INK (0x4b3315, 0xf4b266, 0xf5bb78),
         [SCENE_ROLE_LEVEL5] = INK (0x52203e, 0xf28bc8, 0xf5a2d3),
         [SCENE_ROLE_OFFSET] = INK (0x363c48, 0x9d9d9d, 0xc8c8c8),
         [SCENE_ROLE_PROCESS_A] = INK (0x213a66, 0x7fb0f8, 0xabcbfa),
         [SCENE_ROLE_PROCESS_B] = INK (0x522c17, 0xed9464, 0xf2b492),
         [SCENE_ROLE_PROCESS_C] = INK (0x2f431a, 0xb6dd61, 0xb6dd61),
         [SCENE_ROLE_KERNEL] = INK (0x393c44, 0xa2a6b1, 0xc7cad0),
         [SCENE_ROLE_TABLE] = INK (0x392a56, 0xb79af0, 0xc8b2f4),
         [SCENE_ROLE_FILE] = INK (0x163f3a, 0x5fd0c0, 0x79d8ca),
         [SCENE_ROLE_FREE] = INK (0x262b34, 0x7f8796, 0xabb0ba),
         [SCENE_ROLE_HIT] = INK (0x17402a, 0x6ac465, 0x94d590),
         [SCENE_ROLE_MISS] = INK (0x49370f, 0xeebc41, 0xf0c458),
         [SCENE_ROLE_FAULT] = INK (0x561f24, 0xff919d, 0xffa3ad),
       }},
    [SCENE_PALETTE_CONTRAST_LIGHT]
    = {.name = "contrast-light",
       .ground = RGB (0xffffff),
       .panel = RGB (0xffffff),
       .border = RGB (0x5b6270),
       .text = RGB (0x000000),
       .muted = RGB (0x2b303a),
       .faint = RGB (0x5b6270),
       .accent = RGB (0x144ca1),
       .line_width = 1.5,
       .roles = {
         [SCENE_ROLE_NEUTRAL] = INK (0xffffff, 0x3d4452, 0x000000),
         [SCENE_ROLE_ACCENT] = INK (0xdcebff, 0x144ca1, 0x0e3571),
         [SCENE_ROLE_LEVEL1] = INK (0xdcebff, 0x144ca1, 0x0e3571),
         [SCENE_ROLE_LEVEL2] = INK (0xf0e4ff, 0x411696, 0x401693),
         [SCENE_ROLE_LEVEL3] = INK (0xd3f5ee, 0x00554a, 0x00423a),
         [SCENE_ROLE_LEVEL4] = INK (0xffe9cc, 0x7d4200, 0x5a3000),
         [SCENE_ROLE_LEVEL5] = INK (0xffdfef, 0xa51e5b, 0x6a133a),
         [SCENE_ROLE_OFFSET] = INK (0xe8eaee, 0x282e37, 0x282e37),
         [SCENE_ROLE_PROCESS_A] = INK (0xd8e6fd, 0x0f469f, 0x0b3272),
         [SCENE_ROLE_PROCESS_B] = INK (0xffe2d1, 0x903603, 0x5f2402),
         [SCENE_ROLE_PROCESS_C] = INK (0xe3f3cc, 0x153500, 0x153500),
         [SCENE_ROLE_KERNEL] = INK (0xe3e4e8, 0x3b3d45, 0x33343b),
         [SCENE_ROLE_TABLE] = INK (0xeae0fa, 0x521c96, 0x45187e),
         [SCENE_ROLE_FILE] = INK (0xd3f5ee, 0x00594f, 0x00423a),
         [SCENE_ROLE_FREE] = INK (0xffffff, 0x5b6270, 0x40454e),
         [SCENE_ROLE_HIT] = INK (0xd8f7e2, 0x0d643f, 0x09442b),
         [SCENE_ROLE_MISS] = INK (0xfff0cc, 0x461e00, 0x461e00),
         [SCENE_ROLE_FAULT] = INK (0xffe0e0, 0xa61a08, 0x6e1105),
       }},
    [SCENE_PALETTE_CONTRAST_DARK]
    = {.name = "contrast-dark",
       .ground = RGB (0x000000),
       .panel = RGB (0x000000),
       .border = RGB (0xa7aebb),
       .text = RGB (0xffffff),
       .muted = RGB (0xdfe3ea),
       .faint = RGB (0xa7aebb),
       .accent = RGB (0xafd3ff),
       .line_width = 1.5,
       .roles = {
         [SCENE_ROLE_NEUTRAL] = INK (0x14161a, 0xc4cad5, 0xffffff),
         [SCENE_ROLE_ACCENT] = INK (0x0f2f5c, 0xafd3ff, 0xe4f0ff),
         [SCENE_ROLE_LEVEL1] = INK (0x0f2f5c, 0xafd3ff, 0xe4f0ff),
         [SCENE_ROLE_LEVEL2] = INK (0x35175c, 0xba9ce3, 0xe5d9f4),
         [SCENE_ROLE_LEVEL3] = INK (0x063d36, 0x6af5eb, 0xdefdfb),
         [SCENE_ROLE_LEVEL4] = INK (0x4a2c00, 0xfebe6f, 0xfff1df),
         [SCENE_ROLE_LEVEL5] = INK (0x521038, 0xe48ec4, 0xf6dbec),
         [SCENE_ROLE_OFFSET] = INK (0x2b303a, 0xc3c3c3, 0xeeeeee),
         [SCENE_ROLE_PROCESS_A] = INK (0x10326b, 0xa0c6ff, 0xeaf2ff),
         [SCENE_ROLE_PROCESS_B] = INK (0x572200, 0xfdaa7c, 0xffece2),
         [SCENE_ROLE_PROCESS_C] = INK (0x2a4400, 0xb9e86b, 0xf0fade),
         [SCENE_ROLE_KERNEL] = INK (0x33363d, 0xcfd2da, 0xf4f5f7),
         [SCENE_ROLE_TABLE] = INK (0x331a5e, 0xcdb4ff, 0xe9deff),
         [SCENE_ROLE_FILE] = INK (0x063d36, 0x6fe6d4, 0xdffaf6),
         [SCENE_ROLE_FREE] = INK (0x000000, 0xa7aebb, 0xb2b8c3),
         [SCENE_ROLE_HIT] = INK (0x064020, 0x8ff9a7, 0xe6feec),
         [SCENE_ROLE_MISS] = INK (0x4a3500, 0xfecf4d, 0xfff4d8),
         [SCENE_ROLE_FAULT] = INK (0x5c0c12, 0xed969e, 0xf9dde0),
       }},
    [SCENE_PALETTE_PRINT]
    = {.name = "print",
       .ground = RGB (0xffffff),
       .panel = RGB (0xffffff),
       .border = RGB (0xb4b9c2),
       .text = RGB (0x000000),
       .muted = RGB (0x40454f),
       .faint = RGB (0x767c88),
       .accent = RGB (0x1c5cb4),
       .line_width = 1,
       .roles = {
         [SCENE_ROLE_NEUTRAL] = INK (0xffffff, 0x6f7683, 0x1e2330),
         [SCENE_ROLE_ACCENT] = INK (0xeaf2fd, 0x1c5cb4, 0x16488c),
         [SCENE_ROLE_LEVEL1] = INK (0xeaf2fd, 0x1c5cb4, 0x16488c),
         [SCENE_ROLE_LEVEL2] = INK (0xf3ecfc, 0x652a91, 0x63298e),
         [SCENE_ROLE_LEVEL3] = INK (0xe2f5f1, 0x1c6c58, 0x155243),
         [SCENE_ROLE_LEVEL4] = INK (0xfdf0df, 0xa85c00, 0x6f3d00),
         [SCENE_ROLE_LEVEL5] = INK (0xfceaf3, 0xb53681, 0x7f265a),
         [SCENE_ROLE_OFFSET] = INK (0xf0f1f4, 0x475361, 0x404b57),
         [SCENE_ROLE_PROCESS_A] = INK (0xe6effd, 0x2560c8, 0x1b4590),
         [SCENE_ROLE_PROCESS_B] = INK (0xfdece2, 0xbc4f11, 0x7c340b),
         [SCENE_ROLE_PROCESS_C] = INK (0xecf5df, 0x224e00, 0x224e00),
         [SCENE_ROLE_KERNEL] = INK (0xededf0, 0x5c5e67, 0x46474e),
         [SCENE_ROLE_TABLE] = INK (0xf1eafb, 0x6941ad, 0x54348a),
         [SCENE_ROLE_FILE] = INK (0xe2f5f1, 0x0a756a, 0x07524a),
         [SCENE_ROLE_FREE] = INK (0xffffff, 0x6f7683, 0x4e535c),
         [SCENE_ROLE_HIT] = INK (0xe6f6ec, 0x197b44, 0x125630),
         [SCENE_ROLE_MISS] = INK (0xfdf5e2, 0x9c6302, 0x6a4301),
         [SCENE_ROLE_FAULT] = INK (0xfdebec, 0x9a051a, 0x910518),
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
