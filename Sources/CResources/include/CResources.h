#ifndef KONTOR_CRESOURCES_H
#define KONTOR_CRESOURCES_H
#include <stddef.h>
extern const unsigned char kontor_docs_html[];
extern const size_t kontor_docs_html_length;
#endif
