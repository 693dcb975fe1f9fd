/*
 * Discrete cosine transforms in integers: the algorithm of Loeffler, Ligtenberg and Moschytz (ICASSP 1989) with the
 * scaling and rounding of the IJG library's "islow" method, so that pixels are the same to the bit. Both passes run over
 * eight columns side by side, which compilers turn into vector code; rows become columns by transposing between them.
 */
#include <string.h>

#include "jpeg.h"

#define FRACTION 13
#define BETWEEN 2
#define CENTRE 128

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define VECTORISED __attribute__((target_clones("avx2", "default")))
#else
#define VECTORISED
#endif

enum {
    C0_298 = 2446, C0_390 = 3196, C0_541 = 4433, C0_765 = 6270, C0_899 = 7373, C1_175 = 9633,
    C1_501 = 12299, C1_847 = 15137, C1_961 = 16069, C2_053 = 16819, C2_562 = 20995, C3_072 = 25172
};

static inline int32_t descale(int32_t value, int bits) {
    return (value + (1 << (bits - 1))) >> bits;
}

static inline uint8_t clamp(int32_t value) {
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static inline __attribute__((always_inline)) void inverse_columns(const int32_t *in, int32_t *out, int bits) {
    for (int i = 0; i < 8; i++) {
        int32_t z1 = (in[16 + i] + in[48 + i]) * C0_541;
        int32_t t2 = z1 - in[48 + i] * C1_847;
        int32_t t3 = z1 + in[16 + i] * C0_765;
        int32_t t0 = (in[i] + in[32 + i]) * (1 << FRACTION);
        int32_t t1 = (in[i] - in[32 + i]) * (1 << FRACTION);
        int32_t e0 = t0 + t3, e3 = t0 - t3, e1 = t1 + t2, e2 = t1 - t2;
        int32_t o0 = in[56 + i], o1 = in[40 + i], o2 = in[24 + i], o3 = in[8 + i];
        int32_t y1 = (o0 + o3) * -C0_899, y2 = (o1 + o2) * -C2_562;
        int32_t y5 = (o0 + o2 + o1 + o3) * C1_175;
        int32_t y3 = (o0 + o2) * -C1_961 + y5, y4 = (o1 + o3) * -C0_390 + y5;
        o0 = o0 * C0_298 + y1 + y3;
        o1 = o1 * C2_053 + y2 + y4;
        o2 = o2 * C3_072 + y2 + y3;
        o3 = o3 * C1_501 + y1 + y4;
        out[i] = descale(e0 + o3, bits);
        out[56 + i] = descale(e0 - o3, bits);
        out[8 + i] = descale(e1 + o2, bits);
        out[48 + i] = descale(e1 - o2, bits);
        out[16 + i] = descale(e2 + o1, bits);
        out[40 + i] = descale(e2 - o1, bits);
        out[24 + i] = descale(e3 + o0, bits);
        out[32 + i] = descale(e3 - o0, bits);
    }
}

static inline __attribute__((always_inline)) void transpose(const int32_t *in, int32_t *out) {
    for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 8; x++) {
            out[x * 8 + y] = in[y * 8 + x];
        }
    }
}

VECTORISED static void inverse_8(const JCOEF *block, const UINT16 *steps, uint8_t *samples, size_t stride) {
    int32_t a[DCTSIZE2], b[DCTSIZE2];
    for (int i = 0; i < DCTSIZE2; i++) {
        a[i] = block[i] * steps[i];
    }

    inverse_columns(a, b, FRACTION - BETWEEN);
    transpose(b, a);
    inverse_columns(a, b, FRACTION + BETWEEN + 3);
    for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 8; x++) {
            samples[(size_t)y * stride + (size_t)x] = clamp(b[x * 8 + y] + CENTRE);
        }
    }
}

/* Half of cosines, in FRACTION bits: basis[i][u] = c(u)/2 * cos((2i + 1) u pi / 8), c(0) = sqrt(1/2), otherwise 1. */
static const int32_t basis_4[4][4] = {{2896, 3784, 2896, 1567}, {2896, 1567, -2896, -3784}, {2896, -1567, -2896, 3784}, {2896, -3784, 2896, -1567}};

/* The lowest 4 × 4 frequencies are a block of half the side; of the rest nothing could be shown. */
VECTORISED static void inverse_4(const JCOEF *block, const UINT16 *steps, uint8_t *samples, size_t stride) {
    int32_t columns[16];
    for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 4; x++) {
            int32_t sum = 0;
            for (int u = 0; u < 4; u++) {
                sum += basis_4[y][u] * (block[u * 8 + x] * steps[u * 8 + x]);
            }

            columns[x * 4 + y] = descale(sum, FRACTION - BETWEEN);
        }
    }

    for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 4; x++) {
            int32_t sum = 0;
            for (int u = 0; u < 4; u++) {
                sum += basis_4[x][u] * columns[u * 4 + y];
            }

            samples[(size_t)y * stride + (size_t)x] = clamp(descale(sum, FRACTION + BETWEEN) + CENTRE);
        }
    }
}

static void inverse_2(const JCOEF *block, const UINT16 *steps, uint8_t *samples, size_t stride) {
    /* Two samples are DC/sqrt(8) plus and minus AC/2 * cos(pi / 4), so that all four weights are alike: 1/8. */
    int32_t dc = block[0] * steps[0], x = block[1] * steps[1], y = block[8] * steps[8], xy = block[9] * steps[9];
    samples[0] = clamp(descale(dc + x + y + xy, 3) + CENTRE);
    samples[1] = clamp(descale(dc - x + y - xy, 3) + CENTRE);
    samples[stride] = clamp(descale(dc + x - y - xy, 3) + CENTRE);
    samples[stride + 1] = clamp(descale(dc - x - y + xy, 3) + CENTRE);
}

void veil_inverse_dct(const JCOEF *block, const UINT16 *steps, int side, uint8_t *samples, size_t stride) {
    switch (side) {
    case 8:
        inverse_8(block, steps, samples, stride);
        break;
    case 4:
        inverse_4(block, steps, samples, stride);
        break;
    case 2:
        inverse_2(block, steps, samples, stride);
        break;
    default:
        samples[0] = clamp(descale(block[0] * steps[0], 3) + CENTRE);
        break;
    }
}

static inline __attribute__((always_inline)) void forward_columns(const int32_t *in, int32_t *out, int shift, int bits) {
    for (int i = 0; i < 8; i++) {
        int32_t t0 = in[i] + in[56 + i], t7 = in[i] - in[56 + i];
        int32_t t1 = in[8 + i] + in[48 + i], t6 = in[8 + i] - in[48 + i];
        int32_t t2 = in[16 + i] + in[40 + i], t5 = in[16 + i] - in[40 + i];
        int32_t t3 = in[24 + i] + in[32 + i], t4 = in[24 + i] - in[32 + i];
        int32_t e0 = t0 + t3, e3 = t0 - t3, e1 = t1 + t2, e2 = t1 - t2;
        out[i] = shift > 0 ? (e0 + e1) * (1 << shift) : descale(e0 + e1, BETWEEN);
        out[32 + i] = shift > 0 ? (e0 - e1) * (1 << shift) : descale(e0 - e1, BETWEEN);
        int32_t z1 = (e2 + e3) * C0_541;
        out[16 + i] = descale(z1 + e3 * C0_765, bits);
        out[48 + i] = descale(z1 - e2 * C1_847, bits);
        int32_t y1 = (t4 + t7) * -C0_899, y2 = (t5 + t6) * -C2_562;
        int32_t y5 = (t4 + t6 + t5 + t7) * C1_175;
        int32_t y3 = (t4 + t6) * -C1_961 + y5, y4 = (t5 + t7) * -C0_390 + y5;
        out[56 + i] = descale(t4 * C0_298 + y1 + y3, bits);
        out[40 + i] = descale(t5 * C2_053 + y2 + y4, bits);
        out[24 + i] = descale(t6 * C3_072 + y2 + y3, bits);
        out[8 + i] = descale(t7 * C1_501 + y1 + y4, bits);
    }
}

VECTORISED static void forward_8(const uint8_t *samples, const UINT16 *steps, JCOEF *block) {
    int32_t a[DCTSIZE2], b[DCTSIZE2];
    for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 8; x++) {
            a[x * 8 + y] = samples[y * 8 + x] - CENTRE;
        }
    }

    forward_columns(a, b, BETWEEN, FRACTION - BETWEEN);
    transpose(b, a);
    forward_columns(a, b, 0, FRACTION + BETWEEN);
    for (int i = 0; i < DCTSIZE2; i++) {
        /*
         * The transform's values are eight times too large. Dividing floats is what vectors can do; it is exact here, since
         * a quotient of integers below 2^20 that is no integer never rounds up to one in 24 bits.
         */
        int32_t step = steps[i] * 8, magnitude = b[i] < 0 ? -b[i] : b[i];
        int32_t value = (int32_t)((float)(magnitude + step / 2) / (float)step);
        value = value > 1023 ? 1023 : value;
        block[i] = (JCOEF)(b[i] < 0 ? -value : value);
    }
}

void veil_forward_dct(const uint8_t samples[DCTSIZE2], const UINT16 *steps, JCOEF *block) {
    forward_8(samples, steps, block);
}
