// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Control;

/// <summary>
/// Runs a model of int32 and bool tensors the way TensorFlow Lite Micro does (tensorflow/lite/micro/kernels/if.cc and while.cc): the inputs of the
/// operator are copied into the subgraph, it is invoked, its outputs are copied back; a loop asks its condition first. Variables belong to the model, a
/// handle is their number (micro_resource_variable.cc).
/// </summary>
internal sealed class ControlReference(TfliteModel model)
{
    private readonly List<string> _names = [];
    private readonly Dictionary<int, int[]> _contents = [];
    private bool _called;

    public int[][] Run(params int[][] inputs) => Run(0, inputs);

    private int[][] Run(int number, int[][] inputs)
    {
        var graph = model.Subgraphs[number];
        var values = graph.Tensors.Select(tensor => MemoryMarshal.Cast<byte, int>(tensor.Data.Span).ToArray()).ToArray();
        foreach (var (tensor, value) in graph.Inputs.Zip(inputs))
        {
            values[tensor] = value;
        }

        foreach (var op in graph.Operators)
        {
            var results = Run(op, [.. op.Inputs.Select(input => values[input])]);
            foreach (var (tensor, value) in op.Outputs.Zip(results))
            {
                values[tensor] = value;
            }
        }

        return [.. graph.Outputs.Select(output => values[output])];
    }

    private int[][] Run(TfliteOperator op, int[][] inputs)
    {
        switch (op.Options)
        {
            case IfOptions choice:
                return Run(inputs[0][0] != 0 ? choice.ThenSubgraph : choice.ElseSubgraph, inputs[1..]);
            case WhileOptions loop:
                while (Run(loop.ConditionSubgraph, inputs)[0][0] != 0)
                {
                    inputs = Run(loop.BodySubgraph, inputs);
                }

                return inputs;
            case CallOnceOptions call:
                _ = _called ? [] : Run(call.InitSubgraph, []);
                _called = true;
                return [];
            case VarHandleOptions handle:
                _names.AddRange(_names.Contains(handle.SharedName) ? [] : [handle.SharedName]);
                return [[_names.IndexOf(handle.SharedName)]];
            case var _ when op.Code == BuiltinOperator.READ_VARIABLE:
                return [_contents[inputs[0][0]]];
            case var _ when op.Code == BuiltinOperator.ASSIGN_VARIABLE:
                _contents[inputs[0][0]] = inputs[1];
                return [];
            default:
                return [Elementwise(op.Code, inputs)];
        }
    }

    private static int[] Elementwise(BuiltinOperator code, int[][] inputs)
    {
        if (code == BuiltinOperator.SLICE)
        {
            return inputs[0][inputs[1][0]..(inputs[1][0] + inputs[2][0])];
        }

        int At(int input, int i) => inputs[input].Length == 1 ? inputs[input][0] : inputs[input][i];
        return [.. Enumerable.Range(0, Math.Max(inputs[0].Length, inputs[1].Length)).Select(i => Scalar(code, At(0, i), At(1, i)))];
    }

    private static int Scalar(BuiltinOperator code, int a, int b) => code switch
    {
        BuiltinOperator.ADD => unchecked(a + b),
        BuiltinOperator.SUB => unchecked(a - b),
        BuiltinOperator.MUL => unchecked(a * b),
        BuiltinOperator.MAXIMUM => a > b ? a : b,
        BuiltinOperator.MINIMUM => a < b ? a : b,
        BuiltinOperator.LESS => a < b ? 1 : 0,
        BuiltinOperator.GREATER => a > b ? 1 : 0,
        BuiltinOperator.EQUAL => a == b ? 1 : 0,
        BuiltinOperator.LOGICAL_AND => a & b,
        BuiltinOperator.LOGICAL_OR => a | b,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };
}
