// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>LSTM layers of one direction or two, of every type of activation.</summary>
internal static class RandomLstmCases
{
    public static Gen<string> All { get; } =
        from type in Gen.Elements("int8", "int16", "float32")
        from timeMajor in Gen.Elements(true, false)
        from batch in Gen.Choose(1, 3)
        from time in Gen.Choose(1, 6)
        from width in Gen.Choose(1, 13)
        from units in Gen.Choose(1, 11)
        from isTwofold in Gen.Elements(true, false)
        from clip in Gen.Elements("0", "0.7", "4")
        from cell in Gen.Elements("0.00048828125@0", "0.000244140625@0", "0.000030517578125@0")
        from hidden in Gen.Elements("0.0078125", "0.0061")
        from gain in Gen.Elements("0.003", "0.02", "0.09")
        select new LstmText(type, timeMajor, batch, time, width, units, isTwofold, clip, cell, hidden, gain).ToString();

    private sealed record LstmText(
        string Type, bool TimeMajor, int Batch, int Time, int Width, int Units, bool IsTwofold, string Clip, string Cell, string Hidden, string Gain)
    {
        private string Activations => Type switch { "int8" => $"{Hidden}@-3", "int16" => $"0.0000{Hidden[4..]}@0", _ => "" };

        private string Input => Type switch { "int8" => "0.02@7", "int16" => "0.00008@0", _ => "-2..2" };

        public override string ToString()
        {
            var parts = IsTwofold ? 2 : 1;
            string[] operands =
            [
                $"{Type}[{Steps},{Width}] {Input}",
                .. Enumerable.Range(0, parts).SelectMany(_ => Constants()),
                .. Enumerable.Range(0, parts).SelectMany(_ => States()),
                .. Enumerable.Repeat("none", IsTwofold ? 9 : 4),
            ];
            var attributes = $"no-oracle Activation=TANH CellClip={Clip} TimeMajor={TimeMajor}{(IsTwofold ? " MergeOutputs=true" : "")}";
            return $"{(IsTwofold ? "BI" : "UNI")}DIRECTIONAL_SEQUENCE_LSTM {attributes} | {string.Join(" | ", operands)} -> {Type}[{Steps},{parts * Units}] {Activations}";
        }

        private string Steps => TimeMajor ? $"{Time},{Batch}" : $"{Batch},{Time}";

        private IEnumerable<string> Constants()
        {
            string Matrix(int columns) => Type == "float32" ? $"const float32[{Units},{columns}] -0.7..0.7" : $"const int8[{Units},{columns}] {Gain}@0";

            var bias = Type switch { "int8" => $"const int32[{Units}] -3000..3000", "int16" => $"const int64[{Units}] -300000..300000", _ => $"const float32[{Units}] -2..2" };
            return
            [
                .. Enumerable.Repeat(Matrix(Width), 4), .. Enumerable.Repeat(Matrix(Units), 4), "none", "none", "none", .. Enumerable.Repeat(bias, 4), "none", "none",
            ];
        }

        private string[] States() =>
            [$"variable {Type}[{Batch},{Units}] {Activations}", Type == "float32" ? $"variable float32[{Batch},{Units}]" : $"variable int16[{Batch},{Units}] {Cell}"];
    }
}
