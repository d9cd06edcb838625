/* Reads XML with libxml2, which is never trusted with a file name. */
#include "xml.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <libxml/catalog.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the parser's call-backs need. */
typedef struct {
  LessonXml *xml;
  LessonProblems *problems;
  guint elements;
  guint depth;
  gboolean refused;
} Parse;

static char *
refuse_file (LessonProblems *problems, const char *shown, const char *what)
{
  lesson_problems_add (problems, shown, 0, 0, "%s", what);
  return NULL;
}

static char *
refuse_special (LessonProblems *problems, const char *shown)
{
  return refuse_file (problems, shown, _ ("this is not a regular file"));
}

/* Reads until the end or one byte more than a lesson may have. */
static char *
read_open_file (int fd, gsize *length)
{
  gsize room = LESSON_MAX_BYTES + 1, have = 0;
  g_autofree char *data = g_malloc (room + 1);

  while (have < room) {
    gssize got = read (fd, data + have, room - have);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return NULL;
    if (got == 0)
      break;
    have += (gsize) got;
  }
  data[have] = '\0';
  *length = have;
  return g_steal_pointer (&data);
}

char *
lesson_xml_read_file (const char *path, const char *shown, gsize *length,
                      LessonProblems *problems)
{
  struct stat before, opened;

  /* Opening a device can have effects, so it is looked at first. */
  if (stat (path, &before) != 0)
    return refuse_file (problems, shown, g_strerror (errno));
  if (!S_ISREG (before.st_mode))
    return refuse_special (problems, shown);

  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (fd < 0)
    return refuse_file (problems, shown, g_strerror (errno));
  if (fstat (fd, &opened) != 0 || !S_ISREG (opened.st_mode)) {
    close (fd);
    return refuse_special (problems, shown);
  }
  if (opened.st_size > (off_t) LESSON_MAX_BYTES) {
    close (fd);
    return refuse_file (problems, shown, _ ("the file is larger than 2 MiB"));
  }

  char *data = read_open_file (fd, length);
  int code = errno;
  close (fd);
  return data != NULL ? data : refuse_file (problems, shown, g_strerror (code));
}

static void
stop_parser (xmlParserCtxt *parser, LessonPlace place, const char *what)
{
  Parse *parse = parser->_private;

  if (!parse->refused)
    lesson_problems_add (parse->problems, parse->xml->file, place.line,
                         place.column, "%s", what);
  parse->refused = TRUE;
  xmlStopParser (parser);
}

/* The scan has refused any document type; this is the second lock. */
static void
on_internal_subset (void *context, const xmlChar *name G_GNUC_UNUSED,
                    const xmlChar *external G_GNUC_UNUSED,
                    const xmlChar *system G_GNUC_UNUSED)
{
  stop_parser (context, (LessonPlace){0, 0},
               _ ("a lesson has no document type"));
}

/* Builds the element, and numbers it: element n is the scan's tag n. */
static void
on_start_element (void *context, const xmlChar *name, const xmlChar *prefix,
                  const xmlChar *uri, int namespace_count,
                  const xmlChar **namespaces, int attribute_count,
                  int defaulted, const xmlChar **attributes)
{
  xmlParserCtxt *parser = context;
  Parse *parse = parser->_private;
  const GArray *tags = parse->xml->scan->tags;

  if (parse->elements >= tags->len || ++parse->depth > LESSON_MAX_DEPTH) {
    stop_parser (parser, (LessonPlace){0, 0},
                 _ ("the tags of this file cannot be counted"));
    return;
  }
  xmlSAX2StartElementNs (context, name, prefix, uri, namespace_count,
                         namespaces, attribute_count, defaulted, attributes);
  if (parser->node != NULL)
    parser->node->_private = GUINT_TO_POINTER (parse->elements + 1);
  parse->elements++;
}

static void
on_end_element (void *context, const xmlChar *name, const xmlChar *prefix,
                const xmlChar *uri)
{
  Parse *parse = ((xmlParserCtxt *) context)->_private;

  parse->depth--;
  xmlSAX2EndElementNs (context, name, prefix, uri);
}

/* Whatever libxml2 complains about, be it only a warning, ends the reading. */
static void
on_error (void *context, const xmlError *error)
{
  xmlParserCtxt *parser = context;
  g_autofree char *message
      = g_utf8_make_valid (error->message != NULL ? error->message : "", -1);
  g_autofree char *what = g_strdup_printf (
      _ ("this is not well-formed XML: %s"), g_strstrip (message));

  stop_parser (parser, (LessonPlace){error->line, error->int2}, what);
}

static xmlParserInput *
load_nothing (const char *url G_GNUC_UNUSED, const char *id G_GNUC_UNUSED,
              xmlParserCtxt *context G_GNUC_UNUSED)
{
  return NULL;
}

static void
prepare_libxml (void)
{
  static gsize prepared;

  if (!g_once_init_enter (&prepared))
    return;
  xmlInitParser ();
  xmlCatalogSetDefaults (XML_CATA_ALLOW_NONE);
  xmlSetExternalEntityLoader (load_nothing);
  g_once_init_leave (&prepared, 1);
}

static xmlDoc *
parse_tree (LessonXml *xml, LessonProblems *problems)
{
  Parse parse = {.xml = xml, .problems = problems};

  prepare_libxml ();
  xmlParserCtxt *parser = xmlNewParserCtxt ();
  parser->_private = &parse;
  parser->sax->internalSubset = on_internal_subset;
  parser->sax->externalSubset = NULL;
  parser->sax->entityDecl = NULL;
  parser->sax->startElementNs = on_start_element;
  parser->sax->endElementNs = on_end_element;
  parser->sax->serror = (xmlStructuredErrorFunc) on_error;

  xmlDoc *doc
      = xmlCtxtReadMemory (parser, xml->data, (int) xml->length, NULL, NULL,
                           XML_PARSE_NONET | XML_PARSE_NOCDATA
                               | XML_PARSE_COMPACT | XML_PARSE_BIG_LINES);
  gboolean counted = parse.elements == xml->scan->tags->len;
  xmlFreeParserCtxt (parser);

  if (doc != NULL && !parse.refused && counted
      && xmlDocGetRootElement (doc) != NULL)
    return doc;
  xmlFreeDoc (doc);
  if (!parse.refused)
    lesson_problems_add (problems, xml->file, 0, 0, "%s",
                         _ ("this is not well-formed XML"));
  return NULL;
}

LessonXml *
lesson_xml_parse (const char *data, gsize length, const char *file,
                  LessonProblems *problems)
{
  g_autoptr (LessonScan) scan = lesson_scan_new (data, length, file, problems);
  if (scan == NULL)
    return NULL;

  g_autoptr (LessonXml) xml = g_new0 (LessonXml, 1);
  xml->data = g_strndup (data, length);
  xml->length = length;
  xml->file = g_strdup (file);
  xml->scan = g_steal_pointer (&scan);
  xml->doc = parse_tree (xml, problems);
  if (xml->doc == NULL)
    return NULL;
  return g_steal_pointer (&xml);
}

void
lesson_xml_free (LessonXml *xml)
{
  if (xml == NULL)
    return;

  xmlFreeDoc (xml->doc);
  lesson_scan_free (xml->scan);
  g_free (xml->data);
  g_free (xml->file);
  g_free (xml);
}

static const LessonScanTag *
tag_of (const LessonXml *xml, const xmlNode *element)
{
  guint number = GPOINTER_TO_UINT (element->_private);

  return &g_array_index (xml->scan->tags, LessonScanTag, number - 1);
}

LessonPlace
lesson_xml_place (const LessonXml *xml, const xmlNode *element)
{
  return tag_of (xml, element)->begin;
}

LessonPlace
lesson_xml_content (const LessonXml *xml, const xmlNode *element)
{
  return tag_of (xml, element)->content;
}

/* Where the nodes begin that stand before the text: the end of the element
 * before it, or the beginning of its parent's contents. Comments between are
 * not counted; nothing but a message depends on it. */
LessonPlace
lesson_xml_text_place (const LessonXml *xml, const xmlNode *text)
{
  const xmlNode *before = text->prev;
  LessonPlace place;

  while (before != NULL && before->type != XML_ELEMENT_NODE)
    before = before->prev;
  if (before != NULL)
    place = tag_of (xml, before)->after;
  else
    place = tag_of (xml, text->parent)->content;

  for (const char *p = (const char *) text->content;
       p != NULL && g_ascii_isspace (*p); p++) {
    place.column = *p == '\n' ? 1 : place.column + 1;
    place.line += *p == '\n';
  }
  return place;
}

static const LessonScanAttribute *
scanned_attribute (const LessonXml *xml, const xmlAttr *attribute)
{
  guint index = tag_of (xml, attribute->parent)->attributes;

  for (const xmlAttr *a = attribute->parent->properties; a != attribute;
       a = a->next)
    index++;
  return &g_array_index (xml->scan->attributes, LessonScanAttribute, index);
}

LessonPlace
lesson_xml_attribute_place (const LessonXml *xml, const xmlAttr *attribute)
{
  return scanned_attribute (xml, attribute)->name;
}

/* Walks over the raw value: a reference such as &lt; is one byte of the value
 * (queries are ASCII), everything else itself. */
LessonPlace
lesson_xml_value_place (const LessonXml *xml, const xmlAttr *attribute,
                        gsize offset)
{
  const LessonScanAttribute *scanned = scanned_attribute (xml, attribute);
  LessonPlace place = scanned->value;
  gsize at = scanned->value_at;

  for (gsize i = 0; i < offset && at < scanned->value_end; i++) {
    const char *semicolon = NULL;
    if (xml->data[at] == '&')
      semicolon = memchr (xml->data + at, ';', scanned->value_end - at);
    gsize bytes = semicolon != NULL ? (gsize) (semicolon - (xml->data + at)) + 1
                                    : 1;

    place.column += (int) bytes;
    if (xml->data[at] == '\n') {
      place.line++;
      place.column = 1;
    }
    at += bytes;
  }
  return place;
}

const char *
lesson_xml_value (const xmlAttr *attribute)
{
  const xmlNode *text = attribute->children;

  /* Without a DTD there are no entity references inside a value: it is one
   * text node, or none if it is empty. */
  return text == NULL || text->content == NULL ? ""
                                               : (const char *) text->content;
}

gboolean
lesson_xml_is_text (const xmlNode *node)
{
  return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

gboolean
lesson_xml_is_element (const xmlNode *node)
{
  return node->type == XML_ELEMENT_NODE && node->ns != NULL
         && strcmp ((const char *) node->ns->href, LESSON_NAMESPACE) == 0;
}
