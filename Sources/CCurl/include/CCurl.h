#ifndef KONTOR_CCURL_H
#define KONTOR_CCURL_H

#include <curl/curl.h>

/* curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call. */
static inline CURLcode kcurl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode kcurl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode kcurl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
typedef size_t (*kcurl_transfer)(char *bytes, size_t size, size_t count, void *context);
static inline CURLcode kcurl_set_transfer(CURL *handle, CURLoption option, kcurl_transfer function) {
    return curl_easy_setopt(handle, option, function);
}
static inline CURLcode kcurl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

#endif
