#include "CQREncode.h"

#include <errno.h>
#include <qrencode.h>
#include <stdlib.h>

/* What version 40 holds at level M. */
static const size_t most_bytes = 2331;

/* ECI's number for UTF-8: without it readers guess, and take a lone "ü" for Chinese. */
static const unsigned int eci_utf8 = 26;

static int is_ascii(const uint8_t *text, size_t length) {
    for (size_t index = 0; index < length; index++)
        if (text[index] > 0x7F) return 0;
    return 1;
}

static QRcode *encode(const uint8_t *text, size_t length) {
    QRinput *input = QRinput_new2(0, QR_ECLEVEL_M);
    if (input == NULL) return NULL;
    QRcode *code = NULL;
    int is_ready = is_ascii(text, length) || QRinput_appendECIheader(input, eci_utf8) == 0;
    if (is_ready && QRinput_append(input, QR_MODE_8, (int)length, text) == 0) code = QRcode_encodeInput(input);
    int reason = errno;
    QRinput_free(input);
    errno = reason;
    return code;
}

int kqr_modules(const uint8_t *text, size_t length, uint8_t **modules, size_t *width) {
    *modules = NULL;
    *width = 0;
    if (length == 0) return KQR_EMPTY;
    if (length > most_bytes) return KQR_TOO_LONG;
    errno = 0;
    QRcode *code = encode(text, length);
    if (code == NULL) return errno == ERANGE ? KQR_TOO_LONG : KQR_NO_MEMORY;
    size_t side = (size_t)code->width;
    uint8_t *copy = malloc(side * side);
    if (copy != NULL)
        for (size_t index = 0; index < side * side; index++) copy[index] = code->data[index] & 1;
    QRcode_free(code);
    if (copy == NULL) return KQR_NO_MEMORY;
    *modules = copy;
    *width = side;
    return KQR_OK;
}

void kqr_free(uint8_t *modules) { free(modules); }
