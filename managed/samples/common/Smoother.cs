// SPDX-License-Identifier: MIT
namespace TinyInfer.Samples
{
    /// <summary>
    /// Probabilities over time: each new one counts for a fixed part, so that a single doubtful inference changes little. Integers
    /// only; the state is two bytes a class.
    /// </summary>
    public sealed class Smoother
    {
        private const int Certain = 255 << 8;
        private readonly int[] _scores;
        private readonly int _shift;

        /// <summary>Starts with nothing seen.</summary>
        /// <param name="classes">Number of classes.</param>
        /// <param name="shift">A new probability counts for one part in 2^shift.</param>
        public Smoother(int classes, int shift)
        {
            _scores = new int[classes];
            _shift = shift;
        }

        /// <summary>Gets the size of the saved state.</summary>
        public int StateSize => 2 * _scores.Length;

        /// <summary>Gets the class with the highest score.</summary>
        public int Best
        {
            get
            {
                int best = 0;
                for (int i = 1; i < _scores.Length; i++)
                {
                    best = _scores[i] > _scores[best] ? i : best;
                }

                return best;
            }
        }

        /// <summary>Adds the output of a model whose int8 value v stands for the probability (v + 128) / 256.</summary>
        public void Add(sbyte[] output)
        {
            for (int i = 0; i < _scores.Length; i++)
            {
                _scores[i] += (((output[i] + 128) << 8) - _scores[i]) >> _shift;
            }
        }

        /// <summary>Forgets what was seen.</summary>
        public void Clear()
        {
            for (int i = 0; i < _scores.Length; i++)
            {
                _scores[i] = 0;
            }
        }

        /// <summary>Gets a smoothed probability in percent.</summary>
        public int Percent(int index) => _scores[index] * 100 / Certain;

        /// <summary>Saves the state.</summary>
        public void Save(byte[] state, int start)
        {
            for (int i = 0; i < _scores.Length; i++)
            {
                Bytes.Put(state, start + (2 * i), 2, _scores[i]);
            }
        }

        /// <summary>Takes a saved state back.</summary>
        public void Load(byte[] state, int start)
        {
            for (int i = 0; i < _scores.Length; i++)
            {
                _scores[i] = (int)Bytes.Get(state, start + (2 * i), 2);
            }
        }
    }
}
