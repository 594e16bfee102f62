#ifndef KONTOR_CQRENCODE_H
#define KONTOR_CQRENCODE_H

#include <stddef.h>
#include <stdint.h>

enum kqr_status { KQR_OK = 0, KQR_EMPTY = 1, KQR_TOO_LONG = 2, KQR_NO_MEMORY = 3 };

/*
 * The QR code of UTF-8 text, in the smallest version with error correction level M: width * width modules, rows from
 * the top, 1 for dark and 0 for light. Returns 0 on success or one of the codes above; the modules are freed with
 * kqr_free. May be called on any thread.
 */
int kqr_modules(const uint8_t *text, size_t length, uint8_t **modules, size_t *width);

void kqr_free(uint8_t *modules);

#endif
