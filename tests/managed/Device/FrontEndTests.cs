// SPDX-License-Identifier: MIT
using System;
using nanoFramework.TestFramework;

namespace TinyInfer.Tests
{
    /// <summary>Sound to features.</summary>
    [TestClass]
    public class FrontEndTests
    {
        [TestMethod]
        public void A_row_comes_after_480_samples_and_then_after_every_320()
        {
            FrontEnd frontEnd = new FrontEnd();
            short[] silence = new short[1120];
            sbyte[] row = new sbyte[FrontEnd.Channels];
            int start = 0;

            Assert.IsTrue(frontEnd.Push(silence, ref start, silence.Length, row));
            Assert.AreEqual(480, start);
            for (int i = 0; i < row.Length; i++)
            {
                Assert.AreEqual(-128, (int)row[i]);
            }

            Assert.IsTrue(frontEnd.Push(silence, ref start, silence.Length, row));
            Assert.AreEqual(800, start);
            Assert.IsFalse(frontEnd.Push(silence, ref start, 1119, row));
            Assert.AreEqual(1119, start);
            Assert.IsTrue(frontEnd.Push(silence, ref start, silence.Length, row));
            Assert.AreEqual(1120, start);
        }

        [TestMethod]
        public void The_size_of_the_blocks_does_not_matter()
        {
            short[] sound = new short[480];
            for (int i = 0; i < sound.Length; i++)
            {
                sound[i] = (short)(i * 7919);
            }

            sbyte[] whole = new sbyte[FrontEnd.Channels];
            sbyte[] parts = new sbyte[FrontEnd.Channels];
            FrontEnd frontEnd = new FrontEnd();
            int start = 0;
            Assert.IsTrue(frontEnd.Push(sound, ref start, sound.Length, whole));

            frontEnd.Reset();
            start = 0;
            for (int end = 100; start < sound.Length; end += 100)
            {
                frontEnd.Push(sound, ref start, end < sound.Length ? end : sound.Length, parts);
            }

            for (int i = 0; i < whole.Length; i++)
            {
                Assert.AreEqual(whole[i], parts[i]);
            }
        }

        [TestMethod]
        public void Wrong_arguments_are_refused()
        {
            FrontEnd frontEnd = new FrontEnd();
            short[] sound = new short[10];
            sbyte[] row = new sbyte[FrontEnd.Channels];
            int start = 0;

            Assert.ThrowsException(typeof(ArgumentNullException), () => frontEnd.Push(null, ref start, 0, row));
            Assert.ThrowsException(typeof(ArgumentNullException), () => frontEnd.Push(sound, ref start, 10, null));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => frontEnd.Push(sound, ref start, 11, row));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => frontEnd.Push(sound, ref start, -1, row));
            Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => frontEnd.Push(sound, ref start, 10, new sbyte[19]));
        }
    }
}
