// SPDX-License-Identifier: MIT
namespace TinyInfer.Samples.Clothes
{
    /// <summary>A finger on a screen of 240 x 320.</summary>
    public interface ITouch
    {
        /// <summary>Gets where it was at the last <see cref="Read"/>, from the left.</summary>
        int X { get; }

        /// <summary>Gets where it was at the last <see cref="Read"/>, from the top.</summary>
        int Y { get; }

        /// <summary>Looks where the finger is, without waiting.</summary>
        /// <returns>False when there is none.</returns>
        bool Read();
    }
}
