// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TinyInfer.Managed.Tests.Lint;

/// <summary>
/// Finds what a nanoFramework project must not contain: what the device's class library lacks, and what compiles and then breaks when
/// it runs (generics, multi-dimensional arrays, stackalloc, array literals above 64 KB).
/// </summary>
internal sealed class SubsetLint : CSharpSyntaxWalker
{
    private const int LiteralLimit = 64 * 1024;
    private readonly SemanticModel _model;
    private readonly IReadOnlyDictionary<string, IReadOnlySet<string>> _api;
    private readonly List<string> _findings = [];

    private SubsetLint(SemanticModel model, IReadOnlyDictionary<string, IReadOnlySet<string>> api)
        : base(SyntaxWalkerDepth.Node)
    {
        _model = model;
        _api = api;
    }

    /// <summary>One line for each finding: file, line, what is wrong.</summary>
    public static IReadOnlyList<string> Check(CSharpCompilation compilation)
    {
        var api = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Lint", "api.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => (IReadOnlySet<string>)words.Skip(1).ToHashSet());
        var findings = compilation.GetDiagnostics()
            .Where(item => item.Severity == DiagnosticSeverity.Error)
            .Select(item => $"{Place(item.Location)}: {item.GetMessage()}")
            .ToList();

        foreach (var tree in compilation.SyntaxTrees)
        {
            var lint = new SubsetLint(compilation.GetSemanticModel(tree), api);
            lint.Visit(tree.GetRoot());
            findings.AddRange(lint._findings);
        }

        return findings;
    }

    public override void Visit(SyntaxNode? node)
    {
        switch (node)
        {
            case TypeParameterListSyntax or GenericNameSyntax:
                Report(node, "generics break at run time");
                break;
            case ArrayRankSpecifierSyntax { Rank: > 1 }:
                Report(node, "multi-dimensional arrays break at run time");
                break;
            case StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax:
                Report(node, "stackalloc breaks at run time");
                break;
            case UnsafeStatementSyntax or FixedStatementSyntax or PointerTypeSyntax:
                Report(node, "pointers are refused by the metadata processor");
                break;
            case NullableTypeSyntax or TupleTypeSyntax or TupleExpressionSyntax or RecordDeclarationSyntax or YieldStatementSyntax or AwaitExpressionSyntax or
                QueryExpressionSyntax or RangeExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.IndexExpression }:
                Report(node, $"{node.Kind()} needs types that the device does not have");
                break;
            case InitializerExpressionSyntax literal when LiteralBytes(literal) > LiteralLimit:
                Report(node, $"an array literal of {LiteralBytes(literal)} bytes is silently wrong (supported: {LiteralLimit})");
                break;
            case IdentifierNameSyntax or ElementAccessExpressionSyntax or BinaryExpressionSyntax or ObjectCreationExpressionSyntax:
                Use(node, _model.GetSymbolInfo(node).Symbol);
                break;
        }

        base.Visit(node);
    }

    private static string Place(Location location) => $"{location.SourceTree?.FilePath}({location.GetLineSpan().StartLinePosition.Line + 1})";

    private void Use(SyntaxNode node, ISymbol? symbol)
    {
        var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        if (symbol is INamespaceSymbol or null || type is null || SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, _model.Compilation.Assembly) ||
            type.ContainingAssembly.Name.StartsWith("TinyInfer", StringComparison.Ordinal) && !type.ToDisplayString().StartsWith("nanoFramework", StringComparison.Ordinal))
        {
            return;
        }

        var name = type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName : $"{type.ContainingNamespace}.{type.MetadataName}";
        if (!_api.TryGetValue(name, out var members))
        {
            Report(node, $"{name} is not known to exist on the device");
        }
        else if (symbol is not INamedTypeSymbol && !members.Contains("*") && !members.Contains(symbol.Name) && !IsBuiltIn(symbol))
        {
            Report(node, $"{name}.{symbol.Name} is not known to exist on the device");
        }
    }

    // Operators of the language itself.
    private static bool IsBuiltIn(ISymbol symbol) => symbol is IMethodSymbol { MethodKind: MethodKind.BuiltinOperator or MethodKind.Constructor };

    private long LiteralBytes(InitializerExpressionSyntax literal)
    {
        if (!literal.IsKind(SyntaxKind.ArrayInitializerExpression) || literal.Parent is null)
        {
            return 0;
        }

        var type = (_model.GetTypeInfo(literal.Parent).Type ?? _model.GetTypeInfo(literal.Parent).ConvertedType) as IArrayTypeSymbol;
        var size = type?.ElementType.SpecialType switch
        {
            SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Boolean => 1,
            SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Char => 2,
            SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double => 8,
            _ => 4,
        };
        return (long)size * literal.Expressions.Count;
    }

    private void Report(SyntaxNode node, string what) => _findings.Add($"{Place(node.GetLocation())}: {what}");
}
