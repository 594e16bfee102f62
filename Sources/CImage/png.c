#include "internal.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/* No chunk may claim more memory than this, however well it is compressed. */
#define CHUNK_BYTES (8 << 20)

struct input {
    const uint8_t *bytes;
    size_t length;
    size_t position;
};

static void fail(png_structp png, png_const_charp message) {
    (void)message;
    png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static void read_bytes(png_structp png, png_bytep into, size_t length) {
    struct input *input = png_get_io_ptr(png);
    if (length > input->length - input->position) png_error(png, "truncated");
    memcpy(into, input->bytes + input->position, length);
    input->position += length;
}

static void write_bytes(png_structp png, png_bytep bytes, size_t length) {
    if (!kimage_append(png_get_io_ptr(png), bytes, length)) png_error(png, "memory");
}

static void flush_nothing(png_structp png) { (void)png; }

static uint32_t big_endian(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

int kimage_png_probe(const uint8_t *bytes, size_t length, uint32_t *width, uint32_t *height) {
    if (length < 33 || big_endian(bytes + 8) != 13 || memcmp(bytes + 12, "IHDR", 4)) return KIMAGE_BROKEN;
    *width = big_endian(bytes + 16);
    *height = big_endian(bytes + 20);
    if (*width == 0 || *height == 0 || *width > INT32_MAX || *height > INT32_MAX) return KIMAGE_BROKEN;
    return KIMAGE_OK;
}

/* Metadata is dropped unread: texts and profiles are the chunks that unpack to more than they weigh. */
static void skip_metadata(png_structp png) {
    static const png_byte names[] = "iCCP\0tEXt\0zTXt\0iTXt\0eXIf\0sPLT\0hIST";
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, 0);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, names, 7);
}

static void ask_for_rgba(png_structp png, png_infop info) {
    png_set_expand(png);
    png_set_scale_16(png);
    png_set_gray_to_rgb(png);
    png_set_add_alpha(png, 0xFF, PNG_FILLER_AFTER);
    png_read_update_info(png, info);
}

int kimage_png_decode(const uint8_t *bytes, size_t length, uint8_t *rgba, uint32_t width, uint32_t height) {
    struct input input = {bytes, length, 0};
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, fail, ignore);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info) {
        png_destroy_read_struct(&png, NULL, NULL);
        return KIMAGE_NO_MEMORY;
    }
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, &info, NULL);
        return KIMAGE_BROKEN;
    }
    png_set_read_fn(png, &input, read_bytes);
    png_set_user_limits(png, width, height);
    png_set_chunk_malloc_max(png, CHUNK_BYTES);
    skip_metadata(png);
    png_read_info(png, info);
    int passes = png_set_interlace_handling(png);
    ask_for_rgba(png, info);
    if (png_get_rowbytes(png, info) != (size_t)width * 4) png_error(png, "not RGBA");
    for (int pass = 0; pass < passes; pass++) {
        for (uint32_t row = 0; row < height; row++) png_read_row(png, rgba + (size_t)row * width * 4, NULL);
    }
    png_read_end(png, NULL);
    png_destroy_read_struct(&png, &info, NULL);
    return KIMAGE_OK;
}

int kimage_png_encode(const uint8_t *rgb, uint32_t width, uint32_t height, uint8_t **bytes, size_t *length) {
    struct kimage_output output = {NULL, 0, 0};
    struct kimage_output *volatile kept = &output;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, fail, ignore);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info) {
        png_destroy_write_struct(&png, NULL);
        return KIMAGE_NO_MEMORY;
    }
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        free(kept->bytes);
        return width == 0 || height == 0 || width > PNG_USER_WIDTH_MAX || height > PNG_USER_HEIGHT_MAX
            ? KIMAGE_TOO_LARGE
            : KIMAGE_NO_MEMORY;
    }
    png_set_write_fn(png, &output, write_bytes, flush_nothing);
    /* Drawn pictures are smooth: differences to the row above and a fast level take a fraction of the time. */
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
    png_set_compression_level(png, 2);
    png_set_IHDR(
        png, info, width, height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
        PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (uint32_t row = 0; row < height; row++) png_write_row(png, rgb + (size_t)row * width * 3);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    *bytes = output.bytes;
    *length = output.length;
    return KIMAGE_OK;
}
