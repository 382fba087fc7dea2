// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>
/// One of Winograd's minimal convolutions F(m x m, 3x3): y = A' [(G w G') * (B' d B)] A with * for products of elements, over m x m outputs and
/// (m + 2) x (m + 2) inputs. All matrices have integers here, and what that leaves as a factor of y goes in the end.
/// </summary>
internal abstract class WinogradTile
{
    public static WinogradTile F4 { get; } = new WinogradTileOf4();

    public static WinogradTile F2 { get; } = new WinogradTileOf2();

    /// <summary>Outputs of a tile in each direction.</summary>
    public abstract int Outputs { get; }

    /// <summary>Of a transformed tile, in each direction.</summary>
    public int Points => Outputs + SharedRows;

    public int Positions => Points * Points;

    /// <summary>Rows of input that two rows of tiles share.</summary>
    public const int SharedRows = 2;

    /// <summary>G, for weights that the compiler transforms.</summary>
    public abstract IReadOnlyList<int[]> Weights { get; }

    /// <summary>By this, a transformed output becomes 256 times the sum of the convolution, mod 2^32.</summary>
    public abstract int Rescale { get; }

    public string Name => $"F({Outputs}x{Outputs}, 3x3)";

    /// <summary>One value by each row of B', two channels in a word; <paramref name="a"/> and <paramref name="b"/> are lost. Returns where the results are.</summary>
    public abstract Reg[] Input(ThumbWriter w, IReadOnlyList<Reg> d, Reg a, Reg b);

    /// <summary>The same by A'.</summary>
    /// <param name="bare">True when weights come from <see cref="WinogradExpansion"/>.</param>
    public abstract Reg[] Output(ThumbWriter w, IReadOnlyList<Reg> m, Reg a, Reg b, bool bare);

    /// <summary>What a row of A' has in common as a power of two, and <see cref="Output"/> leaves out.</summary>
    public abstract int CommonShift(int row, bool bare);
}
