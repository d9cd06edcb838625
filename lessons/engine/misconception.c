/* The misconceptions that every lesson shares, and those that it brings. */
#include "misconception.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const char LESSON_ORDINAL_NOT_INDEX[] = "ordinal-not-index";
const char LESSON_ADDED_INSTEAD_OF_JOINED[] = "added-instead-of-joined";
const char LESSON_ENTRY_FOR_FRAME[] = "entry-for-frame";
const char LESSON_FRAME_FOR_ADDRESS[] = "frame-for-address";
const char LESSON_ADDRESS_FOR_FRAME[] = "address-for-frame";
const char LESSON_OFFSET_LEFT_OUT[] = "offset-left-out";
const char LESSON_FORGOT_ENTRY_SIZE[] = "forgot-entry-size";
const char LESSON_VIRTUAL_FOR_PHYSICAL[] = "virtual-for-physical";
const char LESSON_PHYSICAL_FOR_VIRTUAL[] = "physical-for-virtual";
const char LESSON_WRONG_LEVEL[] = "wrong-level";
const char LESSON_WRONG_BASE[] = "wrong-base";
const char LESSON_BYTE_ORDER[] = "byte-order";

/* The same order as texts. */
static const char *const ids[] = {
    LESSON_ORDINAL_NOT_INDEX,
    LESSON_ADDED_INSTEAD_OF_JOINED,
    LESSON_ENTRY_FOR_FRAME,
    LESSON_FRAME_FOR_ADDRESS,
    LESSON_ADDRESS_FOR_FRAME,
    LESSON_OFFSET_LEFT_OUT,
    LESSON_FORGOT_ENTRY_SIZE,
    LESSON_VIRTUAL_FOR_PHYSICAL,
    LESSON_PHYSICAL_FOR_VIRTUAL,
    LESSON_WRONG_LEVEL,
    LESSON_WRONG_BASE,
    LESSON_BYTE_ORDER,
    NULL,
};

static const char *const texts[] = {
    N_ ("That is its place when counting from one. Indices count from zero."),
    N_ ("Something was added here. Frame and offset are set side by side: the "
        "frame gives the upper bits, the offset the lower ones."),
    N_ ("That takes the whole entry, flags and all. Only its upper bits name a "
        "frame."),
    N_ ("That is the number of a frame. As an address it stands further left, "
        "with room for the offset’s bits behind it."),
    N_ ("That is an address. A frame’s number is what is left of it without "
        "the offset’s bits."),
    N_ ("That is where the page begins. The offset is missing."),
    N_ ("That adds the index itself. Entries are several bytes long, and the "
        "index counts entries."),
    N_ ("That is the virtual address, not the physical one."),
    N_ ("That is the physical address, not the virtual one."),
    N_ ("That belongs to another level of the page table."),
    N_ ("The digits are right, but in the other base: 0x says that a number is "
        "hexadecimal."),
    N_ ("Those are the right bytes in reverse order."),
};

G_STATIC_ASSERT (G_N_ELEMENTS (ids) == G_N_ELEMENTS (texts) + 1);

const char *const *
lesson_misconception_ids (void)
{
  return ids;
}

static const LessonMisconception *
find_own (const LessonDocument *document, const char *id)
{
  for (guint i = 0; i < document->misconceptions->len; i++) {
    const LessonMisconception *own = document->misconceptions->pdata[i];
    if (g_strcmp0 (own->id, id) == 0)
      return own;
  }
  return NULL;
}

const char *
lesson_misconception_find (const LessonDocument *document, const char *id)
{
  const LessonMisconception *own = find_own (document, id);

  if (own != NULL)
    return own->id;
  for (guint i = 0; ids[i] != NULL; i++)
    if (strcmp (ids[i], id) == 0)
      return ids[i];
  return NULL;
}

char *
lesson_misconception_text (const LessonDocument *document, const char *id)
{
  if (id == NULL)
    return NULL;

  const LessonMisconception *own = find_own (document, id);
  if (own != NULL)
    return lesson_text_plain (own->text);
  for (guint i = 0; ids[i] != NULL; i++)
    if (strcmp (ids[i], id) == 0)
      return g_strdup (_ (texts[i]));
  return NULL;
}
