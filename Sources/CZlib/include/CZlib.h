#ifndef KONTOR_CZLIB_H
#define KONTOR_CZLIB_H

#include <zlib.h>

/* deflateInit2 is a macro: windowBits 31 asks for the gzip wrapper (zlib manual). */
static inline int kz_gzip_init(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
}

/* inflateInit2 is a macro: negative windowBits ask for no wrapper at all, as ZIP has it (zlib manual). */
static inline int kz_raw_inflate_init(z_stream *stream) {
    return inflateInit2(stream, -15);
}

#endif
