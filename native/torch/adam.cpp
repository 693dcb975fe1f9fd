#include "adam.h"

#include <cmath>

#include <ATen/ops/zeros_like.h>

namespace veil {

void add(std::vector<variable> &variables, const std::string &name, const at::Tensor &value, bool trained) {
    variable added{name, value, {}, {}};
    if (trained) {
        added.first_moment = at::zeros_like(value);
        added.second_moment = at::zeros_like(value);
        value.requires_grad_(true);
    }

    variables.push_back(added);
}

void adam_step(std::vector<variable> &variables, double learning_rate, int64_t step) {
    /* From doubles: 1 - 0.999f is off by a part in 60,000. */
    constexpr double beta1 = 0.9;
    constexpr double beta2 = 0.999;
    constexpr float share1 = static_cast<float>(1 - beta1);
    constexpr float share2 = static_cast<float>(1 - beta2);
    constexpr float epsilon = 1e-7f;
    const double t = static_cast<double>(step);
    const float rate = static_cast<float>(learning_rate * std::sqrt(1 - std::pow(beta2, t)) / (1 - std::pow(beta1, t)));
    for (variable &each : variables) {
        if (!each.trained() || !each.value.grad().defined()) {
            continue;
        }

        const at::Tensor gradient = each.value.grad().contiguous();
        const float *g = gradient.data_ptr<float>();
        float *value = each.value.data_ptr<float>();
        float *m = each.first_moment.data_ptr<float>();
        float *v = each.second_moment.data_ptr<float>();
        const int64_t count = each.value.numel();
#pragma omp parallel for simd schedule(static) if (count > 1 << 16)
        for (int64_t i = 0; i < count; i++) {
            m[i] += (g[i] - m[i]) * share1;
            v[i] += (g[i] * g[i] - v[i]) * share2;
            value[i] -= rate * m[i] / (std::sqrt(v[i]) + epsilon);
        }

        each.value.mutable_grad().reset();
    }
}

}
