// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Pooling;

/// <summary>The parts of a pool, one after the other; those that differ in their place only share a routine.</summary>
internal static class PoolParts
{
    private const int Frame = 8;
    private static readonly Reg Params = R(4);
    private static readonly Reg Input = R(5);
    private static readonly Reg Output = R(6);
    private static readonly Reg Stack = R(13);

    public static Routine RoutineOf(IReadOnlyList<PoolPlan.Part> parts)
    {
        if (parts is [{ Shape: var only }])
        {
            return PoolRoutine.Of(only);
        }

        var routines = parts.Select(part => PoolRoutine.Of(part.Shape)).ToArray();
        var name = $"pool_parts_{string.Join("__", parts.Zip(routines, (part, routine) => $"{part.From}_{part.To}_{routine.Name}"))}";
        var w = new ThumbWriter(name);
        w.EnterCore();
        w.Reserve(Frame);
        w.Mov(Params, R(0));
        w.Ldr(Input, R(1));
        w.Ldr(Output, R(2));
        var constants = 0;
        foreach (var (part, routine) in parts.Zip(routines))
        {
            w.Add(R(3), Input, part.From, R(2));
            w.Str(R(3), Stack);
            w.Add(R(3), Output, part.To, R(2));
            w.Str(R(3), Stack, sizeof(int));
            w.Add(R(0), Params, constants, R(2));
            w.Mov(R(1), Stack);
            w.Add(R(2), Stack, sizeof(int), R(3));
            w.Call(routine);
            constants += sizeof(int) * part.Shape.Constants.Count;
        }

        w.Release(Frame);
        w.LeaveCore();
        return new Routine(name, w.ToString(), [.. routines.DistinctBy(routine => routine.Name)]);
    }
}
