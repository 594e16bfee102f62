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

/* What a decoder holds, to be given back however it ends. */
struct decoder {
    struct input input;
    png_structp png;
    png_infop info;
    struct kimage_conversion *conversion;
    /* The picture as it lies in the file, where that is not upright; else NULL. */
    uint8_t *lying;
    /* A row of 16 bits a channel, where such rows are converted; else NULL. */
    uint8_t *deep_row;
    int orientation;
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

static int orientation(const uint8_t *bytes, size_t length) {
    struct kimage_chunk exif;
    if (!kimage_find_chunk(kimage_next_png_chunk, bytes, length, "eXIf", &exif)) return 1;
    return kimage_exif_orientation(exif.content, exif.length);
}

int kimage_png_probe(const uint8_t *bytes, size_t length, uint32_t *width, uint32_t *height) {
    if (length < 33 || big_endian(bytes + 8) != 13 || memcmp(bytes + 12, "IHDR", 4)) return KIMAGE_BROKEN;
    int turned = kimage_lies_on_its_side(orientation(bytes, length));
    *width = big_endian(bytes + (turned ? 20 : 16));
    *height = big_endian(bytes + (turned ? 16 : 20));
    if (*width == 0 || *height == 0 || *width > INT32_MAX || *height > INT32_MAX) return KIMAGE_BROKEN;
    return KIMAGE_OK;
}

/* Metadata is dropped unread: texts are the chunks that unpack to more than they weigh. */
static void skip_metadata(png_structp png) {
    static const png_byte names[] = "tEXt\0zTXt\0iTXt\0eXIf\0sPLT\0hIST";
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, 0);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, names, 6);
}

static void read_profile(struct decoder *decoder, int is_deep) {
    png_charp name = NULL;
    png_bytep profile = NULL;
    png_uint_32 length = 0;
    int method = 0;
    if (!png_get_iCCP(decoder->png, decoder->info, &name, &method, &profile, &length)) return;
    int is_grey = !(png_get_color_type(decoder->png, decoder->info) & PNG_COLOR_MASK_COLOR);
    enum kimage_pixels grey = is_deep ? KIMAGE_PIXELS_GREY_16 : KIMAGE_PIXELS_GREY;
    enum kimage_pixels colour = is_deep ? KIMAGE_PIXELS_RGB_16 : KIMAGE_PIXELS_RGB;
    decoder->conversion = kimage_conversion(profile, length, is_grey ? grey : colour);
}

static void ask_for_rgba(struct decoder *decoder) {
    png_structp png = decoder->png;
    png_set_expand(png);
    if (decoder->deep_row) {
        png_set_swap(png);
    } else {
        png_set_scale_16(png);
    }
    png_set_gray_to_rgb(png);
    png_set_add_alpha(png, decoder->deep_row ? 0xFFFF : 0xFF, PNG_FILLER_AFTER);
    png_read_update_info(png, decoder->info);
}

/* Each row, as often as the file has passes; its colours are converted when it is whole. */
static void read_rows(struct decoder *decoder, uint8_t *rgba, uint32_t width, uint32_t height, int passes) {
    for (int pass = 0; pass < passes; pass++) {
        for (uint32_t y = 0; y < height; y++) {
            uint8_t *row = rgba + (size_t)y * width * 4;
            png_read_row(decoder->png, decoder->deep_row ? decoder->deep_row : row, NULL);
            if (!decoder->conversion || pass + 1 < passes) continue;
            kimage_convert(decoder->conversion, decoder->deep_row ? decoder->deep_row : row, row, width);
        }
    }
}

static void *room_for(png_structp png, size_t bytes) {
    void *room = malloc(bytes);
    if (!room) png_error(png, "memory");
    return room;
}

static void decode(struct decoder *decoder, uint8_t *rgba, uint32_t width, uint32_t height) {
    png_structp png = decoder->png;
    int turned = kimage_lies_on_its_side(decoder->orientation);
    uint32_t lying_width = turned ? height : width, lying_height = turned ? width : height;
    png_set_user_limits(png, lying_width, lying_height);
    png_set_chunk_malloc_max(png, CHUNK_BYTES);
    skip_metadata(png);
    png_read_info(png, decoder->info);
    int passes = png_set_interlace_handling(png);
    /* Interlaced rows come in parts and have to stay where they are: with 8 bits there is room for them. */
    int is_deep = passes == 1 && png_get_bit_depth(png, decoder->info) == 16;
    read_profile(decoder, is_deep);
    if (is_deep && decoder->conversion) decoder->deep_row = room_for(png, (size_t)lying_width * 8);
    ask_for_rgba(decoder);
    size_t pixel = decoder->deep_row ? 8 : 4;
    if (png_get_rowbytes(png, decoder->info) != lying_width * pixel) png_error(png, "not RGBA");
    if (decoder->orientation != 1) decoder->lying = room_for(png, (size_t)width * height * 4);
    read_rows(decoder, decoder->lying ? decoder->lying : rgba, lying_width, lying_height, passes);
    png_read_end(png, NULL);
    if (decoder->lying) kimage_turn(decoder->lying, decoder->orientation, rgba, width, height);
}

static int finish(struct decoder *decoder, int status) {
    png_destroy_read_struct(&decoder->png, &decoder->info, NULL);
    kimage_conversion_free(decoder->conversion);
    free(decoder->lying);
    free(decoder->deep_row);
    free(decoder);
    return status;
}

int kimage_png_decode(const uint8_t *bytes, size_t length, uint8_t *rgba, uint32_t width, uint32_t height) {
    struct decoder *decoder = calloc(1, sizeof *decoder);
    if (!decoder) return KIMAGE_NO_MEMORY;
    decoder->input = (struct input){bytes, length, 0};
    decoder->orientation = orientation(bytes, length);
    decoder->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, fail, ignore);
    decoder->info = decoder->png ? png_create_info_struct(decoder->png) : NULL;
    if (!decoder->info) return finish(decoder, KIMAGE_NO_MEMORY);
    if (setjmp(png_jmpbuf(decoder->png))) return finish(decoder, KIMAGE_BROKEN);
    png_set_read_fn(decoder->png, &decoder->input, read_bytes);
    decode(decoder, rgba, width, height);
    return finish(decoder, KIMAGE_OK);
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
