// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer.Recurrent;

/// <summary>A cell in float with drawn weights, which remembers the range of every result.</summary>
internal sealed class FloatCellOps : ICellOps<float[]>
{
    private readonly Dictionary<string, (float Low, float High)> _ranges = [];

    public FloatCellOps(KerasCell cell, Random random)
    {
        float[] Draw(int count, double limit) => [.. Enumerable.Range(0, count).Select(_ => (float)(((2 * random.NextDouble()) - 1) * limit))];

        var rows = cell.Gates * cell.Units;
        Weights = new()
        {
            ["x"] = Draw(rows * cell.Inputs, Math.Sqrt(6.0 / (cell.Inputs + rows))),
            ["h"] = Draw(rows * cell.Units, Math.Sqrt(3.0 / cell.Units)),
        };
        Biases = new() { ["x"] = Draw(rows, cell.HasBiases ? 0.5 : 0), ["h"] = Draw(rows, cell.HasBiases ? 0.5 : 0), ["gates"] = Draw(rows, 0.5) };
    }

    public Dictionary<string, float[]> Weights { get; }

    public Dictionary<string, float[]> Biases { get; }

    public (float Low, float High) RangeOf(string name) => _ranges[name];

    public float[] Dense(string name, float[] vector) => Note(
        name, [.. Biases[name].Select((bias, row) => bias + vector.Select((x, i) => x * Weights[name][(row * vector.Length) + i]).Sum())]);

    public float[] AddBias(string name, float[] vector) => Add(name, vector, Biases[name]);

    public float[] Add(string name, float[] a, float[] b) => Note(name, [.. a.Zip(b, (x, y) => x + y)]);

    public float[] Multiply(string name, float[] a, float[] b) => Note(name, [.. a.Zip(b, (x, y) => x * y)]);

    public float[] OneLess(string name, float[] vector) => Note(name, [.. vector.Select(x => 1 - x)]);

    public float[] Logistic(string name, float[] vector) => Note(name, [.. vector.Select(x => 1 / (1 + MathF.Exp(-x)))]);

    public float[] Tanh(string name, float[] vector) => Note(name, [.. vector.Select(MathF.Tanh)]);

    public float[][] Split(float[] vector, int parts) => [.. vector.Chunk(vector.Length / parts)];

    private float[] Note(string name, float[] values)
    {
        var (low, high) = _ranges.GetValueOrDefault(name);
        _ranges[name] = (Math.Min(low, values.Min()), Math.Max(high, values.Max()));
        return values;
    }
}
