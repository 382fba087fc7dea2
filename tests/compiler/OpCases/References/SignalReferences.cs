// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Numerics;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>The audio front end of TFLite Micro, by the definitions in its signal library, on exact integers.</summary>
internal static class SignalReferences
{
    private static readonly BigInteger One = BigInteger.One;

    public static Func<ReferenceCall, long[][]> Of(string name) => name switch
    {
        "SignalWindow" => Window,
        "SignalFftAutoScale" => FftAutoScale,
        "SignalRfft" => RfftReference.Compute,
        "SignalEnergy" => Energy,
        "SignalFilterBank" => FilterBank,
        "SignalFilterBankSquareRoot" => SquareRoot,
        "SignalFilterBankSpectralSubtraction" => SpectralSubtraction,
        "SignalPCAN" => Pcan,
        "SignalFilterBankLog" => Log,
        _ => throw new ArgumentException($"there is no reference of {name}"),
    };

    private static int Option(this ReferenceCall call, string name) => (int)call.Custom[name];

    private static long[][] Window(ReferenceCall call)
    {
        var window = call.Inputs[1]!.Values;
        var unit = Math.Pow(2, call.Option("shift"));
        return [[.. call.Input.Values.Select((x, i) => (long)Math.Clamp(Math.Floor(x * window[i % window.Length] / unit), short.MinValue, short.MaxValue))]];
    }

    private static long[][] FftAutoScale(ReferenceCall call)
    {
        var largest = call.Input.Values.Max(Math.Abs);
        var bits = largest == 0 ? 0 : Math.Max(0, 14 - (int)Math.Floor(Math.Log2(largest)));
        return [[.. call.Input.Values.Select(x => x * (1 << bits))], [bits]];
    }

    private static long[][] Energy(ReferenceCall call)
    {
        var x = call.Input.Values;
        var (start, end) = (call.Option("start_index"), call.Option("end_index"));
        return [[.. Enumerable.Range(0, call.Output.Count).Select(i => i >= start && i < end ? (x[2 * i] * x[2 * i]) + (x[(2 * i) + 1] * x[(2 * i) + 1]) : 0)]];
    }

    private static long[][] FilterBank(ReferenceCall call)
    {
        var (x, starts, weightStarts, widths) = (call.Input.Values, call.Inputs[3]!.Values, call.Inputs[4]!.Values, call.Inputs[5]!.Values);

        BigInteger Band(int band, long[] factors) => Enumerable.Range(0, (int)widths[band])
            .Aggregate(BigInteger.Zero, (sum, i) => sum + (new BigInteger(factors[weightStarts[band] + i]) * x[starts[band] + i]));

        return [[.. Enumerable.Range(0, call.Option("num_channels")).Select(c => Low64(Band(c + 1, call.Inputs[1]!.Values) + Band(c, call.Inputs[2]!.Values)))]];
    }

    private static long[][] SquareRoot(ReferenceCall call)
    {
        var bits = (int)call.Inputs[1]!.Values[0];
        return [[.. call.Input.Values.Select(x => Root((ulong)x) >> bits)]];
    }

    // To nearest; a half never occurs, since (n + 1/2)^2 is no integer.
    private static long Root(BigInteger x)
    {
        var root = (BigInteger)Math.Sqrt((double)x);
        while (root * root > x)
        {
            root--;
        }

        while ((root + 1) * (root + 1) <= x)
        {
            root++;
        }

        var nearest = (4 * x) > (((2 * root) + 1) * ((2 * root) + 1)) ? root + 1 : root;
        return (long)BigInteger.Min(nearest, x < One << 32 ? ushort.MaxValue : uint.MaxValue);
    }

    private static long[][] SpectralSubtraction(ReferenceCall call)
    {
        var (outputs, estimates) = (new List<long>(), new List<long>());
        foreach (var (x, i) in call.Input.Values.Select((x, i) => ((BigInteger)x, i)))
        {
            var smoothing = call.Option(i % 2 == 0 ? "smoothing" : "alternate_smoothing");
            var up = Low32(x << call.Option("smoothing_bits"));
            var rest = call.Option(i % 2 == 0 ? "one_minus_smoothing" : "alternate_one_minus_smoothing");
            var before = call.State is null ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(call.State.AsSpan(4 * i));
            var noise = Low32(((up * smoothing) + (new BigInteger(before) * rest)) >> call.Option("spectral_subtraction_bits"));
            var estimate = BigInteger.Min(noise, up);
            var least = Low32((x * call.Option("min_signal_remaining")) >> call.Option("spectral_subtraction_bits"));
            outputs.Add((long)BigInteger.Max((up - estimate) >> call.Option("smoothing_bits"), least));
            estimates.Add((long)(call.Option("clamping") != 0 ? estimate : noise));
        }

        return [[.. outputs], [.. estimates]];
    }

    private static long[][] Pcan(ReferenceCall call)
    {
        var (noise, table) = (call.Inputs[1]!.Values, call.Inputs[2]!.Values);
        return [[.. call.Input.Values.Select((x, i) =>
        {
            var gain = Low32(Gain(noise[i], table));
            var snr = Low32((x * gain) >> call.Option("snr_shift"));
            return (long)Low32(snr < 8192 ? (snr * snr) >> 20 : (snr >> 6) - 64);
        })]];
    }

    // A parabola for each power of two: its three coefficients stand four apart.
    private static long Gain(long noise, long[] table)
    {
        if (noise <= 2)
        {
            return table[noise];
        }

        var power = (int)Math.Floor(Math.Log2(noise));
        var q = table.AsSpan((4 * power) - 2, 3);
        var fraction = (long)Math.Floor((Math.ScaleB(noise, -power) - 1) * 1024);
        var slope = (long)Math.Floor(q[2] * fraction / 32.0) + (32 * q[1]);
        return (short)(q[0] + (long)Math.Floor((slope * fraction / 32768.0) + 0.5));
    }

    private static long[][] Log(ReferenceCall call)
    {
        var scale = call.Option("output_scale");
        return [[.. call.Input.Values.Select(x =>
        {
            var value = (long)Low32((BigInteger)x << call.Option("input_correction_bits"));
            return value <= 1 ? 0 : Math.Min(short.MaxValue, Rounded((long)Low32(scale * Rounded(45426 * Log2(value)))));
        })]];
    }

    private static long Rounded(long value) => (value + 32768) >> 16;

    private static long Log2(long value)
    {
        long Missing(long k) => (long)Math.Round(65536 * (Math.Log2(1 + (k / 128.0)) - (k / 128.0)));

        var power = (int)Math.Floor(Math.Log2(value));
        var fraction = (long)Math.Floor((Math.ScaleB(value, -power) - 1) * 65536);
        var (segment, rest) = Math.DivRem(fraction, 512);
        return (power * 65536L) + fraction + Missing(segment) + (long)Math.Floor((Missing(segment + 1) - Missing(segment)) * rest / 65536.0);
    }

    private static BigInteger Low32(BigInteger value) => value & uint.MaxValue;

    private static long Low64(BigInteger value) => unchecked((long)(ulong)(value & ulong.MaxValue));
}
