#include "status.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <opencv2/core/utility.hpp>
#include <dlib/revision.h>

/* OpenBLAS has this, the reference BLAS has not: weak, so that either will do. */
extern "C" __attribute__((weak)) void openblas_set_num_threads(int threads);

namespace {

thread_local char text[1024];

}

namespace veil {

int32_t report(veil_vision_status status, const char *message) noexcept {
    std::snprintf(text, sizeof text, "%s", message);
    return status;
}

void stay_on_this_thread() {
    static const bool done = [] {
        cv::setNumThreads(1);
        if (openblas_set_num_threads != nullptr) {
            openblas_set_num_threads(1);
        }
        return true;
    }();
    (void)done;
}

void require(bool condition, const char *expectation) {
    if (!condition) {
        throw failure(VEIL_VISION_ARGUMENT, expectation);
    }
}

cv::Mat view(const veil_image *image) {
    require(image != nullptr && image->pixels != nullptr, "expected a picture");
    require(image->width > 0 && image->height > 0, "expected a picture of at least one pixel");
    require(image->stride >= static_cast<size_t>(image->width) * 3, "expected a stride of at least a row");
    return cv::Mat(image->height, image->width, CV_8UC3, const_cast<uint8_t *>(image->pixels), image->stride);
}

void give(const std::vector<veil_detection> &found, veil_detection **detections, int32_t *count) {
    require(detections != nullptr && count != nullptr, "expected a place for the detections");
    *detections = nullptr;
    *count = 0;
    if (found.empty()) {
        return;
    }

    const size_t bytes = found.size() * sizeof found[0];
    auto *copy = static_cast<veil_detection *>(std::malloc(bytes));
    if (copy == nullptr) {
        throw std::bad_alloc();
    }

    std::memcpy(copy, found.data(), bytes);
    *detections = copy;
    *count = static_cast<int32_t>(found.size());
}

}

int32_t veil_vision_abi(void) {
    return VEIL_VISION_ABI;
}

const char *veil_vision_versions(void) {
    /* dlib states its version in its headers only; a mismatch with its library would not have linked. */
    static const std::string versions = "OpenCV " + cv::getVersionString() + ", dlib " + std::to_string(DLIB_MAJOR_VERSION) + "."
        + std::to_string(DLIB_MINOR_VERSION) + "." + std::to_string(DLIB_PATCH_VERSION);
    return versions.c_str();
}

const char *veil_vision_error(void) {
    return text;
}

void veil_vision_free(void *memory) {
    std::free(memory);
}
