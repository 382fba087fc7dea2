// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// What a node computes. One file per op, always in the same order: attributes, Import (from tflite), Check (shapes, types
/// and limits), what the compiler may do with it, Lower (to kernel calls).
/// </summary>
internal abstract record Op
{
    /// <summary>The op's one name: kernels/NAME, tests/ops/NAME.</summary>
    public abstract string Name { get; }

    /// <summary>Throws <see cref="Node.Refuse"/> when types, shapes or attributes are outside what Lower can do.</summary>
    public abstract void Check(Node node);

    /// <summary>Kernel calls that compute the node, in order. Never called before Check has passed.</summary>
    public abstract IReadOnlyList<KernelCall> Lower(Node node);

    /// <summary>Multiply-accumulates of one invocation.</summary>
    public virtual long Macs(Node node) => 0;

    /// <summary>The bytes of each output when the compiler can compute them (constant inputs, shapes), else null.</summary>
    public virtual IReadOnlyList<ReadOnlyMemory<byte>>? Fold(Node node) => null;

    /// <summary>
    /// True when output 0 may be stored over input <paramref name="input"/>: every kernel of the lowering reads each element
    /// of that input before it writes the byte there.
    /// </summary>
    public virtual bool CanOverwrite(Node node, int input) => false;

    /// <summary>The same of any output.</summary>
    public virtual bool CanOverwrite(Node node, int output, int input) => output == 0 && CanOverwrite(node, input);

    /// <summary>
    /// For an op that writes output 0 in ascending order and reads input <paramref name="input"/> as it goes: from which byte of the output on the input may
    /// lie without being written before it is read. Its output may be stored over it there. Null: nowhere.
    /// </summary>
    public virtual int? GrowsFrom(Node node, int input) => null;

    /// <summary>
    /// The input whose new contents output <paramref name="output"/> is: a state. The kernel is as right with both in one place as
    /// apart.
    /// </summary>
    public virtual int? Updates(int output) => null;

    /// <summary>
    /// When output <paramref name="output"/> holds exactly the bytes of input 0 from some byte offset on, that offset: the op then
    /// needs no kernel where both can share memory. Reshape: 0. Null when bytes must move. Lower writes such an
    /// output by a call of its own, which the schedule drops where both share memory.
    /// </summary>
    public virtual int? ViewOffset(Node node, int output) => null;

    /// <summary>
    /// When input <paramref name="input"/> is stored unchanged and contiguous in output 0, its byte offset there: a producer can
    /// then write it in place. Concatenation along the outermost axis. Null otherwise. Lower reads such an
    /// input by a call of its own, which does nothing else and which the schedule drops where the input is in place.
    /// </summary>
    public virtual int? PartOffset(Node node, int input) => null;

    /// <summary>When the node is a table, that table; see <see cref="ByteTable"/>.</summary>
    public virtual ByteTable? Table(Node node) => null;

    /// <summary>What the printed form adds to the name: <c>same,relu</c> in <c>conv_2d&lt;same,relu&gt;</c>.</summary>
    protected virtual string Attributes => "";

    public sealed override string ToString() => Attributes.Length == 0 ? Name : $"{Name}<{Attributes}>";
}
