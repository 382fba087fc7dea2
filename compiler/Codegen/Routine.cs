// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen;

/// <summary>
/// Machine code of one kernel, specialised for a shape. It is entered like a portable kernel, by AAPCS with (params, inputs, outputs,
/// scratch); it is position independent and writes nothing but outputs and scratch.
/// </summary>
/// <param name="Name">Says everything the text depends on: routines of one name are one routine.</param>
/// <param name="Text">Assembly from the label <paramref name="Name"/> on.</param>
/// <param name="Calls">Routines that it branches to by name.</param>
internal sealed record Routine(string Name, string Text, params IReadOnlyList<Routine> Calls)
{
    private const double BytesPerInstruction = 3.6;

    /// <summary>About how many it assembles to, without those it calls.</summary>
    public int Bytes => (int)(Text.Split('\n').Count(line => line.StartsWith("    ", StringComparison.Ordinal) && !line.StartsWith("    .", StringComparison.Ordinal)) * BytesPerInstruction);

    /// <summary>Its pieces that may run from RAM.</summary>
    public IReadOnlyList<HotPart> HotParts => HotPart.Of(Text);

    /// <summary>All routines that some need, each once, callees before their callers.</summary>
    public static IReadOnlyList<Routine> Closure(IEnumerable<Routine> routines)
    {
        var all = new Dictionary<string, Routine>();
        foreach (var routine in routines)
        {
            foreach (var callee in Closure(routine.Calls))
            {
                Include(all, callee);
            }

            Include(all, routine);
        }

        return [.. all.Values];
    }

    private static void Include(Dictionary<string, Routine> all, Routine routine)
    {
        if (!all.TryAdd(routine.Name, routine) && all[routine.Name].Text != routine.Text)
        {
            throw new InvalidOperationException($"Two routines have the name \"{routine.Name}\" and differ: it leaves out what its text depends on.");
        }
    }
}

/// <summary>The assembled routines of a program.</summary>
/// <param name="Bytes">Position independent; right at every multiple of 4, fastest at a multiple of <see cref="Alignment"/>.</param>
/// <param name="Entries">Offset of each routine.</param>
/// <param name="HotBytes">The first of them, which may be copied to RAM.</param>
/// <param name="Hot">The pieces that these are.</param>
internal sealed record CodeBlock(ReadOnlyMemory<byte> Bytes, IReadOnlyDictionary<string, int> Entries, int HotBytes, IReadOnlyList<HotPart> Hot)
{
    /// <summary>A line of the caches and flash accelerators; loops are aligned within it.</summary>
    public const uint Alignment = 32;

    /// <summary>
    /// What the flash interfaces of Cortex-M4 parts keep: 64 lines of 128 bits (STM32F4) or 128 of 64 (STM32L4). A loop that is larger waits for every
    /// line of every round.
    /// </summary>
    public const int LineCache = 1024;
}
