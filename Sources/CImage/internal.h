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

/* Which kind of picture the bytes begin as: one of kimage_format, or 0. */
int kimage_format_of(const uint8_t *bytes, size_t length);

/* The EXIF orientation (1 to 8) that a TIFF structure says, with or without "Exif\0\0" before it; 1 where it says none. */
int kimage_exif_orientation(const uint8_t *bytes, size_t length);

/* A part of a PNG or WebP file: its name has four bytes. */
struct kimage_chunk {
    const uint8_t *name;
    const uint8_t *content;
    size_t length;
};

/* Reads the chunk at `position` (0 for the first one) and moves on; 0 at the end, or where the rest is no whole chunk. */
typedef int (*kimage_chunk_reader)(
    const uint8_t *bytes, size_t length, size_t *position, struct kimage_chunk *chunk);
int kimage_next_png_chunk(const uint8_t *bytes, size_t length, size_t *position, struct kimage_chunk *chunk);
int kimage_next_webp_chunk(const uint8_t *bytes, size_t length, size_t *position, struct kimage_chunk *chunk);

/* Finds the first chunk of that name; 0 where there is none. */
int kimage_find_chunk(
    kimage_chunk_reader next, const uint8_t *bytes, size_t length, const char *name, struct kimage_chunk *chunk);

/* Where decoded pixel (x, y) goes: start + x * across + y * down, in pixels of the upright image of that size. */
struct kimage_placement {
    ptrdiff_t start, across, down;
};
struct kimage_placement kimage_placement(int orientation, ptrdiff_t width, ptrdiff_t height);

/* Orientations 5 to 8 exchange width and height. */
int kimage_lies_on_its_side(int orientation);
void kimage_place_row(
    const uint8_t *row, uint32_t width, uint32_t y, struct kimage_placement place, uint8_t *rgba);

/* Copies a whole picture upright; width and height are the upright ones. */
void kimage_turn(const uint8_t *lying, int orientation, uint8_t *upright, uint32_t width, uint32_t height);

/* What decoders hand over: four channels a pixel, those of 16 bits in the machine's order of bytes. */
enum kimage_pixels {
    KIMAGE_PIXELS_GREY,
    KIMAGE_PIXELS_GREY_16,
    KIMAGE_PIXELS_RGB,
    KIMAGE_PIXELS_RGB_16,
    KIMAGE_PIXELS_CMYK,
    KIMAGE_PIXELS_CMYK_INVERTED
};

/* From an ICC profile to sRGB; NULL where there is no profile, or none that describes such pixels. */
struct kimage_conversion;
struct kimage_conversion *kimage_conversion(const uint8_t *profile, size_t length, enum kimage_pixels pixels);

/* Converts `count` pixels; `from` may be `rgba` itself where its pixels have four bytes. Transparency stays. */
void kimage_convert(struct kimage_conversion *conversion, const void *from, uint8_t *rgba, uint32_t count);
void kimage_conversion_free(struct kimage_conversion *conversion);

#endif
