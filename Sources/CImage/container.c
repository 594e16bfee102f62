#include "internal.h"

#include <string.h>

enum { PNG_SIGNATURE = 8, PNG_FRAME = 12, RIFF_HEADER = 12, CHUNK_HEADER = 8 };

static uint32_t big_endian(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static uint32_t little_endian(const uint8_t *bytes) {
    return (uint32_t)bytes[3] << 24 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[1] << 8 | bytes[0];
}

int kimage_next_png_chunk(const uint8_t *bytes, size_t length, size_t *position, struct kimage_chunk *chunk) {
    if (*position == 0) *position = PNG_SIGNATURE;
    if (length < *position || length - *position < PNG_FRAME) return 0;
    const uint8_t *start = bytes + *position;
    uint32_t size = big_endian(start);
    if (size > length - *position - PNG_FRAME) return 0;
    *chunk = (struct kimage_chunk){start + 4, start + 8, size};
    *position += PNG_FRAME + (size_t)size;
    return 1;
}

int kimage_next_webp_chunk(const uint8_t *bytes, size_t length, size_t *position, struct kimage_chunk *chunk) {
    if (*position == 0) *position = RIFF_HEADER;
    if (length < *position || length - *position < CHUNK_HEADER) return 0;
    const uint8_t *start = bytes + *position;
    uint32_t size = little_endian(start + 4);
    if (size > length - *position - CHUNK_HEADER) return 0;
    *chunk = (struct kimage_chunk){start, start + CHUNK_HEADER, size};
    *position += CHUNK_HEADER + (size_t)size + (size & 1);
    return 1;
}

int kimage_find_chunk(
    kimage_chunk_reader next, const uint8_t *bytes, size_t length, const char *name, struct kimage_chunk *chunk) {
    size_t position = 0;
    while (next(bytes, length, &position, chunk)) {
        if (!memcmp(chunk->name, name, 4)) return 1;
    }
    return 0;
}

static int is_one_of(const uint8_t *name, const char *names) {
    for (; *names; names += 4) {
        if (!memcmp(name, names, 4)) return 1;
    }
    return 0;
}

static void chunk_extent(
    kimage_chunk_reader next, const char *pixels, const char *last, const uint8_t *bytes, size_t length,
    struct kimage_extent *extent) {
    size_t position = 0;
    struct kimage_chunk chunk;
    while (next(bytes, length, &position, &chunk)) {
        size_t start = (size_t)(chunk.name - bytes);
        if (start < extent->header && is_one_of(chunk.name, pixels)) extent->header = start;
        if (!is_one_of(chunk.name, last)) continue;
        extent->end = position < length ? position : length;
        return;
    }
}

/* Behind a scan's data: 0xFF 0x00 is a byte of it, 0xFF 0xD0 to 0xD7 are marks between parts of it. */
static size_t end_of_scan(const uint8_t *bytes, size_t length, size_t position) {
    while (position < length) {
        const uint8_t *found = memchr(bytes + position, 0xFF, length - position);
        if (!found) return length;
        position = (size_t)(found - bytes);
        if (length - position < 2) return length;
        uint8_t next = found[1];
        if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) return position;
        position += next == 0xFF ? 1 : 2;
    }
    return length;
}

static void jpeg_extent(const uint8_t *bytes, size_t length, struct kimage_extent *extent) {
    enum { START_OF_SCAN = 0xDA, END = 0xD9 };
    size_t position = 2;
    while (length - position >= 4 && bytes[position] == 0xFF) {
        uint8_t mark = bytes[position + 1];
        if (mark == 0xFF) {
            position += 1;
            continue;
        }
        size_t size = 2 + ((size_t)bytes[position + 2] << 8 | bytes[position + 3]);
        if (mark == END || size > length - position) break;
        if (mark == START_OF_SCAN && position < extent->header) extent->header = position;
        position += size;
        if (mark == START_OF_SCAN) position = end_of_scan(bytes, length, position);
    }
    if (length - position >= 2 && bytes[position] == 0xFF && bytes[position + 1] == END) extent->end = position + 2;
}

struct kimage_extent kimage_extent(const uint8_t *bytes, size_t length) {
    struct kimage_extent extent = {length, length};
    int format = bytes ? kimage_format_of(bytes, length) : 0;
    switch (format) {
    case KIMAGE_PNG: chunk_extent(kimage_next_png_chunk, "IDATfdATiCCPzTXtiTXt", "IEND", bytes, length, &extent); break;
    case KIMAGE_JPEG: jpeg_extent(bytes, length, &extent); break;
    case KIMAGE_WEBP:
        chunk_extent(kimage_next_webp_chunk, "VP8 VP8LALPHANMF", "", bytes, length, &extent);
        if (8 + (uint64_t)little_endian(bytes + 4) < length) extent.end = 8 + (size_t)little_endian(bytes + 4);
        break;
    default: break;
    }
    return extent;
}
