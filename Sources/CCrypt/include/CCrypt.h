#ifndef KONTOR_CCRYPT_H
#define KONTOR_CCRYPT_H

#include <stddef.h>

/*
 * What crypt(3) makes of a phrase under a setting such as "$2b$12$..." (libxcrypt), into `hash` of `size` bytes. Returns 0, or -1
 * where the setting is none, memory is short or the hash does not fit. May be called on any thread.
 */
int kcrypt(const char *phrase, const char *setting, char *hash, size_t size);

#endif
