/* What the source files share. Not installed. */
#ifndef VEIL_JPEG_H
#define VEIL_JPEG_H

#include <setjmp.h>
#include <stddef.h>
#include <stdio.h>

#include <jpeglib.h>

#include "veil_native.h"

#define BLOCK 8

/* Of the 16-bit fixed point that colours are converted in. */
#define VEIL_HALF 32768

/* First member is libjpeg's, so that its pointer is ours. */
typedef struct errors {
    struct jpeg_error_mgr manager;
    jmp_buf jump;
    veil_status status;
} errors;

struct veil_jpeg {
    struct jpeg_decompress_struct source;
    errors errors;
    struct jpeg_progress_mgr progress;
    jvirt_barray_ptr *coefficients;
    veil_colour colour;
    JOCTET *profile;
    unsigned int profile_size;

    /* Kept between calls, freed with the object: an error inside libjpeg cannot leak it. */
    uint8_t *scratch;
    size_t scratch_size;
};

/* status.c: remembers the text and returns the status. */
veil_status veil_fail(veil_status status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* errors.c: errors and losing warnings jump to errors->jump, the text remembered. */
struct jpeg_error_mgr *veil_errors(errors *errors);

/* blocks.c: one row of blocks; jumps when libjpeg fails. */
JBLOCKROW veil_block_row(veil_jpeg *jpeg, int component, JDIMENSION row, boolean writable);
int veil_reserve(veil_jpeg *jpeg, size_t bytes);
int veil_channels(veil_colour colour);

/* Pixels (per side) that one sample of a component stands for. */
static inline int veil_pitch_x(const veil_jpeg *jpeg, int component) {
    return jpeg->source.max_h_samp_factor / jpeg->source.comp_info[component].h_samp_factor;
}

static inline int veil_pitch_y(const veil_jpeg *jpeg, int component) {
    return jpeg->source.max_v_samp_factor / jpeg->source.comp_info[component].v_samp_factor;
}

/* dct.c: side is 8, 4, 2 or 1. */
void veil_inverse_dct(const JCOEF *block, const UINT16 *steps, int side, uint8_t *samples, size_t stride);
void veil_forward_dct(const uint8_t samples[DCTSIZE2], const UINT16 *steps, JCOEF *block);

/* colour.c: a row of pixels from a row of every component. */
void veil_to_pixels(const veil_jpeg *jpeg, const uint8_t *const *components, int width, uint8_t *pixels);

/* Adobe's programs store inks upside down; their marker says that they made the file. */
static inline int veil_ink_inversion(const veil_jpeg *jpeg) {
    return jpeg->source.saw_Adobe_marker ? 255 : 0;
}

/* YCbCr of RGB, by component: ITU-R BT.601 with the IJG library's rounding (jccolor.c). */
static inline int veil_from_rgb(int r, int g, int b, int component) {
    switch (component) {
    case 0:
        return (19595 * r + 38470 * g + 7471 * b + VEIL_HALF) >> 16;
    case 1:
        return (-11059 * r - 21709 * g + 32768 * b + (128 << 16) + VEIL_HALF - 1) >> 16;
    default:
        return (32768 * r - 27439 * g - 5329 * b + (128 << 16) + VEIL_HALF - 1) >> 16;
    }
}

/* One component of one pixel. */
static inline int veil_to_component(const veil_jpeg *jpeg, const uint8_t *pixel, int component) {
    int inverted = veil_ink_inversion(jpeg);
    switch (jpeg->colour) {
    case VEIL_YCC:
        return veil_from_rgb(pixel[0], pixel[1], pixel[2], component);
    case VEIL_CMYK:
        return pixel[component] ^ inverted;
    case VEIL_YCCK:
        return component == 3
            ? pixel[3] ^ inverted
            : veil_from_rgb(255 - (pixel[0] ^ inverted), 255 - (pixel[1] ^ inverted), 255 - (pixel[2] ^ inverted), component);
    default:
        return pixel[component];
    }
}

#endif
