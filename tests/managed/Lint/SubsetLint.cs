// SPDX-License-Identifier: MIT
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TinyInfer.Managed.Tests.Lint;

/// <summary>
/// Finds what a nanoFramework project must not contain: what the device's class library lacks, and what compiles and then breaks when
/// it runs: generics, multi-dimensional arrays, stackalloc, array literals above 64 KB, the newest C#.
/// </summary>
/// <remarks>
/// The metadata processor puts the values of array literals among the signatures of the assembly, which it addresses with 16 bits and
/// without a check: what comes behind the first 64 KB is taken from elsewhere, and start-up breaks. So all literals together count.
/// </remarks>
internal sealed class SubsetLint : CSharpSyntaxWalker
{
    private const int Signatures = 4 * 1024;
    private const int LiteralLimit = (64 * 1024) - Signatures;
    private readonly SemanticModel _model;
    private readonly IReadOnlyDictionary<string, IReadOnlySet<string>> _api;
    private readonly List<string> _findings = [];
    private long _literals;

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

        var literals = 0L;
        foreach (var tree in compilation.SyntaxTrees)
        {
            var lint = new SubsetLint(compilation.GetSemanticModel(tree), api);
            lint.Visit(tree.GetRoot());
            findings.AddRange(lint._findings);
            literals += lint._literals;
        }

        if (literals > LiteralLimit)
        {
            findings.Add($"{compilation.AssemblyName}: array literals of {literals} bytes in one assembly break its start-up (supported: {LiteralLimit}; put data into a resource)");
        }

        return findings;
    }

    /// <summary>What is wrong with the language version of a project, or null.</summary>
    public static string? CheckLanguage(XDocument project)
    {
        var versions = project.Descendants().Where(item => item.Name.LocalName == "LangVersion").Select(item => item.Value).ToArray();
        return versions.Length == 0
            ? "there is no LangVersion: Visual Studio's own may be above 10"
            : versions.FirstOrDefault(version => version is not ("9" or "9.0" or "10" or "10.0")) is { } other
                ? $"LangVersion {other} shifts the native method table (supported: 9, 10)"
                : null;
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
            case InitializerExpressionSyntax literal:
                _literals += LiteralBytes(literal);
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
        var type = _model.GetOperation(literal)?.Parent is IArrayCreationOperation array ? array.Type as IArrayTypeSymbol : null;
        var size = type?.ElementType.SpecialType switch
        {
            SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Boolean => 1,
            SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Char => 2,
            SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
            SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double => 8,
            _ => 0,
        };
        return (long)size * literal.Expressions.Count;
    }

    private void Report(SyntaxNode node, string what) => _findings.Add($"{Place(node.GetLocation())}: {what}");
}
