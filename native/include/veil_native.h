/*
 * JPEG files as quantised coefficients, over the system's libjpeg-turbo.
 *
 * Every function that can fail returns a veil_status; veil_native_error() then says why, per thread. No error leaves the
 * library by longjmp. An object may be used by one thread at a time. Rectangles are in pixels of the stored picture
 * (before EXIF orientation), half-open: columns left..right-1, rows top..bottom-1.
 */
#ifndef VEIL_NATIVE_H
#define VEIL_NATIVE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define VEIL_EXPORT __attribute__((visibility("default")))

/* Raised with every change of this header; callers compare it with veil_native_abi() before anything else. */
#define VEIL_NATIVE_ABI 1

#define VEIL_MAX_COMPONENTS 4

typedef enum veil_status {
    VEIL_OK = 0,
    VEIL_CORRUPT = 1,    /* The file is broken: pixels are missing or wrong. */
    VEIL_UNSUITABLE = 2, /* Sound, or at least readable, but it cannot be kept coefficient by coefficient. */
    VEIL_LIMIT = 3,      /* Larger than the limits that were given. */
    VEIL_ARGUMENT = 4,   /* The caller's mistake. */
    VEIL_MEMORY = 5      /* No memory. */
} veil_status;

typedef enum veil_colour {
    VEIL_GREY = 1,  /* One channel. */
    VEIL_RGB = 2,   /* Stored as RGB. */
    VEIL_YCC = 3,   /* Stored as YCbCr; three channels, RGB. */
    VEIL_CMYK = 4,  /* Four channels, inks: 0 is none. */
    VEIL_YCCK = 5   /* Stored as YCbCr and K; four channels, inks: 0 is none. */
} veil_colour;

typedef struct veil_jpeg veil_jpeg;

typedef struct veil_component {
    int32_t horizontal;     /* Sampling factors. */
    int32_t vertical;
    int32_t block_columns;  /* Blocks that hold pixels of the picture. */
    int32_t block_rows;
    uint16_t steps[64];     /* Quantisation, in natural (row by row) order. */
} veil_component;

typedef struct veil_jpeg_info {
    int32_t width;
    int32_t height;
    int32_t colour;              /* veil_colour */
    int32_t channels;            /* Of decoded pixels: 1, 3 or 4. */
    int32_t components;
    int32_t progressive;         /* 0 or 1 */
    int32_t arithmetic;          /* 0 or 1 */
    int32_t restart_interval;    /* MCUs; 0 for none. */
    int32_t largest_horizontal;  /* Largest sampling factors: an MCU is 8 times as large. */
    int32_t largest_vertical;
    int32_t density_unit;        /* As JFIF: 0 ratio, 1 inch, 2 centimetre. */
    int32_t density_x;
    int32_t density_y;
    veil_component component[VEIL_MAX_COMPONENTS];
} veil_jpeg_info;

typedef struct veil_segment {
    int32_t marker;       /* 0xE1..0xEF or 0xFE */
    uint32_t length;      /* At most 65533. */
    const uint8_t *data;
} veil_segment;

/* The version of this interface. */
VEIL_EXPORT int32_t veil_native_abi(void);

/* What went wrong in this thread's last failing call; valid until its next one. */
VEIL_EXPORT const char *veil_native_error(void);

/* Frees what veil_jpeg_write gave. */
VEIL_EXPORT void veil_native_free(void *memory);

/* Reads a whole file's coefficients. Limits are checked when the header is known. The data is not needed afterwards. */
VEIL_EXPORT int32_t veil_jpeg_open(const uint8_t *data, size_t size, int64_t most_pixels, int64_t most_bytes, veil_jpeg **opened);

VEIL_EXPORT void veil_jpeg_close(veil_jpeg *jpeg);

VEIL_EXPORT int32_t veil_jpeg_describe(const veil_jpeg *jpeg, veil_jpeg_info *info);

/* The colour profile, owned by the object; size 0 when there is none. */
VEIL_EXPORT int32_t veil_jpeg_profile(const veil_jpeg *jpeg, const uint8_t **data, size_t *size);

/* Quantised coefficients of blocks in one row, 64 each in natural order. */
VEIL_EXPORT int32_t veil_jpeg_read_blocks(veil_jpeg *jpeg, int32_t component, int32_t row, int32_t column, int32_t count, int16_t *coefficients);

/*
 * Decodes a rectangle at 1, 1/2, 1/4 or 1/8 of the size. The rectangle is in reduced pixels; the reduced picture has
 * ceil(width / reduction) columns, and its pixel x stands for columns x * reduction .. (x + 1) * reduction - 1.
 * Subsampled colour is repeated, not interpolated: no pixel depends on another sample than its own.
 */
VEIL_EXPORT int32_t veil_jpeg_decode(
    veil_jpeg *jpeg, int32_t reduction, int32_t left, int32_t top, int32_t right, int32_t bottom, uint8_t *pixels, size_t stride);

/*
 * Encodes pixels into the blocks that their coverage touches; other blocks stay as they are. Samples whose coverage is 0
 * keep their value. A sample of which any pixel has coverage 255 is made of such pixels alone. The rectangle's edges lie
 * on MCU borders or on the picture's.
 */
VEIL_EXPORT int32_t veil_jpeg_replace(
    veil_jpeg *jpeg, int32_t left, int32_t top, int32_t right, int32_t bottom,
    const uint8_t *pixels, size_t stride, const uint8_t *coverage, size_t coverage_stride);

/*
 * Writes the file: the same process (sequential or progressive, Huffman or arithmetic), tables, sampling and restart
 * interval; of all other segments only those given, behind JFIF's and Adobe's own.
 */
VEIL_EXPORT int32_t veil_jpeg_write(veil_jpeg *jpeg, const veil_segment *segments, int32_t count, size_t expected, uint8_t **data, size_t *size);

#ifdef __cplusplus
}
#endif

#endif
