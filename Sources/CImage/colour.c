#include "internal.h"

#include <lcms2.h>
#include <stdlib.h>

/* A profile for printing weighs some megabytes; what weighs more is none. */
#define PROFILE_BYTES (8 << 20)

struct kimage_conversion {
    cmsContext context;
    cmsHTRANSFORM transform;
    enum kimage_pixels pixels;
};

/* How lcms reads these pixels where they are described by a profile of `space`; 0 where they cannot be. */
static cmsUInt32Number input_format(enum kimage_pixels pixels, cmsColorSpaceSignature space) {
    /* Grey pixels have come as RGBA: the first channel is read, the others are passed over. */
    enum { GREY = COLORSPACE_SH(PT_GRAY) | CHANNELS_SH(1) | EXTRA_SH(3) };
    int is_rgb = space == cmsSigRgbData, is_grey = space == cmsSigGrayData;
    switch (pixels) {
    case KIMAGE_PIXELS_GREY: return is_rgb ? TYPE_RGBA_8 : is_grey ? GREY | BYTES_SH(1) : 0;
    case KIMAGE_PIXELS_GREY_16: return is_rgb ? TYPE_RGBA_16 : is_grey ? GREY | BYTES_SH(2) : 0;
    case KIMAGE_PIXELS_RGB: return is_rgb ? TYPE_RGBA_8 : 0;
    case KIMAGE_PIXELS_RGB_16: return is_rgb ? TYPE_RGBA_16 : 0;
    case KIMAGE_PIXELS_CMYK: return space == cmsSigCmykData ? TYPE_CMYK_8 : 0;
    case KIMAGE_PIXELS_CMYK_INVERTED: return space == cmsSigCmykData ? TYPE_CMYK_8_REV : 0;
    }
    return 0;
}

static cmsHTRANSFORM transform(cmsContext context, const uint8_t *profile, size_t length, enum kimage_pixels pixels) {
    cmsHPROFILE from = cmsOpenProfileFromMemTHR(context, profile, (cmsUInt32Number)length);
    cmsHPROFILE to = cmsCreate_sRGBProfileTHR(context);
    cmsUInt32Number format = from ? input_format(pixels, cmsGetColorSpace(from)) : 0;
    cmsHTRANSFORM made = format && to
        ? cmsCreateTransformTHR(context, from, format, to, TYPE_RGBA_8, INTENT_PERCEPTUAL, 0)
        : NULL;
    if (from) cmsCloseProfile(from);
    if (to) cmsCloseProfile(to);
    return made;
}

struct kimage_conversion *kimage_conversion(const uint8_t *profile, size_t length, enum kimage_pixels pixels) {
    if (!profile || length == 0 || length > PROFILE_BYTES) return NULL;
    struct kimage_conversion *conversion = calloc(1, sizeof *conversion);
    cmsContext context = conversion ? cmsCreateContext(NULL, NULL) : NULL;
    cmsHTRANSFORM made = context ? transform(context, profile, length, pixels) : NULL;
    if (!made) {
        if (context) cmsDeleteContext(context);
        free(conversion);
        return NULL;
    }
    *conversion = (struct kimage_conversion){context, made, pixels};
    return conversion;
}

void kimage_convert(struct kimage_conversion *conversion, const void *from, uint8_t *rgba, uint32_t count) {
    cmsDoTransform(conversion->transform, from, rgba, count);
    /* lcms leaves the fourth byte as it is. */
    switch (conversion->pixels) {
    case KIMAGE_PIXELS_GREY_16:
    case KIMAGE_PIXELS_RGB_16:
        for (size_t i = 0; i < count; i++) rgba[i * 4 + 3] = (uint8_t)(((const uint16_t *)from)[i * 4 + 3] >> 8);
        return;
    case KIMAGE_PIXELS_CMYK:
    case KIMAGE_PIXELS_CMYK_INVERTED:
        for (size_t i = 0; i < count; i++) rgba[i * 4 + 3] = 255;
        return;
    default: return;
    }
}

void kimage_conversion_free(struct kimage_conversion *conversion) {
    if (!conversion) return;
    cmsDeleteTransform(conversion->transform);
    cmsDeleteContext(conversion->context);
    free(conversion);
}
