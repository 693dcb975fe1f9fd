#include "threads.h"

#include <ATen/Parallel.h>
#include <omp.h>

/* OpenBLAS has this, the reference BLAS has not: weak, so that either will do. */
extern "C" __attribute__((weak)) void openblas_set_num_threads(int threads);

namespace veil {

void use_threads(int32_t threads) {
    static const bool done = [] {
        if (openblas_set_num_threads != nullptr) {
            openblas_set_num_threads(1);
        }
        return true;
    }();
    (void)done;
    /*
     * at::set_num_threads would set every thread's. OpenMP keeps a number for each thread, which libtorch sets to its
     * default when it is first asked in that thread: that is done here, before.
     */
    at::get_num_threads();
    omp_set_num_threads(threads);
}

}
