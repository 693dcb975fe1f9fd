#pragma once

#include <cstdint>

#include <ATen/core/PhiloxRNGEngine.h>

namespace veil {

/*
 * Random numbers that depend on a seed and on where they are used, on no state that others could move: Philox 4x32-10
 * (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011). Kernels take the streams from 0, step t's dropout
 * the stream 2^32 + t.
 */
inline at::philox_engine stream_of_kernel(int64_t seed, uint32_t layer) {
    return at::philox_engine(static_cast<uint64_t>(seed), layer);
}

inline at::philox_engine stream_of_dropout(int64_t seed, int64_t step) {
    return at::philox_engine(static_cast<uint64_t>(seed), (uint64_t{1} << 32) + static_cast<uint64_t>(step));
}

/* Evenly in [0, 1), in steps that a float holds exactly. */
inline float unit_float(at::philox_engine &engine) {
    return static_cast<float>(engine() >> 8) * 0x1p-24f;
}

}
