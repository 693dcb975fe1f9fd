/*
 * Classical computer vision over the system's OpenCV and dlib: inpainting, keypoints, face detectors, face points.
 *
 * Every function that can fail returns a veil_vision_status; veil_vision_error() then says why, per thread. No exception
 * leaves the library. Pixels are 8-bit RGB, rows of `stride` bytes. An object may be used by one thread at a time, unless
 * its functions say otherwise; functions without an object are thread-safe. Everything runs on the calling thread: who
 * calls runs pictures in parallel, and the result must not depend on how many.
 */
#ifndef VEIL_VISION_H
#define VEIL_VISION_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define VEIL_VISION_EXPORT __attribute__((visibility("default")))

/* Raised with every change of this header; callers compare it with veil_vision_abi() before anything else. */
#define VEIL_VISION_ABI 2

typedef enum veil_vision_status {
    VEIL_VISION_OK = 0,
    VEIL_VISION_ARGUMENT = 1, /* The caller's mistake. */
    VEIL_VISION_MODEL = 2,    /* A model or cascade is missing, broken or of another kind. */
    VEIL_VISION_MEMORY = 3,   /* No memory. */
    VEIL_VISION_FAILED = 4    /* OpenCV or dlib failed. */
} veil_vision_status;

/* A picture that is only read. */
typedef struct veil_image {
    const uint8_t *pixels;
    size_t stride;
    int32_t width;
    int32_t height;
} veil_image;

/* A box in pixel edges, half-open: the first pixel spans 0..1. The score is the detector's own. */
typedef struct veil_detection {
    float left;
    float top;
    float right;
    float bottom;
    float score;
} veil_detection;

typedef struct veil_point {
    float x;
    float y;
} veil_point;

/* The version of this interface. */
VEIL_VISION_EXPORT int32_t veil_vision_abi(void);

/* "OpenCV 4.6.0, dlib 19.24.0": what runs, which is not always what it was built with. Never freed. */
VEIL_VISION_EXPORT const char *veil_vision_versions(void);

/* What went wrong in this thread's last failing call; valid until its next one. */
VEIL_VISION_EXPORT const char *veil_vision_error(void);

/* Frees what detectors gave. */
VEIL_VISION_EXPORT void veil_vision_free(void *memory);

/*
 * Telea's inpainting. Pixels whose mask is not 0 are filled from the others, which stay; filled pixels do not depend on
 * what they were. Without any other pixel they become black. The radius is in pixels, 1..100, rounded.
 */
VEIL_VISION_EXPORT int32_t veil_inpaint_telea(
    uint8_t *pixels, size_t stride, int32_t width, int32_t height, const uint8_t *mask, size_t mask_stride, float radius);

/* ORB keypoints with OpenCV's defaults, strongest first, as pixels. Room for `most` points; `found` is how many there are. */
VEIL_VISION_EXPORT int32_t veil_orb_keypoints(const veil_image *image, int32_t most, int32_t *columns, int32_t *rows, int32_t *found);

/*
 * The size at which a detector looks: enlarged twofold `doublings` times, but never to more than `most_pixels`; what is
 * larger is brought to that many. Boxes are those of the picture as it is.
 */
typedef struct veil_scaling {
    int64_t most_pixels;
    int32_t doublings; /* 0..4 */
} veil_scaling;

/* A cascade of OpenCV's (Haar or LBP), from its XML file. */
typedef struct veil_cascade veil_cascade;

typedef struct veil_cascade_settings {
    double scale_factor; /* Between window sizes, above 1. */
    int32_t neighbors;   /* Candidates that must agree; 0 gives every candidate. */
    int32_t smallest;    /* Side of the smallest window, pixels of the picture as it is. */
    int32_t mirrored;    /* 1 looks at the mirrored picture; boxes are those of the picture as it is. */
} veil_cascade_settings;

VEIL_VISION_EXPORT int32_t veil_cascade_open(const char *path, veil_cascade **opened);
VEIL_VISION_EXPORT void veil_cascade_close(veil_cascade *cascade);

/* The score is the weight with which the last stage was passed. */
VEIL_VISION_EXPORT int32_t veil_cascade_detect(
    veil_cascade *cascade, const veil_image *image, const veil_scaling *scaling, const veil_cascade_settings *settings,
    veil_detection **detections, int32_t *count);

/* dlib's frontal face detector: histograms of oriented gradients and a linear classifier, five views. */
typedef struct veil_hog veil_hog;

VEIL_VISION_EXPORT int32_t veil_hog_open(veil_hog **opened);
VEIL_VISION_EXPORT void veil_hog_close(veil_hog *hog);

/* Detections score at least `threshold`; dlib's own is 0. */
VEIL_VISION_EXPORT int32_t veil_hog_detect(
    veil_hog *hog, const veil_image *image, const veil_scaling *scaling, double threshold, veil_detection **detections, int32_t *count);

/* dlib's max-margin CNN for human faces, from the bytes of mmod_human_face_detector.dat. */
typedef struct veil_mmod veil_mmod;

VEIL_VISION_EXPORT int32_t veil_mmod_open(const uint8_t *data, size_t size, veil_mmod **opened);
VEIL_VISION_EXPORT void veil_mmod_close(veil_mmod *mmod);

/* Detections score at least `threshold`; dlib's own is 0. */
VEIL_VISION_EXPORT int32_t veil_mmod_detect(
    veil_mmod *mmod, const veil_image *image, const veil_scaling *scaling, double threshold, veil_detection **detections, int32_t *count);

/* dlib's shape predictor, from the bytes of its file. */
typedef struct veil_shape veil_shape;

VEIL_VISION_EXPORT int32_t veil_shape_open(const uint8_t *data, size_t size, veil_shape **opened);
VEIL_VISION_EXPORT void veil_shape_close(veil_shape *shape);
VEIL_VISION_EXPORT int32_t veil_shape_count(const veil_shape *shape, int32_t *points);

/*
 * The points of the face in a box as dlib's own detectors make them. Room for as many as veil_shape_count says.
 * Any number of threads may ask the same object.
 */
VEIL_VISION_EXPORT int32_t veil_shape_locate(
    const veil_shape *shape, const veil_image *image, const veil_detection *face, veil_point *points, int32_t capacity);

/* dlib's residual network for face recognition, from the bytes of dlib_face_recognition_resnet_model_v1.dat. */
typedef struct veil_face_network veil_face_network;

VEIL_VISION_EXPORT int32_t veil_face_network_open(const uint8_t *data, size_t size, veil_face_network **opened);
VEIL_VISION_EXPORT void veil_face_network_close(veil_face_network *opened);

/* 128 values for a face of 150 by 150 pixels, cut out as dlib does it; near by straight-line distance for the same person. */
VEIL_VISION_EXPORT int32_t veil_face_network_describe(veil_face_network *opened, const veil_image *chip, float *values, int32_t capacity);

#ifdef __cplusplus
}
#endif

#endif
