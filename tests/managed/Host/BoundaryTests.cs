// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using Microsoft.CodeAnalysis;
using TinyInfer.Compiler.Tests;
using TinyInfer.Managed.Tests.Lint;
using Xunit;

namespace TinyInfer.Managed.Tests;

/// <summary>
/// Native.cs, the firmware's method table and the .NET twin say the same. The names and the checksum are computed as the nanoFramework
/// metadata processor computes them.
/// </summary>
public sealed class BoundaryTests
{
    private const string AssemblyName = "TinyInfer.Native";
    private const string ClassName = "TinyInfer_Native";

    private static readonly Microsoft.CodeAnalysis.CSharp.CSharpCompilation Compilation = DeviceCompilation.Of(
        AssemblyName,
        new[] { "Native.cs", "AssemblyInfo.cs" }.Select(file => Path.Combine(Checkout.Root, "managed", AssemblyName, file)).Select(path => (path, File.ReadAllText(path))));

    private static IReadOnlyList<IMethodSymbol> Methods { get; } = [.. Compilation.GetTypeByMetadataName("TinyInfer.Native")!.GetMembers().OfType<IMethodSymbol>()];

    [Fact]
    public void The_method_table_is_made_from_the_extern_methods()
    {
        string[] names = [.. Methods.Select(Mangled)];
        var text = $"""
            /* SPDX-License-Identifier: MIT */
            /*
             * Made from managed/TinyInfer.Native/Native.cs; do not edit. The methods of the assembly in the order of its method
             * table, by the names that the metadata processor gives them, and the checksum that it computes over them.
             */
            #define TI_NATIVE_CHECKSUM 0x{Checksum(names):X8}

            """.ReplaceLineEndings("\n") + string.Concat(names.Select(name => $"TI_NATIVE_METHOD({name})\n"));

        Generated.Check("firmware-interop/interop/native_methods.def", text);
    }

    // Anything else in the assembly, even a type that the compiler adds, would shift the firmware's table.
    [Fact]
    public void The_assembly_holds_nothing_but_extern_methods()
    {
        using var stream = new MemoryStream();
        Assert.True(Compilation.Emit(stream).Success);
        using var image = new PEReader(new MemoryStream(stream.ToArray()));
        var metadata = image.GetMetadataReader();

        Assert.Equal(["<Module>", "Native"], metadata.TypeDefinitions.Select(type => metadata.GetString(metadata.GetTypeDefinition(type).Name)));
        Assert.Equal(Methods.Select(method => method.Name), metadata.MethodDefinitions.Select(method => metadata.GetString(metadata.GetMethodDefinition(method).Name)));
        Assert.All(metadata.MethodDefinitions, method =>
        {
            var definition = metadata.GetMethodDefinition(method);
            Assert.Equal(0, definition.RelativeVirtualAddress);
            Assert.True(definition.ImplAttributes.HasFlag(MethodImplAttributes.InternalCall) && definition.Attributes.HasFlag(MethodAttributes.Static));
        });
    }

    [Fact]
    public void The_twin_has_the_same_signatures()
    {
        var original = Methods.Select(method => $"{Short(method.ReturnType.ToDisplayString())} {method.Name}({string.Join(", ", method.Parameters.Select(item => $"{Short(item.Type.ToDisplayString())} {item.Name}"))})");
        var twin = typeof(Native).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(method => $"{Keyword(method.ReturnType)} {method.Name}({string.Join(", ", method.GetParameters().Select(item => $"{Keyword(item.ParameterType)} {item.Name}"))})");

        Assert.Equal(original.Order(StringComparer.Ordinal), twin.Order(StringComparer.Ordinal));
    }

    private static string Mangled(IMethodSymbol method) =>
        $"{method.Name}___STATIC__{string.Join("__", method.Parameters.Select(item => item.Type).Prepend(method.ReturnType).Select(Mangled))}";

    private static string Mangled(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => $"SZARRAY_{Mangled(array.ElementType)}",
        { SpecialType: SpecialType.System_SByte } => "I1",
        { SpecialType: SpecialType.System_Byte } => "U1",
        { SpecialType: SpecialType.System_Int16 } => "I2",
        { SpecialType: SpecialType.System_Int32 } => "I4",
        { SpecialType: SpecialType.System_Single } => "R4",
        { SpecialType: SpecialType.System_String } => "STRING",
        { SpecialType: SpecialType.None or SpecialType.System_Array } => type.ToDisplayString().Replace(".", "", StringComparison.Ordinal),
        _ => throw new NotSupportedException($"{type}: the boundary passes ints, strings and arrays"),
    };

    // The processor's sum stays 0 until it has counted a method, so of the first one only the last name counts.
    private static uint Checksum(IReadOnlyList<string> names)
    {
        var sum = Crc(0, names[0]);
        return names.Skip(1).Aggregate(sum, (crc, name) => Crc(Crc(Crc(crc, AssemblyName), ClassName), name));
    }

    // CRC-32, polynomial 0x04C11DB7, most significant bit first.
    private static uint Crc(uint crc, string text)
    {
        foreach (var letter in Encoding.ASCII.GetBytes(text))
        {
            crc ^= (uint)letter << 24;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x80000000) != 0 ? (crc << 1) ^ 0x04C11DB7 : crc << 1;
            }
        }

        return crc;
    }

    private static string Short(string type) => type.Replace("System.Reflection.", "", StringComparison.Ordinal).Replace("System.", "", StringComparison.Ordinal).Replace("?", "", StringComparison.Ordinal);

    private static string Keyword(Type type) => type.Name
        .Replace("SByte", "sbyte", StringComparison.Ordinal).Replace("Byte", "byte", StringComparison.Ordinal).Replace("Int16", "short", StringComparison.Ordinal)
        .Replace("Int32", "int", StringComparison.Ordinal).Replace("Single", "float", StringComparison.Ordinal).Replace("String", "string", StringComparison.Ordinal);
}
