#include <string.h>

#include "jpeg.h"

int32_t veil_jpeg_describe(const veil_jpeg *jpeg, veil_jpeg_info *info) {
    if (jpeg == NULL || info == NULL) {
        return veil_fail(VEIL_ARGUMENT, "Expected an open picture.");
    }

    const struct jpeg_decompress_struct *source = &jpeg->source;
    memset(info, 0, sizeof *info);
    info->width = (int32_t)source->image_width;
    info->height = (int32_t)source->image_height;
    info->colour = jpeg->colour;
    info->channels = veil_channels(jpeg->colour);
    info->components = source->num_components;
    info->progressive = source->progressive_mode != 0;
    info->arithmetic = source->arith_code != 0;
    info->restart_interval = (int32_t)source->restart_interval;
    info->largest_horizontal = source->max_h_samp_factor;
    info->largest_vertical = source->max_v_samp_factor;
    info->density_unit = source->density_unit;
    info->density_x = source->X_density;
    info->density_y = source->Y_density;
    for (int c = 0; c < source->num_components; c++) {
        const jpeg_component_info *from = &source->comp_info[c];
        veil_component *to = &info->component[c];
        to->horizontal = from->h_samp_factor;
        to->vertical = from->v_samp_factor;
        to->block_columns = (int32_t)from->width_in_blocks;
        to->block_rows = (int32_t)from->height_in_blocks;
        memcpy(to->steps, from->quant_table->quantval, sizeof to->steps);
    }

    return VEIL_OK;
}

int32_t veil_jpeg_profile(const veil_jpeg *jpeg, const uint8_t **data, size_t *size) {
    if (jpeg == NULL || data == NULL || size == NULL) {
        return veil_fail(VEIL_ARGUMENT, "Expected an open picture.");
    }

    *data = jpeg->profile;
    *size = jpeg->profile_size;
    return VEIL_OK;
}
