// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer.Samples.Clothes
{
    /// <summary>Takes a drawing from a touch screen, and says which garment it is when the finger has been away for a second.</summary>
    /// <remarks>Neither drawing nor an inference makes garbage; what is shown does.</remarks>
    public sealed class ClothesApp : IDisposable
    {
        private const int LookMilliseconds = 20;
        private const int AwayMilliseconds = 1000;
        private const int MiddleGrey = 128;
        private readonly ITouch _touch;
        private readonly IPower _power;
        private readonly IDisplay _display;
        private readonly ClothesModel _model = new ClothesModel();
        private readonly Drawing _drawing = new Drawing();
        private readonly sbyte[] _input = new sbyte[ClothesModel.InputLength];
        private readonly sbyte[] _output = new sbyte[ClothesModel.OutputLength];
        private long _touched;

        /// <summary>Opens the model.</summary>
        public ClothesApp(ITouch touch, IPower power, IDisplay display)
        {
            _touch = touch;
            _power = power;
            _display = display;
        }

        /// <summary>Waits a little and follows the finger.</summary>
        public void Step()
        {
            _power.Sleep(LookMilliseconds);
            if (_touch.Read())
            {
                _drawing.MoveTo(_touch.X, _touch.Y);
                _touched = _power.Now;
                return;
            }

            _drawing.Lift();
            if (!_drawing.IsEmpty && _power.Now - _touched >= AwayMilliseconds)
            {
                See(_drawing.Pixels);
                _drawing.Clear();
            }
        }

        /// <summary>Says which garment a picture shows.</summary>
        /// <param name="pixels">28 rows of 28, light on black, from a camera or a file.</param>
        public void See(byte[] pixels)
        {
            for (int i = 0; i < _input.Length; i++)
            {
                _input[i] = (sbyte)(pixels[i] - MiddleGrey);
            }

            _model.Input.Write(_input);
            _model.Run();
            _model.Output.Read(_output);
            int best = _model.Output.ArgMax();
            _display.Show(ClothesModel.Labels[best], (_output[best] + 128) * 100 / 255);
        }

        /// <summary>Closes the model.</summary>
        public void Dispose() => _model.Dispose();
    }
}
