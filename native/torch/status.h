#pragma once

#include <new>
#include <stdexcept>
#include <string>
#include <utility>

#include <c10/util/Exception.h>

#include "veil_torch.h"

namespace veil {

/* Thrown inside the library, turned into a status at its edge. */
class failure : public std::runtime_error {
public:
    failure(veil_torch_status status, const std::string &text) : std::runtime_error(text), status_(status) {}
    veil_torch_status status() const noexcept { return status_; }

private:
    veil_torch_status status_;
};

/* Keeps the text for veil_torch_error(). */
int32_t report(veil_torch_status status, const char *text) noexcept;

/* Throws a failure with VEIL_TORCH_ARGUMENT unless the condition holds. */
void require(bool condition, const char *expectation);

/* The one place where exceptions end: every export is a call of this. */
template <typename Body>
int32_t guarded(Body &&body) noexcept {
    try {
        std::forward<Body>(body)();
        return VEIL_TORCH_OK;
    } catch (const failure &error) {
        return report(error.status(), error.what());
    } catch (const std::bad_alloc &) {
        return report(VEIL_TORCH_MEMORY, "no memory");
    } catch (const c10::Error &error) {
        /* libtorch has no type for an allocation that failed, only its words. */
        const std::string text = error.what_without_backtrace();
        const bool memory = text.find("DefaultCPUAllocator") != std::string::npos;
        return report(memory ? VEIL_TORCH_MEMORY : VEIL_TORCH_FAILED, text.c_str());
    } catch (const std::exception &error) {
        return report(VEIL_TORCH_FAILED, error.what());
    } catch (...) {
        return report(VEIL_TORCH_FAILED, "an exception of unknown type");
    }
}

}
