#pragma once

#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

namespace veil {

/* A tensor that a state holds. One that is trained requires a gradient and carries Adam's moments. */
struct variable {
    std::string name;
    at::Tensor value;
    at::Tensor first_moment;
    at::Tensor second_moment;

    bool trained() const { return value.requires_grad(); }
};

/* Adds a tensor to those of a network; moments start at zero. */
void add(std::vector<variable> &variables, const std::string &name, const at::Tensor &value, bool trained);

}
