// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>A sliding window along one axis: firmware-interop/kernels/common/ti_window.h.</summary>
    internal sealed class Window
    {
        /// <summary>Words that a window takes in a parameter struct.</summary>
        internal const int Words = 6;

        internal readonly int In;
        internal readonly int Out;
        internal readonly int Filter;
        internal readonly int Dilation;
        private readonly int _stride;
        private readonly int _pad;

        internal Window(int[] parameters, int at)
        {
            In = parameters[at];
            Out = parameters[at + 1];
            Filter = parameters[at + 2];
            _stride = parameters[at + 3];
            Dilation = parameters[at + 4];
            _pad = parameters[at + 5];
        }

        /// <summary>The input position that tap 0 of an output position reads, perhaps outside the input.</summary>
        internal int Origin(int position) => (position * _stride) - _pad;

        /// <summary>The first tap inside the input.</summary>
        internal int First(int origin) => origin < 0 ? (Dilation - 1 - origin) / Dilation : 0;

        /// <summary>One beyond the last tap inside the input.</summary>
        internal int End(int origin)
        {
            int inside = In > origin ? (In - origin + Dilation - 1) / Dilation : 0;
            return inside < Filter ? inside : Filter;
        }
    }
}
