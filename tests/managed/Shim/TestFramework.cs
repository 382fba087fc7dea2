// SPDX-License-Identifier: MIT
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace nanoFramework.TestFramework;

/// <summary>What the device tests use of nanoFramework.TestFramework, on xunit. Every test runs twice: on native and on managed kernels.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TestClassAttribute : Attribute;

[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("nanoFramework.TestFramework.BothKernels", "TinyInfer.Managed.Tests")]
public sealed class TestMethodAttribute : FactAttribute;

/// <summary>Makes two test cases of a method.</summary>
public sealed class BothKernels(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo fact) =>
    [
        new KernelTestCase(sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, managed: false),
        new KernelTestCase(sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, managed: true),
    ];
}

/// <summary>A test on one kind of kernels.</summary>
public sealed class KernelTestCase : XunitTestCase
{
    private bool _managed;

    [Obsolete("for deserialization")]
    public KernelTestCase()
    {
    }

    public KernelTestCase(IMessageSink sink, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method, bool managed)
        : base(sink, display, options, method)
    {
        _managed = managed;
    }

    public override async Task<RunSummary> RunAsync(
        IMessageSink sink, IMessageBus bus, object[] arguments, ExceptionAggregator aggregator, CancellationTokenSource cancel)
    {
        TinyInfer.Engines.UseManagedKernels = _managed;
        try
        {
            return await base.RunAsync(sink, bus, arguments, aggregator, cancel);
        }
        finally
        {
            TinyInfer.Engines.UseManagedKernels = false;
        }
    }

    public override void Serialize(IXunitSerializationInfo data)
    {
        base.Serialize(data);
        data.AddValue("managed", _managed);
    }

    public override void Deserialize(IXunitSerializationInfo data)
    {
        _managed = data.GetValue<bool>("managed");
        base.Deserialize(data);
    }

    protected override string GetUniqueID() => $"{base.GetUniqueID()}-{_managed}";

    protected override string GetDisplayName(IAttributeInfo factAttribute, string displayName) =>
        $"{base.GetDisplayName(factAttribute, displayName)} ({(_managed ? "managed" : "native")} kernels)";
}
