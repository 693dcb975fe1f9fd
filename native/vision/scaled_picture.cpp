#include "scaled_picture.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace veil {

scaled_picture::scaled_picture(const veil_image *image, const veil_scaling *scaling) : pixels(view(image)) {
    require(scaling != nullptr && scaling->most_pixels > 0 && scaling->doublings >= 0 && scaling->doublings <= 4, "expected 0 to 4 doublings and a limit of at least one pixel");
    const cv::Mat original = pixels;
    const double count = static_cast<double>(original.cols) * original.rows;
    const double scale = std::min(std::ldexp(1.0, scaling->doublings), std::sqrt(static_cast<double>(scaling->most_pixels) / count));
    if (scale != 1) {
        const cv::Size size(std::max(1, cvRound(original.cols * scale)), std::max(1, cvRound(original.rows * scale)));
        cv::resize(original, pixels, size, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    }

    across = static_cast<double>(original.cols) / pixels.cols;
    down = static_cast<double>(original.rows) / pixels.rows;
}

veil_detection scaled_picture::unscaled(double left, double top, double right, double bottom, double score) const {
    return {static_cast<float>(left * across), static_cast<float>(top * down), static_cast<float>(right * across),
            static_cast<float>(bottom * down), static_cast<float>(score)};
}

}
