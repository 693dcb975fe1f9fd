#pragma once

#include <cstdint>
#include <vector>

#include "variable.h"

namespace veil {

/* 2048 features → 1024 relu → dropout 0.5 → 1024 relu → 512 relu → classes. Kernels lie as out × in. */
class head {
public:
    static constexpr int64_t features = 2048;

    /* Kernels start Glorot-uniform, biases at zero, as Keras' Dense does. */
    head(int64_t classes, int64_t seed, std::vector<variable> &variables);

    /* Without dropout. */
    at::Tensor logits(const at::Tensor &inputs) const;

    /* With the dropout of a step. */
    at::Tensor training_logits(const at::Tensor &inputs, int64_t seed, int64_t step) const;

private:
    struct dense {
        at::Tensor kernel;
        at::Tensor bias;
    };

    at::Tensor rest(const at::Tensor &first) const;

    std::vector<dense> layers_;
};

}
