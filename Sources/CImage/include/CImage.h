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

/*
 * Reads format and size without decoding a pixel. The size is the one that kimage_decode gives: that of a picture whose
 * EXIF data turns it on its side is already turned.
 */
int kimage_probe(const uint8_t *bytes, size_t length, int *format, uint32_t *width, uint32_t *height);

/*
 * Decodes to RGBA (sRGB, 8 bits a channel, no padding) into `rgba`, which has room for `capacity` bytes: 4 * width * height
 * of kimage_probe. Colours are converted from the profile that the picture brings; one that is broken is passed over. More than max_pixels, or more than there is room for, is refused before any pixel is decoded; of an
 * animation the first frame is taken. `rgba` may be partly written when a broken image is refused.
 */
int kimage_decode(const uint8_t *bytes, size_t length, uint64_t max_pixels, uint8_t *rgba, size_t capacity);

/* Where a picture's compressed data begin and where the picture ends; the length of the file where it does not say. */
struct kimage_extent {
    size_t header;
    size_t end;
};
struct kimage_extent kimage_extent(const uint8_t *bytes, size_t length);

/* Encodes RGBA pixels as lossy WebP; quality is 0 to 100. */
int kimage_webp_encode(
    const uint8_t *rgba, uint32_t width, uint32_t height, float quality, uint8_t **bytes, size_t *length);

/*
 * Scales RGBA pixels down by the mean over each new pixel's area, colours weighted by their alpha. The new size may not
 * exceed the old one in either direction (KIMAGE_TOO_LARGE); `scaled` has room for 4 * new_width * new_height bytes.
 */
int kimage_resize(
    const uint8_t *rgba, uint32_t width, uint32_t height, uint8_t *scaled, uint32_t new_width, uint32_t new_height);

void kimage_free(void *buffer);

#endif
