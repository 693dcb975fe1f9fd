#pragma once

#include <dlib/geometry.h>
#include <dlib/image_processing.h>
#include <dlib/matrix.h>
#include <dlib/opencv/cv_image.h>

#include "scaled_picture.h"

namespace veil {

using dlib_view = dlib::cv_image<dlib::rgb_pixel>;

/* dlib's rectangles hold their last column and row, ours end behind them. */
inline veil_detection unscaled(const scaled_picture &picture, const dlib::rectangle &rectangle, double score) {
    const dlib::drectangle box(rectangle);
    return picture.unscaled(box.left(), box.top(), box.right() + 1, box.bottom() + 1, score);
}

}
