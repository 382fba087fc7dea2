// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Emit;
using Xunit;

namespace TinyInfer.Managed.Tests;

/// <summary>The kernels in C# read the parameter structs that the compiler writes.</summary>
public sealed class KernelTests
{
    [Fact]
    public void Every_kernel_reads_as_many_parameters_as_its_header_declares()
    {
        var different = KernelTable.Names
            .Select(name => (Name: name, Kernel: TinyInfer.Kernels.Find(KernelTable.NumberOf(name)), Members: KernelTable.MembersOf(name)))
            .Where(item => item.Kernel is not null && item.Kernel.ParameterCount != item.Members.Sum(Words))
            .Select(item => $"{item.Name}: {item.Kernel.ParameterCount} words in C#, struct ({string.Join(", ", item.Members)})");

        Assert.Empty(different);
    }

    // A change of a struct that keeps its size would go unseen in kernels that no model of AgreementTests uses.
    [Fact]
    public void The_parameters_are_those_that_the_kernels_in_csharp_were_written_for() => Generated.Check(
        "managed/TinyInfer/Reference/parameters.txt",
        string.Concat(KernelTable.Names.Where(name => TinyInfer.Kernels.Find(KernelTable.NumberOf(name)) is not null)
            .Select(name => $"{name}: {string.Join(' ', KernelTable.MembersOf(name))}\n")));

    private static int Words(string member)
    {
        var open = member.IndexOf('[', StringComparison.Ordinal);
        return open < 0 ? 1 : int.Parse(member[(open + 1)..^1]);
    }
}
