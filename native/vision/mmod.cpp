#include "dlib_images.h"

#include <cmath>

#include <dlib/dnn.h>
#include <dlib/image_transforms.h>
#include <opencv2/imgproc.hpp>

#include "memory_stream.h"

namespace {

/* The network of dlib's dnn_mmod_face_detection_ex.cpp, which is the one the weights were trained with. */
template <long filters, typename below>
using halving = dlib::relu<dlib::affine<dlib::con<filters, 5, 5, 2, 2, below>>>;
template <typename below>
using keeping = dlib::relu<dlib::affine<dlib::con<45, 5, 5, 1, 1, below>>>;
using network = dlib::loss_mmod<dlib::con<
    1, 9, 9, 1, 1, keeping<keeping<keeping<halving<32, halving<32, halving<16, dlib::input_rgb_image_pyramid<dlib::pyramid_down<6>>>>>>>>>>;

}

struct veil_mmod {
    network net;
};

int32_t veil_mmod_open(const uint8_t *data, size_t size, veil_mmod **opened) {
    return veil::guarded([=] {
        veil::require(data != nullptr && opened != nullptr, "expected the model's bytes and a place for it");
        *opened = nullptr;
        auto mmod = std::make_unique<veil_mmod>();
        veil::deserialize_from(data, size, mmod->net);
        *opened = mmod.release();
    });
}

void veil_mmod_close(veil_mmod *mmod) {
    delete mmod;
}

int32_t veil_mmod_detect(
    veil_mmod *mmod, const veil_image *image, int32_t upsample, int64_t most_pixels, double threshold,
    veil_detection **detections, int32_t *count) {
    return veil::guarded([=] {
        const cv::Mat picture = veil::view(image);
        veil::require(mmod != nullptr && upsample >= 0 && upsample <= 4, "expected a detector, and to enlarge 0 to 4 times");
        veil::require(most_pixels > 0, "expected a limit of at least one pixel");
        const double pixels = static_cast<double>(picture.cols) * picture.rows;
        const double scale = std::min(std::ldexp(1.0, upsample), std::sqrt(static_cast<double>(most_pixels) / pixels));
        cv::Mat scaled = picture;
        if (scale != 1) {
            const cv::Size size(std::max(1, cvRound(picture.cols * scale)), std::max(1, cvRound(picture.rows * scale)));
            cv::resize(picture, scaled, size, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
        }

        dlib::matrix<dlib::rgb_pixel> input;
        dlib::assign_image(input, dlib::cv_image<dlib::rgb_pixel>(scaled));
        const double across = static_cast<double>(picture.cols) / scaled.cols;
        const double down = static_cast<double>(picture.rows) / scaled.rows;
        std::vector<veil_detection> found;
        for (const auto &hit : mmod->net.process(input, threshold)) {
            const dlib::drectangle box(hit.rect);
            found.push_back(
                {static_cast<float>(box.left() * across), static_cast<float>(box.top() * down), static_cast<float>((box.right() + 1) * across),
                 static_cast<float>((box.bottom() + 1) * down), static_cast<float>(hit.detection_confidence)});
        }

        veil::give(found, detections, count);
    });
}
