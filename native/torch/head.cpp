#include "head.h"

#include <cmath>

#include <ATen/ops/empty.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/zeros.h>

#include "random.h"

namespace {

/* Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010. */
at::Tensor glorot_uniform(int64_t out, int64_t in, at::philox_engine stream) {
    at::Tensor kernel = at::empty({out, in});
    const float limit = static_cast<float>(std::sqrt(6.0 / static_cast<double>(in + out)));
    float *values = kernel.data_ptr<float>();
    for (int64_t i = 0; i < kernel.numel(); i++) {
        values[i] = (2 * veil::unit_float(stream) - 1) * limit;
    }

    return kernel;
}

/* 0 or 2, each for one half of all. */
at::Tensor dropout_mask(at::IntArrayRef sizes, at::philox_engine stream) {
    at::Tensor mask = at::empty(sizes);
    float *values = mask.data_ptr<float>();
    for (int64_t i = 0; i < mask.numel(); i++) {
        values[i] = (stream() & 1) != 0 ? 2.0f : 0.0f;
    }

    return mask;
}

}

namespace veil {

head::head(int64_t classes, int64_t seed, std::vector<variable> &variables) {
    const int64_t widths[] = {features, 1024, 1024, 512, classes};
    for (uint32_t layer = 0; layer < 4; layer++) {
        const std::string name = "dense" + std::to_string(layer + 1);
        const dense made{
            glorot_uniform(widths[layer + 1], widths[layer], stream_of_kernel(seed, layer)), at::zeros({widths[layer + 1]})};
        add(variables, name + "/kernel", made.kernel, true);
        add(variables, name + "/bias", made.bias, true);
        layers_.push_back(made);
    }
}

at::Tensor head::logits(const at::Tensor &inputs) const {
    return rest(at::relu(at::linear(inputs, layers_[0].kernel, layers_[0].bias)));
}

at::Tensor head::training_logits(const at::Tensor &inputs, int64_t seed, int64_t step) const {
    const at::Tensor first = at::relu(at::linear(inputs, layers_[0].kernel, layers_[0].bias));
    return rest(first.mul(dropout_mask(first.sizes(), stream_of_dropout(seed, step))));
}

at::Tensor head::rest(const at::Tensor &first) const {
    at::Tensor x = at::relu(at::linear(first, layers_[1].kernel, layers_[1].bias));
    x = at::relu(at::linear(x, layers_[2].kernel, layers_[2].bias));
    return at::linear(x, layers_[3].kernel, layers_[3].bias);
}

}
