/* Feeds a fuzz target with its seeds and with broken copies of them:
 * `sample TARGET RUNS MOST-BYTES DICTIONARY SEED...`. Needs neither clang nor
 * libFuzzer and looks at no coverage; the same numbers make the same copies. */
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGE ((gsize) 4096)

/* The longest that a target may take for one input, in seconds. */
#define PATIENCE 25

/* The targets; meson.build gives each a name of its own. */
typedef int Target (const guint8 *data, gsize size);

Target fuzz_course, fuzz_elf, fuzz_exec, fuzz_generator, fuzz_lesson,
    fuzz_result, fuzz_trace_auto, fuzz_trace_binary, fuzz_trace_csv,
    fuzz_trace_din, fuzz_trace_inflate, fuzz_trace_lackey, fuzz_trace_list,
    fuzz_trace_replay;

static const struct {
  const char *name;
  Target *target;
} targets[] = {
    {"course", fuzz_course},
    {"elf", fuzz_elf},
    {"exec", fuzz_exec},
    {"generator", fuzz_generator},
    {"lesson", fuzz_lesson},
    {"result", fuzz_result},
    {"trace-auto", fuzz_trace_auto},
    {"trace-binary", fuzz_trace_binary},
    {"trace-csv", fuzz_trace_csv},
    {"trace-din", fuzz_trace_din},
    {"trace-inflate", fuzz_trace_inflate},
    {"trace-lackey", fuzz_trace_lackey},
    {"trace-list", fuzz_trace_list},
    {"trace-replay", fuzz_trace_replay},
};

static Target *
target_named (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    if (strcmp (targets[i].name, name) == 0)
      return targets[i].target;
  g_error ("no target is called %s", name);
}

/* Gives a target the bytes up to the end of a page, which none follows that can
 * be touched: whoever reads beyond them is found out. */
static void
feed (Target *target, const GByteArray *input)
{
  gsize inside = (input->len + PAGE - 1) / PAGE * PAGE;
  guint8 *mapping = mmap (NULL, inside + PAGE, PROT_NONE,
                          MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  guint8 *bytes = mapping + inside - input->len;

  g_assert_true (mapping != MAP_FAILED);
  if (input->len > 0) {
    g_assert_cmpint (mprotect (mapping, inside, PROT_READ | PROT_WRITE), ==, 0);
    memcpy (bytes, input->data, input->len);
  }
  alarm (PATIENCE);
  target (bytes, input->len);
  alarm (0);
  munmap (mapping, inside + PAGE);
}

/* Words -------------------------------------------------------------------- */

/* The word of a dictionary's line, `name="word"`, in which a backslash stands
 * before a quote, a backslash, and `xNN`; NULL of any other line. */
static GByteArray *
word_of (const char *line)
{
  const char *at = strchr (line, '"'), *end = strrchr (line, '"');
  GByteArray *word;

  if (line[0] == '#' || at == end)
    return NULL;
  word = g_byte_array_new ();
  for (at++; at < end; at++) {
    guint8 byte = (guint8) *at;
    if (at[0] == '\\' && at[1] == 'x') {
      byte = (guint8) (g_ascii_xdigit_value (at[2]) << 4
                       | g_ascii_xdigit_value (at[3]));
      at += 3;
    } else if (at[0] == '\\') {
      byte = (guint8) * ++at;
    }
    g_byte_array_append (word, &byte, 1);
  }
  return word;
}

static void
read_words (GPtrArray *words, const char *path)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    GByteArray *word = word_of (lines[i]);
    if (word != NULL)
      g_ptr_array_add (words, word);
  }
  g_assert_cmpuint (words->len, >, 0);
}

/* Breaking ----------------------------------------------------------------- */

typedef struct {
  GRand *rand;
  GPtrArray *words, *seeds; /* of GByteArray */
} Breaker;

static guint
below (Breaker *b, guint end)
{
  return end == 0 ? 0 : (guint) g_rand_int (b->rand) % end;
}

static void
insert (GByteArray *input, guint at, const guint8 *bytes, guint count)
{
  guint behind = input->len - at;

  g_byte_array_set_size (input, input->len + count);
  memmove (input->data + at + count, input->data + at, behind);
  memcpy (input->data + at, bytes, count);
}

/* A number as files hold it, at the edge of what its width can say. */
static void
write_number (Breaker *b, GByteArray *input)
{
  static const guint64 edges[]
      = {0, 1, 0x7f, 0x80, 0x7fff, 0x7fffffff, G_MAXINT64, G_MAXUINT64};
  guint64 number = edges[below (b, G_N_ELEMENTS (edges))] + below (b, 3) - 1;
  guint8 bytes[8];
  guint width = 1u << below (b, 4);
  guint at = below (b, input->len);

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) (number >> 8 * i);
  memcpy (input->data + at, bytes, MIN (width, input->len - at));
}

/* Some bytes of another seed, or of this one, come in somewhere. */
static void
insert_piece (Breaker *b, GByteArray *input)
{
  const GByteArray *from = b->seeds->pdata[below (b, b->seeds->len)];
  guint at = below (b, from->len);
  guint count = MIN (1 + below (b, 64), from->len - at);

  if (count > 0)
    insert (input, below (b, input->len), from->data + at, count);
}

static void
break_once (Breaker *b, GByteArray *input)
{
  const GByteArray *word = b->words->pdata[below (b, b->words->len)];
  guint at = below (b, input->len), kind = below (b, 6);

  if (kind == 0 || input->len == 0)
    insert (input, at, word->data, word->len);
  else if (kind == 1)
    input->data[at] ^= (guint8) (1u << below (b, 8));
  else if (kind == 2)
    g_byte_array_remove_range (input, at,
                               1 + below (b, MIN (input->len - at, 64)));
  else if (kind == 3)
    write_number (b, input);
  else if (kind == 4)
    insert_piece (b, input);
  else
    memcpy (input->data + at, word->data, MIN (word->len, input->len - at));
}

/* A seed with a few faults; now and then it ends early. */
static GByteArray *
broken_seed (Breaker *b, guint most)
{
  const GByteArray *seed = b->seeds->pdata[below (b, b->seeds->len)];
  GByteArray *input = g_byte_array_new ();

  g_byte_array_append (input, seed->data, MIN (seed->len, most));
  if (below (b, 8) == 0)
    g_byte_array_set_size (input, below (b, input->len));
  for (guint i = below (b, 5) + 1; i > 0; i--)
    break_once (b, input);
  g_byte_array_set_size (input, MIN (input->len, most));
  return input;
}

static GByteArray *
read_seed (const char *path)
{
  char *contents;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  return g_byte_array_new_take ((guint8 *) contents, length);
}

int
main (int argc, char **argv)
{
  g_assert_cmpint (argc, >, 5);
  Target *target = target_named (argv[1]);
  guint runs = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  guint most = (guint) g_ascii_strtoull (argv[3], NULL, 10);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) words
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  g_autoptr (GPtrArray) seeds
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  Breaker breaker = {rand, words, seeds};

  read_words (words, argv[4]);
  for (int i = 5; i < argc; i++) {
    g_ptr_array_add (seeds, read_seed (argv[i]));
    feed (target, seeds->pdata[seeds->len - 1]);
  }
  for (guint i = 0; i < runs; i++) {
    g_autoptr (GByteArray) input = broken_seed (&breaker, most);
    feed (target, input);
  }
  return 0;
}
