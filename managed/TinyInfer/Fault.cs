// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>Turns a refusal into an exception with a sentence.</summary>
    internal static class Fault
    {
        internal static TinyInferException Of(int result) => Of(result, "", "the model");

        /// <param name="result">Minus a status.</param>
        /// <param name="layer">The layer or tensor at fault, empty for the whole model.</param>
        /// <param name="what">What the sentence begins with.</param>
        internal static TinyInferException Of(int result, string layer, string what)
        {
            Status status = (Status)(-result);
            return new TinyInferException(status, layer, what + ": " + StatusText.Of(status));
        }

        /// <summary>An image that could not be opened.</summary>
        /// <param name="result">Minus a status.</param>
        /// <param name="where">The step or tensor at fault.</param>
        /// <param name="needed">Bytes of memory that the model needs.</param>
        /// <param name="available">Bytes in the largest free block.</param>
        internal static TinyInferException Open(int result, int where, int needed, int available)
        {
            Status status = (Status)(-result);
            switch (status)
            {
                case Status.ArenaTooSmall:
                    return new TinyInferException(status, "", "the model needs " + needed + " bytes of memory and the largest free block has " +
                        available + ": close other models, or build the firmware with a larger TI_NATIVE_ARENA_BYTES");
                case Status.BadOperand:
                case Status.UnknownKernel:
                case Status.BadParams:
                    return Of(result, "step " + where, "the image, step " + where);
                case Status.NoFirmwareSupport:
                    return new TinyInferException(status, "", StatusText.Of(status) +
                        ": flash a firmware that has, or reference the package TinyInfer, which runs on every device");
                default:
                    return new TinyInferException(status, "", StatusText.Of(status));
            }
        }
    }
}
