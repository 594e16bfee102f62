#include "internal.h"

#include <string.h>

struct kimage_placement kimage_placement(int orientation, ptrdiff_t width, ptrdiff_t height) {
    ptrdiff_t last = width * height - 1;
    switch (orientation) {
    case 2: return (struct kimage_placement){width - 1, -1, width};
    case 3: return (struct kimage_placement){last, -1, -width};
    case 4: return (struct kimage_placement){last - width + 1, 1, -width};
    case 5: return (struct kimage_placement){0, width, 1};
    case 6: return (struct kimage_placement){width - 1, width, -1};
    case 7: return (struct kimage_placement){last, -width, -1};
    case 8: return (struct kimage_placement){last - width + 1, -width, 1};
    default: return (struct kimage_placement){0, 1, width};
    }
}

int kimage_lies_on_its_side(int orientation) { return orientation >= 5; }

void kimage_place_row(
    const uint8_t *row, uint32_t width, uint32_t y, struct kimage_placement place, uint8_t *rgba) {
    for (uint32_t x = 0; x < width; x++) {
        uint8_t *target = rgba + 4 * (place.start + (ptrdiff_t)x * place.across + (ptrdiff_t)y * place.down);
        memcpy(target, row + (size_t)x * 4, 4);
    }
}

void kimage_turn(const uint8_t *lying, int orientation, uint8_t *upright, uint32_t width, uint32_t height) {
    int turned = kimage_lies_on_its_side(orientation);
    uint32_t lying_width = turned ? height : width, lying_height = turned ? width : height;
    struct kimage_placement place = kimage_placement(orientation, width, height);
    for (uint32_t y = 0; y < lying_height; y++) {
        kimage_place_row(lying + (size_t)y * lying_width * 4, lying_width, y, place, upright);
    }
}
