#include "threads.h"

#include <ATen/Parallel.h>

/* OpenBLAS has these, the reference BLAS has not: weak, so that either will do. */
extern "C" __attribute__((weak)) void openblas_set_num_threads(int threads);
extern "C" __attribute__((weak)) int openblas_get_num_threads(void);

namespace veil {

thread_scope::thread_scope(int32_t threads) : blas_before_(0) {
    at::set_num_threads(threads);
    if (openblas_get_num_threads != nullptr && openblas_set_num_threads != nullptr) {
        blas_before_ = openblas_get_num_threads();
        openblas_set_num_threads(threads);
    }
}

thread_scope::~thread_scope() {
    if (blas_before_ > 0) {
        openblas_set_num_threads(blas_before_);
    }
}

}
