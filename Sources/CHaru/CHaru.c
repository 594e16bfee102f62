#define _GNU_SOURCE
#include "CHaru.h"

#include <hpdf.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char regular_font[] = {
#embed "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
};
static const unsigned char bold_font[] = {
#embed "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"
};

/* libharu loads fonts from a path: these name files in memory. */
static char font_paths[2][32];
static int fonts_are_there = 0;
static pthread_once_t fonts_once = PTHREAD_ONCE_INIT;

static int keep_font(const unsigned char *bytes, size_t length, const char *name, char *path, size_t capacity) {
    int file = memfd_create(name, MFD_CLOEXEC);
    if (file < 0) return 0;
    size_t written = 0;
    while (written < length) {
        ssize_t count = write(file, bytes + written, length - written);
        if (count <= 0) {
            close(file);
            return 0;
        }
        written += (size_t)count;
    }
    snprintf(path, capacity, "/proc/self/fd/%d", file);
    return 1;
}

static void keep_fonts(void) {
    fonts_are_there = keep_font(regular_font, sizeof regular_font, "regular", font_paths[0], sizeof font_paths[0])
        && keep_font(bold_font, sizeof bold_font, "bold", font_paths[1], sizeof font_paths[1]);
}

struct kharu_document {
    HPDF_Doc pdf;
    HPDF_Font fonts[2];
    HPDF_Page *pages;
    size_t page_count;
    HPDF_Page page;
    HPDF_STATUS error;
};

static void note(HPDF_STATUS error, HPDF_STATUS detail, void *user) {
    (void)detail;
    kharu_document *document = user;
    if (document->error == 0) document->error = error;
}

kharu_document *kharu_new(
    const char *title, const char *author, int year, int month, int day, int hour, int minute, int second) {
    pthread_once(&fonts_once, keep_fonts);
    if (!fonts_are_there) return NULL;
    kharu_document *document = calloc(1, sizeof *document);
    if (document == NULL) return NULL;
    document->pdf = HPDF_New(note, document);
    if (document->pdf == NULL) {
        free(document);
        return NULL;
    }
    HPDF_SetCompressionMode(document->pdf, HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(document->pdf);
    for (int weight = 0; weight < 2 && document->error == 0; weight++) {
        const char *name = HPDF_LoadTTFontFromFile(document->pdf, font_paths[weight], HPDF_TRUE);
        if (name != NULL) document->fonts[weight] = HPDF_GetFont(document->pdf, name, "UTF-8");
    }
    HPDF_SetInfoAttr(document->pdf, HPDF_INFO_PRODUCER, "Kontor");
    HPDF_SetInfoAttr(document->pdf, HPDF_INFO_TITLE, title);
    HPDF_SetInfoAttr(document->pdf, HPDF_INFO_AUTHOR, author);
    HPDF_Date date = {year, month, day, hour, minute, second, 'Z', 0, 0};
    HPDF_SetInfoDateAttr(document->pdf, HPDF_INFO_CREATION_DATE, date);
    if (document->error != 0 || document->fonts[0] == NULL || document->fonts[1] == NULL) {
        kharu_free(document);
        return NULL;
    }
    return document;
}

void kharu_free(kharu_document *document) {
    if (document == NULL) return;
    HPDF_Free(document->pdf);
    free(document->pages);
    free(document);
}

void kharu_add_page(kharu_document *document) {
    if (document->error != 0) return;
    HPDF_Page *pages = realloc(document->pages, (document->page_count + 1) * sizeof *pages);
    if (pages == NULL) {
        document->error = HPDF_FAILD_TO_ALLOC_MEM;
        return;
    }
    document->pages = pages;
    HPDF_Page page = HPDF_AddPage(document->pdf);
    if (page == NULL) return;
    HPDF_Page_SetSize(page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    pages[document->page_count++] = page;
    document->page = page;
}

void kharu_select_page(kharu_document *document, size_t index) {
    if (index < document->page_count) document->page = document->pages[index];
}

static int is_ready(kharu_document *document) { return document->error == 0 && document->page != NULL; }

float kharu_width(kharu_document *document, int weight, float size, const char *text) {
    if (!is_ready(document)) return 0;
    HPDF_Page_SetFontAndSize(document->page, document->fonts[weight != 0], size);
    return HPDF_Page_TextWidth(document->page, text);
}

void kharu_text(kharu_document *document, int weight, float size, float gray, float x, float y, const char *text) {
    if (!is_ready(document)) return;
    HPDF_Page_SetFontAndSize(document->page, document->fonts[weight != 0], size);
    HPDF_Page_SetGrayFill(document->page, gray);
    HPDF_Page_BeginText(document->page);
    HPDF_Page_TextOut(document->page, x, y, text);
    HPDF_Page_EndText(document->page);
}

void kharu_line(kharu_document *document, float x1, float y1, float x2, float y2, float width, float gray) {
    if (!is_ready(document)) return;
    HPDF_Page_SetLineWidth(document->page, width);
    HPDF_Page_SetGrayStroke(document->page, gray);
    HPDF_Page_MoveTo(document->page, x1, y1);
    HPDF_Page_LineTo(document->page, x2, y2);
    HPDF_Page_Stroke(document->page);
}

void kharu_fill(kharu_document *document, float x, float y, float width, float height, float gray) {
    if (!is_ready(document)) return;
    HPDF_Page_SetGrayFill(document->page, gray);
    HPDF_Page_Rectangle(document->page, x, y, width, height);
    HPDF_Page_Fill(document->page);
}

int kharu_save(kharu_document *document, uint8_t **bytes, size_t *length) {
    *bytes = NULL;
    *length = 0;
    if (document->error == 0) HPDF_SaveToStream(document->pdf);
    if (document->error != 0) return (int)document->error;
    HPDF_UINT32 size = HPDF_GetStreamSize(document->pdf);
    uint8_t *copy = malloc(size > 0 ? size : 1);
    if (copy == NULL) return HPDF_FAILD_TO_ALLOC_MEM;
    HPDF_ResetStream(document->pdf);
    HPDF_UINT32 read = size;
    HPDF_ReadFromStream(document->pdf, copy, &read);
    if (read != size) {
        free(copy);
        return document->error != 0 ? (int)document->error : HPDF_STREAM_EOF;
    }
    *bytes = copy;
    *length = size;
    return 0;
}

void kharu_free_bytes(uint8_t *bytes) { free(bytes); }
