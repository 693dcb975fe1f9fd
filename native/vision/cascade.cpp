#include "scaled_picture.h"

#include <algorithm>

#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

struct veil_cascade {
    cv::CascadeClassifier classifier;
};

int32_t veil_cascade_open(const char *path, veil_cascade **opened) {
    return veil::guarded([=] {
        veil::require(path != nullptr && opened != nullptr, "expected a path and a place for the cascade");
        *opened = nullptr;
        auto cascade = std::make_unique<veil_cascade>();
        bool loaded = false;
        try {
            loaded = cascade->classifier.load(path);
        } catch (const cv::Exception &error) {
            throw veil::failure(VEIL_VISION_MODEL, error.what());
        }

        if (!loaded || cascade->classifier.empty()) {
            throw veil::failure(VEIL_VISION_MODEL, std::string("not a cascade that OpenCV reads: ") + path);
        }

        *opened = cascade.release();
    });
}

void veil_cascade_close(veil_cascade *cascade) {
    delete cascade;
}

int32_t veil_cascade_detect(
    veil_cascade *cascade, const veil_image *image, const veil_scaling *scaling, const veil_cascade_settings *settings,
    veil_detection **detections, int32_t *count) {
    return veil::guarded([=] {
        const veil::scaled_picture picture(image, scaling);
        veil::require(cascade != nullptr && settings != nullptr, "expected a cascade and its settings");
        veil::require(settings->scale_factor > 1 && settings->neighbors >= 0 && settings->smallest >= 0, "expected a scale factor above 1 and settings that are not negative");
        cv::Mat grey;
        cv::cvtColor(picture.pixels, grey, cv::COLOR_RGB2GRAY);
        if (settings->mirrored != 0) {
            cv::flip(grey, grey, 1);
        }

        const int smallest = cvFloor(settings->smallest / std::max(picture.across, picture.down));
        std::vector<cv::Rect> boxes;
        std::vector<int> levels;
        std::vector<double> weights;
        cascade->classifier.detectMultiScale(
            grey, boxes, levels, weights, settings->scale_factor, settings->neighbors, 0, cv::Size(smallest, smallest), cv::Size(), true);
        std::vector<veil_detection> found;
        for (size_t i = 0; i < boxes.size(); i++) {
            const cv::Rect &box = boxes[i];
            const int left = settings->mirrored != 0 ? grey.cols - box.br().x : box.x;
            found.push_back(picture.unscaled(left, box.y, left + box.width, box.br().y, weights[i]));
        }

        veil::give(found, detections, count);
    });
}
