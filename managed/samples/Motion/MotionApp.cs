// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer.Samples.Motion
{
    /// <summary>
    /// Looks at the last 2.56 s of movement every 0.64 s and shows what it is when that changes. When nothing has moved for a while the
    /// device goes into standby for some seconds, takes one look, and goes back when there is still nothing.
    /// </summary>
    /// <remarks>An inference makes no garbage; what is shown, and standby, do.</remarks>
    public sealed class MotionApp : IDisposable
    {
        /// <summary>How long a standby is.</summary>
        public const int StandbySeconds = 8;

        private const int Axes = 3;
        private const int Hop = 32;
        private const int LookMilliseconds = 320;
        private const int QueueLength = 32;
        private const int QuietInferences = 8;
        private const int SurePercent = 60;
        private const int Idle = 0;

        private readonly IAccelerometer _sensor;
        private readonly IPower _power;
        private readonly IDisplay _display;
        private readonly MotionModel _model = new MotionModel();
        private readonly SlidingWindow _window = new SlidingWindow(MotionModel.InputLength / Axes, Axes, Hop);
        private readonly Smoother _scores = new Smoother(MotionModel.OutputLength, 1);
        private readonly sbyte[] _samples = new sbyte[QueueLength * Axes];
        private readonly sbyte[] _output = new sbyte[MotionModel.OutputLength];
        private readonly DutyCycle _duty;
        private int _quiet;
        private int _shown = -1;

        /// <summary>Opens the model and takes up what was saved before standby.</summary>
        public MotionApp(IAccelerometer sensor, IPower power, IDisplay display)
        {
            _sensor = sensor;
            _power = power;
            _display = display;
            _duty = MotionState.Restore(power, _scores);
            if (_duty == null)
            {
                _duty = new DutyCycle(power.Now);
            }
            else
            {
                _quiet = QuietInferences - 1;
                _shown = Idle;
            }
        }

        /// <summary>Gets the number of inferences since the program began.</summary>
        public int Inferences { get; private set; }

        /// <summary>Gets how much of the time the device is awake.</summary>
        public DutyCycle Duty => _duty;

        /// <summary>Runs until the device goes into standby.</summary>
        public void Run()
        {
            while (Step())
            {
            }
        }

        /// <summary>Waits a little, takes the new samples and runs the model when it is time to.</summary>
        /// <returns>False when the device goes into standby and the program has to end.</returns>
        public bool Step()
        {
            _power.Sleep(LookMilliseconds);
            int count = _sensor.Read(_samples);
            for (int i = 0; i < count; i++)
            {
                if (_window.Push(_samples, i * Axes))
                {
                    Infer();
                }
            }

            if (_quiet < QuietInferences)
            {
                return true;
            }

            _duty.Sleep(StandbySeconds);
            _display.Note("standby; awake " + _duty.Permille(_power.Now + (1000 * StandbySeconds)).ToString() + " parts of 1000");
            _power.Standby(MotionState.Save(_duty, _scores), StandbySeconds);
            return false;
        }

        /// <summary>Closes the model.</summary>
        public void Dispose() => _model.Dispose();

        private void Infer()
        {
            _window.WriteTo(_model.Input);
            _model.Run();
            _model.Output.Read(_output);
            _scores.Add(_output);
            Inferences++;

            int best = _scores.Best;
            int percent = _scores.Percent(best);
            if (best != _shown && percent >= SurePercent)
            {
                _shown = best;
                _display.Show(MotionModel.Labels[best], percent);
            }

            _quiet = best == Idle && percent >= SurePercent ? _quiet + 1 : 0;
        }
    }
}
