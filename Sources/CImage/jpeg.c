#include "internal.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jerror.h>
#include <jpeglib.h>

/* A progressive file may ask for thousands of passes over the same pixels. */
#define MOST_SCANS 100

struct decoder {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf leave;
    uint8_t *row;
    int status;
};

static void fail(j_common_ptr jpeg) {
    struct decoder *decoder = jpeg->client_data;
    decoder->status = jpeg->err->msg_code == JERR_OUT_OF_MEMORY ? KIMAGE_NO_MEMORY : KIMAGE_BROKEN;
    longjmp(decoder->leave, 1);
}

/* What libjpeg would paper over with grey (a file that ends early, damaged data) is an error here. */
static void judge(j_common_ptr jpeg, int level) {
    if (level >= 0) return;
    switch (jpeg->err->msg_code) {
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE: fail(jpeg);
    default: return;
    }
}

static void say_nothing(j_common_ptr jpeg) { (void)jpeg; }

static void count_scans(j_common_ptr jpeg) {
    if (((j_decompress_ptr)jpeg)->input_scan_number > MOST_SCANS) fail(jpeg);
}

/* The caller has set decoder->leave. */
static void read_header(struct decoder *decoder, const uint8_t *bytes, size_t length) {
    j_decompress_ptr jpeg = &decoder->jpeg;
    jpeg->err = jpeg_std_error(&decoder->errors);
    decoder->errors.error_exit = fail;
    decoder->errors.emit_message = judge;
    decoder->errors.output_message = say_nothing;
    jpeg->client_data = decoder;
    jpeg_create_decompress(jpeg);
    decoder->progress.progress_monitor = count_scans;
    jpeg->progress = &decoder->progress;
    jpeg_mem_src(jpeg, bytes, length);
    jpeg_save_markers(jpeg, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(jpeg, TRUE);
}

static int orientation(const struct decoder *decoder) {
    for (jpeg_saved_marker_ptr marker = decoder->jpeg.marker_list; marker; marker = marker->next) {
        int found = kimage_exif_orientation(marker->data, marker->data_length);
        if (found != 1) return found;
    }
    return 1;
}

/* Orientations 5 to 8 exchange width and height. */
static int lies_on_its_side(int orientation) { return orientation >= 5; }

static struct decoder *new_decoder(void) {
    struct decoder *decoder = calloc(1, sizeof *decoder);
    if (decoder) decoder->status = KIMAGE_BROKEN;
    return decoder;
}

static int finish(struct decoder *decoder, int status) {
    jpeg_destroy_decompress(&decoder->jpeg);
    free(decoder->row);
    free(decoder);
    return status;
}

int kimage_jpeg_probe(const uint8_t *bytes, size_t length, uint32_t *width, uint32_t *height) {
    struct decoder *decoder = new_decoder();
    if (!decoder) return KIMAGE_NO_MEMORY;
    if (setjmp(decoder->leave)) return finish(decoder, decoder->status);
    read_header(decoder, bytes, length);
    int turned = lies_on_its_side(orientation(decoder));
    *width = turned ? decoder->jpeg.image_height : decoder->jpeg.image_width;
    *height = turned ? decoder->jpeg.image_width : decoder->jpeg.image_height;
    return finish(decoder, *width && *height ? KIMAGE_OK : KIMAGE_BROKEN);
}

/* Where decoded pixel (x, y) goes: start + x * across + y * down, in pixels of the upright image. */
struct placement {
    ptrdiff_t start, across, down;
};

static struct placement placement(int orientation, ptrdiff_t width, ptrdiff_t height) {
    ptrdiff_t last = width * height - 1;
    switch (orientation) {
    case 2: return (struct placement){width - 1, -1, width};
    case 3: return (struct placement){last, -1, -width};
    case 4: return (struct placement){last - width + 1, 1, -width};
    case 5: return (struct placement){0, width, 1};
    case 6: return (struct placement){width - 1, width, -1};
    case 7: return (struct placement){last, -width, -1};
    case 8: return (struct placement){last - width + 1, -width, 1};
    default: return (struct placement){0, 1, width};
    }
}

/* Adobe's programs write CMYK inverted, and say so by their marker. */
static void cmyk_to_rgba(uint8_t *row, uint32_t width, int inverted) {
    for (uint32_t x = 0; x < width; x++) {
        uint8_t *pixel = row + (size_t)x * 4;
        uint32_t black = inverted ? pixel[3] : 255u - pixel[3];
        for (int channel = 0; channel < 3; channel++) {
            uint32_t ink = inverted ? pixel[channel] : 255u - pixel[channel];
            pixel[channel] = (uint8_t)((ink * black + 127) / 255);
        }
        pixel[3] = 255;
    }
}

static void read_rows(struct decoder *decoder, uint8_t *rgba, struct placement place, int is_cmyk) {
    j_decompress_ptr jpeg = &decoder->jpeg;
    uint32_t width = jpeg->output_width;
    while (jpeg->output_scanline < jpeg->output_height) {
        ptrdiff_t y = jpeg->output_scanline;
        JSAMPROW row = decoder->row;
        jpeg_read_scanlines(jpeg, &row, 1);
        if (is_cmyk) cmyk_to_rgba(decoder->row, width, jpeg->saw_Adobe_marker);
        uint32_t *pixels = (uint32_t *)(void *)decoder->row;
        for (uint32_t x = 0; x < width; x++) {
            uint8_t *target = rgba + 4 * (place.start + (ptrdiff_t)x * place.across + y * place.down);
            __builtin_memcpy(target, &pixels[x], 4);
        }
    }
}

int kimage_jpeg_decode(const uint8_t *bytes, size_t length, uint8_t *rgba, uint32_t width, uint32_t height) {
    struct decoder *decoder = new_decoder();
    if (!decoder) return KIMAGE_NO_MEMORY;
    if (setjmp(decoder->leave)) return finish(decoder, decoder->status);
    read_header(decoder, bytes, length);
    j_decompress_ptr jpeg = &decoder->jpeg;
    int turn = orientation(decoder);
    int is_cmyk = jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK;
    jpeg->out_color_space = is_cmyk ? JCS_CMYK : JCS_EXT_RGBA;
    /* A progressive file's coefficients are all in memory at once: two bytes each, at most four components. */
    jpeg->mem->max_memory_to_use = (long)((uint64_t)width * height * 10 + (32 << 20));
    decoder->row = malloc((size_t)jpeg->image_width * 4);
    if (!decoder->row) return finish(decoder, KIMAGE_NO_MEMORY);
    jpeg_start_decompress(jpeg);
    uint64_t pixels = jpeg->output_width * (uint64_t)jpeg->output_height;
    if (pixels != (uint64_t)width * height || jpeg->output_components != 4) return finish(decoder, KIMAGE_BROKEN);
    read_rows(decoder, rgba, placement(turn, width, height), is_cmyk);
    jpeg_finish_decompress(jpeg);
    return finish(decoder, KIMAGE_OK);
}
