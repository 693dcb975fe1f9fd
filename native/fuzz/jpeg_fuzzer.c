/*
 * libFuzzer's entry to everything that veil_native does with a file: opens it, decodes it at every size, replaces a part,
 * writes it, and requires that what was written opens again.
 *
 *   cmake -S native -B artifacts/fuzz -DVEIL_FUZZ=ON -DCMAKE_C_COMPILER=clang && cmake --build artifacts/fuzz
 *   artifacts/fuzz/jpeg_fuzzer -max_len=20000 -timeout=10 CORPUS
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "veil_native.h"

static void require(int condition, const char *what) {
    if (!condition) {
        fprintf(stderr, "%s: %s\n", what, veil_native_error());
        abort();
    }
}

static void decode(veil_jpeg *jpeg, const veil_jpeg_info *info, uint8_t *pixels) {
    for (int reduction = 1; reduction <= 8; reduction *= 2) {
        int width = (info->width + reduction - 1) / reduction, height = (info->height + reduction - 1) / reduction;
        require(veil_jpeg_decode(jpeg, reduction, 0, 0, width, height, pixels, (size_t)width * (size_t)info->channels) == VEIL_OK, "decode");
        require(veil_jpeg_decode(jpeg, reduction, width / 2, height / 3, width, height, pixels, (size_t)width * (size_t)info->channels) == VEIL_OK, "decode a part");
    }
}

static void replace(veil_jpeg *jpeg, const veil_jpeg_info *info, uint8_t *pixels, const uint8_t *data, size_t size) {
    int unit_x = 8 * info->largest_horizontal, unit_y = 8 * info->largest_vertical;
    int right = info->width < unit_x * 2 ? info->width : unit_x * 2, bottom = info->height < unit_y * 2 ? info->height : unit_y * 2;
    uint8_t coverage[64 * 64];
    for (size_t i = 0; i < sizeof coverage; i++) {
        coverage[i] = data[i % size];
    }

    memset(pixels, 77, (size_t)right * (size_t)bottom * (size_t)info->channels);
    require(veil_jpeg_replace(jpeg, 0, 0, right, bottom, pixels, (size_t)right * (size_t)info->channels, coverage, (size_t)right) == VEIL_OK, "replace");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    veil_jpeg *jpeg;
    if (size == 0 || veil_jpeg_open(data, size, 1 << 20, 64 << 20, &jpeg) != VEIL_OK) {
        return 0;
    }

    veil_jpeg_info info;
    require(veil_jpeg_describe(jpeg, &info) == VEIL_OK, "describe");
    uint8_t *pixels = malloc((size_t)info.width * (size_t)info.height * (size_t)info.channels);
    decode(jpeg, &info, pixels);
    replace(jpeg, &info, pixels, data, size);
    free(pixels);

    uint8_t *written;
    size_t length;
    require(veil_jpeg_write(jpeg, NULL, 0, size, &written, &length) == VEIL_OK, "write");
    veil_jpeg_close(jpeg);
    require(veil_jpeg_open(written, length, 1 << 20, 64 << 20, &jpeg) == VEIL_OK, "open what was written");
    veil_jpeg_close(jpeg);
    veil_native_free(written);
    return 0;
}
