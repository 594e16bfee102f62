#include "CMaxMind.h"

#include <arpa/inet.h>
#include <maxminddb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct kmm_database {
    MMDB_s mmdb;
};

kmm_database *kmm_open(const char *path, int *error) {
    kmm_database *database = calloc(1, sizeof *database);
    *error = database != NULL ? MMDB_open(path, MMDB_MODE_MMAP, &database->mmdb) : MMDB_OUT_OF_MEMORY_ERROR;
    if (*error == MMDB_SUCCESS) return database;
    free(database);
    return NULL;
}

void kmm_close(kmm_database *database) {
    if (database == NULL) return;
    MMDB_close(&database->mmdb);
    free(database);
}

const char *kmm_error(int error) { return MMDB_strerror(error); }

/*
 * MMDB_lookup_string would ask getaddrinfo, which takes "1" and "0x7f.1" for addresses as well. A mapped address is
 * looked up as the IPv4 address that it is: not every database has the IPv4 networks under ::ffff:0:0/96 too.
 */
static int find(const MMDB_s *mmdb, const char *address, MMDB_entry_s *entry) {
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    const struct sockaddr *wanted = (const struct sockaddr *)&v4;
    if (inet_pton(AF_INET, address, &v4.sin_addr) != 1) {
        if (inet_pton(AF_INET6, address, &v6.sin6_addr) != 1) return 0;
        if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
            memcpy(&v4.sin_addr, v6.sin6_addr.s6_addr + 12, sizeof v4.sin_addr);
        } else {
            wanted = (const struct sockaddr *)&v6;
        }
    }
    int error = MMDB_SUCCESS;
    MMDB_lookup_result_s result = MMDB_lookup_sockaddr(mmdb, wanted, &error);
    if (error != MMDB_SUCCESS || !result.found_entry) return 0;
    *entry = result.entry;
    return 1;
}

/* The text at `path` of an entry, or else the empty text. */
static void copy_text(MMDB_entry_s *entry, const char *const *path, char *text, size_t capacity) {
    if (capacity == 0) return;
    text[0] = '\0';
    MMDB_entry_data_s data;
    if (MMDB_aget_value(entry, &data, path) != MMDB_SUCCESS) return;
    if (!data.has_data || data.type != MMDB_DATA_TYPE_UTF8_STRING) return;
    size_t length = data.data_size;
    if (length >= capacity) {
        length = capacity - 1;
        /* Where the first byte that is left out continues a character, the character is left out from its start. */
        while (length > 0 && ((unsigned char)data.utf8_string[length] & 0xC0) == 0x80) length--;
    }
    memcpy(text, data.utf8_string, length);
    text[length] = '\0';
}

int kmm_lookup(
    const kmm_database *database, const char *address, char *country, size_t country_capacity, char *city,
    size_t city_capacity) {
    static const char *const country_path[] = {"country", "iso_code", NULL};
    static const char *const registered_path[] = {"registered_country", "iso_code", NULL};
    static const char *const city_path[] = {"city", "names", "en", NULL};
    if (country_capacity > 0) country[0] = '\0';
    if (city_capacity > 0) city[0] = '\0';
    MMDB_entry_s entry;
    if (!find(&database->mmdb, address, &entry)) return 0;
    copy_text(&entry, country_path, country, country_capacity);
    if (country_capacity > 0 && country[0] == '\0') {
        copy_text(&entry, registered_path, country, country_capacity);
    }
    copy_text(&entry, city_path, city, city_capacity);
    return 1;
}
