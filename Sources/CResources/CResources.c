#include "CResources.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

const unsigned char kontor_docs_css[] = {
#embed "../../Resources/docs.css"
};
const size_t kontor_docs_css_length = sizeof(kontor_docs_css);

const unsigned char kontor_docs_js[] = {
#embed "../../Resources/docs.js"
};
const size_t kontor_docs_js_length = sizeof(kontor_docs_js);

const unsigned char kontor_common_passwords[] = {
#embed "../../Resources/common-passwords.txt"
};
const size_t kontor_common_passwords_length = sizeof(kontor_common_passwords);

const unsigned char kontor_decompositions[] = {
#embed "../../Resources/decompositions.txt"
};
const size_t kontor_decompositions_length = sizeof(kontor_decompositions);

const unsigned char kontor_subdivisions[] = {
#embed "../../Resources/subdivisions.txt"
};
const size_t kontor_subdivisions_length = sizeof(kontor_subdivisions);

const unsigned char kontor_countries[] = {
#embed "../../Resources/countries.txt"
};
const size_t kontor_countries_length = sizeof(kontor_countries);
