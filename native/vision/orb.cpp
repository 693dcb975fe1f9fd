#include "status.h"

#include <algorithm>
#include <tuple>

#include <opencv2/features2d.hpp>
#include <opencv2/imgproc.hpp>

int32_t veil_orb_keypoints(const veil_image *image, int32_t most, int32_t *columns, int32_t *rows, int32_t *found) {
    return veil::guarded([=] {
        const cv::Mat picture = veil::view(image);
        veil::require(found != nullptr && (most == 0 || (columns != nullptr && rows != nullptr)), "expected a place for the points");
        veil::require(most >= 0, "expected 0 points or more");
        *found = 0;

        /* ORB keeps 31 pixels clear of every border. */
        constexpr int clear = 31;
        if (most == 0 || picture.cols <= 2 * clear || picture.rows <= 2 * clear) {
            return;
        }

        cv::Mat grey;
        cv::cvtColor(picture, grey, cv::COLOR_RGB2GRAY);
        std::vector<cv::KeyPoint> points;
        cv::ORB::create(most)->detect(grey, points);
        const auto rank = [](const cv::KeyPoint &point) {
            return std::make_tuple(-point.response, point.pt.y, point.pt.x, point.octave);
        };
        std::sort(points.begin(), points.end(), [&](const cv::KeyPoint &a, const cv::KeyPoint &b) { return rank(a) < rank(b); });
        const size_t count = std::min(points.size(), static_cast<size_t>(most));
        for (size_t i = 0; i < count; i++) {
            columns[i] = std::clamp(cvRound(points[i].pt.x), 0, picture.cols - 1);
            rows[i] = std::clamp(cvRound(points[i].pt.y), 0, picture.rows - 1);
        }

        *found = static_cast<int32_t>(count);
    });
}
