/* Writes traces in our own format. */
#include "trace.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "replay/binary.h"

/* Records that are coded at a time. */
#define PIECE 4096

struct _CliTraceWriter {
  const char *name;
  GFile *file;
  GOutputStream *stream;
  struct vm_binary_writer binary;
  guint32 process;
  guint8 bytes[PIECE * VM_BINARY_CODE];
};

static gboolean
put (CliTraceWriter *writer, gsize length)
{
  g_autoptr (GError) error = NULL;

  if (g_output_stream_write_all (writer->stream, writer->bytes, length, NULL,
                                 NULL, &error))
    return TRUE;
  cli_fail_at (writer->name, 0, error->message);
  return FALSE;
}

static GOutputStream *
compressing (GOutputStream *stream)
{
  g_autoptr (GConverter) gzip
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));

  return g_converter_output_stream_new (stream, gzip);
}

CliTraceWriter *
cli_trace_writer_new (const char *name, gboolean plain, guint page_shift)
{
  g_autoptr (CliTraceWriter) writer = g_new0 (CliTraceWriter, 1);
  g_autoptr (GError) error = NULL;

  writer->name = name;
  writer->file = g_file_new_for_commandline_arg (name);
  g_autoptr (GFileOutputStream) file = g_file_replace (
      writer->file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);
  if (file == NULL) {
    cli_fail_at (name, 0, error->message);
    return NULL;
  }
  writer->stream = g_str_has_suffix (name, ".gz")
                       ? compressing (G_OUTPUT_STREAM (file))
                       : g_object_ref (G_OUTPUT_STREAM (file));
  gsize length = vm_binary_begin (&writer->binary,
                                  plain ? VM_BINARY_PLAIN : VM_BINARY_DELTA,
                                  G_MAXUINT64, writer->bytes);
  vm_binary_cut_at (page_shift, writer->bytes);
  if (!put (writer, length))
    return NULL;
  return g_steal_pointer (&writer);
}

gboolean
cli_trace_write (CliTraceWriter *writer, guint32 process,
                 const vm_record *records, gsize count)
{
  if (process != writer->process
      && !put (writer,
               vm_binary_switch (&writer->binary, process, writer->bytes)))
    return FALSE;

  writer->process = process;
  for (gsize at = 0; at < count; at += PIECE) {
    gsize length = vm_binary_write (&writer->binary, records + at,
                                    MIN (PIECE, count - at), writer->bytes);
    if (!put (writer, length))
      return FALSE;
  }
  return TRUE;
}

gboolean
cli_trace_writer_finish (CliTraceWriter *writer)
{
  g_autoptr (CliTraceWriter) owned = writer;
  g_autoptr (GError) error = NULL;

  if (!put (writer, vm_binary_finish (&writer->binary, writer->bytes)))
    return FALSE;
  if (!g_output_stream_close (writer->stream, NULL, &error)) {
    cli_fail_at (writer->name, 0, error->message);
    return FALSE;
  }
  g_clear_object (&writer->file);
  return TRUE;
}

void
cli_trace_writer_free (CliTraceWriter *writer)
{
  if (writer == NULL)
    return;

  g_clear_object (&writer->stream);
  /* What was not finished is no trace. */
  if (writer->file != NULL)
    g_file_delete (writer->file, NULL, NULL);
  g_clear_object (&writer->file);
  g_free (writer);
}
