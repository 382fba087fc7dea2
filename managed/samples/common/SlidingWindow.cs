// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer.Samples
{
    /// <summary>
    /// The last so many records of a sensor in a ring, for a model that takes them oldest first. Nothing is moved or allocated: the
    /// tensor gets the two parts of the ring one after the other.
    /// </summary>
    public sealed class SlidingWindow
    {
        private readonly sbyte[] _ring;
        private readonly int _width;
        private readonly int _hop;
        private int _next;
        private int _missing;

        /// <summary>Makes an empty window.</summary>
        /// <param name="records">Records that the model takes.</param>
        /// <param name="width">Values of a record.</param>
        /// <param name="hop">New records from one inference to the next.</param>
        public SlidingWindow(int records, int width, int hop)
        {
            _ring = new sbyte[records * width];
            _width = width;
            _hop = hop;
            _missing = records;
        }

        /// <summary>Adds a record; the oldest leaves.</summary>
        /// <param name="values">Where the record is.</param>
        /// <param name="start">Index of its first value.</param>
        /// <returns>True when an inference is due: the window is full, and this is the last record of a hop.</returns>
        public bool Push(sbyte[] values, int start)
        {
            Array.Copy(values, start, _ring, _next, _width);
            _next = _next + _width == _ring.Length ? 0 : _next + _width;
            _missing--;
            if (_missing > 0)
            {
                return false;
            }

            _missing = _hop;
            return true;
        }

        /// <summary>Fills an input with the window, oldest record first.</summary>
        public void WriteTo(Tensor input)
        {
            input.Write(_ring, _next, _ring.Length - _next, 0);
            if (_next > 0)
            {
                input.Write(_ring, 0, _next, _ring.Length - _next);
            }
        }
    }
}
