#ifndef KONTOR_CXML_H
#define KONTOR_CXML_H

#include <stddef.h>
#include <stdint.h>

/* libxml2's reader over a document in memory: no document type, no entities of its own, no network, no huge texts. */
typedef struct kxml_reader kxml_reader;

enum kxml_event { KXML_END = 0, KXML_OPEN = 1, KXML_CLOSE = 2, KXML_TEXT = 3, KXML_MALFORMED = -1 };

/* The bytes have to stay until kxml_close. NULL where memory is short or there are more than 2^31 bytes. */
kxml_reader *kxml_open(const uint8_t *bytes, size_t length);

/* Moves on; returns one of the events above. An empty element opens and closes. */
int kxml_next(kxml_reader *reader);

/* Moves to the next attribute of the element that has just been opened and returns 1; goes back to the element and returns 0
   where there is none left. Declarations of namespaces are passed over. */
int kxml_next_attribute(kxml_reader *reader);

/* The local name of the element that was opened or closed or of the attribute, and the text or the attribute's value: UTF-8,
   good until the next call. */
const char *kxml_name(kxml_reader *reader);
const char *kxml_text(kxml_reader *reader);

void kxml_close(kxml_reader *reader);

#endif
