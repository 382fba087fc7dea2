// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Interop;

/// <summary>The machine code of images stays within what the proof of <see cref="StackTests"/> allows it.</summary>
public sealed class GeneratedStackTests
{
    public static TheoryData<string> Models => [.. new[] { "clothes", "clothes_binary", "gated", "keywords", "motion" }.Select(name => Path.Combine(Checkout.Root, "models", name, $"{name}.tflite"))];

    /// <summary>A model of each kind: depthwise, streaming, recurrent, residual; all of core in the full run.</summary>
    public static TheoryData<string> Published =>
    [
        .. Corpus.Models().Where(path => Toolchain.IsFull
            ? Corpus.NameOf(path).StartsWith("core/", StringComparison.Ordinal)
            : Corpus.NameOf(path) is "core/mlperf_kws_dscnn_int8" or "core/mww_alexa_v1" or "core/tflm_dtln_ns_int8" or "core/mlperf_resnet8_large_int8"),
    ];

    [ToolchainTheory]
    [MemberData(nameof(Models))]
    public void No_routine_of_our_models_takes_more(string model) => Check(model);

    [ToolchainCorpusTheory]
    [MemberData(nameof(Published))]
    public void No_routine_of_the_corpus_takes_more(string model) => Check(model);

    [Fact]
    public void Every_way_to_take_stack_is_counted()
    {
        Assert.Equal(36 + 64 + 24, GeneratedStack.Of(new Routine("a", "a:\npush {r4-r11, lr}\n vpush {s16-s31}\nsub r13, r13, #24\nadd r13, r13, #24\nvpop {s16-s31}\npop {r4-r11, pc}\n")));
        Assert.Equal(8 + 64 + 36, GeneratedStack.Of(new Routine("b", "b:\npush {r4, lr}\nvpush {d8-d15}\nbl c\n", new Routine("c", "c:\npush {r4-r11, lr}\n"))));
        Assert.Throws<InvalidOperationException>(() => GeneratedStack.Of(new Routine("d", "d:\nmov sp, r0\n")));
        Assert.Throws<InvalidOperationException>(() => GeneratedStack.Of(new Routine("e", "e:\nstr r0, [sp, #-4]!\n")));
    }

    private static void Check(string model)
    {
        var compiled = ModelFile.Compile(model, cores: [Core.CortexM4, Core.CortexM7]);
        var routines = compiled.Programs.SelectMany(program => program.Schedule.Steps).Select(step => step.Call.Routine).OfType<Routine>().DistinctBy(routine => routine.Name);
        Assert.All(routines, routine => Assert.True(GeneratedStack.Of(routine) <= GeneratedStack.Limit, $"{routine.Name} takes {GeneratedStack.Of(routine)} bytes of stack"));
    }
}
