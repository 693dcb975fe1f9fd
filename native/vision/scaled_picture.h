#pragma once

#include "status.h"

namespace veil {

/* A picture at the size at which a detector looks at it. */
class scaled_picture {
public:
    scaled_picture(const veil_image *image, const veil_scaling *scaling);

    /* The caller's own pixels where nothing was to be scaled. */
    cv::Mat pixels;

    /* Pixels of the original to one of these. */
    double across = 1;
    double down = 1;

    /* From edges in these pixels to the original's. */
    veil_detection unscaled(double left, double top, double right, double bottom, double score) const;
};

}
