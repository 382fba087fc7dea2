/* SPDX-License-Identifier: MIT */
#include "ti_dot_f32.h"

#include "ti_float.h"

float ti_dot_f32(float sum, const float *x, int32_t step, const float *weights, int32_t length)
{
    for (int32_t n = length; n > 0; n--)
    {
        sum += *x * *weights++;
        x += step;
    }
    return sum;
}

void ti_dot4_f32(float sums[4], const float *x, int32_t step, const float *weights, int32_t apart, int32_t length)
{
    const float *w0 = weights;
    const float *w1 = w0 + apart;
    const float *w2 = w1 + apart;
    const float *w3 = w2 + apart;
    float s0 = sums[0];
    float s1 = sums[1];
    float s2 = sums[2];
    float s3 = sums[3];
    int32_t left = length;

    for (; left > 1; left -= 2)
    {
        const float x0 = x[0];
        const float x1 = x[step];

        s0 += x0 * w0[0];
        s1 += x0 * w1[0];
        s2 += x0 * w2[0];
        s3 += x0 * w3[0];
        s0 += x1 * w0[1];
        s1 += x1 * w1[1];
        s2 += x1 * w2[1];
        s3 += x1 * w3[1];
        x += 2 * step;
        w0 += 2;
        w1 += 2;
        w2 += 2;
        w3 += 2;
    }
    if (left > 0)
    {
        s0 += *x * *w0;
        s1 += *x * *w1;
        s2 += *x * *w2;
        s3 += *x * *w3;
    }
    sums[0] = s0;
    sums[1] = s1;
    sums[2] = s2;
    sums[3] = s3;
}
