/* pagewalk-cli layout: where Linux puts things in the kernel's half. */
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "layout_table.h"
#include "operands.h"

#define USUAL_MEMORY (G_GUINT64_CONSTANT (4) << 30)
#define MOST_MEMORY (G_GUINT64_CONSTANT (1) << 46) /* 64 TiB */

static const CliUsage usage = {
    .name = "layout",
    .synopsis = "ARCH [--kernel V] [--memory SIZE] [--seed N] [--json]\n"
                "ARCH --address A [ADDRESS…]",
    .summary = N_ ("Prints where Linux puts things in the kernel's half of an "
                   "address space, or what addresses of it are."),
    .min_words = 1,
    .max_words = -1,
};

/* The options as they are written. */
typedef struct {
  const char *kernel, *memory, *seed, *address;
  gboolean json;
} Request;

/* "4.20"; 0 if it is none. */
static guint32
version_of (const char *text)
{
  guint64 major, minor;
  g_auto (GStrv) parts = g_strsplit (text, ".", 2);

  if (g_strv_length (parts) != 2
      || !g_ascii_string_to_unsigned (parts[0], 10, 1, 99, &major, NULL)
      || !g_ascii_string_to_unsigned (parts[1], 10, 0, 999, &minor, NULL))
    return 0;
  return VM_KERNEL (major, minor);
}

static gboolean
read_choice (CliArgs *args, const Request *request,
             struct vm_kernel_choice *choice)
{
  struct vm_geometry room;
  const struct vm_geometry *geometry
      = cli_geometry (args, &usage, args->words[0], &room);

  if (geometry == NULL)
    return FALSE;
  *choice = (struct vm_kernel_choice){.geometry = geometry->id,
                                      .memory = USUAL_MEMORY,
                                      .random = request->seed != NULL};
  if (request->kernel != NULL
      && (choice->version = version_of (request->kernel)) == 0) {
    args->status = cli_misuse (usage.name,
                               _ ("%s: a version is written as "
                                  "4.20"),
                               request->kernel);
    return FALSE;
  }
  if (request->seed != NULL
      && !cli_number (args, &usage, request->seed, &choice->seed))
    return FALSE;
  if (request->memory != NULL
      && !cli_number (args, &usage, request->memory, &choice->memory))
    return FALSE;
  if (choice->memory >= VM_KERNEL_LEAST_MEMORY && choice->memory <= MOST_MEMORY
      && choice->memory % VM_PAGE_SIZE == 0)
    return TRUE;
  args->status = cli_fail (_ ("%s: memory is between 16M and 64T, in whole "
                              "pages"),
                           request->memory);
  return FALSE;
}

/* "3.16, 4.15, 4.20": the versions from which layouts hold; empty if there is
 * none. */
static char *
known_versions (enum vm_geometry_id geometry)
{
  GString *list = g_string_new (NULL);
  guint32 version;

  for (guint n = 0; (version = vm_kernel_layout_version (geometry, n)) != 0;
       n++)
    g_string_append_printf (list, "%s%u.%u", n == 0 ? "" : ", ", version >> 16,
                            version & 0xffff);
  return g_string_free (list, FALSE);
}

static CliStatus
refuse (const struct vm_kernel_choice *choice, const char *name)
{
  g_autofree char *versions = known_versions (choice->geometry);

  if (versions[0] == '\0')
    return cli_fail (_ ("%s: no layout of the kernel's half is documented"),
                     name);
  if (choice->random)
    return cli_fail (_ ("%s: bases are drawn on x86-64, from Linux 4.20 on"),
                     name);
  /* Translators: "x86-64"; "3.16, 4.15, 4.20". */
  return cli_fail (_ ("%s: layouts are known from Linux %s on, each up to the "
                      "next change or a little further"),
                   name, versions);
}

static gboolean
tell_address (CliArgs *args, const struct vm_kernel_layout *layout,
              const char *word, gboolean as_json)
{
  const struct vm_geometry *geometry = vm_geometry_of (layout->choice.geometry);
  guint64 address;

  if (!cli_number (args, &usage, word, &address))
    return FALSE;
  if (address > vm_geometry_last_address (geometry)) {
    args->status = cli_fail (_ ("%s: an address of %s has %u bits"), word,
                             geometry->name, (guint) geometry->word_bits);
    return FALSE;
  }
  if (!as_json) {
    cli_layout_print_address (layout, address);
    return TRUE;
  }
  g_autoptr (CliJson) json = cli_json_new ();
  cli_json_begin_object (json, NULL);
  cli_layout_write_address (json, layout, address);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
  return TRUE;
}

static void
tell_layout (const struct vm_kernel_layout *layout, gboolean as_json)
{
  if (!as_json) {
    cli_layout_print (layout);
    return;
  }
  g_autoptr (CliJson) json = cli_json_new ();
  cli_json_begin_object (json, NULL);
  cli_layout_write (json, layout);
  cli_json_end_object (json);
  cli_json_write_line (json, stdout);
}

CliStatus
cli_layout (CliArgs *args)
{
  Request request = {NULL};
  struct vm_kernel_choice choice;
  struct vm_kernel_layout layout;
  const CliOption options[] = {
      {"kernel", "V", NULL, &request.kernel,
       N_ ("Of this version of Linux, as 4.19")},
      {"memory", "SIZE", NULL, &request.memory,
       N_ ("Of a machine with so much memory; 4G")},
      {"seed", "N", NULL, &request.seed,
       N_ ("With bases drawn from a seed (KASLR)")},
      {"address", "A", NULL, &request.address,
       N_ ("What this address is, and what its physical address is")},
      {"json", NULL, &request.json, NULL, N_ ("Print JSON")},
      {NULL, NULL, NULL, NULL, NULL},
  };

  if (!cli_args_parse (args, &usage, options)
      || !read_choice (args, &request, &choice))
    return args->status;
  if (!vm_kernel_layout_make (&layout, &choice))
    return refuse (&choice, args->words[0]);
  if (request.address == NULL && args->count == 1)
    tell_layout (&layout, request.json);
  if (request.address != NULL
      && !tell_address (args, &layout, request.address, request.json))
    return args->status;
  for (int i = 1; i < args->count; i++)
    if (!tell_address (args, &layout, args->words[i], request.json))
      return args->status;
  return CLI_DONE;
}
