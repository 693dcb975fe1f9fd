#include "dlib_images.h"

#include <dlib/image_processing/frontal_face_detector.h>

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
    veil_hog *hog, const veil_image *image, const veil_scaling *scaling, double threshold, veil_detection **detections, int32_t *count) {
    return veil::guarded([=] {
        const veil::scaled_picture picture(image, scaling);
        veil::require(hog != nullptr, "expected a detector");
        std::vector<dlib::rect_detection> hits;
        hog->detector(veil::dlib_view(picture.pixels), hits, threshold);
        std::vector<veil_detection> found;
        for (const auto &hit : hits) {
            found.push_back(veil::unscaled(picture, hit.rect, hit.detection_confidence));
        }

        veil::give(found, detections, count);
    });
}
