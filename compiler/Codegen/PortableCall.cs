// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen;

/// <summary>
/// The call of a portable kernel, read back: generated code computes what that call says, so that geometry, effective biases and
/// scales have one source.
/// </summary>
internal sealed class PortableCall(KernelCall call)
{
    private readonly Dictionary<string, object> _fields = call.Parameters.ToDictionary(field => field.Name, field => field.Content);

    public int this[string field] => (int)_fields[field];

    /// <summary>The members of an array.</summary>
    public IReadOnlyList<int> Numbers(string field) => (int[])_fields[field];

    /// <summary>True when both operands of an elementwise kernel are walked as the output is: no broadcasting.</summary>
    public bool IsEven
    {
        get
        {
            var walked = Numbers("dims").Index().Where(dim => dim.Item > 1).Select(dim => dim.Index).ToArray();
            return walked.Length == 0 || (walked.Length == 1 && Numbers("a_strides")[walked[0]] == 1 && Numbers("b_strides")[walked[0]] == 1);
        }
    }

    /// <summary>The elements of an input that is constant, or null when it is computed.</summary>
    public T[]? Constant<T>(int input)
        where T : unmanaged => call.Inputs[input] switch
        {
            ConstantOperand constant => MemoryMarshal.Cast<byte, T>(constant.Bytes.Span).ToArray(),
            ValueOperand { Value: { IsConstant: true } value } view => value.As<T>()[view.ByteOffset..].ToArray(),
            _ => null,
        };

    public Operand Input(int input) => call.Inputs[input];

    /// <summary>The weights of a convolution when they are constant.</summary>
    public static sbyte[]? WeightsOf(KernelCall call) => new PortableCall(call).Constant<sbyte>(1);

    /// <summary>The same call with other weights and fields.</summary>
    public PortableCall With(ReadOnlySpan<sbyte> weights, IReadOnlyList<Field> fields) => new(With(call, weights, fields));

    /// <summary>The same call with other weights and fields.</summary>
    public static KernelCall With(KernelCall call, ReadOnlySpan<sbyte> weights, IReadOnlyList<Field> fields) => call with
    {
        Parameters = [.. call.Parameters.Where(old => fields.All(field => field.Name != old.Name)), .. fields],
        Inputs = [call.Inputs[0], ConstantOperand.Of("weights", weights), .. call.Inputs.Skip(2)],
    };

    /// <summary>Inputs that hold a multiplier and a shift for each channel.</summary>
    public IReadOnlyList<Requantization> Scales(int multiplier) =>
        [.. Constant<int>(multiplier)!.Zip(Constant<int>(multiplier + 1)!, (factor, shift) => new Requantization(factor, shift))];

    /// <summary>The call of a node that lowers to one call of this kernel, or null.</summary>
    public static PortableCall? Of(Node node, string kernel) =>
        node.PortableCalls is [var call] && call.Kernel == kernel ? new PortableCall(call) : null;
}
