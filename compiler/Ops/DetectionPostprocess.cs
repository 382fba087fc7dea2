// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// TFLite_Detection_PostProcess: boxes, classes, scores and the number of detections; <c>kernels/detection_postprocess</c> has the rules.
/// TFLite Micro fails where a box has no area, and leaves what lies behind the last detection as it was; here such boxes
/// overlap nothing, and the rest is 0. Inputs of 8 bits are dequantized first, as there.
/// </summary>
internal sealed record DetectionPostprocess(
    int MaxDetections, int DetectionsPerClass, bool IsRegular, int Classes, float ScoreThreshold, float OverlapThreshold, (float Y, float X, float H, float W) Scales) : Op
{
    public override string Name => "detection_postprocess";

    protected override string Attributes => IsRegular ? "regular" : "fast";

    public static void Import(ImportContext context)
    {
        var options = context.CustomOptions();
        var (isRegular, perDetection) = (options.Bool("use_regular_nms", false), options.Int("max_classes_per_detection", 1));
        if (!isRegular && perDetection != 1)
        {
            throw context.Origin.Refuse($"{perDetection} classes for each detection", "1");
        }

        var op = new DetectionPostprocess(
            options.Int("max_detections"),
            options.Int("detections_per_class", 100),
            isRegular,
            options.Int("num_classes"),
            options.Float("nms_score_threshold"),
            options.Float("nms_iou_threshold"),
            (options.Float("y_scale"), options.Float("x_scale"), options.Float("h_scale"), options.Float("w_scale")));

        var found = op.MaxDetections;
        Value[] outputs = [context.Output(0, new Shape(1, found, 4)), context.Output(1, new Shape(1, found)), context.Output(2, new Shape(1, found)), context.Output(3, new Shape(1))];
        context.Add(op, [Real(context, 0), Real(context, 1), Real(context, 2)], outputs);
    }

    private static Value Real(ImportContext context, int index)
    {
        var input = context.Input(index);
        if (input.Type is not (ElementType.S8 or ElementType.U8))
        {
            return input;
        }

        var real = new Value($"{input.Name}/real", ElementType.F32, input.Shape);
        context.Add(new Dequantize(), [input], [real]);
        return real;
    }

    public override void Check(Node node)
    {
        var (encodings, scores, anchors) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
        int[] expected = [4 * MaxDetections, MaxDetections, MaxDetections, 1];

        Require.Types(node, ElementType.F32, [.. node.Inputs, .. node.Outputs]);
        Require.Filled(node, encodings, scores, anchors);
        Require.That(
            encodings.Shape is { Rank: 3 } boxes && boxes[0] == 1 && boxes[2] >= 4
                && scores.Shape is { Rank: 3 } classes && classes[0] == 1 && classes[1] == boxes[1] && classes[2] - Classes is 0 or 1
                && anchors.Shape.Count == 4 * boxes[1],
            node,
            $"encodings {encodings.Shape}, scores {scores.Shape} and anchors {anchors.Shape} of {Classes} classes",
            "[1, boxes, 4 or more], [1, boxes, classes with or without background], [boxes, 4]");
        Require.That(
            MaxDetections > 0 && DetectionsPerClass > 0 && Classes > 0 && node.Outputs.Select(output => output.Shape.Count).SequenceEqual(expected),
            node,
            $"outputs {string.Join(", ", node.Outputs.Select(output => output.Shape))} of {MaxDetections} detections",
            "boxes [1, n, 4], classes [1, n], scores [1, n], count [1], of n detections");
        Require.That(OverlapThreshold is > 0 and <= 1, node, $"an overlap threshold of {OverlapThreshold}", "above 0, at most 1");
    }

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (boxes, scores) = (node.Inputs[0].Shape, node.Inputs[1].Shape);
        return
        [
            new KernelCall(
                "detection_postprocess",
                [
                    ("boxes", boxes[1]),
                    ("encoding", boxes[2]),
                    ("background", scores[2] - Classes),
                    ("classes", Classes),
                    ("max_detections", MaxDetections),
                    ("detections_per_class", DetectionsPerClass),
                    ("regular", IsRegular ? 1 : 0),
                    ("score_threshold", ScoreThreshold),
                    ("iou_threshold", OverlapThreshold),
                    ("y_scale", Scales.Y),
                    ("x_scale", Scales.X),
                    ("h_scale", Scales.H),
                    ("w_scale", Scales.W),
                ],
                [.. node.Inputs.Select(input => (Operand)input)],
                [.. node.Outputs.Select(output => (Operand)output)],
                17 * boxes[1]),
        ];
    }
}
