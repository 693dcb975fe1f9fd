#include "status.h"

#include <algorithm>

#include <opencv2/imgproc.hpp>
#include <opencv2/photo.hpp>

namespace {

/*
 * OpenCV looks under the hole where it meets the picture's border. What it finds there must not be what is to go, and
 * black would streak into the result: every pixel of the hole takes the nearest colour outside, or black without any.
 */
cv::Mat blanked(const cv::Mat &picture, const cv::Mat &hole) {
    cv::Mat result = picture.clone();
    cv::Mat distance;
    cv::Mat labels;
    cv::Mat far = hole != 0;
    if (cv::countNonZero(far) == far.rows * far.cols) {
        result.setTo(cv::Scalar::all(0));
        return result;
    }

    cv::distanceTransform(far, distance, labels, cv::DIST_L2, cv::DIST_MASK_5, cv::DIST_LABEL_PIXEL);
    std::vector<cv::Vec3b> colours;
    for (int y = 0; y < far.rows; y++) {
        for (int x = 0; x < far.cols; x++) {
            if (far.at<uint8_t>(y, x) == 0) {
                const auto label = static_cast<size_t>(labels.at<int>(y, x));
                colours.resize(std::max(colours.size(), label + 1));
                colours[label] = picture.at<cv::Vec3b>(y, x);
            }
        }
    }

    for (int y = 0; y < far.rows; y++) {
        for (int x = 0; x < far.cols; x++) {
            if (far.at<uint8_t>(y, x) != 0) {
                result.at<cv::Vec3b>(y, x) = colours.at(static_cast<size_t>(labels.at<int>(y, x)));
            }
        }
    }

    return result;
}

}

int32_t veil_inpaint_telea(
    uint8_t *pixels, size_t stride, int32_t width, int32_t height, const uint8_t *mask, size_t mask_stride, float radius) {
    return veil::guarded([=] {
        const veil_image image{pixels, stride, width, height};
        cv::Mat picture = veil::view(&image);
        veil::require(mask != nullptr && mask_stride >= static_cast<size_t>(width), "expected a mask with a stride of at least a row");
        veil::require(radius >= 1 && radius <= 100, "expected a radius of 1 to 100 pixels");
        const cv::Mat hole(height, width, CV_8UC1, const_cast<uint8_t *>(mask), mask_stride);
        cv::Mat filled;
        cv::inpaint(blanked(picture, hole), hole, filled, radius, cv::INPAINT_TELEA);
        filled.copyTo(picture, hole);
    });
}
