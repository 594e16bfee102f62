#ifndef KONTOR_CARGON2_H
#define KONTOR_CARGON2_H

#include <argon2.h>

#endif
