// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>A part of a tensor that begins at a place known at run time, as kernels take it: <c>struct ti_part</c>.</summary>
internal static class PartFields
{
    /// <param name="begin">One index a dimension of the whole.</param>
    public static IReadOnlyList<Field> Of(Value whole, Value part, Value begin)
    {
        var item = whole.Type.Size();
        var (large, small) = (whole.Shape.Extended(Movement.MaxDimensions), part.Shape.Extended(Movement.MaxDimensions));
        return
        [
            ("part.item", item),
            ("part.first", Movement.MaxDimensions - whole.Shape.Rank),
            ("part.wide", begin.Type == ElementType.S64 ? 1 : 0),
            ("part.dims", [.. small.Dimensions]),
            ("part.room", [.. large.Dimensions.Zip(small.Dimensions, (all, some) => all - some)]),
            ("part.strides", [.. large.Strides().Select(stride => stride * item)]),
        ];
    }
}
