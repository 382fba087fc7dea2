// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>CALL_ONCE.</summary>
internal sealed record CallOnceOptions(int InitSubgraph) : OperatorOptions
{
    public override byte Kind => 103;

    public static CallOnceOptions From(FlatTable t) => new(t.Int(0));

    public override void Write(FlatTableBuilder t) => t.Int(0, InitSubgraph);
}

/// <summary>IF.</summary>
internal sealed record IfOptions(int ThenSubgraph, int ElseSubgraph) : OperatorOptions
{
    public override byte Kind => 92;

    public static IfOptions From(FlatTable t) => new(t.Int(0), t.Int(1));

    public override void Write(FlatTableBuilder t)
    {
        t.Int(0, ThenSubgraph);
        t.Int(1, ElseSubgraph);
    }
}

/// <summary>WHILE.</summary>
internal sealed record WhileOptions(int ConditionSubgraph, int BodySubgraph) : OperatorOptions
{
    public override byte Kind => 93;

    public static WhileOptions From(FlatTable t) => new(t.Int(0), t.Int(1));

    public override void Write(FlatTableBuilder t)
    {
        t.Int(0, ConditionSubgraph);
        t.Int(1, BodySubgraph);
    }
}

/// <summary>VAR_HANDLE; variables with equal names are one.</summary>
internal sealed record VarHandleOptions(string Container, string SharedName) : OperatorOptions
{
    public override byte Kind => 111;

    public static VarHandleOptions From(FlatTable t) => new(t.String(0), t.String(1));

    public override void Write(FlatTableBuilder t)
    {
        t.String(0, Container);
        t.String(1, SharedName);
    }
}
