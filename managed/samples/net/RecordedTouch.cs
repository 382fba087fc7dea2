// SPDX-License-Identifier: MIT
using TinyInfer.Samples.Clothes;

namespace TinyInfer.Samples.Net
{
    /// <summary>A finger that goes through points, x and y in turn; a negative one lifts it.</summary>
    public sealed class RecordedTouch : ITouch
    {
        private readonly int[] _points;
        private int _next;

        /// <summary>Starts at the first point.</summary>
        public RecordedTouch(params int[] points)
        {
            _points = points;
        }

        /// <summary>Gets trousers, each leg and the waist coloured in by going to and fro.</summary>
        public static RecordedTouch Trousers => new RecordedTouch(
            95, 55, 150, 55, 150, 70, 95, 70, 95, 85, 150, 85, 150, 100, 95, 100, -1, -1,
            95, 110, 95, 265, 105, 265, 105, 110, -1, -1, 150, 110, 150, 265, 140, 265, 140, 110, -1, -1);

        /// <inheritdoc/>
        public int X { get; private set; }

        /// <inheritdoc/>
        public int Y { get; private set; }

        /// <inheritdoc/>
        public bool Read()
        {
            if (_next == _points.Length)
            {
                return false;
            }

            X = _points[_next++];
            Y = _points[_next++];
            return X >= 0;
        }
    }
}
