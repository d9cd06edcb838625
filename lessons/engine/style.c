/* How values are written, and which words stand for them. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "query.h"

/* The words that readers write, and read, in their own language. */
static const char *const translated_words[] = {
    NC_ ("answer", "no"),          NC_ ("answer", "yes"),
    NC_ ("answer", "miss"),        NC_ ("answer", "hit"),
    NC_ ("answer", "read"),        NC_ ("answer", "write"),
    NC_ ("answer", "fetch"),       NC_ ("answer", "kernel"),
    NC_ ("answer", "user"),        NC_ ("answer", "none"),
    NC_ ("answer", "not-present"), NC_ ("answer", "protection"),
    NC_ ("answer", "reserved"),    NC_ ("answer", "non-canonical"),
};

const char *
lesson_style_word (LessonStyle style, guint64 i)
{
  switch (style) {
  case LESSON_STYLE_DECIMAL:
  case LESSON_STYLE_HEX:
    return NULL;
  case LESSON_STYLE_FLAG:
    return i == 0 ? "no" : i == 1 ? "yes" : NULL;
  case LESSON_STYLE_TLB:
    return i == 0 ? "miss" : i == 1 ? "hit" : NULL;
  case LESSON_STYLE_ACCESS:
    return i <= VM_FETCH ? vm_access_kind_name ((enum vm_access_kind) i) : NULL;
  case LESSON_STYLE_MODE:
    return i <= VM_USER_MODE ? vm_mode_name ((enum vm_mode) i) : NULL;
  case LESSON_STYLE_FAULT:
    return i <= VM_FAULT_SEGMENT ? vm_fault_kind_name ((enum vm_fault_kind) i)
                                 : NULL;
  case LESSON_STYLE_VERDICT:
    return i < VM_VERDICTS ? vm_verdict_name ((enum vm_verdict) i) : NULL;
  case LESSON_STYLE_ROLE:
    return i <= VM_FRAME_DATA ? vm_frame_role_name ((enum vm_frame_role) i)
                              : NULL;
  case LESSON_STYLE_WINDOW:
    return i < VM_WINDOW_KINDS ? vm_window_kind_name ((enum vm_window_kind) i)
                               : NULL;
  case LESSON_STYLES:
    break;
  }
  g_return_val_if_reached (NULL);
}

const char *
lesson_style_word_translated (LessonStyle style, guint64 i)
{
  const char *word = lesson_style_word (style, i);

  for (guint j = 0; word != NULL && j < G_N_ELEMENTS (translated_words); j++)
    if (strcmp (translated_words[j], word) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "answer", word);
  return word;
}

/* What readers of other languages write. It counts in every language: an
 * answer that was written in one may be marked in another. */
static const char *const other_words[][2] = {
    {"no", "否"},
    {"yes", "是"},
    {"miss", "未命中"},
    {"hit", "命中"},
    {"read", "读"},
    {"write", "写"},
    {"fetch", "取指"},
    {"kernel", "内核"},
    {"user", "用户"},
    {"none", "无"},
    {"not-present", "不存在"},
    {"protection", "保护"},
    {"reserved", "保留位"},
    {"non-canonical", "非规范"},
};

static const char *
plain_word (const char *written)
{
  for (guint i = 0; i < G_N_ELEMENTS (other_words); i++)
    if (strcmp (other_words[i][1], written) == 0)
      return other_words[i][0];
  return written;
}

static gboolean
same_word (const char *a, const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);

  return strcmp (folded_a, folded_b) == 0;
}

gboolean
lesson_value_of_written_word (LessonStyle style, const char *written,
                              guint64 *value)
{
  const char *plain = plain_word (written), *name;

  for (guint64 i = 0; (name = lesson_style_word (style, i)) != NULL; i++) {
    if (!same_word (plain, name)
        && !same_word (written, lesson_style_word_translated (style, i)))
      continue;
    *value = i;
    return TRUE;
  }
  return FALSE;
}

gboolean
lesson_value_of_word (LessonStyle style, const char *word, gsize length,
                      guint64 *value)
{
  const char *name;

  for (guint64 i = 0; (name = lesson_style_word (style, i)) != NULL; i++) {
    if (strlen (name) != length || memcmp (name, word, length) != 0)
      continue;
    *value = i;
    return TRUE;
  }
  return FALSE;
}

char *
lesson_value_to_string (LessonValue value)
{
  const char *word = lesson_style_word (value.style, value.v);

  if (word != NULL)
    return g_strdup (word);
  if (value.style == LESSON_STYLE_HEX)
    return g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", value.v);
  return g_strdup_printf ("%" G_GUINT64_FORMAT, value.v);
}

enum vm_step_kind
lesson_step_kind (const char *name, gsize length)
{
  for (int k = 0; k < VM_STEP_KINDS; k++) {
    const char *known = vm_step_info_of ((enum vm_step_kind) k)->name;
    if (strlen (known) == length && memcmp (known, name, length) == 0)
      return (enum vm_step_kind) k;
  }
  return VM_STEP_KINDS;
}

static LessonStyle
style_of_type (enum vm_value_type type)
{
  switch (type) {
  case VM_VALUE_UNUSED:
  case VM_VALUE_NUMBER:
  case VM_VALUE_SIZE:
  case VM_VALUE_PROCESS:
  case VM_VALUE_NAME:
  case VM_VALUE_GEOMETRY:
  case VM_VALUE_CPU:
  case VM_VALUE_FLUSH:
  case VM_VALUE_REGISTER:
  case VM_VALUE_SEGMENT:
  case VM_VALUE_PLACE:
  case VM_VALUE_REASON:
  case VM_VALUE_POLICY:
  case VM_VALUE_CALL:
  case VM_VALUE_ERRNO:
  case VM_VALUE_LIMIT:
  case VM_VALUE_LOOK:
  case VM_VALUE_QUESTION:
  case VM_VALUE_ACTION:
  case VM_VALUE_SIGNAL:
  case VM_VALUE_CODE:
  case VM_VALUE_WAY:
  case VM_VALUE_FIT:
  case VM_VALUE_SPACE:
  case VM_VALUE_LRU:
  case VM_VALUE_FATE:
  case VM_VALUE_SIGNED:
  case VM_VALUE_PART:
  case VM_VALUE_AUX:
  case VM_VALUE_READAHEAD:
  case VM_VALUE_FLUSHER:
  case VM_VALUE_AREA:
  case VM_VALUE_RULE:
  case VM_VALUE_VERSION:
  case VM_VALUE_KMAP:
  case VM_VALUE_ZONE:
  case VM_VALUE_GFP:
  case VM_VALUE_FUNCTION:
  case VM_VALUE_TRY:
  case VM_VALUE_SLAB_STATE:
  case VM_VALUE_GRANT:
  case VM_VALUE_OBJECT:
  case VM_VALUE_CLONE_FLAGS:
  case VM_VALUE_CLONE_RULE:
    return LESSON_STYLE_DECIMAL;
  case VM_VALUE_VADDR:
  case VM_VALUE_PADDR:
  case VM_VALUE_FRAME:
  case VM_VALUE_RAW:
  case VM_VALUE_REGION_FLAGS:
    return LESSON_STYLE_HEX;
  case VM_VALUE_FLAG:
    return LESSON_STYLE_FLAG;
  case VM_VALUE_ACCESS_KIND:
    return LESSON_STYLE_ACCESS;
  case VM_VALUE_MODE:
    return LESSON_STYLE_MODE;
  case VM_VALUE_FAULT_KIND:
    return LESSON_STYLE_FAULT;
  case VM_VALUE_ROLE:
    return LESSON_STYLE_ROLE;
  case VM_VALUE_VERDICT:
    return LESSON_STYLE_VERDICT;
  case VM_VALUE_WINDOW:
    return LESSON_STYLE_WINDOW;
  }
  g_return_val_if_reached (LESSON_STYLE_DECIMAL);
}

int
lesson_step_value (enum vm_step_kind kind, const char *name, gsize length,
                   LessonStyle *style)
{
  const struct vm_step_info *info = vm_step_info_of (kind);

  for (int i = 0; i < VM_STEP_VALUES; i++) {
    const char *known = info->values[i].name;
    if (known == NULL || strlen (known) != length
        || memcmp (known, name, length) != 0)
      continue;
    *style = style_of_type (info->values[i].type);
    return i;
  }
  return -1;
}
