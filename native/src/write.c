#include <stdlib.h>
#include <string.h>

#include "jpeg.h"

typedef struct writer {
    struct jpeg_compress_struct target;
    errors errors;
    unsigned char *data;
    unsigned long size;
    unsigned char *first; /* The buffer that was there before libjpeg needed a larger one. */
    jpeg_scan_info scans[VEIL_MAX_COMPONENTS];
} writer;

static int same_table(const JHUFF_TBL *a, const JHUFF_TBL *b) {
    return a == NULL || (b != NULL && memcmp(a->bits, b->bits, sizeof a->bits) == 0 && memcmp(a->huffval, b->huffval, sizeof a->huffval) == 0);
}

/* Files with the tables of T.81 Annex K get these again; those with tables of their own get newly optimised ones. */
static boolean has_own_tables(const struct jpeg_decompress_struct *source, const struct jpeg_compress_struct *target) {
    for (int i = 0; i < 2; i++) {
        if (!same_table(source->dc_huff_tbl_ptrs[i], target->dc_huff_tbl_ptrs[i]) || !same_table(source->ac_huff_tbl_ptrs[i], target->ac_huff_tbl_ptrs[i])) {
            return TRUE;
        }
    }

    return source->dc_huff_tbl_ptrs[2] != NULL || source->dc_huff_tbl_ptrs[3] != NULL;
}

/* An MCU may hold ten blocks; where sampling factors would give more, each component gets a scan of its own. */
static void choose_scans(writer *writer) {
    struct jpeg_compress_struct *target = &writer->target;
    int blocks = 0;
    for (int c = 0; c < target->num_components; c++) {
        blocks += target->comp_info[c].h_samp_factor * target->comp_info[c].v_samp_factor;
    }

    if (target->num_components == 1 || blocks <= C_MAX_BLOCKS_IN_MCU) {
        return;
    }

    for (int c = 0; c < target->num_components; c++) {
        writer->scans[c] = (jpeg_scan_info){.comps_in_scan = 1, .component_index = {c}, .Se = DCTSIZE2 - 1};
    }

    target->scan_info = writer->scans;
    target->num_scans = target->num_components;
}

static void configure(writer *writer, veil_jpeg *jpeg) {
    struct jpeg_compress_struct *target = &writer->target;
    jpeg_copy_critical_parameters(&jpeg->source, target);
    target->arith_code = jpeg->source.arith_code;
    target->restart_interval = jpeg->source.restart_interval;
    if (jpeg->source.progressive_mode) {
        jpeg_simple_progression(target);
    } else {
        choose_scans(writer);
        target->optimize_coding = !target->arith_code && has_own_tables(&jpeg->source, target);
    }

    /* Its presence says how inks are meant, so it is kept as it was; the others need it, or do without. */
    if (jpeg->colour == VEIL_CMYK) {
        target->write_Adobe_marker = jpeg->source.saw_Adobe_marker;
    }
}

int32_t veil_jpeg_write(veil_jpeg *jpeg, const veil_segment *segments, int32_t count, size_t expected, uint8_t **data, size_t *size) {
    if (jpeg == NULL || data == NULL || size == NULL || count < 0 || (count > 0 && segments == NULL)) {
        return veil_fail(VEIL_ARGUMENT, "Expected an open picture.");
    }

    *data = NULL;
    *size = 0;
    writer *volatile writer = calloc(1, sizeof *writer);
    if (writer == NULL) {
        return veil_fail(VEIL_MEMORY, "no memory");
    }

    /* Libjpeg doubles a buffer that is too small, copying it each time. */
    writer->first = malloc(expected > 0 ? expected : 1);
    writer->data = writer->first;
    writer->size = writer->first == NULL ? 0 : expected;
    writer->target.err = veil_errors(&writer->errors);
    volatile veil_status status = VEIL_OK;
    if (setjmp(writer->errors.jump) != 0) {
        status = writer->errors.status;
    } else if (setjmp(jpeg->errors.jump) != 0) {
        status = jpeg->errors.status;
    } else {
        jpeg_create_compress(&writer->target);
        jpeg_mem_dest(&writer->target, &writer->data, &writer->size);
        configure(writer, jpeg);
        jpeg_write_coefficients(&writer->target, jpeg->coefficients);
        for (int i = 0; i < count; i++) {
            jpeg_write_marker(&writer->target, segments[i].marker, segments[i].data, segments[i].length);
        }

        jpeg_finish_compress(&writer->target);
        *data = writer->data;
        *size = writer->size;
    }

    if (status != VEIL_OK && writer->target.dest != NULL) {
        /* Libjpeg hands its buffer over only when the destination ends. */
        writer->target.dest->term_destination(&writer->target);
    }

    if (writer->first != writer->data) {
        free(writer->first);
    }

    if (status != VEIL_OK) {
        free(writer->data);
    }

    jpeg_destroy_compress(&writer->target);
    free(writer);
    return status;
}
