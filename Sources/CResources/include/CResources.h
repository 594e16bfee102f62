#ifndef KONTOR_CRESOURCES_H
#define KONTOR_CRESOURCES_H
#include <stddef.h>
extern const unsigned char kontor_docs_css[];
extern const size_t kontor_docs_css_length;

/* Swift does not see arrays of unknown length. */
static inline const unsigned char *kontor_docs_css_bytes(void) { return kontor_docs_css; }
extern const unsigned char kontor_docs_js[];
extern const size_t kontor_docs_js_length;
static inline const unsigned char *kontor_docs_js_bytes(void) { return kontor_docs_js; }
extern const unsigned char kontor_common_passwords[];
extern const size_t kontor_common_passwords_length;
static inline const unsigned char *kontor_common_passwords_bytes(void) { return kontor_common_passwords; }
extern const unsigned char kontor_decompositions[];
extern const size_t kontor_decompositions_length;
static inline const unsigned char *kontor_decompositions_bytes(void) { return kontor_decompositions; }
extern const unsigned char kontor_subdivisions[];
extern const size_t kontor_subdivisions_length;
static inline const unsigned char *kontor_subdivisions_bytes(void) { return kontor_subdivisions; }
extern const unsigned char kontor_countries[];
extern const size_t kontor_countries_length;
static inline const unsigned char *kontor_countries_bytes(void) { return kontor_countries; }

/* A file that the program carries. */
typedef struct {
    const char *name;
    const unsigned char *bytes;
    size_t length;
} kontor_resource;

/* The templates, the style sheet and the script of the admin. */
extern const size_t kontor_admin_resource_count;
kontor_resource kontor_admin_resource_at(size_t index);
#endif
