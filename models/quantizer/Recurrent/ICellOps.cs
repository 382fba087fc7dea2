// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer.Recurrent;

/// <summary>The operators that the converter makes of a Keras cell, on vectors: computed in float, or spelled as a .tflite file. Names say which tensor a result is.</summary>
internal interface ICellOps<T>
{
    /// <summary>Weights times a vector, with or without a bias.</summary>
    T Dense(string name, T vector);

    T AddBias(string name, T vector);

    T Add(string name, T a, T b);

    T Multiply(string name, T a, T b);

    T OneLess(string name, T vector);

    T Logistic(string name, T vector);

    T Tanh(string name, T vector);

    T[] Split(T vector, int parts);
}
