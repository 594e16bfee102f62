#include "CXML.h"

#include <libxml/parser.h>
#include <libxml/xmlreader.h>
#include <limits.h>
#include <stdlib.h>

struct kxml_reader {
    xmlTextReaderPtr reader;
    int closes; /* an empty element was opened and is to be closed */
};

static void silent(void *context, const char *message, ...) { (void)context; (void)message; }

kxml_reader *kxml_open(const uint8_t *bytes, size_t length) {
    if (length > INT_MAX) return NULL;
    kxml_reader *made = calloc(1, sizeof *made);
    if (!made) return NULL;
    made->reader = xmlReaderForMemory(
        (const char *)bytes, (int)length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!made->reader) {
        free(made);
        return NULL;
    }
    xmlTextReaderSetErrorHandler(made->reader, (xmlTextReaderErrorFunc)silent, NULL);
    return made;
}

int kxml_next(kxml_reader *reader) {
    if (reader->closes) {
        reader->closes = 0;
        return KXML_CLOSE;
    }
    for (;;) {
        int more = xmlTextReaderRead(reader->reader);
        if (more == 0) return KXML_END;
        if (more < 0) return KXML_MALFORMED;
        switch (xmlTextReaderNodeType(reader->reader)) {
        case XML_READER_TYPE_ELEMENT:
            reader->closes = xmlTextReaderIsEmptyElement(reader->reader) == 1;
            return KXML_OPEN;
        case XML_READER_TYPE_END_ELEMENT:
            return KXML_CLOSE;
        case XML_READER_TYPE_TEXT:
        case XML_READER_TYPE_CDATA:
            return KXML_TEXT;
        case XML_READER_TYPE_DOCUMENT_TYPE:
        case XML_READER_TYPE_ENTITY:
        case XML_READER_TYPE_ENTITY_REFERENCE:
            return KXML_MALFORMED;
        default:
            break; /* white space, comments, processing instructions */
        }
    }
}

int kxml_next_attribute(kxml_reader *reader) {
    while (xmlTextReaderMoveToNextAttribute(reader->reader) == 1)
        if (xmlTextReaderIsNamespaceDecl(reader->reader) != 1) return 1;
    xmlTextReaderMoveToElement(reader->reader);
    return 0;
}

const char *kxml_name(kxml_reader *reader) { return (const char *)xmlTextReaderConstLocalName(reader->reader); }

const char *kxml_text(kxml_reader *reader) { return (const char *)xmlTextReaderConstValue(reader->reader); }

void kxml_close(kxml_reader *reader) {
    if (!reader) return;
    xmlFreeTextReader(reader->reader);
    free(reader);
}
