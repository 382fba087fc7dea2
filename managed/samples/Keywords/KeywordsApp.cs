// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer.Samples.Keywords
{
    /// <summary>
    /// Listens, and shows each word once. Every 160 ms the model hears the last second; a word counts when its smoothed probability is
    /// high enough, and then nothing counts until it has left the second.
    /// </summary>
    /// <remarks>An inference makes no garbage, nor does a row of features; what is shown does.</remarks>
    public sealed class KeywordsApp : IDisposable
    {
        private const int Hop = 8;
        private const int SurePercent = 60;
        private const int FirstWord = 2; // after "silence" and "unknown"
        private const int Pause = 5;

        private readonly IMicrophone _microphone;
        private readonly IDisplay _display;
        private readonly KeywordsModel _model = new KeywordsModel();
        private readonly FrontEnd _frontEnd = new FrontEnd();
        private readonly SlidingWindow _window = new SlidingWindow(KeywordsModel.InputLength / FrontEnd.Channels, FrontEnd.Channels, Hop);
        private readonly Smoother _scores = new Smoother(KeywordsModel.OutputLength, 1);
        private readonly short[] _samples = new short[FrontEnd.Step];
        private readonly sbyte[] _row = new sbyte[FrontEnd.Channels];
        private readonly sbyte[] _output = new sbyte[KeywordsModel.OutputLength];
        private int _pause;

        /// <summary>Opens the model.</summary>
        public KeywordsApp(IMicrophone microphone, IDisplay display)
        {
            _microphone = microphone;
            _display = display;
        }

        /// <summary>Gets the number of inferences since the program began.</summary>
        public int Inferences { get; private set; }

        /// <summary>Takes 20 ms of sound, and runs the model when it is time to.</summary>
        /// <returns>False when there is no more sound.</returns>
        public bool Step()
        {
            int count = _microphone.Read(_samples);
            int start = 0;
            while (_frontEnd.Push(_samples, ref start, count, _row))
            {
                Hear(_row);
            }

            return count > 0;
        }

        /// <summary>Takes a row of features, from wherever it comes.</summary>
        public void Hear(sbyte[] row)
        {
            if (_window.Push(row, 0))
            {
                Infer();
            }
        }

        /// <summary>Closes the model.</summary>
        public void Dispose() => _model.Dispose();

        private void Infer()
        {
            _window.WriteTo(_model.Input);
            _model.Run();
            _model.Output.Read(_output);
            Inferences++;
            if (_pause > 0)
            {
                _pause--;
                return;
            }

            _scores.Add(_output);
            int best = _scores.Best;
            int percent = _scores.Percent(best);
            if (best >= FirstWord && percent >= SurePercent)
            {
                _display.Show(KeywordsModel.Labels[best], percent);
                _scores.Clear();
                _pause = Pause;
            }
        }
    }
}
