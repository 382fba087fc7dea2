// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>The loop over groups of four inputs, four or eight groups a round, and what is left over.</summary>
internal static class DenseLoop
{
    private const int MostStraightGroups = 6;

    /// <summary>Code for groups first to first + count - 1, of which <paramref name="done"/> are behind the pointers to weights, and r12 unless the code moves it.</summary>
    /// <param name="more">True when another group follows at once.</param>
    public delegate void GroupsCode(int first, int count, int done, bool more);

    /// <param name="looped">Groups that may be in the loop.</param>
    /// <param name="spare">A register that is free between rounds.</param>
    /// <param name="isFree">True when it is free in the rounds too.</param>
    /// <param name="movesInputs">True when the code moves r12 on with each group.</param>
    /// <param name="weights">Pointers to weights.</param>
    /// <param name="weightBytes">Of one group.</param>
    public static void Emit(ThumbWriter w, DenseShape shape, int looped, Fp end, Reg spare, bool isFree, bool movesInputs, IReadOnlyList<Reg> weights, int weightBytes, GroupsCode code)
    {
        var unrolled = looped % 8 <= 4 ? 8 : 4;
        var rounds = shape.Groups <= MostStraightGroups ? 0 : looped / unrolled;
        var done = rounds * unrolled;
        if (rounds > 0)
        {
            w.Add(spare, R(12), done * DenseShape.ExpandedBytes, spare);
            if (!isFree)
            {
                w.Vmov(end, spare);
            }

            var loop = w.Loop();
            code(0, unrolled, 0, more: true);
            w.Add(R(12), R(12), movesInputs ? 0 : unrolled * DenseShape.ExpandedBytes, R(12));
            foreach (var pointer in weights)
            {
                w.Add(pointer, pointer, unrolled * weightBytes, pointer);
            }

            if (!isFree)
            {
                w.Vmov(spare, end);
            }

            w.Cmp(R(12), spare);
            w.Branch("ne", loop);
        }

        if (done < shape.Groups)
        {
            code(done, shape.Groups - done, done, more: false);
        }
    }
}
