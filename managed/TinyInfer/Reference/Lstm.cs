// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>lstm_s8: kernels/lstm/ti_lstm.h, its weights as ti_lstm_sums.h has them.</summary>
    internal sealed class Lstm : Kernel
    {
        private const int Rows = 0;
        private const int InSize = 1;
        private const int Units = 2;
        private const int Batch = 3;
        private const int BatchRun = 4;
        private const int OutRows = 5;
        private const int SumShift = 6;
        private const int HiddenZeroPoint = 7;
        private const int CellClip = 8;
        private const int TanhMultiplier = 9;
        private const int TanhShift = 10;
        private const int OddShift = 127;

        // Four weights, or a bias, of one gate and of all.
        private const int WordBytes = 4;
        private const int GroupBytes = 16;
        private const int OfInput = 0;
        private const int OfHidden = 4;
        private const int OfKept = 8;
        private const int OfAdded = 9;
        private const int OfOutput = 10;

        internal override int ParameterCount => TanhShift + 1;

        internal override int ConstantInputs => 0x4;

        internal override void Prepare(Step step) => step.Scratch = new byte[step.Parameters[Units]];

        internal override void Run(Step step)
        {
            int[] p = step.Parameters;
            byte[] fresh = step.Scratch;
            Operand hidden = step.Outputs[1];
            Operand cell = step.Outputs[2];
            int units = p[Units];
            int batch = 0;
            int left = p[BatchRun];
            int output = step.Outputs[0].Offset;

            Array.Copy(step.Inputs[4].Bytes, step.Inputs[4].Offset, hidden.Bytes, hidden.Offset, hidden.Size);
            Array.Copy(step.Inputs[5].Bytes, step.Inputs[5].Offset, cell.Bytes, cell.Offset, cell.Size);
            for (int r = 0; r < p[Rows]; r++)
            {
                int h = hidden.Offset + (batch * units);
                for (int u = 0; u < units; u++)
                {
                    fresh[u] = Unit(step, r, u, h, cell.Offset + (2 * ((batch * units) + u)));
                }

                Array.Copy(fresh, 0, hidden.Bytes, h, units);
                Array.Copy(fresh, 0, step.Outputs[0].Bytes, output, units);
                output += p[OutRows] > 1 ? units : 0;
                if (--left == 0)
                {
                    left = p[BatchRun];
                    batch = batch + 1 == p[Batch] ? 0 : batch + 1;
                }
            }
        }

        private static byte Unit(Step step, int row, int unit, int hidden, int cell)
        {
            int[] p = step.Parameters;
            Operand table = step.Inputs[3];
            byte[] cells = step.Outputs[2].Bytes;
            int x = step.Inputs[0].Offset + (row * p[InSize]);

            int keep = Sigmoid.Logistic(Gate(step, x, hidden, unit, 1), table);
            int kept = Rescaled(step, keep * Element.Load(cells, cell, Element.S16), OfKept);
            int open = Sigmoid.Logistic(Gate(step, x, hidden, unit, 0), table);
            int added = Rescaled(step, open * Sigmoid.Tanh(Gate(step, x, hidden, unit, 2), table), OfAdded);
            int fresh = Fixed.Clamp(Saturated(kept + added), -p[CellClip], p[CellClip]);
            int show = Sigmoid.Logistic(Gate(step, x, hidden, unit, 3), table);
            Element.Store(cells, cell, Element.S16, fresh);

            int argument = ((fresh * p[TanhMultiplier]) + ((1 << p[TanhShift]) >> 1)) >> p[TanhShift];
            int state = Rescaled(step, Sigmoid.Tanh(argument, table) * show, OfOutput);
            return (byte)Fixed.Clamp(state + p[HiddenZeroPoint], sbyte.MinValue, sbyte.MaxValue);
        }

        // Three times a gate, as the table is indexed.
        private static int Gate(Step step, int x, int hidden, int unit, int gate)
        {
            int[] p = step.Parameters;
            int ofInput = RowBytes(p[InSize]);
            int w = step.Inputs[1].Offset + (unit * (ofInput + RowBytes(p[Units]))) + (gate * WordBytes);
            int input = Product(step, step.Inputs[0].Bytes, x, w, p[InSize]);
            int recurrent = Product(step, step.Outputs[1].Bytes, hidden, w + ofInput, p[Units]);
            return 3 * Saturated(Rescaled(step, input, OfInput + gate) + Rescaled(step, recurrent, OfHidden + gate));
        }

        // Of a unit: biases and weights of all gates.
        private static int RowBytes(int size) => GroupBytes * (1 + ((size + 3) / 4));

        // The bias of a gate is at w, and a word of weights in each group behind it.
        private static int Product(Step step, byte[] values, int at, int w, int size)
        {
            byte[] words = step.Inputs[1].Bytes;
            int shift = step.Parameters[SumShift];
            int bias = BitConverter.ToInt32(words, w);
            int sum = 0;
            w += GroupBytes;
            for (int left = size; left > 0; left -= 2)
            {
                int low = words[w];
                sum += (sbyte)values[at++] * (sbyte)low;
                if (left > 1)
                {
                    sum += ((sbyte)values[at++] - OddShift) * (sbyte)(words[w + 1] + (low >> 7));
                }

                w += ((size - left) & 2) == 0 ? 2 : GroupBytes - 2;
            }

            return (bias + (sum << shift)) >> shift;
        }

        private static int Rescaled(Step step, int value, int scale) =>
            Saturated(Fixed.Multiply(value, step.Constants[2][2 * scale], step.Constants[2][(2 * scale) + 1]));

        private static int Saturated(int value) => Fixed.Clamp(value, short.MinValue, short.MaxValue);
    }
}
