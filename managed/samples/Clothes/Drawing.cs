// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer.Samples.Clothes
{
    /// <summary>A picture of 28 x 28 grey pixels, drawn on the square in the middle of a screen of 240 x 320.</summary>
    public sealed class Drawing
    {
        /// <summary>Pixels of a row, and rows.</summary>
        public const int Size = 28;

        private const int ScreenWidth = 240;
        private const int Above = 40;
        private const byte Ink = 220;
        private readonly byte[] _pixels = new byte[Size * Size];
        private int _column;
        private int _row;
        private bool _down;

        /// <summary>Gets the picture, row by row from the top: 0 is black. The same array every time.</summary>
        public byte[] Pixels => _pixels;

        /// <summary>Gets whether nothing is drawn.</summary>
        public bool IsEmpty { get; private set; } = true;

        /// <summary>Draws a line from the last point, or a point when the finger was lifted.</summary>
        /// <param name="x">Of the screen, from the left.</param>
        /// <param name="y">Of the screen, from the top.</param>
        public void MoveTo(int x, int y)
        {
            int column = x * Size / ScreenWidth;
            int row = (y - Above) * Size / ScreenWidth;
            if (!_down)
            {
                _column = column;
                _row = row;
                _down = true;
            }

            int columns = column - _column;
            int rows = row - _row;
            int steps = Longer(columns < 0 ? -columns : columns, rows < 0 ? -rows : rows);
            for (int i = 0; i <= steps; i++)
            {
                int part = steps == 0 ? 1 : steps;
                Dot(_column + (columns * i / part), _row + (rows * i / part));
            }

            _column = column;
            _row = row;
            IsEmpty = false;
        }

        /// <summary>Lifts the finger.</summary>
        public void Lift()
        {
            _down = false;
        }

        /// <summary>Begins with an empty picture.</summary>
        public void Clear()
        {
            Array.Clear(_pixels, 0, _pixels.Length);
            _down = false;
            IsEmpty = true;
        }

        private static int Longer(int a, int b) => a > b ? a : b;

        // A finger is wider than a pixel.
        private void Dot(int column, int row)
        {
            for (int y = row - 1; y <= row + 1; y++)
            {
                for (int x = column - 1; x <= column + 1; x++)
                {
                    if (x >= 0 && x < Size && y >= 0 && y < Size)
                    {
                        _pixels[(y * Size) + x] = Ink;
                    }
                }
            }
        }
    }
}
