// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>An LSTM of float32 by TFLite Micro's order of operations: sums from 0 on, then the bias, then the product with h.</summary>
internal sealed class FloatLstmReference(LstmPart part)
{
    private readonly float[] _hidden = part.Call.Inputs[part.Hidden]!.Floats;
    private readonly float[] _cell = part.Call.Inputs[part.Hidden + 1]!.Floats;

    public static IEnumerable<float> Compute(ReferenceCall call) => LstmPart.Outputs(call, part => new FloatLstmReference(part).Rows())[0];

    private float[] Rows()
    {
        var (input, units) = (part.Call.Input.Floats, part.Units);
        var output = new float[input.Length / part.Width * units];
        foreach (var (row, batch) in part.Rows())
        {
            var (x, before) = (input[(row * part.Width)..][..part.Width], _hidden[(batch * units)..][..units]);
            for (var u = 0; u < units; u++)
            {
                float Gate(int gate) => (Product(x, part.Weights(gate).Floats, u) + part.Bias(gate).Floats[u]) + Product(before, part.Recurrent(gate).Floats, u);

                ref var cell = ref _cell[(batch * units) + u];
                cell = (FloatReference.Logistic(Gate(1)) * cell) + (FloatReference.Logistic(Gate(0)) * (float)Math.Tanh(Gate(2)));
                cell = part.CellClip > 0 ? Math.Clamp(cell, -part.CellClip, part.CellClip) : cell;
                _hidden[(batch * units) + u] = FloatReference.Logistic(Gate(3)) * (float)Math.Tanh(cell);
            }

            _hidden[(batch * units)..][..units].CopyTo(output, row * units);
        }

        return output;
    }

    private static float Product(float[] x, float[] matrix, int row)
    {
        var sum = 0f;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * matrix[(row * x.Length) + i];
        }

        return sum;
    }
}
