// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>A window along one axis, as the portable kernel gets it: tap k of output o reads position o * Stride - Pad + k * Dilation.</summary>
internal sealed record DepthwiseAxis(int In, int Out, int Filter, int Stride, int Dilation, int Pad)
{
    /// <summary>Positions of a plane that has the input behind Pad borders and is long enough for every tap.</summary>
    public int Plane => Math.Max(Pad + In, ((Out - 1) * Stride) + ((Filter - 1) * Dilation) + 1);

    public bool IsBordered => Plane > In;

    public static DepthwiseAxis Of(PortableCall call, string name) => new(
        call[$"{name}.in"], call[$"{name}.out"], call[$"{name}.filter"], call[$"{name}.stride"], call[$"{name}.dilation"], call[$"{name}.pad"]);

    public override string ToString() => $"{In}to{Out}f{Filter}s{Stride}d{Dilation}p{Pad}";
}
