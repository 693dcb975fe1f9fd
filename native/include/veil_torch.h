/*
 * Training over the system's libtorch: a head of dense layers, alone or upon ResNet-50.
 *
 * Every function that can fail returns a veil_torch_status; veil_torch_error() then says why, per thread. No exception
 * leaves the library. A classifier may be used by one thread at a time; different ones do not disturb each other. The same
 * calls give the same bits on one machine with the same number of threads. OpenBLAS is set to one thread
 * for the process.
 */
#ifndef VEIL_TORCH_H
#define VEIL_TORCH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define VEIL_TORCH_EXPORT __attribute__((visibility("default")))

/* Raised with every change of this header; callers compare it with veil_torch_abi() before anything else. */
#define VEIL_TORCH_ABI 1

typedef enum veil_torch_status {
    VEIL_TORCH_OK = 0,
    VEIL_TORCH_ARGUMENT = 1, /* The caller's mistake. */
    VEIL_TORCH_MODEL = 2,    /* An initial weight is missing or of another shape. */
    VEIL_TORCH_MEMORY = 3,   /* No memory. */
    VEIL_TORCH_STATE = 4,    /* A saved state is damaged, or of another classifier. */
    VEIL_TORCH_DIVERGED = 5, /* The loss is not a number. */
    VEIL_TORCH_FAILED = 6    /* libtorch failed. */
} veil_torch_status;

typedef enum veil_torch_network {
    VEIL_TORCH_HEAD = 0,    /* Inputs are 2048 features. */
    VEIL_TORCH_RESNET50 = 1 /* Inputs are pictures: planes B, G, R of side × side floats, less Keras' means. */
} veil_torch_network;

typedef struct veil_torch_settings {
    int32_t network;        /* A veil_torch_network. */
    int32_t classes;        /* 2..65536 */
    int32_t side;           /* A multiple of 32, 32..224; only for VEIL_TORCH_RESNET50. */
    int32_t trained_stages; /* 0..5 of ResNet-50's stages, counted from its end; only for VEIL_TORCH_RESNET50. */
    double learning_rate;   /* Adam's, above 0. */
    int64_t seed;           /* Of the head's first weights and of dropout. */
    int32_t threads;        /* 1..1024 */
    int32_t reserved;       /* 0 */
} veil_torch_settings;

/* An initial weight as Keras keeps it: "res2a_branch2a/kernel", rows × columns × in × out. Only read. */
typedef struct veil_torch_tensor {
    const char *name;
    const int64_t *dimensions;
    const float *values;
    int32_t rank;
    int32_t reserved; /* 0 */
} veil_torch_tensor;

typedef struct veil_classifier veil_classifier;

/* The version of this interface. */
VEIL_TORCH_EXPORT int32_t veil_torch_abi(void);

/* "libtorch 1.13.0": what it was built with, which is what runs, as libtorch's name carries its version. Never freed. */
VEIL_TORCH_EXPORT const char *veil_torch_versions(void);

/* What went wrong in this thread's last failing call; valid until its next one. */
VEIL_TORCH_EXPORT const char *veil_torch_error(void);

/* Weights of the backbone by name, others are passed over; a head alone needs none. They are copied. */
VEIL_TORCH_EXPORT int32_t veil_classifier_open(
    const veil_torch_settings *settings, const veil_torch_tensor *weights, int32_t count, veil_classifier **opened);
VEIL_TORCH_EXPORT void veil_classifier_close(veil_classifier *classifier);

/*
 * One step of Adam. `length` floats are `count` inputs one after the other, `labels` their classes. Gives the mean
 * cross-entropy before the step and how many were right. After VEIL_TORCH_DIVERGED only a state loaded makes sense of it.
 */
VEIL_TORCH_EXPORT int32_t veil_classifier_train(
    veil_classifier *classifier, const float *inputs, int64_t length, const int32_t *labels, int32_t count, double *loss, int32_t *correct);

/* Room for count × classes probabilities. */
VEIL_TORCH_EXPORT int32_t veil_classifier_predict(
    veil_classifier *classifier, const float *inputs, int64_t length, int32_t count, float *probabilities, int64_t capacity);

/* What the head sees, as veil_classifier_predict computes it. Room for count × 2048. */
VEIL_TORCH_EXPORT int32_t veil_classifier_features(
    veil_classifier *classifier, const float *inputs, int64_t length, int32_t count, float *features, int64_t capacity);

/* Bytes of a saved state; the same for every state of a classifier. */
VEIL_TORCH_EXPORT int32_t veil_classifier_state_size(const veil_classifier *classifier, uint64_t *size);

/* Everything that further calls depend on; native/torch/state.h has the layout. `size` is veil_classifier_state_size's. */
VEIL_TORCH_EXPORT int32_t veil_classifier_save(const veil_classifier *classifier, uint8_t *state, uint64_t size);

/* Goes back to a saved state, of this classifier or another with the same settings but for threads. Changes nothing unless it succeeds. */
VEIL_TORCH_EXPORT int32_t veil_classifier_load(veil_classifier *classifier, const uint8_t *state, uint64_t size);

#ifdef __cplusplus
}
#endif

#endif
