#include "CCrypt.h"

#include <crypt.h>
#include <stdlib.h>
#include <string.h>

int kcrypt(const char *phrase, const char *setting, char *hash, size_t size) {
    struct crypt_data *data = calloc(1, sizeof *data);
    if (data == NULL) return -1;
    char *found = crypt_r(phrase, setting, data);
    int status = -1;
    if (found != NULL && found[0] != '*' && strlen(found) < size) {
        strcpy(hash, found);
        status = 0;
    }
    explicit_bzero(data, sizeof *data);
    free(data);
    return status;
}
