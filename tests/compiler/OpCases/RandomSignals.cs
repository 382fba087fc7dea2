// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Tests.OpCases.OpDraw;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>Lines of the operators of the audio front end, and of detections.</summary>
internal static class RandomSignals
{
    public static string Window(OpDraw draw)
    {
        var (rows, size) = (draw.Next(1, 4), draw.Next(1, 90));
        return $"SignalWindow no-oracle shift={draw.Next(0, 31)} | int16[{rows},{size}] | const int16[{size}] -> int16[{rows},{size}]";
    }

    public static string FftAutoScale(OpDraw draw)
    {
        var (size, largest) = (draw.Next(1, 120), 1 << draw.Next(0, 15));
        return $"SignalFftAutoScale no-oracle | int16[{size}] {-largest}..{largest - 1} -> int16[{size}] | int32[]";
    }

    public static string Rfft(OpDraw draw)
    {
        var (rows, length) = (draw.Next(1, 3), 1 << draw.Next(2, 9));
        return $"SignalRfft no-oracle T=7 fft_length={length} | int16[{rows},{draw.Next(1, length)}] -> int16[{rows},{length + 2}]";
    }

    public static string Energy(OpDraw draw)
    {
        var bins = draw.Next(1, 80);
        var start = draw.Next(0, bins);
        return $"SignalEnergy no-oracle start_index={start} end_index={draw.Next(start, bins)} | int16[{2 * bins}] -> uint32[{bins}]";
    }

    public static string FilterBank(OpDraw draw)
    {
        var (channels, inputs, weights) = (draw.Next(1, 9), draw.Next(1, 60), draw.Next(1, 60));
        int[] widths = [.. Enumerable.Range(0, channels + 1).Select(_ => draw.Next(0, Math.Min(inputs, weights)))];
        string Starts(int size) => Text(widths.Select(width => draw.Next(0, size - width)));
        return $"SignalFilterBank no-oracle num_channels={channels} | uint32[{inputs}] | const int16[{weights}] | const int16[{weights}] | const int16[{channels + 1}] {Starts(inputs)} "
            + $"| const int16[{channels + 1}] {Starts(weights)} | const int16[{channels + 1}] {Text(widths)} -> uint64[{channels}]";
    }

    public static string SquareRoot(OpDraw draw)
    {
        var (size, bits) = (draw.Next(1, 60), draw.Next(1, 62));
        return $"SignalFilterBankSquareRoot no-oracle | uint64[{size}] 0..{1L << bits} | int32[] {draw.Next(0, 15)} -> uint32[{size}]";
    }

    public static string SpectralSubtraction(OpDraw draw)
    {
        var (size, bits) = (draw.Next(1, 50), draw.Next(0, 14));
        int Share() => draw.Next(0, 1 << 14);
        return $"SignalFilterBankSpectralSubtraction no-oracle smoothing={Share()} one_minus_smoothing={Share()} alternate_smoothing={Share()} alternate_one_minus_smoothing={Share()} min_signal_remaining={Share()} "
            + $"num_channels={size} smoothing_bits={bits} spectral_subtraction_bits={draw.Of(14, 14, 0, 9)} clamping={draw.Next(0, 1)} | uint32[{size}] 0..{1L << draw.Next(1, 31)} -> uint32[{size}] | uint32[{size}]";
    }

    public static string Pcan(OpDraw draw)
    {
        var size = draw.Next(1, 50);
        string Range() => draw.OneIn(3) ? "" : $" 0..{1L << draw.Next(0, 31)}";
        return $"SignalPCAN no-oracle snr_shift={draw.Next(0, 31)} | uint32[{size}]{Range()} | uint32[{size}]{Range()} | const int16[125] -> uint32[{size}]";
    }

    public static string Log(OpDraw draw)
    {
        var size = draw.Next(1, 50);
        return $"SignalFilterBankLog no-oracle output_scale={draw.Of(1, 64, 1600, 30000, 65535)} input_correction_bits={draw.Next(0, 12)} | uint32[{size}] 0..{1L << draw.Next(0, 31)} -> int16[{size}]";
    }

    /// <summary>Behind the last detection TensorFlow Lite leaves what was there.</summary>
    public static string Detections(OpDraw draw)
    {
        var (boxes, classes, most) = (draw.Next(1, 50), draw.Next(1, 5), draw.Next(1, 9));
        var options = $"max_detections={most} max_classes_per_detection=1 detections_per_class={draw.Next(1, 9)} use_regular_nms={draw.Next(0, 1)} "
            + $"nms_score_threshold={draw.Of("0", "0.1", "0.5", "0.9")} nms_iou_threshold={draw.Of("0.1", "0.5", "0.9", "1")} num_classes={classes} y_scale={draw.Next(1, 10)} x_scale={draw.Next(1, 10)} h_scale={draw.Next(3, 9)} w_scale={draw.Next(3, 9)}";
        return $"TFLite_Detection_PostProcess no-oracle {options} | float32[1,{boxes},4] -3..3 | float32[1,{boxes},{classes + draw.Next(0, 1)}] 0..1 | const float32[{boxes},4] 0.1..0.9 "
            + $"-> float32[1,{most},4] | float32[1,{most}] | float32[1,{most}] | float32[1]";
    }
}
