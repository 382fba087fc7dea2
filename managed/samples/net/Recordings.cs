// SPDX-License-Identifier: MIT
using System;
using System.IO;

namespace TinyInfer.Samples.Net
{
    /// <summary>The held-out cases of the project's models.</summary>
    public static class Recordings
    {
        private static readonly string Models = Path.Combine(Root(AppContext.BaseDirectory), "models");

        /// <summary>The true label of each case of a model.</summary>
        public static string[] Labels(string model)
        {
            var lines = File.ReadAllLines(Path.Combine(Models, model, "cases", "labels.txt"));
            return Array.ConvertAll(lines, line => line.Substring(line.IndexOf(' ') + 1));
        }

        /// <summary>Cases of a model one after the other, each so many times.</summary>
        public static sbyte[] Cases(string model, int times, params int[] cases)
        {
            using var bytes = new MemoryStream();
            foreach (var number in cases)
            {
                for (var i = 0; i < times; i++)
                {
                    bytes.Write(File.ReadAllBytes(Path.Combine(Models, model, "cases", $"in{number}.bin")));
                }
            }

            return (sbyte[])(Array)bytes.ToArray();
        }

        /// <summary>A picture of the model clothes, as a camera would give it.</summary>
        public static byte[] Picture(int number) =>
            Array.ConvertAll(File.ReadAllBytes(Path.Combine(Models, "clothes", "cases", $"in{number}.bin")), value => (byte)(value ^ 0x80));

        private static string Root(string folder) =>
            File.Exists(Path.Combine(folder, "Directory.Packages.props")) ? folder : Root(Path.GetDirectoryName(folder));
    }
}
