// SPDX-License-Identifier: MIT
namespace nanoFramework.TestFramework;

/// <summary>The assertions of nanoFramework.TestFramework that the device tests use.</summary>
public static class Assert
{
    public static void AreEqual(int expected, int actual, string message = "") => Same(expected, actual, message);

    public static void AreEqual(float expected, float actual, string message = "") => Same(expected, actual, message);

    public static void AreEqual(string expected, string actual, string message = "") => Same(expected, actual, message);

    public static void IsTrue(bool condition, string message = "") => Xunit.Assert.True(condition, message);

    public static void IsFalse(bool condition, string message = "") => Xunit.Assert.False(condition, message);

    public static void IsNull(object? value, string message = "") => Xunit.Assert.True(value is null, message);

    public static void IsNotNull(object? value, string message = "") => Xunit.Assert.True(value is not null, message);

    public static void ThrowsException(Type exception, Action action, string message = "") => Xunit.Assert.Throws(exception, action);

    private static void Same<T>(T expected, T actual, string message) =>
        Xunit.Assert.True(EqualityComparer<T>.Default.Equals(expected, actual), $"expected {expected}, got {actual} {message}");
}
