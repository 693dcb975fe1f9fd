#include "dlib_images.h"

#include <algorithm>

#include <dlib/dnn.h>

#include "memory_stream.h"

namespace {

/* The network of dlib's dnn_face_recognition_ex.cpp, which is the one the weights were trained with. */
template <int filters, int stride, typename below>
using block = dlib::affine<dlib::con<filters, 3, 3, 1, 1, dlib::relu<dlib::affine<dlib::con<filters, 3, 3, stride, stride, below>>>>>;
template <int filters, typename below>
using keeping = dlib::relu<dlib::add_prev1<block<filters, 1, dlib::tag1<below>>>>;
template <int filters, typename below>
using halving = dlib::relu<dlib::add_prev2<dlib::avg_pool<2, 2, 2, 2, dlib::skip1<dlib::tag2<block<filters, 2, dlib::tag1<below>>>>>>>;
template <typename below>
using level4 = keeping<32, keeping<32, keeping<32, below>>>;
template <typename below>
using level3 = keeping<64, keeping<64, keeping<64, halving<64, below>>>>;
template <typename below>
using level2 = keeping<128, keeping<128, halving<128, below>>>;
template <typename below>
using level1 = keeping<256, keeping<256, halving<256, below>>>;
template <typename below>
using level0 = halving<256, below>;

constexpr int side = 150;
constexpr int dimensions = 128;
using network = dlib::loss_metric<dlib::fc_no_bias<
    dimensions, dlib::avg_pool_everything<level0<level1<level2<level3<level4<dlib::max_pool<
                    3, 3, 2, 2, dlib::relu<dlib::affine<dlib::con<32, 7, 7, 2, 2, dlib::input_rgb_image_sized<side>>>>>>>>>>>>>;

}

struct veil_face_network {
    network net;
};

int32_t veil_face_network_open(const uint8_t *data, size_t size, veil_face_network **opened) {
    return veil::guarded([=] {
        veil::require(opened != nullptr, "expected a place for the model");
        *opened = nullptr;
        auto made = std::make_unique<veil_face_network>();
        veil::deserialize_from(data, size, made->net);
        *opened = made.release();
    });
}

void veil_face_network_close(veil_face_network *opened) {
    delete opened;
}

int32_t veil_face_network_describe(veil_face_network *opened, const veil_image *chip, float *values, int32_t capacity) {
    return veil::guarded([=] {
        const veil::dlib_view picture(veil::view(chip));
        veil::require(opened != nullptr && values != nullptr && capacity >= dimensions, "expected a network and room for 128 values");
        veil::require(picture.nc() == side && picture.nr() == side, "expected a face of 150 by 150 pixels");
        dlib::matrix<dlib::rgb_pixel> input;
        dlib::assign_image(input, picture);
        const dlib::matrix<float, 0, 1> found = opened->net(input);
        std::copy(found.begin(), found.end(), values);
    });
}
