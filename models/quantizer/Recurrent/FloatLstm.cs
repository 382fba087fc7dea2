// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer.Recurrent;

/// <summary>
/// An LSTM layer of Keras in float32, with weights drawn as Keras initializes them: uniform within Glorot's limit for the input, of like
/// size for h, and a bias of 1 for the forget gate.
/// </summary>
internal sealed class FloatLstm
{
    public const int Gates = 4;
    private const int Forget = 1;

    public FloatLstm(Random random, int inputs, int units)
    {
        float[][] Matrices(int columns, double limit) =>
            [.. Enumerable.Range(0, Gates).Select(_ => Enumerable.Range(0, units * columns).Select(_ => (float)(((2 * random.NextDouble()) - 1) * limit)).ToArray())];

        (Inputs, Units) = (inputs, units);
        Weights = Matrices(inputs, Math.Sqrt(6.0 / (inputs + (Gates * units))));
        Recurrent = Matrices(units, Math.Sqrt(3.0 / units));
        Bias = [.. Enumerable.Range(0, Gates).Select(gate => Enumerable.Repeat(gate == Forget ? 1f : 0f, units).ToArray())];
    }

    public int Inputs { get; }

    public int Units { get; }

    /// <summary>Of the input, forget, cell and output gate: [units, inputs].</summary>
    public float[][] Weights { get; }

    /// <summary>The same of h: [units, units].</summary>
    public float[][] Recurrent { get; }

    public float[][] Bias { get; }

    /// <summary>The largest |c| seen.</summary>
    public float LargestState { get; private set; }

    /// <summary>A sequence [time, inputs] to [time, units].</summary>
    public float[] Run(float[] sequence)
    {
        var steps = sequence.Length / Inputs;
        var (output, hidden, state) = (new float[steps * Units], new float[Units], new float[Units]);
        for (var step = 0; step < steps; step++)
        {
            var fresh = new float[Units];
            for (var unit = 0; unit < Units; unit++)
            {
                float Gate(int gate) => Bias[gate][unit]
                    + Product(Weights[gate], unit, sequence.AsSpan(step * Inputs, Inputs)) + Product(Recurrent[gate], unit, hidden);

                state[unit] = (Sigmoid(Gate(Forget)) * state[unit]) + (Sigmoid(Gate(0)) * MathF.Tanh(Gate(2)));
                fresh[unit] = Sigmoid(Gate(3)) * MathF.Tanh(state[unit]);
                LargestState = Math.Max(LargestState, Math.Abs(state[unit]));
            }

            hidden = fresh;
            hidden.CopyTo(output, step * Units);
        }

        return output;
    }

    private static float Product(float[] matrix, int row, ReadOnlySpan<float> x)
    {
        var sum = 0f;
        var weights = matrix.AsSpan(row * x.Length, x.Length);
        for (var i = 0; i < x.Length; i++)
        {
            sum += weights[i] * x[i];
        }

        return sum;
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
