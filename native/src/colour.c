/* ITU-R BT.601 in 16-bit fixed point, as JFIF has it and with the IJG library's rounding (jccolor.c, jdcolor.c). */
#include "jpeg.h"

static inline uint8_t clamp(int32_t value) {
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static inline uint8_t red(int y, int cr) {
    return clamp(y + ((91881 * (cr - 128) + VEIL_HALF) >> 16));
}

static inline uint8_t green(int y, int cb, int cr) {
    return clamp(y + ((-22554 * (cb - 128) - 46802 * (cr - 128) + VEIL_HALF) >> 16));
}

static inline uint8_t blue(int y, int cb) {
    return clamp(y + ((116130 * (cb - 128) + VEIL_HALF) >> 16));
}

void veil_to_pixels(const veil_jpeg *jpeg, const uint8_t *const *components, int width, uint8_t *pixels) {
    const uint8_t *a = components[0], *b = components[1], *c = components[2], *k = components[3];
    uint8_t inverted = (uint8_t)veil_ink_inversion(jpeg);
    switch (jpeg->colour) {
    case VEIL_GREY:
        for (int x = 0; x < width; x++) {
            pixels[x] = a[x];
        }

        break;
    case VEIL_RGB:
        for (int x = 0; x < width; x++, pixels += 3) {
            pixels[0] = a[x];
            pixels[1] = b[x];
            pixels[2] = c[x];
        }

        break;
    case VEIL_YCC:
        for (int x = 0; x < width; x++, pixels += 3) {
            pixels[0] = red(a[x], c[x]);
            pixels[1] = green(a[x], b[x], c[x]);
            pixels[2] = blue(a[x], b[x]);
        }

        break;
    case VEIL_CMYK:
        for (int x = 0; x < width; x++, pixels += 4) {
            pixels[0] = a[x] ^ inverted;
            pixels[1] = b[x] ^ inverted;
            pixels[2] = c[x] ^ inverted;
            pixels[3] = k[x] ^ inverted;
        }

        break;
    case VEIL_YCCK:
        for (int x = 0; x < width; x++, pixels += 4) {
            pixels[0] = (uint8_t)(255 - red(a[x], c[x])) ^ inverted;
            pixels[1] = (uint8_t)(255 - green(a[x], b[x], c[x])) ^ inverted;
            pixels[2] = (uint8_t)(255 - blue(a[x], b[x])) ^ inverted;
            pixels[3] = k[x] ^ inverted;
        }

        break;
    }
}
