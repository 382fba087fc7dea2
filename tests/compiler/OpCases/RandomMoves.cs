// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Tests.OpCases.OpDraw;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>The lines of <see cref="RandomOps"/> whose operators move elements and change none, of every type they take.</summary>
internal static class RandomMoves
{
    // All but the library of the oracle agree on int16 and bool.
    private static string Head(string code, string type) => type is "int8" or "int32" or "float32" ? code : $"{code} no-oracle";

    private static string Bare(string contents) => contents.Contains('@') ? contents : "";

    public static string Concatenation(OpDraw draw)
    {
        var (shape, (type, contents), count) = (draw.Shape(), draw.Of(("int8", draw.Int8()), ("int16", draw.Int16()), ("float32", "-9..9")), draw.Next(1, 4));
        var axis = draw.Next(0, shape.Length - 1);
        int[] sizes = [.. Enumerable.Range(0, count).Select(_ => draw.Next(1, 7))];
        string Part(int size) => $"{type}[{Text(shape.Select((old, i) => i == axis ? size : old))}]";
        return $"{Head("CONCATENATION", type)} Axis={(draw.OneIn(2) ? axis : axis - shape.Length)} | {string.Join(" | ", sizes.Select(size => $"{Part(size)} {contents}"))} -> {Part(sizes.Sum())} {Bare(contents)}";
    }

    public static string Pack(OpDraw draw)
    {
        var (shape, (type, contents), count) = (draw.Shape(most: 3), draw.Of(("int8", draw.Int8()), ("int32", "-99..99"), ("float32", "-9..9")), draw.Next(1, 4));
        var axis = draw.Next(0, shape.Length);
        var inputs = string.Join(" | ", Enumerable.Repeat($"{type}[{Text(shape)}] {contents}", count));
        return $"PACK Count={count} Axis={axis} | {inputs} -> {type}[{Text([.. shape[..axis], count, .. shape[axis..]])}] {Bare(contents)}";
    }

    public static string Unpack(OpDraw draw)
    {
        var (shape, (type, contents)) = (draw.Shape(fewest: 2, largest: 4), draw.Of(("int8", draw.Int8()), ("int32", "-99..99"), ("float32", "-9..9")));
        var axis = draw.Next(0, shape.Length - 1);
        shape[axis] = Math.Min(shape[axis], 4);
        var output = $"{type}[{Text(shape.Where((_, i) => i != axis))}] {Bare(contents)}";
        return $"UNPACK Count={shape[axis]} Axis={axis} | {type}[{Text(shape)}] {contents} -> {string.Join(" | ", Enumerable.Repeat(output, shape[axis]))}";
    }

    public static string Split(OpDraw draw)
    {
        var (shape, quantization, count) = (draw.Shape(), draw.Int8(), draw.Next(1, 4));
        var axis = draw.Next(0, shape.Length - 1);
        var output = $"int8[{Text(shape)}] {quantization}";
        shape[axis] *= count;
        return $"SPLIT Count={count} | const int32[] {axis} | int8[{Text(shape)}] {quantization} -> {string.Join(" | ", Enumerable.Repeat(output, count))}";
    }

    public static string Slice(OpDraw draw)
    {
        var (shape, (type, contents)) = (draw.Shape(), draw.Moved());
        int[] begin = [.. shape.Select(size => draw.Next(0, size - 1))];
        int[] size = [.. shape.Zip(begin, (all, from) => draw.Next(1, all - from))];
        var (head, from) = draw.OneIn(3) ? ("SLICE no-oracle", $"int32[{shape.Length}]") : (Head("SLICE", type), $"const int32[{shape.Length}]");
        return $"{head} | {type}[{Text(shape)}] {contents} | {from} {Text(begin)} | const int32[{shape.Length}] {Text(size)} -> {type}[{Text(size)}] {Bare(contents)}";
    }

    public static string StridedSlice(OpDraw draw)
    {
        var (shape, quantization) = (draw.Shape(), draw.Int8());
        int[] begin = [.. shape.Select(size => draw.Next(0, size - 1))];
        int[] end = [.. shape.Zip(begin, (size, from) => draw.Next(from + 1, size))];
        int[] stride = [.. shape.Select(_ => draw.Next(1, 3))];
        int[] result = [.. shape.Select((_, i) => (end[i] - begin[i] + stride[i] - 1) / stride[i])];
        return $"STRIDED_SLICE | int8[{Text(shape)}] {quantization} | const int32[{shape.Length}] {Text(begin)} | const int32[{shape.Length}] {Text(end)} | const int32[{shape.Length}] {Text(stride)} -> int8[{Text(result)}] {quantization}";
    }

    public static string Transpose(OpDraw draw)
    {
        var (shape, quantization) = (draw.Shape(most: 5), draw.Int8());
        var order = draw.Shuffled(shape.Length);
        return $"TRANSPOSE | int8[{Text(shape)}] {quantization} | const int32[{shape.Length}] {Text(order)} -> int8[{Text(order.Select(axis => shape[axis]))}] {quantization}";
    }

    public static string Reverse(OpDraw draw)
    {
        var (shape, (type, contents)) = (draw.Shape(), draw.Of(("int8", draw.Int8()), ("int16", draw.Int16()), ("float32", "-9..9")));
        return $"REVERSE_V2 no-oracle | {type}[{Text(shape)}] {contents} | const int32[1] {draw.Next(0, shape.Length - 1)} -> {type}[{Text(shape)}] {Bare(contents)}";
    }

    public static string Pad(OpDraw draw)
    {
        var (shape, quantization) = (draw.Shape(), draw.Int8());
        (int Before, int After)[] border = [.. shape.Select(_ => (draw.Next(0, 3), draw.Next(0, 3)))];
        return $"PAD | int8[{Text(shape)}] {quantization} | const int32[{shape.Length},2] {Text(border.SelectMany(side => new[] { side.Before, side.After }))} -> int8[{Text(shape.Zip(border, (size, side) => side.Before + size + side.After))}] {quantization}";
    }

    public static string MirrorPad(OpDraw draw)
    {
        var (shape, quantization, reflect) = (draw.Shape(most: 3), draw.Int8(), draw.OneIn(2));
        (int Before, int After)[] border = [.. shape.Select(size => (draw.Next(0, reflect ? size - 1 : size), draw.Next(0, reflect ? size - 1 : size)))];
        return $"MIRROR_PAD no-oracle Mode={(reflect ? "REFLECT" : "SYMMETRIC")} | int8[{Text(shape)}] {quantization} | const int32[{shape.Length},2] {Text(border.SelectMany(side => new[] { side.Before, side.After }))} -> int8[{Text(shape.Zip(border, (size, side) => side.Before + size + side.After))}] {quantization}";
    }

    public static string Tile(OpDraw draw)
    {
        var (shape, quantization) = (draw.Shape(most: 3), draw.Int8());
        int[] times = [.. shape.Select(_ => draw.Next(1, 3))];
        return $"TILE | int8[{Text(shape)}] {quantization} | const int32[{shape.Length}] {Text(times)} -> int8[{Text(shape.Zip(times, (size, count) => size * count))}] {quantization}";
    }

    public static string BroadcastTo(OpDraw draw)
    {
        var (shape, (type, contents)) = (draw.Shape(), draw.Of(("int8", draw.Int8()), ("int32", "-99..99"), ("float32", "-9..9")));
        return $"BROADCAST_TO version=2 | {type}[{Text(draw.Repeated(shape))}] {contents} | const int32[{shape.Length}] {Text(shape)} -> {type}[{Text(shape)}] {Bare(contents)}";
    }

    public static string Gather(OpDraw draw)
    {
        var (shape, quantization, indices) = (draw.Shape(most: 3), draw.Int8(), draw.Shape(most: 2, largest: 4));
        var axis = draw.Next(0, shape.Length - 1);
        return $"GATHER Axis={axis} | int8[{Text(shape)}] {quantization} | int32[{Text(indices)}] 0..{shape[axis] - 1} -> int8[{Text([.. shape[..axis], .. indices, .. shape[(axis + 1)..]])}] {quantization}";
    }

    public static string GatherNd(OpDraw draw)
    {
        var (shape, quantization, count) = (draw.Shape(most: 3), draw.Int8(), draw.Next(1, 5));
        var depth = draw.Next(1, shape.Length);
        return $"GATHER_ND | int8[{Text(shape)}] {quantization} | int32[{count},{depth}] 0..{shape[..depth].Min() - 1} -> int8[{Text([count, .. shape[depth..]])}] {quantization}";
    }

    public static string UpdateSlice(OpDraw draw)
    {
        var (shape, (type, contents)) = (draw.Shape(), draw.Of(("int8", draw.Int8()), ("float32", "-9..9"), ("bool", "")));
        return $"DYNAMIC_UPDATE_SLICE no-oracle | {type}[{Text(shape)}] {contents} | {type}[{Text(shape.Select(size => draw.Next(1, size)))}] {contents} | int32[{shape.Length}] -2..4 -> {type}[{Text(shape)}] {Bare(contents)}";
    }

    public static string Lookup(OpDraw draw)
    {
        var (shape, quantization, count) = (draw.Shape(fewest: 2, most: 3), $"{draw.Int8().Split('@')[0]}@0", draw.Next(1, 6));
        return $"EMBEDDING_LOOKUP no-oracle | int32[{count}] 0..{shape[0] - 1} | const int8[{Text(shape)}] {quantization} -> int8[{Text([count, .. shape[1..]])}] {quantization}";
    }

    public static string SpaceToDepth(OpDraw draw)
    {
        var (block, h, w, c, quantization) = (draw.Next(1, 4), draw.Next(1, 4), draw.Next(1, 4), draw.Next(1, 9), draw.Int8());
        return $"SPACE_TO_DEPTH BlockSize={block} | int8[1,{h * block},{w * block},{c}] {quantization} -> int8[1,{h},{w},{c * block * block}] {quantization}";
    }

    public static string DepthToSpace(OpDraw draw)
    {
        var (block, h, w, c, quantization) = (draw.Next(1, 4), draw.Next(1, 4), draw.Next(1, 4), draw.Next(1, 9), draw.Int8());
        return $"DEPTH_TO_SPACE BlockSize={block} | int8[1,{h},{w},{c * block * block}] {quantization} -> int8[1,{h * block},{w * block},{c}] {quantization}";
    }

    public static string SpaceToBatch(OpDraw draw)
    {
        var (by, bx, top, left, quantization) = (draw.Next(1, 3), draw.Next(1, 3), draw.Next(0, 2), draw.Next(0, 2), draw.Int8());
        var (h, w, c, batch) = (draw.Next(1, 4), draw.Next(1, 4), draw.Next(1, 5), draw.Next(1, 2));
        var (inH, inW) = (Math.Max(1, (h * by) - top), Math.Max(1, (w * bx) - left));
        var (bottom, right) = (((by - ((inH + top) % by)) % by), (bx - ((inW + left) % bx)) % bx);
        return $"SPACE_TO_BATCH_ND | int8[{batch},{inH},{inW},{c}] {quantization} | const int32[2] {by},{bx} | const int32[2,2] {top},{bottom},{left},{right} -> int8[{batch * by * bx},{(inH + top + bottom) / by},{(inW + left + right) / bx},{c}] {quantization}";
    }

    public static string Resize(string code, OpDraw draw)
    {
        var (h, w, c, outH, outW, quantization) = (draw.Next(1, 7), draw.Next(1, 7), draw.Next(1, 5), draw.Next(1, 12), draw.Next(1, 12), draw.Int8());
        var flag = draw.Of("", " AlignCorners=true", " HalfPixelCenters=true");
        var type = draw.Next(0, 2) == 0 ? "uint8" : "int8";
        quantization = type == "uint8" ? "0.5@130" : quantization;
        return $"{code} no-oracle{flag} | {type}[1,{h},{w},{c}] {quantization} | const int32[2] {outH},{outW} -> {type}[1,{outH},{outW},{c}] {quantization}";
    }
}
