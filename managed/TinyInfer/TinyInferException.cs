// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>A model that cannot be opened or used as asked. The message is a sentence that names the thing and what is supported.</summary>
    public class TinyInferException : Exception
    {
        internal TinyInferException(Status status, string layer, string message)
            : base(message)
        {
            Status = status;
            Layer = layer;
        }

        /// <summary>Gets the reason, for programs.</summary>
        public Status Status { get; }

        /// <summary>Gets the layer or tensor at fault; empty when it is the model as a whole.</summary>
        public string Layer { get; }
    }
}
