/* SPDX-License-Identifier: MIT */
#include "ti_detection_postprocess.h"

struct box
{
    float top;
    float left;
    float bottom;
    float right;
};

/* The outputs, sorted: the best first. */
struct list
{
    struct box *boxes;
    float *classes;
    float *scores;
    int32_t count;
};

static void decode(const struct ti_detection_postprocess_params *p, const float *encoding, const float *anchor,
                   struct box *boxes)
{
    for (int32_t i = 0; i < p->boxes; i++)
    {
        const float y = (float)((double)encoding[0] / (double)p->y_scale * (double)anchor[2] + (double)anchor[0]);
        const float x = (float)((double)encoding[1] / (double)p->x_scale * (double)anchor[3] + (double)anchor[1]);
        const float h = (float)(0.5 * ti_exp((double)encoding[2] / (double)p->h_scale) * (double)anchor[2]);
        const float w = (float)(0.5 * ti_exp((double)encoding[3] / (double)p->w_scale) * (double)anchor[3]);

        boxes[i] = (struct box){.top = y - h, .left = x - w, .bottom = y + h, .right = x + w};
        encoding += p->encoding;
        anchor += 4;
    }
}

static float area(const struct box *box)
{
    return (box->bottom - box->top) * (box->right - box->left);
}

/* The shared part of the joint area of two boxes. */
static float overlap(const struct box *a, const struct box *b)
{
    if (area(a) <= 0 || area(b) <= 0)
    {
        return 0;
    }

    const float top = a->top < b->top ? b->top : a->top;
    const float left = a->left < b->left ? b->left : a->left;
    const float height = (b->bottom < a->bottom ? b->bottom : a->bottom) - top;
    const float width = (b->right < a->right ? b->right : a->right) - left;
    const float shared = (height < 0 ? 0 : height) * (width < 0 ? 0 : width);
    return shared / (area(a) + area(b) - shared);
}

/* The class of a box: the one asked for, or the best, the first of equals. */
static int32_t class_of(const struct ti_detection_postprocess_params *p, const float *scores, int32_t wanted)
{
    int32_t best = wanted < 0 ? 0 : wanted;

    for (int32_t c = 1; wanted < 0 && c < p->classes; c++)
    {
        best = scores[c] > scores[best] ? c : best;
    }
    return best;
}

/* Behind all that score as much; what no longer fits is dropped. */
static void insert(struct list *list, int32_t limit, const struct box *box, int32_t class, float score)
{
    int32_t at = list->count;

    while (at > 0 && list->scores[at - 1] < score)
    {
        at--;
    }
    if (at >= limit)
    {
        return;
    }

    list->count += list->count < limit ? 1 : 0;
    for (int32_t i = list->count - 1; i > at; i--)
    {
        list->boxes[i] = list->boxes[i - 1];
        list->classes[i] = list->classes[i - 1];
        list->scores[i] = list->scores[i - 1];
    }
    list->boxes[at] = *box;
    list->classes[at] = (float)class;
    list->scores[at] = score;
}

/* Suppression within one class, or over all when `wanted` is -1. */
static void suppress(const struct ti_detection_postprocess_params *p, const float *scores, const struct box *boxes,
                     uint8_t *active, int32_t wanted, int32_t most, struct list *list)
{
    const int32_t stride = p->background + p->classes;
    scores += p->background;

    for (int32_t i = 0; i < p->boxes; i++)
    {
        const float *const row = scores + i * stride;
        active[i] = row[class_of(p, row, wanted)] >= p->score_threshold;
    }
    for (; most > 0; most--)
    {
        int32_t best = -1;
        float score = 0;

        for (int32_t i = 0; i < p->boxes; i++)
        {
            const float *const row = scores + i * stride;
            const float own = active[i] != 0 ? row[class_of(p, row, wanted)] : 0;
            if (active[i] != 0 && (best < 0 || own > score))
            {
                best = i;
                score = own;
            }
        }
        if (best < 0)
        {
            return;
        }

        active[best] = 0;
        insert(list, p->max_detections, &boxes[best], class_of(p, scores + best * stride, wanted), score);
        for (int32_t i = 0; i < p->boxes; i++)
        {
            if (active[i] != 0 && overlap(&boxes[best], &boxes[i]) > p->iou_threshold)
            {
                active[i] = 0;
            }
        }
    }
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_detection_postprocess_params *const p = params;
    struct box *const boxes = scratch;
    uint8_t *const active = (uint8_t *)(boxes + p->boxes);
    struct list list = {.boxes = outputs[0], .classes = outputs[1], .scores = outputs[2]};

    decode(p, inputs[0], inputs[2], boxes);
    if (p->regular == 0)
    {
        suppress(p, inputs[1], boxes, active, -1, p->max_detections, &list);
    }
    else
    {
        for (int32_t c = 0; c < p->classes; c++)
        {
            suppress(p, inputs[1], boxes, active, c, p->detections_per_class, &list);
        }
    }

    for (int32_t i = list.count; i < p->max_detections; i++)
    {
        list.boxes[i] = (struct box){0};
        list.classes[i] = 0;
        list.scores[i] = 0;
    }
    *(float *)outputs[3] = (float)list.count;
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_detection_postprocess_params *const p = step->params;

    return ti_counts(step, 3, 4) && p->encoding >= 4 && p->classes >= 1 && ti_in_range(p->background, 0, 1) &&
           ti_in_range(p->classes, 1, 1 << 20) && ti_in_range(p->detections_per_class, 0, 1 << 20) &&
           ti_place_holds(step->input[0], ti_elements((const int32_t[]){p->boxes, p->encoding}, 2), 4) &&
           ti_place_holds(step->input[1], ti_mul(ti_mul(1, p->boxes), p->background + p->classes), 4) &&
           ti_place_holds(step->input[2], ti_mul(4, p->boxes), 4) &&
           ti_place_holds(step->output[0], ti_mul(4, p->max_detections), 4) &&
           ti_place_holds(step->output[1], ti_mul(1, p->max_detections), 4) &&
           ti_place_holds(step->output[2], ti_mul(1, p->max_detections), 4) && ti_place_holds(step->output[3], 1, 4) &&
           step->scratch_size >= ti_mul(17, p->boxes);
}

const struct ti_kernel ti_detection_postprocess = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_detection_postprocess_params),
};
