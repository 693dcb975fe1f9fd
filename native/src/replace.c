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

enum touch { UNTOUCHED, PARTLY, WHOLLY };

/* Whether any pixel of a rectangle is covered, or every one to the full. */
static enum touch touch_of(const patch *patch, int left, int top, int right, int bottom) {
    uint8_t any = 0, all = FULL;
    for (int y = top; y < bottom; y++) {
        const uint8_t *row = coverage_row(patch, y);
        for (int x = left; x < right; x++) {
            any |= row[x];
            all &= row[x];
        }
    }

    return all == FULL ? WHOLLY : any != 0 ? PARTLY : UNTOUCHED;
}

/* Sums of the channels of chosen pixels. */
typedef struct mean {
    int sum[VEIL_MAX_COMPONENTS];
    int count;
} mean;

static inline void add(mean *mean, const uint8_t *pixel, int channels) {
    for (int c = 0; c < channels; c++) {
        mean->sum[c] += pixel[c];
    }

    mean->count++;
}

static uint8_t component_of(const veil_jpeg *jpeg, const mean *mean, int channels, int component) {
    uint8_t pixel[VEIL_MAX_COMPONENTS];
    for (int c = 0; c < channels; c++) {
        pixel[c] = (uint8_t)((mean->sum[c] + mean->count / 2) / mean->count);
    }

    return (uint8_t)veil_to_component(jpeg, pixel, component);
}

static const uint8_t *pixel_at(const patch *patch, int x, int y) {
    return patch->pixels + (size_t)(y - patch->top) * patch->stride + (size_t)(x - patch->left) * (size_t)patch->channels;
}

/*
 * The value of one sample from the pixels that it stands for: of those wholly covered, where there are any, since the
 * others' colour comes from a sample that the covered original took part in. Without coverage it stays as it is.
 */
static void replace_sample(const veil_jpeg *jpeg, const patch *patch, int component, int left, int top, int right, int bottom, uint8_t *sample) {
    mean all = {{0}, 0}, full = {{0}, 0};
    int any = 0;
    for (int y = top; y < bottom; y++) {
        const uint8_t *coverage = coverage_row(patch, y);
        const uint8_t *pixel = pixel_at(patch, left, y);
        for (int x = left; x < right; x++, pixel += patch->channels) {
            any |= coverage[x];
            add(&all, pixel, patch->channels);
            if (coverage[x] == FULL) {
                add(&full, pixel, patch->channels);
            }
        }
    }

    if (any != 0) {
        *sample = component_of(jpeg, full.count > 0 ? &full : &all, patch->channels, component);
    }
}

static void replace_samples(const veil_jpeg *jpeg, const patch *patch, int component, int left, int top, uint8_t *samples) {
    int pitch_x = veil_pitch_x(jpeg, component), pitch_y = veil_pitch_y(jpeg, component);
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
                replace_sample(
                    jpeg, patch, component, x, y, least(x + pitch_x, patch->right), least(y + pitch_y, patch->bottom), &samples[j * BLOCK + i]);
            }
        }
    }
}

/* The same for a block inside the picture of which every pixel is wholly covered. */
static void fill_samples(const veil_jpeg *jpeg, const patch *patch, int component, int left, int top, uint8_t *samples) {
    int pitch_x = veil_pitch_x(jpeg, component), pitch_y = veil_pitch_y(jpeg, component), channels = patch->channels;
    for (int j = 0; j < BLOCK; j++) {
        for (int i = 0; i < BLOCK; i++) {
            const uint8_t *pixel = pixel_at(patch, left + i * pitch_x, top + j * pitch_y);
            if (pitch_x == 1 && pitch_y == 1) {
                samples[j * BLOCK + i] = (uint8_t)veil_to_component(jpeg, pixel, component);
                continue;
            }

            mean mean = {{0}, 0};
            for (int v = 0; v < pitch_y; v++, pixel += patch->stride) {
                for (int u = 0; u < pitch_x; u++) {
                    add(&mean, pixel + u * channels, channels);
                }
            }

            samples[j * BLOCK + i] = component_of(jpeg, &mean, channels, component);
        }
    }
}

static void replace_component(veil_jpeg *jpeg, const patch *patch, int component) {
    const UINT16 *steps = jpeg->source.comp_info[component].quant_table->quantval;
    int width = BLOCK * veil_pitch_x(jpeg, component), height = BLOCK * veil_pitch_y(jpeg, component);
    for (int top = patch->top / height * height; top < patch->bottom; top += height) {
        JBLOCKROW row = veil_block_row(jpeg, component, (JDIMENSION)(top / height), TRUE);
        for (int left = patch->left / width * width; left < patch->right; left += width) {
            int right = left + width, bottom = top + height;
            enum touch touch = touch_of(patch, left, top, least(right, patch->right), least(bottom, patch->bottom));
            JCOEF *block = row[left / width];
            if (touch == UNTOUCHED) {
                continue;
            }

            uint8_t samples[DCTSIZE2];
            if (touch == WHOLLY && right <= patch->right && bottom <= patch->bottom) {
                fill_samples(jpeg, patch, component, left, top, samples);
            } else {
                veil_inverse_dct(block, steps, BLOCK, samples, BLOCK);
                replace_samples(jpeg, patch, component, left, top, samples);
            }

            veil_forward_dct(samples, steps, block);
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
