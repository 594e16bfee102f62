#ifndef KONTOR_CRESOURCES_H
#define KONTOR_CRESOURCES_H
#include <stddef.h>
extern const unsigned char kontor_docs_html[];
extern const size_t kontor_docs_html_length;

/* Swift does not see arrays of unknown length. */
static inline const unsigned char *kontor_docs_html_bytes(void) { return kontor_docs_html; }
extern const unsigned char kontor_common_passwords[];
extern const size_t kontor_common_passwords_length;
static inline const unsigned char *kontor_common_passwords_bytes(void) { return kontor_common_passwords; }
extern const unsigned char kontor_decompositions[];
extern const size_t kontor_decompositions_length;
static inline const unsigned char *kontor_decompositions_bytes(void) { return kontor_decompositions; }
extern const unsigned char kontor_subdivisions[];
extern const size_t kontor_subdivisions_length;
static inline const unsigned char *kontor_subdivisions_bytes(void) { return kontor_subdivisions; }
#endif
