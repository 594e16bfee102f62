#include "internal.h"

#include <stdlib.h>
#include <string.h>

#include <webp/decode.h>
#include <webp/encode.h>

enum { RIFF_HEADER = 12, CHUNK_HEADER = 8, FRAME_HEADER = 16, EXTENDED_HEADER = 18 };

static int orientation(const uint8_t *bytes, size_t length) {
    struct kimage_chunk exif;
    if (!kimage_find_chunk(kimage_next_webp_chunk, bytes, length, "EXIF", &exif)) return 1;
    return kimage_exif_orientation(exif.content, exif.length);
}

static uint32_t little_endian(const uint8_t *bytes, int size) {
    uint32_t value = 0;
    for (int i = size - 1; i >= 0; i--) value = value << 8 | bytes[i];
    return value;
}

static void put_little_endian(uint8_t *bytes, uint32_t value, int size) {
    for (int i = 0; i < size; i++) bytes[i] = (uint8_t)(value >> (8 * i));
}

static int features(const uint8_t *bytes, size_t length, WebPBitstreamFeatures *found) {
    return WebPGetFeatures(bytes, length, found) == VP8_STATUS_OK && found->width > 0 && found->height > 0;
}

int kimage_webp_probe(const uint8_t *bytes, size_t length, uint32_t *width, uint32_t *height) {
    WebPBitstreamFeatures found;
    if (!features(bytes, length, &found)) return KIMAGE_BROKEN;
    int turned = kimage_lies_on_its_side(orientation(bytes, length));
    *width = (uint32_t)(turned ? found.height : found.width);
    *height = (uint32_t)(turned ? found.width : found.height);
    return KIMAGE_OK;
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
    WebPBitstreamFeatures found;
    int is_sound = features(still, length, &found) && (uint32_t)found.width == width && (uint32_t)found.height == height;
    int status = is_sound ? KIMAGE_OK : KIMAGE_BROKEN;
    if (is_sound) {
        size_t stride = (size_t)canvas_width * 4, offset = top * stride + (size_t)left * 4;
        size_t room = stride * canvas_height - offset;
        if (!WebPDecodeRGBAInto(still, length, rgba + offset, room, (int)stride)) status = KIMAGE_BROKEN;
    }
    free(still);
    return status;
}

/* The picture, or the first frame of an animation, as it lies in the file. */
static int decode(const uint8_t *bytes, size_t length, uint8_t *rgba, uint32_t width, uint32_t height) {
    WebPBitstreamFeatures found;
    if (!features(bytes, length, &found)) return KIMAGE_BROKEN;
    size_t stride = (size_t)width * 4;
    if (stride > INT32_MAX) return KIMAGE_TOO_LARGE;
    if (!found.has_animation) {
        return WebPDecodeRGBAInto(bytes, length, rgba, stride * height, (int)stride) ? KIMAGE_OK : KIMAGE_BROKEN;
    }
    struct kimage_chunk frame;
    if (!kimage_find_chunk(kimage_next_webp_chunk, bytes, length, "ANMF", &frame)) return KIMAGE_BROKEN;
    if (frame.length <= FRAME_HEADER) return KIMAGE_BROKEN;
    memset(rgba, 0, stride * height);
    return decode_frame(frame.content, frame.length, rgba, width, height);
}

static void convert(const uint8_t *bytes, size_t length, uint8_t *rgba, uint32_t width, uint32_t height) {
    struct kimage_chunk profile;
    if (!kimage_find_chunk(kimage_next_webp_chunk, bytes, length, "ICCP", &profile)) return;
    struct kimage_conversion *conversion = kimage_conversion(profile.content, profile.length, KIMAGE_PIXELS_RGB);
    if (!conversion) return;
    for (uint32_t y = 0; y < height; y++) {
        uint8_t *row = rgba + (size_t)y * width * 4;
        kimage_convert(conversion, row, row, width);
    }
    kimage_conversion_free(conversion);
}

int kimage_webp_decode(const uint8_t *bytes, size_t length, uint8_t *rgba, uint32_t width, uint32_t height) {
    int turn = orientation(bytes, length), turned = kimage_lies_on_its_side(turn);
    uint32_t lying_width = turned ? height : width, lying_height = turned ? width : height;
    uint8_t *lying = turn == 1 ? rgba : malloc((size_t)width * height * 4);
    if (!lying) return KIMAGE_NO_MEMORY;
    int status = decode(bytes, length, lying, lying_width, lying_height);
    if (status == KIMAGE_OK) {
        convert(bytes, length, lying, lying_width, lying_height);
        if (turn != 1) kimage_turn(lying, turn, rgba, width, height);
    }
    if (turn != 1) free(lying);
    return status;
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
