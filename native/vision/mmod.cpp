#include "dlib_images.h"

#include <algorithm>

#include <dlib/dnn.h>

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
        veil::require(opened != nullptr, "expected a place for the model");
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
    veil_mmod *mmod, const veil_image *image, const veil_scaling *scaling, double threshold, veil_detection **detections, int32_t *count) {
    return veil::guarded([=] {
        const veil::scaled_picture picture(image, scaling);
        veil::require(mmod != nullptr, "expected a detector");
        /* dlib's pyramid does not take pictures without room for one window. */
        constexpr int window = 80;
        cv::Mat padded = picture.pixels;
        if (padded.cols < window || padded.rows < window) {
            cv::copyMakeBorder(picture.pixels, padded, 0, std::max(0, window - padded.rows), 0, std::max(0, window - padded.cols), cv::BORDER_REPLICATE);
        }

        dlib::matrix<dlib::rgb_pixel> input;
        dlib::assign_image(input, veil::dlib_view(padded));
        std::vector<veil_detection> found;
        for (const auto &hit : mmod->net.process(input, threshold)) {
            found.push_back(veil::unscaled(picture, hit.rect, hit.detection_confidence));
        }

        veil::give(found, detections, count);
    });
}
