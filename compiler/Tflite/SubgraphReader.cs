// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>Reads subgraphs and their operators. Tensors and operators are limited over the whole file.</summary>
internal sealed class SubgraphReader(FlatTable root, TfliteBuffer[] buffers)
{
    private const int MostTensors = 1 << 16;
    private const int MostOperators = 1 << 16;
    private const int MostOperatorCodes = 1 << 12;

    private readonly OperatorCode[] _codes =
        [.. root.Tables(1, "operator codes", MostOperatorCodes).Select((table, index) => OperatorCode.Read(table, index))];

    private int _tensorsLeft = MostTensors;
    private int _operatorsLeft = MostOperators;

    public TfliteSubgraph[] Read(FlatTable[] tables)
    {
        if (tables.Length == 0)
        {
            throw new TfliteException("the model has no subgraph");
        }

        var subgraphs = new TfliteSubgraph[tables.Length];
        for (var i = 0; i < tables.Length; i++)
        {
            subgraphs[i] = ReadSubgraph(tables[i], i == 0 ? "" : $"subgraph {i} ", tables.Length);
        }

        return subgraphs;
    }

    private TfliteSubgraph ReadSubgraph(FlatTable table, string prefix, int subgraphs)
    {
        var tensorTables = table.Tables(0, "tensors", _tensorsLeft);
        var operatorTables = table.Tables(3, "operators", _operatorsLeft);
        _tensorsLeft -= tensorTables.Length;
        _operatorsLeft -= operatorTables.Length;

        var tensors = new TfliteTensor[tensorTables.Length];
        for (var i = 0; i < tensors.Length; i++)
        {
            tensors[i] = TensorReader.Read(tensorTables[i], buffers, $"{prefix}tensor {i}");
        }

        var operators = new TfliteOperator[operatorTables.Length];
        for (var i = 0; i < operators.Length; i++)
        {
            operators[i] = ReadOperator(operatorTables[i], $"{prefix}operator {i}", tensors.Length, subgraphs);
        }

        return new TfliteSubgraph
        {
            Name = table.String(4),
            Tensors = tensors,
            Inputs = TensorIndices(table, 1, 0, tensors.Length, $"{prefix}inputs"),
            Outputs = TensorIndices(table, 2, 0, tensors.Length, $"{prefix}outputs"),
            Operators = operators,
        };
    }

    private TfliteOperator ReadOperator(FlatTable table, string place, int tensors, int subgraphs)
    {
        var index = table.UInt(0);

        if (index >= _codes.Length)
        {
            throw new TfliteException($"{place}: there is no operator code {index} (the file has {_codes.Length})");
        }

        var (code, customName, version) = _codes[index];
        place = $"{place} {code}";
        var options = OperatorOptions.Read(code, table.Byte(3), table.Table(4), place);

        foreach (var callee in Callees(options))
        {
            if ((uint)callee >= subgraphs)
            {
                throw new TfliteException($"{place}: there is no subgraph {callee} (the file has {subgraphs})");
            }
        }

        return new TfliteOperator
        {
            Code = code,
            CustomName = customName,
            Version = version,
            Inputs = TensorIndices(table, 1, -1, tensors, $"{place} inputs"),
            Outputs = TensorIndices(table, 2, 0, tensors, $"{place} outputs"),
            Intermediates = TensorIndices(table, 8, -1, tensors, $"{place} intermediates"),
            Options = options,
            CustomOptions = table.ULong(9) > 1
                ? table.Buffer.Appended(table.ULong(9), table.ULong(10), $"{place} custom options")
                : table.Bytes(5),
        };
    }

    private static int[] Callees(OperatorOptions options) => options switch
    {
        CallOnceOptions call => [call.InitSubgraph],
        IfOptions choice => [choice.ThenSubgraph, choice.ElseSubgraph],
        WhileOptions loop => [loop.ConditionSubgraph, loop.BodySubgraph],
        _ => [],
    };

    private static int[] TensorIndices(FlatTable table, int field, int least, int tensors, string place)
    {
        var indices = table.Ints(field);

        foreach (var index in indices)
        {
            if (index < least || index >= tensors)
            {
                throw new TfliteException($"{place}: there is no tensor {index} (the subgraph has {tensors})");
            }
        }

        return indices;
    }
}

/// <summary>One entry of the file's list of operators it uses.</summary>
internal readonly record struct OperatorCode(BuiltinOperator Code, string? CustomName, int Version)
{
    public static OperatorCode Read(FlatTable table, int index)
    {
        // The code outgrew one byte: new files write both fields, old ones only the first. The larger one is meant.
        var number = Math.Max((sbyte)table.Byte(0), table.Int(3));

        if (number is < 0 or > (int)BuiltinOperator.STABLEHLO_CASE)
        {
            throw new TfliteException($"operator code {index}: builtin operator {number} is not known (known: 0 to {(int)BuiltinOperator.STABLEHLO_CASE})");
        }

        var code = (BuiltinOperator)number;
        return new OperatorCode(code, code == BuiltinOperator.CUSTOM ? table.String(1) : null, table.Int(2, otherwise: 1));
    }
}
