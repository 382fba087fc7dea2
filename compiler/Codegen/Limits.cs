// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Codegen;

/// <summary>Memory that the user allows: <c>--ram</c> and <c>--flash</c>. Null: what the goal allows.</summary>
/// <param name="Ram">Bytes of arena, state and code that is copied to RAM.</param>
/// <param name="Flash">Bytes of the image.</param>
internal sealed record Limits(int? Ram = null, int? Flash = null)
{
    /// <param name="programs">The best that could be planned within the limits.</param>
    /// <exception cref="CompilerException">That is still too much.</exception>
    public void Check(IReadOnlyList<CoreProgram> programs, int imageBytes)
    {
        var ram = programs.Where(program => program.Core != Core.Portable || programs.Count == 1).Max(program => program.Ram);
        if (ram > Ram)
        {
            throw new CompilerException($"the model needs at least {ram:N0} bytes of arena and state, --ram allows {Ram:N0}");
        }

        if (imageBytes > Flash)
        {
            throw new CompilerException($"the image needs at least {imageBytes:N0} bytes of flash{(Ram is null ? "" : " within that RAM")}, --flash allows {Flash:N0}");
        }
    }
}

/// <summary>What a goal allows where the user does not say. These are aims: generated code is not given up for them, and no more cycles than they are worth.</summary>
/// <param name="Ram">Bytes of arena and state.</param>
/// <param name="Flash">Bytes of the image.</param>
/// <param name="Constants">False: no constants that generated code needs besides those of the model.</param>
internal sealed record Aim(long Ram, long Flash, bool Constants)
{
    private const long LatencyImage = 640 * 1024;

    /// <summary>Whether code may be copied to RAM without the user saying how much there is.</summary>
    private bool CopiesCode { get; init; }

    /// <summary>Bytes of RAM up to which code may be copied there; none where RAM is to be least.</summary>
    public long HotRam(Limits limits) => Ram == 0 ? 0 : limits.Ram ?? (CopiesCode ? long.MaxValue : 0);

    public static Aim Of(Goal goal, Graph graph, long fileBytes) => goal switch
    {
        Goal.Latency => new Aim(LatencyRam(InterpreterRam(graph)), LatencyImage, Constants: true) { CopiesCode = true },
        Goal.Memory => new Aim(0, fileBytes * 3 / 2, Constants: true),
        Goal.Flash => new Aim(InterpreterRam(graph), long.MaxValue, Constants: false),
        _ => new Aim(InterpreterRam(graph), fileBytes * 3 / 2, Constants: true),
    };

    // A little more buys large strips of input and few passes over weights.
    private static long LatencyRam(long interpreter) => interpreter + Math.Max(interpreter / 20, 4096);

    // Every tensor in a place of its own, and an interpreter's structures and scratch: a tenth of all, or about what TensorFlow Lite Micro has for
    // models of few and small tensors.
    private static long InterpreterRam(Graph graph)
    {
        var tensors = LiveMemory.Of(ScheduleBuilder.BuildApart(graph)).Most;
        return tensors + Math.Max(tensors / 9, 400 + (144 * graph.Nodes.Count));
    }
}
