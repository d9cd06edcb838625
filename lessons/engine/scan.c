/* Scans the raw bytes of an XML file. */
#include "scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

typedef struct {
  const char *data;
  gsize at, length;
  LessonPlace place; /* of data[at]; columns count characters, not bytes */

  const char *file;
  LessonProblems *problems;
  LessonScan *scan;
  guint nodes, prefixes;
  guint depth;
  guint open[LESSON_MAX_DEPTH]; /* indices of the tags that are open */
} Scanner;

static gboolean
refuse (Scanner *s, LessonPlace place, const char *what)
{
  lesson_problems_add (s->problems, s->file, place.line, place.column, "%s",
                       what);
  return FALSE;
}

/* The same about too many of something. */
static gboolean G_GNUC_PRINTF (3, 4)
    refuse_count (Scanner *s, LessonPlace place, const char *format, ...)
{
  va_list most;

  va_start (most, format);
  g_autofree char *what = g_strdup_vprintf (format, most);
  va_end (most);
  return refuse (s, place, what);
}

static void
advance (Scanner *s, gsize bytes)
{
  const char *at = s->data + s->at;
  LessonPlace place = s->place;

  for (gsize i = 0; i < bytes; i++) {
    if (at[i] == '\n') {
      place.line++;
      place.column = 1;
    } else if (((guchar) at[i] & 0xc0) != 0x80) {
      place.column++;
    }
  }
  s->place = place;
  s->at += bytes;
}

static gboolean
at_text (const Scanner *s, const char *text)
{
  gsize length = strlen (text);
  return s->length - s->at >= length
         && memcmp (s->data + s->at, text, length) == 0;
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
skip_space (Scanner *s)
{
  gsize end = s->at;

  while (end < s->length && is_space (s->data[end]))
    end++;
  advance (s, end - s->at);
}

/* Skips up to and behind the text; false if it never comes. */
static gboolean
skip_past (Scanner *s, const char *text)
{
  const char *found
      = g_strstr_len (s->data + s->at, (gssize) (s->length - s->at), text);
  if (found == NULL)
    return FALSE;
  advance (s, (gsize) (found - (s->data + s->at)) + strlen (text));
  return TRUE;
}

/* Skips a name: anything up to a blank or a character of markup. */
static gsize
skip_name (Scanner *s)
{
  gsize end = s->at;

  while (end < s->length && !is_space (s->data[end])
         && strchr ("/>=<\"'", s->data[end]) == NULL)
    end++;

  gsize length = end - s->at;
  advance (s, length);
  return length;
}

static gboolean
count_nodes (Scanner *s, guint nodes)
{
  s->nodes += nodes;
  return s->nodes <= LESSON_MAX_NODES
         || refuse_count (
             s, s->place,
             _ ("too many elements; a lesson has at most %u parts"),
             LESSON_MAX_NODES);
}

/* Lets pass what XML has by itself, such as &amp; and &#x2192;. There are no
 * other entities, as nothing declares them. */
static gboolean
scan_reference (Scanner *s)
{
  static const char *const known[]
      = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#"};

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (at_text (s, known[i])) {
      advance (s, strlen (known[i]));
      return TRUE;
    }
  return refuse (s, s->place,
                 _ ("“&” begins a reference, of which there are only &amp; "
                    "&lt; &gt; &quot; &apos; and those by number; in text, "
                    "write “&amp;”"));
}

/* Reads up to the character, or to the end. */
static gboolean
scan_characters (Scanner *s, char end)
{
  for (;;) {
    gsize stop = s->at;
    while (stop < s->length && s->data[stop] != end && s->data[stop] != '&')
      stop++;
    advance (s, stop - s->at);
    if (stop == s->length || s->data[stop] == end)
      return TRUE;
    if (!scan_reference (s))
      return FALSE;
  }
}

/* Reads one attribute of the tag; the scanner stands at its name. */
static gboolean
scan_attribute (Scanner *s, LessonScanTag *tag)
{
  LessonScanAttribute attribute = {.name = s->place};
  const char *name = s->data + s->at;
  gsize name_length = skip_name (s);

  skip_space (s);
  if (name_length == 0 || !at_text (s, "="))
    return refuse (s, attribute.name,
                   _ ("this should be an attribute, such as id=\"x\""));
  advance (s, 1);
  skip_space (s);
  if (!at_text (s, "\"") && !at_text (s, "'"))
    return refuse (s, s->place, _ ("an attribute's value needs quotes"));

  char quote = s->data[s->at];
  advance (s, 1);
  attribute.value = s->place;
  attribute.value_at = s->at;
  if (!scan_characters (s, quote))
    return FALSE;
  if (s->at == s->length)
    return refuse (s, attribute.value, _ ("the closing quote is missing"));
  attribute.value_end = s->at;
  advance (s, 1);

  if (name_length > 6 && memcmp (name, "xmlns:", 6) == 0) {
    if (++s->prefixes > LESSON_MAX_PREFIXES)
      return refuse_count (
          s, attribute.name,
          _ ("too many namespace prefixes; a lesson has at most %u"),
          LESSON_MAX_PREFIXES);
    return TRUE;
  }
  if (name_length == 5 && memcmp (name, "xmlns", 5) == 0)
    return TRUE;

  if (++tag->attribute_count > LESSON_MAX_ATTRIBUTES)
    return refuse_count (s, attribute.name,
                         _ ("too many attributes; an element has at most %u"),
                         LESSON_MAX_ATTRIBUTES);
  g_array_append_val (s->scan->attributes, attribute);
  return count_nodes (s, 2);
}

/* Finds the end of the tag that begins here, and refuses it if it is too
 * long, before anything looks at what is in it. */
static gboolean
tag_is_bounded (Scanner *s)
{
  gsize limit = MIN (s->length - s->at, LESSON_MAX_TAG_BYTES);
  char quote = '\0';

  for (gsize i = 0; i < limit; i++) {
    char c = s->data[s->at + i];
    if (quote == '\0' && c == '>')
      return TRUE;
    if (quote == '\0' && (c == '"' || c == '\''))
      quote = c;
    else if (c == quote)
      quote = '\0';
  }
  if (limit == LESSON_MAX_TAG_BYTES)
    return refuse (s, s->place, _ ("this tag is longer than 16 KiB"));
  return refuse (s, s->place, _ ("this tag is never closed by “>”"));
}

static gboolean
open_tag (Scanner *s, guint index)
{
  if (s->depth == LESSON_MAX_DEPTH)
    return refuse_count (
        s, s->place, _ ("elements are nested too deeply; at most %u levels"),
        LESSON_MAX_DEPTH);
  s->open[s->depth++] = index;
  return TRUE;
}

static gboolean
scan_start_tag (Scanner *s)
{
  LessonScanTag tag
      = {.begin = s->place, .attributes = s->scan->attributes->len};

  advance (s, 1);
  tag.name = s->at;
  tag.name_length = skip_name (s);
  if (tag.name_length == 0)
    return refuse (s, tag.begin, _ ("“<” begins a tag; in text, write “&lt;”"));
  skip_space (s);
  while (!at_text (s, ">") && !at_text (s, "/>")) {
    if (!scan_attribute (s, &tag))
      return FALSE;
    skip_space (s);
  }

  gboolean empty = at_text (s, "/>");
  advance (s, empty ? 2 : 1);
  tag.content = tag.after = s->place;
  g_array_append_val (s->scan->tags, tag);
  if (!count_nodes (s, 1))
    return FALSE;
  return empty || open_tag (s, s->scan->tags->len - 1);
}

static gboolean
wrong_end_tag (Scanner *s, LessonPlace place, const char *name, gsize length)
{
  if (s->depth == 0) {
    g_autofree char *what = g_strdup_printf (_ ("</%.*s> closes nothing"),
                                             (int) MIN (length, 40), name);
    return refuse (s, place, what);
  }

  const LessonScanTag *tag
      = &g_array_index (s->scan->tags, LessonScanTag, s->open[s->depth - 1]);
  g_autofree char *what = g_strdup_printf (
      _ ("</%.*s> stands where <%.*s>, opened on line %d, must be closed"),
      (int) MIN (length, 40), name, (int) MIN (tag->name_length, 40),
      s->data + tag->name, tag->begin.line);
  return refuse (s, place, what);
}

static gboolean
scan_end_tag (Scanner *s)
{
  LessonPlace place = s->place;

  advance (s, 2);
  const char *name = s->data + s->at;
  gsize length = skip_name (s);
  if (s->depth == 0)
    return wrong_end_tag (s, place, name, length);

  LessonScanTag *tag
      = &g_array_index (s->scan->tags, LessonScanTag, s->open[s->depth - 1]);
  if (tag->name_length != length
      || memcmp (s->data + tag->name, name, length) != 0)
    return wrong_end_tag (s, place, name, length);

  skip_past (s, ">");
  tag->after = s->place;
  s->depth--;
  return TRUE;
}

/* A comment, a processing instruction or a CDATA section. */
static gboolean
scan_until (Scanner *s, const char *end, const char *unclosed)
{
  LessonPlace place = s->place;

  if (!count_nodes (s, 1))
    return FALSE;
  if (!skip_past (s, end))
    return refuse (s, place, _ (unclosed));
  return TRUE;
}

static gboolean
scan_markup (Scanner *s)
{
  if (at_text (s, "<!--"))
    return scan_until (s, "-->", N_ ("this comment is never closed by “-->”"));
  if (at_text (s, "<![CDATA["))
    return scan_until (s, "]]>", N_ ("this CDATA is never closed by “]]>”"));
  if (at_text (s, "<?"))
    return scan_until (s, "?>",
                       N_ ("this instruction is never closed by “?>”"));
  if (at_text (s, "<!"))
    return refuse (s, s->place,
                   _ ("a lesson has no document type and declares no "
                      "entities; remove this"));
  if (!tag_is_bounded (s))
    return FALSE;
  return at_text (s, "</") ? scan_end_tag (s) : scan_start_tag (s);
}

static gboolean
scan_all (Scanner *s)
{
  while (s->at < s->length) {
    if (s->data[s->at] == '<') {
      if (!scan_markup (s))
        return FALSE;
      continue;
    }
    if (!count_nodes (s, 1) || !scan_characters (s, '<'))
      return FALSE;
  }
  if (s->depth == 0)
    return TRUE;

  const LessonScanTag *tag
      = &g_array_index (s->scan->tags, LessonScanTag, s->open[s->depth - 1]);
  g_autofree char *what = g_strdup_printf (_ ("<%.*s> is never closed"),
                                           (int) MIN (tag->name_length, 40),
                                           s->data + tag->name);
  return refuse (s, tag->begin, what);
}

/* UTF-16 and UTF-32 begin with a byte-order mark, or show their '<' with
 * zeros around it. */
static gboolean
is_wide (const guchar *d, gsize length)
{
  if (length < 4)
    return FALSE;
  return (d[0] == 0xff && d[1] == 0xfe) || (d[0] == 0xfe && d[1] == 0xff)
         || (d[0] == 0 && d[1] == 0) || (d[0] == 0 && d[1] == '<')
         || (d[0] == '<' && d[1] == 0);
}

/* The XML declaration may name an encoding; false if it is another one. */
static gboolean
declares_utf8 (const Scanner *s)
{
  const char *begin = s->data + s->at;
  const char *end
      = g_strstr_len (begin, (gssize) MIN (s->length - s->at, 1024), "?>");
  if (!at_text (s, "<?xml") || end == NULL)
    return TRUE;

  const char *encoding = g_strstr_len (begin, end - begin, "encoding");
  if (encoding == NULL)
    return TRUE;
  encoding += strlen ("encoding");
  while (encoding < end && (is_space (*encoding) || *encoding == '='))
    encoding++;
  if (encoding == end)
    return TRUE;
  encoding++;
  return g_ascii_strncasecmp (encoding, "utf-8", 5) == 0
         || g_ascii_strncasecmp (encoding, "us-ascii", 8) == 0;
}

/* What the bytes are not allowed to be, before any markup is looked at. */
static gboolean
check_bytes (Scanner *s)
{
  const guchar *d = (const guchar *) s->data;
  const LessonPlace file_itself = {0, 0};

  if (s->length == 0)
    return refuse (s, file_itself, _ ("the file is empty"));
  if (s->length > LESSON_MAX_BYTES)
    return refuse (s, file_itself, _ ("the file is larger than 2 MiB"));
  if (s->length >= 2 && d[0] == 0x1f && d[1] == 0x8b)
    return refuse (s, file_itself,
                   _ ("the file is compressed; a lesson is plain XML"));
  if (is_wide (d, s->length))
    return refuse (s, file_itself,
                   _ ("the text is UTF-16 or UTF-32; a lesson is UTF-8"));

  const char *bad;
  if (!g_utf8_validate_len (s->data, s->length, &bad)) {
    gboolean zero = *bad == '\0';
    advance (s, (gsize) (bad - s->data));
    return refuse (s, s->place,
                   zero ? _ ("a zero byte; a lesson is text")
                        : _ ("this is not valid UTF-8"));
  }

  if (at_text (s, BYTE_ORDER_MARK))
    s->at += strlen (BYTE_ORDER_MARK);
  if (!declares_utf8 (s))
    return refuse (s, s->place,
                   _ ("another encoding is declared; a lesson is UTF-8"));
  return TRUE;
}

LessonScan *
lesson_scan_new (const char *data, gsize length, const char *file,
                 LessonProblems *problems)
{
  g_autoptr (LessonScan) scan = g_new0 (LessonScan, 1);
  Scanner scanner = {
      .data = data,
      .length = length,
      .place = {1, 1},
      .file = file,
      .problems = problems,
      .scan = scan,
  };

  scan->tags = g_array_new (FALSE, FALSE, sizeof (LessonScanTag));
  scan->attributes = g_array_new (FALSE, FALSE, sizeof (LessonScanAttribute));
  if (!check_bytes (&scanner) || !scan_all (&scanner))
    return NULL;
  return g_steal_pointer (&scan);
}

gboolean
lesson_scan_begins (const char *data, gsize length, const char *name)
{
  Scanner s = {.data = data, .length = length};

  if (at_text (&s, BYTE_ORDER_MARK))
    s.at += strlen (BYTE_ORDER_MARK);
  for (skip_space (&s); at_text (&s, "<?") || at_text (&s, "<!--");
       skip_space (&s))
    if (!skip_past (&s, at_text (&s, "<?") ? "?>" : "-->"))
      return FALSE;
  if (!at_text (&s, "<"))
    return FALSE;

  advance (&s, 1);
  const char *first = s.data + s.at;
  const char *end = first + skip_name (&s);
  const char *colon = memchr (first, ':', (gsize) (end - first));
  if (colon != NULL)
    first = colon + 1;
  return (gsize) (end - first) == strlen (name)
         && memcmp (first, name, strlen (name)) == 0;
}

void
lesson_scan_free (LessonScan *scan)
{
  if (scan == NULL)
    return;

  g_array_unref (scan->tags);
  g_array_unref (scan->attributes);
  g_free (scan);
}
