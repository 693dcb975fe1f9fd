#include "status.h"

#include <cstdio>

#include <torch/csrc/api/include/torch/version.h>

namespace {

thread_local char text[1024];

}

namespace veil {

int32_t report(veil_torch_status status, const char *message) noexcept {
    std::snprintf(text, sizeof text, "%s", message);
    return status;
}

void require(bool condition, const char *expectation) {
    if (!condition) {
        throw failure(VEIL_TORCH_ARGUMENT, expectation);
    }
}

}

int32_t veil_torch_abi(void) {
    return VEIL_TORCH_ABI;
}

const char *veil_torch_versions(void) {
    return "libtorch " TORCH_VERSION;
}

const char *veil_torch_error(void) {
    return text;
}
