#ifndef KONTOR_CARGON2_H
#define KONTOR_CARGON2_H

#include <argon2.h>

/* What a hash is made of, beside the password. */
typedef struct kargon2_parameters {
    argon2_type type;
    uint32_t version;
    uint32_t passes;
    /* KiB. */
    uint32_t memory;
    uint32_t lanes;
} kargon2_parameters;

/*
 * The hash of a password as raw bytes; ARGON2_OK or another of argon2's codes. May be called on any thread.
 *
 * The block of memory, of some MiB, is mapped by itself: malloc would keep it for good, once in the arena of each thread that ever
 * hashed. It waits for the next hash until kargon2_drop_spares.
 */
int kargon2_hash(
    const kargon2_parameters *parameters, const uint8_t *password, size_t password_length, const uint8_t *salt,
    size_t salt_length, uint8_t *hash, size_t hash_length);

/* Gives back the blocks that wait: called when nobody's password does. */
void kargon2_drop_spares(void);

#endif
