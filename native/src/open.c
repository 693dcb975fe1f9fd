#include <stdlib.h>
#include <string.h>

#include "jpeg.h"

#include <jerror.h>

/* Viewers refuse files with more; a hostile file can hold thousands of scans, each as slow as a picture. */
#define MOST_SCANS 100

#define PROFILE_MARKER (JPEG_APP0 + 2)

static void check_scans(j_common_ptr common) {
    j_decompress_ptr source = (j_decompress_ptr)common;
    errors *own = (errors *)common->err;
    if (source->input_scan_number > MOST_SCANS) {
        own->status = veil_fail(VEIL_LIMIT, "Expected at most %d scans, but received more.", MOST_SCANS);
        longjmp(own->jump, 1);
    }
}

static veil_status read_colour(veil_jpeg *jpeg) {
    int components = jpeg->source.num_components;
    switch (jpeg->source.jpeg_color_space) {
    case JCS_GRAYSCALE:
        jpeg->colour = VEIL_GREY;
        break;
    case JCS_RGB:
        jpeg->colour = VEIL_RGB;
        break;
    case JCS_YCbCr:
        jpeg->colour = VEIL_YCC;
        break;
    case JCS_CMYK:
        jpeg->colour = VEIL_CMYK;
        break;
    case JCS_YCCK:
        jpeg->colour = VEIL_YCCK;
        break;
    default:
        return veil_fail(VEIL_UNSUITABLE, "its %d colour components are of no known kind", components);
    }

    return veil_channels(jpeg->colour) == components
        ? VEIL_OK
        : veil_fail(VEIL_UNSUITABLE, "its colour space does not fit its %d components", components);
}

static veil_status check_header(const veil_jpeg *jpeg, int64_t most_pixels, int64_t most_bytes) {
    const struct jpeg_decompress_struct *source = &jpeg->source;
    if ((int64_t)source->image_width * source->image_height > most_pixels) {
        return veil_fail(VEIL_LIMIT, "its %u×%u pixels are more than allowed", source->image_width, source->image_height);
    }

    int64_t bytes = 0;
    for (int c = 0; c < source->num_components; c++) {
        const jpeg_component_info *component = &source->comp_info[c];
        if (source->max_h_samp_factor % component->h_samp_factor != 0 || source->max_v_samp_factor % component->v_samp_factor != 0) {
            return veil_fail(VEIL_UNSUITABLE, "one of its components has a fractional resolution");
        }

        bytes += (int64_t)component->width_in_blocks * component->height_in_blocks * (int64_t)sizeof(JBLOCK);
    }

    return bytes > most_bytes ? veil_fail(VEIL_UNSUITABLE, "its coefficients need %lld MiB of memory", (long long)(bytes >> 20)) : VEIL_OK;
}

/* The tables that coefficients were read with must be those that will be written. */
static veil_status check_tables(const veil_jpeg *jpeg) {
    for (int c = 0; c < jpeg->source.num_components; c++) {
        const jpeg_component_info *component = &jpeg->source.comp_info[c];
        const JQUANT_TBL *written = component->quant_tbl_no >= 0 && component->quant_tbl_no < NUM_QUANT_TBLS ? jpeg->source.quant_tbl_ptrs[component->quant_tbl_no] : NULL;
        if (component->quant_table == NULL) {
            return veil_fail(VEIL_CORRUPT, "one of its components has no scan");
        }

        if (written == NULL || memcmp(written->quantval, component->quant_table->quantval, sizeof written->quantval) != 0) {
            return veil_fail(VEIL_UNSUITABLE, "its quantisation tables change between scans");
        }

        for (int i = 0; i < DCTSIZE2; i++) {
            if (written->quantval[i] == 0) {
                return veil_fail(VEIL_CORRUPT, "one of its quantisation steps is 0");
            }
        }
    }

    return VEIL_OK;
}

/* Values that no 8-bit picture has cannot be written again. */
static veil_status check_range(veil_jpeg *jpeg) {
    const int most = 1023;
    for (int c = 0; c < jpeg->source.num_components; c++) {
        const jpeg_component_info *component = &jpeg->source.comp_info[c];
        for (JDIMENSION row = 0; row < component->height_in_blocks; row++) {
            const JCOEF *values = veil_block_row(jpeg, c, row, FALSE)[0];
            size_t count = (size_t)component->width_in_blocks * DCTSIZE2;
            JCOEF smallest = 0, largest = 0;
            for (size_t i = 0; i < count; i++) {
                smallest = values[i] < smallest ? values[i] : smallest;
                largest = values[i] > largest ? values[i] : largest;
            }

            if (smallest < -most - 1 || largest > most) {
                return veil_fail(VEIL_UNSUITABLE, "some of its coefficients lie beyond what 8-bit pixels can give");
            }
        }
    }

    return VEIL_OK;
}

int32_t veil_jpeg_open(const uint8_t *data, size_t size, int64_t most_pixels, int64_t most_bytes, veil_jpeg **opened) {
    if (opened == NULL || data == NULL || size == 0) {
        return veil_fail(VEIL_ARGUMENT, "Expected a file, but received none.");
    }

    *opened = NULL;
    veil_jpeg *volatile jpeg = calloc(1, sizeof(veil_jpeg));
    if (jpeg == NULL) {
        return veil_fail(VEIL_MEMORY, "no memory");
    }

    jpeg->source.err = veil_errors(&jpeg->errors);
    if (setjmp(jpeg->errors.jump) != 0) {
        veil_status status = jpeg->errors.status;
        veil_jpeg_close(jpeg);
        return status;
    }

    jpeg_create_decompress(&jpeg->source);
    jpeg->progress.progress_monitor = check_scans;
    jpeg->source.progress = &jpeg->progress;
    jpeg_save_markers(&jpeg->source, PROFILE_MARKER, 0xFFFF);
    jpeg_mem_src(&jpeg->source, data, size);
    jpeg_read_header(&jpeg->source, TRUE);
    veil_status status = read_colour(jpeg);
    if (status == VEIL_OK) {
        status = check_header(jpeg, most_pixels, most_bytes);
    }

    if (status == VEIL_OK) {
        jpeg->coefficients = jpeg_read_coefficients(&jpeg->source);
        if (!jpeg_read_icc_profile(&jpeg->source, &jpeg->profile, &jpeg->profile_size)) {
            jpeg->profile = NULL;
            jpeg->profile_size = 0;
        }

        status = check_tables(jpeg);
    }

    if (status == VEIL_OK) {
        status = check_range(jpeg);
    }

    if (status != VEIL_OK) {
        veil_jpeg_close(jpeg);
        return status;
    }

    *opened = jpeg;
    return VEIL_OK;
}

void veil_jpeg_close(veil_jpeg *jpeg) {
    if (jpeg == NULL) {
        return;
    }

    if (setjmp(jpeg->errors.jump) == 0) {
        jpeg_destroy_decompress(&jpeg->source);
    }

    free(jpeg->profile);
    free(jpeg->scratch);
    free(jpeg);
}
