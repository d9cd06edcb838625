/* Which palette the desktop asks for, and the same colours for the style sheet.
 *
 * Figures are painted with a palette and everything else is styled with CSS.
 * So that both agree, the palette's colours are given to CSS by name:
 * @pw_ground, @pw_panel, @pw_border, @pw_text, @pw_muted, @pw_accent, and for
 * each role such as level1 @pw_level1_fill, @pw_level1_line, @pw_level1_text.
 */
#ifndef PW_THEME_H
#define PW_THEME_H

#include "palette.h"

/* The palette for the present preferences: light, dark, high contrast. */
const ScenePalette *pw_theme_palette (void);

/* Gives the palette's colours, and the size of text as a factor on the
 * desktop's, to the default display's style; lengths there follow the text. */
void pw_theme_apply (double zoom);

/* "system", "light" or "dark"; anything else is "system". */
void pw_theme_set_scheme (const char *scheme);

#endif
