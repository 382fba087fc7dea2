// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <content>What was wrong, in a sentence.</content>
    public sealed partial class Tensor
    {
        private string What() => (IsInput ? "input \"" : "output \"") + Name + "\"";

        private Exception Failed(int result) =>
            result == -(int)Status.Closed ? _model.Failed(result) : Fault.Of(result, Name, What());

        private Exception Failed(int result, Array array) => array == null ? new ArgumentNullException("array") : Failed(result);

        private Exception Failed(int result, Array array, string given) => array != null && result == -(int)Status.WrongSize
            ? new TinyInferException(Status.WrongSize, Name, What() + ": the array has " + array.Length + " elements and the tensor " + Size)
            : Mistyped(result, array, given);

        private Exception Failed(int result, Array array, string given, int start, int count, int at) => array != null && result == -(int)Status.WrongSize
            ? new TinyInferException(Status.WrongSize, Name, What() + ": " + count + " elements from " + start + " of an array of " + array.Length +
                ", and from " + at + " of a tensor of " + Size)
            : Mistyped(result, array, given);

        private Exception Mistyped(int result, Array array, string given) => array != null && result == -(int)Status.WrongType
            ? new TinyInferException(Status.WrongType, Name, What() + " holds " + TypeName(Type) + ": it takes " + Taken() + ", not " + given)
            : Failed(result, array);

        private string Taken()
        {
            string real = Scale > 0 && Type != ElementType.Int32 ? " or float[]" : "";
            switch (Type)
            {
                case ElementType.Int8:
                    return "sbyte[]" + real;
                case ElementType.UInt8:
                case ElementType.Bool:
                    return "byte[]" + real;
                case ElementType.Int16:
                    return "short[]" + real;
                case ElementType.Float32:
                    return "float[]";
                default:
                    return "int[]";
            }
        }

        // Enum.ToString gives a number on nanoFramework.
        private static string TypeName(ElementType type)
        {
            switch (type)
            {
                case ElementType.Int8:
                    return "Int8";
                case ElementType.UInt8:
                    return "UInt8";
                case ElementType.Int16:
                    return "Int16";
                case ElementType.Int32:
                    return "Int32";
                case ElementType.Int64:
                    return "Int64";
                case ElementType.Float32:
                    return "Float32";
                case ElementType.UInt32:
                    return "UInt32";
                case ElementType.UInt64:
                    return "UInt64";
                default:
                    return "Bool";
            }
        }
    }
}
