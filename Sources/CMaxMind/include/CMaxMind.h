#ifndef KONTOR_CMAXMIND_H
#define KONTOR_CMAXMIND_H

#include <stddef.h>

/*
 * Places of IP addresses from a MaxMind DB file, which is mapped into memory. The file must not be cut short while it
 * is open, as touching a page behind its new end ends the process: a newer one is moved over it.
 *
 * A look-up only reads the database: any number of threads may share one, and it is closed after the last of them.
 */

typedef struct kmm_database kmm_database;

/* The database at `path`, or NULL with libmaxminddb's code in `error`, which is 0 on success. */
kmm_database *kmm_open(const char *path, int *error);

void kmm_close(kmm_database *database);

/* libmaxminddb's words for a code; never freed. */
const char *kmm_error(int error);

/*
 * Fills the ISO code of the country, or else of the country that the network is registered in, and the English name of
 * the city. Both end with NUL, are cut between two characters where they do not fit, and are empty where they are not
 * known. Returns 1, or 0 where `address` is no IP address or not in the database.
 */
int kmm_lookup(
    const kmm_database *database, const char *address, char *country, size_t country_capacity, char *city,
    size_t city_capacity);

#endif
