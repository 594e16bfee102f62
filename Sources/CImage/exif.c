#include "internal.h"

#include <string.h>

/* The TIFF structure inside an EXIF segment; every read is checked against its length. */
struct tiff {
    const uint8_t *bytes;
    size_t length;
    int big_endian;
};

static uint32_t number(const struct tiff *tiff, size_t offset, size_t size) {
    if (size > tiff->length || offset > tiff->length - size) return 0;
    uint32_t value = 0;
    for (size_t i = 0; i < size; i++) {
        size_t place = tiff->big_endian ? i : size - 1 - i;
        value = value << 8 | tiff->bytes[offset + place];
    }
    return value;
}

int kimage_exif_orientation(const uint8_t *bytes, size_t length) {
    enum { ORIENTATION = 0x0112, SHORT = 3, ENTRY = 12, MARK = 6 };
    size_t start = length >= MARK && !memcmp(bytes, "Exif\0\0", MARK) ? MARK : 0;
    if (length < start + 8) return 1;
    struct tiff tiff = {bytes + start, length - start, bytes[start] == 'M'};
    if (number(&tiff, 2, 2) != 42) return 1;
    size_t directory = number(&tiff, 4, 4);
    uint32_t count = number(&tiff, directory, 2);
    for (uint32_t i = 0; i < count; i++) {
        size_t entry = directory + 2 + (size_t)i * ENTRY;
        if (entry + ENTRY > tiff.length) return 1;
        if (number(&tiff, entry, 2) != ORIENTATION || number(&tiff, entry + 2, 2) != SHORT) continue;
        uint32_t value = number(&tiff, entry + 8, 2);
        return value >= 1 && value <= 8 ? (int)value : 1;
    }
    return 1;
}
