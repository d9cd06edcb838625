/* The application: one instance, one window, a lesson from the command line. */
#ifndef PW_APPLICATION_H
#define PW_APPLICATION_H

#include <adwaita.h>

#define PW_TYPE_APPLICATION (pw_application_get_type ())
G_DECLARE_FINAL_TYPE (PwApplication, pw_application, PW, APPLICATION,
                      AdwApplication)

PwApplication *pw_application_new (void);

#endif
