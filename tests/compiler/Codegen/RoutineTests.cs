// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Steps share a routine by its name, so a name has to stand for one text.</summary>
public sealed class RoutineTests
{
    private static readonly Routine Callee = new("callee", "callee: bx lr");

    [Fact]
    public void A_routine_is_there_once_and_behind_what_it_calls() => Assert.Equal(
        ["callee", "a", "b"],
        Routine.Closure([new("a", "a: b callee", Callee), new("b", "b: b callee", Callee), new("a", "a: b callee", Callee)]).Select(routine => routine.Name));

    [Fact]
    public void Two_texts_of_one_name_are_refused() =>
        Assert.Contains("\"callee\"", Assert.Throws<InvalidOperationException>(() => Routine.Closure([Callee, new("callee", "callee: nop")])).Message, StringComparison.Ordinal);
}
