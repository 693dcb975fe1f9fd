#pragma once

#include <cstdint>

namespace veil {

/*
 * How many threads libtorch and the BLAS under it use, for as long as this lives. OpenBLAS has one number for the whole
 * process, which others set, too (libveil_vision to 1): it is set for every call, and put back.
 */
class thread_scope {
public:
    explicit thread_scope(int32_t threads);
    ~thread_scope();
    thread_scope(const thread_scope &) = delete;
    thread_scope &operator=(const thread_scope &) = delete;

private:
    int blas_before_;
};

}
