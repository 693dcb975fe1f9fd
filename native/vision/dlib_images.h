#pragma once

#include <dlib/geometry.h>
#include <dlib/image_processing.h>
#include <dlib/matrix.h>
#include <dlib/opencv/cv_image.h>

#include "status.h"

namespace veil {

/* The picture for dlib; nothing is copied. */
inline dlib::cv_image<dlib::rgb_pixel> dlib_view(const veil_image *image) {
    return dlib::cv_image<dlib::rgb_pixel>(view(image));
}

/* dlib's rectangles hold their last column and row, ours end behind them. */
inline veil_detection to_detection(const dlib::drectangle &box, double score) {
    return {static_cast<float>(box.left()), static_cast<float>(box.top()), static_cast<float>(box.right() + 1),
            static_cast<float>(box.bottom() + 1), static_cast<float>(score)};
}

}
