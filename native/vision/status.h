#pragma once

#include <exception>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <opencv2/core.hpp>

#include "veil_vision.h"

namespace veil {

/* Thrown inside the library, turned into a status at its edge. */
class failure : public std::runtime_error {
public:
    failure(veil_vision_status status, const std::string &text) : std::runtime_error(text), status_(status) {}
    veil_vision_status status() const noexcept { return status_; }

private:
    veil_vision_status status_;
};

/* Keeps the text for veil_vision_error(). */
int32_t report(veil_vision_status status, const char *text) noexcept;

/* Takes one thread for OpenCV and BLAS, once, before either is used. */
void stay_on_this_thread();

/* The one place where exceptions end: every export is a call of this. */
template <typename Body>
int32_t guarded(Body &&body) noexcept {
    try {
        stay_on_this_thread();
        std::forward<Body>(body)();
        return VEIL_VISION_OK;
    } catch (const failure &error) {
        return report(error.status(), error.what());
    } catch (const std::bad_alloc &) {
        return report(VEIL_VISION_MEMORY, "no memory");
    } catch (const cv::Exception &error) {
        return report(error.code == cv::Error::StsNoMem ? VEIL_VISION_MEMORY : VEIL_VISION_FAILED, error.what());
    } catch (const std::exception &error) {
        return report(VEIL_VISION_FAILED, error.what());
    } catch (...) {
        return report(VEIL_VISION_FAILED, "an exception of unknown type");
    }
}

/* Throws a failure with VEIL_VISION_ARGUMENT unless the condition holds. */
void require(bool condition, const char *expectation);

/* The pixels as OpenCV sees them; nothing is copied, and nothing may be written to them. */
cv::Mat view(const veil_image *image);

/* Hands an array over to the caller, who frees it with veil_vision_free(). */
void give(const std::vector<veil_detection> &found, veil_detection **detections, int32_t *count);

}
