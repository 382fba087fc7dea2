// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Pooling;

/// <summary>
/// Neighbouring outputs along one axis whose windows have as many positions inside the input, at even distances. Borders are left out of a window
/// (kernels/common/ti_window.h).
/// </summary>
/// <param name="First">Of the outputs.</param>
/// <param name="Count">Outputs.</param>
/// <param name="From">The first position of the first window.</param>
/// <param name="Step">Positions from one window to the next.</param>
/// <param name="Taps">Positions of each window.</param>
internal readonly record struct PoolWindow(int First, int Count, int From, int Step, int Taps)
{
    /// <summary>All windows along an axis of a pool's call.</summary>
    public static IReadOnlyList<PoolWindow> Along(PortableCall call, string axis)
    {
        var windows = new List<PoolWindow>();
        for (var output = 0; output < call[$"{axis}.out"]; output++)
        {
            var origin = (output * call[$"{axis}.stride"]) - call[$"{axis}.pad"];
            var from = Math.Max(origin, 0);
            var next = new PoolWindow(output, 1, from, 0, Math.Min(origin + call[$"{axis}.filter"], call[$"{axis}.in"]) - from);
            if (windows is [.., var last] && last.Taps == next.Taps && (last.Count == 1 || from == last.From + (last.Count * last.Step)))
            {
                windows[^1] = last with { Count = last.Count + 1, Step = last.Count == 1 ? from - last.From : last.Step };
            }
            else
            {
                windows.Add(next);
            }
        }

        return windows;
    }
}
