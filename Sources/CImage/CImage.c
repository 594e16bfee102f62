#include "CImage.h"
#include "internal.h"

#include <stdlib.h>
#include <string.h>

void kimage_free(void *buffer) { free(buffer); }

int kimage_append(struct kimage_output *output, const void *bytes, size_t length) {
    if (length > SIZE_MAX / 4 - output->length) return 0;
    size_t needed = output->length + length;
    if (needed > output->capacity) {
        size_t capacity = output->capacity ? output->capacity : 16384;
        while (capacity < needed) capacity *= 2;
        uint8_t *grown = realloc(output->bytes, capacity);
        if (!grown) return 0;
        output->bytes = grown;
        output->capacity = capacity;
    }
    memcpy(output->bytes + output->length, bytes, length);
    output->length = needed;
    return 1;
}

int kimage_format_of(const uint8_t *bytes, size_t length) {
    static const uint8_t png[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    static const uint8_t jpeg[3] = {0xFF, 0xD8, 0xFF};
    if (length >= sizeof png && !memcmp(bytes, png, sizeof png)) return KIMAGE_PNG;
    if (length >= sizeof jpeg && !memcmp(bytes, jpeg, sizeof jpeg)) return KIMAGE_JPEG;
    if (length >= 12 && !memcmp(bytes, "RIFF", 4) && !memcmp(bytes + 8, "WEBP", 4)) return KIMAGE_WEBP;
    return 0;
}

int kimage_probe(const uint8_t *bytes, size_t length, int *format, uint32_t *width, uint32_t *height) {
    if (!bytes) return KIMAGE_UNKNOWN_FORMAT;
    *format = kimage_format_of(bytes, length);
    switch (*format) {
    case KIMAGE_PNG: return kimage_png_probe(bytes, length, width, height);
    case KIMAGE_JPEG: return kimage_jpeg_probe(bytes, length, width, height);
    case KIMAGE_WEBP: return kimage_webp_probe(bytes, length, width, height);
    default: return KIMAGE_UNKNOWN_FORMAT;
    }
}

int kimage_decode(const uint8_t *bytes, size_t length, uint64_t max_pixels, uint8_t *rgba, size_t capacity) {
    int format = 0;
    uint32_t width = 0, height = 0;
    int status = kimage_probe(bytes, length, &format, &width, &height);
    if (status != KIMAGE_OK) return status;
    /* Both sides are below 2^31, so neither the product nor four times it overflows 64 bits. */
    uint64_t pixels = (uint64_t)width * height;
    if (pixels > max_pixels || pixels * 4 > capacity) return KIMAGE_TOO_LARGE;
    switch (format) {
    case KIMAGE_PNG: return kimage_png_decode(bytes, length, rgba, width, height);
    case KIMAGE_JPEG: return kimage_jpeg_decode(bytes, length, rgba, width, height);
    default: return kimage_webp_decode(bytes, length, rgba, width, height);
    }
}
