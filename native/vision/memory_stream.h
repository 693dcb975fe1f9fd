#pragma once

#include <istream>
#include <streambuf>

#include <dlib/serialize.h>

#include "status.h"

namespace veil {

/* Bytes of the caller's as a stream, without a copy. */
class memory_buffer : public std::streambuf {
public:
    memory_buffer(const uint8_t *data, size_t size) {
        char *start = const_cast<char *>(reinterpret_cast<const char *>(data));
        setg(start, start, start + size);
    }
};

/* Reads a dlib object; one that is cut short or of another kind is a failure with VEIL_VISION_MODEL. */
template <typename Object>
void deserialize_from(const uint8_t *data, size_t size, Object &object) {
    if (data == nullptr || size == 0) {
        throw failure(VEIL_VISION_MODEL, "it is empty");
    }

    memory_buffer buffer(data, size);
    std::istream stream(&buffer);
    try {
        dlib::deserialize(object, stream);
    } catch (const dlib::serialization_error &error) {
        throw failure(VEIL_VISION_MODEL, error.what());
    }
}

}
