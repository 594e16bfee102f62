#ifndef KONTOR_CIMAGE_INTERNAL_H
#define KONTOR_CIMAGE_INTERNAL_H

#include "CImage.h"

/* Bytes that grow as an encoder writes them. */
struct kimage_output {
    uint8_t *bytes;
    size_t length;
    size_t capacity;
};

/* Returns 1, or 0 where memory is short; the buffer is then as before. */
int kimage_append(struct kimage_output *output, const void *bytes, size_t length);

/* Each decodes an image whose probed size is width * height into room for exactly that many RGBA pixels. */
int kimage_png_decode(const uint8_t *bytes, size_t length, uint8_t *rgba, uint32_t width, uint32_t height);
int kimage_jpeg_decode(const uint8_t *bytes, size_t length, uint8_t *rgba, uint32_t width, uint32_t height);
int kimage_webp_decode(const uint8_t *bytes, size_t length, uint8_t *rgba, uint32_t width, uint32_t height);

int kimage_png_probe(const uint8_t *bytes, size_t length, uint32_t *width, uint32_t *height);
int kimage_jpeg_probe(const uint8_t *bytes, size_t length, uint32_t *width, uint32_t *height);
int kimage_webp_probe(const uint8_t *bytes, size_t length, uint32_t *width, uint32_t *height);

/* The EXIF orientation (1 to 8) of an APP1 segment's content; 1 where it says none. */
int kimage_exif_orientation(const uint8_t *segment, size_t length);

#endif
