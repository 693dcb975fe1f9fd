#include "dlib_images.h"

#include "memory_stream.h"

struct veil_shape {
    dlib::shape_predictor predictor;
};

int32_t veil_shape_open(const uint8_t *data, size_t size, veil_shape **opened) {
    return veil::guarded([=] {
        veil::require(opened != nullptr, "expected a place for the model");
        *opened = nullptr;
        auto shape = std::make_unique<veil_shape>();
        veil::deserialize_from(data, size, shape->predictor);
        *opened = shape.release();
    });
}

void veil_shape_close(veil_shape *shape) {
    delete shape;
}

int32_t veil_shape_count(const veil_shape *shape, int32_t *points) {
    return veil::guarded([=] {
        veil::require(shape != nullptr && points != nullptr, "expected a model and a place for the number");
        *points = static_cast<int32_t>(shape->predictor.num_parts());
    });
}

int32_t veil_shape_locate(const veil_shape *shape, const veil_image *image, const veil_detection *face, veil_point *points, int32_t capacity) {
    return veil::guarded([=] {
        const veil::dlib_view picture(veil::view(image));
        veil::require(shape != nullptr && face != nullptr && points != nullptr, "expected a model, a face and a place for the points");
        veil::require(static_cast<unsigned long>(capacity) >= shape->predictor.num_parts(), "expected room for every point");
        const dlib::rectangle box(dlib::drectangle(face->left, face->top, face->right - 1, face->bottom - 1));
        const dlib::full_object_detection found = shape->predictor(picture, box);
        for (unsigned long i = 0; i < found.num_parts(); i++) {
            /* dlib names pixels, we their centres. */
            points[i] = {static_cast<float>(found.part(i).x()) + 0.5f, static_cast<float>(found.part(i).y()) + 0.5f};
        }
    });
}
