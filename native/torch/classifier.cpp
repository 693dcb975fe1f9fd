#include <algorithm>
#include <cmath>
#include <memory>

#include <ATen/core/grad_mode.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/eq.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/sum.h>

#include "adam.h"
#include "head.h"
#include "resnet50.h"
#include "state.h"
#include "status.h"
#include "threads.h"
#include "variable.h"

struct veil_classifier {
    veil_torch_settings settings;
    std::vector<veil::variable> variables; /* The backbone's, then the head's. */
    std::unique_ptr<veil::resnet50> backbone;
    std::unique_ptr<veil::head> head;
    int64_t step = 0;

    int64_t input_length() const {
        return backbone == nullptr ? veil::head::features : int64_t{3} * settings.side * settings.side;
    }

    at::Tensor features(const at::Tensor &inputs, veil::resnet50::mode how) const {
        return backbone == nullptr ? inputs : backbone->features(inputs, how);
    }

    /* A view of inputs as the network takes them. */
    at::Tensor view(const float *inputs, int64_t count) const {
        float *const start = const_cast<float *>(inputs);
        return backbone == nullptr ? at::from_blob(start, {count, veil::head::features})
                                   : at::from_blob(start, {count, 3, settings.side, settings.side});
    }
};

namespace {

/* Pictures that are predicted at a time: more take memory, not less time. */
constexpr int64_t predicted_at_once = 32;

void check(const veil_torch_settings *settings) {
    veil::require(settings != nullptr, "expected settings");
    veil::require(settings->network == VEIL_TORCH_HEAD || settings->network == VEIL_TORCH_RESNET50, "expected a network that is known");
    veil::require(settings->classes >= 2 && settings->classes <= 65536, "expected 2 to 65536 classes");
    veil::require(std::isfinite(settings->learning_rate) && settings->learning_rate > 0, "expected a learning rate above 0");
    veil::require(settings->threads >= 1 && settings->threads <= 1024, "expected 1 to 1024 threads");
    if (settings->network == VEIL_TORCH_RESNET50) {
        veil::require(settings->side >= 32 && settings->side <= 224 && settings->side % 32 == 0, "expected a side that is a multiple of 32, from 32 to 224");
        veil::require(settings->trained_stages >= 0 && settings->trained_stages <= 5, "expected 0 to 5 trained stages");
    }
}

void check_inputs(const veil_classifier *classifier, const float *inputs, int64_t length, int32_t count) {
    veil::require(classifier != nullptr, "expected a classifier");
    veil::require(inputs != nullptr && count > 0, "expected inputs");
    veil::require(length == count * classifier->input_length(), "expected whole inputs");
}

/* Calls the body with inputs few enough for memory, and with how many came before them. */
template <typename Body>
void by_part(const veil_classifier &classifier, const float *inputs, int64_t count, Body &&body) {
    veil::use_threads(classifier.settings.threads);
    const at::NoGradGuard without_gradients;
    for (int64_t start = 0; start < count; start += predicted_at_once) {
        const int64_t here = std::min(predicted_at_once, count - start);
        body(classifier.features(classifier.view(inputs + start * classifier.input_length(), here), veil::resnet50::mode::prediction), start);
    }
}

void copy(const at::Tensor &values, float *to) {
    const at::Tensor whole = values.contiguous();
    std::copy_n(whole.data_ptr<float>(), whole.numel(), to);
}

}

int32_t veil_classifier_open(const veil_torch_settings *settings, const veil_torch_tensor *weights, int32_t count, veil_classifier **opened) {
    return veil::guarded([=] {
        veil::require(opened != nullptr, "expected a place for the classifier");
        *opened = nullptr;
        check(settings);
        auto made = std::make_unique<veil_classifier>();
        made->settings = *settings;
        veil::use_threads(settings->threads);
        if (settings->network == VEIL_TORCH_RESNET50) {
            made->backbone = std::make_unique<veil::resnet50>(weights, count, settings->trained_stages, made->variables);
        }

        made->head = std::make_unique<veil::head>(settings->classes, settings->seed, made->variables);
        *opened = made.release();
    });
}

void veil_classifier_close(veil_classifier *classifier) {
    delete classifier;
}

int32_t veil_classifier_train(
    veil_classifier *classifier, const float *inputs, int64_t length, const int32_t *labels, int32_t count, double *loss, int32_t *correct) {
    return veil::guarded([=] {
        check_inputs(classifier, inputs, length, count);
        veil::require(labels != nullptr && loss != nullptr && correct != nullptr, "expected labels, and places for loss and correct");
        veil::require(
            std::all_of(labels, labels + count, [=](int32_t label) { return label >= 0 && label < classifier->settings.classes; }),
            "expected labels from 0 to below the number of classes");
        at::Tensor truth = at::empty({count}, at::kLong);
        std::copy_n(labels, count, truth.data_ptr<int64_t>());

        veil::use_threads(classifier->settings.threads);
        const at::AutoGradMode with_gradients(true);
        const at::Tensor features = classifier->features(classifier->view(inputs, count), veil::resnet50::mode::training);
        const at::Tensor logits = classifier->head->training_logits(features, classifier->settings.seed, classifier->step);
        const at::Tensor mean = at::cross_entropy_loss(logits, truth);
        const double value = mean.item<float>();
        if (!std::isfinite(value)) {
            throw veil::failure(VEIL_TORCH_DIVERGED, "the loss is no longer a number");
        }

        const int64_t right = logits.argmax(1).eq(truth).sum().item<int64_t>();
        mean.backward();
        classifier->step++;
        {
            const at::NoGradGuard without_gradients;
            veil::adam_step(classifier->variables, classifier->settings.learning_rate, classifier->step);
        }

        *loss = value;
        *correct = static_cast<int32_t>(right);
    });
}

int32_t veil_classifier_predict(
    veil_classifier *classifier, const float *inputs, int64_t length, int32_t count, float *probabilities, int64_t capacity) {
    return veil::guarded([=] {
        check_inputs(classifier, inputs, length, count);
        const int64_t classes = classifier->settings.classes;
        veil::require(probabilities != nullptr && capacity == count * classes, "expected room for all probabilities");
        by_part(*classifier, inputs, count, [=](const at::Tensor &features, int64_t start) {
            copy(at::softmax(classifier->head->logits(features), 1), probabilities + start * classes);
        });
    });
}

int32_t veil_classifier_features(
    veil_classifier *classifier, const float *inputs, int64_t length, int32_t count, float *features, int64_t capacity) {
    return veil::guarded([=] {
        check_inputs(classifier, inputs, length, count);
        veil::require(features != nullptr && capacity == count * veil::head::features, "expected room for all features");
        by_part(*classifier, inputs, count, [=](const at::Tensor &found, int64_t start) { copy(found, features + start * veil::head::features); });
    });
}

int32_t veil_classifier_state_size(const veil_classifier *classifier, uint64_t *size) {
    return veil::guarded([=] {
        veil::require(classifier != nullptr && size != nullptr, "expected a classifier, and a place for the size");
        *size = veil::state_size(classifier->variables);
    });
}

int32_t veil_classifier_save(const veil_classifier *classifier, uint8_t *state, uint64_t size) {
    return veil::guarded([=] {
        veil::require(classifier != nullptr, "expected a classifier");
        veil::write_state(classifier->settings, classifier->step, classifier->variables, state, size);
    });
}

int32_t veil_classifier_load(veil_classifier *classifier, const uint8_t *state, uint64_t size) {
    return veil::guarded([=] {
        veil::require(classifier != nullptr, "expected a classifier");
        veil::read_state(classifier->settings, classifier->step, classifier->variables, state, size);
    });
}
