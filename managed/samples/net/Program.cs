// SPDX-License-Identifier: MIT
using System;
using System.IO;
using TinyInfer.Samples.Clothes;
using TinyInfer.Samples.Keywords;
using TinyInfer.Samples.Motion;

namespace TinyInfer.Samples.Net
{
    /// <summary>The samples on a PC: recorded sensors, the same programs.</summary>
    public static class Program
    {
        /// <summary>Runs one.</summary>
        /// <param name="arguments">Its name, and what it should see instead of the recording.</param>
        public static int Main(string[] arguments)
        {
            switch (arguments.Length > 0 ? arguments[0] : "")
            {
                case "clothes":
                    Clothes();
                    return 0;
                case "keywords":
                    Keywords(arguments.Length == 2 ? arguments[1] : Path.Combine(AppContext.BaseDirectory, "words.pcm"));
                    return 0;
                case "motion":
                    Motion();
                    return 0;
                default:
                    Console.Error.WriteLine("say which sample to run: clothes, keywords [SOUND.pcm], motion");
                    return 2;
            }
        }

        private static void Clothes()
        {
            const int Seconds = 3;
            const int StepsPerSecond = 50;
            var power = new SimulatedPower();
            using var app = new ClothesApp(RecordedTouch.Trousers, power, new ConsoleDisplay());
            for (var i = 0; i < Seconds * StepsPerSecond; i++)
            {
                app.Step();
            }

            for (var i = 0; i < Recordings.Labels("clothes").Length; i++)
            {
                app.See(Recordings.Picture(i));
            }
        }

        private static void Keywords(string sound)
        {
            using var app = new KeywordsApp(new RecordedMicrophone(File.ReadAllBytes(sound)), new ConsoleDisplay());
            while (app.Step())
            {
            }
        }

        private static void Motion()
        {
            var power = new SimulatedPower();
            var sensor = new RecordedAccelerometer(Recordings.Cases("motion", 4, 2, 4, 0, 1, 0, 1, 6, 8), power);
            while (!sensor.AtEnd)
            {
                using var app = new MotionApp(sensor, power, new ConsoleDisplay());
                while (!sensor.AtEnd && app.Step())
                {
                }
            }
        }
    }
}
