/* Keeps the library from being empty until its first real file arrives. */

typedef int pw_placeholder;
