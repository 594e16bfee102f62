#ifndef KONTOR_CHARU_H
#define KONTOR_CHARU_H

#include <stddef.h>
#include <stdint.h>

/*
 * A document of A4 pages with DejaVu Sans in two weights, embedded. libharu is told of errors by a handler that only notes
 * them: nothing jumps over Swift's frames. After an error every call does nothing, and kharu_save says so.
 *
 * A document belongs to one thread at a time; documents share nothing but the fonts, which are read alone.
 * Lengths are points, counted from the lower left corner.
 */

typedef struct kharu_document kharu_document;

enum kharu_weight { KHARU_REGULAR = 0, KHARU_BOLD = 1 };

/* A document without pages, or NULL where memory or the fonts are missing. The date is the document's own, in UTC. */
kharu_document *kharu_new(
    const char *title, const char *author, int year, int month, int day, int hour, int minute, int second);

void kharu_free(kharu_document *document);

/* Adds a page, on which what follows is drawn. */
void kharu_add_page(kharu_document *document);

/* Draws what follows on an earlier page, counted from 0. */
void kharu_select_page(kharu_document *document, size_t index);

/* The width of UTF-8 text. */
float kharu_width(kharu_document *document, int weight, float size, const char *text);

void kharu_text(kharu_document *document, int weight, float size, float gray, float x, float y, const char *text);

void kharu_line(kharu_document *document, float x1, float y1, float x2, float y2, float width, float gray);

void kharu_fill(kharu_document *document, float x, float y, float width, float height, float gray);

/* Writes the document; 0 on success, else libharu's error code. The bytes are freed with kharu_free_bytes. */
int kharu_save(kharu_document *document, uint8_t **bytes, size_t *length);

void kharu_free_bytes(uint8_t *bytes);

#endif
