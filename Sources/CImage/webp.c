#include "internal.h"

#include <stdlib.h>
#include <string.h>

#include <webp/decode.h>
#include <webp/encode.h>

enum { RIFF_HEADER = 12, CHUNK_HEADER = 8, FRAME_HEADER = 16, EXTENDED_HEADER = 18 };

static uint32_t little_endian(const uint8_t *bytes, int size) {
    uint32_t value = 0;
    for (int i = size - 1; i >= 0; i--) value = value << 8 | bytes[i];
    return value;
}

static void put_little_endian(uint8_t *bytes, uint32_t value, int size) {
    for (int i = 0; i < size; i++) bytes[i] = (uint8_t)(value >> (8 * i));
}

int kimage_webp_probe(const uint8_t *bytes, size_t length, uint32_t *width, uint32_t *height) {
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(bytes, length, &features) != VP8_STATUS_OK) return KIMAGE_BROKEN;
    if (features.width <= 0 || features.height <= 0) return KIMAGE_BROKEN;
    *width = (uint32_t)features.width;
    *height = (uint32_t)features.height;
    return KIMAGE_OK;
}

/* The content of the first animation frame, or NULL where the file ends before it is whole. */
static const uint8_t *first_frame(const uint8_t *bytes, size_t length, size_t *size) {
    size_t position = RIFF_HEADER;
    while (length - position >= CHUNK_HEADER) {
        uint32_t claimed = little_endian(bytes + position + 4, 4);
        const uint8_t *content = bytes + position + CHUNK_HEADER;
        size_t left = length - position - CHUNK_HEADER;
        if (claimed > left) return NULL;
        if (!memcmp(bytes + position, "ANMF", 4)) {
            *size = claimed;
            return claimed > FRAME_HEADER ? content : NULL;
        }
        size_t padded = (size_t)claimed + (claimed & 1);
        if (padded > left) return NULL;
        position += CHUNK_HEADER + padded;
    }
    return NULL;
}

/* The frame as a WebP file of its own, which the plain decoder reads (it refuses animations). */
static uint8_t *still_of_frame(const uint8_t *frame, size_t size, size_t *length) {
    size_t prefix = RIFF_HEADER + EXTENDED_HEADER;
    size_t payload = size - FRAME_HEADER;
    uint8_t *still = calloc(1, prefix + payload);
    if (!still) return NULL;
    memcpy(still, "RIFF", 4);
    put_little_endian(still + 4, (uint32_t)(prefix + payload - CHUNK_HEADER), 4);
    memcpy(still + 8, "WEBPVP8X", 8);
    put_little_endian(still + 16, 10, 4);
    still[20] = memcmp(frame + FRAME_HEADER, "VP8 ", 4 < payload ? 4 : payload) ? 0x10 : 0;
    memcpy(still + 24, frame + 6, 6);
    memcpy(still + prefix, frame + FRAME_HEADER, payload);
    *length = prefix + payload;
    return still;
}

static int decode_frame(
    const uint8_t *frame, size_t size, uint8_t *rgba, uint32_t canvas_width, uint32_t canvas_height) {
    uint32_t left = little_endian(frame, 3) * 2, top = little_endian(frame + 3, 3) * 2;
    uint32_t width = little_endian(frame + 6, 3) + 1, height = little_endian(frame + 9, 3) + 1;
    if (left + width > canvas_width || top + height > canvas_height) return KIMAGE_BROKEN;
    size_t length = 0;
    uint8_t *still = still_of_frame(frame, size, &length);
    if (!still) return KIMAGE_NO_MEMORY;
    uint32_t found_width = 0, found_height = 0;
    int status = kimage_webp_probe(still, length, &found_width, &found_height);
    if (status == KIMAGE_OK && (found_width != width || found_height != height)) status = KIMAGE_BROKEN;
    if (status == KIMAGE_OK) {
        size_t stride = (size_t)canvas_width * 4, offset = top * stride + (size_t)left * 4;
        size_t room = stride * canvas_height - offset;
        if (!WebPDecodeRGBAInto(still, length, rgba + offset, room, (int)stride)) status = KIMAGE_BROKEN;
    }
    free(still);
    return status;
}

int kimage_webp_decode(const uint8_t *bytes, size_t length, uint8_t *rgba, uint32_t width, uint32_t height) {
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(bytes, length, &features) != VP8_STATUS_OK) return KIMAGE_BROKEN;
    size_t stride = (size_t)width * 4;
    if (stride > INT32_MAX) return KIMAGE_TOO_LARGE;
    if (features.has_animation) {
        size_t size = 0;
        const uint8_t *frame = first_frame(bytes, length, &size);
        if (!frame) return KIMAGE_BROKEN;
        memset(rgba, 0, stride * height);
        return decode_frame(frame, size, rgba, width, height);
    }
    return WebPDecodeRGBAInto(bytes, length, rgba, stride * height, (int)stride) ? KIMAGE_OK : KIMAGE_BROKEN;
}

static int append(const uint8_t *bytes, size_t length, const WebPPicture *picture) {
    return kimage_append(picture->custom_ptr, bytes, length);
}

int kimage_webp_encode(
    const uint8_t *rgba, uint32_t width, uint32_t height, float quality, uint8_t **bytes, size_t *length) {
    WebPConfig config;
    WebPPicture picture;
    struct kimage_output output = {NULL, 0, 0};
    if (width == 0 || height == 0 || width > WEBP_MAX_DIMENSION || height > WEBP_MAX_DIMENSION) return KIMAGE_TOO_LARGE;
    if (!WebPConfigPreset(&config, WEBP_PRESET_DEFAULT, quality) || !WebPPictureInit(&picture)) return KIMAGE_BROKEN;
    picture.width = (int)width;
    picture.height = (int)height;
    picture.writer = append;
    picture.custom_ptr = &output;
    int done = WebPPictureImportRGBA(&picture, rgba, (int)(width * 4)) && WebPEncode(&config, &picture);
    WebPPictureFree(&picture);
    if (!done) {
        free(output.bytes);
        return KIMAGE_NO_MEMORY;
    }
    *bytes = output.bytes;
    *length = output.length;
    return KIMAGE_OK;
}
