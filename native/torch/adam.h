#pragma once

#include <cstdint>
#include <vector>

#include "variable.h"

namespace veil {

/*
 * A step of Adam as Keras takes it, β1 0.9, β2 0.999, ε 1e-7. Keras puts ε beside √v before the bias of v is corrected
 * ("epsilon hat" of Kingma and Ba, 2015, section 2), torch after; else they are the same. Takes the gradients away.
 * `step` counts from 1.
 */
void adam_step(std::vector<variable> &variables, double learning_rate, int64_t step);

}
