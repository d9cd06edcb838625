/* What constructors of well-known libraries allocate. */
#include "process/constructors.h"

#include <string.h>

#define PIECE 4096u

/* As they are in Debian 12; what they keep was read off the C library's own
 * account at main. libstdc++ takes one piece, for exceptions when there is no
 * memory; the others many small ones. */
static const struct {
  const char *name;
  struct vm_constructors does;
} libraries[] = {
    {"libGL.so.1", {96, PIECE}},
    {"libGLX.so.0", {2576, PIECE}},
    {"libGLdispatch.so.0", {0, PIECE}},
    {"libX11.so.6", {144, PIECE}},
    {"libapt-pkg.so.6.0", {3520, PIECE}},
    {"libapt-private.so.0.0", {8688, PIECE}},
    {"libbabeltrace-ctf.so.1", {6560, PIECE}},
    {"libbabeltrace.so.1", {96, PIECE}},
    {"libc.so.6", {0, PIECE}},
    {"libcap-ng.so.0", {0, PIECE}},
    {"libcap.so.2", {0, PIECE}},
    {"libdw.so.1", {0, PIECE}},
    {"libepoxy.so.0", {0, PIECE}},
    {"libfuse3.so.3", {0, PIECE}},
    {"libgcc_s.so.1", {0, PIECE}},
    {"libglib-2.0.so.0", {23040, PIECE}},
    {"libgnutls.so.30", {118592, PIECE}},
    {"libgobject-2.0.so.0", {27456, PIECE}},
    {"libgomp.so.1", {32, PIECE}},
    {"libgpg-error.so.0", {48, PIECE}},
    {"libgprofng.so.0", {0, PIECE}},
    {"libgtk-4.so.1", {32, PIECE}},
    {"libicutu.so.72", {0, PIECE}},
    {"libjsoncpp.so.25", {0, PIECE}},
    {"liblzma.so.5", {0, PIECE}},
    {"libnettle.so.8", {0, PIECE}},
    {"libnl-3.so.200", {0, PIECE}},
    {"libnl-route-3.so.200", {1392, PIECE}},
    {"libnuma.so.1", {4112, PIECE}},
    {"libp11-kit.so.0", {240, PIECE}},
    {"libpixman-1.so.0", {12480, PIECE}},
    {"libpmem.so.1", {1040, PIECE}},
    {"libpoppler.so.126", {288, PIECE}},
    {"libselinux.so.1", {1648, PIECE}},
    {"libstdc++.so.6", {72704, 72704}},
};

bool
vm_constructors_of (const char *name, struct vm_constructors *found)
{
  for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++)
    if (strcmp (libraries[i].name, name) == 0) {
      *found = libraries[i].does;
      return true;
    }
  return false;
}
