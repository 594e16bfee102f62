#ifndef KONTOR_CIMAGE_H
#define KONTOR_CIMAGE_H

#include <stddef.h>
#include <stdint.h>

/*
 * Decoding and encoding happen wholly in C: libpng and libjpeg report errors by longjmp, which must not cross Swift
 * frames. Every function returns 0 on success or one of the codes below; buffers that come back are freed with
 * kimage_free.
 */

enum kimage_status {
    KIMAGE_OK = 0,
    KIMAGE_UNKNOWN_FORMAT = 1,
    KIMAGE_BROKEN = 2,
    KIMAGE_TOO_LARGE = 3,
    KIMAGE_NO_MEMORY = 4
};

enum kimage_format { KIMAGE_PNG = 1, KIMAGE_JPEG = 2, KIMAGE_WEBP = 3 };

/* Encodes width * height RGB pixels (8 bits a channel, no padding) as a PNG. */
int kimage_png_encode(const uint8_t *rgb, uint32_t width, uint32_t height, uint8_t **bytes, size_t *length);

/* Reads format and size from the header alone; nothing is decoded. */
int kimage_probe(const uint8_t *bytes, size_t length, int *format, uint32_t *width, uint32_t *height);

/* Decodes to RGBA (8 bits a channel, no padding), refusing more than max_pixels before any pixel is decoded. */
int kimage_decode(
    const uint8_t *bytes, size_t length, uint64_t max_pixels, uint8_t **rgba, uint32_t *width, uint32_t *height);

/* Encodes RGBA pixels as lossy WebP; quality is 0 to 100. */
int kimage_webp_encode(
    const uint8_t *rgba, uint32_t width, uint32_t height, float quality, uint8_t **bytes, size_t *length);

void kimage_free(void *buffer);

#endif
