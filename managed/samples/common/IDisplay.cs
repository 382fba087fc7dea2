// SPDX-License-Identifier: MIT
namespace TinyInfer.Samples
{
    /// <summary>Where a sample shows what it sees.</summary>
    public interface IDisplay
    {
        /// <summary>Shows what the model says.</summary>
        /// <param name="label">Name of the class.</param>
        /// <param name="percent">How sure it is.</param>
        void Show(string label, int percent);

        /// <summary>Shows anything else.</summary>
        void Note(string text);
    }
}
