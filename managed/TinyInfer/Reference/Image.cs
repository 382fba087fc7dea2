// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>A model image, read as docs/IMAGE_FORMAT.md lays it out. Offsets count bytes from its start.</summary>
    internal sealed class Image
    {
        internal const int Metadata = 28;
        internal const int Golden = 36;
        internal const int TensorSize = 52;
        internal const int StepSize = 20;
        internal const int PairSize = 8;
        internal const int RegionCount = 4;

        private const int HeaderSize = 44;
        private const int ProgramSize = 64;
        private const int Magic = 0x314D4954;
        private const int Version = 3;
        private const int ChecksumFrom = 16;
        private const int Programs = 20;
        private const int RegionSizes = 8;
        private const int CodeAt = 52;
        private readonly byte[] _bytes;
        private int _program;

        internal Image(byte[] bytes)
        {
            _bytes = bytes;
        }

        internal byte[] Bytes => _bytes;

        internal int Length => Word(8);

        internal int Name => Word(ChecksumFrom);

        /// <summary>Offset of the initial state; 0: all zeros.</summary>
        internal int StateInit => Word(_program + 24);

        /// <summary>Tables of the program, of which there are several in an image.</summary>
        internal int Inputs => _program + 28;

        internal int Outputs => _program + 36;

        internal int Steps => _program + 44;

        internal int RegionSize(int region) => Word(_program + RegionSizes + (4 * region));

        /// <summary>Finds the program for any core, which uses no machine code.</summary>
        /// <exception cref="IndexOutOfRangeException">There is none.</exception>
        internal void FindPortable()
        {
            for (int i = Count(Programs, ProgramSize) - 1; i >= 0; i--)
            {
                _program = Record(Programs, i, ProgramSize);
                if (Word(_program) == 0)
                {
                    CheckCode();
                    return;
                }
            }

            throw new IndexOutOfRangeException();
        }

        internal int Word(int at) => BitConverter.ToInt32(_bytes, at);

        internal float Real(int at) => BitConverter.ToSingle(_bytes, at);

        /// <summary>Number of records of a table, all of which lie inside the image.</summary>
        internal int Count(int table, int size)
        {
            int count = Word(table + 4);
            int from = Word(table);
            if (from < 0 || count < 0 || from > Length || count > (Length - from) / size)
            {
                throw new IndexOutOfRangeException();
            }

            return count;
        }

        /// <summary>Offset of a record.</summary>
        internal int Record(int table, int index, int size) => Word(table) + (index * size);

        // Of this program nothing is used, but an image is good or bad on every kind of kernels.
        private void CheckCode()
        {
            int from = Word(_program + CodeAt);
            int size = Word(_program + CodeAt + 4);
            int hot = Word(_program + CodeAt + 8);
            if (from < 0 || (from & 3) != 0 || size < 0 || from > Length || size > Length - from || hot < 0 || (hot & 3) != 0 || hot > size)
            {
                throw new IndexOutOfRangeException();
            }
        }

        /// <summary>Magic, version, length and checksum: a status.</summary>
        internal Status Check()
        {
            if (_bytes.Length < HeaderSize || Word(0) != Magic)
            {
                return Status.NotAnImage;
            }

            if (Word(4) != Version)
            {
                return Status.NewerFormat;
            }

            if (Length < HeaderSize || Length > _bytes.Length)
            {
                return Status.Truncated;
            }

            return Crc() == Word(12) ? Status.Ok : Status.Checksum;
        }

        /// <summary>A zero-terminated UTF-8 string. (System.Text is a package of its own on nanoFramework.)</summary>
        internal string Text(int at)
        {
            int length = 0;
            while (_bytes[at + length] != 0)
            {
                length++;
            }

            char[] letters = new char[length];
            int count = 0;
            int end = at + length;
            while (at < end)
            {
                int first = _bytes[at++];
                int more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
                int code = more == 0 ? first : first & (0x3F >> more);
                while (more-- > 0 && at < end)
                {
                    code = (code << 6) | (_bytes[at++] & 0x3F);
                }

                if (code >= 0x10000)
                {
                    letters[count++] = (char)(0xD800 + ((code - 0x10000) >> 10));
                    code = 0xDC00 + (code & 0x3FF);
                }

                letters[count++] = (char)code;
            }

            return new string(letters, 0, count);
        }

        // CRC-32 as in IEEE 802.3, a nibble at a time.
        private int Crc()
        {
            uint[] table = new uint[16];
            for (uint i = 0; i < 16; i++)
            {
                uint value = i;
                for (int bit = 0; bit < 4; bit++)
                {
                    value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
                }

                table[i] = value;
            }

            uint crc = 0xFFFFFFFF;
            int end = Length;
            for (int i = ChecksumFrom; i < end; i++)
            {
                crc ^= _bytes[i];
                crc = (crc >> 4) ^ table[crc & 15];
                crc = (crc >> 4) ^ table[crc & 15];
            }

            return (int)(crc ^ 0xFFFFFFFF);
        }
    }
}
