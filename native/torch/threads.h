#pragma once

#include <cstdint>

namespace veil {

/*
 * Sets how many threads libtorch uses for calls from this thread, and no others. OpenBLAS, which has one number for the
 * whole process, stays at one, as libveil_vision has it, too: at batches of 32 a second thread makes products no faster.
 */
void use_threads(int32_t threads);

}
