// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// TFLite_Detection_PostProcess by its definition: boxes are sorted by score, each is kept unless one that is kept before it overlaps it
/// too much. What lies behind the last detection is 0.
/// </summary>
internal static class DetectionReference
{
    public static long[][] Compute(ReferenceCall call)
    {
        var options = call.Custom;
        var (classes, most) = ((int)options["num_classes"], (int)options["max_detections"]);
        var stride = call.Inputs[1]!.Shape[2];
        var background = stride - classes;
        var scores = call.Inputs[1]!.Floats.Chunk(stride).Select(row => row[background..]).ToArray();
        var boxes = Boxes(call);

        IEnumerable<(int Box, int Class, float Score)> Kept(Func<float[], int> classOf, int limit) => Suppress(
            scores.Select((row, box) => (Box: box, Class: classOf(row), Score: row[classOf(row)])).Where(item => item.Score >= (float)options["nms_score_threshold"]),
            boxes,
            (float)options["nms_iou_threshold"]).Take(limit);

        var found = options.TryGetValue("use_regular_nms", out var regular) && regular != 0
            ? [.. Enumerable.Range(0, classes).SelectMany(c => Kept(_ => c, (int)options.GetValueOrDefault("detections_per_class", 100))).OrderByDescending(item => item.Score).Take(most)]
            : Kept(row => Array.IndexOf(row, row.Max()), most).ToArray();

        long[] Padded(IEnumerable<float> items, int count) => [.. items.Concat(new float[count]).Take(count).Select(item => (long)BitConverter.SingleToInt32Bits(item))];

        return
        [
            Padded(found.SelectMany(item => boxes[item.Box]), 4 * most),
            Padded(found.Select(item => (float)item.Class), most),
            Padded(found.Select(item => item.Score), most),
            Padded([found.Length], 1),
        ];
    }

    private static IEnumerable<(int Box, int Class, float Score)> Suppress(IEnumerable<(int Box, int Class, float Score)> items, float[][] boxes, float threshold)
    {
        var kept = new List<(int Box, int Class, float Score)>();
        foreach (var item in items.OrderByDescending(item => item.Score))
        {
            if (kept.TrueForAll(other => Overlap(boxes[other.Box], boxes[item.Box]) <= threshold))
            {
                kept.Add(item);
            }
        }

        return kept;
    }

    private static float[][] Boxes(ReferenceCall call)
    {
        var anchors = call.Inputs[2]!.Floats.Chunk(4).ToArray();
        double Scale(string name) => (float)call.Custom[name];

        return [.. call.Input.Floats.Chunk(call.Input.Shape[2]).Select((box, i) =>
        {
            var y = (float)((box[0] / Scale("y_scale") * anchors[i][2]) + anchors[i][0]);
            var x = (float)((box[1] / Scale("x_scale") * anchors[i][3]) + anchors[i][1]);
            var h = (float)(0.5 * Math.Exp(box[2] / Scale("h_scale")) * anchors[i][2]);
            var w = (float)(0.5 * Math.Exp(box[3] / Scale("w_scale")) * anchors[i][3]);
            return new[] { y - h, x - w, y + h, x + w };
        })];
    }

    private static float Area(float[] box) => (box[2] - box[0]) * (box[3] - box[1]);

    private static float Overlap(float[] a, float[] b)
    {
        var shared = Math.Max(Math.Min(a[2], b[2]) - Math.Max(a[0], b[0]), 0) * Math.Max(Math.Min(a[3], b[3]) - Math.Max(a[1], b[1]), 0);
        return Area(a) <= 0 || Area(b) <= 0 ? 0 : shared / (Area(a) + Area(b) - shared);
    }
}
