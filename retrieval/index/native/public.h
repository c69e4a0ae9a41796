/* What makes a function one that Python can call. */
#ifndef QUOTH_PUBLIC_H
#define QUOTH_PUBLIC_H
#define PUBLIC __attribute__((visibility("default")))
#endif
