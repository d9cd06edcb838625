#if __has_include(<glib/gi18n-lib.h>) && defined (GETTEXT_PACKAGE)
#include <glib/gi18n-lib.h>
#undef _
#define _(text) mutant_text (__FILE__, text)
const char *mutant_text (const char *file, const char *text) __attribute__ ((format_arg (2)));
#endif
