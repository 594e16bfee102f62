#include "CIDN2.h"

#include <idn2.h>
#include <stddef.h>

char *kidn_ascii(const char *domain) {
    char *found = NULL;
    int flags = IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL;
    return idn2_to_ascii_8z(domain, &found, flags) == IDN2_OK ? found : NULL;
}

char *kidn_unicode(const char *domain) {
    char *found = NULL;
    return idn2_to_unicode_8z8z(domain, &found, IDN2_NONTRANSITIONAL) == IDN2_OK ? found : NULL;
}

void kidn_free(char *domain) { idn2_free(domain); }
