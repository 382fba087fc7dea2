// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TinyInfer.Managed.Tests.Lint;

/// <summary>Sources compiled as a nanoFramework project compiles them: C# 9, NANOFRAMEWORK_1_0, and stand-ins for what .NET does not have.</summary>
internal static class DeviceCompilation
{
    private const string StandIns = """
        namespace System.Reflection { [AttributeUsage(AttributeTargets.Assembly)] public class AssemblyNativeVersionAttribute : Attribute { public AssemblyNativeVersionAttribute(string version) { } } }
        namespace nanoFramework.Runtime.Native { public static class ResourceUtility { public static object GetObject(System.Resources.ResourceManager rm, System.Enum id) => null; } }
        namespace nanoFramework.Hardware.Stm32
        {
            public static class BackupMemory { public static int Size => 0; public static void ReadBytes(uint position, byte[] value) { } public static void WriteBytes(uint position, byte[] value) { } }
            public static class RTC { public static void SetAlarm(System.DateTime time) { } }
            public static class Power { public enum WakeupReasonType { Undetermined, FromStandby, FromPin } public static WakeupReasonType WakeupReason => 0; public static void EnterStandbyMode() { } }
        }
        namespace System { public readonly ref struct SpanByte { public static implicit operator SpanByte(byte[] array) => default; } }
        namespace System.Device.I2c
        {
            public enum I2cBusSpeed { StandardMode, FastMode, FastModePlus }
            public enum I2cTransferStatus { FullTransfer, ClockStretchTimeout, PartialTransfer, SlaveAddressNotAcknowledged, UnknownError }
            public struct I2cTransferResult { public I2cTransferStatus Status => 0; }
            public sealed class I2cConnectionSettings { public I2cConnectionSettings(int busId, int deviceAddress, I2cBusSpeed busSpeed) { } public int DeviceAddress => 0; }
            public class I2cDevice
            {
                public static I2cDevice Create(I2cConnectionSettings settings) => null;
                public I2cConnectionSettings ConnectionSettings => null;
                public I2cTransferResult Write(SpanByte buffer) => default;
                public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer) => default;
            }
        }
        namespace System.IO.Ports
        {
            public class SerialPort
            {
                public SerialPort(string portName, int baudRate) { }
                public void Open() { }
                public int Read(byte[] buffer, int offset, int count) => 0;
                public void Write(byte[] buffer, int offset, int count) { }
            }
        }
        namespace nanoFramework.TestFramework
        {
            public class TestClassAttribute : System.Attribute { }
            public class TestMethodAttribute : System.Attribute { }
            public sealed class Assert
            {
                public static void AreEqual(bool expected, bool actual, string message = "") { }
                public static void AreEqual(byte expected, byte actual, string message = "") { }
                public static void AreEqual(char expected, char actual, string message = "") { }
                public static void AreEqual(double expected, double actual, string message = "") { }
                public static void AreEqual(float expected, float actual, string message = "") { }
                public static void AreEqual(int expected, int actual, string message = "") { }
                public static void AreEqual(long expected, long actual, string message = "") { }
                public static void AreEqual(object expected, object actual, string message = "") { }
                public static void AreEqual(sbyte expected, sbyte actual, string message = "") { }
                public static void AreEqual(short expected, short actual, string message = "") { }
                public static void AreEqual(string expected, string actual, string message = "") { }
                public static void AreEqual(uint expected, uint actual, string message = "") { }
                public static void AreEqual(ulong expected, ulong actual, string message = "") { }
                public static void AreEqual(ushort expected, ushort actual, string message = "") { }
                public static void IsTrue(bool condition, string message = "") { }
                public static void IsFalse(bool condition, string message = "") { }
                public static void IsNull(object value, string message = "") { }
                public static void IsNotNull(object value, string message = "") { }
                public static void ThrowsException(System.Type exception, System.Action action, string message = "") { }
            }
        }
        """;

    private static readonly IReadOnlyList<MetadataReference> Net =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly MetadataReference Beside = Emit(CSharpCompilation.Create(
        "StandIns", [Parse("StandIns.cs", StandIns)], Net, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)));

    public static CSharpCompilation Of(string name, IEnumerable<(string Path, string Text)> sources, params IEnumerable<MetadataReference> others) => CSharpCompilation.Create(
        name,
        sources.Select(source => Parse(source.Path, source.Text)),
        [.. Net, Beside, .. others],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, deterministic: true));

    /// <summary>The compilation as a reference for another one.</summary>
    public static MetadataReference Emit(CSharpCompilation compilation)
    {
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Xunit.Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(item => item.Severity == DiagnosticSeverity.Error)));
        return MetadataReference.CreateFromImage(stream.ToArray());
    }

    /// <summary>A source as a nanoFramework project sees it.</summary>
    public static SyntaxTree Parse(string path, string text) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp9, DocumentationMode.Parse, preprocessorSymbols: ["NANOFRAMEWORK_1_0"]), path);
}
