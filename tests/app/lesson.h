/* A small lesson of the tests' own, so that they do not depend on the book. */
#ifndef TESTS_APP_LESSON_H
#define TESTS_APP_LESSON_H

#include "run.h"

static const char test_lesson_xml[]
    = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<lesson xmlns=\"https://pagewalk.github.io/ns/lesson/1\""
      " id=\"one-load\" part=\"2\" minutes=\"5\">"
      "<title>One load</title>"
      "<summary>A single load, from address to byte.</summary>"
      "<objectives><objective>Say which bits choose.</objective></objectives>"
      "<machine>"
      "<do>machine geometry=x86-32 memory=16M tlb-sets=1 tlb-ways=4</do>"
      "<do>process name=A</do>"
      "<do>map process=A va=0x11223000 frame=0x44332 flags=rwu</do>"
      "</machine>"
      "<stage><figure kind=\"cpu\"/><figure kind=\"address\"/>"
      "<figure kind=\"tlb\"/><figure kind=\"tables\"/>"
      "<figure kind=\"entry\"/><figure kind=\"physical\"/>"
      "<figure kind=\"memory\"/></stage>"
      "<section id=\"load\"><title>One address</title>"
      "<p>The top ten bits are the <term>directory index</term>, here "
      "<num is=\"split(0x11223344, 2)\">68</num>: 1 &lt; 2 &amp; 3.</p>"
      "<beat id=\"first\"><title>The load of <code>0x11223344</code></title>"
      "<do>access va=0x11223344 mode=user process=A</do>"
      "<point step=\"entry-read\" where=\"level=2\">Entry 68 is read.</point>"
      "<point step=\"entry-read\" where=\"level=1\">Entry 547 is read.</point>"
      "<expect that=\"pa\" is=\"0x44332344\"/></beat>"
      "<question id=\"which-pa\" kind=\"predict\" beat=\"first\""
      " step=\"compose\" format=\"hex\">"
      "<ask>Which physical address?</ask><answer is=\"pa\"/>"
      "<mistake is=\"entry(1) + offset\">That adds the flags too.</mistake>"
      "<hint>The frame number, then the offset.</hint>"
      "<right>They are joined.</right></question>"
      "<question id=\"how-many\" kind=\"choose\" beat=\"first\">"
      "<ask>How many entries does a second load read?</ask>"
      "<choice is=\"cached(0x11223344)\">None</choice>"
      "<choice is=\"!cached(0x11223344)\">Two</choice></question>"
      "<exercise id=\"more\" kind=\"translate-two-level\" seed=\"1\">"
      "<ask>Now with other numbers.</ask></exercise>"
      "</section></lesson>";

static inline LessonDocument *
test_lesson_document (void)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  LessonDocument *document = lesson_document_parse (
      test_lesson_xml, sizeof test_lesson_xml - 1, "one-load", problems);

  for (guint i = 0; i < problems->list->len; i++)
    g_test_message (
        "%s", ((LessonProblem *) g_ptr_array_index (problems->list, i))->what);
  g_assert_nonnull (document);
  return document;
}

static inline LessonPlay *
test_lesson_play (const LessonDocument *document)
{
  g_autoptr (LessonProblems) problems = lesson_problems_new ();
  LessonPlay *play = lesson_play_new (document, problems);

  g_assert_nonnull (play);
  return play;
}

#endif
