// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>The enumerations of the schema, read from a byte and checked.</summary>
internal static class FlatTableEnums
{
    public static Padding Padding(this FlatTable table, int field) =>
        (Padding)table.Enum(field, (byte)Tflite.Padding.VALID, "padding");

    public static ActivationFunction Activation(this FlatTable table, int field) =>
        (ActivationFunction)table.Enum(field, (byte)ActivationFunction.SIGN_BIT, "activation function");

    public static TensorType Type(this FlatTable table, int field) =>
        (TensorType)table.Enum(field, (byte)TensorType.FLOAT8_E5M2, "tensor type");
}
