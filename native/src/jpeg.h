/* What the source files share. Not installed. */
#ifndef VEIL_JPEG_H
#define VEIL_JPEG_H

#include <setjmp.h>
#include <stddef.h>
#include <stdio.h>

#include <jpeglib.h>

#include "veil_native.h"

#define BLOCK 8

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

/* colour.c: a row of pixels from a row of every component, and one component of one pixel. */
void veil_to_pixels(const veil_jpeg *jpeg, const uint8_t *const *components, int width, uint8_t *pixels);
int veil_to_component(const veil_jpeg *jpeg, const uint8_t *pixel, int component);

#endif
