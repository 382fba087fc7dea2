/* SPDX-License-Identifier: MIT */
#ifndef TI_DETECTION_POSTPROCESS_H
#define TI_DETECTION_POSTPROCESS_H

#include "../common/ti_float.h"

/*
 * Boxes of objects from what a detector says about each anchor; in float, as TFLite Micro computes it.
 *
 *   center = encoding / scale * anchor size + anchor center, half size = e^(encoding / scale) / 2 * anchor size
 *
 * Greedy suppression: of the boxes that score at least score_threshold the best is taken (the first of equals), those
 * that overlap it by more than iou_threshold of the joint area are dropped, and so on. Fast: once, each box with its
 * best class. Regular: for every class by itself, at most detections_per_class of each; the best of all are kept.
 *
 * inputs[0] encodings  f32 [boxes, encoding]: y, x, height, width, and more that is not read
 * inputs[1] scores     f32 [boxes, background + classes]
 * inputs[2] anchors    f32 [boxes, 4]: y, x, height, width
 * outputs[0] boxes     f32 [max_detections, 4]: top, left, bottom, right
 * outputs[1] classes   f32 [max_detections]
 * outputs[2] scores    f32 [max_detections]
 * outputs[3] count     f32 [1]
 * scratch              17 bytes a box: f32 [boxes, 4] the boxes, u8 [boxes] whether one still competes
 *
 * What lies behind the last detection is 0.
 */
struct ti_detection_postprocess_params
{
    int32_t boxes;
    int32_t encoding;   /* numbers of one box, 4 or more */
    int32_t background; /* 1 when class 0 is none, else 0 */
    int32_t classes;
    int32_t max_detections;
    int32_t detections_per_class;
    int32_t regular;
    float score_threshold;
    float iou_threshold;
    float y_scale;
    float x_scale;
    float h_scale;
    float w_scale;
};

extern const struct ti_kernel ti_detection_postprocess;

#endif
