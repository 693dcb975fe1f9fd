#include "jpeg.h"

#define FULL 255

/* The replacing pixels and their coverage, in the picture's coordinates. */
typedef struct patch {
    int left, top, right, bottom;
    const uint8_t *pixels;
    size_t stride;
    const uint8_t *coverage;
    size_t coverage_stride;
    int channels;
} patch;

static int least(int a, int b) {
    return a < b ? a : b;
}

static const uint8_t *coverage_row(const patch *patch, int y) {
    return patch->coverage + (size_t)(y - patch->top) * patch->coverage_stride - patch->left;
}

/* Whether any pixel of a rectangle is covered. */
static int is_touched(const patch *patch, int left, int top, int right, int bottom) {
    for (int y = top; y < bottom; y++) {
        const uint8_t *row = coverage_row(patch, y);
        for (int x = left; x < right; x++) {
            if (row[x] != 0) {
                return 1;
            }
        }
    }

    return 0;
}

/*
 * The value of one sample from the pixels that it stands for: of those wholly covered, where there are any, since the
 * others' colour comes from a sample that the covered original took part in; -1 where none is covered.
 */
static int sample_of(const veil_jpeg *jpeg, const patch *patch, int component, int left, int top, int right, int bottom) {
    if (right - left == 1 && bottom - top == 1) {
        const uint8_t *pixel = patch->pixels + (size_t)(top - patch->top) * patch->stride + (size_t)(left - patch->left) * (size_t)patch->channels;
        return coverage_row(patch, top)[left] == 0 ? -1 : veil_to_component(jpeg, pixel, component);
    }

    int any = 0, full = 0;
    int sum_of_all = 0, sum_of_full = 0, count = 0;
    for (int y = top; y < bottom; y++) {
        const uint8_t *coverage = coverage_row(patch, y);
        const uint8_t *pixel = patch->pixels + (size_t)(y - patch->top) * patch->stride + (size_t)(left - patch->left) * (size_t)patch->channels;
        for (int x = left; x < right; x++, pixel += patch->channels) {
            int value = veil_to_component(jpeg, pixel, component);
            sum_of_all += value;
            count++;
            any |= coverage[x];
            if (coverage[x] == FULL) {
                sum_of_full += value;
                full++;
            }
        }
    }

    return full > 0 ? (sum_of_full + full / 2) / full : any != 0 ? (sum_of_all + count / 2) / count : -1;
}

static void replace_block(const veil_jpeg *jpeg, const patch *patch, int component, int left, int top, JCOEF *block) {
    const UINT16 *steps = jpeg->source.comp_info[component].quant_table->quantval;
    int pitch_x = veil_pitch_x(jpeg, component), pitch_y = veil_pitch_y(jpeg, component);
    uint8_t samples[DCTSIZE2];
    veil_inverse_dct(block, steps, BLOCK, samples, BLOCK);
    for (int j = 0; j < BLOCK; j++) {
        int y = top + j * pitch_y;
        for (int i = 0; i < BLOCK; i++) {
            int x = left + i * pitch_x;
            if (x >= patch->right) {
                /* Beyond the picture's edge: repeated from within, so that nothing hides there. */
                samples[j * BLOCK + i] = samples[j * BLOCK + i - 1];
            } else if (y >= patch->bottom) {
                samples[j * BLOCK + i] = samples[(j - 1) * BLOCK + i];
            } else {
                int value = sample_of(jpeg, patch, component, x, y, least(x + pitch_x, patch->right), least(y + pitch_y, patch->bottom));
                if (value >= 0) {
                    samples[j * BLOCK + i] = (uint8_t)value;
                }
            }
        }
    }

    veil_forward_dct(samples, steps, block);
}

static void replace_component(veil_jpeg *jpeg, const patch *patch, int component) {
    int width = BLOCK * veil_pitch_x(jpeg, component), height = BLOCK * veil_pitch_y(jpeg, component);
    for (int top = patch->top / height * height; top < patch->bottom; top += height) {
        JBLOCKROW row = veil_block_row(jpeg, component, (JDIMENSION)(top / height), TRUE);
        for (int left = patch->left / width * width; left < patch->right; left += width) {
            if (is_touched(patch, left, top, least(left + width, patch->right), least(top + height, patch->bottom))) {
                replace_block(jpeg, patch, component, left, top, row[left / width]);
            }
        }
    }
}

int32_t veil_jpeg_replace(
    veil_jpeg *jpeg, int32_t left, int32_t top, int32_t right, int32_t bottom,
    const uint8_t *pixels, size_t stride, const uint8_t *coverage, size_t coverage_stride) {
    if (jpeg == NULL || pixels == NULL || coverage == NULL) {
        return veil_fail(VEIL_ARGUMENT, "Expected an open picture, pixels and coverage.");
    }

    int width = (int)jpeg->source.image_width, height = (int)jpeg->source.image_height;
    int unit_x = BLOCK * jpeg->source.max_h_samp_factor, unit_y = BLOCK * jpeg->source.max_v_samp_factor;
    int inside = left >= 0 && top >= 0 && left < right && top < bottom && right <= width && bottom <= height;
    if (!inside || left % unit_x != 0 || top % unit_y != 0 || (right % unit_x != 0 && right != width) || (bottom % unit_y != 0 && bottom != height)) {
        return veil_fail(
            VEIL_ARGUMENT, "Expected a rectangle of whole units of %d×%d inside %d×%d, but received %d,%d..%d,%d.", unit_x, unit_y, width, height, left, top, right, bottom);
    }

    patch patch = {left, top, right, bottom, pixels, stride, coverage, coverage_stride, veil_channels(jpeg->colour)};
    if (stride < (size_t)(right - left) * (size_t)patch.channels || coverage_stride < (size_t)(right - left)) {
        return veil_fail(VEIL_ARGUMENT, "Expected rows of %d pixels.", right - left);
    }

    if (setjmp(jpeg->errors.jump) != 0) {
        return jpeg->errors.status;
    }

    for (int c = 0; c < jpeg->source.num_components; c++) {
        replace_component(jpeg, &patch, c);
    }

    return VEIL_OK;
}
