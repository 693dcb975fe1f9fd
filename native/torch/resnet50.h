#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "veil_torch.h"

#include "variable.h"

namespace veil {

/*
 * ResNet-50 (He et al., "Deep residual learning for image recognition", 2015) as Keras' model of its first release has it:
 * a block's stride lies in its first 1×1 convolution, convolutions have biases, and batch normalization has ε 0.001 and
 * momentum 0.99. Kernels lie as out × in × rows × columns.
 */
class resnet50 {
public:
    /* Fails with VEIL_TORCH_MODEL where a weight is missing or of another shape. */
    resnet50(const veil_torch_tensor *weights, int32_t count, int32_t trained_stages, std::vector<variable> &variables);

    /* Pictures × 3 × side × side to pictures × 2048, averaged over all places. `training` normalizes trained stages by their batch. */
    enum class mode { prediction, training };
    at::Tensor features(const at::Tensor &pictures, mode how) const;

private:
    struct unit {
        at::Tensor kernel, bias, gamma, beta, mean, variance;
        int64_t stride, padding;
        bool trained;
    };

    struct block {
        unit reduce, spread, widen;
        std::vector<unit> shortcut; /* One where the shortcut is a convolution, else none. */
    };

    class reader;

    static at::Tensor apply(const unit &layer, const at::Tensor &input, mode how);

    std::vector<unit> stem_;
    std::vector<block> blocks_;
};

}
