#include "dlib_images.h"

#include <dlib/image_processing/frontal_face_detector.h>
#include <dlib/image_transforms.h>

struct veil_hog {
    dlib::frontal_face_detector detector;
};

int32_t veil_hog_open(veil_hog **opened) {
    return veil::guarded([=] {
        veil::require(opened != nullptr, "expected a place for the detector");
        *opened = new veil_hog{dlib::get_frontal_face_detector()};
    });
}

void veil_hog_close(veil_hog *hog) {
    delete hog;
}

int32_t veil_hog_detect(
    veil_hog *hog, const veil_image *image, int32_t upsample, double threshold, veil_detection **detections, int32_t *count) {
    return veil::guarded([=] {
        const auto picture = veil::dlib_view(image);
        veil::require(hog != nullptr && upsample >= 0 && upsample <= 4, "expected a detector, and to enlarge 0 to 4 times");
        std::vector<dlib::rect_detection> hits;
        if (upsample == 0) {
            hog->detector(picture, hits, threshold);
        } else {
            dlib::array2d<dlib::rgb_pixel> enlarged;
            dlib::assign_image(enlarged, picture);
            for (int32_t i = 0; i < upsample; i++) {
                dlib::pyramid_up(enlarged);
            }

            hog->detector(enlarged, hits, threshold);
        }

        const dlib::pyramid_down<2> pyramid;
        std::vector<veil_detection> found;
        for (const auto &hit : hits) {
            found.push_back(veil::to_detection(pyramid.rect_down(dlib::drectangle(hit.rect), static_cast<unsigned int>(upsample)), hit.detection_confidence));
        }

        veil::give(found, detections, count);
    });
}
