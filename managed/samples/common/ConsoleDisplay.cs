// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer.Samples
{
    /// <summary>The console: on a board the Device Output window of Visual Studio.</summary>
    public sealed class ConsoleDisplay : IDisplay
    {
        /// <inheritdoc/>
        public void Show(string label, int percent) => Console.WriteLine(label + " " + percent.ToString() + " %");

        /// <inheritdoc/>
        public void Note(string text) => Console.WriteLine(text);
    }
}
