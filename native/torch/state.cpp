#include "state.h"

#include <cstring>

#include "status.h"

namespace {

constexpr char magic[8] = {'V', 'E', 'I', 'L', 'T', 'R', 'N', '1'};

class writer {
public:
    writer(uint8_t *at, uint64_t room) : at_(at), room_(room) {}

    void bytes(const void *from, uint64_t count) {
        veil::require(count <= room_, "expected room for the whole state");
        std::memcpy(at_, from, count);
        at_ += count;
        room_ -= count;
    }

    template <typename Number>
    void number(Number value) {
        bytes(&value, sizeof value);
    }

    void floats(const at::Tensor &tensor) { bytes(tensor.data_ptr<float>(), static_cast<uint64_t>(tensor.numel()) * sizeof(float)); }

private:
    uint8_t *at_;
    uint64_t room_;
};

class checker {
public:
    checker(const uint8_t *at, uint64_t left) : at_(at), left_(left) {}

    const uint8_t *bytes(uint64_t count) {
        if (count > left_) {
            throw veil::failure(VEIL_TORCH_STATE, "expected a whole state, but it ends early");
        }

        const uint8_t *here = at_;
        at_ += count;
        left_ -= count;
        return here;
    }

    void same(const void *expected, uint64_t count, const std::string &what) {
        if (std::memcmp(bytes(count), expected, count) != 0) {
            throw veil::failure(VEIL_TORCH_STATE, "expected a state of this classifier, but " + what + " differs");
        }
    }

    template <typename Number>
    void number(Number expected, const std::string &what) {
        same(&expected, sizeof expected, what);
    }

    /* Floats that take the place of a tensor's. */
    const uint8_t *floats(const at::Tensor &tensor) { return bytes(static_cast<uint64_t>(tensor.numel()) * sizeof(float)); }

    uint64_t left() const { return left_; }

private:
    const uint8_t *at_;
    uint64_t left_;
};

}

namespace veil {

uint64_t state_size(const std::vector<variable> &variables) {
    uint64_t size = sizeof magic + 4 * sizeof(int32_t) + sizeof(double) + 2 * sizeof(int64_t) + sizeof(int32_t);
    for (const variable &each : variables) {
        size += 3 * sizeof(int32_t) + each.name.size() + static_cast<uint64_t>(each.value.dim()) * sizeof(int64_t);
        size += static_cast<uint64_t>(each.value.numel()) * sizeof(float) * (each.trained() ? 3 : 1);
    }

    return size;
}

void write_state(const veil_torch_settings &settings, int64_t step, const std::vector<variable> &variables, uint8_t *state, uint64_t size) {
    require(state != nullptr && size == state_size(variables), "expected room for the whole state");
    writer out(state, size);
    out.bytes(magic, sizeof magic);
    out.number(settings.network);
    out.number(settings.classes);
    out.number(settings.side);
    out.number(settings.trained_stages);
    out.number(settings.learning_rate);
    out.number(settings.seed);
    out.number(step);
    out.number(static_cast<int32_t>(variables.size()));
    for (const variable &each : variables) {
        out.number(static_cast<int32_t>(each.name.size()));
        out.bytes(each.name.data(), each.name.size());
        out.number(static_cast<int32_t>(each.trained()));
        out.number(static_cast<int32_t>(each.value.dim()));
        for (const int64_t dimension : each.value.sizes()) {
            out.number(dimension);
        }

        out.floats(each.value);
        if (each.trained()) {
            out.floats(each.first_moment);
            out.floats(each.second_moment);
        }
    }
}

void read_state(const veil_torch_settings &settings, int64_t &step, std::vector<variable> &variables, const uint8_t *state, uint64_t size) {
    require(state != nullptr || size == 0, "expected a state");
    checker in(state, size);
    in.same(magic, sizeof magic, "its mark");
    in.number(settings.network, "its network");
    in.number(settings.classes, "the number of classes");
    in.number(settings.side, "the side");
    in.number(settings.trained_stages, "the number of trained stages");
    in.number(settings.learning_rate, "the learning rate");
    in.number(settings.seed, "the seed");
    int64_t steps;
    std::memcpy(&steps, in.bytes(sizeof steps), sizeof steps);
    if (steps < 0) {
        throw failure(VEIL_TORCH_STATE, "expected a number of steps");
    }

    in.number(static_cast<int32_t>(variables.size()), "the number of tensors");
    /* Nothing is taken over before all of it has been looked at. */
    std::vector<std::pair<at::Tensor, const uint8_t *>> found;
    for (const variable &each : variables) {
        in.number(static_cast<int32_t>(each.name.size()), each.name);
        in.same(each.name.data(), each.name.size(), each.name);
        in.number(static_cast<int32_t>(each.trained()), each.name);
        in.number(static_cast<int32_t>(each.value.dim()), each.name);
        for (const int64_t dimension : each.value.sizes()) {
            in.number(dimension, each.name);
        }

        found.emplace_back(each.value, in.floats(each.value));
        if (each.trained()) {
            found.emplace_back(each.first_moment, in.floats(each.first_moment));
            found.emplace_back(each.second_moment, in.floats(each.second_moment));
        }
    }

    if (in.left() != 0) {
        throw failure(VEIL_TORCH_STATE, "expected the end of the state, but more follows");
    }

    for (const auto &each : found) {
        std::memcpy(each.first.data_ptr<float>(), each.second, static_cast<size_t>(each.first.numel()) * sizeof(float));
    }

    step = steps;
}

}
