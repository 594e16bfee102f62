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
    uint8_t *profile;
    struct kimage_conversion *conversion;
    int status;
    int has_header;
    int ended_early;
};

static void fail(j_common_ptr jpeg) {
    struct decoder *decoder = jpeg->client_data;
    decoder->status = jpeg->err->msg_code == JERR_OUT_OF_MEMORY ? KIMAGE_NO_MEMORY : KIMAGE_BROKEN;
    longjmp(decoder->leave, 1);
}

/*
 * What libjpeg would paper over with grey (data that are missing or damaged) is an error here. The end of the file is none
 * by itself: some cameras and many a download leave out the end mark, and where data are missing more is complained of.
 */
static void judge(j_common_ptr jpeg, int level) {
    struct decoder *decoder = jpeg->client_data;
    if (level >= 0) return;
    switch (jpeg->err->msg_code) {
    case JWRN_JPEG_EOF:
        if (!decoder->has_header) fail(jpeg);
        decoder->ended_early = 1;
        return;
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE: fail(jpeg);
    default: return;
    }
}

/* Whether a file without an end mark lacks nothing else: a whole scan, which libjpeg would not miss, is not to be missing. */
static int has_all_scans(const struct decoder *decoder) {
    const struct jpeg_decompress_struct *jpeg = &decoder->jpeg;
    /* Arithmetic decoding goes on with zeros where data are missing, and says nothing. */
    if (jpeg->arith_code) return 0;
    for (int component = 0; component < jpeg->num_components; component++) {
        if (!jpeg->comp_info[component].quant_table) return 0;
        for (int i = 0; jpeg->coef_bits && i < DCTSIZE2; i++) {
            if (jpeg->coef_bits[component][i] != 0) return 0;
        }
    }
    return 1;
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
    jpeg_save_markers(jpeg, JPEG_APP0 + 2, 0xFFFF);
    jpeg_read_header(jpeg, TRUE);
    decoder->has_header = 1;
}

static int orientation(const struct decoder *decoder) {
    for (jpeg_saved_marker_ptr marker = decoder->jpeg.marker_list; marker; marker = marker->next) {
        if (marker->marker != JPEG_APP0 + 1) continue;
        int found = kimage_exif_orientation(marker->data, marker->data_length);
        if (found != 1) return found;
    }
    return 1;
}

static struct decoder *new_decoder(void) {
    struct decoder *decoder = calloc(1, sizeof *decoder);
    if (decoder) decoder->status = KIMAGE_BROKEN;
    return decoder;
}

static int finish(struct decoder *decoder, int status) {
    jpeg_destroy_decompress(&decoder->jpeg);
    kimage_conversion_free(decoder->conversion);
    free(decoder->profile);
    free(decoder->row);
    free(decoder);
    return status;
}

int kimage_jpeg_probe(const uint8_t *bytes, size_t length, uint32_t *width, uint32_t *height) {
    struct decoder *decoder = new_decoder();
    if (!decoder) return KIMAGE_NO_MEMORY;
    if (setjmp(decoder->leave)) return finish(decoder, decoder->status);
    read_header(decoder, bytes, length);
    int turned = kimage_lies_on_its_side(orientation(decoder));
    *width = turned ? decoder->jpeg.image_height : decoder->jpeg.image_width;
    *height = turned ? decoder->jpeg.image_width : decoder->jpeg.image_height;
    return finish(decoder, *width && *height ? KIMAGE_OK : KIMAGE_BROKEN);
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

static enum kimage_pixels pixels(const struct decoder *decoder) {
    const struct jpeg_decompress_struct *jpeg = &decoder->jpeg;
    if (jpeg->out_color_space == JCS_CMYK) {
        return jpeg->saw_Adobe_marker ? KIMAGE_PIXELS_CMYK_INVERTED : KIMAGE_PIXELS_CMYK;
    }
    return jpeg->jpeg_color_space == JCS_GRAYSCALE ? KIMAGE_PIXELS_GREY : KIMAGE_PIXELS_RGB;
}

static void read_profile(struct decoder *decoder) {
    unsigned int length = 0;
    if (!jpeg_read_icc_profile(&decoder->jpeg, &decoder->profile, &length)) return;
    decoder->conversion = kimage_conversion(decoder->profile, length, pixels(decoder));
}

static void read_rows(struct decoder *decoder, uint8_t *rgba, struct kimage_placement place) {
    j_decompress_ptr jpeg = &decoder->jpeg;
    uint32_t width = jpeg->output_width;
    while (jpeg->output_scanline < jpeg->output_height) {
        uint32_t y = jpeg->output_scanline;
        JSAMPROW row = decoder->row;
        jpeg_read_scanlines(jpeg, &row, 1);
        if (decoder->conversion) {
            kimage_convert(decoder->conversion, row, row, width);
        } else if (jpeg->out_color_space == JCS_CMYK) {
            cmyk_to_rgba(row, width, jpeg->saw_Adobe_marker);
        }
        kimage_place_row(row, width, y, place, rgba);
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
    read_profile(decoder);
    jpeg_start_decompress(jpeg);
    uint64_t pixels = jpeg->output_width * (uint64_t)jpeg->output_height;
    if (pixels != (uint64_t)width * height || jpeg->output_components != 4) return finish(decoder, KIMAGE_BROKEN);
    read_rows(decoder, rgba, kimage_placement(turn, width, height));
    int is_whole = has_all_scans(decoder);
    jpeg_finish_decompress(jpeg);
    return finish(decoder, decoder->ended_early && !is_whole ? KIMAGE_BROKEN : KIMAGE_OK);
}
