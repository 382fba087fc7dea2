// SPDX-License-Identifier: MIT
namespace TinyInfer.Samples
{
    /// <summary>Time and sleep: the board's, or a simulated one.</summary>
    public interface IPower
    {
        /// <summary>Gets milliseconds of a clock that runs on in standby and across a reset.</summary>
        long Now { get; }

        /// <summary>Waits with memory and program kept: the core sleeps, other threads run.</summary>
        void Sleep(int milliseconds);

        /// <summary>Reads what was saved before standby.</summary>
        /// <param name="state">Receives it.</param>
        /// <returns>False when this start is not the end of a standby: nothing was saved.</returns>
        bool Restore(byte[] state);

        /// <summary>
        /// Saves a few bytes and turns everything off but the clock, which starts the program from its beginning later. On a board this
        /// never returns; simulated it does, and the program has to end.
        /// </summary>
        void Standby(byte[] state, int seconds);
    }
}
