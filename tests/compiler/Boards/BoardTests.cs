// SPDX-License-Identifier: MIT
using System.Text.Json;
using TinyInfer.Compiler.Boards;
using TinyInfer.Compiler.Tests.Commands;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Boards;

/// <summary><c>compile --board</c> and <c>profile --board</c>.</summary>
public sealed class BoardTests : IDisposable
{
    private static readonly string Motion = Path.Combine(Checkout.Root, "models/motion/motion.tflite");
    private static readonly string Clothes = Path.Combine(Checkout.Root, "models/clothes/clothes.tflite");
    private readonly Scratch _scratch = new();

    public static TheoryData<string> Names => [.. Board.Names];

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_file_is_a_board_of_its_name(string name)
    {
        var board = Board.Named(name);

        Assert.Equal(name, board.Name);
        Assert.Equal(board.Core, board.Machine.Build.Name);
        Assert.InRange(board.ClockMhz, 16, 600);
        Assert.Equal(0, board.DeploymentBytes % 1024);
        Assert.NotEmpty(board.Memories);
        Assert.All(board.Memories, memory => Assert.InRange(memory.Bytes, 4 * 1024, 512 * 1024));
        Assert.Equal(board.Core == "cortex-m4", board.Flash is not null);
        Assert.Equal(board.Core == "cortex-m7", board.Caches is not null);
        Assert.All(board.Memories, memory => Assert.True(!memory.Cached || board.Caches is not null));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_small_model_fits_every_board(string name)
    {
        var run = CommandRun.Of("compile", Motion, "-o", _scratch.Path("out"), "--board", name, "--portable");

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains($"{name}: image ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compile")]
    [InlineData("profile")]
    public void An_unknown_board_is_told_the_known_ones(string command)
    {
        var run = CommandRun.Of(command, Motion, "--board", "STM32F429");

        Assert.Equal(2, run.Exit);
        Assert.Equal($"--board: there is no \"STM32F429\" (supported: {string.Join(", ", Board.Names)}) (try: {command} --help)\n", run.Error);
    }

    [Theory]
    [InlineData("compile")]
    [InlineData("profile")]
    public void An_image_beyond_the_deployment_is_refused(string command)
    {
        var image = ModelFile.Compile(Motion).Image.Length;
        var run = Run(command, Motion, "ST_STM32F429I_DISCOVERY", 393_216 - image + 1);
        Assert.Equal(1, run.Exit);
        Assert.Equal(
            $"the image of {image:N0} bytes and {393_216 - image + 1:N0} for assemblies (--assemblies) do not fit ST_STM32F429I_DISCOVERY, where 393,216 bytes can be deployed\n",
            run.Error);
        Assert.False(Directory.Exists(_scratch.Path("out")));
    }

    [Fact]
    public void An_image_may_fill_the_deployment() =>
        Assert.Equal(0, Run("compile", Motion, "ST_STM32F429I_DISCOVERY", 393_216 - ModelFile.Compile(Motion).Image.Length).Exit);

    [Theory]
    [InlineData("compile")]
    [InlineData("profile")]
    public void Tensors_beyond_the_internal_RAM_are_refused(string command)
    {
        var run = Run(command, Clothes, "ST_NUCLEO64_F401RE_NF", 0);

        Assert.Equal(1, run.Exit);
        Assert.Matches(@"^the model needs 1\d,\d{3} bytes of RAM for tensors, ST_NUCLEO64_F401RE_NF has 12,288 of SRAM left\n$", run.Error);
    }

    [Fact]
    public void A_negative_allowance_is_wrong_use() => Assert.Equal(2, Run("compile", Motion, "ORGPAL_PALX", -1).Exit);

    [Fact]
    public void A_board_has_one_core()
    {
        var run = CommandRun.Of("profile", Motion, "--board", "ORGPAL_PALX", "--target", "cortex-m4");

        Assert.Equal((2, "--target: ORGPAL_PALX has a cortex-m7, not a cortex-m4\n"), (run.Exit, run.Error));
    }

    [ToolchainTheory]
    [InlineData("ST_STM32F429I_DISCOVERY", "SRAM", 168)]
    [InlineData("ST_STM32F769I_DISCOVERY", "DTCM", 216)]
    public void A_profile_for_a_board_has_its_memories_and_clock(string name, string memory, int clock)
    {
        using var board = Profile("--board", name);
        using var ideal = Profile("--target", Board.Named(name).Core);
        var found = board.RootElement.GetProperty("board");
        var cycles = board.RootElement.GetProperty("cycles").GetInt64();

        Assert.Equal((name, memory, clock), (found.GetProperty("name").GetString(), found.GetProperty("memory").GetString(), found.GetProperty("clock_mhz").GetInt32()));
        Assert.Equal(cycles / (1000.0 * clock), found.GetProperty("milliseconds").GetDouble(), 3);
        Assert.True(cycles > ideal.RootElement.GetProperty("cycles").GetInt64(), "wait states and caches cost nothing");
        Assert.Equal(ideal.RootElement.GetProperty("instructions").GetInt64(), board.RootElement.GetProperty("instructions").GetInt64());
        Assert.False(ideal.RootElement.TryGetProperty("board", out _));
    }

    [Fact]
    public void Tensors_that_do_not_fit_the_first_memory_go_to_the_next()
    {
        var board = Board.Named("ST_STM32F769I_DISCOVERY");

        Assert.DoesNotContain(board.CycleOptions(board.Memories[0]), option => option.StartsWith("dc_base2", StringComparison.Ordinal));
        Assert.Contains("dc_base2=0x20000000", board.CycleOptions(board.Memories[1]));
    }

    private JsonDocument Profile(string option, string value)
    {
        var run = CommandRun.Of("profile", Clothes, option, value, "--portable", "--json");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        return JsonDocument.Parse(run.Output);
    }

    private CommandRun Run(string command, string model, string board, int assemblies)
    {
        string[] arguments = [command, model, "--board", board, "--assemblies", $"{assemblies}", "--portable"];
        return command == "compile" ? CommandRun.Of([.. arguments, "-o", _scratch.Path("out")]) : CommandRun.Of(arguments);
    }
}
