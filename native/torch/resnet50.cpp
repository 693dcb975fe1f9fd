#include "resnet50.h"

#include <ATen/ops/batch_norm.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/max_pool2d.h>
#include <ATen/ops/mean.h>
#include <ATen/ops/relu.h>

#include "status.h"

namespace veil {

/* Takes a network's weights from those given. */
class resnet50::reader {
public:
    reader(const veil_torch_tensor *weights, int32_t count, std::vector<variable> &variables) : variables_(variables) {
        require(count >= 0 && (count == 0 || weights != nullptr), "expected weights");
        for (int32_t i = 0; i < count; i++) {
            require(weights[i].name != nullptr && weights[i].values != nullptr && weights[i].dimensions != nullptr && weights[i].rank >= 0,
                "expected a name, dimensions and values of every weight");
            by_name_[weights[i].name] = &weights[i];
        }
    }

    /* A convolution and its normalization: res2a_branch2a and bn2a_branch2a. */
    unit read(const std::string &convolution, const std::string &normalization, int64_t side, int64_t in, int64_t out, int64_t stride, bool trained) {
        unit made;
        made.stride = stride;
        made.padding = side / 2;
        made.trained = trained;
        made.kernel = take(convolution + "/kernel", {side, side, in, out}).permute({3, 2, 0, 1}).contiguous();
        made.bias = take(convolution + "/bias", {out}).clone();
        made.gamma = take(normalization + "/gamma", {out}).clone();
        made.beta = take(normalization + "/beta", {out}).clone();
        made.mean = take(normalization + "/moving_mean", {out}).clone();
        made.variance = take(normalization + "/moving_variance", {out}).clone();
        add(variables_, convolution + "/kernel", made.kernel, trained);
        add(variables_, convolution + "/bias", made.bias, trained);
        add(variables_, normalization + "/gamma", made.gamma, trained);
        add(variables_, normalization + "/beta", made.beta, trained);
        add(variables_, normalization + "/moving_mean", made.mean, false);
        add(variables_, normalization + "/moving_variance", made.variance, false);
        return made;
    }

private:
    at::Tensor take(const std::string &name, const std::vector<int64_t> &dimensions) const {
        const auto found = by_name_.find(name);
        if (found == by_name_.end()) {
            throw failure(VEIL_TORCH_MODEL, "expected a weight " + name);
        }

        const veil_torch_tensor &given = *found->second;
        if (std::vector<int64_t>(given.dimensions, given.dimensions + given.rank) != dimensions) {
            throw failure(VEIL_TORCH_MODEL, "expected other dimensions of the weight " + name);
        }

        return at::from_blob(const_cast<float *>(given.values), dimensions);
    }

    std::map<std::string, const veil_torch_tensor *> by_name_;
    std::vector<variable> &variables_;
};

resnet50::resnet50(const veil_torch_tensor *weights, int32_t count, int32_t trained_stages, std::vector<variable> &variables) {
    reader from(weights, count, variables);
    const auto trains = [=](int stage) { return stage > 5 - trained_stages; };
    stem_.push_back(from.read("conv1", "bn_conv1", 7, 3, 64, 2, trains(1)));
    const int blocks[] = {3, 4, 6, 3};
    int64_t in = 64;
    for (int stage = 2; stage <= 5; stage++) {
        const int64_t width = int64_t{64} << (stage - 2);
        for (int i = 0; i < blocks[stage - 2]; i++) {
            const std::string name = std::to_string(stage) + static_cast<char>('a' + i) + "_branch";
            const int64_t stride = i == 0 && stage > 2 ? 2 : 1;
            const auto read = [&](const char *branch, int64_t side, int64_t from_width, int64_t to_width, int64_t by) {
                return from.read("res" + name + branch, "bn" + name + branch, side, from_width, to_width, by, trains(stage));
            };
            block made{read("2a", 1, in, width, stride), read("2b", 3, width, width, 1), read("2c", 1, width, width * 4, 1), {}};
            if (i == 0) {
                made.shortcut.push_back(read("1", 1, in, width * 4, stride));
            }

            blocks_.push_back(std::move(made));
            in = width * 4;
        }
    }
}

at::Tensor resnet50::apply(const unit &layer, const at::Tensor &input, mode how) {
    constexpr double momentum = 0.01; /* Of the new value, as torch counts it. */
    constexpr double epsilon = 0.001;
    const at::Tensor x = at::conv2d(input, layer.kernel, layer.bias, layer.stride, layer.padding);
    const bool by_batch = layer.trained && how == mode::training;
    /* One value of each channel has no variance to learn from: libtorch would divide by zero for the running one. */
    const bool averages = !by_batch || x.size(0) * x.size(2) * x.size(3) > 1;
    return at::batch_norm(
        x, layer.gamma, layer.beta, averages ? layer.mean : at::Tensor(), averages ? layer.variance : at::Tensor(), by_batch, momentum, epsilon, false);
}

at::Tensor resnet50::features(const at::Tensor &pictures, mode how) const {
    at::Tensor x = at::relu(apply(stem_[0], pictures, how));
    /* Keras pads with zeros, libtorch with nothing at all: after relu they are the same. */
    x = at::max_pool2d(x, 3, 2, 1);
    for (const block &each : blocks_) {
        const at::Tensor past = each.shortcut.empty() ? x : apply(each.shortcut[0], x, how);
        at::Tensor y = at::relu(apply(each.reduce, x, how));
        y = at::relu(apply(each.spread, y, how));
        x = at::relu(apply(each.widen, y, how).add(past));
    }

    return x.mean({2, 3});
}

}
