#include "internal.h"

#include <stdlib.h>

/*
 * Coverage is counted in whole numbers: along a side, an old pixel is `new` units long and a new pixel `old` units, so
 * that both sides measure old * new and nothing drifts. Sums hold colour times alpha.
 */

static inline uint64_t least(uint64_t a, uint64_t b) { return a < b ? a : b; }

/* Adds an old row into `wide`, as many columns as the new image has. */
static void squeeze_row(const uint8_t *row, uint32_t width, float *wide, uint32_t new_width) {
    uint64_t target = 0, target_end = width;
    float sum[4] = {0, 0, 0, 0};
    for (uint32_t x = 0; x < width; x++) {
        const uint8_t *pixel = row + (size_t)x * 4;
        float alpha = pixel[3];
        float colour[4] = {pixel[0] * alpha, pixel[1] * alpha, pixel[2] * alpha, alpha};
        uint64_t position = (uint64_t)x * new_width, end = position + new_width;
        while (position < end) {
            uint64_t stop = least(end, target_end);
            float weight = (float)(stop - position);
            for (int channel = 0; channel < 4; channel++) sum[channel] += colour[channel] * weight;
            position = stop;
            if (position < target_end) continue;
            for (int channel = 0; channel < 4; channel++) {
                wide[target * 4 + (uint64_t)channel] = sum[channel] / (float)width;
                sum[channel] = 0;
            }
            target += 1;
            target_end += width;
        }
    }
}

static void add_row(float *sums, const float *wide, uint32_t new_width, float weight) {
    for (size_t i = 0; i < (size_t)new_width * 4; i++) sums[i] += wide[i] * weight;
}

static uint8_t rounded(float value) { return value >= 254.5f ? 255 : (uint8_t)(value + 0.5f); }

static void put_row(float *sums, uint8_t *row, uint32_t new_width, float total) {
    for (size_t i = 0; i < (size_t)new_width * 4; i += 4) {
        float alpha = sums[i + 3];
        for (int channel = 0; channel < 3; channel++) {
            row[i + (size_t)channel] = alpha > 0 ? rounded(sums[i + (size_t)channel] / alpha) : 0;
        }
        row[i + 3] = rounded(alpha / total);
        for (int channel = 0; channel < 4; channel++) sums[i + (size_t)channel] = 0;
    }
}

int kimage_resize(
    const uint8_t *rgba, uint32_t width, uint32_t height, uint8_t *scaled, uint32_t new_width, uint32_t new_height) {
    if (new_width == 0 || new_height == 0 || new_width > width || new_height > height) return KIMAGE_TOO_LARGE;
    float *rows = calloc((size_t)new_width * 8, sizeof *rows);
    if (!rows) return KIMAGE_NO_MEMORY;
    float *wide = rows, *sums = rows + (size_t)new_width * 4;
    uint64_t target = 0, target_end = height;
    for (uint32_t y = 0; y < height; y++) {
        squeeze_row(rgba + (size_t)y * width * 4, width, wide, new_width);
        uint64_t position = (uint64_t)y * new_height, end = position + new_height;
        while (position < end) {
            uint64_t stop = least(end, target_end);
            add_row(sums, wide, new_width, (float)(stop - position));
            position = stop;
            if (position < target_end) continue;
            put_row(sums, scaled + target * new_width * 4, new_width, (float)height);
            target += 1;
            target_end += height;
        }
    }
    free(rows);
    return KIMAGE_OK;
}
