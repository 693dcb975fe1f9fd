#pragma once

#include <cstdint>
#include <vector>

#include "veil_torch.h"

#include "variable.h"

namespace veil {

/*
 * A saved state, numbers as the machine has them (little-endian wherever Veil runs):
 *
 *   8 bytes     "VEILTRN1"
 *   4 × int32   network, classes, side, trained stages
 *   double      learning rate
 *   int64       seed
 *   int64       steps taken, which is all that random numbers and Adam's corrections depend on
 *   int32       tensors, then for each:
 *     int32     bytes of its name; the name
 *     int32     1 with Adam's moments, 0 without
 *     int32     rank; rank × int64 dimensions
 *     floats    its values; with moments, those of the first and of the second as well
 *
 * Everything but steps and floats follows from the settings: what differs there is of another classifier.
 */
uint64_t state_size(const std::vector<variable> &variables);

void write_state(const veil_torch_settings &settings, int64_t step, const std::vector<variable> &variables, uint8_t *state, uint64_t size);

/* Fails with VEIL_TORCH_STATE, and then has changed nothing. */
void read_state(const veil_torch_settings &settings, int64_t &step, std::vector<variable> &variables, const uint8_t *state, uint64_t size);

}
