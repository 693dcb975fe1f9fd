#include <stdlib.h>
#include <string.h>

#include "jpeg.h"

JBLOCKROW veil_block_row(veil_jpeg *jpeg, int component, JDIMENSION row, boolean writable) {
    j_common_ptr common = (j_common_ptr)&jpeg->source;
    return jpeg->source.mem->access_virt_barray(common, jpeg->coefficients[component], row, 1, writable)[0];
}

int veil_reserve(veil_jpeg *jpeg, size_t bytes) {
    if (bytes <= jpeg->scratch_size) {
        return 1;
    }

    free(jpeg->scratch);
    jpeg->scratch = malloc(bytes);
    jpeg->scratch_size = jpeg->scratch == NULL ? 0 : bytes;
    return jpeg->scratch != NULL;
}

int veil_channels(veil_colour colour) {
    return colour == VEIL_GREY ? 1 : colour == VEIL_CMYK || colour == VEIL_YCCK ? 4 : 3;
}

int32_t veil_jpeg_read_blocks(veil_jpeg *jpeg, int32_t component, int32_t row, int32_t column, int32_t count, int16_t *coefficients) {
    if (jpeg == NULL || coefficients == NULL || component < 0 || component >= jpeg->source.num_components) {
        return veil_fail(VEIL_ARGUMENT, "Expected one of the picture's components, but received %d.", component);
    }

    const jpeg_component_info *info = &jpeg->source.comp_info[component];
    if (row < 0 || (JDIMENSION)row >= info->height_in_blocks || column < 0 || count < 0 || (int64_t)column + count > (int64_t)info->width_in_blocks) {
        return veil_fail(VEIL_ARGUMENT, "Expected blocks inside %u×%u.", info->width_in_blocks, info->height_in_blocks);
    }

    if (setjmp(jpeg->errors.jump) != 0) {
        return jpeg->errors.status;
    }

    memcpy(coefficients, veil_block_row(jpeg, component, (JDIMENSION)row, FALSE)[column], (size_t)count * sizeof(JBLOCK));
    return VEIL_OK;
}
