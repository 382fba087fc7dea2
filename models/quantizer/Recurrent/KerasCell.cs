// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer.Recurrent;

/// <summary>One time step of a layer of Keras, as the converter takes it apart.</summary>
internal abstract class KerasCell(int inputs, int units)
{
    public int Inputs => inputs;

    public int Units => units;

    /// <summary>Gates, whose rows lie one behind the other in each matrix.</summary>
    public abstract int Gates { get; }

    /// <summary>Vectors that a step hands to the next; the first is the output.</summary>
    public abstract int States { get; }

    /// <summary>True when products have biases of their own.</summary>
    public abstract bool HasBiases { get; }

    public abstract T[] Step<T>(ICellOps<T> ops, T x, T[] states);
}

/// <summary>GRU, with reset_after: h' = z h + (1 - z) tanh(x_h + r h_h).</summary>
internal sealed class GruCell(int inputs, int units) : KerasCell(inputs, units)
{
    public override int Gates => 3;

    public override int States => 1;

    public override bool HasBiases => true;

    public override T[] Step<T>(ICellOps<T> ops, T x, T[] states)
    {
        var (h, fromX) = (states[0], ops.Split(ops.Dense("x", x), Gates));
        var fromH = ops.Split(ops.Dense("h", h), Gates);
        var z = ops.Logistic("z", ops.Add("z_sum", fromX[0], fromH[0]));
        var r = ops.Logistic("r", ops.Add("r_sum", fromX[1], fromH[1]));
        var fresh = ops.Tanh("fresh", ops.Add("fresh_sum", fromX[2], ops.Multiply("reset", r, fromH[2])));
        return [ops.Add("state", ops.Multiply("kept", z, h), ops.Multiply("taken", ops.OneLess("rest", z), fresh))];
    }
}

/// <summary>LSTM: c' = f c + i g, h' = o tanh(c').</summary>
internal sealed class LstmCell(int inputs, int units) : KerasCell(inputs, units)
{
    public override int Gates => 4;

    public override int States => 2;

    public override bool HasBiases => false;

    public override T[] Step<T>(ICellOps<T> ops, T x, T[] states)
    {
        var gates = ops.Split(ops.AddBias("gates", ops.Add("sums", ops.Dense("x", x), ops.Dense("h", states[0]))), Gates);
        var kept = ops.Multiply("kept", ops.Logistic("f", gates[1]), states[1]);
        var c = ops.Add("cell", kept, ops.Multiply("added", ops.Logistic("i", gates[0]), ops.Tanh("g", gates[2])));
        return [ops.Multiply("state", ops.Logistic("o", gates[3]), ops.Tanh("squashed", c)), c];
    }
}
