#include <string.h>

#include "jpeg.h"

/* How one component becomes pixels at a reduction. */
typedef struct plane {
    int columns_of_block; /* Samples of a block. */
    int rows_of_block;
    int pitch_x;     /* Output pixels per sample. */
    int pitch_y;
    int first;       /* First block column needed. */
    int columns;     /* Block columns needed. */
    size_t stride;
    uint8_t *samples; /* All block rows of one MCU row. */
    uint8_t *line;    /* One row, as wide as the output; null where samples are pixels. */
} plane;

static int ceil_div(int value, int by) {
    return (value + by - 1) / by;
}

static void plan(const veil_jpeg *jpeg, int component, int reduction, int left, int right, plane *plane) {
    plane->columns_of_block = plane->rows_of_block = BLOCK / reduction;
    plane->pitch_x = veil_pitch_x(jpeg, component);
    plane->pitch_y = veil_pitch_y(jpeg, component);

    /* A subsampled component has more samples than a reduced picture shows of its block: nothing needs repeating. */
    for (; plane->columns_of_block < BLOCK && plane->pitch_x % 2 == 0; plane->pitch_x /= 2) {
        plane->columns_of_block *= 2;
    }

    for (; plane->rows_of_block < BLOCK && plane->pitch_y % 2 == 0; plane->pitch_y /= 2) {
        plane->rows_of_block *= 2;
    }

    int block = plane->columns_of_block * plane->pitch_x;
    plane->first = left / block;
    plane->columns = ceil_div(right, block) - plane->first;
    plane->stride = (size_t)plane->columns * (size_t)plane->columns_of_block;
}

static size_t plane_size(const plane *plane, const jpeg_component_info *component) {
    return plane->stride * (size_t)(plane->rows_of_block * component->v_samp_factor);
}

/* Where a component is finer one way than the other, neighbours are averaged that way. */
static void decode_block(const plane *plane, const JCOEF *block, const UINT16 *steps, uint8_t *samples) {
    int columns = plane->columns_of_block, rows = plane->rows_of_block, side = columns > rows ? columns : rows;
    if (columns == rows) {
        veil_inverse_dct(block, steps, side, samples, plane->stride);
        return;
    }

    uint8_t fine[DCTSIZE2];
    veil_inverse_dct(block, steps, side, fine, BLOCK);
    int across = side / columns, down = side / rows, count = across * down;
    for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
            int sum = count / 2;
            for (int i = 0; i < count; i++) {
                sum += fine[(y * down + i / across) * BLOCK + x * across + i % across];
            }

            samples[(size_t)y * plane->stride + (size_t)x] = (uint8_t)(sum / count);
        }
    }
}

static void repeat(const uint8_t *samples, int pitch, int offset, int width, uint8_t *line) {
    if (pitch == 2 && offset == 0) {
        for (int x = 0; x < width / 2; x++) {
            line[2 * x] = samples[x];
            line[2 * x + 1] = samples[x];
        }

        if (width % 2 != 0) {
            line[width - 1] = samples[width / 2];
        }

        return;
    }

    for (int x = 0; x < width; x++) {
        line[x] = samples[(x + offset) / pitch];
    }
}

static void decode_band(veil_jpeg *jpeg, plane *planes, int band) {
    for (int c = 0; c < jpeg->source.num_components; c++) {
        const jpeg_component_info *component = &jpeg->source.comp_info[c];
        plane *plane = &planes[c];
        for (int v = 0; v < component->v_samp_factor; v++) {
            JDIMENSION row = (JDIMENSION)(band * component->v_samp_factor + v);
            if (row >= component->height_in_blocks) {
                break;
            }

            JBLOCKROW blocks = veil_block_row(jpeg, c, row, FALSE);
            uint8_t *samples = plane->samples + (size_t)(v * plane->rows_of_block) * plane->stride;
            for (int column = 0; column < plane->columns; column++, samples += plane->columns_of_block) {
                decode_block(plane, blocks[plane->first + column], component->quant_table->quantval, samples);
            }
        }
    }
}

static void convert_band(const veil_jpeg *jpeg, plane *planes, int band_top, int left, int right, int top, int bottom, uint8_t *pixels, size_t stride) {
    const uint8_t *rows[VEIL_MAX_COMPONENTS] = {NULL};
    for (int y = top; y < bottom; y++) {
        for (int c = 0; c < jpeg->source.num_components; c++) {
            plane *plane = &planes[c];
            const uint8_t *samples = plane->samples + (size_t)((y - band_top) / plane->pitch_y) * plane->stride;
            int offset = left - plane->first * plane->columns_of_block * plane->pitch_x;
            if (plane->line == NULL) {
                rows[c] = samples + offset;
            } else {
                repeat(samples, plane->pitch_x, offset, right - left, plane->line);
                rows[c] = plane->line;
            }
        }

        veil_to_pixels(jpeg, rows, right - left, pixels + (size_t)(y - top) * stride);
    }
}

int32_t veil_jpeg_decode(
    veil_jpeg *jpeg, int32_t reduction, int32_t left, int32_t top, int32_t right, int32_t bottom, uint8_t *pixels, size_t stride) {
    if (jpeg == NULL || pixels == NULL || (reduction != 1 && reduction != 2 && reduction != 4 && reduction != 8)) {
        return veil_fail(VEIL_ARGUMENT, "Expected a reduction of 1, 2, 4 or 8, but received %d.", reduction);
    }

    int width = ceil_div((int)jpeg->source.image_width, reduction), height = ceil_div((int)jpeg->source.image_height, reduction);
    if (left < 0 || top < 0 || left >= right || top >= bottom || right > width || bottom > height
        || stride < (size_t)(right - left) * (size_t)veil_channels(jpeg->colour)) {
        return veil_fail(VEIL_ARGUMENT, "Expected a rectangle inside %d×%d, but received %d,%d..%d,%d.", width, height, left, top, right, bottom);
    }

    plane planes[VEIL_MAX_COMPONENTS];
    size_t needed = 0;
    for (int c = 0; c < jpeg->source.num_components; c++) {
        plan(jpeg, c, reduction, left, right, &planes[c]);
        needed += plane_size(&planes[c], &jpeg->source.comp_info[c]) + (size_t)(right - left);
    }

    if (!veil_reserve(jpeg, needed)) {
        return veil_fail(VEIL_MEMORY, "no memory");
    }

    uint8_t *free_scratch = jpeg->scratch;
    for (int c = 0; c < jpeg->source.num_components; c++) {
        planes[c].samples = free_scratch;
        free_scratch += plane_size(&planes[c], &jpeg->source.comp_info[c]);
        planes[c].line = planes[c].pitch_x == 1 ? NULL : free_scratch;
        free_scratch += right - left;
    }

    if (setjmp(jpeg->errors.jump) != 0) {
        return jpeg->errors.status;
    }

    /* A band is one row of MCUs. */
    int band_height = BLOCK * jpeg->source.max_v_samp_factor / reduction;
    for (int band = top / band_height; band * band_height < bottom; band++) {
        int band_top = band * band_height;
        int from = band_top < top ? top : band_top, to = band_top + band_height < bottom ? band_top + band_height : bottom;
        decode_band(jpeg, planes, band);
        convert_band(jpeg, planes, band_top, left, right, from, to, pixels + (size_t)(from - top) * stride, stride);
    }

    return VEIL_OK;
}
