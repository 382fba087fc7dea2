// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// A stream keeps the last rows of its window and joins them with the new ones. Keeping the window itself needs no second copy:
/// all of it lies in the state, the rows that are kept move down, and the new ones are written behind them.
/// <code>
///   state  %s : s8[1,2,8] then %t
///   %w = concatenation&lt;axis=1&gt;(%s, %x) : s8[1,3,8]
///   %k = strided_slice&lt;0+1*1,1+1*2,0+1*8&gt;(%w) : s8[1,2,8]
///   %t = assign_variable(%k)
/// =>
///   state  %s/window : s8[1,3,8] then %t/window
///   %s = slice&lt;begin=0:1:0&gt;(%s/window) : s8[1,2,8]
///   %w = concatenation&lt;axis=1&gt;(%s, %x) : s8[1,3,8]
///   %t/window = assign_variable(%w)
/// </code>
/// Exact: the slice that was kept is taken when it is read instead of when it is written. The first window begins with rows that
/// are never read. Fires only where the slice is unbroken and ends where the window ends.
/// </summary>
internal sealed class KeepWindow : IPass
{
    public void Run(Graph graph)
    {
        foreach (var state in graph.States.ToList())
        {
            var store = graph.ProducerOf(state.Next)!;
            if (graph.ProducerOf(store.Input) is { } keep
                && graph.ProducerOf(keep.Input) is { Op: Concatenation join } window
                && window.Inputs[0] == state.Value
                && window.Op.PartOffset(window, 0) == 0
                && keep.Op.ViewOffset(keep, 0) is { } offset
                && offset == window.Output.ByteSize - state.Value.ByteSize
                && keep.Output.ByteSize == state.Value.ByteSize
                && SameType(state.Value, window.Output))
            {
                Rewrite(graph, state, (store, keep, window), join.Axis, offset);
            }
        }
    }

    private static bool SameType(Value state, Value window) => state.Type == window.Type && state.Quantization?.SameAs(window.Quantization) != false;

    private static void Rewrite(Graph graph, State state, (Node Store, Node Keep, Node Window) found, int axis, int offset)
    {
        var (old, whole) = (state.Value, found.Window.Output);
        var (value, next) = (whole.Like($"{old.Name}/window"), whole.Like($"{state.Next.Name}/window"));
        var begin = new int[whole.Shape.Rank];
        begin[axis] = whole.Shape[axis] - old.Shape[axis];

        var initial = new byte[whole.ByteSize];
        state.Initial.CopyTo(initial.AsMemory(offset));

        graph.Replace([found.Store], found.Store.With(inputs: [whole], outputs: [next]));
        if (!graph.IsRead(found.Keep.Output))
        {
            graph.Remove(found.Keep);
        }

        var first = new Node(new Slice(begin), [value], [old.Like(old.Name)], found.Store.Origin);
        graph.Replace(state, new State(value, next, initial), first);
    }
}
